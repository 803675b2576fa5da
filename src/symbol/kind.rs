//! Kinds of documents (thể loại): one table of the words and letters that name them.
//!
//! Every list of kinds in the crate is derived from [`TYPE_WORDS`]: the type words that begin a citation
//! (`citation::kinds`), the letters of symbols (`symbol::codes`), the kinds that a query may mean
//! (`query::symbol`), and the types that a document's title may name (`document::metadata`). To add a kind of document,
//! add a row.
//!
//! Sources: Quy định 66-QĐ/TW of 2017 and 399-QĐ/TW of 2026 (genres of party papers), Hướng dẫn 36-HD/VPTW of
//! 2018 (their letters), Nghị định 30/2020/NĐ-CP, Điều 7 and Phụ lục III (state papers). The letters of joint
//! circulars and joint resolutions follow the law on legal documents of 2015.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::text::{fold, named};

named! {
    /// Kind of a document, as far as citations tell kinds apart.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
    #[serde(rename_all = "kebab-case")]
    #[schema(as = CitationKind)]
    pub enum Kind {
        /// Nghị quyết (resolution).
        NghiQuyet = "nghi-quyet",
        /// Kết luận (conclusion).
        KetLuan = "ket-luan",
        /// Quy định (regulation).
        QuyDinh = "quy-dinh",
        /// Quyết định (decision).
        QuyetDinh = "quyet-dinh",
        /// Chỉ thị (directive).
        ChiThi = "chi-thi",
        /// Hướng dẫn (instruction).
        HuongDan = "huong-dan",
        /// Thông báo (notice).
        ThongBao = "thong-bao",
        /// Chương trình (program).
        ChuongTrinh = "chuong-trinh",
        /// Kế hoạch (plan).
        KeHoach = "ke-hoach",
        /// Luật, bộ luật, Hiến pháp (law, code, constitution).
        Luat = "luat",
        /// Nghị định (decree).
        NghiDinh = "nghi-dinh",
        /// Thông tư (circular).
        ThongTu = "thong-tu",
        /// Điều lệ (charter).
        DieuLe = "dieu-le",
        /// Quy chế, đề án, chiến lược, cương lĩnh, công văn and any other kind.
        Other = "other",
    }
}

impl Kind {
    /// Returns its Vietnamese name for people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::NghiQuyet => "Nghị quyết",
            Self::KetLuan => "Kết luận",
            Self::QuyDinh => "Quy định",
            Self::QuyetDinh => "Quyết định",
            Self::ChiThi => "Chỉ thị",
            Self::HuongDan => "Hướng dẫn",
            Self::ThongBao => "Thông báo",
            Self::ChuongTrinh => "Chương trình",
            Self::KeHoach => "Kế hoạch",
            Self::Luat => "Luật",
            Self::NghiDinh => "Nghị định",
            Self::ThongTu => "Thông tư",
            Self::DieuLe => "Điều lệ",
            Self::Other => "Khác",
        }
    }

    /// Returns the kind that `code`, the canonical kind code of a symbol, names without a type word.
    ///
    /// Of several kinds with one code it is the commonest, the first in [`TYPE_WORDS`]. A symbol without a kind
    /// code (`202/2025/QH15`) belongs to a law or a resolution of the National Assembly; it counts as a law.
    ///
    /// ```
    /// use vankien::symbol::Kind;
    /// assert_eq!(Kind::of_code("QĐ"), Kind::QuyetDinh);
    /// assert_eq!(Kind::of_code("QĐi"), Kind::QuyDinh);
    /// assert_eq!(Kind::of_code("VBHN"), Kind::Other);
    /// ```
    #[must_use]
    pub fn of_code(code: &str) -> Self {
        if code.is_empty() {
            return Self::Luat;
        }
        TYPE_WORDS
            .iter()
            .find(|word| word.codes.contains(&code))
            .map_or(Self::Other, |word| word.kind)
    }

    /// Returns the kinds that the folded letters `letters` stand for, in the order of the enumeration; empty for
    /// letters that name no kind, or only [`Kind::Other`], which says nothing about a document.
    ///
    /// ```
    /// use vankien::symbol::Kind;
    /// assert_eq!(Kind::of_letters("qd"), [Kind::QuyDinh, Kind::QuyetDinh]);
    /// assert!(Kind::of_letters("bc").is_empty());
    /// ```
    #[must_use]
    pub fn of_letters(letters: &str) -> &'static [Self] {
        static KINDS: LazyLock<Vec<(String, Vec<Kind>)>> = LazyLock::new(|| {
            let mut kinds: Vec<(String, Vec<Kind>)> = Vec::new();
            for word in TYPE_WORDS.iter().filter(|word| word.kind != Kind::Other) {
                for letters in word.codes.iter().map(|code| fold(code)) {
                    match kinds.iter_mut().find(|(known, _)| *known == letters) {
                        Some((_, known)) => known.push(word.kind),
                        None => kinds.push((letters, vec![word.kind])),
                    }
                }
            }
            for (_, kinds) in &mut kinds {
                kinds.sort();
                kinds.dedup();
            }
            kinds
        });
        KINDS
            .iter()
            .find(|(known, _)| known == letters)
            .map_or(&[], |(_, kinds)| kinds)
    }
}

