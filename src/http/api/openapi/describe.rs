//! What the OpenAPI document says of every operation by rule: which problems it may answer with, what goes with its
//! answers, and an example of each, taken from the service itself.

use serde_json::{Map, Value, json};
use utoipa::openapi::OpenApi;

use crate::http::problem::Code;

/// An operation of the document.
struct Operation<'d> {
    path: &'d str,
    fields: &'d Value,
}

impl Operation<'_> {
    /// Has it a parameter of this name in the query of its URL, or a field of its body?
    fn takes(&self, name: &str) -> bool {
        self.parameters().any(|parameter| parameter["name"] == name) || (self.has_body("application/json"))
    }

    fn parameters(&self) -> impl Iterator<Item = &Value> {
        self.fields["parameters"].as_array().into_iter().flatten()
    }

    fn has_body(&self, media_type: &str) -> bool {
        self.fields["requestBody"]["content"].get(media_type).is_some()
    }

    fn has_path(&self, beginnings: &[&str]) -> bool {
        beginnings.iter().any(|beginning| self.path.starts_with(beginning))
    }
}

/// The problems of the operations that something is true of.
type Rule = (fn(&Operation<'_>) -> bool, &'static [Code]);

/// Which operations may answer with which problems.
const RULES: [Rule; 14] = [
    (
        |_| true,
        &[
            Code::MethodNotAllowed,
            Code::RequestTimeout,
            Code::UrlTooLong,
            Code::Internal,
        ],
    ),
    (
        |operation| !operation.has_path(&["/healthz", "/readyz"]),
        &[Code::NoKey, Code::TooOften],
    ),
    (
        |operation| !operation.has_path(&["/healthz", "/metrics"]),
        &[Code::Busy, Code::TimeLimit, Code::NoIndex],
    ),
    (|operation| operation.has_path(&["/readyz"]), &[Code::Ending]),
    (
        |operation| operation.has_path(&["/api/"]),
        &[Code::UnknownParameter, Code::InvalidQuery],
    ),
    (
        |operation| {
            operation.has_body("application/json") || operation.parameters().any(|parameter| parameter["in"] == "query")
        },
        &[Code::InvalidValue, Code::RepeatedParameter, Code::MissingParameter],
    ),
    (|operation| operation.takes("facets"), &[Code::UnknownFacet]),
    (
        |operation| operation.takes("document") || operation.has_path(&["/api/v1/documents/", "/api/v1/passages/"]),
        &[Code::UnknownDocument, Code::AmbiguousId],
    ),
    (
        |operation| operation.has_path(&["/api/v1/passages/", "/api/v1/precedents"]),
        &[Code::UnknownPassage],
    ),
    (|operation| operation.path.contains('{'), &[Code::InvalidPath]),
    (
        |operation| operation.takes("cursor"),
        &[Code::InvalidCursor, Code::StaleCursor],
    ),
    (
        |operation| operation.fields.get("requestBody").is_some(),
        &[Code::InvalidBody, Code::BodyTooLarge, Code::MediaType],
    ),
    (|operation| operation.has_body("application/json"), &[Code::InvalidJson]),
    (|operation| operation.has_body("text/plain"), &[Code::NotUtf8]),
];

/// An answer of the service to a question, over its seeds.
pub(crate) struct Example {
    /// The operation.
    path: &'static str,
    /// What stands in its path.
    id: Option<&'static str>,
    /// The answer.
    answer: &'static str,
}

macro_rules! examples {
    ($($path:literal $id:expr, $file:literal;)*) => {
        [$(Example { path: $path, id: $id, answer: include_str!(concat!("../examples/", $file, ".json")) }),*]
    };
}

/// Answers that the document shows; `tests/it/http/openapi.rs` asks for them again.
pub(crate) static EXAMPLES: [Example; 13] = examples! {
    "/api/v1/search" None, "search";
    "/api/v1/citations" None, "citations";
    "/api/v1/citations/{symbol}" Some("21-NQ/TW"), "cited";
    "/api/v1/citations/lookup" None, "lookup";
    "/api/v1/documents" None, "documents";
    "/api/v1/documents/{id}" Some("001"), "document";
    "/api/v1/documents/{id}/outline" Some("001"), "outline";
    "/api/v1/documents/{id}/footnotes" Some("003"), "footnotes";
    "/api/v1/passages/{id}" Some("001:21"), "passage";
    "/api/v1/precedents" None, "precedents";
    "/api/v1/suggest" None, "suggest";
    "/api/v1/facets" None, "facets";
    "/readyz" None, "readyz";
};

/// The whole document, made of what the handlers declare.
pub(crate) fn complete(document: &OpenApi) -> Value {
    // A document is plain data; an empty one would fail every test.
    let mut document = serde_json::to_value(document).unwrap_or_default();
    for (path, item) in entries(&mut document["paths"]) {
        for (method, operation) in item.as_object_mut().into_iter().flatten() {
            describe(path, method, operation);
        }
    }
    for (_, schema) in entries(&mut document["components"]["schemas"]).filter(|(name, _)| !name.ends_with("Body")) {
        require_all(schema);
    }
    document["components"]["securitySchemes"] = json!({
        "bearer": { "type": "http", "scheme": "bearer", "description": "A key, where the operator wants one." },
        "basic": { "type": "http", "scheme": "basic", "description": "The same with the key as the password." },
    });
    // Any of them, or none: whether keys are wanted is up to the operator.
    document["security"] = json!([{}, { "bearer": [] }, { "basic": [] }]);
    document
}

fn entries(object: &mut Value) -> impl Iterator<Item = (&String, &mut Value)> {
    object.as_object_mut().into_iter().flatten()
}

/// Adds to an operation what rules say of it.
fn describe(path: &str, method: &str, fields: &mut Value) {
    let mut problems = problems(&Operation { path, fields });
    if let Some(responses) = fields["responses"].as_object_mut() {
        responses.append(&mut problems);
    }
    // Suggestions may be of the state before, so they have no tag.
    if method == "get" && path.starts_with("/api/") && !path.ends_with("/suggest") {
        let tag = header("Names the state of the index and the question; to be sent as `If-None-Match`.");
        fields["responses"]["200"]["headers"] = json!({ "ETag": tag });
        fields["responses"]["304"] = json!({
            "description": "The answer with the tag of `If-None-Match` still holds.",
            "headers": { "ETag": tag },
        });
    }
    if let Some(example) = EXAMPLES.iter().find(|example| example.path == path) {
        let answer: Value = serde_json::from_str(example.answer).unwrap_or_default();
        fields["responses"]["200"]["content"]["application/json"]["example"] = answer;
        let parameters = items(fields, "parameters");
        for parameter in parameters.filter(|parameter| parameter["in"] == "path") {
            parameter["example"] = json!(example.id);
        }
    }
}

/// The items of a list that may not be there. Indexing would put null in its place.
fn items<'o>(object: &'o mut Value, name: &str) -> impl Iterator<Item = &'o mut Value> {
    let list = object.get_mut(name).and_then(Value::as_array_mut);
    list.into_iter().flatten()
}

