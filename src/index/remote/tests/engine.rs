//! A simple engine in memory: the part of the dialect of OpenSearch that writing an index needs, without analysis and
//! ranking. Searches see what was refreshed, reads by id see everything.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

/// A document.
#[derive(Clone, Debug)]
pub(super) struct Doc {
    pub(super) source: Value,
    version: u64,
    seq_no: u64,
}

/// An index of the engine.
#[derive(Clone, Debug, Default)]
pub(super) struct EngineIndex {
    pub(super) replicas: u64,
    docs: BTreeMap<String, Doc>,
    /// The versions of deleted documents.
    deleted: BTreeMap<String, u64>,
    pub(super) visible: BTreeMap<String, Doc>,
    seq_no: u64,
}

/// The engine.
#[derive(Clone, Debug, Default)]
pub(super) struct Engine {
    pub(super) indexes: BTreeMap<String, EngineIndex>,
    /// Aliases, each with its index.
    pub(super) aliases: BTreeSet<(String, String)>,
}

type Answer = (u16, Value);

/// Returns the answer that is an error.
pub(super) fn error(status: u16, kind: &str, reason: &str) -> Answer {
    let cause = json!({ "type": kind, "reason": reason });
    let body = json!({ "error": { "type": kind, "reason": reason, "root_cause": [cause] }, "status": status });
    (status, body)
}

fn no_index(name: &str) -> Answer {
    error(404, "index_not_found_exception", &format!("no such index [{name}]"))
}

impl Engine {
    /// Answers a call; `target` is the path with parameters.
    pub(super) fn answer(&mut self, method: &str, target: &str, body: &str) -> Answer {
        let (path, parameters) = target.split_once('?').unwrap_or((target, ""));
        let parts: Vec<&str> = path.split('/').skip(1).collect();
        let json = || serde_json::from_str::<Value>(body).unwrap_or_default();
        match (method, &parts[..]) {
            ("GET", [""]) => (
                200,
                json!({ "version": { "distribution": "opensearch", "number": "3.1.0" } }),
            ),
            ("GET", ["_alias", pattern]) => (200, self.aliased(pattern)),
            ("POST", ["_aliases"]) => self.move_aliases(&json()),
            ("GET", ["_cat", "indices", pattern]) => (200, self.list(pattern)),
            ("POST", ["_bulk"]) => self.bulk(body),
            ("PUT", [name]) => self.create(name),
            ("DELETE", [name]) => match self.indexes.remove(*name) {
                Some(_) => (200, json!({ "acknowledged": true })),
                None => no_index(name),
            },
            ("GET", [name, "_settings"]) => match self.indexes.get(*name) {
                Some(index) => {
                    let settings = json!({ "number_of_shards": "1", "number_of_replicas": index.replicas.to_string() });
                    (200, json!({ *name: { "settings": { "index": settings } } }))
                }
                None => no_index(name),
            },
            ("PUT", [names, "_settings"]) => {
                for name in names.split(',') {
                    let Some(index) = self.indexes.get_mut(name) else {
                        return no_index(name);
                    };
                    index.replicas = json()["index"]["number_of_replicas"].as_u64().unwrap();
                }
                (200, json!({ "acknowledged": true }))
            }
            ("POST", [names, "_refresh"]) => {
                for name in names.split(',') {
                    let Some(index) = self.indexes.get_mut(name) else {
                        return no_index(name);
                    };
                    index.visible = index.docs.clone();
                }
                (200, json!({ "_shards": { "total": 1, "successful": 1, "failed": 0 } }))
            }
            (_, [name, rest @ ..]) => match self.indexes.get_mut(*name) {
                None => no_index(name),
                Some(index) => index.answer(method, rest, parameters, &json()),
            },
            _ => error(400, "illegal_argument_exception", "no such call"),
        }
    }

    fn create(&mut self, name: &str) -> Answer {
        if self.indexes.contains_key(name) {
            return error(400, "resource_already_exists_exception", "it exists");
        }
        self.indexes.insert(name.to_owned(), EngineIndex::default());
        (200, json!({ "acknowledged": true }))
    }

