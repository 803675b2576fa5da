//! The marks in running text that may call notes, and how sure each is.
//!
//! A raised number comes out of a file glued to whatever it was set after: a word (`Đảng6,`), a year
//! (`05/6/20201`), a symbol (`57-NQ/TW1`), a share (`98,5%1`), a closing quote, a stop (`mới.8`). Units (`m2`,
//! `CO2`), numbered things (`Quý2`, `Q.1`) and symbols that end with a number (`43/2019/QH14`) look alike; the
//! tables of this file tell them apart.

use super::form::{Key, Mark, MarkForm};
use crate::document::layout::Sheet;
use crate::document::notes::note::{Call, is_letter};
use crate::text::Span;

/// The certainty that a mark calls a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Grade {
    /// It calls a note only among others that do.
    Weak,
    /// It may be nothing else, apart from errors of typing.
    Good,
    /// The file says that it is a mark.
    Sure,
}

/// A mark in running text that may call a note.
#[derive(Clone, Copy, Debug)]
pub(super) struct PrintedCall<'t> {
    /// Its row.
    pub(super) row: usize,
    /// The word and the mark.
    pub(super) call: Call,
    /// The form of the mark.
    pub(super) form: MarkForm,
    /// Its number or name.
    pub(super) key: Key<'t>,
    /// Its certainty.
    pub(super) grade: Grade,
}

/// Lower-case units that carry a raised or lowered number which is no mark.
const UNITS: &[&str] = &["m", "km", "hm", "dm", "cm", "mm", "ha", "s", "co", "so", "no", "pm"];
/// Words that take a number after them, parted by blanks: "Quý2" is a quarter, not a word with a mark.
const NUMBERED: &str = "quý tổ điều khoản điểm mục chương phần bảng biểu hình lục số ngày tháng năm lớp khu ấp \
    thôn xóm khối quận phường đội loại hạng bậc nhóm vùng đợt lần kỳ kì tập quyển trang cột dòng câu bài tuyến \
    gói đoàn tiểu tờ thửa lô tầng phòng khóa khoá đoạn";
/// Ends of symbols that take a number: the term of the Assembly (`43/2019/QH14`), a resolution that a body serves
/// (`35/CV-BCĐTKNQ18`).
const NUMBERED_CODES: &[&str] = &["QH", "NQ", "CT", "KL", "HĐND", "QĐ"];
/// Bytes of the shortest run of digits that is a year with a mark glued to it: `20256`.
const MIN_YEAR_RUN: usize = 5;
/// Digits of a number padded with a zero, and of a mark after a number that is not.
const PADDED: usize = 2;
/// Digits of a year.
const YEAR: usize = 4;

/// Bytes that begin a mark. The two above ASCII begin the raised digits of Unicode.
const MAY_MARK: [bool; 256] = {
    let mut table = [false; 256];
    let signs = b"[(\\^<$*0123456789\xc2\xe2";
    let mut at = 0;
    while at < signs.len() {
        table[signs[at] as usize] = true;
        at += 1;
    }
    table
};

/// Adds the calls in row `index`, in order.
pub(super) fn find_in_row<'t>(sheet: &Sheet<'t>, index: usize, found: &mut Vec<PrintedCall<'t>>) {
    let row = sheet.rows[index].body;
    let body = row.slice(sheet.text);
    let bytes = body.as_bytes();
    let mut next = 0;
    while let Some(skipped) = bytes
        .get(next..)
        .and_then(|rest| rest.iter().position(|&b| MAY_MARK[usize::from(b)]))
    {
        let at = next + skipped;
        next = at + 1;
        // The last byte of a longer char.
        let Some(rest) = body.get(at..) else { continue };
        let place = MarkPlace { body, at };
        let read = if bytes[at].is_ascii_digit() {
            let run = rest.bytes().take_while(u8::is_ascii_digit).count();
            next = at + run;
            place.digits(run)
        } else {
            Mark::at_start(rest).and_then(|mark| {
                next = at + mark.len;
                Some((mark, at, place.grade(mark)?))
            })
        };
        if let Some((mark, start, grade)) = read {
            let mark_span = Span::new(row.start + start, row.start + start + mark.len);
            found.push(PrintedCall {
                row: index,
                call: Call::at(sheet.text, row, mark_span),
                form: mark.form,
                key: mark.key,
                grade,
            });
        }
    }
}

