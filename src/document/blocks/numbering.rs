//! Numbered labels, read by the numbers before them: `A.`, `II-`, `2.2.1.`.
//!
//! Scans misread the strokes of Roman numbers (`|-`, `I1-`, `111-`), so that alone they say little. A
//! [`DueNumbers`] remembers the numbers met so far and reads the strokes by the number that is due. The same
//! knowledge tells a label from a number that merely begins a line (`"2025 - 2030 của Đảng bộ"`).

use super::counted::read_mixed;
use super::label::{Label, LabelClass, LabelText, read_bracketed, read_sign};
use super::roman::{roman_text, roman_value};
use crate::document::layout::is_capitals;

/// Depth of the deepest Arabic numbering (`1.2.3.4.`).
const MAX_DEPTH: usize = 4;
/// The greatest number in an Arabic label.
const MAX_ARABIC: usize = 60;
/// Most glyphs of a Roman number (`XVIII`).
const MAX_ROMAN_GLYPHS: usize = 5;

/// Articles that may be missing between two that follow one another: an excerpt of a law leaves some out.
const MAX_ARTICLES_SKIPPED: usize = 20;
/// Chars of the longest label alone on its line (`XVIII.`, `2.2.1.`).
const MAX_LONE_CHARS: usize = 8;
/// Most Arabic numberings that are open at once, one inside the other.
const MAX_RUNS: usize = 8;

/// The numbers met last, which say what number is due next.
#[derive(Clone, Debug, Default)]
pub(super) struct DueNumbers {
    /// The last Roman number, 0 for none.
    roman: usize,
    /// The last letter, 1 for `A`, 0 for none.
    letter: usize,
    /// The number of the last article, 0 for none.
    article: usize,
    /// The last number of each Arabic numbering that may go on, the innermost last: a list from 1 to 3 inside
    /// `1.` leaves `[1, 3]`, so that both 4 and 2 may come.
    runs: Vec<usize>,
}

/// A line that may begin with a label.
pub(super) struct LabeledLine<'t> {
    /// Its text without the blanks around it.
    pub(super) body: &'t str,
    /// The byte of its file where it begins.
    pub(super) start: usize,
    /// True if it is set in capitals.
    pub(super) capitals: bool,
    /// True if letters of it may be wrong.
    pub(super) misread: bool,
    /// The line below it, where a label that stands alone has its title.
    pub(super) below: &'t str,
}

/// Arabic numbers with points between them, as printed: `2.2.1.`.
struct DottedNumber {
    /// The numbers, never empty: `[2, 2, 1]`.
    path: Vec<usize>,
    /// Length in bytes, with the point at the end.
    len: usize,
    /// The point or comma at the end.
    point: Option<u8>,
}

impl DueNumbers {
    /// Reads the label at the beginning of `line`, if its number can come next.
    pub(super) fn read(&mut self, line: &LabeledLine<'_>) -> Option<Label> {
        let marked = without_markup(line.body);
        let skipped = line.body.len() - marked.len();
        let bare = marked.trim_end_matches(['*', '_', ' ']);
        let alone = bare.len() <= MAX_LONE_CHARS && bare.ends_with(['.', '-', '–', '/']);
        let label = if alone {
            let joined = format!("{bare} {}", without_markup(line.below));
            let found = self.label_of(&joined, is_capitals(&joined), line.misread)?;
            (found.class.is_outer() || matches!(found.class, LabelClass::Arabic(_))).then_some(LabelText {
                len: found.len.min(bare.len()),
                ..found
            })?
        } else {
            self.label_of(marked, line.capitals, line.misread)?
        };
        self.note(label.class, label.number);
        // The span of the label goes from the Markdown before it to the title.
        let title = marked[label.len..].trim_start();
        let len = skipped + (marked.len() - title.len());
        Some(LabelText { len, ..label }.at(line.start))
    }

    /// Reads the label at the beginning of `body`, by its first byte. `capitals`: it is set in capitals. `misread`:
    /// letters of it may be wrong.
    fn label_of(&self, body: &str, capitals: bool, misread: bool) -> Option<LabelText> {
        let first = body.bytes().next()?;
        if !misread
            && matches!(first, b'I' | b'V' | b'X' | b'A'..=b'H')
            && let Some(label) = read_mixed(body)
        {
            return Some(label);
        }
        match first {
            b'*' | b'-' | b'+' => read_sign(body),
            b'(' => read_bracketed(body),
            // The first bytes of `–`, `•`, the minus sign, and of `·`.
            0xe2 | 0xc2 => read_sign(body),
            b'0'..=b'9' | b'|' | b'!' | b'l' | b'I' | b'V' | b'X' => self
                .roman(body, capitals, misread)
                .or_else(|| self.arabic(body, misread))
                .or_else(|| read_bracketed(body)),
            b'A'..=b'H' if capitals => self.letter(body),
            b'a'..=b'z' => read_bracketed(body),
            // The first byte of `đ`.
            0xc4 => read_bracketed(body),
            _ => None,
        }
    }

