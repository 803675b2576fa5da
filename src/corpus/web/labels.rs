//! The labels of lists: those of `<ol>` and `<ul>`, which a browser counts, and those that Word prints into the page.
//!
//! Sources: HTML Living Standard, 4.4.5 to 4.4.8 (lists); the property `mso-list` of Word (`mso-list:l0 level2 lfo1` on
//! the paragraph, `mso-list:Ignore` on the label).

use super::dom::Element;
use super::style::declared;
use crate::corpus::office::numbers::NumberFormat;
use crate::text::ListPlace;

/// The sign before items of a list that is not counted.
const BULLET: &str = "-";

/// A list whose items are being read.
#[derive(Clone, Copy, Debug)]
pub(super) struct OpenList {
    /// Its number in the page.
    list: u32,
    depth: u8,
    /// The way in which its numbers are written; `None` for a list of bullets.
    format: Option<NumberFormat>,
    next: i64,
    step: i64,
}

impl OpenList {
    /// Begins the list of `element`, which has this number in the page.
    pub(super) fn begin(element: &Element, list: u32, depth: usize) -> Self {
        let is_reversed = element.attribute("reversed").is_some();
        Self {
            list,
            depth: u8::try_from(depth).unwrap_or(u8::MAX),
            format: (element.name() == "ol").then(|| format(element.attribute("type").unwrap_or("1"))),
            next: number(element, "start").unwrap_or(1),
            step: if is_reversed { -1 } else { 1 },
        }
    }

    /// Returns the label of the item `element` and its place.
    pub(super) fn item(&mut self, element: &Element) -> (String, ListPlace) {
        let number = number(element, "value").unwrap_or(self.next);
        self.next = number.saturating_add(self.step);
        let label = match self.format {
            Some(format) => match u32::try_from(number) {
                Ok(number) => format!("{}.", format.write(number)),
                Err(_) => format!("{number}."),
            },
            None => BULLET.to_owned(),
        };
        let place = ListPlace {
            list: self.list,
            depth: self.depth,
        };
        (label, place)
    }
}

/// Returns the whole number that an attribute is.
fn number(element: &Element, name: &str) -> Option<i64> {
    element.attribute(name)?.trim().parse().ok()
}

/// Returns the way in which the numbers of an `<ol>` of this type are written.
fn format(kind: &str) -> NumberFormat {
    match kind.trim() {
        "a" => NumberFormat::LowerLetterCount,
        "A" => NumberFormat::UpperLetterCount,
        "i" => NumberFormat::LowerRoman,
        "I" => NumberFormat::UpperRoman,
        _ => NumberFormat::Decimal,
    }
}

/// Returns true if the element is a label that Word prints.
pub(super) fn is_label_of_word(element: &Element) -> bool {
    let style = element.attribute("style").unwrap_or("");
    declared(style, "mso-list").is_some_and(|value| value.eq_ignore_ascii_case("ignore"))
}

/// Returns the place in the lists of Word that the element states: `l0 level2 lfo1`.
pub(super) fn place_of_word(element: &Element) -> Option<ListPlace> {
    let value = declared(element.attribute("style")?, "mso-list")?.to_ascii_lowercase();
    let part = |name: &str| -> Option<u32> {
        let mut parts = value.split_whitespace();
        parts.find_map(|part| part.strip_prefix(name)?.parse().ok())
    };
    Some(ListPlace {
        list: part("lfo").or_else(|| part("l"))?,
        depth: u8::try_from(part("level")?.saturating_sub(1)).unwrap_or(u8::MAX),
    })
}

/// Returns a label of Word as it is printed: the signs of Symbol and Wingdings are a bullet.
pub(super) fn printed(label: &str) -> String {
    let label: String = label.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut chars = label.chars();
    match (chars.next(), chars.next()) {
        (Some('o' | '+' | '*'), None) => BULLET.to_owned(),
        (Some(sign), None) if !sign.is_alphanumeric() => BULLET.to_owned(),
        _ => label,
    }
}

/// Returns true if `text`, that of an item, begins with a label of its own: `a)`, `1.`, `-`.
pub(super) fn has_own_label(text: &str) -> bool {
    let text = text.trim_start();
    if text.starts_with(['-', '–', '+', '•', '*', '●']) {
        return true;
    }
    let end = text.find([')', '.', '/']).filter(|&end| end <= 6);
    end.is_some_and(|end| {
        let label = text.get(..end).unwrap_or(" ");
        let is_number = label.bytes().all(|byte| byte.is_ascii_digit());
        let is_letter = label.chars().count() == 1 && label.chars().all(char::is_alphabetic);
        let is_roman = label.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'));
        !label.is_empty() && (is_number || is_letter || is_roman)
    })
}
