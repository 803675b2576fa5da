//! What stands before a title or an item of a list: `PHẦN I`, `II-`, `2.2.1.`, `*`, `(1)`, `a)`.
//!
//! Scans misread the strokes of Roman numbers (`|-`, `I1-`, `111-`), so that alone they say little; a
//! [`Numbering`] knows which number is due and reads them by it. It also tells a label from a number
//! that merely begins a line.

use super::keyword::Words;
use crate::text::Span;

/// What sort of label it is, the outermost first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    /// `PHẦN I`, `Phần thứ nhất`, `CHƯƠNG I`
    Part,
    /// `PHỤ LỤC 2`
    Appendix,
    /// `A.`
    Letter,
    /// `I-`, `II.`
    Roman,
    /// `1.`, `1.2.`, `2.2.1.` with the depth 1, 2, 3
    Arabic(u8),
    /// `*`
    Star,
    /// `-`, `•`
    Bullet,
    /// `+`
    Plus,
    /// `(1)`, `1)`, `a)`
    Bracketed,
}

/// A label that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Label {
    /// Its sort.
    pub(super) class: Class,
    /// Its last number; 0 for signs.
    pub(super) number: usize,
    /// As printed, once repaired: `II-`.
    pub(super) text: String,
    /// Its bytes, with the sign behind it and markdown before it.
    pub(super) span: Span,
}

/// Numbers that were met last, for what is due next.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbering {
    roman: usize,
    letter: usize,
    arabic: Vec<usize>,
}

/// Deepest Arabic numbering (`1.2.3.4.`).
const MAX_DEPTH: usize = 4;

impl Numbering {
    /// Reads the label at the beginning of `body`, which stands at byte `start` of its file, if the
    /// number it gives can stand here. `capitals`: is the line set in capitals?
    pub(super) fn read(&mut self, body: &str, start: usize, capitals: bool) -> Option<Label> {
        let marked = body.trim_start_matches("**").trim_start_matches('#').trim_start();
        let skipped = body.len() - marked.len();
        let (class, number, text, len) = self.lexeme(marked, capitals)?;
        self.note(class, number);
        let title = marked[len..].trim_start();
        Some(Label {
            class,
            number,
            text,
            span: Span::new(start, start + skipped + (marked.len() - title.len())),
        })
    }

    /// A heading without a number was met: numbers may begin anew.
    pub(super) fn restart(&mut self) {
        self.arabic.clear();
    }

    /// Class, number, text and length in bytes of the label of `body`.
    fn lexeme(&mut self, body: &str, capitals: bool) -> Option<(Class, usize, String, usize)> {
        let first = body.bytes().next()?;
        match first {
            b'*' | b'-' | b'+' => sign(body),
            b'(' => bracketed(body),
            0xe2 | 0xc2 => sign(body),
            b'0'..=b'9' | b'|' | b'!' | b'l' | b'I' | b'V' | b'X' => self
                .roman(body, capitals)
                .or_else(|| self.arabic(body))
                .or_else(|| bracketed(body)),
            b'A'..=b'H' if capitals => self.letter(body),
            b'a'..=b'z' => bracketed(body),
            0xc4 => bracketed(body),
            _ => None,
        }
    }

