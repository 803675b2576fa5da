//! The tail of a citation: date, issuer and subject after its symbol or name.
//!
//! "… số 21-NQ/TW, ngày 16/6/2022 của Ban Chấp hành Trung ương về tăng cường xây dựng …": each part may be missing,
//! and a comma may precede each. The end of an issuer or a subject depends on grammar; a list of stop words is good
//! enough, because these parts are shown and never compared letter by letter.

use super::kinds::type_word_at;
use super::tokens::{PassageWords, is_blank_gap};
use crate::document::PartialDate;
use crate::text::Span;

/// The parts read after a citation. Spans are bytes of the view.
#[derive(Clone, Debug, Default)]
pub(super) struct Tail {
    /// The date of the cited document.
    pub(super) date: Option<PartialDate>,
    /// Its issuer, without "của".
    pub(super) issuer: Option<Span>,
    /// Its subject, from "về" or a quotation mark on.
    pub(super) subject: Option<Span>,
    /// The index of the first word after these parts.
    pub(super) end: usize,
}

/// Maximum length of an issuer, in words: "Ban Chỉ đạo Trung ương về phát triển khoa học, công nghệ, đổi mới sáng tạo
/// và chuyển đổi số" has 20.
const MAX_ISSUER_WORDS: usize = 24;

/// Maximum length of a subject, in words: the longest of a central paper in the reports read has 45.
const MAX_SUBJECT_WORDS: usize = 70;

/// Reads date, issuer and subject from word `at` on.
pub(super) fn tail_at(words: &PassageWords<'_>, at: usize) -> Tail {
    let mut tail = Tail {
        end: at,
        ..Tail::default()
    };
    read_date(words, &mut tail);
    if let Some((issuer, end)) = issuer_at(words, tail.end) {
        tail.issuer = Some(issuer);
        tail.end = end;
        read_date(words, &mut tail);
    }
    if let Some((subject, end)) = subject_at(words, tail.end) {
        tail.subject = Some(subject);
        tail.end = end;
    }
    tail
}

/// Reads a date at the end of `tail`, unless it has one.
fn read_date(words: &PassageWords<'_>, tail: &mut Tail) {
    if tail.date.is_none()
        && let Some((date, end)) = date_at(words, tail.end)
    {
        tail.date = date;
        tail.end = end;
    }
}

/// Reads a date at word `at`: `ngày 22/ 12/2024`, `ngày 25 tháng 10 năm 2017`, `năm 2011`, `(18/5/2021)`.
///
/// Returns the date and the word after it. The date is `None` if it lacks a year or is not in the calendar.
pub(super) fn date_at(words: &PassageWords<'_>, at: usize) -> Option<(Option<PartialDate>, usize)> {
    if !is_soft_gap(words.gap(at)) || at >= words.len() {
        return None;
    }
    let number = |index: usize| words.word(index).parse::<u16>().ok().filter(|_| words.is_number(index));
    let small = |index: usize| number(index).and_then(|n| u8::try_from(n).ok());
    let year = |index: usize| {
        let digits: String = words
            .word(index)
            .chars()
            .take_while(char::is_ascii_digit)
            .take(4)
            .collect();
        digits.parse::<u16>().ok().filter(|year| (1900..2200).contains(year))
    };
    if words.says(at, "nam") && words.joined(at + 1) && year(at + 1).is_some() {
        return Some((year(at + 1).and_then(|y| PartialDate::new(y, None, None)), at + 2));
    }
    // Without "ngày", only a date in brackets or after a comma belongs to the citation.
    let named = is_day_word(words, at);
    let day = if named { at + 1 } else { at };
    if !named && !words.gap(at).trim_end().ends_with(['(', ',']) || small(day).is_none() || named && !words.joined(day)
    {
        return None;
    }
    // "ngày 25 tháng 10 năm 2017", or "22/12/2024" with one of three separators.
    let spelled = words.says(day + 1, "thang") && words.joined(day + 1);
    let month = if spelled { day + 2 } else { day + 1 };
    let is_separator = |index: usize| spelled || matches!(words.gap(index).trim(), "/" | "." | "-");
    if small(month).is_none() || !is_separator(month) {
        return None;
    }
    let year_word = if spelled && words.says(month + 1, "nam") {
        month + 2
    } else {
        month + 1
    };
    match year(year_word).filter(|_| is_separator(year_word)) {
        Some(year) => Some((PartialDate::new(year, small(month), small(day)), year_word + 1)),
        None if named => Some((None, month + 1)),
        None => None,
    }
}

