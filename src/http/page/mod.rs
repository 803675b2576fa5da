//! The pages for people: every answer of the terminal, in Vietnamese or English.
//!
//! The server renders a page from one answer of the library. The URL holds the whole state of a page, so links,
//! bookmarks and the back button work. The pages work without their script, which only adds suggestions, keys and
//! copying. They load nothing from other origins and have nothing inline: their content security policy has no
//! `unsafe-inline`.
//!
//! [`shell`] has what every page needs, [`parts`] what several pages share; each further module is a page. A function
//! that renders takes the [`Frame`] of its page, for links, or only the strings of the language.

mod citations;
mod documents;
mod original;
mod parts;
mod precedent;
mod reader;
mod register;
mod search;
mod shell;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::rejection::BytesRejection;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderValue, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{MethodRouter, get};
use maud::Markup;

use super::app::App;
use super::problem::{Code, Problem};
use super::request::{Id, IdAndPage, whole};
use crate::index::Index;
use citations::cited;
use precedent::WordingSource;
use shell::frame::{self, Frame};

/// Maximum length in bytes of a text that goes into the URL of its page, so that the answer can be linked to. No proxy
/// or browser refuses a URL of that length, percent-encoded.
const MAX_URL_TEXT_BYTES: usize = 1500;

/// The media type of a page.
const HTML: HeaderValue = HeaderValue::from_static("text/html; charset=utf-8");

/// Returns the routes of the pages.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/", get(search_page))
        .route("/documents", get(documents_page))
        .route("/documents/{id}", get(reader_page))
        .route("/documents/{id}/pages/{page}", get(original_page))
        .route("/citations", get(citations_page))
        .route("/citations.csv", get(citations_table))
        .route("/citations/cited", get(cited_page))
        .route("/citations/{*symbol}", get(cited_by_path))
        .route("/register", get(register_page))
        .route("/precedent", get(precedent_page).post(precedent_posted))
        .route("/assets/{name}", get(embedded))
}

/// Returns the handler of the first page, which with a base path is at both `/vankien` and `/vankien/`.
pub(super) fn first() -> MethodRouter<App> {
    get(search_page)
}

/// Returns the path of the icon of the pages, from the base of the service.
pub(super) fn icon_path() -> String {
    format!("assets/{}", shell::asset::ICON.name)
}

/// Returns the address of the page that shows a passage, on a service at `base`.
pub(super) fn passage_url(base: &str, document: &str, passage: &str) -> String {
    parts::links::passage_address(&Frame::new(base, "", ""), document, passage, &[])
}

async fn search_page(State(app): State<App>, uri: Uri) -> Response {
    answer(&app, frame(&app, "/", &uri), search::page).await
}

async fn documents_page(State(app): State<App>, uri: Uri) -> Response {
    answer(&app, frame(&app, "/documents", &uri), documents::page).await
}

async fn reader_page(State(app): State<App>, Id(id): Id, uri: Uri) -> Response {
    let frame = frame(&app, &frame::document(&id), &uri);
    answer(&app, frame, move |index, frame| reader::page(index, frame, &id)).await
}

async fn original_page(State(app): State<App>, IdAndPage(id, page): IdAndPage, uri: Uri) -> Response {
    let frame = frame(&app, &frame::original(&id, &page), &uri);
    answer(&app, frame, move |index, frame| {
        original::page(index, frame, &id, &page)
    })
    .await
}

async fn citations_page(State(app): State<App>, uri: Uri) -> Response {
    answer(&app, frame(&app, "/citations", &uri), citations::page).await
}

