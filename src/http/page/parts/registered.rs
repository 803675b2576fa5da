//! Registered documents on a page: links to their rows, the ground for what is said about them, what replaces them.

use maud::{Markup, html};

use crate::http::page::shell::frame::Frame;
use crate::http::page::shell::untrusted::Untrusted;
use crate::register::{Basis, Register, RegisterEntry, RegisteredDocument};
use crate::render::language::dates::identity_text;
use crate::render::language::labels::ground;
use crate::text::fold;

/// Returns the HTML id of the row of a registered document: `r-21-nq-tw-xiii-nghi-quyet`.
pub(crate) fn anchor(document: &RegisteredDocument) -> String {
    let term = document.term.as_deref().unwrap_or("");
    let folded = fold(&format!("{} {term} {}", document.key, document.kind.name()));
    let words = folded.split(|char: char| !char.is_ascii_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    format!("r-{}", words.join("-"))
}

/// Returns the URL of the row of a registered document, among those with its symbol or name.
pub(crate) fn address(frame: &Frame, document: &RegisteredDocument) -> String {
    let page = frame.url("/register", &[("q", &document.key)]);
    format!("{page}#{}", anchor(document))
}

/// Renders references of the table (`08-QĐi/TW@XII`) as links to their rows; those without a row, as text.
pub(crate) fn references(frame: &Frame, register: &Register, references: &[String]) -> Markup {
    html! {
        @for (position, reference) in references.iter().enumerate() {
            @if position > 0 { "; " }
            @let name = identity_text(&register.identity_of(reference));
            @match register.referred(reference) {
                Some(document) => a href=(address(frame, document)) lang="vi" { (Untrusted(&name)) },
                None => span lang="vi" { (Untrusted(&name)) },
            }
        }
    }
}

/// Renders by what a registered document is replaced, and the ground for it if no text says so; nothing if it is not.
pub(crate) fn replaced(frame: &Frame, register: &Register, document: &RegisteredDocument) -> Markup {
    let strings = frame.strings();
    html! {
        @if !document.replaced_by.is_empty() {
            p.replaced {
                strong { (strings.replaced_by) " " (references(frame, register, &document.replaced_by)) }
                @if document.replacement_basis == Some(Basis::Known) { " " span.hint { "(" (strings.known) ")" } }
            }
        }
    }
}

/// Renders what the register has about a cited document as list items, a block for each document.
pub(crate) fn entries(frame: &Frame, register: &Register, entries: &[RegisterEntry]) -> Markup {
    let strings = frame.strings();
    html! {
        @for entry in entries {
            @let document = &entry.document;
            div.registered {
                p {
                    a href=(address(frame, document)) lang="vi" { (Untrusted(&identity_text(&entry.identity))) }
                    @if let Some(issuer) = &document.issuer { span lang="vi" { ", " (Untrusted(issuer)) } }
                    " " span.hint { "(" (ground(strings, document)) ")" }
                }
                @if let Some(subject) = &document.subject { p lang="vi" { (Untrusted(subject)) } }
                (replaced(frame, register, document))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_row_has_an_id_of_its_own() {
        let register = Register::shipped();
        let ids: BTreeSet<String> = register.rows().iter().map(anchor).collect();
        assert_eq!(ids.len(), register.rows().len());
        assert!(ids.contains("r-21-nq-tw-xiii-nghi-quyet"));
    }
}