/// Returns true if word `at` is "ngày" or one of its misreadings.
fn is_day_word(words: &PassageWords<'_>, at: usize) -> bool {
    matches!(words.folded(at), "ngay" | "ngiy" | "ngdy" | "ngay1" | "nqay") || words.says(at, "ngay")
}

/// Returns true if `gap` holds only blanks and stray marks, or a comma or an opening bracket among them.
fn is_soft_gap(gap: &str) -> bool {
    let gap = gap.trim();
    gap.is_empty() || is_blank_gap(gap) || matches!(gap, "," | "(" | ", (")
}

/// Reads an issuer at word `at`: "của Bộ Chính trị, Ban Bí thư", or a body without "của". Returns its bytes and the
/// word after it.
fn issuer_at(words: &PassageWords<'_>, at: usize) -> Option<(Span, usize)> {
    let gap = words.gap(at).trim();
    let soft = is_blank_gap(gap) || matches!(gap, "," | ")");
    if at >= words.len() || !soft {
        return None;
    }
    let of = is_of(words, at) || words.folded(at) == "do" && is_body(words, at + 1);
    let first = if of { at + 1 } else { at };
    let begins = if of {
        words.joined(first)
    } else {
        gap.is_empty() && is_body(words, at)
    };
    if !begins {
        return None;
    }
    let end = body_end(words, first);
    if end == first {
        return None;
    }
    let mut span = words.slice(first, end);
    // "(khóa XII)" belongs to the body with both its brackets.
    if span.slice(words.text()).contains('(') && words.gap(end).starts_with(')') {
        span.end += 1;
    }
    Some((span, end))
}

/// Returns true if word `at` is "của" or one of its misreadings.
pub(super) fn is_of(words: &PassageWords<'_>, at: usize) -> bool {
    matches!(
        words.folded(at),
        "cua" | "ctia" | "cia" | "ciia" | "caa" | "cta" | "cuia" | "cuoa" | "cda" | "cla"
    ) && !matches!(words.word(at), "cứa" | "cưa" | "cửa")
}

/// Returns true if the name of a body that issues papers begins at word `at`.
fn is_body(words: &PassageWords<'_>, at: usize) -> bool {
    /// The first two syllables of the names.
    const HEADS: &[[&str; 2]] = &[
        ["bo", "chinh"],
        ["ban", "bi"],
        ["ban", "chap"],
        ["ban", "thuong"],
        ["ban", "chi"],
        ["ban", "to"],
        ["ban", "tuyen"],
        ["ban", "dan"],
        ["ban", "noi"],
        ["ban", "can"],
        ["trung", "uong"],
        ["chinh", "phu"],
        ["thu", "tuong"],
        ["quoc", "hoi"],
        ["hoi", "dong"],
        ["uy", "ban"],
        ["dang", "uy"],
        ["dang", "doan"],
        ["tinh", "uy"],
        ["thanh", "uy"],
        ["huyen", "uy"],
        ["quan", "uy"],
        ["thuong", "truc"],
        ["van", "phong"],
        ["chu", "tich"],
    ];
    // In small letters it is any body of the sort: "các ban chỉ đạo".
    if !words.is_capital(at) {
        return false;
    }
    matches!(words.folded(at), "ubnd" | "hdnd") || HEADS.iter().any(|head| words.phrase(at, head).is_some())
}

