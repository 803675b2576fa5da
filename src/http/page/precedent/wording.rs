//! The precedents of one text or passage, grouped by document.

use maud::{Markup, html};

use super::lit::{Lit, differs, legend, side_by_side, source};
use crate::http::page::parts::draft::{hidden_parameters, offset, steps};
use crate::http::page::parts::links::passage_address;
use crate::http::page::parts::{cite_as, place_line};
use crate::http::page::shell::AGAIN;
use crate::http::page::shell::documents::Documents;
use crate::http::page::shell::frame::Frame;
use crate::http::page::shell::query_string::PER_PAGE;
use crate::http::page::shell::untrusted::Untrusted;
use crate::http::problem::Problem;
use crate::index::Index;
use crate::precedent::{self, Precedent, PrecedentOptions, Precedents, Question};
use crate::query::Filters;
use crate::record::{DocumentRecord, Facet};
use crate::render::language::labels::{distinctiveness_name, facet_name, symbol_text};
use crate::render::language::{Strings, fill};
use crate::render::terminal::precedents::whole_percent;
use crate::search::FacetCounts;
use crate::text::clean;

/// The parameter with the passage whose precedents are asked for.
pub(super) const PASSAGE: &str = "passage";

/// The facets that narrow the precedents.
const FACETS: [Facet; 3] = [Facet::Province, Facet::Term, Facet::Kind];

/// Maximum number of values of a facet to choose from.
const MAX_VALUES: usize = 60;

/// Renders the precedents of `question` among the passages that pass `filters`.
///
/// # Errors
/// Those of [`precedent::precedents`], and an unknown passage.
pub(super) fn answer(index: &Index, frame: &Frame, question: &Question, filters: &Filters) -> Result<Markup, Problem> {
    let strings = frame.strings();
    let options = PrecedentOptions {
        limit: PER_PAGE,
        offset: offset(frame),
        facets: FACETS.to_vec(),
        facet_limit: MAX_VALUES,
        ..PrecedentOptions::default()
    };
    let found = precedent::precedents(index, question, filters, &options)?;
    let documents = Documents::of(index)?;
    let given = question.as_str();
    let given_document = match frame.value(PASSAGE) {
        "" => None,
        id => Some(index.passage(id)?.record),
    };
    let before = (options.offset > 0).then(|| options.offset.saturating_sub(PER_PAGE));
    let next = options.offset.saturating_add(PER_PAGE);
    let after = (next < found.total).then_some(next);
    Ok(html! {
        section.drafted aria-labelledby="results" {
            div.given.card {
                p.side {
                    (strings.given)
                    @if let Some(record) = &given_document {
                        ": "
                        a href=(passage_address(frame, &record.document, &record.passage, &[])) lang="vi" {
                            (Untrusted(documents.name(&record.document)))
                        }
                    }
                }
                @match &given_document {
                    Some(record) => {
                        (place_line(frame, record))
                        @if record.repaired.is_some() { p.label { (strings.repaired) } }
                        p.words lang="vi" { (Untrusted(record.repaired.as_deref().unwrap_or(&record.text))) }
                    }
                    None => p.words lang="vi" { (Untrusted(given)) },
                }
            }
            h2 #results { (strings.results) }
            p.summary role="status" { (total(strings, &found)) }
            (narrowing(frame, &found.facets, filters))
            @if found.total > 0 {
                @if found.matches.iter().any(differs) { (legend(strings, [strings.dropped, strings.inserted])) }
                @for (document, matches) in grouped(&found.matches) {
                    @let of = given_document.as_ref().map(|record| record.document.as_str());
                    (group(frame, &documents, document, &matches, given, of))
                }
                (steps(frame, before, after))
            }
        }
    })
}

/// Returns how much was found.
fn total(strings: &Strings, found: &Precedents) -> String {
    match (found.total, found.total_is_exact) {
        (0, true) => strings.no_precedent.to_owned(),
        (0, false) => fill(strings.no_precedent_compared, &[&found.compared]),
        (total, true) => fill(strings.passages, &[&total]),
        (total, false) => fill(strings.passages_at_least, &[&total]),
    }
}

/// Returns matches by their documents, in the order of the best match of each.
fn grouped(matches: &[Precedent]) -> Vec<(&str, Vec<&Precedent>)> {
    let mut groups: Vec<(&str, Vec<&Precedent>)> = Vec::new();
    for found in matches {
        let document = found.stored.record.document.as_str();
        match groups.iter_mut().find(|(of, _)| *of == document) {
            Some((_, group)) => group.push(found),
            None => groups.push((document, vec![found])),
        }
    }
    groups
}