async fn citations_table(State(app): State<App>, uri: Uri) -> Response {
    let frame = frame(&app, "/citations.csv", &uri);
    let moved = frame.clone();
    let table = app.ask(move |index| citations::csv(index, &moved)).await;
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

/// Leads from `/citations/21-NQ/TW` to the page of that document.
async fn cited_by_path(State(app): State<App>, Id(symbol): Id, uri: Uri) -> Redirect {
    let frame = frame(&app, "/citations/cited", &uri);
    let mut parameters = vec![("symbol".to_owned(), symbol)];
    parameters.extend(frame.parameters.iter().cloned());
    Redirect::to(&frame.url("/citations/cited", &parameters))
}

async fn register_page(State(app): State<App>, uri: Uri) -> Response {
    answer(&app, frame(&app, "/register", &uri), register::page).await
}

async fn precedent_page(State(app): State<App>, uri: Uri) -> Response {
    let frame = frame(&app, "/precedent", &uri);
    let wanted = WordingSource::of_frame(&frame);
    precedents(&app, frame, wanted).await
}

/// Answers the form of the precedent page. A text that fits into a URL is redirected to its page, which can be
/// bookmarked; a longer one is answered directly.
async fn precedent_posted(State(app): State<App>, posted: Result<Bytes, BytesRejection>) -> Response {
    let posted = match whole(posted) {
        Ok(posted) => posted,
        Err(problem) => return failure(&Frame::new(app.base_path(), "/precedent", ""), problem),
    };
    let frame = Frame::posted(app.base_path(), "/precedent", &String::from_utf8_lossy(&posted));
    match WordingSource::of_frame(&frame) {
        Some(WordingSource::Text(text)) if text.len() <= MAX_URL_TEXT_BYTES => {
            Redirect::to(&frame.url("/precedent", &[("text", text)])).into_response()
        }
        wanted => precedents(&app, frame, wanted).await,
    }
}

async fn precedents(app: &App, frame: Frame, wanted: Option<WordingSource>) -> Response {
    let bytes = match &wanted {
        Some(WordingSource::Text(text)) => text.len(),
        _ => 0,
    };
    let moved = frame.clone();
    let page = app.ask_about_text(bytes, move |index, _| precedent::page(index, &moved, wanted.as_ref()));
    finish(&frame, page.await)
}

async fn embedded(State(app): State<App>, Id(name): Id, uri: Uri) -> Response {
    let Some(asset) = shell::asset::by_name(&name) else {
        let problem = Problem::new(Code::NoSuchPage, "there is no such asset");
        return failure(&frame(&app, "/", &uri), problem);
    };
    let headers = [
        (header::CONTENT_TYPE, asset.media_type),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    (headers, asset.text).into_response()
}

/// Returns the frame of the page at `path`, requested by `uri`.
fn frame(app: &App, path: &str, uri: &Uri) -> Frame {
    Frame {
        files: app.settings().files,
        ..Frame::new(app.base_path(), path, uri.query().unwrap_or(""))
    }
}

/// Answers with the page that `render` makes from the newest index, or with the page of the problem.
async fn answer(
    app: &App,
    frame: Frame,
    render: impl FnOnce(&Index, &Frame) -> Result<Markup, Problem> + Send + 'static,
) -> Response {
    let moved = frame.clone();
    let page = app.ask(move |index| render(index, &moved)).await;
    finish(&frame, page)
}

/// Returns the page that was rendered, or that of the problem.
fn finish(frame: &Frame, page: Result<Markup, Problem>) -> Response {
    match page {
        Ok(page) => page.into_response(),
        Err(problem) => failure(frame, problem),
    }
}

/// Renders a problem as a page, with its status and headers.
fn failure(frame: &Frame, problem: Problem) -> Response {
    let page = shell::failure(frame, &problem);
    let (mut head, _) = problem.into_response().into_parts();
    head.extensions.remove::<Problem>();
    head.headers.insert(header::CONTENT_TYPE, HTML);
    head.headers.remove(header::CONTENT_LENGTH);
    head.headers.remove(header::CONTENT_ENCODING);
    Response::from_parts(head, Body::from(page.into_string()))
}

/// Middleware that answers a browser with a page where a layer outside the page handlers refused the request with JSON:
/// an unknown URL, a wrong method, a missing key.
///
/// Such a layer returns a [`Problem`], which axum turns into a response before this function sees it. The conversion
/// leaves the problem itself in the extensions of the response, and [`failure`] removes it where a page was made
/// already.
pub(super) async fn for_people(State(app): State<App>, request: Request, next: Next) -> Response {
    let accepted = request.headers().get_all(header::ACCEPT).iter();
    let mut accepted = accepted.filter_map(|types| types.to_str().ok());
    let reads_pages = accepted.any(|types| types.contains("text/html"));
    let path = request.uri().path().strip_prefix(app.base_path()).unwrap_or("");
    // A person follows a link to a file; what is wrong with it is told in a page.
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("", MatchedPath::as_str);
    let is_for_programs = path.starts_with("/api/") && !route.ends_with("/{id}/file");
    if !reads_pages || is_for_programs {
        return next.run(request).await;
    }
    // The error page keeps the language of the request, but none of its parameters.
    let frame = Frame {
        parameters: Vec::new(),
        ..frame(&app, path, request.uri())
    };
    let mut response = next.run(request).await;
    let Some(problem) = response.extensions_mut().remove::<Problem>() else {
        return response;
    };
    let mut page = failure(&frame, problem);
    page.headers_mut()
        .append(header::VARY, HeaderValue::from_static("accept"));
    page
}
