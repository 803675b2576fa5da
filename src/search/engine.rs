//! The engines that can hold an index: the one inside the program, and one that it asks over the network.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::ask::{Ask, Asked, Found, Key, TermField};
use super::facet::FacetCounts;
use super::located::{KnownPassages, LocatedPassage, PassageKey, SharingPassages};
use crate::index::{Error, Shingle, StoredPassage};
use crate::record::{CitedAt, Facet};

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
    fn values(&self, facet: Facet) -> Result<Arc<BTreeSet<String>>, Error>;

    /// Returns for each question the passages that match, with what is wanted of them.
    fn find(&self, asked: &[Asked<'_>]) -> Result<Vec<Found>, Error>;

    /// Returns the greatest number up to `most` whose question matches a passage, 0 if that of 1 does not. The question of a
    /// number, which `ask` returns, matches no more than that of a lower one.
    fn most_matching(&self, most: usize, ask: &mut dyn FnMut(usize) -> Ask) -> Result<usize, Error>;

    /// Returns the positions of the passages that match in their documents, by the ids of the documents.
    fn positions(&self, ask: &Ask) -> Result<HashMap<String, HashSet<usize>>, Error>;

    /// Returns true if the engine keeps citations by themselves ([`Self::each_citation`]).
    fn has_citations(&self) -> bool {
        false
    }

    /// Calls `take` with the citations that are counted under one of `keys` (with all, without any) in passages that match
    /// `ask`, in the order of their documents and of their places there.
    fn each_citation(
        &self,
        _keys: Option<&[String]>,
        _ask: &Ask,
        _take: &mut dyn FnMut(CitedAt) -> Result<(), Error>,
    ) -> Result<(), Error> {
        Ok(())
    }

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

/// Returns the greatest number up to `most` for which `matches` is true, 0 if there is none, by a binary search: it is true
/// for all lower ones.
///
/// # Errors
/// Those of `matches`.
pub(crate) fn greatest_that(
    most: usize,
    mut matches: impl FnMut(usize) -> Result<bool, Error>,
) -> Result<usize, Error> {
    let (mut matched, mut unmatched) = (0, most + 1);
    // Most often not even the first one matches.
    let mut middle = 1;
    while unmatched - matched > 1 {
        if matches(middle)? {
            matched = middle;
        } else {
            unmatched = middle;
        }
        middle = (matched + unmatched).div_ceil(2);
    }
    Ok(matched)
}
