//! The page of the register: a table of central documents to search and filter, each linked to the places that cite it.

use std::sync::Arc;

use maud::{Markup, html};

use super::parts::downloads::{NamedTable, downloads, table_of};
use super::parts::links::cited_address;
use super::parts::registered::{anchor, references, replaced};
use super::parts::{cite_as, pages};
use super::shell::frame::Frame;
use super::shell::untrusted::Untrusted;
use super::shell::{self, hidden_language};
use crate::concordance::{self, RegisterQuery, RowsByKey};
use crate::document::PartialDate;
use crate::http::problem::Problem;
use crate::index::Index;
use crate::register::{Basis, Register, RegisterEntry, RegisteredDocument};
use crate::render::language::dates::identity_text;
use crate::render::language::fill;
use crate::render::language::labels::{ground, kind_name};
use crate::render::table::Column;
use crate::symbol::Kind;
use crate::text::{Named, clean};

/// Number of rows on a page.
const PER_PAGE: usize = 50;

/// Returns what the URL of a page asks of the register. Values that an edited URL has and no form offers count as
/// missing.
fn asked(frame: &Frame) -> RegisterQuery {
    RegisterQuery {
        typed: frame.value("q").to_owned(),
        kinds: Kind::from_name(frame.value("kind")).into_iter().collect(),
        terms: concordance::register_terms()
            .into_iter()
            .filter(|term| *term == frame.value("term"))
            .map(str::to_owned)
            .collect(),
    }
}

