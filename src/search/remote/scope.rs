//! Passages of an engine elsewhere among which wording is looked for.

use serde_json::{Value, json};

use super::translate::{field_name, query_of};
use crate::index::{ASKED_ANALYZER, Error, Part, RemoteHit, RemoteIndex, Shingle, StoredPassage, shingle_word};
use crate::search::ask::{Ask, Key, TermField};
use crate::search::engine::Scope;
use crate::search::located::{KnownPassages, LocatedPassage, PassageKey, SharingPassages};

/// Passages that are read in one call, and places of passages.
const READ_AT_ONCE: usize = 1_000;
const LOCATED_AT_ONCE: usize = 10_000;

/// The most terms of one question; OpenSearch takes 1,024 clauses unless it is told otherwise, and filters have some.
const MAX_TERMS: usize = 900;

/// The passages that may be found.
pub(super) struct RemoteScope<'i> {
    remote: &'i RemoteIndex,
    /// The passages match all of these.
    filter: Vec<Value>,
    /// The passages match none of these.
    must_not: Vec<Value>,
}

impl<'i> RemoteScope<'i> {
    /// The passages that match `ask`, all without one, but for those of the documents `without`.
    pub(super) fn of(remote: &'i RemoteIndex, ask: Option<&Ask>, without: &[String]) -> Self {
        let excluded = (!without.is_empty()).then(|| json!({ "terms": { "owner": without } }));
        Self {
            remote,
            filter: ask.map(query_of).into_iter().collect(),
            must_not: excluded.into_iter().collect(),
        }
    }

    /// Returns the query for the passages in scope that match `query`, scored by it.
    fn query(&self, query: Value) -> Value {
        json!({ "bool": { "must": [query], "filter": self.filter, "must_not": self.must_not } })
    }
}

impl Scope for RemoteScope<'_> {
    fn for_each(&self, take: &mut dyn FnMut(StoredPassage) -> Result<(), Error>) -> Result<(), Error> {
        let body = json!({
            "size": READ_AT_ONCE,
            "track_total_hits": false,
            "query": self.query(json!({ "match_all": {} })),
            "sort": [{ "owner": "asc" }, { "order": "asc" }],
            "_source": ["record"],
        });
        let read = |hit: RemoteHit| take(self.remote.passage(&hit.id, &hit.source)?);
        self.remote.each_hit(Part::Passages, body, read)
    }

    fn sharing(
        &self,
        shingles: &[(Shingle, f32)],
        limit: usize,
        known: &KnownPassages,
    ) -> Result<SharingPassages, Error> {
        if shingles.is_empty() || limit == 0 {
            return Ok(SharingPassages::default());
        }
        // They come rarest first.
        let weights = shingles.iter().take(MAX_TERMS).map(|(shingle, weight)| {
            let has = json!({ "term": { "shingle": shingle_word(*shingle) } });
            json!({ "constant_score": { "filter": has, "boost": weight } })
        });
        let sum = json!({ "bool": { "should": weights.collect::<Vec<_>>(), "minimum_should_match": 1 } });
        let size = limit.saturating_add(known.len()).min(LOCATED_AT_ONCE);
        let body = json!({
            "size": size,
            "track_total_hits": true,
            "query": self.query(sum),
            "sort": [{ "_score": "desc" }, { "owner": "asc" }, { "order": "asc" }],
            "_source": false,
        });
        let index = self.remote.name_of(Part::Passages);
        let found = self.remote.client().search(Some(&index), &body)?;
        let total = found.total.unwrap_or_default() as usize;
        let mut passages: Vec<LocatedPassage> = found
            .hits
            .iter()
            .filter_map(|hit| located(&hit.id, hit.sort.get(1..)?))
            .collect();
        let sent = passages.len();
        passages.retain(|passage| !known.holds(passage));
        let left = passages.len() + (total - sent.min(total));
        passages.truncate(limit);
        Ok(SharingPassages {
            cut: left > limit,
            passages,
        })
    }

    fn with_all(&self, words: &[Vec<Key>]) -> Result<Vec<LocatedPassage>, Error> {
        let mut found: Option<Vec<LocatedPassage>> = None;
        for run in runs(words, MAX_TERMS) {
            let Some(query) = consecutive(run) else { continue };
            let query = json!({ "bool": { "filter": [self.query(query)] } });
            let mut with_run = Vec::new();
            each_located(self.remote, query, |passage| with_run.push(passage))?;
            if let Some(before) = found {
                let mut known = KnownPassages::default();
                for passage in &before {
                    known.add(passage);
                }
                with_run.retain(|passage| known.holds(passage));
            }
            if with_run.is_empty() {
                return Ok(with_run);
            }
            found = Some(with_run);
        }
        Ok(found.unwrap_or_default())
    }
}

