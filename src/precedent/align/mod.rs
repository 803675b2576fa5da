//! Local alignment of two wordings, word by word (Smith and Waterman 1981, with the gaps of Gotoh 1982): finds the
//! stretches that they share. Its unit is the bit.
//!
//! A word that is the same on both sides adds its surprise ([`super::information`]); one that may be the other misread
//! adds the evidence for that ([`Likeness`]); another word and words left out cost bits. So a stretch goes on over a
//! changed word, a changed figure and an inserted clause, and ends where nothing more is shared. The sum of a stretch
//! says how much likelier it is that one text was copied from the other than that they agree by chance.
//!
//! After the best stretch the next best is looked for among the words that are left on both sides: clauses may have
//! changed places.
//!
//! The table that the definition speaks of is never filled. Only pairs of words that are alike are looked at
//! ([`pairs`]), and chained to the best stretch ([`chains`]).

mod chains;
mod pairs;
#[cfg(test)]
mod twin;

use std::collections::HashSet;
use std::ops::Range;

use super::judge::Threshold;
use super::stretch::{AlignedStretch, AlignmentStep, CHANGED, MAX_STRETCHES, PairKind};
use super::vocabulary::{Likeness, UNKNOWN, Vocabulary, WordClass, WordId};
use super::wording::{PreparedWording, WordPositions, Wording};
use crate::stop::checkpoint;
use chains::Chains;
use pairs::{JoinedWords, OwnPair, ROW_CLASSES, TableCell};

/// Bits that a word costs in the place of another if one of the two is rare: it may be any word, misread beyond
/// recognition.
const GARBLED: f32 = 1.0;
/// Bits that a figure in the place of another costs: whoever copies a sentence puts in figures of their own.
const FIGURE: f32 = 1.0;
/// Bits that a word costs whose marks are printed on both sides and differ.
const CONTRADICTION: f32 = 4.0;
/// Bits that a word costs that has marks on one side only: they may have been lost, though those around it were not.
const ONE_SIDED: f32 = 1.0;
/// Words of a window. Longer wordings are compared window by window.
const WINDOW: usize = 384;
/// Words that a window shares with the next.
const OVERLAP: usize = 64;

const _: () = assert!(WordClass::ALL.len() == ROW_CLASSES);

/// Relation of the marks of two words that have the same letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum MarkRelation {
    /// They are the same, or one side lost its marks.
    Agree,
    /// One side has none.
    OneSided,
    /// They differ.
    Contradict,
}

/// A window of each of two wordings, as indices of words.
#[derive(Clone, Debug)]
struct WindowPair {
    /// Of the first side.
    rows: Range<usize>,
    /// Of the second side.
    columns: Range<usize>,
}

/// Aligns wordings of one vocabulary. One is reused for many pairs.
pub(super) struct Aligner<'v> {
    vocabulary: &'v Vocabulary,
    likeness: Likeness,
    chains: Chains,
    /// The positions of the words of the second side.
    positions: WordPositions,
}

impl<'v> Aligner<'v> {
    /// An aligner that has compared nothing yet.
    pub(super) fn new(vocabulary: &'v Vocabulary) -> Self {
        Self {
            vocabulary,
            likeness: Likeness::default(),
            chains: Chains::default(),
            positions: WordPositions::new(vocabulary),
        }
    }

