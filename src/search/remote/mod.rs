//! An engine that is asked over the network: OpenSearch, which ranks as the embedded engine does.
//!
//! [`translate`] writes questions in its language. One call has the hits of a window, their number by the agreement of
//! marks, and the counts of facets; statistics of terms were asked for before, all in one call. Nothing is scored again
//! here.

mod scope;
mod translate;
mod window;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Value, json};

use super::ask::{Ask, Asked, Found, Key, TermField};
use super::engine::{Engine, Scope, greatest_that};
use super::facet::{FacetCounts, FacetValue, facet_label};
use super::located::{LocatedPassage, PassageKey};
use crate::index::{Error, Index, Part, RemoteIndex, StoredPassage};
use crate::record::{CitedAt, Facet};
use scope::RemoteScope;
use translate::{field_name, query_of};

/// Passages that are read in one call.
const READ_AT_ONCE: usize = 500;

/// Questions that are asked in one call; of more, each is large too.
const MAX_ASKED_TOGETHER: usize = 16;

/// Citations that are read in one call; each has some 2 KB.
const CITATIONS_AT_ONCE: usize = 2_000;

/// Values of a facet that are read in one call.
const VALUES_AT_ONCE: usize = 10_000;

/// The passages of an index in an engine.
pub(super) struct Remote<'i> {
    index: &'i Index,
    remote: &'i RemoteIndex,
}

/// The most numbers of passages that are kept for values of facets; strangers may ask for any.
const MAX_FREQUENCIES: usize = 10_000;

/// The numbers of passages that have terms other than words, each looked up at its first use. Those of words are kept
/// with the index.
#[derive(Default)]
struct KnownFrequencies(Mutex<HashMap<Key, u64>>);

/// The values of facets, read at their first use.
#[derive(Default)]
struct KnownValues(Mutex<BTreeMap<Facet, Arc<BTreeSet<String>>>>);

impl<'i> Remote<'i> {
    /// Returns the engine of `index`, which is `remote`.
    pub(super) const fn of(index: &'i Index, remote: &'i RemoteIndex) -> Self {
        Self { index, remote }
    }

    /// Reads all values of a facet.
    fn read_values(&self, facet: Facet) -> Result<BTreeSet<String>, Error> {
        let mut values = BTreeSet::new();
        let passages = self.remote.name_of(Part::Passages);
        let source = json!([{ "value": { "terms": { "field": facet.name() } } }]);
        let mut composite = json!({ "size": VALUES_AT_ONCE, "sources": source });
        loop {
            let body = json!({
                "size": 0,
                "track_total_hits": false,
                "aggs": { "values": { "composite": composite } },
            });
            let found = self.remote.client().search(Some(&passages), &body)?;
            let page = &found.aggregations["values"];
            let buckets = page["buckets"].as_array().map(Vec::as_slice).unwrap_or_default();
            let found = buckets.iter().filter_map(|bucket| bucket["key"]["value"].as_str());
            values.extend(found.map(str::to_owned));
            match page.get("after_key") {
                Some(after) if !buckets.is_empty() => composite["after"] = after.clone(),
                _ => return Ok(values),
            }
        }
    }
}

