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
mod compare;
mod documents;
mod help;
mod original;
mod parts;
mod posted;
mod precedent;
mod proof;
mod reader;
mod register;
mod search;
mod shell;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{MethodRouter, get};
use maud::Markup;

use super::app::{App, Derived};
use super::download::{CSV, TableFile};
use super::problem::{Code, Problem};
use super::request::{Id, IdAndPage, origin};
use crate::index::Index;
use crate::render::table_file::TableFormat;
use citations::cited;
use parts::downloads::NamedTable;
use parts::draft::{self, Answered};
use reader::head;
use shell::frame::{self, Frame};
use shell::open_search;

/// The media type of a page.
const HTML: HeaderValue = HeaderValue::from_static("text/html; charset=utf-8");

/// Returns the routes of the pages.
pub(super) fn routes() -> Router<App> {
    let pages = Router::new()
        .route("/", get(search_page))
        .route("/documents", get(documents_page))
        .route("/documents/{id}", get(reader_page))
        .route("/documents/{id}/citations", get(cites_page))
        .route("/documents/{id}/cited-by", get(cited_by_page))
        .route("/documents/{id}/pages", get(original_by_number))
        .route("/documents/{id}/pages/{page}", get(original_page))
        .route("/citations", get(citations_page))
        .route("/citations/cited", get(cited_page))
        .route("/citations/{*symbol}", get(cited_by_path))
        .route("/register", get(register_page))
        .route("/precedent", form(get(precedent_page).post(precedent_posted)))
        .route("/compare", get(compare_page))
        .route("/proof", form(get(proof_page).post(proof_posted)))
        .route(help::PATH, get(help_page))
        .route("/help/{topic}", get(topic_page))
        .route(open_search::PATH, get(search_description))
        .route("/assets/{name}", get(embedded));
    let files = TABLES
        .iter()
        .flat_map(|of_page| FORMATS.map(|(ending, format)| (of_page, ending, format)));
    files.fold(pages, |routes, (of_page, ending, format)| {
        let answer =
            move |State(app): State<App>, headers: HeaderMap, uri: Uri| table_file(app, headers, uri, of_page, format);
        routes.route(&format!("{}.{ending}", of_page.path), get(answer))
    })
}

/// A page that can be saved as a table: `/citations` as `/citations.csv`.
struct TablePage {
    /// Its path.
    path: &'static str,
    /// Returns its table, for a service at an origin (`http://localhost:7700`).
    table: fn(&Index, &Frame, &str) -> Result<NamedTable, Problem>,
}

/// The pages that can be saved as tables.
static TABLES: [TablePage; 3] = [
    TablePage {
        path: "/citations",
        table: citations::table,
    },
    TablePage {
        path: "/citations/cited",
        table: citations::places,
    },
    TablePage {
        path: "/register",
        table: register::table,
    },
];

/// The formats of tables, by the ending of their URLs.
const FORMATS: [(&str, TableFormat); 2] = [("csv", CSV), ("xlsx", TableFormat::Xlsx)];

/// Answers with the table of a page, with all its rows.
async fn table_file(app: App, headers: HeaderMap, uri: Uri, page: &'static TablePage, format: TableFormat) -> Response {
    let frame = frame(&app, page.path, &uri);
    let moved = frame.clone();
    let origin = origin(&headers).unwrap_or_default();
    let made = app.ask(move |index| {
        let found = (page.table)(index, &moved, &origin)?;
        let name = found.name.clone();
        let table = found.written(moved.lang, format);
        TableFile::of(&table, format, &name, table.len())
    });
    match made.await {
        Ok(file) => file.answer(&headers),
        Err(problem) => failure(&frame, problem),
    }
}

/// Lets a route take a form with a file.
fn form(route: MethodRouter<App>) -> MethodRouter<App> {
    route.layer(DefaultBodyLimit::max(posted::MAX_FORM_BYTES))
}

/// Returns the handler of the first page, which with a base path is at both `/vankien` and `/vankien/`.
pub(super) fn first() -> MethodRouter<App> {
    get(search_page)
}

/// Returns the path of the icon of the pages, from the base of the service.
pub(super) fn icon_path() -> String {
    format!("assets/{}", shell::asset::ICON.name)
}

/// Returns the address of the page that shows a document, on a service at `base`.
pub(super) fn document_url(base: &str, document: &str) -> String {
    Frame::new(base, "", "").page_url(&frame::document(document))
}

/// Returns the address of the page that shows a passage, on a service at `base`.
pub(super) fn passage_url(base: &str, document: &str, passage: &str) -> String {
    parts::links::passage_address(&Frame::new(base, "", ""), document, passage, &[])
}

async fn search_page(State(app): State<App>, uri: Uri) -> Response {
    let frame = frame(&app, "/", &uri);
    let moved = frame.clone();
    let page = app.ask_with_derived(move |index, derived| search::page(index, derived, &moved));
    finish(&frame, page.await)
}

async fn documents_page(State(app): State<App>, uri: Uri) -> Response {
    answer(&app, frame(&app, "/documents", &uri), documents::page).await
}