/// A place in a row.
#[derive(Clone, Copy)]
struct MarkPlace<'t> {
    /// The trimmed text of the row.
    body: &'t str,
    /// The byte in it.
    at: usize,
}

impl<'t> MarkPlace<'t> {
    /// Returns the text before it.
    fn before(self) -> &'t str {
        &self.body[..self.at]
    }

    /// Returns how sure `mark` calls a note here, or `None` if it does not.
    fn grade(self, mark: Mark<'_>) -> Option<Grade> {
        let before = self.before();
        let after = &self.body[self.at + mark.len..];
        // Only punctuation may follow a mark up to the next blank, but for what a converter glued to it.
        let ends = !after.starts_with(char::is_alphanumeric);
        match mark.form {
            MarkForm::Reference | MarkForm::Caret => Some(Grade::Sure),
            // "km²" has no mark.
            _ if mark.raised => {
                let word = word_before(before);
                let exponent = UNITS.contains(&word.to_lowercase().as_str()) || before.ends_with("10");
                (!exponent && !before.is_empty()).then_some(Grade::Sure)
            }
            MarkForm::Bracket if ends && self.follows_word() => Some(Grade::Good),
            MarkForm::Bracket | MarkForm::Paren if ends => self.bracketed(after),
            MarkForm::Star if ends => self.star(mark, after),
            _ => None,
        }
    }

    /// Returns true if a word or a stop is right before the place, or one blank before it. The field of a form is after
    /// dots or a wide blank: `Điện thoại: …… [10]`.
    fn follows_word(self) -> bool {
        let before = self.before();
        let word = before.strip_suffix([' ', '\u{a0}']).unwrap_or(before);
        let mut last = word.chars().rev();
        let (Some(end), before_end) = (last.next(), last.next()) else {
            return false;
        };
        let word_end = |c: char| c.is_alphanumeric() || is_letter(c) || closes_word(c);
        word_end(end) || matches!(end, '.' | ',' | ';' | ':') && before_end.is_some_and(word_end)
    }

    /// Grades a number in brackets before `after`.
    ///
    /// Glued to a word it is a mark. After a blank it is one before a stop ("đôn đốc (1), góp phần"); before a word
    /// it is rather an item of a list: "gồm: (1) Tăng cường …; (2) Nâng cao …".
    fn bracketed(self, after: &str) -> Option<Grade> {
        let before = self.before();
        let word = before.trim_end();
        let last = word.chars().next_back();
        let closes = last.is_some_and(|c| c.is_alphanumeric() || is_letter(c) || closes_word(c));
        let stops = matches!(last, Some('.' | ',' | ';' | ':'));
        let before_stop = after.is_empty() || after.starts_with(['.', ',', ';', ':', ')', '”', '"']);
        let glued = word.len() == before.len();
        // "tại khoản (1), (2)" is a list of numbers.
        let numbered = is_numbered(word_before(word));
        match last {
            // A mark that a line end cut from its word.
            None => before_stop.then_some(Grade::Weak),
            _ if numbered => None,
            _ if glued && closes => Some(Grade::Good),
            _ if glued && stops && (before_stop || after.starts_with([' ', '\u{a0}'])) => Some(Grade::Good),
            _ if closes && before_stop => Some(Grade::Good),
            _ if closes && after.trim_start().starts_with(char::is_lowercase) => Some(Grade::Weak),
            _ => None,
        }
    }

    /// Grades stars before `after`: glued to a word, or in brackets (`(*)`).
    fn star(self, mark: Mark<'_>, after: &str) -> Option<Grade> {
        let before = self.before();
        let last = before.trim_end().chars().next_back()?;
        let closes = last.is_alphanumeric() || is_letter(last) || closes_word(last) || matches!(last, '.' | ',');
        let shown = &self.body[self.at..self.at + mark.len];
        if shown.starts_with(['(', '\\']) {
            return closes.then_some(Grade::Good);
        }
        // "*slanted*" and "**bold**" are Markdown.
        let emphasis = before.contains('*') || after.contains('*');
        (closes && !emphasis && last == before.chars().next_back()?).then_some(Grade::Good)
    }

    /// Reads the mark at the end of the run of `len` digits here: the whole run, or what is glued to a year.
    fn digits(self, len: usize) -> Option<(Mark<'t>, usize, Grade)> {
        let before = self.before();
        let last = before.chars().next_back()?;
        let after = &self.body[self.at + len..];
        if after.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '-' | '%' | '_' | '@')) {
            return None;
        }
        // A decimal or a number in groups: "1,5", "2.832".
        let number_goes_on = after.starts_with(['.', ',']) && after[1..].starts_with(|c: char| c.is_ascii_digit());
        let word_start = before.rfind(char::is_whitespace).map_or(0, |at| at + 1);
        let word = before.get(word_start..).unwrap_or(before);
        if number_goes_on || word.contains(['@', '_', '=']) || word.contains("http") || word.contains("www.") {
            return None;
        }
        if len >= MIN_YEAR_RUN {
            return self.year(len, last);
        }
        if len > PADDED && last == ' ' {
            return self.after_number(len);
        }
        let grade = match last {
            '.' if self.is_after_label() => after.starts_with(' ').then_some(Grade::Weak),
            ' ' => self.after_blank(after),
            '%' => before
                .trim_end_matches('%')
                .ends_with(|c: char| c.is_ascii_digit())
                .then_some(Grade::Good),
            '.' | ',' | ';' | ':' | '…' => self.after_stop(last),
            _ if closes_word(last) => Some(Grade::Good),
            _ if is_letter(last) => grade_word(word_before(before), word),
            _ => None,
        }?;
        let mark = Mark::at_start(&self.body[self.at..]).filter(|mark| mark.len == len)?;
        Some((mark, self.at, grade))
    }

    /// Returns true if only the label of an item or an article is before the place: "1.2 Bảo hiểm" may be item 1 with
    /// note 2, "Điều 12.5 Hồ sơ" is article 12 with note 5.
    fn is_after_label(self) -> bool {
        let label = self.before().trim_start_matches("Điều ").trim_end_matches(['.', ' ']);
        let number = label.trim_end_matches(|c: char| c.is_ascii_lowercase() || c == 'đ');
        let letters = label.len() - number.len();
        (1..=2).contains(&number.len()) && letters <= 2 && number.bytes().all(|byte| byte.is_ascii_digit())
    }

    /// Grades digits that a blank parts from the word before and the text `after`: at the end of a sentence ("Đài
    /// Truyền hình Việt Nam 1.") or after a label ("5. 4 Sở giao dịch").
    fn after_blank(self, after: &str) -> Option<Grade> {
        let word = word_before(self.before().trim_end());
        let spoken = has_vowel(word) && !is_numbered(word);
        let ends = after.is_empty() || after.starts_with(['.', ';', ',']);
        let label = self.before().ends_with(". ") && after.starts_with(' ') && self.is_after_label();
        (label || ends && spoken).then_some(Grade::Weak)
    }

    /// Grades digits glued to the stop `last` of a sentence: "mới.8", not "1.8", "tr.15" or "Q.1".
    fn after_stop(self, last: char) -> Option<Grade> {
        let word = self.before().trim_end_matches(last);
        match word.chars().next_back()? {
            c if closes_word(c) => Some(Grade::Good),
            c if is_letter(c) => {
                let letters = word_before(word);
                // "III.1" is a number.
                let spoken = letters.chars().count() > 1 && has_vowel(letters) && !is_short_capitals(letters);
                let spoken = spoken && !is_roman(letters);
                (spoken && !is_numbered(letters)).then_some(Grade::Good)
            }
            // "COVID-19.1" and "05/6/2020.1" are no numbers.
            c if c.is_ascii_digit() => {
                let joined = word.rsplit(char::is_whitespace).next().unwrap_or(word);
                joined.contains(['-', '/']).then_some(Grade::Weak)
            }
            _ => None,
        }
    }

    /// Reads the mark glued to the number of a form in the run of `len` digits: "Mẫu số 0326" is form 03 with note 26,
    /// "Mẫu số 515" form 5 with note 15.
    fn after_number(self, len: usize) -> Option<(Mark<'t>, usize, Grade)> {
        let padded = self.body[self.at..].starts_with('0');
        let number = if padded { PADDED } else { len - PADDED };
        let form = padded || word_before(self.before().trim_end()).to_lowercase() == "số";
        let start = self.at + number;
        let mark = Mark::at_start(&self.body[start..]).filter(|mark| mark.len + number == len && form)?;
        Some((mark, start, Grade::Weak))
    }

    /// Reads the mark glued to a year in the run of `len` digits: `202512`, `05/6/20201`.
    fn year(self, len: usize, last: char) -> Option<(Mark<'t>, usize, Grade)> {
        let run = &self.body[self.at..self.at + len];
        let century = run.starts_with("19") || run.starts_with("20");
        let start = self.at + YEAR;
        let mark = Mark::at_start(&self.body[start..]).filter(|mark| mark.len + YEAR == len && century)?;
        let before = self.before().trim_end();
        let dated = matches!(last, '/' | '-' | '–' | '.') || before.ends_with(['-', '–']);
        let named = word_before(before).to_lowercase() == "năm";
        Some((mark, start, if dated || named { Grade::Good } else { Grade::Weak }))
    }
}

