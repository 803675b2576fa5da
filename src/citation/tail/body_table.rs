//! The words that make up names of bodies in running text, each with what may follow it.
//!
//! Most rows are those of [`body_words`], by which letterheads are read. Running text also names the head of a body
//! ("Bộ trưởng Bộ Y tế"), writes what a committee is over in small letters ("Đảng ủy khối các cơ quan tỉnh") and goes
//! on after the name, so the rows here say what else belongs to it. To add a body, add a row to [`body_words`]; a
//! title, a scope or a field of work is a row here.
//!
//! [`body_words`]: crate::document::body_words

use std::sync::LazyLock;

use super::super::tokens::{PassageWords, is_blank_gap};
use crate::document::body_words::{BodyPart, Then, WORDS};
use crate::text::fold;

/// The part of a row in a name. It decides which rows may follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A body of the center. Only "Trung ương", "Đảng" and the like continue its name.
    Center,
    /// A ministry or another body of the center with a field of work.
    Ministry,
    /// Any other body: a body, a scope or a place may follow.
    Body,
    /// A body whose name goes on with its task: "Ban Chỉ đạo Trung ương về phòng, chống tham nhũng".
    Task,
    /// The title of a head, before the name of the body.
    Title,
    /// A field of work, after a ministry, a department or the like.
    Field,
    /// A unit of territory: its proper name follows.
    Place,
    /// Any other part of a name.
    Inside,
}

/// A row of the table.
#[derive(Debug)]
pub(super) struct BodyRow {
    /// The words as written inside a name.
    written: &'static str,
    /// The same, folded.
    syllables: Vec<String>,
    /// Its part in a name.
    pub(super) role: Role,
    /// The words that follow it.
    pub(super) then: Then,
}

/// Titles of heads. Source: Luật Tổ chức Chính phủ, Luật Tổ chức chính quyền địa phương, Điều lệ Đảng.
const TITLES: &[&str] = &[
    "Tổng Bí thư",
    "Bí thư",
    "Phó Bí thư",
    "Phó Thủ tướng",
    "Thủ tướng",
    "Bộ trưởng",
    "Thứ trưởng",
    "Chủ tịch",
    "Phó Chủ tịch",
    "Chủ nhiệm",
    "Trưởng ban",
    "Trưởng Ban",
    "Giám đốc",
    "Phó Giám đốc",
    "Tổng Giám đốc",
    "Hiệu trưởng",
    "Chánh án",
    "Chánh Văn phòng",
    "Viện trưởng",
    "Cục trưởng",
    "Chi cục trưởng",
    "Tổng cục trưởng",
    "Tổng Thanh tra",
    "Chánh Thanh tra",
    "Tổng Kiểm toán",
    "Thống đốc",
    "Tư lệnh",
    "Tổng Tham mưu trưởng",
];

/// Bodies with a field of work or a name of their own after a general word.
const SOCIETIES: &[&str] = &[
    "Hội",
    "Hiệp hội",
    "Liên hiệp",
    "Liên hiệp các hội",
    "Liên đoàn",
    "Liên minh",
    "Quỹ",
    "Câu lạc bộ",
    "Đoàn",
    "Chi đoàn",
    "Nhà máy",
    "Xí nghiệp",
    "Nhà xuất bản",
    "Hợp tác xã",
];

/// Bodies that only running text names so: in short, or with words that a letterhead has on another line.
const BODIES: &[(&str, Role)] = &[
    ("Trung ương", Role::Center),
    ("Đảng", Role::Center),
    ("Đảng Cộng sản Việt Nam", Role::Center),
    ("BCH TW", Role::Center),
    ("BCHTW", Role::Center),
    ("BCH Trung ương", Role::Center),
    ("BCT", Role::Center),
    ("Hội đồng Nhà nước", Role::Center),
    ("Nhà nước", Role::Center),
    ("Ban Tổ chức - Cán bộ Chính phủ", Role::Center),
    ("Hội đồng bầu cử quốc gia", Role::Center),
    ("liên Bộ", Role::Ministry),
    ("liên tịch Bộ", Role::Ministry),
    ("liên Sở", Role::Ministry),
    ("Ban Chỉ đạo", Role::Task),
    ("BCĐ", Role::Task),
    ("Tổ công tác", Role::Task),
    ("Tiểu ban", Role::Task),
    ("Đoàn giám sát", Role::Body),
    ("Đoàn kiểm tra", Role::Body),
    ("Đoàn công tác", Role::Body),
    ("BTV", Role::Body),
    ("TTTU", Role::Body),
    ("UBMTTQ", Role::Body),
    ("UBKT", Role::Body),
    ("Quân ủy", Role::Body),
    ("Đảng ủy Quân sự", Role::Body),
    ("Thường vụ", Role::Body),
    ("Quân khu", Role::Body),
];

