//! The list of documents.

use maud::{Markup, html};

use super::super::problem::Problem;
use super::address;
use super::asked::Asked;
use super::facets::quality_name;
use super::layout;
use super::link::{self, Frame};
use super::text::Foreign;
use super::words::{Words, fill};
use crate::index::{Facet, Index};
use crate::record::DocumentRecord;
use crate::render::terminal::documents::document_name;

/// The page that lists all documents.
///
/// # Errors
/// Those of [`Index::documents`].
pub(super) fn page(index: &Index, frame: &Frame) -> Result<Markup, Problem> {
    let words = frame.words();
    let records: Vec<&DocumentRecord> = index.documents()?.collect();
    let content = html! {
        h1 { (words.documents) }
        p { (fill(words.document_count, &[&records.len()])) }
        ul.documents {
            @for record in records { li { (entry(frame, record)) } }
        }
    };
    Ok(layout::page(frame, words.documents, &content))
}

/// A document of the list: its name, what is known of it, and a search in it.
fn entry(frame: &Frame, record: &DocumentRecord) -> Markup {
    let words = frame.words();
    let inside = Asked::default().with(Facet::Document, &record.document);
    html! {
        article {
            h2 { a href=(frame.to_page(&link::document(&record.document))) lang="vi" { (Foreign(document_name(record))) } }
            (draft(words, record))
            (metadata(words, record))
            p { a href=(inside.address(frame)) { (words.find_in) } }
        }
    }
}

/// The badge of a draft.
pub(super) fn draft(words: &Words, record: &DocumentRecord) -> Markup {
    html! { @if record.draft { span.badge { (words.draft) } } }
}

/// What is known of a document as a whole; what is not known is left out.
pub(super) fn metadata(words: &Words, record: &DocumentRecord) -> Markup {
    let rows: [(&str, Option<String>); 8] = [
        (words.facet_kind, record.kind.clone()),
        (words.number, record.number.as_deref().map(address::symbol)),
        (words.issuer, record.issuer.clone()),
        (words.facet_province, record.province.clone()),
        (
            words.term,
            Some(record.terms.join(", ")).filter(|terms| !terms.is_empty()),
        ),
        (words.date, record.date.clone()),
        (words.page_count, Some(record.pages.to_string())),
        (
            words.facet_quality,
            Some(quality_name(words, record.quality.name()).to_owned()),
        ),
    ];
    html! {
        dl.metadata {
            @for (name, value) in rows {
                @if let Some(value) = value { div {
                    dt { (name) }
                    dd { @if name == words.date { (address::date(&value)) } @else { (Foreign(&value)) } }
                } }
            }
        }
    }
}
