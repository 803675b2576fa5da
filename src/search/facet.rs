//! Facet counts: the number of matching passages with each value.
//!
//! A facet does not restrict itself: with `province:"Cần Thơ"` given, provinces are counted as if it were not, so that
//! people see what another choice would give. A passage with a nested value counts for the outer values too.

use serde::Serialize;

use super::closed_values::closed_values;
use crate::record::Facet;

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
