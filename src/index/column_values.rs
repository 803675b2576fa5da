//! The values of a text column over all segments, numbered in their order.
//!
//! The engine numbers the values of a column in each segment anew. To count, to compare and to name values over all
//! segments they need numbers that hold for the whole index: number 0 is the least value. The table is made in one pass
//! over the dictionaries of the segments and kept as long as the index is open.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tantivy::SegmentReader;

/// The values of a text column over all segments.
#[derive(Debug, Default)]
pub(crate) struct ColumnValues {
    /// All values in order, one after the other.
    text: String,
    /// The end of each value in `text`.
    ends: Vec<usize>,
    /// For each segment the number of each of its values, by the number that the segment has for it.
    by_segment: Vec<Vec<u32>>,
}

impl ColumnValues {
    /// Returns the number of values.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Returns the value with this number; an empty one if there is none.
    pub(crate) fn value(&self, number: usize) -> &str {
        let Some(&end) = self.ends.get(number) else { return "" };
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..end]
    }

    /// Returns the number of each value of the segment `ordinal`, by the number that the segment has for it.
    pub(crate) fn of_segment(&self, ordinal: usize) -> &[u32] {
        self.by_segment.get(ordinal).map_or(&[], Vec::as_slice)
    }

    /// Returns the values of `column` in these segments.
    pub(super) fn of(segments: &[SegmentReader], column: &str) -> tantivy::Result<Self> {
        let mut columns = Vec::with_capacity(segments.len());
        for segment in segments {
            columns.push(segment.fast_fields().str(column)?);
        }
        let mut streams = Vec::with_capacity(columns.len());
        for column in &columns {
            streams.push(column.as_ref().map(|column| column.dictionary().stream()).transpose()?);
        }
        let mut values = Self {
            by_segment: vec![Vec::new(); segments.len()],
            ..Self::default()
        };
        // The dictionaries are sorted, so the least of their next values is the next one of all.
        let mut next = BinaryHeap::new();
        let mut advance = |segment: usize, next: &mut BinaryHeap<Reverse<(Vec<u8>, usize)>>| {
            if let Some(stream) = &mut streams[segment]
                && stream.advance()
            {
                next.push(Reverse((stream.key().to_vec(), segment)));
            }
        };
        (0..segments.len()).for_each(|segment| advance(segment, &mut next));
        let mut last: Option<Vec<u8>> = None;
        while let Some(Reverse((value, segment))) = next.pop() {
            if last.as_ref() != Some(&value) {
                values.text.push_str(&String::from_utf8_lossy(&value));
                values.ends.push(values.text.len());
                last = Some(value);
            }
            values.by_segment[segment].push((values.ends.len() - 1) as u32);
            advance(segment, &mut next);
        }
        Ok(values)
    }
}
