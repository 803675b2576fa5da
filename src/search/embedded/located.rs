//! The documents of passages of the embedded engine, and their places there.

use std::sync::Arc;

use tantivy::DocAddress;

use crate::index::{ColumnValues, Error, FolderIndex, ORDER_FIELD};
use crate::record::Facet;
use crate::search::located::{LocatedPassage, PassageKey};

/// Returns the passages at `addresses` with their documents and places there, in the order of the addresses.
///
/// # Errors
/// [`Error::Damaged`], [`Error::Engine`].
pub(super) fn located(index: &FolderIndex, addresses: &[DocAddress]) -> Result<Vec<LocatedPassage>, Error> {
    let mut located = Vec::with_capacity(addresses.len());
    if addresses.is_empty() {
        return Ok(located);
    }
    let documents = index.column_values(Facet::Document.name())?;
    for of_segment in addresses.chunk_by(|one, other| one.segment_ord == other.segment_ord) {
        index.guard(|| locate(index, &documents, of_segment, &mut located))?;
    }
    Ok(located)
}

/// Appends the passages at `addresses`, all of one segment; `documents` are the ids of all documents.
fn locate(
    index: &FolderIndex,
    documents: &ColumnValues,
    addresses: &[DocAddress],
    located: &mut Vec<LocatedPassage>,
) -> tantivy::Result<()> {
    let Some(segment) = addresses.first().map(|first| first.segment_ord) else {
        return Ok(());
    };
    let columns = index.searcher().segment_reader(segment).fast_fields();
    let orders = columns.u64(ORDER_FIELD)?;
    let owners = columns.str(Facet::Document.name())?;
    let numbers = documents.of_segment(segment as usize);
    // Passages of one document come one after the other and share its id.
    let mut last: Option<(u32, Arc<str>)> = None;
    for &address in addresses {
        let owner = owners
            .as_ref()
            .and_then(|owners| owners.term_ords(address.doc_id).next());
        let number = owner.and_then(|owner| numbers.get(owner as usize).copied());
        let document = match (&last, number) {
            (Some((known, document)), Some(number)) if *known == number => Arc::clone(document),
            (_, Some(number)) => Arc::from(documents.value(number as usize)),
            (_, None) => Arc::default(),
        };
        last = number.map(|number| (number, Arc::clone(&document)));
        located.push(LocatedPassage {
            document,
            order: orders.first(address.doc_id).map_or(0, |order| order as usize),
            key: PassageKey::Address(address),
        });
    }
    Ok(())
}
