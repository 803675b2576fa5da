//! `GET /api/v1/passages/{id}`: a passage and the footnotes that it calls.

use axum::extract::{RawQuery, State};
use serde::Serialize;

use super::answer::Answer;
use super::openapi::NoParameters;
use crate::http::app::App;
use crate::http::params::Params;
use crate::http::problem::Problem;
use crate::http::request::Id;
use crate::index::{Error, IdKind};
use crate::record::{FootnoteRecord, PassageRecord};
use crate::search::{self, Target};

/// A passage and its footnotes.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct PassageAnswer {
    /// The passage.
    passage: PassageRecord,
    /// The footnotes that it calls.
    footnotes: Vec<FootnoteRecord>,
}

/// Show a passage and the footnotes that it calls.
#[utoipa::path(get, path = "/api/v1/passages/{*id}", tag = "documents", params(("id" = String, Path, description = "`DOCUMENT:LINE`: any line of the passage, and the id of the document or an unambiguous beginning of it (`001:19`)."), NoParameters),
    responses((status = 200, description = "The passage.", body = PassageAnswer)))]
pub(super) async fn passage(State(app): State<App>, Id(id): Id, RawQuery(query): RawQuery) -> Result<Answer, Problem> {
    // No parameter is known, so a mistaken one is reported rather than ignored.
    Params::of_query(query.as_deref(), NoParameters::KNOWN)?;
    app.ask(move |index| match search::lookup(index, &id)? {
        (_, Target::Passage(passage, footnotes)) => Answer::json(&PassageAnswer {
            passage: *passage,
            footnotes,
        }),
        _ => Err(Error::Unknown {
            kind: IdKind::Passage,
            id,
        }
        .into()),
    })
    .await
}
