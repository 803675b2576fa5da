//! Facet counts: the number of matching passages with each value.
//!
//! A facet does not restrict itself: with `province:"Cần Thơ"` given, provinces are counted as if it were not, so that
//! people see what another choice would give. A passage with a nested value counts for the outer values too.

use std::collections::BTreeMap;

use serde::Serialize;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::StrColumn;
use tantivy::query::Query as EngineQuery;
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

use super::restricted::RestrictedPlan;
use super::scope::LocatedPassage;
use super::value_terms::closed_values;
use crate::index::{Error, Index};
use crate::record::{DocumentRecord, Facet};

/// The counted values of one facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetCounts {
    /// The facet.
    pub facet: Facet,
    /// Values of the matching passages, most frequent first, equally frequent ones by value.
    pub values: Vec<FacetValue>,
    /// Number of further values, which are left out.
    pub left: usize,
}

impl FacetCounts {
    /// Leaves out all but the first `limit` values.
    pub(crate) fn limit(&mut self, limit: usize) {
        self.left += self.values.len().saturating_sub(limit);
        self.values.truncate(limit);
    }
}

/// A value and the number of passages with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct FacetValue {
    /// As filters take it: `ket-qua/han-che`.
    pub value: String,
    /// As people read it: `Kết quả / Hạn chế`.
    pub label: String,
    /// Number of passages.
    pub count: u64,
}

/// Counts by value, sorted by value.
type Counts = BTreeMap<String, u64>;

/// Returns the counts of each of `facets`, in that order, over the passages that `restricted` matches.
pub(super) fn counts(index: &Index, restricted: &RestrictedPlan, facets: &[Facet]) -> Result<Vec<FacetCounts>, Error> {
    // All facets without a filter of their own are counted in one pass, each of the others in a pass without its
    // filter.
    let (filtered, free): (Vec<Facet>, Vec<Facet>) = facets.iter().partition(|&&facet| restricted.requires(facet));
    let mut counted: BTreeMap<Facet, Counts> = BTreeMap::new();
    if !free.is_empty() {
        let counts = count_values(index, &restricted.query(), &free)?;
        counted.extend(free.into_iter().zip(counts));
    }
    for facet in filtered {
        let counts = count_values(index, &restricted.query_without(Some(facet)), &[facet])?;
        counted.extend(counts.into_iter().map(|counts| (facet, counts)));
    }
    let of_facet = |&facet: &Facet| FacetCounts {
        facet,
        values: counted
            .get(&facet)
            .map_or_else(Vec::new, |counts| sorted(facet, counts)),
        left: 0,
    };
    Ok(facets.iter().map(of_facet).collect())
}

/// Returns the documents that have a passage which `query` matches, sorted by id.
pub(super) fn documents_with<'i>(index: &'i Index, query: &dyn EngineQuery) -> Result<Vec<&'i DocumentRecord>, Error> {
    let counts = count_values(index, query, &[Facet::Document])?;
    let is_found = |record: &&DocumentRecord| counts.iter().any(|counts| counts.contains_key(&record.document));
    Ok(index.documents()?.filter(is_found).collect())
}

/// Returns the counts of `facet` over these passages.
///
/// # Errors
/// [`Error::Damaged`], [`Error::Engine`].
pub(crate) fn counts_over(index: &Index, passages: &[&LocatedPassage], facet: Facet) -> Result<FacetCounts, Error> {
    let collector = ValueCounter { facets: vec![facet] };
    let mut addresses: Vec<DocAddress> = passages.iter().map(|passage| passage.address).collect();
    addresses.sort_unstable();
    let counts = index.guard(|| {
        let mut segments = Vec::new();
        for of_segment in addresses.chunk_by(|one, other| one.segment_ord == other.segment_ord) {
            let ordinal = of_segment[0].segment_ord;
            let mut counter = collector.for_segment(ordinal, index.searcher().segment_reader(ordinal))?;
            for address in of_segment {
                counter.collect(address.doc_id, 0.0);
            }
            segments.push(counter.harvest());
        }
        collector.merge_fruits(segments)
    })?;
    Ok(FacetCounts {
        facet,
        values: counts.first().map_or_else(Vec::new, |counts| sorted(facet, counts)),
        left: 0,
    })
}

