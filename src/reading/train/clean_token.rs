//! Tokens of clean text as the lexicon spells them: what inventory and n-grams are counted from.

use crate::reading::lexicon::{Lexicon, NUMBER, SYMBOL, UNKNOWN};
use crate::reading::token::{Case, TextPiece, TextPieceKind, clean_form};

/// A token of a clean text.
#[derive(Clone, Debug)]
pub(super) enum CleanToken {
    /// A number or symbol, as the index of its class.
    Class(u16),
    /// A word as the lexicon spells it, and the case in which it was written.
    Word(String, Case),
}

impl CleanToken {
    /// Converts a piece of `text`.
    pub(super) fn of(text: &str, piece: TextPiece) -> Self {
        match piece.kind {
            TextPieceKind::Number => Self::Class(NUMBER),
            TextPieceKind::Symbol => Self::Class(SYMBOL),
            TextPieceKind::Word => {
                let word = piece.span.slice(text);
                Self::Word(clean_form(word), Case::of(word))
            }
        }
    }
}

/// Returns the indices of the words of a sentence.
pub(super) fn indices(sentence: &[CleanToken], lexicon: &Lexicon) -> Vec<u16> {
    sentence
        .iter()
        .map(|token| match token {
            CleanToken::Class(class) => *class,
            CleanToken::Word(form, _) => lexicon.find(form).unwrap_or(UNKNOWN),
        })
        .collect()
}
