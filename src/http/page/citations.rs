//! What is cited: the table of cited documents with its pictures, and a page for each of them.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::super::problem::Problem;
use super::asked::Asked;
use super::facets;
use super::layout;
use super::link::{self, Frame};
use super::picture;
use super::search::{Documents, anchor, documents, filters, hidden_language, pages};
use super::text::{self, Foreign};
use super::words::{Words, fill};
use crate::concordance::{self, Asked as AskedCited, Cited, Disagreement, Report, Said};
use crate::index::{Error, Index};
use crate::record::CitedAt;
use crate::render::plain::{self, document_name};
use crate::render::terminal::clean;
use crate::text::{Span, fold};

/// Rows of the table on a page.
const PER_PAGE: usize = 50;

/// Places whose other citations are counted on the page of one cited document.
const COUNTED_PLACES: usize = 500;

/// Documents that are named as cited together with another.
const TOGETHER: usize = 12;

/// An order of the table.
struct Order {
    /// Its name in addresses.
    name: &'static str,
    /// Sorts.
    sort: fn(&mut [Cited]),
}

/// The orders of the table; the first is the usual one.
static ORDERS: [Order; 5] = [
    Order {
        name: "count",
        sort: |_| {}, // as the table comes
    },
    Order {
        name: "cited",
        sort: |rows| rows.sort_by_cached_key(|row| fold(&row.cited)),
    },
    Order {
        name: "documents",
        sort: |rows| rows.sort_by_key(|row| std::cmp::Reverse(row.documents.len())),
    },
    Order {
        name: "notes",
        sort: |rows| rows.sort_by_key(|row| std::cmp::Reverse(row.in_footnotes)),
    },
    Order {
        name: "date",
        sort: |rows| rows.sort_by_cached_key(|row| std::cmp::Reverse(row.dates.first().cloned())),
    },
];

/// The rows that the address of `frame` asks for, in its order, and the places they were counted from.
///
/// # Errors
/// Those of searching, and a document that is not there.
fn rows(index: &Index, frame: &Frame) -> Result<(Vec<Cited>, Vec<CitedAt>), Problem> {
    let asked = Asked::on(frame);
    let places = concordance::places(index, None, &filters(index, &asked.filters)?)?.places;
    let mut rows = concordance::cited(places.iter().map(|place| &place.citation));
    let wanted = fold(&asked.typed);
    if !wanted.is_empty() {
        let has = |text: &String| fold(text).contains(&wanted);
        rows.retain(|row| has(&row.cited) || row.subjects.iter().any(has));
    }
    if let Some(order) = ORDERS.iter().find(|order| order.name == frame.value("sort")) {
        (order.sort)(&mut rows);
    }
    Ok((rows, places))
}

/// The table as CSV, as `vankien citations --format csv` writes it.
///
/// # Errors
/// Those of [`page`].
pub(super) fn csv(index: &Index, frame: &Frame) -> Result<Vec<u8>, Problem> {
    let (rows, _) = rows(index, frame)?;
    let mut out = Vec::new();
    plain::citations(&rows)
        .write_separated(&mut out, b',')
        .map_err(|cause| Error::Io {
            action: "write",
            path: "citations.csv".into(),
            cause,
        })?;
    Ok(out)
}

/// The page with the table of cited documents.
///
/// # Errors
/// Those of searching, and a document that is not there.
pub(super) fn page(index: &Index, frame: &Frame) -> Result<Markup, Problem> {
    let words = frame.words();
    let asked = Asked::on(frame);
    let documents = documents(index)?;
    let (rows, places) = rows(index, frame)?;
    let shown = rows.iter().skip(asked.offset).take(PER_PAGE);
    let offset = |offset: usize| frame.with("offset", (offset > 0).then(|| offset.to_string()).as_deref());
    let before = (asked.offset > 0).then(|| offset(asked.offset.saturating_sub(PER_PAGE)));
    let next = asked.offset.saturating_add(PER_PAGE);
    let after = (next < rows.len()).then(|| offset(next));
    let content = html! {
        h1 { (words.citations) }
        (narrow(frame, &asked))
        p {
            (fill(words.cited_count, &[&rows.len()])) " · "
            a href=(frame.to("/citations.csv", &frame.parameters)) { (words.csv) }
        }
        (table(frame, shown, &documents))
        (pages(frame, before.as_deref(), after.as_deref()))
        (picture::matrix(frame, &rows, &places, &documents))
        (picture::timeline(frame, &rows))
    };
    Ok(layout::page(frame, words.citations, &content))
}

