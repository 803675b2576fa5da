//! The words of a text in a query, with the symbols and dates that they are part of.

use super::Word;
use crate::text::{Span, TokenKind, Tokens};

/// A word of a query and the symbol or date that it is part of.
#[derive(Clone, Debug)]
pub(super) struct LexedWord {
    /// Its bytes in the query.
    pub(super) span: Span,
    /// Its forms.
    pub(super) word: Word,
    /// Bytes of the symbol around it, if there is one.
    pub(super) compound: Option<Span>,
}

/// The treatment of a date of day, month and year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dates {
    /// One word, so that `8/9/2016` finds `08.9.2016`.
    Whole,
    /// Its numbers one by one: the words of a phrase are consecutive tokens of the text.
    Parts,
}

/// Returns the words and numbers in `span` of `text`, at most `max` of them.
pub(super) fn words(text: &str, span: Span, dates: Dates, max: usize) -> Vec<LexedWord> {
    // The tokenizer reports a symbol or date first and its parts after it.
    let mut tokens = Tokens::new(span.slice(text));
    let mut words = Vec::new();
    let (mut compound, mut date): (Option<Span>, Option<Span>) = (None, None);
    while let Some(token) = tokens.advance() {
        let place = token.span.shift(span.start);
        match token.kind {
            TokenKind::Symbol => compound = Some(place),
            TokenKind::Date if dates == Dates::Parts => {}
            TokenKind::Word | TokenKind::Number | TokenKind::Date => {
                if date.is_some_and(|date: Span| date.contains(place)) {
                    continue;
                }
                if token.kind == TokenKind::Date {
                    date = Some(place);
                }
                if words.len() == max {
                    break;
                }
                // A combining mark alone folds to nothing, and nothing cannot be searched for.
                if tokens.folded().is_empty() {
                    continue;
                }
                words.push(LexedWord {
                    span: place,
                    word: Word {
                        span: place,
                        exact: tokens.exact().to_owned(),
                        folded: tokens.folded().to_owned(),
                    },
                    compound: compound.filter(|compound| compound.contains(place)),
                });
            }
        }
    }
    words
}
