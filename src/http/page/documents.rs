//! The page that lists all documents.

use maud::{Markup, html};

use super::parts::about::{draft, metadata};
use super::shell;
use super::shell::frame::{self, Frame};
use super::shell::query_string::SearchUrl;
use super::shell::untrusted::Untrusted;
use crate::http::problem::Problem;
use crate::index::Index;
use crate::record::{DocumentRecord, Facet, document_name};
use crate::render::language::fill;

/// Renders the page.
///
/// # Errors
/// Those of [`Index::documents`].
pub(super) fn page(index: &Index, frame: &Frame) -> Result<Markup, Problem> {
    let strings = frame.strings();
    let records: Vec<&DocumentRecord> = index.documents()?.collect();
    let content = html! {
        h1 { (strings.documents) }
        p { (fill(strings.document_count, &[&records.len()])) }
        ul.documents {
            @for record in records { li { (entry(frame, record)) } }
        }
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
