//! Questions in the language of OpenSearch.
//!
//! Every text is made of terms that the index has: nothing is analyzed but the cells of a phrase, which are only split
//! again. What an engine scores is BM25 of folded words, pairs and phrases; everything else is a constant.

use serde_json::{Value, json};

use crate::index::{ASKED_ANALYZER, HOLE, filter_field};
use crate::search::agreement::Agreement;
use crate::search::ask::{Ask, DayBound, Gain, Key, PartMarks, PlacedWords, PlanMarks, TermField, WordMarks};

/// The factor k1 + 1 of BM25, which Lucene leaves out since version 8 and the embedded engine does not.
pub(super) const BM25_FACTOR: f32 = 2.2;

/// Returns the name of the field with the terms of `field`.
pub(super) fn field_name(field: TermField) -> String {
    match field {
        TermField::Folded => "folded".to_owned(),
        TermField::Exact => "exact".to_owned(),
        TermField::Symbol => "symbol".to_owned(),
        TermField::Related => "related".to_owned(),
        TermField::Named => "named".to_owned(),
        TermField::Facet(facet) => filter_field(facet),
    }
}

/// Returns the query for `ask`.
pub(super) fn query_of(ask: &Ask) -> Value {
    match ask {
        Ask::Everything => constant(json!({ "match_all": {} }), 1.0),
        Ask::Nothing => json!({ "match_none": {} }),
        Ask::Word(word) => json!({ "term": { "folded": { "value": word, "boost": BM25_FACTOR } } }),
        Ask::OneOf(keys) => one_of(keys),
        Ask::Phrase(words) => phrase(words, BM25_FACTOR),
        Ask::Placed(words) => placed(words),
        Ask::Day(DayBound::LastFrom(day)) => json!({ "range": { "last_day": { "gte": day } } }),
        Ask::Day(DayBound::FirstUpTo(day)) => json!({ "range": { "first_day": { "lte": day } } }),
        Ask::Constant(ask, score) => constant(query_of(ask), *score),
        Ask::All { must, must_not } => all(must, must_not, &[]),
        Ask::AtLeast { parts, required } => json!({
            "bool": { "should": parts.iter().map(query_of).collect::<Vec<_>>(), "minimum_should_match": required },
        }),
        Ask::Gaining { base, gains } => all(std::slice::from_ref(base), &[], gains),
    }
}

/// Returns the query for a question with the marks and gains of what it asks for.
pub(super) fn scored(ask: &Ask, marks: &PlanMarks, gains: &[Gain]) -> Value {
    let mut query = query_of(ask);
    let mut should: Vec<Value> = gains.iter().map(gain).collect();
    // Where only some parts must match, the marks are in the scores of the question already.
    if marks.required.is_none() {
        should.extend(marks.parts.iter().filter_map(gain_of_marks));
    }
    if !should.is_empty() {
        query = json!({ "bool": { "must": [query], "should": should } });
    }
    query
}

/// Returns the queries for the passages whose marks agree at each level or better, best level first; none if no marks are
/// judged.
pub(super) fn levels(marks: &PlanMarks) -> Vec<(Agreement, Value)> {
    if marks.parts.is_empty() {
        return Vec::new();
    }
    let levels = crate::search::agreement::LEVELS.iter();
    let levels = levels.map(|&level| {
        let parts: Vec<Value> = marks.parts.iter().map(|part| agrees(part, level)).collect();
        let query = match marks.required {
            None => json!({ "bool": { "filter": parts } }),
            Some(required) => json!({ "bool": { "should": parts, "minimum_should_match": required } }),
        };
        (level, query)
    });
    levels.collect()
}

