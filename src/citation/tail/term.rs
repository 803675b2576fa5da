//! Terms of office (khóa, nhiệm kỳ) after a citation or the name of a body.

use super::super::numerals::{digits, roman};
use super::super::tokens::{PassageWords, is_blank_gap, is_of};

/// Returns the word after the term at word `at`: "khóa XIII", "(khóa XI, XII)", "nhiệm kỳ 2020 - 2025", "lần thứ VI".
pub(in crate::citation) fn term_end(words: &PassageWords<'_>, at: usize) -> Option<usize> {
    let gap = words.gap(at).trim();
    if at >= words.len() || !(is_blank_gap(gap) || matches!(gap, "," | "(" | "-" | "–")) {
        return None;
    }
    if let Some(years) = words.phrase(at, &["nhiem", "ky"]) {
        let dash = matches!(words.gap(years + 1).trim(), "-" | "–" | "—" | "/");
        let range = dash && words.is_number(years + 1);
        return words
            .is_number(years)
            .then_some(if range { years + 2 } else { years + 1 });
    }
    let counted = words.phrase(at, &["lan", "thu"]).filter(|&number| words.joined(number));
    if let Some(number) = counted {
        return Some(number + 1);
    }
    if !words.says(at, "khoa") || !words.joined(at + 1) {
        return None;
    }
    let mut end = at + 1;
    while is_ordinal(words, end) {
        end += 1;
        let and = words.folded(end) == "va" && words.joined(end);
        let next = if and { end + 1 } else { end };
        let next = words.phrase(next, &["khoa"]).unwrap_or(next);
        // "khóa XI, XII"; "khóa XI và khóa XII".
        let listed = and || words.gap(end).trim() == ",";
        if !listed || !is_ordinal(words, next) {
            break;
        }
        end = next;
    }
    (end > at + 1).then_some(end)
}

/// Returns the congress that the words from `first` to `end` name as that of a term: XIII of "(khóa XIII)"; `None` if they
/// name two. A term that begins with word `end` counts.
pub(in crate::citation) fn congress_beside(words: &PassageWords<'_>, first: usize, end: usize) -> Option<u8> {
    let begins = |at: &usize| words.says(*at, "khoa") && words.joined(at + 1) && is_ordinal(words, at + 1);
    let follows = |at: usize| at < end || term_end(words, at).is_some();
    let mut named = (first..=end).filter(begins).filter(|&at| follows(at)).map(|at| at + 1);
    let ordinal = named.next().filter(|ordinal| !is_ordinal(words, ordinal + 1))?;
    let congress = roman(words.word(ordinal)).or_else(|| digits(words.word(ordinal)))?;
    named.next().is_none().then_some(congress)
}

/// Returns the word after the meeting at word `at` that decided: "kỳ họp thứ 4", "tại kỳ họp thứ tư", "Hội nghị Trung
/// ương 6", "của Hội nghị Trung ương 6".
pub(super) fn session_end(words: &PassageWords<'_>, at: usize) -> Option<usize> {
    let gap = words.gap(at).trim();
    if !(is_blank_gap(gap) || matches!(gap, "," | "(")) {
        return None;
    }
    let first = if words.word(at) == "tại" || is_of(words, at) {
        at + 1
    } else {
        at
    };
    let session = words.phrase(first, &["ky", "hop", "thu"]);
    let plenum = || words.phrase(first, &["hoi", "nghi", "trung", "uong"]);
    let number = session.or_else(|| plenum().filter(|&number| words.is_number(number)))?;
    words.joined(number).then_some(number + 1)
}

/// Returns true if word `at` is the number of a congress: "XIII", "13", and on a damaged page what is left of it.
fn is_ordinal(words: &PassageWords<'_>, at: usize) -> bool {
    let word = words.word(at);
    let roman = |c: char| matches!(c, 'X' | 'V' | 'I');
    let strokes = |c: char| matches!(c, 'X' | 'V' | 'I' | 'x' | 'v' | 'i' | 'l' | '1');
    let digits = word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit());
    !word.is_empty() && (digits || word.chars().all(roman) || words.is_damaged() && word.chars().all(strokes))
}

/// Reads a term at word `at` ("nhiệm kỳ 2025 - 2030", after a comma or in brackets too) and returns it, as `2025-2030`,
/// with the word after it.
pub(in crate::citation) fn term_at(words: &PassageWords<'_>, at: usize) -> (Option<String>, usize) {
    let gap = words.gap(at).trim();
    if !(is_blank_gap(gap) || matches!(gap, "," | "(")) {
        return (None, at);
    }
    let Some(first) = words.phrase(at, &["nhiem", "ky"]) else {
        return (None, at);
    };
    let year = |word: usize| {
        words
            .word(word)
            .get(..4)
            .and_then(|y| y.parse::<u16>().ok())
            .filter(|y| (1930..2200).contains(y))
    };
    let dash = matches!(words.gap(first + 1).trim(), "-" | "–" | "—" | "/");
    match (year(first), year(first + 1)) {
        (Some(from), Some(to)) if dash && from < to => (Some(format!("{from}-{to}")), first + 2),
        _ => (None, at),
    }
}
