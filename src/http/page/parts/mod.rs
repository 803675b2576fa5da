//! Parts that several pages share.

pub(crate) mod about;
pub(crate) mod cite_as;
pub(crate) mod links;
pub(crate) mod short_names;
pub(crate) mod text;

use maud::{Markup, html};

use crate::http::page::shell::frame::Frame;
use crate::http::page::shell::labels;
use crate::http::page::shell::language::fill;
use crate::http::page::shell::untrusted::Untrusted;
use crate::record::PassageRecord;

/// Where a passage stands the way staff cite it: sections, page, place.
pub(crate) fn place_line(frame: &Frame, record: &PassageRecord) -> Markup {
    let strings = frame.strings();
    html! {
        p.address lang="vi" {
            @for heading in &record.section_path { span.heading { (Untrusted(heading)) } " › " }
            span lang=(frame.lang.code()) {
                (fill(strings.page, &[&record.page])) " · " (labels::place_name(strings, record.place))
            }
        }
    }
}

/// The name of a passage within the page of its document: `p86` for `001_…:86`.
pub(crate) fn anchor(passage: &str) -> String {
    format!("p{}", passage.rsplit(':').next().unwrap_or(passage))
}

/// Links to the page before and the page after.
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
