//! The recurrence of a local alignment, for many cells at once: a chunk of a row of the tables.

/// Bits that a gap costs, however long: words that one side leaves out.
pub(super) const GAP: f32 = 6.0;
/// Bits that each word of a gap costs: a clause of 20 words may be inserted where the words around it are surprising.
pub(super) const GAP_WORD: f32 = 0.4;

/// Number of cells that are computed at once. The columns of a table are padded to whole chunks.
pub(super) const CHUNK: usize = 16;

/// A chunk of a row, with the cells that its sums are computed from.
pub(super) struct ChunkCells<'t> {
    /// Number of cells from one row to the next.
    stride: usize,
    /// All sums before the chunk.
    before: &'t [f32],
    /// The sums above the chunk.
    above: &'t [f32; CHUNK],
    /// Those one column to the left of them.
    corners: &'t [f32; CHUNK],
    /// The sums above the chunk that end with a word of the first side left out.
    drops_above: &'t [f32; CHUNK],
    /// The sums of the chunk.
    pub(super) sums: &'t mut [f32; CHUNK],
    /// Its sums that end with a word of the first side left out.
    drops: &'t mut [f32; CHUNK],
}

impl<'t> ChunkCells<'t> {
    /// The chunk whose first cell has the index `at`; `None` if the tables end before its end.
    #[inline]
    pub(super) fn at(sums: &'t mut [f32], drops: &'t mut [f32], at: usize, stride: usize) -> Option<Self> {
        let (before, sums) = sums.split_at_mut(at);
        let (drops_before, drops) = drops.split_at_mut(at);
        let (before, drops_before) = (&*before, &*drops_before);
        Some(Self {
            stride,
            before,
            above: before[at - stride..].first_chunk()?,
            corners: before[at - stride - 1..].first_chunk()?,
            drops_above: drops_before[at - stride..].first_chunk()?,
            sums: sums.first_chunk_mut()?,
            drops: drops.first_chunk_mut()?,
        })
    }

    /// Computes the sums that end with a pair or with a word of the first side left out; returns for each cell the
    /// greatest sum with which words of the second side may begin to be left out after it.
    #[inline]
    pub(super) fn pair_or_drop(&mut self, pairs: &[f32; CHUNK]) -> [f32; CHUNK] {
        let mut opens = [0.0; CHUNK];
        for j in 0..CHUNK {
            self.drops[j] = drop(self.above[j], self.drops_above[j]);
            self.sums[j] = greater(greater(self.corners[j] + pairs[j], self.drops[j]), 0.0);
            opens[j] = open(self.sums[j], self.drops[j]);
        }
        opens
    }

    /// Lets stretches end in cell `lane` of the chunk with words run together that add `bits` and cover this number of
    /// `rows` and `columns`.
    #[inline]
    pub(super) fn join(&mut self, lane: usize, rows: usize, columns: usize, bits: f32, opens: &mut [f32; CHUNK]) {
        let from = self.before[self.before.len() + lane - rows * self.stride - columns];
        self.sums[lane] = greater(self.sums[lane], from + bits);
        opens[lane] = open(self.sums[lane], self.drops[lane]);
    }

    /// Lets stretches end with a word of the second side left out; `inserted` is the greatest such sum in the cell
    /// before the chunk, the result that in its last cell.
    ///
    /// This is the one step in which each cell waits for the one before it, so it is skipped where no such sum can be
    /// above 0.
    #[inline]
    pub(super) fn insert(&mut self, mut inserted: f32, opens: &[f32; CHUNK]) -> f32 {
        if inserted > 0.0 || greatest_of(opens) > GAP_WORD {
            for (sum, &open) in self.sums.iter_mut().zip(opens) {
                *sum = greater(*sum, inserted);
                inserted = insert(inserted, open);
            }
        }
        inserted
    }
}

/// Returns the greatest sum that ends with a word of the first side left out, from the two sums of the cell above.
#[inline]
fn drop(sum: f32, drop: f32) -> f32 {
    greater(sum - GAP, drop) - GAP_WORD
}

/// Returns the greatest sum with which words of the second side may begin to be left out after a cell with these two
/// sums. Words of the first side that were left out just before cost no second gap: the clause was replaced, which is
/// one change.
#[inline]
pub(super) fn open(sum: f32, drop: f32) -> f32 {
    greater(sum - GAP, drop)
}

/// Returns the greatest sum that ends with a word of the second side left out, from the two sums of the cell before.
#[inline]
pub(super) fn insert(inserted: f32, open: f32) -> f32 {
    greater(inserted, open) - GAP_WORD
}

/// Returns the greater of two numbers. Unlike [`f32::max`] it is one instruction: no sum is NaN.
#[inline]
pub(super) fn greater(one: f32, other: f32) -> f32 {
    if one > other { one } else { other }
}

/// Returns the greatest number of a chunk, or 0 if that is greater.
#[inline]
pub(super) fn greatest_of(chunk: &[f32; CHUNK]) -> f32 {
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
