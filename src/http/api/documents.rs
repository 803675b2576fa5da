//! `/api/v1/documents`: documents with their metadata, sections and footnotes.

use axum::extract::{RawQuery, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::answer::{Answer, LinkedCitation, messages, public};
use super::openapi::{NoParameters, parameters};
use crate::http::app::App;
use crate::http::params::window::{WINDOW, WINDOW_OF_WHOLE};
use crate::http::params::{FILTERS, Parameter, Params, Takes, sort};
use crate::http::problem::Problem;
use crate::http::request::Id;
use crate::record::{DocumentRecord, FootnoteRecord, PassageRecord, SectionRecord};
use crate::search::{self, DocumentOrder};

/// The depth of an outline.
const DEPTH: Parameter = Parameter {
    name: "depth",
    about: "Deepest level of sections to list.",
    takes: Takes::Number {
        min: 1,
        max: 100,
        default: 100,
    },
};

/// The order of the documents.
pub(super) const SORT: Parameter = sort::<DocumentOrder>(DocumentOrder::HELP);

/// The words of names by which documents are chosen.
pub(super) const NAMED: Parameter = Parameter {
    name: "q",
    about: "Only documents whose title, number or issuer has all of these words.",
    takes: Takes::Text("dang uy can tho"),
};

parameters!(DocumentsParameters, [&[NAMED, SORT], &FILTERS, &WINDOW], required: []);
parameters!(OutlineParameters, [&[DEPTH], &WINDOW_OF_WHOLE], required: []);
parameters!(FootnotesParameters, [&WINDOW_OF_WHOLE], required: []);
parameters!(PartsParameters, [&WINDOW], required: []);

/// A list of documents.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct DocumentsAnswer {
    /// Number of documents that pass the filters.
    total: usize,
    /// The documents of the requested window, in the order asked for; `path` is only the name of the file.
    documents: Vec<DocumentRecord>,
    /// Cursor of the next window; null at the end.
    next: Option<String>,
    /// Oddities of the filters.
    diagnostics: Vec<String>,
}

/// The sections of a document.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct OutlineAnswer {
    /// Id of the document.
    document: String,
    /// Number of sections, as deep as was asked for.
    total: usize,
    /// The sections in order, each with its parent and level.
    sections: Vec<SectionRecord>,
    /// Cursor of the next window; null at the end.
    next: Option<String>,
}

/// The footnotes of a document.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct FootnotesAnswer {
    /// Id of the document.
    document: String,
    /// Number of footnotes.
    total: usize,
    /// The footnotes in order of their numbers.
    footnotes: Vec<FootnoteRecord>,
    /// Cursor of the next window; null at the end.
    next: Option<String>,
}

/// The passages of a document.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct PassagesAnswer {
    /// Id of the document.
    document: String,
    /// Number of passages.
    total: usize,
    /// The passages of the requested window, in order.
    passages: Vec<PassageRecord>,
    /// Cursor of the next window; null at the end.
    next: Option<String>,
}

/// The citations of a document.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct DocumentCitationsAnswer<'a> {
    /// Id of the document.
    document: &'a str,
    /// Number of citations of other documents.
    total: usize,
    /// The citations of the requested window, in order.
    citations: Vec<LinkedCitation<'a>>,
    /// Cursor of the next window; null at the end.
    next: Option<String>,
}

/// List documents with their metadata.
#[utoipa::path(get, path = "/api/v1/documents", tag = "documents", params(DocumentsParameters),
    responses((status = 200, description = "The documents.", body = DocumentsAnswer)))]
pub(super) async fn documents(State(app): State<App>, RawQuery(query): RawQuery) -> Result<Answer, Problem> {
    let params = Params::of_query(query.as_deref(), DocumentsParameters::KNOWN)?;
    app.ask(move |index| {
        let window = params.window(index)?;
        let (mut records, diagnostics) = search::documents(index, &params.filters(index)?)?;
        search::retain_named(index, &mut records, params.text(NAMED.name).unwrap_or_default())?;
        params.value_of::<DocumentOrder>(SORT.name).sort(&mut records);
        Answer::json(&DocumentsAnswer {
            total: records.len(),
            documents: window.slice(&records).iter().map(|record| public(record)).collect(),
            next: window.next(records.len()),
            diagnostics: messages(&diagnostics),
        })
    })
    .await
}

/// Show the metadata of a document.
#[utoipa::path(get, path = "/api/v1/documents/{id}", tag = "documents", params(("id" = String, Path, description = "Id of the document, or an unambiguous beginning of it (`001`)."), NoParameters),
    responses((status = 200, description = "The document; `path` is only the name of its file.", body = DocumentRecord)))]
pub(super) async fn document(State(app): State<App>, Id(id): Id, RawQuery(query): RawQuery) -> Result<Answer, Problem> {
    // No parameter is known, so a mistaken one is reported rather than ignored.
    Params::of_query(query.as_deref(), NoParameters::KNOWN)?;
    app.ask(move |index| Answer::json(&public(&index.document(&id)?.document_record())))
        .await
}