/// The box that narrows the table.
fn narrow(frame: &Frame, asked: &Asked) -> Markup {
    let words = frame.words();
    html! {
        form.search role="search" method="get" action=(frame.to_page("/citations")) {
            label for="q" { (words.narrow) }
            div.box {
                input #q type="search" name="q" value=(Foreign(&asked.typed)) autocomplete="off" maxlength="200";
                button type="submit" { (words.go) }
            }
            @for (name, value) in frame.parameters.iter().filter(|(name, _)| name != "q" && name != "offset") {
                input type="hidden" name=(Foreign(name)) value=(Foreign(value));
            }
            (hidden_language(frame))
        }
    }
}

/// The table, each column head a link that sorts by it.
fn table<'r>(frame: &Frame, rows: impl Iterator<Item = &'r Cited>, documents: &Documents<'_>) -> Markup {
    let words = frame.words();
    let now = Some(frame.value("sort"))
        .filter(|sort| !sort.is_empty())
        .unwrap_or("count");
    let head = |name: &'static str, label: &str, is_number: bool| {
        let sort = if name == "cited" { "ascending" } else { "descending" };
        html! {
            th scope="col" .number[is_number] aria-sort=[(now == name).then_some(sort)] {
                a href=(frame.with("sort", Some(name))) title=(fill(words.sort_by, &[&label])) {
                    (label) @if now == name { span aria-hidden="true" { @if name == "cited" { " ▲" } @else { " ▼" } } }
                }
            }
        }
    };
    html! {
        div.wide tabindex="0" role="region" aria-label=(words.citations) {
            table {
                thead {
                    tr {
                        (head("cited", words.cited, false))
                        (head("count", words.count, true))
                        (head("documents", words.in_documents, true))
                        (head("notes", words.in_notes, true))
                        (head("date", words.date, false))
                        th scope="col" { (words.subject) }
                        th scope="col" { (words.where_cited) }
                    }
                }
                tbody { @for row in rows { (table_row(frame, row, documents)) } }
            }
        }
    }
}

fn table_row(frame: &Frame, row: &Cited, documents: &Documents<'_>) -> Markup {
    html! {
        tr {
            th scope="row" lang="vi" { (cited_link(frame, &row.cited)) }
            td.number { (row.count) }
            td.number { (row.documents.len()) }
            td.number { (row.in_footnotes) }
            td.date { @for date in row.dates.iter().take(2) { (Foreign(date)) br; } }
            td lang="vi" { @if let Some(subject) = row.subjects.first() { (Foreign(subject)) } }
            td lang="vi" {
                @for (position, id) in row.documents.iter().take(3).enumerate() {
                    @if position > 0 { "; " }
                    (document_link(frame, id, documents))
                }
                @if row.documents.len() > 3 { " …" }
            }
        }
    }
}

/// The link to the page of a cited document.
pub(super) fn cited_link(frame: &Frame, cited: &str) -> Markup {
    html! { a href=(cited_address(frame, cited)) { (Foreign(cited)) } }
}

/// The address of the page of a cited document.
pub(super) fn cited_address(frame: &Frame, cited: &str) -> String {
    frame.to("/citations/cited", &[("symbol", cited)])
}

/// The link to a document, under its short name.
fn document_link(frame: &Frame, id: &str, documents: &Documents<'_>) -> Markup {
    let name = documents.get(id).map_or(id, |record| document_name(record));
    html! { a href=(frame.to_page(&link::document(id))) title=(Foreign(name)) { (Foreign(short(name))) } }
}

