//! What a title says: the kind of its section, the term of office, whether it is a title at all.
//!
//! A title names kinds by the nouns that head it: `QUAN ĐIỂM, MỤC TIÊU, NHIỆM VỤ, GIẢI PHÁP` names
//! four, `Lãnh đạo thực hiện nhiệm vụ chính trị` names none, for its `nhiệm vụ` is an object. Of several
//! kinds the first in the order of [`SectionKind::ALL`] counts.

use super::SectionKind;
use super::keyword::Words;

/// Phrases that head a title, folded, longest first where one begins another.
const HEADS: [(&str, SectionKind); 47] = [
    ("mo dau", SectionKind::MoDau),
    ("loi noi dau", SectionKind::MoDau),
    ("dat van de", SectionKind::MoDau),
    ("phan mo dau", SectionKind::MoDau),
    ("ket qua", SectionKind::KetQua),
    ("thanh tuu", SectionKind::KetQua),
    ("tong ket", SectionKind::KetQua),
    ("kiem diem", SectionKind::KetQua),
    ("tinh hinh thuc hien", SectionKind::KetQua),
    ("tinh hinh ket qua", SectionKind::KetQua),
    ("nhung ket qua", SectionKind::KetQua),
    ("uu diem", SectionKind::UuDiem),
    ("mat duoc", SectionKind::UuDiem),
    ("han che", SectionKind::HanChe),
    ("ton tai", SectionKind::HanChe),
    ("khuyet diem", SectionKind::HanChe),
    ("yeu kem", SectionKind::HanChe),
    ("kho khan", SectionKind::HanChe),
    ("nguyen nhan", SectionKind::NguyenNhan),
    ("bai hoc", SectionKind::BaiHoc),
    ("kinh nghiem", SectionKind::BaiHoc),
    ("boi canh", SectionKind::BoiCanh),
    ("tinh hinh", SectionKind::BoiCanh),
    ("dac diem tinh hinh", SectionKind::BoiCanh),
    ("dac diem", SectionKind::BoiCanh),
    ("thuan loi", SectionKind::BoiCanh),
    ("quan diem", SectionKind::QuanDiem),
    ("phuong cham", SectionKind::QuanDiem),
    ("muc tieu", SectionKind::MucTieu),
    ("muc dich", SectionKind::MucTieu),
    ("chi tieu", SectionKind::ChiTieu),
    ("nhiem vu dot pha", SectionKind::DotPha),
    ("khau dot pha", SectionKind::DotPha),
    ("dot pha", SectionKind::DotPha),
    ("nhiem vu", SectionKind::NhiemVu),
    ("phuong huong khac phuc", SectionKind::GiaiPhap),
    ("phuong huong", SectionKind::NhiemVu),
    ("bien phap", SectionKind::GiaiPhap),
    ("giai phap", SectionKind::GiaiPhap),
    ("nhom giai phap", SectionKind::GiaiPhap),
    ("khac phuc", SectionKind::GiaiPhap),
    ("to chuc thuc hien", SectionKind::ToChucThucHien),
    ("trien khai thuc hien", SectionKind::ToChucThucHien),
    ("ket luan", SectionKind::KetLuan),
    ("phan ket luan", SectionKind::KetLuan),
    ("phu luc", SectionKind::PhuLuc),
    ("noi nhan", SectionKind::NoiNhan),
];

/// Words that may stand before the noun that heads a title, folded.
const BEFORE_HEAD: [&str; 12] = [
    "ve",
    "cac",
    "nhung",
    "mot so",
    "danh gia",
    "khai quat",
    "du bao",
    "he thong",
    "neu",
    "viec",
    "va",
    "nhom",
];

/// Longest run of words between two heads of one list (`Hạn chế, khuyết điểm và nguyên nhân`): a head
/// further on stands in a subject.
const LIST_REACH: usize = 4;