    /// Returns the stretches that `one` and `other` share, best first, at most [`MAX_STRETCHES`]; no word is in two of
    /// them. Those that cannot reach the `threshold` are left out, and so is all if the wordings cannot.
    pub(super) fn stretches(
        &mut self,
        one: PreparedWording<'_>,
        other: &Wording,
        threshold: Threshold,
    ) -> Vec<AlignedStretch> {
        let mut stretches = Vec::new();
        if one.wording.len() == 0 || other.len() == 0 {
            return stretches;
        }
        self.positions.replace(other);
        let (all_rows, all_columns) = (windows(one.wording.len()), windows(other.len()));
        let many = all_rows.len() * all_columns.len() > 1;
        // The bits of one window do not bound those of all windows together.
        let threshold = if many { threshold.of_a_part() } else { threshold };
        for rows in &all_rows {
            for columns in &all_columns {
                if !many || share_pairs(&one.wording.words[rows.clone()], &other.words[columns.clone()]) {
                    let windows = WindowPair {
                        rows: rows.clone(),
                        columns: columns.clone(),
                    };
                    self.compare(one, other, &windows, threshold, &mut stretches);
                }
            }
        }
        if many {
            keep_disjoint(&mut stretches);
        }
        stretches.sort_by(|one, other| other.bits.total_cmp(&one.bits));
        stretches.truncate(MAX_STRETCHES);
        stretches
    }

    /// Returns the stretch of the words `rows` of `one` and as many of `other` from word `first` on, each paired with one
    /// that shares a reading with it.
    pub(super) fn diagonal(
        &mut self,
        one: PreparedWording<'_>,
        other: &Wording,
        rows: Range<usize>,
        first: usize,
    ) -> AlignedStretch {
        let mut steps = Vec::with_capacity(rows.len());
        let mut sum = 0.0;
        for (i, j) in rows.zip(first..) {
            let bits = self.bits_of_pair(one.wording, other, i, j, one.bits[i]);
            steps.push(AlignmentStep::Pair(
                i,
                j,
                self.kind_of_pair(one.wording, other, i, j, bits),
                bits,
            ));
            sum += bits;
        }
        AlignedStretch { steps, bits: sum }
    }

    /// Appends the stretches between two windows.
    fn compare(
        &mut self,
        one: PreparedWording<'_>,
        other: &Wording,
        windows: &WindowPair,
        threshold: Threshold,
        stretches: &mut Vec<AlignedStretch>,
    ) {
        checkpoint();
        self.weigh_pairs(one, other, windows);
        self.find_joins(
            &one.wording.words[windows.rows.clone()],
            &other.words[windows.columns.clone()],
        );
        self.chains.bits.survey();
        let first = stretches.len();
        for _ in 0..MAX_STRETCHES {
            let left = self.chains.bits.most_left();
            if left < threshold.any {
                return;
            }
            let best = self.chains.fill();
            // Most candidates share a term or a set phrase and nothing else: they are done with here.
            if !threshold.is_within_reach(&stretches[first..], best.bits, left) {
                stretches.truncate(first);
                return;
            }
            if best.bits < threshold.any {
                return;
            }
            let mut stretch = self.chains.stretch_to(best);
            let used = stretch.pairs().map(|(row, column)| TableCell { row, column });
            self.chains.bits.mark_used(used);
            for step in &mut stretch.steps {
                // The chains count within the windows; a stretch counts within the wordings.
                *step = self.judged(step, one.wording, other, windows);
            }
            stretches.push(stretch);
        }
    }

    /// A step of the table as one of the wordings, with the relation of its words.
    fn judged(&self, step: &AlignmentStep, one: &Wording, other: &Wording, windows: &WindowPair) -> AlignmentStep {
        let (row, column) = (windows.rows.start, windows.columns.start);
        match *step {
            // Words run together: the table knows that already.
            AlignmentStep::Pair(i, j, PairKind::Misread, bits) => {
                AlignmentStep::Pair(row + i, column + j, PairKind::Misread, bits)
            }
            AlignmentStep::Pair(i, j, _, bits) => {
                let (i, j) = (row + i, column + j);
                AlignmentStep::Pair(i, j, self.kind_of_pair(one, other, i, j, bits), bits)
            }
            AlignmentStep::Dropped(i) => AlignmentStep::Dropped(row + i),
            AlignmentStep::Inserted(j) => AlignmentStep::Inserted(column + j),
        }
    }

