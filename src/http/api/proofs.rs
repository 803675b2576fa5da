//! `POST /api/v1/proofs`: the citations and note numbers of a draft, checked.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;

use super::answer::Answer;
use crate::http::app::App;
use crate::http::params::Params;
use crate::http::problem::Problem;
use crate::http::request::text_of;
use crate::proof::Proof;

/// Check the citations and note numbers of a draft: against the register, the corpus and the rest of the draft.
#[utoipa::path(post, path = "/api/v1/proofs", tag = "citations",
    request_body(content = String, content_type = "text/plain", description = "The draft, UTF-8, at most 1 MiB.",
        example = "Thực hiện Nghị quyết số 57/NQ-TW ngày 24/12/2024 của Bộ Chính trị"),
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
