//! `/api/v1/search.csv`, `/api/v1/documents.xlsx` and their like: answers as tables for spreadsheets.

use std::collections::HashMap;

use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;

use super::answer::public;
use super::citations::{SORT, SYMBOL};
use super::documents;
use super::openapi::parameters;
use super::search::{QUERY, results};
use crate::concordance::{self, CitedDocument, CitedQuery, CitedTable};
use crate::http::app::App;
use crate::http::download::{CSV, TableFile};
use crate::http::page;
use crate::http::params::window::OFFSET;
use crate::http::params::{FILTERS, Parameter, Params, Takes};
use crate::http::problem::Problem;
use crate::http::request::origin;
use crate::index::Index;
use crate::record::{CitationRecord, DocumentRecord};
use crate::render::table_file::TableFormat;
use crate::render::tables::{self, Sources};
use crate::search::{self, DocumentOrder};

/// The most rows of one table. A hit takes about 0.3 ms, so they fit into the time limit.
const MAX_ROWS: usize = 10_000;

/// Rows of a table unless a request says otherwise.
const DEFAULT_ROWS: usize = 1000;

/// The window of a table.
const ROWS: [Parameter; 2] = [
    Parameter {
        name: "limit",
        about: "Maximum number of rows. The header `X-Total-Count` tells how many there are.",
        takes: Takes::Number {
            min: 0,
            max: MAX_ROWS,
            default: DEFAULT_ROWS,
        },
    },
    OFFSET,
];

parameters!(HitTableParameters, [&QUERY, &FILTERS, &ROWS], required: []);
parameters!(CitationTableParameters, [&[SYMBOL, SORT], &FILTERS, &ROWS], required: []);
parameters!(DocumentTableParameters, [&[documents::NAMED, documents::SORT], &FILTERS, &ROWS], required: []);

/// Download the hits of a search as CSV, with the mark by which spreadsheets recognize UTF-8.
#[utoipa::path(get, path = "/api/v1/search.csv", tag = "search", params(HitTableParameters),
    responses((status = 200, description = "A row for each hit, under a line with the names of the columns.", body = String, content_type = "text/csv; charset=utf-8")))]
pub(super) async fn search_csv(app: State<App>, query: RawQuery, headers: HeaderMap) -> Result<Response, Problem> {
    hits(app, query, headers, CSV).await
}

/// Download the hits of a search as a workbook of Excel.
#[utoipa::path(get, path = "/api/v1/search.xlsx", tag = "search", params(HitTableParameters),
    responses((status = 200, description = "A sheet with a row for each hit. To whoever accepts `application/octet-stream` it is sent as that.",
        content((String = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), (String = "application/octet-stream")))))]
pub(super) async fn search_xlsx(app: State<App>, query: RawQuery, headers: HeaderMap) -> Result<Response, Problem> {
    hits(app, query, headers, TableFormat::Xlsx).await
}

/// Download the table of cited documents as CSV, or with `symbol` the places where one is cited.
#[utoipa::path(get, path = "/api/v1/citations.csv", tag = "citations", params(CitationTableParameters),
    responses((status = 200, description = "A row for each cited document or place, under a line with the names of the columns.", body = String, content_type = "text/csv; charset=utf-8")))]
pub(super) async fn citations_csv(app: State<App>, query: RawQuery, headers: HeaderMap) -> Result<Response, Problem> {
    citations(app, query, headers, CSV).await
}

/// Download the table of cited documents as a workbook of Excel, or with `symbol` the places where one is cited.
#[utoipa::path(get, path = "/api/v1/citations.xlsx", tag = "citations", params(CitationTableParameters),
    responses((status = 200, description = "A sheet with a row for each cited document or place. To whoever accepts `application/octet-stream` it is sent as that.",
        content((String = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), (String = "application/octet-stream")))))]
pub(super) async fn citations_xlsx(app: State<App>, query: RawQuery, headers: HeaderMap) -> Result<Response, Problem> {
    citations(app, query, headers, TableFormat::Xlsx).await
}

/// Download the list of documents as CSV, with the mark by which spreadsheets recognize UTF-8.
#[utoipa::path(get, path = "/api/v1/documents.csv", tag = "documents", params(DocumentTableParameters),
    responses((status = 200, description = "A row for each document, under a line with the names of the columns.", body = String, content_type = "text/csv; charset=utf-8")))]
pub(super) async fn documents_csv(app: State<App>, query: RawQuery, headers: HeaderMap) -> Result<Response, Problem> {
    list(app, query, headers, CSV).await
}

/// Download the list of documents as a workbook of Excel.
#[utoipa::path(get, path = "/api/v1/documents.xlsx", tag = "documents", params(DocumentTableParameters),
    responses((status = 200, description = "A sheet with a row for each document. To whoever accepts `application/octet-stream` it is sent as that.",
        content((String = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), (String = "application/octet-stream")))))]
pub(super) async fn documents_xlsx(app: State<App>, query: RawQuery, headers: HeaderMap) -> Result<Response, Problem> {
    list(app, query, headers, TableFormat::Xlsx).await
}