    /// Reads `II-`, `IV.`, `I1-`, `|-`: strokes by the number that is due. In clean text, which an OCR may have read as
    /// well, other strokes than `I` need a dash after them.
    fn roman(&self, body: &str, capitals: bool, misread: bool) -> Option<LabelText> {
        let is_stroke = |c: char| matches!(c, 'I' | 'l' | '1' | '|' | '!' | 'i');
        let glyphs = body
            .find(|c: char| !is_stroke(c) && !matches!(c, 'V' | 'X'))
            .unwrap_or(body.len());
        if glyphs == 0 || glyphs > MAX_ROMAN_GLYPHS {
            return None;
        }
        // A sign follows at once or after one blank: "II -", not "I   - 5".
        let (glyphs, rest) = body.split_at(glyphs);
        let rest = rest.strip_prefix('\\').unwrap_or(rest);
        let gap = rest.len() - rest.trim_start_matches(' ').len();
        let sign = rest.trim_start_matches(' ').chars().next()?;
        let dash = matches!(sign, '-' | '–' | '—');
        if !(dash || matches!(sign, '.' | '/' | ')' | ':')) || gap > 1 {
            return None;
        }
        // "l) Người có công" is an item of a list, "1- Công tác" has an Arabic number, "| - | Số |" is a row of a table.
        let plain = glyphs.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
        if !misread && !plain && (!dash || glyphs == "1" || rest.contains('|')) {
            return None;
        }
        // A title begins with a capital: "1- 2 lần" is no label.
        let after = rest.trim_start_matches(' ')[sign.len_utf8()..].trim_start_matches(['-', ' ']);
        if !after
            .chars()
            .next()
            .is_some_and(|c| c.is_uppercase() || matches!(c, '“' | '"' | '*'))
        {
            return None;
        }
        // V and X are read well; strokes alone may be too many, too few, or Arabic ones.
        let value = if glyphs.contains(['V', 'X']) {
            roman_value(glyphs)?
        } else {
            self.strokes(glyphs, dash, capitals)?
        };
        // In small letters a number out of turn is a mere beginning of a line.
        let due = self.roman + 1;
        if value != 1 && value.abs_diff(due) > 2 && !capitals {
            return None;
        }
        let sign_text = if dash { '-' } else { sign };
        Some(LabelText {
            class: LabelClass::Roman,
            number: value,
            text: format!("{}{sign_text}", roman_text(value)),
            len: body.len() - rest.len() + gap + sign.len_utf8(),
        })
    }

    /// Returns the number that 1 to 4 strokes stand for, or `None` where they are an Arabic number.
    fn strokes(&self, glyphs: &str, dash: bool, capitals: bool) -> Option<usize> {
        let count = glyphs.chars().count();
        let due = self.roman + 1;
        let digits_only = glyphs.bytes().all(|byte| byte == b'1');
        let arabic_due = self.runs.last().map_or(1, |last| last + 1);
        // "11. CÔNG TÁC" is 11 where 11 is due, and II in capitals where II is.
        if digits_only && !dash {
            let fits_arabic = glyphs.parse() == Ok(arabic_due) || count == 1;
            return (capitals && count == due && !fits_arabic).then_some(count);
        }
        if digits_only && count == 1 && !capitals && due != 1 {
            return None;
        }
        // A scan loses a stroke more easily than it adds one: where III is due, "I1-" is III, because II does
        // not come again.
        Some(if count + 1 == due && count > 1 { due } else { count }).filter(|_| count <= 4)
    }

    /// Reads `3.`, `1.1.`, `2.2.1`, `3-` before a title.
    fn arabic(&self, body: &str, misread: bool) -> Option<LabelText> {
        let DottedNumber { path, len, point } = dotted_number(body, misread)?;
        let (&number, depth) = (path.last()?, path.len());
        let rest = &body[len..];
        let dash = point.is_none() && (rest.starts_with("- ") || rest.starts_with("– "));
        // "3 Nguyên nhân" is no label, "3.1 Nguyên nhân" and "3- Nguyên nhân" are.
        if point.is_none() && depth == 1 && !dash {
            return None;
        }
        let title = rest.trim_start_matches([' ', '-', '–']);
        let next = title.chars().next()?;
        let glued = title.len() == rest.len();
        let fits_title = next.is_uppercase() || matches!(next, '“' | '"' | '*');
        // "2. 100% đảng viên" is a label, "2.832 cuộc giám sát" a number.
        let fits_number = next.is_ascii_digit() && !glued && point == Some(b'.');
        if !(fits_title || fits_number) || !self.is_due(&path, misread) {
            return None;
        }
        let joined = path.iter().map(ToString::to_string).collect::<Vec<_>>().join(".");
        let end = if point.is_some() {
            "."
        } else if dash {
            "-"
        } else {
            ""
        };
        Some(LabelText {
            class: LabelClass::Arabic(depth as u8),
            number,
            text: format!("{joined}{end}"),
            len,
        })
    }

