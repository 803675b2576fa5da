//! Middleware around every handler: metrics and log, authentication, limits, conditional requests, response headers.
//!
//! [`super::router`] sets the order in which a request passes through these.

use std::time::{Duration, Instant};

use axum::body::{HttpBody as _, to_bytes};
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::app::App;
use super::app::recent::{MAX_BODY_BYTES, RecentAnswer};
use super::problem::{Code, Problem};
use super::request_id;
use crate::index::State as IndexState;

/// Maximum length of a URL in bytes; a longer query goes into a body.
const MAX_URL_BYTES: usize = 8 * 1024;

/// Longest time that a request may take to arrive, in addition to the time limit of its answer.
const ARRIVAL_TIME_LIMIT: Duration = Duration::from_secs(20);

/// Headers that every response gets unless it sets its own. They forbid loading from other origins, inline scripts and
/// framing, and make caches revalidate.
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

/// Adds [`HEADERS`] to the response.
pub(super) async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in &HEADERS {
        response.headers_mut().entry(name).or_insert_with(|| value.clone());
    }
    response
}

/// Counts and logs a request. The log always has the route, but the URL, which holds the query, only if the operator
/// turned that on.
pub(super) async fn observe(
    State(app): State<App>,
    route: Option<MatchedPath>,
    request: Request,
    next: Next,
) -> Response {
    let id = request_id::id_of(request.headers());
    let started = Instant::now();
    let method = request.method().clone();
    let route = route.map_or_else(|| "none".to_owned(), |route| route.as_str().to_owned());
    let path = app.settings().log_queries.then(|| request.uri().to_string());
    // It is logged when it is dropped, so also if the client disconnects and this future never resumes.
    let mut observed = Observed {
        app: app.clone(),
        id: id.clone(),
        started,
        method,
        route,
        path,
        status: CLIENT_CLOSED_REQUEST,
    };
    let header = HeaderValue::from_str(&id);
    let mut response = request_id::under(id, next.run(request)).await;
    observed.status = response.status().as_u16();
    response.headers_mut().extend(header.map(|id| (request_id::HEADER, id)));
    if app.is_shutting_down() {
        let close = HeaderValue::from_static("close");
        response.headers_mut().insert(header::CONNECTION, close);
    }
    response
}

/// Status in metrics and log of a request whose client disconnected before the answer; the code is that of nginx.
const CLIENT_CLOSED_REQUEST: u16 = 499;

/// A request in progress; dropping it counts and logs it.
struct Observed {
    app: App,
    id: String,
    started: Instant,
    method: Method,
    route: String,
    path: Option<String>,
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
            path,
            status,
        } = self;
        let took = started.elapsed();
        app.metrics().count(route, method, *status, took);
        let duration_ms = took.as_secs_f64() * 1e3;
        tracing::info!(request_id = id, %method, route, path, status, duration_ms, "request");
    }
}

/// Returns true if the request is a health probe, which needs neither a key nor a name of the service.
pub(super) fn is_probe(app: &App, request: &Request) -> bool {
    let probes = ["/healthz", "/readyz"];
    let path = request.uri().path().strip_prefix(app.base_path());
    path.is_some_and(|path| probes.contains(&path))
}

/// Refuses a request without a valid key, if the operator requires keys. Health probes need none.
pub(super) async fn admit(State(app): State<App>, request: Request, next: Next) -> Response {
    match &app.settings().keys {
        Some(keys) if !is_probe(&app, &request) => match keys.admit(request.headers()) {
            Ok(()) => next.run(request).await,
            Err(problem) => problem.into_response(),
        },
        _ => next.run(request).await,
    }
}

/// Refuses a request whose URL is too long, and aborts one that takes too long to arrive.
pub(super) async fn limit(State(app): State<App>, request: Request, next: Next) -> Response {
    let length = request.uri().path_and_query().map_or(0, |url| url.as_str().len());
    if length > MAX_URL_BYTES {
        let detail = format!("the URL is longer than {MAX_URL_BYTES} bytes");
        return Problem::new(Code::UrlTooLong, detail).into_response();
    }
    let longest = app.settings().time_limit + ARRIVAL_TIME_LIMIT;
    // Without this limit, a client that sends its body byte by byte could hold a connection forever.
    let late = || {
        let detail = "the request took too long to arrive";
        Problem::new(Code::RequestTimeout, detail).into_response()
    };
    tokio::time::timeout(longest, next.run(request))
        .await
        .unwrap_or_else(|_| late())
}

