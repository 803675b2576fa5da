//! The page of cited documents: a table to filter and sort, and charts; the same table as CSV.

mod charts;
pub(crate) mod cited;

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::Arc;

use maud::{Markup, html};

use crate::citation::Relation;
use crate::concordance::{CitedDocument, CitedRow, CitedTable};
use crate::http::page::parts::cite_as;
use crate::http::page::parts::links::{cited_link, document_link};
use crate::http::page::parts::pages;
use crate::http::page::parts::text::cut;
use crate::http::page::shell::documents::Documents;
use crate::http::page::shell::frame::Frame;
use crate::http::page::shell::labels::value_name;
use crate::http::page::shell::query_string::SearchUrl;
use crate::http::page::shell::untrusted::Untrusted;
use crate::http::page::shell::{self, hidden_language};
use crate::http::problem::Problem;
use crate::index::{Error, Index};
use crate::record::{Facet, FilterName};
use crate::render::language::labels;
use crate::render::language::{Lang, Strings, fill};
use crate::render::tables;
use crate::symbol::Kind;
use crate::text::fold;

/// Maximum length in chars of a document's name in a select box.
const MAX_OPTION_CHARS: usize = 40;

/// The column heads of [`tables::citations`] in Vietnamese.
const CSV_HEADS: &str = "Văn bản được viện dẫn,Loại,Số lần,Số văn bản,Trong chú thích,Văn bản viện dẫn,Nhiệm kỳ,Loại mục,Ngày,Trích yếu,\
     Tên loại,Tên loại mục,Cơ quan ban hành,Tên văn bản viện dẫn";

/// Number of rows on a page.
const PER_PAGE: usize = 50;

/// An order of the table, by one of its columns.
struct TableOrder {
    /// Its name in URLs; a minus before it reverses the order.
    name: &'static str,
    /// Returns the head of the column.
    label: fn(&Strings) -> &'static str,
    /// Returns the names of the usual and of the reversed direction.
    directions: fn(&Strings) -> [&'static str; 2],
    /// True if the usual direction is ascending, for `aria-sort`.
    is_ascending: bool,
    /// True for a column of numbers.
    is_number: bool,
    /// Returns the key of a row; rows without a key come last in both directions.
    key: fn(&CitedDocument) -> Option<SortKey>,
}

/// The sort key of a row, ascending in the usual direction.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum SortKey {
    Most(Reverse<usize>),
    Newest(Reverse<String>),
    Text(String),
}

/// The orders of the table, the default first.
static ORDERS: [TableOrder; 5] = [
    TableOrder {
        name: "count",
        label: |strings| strings.count,
        directions: |strings| [strings.most_first, strings.least_first],
        is_ascending: false,
        is_number: true,
        key: |row| Some(SortKey::Most(Reverse(row.count))),
    },
    TableOrder {
        name: "cited",
        label: |strings| strings.cited,
        directions: |strings| [strings.first_to_last, strings.last_to_first],
        is_ascending: true,
        is_number: false,
        key: |row| Some(SortKey::Text(fold(&row.cited))),
    },
    TableOrder {
        name: "documents",
        label: |strings| strings.in_documents,
        directions: |strings| [strings.most_first, strings.least_first],
        is_ascending: false,
        is_number: true,
        key: |row| Some(SortKey::Most(Reverse(row.documents.len()))),
    },
    TableOrder {
        name: "notes",
        label: |strings| strings.in_notes,
        directions: |strings| [strings.most_first, strings.least_first],
        is_ascending: false,
        is_number: true,
        key: |row| Some(SortKey::Most(Reverse(row.in_footnotes))),
    },
    TableOrder {
        name: "date",
        label: |strings| strings.date,
        directions: |strings| [strings.newest_first, strings.oldest_first],
        is_ascending: false,
        is_number: false,
        key: |row| Some(SortKey::Newest(Reverse(row.dates.first()?.clone()))),
    },
];

impl TableOrder {
    /// Returns the order that a parameter names, and true if it is reversed; the default order for an unknown name.
    fn from_parameter(value: &str) -> (&'static Self, bool) {
        let (name, reversed) = value.strip_prefix('-').map_or((value, false), |name| (name, true));
        let known = ORDERS.iter().find(|order| order.name == name);
        known.map_or((&ORDERS[0], false), |order| (order, reversed))
    }

    /// Returns the name of one of its directions in URLs.
    fn value(&self, reversed: bool) -> String {
        format!("{}{}", if reversed { "-" } else { "" }, self.name)
    }

