//! Type words: "Nghị quyết", "Quy định", "Thông tư liên tịch" before a number or a name.
//!
//! The kind of a cited document follows its type word, never its letters alone: `QĐ` is both Quyết định
//! and Quy định.

use super::CitationKind;
use super::tokens::{Words, like};
use crate::symbol::words_of_code;

/// A type word and what it stands for.
#[derive(Debug)]
pub(super) struct TypeWord {
    /// Its syllables, folded.
    pub(super) syllables: &'static [&'static str],
    /// The kind that it names.
    pub(super) kind: CitationKind,
    /// The kind code in symbols, canonical; empty where there is none.
    pub(super) code: &'static str,
    /// The word as it begins a name.
    pub(super) name: &'static str,
    /// May a bare number stand behind it without "số" ("Nghị quyết 57 của Bộ Chính trị")? Not where
    /// programmes carry numbers of their own (Chương trình 135, Đề án 06).
    pub(super) numbered_bare: bool,
}

/// A row of the table.
const fn row(
    syllables: &'static [&'static str],
    kind: CitationKind,
    code: &'static str,
    name: &'static str,
    numbered_bare: bool,
) -> TypeWord {
    TypeWord {
        syllables,
        kind,
        code,
        name,
        numbered_bare,
    }
}

/// All type words, longer ones before those they begin or end with. Source: the genres of party papers
/// (Quy định 399-QĐ/TW of 2026, 66-QĐ/TW of 2017) and of state papers (30/2020/NĐ-CP, Điều 7).
static TYPE_WORDS: &[TypeWord] = {
    use CitationKind::{
        ChiThi, ChuongTrinh, HuongDan, KeHoach, KetLuan, Luat, NghiDinh, NghiQuyet, Other, QuyDinh, QuyetDinh,
        ThongBao, ThongTu,
    };
    &[
        row(
            &["nghi", "quyet", "lien", "tich"],
            NghiQuyet,
            "NQLT",
            "Nghị quyết liên tịch",
            false,
        ),
        row(
            &["nghi", "quyet", "chuyen", "de"],
            NghiQuyet,
            "NQ",
            "Nghị quyết chuyên đề",
            false,
        ),
        row(
            &["thong", "bao", "ket", "luan"],
            ThongBao,
            "TB",
            "Thông báo kết luận",
            false,
        ),
        row(
            &["thong", "tu", "lien", "tich"],
            ThongTu,
            "TTLT",
            "Thông tư liên tịch",
            false,
        ),
        row(
            &["chuong", "trinh", "hanh", "dong"],
            ChuongTrinh,
            "CTr",
            "Chương trình hành động",
            false,
        ),
        row(&["van", "ban", "hop", "nhat"], Other, "VBHN", "Văn bản hợp nhất", false),
        row(&["nghi", "quyet"], NghiQuyet, "NQ", "Nghị quyết", true),
        row(&["ket", "luan"], KetLuan, "KL", "Kết luận", true),
        row(&["quyet", "dinh"], QuyetDinh, "QĐ", "Quyết định", true),
        row(&["quy", "dinh"], QuyDinh, "QĐ", "Quy định", true),
        row(&["chi", "thi"], ChiThi, "CT", "Chỉ thị", true),
        row(&["huong", "dan"], HuongDan, "HD", "Hướng dẫn", true),
        row(&["thong", "bao"], ThongBao, "TB", "Thông báo", false),
        row(&["chuong", "trinh"], ChuongTrinh, "CTr", "Chương trình", false),
        row(&["ke", "hoach"], KeHoach, "KH", "Kế hoạch", false),
        row(&["nghi", "dinh"], NghiDinh, "NĐ", "Nghị định", true),
        row(&["thong", "tu"], ThongTu, "TT", "Thông tư", true),
        row(&["thong", "tri"], Other, "TT", "Thông tri", false),
        row(&["thong", "cao"], Other, "TC", "Thông cáo", false),
        row(&["quy", "che"], Other, "QC", "Quy chế", false),
        row(&["quy", "hoach"], Other, "", "Quy hoạch", false),
        row(&["de", "an"], Other, "ĐA", "Đề án", false),
        row(&["phuong", "an"], Other, "PA", "Phương án", false),
        row(&["bao", "cao"], Other, "BC", "Báo cáo", false),
        row(&["to", "trinh"], Other, "TTr", "Tờ trình", false),
        row(&["cong", "van"], Other, "CV", "Công văn", false),
        row(&["cong", "dien"], Other, "CĐ", "Công điện", false),
        row(&["van", "ban"], Other, "", "Văn bản", false),
        row(&["bien", "ban"], Other, "BB", "Biên bản", false),
        row(&["chien", "luoc"], Other, "", "Chiến lược", false),
        row(&["phap", "lenh"], Other, "PL", "Pháp lệnh", false),
        row(&["sac", "lenh"], Other, "SL", "Sắc lệnh", false),
        row(&["bo", "luat"], Luat, "", "Bộ luật", false),
        row(&["hien", "phap"], Luat, "", "Hiến pháp", false),
        row(&["dieu", "le"], CitationKind::DieuLe, "", "Điều lệ", false),
        row(&["luat"], Luat, "", "Luật", false),
        row(&["lenh"], Other, "L", "Lệnh", false),
    ]
};

/// The type word at word `index`, and the word behind it.
pub(super) fn type_word_at(words: &Words<'_>, index: usize) -> Option<(&'static TypeWord, usize)> {
    if !may_begin(words, index) {
        return None;
    }
    TYPE_WORDS
        .iter()
        .filter(|row| row.syllables.len() > 1 || words.folded(index) == row.syllables[0])
        .find_map(|row| words.phrase(index, row.syllables).map(|end| (row, end)))
}