/// Use of a type word in citations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Citing {
    /// The word begins no citation: only its letters are read, or the type line of a document that it heads.
    Never,
    /// The word begins a citation; its number follows after "số" only. So with words of everyday use ("báo cáo 5
    /// nội dung") and with programs that carry numbers of their own (Chương trình 135, Đề án 06).
    AfterSo,
    /// The word begins a citation, and a bare number may follow: "Nghị quyết 57 của Bộ Chính trị".
    BareNumber,
}

/// A word, or a few, that name a kind of document, with all that depends on them: a row of the table.
#[derive(Clone, Copy, Debug)]
pub struct TypeWord {
    /// As written inside a sentence: `nghị quyết`.
    pub written: &'static str,
    /// Its syllables, folded.
    pub syllables: &'static [&'static str],
    /// The kind that it names.
    pub kind: Kind,
    /// The kind codes of its symbols in canonical letters, the commonest first: it completes a number that is
    /// cited without letters. Empty if its symbols carry no code.
    pub codes: &'static [&'static str],
    /// Its use in citations.
    pub citing: Citing,
    /// True if the type line of a document may name it, so that `written` is a value of the facet of types.
    pub heads_documents: bool,
}

impl TypeWord {
    /// Returns the word as it begins a name: `Nghị quyết`.
    #[must_use]
    pub fn capitalized(&self) -> String {
        let mut chars = self.written.chars();
        chars
            .next()
            .map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
    }

    /// Returns the code that makes a symbol of a number cited without letters ("Nghị quyết 57 của Bộ Chính trị"): the
    /// commonest one. Empty if there is none, and for laws: the National Assembly numbers them without a code, and
    /// the L that they are asked for by is that of the order which announced them.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self.kind {
            Kind::Luat => "",
            _ => self.codes.first().copied().unwrap_or(""),
        }
    }

    /// Returns true if people ask for its documents by the word and a number (`nghị quyết 21`): they carry symbols,
    /// and their kind is one that citations tell apart.
    #[must_use]
    pub fn is_asked_by_number(&self) -> bool {
        self.kind != Kind::Other && !self.codes.is_empty()
    }
}

/// Returns a row of the table that no type line names.
const fn word(
    written: &'static str,
    syllables: &'static [&'static str],
    kind: Kind,
    codes: &'static [&'static str],
    citing: Citing,
) -> TypeWord {
    TypeWord {
        written,
        syllables,
        kind,
        codes,
        citing,
        heads_documents: false,
    }
}

/// Returns a row of the table that type lines name as well.
const fn genre(
    written: &'static str,
    syllables: &'static [&'static str],
    kind: Kind,
    codes: &'static [&'static str],
    citing: Citing,
) -> TypeWord {
    TypeWord {
        heads_documents: true,
        ..word(written, syllables, kind, codes, citing)
    }
}

/// Returns the type words that head documents, in the order of the table, each with its folded phrase: `nghi quyet`.
pub(crate) fn document_types() -> &'static [(String, &'static TypeWord)] {
    static TYPES: LazyLock<Vec<(String, &'static TypeWord)>> = LazyLock::new(|| {
        let heads = TYPE_WORDS.iter().filter(|word| word.heads_documents);
        heads.map(|word| (word.syllables.join(" "), word)).collect()
    });
    &TYPES
}