/// Returns runs of `words` that have at most `most` terms each (one word may have more) and begin before the end of the one
/// before: a passage with all runs has all words one after the other, unless it repeats the half of a run word by word.
fn runs(words: &[Vec<Key>], most: usize) -> Vec<&[Vec<Key>]> {
    let mut runs = Vec::new();
    let mut start = 0;
    while start < words.len() {
        let mut terms = 0;
        let fitting = words[start..].iter().take_while(|keys| {
            terms += keys.len();
            terms <= most
        });
        let end = start + fitting.count().max(1);
        runs.push(&words[start..end]);
        if end == words.len() {
            break;
        }
        start = end - (end - start) / 2;
    }
    runs
}

/// Returns the query for the passages that have one of the terms of each of `words`, one word after the other; `None` for
/// no words.
fn consecutive(words: &[Vec<Key>]) -> Option<Value> {
    let first = words.first()?.first()?.field;
    if words.iter().flatten().all(|key| key.field == first) {
        let cells = words.iter().map(|keys| {
            let terms: Vec<&str> = keys.iter().map(|key| key.text.as_str()).collect();
            terms.join("|")
        });
        let cells: Vec<String> = cells.collect();
        let asked = json!({ "query": cells.join(" "), "analyzer": ASKED_ANALYZER });
        return Some(json!({ "match_phrase": { field_name(first): asked } }));
    }
    // The words of both fields are at the same positions, so those of one may stand for those of the other.
    let exact = field_name(TermField::Exact);
    let has = |key: &Key| {
        let term = json!({ "span_term": { field_name(key.field): key.text } });
        match key.field {
            TermField::Exact => term,
            _ => json!({ "field_masking_span": { "query": term, "field": exact } }),
        }
    };
    let places = words.iter().map(|keys| {
        let terms: Vec<Value> = keys.iter().map(has).collect();
        json!({ "span_or": { "clauses": terms } })
    });
    let places: Vec<Value> = places.collect();
    Some(match places.as_slice() {
        [only] => only.clone(),
        _ => json!({ "span_near": { "clauses": places, "slop": 0, "in_order": true } }),
    })
}

/// Calls `take` with the passages that match `query`, in the order of their documents.
pub(super) fn each_located(
    remote: &RemoteIndex,
    query: Value,
    mut take: impl FnMut(LocatedPassage),
) -> Result<(), Error> {
    let body = json!({
        "size": LOCATED_AT_ONCE,
        "track_total_hits": false,
        "query": query,
        "sort": [{ "owner": "asc" }, { "order": "asc" }],
        "_source": false,
    });
    remote.each_hit(Part::Passages, body, |hit| {
        if let Some(passage) = located(&hit.id, &hit.sort) {
            take(passage);
        }
        Ok(())
    })
}

/// Returns the passage with this id, by its document and its position there, which hits are sorted by.
fn located(id: &str, place: &[Value]) -> Option<LocatedPassage> {
    let [document, order] = place else { return None };
    Some(LocatedPassage {
        document: document.as_str()?.into(),
        order: order.as_u64()? as usize,
        key: PassageKey::Id(id.into()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_overlap_and_have_every_word() {
        let word = |forms: usize| -> Vec<Key> {
            let key = |form: usize| Key {
                field: TermField::Folded,
                text: form.to_string(),
            };
            (0..forms).map(key).collect()
        };
        let words: Vec<Vec<Key>> = (0..40).map(|number| word(1 + number % 3)).collect();
        let place = |run: &[Vec<Key>]| {
            let start = run.as_ptr().addr() - words.as_ptr().addr();
            let start = start / size_of::<Vec<Key>>();
            start..start + run.len()
        };
        for most in [1, 2, 3, 7, 20, 100] {
            let places: Vec<_> = runs(&words, most).into_iter().map(place).collect();
            assert_eq!(places[0].start, 0);
            assert_eq!(places.last().map(|place| place.end), Some(words.len()));
            for two in places.windows(2) {
                assert!(two[0].start < two[1].start && two[1].start <= two[0].end, "{two:?}");
                assert!(two[0].len() < 2 || two[1].start < two[0].end, "{two:?}");
            }
            let terms = |place: &std::ops::Range<usize>| words[place.clone()].iter().map(Vec::len).sum::<usize>();
            assert!(places.iter().all(|place| terms(place) <= most || place.len() == 1));
        }
        assert!(runs(&[], 5).is_empty());
    }
}
