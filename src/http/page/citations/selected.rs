//! The cited documents that the URL of a page selects, for every view of them and every file.

use std::ops::RangeInclusive;
use std::sync::Arc;

use super::order::TableOrder;
use crate::concordance::{CitedDocument, CitedRow, CitedTable};
use crate::http::page::shell::frame::Frame;
use crate::http::page::shell::query_string::SearchUrl;
use crate::http::problem::Problem;
use crate::index::Index;
use crate::text::fold;

/// The parameter with the year of the cited documents, or with two: `2022`, `2020-2029`.
pub(super) const YEAR: &str = "year";

/// The cited documents that a URL selects.
pub(super) struct Selected {
    /// The URL: filters of what cites, and the words that symbol, name or subject must have.
    pub(super) url: SearchUrl,
    /// The years of the cited documents.
    pub(super) years: Option<RangeInclusive<u16>>,
    /// The rows, in the order of the URL.
    pub(super) rows: Vec<Arc<CitedRow>>,
}

impl Selected {
    /// Reads the URL of `frame` and selects. A year that cannot be read counts as missing.
    ///
    /// # Errors
    /// Those of searching, and an unknown document in a filter.
    pub(super) fn of(index: &Index, frame: &Frame) -> Result<Self, Problem> {
        let url = SearchUrl::of_frame(frame);
        let mut rows = CitedTable::of(index, &url.resolved_filters(index)?)?.rows;
        let wanted = fold(&url.query);
        if !wanted.is_empty() {
            let has = |text: &String| fold(text).contains(&wanted);
            rows.retain(|row| has(&row.summary.cited) || row.summary.subjects.iter().any(has));
        }
        let years = years(frame.value(YEAR));
        if let Some(years) = &years {
            rows.retain(|row| year_of(&row.summary).is_some_and(|year| years.contains(&year)));
        }
        let (order, reversed) = TableOrder::from_parameter(frame.value("sort"));
        Ok(Self {
            url,
            years,
            rows: order.sort(rows, reversed),
        })
    }

    /// Returns true if something is filtered but by the words.
    pub(super) fn is_filtered(&self) -> bool {
        !self.url.filters.is_empty() || self.years.is_some()
    }
}

/// Returns the years that were typed, one or two with a hyphen between them.
fn years(typed: &str) -> Option<RangeInclusive<u16>> {
    let (first, last) = typed.split_once(['-', '–']).unwrap_or((typed, typed));
    let year = |typed: &str| typed.trim().parse().ok().filter(|year| (1000..=9999).contains(year));
    Some(year(first)?..=year(last)?)
}

/// Returns the year of a cited document: that of the date that most texts give.
pub(super) fn year_of(row: &CitedDocument) -> Option<u16> {
    row.dates.first()?.get(..4)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_one_or_two() {
        assert_eq!(years("2022"), Some(2022..=2022));
        assert_eq!(years(" 2020 – 2029"), Some(2020..=2029));
        for typed in ["", "22", "2020-", "x", "2020-2029-2030"] {
            assert_eq!(years(typed), None, "{typed}");
        }
    }
}
