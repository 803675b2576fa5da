//! The views of the cited documents as tables to save. Cells are in words: titles, not ids; names of kinds, not slugs.

use super::found::Found;
use super::matrix::{IN_FILE, Matrix};
use super::selected::Selected;
use super::timeline::years_of;
use super::view::View;
use crate::concordance::CitedDocument;
use crate::http::page::parts::downloads::{NamedTable, table_of};
use crate::http::page::parts::links::passage_address;
use crate::http::page::shell::documents::Documents;
use crate::http::page::shell::frame::Frame;
use crate::http::problem::Problem;
use crate::index::Index;
use crate::record::{CitationRecord, Facet};
use crate::render::language::Strings;
use crate::render::language::dates::identity_text;
use crate::render::language::labels::{kind_name, place_name, value_label};
use crate::render::table::{Column, Table};

/// Returns the table of the view that the URL asks for, with all rows that it selects.
///
/// # Errors
/// Those of the page.
pub(crate) fn table(index: &Index, frame: &Frame, _origin: &str) -> Result<NamedTable, Problem> {
    let strings = frame.strings();
    let documents = Documents::of(index)?;
    let selected = Selected::of(index, frame)?;
    let view = View::of_frame(frame);
    let table = match view {
        View::Table => cited(strings, &selected, &documents),
        View::Matrix => matrix(strings, &selected, &documents),
        View::Timeline => timeline(strings, &selected),
    };
    let name = view.title(strings).to_owned();
    Ok(NamedTable { table, name })
}

/// Returns the table of cited documents, a row for each.
fn cited(strings: &Strings, selected: &Selected, documents: &Documents<'_>) -> Table {
    let rows: Vec<&CitedDocument> = selected.rows.iter().map(|row| &row.summary).collect();
    let first = |values: &[String]| values.first().cloned().unwrap_or_default();
    table_of::<&CitedDocument>(
        &rows,
        vec![
            (Column::text(strings.cited), Box::new(|row| row.cited.clone())),
            (
                Column::text(strings.facet_kind),
                Box::new(|row| kind_name(strings, row.kind).to_owned()),
            ),
            (Column::date(strings.date), Box::new(move |row| first(&row.dates))),
            (Column::text(strings.issuer), Box::new(move |row| first(&row.issuers))),
            (Column::text(strings.subject), Box::new(move |row| first(&row.subjects))),
            (Column::number(strings.count), Box::new(|row| row.count.to_string())),
            (
                Column::number(strings.in_documents),
                Box::new(|row| row.documents.len().to_string()),
            ),
            (
                Column::number(strings.in_notes),
                Box::new(|row| row.in_footnotes.to_string()),
            ),
            (
                Column::text(strings.where_cited),
                Box::new(|row| {
                    let names: Vec<&str> = row.documents.iter().map(|id| documents.name(id)).collect();
                    names.join("; ")
                }),
            ),
            (
                Column::text(strings.facet_section),
                Box::new(|row| {
                    let kinds = row.sections.iter();
                    let kinds: Vec<String> = kinds
                        .map(|kind| value_label(strings, Facet::Section, kind.name()))
                        .collect();
                    kinds.join("; ")
                }),
            ),
            (Column::text(strings.term), Box::new(|row| row.terms.join("; "))),
        ],
    )
}

/// Returns the matrix, larger than on the page: a row for each citing document, a column for each cited one.
fn matrix(strings: &Strings, selected: &Selected, documents: &Documents<'_>) -> Table {
    let matrix = Matrix::of(&selected.rows, IN_FILE);
    let cited = matrix
        .columns
        .iter()
        .map(|row| Column::number(row.summary.cited.clone()));
    let columns = std::iter::once(Column::text(strings.facet_document))
        .chain(cited)
        .chain([Column::number(strings.total)]);
    let rows = matrix.rows.iter().map(|(id, counts)| {
        let total: usize = counts.iter().sum();
        // An empty cell says none more clearly than a zero among zeros.
        let count = |count: &usize| if *count == 0 { String::new() } else { count.to_string() };
        let counts = counts.iter().map(count).chain([total.to_string()]);
        std::iter::once(documents.name(id).to_owned()).chain(counts).collect()
    });
    Table::new(columns.collect(), rows.collect())
}

