//! Answers of the API as JSON.

use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::http::problem::Problem;
use crate::query::Diagnostic;
use crate::record::DocumentRecord;

/// A JSON body. It is serialized on the thread pool, where the answer was found: so the answer can borrow from the
/// index, and the serialization does not block the network threads.
pub(super) struct Answer(Vec<u8>);

impl Answer {
    /// Serializes `value`.
    ///
    /// # Errors
    /// `internal` if it cannot be serialized.
    pub(super) fn json(value: &impl Serialize) -> Result<Self, Problem> {
        serde_json::to_vec(value).map(Self).map_err(|error| {
            tracing::error!(%error, "cannot serialize an answer");
            Problem::internal()
        })
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        ([(CONTENT_TYPE, "application/json")], self.0).into_response()
    }
}

/// Returns the messages of diagnostics, for the field of that name.
pub(super) fn messages(diagnostics: &[Diagnostic]) -> Vec<String> {
    diagnostics.iter().map(ToString::to_string).collect()
}

/// Returns a document as clients may see it: `path` is cut to the name of the file, since the folders of the server are
/// private.
pub(super) fn public(record: &DocumentRecord) -> DocumentRecord {
    let name = std::path::Path::new(&record.path).file_name();
    DocumentRecord {
        path: name.map_or_else(String::new, |name| name.to_string_lossy().into_owned()),
        ..record.clone()
    }
}