    /// Sorts the rows; equal rows keep their order.
    fn sort(&self, rows: Vec<Arc<CitedRow>>, reversed: bool) -> Vec<Arc<CitedRow>> {
        let keyed = rows.into_iter().map(|row| ((self.key)(&row.summary), row));
        let mut keyed: Vec<(Option<SortKey>, Arc<CitedRow>)> = keyed.collect();
        keyed.sort_by(|(one, _), (other, _)| match (one, other) {
            (Some(one), Some(other)) if reversed => other.cmp(one),
            (Some(one), Some(other)) => one.cmp(other),
            (one, other) => other.is_some().cmp(&one.is_some()),
        });
        keyed.into_iter().map(|(_, row)| row).collect()
    }
}

/// Returns the rows that the URL of `frame` selects, in its order.
///
/// # Errors
/// Those of searching, and an unknown document in a filter.
fn rows(index: &Index, frame: &Frame) -> Result<Vec<Arc<CitedRow>>, Problem> {
    let url = SearchUrl::of_frame(frame);
    let mut rows = CitedTable::of(index, &url.resolved_filters(index)?)?.rows;
    let wanted = fold(&url.query);
    if !wanted.is_empty() {
        let has = |text: &String| fold(text).contains(&wanted);
        rows.retain(|row| has(&row.summary.cited) || row.summary.subjects.iter().any(has));
    }
    let (order, reversed) = TableOrder::from_parameter(frame.value("sort"));
    Ok(order.sort(rows, reversed))
}

/// Returns the table as CSV, as `vankien citations --format csv` writes it, but with a byte order mark, by which
/// spreadsheets recognize UTF-8, and on the Vietnamese page with Vietnamese column heads.
///
/// # Errors
/// Those of [`page`].
pub(super) fn csv(index: &Index, frame: &Frame) -> Result<Vec<u8>, Problem> {
    let rows = rows(index, frame)?;
    let rows: Vec<&CitedDocument> = rows.iter().map(|row| &row.summary).collect();
    let mut table = Vec::new();
    tables::citations(&rows, index.manifest()?)
        .write_separated(&mut table, b',')
        .map_err(|cause| Error::Io {
            action: "write",
            path: "citations.csv".into(),
            cause,
        })?;
    let mut out = "\u{feff}".as_bytes().to_vec();
    let mut body = table.as_slice();
    if frame.lang == Lang::Vi {
        let head = table
            .iter()
            .position(|&byte| byte == b'\n')
            .map_or(table.len(), |end| end + 1);
        body = &table[head..];
        out.extend_from_slice(CSV_HEADS.as_bytes());
        out.push(b'\n');
    }
    out.extend_from_slice(body);
    Ok(out)
}

/// Renders the page.
///
/// # Errors
/// Those of searching, and an unknown document in a filter.
pub(super) fn page(index: &Index, frame: &Frame) -> Result<Markup, Problem> {
    let strings = frame.strings();
    let url = SearchUrl::of_frame(frame);
    let documents = Documents::of(index)?;
    let rows = rows(index, frame)?;
    let shown = rows.iter().skip(url.offset).take(PER_PAGE).map(|row| &row.summary);
    let offset = |offset: usize| frame.url_with("offset", (offset > 0).then(|| offset.to_string()).as_deref());
    let before = (url.offset > 0).then(|| offset(url.offset.saturating_sub(PER_PAGE)));
    let next = url.offset.saturating_add(PER_PAGE);
    let after = (next < rows.len()).then(|| offset(next));
    let content = html! {
        h1 { (strings.citations) }
        (filter_form(frame, &url, &documents))
        p {
            (fill(strings.cited_count, &[&rows.len()])) " · "
            a href=(frame.url("/citations.csv", &frame.parameters)) { (strings.csv) }
        }
        (table(frame, shown, &documents))
        (pages(frame, before.as_deref(), after.as_deref()))
        (charts::matrix(frame, &rows, &documents))
        (charts::timeline(frame, &rows))
    };
    Ok(shell::page(frame, strings.citations, &content))
}

