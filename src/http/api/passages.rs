//! `GET /api/v1/passages/{id}`: a passage and the notes that it calls.

use axum::extract::{RawQuery, State};
use serde::Serialize;

use super::answer::Answer;
use super::openapi::parameters;
use super::request::Id;
use crate::http::app::App;
use crate::http::params::Params;
use crate::http::problem::Problem;
use crate::index::Error;
use crate::record::{FootnoteRecord, PassageRecord};
use crate::search::{self, Named};

parameters!(NoParameters, [&[]], required: []);

/// A passage.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct PassageAnswer {
    /// The passage.
    passage: PassageRecord,
    /// The notes that it calls.
    footnotes: Vec<FootnoteRecord>,
}

/// A passage and the notes that it calls.
#[utoipa::path(get, path = "/api/v1/passages/{id}", tag = "documents", params(("id" = String, Path, description = "`DOCUMENT:LINE`; any line of the passage names it, and the document's id may be cut short (`001:19`)."), NoParameters),
    responses((status = 200, description = "The passage.", body = PassageAnswer)))]
pub(super) async fn passage(State(app): State<App>, Id(id): Id, RawQuery(query): RawQuery) -> Result<Answer, Problem> {
    Params::of_query(query.as_deref(), NoParameters::KNOWN)?;
    app.ask(move |index| match search::named(index, &id)? {
        (_, Named::Passage(passage, footnotes)) => Answer::of(&PassageAnswer {
            passage: *passage,
            footnotes,
        }),
        _ => Err(Error::Unknown { what: "passage", id }.into()),
    })
    .await
}
