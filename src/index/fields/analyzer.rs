//! The tokenizers of the engine.
//!
//! A passage is cut into words once ([`super::passage_terms`]), and every field of words gets its terms from that cut. The
//! engine gives a tokenizer nothing but text, so the terms are written one after the other into a text ([`TermList`]), and
//! the tokenizers only split it again.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

use super::shingles;
use crate::text::fold;

/// Name of the tokenizer that splits a [`TermList`].
pub(super) const TERMS: &str = "vankien_terms";
/// Name of the tokenizer that splits a list of shingles ([`shingles::push_term`]).
pub(super) const SHINGLES: &str = "vankien_shingles";
/// Name of the tokenizer that folds a facet value to one term.
pub(super) const VALUE: &str = "vankien_value";
/// Name of the tokenizer that makes two terms of a nested facet value: the whole and its last part.
pub(super) const NESTED: &str = "vankien_nested";

/// Begins a term at the position of the last one; the first one is at 0.
const SAME: u8 = 1;
/// Begins a term at the position after that of the last one.
const NEXT: u8 = 2;
/// Stands before [`NEXT`], once for each position without a term.
const GAP: u8 = 3;

/// Registers the tokenizers with an index.
pub(in crate::index) fn register(tokenizers: &TokenizerManager) {
    tokenizers.register(TERMS, TermTokenizer);
    tokenizers.register(SHINGLES, ShingleTokenizer);
    tokenizers.register(VALUE, ValueTokenizer { nested: false });
    tokenizers.register(NESTED, ValueTokenizer { nested: true });
}

/// Terms with their positions, written as a text. No word has one of the control characters between them.
#[derive(Clone, Debug, Default)]
pub(in crate::index) struct TermList {
    /// Each term, begun by [`SAME`] or [`NEXT`].
    written: String,
    /// Position of the last term.
    position: usize,
}

impl TermList {
    /// Creates an empty list with room for this many bytes.
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self {
            written: String::with_capacity(bytes),
            position: 0,
        }
    }

    /// Appends the term `word`, after `sign` if it has one. Its `position` is that of the last term or a later one.
    pub(in crate::index) fn push(&mut self, position: usize, sign: Option<char>, word: &str) {
        for _ in self.position + 1..position {
            self.written.push(char::from(GAP));
        }
        let begin = if position == self.position { SAME } else { NEXT };
        self.written.push(char::from(begin));
        self.written.extend(sign);
        self.written.push_str(word);
        self.position = position;
    }

    /// Returns the text for the tokenizer [`TERMS`].
    pub(super) fn as_str(&self) -> &str {
        &self.written
    }

    /// Returns the terms, each with its position, in order.
    pub(in crate::index) fn terms(&self) -> impl Iterator<Item = (usize, &str)> {
        let (mut position, mut rest) = (0, self.written.as_str());
        std::iter::from_fn(move || {
            let begin = rest.trim_start_matches(char::from(GAP));
            position += rest.len() - begin.len() + usize::from(begin.as_bytes().first() == Some(&NEXT));
            let terms = begin.get(1..)?;
            let end = terms
                .find(|char| matches!(u32::from(char), 1..=3))
                .unwrap_or(terms.len());
            let (term, after) = terms.split_at(end);
            rest = after;
            Some((position, term))
        })
    }
}

/// Splits a [`TermList`].
#[derive(Clone, Copy, Debug)]
struct TermTokenizer;

impl Tokenizer for TermTokenizer {
    type TokenStream<'a> = TermStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> TermStream<'a> {
        TermStream {
            rest: text,
            token: Token {
                position: 0,
                ..Token::default()
            },
        }
    }
}

/// The terms of a [`TermList`].
struct TermStream<'t> {
    /// The rest of the list, not split yet.
    rest: &'t str,
    token: Token,
}

impl TokenStream for TermStream<'_> {
    fn advance(&mut self) -> bool {
        while let Some(after) = self.rest.strip_prefix(char::from(GAP)) {
            self.token.position += 1;
            self.rest = after;
        }
        let Some((&begin, terms)) = self.rest.as_bytes().split_first() else {
            return false;
        };
        self.token.position += usize::from(begin == NEXT);
        let end = terms.iter().position(|byte| matches!(*byte, SAME..=GAP));
        let (term, rest) = self.rest[1..].split_at(end.unwrap_or(terms.len()));
        self.token.text.clear();
        self.token.text.push_str(term);
        self.rest = rest;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

/// Splits a list of shingles.
#[derive(Clone, Copy, Debug)]
struct ShingleTokenizer;

impl Tokenizer for ShingleTokenizer {
    type TokenStream<'a> = ShingleStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> ShingleStream<'a> {
        ShingleStream {
            rest: text,
            token: Token {
                position: 0,
                ..Token::default()
            },
        }
    }
}

/// The terms of a list of shingles. Their field has no positions.
struct ShingleStream<'t> {
    /// The rest of the list, not split yet.
    rest: &'t str,
    token: Token,
}

impl TokenStream for ShingleStream<'_> {
    fn advance(&mut self) -> bool {
        let Some((term, rest)) = self.rest.split_at_checked(shingles::TERM_CHARS) else {
            return false;
        };
        self.token.text.clear();
        self.token.text.push_str(term);
        self.rest = rest;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

/// Folds a facet value to one term; the last part of a nested one is a term too.
#[derive(Clone, Copy, Debug)]
struct ValueTokenizer {
    nested: bool,
}

impl Tokenizer for ValueTokenizer {
    type TokenStream<'a> = ValueStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> ValueStream {
        ValueStream {
            terms: value_terms(text, self.nested),
            token: Token::default(),
        }
    }
}

/// Returns the terms of a facet value: the folded value, and its folded last part if it is `nested`.
pub(in crate::index) fn value_terms(value: &str, nested: bool) -> Vec<String> {
    let mut terms = vec![fold(value)];
    if let (true, Some((_, last))) = (nested, value.rsplit_once('/')) {
        terms.push(fold(last));
    }
    terms
}

/// The terms of a facet value.
struct ValueStream {
    /// The terms not returned yet, in reverse order.
    terms: Vec<String>,
    token: Token,
}

impl TokenStream for ValueStream {
    fn advance(&mut self) -> bool {
        let Some(term) = self.terms.pop() else { return false };
        self.token.text = term;
        self.token.position = 0;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

/// Returns the terms that the tokenizer `name` makes of `text`, with their positions.
#[cfg(test)]
pub(super) fn split(name: &str, text: &str) -> Vec<(usize, String)> {
    let tokenizers = TokenizerManager::default();
    register(&tokenizers);
    let mut analyzer = tokenizers.get(name).expect("it is registered");
    let mut stream = analyzer.token_stream(text);
    let mut terms = Vec::new();
    while stream.advance() {
        terms.push((stream.token().position, stream.token().text.clone()));
    }
    terms
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_list_of_terms_is_split_into_the_same_terms(
            terms in prop::collection::vec((0..3_usize, prop::option::of(prop::char::range('<', '?')), "[a-zđả0-9/-]{0,4}"), 0..9),
        ) {
            let mut list = TermList::with_capacity(8);
            let mut position = 0;
            let mut expected = Vec::new();
            for (step, sign, word) in &terms {
                position += step;
                list.push(position, *sign, word);
                let term: String = sign.iter().copied().chain(word.chars()).collect();
                expected.push((position, term));
            }
            prop_assert_eq!(split(TERMS, list.as_str()), &expected[..]);
            let listed: Vec<_> = list.terms().map(|(position, term)| (position, term.to_owned())).collect();
            prop_assert_eq!(listed, expected);
        }
    }
}
