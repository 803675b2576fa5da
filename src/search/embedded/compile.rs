//! Questions as queries of the embedded engine.

use std::ops::Bound;
use std::sync::Arc;

use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, PhraseQuery, Query, RangeQuery, TermQuery,
    TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use super::all_words::AllWords;
use super::at_least::AtLeast;
use super::forward_only::ForwardOnly;
use super::gained::{GainQuery, MarkTerms, MarksQuery};
use super::gaining::Gaining;
use super::gate::{gated, shingle_of_pair};
use super::placed::{PlacedTerms, TermsAtPlace};
use crate::index::Fields;
use crate::search::ask::{Ask, DayBound, Gain, Key, PartMarks, PlacedWords, TermField, WordMarks};

/// The most terms that are walked side by side; the passages of more are gathered first.
const MAX_SIDES: usize = 16;

/// Returns the engine's query for `ask`.
pub(crate) fn query_of(fields: &Fields, ask: &Ask) -> Box<dyn Query> {
    match ask {
        Ask::Everything => Box::new(AllQuery),
        Ask::Nothing => Box::new(EmptyQuery),
        Ask::Word(word) => Box::new(TermQuery::new(folded(fields, word), IndexRecordOption::WithFreqs)),
        Ask::OneOf(keys) => one_of(fields, keys),
        Ask::Phrase(words) => phrase(fields, words),
        Ask::Placed(words) => Box::new(placed(fields, words)),
        Ask::Day(bound) => day(fields, *bound),
        Ask::Constant(ask, score) => Box::new(ConstScoreQuery::new(query_of(fields, ask), *score)),
        Ask::All { must, must_not } => all(fields, must, must_not),
        Ask::AtLeast { parts, required } => at_least(fields, parts, *required),
        Ask::Gaining { base, gains } => {
            let base = Arc::from(query_of(fields, base));
            let gains = gains.iter().map(|gain| gain_of(fields, gain)).collect();
            Box::new(Gaining { base, gains })
        }
    }
}

/// Returns the engine's form of `gain`.
pub(super) fn gain_of(fields: &Fields, gain: &Gain) -> GainQuery {
    match gain {
        Gain::Marks(marks) => GainQuery::Marks(mark_terms(fields, marks)),
        Gain::Pair { words, boost, bound } => {
            let [first, second] = words;
            match shingle_of_pair(first, second) {
                Some(shingle) => GainQuery::Pair {
                    shingle: fields.shingle_term(shingle),
                    words: [folded(fields, first), folded(fields, second)],
                    boost: *boost,
                    bound: *bound,
                },
                None => {
                    let pair = phrase(fields, &[(0, first.clone()), (1, second.clone())]);
                    GainQuery::Query {
                        query: Arc::new(BoostQuery::new(pair, *boost)),
                        bound: *bound,
                    }
                }
            }
        }
        Gain::Ask { ask, bound } => GainQuery::Query {
            query: Arc::from(query_of(fields, ask)),
            bound: *bound,
        },
    }
}

/// Returns the engine's form of `marks`.
pub(super) fn marks_of(fields: &Fields, marks: &PartMarks) -> MarksQuery {
    match marks {
        PartMarks::Unasked => MarksQuery::Unasked,
        PartMarks::Word(marks) => MarksQuery::Word(mark_terms(fields, marks)),
        PartMarks::Levels { levels, exact } => MarksQuery::Queries {
            levels: levels
                .iter()
                .map(|(level, ask)| (*level, query_of(fields, ask)))
                .collect(),
            exact: *exact,
        },
    }
}

/// Returns the engine's terms for the marks of a word.
fn mark_terms(fields: &Fields, marks: &WordMarks) -> MarkTerms {
    let terms = marks.terms.iter();
    let term = |text: &str| Term::from_field_text(fields.exact, text);
    MarkTerms {
        terms: terms.map(|(level, score, text)| (*level, *score, term(text))).collect(),
    }
}

/// Returns the engine's term for `key`.
pub(super) fn term_of(fields: &Fields, key: &Key) -> Term {
    Term::from_field_text(field_of(fields, key.field), &key.text)
}

