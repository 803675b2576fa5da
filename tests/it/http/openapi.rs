//! The OpenAPI document: complete, and true of what is answered.

use serde_json::Value;

use super::Service;

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
    let paths: Vec<&String> = document["paths"].as_object().unwrap().keys().collect();
    let expected = [
        "/api/v1/citations",
        "/api/v1/citations/lookup",
        "/api/v1/citations/{symbol}",
        "/api/v1/documents",
        "/api/v1/documents/{id}",
        "/api/v1/documents/{id}/footnotes",
        "/api/v1/documents/{id}/outline",
        "/api/v1/facets",
        "/api/v1/passages/{id}",
        "/api/v1/precedents",
        "/api/v1/search",
        "/api/v1/suggest",
        "/healthz",
        "/metrics",
        "/readyz",
    ];
    assert_eq!(paths, expected);
    for (path, item) in document["paths"].as_object().unwrap() {
        for operation in item.as_object().unwrap().values() {
            assert!(operation["responses"]["200"]["description"].is_string(), "{path}");
            assert!(
                operation["responses"]["503"].is_object() || path == "/healthz",
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
            let path = path.replace("{id}", "001").replace("{symbol}", "21");
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

#[test]
fn the_page_shows_it_and_loads_nothing_from_elsewhere() {
    let service = Service::new();
    let answer = service.get("/docs").expect(200);
    let page = String::from_utf8(answer.body).unwrap();
    for needle in ["/api/v1/citations/lookup", "min_score", "problem+json", "PassageRecord"] {
        assert!(page.contains(needle), "{needle} is missing");
    }
    assert!(
        !page.contains("<script") && !page.contains("src="),
        "no script, nothing loaded"
    );
    assert!(!page.contains("href=\"http"), "nothing from elsewhere");
    assert_eq!(
        service.get("/docs.css").expect(200).header("content-type"),
        "text/css; charset=utf-8"
    );
}
