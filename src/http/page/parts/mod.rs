//! Parts that several pages share: links, metadata, citations of documents, highlighted text.

pub(crate) mod about;
pub(crate) mod cite_as;
pub(crate) mod downloads;
pub(crate) mod draft;
pub(crate) mod heading;
pub(crate) mod links;
pub(crate) mod registered;
pub(crate) mod short_names;
pub(crate) mod text;

use maud::{Markup, html};

use crate::document::Place;
use crate::http::page::shell::frame::Frame;
use crate::http::page::shell::untrusted::Untrusted;
use crate::record::PassageRecord;
use crate::render::language::fill;
use crate::render::language::labels;
use heading::last_levels;

/// Number of headings around a passage that are shown with it.
const SHOWN_LEVELS: usize = 2;

/// Renders the place of a passage: the last headings around it, the page, and the kind of place if it is not running
/// text.
pub(crate) fn place_line(frame: &Frame, record: &PassageRecord) -> Markup {
    let strings = frame.strings();
    let headings = last_levels(&record.section_path, SHOWN_LEVELS);
    html! {
        p.address lang="vi" {
            @if !headings.is_empty() { (Untrusted(&headings)) " · " }
            span lang=(frame.lang.code()) {
                (fill(strings.page, &[&record.page]))
                @if record.place != Place::Body { " · " (labels::place_name(strings, record.place)) }
            }
        }
    }
}

/// Returns the HTML id of a passage on the page of its document: `p86` for `001_…:86`.
pub(crate) fn anchor(passage: &str) -> String {
    format!("p{}", passage.rsplit(':').next().unwrap_or(passage))
}

/// Renders the links to the previous and the next page of results.
pub(crate) fn pages(frame: &Frame, before: Option<&str>, after: Option<&str>) -> Markup {
    let strings = frame.strings();
    html! {
        @if before.is_some() || after.is_some() {
            nav.paging aria-label=(strings.paging) {
                @if let Some(before) = before { a rel="prev" href=(before) { "← " (strings.earlier) } }
                @if let Some(after) = after { a rel="next" href=(after) { (strings.later) " →" } }
            }
        }
    }
}
