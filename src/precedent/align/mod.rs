//! Two wordings to the stretches that they share, word by word: local alignment (Smith and Waterman 1981, with the
//! gaps of Gotoh 1982) whose unit is the bit.
//!
//! A word that is the same adds its surprise ([`super::information`]); one that may be the other misread adds what
//! speaks for that ([`Alike`]); another word and words left out cost bits, so that a stretch goes on over a changed
//! word, a changed figure, a clause that was put in, and ends where nothing is shared any more. The sum of a
//! stretch says how much likelier the two were written one from the other than that they agree by chance.
//!
//! After the best stretch the next best is looked for among the words that are left on both sides: clauses may have
//! changed places.

use super::judge::Least;
use super::vocabulary::{Alike, Sort, UNKNOWN, Vocabulary, WordId};
use super::wording::{Sought, Wording};

/// Bits that a word in the place of another costs: one word in ten of a copy may be another.
pub(super) const CHANGED: f32 = 3.0;
/// Bits that it costs where one of the two is a rare word: it may be any word misread beyond knowing.
const GARBLED: f32 = 1.0;
/// Bits that a figure in the place of another costs: whoever takes over a sentence puts figures of their own.
const FIGURE: f32 = 1.0;
/// Bits that a word costs whose marks are printed on both sides and differ.
const CONTRADICTION: f32 = 4.0;
/// Bits that a word costs which has marks on one side only: they may have been lost, where the text around was not.
const ONE_SIDED: f32 = 1.0;
/// Bits that it costs to leave out words, however many.
const GAP: f32 = 6.0;
/// Bits that each word left out costs: a clause of 20 words may be put in where what stands around is surprising.
const GAP_WORD: f32 = 0.4;
/// Longer wordings are compared window by window.
const WINDOW: usize = 384;
/// Words that a window shares with the next.
const OVERLAP: usize = 64;
/// The most stretches between two wordings.
pub(super) const MOST_STRETCHES: usize = 6;

/// How a word of one side stands to the word of the other that it was aligned with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Agreement {
    /// The same word.
    Same,
    /// The same word, misread or mistyped on one side.
    Alike,
    /// Another word, or the same letters with other marks.
    Changed,
}

/// A step of an alignment: indices of words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Step {
    /// A word on each side, and what it added to the sum.
    Pair(usize, usize, Agreement, f32),
    /// A word of the first side that the second has not.
    Dropped(usize),
    /// A word of the second side that the first has not.
    Inserted(usize),
}

/// A stretch that two wordings share. It begins and ends with a pair.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stretch {
    /// In order on both sides.
    pub(super) steps: Vec<Step>,
    /// Its sum.
    pub(super) bits: f32,
}

/// How the marks of a word stand to those of the same letters on the other side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Marks {
    /// They are the same, or one side lost its marks.
    Agree,
    /// One side has none.
    OneSided,
    /// They are others.
    Contradict,
}

/// A word of one side that may be two words of the other, run together.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Join {
    /// Row and column of the cell in which both end.
    cell: (usize, usize),
    /// How many words of the first and of the second side it is: 1 and 2 or 2 and 1.
    words: (usize, usize),
    bits: f32,
}

/// What a stretch ends with.
#[derive(Clone, Copy, Debug, PartialEq)]
enum End {
    /// A word on each side.
    Pair,
    /// A word that is two of the other side.
    Join(Join),
    /// A word of the first side left out.
    Drop,
    /// A word of the second side left out.
    Insert,
}

/// What two wordings are compared by.
pub(super) struct Aligner<'v> {
    vocabulary: &'v Vocabulary,
    alike: Alike,
    /// Bits of each pair of words, row by row.
    pairs: Vec<f32>,
    /// Words that may have been run together, by cell.
    joins: Vec<Join>,
    /// The greatest sum of a stretch that ends in a cell, row by row; before the rows and before each row one for no
    /// word at all.
    sums: Vec<f32>,
    /// The greatest sum of one that ends with a word of the first side left out, like `sums`.
    drops: Vec<f32>,
    /// For each row the chunks in which a stretch may begin.
    begins: Vec<Chunks>,
    /// The most that each word tells which is in no stretch yet, of the first side and of the second.
    rows: Vec<f32>,
    columns: Vec<f32>,
}