    /// Finds the words of either side that may be two words of the other, run together.
    fn find_joins(&mut self, one: &[WordId], other: &[WordId]) {
        self.find_joined(one, other, |row, column, bits| JoinedWords {
            cell: TableCell { row, column },
            rows: 1,
            columns: 2,
            bits,
        });
        self.find_joined(other, one, |column, row, bits| JoinedWords {
            cell: TableCell { row, column },
            rows: 2,
            columns: 1,
            bits,
        });
    }

    /// Finds words of `wholes` that may be two words of `parts`. `join` makes the entry of the table from the index of
    /// the one word, the index of the second of the two, and the bits.
    fn find_joined(&mut self, wholes: &[WordId], parts: &[WordId], join: impl Fn(usize, usize, f32) -> JoinedWords) {
        for (at, &whole) in wholes.iter().enumerate() {
            if !Likeness::may_be_joined(self.vocabulary, whole) {
                continue;
            }
            for (second, pair) in (1..).zip(parts.windows(2)) {
                if let Some(bits) = self.likeness.joined(self.vocabulary, whole, [pair[0], pair[1]]) {
                    self.chains.bits.push_join(join(at, second, bits));
                }
            }
        }
    }

    /// Writes the bits of each pair of words into the table.
    fn weigh_pairs(&mut self, one: PreparedWording<'_>, other: &Wording, windows: &WindowPair) {
        let rows = &one.wording.words[windows.rows.clone()];
        let columns = &other.words[windows.columns.clone()];
        let vocabulary = self.vocabulary;
        let class = |&word: &WordId| vocabulary.class(word);
        // Nearly all pairs are two known words that differ. Their bits do not depend on the words, so they are kept once
        // for all rows, and only rare words are compared letter by letter.
        let row_classes = rows.iter().map(|word| class(word) as usize);
        let column_classes: Vec<WordClass> = columns.iter().map(class).collect();
        self.chains.bits.restart(row_classes, &column_classes, |row, column| {
            unlike_bits_of_classes(WordClass::ALL[row], column)
        });
        let is_rare = |&column: &usize| column_classes[column] == WordClass::Rare;
        let all: Vec<usize> = (0..columns.len()).collect();
        let rare: Vec<usize> = all.iter().copied().filter(is_rare).collect();
        let mut of_row: Vec<OwnPair> = Vec::new();
        for (row, i) in windows.rows.clone().enumerate() {
            let word = rows[row];
            let to_compare = if class(&word) == WordClass::Rare { &all } else { &rare };
            for &column in to_compare {
                let bits = self.likeness.bits(vocabulary, word, columns[column]);
                if bits > -GARBLED {
                    of_row.push(OwnPair::new(TableCell { row, column }, bits));
                }
            }
            self.weigh_equal_words(one, other, windows, i, &mut of_row);
            // The positions of a word come the last first; of two entries for a pair that of equal words holds.
            of_row.reverse();
            if !of_row.is_sorted_by(|one, other| one.column < other.column) {
                of_row.sort_by_key(|pair| pair.column);
                of_row.dedup_by_key(|pair| pair.column);
            }
            of_row.drain(..).for_each(|pair| self.chains.bits.push(pair));
        }
    }

    /// Appends the pairs of word `i` of `one` with words of `other` that share a reading with it.
    fn weigh_equal_words(
        &self,
        one: PreparedWording<'_>,
        other: &Wording,
        windows: &WindowPair,
        i: usize,
        pairs: &mut Vec<OwnPair>,
    ) {
        let mut weigh = |word: WordId| {
            for j in self.positions.of(word).filter(|j| windows.columns.contains(j)) {
                let cell = TableCell {
                    row: i - windows.rows.start,
                    column: j - windows.columns.start,
                };
                let bits = self.bits_of_equal(one.wording, other, i, j, one.bits[i]);
                pairs.extend(bits.map(|bits| OwnPair::new(cell, bits)));
            }
        };
        weigh(one.wording.words[i]);
        for &(word, _) in one.wording.further_readings(i) {
            weigh(word);
        }
    }

