//! Lines set in capitals, rendered as sentences.

use super::bodies::is_abbreviation;
use super::province;
use crate::symbol::Symbol;

/// Names that keep their capitals in a sentence.
const KEPT: [&str; 20] = [
    "đảng viên",
    "Đảng Cộng sản Việt Nam",
    "Hội đồng nhân dân",
    "Ủy ban nhân dân",
    "Ủy ban Mặt trận Tổ quốc",
    "Mặt trận Tổ quốc",
    "Quốc hội",
    "Ban Chấp hành",
    "Ban Thường vụ",
    "Bộ Chính trị",
    "Ban Bí thư",
    "Thủ tướng Chính phủ",
    "Chính phủ",
    "Trung ương",
    "Nhà nước",
    "Việt Nam",
    "Tổ quốc",
    "Hồ Chí Minh",
    "Tỉnh ủy",
    "Thành ủy",
];
/// Words before a Roman number that is a syllable as well: `khóa VI`, but `phạm vi`.
const BEFORE_ROMAN: [&str; 10] = [
    "thứ", "khóa", "khoá", "lần", "quý", "phần", "chương", "hội", "kỳ", "hạng",
];

/// Words that open a subject and are no part of a name, as printed below a type line of the state: `Về việc …`.
const OPENERS: [&str; 48] = [
    "Về", "Họp", "Ban", "Phê", "Kết", "Tổ", "Triển", "Thực", "Tổng", "Sơ", "Kiểm", "Công", "Cải", "Tình", "Hành",
    "Tăng", "Quy", "Sửa", "Bổ", "Điều", "Thành", "Kiện", "Giao", "Hướng", "Một", "Nâng", "Đẩy", "Xây", "Phát",
    "Chuyên", "Giải", "Góp", "Đề", "Xin", "Mời", "Quản", "Bảo", "Đổi", "Rà", "Phòng", "Tiếp", "Hỗ", "Đào", "Tuyên",
    "Sắp", "Phối", "Học", "Nghiên",
];

/// Returns a subject in small letters with a small letter at its beginning, unless a name begins there: `về việc …` for
/// `V/v …` and `Về việc …`.
pub(super) fn small_subject(subject: &str) -> String {
    let subject = match subject.strip_prefix("V/v").or_else(|| subject.strip_prefix("v/v")) {
        Some(rest) => format!("về việc {}", rest.trim_start_matches([':', ' '])),
        None => subject.to_owned(),
    };
    let mut words = subject.split(' ');
    let (first, second) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    // "Công an", "Thành phố", "Ban Chấp hành": a name has a capital on its second word, or is a town.
    let name = second.chars().next().is_some_and(char::is_uppercase) || matches!(second, "phố" | "ủy" | "an" | "đoàn");
    if !OPENERS.contains(&first) || name {
        return subject;
    }
    let mut chars = subject.chars();
    chars
        .next()
        .map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// Renders a line set in capitals as a sentence: small letters except for names, `Đảng`, Roman numbers, and
/// the first letter if `first`. `names` are names that the document writes elsewhere (its issuer, its place).
pub(crate) fn sentence_case(line: &str, first: bool, names: &[&str]) -> String {
    let lower = line.to_lowercase();
    let mut text = String::with_capacity(lower.len());
    let mut before = "";
    for (at, (word, printed)) in lower.split_whitespace().zip(line.split_whitespace()).enumerate() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        // "lần thứ XIV" keeps its number.
        let roman = !bare.is_empty() && bare.len() <= 5 && bare.chars().all(|c| matches!(c, 'i' | 'v' | 'x'));
        let roman = roman && (!matches!(bare, "vi" | "xi") || BEFORE_ROMAN.contains(&before));
        // "24-CT/TW", "UBND" and "THPT" are no words.
        let symbol = word.contains('/') && word.contains(|c: char| c.is_ascii_digit());
        let code = matches!(bare, "ubnd" | "hđnd" | "mttq") || is_abbreviation(bare);
        if at > 0 {
            text.push(' ');
        }
        match bare {
            "đảng" => text.push_str(&word.replacen("đảng", "Đảng", 1)),
            // In capitals "QĐ-TTG" is "QĐ-TTg".
            _ if symbol => match printed.parse::<Symbol>() {
                Ok(symbol) => text.push_str(&symbol.to_string()),
                Err(_) => text.push_str(printed),
            },
            _ if roman || code => text.push_str(printed),
            _ => text.push_str(word),
        }
        before = bare;
    }
    for written in KEPT {
        // "đảng" has its capital by now, and "đảng viên" loses it again.
        let small = written.to_lowercase();
        let capital_party = small.replacen("đảng", "Đảng", 1);
        text = text.replace(&capital_party, written).replace(&small, written);
    }
    for name in names {
        // "xã Yên Phú" of "Đảng ủy xã Yên Phú": the proper name with the words before it.
        let start = name
            .rmatch_indices(' ')
            .map(|(at, _)| at + 1)
            .chain([0])
            .take_while(|&at| name[at..].starts_with(char::is_uppercase))
            .last();
        let proper = start.map_or("", |at| &name[at..]);
        if proper.contains(' ') {
            text = text.replace(&proper.to_lowercase(), proper);
        }
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
    fn subjects_begin_small() {
        for (printed, shown) in [
            ("Về việc thành lập Ban bầu cử", "về việc thành lập Ban bầu cử"),
            ("V/v cung cấp số liệu", "về việc cung cấp số liệu"),
            ("Cải cách hành chính năm 2022", "cải cách hành chính năm 2022"),
            ("Thành phố thông minh", "Thành phố thông minh"),
            ("Ban Chấp hành khóa II", "Ban Chấp hành khóa II"),
            ("kết quả quý III", "kết quả quý III"),
        ] {
            assert_eq!(small_subject(printed), shown);
        }
    }

    #[test]
    fn names_of_the_letterhead_keep_their_capitals() {
        let names = ["Đảng ủy xã Yên Phú"];
        assert_eq!(
            sentence_case("QUY CHẾ LÀM VIỆC CỦA XÃ YÊN PHÚ", true, &names),
            "Quy chế làm việc của xã Yên Phú"
        );
    }

    #[test]
    fn capitals_become_sentences() {
        assert_eq!(
            sentence_case(
                "ĐẠI HỘI ĐẠI BIỂU ĐẢNG BỘ CÁC CƠ QUAN ĐẢNG THÀNH PHỐ CẦN THƠ LẦN THỨ I, NHIỆM KỲ 2025 - 2030",
                true,
                &[]
            ),
            "Đại hội đại biểu Đảng bộ các cơ quan Đảng thành phố Cần Thơ lần thứ I, nhiệm kỳ 2025 - 2030"
        );
    }
}
