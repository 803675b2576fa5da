//! Pinpoints: the part of a document that is cited, "điểm a khoản 1 Điều 8 và Điều 9 Nghị định số 34".
//!
//! A pinpoint is before the type word, perhaps with "của" between, or after the citation in brackets or at the end of
//! its clause. It is a run of divisions, each with its numbers; the divisions are those of Nghị định 34/2016/NĐ-CP
//! (phần, chương, mục, tiểu mục, điều, khoản, điểm), of annexes, and those of party papers (phần, mục, điểm, tiết). A
//! division of the document itself ("Điều 1. Ban hành kèm theo Quyết định này …") ends with a full stop or a colon and
//! is none.

use super::mention::DocumentMention;
use super::numerals::roman;
use super::tokens::{PassageWords, is_of};
use crate::stop::checkpoint;
use crate::text::Span;

/// Names of divisions, folded and with their marks: "mục" and "mức", "điều" and "điểu" differ only in marks.
const DIVISIONS: &[(&[&str], &[&str])] = &[
    (&["tieu", "muc"], &["tiểu", "mục"]),
    (&["dieu"], &["điều"]),
    (&["khoan"], &["khoản"]),
    (&["diem"], &["điểm"]),
    (&["muc"], &["mục"]),
    (&["phan"], &["phần"]),
    (&["chuong"], &["chương"]),
    (&["tiet"], &["tiết"]),
    (&["doan"], &["đoạn"]),
    (&["phu", "luc"], &["phụ", "lục"]),
];

/// Words before a division, folded, that make another word of it: "quan điểm", "giai đoạn", "danh mục".
const NOT_AFTER: &[&str] = &[
    "quan", "thoi", "trong", "uu", "nhuoc", "giai", "gop", "hang", "danh", "chuyen",
];

/// Maximum length of a pinpoint, in words: "các điều 3, 20, 30, 34, 39 và 61" has eight, "từ Điều 1 đến Điều 5" six.
const MAX_PINPOINT_WORDS: usize = 40;

/// Sets the pinpoint of each mention; `mentions` are those of one passage, in order.
pub(super) fn add_pinpoints(words: &PassageWords<'_>, mentions: &mut [DocumentMention]) {
    let mut floor = 0;
    for index in 0..mentions.len() {
        checkpoint();
        let next = mentions
            .get(index + 1)
            .map_or(words.text().len(), |next| next.span.start);
        let mention = &mut mentions[index];
        let first = words.index_at(mention.span.start);
        let end = words.index_at(mention.span.end);
        mention.pinpoint = pinpoint_before(words, floor, first)
            .filter(|&(start, _)| !is_own_article(words, start, mention))
            .map(|(start, end)| words.slice(start, end));
        if mention.pinpoint.is_none() {
            let limit = words.index_at(next);
            let after = [end, mention.end];
            mention.pinpoint = after.into_iter().find_map(|at| pinpoint_after(words, at, limit));
        }
        if !mention.is_doubtful() {
            floor = end;
        }
    }
}

/// Returns the first word of the pinpoint before word `first`, where a citation begins, and the word after it; words
/// before `floor` belong to another.
fn pinpoint_before(words: &PassageWords<'_>, floor: usize, first: usize) -> Option<(usize, usize)> {
    let mut end = first;
    // "khoản 2 Điều 5 của Luật", "Điều 3 của các Nghị quyết"
    for skipped in ["cac", "cua"] {
        let before = end.checked_sub(1).filter(|_| words.joined(end));
        let is_skipped = |at: &usize| {
            if skipped == "cua" {
                is_of(words, *at)
            } else {
                words.folded(*at) == skipped
            }
        };
        end = before.filter(is_skipped).unwrap_or(end);
    }
    if end <= floor || !(words.joined(end) || words.gap(end).trim() == ",") || !may_end(words, end - 1) {
        return None;
    }
    let mut start = None;
    let mut at = end;
    while at > floor && end - at < MAX_PINPOINT_WORDS {
        if at < end && !matches!(words.gap(at).trim(), "" | "," | "." | "-" | "–") {
            break;
        }
        at -= 1;
        if division_end(words, at).is_some() {
            start = (divisions_end(words, at) == Some(end)).then_some(at).or(start);
        } else if !(may_end(words, at) || LINKS.contains(&words.folded(at))) {
            break;
        }
    }
    start.map(|start| (start, end))
}

