//! The positions of passages in their documents, read from the columns and not from the passages.

use std::collections::{HashMap, HashSet};

use tantivy::DocAddress;
use tantivy::collector::DocSetCollector;

use super::compile::query_of;
use crate::index::{Error, FolderIndex, ORDER_FIELD};
use crate::record::Facet;
use crate::search::ask::Ask;

/// Returns the positions of the passages that match `ask` in their documents, by the ids of the documents.
pub(super) fn positions(index: &FolderIndex, ask: &Ask) -> Result<HashMap<String, HashSet<usize>>, Error> {
    let query = query_of(index.fields(), ask);
    let found = index.guard(|| index.searcher().search(&query, &DocSetCollector))?;
    let mut addresses: Vec<DocAddress> = found.into_iter().collect();
    addresses.sort_unstable();
    let mut by_document = HashMap::new();
    for of_segment in addresses.chunk_by(|one, other| one.segment_ord == other.segment_ord) {
        index.guard(|| add_segment(index, of_segment, &mut by_document))?;
    }
    Ok(by_document)
}

/// Adds the positions of the passages at `addresses`, all of one segment.
fn add_segment(
    index: &FolderIndex,
    addresses: &[DocAddress],
    by_document: &mut HashMap<String, HashSet<usize>>,
) -> tantivy::Result<()> {
    let Some(first) = addresses.first() else {
        return Ok(());
    };
    let columns = index.searcher().segment_reader(first.segment_ord).fast_fields();
    let Some(documents) = columns.str(Facet::Document.name())? else {
        return Ok(());
    };
    let orders = columns.u64(ORDER_FIELD)?;
    // Grouped by the engine's number of a document first, so that the id of each is read once.
    let mut by_ordinal: HashMap<u64, HashSet<usize>> = HashMap::new();
    for address in addresses {
        for ordinal in documents.term_ords(address.doc_id) {
            let order = orders.first(address.doc_id);
            let passages = by_ordinal.entry(ordinal).or_default();
            passages.extend(order.and_then(|order| usize::try_from(order).ok()));
        }
    }
    for (ordinal, passages) in by_ordinal {
        let mut id = String::new();
        if documents.ord_to_str(ordinal, &mut id)? {
            by_document.entry(id).or_default().extend(passages);
        }
    }
    Ok(())
}
