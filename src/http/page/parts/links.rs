//! Links to the pages of documents, of cited documents, and of similar wording.

use maud::{Markup, html};

use super::text::cut;
use crate::http::page::shell::documents::Documents;
use crate::http::page::shell::frame::{self, Frame};
use crate::http::page::shell::untrusted::Untrusted;

/// Maximum length of a document's name in chars, where it is shortened.
pub(crate) const NAME_CHARS: usize = 60;

/// Renders the link to the page of a cited document.
pub(crate) fn cited_link(frame: &Frame, cited: &str) -> Markup {
    html! { a href=(cited_address(frame, cited)) { (Untrusted(cited)) } }
}

/// Returns the URL of the page of a cited document.
pub(crate) fn cited_address(frame: &Frame, cited: &str) -> String {
    frame.url("/citations/cited", &[("symbol", cited)])
}

/// Returns the URL of the page with wording similar to a passage.
pub(crate) fn similar_address(frame: &Frame, passage: &str) -> String {
    frame.url("/precedent", &[("passage", passage)])
}

/// Renders the link to a document. The text is its name, cut; the title is the whole name.
pub(crate) fn document_link(frame: &Frame, id: &str, documents: &Documents<'_>) -> Markup {
    let name = documents.name(id);
    html! { a href=(frame.page_url(&frame::document(id))) title=(Untrusted(name)) { (Untrusted(&cut(name, NAME_CHARS))) } }
}
