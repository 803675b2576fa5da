//! The match forms of letters: folded (no case, no tone or vowel marks, `đ` as `d`) and exact (lower case, one
//! placement of the tone mark).
//!
//! One table of letters serves both forms, the fold of whole texts and the tokenizer. It is computed once from the
//! Unicode data for U+0000..U+024F and U+1E00..U+1EFF, which contain all 134 letters of Vietnamese and the other
//! letters of Latin texts.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

/// One letter of the table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Letter {
    /// Lower case with all its marks; `'\0'` if the char is not a letter of the table.
    pub(crate) exact: char,
    /// `exact` without its tone mark but with its vowel mark: `ở` gives `ơ`.
    pub(crate) toneless: char,
    /// The tone mark as a combining char (U+0300 grave, U+0301 acute, U+0303 tilde, U+0309 hook above,
    /// U+0323 dot below), or `'\0'` for none.
    pub(crate) tone: char,
    /// The ASCII letter or digit that remains without any marks.
    pub(crate) folded: u8,
}

/// The row of a char that is not a letter of the table.
const NO_LETTER: Letter = Letter {
    exact: '\0',
    toneless: '\0',
    tone: '\0',
    folded: 0,
};

/// The five tone marks of Vietnamese in decomposed text (UAX #15): huyền, sắc, ngã, hỏi, nặng.
pub(crate) const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];

/// The table of letters.
#[derive(Debug)]
pub(crate) struct Letters {
    /// Rows of U+0000..U+024F, then of U+1E00..U+1EFF.
    rows: Vec<Letter>,
}

/// Number of code points in the first part of the table.
const LATIN: usize = 0x250;

impl Letters {
    /// Returns the one table, computed at the first call.
    pub(crate) fn table() -> &'static Self {
        static TABLE: LazyLock<Letters> = LazyLock::new(|| Letters {
            rows: (0..LATIN as u32)
                .chain(0x1e00..0x1f00)
                .map(|code| char::from_u32(code).map_or(NO_LETTER, letter_of))
                .collect(),
        });
        &TABLE
    }

    /// Returns the row of `char`, or `None` if it is neither a Latin letter nor an ASCII digit.
    #[inline]
    pub(crate) fn of(&self, char: char) -> Option<Letter> {
        let code = char as usize;
        let index = match code {
            0..LATIN => code,
            0x1e00..0x1f00 => code - 0x1e00 + LATIN,
            _ => return None,
        };
        let letter = self.rows[index];
        (letter.exact != '\0').then_some(letter)
    }
}

/// Computes one row of the table.
fn letter_of(char: char) -> Letter {
    // Đ, its two look-alikes (see `Form::Match`) and their lower case have no decomposition.
    if matches!(char, 'Đ' | 'đ' | '\u{d0}' | '\u{f0}' | '\u{189}') {
        return Letter {
            exact: 'đ',
            toneless: 'đ',
            tone: '\0',
            folded: b'd',
        };
    }
    // The look-alike of ư (see `Form::Match`) has none either.
    if matches!(char, '\u{1a2}' | '\u{1a3}') {
        return letter_of('ư');
    }
    if !char.is_alphanumeric() {
        return NO_LETTER;
    }
    let mut lower = char.to_lowercase();
    let (Some(exact), None) = (lower.next(), lower.next()) else {
        return NO_LETTER;
    };
    let decomposed: Vec<char> = exact.nfd().collect();
    let base = decomposed[0];
    if !base.is_ascii_alphanumeric() {
        return NO_LETTER;
    }
    let tone = decomposed[1..]
        .iter()
        .copied()
        .find(|mark| TONES.contains(mark))
        .unwrap_or('\0');
    let toneless: Vec<char> = decomposed.iter().copied().filter(|&mark| mark != tone).nfc().collect();
    Letter {
        exact,
        toneless: if toneless.len() == 1 { toneless[0] } else { exact },
        tone,
        folded: base as u8,
    }
}

/// The row of `char` in the [table](Letters::of).
#[inline]
pub(crate) fn letter(char: char) -> Option<Letter> {
    Letters::table().of(char)
}

/// Returns the letter `toneless` with `tone` (a combining mark of [`Letter::tone`], or `'\0'`).
pub(crate) fn with_tone(toneless: char, tone: char) -> char {
    if tone == '\0' {
        return toneless;
    }
    // `char::compose` would not do: `ặ` composes from `ạ` and a breve, so the marks must be reordered first.
    let mut composed = [toneless, tone].into_iter().nfc();
    match (composed.next(), composed.next()) {
        (Some(whole), None) => whole,
        _ => toneless, // no vowel of Vietnamese
    }
}

