//! The orders of the table of cited documents.

use std::cmp::Reverse;
use std::sync::Arc;

use crate::concordance::{CitedDocument, CitedRow};
use crate::render::language::Strings;
use crate::text::fold;

/// An order of the table, by one of its columns.
pub(super) struct TableOrder {
    /// Its name in URLs; a minus before it reverses the order.
    pub(super) name: &'static str,
    /// Returns the head of the column.
    pub(super) label: fn(&Strings) -> &'static str,
    /// Returns the names of the usual and of the reversed direction.
    pub(super) directions: fn(&Strings) -> [&'static str; 2],
    /// True if the usual direction is ascending, for `aria-sort`.
    pub(super) is_ascending: bool,
    /// True for a column of numbers.
    pub(super) is_number: bool,
    /// Returns the key of a row; rows without a key come last in both directions.
    key: fn(&CitedDocument) -> Option<SortKey>,
}

/// The sort key of a row, ascending in the usual direction.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum SortKey {
    Most(Reverse<usize>),
    Newest(Reverse<String>),
    Text(String),
}

/// The orders of the table, the default first.
pub(super) static ORDERS: [TableOrder; 5] = [
    TableOrder {
        name: "count",
        label: |strings| strings.count,
        directions: |strings| [strings.most_first, strings.least_first],
        is_ascending: false,
        is_number: true,
        key: |row| Some(SortKey::Most(Reverse(row.count))),
    },
    TableOrder {
        name: "cited",
        label: |strings| strings.cited,
        directions: |strings| [strings.first_to_last, strings.last_to_first],
        is_ascending: true,
        is_number: false,
        key: |row| Some(SortKey::Text(fold(&row.cited))),
    },
    TableOrder {
        name: "documents",
        label: |strings| strings.in_documents,
        directions: |strings| [strings.most_first, strings.least_first],
        is_ascending: false,
        is_number: true,
        key: |row| Some(SortKey::Most(Reverse(row.documents.len()))),
    },
    TableOrder {
        name: "notes",
        label: |strings| strings.in_notes,
        directions: |strings| [strings.most_first, strings.least_first],
        is_ascending: false,
        is_number: true,
        key: |row| Some(SortKey::Most(Reverse(row.in_footnotes))),
    },
    TableOrder {
        name: "date",
        label: |strings| strings.date,
        directions: |strings| [strings.newest_first, strings.oldest_first],
        is_ascending: false,
        is_number: false,
        key: |row| Some(SortKey::Newest(Reverse(row.dates.first()?.clone()))),
    },
];

impl TableOrder {
    /// Returns the order that a parameter names, and true if it is reversed; the default order for an unknown name.
    pub(super) fn from_parameter(value: &str) -> (&'static Self, bool) {
        let (name, reversed) = value.strip_prefix('-').map_or((value, false), |name| (name, true));
        let known = ORDERS.iter().find(|order| order.name == name);
        known.map_or((&ORDERS[0], false), |order| (order, reversed))
    }

    /// Returns the name of one of its directions in URLs.
    pub(super) fn value(&self, reversed: bool) -> String {
        format!("{}{}", if reversed { "-" } else { "" }, self.name)
    }

    /// Sorts the rows; equal rows keep their order.
    pub(super) fn sort(&self, rows: Vec<Arc<CitedRow>>, reversed: bool) -> Vec<Arc<CitedRow>> {
        let keyed = rows.into_iter().map(|row| ((self.key)(&row.summary), row));
        let mut keyed: Vec<(Option<SortKey>, Arc<CitedRow>)> = keyed.collect();
        keyed.sort_by(|(one, _), (other, _)| match (one, other) {
            (Some(one), Some(other)) if reversed => other.cmp(one),
            (Some(one), Some(other)) => one.cmp(other),
            (one, other) => other.is_some().cmp(&one.is_some()),
        });
        keyed.into_iter().map(|(_, row)| row).collect()
    }
}
