//! The shape of a single line: its length, capitals, first letter, and the end of a sentence.

/// Returns the number of chars, counted as the bytes that begin one.
pub(crate) fn count_chars(text: &str) -> usize {
    text.bytes().filter(|&byte| (byte as i8) >= -0x40).count()
}

/// Returns true if the first letter of `body` is a small one. Quotation marks and brackets before it do not
/// count; a digit or another sign before it gives `false`.
pub(crate) fn starts_lower(body: &str) -> bool {
    let opening = |c: char| matches!(c, '“' | '"' | '‘' | '\'' | '(' | '«' | '*');
    body.chars().find(|&c| !opening(c)).is_some_and(char::is_lowercase)
}

/// Returns true if `body` ends as a sentence or an item of a list does: with `.`, `:`, `;`, `!`, `?` or
/// `…`, before closing quotes and brackets and before a raised number (`"mới.8"`).
pub(crate) fn ends_sentence(body: &str) -> bool {
    let closing = |c: char| matches!(c, '”' | '"' | '’' | '\'' | ')' | '»' | '*' | ']' | ' ');
    let is_stop = |c: char| matches!(c, '.' | ':' | ';' | '!' | '?' | '…');
    let tail = body.trim_end_matches(closing);
    // A scan makes signs of raised numbers: "mới.®" ends a sentence as "mới.8" does.
    let bare = tail.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '®' | '™' | '©' | '°'));
    tail.ends_with(is_stop) || bare.ends_with(is_stop)
}

/// Returns true if the letters of `body` are capitals, at least three of them. One small letter in eight
/// is accepted, because scans misread some.
pub(crate) fn is_capitals(body: &str) -> bool {
    let (mut upper, mut lower) = (0usize, 0usize);
    for char in body.chars() {
        if char.is_lowercase() {
            lower += 1;
            // The first words of a line of running text are enough to reject it.
            if lower > 8 && lower > upper {
                return false;
            }
        } else if char.is_uppercase() {
            upper += 1;
        }
    }
    upper >= 3 && lower * 8 <= upper
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_and_beginnings() {
        for (body, ends) in [
            ("giai đoạn mới.8", true),
            ("nêu gương”.", true),
            ("2025 - 2030", false),
            ("sau:", true),
            ("trong", false),
        ] {
            assert_eq!(ends_sentence(body), ends, "{body}");
        }
        assert!(starts_lower("“tự diễn biến”") && !starts_lower("Đảng") && !starts_lower("2025"));
        assert!(is_capitals("KẾT QUẢ ĐẠT ĐƯỢC") && !is_capitals("Kết quả") && is_capitals("PANG BO CO SO'"));
    }
}