    fn aliased(&self, pattern: &str) -> Value {
        let begin = pattern.trim_end_matches('*');
        let mut answer = json!({});
        for (alias, index) in self.aliases.iter().filter(|(alias, _)| alias.starts_with(begin)) {
            answer[index]["aliases"][alias] = json!({});
        }
        answer
    }

    fn list(&self, pattern: &str) -> Value {
        let begin = pattern.trim_end_matches('*');
        let names = self.indexes.keys().filter(|name| name.starts_with(begin));
        names.map(|name| json!({ "index": name })).collect()
    }

    fn move_aliases(&mut self, body: &Value) -> Answer {
        let mut aliases = self.aliases.clone();
        for action in body["actions"].as_array().unwrap() {
            let (verb, pair) = action.as_object().unwrap().iter().next().unwrap();
            let text = |key: &str| pair[key].as_str().unwrap().to_owned();
            let pair = (text("alias"), text("index"));
            if !self.indexes.contains_key(&pair.1) {
                return no_index(&pair.1);
            }
            let known = match verb.as_str() {
                "add" => {
                    aliases.insert(pair);
                    true
                }
                _ => aliases.remove(&pair),
            };
            if !known {
                return error(404, "aliases_not_found_exception", "aliases missing");
            }
        }
        self.aliases = aliases;
        (200, json!({ "acknowledged": true }))
    }

    fn bulk(&mut self, body: &str) -> Answer {
        let mut lines = body.lines();
        let mut items = Vec::new();
        while let Some(action) = lines.next() {
            let action: Value = serde_json::from_str(action).unwrap();
            let (verb, action) = action.as_object().unwrap().iter().next().unwrap();
            let index = self.indexes.get_mut(action["_index"].as_str().unwrap()).unwrap();
            let id = action["_id"].as_str().unwrap();
            let version = action["version"].as_u64().unwrap();
            let least = version + u64::from(action["version_type"] == "external_gte");
            let source = (verb == "index").then(|| serde_json::from_str(lines.next().unwrap()).unwrap());
            let status = index.write(id, source, version, least);
            let mut item = json!({ "_id": id, "status": status });
            if status == 409 {
                item["error"] = json!({ "type": "version_conflict_engine_exception", "reason": "later" });
            }
            items.push(json!({ verb: item }));
        }
        (200, json!({ "errors": false, "items": items }))
    }

    /// Returns what searches of a part see through its alias; nothing without one.
    pub(super) fn seen(&self, alias: &str) -> BTreeMap<String, Value> {
        let index = self.aliases.iter().find(|(known, _)| known == alias);
        let index = index.and_then(|(_, index)| self.indexes.get(index));
        let visible = index.iter().flat_map(|index| &index.visible);
        visible.map(|(id, doc)| (id.clone(), doc.source.clone())).collect()
    }
}

impl EngineIndex {
    /// Puts a document, or deletes it without a source, unless its version is `least` or more; returns the status.
    fn write(&mut self, id: &str, source: Option<Value>, version: u64, least: u64) -> u16 {
        let now = self
            .docs
            .get(id)
            .map(|doc| doc.version)
            .or(self.deleted.get(id).copied());
        if now.is_some_and(|now| now >= least) {
            return 409;
        }
        self.seq_no += 1;
        match source {
            Some(source) => {
                self.deleted.remove(id);
                let seq_no = self.seq_no;
                let doc = Doc {
                    source,
                    version,
                    seq_no,
                };
                if self.docs.insert(id.to_owned(), doc).is_some() {
                    200
                } else {
                    201
                }
            }
            None => {
                self.deleted.insert(id.to_owned(), version);
                if self.docs.remove(id).is_some() { 200 } else { 404 }
            }
        }
    }

