//! The query language: parses what a user typed into a [`Query`] and [`Diagnostic`]s.
//!
//! Parsing never fails: whatever is typed or pasted is a query; what was not understood is reported, and the rest is
//! answered. The language:
//!
//! - words, all of which must match; `"a phrase"`, `"a phrase"~3` (see [`Phrase::slop`]); `prefix*`, also in a phrase;
//! - `-word`, `-"a phrase"`: must not match; `AND`, `OR` and `NOT` in capitals, which take all words up to the next
//!   operator, because most words are written as several syllables: `a b OR c d` is either pair, `a b NOT c d` excludes
//!   passages with both c and d; OR binds weakest; parentheses;
//! - filters by the name of a [`FilterName`]: `province:"Cần Thơ" section:han-che`, `-place:footnote`, `from:2025
//!   to:06/2025`; any other word before a colon is text, so that pasted prose (`nghị quyết: 12`) stays prose;
//! - a document symbol, in any usual writing, is one unit ([`AskedSymbol`]), and so is a date, in figures or in words;
//!   `ngày` before a date may be missing in the text.
//!
//! People who type marks type all of them. So if any word of a query has marks, a syllable without any is meant so, and
//! `chi bộ` is not `chỉ … bộ` ([`Word::asks_marks`]).
//!
//! ```
//! use vankien::query::{Node, parse};
//! let (query, diagnostics) = parse("\"tinh gọn bộ máy\" nghị quyết 18-NQ/TW section:ket-qua");
//! assert!(diagnostics.is_empty());
//! let Node::All(nodes) = &query.root else { panic!() };
//! assert!(matches!(&nodes[0], Node::Phrase(phrase) if phrase.words.len() == 4));
//! assert!(matches!(&nodes[1], Node::Symbol(symbol) if symbol.canonical.as_deref() == Some("18-nq-tw")));
//! ```
//!
//! This module does no I/O and knows neither the index nor the engine that answers.

mod lex;
mod lex_words;
mod oddity;
mod parse;
mod symbol;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use crate::record::{DateEnd, Facet, FilterName};
pub use oddity::{Diagnostic, Oddity, UnknownValue};
pub use parse::{MAX_DEPTH, MAX_WORDS, parse};
pub use symbol::AskedSymbol;

use crate::document::PartialDate;
use crate::text::Span;

/// Help on the query language, for every way to ask.
pub const SYNTAX_HELP: &str = "Words (all must match), \"a phrase\", \"a phrase\"~3, -word, AND, OR, NOT, parentheses, prefix*, symbols \
    in any writing (`21-NQ/TW`, `nq 21`), dates, filters (`province:\"Cần Thơ\"`); with or without marks.";

/// The operators that are words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// Both sides must match, as they must without it.
    And,
    /// One side must match.
    Or,
    /// The words after it must not match.
    Not,
}

impl Operator {
    /// All operators.
    const ALL: [Self; 3] = [Self::And, Self::Or, Self::Not];

    /// Returns the word, in capitals: in small letters it is a word like any other.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::And => "AND",
            Self::Or => "OR",
            Self::Not => "NOT",
        }
    }

    /// Returns the operator that `word` is.
    pub(crate) fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|operator| operator.word() == word)
    }
}

/// A query as data.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// The words, phrases and symbols; an empty [`Node::All`] if there are only filters.
    pub root: Node,
    /// The filters in the query itself.
    pub filters: Filters,
}

/// A part of a query.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// One syllable or number.
    Word(Word),
    /// Every word with this beginning.
    Prefix(Word),
    /// Words at given places, in order.
    Phrase(Phrase),
    /// A document symbol.
    Symbol(AskedSymbol),
    /// A node that other forms stand for too, such as an abbreviation; the parser makes none.
    Also {
        /// The node as it was typed.
        typed: Box<Node>,
        /// The other forms.
        forms: Vec<Phrase>,
    },
    /// A node that must not match.
    Not(Box<Node>),
    /// All must match; neighbors in the list were neighbors in the query.
    All(Vec<Node>),
    /// At least one must match.
    Any(Vec<Node>),
}

impl Node {
    /// Returns the word that was typed, if the node is one.
    pub(crate) fn as_word(&self) -> Option<&Word> {
        match self {
            Self::Word(word) => Some(word),
            Self::Also { typed, .. } => typed.as_word(),
            _ => None,
        }
    }

    /// Returns true if the marks of any word in it count, excluded words aside.
    pub(crate) fn asks_marks(&self) -> bool {
        match self {
            Self::Word(word) | Self::Prefix(word) => word.asks_marks,
            Self::Phrase(phrase) => phrase.asks_marks(),
            Self::Also { typed, forms } => typed.asks_marks() || forms.iter().any(Phrase::asks_marks),
            Self::All(nodes) | Self::Any(nodes) => nodes.iter().any(Self::asks_marks),
            Self::Symbol(_) | Self::Not(_) => false,
        }
    }
}

impl Default for Node {
    fn default() -> Self {
        Self::All(Vec::new())
    }
}

/// A word of a query in its two forms (see [`crate::text::Tokens`]); a date of day, month and year is one word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its bytes in the query.
    pub span: Span,
    /// The word with its marks.
    pub exact: String,
    /// The word without marks.
    pub folded: String,
    /// True if marks other than its own contradict it: it, or another word of the query, was typed with marks. If false,
    /// it agrees with any marks, as a number does.
    pub asks_marks: bool,
}

