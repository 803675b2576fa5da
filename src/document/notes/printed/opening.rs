//! The beginning of a note: the mark before its body, as printed.

use super::form::{Key, Mark, MarkForm};
use crate::document::layout::{RowRole, Sheet};
use crate::document::notes::note::is_letter;
use crate::text::Span;

/// The beginning of a note, if it is one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Opening<'t> {
    /// Its row.
    pub(super) row: usize,
    /// The mark with the signs and blanks after it.
    pub(super) mark: Span,
    /// The form of the mark.
    pub(super) form: MarkForm,
    /// Its number or name.
    pub(super) key: Key<'t>,
    /// True if the file says that the mark is raised.
    pub(super) raised: bool,
    /// True if a point or bracket follows a plain number, as in a numbered list: `1.`, `1)`.
    pub(super) pointed: bool,
    /// True if the number has its row for itself.
    pub(super) lone: bool,
    /// True if a gap or a rule comes before the row.
    pub(super) apart: bool,
}

impl Opening<'_> {
    /// Returns the number, or `None` for a name.
    pub(super) fn number(&self) -> Option<usize> {
        match self.key {
            Key::Number(number) => Some(number),
            Key::Name(_) => None,
        }
    }

    /// Returns true if no list begins so, and an equal mark in the text is proof enough: `[1]`, `¹`, `[^1]`.
    pub(super) fn proves_itself(&self) -> bool {
        self.raised || self.form == MarkForm::Bracket
    }
}

/// Returns the beginning of a note whose number has row `index` for itself, above the body: `pdftotext` gives a
/// raised number its own line.
pub(super) fn lone_at<'t>(sheet: &Sheet<'t>, index: usize) -> Option<Opening<'t>> {
    let row = &sheet.rows[index];
    let mark = Mark::at_start(sheet.body(index)).filter(|mark| mark.len == row.body.len())?;
    let above = sheet.rows.get(index.checked_sub(1)?)?;
    let below = sheet
        .rows
        .get(index + 1)
        .filter(|below| below.role == RowRole::Text && below.gap <= 1)?;
    let fits = above.page == row.page && below.page == row.page && mark.form == MarkForm::Number;
    let first = sheet.body(index + 1).chars().next()?;
    let ruled = row.ruled || above.role == RowRole::Ruler;
    (fits && opens_text(first, false)).then_some(Opening {
        row: index,
        mark: row.body,
        form: mark.form,
        key: mark.key,
        raised: mark.raised,
        pointed: false,
        lone: true,
        apart: row.gap > 0 || ruled || above.ended,
    })
}

/// Returns the beginning of a note at row `index`, if one may begin there.
pub(super) fn opening_at<'t>(sheet: &Sheet<'t>, index: usize) -> Option<Opening<'t>> {
    let row = &sheet.rows[index];
    let body = sheet.body(index);
    // Most rows begin with a letter.
    if body.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let mark = Mark::at_start(body)?;
    let rest = body.get(mark.len..)?;
    let signs = match mark.form {
        MarkForm::Reference => rest.len() - rest.trim_start_matches(':').len(),
        // "1. " and "1) " are numbers; "1.2" and "1/7" are none.
        MarkForm::Number if !mark.raised => usize::from(rest.starts_with(['.', ')', ':'])),
        _ => usize::from(rest.starts_with(['.', ':'])),
    };
    let text = rest[signs..].trim_start();
    let blank = text.len() < rest.len() - signs;
    let above = index.checked_sub(1).map(|above| &sheet.rows[above]);
    let ruled = row.ruled || above.is_some_and(|above| above.role == RowRole::Ruler);
    let fresh = row.gap > 0 || ruled || above.is_none_or(|above| above.ended || above.page != row.page);
    // A converter sets the body of a note in slanted letters: "¹ *Ghi số hiệu*".
    let first = text.trim_start_matches(['*', '_']).chars().next()?;
    let plain = mark.form == MarkForm::Number && !mark.raised;
    let fits = match mark.form {
        MarkForm::Reference | MarkForm::Caret => true,
        // "1Nghị quyết" is a note, "5G" and "3 xã, phường" are text.
        MarkForm::Number if plain && !blank => signs == 0 && opens_glued(text),
        MarkForm::Number if plain && first.is_ascii_digit() => fresh && opens_count(text),
        MarkForm::Star => opens_text(first, fresh) && !closes_stars(body, mark.len),
        _ => opens_text(first, fresh),
    };
    fits.then(|| Opening {
        row: index,
        mark: Span::new(row.body.start, row.body.end - text.len()),
        form: mark.form,
        key: mark.key,
        raised: mark.raised,
        pointed: plain && signs > 0,
        lone: false,
        apart: row.gap > 0 || ruled,
    })
}

