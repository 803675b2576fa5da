//! The tables of a local alignment: filled row by row with the greatest sums, then read back to the steps of the best
//! stretch.
//!
//! Rows are the words of the first side, columns those of the second. The tables know nothing of words: the bits of
//! each pair come from [`super::Aligner`].

use super::super::stretch::{AlignmentStep, PairKind};
use super::chunk::{CHUNK, ChunkCells, GAP, greater, greatest_of, insert, open};

/// A bit for each chunk of a row.
type Chunks = u32;
/// Maximum number of columns of a table.
pub(super) const MAX_COLUMNS: usize = CHUNK * Chunks::BITS as usize;

/// A cell of the tables: a word of the first side and one of the second. Ordered row by row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct TableCell {
    /// Index of the word of the first side.
    pub(super) row: usize,
    /// Index of the word of the second side.
    pub(super) column: usize,
}

/// A word of one side that may be two words of the other, run together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct JoinedWords {
    /// The cell in which both sides end.
    pub(super) cell: TableCell,
    /// Number of words of the first side: 1, or 2 where `columns` is 1.
    pub(super) rows: usize,
    /// Number of words of the second side.
    pub(super) columns: usize,
    /// Bits that they add.
    pub(super) bits: f32,
}

/// The last step of a stretch.
#[derive(Clone, Copy, Debug, PartialEq)]
enum LastStep {
    /// A word on each side.
    Pair,
    /// A word that is two of the other side.
    Join(JoinedWords),
    /// A word of the first side left out.
    Drop,
    /// A word of the second side left out.
    Insert,
}

/// The best stretch of a table: its sum and the cell that it ends in.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct BestEnd {
    pub(super) bits: f32,
    pub(super) cell: TableCell,
}

/// The tables of one alignment. One is reused for many, so that nothing is allocated anew.
#[derive(Debug, Default)]
pub(super) struct AlignmentTable {
    /// Number of columns with padding.
    width: usize,
    /// Bits of each pair of words, row by row.
    pairs: Vec<f32>,
    /// Words that may have been run together, by cell.
    joins: Vec<JoinedWords>,
    /// The greatest sum of a stretch that ends in a cell, row by row. The first row and the first column represent the
    /// state before any word.
    sums: Vec<f32>,
    /// The greatest sum of a stretch that ends with a word of the first side left out, laid out as `sums`.
    drops: Vec<f32>,
    /// For each row the chunks in which a stretch may begin.
    begins: Vec<Chunks>,
    /// The most bits that each word of the first side can still add; 0 if a stretch has used it.
    most_of_row: Vec<f32>,
    /// The same for the second side.
    most_of_column: Vec<f32>,
}

impl AlignmentTable {
    /// Empties the table for the next alignment, which has this number of `columns`.
    pub(super) fn clear(&mut self, columns: usize) {
        self.width = columns.next_multiple_of(CHUNK);
        self.pairs.clear();
        self.joins.clear();
    }

    /// Number of columns with padding.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// Appends a row of [`Self::width`] bits and returns them, to be adjusted.
    pub(super) fn push_row(&mut self, row: &[f32]) -> &mut [f32] {
        let first = self.pairs.len();
        self.pairs.extend_from_slice(row);
        &mut self.pairs[first..]
    }

    /// Sets the bits of a pair.
    pub(super) fn set(&mut self, cell: TableCell, bits: f32) {
        self.pairs[cell.row * self.width + cell.column] = bits;
    }

    /// Appends words that may have been run together.
    pub(super) fn push_join(&mut self, join: JoinedWords) {
        self.joins.push(join);
    }

    /// Finds where stretches may begin and the most that each word can add. Called once all pairs and joins are known.
    pub(super) fn survey(&mut self) {
        self.joins.sort_by_key(|join| join.cell);
        self.most_of_row.clear();
        self.begins.clear();
        self.most_of_column.clear();
        self.most_of_column.resize(self.width, 0.0);
        for row in self.pairs.chunks_exact(self.width) {
            let (mut most, mut begins): (f32, Chunks) = (0.0, 0);
            let columns = self.most_of_column.as_chunks_mut::<CHUNK>().0;
            for (chunk, (pairs, columns)) in row.as_chunks::<CHUNK>().0.iter().zip(columns).enumerate() {
                for (column, &bits) in columns.iter_mut().zip(pairs) {
                    *column = greater(*column, bits);
                }
                let bits = greatest_of(pairs);
                begins |= Chunks::from(bits > 0.0) << chunk;
                most = greater(most, bits);
            }
            self.most_of_row.push(most);
            self.begins.push(begins);
        }
        // Words run together differ from either of the two, so their pairs alone would not let a stretch begin.
        for join in &self.joins {
            let TableCell { row, column } = join.cell;
            self.begins[row] |= 1 << (column / CHUNK);
            self.most_of_row[row] = greater(self.most_of_row[row], join.bits);
            self.most_of_column[column] = greater(self.most_of_column[column], join.bits);
        }
    }

