//! The form that filters the cited documents, and chips for what is filtered.

use maud::{Markup, html};

use super::order::{ORDERS, TableOrder};
use super::selected::{Selected, YEAR};
use super::view::VIEW;
use crate::http::page::parts::text::cut;
use crate::http::page::shell::documents::Documents;
use crate::http::page::shell::frame::Frame;
use crate::http::page::shell::hidden_language;
use crate::http::page::shell::labels::filter_value_name;
use crate::http::page::shell::query_string::SearchUrl;
use crate::http::page::shell::untrusted::Untrusted;
use crate::http::problem::Problem;
use crate::index::Index;
use crate::query::Filters;
use crate::record::{Facet, FilterName};
use crate::render::language::labels::{self, value_label};
use crate::render::language::{Strings, fill};
use crate::search::{self, FacetCounts};
use crate::text::clean;

/// The facets with a select box: those with few values. A document is filtered by a link from elsewhere.
const BOXES: [Facet; 4] = [Facet::CitedKind, Facet::Relation, Facet::Term, Facet::Kind];

/// The most values of a select box; one that is chosen is there nevertheless.
const MAX_OPTIONS: usize = 60;

/// Maximum length in chars of a value.
const MAX_OPTION_CHARS: usize = 40;

/// Renders the form. With `sorted` it also sorts, for a phone, where the table has no heads.
///
/// # Errors
/// Those of counting facets.
pub(super) fn form(index: &Index, frame: &Frame, selected: &Selected, sorted: bool) -> Result<Markup, Problem> {
    let strings = frame.strings();
    let url = &selected.url;
    // Without filters they are counted once for each index.
    let (facets, _) = search::facets(index, &Filters::default(), BOXES.to_vec())?;
    let has_box = |filter: &FilterName| filter.facet().is_some_and(|facet| BOXES.contains(&facet));
    let hidden = url.filters.iter().filter(|(filter, _)| !has_box(filter));
    let hidden = hidden.map(|(filter, value)| (filter.name(), value.as_str()));
    let sort = Some(("sort", frame.value("sort"))).filter(|_| !sorted);
    let view = Some((VIEW, frame.value(VIEW)));
    let hidden: Vec<(&str, &str)> = hidden
        .chain(view)
        .chain(sort)
        .filter(|(_, value)| !value.is_empty())
        .collect();
    Ok(html! {
        form.search role="search" method="get" action=(frame.page_url("/citations")) {
            label for="q" { (strings.narrow) }
            div.box {
                input #q type="search" name="q" value=(Untrusted(&url.query)) autocomplete="off" maxlength="200";
                button type="submit" { (strings.filter) }
            }
            details.beside.narrowing open[selected.is_filtered()] {
                summary { (strings.more_filters) }
                div.shape {
                    @for facet in &facets { (facet_select(strings, selected, facet)) }
                    label {
                        (strings.issued_in) " "
                        input type="text" name=(YEAR) value=(Untrusted(frame.value(YEAR))) size="9" maxlength="9" inputmode="numeric" autocomplete="off";
                    }
                    @if sorted { (sort_select(frame)) }
                }
            }
            @for (name, value) in hidden { input type="hidden" name=(name) value=(Untrusted(value)); }
            (hidden_language(frame))
        }
    })
}

/// Renders the select box for one facet, with the values that occur.
fn facet_select(strings: &Strings, selected: &Selected, counts: &FacetCounts) -> Markup {
    let facet = counts.facet;
    let is_chosen = |value: &str| selected.url.has_filter(facet, value);
    let mut values: Vec<(String, &str)> = (0..)
        .zip(&counts.values)
        .filter(|(position, value)| *position < MAX_OPTIONS || is_chosen(&value.value))
        .map(|(_, value)| (value_label(strings, facet, &value.value), value.value.as_str()))
        .collect();
    // Terms by time, the latest first; words by the alphabet.
    values.sort();
    if facet == Facet::Term {
        values.reverse();
    }
    html! {
        label {
            (labels::facet_name(strings, facet)) " "
            select name=(facet.name()) {
                option value="" { (strings.all) }
                @for (label, value) in values {
                    option value=(Untrusted(value)) lang="vi" selected[is_chosen(value)] { (Untrusted(&cut(&label, MAX_OPTION_CHARS))) }
                }
            }
        }
    }
}

/// Renders the select box with the orders of the table.
fn sort_select(frame: &Frame) -> Markup {
    let strings = frame.strings();
    let (order, reversed) = TableOrder::from_parameter(frame.value("sort"));
    html! {
        label.on-phone {
            (strings.sort) " "
            select name="sort" data-usual=(ORDERS[0].name) {
                @for one in &ORDERS {
                    @for (back, direction) in [false, true].into_iter().zip((one.directions)(strings)) {
                        option value=(one.value(back)) selected[one.name == order.name && back == reversed] {
                            ((one.label)(strings)) ": " (direction)
                        }
                    }
                }
            }
        }
    }
}

/// Renders what is filtered, each as a link that ends it; `years` are those of the cited documents, if they are filtered.
pub(super) fn chips(frame: &Frame, url: &SearchUrl, years: Option<&str>, documents: &Documents<'_>) -> Markup {
    let strings = frame.strings();
    let filters = url.filters.iter().map(|(filter, value)| {
        let label = filter_value_name(strings, *filter, value, documents);
        (
            labels::filter_name(strings, *filter),
            filter.name(),
            value.as_str(),
            label,
        )
    });
    let years = years.map(|typed| (strings.issued_in, YEAR, typed, typed.to_owned()));
    let chips: Vec<_> = filters.chain(years).collect();
    html! {
        @if !chips.is_empty() {
            nav.chips aria-label=(strings.filters_on) {
                span.hint { (strings.filters_on) ":" }
                ul {
                    @for (name, parameter, value, label) in chips {
                        li {
                            a href=(without(frame, parameter, value)) title=(fill(strings.drop_filter, &[&clean(&label)])) {
                                (name) ": " span lang="vi" { (Untrusted(&cut(&label, MAX_OPTION_CHARS))) } span aria-hidden="true" { " ✕" }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Returns the URL of this page without one value of a parameter, from its first rows.
fn without(frame: &Frame, name: &str, value: &str) -> String {
    let mut parameters = frame.parameters.clone();
    parameters.retain(|(known, given)| {
        let is_it = known == name && given.trim() == value;
        !(is_it || known == "offset" || given.is_empty())
    });
    frame.url(&frame.path, &parameters)
}
