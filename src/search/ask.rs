//! The question as data: which passages match, how they are scored, and what is wanted of them.
//!
//! The planner writes it, and an [`Engine`](super::engine::Engine) answers it: the embedded one in its own way, a remote
//! one in its language of queries. Nothing here knows how.
//!
//! An [`Ask`] says which passages match and scores them by their words. Whatever only adds to a score (marks that agree,
//! pairs of neighbors) is a [`Gain`], so that an engine can ask for it at the passages that match, and nowhere else.

use super::agreement::Agreement;
use super::facet::FacetCounts;
use super::levels::MatchCounts;
use super::options::Options;
use crate::index::StoredPassage;
use crate::record::Facet;

/// A field of the index that has terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum TermField {
    /// Words without marks.
    Folded,
    /// The same words with their marks, after a sign of their origin.
    Exact,
    /// Cited documents.
    Symbol,
    /// Citations by what they do and cite.
    Related,
    /// Abbreviations that passages define.
    Named,
    /// The folded values of a facet.
    Facet(Facet),
}

/// A term of a field.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Key {
    pub(crate) field: TermField,
    pub(crate) text: String,
}

impl Key {
    /// The term `text` of `field`.
    pub(crate) fn new(field: TermField, text: impl Into<String>) -> Self {
        Self {
            field,
            text: text.into(),
        }
    }

    /// The folded word `text`.
    pub(crate) fn folded(text: impl Into<String>) -> Self {
        Self::new(TermField::Folded, text)
    }
}

/// A question about passages.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Ask {
    /// All passages; each scores 1.
    Everything,
    /// No passage.
    Nothing,
    /// The passages with a folded word, scored by BM25.
    Word(String),
    /// The passages with one of these terms. It has no score of its own: it stands inside [`Ask::Constant`] or where
    /// nothing is scored.
    OneOf(Vec<Key>),
    /// The passages with folded words at these places of a phrase, scored by BM25 of the phrase; in ascending places.
    Phrase(Vec<(u32, String)>),
    /// The passages with words at given places. It has no score of its own.
    Placed(PlacedWords),
    /// The passages of documents of which the day that this names is in a range; see
    /// [`PartialDate::number`](crate::document::PartialDate::number). It has no score of its own.
    Day(DayBound),
    /// The matches of a question, which all score the same.
    Constant(Box<Ask>, f32),
    /// The passages that match all of `must`, at least one question, and none of `must_not`, scored by the sum of `must`.
    All {
        must: Vec<Ask>,
        /// Their scores do not matter.
        must_not: Vec<Ask>,
    },
    /// The passages that match at least `required` of `parts`, scored by the sum of those that match.
    AtLeast { parts: Vec<Ask>, required: usize },
    /// The matches of `base`, scored by it and by what each passage gains.
    Gaining { base: Box<Ask>, gains: Vec<Gain> },
}

impl Ask {
    /// Matches what `ask` matches; all score 0.
    pub(crate) fn unscored(ask: Self) -> Self {
        Self::Constant(Box::new(ask), 0.0)
    }

    /// Matches what any of `sides` matches, scored by the sum of those that do.
    pub(crate) fn any_of(mut sides: Vec<Self>) -> Self {
        if sides.len() == 1 {
            return sides.remove(0);
        }
        Self::AtLeast {
            parts: sides,
            required: 1,
        }
    }
}

/// Words at given places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PlacedWords {
    /// The places of the phrase, in any order.
    pub(crate) places: Vec<Place>,
    /// The largest difference between the greatest and the least of (position - place).
    pub(crate) slop: u32,
}

/// A place of a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// Number of words between it and the beginning of the phrase.
    pub(crate) place: u32,
    /// The terms, of one field, of which one must be there.
    pub(crate) terms: Vec<Key>,
}

/// An end of a range of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DayBound {
    /// The last day that the document may be of is this one or later.
    LastFrom(u64),
    /// The first day that the document may be of is this one or earlier.
    FirstUpTo(u64),
}

/// Something that adds to the score of a passage that matches.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Gain {
    /// Marks that agree.
    Marks(WordMarks),
    /// BM25 of two folded words that follow one another, as a phrase.
    Pair {
        words: [String; 2],
        /// Weight of the BM25.
        boost: f32,
        /// The most that it adds.
        bound: f32,
    },
    /// The score of a question.
    Ask {
        ask: Ask,
        /// The most that it adds.
        bound: f32,
    },
}

/// The terms that show how well the marks of a word agree.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct WordMarks {
    /// The terms of the field of exact words, best level and greatest score first. A passage has the level and the score of
    /// the first of them that it has.
    pub(crate) terms: Vec<(Agreement, f32, String)>,
}

impl WordMarks {
    /// Returns the most that the marks add.
    pub(crate) fn bound(&self) -> f32 {
        self.terms.first().map_or(0.0, |(_, score, _)| *score)
    }
}

/// The way to find the agreement of the marks of a part of a query in a passage that has the part.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum PartMarks {
    /// The part asks for none: they agree.
    Unasked,
    /// By the terms of a word.
    Word(WordMarks),
    /// By questions.
    Levels {
        /// For each level but the worst, best first; each matches the passages of its level and of better ones. A level
        /// that finds what the one before it finds is left out.
        levels: Vec<(Agreement, Ask)>,
        /// Score of the best level.
        exact: f32,
    },
}

/// The parts whose marks are judged in a passage.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct PlanMarks {
    /// Those of each part; empty if none asks for marks.
    pub(crate) parts: Vec<PartMarks>,
    /// Number of parts that must agree, if not all of them, for a passage to agree at a level; the marks of such parts
    /// are in the scores of the question already.
    pub(crate) required: Option<usize>,
}

/// A question with what is wanted of the passages that match.
pub(crate) struct Asked<'a> {
    /// Matches the passages, and scores them by their words.
    pub(crate) ask: &'a Ask,
    /// The parts whose marks are judged; what they add to a score counts too.
    pub(crate) marks: &'a PlanMarks,
    /// Their further gains.
    pub(crate) gains: &'a [Gain],
    /// The facets to count.
    pub(crate) facets: &'a [Facet],
    /// The order of the hits, and the window of them.
    pub(crate) options: &'a Options,
}

/// The passages that match.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found {
    /// Their numbers.
    pub(crate) matches: MatchCounts,
    /// The counts of each facet that was asked for, in that order, cut at the limit of the options.
    pub(crate) facets: Vec<FacetCounts>,
    /// The window of the best, with their scores; 0 where the order is not by relevance.
    pub(crate) hits: Vec<(f32, StoredPassage)>,
}
