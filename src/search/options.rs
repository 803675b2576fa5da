//! The options of a search: what marks mean, the order of hits, and the window of them that is returned.

use std::cmp::{Ordering, Reverse};

use super::agreement::Agreement;
use crate::record::{DocumentRecord, Facet};
use crate::text::{fold, named};

/// Hits of one answer where no limit is given.
pub const DEFAULT_LIMIT: usize = 10;

/// Values of a facet in one answer where no limit is given; more fill a screen.
pub const DEFAULT_FACET_LIMIT: usize = 20;

/// Returns the number of items that a limit given by people allows: 0 means all of them.
#[must_use]
pub const fn limit_or_all(limit: usize) -> usize {
    if limit == 0 { usize::MAX } else { limit }
}

/// The options of a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The meaning of marks.
    pub marks: Marks,
    /// Maximum number of hits; 0 counts them only, `usize::MAX` is all.
    pub limit: usize,
    /// Number of hits to skip before the first one returned.
    pub offset: usize,
    /// The order of the hits.
    pub sort: Sort,
    /// The facets to count.
    pub facets: Vec<Facet>,
    /// Maximum number of values of a facet.
    pub facet_limit: usize,
    /// Maximum length of a snippet in chars.
    pub snippet_chars: usize,
    /// The weight of neighboring words of the query.
    pub adjacency: Adjacency,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            marks: Marks::Prefer,
            limit: DEFAULT_LIMIT,
            offset: 0,
            sort: Sort::Relevance,
            facets: Vec::new(),
            facet_limit: DEFAULT_FACET_LIMIT,
            snippet_chars: 240,
            adjacency: Adjacency::Counts,
        }
    }
}

impl Options {
    /// Options for a search that needs no hits, only their total and the counts of all values of `facets`.
    #[must_use]
    pub fn counting(facets: Vec<Facet>) -> Self {
        Self {
            limit: 0,
            facets,
            facet_limit: usize::MAX,
            ..Self::default()
        }
    }
}

named! {
    /// The meaning of the marks of a query word. A word typed without marks matches with any marks, whatever the mode.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub enum Marks {
        /// Ignore marks.
        Any = "any",
        /// Find the same passages, those whose marks agree first.
        #[default]
        Prefer = "prefer",
        /// Only passages whose marks agree.
        Exact = "exact",
    }
}

impl Marks {
    /// Returns the worst level at which a word of a query counts as found.
    pub(super) const fn worst_found(self) -> Agreement {
        match self {
            Self::Any | Self::Prefer => Agreement::Folded,
            Self::Exact => Agreement::WORST_EXACT,
        }
    }

    /// Returns the worst level at which an excluded word counts as found: `-quỹ` must not exclude "quy định".
    pub(super) const fn worst_excluded(self) -> Agreement {
        match self {
            Self::Any => Agreement::Folded,
            Self::Prefer => Agreement::WORST_AGREEING,
            Self::Exact => Agreement::WORST_EXACT,
        }
    }

    /// Help on the choice as a whole, for every way to ask.
    pub const HELP: &str =
        "How much the marks count: `any` ignores them, `prefer` ranks by them, `exact` asks for them.";
}

named! {
    /// The order of hits. Ties are broken by the id of the document, then by the position of the passage in it.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub enum Sort {
        /// Best first.
        #[default]
        Relevance = "relevance",
        /// By document and position in it.
        Document = "document",
        /// By date of the document, latest first; documents without a date last.
        Date = "date",
        /// By date of the document, oldest first; documents without a date last.
        Oldest = "oldest",
    }
}

impl Sort {
    /// Help on the choice as a whole, for every way to ask.
    pub const HELP: &str = "Order of the hits.";
}

named! {
    /// The order of documents. Ties are broken by the id.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub enum DocumentOrder {
        /// By id.
        #[default]
        Document = "document",
        /// By date, latest first; documents without a date last.
        Date = "date",
        /// By date, oldest first; documents without a date last.
        Oldest = "oldest",
        /// By title; documents without a title last.
        Title = "title",
        /// By number, then by the letters after it; documents without a number last.
        Number = "number",
        /// By kind; documents without a kind last.
        Kind = "kind",
        /// By issuer; documents without an issuer last.
        Issuer = "issuer",
        /// By province; documents without a province last.
        Province = "province",
        /// By number of pages, the longest first.
        Pages = "pages",
    }
}

impl DocumentOrder {
    /// Help on the choice as a whole, for every way to ask.
    pub const HELP: &str = "Order of the documents.";

    /// Puts documents, which are sorted by id, in this order.
    pub fn sort(self, documents: &mut [&DocumentRecord]) {
        let by_words = |documents: &mut [&DocumentRecord], words: fn(&DocumentRecord) -> Option<&String>| {
            documents.sort_by_cached_key(|document| {
                let words = words(document);
                (words.is_none(), words.map(|words| fold(words)))
            });
        };
        match self {
            Self::Document => {}
            Self::Date => documents.sort_by(|one, other| other.date.cmp(&one.date)),
            Self::Oldest => documents.sort_by(|one, other| oldest_first(one.date.as_deref(), other.date.as_deref())),
            Self::Title => by_words(documents, |document| document.title.as_ref()),
            Self::Number => documents.sort_by_cached_key(|document| {
                let number = document.number.as_deref();
                (number.is_none(), number.map(number_key))
            }),
            Self::Kind => by_words(documents, |document| document.kind.as_ref()),
            Self::Issuer => by_words(documents, |document| document.issuer.as_ref()),
            Self::Province => by_words(documents, |document| document.province.as_ref()),
            Self::Pages => documents.sort_by_key(|document| Reverse(document.pages)),
        }
    }
}

/// Returns the key by which numbers of documents are sorted: `9-BC/TU` is before `12-BC/TU`, one without digits last.
fn number_key(number: &str) -> (u64, String) {
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, letters) = number.split_at(digits);
    (digits.parse().unwrap_or(u64::MAX), fold(letters))
}

/// Compares two dates, the older one first, none last.
pub(crate) fn oldest_first<D: Ord>(one: Option<D>, other: Option<D>) -> Ordering {
    (one.is_none(), one).cmp(&(other.is_none(), other))
}

/// The weight of words that are neighbors in the query and in the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Adjacency {
    /// Neighbors score higher than the same words apart.
    #[default]
    Counts,
    /// Neighbors score no higher; used only to measure what adjacency gains.
    Ignored,
}
