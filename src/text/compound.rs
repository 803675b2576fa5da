//! Document symbols and dates: tokens that consist of several words and numbers.
//!
//! `21-NQ/TW` and `22/12/2024` are each one token of their own, beside the tokens of their parts. So is a date in words
//! (`22 tháng 12 năm 2024`) or in the order of ISO 8601 (`2024-12-22`). This file finds them and writes the forms in
//! which they are compared.

use std::fmt::Write as _;

use unicode_normalization::UnicodeNormalization;

use super::Span;
use super::fold::{fold_char, letter};

/// A symbol or date and its bytes.
#[derive(Clone, Copy, Debug)]
pub(super) enum CompoundToken {
    /// A document symbol.
    Symbol(Span),
    /// A date of day, month and year.
    Date(Span, Date),
}

impl CompoundToken {
    /// Returns the symbol or date that begins with the number at `start`, if one does.
    ///
    /// A date is one of [`Date::at`]. A symbol consists of groups of letters and digits joined by single hyphens, dashes
    /// and slashes. Its first group is a number of at most 5 digits, and one of the others has a letter.
    pub(super) fn at(text: &str, start: usize) -> Option<Self> {
        let bytes = text.as_bytes();
        let first = digits_end(bytes, start);
        // Most numbers end here: 0xe2 is the first byte of every dash from U+2010 to U+2015, and blanks are those of a
        // date in words.
        if first - start > 5 || !matches!(bytes.get(first), Some(b'-' | b'/' | b'.' | 0xe2 | b' ' | b'\t' | 0xc2)) {
            return None;
        }
        if let Some((date, end)) = Date::at(text, start) {
            return Some(Self::Date(Span::new(start, end), date));
        }
        let mut end = first;
        let mut letters = false;
        while let Some(joint) = joint_len(&text[end..]) {
            let group = end + joint;
            let group_end = group_end(text, group);
            if group_end == group {
                break;
            }
            letters |= Span::new(group, group_end).slice(text).chars().any(char::is_alphabetic);
            end = group_end;
        }
        letters.then_some(Self::Symbol(Span::new(start, end)))
    }

    /// The bytes of the whole.
    pub(super) fn span(self) -> Span {
        match self {
            Self::Symbol(span) | Self::Date(span, _) => span,
        }
    }

    /// Writes its exact and folded form: no blanks, `-` for every dash, dates as `d/m/yyyy`.
    pub(super) fn write_forms(self, text: &str, exact: &mut String, folded: &mut String) {
        exact.clear();
        folded.clear();
        match self {
            Self::Date(_, Date { day, month, year }) => {
                // Writing to a string never fails.
                let _ = write!(exact, "{day}/{month}/{year}");
                folded.push_str(exact);
            }
            Self::Symbol(span) => {
                for char in span.slice(text).nfc() {
                    match (char, letter(char)) {
                        ('\u{2010}'..='\u{2015}', _) => {
                            exact.push('-');
                            folded.push('-');
                        }
                        (_, Some(letter)) => {
                            exact.push(letter.exact);
                            folded.push(char::from(letter.folded));
                        }
                        _ => {
                            exact.extend(char.to_lowercase());
                            fold_char(char, folded);
                        }
                    }
                }
            }
        }
    }
}

/// A date of day, month and year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Date {
    /// 1 to 31.
    day: u16,
    /// 1 to 12.
    month: u16,
    /// Four digits.
    year: u16,
}

