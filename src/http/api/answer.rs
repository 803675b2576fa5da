//! The answers of the API.

use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::http::problem::Problem;
use crate::record::DocumentRecord;
use crate::text::Diagnostic;

/// A body of JSON, written where the answer was found: neither borrows nor work leave the pool.
pub(super) struct Answer(Vec<u8>);

impl Answer {
    /// Writes `value`.
    pub(super) fn of(value: &impl Serialize) -> Result<Self, Problem> {
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

/// What is told beside an answer.
pub(super) fn messages(diagnostics: Vec<Diagnostic>) -> Vec<String> {
    diagnostics.into_iter().map(|diagnostic| diagnostic.message).collect()
}

/// A document as the outside sees it: where its file lies on the server is nobody's business.
pub(super) fn public(record: &DocumentRecord) -> DocumentRecord {
    let name = std::path::Path::new(&record.path).file_name();
    DocumentRecord {
        path: name.map_or_else(String::new, |name| name.to_string_lossy().into_owned()),
        ..record.clone()
    }
}
