//! The best stretch between two windows, found by chaining the pairs that have bits of their own.
//!
//! Two texts have few words in common, so hardly any cell of the table of their words matters. The way from one pair of
//! like words to the next is known without looking at the cells between them: if they lie on one diagonal, the words
//! between them are paired with each other, which costs what unlike words cost; or all words between them are left out,
//! which is one gap. A way that does some of both is worse than the gap alone: in a gap that is open anyway a word on
//! each side costs less ([`GAP_WORD`] twice) than the cheapest pair of unlike words. So the time grows with the number
//! of like pairs, not with the product of the lengths.

use super::super::stretch::{AlignedStretch, AlignmentStep, PairKind};
use super::pairs::{JoinedWords, PairBits, TableCell};

/// Bits that a gap costs, however long: words that one side leaves out.
pub(super) const GAP: f32 = 6.0;
/// Bits that each word of a gap costs: a clause of 20 words may be inserted where the words around it are surprising.
pub(super) const GAP_WORD: f32 = 0.4;

/// More bits than the rounding of a sum amounts to.
const ROUNDING: f32 = 0.01;

/// The index of no pair.
const NONE: u32 = u32::MAX;

/// The best stretch of a table: its sum and its last pair.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct BestEnd {
    pub(super) bits: f32,
    last: u32,
}

/// The way in which a stretch comes to a cell.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Way {
    /// It begins there.
    Begins,
    /// From the pair with this index, on its diagonal.
    Diagonal(u32),
    /// From the pair with this index; the words between them are left out.
    Gap(u32),
}

/// The best stretch that ends with a pair.
#[derive(Clone, Copy, Debug)]
struct Chain {
    /// Its sum; 0 or less if there is none.
    sum: f32,
    /// The way to the cell before the pair, or before the words run together.
    way: Way,
    /// The words run together as which it ends, as an index; [`NONE`] if it is a pair.
    join: u32,
    /// The pair before it on its diagonal.
    before: u32,
}

/// A pair from which a gap may begin. The sum of a stretch that goes on after it with a gap to a cell is its `level`
/// less the cost of the gap from the first words of both sides on.
#[derive(Clone, Copy, Debug)]
struct GapOpening {
    column: usize,
    level: f32,
    pair: u32,
}

/// Chains the pairs of two windows. One is reused for many, so that nothing is allocated anew.
#[derive(Debug, Default)]
pub(super) struct Chains {
    /// The bits of each pair of words.
    pub(super) bits: PairBits,
    /// For each pair with bits of its own the best stretch that ends with it.
    chains: Vec<Chain>,
    /// The last pair of each diagonal.
    diagonals: Vec<u32>,
    /// The openings of gaps, without those that are worse than another one for all cells to come. Columns ascend, and so do
    /// levels, but for [`ROUNDING`].
    openings: Vec<GapOpening>,
}

impl Chains {
    /// Finds the sums of all pairs and returns the best end of a stretch.
    pub(super) fn fill(&mut self) -> BestEnd {
        self.chains.clear();
        self.diagonals.clear();
        self.diagonals.resize(self.bits.height() + self.bits.width(), NONE);
        self.openings.clear();
        let mut best = BestEnd::default();
        // The first pair after which no gap may begin yet: a gap ends in a later row.
        let mut unopened = 0;
        let mut joins = 0;
        for number in 0..self.bits.own().len() {
            let pair = self.bits.own()[number];
            let cell = pair.cell();
            while self.bits.own()[unopened].row < pair.row {
                self.open_gap(unopened);
                unopened += 1;
            }
            let diagonal = self.diagonal(cell);
            let before = std::mem::replace(&mut self.diagonals[diagonal], number as u32);
            let (from, way) = self.way_to(cell, before);
            let mut chain = Chain {
                sum: from + pair.bits,
                way,
                join: NONE,
                before,
            };
            while let Some(&join) = self.bits.joins().get(joins).filter(|join| join.cell == cell) {
                let (from, way) = self.way_to_join(join);
                if from + join.bits > chain.sum {
                    (chain.sum, chain.way, chain.join) = (from + join.bits, way, joins as u32);
                }
                joins += 1;
            }
            self.chains.push(chain);
            if chain.sum > best.bits {
                best = BestEnd {
                    bits: chain.sum,
                    last: number as u32,
                };
            }
        }
        best
    }

    /// Number of the diagonal of a cell.
    fn diagonal(&self, cell: TableCell) -> usize {
        self.bits.height() - 1 - cell.row + cell.column
    }