/// Fields of work of ministries and departments, past and present, as they follow "Bộ" and "Sở". Source: the ministries
/// of the governments since 1992.
const FIELDS: &[&str] = &[
    "Giáo dục và Đào tạo",
    "Nông nghiệp và Phát triển nông thôn",
    "Nông nghiệp và Môi trường",
    "Nông nghiệp và PTNT",
    "Tài nguyên và Môi trường",
    "Tài nguyên Môi trường",
    "Lao động - Thương binh và Xã hội",
    "Thông tin và Truyền thông",
    "Thông tin - Truyền thông",
    "Bưu chính, Viễn thông",
    "Văn hóa, Thể thao và Du lịch",
    "Văn hóa và Thể thao",
    "Văn hóa - Thông tin",
    "Văn hóa Thông tin",
    "Khoa học và Công nghệ",
    "Khoa học, Công nghệ và Môi trường",
    "Kế hoạch và Đầu tư",
    "Dân tộc và Tôn giáo",
    "Giao thông vận tải",
    "Công Thương",
    "Quốc phòng",
    "Công an",
    "Ngoại giao",
    "Nội vụ",
    "Tư pháp",
    "Tài chính",
    "Xây dựng",
    "Y tế",
    "Thương mại",
    "Công nghiệp",
    "Thủy sản",
    "Nông nghiệp",
    "Du lịch",
    "Quy hoạch - Kiến trúc",
    "Ngoại vụ",
    "Thuế",
    "Hải quan",
];

/// The scopes of committees, and other parts of names that may stand in small letters.
const INSIDE: &[&str] = &[
    "Trung ương",
    "Trung ương Đảng",
    "TW",
    "TW Đảng",
    "đảng",
    "đoàn",
    "Đảng Cộng sản Việt Nam",
    "nước Cộng hòa xã hội chủ nghĩa Việt Nam",
    "Việt Nam",
    "Quân đội nhân dân Việt Nam",
    "các cơ quan",
    "các cơ quan và doanh nghiệp",
    "các cơ quan Dân Chính Đảng",
    "các cơ quan Dân - Chính - Đảng",
    "khối các cơ quan",
    "khối các cơ quan và doanh nghiệp",
    "khối cơ quan",
    "khối cơ quan và doanh nghiệp",
    "khối doanh nghiệp",
    "khối doanh nghiệp Trung ương",
    "khối các trường Đại học, Cao đẳng",
    "các trường Đại học, Cao đẳng",
    "khối các cơ quan Trung ương",
    "khối",
    "cơ quan",
    "các khu công nghiệp",
    "các khu chế xuất và công nghiệp",
    "các khu kinh tế",
    "quân sự",
    "biên phòng",
    "ngoài nước",
    "nhân dân",
    "tối cao",
    "Nhà nước",
    "Tổ quốc",
    "kinh tế",
    "cấp tỉnh",
    "cấp xã",
    "cấp huyện",
];

/// Pieces of names without a row that are written in small letters after a word of the name: "Phát triển nông thôn".
pub(super) const SMALL: &[&[&str]] = &[
    &["nong", "thon"],
    &["nhan", "dan"],
    &["nha", "nuoc"],
    &["xa", "hoi"],
    &["quan", "su"],
    &["chinh", "tri"],
    &["kinh", "te"],
    &["quoc", "gia"],
    &["quoc", "te"],
];