/// Returns the word after the body that begins at word `first`.
pub(super) fn body_end(words: &PassageWords<'_>, first: usize) -> usize {
    // The name of a steering committee includes its task, up to the end of the clause.
    let task = words.phrase(first, &["ban", "chi", "dao"]).is_some();
    let mut bracket = false;
    let mut index = first;
    while index < words.len() && index - first < MAX_ISSUER_WORDS {
        if index > first {
            let gap = words.gap(index).trim();
            // "Bộ Chính trị, Ban Bí thư" and "Bộ Chính trị (khóa XII)" go on; other signs end the name.
            let term = words.says(index, "khoa") || words.says(index, "nhiem");
            match gap {
                "," if task || is_body(words, index) => {}
                "(" if term => bracket = true,
                ")" if bracket => break,
                gap if is_blank_gap(gap) || gap == "-" => {}
                _ => break,
            }
            if !task && is_stop(words, index) || task && type_word_at(words, index).is_some() {
                break;
            }
        }
        index += 1;
    }
    index
}

/// Returns true if word `at` is outside the name of the body before it.
fn is_stop(words: &PassageWords<'_>, at: usize) -> bool {
    /// Folded words in small letters that no name of a body contains.
    const STOPS: &[&str] = &[
        "ve", "v", "nham", "voi", "trong", "duoc", "den", "cho", "theo", "vao", "cung", "gop", "nhu", "nhiem", "gan",
        "thuc", "do",
    ];
    /// Pairs of such words: each alone may be part of a name.
    const PAIRS: &[[&str; 2]] = &[
        ["quy", "dinh"],
        ["thuc", "hien"],
        ["ban", "hanh"],
        ["thanh", "lap"],
        ["phe", "duyet"],
        ["huong", "dan"],
        ["tiep", "tuc"],
        ["cong", "nhan"],
        ["chi", "dinh"],
        ["dong", "thoi"],
        ["dinh", "kem"],
        ["bo", "sung"],
        ["sua", "doi"],
        ["phu", "hop"],
        ["bao", "gom"],
    ];
    // Compared exactly, also on a damaged page, because "ương Đảng" is like "hướng dẫn". Their marks tell these words
    // from syllables of names: Đà Nẵng, Sơn La, Bộ Tài chính, cơ quan.
    if matches!(
        words.word(at),
        "đã" | "là" | "tại" | "có" | "để" | "ở" | "1a" | "và," | "khi" | "mà" | "từ" | "trên"
    ) {
        return true;
    }
    // "Ban Bí thư và Bộ Chính trị" goes on; "và" before a small letter, a number or another citation ends the name.
    if words.folded(at) == "va" {
        let numbered = (2..=4).any(|ahead| words.is_number(at + ahead));
        return !words.is_capital(at + 1) || numbered || type_word_at(words, at + 1).is_some();
    }
    let lower = !words.is_capital(at);
    lower && STOPS.contains(&words.folded(at))
        || PAIRS
            .iter()
            .any(|pair| lower && words.folded(at) == pair[0] && words.folded(at + 1) == pair[1])
}

/// Reads a subject at word `at`: "về …", "V/v …", a quotation, or "quy định …" after an issuer. Returns its bytes and
/// the word after it.
pub(super) fn subject_at(words: &PassageWords<'_>, at: usize) -> Option<(Span, usize)> {
    let gap = words.gap(at).trim();
    if at >= words.len() {
        return None;
    }
    if gap.ends_with(['“', '"', '«']) && gap.chars().count() <= 3 && !gap.contains(['.', ';', ':']) {
        return Some(quoted(words, at));
    }
    if !is_blank_gap(gap) && !matches!(gap, "," | ")" | "),") {
        return None;
    }
    let about = matches!(words.folded(at), "ve" | "vee")
        || words.phrase(at, &["v", "v"]).is_some()
        || words.folded(at) == "v" && words.gap(at + 1).starts_with('/');
    // "Thông tư … của Bộ Tài chính quy định …", but not "quy định tại Điều 5".
    let says = words.phrase(at, &["quy", "dinh"]).is_some() && gap.is_empty() && words.folded(at + 2) != "tai";
    if !about && !says {
        return None;
    }
    // "về “Một số vấn đề …”": the quotation ends the subject.
    if words.gap(at + 1).trim().ends_with(['“', '"']) {
        let (quote, end) = quoted(words, at + 1);
        return Some((words.slice(at, at + 1).cover(quote), end));
    }
    let end = clause_end(words, at);
    (end > at + 1).then(|| (words.slice(at, end), end))
}

