//! A place where a document is cited: where it is, by which act, and the sentence around it.

use maud::{Markup, html};

use crate::http::page::parts::links::passage_address;
use crate::http::page::parts::text::{self, Highlights};
use crate::http::page::shell::frame::Frame;
use crate::http::page::shell::query_string::BACK;
use crate::record::{CitationRecord, CitedAt};
use crate::render::language::dates::identity_text;
use crate::render::language::{fill, labels};
use crate::text::{Span, clean, is_ended};

/// Returns the name of what is cited: as exactly as it is known.
pub(super) fn cited_name(citation: &CitationRecord) -> String {
    let told = [&citation.identity, &citation.symbol, &citation.name]
        .into_iter()
        .flatten()
        .next();
    clean(&identity_text(told.unwrap_or(&citation.raw))).into_owned()
}

/// Renders the link to a place by its section and page, and the act by which it refers to what is cited.
pub(super) fn place(frame: &Frame, at: &CitedAt) -> Markup {
    let strings = frame.strings();
    let citation = &at.citation;
    let back = frame.value(BACK);
    let kept: Vec<(&str, &str)> = (!back.is_empty()).then_some((BACK, back)).into_iter().collect();
    let section = at.section_path.last().map(String::as_str).unwrap_or_default();
    html! {
        a href=(passage_address(frame, &citation.document, &citation.passage, &kept)) {
            (fill(strings.page, &[&citation.page])) ", " (labels::place_name(strings, citation.place))
        }
        @if let Some(relation) = citation.relation { " · " span.relation lang="vi" { (relation.label()) } }
        @if !section.is_empty() { " · " span.hint lang="vi" { (text::cut(&clean(section), MAX_SECTION_CHARS)) } }
    }
}

/// Chars of the title of a section beside a place.
const MAX_SECTION_CHARS: usize = 70;

/// Renders the sentence around a citation, which is marked in it.
pub(super) fn sentence(frame: &Frame, citation: &CitationRecord) -> Markup {
    let [start, end] = citation.sentence_at;
    let hits = [Span::new(start, end)];
    let highlights = Highlights {
        unsure: &citation.sentence_unsure,
        hits: &hits,
    };
    let whole = Span::new(0, citation.sentence.len());
    html! {
        blockquote.sentence lang="vi" {
            @if citation.sentence.starts_with(char::is_lowercase) { "… " }
            (text::highlighted(frame.strings(), &citation.sentence, whole, highlights))
            @if !is_ended(&citation.sentence) { " …" }
        }
    }
}
