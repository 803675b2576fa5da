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
        "/api/v1/citations/lookup",
        "/api/v1/citations/{symbol}",
        "/api/v1/documents",
        "/api/v1/documents/{id}",
        "/api/v1/documents/{id}/file",
        "/api/v1/documents/{id}/footnotes",
        "/api/v1/documents/{id}/outline",
        "/api/v1/documents/{id}/pages/{page}.png",
        "/api/v1/facets",
        "/api/v1/passages/{id}",
        "/api/v1/precedents",
        "/api/v1/proofs",
        "/api/v1/register",
        "/api/v1/register/{key}",
        "/api/v1/search",
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
    for needle in [
        "/api/v1/citations/lookup",
        "min_score",
        "problem+json",
        "PassageRecord",
        "unknown-parameter",
        "về xây dựng tổ chức cơ sở đảng",
    ] {
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

/// The questions whose answers the document shows: path, and the rest of the URL or the body.
const QUESTIONS: [(&str, &str, &str, &str); 16] = [
    (
        "search",
        "/api/v1/search",
        "?q=nghi+quyet+21&limit=1&facets=province",
        "",
    ),
    ("citations", "/api/v1/citations", "?limit=1", ""),
    ("cited", "/api/v1/citations/{symbol}", "?limit=1", ""),
    (
        "lookup",
        "/api/v1/citations/lookup",
        "",
        "Thực hiện Nghị quyết số 21-NQ/TW ngày 16/6/2022 của Ban Chấp hành Trung ương",
    ),
    ("documents", "/api/v1/documents", "?limit=1", ""),
    ("document", "/api/v1/documents/{id}", "", ""),
    ("outline", "/api/v1/documents/{id}/outline", "?depth=1", ""),
    ("footnotes", "/api/v1/documents/{id}/footnotes", "", ""),
    ("passage", "/api/v1/passages/{id}", "", ""),
    (
        "precedents",
        "/api/v1/precedents",
        "",
        r#"{"text": "nâng cao năng lực lãnh đạo, sức chiến đấu của tổ chức đảng", "limit": 1}"#,
    ),
    (
        "proofs",
        "/api/v1/proofs",
        "",
        "Thực hiện Nghị quyết số 57/NQ-TW ngày 24/12/2024 của Bộ Chính trị",
    ),
    ("register", "/api/v1/register", "?q=trung+uong+5+khoa+xiii&limit=1", ""),
    ("registered", "/api/v1/register/{key}", "", ""),
    ("suggest", "/api/v1/suggest", "?q=dang+bo&limit=2", ""),
    ("facets", "/api/v1/facets", "?facets=province,term", ""),
    ("readyz", "/readyz", "", ""),
];

/// Each example is what the service answers. With `UPDATE_EXAMPLES` set they are written anew.
#[test]
fn every_example_is_what_the_service_answers() {
    let service = Service::new();
    let document = service.get("/openapi.json").expect(200).json();
    for (name, path, rest, body) in QUESTIONS {
        let item = &document["paths"][path];
        let operation = item.as_object().unwrap().values().next().unwrap();
        let mut url = path.to_owned();
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            let example = parameter["example"].as_str().unwrap_or_default().replace('/', "%2F");
            url = url.replace(&format!("{{{}}}", parameter["name"].as_str().unwrap()), &example);
        }
        url.push_str(rest);
        let answer = match body {
            "" => service.get(&url),
            body if body.starts_with('{') => service.post(&url, "application/json", body),
            body => service.post(&url, "text/plain", body),
        };
        let mut answer = answer.expect(200).json();
        if answer["elapsed_ms"].is_number() {
            answer["elapsed_ms"] = 1.2.into();
        }
        // It names the state of this index, times of files included.
        if answer["next"].is_string() {
            answer["next"] = "ba76ac7a0ab66d0f-1-b339e0ca".into();
        }
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
        QUESTIONS.len(),
        "every operation that answers JSON has an example"
    );
}

fn has_json(operation: &Value) -> bool {
    operation["responses"]["200"]["content"]
        .get("application/json")
        .is_some()
}