    /// Returns the most bits that all words can add which no stretch has used yet.
    pub(super) fn most_left(&self) -> f32 {
        let rows: f32 = self.most_of_row.iter().sum();
        rows.min(self.most_of_column.iter().sum())
    }

    /// Keeps the words of a pair out of all further stretches. Words left out inside a stretch stay free for another.
    pub(super) fn mark_used(&mut self, cell: TableCell) {
        let (width, TableCell { row, column }) = (self.width, cell);
        (self.most_of_row[row], self.most_of_column[column], self.begins[row]) = (0.0, 0.0, 0);
        self.pairs[row * width..(row + 1) * width].fill(f32::NEG_INFINITY);
        self.pairs
            .iter_mut()
            .skip(column)
            .step_by(width)
            .for_each(|pair| *pair = f32::NEG_INFINITY);
        self.joins.retain(|join| {
            let TableCell {
                row: last_row,
                column: last_column,
            } = join.cell;
            !(last_row + 1 - join.rows..=last_row).contains(&row)
                && !(last_column + 1 - join.columns..=last_column).contains(&column)
        });
    }

    /// Fills the tables and returns the best end of a stretch.
    ///
    /// No cell records how its sum came about: [`Self::last_step`] finds that out for the few cells of the best
    /// stretch. So a chunk has nothing to decide, and a processor computes many cells at once. A chunk that no stretch
    /// reaches and in which none begins stays as it is.
    pub(super) fn fill(&mut self) -> BestEnd {
        let (width, stride) = (self.width, self.width + 1);
        let height = self.begins.len();
        for (table, outside) in [(&mut self.sums, 0.0), (&mut self.drops, f32::NEG_INFINITY)] {
            table.clear();
            table.resize((height + 1) * stride, outside);
        }
        let mut best = BestEnd::default();
        let mut joins = self.joins.iter().peekable();
        // A bit for each chunk of the row above that has a sum.
        let mut above: Chunks = 0;
        for row in 0..height {
            // A pair leads one column on, which may be the first of the next chunk.
            let reached = above | above << 1 | self.begins[row];
            above = 0;
            let mut inserted = 0.0;
            let chunks = self.pairs[row * width..(row + 1) * width].as_chunks::<CHUNK>().0;
            for (chunk, pairs) in chunks.iter().enumerate() {
                // A gap may reach a chunk from the left that nothing reaches from above.
                if reached >> chunk & 1 == 0 && inserted <= 0.0 {
                    continue;
                }
                let first = chunk * CHUNK;
                let at = (row + 1) * stride + 1 + first;
                let Some(mut cells) = ChunkCells::at(&mut self.sums, &mut self.drops, at, stride) else {
                    break;
                };
                let mut opens = cells.pair_or_drop(pairs);
                while let Some(join) = joins.next_if(|join| join.cell.row == row && join.cell.column < first + CHUNK) {
                    let lane = join.cell.column - first;
                    cells.join(lane, join.rows, join.columns, join.bits, &mut opens);
                }
                inserted = cells.insert(inserted, &opens);
                let most = greatest_of(cells.sums);
                above |= Chunks::from(most > 0.0) << chunk;
                if most > best.bits {
                    let lane = cells.sums.iter().position(|&sum| sum >= most);
                    let column = first + lane.unwrap_or_default();
                    best = BestEnd {
                        bits: most,
                        cell: TableCell { row, column },
                    };
                }
            }
        }
        best
    }

