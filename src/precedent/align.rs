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

use super::vocabulary::{Alike, MOST_JOINED, Sort, UNKNOWN, Vocabulary, WordId};
use super::wording::Wording;

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
    /// On which side it is one word.
    how: u8,
    bits: f32,
}

/// Bits that stretches must have to be worth looking at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Least {
    /// Any of them.
    pub(super) any: f32,
    /// The best of them: where it has fewer, the others do not matter.
    pub(super) best: f32,
}

/// What two wordings are compared by.
pub(super) struct Aligner<'v> {
    vocabulary: &'v Vocabulary,
    alike: Alike,
    /// Bits of each pair of words, row by row.
    pairs: Vec<f32>,
    /// Words that may have been run together, by cell.
    joins: Vec<Join>,
    /// How each cell was reached.
    trace: Vec<u8>,
    /// Best sums of the last row and of the one before.
    best: Vec<f32>,
    before: Vec<f32>,
    /// Best sums of the last row that end in words left out of the first side.
    gap: Vec<f32>,
}

/// A cell of the trace: nothing ends here.
const STOP: u8 = 0;
/// The best ends in a pair.
const PAIR: u8 = 1;
/// The best ends with a word of the first side left out.
const DROP: u8 = 2;
/// The best ends with a word of the second side left out.
const INSERT: u8 = 3;
/// The best ends in a word of the first side that is two of the second.
const ONE_IS_TWO: u8 = 4;
/// The best ends in two words of the first side that are one of the second.
const TWO_ARE_ONE: u8 = 5;
/// The part of a cell that says how the best ends.
const HOW: u8 = 7;
/// The gap on the first side goes on from the row before.
const DROP_ON: u8 = 8;
/// The gap on the second side goes on from the column before.
const INSERT_ON: u8 = 16;
/// The gap on the second side begins where words of the first were left out: a clause was replaced, which is one change.
const INSERT_FOR_DROP: u8 = 32;

impl<'v> Aligner<'v> {
    /// One that has compared nothing yet.
    pub(super) fn new(vocabulary: &'v Vocabulary) -> Self {
        Self {
            vocabulary,
            alike: Alike::default(),
            pairs: Vec::new(),
            joins: Vec::new(),
            trace: Vec::new(),
            best: Vec::new(),
            before: Vec::new(),
            gap: Vec::new(),
        }
    }

