//! Ranking: the order of hits, and the window of it that is returned.

use tantivy::collector::TopDocs;
use tantivy::collector::sort_key::{SortBySimilarityScore, SortByStaticFastValue, SortByString};
use tantivy::query::Query as EngineQuery;
use tantivy::{DocAddress, Order};

use super::{Options, Sort};
use crate::index::{DATE_FIELD, Error, Index, ORDER_FIELD};
use crate::record::Facet;

/// Returns the window of the `total` hits that `options` ask for, with their scores.
pub(super) fn ranked(
    index: &Index,
    query: &dyn EngineQuery,
    total: usize,
    options: &Options,
) -> Result<Vec<(f32, DocAddress)>, Error> {
    let searcher = index.searcher();
    // The engine allocates for the limit, and `usize::MAX` is a valid one here.
    let limit = options.limit.min(total.saturating_sub(options.offset));
    if limit == 0 {
        return Ok(Vec::new());
    }
    let window = || TopDocs::with_limit(limit).and_offset(options.offset);
    // Ties are broken by document and position, so that a window never shows a hit twice or skips one.
    let document = || (SortByString::for_field(Facet::Document.name()), Order::Asc);
    let order = || (SortByStaticFastValue::<u64>::for_field(ORDER_FIELD), Order::Asc);
    index.guard(|| match options.sort {
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
        Sort::Date | Sort::Oldest => {
            // Either way the engine puts documents without a date last.
            let direction = if options.sort == Sort::Oldest {
                Order::Asc
            } else {
                Order::Desc
            };
            let date = (SortByString::for_field(DATE_FIELD), direction);
            let hits = searcher.search(query, &window().order_by((date, document(), order())))?;
            Ok(hits.into_iter().map(|(_, address)| (0.0, address)).collect())
        }
    })
}
