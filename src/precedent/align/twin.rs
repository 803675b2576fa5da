//! The slow twin of the alignment: the whole table of two wordings, cell by cell as the definition says.

use super::super::judge::Threshold;
use super::super::stretch::{AlignedStretch, AlignmentStep, MAX_STRETCHES, PairKind};
use super::chains::{GAP, GAP_WORD};
use super::pairs::{JoinedWords, TableCell};

/// The tables, with a row and a column before the first words.
struct Tables {
    /// The bits of each pair of words.
    pairs: Vec<Vec<f32>>,
    joins: Vec<JoinedWords>,
    /// The greatest sum of a stretch that ends in a cell.
    sums: Vec<Vec<f32>>,
    /// That of one that ends with a word of the first side left out.
    drops: Vec<Vec<f32>>,
    /// That of one that ends with a word of the second side left out.
    inserts: Vec<Vec<f32>>,
}

/// Returns the stretches between two wordings whose pairs of words have these bits. Pairs are marked
/// [`PairKind::Changed`], words run together [`PairKind::Misread`].
pub(super) fn stretches(pairs: Vec<Vec<f32>>, joins: Vec<JoinedWords>, threshold: Threshold) -> Vec<AlignedStretch> {
    let (height, width) = (pairs.len(), pairs.first().map_or(0, Vec::len));
    let mut tables = Tables {
        pairs,
        joins,
        sums: Vec::new(),
        drops: Vec::new(),
        inserts: Vec::new(),
    };
    let (mut left_of_row, mut left_of_column) = (vec![0.0_f32; height], vec![0.0_f32; width]);
    let mut see = |row: usize, column: usize, bits: f32| {
        left_of_row[row] = left_of_row[row].max(bits);
        left_of_column[column] = left_of_column[column].max(bits);
    };
    for (row, bits) in tables.pairs.iter().enumerate() {
        bits.iter()
            .enumerate()
            .for_each(|(column, &bits)| see(row, column, bits));
    }
    for join in &tables.joins {
        see(join.cell.row, join.cell.column, join.bits);
    }
    let mut found = Vec::new();
    while found.len() < MAX_STRETCHES {
        let left = left_of_row.iter().sum::<f32>().min(left_of_column.iter().sum());
        if left < threshold.any {
            break;
        }
        let (bits, end) = tables.fill();
        if !threshold.is_within_reach(&found, bits, left) {
            found.clear();
            break;
        }
        if bits < threshold.any {
            break;
        }
        let steps = tables.steps_to(end);
        for step in &steps {
            if let AlignmentStep::Pair(row, column, ..) = *step {
                (left_of_row[row], left_of_column[column]) = (0.0, 0.0);
                tables.mark_used(row, column);
            }
        }
        found.push(AlignedStretch { steps, bits });
    }
    found.sort_by(|one, other| other.bits.total_cmp(&one.bits));
    found
}

impl Tables {
    /// Fills the tables; returns the greatest sum and the first cell that has it.
    fn fill(&mut self) -> (f32, TableCell) {
        let (height, width) = (self.pairs.len(), self.pairs.first().map_or(0, Vec::len));
        self.sums = vec![vec![0.0; width + 1]; height + 1];
        self.drops = vec![vec![f32::NEG_INFINITY; width + 1]; height + 1];
        self.inserts = self.drops.clone();
        let mut best = (0.0, TableCell::default());
        for row in 0..height {
            for column in 0..width {
                let cell = TableCell { row, column };
                let (i, j) = (row + 1, column + 1);
                self.drops[i][j] = (self.sums[i - 1][j] - GAP).max(self.drops[i - 1][j]) - GAP_WORD;
                self.inserts[i][j] = self.open(i, j - 1).max(self.inserts[i][j - 1]) - GAP_WORD;
                let paired = self.sums[i - 1][j - 1] + self.pairs[row][column];
                let joined = self.joins.iter().filter(|join| join.cell == cell);
                let joined = joined.map(|join| self.sums[i - join.rows][j - join.columns] + join.bits);
                let sum = joined
                    .fold(paired, f32::max)
                    .max(self.drops[i][j])
                    .max(self.inserts[i][j])
                    .max(0.0);
                self.sums[i][j] = sum;
                if sum > best.0 {
                    best = (sum, cell);
                }
            }
        }
        best
    }

    /// Returns the greatest sum with which words of the second side may begin to be left out: after words of the first
    /// side that were left out it is the same gap.
    fn open(&self, i: usize, j: usize) -> f32 {
        (self.sums[i][j] - GAP).max(self.drops[i][j])
    }

    /// Returns the steps of the stretch that ends in `end`. Of equally good ones a pair is preferred, then a word of the
    /// first side left out, then words run together; and a gap is as short as it can be.
    fn steps_to(&self, end: TableCell) -> Vec<AlignmentStep> {
        let (mut i, mut j) = (end.row + 1, end.column + 1);
        let mut steps = Vec::new();
        while self.sums[i][j] > 0.0 {
            let sum = self.sums[i][j];
            let bits = self.pairs[i - 1][j - 1];
            let is_join = |join: &&JoinedWords| {
                join.cell
                    == (TableCell {
                        row: i - 1,
                        column: j - 1,
                    })
                    && sum == self.sums[i - join.rows][j - join.columns] + join.bits
            };
            if sum == self.sums[i - 1][j - 1] + bits {
                steps.push(AlignmentStep::Pair(i - 1, j - 1, PairKind::Changed, bits));
                (i, j) = (i - 1, j - 1);
                continue;
            }
            let mut goes_up = sum == self.drops[i][j];
            if !goes_up {
                if let Some(join) = self.joins.iter().find(is_join) {
                    for word in 0..2 {
                        let (row, column) = (i - 1 - word.min(join.rows - 1), j - 1 - word.min(join.columns - 1));
                        steps.push(AlignmentStep::Pair(row, column, PairKind::Misread, join.bits / 2.0));
                    }
                    (i, j) = (i - join.rows, j - join.columns);
                    continue;
                }
                loop {
                    steps.push(AlignmentStep::Inserted(j - 1));
                    j -= 1;
                    if self.inserts[i][j] <= self.open(i, j) {
                        break;
                    }
                }
                goes_up = self.drops[i][j] > self.sums[i][j] - GAP;
            }
            while goes_up {
                steps.push(AlignmentStep::Dropped(i - 1));
                i -= 1;
                goes_up = self.drops[i][j] > self.sums[i][j] - GAP;
            }
        }
        steps.reverse();
        steps
    }

    /// Keeps the words of a pair out of further stretches.
    fn mark_used(&mut self, row: usize, column: usize) {
        self.pairs[row].fill(f32::NEG_INFINITY);
        self.pairs.iter_mut().for_each(|row| row[column] = f32::NEG_INFINITY);
        self.joins.retain(|join| {
            let TableCell {
                row: last_row,
                column: last_column,
            } = join.cell;
            !(last_row + 1 - join.rows..=last_row).contains(&row)
                && !(last_column + 1 - join.columns..=last_column).contains(&column)
        });
    }
}