/// The kind that the words of a title name, or `None` where they name none.
pub(super) fn kind_in(words: &Words) -> Option<SectionKind> {
    let mut found: Option<SectionKind> = None;
    let mut at = 0;
    while at < words.len() {
        while let Some(phrase) = BEFORE_HEAD.iter().find(|phrase| words.has_at(at, phrase)) {
            at += phrase.split(' ').count();
        }
        let best = HEADS
            .iter()
            .filter(|(phrase, _)| words.has_at(at, phrase))
            .max_by_key(|(phrase, _)| phrase.len());
        // "Đánh giá chung và bài học kinh nghiệm": an assessment is no kind, the list goes on behind it.
        let assessed = at >= 2 && words.has_at(at - 2, "danh gia");
        match best {
            Some((phrase, kind)) => {
                found = Some(found.map_or(*kind, |before| before.min(*kind)));
                at += phrase.split(' ').count();
            }
            None if assessed => at += 1,
            None => break,
        }
        // "Nguyên nhân của hạn chế, khuyết điểm": what follows is no list of heads but what they are of.
        if words.near(at, "cua") {
            break;
        }
        // The next item of the list begins behind a comma or "và".
        let next = (at - 1..(at + LIST_REACH).min(words.len()))
            .find(|&index| words.stops_after(index) || (index >= at && words.get(index) == "va"));
        match next {
            Some(index) => at = index + 1,
            None => break,
        }
    }
    found
}

/// Does a line of these words alone make a heading, without a number before it?
pub(super) fn stands_alone(words: &Words, capitals: bool) -> Option<SectionKind> {
    /// Phrases that open an unnumbered heading also in small letters.
    const ALONE: [&str; 13] = [
        "nguyen nhan",
        "bai hoc kinh nghiem",
        "uu diem",
        "han che",
        "ton tai han che",
        "ket qua dat duoc",
        "nhung ket qua dat duoc",
        "ket luan",
        "noi nhan",
        "mo dau",
        "dat van de",
        "muc tieu",
        "chi tieu",
    ];
    let named = ALONE.iter().any(|phrase| words.has_at(0, phrase));
    if named || capitals { kind_in(words) } else { None }
}

