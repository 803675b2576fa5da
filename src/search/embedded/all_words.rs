//! Passages that have all of several words, scored by the sum of their BM25.
//!
//! The engine's own intersection asks the words one by one for their scores, each through a virtual call and each with a
//! look at the length of the passage. The words of a question are of one field, so here that length is read once, and the
//! rarest word leads.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings as _, SegmentPostings};
use tantivy::query::{Bm25Weight, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, Term};

use crate::stop;

/// A query for the passages that have all of `words`: at least one term, all of one field with lengths.
#[derive(Clone, Debug)]
pub(super) struct AllWords {
    pub(super) words: Vec<Term>,
}

impl Query for AllWords {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let mut words = Vec::with_capacity(self.words.len());
        for word in &self.words {
            let similarity = match scoring {
                EnableScoring::Enabled {
                    statistics_provider, ..
                } => Some(Bm25Weight::for_terms(statistics_provider, std::slice::from_ref(word))?),
                EnableScoring::Disabled { .. } => None,
            };
            words.push((word.clone(), similarity));
        }
        Ok(Box::new(AllWordsWeight { words }))
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        self.words.iter().for_each(|word| visitor(word, false));
    }
}

/// The weight of [`AllWords`].
struct AllWordsWeight {
    /// The words, each with what it scores; `None` if nothing is scored.
    words: Vec<(Term, Option<Bm25Weight>)>,
}

impl AllWordsWeight {
    /// Returns the scorer at its first match; `None` if some word is in no passage of the segment.
    fn scorer_in(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Option<AllWordsScorer>> {
        let Some((first, similarity)) = self.words.first() else {
            return Ok(None);
        };
        let option = match similarity {
            Some(_) => IndexRecordOption::WithFreqs,
            None => IndexRecordOption::Basic,
        };
        let inverted = segment.inverted_index(first.field())?;
        let mut words = Vec::with_capacity(self.words.len());
        for (word, similarity) in &self.words {
            let Some(postings) = inverted.read_postings(word, option)? else {
                return Ok(None);
            };
            words.push((
                postings,
                similarity.as_ref().map(|similarity| similarity.boost_by(boost)),
            ));
        }
        words.sort_by_key(|(postings, _)| postings.doc_freq());
        let mut scorer = AllWordsScorer {
            words,
            lengths: segment.get_fieldnorms_reader(first.field())?,
            passage: 0,
        };
        scorer.find_from(0);
        Ok(Some(scorer))
    }
}

impl Weight for AllWordsWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(match self.scorer_in(segment, boost)? {
            Some(scorer) => Box::new(scorer),
            None => Box::new(EmptyScorer),
        })
    }

    fn explain(&self, segment: &SegmentReader, passage: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(segment, 1.0)?;
        let found = scorer.doc() <= passage && scorer.seek(passage) == passage;
        let score = if found { scorer.score() } else { 0.0 };
        Ok(Explanation::new("all words", score))
    }

    fn for_each(&self, segment: &SegmentReader, callback: &mut dyn FnMut(DocId, Score)) -> tantivy::Result<()> {
        if let Some(mut scorer) = self.scorer_in(segment, 1.0)? {
            while scorer.passage != TERMINATED {
                callback(scorer.passage, scorer.score());
                scorer.advance();
            }
        }
        Ok(())
    }
}

/// The scorer of [`AllWords`].
struct AllWordsScorer {
    /// The words, the rarest first; at least one.
    words: Vec<(SegmentPostings, Option<Bm25Weight>)>,
    lengths: FieldNormReader,
    /// The current match.
    passage: DocId,
}

impl AllWordsScorer {
    /// Moves to the first match from `target` on.
    fn find_from(&mut self, mut target: DocId) -> DocId {
        'candidates: loop {
            for (word, _) in &mut self.words {
                if word.doc() < target {
                    word.seek(target);
                }
                if word.doc() > target {
                    if word.doc() == TERMINATED {
                        self.passage = TERMINATED;
                        return TERMINATED;
                    }
                    target = word.doc();
                    continue 'candidates;
                }
            }
            self.passage = target;
            return target;
        }
    }
}

impl DocSet for AllWordsScorer {
    fn advance(&mut self) -> DocId {
        if self.passage == TERMINATED {
            return TERMINATED;
        }
        let next = self.words[0].0.advance();
        if next == TERMINATED {
            self.passage = TERMINATED;
            return TERMINATED;
        }
        self.find_from(next)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.passage < target {
            if target >= TERMINATED {
                self.passage = TERMINATED;
            } else {
                stop::checkpoint();
                self.find_from(target);
            }
        }
        self.passage
    }

    fn doc(&self) -> DocId {
        self.passage
    }

    fn size_hint(&self) -> u32 {
        self.words[0].0.size_hint()
    }
}

impl Scorer for AllWordsScorer {
    fn score(&mut self) -> Score {
        let length = self.lengths.fieldnorm_id(self.passage);
        let scores = self.words.iter().map(|(postings, similarity)| {
            similarity
                .as_ref()
                .map_or(0.0, |similarity| similarity.score(length, postings.term_freq()))
        });
        scores.sum()
    }
}
