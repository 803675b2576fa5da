//! A walk over the passages that have all words of a wording, one after the other.
//!
//! The posting lists of all words are walked together, led by the word that fewest passages have, and the positions are
//! compared only where a passage has all of the words.

use std::collections::{HashMap, HashSet};

use tantivy::postings::{Postings as _, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocId, DocSet as _, SegmentReader, TERMINATED, Term};

use super::scope::SegmentScope;
use crate::index::Error;
use crate::search::consecutive::{RunFinder, WordPlaces};
use crate::stop::checkpoint;

/// Returns the sorted addresses of the passages in `scope` that have one of the terms of each word, one word after the
/// other.
pub(super) fn addresses_with_all(scope: &SegmentScope<'_>, words: &[Vec<Term>]) -> Result<Vec<DocAddress>, Error> {
    let mut found = Vec::new();
    for (ordinal, segment) in scope.segments() {
        scope.index.guard(|| {
            if let Some(mut walk) = Walk::of(segment, words)? {
                while let Some(passage) = walk.advance(|passage| scope.has(ordinal, segment, passage)) {
                    found.push(DocAddress::new(ordinal, passage));
                }
            }
            Ok(())
        })?;
    }
    Ok(found)
}

/// A walk over the passages of a segment that have all words of a wording.
struct Walk {
    /// The posting list of each term, and the places of the term in the wording.
    terms: Vec<(SegmentPostings, WordPlaces)>,
    /// For each different word of the wording its terms, as indices in `terms`; the word with the fewest passages first.
    words: Vec<Vec<usize>>,
    /// Number of words of the wording.
    len: usize,
    /// The first passage that was not looked at yet.
    next: DocId,
    finder: RunFinder,
    /// Scratch space: the positions of the terms in a passage.
    positions: Vec<u32>,
    /// Scratch space: positions with their terms.
    placed: Vec<(u32, usize)>,
}

impl Walk {
    /// The walk for a wording whose words have these terms; `None` if the segment lacks a word.
    fn of(segment: &SegmentReader, words: &[Vec<Term>]) -> tantivy::Result<Option<Self>> {
        let mut walk = Self {
            terms: Vec::new(),
            words: Vec::new(),
            len: words.len(),
            next: 0,
            finder: RunFinder::new(words.len()),
            positions: Vec::new(),
            placed: Vec::new(),
        };
        // A term that is repeated is read once, and so is a word.
        let mut numbers: HashMap<&Term, Option<usize>> = HashMap::new();
        let mut known: HashSet<Vec<usize>> = HashSet::new();
        for (at, terms) in words.iter().enumerate() {
            let mut of_word = Vec::with_capacity(terms.len());
            for term in terms {
                let number = match numbers.get(term) {
                    Some(&number) => number,
                    None => {
                        let inverted = segment.inverted_index(term.field())?;
                        let postings = inverted.read_postings(term, IndexRecordOption::WithFreqsAndPositions)?;
                        let number = postings.map(|postings| {
                            walk.terms.push((postings, WordPlaces::none(words.len())));
                            walk.terms.len() - 1
                        });
                        numbers.insert(term, number);
                        number
                    }
                };
                if let Some(number) = number {
                    walk.terms[number].1.add(at);
                    of_word.push(number);
                }
            }
            if of_word.is_empty() {
                return Ok(None);
            }
            if known.insert(of_word.clone()) {
                walk.words.push(of_word);
            }
        }
        let passages = |word: &Vec<usize>| -> u64 {
            let counts = word.iter().map(|&term| u64::from(walk.terms[term].0.doc_freq()));
            counts.sum()
        };
        walk.words.sort_by_cached_key(passages);
        Ok((!walk.words.is_empty()).then_some(walk))
    }

    /// Returns the next passage with the wording among those that are allowed.
    fn advance(&mut self, is_allowed: impl Fn(DocId) -> bool) -> Option<DocId> {
        loop {
            checkpoint();
            let passage = self.next;
            let reached = self.seek_all(passage);
            if reached == TERMINATED {
                return None;
            }
            if reached > passage {
                self.next = reached;
                continue;
            }
            self.next = passage + 1;
            if is_allowed(passage) && self.has_run(passage) {
                return Some(passage);
            }
        }
    }

    /// Returns `passage` if it has all words, or else the first one after it that has the word that it lacks.
    fn seek_all(&mut self, passage: DocId) -> DocId {
        for word in &self.words {
            let mut reached = TERMINATED;
            for &term in word {
                let postings = &mut self.terms[term].0;
                // The engine never seeks backward.
                let at = if postings.doc() < passage {
                    postings.seek(passage)
                } else {
                    postings.doc()
                };
                reached = reached.min(at);
            }
            if reached > passage {
                return reached;
            }
        }
        passage
    }

    /// Returns true if the words follow one another in `passage`, which has all of them.
    fn has_run(&mut self, passage: DocId) -> bool {
        self.placed.clear();
        for (number, (postings, _)) in self.terms.iter_mut().enumerate() {
            if postings.doc() == passage {
                postings.positions(&mut self.positions);
                self.placed.extend(self.positions.iter().map(|&at| (at, number)));
            }
        }
        if self.placed.len() < self.len {
            return false;
        }
        self.placed.sort_unstable();
        self.finder.restart();
        let (terms, finder) = (&self.terms, &mut self.finder);
        self.placed.chunk_by(|one, other| one.0 == other.0).any(|here| {
            let places = here.iter().map(|&(_, term)| &terms[term].1);
            finder.step(here[0].0, places)
        })
    }
}