    /// Returns the bits of word `i` of `one` and word `j` of `other`: those of the two readings that agree best, where
    /// full agreement adds `bits`.
    fn bits_of_pair(&mut self, one: &Wording, other: &Wording, i: usize, j: usize, bits: f32) -> f32 {
        self.bits_of_equal(one, other, i, j, bits)
            .unwrap_or_else(|| unlike_bits(self.vocabulary, &mut self.likeness, one.words[i], other.words[j]))
    }

    /// Returns the bits of two words as [`Self::bits_of_pair`] does; `None` if they have no reading in common.
    fn bits_of_equal(&self, one: &Wording, other: &Wording, i: usize, j: usize, bits: f32) -> Option<f32> {
        let agreed = |marked: WordId, other_marked: WordId| match self.compare_marks(marked, other_marked) {
            MarkRelation::Agree => bits,
            MarkRelation::OneSided => bits - ONE_SIDED,
            MarkRelation::Contradict => bits - CONTRADICTION,
        };
        // Nearly all words have one reading.
        if one.further_readings(i).is_empty() && other.further_readings(j).is_empty() {
            return (one.words[i] == other.words[j]).then(|| agreed(one.marked[i], other.marked[j]));
        }
        let pairs = one
            .readings(i)
            .flat_map(|one| other.readings(j).map(move |other| (one, other)));
        let equal = pairs.filter(|((folded, _), (other_folded, _))| folded == other_folded);
        equal
            .map(|((_, marked), (_, other_marked))| agreed(marked, other_marked))
            .max_by(f32::total_cmp)
    }

    /// Compares the marks of two words that have the same letters.
    fn compare_marks(&self, one: WordId, other: WordId) -> MarkRelation {
        if one == other || one == UNKNOWN || other == UNKNOWN {
            MarkRelation::Agree
        } else if self.vocabulary.is_marked(one) && self.vocabulary.is_marked(other) {
            MarkRelation::Contradict
        } else {
            MarkRelation::OneSided
        }
    }

    /// Returns the relation of word `i` of `one` and word `j` of `other`, which added `bits`.
    fn kind_of_pair(&self, one: &Wording, other: &Wording, i: usize, j: usize, bits: f32) -> PairKind {
        let readings = one
            .readings(i)
            .flat_map(|one| other.readings(j).map(move |other| (one, other)));
        let mut same_letters = false;
        for ((folded, marked), (other_folded, other_marked)) in readings {
            if folded == other_folded && self.compare_marks(marked, other_marked) != MarkRelation::Contradict {
                return PairKind::Same;
            }
            same_letters |= folded == other_folded;
        }
        // Words of the same letters and other marks are two words, however much they add.
        if !same_letters && bits > 0.0 {
            PairKind::Misread
        } else {
            PairKind::Changed
        }
    }
}

/// Returns the bits of two different words.
fn unlike_bits(vocabulary: &Vocabulary, likeness: &mut Likeness, one: WordId, other: WordId) -> f32 {
    let (class, other_class) = (vocabulary.class(one), vocabulary.class(other));
    let bits = unlike_bits_of_classes(class, other_class);
    if class == WordClass::Rare || other_class == WordClass::Rare {
        likeness.bits(vocabulary, one, other).max(bits)
    } else {
        bits
    }
}

/// Returns the bits of two different words of these classes of which neither may be the other, misread.
fn unlike_bits_of_classes(one: WordClass, other: WordClass) -> f32 {
    match (one, other) {
        (WordClass::Number, WordClass::Number) => -FIGURE,
        (WordClass::Rare, _) | (_, WordClass::Rare) => -GARBLED,
        _ => -CHANGED,
    }
}

/// Returns the windows of a wording of this many words.
fn windows(len: usize) -> Vec<Range<usize>> {
    if len <= WINDOW {
        return std::iter::once(0..len).collect();
    }
    let starts = (0..len - OVERLAP).step_by(WINDOW - OVERLAP);
    starts.map(|start| start..(start + WINDOW).min(len)).collect()
}

