//! Labels before a title or an item of a list: `PHẦN I`, `II-`, `2.2.1.`, `*`, `(1)`, `a)`.
//!
//! This file owns the types and reads the labels that no other depends on: signs and brackets. Numbers are
//! read by [`super::numbering`], the labels of parts and appendices by [`super::part`].

use crate::text::Span;

/// The class of a label, the outermost first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum LabelClass {
    /// `PHẦN I`, `Phần thứ nhất`
    Part,
    /// `PHỤ LỤC 2`
    Appendix,
    /// `CHƯƠNG I`
    Chapter,
    /// `Mục 1`
    Division,
    /// `Tiểu mục 1`
    Subdivision,
    /// `A.`
    Letter,
    /// `I-`, `II.`
    Roman,
    /// `Điều 5.`
    Article,
    /// `1.`, `1.2.`, `2.2.1.` with the depth 1, 2, 3
    Arabic(u8),
    /// `*`
    Star,
    /// `-`, `•`
    Bullet,
    /// `+`
    Plus,
    /// `(1)`, `1)`, `a)`
    Bracketed,
}

impl LabelClass {
    /// Returns true for the labels that are words (`PHẦN I`, `Chương II`, `Mục 1`): whatever follows them is a title.
    pub(crate) fn is_named(self) -> bool {
        matches!(
            self,
            Self::Part | Self::Appendix | Self::Chapter | Self::Division | Self::Subdivision
        )
    }

    /// Returns true for the labels of sections alone, which no list has.
    pub(crate) fn is_outer(self) -> bool {
        self <= Self::Article
    }
}

/// A label and its place in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Label {
    /// Its class.
    pub(super) class: LabelClass,
    /// Its last number; 0 for signs.
    pub(super) number: usize,
    /// As printed, once repaired: `II-`.
    pub(super) text: String,
    /// Its bytes, with the sign after it and the Markdown before it.
    pub(super) span: Span,
}

/// A label as it was read at the beginning of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LabelText {
    /// Its class.
    pub(super) class: LabelClass,
    /// Its last number; 0 for signs.
    pub(super) number: usize,
    /// As printed, once repaired: `II-`.
    pub(super) text: String,
    /// Length of the printed label in bytes, with the sign after it.
    pub(super) len: usize,
}

impl LabelText {
    /// Returns the label at byte `start` of the file.
    pub(super) fn at(self, start: usize) -> Label {
        Label {
            class: self.class,
            number: self.number,
            text: self.text,
            span: Span::new(start, start + self.len),
        }
    }
}

/// Reads a sign: `*`, `-`, `+`, `•`. Markdown writes a list within a list as `- +`.
pub(super) fn read_sign(body: &str) -> Option<LabelText> {
    let char = body.chars().next()?;
    let class = match char {
        '*' => LabelClass::Star,
        '-' | '–' | '•' | '·' | '\u{2212}' => LabelClass::Bullet,
        '+' => LabelClass::Plus,
        _ => return None,
    };
    let rest = &body[char.len_utf8()..];
    let text = rest.trim_start();
    if class == LabelClass::Bullet && text.starts_with("+ ") {
        return Some(LabelText {
            class: LabelClass::Plus,
            number: 0,
            text: "+".to_owned(),
            len: body.len() - text.len() + 1,
        });
    }
    // "-Đảng ủy" has lost its blank; "*dự và đưa tin*" is emphasis, no item.
    let next = text.chars().next()?;
    let fits = text.len() < rest.len() || next.is_uppercase() && class != LabelClass::Star;
    (fits && (next.is_alphanumeric() || matches!(next, '“' | '"' | '(' | '*' | '‘'))).then(|| LabelText {
        class,
        number: 0,
        text: char.to_string(),
        len: char.len_utf8(),
    })
}

/// Reads `(1)`, `1)`, `a)`, `đ)`.
pub(super) fn read_bracketed(body: &str) -> Option<LabelText> {
    let inner = body.strip_prefix('(').unwrap_or(body);
    let close = inner.char_indices().take(3).find(|&(_, c)| c == ')')?.0;
    let name = &inner[..close];
    let number = name.parse::<usize>().unwrap_or(0);
    let mut chars = name.chars();
    let single = chars.next().is_some_and(|c| c.is_lowercase()) && chars.next().is_none();
    if !single && !(1..=99).contains(&number) {
        return None;
    }
    let len = body.len() - inner.len() + close + 1;
    Some(LabelText {
        class: LabelClass::Bracketed,
        number,
        text: body[..len].to_owned(),
        len,
    })
}