/// Renders the matches in one document. `of` is the document that the given passage is in.
fn group(
    frame: &Frame,
    documents: &Documents<'_>,
    document: &str,
    matches: &[&Precedent],
    given: &str,
    of: Option<&str>,
) -> Markup {
    let strings = frame.strings();
    html! {
        article.group {
            h3 lang="vi" { (Untrusted(documents.name(document))) }
            @if let Some(record) = documents.get(document) { (head_line(record)) }
            ol.hits {
                @for found in matches { li value=(found.rank) { (entry(frame, found, given)) } }
            }
            @if let Some(of) = of {
                p { a href=(frame.url("/compare", &[("a", of), ("b", document)])) { (strings.compare_both) } }
            }
        }
    }
}

/// Renders the symbol, issuer, date and province of a document on a line.
pub(crate) fn head_line(record: &DocumentRecord) -> Markup {
    let number = record.number.as_deref().map(symbol_text);
    let facts = [number, record.issuer.clone(), record.province.clone()];
    html! {
        p.hint lang="vi" {
            @for (position, fact) in facts.iter().flatten().enumerate() {
                @if position > 0 { " · " }
                (Untrusted(fact))
            }
            @if let Some(date) = &record.date { " · " (cite_as::date(date)) }
        }
    }
}

/// Renders one match.
fn entry(frame: &Frame, found: &Precedent, given: &str) -> Markup {
    let strings = frame.strings();
    let record = &found.stored.record;
    html! {
        div.hit {
            p.closeness {
                strong { (fill(strings.share, &[&whole_percent(found.share())])) } " · " (closeness(strings, found))
            }
            p.words lang="vi" { (Lit::found(found).render(false)) }
            div.foot {
                (place_line(frame, record))
                p { a href=(passage_address(frame, &record.document, &record.passage, &[])) { (strings.read_there) } }
            }
            @if differs(found) {
                details.words-beside {
                    summary { (strings.word_by_word) }
                    (side_by_side([&html! { (strings.given) }, &html! { (strings.found) }], found, given))
                }
            }
            (source(strings, record))
        }
    }
}

/// Returns the length of what a match shares with the given text, and how telling that is.
pub(crate) fn closeness(strings: &Strings, found: &Precedent) -> String {
    [
        fill(strings.syllables, &[&found.matched_syllables, &found.given_syllables]),
        fill(strings.passage_syllables, &[&found.passage_syllables]),
        distinctiveness_name(strings, found.distinctiveness).to_owned(),
    ]
    .join(" · ")
}

/// Renders the facets as lists to choose from.
fn narrowing(frame: &Frame, facets: &[FacetCounts], filters: &Filters) -> Markup {
    let strings = frame.strings();
    let is_narrowed = !filters.is_empty();
    let is_useful = |counts: &&FacetCounts| counts.values.len() > 1 || is_narrowed && !counts.values.is_empty();
    let names: Vec<&str> = facets.iter().map(|counts| counts.facet.name()).collect();
    let without: Vec<&str> = names.iter().copied().chain(["offset"]).collect();
    html! {
        @if facets.iter().any(|counts| is_useful(&counts)) {
            @let lists = html! {
                @for counts in facets.iter().filter(is_useful) { (choice(frame, counts)) }
            };
            // What was posted is sent again by the form of the page; its fields that come later win.
            @if frame.posted {
                div.narrow role="group" aria-label=(strings.all_filters) {
                    (lists)
                    button.quiet type="submit" form=(AGAIN) name="offset" value="0" { (strings.filter) }
                }
            } @else {
                form.narrow method="get" action=(frame.url::<&str, &str>("/precedent", &[])) {
                    (hidden_parameters(frame, &without))
                    (lists)
                    button.quiet type="submit" { (strings.filter) }
                }
            }
        }
    }
}

/// Renders the values of one facet to choose from.
fn choice(frame: &Frame, counts: &FacetCounts) -> Markup {
    let strings = frame.strings();
    let chosen = frame.value(counts.facet.name());
    html! {
        label {
            (facet_name(strings, counts.facet)) " "
            select name=(counts.facet.name()) form=[frame.posted.then_some(AGAIN)] {
                option value="" { (strings.all) }
                @for value in &counts.values {
                    option value=(value.value) selected[value.value == chosen] lang="vi" {
                        (clean(&value.label)) " (" (value.count) ")"
                    }
                }
            }
        }
    }
}