    /// The stretches that `one` (whose words have these `bits`) and `other` share, best first, as far as they are worth
    /// it; no word is in two of them.
    pub(super) fn stretches(&mut self, one: &Wording, bits: &[f32], other: &Wording, least: Least) -> Vec<Stretch> {
        let mut stretches = Vec::new();
        let (rows, columns) = (windows(one.len()), windows(other.len()));
        let many = rows.len() * columns.len() > 1;
        for &row in &rows {
            for &column in &columns {
                if !many || share_pairs(&one.words[row.0..row.1], &other.words[column.0..column.1]) {
                    self.compare(one, bits, other, (row, column), least, &mut stretches);
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
        one: &Wording,
        bits: &[f32],
        other: &Wording,
        (rows, columns): ((usize, usize), (usize, usize)),
        least: Least,
        stretches: &mut Vec<Stretch>,
    ) {
        self.weigh_pairs(one, bits, other, rows, columns);
        let (height, width) = (rows.1 - rows.0, columns.1 - columns.0);
        // Most candidates share a term or a set phrase and nothing else: they are done with here.
        self.joins.clear();
        if self.fill(height, width, least.best - MOST_JOINED).is_none() {
            return;
        }
        self.find_joins(&one.words[rows.0..rows.1], &other.words[columns.0..columns.1]);
        for number in 0..MOST_STRETCHES {
            let least = if number == 0 { least.best } else { least.any };
            let Some((sum, end)) = self.fill(height, width, least) else {
                return;
            };
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
        self.pairs[i * width..(i + 1) * width].fill(f32::NEG_INFINITY);
        self.pairs
            .iter_mut()
            .skip(j)
            .step_by(width)
            .for_each(|pair| *pair = f32::NEG_INFINITY);
        self.joins.retain(|join| {
            let (row, column) = join.cell;
            let (rows, columns) = if join.how == ONE_IS_TWO { (1, 2) } else { (2, 1) };
            !(row + 1 - rows..=row).contains(&i) && !(column + 1 - columns..=column).contains(&j)
        });
    }

    /// Finds the words of either side that may be two of the other run together.
    fn find_joins(&mut self, one: &[WordId], other: &[WordId]) {
        for (row, &word) in one
            .iter()
            .enumerate()
            .filter(|(_, word)| Alike::may_be_joined(self.vocabulary, **word))
        {
            for (column, pair) in (1..).zip(other.windows(2)) {
                let bits = self.alike.joined(self.vocabulary, word, (pair[0], pair[1]));
                self.joins.extend(bits.map(|bits| Join {
                    cell: (row, column),
                    how: ONE_IS_TWO,
                    bits,
                }));
            }
        }
        for (column, &word) in other
            .iter()
            .enumerate()
            .filter(|(_, word)| Alike::may_be_joined(self.vocabulary, **word))
        {
            for (row, pair) in (1..).zip(one.windows(2)) {
                let bits = self.alike.joined(self.vocabulary, word, (pair[0], pair[1]));
                self.joins.extend(bits.map(|bits| Join {
                    cell: (row, column),
                    how: TWO_ARE_ONE,
                    bits,
                }));
            }
        }
        self.joins.sort_by_key(|join| join.cell);
    }

    /// Bits of the words that were run together and end in this cell.
    fn joined_at(&self, i: usize, j: usize, how: u8) -> f32 {
        let first = self.joins.partition_point(|join| join.cell < (i, j));
        let here = self.joins[first..].iter().take_while(|join| join.cell == (i, j));
        here.filter(|join| join.how == how).map(|join| join.bits).sum()
    }

    /// Writes the bits of each pair of words.
    fn weigh_pairs(
        &mut self,
        one: &Wording,
        bits: &[f32],
        other: &Wording,
        rows: (usize, usize),
        columns: (usize, usize),
    ) {
        self.pairs.clear();
        // Nearly all pairs are of two known words: that is seen without a look at the words.
        let sorts: Vec<Sort> = other.words.iter().map(|&word| self.vocabulary.sort(word)).collect();
        for (i, &bits) in bits.iter().enumerate().take(rows.1).skip(rows.0) {
            let (word, sort) = (one.words[i], self.vocabulary.sort(one.words[i]));
            for (j, &its_sort) in sorts.iter().enumerate().take(columns.1).skip(columns.0) {
                let told = if one.may_agree(i, other, j) {
                    self.pair(one, other, i, j, bits)
                } else if sort == Sort::Known && its_sort == Sort::Known {
                    -CHANGED
                } else {
                    self.unlike(word, other.words[j])
                };
                self.pairs.push(told);
            }
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

    /// Fills the table; the greatest sum and its cell, where it is at least `least`.
    fn fill(&mut self, height: usize, width: usize, least: f32) -> Option<(f32, (usize, usize))> {
        self.trace.clear();
        self.trace.resize(height * width, STOP);
        self.best.clear();
        self.best.resize(width + 1, 0.0);
        self.gap.clear();
        self.gap.resize(width + 1, f32::NEG_INFINITY);
        self.before.clear();
        self.before.resize(width + 1, 0.0);
        let mut greatest = (0.0, (0, 0));
        let mut joins = self.joins.iter().peekable();
        for i in 0..height {
            // Of the row before: one column back, and two; of the row before that, one back.
            let (mut corner, mut behind_corner) = (0.0, 0.0);
            let mut far_corner = self.before[0];
            let mut left = 0.0;
            let (mut insert, mut left_drop) = (f32::NEG_INFINITY, f32::NEG_INFINITY);
            let pairs = &self.pairs[i * width..(i + 1) * width];
            let trace = &mut self.trace[i * width..(i + 1) * width];
            for j in 0..width {
                let above = self.best[j + 1];
                let mut cell = STOP;
                let (open, on) = (above - GAP - GAP_WORD, self.gap[j + 1] - GAP_WORD);
                let drop = if on > open {
                    cell |= DROP_ON;
                    on
                } else {
                    open
                };
                let (open, on) = (left - GAP - GAP_WORD, insert - GAP_WORD);
                insert = if on > open {
                    cell |= INSERT_ON;
                    on
                } else {
                    open
                };
                if left_drop - GAP_WORD > insert {
                    insert = left_drop - GAP_WORD;
                    cell = cell & !INSERT_ON | INSERT_FOR_DROP;
                }
                left_drop = drop;
                let mut sum = corner + pairs[j];
                let mut how = PAIR;
                if drop > sum {
                    (sum, how) = (drop, DROP);
                }
                if insert > sum {
                    (sum, how) = (insert, INSERT);
                }
                while let Some(join) = joins.next_if(|join| join.cell == (i, j)) {
                    let from = if join.how == ONE_IS_TWO {
                        behind_corner
                    } else {
                        far_corner
                    };
                    if from + join.bits > sum {
                        (sum, how) = (from + join.bits, join.how);
                    }
                }
                if sum <= 0.0 {
                    (sum, how) = (0.0, STOP);
                }
                trace[j] = cell | how;
                behind_corner = corner;
                corner = above;
                far_corner = std::mem::replace(&mut self.before[j + 1], above);
                self.gap[j + 1] = drop;
                self.best[j + 1] = sum;
                left = sum;
                if sum > greatest.0 {
                    greatest = (sum, (i, j));
                }
            }
        }
        (greatest.0 >= least).then_some(greatest)
    }

    /// The steps of the stretch that ends in a cell; pairs are yet to be judged.
    fn steps_to(&self, (mut i, mut j): (usize, usize), width: usize) -> Vec<Step> {
        let mut steps = Vec::new();
        let mut within = None;
        loop {
            let cell = self.trace[i * width + j];
            let how = within.unwrap_or(cell & HOW);
            let (up, back) = match how {
                PAIR => {
                    steps.push(Step::Pair(i, j, Agreement::Changed, self.pairs[i * width + j]));
                    within = None;
                    (1, 1)
                }
                ONE_IS_TWO => {
                    let half = self.joined_at(i, j, ONE_IS_TWO) / 2.0;
                    steps.extend([j, j - 1].map(|j| Step::Pair(i, j, Agreement::Alike, half)));
                    (1, 2)
                }
                TWO_ARE_ONE => {
                    let half = self.joined_at(i, j, TWO_ARE_ONE) / 2.0;
                    steps.extend([i, i - 1].map(|i| Step::Pair(i, j, Agreement::Alike, half)));
                    (2, 1)
                }
                DROP => {
                    steps.push(Step::Dropped(i));
                    within = (cell & DROP_ON != 0).then_some(DROP);
                    (1, 0)
                }
                INSERT => {
                    steps.push(Step::Inserted(j));
                    within = match cell & (INSERT_ON | INSERT_FOR_DROP) {
                        0 => None,
                        INSERT_ON => Some(INSERT),
                        _ => Some(DROP),
                    };
                    (0, 1)
                }
                _ => break,
            };
            if i < up || j < back {
                break;
            }
            (i, j) = (i - up, j - back);
        }
        steps.reverse();
        steps
    }
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
