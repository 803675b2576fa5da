//! `/healthz`, `/readyz` and `/metrics`, for operators.

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use serde::Serialize;

use super::answer::Answer;
use crate::http::app::App;
use crate::http::problem::{Code, Problem};

/// The index that answers.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct Ready {
    /// Number of commits of the index so far.
    generation: u64,
    /// Number of documents.
    documents: usize,
    /// Number of passages.
    passages: u64,
}

/// Check that the program runs.
#[utoipa::path(get, path = "/healthz", tag = "operation",
    responses((status = 200, description = "The program runs.", body = String, content_type = "text/plain")))]
pub(super) async fn healthz() -> &'static str {
    "ok\n"
}

/// Check whether the service can answer.
#[utoipa::path(get, path = "/readyz", tag = "operation",
    responses((status = 200, description = "The service can answer.", body = Ready)))]
pub(super) async fn readyz(State(app): State<App>) -> Result<Answer, Problem> {
    // A load balancer stops sending requests while those in progress still get their answers.
    if app.is_shutting_down() {
        let detail = "the service is shutting down";
        return Err(Problem::new(Code::Ending, detail));
    }
    app.ask(|index| {
        Answer::json(&Ready {
            generation: index.generation(),
            documents: index.documents()?.count(),
            passages: index.passages_count(),
        })
    })
    .await
}

/// Report counts and durations of requests and the state of the index, for Prometheus.
#[utoipa::path(get, path = "/metrics", tag = "operation",
    responses((status = 200, description = "Text of the Prometheus exposition format, version 0.0.4.", body = String, content_type = "text/plain")))]
pub(super) async fn metrics(State(app): State<App>) -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/plain; version=0.0.4")], app.metrics_text())
}
