//! Numbers without letters: "Nghị quyết 57", "Quyết định 99, 100", "Đề án 844".
//!
//! A number after a type word may also count what follows: "quy định 5 nội dung", "Nghị quyết 3 năm". With "số" it is a
//! citation. Without it the capital of the type word and the words after the number decide, and where these leave a
//! doubt, the document must cite the number with its letters somewhere.

use super::super::kinds::type_word_at;
use super::super::tokens::PassageWords;
use super::head::Head;
use crate::symbol::{Citing, Kind};

/// The cited ones of numbers without letters.
pub(super) struct ShortNumbers {
    /// Their number, from the first on; at least one.
    pub(super) count: usize,
    /// True if they are citations only where the document cites them with letters.
    pub(super) doubtful: bool,
}

/// Returns the numbers after `head` that are citations; `numbers` are the words of a list, not empty, `next` is the word
/// after the last. `None` if the first is none.
pub(super) fn cited_numbers(
    words: &PassageWords<'_>,
    head: &Head,
    numbers: &[usize],
    next: usize,
) -> Option<ShortNumbers> {
    let first = *numbers.first()?;
    if head.so {
        // "Nghị quyết số 138, 139 ban hành …", but "Nghị quyết số 57, 15 đồng chí …".
        let counted = numbers.len() > 1 && !ends_clearly(words, next) && counts_what_follows(words, next);
        return (words.word(first).len() <= 4).then_some(ShortNumbers {
            count: numbers.len() - usize::from(counted),
            doubtful: false,
        });
    }
    let doubtful = match certainty(words, head, first)? {
        Certainty::Certain => false,
        Certainty::Doubtful => true,
    };
    // "Nghị quyết 57, 59 và 66 của Bộ Chính trị", but "Nghị quyết 57, 15 đồng chí".
    let listed = |&&number: &&usize| has_short_length(words, head, number) && !counts_what_follows(words, number + 1);
    let further = numbers[1..].iter().take_while(listed).count();
    let last = numbers[further];
    let further = if further + 1 == numbers.len() && !ends_clearly(words, last + 1) {
        0
    } else {
        further
    };
    Some(ShortNumbers {
        count: 1 + further,
        doubtful,
    })
}

/// The certainty that a number is a citation.
enum Certainty {
    /// It is one.
    Certain,
    /// It may be a count.
    Doubtful,
}

/// Returns the certainty that the number at word `number`, after `head` without "số", is a citation; `None` if it counts
/// something.
fn certainty(words: &PassageWords<'_>, head: &Head, number: usize) -> Option<Certainty> {
    let word = words.word(head.first);
    let capitals = word.chars().nth(1).is_some_and(char::is_uppercase);
    let padded = words.word(number).starts_with('0') && words.word(number).len() == 2;
    // Program numbers are those of the decisions that set them up: "Đề án 06", "Đề án 844".
    let program = head.type_word.syllables == ["de", "an"] && words.word(number).len() > 1;
    if program && padded && words.is_capital(head.first) {
        return Some(Certainty::Certain);
    }
    if !has_short_length(words, head, number) || counts_what_follows(words, number + 1) {
        return None;
    }
    let capital = words.is_capital(head.first) && !capitals;
    let clear = ends_clearly(words, number + 1);
    // The verbs among the type words begin sentences too: "Quyết định 3 vấn đề".
    let verb = matches!(
        head.type_word.kind,
        Kind::QuyetDinh | Kind::QuyDinh | Kind::HuongDan | Kind::KetLuan | Kind::ThongBao
    );
    let inside = head.first > 0 && words.joined(head.first);
    let bare = head.type_word.citing == Citing::BareNumber;
    // In small letters too a number that is padded, or that issuer or subject follow, is that of a document: "chỉ thị
    // 05", "nghị quyết 57 về đột phá".
    let described = matches!(words.word(number + 1), "của" | "về" | "khóa" | "khoá") && words.joined(number + 1);
    let small = !capital && !capitals && bare && !verb && clear && (padded || described);
    let certain = small || capital && (bare && (clear || inside || !verb) || program && (clear || inside));
    // "Nghị quyết 5" in the flow of a text is rather a list of its own than the fifth of a committee.
    let single = words.word(number).len() == 1 && !clear;
    Some(if certain && !single {
        Certainty::Certain
    } else {
        Certainty::Doubtful
    })
}

/// Returns true if the number at word `number` has a length that a short citation may have: four digits only for
/// decisions and letters, and no year.
fn has_short_length(words: &PassageWords<'_>, head: &Head, number: usize) -> bool {
    let word = words.word(number);
    let long = matches!(head.type_word.kind, Kind::QuyetDinh | Kind::Other)
        && !word.starts_with("19")
        && !word.starts_with("20");
    match word.len() {
        1..=3 => true,
        4 => long,
        _ => false,
    }
}

