//! The head of an answer: how much was found, with which marks, and what was understood of the
//! question; below, the same as a table and as a link.

use maud::{Markup, html};

use crate::http::page::shell::frame::Frame;
use crate::http::page::shell::query_string::SearchUrl;
use crate::http::page::shell::translate;
use crate::http::page::shell::untrusted::Untrusted;
use crate::query::{Diagnostic, FilterName};
use crate::record::Facet;
use crate::render::language::fill;
use crate::search::{Marks, Results};

/// Rows of a table of hits unless more are asked for.
const USUAL_ROWS: usize = 1000;

/// The most rows of a table of hits.
const MAX_ROWS: usize = 10_000;

/// Renders the number of hits and of their documents, how they agree with the marks, and the oddities of the query.
pub(super) fn head(frame: &Frame, url: &SearchUrl, results: &Results, of_query: &[Diagnostic]) -> Markup {
    let strings = frame.strings();
    let total = results.total();
    let diagnostics = || of_query.iter().chain(&results.diagnostics);
    html! {
        h2 #results tabindex="-1" {
            @match (total, documents(url, results)) {
                (0, _) => (strings.nothing),
                (_, Some(documents)) => (fill(strings.passages_in, &[&total, &documents])),
                (_, None) => (fill(strings.passages, &[&total])),
            }
        }
        div.summary role="status" {
            @if total > 0 {
                p {
                    (by_marks(frame, url, results))
                    @if let (Some(first), Some(last)) = (results.hits.first(), results.hits.last()) {
                        @if total > results.hits.len() { span { (fill(strings.window, &[&first.rank, &last.rank])) } }
                    }
                }
            }
            @if !results.also.is_empty() {
                @let forms: Vec<&str> = results.also.iter().flat_map(|also| &also.forms).map(String::as_str).collect();
                p { (strings.also) " " span lang="vi" { (Untrusted(&forms.join(", "))) } }
            }
            @if results.relaxed && total > 0 { p.told { (strings.relaxed) } }
            @if diagnostics().next().is_some() {
                ul.told aria-label=(strings.not_understood) {
                    @for diagnostic in diagnostics() { li { (translate::oddity(frame.lang, &diagnostic.oddity)) } }
                }
            }
        }
    }
}

/// Renders, below the hits, the tables of all of them and the link to this answer.
pub(super) fn foot(frame: &Frame, url: &SearchUrl, total: usize) -> Markup {
    let strings = frame.strings();
    html! {
        p.summary.downloads {
            span {
                (strings.download_table) ": "
                a href=(table_address(frame, url, "csv", total)) download { "CSV" } ", "
                a href=(table_address(frame, url, "xlsx", total)) download { "Excel" }
            }
            span { a href=(url.href(frame)) { (strings.permalink) } }
        }
    }
}

/// Returns the number of documents with a hit; `None` if a filter by document hides the others.
fn documents(url: &SearchUrl, results: &Results) -> Option<usize> {
    let is_of_documents = |(filter, _): &(FilterName, String)| *filter == FilterName::Facet(Facet::Document);
    if url.filters.iter().any(is_of_documents) {
        return None;
    }
    let counts = results.facets.iter().find(|counts| counts.facet == Facet::Document)?;
    Some(counts.values.len() + counts.left)
}

/// Renders how many hits have the marks of the query; nothing if all have. The first number leads to these alone.
fn by_marks(frame: &Frame, url: &SearchUrl, results: &Results) -> Markup {
    let strings = frame.strings();
    let matches = &results.matches;
    let agreeing = matches.exact + matches.read;
    let others = [
        (strings.marks_lost, matches.lost),
        (strings.marks_folded, matches.folded),
    ];
    html! {
        @if url.marks == Marks::Exact {
            span { (strings.marks_exact_only) " (" a href=(url.with_marks(Marks::default()).href(frame)) { (strings.marks_all) } ")" }
        } @else if agreeing > 0 && agreeing < results.total() {
            span {
                a href=(url.with_marks(Marks::Exact).href(frame)) { (fill(strings.marks_agreeing, &[&agreeing])) }
                @for (text, count) in others {
                    @if count > 0 { " · " (fill(text, &[&count])) }
                }
            }
        }
    }
}

/// Returns the URL of the table of all hits, as far as a table goes. It has no language of the page.
fn table_address(frame: &Frame, url: &SearchUrl, format: &str, total: usize) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(url.at_offset(0).parameters());
    if total > USUAL_ROWS {
        query.append_pair("limit", &total.min(MAX_ROWS).to_string());
    }
    format!("{}/api/v1/search.{format}?{}", frame.base, query.finish())
}