    /// Returns the greatest sum with which a stretch comes to `cell`, and its way. `before` is the pair before it on its
    /// diagonal. Gaps begin at the [openings](Self::openings).
    fn way_to(&self, cell: TableCell, before: u32) -> (f32, Way) {
        let on_diagonal = self.on_diagonal(cell, before);
        // Most cells are out of reach of the highest level, which is that of the last opening.
        let cost = GAP + GAP_WORD * (cell.row + cell.column) as f32 - 2.0 * GAP_WORD;
        let is_near = |opening: &GapOpening| opening.level - cost > on_diagonal.0 - ROUNDING;
        if !self.openings.last().is_some_and(is_near) {
            return on_diagonal;
        }
        let end = self.openings.partition_point(|opening| opening.column < cell.column);
        let Some(last) = self.openings[..end].last() else {
            return on_diagonal;
        };
        let as_good = |opening: &&GapOpening| opening.level > last.level - 3.0 * ROUNDING;
        let openings = self.openings[..end].iter().rev().take_while(as_good);
        self.best_way(cell, on_diagonal, openings.map(|opening| opening.pair))
    }

    /// Returns the greatest sum with which a stretch comes to `cell` from the pair `before` it on its diagonal.
    #[inline]
    fn on_diagonal(&self, cell: TableCell, before: u32) -> (f32, Way) {
        let Some(chain) = self.chains.get(before as usize) else {
            return (0.0, Way::Begins);
        };
        let first = self.bits.own()[before as usize].cell();
        let mut sum = chain.sum;
        for between in 1..cell.row - first.row {
            sum += self.bits.unlike(TableCell {
                row: first.row + between,
                column: first.column + between,
            });
            // From here on a gap from the same pair is better, if anything is left.
            if sum <= 0.0 || sum < chain.sum - GAP - 2.0 * GAP_WORD * between as f32 {
                return (0.0, Way::Begins);
            }
        }
        if sum > 0.0 {
            (sum, Way::Diagonal(before))
        } else {
            (0.0, Way::Begins)
        }
    }

    /// Returns the best of the way `known` to `cell` and those with a gap from one of `pairs`. Of equal ways with a gap
    /// that with the fewest words of the second side left out is the best, then that with the fewest of the first.
    fn best_way(&self, cell: TableCell, known: (f32, Way), pairs: impl Iterator<Item = u32>) -> (f32, Way) {
        let (mut best, mut fewest) = (known, (0, 0));
        for number in pairs {
            let before = self.chains[number as usize].sum;
            let (dropped, inserted) = between(self.bits.own()[number as usize].cell(), cell);
            let words = dropped + inserted;
            if before - (GAP + GAP_WORD * words as f32) < best.0 - ROUNDING {
                continue;
            }
            let sum = after_gap(before, words);
            let left_out = (inserted, dropped);
            if sum > best.0 || sum == best.0 && matches!(best.1, Way::Gap(_)) && left_out < fewest {
                best = (sum, Way::Gap(number));
                fewest = left_out;
            }
        }
        best
    }

    /// Lets gaps begin after a pair.
    fn open_gap(&mut self, number: usize) {
        let sum = self.chains[number].sum;
        if sum <= GAP + GAP_WORD {
            return;
        }
        let cell = self.bits.own()[number].cell();
        let opening = GapOpening {
            column: cell.column,
            level: sum + GAP_WORD * (cell.row + cell.column) as f32,
            pair: number as u32,
        };
        let at = self.openings.partition_point(|other| other.column <= cell.column);
        if self.openings[..at]
            .last()
            .is_some_and(|other| other.level > opening.level + ROUNDING)
        {
            return;
        }
        // All cells to come that are reached from these are reached from the new one as well.
        let first = self.openings.partition_point(|other| other.column < cell.column);
        let worse = |other: &&GapOpening| other.level < opening.level - ROUNDING;
        let count = self.openings[first..].iter().take_while(worse).count();
        if count == 0 {
            self.openings.insert(first, opening);
        } else {
            self.openings[first] = opening;
            self.openings.drain(first + 1..first + count);
        }
    }

