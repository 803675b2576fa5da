//! `GET /api/v1/search`: passages that match, with facets.

use axum::extract::{RawQuery, State};
use serde::Serialize;

use super::super::params::{FACETS, FILTERS, Given, Parameter, Takes, WINDOW};
use super::openapi::parameters;
use super::{Answer, App, Problem};
use crate::query;
use crate::render::json::{HitLine, SummaryLine};
use crate::search::{self, Marks, Options, Sort};

/// What is asked, and how.
const ASKED: [Parameter; 3] = [
    Parameter {
        name: "q",
        about: query::SYNTAX_HELP,
        takes: Takes::Text("nghi quyet 21"),
    },
    Parameter {
        name: "marks",
        about: Marks::HELP,
        takes: Takes::OneOf(&["prefer", "any", "exact"]),
    },
    Parameter {
        name: "sort",
        about: Sort::HELP,
        takes: Takes::OneOf(&["relevance", "document", "date"]),
    },
];

parameters!(SearchParameters, [&ASKED, &FILTERS, &[FACETS], &WINDOW], required: ["q"]);

/// Hits, and what is told of the answer as a whole.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct SearchAnswer<'a> {
    #[serde(flatten)]
    summary: SummaryLine<'a>,
    /// The hits of the window asked for.
    hits: Vec<HitLine<'a>>,
    /// Cursor of what follows; null at the end.
    next: Option<String>,
}

/// Passages that match, with facets.
#[utoipa::path(get, path = "/api/v1/search", tag = "search", params(SearchParameters),
    responses((status = 200, description = "The passages found; none is an answer too.", body = SearchAnswer<'_>)))]
pub(super) async fn search(State(app): State<App>, RawQuery(query): RawQuery) -> Result<Answer, Problem> {
    let given = Given::of_query(query.as_deref(), SearchParameters::KNOWN)?;
    app.ask(move |index| {
        let (query, asked) = query::parse(given.required("q")?);
        let window = given.window(index)?;
        let options = Options {
            marks: given.value_of("marks"),
            sort: given.value_of("sort"),
            limit: window.limit,
            offset: window.offset,
            facets: given.facets()?,
            ..Options::default()
        };
        let results = search::search(index, &query, &given.filters(index)?, &options)?;
        Answer::of(&SearchAnswer {
            hits: results.hits.iter().map(HitLine::of).collect(),
            next: window.next(results.total),
            summary: SummaryLine::of(&results, &asked),
        })
    })
    .await
}