/// Cells that are made at once.
const CHUNK: usize = 16;
/// A bit for each chunk of a row.
type Chunks = u32;
const _: () = assert!(WINDOW <= CHUNK * Chunks::BITS as usize);

impl<'v> Aligner<'v> {
    /// One that has compared nothing yet.
    pub(super) fn new(vocabulary: &'v Vocabulary) -> Self {
        Self {
            vocabulary,
            alike: Alike::default(),
            pairs: Vec::new(),
            joins: Vec::new(),
            sums: Vec::new(),
            drops: Vec::new(),
            begins: Vec::new(),
            rows: Vec::new(),
            columns: Vec::new(),
        }
    }

    /// The stretches that `sought` and `other` share, best first, as far as they are worth it; no word is in two of
    /// them.
    pub(super) fn stretches(&mut self, sought: Sought<'_>, other: &Wording, least: Least) -> Vec<Stretch> {
        let one = sought.wording;
        let mut stretches = Vec::new();
        if one.len() == 0 || other.len() == 0 {
            return stretches;
        }
        let (rows, columns) = (windows(one.len()), windows(other.len()));
        let many = rows.len() * columns.len() > 1;
        // What one window tells does not say what all tell together.
        let least = if many { least.of_a_part() } else { least };
        for &row in &rows {
            for &column in &columns {
                if !many || share_pairs(&one.words[row.0..row.1], &other.words[column.0..column.1]) {
                    self.compare(sought, other, (row, column), least, &mut stretches);
                }
            }
        }
        if many {
            disjoint(&mut stretches);
        }
        stretches.sort_by(|one, other| other.bits.total_cmp(&one.bits));
        stretches.truncate(MOST_STRETCHES);
        stretches
    }

    /// Appends the stretches between two windows.
    fn compare(
        &mut self,
        sought: Sought<'_>,
        other: &Wording,
        (rows, columns): ((usize, usize), (usize, usize)),
        least: Least,
        stretches: &mut Vec<Stretch>,
    ) {
        let one = sought.wording;
        self.weigh_pairs(sought, other, rows, columns);
        self.find_joins(&one.words[rows.0..rows.1], &other.words[columns.0..columns.1]);
        let (height, width) = (rows.1 - rows.0, (columns.1 - columns.0).next_multiple_of(CHUNK));
        self.survey(width);
        let first = stretches.len();
        for _ in 0..MOST_STRETCHES {
            let left = self.rows.iter().sum::<f32>().min(self.columns.iter().sum());
            if left < least.any {
                return;
            }
            let (sum, end) = self.greatest(height, width);
            // Most candidates share a term or a set phrase and nothing else: they are done with here.
            if !least.is_within_reach(&stretches[first..], sum, left) {
                stretches.truncate(first);
                return;
            }
            if sum < least.any {
                return;
            }
            let steps = self.steps_to(end, width);
            let mut found = Vec::with_capacity(steps.len());
            for step in steps {
                found.push(match step {
                    Step::Pair(i, j, how, bits) => {
                        let how = match how {
                            // Already judged: it was run together with the next one.
                            Agreement::Alike => how,
                            _ => self.agreement(one, other, rows.0 + i, columns.0 + j, bits),
                        };
                        Step::Pair(rows.0 + i, columns.0 + j, how, bits)
                    }
                    Step::Dropped(i) => Step::Dropped(rows.0 + i),
                    Step::Inserted(j) => Step::Inserted(columns.0 + j),
                });
                if let Step::Pair(i, j, ..) = step {
                    self.take(i, j, width);
                }
            }
            stretches.push(Stretch {
                steps: found,
                bits: sum,
            });
        }
    }

