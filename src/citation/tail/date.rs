//! Dates after a citation, and terms of office.

use super::super::tokens::{PassageWords, is_blank_gap};
use crate::document::PartialDate;

/// Reads a date at word `at`: `ngày 22/ 12/2024`, `ngày 25 tháng 10 năm 2017`, `năm 2011`, `(18/5/2021)`.
///
/// Returns the date and the word after it. The date is `None` if it lacks a year or is not in the calendar.
pub(in crate::citation) fn date_at(words: &PassageWords<'_>, at: usize) -> Option<(Option<PartialDate>, usize)> {
    if !is_soft_gap(words.gap(at)) || at >= words.len() {
        return None;
    }
    let number = |index: usize| words.word(index).parse::<u16>().ok().filter(|_| words.is_number(index));
    let small = |index: usize| number(index).and_then(|n| u8::try_from(n).ok());
    let year = |index: usize| {
        let digits: String = words
            .word(index)
            .chars()
            .take_while(char::is_ascii_digit)
            .take(4)
            .collect();
        digits.parse::<u16>().ok().filter(|year| (1900..2200).contains(year))
    };
    if words.says(at, "nam") && words.joined(at + 1) && year(at + 1).is_some() {
        return Some((year(at + 1).and_then(|y| PartialDate::new(y, None, None)), at + 2));
    }
    // Without "ngày", only a date in brackets or after a comma belongs to the citation.
    let named = is_day_word(words, at);
    let day = if named { at + 1 } else { at };
    if !named && !words.gap(at).trim_end().ends_with(['(', ',']) || small(day).is_none() || named && !words.joined(day)
    {
        return None;
    }
    // "ngày 25 tháng 10 năm 2017", or "22/12/2024" with one of three separators.
    let spelled = words.says(day + 1, "thang") && words.joined(day + 1);
    let month = if spelled { day + 2 } else { day + 1 };
    let is_separator = |index: usize| spelled || matches!(words.gap(index).trim(), "/" | "." | "-");
    if small(month).is_none() || !is_separator(month) {
        return None;
    }
    let year_word = if spelled && words.says(month + 1, "nam") {
        month + 2
    } else {
        month + 1
    };
    match year(year_word).filter(|_| is_separator(year_word)) {
        Some(year) => Some((PartialDate::new(year, small(month), small(day)), year_word + 1)),
        None if named => Some((None, month + 1)),
        None => None,
    }
}

/// Returns true if word `at` is "ngày" or one of its misreadings.
fn is_day_word(words: &PassageWords<'_>, at: usize) -> bool {
    matches!(words.folded(at), "ngay" | "ngiy" | "ngdy" | "ngay1" | "nqay") || words.says(at, "ngay")
}

/// Returns true if `gap` holds only blanks and stray marks, or a comma or an opening bracket among them.
fn is_soft_gap(gap: &str) -> bool {
    let gap = gap.trim();
    gap.is_empty() || is_blank_gap(gap) || matches!(gap, "," | "(" | ", (")
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

/// Reads at word `at` the year that tells one version of a law from another ("năm 2013", "2013"), and returns it with
/// the word after it.
pub(in crate::citation) fn year_after(words: &PassageWords<'_>, at: usize) -> (Option<PartialDate>, usize) {
    if !words.joined(at) {
        return (None, at);
    }
    if words.says(at, "nam")
        && let Some((date, end)) = date_at(words, at)
    {
        return (date, end);
    }
    let year = Some(words.word(at))
        .filter(|word| word.len() == 4)
        .and_then(|word| word.parse().ok());
    match year.and_then(|year| PartialDate::new(year, None, None)) {
        Some(date) => (Some(date), at + 1),
        None => (None, at),
    }
}
