//! The capitals of TCVN3 that have no byte of their own.
//!
//! TCVN3 has small letters with a tone only; a font of capitals draws them as capitals. Where the text is copied
//! without its font, a heading is `§¶NG Bé TØNH`: `ĐảNG Bộ TỉNH`. The other letters of such a word tell that all of it
//! is in capitals, or the words next to it if it has too few of its own.

use unicode_normalization::UnicodeNormalization;

use crate::text::fold::TONES;

/// The case of the letters of a word, as far as they have one in TCVN3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Case {
    /// All are capitals.
    Capitals,
    /// Some are small.
    Small,
    /// There is at most a capital at its beginning: `Bộ`, `ở`.
    Open,
    /// It is no word but has a digit, which ends what belongs together: `Số 27-KH`.
    Barrier,
}

/// Returns `decoded`, text converted from TCVN3, with the words in capitals that are printed so.
pub(super) fn restore(decoded: &str) -> String {
    let words: Vec<&str> = decoded.split_inclusive(|char: char| !char.is_alphanumeric()).collect();
    let cases: Vec<Case> = words.iter().map(|word| case_of(word)).collect();
    // The cases of the nearest words that are not open, before and after each word.
    let nearest = |cases: &mut dyn Iterator<Item = (&str, Case)>| -> Vec<Option<Case>> {
        let mut last = None;
        cases
            .map(|(word, case)| {
                let seen = last;
                if case != Case::Open {
                    last = (case != Case::Barrier && has_vowel(word)).then_some(case);
                }
                seen
            })
            .collect()
    };
    let paired = || {
        words
            .iter()
            .copied()
            .zip(cases.iter().copied())
            .filter(|(word, _)| word.contains(char::is_alphanumeric))
    };
    let before = nearest(&mut paired());
    let mut after = nearest(&mut paired().collect::<Vec<_>>().into_iter().rev());
    after.reverse();
    let mut neighbors = before.into_iter().zip(after);
    let mut restored = String::with_capacity(decoded.len());
    for (word, case) in words.iter().zip(&cases) {
        let around = if word.contains(char::is_alphanumeric) {
            neighbors.next()
        } else {
            None
        };
        let (before, after) = around.unwrap_or_default();
        let by_neighbors = || {
            let agrees = |case: Option<Case>| case.is_none_or(|case| case == Case::Capitals);
            agrees(before) && agrees(after) && before.or(after).is_some()
        };
        match case {
            Case::Capitals => restored.push_str(&word.to_uppercase()),
            Case::Open if by_neighbors() => restored.push_str(&word.to_uppercase()),
            _ => restored.push_str(word),
        }
    }
    restored
}

/// Returns the case of a word.
fn case_of(word: &str) -> Case {
    if word.contains(char::is_numeric) {
        return Case::Barrier;
    }
    let mut capitals = 0;
    for (place, char) in word.chars().filter(|char| char.is_alphabetic()).enumerate() {
        if char.is_uppercase() {
            capitals += usize::from(place > 0) + 1;
        } else if !is_small_with_tone(char) {
            return Case::Small;
        }
    }
    if capitals > 1 { Case::Capitals } else { Case::Open }
}

/// Returns true if TCVN3 has `char` for its capital too.
fn is_small_with_tone(char: char) -> bool {
    !char.is_ascii() && char.is_lowercase() && char.nfd().any(|part| TONES.contains(&part))
}

/// Returns true if a word has a vowel: it may be a syllable, not only letters that stand for words (`NQ`).
fn has_vowel(word: &str) -> bool {
    word.chars()
        .any(|char| char.nfd().next().is_some_and(|base| "aeiouyAEIOUY".contains(base)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_capitals_become_so() {
        let rows = [
            ("ĐảNG Bộ TỉNH Cà MAU", "ĐẢNG BỘ TỈNH CÀ MAU"),
            ("ĐảNG ủY Xã TÂN LộC", "ĐẢNG ỦY XÃ TÂN LỘC"),
            ("Số 27-KH/ĐU   Tân Lộc", "Số 27-KH/ĐU   Tân Lộc"),
            ("Bộ Chính trị, Bí thư", "Bộ Chính trị, Bí thư"),
            ("PHó Bí THƯ", "PHÓ BÍ THƯ"),
            ("THựC HIỆN ở Xã", "THỰC HIỆN Ở XÃ"),
            ("Ủy ban, Xã, Bộ NQ", "Ủy ban, Xã, Bộ NQ"),
            ("", ""),
        ];
        for (decoded, restored) in rows {
            assert_eq!(restore(decoded), restored);
        }
    }
}
