//! Facets beside the results, and chips for the active filters.

use maud::{Markup, html};

use crate::http::page::shell::documents::Documents;
use crate::http::page::shell::frame::Frame;
use crate::http::page::shell::labels::{filter_value_name, value_name};
use crate::http::page::shell::query_string::SearchUrl;
use crate::http::page::shell::untrusted::Untrusted;
use crate::record::{Facet, FilterName};
use crate::render::language::labels;
use crate::render::language::{Lang, fill};
use crate::search::{FacetCounts, FacetValue};
use crate::text::clean;

/// Number of values of a facet that are visible; the others are in a closed list below.
const VISIBLE_VALUES: usize = 8;

/// Renders the active filters, each as a link that removes it.
pub(crate) fn chips(frame: &Frame, url: &SearchUrl, documents: &Documents<'_>) -> Markup {
    let strings = frame.strings();
    html! {
        @if !url.filters.is_empty() {
            nav.chips aria-label=(strings.filters_on) {
                span.hint { (strings.filters_on) ":" }
                ul {
                    @for (filter, value) in &url.filters {
                        @let label = filter_value_name(strings, *filter, value, documents);
                        li {
                            a href=(url.without_filter(*filter, value).href(frame))
                                title=(fill(strings.drop_filter, &[&clean(&label)])) {
                                (labels::filter_name(strings, *filter)) ": " span lang=[filter.facet().and_then(value_language)] { (Untrusted(&label)) } span aria-hidden="true" { " ✕" }
                            }
                        }
                    }
                    @if url.filters.len() > 1 {
                        li { a href=(SearchUrl { filters: Vec::new(), ..url.at_offset(0) }.href(frame)) { (strings.drop_all) } }
                    }
                }
            }
        }
    }
}

/// A facet value with its place in the tree of nested values.
struct Branch<'v> {
    value: &'v FacetValue,
    /// Number of values around it.
    depth: usize,
    /// True if fewer passages have it than the value around it.
    narrows: bool,
}

/// Returns the values as a flat tree: each is followed by the values nested in it. Otherwise their order stays, most
/// frequent first.
fn tree(counts: &FacetCounts) -> Vec<Branch<'_>> {
    let mut tree = Vec::with_capacity(counts.values.len());
    let is_top = |value: &&FacetValue| !counts.facet.is_nested() || !value.value.contains('/');
    for value in counts.values.iter().filter(is_top) {
        tree.push(Branch {
            value,
            depth: 0,
            narrows: true,
        });
        if counts.facet.is_nested() {
            branch(counts, value, 1, &mut tree);
        }
    }
    tree
}

/// Appends the values nested in `outer`, each followed by its own.
fn branch<'v>(counts: &'v FacetCounts, outer: &FacetValue, depth: usize, tree: &mut Vec<Branch<'v>>) {
    for value in &counts.values {
        let inner = value
            .value
            .strip_prefix(&outer.value)
            .and_then(|rest| rest.strip_prefix('/'));
        if inner.is_some_and(|inner| !inner.contains('/')) {
            tree.push(Branch {
                value,
                depth,
                narrows: value.count < outer.count,
            });
            branch(counts, value, depth + 1, tree);
        }
    }
}

/// Renders the facets that have values.
pub(crate) fn lists(frame: &Frame, url: &SearchUrl, facets: &[FacetCounts], documents: &Documents<'_>) -> Markup {
    let strings = frame.strings();
    let some = |counts: &&FacetCounts| !counts.values.is_empty();
    html! {
        @if facets.iter().any(|counts| some(&counts)) {
            aside #filters .facets aria-labelledby="filters-name" {
                details.beside {
                    summary { h2 #filters-name { (strings.all_filters) } }
                    @for counts in facets.iter().filter(some) { (list(frame, url, counts, documents)) }
                }
            }
        }
    }
}

/// Renders one facet.
fn list(frame: &Frame, url: &SearchUrl, counts: &FacetCounts, documents: &Documents<'_>) -> Markup {
    let strings = frame.strings();
    let tree = tree(counts);
    let (shown, rest) = tree.split_at(tree.len().min(VISIBLE_VALUES));
    html! {
        details.facet open {
            summary { h3 { (labels::facet_name(strings, counts.facet)) } }
            (values(frame, url, counts.facet, shown, documents))
            @if !rest.is_empty() {
                details.more {
                    summary { (fill(strings.more, &[&rest.len()])) }
                    (values(frame, url, counts.facet, rest, documents))
                    @if counts.left > 0 { p.hint { "(+" (counts.left) ")" } }
                }
            }
        }
    }
}

/// Returns the language of the values of a facet. Values that come from documents are Vietnamese; `None` means the
/// language of the page.
const fn value_language(facet: Facet) -> Option<&'static str> {
    match facet {
        Facet::Place | Facet::Quality => None,
        _ => Some(Lang::Vi.code()),
    }
}

/// Renders values of a facet as links that turn the filter on or off.
fn values(frame: &Frame, url: &SearchUrl, facet: Facet, values: &[Branch<'_>], documents: &Documents<'_>) -> Markup {
    let strings = frame.strings();
    html! {
        ul.values {
            @for Branch { value, depth, narrows } in values {
                @let on = url.has_filter(facet, &value.value);
                @let whole = value_name(strings, facet, &value.value, documents);
                @let shown = if *depth > 0 { whole.rsplit(" / ").next().unwrap_or(&whole) } else { &whole };
                @let other = if on { url.without_filter(FilterName::Facet(facet), &value.value) } else { url.with_filter(facet, &value.value) };
                li class={ "depth-" ((*depth).min(3)) } {
                    a href=(other.href(frame)) aria-current=[on.then_some("true")] {
                        span.value lang=[value_language(facet)] { @if on { span aria-hidden="true" { "✓ " } } (Untrusted(shown)) } " "
                        // A count equal to that of the value around it would tell nothing new.
                        @if *narrows || on { span.count { (value.count) } }
                    }
                }
            }
        }
    }
}
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nested_values_follow_the_value_around_them() {
        let value = |value: &str, count| FacetValue {
            value: value.to_owned(),
            label: value.to_owned(),
            count,
        };
        let counts = FacetCounts {
            facet: Facet::Section,
            values: vec![
                value("han-che", 9),
                value("ket-qua", 8),
                value("ket-qua/han-che", 5),
                value("ket-qua/han-che/nguyen-nhan", 2),
            ],
            left: 0,
        };
        let tree = tree(&counts);
        let order: Vec<(&str, usize)> = tree
            .iter()
            .map(|branch| (branch.value.value.as_str(), branch.depth))
            .collect();
        assert_eq!(
            order,
            [
                ("han-che", 0),
                ("ket-qua", 0),
                ("ket-qua/han-che", 1),
                ("ket-qua/han-che/nguyen-nhan", 2)
            ]
        );
    }

    #[test]
    fn a_count_is_not_repeated_for_a_nested_value() {
        let value = |value: &str, count| FacetValue {
            value: value.to_owned(),
            label: value.to_owned(),
            count,
        };
        let counts = FacetCounts {
            facet: Facet::Province,
            values: vec![
                value("Cần Thơ", 9),
                value("Cần Thơ/Hậu Giang", 9),
                value("Cần Thơ/Sóc Trăng", 4),
            ],
            left: 0,
        };
        let narrows: Vec<bool> = tree(&counts).iter().map(|branch| branch.narrows).collect();
        assert_eq!(narrows, [true, false, true]);
    }
}
