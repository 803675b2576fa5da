//! The OpenAPI document: complete, and true of what is answered.

use serde_json::Value;

use super::{Answer, Service};

/// All `$ref`s inside `value`.
fn references<'v>(value: &'v Value, into: &mut Vec<&'v str>) {
    match value {
        Value::Object(fields) => {
            into.extend(fields.get("$ref").and_then(Value::as_str));
            fields.values().for_each(|value| references(value, into));
        }
        Value::Array(values) => values.iter().for_each(|value| references(value, into)),
        _ => {}
    }
}

/// Is there null in `value`, but for examples?
fn has_null(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Object(fields) => fields.iter().any(|(name, value)| name != "example" && has_null(value)),
        Value::Array(values) => values.iter().any(has_null),
        _ => false,
    }
}

#[test]
fn the_document_is_whole_and_lists_every_route() {
    let service = Service::new();
    let document = service.get("/openapi.json").expect(200).json();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    let mut all = Vec::new();
    references(&document, &mut all);
    assert!(all.len() > 30);
    for reference in all {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{reference} leads nowhere");
    }
    assert!(
        !has_null(&document),
        "what is absent is left out of an OpenAPI document"
    );
    let paths: Vec<&String> = document["paths"].as_object().unwrap().keys().collect();
    let expected = [
        "/api/v1/citations",
        "/api/v1/citations.csv",
        "/api/v1/citations.xlsx",
        "/api/v1/citations/lookup",
        "/api/v1/citations/{symbol}",
        "/api/v1/documents",
        "/api/v1/documents.csv",
        "/api/v1/documents.xlsx",
        "/api/v1/documents/{id}",
        "/api/v1/documents/{id}/citations",
        "/api/v1/documents/{id}/file",
        "/api/v1/documents/{id}/footnotes",
        "/api/v1/documents/{id}/outline",
        "/api/v1/documents/{id}/pages/{page}.png",
        "/api/v1/documents/{id}/passages",
        "/api/v1/documents/{id}/text",
        "/api/v1/facets",
        "/api/v1/passages/{id}",
        "/api/v1/precedents",
        "/api/v1/proofs",
        "/api/v1/register",
        "/api/v1/register/{key}",
        "/api/v1/search",
        "/api/v1/search.csv",
        "/api/v1/search.xlsx",
        "/api/v1/search/batch",
        "/api/v1/sections/{id}",
        "/api/v1/stats",
        "/api/v1/suggest",
        "/healthz",
        "/metrics",
        "/readyz",
    ];
    assert_eq!(paths, expected);
    for (path, item) in document["paths"].as_object().unwrap() {
        for operation in item.as_object().unwrap().values() {
            let responses = &operation["responses"];
            assert!(responses["200"]["description"].is_string(), "{path}");
            assert!(responses["405"].is_object(), "{path}");
            let asks = !["/healthz", "/metrics"].contains(&path.as_str());
            assert_eq!(responses["503"].is_object(), asks, "{path}");
            let is_read = path.starts_with("/api/") && operation["requestBody"].is_null();
            assert_eq!(
                responses["304"].is_object(),
                is_read && path != "/api/v1/suggest",
                "{path}"
            );
            assert_eq!(
                responses["413"].is_object(),
                !operation["requestBody"].is_null(),
                "{path}"
            );
        }
    }
}

#[test]
fn every_parameter_that_is_documented_is_taken() {
    let service = Service::new();
    let document = service.get("/openapi.json").expect(200).json();
    for (path, item) in document["paths"].as_object().unwrap() {
        for parameter in item["get"]["parameters"].as_array().into_iter().flatten() {
            if parameter["in"] != "query" {
                continue;
            }
            let name = parameter["name"].as_str().unwrap();
            let path = path
                .replace("sections/{id}", "sections/001%C2%A71")
                .replace("{id}", "001")
                .replace("{symbol}", "21")
                .replace("{key}", "21")
                .replace("{page}", "1");
            let answer = service.get(&format!("{path}?{name}=1"));
            if answer.status.as_u16() == 400 {
                assert_ne!(answer.json()["code"], "unknown-parameter", "{path} {name}");
            }
        }
    }
}