    /// Lets no further stretch have the pair's words. What was left out inside a stretch may be part of another.
    fn take(&mut self, i: usize, j: usize, width: usize) {
        (self.rows[i], self.columns[j], self.begins[i]) = (0.0, 0.0, 0);
        self.pairs[i * width..(i + 1) * width].fill(f32::NEG_INFINITY);
        self.pairs
            .iter_mut()
            .skip(j)
            .step_by(width)
            .for_each(|pair| *pair = f32::NEG_INFINITY);
        self.joins.retain(|join| {
            let ((row, column), (rows, columns)) = (join.cell, join.words);
            !(row + 1 - rows..=row).contains(&i) && !(column + 1 - columns..=column).contains(&j)
        });
    }

    /// Finds the words of either side that may be two of the other run together.
    fn find_joins(&mut self, one: &[WordId], other: &[WordId]) {
        self.joins.clear();
        self.find_joined(one, other, |whole, second| ((whole, second), (1, 2)));
        self.find_joined(other, one, |whole, second| ((second, whole), (2, 1)));
        self.joins.sort_by_key(|join| join.cell);
    }

    /// Finds words of `wholes` that may be two of `parts`; `cell` makes of a word's index and that of the second of the
    /// two the cell in which both end, and how many words they are.
    fn find_joined(
        &mut self,
        wholes: &[WordId],
        parts: &[WordId],
        cell: impl Fn(usize, usize) -> ((usize, usize), (usize, usize)),
    ) {
        for (at, &whole) in wholes.iter().enumerate() {
            if !Alike::may_be_joined(self.vocabulary, whole) {
                continue;
            }
            for (second, pair) in (1..).zip(parts.windows(2)) {
                if let Some(bits) = self.alike.joined(self.vocabulary, whole, (pair[0], pair[1])) {
                    let (cell, words) = cell(at, second);
                    self.joins.push(Join { cell, words, bits });
                }
            }
        }
    }

    /// Writes the bits of each pair of words.
    fn weigh_pairs(&mut self, sought: Sought<'_>, other: &Wording, rows: (usize, usize), columns: (usize, usize)) {
        self.pairs.clear();
        // Nearly all pairs are of two known words that differ: these are told without a look at either.
        let its = &other.words[columns.0..columns.1];
        let sorts: Vec<Sort> = its.iter().map(|&word| self.vocabulary.sort(word)).collect();
        let width = its.len().next_multiple_of(CHUNK);
        let mut known = vec![-CHANGED; its.len()];
        let figure = |&sort: &Sort| if sort == Sort::Number { -FIGURE } else { -CHANGED };
        let mut figures: Vec<f32> = sorts.iter().map(figure).collect();
        // Behind the last word there is none.
        for row in [&mut known, &mut figures] {
            row.resize(width, f32::NEG_INFINITY);
        }
        let all: Vec<usize> = (0..its.len()).collect();
        let rare: Vec<usize> = all.iter().copied().filter(|&j| sorts[j] == Sort::Rare).collect();
        for &word in &sought.wording.words[rows.0..rows.1] {
            let (row, to_compare) = match self.vocabulary.sort(word) {
                Sort::Known => (&known, &rare),
                Sort::Number => (&figures, &rare),
                Sort::Rare => (&known, &all),
            };
            let first = self.pairs.len();
            self.pairs.extend_from_slice(row);
            for &j in to_compare {
                self.pairs[first + j] = self.unlike(word, its[j]);
            }
        }
        for (column, j) in (columns.0..columns.1).enumerate() {
            for (word, _) in other.readings(j) {
                for i in sought.places.of(word).filter(|i| (rows.0..rows.1).contains(i)) {
                    let bits = self.pair(sought.wording, other, i, j, sought.bits[i]);
                    self.pairs[(i - rows.0) * width + column] = bits;
                }
            }
        }
    }