    /// Reads `II-`, `IV.`, `I1-`, `|-`: strokes by what is due.
    fn roman(&self, body: &str, capitals: bool) -> Option<(Class, usize, String, usize)> {
        let is_stroke = |c: char| matches!(c, 'I' | 'l' | '1' | '|' | '!' | 'i');
        let glyphs = body
            .find(|c: char| !is_stroke(c) && !matches!(c, 'V' | 'X'))
            .unwrap_or(body.len());
        if glyphs == 0 || glyphs > 5 {
            return None;
        }
        let (glyphs, rest) = body.split_at(glyphs);
        let gap = rest.len() - rest.trim_start_matches(' ').len();
        let sign = rest.trim_start_matches(' ').chars().next()?;
        let dash = matches!(sign, '-' | '–' | '—');
        if !(dash || matches!(sign, '.' | '/' | ')' | ':')) || gap > 1 {
            return None;
        }
        let after = rest.trim_start_matches(' ')[sign.len_utf8()..].trim_start_matches(['-', ' ']);
        if !after
            .chars()
            .next()
            .is_some_and(|c| c.is_uppercase() || matches!(c, '“' | '"' | '*'))
        {
            return None;
        }
        let value = if glyphs.contains(['V', 'X']) {
            roman_value(glyphs)?
        } else {
            self.strokes(glyphs, dash, capitals)?
        };
        let due = self.roman + 1;
        if value != 1 && value.abs_diff(due) > 2 && !capitals {
            return None;
        }
        let sign_text = if dash { '-' } else { sign };
        let len = glyphs.len() + gap + sign.len_utf8();
        Some((Class::Roman, value, format!("{}{sign_text}", roman_text(value)), len))
    }

    /// The number that 1 to 4 strokes stand for, or `None` where they are an Arabic number.
    fn strokes(&self, glyphs: &str, dash: bool, capitals: bool) -> Option<usize> {
        let count = glyphs.chars().count();
        let due = self.roman + 1;
        let digits_only = glyphs.bytes().all(|byte| byte == b'1');
        let arabic_due = self.arabic.first().map_or(1, |last| last + 1);
        if digits_only && !dash {
            let fits_arabic = glyphs.parse() == Ok(arabic_due) || count == 1;
            return (capitals && count == due && !fits_arabic).then_some(count);
        }
        if digits_only && count == 1 && !capitals && due != 1 {
            return None;
        }
        // A stroke is lost more easily than made up: the number met last does not come again.
        Some(if count + 1 == due && count > 1 { due } else { count }).filter(|_| count <= 4)
    }

    /// Reads `3.`, `1.1.`, `2.2.1`, `3-`.
    fn arabic(&self, body: &str) -> Option<(Class, usize, String, usize)> {
        let bytes = body.as_bytes();
        let mut path = Vec::new();
        let mut at = 0;
        let mut sign = None;
        while path.len() < MAX_DEPTH {
            let digits = bytes[at..]
                .iter()
                .take_while(|b| matches!(b, b'0'..=b'9' | b'l' | b'I'))
                .count();
            if digits == 0 {
                break;
            }
            if digits > 2 || (bytes[at] == b'0' && !path.is_empty()) {
                return None;
            }
            let number = body[at..at + digits].replace(['l', 'I'], "1").parse().ok()?;
            path.push(number);
            at += digits;
            sign = bytes.get(at).copied().filter(|b| matches!(b, b'.' | b','));
            if sign.is_none() {
                break;
            }
            at += 1;
        }
        let (&number, depth) = (path.last()?, path.len());
        let rest = &body[at..];
        let mut dash = false;
        if sign.is_none() {
            dash = rest.starts_with("- ") || rest.starts_with("– ");
            if depth == 1 && !dash {
                return None;
            }
        }
        let title = rest.trim_start_matches([' ', '-', '–']);
        let next = title.chars().next()?;
        let glued = title.len() == rest.len();
        let fits_title = next.is_uppercase() || matches!(next, '“' | '"' | '*');
        let fits_number = next.is_ascii_digit() && !glued && sign == Some(b'.');
        let fits = fits_title || (fits_number && !glued);
        if !fits || !self.is_due(&path) {
            return None;
        }
        let joined = path.iter().map(ToString::to_string).collect::<Vec<_>>().join(".");
        let end = if sign.is_some() {
            "."
        } else if dash {
            "-"
        } else {
            ""
        };
        Some((Class::Arabic(depth as u8), number, format!("{joined}{end}"), at))
    }

    /// Can `path` come after the numbers met so far?
    fn is_due(&self, path: &[usize]) -> bool {
        let [.., last] = path else { return false };
        if *last == 0 || path.iter().any(|&number| number > 60) {
            return false;
        }
        if path.len() > 1 {
            return path.iter().all(|&number| number > 0);
        }
        let before = self.arabic.first().copied().unwrap_or(0);
        *last == 1 || *last == before + 1 || *last == before + 2
    }

