//! `/api/v1/documents`: documents with their metadata, sections and notes.

use axum::extract::{RawQuery, State};
use serde::Serialize;

use super::answer::{Answer, messages, public};
use super::openapi::parameters;
use super::request::Id;
use crate::http::app::App;
use crate::http::params::window::WINDOW;
use crate::http::params::{FILTERS, Parameter, Params, Takes};
use crate::http::problem::Problem;
use crate::record::{DocumentRecord, FootnoteRecord, SectionRecord};
use crate::search;

/// How deep an outline goes.
const DEPTH: Parameter = Parameter {
    name: "depth",
    about: "No deeper than this.",
    takes: Takes::Number {
        least: 1,
        most: 100,
        default: 100,
    },
};

parameters!(DocumentsParameters, [&FILTERS, &WINDOW], required: []);
parameters!(OutlineParameters, [&[DEPTH]], required: []);
parameters!(NoParameters, [&[]], required: []);

/// Documents.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct DocumentsAnswer {
    /// Number of documents that pass the filters.
    total: usize,
    /// Those of the window asked for, in order of their ids; `path` is the name of the file alone.
    documents: Vec<DocumentRecord>,
    /// Cursor of what follows; null at the end.
    next: Option<String>,
    /// What was odd about the filters.
    diagnostics: Vec<String>,
}

/// The tree of sections of a document.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct OutlineAnswer {
    /// Id of the document.
    document: String,
    /// The sections in order, each with its parent and level.
    sections: Vec<SectionRecord>,
}

/// The notes of a document.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct FootnotesAnswer {
    /// Id of the document.
    document: String,
    /// The notes in order of their numbers.
    footnotes: Vec<FootnoteRecord>,
}

/// Documents with their metadata.
#[utoipa::path(get, path = "/api/v1/documents", tag = "documents", params(DocumentsParameters),
    responses((status = 200, description = "The documents.", body = DocumentsAnswer)))]
pub(super) async fn documents(State(app): State<App>, RawQuery(query): RawQuery) -> Result<Answer, Problem> {
    let params = Params::of_query(query.as_deref(), DocumentsParameters::KNOWN)?;
    app.ask(move |index| {
        let window = params.window(index)?;
        let (records, diagnostics) = search::documents(index, &params.filters(index)?)?;
        Answer::of(&DocumentsAnswer {
            total: records.len(),
            documents: window.of(&records).iter().map(public).collect(),
            next: window.next(records.len()),
            diagnostics: messages(diagnostics),
        })
    })
    .await
}

/// A document with its metadata.
#[utoipa::path(get, path = "/api/v1/documents/{id}", tag = "documents", params(("id" = String, Path, description = "Its id, or an unambiguous beginning of it (`001`)."), NoParameters),
    responses((status = 200, description = "The document; `path` is the name of its file alone.", body = DocumentRecord)))]
pub(super) async fn document(State(app): State<App>, Id(id): Id, RawQuery(query): RawQuery) -> Result<Answer, Problem> {
    Params::of_query(query.as_deref(), NoParameters::KNOWN)?;
    app.ask(move |index| Answer::of(&public(&index.document(&id)?.document_record())))
        .await
}

/// The tree of sections of a document.
#[utoipa::path(get, path = "/api/v1/documents/{id}/outline", tag = "documents", params(("id" = String, Path, description = "Its id, or an unambiguous beginning of it (`001`)."), OutlineParameters),
    responses((status = 200, description = "The sections.", body = OutlineAnswer)))]
pub(super) async fn outline(State(app): State<App>, Id(id): Id, RawQuery(query): RawQuery) -> Result<Answer, Problem> {
    let params = Params::of_query(query.as_deref(), OutlineParameters::KNOWN)?;
    app.ask(move |index| {
        let depth = params.number(DEPTH.name).unwrap_or(usize::MAX);
        let parsed = index.document(&id)?;
        let sections = parsed.section_records().filter(|section| section.level <= depth);
        Answer::of(&OutlineAnswer {
            sections: sections.collect(),
            document: parsed.document.id.clone(),
        })
    })
    .await
}

/// The notes of a document.
#[utoipa::path(get, path = "/api/v1/documents/{id}/footnotes", tag = "documents", params(("id" = String, Path, description = "Its id, or an unambiguous beginning of it (`001`)."), NoParameters),
    responses((status = 200, description = "The notes.", body = FootnotesAnswer)))]
pub(super) async fn footnotes(
    State(app): State<App>,
    Id(id): Id,
    RawQuery(query): RawQuery,
) -> Result<Answer, Problem> {
    Params::of_query(query.as_deref(), NoParameters::KNOWN)?;
    app.ask(move |index| {
        let parsed = index.document(&id)?;
        Answer::of(&FootnotesAnswer {
            footnotes: parsed.footnote_records().collect(),
            document: parsed.document.id.clone(),
        })
    })
    .await
}
