//! The documents of an index, as pages look them up: names and records by id.

use crate::index::{Error, Index};
use crate::record::{DocumentRecord, document_name};

/// The documents of the index from which a page is rendered.
///
/// An index reads its list of documents once. [`Self::of`] reports an error of that, so that look-ups in the middle of
/// rendering cannot fail.
pub(crate) struct Documents<'i> {
    index: &'i Index,
}

impl<'i> Documents<'i> {
    /// Reads the list of documents.
    ///
    /// # Errors
    /// Those of [`Index::documents`].
    pub(crate) fn of(index: &'i Index) -> Result<Self, Error> {
        index.documents().map(|_| Self { index })
    }

    /// Returns the record of the document with exactly this id; `None` if the index no longer has it.
    pub(crate) fn get(&self, id: &str) -> Option<&'i DocumentRecord> {
        self.index.record(id).ok().flatten()
    }

    /// Returns the record of the document whose id is `id`, or of the only one whose id begins with it.
    pub(crate) fn resolve(&self, id: &str) -> Option<&'i DocumentRecord> {
        self.get(self.index.resolve_id(id).ok()?)
    }

    /// Returns the name of a document; its id if the index no longer has it.
    pub(crate) fn name<'n>(&self, id: &'n str) -> &'n str
    where
        'i: 'n,
    {
        self.get(id).map_or(id, document_name)
    }
}
