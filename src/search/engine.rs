//! The engines that can hold an index: the one inside the program, and one that it asks over the network.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::ask::{Ask, Asked, Found, Key, TermField};
use super::facet::FacetCounts;
use super::located::{KnownPassages, LocatedPassage, PassageKey, SharingPassages};
use crate::index::{Error, Shingle, StoredPassage};
use crate::record::Facet;

/// An engine with the passages of an index in it. It answers from one state of the index, and blocks until it has the
/// answer.
///
/// Every method may fail with [`Error::Damaged`] or [`Error::Engine`].
pub(crate) trait Engine<'i> {
    /// Returns the number of passages that have each of `keys`.
    fn frequencies(&self, keys: &[Key]) -> Result<Vec<u64>, Error>;

    /// Returns the terms of `field` that begin with `beginning`, sorted, at most `most` of them, and true if there are
    /// more.
    fn terms_beginning(&self, field: TermField, beginning: &str, most: usize) -> Result<(Vec<String>, bool), Error>;

    /// Returns all values of a facet that some passage has, sorted.
    fn values(&self, facet: Facet) -> Result<BTreeSet<String>, Error>;

    /// Returns the passages that match, with what is wanted of them.
    fn find(&self, asked: &Asked<'_>) -> Result<Found, Error>;

    /// Returns true if any passage matches.
    fn matches_any(&self, ask: &Ask) -> Result<bool, Error>;

    /// Returns the positions of the passages that match in their documents, by the ids of the documents.
    fn positions(&self, ask: &Ask) -> Result<HashMap<String, HashSet<usize>>, Error>;

    /// Returns the passages that match `ask`, all without one, but for those of the documents `without`.
    fn scope(&self, ask: Option<&Ask>, without: &[String]) -> Result<Box<dyn Scope + 'i>, Error>;

    /// Reads passages that were found, in this order.
    fn read(&self, passages: &[&PassageKey]) -> Result<Vec<StoredPassage>, Error>;

    /// Returns the counts of `facet` over these passages.
    fn counts_over(&self, passages: &[&LocatedPassage], facet: Facet) -> Result<FacetCounts, Error>;
}

/// Passages among which wording is looked for.
pub(crate) trait Scope {
    /// Calls `take` with each passage, in no order.
    fn for_each(&self, take: &mut dyn FnMut(StoredPassage) -> Result<(), Error>) -> Result<(), Error>;

    /// Returns the passages with the greatest sums of the weights of `shingles`, greatest first, at most `limit`, without
    /// those `known`.
    fn sharing(
        &self,
        shingles: &[(Shingle, f32)],
        limit: usize,
        known: &KnownPassages,
    ) -> Result<SharingPassages, Error>;

    /// Returns all passages that have one of the terms of each of `words`, one word after the other, in no useful order.
    fn with_all(&self, words: &[Vec<Key>]) -> Result<Vec<LocatedPassage>, Error>;
}
