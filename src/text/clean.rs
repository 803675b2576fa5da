//! Untrusted text made safe to show: the one rule for the terminal and the page.

use std::borrow::Cow;

/// Drops characters that a terminal would obey or a reader be misled by: control characters, and those
/// that change the direction of text (U+061C, U+200E, U+200F, U+202A..U+202E, U+2066..U+2069). Tabs and
/// line breaks become blanks.
///
/// Source: UAX #9 for the list of direction characters.
///
/// ```
/// use vankien::text::clean;
/// assert_eq!(clean("Đảng\u{1b}[2J\tbộ\u{202e}"), "Đảng[2J bộ");
/// ```
#[must_use]
pub fn clean(text: &str) -> Cow<'_, str> {
    if !text.contains(|c: char| c.is_control() || is_direction(c)) {
        return Cow::Borrowed(text);
    }
    let kept = text.chars().filter_map(|c| match c {
        '\t' | '\n' | '\r' => Some(' '),
        c if c.is_control() || is_direction(c) => None,
        c => Some(c),
    });
    Cow::Owned(kept.collect())
}

/// Returns true if `char` changes the direction of the text after it.
fn is_direction(char: char) -> bool {
    matches!(char, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn nothing_dangerous_is_left(text in "\\PC*|[\\x00-\\x20\u{7f}-\u{9f}\u{202e}\u{2066}a]{0,40}") {
            let cleaned = clean(&text);
            prop_assert!(!cleaned.chars().any(|c| c.is_control() || is_direction(c)));
            prop_assert_eq!(clean(&cleaned), cleaned.as_ref());
        }
    }
}