/// Returns true if a list of numbers ends clearly before word `next`: with a sign, or with a word that is not counted.
pub(in crate::citation) fn ends_clearly(words: &PassageWords<'_>, next: usize) -> bool {
    /// Words after which no count goes on, with their marks.
    const CLEAR: &[&str] = &[
        "của", "về", "ngày", "khóa", "khoá", "và", "hoặc", "hay", "đã", "là", "được", "tại", "theo", "trong", "với",
        "cho", "để", "đến", "cùng", "nhằm", "trên", "sẽ", "đang", "phải", "cần", "có", "nếu", "mà", "thì", "gắn",
        "như", "vào", "từ", "do", "này", "cũng", "còn", "nêu", "ra", "chưa", "không", "bằng", "khi", "vẫn", "chính",
        "ở", "vừa", "mới", "đều", "luôn", "xác", "mở", "giúp", "tạo",
    ];
    /// The same for damaged pages, folded, with misreadings of "của".
    const FOLDED: &[&str] = &["cua", "ve", "ngay", "khoa", "va", "ctia", "cia"];
    let gap = words.gap(next).trim();
    if next >= words.len() || gap.starts_with([',', '.', ';', ')', '”', '"', ':', '?', '!', '…']) {
        return true;
    }
    let year = words.folded(next) == "nam" && words.word(next + 1).len() == 4 && words.is_number(next + 1);
    let damaged = words.is_damaged() && FOLDED.contains(&words.folded(next));
    gap.is_empty() && (year || damaged || CLEAR.contains(&words.word(next)))
}

/// Returns true if the number before word `next` counts what follows: "5 nội dung", "3 năm", "15 Chỉ thị", "12 30".
pub(in crate::citation) fn counts_what_follows(words: &PassageWords<'_>, next: usize) -> bool {
    /// First words of what party documents count, with their marks.
    const COUNTED: &[&str] = &[
        "nội",
        "nhiệm",
        "vấn",
        "điểm",
        "tháng",
        "quý",
        "tuần",
        "giờ",
        "phút",
        "đồng",
        "tổ",
        "đảng",
        "người",
        "chỉ",
        "mục",
        "giải",
        "nhóm",
        "tỷ",
        "tỉ",
        "triệu",
        "nghìn",
        "ngàn",
        "chi",
        "cơ",
        "đơn",
        "trường",
        "xã",
        "tỉnh",
        "huyện",
        "cấp",
        "khâu",
        "lĩnh",
        "phần",
        "bước",
        "việc",
        "điều",
        "khoản",
        "câu",
        "loại",
        "hình",
        "đoàn",
        "đợt",
        "lần",
        "kỳ",
        "cuộc",
        "buổi",
        "bài",
        "km",
        "m",
        "m2",
        "ha",
        "tấn",
        "kg",
        "lớp",
        "công",
        "mô",
        "đối",
        "địa",
        "thành",
        "cán",
        "phường",
        "quận",
        "thôn",
        "hộ",
        "đại",
        "ủy",
        "uỷ",
        "trang",
        "dự",
        "bộ",
        "chương",
        "nguyên",
        "quan",
        "tiêu",
        "biện",
        "bản",
        "lượt",
        "phương",
        "yêu",
        "cụm",
        "khu",
        "nước",
        "văn",
        "ý",
        "mặt",
        "hội",
        "dòng",
        "ngành",
        "đề",
        "sản",
        "hạng",
        "thủ",
        "tập",
        "bệnh",
        "học",
        "giáo",
        "doanh",
        "vụ",
        "hành",
        "đội",
        "trạm",
        "thứ",
    ];
    let gap = words.gap(next).trim();
    if gap.starts_with('%') {
        return true;
    }
    if next >= words.len() || !gap.is_empty() {
        return false;
    }
    let word = words.word(next);
    // "Kế hoạch 5 năm", "Nghị quyết 30a năm 2008".
    let years = words.folded(next) == "nam" && !words.is_number(next + 1);
    let days = word == "ngày" && !words.is_number(next + 1);
    years || days || words.is_number(next) || COUNTED.contains(&word) || type_word_at(words, next).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::symbol::TYPE_WORDS;

    /// Returns how many numbers of `text` are citations, and whether in doubt; the number is the first digit word.
    fn short(text: &str) -> Option<(usize, bool)> {
        let words = PassageWords::new(text, false);
        let number = (0..words.len()).find(|&index| words.is_number(index))?;
        let (type_word, first) = super::super::super::kinds::type_word_before(&words, number)?;
        let head = Head {
            type_word,
            first,
            from: None,
            so: false,
            loose: false,
            abbreviated: false,
        };
        let mut numbers = vec![number];
        let mut next = number + 1;
        while words.is_number(next) && words.gap(next).trim() == "," {
            numbers.push(next);
            next += 1;
        }
        cited_numbers(&words, &head, &numbers, next).map(|found| (found.count, found.doubtful))
    }

    #[test]
    fn a_number_is_a_citation_or_counts() {
        assert!(TYPE_WORDS.iter().any(|row| row.syllables == ["de", "an"]));
        for (text, expected) in [
            ("tinh thần Nghị quyết 57 xác định", Some((1, false))),
            ("Nghị quyết 57 đã mở đường", Some((1, false))),
            ("theo Quyết định 99, 100", Some((2, false))),
            ("Nghị quyết 57, 15 đồng chí", Some((1, false))),
            ("triển khai Đề án 844 tới", Some((1, false))),
            ("phục vụ Đề án 06 tỉnh Lâm Đồng", Some((1, false))),
            ("thực hiện nghị quyết 57 trên địa bàn", Some((1, true))),
            ("quán triệt chỉ thị 05 cho cán bộ", Some((1, false))),
            ("Kế hoạch 120 của xã", Some((1, true))),
            ("Nghị quyết 5 nội dung", None),
            ("Quyết định 3 vấn đề lớn", None),
            ("Quyết định 20 gia đình", Some((1, true))),
            ("Kế hoạch 5 năm", None),
            ("Nghị quyết 12 15 20", None),
            ("Nghị quyết 15 Chỉ thị", None),
            ("Quyết định 2024 của", None),
        ] {
            assert_eq!(short(text), expected, "{text}");
        }
    }
}