    fn answer(&mut self, method: &str, rest: &[&str], parameters: &str, body: &Value) -> Answer {
        let shards = json!({ "total": 1, "successful": 1, "failed": 0 });
        match (method, rest) {
            ("GET", ["_doc", id]) => match self.docs.get(*id) {
                Some(doc) => {
                    let (seq_no, source) = (doc.seq_no, &doc.source);
                    (
                        200,
                        json!({ "_id": id, "found": true, "_seq_no": seq_no, "_primary_term": 1, "_source": source }),
                    )
                }
                None => (404, json!({ "_id": id, "found": false })),
            },
            ("DELETE", ["_doc", id]) => match self.docs.remove(*id) {
                Some(_) => (200, json!({ "result": "deleted" })),
                None => (404, json!({ "result": "not_found" })),
            },
            ("PUT", ["_doc", id]) => {
                let now = self.docs.get(*id).map(|doc| (doc.seq_no, doc.version));
                let holds = match parameters.strip_prefix("if_seq_no=") {
                    Some(number) => {
                        let number: u64 = number.split('&').next().unwrap().parse().unwrap();
                        now.is_some_and(|(seq_no, _)| seq_no == number)
                    }
                    None => now.is_none(),
                };
                if !holds {
                    return error(409, "version_conflict_engine_exception", "it changed");
                }
                let version = now.map_or(0, |(_, version)| version) + 1;
                self.write(id, Some(body.clone()), version, version);
                (200, json!({ "_id": id, "_seq_no": self.seq_no, "_primary_term": 1 }))
            }
            ("POST", ["_count"]) => {
                let count = self
                    .visible
                    .values()
                    .filter(|doc| matches(&doc.source, &body["query"]))
                    .count();
                (200, json!({ "count": count, "_shards": shards }))
            }
            ("POST", ["_search"]) => {
                let hits = self.search(body);
                (
                    200,
                    json!({ "timed_out": false, "_shards": shards, "hits": { "hits": hits } }),
                )
            }
            ("POST", ["_delete_by_query"]) => {
                let found = self
                    .visible
                    .iter()
                    .filter(|(_, doc)| matches(&doc.source, &body["query"]));
                let found: Vec<(String, u64)> = found.map(|(id, doc)| (id.clone(), doc.seq_no)).collect();
                let mut deleted = 0;
                for (id, seq_no) in found {
                    // One that was put anew since is a conflict.
                    if self.docs.get(&id).is_some_and(|doc| doc.seq_no == seq_no) {
                        let version = self.docs[&id].version + 1;
                        self.write(&id, None, version, version);
                        deleted += 1;
                    }
                }
                (200, json!({ "deleted": deleted, "timed_out": false, "failures": [] }))
            }
            _ => error(400, "illegal_argument_exception", "no such call"),
        }
    }

    fn search(&self, body: &Value) -> Vec<Value> {
        let fields = body["sort"].as_array().unwrap().iter();
        let fields: Vec<&String> = fields
            .map(|sort| sort.as_object().unwrap().keys().next().unwrap())
            .collect();
        let key = |doc: &Doc| -> Vec<Value> { fields.iter().map(|field| doc.source[*field].clone()).collect() };
        let after = body["search_after"].as_array();
        let mut hits: Vec<_> = self.visible.iter().map(|(id, doc)| (key(doc), id)).collect();
        // The first field is the id, which is a text.
        hits.sort_by(|one, other| one.0[0].as_str().cmp(&other.0[0].as_str()));
        let later = hits
            .into_iter()
            .filter(|(key, _)| after.is_none_or(|after| key[0].as_str() > after[0].as_str()));
        let page = later.take(body["size"].as_u64().unwrap() as usize);
        page.map(|(key, id)| json!({ "_id": id, "sort": key })).collect()
    }
}

/// Returns true if a document matches a query.
fn matches(source: &Value, query: &Value) -> bool {
    let (kind, inner) = query.as_object().unwrap().iter().next().unwrap();
    match kind.as_str() {
        "match_all" => true,
        "bool" => inner["filter"]
            .as_array()
            .unwrap()
            .iter()
            .all(|query| matches(source, query)),
        "terms" => {
            let (field, terms) = inner.as_object().unwrap().iter().next().unwrap();
            terms.as_array().unwrap().contains(&source[field])
        }
        "range" => {
            let (field, bounds) = inner.as_object().unwrap().iter().next().unwrap();
            let number = source[field].as_u64().unwrap();
            bounds["lt"].as_u64().is_none_or(|end| number < end) && bounds["gt"].as_u64().is_none_or(|end| number > end)
        }
        other => panic!("no such query: {other}"),
    }
}