/// The first words of a name.
pub(super) fn short(name: &str) -> &str {
    /// As many chars as leave a table its columns.
    const CHARS: usize = 48;
    match name.char_indices().nth(CHARS) {
        None => name,
        Some((end, _)) => name[..end].rsplit_once(' ').map_or(&name[..end], |(whole, _)| whole),
    }
}

/// The page of one cited document, or of all that a name or number may mean.
///
/// # Errors
/// Those of searching, and a document that is not there.
pub(super) fn cited(index: &Index, frame: &Frame) -> Result<Markup, Problem> {
    let words = frame.words();
    let typed = [frame.value("symbol"), frame.value("name")]
        .into_iter()
        .find(|given| !given.is_empty());
    let typed = typed.unwrap_or("");
    let allowed = filters(index, &Asked::on(frame).filters)?;
    let places = if typed.is_empty() {
        Vec::new()
    } else {
        concordance::places(index, Some(&AskedCited::parse(typed)), &allowed)?.places
    };
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for place in &places {
        found.insert(place.citation.passage.clone(), place.section_path.clone());
    }
    let documents = documents(index)?;
    let mut reports = concordance::reports(places.into_iter().map(|place| place.citation).collect());
    // A whole name or symbol is asked for by a link: what has more words than it comes behind.
    reports.sort_by_key(|report| report.summary.cited != typed);
    let near = if reports.is_empty() {
        concordance::near(index, typed, 5)?
    } else {
        Vec::new()
    };
    let mut sections = Vec::with_capacity(reports.len());
    for report in &reports {
        let together = together(index, report)?;
        sections.push(one(frame, report, &together, &found, &documents));
    }
    let content = html! {
        p { a href=(frame.to_page("/citations")) { "← " (words.citations) } }
        h1 lang="vi" { (Foreign(if typed.is_empty() { words.citations } else { typed })) }
        (ask(frame, typed))
        @if reports.is_empty() && !typed.is_empty() {
            p role="status" { (fill(words.nothing_cites, &[&clean(typed)])) }
            ul.help {
                @for symbol in &near { li { (words.would_help) ": " (cited_link(frame, symbol)) } }
            }
        }
        @for section in &sections { (section) }
    };
    Ok(layout::page(frame, typed, &content))
}

/// The box that asks for a cited document.
fn ask(frame: &Frame, typed: &str) -> Markup {
    let words = frame.words();
    html! {
        form.search method="get" action=(frame.to_page("/citations/cited")) {
            label for="symbol" { (words.ask_cited) }
            div.box {
                input #symbol type="search" name="symbol" value=(Foreign(typed)) autocomplete="off" maxlength="300";
                button type="submit" { (words.go) }
            }
            (hidden_language(frame))
        }
    }
}

/// What is cited in the same passages as the document of `report`, with the number of those, most often first.
fn together(index: &Index, report: &Report) -> Result<Vec<(String, usize)>, Error> {
    let mut passages: Vec<&str> = report.places.iter().map(|place| place.passage.as_str()).collect();
    passages.dedup();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for passage in passages.into_iter().take(COUNTED_PLACES) {
        for cited in index.passage(passage)?.record.citations {
            if cited != report.summary.cited {
                *counts.entry(cited).or_default() += 1;
            }
        }
    }
    let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts.truncate(TOGETHER);
    Ok(counts)
}

