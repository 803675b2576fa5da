//! The page that lists the documents: filtered by words of their names and by what is known of them, in several orders,
//! some at a time.

use std::collections::{BTreeSet, HashMap};

use maud::{Markup, html};

use super::parts::{about, cite_as, pages};
use super::shell::frame::{self, Frame};
use super::shell::query_string::SearchUrl;
use super::shell::untrusted::Untrusted;
use super::shell::{self, hidden_language, translate};
use crate::concordance::CitedTable;
use crate::http::problem::Problem;
use crate::index::{Error, Index};
use crate::query::Filters;
use crate::reading::Quality;
use crate::record::{DateEnd, DocumentRecord, Facet, FilterName, document_name};
use crate::render::language::labels::{filter_name, symbol_text, value_label};
use crate::render::language::{Strings, fill};
use crate::search::{self, DocumentOrder};
use crate::text::{Named, fold};

/// Number of documents on a page.
const PER_PAGE: usize = 100;

/// The properties that the form chooses documents by, besides dates and words of names.
const CHOICES: [Facet; 4] = [Facet::Kind, Facet::Province, Facet::Term, Facet::Quality];

/// The parameter of the order.
const SORT: &str = "sort";

/// Renders the page.
///
/// # Errors
/// Those of reading the index.
pub(super) fn page(index: &Index, frame: &Frame) -> Result<Markup, Problem> {
    let strings = frame.strings();
    let url = SearchUrl::of_frame(frame);
    let order = DocumentOrder::from_name(frame.value(SORT)).unwrap_or_default();
    let overview = index.kept(Overview::of)?;
    // A value that cannot be one is told above an empty list: a date that nobody can read chooses no document.
    let (mut records, refused) = match url.resolved_filters(index) {
        Ok(filters) => (search::documents(index, &filters)?.0, None),
        Err(invalid) => (Vec::new(), Some(Problem::from(invalid))),
    };
    search::retain_named(index, &mut records, &url.query)?;
    order.sort(&mut records);
    let first = url.offset;
    let next = first.saturating_add(PER_PAGE);
    let offset = |offset: usize| frame.url_with("offset", (offset > 0).then(|| offset.to_string()).as_deref());
    let before = (first > 0).then(|| offset(first.saturating_sub(PER_PAGE)));
    let after = (next < records.len()).then(|| offset(next));
    let last = next.min(records.len());
    let content = html! {
        h1 { (strings.documents) }
        (form(frame, &url, order, &overview))
        @if let Some(refused) = &refused { p.told role="alert" { (translate::problem(frame.lang, refused)) } }
        div.summary {
            p role="status" {
                @if records.is_empty() { (strings.none_chosen) }
                @else { (fill(strings.document_count, &[&records.len()])) }
                @if records.len() > PER_PAGE && first < last { ", " (fill(strings.window, &[&(first + 1), &last])) }
            }
            @if !records.is_empty() {
                p.downloads {
                    @for (ending, name) in [("csv", strings.csv), ("xlsx", strings.xlsx)] {
                        a href=(table_address(frame, ending)) download { (name) } " "
                    }
                }
            }
        }
        ul.documents {
            @for record in records.iter().skip(first).take(PER_PAGE) { li { (entry(frame, record, &overview)) } }
        }
        (pages(frame, before.as_deref(), after.as_deref()))
    };
    Ok(shell::described_page(
        frame,
        strings.documents,
        strings.documents_about,
        &content,
    ))
}

/// Facts about all documents that the page shows; kept with each opened index.
struct Overview {
    /// The values of each of [`CHOICES`], in the order of the form.
    values: [Vec<String>; CHOICES.len()],
    /// Number of other documents that each document cites, by id; those that cite none are missing.
    cites: HashMap<String, usize>,
}

impl Overview {
    /// Reads the documents and the table of cited ones.
    fn of(index: &Index) -> Result<Self, Error> {
        let mut cites = HashMap::new();
        for row in CitedTable::of(index, &Filters::default())?.rows {
            for document in &row.summary.documents {
                *cites.entry(document.clone()).or_default() += 1;
            }
        }
        let mut values: [BTreeSet<(String, String)>; CHOICES.len()] = Default::default();
        for record in index.documents()? {
            for (values, facet) in values.iter_mut().zip(CHOICES) {
                for value in values_of(record, facet) {
                    values.insert((fold(value), value.to_owned()));
                }
            }
        }
        let mut values = values.map(|values| values.into_iter().map(|(_, value)| value).collect::<Vec<_>>());
        // The newest terms first.
        values[2].reverse();
        Ok(Self { values, cites })
    }
}

/// Returns the values that a document has of one of [`CHOICES`].
fn values_of(record: &DocumentRecord, facet: Facet) -> Vec<&str> {
    match facet {
        Facet::Kind => record.kind.as_deref().into_iter().collect(),
        Facet::Province => record.province.as_deref().into_iter().collect(),
        Facet::Term => record.terms.iter().map(String::as_str).collect(),
        Facet::Quality => vec![record.quality.name()],
        _ => Vec::new(),
    }
}

