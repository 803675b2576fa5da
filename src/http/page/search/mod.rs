//! The search page: the first page, and the answer to a search: what was asked for, hits by document, facets, and help if
//! nothing is found.

mod facets;
mod form;
mod help;
mod hits;
mod summary;
mod symbol_card;
mod welcome;

use maud::{Markup, html};

use crate::http::app::Derived;
use crate::http::page::parts::pages;
use crate::http::page::shell;
use crate::http::page::shell::documents::Documents;
use crate::http::page::shell::frame::Frame;
use crate::http::page::shell::query_string::{PER_PAGE, SearchUrl};
use crate::http::problem::Problem;
use crate::index::Index;
use crate::query::{self, Filters};
use crate::record::Facet;
use crate::render::language::fill;
use crate::search::{self, AskedSearch, FacetCounts, Help, InvalidValue, Options};
use crate::text::{Named, clean};

/// The facets beside the results, in their order on the page.
const FACETS: [Facet; 11] = [
    Facet::Province,
    Facet::Term,
    Facet::Section,
    Facet::Kind,
    Facet::Issuer,
    Facet::Cites,
    Facet::Relation,
    Facet::CitedKind,
    Facet::Document,
    Facet::Place,
    Facet::Quality,
];

/// Renders the page that answers the search in the URL of `frame`, or the first page if nothing is asked.
///
/// # Errors
/// Those of searching, and an unknown document in a filter.
pub(super) fn page(index: &Index, derived: &Derived, frame: &Frame) -> Result<Markup, Problem> {
    let url = SearchUrl::of_frame(frame);
    if url.is_empty() {
        return welcome::page(index, derived, frame);
    }
    match url.resolved_filters(index) {
        Ok(filters) => answer(index, frame, &url, &filters),
        Err(wrong @ (InvalidValue::Date { .. } | InvalidValue::EmptyRange { .. })) => {
            Ok(form::page_to_correct(frame, &url, &wrong))
        }
        Err(wrong) => Err(wrong.into()),
    }
}

/// Renders the answer.
fn answer(index: &Index, frame: &Frame, url: &SearchUrl, filters: &Filters) -> Result<Markup, Problem> {
    let strings = frame.strings();
    let documents = Documents::of(index)?;
    let (query, diagnostics) = query::parse(&url.query);
    let options = Options {
        marks: url.marks,
        sort: url.sort,
        limit: PER_PAGE,
        offset: url.offset,
        facets: FACETS.to_vec(),
        ..Options::default()
    };
    let mut results = search::search(index, &query, filters, &options)?;
    let whole = Facet::from_name(frame.value(facets::ALL_VALUES));
    if let Some(whole) = whole {
        let options = Options {
            marks: url.marks,
            ..Options::counting(vec![whole])
        };
        let counted = search::search(index, &query, filters, &options)?.facets;
        put_in_place(&mut results.facets, counted);
    }
    let total = results.total();
    // Help costs further searches, so only an answer without full matches gets it.
    let needs_help = total == 0 || results.relaxed;
    let help = needs_help.then(|| {
        let asked = AskedSearch {
            typed: &url.query,
            filters: &url.filters,
            marks: url.marks,
        };
        Help::with(index, asked)
    });
    let help = help.transpose()?.unwrap_or_default();
    let card = symbol_card::cards(index, frame, url, &query)?;
    let content = html! {
        h1.hidden { (strings.search) }
        (form::search_box(frame, url))
        (facets::chips(frame, url, &documents))
        @if total == 0 {
            section.nothing aria-labelledby="results" {
                (summary::head(frame, url, &results, &diagnostics))
                (card)
                (help::page(frame, url, &documents, &help))
            }
        } @else {
            div.columns {
                (facets::lists(frame, url, &results.facets, &documents, whole))
                section aria-labelledby="results" {
                    (summary::head(frame, url, &results, &diagnostics))
                    @if !help.is_empty() { (help::list(frame, url, &documents, &help)) }
                    (card)
                    (hits::by_document(frame, url, &results, &documents))
                    (paging(frame, url, total))
                    (summary::foot(frame, url, total))
                }
            }
        }
    };
    let asked = if url.query.is_empty() {
        strings.search
    } else {
        &url.query
    };
    let description = fill(strings.results_about, &[&total, &clean(asked)]);
    Ok(shell::described_page(frame, asked, &description, &content))
}

/// Puts counts of facets in the place of those of the same facets.
fn put_in_place(facets: &mut [FacetCounts], counted: Vec<FacetCounts>) {
    for counts in counted {
        if let Some(place) = facets.iter_mut().find(|known| known.facet == counts.facet) {
            *place = counts;
        }
    }
}

/// Renders the links to the previous and the next hits.
fn paging(frame: &Frame, url: &SearchUrl, total: usize) -> Markup {
    let before = (url.offset > 0).then(|| url.at_offset(url.offset.saturating_sub(PER_PAGE)).href(frame));
    let next = url.offset.saturating_add(PER_PAGE);
    let after = (next < total).then(|| url.at_offset(next).href(frame));
    pages(frame, before.as_deref(), after.as_deref())
}
