//! `POST /api/v1/search/batch`: many searches in one request.

use std::sync::Arc;
use std::time::Instant;

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use serde::Deserialize;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::timeout_at;

use super::answer::Answer;
use super::search::{SearchAnswer, SearchBody, answer};
use crate::http::app::App;
use crate::http::params::{JsonFields, Params};
use crate::http::problem::{Code, Problem, ProblemBody};
use crate::http::request::{JSON, body_of};

/// Maximum number of searches in one request: a bound keeps one client from filling the queue that all share.
const MAX_SEARCHES: usize = 50;

/// The searches.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Searches {
    searches: Vec<JsonFields>,
}

/// The searches of one request.
#[derive(utoipa::ToSchema)]
#[schema(as = SearchBatchBody, example = json!({"searches": [{"q": "chuyển đổi số", "limit": 1}, {"q": "57-NQ/TW", "limit": 1}]}))]
#[expect(dead_code, reason = "only declares the body in the OpenAPI document")]
pub(super) struct BatchBody {
    /// The searches, each with the parameters of `GET /api/v1/search` as fields.
    #[schema(max_items = 50, required = true)]
    searches: Vec<SearchBody>,
}

/// The answers to the searches of one request.
#[derive(utoipa::ToSchema)]
#[schema(as = SearchBatchAnswer)]
#[expect(
    dead_code,
    reason = "only declares the answer in the OpenAPI document; it is joined of parts"
)]
pub(super) struct BatchAnswer<'a> {
    /// An answer to each search, in the order in which they were asked.
    answers: Vec<BatchItem<'a>>,
}

/// The answer to one of several searches: one of the two fields is null.
#[derive(utoipa::ToSchema)]
#[schema(as = SearchBatchItem)]
#[expect(
    dead_code,
    reason = "only declares the answer in the OpenAPI document; it is joined of parts"
)]
struct BatchItem<'a> {
    /// The hits and the summary of the search.
    answer: Option<SearchAnswer<'a>>,
    /// The reason why it was not answered. The others are answered all the same.
    problem: Option<ProblemBody<'a>>,
}

/// Answer up to 50 searches in one request. Together they may take as long as one: those that are not answered by then get
/// the problem `time-limit`.
#[utoipa::path(post, path = "/api/v1/search/batch", tag = "search", request_body = BatchBody,
    responses((status = 200, description = "The answers, each a result or a problem.", body = BatchAnswer<'_>)))]
pub(super) async fn batch(
    State(app): State<App>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Answer, Problem> {
    Params::of_query(query.as_deref(), &[])?;
    let (_, body) = body_of(&headers, body, &[JSON])?;
    let searches = searches(&body)?;
    let until = (Instant::now() + app.settings().time_limit).into();
    // As many at once as there are threads: more would only wait in the queue, before the searches of others.
    let turns = Arc::new(Semaphore::new(app.settings().threads.max(1)));
    let mut answers: Vec<Result<Answer, Problem>> = searches.iter().map(|_| Err(Problem::too_slow())).collect();
    // Dropped with this future, so that the searches end if the client disconnects.
    let mut running = JoinSet::new();
    for (position, fields) in searches.into_iter().enumerate() {
        let (app, turns) = (app.clone(), Arc::clone(&turns));
        running.spawn(async move {
            let _turn = turns.acquire_owned().await;
            (position, one(&app, fields).await)
        });
    }
    while let Ok(Some(ended)) = timeout_at(until, running.join_next()).await {
        let (position, answer) = ended.map_err(|error| {
            tracing::error!(%error, "a search of a batch ended");
            Problem::internal()
        })?;
        answers[position] = answer;
    }
    Answer::list("answers", answers)
}

/// Reads the searches of a body.
///
/// # Errors
/// `invalid-json`; `invalid-value` if there are too many.
fn searches(body: &[u8]) -> Result<Vec<JsonFields>, Problem> {
    let Searches { searches } = serde_json::from_slice(body).map_err(|error| {
        let detail = format!("the body is not a JSON object with a list of objects in 'searches': {error}");
        Problem::new(Code::InvalidJson, detail)
    })?;
    if searches.len() > MAX_SEARCHES {
        let detail = format!("'searches' has more than {MAX_SEARCHES} items; send them in parts");
        return Err(Problem::new(Code::InvalidValue, detail).about("searches"));
    }
    Ok(searches)
}

/// Answers one search.
async fn one(app: &App, fields: JsonFields) -> Result<Answer, Problem> {
    let params = Params::of_fields(fields, SearchBody::KNOWN)?;
    let base = app.base_path().to_owned();
    app.ask(move |index| answer(&base, index, &params)).await
}