/// Returns the pinpoint at word `at`, after a citation: in brackets, or at the end of the clause after a comma; words
/// from `limit` on belong to the next citation.
fn pinpoint_after(words: &PassageWords<'_>, at: usize, limit: usize) -> Option<Span> {
    let opening = words.gap(at).trim();
    if at >= limit || !matches!(opening, "(" | ",") {
        return None;
    }
    let start = at + usize::from(words.folded(at) == "tai");
    let end = divisions_end(words, start)?;
    let closing = words.gap(end).trim_start();
    let closed = if opening == "(" {
        closing.starts_with(')')
    } else {
        end >= words.len() || closing.starts_with([';', '.', ')'])
    };
    (closed && end <= limit).then(|| words.slice(start, end))
}

/// Returns true if the pinpoint that begins at word `start` numbers an article of the document itself: "Điều 5 Quyết
/// định này có hiệu lực", with its full stop lost.
fn is_own_article(words: &PassageWords<'_>, start: usize, mention: &DocumentMention) -> bool {
    mention.is_own_document() && (start == 0 || words.gap(start).contains('.'))
}

/// Words between divisions and between numbers, folded: "Điều 1 và Điều 2", "từ khoản 1 đến khoản 3", "phần thứ hai".
const LINKS: &[&str] = &["va", "hoac", "den", "tu", "cac", "cua", "thuoc", "thu", "luc", "so"];

/// Ordinals in words, folded: party papers rarely have more than five parts.
const ORDINALS: &[&str] = &["nhat", "hai", "ba", "tu", "nam", "sau", "bay", "tam"];

/// Returns the word after the divisions, each with its numbers, that begin at word `at`; `None` if there are none.
fn divisions_end(words: &PassageWords<'_>, at: usize) -> Option<usize> {
    let mut end = numbers_end(words, division_end(words, at)?)?;
    loop {
        let linked = words.joined(end) && matches!(words.folded(end), "va" | "hoac" | "den" | "cua" | "thuoc");
        let several = end + usize::from(linked);
        let next = several + usize::from(words.folded(several) == "cac" && words.joined(several));
        let parted = words.joined(end) || words.gap(end).trim() == ",";
        let numbers = division_end(words, next).filter(|_| parted && (next == end || words.joined(next)));
        match numbers.and_then(|numbers| numbers_end(words, numbers)) {
            Some(after) => end = after,
            None => return Some(end),
        }
    }
}

/// Returns the word after the name of a division at word `at`.
fn division_end(words: &PassageWords<'_>, at: usize) -> Option<usize> {
    let (_, marked) = DIVISIONS
        .iter()
        .find(|(syllables, _)| words.folded(at) == syllables[0] && words.phrase(at, syllables).is_some())?;
    let written = (at..).zip(*marked).all(|(at, marked)| words.is_written(at, marked));
    let other = at > 0 && words.joined(at) && NOT_AFTER.contains(&words.folded(at - 1));
    (written && !other).then_some(at + marked.len())
}

/// Returns the word after the numbers of a division at word `at`: "3, 20 và 30", "1.3", "II.2", "thứ hai".
fn numbers_end(words: &PassageWords<'_>, at: usize) -> Option<usize> {
    // "Phụ lục số 2"
    let first = at + usize::from(words.folded(at) == "so" && words.joined(at));
    let mut end = number_end(words, first).filter(|_| words.joined(first))?;
    loop {
        let linked = words.joined(end) && matches!(words.folded(end), "va" | "hoac" | "den");
        let next = end + usize::from(linked);
        let parted = linked && words.joined(next) || matches!(words.gap(end).trim(), "," | "-" | "–");
        match number_end(words, next).filter(|_| parted) {
            Some(after) => end = after,
            None => return Some(end),
        }
    }
}

/// Returns the word after one number at word `at`.
fn number_end(words: &PassageWords<'_>, at: usize) -> Option<usize> {
    if words.folded(at) == "thu" && words.joined(at + 1) {
        return (is_numeral(words, at + 1) || ORDINALS.contains(&words.folded(at + 1))).then_some(at + 2);
    }
    let mut end = at + 1;
    if !is_numeral(words, at) {
        return None;
    }
    while words.gap(end) == "." && is_numeral(words, end) {
        end += 1;
    }
    Some(end)
}

/// Returns true if a pinpoint may end with word `at`: with a number, or an ordinal in words.
fn may_end(words: &PassageWords<'_>, at: usize) -> bool {
    is_numeral(words, at) || ORDINALS.contains(&words.folded(at)) && at > 0 && words.folded(at - 1) == "thu"
}

