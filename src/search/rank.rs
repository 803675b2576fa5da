//! The order of hits, and the window that is shown of it.

use tantivy::collector::sort_key::{SortBySimilarityScore, SortByStaticFastValue, SortByString};
use tantivy::collector::{Count, TopDocs};
use tantivy::query::Query as EngineQuery;
use tantivy::{DocAddress, Order};

use super::Options;
use crate::index::{Error, Index};

/// Order of the hits. Equal ones come in order of the documents' ids and of the passages in them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// By score, greatest first.
    #[default]
    Relevance,
    /// By document and place in it.
    Document,
    /// By the document's date, latest first; documents without one come last.
    Date,
}

impl Sort {
    /// All, under the names that people ask for them by.
    pub const NAMED: [(&'static str, Self); 3] = [
        ("relevance", Self::Relevance),
        ("document", Self::Document),
        ("date", Self::Date),
    ];
}

/// The window of hits that `options` ask for, with their scores, and the number of all.
pub(super) fn ranked(
    index: &Index,
    query: &dyn EngineQuery,
    options: &Options,
) -> Result<(Vec<(f32, DocAddress)>, usize), Error> {
    let searcher = index.searcher();
    let total = index.guard(|| searcher.search(query, &Count))?;
    let limit = options.limit.min(total.saturating_sub(options.offset));
    if limit == 0 {
        return Ok((Vec::new(), total));
    }
    let window = || TopDocs::with_limit(limit).and_offset(options.offset);
    let document = || (SortByString::for_field("document"), Order::Asc);
    let order = || (SortByStaticFastValue::<u64>::for_field("order"), Order::Asc);
    let hits = index.guard(|| match options.sort {
        Sort::Relevance => {
            let by = ((SortBySimilarityScore, Order::Desc), document(), order());
            let hits = searcher.search(query, &window().order_by(by))?;
            Ok(hits
                .into_iter()
                .map(|((score, ..), address)| (score, address))
                .collect())
        }
        Sort::Document => {
            let hits = searcher.search(query, &window().order_by((document(), order())))?;
            Ok(hits.into_iter().map(|(_, address)| (0.0, address)).collect())
        }
        Sort::Date => {
            let date = (SortByString::for_field("date"), Order::Desc);
            let hits = searcher.search(query, &window().order_by((date, document(), order())))?;
            Ok(hits.into_iter().map(|(_, address)| (0.0, address)).collect())
        }
    })?;
    Ok((hits, total))
}
