//! The table of the words that tell what a text does with the document that it cites.
//!
//! Each row is a phrase and its relation. The phrases are those of the central and provincial papers, laws and decrees
//! that were read; a phrase without a relation ("trả lời Công văn số 577") governs the citation all the same, so that
//! no word further to the left does. Choices that the words alone do not settle:
//!
//! - "học tập", "tuyên truyền" and "phổ biến" make a document known, as "quán triệt" does. "Học tập và làm
//!   theo tư tưởng … Hồ Chí Minh" is the name of a movement and says nothing of the documents after it.
//! - "Quy chế ban hành kèm theo Quyết định số 77" names the decision that issued the rules: `ban-hanh`. "Ban hành theo
//!   Nghị định số 58" has "theo" next to the citation: `can-cu`.
//! - "Thể chế hóa" turns a resolution into law, as "cụ thể hóa" turns it into a program: `cu-the-hoa`.
//! - "Quy định chi tiết một số điều của Luật" sets the law out in detail: `cu-the-hoa` too.
//! - "Hướng dẫn thi hành Luật" carries the law out: `thuc-hien`, by its nearest verb.

use super::super::tokens::PassageWords;
use super::Relation;

/// One phrase in front of a citation.
#[derive(Debug)]
pub(super) struct Verb {
    /// Its syllables, folded.
    syllables: &'static [&'static str],
    /// Its syllables with their marks, in small letters, where the folded ones have other readings ("căn cứ" and "cần
    /// cử"); empty otherwise.
    marked: &'static [&'static str],
    /// The relation that it gives; `None` if it governs the citation without one of them.
    pub(super) relation: Option<Relation>,
    /// Maximum number of words between it and the citation or its pinpoint.
    pub(super) reach: usize,
    /// Words before it, folded, that make another phrase of it: "làm theo", "Ban Chấp hành".
    not_after: &'static [&'static str],
    /// Words after it, folded, that do: "theo dõi", "thi hành kỷ luật".
    not_before: &'static [&'static str],
    /// Words of which one must be before it, folded; empty if any may be: "phê duyệt tại", "công nhận tại".
    only_after: &'static [&'static str],
    /// True if it counts only as the first word of its clause: "Xét đề nghị của Sở Nội vụ tại Tờ trình số 62".
    pub(super) opening: bool,
    /// True if it counts only in front of a colon: "Các văn bản sau hết hiệu lực: …".
    pub(super) listing: bool,
}

/// Maximum number of words between a verb and its citation, where the row gives no other: "Thực hiện" and the first of
/// the resolutions that a report names after it are up to 40 words apart.
pub(super) const MAX_REACH: usize = 45;

/// Returns the row of a phrase that gives `relation`.
const fn verb(syllables: &'static [&'static str], relation: Relation) -> Verb {
    Verb {
        syllables,
        marked: &[],
        relation: Some(relation),
        reach: MAX_REACH,
        not_after: &[],
        not_before: &[],
        only_after: &[],
        opening: false,
        listing: false,
    }
}

/// Returns the row of a phrase that governs a citation at most `reach` words after it without any of the relations.
const fn other(syllables: &'static [&'static str], reach: usize) -> Verb {
    Verb {
        relation: None,
        reach,
        ..verb(syllables, Relation::CanCu)
    }
}

