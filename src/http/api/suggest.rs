//! `GET /api/v1/suggest`: completions while the user types.

use axum::extract::{RawQuery, State};

use super::answer::Answer;
use super::openapi::parameters;
use crate::http::app::App;
use crate::http::params::{Parameter, Params, Takes};
use crate::http::problem::Problem;
use crate::search::Suggestions;

/// The parameters of the route.
const PARAMETERS: [Parameter; 2] = [
    Parameter {
        name: "q",
        about: "The text typed so far, with or without marks.",
        takes: Takes::Text("dang bo"),
    },
    Parameter {
        name: "limit",
        about: "Maximum number of suggestions of each sort.",
        takes: Takes::Number {
            min: 1,
            max: 20,
            default: 5,
        },
    },
];

parameters!(SuggestParameters, [&PARAMETERS], required: ["q"]);

/// Suggest phrases of the corpus with their marks, symbols with their subjects, and documents.
#[utoipa::path(get, path = "/api/v1/suggest", tag = "search", params(SuggestParameters),
    responses((status = 200, description = "The suggestions, most likely first.", body = Suggestions)))]
pub(super) async fn suggest(State(app): State<App>, RawQuery(query): RawQuery) -> Result<Answer, Problem> {
    let params = Params::of_query(query.as_deref(), SuggestParameters::KNOWN)?;
    app.ask_with_derived(move |index, derived| {
        let limit = params.number("limit").unwrap_or(5);
        Answer::json(&derived.suggester(index)?.suggest(params.required("q")?, limit))
    })
    .await
}