/// Returns true if the body of a note may begin with `first`; `fresh`: a paragraph may begin there. In the middle
/// of one, `[1] của` and "2 tháng 9" are text.
fn opens_text(first: char, fresh: bool) -> bool {
    let capital = first.is_uppercase() || matches!(first, '“' | '"' | '‘' | '«' | '\'');
    capital || (fresh && (first.is_alphanumeric() || matches!(first, '(' | '-' | '+' | '–' | '<' | '…')))
}

/// Returns true if `text`, glued to a number, is the beginning of a sentence: `Nghị quyết`, `UBND tỉnh`.
fn opens_glued(text: &str) -> bool {
    let mut chars = text.chars();
    let capital = chars.next().is_some_and(char::is_uppercase);
    let quoted = text.starts_with(['“', '"']);
    quoted || (capital && chars.next().is_some_and(is_letter))
}

/// Returns true if `text` counts something, in two digits as offices write it: `05 đồng chí`. The row of a table goes
/// on with another number: `1 2 Bậc 4`.
fn opens_count(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    text.len() - rest.len() >= 2 && rest.trim_start().starts_with(char::is_lowercase)
}

/// Returns true if the stars of `len` bytes that begin `body` open a stretch of bold or slanted letters that is
/// closed again: `**2. Nhiệm vụ**`.
fn closes_stars(body: &str, len: usize) -> bool {
    body.get(len..).is_some_and(|rest| rest.contains(&body[..len]))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the mark of the note that may begin with `text`.
    fn mark_of(text: &str) -> Option<&str> {
        let sheet = Sheet::of(text);
        opening_at(&sheet, 0).map(|opening| opening.mark.slice(text))
    }

    #[test]
    fn notes_open_with_a_mark_before_text() {
        for (text, mark) in [
            ("6. Nhiều văn kiện", "6. "),
            ("6 Nhiều văn kiện", "6 "),
            ("6Nhiều văn kiện", "6"),
            ("[6] Nhiều văn kiện", "[6] "),
            ("(6) Nhiều văn kiện", "(6) "),
            ("¹² Nhiều văn kiện", "¹² "),
            ("^6 Nhiều văn kiện", "^6 "),
            ("<sup>6</sup>Nhiều văn kiện", "<sup>6</sup>"),
            ("[^6]: nhiều văn kiện", "[^6]: "),
            ("(*) Nhiều văn kiện", "(*) "),
            ("* Nhiều văn kiện", "* "),
            ("4 05 đồng chí", "4 "),
            ("¹ *Ghi số hiệu văn bằng*", "¹ "),
        ] {
            assert_eq!(mark_of(text), Some(mark), "{text}");
        }
    }

    #[test]
    fn numbers_and_emphasis_open_no_note() {
        for text in [
            "2.832 cuộc giám sát",
            "25/10/2018 của",
            "98% đảng viên",
            "1.2. Nhiệm vụ",
            "5G được phủ sóng",
            "2025 là năm cuối",
            "**2. Nhiệm vụ trọng tâm**",
            "*Nguyên nhân khách quan*",
            "| 1 | Nội dung | Thời hạn |",
            "(6 xã, phường)",
            "- Lưu Văn phòng",
            "1 2 Bậc 4",
        ] {
            assert_eq!(mark_of(text), None, "{text}");
        }
    }
}