    /// Notes where stretches may begin and what words may tell.
    fn survey(&mut self, width: usize) {
        self.rows.clear();
        self.begins.clear();
        self.columns.clear();
        self.columns.resize(width, 0.0);
        for row in self.pairs.chunks_exact(width) {
            let (mut most, mut begins): (f32, Chunks) = (0.0, 0);
            let columns = self.columns.as_chunks_mut::<CHUNK>().0;
            for (chunk, (pairs, columns)) in row.as_chunks::<CHUNK>().0.iter().zip(columns).enumerate() {
                for (column, &bits) in columns.iter_mut().zip(pairs) {
                    *column = greater(*column, bits);
                }
                let bits = greatest_of(pairs);
                begins |= Chunks::from(bits > 0.0) << chunk;
                most = greater(most, bits);
            }
            self.rows.push(most);
            self.begins.push(begins);
        }
        for join in &self.joins {
            let (row, column) = join.cell;
            self.begins[row] |= 1 << (column / CHUNK);
            self.rows[row] = greater(self.rows[row], join.bits);
            self.columns[column] = greater(self.columns[column], join.bits);
        }
    }

    /// Bits of two different words.
    fn unlike(&mut self, one: WordId, other: WordId) -> f32 {
        match (self.vocabulary.sort(one), self.vocabulary.sort(other)) {
            (Sort::Number, Sort::Number) => -FIGURE,
            (Sort::Rare, _) | (_, Sort::Rare) => self.alike.bits(self.vocabulary, one, other).max(-GARBLED),
            _ => -CHANGED,
        }
    }

    /// Bits of two places that may say the same: those of the two readings that agree best.
    fn pair(&mut self, one: &Wording, other: &Wording, i: usize, j: usize, bits: f32) -> f32 {
        let mut best = None::<f32>;
        for (folded, marked) in one.readings(i) {
            for (its_folded, its_marked) in other.readings(j) {
                if folded == its_folded {
                    let agrees = match self.marks(marked, its_marked) {
                        Marks::Agree => return bits,
                        Marks::OneSided => bits - ONE_SIDED,
                        Marks::Contradict => bits - CONTRADICTION,
                    };
                    best = Some(best.map_or(agrees, |best| best.max(agrees)));
                }
            }
        }
        best.unwrap_or_else(|| self.unlike(one.words[i], other.words[j]))
    }

    /// Do the marks of a word agree on both sides?
    fn marks(&self, one: WordId, other: WordId) -> Marks {
        if one == other || one == UNKNOWN || other == UNKNOWN {
            Marks::Agree
        } else if self.vocabulary.is_marked(one) && self.vocabulary.is_marked(other) {
            Marks::Contradict
        } else {
            Marks::OneSided
        }
    }

    /// How the two places agree that were worth `bits`.
    fn agreement(&self, one: &Wording, other: &Wording, i: usize, j: usize, bits: f32) -> Agreement {
        let readings = one
            .readings(i)
            .flat_map(|one| other.readings(j).map(move |other| (one, other)));
        let mut folded = false;
        for ((word, marked), (its_word, its_marked)) in readings {
            if word == its_word && self.marks(marked, its_marked) != Marks::Contradict {
                return Agreement::Same;
            }
            folded |= word == its_word;
        }
        if !folded && bits > 0.0 {
            Agreement::Alike
        } else {
            Agreement::Changed
        }
    }

