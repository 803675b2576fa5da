//! The forms in which a printed mark comes out of a file, before the body of a note and where it is called.
//!
//! Word raises `1`; `pdftotext` writes it as a plain `1`, a page of the web as `[1]` or `<sup>1</sup>`, Markdown as
//! `[^1]`, `^1^` or `[[1]](#_ftn1)`. Offices also print `(1)`, `*` and `(*)` themselves. [`Mark::at_start`] reads
//! them all; whether one is a mark at all, [`super::opening`] and [`super::call`] decide by what is around it.

use crate::document::notes::note::raised_digit;

/// The form of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum MarkForm {
    /// A note of Markdown: `[^1]`.
    Reference,
    /// A caret with brackets: `^(*)`, `^()`.
    Caret,
    /// A number: `¹`, `<sup>1</sup>`, `^1^`, or a plain `1` where the raising is lost.
    Number,
    /// `[1]`.
    Bracket,
    /// `(1)`.
    Paren,
    /// `*`, `(*)`, `**`; numbered by their count.
    Star,
}

/// The number or name that tells the notes of one form apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Key<'t> {
    /// A number, or the count of stars.
    Number(usize),
    /// The name of a note of Markdown: `[^nguon]`.
    Name(&'t str),
}

/// A mark at the beginning of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark<'t> {
    /// Its form.
    pub(super) form: MarkForm,
    /// Its number or name.
    pub(super) key: Key<'t>,
    /// True if the file says that it is raised; then it is a mark and nothing else.
    pub(super) raised: bool,
    /// Its bytes.
    pub(super) len: usize,
}

/// Digits of the longest number of a note.
const MAX_DIGITS: usize = 3;
/// Bytes of the longest name of a note of Markdown.
const MAX_NAME_BYTES: usize = 40;
/// Stars of the longest mark.
const MAX_STARS: usize = 4;

/// Brackets around a raised number, as converters write them.
const RAISED: [(&str, &str); 6] = [
    ("<sup>", "</sup>"),
    ("$^{", "}$"),
    ("$^", "$"),
    ("^{", "}"),
    ("^", "^"),
    ("^", ""),
];
/// Brackets around a number, as typed and as converters to Markdown write them.
const BRACKETS: [(&str, &str, MarkForm); 6] = [
    (r"[\[", r"\]]", MarkForm::Bracket),
    ("[[", "]]", MarkForm::Bracket),
    (r"\[", r"\]", MarkForm::Bracket),
    ("[", "]", MarkForm::Bracket),
    (r"\(", r"\)", MarkForm::Paren),
    ("(", ")", MarkForm::Paren),
];

impl<'t> Mark<'t> {
    /// Reads the mark at the beginning of `text`.
    pub(super) fn at_start(text: &'t str) -> Option<Self> {
        match text.as_bytes().first()? {
            b'[' => reference(text).or_else(|| bracketed(text)),
            b'(' => bracketed(text),
            b'\\' => bracketed(text).or_else(|| stars(text)),
            b'^' => caret(text).or_else(|| raised(text)),
            b'<' | b'$' => raised(text),
            b'*' => stars(text),
            b'0'..=b'9' => digits(text),
            _ => raised_chars(text),
        }
    }

    /// Returns the mark with `more` bytes after it.
    fn longer(self, more: usize) -> Self {
        Self {
            len: self.len + more,
            ..self
        }
    }
}

/// Reads `[^1]`.
fn reference(text: &str) -> Option<Mark<'_>> {
    let rest = text.strip_prefix("[^")?;
    let end = rest.bytes().take(MAX_NAME_BYTES + 1).position(|byte| byte == b']')?;
    let name = rest.get(..end)?;
    let plain = !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || c == '[');
    plain.then(|| Mark {
        form: MarkForm::Reference,
        key: name.parse().map_or(Key::Name(name), Key::Number),
        raised: true,
        len: "[^]".len() + end,
    })
}

/// Reads `^(*)`.
fn caret(text: &str) -> Option<Mark<'_>> {
    let rest = text.strip_prefix("^(")?;
    let end = rest.bytes().take(MAX_STARS + 1).position(|byte| byte == b')')?;
    Some(Mark {
        form: MarkForm::Caret,
        // The key is of no use: the same note is called by "^()" and begins with "^(*)".
        key: Key::Name(""),
        raised: true,
        len: "^()".len() + end,
    })
}

/// Reads a number in brackets, or stars in round ones, with the target of a link after it: `[[1]](#_ftn1)`.
fn bracketed(text: &str) -> Option<Mark<'_>> {
    let (mark, link) = BRACKETS.iter().find_map(|&(open, close, form)| {
        let inner = text.strip_prefix(open)?;
        let blanks = inner.len() - inner.trim_start_matches(' ').len();
        let shown = digits(&inner[blanks..]).or_else(|| stars(&inner[blanks..]).filter(|_| form == MarkForm::Paren))?;
        let rest = inner.get(blanks + shown.len..)?;
        let after = rest.trim_start_matches(' ').strip_prefix(close)?;
        let form = if shown.form == MarkForm::Star {
            MarkForm::Star
        } else {
            form
        };
        let mark = Mark {
            form,
            len: text.len() - after.len(),
            ..shown
        };
        Some((mark, after))
    })?;
    let target = link
        .strip_prefix("(#")
        .and_then(|target| target.bytes().take(MAX_NAME_BYTES).position(|byte| byte == b')'));
    Some(target.map_or(mark, |end| mark.longer("(#)".len() + end)))
}