/// Can a type word begin at word `index`? This is asked of every word of the corpus, so it compares nothing but
/// whole syllables: the first, or on a damaged page the second, of which one is always right.
fn may_begin(words: &Words<'_>, index: usize) -> bool {
    let first = matches!(
        words.folded(index),
        "nghi"
            | "ket"
            | "quyet"
            | "quy"
            | "chi"
            | "huong"
            | "thong"
            | "chuong"
            | "ke"
            | "de"
            | "phuong"
            | "bao"
            | "to"
            | "cong"
            | "van"
            | "bien"
            | "chien"
            | "phap"
            | "sac"
            | "bo"
            | "hien"
            | "dieu"
            | "luat"
            | "lenh"
    );
    first
        || words.is_damaged()
            && matches!(
                words.folded(index + 1),
                "quyet"
                    | "luan"
                    | "dinh"
                    | "thi"
                    | "dan"
                    | "bao"
                    | "trinh"
                    | "hoach"
                    | "tu"
                    | "tri"
                    | "cao"
                    | "che"
                    | "an"
                    | "van"
                    | "dien"
                    | "ban"
                    | "luoc"
                    | "lenh"
                    | "luat"
                    | "phap"
                    | "le"
                    | "tich"
                    | "de"
            )
}

/// The type word that ends before word `end`, and its first word; misread letters are put up with, since
/// the caller has seen a number behind it.
pub(super) fn type_word_before(words: &Words<'_>, end: usize) -> Option<(&'static TypeWord, usize)> {
    let exact = |read: &str, syllable: &str| read == syllable;
    ends_with(words, end, exact).or_else(|| ends_with(words, end, loosely))
}

/// Like the syllable, also where it lost one of only three letters ("Thông bố").
fn loosely(read: &str, syllable: &str) -> bool {
    let shortened = || syllable.len() == 3 && read.len() == 2 && read.as_bytes().first() == syllable.as_bytes().first();
    like(read, syllable) || shortened() && read.bytes().all(|byte| syllable.as_bytes().contains(&byte))
}

/// The first row whose syllables are the `same` as the words before `end`.
fn ends_with(words: &Words<'_>, end: usize, same: fn(&str, &str) -> bool) -> Option<(&'static TypeWord, usize)> {
    TYPE_WORDS.iter().find_map(|row| {
        let start = end.checked_sub(row.syllables.len())?;
        let mut syllables = row.syllables.iter().enumerate();
        let fits = syllables.all(|(offset, syllable)| {
            same(words.folded(start + offset), syllable) && (offset == 0 || words.joined(start + offset))
        });
        // Rare type words and those of one syllable differ from too many others in a letter.
        let common = row.syllables.len() > 1 && row.kind != CitationKind::Other;
        let certain = common
            || row
                .syllables
                .iter()
                .enumerate()
                .all(|(offset, s)| words.folded(start + offset) == *s);
        (fits && certain).then_some((row, start))
    })
}

/// The kind that the letters of a symbol tell, where no type word does.
pub(super) fn kind_of_code(code: &str) -> CitationKind {
    let words = words_of_code(code).next().unwrap_or("");
    let syllables: Vec<&str> = words.split(' ').collect();
    if code.is_empty() {
        return CitationKind::Luat; // `202/2025/QH15`: laws and resolutions of the Assembly alike
    }
    TYPE_WORDS
        .iter()
        .find(|row| row.syllables == syllables.as_slice())
        .map_or(CitationKind::Other, |row| row.kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn type_words_are_found_from_both_sides() {
        let rows = [
            ("theo Quyết định", CitationKind::QuyetDinh, true),
            ("theo Quy định", CitationKind::QuyDinh, true),
            ("Chương trình hành động", CitationKind::ChuongTrinh, true),
            ("thuc hién Nghl quyét", CitationKind::NghiQuyet, true),
            ("theo huéng din", CitationKind::HuongDan, true),
            ("Két ludn", CitationKind::KetLuan, true),
            ("Thông bố", CitationKind::ThongBao, true),
            ("pháp luật", CitationKind::Luat, true),
            ("Đảng bộ", CitationKind::Other, false),
        ];
        for (text, kind, found) in rows {
            let words = Words::new(text, false);
            let row = type_word_before(&words, words.len());
            assert_eq!(row.is_some(), found, "{text}");
            assert!(row.is_none_or(|(row, _)| row.kind == kind), "{text}");
        }
    }

    #[test]
    fn every_type_word_passes_the_first_look() {
        for row in TYPE_WORDS {
            let text = row.syllables.join(" ");
            let words = Words::new(&text, false);
            assert_eq!(type_word_at(&words, 0).map(|(found, _)| found.name), Some(row.name));
            let damaged = format!("x {}", row.syllables[1..].join(" "));
            assert!(
                row.syllables.len() < 2 || may_begin(&Words::new(&damaged, true), 0),
                "{text}"
            );
        }
    }

    #[test]
    fn letters_tell_a_kind_where_nothing_else_does() {
        assert_eq!(kind_of_code("NQ"), CitationKind::NghiQuyet);
        assert_eq!(kind_of_code("CTr"), CitationKind::ChuongTrinh);
        assert_eq!(kind_of_code("QĐ"), CitationKind::QuyetDinh);
        assert_eq!(kind_of_code("XYZ"), CitationKind::Other);
    }
}
