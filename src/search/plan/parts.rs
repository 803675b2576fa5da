//! A plan as data: what a passage must have, and what it gains beyond that.
//!
//! A query of the engine says which passages match. Whatever only adds to a score (marks that agree, pairs of neighbors)
//! is asked at the passages that match, and nowhere else: the engine's own optional clauses walk whole posting lists,
//! whatever the rest of the query finds.

use std::sync::Arc;

use tantivy::Term;
use tantivy::query::{ConstScoreQuery, Query as EngineQuery, TermQuery};
use tantivy::schema::IndexRecordOption;

use crate::search::agreement::Agreement;

/// Queries for levels of agreement, best level first. Each matches the passages of its level and of better ones.
pub(crate) type LevelQueries = Vec<(Agreement, Arc<dyn EngineQuery>)>;

/// A part of a query.
pub(crate) struct Part {
    /// Matches the passages that have the part, and scores them by its words alone.
    pub(crate) base: Base,
    /// The agreement of the marks there, and its score.
    pub(crate) marks: PartMarks,
    /// Further gains there.
    pub(crate) gains: Vec<Gain>,
}

/// The query or word that a passage must have.
pub(crate) enum Base {
    /// A folded word.
    Word(Term),
    /// The matches of a query.
    Query(Box<dyn EngineQuery>),
}

/// The way to find the agreement of the marks of a part in a passage that has the part.
#[derive(Clone)]
pub(crate) enum PartMarks {
    /// The part asks for none: they agree.
    Unasked,
    /// By the terms of a word.
    Word(WordMarks),
    /// By queries.
    Queries {
        /// For each level but the worst; a level that finds what the one before it finds is left out.
        levels: LevelQueries,
        /// Score of the best level.
        exact: f32,
    },
}

/// The terms that show how well the marks of a word agree.
#[derive(Clone)]
pub(crate) struct WordMarks {
    /// The terms, best level and greatest score first. A passage has the level and the score of the first of them that it
    /// has.
    pub(crate) terms: Vec<(Agreement, f32, Term)>,
}

/// Something that adds to the score of a passage that matches.
#[derive(Clone)]
pub(crate) enum Gain {
    /// Marks that agree.
    Marks(WordMarks),
    /// Two words that follow one another, as often as they do.
    Pair {
        /// Their shingle.
        shingle: Term,
        /// The words.
        words: [Term; 2],
        /// Weight of the BM25 of the pair.
        boost: f32,
        /// The most that it adds.
        bound: f32,
    },
    /// The score of a query.
    Query {
        /// The query.
        query: Arc<dyn EngineQuery>,
        /// The most that it adds.
        bound: f32,
    },
}

impl Part {
    /// A part of which only the words count.
    pub(crate) fn plain(base: Base) -> Self {
        Self {
            base,
            marks: PartMarks::Unasked,
            gains: Vec::new(),
        }
    }

    /// Returns all that the part gains, its marks first.
    pub(crate) fn all_gains(&self) -> Vec<Gain> {
        let marks = match &self.marks {
            PartMarks::Word(marks) if marks.bound() > 0.0 => Some(Gain::Marks(marks.clone())),
            PartMarks::Queries { levels, exact } if *exact > 0.0 => levels
                .iter()
                .find(|(level, _)| *level == Agreement::Exact)
                .map(|(_, query)| Gain::Query {
                    query: Arc::new(ConstScoreQuery::new(query.box_clone(), *exact)),
                    bound: *exact,
                }),
            PartMarks::Word(_) | PartMarks::Queries { .. } | PartMarks::Unasked => None,
        };
        marks.into_iter().chain(self.gains.iter().cloned()).collect()
    }
}

impl Base {
    /// Returns the engine's query.
    pub(crate) fn query(&self) -> Box<dyn EngineQuery> {
        match self {
            Self::Word(word) => Box::new(TermQuery::new(word.clone(), IndexRecordOption::WithFreqs)),
            Self::Query(query) => query.box_clone(),
        }
    }
}

impl WordMarks {
    /// Returns the most that the marks add.
    pub(crate) fn bound(&self) -> f32 {
        self.terms.first().map_or(0.0, |(_, score, _)| *score)
    }
}
