//! Lines that stand on many pages: their common wording, and the lines that are no text whatever their number.

/// Chars of the longest line that may run through the pages.
const MAX_RUNNING_CHARS: usize = 240;
/// Letters that a running line must have; with fewer it is a number or a rule.
const MIN_LETTERS: usize = 3;

/// Words that open the label of a part, a table or a form: its numbers differ, and the lines do not run.
const LABEL_WORDS: [&str; 15] = [
    "phụ lục",
    "phần",
    "chương",
    "mục",
    "điều",
    "mẫu",
    "biểu",
    "bảng",
    "hình",
    "phiếu",
    "câu",
    "bài",
    "đề",
    "tiểu mục",
    "sơ đồ",
];

/// Lines that letterheads repeat, without blanks and hyphens, in small letters.
const MOTTOES: [&str; 5] = [
    "cộnghòaxãhộichủnghĩaviệtnam",
    "cộnghoàxãhộichủnghĩaviệtnam",
    "độclậptựdohạnhphúc",
    "đảngcộngsảnviệtnam",
    "nơinhận:",
];

/// The beginnings of the lines that electronic signing stamps on a page, in small letters: `Ký bởi: …`, `Thời
/// gian ký: …`.
const SIGNING_LABELS: [&str; 5] = ["ký bởi:", "người ký:", "thời gian ký:", "ngày ký:", "được ký bởi:"];
/// The beginnings of further lines of such a stamp, which alone may be text.
const SIGNING_DETAILS: [&str; 3] = ["email:", "cơ quan:", "chức vụ:"];

/// A line as it can be compared with the lines of other pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RunningLine {
    /// Its wording in small letters, without blanks, with `0` for every number.
    pub(super) key: String,
    /// Its numbers in order; one `0` of the key for each.
    pub(super) numbers: Vec<usize>,
}

impl RunningLine {
    /// Reads `body`, a trimmed line; `None` where it is too long, has no words or is a row of a table.
    pub(super) fn of(body: &str) -> Option<Self> {
        if body.len() > 3 * MAX_RUNNING_CHARS || body.starts_with('|') {
            return None;
        }
        let (mut key, mut numbers) = (String::with_capacity(body.len()), Vec::new());
        let mut in_number = false;
        let mut letters = 0;
        for char in body.chars() {
            if let Some(digit) = char.to_digit(10) {
                match numbers.last_mut() {
                    Some(number) if in_number => {
                        *number = usize::saturating_add(usize::saturating_mul(*number, 10), digit as usize);
                    }
                    _ => {
                        key.push('0');
                        numbers.push(digit as usize);
                    }
                }
                in_number = true;
                continue;
            }
            in_number = false;
            letters += usize::from(char.is_alphabetic());
            if !char.is_whitespace() {
                key.extend(char.to_lowercase());
            }
        }
        (letters >= MIN_LETTERS).then_some(Self { key, numbers })
    }
}

/// Returns true if `body` opens with the word of a label: `Phụ lục 2`, `Mẫu số 1`.
pub(super) fn is_label(body: &str) -> bool {
    let text: String = body
        .trim_start_matches(['*', '#', ' ', '_', '('])
        .chars()
        .take(16)
        .flat_map(char::to_lowercase)
        .collect();
    LABEL_WORDS.iter().any(|word| {
        text.strip_prefix(word).is_some_and(|rest| {
            let number = rest.trim_start().trim_start_matches("số").trim_start();
            rest.is_empty()
                || rest.starts_with([' ', '.', ':'])
                    && number.starts_with(|c: char| c.is_ascii_digit() || matches!(c, 'i' | 'v' | 'x'))
        })
    })
}

/// Returns true if `body` opens as a numbered title or an item of a list does: `1. Nội dung`, `II- `, `a)`, `- `. Titles
/// of one wording may begin several pages.
pub(super) fn is_item(body: &str) -> bool {
    let body = body.trim_start_matches(['*', ' ']);
    if body.starts_with(['#', '-', '+', '•', '–', '(']) {
        return true;
    }
    let rest = body.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | 'I' | 'V' | 'X'));
    let label = &body[..body.len() - rest.len()];
    let lettered = label.is_empty() && rest.chars().nth(1) == Some(')');
    lettered || !label.is_empty() && (label.ends_with('.') || rest.starts_with([')', '-']))
}

