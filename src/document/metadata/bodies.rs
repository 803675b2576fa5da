//! Names of bodies (tên cơ quan) in a letterhead: where one begins, where the next does, and how people write them.
//!
//! A letterhead sets names in capitals, one over two or three lines: `ỦY BAN NHÂN DÂN` + `TỈNH SƠN LA`. People write
//! `Ủy ban nhân dân tỉnh Sơn La`. No list of communes is needed for it: [`WORDS`] holds the words for bodies and
//! places, and says what follows each: a proper name (`huyện` → `Tam Bình`), a field of work (`Sở` → `Giáo dục và Đào
//! tạo`), or other words.

use std::sync::LazyLock;

use super::body_words::{BodyPart, Then, WORDS};
use super::province;
use crate::document::phrase::FoldedWords;
use crate::text::fold;

/// Titles of persons that open a line below the subject, where the body decides in its head's name: `CHỦ TỊCH ỦY BAN
/// NHÂN DÂN TỈNH`, folded.
const HEADS: [&str; 8] = [
    "chu tich",
    "bo truong",
    "thu tuong",
    "tong bi thu",
    "giam doc",
    "hieu truong",
    "chanh an",
    "vien truong",
];

/// Words that join two parts of one name on a new line, folded.
const JOINING: [&str; 4] = ["va", "cac", "cua", "khoi"];

/// Bodies below another one, whose names do not occur inside its own.
const LOWER_BODIES: [&str; 6] = [
    "Tổng cục",
    "Chi cục",
    "Văn phòng",
    "Trường Đại học",
    "Trường Cao đẳng",
    "Ban Quản lý",
];

/// Words in small letters in names of party bodies.
const GENERIC: [&str; 14] = [
    "các",
    "cơ",
    "quan",
    "sở",
    "và",
    "bộ",
    "phận",
    "doanh",
    "nghiệp",
    "đơn",
    "vị",
    "trường",
    "ngành",
    "đảng",
];

/// A row of [`WORDS`] as it is looked for.
struct BodyEntry {
    /// The words as they are written.
    written: &'static str,
    /// The same, folded.
    folded: String,
    /// The first of the folded words.
    first: String,
    /// The number of words.
    len: usize,
    /// The words that follow it.
    then: Then,
    /// Its part in a name.
    part: BodyPart,
}

/// The table, longer entries before shorter ones.
static ENTRIES: LazyLock<Vec<BodyEntry>> = LazyLock::new(|| {
    let mut entries: Vec<BodyEntry> = WORDS
        .iter()
        .map(|&(written, then, part)| {
            let words: Vec<String> = written
                .split(' ')
                .map(|word| fold(word).chars().filter(|c| c.is_alphanumeric()).collect())
                .collect();
            BodyEntry {
                written,
                len: words.len(),
                folded: words.join(" "),
                first: words.first().cloned().unwrap_or_default(),
                then,
                part,
            }
        })
        .collect();
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.len));
    entries
});

/// A line of a letterhead, word by word.
pub(super) struct BodyLine {
    /// The words as printed, with signs that stand alone.
    pieces: Vec<String>,
    /// The folded words.
    words: FoldedWords,
    /// For each piece, the index of its word; of the next word, for a sign.
    at: Vec<usize>,
    /// True if it is typed without marks.
    unmarked: bool,
}

impl BodyLine {
    /// Cuts `text` into words. `misread`: letters of it may be wrong.
    pub(super) fn of(text: &str, misread: bool) -> Self {
        let pieces: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
        let mut at = Vec::with_capacity(pieces.len());
        let mut words = 0;
        for piece in &pieces {
            at.push(words);
            words += usize::from(piece.contains(char::is_alphanumeric));
        }
        Self {
            words: FoldedWords::of(&text.replace('/', ""), misread),
            pieces,
            at,
            unmarked: text.is_ascii(),
        }
    }

