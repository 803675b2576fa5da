//! Counts per value: how many of the passages found have each.
//!
//! A facet does not restrict itself: with `province:"Cần Thơ"` given, the provinces are counted as if it were
//! not, so that one sees what another choice would give. A nested value counts for what it is nested in.

use std::collections::BTreeMap;

use serde::Serialize;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::StrColumn;
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use super::filter::Restriction;
use super::plan::{Plan, boxed_and};
use crate::document::SectionKind;
use crate::index::{Error, Facet, Index};
use crate::text::Named;

/// The values of one facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetCounts {
    /// The facet.
    pub facet: Facet,
    /// Values that some passage found has, most frequent first, equal ones by value.
    pub values: Vec<FacetValue>,
}

/// A value and how often it was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct FacetValue {
    /// As filters take it: `ket-qua/han-che`.
    pub value: String,
    /// As people read it: `Kết quả / Hạn chế`.
    pub label: String,
    /// Number of passages.
    pub count: u64,
}

/// The counts of each of `facets` over what `plan` and `restriction` find.
pub(super) fn counts(
    index: &Index,
    plan: &Plan,
    restriction: &Restriction,
    facets: &[Facet],
) -> Result<Vec<FacetCounts>, Error> {
    // All facets without a filter of their own are counted in one go.
    let free: Vec<Facet> = facets
        .iter()
        .copied()
        .filter(|&facet| !restriction.requires(facet))
        .collect();
    let mut counted: BTreeMap<Facet, BTreeMap<String, u64>> = BTreeMap::new();
    let mut run = |facets: Vec<Facet>, but: Option<Facet>| -> Result<(), Error> {
        let query = boxed_and(plan.query(), restriction.but(but));
        let found = index.guard(|| {
            index
                .searcher()
                .search(&query, &ValueCounter { facets: facets.clone() })
        })?;
        counted.extend(facets.into_iter().zip(found));
        Ok(())
    };
    if !free.is_empty() {
        run(free, None)?;
    }
    for &facet in facets.iter().filter(|&&facet| restriction.requires(facet)) {
        run(vec![facet], Some(facet))?;
    }
    Ok(facets
        .iter()
        .map(|&facet| {
            let mut values: Vec<FacetValue> = counted
                .get(&facet)
                .into_iter()
                .flatten()
                .map(|(value, &count)| FacetValue {
                    label: facet_label(facet, value),
                    value: value.clone(),
                    count,
                })
                .collect();
            values.sort_by(|one, other| other.count.cmp(&one.count).then_with(|| one.value.cmp(&other.value)));
            FacetCounts { facet, values }
        })
        .collect())
}

/// A value of `facet` as people read it: `Kết quả / Hạn chế` for `ket-qua/han-che`.
pub(crate) fn facet_label(facet: Facet, value: &str) -> String {
    if !facet.is_nested() {
        return value.to_owned();
    }
    let part = |part: &str| match facet {
        Facet::Section => SectionKind::from_name(part).map_or_else(|| part.to_owned(), |kind| kind.label().to_owned()),
        _ => part.to_owned(),
    };
    let parts: Vec<String> = value.split('/').map(part).collect();
    parts.join(" / ")
}

/// Counts the values of several facets.
struct ValueCounter {
    facets: Vec<Facet>,
}

impl Collector for ValueCounter {
    type Fruit = Vec<BTreeMap<String, u64>>;
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
        let mut merged = vec![BTreeMap::new(); self.facets.len()];
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

/// The counts of one segment, by the numbers of its values.
struct SegmentValueCounter {
    /// One per facet; `None` where no passage of the segment has a value.
    columns: Vec<Option<(StrColumn, Vec<u64>)>>,
}

impl SegmentCollector for SegmentValueCounter {
    type Fruit = tantivy::Result<Vec<BTreeMap<String, u64>>>;

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

/// The counts of one column by value.
fn named_counts(column: Option<(StrColumn, Vec<u64>)>) -> tantivy::Result<BTreeMap<String, u64>> {
    let mut named = BTreeMap::new();
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