/// Returns true for a sign that closes a word or a quotation.
fn closes_word(char: char) -> bool {
    matches!(char, ')' | '”' | '"' | '’' | '»' | ']' | '%')
}

/// Returns the letters at the end of `text`.
fn word_before(text: &str) -> &str {
    let start = text
        .char_indices()
        .rev()
        .take_while(|&(_, c)| is_letter(c))
        .last()
        .map_or(text.len(), |(at, _)| at);
    &text[start..]
}

/// Grades plain digits after the letters `letters`, the end of the blank-separated `word`.
fn grade_word(letters: &str, word: &str) -> Option<Grade> {
    let lower = letters.to_lowercase();
    let count = letters.chars().filter(|c| c.is_alphabetic()).count();
    let before = word[..word.len() - letters.len()].chars().next_back();
    // The code of a body in a symbol: "57-NQ/TW1".
    if matches!(before, Some('/' | '-')) && letters.chars().any(char::is_uppercase) {
        let symbol = word.starts_with(|c: char| c.is_ascii_digit()) || word.contains('/');
        let numbered = NUMBERED_CODES.iter().any(|code| letters.ends_with(code));
        return (symbol && !numbered && count > 1).then_some(Grade::Good);
    }
    // A form has letters after its number: "Mẫu số 1A4" is form 1A with note 4.
    if before.is_some_and(|c| c.is_ascii_digit()) {
        let form = letters.chars().all(|c| c.is_ascii_uppercase()) && word.starts_with(|c: char| c.is_ascii_digit());
        return form.then_some(Grade::Weak);
    }
    if UNITS.contains(&lower.as_str()) || before.is_some_and(char::is_alphanumeric) {
        return None;
    }
    if count == 1 {
        // "ý1" and "ở2" are words; "A1" and "đ5" are none.
        return matches!(lower.as_str(), "ý" | "ở" | "ổ" | "ủ").then_some(Grade::Weak);
    }
    // Without marks the name in "Soc Trang2" looks like the word for a page, but for its capital.
    let name = letters.is_ascii() && letters.starts_with(char::is_uppercase) && letters != letters.to_uppercase();
    if is_numbered(letters) && !name || is_short_capitals(letters) && !is_roman(letters) {
        return Some(Grade::Weak);
    }
    (is_roman(letters) || has_vowel(letters) || count > 2 && letters == letters.to_uppercase()).then_some(Grade::Good)
}

