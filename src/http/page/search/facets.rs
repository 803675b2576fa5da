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

/// The parameter that names the facet of which all values are shown.
pub(super) const ALL_VALUES: &str = "all_values";

/// Number of values of a facet that are visible; the others are in a closed list below.
const VISIBLE_VALUES: usize = 8;

/// The facets that are open unless a value was chosen; the others show their names.
const OPEN: [Facet; 4] = [Facet::Province, Facet::Term, Facet::Section, Facet::Kind];

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

/// Renders the facets that have values; `whole` is the one with all its values.
pub(crate) fn lists(
    frame: &Frame,
    url: &SearchUrl,
    facets: &[FacetCounts],
    documents: &Documents<'_>,
    whole: Option<Facet>,
) -> Markup {
    let strings = frame.strings();
    let lists = facets.iter().map(|counts| FacetList {
        frame,
        url,
        counts,
        documents,
        is_whole: whole == Some(counts.facet),
    });
    let lists: Vec<FacetList<'_>> = lists.filter(FacetList::has_values).collect();
    html! {
        @if !lists.is_empty() {
            // The script puts a box with this label above long lists.
            aside #filters .facets aria-labelledby="filters-name" data-narrow=(strings.narrow_values) {
                details.beside {
                    summary { h2 #filters-name { (strings.all_filters) } }
                    @for list in lists { (list.facet()) }
                }
            }
        }
    }
}

/// One facet beside the results.
struct FacetList<'f> {
    frame: &'f Frame,
    url: &'f SearchUrl,
    counts: &'f FacetCounts,
    documents: &'f Documents<'f>,
    /// True if all values are there, and shown.
    is_whole: bool,
}

impl FacetList<'_> {
    /// Returns true if there is a value to choose, or one was chosen.
    fn has_values(&self) -> bool {
        !self.counts.values.is_empty() || self.chosen().next().is_some()
    }

    /// Returns the chosen values of the facet.
    fn chosen(&self) -> impl Iterator<Item = &str> {
        let filter = FilterName::Facet(self.counts.facet);
        let of_facet = self.url.filters.iter().filter(move |(of, _)| *of == filter);
        of_facet.map(|(_, value)| value.as_str())
    }

    /// Renders the facet: the chosen values first, then the most frequent ones, the others folded.
    fn facet(&self) -> Markup {
        let strings = self.frame.strings();
        let facet = self.counts.facet;
        // A chosen value stands first, with the values nested in it.
        let (below, tree): (Vec<_>, Vec<_>) = tree(self.counts)
            .into_iter()
            .filter(|branch| !self.url.has_filter(facet, &branch.value.value))
            .partition(|branch| {
                self.chosen()
                    .any(|chosen| is_inside(facet, &branch.value.value, chosen))
            });
        // A list of one or two more values is not worth folding.
        let is_short = tree.len() <= VISIBLE_VALUES + 2 && self.counts.left == 0;
        let visible = if self.is_whole || is_short {
            tree.len()
        } else {
            VISIBLE_VALUES
        };
        let (shown, rest) = tree.split_at(tree.len().min(visible));
        let is_chosen = self.chosen().next().is_some();
        let all = self.url.at_offset(0).href_with(self.frame, (ALL_VALUES, facet.name()));
        html! {
            details.facet #{ "facet-" (facet.name()) } open[is_chosen || self.is_whole || OPEN.contains(&facet)]
                data-facet=(facet.name()) data-values=[self.values_address()] {
                summary { h3 { (labels::facet_name(strings, facet)) } }
                @if is_chosen {
                    ul.values.chosen { @for value in self.chosen() { (self.chosen_value(value)) } }
                    @if !below.is_empty() { (self.values(&below)) }
                }
                (self.values(shown))
                @if !rest.is_empty() {
                    details.more {
                        summary { (fill(strings.more, &[&(rest.len() + self.counts.left)])) }
                        (self.values(rest))
                        @if self.counts.left > 0 {
                            a.all-values href={ (all) "#facet-" (facet.name()) } { (strings.all_values) }
                        }
                    }
                }
            }
        }
    }

    /// Returns the URL of the API with all values, if some are not here. Documents have no titles there.
    fn values_address(&self) -> Option<String> {
        let is_there = self.counts.left > 0 && self.counts.facet != Facet::Document;
        is_there.then(|| {
            let mut query = form_urlencoded::Serializer::new(String::new());
            query.extend_pairs(self.url.at_offset(0).parameters());
            query.append_pair("facets", self.counts.facet.name());
            let query = query.finish();
            format!("{}/api/v1/search?{query}&facet_limit=0&limit=0", self.frame.base)
        })
    }

    /// Renders a chosen value as the link that drops it.
    fn chosen_value(&self, value: &str) -> Markup {
        let facet = self.counts.facet;
        let counted = self.counts.values.iter().find(|counted| counted.value == value);
        let name = value_name(self.frame.strings(), facet, value, self.documents);
        html! {
            li {
                a href=(self.url.without_filter(FilterName::Facet(facet), value).href(self.frame)) aria-current="true" {
                    span.value lang=[value_language(facet)] { span aria-hidden="true" { "✓ " } (Untrusted(&name)) } " "
                    @if let Some(counted) = counted { span.count { (counted.count) } }
                }
            }
        }
    }

    /// Renders values as links that choose them.
    fn values(&self, values: &[Branch<'_>]) -> Markup {
        let facet = self.counts.facet;
        html! {
            ul.values {
                @for Branch { value, depth, narrows } in values {
                    @let whole = value_name(self.frame.strings(), facet, &value.value, self.documents);
                    @let shown = if *depth > 0 { whole.rsplit(" / ").next().unwrap_or(&whole) } else { &whole };
                    li class=[(*depth > 0).then(|| format!("depth-{}", (*depth).min(3)))] {
                        a href=(self.url.with_filter(facet, &value.value).href(self.frame)) {
                            span.value lang=[value_language(facet)] { (Untrusted(shown)) } " "
                            // A count equal to that of the value around it would tell nothing new.
                            @if *narrows { span.count { (value.count) } }
                        }
                    }
                }
            }
        }
    }
}

/// Returns true if a value of a facet is nested in another one.
fn is_inside(facet: Facet, value: &str, outer: &str) -> bool {
    let rest = value.strip_prefix(outer).filter(|_| facet.is_nested());
    rest.is_some_and(|rest| rest.starts_with('/'))
}

/// Returns the language of the values of a facet. Values that come from documents are Vietnamese; `None` means the
/// language of the page.
const fn value_language(facet: Facet) -> Option<&'static str> {
    match facet {
        Facet::Place | Facet::Quality => None,
        _ => Some(Lang::Vi.code()),
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
