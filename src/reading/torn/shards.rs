//! Cuts text into shards: runs of letters and digits, each with what parts it from the next.
//!
//! A torn word is several shards with one blank, or one line end, between two of them: `ngh ị` is two.

use std::borrow::Cow;
use std::cell::OnceCell;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::syllable::is_stray;
use crate::reading::letters::{carries_mark, is_vietnamese_only};
use crate::reading::token::clean_form;
use crate::text::Span;

/// The gap between a shard and the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// One blank.
    Blank,
    /// The end of a line, and no blank line.
    LineEnd,
    /// Several blanks.
    Wide,
    /// Punctuation, a blank line or the end of the text; nothing, where a number follows a word.
    Wall,
    /// Punctuation that ends a sentence or a clause.
    Stop,
}

/// A run of letters and digits.
#[derive(Clone, Debug)]
pub(super) struct Shard<'t> {
    /// Its bytes.
    pub(super) span: Span,
    /// Its chars in NFC.
    pub(super) text: Cow<'t, str>,
    /// `text` as the lexicon spells it, spelled at the first use: most shards are cut to be counted only.
    form: OnceCell<String>,
    /// Number of chars of `text`.
    pub(super) letters: usize,
    /// True if a slash or a hyphen touches it, as in the symbol of a document.
    pub(super) in_symbol: bool,
    /// True if all its chars are letters.
    pub(super) spelt: bool,
    /// The gap between it and the next shard.
    pub(super) gap: Gap,
}

impl Shard<'_> {
    /// Returns [`Self::text`] as the lexicon spells it.
    pub(super) fn form(&self) -> &str {
        self.form.get_or_init(|| clean_form(&self.text))
    }

    /// Returns true if it is one letter.
    pub(super) fn is_lone(&self) -> bool {
        self.letters == 1 && self.spelt
    }

    /// Returns true if it is no word alone.
    pub(super) fn is_stray(&self) -> bool {
        self.spelt && is_stray(self.form())
    }

    /// Returns true if its first letter carries a mark.
    pub(super) fn begins_marked(&self) -> bool {
        self.text.chars().next().is_some_and(is_marked)
    }

    /// Returns true if its last letter carries a mark.
    pub(super) fn ends_marked(&self) -> bool {
        self.text.chars().next_back().is_some_and(is_marked)
    }
}

/// Returns true for the letters at which words are torn.
fn is_marked(char: char) -> bool {
    carries_mark(char) || matches!(char, 'é' | 'É')
}

/// Returns true if the char is part of a shard.
fn is_part(char: char) -> bool {
    // The tables of Unicode are asked for what is rare.
    is_vietnamese_only(char) || char.is_alphanumeric()
}

/// Returns true for the composed letters that Unicode has for Vietnamese alone.
const fn is_composed_vietnamese(char: char) -> bool {
    matches!(char, '\u{1ea0}'..='\u{1ef9}')
}

/// Returns true for the signs between the parts of a symbol.
fn is_symbol_sign(char: char) -> bool {
    matches!(char, '/' | '-')
}

/// Cuts the bytes `within` of `text` into shards, in order.
pub(super) fn cut(text: &str, within: Span) -> Vec<Shard<'_>> {
    let mut shards: Vec<Shard<'_>> = Vec::new();
    let mut rest = within.slice(text);
    let mut at = within.start;
    while !rest.is_empty() {
        let len = rest.find(is_part).unwrap_or(rest.len());
        let between = &rest[..len];
        if let Some(last) = shards.last_mut() {
            last.gap = if len == rest.len() { Gap::Wall } else { gap_of(between) };
            last.in_symbol |= between.starts_with(is_symbol_sign);
        }
        (at, rest) = (at + len, &rest[len..]);
        let len = word_len(rest);
        if len > 0 {
            let mut shard = shard(&rest[..len], at);
            shard.in_symbol = between.ends_with(is_symbol_sign);
            shards.push(shard);
        }
        (at, rest) = (at + len, &rest[len..]);
    }
    shards
}

/// Returns the number of bytes of the shard that `text` begins with. The number of a note that follows a word (`h ọ p4`)
/// is a shard of its own.
fn word_len(text: &str) -> usize {
    let len = text.find(|char| !is_part(char)).unwrap_or(text.len());
    let word = text[..len].trim_end_matches(|char: char| char.is_ascii_digit());
    if word.ends_with(|char: char| char.is_lowercase() || is_vietnamese_only(char)) {
        word.len()
    } else {
        len
    }
}

/// The shard `word`, which begins at byte `start`.
fn shard(word: &str, start: usize) -> Shard<'_> {
    // All chars before the combining marks are in NFC.
    let is_composed = || {
        word.chars()
            .all(|char| char < '\u{300}' || is_composed_vietnamese(char))
    };
    let text: Cow<'_, str> = if is_composed() || is_nfc_quick(word.chars()) == IsNormalized::Yes {
        Cow::Borrowed(word)
    } else {
        Cow::Owned(word.nfc().collect())
    };
    Shard {
        span: Span::new(start, start + word.len()),
        form: OnceCell::new(),
        letters: text.chars().count(),
        spelt: text
            .chars()
            .all(|char| is_composed_vietnamese(char) || char.is_alphabetic()),
        text,
        in_symbol: false,
        gap: Gap::Wall,
    }
}

/// Tells the gap that `between` is.
fn gap_of(between: &str) -> Gap {
    let breaks = between.bytes().filter(|byte| *byte == b'\n').count();
    match between {
        " " | "\u{a0}" => Gap::Blank,
        "" => Gap::Wall,
        _ if !between.chars().all(char::is_whitespace) => {
            let stops = between.contains(['.', ';', ':', '!', '?', '…']);
            if stops { Gap::Stop } else { Gap::Wall }
        }
        _ if between.contains(['\u{b}', '\u{c}']) || breaks > 1 => Gap::Wall,
        _ if breaks == 1 => Gap::LineEnd,
        _ => Gap::Wide,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The shards of `text`, each with its gap.
    fn shown(text: &str) -> String {
        let shards = cut(text, Span::new(0, text.len()));
        let shown: Vec<String> = shards
            .iter()
            .map(|shard| format!("{}{:?}", shard.span.slice(text), shard.gap))
            .collect();
        shown.join(" ")
    }

    #[test]
    fn shards_have_their_gaps() {
        let rows = [
            ("ngh ị  quy", "nghBlank ịWide quyWall"),
            ("ph ả \r\n i", "phBlank ảLineEnd iWall"),
            ("c ủ a, B 1. ấ\n\nx", "cBlank ủBlank aWall BBlank 1Stop ấWall xWall"),
            ("h ọ p4 QH15", "hBlank ọBlank pWall 4Blank QH15Wall"),
            ("", ""),
        ];
        for (text, expected) in rows {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn decomposed_letters_are_composed() {
        let text = "quye\u{302}\u{301} t";
        let shards = cut(text, Span::new(0, text.len()));
        assert_eq!((&*shards[0].text, shards[0].letters), ("quyế", 4));
        assert!(shards[0].ends_marked());
    }
}