/// Returns true if word `at` numbers a division: "12", "12a", "đ", "IV".
fn is_numeral(words: &PassageWords<'_>, at: usize) -> bool {
    /// The highest number of an article has three digits: the Bộ luật Dân sự of 2015 has 689.
    const MAX_DIGITS: usize = 3;
    let folded = words.folded(at).as_bytes();
    // "Chương IIIa"
    let numeral = words
        .word(at)
        .trim_end_matches(|letter: char| letter.is_ascii_lowercase());
    let digits = folded.iter().take_while(|byte| byte.is_ascii_digit()).count();
    match folded.len() - digits {
        0 => (1..=MAX_DIGITS).contains(&digits),
        1 => digits <= MAX_DIGITS && folded[digits].is_ascii_lowercase(),
        letters => digits == 0 && numeral.len() + 1 >= letters && words.is_capital(at) && roman(numeral).is_some(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::citation::tests::cited;
    use crate::reading::Quality;

    /// Checks the pinpoint before the last word of `text`, which is a type word.
    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let words = PassageWords::new(text, false);
        let found = pinpoint_before(&words, 0, words.len() - 1);
        let found = found.map(|(start, end)| words.slice(start, end).slice(text));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn pinpoints_before_a_type_word() {
        let rows = [
            ("quy định tại khoản 2 Điều 5 Luật", Some("khoản 2 Điều 5")),
            (
                "theo điểm a khoản 1 Điều 8 và Điều 9 Luật",
                Some("điểm a khoản 1 Điều 8 và Điều 9"),
            ),
            ("tại các điều 3, 20, 30 và 61 của Luật", Some("điều 3, 20, 30 và 61")),
            ("theo Điểm 1.3 Khoản 2 Điều 4 Luật", Some("Điểm 1.3 Khoản 2 Điều 4")),
            ("theo phần II, mục 3, Luật", Some("phần II, mục 3")),
            ("nêu tại phần thứ hai Luật", Some("phần thứ hai")),
            ("từ khoản 1 đến khoản 3 Điều 7 Luật", Some("khoản 1 đến khoản 3 Điều 7")),
            ("điểm đ khoản 1 Điều 12a Luật", Some("điểm đ khoản 1 Điều 12a")),
            ("Phụ lục II của các Luật", Some("Phụ lục II")),
            (
                "theo tiểu mục 2 Mục III Chương IV Luật",
                Some("tiểu mục 2 Mục III Chương IV"),
            ),
            ("theo Luật A và Điều 5 Luật", Some("Điều 5")),
            ("Điều 1. Luật", None),
            ("Điều 5: Luật", None),
            ("Chương IIIa Luật", Some("Chương IIIa")),
            ("theo Phụ lục số 2 của Luật", Some("Phụ lục số 2")),
            ("một số điều của Luật", None),
            ("quan điểm 5 Luật", None),
            ("giai đoạn 2 Luật", None),
            ("năm 2020 Luật", None),
            ("mục tiêu 2 Luật", None),
            ("Điều 5 và Luật", None),
        ];
        for (text, expected) in rows {
            check(text, expected);
        }
    }

    #[test]
    fn pinpoints_are_those_of_the_item_that_they_stand_at() {
        let rows: &[(&str, &[Option<&str>])] = &[
            (
                "theo khoản 2 Điều 5 Nghị định số 34/2016/NĐ-CP và Nghị định số 78/2025/NĐ-CP",
                &[Some("khoản 2 Điều 5"), None],
            ),
            (
                "Nghị định số 30/2020/NĐ-CP (Điều 13, Phụ lục I) quy định",
                &[Some("Điều 13, Phụ lục I")],
            ),
            ("theo Luật Đất đai, khoản 3 Điều 5.", &[Some("khoản 3 Điều 5")]),
            (
                "theo Luật Đất đai, khoản 3 Điều 5 Luật Nhà ở.",
                &[None, Some("khoản 3 Điều 5")],
            ),
            ("Điều 5 của Luật Đất đai", &[Some("Điều 5")]),
            ("Mục III Nghị quyết Trung ương 4 khóa XII", &[Some("Mục III")]),
        ];
        for (text, expected) in rows {
            let found = cited(Quality::Clean, text);
            let found: Vec<Option<&str>> = found.iter().map(|citation| citation.pinpoint.as_deref()).collect();
            assert_eq!(&found, expected, "{text}");
        }
    }
}