/// List the sections of a document as a tree.
#[utoipa::path(get, path = "/api/v1/documents/{id}/outline", tag = "documents", params(("id" = String, Path, description = "Id of the document, or an unambiguous beginning of it (`001`)."), OutlineParameters),
    responses((status = 200, description = "The sections.", body = OutlineAnswer)))]
pub(super) async fn outline(State(app): State<App>, Id(id): Id, RawQuery(query): RawQuery) -> Result<Answer, Problem> {
    let params = Params::of_query(query.as_deref(), OutlineParameters::KNOWN)?;
    app.ask(move |index| {
        let depth = params.number(DEPTH.name).unwrap_or(usize::MAX);
        let window = params.window_of_whole(index)?;
        let parsed = index.document(&id)?;
        let sections = parsed.section_records().filter(|section| section.level <= depth);
        let sections: Vec<SectionRecord> = sections.collect();
        Answer::json(&OutlineAnswer {
            total: sections.len(),
            next: window.next(sections.len()),
            sections: window.slice(&sections).to_vec(),
            document: parsed.document.id.clone(),
        })
    })
    .await
}

/// List the footnotes of a document.
#[utoipa::path(get, path = "/api/v1/documents/{id}/footnotes", tag = "documents", params(("id" = String, Path, description = "Id of the document, or an unambiguous beginning of it (`001`)."), FootnotesParameters),
    responses((status = 200, description = "The footnotes.", body = FootnotesAnswer)))]
pub(super) async fn footnotes(
    State(app): State<App>,
    Id(id): Id,
    RawQuery(query): RawQuery,
) -> Result<Answer, Problem> {
    let params = Params::of_query(query.as_deref(), FootnotesParameters::KNOWN)?;
    app.ask(move |index| {
        let window = params.window_of_whole(index)?;
        let parsed = index.document(&id)?;
        let footnotes: Vec<FootnoteRecord> = parsed.footnote_records().collect();
        Answer::json(&FootnotesAnswer {
            total: footnotes.len(),
            next: window.next(footnotes.len()),
            footnotes: window.slice(&footnotes).to_vec(),
            document: parsed.document.id.clone(),
        })
    })
    .await
}

/// Show the text of a document, which `lines` and `span` of its records count.
#[utoipa::path(get, operation_id = "document_text", path = "/api/v1/documents/{id}/text", tag = "documents", params(("id" = String, Path, description = "Id of the document, or an unambiguous beginning of it (`001`)."), NoParameters),
    responses((status = 200, description = "The text: of a file of plain text the file itself in UTF-8, of any other the text made of it.", body = String, content_type = "text/plain; charset=utf-8")))]
pub(super) async fn text(State(app): State<App>, Id(id): Id, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    Params::of_query(query.as_deref(), NoParameters::KNOWN)?;
    let text = app.ask(move |index| Ok(index.document(&id)?.document.text)).await?;
    Ok(([(CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response())
}

/// List the passages of a document, which together have all of its text.
#[utoipa::path(get, operation_id = "document_passages", path = "/api/v1/documents/{id}/passages", tag = "documents", params(("id" = String, Path, description = "Id of the document, or an unambiguous beginning of it (`001`)."), PartsParameters),
    responses((status = 200, description = "The passages.", body = PassagesAnswer)))]
pub(super) async fn passages(State(app): State<App>, Id(id): Id, RawQuery(query): RawQuery) -> Result<Answer, Problem> {
    let params = Params::of_query(query.as_deref(), PartsParameters::KNOWN)?;
    app.ask(move |index| {
        let window = params.window(index)?;
        let parsed = index.document(&id)?;
        let total = parsed.document.passages.len();
        Answer::json(&PassagesAnswer {
            total,
            passages: parsed.passage_records_in(window.range(total)).collect(),
            next: window.next(total),
            document: parsed.document.id.clone(),
        })
    })
    .await
}

/// List what a document cites, in order. Where it speaks of itself, that is left out.
#[utoipa::path(get, operation_id = "document_citations", path = "/api/v1/documents/{id}/citations", tag = "documents", params(("id" = String, Path, description = "Id of the document, or an unambiguous beginning of it (`001`)."), PartsParameters),
    responses((status = 200, description = "The citations.", body = DocumentCitationsAnswer<'_>)))]
pub(super) async fn citations(
    State(app): State<App>,
    Id(id): Id,
    RawQuery(query): RawQuery,
) -> Result<Answer, Problem> {
    let params = Params::of_query(query.as_deref(), PartsParameters::KNOWN)?;
    let base = app.base_path().to_owned();
    app.ask(move |index| {
        let window = params.window(index)?;
        let document = index.resolve_id(&id)?;
        let mut places = index.cited_places(document)?;
        places.retain(|place| !place.citation.is_own_document());
        Answer::json(&DocumentCitationsAnswer {
            document,
            total: places.len(),
            citations: LinkedCitation::all(&base, index, window.slice(&places))?,
            next: window.next(places.len()),
        })
    })
    .await
}
