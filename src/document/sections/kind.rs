//! The kind of a section, read in its title.
//!
//! A title names kinds by the nouns that head it: `QUAN ĐIỂM, MỤC TIÊU, NHIỆM VỤ, GIẢI PHÁP` names four;
//! `Lãnh đạo thực hiện nhiệm vụ chính trị` names none, because its `nhiệm vụ` is an object. Of several kinds
//! the first in the title counts.

use super::SectionKind;
use crate::document::phrase::FoldedWords;

/// Phrases that head a title, folded, and the kinds they name. Of two that fit the longer one counts.
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

/// Words that may come before the noun that heads a title, folded.
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

/// Words after an assessment in which the list of heads may go on: `Đánh giá chung và bài học kinh nghiệm`.
const MAX_LIST_GAP: usize = 4;

/// Returns the kind that the words of a title name, or `None` where they name none. Of several kinds the first in the
/// title counts.
pub(crate) fn kind_in(words: &FoldedWords) -> Option<SectionKind> {
    let mut at = 0;
    loop {
        // "Một số chỉ tiêu chủ yếu" is headed by "chỉ tiêu".
        while let Some(phrase) = BEFORE_HEAD.iter().find(|phrase| words.has_at(at, phrase)) {
            at += phrase.split(' ').count();
        }
        let best = HEADS
            .iter()
            .filter(|(phrase, _)| words.has_at(at, phrase))
            .max_by_key(|(phrase, _)| phrase.len());
        if let Some((_, kind)) = best {
            return Some(*kind);
        }
        // "Đánh giá chung và bài học kinh nghiệm", "Nội dung, nhiệm vụ": an assessment or the contents are no kind, and
        // the list continues after them.
        let assessed = at >= 2 && words.has_at(at - 2, "danh gia");
        let contents = words.has_at(at, "noi dung");
        if !assessed && !contents {
            return None;
        }
        let after = at + 1 + usize::from(contents);
        let next = (after - 1..(after + MAX_LIST_GAP).min(words.len()))
            .find(|&index| words.stops_after(index) || (index >= after && words.get(index) == "va"));
        at = next? + 1;
    }
}

/// Returns true if the words of a title are about objective or subjective causes alone (`Nguyên nhân khách quan`).
pub(super) fn tells_causes_apart(words: &FoldedWords) -> bool {
    words.has("khach quan") || words.has("chu quan")
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
            ("NỘI DUNG, NHIỆM VỤ, GIẢI PHÁP", Some(SectionKind::NhiemVu)),
            ("Nội dung và giải pháp", Some(SectionKind::GiaiPhap)),
            ("NỘI DUNG", None),
            ("Nội dung công tác kiểm tra năm 2025 và nhiệm vụ", None),
            ("TỔ CHỨC THỰC HIỆN", Some(SectionKind::ToChucThucHien)),
            ("Công tác kiểm tra và tổ chức thực hiện Nghị quyết", None),
        ];
        for (title, kind) in rows {
            assert_eq!(kind_in(&FoldedWords::of(title, false)), kind, "{title}");
        }
    }
}
