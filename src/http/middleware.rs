//! What happens to every request around its handler: it is counted and logged, let in or not, limited, answered from
//! what the client has already, and the answer gets its headers.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::app::App;
use super::problem::{Code, Problem};
use crate::index::State as IndexState;

/// Most bytes of a URL; a longer question goes into a body.
const MAX_URL_BYTES: usize = 8 * 1024;

/// The longest that a request may take to arrive, beside the time that its answer may take.
const ARRIVAL_TIME_LIMIT: Duration = Duration::from_secs(20);

/// Headers of every answer that has none of its own: nothing is loaded from elsewhere, nothing inline is run, no other
/// page frames it, and what is kept is asked for anew.
const HEADERS: [(HeaderName, HeaderValue); 8] = [
    (
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; \
             connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        ),
    ),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), geolocation=(), microphone=()"),
    ),
];

/// Adds [`HEADERS`].
pub(super) async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in &HEADERS {
        response.headers_mut().entry(name).or_insert_with(|| value.clone());
    }
    response
}

/// Counts and logs a request: which page, not what was asked, unless the operator wants that.
pub(super) async fn observe(
    State(app): State<App>,
    route: Option<MatchedPath>,
    request: Request,
    next: Next,
) -> Response {
    static NUMBER: AtomicU64 = AtomicU64::new(1);
    let id = NUMBER.fetch_add(1, Ordering::Relaxed);
    let started = Instant::now();
    let method = request.method().clone();
    let route = route.map_or_else(|| "none".to_owned(), |route| route.as_str().to_owned());
    let asked = app.settings().log_queries.then(|| request.uri().to_string());
    let mut observed = Observed {
        app: app.clone(),
        id,
        started,
        method,
        route,
        asked,
        status: CLIENT_LEFT,
    };
    let mut response = next.run(request).await;
    observed.status = response.status().as_u16();
    response.headers_mut().insert("x-request-id", id.into());
    if app.is_ending() {
        let close = HeaderValue::from_static("close");
        response.headers_mut().insert(header::CONNECTION, close);
    }
    response
}

/// What counts and the log have for a request whose client went away before it was answered, as nginx has it.
const CLIENT_LEFT: u16 = 499;

/// A request that is counted and logged when it is over, answered or not.
struct Observed {
    app: App,
    id: u64,
    started: Instant,
    method: Method,
    route: String,
    asked: Option<String>,
    status: u16,
}

impl Drop for Observed {
    fn drop(&mut self) {
        let Self {
            app,
            id,
            started,
            method,
            route,
            asked,
            status,
        } = self;
        let took = started.elapsed();
        app.counted().count(route, method, *status, took);
        let duration_ms = took.as_secs_f64() * 1e3;
        tracing::info!(id, %method, route, asked, status, duration_ms, "request");
    }
}

/// Lets a request in: with a key where keys are wanted, unless it only asks whether the program runs.
pub(super) async fn admit(State(app): State<App>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let open = ["/healthz", "/readyz"];
    let is_probe = path
        .strip_prefix(app.base_path())
        .is_some_and(|path| open.contains(&path));
    match &app.settings().keys {
        Some(keys) if !is_probe => match keys.admit(request.headers()) {
            Ok(()) => next.run(request).await,
            Err(problem) => problem.into_response(),
        },
        _ => next.run(request).await,
    }
}

/// Refuses a request whose URL is too long, and gives up one that takes too long to arrive.
pub(super) async fn limit(State(app): State<App>, request: Request, next: Next) -> Response {
    let length = request.uri().path_and_query().map_or(0, |asked| asked.as_str().len());
    if length > MAX_URL_BYTES {
        let detail = format!("the URL is longer than {MAX_URL_BYTES} bytes");
        return Problem::new(Code::UrlTooLong, detail).into_response();
    }
    let longest = app.settings().time_limit + ARRIVAL_TIME_LIMIT;
    let late = || {
        let detail = "the request took too long to arrive";
        Problem::new(Code::RequestTimeout, detail).into_response()
    };
    tokio::time::timeout(longest, next.run(request))
        .await
        .unwrap_or_else(|_| late())
}

/// Answers 304 where the client has what the index still says, and gives each answer of the API its tag.
///
/// The tag is of the state of the index and of the question. It is taken before the question is asked, so that an
/// answer is never older than its tag.
pub(super) async fn conditional(State(app): State<App>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let path = path.strip_prefix(app.base_path()).unwrap_or_default();
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    // Suggestions may be of the state before.
    if !reads || !path.starts_with("/api/") || path.ends_with("/suggest") {
        return next.run(request).await;
    }
    let question = blake3::hash(request.uri().to_string().as_bytes()).to_hex();
    let tag = |state: IndexState| format!("W/\"{}-{state}-{}\"", env!("CARGO_PKG_VERSION"), &question[..16]);
    if request.headers().contains_key(header::IF_NONE_MATCH)
        && let Ok(state) = app.ask(|index| Ok(index.state())).await
        && has(request.headers(), &tag(state))
    {
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, tag(state))]).into_response();
    }
    let state = app.state();
    let mut response = next.run(request).await;
    if response.status() == StatusCode::OK
        && let Some(tag) = state.and_then(|state| HeaderValue::from_str(&tag(state)).ok())
    {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

/// Does the client have the answer with this weak tag?
fn has(headers: &HeaderMap, tag: &str) -> bool {
    let given = headers.get_all(header::IF_NONE_MATCH).iter();
    let mut tags = given
        .filter_map(|tags| tags.to_str().ok())
        .flat_map(|tags| tags.split(','));
    let opaque = |tag: &str| tag.trim_start_matches("W/").to_owned();
    tags.any(|given| given.trim() == "*" || opaque(given.trim()) == opaque(tag))
}
