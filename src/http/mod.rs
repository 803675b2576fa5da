//! The service over HTTP, `vankien serve`: the API for programs ([`api`]) and the pages for people ([`page`]).
//!
//! [`router`] lists every route and opens no socket; [`serve()`] listens on one and shuts down gracefully. A handler
//! reads its parameters ([`params`]), makes one library call and wraps the answer. Searches run on a thread pool of
//! their own ([`App::ask`]), so a slow query never blocks the threads that accept connections; files and pictures of
//! pages have another pool, so they never hold up a search. A request that cannot be answered gets a [`Problem`].
//!
//! axum's types stay inside this module.

mod api;
mod app;
mod download;
mod host;
mod middleware;
mod page;
pub(crate) mod params;
mod problem;
mod request;
mod request_id;
mod serve;
mod unread;

use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{Extensions, HeaderMap, Method, StatusCode, Uri, Version, header};
use axum::middleware::{from_fn, from_fn_with_state};
use tokio::net::TcpListener;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate};
use tower_http::cors::{AllowOrigin, CorsLayer};

pub(crate) use app::Derived;
pub use app::keys::{Keys, KeysError, MIN_KEY_CHARS, key_line};
pub use app::{App, MAX_THREADS, Settings};
pub use problem::{Code, Problem};

/// Answers requests on `listener` until `shutdown` completes, then shuts down gracefully: new requests are answered for
/// half a second, and those in progress may finish within 30 seconds.
///
/// A connection that cannot be accepted is skipped.
pub async fn serve(listener: TcpListener, app: App, shutdown: impl Future<Output = ()>) {
    let router = router(app.clone());
    serve::serve(listener, router, &app, shutdown).await;
}

/// Builds the routes of the service with all middleware around them.
pub fn router(app: App) -> Router {
    let routes = Router::new().merge(api::routes()).merge(page::routes());
    let base = app.base_path();
    // With a base path, the first page is at both `/vankien` and `/vankien/`; nesting alone would only give the first.
    let routes = if base.is_empty() {
        routes
    } else {
        Router::new()
            .nest(base, routes)
            .route(&format!("{base}/"), page::first())
    };
    // The last layer is the outermost: a request meets `observe` first, so that refused requests are counted too, and
    // `conditional` last, inside the compression, so that it sees the status of the handler itself.
    routes
        .fallback(no_such_page)
        .method_not_allowed_fallback(no_such_method)
        .layer(DefaultBodyLimit::max(request::MAX_BODY_BYTES))
        .layer(from_fn_with_state(app.clone(), middleware::conditional))
        .layer(CompressionLayer::new().compress_when(DefaultPredicate::new().and(may_change_bytes)))
        .layer(from_fn_with_state(app.clone(), middleware::limit))
        .layer(from_fn_with_state(app.clone(), middleware::admit))
        .layer(from_fn_with_state(app.clone(), page::for_people))
        .layer(cors(&app))
        .layer(from_fn_with_state(app.clone(), host::check))
        .layer(from_fn(unread::settle))
        .layer(from_fn(middleware::headers))
        .layer(from_fn_with_state(app.clone(), middleware::observe))
        .with_state(app)
}

/// Returns true if an answer may be compressed. Files are sent byte for byte: a client may continue with a part of one,
/// and most are compressed already.
fn may_change_bytes(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    !headers.contains_key(header::ACCEPT_RANGES)
}

/// The CORS policy: pages of other origins may read the API if the operator lists their origin; by default, none may.
fn cors(app: &App) -> CorsLayer {
    let origins = &app.settings().cors_origins;
    if origins.is_empty() {
        return CorsLayer::new();
    }
    CorsLayer::new()
        .allow_origin(AllowOrigin::list(
            origins.iter().filter_map(|origin| origin.parse().ok()),
        ))
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE, header::IF_NONE_MATCH])
        .expose_headers([header::ETAG, header::RETRY_AFTER, request_id::HEADER])
}

/// The beginning of the paths in which something may follow an id, so that a slash in it has to be escaped.
const WITH_ID: &str = "/api/v1/documents/";

/// Answers a request for an unknown path.
async fn no_such_page(State(app): State<App>, uri: Uri) -> Problem {
    let path = uri.path().strip_prefix(app.base_path()).unwrap_or_default();
    let rest = path.strip_prefix(WITH_ID);
    let hint = if rest.is_some_and(|rest| rest.contains('/')) {
        "; a slash within an id is written %2F"
    } else {
        ""
    };
    let detail = format!("there is no such page; /docs lists those of the API{hint}");
    Problem::new(Code::NoSuchPage, detail)
}

/// Answers a request with a method that its path does not accept.
async fn no_such_method() -> Problem {
    let detail = "the page does not accept this method; /docs lists those that it accepts";
    Problem::new(Code::MethodNotAllowed, detail)
}
