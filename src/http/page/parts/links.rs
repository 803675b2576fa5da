//! Links to documents and to cited documents.

use maud::{Markup, html};

use super::text::cut;
use crate::http::page::shell::frame::{self, Frame};
use crate::http::page::shell::labels::{Documents, name_of};
use crate::http::page::shell::untrusted::Untrusted;

/// Most chars of the name of a document in a cell.
pub(crate) const NAME_CHARS: usize = 60;

/// The link to the page of a cited document.
pub(crate) fn cited_link(frame: &Frame, cited: &str) -> Markup {
    html! { a href=(cited_address(frame, cited)) { (Untrusted(cited)) } }
}

/// The address of the page of a cited document.
pub(crate) fn cited_address(frame: &Frame, cited: &str) -> String {
    frame.to("/citations/cited", &[("symbol", cited)])
}

/// The link to a document, under its short name.
pub(crate) fn document_link(frame: &Frame, id: &str, documents: &Documents<'_>) -> Markup {
    let name = name_of(documents, id);
    html! { a href=(frame.to_page(&frame::document(id))) title=(Untrusted(name)) { (Untrusted(&cut(name, NAME_CHARS))) } }
}