/// Returns the table of years, the latest first; documents without a date come last.
fn timeline(strings: &Strings, selected: &Selected) -> Table {
    let (years, undated) = years_of(&selected.rows);
    let columns = vec![
        Column::text(strings.year),
        Column::number(strings.cited),
        Column::number(strings.count),
    ];
    let dated = years.iter().rev().map(|(year, counted)| {
        let counts = [counted.documents, counted.times].map(|count| count.to_string());
        std::iter::once(year.to_string()).chain(counts).collect()
    });
    let undated = (undated > 0).then(|| vec![strings.undated.to_owned(), undated.to_string(), String::new()]);
    Table::new(columns, dated.chain(undated).collect())
}

/// Returns the places that the page of a cited document shows, all of them, each with its sentence and a link to it on
/// the service at `origin`.
///
/// # Errors
/// Those of the page.
pub(crate) fn places(index: &Index, frame: &Frame, origin: &str) -> Result<NamedTable, Problem> {
    let strings = frame.strings();
    let documents = Documents::of(index)?;
    let found = Found::of(index, frame)?;
    let rows: Vec<&CitationRecord> = found.reports.iter().flat_map(|report| found.places(report)).collect();
    let known = |id: &str| documents.get(id);
    let text = |value: Option<&String>| value.cloned().unwrap_or_default();
    let url = |row: &CitationRecord| format!("{origin}{}", passage_address(frame, &row.document, &row.passage, &[]));
    let urls = rows.iter().map(|row| Some(url(row))).collect();
    let table = table_of::<&CitationRecord>(
        &rows,
        vec![
            (
                Column::text(strings.cited),
                Box::new(|row| identity_text(row.identity.as_deref().or(row.counted_as()).unwrap_or(&row.raw))),
            ),
            (
                Column::text(strings.facet_document),
                Box::new(|row| documents.name(&row.document).to_owned()),
            ),
            (
                Column::text(strings.number),
                Box::new(move |row| text(known(&row.document).and_then(|document| document.number.as_ref()))),
            ),
            (
                Column::text(strings.issuer),
                Box::new(move |row| text(known(&row.document).and_then(|document| document.issuer.as_ref()))),
            ),
            (
                Column::date(strings.date),
                Box::new(move |row| text(known(&row.document).and_then(|document| document.date.as_ref()))),
            ),
            (
                Column::text(strings.section),
                Box::new(|row| found.path(&row.passage).join(" › ")),
            ),
            (Column::number(strings.page_word), Box::new(|row| row.page.to_string())),
            (
                Column::text(strings.facet_place),
                Box::new(|row| place_name(strings, row.place).to_owned()),
            ),
            (
                Column::text(strings.facet_relation),
                Box::new(|row| {
                    row.relation
                        .map_or_else(String::new, |relation| relation.label().to_owned())
                }),
            ),
            (Column::text(strings.sentence), Box::new(|row| row.sentence.clone())),
            (
                Column::text(strings.printed),
                // A citation may be broken over lines; a cell is one line.
                Box::new(|row| row.raw.split_whitespace().collect::<Vec<_>>().join(" ")),
            ),
            (
                Column::date(strings.printed_date),
                Box::new(move |row| text(row.date.as_ref())),
            ),
            (
                Column::text(strings.pinpoint),
                Box::new(move |row| text(row.pinpoint.as_ref())),
            ),
            (Column::text(strings.link_word), Box::new(move |row| url(row))),
        ],
    );
    Ok(NamedTable {
        table: table.linked(strings.link_word, urls),
        name: format!("{} {}", strings.citations, found.typed.replace('/', "-")),
    })
}