/// Returns the engine's field for `field`.
pub(super) fn field_of(fields: &Fields, field: TermField) -> Field {
    match field {
        TermField::Folded => fields.folded,
        TermField::Exact => fields.exact,
        TermField::Symbol => fields.symbol,
        TermField::Related => fields.related,
        TermField::Named => fields.named,
        TermField::Facet(facet) => fields.facet(facet),
    }
}

/// Returns the term of a folded word.
fn folded(fields: &Fields, word: &str) -> Term {
    Term::from_field_text(fields.folded, word)
}

/// Returns the query for the passages that have one of `keys`.
fn one_of(fields: &Fields, keys: &[Key]) -> Box<dyn Query> {
    let mut terms: Vec<Term> = keys.iter().map(|key| term_of(fields, key)).collect();
    let of_one_field = terms.windows(2).all(|pair| pair[0].field() == pair[1].field());
    if terms.len() > MAX_SIDES && of_one_field {
        return Box::new(TermSetQuery::new(terms));
    }
    let has = |term| -> Box<dyn Query> { Box::new(TermQuery::new(term, IndexRecordOption::Basic)) };
    if terms.len() == 1 {
        return has(terms.remove(0));
    }
    let parts = terms.into_iter().map(has).map(Arc::from).collect();
    Box::new(AtLeast { parts, required: 1 })
}

/// Returns the query for the passages with these folded words, each at its place, after a look at their shingles.
fn phrase(fields: &Fields, words: &[(u32, String)]) -> Box<dyn Query> {
    let terms = words
        .iter()
        .map(|(place, word)| (*place as usize, folded(fields, word)));
    gated(fields, words, PhraseQuery::new_with_offset(terms.collect()))
}

/// Returns the query for words at given places.
fn placed(fields: &Fields, words: &PlacedWords) -> PlacedTerms {
    let places = words.places.iter().map(|place| TermsAtPlace {
        place: place.place,
        terms: place.terms.iter().map(|key| term_of(fields, key)).collect(),
    });
    PlacedTerms {
        places: places.collect(),
        slop: words.slop,
    }
}

/// Returns the query for an end of a range of days.
fn day(fields: &Fields, bound: DayBound) -> Box<dyn Query> {
    let [first_day, last_day] = fields.days;
    let included = |field, day| Bound::Included(Term::from_field_u64(field, day));
    Box::new(match bound {
        DayBound::LastFrom(day) => RangeQuery::new(included(last_day, day), Bound::Unbounded),
        DayBound::FirstUpTo(day) => RangeQuery::new(Bound::Unbounded, included(first_day, day)),
    })
}

/// Returns the query for the passages that match all of `must` and none of `must_not`.
fn all(fields: &Fields, must: &[Ask], must_not: &[Ask]) -> Box<dyn Query> {
    let words = must.iter().filter_map(|ask| match ask {
        Ask::Word(word) => Some(folded(fields, word)),
        _ => None,
    });
    let words: Vec<Term> = words.collect();
    // One word is no intersection, and the engine walks it best.
    let together = words.len() > 1;
    let alone = must.iter().filter(|ask| !together || !matches!(ask, Ask::Word(_)));
    let mut clauses: Vec<(Occur, Box<dyn Query>)> = alone.map(|ask| (Occur::Must, query_of(fields, ask))).collect();
    if together {
        clauses.push((Occur::Must, Box::new(AllWords { words })));
    }
    let excluded = must_not.iter().map(|ask| ForwardOnly(query_of(fields, ask)));
    clauses.extend(excluded.map(|query| (Occur::MustNot, Box::new(query) as Box<dyn Query>)));
    // A clause of its own, that must match, stays as it is: the engine walks some queries faster alone than inside
    // another one.
    match clauses.pop() {
        Some((Occur::Must, only)) if clauses.is_empty() => only,
        last => {
            clauses.extend(last);
            Box::new(BooleanQuery::new(clauses))
        }
    }
}

/// Returns the query for the passages that match at least `required` of `parts`.
fn at_least(fields: &Fields, parts: &[Ask], required: usize) -> Box<dyn Query> {
    // The engine's own union scores whole windows of passages, also those that the rest of a query never asks about.
    let parts = parts.iter().map(|part| Arc::from(query_of(fields, part))).collect();
    Box::new(AtLeast { parts, required })
}
