//! `/api/v1/citations`: the cited documents, the places that cite one of them, and the citations in a given text.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use serde::Serialize;

use super::answer::{Answer, LinkedCitation, messages};
use super::openapi::parameters;
use super::text_body::{TextBody, text_of};
use crate::concordance::{self, CitedDocument, CitedOrder, CitedQuery, CitedTable, LookedUpText, PlaceOrder, Places};
use crate::http::app::App;
use crate::http::params::window::WINDOW;
use crate::http::params::{FILTERS, Parameter, Params, Takes, sort};
use crate::http::problem::Problem;
use crate::http::request::Id;
use crate::index::Index;
use crate::render::json::ReportLine;

/// The requested document, for symbols that are not in the path.
pub(super) const SYMBOL: Parameter = Parameter {
    name: "symbol",
    about: "Every place where this document is cited, as `/api/v1/citations/{symbol}` answers: a symbol in any usual \
            writing (`21-NQ/TW`, `nq 21`), or a name.",
    takes: Takes::Text("21-NQ/TW"),
};

/// The order of the cited documents.
pub(super) const SORT: Parameter =
    sort::<CitedOrder>("Order of the cited documents; with `symbol` of the places, by `date` or `oldest`.");

/// The order of the places.
const PLACE_SORT: Parameter = sort::<PlaceOrder>("Order of the places.");

parameters!(CitationsParameters, [&[SYMBOL, SORT], &FILTERS, &WINDOW], required: []);
parameters!(CitedParameters, [&[PLACE_SORT], &FILTERS, &WINDOW], required: []);

/// The table of cited documents.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct CitationsAnswer<'a> {
    /// Number of cited documents.
    total: usize,
    /// The documents of the requested window, in the order asked for.
    cited: Vec<&'a CitedDocument>,
    /// Cursor of the next window; null at the end.
    next: Option<String>,
    /// Oddities of the filters.
    diagnostics: Vec<String>,
}

/// The places where one document is cited.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct CitedAnswer<'a> {
    /// Number of places.
    total: usize,
    /// Reports on what the texts say about it; several if the symbol or name means several documents.
    reports: Vec<ReportLine<'a>>,
    /// The places of the requested window, in the order asked for.
    citations: Vec<LinkedCitation<'a>>,
    /// Similar symbols, if nothing cites the requested one.
    near: Vec<String>,
    /// Cursor of the next window; null at the end.
    next: Option<String>,
    /// Oddities of the filters.
    diagnostics: Vec<String>,
}

/// List the cited documents: how often, in which documents, terms and sections.
#[utoipa::path(get, path = "/api/v1/citations", tag = "citations", params(CitationsParameters),
    responses((status = 200, description = "The table of cited documents; with `symbol`, the places where that one is cited.", body = TableOrPlaces<'_>)))]
pub(super) async fn citations(State(app): State<App>, RawQuery(query): RawQuery) -> Result<Answer, Problem> {
    let params = Params::of_query(query.as_deref(), CitationsParameters::KNOWN)?;
    let base = app.base_path().to_owned();
    app.ask(move |index| {
        if let Some(symbol) = params.text(SYMBOL.name) {
            return places(&base, index, symbol, &params);
        }
        let window = params.window(index)?;
        let mut table = CitedTable::of(index, &params.filters(index)?)?;
        table.sort(params.value_of(SORT.name));
        Answer::json(&CitationsAnswer {
            total: table.rows.len(),
            cited: window.slice(&table.rows).iter().map(|row| &row.summary).collect(),
            next: window.next(table.rows.len()),
            diagnostics: messages(&table.diagnostics),
        })
    })
    .await
}

/// The table of cited documents, or with `symbol` the places where one document is cited.
#[derive(Serialize, utoipa::ToSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "only declares the two forms in the OpenAPI document")]
pub(super) enum TableOrPlaces<'a> {
    /// Without `symbol`: the table.
    Table(CitationsAnswer<'a>),
    /// With `symbol`: the places of one document.
    One(CitedAnswer<'a>),
}

/// List every place where a document is cited.
#[utoipa::path(get, path = "/api/v1/citations/{*symbol}", tag = "citations",
    params(("symbol" = String, Path, description = "A symbol in any usual writing, its slashes percent-encoded (`21-NQ%2FTW`) or as they are (`21-NQ/TW`); or a name."), CitedParameters),
    responses((status = 200, description = "The places; if there are none, similar symbols.", body = CitedAnswer<'_>)))]
pub(super) async fn cited(
    State(app): State<App>,
    Id(symbol): Id,
    RawQuery(query): RawQuery,
) -> Result<Answer, Problem> {
    let params = Params::of_query(query.as_deref(), CitedParameters::KNOWN)?;
    let base = app.base_path().to_owned();
    app.ask(move |index| places(&base, index, &symbol, &params)).await
}

/// Answers with the places where `symbol` is cited; shared by the two routes.
fn places(base: &str, index: &Index, symbol: &str, params: &Params) -> Result<Answer, Problem> {
    let window = params.window(index)?;
    let mut found = concordance::places(index, Some(&CitedQuery::parse(symbol)), &params.filters(index)?)?;
    found.sort(index, params.value_of(PLACE_SORT.name))?;
    let Places { places, diagnostics } = found;
    let records = places.iter().map(|place| place.citation.clone()).collect();
    let reports = concordance::reports(records, &*index.register()?);
    let near = if places.is_empty() {
        concordance::near_symbols(index, symbol)?
    } else {
        Vec::new()
    };
    let shown = LinkedCitation::all(base, index, window.slice(&places))?;
    Answer::json(&CitedAnswer {
        total: places.len(),
        reports: reports.iter().map(ReportLine::of).collect(),
        citations: shown,
        near,
        next: window.next(places.len()),
        diagnostics: messages(&diagnostics),
    })
}

/// Find the citations in a text: the span of each, the cited document, and where the corpus cites the same one.
#[utoipa::path(post, path = "/api/v1/citations/lookup", tag = "citations",
    request_body(content = TextBody, description = "The text, at most 1 MiB. It may also be the body itself, in UTF-8 and with the media type `text/plain`."),
    responses((status = 200, description = "The citations.", body = LookedUpText)))]
pub(super) async fn look_up(
    State(app): State<App>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Answer, Problem> {
    Params::of_query(query.as_deref(), &[])?;
    let text = text_of(&headers, body)?;
    app.ask_about_text(text.len(), move |index, derived| {
        Answer::json(&derived.citations(index)?.look_up(index, text)?)
    })
    .await
}
