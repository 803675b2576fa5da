//! The tab of citations: every place with its sentence, in the order of the text or by what is cited, narrowed to one
//! relation if that is asked for.

use std::collections::HashMap;

use maud::{Markup, html};

use super::came_from;
use super::head::{Tab, description, head, way_back};
use super::places::{cited_name, place, sentence};
use crate::citation::Relation;
use crate::concordance;
use crate::http::page::parts::links::cited_address;
use crate::http::page::parts::pages;
use crate::http::page::shell;
use crate::http::page::shell::frame::Frame;
use crate::http::page::shell::untrusted::Untrusted;
use crate::http::problem::Problem;
use crate::index::Index;
use crate::record::{CitationRecord, CitedAt, Facet, document_name};
use crate::render::language::fill;
use crate::text::percent_encoded;

/// The parameter that holds the order.
const SORT: &str = "sort";

/// The order by what is cited; the order by place needs no parameter.
const BY_CITED: &str = "cited";

/// The parameter that holds the relation.
const RELATION: &str = Facet::Relation.name();

/// The value of the relation of citations whose verb tells none.
const NO_RELATION: &str = "none";

/// The parameter that holds the number of citations before the page.
pub(super) const OFFSET: &str = "offset";

/// Citations on a page.
const PER_PAGE: usize = 100;

/// Renders the page of what the document with the id `id` cites.
///
/// # Errors
/// Those of reading the document.
pub(crate) fn page(index: &Index, frame: &Frame, id: &str) -> Result<Markup, Problem> {
    let parsed = index.document(id)?;
    let record = parsed.document_record();
    let strings = frame.strings();
    let mut all = index.cited_places(&record.document)?;
    all.retain(|at| !at.citation.is_own_document());
    let relations = relations(&all);
    let wanted = frame.value(RELATION);
    let is_wanted = |at: &&CitedAt| wanted.is_empty() || relation_name(at.citation.relation) == wanted;
    let by_cited = frame.value(SORT) == BY_CITED;
    let mut shown: Vec<&CitedAt> = all.iter().filter(is_wanted).collect();
    if by_cited {
        in_order_of_cited(&mut shown);
    }
    let offset = frame.value(OFFSET).parse().unwrap_or(0).min(shown.len());
    let end = shown.len().min(offset + PER_PAGE);
    let [before, after] = beside(frame, offset, shown.len(), PER_PAGE);
    let api = format!("{}/api/v1/citations", frame.base);
    let table = format!("document={}", percent_encoded(&record.document, b""));
    let first = first_page(frame);
    let content = html! {
        @if !came_from(frame).is_empty() { div.bar { (way_back(frame, &came_from(frame))) } }
        (head(frame, index, &parsed, &record, Tab::Cites)?)
        section.cites {
            h2.hidden { (strings.cites) }
            @if all.is_empty() { p role="status" { (strings.cites_nothing) } }
            @else {
                nav.relations aria-label=(strings.facet_relation) {
                    a href=(first.url_with(RELATION, None)) aria-current=[wanted.is_empty().then_some("true")] {
                        (strings.all_relations) " (" (all.len()) ")"
                    }
                    @for (relation, count) in &relations {
                        @let name = relation_name(*relation);
                        @let is_current = wanted == name;
                        a href=(first.url_with(RELATION, Some(name))) aria-current=[is_current.then_some("true")] {
                            (relation.map_or(strings.no_relation, Relation::label)) " (" (count) ")"
                        }
                    }
                }
                p.orders {
                    (strings.sort) ": "
                    @if by_cited {
                        a href=(first.url_with(SORT, None)) { (strings.by_place) } " · " strong { (strings.by_cited) }
                    } @else {
                        strong { (strings.by_place) }
                        " · "
                        a href=(first.url_with(SORT, Some(BY_CITED))) { (strings.by_cited) }
                    }
                    span.downloads {
                        a href={ (api) ".csv?" (table) } { (strings.csv) }
                        " · "
                        a href={ (api) ".xlsx?" (table) } { "Excel" }
                    }
                }
                @if by_cited { (by_cited_document(frame, &shown[offset..end])) }
                @else { ol.places start=(offset + 1) { @for at in &shown[offset..end] { li {
                    p { (cited(frame, &at.citation)) }
                    p { (place(frame, at)) }
                    (sentence(frame, &at.citation))
                } } } }
                (pages(frame, before.as_deref(), after.as_deref()))
            }
        }
    };
    let title = format!("{} · {}", strings.cites, document_name(&record));
    Ok(shell::described_page(
        frame,
        &title,
        &description(strings, &record),
        &content,
    ))
}

/// Renders each cited document once, with its places.
fn by_cited_document(frame: &Frame, shown: &[&CitedAt]) -> Markup {
    html! {
        ol.places {
            @for of_one in shown.chunk_by(|one, other| cited_name(&one.citation) == cited_name(&other.citation)) {
                li {
                    @if let Some(first) = of_one.first() {
                        p {
                            (cited(frame, &first.citation))
                            @if of_one.len() > 1 { " " span.count { (fill(frame.strings().times, &[&of_one.len()])) } }
                        }
                    }
                    @for at in of_one { p { (place(frame, at)) } (sentence(frame, &at.citation)) }
                }
            }
        }
    }
}

/// Renders the link to the page of what is cited.
fn cited(frame: &Frame, citation: &CitationRecord) -> Markup {
    let name = cited_name(citation);
    html! {
        @match citation.counted_as() {
            Some(key) => a.cited href=(cited_address(frame, key)) lang="vi" { (Untrusted(&name)) },
            None => strong lang="vi" { (Untrusted(&name)) },
        }
    }
}

/// Returns the number of citations of each relation, the most frequent first, those without one last.
fn relations(all: &[CitedAt]) -> Vec<(Option<Relation>, usize)> {
    let citations: Vec<CitationRecord> = all.iter().map(|at| at.citation.clone()).collect();
    let groups = concordance::by_relation(&citations).into_iter();
    groups.map(|(relation, places)| (relation, places.len())).collect()
}

/// Returns the value of a relation in an address.
fn relation_name(relation: Option<Relation>) -> &'static str {
    relation.map_or(NO_RELATION, Relation::name)
}

/// Returns the frame of the first page of the same citations, from which other choices begin.
fn first_page(frame: &Frame) -> Frame {
    let mut first = frame.clone();
    first.parameters.retain(|(name, _)| name != OFFSET);
    first
}

/// Puts what is cited most often first; citations of one document keep their order.
fn in_order_of_cited(shown: &mut [&CitedAt]) {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for at in shown.iter() {
        *counts.entry(cited_name(&at.citation)).or_default() += 1;
    }
    shown.sort_by_cached_key(|at| {
        let name = cited_name(&at.citation);
        (std::cmp::Reverse(counts.get(&name).copied()), name)
    });
}

/// Returns the addresses of the pages before and after the one that begins at `offset` of `total` rows.
pub(super) fn beside(frame: &Frame, offset: usize, total: usize, per_page: usize) -> [Option<String>; 2] {
    let address = |offset: usize| frame.url_with(OFFSET, (offset > 0).then(|| offset.to_string()).as_deref());
    let before = (offset > 0).then(|| address(offset.saturating_sub(per_page)));
    let after = (offset + per_page < total).then(|| address(offset + per_page));
    [before, after]
}
