//! The query language: parses what a user typed into a [`Query`] and [`Diagnostic`]s.
//!
//! Parsing never fails: whatever is typed or pasted is a query; what was not understood is reported, and the rest is
//! answered. The language:
//!
//! - words, all of which must match; `"a phrase"`, `"a phrase"~3` (up to three moves apart); `prefix*`;
//! - `-word`, `-"a phrase"`: must not match; `a b OR c d`: either side (OR binds weakest, because most words are
//!   written as several syllables); parentheses;
//! - filters by the name of a [`Facet`]: `province:"Cần Thơ" section:han-che`, `-place:footnote`; any other
//!   word before a colon is text, so that pasted prose (`nghị quyết: 12`) stays prose;
//! - a document symbol, in any usual writing, is one unit ([`AskedSymbol`]).
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

pub use crate::record::Facet;
pub use oddity::{Diagnostic, Oddity};
pub use parse::{MAX_DEPTH, MAX_WORDS, parse};
pub use symbol::AskedSymbol;

use crate::text::Span;

/// Help on the query language, for every way to ask.
pub const SYNTAX_HELP: &str = "Words (all must match), \"a phrase\", \"a phrase\"~3, -word, OR, parentheses, prefix*, symbols in any \
    writing (`21-NQ/TW`, `nq 21`), filters (`province:\"Cần Thơ\"`); with or without marks.";

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
    /// Consecutive words, in order.
    Phrase(Phrase),
    /// A document symbol.
    Symbol(AskedSymbol),
    /// A node that must not match.
    Not(Box<Node>),
    /// All must match; neighbors in the list were neighbors in the query.
    All(Vec<Node>),
    /// At least one must match.
    Any(Vec<Node>),
}

impl Default for Node {
    fn default() -> Self {
        Self::All(Vec::new())
    }
}

/// A word of a query in its two forms (see [`crate::text::Tokens`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its bytes in the query.
    pub span: Span,
    /// The word with its marks.
    pub exact: String,
    /// The word without marks.
    pub folded: String,
}

impl Word {
    /// Returns true if the word was typed with marks. One typed without marks agrees with any.
    #[must_use]
    pub fn is_marked(&self) -> bool {
        self.exact != self.folded
    }
}

/// Consecutive words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// Its bytes in the query, with its quotation marks.
    pub span: Span,
    /// The words in order; never empty.
    pub words: Vec<Word>,
    /// Number of moves of a word by which the text may differ.
    pub slop: u32,
}

impl Phrase {
    /// Returns true if any of its words was typed with marks.
    #[must_use]
    pub fn is_marked(&self) -> bool {
        self.words.iter().any(Word::is_marked)
    }
}

/// Restrictions that do not affect the score: the values of one facet are OR-ed, different facets AND-ed.
///
/// Values match without regard to case and marks (`can tho` is `Cần Thơ`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    /// Values of which a passage must have one; no list is empty.
    with: BTreeMap<Facet, Vec<String>>,
    /// Values of which a passage must have none; no list is empty.
    without: BTreeMap<Facet, Vec<String>>,
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

    /// Returns both restrictions in one. The values of one facet add up.
    #[must_use]
    pub fn and(mut self, other: &Self) -> Self {
        for (&facet, values) in &other.with {
            self.with.entry(facet).or_default().extend(values.iter().cloned());
        }
        for (&facet, values) in &other.without {
            self.without.entry(facet).or_default().extend(values.iter().cloned());
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
        self.with.is_empty() && self.without.is_empty()
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
            if let Node::All(nodes) | Node::Any(nodes) = node {
                open.extend(nodes.iter().rev());
            }
        }
    }
}