/// Returns the query for the passages in which the marks of a part agree at `level` or better.
fn agrees(marks: &PartMarks, level: Agreement) -> Value {
    match marks {
        PartMarks::Unasked => json!({ "match_all": {} }),
        PartMarks::Word(marks) => {
            let terms = marks.terms.iter().filter(|(at, ..)| *at <= level);
            let terms: Vec<&str> = terms.map(|(.., term)| term.as_str()).collect();
            json!({ "terms": { "exact": terms } })
        }
        // A level that finds what the one before it finds is left out.
        PartMarks::Levels { levels, .. } => levels
            .iter()
            .rfind(|(at, _)| *at <= level)
            .map_or_else(|| json!({ "match_none": {} }), |(_, ask)| query_of(ask)),
    }
}

/// Returns what the marks of a part add to a score; `None` if that is nothing.
fn gain_of_marks(marks: &PartMarks) -> Option<Value> {
    match marks {
        PartMarks::Word(marks) if marks.bound() > 0.0 => Some(best_of(marks)),
        PartMarks::Levels { levels, exact } if *exact > 0.0 => levels
            .iter()
            .find(|(level, _)| *level == Agreement::Exact)
            .map(|(_, ask)| constant(query_of(ask), *exact)),
        PartMarks::Word(_) | PartMarks::Levels { .. } | PartMarks::Unasked => None,
    }
}

/// Returns the query for all of `must` and none of `must_not`, with what a passage gains.
fn all(must: &[Ask], must_not: &[Ask], gains: &[Gain]) -> Value {
    let mut clauses = json!({});
    // What scores nothing only restricts, which an engine keeps in its cache.
    let scores = |ask: &&Ask| !matches!(ask, Ask::Constant(_, score) if *score == 0.0);
    let (scored, restricting): (Vec<&Ask>, Vec<&Ask>) = must.iter().partition(scores);
    for (name, asks) in [("must", scored), ("filter", restricting)] {
        if !asks.is_empty() {
            clauses[name] = asks.into_iter().map(query_of).collect();
        }
    }
    if !must_not.is_empty() {
        clauses["must_not"] = must_not.iter().map(query_of).collect();
    }
    if !gains.is_empty() {
        clauses["should"] = gains.iter().map(gain).collect();
    }
    json!({ "bool": clauses })
}

/// Returns the query for what a passage gains.
fn gain(gain: &Gain) -> Value {
    match gain {
        Gain::Marks(marks) => best_of(marks),
        Gain::Pair {
            words: [one, other],
            boost,
            ..
        } => phrase(&[(0, one.clone()), (1, other.clone())], boost * BM25_FACTOR),
        Gain::Ask { ask, .. } => query_of(ask),
    }
}

/// Returns the query that scores the best of the terms of a word that a passage has.
fn best_of(marks: &WordMarks) -> Value {
    let terms = marks.terms.iter();
    let terms = terms.map(|(_, score, term)| constant(json!({ "term": { "exact": term } }), *score));
    json!({ "dis_max": { "tie_breaker": 0.0, "queries": terms.collect::<Vec<_>>() } })
}

/// Returns the query for what `query` matches, which all scores the same.
fn constant(query: Value, score: f32) -> Value {
    json!({ "constant_score": { "filter": query, "boost": score } })
}

/// Returns the query for the passages with one of `keys`.
fn one_of(keys: &[Key]) -> Value {
    let mut fields: Vec<TermField> = keys.iter().map(|key| key.field).collect();
    fields.sort_unstable();
    fields.dedup();
    let of_field = |field: TermField| {
        let terms = keys.iter().filter(|key| key.field == field);
        let terms: Vec<&str> = terms.map(|key| key.text.as_str()).collect();
        json!({ "terms": { field_name(field): terms } })
    };
    match fields.as_slice() {
        [] => json!({ "match_none": {} }),
        [only] => of_field(*only),
        several => json!({
            "bool": { "should": several.iter().map(|&field| of_field(field)).collect::<Vec<_>>(), "minimum_should_match": 1 },
        }),
    }
}