/// Drops the apostrophes that a scan leaves at the ends of words (`thứ' I`, `cơ sở' đảng`): no Vietnamese word
/// ends with one, so that only an opened quotation makes sense of it.
pub(super) fn without_strays(title: &str) -> String {
    let stray = ['\'', '’', '´', '`'];
    if !title.contains(stray)
        || title
            .split_whitespace()
            .any(|word| word.len() > 3 && word.starts_with(['\'', '‘']))
    {
        return title.to_owned();
    }
    let words: Vec<&str> = title
        .split_whitespace()
        .map(|word| word.trim_end_matches(stray))
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

/// Does the title tell objective from subjective causes?
pub(super) fn tells_causes_apart(title: &str) -> bool {
    let words = Words::of(title);
    words.has("khach quan") || words.has("chu quan")
}

/// The term of office that `text` names with the word `nhiệm kỳ` or `khóa`: `2020-2025`.
pub(super) fn term_of(text: &str) -> Option<String> {
    terms_in(text).into_iter().next()
}

/// All terms of office that `text` names, in order, each once.
pub(super) fn terms_in(text: &str) -> Vec<String> {
    let mut terms: Vec<String> = Vec::new();
    let bytes = text.as_bytes();
    for at in memchr::memmem::find_iter(bytes, b"20") {
        let Some((first, last, _)) = years_at(bytes, at) else {
            continue;
        };
        if at > 0 && bytes[at - 1].is_ascii_digit() || last <= first || last - first > 6 {
            continue;
        }
        let mut from = at.saturating_sub(24);
        while !text.is_char_boundary(from) {
            from += 1;
        }
        let before = Words::of(&text[from..at]);
        let named = before.len() >= 2 && before.has_at(before.len() - 2, "nhiem ky")
            || terms.len() == 1 && before.len() >= 1 && before.get(before.len() - 1) == "va";
        let term = format!("{first}-{last}");
        if named && !terms.contains(&term) {
            terms.push(term);
        }
    }
    terms
}

/// Reads `2020 - 2025` at byte `at`: two years and the offset behind them.
fn years_at(bytes: &[u8], at: usize) -> Option<(u16, u16, usize)> {
    let year = |at: usize| -> Option<u16> {
        let digits = bytes.get(at..at + 4)?;
        std::str::from_utf8(digits)
            .ok()?
            .parse()
            .ok()
            .filter(|year| (1990..2100).contains(year))
    };
    let first = year(at)?;
    let mut next = at + 4;
    let mut dashes = 0;
    loop {
        match bytes.get(next..)? {
            [b' ' | b'\n' | b'\r', ..] => next += 1,
            [b'-', ..] => (next, dashes) = (next + 1, dashes + 1),
            [0xe2, 0x80, 0x93 | 0x94, ..] => (next, dashes) = (next + 3, dashes + 1),
            _ => break,
        }
    }
    if dashes != 1 {
        return None;
    }
    let last = year(next)?;
    (!bytes.get(next + 4).is_some_and(u8::is_ascii_digit)).then_some((first, last, next + 4))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_follow_the_nouns_that_head_a_title() {
        let rows = [
            ("KẾT QUẢ THỰC HIỆN NGHỊ QUYẾT ĐẠI HỘI", Some(SectionKind::KetQua)),
            ("QUAN ĐIỂM, MỤC TIÊU, NHIỆM VỤ, GIẢI PHÁP", Some(SectionKind::QuanDiem)),
            ("Hạn chế, khuyết điểm và nguyên nhân", Some(SectionKind::HanChe)),
            ("Nguyên nhân của hạn chế, khuyết điểm", Some(SectionKind::NguyenNhan)),
            ("Nguyên nhân kết quả", Some(SectionKind::NguyenNhan)),
            ("Nhiệm vụ đột phá", Some(SectionKind::DotPha)),
            ("Các chỉ tiêu chủ yếu", Some(SectionKind::ChiTieu)),
            ("Một số chỉ tiêu chủ yếu đến năm 2030", Some(SectionKind::ChiTieu)),
            ("PHƯƠNG HƯỚNG KHẮC PHỤC", Some(SectionKind::GiaiPhap)),
            ("PHƯƠNG HƯỚNG, NHIỆM VỤ, GIẢI PHÁP", Some(SectionKind::NhiemVu)),
            ("Đánh giá chung và bài học kinh nghiệm", Some(SectionKind::BaiHoc)),
            ("Lãnh đạo thực hiện nhiệm vụ chính trị", None),
            ("TỔ CHỨC THỰC HIỆN", Some(SectionKind::ToChucThucHien)),
            ("Công tác kiểm tra và tổ chức thực hiện Nghị quyết", None),
        ];
        for (title, kind) in rows {
            assert_eq!(kind_in(&Words::of(title)), kind, "{title}");
        }
    }

    #[test]
    fn stray_apostrophes_are_dropped_and_quotations_kept() {
        for (title, clean) in [
            ("Đại hội lần thứ' I", "Đại hội lần thứ I"),
            ("tổ chức cơ sở’ đảng ' vững mạnh", "tổ chức cơ sở đảng vững mạnh"),
            ("Phong trào 'Dân vận khéo'", "Phong trào 'Dân vận khéo'"),
        ] {
            assert_eq!(without_strays(title), clean);
        }
    }

    #[test]
    fn terms_need_their_word() {
        let rows: [(&str, &[&str]); 4] = [
            (
                "nhiệm kỳ 2020 - 2025 và mục tiêu nhiệm kỳ 2025 - 2030",
                &["2020-2025", "2025-2030"],
            ),
            ("nhiem ky 2025-2030", &["2025-2030"]),
            ("giai đoạn 2021 - 2025", &[]),
            ("nhiệm kỳ 2025 - 2030 và 2030 - 2035", &["2025-2030", "2030-2035"]),
        ];
        for (text, terms) in rows {
            assert_eq!(terms_in(text), terms, "{text}");
        }
    }
}
