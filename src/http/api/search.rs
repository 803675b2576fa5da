//! `GET /api/v1/search`: passages that match, with facets.

use axum::extract::{RawQuery, State};
use serde::Serialize;

use super::answer::Answer;
use super::openapi::parameters;
use crate::http::app::App;
use crate::http::params::window::WINDOW;
use crate::http::params::{FACETS, FILTERS, Parameter, Params, Takes};
use crate::http::problem::Problem;
use crate::query;
use crate::render::json::{HitLine, SummaryLine};
use crate::search::{self, Marks, Options, Sort};

/// What is asked, and how.
const ASKED: [Parameter; 3] = [
    Parameter {
        name: "q",
        about: "Words (all must match), \"a phrase\", \"a phrase\"~3, -word, OR, parentheses, prefix*, symbols in any \
                writing (`21-NQ/TW`, `nq 21`), filters (`province:\"Cần Thơ\"`); with or without marks.",
        takes: Takes::Text("nghi quyet 21"),
    },
    Parameter {
        name: "marks",
        about: "How much the marks count: `any` ignores them, `prefer` ranks by them, `exact` asks for them.",
        takes: Takes::OneOf(&["prefer", "any", "exact"]),
    },
    Parameter {
        name: "sort",
        about: "Order of the hits.",
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
    let params = Params::of_query(query.as_deref(), SearchParameters::KNOWN)?;
    app.ask(move |index| {
        let (query, asked) = query::parse(params.required("q")?);
        let window = params.window(index)?;
        let options = Options {
            marks: params.one_of("marks", &Marks::NAMED),
            sort: params.one_of("sort", &Sort::NAMED),
            limit: window.limit,
            offset: window.offset,
            facets: params.facets()?,
            ..Options::default()
        };
        let results = search::search(index, &query, &params.filters(index)?, &options)?;
        Answer::of(&SearchAnswer {
            hits: results.hits.iter().map(HitLine::of).collect(),
            next: window.next(results.total),
            summary: SummaryLine::of(&results, &asked),
        })
    })
    .await
}
