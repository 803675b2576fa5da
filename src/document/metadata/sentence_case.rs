//! Lines set in capitals, rendered as sentences.

use super::province;

/// Names that keep their capitals in a sentence, folded and as written.
const KEPT: [(&str, &str); 8] = [
    ("dang vien", "đảng viên"),
    ("hoi dong nhan dan", "Hội đồng nhân dân"),
    ("uy ban nhan dan", "Ủy ban nhân dân"),
    ("uy ban mat tran to quoc", "Ủy ban Mặt trận Tổ quốc"),
    ("mat tran to quoc", "Mặt trận Tổ quốc"),
    ("quoc hoi", "Quốc hội"),
    ("ban chap hanh", "Ban Chấp hành"),
    ("ban thuong vu", "Ban Thường vụ"),
];

/// Renders a line set in capitals as a sentence: small letters except for names, `Đảng`, Roman numbers, and
/// the first letter if `first`.
pub(super) fn sentence_case(line: &str, first: bool) -> String {
    let lower = line.to_lowercase();
    let mut text = String::with_capacity(lower.len());
    for (at, word) in lower.split_whitespace().enumerate() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        // "lần thứ XIV" keeps its number.
        let roman = !bare.is_empty() && bare.len() <= 5 && bare.chars().all(|c| matches!(c, 'i' | 'v' | 'x'));
        if at > 0 {
            text.push(' ');
        }
        match bare {
            "đảng" => text.push_str(&word.replacen("đảng", "Đảng", 1)),
            _ if roman => text.push_str(&word.to_uppercase()),
            _ => text.push_str(word),
        }
    }
    for (folded, written) in KEPT {
        // "đảng" has its capital by now, and "đảng viên" loses it again.
        let small = written.to_lowercase();
        let capital_party = small.replacen("đảng", "Đảng", 1);
        debug_assert_eq!(crate::text::fold(written), folded);
        text = text.replace(&capital_party, written).replace(&small, written);
    }
    for mention in province::mentions(line) {
        text = text.replace(&mention.span.slice(line).to_lowercase(), mention.name);
    }
    let mut chars = text.chars();
    match chars.next() {
        Some(char) if first => char.to_uppercase().chain(chars).collect(),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_become_sentences() {
        assert_eq!(
            sentence_case(
                "ĐẠI HỘI ĐẠI BIỂU ĐẢNG BỘ CÁC CƠ QUAN ĐẢNG THÀNH PHỐ CẦN THƠ LẦN THỨ I, NHIỆM KỲ 2025 - 2030",
                true
            ),
            "Đại hội đại biểu Đảng bộ các cơ quan Đảng thành phố Cần Thơ lần thứ I, nhiệm kỳ 2025 - 2030"
        );
    }
}
