//! The tab of citing documents: the documents of the collection that name it, each with its places and sentences.

use maud::{Markup, html};

use super::came_from;
use super::cites::{OFFSET, beside};
use super::head::{Tab, description, facts, head, way_back};
use super::places::{place, sentence};
use crate::concordance;
use crate::http::page::parts::links::cited_address;
use crate::http::page::parts::pages;
use crate::http::page::shell;
use crate::http::page::shell::documents::Documents;
use crate::http::page::shell::frame::{self, Frame};
use crate::http::page::shell::untrusted::Untrusted;
use crate::http::problem::Problem;
use crate::index::Index;
use crate::record::{CitedAt, document_name};
use crate::render::language::fill;

/// Citing documents on a page.
const PER_PAGE: usize = 20;

/// Renders the page of what cites the document with the id `id`.
///
/// # Errors
/// Those of reading the index.
pub(crate) fn page(index: &Index, frame: &Frame, id: &str) -> Result<Markup, Problem> {
    let parsed = index.document(id)?;
    let record = parsed.document_record();
    let strings = frame.strings();
    let citing = concordance::citing_documents(index, &record.document)?;
    let times: usize = citing.iter().map(|(_, count)| count).sum();
    let offset = frame.value(OFFSET).parse().unwrap_or(0).min(citing.len());
    let shown = &citing[offset..citing.len().min(offset + PER_PAGE)];
    let [before, after] = beside(frame, offset, citing.len(), PER_PAGE);
    let documents = Documents::of(index)?;
    let mut groups: Vec<(&str, Vec<CitedAt>)> = Vec::with_capacity(shown.len());
    for (document, _) in shown {
        let mut places = index.cited_places(document)?;
        let is_meant = |at: &CitedAt| at.citation.target.as_ref() == Some(&record.document);
        places.retain(|at| is_meant(at) && !at.citation.is_own_document());
        groups.push((document, places));
    }
    let content = html! {
        @if !came_from(frame).is_empty() { div.bar { (way_back(frame, &came_from(frame))) } }
        (head(frame, index, &parsed, &record, Tab::CitedBy)?)
        section.cites {
            @if citing.is_empty() { p role="status" { (strings.cited_by_nothing) } }
            @else { p role="status" { (fill(strings.cited_by_count, &[&times, &citing.len()])) } }
            @if let Some(symbol) = &record.own_symbol {
                p.hint { a href=(cited_address(frame, symbol)) { (fill(strings.all_of_symbol, &[&symbol])) } }
            }
            @for (document, places) in &groups {
                @let address = frame.page_url(&frame::document(document));
                h2 lang="vi" { a href=(address) { (Untrusted(documents.name(document))) } }
                @if let Some(citing) = documents.get(document) { p.facts { (facts(strings, citing)) } }
                ul.places { @for at in places { li {
                    p { (place(frame, at)) }
                    (sentence(frame, &at.citation))
                } } }
            }
            (pages(frame, before.as_deref(), after.as_deref()))
        }
    };
    let title = format!("{} · {}", strings.cited_by, document_name(&record));
    Ok(shell::described_page(
        frame,
        &title,
        &description(strings, &record),
        &content,
    ))
}