/// Renders the form that filters and sorts the table.
fn filter_form(frame: &Frame, url: &SearchUrl, documents: &Documents<'_>) -> Markup {
    let strings = frame.strings();
    let (order, reversed) = TableOrder::from_parameter(frame.value("sort"));
    // Filters without a select box of their own stay on through hidden fields.
    let shown = [
        Facet::Document,
        Facet::Term,
        Facet::Kind,
        Facet::Relation,
        Facet::CitedKind,
    ];
    let has_box = |filter: &FilterName| filter.facet().is_some_and(|facet| shown.contains(&facet));
    let hidden = url.filters.iter().filter(|(filter, _)| !has_box(filter));
    html! {
        form.search role="search" method="get" action=(frame.page_url("/citations")) {
            label for="q" { (strings.narrow) }
            div.box {
                input #q type="search" name="q" value=(Untrusted(&url.query)) autocomplete="off" maxlength="200";
                button type="submit" { (strings.filter) }
            }
            div.shape {
                @for facet in shown { (facet_select(strings, url, facet, documents)) }
                label {
                    (strings.sort) " "
                    select name="sort" data-usual=(ORDERS[0].name) {
                        @for one in &ORDERS {
                            @for (back, direction) in [false, true].into_iter().zip((one.directions)(strings)) {
                                option value=(one.value(back)) selected[one.name == order.name && back == reversed] {
                                    ((one.label)(strings)) ": " (direction)
                                }
                            }
                        }
                    }
                }
            }
            @for (filter, value) in hidden { input type="hidden" name=(filter.name()) value=(Untrusted(value)); }
            (hidden_language(frame))
        }
    }
}

/// Renders the select box for one facet of the citing documents, with the values that occur.
fn facet_select(strings: &Strings, url: &SearchUrl, facet: Facet, documents: &Documents<'_>) -> Markup {
    let values: BTreeSet<&str> = match facet {
        Facet::Document => documents.iter().map(|record| record.document.as_str()).collect(),
        Facet::Term => documents
            .iter()
            .flat_map(|record| record.terms.iter().map(String::as_str))
            .collect(),
        Facet::Relation => Relation::ALL.iter().map(|relation| relation.name()).collect(),
        Facet::CitedKind => Kind::ALL.iter().map(|kind| kind.name()).collect(),
        _ => documents.iter().filter_map(|record| record.kind.as_deref()).collect(),
    };
    html! {
        label {
            (labels::facet_name(strings, facet)) " "
            select name=(facet.name()) {
                option value="" { (strings.all) }
                @for value in values {
                    option value=(Untrusted(value)) lang="vi" selected[url.has_filter(facet, value)] {
                        (Untrusted(&cut(&value_name(strings, facet, value, documents), MAX_OPTION_CHARS)))
                    }
                }
            }
        }
    }
}

/// Renders the table. Each column head is a link that sorts by it, or reverses the order.
fn table<'r>(frame: &Frame, rows: impl Iterator<Item = &'r CitedDocument>, documents: &Documents<'_>) -> Markup {
    let strings = frame.strings();
    let (now, reversed) = TableOrder::from_parameter(frame.value("sort"));
    let head = |order: &TableOrder| {
        let label = (order.label)(strings);
        let is_now = order.name == now.name;
        // A second click on the head of the current order reverses it.
        let ascending = order.is_ascending != reversed;
        let sorted = if ascending { "ascending" } else { "descending" };
        html! {
            th scope="col" .number[order.is_number] aria-sort=[is_now.then_some(sorted)] {
                a href=(frame.url_with("sort", Some(&order.value(is_now && !reversed)))) title=(fill(strings.sort_by, &[&label])) {
                    (label) @if is_now { span aria-hidden="true" { @if ascending { " ▲" } @else { " ▼" } } }
                }
            }
        }
    };
    let [count, cited, in_documents, notes, date] = &ORDERS;
    html! {
        div.wide tabindex="0" role="region" aria-label=(strings.citations) {
            table.cards {
                thead {
                    tr {
                        (head(cited)) (head(count)) (head(in_documents)) (head(notes)) (head(date))
                        th scope="col" { (strings.subject) }
                        th scope="col" .where { (strings.where_cited) }
                    }
                }
                tbody { @for row in rows { (table_row(frame, row, documents)) } }
            }
        }
    }
}

/// Renders one row.
fn table_row(frame: &Frame, row: &CitedDocument, documents: &Documents<'_>) -> Markup {
    let strings = frame.strings();
    html! {
        tr {
            th scope="row" lang="vi" { (cited_link(frame, &row.cited)) }
            td.number data-name=(strings.count) { (row.count) }
            td.number data-name=(strings.in_documents) { (row.documents.len()) }
            td.number data-name=(strings.in_notes) { (row.in_footnotes) }
            td.date data-name=(strings.date) {
                @for (position, date) in row.dates.iter().take(2).enumerate() { @if position > 0 { br; } (cite_as::date(date)) }
            }
            td data-name=(strings.subject) lang="vi" { @if let Some(subject) = row.subjects.first() { (Untrusted(subject)) } }
            td.where data-name=(strings.where_cited) lang="vi" {
                @for (position, id) in row.documents.iter().take(3).enumerate() {
                    @if position > 0 { "; " }
                    (document_link(frame, id, documents))
                }
                @if row.documents.len() > 3 { " …" }
            }
        }
    }
}
