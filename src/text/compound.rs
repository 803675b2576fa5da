//! Document symbols and dates: tokens that consist of several words and numbers.
//!
//! `21-NQ/TW` and `22/12/2024` are each one token of their own, beside the tokens of their parts. This file finds them
//! and writes the forms in which they are compared.

use unicode_normalization::UnicodeNormalization;

use super::Span;
use super::fold::{fold_char, letter};

/// A symbol or date and its bytes.
#[derive(Clone, Copy, Debug)]
pub(super) enum CompoundToken {
    /// A document symbol.
    Symbol(Span),
    /// A date of day, month and year.
    Date(Span),
}

impl CompoundToken {
    /// Returns the symbol or date that begins with the number at `start`, if one does.
    ///
    /// A date is day, month and year (1 to 31, 1 to 12, 4 digits) with one kind of separator. A symbol consists of
    /// groups of letters and digits joined by single hyphens, dashes and slashes. Its first group is a number of at
    /// most 5 digits, and one of the others has a letter.
    pub(super) fn at(text: &str, start: usize) -> Option<Self> {
        let bytes = text.as_bytes();
        let first = digits_end(bytes, start);
        // 0xe2 is the first byte of every dash from U+2010 to U+2015. Most numbers end here.
        if first - start > 5 || !matches!(bytes.get(first), Some(b'-' | b'/' | b'.' | 0xe2)) {
            return None;
        }
        if let Some(end) = date_end(text, start) {
            return Some(Self::Date(Span::new(start, end)));
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
            Self::Symbol(span) | Self::Date(span) => span,
        }
    }

    /// Writes its exact and folded form: no blanks, `-` for every dash, dates as `d/m/yyyy`.
    pub(super) fn write_forms(self, text: &str, exact: &mut String, folded: &mut String) {
        exact.clear();
        folded.clear();
        match self {
            Self::Date(span) => {
                // `08/9/2016` and `8.9.2016` are one date.
                for (index, part) in span.slice(text).split(['/', '.', '-']).enumerate() {
                    if index > 0 {
                        exact.push('/');
                    }
                    exact.push_str(part.trim_start_matches('0'));
                }
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

/// The end of the date at `start`.
fn date_end(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let number = |from: usize, to: usize| text.get(from..to).and_then(|n| n.parse::<u32>().ok());
    let day_end = digits_end(bytes, start);
    let separator = *bytes.get(day_end)?;
    let month_end = digits_end(bytes, day_end + 1);
    if !matches!(separator, b'/' | b'.' | b'-') || bytes.get(month_end) != Some(&separator) {
        return None;
    }
    let year_end = digits_end(bytes, month_end + 1);
    let (day, month) = (number(start, day_end)?, number(day_end + 1, month_end)?);
    let date = day_end - start <= 2
        && (1..=31).contains(&day)
        && month_end - day_end <= 3
        && (1..=12).contains(&month)
        && year_end - month_end == 5;
    let ends = !bytes.get(year_end).is_some_and(u8::is_ascii_alphanumeric);
    (date && ends).then_some(year_end)
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
