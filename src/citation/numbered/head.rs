//! The head of a numbered citation: the type word before a number, and "số".

use super::super::kinds::type_word_before;
use super::super::tokens::{PassageWords, is_blank_gap};
use crate::symbol::TypeWord;

/// The words before a number that make it a citation.
pub(super) struct Head {
    /// The type word.
    pub(super) type_word: &'static TypeWord,
    /// The index of its first word.
    pub(super) first: usize,
    /// True if "số" is between it and the number.
    pub(super) so: bool,
    /// True if other words are between it and "số" ("Kế hoạch thực hiện số").
    pub(super) loose: bool,
}

/// Maximum number of words between a type word and "số": "Nghị quyết chuyên đề của Tỉnh ủy số".
const MAX_WORDS_BEFORE_SO: usize = 4;

/// Returns the type word, and "số", before word `at`.
pub(super) fn head_before(words: &PassageWords<'_>, at: usize) -> Option<Head> {
    if at == 0 || !is_blank_gap(words.gap(at).trim_matches([':', '.'])) {
        return None;
    }
    let so = is_so(words, at - 1) || is_digit_for_so(words, at - 1);
    let end = if so { at - 1 } else { at };
    if so && !words.joined(end) && words.gap(end).trim() != "," {
        return None;
    }
    // "Nghị quyết số 21", or without "số".
    if let Some((type_word, first)) = type_word_before(words, end) {
        return Some(Head {
            type_word,
            first,
            so,
            loose: false,
        });
    }
    // "Nghị quyết chuyên đề của Tỉnh ủy số 05": only an exact "số" carries the type word over other words.
    if !so || words.folded(end) != "so" {
        return None;
    }
    for back in 1..=MAX_WORDS_BEFORE_SO.min(end) {
        if !words.joined(end - back + 1) {
            return None;
        }
        if let Some((type_word, first)) = type_word_before(words, end - back)
            && words.joined(end - back)
        {
            return Some(Head {
                type_word,
                first,
                so,
                loose: true,
            });
        }
    }
    None
}

/// Returns true if word `at` is "số" or one of its misreadings (`s6`, `s0`, `sé`, `sb`, `s§`, `s`).
pub(super) fn is_so(words: &PassageWords<'_>, at: usize) -> bool {
    let folded = words.folded(at);
    folded == "so" || folded.starts_with('s') && folded.len() <= 2 && words.word(at) != "sẽ"
}

/// Returns true if word `at` is a digit that an OCR read for "số": a whole symbol follows ("Nghị định 6
/// 111/2025/NĐ-CP").
pub(super) fn is_digit_for_so(words: &PassageWords<'_>, at: usize) -> bool {
    let digit = matches!(words.word(at), "6" | "0" | "5");
    let symbol = || words.symbol_at(at + 1).is_some_and(|found| found.known);
    digit && words.joined(at + 1) && words.is_number(at + 1) && symbol() && type_word_before(words, at).is_some()
}
