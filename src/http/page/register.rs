//! The page of the register: a table of central documents to search and filter, each linked to the places that cite it.

use std::collections::HashSet;

use maud::{Markup, html};

use super::parts::links::cited_address;
use super::parts::registered::{anchor, references, replaced};
use super::parts::{cite_as, pages};
use super::shell::frame::Frame;
use super::shell::untrusted::Untrusted;
use super::shell::{self, hidden_language};
use crate::concordance::{self, RegisterQuery};
use crate::http::problem::Problem;
use crate::index::Index;
use crate::register::{Register, RegisterEntry, RegisteredDocument};
use crate::render::language::fill;
use crate::render::language::labels::{ground, kind_name};
use crate::symbol::{Kind, canonical_symbol};
use crate::text::{Named, clean};

/// Number of rows on a page.
const PER_PAGE: usize = 50;

/// Renders the page.
///
/// # Errors
/// Those of reading the index.
pub(super) fn page(index: &Index, frame: &Frame) -> Result<Markup, Problem> {
    let strings = frame.strings();
    let register = index.register()?;
    // Values that an edited URL has and no form offers count as missing.
    let query = RegisterQuery {
        typed: frame.value("q").to_owned(),
        kinds: Kind::from_name(frame.value("kind")).into_iter().collect(),
        terms: concordance::register_terms()
            .into_iter()
            .filter(|term| *term == frame.value("term"))
            .map(str::to_owned)
            .collect(),
    };
    let found = concordance::registered(&register, &query);
    let first: usize = frame.value("offset").parse().unwrap_or(0);
    let offset = |offset: usize| frame.url_with("offset", (offset > 0).then(|| offset.to_string()).as_deref());
    let before = (first > 0).then(|| offset(first.saturating_sub(PER_PAGE)));
    let next = first.saturating_add(PER_PAGE);
    let after = (next < found.len()).then(|| offset(next));
    let rows = Rows {
        frame,
        register: &register,
        cited: concordance::cited_keys(index)?
            .iter()
            .map(|key| compared(key))
            .collect(),
    };
    let shown: Vec<&RegisteredDocument> = found.iter().copied().skip(first).take(PER_PAGE).collect();
    let content = html! {
        h1 { (strings.register_title) }
        p { (strings.register_about) }
        (search_form(frame, &query))
        p role="status" {
            @if found.is_empty() { (fill(strings.not_registered, &[&clean(&query.typed)])) }
            @else { (fill(strings.registered_count, &[&found.len()])) }
        }
        @if found.is_empty() {
            ul.help {
                @for symbol in concordance::near_registered(&register, &query.typed) {
                    li { (strings.would_help) ": " a href=(frame.url("/register", &[("q", &symbol)])) lang="vi" { (symbol) } }
                }
            }
        } @else {
            (rows.table(&shown))
        }
        (pages(frame, before.as_deref(), after.as_deref()))
    };
    Ok(shell::page(frame, strings.register_title, &content))
}

/// Returns the form in which a symbol or name of the register is compared with those that the corpus cites.
fn compared(key: &str) -> String {
    canonical_symbol(key).unwrap_or_else(|| key.to_owned())
}

/// Renders the form that searches the register.
fn search_form(frame: &Frame, query: &RegisterQuery) -> Markup {
    let strings = frame.strings();
    html! {
        form.search role="search" method="get" action=(frame.page_url("/register")) {
            label for="q" { (strings.narrow) }
            div.box {
                input #q type="search" name="q" value=(Untrusted(&query.typed)) autocomplete="off" maxlength="300";
                button type="submit" { (strings.go) }
            }
            div.shape {
                label {
                    (strings.facet_kind) " "
                    select name="kind" {
                        option value="" { (strings.all) }
                        @for &kind in Kind::ALL {
                            option value=(kind.name()) lang="vi" selected[query.kinds.contains(&kind)] { (kind_name(strings, kind)) }
                        }
                    }
                }
                label {
                    (strings.congress_term) " "
                    select name="term" {
                        option value="" { (strings.all) }
                        @for term in concordance::register_terms().into_iter().rev() {
                            option value=(term) selected[query.terms.iter().any(|asked| asked == term)] { (term) }
                        }
                    }
                }
            }
            (hidden_language(frame))
        }
    }
}

/// The data that all rows of the table share.
struct Rows<'r> {
    frame: &'r Frame,
    register: &'r Register,
    /// The symbols and names that the corpus cites, in the form of [`compared`].
    cited: HashSet<String>,
}

impl Rows<'_> {
    /// Renders the table.
    fn table(&self, documents: &[&RegisteredDocument]) -> Markup {
        let strings = self.frame.strings();
        html! {
            div.wide tabindex="0" role="region" aria-label=(strings.register_title) {
                table.cards.registered {
                    thead {
                        tr {
                            th scope="col" { (strings.number) }
                            th scope="col" { (strings.date) }
                            th scope="col" { (strings.issuer) }
                            th scope="col" { (strings.subject) }
                            th scope="col" { (strings.places) }
                        }
                    }
                    tbody { @for document in documents { (self.row(document)) } }
                }
            }
        }
    }

    /// Renders one row.
    fn row(&self, document: &RegisteredDocument) -> Markup {
        let strings = self.frame.strings();
        let entry = self.register.entry(document);
        html! {
            tr #(anchor(document)) {
                th scope="row" lang="vi" {
                    (Untrusted(&document.key))
                    @if !document.type_word.is_empty() { span.hint { (Untrusted(&document.type_word)) } }
                }
                td.date data-name=(strings.date) {
                    @if let Some(date) = document.date { (cite_as::date(&date.to_string())) " " }
                    span.hint { (ground(strings, document)) }
                }
                td data-name=(strings.issuer) lang="vi" { @if let Some(issuer) = &document.issuer { (Untrusted(issuer)) } }
                td data-name=(strings.subject) { (self.about(&entry)) }
                td data-name=(strings.places) {
                    @if let Some(cited_as) = self.cited_as(document) { a href=(cited_address(self.frame, cited_as)) { (strings.see_places) } }
                }
            }
        }
    }

    /// Returns the symbol or name by which the corpus cites a document, or another one with that symbol or name; `None` if
    /// it does not.
    fn cited_as<'d>(&self, document: &'d RegisteredDocument) -> Option<&'d str> {
        let names = std::iter::once(&document.key).chain(&document.names);
        names
            .map(String::as_str)
            .find(|name| self.cited.contains(&compared(name)))
    }

    /// Renders the title of a document, its other names, and the documents before and after it.
    fn about(&self, entry: &RegisterEntry) -> Markup {
        let strings = self.frame.strings();
        let document = &entry.document;
        let related = [
            (strings.replaces, &document.replaces),
            (strings.amended_by, &document.amended_by),
            (strings.follows, &document.follows),
            (strings.followed_by, &document.followed_by),
        ];
        html! {
            @if let Some(subject) = &document.subject { span lang="vi" { (Untrusted(subject)) } }
            (replaced(self.frame, self.register, document))
            @if !document.names.is_empty() {
                p.hint { (strings.also_called) ": " span lang="vi" { (Untrusted(&document.names.join("; "))) } }
            }
            @for (name, keys) in related {
                @if !keys.is_empty() { p.hint { (name) " " (references(self.frame, self.register, keys)) } }
            }
            @if let Some(effective) = document.effective {
                p.hint { (strings.in_force) " " (cite_as::date(&effective.to_string())) }
            }
            @if let Some(doubts) = entry.doubts() { p.hint lang="vi" { (Untrusted(&doubts)) } }
        }
    }
}
