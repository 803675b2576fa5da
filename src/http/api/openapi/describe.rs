//! The parts of the OpenAPI document that follow from rules: the problems that each operation may answer with, the
//! headers of its answers, and an example, recorded from the service itself.

use serde_json::{Map, Value, json};
use utoipa::openapi::OpenApi;

use super::about::ORIGIN;
use crate::http::params::require_all;
use crate::http::problem::Code;
use crate::http::request::{BYTES, JSON};

/// An operation of the document.
struct Operation<'d> {
    path: &'d str,
    fields: &'d Value,
    /// All schemas of the document.
    schemas: &'d Value,
}

impl Operation<'_> {
    /// Returns true if a parameter of the operation, or a field of its JSON body, has this name.
    fn takes(&self, name: &str) -> bool {
        self.parameters().any(|parameter| parameter["name"] == name)
            || self.body_schema()["properties"].get(name).is_some()
    }

    /// Returns the schema of its JSON body; null if it has none.
    fn body_schema(&self) -> &Value {
        let schema = &self.fields["requestBody"]["content"][JSON]["schema"];
        let name = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next());
        name.map_or(schema, |name| &self.schemas[name])
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

/// The routes whose paths the document writes in another way. In a route, a parameter takes all between two slashes, or
/// with a star all that follows; a document has neither endings nor stars.
const OTHER_PATHS: [(&str, &str); 5] = [
    (
        "/api/v1/documents/{id}/pages/{page}",
        "/api/v1/documents/{id}/pages/{page}.png",
    ),
    ("/api/v1/citations/{*symbol}", "/api/v1/citations/{symbol}"),
    ("/api/v1/passages/{*id}", "/api/v1/passages/{id}"),
    ("/api/v1/register/{*key}", "/api/v1/register/{key}"),
    ("/api/v1/sections/{*id}", "/api/v1/sections/{id}"),
];

/// A condition, and the problems of the operations that meet it.
type Rule = (fn(&Operation<'_>) -> bool, &'static [Code]);

/// The problems that operations may answer with.
const RULES: [Rule; 19] = [
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
        &[Code::Busy, Code::TimeLimit, Code::NoIndex, Code::EngineUnavailable],
    ),
    (|operation| operation.has_path(&["/readyz"]), &[Code::Ending]),
    (
        |operation| operation.has_path(&["/api/"]),
        &[Code::UnknownParameter, Code::InvalidQuery],
    ),
    (
        |operation| operation.has_body(JSON) || operation.parameters().any(|parameter| parameter["in"] == "query"),
        &[Code::InvalidValue, Code::RepeatedParameter, Code::MissingParameter],
    ),
    (|operation| operation.takes("facets"), &[Code::UnknownFacet]),
    (
        |operation| {
            operation.takes("document")
                || operation.has_path(&["/api/v1/documents/", "/api/v1/passages/", "/api/v1/sections/"])
        },
        &[Code::UnknownDocument, Code::AmbiguousId],
    ),
    (
        |operation| operation.has_path(&["/api/v1/passages/", "/api/v1/precedents"]),
        &[Code::UnknownPassage],
    ),
    (
        |operation| operation.has_path(&["/api/v1/sections/"]),
        &[Code::UnknownSection],
    ),
    (|operation| operation.has_body(BYTES), &[Code::UnreadableFile]),
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
    (|operation| operation.has_body(JSON), &[Code::InvalidJson]),
    // Their body may also be plain text, which is told in words: some generators of clients have no such bodies.
    (
        |operation| operation.has_path(&["/api/v1/citations/lookup", "/api/v1/proofs", "/api/v1/precedents"]),
        &[Code::NotUtf8],
    ),
];

/// A recorded answer of the service, with the seeds as its corpus.
pub(crate) struct Example {
    /// Path of the operation.
    path: &'static str,
    /// The parameter in its path, if it has one.
    id: Option<&'static str>,
    /// The rest of the question: the query of the URL after its `?`, or the JSON body.
    asked: &'static str,
    /// The answer, as JSON.
    answer: &'static str,
}

/// The id in the path of operations on a document whose answer is no JSON.
const DOCUMENT: &str = "001";

/// The questions of examples whose answers are tables in a file.
const TABLES: [(&str, &str); 6] = [
    ("/api/v1/search.csv", "q=nghi+quyet+21&limit=20"),
    ("/api/v1/search.xlsx", "q=nghi+quyet+21&limit=20"),
    ("/api/v1/documents.csv", "q=can+tho&sort=number"),
    ("/api/v1/documents.xlsx", "quality=ocr"),
    ("/api/v1/citations.csv", ""),
    ("/api/v1/citations.xlsx", "symbol=21-NQ/TW"),
];

/// Embeds the examples from one table: path, parameter of the path, question, file.
macro_rules! examples {
    ($($path:literal $id:expr, $asked:literal, $file:literal;)*) => {
        [$(Example {
            path: $path,
            id: $id,
            asked: $asked,
            answer: include_str!(concat!("../examples/", $file, ".json")),
        }),*]
    };
}

