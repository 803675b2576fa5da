//! Subjects (trích yếu) after a citation.

use super::super::kinds::type_word_at;
use super::super::tokens::{PassageWords, is_blank_gap};
use crate::text::Span;

/// Maximum length of a subject, in words: the longest of a central paper in the reports read has 45.
const MAX_SUBJECT_WORDS: usize = 70;

/// Reads a subject at word `at`: "về …", "V/v …", a quotation, or "quy định …" after an issuer. Returns its bytes and
/// the word after it.
pub(super) fn subject_at(words: &PassageWords<'_>, at: usize) -> Option<(Span, usize)> {
    let gap = words.gap(at).trim();
    if at >= words.len() {
        return None;
    }
    if gap.ends_with(['“', '"', '«']) && gap.chars().count() <= 3 && !gap.contains(['.', ';', ':']) {
        return Some(quoted(words, at));
    }
    if !is_blank_gap(gap) && !matches!(gap, "," | ")" | "),") {
        return None;
    }
    let about = matches!(words.folded(at), "ve" | "vee")
        || words.phrase(at, &["v", "v"]).is_some()
        || words.folded(at) == "v" && words.gap(at + 1).starts_with('/');
    // "Thông tư … của Bộ Tài chính quy định …", but not "quy định tại Điều 5".
    let says = words.phrase(at, &["quy", "dinh"]).is_some() && gap.is_empty() && words.folded(at + 2) != "tai";
    if !about && !says {
        return None;
    }
    // "về “Một số vấn đề …”": the quotation ends the subject.
    if words.gap(at + 1).trim().ends_with(['“', '"']) {
        let (quote, end) = quoted(words, at + 1);
        return Some((words.slice(at, at + 1).cover(quote), end));
    }
    let end = clause_end(words, at);
    (end > at + 1).then(|| (words.slice(at, end), end))
}

/// Returns the quotation whose first word is `first`, with its marks, and the word after it.
fn quoted(words: &PassageWords<'_>, first: usize) -> (Span, usize) {
    let gap = words.gap(first);
    let open = gap.rfind(['“', '"', '«']).unwrap_or(gap.len());
    let start = words.span(first).start - (gap.len() - open);
    let mut index = first + 1;
    while index <= words.len() && index - first < MAX_SUBJECT_WORDS {
        let gap = words.gap(index);
        if let Some(at) = gap.find(['”', '"', '»']) {
            let mark = gap[at..].chars().next().map_or(0, char::len_utf8);
            let end = words.span(index - 1).end + at + mark;
            return (Span::new(start, end), index);
        }
        index += 1;
    }
    let end = clause_end(words, first);
    (Span::new(start, words.slice(first, end).end), end)
}

/// Returns the word after the clause that begins at word `first`.
///
/// A clause ends with a full stop, a semicolon, another citation, or a comma before a word that begins a new clause.
fn clause_end(words: &PassageWords<'_>, first: usize) -> usize {
    /// Words that begin a clause after a comma, with their marks: "đồng" begins one, "động" continues one.
    const CLAUSES: &[&str] = &[
        "các", "những", "nhằm", "góp", "đồng", "phục", "tạo", "gắn", "bao", "qua", "từ", "đã", "nhất", "luôn", "trong",
        "thực", "và", "với", "cac", "nham",
    ];
    let mut bracket = false;
    let mut index = first + 1;
    while index < words.len() && index - first < MAX_SUBJECT_WORDS {
        let gap = words.gap(index).trim();
        bracket |= gap.contains('(');
        let ends = match gap {
            "" => false,
            "," => CLAUSES.contains(&words.word(index)) || begins_citation(words, index),
            ")" | ")," if bracket => {
                bracket = false;
                false
            }
            gap => gap.contains(['.', ';', ')', ':', '”', '…']),
        };
        // "và các Nghị quyết …", "và Kết luận …": the list of citations goes on.
        let others = matches!(words.folded(index + 1), "cac" | "nhung") && type_word_at(words, index + 2).is_some();
        let and = words.folded(index) == "va" && (others || begins_citation(words, index + 1));
        // A purpose, a condition or the definition of a short name follows.
        let other =
            matches!(words.word(index), "vào" | "nhằm" | "thì") || words.phrase(index, &["gan", "voi"]).is_some();
        if ends || and || other || words.phrase(index, &["viet", "tat", "la"]).is_some() {
            break;
        }
        index += 1;
    }
    index
}

/// Returns true if a type word begins at word `at` and has a capital or a number after it.
fn begins_citation(words: &PassageWords<'_>, at: usize) -> bool {
    type_word_at(words, at)
        .is_some_and(|(_, end)| words.is_capital(at) || words.is_number(end) || words.says(end, "so"))
}