    /// Returns the entry at piece `index`, the longest that fits.
    fn entry(&self, index: usize) -> Option<&'static BodyEntry> {
        let piece = self.pieces.get(index)?;
        if !piece.contains(char::is_alphanumeric) {
            return None;
        }
        let at = *self.at.get(index)?;
        let misread = self.words.is_misread();
        ENTRIES.iter().find(|entry| {
            // Most rows are told by their first word, which only a scan may have got wrong.
            if !misread && self.words.get(at) != entry.first {
                return false;
            }
            if entry.len > 1 {
                return self.words.has_at(at, &entry.folded);
            }
            // One syllable is right with its marks alone: "SỞ" is not "SƠ" or "SỐ".
            self.words.get(at) == entry.folded
                && (bare(piece).to_lowercase() == bare(entry.written).to_lowercase() || self.unmarked)
        })
    }

    /// Returns the index of the piece after the `len` words from piece `index` on.
    fn after(&self, index: usize, len: usize) -> usize {
        let word = self.at.get(index).map_or(0, |at| at + len);
        self.at[index..]
            .iter()
            .position(|&at| at >= word)
            .map_or(self.pieces.len(), |found| {
                // A sign after the last word has the index of the next one.
                index + found
            })
    }

    /// Returns true if the line begins with the name of a body.
    pub(super) fn opens(&self) -> bool {
        self.entry(0).is_some_and(|entry| entry.part != BodyPart::Inside)
    }

    /// Returns true if the line begins with the title of the head of a body.
    pub(super) fn opens_with_head(&self) -> bool {
        HEADS.iter().any(|head| self.words.has_at(0, head))
    }

    /// Returns the name after the title of its head: `ỦY BAN NHÂN DÂN TỈNH` of `CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH`.
    pub(super) fn after_head(&self) -> Option<Self> {
        let head = HEADS.iter().find(|head| self.words.has_at(0, head))?;
        let from = self.after(0, head.split(' ').count());
        let rest = Self::of(&self.pieces.get(from..)?.join(" "), self.words.is_misread());
        rest.opens().then_some(rest)
    }

    /// Returns true if the line is only the beginning of a name: `BAN CHẤP HÀNH`, `VĂN PHÒNG ĐOÀN … VÀ`.
    pub(super) fn needs_more(&self) -> bool {
        let alone = self.entry(0).is_some_and(|entry| {
            matches!(entry.part, BodyPart::Needs) && self.after(0, entry.len) >= self.pieces.len()
        });
        let last = self.words.len().checked_sub(1);
        alone || last.is_some_and(|last| JOINING.contains(&self.words.get(last)))
    }

    /// Returns true if this line, the first words of a name, is longer together with `next`: `ỦY BAN THƯỜNG VỤ` + `QUỐC
    /// HỘI`.
    pub(super) fn is_completed_by(&self, next: &str) -> bool {
        let words = self.words.len();
        let joined = Self::of(&format!("{} {next}", self.pieces.join(" ")), self.words.is_misread());
        joined.entry(0).is_some_and(|entry| entry.len > words)
    }

    /// Returns true if the line goes on with the name before it: `VÀ HỘI ĐỒNG NHÂN DÂN`.
    pub(super) fn joins(&self) -> bool {
        JOINING.contains(&self.words.get(0))
    }

    /// Returns true if it has words in small letters that no name of a body holds: `tiếp tục lãnh đạo`.
    pub(super) fn has_other_words(&self) -> bool {
        let mut index = 0;
        while let Some(piece) = self.pieces.get(index) {
            match self.entry(index) {
                Some(entry) => index = self.after(index, entry.len),
                None if piece.starts_with(char::is_lowercase) && !GENERIC.contains(&piece.as_str()) => return true,
                None => index += 1,
            }
        }
        false
    }

    /// Returns true if the name is that of a central body, which has no province.
    pub(super) fn is_central(&self) -> bool {
        let central = self.entry(0).is_some_and(|entry| entry.part == BodyPart::Central);
        let regional =
            (0..self.pieces.len()).any(|index| self.entry(index).is_some_and(|entry| entry.then == Then::Name));
        let national = ["trung uong", "quoc gia", "toi cao"]
            .iter()
            .any(|word| self.words.has(word));
        (central || national) && !regional
    }

    /// Returns the names in the line as people write them; several where a column ran two into one line
    /// (`TỈNH ỦY A VĂN PHÒNG`).
    pub(super) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        let mut words: Vec<String> = Vec::new();
        let mut then = Then::Words;
        // Words of the field or proper name so far.
        let mut count = 0;
        let mut index = 0;
        while let Some(piece) = self.pieces.get(index) {
            let fits = |entry: &&BodyEntry| match then {
                // What follows "huyện" at once is its name, whatever it means: "huyện Vụ Bản".
                Then::Name if count == 0 => entry.then == Then::Name && entry.part == BodyPart::Inside && entry.len > 1,
                // Few words of one syllable end a name: "Sơn La" + "Sở".
                Then::Name => {
                    entry.len > 1 || entry.then == Then::Name || entry.written == "Sở" || is_code(entry.written)
                }
                // "Nội vụ" and "Khoa học" name fields, no bodies.
                Then::Field => {
                    entry.len > 1
                        || entry.part == BodyPart::Inside
                        || is_code(entry.written)
                        || count == 0 && matches!(entry.written, "Sở" | "Bộ")
                }
                Then::Words => true,
            };
            if let Some(entry) = self.entry(index).filter(fits) {
                // "TỈNH ỦY A" + "VĂN PHÒNG", "BỘ TÀI CHÍNH" + "TỔNG CỤC THUẾ": another column or line.
                let ended = match then {
                    Then::Name => count > 0 && entry.part != BodyPart::Inside,
                    Then::Field => count > 0 && LOWER_BODIES.contains(&entry.written),
                    Then::Words => false,
                };
                if ended {
                    names.push(capitalized(&words.join(" ")));
                    words.clear();
                }
                let end = self.after(index, entry.len);
                // "Thương binh và Xã hội"
                let begins = then == Then::Field && count == 0 && entry.then == Then::Words;
                let written = if begins {
                    capitalized(entry.written)
                } else {
                    entry.written.to_owned()
                };
                words.extend(written.split(' ').map(str::to_owned));
                // The comma after the last word stays.
                if let (Some(last), Some(piece)) = (words.last_mut(), self.pieces.get(end - 1))
                    && piece.ends_with(',')
                {
                    last.push(',');
                }
                (then, count, index) = (entry.then, 0, end);
                continue;
            }
            let lower = piece.to_lowercase();
            let sign = !piece.contains(char::is_alphanumeric);
            let connects = sign || matches!(lower.as_str(), "và" | "va");
            let shown = match then {
                _ if is_abbreviation(piece) || is_roman(piece) => piece.clone(),
                _ if lower == "đảng" => "Đảng".to_owned(),
                Then::Name => title_case(&lower),
                Then::Field if count == 0 && !connects => title_case(&lower),
                Then::Field | Then::Words => lower.clone(),
            };
            words.push(shown);
            let begins_again = then == Then::Field && (connects || lower.ends_with(','));
            count = if begins_again { 0 } else { count + 1 };
            index += 1;
        }
        if !words.is_empty() {
            names.push(capitalized(&words.join(" ")));
        }
        names.into_iter().map(|name| with_provinces(&name, self)).collect()
    }
}

