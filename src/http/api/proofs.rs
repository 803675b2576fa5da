//! `POST /api/v1/proofs`: the citations and note numbers of a draft, checked.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;

use super::answer::Answer;
use super::text_body::{TextBody, text_of};
use crate::http::app::App;
use crate::http::params::Params;
use crate::http::problem::Problem;
use crate::proof::Proof;

/// Check the citations and note numbers of a draft: against the register, the corpus and the rest of the draft.
#[utoipa::path(post, path = "/api/v1/proofs", tag = "citations",
    request_body(content = TextBody, description = "The draft, at most 1 MiB. It may also be the body itself, in UTF-8 and with the media type `text/plain`."),
    responses((status = 200, description = "A verdict on each citation, with the findings behind it.", body = Proof)))]
pub(super) async fn proofs(
    State(app): State<App>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Answer, Problem> {
    Params::of_query(query.as_deref(), &[])?;
    let text = text_of(&headers, body)?;
    app.ask_about_text(text.len(), move |index, derived| {
        Answer::json(&derived.citations(index)?.proofread(index, text)?)
    })
    .await
}
