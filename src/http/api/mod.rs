//! The query API: a file per resource. Bodies are the records of [`crate::record`] and the wire forms of
//! [`crate::render::json`], the same as `--json` gives.

mod citations;
mod complete;
mod documents;
mod facets;
mod health;
mod openapi;
mod passages;
mod precedents;
mod search;
mod suggest;

use axum::Router;
use axum::body::Bytes;
use axum::extract::FromRequestParts;
use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::code::Code;
use super::problem::Problem;
use super::state::App;
use crate::query::Diagnostic;
use crate::record::DocumentRecord;

/// Most bytes of the body of a request: a text of some 400 pages.
pub(super) const MOST_BODY_BYTES: usize = 1 << 20;

/// The routes of the API, and the document that describes them.
pub(super) fn routes() -> Router<App> {
    let (router, document) = OpenApiRouter::with_openapi(openapi::frame())
        .routes(routes!(search::search))
        .routes(routes!(citations::citations))
        .routes(routes!(citations::cited))
        .routes(routes!(citations::look_up))
        .routes(routes!(documents::documents))
        .routes(routes!(documents::document))
        .routes(routes!(documents::outline))
        .routes(routes!(documents::footnotes))
        .routes(routes!(passages::passage))
        .routes(routes!(precedents::precedents))
        .routes(routes!(suggest::suggest))
        .routes(routes!(facets::facets))
        .routes(routes!(health::healthz))
        .routes(routes!(health::readyz))
        .routes(routes!(health::metrics))
        .split_for_parts();
    router.merge(openapi::routes(&document))
}

/// A body of JSON, written where the answer was found: neither borrows nor work leave the pool.
pub(super) struct Answer(Vec<u8>);

impl Answer {
    /// Writes `value`.
    fn of(value: &impl Serialize) -> Result<Self, Problem> {
        serde_json::to_vec(value).map(Self).map_err(|error| {
            tracing::error!(%error, "an answer cannot be written");
            Problem::internal()
        })
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        ([(CONTENT_TYPE, "application/json")], self.0).into_response()
    }
}

/// The id in the path of a URL.
pub(super) struct Id(pub(super) String);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path: Result<Path<String>, PathRejection> = Path::from_request_parts(parts, state).await;
        path.map(|Path(id)| Self(id))
            .map_err(|_| Problem::new(Code::InvalidPath, "the path of the URL is not UTF-8, percent-encoded"))
    }
}

/// The body of a request, of the media type `wanted`.
///
/// # Errors
/// 413 and 415.
fn body_of(
    headers: &HeaderMap,
    body: Result<Bytes, axum::extract::rejection::BytesRejection>,
    wanted: &'static str,
) -> Result<Bytes, Problem> {
    let plain = headers
        .get(CONTENT_ENCODING)
        .is_none_or(|encoding| encoding.as_bytes().eq_ignore_ascii_case(b"identity"));
    if !plain || !is_of_type(headers, wanted) {
        let detail = format!("the body must be of the type {wanted}, in UTF-8, not compressed");
        return Err(Problem::new(Code::MediaType, detail).allowing([wanted]));
    }
    body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => {
            let detail = format!("the body is longer than {MOST_BODY_BYTES} bytes; send it in parts");
            Problem::new(Code::BodyTooLarge, detail)
        }
        _ => Problem::new(Code::InvalidBody, "the body broke off"),
    })
}

/// Is the body of the media type `wanted`, in UTF-8 as far as the sender says?
fn is_of_type(headers: &HeaderMap, wanted: &str) -> bool {
    let Some(kind) = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()) else {
        return false;
    };
    let mut parts = kind.split(';').map(str::trim);
    let essence = parts.next().unwrap_or_default();
    let charsets = parts.filter_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim()
            .eq_ignore_ascii_case("charset")
            .then(|| value.trim().trim_matches('"'))
    });
    let known = ["utf-8", "utf8", "us-ascii"];
    essence.eq_ignore_ascii_case(wanted)
        && charsets
            .into_iter()
            .all(|charset| known.iter().any(|known| charset.eq_ignore_ascii_case(known)))
}

/// What is told beside an answer.
fn messages(diagnostics: &[Diagnostic]) -> Vec<String> {
    diagnostics.iter().map(ToString::to_string).collect()
}

/// A document as the outside sees it: where its file lies on the server is nobody's business.
fn public(record: &DocumentRecord) -> DocumentRecord {
    let name = std::path::Path::new(&record.path).file_name();
    DocumentRecord {
        path: name.map_or_else(String::new, |name| name.to_string_lossy().into_owned()),
        ..record.clone()
    }
}
