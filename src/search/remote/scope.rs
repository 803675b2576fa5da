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

/// The most shingles of one question; OpenSearch takes 1,024 clauses unless it is told otherwise.
const MAX_SHINGLES: usize = 1_000;

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
        let weights = shingles.iter().take(MAX_SHINGLES).map(|(shingle, weight)| {
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
        let mut found = Vec::new();
        if let Some(query) = consecutive(words) {
            let query = json!({ "bool": { "filter": [self.query(query)] } });
            each_located(self.remote, query, |passage| found.push(passage))?;
        }
        Ok(found)
    }
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
