//! The bits of the pairs of words of two windows, and the most that further words can add.
//!
//! Nearly all pairs are two words that have nothing to do with each other. Their bits depend on the classes of the two
//! words only, so they are kept once for each class of rows. The few other pairs have bits of their own.

/// Number of classes of rows.
pub(super) const ROW_CLASSES: usize = 3;

/// The class of the rows whose words a stretch has used: no further one may pair them.
const USED: usize = ROW_CLASSES;

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

/// A pair of words that has bits of its own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct OwnPair {
    pub(super) row: u32,
    pub(super) column: u32,
    pub(super) bits: f32,
}

impl OwnPair {
    /// The pair of this cell.
    pub(super) fn new(cell: TableCell, bits: f32) -> Self {
        Self {
            row: cell.row as u32,
            column: cell.column as u32,
            bits,
        }
    }

    /// Its cell.
    #[inline]
    pub(super) fn cell(self) -> TableCell {
        TableCell {
            row: self.row as usize,
            column: self.column as usize,
        }
    }
}

/// The bits of all pairs of two windows. One is reused for many, so that nothing is allocated anew.
#[derive(Debug, Default)]
pub(super) struct PairBits {
    /// Number of columns.
    width: usize,
    /// The class of each row.
    classes: Vec<usize>,
    /// For each class of rows the bits of a pair with each column that has none of its own.
    unlike: [Vec<f32>; ROW_CLASSES + 1],
    /// The pairs that have bits of their own, by cell; those in which words run together end are among them.
    own: Vec<OwnPair>,
    /// Words that may have been run together, by cell.
    joins: Vec<JoinedWords>,
    /// The most bits that each word of the first side can still add; 0 if a stretch has used it.
    most_of_row: Vec<f32>,
    /// The same for the second side.
    most_of_column: Vec<f32>,
}

impl PairBits {
    /// Begins with other windows, whose rows have these classes, numbers below [`ROW_CLASSES`]. `unlike` gives the bits
    /// of a pair of a row of a class with each of the `columns`, unless the pair has [its own](Self::push).
    pub(super) fn restart<C: Copy>(
        &mut self,
        classes: impl Iterator<Item = usize>,
        columns: &[C],
        unlike: impl Fn(usize, C) -> f32,
    ) {
        self.width = columns.len();
        self.classes.clear();
        self.classes.extend(classes);
        for (class, row) in self.unlike.iter_mut().enumerate() {
            row.clear();
            if class == USED {
                row.resize(columns.len(), f32::NEG_INFINITY);
            } else {
                row.extend(columns.iter().map(|&column| unlike(class, column)));
            }
        }
        self.own.clear();
        self.joins.clear();
    }

    /// Appends a pair with bits of its own; its cell comes after those of the pairs before it.
    pub(super) fn push(&mut self, pair: OwnPair) {
        self.own.push(pair);
    }

    /// Appends words that may have been run together.
    pub(super) fn push_join(&mut self, join: JoinedWords) {
        self.joins.push(join);
    }

    /// Finds the most that each word can add. Called once all pairs and joins are known.
    pub(super) fn survey(&mut self) {
        self.most_of_row.clear();
        self.most_of_row.resize(self.height(), 0.0);
        self.most_of_column.clear();
        self.most_of_column.resize(self.width, 0.0);
        for pair in &self.own {
            see(&mut self.most_of_row[pair.row as usize], pair.bits);
            see(&mut self.most_of_column[pair.column as usize], pair.bits);
        }
        for join in &self.joins {
            see(&mut self.most_of_row[join.cell.row], join.bits);
            see(&mut self.most_of_column[join.cell.column], join.bits);
        }
        if !self.joins.is_empty() {
            self.joins.sort_by_key(|join| join.cell);
            self.add_pairs_of_joins();
        }
    }

    /// Adds the pairs in which words run together end and that have no bits of their own.
    fn add_pairs_of_joins(&mut self) {
        let added = self
            .joins
            .iter()
            .map(|join| OwnPair::new(join.cell, self.unlike(join.cell)));
        let added: Vec<OwnPair> = added.collect();
        self.own.extend(added);
        // Stable: of two entries for one cell the first has the bits that the pair has of its own.
        self.own.sort_by_key(|pair| pair.cell());
        self.own.dedup_by_key(|pair| pair.cell());
    }

    /// Keeps the words of the pairs in these `cells` out of all further stretches. Words left out inside a stretch stay
    /// free for another.
    pub(super) fn mark_used(&mut self, cells: impl Iterator<Item = TableCell>) {
        for TableCell { row, column } in cells {
            (self.most_of_row[row], self.most_of_column[column]) = (0.0, 0.0);
            self.classes[row] = USED;
            for unlike in &mut self.unlike {
                unlike[column] = f32::NEG_INFINITY;
            }
        }
        let (classes, unlike) = (&self.classes, &self.unlike[0]);
        let is_free = |row: usize, column: usize| classes[row] != USED && unlike[column] > f32::NEG_INFINITY;
        self.own.retain(|pair| is_free(pair.row as usize, pair.column as usize));
        self.joins.retain(|join| {
            let TableCell { row, column } = join.cell;
            is_free(row, column) && is_free(row + 1 - join.rows, column + 1 - join.columns)
        });
    }

    /// Number of rows.
    pub(super) fn height(&self) -> usize {
        self.classes.len()
    }

    /// Number of columns.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// Returns the bits of a pair that has none of its own.
    #[inline]
    pub(super) fn unlike(&self, cell: TableCell) -> f32 {
        self.unlike[self.classes[cell.row]][cell.column]
    }

    /// Returns the pairs that have bits of their own, by cell.
    pub(super) fn own(&self) -> &[OwnPair] {
        &self.own
    }

    /// Returns the words that may have been run together, by cell.
    pub(super) fn joins(&self) -> &[JoinedWords] {
        &self.joins
    }

    /// Returns the most bits that all words can add which no stretch has used yet.
    pub(super) fn most_left(&self) -> f32 {
        let rows: f32 = self.most_of_row.iter().sum();
        rows.min(self.most_of_column.iter().sum())
    }
}

/// Raises `most` to `bits` if these are more.
#[inline]
fn see(most: &mut f32, bits: f32) {
    if bits > *most {
        *most = bits;
    }
}

#[cfg(test)]
impl PairBits {
    /// Returns the bits of all pairs, row by row.
    pub(super) fn rows(&self) -> Vec<Vec<f32>> {
        let mut rows: Vec<Vec<f32>> = self.classes.iter().map(|&class| self.unlike[class].clone()).collect();
        for pair in &self.own {
            rows[pair.row as usize][pair.column as usize] = pair.bits;
        }
        rows
    }
}
