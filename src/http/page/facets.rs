//! Facets beside the results, and chips for the filters that are on.

use maud::{Markup, html};

use super::asked::Asked;
use super::link::Frame;
use super::search::Documents;
use super::text::Foreign;
use super::words::{Lang, Words, fill};
use crate::index::Facet;
use crate::render::terminal::documents::document_name;
use crate::search::{FacetCounts, FacetValue, facet_label};
use crate::text::clean;

/// Values of a facet that are shown at once; further ones are one click away.
const SHOWN: usize = 8;

/// Most values of a facet on a page.
const MOST: usize = 40;

/// What a facet is called.
pub(super) const fn name(words: &Words, facet: Facet) -> &'static str {
    match facet {
        Facet::Document => words.facet_document,
        Facet::Kind => words.facet_kind,
        Facet::Province => words.facet_province,
        Facet::Term => words.facet_term,
        Facet::Section => words.facet_section,
        Facet::Place => words.facet_place,
        Facet::Cites => words.facet_cites,
        Facet::Quality => words.facet_quality,
    }
}

/// What a place in a document is called.
pub(super) fn place_name<'v>(words: &Words, value: &'v str) -> &'v str {
    match value {
        "body" => words.place_body,
        "heading" => words.place_heading,
        "footnote" => words.place_footnote,
        "table" => words.place_table,
        "header" => words.place_header,
        other => other,
    }
}

/// What a quality of text is called.
pub(super) fn quality_name<'v>(words: &Words, value: &'v str) -> &'v str {
    match value {
        "clean" => words.quality_clean,
        "unmarked" => words.quality_unmarked,
        "ocr" => words.quality_ocr,
        other => other,
    }
}

/// A value of a facet as people read it.
pub(super) fn label(words: &Words, facet: Facet, value: &str, documents: &Documents<'_>) -> String {
    match facet {
        Facet::Document => {
            let known = documents.get(value).copied();
            let known = known.or_else(|| {
                documents
                    .values()
                    .find(|record| record.document.starts_with(value))
                    .copied()
            });
            known.map_or(value, |record| document_name(record)).to_owned()
        }
        Facet::Place => place_name(words, value).to_owned(),
        Facet::Quality => quality_name(words, value).to_owned(),
        _ => facet_label(facet, value),
    }
}

/// The filters that are on, each with a link that drops it.
pub(super) fn chips(frame: &Frame, asked: &Asked, documents: &Documents<'_>) -> Markup {
    let words = frame.words();
    html! {
        @if !asked.filters.is_empty() {
            nav.chips aria-label=(words.filters_on) {
                span.hint { (words.filters_on) ":" }
                ul {
                    @for (facet, value) in &asked.filters {
                        @let label = label(words, *facet, value, documents);
                        li {
                            a href=(asked.without(*facet, value).address(frame))
                                title=(fill(words.drop_filter, &[&clean(&label)])) {
                                (name(words, *facet)) ": " span lang=[value_language(*facet)] { (Foreign(&label)) } span aria-hidden="true" { " ✕" }
                            }
                        }
                    }
                    @if asked.filters.len() > 1 {
                        li { a href=(Asked { filters: Vec::new(), ..asked.from(0) }.address(frame)) { (words.drop_all) } }
                    }
                }
            }
        }
    }
}

/// A value and the values nested in it.
struct Branch<'v> {
    value: &'v FacetValue,
    depth: usize,
    /// Is it in fewer passages than what it is nested in?
    narrows: bool,
}

/// The values with nested ones behind what holds them; otherwise in the order given, the most frequent first.
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

/// Appends the values nested one level below `outer`.
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

/// The facets with their values and counts.
pub(super) fn lists(frame: &Frame, asked: &Asked, facets: &[FacetCounts], documents: &Documents<'_>) -> Markup {
    let words = frame.words();
    let some = |counts: &&FacetCounts| !counts.values.is_empty();
    html! {
        @if facets.iter().any(|counts| some(&counts)) {
            aside #filters .facets aria-labelledby="filters-name" {
                details.beside {
                    summary { h2 #filters-name { (words.all_filters) } }
                    @for counts in facets.iter().filter(some) { (list(frame, asked, counts, documents)) }
                }
            }
        }
    }
}

/// One facet with its values.
fn list(frame: &Frame, asked: &Asked, counts: &FacetCounts, documents: &Documents<'_>) -> Markup {
    let words = frame.words();
    let tree = tree(counts);
    let (shown, rest) = tree.split_at(tree.len().min(SHOWN));
    let rest = &rest[..rest.len().min(MOST - SHOWN)];
    html! {
        details.facet open {
            summary { h3 { (name(words, counts.facet)) } }
            (values(frame, asked, counts.facet, shown, documents))
            @if !rest.is_empty() {
                details.more {
                    summary { (fill(words.more, &[&rest.len()])) }
                    (values(frame, asked, counts.facet, rest, documents))
                }
            }
        }
    }
}

/// The language of the values of a facet, where it is not that of the page: what documents say is Vietnamese.
const fn value_language(facet: Facet) -> Option<&'static str> {
    match facet {
        Facet::Place | Facet::Quality => None,
        _ => Some(Lang::Vi.code()),
    }
}

/// Values of a facet as links that add them to the filters, or take them away.
fn values(frame: &Frame, asked: &Asked, facet: Facet, values: &[Branch<'_>], documents: &Documents<'_>) -> Markup {
    let words = frame.words();
    html! {
        ul.values {
            @for Branch { value, depth, narrows } in values {
                @let on = asked.has(facet, &value.value);
                @let whole = label(words, facet, &value.value, documents);
                @let shown = if *depth > 0 { whole.rsplit(" / ").next().unwrap_or(&whole) } else { &whole };
                @let other = if on { asked.without(facet, &value.value) } else { asked.with(facet, &value.value) };
                li class={ "depth-" ((*depth).min(3)) } {
                    a href=(other.address(frame)) aria-current=[on.then_some("true")] {
                        span.value lang=[value_language(facet)] { @if on { span aria-hidden="true" { "✓ " } } (Foreign(shown)) } " "
                        // A count that repeats the one above says nothing.
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
    fn nested_values_stand_behind_what_holds_them() {
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
    fn a_count_is_not_repeated_below_itself() {
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
        };
        let narrows: Vec<bool> = tree(&counts).iter().map(|branch| branch.narrows).collect();
        assert_eq!(narrows, [true, false, true]);
    }
}