#[test]
fn every_field_of_an_answer_is_in_its_schema() {
    let service = Service::new();
    let document = service.get("/openapi.json").expect(200).json();
    for (schema, path) in [
        ("SearchAnswer", "/api/v1/search?q=dang"),
        ("DocumentsAnswer", "/api/v1/documents"),
        ("DocumentRecord", "/api/v1/documents/001"),
        ("FacetsAnswer", "/api/v1/facets"),
        ("Suggestions", "/api/v1/suggest?q=dang"),
        ("RegisterAnswer", "/api/v1/register?q=21-NQ/TW"),
        ("OutlineAnswer", "/api/v1/documents/001/outline"),
        ("FootnotesAnswer", "/api/v1/documents/001/footnotes"),
        ("PassagesAnswer", "/api/v1/documents/001/passages"),
        ("DocumentCitationsAnswer", "/api/v1/documents/001/citations"),
        ("SectionAnswer", "/api/v1/sections/001%C2%A71"),
        ("StatsAnswer", "/api/v1/stats"),
        ("Problem", "/api/v1/search"),
    ] {
        let schema = &document["components"]["schemas"][schema];
        let answer = service.get(path).json();
        for field in answer.as_object().unwrap().keys() {
            assert!(has(&document, schema, field), "{path} has {field}, {schema} has not");
        }
    }
}

/// Does a schema, or one that it is made of, have a field?
fn has(document: &Value, schema: &Value, field: &str) -> bool {
    if let Some(reference) = schema["$ref"].as_str() {
        let schema = document.pointer(reference.trim_start_matches('#')).unwrap();
        return has(document, schema, field);
    }
    let parts = schema["allOf"].as_array();
    schema["properties"].get(field).is_some()
        || parts.is_some_and(|parts| parts.iter().any(|part| has(document, part, field)))
}

/// The page is read by people: no schema as JSON, no marks of code, no more bytes than a page should have.
#[test]
fn the_page_shows_it_and_loads_nothing_from_elsewhere() {
    let service = Service::new();
    let shown = |path: &str| String::from_utf8(service.get(path).expect(200).body).unwrap();
    let (page, records) = (shown("/docs"), shown("/docs/records"));
    for needle in [
        "/api/v1/citations/lookup",
        "min_score",
        "problem+json",
        "docs/records#record-SearchAnswer",
        "unknown-parameter",
        "curl -s 'http://localhost/api/v1/search?q=",
        "RFC 9745",
        "về xây dựng tổ chức cơ sở đảng",
    ] {
        assert!(page.contains(needle), "{needle} is missing");
    }
    assert!(records.contains("id=\"record-PassageRecord\""));
    for page in [&page, &records] {
        assert!(
            !page.contains("<script") && !page.contains("src="),
            "no script, nothing loaded"
        );
        assert!(!page.contains("href=\"http"), "nothing from elsewhere");
        for raw in ["$ref", "allOf", "\"type\":\"string\"", "`"] {
            assert!(!page.contains(raw), "{raw}");
        }
        assert!(page.len() < 150_000, "{} bytes", page.len());
        // What it leads to is there.
        for link in page.split("href=\"#").skip(1) {
            let id = link.split('"').next().unwrap();
            assert!(page.contains(&format!("id=\"{id}\"")), "#{id} leads nowhere");
        }
    }
    for link in page.split("href=\"docs/records#").skip(1) {
        let id = link.split('"').next().unwrap();
        assert!(records.contains(&format!("id=\"{id}\"")), "{id} is no record");
    }
    let icon = page
        .split("rel=\"icon\"")
        .nth(1)
        .unwrap()
        .split("href=\"")
        .nth(1)
        .unwrap();
    let icon = icon.split('"').next().unwrap();
    assert_eq!(
        service.get(&format!("/{icon}")).expect(200).header("content-type"),
        "image/svg+xml"
    );
    assert_eq!(
        service.get("/docs.css").expect(200).header("content-type"),
        "text/css; charset=utf-8"
    );
}