    /// Returns true if `path` can come after the numbers met so far. In clean text any number may: offices misnumber
    /// their sections, and where a line begins is decided before.
    fn is_due(&self, path: &[usize], misread: bool) -> bool {
        let [.., last] = path else { return false };
        if *last == 0 || path.iter().any(|&number| number > MAX_ARABIC) {
            return false;
        }
        if path.len() > 1 {
            return path.iter().all(|&number| number > 0);
        }
        // One number may have been missed; a numbering may begin again at 1.
        !misread || *last == 1 || self.run_of(*last).is_some() || self.skips_one(*last)
    }

    /// Returns the index of the numbering that number `number` goes on with, the innermost of several.
    fn run_of(&self, number: usize) -> Option<usize> {
        self.runs.iter().rposition(|last| last + 1 == number)
    }

    /// Returns true if `number` is next but one in the innermost numbering.
    fn skips_one(&self, number: usize) -> bool {
        self.runs.last().map_or(2, |last| last + 2) == number
    }

    /// Returns true if article `number` can come next: later than the last one, or the first again.
    pub(super) fn is_due_article(&self, number: usize) -> bool {
        let first = self.article == 0;
        first || number == 1 || number > self.article && number <= self.article + 1 + MAX_ARTICLES_SKIPPED
    }

    /// Reads `A.`, `B-` before a title in capitals.
    fn letter(&self, body: &str) -> Option<LabelText> {
        let bytes = body.as_bytes();
        let number = usize::from(bytes[0] - b'A') + 1;
        let sign = *bytes.get(1)?;
        let fits = matches!(sign, b'.' | b'-' | b'/') && bytes.get(2) == Some(&b' ');
        (fits && (number == 1 || number == self.letter + 1)).then(|| LabelText {
            class: LabelClass::Letter,
            number,
            text: body[..2].to_owned(),
            len: 2,
        })
    }

    /// Remembers a label that was accepted; the numberings inside it begin again.
    pub(super) fn note(&mut self, class: LabelClass, number: usize) {
        match class {
            LabelClass::Part
            | LabelClass::Appendix
            | LabelClass::Chapter
            | LabelClass::Division
            | LabelClass::Subdivision => {
                // The articles of a document run on through its chapters.
                *self = Self {
                    article: self.article,
                    ..Self::default()
                };
            }
            LabelClass::Letter => {
                self.letter = number;
                self.roman = 0;
                self.runs.clear();
            }
            LabelClass::Roman => {
                self.roman = number;
                self.runs.clear();
            }
            LabelClass::Article => {
                self.article = number;
                self.roman = 0;
                self.runs.clear();
            }
            LabelClass::Arabic(1) => match self.run_of(number).filter(|_| number > 1) {
                Some(run) => {
                    self.runs.truncate(run);
                    self.runs.push(number);
                }
                // A number out of turn leaves the other numberings open: it may belong to a quoted text.
                None => {
                    if self.runs.len() >= MAX_RUNS {
                        self.runs.remove(0);
                    }
                    self.runs.push(number);
                }
            },
            LabelClass::Arabic(_) => {}
            LabelClass::Star | LabelClass::Bullet | LabelClass::Plus | LabelClass::Bracketed => {}
        }
    }
}

/// Drops the Markdown before a label: the signs of a heading, of a quotation and of bold type. `* Nguyên nhân` and
/// `*** Lưu ý:**` keep the star of the list.
pub(super) fn without_markup(body: &str) -> &str {
    let mut rest = body;
    loop {
        let before = rest.len();
        rest = rest
            .trim_start_matches(['#', '>'])
            .trim_start_matches("**")
            .trim_start_matches("__")
            .trim_start();
        if rest.len() == before {
            return rest;
        }
    }
}

