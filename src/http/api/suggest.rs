//! `GET /api/v1/suggest`: what somebody may mean, as they type.

use axum::extract::{RawQuery, State};

use super::super::params::{Given, Parameter, Takes};
use super::openapi::parameters;
use super::{Answer, App, Problem};
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
    let given = Given::of_query(query.as_deref(), SuggestParameters::KNOWN)?;
    app.ask_with_lore(move |index, lore| {
        let limit = given.number("limit").unwrap_or(5);
        Answer::of(&lore.suggester(index)?.suggest(given.required("q")?, limit))
    })
    .await
}