/// Returns true if `body` is a line that every letterhead has.
pub(super) fn is_motto(body: &str) -> bool {
    let plain = |c: &char| c.is_alphabetic() || *c == ':';
    let key: String = body.chars().filter(plain).flat_map(char::to_lowercase).collect();
    MOTTOES.contains(&key.as_str())
}

/// Returns true if `body` is a line that a browser or a signing program prints at the edge of a page, even once:
/// `https://xa.gov.vn/bai-viet 2/7`, `about:blank`, `12/03/2024, 10:15 Báo cáo`, `Ký bởi: Nguyễn Văn A`.
pub(super) fn is_stamp(body: &str) -> bool {
    let mut words = body.split_whitespace();
    let (Some(first), second) = (words.next(), words.next()) else {
        return false;
    };
    if is_address(first) {
        let counted = second.is_some_and(|word| is_figures(word, '/', 2..=2)) && words.next().is_none();
        return counted || second.is_none() && first == "about:blank";
    }
    let dated = is_figures(first.trim_end_matches(','), '/', 3..=3);
    if dated && second.is_some_and(|word| is_figures(word, ':', 2..=3)) {
        return true;
    }
    opens_with(body, &SIGNING_LABELS)
}

/// Returns true if `body` is the address of a page that a browser has printed.
pub(super) fn is_address(body: &str) -> bool {
    let schemes = ["http://", "https://", "file:///", "about:blank"];
    !body.contains(char::is_whitespace) && schemes.iter().any(|scheme| body.starts_with(scheme))
}

/// Returns true if `body` continues the stamp of a signing program: `Cơ quan: Văn phòng Tỉnh ủy`.
pub(super) fn is_stamp_detail(body: &str) -> bool {
    opens_with(body, &SIGNING_DETAILS)
}

/// Returns true if `body` opens with one of `labels`, which are in small letters.
fn opens_with(body: &str, labels: &[&str]) -> bool {
    let text: String = body.chars().take(16).flat_map(char::to_lowercase).collect();
    labels.iter().any(|label| text.starts_with(label))
}

/// Returns true if `word` is made of numbers with `sign` between them, as many as `count` has.
fn is_figures(word: &str, sign: char, count: std::ops::RangeInclusive<usize>) -> bool {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    word.split(sign).all(is_number) && count.contains(&word.split(sign).count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_alike_but_for_their_numbers() {
        let key = |body| RunningLine::of(body).map(|line| (line.key, line.numbers));
        assert_eq!(key("3 | Báo cáo"), key("3  |  BÁO CÁO"));
        assert_eq!(
            key("Trang 12 năm 2025"),
            Some(("trang0năm0".to_owned(), vec![12, 2025]))
        );
        assert_eq!(key("- 3 -"), None);
        assert_eq!(key("| 3 | Báo cáo |"), None);
    }

    #[test]
    fn stamps_and_labels() {
        let rows = [
            ("https://xa.gov.vn/bai-viet-12 2/7", true),
            ("about:blank", true),
            ("12/03/2024 10:15", true),
            ("3/12/24, 10:15 AM Báo cáo kết quả", true),
            ("Ký bởi: Nguyễn Văn A", true),
            ("Thời gian ký: 12/03/2024 10:15:20 +07:00", true),
            ("https://xa.gov.vn", false),
            ("12/03/2024 của Bộ Chính trị", false),
            ("Người ký văn bản", false),
            ("Ký ban hành", false),
        ];
        for (body, stamp) in rows {
            assert_eq!(is_stamp(body), stamp, "{body}");
        }
        for (body, label) in [
            ("PHỤ LỤC 2", true),
            ("Phụ lục", true),
            ("**Mẫu số 1**", true),
            ("Chương II", true),
            ("Mẫu mực, đi đầu", false),
            ("Phấn đấu", false),
            ("Phần lớn đảng viên", false),
        ] {
            assert_eq!(is_label(body), label, "{body}");
        }
        for (body, item) in [
            ("1. Nội dung", true),
            ("2.1. Nội dung", true),
            ("II- Nội dung", true),
            ("a) Nội dung", true),
            ("- Như trên", true),
            ("3 Báo cáo", false),
            ("Báo cáo", false),
            ("Vụ Tổ chức", false),
            ("", false),
        ] {
            assert_eq!(is_item(body), item, "{body}");
        }
        assert!(is_motto("Độc lập - Tự do - Hạnh phúc") && !is_motto("Độc lập"));
    }
}
