//! The page that lists all documents, some at a time.

use maud::{Markup, html};

use super::parts::about::{draft, metadata};
use super::parts::pages;
use super::shell;
use super::shell::frame::{self, Frame};
use super::shell::query_string::SearchUrl;
use super::shell::untrusted::Untrusted;
use crate::http::problem::Problem;
use crate::index::Index;
use crate::record::{DocumentRecord, Facet, document_name};
use crate::render::language::fill;

/// Number of documents on a page.
const PER_PAGE: usize = 100;

/// Renders the page.
///
/// # Errors
/// Those of [`Index::documents`].
pub(super) fn page(index: &Index, frame: &Frame) -> Result<Markup, Problem> {
    let strings = frame.strings();
    let first = SearchUrl::of_frame(frame).offset;
    let next = first.saturating_add(PER_PAGE);
    let total = index.documents()?.count();
    let offset = |offset: usize| frame.url_with("offset", (offset > 0).then(|| offset.to_string()).as_deref());
    let before = (first > 0).then(|| offset(first.saturating_sub(PER_PAGE)));
    let after = (next < total).then(|| offset(next));
    let content = html! {
        h1 { (strings.documents) }
        p { (fill(strings.document_count, &[&total])) }
        ul.documents {
            @for record in index.documents()?.skip(first).take(PER_PAGE) { li { (entry(frame, record)) } }
        }
        (pages(frame, before.as_deref(), after.as_deref()))
    };
    Ok(shell::page(frame, strings.documents, &content))
}

/// Renders one document: name, metadata, and a link to a search in it.
fn entry(frame: &Frame, record: &DocumentRecord) -> Markup {
    let strings = frame.strings();
    let inside = SearchUrl::default().with_filter(Facet::Document, &record.document);
    html! {
        article {
            h2 { a href=(frame.page_url(&frame::document(&record.document))) lang="vi" { (Untrusted(document_name(record))) } }
            (draft(strings, record))
            (metadata(strings, record))
            p { a href=(inside.href(frame)) { (strings.find_in) } }
        }
    }
}
