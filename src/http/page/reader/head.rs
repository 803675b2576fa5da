//! The head of the pages of one document: what it is in a line, its title, what a reader should know about its text, and
//! its views as tabs: the text, what it cites, what cites it, the original. Each view has an address of its own.

use maud::{Markup, html};

use crate::concordance;
use crate::corpus::{Original, has_page_images};
use crate::http::page::parts::about::draft;
use crate::http::page::parts::cite_as;
use crate::http::page::parts::links::{file_address, original_address};
use crate::http::page::parts::text::capitalized;
use crate::http::page::shell::frame::{self, Frame};
use crate::http::page::shell::query_string::{BACK, SearchUrl};
use crate::http::page::shell::untrusted::Untrusted;
use crate::http::problem::Problem;
use crate::index::Index;
use crate::record::{DocumentRecord, Parsed, converted_from, document_name};
use crate::render::language::labels::symbol_text;
use crate::render::language::{Strings, fill};
use crate::text::clean;

/// The name under which the page of what a document cites follows its own.
pub(crate) const CITES: &str = "citations";

/// The name under which the page of what cites a document follows its own.
pub(crate) const CITED_BY: &str = "cited-by";

/// A view of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tab {
    /// Its text.
    Text,
    /// The documents that it cites.
    Cites,
    /// The documents that cite it.
    CitedBy,
    /// The pictures of its pages.
    Original,
}

/// Returns the path of a view of a document, by the name that follows its own.
pub(crate) fn view_path(id: &str, name: &str) -> String {
    format!("{}/{name}", frame::document(id))
}

/// Renders the head of a document with `tab` as the current one.
///
/// # Errors
/// Those of reading the index.
pub(crate) fn head(
    frame: &Frame,
    index: &Index,
    parsed: &Parsed,
    record: &DocumentRecord,
    tab: Tab,
) -> Result<Markup, Problem> {
    let strings = frame.strings();
    let is_there = frame.files && Original::is_there(&index.file(&record.document)?.location);
    Ok(html! {
        header.head {
            p.facts { (facts(strings, record)) " " (draft(strings, record)) }
            h1 #title lang="vi" { (Untrusted(document_name(record))) }
            @if tab == Tab::Text {
                @if parsed.is_reread() { p.label { (strings.scanned) } }
                @if let Some(encoding) = converted_from(record) { p.label { (fill(strings.converted, &[&encoding])) } }
            }
            @if frame.files && !is_there { p.label { (strings.file_gone) } }
            div.views {
                (tabs(frame, index, parsed, tab, is_there))
                @if is_there { a.file href=(file_address(frame, &record.document)) { (strings.download) } }
            }
        }
    })
}

/// Renders the way back to the search from which the reader came; nothing without one. It is built from the parsed search,
/// so it cannot lead to another site.
pub(crate) fn way_back(frame: &Frame, came_from: &SearchUrl) -> Markup {
    html! {
        @if !came_from.is_empty() {
            a.back href=(came_from.href(frame)) {
                "← " (frame.strings().back) @if !came_from.query.is_empty() { ": " (Untrusted(&came_from.query)) }
            }
        }
    }
}

/// Returns what identifies a document, as far as it is known: type, symbol, issuer, place and date, term.
pub(super) fn facts(strings: &Strings, record: &DocumentRecord) -> Markup {
    let mut facts: Vec<Markup> = Vec::new();
    let vietnamese = |text: &str| html! { span lang="vi" { (Untrusted(text)) } };
    facts.extend(record.kind.as_deref().map(|kind| vietnamese(&capitalized(kind))));
    if let Some(number) = &record.number {
        facts.push(html! { span { (Untrusted(&fill(strings.symbol_of, &[&symbol_text(number)]))) } });
    }
    facts.extend(record.issuer.as_deref().map(vietnamese));
    let place = record
        .signed_at
        .as_deref()
        .or(record.province.as_deref())
        .map(vietnamese);
    match &record.date {
        Some(date) => facts.push(html! {
            span {
                @if let Some(place) = place { (place) ", " }
                (cite_as::day_template(strings, date).trim_end_matches("{}")) (cite_as::date(date))
            }
        }),
        None => facts.extend(place),
    }
    if !record.terms.is_empty() {
        facts.push(html! { span { (Untrusted(&fill(strings.term_of, &[&record.terms.join(", ")]))) } });
    }
    html! { @for (position, fact) in facts.iter().enumerate() { @if position > 0 { " · " } (fact) } }
}

/// Renders the tabs; that of the original only if there are pictures of its pages.
fn tabs(frame: &Frame, index: &Index, parsed: &Parsed, tab: Tab, is_there: bool) -> Markup {
    let strings = frame.strings();
    let id = &parsed.document.id;
    let back = frame.value(BACK);
    let kept: Vec<(&str, &str)> = (!back.is_empty()).then_some((BACK, back)).into_iter().collect();
    let cites = parsed
        .citations
        .iter()
        .filter(|citation| !citation.is_own_document())
        .count();
    let counted = |name: &str, count: Option<usize>| match count {
        Some(count) => format!("{name} ({count})"),
        None => name.to_owned(),
    };
    let mut tabs = vec![
        (
            Tab::Text,
            frame.url(&frame::document(id), &kept),
            strings.whole_text.to_owned(),
        ),
        (
            Tab::Cites,
            frame.url(&view_path(id, CITES), &kept),
            counted(strings.cites, Some(cites)),
        ),
        (
            Tab::CitedBy,
            frame.url(&view_path(id, CITED_BY), &kept),
            counted(strings.cited_by, concordance::times_cited(index, id)),
        ),
    ];
    if is_there && has_page_images(parsed.format) && !parsed.facsimile.pages.is_empty() {
        tabs.push((
            Tab::Original,
            original_address(frame, id, 1, None),
            strings.original_word.to_owned(),
        ));
    }
    html! {
        nav.tabs aria-label=(strings.views) {
            @for (of, address, name) in tabs { a href=(address) aria-current=[(of == tab).then_some("page")] { (name) } }
        }
    }
}

/// Returns what a search engine or a chat shows of a document below its title: the facts about it.
pub(crate) fn description(strings: &Strings, record: &DocumentRecord) -> String {
    clean(&cite_as::document(strings, record)).into_owned()
}