async fn reader_page(State(app): State<App>, Id(id): Id, uri: Uri) -> Response {
    let frame = frame(&app, &frame::document(&id), &uri);
    answer(&app, frame, move |index, frame| reader::page(index, frame, &id)).await
}

async fn cites_page(State(app): State<App>, Id(id): Id, uri: Uri) -> Response {
    let frame = frame(&app, &head::view_path(&id, head::CITES), &uri);
    answer(&app, frame, move |index, frame| reader::cites::page(index, frame, &id)).await
}

async fn cited_by_page(State(app): State<App>, Id(id): Id, uri: Uri) -> Response {
    let frame = frame(&app, &head::view_path(&id, head::CITED_BY), &uri);
    answer(&app, frame, move |index, frame| {
        reader::cited_by::page(index, frame, &id)
    })
    .await
}

/// Leads from the number that was typed (`?page=5`) to that page of the original.
async fn original_by_number(State(app): State<App>, Id(id): Id, uri: Uri) -> Redirect {
    let frame = frame(&app, &frame::document(&id), &uri);
    Redirect::to(&original::numbered(&frame, &id))
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
    about_draft(&app, frame(&app, "/precedent", &uri), PRECEDENT).await
}

async fn precedent_posted(State(app): State<App>, request: Request) -> Response {
    draft_posted(&app, "/precedent", request, PRECEDENT).await
}

async fn proof_page(State(app): State<App>, uri: Uri) -> Response {
    about_draft(&app, frame(&app, "/proof", &uri), PROOF).await
}

async fn proof_posted(State(app): State<App>, request: Request) -> Response {
    draft_posted(&app, "/proof", request, PROOF).await
}

async fn compare_page(State(app): State<App>, uri: Uri) -> Response {
    let frame = frame(&app, "/compare", &uri);
    let moved = frame.clone();
    let compared = app.ask_about_text(usize::MAX, move |index, derived| {
        compare::answer(index, derived, &moved)
    });
    match compared.await {
        Ok(answered) => answered.into_response(),
        Err(problem) => failure(&frame, problem),
    }
}

/// A page about drafts: its answer, and its form for a draft that could not be read.
#[derive(Clone, Copy)]
struct DraftPage {
    answer: fn(&Index, &Derived, &Frame) -> Result<Answered, Problem>,
    form: fn(&Frame, &Problem) -> Markup,
}

/// The page of similar wording.
const PRECEDENT: DraftPage = DraftPage {
    answer: |index, _, frame| precedent::answer(index, frame),
    form: precedent::refused,
};

/// The page that checks the citations of a draft.
const PROOF: DraftPage = DraftPage {
    answer: proof::answer,
    form: proof::refused,
};

/// Answers with a page about a draft, or with its form if the draft cannot be read.
async fn about_draft(app: &App, frame: Frame, page: DraftPage) -> Response {
    let moved = frame.clone();
    let answer = app.ask_about_text(draft::text_bytes(&frame), move |index, derived| {
        (page.answer)(index, derived, &moved)
    });
    match answer.await {
        Ok(answered) => answered.into_response(),
        Err(problem) => not_read(&frame, problem, page),
    }
}

/// Answers the form of a page about drafts. A text that fits into a URL is redirected to its page, which can be
/// bookmarked; others are answered directly.
async fn draft_posted(app: &App, path: &str, request: Request, page: DraftPage) -> Response {
    let empty = frame(app, path, request.uri());
    let frame = match posted::fields_of(request).await {
        Ok(fields) => empty.with_fields(fields),
        Err(problem) => return not_read(&empty, problem, page),
    };
    match draft::short_address(&frame) {
        Some(address) => Redirect::to(&address).into_response(),
        None => about_draft(app, frame, page).await,
    }
}

/// Renders a problem with a draft above the form, and any other one as [`failure`] does.
fn not_read(frame: &Frame, problem: Problem, page: DraftPage) -> Response {
    if !draft::is_about_draft(&problem) {
        return failure(frame, problem);
    }
    // What could not be read is not sent again.
    let frame = Frame {
        parameters: Vec::new(),
        posted: false,
        ..frame.clone()
    };
    let shown = (page.form)(&frame, &problem);
    with_problem(problem, shown)
}

async fn help_page(State(app): State<App>, uri: Uri) -> Response {
    let frame = frame(&app, help::PATH, &uri);
    finish(&frame, help::page(&frame, None))
}

async fn topic_page(State(app): State<App>, Id(topic): Id, uri: Uri) -> Response {
    let frame = frame(&app, &frame::topic(&topic), &uri);
    finish(&frame, help::page(&frame, Some(&topic)))
}

async fn search_description(State(app): State<App>, headers: HeaderMap, uri: Uri) -> Response {
    let frame = frame(&app, open_search::PATH, &uri);
    let origin = origin(&headers).unwrap_or_default();
    let headers = [(header::CONTENT_TYPE, open_search::MEDIA_TYPE)];
    (headers, open_search::description(&frame, &origin)).into_response()
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
    with_problem(problem, page)
}

/// Returns the page about a problem, with the status and headers of the problem.
fn with_problem(problem: Problem, page: Markup) -> Response {
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