    /// Reads `A.`, `B-` before a title in capitals.
    fn letter(&self, body: &str) -> Option<(Class, usize, String, usize)> {
        let bytes = body.as_bytes();
        let number = usize::from(bytes[0] - b'A') + 1;
        let sign = *bytes.get(1)?;
        let fits = matches!(sign, b'.' | b'-' | b'/') && bytes.get(2) == Some(&b' ');
        (fits && (number == 1 || number == self.letter + 1)).then(|| (Class::Letter, number, body[..2].to_owned(), 2))
    }

    /// Remembers a label that was accepted.
    pub(super) fn note(&mut self, class: Class, number: usize) {
        match class {
            Class::Part | Class::Appendix => *self = Self::default(),
            Class::Letter => {
                self.letter = number;
                self.roman = 0;
                self.arabic.clear();
            }
            Class::Roman => {
                self.roman = number;
                self.arabic.clear();
            }
            Class::Arabic(depth) => {
                self.arabic.resize(usize::from(depth), 1);
                if let Some(last) = self.arabic.last_mut() {
                    *last = number;
                }
            }
            Class::Star | Class::Bullet | Class::Plus | Class::Bracketed => {}
        }
    }
}

/// Reads a sign: `*`, `-`, `+`, `•`; markdown writes a list within a list as `- +`.
fn sign(body: &str) -> Option<(Class, usize, String, usize)> {
    let char = body.chars().next()?;
    let class = match char {
        '*' => Class::Star,
        '-' | '–' | '•' | '·' | '\u{2212}' => Class::Bullet,
        '+' => Class::Plus,
        _ => return None,
    };
    let rest = &body[char.len_utf8()..];
    let text = rest.trim_start();
    if class == Class::Bullet && text.starts_with("+ ") {
        return Some((Class::Plus, 0, "+".to_owned(), body.len() - text.len() + 1));
    }
    let next = text.chars().next()?;
    let fits = text.len() < rest.len() || next.is_uppercase() && class != Class::Star;
    (fits && (next.is_alphanumeric() || matches!(next, '“' | '"' | '(' | '*' | '‘')))
        .then(|| (class, 0, char.to_string(), char.len_utf8()))
}

/// Reads `(1)`, `1)`, `a)`, `đ)`.
fn bracketed(body: &str) -> Option<(Class, usize, String, usize)> {
    let inner = body.strip_prefix('(').unwrap_or(body);
    let close = inner.char_indices().take(3).find(|&(_, c)| c == ')')?.0;
    let name = &inner[..close];
    let number = name.parse::<usize>().unwrap_or(0);
    let mut chars = name.chars();
    let single = chars.next().is_some_and(|c| c.is_lowercase()) && chars.next().is_none();
    if !single && !(1..=99).contains(&number) {
        return None;
    }
    let len = body.len() - inner.len() + close + 1;
    Some((Class::Bracketed, number, body[..len].to_owned(), len))
}

