//! Words at given places: phrases with slop, with prefixes, and with several forms of each word.
//!
//! A passage matches if each place of the phrase has one of its terms, so that the greatest and the least of (position
//! in the text - place in the phrase) differ by at most the slop. Tantivy's own phrase scorer adds up the moves from
//! term to term in order of their frequency instead, and takes one term per place. There is one path with and without
//! scores; every match scores the same.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Score, SeekDangerResult, SegmentReader, TERMINATED, Term};

use crate::search::close::for_each_close;
use crate::stop;

/// A query for words at given places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PlacedTerms {
    /// The places of the phrase, in any order.
    pub(crate) places: Vec<TermsAtPlace>,
    /// The largest difference between the greatest and the least of (position - place).
    pub(crate) slop: u32,
}

/// A place of a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TermsAtPlace {
    /// Number of words between it and the beginning of the phrase.
    pub(crate) place: u32,
    /// The terms, of one field, of which one must be there.
    pub(crate) terms: Vec<Term>,
}

impl Query for PlacedTerms {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(PlacedWeight(self.clone())))
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        let terms = self.places.iter().flat_map(|place| &place.terms);
        terms.for_each(|term| visitor(term, true));
    }
}

/// The weight of [`PlacedTerms`].
struct PlacedWeight(PlacedTerms);

impl PlacedWeight {
    /// Returns the scorer before it has looked for a match; `None` if no passage of the segment has words for all places.
    fn unplaced(&self, segment: &SegmentReader, score: Score) -> tantivy::Result<Option<PlacedScorer>> {
        let last = self.0.places.iter().map(|place| place.place).max().unwrap_or(0);
        let mut places = Vec::with_capacity(self.0.places.len());
        for place in &self.0.places {
            let mut found = PlacePostings {
                postings: Vec::new(),
                // Positions count from the beginning of the phrase if it ended where the last place is, so that none
                // of them is negative.
                shift: last - place.place,
            };
            for term in &place.terms {
                let inverted = segment.inverted_index(term.field())?;
                found
                    .postings
                    .extend(inverted.read_postings(term, IndexRecordOption::WithFreqsAndPositions)?);
            }
            if found.postings.is_empty() {
                return Ok(None);
            }
            places.push(found);
        }
        // The rarest place leads.
        places.sort_by_key(PlacePostings::cost);
        let lists = vec![Vec::new(); places.len()];
        Ok((!places.is_empty()).then_some(PlacedScorer {
            places,
            slop: self.0.slop,
            score,
            lists,
        }))
    }
}

impl Weight for PlacedWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let Some(mut scorer) = self.unplaced(segment, boost)? else {
            return Ok(Box::new(EmptyScorer));
        };
        scorer.next_match();
        Ok(Box::new(scorer))
    }

    fn scorer_danger(
        &self,
        segment: &SegmentReader,
        target: DocId,
        boost: Score,
    ) -> tantivy::Result<(SeekDangerResult, Box<dyn Scorer>)> {
        let Some(mut scorer) = self.unplaced(segment, boost)? else {
            return Ok((SeekDangerResult::SeekLowerBound(TERMINATED), Box::new(EmptyScorer)));
        };
        Ok((scorer.seek_danger(target), Box::new(scorer)))
    }

    fn explain(&self, segment: &SegmentReader, passage: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(segment, 1.0)?;
        let found = scorer.doc() <= passage && scorer.seek(passage) == passage;
        Ok(Explanation::new("words at given places", f32::from(u8::from(found))))
    }
}

/// The postings of the terms of one place.
struct PlacePostings {
    postings: Vec<SegmentPostings>,
    /// Added to each position.
    shift: u32,
}

impl PlacePostings {
    /// Returns an upper bound of the number of passages.
    fn cost(&self) -> u64 {
        self.postings
            .iter()
            .map(|postings| u64::from(postings.doc_freq()))
            .sum()
    }

    /// Returns the first passage that any of the terms is at.
    fn doc(&self) -> DocId {
        self.postings
            .iter()
            .map(SegmentPostings::doc)
            .min()
            .unwrap_or(TERMINATED)
    }

    /// Moves to the first passage from `target` on.
    fn seek(&mut self, target: DocId) -> DocId {
        for postings in &mut self.postings {
            if postings.doc() < target {
                postings.seek(target);
            }
        }
        self.doc()
    }

    /// Writes the shifted positions in `passage`, sorted.
    fn positions(&mut self, passage: DocId, positions: &mut Vec<u32>) {
        positions.clear();
        for postings in self.postings.iter_mut().filter(|postings| postings.doc() == passage) {
            postings.append_positions_with_offset(self.shift, positions);
        }
        positions.sort_unstable();
    }
}

/// The scorer of [`PlacedTerms`].
struct PlacedScorer {
    /// The places, the rarest first; never empty.
    places: Vec<PlacePostings>,
    slop: u32,
    score: Score,
    /// The positions of each place in the passage that is being looked at.
    lists: Vec<Vec<u32>>,
}

impl PlacedScorer {
    /// Moves to the first match from the current passage on.
    fn next_match(&mut self) -> DocId {
        'passages: loop {
            stop::checkpoint();
            let passage = self.places[0].doc();
            if passage == TERMINATED {
                return TERMINATED;
            }
            for at in 1..self.places.len() {
                let there = self.places[at].seek(passage);
                if there > passage {
                    self.places[0].seek(there);
                    continue 'passages;
                }
            }
            if self.are_close_in(passage) {
                return passage;
            }
            self.places[0].seek(passage + 1);
        }
    }

    /// Returns true if the words are close enough in `passage`, which has all of them.
    fn are_close_in(&mut self, passage: DocId) -> bool {
        for (place, list) in self.places.iter_mut().zip(&mut self.lists) {
            place.positions(passage, list);
        }
        for_each_close(&self.lists, self.slop, |_| false)
    }
}

impl DocSet for PlacedScorer {
    fn advance(&mut self) -> DocId {
        let passage = self.doc();
        if passage == TERMINATED {
            return TERMINATED;
        }
        self.places[0].seek(passage + 1);
        self.next_match()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc() < target {
            self.places[0].seek(target);
            self.next_match();
        }
        self.doc()
    }

    fn seek_danger(&mut self, target: DocId) -> SeekDangerResult {
        for place in &mut self.places {
            let there = place.seek(target);
            if there > target {
                return SeekDangerResult::SeekLowerBound(there);
            }
        }
        if target < TERMINATED && self.are_close_in(target) {
            SeekDangerResult::Found
        } else {
            SeekDangerResult::SeekLowerBound((target + 1).min(TERMINATED))
        }
    }

    fn doc(&self) -> DocId {
        self.places[0].doc()
    }

    fn size_hint(&self) -> u32 {
        u32::try_from(self.places[0].cost()).unwrap_or(u32::MAX)
    }
}

impl Scorer for PlacedScorer {
    fn score(&mut self) -> Score {
        self.score
    }
}