/// Returns the letters of a Latin ligature, as fonts of PDFs have them.
///
/// Source: Unicode data, U+FB00..U+FB06 (compatibility decompositions).
#[inline]
pub(crate) fn ligature(char: char) -> Option<&'static str> {
    const LETTERS: [&str; 7] = ["ff", "fi", "fl", "ffi", "ffl", "st", "st"];
    let index = (char as usize).checked_sub(0xfb00)?;
    LETTERS.get(index).copied()
}

/// Returns true if the char carries a mark that folding drops.
#[must_use]
pub fn is_marked(char: char) -> bool {
    !char.is_ascii() && letter(char).is_some_and(|letter| letter.exact as u32 != u32::from(letter.folded))
}

/// Appends the fold of one char; a combining mark appends nothing.
#[inline]
pub(crate) fn fold_char(char: char, folded: &mut String) {
    if char.is_ascii() {
        folded.push(char.to_ascii_lowercase());
    } else if let Some(letter) = letter(char) {
        folded.push(char::from(letter.folded));
    } else if char < '\u{c0}' {
        folded.extend(char.to_lowercase());
    } else if let Some(letters) = ligature(char) {
        folded.push_str(letters);
    } else if !unicode_normalization::char::is_combining_mark(char) {
        // A char outside the table is decomposed, so that it loses its marks too.
        for part in std::iter::once(char)
            .nfd()
            .filter(|&c| !unicode_normalization::char::is_combining_mark(c))
        {
            folded.extend(part.to_lowercase());
        }
    }
}

/// A folded text with a map back to the text it came from.
#[derive(Clone, Debug)]
pub struct Folded {
    text: String,
    /// For each byte of `text`, the offset in the original of the char it came from; then the length of the original.
    offsets: Vec<u32>,
}

impl Folded {
    /// Folds `text` and records the map. `text` must be shorter than 4 GiB, as every file of a corpus is.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut folded = String::with_capacity(text.len());
        let mut offsets = Vec::with_capacity(text.len() + 1);
        for (at, char) in text.char_indices() {
            fold_char(char, &mut folded);
            offsets.resize(folded.len(), at as u32);
        }
        offsets.push(text.len() as u32);
        Self { text: folded, offsets }
    }

    /// Returns the folded text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the bytes of the original that `span` of the folded text came from: whole chars with their combining
    /// marks.
    #[must_use]
    pub fn original_span(&self, span: super::Span) -> super::Span {
        let at = |offset: usize| self.offsets.get(offset).or(self.offsets.last()).copied().unwrap_or(0) as usize;
        let mut end = span.end;
        // Several folded bytes may come from one char: take all of them.
        while end > span.start && end < self.text.len() && at(end) == at(end - 1) {
            end += 1;
        }
        super::Span::new(at(span.start), at(end))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Span, fold};
    use super::*;

    #[test]
    fn every_vietnamese_letter_folds_to_its_base() {
        let rows = [
            ("àáảãạăằắẳẵặâầấẩẫậ", 'a'),
            ("èéẻẽẹêềếểễệ", 'e'),
            ("ìíỉĩị", 'i'),
            ("òóỏõọôồốổỗộơờớởỡợ", 'o'),
            ("ùúủũụưừứửữự", 'u'),
            ("ỳýỷỹỵ", 'y'),
            ("đĐðÐ\u{189}", 'd'),
            ("ưƯ\u{1a2}\u{1a3}", 'u'),
        ];
        for (letters, base) in rows {
            for char in letters.chars().chain(letters.to_uppercase().chars()) {
                assert_eq!(fold(&char.to_string()), base.to_string(), "{char}");
            }
        }
    }

    #[test]
    fn tones_come_off_and_go_on_again() {
        for char in "ằặộởựỹéụ".chars() {
            let letter = letter(char).unwrap();
            assert_eq!(with_tone(letter.toneless, letter.tone), char);
        }
        assert_eq!(letter('ở').unwrap().toneless, 'ơ');
        assert_eq!(letter('đ').unwrap().toneless, 'đ');
    }

    #[test]
    fn a_folded_span_maps_to_whole_chars() {
        let text = "về Đảng bộ";
        let folded = Folded::of(text);
        let at = folded.text().find("dang").unwrap();
        assert_eq!(folded.original_span(Span::new(at, at + 4)).slice(text), "Đảng");
    }

    proptest! {
        #[test]
        fn folding_is_idempotent_and_blind_to_normal_forms(text in "\\PC{0,30}|[a-zđĐàáảãạăằắơờưừ ]{0,30}") {
            let once = fold(&text);
            prop_assert_eq!(&fold(&once), &once);
            let nfd: String = text.nfd().collect();
            let nfc: String = text.nfc().collect();
            prop_assert_eq!(fold(&nfd), fold(&nfc));
            let mapped = Folded::of(&text);
            prop_assert_eq!(mapped.text(), &once);
            for (at, char) in once.char_indices() {
                let span = mapped.original_span(Span::new(at, at + char.len_utf8()));
                prop_assert!(text.get(span.start..span.end).is_some());
            }
        }
    }
}
