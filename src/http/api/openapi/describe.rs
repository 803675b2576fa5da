//! The parts of the OpenAPI document that follow from rules: the problems that each operation may answer with, the
//! headers of its answers, and an example, recorded from the service itself.

use serde_json::{Map, Value, json};
use utoipa::openapi::OpenApi;

use crate::http::problem::Code;

/// An operation of the document.
struct Operation<'d> {
    path: &'d str,
    fields: &'d Value,
}

impl Operation<'_> {
    /// Returns true if a parameter of the operation has this name, or if it takes a JSON body, whose fields are not
    /// looked up here: the only such body has all the fields that [`RULES`] asks for.
    fn takes(&self, name: &str) -> bool {
        self.parameters().any(|parameter| parameter["name"] == name) || self.has_body("application/json")
    }

    /// Returns the parameters of its path and query.
    fn parameters(&self) -> impl Iterator<Item = &Value> {
        self.fields["parameters"].as_array().into_iter().flatten()
    }

    /// Returns true if it takes a body of this media type.
    fn has_body(&self, media_type: &str) -> bool {
        self.fields["requestBody"]["content"].get(media_type).is_some()
    }

    /// Returns true if it answers with the file of a document, or a picture of one of its pages.
    fn has_file(&self) -> bool {
        FILES.iter().any(|end| self.path.ends_with(end))
    }

    /// Returns true if its path starts with one of these.
    fn has_path(&self, beginnings: &[&str]) -> bool {
        beginnings.iter().any(|beginning| self.path.starts_with(beginning))
    }
}

/// The ends of the paths of operations that answer with a file.
const FILES: [&str; 2] = ["/{id}/file", "/pages/{page}.png"];

/// A route whose path the document writes in another way. In a route, a parameter takes all between two slashes.
const PAGE_IMAGE: (&str, &str) = (
    "/api/v1/documents/{id}/pages/{page}",
    "/api/v1/documents/{id}/pages/{page}.png",
);

/// A condition, and the problems of the operations that meet it.
type Rule = (fn(&Operation<'_>) -> bool, &'static [Code]);

/// The problems that operations may answer with.
const RULES: [Rule; 17] = [
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
    (
        |operation| operation.has_file(),
        &[Code::NoFiles, Code::FileChanged, Code::FileGone],
    ),
    (|operation| operation.path.ends_with("/file"), &[Code::RangeBeyond]),
    (
        |operation| operation.path.ends_with("/pages/{page}.png"),
        &[Code::UnknownPage, Code::NoPageImage, Code::PageNotDrawn],
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

/// A recorded answer of the service, with the seeds as its corpus.
pub(crate) struct Example {
    /// Path of the operation.
    path: &'static str,
    /// The parameter in its path, if it has one.
    id: Option<&'static str>,
    /// The answer, as JSON.
    answer: &'static str,
}

/// Embeds the examples from one table: path, parameter of the path, file.
macro_rules! examples {
    ($($path:literal $id:expr, $file:literal;)*) => {
        [$(Example { path: $path, id: $id, answer: include_str!(concat!("../examples/", $file, ".json")) }),*]
    };
}

/// The examples in the document. `tests/it/http/openapi.rs` checks that the service still gives these answers.
pub(crate) static EXAMPLES: [Example; 16] = examples! {
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
    "/api/v1/proofs" None, "proofs";
    "/api/v1/register" None, "register";
    "/api/v1/register/{key}" Some("21-NQ/TW@XIII"), "registered";
    "/api/v1/suggest" None, "suggest";
    "/api/v1/facets" None, "facets";
    "/readyz" None, "readyz";
};

/// Returns the complete document, given what the handlers declare.
pub(crate) fn complete(document: &OpenApi) -> Value {
    // Plain data always serializes. If it did not, the document would be empty and fail every test.
    let mut document = serde_json::to_value(document).unwrap_or_default();
    if let Some(paths) = document["paths"].as_object_mut()
        && let Some(item) = paths.remove(PAGE_IMAGE.0)
    {
        paths.insert(PAGE_IMAGE.1.to_owned(), item);
    }
    for (path, item) in entries(&mut document["paths"]) {
        for (method, operation) in item.as_object_mut().into_iter().flatten() {
            describe(path, method, operation);
        }
    }
    // Fields of request bodies are optional; those of answers are always there.
    for (_, schema) in entries(&mut document["components"]["schemas"]).filter(|(name, _)| !name.ends_with("Body")) {
        require_all(schema);
    }
    document["components"]["securitySchemes"] = json!({
        "bearer": { "type": "http", "scheme": "bearer", "description": "An API key, if the operator requires one." },
        "basic": { "type": "http", "scheme": "basic", "description": "The same key as the password, with any user name." },
    });
    // Either scheme or none, since the operator decides whether keys are required.
    document["security"] = json!([{}, { "bearer": [] }, { "basic": [] }]);
    document
}

/// Returns the fields of an object; none for any other value.
fn entries(object: &mut Value) -> impl Iterator<Item = (&String, &mut Value)> {
    object.as_object_mut().into_iter().flatten()
}

/// Adds problems, headers and the example to an operation.
fn describe(path: &str, method: &str, fields: &mut Value) {
    let mut problems = problems(&Operation { path, fields });
    if let Some(responses) = fields["responses"].as_object_mut() {
        responses.append(&mut problems);
    }
    // Suggestions may come from the previous state of the index, so they have no tag.
    if method == "get" && path.starts_with("/api/") && !path.ends_with("/suggest") {
        let about = if FILES.iter().any(|end| path.ends_with(end)) {
            "Identifies the bytes; send it back in `If-None-Match`."
        } else {
            "Identifies the state of the index and the question; send it back in `If-None-Match`."
        };
        let tag = header(about);
        fields["responses"]["200"]["headers"] = json!({ "ETag": tag });
        fields["responses"]["304"] = json!({
            "description": "The answer with the tag of `If-None-Match` is still valid.",
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

/// Returns the items of a list that may be missing. Indexing a missing field would add a null in its place.
fn items<'o>(object: &'o mut Value, name: &str) -> impl Iterator<Item = &'o mut Value> {
    let list = object.get_mut(name).and_then(Value::as_array_mut);
    list.into_iter().flatten()
}

/// Describes a header.
fn header(about: &str) -> Value {
    json!({ "description": about, "schema": { "type": "string" } })
}

/// Returns the responses of an operation that are problems, one per status.
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
        if of_status.iter().any(|code| code.has_retry_after()) {
            response["headers"] = json!({ "Retry-After": header("Seconds after which to retry.") });
        }
        if let Some(code) = of_status.first() {
            responses.insert(code.status().as_u16().to_string(), response);
        }
    }
    responses
}

/// Marks all fields of an answer as required: the service writes null rather than leave a field out.
fn require_all(schema: &mut Value) {
    if let Some(properties) = schema["properties"].as_object() {
        let names: Vec<String> = properties.keys().cloned().collect();
        schema["required"] = json!(names);
    }
    items(schema, "allOf").for_each(require_all);
}