impl<'i> Engine<'i> for Remote<'i> {
    fn frequencies(&self, keys: &[Key]) -> Result<Vec<u64>, Error> {
        let words = keys.iter().filter(|key| key.field == TermField::Folded);
        let words: Vec<&str> = words.map(|key| key.text.as_str()).collect();
        self.remote.look_up(&words, &[])?;
        let known = self.index.kept(|_| Ok(KnownFrequencies::default()))?;
        let known = || known.0.lock().unwrap_or_else(PoisonError::into_inner);
        let others: Vec<&Key> = keys.iter().filter(|key| key.field != TermField::Folded).collect();
        let mut counts: HashMap<&Key, u64> = {
            let known = known();
            let of = |key: &&'_ Key| known.get(*key).copied();
            others.iter().filter_map(|key| Some((*key, of(key)?))).collect()
        };
        let unknown: Vec<&Key> = others.into_iter().filter(|key| !counts.contains_key(key)).collect();
        let queries: Vec<Value> = unknown
            .iter()
            .map(|key| json!({ "term": { field_name(key.field): key.text } }))
            .collect();
        let counted = self.remote.counts(&queries)?;
        {
            let mut known = known();
            if known.len() + unknown.len() > MAX_FREQUENCIES {
                known.clear();
            }
            known.extend(unknown.iter().map(|key| (*key).clone()).zip(counted.iter().copied()));
        }
        counts.extend(unknown.into_iter().zip(counted));
        let frequency = |key: &Key| match key.field {
            TermField::Folded => self.remote.passages_with_word(&key.text),
            _ => Ok(counts.get(key).copied().unwrap_or_default()),
        };
        keys.iter().map(frequency).collect()
    }

    fn terms_beginning(&self, field: TermField, beginning: &str, most: usize) -> Result<(Vec<String>, bool), Error> {
        self.remote.terms_beginning(&field_name(field), beginning, most)
    }

    fn values(&self, facet: Facet) -> Result<Arc<BTreeSet<String>>, Error> {
        let known = self.index.kept(|_| Ok(KnownValues::default()))?;
        let values = || known.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(values) = values().get(&facet) {
            return Ok(Arc::clone(values));
        }
        let read = Arc::new(self.read_values(facet)?);
        values().insert(facet, Arc::clone(&read));
        Ok(read)
    }

    fn find(&self, asked: &[Asked<'_>]) -> Result<Vec<Found>, Error> {
        window::find(self.remote, asked)
    }

    fn most_matching(&self, most: usize, ask: &mut dyn FnMut(usize) -> Ask) -> Result<usize, Error> {
        if most > MAX_ASKED_TOGETHER {
            return greatest_that(most, |number| {
                let counts = self.remote.counts(&[query_of(&ask(number))])?;
                Ok(counts.iter().any(|count| *count > 0))
            });
        }
        let queries: Vec<Value> = (1..=most).map(|number| query_of(&ask(number))).collect();
        let counts = self.remote.counts(&queries)?;
        Ok(counts.iter().rposition(|count| *count > 0).map_or(0, |last| last + 1))
    }

    fn positions(&self, ask: &Ask) -> Result<HashMap<String, HashSet<usize>>, Error> {
        let mut by_document: HashMap<String, HashSet<usize>> = HashMap::new();
        scope::each_located(self.remote, query_of(ask), |passage| {
            let positions = by_document.entry(passage.document.to_string()).or_default();
            positions.insert(passage.order);
        })?;
        Ok(by_document)
    }

    fn has_citations(&self) -> bool {
        true
    }

    fn each_citation(
        &self,
        keys: Option<&[String]>,
        ask: &Ask,
        take: &mut dyn FnMut(CitedAt) -> Result<(), Error>,
    ) -> Result<(), Error> {
        // A citation has the fields of its passage, so what passages are asked is asked of citations too.
        let mut filter = vec![query_of(ask)];
        filter.extend(keys.map(|keys| json!({ "terms": { "key": keys } })));
        let body = json!({
            "size": CITATIONS_AT_ONCE,
            "track_total_hits": false,
            "query": { "bool": { "filter": filter } },
            "sort": [{ "owner": "asc" }, { "number": "asc" }],
            "_source": ["record"],
        });
        self.remote.each_hit(Part::Citations, body, |hit| {
            take(self.remote.citation(&hit.id, &hit.source)?)
        })
    }

    fn scope(&self, ask: Option<&Ask>, without: &[String]) -> Result<Box<dyn Scope + 'i>, Error> {
        Ok(Box::new(RemoteScope::of(self.remote, ask, without)))
    }

    fn read(&self, passages: &[&PassageKey]) -> Result<Vec<StoredPassage>, Error> {
        let mut read = Vec::with_capacity(passages.len());
        for passages in passages.chunks(READ_AT_ONCE) {
            let ids: Vec<(&str, &str)> = passages.iter().filter_map(|key| key.id()).collect();
            read.extend(self.remote.passages(&ids)?.into_iter().flatten());
        }
        Ok(read)
    }

    fn counts_over(&self, passages: &[&LocatedPassage], facet: Facet) -> Result<FacetCounts, Error> {
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        for passages in passages.chunks(VALUES_AT_ONCE) {
            let ids: Vec<&str> = passages
                .iter()
                .filter_map(|one| one.key.id())
                .map(|(id, _)| id)
                .collect();
            let body = json!({
                "size": 0,
                "track_total_hits": false,
                "query": { "terms": { "passage": ids } },
                "aggs": { "values": window::values_of(facet, usize::MAX) },
            });
            let index = self.remote.name_of(Part::Passages);
            let found = self.remote.client().search(Some(&index), &body)?;
            for (value, count) in window::buckets(&found.aggregations["values"]) {
                *counts.entry(value.to_owned()).or_default() += count;
            }
        }
        let value = |(value, count): (String, u64)| FacetValue {
            label: facet_label(facet, &value),
            value,
            count,
        };
        let mut values: Vec<FacetValue> = counts.into_iter().map(value).collect();
        values.sort_by(|one, other| other.count.cmp(&one.count).then_with(|| one.value.cmp(&other.value)));
        Ok(FacetCounts { facet, values, left: 0 })
    }
}
