//! The engine inside the program: tantivy, with its own walk over the passages that match.
//!
//! [`compile`] turns questions into queries, and [`walk`](mod@walk) goes over the matches once: it counts them by the
//! agreement of their marks, [`tally`] by the values of facets, and [`best`] keeps the window of hits that was asked for.
//! Clauses that only add to a score are asked at the passages that match ([`gained`]), and inside other queries by
//! [`gaining`]. [`gate`] keeps phrases from reading positions in vain; [`placed`], [`at_least`], [`all_words`] and
//! [`forward_only`] are queries that the engine lacks or walks worse. Wording is looked for in a [`scope`], by [`sharing`]
//! and [`whole_walk`].

mod all_words;
mod at_least;
mod best;
pub(super) mod compile;
pub(super) mod forward_only;
mod gained;
mod gaining;
mod gate;
mod located;
pub(super) mod placed;
mod positions;
mod scope;
mod sharing;
mod tally;
pub(super) mod terms;
mod walk;
mod whole_walk;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use tantivy::{DocAddress, Term};

use super::ask::{Ask, Asked, Found, Key, TermField};
use super::engine::{Engine, Scope, greatest_that};
use super::facet::FacetCounts;
use super::located::{KnownPassages, LocatedPassage, PassageKey, SharingPassages};
use crate::index::{Error, FolderIndex, Shingle, StoredPassage};
use crate::record::Facet;
use scope::SegmentScope;

/// The engine inside the program, with the passages of an index.
pub(super) struct Embedded<'i> {
    index: &'i FolderIndex,
}

impl<'i> Embedded<'i> {
    /// Returns the engine of `index`.
    pub(super) const fn of(index: &'i FolderIndex) -> Self {
        Self { index }
    }
}

impl<'i> Engine<'i> for Embedded<'i> {
    fn frequencies(&self, keys: &[Key]) -> Result<Vec<u64>, Error> {
        let frequency = |key: &Key| match key.field {
            TermField::Folded => self.index.passages_with_word(&key.text),
            _ => {
                let term = compile::term_of(self.index.fields(), key);
                self.index.guard(|| self.index.searcher().doc_freq(&term))
            }
        };
        keys.iter().map(frequency).collect()
    }

    fn terms_beginning(&self, field: TermField, beginning: &str, most: usize) -> Result<(Vec<String>, bool), Error> {
        let field = compile::field_of(self.index.fields(), field);
        terms::terms_beginning_with(self.index, field, beginning, most)
    }

    fn values(&self, facet: Facet) -> Result<Arc<BTreeSet<String>>, Error> {
        terms::values(self.index, facet).map(Arc::new)
    }

    fn find(&self, asked: &[Asked<'_>]) -> Result<Vec<Found>, Error> {
        asked.iter().map(|asked| walk::walk(self.index, asked)).collect()
    }

    fn most_matching(&self, most: usize, ask: &mut dyn FnMut(usize) -> Ask) -> Result<usize, Error> {
        greatest_that(most, |number| walk::matches_any(self.index, &ask(number)))
    }

    fn positions(&self, ask: &Ask) -> Result<HashMap<String, HashSet<usize>>, Error> {
        positions::positions(self.index, ask)
    }

    fn scope(&self, ask: Option<&Ask>, without: &[String]) -> Result<Box<dyn Scope + 'i>, Error> {
        Ok(Box::new(SegmentScope::of(self.index, ask, without)?))
    }

    fn read(&self, passages: &[&PassageKey]) -> Result<Vec<StoredPassage>, Error> {
        let addresses = passages.iter().copied().filter_map(address);
        addresses.map(|address| self.index.stored(address)).collect()
    }

    fn counts_over(&self, passages: &[&LocatedPassage], facet: Facet) -> Result<FacetCounts, Error> {
        let addresses = passages.iter().filter_map(|passage| address(&passage.key));
        tally::counts_over(self.index, addresses.collect(), facet)
    }
}

/// Returns the address of a passage; `None` if another engine found it.
const fn address(key: &PassageKey) -> Option<DocAddress> {
    match key {
        PassageKey::Address(address) => Some(*address),
        PassageKey::Id(_) => None,
    }
}

impl Scope for SegmentScope<'_> {
    fn for_each(&self, take: &mut dyn FnMut(StoredPassage) -> Result<(), Error>) -> Result<(), Error> {
        for (ordinal, segment) in self.segments() {
            for passage in (0..segment.max_doc()).filter(|&passage| self.has(ordinal, segment, passage)) {
                take(self.index.stored(DocAddress::new(ordinal, passage))?)?;
            }
        }
        Ok(())
    }

    fn sharing(
        &self,
        shingles: &[(Shingle, f32)],
        limit: usize,
        known: &KnownPassages,
    ) -> Result<SharingPassages, Error> {
        sharing::passages_sharing(self, shingles, limit, known)
    }

    fn with_all(&self, words: &[Vec<Key>]) -> Result<Vec<LocatedPassage>, Error> {
        let fields = self.index.fields();
        let terms = |keys: &Vec<Key>| keys.iter().map(|key| compile::term_of(fields, key)).collect();
        let words: Vec<Vec<Term>> = words.iter().map(terms).collect();
        located::located(self.index, &whole_walk::addresses_with_all(self, &words)?)
    }
}
