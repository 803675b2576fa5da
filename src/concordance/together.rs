//! Documents that are cited together: what else the passages cite that cite a document.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::report::Report;
use crate::index::{Error, Index};
use crate::record::PassageRecord;

/// The most passages that are read for reports, as each costs a look-up.
pub const MAX_CITING_PASSAGES: usize = 500;

/// The most documents that are returned as cited together with another.
pub const MAX_CITED_TOGETHER: usize = 12;

/// Returns the passages that cite the documents of `reports`, by their ids, the first [`MAX_CITING_PASSAGES`] of them.
///
/// # Errors
/// Those of reading the index.
pub fn citing_passages(index: &Index, reports: &[Report]) -> Result<HashMap<String, PassageRecord>, Error> {
    let mut passages = HashMap::new();
    for place in reports.iter().flat_map(|report| &report.places) {
        if passages.len() >= MAX_CITING_PASSAGES {
            break;
        }
        if !passages.contains_key(&place.passage) {
            passages.insert(place.passage.clone(), index.passage(&place.passage)?.record);
        }
    }
    Ok(passages)
}

/// Returns the symbols and names that are cited in the same passages as the document of `report`, each with the number
/// of these passages, most first, at most [`MAX_CITED_TOGETHER`]. Only passages among `passages` count.
#[must_use]
pub fn cited_together<'p>(report: &Report, passages: &'p HashMap<String, PassageRecord>) -> Vec<(&'p str, usize)> {
    let citing: BTreeSet<&str> = report.places.iter().map(|place| place.passage.as_str()).collect();
    let cited = citing
        .into_iter()
        .filter_map(|id| passages.get(id))
        .flat_map(|record| &record.citations);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for cited in cited.filter(|cited| **cited != report.summary.cited) {
        *counts.entry(cited).or_default() += 1;
    }
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| Reverse(*count));
    counts.truncate(MAX_CITED_TOGETHER);
    counts
}