/// Renders the page.
///
/// # Errors
/// Those of reading the index.
pub(super) fn page(index: &Index, frame: &Frame) -> Result<Markup, Problem> {
    let strings = frame.strings();
    let register = index.register()?;
    let query = asked(frame);
    let found = concordance::registered(&register, &query);
    let first: usize = frame.value("offset").parse().unwrap_or(0);
    let offset = |offset: usize| frame.url_with("offset", (offset > 0).then(|| offset.to_string()).as_deref());
    let before = (first > 0).then(|| offset(first.saturating_sub(PER_PAGE)));
    let next = first.saturating_add(PER_PAGE);
    let after = (next < found.len()).then(|| offset(next));
    let rows = Rows {
        frame,
        register: &register,
        cited: RowsByKey::of(index)?,
    };
    let shown: Vec<&RegisteredDocument> = found.iter().copied().skip(first).take(PER_PAGE).collect();
    let content = html! {
        h1 { (strings.register_title) }
        p.hint.lead { (strings.register_about) }
        (search_form(frame, &query))
        p.summary.spread {
            span role="status" {
                @if found.is_empty() { (fill(strings.not_registered, &[&clean(&query.typed)])) }
                @else { (fill(strings.registered_count, &[&found.len()])) }
            }
            @if !found.is_empty() { (downloads(frame)) }
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
    Ok(shell::described_page(
        frame,
        strings.register_title,
        strings.register_about,
        &content,
    ))
}

/// Returns the documents that the page shows as a table to save, all of them.
///
/// # Errors
/// Those of reading the index.
pub(super) fn table(index: &Index, frame: &Frame, _origin: &str) -> Result<NamedTable, Problem> {
    let strings = frame.strings();
    let register = index.register()?;
    let cited = RowsByKey::of(index)?;
    let rows = concordance::registered(&register, &asked(frame));
    let names = |keys: &[String]| {
        let identities: Vec<String> = keys
            .iter()
            .map(|key| identity_text(&register.identity_of(key)))
            .collect();
        identities.join("; ")
    };
    let text = |value: Option<&String>| value.cloned().unwrap_or_default();
    let day = |date: Option<PartialDate>| date.map_or_else(String::new, |date| date.to_string());
    let table = table_of::<&RegisteredDocument>(
        &rows,
        vec![
            (Column::text(strings.number), Box::new(|row| name_of(row).to_owned())),
            (
                Column::text(strings.facet_kind),
                Box::new(|row| {
                    let word = row.type_word.as_str();
                    if word.is_empty() {
                        kind_name(strings, row.kind)
                    } else {
                        word
                    }
                    .to_owned()
                }),
            ),
            (Column::date(strings.date), Box::new(move |row| day(row.date))),
            (
                Column::text(strings.issuer),
                Box::new(move |row| text(row.issuer.as_ref())),
            ),
            (
                Column::text(strings.subject),
                Box::new(move |row| text(row.subject.as_ref())),
            ),
            (
                Column::text(strings.congress_term),
                Box::new(move |row| text(row.term.as_ref())),
            ),
            (Column::text(strings.also_called), Box::new(|row| row.names.join("; "))),
            (
                Column::text(strings.replaced_by),
                Box::new(move |row| names(&row.replaced_by)),
            ),
            (
                Column::text(strings.replaces),
                Box::new(move |row| names(&row.replaces)),
            ),
            (
                Column::text(strings.amended_by),
                Box::new(move |row| names(&row.amended_by)),
            ),
            (Column::date(strings.in_force), Box::new(move |row| day(row.effective))),
            (
                Column::text(strings.ground_of_date),
                Box::new(|row| ground(strings, row)),
            ),
            (
                Column::number(strings.count),
                Box::new(|row| {
                    let cited = cited_times(&register, &cited, row);
                    cited.map_or_else(String::new, |(times, _)| times.to_string())
                }),
            ),
        ],
    );
    Ok(NamedTable {
        table,
        name: strings.register_title.to_owned(),
    })
}

/// Returns the number of citations that mean a document, and what they are asked for by; `None` if there are none. Of
/// several documents with its symbol, citations that do not tell which they mean count for none.
fn cited_times(register: &Register, cited: &RowsByKey, document: &RegisteredDocument) -> Option<(usize, String)> {
    if document.symbol().is_some() {
        let identities = &cited.get(&document.key)?.identities;
        let is_meant = |identity: &str| {
            register
                .identified(identity)
                .is_some_and(|row| std::ptr::eq(row, document))
        };
        let meant = identities.iter().filter(|(identity, _)| is_meant(identity));
        let times: usize = meant.map(|(_, count)| count).sum();
        return (times > 0).then(|| (times, identity_text(&document.identity())));
    }
    let mut names = std::iter::once(&document.key).chain(&document.names);
    let row = names.find_map(|name| cited.get(name))?;
    Some((row.summary.count, row.summary.cited.clone()))
}

/// Returns the name by which people know a document: its symbol, or else a name, since its key may be an abbreviation
/// of the table (`NQ-DH-XIV`).
fn name_of(document: &RegisteredDocument) -> &str {
    let is_readable = document.symbol().is_some() || document.key.contains(char::is_lowercase);
    let name = document.names.first().filter(|_| !is_readable);
    name.map_or(&document.key, String::as_str)
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
    cited: Arc<RowsByKey>,
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
                            th scope="col" .number { (strings.cited_word) }
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
        let cited = cited_times(self.register, &self.cited, document);
        html! {
            tr #(anchor(document)) class=[(!document.replaced_by.is_empty()).then_some("gone")] {
                th scope="row" lang="vi" {
                    (Untrusted(name_of(document)))
                    @if !document.type_word.is_empty() { span.hint { (Untrusted(&document.type_word)) } }
                }
                td.date data-name=(strings.date) {
                    @if let Some(date) = document.date { (cite_as::date(&date.to_string())) " " }
                    @if document.date.is_none() || !document.certain { span.hint { (ground(strings, document)) } }
                }
                td data-name=(strings.issuer) lang="vi" { @if let Some(issuer) = &document.issuer { (Untrusted(issuer)) } }
                td data-name=(strings.subject) { (self.about(&entry)) }
                td.number data-name=(strings.cited_word) {
                    @if let Some((times, cited)) = cited { a href=(cited_address(self.frame, &cited)) { (fill(strings.times, &[&times])) } }
                }
            }
        }
    }

    /// Renders the title of a document and what replaces it; folded, its other names, the documents before and after it,
    /// and doubts.
    fn about(&self, entry: &RegisterEntry) -> Markup {
        let strings = self.frame.strings();
        let document = &entry.document;
        let related = [
            (strings.replaces, &document.replaces),
            (strings.amended_by, &document.amended_by),
            (strings.follows, &document.follows),
            (strings.followed_by, &document.followed_by),
        ];
        let doubts = entry.doubts();
        let has_more = !document.names.is_empty()
            || related.iter().any(|(_, keys)| !keys.is_empty())
            || document.effective.is_some()
            || document.basis != Basis::Text
            || doubts.is_some();
        html! {
            @if let Some(subject) = &document.subject { span lang="vi" { (Untrusted(subject)) } }
            (replaced(self.frame, self.register, document))
            @if has_more {
                details {
                    summary { (strings.more_about) }
                    @if !document.names.is_empty() {
                        p.hint { (strings.also_called) ": " span lang="vi" { (Untrusted(&document.names.join("; "))) } }
                    }
                    @for (name, keys) in related {
                        @if !keys.is_empty() { p.hint { (name) " " (references(self.frame, self.register, keys)) } }
                    }
                    @if let Some(effective) = document.effective {
                        p.hint { (strings.in_force) " " (cite_as::date(&effective.to_string())) }
                    }
                    @if document.basis != Basis::Text { p.hint { (ground(strings, document)) } }
                    @if let Some(doubts) = doubts { p.hint lang="vi" { (Untrusted(&identity_text(&doubts))) } }
                }
            }
        }
    }
}
