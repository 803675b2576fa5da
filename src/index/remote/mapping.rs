//! The settings and mappings of the engine's indexes.
//!
//! No text is analyzed by the engine: a field of words has the terms that the embedded index has, as cells
//! ([`super::cells`]), and its analyzer only splits them. `pattern_capture` makes several terms of a cell at one
//! position. Of a passage nothing is stored but its record; everything else is there to search, filter, sort and count
//! by.
//!
//! | field | is there to |
//! |---|---|
//! | `folded`, `exact` | search words, in the order of the text; the first one is scored |
//! | `shingle` | find passages that share wording |
//! | `symbol`, `related`, `named` | find what the passage cites, and the names that it defines |
//! | `f_kind` and so on | filter by folded values |
//! | `kind` and so on | count values |
//! | `date`, `order`, `owner` | sort; `owner` is the document, also to delete by |
//! | `first_day`, `last_day` | filter by date |
//!
//! A citation has the fields of its passage, so that the filters of passages are filters of citations too, and some of
//! its own: `key` (under which it is counted), `identity`, `number` (its place among the citations of the document),
//! `own_symbol` and `own_related` (as `symbol` and `related`, of this citation alone), `own_kind`, `own_relation`, and
//! `own_name` (the syllables of the name).

use std::num::NonZero;

use serde_json::{Map, Value, json};

use super::names::Part;
use crate::record::Facet;

/// The largest term of Lucene has 32,766 bytes, and a char has at most four.
pub(super) const MAX_TERM_CHARS: usize = 8191;

/// The most chars of a cell.
pub(super) const MAX_CELL_CHARS: usize = 32_766;

/// Name of the analyzer of phrases that are asked for: they are cells, as in the index, and [holes](HOLE).
pub(crate) const ASKED_ANALYZER: &str = "asked";

/// Stands in a phrase for a place where any word may be.
pub(crate) const HOLE: char = '\u{3}';

/// Returns the name of the field that filters by a facet.
pub(crate) fn filter_field(facet: Facet) -> String {
    format!("f_{}", facet.name())
}

/// Returns the body that creates the engine's index of a part, without replicas.
pub(super) fn index_body(part: Part, shards: NonZero<u32>) -> Value {
    match part {
        Part::Passages => body(shards, "passages", passage_properties(), &["record"]),
        Part::Documents => body(shards, "documents", document_properties(), &[]),
        Part::Citations => body(shards, "citations", citation_properties(), &["record"]),
        // One document, of which nothing is searched.
        Part::State => json!({
            "settings": { "number_of_shards": 1, "number_of_replicas": 0 },
            "mappings": { "dynamic": false },
        }),
    }
}

/// Returns the body that creates the engine's index with the lease.
pub(super) fn writer_body() -> Value {
    json!({
        // A copy on a second node, if there is one.
        "settings": { "number_of_shards": 1, "auto_expand_replicas": "0-1" },
        "mappings": { "dynamic": false },
    })
}

/// Returns the body of an index with these fields, of which only the `stored` ones can be read (all, if none is named).
fn body(shards: NonZero<u32>, part: &str, properties: Map<String, Value>, stored: &[&str]) -> Value {
    let mut mappings = json!({ "dynamic": "strict" });
    if part != "documents" {
        mappings["_routing"] = json!({ "required": true });
    }
    if !stored.is_empty() {
        let excluded: Vec<&String> = properties
            .keys()
            .filter(|name| !stored.contains(&name.as_str()))
            .collect();
        mappings["_source"] = json!({ "excludes": excluded });
    }
    mappings["properties"] = Value::Object(properties);
    json!({
        "settings": {
            "number_of_shards": shards,
            "number_of_replicas": 0,
            // Whoever writes says when the new state can be seen.
            "refresh_interval": "-1",
            "similarity": {
                // Forms at one position count, as in the embedded index.
                "plain": { "type": "BM25", "k1": 1.2, "b": 0.75, "discount_overlaps": false },
            },
            "analysis": {
                "tokenizer": {
                    "cells": { "type": "whitespace", "max_token_length": MAX_CELL_CHARS },
                },
                "filter": {
                    "forms": { "type": "pattern_capture", "preserve_original": false, "patterns": ["([^|]+)"] },
                    "holes": { "type": "stop", "stopwords": [HOLE] },
                },
                "analyzer": {
                    "cells": { "type": "custom", "tokenizer": "cells", "filter": ["forms"] },
                    ASKED_ANALYZER: { "type": "custom", "tokenizer": "cells", "filter": ["forms", "holes"] },
                },
            },
        },
        "mappings": mappings,
    })
}

/// A keyword to search by.
fn term() -> Value {
    json!({ "type": "keyword", "doc_values": false, "ignore_above": MAX_TERM_CHARS })
}

/// A keyword to search, sort and count by.
fn key() -> Value {
    json!({ "type": "keyword", "ignore_above": MAX_TERM_CHARS })
}

/// A keyword to count by.
fn column() -> Value {
    json!({ "type": "keyword", "index": false, "ignore_above": MAX_TERM_CHARS })
}

/// Returns the fields that a passage and its citations have.
fn shared_properties() -> Map<String, Value> {
    let mut properties = Map::new();
    let mut add = |name: &str, mapping: Value| {
        properties.insert(name.to_owned(), mapping);
    };
    for name in ["symbol", "related"] {
        add(name, term());
    }
    for name in ["owner", "passage", "date"] {
        add(name, key());
    }
    add("order", json!({ "type": "integer" }));
    for name in ["first_day", "last_day", "generation"] {
        add(name, json!({ "type": "long" }));
    }
    add("record", json!({ "type": "binary" }));
    for &facet in Facet::ALL {
        add(&filter_field(facet), term());
        add(facet.name(), column());
    }
    properties
}

/// Returns the fields of a passage.
fn passage_properties() -> Map<String, Value> {
    let mut properties = shared_properties();
    let mut add = |name: &str, mapping: Value| {
        properties.insert(name.to_owned(), mapping);
    };
    add(
        "folded",
        json!({ "type": "text", "analyzer": "cells", "similarity": "plain" }),
    );
    add("exact", json!({ "type": "text", "analyzer": "cells", "norms": false }));
    add(
        "shingle",
        json!({ "type": "text", "analyzer": "whitespace", "norms": false, "index_options": "docs" }),
    );
    add("named", term());
    properties
}

/// Returns the fields of a document.
fn document_properties() -> Map<String, Value> {
    let mut properties = Map::new();
    for name in ["id", "folded_id", "date", "digest"] {
        properties.insert(name.to_owned(), key());
    }
    properties.insert("generation".to_owned(), json!({ "type": "long" }));
    for name in ["record", "parsed", "cites", "observed"] {
        properties.insert(name.to_owned(), json!({ "type": "binary" }));
    }
    properties
}

/// Returns the fields of a citation.
fn citation_properties() -> Map<String, Value> {
    let mut properties = shared_properties();
    for name in ["key", "identity", "own_kind", "own_relation"] {
        properties.insert(name.to_owned(), key());
    }
    for name in ["own_symbol", "own_related"] {
        properties.insert(name.to_owned(), term());
    }
    properties.insert("number".to_owned(), json!({ "type": "integer" }));
    properties.insert(
        "own_name".to_owned(),
        json!({ "type": "text", "analyzer": "whitespace", "norms": false, "index_options": "docs" }),
    );
    properties
}