/// Returns the query for folded words at these places, scored by BM25 times `boost`.
fn phrase(words: &[(u32, String)], boost: f32) -> Value {
    let cells = words.iter().map(|(place, word)| (*place, word.clone()));
    let text = placed_text(cells);
    json!({ "match_phrase": { "folded": { "query": text, "analyzer": ASKED_ANALYZER, "boost": boost } } })
}

/// Returns the query for words at given places. A place without a term is nowhere.
fn placed(words: &PlacedWords) -> Value {
    let Some(field) = words
        .places
        .iter()
        .flat_map(|place| &place.terms)
        .map(|key| key.field)
        .next()
    else {
        return json!({ "match_none": {} });
    };
    if words.places.iter().any(|place| place.terms.is_empty()) {
        return json!({ "match_none": {} });
    }
    let mut places: Vec<(u32, String)> = words
        .places
        .iter()
        .map(|place| {
            let terms: Vec<&str> = place.terms.iter().map(|key| key.text.as_str()).collect();
            (place.place, terms.join("|"))
        })
        .collect();
    places.sort();
    let text = placed_text(places.into_iter());
    json!({ "match_phrase": { field_name(field): { "query": text, "analyzer": ASKED_ANALYZER, "slop": words.slop } } })
}

/// Returns cells at their places, in ascending order, as the analyzer of phrases splits them again; places between them
/// are holes.
fn placed_text(cells: impl Iterator<Item = (u32, String)>) -> String {
    let mut text = String::new();
    let mut next = None;
    for (place, cell) in cells {
        for _ in next.unwrap_or(place)..place {
            text.push(HOLE);
            text.push(' ');
        }
        text.push_str(&cell);
        text.push(' ');
        next = Some(place + 1);
    }
    text.truncate(text.trim_end_matches(' ').len());
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::testing::{Sample, index_of};
    use crate::query::{Filters, parse};
    use crate::reading::Quality;
    use crate::search::Marks;
    use crate::search::options::Options;
    use crate::search::restricted::RestrictedPlan;

    /// Questions of each kind, over an index in which some words are damaged, so that all levels are asked for.
    #[test]
    fn questions_are_written_as_before() {
        let (_folder, index) = index_of(&[
            Sample::new("a", "tinh gọn bộ máy, Nghị quyết số 21-NQ/TW ngày 16/6/2022"),
            Sample::new("b", "tinh gon bo may cap Uy")
                .quality(Quality::Ocr)
                .repair("Uy", &["ủy", "ùy"]),
        ]);
        let mut written = String::new();
        for (typed, marks) in [
            ("bộ máy", Marks::Prefer),
            ("bo may", Marks::Prefer),
            ("bộ máy", Marks::Any),
            ("bộ", Marks::Exact),
            ("\"bộ máy\"", Marks::Prefer),
            ("\"ngày 16/6/2022 của\"", Marks::Any),
            ("\"máy bộ\"~3", Marks::Any),
            ("\"bộ m*\"", Marks::Any),
            ("m*", Marks::Prefer),
            ("21-NQ/TW", Marks::Prefer),
            ("tinh gọn OR bộ máy", Marks::Any),
            ("tinh -gọn", Marks::Any),
            ("bo place:body -document:b from:2020", Marks::Any),
        ] {
            let (query, _) = parse(typed);
            let options = Options {
                marks,
                ..Options::default()
            };
            let plan = RestrictedPlan::of(&index, &query, &Filters::default(), &options, &mut Vec::new()).unwrap();
            let (ask, marks_of, gains) = plan.asked();
            let query = scored(&ask, &marks_of, &gains);
            let mut levels = serde_json::Map::new();
            for (level, query) in super::levels(&marks_of) {
                levels.insert(level.name().to_owned(), query);
            }
            written += &format!(
                "# {typed} ({marks})\n{query:#}\nlevels: {:#}\n",
                Value::Object(levels),
                marks = marks.name()
            );
        }
        insta::assert_snapshot!("questions", written);
    }
}
