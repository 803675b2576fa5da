//! The query API: a file per resource. Bodies are the records of [`crate::record`] and the wire forms of
//! [`crate::render::json`], the same as `--json` gives.

mod citations;
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
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::problem::Problem;
use super::state::App;
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
    router.merge(openapi::routes(document))
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
            .map_err(|_| Problem::bad_request("invalid-path", "the path of the URL is not UTF-8, percent-encoded"))
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
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let essence = kind.map(|kind| kind.split(';').next().unwrap_or_default().trim());
    if !essence.is_some_and(|kind| kind.eq_ignore_ascii_case(wanted)) {
        let detail = format!("the body must be of the type {wanted}");
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "media-type", detail).allowing([wanted]));
    }
    body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => {
            let detail = format!("the body is longer than {MOST_BODY_BYTES} bytes; send it in parts");
            Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "body-too-large", detail)
        }
        _ => Problem::bad_request("invalid-body", "the body broke off"),
    })
}

/// A document as the outside sees it: where its file lies on the server is nobody's business.
fn public(record: &DocumentRecord) -> DocumentRecord {
    let name = std::path::Path::new(&record.path).file_name();
    DocumentRecord {
        path: name.map_or_else(String::new, |name| name.to_string_lossy().into_owned()),
        ..record.clone()
    }
}