/// Returns the quotation whose first word is `first`, with its marks, and the word after it.
fn quoted(words: &PassageWords<'_>, first: usize) -> (Span, usize) {
    let gap = words.gap(first);
    let open = gap.rfind(['“', '"', '«']).unwrap_or(gap.len());
    let start = words.span(first).start - (gap.len() - open);
    let mut index = first + 1;
    while index <= words.len() && index - first < MAX_SUBJECT_WORDS {
        let gap = words.gap(index);
        if let Some(at) = gap.find(['”', '"', '»']) {
            let mark = gap[at..].chars().next().map_or(0, char::len_utf8);
            let end = words.span(index - 1).end + at + mark;
            return (Span::new(start, end), index);
        }
        index += 1;
    }
    let end = clause_end(words, first);
    (Span::new(start, words.slice(first, end).end), end)
}

/// Returns the word after the clause that begins at word `first`.
///
/// A clause ends with a full stop, a semicolon, another citation, or a comma before a word that begins a new clause.
fn clause_end(words: &PassageWords<'_>, first: usize) -> usize {
    /// Words that begin a clause after a comma, with their marks: "đồng" begins one, "động" continues one.
    const CLAUSES: &[&str] = &[
        "các", "những", "nhằm", "góp", "đồng", "phục", "tạo", "gắn", "bao", "qua", "từ", "đã", "nhất", "luôn", "trong",
        "thực", "và", "với", "cac", "nham",
    ];
    let mut bracket = false;
    let mut index = first + 1;
    while index < words.len() && index - first < MAX_SUBJECT_WORDS {
        let gap = words.gap(index).trim();
        bracket |= gap.contains('(');
        let ends = match gap {
            "" => false,
            "," => CLAUSES.contains(&words.word(index)) || begins_citation(words, index),
            ")" | ")," if bracket => {
                bracket = false;
                false
            }
            gap => gap.contains(['.', ';', ')', ':', '”', '…']),
        };
        // "và các Nghị quyết …", "và Kết luận …": the list of citations goes on.
        let others = matches!(words.folded(index + 1), "cac" | "nhung") && type_word_at(words, index + 2).is_some();
        let and = words.folded(index) == "va" && (others || begins_citation(words, index + 1));
        // A purpose, a condition or the definition of a short name follows.
        let other =
            matches!(words.word(index), "vào" | "nhằm" | "thì") || words.phrase(index, &["gan", "voi"]).is_some();
        if ends || and || other || words.phrase(index, &["viet", "tat", "la"]).is_some() {
            break;
        }
        index += 1;
    }
    index
}

/// Returns true if a type word begins at word `at` and has a capital or a number after it.
fn begins_citation(words: &PassageWords<'_>, at: usize) -> bool {
    type_word_at(words, at)
        .is_some_and(|(_, end)| words.is_capital(at) || words.is_number(end) || words.says(end, "so"))
}

/// Reads a term at word `at` ("nhiệm kỳ 2025 - 2030", after a comma or in brackets too) and returns it, as `2025-2030`,
/// with the word after it.
pub(super) fn term_at(words: &PassageWords<'_>, at: usize) -> (Option<String>, usize) {
    let gap = words.gap(at).trim();
    if !(is_blank_gap(gap) || matches!(gap, "," | "(")) {
        return (None, at);
    }
    let Some(first) = words.phrase(at, &["nhiem", "ky"]) else {
        return (None, at);
    };
    let year = |word: usize| {
        words
            .word(word)
            .get(..4)
            .and_then(|y| y.parse::<u16>().ok())
            .filter(|y| (1930..2200).contains(y))
    };
    let dash = matches!(words.gap(first + 1).trim(), "-" | "–" | "—" | "/");
    match (year(first), year(first + 1)) {
        (Some(from), Some(to)) if dash && from < to => (Some(format!("{from}-{to}")), first + 2),
        _ => (None, at),
    }
}

