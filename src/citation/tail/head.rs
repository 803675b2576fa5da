//! Heads of citations: who issued a document, and on which day, where this is said in front of it.
//!
//! "Ngày 12/3/2024, Ban Bí thư đã ban hành Kết luận số 77-KL/TW": a verb of issuing is right before the type word, the
//! name of a body right before the verb, and perhaps a date before the body. Words of another kind between any of them
//! end the head, so that what a body does with the document of another one is no head.

use super::super::tokens::{PassageWords, is_blank_gap, is_of};
use super::body::{body_end, is_body, terms_end};
use super::date::{is_day_word, named_date_at};
use super::issuer::name_span;
use super::issuing::verb_before;
use crate::document::PartialDate;
use crate::text::Span;

/// The parts read in front of a citation. The span is bytes of the view.
#[derive(Clone, Copy, Debug)]
pub(in crate::citation) struct Front {
    /// The date of the document.
    pub(in crate::citation) date: Option<PartialDate>,
    /// Its issuer.
    pub(in crate::citation) issuer: Span,
}

/// Maximum length of a name in front of a citation, in words.
const MAX_NAME_WORDS: usize = 28;

/// Maximum length of a date, in words: "ngày 13 tháng 1 năm 1981" has six.
const MAX_DATE_WORDS: usize = 6;

/// Reads the head of the citation that begins with word `first`; words before `floor` belong to others.
pub(in crate::citation) fn front_before(words: &PassageWords<'_>, first: usize, floor: usize) -> Option<Front> {
    let several = first > floor && matches!(words.word(first - 1), "các" | "những") && words.joined(first);
    let verb = verb_before(words, if several { first - 1 } else { first }).filter(|&verb| verb > floor)?;
    let gap = words.gap(verb).trim();
    if !is_blank_gap(gap) && gap != "," {
        return None;
    }
    // "Bộ Chính trị ngày 22/12/2024 đã ban hành"
    let inner = date_before(words, verb, floor);
    let end = inner.map_or(verb, |(_, start)| start);
    let start = name_before(words, end, floor)?;
    if start > 0 && is_of(words, start - 1) && words.joined(start) {
        return None;
    }
    let outer = || date_before(words, start, floor).map(|(date, _)| date);
    Some(Front {
        date: inner.map(|(date, _)| date).or_else(outer).flatten(),
        issuer: name_span(words, start, end),
    })
}

/// Returns the first word of the longest name of a body that ends before word `end`.
fn name_before(words: &PassageWords<'_>, end: usize, floor: usize) -> Option<usize> {
    let from = end.saturating_sub(MAX_NAME_WORDS).max(floor);
    let mut start = (from..end).find(|&start| {
        let name = if is_body(words, start) {
            body_end(words, start)
        } else {
            start
        };
        name > start && (name == end || terms_end(words, name) == end)
    })?;
    // "Bộ Chính trị, Ban Bí thư đã ban hành"
    let party = |at: usize| ["bo", "ban"].contains(&words.folded(at)) && words.folded(at + 1) != "to";
    while start > floor && words.gap(start).trim() == "," && party(start) {
        let from = start.saturating_sub(MAX_NAME_WORDS).max(floor);
        match (from..start).find(|&at| party(at) && is_body(words, at) && body_end(words, at) == start) {
            Some(before) => start = before,
            None => break,
        }
    }
    Some(start)
}

/// Returns the date that ends before word `end`, with only a comma between, and its first word.
fn date_before(words: &PassageWords<'_>, end: usize, floor: usize) -> Option<(Option<PartialDate>, usize)> {
    let gap = words.gap(end).trim();
    if !is_blank_gap(gap) && gap != "," {
        return None;
    }
    let from = end.saturating_sub(MAX_DATE_WORDS).max(floor);
    let start = (from..end).find(|&start| {
        (is_day_word(words, start) || words.says(start, "thang"))
            && named_date_at(words, start).is_some_and(|(_, after)| after == end)
    })?;
    // "đến ngày 5/3/2024, Tỉnh ủy đã ban hành" says until when.
    let span =
        start > 0 && words.joined(start) && matches!(words.folded(start - 1), "den" | "tu" | "truoc" | "sau" | "het");
    let (date, _) = named_date_at(words, start)?;
    (!span).then_some((date, start))
}
