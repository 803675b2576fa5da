//! The hits of a window, with their number and the counts of facets over all matches, in one call.

use serde_json::{Map, Value, json};

use super::translate::{levels, query_of, scored};
use crate::index::{Error, Part, RemoteFound, RemoteIndex};
use crate::record::Facet;
use crate::search::agreement::Agreement;
use crate::search::ask::{Asked, Found};
use crate::search::facet::{FacetCounts, FacetValue, facet_label};
use crate::search::levels::MatchCounts;
use crate::search::options::Sort;

/// The most hits from the first one on that one call gives (OpenSearch's `index.max_result_window`).
const MAX_WINDOW: usize = 10_000;

/// Hits that one call reads where there are more; their records have some 2 KB each.
const HITS_AT_ONCE: usize = 1_000;

/// Values of a facet that are asked for where fewer are wanted, so that their number is exact up to here.
const VALUES: usize = 1_000;

/// The most values of a facet that one call gives (OpenSearch's `search.max_buckets`).
const MAX_VALUES: usize = 65_535;

/// Answers all of `asked`, the first searches of all of them in one call. Facets of which all values are wanted are counted
/// by a search each: what one search counts together is limited.
pub(super) fn find(remote: &RemoteIndex, asked: &[Asked<'_>]) -> Result<Vec<Found>, Error> {
    let index = remote.name_of(Part::Passages);
    let mut bodies = Vec::new();
    let mut searches = Vec::with_capacity(asked.len());
    for asked in asked {
        let wants_all = asked.options.facet_limit > VALUES;
        let together = if wants_all { 1 } else { asked.facets.len() };
        let (together, apart) = asked.facets.split_at(together.min(asked.facets.len()));
        bodies.push(body(asked, together));
        bodies.extend(apart.chunks(1).map(|facet| counting(asked, facet)));
        searches.push(apart.len());
    }
    let answers = match bodies.as_slice() {
        [body] => vec![remote.client().search(Some(&index), body)?],
        bodies => remote
            .client()
            .msearch(bodies.iter().map(|body| (index.as_str(), body)))?,
    };
    let mut answers = answers.into_iter();
    let mut all = Vec::with_capacity(asked.len());
    for (asked, apart) in asked.iter().zip(searches) {
        let mut answer = answers.next().unwrap_or_default();
        for apart in answers.by_ref().take(apart) {
            join_aggregations(&mut answer.aggregations, apart.aggregations);
        }
        all.push(found(remote, &index, asked, answer)?);
    }
    Ok(all)
}

/// Returns a search that only counts values of `facets` over the matches of `asked`.
fn counting(asked: &Asked<'_>, facets: &[Facet]) -> Value {
    json!({
        "size": 0,
        "track_total_hits": false,
        "query": { "bool": { "filter": [query_of(asked.ask)] } },
        "aggs": aggregations(facets, asked.options.facet_limit),
    })
}

/// Adds the aggregations `others` to those of another search.
fn join_aggregations(aggregations: &mut Value, others: Value) {
    match (aggregations.as_object_mut(), others) {
        (Some(all), Value::Object(others)) => all.extend(others),
        (None, others) => *aggregations = others,
        (Some(_), _) => {}
    }
}

/// Returns the aggregations that count values of `facets`, of each at most `limit` wanted ones.
fn aggregations(facets: &[Facet], limit: usize) -> Map<String, Value> {
    let mut aggregations = Map::new();
    for &facet in facets {
        aggregations.insert(facet.name().to_owned(), values_of(facet, limit));
        let distinct = json!({ "cardinality": { "field": facet.name(), "precision_threshold": 40_000 } });
        aggregations.insert(distinct_name(facet), distinct);
    }
    aggregations
}

/// Returns the first search for `asked`, which counts `facets`.
fn body(asked: &Asked<'_>, facets: &[Facet]) -> Value {
    let options = asked.options;
    let mut aggregations = aggregations(facets, options.facet_limit);
    let of_levels: Map<String, Value> = levels(asked.marks)
        .into_iter()
        .map(|(level, query)| (level.name().to_owned(), query))
        .collect();
    if !of_levels.is_empty() {
        aggregations.insert("levels".to_owned(), json!({ "filters": { "filters": of_levels } }));
    }
    // No score is computed where none is asked for.
    let needs_scores = options.limit > 0 && options.sort == Sort::Relevance;
    let query = match needs_scores {
        true => scored(asked.ask, asked.marks, asked.gains),
        false => json!({ "bool": { "filter": [query_of(asked.ask)] } }),
    };
    let mut body = json!({ "track_total_hits": true, "query": query, "size": 0 });
    if options.limit > 0 {
        let fits = options.offset.saturating_add(options.limit) <= MAX_WINDOW;
        let (from, size) = match fits {
            true => (options.offset, options.limit),
            false => (0, HITS_AT_ONCE),
        };
        body["from"] = json!(from);
        body["size"] = json!(size);
        body["sort"] = sort(options.sort);
        body["_source"] = json!(["record"]);
    }
    if !aggregations.is_empty() {
        body["aggs"] = Value::Object(aggregations);
    }
    body
}

/// Returns the order of hits: ties are broken by the id of the document, then by the position of the passage in it.
fn sort(sort: Sort) -> Value {
    let place = [json!({ "owner": "asc" }), json!({ "order": "asc" })];
    let by_date = |order| json!({ "date": { "order": order, "missing": "_last" } });
    let first = match sort {
        Sort::Relevance => Some(json!({ "_score": "desc" })),
        Sort::Document => None,
        Sort::Date => Some(by_date("desc")),
        Sort::Oldest => Some(by_date("asc")),
    };
    first.into_iter().chain(place).collect()
}

/// Reads the answer to the first call for `asked`, and the rest of the hits if they are many.
fn found(remote: &RemoteIndex, index: &str, asked: &Asked<'_>, answer: RemoteFound) -> Result<Found, Error> {
    let options = asked.options;
    let total = answer.total.unwrap_or_default() as usize;
    let mut found = Found {
        matches: matches(total, &answer.aggregations["levels"]),
        facets: Vec::with_capacity(asked.facets.len()),
        hits: Vec::new(),
    };
    for &facet in asked.facets {
        let distinct = answer.aggregations[&distinct_name(facet)]["value"].as_u64();
        let values = &answer.aggregations[facet.name()];
        found
            .facets
            .push(counts(facet, values, distinct.unwrap_or_default(), options.facet_limit));
    }
    let fits = options.offset.saturating_add(options.limit) <= MAX_WINDOW;
    let mut skip = if fits { 0 } else { options.offset };
    let mut hits = answer.hits;
    loop {
        let last = hits.last().map(|hit| hit.sort.clone());
        for hit in hits {
            if skip > 0 {
                skip -= 1;
                continue;
            }
            if found.hits.len() == options.limit {
                return Ok(found);
            }
            let score = match options.sort {
                Sort::Relevance => hit
                    .sort
                    .first()
                    .and_then(Value::as_f64)
                    .or(hit.score)
                    .unwrap_or_default() as f32,
                Sort::Document | Sort::Date | Sort::Oldest => 0.0,
            };
            found.hits.push((score, remote.passage(&hit.id, &hit.source)?));
        }
        let Some(last) = last.filter(|_| !fits && found.hits.len() < options.limit) else {
            return Ok(found);
        };
        let mut next = body(asked, &[]);
        if let Some(next) = next.as_object_mut() {
            next.remove("aggs");
            next.insert("search_after".to_owned(), Value::Array(last));
        }
        hits = remote.client().search(Some(index), &next)?.hits;
    }
}

/// Returns the numbers of `total` passages by the counts of those that agree at each level or better.
fn matches(total: usize, levels: &Value) -> MatchCounts {
    let mut matches = MatchCounts::default();
    let buckets = &levels["buckets"];
    if buckets.is_null() {
        matches.exact = total;
        return matches;
    }
    let mut counted = 0;
    for level in crate::search::agreement::LEVELS {
        let agreeing = buckets[level.name()]["doc_count"].as_u64().unwrap_or_default() as usize;
        matches.add(level, agreeing.saturating_sub(counted));
        counted = counted.max(agreeing);
    }
    matches.add(Agreement::Folded, total.saturating_sub(counted));
    matches
}

/// Returns the aggregation that counts the values of a facet, of which at most `limit` are wanted.
pub(super) fn values_of(facet: Facet, limit: usize) -> Value {
    let size = if limit <= VALUES { VALUES } else { MAX_VALUES };
    // Each shard sends as many as one call gives: the counts of the values that are sent are exact.
    json!({ "terms": { "field": facet.name(), "size": size, "shard_size": MAX_VALUES } })
}

/// Returns the values that an aggregation counted, most frequent first, equally frequent ones by value.
pub(super) fn buckets(values: &Value) -> impl Iterator<Item = (&str, u64)> {
    let buckets = values["buckets"].as_array().map(Vec::as_slice).unwrap_or_default();
    let bucket = |bucket: &'_ Value| bucket["doc_count"].as_u64();
    buckets
        .iter()
        .filter_map(move |one| Some((one["key"].as_str()?, bucket(one)?)))
}

/// Returns the name of the aggregation that counts the different values of a facet.
fn distinct_name(facet: Facet) -> String {
    format!("{}_values", facet.name())
}

/// Returns the first `limit` of the values that an aggregation counted; there are `distinct` ones in all, or about so many
/// if more were counted than one call gives.
fn counts(facet: Facet, values: &Value, distinct: u64, limit: usize) -> FacetCounts {
    let sent = buckets(values).count();
    let rest = values["sum_other_doc_count"].as_u64().unwrap_or_default();
    let all = if rest == 0 { sent } else { sent.max(distinct as usize) };
    let shown = buckets(values).take(limit).map(|(value, count)| FacetValue {
        label: facet_label(facet, value),
        value: value.to_owned(),
        count,
    });
    let shown: Vec<FacetValue> = shown.collect();
    FacetCounts {
        facet,
        left: all - shown.len().min(all),
        values: shown,
    }
}
