//! Links to the pages of documents, of cited documents, and of similar wording.

use maud::{Markup, html};

use super::anchor;
use super::text::cut;
use crate::http::page::shell::documents::Documents;
use crate::http::page::shell::frame::{self, Frame};
use crate::http::page::shell::query_string::BACK;
use crate::http::page::shell::untrusted::Untrusted;

/// The parameter that holds the address of the passage to light in the original (`19` of `001:19`).
pub(crate) const PASSAGE: &str = "passage";

/// The parameter that holds the HTML id of the place that the page of a document is to show: `p973`.
pub(crate) const AT: &str = "at";

/// Passages that the page of a document shows at a time, at most: some 1.1 MB of HTML, of which 0.1 MB are sent.
pub(crate) const MAX_SHOWN_PASSAGES: usize = 1500;

/// Maximum length of a document's name in chars, where it is shortened.
pub(crate) const NAME_CHARS: usize = 60;

/// Renders the link to a document. The text is its name, cut; the title is the whole name.
pub(crate) fn document_link(frame: &Frame, id: &str, documents: &Documents<'_>) -> Markup {
    let name = documents.name(id);
    html! { a href=(frame.page_url(&frame::document(id))) title=(Untrusted(name)) { (Untrusted(&cut(name, NAME_CHARS))) } }
}

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

/// Returns the URL of the file of a document.
pub(crate) fn file_address(frame: &Frame, id: &str) -> String {
    format!("{}/api/v1{}/file", frame.base, frame::document(id))
}

/// Returns the URL of the picture of a page of a document, at most `width` pixels wide.
pub(crate) fn picture_address(frame: &Frame, id: &str, page: usize, width: Option<u32>) -> String {
    let width = width.map_or_else(String::new, |width| format!("?width={width}"));
    format!("{}/api/v1{}/pages/{page}.png{width}", frame.base, frame::document(id))
}

/// Returns the URL of the page that shows a page of the original, with the passage of this id lit. The search from which
/// the reader came goes along.
pub(crate) fn original_address(frame: &Frame, id: &str, page: usize, passage: Option<&str>) -> String {
    original_from(frame, id, page, passage, frame.value(BACK))
}

/// Returns the same for a reader who comes from the search `back`.
pub(crate) fn original_from(frame: &Frame, id: &str, page: usize, passage: Option<&str>, back: &str) -> String {
    let address = passage.map(|passage| passage.rsplit(':').next().unwrap_or(passage));
    let parameters = address.map(|address| (PASSAGE, address)).into_iter();
    let parameters: Vec<(&str, &str)> = parameters.chain((!back.is_empty()).then_some((BACK, back))).collect();
    let url = frame.url(&frame::original(id, &page.to_string()), &parameters);
    format!("{url}{}", if passage.is_some() { "#lit" } else { "" })
}

/// Returns the URL of the page of the document `document` at the passage with the id `passage`; `parameters` go along.
pub(crate) fn passage_address(frame: &Frame, document: &str, passage: &str, parameters: &[(&str, &str)]) -> String {
    let id = anchor(passage);
    // Hardly any two passages begin on one line, so the first lines are all on the first page of a long document.
    let line = id
        .trim_start_matches('p')
        .split('.')
        .next()
        .and_then(|line| line.parse().ok());
    let is_far = line.is_some_and(|line: usize| line > MAX_SHOWN_PASSAGES);
    let at = is_far.then_some((AT, id.as_str()));
    let parameters: Vec<(&str, &str)> = parameters.iter().copied().chain(at).collect();
    format!("{}#{id}", frame.url(&frame::document(document), &parameters))
}