    /// Fills the tables; the greatest sum of a stretch, and the cell that it ends in.
    ///
    /// No cell notes how it came about: that is looked up where it is asked for ([`Self::end_of`]). So there is nothing
    /// to decide within a chunk, and a processor makes many cells at once. A chunk to which no stretch leads, and in
    /// which none begins, is left as it is.
    fn greatest(&mut self, height: usize, width: usize) -> (f32, (usize, usize)) {
        let stride = width + 1;
        for (table, outside) in [(&mut self.sums, 0.0), (&mut self.drops, f32::NEG_INFINITY)] {
            table.clear();
            table.resize((height + 1) * stride, outside);
        }
        let mut greatest = (0.0, (0, 0));
        let mut joins = self.joins.iter().peekable();
        // A bit for each chunk of the row above that has a sum.
        let mut above: Chunks = 0;
        for i in 0..height {
            let reached = above | above << 1 | self.begins[i];
            above = 0;
            let mut inserted = 0.0;
            for (chunk, pairs) in self.pairs[i * width..(i + 1) * width]
                .as_chunks::<CHUNK>()
                .0
                .iter()
                .enumerate()
            {
                if reached >> chunk & 1 == 0 && inserted <= 0.0 {
                    continue;
                }
                let first = chunk * CHUNK;
                let at = (i + 1) * stride + 1 + first;
                let (before, sums) = self.sums.split_at_mut(at);
                let (drops_before, drops) = self.drops.split_at_mut(at);
                let (Some(aboves), Some(corners), Some(drops_above), Some(sums), Some(drops)) = (
                    before[at - stride..].first_chunk::<CHUNK>(),
                    before[at - stride - 1..].first_chunk::<CHUNK>(),
                    drops_before[at - stride..].first_chunk::<CHUNK>(),
                    sums.first_chunk_mut::<CHUNK>(),
                    drops.first_chunk_mut::<CHUNK>(),
                ) else {
                    break;
                };
                let mut opens = [0.0; CHUNK];
                for j in 0..CHUNK {
                    drops[j] = drop(aboves[j], drops_above[j]);
                    sums[j] = greater(greater(corners[j] + pairs[j], drops[j]), 0.0);
                    opens[j] = open(sums[j], drops[j]);
                }
                while let Some(join) = joins.next_if(|join| join.cell.0 == i && join.cell.1 < first + CHUNK) {
                    let j = join.cell.1 - first;
                    let (rows, columns) = join.words;
                    sums[j] = greater(sums[j], before[at + j - rows * stride - columns] + join.bits);
                    opens[j] = open(sums[j], drops[j]);
                }
                // The one step in which each cell waits for the one before it is left out where nothing comes of it.
                if inserted > 0.0 || greatest_of(&opens) > GAP_WORD {
                    for (sum, open) in sums.iter_mut().zip(opens) {
                        *sum = greater(*sum, inserted);
                        inserted = insert(inserted, open);
                    }
                }
                let most = greatest_of(sums);
                above |= Chunks::from(most > 0.0) << chunk;
                if most > greatest.0 {
                    let at = sums.iter().position(|&sum| sum >= most);
                    greatest = (most, (i, first + at.unwrap_or_default()));
                }
            }
        }
        greatest
    }

    /// For each cell of a row of the tables the greatest sum of a stretch that ends with a word of the second side left
    /// out.
    fn inserts(&self, i: usize, width: usize) -> Vec<f32> {
        let first = (i + 1) * (width + 1) + 1;
        let cells = self.sums[first..][..width].iter().zip(&self.drops[first..]);
        cells
            .scan(0.0, |inserted, (&sum, &drop)| {
                let here = *inserted;
                *inserted = insert(here, open(sum, drop));
                Some(here)
            })
            .collect()
    }

    /// The steps of the stretch that ends in a cell; pairs are yet to be judged.
    fn steps_to(&self, (mut i, mut j): (usize, usize), width: usize) -> Vec<Step> {
        let stride = width + 1;
        let mut steps = Vec::new();
        // How the stretch goes on from the words that are left out, where some are.
        let mut left_out = None;
        // The row that is looked at, and its sums that end with a word of the second side left out.
        let mut inserts = (usize::MAX, Vec::new());
        loop {
            let cell = (i + 1) * stride + j + 1;
            let end = left_out.or_else(|| self.end_of((i, j), cell, stride));
            let Some(end) = end else {
                break;
            };
            left_out = None;
            let (up, back) = match end {
                End::Pair => {
                    let bits = self.pairs[i * width + j];
                    steps.push(Step::Pair(i, j, Agreement::Changed, bits));
                    (1, 1)
                }
                End::Join(join) => {
                    for word in 0..2 {
                        let (i, j) = (i - word.min(join.words.0 - 1), j - word.min(join.words.1 - 1));
                        steps.push(Step::Pair(i, j, Agreement::Alike, join.bits / 2.0));
                    }
                    join.words
                }
                End::Drop => {
                    steps.push(Step::Dropped(i));
                    let (sum, dropped) = (self.sums[cell - stride], self.drops[cell - stride]);
                    left_out = (dropped > sum - GAP).then_some(End::Drop);
                    (1, 0)
                }
                End::Insert => {
                    if inserts.0 != i {
                        inserts = (i, self.inserts(i, width));
                    }
                    steps.push(Step::Inserted(j));
                    let (sum, dropped) = (self.sums[cell - 1], self.drops[cell - 1]);
                    let inserted = if j > 0 { inserts.1[j - 1] } else { 0.0 };
                    left_out = if inserted > open(sum, dropped) {
                        Some(End::Insert)
                    } else {
                        (dropped > sum - GAP).then_some(End::Drop)
                    };
                    (0, 1)
                }
            };
            if i < up || j < back {
                break;
            }
            (i, j) = (i - up, j - back);
        }
        steps.reverse();
        steps
    }

