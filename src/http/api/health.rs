//! `/healthz`, `/readyz` and `/metrics`, for operators.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use serde::Serialize;

use super::answer::Answer;
use crate::http::app::App;
use crate::http::problem::{Code, Problem};

/// The index that answers. Where the service asks for keys, a request without one gets null in place of each count.
#[derive(Default, Serialize, utoipa::ToSchema)]
pub(super) struct Ready {
    /// Number of commits of the index so far.
    generation: Option<u64>,
    /// Number of documents.
    documents: Option<usize>,
    /// Number of passages.
    passages: Option<u64>,
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
pub(super) async fn readyz(State(app): State<App>, headers: HeaderMap) -> Result<Answer, Problem> {
    // A load balancer stops sending requests while those in progress still get their answers.
    if app.is_shutting_down() {
        let detail = "the service is shutting down";
        return Err(Problem::new(Code::Ending, detail));
    }
    let keys = app.settings().keys.as_ref();
    let tells_counts = keys.is_none_or(|keys| keys.know(&headers));
    app.ask(move |index| {
        let documents = index.documents()?.count();
        let ready = tells_counts.then(|| Ready {
            generation: Some(index.generation()),
            documents: Some(documents),
            passages: Some(index.passages_count()),
        });
        Answer::json(&ready.unwrap_or_default())
    })
    .await
}

/// Report counts and durations of requests and the state of the index, for Prometheus.
#[utoipa::path(get, path = "/metrics", tag = "operation",
    responses((status = 200, description = "Text of the Prometheus exposition format, version 0.0.4.", body = String, content_type = "text/plain")))]
pub(super) async fn metrics(State(app): State<App>) -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/plain; version=0.0.4")], app.metrics_text())
}
