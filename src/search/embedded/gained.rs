//! The gains of passages, asked passage by passage in ascending order: the parts of a plan in one segment.

use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings as _, SegmentPostings};
use tantivy::query::{Bm25Weight, EnableScoring, Query, Scorer, Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet as _, InvertedIndexReader, Score, SeekDangerResult, SegmentReader, TERMINATED, Term};

use crate::search::agreement::Agreement;

/// The terms that show how well the marks of a word agree.
#[derive(Clone)]
pub(super) struct MarkTerms {
    /// The terms, best level and greatest score first. A passage has the level and the score of the first of them that it
    /// has.
    pub(super) terms: Vec<(Agreement, f32, Term)>,
}

impl MarkTerms {
    /// Returns the most that the marks add.
    fn bound(&self) -> f32 {
        self.terms.first().map_or(0.0, |(_, score, _)| *score)
    }
}

/// The way to find the agreement of the marks of a part in a passage that has the part.
pub(super) enum MarksQuery {
    /// The part asks for none: they agree.
    Unasked,
    /// By the terms of a word.
    Word(MarkTerms),
    /// By queries.
    Queries {
        /// For each level but the worst, best first.
        levels: Vec<(Agreement, Box<dyn Query>)>,
        /// Score of the best level.
        exact: f32,
    },
}

/// A gain as the engine asks for it.
#[derive(Clone)]
pub(super) enum GainQuery {
    /// Marks that agree.
    Marks(MarkTerms),
    /// Two words that follow one another, as often as they do.
    Pair {
        /// Their shingle.
        shingle: Term,
        words: [Term; 2],
        /// Weight of the BM25 of the pair.
        boost: f32,
        /// The most that it adds.
        bound: f32,
    },
    /// The score of a query.
    Query {
        query: Arc<dyn Query>,
        /// The most that it adds.
        bound: f32,
    },
}

/// A [`GainQuery`] with the statistics of an index.
pub(super) enum GainWeight {
    Marks(MarkTerms),
    Pair {
        shingle: Term,
        words: Term,
        similarity: Bm25Weight,
        bound: f32,
    },
    Query {
        weight: Box<dyn Weight>,
        bound: f32,
    },
}

impl GainWeight {
    /// Returns the weight of `gain`.
    pub(super) fn of(gain: &GainQuery, scoring: EnableScoring<'_>) -> tantivy::Result<Self> {
        Ok(match gain {
            GainQuery::Marks(marks) => Self::Marks(marks.clone()),
            GainQuery::Query { query, bound } => Self::Query {
                weight: query.weight(scoring)?,
                bound: *bound,
            },
            GainQuery::Pair {
                shingle,
                words,
                boost,
                bound,
            } => {
                let EnableScoring::Enabled {
                    statistics_provider, ..
                } = scoring
                else {
                    let message = "a gain was asked of a query without scores".to_owned();
                    return Err(tantivy::TantivyError::InternalError(message));
                };
                Self::Pair {
                    shingle: shingle.clone(),
                    words: words[0].clone(),
                    similarity: Bm25Weight::for_terms(statistics_provider, words)?.boost_by(*boost),
                    bound: *bound,
                }
            }
        })
    }

    /// Returns the most that it adds.
    pub(super) fn bound(&self) -> f32 {
        match self {
            Self::Marks(marks) => marks.bound(),
            Self::Pair { bound, .. } | Self::Query { bound, .. } => *bound,
        }
    }