fn header(about: &str) -> Value {
    json!({ "description": about, "schema": { "type": "string" } })
}

/// The answers of an operation that are problems, by status.
fn problems(operation: &Operation<'_>) -> Map<String, Value> {
    let mut codes: Vec<Code> = RULES
        .iter()
        .filter(|(applies, _)| applies(operation))
        .flat_map(|(_, codes)| codes.iter().copied())
        .collect();
    codes.sort_by_key(|code| code.status());
    let mut responses = Map::new();
    for of_status in codes.chunk_by(|one, other| one.status() == other.status()) {
        let about: Vec<String> = of_status
            .iter()
            .map(|code| format!("`{}`: {}", code.name(), code.about()))
            .collect();
        let mut response = json!({
            "description": about.join(" "),
            "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } },
        });
        if of_status.iter().any(|code| code.says_when()) {
            response["headers"] = json!({ "Retry-After": header("Seconds after which to ask again.") });
        }
        if let Some(code) = of_status.first() {
            responses.insert(code.status().as_u16().to_string(), response);
        }
    }
    responses
}

/// Says of the objects of answers that they have all their fields: what is absent is null.
fn require_all(schema: &mut Value) {
    if let Some(properties) = schema["properties"].as_object() {
        let names: Vec<String> = properties.keys().cloned().collect();
        schema["required"] = json!(names);
    }
    items(schema, "allOf").for_each(require_all);
}
