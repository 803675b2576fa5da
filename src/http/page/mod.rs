//! The pages that people use: every answer of the terminal, in Vietnamese or English.
//!
//! A page is made on the server from one answer of the library, and its whole state stands in its address, so that
//! links, bookmarks and the way back work. Nothing depends on the script; it only adds suggestions, keys and copying.
//! Nothing comes from elsewhere, and nothing is inline: the pages stand under a policy without `unsafe-inline`.

mod citations;
mod documents;
mod parts;
mod precedent;
mod reader;
mod search;
mod shell;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderValue, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{MethodRouter, get};
use maud::Markup;

use super::app::App;
use super::problem::{Code, Problem};
use crate::index::Index;
use citations::cited;
use precedent::WordingSource;
use shell::frame::{self, Frame};

/// The longest text in bytes that goes into the address of its page, so that the answer is a link: no proxy or
/// browser refuses an address of its size, percent-encoded.
const MAX_ADDRESS_TEXT_BYTES: usize = 1500;

/// The media type of a page.
const PAGE: HeaderValue = HeaderValue::from_static("text/html; charset=utf-8");

/// The routes of the pages.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/", get(search_page))
        .route("/documents", get(documents_page))
        .route("/documents/{id}", get(reader_page))
        .route("/citations", get(citations_page))
        .route("/citations.csv", get(citations_table))
        .route("/citations/cited", get(cited_page))
        .route("/precedent", get(precedent_page).post(precedent_posted))
        .route("/assets/{name}", get(embedded))
}

/// The first page, which below a base path stands at `/vankien` and at `/vankien/`.
pub(super) fn first() -> MethodRouter<App> {
    get(search_page)
}

async fn search_page(State(app): State<App>, uri: Uri) -> Response {
    answer(&app, frame(&app, "/", &uri), search::page).await
}

async fn documents_page(State(app): State<App>, uri: Uri) -> Response {
    answer(&app, frame(&app, "/documents", &uri), documents::page).await
}

async fn reader_page(State(app): State<App>, Path(id): Path<String>, uri: Uri) -> Response {
    let frame = frame(&app, &frame::document(&id), &uri);
    answer(&app, frame, move |index, frame| reader::page(index, frame, &id)).await
}

async fn citations_page(State(app): State<App>, uri: Uri) -> Response {
    answer(&app, frame(&app, "/citations", &uri), citations::page).await
}

async fn citations_table(State(app): State<App>, uri: Uri) -> Response {
    let frame = frame(&app, "/citations.csv", &uri);
    let asked = frame.clone();
    let table = app.ask(move |index| citations::csv(index, &asked)).await;
    match table {
        Ok(table) => {
            let headers = [
                (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
                (header::CONTENT_DISPOSITION, "attachment; filename=\"citations.csv\""),
            ];
            (headers, table).into_response()
        }
        Err(problem) => failure(&frame, problem),
    }
}

async fn cited_page(State(app): State<App>, uri: Uri) -> Response {
    answer(&app, frame(&app, "/citations/cited", &uri), cited::page).await
}

async fn precedent_page(State(app): State<App>, uri: Uri) -> Response {
    let frame = frame(&app, "/precedent", &uri);
    let wanted = WordingSource::on(&frame);
    precedents(&app, frame, wanted).await
}

/// A text that fits goes on to the address of its page, which can be kept; a longer one is answered here.
async fn precedent_posted(State(app): State<App>, posted: String) -> Response {
    let frame = Frame::posted(app.base_path(), "/precedent", &posted);
    match WordingSource::on(&frame) {
        Some(WordingSource::Text(text)) if text.len() <= MAX_ADDRESS_TEXT_BYTES => {
            Redirect::to(&frame.to("/precedent", &[("text", text)])).into_response()
        }
        wanted => precedents(&app, frame, wanted).await,
    }
}

async fn precedents(app: &App, frame: Frame, wanted: Option<WordingSource>) -> Response {
    answer(app, frame, move |index, frame| {
        precedent::page(index, frame, wanted.as_ref())
    })
    .await
}

async fn embedded(State(app): State<App>, Path(name): Path<String>, uri: Uri) -> Response {
    let Some(asset) = shell::asset::named(&name) else {
        let problem = Problem::new(Code::NoSuchPage, "there is no such asset");
        return failure(&frame(&app, "/", &uri), problem);
    };
    let headers = [
        (header::CONTENT_TYPE, asset.media_type),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    (headers, asset.text).into_response()
}

/// The frame of the page at `path` that is asked for by `uri`.
fn frame(app: &App, path: &str, uri: &Uri) -> Frame {
    Frame::new(app.base_path(), path, uri.query().unwrap_or(""))
}

/// The page that `write` makes of the newest index, or the one that says why there is none.
async fn answer(
    app: &App,
    frame: Frame,
    write: impl FnOnce(&Index, &Frame) -> Result<Markup, Problem> + Send + 'static,
) -> Response {
    let asked = frame.clone();
    match app.ask(move |index| write(index, &asked)).await {
        Ok(page) => page.into_response(),
        Err(problem) => failure(&frame, problem),
    }
}

/// A problem as a page, with its status and headers.
fn failure(frame: &Frame, problem: Problem) -> Response {
    let page = shell::failure(frame, &problem);
    let (mut head, _) = problem.into_response().into_parts();
    head.headers.insert(header::CONTENT_TYPE, PAGE);
    head.headers.remove(header::CONTENT_LENGTH);
    head.headers.remove(header::CONTENT_ENCODING);
    Response::from_parts(head, Body::from(page.into_string()))
}

/// A problem outside the API as a page, for a client that reads pages: a wrong address in a browser, a missing key.
pub(super) async fn for_people(State(app): State<App>, request: Request, next: Next) -> Response {
    let accepted = request.headers().get_all(header::ACCEPT).iter();
    let mut accepted = accepted.filter_map(|types| types.to_str().ok());
    let reads_pages = accepted.any(|types| types.contains("text/html"));
    let path = request.uri().path().strip_prefix(app.base_path()).unwrap_or("");
    if !reads_pages || path.starts_with("/api/") {
        return next.run(request).await;
    }
    let frame = Frame {
        parameters: Vec::new(),
        ..frame(&app, path, request.uri())
    };
    let response = next.run(request).await;
    match response.extensions().get::<Problem>().cloned() {
        // A handler of a page has made one already.
        Some(problem)
            if response
                .headers()
                .get(header::CONTENT_TYPE)
                .is_some_and(|kind| kind != PAGE) =>
        {
            let mut page = failure(&frame, problem);
            page.headers_mut()
                .append(header::VARY, HeaderValue::from_static("accept"));
            page
        }
        _ => response,
    }
}
