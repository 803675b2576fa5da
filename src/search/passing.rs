//! Which passages pass filters, without reading any of them.

use std::collections::{HashMap, HashSet};

use tantivy::collector::DocSetCollector;

use super::filter::Restriction;
use super::plan::{Plan, boxed_and};
use super::{Options, Query};
use crate::index::{Error, Facet, Index};
use crate::query::Filters;
use crate::text::Diagnostic;

/// The passages that pass filters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passing {
    /// Indices of the passages in their document, by its id.
    by_document: HashMap<String, HashSet<usize>>,
    /// What was odd about the filters: values that nothing has.
    pub diagnostics: Vec<Diagnostic>,
}

impl Passing {
    /// The passages of `index` that pass `filters`.
    ///
    /// # Errors
    /// [`Error::Damaged`], [`Error::Engine`], [`Error::Io`].
    pub fn of(index: &Index, filters: &Filters) -> Result<Self, Error> {
        let mut diagnostics = Vec::new();
        let restriction = Restriction::of(index, filters, &mut diagnostics)?;
        let plan = Plan::of(index, &Query::default(), &Options::default(), &mut diagnostics)?;
        let query = boxed_and(plan.query(), restriction.all());
        let searcher = index.searcher();
        let mut addresses: Vec<_> = index
            .guard(|| searcher.search(&query, &DocSetCollector))?
            .into_iter()
            .collect();
        addresses.sort_unstable();
        let mut by_document: HashMap<String, HashSet<usize>> = HashMap::new();
        for of_segment in addresses.chunk_by(|one, other| one.segment_ord == other.segment_ord) {
            let Some(first) = of_segment.first() else { continue };
            let columns = searcher.segment_reader(first.segment_ord).fast_fields();
            let mut by_ordinal: HashMap<u64, HashSet<usize>> = HashMap::new();
            index.guard(|| {
                let Some(documents) = columns.str(Facet::Document.name())? else {
                    return Ok(());
                };
                let orders = columns.u64("order")?;
                for address in of_segment {
                    for ordinal in documents.term_ords(address.doc_id) {
                        let passages = by_ordinal.entry(ordinal).or_default();
                        passages.extend(
                            orders
                                .first(address.doc_id)
                                .and_then(|order| usize::try_from(order).ok()),
                        );
                    }
                }
                for (ordinal, passages) in by_ordinal.drain() {
                    let mut id = String::new();
                    if documents.ord_to_str(ordinal, &mut id)? {
                        by_document.entry(id).or_default().extend(passages);
                    }
                }
                Ok(())
            })?;
        }
        Ok(Self {
            by_document,
            diagnostics,
        })
    }

    /// Has `document` a passage that passes?
    #[must_use]
    pub fn has_any(&self, document: &str) -> bool {
        self.by_document.contains_key(document)
    }

    /// Does passage `order` of `document` pass?
    #[must_use]
    pub fn has(&self, document: &str, order: usize) -> bool {
        self.by_document
            .get(document)
            .is_some_and(|passages| passages.contains(&order))
    }
}
