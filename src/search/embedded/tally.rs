//! Facets counted by the numbers that the engine has for their values; only those that are sent get their names.

use std::sync::Arc;

use tantivy::columnar::StrColumn;
use tantivy::{DocAddress, DocId, SegmentReader};

use crate::index::{ColumnValues, Error, FolderIndex};
use crate::record::Facet;
use crate::search::facet::{FacetCounts, FacetValue, facet_label};

/// The counts of the values of a facet over the whole index.
#[derive(Clone, Debug)]
pub(super) struct Tally {
    facet: Facet,
    values: Arc<ColumnValues>,
    /// Numbers of passages, by the number of the value.
    counts: Vec<u64>,
}

impl Tally {
    /// Counts nothing yet.
    pub(super) fn of(index: &FolderIndex, facet: Facet) -> Result<Self, Error> {
        let values = index.column_values(facet.name())?;
        let counts = vec![0; values.len()];
        Ok(Self { facet, values, counts })
    }

    /// Adds the counts of the segment `ordinal`.
    pub(super) fn add(&mut self, ordinal: u32, counted: SegmentTally) {
        let Some((_, counts)) = counted.column else { return };
        for (&number, count) in self.values.of_segment(ordinal as usize).iter().zip(counts) {
            self.counts[number as usize] += u64::from(count);
        }
    }

    /// Returns the first `limit` of the values that were counted.
    pub(super) fn counts(&self, limit: usize) -> FacetCounts {
        let facet = self.facet;
        let values = &self.values;
        let mut numbers: Vec<usize> = (0..self.counts.len())
            .filter(|&number| self.counts[number] > 0)
            .collect();
        let found = numbers.len();
        // The numbers are in the order of the values.
        let order = |one: &usize, other: &usize| {
            let counts = self.counts[*other].cmp(&self.counts[*one]);
            counts.then_with(|| one.cmp(other))
        };
        if limit < found {
            if limit > 0 {
                numbers.select_nth_unstable_by(limit - 1, order);
            }
            numbers.truncate(limit);
        }
        numbers.sort_unstable_by(order);
        let value = |number: usize| FacetValue {
            label: facet_label(facet, values.value(number)),
            value: values.value(number).to_owned(),
            count: self.counts[number],
        };
        FacetCounts {
            facet,
            left: found - numbers.len(),
            values: numbers.into_iter().map(value).collect(),
        }
    }
}

/// The counts of the values of a facet in one segment.
pub(super) struct SegmentTally {
    /// The column, and the numbers of passages by the segment's number of the value; `None` if no passage has a value.
    column: Option<(StrColumn, Vec<u32>)>,
    /// The passages that are being counted, once for each of their values.
    owners: Vec<DocId>,
    /// The places of these values in the column.
    rows: Vec<u32>,
    /// The segment's numbers of these values.
    ordinals: Vec<u64>,
}

impl SegmentTally {
    /// Counts nothing yet.
    pub(super) fn of(facet: Facet, segment: &SegmentReader) -> tantivy::Result<Self> {
        let column = segment.fast_fields().str(facet.name())?;
        Ok(Self {
            column: column.map(|column| {
                let counts = vec![0; column.num_terms()];
                (column, counts)
            }),
            owners: Vec::new(),
            rows: Vec::new(),
            ordinals: Vec::new(),
        })
    }

    /// Counts the values of `passages`, which are in order.
    pub(super) fn count(&mut self, passages: &[DocId]) {
        let Some((column, counts)) = &mut self.column else {
            return;
        };
        // Many at once: the column finds the values of passages in order without a search for each.
        self.owners.clear();
        self.rows.clear();
        column
            .ords()
            .row_ids_for_docs(passages, &mut self.owners, &mut self.rows);
        self.ordinals.resize(self.rows.len(), 0);
        column.ords().values.get_vals(&self.rows, &mut self.ordinals);
        for &ordinal in &self.ordinals {
            if let Some(count) = usize::try_from(ordinal)
                .ok()
                .and_then(|ordinal| counts.get_mut(ordinal))
            {
                *count += 1;
            }
        }
    }
}

/// Returns the counts of `facet` over the passages at `addresses`.
pub(super) fn counts_over(
    index: &FolderIndex,
    mut addresses: Vec<DocAddress>,
    facet: Facet,
) -> Result<FacetCounts, Error> {
    let mut tally = Tally::of(index, facet)?;
    addresses.sort_unstable();
    for of_segment in addresses.chunk_by(|one, other| one.segment_ord == other.segment_ord) {
        let ordinal = of_segment[0].segment_ord;
        let passages: Vec<DocId> = of_segment.iter().map(|address| address.doc_id).collect();
        let segment = index.searcher().segment_reader(ordinal);
        let mut counter = index.guard(|| SegmentTally::of(facet, segment))?;
        counter.count(&passages);
        tally.add(ordinal, counter);
    }
    Ok(tally.counts(usize::MAX))
}
