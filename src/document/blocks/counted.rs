//! Labels of several numerals (`II.1.`, `A.2.1`), and labels that the format of a file counts itself.
//!
//! A label that the format counts is a label whatever it looks like (`Bước 1:`) and whatever number comes next; only its
//! class is read from its shape.

use super::label::{LabelClass, LabelText, read_bracketed};
use super::roman::roman_value;

/// Most Arabic numbers after the Roman one or the letter.
const MAX_ARABIC_PARTS: usize = 3;
/// Digits of the longest of these numbers.
const MAX_DIGITS: usize = 2;
/// Glyphs of the longest Roman number (`XVIII`).
const MAX_ROMAN_GLYPHS: usize = 5;

/// Reads `II.1. `, `IV.2.1 `, `A.3. ` before a title.
pub(super) fn read_mixed(body: &str) -> Option<LabelText> {
    let (first, mut rest) = body.split_once('.')?;
    let letter = first.len() == 1 && first.starts_with(|c: char| c.is_ascii_uppercase());
    if !letter && (first.len() > MAX_ROMAN_GLYPHS || !is_roman(first)) {
        return None;
    }
    let mut depth = 0;
    let mut number = 0;
    while depth < MAX_ARABIC_PARTS {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 || digits > MAX_DIGITS {
            break;
        }
        number = rest[..digits].parse().ok()?;
        depth += 1;
        rest = &rest[digits..];
        match rest.strip_prefix('.') {
            Some(after) => rest = after,
            None => break,
        }
    }
    let title = rest.trim_start_matches([' ', '\t']);
    let fits = title.len() < rest.len() && title.starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '"'));
    (depth > 0 && number > 0 && fits).then(|| LabelText {
        class: LabelClass::Arabic(depth as u8),
        number,
        text: body[..body.len() - rest.len()].to_owned(),
        len: body.len() - rest.len(),
    })
}

/// Reads the label `label`, which the format of the file counts: all of it is a label.
pub(super) fn read_counted(label: &str) -> LabelText {
    let bare = label.trim_end_matches(['.', '-', '–', '/', ')', ':', ' ']);
    let parts = bare.split('.').collect::<Vec<_>>();
    let number = parts.last().and_then(|part| part.parse::<usize>().ok());
    let is_dotted = parts.iter().all(|part| part.parse::<usize>().is_ok());
    let (class, number) = match label.chars().next() {
        _ if label.ends_with(')') => (LabelClass::Bracketed, bracketed_number(label)),
        _ if is_dotted => (LabelClass::Arabic(parts.len().min(9) as u8), number.unwrap_or(0)),
        // "II.1." has a number for each depth below the first.
        _ if parts.len() > 1 && number.is_some() => {
            (LabelClass::Arabic((parts.len() - 1).min(9) as u8), number.unwrap_or(0))
        }
        _ if is_roman(bare) => (LabelClass::Roman, roman_value(bare).unwrap_or(0)),
        Some('A'..='Z') if bare.len() == 1 => (LabelClass::Letter, usize::from(bare.as_bytes()[0] - b'A') + 1),
        Some('+') => (LabelClass::Plus, 0),
        Some('*') => (LabelClass::Star, 0),
        Some(char) if !char.is_alphanumeric() => (LabelClass::Bullet, 0),
        _ => (LabelClass::Bracketed, 0),
    };
    LabelText {
        class,
        number,
        text: label.to_owned(),
        len: label.len(),
    }
}

/// Returns the number in `(1)` or `1)`, 0 for another label.
fn bracketed_number(label: &str) -> usize {
    read_bracketed(label).map_or(0, |label| label.number)
}

/// Returns true if `text` is a Roman number without any misread stroke.
fn is_roman(text: &str) -> bool {
    let plain = text.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'));
    plain && roman_value(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_several_numerals_are_read_before_titles() {
        for (body, label) in [
            ("II.1. Công tác tư tưởng", Some(("II.1.", 1))),
            ("IV.2.10 Kết quả", Some(("IV.2.10", 2))),
            ("A.3. “Tự soi”", Some(("A.3.", 1))),
            ("I. KẾT QUẢ", None),
            ("V.2 giờ", None),
            ("A.123. Số", None),
            ("TP.1. Hà Nội", None),
            ("I.0. Không", None),
            ("II.1.", None),
        ] {
            let found = read_mixed(body);
            let found = found.as_ref().map(|found| (found.text.as_str(), found.class));
            assert_eq!(
                found,
                label.map(|(text, depth)| (text, LabelClass::Arabic(depth))),
                "{body}"
            );
        }
    }

    #[test]
    fn counted_labels_have_the_class_of_their_shape() {
        for (label, class, number) in [
            ("1.", LabelClass::Arabic(1), 1),
            ("2.2.13.", LabelClass::Arabic(3), 13),
            ("IV.", LabelClass::Roman, 4),
            ("II.3", LabelClass::Arabic(1), 3),
            ("C-", LabelClass::Letter, 3),
            ("a)", LabelClass::Bracketed, 0),
            ("(12)", LabelClass::Bracketed, 12),
            ("-", LabelClass::Bullet, 0),
            ("+", LabelClass::Plus, 0),
            ("\u{2022}", LabelClass::Bullet, 0),
            ("Bước 1:", LabelClass::Bracketed, 0),
        ] {
            let found = read_counted(label);
            assert_eq!((found.class, found.number), (class, number), "{label}");
        }
    }
}