/// The files of the answers that the document shows, and the paths of their operations.
const EXAMPLES: [(&str, &str); 21] = [
    ("search", "/api/v1/search"),
    ("batch", "/api/v1/search/batch"),
    ("citations", "/api/v1/citations"),
    ("cited", "/api/v1/citations/{symbol}"),
    ("lookup", "/api/v1/citations/lookup"),
    ("documents", "/api/v1/documents"),
    ("document", "/api/v1/documents/{id}"),
    ("outline", "/api/v1/documents/{id}/outline"),
    ("footnotes", "/api/v1/documents/{id}/footnotes"),
    ("passages", "/api/v1/documents/{id}/passages"),
    ("document_citations", "/api/v1/documents/{id}/citations"),
    ("section", "/api/v1/sections/{id}"),
    ("passage", "/api/v1/passages/{id}"),
    ("precedents", "/api/v1/precedents"),
    ("proofs", "/api/v1/proofs"),
    ("register", "/api/v1/register"),
    ("registered", "/api/v1/register/{key}"),
    ("suggest", "/api/v1/suggest"),
    ("facets", "/api/v1/facets"),
    ("stats", "/api/v1/stats"),
    ("readyz", "/readyz"),
];

/// Does what the `curl` command of an operation does.
fn run_sample(service: &Service, operation: &Value) -> Answer {
    let source = operation["x-codeSamples"][0]["source"].as_str().unwrap();
    let url = source.split('\'').nth(1).unwrap();
    let path = url.strip_prefix("http://localhost").expect("the host of the request");
    match source.split_once("-d '") {
        None => service.get(path),
        Some((_, body)) => service.post(path, "application/json", body.trim_end_matches('\'').to_owned()),
    }
}

#[test]
fn every_command_can_be_run_as_it_is() {
    let service = Service::new();
    let document = service.get("/openapi.json").expect(200).json();
    let page = String::from_utf8(service.get("/docs").expect(200).body).unwrap();
    for (path, item) in document["paths"].as_object().unwrap() {
        for operation in item.as_object().unwrap().values() {
            // The seeds are texts, whose pages have no pictures.
            let status = if path.ends_with("{page}.png") { 404 } else { 200 };
            run_sample(&service, operation).expect(status);
            let source = operation["x-codeSamples"][0]["source"].as_str().unwrap();
            let source = source
                .replace('&', "&amp;")
                .replace('"', "&quot;")
                .replace('<', "&lt;")
                .replace('>', "&gt;");
            assert!(page.contains(&source), "{source}");
        }
    }
}

/// Sets what differs from run to run: times, and the names of states, which times of files are part of.
fn settle(answer: &mut Value) {
    let settled: [(&str, Value); 7] = [
        ("elapsed_ms", 1.2.into()),
        ("next", "ba76ac7a0ab66d0f-1-b339e0ca".into()),
        ("state", "ba76ac7a0ab66d0f".into()),
        ("built_at", "2026-01-31T08:00:00Z".into()),
        ("index_bytes", 1_500_000.into()),
        ("index_format", 12.into()),
        ("request_id", "19f0c5a2b31-7".into()),
    ];
    match answer {
        Value::Object(fields) => {
            for (name, value) in fields.iter_mut() {
                let known = settled.iter().find(|(known, _)| known == name);
                match known.filter(|_| !value.is_null()) {
                    Some((_, settled)) => *value = settled.clone(),
                    None => settle(value),
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(settle),
        _ => {}
    }
}

/// Each example is what the service answers. With `UPDATE_EXAMPLES` set they are written anew.
#[test]
fn every_example_is_what_the_service_answers() {
    let service = Service::new();
    let document = service.get("/openapi.json").expect(200).json();
    for (name, path) in EXAMPLES {
        let item = &document["paths"][path];
        let operation = item.as_object().unwrap().values().next().unwrap();
        let mut answer = run_sample(&service, operation).expect(200).json();
        settle(&mut answer);
        if std::env::var_os("UPDATE_EXAMPLES").is_some() {
            let file = format!("{}/src/http/api/examples/{name}.json", env!("CARGO_MANIFEST_DIR"));
            let text = serde_json::to_string_pretty(&answer).unwrap();
            std::fs::write(file, text + "\n").unwrap();
        } else {
            let example = &operation["responses"]["200"]["content"]["application/json"]["example"];
            assert_eq!(
                *example, answer,
                "{path}: run with UPDATE_EXAMPLES=1, then read what changed"
            );
        }
    }
    let is_shown = |(_, item): &(&String, &Value)| item.as_object().unwrap().values().any(has_json);
    let shown = document["paths"].as_object().unwrap().iter().filter(is_shown).count();
    assert_eq!(
        shown,
        EXAMPLES.len(),
        "every operation that answers JSON has an example"
    );
}

fn has_json(operation: &Value) -> bool {
    operation["responses"]["200"]["content"]
        .get("application/json")
        .is_some()
}
