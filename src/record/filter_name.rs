//! Filters by name: those by the value of a facet, and those by the date of the document.

use std::fmt;

use super::Facet;
use crate::text::{Named as _, named};

named! {
    /// An end of a range of dates, both days included. A partial date is an interval, of which one day in the range is
    /// enough; a document without a date is in no range.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum DateEnd {
        /// Only in documents of this date or later (`2025`, `06/2025`, `28/02/2025`).
        From = "from",
        /// Only in documents of this date or earlier (`2025`, `06/2025`, `28/02/2025`).
        To = "to",
    }
}

/// A filter. The query language, the command line and URLs use the same names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FilterName {
    /// By the values of a facet; several values of one facet are alternatives.
    Facet(Facet),
    /// By the date of the document.
    Date(DateEnd),
}

impl FilterName {
    /// Returns all filters in the order in which they are listed to people.
    pub fn all() -> impl Iterator<Item = Self> {
        let dates = DateEnd::ALL.iter().copied().map(Self::Date);
        dates.chain(Facet::ALL.iter().copied().map(Self::Facet))
    }

    /// Returns the stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Facet(facet) => facet.name(),
            Self::Date(end) => end.name(),
        }
    }

    /// Returns the filter with this name, in upper or lower case.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Facet::from_name(name)
            .map(Self::Facet)
            .or_else(|| DateEnd::from_name(name).map(Self::Date))
    }

    /// Returns the help text: one English sentence with a full stop.
    #[must_use]
    pub const fn help(self) -> &'static str {
        match self {
            Self::Facet(facet) => facet.filter_help(),
            Self::Date(end) => end.help(),
        }
    }

    /// Returns the facet whose values it takes.
    #[must_use]
    pub const fn facet(self) -> Option<Facet> {
        match self {
            Self::Facet(facet) => Some(facet),
            Self::Date(_) => None,
        }
    }
}

impl fmt::Display for FilterName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