/// Renders the form: words of names, choices, dates, order.
fn form(frame: &Frame, url: &SearchUrl, order: DocumentOrder, overview: &Overview) -> Markup {
    let strings = frame.strings();
    let chosen = |facet: Facet, value: &str| url.has_filter(facet, value);
    let is_narrowed = !url.is_empty();
    let has_choices = !url.filters.is_empty() || order != DocumentOrder::default();
    html! {
        form.search.filters role="search" method="get" action=(frame.page_url("/documents")) {
            label for="q" { (strings.named) }
            div.box {
                input #q type="search" name="q" value=(Untrusted(&url.query)) autocomplete="off" maxlength="300";
                button type="submit" { (strings.filter) }
            }
            details.beside open[has_choices] {
                summary { (strings.choose) }
                div.shape {
                    @for (facet, values) in CHOICES.into_iter().zip(&overview.values) {
                        label {
                            span { (filter_name(strings, FilterName::Facet(facet))) }
                            select name=(facet.name()) {
                                option value="" { (strings.all) }
                                @for value in values {
                                    option value=(Untrusted(value)) selected[chosen(facet, value)] {
                                        (Untrusted(&capitalized(&value_label(strings, facet, value))))
                                    }
                                }
                            }
                        }
                    }
                    @for &end in DateEnd::ALL {
                        label {
                            span { (filter_name(strings, FilterName::Date(end))) }
                            input type="text" name=(end.name()) value=(Untrusted(frame.value(end.name()))) size="10"
                                maxlength="20" inputmode="numeric" autocomplete="off" title=(strings.date_hint);
                        }
                    }
                    label {
                        span { (strings.sort) }
                        select name=(SORT) {
                            @for &one in DocumentOrder::ALL {
                                option value=(one.name()) selected[one == order] { (order_name(strings, one)) }
                            }
                        }
                    }
                }
            }
            // Filters that the form has no field for stay.
            @for (filter, value) in url.filters.iter().filter(|(filter, _)| is_hidden(*filter)) {
                input type="hidden" name=(filter.name()) value=(Untrusted(value));
            }
            (hidden_language(frame))
        }
        @if is_narrowed { p.reset { a href=(frame.page_url("/documents")) { (strings.drop_all) } } }
    }
}

/// Returns true if the form has no field for a filter.
fn is_hidden(filter: FilterName) -> bool {
    filter.facet().is_some_and(|facet| !CHOICES.contains(&facet))
}

/// Returns a text with a capital first letter, as a list of choices has it.
fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|first| first.to_uppercase().collect::<String>());
    first.unwrap_or_default() + chars.as_str()
}

/// Returns the name of an order.
const fn order_name(strings: &Strings, order: DocumentOrder) -> &'static str {
    match order {
        DocumentOrder::Document => strings.order_id,
        DocumentOrder::Date => strings.sort_date,
        DocumentOrder::Oldest => strings.sort_oldest,
        DocumentOrder::Title => strings.order_title,
        DocumentOrder::Number => strings.order_number,
        DocumentOrder::Kind => strings.order_kind,
        DocumentOrder::Issuer => strings.order_issuer,
        DocumentOrder::Province => strings.order_province,
        DocumentOrder::Pages => strings.order_pages,
    }
}

/// Returns the URL of the list as a file with this ending: the same filters and order, all rows.
fn table_address(frame: &Frame, ending: &str) -> String {
    let url = SearchUrl::of_frame(frame);
    let order = DocumentOrder::from_name(frame.value(SORT)).unwrap_or_default();
    let mut parameters = url.at_offset(0).parameters();
    parameters.retain(|(name, _)| *name != SORT);
    if order != DocumentOrder::default() {
        parameters.push((SORT, order.name().to_owned()));
    }
    parameters.push(("limit", MAX_TABLE_ROWS.to_string()));
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(parameters)
        .finish();
    format!("{}/api/v1/documents.{ending}?{query}", frame.base)
}

/// The most rows that the API gives in one table.
const MAX_TABLE_ROWS: usize = 10_000;

/// Renders one document: its name, below it what is known of it, and its date beside both.
fn entry(frame: &Frame, record: &DocumentRecord, overview: &Overview) -> Markup {
    let strings = frame.strings();
    let known = |text: Option<&String>| text.map(|text| html! { span lang="vi" { (Untrusted(text)) } });
    let cites = overview.cites.get(&record.document).copied().unwrap_or(0);
    let facts: [Option<Markup>; 6] = [
        record
            .kind
            .as_deref()
            .map(|kind| html! { span lang="vi" { (Untrusted(&capitalized(kind))) } }),
        record
            .number
            .as_deref()
            .map(|number| html! { span lang="vi" { (Untrusted(&symbol_text(number))) } }),
        known(record.issuer.as_ref()),
        known(record.province.as_ref()),
        Some(html! { (fill(strings.pages_of, &[&record.pages])) }),
        (cites > 0).then(|| html! { (fill(strings.cites_documents, &[&cites])) }),
    ];
    html! {
        article {
            h2 {
                a href=(frame.page_url(&frame::document(&record.document))) lang="vi" { (Untrusted(document_name(record))) }
                @if record.quality == Quality::Ocr { " " span.badge { (capitalized(strings.quality_ocr)) } }
                @if record.draft { " " (about::draft(strings, record)) }
            }
            p.facts {
                @for (position, fact) in facts.iter().flatten().enumerate() {
                    @if position > 0 { span.dot { " · " } }
                    (fact)
                }
            }
            p.date { @if let Some(date) = &record.date { (cite_as::date(date)) } }
        }
    }
}
