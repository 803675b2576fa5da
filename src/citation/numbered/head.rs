//! The head of a numbered citation: the type word before a number, or its abbreviation, and "số".

use super::super::kinds::{abbreviated, type_word_before};
use super::super::tail::body_end;
use super::super::tokens::{PassageWords, is_blank_gap, is_of};
use crate::symbol::TypeWord;
use crate::text::fold;

/// The words before a number that make it a citation.
pub(super) struct Head {
    /// The type word.
    pub(super) type_word: &'static TypeWord,
    /// The index of its first word.
    pub(super) first: usize,
    /// The index of "từ", with which a range begins: "các kết luận từ số 10".
    pub(super) from: Option<usize>,
    /// True if "số" is between it and the number.
    pub(super) so: bool,
    /// True if other words are between it and "số" ("Kế hoạch thực hiện số").
    pub(super) loose: bool,
    /// True if only its abbreviation is there: "NQ số 57".
    pub(super) abbreviated: bool,
}

/// Maximum number of words between a type word and "số": "Nghị quyết chuyên đề của Tỉnh ủy số".
const MAX_WORDS_BEFORE_SO: usize = 4;

/// Maximum number of words between them if these are "của" and the name of a body: "Nghị quyết của Ban Chấp hành Đảng bộ
/// tỉnh số".
const MAX_ISSUER_BEFORE_SO: usize = 14;

/// Returns the type word, and "số", before word `at`.
pub(super) fn head_before(words: &PassageWords<'_>, at: usize) -> Option<Head> {
    if at == 0 || !is_blank_gap(words.gap(at).trim_matches([':', '.'])) {
        return None;
    }
    // "xây dựng Nghị định." ends a sentence, and the next line begins with its number.
    let stop = || words.gap(at).trim_start().starts_with('.') && words.gap(at).ends_with(char::is_whitespace);
    if stop() && !words.is_damaged() && !is_so(words, at - 1) && type_word_before(words, at).is_some() {
        return None;
    }
    let so = is_so(words, at - 1) || is_digit_for_so(words, at - 1);
    let mut end = if so { at - 1 } else { at };
    let from = end
        .checked_sub(1)
        .filter(|&from| is_from(words, from) && words.joined(end));
    end = from.unwrap_or(end);
    if so && !words.joined(end) && words.gap(end).trim() != "," {
        return None;
    }
    let head = |type_word, first| Head {
        type_word,
        first,
        from,
        so,
        loose: false,
        abbreviated: false,
    };
    // "Nghị quyết số 21", or without "số".
    if let Some((type_word, first)) = type_word_before(words, end) {
        return Some(head(type_word, first));
    }
    if let Some((type_word, first)) = abbreviation_before(words, end, at) {
        // "Hướng dẫn HD 38-HD/BTCTW": the word itself is in front as well.
        let spelled = type_word_before(words, first).filter(|_| words.joined(first));
        return Some(match spelled {
            Some((type_word, first)) => head(type_word, first),
            None => Head {
                abbreviated: true,
                ..head(type_word, first)
            },
        });
    }
    // "Nghị quyết chuyên đề của Tỉnh ủy số 05": only an exact "số" carries the type word over other words.
    if !so || words.folded(at - 1) != "so" {
        return None;
    }
    for back in 1..=MAX_ISSUER_BEFORE_SO.min(end) {
        if !words.joined(end - back + 1) {
            return None;
        }
        let issuer = || is_of(words, end - back) && body_end(words, end - back + 1) == end;
        if let Some((type_word, first)) = type_word_before(words, end - back)
            && words.joined(end - back)
            && (back <= MAX_WORDS_BEFORE_SO || issuer())
        {
            return Some(Head {
                loose: true,
                ..head(type_word, first)
            });
        }
    }
    None
}

/// Returns the type word whose abbreviation is before word `end`, and the index of that word; the number is word `at`.
///
/// In capitals it is any kind code (`NQ`, `CTr`). In other letters ("nq 57-nq/tw", "QD 144-QĐ/TW") it must be the code
/// of the symbol that follows.
fn abbreviation_before(words: &PassageWords<'_>, end: usize, at: usize) -> Option<(&'static TypeWord, usize)> {
    let first = end.checked_sub(1).filter(|_| words.joined(end))?;
    // The second part of `NQ-CP` or of a symbol before is no word of its own.
    if words.gap(first).ends_with(['-', '/', '\u{2013}', '.', '&']) {
        return None;
    }
    let word = words.word(first);
    if let Some(type_word) = abbreviated(word) {
        return Some((type_word, first));
    }
    let separated = words.gap(at + 1).trim_start().starts_with(['-', '/', '\u{2013}']);
    if !separated || !(2..=5).contains(&words.folded(first).len()) {
        return None;
    }
    let symbol = words.symbol_at(at)?.symbol;
    let same = !symbol.kind.is_empty() && fold(&symbol.kind) == words.folded(first);
    same.then(|| abbreviated(&symbol.kind))
        .flatten()
        .map(|type_word| (type_word, first))
}

/// Returns true if word `at` is "từ".
fn is_from(words: &PassageWords<'_>, at: usize) -> bool {
    matches!(words.word(at), "từ" | "Từ" | "TỪ")
        || words.is_damaged() && matches!(words.folded(at), "tu" | "tir" | "tur")
}

/// Returns true if word `at` is "số" or one of its misreadings (`s6`, `s0`, `sé`, `sb`, `s§`, `s`).
pub(in crate::citation) fn is_so(words: &PassageWords<'_>, at: usize) -> bool {
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