impl Verb {
    /// Returns the row with the syllables with their marks.
    const fn marked(self, marked: &'static [&'static str]) -> Self {
        Self { marked, ..self }
    }

    /// Returns the row with another reach.
    const fn within(self, reach: usize) -> Self {
        Self { reach, ..self }
    }

    /// Returns the row with words that may not be before it.
    const fn not_after(self, not_after: &'static [&'static str]) -> Self {
        Self { not_after, ..self }
    }

    /// Returns the row with words that may not be after it.
    const fn not_before(self, not_before: &'static [&'static str]) -> Self {
        Self { not_before, ..self }
    }

    /// Returns the row with words of which one must be before it.
    const fn only_after(self, only_after: &'static [&'static str]) -> Self {
        Self { only_after, ..self }
    }

    /// Returns the row as one that counts only at the beginning of a clause.
    const fn opening(self) -> Self {
        Self { opening: true, ..self }
    }

    /// Returns the row as one that counts only in front of a colon.
    const fn listing(self) -> Self {
        Self { listing: true, ..self }
    }

    /// Returns the word after the phrase if it is at word `at`.
    fn end_at(&self, words: &PassageWords<'_>, at: usize) -> Option<usize> {
        let end = words.phrase(at, self.syllables)?;
        let marks = (at..).zip(self.marked).all(|(at, marked)| words.is_written(at, marked));
        let before = at
            .checked_sub(1)
            .filter(|_| words.joined(at))
            .map_or("", |before| words.folded(before));
        let after = if words.joined(end) { words.folded(end) } else { "" };
        // A word of one syllable has too many misreadings.
        let certain = self.syllables.len() > 1 || words.folded(at) == self.syllables[0];
        let follows = self.only_after.is_empty() || self.only_after.contains(&before);
        let other = self.not_after.contains(&before) || self.not_before.contains(&after);
        (marks && certain && follows && !other).then_some(end)
    }
}

/// The phrases; of two that begin with the same word the longer one is first.
const VERBS: &[Verb] = &[
    verb(&["thuc", "hien"], Relation::ThucHien),
    verb(&["trien", "khai"], Relation::ThucHien),
    verb(&["thuc", "thi"], Relation::ThucHien),
    verb(&["chap", "hanh"], Relation::ThucHien)
        .not_after(&["ban"])
        .not_before(&["an", "hinh"]),
    verb(&["tuan", "thu"], Relation::ThucHien),
    // "có hiệu lực thi hành", "thi hành kỷ luật", "thi hành án"
    verb(&["thi", "hanh"], Relation::ThucHien)
        .not_after(&["luc"])
        .not_before(&["ky", "an", "tu", "ke"]),
    verb(&["quan", "triet"], Relation::QuanTriet),
    verb(&["hoc", "tap"], Relation::QuanTriet).not_before(&["va"]),
    verb(&["tuyen", "truyen"], Relation::QuanTriet),
    verb(&["pho", "bien"], Relation::QuanTriet).marked(&["phổ", "biến"]),
    verb(&["can", "cu"], Relation::CanCu).marked(&["căn", "cứ"]),
    verb(&["theo"], Relation::CanCu)
        .not_after(&["kem"])
        .not_before(&["doi", "do", "tu", "guong"]),
    verb(&["quy", "dinh", "tai"], Relation::CanCu),
    verb(&["quy", "dinh", "trong"], Relation::CanCu).within(8),
    // Whoever does so, the citation says where it is written.
    verb(&["tai"], Relation::CanCu).marked(&["tại"]).within(1).only_after(&[
        "neu", "duyet", "nhan", "bo", "the", "doi", "sung", "dan", "giao", "lap", "bao", "xuat", "dao", "ra", "phep",
    ]),
    verb(&["tren", "co", "so"], Relation::CanCu).within(8),
    verb(&["dua", "tren"], Relation::CanCu).within(4),
    verb(&["xet"], Relation::CanCu).marked(&["xét"]).opening(),
    verb(&["cu", "the", "hoa"], Relation::CuTheHoa),
    verb(&["the", "che", "hoa"], Relation::CuTheHoa),
    verb(&["quy", "dinh", "chi", "tiet"], Relation::CuTheHoa)
        .within(8)
        .not_before(&["tai"]),
    // "một số kết luận" is none.
    verb(&["so", "ket"], Relation::SoKet)
        .marked(&["sơ", "kết"])
        .not_after(&["co", "mot"])
        .not_before(&["qua", "luan"]),
    verb(&["tong", "ket"], Relation::TongKet).marked(&["tổng", "kết"]),
    verb(&["sua", "doi"], Relation::SuaDoi),
    verb(&["bo", "sung"], Relation::SuaDoi).within(8).not_before(&["co"]),
    verb(&["dieu", "chinh"], Relation::SuaDoi).within(0),
    verb(&["thay", "the"], Relation::ThayThe).marked(&["thay", "thế"]),
    verb(&["thay", "cho"], Relation::ThayThe).within(4),
    verb(&["thay"], Relation::ThayThe).marked(&["thay"]).within(1),
    verb(&["bai", "bo"], Relation::BaiBo),
    verb(&["huy", "bo"], Relation::BaiBo).within(4),
    verb(&["huy"], Relation::BaiBo).within(4),
    verb(&["thu", "hoi"], Relation::BaiBo).within(0),
    verb(&["het", "hieu", "luc"], Relation::BaiBo).listing(),
    verb(&["ban", "hanh", "kem"], Relation::BanHanh),
    verb(&["ban", "hanh", "tai"], Relation::BanHanh),
    verb(&["ban", "hanh"], Relation::BanHanh).not_after(&["duoc"]),
    // "Bốn nghị quyết được ban hành gồm": the verb belongs to them.
    other(&["ban", "hanh"], MAX_REACH),
    verb(&["thong", "qua"], Relation::BanHanh).within(0),
    verb(&["ra"], Relation::BanHanh).marked(&["ra"]).within(0),
    verb(&["ky"], Relation::BanHanh).marked(&["ký"]).within(0),
    // "ngày Nghị định số 61/CP có hiệu lực"
    other(&["ngay"], 0),
    other(&["nghien", "cuu"], 4),
    other(&["dan", "den"], 0),
    other(&["xay", "dung"], 1),
    other(&["soan", "thao"], 1),
    other(&["du", "thao"], 1),
    other(&["tham", "muu"], 1),
    other(&["tra", "loi"], 1),
    other(&["phuc", "dap"], 1),
    other(&["vi", "pham"], 4),
    other(&["trai", "voi"], 6),
    other(&["vien", "dan"], 4),
    other(&["lien", "quan", "den"], 4),
    other(&["bam", "sat"], 4),
    other(&["van", "dung"], 2),
    other(&["nam", "vung"], 2),
    other(&["tim", "hieu"], 1),
];

