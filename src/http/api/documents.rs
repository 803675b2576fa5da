//! `/api/v1/documents`: documents with their metadata, sections and footnotes.

use axum::extract::{RawQuery, State};
use serde::Serialize;

use super::answer::{Answer, messages, public};
use super::openapi::{NoParameters, parameters};
use crate::http::app::App;
use crate::http::params::window::WINDOW;
use crate::http::params::{FILTERS, Parameter, Params, Takes, sort};
use crate::http::problem::Problem;
use crate::http::request::Id;
use crate::record::{DocumentRecord, FootnoteRecord, SectionRecord};
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
const SORT: Parameter = sort::<DocumentOrder>(DocumentOrder::HELP);

parameters!(DocumentsParameters, [&[SORT], &FILTERS, &WINDOW], required: []);
parameters!(OutlineParameters, [&[DEPTH]], required: []);

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
    /// The sections in order, each with its parent and level.
    sections: Vec<SectionRecord>,
}

/// The footnotes of a document.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct FootnotesAnswer {
    /// Id of the document.
    document: String,
    /// The footnotes in order of their numbers.
    footnotes: Vec<FootnoteRecord>,
}

/// List documents with their metadata.
#[utoipa::path(get, path = "/api/v1/documents", tag = "documents", params(DocumentsParameters),
    responses((status = 200, description = "The documents.", body = DocumentsAnswer)))]
pub(super) async fn documents(State(app): State<App>, RawQuery(query): RawQuery) -> Result<Answer, Problem> {
    let params = Params::of_query(query.as_deref(), DocumentsParameters::KNOWN)?;
    app.ask(move |index| {
        let window = params.window(index)?;
        let (mut records, diagnostics) = search::documents(index, &params.filters(index)?)?;
        params.value_of::<DocumentOrder>(SORT.name).sort(&mut records);
        Answer::json(&DocumentsAnswer {
            total: records.len(),
            documents: window.slice(&records).iter().map(public).collect(),
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
        let parsed = index.document(&id)?;
        let sections = parsed.section_records().filter(|section| section.level <= depth);
        Answer::json(&OutlineAnswer {
            sections: sections.collect(),
            document: parsed.document.id.clone(),
        })
    })
    .await
}

/// List the footnotes of a document.
#[utoipa::path(get, path = "/api/v1/documents/{id}/footnotes", tag = "documents", params(("id" = String, Path, description = "Id of the document, or an unambiguous beginning of it (`001`)."), NoParameters),
    responses((status = 200, description = "The footnotes.", body = FootnotesAnswer)))]
pub(super) async fn footnotes(
    State(app): State<App>,
    Id(id): Id,
    RawQuery(query): RawQuery,
) -> Result<Answer, Problem> {
    Params::of_query(query.as_deref(), NoParameters::KNOWN)?;
    app.ask(move |index| {
        let parsed = index.document(&id)?;
        Answer::json(&FootnotesAnswer {
            footnotes: parsed.footnote_records().collect(),
            document: parsed.document.id.clone(),
        })
    })
    .await
}
