//! The cited documents by the year in which they were issued, decade by decade.

use std::collections::BTreeMap;
use std::sync::Arc;

use maud::{Markup, html};

use super::selected::{YEAR, year_of};
use super::view::VIEW;
use crate::concordance::CitedRow;
use crate::http::page::shell::frame::Frame;
use crate::render::language::fill;

/// Number of units that the longest bar is wide.
const BAR_UNITS: usize = 100;

/// The numbers of one year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Year {
    /// Number of documents of this year that are cited.
    pub(super) documents: usize,
    /// Number of times that they are.
    pub(super) times: usize,
}

/// The years in which cited documents were issued, those without any between them left out.
pub(super) type Years = BTreeMap<u16, Year>;

/// Counts the cited documents by the year that most texts give, and returns the number of those without a date too.
pub(super) fn years_of(rows: &[Arc<CitedRow>]) -> (Years, usize) {
    let mut years = Years::new();
    let mut undated = 0;
    for row in rows.iter().map(|row| &row.summary) {
        match year_of(row) {
            Some(year) => {
                let year = years.entry(year).or_default();
                year.documents += 1;
                year.times += row.count;
            }
            None => undated += 1,
        }
    }
    (years, undated)
}

/// A part of the timeline, from the latest on.
#[derive(Debug, PartialEq, Eq)]
enum Part {
    /// A decade by its first year, in which something was issued.
    Decade(u16),
    /// Decades without anything, from the first year to the last.
    Gap(u16, u16),
}

/// Returns the parts of a timeline.
fn parts(years: &Years) -> Vec<Part> {
    let decades: Vec<u16> = {
        let mut decades: Vec<u16> = years.keys().rev().map(|year| year / 10 * 10).collect();
        decades.dedup();
        decades
    };
    let mut parts = Vec::new();
    for (position, &decade) in decades.iter().enumerate() {
        let later = position.checked_sub(1).map(|before| decades[before]);
        if let Some(later) = later.filter(|later| later - decade > 10) {
            parts.push(Part::Gap(decade + 10, later - 1));
        }
        parts.push(Part::Decade(decade));
    }
    parts
}

/// Renders the timeline of `rows`.
pub(super) fn section(frame: &Frame, rows: &[Arc<CitedRow>]) -> Markup {
    let strings = frame.strings();
    let (years, undated) = years_of(rows);
    let most = years.values().map(|year| year.documents).max().unwrap_or(0);
    let (first, last) = (years.keys().next(), years.keys().next_back());
    html! {
        p.hint {
            (strings.timeline_about)
            @if undated > 0 { " " (fill(strings.timeline_undated, &[&undated])) }
        }
        div.decades {
            @for part in parts(&years) {
                @match part {
                    Part::Gap(from, to) => p.hint.gap { (fill(strings.timeline_gap, &[&from, &to])) },
                    Part::Decade(decade) => {
                        // Years before the first and after the last are no gaps.
                        @let shown = decade.max(first.copied().unwrap_or(decade))..=(decade + 9).min(last.copied().unwrap_or(decade));
                        (decade_table(frame, decade, shown, &years, most))
                    },
                }
            }
        }
    }
}

/// Renders a decade: a row for each of the years that are `shown`, the latest first.
fn decade_table(
    frame: &Frame,
    decade: u16,
    shown: std::ops::RangeInclusive<u16>,
    years: &Years,
    most: usize,
) -> Markup {
    let strings = frame.strings();
    let of_decade: Vec<Year> = years.range(decade..decade + 10).map(|(_, year)| *year).collect();
    let documents: usize = of_decade.iter().map(|year| year.documents).sum();
    let range = format!("{decade}–{}", decade + 9);
    html! {
        table.decade {
            caption {
                a href=(of_years(frame, &format!("{decade}-{}", decade + 9))) { (range) }
                " " span.count { (fill(strings.documents_of_years, &[&documents])) }
            }
            thead.hidden { tr { th scope="col" { (strings.year) } th scope="col" { (strings.cited) } th scope="col" { (strings.count) } } }
            tbody {
                @for year in shown.rev() {
                    @let counted = years.get(&year).copied().unwrap_or_default();
                    tr.none[counted.documents == 0] {
                        th scope="row" {
                            @if counted.documents > 0 { a href=(of_years(frame, &year.to_string())) { (year) } } @else { (year) }
                        }
                        td {
                            span.line {
                                svg viewBox={ "0 0 " (BAR_UNITS) " 1" } preserveAspectRatio="none" aria-hidden="true" focusable="false" {
                                    rect.bar width=(width(counted.documents, most)) height="1" {}
                                }
                            }
                            span.number { @if counted.documents > 0 { (counted.documents) } }
                        }
                        td.number.times { @if counted.times > 0 { (fill(strings.times, &[&counted.times])) } }
                    }
                }
            }
        }
    }
}

/// Returns the width of a bar; a document is never invisible.
fn width(documents: usize, most: usize) -> usize {
    (documents * BAR_UNITS).div_ceil(most.max(1))
}

/// Returns the URL of the table of the documents of these years, with the other filters of this page.
fn of_years(frame: &Frame, years: &str) -> String {
    let mut parameters = frame.parameters.clone();
    parameters.retain(|(name, value)| name != VIEW && name != YEAR && name != "offset" && !value.is_empty());
    parameters.push((YEAR.to_owned(), years.to_owned()));
    frame.url("/citations", &parameters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timeline_is_decades_and_the_gaps_between_them() {
        let years: Years = [1930, 1991, 2002, 2009, 2024]
            .into_iter()
            .map(|year| (year, Year::default()))
            .collect();
        let all = [
            Part::Decade(2020),
            Part::Gap(2010, 2019),
            Part::Decade(2000),
            Part::Decade(1990),
            Part::Gap(1940, 1989),
            Part::Decade(1930),
        ];
        assert_eq!(parts(&years), all);
        assert_eq!(parts(&Years::new()), []);
    }

    #[test]
    fn bars_grow_with_their_number_and_none_is_invisible() {
        assert_eq!(
            [0, 1, 500, 1000].map(|documents| width(documents, 1000)),
            [0, 1, 50, 100]
        );
    }
}