/// For each letter the rows whose first or second syllable begins with it, a bit each: nearly all words are compared
/// with two or three rows.
const BY_LETTER: [[u128; 32]; 2] = [rows_by_letter(0), rows_by_letter(1)];

/// Returns the rows by the first letter of their syllable at `position`; a row without that syllable is in none.
const fn rows_by_letter(position: usize) -> [u128; 32] {
    let mut rows = [0; 32];
    let mut row = 0;
    // Constant code cannot iterate, hence the counter.
    while row < VERBS.len() {
        if position < VERBS[row].syllables.len() {
            rows[letter(VERBS[row].syllables[position])] |= 1 << row;
        }
        row += 1;
    }
    rows
}

/// Returns a number below 32 for the first letter of `word`.
const fn letter(word: &str) -> usize {
    if word.is_empty() {
        0
    } else {
        (word.as_bytes()[0] & 31) as usize
    }
}

/// Returns the phrase at word `at`, and the word after it.
pub(super) fn verb_at(words: &PassageWords<'_>, at: usize) -> Option<(&'static Verb, usize)> {
    let mut rows = BY_LETTER[0][letter(words.folded(at))];
    if words.is_damaged() {
        // One syllable of a phrase is always right; the first may be the one that is misread.
        rows |= BY_LETTER[1][letter(words.folded(at + 1))];
    }
    while rows != 0 {
        let verb = &VERBS[rows.trailing_zeros() as usize];
        if let Some(end) = verb.end_at(words, at) {
            return Some((verb, end));
        }
        rows &= rows - 1;
    }
    None
}