/// The table, longer rows before shorter ones.
static ROWS: LazyLock<Vec<BodyRow>> = LazyLock::new(|| {
    let row = |written: &'static str, role: Role, then: Then| BodyRow {
        written,
        syllables: fold(written)
            .split(|c: char| !c.is_alphanumeric())
            .filter(|syllable| !syllable.is_empty())
            .map(str::to_owned)
            .collect(),
        role,
        then,
    };
    // Of two rows of one length the first that fits is taken: "Đảng" inside a name before "Đảng" as a body.
    let mut rows: Vec<BodyRow> = Vec::new();
    rows.extend(INSIDE.iter().map(|&written| row(written, Role::Inside, Then::Words)));
    rows.extend(TITLES.iter().map(|&written| row(written, Role::Title, Then::Words)));
    rows.extend(BODIES.iter().map(|&(written, role)| {
        let then = if role == Role::Ministry {
            Then::Field
        } else {
            Then::Words
        };
        row(written, role, then)
    }));
    rows.extend(SOCIETIES.iter().map(|&written| row(written, Role::Body, Then::Field)));
    rows.extend(WORDS.iter().filter_map(|&(written, then, part)| {
        let role = match (part, then) {
            (BodyPart::Central, Then::Field) => Role::Ministry,
            (BodyPart::Central, _) => Role::Center,
            (BodyPart::Opens | BodyPart::Needs, _) => Role::Body,
            (BodyPart::Inside, Then::Name) => Role::Place,
            // The others keep words of a letterhead from being taken for names; INSIDE has those that are parts.
            (BodyPart::Inside, _) => return None,
        };
        Some(row(written, role, then))
    }));
    rows.extend(FIELDS.iter().map(|&written| row(written, Role::Field, Then::Words)));
    rows.sort_by_key(|row| std::cmp::Reverse(row.syllables.len()));
    rows
});

/// Returns the longest row at word `at` of those that `fits`, and the word after it.
pub(super) fn row_at(
    words: &PassageWords<'_>,
    at: usize,
    fits: impl Fn(&BodyRow) -> bool,
) -> Option<(&'static BodyRow, usize)> {
    if at >= words.len() || words.is_number(at) {
        return None;
    }
    ROWS.iter()
        .find_map(|row| row.end_at(words, at).filter(|_| fits(row)).map(|end| (row, end)))
}

impl BodyRow {
    /// Returns the word after the row if its words are at word `at`.
    fn end_at(&self, words: &PassageWords<'_>, at: usize) -> Option<usize> {
        let [first, rest @ ..] = self.syllables.as_slice() else {
            return None;
        };
        if rest.is_empty() {
            return self.is_word(words, at).then_some(at + 1);
        }
        if !words.says(at, first) {
            return None;
        }
        // "Lao động - Thương binh và Xã hội", with or without its signs.
        let joined = |index: usize| {
            let gap = words.gap(index);
            is_blank_gap(gap) || matches!(gap.trim(), "-" | "–" | ",") && self.role != Role::Place
        };
        let mut syllables = rest.iter().enumerate();
        let says = syllables.all(|(offset, syllable)| {
            let index = at + 1 + offset;
            words.says(index, syllable) && joined(index)
        });
        // Even on a damaged page one word must be exactly right.
        let certain = || {
            let mut syllables = self.syllables.iter().enumerate();
            syllables.any(|(offset, syllable)| words.folded(at + offset) == syllable)
        };
        (says && certain()).then(|| at + self.syllables.len())
    }

    /// Returns true if word `at` is the one word of the row: with its marks, because "Sở" is not "số", and in capitals
    /// where the row has them.
    fn is_word(&self, words: &PassageWords<'_>, at: usize) -> bool {
        if words.folded(at) != self.syllables[0] {
            return false;
        }
        let word = words.word(at);
        let capital = self.written.starts_with(char::is_uppercase);
        // Text typed without marks has none here either.
        let marked = words.is_damaged() || word.is_ascii() || word.to_lowercase() == self.written.to_lowercase();
        marked && (!capital || words.is_capital(at))
    }

    /// Returns true if the row is no name without its field of work: "Bộ", "Sở", "Cục".
    pub(super) fn needs_field(&self) -> bool {
        self.then == Then::Field && self.syllables.len() < 3 && self.role != Role::Field
    }

    /// Returns true if the row is one of `written`.
    pub(super) fn is_one_of(&self, written: &[&str]) -> bool {
        written.contains(&self.written)
    }

    /// Returns true if the row names one of the bodies that lead the Party, which issue papers together.
    pub(super) fn leads_the_party(&self) -> bool {
        self.is_one_of(&["Bộ Chính trị", "Ban Bí thư", "Ban Chấp hành Trung ương", "Trung ương"])
    }
}