/// Reads at word `at` the year that tells one version of a law from another ("năm 2013", "2013"), and returns it with
/// the word after it.
pub(super) fn year_after(words: &PassageWords<'_>, at: usize) -> (Option<PartialDate>, usize) {
    if !words.joined(at) {
        return (None, at);
    }
    if words.says(at, "nam")
        && let Some((date, end)) = date_at(words, at)
    {
        return (date, end);
    }
    let year = Some(words.word(at))
        .filter(|word| word.len() == 4)
        .and_then(|word| word.parse().ok());
    match year.and_then(|year| PartialDate::new(year, None, None)) {
        Some(date) => (Some(date), at + 1),
        None => (None, at),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tail(text: &str) -> (String, &str, &str) {
        let words = PassageWords::new(text, false);
        let tail = tail_at(&words, 0);
        let slice = |span: Option<Span>| span.map_or("", |span| span.slice(text));
        (
            tail.date.map_or(String::new(), |date| date.to_string()),
            slice(tail.issuer),
            slice(tail.subject),
        )
    }

    #[test]
    fn dates_in_all_their_writings() {
        let rows = [
            ("ngày 22/ 12/2024", "2024-12-22"),
            (", ngày 09/5/2024 của", "2024-05-09"),
            ("ngày 25 tháng 10 năm 2017 của", "2017-10-25"),
            ("ngay 22.12.2024 vé", "2024-12-22"),
            ("(18/5/2021)", "2021-05-18"),
            ("năm 2011", "2011"),
            ("ngày 13/1 của", ""),
            ("ngày 31/02/2024", ""),
            ("và 15/6/2024", ""),
            ("15/6/2024", ""),
        ];
        for (text, date) in rows {
            assert_eq!(tail(text).0, date, "{text}");
        }
    }

    #[test]
    fn issuers_and_subjects_end_where_they_end() {
        let rows = [
            (
                "ngày 16/6/2022 của Ban Chấp hành Trung ương về tăng cường xây dựng tổ chức cơ sở đảng; Kết luận",
                "Ban Chấp hành Trung ương",
                "về tăng cường xây dựng tổ chức cơ sở đảng",
            ),
            (
                "của Bộ Chính trị, Ban Bí thư về triển khai",
                "Bộ Chính trị, Ban Bí thư",
                "về triển khai",
            ),
            ("của Bộ Chính trị (khóa XII). Các", "Bộ Chính trị (khóa XII)", ""),
            (
                "của Ban Thường vụ Đảng ủy các cơ quan Đảng thành phố Cần Thơ, bao gồm 03 chi bộ",
                "Ban Thường vụ Đảng ủy các cơ quan Đảng thành phố Cần Thơ",
                "",
            ),
            (
                "của Ban Chấp hành Trung ương Đảng khóa XII “Một số vấn đề về tiếp tục đổi mới”.",
                "Ban Chấp hành Trung ương Đảng khóa XII",
                "“Một số vấn đề về tiếp tục đổi mới”",
            ),
            (
                "của Ban Bí thư và Hướng dẫn của Ban Thường vụ Thành ủy",
                "Ban Bí thư",
                "",
            ),
            ("của Tỉnh ủy Sơn La thực hiện Nghị quyết", "Tỉnh ủy Sơn La", ""),
            (
                "về bảo vệ nền tảng tư tưởng của Đảng, các Chuyên đề học tập",
                "",
                "về bảo vệ nền tảng tư tưởng của Đảng",
            ),
            (
                "về hội nhập quốc tế trong tình hình mới, Nghị quyết 66-NQ/TW",
                "",
                "về hội nhập quốc tế trong tình hình mới",
            ),
            (
                "về tiêu chuẩn và phân cấp quản lý cán bộ thì cấp dưới chưa đủ điều kiện",
                "",
                "về tiêu chuẩn và phân cấp quản lý cán bộ",
            ),
            (", góp phần vào công tác", "", ""),
            ("và quyết định", "", ""),
        ];
        for (text, issuer, subject) in rows {
            let found = tail(text);
            assert_eq!((found.1, found.2), (issuer, subject), "{text}");
        }
    }
}
