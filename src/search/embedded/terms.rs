//! Terms of the dictionaries of the index, and values of its columns.

use std::collections::BTreeSet;

use tantivy::schema::Field;

use crate::index::{Error, FolderIndex};
use crate::record::Facet;

/// Returns the terms of `field` that begin with `beginning`, sorted, at most `max` of them, and true if there are more.
///
/// # Errors
/// [`Error::Damaged`], [`Error::Engine`].
pub(crate) fn terms_beginning_with(
    index: &FolderIndex,
    field: Field,
    beginning: &str,
    max: usize,
) -> Result<(Vec<String>, bool), Error> {
    let mut terms = BTreeSet::new();
    let mut cut = false;
    for segment in index.searcher().segment_readers() {
        index.guard(|| {
            let inverted = segment.inverted_index(field)?;
            let mut range = inverted.terms().range().ge(beginning.as_bytes()).into_stream()?;
            while let Some((term, _)) = range.next() {
                if !term.starts_with(beginning.as_bytes()) {
                    break;
                }
                let Ok(term) = str::from_utf8(term) else { continue };
                if terms.len() == max && !terms.contains(term) {
                    cut = true;
                    break;
                }
                terms.insert(term.to_owned());
            }
            Ok(())
        })?;
    }
    Ok((terms.into_iter().collect(), cut))
}

/// Returns all values of a facet that some passage has, sorted.
pub(super) fn values(index: &FolderIndex, facet: Facet) -> Result<BTreeSet<String>, Error> {
    let mut values = BTreeSet::new();
    for segment in index.searcher().segment_readers() {
        index.guard(|| {
            if let Some(column) = segment.fast_fields().str(facet.name())? {
                let mut stream = column.dictionary().stream()?;
                while let Some((value, _)) = stream.next() {
                    values.insert(String::from_utf8_lossy(value).into_owned());
                }
            }
            Ok(())
        })?;
    }
    Ok(values)
}
