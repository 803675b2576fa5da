//! Facet counts over all passages, counted once for each opened index: nothing is asked, so nothing changes.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::facet::FacetCounts;
use crate::index::{Error, Index};
use crate::record::Facet;

/// The counts of the facets that were asked for so far. They take the memory of their values: some 2 MB for 6,000
/// documents.
#[derive(Default)]
struct AllCounts {
    counted: Mutex<BTreeMap<Facet, Arc<FacetCounts>>>,
}

/// Returns the counts of each of `facets` over all passages, in that order. `count` counts those that were not counted
/// before; it is called without a lock, so two threads may count the same.
///
/// # Errors
/// Those of `count`.
pub(super) fn of_all(
    index: &Index,
    facets: &[Facet],
    count: impl FnOnce(Vec<Facet>) -> Result<Vec<FacetCounts>, Error>,
) -> Result<Vec<Arc<FacetCounts>>, Error> {
    let all = index.kept(|_| Ok(AllCounts::default()))?;
    let known = || all.counted.lock().unwrap_or_else(PoisonError::into_inner);
    let missing: Vec<Facet> = {
        let known = known();
        facets
            .iter()
            .copied()
            .filter(|facet| !known.contains_key(facet))
            .collect()
    };
    if !missing.is_empty() {
        let counted = count(missing)?;
        known().extend(counted.into_iter().map(|counts| (counts.facet, Arc::new(counts))));
    }
    let known = known();
    Ok(facets.iter().filter_map(|facet| known.get(facet).cloned()).collect())
}