    /// How the best stretch ends that ends here; `None` where none does.
    ///
    /// It is told by which of the sums that this one may be it is: they are made in the same way as when the table was
    /// filled, so they are equal to the last bit.
    fn end_of(&self, (i, j): (usize, usize), cell: usize, stride: usize) -> Option<End> {
        let sum = self.sums[cell];
        let from = |(rows, columns): (usize, usize)| self.sums[cell - rows * stride - columns];
        if sum <= 0.0 {
            None
        } else if sum == from((1, 1)) + self.pairs[i * (stride - 1) + j] {
            Some(End::Pair)
        } else if sum == self.drops[cell] {
            Some(End::Drop)
        } else {
            let first = self.joins.partition_point(|join| join.cell < (i, j));
            let mut joins = self.joins[first..].iter().take_while(|join| join.cell == (i, j));
            let join = joins.find(|join| sum == from(join.words) + join.bits);
            Some(join.map_or(End::Insert, |join| End::Join(*join)))
        }
    }
}

/// The greatest sum that ends with a word of the first side left out, by the two of the cell above.
#[inline]
fn drop(sum: f32, drop: f32) -> f32 {
    greater(sum - GAP, drop) - GAP_WORD
}

/// The greatest sum with which words of the second side may begin to be left out behind a cell with these two: where
/// words of the first were left out already the clause was replaced, which is one change.
#[inline]
fn open(sum: f32, drop: f32) -> f32 {
    greater(sum - GAP, drop)
}

/// The greatest sum that ends with a word of the second side left out, by the two of the cell before.
#[inline]
fn insert(inserted: f32, open: f32) -> f32 {
    greater(inserted, open) - GAP_WORD
}

/// The greater of two numbers. Unlike [`f32::max`] it is one instruction: no sum is NaN.
#[inline]
fn greater(one: f32, other: f32) -> f32 {
    if one > other { one } else { other }
}

/// The greatest of a chunk, or 0.
#[inline]
fn greatest_of(chunk: &[f32; CHUNK]) -> f32 {
    // By halves: a processor compares many at once.
    let mut lanes = *chunk;
    let mut len = CHUNK / 2;
    while len > 0 {
        for lane in 0..len {
            lanes[lane] = greater(lanes[lane], lanes[lane + len]);
        }
        len /= 2;
    }
    greater(lanes[0], 0.0)
}

/// The windows of a wording of this length, half-open.
fn windows(len: usize) -> Vec<(usize, usize)> {
    if len <= WINDOW {
        return vec![(0, len)];
    }
    let starts = (0..len - OVERLAP).step_by(WINDOW - OVERLAP);
    starts.map(|start| (start, (start + WINDOW).min(len))).collect()
}

/// Do two windows share two or more pairs of neighbouring words?
fn share_pairs(one: &[WordId], other: &[WordId]) -> bool {
    let pairs: std::collections::HashSet<&[WordId]> = one.windows(2).collect();
    other.windows(2).filter(|pair| pairs.contains(pair)).nth(1).is_some()
}

