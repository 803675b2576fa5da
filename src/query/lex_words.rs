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
    /// Number of the words that it takes in the text as it was typed: 1, or those of a date.
    pub(super) width: u32,
    /// True if it is a date of day, month and year.
    pub(super) is_date: bool,
}

/// Returns the words and numbers in `span` of `text`, at most `max` of them. A date of day, month and year is one word,
/// so that `8/9/2016` finds `08.9.2016` and `8 tháng 9 năm 2016`.
pub(super) fn words(text: &str, span: Span, max: usize) -> Vec<LexedWord> {
    // The tokenizer reports a symbol or date first and its parts after it.
    let mut tokens = Tokens::new(span.slice(text));
    let mut words: Vec<LexedWord> = Vec::new();
    let (mut compound, mut date): (Option<Span>, Option<Span>) = (None, None);
    while let Some(token) = tokens.advance() {
        let place = token.span.shift(span.start);
        if token.kind == TokenKind::Symbol {
            compound = Some(place);
            continue;
        }
        if date.is_some_and(|date: Span| date.contains(place)) {
            if let Some(whole) = words.last_mut() {
                whole.width += 1;
            }
            continue;
        }
        if words.len() == max {
            break;
        }
        // A combining mark alone folds to nothing, and nothing cannot be searched for.
        if tokens.folded().is_empty() {
            continue;
        }
        let is_date = token.kind == TokenKind::Date;
        if is_date {
            date = Some(place);
        }
        words.push(LexedWord {
            span: place,
            word: Word {
                span: place,
                exact: tokens.exact().to_owned(),
                folded: tokens.folded().to_owned(),
                asks_marks: false,
            },
            compound: compound.filter(|compound| compound.contains(place)),
            width: u32::from(!is_date),
            is_date,
        });
    }
    words
}
