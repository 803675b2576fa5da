//! The labels of parts and appendices: `PHẦN I`, `Phần thứ nhất`, `CHƯƠNG II`, `PHỤ LỤC 3`.

use super::label::{LabelClass, LabelText};
use super::roman::roman_value;
use crate::document::phrase::FoldedWords;

/// The words that open a part, folded, and the class of the label.
const PART_WORDS: [(&str, LabelClass); 3] = [
    ("phan", LabelClass::Part),
    ("chuong", LabelClass::Part),
    ("phu luc", LabelClass::Appendix),
];
/// Ordinals 1 to 10 as in `Phần thứ nhất`, folded.
const ORDINALS: [&str; 10] = ["nhat", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi"];
/// Part numbers end before this one.
const PART_NUMBERS_END: usize = 40;

/// Returns true if a line may open with `PHẦN`, `CHƯƠNG` or `PHỤ LỤC`, judged by two letters before any
/// folding.
pub(super) fn opens_with_part_letters(body: &str) -> bool {
    let letters = body.trim_start_matches(|c: char| !c.is_alphabetic()).as_bytes();
    matches!(letters, [b'P' | b'C' | b'p', b'H' | b'h', ..])
}

/// Reads the label of a part or appendix at the beginning of the line `body`, whose repaired reading is
/// `reading`. `capitals`: the line is set in capitals. `misread`: letters of it may be wrong.
///
/// The number of a lone `PHỤ LỤC` is 0. Signs around the label (`"_ __ Phan thir nhat ]"`) do not count.
pub(super) fn read(body: &str, reading: &str, capitals: bool, misread: bool) -> Option<LabelText> {
    let words = FoldedWords::of(reading, misread);
    let label = |class: LabelClass, number: usize, text: String| LabelText {
        class,
        number,
        len: label_len(body, &text),
        text,
    };
    for (phrase, class) in PART_WORDS {
        let size = phrase.split(' ').count();
        // A scan may lose the blanks: "PHULUCA4".
        let joined = phrase.replace(' ', "");
        if size == 2 && words.get(0).starts_with(&joined) {
            let number = words
                .get(0)
                .trim_start_matches(|c: char| !c.is_ascii_digit())
                .parse()
                .unwrap_or(0);
            return Some(label(class, number, appendix_text(number)));
        }
        if !words.has_at(0, phrase) {
            continue;
        }
        // In running text a label is followed by its sentence: "Phần thứ hai của báo cáo nêu rõ". So in small
        // letters the line must end after it, or a colon or comma must follow.
        let next = words.get(size);
        let ordinal = ORDINALS.iter().position(|ordinal| words.get(size + 1) == *ordinal);
        // "thứ" is read loosely, as a short word that begins with "th": scans make "thir" of it.
        if let Some(at) = ordinal.filter(|_| next.starts_with("th") && next.len() <= 5) {
            let ends = rest_is_noise(&words, size + 2);
            return (ends || capitals || words.stops_after(size + 1))
                .then(|| label(class, at + 1, part_text(reading, size + 2)));
        }
        let number = next.parse().ok().or_else(|| roman_value(&next.to_uppercase()));
        if class == LabelClass::Appendix {
            let number = number.unwrap_or(0);
            let alone = rest_is_noise(&words, size + usize::from(number > 0));
            return (capitals || alone).then(|| label(class, number, appendix_text(number)));
        }
        if let Some(number) = number.filter(|number| (1..PART_NUMBERS_END).contains(number)) {
            let ends = rest_is_noise(&words, size + 1) || words.stops_after(size);
            return (ends || capitals).then(|| label(class, number, part_text(reading, size + 1)));
        }
    }
    None
}

/// Returns true if the words from `at` on are single letters at most.
fn rest_is_noise(words: &FoldedWords, at: usize) -> bool {
    (at..words.len()).all(|index| words.get(index).len() <= 1)
}

/// Returns the first `count` words of `reading` that hold a letter or digit.
fn part_text(reading: &str, count: usize) -> String {
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

/// Returns the length in bytes of the label in `body`: up to the end of its last word, with the colon after
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
    end + (rest.len() - rest.trim_start_matches([' ', ':', '.', '-', '–']).len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::layout::is_capitals;

    #[test]
    fn parts_and_appendices() {
        let rows = [
            ("Phần thứ nhất", Some(1)),
            ("_ __ Phan thir nhat ]", Some(1)),
            ("PHAN II: QUAN PIEM, MUC TIEU", Some(2)),
            ("PHU LUC 3", Some(3)),
            ("’ ) ~ PHULUCA4 ) o .", Some(4)),
            ("Phần lớn đảng viên", None),
            ("Phần thứ hai của báo cáo nêu rõ", None),
            ("Phan dau 100%", None),
        ];
        for (line, number) in rows {
            let found = read(line, line, is_capitals(line), true);
            assert_eq!(found.map(|label| label.number), number, "{line}");
        }
    }
}