/// Counts the values of each of `facets` over the passages that `query` matches.
fn count_values(index: &Index, query: &dyn EngineQuery, facets: &[Facet]) -> Result<Vec<Counts>, Error> {
    let collector = ValueCounter {
        facets: facets.to_vec(),
    };
    index.guard(|| index.searcher().search(query, &collector))
}

/// Returns counts with their labels, most frequent first, equally frequent ones by value.
fn sorted(facet: Facet, counts: &Counts) -> Vec<FacetValue> {
    let values = counts.iter().map(|(value, &count)| FacetValue {
        label: facet_label(facet, value),
        value: value.clone(),
        count,
    });
    let mut values: Vec<FacetValue> = values.collect();
    values.sort_by(|one, other| other.count.cmp(&one.count).then_with(|| one.value.cmp(&other.value)));
    values
}

/// Returns a value of `facet` as people read it: `Kết quả / Hạn chế` for `ket-qua/han-che`.
pub(crate) fn facet_label(facet: Facet, value: &str) -> String {
    let closed = closed_values(facet).unwrap_or_default();
    let label = |part| {
        closed
            .iter()
            .find(|(name, _)| *name == part)
            .map_or(part, |(_, label)| *label)
    };
    if facet.is_nested() {
        value.split('/').map(label).collect::<Vec<_>>().join(" / ")
    } else {
        label(value).to_owned()
    }
}

/// Counts the values of several facets in one pass.
struct ValueCounter {
    facets: Vec<Facet>,
}

impl Collector for ValueCounter {
    type Fruit = Vec<Counts>;
    type Child = SegmentValueCounter;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<SegmentValueCounter> {
        let columns: tantivy::Result<Vec<_>> = self
            .facets
            .iter()
            .map(|facet| {
                let column = segment.fast_fields().str(facet.name())?;
                Ok(column.map(|column| {
                    let counts = vec![0; column.num_terms()];
                    (column, counts)
                }))
            })
            .collect();
        Ok(SegmentValueCounter { columns: columns? })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<tantivy::Result<Self::Fruit>>) -> tantivy::Result<Self::Fruit> {
        let mut merged = vec![Counts::new(); self.facets.len()];
        for segment in segments {
            for (all, counts) in merged.iter_mut().zip(segment?) {
                for (value, count) in counts {
                    *all.entry(value).or_default() += count;
                }
            }
        }
        Ok(merged)
    }
}

/// The counts of one segment, by the engine's numbers of the values.
struct SegmentValueCounter {
    /// One per facet; `None` if no passage of the segment has a value.
    columns: Vec<Option<(StrColumn, Vec<u64>)>>,
}

impl SegmentCollector for SegmentValueCounter {
    type Fruit = tantivy::Result<Vec<Counts>>;

    fn collect(&mut self, passage: DocId, _: Score) {
        for (column, counts) in self.columns.iter_mut().flatten() {
            for value in column.term_ords(passage) {
                if let Some(count) = usize::try_from(value).ok().and_then(|value| counts.get_mut(value)) {
                    *count += 1;
                }
            }
        }
    }

    fn harvest(self) -> Self::Fruit {
        self.columns.into_iter().map(named_counts).collect()
    }
}

/// Returns the counts of one column by value.
fn named_counts(column: Option<(StrColumn, Vec<u64>)>) -> tantivy::Result<Counts> {
    let mut named = Counts::new();
    let Some((column, counts)) = column else {
        return Ok(named);
    };
    let mut value = String::new();
    for (number, count) in (0..).zip(counts).filter(|(_, count)| *count > 0) {
        if column.ord_to_str(number, &mut value)? {
            named.insert(value.clone(), count);
        }
    }
    Ok(named)
}