/// Answers with the table of the hits of a search.
async fn hits(
    State(app): State<App>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    format: TableFormat,
) -> Result<Response, Problem> {
    let params = Params::of_query(query.as_deref(), HitTableParameters::KNOWN)?;
    let base = address(&app, &headers);
    let made = app.ask(move |index| {
        let (found, _) = results(index, &params, rows(&params))?;
        let ids = found.hits.iter().map(|hit| hit.stored.record.document.as_str());
        let sources = Pages::of(index, base, ids)?;
        TableFile::of(&tables::hits(&found.hits, &sources), format, "search", found.total())
    });
    Ok(made.await?.answer(&headers))
}

/// Answers with the table of cited documents, or of the places where one is cited.
async fn citations(
    State(app): State<App>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    format: TableFormat,
) -> Result<Response, Problem> {
    let params = Params::of_query(query.as_deref(), CitationTableParameters::KNOWN)?;
    let base = address(&app, &headers);
    let made = app.ask(move |index| {
        let (limit, offset) = rows(&params);
        let symbol = params.text(SYMBOL.name);
        let filters = params.filters(index)?;
        let Some(symbol) = symbol else {
            let mut table = CitedTable::of(index, &filters)?;
            table.sort(params.value_of(SORT.name));
            let total = table.rows.len();
            let shown = table.rows.iter().skip(offset).take(limit);
            let cited: Vec<&CitedDocument> = shown.map(|row| &row.summary).collect();
            let ids = cited.iter().flat_map(|cited| &cited.documents).map(String::as_str);
            let sources = Pages::of(index, base, ids)?;
            return TableFile::of(&tables::citations(&cited, &sources), format, "citations", total);
        };
        let asked = CitedQuery::parse(symbol);
        let mut found = concordance::places(index, Some(&asked), &filters)?;
        found.sort(index, params.value_of(SORT.name))?;
        let total = found.places.len();
        let places = found
            .places
            .into_iter()
            .skip(offset)
            .take(limit)
            .map(|place| place.citation);
        let places: Vec<CitationRecord> = places.collect();
        let sources = Pages::of(index, base, places.iter().map(|place| place.document.as_str()))?;
        let name = format!("citations {}", symbol.replace('/', "-"));
        TableFile::of(&tables::places(&places, &sources), format, &name, total)
    });
    Ok(made.await?.answer(&headers))
}

/// Answers with the table of documents.
async fn list(
    State(app): State<App>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    format: TableFormat,
) -> Result<Response, Problem> {
    let params = Params::of_query(query.as_deref(), DocumentTableParameters::KNOWN)?;
    let base = address(&app, &headers);
    let made = app.ask(move |index| {
        let (limit, offset) = rows(&params);
        let named = params.text(documents::NAMED.name).unwrap_or_default();
        let (mut records, _) = search::documents(index, &params.filters(index)?)?;
        search::retain_named(index, &mut records, named)?;
        params
            .value_of::<DocumentOrder>(documents::SORT.name)
            .sort(&mut records);
        let total = records.len();
        let shown = records.into_iter().skip(offset).take(limit);
        let shown: Vec<DocumentRecord> = shown.map(public).collect();
        let sources = Pages::of(index, base, shown.iter().map(|record| record.document.as_str()))?;
        TableFile::of(&tables::documents(&shown, &sources), format, "documents", total)
    });
    Ok(made.await?.answer(&headers))
}

/// Returns the numbers of rows to show, and to skip before them.
fn rows(params: &Params) -> (usize, usize) {
    let limit = params.number("limit").unwrap_or(DEFAULT_ROWS);
    (limit, params.number(OFFSET.name).unwrap_or(0))
}

/// Returns the address at which links of a table reach this service.
fn address(app: &App, headers: &HeaderMap) -> String {
    origin(headers).unwrap_or_default() + app.base_path()
}

/// The documents of a table as clients may see them, and the pages that show them.
struct Pages {
    /// Address of the service.
    base: String,
    documents: HashMap<String, DocumentRecord>,
}

impl Pages {
    /// Returns the documents of `index` with these ids, on a service at `base`.
    fn of<'i>(index: &Index, base: String, ids: impl Iterator<Item = &'i str>) -> Result<Self, Problem> {
        let mut documents = HashMap::new();
        for id in ids {
            if !documents.contains_key(id)
                && let Some(record) = index.record(id)?
            {
                documents.insert(id.to_owned(), public(record));
            }
        }
        Ok(Self { base, documents })
    }
}

impl Sources for Pages {
    fn document(&self, id: &str) -> Option<&DocumentRecord> {
        self.documents.get(id)
    }

    fn file_url(&self, _document: &str) -> Option<String> {
        None
    }

    fn has_pages(&self) -> bool {
        true
    }

    fn page_url(&self, id: &str) -> Option<String> {
        match id.rsplit_once(':') {
            Some((document, _)) => Some(page::passage_url(&self.base, document, id)),
            // Sections and notes have no page of their own.
            None => self
                .documents
                .contains_key(id)
                .then(|| page::document_url(&self.base, id)),
        }
    }
}
