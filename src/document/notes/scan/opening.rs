//! The beginning of a note: the mark before its body.

use super::mark::is_sign;
use super::number::PrintedNumber;
use crate::document::layout::Sheet;
use crate::document::notes::note::raised_digit;
use crate::text::Span;

/// Digits of the longest number of a note.
const MAX_DIGITS: usize = 3;
/// Chars of the longest mark that a scan makes of a number.
const MAX_SIGN_CHARS: usize = 4;

/// The beginning of a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NoteOpening {
    /// The mark with the sign after it.
    pub(super) mark: Span,
    /// Its number, as printed.
    pub(super) number: PrintedNumber,
}

/// Returns whether a point follows the number of a mark; `None` for a mark without a number.
pub(super) fn has_point(sheet: &Sheet<'_>, mark: Span) -> Option<bool> {
    let shown = mark.slice(sheet.text);
    shown
        .starts_with(|c: char| c.is_ascii_digit())
        .then(|| shown.contains('.'))
}

/// Returns the mark at the beginning of row `index`, if a note may begin there: `6.`, `[6]`, `⁶`, `®`.
pub(super) fn opening_of(sheet: &Sheet<'_>, index: usize) -> Option<NoteOpening> {
    let body = sheet.body(index);
    let (len, number) = if let Some(seen) = seen(sheet, index) {
        seen
    } else if body
        .trim_start_matches(['[', '('])
        .starts_with(|c: char| c.is_ascii_digit())
    {
        digits(body)?
    } else if body.starts_with(|c: char| raised_digit(c).is_some()) {
        raised_digits(body)
    } else {
        sign(body)?
    };
    let start = sheet.rows[index].body.start;
    Some(NoteOpening {
        mark: Span::new(start, start + len),
        number,
    })
}

/// Reads the chars that an OCR saw above the line at the beginning of a row, whatever they are.
fn seen(sheet: &Sheet<'_>, index: usize) -> Option<(usize, PrintedNumber)> {
    let row = sheet.rows[index].body;
    let mark = sheet
        .structure()
        .raised_at(row.start)
        .filter(|mark| mark.end < row.end)?;
    let shown = mark.slice(sheet.text);
    let rest = Span::new(mark.end, row.end).slice(sheet.text);
    let number = match shown.parse() {
        Ok(number) => PrintedNumber::Seen(number),
        Err(_) => PrintedNumber::Sign(shown.chars().next_back()?),
    };
    Some((mark.len() + rest.len() - rest.trim_start().len(), number))
}

/// Reads `6.`, `[6]`, `(6)`, `6` before text: the number, and the bytes up to the text.
fn digits(body: &str) -> Option<(usize, PrintedNumber)> {
    let plain = body.trim_start_matches(['[', '(']);
    let bracketed = plain.len() < body.len();
    let digits = plain.bytes().take_while(u8::is_ascii_digit).count();
    let number: usize = plain[..digits].parse().ok().filter(|_| digits <= MAX_DIGITS)?;
    let rest = &plain[digits..];
    let sign = rest.len() - rest.trim_start_matches(['.', ')', ']', ':']).len();
    let text = rest[sign..].trim_start();
    // "35-NQ/TW", "25/10" and "98%" begin a line of running text, and so does an open bracket "(6 xã …".
    let fits = sign <= 2 && (!bracketed || sign > 0) && !rest.starts_with(['/', '-', ',', '%']);
    let next = text.chars().next()?;
    // "2.832 cuộc giám sát" is one number.
    let number_goes_on = next.is_ascii_digit() && text.len() == rest.len() - sign;
    let opens_text = next.is_alphanumeric() || matches!(next, '“' | '"' | '(');
    (fits && !number_goes_on && opens_text).then_some((body.len() - text.len(), PrintedNumber::Digits(number)))
}

/// Reads the raised digits at the beginning of `body`, which has at least one.
fn raised_digits(body: &str) -> (usize, PrintedNumber) {
    let (mut len, mut number) = (0, 0);
    for (char, digit) in body.chars().map_while(|c| Some((c, raised_digit(c)?))) {
        len += char.len_utf8();
        // A run of any length may be printed; beyond the greatest number it calls no note.
        number = usize::saturating_add(usize::saturating_mul(number, 10), digit);
    }
    (len, PrintedNumber::Digits(number))
}

/// Reads the signs that a scan made of a number: `®`, `* `; the last of them stands for it.
fn sign(body: &str) -> Option<(usize, PrintedNumber)> {
    let text = body.trim_start_matches(|c: char| !c.is_alphanumeric());
    let mark = body[..body.len() - text.len()].trim_end();
    let sign = mark.chars().rfind(|c| !c.is_whitespace())?;
    let only_signs = mark.chars().all(|c| is_sign(c) || c.is_whitespace());
    (mark.chars().count() <= MAX_SIGN_CHARS && only_signs && !text.is_empty())
        .then_some((mark.len(), PrintedNumber::Sign(sign)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_open_with_numbers_and_what_scans_make_of_them() {
        let rows = [
            ("6. Nhiều văn kiện lớn", Some(("6. ", PrintedNumber::Digits(6)))),
            ("6 Nhiều văn kiện lớn", Some(("6 ", PrintedNumber::Digits(6)))),
            ("[6] Nhiều văn kiện lớn", Some(("[6] ", PrintedNumber::Digits(6)))),
            ("¹² Nhiều văn kiện lớn", Some(("¹²", PrintedNumber::Digits(12)))),
            (
                "⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹",
                Some(("⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹", PrintedNumber::Digits(usize::MAX))),
            ),
            ("¥ Sau đây", Some(("¥", PrintedNumber::Sign('¥')))),
            ("35-NQ/TW ngày 22/10/2018", None),
            ("98% đảng viên", None),
            ("2.832 cuộc giám sát", None),
            ("(6 xã, phường)", None),
            ("Nhiều văn kiện lớn", None),
        ];
        for (body, expected) in rows {
            let sheet = Sheet::of(body);
            let found = opening_of(&sheet, 0).map(|opening| (opening.mark.slice(body), opening.number));
            assert_eq!(found, expected, "{body}");
        }
    }
}
