//! One repaired word of a damaged text.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::text::Span;

/// A damaged token and its most likely reading.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Repair {
    /// The bytes of the source that are replaced, without the punctuation around the word.
    pub span: Span,
    /// The reading, in NFC, with the case of the source.
    pub text: String,
    /// Other readings that are nearly as likely, best first; may be empty.
    pub alternatives: Vec<String>,
    /// Confidence, from 0 (a guess) to 1.
    pub confidence: f32,
}

/// A word with a lower confidence is unsure, and people who are shown it are told so.
///
/// Of the 1,926 syllables read anew on the annotated lines of the scan 003 (model joined with the clean seeds), 45 are
/// below it, and 23 of these are wrong; 23 of the 26 wrong ones are below it. At 0.7 the same counts are 26, 15 and 15,
/// at 0.95 they are 64, 24 and 24. `cargo test --test it unsure -- --nocapture` counts them.
pub(super) const UNSURE: f32 = 0.9;

impl Repair {
    /// Returns true if people who are shown the word must be told that it may well say something else.
    #[must_use]
    pub fn is_unsure(&self) -> bool {
        self.confidence < UNSURE
    }

    /// Returns true if the text differs from the source; false if the word is only flagged as doubtful.
    #[must_use]
    pub fn changes(&self, source: &str) -> bool {
        let word = self.span.slice(source);
        // Most words are composed already, and composing takes time.
        word != self.text && (word.chars().all(is_composed) || !word.nfc().eq(self.text.chars()))
    }
}

/// Returns true for the chars that NFC leaves alone whatever follows but a combining mark: Latin letters and signs, the
/// letters of Vietnamese, dashes and quotation marks.
fn is_composed(char: char) -> bool {
    matches!(char, '\0'..='\u{2ff}' | '\u{1ea0}'..='\u{1ef9}' | '\u{2010}'..='\u{2027}')
}
