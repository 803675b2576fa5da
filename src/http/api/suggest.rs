//! `GET /api/v1/suggest`: what somebody may mean, as they type.

use axum::extract::{RawQuery, State};

use super::answer::Answer;
use super::openapi::parameters;
use crate::http::app::App;
use crate::http::params::{Parameter, Params, Takes};
use crate::http::problem::Problem;
use crate::search::Suggestions;

/// What was typed.
const ASKED: [Parameter; 2] = [
    Parameter {
        name: "q",
        about: "What was typed so far, with or without marks.",
        takes: Takes::Text("dang bo"),
    },
    Parameter {
        name: "limit",
        about: "How many of each.",
        takes: Takes::Number {
            least: 1,
            most: 20,
            default: 5,
        },
    },
];

parameters!(SuggestParameters, [&ASKED], required: ["q"]);

/// Phrases of the corpus with their marks, symbols with their subjects, and documents.
#[utoipa::path(get, path = "/api/v1/suggest", tag = "search", params(SuggestParameters),
    responses((status = 200, description = "What may be meant, likeliest first.", body = Suggestions)))]
pub(super) async fn suggest(State(app): State<App>, RawQuery(query): RawQuery) -> Result<Answer, Problem> {
    let params = Params::of_query(query.as_deref(), SuggestParameters::KNOWN)?;
    app.ask_with_derived(move |index, derived| {
        let limit = params.number("limit").unwrap_or(5);
        Answer::of(&derived.suggester(index)?.suggest(params.required("q")?, limit))
    })
    .await
}