    /// Returns the gain in a segment; `None` if no passage there has any.
    pub(super) fn in_segment(&self, segment: &SegmentReader) -> tantivy::Result<Option<SegmentGain>> {
        Ok(match self {
            Self::Marks(marks) => Some(SegmentGain::Marks(SegmentMarks::of(marks, segment)?)),
            Self::Query { weight, .. } => SegmentQuery::of(&**weight, segment)?.map(SegmentGain::Query),
            Self::Pair {
                shingle,
                words,
                similarity,
                ..
            } => {
                let inverted = segment.inverted_index(shingle.field())?;
                let postings = inverted.read_postings(shingle, IndexRecordOption::WithFreqs)?;
                let norms = segment.get_fieldnorms_reader(words.field())?;
                let pair = postings.map(|postings| SegmentPair {
                    postings,
                    norms,
                    similarity: similarity.clone(),
                });
                pair.map(|pair| SegmentGain::Pair(Box::new(pair)))
            }
        })
    }
}

/// A [`GainQuery`] in one segment.
pub(super) enum SegmentGain {
    Marks(SegmentMarks),
    Pair(Box<SegmentPair>),
    Query(SegmentQuery),
}

/// Two words that follow one another, in one segment.
pub(super) struct SegmentPair {
    /// The passages in which they do, and how often.
    postings: SegmentPostings,
    /// Lengths of the passages.
    norms: FieldNormReader,
    similarity: Bm25Weight,
}

impl SegmentGain {
    /// Returns what `passage` gains; each call asks about a later passage than the one before.
    pub(super) fn at(&mut self, passage: DocId) -> Score {
        match self {
            Self::Marks(marks) => marks.best(passage).map_or(0.0, |(_, score)| score),
            Self::Query(query) => {
                if query.has(passage) {
                    query.scorer.score()
                } else {
                    0.0
                }
            }
            Self::Pair(pair) => {
                if has(&mut pair.postings, passage) {
                    let length = pair.norms.fieldnorm_id(passage);
                    pair.similarity.score(length, pair.postings.term_freq())
                } else {
                    0.0
                }
            }
        }
    }
}

/// Returns true if `passage` is among `postings`, which only move forward.
fn has(postings: &mut SegmentPostings, passage: DocId) -> bool {
    if postings.doc() < passage {
        postings.seek(passage);
    }
    postings.doc() == passage
}

/// The marks of a word in one segment.
pub(super) struct SegmentMarks {
    /// The terms that the segment has, best first.
    terms: Vec<(Agreement, f32, SegmentPostings)>,
}

impl SegmentMarks {
    /// Returns the marks in `segment`.
    fn of(marks: &MarkTerms, segment: &SegmentReader) -> tantivy::Result<Self> {
        let mut terms = Vec::with_capacity(marks.terms.len());
        let mut inverted: Option<Arc<InvertedIndexReader>> = None;
        for (level, score, term) in &marks.terms {
            let inverted = match &inverted {
                Some(inverted) => inverted,
                None => inverted.insert(segment.inverted_index(term.field())?),
            };
            let postings = inverted.read_postings(term, IndexRecordOption::Basic)?;
            terms.extend(postings.map(|postings| (*level, *score, postings)));
        }
        Ok(Self { terms })
    }

    /// Returns the number of passages at the best level, dead ones too.
    fn best_count(&self) -> u32 {
        self.terms.first().map_or(0, |(.., postings)| postings.doc_freq())
    }

    /// Returns the best level of `passage` and its score; `None` if the marks contradict each other.
    fn best(&mut self, passage: DocId) -> Option<(Agreement, f32)> {
        let mut terms = self.terms.iter_mut();
        terms.find_map(|(level, score, postings)| has(postings, passage).then_some((*level, *score)))
    }
}

/// A query in one segment, asked about passages in ascending order.
pub(super) struct SegmentQuery {
    scorer: Box<dyn Scorer>,
    /// No passage before this one matches from here on.
    next: DocId,
    /// True if `next` matches, and the scorer is there.
    found: bool,
}

impl SegmentQuery {
    /// Returns the query in `segment`; `None` if nothing matches there.
    fn of(weight: &dyn Weight, segment: &SegmentReader) -> tantivy::Result<Option<Self>> {
        let (result, scorer) = weight.scorer_danger(segment, 0, 1.0)?;
        let (next, found) = match result {
            SeekDangerResult::Found => (0, true),
            SeekDangerResult::SeekLowerBound(next) => (next, false),
        };
        Ok((next < TERMINATED).then_some(Self { scorer, next, found }))
    }

