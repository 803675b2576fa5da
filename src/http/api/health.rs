//! `/healthz`, `/readyz`, `/metrics`: for those who run the service.

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use serde::Serialize;

use super::answer::Answer;
use crate::http::app::App;
use crate::http::problem::{Code, Problem};

/// What answers.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct Ready {
    /// Counts the commits of the index.
    generation: u64,
    /// Number of documents.
    documents: usize,
    /// Number of passages.
    passages: u64,
}

/// Does the program run?
#[utoipa::path(get, path = "/healthz", tag = "operation",
    responses((status = 200, description = "It does.", body = String, content_type = "text/plain")))]
pub(super) async fn healthz() -> &'static str {
    "ok\n"
}

/// Can it answer?
#[utoipa::path(get, path = "/readyz", tag = "operation",
    responses((status = 200, description = "It can.", body = Ready)))]
pub(super) async fn readyz(State(app): State<App>) -> Result<Answer, Problem> {
    if app.is_ending() {
        let detail = "the service is about to end";
        return Err(Problem::new(Code::Ending, detail));
    }
    app.ask(|index| {
        Answer::of(&Ready {
            generation: index.generation(),
            documents: index.documents()?.count(),
            passages: index.passages_count(),
        })
    })
    .await
}

/// What was asked, how long it took, and how the index is, for Prometheus.
#[utoipa::path(get, path = "/metrics", tag = "operation",
    responses((status = 200, description = "Text of the Prometheus exposition format, version 0.0.4.", body = String, content_type = "text/plain")))]
pub(super) async fn metrics(State(app): State<App>) -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/plain; version=0.0.4")], app.metrics_text())
}
