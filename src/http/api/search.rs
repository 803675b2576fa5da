//! `GET /api/v1/search`: the passages that match a query, with facets.

use axum::extract::{RawQuery, State};
use serde::Serialize;

use super::answer::{Answer, LinkedHit};
use super::openapi::{fields, parameters};
use crate::http::app::App;
use crate::http::params::window::WINDOW;
use crate::http::params::{FACET_LIMIT, FACETS, FILTERS, MARKS, Parameter, Params, SORT, Takes};
use crate::http::problem::{Code, Problem};
use crate::index::Index;
use crate::query::{self, Diagnostic};
use crate::render::json::SummaryLine;
use crate::search::{self, Options, Results};

/// The query and its options.
pub(super) const QUERY: [Parameter; 3] = [
    Parameter {
        name: "q",
        about: query::SYNTAX_HELP,
        takes: Takes::Text("nghi quyet 21"),
    },
    MARKS,
    SORT,
];

parameters!(SearchParameters, [&QUERY, &FILTERS, &[FACETS, FACET_LIMIT], &WINDOW], required: []);
fields!(SearchBody, [&QUERY, &FILTERS, &[FACETS, FACET_LIMIT], &WINDOW], required: [], example: {"q": "nghi quyet 21", "limit": 1});

/// The hits, and a summary of the whole answer.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct SearchAnswer<'a> {
    #[serde(flatten)]
    summary: SummaryLine<'a>,
    /// The hits of the requested window.
    hits: Vec<LinkedHit<'a>>,
    /// Cursor of the next window; null at the end.
    next: Option<String>,
}

/// Find passages that match a query, with facets.
#[utoipa::path(get, path = "/api/v1/search", tag = "search", params(SearchParameters),
    responses((status = 200, description = "The passages found; there may be none.", body = SearchAnswer<'_>)))]
pub(super) async fn search(State(app): State<App>, RawQuery(query): RawQuery) -> Result<Answer, Problem> {
    let params = Params::of_query(query.as_deref(), SearchParameters::KNOWN)?;
    let base = app.base_path().to_owned();
    app.ask(move |index| answer(&base, index, &params)).await
}

/// Answers a search with these parameters, on a service at `base`.
pub(super) fn answer(base: &str, index: &Index, params: &Params) -> Result<Answer, Problem> {
    let window = params.window(index)?;
    let (results, asked) = results(index, params, (window.limit, window.offset))?;
    Answer::json(&SearchAnswer {
        hits: results.hits.iter().map(|hit| LinkedHit::of(base, hit)).collect(),
        next: window.next(results.total()),
        summary: SummaryLine::of(&results, &asked),
    })
}

/// Returns what a search with these parameters finds, at most `limit` hits after the first `offset`; and what is odd about
/// its query.
///
/// # Errors
/// `missing-parameter`, those of the filters and facets, and those of searching.
pub(super) fn results(
    index: &Index,
    params: &Params,
    (limit, offset): (usize, usize),
) -> Result<(Results, Vec<Diagnostic>), Problem> {
    let typed = params.text("q").unwrap_or("");
    let (query, asked) = query::parse(typed);
    let filters = params.filters(index)?;
    if typed.trim().is_empty() && filters.is_empty() {
        let detail = "there is nothing to search for: give words in 'q', or a filter";
        return Err(Problem::new(Code::MissingParameter, detail).about("q"));
    }
    let options = Options {
        marks: params.value_of("marks"),
        sort: params.value_of("sort"),
        limit,
        offset,
        facets: params.facets()?,
        facet_limit: params.facet_limit(),
        ..Options::default()
    };
    let results = search::search(index, &query, &filters, &options)?;
    Ok((results, asked))
}