/// Returns true if `word` is one of [`NUMBERED`].
fn is_numbered(word: &str) -> bool {
    /// Bytes of the longest of them: `khoản`, `tuyến`.
    const MAX_BYTES: usize = 8;
    if word.is_empty() || word.len() > MAX_BYTES {
        return false;
    }
    let lower = word.to_lowercase();
    NUMBERED.split(' ').any(|other| other == lower)
}

/// Returns true for a number in Roman digits: `XIII`.
fn is_roman(letters: &str) -> bool {
    letters.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L'))
}

/// Returns true for two capitals without marks, as in `CO2`, `NQ35`, `TW1`.
fn is_short_capitals(letters: &str) -> bool {
    letters.len() <= 2 && letters.chars().all(|c| c.is_ascii_uppercase())
}

/// Returns true if `letters` has a vowel: all that are no consonants of ASCII or đ.
fn has_vowel(letters: &str) -> bool {
    let is_consonant = |c: char| "bcdfghjklmnpqrstvwxz".contains(c.to_ascii_lowercase()) || matches!(c, 'đ' | 'Đ');
    letters.chars().any(|c| !is_consonant(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the marks in `text`, with their grades.
    fn marks_in(text: &str) -> Vec<(&str, Grade)> {
        let sheet = Sheet::of(text);
        let mut found = Vec::new();
        find_in_row(&sheet, 0, &mut found);
        found
            .iter()
            .map(|call| (call.call.mark.slice(text), call.grade))
            .collect()
    }

    #[test]
    fn a_mark_is_found_after_all_that_it_is_set_after() {
        for (text, mark, grade) in [
            ("sự lãnh đạo của Đảng6, của cấp ủy", "6", Grade::Good),
            ("đến cuối năm 202512, đã kết nạp", "12", Grade::Good),
            ("bàn giao ngày 05/6/20201, góp phần", "1", Grade::Good),
            ("giai đoạn 2020 - 20253 của", "3", Grade::Good),
            ("khóa XIII10; và các kết luận", "10", Grade::Good),
            ("trong tình hình mới.8", "8", Grade::Good),
            ("trong tình hình mới,8 theo", "8", Grade::Good),
            ("chuyển sinh hoạt đạt 98,5%1, góp phần", "1", Grade::Good),
            ("Nghị quyết số 57-NQ/TW1 của", "1", Grade::Good),
            ("Nghị định 30/2020/NĐ-CP1, góp", "1", Grade::Good),
            ("theo Nghị quyết 57-NQ/TW(1) của", "(1)", Grade::Good),
            ("“Dân vận khéo”2 của", "2", Grade::Good),
            ("(nhiệm kỳ trước)3 của", "3", Grade::Good),
            ("theo dõi, đôn đốc[1], góp phần", "[1]", Grade::Good),
            ("theo dõi, đôn đốc(1), góp phần", "(1)", Grade::Good),
            ("theo dõi, đôn đốc (1), góp phần", "(1)", Grade::Good),
            ("theo dõi, đôn đốc [1], góp phần", "[1]", Grade::Good),
            ("theo dõi, đôn đốc.(1) Trong", "(1)", Grade::Good),
            ("theo dõi, đôn đốc¹, góp phần", "¹", Grade::Sure),
            ("theo dõi, đôn đốc^1, góp phần", "^1", Grade::Sure),
            ("theo dõi[^1], góp phần", "[^1]", Grade::Sure),
            ("theo dõi<sup>1</sup>, góp phần", "<sup>1</sup>", Grade::Sure),
            ("theo dõi*, góp phần", "*", Grade::Good),
            ("theo dõi (*), góp phần", "(*)", Grade::Good),
            ("Hội đồng nhân dân tỉnh1 của", "1", Grade::Good),
            ("tinh Soc Trang2 tren co so", "2", Grade::Good),
            ("KẾT QUẢ CÔNG TÁC CỦA UBND1", "1", Grade::Good),
        ] {
            assert_eq!(marks_in(text), [(mark, grade)], "{text}");
        }
    }

    #[test]
    fn numbers_that_belong_to_their_words_are_no_marks() {
        for text in [
            "diện tích 120 m2 và 3 km2, phát thải CO2",
            "diện tích 120 m² và 3 km²",
            "Luật số 43/2019/QH14 và Nghị quyết 120/2022/UBTVQH15",
            "Công văn 35/CV-BCĐTKNQ18 của",
            "năm 2020, năm 2025 và tỷ lệ 1,2 lần",
            "đạt 98%, vượt chỉ tiêu, tăng 12.345 người",
            "số 35-NQ/TW, ngày 22/10/2018 của",
            "gồm: (1) Tăng cường kiểm tra; (2) Nâng cao chất lượng",
            "tại khoản (1), (2) Điều này",
            "Sđd, t.5, tr.15; Q.1, P.12",
            "dịch Covid-19, trận A1, H5N1",
            "**Nhiệm vụ** và *giải pháp*, của",
            "xem https://vbpl.vn/ban1 và a_1@b.vn2",
        ] {
            assert_eq!(marks_in(text), [], "{text}");
        }
        // These may be marks, and are only where more speaks for it.
        for (text, mark) in [
            ("Quý2 năm nay", "2"),
            ("xem trang2 của", "2"),
            ("thực hiện NQ35 của", "35"),
            ("(1), góp phần", "(1)"),
            ("1.2 Bảo hiểm y tế", "2"),
            ("Điều 12.5 Hồ sơ", "5"),
            ("5. 4 Sở giao dịch", "4"),
            ("Đài Truyền hình Việt Nam 1.", "1"),
            ("Mẫu số 0326", "26"),
            ("Mẫu số 515", "15"),
            ("Mẫu số 1A4", "4"),
            ("dịch COVID-19.1", "1"),
        ] {
            assert_eq!(marks_in(text), [(mark, Grade::Weak)], "{text}");
        }
    }
}