/// The table: all type words, longer ones before those that they begin or end with. Where two kinds share a code,
/// the commoner stands first.
pub const TYPE_WORDS: &[TypeWord] = {
    use Citing::{AfterSo, BareNumber, Never};
    use Kind::{
        ChiThi, ChuongTrinh, DieuLe, HuongDan, KeHoach, KetLuan, Luat, NghiDinh, NghiQuyet, Other, QuyDinh, QuyetDinh,
        ThongBao, ThongTu,
    };
    &[
        genre(
            "nghị quyết liên tịch",
            &["nghi", "quyet", "lien", "tich"],
            NghiQuyet,
            &["NQLT"],
            AfterSo,
        ),
        word(
            "nghị quyết chuyên đề",
            &["nghi", "quyet", "chuyen", "de"],
            NghiQuyet,
            &["NQ"],
            AfterSo,
        ),
        word(
            "thông báo kết luận",
            &["thong", "bao", "ket", "luan"],
            ThongBao,
            &["TB"],
            AfterSo,
        ),
        genre(
            "thông tư liên tịch",
            &["thong", "tu", "lien", "tich"],
            ThongTu,
            &["TTLT"],
            AfterSo,
        ),
        // Numbered with the other programs of its committee; CTHĐ and CTrHĐ are rare.
        genre(
            "chương trình hành động",
            &["chuong", "trinh", "hanh", "dong"],
            ChuongTrinh,
            &["CTr", "CTHĐ", "CTrHĐ"],
            AfterSo,
        ),
        // The two reports of a congress. In citations they are cited as báo cáo ("Báo cáo chính trị số 05-BC/TU").
        genre("báo cáo chính trị", &["bao", "cao", "chinh", "tri"], Other, &[], Never),
        genre("báo cáo kiểm điểm", &["bao", "cao", "kiem", "diem"], Other, &[], Never),
        genre(
            "văn bản hợp nhất",
            &["van", "ban", "hop", "nhat"],
            Other,
            &["VBHN"],
            AfterSo,
        ),
        genre("nghị quyết", &["nghi", "quyet"], NghiQuyet, &["NQ"], BareNumber),
        genre("kết luận", &["ket", "luan"], KetLuan, &["KL"], BareNumber),
        // QĐNS (quyết định nhân sự), QĐi and QyĐ (quy định) were seen in central and provincial papers of 2018-2024.
        // QĐ alone is both; without a type word it counts as a decision, of which there are more.
        genre("quyết định", &["quyet", "dinh"], QuyetDinh, &["QĐ", "QĐNS"], BareNumber),
        genre("quy định", &["quy", "dinh"], QuyDinh, &["QĐ", "QĐi", "QyĐ"], BareNumber),
        genre("chỉ thị", &["chi", "thi"], ChiThi, &["CT"], BareNumber),
        genre("hướng dẫn", &["huong", "dan"], HuongDan, &["HD"], BareNumber),
        genre("thông báo", &["thong", "bao"], ThongBao, &["TB"], AfterSo),
        // CT for a program is seen in provincial papers: a question for `ct 5` finds both, but a symbol without a
        // type word counts as a directive.
        genre(
            "chương trình",
            &["chuong", "trinh"],
            ChuongTrinh,
            &["CTr", "CT"],
            AfterSo,
        ),
        genre("kế hoạch", &["ke", "hoach"], KeHoach, &["KH"], AfterSo),
        genre("nghị định", &["nghi", "dinh"], NghiDinh, &["NĐ"], BareNumber),
        genre("thông tư", &["thong", "tu"], ThongTu, &["TT"], BareNumber),
        // TT is a circular (thông tư) more often; without a type word it counts as one.
        genre("thông tri", &["thong", "tri"], Other, &["TT"], AfterSo),
        genre("thông cáo", &["thong", "cao"], Other, &["TC"], AfterSo),
        genre("quy chế", &["quy", "che"], Other, &["QC", "QCPH"], AfterSo),
        genre("quy hoạch", &["quy", "hoach"], Other, &[], AfterSo),
        genre("đề án", &["de", "an"], Other, &["ĐA"], AfterSo),
        genre("phương án", &["phuong", "an"], Other, &["PA"], AfterSo),
        genre("báo cáo", &["bao", "cao"], Other, &["BC"], AfterSo),
        genre("tờ trình", &["to", "trinh"], Other, &["TTr", "TT"], AfterSo),
        genre("công văn", &["cong", "van"], Other, &["CV"], AfterSo),
        genre("công điện", &["cong", "dien"], Other, &["CĐ"], AfterSo),
        word("văn bản", &["van", "ban"], Other, &[], AfterSo),
        genre("biên bản", &["bien", "ban"], Other, &["BB"], AfterSo),
        genre("diễn văn", &["dien", "van"], Other, &[], Never),
        genre("chiến lược", &["chien", "luoc"], Other, &[], AfterSo),
        genre("pháp lệnh", &["phap", "lenh"], Other, &["PL"], AfterSo),
        // Its symbol is `89/SL`: no issuer follows, so SL is no kind code.
        genre("sắc lệnh", &["sac", "lenh"], Other, &[], AfterSo),
        genre("dự án", &["du", "an"], Other, &["DA"], Never),
        genre("giấy mời", &["giay", "moi"], Other, &["GM"], Never),
        genre("hợp đồng", &["hop", "dong"], Other, &["HĐ"], Never),
        genre("tuyên bố", &["tuyen", "bo"], Other, &[], Never),
        genre("lời kêu gọi", &["loi", "keu", "goi"], Other, &[], Never),
        genre("thư công", &["thu", "cong"], Other, &[], Never),
        genre("bản ghi nhớ", &["ban", "ghi", "nho"], Other, &[], Never),
        genre("bản thỏa thuận", &["ban", "thoa", "thuan"], Other, &[], Never),
        genre("giấy ủy quyền", &["giay", "uy", "quyen"], Other, &[], Never),
        genre("giấy giới thiệu", &["giay", "gioi", "thieu"], Other, &[], Never),
        genre("giấy chứng nhận", &["giay", "chung", "nhan"], Other, &[], Never),
        genre("giấy đi đường", &["giay", "di", "duong"], Other, &[], Never),
        genre("giấy nghỉ phép", &["giay", "nghi", "phep"], Other, &[], Never),
        genre("phiếu chuyển", &["phieu", "chuyen"], Other, &[], Never),
        genre("phiếu gửi", &["phieu", "gui"], Other, &[], Never),
        genre("phiếu trình", &["phieu", "trinh"], Other, &[], Never),
        genre("phiếu báo", &["phieu", "bao"], Other, &[], Never),
        genre("cương lĩnh", &["cuong", "linh"], Other, &[], Never),
        genre("bộ luật", &["bo", "luat"], Luat, &[], AfterSo),
        genre("hiến pháp", &["hien", "phap"], Luat, &[], AfterSo),
        genre("điều lệ", &["dieu", "le"], DieuLe, &[], AfterSo),
        // `24-L/CTN` is the order (lệnh) of the President that announces a law. Laws of the 1990s are cited by the
        // number of their order, so a question for the letters means the law; a symbol without a type word is the
        // order itself.
        genre("lệnh", &["lenh"], Other, &["L"], AfterSo),
        genre("luật", &["luat"], Luat, &["L"], AfterSo),
    ]
};

