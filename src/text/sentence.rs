//! The sentence around a place in a text.

use super::Span;

/// Chars of the longest sentence that is given whole on each side of a place. Longer ones are cut between words.
const MAX_SIDE_CHARS: usize = 300;

/// Abbreviations with a full stop before a name or a title, in small letters: `TP. Huế`, `PGS. TS. Lê Văn`.
const ABBREVIATIONS: [&str; 14] = [
    "tp", "tx", "tt", "q", "p", "x", "h", "t", "gs", "pgs", "ts", "ths", "bs", "ks",
];

/// Returns the bytes of the sentence around `place` in `text`: up to a full stop, a question or exclamation mark, or a
/// semicolon, which parts the items of a list. A long sentence is cut between words.
///
/// ```
/// use vankien::text::{Span, sentence_around};
/// let text = "Đã học xong. Theo Kết luận 21-KL/TW, cấp ủy TP. Huế đã làm. Tốt.";
/// let start = text.find("21-KL").unwrap();
/// let sentence = sentence_around(text, Span::new(start, start + 8));
/// assert_eq!(sentence.slice(text), "Theo Kết luận 21-KL/TW, cấp ủy TP. Huế đã làm.");
/// ```
#[must_use]
pub fn sentence_around(text: &str, place: Span) -> Span {
    let mut start = place.start;
    for (at, char) in text[..place.start].char_indices().rev().take(MAX_SIDE_CHARS) {
        if ends(text, at, char) {
            start = at + char.len_utf8();
            break;
        }
        if at == 0 || char.is_whitespace() {
            start = at;
        }
    }
    let mut end = place.end;
    for (at, char) in text[place.end..].char_indices().take(MAX_SIDE_CHARS) {
        let at = place.end + at;
        if ends(text, at, char) || at + char.len_utf8() == text.len() {
            end = at + char.len_utf8();
            break;
        }
        if char.is_whitespace() {
            end = at;
        }
    }
    let blanks = text[start..end].len() - text[start..end].trim_start().len();
    Span::new((start + blanks).min(place.start), end)
}

/// Returns the bytes of each sentence of `text`, in order, without the blanks around it. Sentences end as those of
/// [`sentence_around`] do, but none is cut short.
///
/// ```
/// use vankien::text::{Span, sentences};
/// let text = "Đã học xong. Theo Kết luận 21-KL/TW, TP. Huế đã làm; tốt.";
/// let found: Vec<&str> = sentences(text).map(|sentence| sentence.slice(text)).collect();
/// assert_eq!(found, ["Đã học xong.", "Theo Kết luận 21-KL/TW, TP. Huế đã làm;", "tốt."]);
/// ```
pub fn sentences(text: &str) -> impl Iterator<Item = Span> {
    let ends = text
        .char_indices()
        .filter(|&(at, char)| ends(text, at, char))
        .map(|(at, char)| at + char.len_utf8());
    let mut start = 0;
    ends.chain([text.len()]).filter_map(move |end| {
        let sentence = Span::new(start, end);
        start = end;
        let words = sentence.slice(text).trim();
        let first = sentence.end - sentence.slice(text).trim_start().len();
        (!words.is_empty()).then(|| Span::new(first, first + words.len()))
    })
}

/// Returns true if the sentence `text` has its end.
#[must_use]
pub fn is_ended(text: &str) -> bool {
    text.trim_end().ends_with(['.', ';', '?', '!', ':', '”'])
}

/// Returns true if `char` at byte `at` ends a sentence.
fn ends(text: &str, at: usize, char: char) -> bool {
    let after = &text[at + char.len_utf8()..];
    // A full stop inside a date ("16.6.2022") or a symbol has no blank after it.
    if !matches!(char, '.' | ';' | '?' | '!') || !after.starts_with(char::is_whitespace) {
        return false;
    }
    if char != '.' {
        return true;
    }
    let before = &text[..at];
    let word = before.rsplit(|char: char| !char.is_alphanumeric()).next().unwrap_or("");
    let is_label = word.bytes().all(|byte| byte.is_ascii_digit()) && word.len() <= 2 && before.len() == word.len();
    !is_label
        && !ABBREVIATIONS.contains(&word.to_lowercase().as_str())
        && !after.trim_start().starts_with(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sentence around `place` in `text`.
    fn around<'t>(text: &'t str, place: &str) -> &'t str {
        let start = text.find(place).unwrap();
        sentence_around(text, Span::new(start, start + place.len())).slice(text)
    }

    #[test]
    fn a_sentence_ends_at_its_marks() {
        let text = "Thực hiện tốt. Theo Nghị quyết 21-NQ/TW của Đảng, ngày 16.6.2022, các cấp đã học. Sau đó khác.";
        let whole = "Theo Nghị quyết 21-NQ/TW của Đảng, ngày 16.6.2022, các cấp đã học.";
        assert_eq!(around(text, "21-NQ/TW"), whole);
        let list = "1. Học 18-NQ/TW; làm theo 57-NQ/TW tại TP. Cần Thơ; báo cáo.";
        assert_eq!(around(list, "18-NQ/TW"), "1. Học 18-NQ/TW;");
        assert_eq!(around(list, "57-NQ/TW"), "làm theo 57-NQ/TW tại TP. Cần Thơ;");
        assert_eq!(around("21-NQ/TW", "21-NQ/TW"), "21-NQ/TW");
    }

    #[test]
    fn a_long_sentence_is_cut_between_words() {
        let long = format!("{} 21-NQ/TW {}", "đảng ".repeat(90), "viên ".repeat(90));
        let cut = around(&long, "21-NQ/TW");
        assert!(cut.starts_with("đảng") && cut.ends_with("viên") && cut.chars().count() < 620);
        assert!(!is_ended(cut) && is_ended("Hết."));
    }
}
