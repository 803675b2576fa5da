//! The page of one cited document: what it is, what the texts say about it, and every place that cites it; a block for
//! each of several documents with one symbol.

use maud::{Markup, html};

use super::block::Block;
use super::filters;
use super::found::Found;
use crate::concordance::{self, RegisterQuery};
use crate::http::page::parts::downloads::downloads;
use crate::http::page::parts::links::cited_link;
use crate::http::page::parts::{pages, registered};
use crate::http::page::shell::documents::Documents;
use crate::http::page::shell::frame::Frame;
use crate::http::page::shell::untrusted::Untrusted;
use crate::http::page::shell::{self, hidden_language};
use crate::http::problem::Problem;
use crate::index::Index;
use crate::register::RegisterEntry;
use crate::render::language::dates::identity_text;
use crate::render::language::fill;
use crate::text::clean;

/// The most documents of the register that are shown where nothing cites what was typed.
const MAX_KNOWN: usize = 10;

/// The most other symbols and names that are listed.
const MAX_OTHERS: usize = 40;

/// Number of places on a page.
const PER_PAGE: usize = 100;

/// Renders the page of a cited document, or of all documents that a symbol may mean.
///
/// # Errors
/// Those of searching, and an unknown document in a filter.
pub(crate) fn page(index: &Index, frame: &Frame) -> Result<Markup, Problem> {
    let strings = frame.strings();
    let documents = Documents::of(index)?;
    let found = Found::of(index, frame)?;
    let passages = concordance::citing_passages(index, &found.reports)?;
    let first = found.url.offset;
    let mut total = 0;
    let mut blocks = Vec::new();
    for report in &found.reports {
        let places = found.places(report);
        // The window goes over the places of all blocks.
        let skipped = first.saturating_sub(total).min(places.len());
        let end = (first + PER_PAGE).saturating_sub(total).min(places.len());
        total += places.len();
        blocks.push(Block {
            frame,
            found: &found,
            documents: &documents,
            report,
            places: places[skipped..end.max(skipped)].to_vec(),
            together: concordance::cited_together(report, &passages),
            is_only: found.reports.len() == 1,
            number: blocks.len() + 1,
        });
    }
    let offset = |offset: usize| frame.url_with("offset", (offset > 0).then(|| offset.to_string()).as_deref());
    let before = (first > 0).then(|| offset(first.saturating_sub(PER_PAGE)));
    let next = first.saturating_add(PER_PAGE);
    let after = (next < total).then(|| offset(next));
    let name = match found.reports.first() {
        Some(report) => report.summary.cited.as_str(),
        None if found.typed.is_empty() => strings.citations,
        None => &found.typed,
    };
    let content = html! {
        p.back { a href=(frame.page_url("/citations")) { "← " (strings.citations) } }
        div.spread {
            h1 lang="vi" { (Untrusted(name)) }
            @if total > 0 { (downloads(frame)) }
        }
        @if blocks.len() > 1 { (contents(&found, &blocks)) }
        (filters::chips(frame, &found.url, None, &documents))
        @for block in &blocks { (block.render()) }
        (pages(frame, before.as_deref(), after.as_deref()))
        @if found.reports.is_empty() && !found.typed.is_empty() { (nothing(index, &found, frame)?) }
        @if !found.others.is_empty() { (others(&found, frame)) }
        (lookup_form(frame, &found.typed))
    };
    let about = fill(strings.cited_about, &[&name]);
    Ok(shell::described_page(frame, name, &about, &content))
}

/// Renders the links to the blocks of several documents with one symbol.
fn contents(found: &Found, blocks: &[Block<'_>]) -> Markup {
    let strings = blocks.first().map(|block| block.frame.strings());
    html! {
        @if let Some(strings) = strings {
            div.told {
                p { (fill(strings.cited_by_symbol, &[&found.reports.iter().filter(|report| report.identity.is_some()).count()])) }
                ul.plain {
                    @for block in blocks {
                        li lang="vi" { a href={ "#" (block.anchor()) } { (block.name()) } " " span.count { "(" (block.report.summary.count) ")" } }
                    }
                }
            }
        }
    }
}

/// Renders that nothing cites what was typed, symbols like it, and what the register has about it.
fn nothing(index: &Index, found: &Found, frame: &Frame) -> Result<Markup, Problem> {
    let strings = frame.strings();
    if !found.others.is_empty() {
        return Ok(html! {});
    }
    let near = concordance::near_symbols(index, &found.typed)?;
    let asked = RegisterQuery {
        typed: found.typed.clone(),
        ..RegisterQuery::default()
    };
    let known = concordance::registered(&found.register, &asked);
    let known = known.into_iter().map(|document| found.register.entry(document));
    let known: Vec<RegisterEntry> = known.take(MAX_KNOWN).collect();
    Ok(html! {
        p role="status" { (fill(strings.nothing_cites, &[&clean(&found.typed)])) }
        @if !near.is_empty() {
            ul.help { @for symbol in &near { li { (strings.would_help) ": " (cited_link(frame, symbol)) } } }
        }
        @if !known.is_empty() {
            h2 { (strings.in_register) }
            (registered::entries(frame, &found.register, &known))
        }
    })
}

/// Renders the other symbols and names that may be meant.
fn others(found: &Found, frame: &Frame) -> Markup {
    let strings = frame.strings();
    let head = if found.reports.is_empty() {
        strings.which_meant
    } else {
        strings.similar_names
    };
    html! {
        h2 { (head) }
        ul.together {
            @for (cited, count) in found.others.iter().take(MAX_OTHERS) {
                li lang="vi" { (cited_link(frame, cited)) " " span.count { "(" (count) ")" } }
            }
        }
        @if found.others.len() > MAX_OTHERS { p.hint { (fill(strings.and_others, &[&(found.others.len() - MAX_OTHERS)])) } }
    }
}

/// Renders the box to look up a cited document.
fn lookup_form(frame: &Frame, typed: &str) -> Markup {
    let strings = frame.strings();
    html! {
        form.search.lookup method="get" action=(frame.page_url("/citations/cited")) {
            label for="symbol" { (strings.ask_cited) }
            div.box {
                input #symbol type="search" name="symbol" value=(Untrusted(&identity_text(typed))) autocomplete="off" maxlength="300";
                button type="submit" { (strings.go) }
            }
            (hidden_language(frame))
        }
    }
}
