//! Numbers of dates, in digits and in words: `25`, `hai mươi lăm`, `một nghìn chín trăm chín mươi`.

use super::cells::HeaderCell;

/// Digits as words, folded; `mốt`, `tư`, `lăm` are forms of one, four and five after ten.
const DIGITS: [(&str, u16); 16] = [
    ("khong", 0),
    ("mot", 1),
    ("hai", 2),
    ("ba", 3),
    ("bon", 4),
    ("tu", 4),
    ("nam", 5),
    ("lam", 5),
    ("nham", 5),
    ("sau", 6),
    ("bay", 7),
    ("tam", 8),
    ("chin", 9),
    ("gieng", 1),
    ("chap", 12),
    ("mong", 0),
];
/// Words of the longest year: `một nghìn chín trăm chín mươi mốt`.
const MAX_YEAR_WORDS: usize = 9;
/// First and last year of a document.
const YEARS: std::ops::Range<u16> = 1900..2200;

/// Reads the year at word `at` of `cell` and counts its words.
pub(super) fn year(cell: &HeaderCell, at: usize) -> Option<(u16, usize)> {
    let word = cell.words.get(at);
    if let Ok(year) = word.parse() {
        return YEARS.contains(&year).then_some((year, 1));
    }
    // A note or a word may be set after the year without a blank.
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 4 {
        let year = word.get(..4)?.parse().ok()?;
        return YEARS.contains(&year).then_some((year, 1));
    }
    let len = (at..cell.len())
        .take(MAX_YEAR_WORDS)
        .take_while(|&at| is_number_word(cell.words.get(at)))
        .count();
    let year = spelled(cell, at, at + len)?;
    YEARS.contains(&year).then_some((year, len))
}

/// Reads the number in the words from `from` to `to` of `cell`: the first in digits, or all of them in words.
pub(super) fn number(cell: &HeaderCell, from: usize, to: usize) -> Option<u16> {
    // "0 6" is 06 with a blank in it.
    let digits: String = (from..to)
        .map(|at| cell.words.get(at))
        .filter(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit()))
        .collect();
    let first = || (from..to).find_map(|at| cell.words.get(at).parse().ok());
    match digits.len() {
        0 => spelled(cell, from, to),
        1 | 2 => digits.parse().ok(),
        _ => first(),
    }
}

/// Returns the digit that a folded word is.
fn digit(word: &str) -> Option<u16> {
    DIGITS.iter().find(|(name, _)| *name == word).map(|(_, value)| *value)
}

/// Returns true if a folded word is a part of a number.
fn is_number_word(word: &str) -> bool {
    digit(word).is_some() || matches!(word, "nghin" | "ngan" | "tram" | "muoi" | "le" | "linh")
}

/// Reads the number that the words from `from` to `to` spell.
fn spelled(cell: &HeaderCell, from: usize, to: usize) -> Option<u16> {
    let (mut total, mut last): (u16, Option<u16>) = (0, None);
    let mut any = false;
    for at in from..to {
        let word = cell.words.get(at);
        let (factor, least) = match word {
            "nghin" | "ngan" => (1000, 1),
            "tram" => (100, 0),
            "muoi" => (10, 1),
            "le" | "linh" => continue,
            _ => {
                last = Some(digit(word)?);
                any = true;
                continue;
            }
        };
        // "mười hai": ten without a digit before it.
        let times = last.take().unwrap_or(least);
        total = total.checked_add(times.checked_mul(factor)?)?;
        any = true;
    }
    any.then(|| total.checked_add(last.unwrap_or(0))).flatten()
}