/// Reads a mark that the file says is raised: `<sup>1</sup>`, `<sup>(1)</sup>`, `$^{1}$`.
fn raised(text: &str) -> Option<Mark<'_>> {
    RAISED.iter().find_map(|&(open, close)| {
        let inner = text.strip_prefix(open)?;
        let blanks = inner.len() - inner.trim_start_matches(' ').len();
        let inner = &inner[blanks..];
        let shown = bracketed(inner).or_else(|| digits(inner)).or_else(|| stars(inner))?;
        let rest = inner.get(shown.len..)?;
        let after = if close.is_empty() {
            rest
        } else {
            rest.trim_start_matches(' ').strip_prefix(close)?
        };
        // "^12a" is no mark.
        let ends = !close.is_empty() || !after.starts_with(char::is_alphanumeric);
        ends.then_some(Mark {
            raised: true,
            len: text.len() - after.len(),
            ..shown
        })
    })
}

/// Reads plain digits.
fn digits(text: &str) -> Option<Mark<'_>> {
    let len = text.bytes().take_while(u8::is_ascii_digit).count();
    let fits = (1..=MAX_DIGITS).contains(&len) && !text.starts_with('0');
    let number = text.get(..len)?.parse().ok().filter(|_| fits)?;
    Some(Mark {
        form: MarkForm::Number,
        key: Key::Number(number),
        raised: false,
        len,
    })
}

/// Reads raised digits of Unicode.
fn raised_chars(text: &str) -> Option<Mark<'_>> {
    let (mut len, mut count, mut number) = (0, 0, 0usize);
    for (char, digit) in text.chars().map_while(|c| Some((c, raised_digit(c)?))) {
        len += char.len_utf8();
        count += 1;
        number = number.saturating_mul(10).saturating_add(digit);
    }
    (number > 0 && count <= MAX_DIGITS).then_some(Mark {
        form: MarkForm::Number,
        key: Key::Number(number),
        raised: true,
        len,
    })
}

/// Reads stars: `*`, `**`, `\*`.
fn stars(text: &str) -> Option<Mark<'_>> {
    let mut rest = text;
    let mut count = 0;
    while let Some(after) = rest.strip_prefix('*').or_else(|| rest.strip_prefix(r"\*")) {
        rest = after;
        count += 1;
    }
    (1..=MAX_STARS).contains(&count).then_some(Mark {
        form: MarkForm::Star,
        key: Key::Number(count),
        raised: false,
        len: text.len() - rest.len(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_read_in_every_form() {
        let rows = [
            ("[^1]: Theo", MarkForm::Reference, 4),
            ("[^nguon] của", MarkForm::Reference, 8),
            ("[1] Theo", MarkForm::Bracket, 3),
            ("[ 12 ], và", MarkForm::Bracket, 6),
            (r"\[1\] Theo", MarkForm::Bracket, 5),
            ("[[1]](#_ftn1) Theo", MarkForm::Bracket, 13),
            (r"[\[1\]](#_ftnref1) Theo", MarkForm::Bracket, 18),
            ("(1) Theo", MarkForm::Paren, 3),
            (r"\(1\) Theo", MarkForm::Paren, 5),
            ("(*) Theo", MarkForm::Star, 3),
            (r"\* Theo", MarkForm::Star, 2),
            ("** Theo", MarkForm::Star, 2),
            ("¹² Theo", MarkForm::Number, 4),
            ("<sup>1</sup> Theo", MarkForm::Number, 12),
            ("<sup>(1)</sup> Theo", MarkForm::Paren, 14),
            ("<sup>[1]</sup>, của", MarkForm::Bracket, 14),
            ("$^{1}$ Theo", MarkForm::Number, 6),
            ("^1^ Theo", MarkForm::Number, 3),
            ("^1 Theo", MarkForm::Number, 2),
            ("^(*) tên", MarkForm::Caret, 4),
            ("^()...", MarkForm::Caret, 3),
            ("12. Theo", MarkForm::Number, 2),
        ];
        for (text, form, len) in rows {
            let mark = Mark::at_start(text).map(|mark| (mark.form, mark.len));
            assert_eq!(mark, Some((form, len)), "{text}");
        }
        for text in [
            "",
            "Theo",
            "[a]",
            "(6 xã)",
            "[]",
            "012",
            "2025 là",
            "[^]",
            "^a",
            "<sup>a</sup>",
            "*****",
            "(",
        ] {
            assert_eq!(Mark::at_start(text), None, "{text}");
        }
    }
}