impl Date {
    /// Reads the date that begins with the number at `start`; returns it and the byte after it.
    ///
    /// It is written with one kind of separator (`8/9/2016`, `08.9.2016`, `8-9-2016`), in words with or without marks
    /// (`8 tháng 9 năm 2016`), or as ISO 8601 has it (`2016-09-08`).
    fn at(text: &str, start: usize) -> Option<(Self, usize)> {
        let first = number(text, start)?;
        let separator = *text.as_bytes().get(first.end)?;
        if first.digits == 4 {
            let month = number(text, after_byte(text, first.end, b'-')?)?;
            let day = number(text, after_byte(text, month.end, b'-')?)?;
            return (month.digits == 2 && day.digits == 2)
                .then(|| Self::of(text, &day, &month, &first, day.end))
                .flatten();
        }
        let (month, year) = match separator {
            b'/' | b'.' | b'-' => {
                let month = number(text, first.end + 1)?;
                (month, number(text, after_byte(text, month.end, separator)?)?)
            }
            _ => {
                let month = number(text, after_word(text, first.end, "thang")?)?;
                (month, number(text, after_word(text, month.end, "nam")?)?)
            }
        };
        Self::of(text, &first, &month, &year, year.end)
    }

    /// Returns the date of these numbers and its `end`, if there is such a day and nothing else continues the date.
    fn of(text: &str, day: &Digits, month: &Digits, year: &Digits, end: usize) -> Option<(Self, usize)> {
        let valid = day.digits <= 2
            && (1..=31).contains(&day.value)
            && month.digits <= 2
            && (1..=12).contains(&month.value)
            && year.digits == 4
            && year.value > 0;
        let ends = !text.as_bytes().get(end).is_some_and(u8::is_ascii_alphanumeric);
        (valid && ends).then_some((
            Self {
                day: day.value,
                month: month.value,
                year: year.value,
            },
            end,
        ))
    }
}

/// A run of digits in a text.
#[derive(Clone, Copy)]
struct Digits {
    /// The number that they are.
    value: u16,
    /// Their number.
    digits: usize,
    /// The byte after the last one.
    end: usize,
}

/// Reads the run of one to four ASCII digits at `start`.
fn number(text: &str, start: usize) -> Option<Digits> {
    let end = digits_end(text.as_bytes(), start);
    let digits = end - start;
    let value = text.get(start..end).filter(|_| digits <= 4)?.parse().ok()?;
    Some(Digits { value, digits, end })
}

/// Returns the byte after `byte` at `at`, if it is there.
fn after_byte(text: &str, at: usize, byte: u8) -> Option<usize> {
    (text.as_bytes().get(at) == Some(&byte)).then_some(at + 1)
}

/// Returns the first byte after the blanks, the word that folds to `folded`, and the blanks that follow `at`.
fn after_word(text: &str, at: usize, folded: &str) -> Option<usize> {
    let after_blanks = |at: usize| {
        let rest = text.get(at..)?;
        let trimmed = rest.trim_start();
        (trimmed.len() < rest.len()).then(|| at + rest.len() - trimmed.len())
    };
    let word = after_blanks(at)?;
    let mut letters = folded.bytes();
    let mut end = word;
    for char in text[word..].chars() {
        let mut mark = String::new();
        match letter(char) {
            Some(letter) if letters.next()? == letter.folded => {}
            Some(_) => return None,
            // A combining mark of a decomposed letter folds to nothing.
            None => {
                fold_char(char, &mut mark);
                if !mark.is_empty() {
                    break;
                }
            }
        }
        end += char.len_utf8();
    }
    letters.next().is_none().then(|| after_blanks(end)).flatten()
}

/// The end of the run of ASCII digits at `start`.
fn digits_end(bytes: &[u8], start: usize) -> usize {
    start
        + bytes
            .get(start..)
            .map_or(0, |rest| rest.iter().take_while(|b| b.is_ascii_digit()).count())
}

/// The length in bytes of the hyphen, dash or slash that `rest` begins with.
fn joint_len(rest: &str) -> Option<usize> {
    match rest.chars().next()? {
        '-' | '/' => Some(1),
        dash @ '\u{2010}'..='\u{2015}' => Some(dash.len_utf8()),
        _ => None,
    }
}

/// The end of the group of letters and digits at `start`.
fn group_end(text: &str, start: usize) -> usize {
    let rest = &text[start..];
    let len = rest.find(|c: char| !c.is_alphanumeric() && !unicode_normalization::char::is_combining_mark(c));
    start + len.unwrap_or(rest.len())
}