/// The words that open a part, folded, and the class of the label.
const PART_WORDS: [(&str, Class); 3] = [
    ("phan", Class::Part),
    ("chuong", Class::Part),
    ("phu luc", Class::Appendix),
];
/// Ordinals 1 to 10 as in `Phần thứ nhất`, folded.
const ORDINALS: [&str; 10] = ["nhat", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi"];

/// Reads `PHẦN I`, `Phần thứ nhất`, `CHƯƠNG II`, `PHỤ LỤC 3` in the reading of a line.
///
/// Gives the class, the number (0 for a lone `PHỤ LỤC`) and how many blank-separated pieces of the
/// line belong to the label. Signs around (`"_ __ Phan thir nhat ]"`) do not count.
pub(super) fn part(reading: &str, capitals: bool) -> Option<(Class, usize, String)> {
    let words = Words::of(reading);
    for (phrase, class) in PART_WORDS {
        let size = phrase.split(' ').count();
        let joined = phrase.replace(' ', "");
        if size == 2 && words.get(0).starts_with(&joined) {
            let number = words
                .get(0)
                .trim_start_matches(|c: char| !c.is_ascii_digit())
                .parse()
                .unwrap_or(0);
            return Some((class, number, appendix_text(number)));
        }
        if !words.has_at(0, phrase) {
            continue;
        }
        let next = words.get(size);
        let ordinal = ORDINALS.iter().position(|ordinal| words.get(size + 1) == *ordinal);
        if let Some(at) = ordinal.filter(|_| next.starts_with("th") && next.len() <= 5) {
            let ends = rest_is_noise(&words, size + 2);
            return (ends || capitals || words.stops_after(size + 1))
                .then(|| (class, at + 1, part_text(reading, size + 2)));
        }
        let number = next.parse().ok().or_else(|| roman_value(&next.to_uppercase()));
        if class == Class::Appendix {
            let number = number.unwrap_or(0);
            let alone = rest_is_noise(&words, size + usize::from(number > 0));
            return (capitals || alone).then(|| (class, number, appendix_text(number)));
        }
        if let Some(number) = number.filter(|number| (1..40).contains(number)) {
            let ends = rest_is_noise(&words, size + 1) || words.stops_after(size);
            return (ends || capitals).then(|| (class, number, part_text(reading, size + 1)));
        }
    }
    None
}

/// Are the words from `at` on single letters at most?
fn rest_is_noise(words: &Words, at: usize) -> bool {
    (at..words.len()).all(|index| words.get(index).len() <= 1)
}

/// The first `count` words of `reading` that hold a letter or digit.
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

/// `PHỤ LỤC 2`, or `PHỤ LỤC` for 0.
fn appendix_text(number: usize) -> String {
    if number == 0 {
        "PHỤ LỤC".to_owned()
    } else {
        format!("PHỤ LỤC {number}")
    }
}

/// The value of a Roman number below 40 whose strokes may be misread.
fn roman_value(glyphs: &str) -> Option<usize> {
    let (mut total, mut greatest) = (0usize, 0usize);
    for char in glyphs.chars().rev() {
        let value = match char {
            'X' => 10,
            'V' => 5,
            'I' | 'l' | '1' | '|' | '!' | 'i' | 'L' => 1,
            _ => return None,
        };
        if value < greatest {
            total = total.checked_sub(value)?;
        } else {
            total += value;
            greatest = value;
        }
    }
    (1..40).contains(&total).then_some(total)
}

/// The Roman number of `value`, which is below 40.
fn roman_text(value: usize) -> String {
    const ONES: [&str; 10] = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    "X".repeat(value / 10) + ONES[value % 10]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads `body` after the labels in `before` and gives the text of the label.
    fn read(before: &[&str], body: &str) -> Option<String> {
        let mut numbering = Numbering::default();
        for body in before {
            numbering.read(body, 0, super::super::layout::is_capitals(body));
        }
        numbering
            .read(body, 0, super::super::layout::is_capitals(body))
            .map(|label| label.text)
    }

    #[test]
    fn roman_numbers_are_read_by_what_is_due() {
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
            assert_eq!(read(before, body).as_deref(), label, "{body}");
        }
    }

    #[test]
    fn arabic_numbers_follow_one_another() {
        let rows: [(&[&str], &str, Option<&str>); 9] = [
            (&[], "1. Ưu điểm", Some("1.")),
            (&["1. Ưu điểm"], "1.1. Phối hợp", Some("1.1.")),
            (&["2. Hạn chế"], "2.2.1. Nguyên nhân", Some("2.2.1.")),
            (&["1. Một", "1.2. Hai"], "2. Hạn chế", Some("2.")),
            (&["1. Một"], "9. Công tác", None),
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
            let found = part(line, super::super::layout::is_capitals(line));
            assert_eq!(found.map(|(_, number, _)| number), number, "{line}");
        }
    }
}