/// Returns `word` without the signs around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// Returns true if a row of the table is an abbreviation: `UBND`.
fn is_code(written: &str) -> bool {
    written.chars().count() > 2 && written.chars().all(char::is_uppercase)
}

/// Returns true if `word` is no syllable but letters: `THPT`, `TP.HCM`, `B52`.
pub(super) fn is_abbreviation(word: &str) -> bool {
    let folded = fold(word);
    let vowel = folded.contains(['a', 'e', 'i', 'o', 'u', 'y']);
    word.chars().any(char::is_alphabetic) && !vowel && word.chars().count() > 1
}

/// Returns true if `word` is a Roman number: `PHƯỜNG II`.
fn is_roman(word: &str) -> bool {
    let word = bare(word);
    !word.is_empty() && word.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
}

/// Returns a word in small letters with capitals at its beginning and after each sign in it: `Rịa-Vũng`.
fn title_case(lower: &str) -> String {
    let mut before = None;
    lower
        .chars()
        .flat_map(|char| {
            let first = before.is_none_or(|before: char| !before.is_alphabetic() && before != '\'' && before != '’');
            before = Some(char);
            let upper = if first { char.to_uppercase().next() } else { None };
            upper.or(Some(char))
        })
        .collect()
}

/// Returns `name` with a capital at its beginning.
pub(super) fn capitalized(name: &str) -> String {
    let mut chars = name.chars();
    chars
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Returns `name` with the provinces of `line` as they are written.
fn with_provinces(name: &str, line: &BodyLine) -> String {
    let printed = line.pieces.join(" ");
    let mut name = name.to_owned();
    for mention in province::mentions(&printed) {
        name = name.replace(&mention.span.slice(&printed).to_lowercase(), mention.name);
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_written_as_people_write_them() {
        let rows: [(&str, &[&str]); 32] = [
            ("HUYỆN ỦY TAM BÌNH", &["Huyện ủy Tam Bình"]),
            ("TỈNH UỶ SƠN LA", &["Tỉnh ủy Sơn La"]),
            ("ĐẢNG ỦY XÃ YÊN PHÚ", &["Đảng ủy xã Yên Phú"]),
            ("ĐẢNG BỘ TỈNH CÀ MAU", &["Đảng bộ tỉnh Cà Mau"]),
            ("ĐẢNG ỦY CÁC CƠ QUAN ĐẢNG", &["Đảng ủy các cơ quan Đảng"]),
            ("ỦY BAN NHÂN DÂN TỈNH SƠN LA", &["Ủy ban nhân dân tỉnh Sơn La"]),
            ("HỘI ĐỒNG NHÂN DÂN XÃ AN MỸ", &["Hội đồng nhân dân xã An Mỹ"]),
            ("BAN THƯỜNG VỤ TỈNH ỦY", &["Ban Thường vụ Tỉnh ủy"]),
            ("BAN CHẤP HÀNH ĐẢNG BỘ TỈNH", &["Ban Chấp hành Đảng bộ tỉnh"]),
            ("BAN TỔ CHỨC TRUNG ƯƠNG", &["Ban Tổ chức Trung ương"]),
            ("BỘ CHÍNH TRỊ", &["Bộ Chính trị"]),
            ("BỘ GIÁO DỤC VÀ ĐÀO TẠO", &["Bộ Giáo dục và Đào tạo"]),
            ("SỞ GIÁO DỤC VÀ ĐÀO TẠO", &["Sở Giáo dục và Đào tạo"]),
            (
                "SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI",
                &["Sở Lao động - Thương binh và Xã hội"],
            ),
            ("SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH", &["Sở Văn hóa, Thể thao và Du lịch"]),
            ("SỞ Y TẾ HÀ NỘI", &["Sở Y tế Hà Nội"]),
            ("UBND HUYỆN VỤ BẢN", &["UBND huyện Vụ Bản"]),
            ("VĂN PHÒNG TỈNH ỦY", &["Văn phòng Tỉnh ủy"]),
            ("TỈNH ỦY AN PHÚ VĂN PHÒNG", &["Tỉnh ủy An Phú", "Văn phòng"]),
            ("UBND TỈNH AN PHÚ SỞ NỘI VỤ", &["UBND tỉnh An Phú", "Sở Nội vụ"]),
            (
                "VĂN PHÒNG ĐOÀN ĐẠI BIỂU QUỐC HỘI VÀ HỘI ĐỒNG NHÂN DÂN THÀNH PHỐ CẦN THƠ",
                &["Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân thành phố Cần Thơ"],
            ),
            ("TÒA ÁN NHÂN DÂN TỈNH BÌNH PHÚ", &["Tòa án nhân dân tỉnh Bình Phú"]),
            (
                "ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM XÃ TÂN LẬP",
                &["Ủy ban Mặt trận Tổ quốc Việt Nam xã Tân Lập"],
            ),
            ("TRƯỜNG ĐẠI HỌC SƯ PHẠM HÀ NỘI", &["Trường Đại học Sư phạm Hà Nội"]),
            ("BỘ TÀI CHÍNH TỔNG CỤC THUẾ", &["Bộ Tài chính", "Tổng cục Thuế"]),
            ("VĂN PHÒNG UBND TỈNH", &["Văn phòng UBND tỉnh"]),
            ("TRƯỜNG THPT LÊ LỢI", &["Trường THPT Lê Lợi"]),
            ("CÔNG AN TỈNH LONG SƠN", &["Công an tỉnh Long Sơn"]),
            ("ĐẢNG ỦY PHƯỜNG II", &["Đảng ủy phường II"]),
            (
                "SỞ NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN",
                &["Sở Nông nghiệp và Phát triển nông thôn"],
            ),
            ("ĐẢNG ỦY ỦY BAN NHÂN DÂN TỈNH", &["Đảng ủy Ủy ban nhân dân tỉnh"]),
            ("NGÂN HÀNG NHÀ NƯỚC VIỆT NAM", &["Ngân hàng Nhà nước Việt Nam"]),
        ];
        for (line, names) in rows {
            assert_eq!(BodyLine::of(line, false).names(), names, "{line}");
        }
    }

    #[test]
    fn names_that_need_more() {
        for (line, needs) in [
            ("BAN CHẤP HÀNH", true),
            ("BAN CHẤP HÀNH TRUNG ƯƠNG", false),
            ("ỦY BAN NHÂN DÂN", true),
            ("VĂN PHÒNG", false),
            ("ĐOÀN ĐẠI BIỂU QUỐC HỘI VÀ", true),
        ] {
            assert_eq!(BodyLine::of(line, false).needs_more(), needs, "{line}");
        }
    }
}
