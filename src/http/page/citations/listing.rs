//! The table of cited documents, some rows at a time.

use std::collections::HashMap;

use maud::{Markup, html};

use super::order::{ORDERS, TableOrder};
use super::selected::Selected;
use crate::concordance::CitedDocument;
use crate::http::page::parts::links::{cited_address, cited_link};
use crate::http::page::parts::short_names::{label, short_name};
use crate::http::page::parts::text::cut;
use crate::http::page::parts::{cite_as, pages};
use crate::http::page::shell::documents::Documents;
use crate::http::page::shell::frame::{self, Frame};
use crate::http::page::shell::untrusted::Untrusted;
use crate::render::language::fill;

/// Number of rows on a page.
const PER_PAGE: usize = 50;

/// Maximum length of a subject in chars; the page of the document has the whole.
const SUBJECT_CHARS: usize = 140;

/// Maximum length of the short name of a citing document in chars.
const SHORT_CHARS: usize = 48;

/// Citing documents that a row lists, at most; the page of the cited document has all.
const MAX_LISTED: usize = 5;

/// Renders the rows of the page and the links to the others. Each column head is a link that sorts by it, or reverses
/// the order.
pub(super) fn table(frame: &Frame, selected: &Selected, documents: &Documents<'_>) -> Markup {
    let strings = frame.strings();
    let first = selected.url.offset;
    let shown = selected.rows.iter().skip(first).take(PER_PAGE);
    let offset = |offset: usize| frame.url_with("offset", (offset > 0).then(|| offset.to_string()).as_deref());
    let before = (first > 0).then(|| offset(first.saturating_sub(PER_PAGE)));
    let next = first.saturating_add(PER_PAGE);
    let after = (next < selected.rows.len()).then(|| offset(next));
    let [count, cited, in_documents, notes, date] = &ORDERS;
    let mut labels = Labels {
        documents,
        known: HashMap::new(),
    };
    html! {
        div.wide tabindex="0" role="region" aria-label=(strings.cited_list) {
            table.cards.cited {
                thead {
                    tr {
                        (head(frame, cited)) (head(frame, date)) (head(frame, count)) (head(frame, in_documents)) (head(frame, notes))
                        th scope="col" .where { (strings.where_cited) }
                    }
                }
                tbody { @for row in shown { (table_row(frame, &row.summary, &mut labels)) } }
            }
        }
        (pages(frame, before.as_deref(), after.as_deref()))
    }
}

/// Renders the head of a column.
fn head(frame: &Frame, order: &TableOrder) -> Markup {
    let strings = frame.strings();
    let (now, reversed) = TableOrder::from_parameter(frame.value("sort"));
    let label = (order.label)(strings);
    let is_now = order.name == now.name;
    // A second click on the head of the current order reverses it.
    let ascending = order.is_ascending != reversed;
    let sorted = if ascending { "ascending" } else { "descending" };
    let mut parameters = frame.parameters.clone();
    parameters.retain(|(name, value)| name != "sort" && name != "offset" && !value.is_empty());
    parameters.push(("sort".to_owned(), order.value(is_now && !reversed)));
    html! {
        th scope="col" .number[order.is_number] aria-sort=[is_now.then_some(sorted)] {
            a href=(frame.url("/citations", &parameters)) title=(fill(strings.sort_by, &[&label])) {
                (label) @if is_now { span aria-hidden="true" { @if ascending { " ▲" } @else { " ▼" } } }
            }
        }
    }
}

/// Renders one row.
fn table_row(frame: &Frame, row: &CitedDocument, labels: &mut Labels<'_>) -> Markup {
    let strings = frame.strings();
    html! {
        tr {
            th scope="row" lang="vi" {
                (cited_link(frame, &row.cited))
                @if let Some(subject) = row.subjects.first() { span.about { (Untrusted(&cut(subject, SUBJECT_CHARS))) } }
            }
            td.date data-name=(strings.date) {
                @for (position, date) in row.dates.iter().take(2).enumerate() { @if position > 0 { br; } (cite_as::date(date)) }
            }
            td.number data-name=(strings.count) { (row.count) }
            td.number data-name=(strings.in_documents) { (row.documents.len()) }
            td.number data-name=(strings.in_notes) { (row.in_footnotes) }
            td.where data-name=(strings.where_cited) lang="vi" { (citing(frame, row, labels)) }
        }
    }
}

/// The short names of citing documents, each made once: the same ones cite much.
struct Labels<'d> {
    documents: &'d Documents<'d>,
    known: HashMap<String, String>,
}

impl Labels<'_> {
    /// Returns the short name of a document.
    fn short(&mut self, id: &str) -> String {
        if let Some(known) = self.known.get(id) {
            return known.clone();
        }
        let short = short_name(
            &self.documents.get(id).map_or_else(|| id.to_owned(), label),
            SHORT_CHARS,
        );
        self.known.insert(id.to_owned(), short.clone());
        short
    }
}

/// Renders the documents that cite something, by their short names: one of them openly, more under it.
fn citing(frame: &Frame, row: &CitedDocument, labels: &mut Labels<'_>) -> Markup {
    let strings = frame.strings();
    let listed: Vec<(&str, String)> = row
        .documents
        .iter()
        .take(MAX_LISTED)
        .map(|id| (id.as_str(), labels.short(id)))
        .collect();
    let documents = labels.documents;
    let link = |id: &str, short: &str| {
        html! { a href=(frame.page_url(&frame::document(id))) title=(Untrusted(documents.name(id))) { (Untrusted(short)) } }
    };
    let others = row.documents.len().saturating_sub(1);
    html! {
        @match listed.as_slice() {
            [] => {},
            [(id, short)] => (link(id, short)),
            [(_, first), ..] => details {
                summary { (Untrusted(first)) " " span.count lang=(frame.lang.code()) { (fill(strings.and_others, &[&others])) } }
                ul.plain {
                    @for (id, short) in &listed { li { (link(id, short)) } }
                    @if row.documents.len() > MAX_LISTED {
                        li lang=(frame.lang.code()) { a href=(cited_address(frame, &row.cited)) { (fill(strings.all_documents, &[&row.documents.len()])) } }
                    }
                }
            },
        }
    }
}
