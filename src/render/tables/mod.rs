//! The tables of every command, as a terminal, CSV, TSV and workbooks show them: the columns of each and their cells.
//!
//! Names and order of the columns are part of the contract with programs that read them: a new column goes behind the
//! others of its table. Slugs and ids have columns of their own, and the columns named `…_label` have the words for them
//! in Vietnamese, whatever the language of the answer, so that a table does not depend on the environment. Columns about
//! the document of a row and the way to it come last; [`Sources`] knows them.

mod citations;
mod documents;
mod precedents;

use std::ops::Deref;

pub use citations::{citations, places, proof, registered};
pub use documents::{documents, footnotes, hits, passages, sections};
pub use precedents::{families, matrix, overlaps, paragraphs, precedents, set_phrases};

use super::json::{FacetValueLine, FindingLine};
use super::language::Lang;
use super::language::labels::value_label;
use super::table::{CellOf, Column, Table};
use crate::document::{PartialDate, SectionKind};
use crate::index::Manifest;
use crate::record::{DocumentRecord, Facet, Unsure};

/// The documents that rows are about, and where people read them.
pub trait Sources {
    /// Returns the document with this id.
    fn document(&self, id: &str) -> Option<&DocumentRecord>;

    /// Returns the URL of the file of a document, where there is one.
    fn file_url(&self, document: &str) -> Option<String>;

    /// Returns true if there are pages to show documents on, so that rows have a column `url`.
    fn has_pages(&self) -> bool {
        false
    }

    /// Returns the URL of the page that shows a document, passage, note or section.
    fn page_url(&self, _id: &str) -> Option<String> {
        None
    }
}

/// The documents of an index, without a way to their files.
impl Sources for Manifest {
    fn document(&self, id: &str) -> Option<&DocumentRecord> {
        self.file(id).map(|file| &file.record)
    }

    fn file_url(&self, _document: &str) -> Option<String> {
        None
    }
}

/// A record with the document that it is in.
struct Row<'r, R> {
    record: &'r R,
    in_document: Option<&'r DocumentRecord>,
    /// The URL of the page that shows the record.
    page_url: Option<String>,
}

impl<R> Deref for Row<'_, R> {
    type Target = R;

    fn deref(&self) -> &R {
        self.record
    }
}

/// Columns with the functions that make their cells.
type Columns<R> = Vec<(Column, CellOf<R>)>;

/// The columns about the document that a record is in.
const DOCUMENT_COLUMNS: usize = 6;

/// Returns the table of `records`: `columns`, then those about the document of each record and the way to it. `ids` gives
/// the ids of this document and of the record itself.
fn with_documents<'r, R>(
    sources: &'r dyn Sources,
    records: &'r [R],
    ids: fn(&R) -> [&str; 2],
    mut columns: Columns<Row<'r, R>>,
) -> Table {
    let about: [(Column, CellOf<Row<'r, R>>); DOCUMENT_COLUMNS] = [
        (Column::text("document_title"), |row| {
            of_document(row.in_document, |document| document.title.clone())
        }),
        (Column::text("document_type"), |row| {
            of_document(row.in_document, |document| document.kind.clone())
        }),
        (Column::text("document_number"), |row| {
            of_document(row.in_document, |document| document.number.clone())
        }),
        (Column::text("document_issuer"), |row| {
            of_document(row.in_document, |document| document.issuer.clone())
        }),
        (Column::date("document_date"), |row| {
            of_document(row.in_document, |document| document.date.clone())
        }),
        (Column::text("path"), |row| {
            of_document(row.in_document, |document| Some(document.path.clone()))
        }),
    ];
    columns.extend(about.map(|(column, cell)| (column.file_only(), cell)));
    linked(sources, records, ids, columns)
}

/// Returns the table of `records`, with links from the column `path` to the files and, where documents have pages, a
/// column `url`.
fn linked<'r, R>(
    sources: &'r dyn Sources,
    records: &'r [R],
    ids: fn(&R) -> [&str; 2],
    mut columns: Columns<Row<'r, R>>,
) -> Table {
    let rows: Vec<Row<'r, R>> = records
        .iter()
        .map(|record| {
            let [document, id] = ids(record);
            Row {
                record,
                in_document: sources.document(document),
                page_url: sources.page_url(id),
            }
        })
        .collect();
    if sources.has_pages() {
        columns.push((Column::text("url").file_only(), |row| text(row.page_url.as_ref())));
    }
    let files = rows.iter().map(|row| {
        let document = row.in_document.map(|document| document.document.as_str());
        document.and_then(|document| sources.file_url(document))
    });
    let files = files.collect();
    let pages = rows.iter().map(|row| row.page_url.clone()).collect();
    Table::of(&rows, columns).linked("path", files).linked("url", pages)
}

/// Returns a cell about a document; empty if there is none, or it has no such property.
fn of_document(document: Option<&DocumentRecord>, property: fn(&DocumentRecord) -> Option<String>) -> String {
    document.and_then(property).unwrap_or_default()
}

/// Returns the table of values of facets.
#[must_use]
pub fn facet_values(values: &[FacetValueLine]) -> Table {
    Table::of(
        values,
        vec![
            (Column::text("facet"), |value| value.facet.to_owned()),
            (Column::text("value"), |value| value.value.clone()),
            (Column::text("label"), |value| value.label.clone()),
            (Column::number("count"), |value| value.count.to_string()),
        ],
    )
}

/// Returns the table of problems that a check of the index found.
#[must_use]
pub fn findings(findings: &[FindingLine]) -> Table {
    Table::of(
        findings,
        vec![
            (Column::text("finding"), |finding| finding.finding.to_owned()),
            (Column::text("message"), |finding| finding.message.clone()),
        ],
    )
}

/// Returns the Vietnamese words for a value of a facet.
fn label(facet: Facet, value: &str) -> String {
    value_label(Lang::Vi.strings(), facet, value)
}

/// Returns the slug of a kind of section; empty if there is none.
fn section_kind(kind: Option<SectionKind>) -> String {
    kind.map_or_else(String::new, |kind| kind.name().to_owned())
}

/// Returns the words for a kind of section; empty if there is none.
fn section_label(kind: Option<SectionKind>) -> String {
    kind.map_or_else(String::new, |kind| label(Facet::Section, kind.name()))
}

/// Returns a text, or an empty cell if there is none.
fn text(value: Option<&String>) -> String {
    value.cloned().unwrap_or_default()
}

/// Returns a date, or an empty cell if there is none.
fn day(date: Option<PartialDate>) -> String {
    date.map_or_else(String::new, |date| date.to_string())
}

/// Joins unsure words into one cell.
fn unsure_words(unsure: &[Unsure]) -> String {
    let words: Vec<&str> = unsure.iter().map(|word| word.text.as_str()).collect();
    words.join(" ")
}