/// Returns true if two windows share two or more pairs of neighboring words.
fn share_pairs(one: &[WordId], other: &[WordId]) -> bool {
    let pairs: HashSet<&[WordId]> = one.windows(2).collect();
    other.windows(2).filter(|pair| pairs.contains(pair)).nth(1).is_some()
}

/// Removes stretches that share words with a better one: windows overlap.
fn keep_disjoint(stretches: &mut Vec<AlignedStretch>) {
    stretches.sort_by(|one, other| other.bits.total_cmp(&one.bits));
    let (mut rows, mut columns) = (HashSet::new(), HashSet::new());
    stretches.retain(|stretch| {
        let free = stretch
            .pairs()
            .all(|(i, j)| !rows.contains(&i) && !columns.contains(&j));
        if free {
            rows.extend(stretch.pairs().map(|(i, _)| i));
            columns.extend(stretch.pairs().map(|(_, j)| j));
        }
        free
    });
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::wording::WordPositions;
    use super::chains::{GAP, GAP_WORD};
    use super::*;
    use crate::index::{Annotations, Tokenized};

    /// Words that are known, words that are rare and like one another or like known ones, numbers.
    const WORDS: [&str; 16] = [
        "dang", "bo", "tinh", "xay", "dung", "phat", "trien", "kinh", "te", "xaydung", "dqng", "trlen", "12", "2025",
        "vung", "manh",
    ];
    const FIRST_RARE: usize = 9;

    /// Compares two texts; the bits of the first one's words come along.
    fn compared(one: &[usize], other: &[usize]) -> (Vec<f32>, Compared) {
        compared_with(one, other, Threshold::of_score(0.0))
    }

    /// Compares two texts with this threshold; the bits of the first one's words come along.
    fn compared_with(one: &[usize], other: &[usize], threshold: Threshold) -> (Vec<f32>, Compared) {
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
        let mut positions = WordPositions::new(&vocabulary);
        positions.replace(&one);
        let prepared = PreparedWording {
            wording: &one,
            bits: &bits,
            positions: &positions,
        };
        let mut aligner = Aligner::new(&vocabulary);
        let stretches = aligner.stretches(prepared, &other, threshold);
        let whole = WindowPair {
            rows: 0..one.len(),
            columns: 0..other.len(),
        };
        aligner.positions.replace(&other);
        aligner.weigh_pairs(prepared, &other, &whole);
        aligner.find_joins(&one.words, &other.words);
        aligner.chains.bits.survey();
        let compared = Compared {
            pairs: aligner.chains.bits.rows(),
            joins: aligner.chains.bits.joins().to_vec(),
            stretches,
        };
        (bits, compared)
    }

    /// The bits of each pair of words, the words run together, and the stretches.
    struct Compared {
        pairs: Vec<Vec<f32>>,
        joins: Vec<JoinedWords>,
        stretches: Vec<AlignedStretch>,
    }

    /// Sum of the steps of a stretch.
    fn sum(steps: &[AlignmentStep]) -> f32 {
        let mut sum = 0.0;
        let mut leaves_out = false;
        for step in steps {
            if let AlignmentStep::Pair(_, _, _, bits) = step {
                sum += bits;
            } else {
                sum -= if leaves_out { GAP_WORD } else { GAP + GAP_WORD };
            }
            leaves_out = !matches!(step, AlignmentStep::Pair(..));
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
            // Random words share little, so some are copied.
            let other: Vec<usize> = other.iter().chain(one.iter().skip(5).take(taken)).copied().collect();
            let (_, aligned) = compared(&one, &other);
            let (mut rows, mut columns) = (std::collections::HashSet::new(), std::collections::HashSet::new());
            for stretch in &aligned.stretches {
                prop_assert!(matches!(stretch.steps.first(), Some(AlignmentStep::Pair(..))));
                prop_assert!(matches!(stretch.steps.last(), Some(AlignmentStep::Pair(..))));
                prop_assert!((sum(&stretch.steps) - stretch.bits).abs() < 0.01, "{stretch:?}");
                let (mut last, mut of_stretch) = (None::<(usize, usize)>, Vec::new());
                for step in &stretch.steps {
                    let (i, j) = last.unwrap_or_default();
                    match *step {
                        AlignmentStep::Pair(row, column, ..) => {
                            prop_assert!(last.is_none() || row <= i + 1 && column <= j + 1 && row + column > i + j);
                            last = Some((row, column));
                            of_stretch.push((row, column));
                        }
                        AlignmentStep::Dropped(row) => {
                            prop_assert_eq!(row, i + 1);
                            last = Some((row, j));
                        }
                        AlignmentStep::Inserted(column) => {
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
        fn stretches_are_those_of_the_whole_table(
            one in proptest::collection::vec(0..WORDS.len(), 1..90),
            other in proptest::collection::vec(0..WORDS.len(), 0..60),
            copies in proptest::collection::vec((0_usize..90, 0_usize..40), 0..4),
            score in prop_oneof![Just(0.0_f32), 0.0_f32..0.7],
        ) {
            let copied = copies.iter().flat_map(|&(first, count)| one.iter().skip(first).take(count));
            let other: Vec<usize> = other.iter().chain(copied).copied().collect();
            prop_assume!(!other.is_empty());
            let (_, aligned) = compared_with(&one, &other, Threshold::of_score(score));
            let slowly = twin::stretches(aligned.pairs, aligned.joins, Threshold::of_score(score));
            let (found, slowly) = (unjudged(&aligned.stretches), unjudged(&slowly));
            for (one, other) in found.iter().zip(&slowly) {
                prop_assert_eq!(one.0, other.0);
                if one.1 != other.1 {
                    // Two that are worth the same; what is found after them depends on which was taken.
                    prop_assert!((sum(&one.1) - sum(&other.1)).abs() < 0.01, "{one:?} {other:?}");
                    return Ok(());
                }
            }
            prop_assert_eq!(found.len(), slowly.len());
        }
    }

    /// Stretches without the relations of their pairs; bits as they are, to the last digit.
    fn unjudged(stretches: &[AlignedStretch]) -> Vec<(u32, Vec<AlignmentStep>)> {
        let step = |step: &AlignmentStep| match *step {
            AlignmentStep::Pair(i, j, _, bits) => AlignmentStep::Pair(i, j, PairKind::Changed, bits),
            other => other,
        };
        let stretch = |stretch: &AlignedStretch| (stretch.bits.to_bits(), stretch.steps.iter().map(step).collect());
        stretches.iter().map(stretch).collect()
    }

    #[test]
    fn a_text_is_the_same_as_itself() {
        let words: Vec<usize> = (0..WORDS.len()).collect();
        let (bits, aligned) = compared(&words, &words);
        let [stretch] = &aligned.stretches[..] else {
            panic!("{:?}", aligned.stretches);
        };
        let same = |(at, step): (usize, &AlignmentStep)| matches!(*step, AlignmentStep::Pair(i, j, PairKind::Same, _) if i == at && j == at);
        assert!(stretch.steps.iter().enumerate().all(same), "{stretch:?}");
        assert!((stretch.bits - bits.iter().sum::<f32>()).abs() < 0.01);
    }

    #[test]
    fn words_run_together_are_the_words_they_were() {
        let [xay, dung, joined] = [3, 4, 9];
        let (_, aligned) = compared(&[0, 1, 2, xay, dung, 5, 6], &[0, 1, 2, joined, 5, 6]);
        let alike = |step: &&AlignmentStep| matches!(step, AlignmentStep::Pair(3 | 4, 3, PairKind::Misread, _));
        assert_eq!(
            aligned.stretches[0].steps.iter().filter(alike).count(),
            2,
            "{:?}",
            aligned.stretches
        );
    }
}
