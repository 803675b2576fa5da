//! Headings of sections as one reads them in a list: those printed in capitals in small letters, the label set off.
//!
//! Knowledge decides which words keep their capitals in a sentence: the bodies of the Party and the state, provinces,
//! Roman numerals, symbols and abbreviations are known ([`sentence_case`]). A person, a commune or an office of a province
//! that is printed in capitals comes out small, for nothing tells it from other words. A heading of which only a part is
//! in capitals stays as it is.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::sentence_case;

/// Sign between the headings of nested sections.
const INSIDE: &str = " › ";

/// The label before a title: `PHẦN I`, `Phần thứ hai`, `II-`, `2.1.`, `a)`.
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    let number = r"(?:[IVXLC]+|\d+|[A-Z]|(?:thứ )?(?:nhất|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười))";
    let worded = format!(r"(?:phần|chương|tiểu mục|mục|phụ lục|điều) {number}");
    let pattern = format!(r"(?i)^(?:{worded}|\d+(?:\.\d+)*|[IVXLC]+[.):/–-]|[A-ZĐ][.):/–-])[.):/–-]*\s+");
    Regex::new(&pattern).expect("the pattern is valid")
});

/// Returns the innermost `levels` headings of a path, the outer one first.
pub(crate) fn last_levels(path: &[String], levels: usize) -> String {
    let inner = &path[path.len().saturating_sub(levels)..];
    let shown: Vec<String> = inner.iter().map(|heading| in_normal_case(heading)).collect();
    shown.join(INSIDE)
}

/// Returns a heading with its title in small letters if that is printed in capitals.
pub(crate) fn in_normal_case(heading: &str) -> String {
    let (label, title) = heading.split_at(LABEL.find(heading).map_or(0, |found| found.end()));
    if !is_in_capitals(title) {
        return heading.to_owned();
    }
    let title = sentence_case(title, true, &[]);
    let label = label.trim_end();
    match label.split_once(' ') {
        None if label.is_empty() => title,
        None => format!("{label} {title}"),
        Some(_) => {
            let word = if is_in_capitals(label) {
                sentence_case(label, true, &[])
            } else {
                label.to_owned()
            };
            // Nothing sets a label in words off from its title.
            let end = if word.ends_with(char::is_alphanumeric) { "." } else { "" };
            format!("{word}{end} {title}")
        }
    }
}

/// Returns true if a text has two words at least, and no small letter.
fn is_in_capitals(text: &str) -> bool {
    let mut words = text.split_whitespace().filter(|word| word.contains(char::is_uppercase));
    words.nth(1).is_some() && !text.contains(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_become_a_sentence_and_the_label_is_set_off() {
        for (printed, shown) in [
            (
                "PHẦN I ĐÁNH GIÁ KẾT QUẢ THỰC HIỆN NGHỊ QUYẾT ĐẠI HỘI ĐẢNG BỘ CÁC CƠ QUAN ĐẢNG THÀNH PHỐ CẦN THƠ",
                "Phần I. Đánh giá kết quả thực hiện nghị quyết đại hội Đảng bộ các cơ quan Đảng thành phố Cần Thơ",
            ),
            (
                "Phần thứ hai QUAN ĐIỂM, MỤC TIÊU NHIỆM KỲ 2025 - 2030",
                "Phần thứ hai. Quan điểm, mục tiêu nhiệm kỳ 2025 - 2030",
            ),
            ("I- KẾT QUẢ ĐẠT ĐƯỢC", "I- Kết quả đạt được"),
            ("II. PHẠM VI VÀ ĐỐI TƯỢNG", "II. Phạm vi và đối tượng"),
            ("KẾT QUẢ ĐẠI HỘI LẦN THỨ XIII", "Kết quả đại hội lần thứ XIII"),
            ("2.1. Công tác tư tưởng", "2.1. Công tác tư tưởng"),
            ("3. Vai trò của UBND", "3. Vai trò của UBND"),
            ("Phụ lục 2", "Phụ lục 2"),
            ("PHỤ LỤC 2 DANH MỤC VĂN BẢN", "Phụ lục 2. Danh mục văn bản"),
            ("MỤC TIÊU TỔNG QUÁT", "Mục tiêu tổng quát"),
            ("NƠI NHẬN", "Nơi nhận"),
            ("", ""),
        ] {
            assert_eq!(in_normal_case(printed), shown);
        }
    }

    #[test]
    fn the_innermost_levels_are_shown() {
        let path = ["PHẦN I KẾT QUẢ CHUNG", "1. Ưu điểm", "a) Về tổ chức"].map(str::to_owned);
        assert_eq!(last_levels(&path, 2), "1. Ưu điểm › a) Về tổ chức");
        assert_eq!(last_levels(&path[..1], 2), "Phần I. Kết quả chung");
        assert_eq!(last_levels(&[], 2), "");
    }
}
