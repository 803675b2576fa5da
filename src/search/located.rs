//! Passages that were found by their wording but not read.

use std::collections::HashSet;
use std::sync::Arc;

use tantivy::DocAddress;

/// A passage that was found but not read: its document and its place there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LocatedPassage {
    /// Id of its document.
    pub(crate) document: Arc<str>,
    /// Index of the passage in its document.
    pub(crate) order: usize,
    pub(super) key: PassageKey,
}

impl LocatedPassage {
    /// Returns the name of the passage within its open index.
    pub(crate) fn key(&self) -> PassageKey {
        self.key.clone()
    }
}

/// The name of a passage within one open index.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum PassageKey {
    /// Its address in the embedded engine.
    Address(DocAddress),
    /// Its id, in an engine elsewhere.
    Id(Arc<str>),
}

impl PassageKey {
    /// Returns the id of the passage and that of its document; `None` in the embedded engine.
    pub(super) fn id(&self) -> Option<(&str, &str)> {
        match self {
            Self::Address(_) => None,
            Self::Id(id) => Some((id, id.rsplit_once(':')?.0)),
        }
    }
}

/// Passages that were found already.
#[derive(Clone, Debug, Default)]
pub(crate) struct KnownPassages(HashSet<PassageKey>);

impl KnownPassages {
    /// Returns the number of passages.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Adds a passage; returns true if it is new.
    pub(crate) fn add(&mut self, passage: &LocatedPassage) -> bool {
        self.0.insert(passage.key())
    }

    /// Returns true if `passage` was found already.
    pub(crate) fn holds(&self, passage: &LocatedPassage) -> bool {
        self.0.contains(&passage.key)
    }

    /// Returns true if the passage with this name was found already.
    pub(super) fn has(&self, key: &PassageKey) -> bool {
        self.0.contains(key)
    }
}

/// The passages that share most shingles with a wording.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SharingPassages {
    /// The passages, those that share most first.
    pub(crate) passages: Vec<LocatedPassage>,
    /// True if further passages share some shingle.
    pub(crate) cut: bool,
}
