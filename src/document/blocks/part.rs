//! The labels that are words: `PHẦN I`, `Phần thứ nhất`, `CHƯƠNG II`, `Mục 1`, `Điều 5.`, `PHỤ LỤC 3`.
//!
//! Sources: the outlines of 399-QĐ/TW of 2026 (party papers) and of 30/2020/NĐ-CP, Phụ lục I (state papers: phần, chương,
//! mục, tiểu mục, điều).

use super::label::{LabelClass, LabelText};
use super::numbering::without_markup;
use super::roman::roman_value;
use crate::document::phrase::FoldedWords;
use crate::text::fold;

/// The words that open such a label, folded, with its class and the number after the greatest.
const LABEL_WORDS: [(&str, LabelClass, usize); 7] = [
    ("phan", LabelClass::Part, 40),
    ("chuong", LabelClass::Chapter, 60),
    ("muc", LabelClass::Division, 40),
    ("tieu muc", LabelClass::Subdivision, 40),
    // Laws of 1945 to 1960 divide their chapters so.
    ("tiet", LabelClass::Subdivision, 40),
    // The civil code of 2015 has 689 articles.
    ("dieu", LabelClass::Article, 1000),
    ("phu luc", LabelClass::Appendix, 200),
];
/// The first syllables of these words, folded.
const FIRST_SYLLABLES: [&str; 7] = ["phan", "chuong", "muc", "tieu", "tiet", "dieu", "phu"];
/// Bytes of the longest of them with its marks, decomposed: `CHƯƠNG`.
const MAX_SYLLABLE_BYTES: usize = 10;
/// Ordinals 1 to 10 as in `Phần thứ nhất`, folded.
const ORDINALS: [&str; 10] = ["nhat", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi"];

/// Returns true if a line may open with one of the words of these labels: in clean text by its first syllable, in
/// misread text by its first two letters. It takes little time, because every line is asked. `misread`: letters of it
/// may be wrong; called only for lines with the right first letter.
pub(super) fn opens_with_part_word(body: &str, misread: impl FnOnce() -> bool) -> bool {
    let letters = body.trim_start_matches(|c: char| !c.is_alphabetic());
    let first = letters.bytes().next().unwrap_or(0).to_ascii_lowercase();
    // The first byte of Đ and đ is C4.
    if !matches!(first, b'p' | b'c' | b'm' | b't' | b'd' | 0xc3 | 0xc4) {
        return false;
    }
    // A mark of decomposed text belongs to its letter.
    let ends = |c: char| !c.is_alphabetic() && !matches!(c, '\u{300}'..='\u{36f}');
    let syllable = letters.find(ends).map_or(letters, |end| &letters[..end]);
    if misread() {
        let folded = fold(
            letters
                .get(..syllable.len().min(MAX_SYLLABLE_BYTES))
                .unwrap_or(syllable),
        );
        return FIRST_SYLLABLES.iter().any(|word| folded.starts_with(&word[..2]));
    }
    syllable.len() <= MAX_SYLLABLE_BYTES && FIRST_SYLLABLES.contains(&fold(syllable).as_str())
}

/// Reads the label that a word opens at the beginning of the line `body`, whose repaired reading is `reading`.
/// `capitals`: the line is set in capitals. `misread`: letters of it may be wrong.
///
/// The number of a lone `PHỤ LỤC` is 0. Signs around the label (`"_ __ Phan thir nhat ]"`) do not count.
pub(super) fn read(body: &str, reading: &str, capitals: bool, misread: bool) -> Option<LabelText> {
    let words = FoldedWords::of(reading, misread);
    // A scan may lose the blanks: "PHULUCA4".
    if misread && let Some(number) = words.get(0).strip_prefix("phuluc") {
        let number = number
            .trim_start_matches(|c: char| !c.is_ascii_digit())
            .parse()
            .unwrap_or(0);
        return Some(label_of(body, LabelClass::Appendix, number, appendix_text(number)));
    }
    // Only a scan leaves signs before a label; "“Điều 5." is quoted, "(Mục 2)" a remark.
    if !misread && !without_markup(body).starts_with(char::is_alphabetic) {
        return None;
    }
    let (phrase, class, end) = LABEL_WORDS.into_iter().find(|(phrase, ..)| words.has_at(0, phrase))?;
    let size = phrase.split(' ').count();
    let number_word = words.get(size);
    // In running text a label is followed by its sentence: "Phần thứ hai của báo cáo nêu rõ". So in small
    // letters the line must end after it, or a colon or comma must follow.
    // "thứ" is read loosely, as a short word that begins with "th": scans make "thir" of it.
    let ordinal = ORDINALS.iter().position(|ordinal| words.get(size + 1) == *ordinal);
    let ordinal = ordinal.map(|at| at + 1).or_else(|| words.get(size + 1).parse().ok());
    if !matches!(class, LabelClass::Article | LabelClass::Appendix)
        && let Some(number) = ordinal.filter(|_| number_word.starts_with("th") && number_word.len() <= 5)
    {
        let closed = closes(&words, size + 2) || words.stops_after(size + 1);
        return (closed || capitals).then(|| label_of(body, class, number, first_words(reading, size + 2)));
    }
    let number = number_word
        .parse()
        .ok()
        .or_else(|| roman_value(&number_word.to_uppercase()))
        .or_else(|| letter_value(number_word, class));
    if class == LabelClass::Appendix {
        let number = number.unwrap_or(0);
        let closed = closes(&words, size + usize::from(number > 0));
        return (capitals || closed).then(|| label_of(body, class, number, appendix_text(number)));
    }
    let number = number.filter(|number| (1..end).contains(number))?;
    let closed = closes(&words, size + 1);
    let text = first_words(reading, size + 1);
    if class == LabelClass::Article {
        // "Điều 5 của Luật này" goes on in small letters; "Điều 5. Hồ sơ" has its sign, "Điều 5" alone its line.
        let found = label_of(body, class, number, text);
        let pointed = body[..found.len].trim_end().ends_with(['.', ':', '-', '–', '*']);
        let text = if body[..found.len].contains('.') {
            format!("{}.", found.text)
        } else {
            found.text.clone()
        };
        return (closed || pointed).then_some(LabelText { text, ..found });
    }
    (closed || words.stops_after(size) || capitals || titled(body, &words, size + 1))
        .then(|| label_of(body, class, number, text))
}

/// Returns the label of `body` with the repaired text `text`.
fn label_of(body: &str, class: LabelClass, number: usize, text: String) -> LabelText {
    LabelText {
        class,
        number,
        len: label_len(body, &text),
        text,
    }
}

/// Returns the number of a letter in the label of a part or appendix: 1 for `PHẦN A`.
fn letter_value(word: &str, class: LabelClass) -> Option<usize> {
    let lettered = matches!(class, LabelClass::Part | LabelClass::Appendix);
    match word.as_bytes() {
        [letter @ b'a'..=b'h'] if lettered => Some(usize::from(letter - b'a') + 1),
        _ => None,
    }
}

/// Returns true if the label ends its line with word `at`: in misread text single letters may follow.
fn closes(words: &FoldedWords, at: usize) -> bool {
    let noise = usize::from(words.is_misread());
    (at..words.len()).all(|index| words.get(index).len() <= noise)
}

/// Returns true if a point or dash and a capital follow the label of `count` words in `body`: `Chương I. Quy định chung`.
fn titled(body: &str, words: &FoldedWords, count: usize) -> bool {
    let mut pieces = body.split_whitespace().skip(count.saturating_sub(1));
    let pointed = pieces
        .next()
        .is_some_and(|number| number.ends_with(['.', '-', '–', ':']));
    let mut next = pieces.peekable();
    let dash = next.next_if(|piece| matches!(*piece, "-" | "–" | "—")).is_some();
    let capital = next.next().is_some_and(|piece| piece.starts_with(char::is_uppercase));
    (pointed || dash) && capital && words.len() > count
}

/// Returns the first `count` words of `reading` that hold a letter or digit.
fn first_words(reading: &str, count: usize) -> String {
    let words = reading
        .split_whitespace()
        .filter(|word| word.contains(char::is_alphanumeric));
    let words: Vec<&str> = words
        .take(count)
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .collect();
    words.join(" ")
}

/// Returns `PHỤ LỤC 2`, or `PHỤ LỤC` for 0.
fn appendix_text(number: usize) -> String {
    if number == 0 {
        "PHỤ LỤC".to_owned()
    } else {
        format!("PHỤ LỤC {number}")
    }
}

/// Returns the length in bytes of the label in `body`: up to the end of its last word, with the sign after
/// it. `label` is its repaired text, which has as many words.
fn label_len(body: &str, label: &str) -> usize {
    let mut words = label.split_whitespace().count();
    let mut end = 0;
    let mut rest = body;
    while words > 0 && !rest.is_empty() {
        let word_start = rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len());
        let word_end = rest[word_start..]
            .find(char::is_whitespace)
            .map_or(rest.len(), |at| word_start + at);
        words -= usize::from(rest[word_start..word_end].contains(char::is_alphanumeric));
        end += word_end;
        rest = &rest[word_end..];
    }
    end + (rest.len() - rest.trim_start_matches([' ', ':', '.', '-', '–', '*']).len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::layout::is_capitals;

    #[test]
    fn labels_that_are_words() {
        let rows = [
            ("Phần thứ nhất", Some((LabelClass::Part, 1))),
            ("PHẦN II: QUAN ĐIỂM, MỤC TIÊU", Some((LabelClass::Part, 2))),
            ("PHẦN A", Some((LabelClass::Part, 1))),
            ("Chương III", Some((LabelClass::Chapter, 3))),
            ("Chương IV. Tổ chức bộ máy", Some((LabelClass::Chapter, 4))),
            ("CHƯƠNG 2 - NHIỆM VỤ", Some((LabelClass::Chapter, 2))),
            ("Mục 2. Quyền hạn", Some((LabelClass::Division, 2))),
            ("MỤC I", Some((LabelClass::Division, 1))),
            ("Tiểu mục 1", Some((LabelClass::Subdivision, 1))),
            ("Điều 12. Hồ sơ đề nghị", Some((LabelClass::Article, 12))),
            ("Điều 12: Hồ sơ đề nghị", Some((LabelClass::Article, 12))),
            ("Điều 12", Some((LabelClass::Article, 12))),
            ("Điều 12 của Luật này", None),
            ("Điều 12 Luật Đất đai. Thửa đất", None),
            ("Điều hành công việc", None),
            ("Mục tiêu đến năm 2030", None),
            ("Mục 3 của Kế hoạch này", None),
            ("Phần lớn đảng viên", None),
            ("Phần thứ hai của báo cáo nêu rõ", None),
            ("Phần mềm 2 lớp", None),
            ("PHỤ LỤC", Some((LabelClass::Appendix, 0))),
            ("Phụ lục II", Some((LabelClass::Appendix, 2))),
            ("Phụ lục này gồm", None),
            ("“Điều 5. Hồ sơ", None),
            ("(Mục 2)", None),
        ];
        for (line, label) in rows {
            let found = read(line, line, is_capitals(line), false);
            assert_eq!(found.map(|label| (label.class, label.number)), label, "{line}");
        }
    }

    #[test]
    fn misread_labels() {
        let rows = [
            ("_ __ Phan thir nhat ]", Some(1)),
            ("PHAN II: QUAN PIEM, MUC TIEU", Some(2)),
            ("PHU LUC 3", Some(3)),
            ("’ ) ~ PHULUCA4 ) o .", Some(4)),
            ("Phan dau 100%", None),
        ];
        for (line, number) in rows {
            let found = read(line, line, is_capitals(line), true);
            assert_eq!(found.map(|label| label.number), number, "{line}");
        }
    }

    #[test]
    fn an_article_keeps_its_point() {
        for (line, text, title) in [
            ("Điều 5. Hồ sơ", "Điều 5.", "Hồ sơ"),
            ("Điều 5: Hồ sơ", "Điều 5", "Hồ sơ"),
            ("**Điều 5.** Hồ sơ", "Điều 5.", "Hồ sơ"),
        ] {
            let found = read(line, line, false, false).unwrap();
            assert_eq!((found.text.as_str(), &line[found.len..]), (text, title), "{line}");
        }
    }
}