/// All about one cited document.
fn one(
    frame: &Frame,
    report: &Report,
    together: &[(String, usize)],
    sections: &BTreeMap<String, Vec<String>>,
    documents: &Documents<'_>,
) -> Markup {
    let words = frame.words();
    let summary = &report.summary;
    let target = report.places.iter().find_map(|place| place.target.as_deref());
    html! {
        section {
            h2 lang="vi" { (Foreign(&summary.cited)) }
            p { (fill(words.cited_times, &[&summary.count, &summary.documents.len(), &summary.in_footnotes])) }
            @if let Some(target) = target {
                p { a href=(frame.to_page(&link::document(target))) { (words.held) } }
            }
            h3 { (words.said) }
            dl.said {
                @if report.identities.len() > 1 { (said(words, words.identities, &report.identities, false, documents)) }
                (said(words, words.date, &report.dates, report.disagreements.contains(&Disagreement::Date), documents))
                (said(words, words.issuer, &report.issuers, report.disagreements.contains(&Disagreement::Issuer), documents))
                (said(words, words.subject, &report.subjects, report.disagreements.contains(&Disagreement::Subject), documents))
            }
            @if !together.is_empty() {
                h3 { (words.cited_with) }
                ul {
                    @for (cited, count) in together { li lang="vi" { (cited_link(frame, cited)) " " span.count { "(" (count) ")" } } }
                }
            }
            h3 { (words.places) }
            (places(frame, report, sections, documents))
        }
    }
}

/// What the texts give on one point, and who gives it.
fn said(words: &Words, name: &str, values: &[Said], disputed: bool, documents: &Documents<'_>) -> Markup {
    let who = |said: &Said| {
        let names: Vec<&str> = said
            .documents
            .iter()
            .map(|id| {
                documents
                    .get(id.as_str())
                    .map_or(id.as_str(), |record| short(document_name(record)))
            })
            .collect();
        clean(&names.join("; ")).into_owned()
    };
    html! {
        @if !values.is_empty() {
            dt { (name) @if disputed { " — " strong.disagree { (words.disagree) } } }
            @for value in values {
                dd lang="vi" { (Foreign(&value.value)) " " span.hint { "(" (fill(words.given_by, &[&value.count, &who(value)])) ")" } }
            }
        }
    }
}

/// Every place, under its document and its section.
fn places(
    frame: &Frame,
    report: &Report,
    sections: &BTreeMap<String, Vec<String>>,
    documents: &Documents<'_>,
) -> Markup {
    let words = frame.words();
    let path = |passage: &str| sections.get(passage).map(Vec::as_slice).unwrap_or_default();
    html! {
        @for of_document in report.places.chunk_by(|one, other| one.document == other.document) {
            @if let Some(first) = of_document.first() {
                h4 lang="vi" {
                    @let name = documents.get(first.document.as_str()).map_or(first.document.as_str(), |record| document_name(record));
                    a href=(frame.to_page(&link::document(&first.document))) { (Foreign(name)) }
                }
            }
            ul.places {
                @for of_section in of_document.chunk_by(|one, other| path(&one.passage) == path(&other.passage)) {
                    li {
                        @if let Some(first) = of_section.first() {
                            p.address lang="vi" { (Foreign(&path(&first.passage).join(" › "))) }
                        }
                        ul {
                            @for place in of_section {
                                li {
                                    a href={ (frame.to_page(&link::document(&place.document))) "#" (anchor(&place.passage)) } {
                                        (fill(words.page, &[&place.page])) ", "
                                        (facets::place_name(words, place.place.name()))
                                    }
                                    ": "
                                    @let shown = place.repaired.as_deref().unwrap_or(&place.raw);
                                    q lang="vi" { (text::reading(words, shown, Span::new(0, shown.len()), &place.unsure)) }
                                    @if place.repaired.is_some() {
                                        details.source {
                                            summary { (words.repaired) " · " (words.source) }
                                            p lang="vi" { (Foreign(&place.raw)) }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_name_ends_with_a_whole_word() {
        assert_eq!(short("Báo cáo"), "Báo cáo");
        let long = "Báo cáo chính trị đại hội đại biểu Đảng bộ các cơ quan Đảng thành phố";
        assert_eq!(short(long), "Báo cáo chính trị đại hội đại biểu Đảng bộ các");
        assert_eq!(short(&"đ".repeat(60)), "đ".repeat(48));
    }
}