    /// Returns the steps of the stretch that ends in `end`, in order. Pairs are all marked [`PairKind::Changed`],
    /// except words run together: the caller judges them.
    pub(super) fn steps_to(&self, end: TableCell) -> Vec<AlignmentStep> {
        let mut at = end;
        let mut steps = Vec::new();
        // Inside a gap the step before is known from the one after it: the cell's own sum may be greater and end
        // otherwise.
        let mut within_gap = None;
        // The row whose gaps were computed last, and these.
        let mut inserts = (usize::MAX, Vec::new());
        while let Some(step) = within_gap.take().or_else(|| self.last_step(at)) {
            let (rows, columns) = match step {
                LastStep::Pair => {
                    let bits = self.pairs[at.row * self.width + at.column];
                    steps.push(AlignmentStep::Pair(at.row, at.column, PairKind::Changed, bits));
                    (1, 1)
                }
                LastStep::Join(join) => {
                    // The one word pairs with each of the two, so it comes twice, with half the bits each time.
                    for word in 0..2 {
                        let row = at.row - word.min(join.rows - 1);
                        let column = at.column - word.min(join.columns - 1);
                        steps.push(AlignmentStep::Pair(row, column, PairKind::Misread, join.bits / 2.0));
                    }
                    (join.rows, join.columns)
                }
                LastStep::Drop => {
                    steps.push(AlignmentStep::Dropped(at.row));
                    within_gap = self.drop_goes_on(self.index(at) - self.stride());
                    (1, 0)
                }
                LastStep::Insert => {
                    if inserts.0 != at.row {
                        inserts = (at.row, self.inserts(at.row));
                    }
                    steps.push(AlignmentStep::Inserted(at.column));
                    within_gap = self.insert_goes_on(at, &inserts.1);
                    (0, 1)
                }
            };
            if at.row < rows || at.column < columns {
                break;
            }
            at = TableCell {
                row: at.row - rows,
                column: at.column - columns,
            };
        }
        steps.reverse();
        steps
    }

    /// Index of a cell in `sums` and `drops`.
    fn index(&self, cell: TableCell) -> usize {
        (cell.row + 1) * self.stride() + cell.column + 1
    }

    /// Cells of a row of `sums` and `drops`.
    fn stride(&self) -> usize {
        self.width + 1
    }

    /// Returns [`LastStep::Drop`] if the greatest sum of a gap that goes on after the cell with this index ends with a
    /// word of the first side left out there too, rather than opening after the cell.
    fn drop_goes_on(&self, index: usize) -> Option<LastStep> {
        (self.drops[index] > self.sums[index] - GAP).then_some(LastStep::Drop)
    }

    /// The step before a word of the second side that is left out at `cell`, if it is part of the gap; `inserts` are
    /// those of its row.
    fn insert_goes_on(&self, cell: TableCell, inserts: &[f32]) -> Option<LastStep> {
        let before = self.index(cell) - 1;
        let inserted = if cell.column > 0 { inserts[cell.column - 1] } else { 0.0 };
        if inserted > open(self.sums[before], self.drops[before]) {
            Some(LastStep::Insert)
        } else {
            self.drop_goes_on(before)
        }
    }

    /// For each cell of a row the greatest sum of a stretch that ends with a word of the second side left out.
    fn inserts(&self, row: usize) -> Vec<f32> {
        let first = self.index(TableCell { row, column: 0 });
        let cells = self.sums[first..][..self.width].iter().zip(&self.drops[first..]);
        cells
            .scan(0.0, |inserted, (&sum, &drop)| {
                let here = *inserted;
                *inserted = insert(here, open(sum, drop));
                Some(here)
            })
            .collect()
    }

    /// Returns the last step of the best stretch that ends in a cell; `None` if none ends there.
    ///
    /// Recomputes each sum that the cell may have exactly as [`Self::fill`] did; the sums are bit-identical, so
    /// equality identifies the step.
    fn last_step(&self, cell: TableCell) -> Option<LastStep> {
        let index = self.index(cell);
        let sum = self.sums[index];
        let from = |rows: usize, columns: usize| self.sums[index - rows * self.stride() - columns];
        if sum <= 0.0 {
            None
        } else if sum == from(1, 1) + self.pairs[cell.row * self.width + cell.column] {
            Some(LastStep::Pair)
        } else if sum == self.drops[index] {
            Some(LastStep::Drop)
        } else {
            let first = self.joins.partition_point(|join| join.cell < cell);
            let mut joins = self.joins[first..].iter().take_while(|join| join.cell == cell);
            let join = joins.find(|join| sum == from(join.rows, join.columns) + join.bits);
            Some(join.map_or(LastStep::Insert, |join| LastStep::Join(*join)))
        }
    }
}

#[cfg(test)]
impl AlignmentTable {
    /// Returns the rows of bits without padding: this number of `columns` each.
    pub(super) fn rows_of_pairs(&self, columns: usize) -> Vec<Vec<f32>> {
        let rows = self.pairs.chunks_exact(self.width.max(1));
        rows.map(|row| row[..columns].to_vec()).collect()
    }

    /// The words that may have been run together, by cell.
    pub(super) fn joins(&self) -> Vec<JoinedWords> {
        let mut joins = self.joins.clone();
        joins.sort_by_key(|join| join.cell);
        joins
    }
}
