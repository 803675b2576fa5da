//! What the user asked, as data: a string to a [`Query`] and [`Diagnostic`]s.
//!
//! Parsing never fails: whatever is typed or pasted is a query, what was not understood is told, and the rest
//! is answered. The language:
//!
//! - words, all of which must match; `"a phrase"`, `"a phrase"~3` (up to three moves apart); `prefix*`;
//! - `-word`, `-"a phrase"`: must not match; `a b OR c d`: either side (OR binds least, because most words are
//!   written as several syllables); parentheses;
//! - filters by the name of a [`Facet`]: `province:"Cần Thơ" section:han-che`, `-place:footnote`; any other
//!   word before a colon is text, so that pasted prose (`nghị quyết: 12`) stays prose;
//! - a document symbol in any usual writing is one thing ([`AskedSymbol`]).
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
//! Nothing here knows the engine that answers.

mod lex;
mod lex_words;
mod parse;
mod symbol;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use crate::index::Facet;
pub use parse::{MAX_DEPTH, MAX_WORDS, parse};
pub use symbol::AskedSymbol;

#[cfg(doc)]
use crate::text::Diagnostic;
use crate::text::Span;

/// A query as data.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// What must be found; an empty [`Node::All`] where only filters were given.
    pub root: Node,
    /// Restrictions given in the query itself.
    pub filters: Filters,
}

/// A part of a query.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// One syllable or number.
    Word(Word),
    /// Every word that begins so.
    Prefix(Word),
    /// Words next to one another, in order.
    Phrase(Phrase),
    /// A document symbol.
    Symbol(AskedSymbol),
    /// What must not match.
    Not(Box<Node>),
    /// All must match; neighbours stood side by side in the query.
    All(Vec<Node>),
    /// One must match.
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
    /// Where it stands in the query.
    pub span: Span,
    /// With its marks.
    pub exact: String,
    /// Without.
    pub folded: String,
}

impl Word {
    /// Was it typed with marks? One typed without asks for no agreement of marks.
    #[must_use]
    pub fn is_marked(&self) -> bool {
        self.exact != self.folded
    }
}

/// Words next to one another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// Where it stands in the query, with its quotation marks.
    pub span: Span,
    /// In order; never empty.
    pub words: Vec<Word>,
    /// How many moves of a word the text may differ by.
    pub slop: u32,
}

impl Phrase {
    /// Was any of its words typed with marks?
    #[must_use]
    pub fn is_marked(&self) -> bool {
        self.words.iter().any(Word::is_marked)
    }
}

/// Restrictions without score: the values of one facet are OR-ed, different facets AND-ed.
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
    /// Filters that every passage passes and that still ask for something: each stands in one of the places.
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

    /// Shuts out a value of `facet`.
    pub fn exclude(&mut self, facet: Facet, value: impl Into<String>) {
        self.without.entry(facet).or_default().push(value.into());
    }

    /// Both restrictions at once. The values of one facet add up.
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

    /// The facets that must have a value, with the values.
    pub fn required(&self) -> impl Iterator<Item = (Facet, &[String])> {
        self.with.iter().map(|(&facet, values)| (facet, values.as_slice()))
    }

    /// The facets with values that are shut out.
    pub fn excluded(&self) -> impl Iterator<Item = (Facet, &[String])> {
        self.without.iter().map(|(&facet, values)| (facet, values.as_slice()))
    }

    /// Does it restrict nothing?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.with.is_empty() && self.without.is_empty()
    }
}

impl Query {
    /// Does it ask for nothing at all?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.filters.is_empty() && matches!(&self.root, Node::All(nodes) if nodes.is_empty())
    }

    /// Calls `visit` for every node that must or may match, outer ones first; not for what is excluded.
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