/// The ends of routes whose answers have tags of their own, which identify a file.
const OWN_TAGS: [&str; 2] = ["/{id}/file", "/{id}/pages/{page}"];

/// The paths whose answers are kept for those who ask the same again: those that many ask, and that cost most.
const KEPT: [&str; 4] = [
    "/api/v1/search",
    "/api/v1/facets",
    "/api/v1/citations",
    "/api/v1/documents",
];

/// Adds an `ETag` to each answer of the API, and answers 304 if the client already has the current answer.
///
/// The tag identifies the version of the program, the state of the index and the URL. It is computed before the handler
/// runs, so an answer is never older than its tag. What was answered from the same state before is [answered](KEPT)
/// again as it was.
pub(super) async fn conditional(State(app): State<App>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let path = path.strip_prefix(app.base_path()).unwrap_or_default();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("", MatchedPath::as_str);
    let has_own_tag = OWN_TAGS.iter().any(|end| route.ends_with(end));
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    // Suggestions may still come from the previous state of the index (`app::derived`), so they get no tag.
    if has_own_tag || !reads || !path.starts_with("/api/") || path.ends_with("/suggest") {
        return next.run(request).await;
    }
    let url = request.uri().to_string();
    let url_hash = blake3::hash(url.as_bytes()).to_hex();
    let tag = |state: IndexState| format!("W/\"{}-{state}-{}\"", env!("CARGO_PKG_VERSION"), &url_hash[..16]);
    let is_kept = *request.method() == Method::GET && KEPT.contains(&path);
    let has_tags = request.headers().contains_key(header::IF_NONE_MATCH);
    let state = match is_kept || has_tags {
        // A newer state is seen only by who looks for it.
        true => app.ask(|index| Ok(index.state())).await.ok(),
        false => app.state(),
    };
    if has_tags
        && let Some(state) = state
        && matches_tag(request.headers(), &tag(state))
    {
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, tag(state))]).into_response();
    }
    let known = state
        .filter(|_| is_kept)
        .and_then(|state| app.recent().find(state, &url));
    let mut response = match known {
        Some(answer) => (answer.headers, answer.body).into_response(),
        None => {
            let response = next.run(request).await;
            // The handler may have answered from a state that came after.
            match state.filter(|state| is_kept && app.state() == Some(*state)) {
                Some(state) => keep(&app, state, &url, response).await,
                None => response,
            }
        }
    };
    if response.status() == StatusCode::OK
        && let Some(tag) = state.and_then(|state| HeaderValue::from_str(&tag(state)).ok())
    {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

/// Keeps a good answer to `url` from this state if it is short, and returns it.
async fn keep(app: &App, state: IndexState, url: &str, response: Response) -> Response {
    let length = response.body().size_hint().exact();
    let is_short = length.is_some_and(|length| length <= MAX_BODY_BYTES as u64);
    if response.status() != StatusCode::OK || !is_short {
        return response;
    }
    let (parts, body) = response.into_parts();
    match to_bytes(body, MAX_BODY_BYTES).await {
        Ok(body) => {
            let answer = RecentAnswer {
                headers: parts.headers.clone(),
                body: body.clone(),
            };
            app.recent().keep(state, url, answer);
            Response::from_parts(parts, body.into())
        }
        Err(_) => Problem::internal().into_response(),
    }
}

/// Returns true if `If-None-Match` names this tag, or is `*`.
pub(super) fn matches_tag(headers: &HeaderMap, tag: &str) -> bool {
    let sent = headers.get_all(header::IF_NONE_MATCH).iter();
    let mut tags = sent
        .filter_map(|tags| tags.to_str().ok())
        .flat_map(|tags| tags.split(','));
    // RFC 9110, section 8.8.3.2: weak comparison ignores the `W/`.
    let opaque = |tag: &str| tag.trim_start_matches("W/").to_owned();
    tags.any(|sent| sent.trim() == "*" || opaque(sent.trim()) == opaque(tag))
}