    /// Returns true if `passage` matches.
    fn has(&mut self, passage: DocId) -> bool {
        if passage < self.next || self.found && passage == self.next {
            return self.found && passage == self.next;
        }
        (self.next, self.found) = match self.scorer.seek_danger(passage) {
            SeekDangerResult::Found => (passage, true),
            SeekDangerResult::SeekLowerBound(next) => (next, false),
        };
        self.found
    }
}

/// The [`MarksQuery`] of a part with the statistics of an index.
pub(super) enum MarksWeight {
    Unasked,
    Word(MarkTerms),
    Queries {
        levels: Vec<(Agreement, Box<dyn Weight>)>,
        exact: f32,
    },
}

impl MarksWeight {
    /// Returns the weight of `marks`.
    pub(super) fn of(marks: &MarksQuery, scoring: EnableScoring<'_>) -> tantivy::Result<Self> {
        Ok(match marks {
            MarksQuery::Unasked => Self::Unasked,
            MarksQuery::Word(marks) => Self::Word(marks.clone()),
            MarksQuery::Queries { levels, exact } => {
                let levels: tantivy::Result<_> = levels
                    .iter()
                    .map(|(level, query)| Ok((*level, query.weight(scoring)?)))
                    .collect();
                Self::Queries {
                    levels: levels?,
                    exact: *exact,
                }
            }
        })
    }

    /// Returns the marks in `segment`.
    pub(super) fn in_segment(&self, segment: &SegmentReader) -> tantivy::Result<SegmentLevels> {
        Ok(match self {
            Self::Unasked => SegmentLevels::Unasked,
            Self::Word(marks) => SegmentLevels::Word(SegmentMarks::of(marks, segment)?),
            Self::Queries { levels, exact } => {
                let mut found = Vec::with_capacity(levels.len());
                for (level, weight) in levels {
                    found.extend(SegmentQuery::of(&**weight, segment)?.map(|query| (*level, query)));
                }
                SegmentLevels::Queries {
                    levels: found,
                    exact: *exact,
                }
            }
        })
    }
}

/// The agreement of the marks of a part in one segment.
pub(super) enum SegmentLevels {
    Unasked,
    Word(SegmentMarks),
    Queries {
        levels: Vec<(Agreement, SegmentQuery)>,
        exact: f32,
    },
}

impl SegmentLevels {
    /// Returns the most that the marks add to a score.
    pub(super) fn bound(&self) -> Score {
        match self {
            Self::Unasked => 0.0,
            Self::Word(marks) => marks.terms.first().map_or(0.0, |(_, score, _)| *score),
            Self::Queries { exact, .. } => *exact,
        }
    }

    /// Returns about how many passages agree best. Words are asked before what takes positions.
    pub(super) fn best_count(&self) -> u32 {
        match self {
            Self::Unasked => u32::MAX,
            Self::Word(marks) => marks.best_count(),
            Self::Queries { .. } => u32::MAX - 1,
        }
    }

    /// Returns the agreement of the marks of the part in `passage`, which has the part, and what that adds to the score.
    pub(super) fn at(&mut self, passage: DocId) -> (Agreement, f32) {
        match self {
            Self::Unasked => (Agreement::Exact, 0.0),
            Self::Word(marks) => marks.best(passage).unwrap_or((Agreement::Folded, 0.0)),
            Self::Queries { levels, exact } => {
                let level = levels
                    .iter_mut()
                    .find_map(|(level, query)| query.has(passage).then_some(*level));
                let score = if level == Some(Agreement::Exact) { *exact } else { 0.0 };
                (level.unwrap_or(Agreement::Folded), score)
            }
        }
    }
}
