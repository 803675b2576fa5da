//! `GET /api/v1/sections/{id}`: a section and its passages.

use axum::extract::{RawQuery, State};
use serde::Serialize;

use super::answer::Answer;
use super::openapi::parameters;
use crate::http::app::App;
use crate::http::params::Params;
use crate::http::params::window::WINDOW;
use crate::http::problem::Problem;
use crate::http::request::Id;
use crate::index::{Error, IdKind};
use crate::record::{PassageRecord, SectionRecord};
use crate::search::{self, Target};

parameters!(SectionParameters, [&WINDOW], required: []);

/// A section and its passages.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct SectionAnswer<'a> {
    /// The section.
    section: &'a SectionRecord,
    /// Number of its passages, those of the sections in it among them.
    total: usize,
    /// The passages of the requested window, in order; its heading is the first.
    passages: &'a [PassageRecord],
    /// Cursor of the next window; null at the end.
    next: Option<String>,
}

/// Show a section and its passages, with those of the sections in it.
#[utoipa::path(get, path = "/api/v1/sections/{*id}", tag = "documents", params(("id" = String, Path, description = "`DOCUMENT§1.2`: the id of a section as an outline has it; that of the document may be cut to an unambiguous beginning (`001§1`)."), SectionParameters),
    responses((status = 200, description = "The section.", body = SectionAnswer<'_>)))]
pub(super) async fn section(State(app): State<App>, Id(id): Id, RawQuery(query): RawQuery) -> Result<Answer, Problem> {
    let params = Params::of_query(query.as_deref(), SectionParameters::KNOWN)?;
    app.ask(move |index| {
        let window = params.window(index)?;
        match search::lookup(index, &id)? {
            (_, Target::Section(section, passages)) => Answer::json(&SectionAnswer {
                section: &section,
                total: passages.len(),
                passages: window.slice(&passages),
                next: window.next(passages.len()),
            }),
            _ => Err(Error::Unknown {
                kind: IdKind::Section,
                id,
            }
            .into()),
        }
    })
    .await
}