    /// Returns the greatest sum with which a stretch comes to the words run together `join`, and its way.
    fn way_to_join(&self, join: JoinedWords) -> (f32, Way) {
        // The first of the cells that the words run together cover.
        let cell = TableCell {
            row: join.cell.row + 1 - join.rows,
            column: join.cell.column + 1 - join.columns,
        };
        let own = self.bits.own();
        let is_before = |&pair: &u32| {
            let pair = own[pair as usize].cell();
            pair.row < cell.row && pair.column < cell.column
        };
        let mut before = self.diagonals[self.diagonal(cell)];
        while let Some(chain) = self.chains.get(before as usize).filter(|_| !is_before(&before)) {
            before = chain.before;
        }
        let earlier = (0..self.chains.len() as u32).filter(is_before);
        self.best_way(cell, self.on_diagonal(cell, before), earlier)
    }

    /// Returns the stretch that ends in `end`. Pairs are all marked [`PairKind::Changed`], except words run together: the
    /// caller judges them.
    pub(super) fn stretch_to(&self, end: BestEnd) -> AlignedStretch {
        let mut steps = Vec::new();
        let mut number = end.last;
        loop {
            let (pair, chain) = (self.bits.own()[number as usize], self.chains[number as usize]);
            // The cell after the one from which the way goes on.
            let mut to = pair.cell();
            match self.bits.joins().get(chain.join as usize) {
                Some(join) => {
                    // The one word pairs with each of the two, so it comes twice, with half the bits each time.
                    for word in 0..2 {
                        let row = to.row - word.min(join.rows - 1);
                        let column = to.column - word.min(join.columns - 1);
                        steps.push(AlignmentStep::Pair(row, column, PairKind::Misread, join.bits / 2.0));
                    }
                    to.row -= join.rows - 1;
                    to.column -= join.columns - 1;
                }
                None => steps.push(AlignmentStep::Pair(to.row, to.column, PairKind::Changed, pair.bits)),
            }
            match chain.way {
                Way::Begins => break,
                Way::Diagonal(from) => {
                    let first = self.bits.own()[from as usize].cell();
                    for between in (1..to.row - first.row).rev() {
                        let (row, column) = (first.row + between, first.column + between);
                        let bits = self.bits.unlike(TableCell { row, column });
                        steps.push(AlignmentStep::Pair(row, column, PairKind::Changed, bits));
                    }
                    number = from;
                }
                Way::Gap(from) => {
                    // Words of the second side that are left out come after those of the first.
                    let first = self.bits.own()[from as usize].cell();
                    steps.extend((first.column + 1..to.column).rev().map(AlignmentStep::Inserted));
                    steps.extend((first.row + 1..to.row).rev().map(AlignmentStep::Dropped));
                    number = from;
                }
            }
        }
        steps.reverse();
        AlignedStretch { steps, bits: end.bits }
    }
}

/// Returns the sum that is left of `sum` after a gap of this number of words, exactly as if [`GAP`] and then
/// [`GAP_WORD`] for each word were taken away one after the other; some number below 0 if nothing is left.
///
/// Stretches with the same words in other places are equally good, and so is a gap that takes all of a sum and a new
/// beginning. How sums are rounded decides between them, so it must not depend on the way in which they are added up.
fn after_gap(sum: f32, words: usize) -> f32 {
    let mut left = sum - GAP;
    let mut words = words;
    while words > 0 && left > 0.0 {
        // Between two powers of two all sums are multiples of one number, so that each word takes away as much. From 2
        // on no word takes away half of that number, which would be rounded now up, now down.
        let power = f32::from_bits(left.to_bits() & EXPONENT);
        let next = left - GAP_WORD;
        let alike = ((left - power) / GAP_WORD) as usize;
        if power >= 2.0 && alike > FEW_WORDS && words > FEW_WORDS {
            let alike = (alike - 1).min(words);
            left -= alike as f32 * (left - next);
            words -= alike;
        } else {
            left = next;
            words -= 1;
        }
    }
    left
}

/// The bits of a number that stand for its power of two.
const EXPONENT: u32 = 0x7f80_0000;

/// Number of words that are taken away sooner one by one.
const FEW_WORDS: usize = 4;

/// Returns the number of words of the first and of the second side between two cells.
fn between(first: TableCell, last: TableCell) -> (usize, usize) {
    (last.row - first.row - 1, last.column - first.column - 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_gap_costs_what_its_words_cost_one_by_one(sum in 0.0_f32..8000.0, words in 0_usize..800) {
            let one_by_one = (0..words).fold(sum - GAP, |left, _| left - GAP_WORD);
            let left = after_gap(sum, words);
            prop_assert!(left == one_by_one || left.max(one_by_one) <= 0.0, "{left} {one_by_one}");
        }
    }
}
