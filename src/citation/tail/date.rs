//! Dates of documents, after a citation or in front of it.

use super::super::tokens::{PassageWords, is_blank_gap};
use crate::document::PartialDate;

/// Two-digit years from this one on are of the last century: the Party was founded in 1930, and a document of 2030
/// cannot be cited yet.
const FIRST_OLD_YEAR: u16 = 30;

/// A date as printed: `None` if it has no year or no calendar has it. With the word after it.
type PrintedDate = (Option<PartialDate>, usize);

/// Reads a date at word `at`: `ngày 22/ 12/2024`, `ngày 25 tháng 10 năm 2017`, `năm 2011`, `(18/5/2021)`.
pub(in crate::citation) fn date_at(words: &PassageWords<'_>, at: usize) -> Option<PrintedDate> {
    if !is_soft_gap(words.gap(at)) || at >= words.len() {
        return None;
    }
    let comma = words.gap(at).contains(',');
    // ", năm 2024" begins a new clause.
    if words.says(at, "nam") && words.joined(at + 1) && !comma {
        let year = year_of(words, at + 1)?;
        return Some((PartialDate::new(year, None, None), at + 2));
    }
    if is_day_word(words, at) || words.says(at, "thang") && !comma {
        return named_date_at(words, at);
    }
    if let Some(month) = month_in_brackets(words, at) {
        return Some((Some(month), at + 2));
    }
    // Without "ngày", only a whole date in brackets or after a comma belongs to the citation.
    let apart = words.gap(at).trim_end().ends_with(['(', ',']);
    let date = day_at(words, at).filter(|_| apart)?;
    date.0.is_some().then_some(date)
}

/// Reads a date that begins with "ngày" or "tháng" at word `at`, whatever precedes it.
pub(super) fn named_date_at(words: &PassageWords<'_>, at: usize) -> Option<PrintedDate> {
    if !words.joined(at + 1) {
        return None;
    }
    if is_day_word(words, at) {
        return day_at(words, at + 1);
    }
    if !words.says(at, "thang") {
        return None;
    }
    // "tháng 6/2022", "tháng 6 năm 2022"
    let month = small(words, at + 1)?;
    let spelled = words.says(at + 2, "nam") && words.joined(at + 2);
    let year = if spelled { at + 3 } else { at + 2 };
    if !spelled && !is_separator(words.gap(year)) {
        return None;
    }
    let date = PartialDate::new(year_of(words, year)?, Some(month), None);
    Some((date, year + 1))
}

/// Reads the month and year that are alone in brackets, from word `at` on: "Nghị quyết 10 (4/1988)".
fn month_in_brackets(words: &PassageWords<'_>, at: usize) -> Option<PartialDate> {
    let alone = words.gap(at).trim_end().ends_with('(') && words.gap(at + 2).starts_with(')');
    let month = small(words, at).filter(|_| alone && is_separator(words.gap(at + 1)))?;
    PartialDate::new(year_of(words, at + 1)?, Some(month), None)
}

/// Reads the date whose day, or the year of an ISO date, is word `at`.
fn day_at(words: &PassageWords<'_>, at: usize) -> Option<PrintedDate> {
    let dashed = |index: usize| matches!(words.gap(index).trim(), "-" | "–");
    if words.word(at).len() == 4 && dashed(at + 1) && dashed(at + 2) {
        let (month, day) = (small(words, at + 1)?, small(words, at + 2)?);
        return Some((PartialDate::new(year_of(words, at)?, Some(month), Some(day)), at + 3));
    }
    let day = small(words, at)?;
    // "25 tháng 10 năm 2017", or "22/12/2024" with one of three separators.
    let spelled = words.says(at + 1, "thang") && words.joined(at + 1);
    let month_at = if spelled { at + 2 } else { at + 1 };
    let month = small(words, month_at).filter(|_| spelled || is_separator(words.gap(month_at)))?;
    let year_word = words.says(month_at + 1, "nam") && words.joined(month_at + 1);
    let year_at = if year_word { month_at + 2 } else { month_at + 1 };
    let parted = spelled || year_word || is_separator(words.gap(year_at));
    let year = parted.then(|| year_of(words, year_at).or_else(|| short_year(words, year_at, spelled)));
    match year.flatten() {
        Some(year) => Some((PartialDate::new(year, Some(month), Some(day)), year_at + 1)),
        None => Some((None, month_at + 1)),
    }
}

/// Returns the number at word `index` if it is a day or a month as far as its length goes.
fn small(words: &PassageWords<'_>, index: usize) -> Option<u8> {
    let word = words.word(index);
    words.is_number(index).then(|| word.parse().ok()).flatten()
}

/// Returns the year at word `index`; a footnote's mark may follow it without a gap ("20242").
fn year_of(words: &PassageWords<'_>, index: usize) -> Option<u16> {
    let word = words.word(index);
    let digits = word.bytes().take_while(u8::is_ascii_digit).count().min(4);
    let year: u16 = word.get(..digits)?.parse().ok()?;
    (1900..2200).contains(&year).then_some(year)
}

/// Returns the year of two digits at word `index`: "10/02/22". Where the month is spelled out a year has four digits.
fn short_year(words: &PassageWords<'_>, index: usize, spelled: bool) -> Option<u16> {
    let word = words.word(index);
    let year: u16 = word.parse().ok().filter(|_| word.len() == 2 && !spelled)?;
    // "ngày 5/3-12": the separator of a date is the same twice.
    let same = words.gap(index).trim() == words.gap(index - 1).trim();
    same.then_some(if year < FIRST_OLD_YEAR {
        2000 + year
    } else {
        1900 + year
    })
}

/// Returns true if `gap` separates the parts of a date.
fn is_separator(gap: &str) -> bool {
    matches!(gap.trim(), "/" | "." | "-" | "–")
}

/// Returns true if word `at` is "ngày" or one of its misreadings.
pub(super) fn is_day_word(words: &PassageWords<'_>, at: usize) -> bool {
    matches!(words.folded(at), "ngay" | "ngiy" | "ngdy" | "ngay1" | "nqay") || words.says(at, "ngay")
}

/// Returns true if `gap` holds only blanks and stray marks, or a comma or brackets among them; a quotation may end in it.
fn is_soft_gap(gap: &str) -> bool {
    let gap = gap.trim_start_matches(['”', '"']).trim();
    is_blank_gap(gap) || matches!(gap, "," | "(" | ", (" | ")" | ")," | ") (")
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