/// Reads numbers of one or two digits with points between them at the beginning of `body`. In misread text `l` and
/// `I` are ones.
fn dotted_number(body: &str, misread: bool) -> Option<DottedNumber> {
    let bytes = body.as_bytes();
    let mut path = Vec::new();
    let (mut len, mut point) = (0, None);
    while path.len() < MAX_DEPTH {
        let digits = bytes[len..]
            .iter()
            .take_while(|b| b.is_ascii_digit() || misread && matches!(b, b'l' | b'I'))
            .count();
        if digits == 0 {
            break;
        }
        // "1.406 nghị quyết" and "1.05 lần" are numbers, not labels.
        if digits > 2 || (bytes[len] == b'0' && !path.is_empty()) {
            return None;
        }
        let number = body[len..len + digits].replace(['l', 'I'], "1").parse().ok()?;
        path.push(number);
        len += digits;
        // Markdown writes "1\." for a number that is no item of a list.
        len += usize::from(bytes[len..].starts_with(b"\\."));
        point = bytes.get(len).copied().filter(|b| matches!(b, b'.' | b','));
        if point.is_none() {
            break;
        }
        len += 1;
    }
    (!path.is_empty()).then_some(DottedNumber { path, len, point })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads `body` after the labels in `before` and returns the text of its label.
    fn read_in(misread: bool, before: &[&str], body: &str) -> Option<String> {
        let line = |body| LabeledLine {
            body,
            start: 0,
            capitals: is_capitals(body),
            misread,
            below: "",
        };
        let mut numbering = DueNumbers::default();
        for body in before {
            numbering.read(&line(body));
        }
        numbering.read(&line(body)).map(|label| label.text)
    }

    /// Reads `body` in clean text after the labels in `before` and returns the text of its label.
    fn read(before: &[&str], body: &str) -> Option<String> {
        read_in(false, before, body)
    }

    #[test]
    fn misread_roman_numbers_are_read_by_what_is_due() {
        let rows: [(&[&str], &str, Option<&str>); 10] = [
            (&[], "|- Két qua dat dwoc", Some("I-")),
            (&["I- Két qua"], "I1- Han ché, yéu kém", Some("II-")),
            (&["I- A", "II- B"], "I11- Panh gia chung", Some("III-")),
            (&["I- A", "II- B"], "111- BAI HOC KINH NGHIEM", Some("III-")),
            (&["I- A", "II- B", "III- C"], "IV- PHUONG HUONG", Some("IV-")),
            (&["I- KET QUA"], "I- KET QUA CONG TAC", Some("I-")),
            (&[], "I. BỐI CẢNH, TÌNH HÌNH", Some("I.")),
            (&["1. Một"], "2. Hai", Some("2.")),
            (&[], "35-NQ/TW ngày 22/10/2018", None),
            (&[], "2025 - 2030 của Đảng bộ", None),
        ];
        for (before, body, label) in rows {
            assert_eq!(read_in(true, before, body).as_deref(), label, "{body}");
        }
    }

    #[test]
    fn in_clean_text_strokes_are_what_they_look_like() {
        let rows: [(&[&str], &str, Option<&str>); 9] = [
            (&[], "I- Kết quả đạt được", Some("I-")),
            (&["I. Kết quả"], "II. Hạn chế", Some("II.")),
            (&["I. KẾT QUẢ"], "**II. HẠN CHẾ**", Some("II.")),
            (&["I. KẾT QUẢ"], "## II. HẠN CHẾ", Some("II.")),
            (&["I. KẾT QUẢ"], "## **II. HẠN CHẾ**", Some("II.")),
            (&[], "1- Công tác tư tưởng", Some("1-")),
            (&[], "1\\. Công tác tư tưởng", Some("1.")),
            (&[], "l) Người có công", Some("l)")),
            (&["1. Một", "1. Mục a", "2. Mục b"], "2. Hai", Some("2.")),
        ];
        for (before, body, label) in rows {
            assert_eq!(read(before, body).as_deref(), label, "{body}");
        }
    }

    #[test]
    fn arabic_numbers_follow_one_another() {
        let rows: [(&[&str], &str, Option<&str>); 10] = [
            (&[], "1. Ưu điểm", Some("1.")),
            (&["1. Ưu điểm"], "1.1. Phối hợp", Some("1.1.")),
            (&["2. Hạn chế"], "2.2.1. Nguyên nhân", Some("2.2.1.")),
            (&["1. Một", "1.2. Hai"], "2. Hạn chế", Some("2.")),
            (&["1. Một"], "9. Công tác", Some("9.")),
            (&[], "61. Công tác", None),
            (&[], "2.832 cuộc giám sát", None),
            (&[], "1.406 nghị quyết", None),
            (&[], "3.1 Nguyên nhân", Some("3.1")),
            (&["1. Một"], "2. 100% đảng viên", Some("2.")),
        ];
        for (before, body, label) in rows {
            assert_eq!(read(before, body).as_deref(), label, "{body}");
        }
    }

    #[test]
    fn signs_and_brackets() {
        let rows = [
            ("- Đảng ủy", Some("-")),
            ("- + Tuyên bố lý do", Some("+")),
            ("*** Lưu ý:** Chương trình", Some("*")),
            ("(1) 100% cán bộ", Some("(1)")),
            ("2) Chu dong", Some("2)")),
            ("a) Công tác", Some("a)")),
            ("*dự và đưa tin*", None),
            ("(trước sắp xếp)", None),
        ];
        for (body, label) in rows {
            assert_eq!(read(&[], body).as_deref(), label, "{body}");
        }
    }
}
