#!/usr/bin/env python3
"""Tries the engine that stands in for OpenSearch: every part of its dialect, with one shard and with three.

Usage: tests/engine/try.py      exit 3 where the engine is not available, 1 at the first thing that is wrong
"""

import gzip
import json
import math
import os
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))

MAPPING = {
    "dynamic": "strict",
    "_source": {"excludes": ["folded", "exact", "shingle", "symbol", "f_*"]},
    "_routing": {"required": True},
    "properties": {
        "folded": {"type": "text", "analyzer": "cells", "similarity": "plain"},
        "exact": {"type": "text", "analyzer": "cells", "norms": False},
        "shingle": {"type": "text", "analyzer": "whitespace", "norms": False, "index_options": "docs"},
        "symbol": {"type": "keyword", "doc_values": False},
        "f_province": {"type": "keyword", "doc_values": False},
        "province": {"type": "keyword", "index": False},
        "owner": {"type": "keyword"},
        "passage": {"type": "keyword"},
        "order": {"type": "integer"},
        "date": {"type": "keyword"},
        "first_day": {"type": "long"},
        "generation": {"type": "long"},
        "record": {"type": "binary"},
    },
}


def settings(shards):
    """The settings of an index of passages."""
    return {
        "number_of_shards": shards,
        "number_of_replicas": 0,
        "refresh_interval": "-1",
        "similarity": {"plain": {"type": "BM25", "k1": 1.2, "b": 0.75, "discount_overlaps": False}},
        "analysis": {
            "tokenizer": {"blanks": {"type": "whitespace", "max_token_length": 32766}},
            "filter": {"cells": {"type": "pattern_capture", "preserve_original": False, "patterns": ["([^|]+)"]}},
            "analyzer": {"cells": {"type": "custom", "tokenizer": "blanks", "filter": ["cells"]}},
        },
    }