/// The examples in the document. `tests/it/http/openapi.rs` checks that the service still gives these answers.
pub(crate) static EXAMPLES: [Example; 21] = examples! {
    "/api/v1/search" None, "q=nghi+quyet+21&limit=1&facets=province", "search";
    "/api/v1/search/batch" None, r#"{"searches": [{"q": "\"chuyển đổi số\" place:footnote", "limit": 0}, {"q": "57-NQ/TW", "place": ["nowhere"]}]}"#, "batch";
    "/api/v1/citations" None, "limit=1", "citations";
    "/api/v1/citations/{symbol}" Some("21-NQ/TW"), "limit=1", "cited";
    "/api/v1/citations/lookup" None, r#"{"text": "Thực hiện Nghị quyết số 21-NQ/TW ngày 16/6/2022 của Ban Chấp hành Trung ương"}"#, "lookup";
    "/api/v1/documents" None, "limit=1", "documents";
    "/api/v1/documents/{id}" Some("001"), "", "document";
    "/api/v1/documents/{id}/outline" Some("001"), "depth=1", "outline";
    "/api/v1/documents/{id}/footnotes" Some("003"), "limit=2", "footnotes";
    "/api/v1/documents/{id}/passages" Some("001"), "limit=1", "passages";
    "/api/v1/documents/{id}/citations" Some("001"), "limit=1", "document_citations";
    "/api/v1/sections/{id}" Some("001§1"), "limit=1", "section";
    "/api/v1/passages/{id}" Some("001:21"), "", "passage";
    "/api/v1/precedents" None, r#"{"text": "nâng cao năng lực lãnh đạo, sức chiến đấu của tổ chức đảng", "limit": 1}"#, "precedents";
    "/api/v1/proofs" None, r#"{"text": "Thực hiện Nghị quyết số 57/NQ-TW ngày 24/12/2024 của Bộ Chính trị"}"#, "proofs";
    "/api/v1/register" None, "q=trung+uong+5+khoa+xiii&limit=1", "register";
    "/api/v1/register/{key}" Some("21-NQ/TW@XIII"), "", "registered";
    "/api/v1/suggest" None, "q=dang+bo&limit=2", "suggest";
    "/api/v1/facets" None, "facets=province,term", "facets";
    "/api/v1/stats" None, "", "stats";
    "/readyz" None, "", "readyz";
};

/// Returns the complete document, given what the handlers declare.
pub(crate) fn complete(document: &OpenApi) -> Value {
    // Plain data always serializes. If it did not, the document would be empty and fail every test.
    let mut document = serde_json::to_value(document).unwrap_or_default();
    if let Some(paths) = document["paths"].as_object_mut() {
        for (route, path) in OTHER_PATHS {
            if let Some(item) = paths.remove(route) {
                paths.insert(path.to_owned(), item);
            }
        }
    }
    let schemas = document["components"]["schemas"].clone();
    for (path, item) in entries(&mut document["paths"]) {
        for (method, operation) in item.as_object_mut().into_iter().flatten() {
            describe(path, method, operation, &schemas);
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
fn describe(path: &str, method: &str, fields: &mut Value, schemas: &Value) {
    let mut problems = problems(&Operation { path, fields, schemas });
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
    if TABLES.iter().any(|(table, _)| *table == path) {
        fields["responses"]["200"]["headers"]["X-Total-Count"] = header("Number of all rows.");
    }
    let example = EXAMPLES.iter().find(|example| example.path == path);
    if let Some(example) = example {
        let answer: Value = serde_json::from_str(example.answer).unwrap_or_default();
        fields["responses"]["200"]["content"]["application/json"]["example"] = answer;
    }
    let id = example.and_then(|example| example.id).unwrap_or(DOCUMENT);
    let parameters = items(fields, "parameters");
    for parameter in parameters.filter(|parameter| parameter["in"] == "path") {
        let is_page = parameter["name"] == "page";
        parameter["example"] = if is_page { json!(1) } else { json!(id) };
    }
    let asked = example.map(|example| example.asked).or_else(|| {
        let table = TABLES.iter().find(|(table, _)| *table == path);
        table.map(|(_, asked)| *asked)
    });
    let curl = curl(path, id, asked.unwrap_or(""));
    fields["x-codeSamples"] = json!([{ "lang": "Shell", "label": "curl", "source": curl }]);
}

/// Returns the command that asks the question `asked` at `path`, in which `id` is the parameter.
fn curl(path: &str, id: &str, asked: &str) -> String {
    let encoded: String = form_urlencoded::byte_serialize(id.as_bytes()).collect();
    let id = encoded.replace("%3A", ":").replace("%40", "@");
    let path: String = path
        .split_inclusive('}')
        .map(|part| match part.split_once('{') {
            Some((before, "page}")) => format!("{before}1"),
            // A file has an ending only in its path.
            Some((before, _)) => format!("{before}{id}"),
            None => part.to_owned(),
        })
        .collect();
    if asked.starts_with('{') {
        return format!("curl -s '{ORIGIN}{path}' -H 'Content-Type: application/json' \\\n  -d '{asked}'");
    }
    let mark = if asked.is_empty() { "" } else { "?" };
    let is_file = [".csv", ".xlsx", ".png", "/file"].iter().any(|end| path.ends_with(end));
    let saves = if is_file { "OJ" } else { "" };
    format!("curl -s{saves} '{ORIGIN}{path}{mark}{asked}'")
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