/// Keeps of stretches that share words the best: windows overlap.
fn disjoint(stretches: &mut Vec<Stretch>) {
    stretches.sort_by(|one, other| other.bits.total_cmp(&one.bits));
    let mut taken: (std::collections::HashSet<usize>, std::collections::HashSet<usize>) = Default::default();
    stretches.retain(|stretch| {
        let pairs = || {
            stretch.steps.iter().filter_map(|step| match step {
                Step::Pair(i, j, ..) => Some((*i, *j)),
                _ => None,
            })
        };
        let free = pairs().all(|(i, j)| !taken.0.contains(&i) && !taken.1.contains(&j));
        if free {
            for (i, j) in pairs() {
                taken.0.insert(i);
                taken.1.insert(j);
            }
        }
        free
    });
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::wording::Places;
    use super::*;
    use crate::index::{Annotations, Tokenized};

    /// Words that are known, words that are rare and like one another or like known ones, numbers.
    const WORDS: [&str; 16] = [
        "dang", "bo", "tinh", "xay", "dung", "phat", "trien", "kinh", "te", "xaydung", "dqng", "trlen", "12", "2025",
        "vung", "manh",
    ];
    const FIRST_RARE: usize = 9;

    /// Two texts compared: their wordings, the bits of the first, and the stretches that they share.
    fn compared(one: &[usize], other: &[usize]) -> (Vec<f32>, Aligned) {
        let mut vocabulary = Vocabulary::default();
        let mut wording = |words: &[usize]| {
            let text: Vec<&str> = words.iter().map(|&word| WORDS[word]).collect();
            Wording::of(
                &Tokenized::of(&text.join(" "), &Annotations::default()).cells,
                &mut vocabulary,
            )
        };
        let (one, other) = (wording(one), wording(other));
        let passages = |_, word: &str| {
            let rare = WORDS.iter().skip(FIRST_RARE).any(|rare| *rare == word);
            Ok::<u64, ()>(if rare { 1 } else { 300 })
        };
        vocabulary.weigh(1 << 16, passages).unwrap();
        let bits: Vec<f32> = one.words.iter().map(|&word| vocabulary.rarity(word).min(8.0)).collect();
        let mut places = Places::new(&vocabulary);
        places.take(&one);
        let sought = Sought {
            wording: &one,
            bits: &bits,
            places: &places,
        };
        let least = Least::of_score(0.0);
        let mut aligner = Aligner::new(&vocabulary);
        let stretches = aligner.stretches(sought, &other, least);
        aligner.weigh_pairs(sought, &other, (0, one.len()), (0, other.len()));
        aligner.find_joins(&one.words, &other.words);
        let width = other.len().next_multiple_of(CHUNK).max(1);
        let rows = aligner.pairs.chunks_exact(width);
        let aligned = Aligned {
            pairs: rows.map(|row| row[..other.len()].to_vec()).collect(),
            joins: aligner.joins.clone(),
            stretches,
        };
        (bits, aligned)
    }

    struct Aligned {
        pairs: Vec<Vec<f32>>,
        joins: Vec<Join>,
        stretches: Vec<Stretch>,
    }

    /// The greatest sum by the definition: the best of all that a stretch that ends here may be made of.
    fn by_definition(pairs: &[Vec<f32>], joins: &[Join]) -> f32 {
        let width = pairs.first().map_or(0, Vec::len);
        let table = |value: f32| vec![vec![value; width + 1]; pairs.len() + 1];
        let (mut sums, mut drops, mut inserts) = (table(0.0), table(-1e9), table(-1e9));
        let mut greatest = 0.0_f32;
        for i in 1..=pairs.len() {
            for j in 1..=width {
                drops[i][j] = (sums[i - 1][j] - GAP).max(drops[i - 1][j]) - GAP_WORD;
                let open = (sums[i][j - 1] - GAP).max(drops[i][j - 1]);
                inserts[i][j] = open.max(inserts[i][j - 1]) - GAP_WORD;
                let joined = joins.iter().filter(|join| join.cell == (i - 1, j - 1));
                let joined = joined.map(|join| sums[i - join.words.0][j - join.words.1] + join.bits);
                sums[i][j] = (sums[i - 1][j - 1] + pairs[i - 1][j - 1])
                    .max(drops[i][j])
                    .max(inserts[i][j])
                    .max(joined.fold(0.0, f32::max));
                greatest = greatest.max(sums[i][j]);
            }
        }
        greatest
    }

    /// What the steps of a stretch add up to.
    fn sum(steps: &[Step]) -> f32 {
        let mut sum = 0.0;
        let mut leaves_out = false;
        for step in steps {
            if let Step::Pair(_, _, _, bits) = step {
                sum += bits;
            } else {
                sum -= if leaves_out { GAP_WORD } else { GAP + GAP_WORD };
            }
            leaves_out = !matches!(step, Step::Pair(..));
        }
        sum
    }

    proptest! {
        #[test]
        fn stretches_are_in_order_apart_and_worth_what_they_say(
            one in proptest::collection::vec(0..WORDS.len(), 0..70),
            other in proptest::collection::vec(0..WORDS.len(), 0..70),
            taken in 0_usize..40,
        ) {
            // Random words share little: some are taken over.
            let other: Vec<usize> = other.iter().chain(one.iter().skip(5).take(taken)).copied().collect();
            let (_, aligned) = compared(&one, &other);
            let (mut rows, mut columns) = (std::collections::HashSet::new(), std::collections::HashSet::new());
            for stretch in &aligned.stretches {
                prop_assert!(matches!(stretch.steps.first(), Some(Step::Pair(..))));
                prop_assert!(matches!(stretch.steps.last(), Some(Step::Pair(..))));
                prop_assert!((sum(&stretch.steps) - stretch.bits).abs() < 0.01, "{stretch:?}");
                let (mut last, mut of_stretch) = (None::<(usize, usize)>, Vec::new());
                for step in &stretch.steps {
                    let (i, j) = last.unwrap_or_default();
                    match *step {
                        Step::Pair(row, column, ..) => {
                            prop_assert!(last.is_none() || row <= i + 1 && column <= j + 1 && row + column > i + j);
                            last = Some((row, column));
                            of_stretch.push((row, column));
                        }
                        Step::Dropped(row) => {
                            prop_assert_eq!(row, i + 1);
                            last = Some((row, j));
                        }
                        Step::Inserted(column) => {
                            prop_assert_eq!(column, j + 1);
                            last = Some((i, column));
                        }
                    }
                }
                prop_assert!(of_stretch.iter().all(|(i, j)| !rows.contains(i) && !columns.contains(j)));
                rows.extend(of_stretch.iter().map(|pair| pair.0));
                columns.extend(of_stretch.iter().map(|pair| pair.1));
            }
        }

        #[test]
        fn the_best_stretch_is_the_best_there_is(
            one in proptest::collection::vec(0..WORDS.len(), 1..60),
            other in proptest::collection::vec(0..WORDS.len(), 1..40),
            taken in 0_usize..40,
        ) {
            let other: Vec<usize> = other.iter().chain(one.iter().skip(3).take(taken)).copied().collect();
            let (_, aligned) = compared(&one, &other);
            let greatest = by_definition(&aligned.pairs, &aligned.joins);
            match aligned.stretches.first() {
                Some(best) => prop_assert!((best.bits - greatest).abs() < 0.01, "{} {greatest}", best.bits),
                None => prop_assert!(greatest < Least::of_score(0.0).any + 0.01, "{greatest}"),
            }
        }
    }

    #[test]
    fn a_text_is_the_same_as_itself() {
        let words: Vec<usize> = (0..WORDS.len()).collect();
        let (bits, aligned) = compared(&words, &words);
        let [stretch] = &aligned.stretches[..] else {
            panic!("{:?}", aligned.stretches);
        };
        let same =
            |(at, step): (usize, &Step)| matches!(*step, Step::Pair(i, j, Agreement::Same, _) if i == at && j == at);
        assert!(stretch.steps.iter().enumerate().all(same), "{stretch:?}");
        assert!((stretch.bits - bits.iter().sum::<f32>()).abs() < 0.01);
    }

    #[test]
    fn words_run_together_are_the_words_they_were() {
        let [xay, dung, joined] = [3, 4, 9];
        let (_, aligned) = compared(&[0, 1, 2, xay, dung, 5, 6], &[0, 1, 2, joined, 5, 6]);
        let alike = |step: &&Step| matches!(step, Step::Pair(3 | 4, 3, Agreement::Alike, _));
        assert_eq!(
            aligned.stretches[0].steps.iter().filter(alike).count(),
            2,
            "{:?}",
            aligned.stretches
        );
    }
}
