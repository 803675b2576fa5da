//! Issuers after a citation: "của Bộ Chính trị", "do Bộ Chính trị ban hành", "được Quốc hội thông qua", or the bare name
//! of a body.

use super::super::tokens::{PassageWords, is_blank_gap, is_of};
use super::body::{body_end, ends_phrase, is_body, name_start, terms_end};
use super::issuing::verb_end;
use crate::text::Span;

/// Reads an issuer at word `at` and returns its bytes and the word after it and its verb. The caller has looked at the
/// gap before it.
pub(super) fn issuer_at(words: &PassageWords<'_>, at: usize) -> Option<(Span, usize)> {
    let by = matches!(words.folded(at), "do" | "duoc");
    let of = is_of(words, at);
    if of || by {
        if !words.joined(at + 1) {
            return None;
        }
        let first = name_start(words, at + 1);
        let name = body_end(words, first);
        let end = if name > first { terms_end(words, name) } else { first };
        let done = verb_end(words, end);
        // "do Bộ Chính trị ban hành", but "do Tỉnh ủy chủ trì" is no issuer.
        let known = end > first && (of || done.is_some() && is_body(words, first));
        return known.then(|| (name_span(words, first, end), done.filter(|_| by).unwrap_or(end)));
    }
    let gap = words.gap(at).trim();
    let first = name_start(words, at);
    if !(is_blank_gap(gap) || gap.ends_with('(')) || !is_body(words, first) {
        return None;
    }
    // Without "của", the clause may go on with what the body does.
    let name = body_end(words, first);
    let end = if name > first { terms_end(words, name) } else { first };
    let over = ends_phrase(words, end) || words.gap(end).trim() == "," || verb_end(words, end).is_some();
    (end > first && over).then(|| (name_span(words, first, end), end))
}

/// Returns the bytes of the name from word `first` to the word before `end`; "(khóa XII)" belongs to it with both its
/// brackets.
pub(super) fn name_span(words: &PassageWords<'_>, first: usize, end: usize) -> Span {
    let mut span = words.slice(first, end);
    if span.slice(words.text()).contains('(') && words.gap(end).starts_with(')') {
        span.end += 1;
    }
    span
}
