//! Citations, where an engine keeps them by themselves: found without reading the documents that they are in.

use super::ask::Ask;
use super::filter::Restriction;
use super::opened::engine_of;
use crate::index::{Error, Index};
use crate::query::{Diagnostic, Filters};
use crate::record::CitedAt;

/// Calls `take` with the citations that are counted under one of `keys` (with all, without any) in passages that pass
/// `filters`, in the order of their documents and of their places there. Returns false, and calls nothing, if the engine of
/// `index` has the citations in their documents alone.
///
/// # Errors
/// Those of reading the index, and of `take`.
pub(crate) fn each_citation(
    index: &Index,
    keys: Option<&[String]>,
    filters: &Filters,
    diagnostics: &mut Vec<Diagnostic>,
    mut take: impl FnMut(CitedAt) -> Result<(), Error>,
) -> Result<bool, Error> {
    let engine = engine_of(index);
    if !engine.has_citations() {
        return Ok(false);
    }
    let ask = match filters.is_empty() {
        true => Ask::Everything,
        false => Restriction::of(index, filters, diagnostics)?.passages(None),
    };
    engine.each_citation(keys, &ask, &mut take)?;
    Ok(true)
}