class Engine:
    """A running engine, and calls to it."""

    def __init__(self):
        command = [os.path.join(HERE, "run")]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        first = self.process.stdout.readline()
        if not first.startswith("listening on "):
            sys.exit(self.process.wait())
        self.base = "http://" + first.split()[-1]

    def call(self, method, path, body=None, kind="application/json", headers=None):
        """The status and the answer."""
        if isinstance(body, (dict, list)):
            body = json.dumps(body)
        if isinstance(body, str):
            body = body.encode()
        headers = dict(headers or {})
        if body is not None:
            headers["content-type"] = kind
        request = urllib.request.Request(self.base + path, data=body, method=method, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                status, text = answer.status, answer.read()
        except urllib.error.HTTPError as error:
            status, text = error.code, error.read()
        return status, json.loads(text) if text else None

    def ok(self, method, path, body=None, **more):
        """The answer of a call that must succeed."""
        status, answer = self.call(method, path, body, **more)
        assert status in (200, 201), (method, path, status, answer)
        return answer

    def fails(self, status, wanted, method, path, body=None, **more):
        """Checks that a call is refused so."""
        got, answer = self.call(method, path, body, **more)
        assert got == status, (method, path, got, answer)
        roots = [root["type"] for root in answer["error"]["root_cause"]]
        assert answer["status"] == status and roots == [wanted], (method, path, answer)
        return answer["error"]

    def bulk(self, lines, path="/_bulk"):
        """The items of a bulk of these lines."""
        text = "".join(json.dumps(line) + "\n" for line in lines)
        answer = self.ok("POST", path, text, kind="application/x-ndjson")
        assert answer["errors"] == any("error" in item for each in answer["items"] for item in each.values())
        return [next(iter(each.values())) for each in answer["items"]]

    def search(self, index, body, query="search_type=dfs_query_then_fetch"):
        """The answer of a search."""
        return self.ok("POST", f"/{index}/_search?{query}", body)

    def ids(self, index, query, **more):
        """The ids that a query finds, by their order."""
        body = {"query": query, "size": 1000, "sort": [{"passage": "asc"}], **more}
        return [hit["_id"] for hit in self.search(index, body)["hits"]["hits"]]

    def scores(self, index, query, kind="dfs_query_then_fetch"):
        """The score of each id that a query finds."""
        answer = self.search(index, {"query": query, "size": 1000}, f"search_type={kind}")
        return {hit["_id"]: hit["_score"] for hit in answer["hits"]["hits"]}


# Document, passage, cells, provinces, date: words with several forms, phrases over them, a gap, an empty passage.
PASSAGES = [
    ("nq-1", "nq-1#0", "nghi quyet dai hoi doan|poan dang bo tinh", ["hue"], "2025-01-02"),
    ("nq-1", "nq-1#1", "doan dai bieu dang bo", ["hue", "quang-nam"], "2025-01-02"),
    ("nq-2", "nq-2#0", "bao cao cong tac xay dung dang bo tinh nam|~nam", ["ha-noi"], None),
    ("nq-2", "nq-2#1", "poan dang", ["ha-noi"], None),
    ("nq-3", "nq-3#0", "dang dang dang bo doan doan doan tinh", [], "2024-12-31"),
    ("nq-3", "nq-3#1", "\u0001", [], "2024-12-31"),
    ("nq-4", "nq-4#0", "dang \u0002 bo", ["hue"], "2025-03-04"),
    ("nq-5", "nq-5#0", "cong tac can bo va cong tac kiem tra", ["an-giang"], "2025-05-06"),
]


def source(place, generation=1):
    """One passage as it is indexed."""
    document, passage, cells, provinces, date = PASSAGES[place]
    fields = {
        "folded": cells, "exact": cells, "shingle": "17 4711", "symbol": [f"{place}-nq/tw"], "owner": document,
        "passage": passage, "order": place, "generation": generation, "record": "AAEC", "first_day": 20000 + place,
    }
    if provinces:
        fields.update(f_province=provinces, province=provinces)
    if date:
        fields["date"] = date
    return fields


def action(place, name="index", version=None):
    """The first line of one action."""
    document, passage = PASSAGES[place][:2]
    about = {"_index": "p-000001", "_id": passage, "routing": document}
    if version is not None:
        about.update(version=version, version_type="external")
    return {name: about}


def phrase(words, field="folded", **more):
    """A phrase of terms."""
    return {"match_phrase": {field: {"query": words, "analyzer": "whitespace", **more}}}


def close(some, other):
    """Whether two scores are the same but for rounding."""
    return math.isclose(some, other, rel_tol=1e-5, abs_tol=1e-6)


def try_indexes(engine, shards):
    """Making and refusing indexes; settings; the list of indexes."""
    body = {"settings": settings(shards), "mappings": MAPPING}
    assert engine.ok("PUT", "/p-000001", body)["acknowledged"]
    engine.fails(400, "resource_already_exists_exception", "PUT", "/p-000001", body)
    engine.fails(400, "invalid_index_name_exception", "PUT", "/P-1", body)
    assert engine.call("HEAD", "/p-000001")[0] == 200 and engine.call("HEAD", "/p-9")[0] == 404
    wrong = [
        ({"settings": {"number_of_shard": 1}}, "illegal_argument_exception"),
        ({"mappings": {"dynamic": "strict", "properties": {"a": {"type": "word"}}}}, "mapper_parsing_exception"),
        ({"mappings": {"dynamic": "strict", "properties": {"a": {"type": "keyword", "x": 1}}}},
         "mapper_parsing_exception"),
        ({"mappings": {"dynamic": "strict", "propertys": {}}}, "mapper_parsing_exception"),
        ({"mapping": {}}, "parsing_exception"),
        ({"settings": {"analysis": {"analyzer": {"a": {"type": "custom", "tokenizer": "x"}}}}},
         "illegal_argument_exception"),
    ]
    for body, kind in wrong:
        engine.fails(400, kind, "PUT", "/wrong", body)
    engine.fails(404, "index_not_found_exception", "GET", "/wrong")
    engine.fails(400, "illegal_argument_exception", "PUT", "/p-000001/_settings", {"index": {"number_of_shards": 5}})
    engine.fails(400, "illegal_argument_exception", "POST", "/p-000001/_search?sise=3", {})
    assert engine.call("POST", "/p-000001/_nothing")[0] == 400
    assert engine.call("PATCH", "/p-000001")[0] == 405
    assert engine.call("POST", "/p-000001/_search", "{}", kind="text/plain")[0] == 406
    engine.fails(400, "parse_exception", "POST", "/p-000001/_search", "{'query': 1}")


def try_bulk(engine, shards):
    """Items that pass and items that fail; versions; nothing is seen before a refresh, but by its id."""
    lines = []
    for place in range(len(PASSAGES)):
        lines += [action(place, version=5), source(place)]
    items = engine.bulk(lines)
    assert [item["status"] for item in items] == [201] * len(PASSAGES), items
    assert items[0]["result"] == "created" and items[0]["_version"] == 5 and items[0]["_primary_term"] == 1
    assert engine.search("p-000001", {})["hits"]["total"]["value"] == 0
    got = engine.ok("GET", "/p-000001/_doc/nq-1%230?routing=nq-1")
    assert got["found"] and got["_routing"] == "nq-1" and "folded" not in got["_source"] and got["_version"] == 5
    refreshed = engine.ok("POST", "/p-000001/_refresh")
    assert refreshed["_shards"] == {"total": shards, "successful": shards, "failed": 0}
    assert engine.ok("POST", "/p-000001/_count", {})["count"] == len(PASSAGES)
    items = engine.bulk([
        action(0, version=5), source(0),
        action(1, version=6), source(1, 6),
        action(2, "create"), source(2),
        {"index": {"_index": "p-000001", "_id": "x"}}, source(0),
        {"index": {"_index": "p-000001", "_id": "x", "routing": "x"}}, {"unknown": 1},
        {"index": {"_index": "p-000001", "_id": "x", "routing": "x"}}, {"order": "three"},
        {"index": {"_index": "p-000001", "_id": "x", "routing": "x"}}, {"order": 2 ** 31},
        {"index": {"_index": "p-000001", "_id": "x", "routing": "x"}}, {"symbol": "x" * 40000},
        {"index": {"_index": "p-000009", "_id": "x", "routing": "x"}}, source(0),
        {"delete": {"_index": "p-000001", "_id": "x", "routing": "x"}},
    ])
    got = [(item["status"], item.get("error", {}).get("type")) for item in items]
    assert got == [
        (409, "version_conflict_engine_exception"), (200, None), (409, "version_conflict_engine_exception"),
        (400, "routing_missing_exception"), (400, "strict_dynamic_mapping_exception"),
        (400, "mapper_parsing_exception"), (400, "mapper_parsing_exception"), (400, "illegal_argument_exception"),
        (404, "index_not_found_exception"), (404, None)], got
    reason = "[nq-1#0]: version conflict, current version [5] is higher or equal to the one provided [5]"
    assert items[0]["error"]["reason"] == reason, items[0]
    engine.ok("POST", "/p-000001/_refresh")
    assert engine.ok("POST", "/p-000001/_count")["count"] == len(PASSAGES)
    for text, kind in [
        ('{"index":{"_index":"p-000001","_id":"x","routing":"x"}}\n{}', "illegal_argument_exception"),
        ('{"update":{"_index":"p-000001","_id":"x","routing":"x"}}\n{}\n', "illegal_argument_exception"),
        ('{"index":{"_index":"p-000001","_id":"x","rooting":"x"}}\n{}\n', "illegal_argument_exception"),
        ('{"index":{"_index":"p-000001","_id":"x","version":3}}\n{}\n', "action_request_validation_exception"),
        ("\n", "parsing_exception"),
    ]:
        engine.fails(400, kind, "POST", "/_bulk", text, kind="application/x-ndjson")
    zipped = gzip.compress((json.dumps(action(0, version=4)) + "\n" + json.dumps(source(0)) + "\n").encode())
    answer = engine.ok("POST", "/_bulk", zipped, headers={"content-encoding": "gzip"})
    assert answer["errors"] and answer["items"][0]["index"]["status"] == 409
    row = engine.ok("GET", "/_cat/indices/p-*?format=json&h=index,docs.count,pri,rep,health,status")
    assert row == [{"index": "p-000001", "docs.count": "8", "pri": str(shards), "rep": "0", "health": "green",
                    "status": "open"}], row
    assert engine.ok("GET", "/_cat/indices/none-*?format=json") == []


def try_queries(engine):
    """What each query finds."""
    def found(query):
        return engine.ids("p-000001", query)

    def term(field, value):
        return {"term": {field: {"value": value}}}

    assert found(term("folded", "poan")) == ["nq-1#0", "nq-2#1"]
    assert found(term("folded", "doan")) == ["nq-1#0", "nq-1#1", "nq-3#0"]
    assert found(term("folded", "doan|poan")) == []
    assert found(phrase("hoi poan dang")) == found(phrase("hoi doan dang")) == ["nq-1#0"]
    assert found(phrase("tinh ~nam")) == ["nq-2#0"]
    assert found(phrase("dang bo")) == ["nq-1#0", "nq-1#1", "nq-2#0", "nq-3#0"]
    assert found(phrase("dang bo", slop=1)) == ["nq-1#0", "nq-1#1", "nq-2#0", "nq-3#0", "nq-4#0"]
    assert found(phrase("hoi doan|nothing dang")) == []
    assert found({"match_phrase": {"folded": "hoi doan|nothing dang"}}) == ["nq-1#0"]
    assert found({"prefix": {"folded": {"value": "kie"}}}) == ["nq-5#0"]
    assert found({"prefix": {"owner": "nq-2"}}) == ["nq-2#0", "nq-2#1"]
    assert found({"terms": {"f_province": ["an-giang", "quang-nam"]}}) == ["nq-1#1", "nq-5#0"]
    assert found({"range": {"first_day": {"gte": 20001, "lt": 20003}}}) == ["nq-1#1", "nq-2#0"]
    assert found({"range": {"date": {"lt": "2025"}}}) == ["nq-3#0", "nq-3#1"]
    assert found({"range": {"generation": {"lt": 6}}}) == [p[1] for i, p in enumerate(PASSAGES) if i != 1]
    assert found({"exists": {"field": "province"}}) == ["nq-1#0", "nq-1#1", "nq-2#0", "nq-2#1", "nq-4#0", "nq-5#0"]
    assert found({"ids": {"values": ["nq-5#0", "none"]}}) == ["nq-5#0"]
    assert found({"match_none": {}}) == [] and len(found({"match_all": {}})) == 8
    assert found({"bool": {"must_not": [term("folded", "dang")]}}) == ["nq-3#1", "nq-5#0"]
    assert found({"bool": {"must": [term("folded", "dang")], "must_not": [{"exists": {"field": "province"}}]}}) == [
        "nq-3#0"]
    three = [term("folded", word) for word in ("dang", "bo", "cong")]
    assert found({"bool": {"should": three, "minimum_should_match": 3}}) == ["nq-2#0"]
    assert found({"bool": {"should": three, "minimum_should_match": 4}}) == []
    assert found({"bool": {"should": three, "minimum_should_match": "-1"}}) == [
        "nq-1#0", "nq-1#1", "nq-2#0", "nq-3#0", "nq-4#0", "nq-5#0"]
    ordered = {"any_of": {"intervals": [{"match": {"query": "bao cao", "ordered": True, "max_gaps": 0}},
                                        {"match": {"query": "poan"}}, {"prefix": {"prefix": "kie"}}]}}
    assert found({"intervals": {"folded": ordered}}) == ["nq-1#0", "nq-2#0", "nq-2#1", "nq-5#0"]
    gaps = {"all_of": {"ordered": True, "max_gaps": 1, "intervals": [{"match": {"query": "dang"}},
                                                                     {"match": {"query": "bo"}}]}}
    assert found({"intervals": {"folded": gaps}}) == ["nq-1#0", "nq-1#1", "nq-2#0", "nq-3#0", "nq-4#0"]
    spans = {"span_near": {"in_order": True, "slop": 0, "clauses": [
        {"span_or": {"clauses": [{"span_term": {"folded": "hoi"}}, {"span_term": {"folded": {"value": "bo"}}}]}},
        {"span_or": {"clauses": [{"span_term": {"folded": "poan"}}, {"span_term": {"folded": "doan"}}]}}]}}
    assert found(spans) == ["nq-1#0", "nq-3#0"]
    for query, kind in [
        ({"term": {"folded": {"value": "a", "boots": 2}}}, "parsing_exception"),
        ({"match": {"folded": "a"}}, "parsing_exception"),
        ({"function_score": {}}, "parsing_exception"),
        ({"bool": {"musst": []}}, "parsing_exception"),
        ({"term": {"province": "hue"}}, "query_shard_exception"),
        ({"term": {"nothing": "hue"}}, "query_shard_exception"),
        (phrase("17 4711", "shingle"), "query_shard_exception"),
        (phrase("a b", "owner"), "query_shard_exception"),
        (phrase("a", analyzer="x"), "query_shard_exception"),
        ({"bool": {"should": [term("folded", str(i)) for i in range(1025)]}}, "query_shard_exception"),
        ({"dis_max": {"queries": [{"bool": {"should": [term("folded", f"{i}-{j}") for i in range(600)]}}
                                  for j in range(2)]}}, "too_many_nested_clauses"),
        ({"terms": {"owner": ["x"] * 65537}}, "query_shard_exception"),
    ]:
        engine.fails(400, kind, "POST", "/p-000001/_search", {"query": query})
    engine.fails(400, "parsing_exception", "POST", "/p-000001/_search", {"querry": {}})
    many = {"query": {"bool": {"should": [term("folded", str(i)) for i in range(1500)]}}}
    setting = "indices.query.bool.max_clause_count"
    engine.ok("PUT", "/_cluster/settings", {"persistent": {setting: 4096}})
    assert engine.search("p-000001", many)["hits"]["total"]["value"] == 0
    engine.ok("PUT", "/_cluster/settings", {"persistent": {setting: None}})
    engine.fails(400, "query_shard_exception", "POST", "/p-000001/_search", many)
    engine.fails(400, "illegal_argument_exception", "PUT", "/_cluster/settings", {"persistent": {"a": 1}})


def try_scores(engine, shards):
    """BM25 without the factor k1 + 1, the length with all forms; constants where OpenSearch 3 gives constants."""
    lengths = {p[1]: len(p[2].replace("|", " ").split()) for p in PASSAGES}
    counts = {p[1]: p[2].replace("|", " ").split().count("doan") for p in PASSAGES}
    found = {passage: count for passage, count in counts.items() if count}
    mean = sum(lengths.values()) / len(lengths)
    # The one rewritten passage is counted twice until segments are merged.
    engine.ok("POST", "/p-000001/_forcemerge?max_num_segments=1")
    inverse = math.log(1 + (len(PASSAGES) - len(found) + 0.5) / (len(found) + 0.5))
    scores = engine.scores("p-000001", {"term": {"folded": {"value": "doan", "boost": 2.2}}})
    assert scores.keys() == found.keys(), scores
    for passage, count in found.items():
        wanted = 2.2 * inverse * count / (count + 1.2 * (0.25 + 0.75 * lengths[passage] / mean))
        assert close(scores[passage], wanted), (passage, scores[passage], wanted)
    local = engine.scores("p-000001", {"term": {"folded": {"value": "doan", "boost": 2.2}}}, "query_then_fetch")
    assert (shards == 1) == all(close(local[passage], scores[passage]) for passage in found), (local, scores)
    both = engine.scores("p-000001", phrase("dang bo", boost=2.0))
    assert both["nq-3#0"] > 0 and not close(both["nq-3#0"], both["nq-1#1"])

    def constant(query, value):
        got = engine.scores("p-000001", query)
        assert got and all(close(score, value) for score in got.values()), (query, got)

    constant({"term": {"owner": {"value": "nq-1", "boost": 3.5}}}, 3.5)
    constant({"term": {"owner": "nq-1"}}, 1)
    constant({"terms": {"f_province": ["hue"], "boost": 2}}, 2)
    constant({"prefix": {"folded": {"value": "doa", "boost": 4}}}, 4)
    constant({"constant_score": {"filter": phrase("dang bo"), "boost": 1.5}}, 1.5)
    constant({"constant_score": {"filter": {"match_all": {}}, "boost": 0.0}}, 0)
    constant({"bool": {"must_not": [{"term": {"owner": "nq-1"}}]}}, 0)
    constant({"match_all": {"boost": 2}}, 2)
    constant({"dis_max": {"tie_breaker": 0.5, "queries": [{"match_all": {}}, {"match_all": {"boost": 4}}]}}, 4.5)
    constant({"bool": {"boost": 2, "filter": [{"match_all": {}}], "should": [{"match_all": {}}]}}, 2)
    explained = engine.ok("POST", "/p-000001/_explain/nq-3%230?routing=nq-3",
                          {"query": {"term": {"folded": {"value": "doan"}}}})
    assert explained["matched"] and explained["explanation"]["details"]
    if shards == 1:
        assert close(explained["explanation"]["value"] * 2.2, scores["nq-3#0"])
    missed = engine.ok("POST", "/p-000001/_explain/nq-5%230?routing=nq-5", {"query": {"term": {"folded": "doan"}}})
    assert missed["matched"] is False
    assert engine.call("POST", "/p-000001/_explain/x?routing=x", {"query": {"match_all": {}}})[0] == 404


def try_pages(engine, shards):
    """Order, pages, totals, sources, one shard by its routing."""
    everything = [p[1] for p in PASSAGES]
    answer = engine.search("p-000001", {"sort": [{"order": "desc"}], "from": 1, "size": 2, "_source": ["passage"],
                                        "track_total_hits": True})
    assert answer["timed_out"] is False and answer["took"] >= 0
    assert answer["_shards"] == {"total": shards, "successful": shards, "skipped": 0, "failed": 0}
    assert answer["hits"]["total"] == {"value": 8, "relation": "eq"} and answer["hits"]["max_score"] is None
    assert answer["hits"]["hits"] == [
        {"_index": "p-000001", "_id": everything[i], "_score": None, "_routing": PASSAGES[i][0],
         "_source": {"passage": everything[i]}, "sort": [i]} for i in (6, 5)], answer
    answer = engine.search("p-000001", {"size": 1, "track_total_hits": 3, "_source": False})
    assert answer["hits"]["total"] == {"value": 3, "relation": "gte"} and answer["hits"]["max_score"] == 1.0
    assert "_source" not in answer["hits"]["hits"][0] and "sort" not in answer["hits"]["hits"][0]
    assert "total" not in engine.search("p-000001", {"track_total_hits": False})["hits"]
    answer = engine.search("p-000001", {"sort": ["_score", {"date": {"order": "asc"}}, {"order": {"order": "asc"}}]})
    assert [hit["_id"] for hit in answer["hits"]["hits"]] == [everything[i] for i in (4, 5, 0, 1, 6, 7, 2, 3)]
    assert answer["hits"]["hits"][-1]["sort"] == [1.0, None, 3] and answer["hits"]["hits"][0]["_score"] == 1.0
    body = {"sort": [{"date": "desc"}, {"order": "asc"}], "size": 3}
    pages, after = [], None
    while True:
        hits = engine.search("p-000001", {**body, **({"search_after": after} if after else {})})["hits"]["hits"]
        if not hits:
            break
        pages.append([hit["_id"] for hit in hits])
        assert len(pages) < 9, pages
        after = hits[-1]["sort"]
    assert pages == [[everything[i] for i in page] for page in ((7, 6, 0), (1, 4, 5), (2, 3))], pages
    body = {"query": {"term": {"folded": "dang"}}, "sort": [{"_score": "desc"}, {"order": "asc"}], "size": 2}
    first = engine.search("p-000001", {**body, "size": 5})["hits"]["hits"]
    second = engine.search("p-000001", {**body, "search_after": first[1]["sort"]})["hits"]["hits"]
    assert [hit["_id"] for hit in second] == [hit["_id"] for hit in first[2:4]] and len(first) == 5
    routed = engine.search("p-000001", {"query": {"term": {"owner": "nq-1"}}}, "routing=nq-1")
    assert routed["_shards"]["total"] == 1 and routed["hits"]["total"]["value"] == 2
    assert len(engine.search("p-000001", {"from": 9990, "size": 10})["hits"]["hits"]) == 0
    engine.fails(400, "illegal_argument_exception", "POST", "/p-000001/_search", {"from": 9991, "size": 10})
    engine.fails(400, "illegal_argument_exception", "POST", "/p-000001/_search",
                 {"sort": [{"order": "asc"}], "search_after": [1, 2]})
    engine.fails(400, "query_shard_exception", "POST", "/p-000001/_search", {"sort": [{"nothing": "asc"}]})
    engine.fails(400, "illegal_argument_exception", "POST", "/p-000001/_search", {"sort": [{"symbol": "asc"}]})
    lines = [{"index": "p-000001", "search_type": "dfs_query_then_fetch"}, {"query": {"match_all": {}}, "size": 0},
             {"index": "p-000001"}, {"query": {"nothing": {}}}, {"index": "none"}, {}]
    text = "".join(json.dumps(line) + "\n" for line in lines)
    responses = engine.ok("POST", "/_msearch", text, kind="application/x-ndjson")["responses"]
    assert [response["status"] for response in responses] == [200, 400, 404]
    assert responses[0]["hits"]["total"]["value"] == 8 and responses[0]["hits"]["hits"] == []
    got = engine.ok("POST", "/_mget", {"docs": [
        {"_index": "p-000001", "_id": "nq-1#0", "routing": "nq-1", "_source": ["order"]},
        {"_index": "p-000001", "_id": "x", "routing": "x"}, {"_index": "p-000001", "_id": "x"}]})["docs"]
    assert got[0]["_source"] == {"order": 0} and got[1]["found"] is False
    assert got[2]["error"]["type"] == "routing_missing_exception"


def try_counts(engine):
    """Aggregations, and the refusal of those that are not known."""
    def counted(aggs, query=None):
        body = {"size": 0, "aggs": aggs}
        if query:
            body["query"] = query
        return engine.search("p-000001", body)["aggregations"]

    provinces = {"terms": {"field": "province", "size": 2}}
    answer = counted({"p": provinces})["p"]
    assert answer == {"doc_count_error_upper_bound": 0, "sum_other_doc_count": 2, "buckets": [
        {"key": "hue", "doc_count": 3}, {"key": "ha-noi", "doc_count": 2}]}, answer
    down = counted({"p": {"terms": {"field": "province", "order": {"_key": "desc"}}}})["p"]["buckets"]
    assert [bucket["key"] for bucket in down] == ["quang-nam", "hue", "ha-noi", "an-giang"]
    included = counted({"p": {"terms": {"field": "province", "include": "h.*"}}})["p"]["buckets"]
    assert [bucket["key"] for bucket in included] == ["hue", "ha-noi"]
    dang = {"term": {"folded": "dang"}}
    answer = counted({
        "f": {"filter": dang, "aggs": {"p": provinces, "latest": {"max": {"field": "first_day"}}}},
        "g": {"filters": {"filters": {"one": dang, "none": {"match_none": {}}}}},
        "owners": {"cardinality": {"field": "owner"}}, "sum": {"sum": {"field": "order"}},
        "least": {"min": {"field": "first_day"}}, "dates": {"value_count": {"field": "date"}},
        "top": {"top_hits": {"size": 1, "sort": [{"order": "desc"}], "_source": ["owner"]}}})
    assert answer["f"]["doc_count"] == 6 and answer["f"]["latest"]["value"] == 20006.0
    assert answer["f"]["p"]["buckets"][0] == {"key": "hue", "doc_count": 3}
    assert answer["g"]["buckets"]["one"]["doc_count"] == 6 and answer["g"]["buckets"]["none"]["doc_count"] == 0
    assert (answer["owners"]["value"], answer["sum"]["value"], answer["least"]["value"]) == (5, 28.0, 20000.0)
    assert answer["dates"]["value"] == 6
    assert answer["top"]["hits"]["total"]["value"] == 8
    assert answer["top"]["hits"]["hits"][0]["_source"] == {"owner": "nq-5"}
    ordered = counted({"o": {"terms": {"field": "owner", "order": {"last": "desc"}},
                             "aggs": {"last": {"max": {"field": "order"}}}}})["o"]["buckets"]
    assert [bucket["key"] for bucket in ordered] == ["nq-5", "nq-4", "nq-3", "nq-2", "nq-1"]
    composite = {"size": 3, "sources": [{"owner": {"terms": {"field": "owner"}}},
                                        {"province": {"terms": {"field": "province"}}}]}
    seen = []
    while True:
        answer = counted({"c": {"composite": composite}})["c"]
        seen += [(b["key"]["owner"], b["key"]["province"], b["doc_count"]) for b in answer["buckets"]]
        if "after_key" not in answer:
            break
        composite["after"] = answer["after_key"]
        assert len(seen) < 99, seen
    assert seen == [("nq-1", "hue", 2), ("nq-1", "quang-nam", 1), ("nq-2", "ha-noi", 2), ("nq-4", "hue", 1),
                    ("nq-5", "an-giang", 1)], seen
    for aggs, kind in [
        ({"a": {"rare_terms": {"field": "owner"}}}, "parsing_exception"),
        ({"a": {"terms": {"field": "owner", "sise": 3}}}, "parsing_exception"),
        ({"a": {"terms": {"field": "owner", "size": 0}}}, "illegal_argument_exception"),
        ({"a": {"terms": {"field": "folded"}}}, "illegal_argument_exception"),
        ({"a": {"sum": {"field": "owner"}}}, "illegal_argument_exception"),
        ({"a": {"top_hits": {"size": 101}}}, "illegal_argument_exception"),
    ]:
        engine.fails(400, kind, "POST", "/p-000001/_search", {"aggs": aggs})


def try_aliases(engine, shards):
    """Names that move in one step."""
    body = {"settings": settings(shards), "mappings": MAPPING}
    engine.ok("PUT", "/p-000002", body)
    engine.ok("POST", "/_aliases", {"actions": [{"add": {"index": "p-000001", "alias": "p"}}]})
    assert engine.ok("GET", "/_alias/p*") == {"p-000001": {"aliases": {"p": {}}}}
    assert engine.call("GET", "/_alias/none") == (404, {"error": "alias [none] missing", "status": 404})
    assert engine.ok("GET", "/_alias/none*") == {}
    assert engine.search("p", {})["hits"]["hits"][0]["_index"] == "p-000001"
    wrong = [
        [{"add": {"index": "p-000002", "alias": "p"}}, {"remove": {"index": "p-000009", "alias": "p"}}],
        [{"add": {"index": "p-000002", "alias": "p"}}, {"remove": {"index": "p-000002", "alias": "q"}}],
    ]
    for actions, kind in zip(wrong, ("index_not_found_exception", "aliases_not_found_exception")):
        engine.fails(404, kind, "POST", "/_aliases", {"actions": actions})
    engine.fails(400, "invalid_alias_name_exception", "POST", "/_aliases",
                 {"actions": [{"add": {"index": "p-000001", "alias": "p-000002"}}]})
    engine.fails(400, "illegal_argument_exception", "DELETE", "/p")
    assert engine.ok("GET", "/_alias/p") == {"p-000001": {"aliases": {"p": {}}}}
    # Nobody may see both indexes, or none, while the name moves.
    seen, stop = set(), threading.Event()

    def watch():
        while not stop.is_set():
            seen.add(engine.search("p", {"size": 0})["hits"]["total"]["value"])

    watcher = threading.Thread(target=watch)
    watcher.start()
    for turn in range(20):
        there, here = ("p-000002", "p-000001") if turn % 2 == 0 else ("p-000001", "p-000002")
        engine.ok("POST", "/_aliases", {"actions": [{"remove": {"index": here, "alias": "p"}},
                                                    {"add": {"index": there, "alias": "p"}}]})
    stop.set()
    watcher.join()
    assert seen <= {0, 8}, seen
    engine.ok("PUT", "/p-000001/_settings", {"index": {"number_of_replicas": 1}})
    assert engine.ok("GET", "/_cat/indices/p?format=json")[0]["rep"] == "1"
    engine.ok("DELETE", "/p-000002")


def try_points(engine):
    """A point in time stays as it was; a deletion by query; conflicts."""
    status, point = engine.call("POST", "/p/_search/point_in_time?keep_alive=1m")
    assert status == 200 and point["_shards"]["failed"] == 0
    pit = {"id": point["pit_id"], "keep_alive": "1m"}
    answer = engine.ok("POST", "/p/_delete_by_query?routing=nq-1&conflicts=proceed&refresh=true", {"query": {"bool": {
        "filter": [{"term": {"owner": "nq-1"}}, {"range": {"generation": {"lt": 6}}}]}}})
    assert answer["deleted"] == answer["total"] == 1 and answer["version_conflicts"] == 0 and answer["failures"] == []
    assert engine.search("p", {})["hits"]["total"]["value"] == 7
    answer = engine.ok("POST", "/_search", {"pit": pit, "sort": [{"passage": "asc"}], "size": 1})
    assert answer["hits"]["total"]["value"] == 8 and answer["pit_id"] == pit["id"]
    assert answer["hits"]["hits"][0]["_id"] == "nq-1#0"
    engine.fails(400, "action_request_validation_exception", "POST", "/p/_search", {"pit": pit})
    released = engine.ok("DELETE", "/_search/point_in_time", {"pit_id": [pit["id"]]})
    assert released == {"pits": [{"successful": True, "pit_id": pit["id"]}]}
    engine.fails(404, "search_context_missing_exception", "POST", "/_search", {"pit": pit})
    short = engine.ok("POST", "/p/_search/point_in_time?keep_alive=1ms")["pit_id"]
    time.sleep(0.05)
    engine.fails(404, "search_context_missing_exception", "POST", "/_search", {"pit": {"id": short}})
    # A deleted document is remembered by its version: 5 became 6.
    items = engine.bulk([action(0, version=6), source(0), action(0, version=7), source(0)])
    assert [item["status"] for item in items] == [409, 201]
    # What changes between the search and the deletion is a conflict.
    engine.ok("POST", "/p/_refresh")
    engine.bulk([action(0, version=8), source(0)])
    query = {"query": {"term": {"owner": "nq-1"}}}
    status, answer = engine.call("POST", "/p/_delete_by_query", query)
    assert status == 409 and answer["version_conflicts"] == 1 and answer["failures"][0]["status"] == 409
    engine.fails(400, "action_request_validation_exception", "POST", "/p/_delete_by_query", {})


def try_lease(engine):
    """One document that writers compete for."""
    mapping = {"dynamic": "strict", "properties": {"writer": {"type": "keyword"}, "until_ms": {"type": "long"}}}
    engine.ok("PUT", "/writer", {"settings": {"number_of_replicas": 0}, "mappings": mapping})
    path, conflict = "/writer/_doc/writer", "version_conflict_engine_exception"
    assert engine.call("GET", path) == (404, {"_index": "writer", "_id": "writer", "found": False})
    status, first = engine.call("PUT", path + "?op_type=create", {"writer": "a", "until_ms": 1})
    assert status == 201 and (first["_seq_no"], first["_primary_term"], first["result"]) == (0, 1, "created")
    engine.fails(409, conflict, "PUT", path + "?op_type=create", {"writer": "b"})
    engine.fails(409, conflict, "PUT", "/writer/_create/writer", {"writer": "b"})
    status, second = engine.call("PUT", path + "?if_seq_no=0&if_primary_term=1", {"writer": "b", "until_ms": 2})
    assert status == 200 and second["_seq_no"] == 1 and second["result"] == "updated" and second["_version"] == 2
    engine.fails(409, conflict, "PUT", path + "?if_seq_no=0&if_primary_term=1", {"writer": "c"})
    engine.fails(409, conflict, "PUT", path + "?if_seq_no=1&if_primary_term=2", {"writer": "c"})
    engine.fails(400, "action_request_validation_exception", "PUT", path + "?if_seq_no=1", {"writer": "c"})
    engine.fails(400, "strict_dynamic_mapping_exception", "PUT", path, {"wrighter": "c"})
    assert engine.ok("GET", path)["_source"] == {"writer": "b", "until_ms": 2}
    assert engine.search("writer", {})["hits"]["total"]["value"] == 0
    assert engine.ok("DELETE", path + "?if_seq_no=1&if_primary_term=1&refresh=true")["result"] == "deleted"
    assert engine.call("DELETE", path)[0] == 404
    engine.fails(409, conflict, "PUT", path + "?if_seq_no=1&if_primary_term=1", {"writer": "c"})
    long = urllib.parse.quote("đ" * 300)
    engine.fails(400, "action_request_validation_exception", "PUT", "/writer/_doc/" + long, {"writer": "c"})


def main():
    engine = Engine()
    assert engine.ok("GET", "/")["version"]["distribution"] == "opensearch"
    for shards in (1, 3):
        try_indexes(engine, shards)
        try_bulk(engine, shards)
        try_queries(engine)
        try_scores(engine, shards)
        try_pages(engine, shards)
        try_counts(engine)
        try_aliases(engine, shards)
        try_points(engine)
        try_lease(engine)
        for name in ("p-000001", "writer"):
            engine.ok("DELETE", "/" + name)
        print(f"tests/engine/try.py: {shards} shard(s): good")
    engine.process.stdin.close()
    assert engine.process.wait(timeout=10) == 0


if __name__ == "__main__":
    main()
