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

/// An end of a line at which no sentence ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OpenEnd {
    /// A word that leads to another: `của`, `các`
    Word,
    /// A word that leads to a number: `Nghị quyết số`, `ngày`
    Number,
    /// A comma.
    Comma,
    /// A hyphen or an opening bracket or quotation mark: `Chỉ thị số 45-`, `(`
    Sign,
}

/// Words that lead to another, in small letters. Words that end a phrase as well are missing (`không`, `được`), and
/// so are words without marks, which other words become in a scan: "trong" is "trọng" there.
const LEADING_WORDS: [&str; 19] = [
    "của", "và", "các", "những", "với", "tại", "về", "bằng", "hoặc", "để", "là", "từ", "thuộc", "giữa", "bởi", "mọi",
    "mỗi", "vì", "nhằm",
];
/// Words before a leading one with which it ends a phrase: `trở về`, `tồn tại`.
const CLOSING_WORDS: [&str; 4] = ["trở", "hiện", "tồn", "đi"];
/// Words that lead to a number, in small letters.
const NUMBER_WORDS: [&str; 13] = [
    "số", "ngày", "tháng", "năm", "khóa", "khoá", "điều", "khoản", "điểm", "quý", "kỳ", "thứ", "hồi",
];
/// Words of the shortest line whose end is read; a shorter one may be a cell of a table.
const MIN_OPEN_WORDS: usize = 3;

/// Returns how `body` ends, if no sentence ends so.
pub(crate) fn open_end(body: &str) -> Option<OpenEnd> {
    let last = body.chars().next_back()?;
    let mut words = body.rsplit(' ').filter(|word| !word.is_empty());
    let word = words.next()?;
    match last {
        ',' => Some(OpenEnd::Comma),
        '(' | '“' | '‘' | '«' | '[' => Some(OpenEnd::Sign),
        '-' | '–' => {
            let before = body.trim_end_matches(['-', '–', ' ']);
            (before.len() + 4 >= body.len() && before.ends_with(char::is_alphanumeric)).then_some(OpenEnd::Sign)
        }
        // Nearly all lines end with another word or a stop, which the first comparison rejects.
        _ if last.is_alphabetic() && word.len() <= 8 => {
            let before = words.next()?;
            let _ = words.nth(MIN_OPEN_WORDS - 3)?;
            let small = |word: &str| word.chars().flat_map(char::to_lowercase).collect::<String>();
            let word = small(word);
            if NUMBER_WORDS.contains(&word.as_str()) {
                Some(OpenEnd::Number)
            } else {
                let leads = LEADING_WORDS.contains(&word.as_str()) && !CLOSING_WORDS.contains(&small(before).as_str());
                leads.then_some(OpenEnd::Word)
            }
        }
        _ => None,
    }
}

/// Returns true if `body` begins with a date: `22/12/2024 của`, `05.6.2020`.
pub(crate) fn starts_with_date(body: &str) -> bool {
    let date = body.split([' ', ',', ';', ')']).next().unwrap_or("");
    let mut parts = date.split(['/', '.', '-']);
    let mut number = |digits: std::ops::RangeInclusive<usize>| {
        parts
            .next()
            .is_some_and(|part| digits.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    number(1..=2) && number(1..=2) && number(4..=4)
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
    fn open_ends_are_told_from_ends() {
        for (body, end) in [
            ("theo tinh thần Chỉ thị số 45-", Some(OpenEnd::Sign)),
            ("phát triển kinh tế -", Some(OpenEnd::Sign)),
            ("(Ban hành theo Quyết định số", Some(OpenEnd::Number)),
            ("Nghị quyết số 58-NQ/TW, ngày", Some(OpenEnd::Number)),
            ("sự lãnh đạo của", Some(OpenEnd::Word)),
            ("các cơ quan, đơn vị,", Some(OpenEnd::Comma)),
            ("thực hiện phương châm “", Some(OpenEnd::Sign)),
            ("danh sách kèm theo", None),
            ("Năm", None),
            ("Độc lập - Tự do", None),
            ("những khó khăn tồn tại", None),
            ("---", None),
            ("Ban Thường vụ Đảng ủy", None),
            ("được ghi nhận.", None),
        ] {
            assert_eq!(open_end(body), end, "{body}");
        }
    }

    #[test]
    fn dates_begin_lines() {
        for (body, date) in [
            ("22/12/2024 của Bộ Chính trị", true),
            ("05.6.2020, trong đó", true),
            ("22/12", false),
            ("2024", false),
            ("1.2.3. Công tác", false),
            ("", false),
        ] {
            assert_eq!(starts_with_date(body), date, "{body}");
        }
    }

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