#[cfg(test)]
mod tests {
    use unicode_normalization::is_nfc;

    use super::*;

    #[test]
    fn every_kind_has_a_row() {
        for &kind in Kind::ALL {
            assert!(TYPE_WORDS.iter().any(|word| word.kind == kind), "{kind:?}");
        }
    }

    #[test]
    fn rows_agree_within_themselves() {
        for (at, word) in TYPE_WORDS.iter().enumerate() {
            assert!(is_nfc(word.written) && word.written == word.written.to_lowercase());
            assert_eq!(fold(word.written), word.syllables.join(" "));
            assert!(word.codes.iter().all(|code| is_nfc(code) && !code.is_empty()));
            let before = &TYPE_WORDS[..at];
            assert!(before.iter().all(|other| other.written != word.written), "{word:?}");
            // The first row that fits a text is taken, so a longer one must not come after.
            let hidden = before.iter().find(|other| {
                word.syllables.len() > other.syllables.len()
                    && (word.syllables.starts_with(other.syllables) || word.syllables.ends_with(other.syllables))
            });
            assert!(hidden.is_none(), "{word:?} after {hidden:?}");
        }
    }

    #[test]
    fn codes_are_listed_once_for_a_word_and_fold_apart_within_a_kind() {
        for word in TYPE_WORDS {
            for (at, code) in word.codes.iter().enumerate() {
                assert!(!word.codes[..at].contains(code), "{word:?}");
                let other = word.codes[..at].iter().find(|other| fold(other) == fold(code));
                assert_eq!(other, None, "{word:?}");
            }
        }
    }

    #[test]
    fn a_code_alone_means_the_commonest_kind() {
        let rows = [
            ("NQ", Kind::NghiQuyet),
            ("CTr", Kind::ChuongTrinh),
            ("CTHĐ", Kind::ChuongTrinh),
            ("CT", Kind::ChiThi),
            ("QĐ", Kind::QuyetDinh),
            ("QĐNS", Kind::QuyetDinh),
            ("QyĐ", Kind::QuyDinh),
            ("TT", Kind::ThongTu),
            ("L", Kind::Other),
            ("", Kind::Luat),
            ("XYZ", Kind::Other),
        ];
        for (code, kind) in rows {
            assert_eq!(Kind::of_code(code), kind, "{code}");
        }
    }

    #[test]
    fn letters_in_a_query_mean_every_kind_that_carries_them() {
        let rows: [(&str, &[Kind]); 9] = [
            ("nq", &[Kind::NghiQuyet]),
            ("qd", &[Kind::QuyDinh, Kind::QuyetDinh]),
            ("qdi", &[Kind::QuyDinh]),
            ("ct", &[Kind::ChiThi, Kind::ChuongTrinh]),
            ("ctr", &[Kind::ChuongTrinh]),
            ("tt", &[Kind::ThongTu]),
            ("ttlt", &[Kind::ThongTu]),
            ("l", &[Kind::Luat]),
            ("bc", &[]),
        ];
        for (letters, kinds) in rows {
            assert_eq!(Kind::of_letters(letters), kinds, "{letters}");
        }
    }
}