impl Word {
    /// Returns true if it was typed with the marks of a syllable. `Đ` in an abbreviation (`HĐND`) is none: it is also
    /// typed by people who type no marks.
    #[must_use]
    pub(crate) fn is_marked(&self) -> bool {
        self.exact != self.folded && self.folded.contains(['a', 'e', 'i', 'o', 'u', 'y'])
    }
}

/// Words at given places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// Its bytes in the query, with its quotation marks.
    pub span: Span,
    /// The words in order; never empty.
    pub words: Vec<PhraseWord>,
    /// The largest difference allowed between the greatest and the least of (position in the text - place in the
    /// phrase).
    pub slop: u32,
}

/// A word of a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhraseWord {
    /// The word.
    pub word: Word,
    /// Number of words of the text between it and the beginning of the phrase.
    pub place: u32,
    /// True if it stands for every word with this beginning.
    pub is_prefix: bool,
}

impl Phrase {
    /// Returns the phrase of consecutive `words`.
    pub(crate) fn consecutive(span: Span, words: impl IntoIterator<Item = Word>) -> Self {
        let words = words.into_iter().zip(0..).map(|(word, place)| PhraseWord {
            word,
            place,
            is_prefix: false,
        });
        Self {
            span,
            words: words.collect(),
            slop: 0,
        }
    }

    /// Returns true if the marks of any of its words count.
    #[must_use]
    pub fn asks_marks(&self) -> bool {
        self.words.iter().any(|word| word.word.asks_marks)
    }
}

/// Restrictions that do not affect the score: the values of one facet are OR-ed, different facets AND-ed, and so is a
/// range of dates.
///
/// Values match without regard to case and marks (`can tho` is `Cần Thơ`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    /// Values of which a passage must have one; no list is empty.
    with: BTreeMap<Facet, Vec<String>>,
    /// Values of which a passage must have none; no list is empty.
    without: BTreeMap<Facet, Vec<String>>,
    /// The date that the document may not be before.
    from: Option<PartialDate>,
    /// The date that the document may not be after.
    to: Option<PartialDate>,
}

impl Filters {
    /// Returns filters that are not empty and that every passage passes, as each has one of the places.
    #[must_use]
    pub fn everywhere() -> Self {
        let mut everywhere = Self::default();
        for &place in crate::document::Place::ALL {
            everywhere.add(Facet::Place, place.name());
        }
        everywhere
    }

    /// Asks for one more value of `facet`.
    pub fn add(&mut self, facet: Facet, value: impl Into<String>) {
        self.with.entry(facet).or_default().push(value.into());
    }

    /// Excludes a value of `facet`.
    pub fn exclude(&mut self, facet: Facet, value: impl Into<String>) {
        self.without.entry(facet).or_default().push(value.into());
    }

    /// Asks for an end of a range of dates. Of two the narrower one counts.
    pub fn add_date(&mut self, end: DateEnd, date: PartialDate) {
        match end {
            DateEnd::From => self.from = self.from.into_iter().chain([date]).max_by_key(|date| date.first_day()),
            DateEnd::To => self.to = self.to.into_iter().chain([date]).min_by_key(|date| date.last_day()),
        }
    }

    /// Returns the ends of the range of dates.
    #[must_use]
    pub const fn dates(&self) -> (Option<PartialDate>, Option<PartialDate>) {
        (self.from, self.to)
    }

    /// Returns the range of dates if it has no day.
    #[must_use]
    pub fn empty_range(&self) -> Option<(PartialDate, PartialDate)> {
        let range = self.from.zip(self.to);
        range.filter(|(from, to)| from.first_day() > to.last_day())
    }

    /// Returns both restrictions in one. The values of one facet add up.
    #[must_use]
    pub fn and(mut self, other: &Self) -> Self {
        for (&facet, values) in &other.with {
            self.with.entry(facet).or_default().extend(values.iter().cloned());
        }
        for (&facet, values) in &other.without {
            self.without.entry(facet).or_default().extend(values.iter().cloned());
        }
        for (end, date) in [(DateEnd::From, other.from), (DateEnd::To, other.to)] {
            if let Some(date) = date {
                self.add_date(end, date);
            }
        }
        self
    }

    /// Returns the facets with required values, and these values.
    pub fn required(&self) -> impl Iterator<Item = (Facet, &[String])> {
        self.with.iter().map(|(&facet, values)| (facet, values.as_slice()))
    }

    /// Returns the facets with excluded values, and these values.
    pub fn excluded(&self) -> impl Iterator<Item = (Facet, &[String])> {
        self.without.iter().map(|(&facet, values)| (facet, values.as_slice()))
    }

    /// Returns true if every passage passes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.with.is_empty() && self.without.is_empty() && self.from.is_none() && self.to.is_none()
    }
}

impl Query {
    /// Returns true if the query has neither words nor filters.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.filters.is_empty() && matches!(&self.root, Node::All(nodes) if nodes.is_empty())
    }

    /// Calls `visit` for every node that must or may match, outer ones first, but not for excluded ones.
    pub fn for_each_wanted<'q>(&'q self, mut visit: impl FnMut(&'q Node)) {
        let mut open = vec![&self.root];
        while let Some(node) = open.pop() {
            visit(node);
            match node {
                Node::All(nodes) | Node::Any(nodes) => open.extend(nodes.iter().rev()),
                Node::Also { typed, .. } => open.push(typed),
                _ => {}
            }
        }
    }
}
