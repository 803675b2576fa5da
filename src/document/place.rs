//! Provinces of today and before the merger of 2025.
//!
//! Since 1 July 2025 Vietnam has 34 provinces; 23 of them were made of two or three of the 63 before
//! (Nghị quyết 202/2025/QH15 of 12/6/2025). A name may stand for both: `Cần Thơ` is today's city, and
//! the smaller one that became it together with Sóc Trăng and Hậu Giang.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, Anchored, Input, MatchKind, StartKind};

use crate::text::{Folded, Span, fold};

/// One of today's provinces and the names that went into it.
struct Province {
    name: &'static str,
    /// The former provinces whose names are gone, in the order of the resolution.
    merged: &'static [&'static str],
}

/// Short for a row of the table.
const fn province(name: &'static str, merged: &'static [&'static str]) -> Province {
    Province { name, merged }
}

/// Today's 34 provinces. Source: Nghị quyết 202/2025/QH15, Điều 1.
const PROVINCES: [Province; 34] = [
    province("Tuyên Quang", &["Hà Giang"]),
    province("Lào Cai", &["Yên Bái"]),
    province("Thái Nguyên", &["Bắc Kạn"]),
    province("Phú Thọ", &["Vĩnh Phúc", "Hòa Bình"]),
    province("Bắc Ninh", &["Bắc Giang"]),
    province("Hưng Yên", &["Thái Bình"]),
    province("Hải Phòng", &["Hải Dương"]),
    province("Ninh Bình", &["Hà Nam", "Nam Định"]),
    province("Quảng Trị", &["Quảng Bình"]),
    province("Đà Nẵng", &["Quảng Nam"]),
    province("Quảng Ngãi", &["Kon Tum"]),
    province("Gia Lai", &["Bình Định"]),
    province("Khánh Hòa", &["Ninh Thuận"]),
    province("Lâm Đồng", &["Đắk Nông", "Bình Thuận"]),
    province("Đắk Lắk", &["Phú Yên"]),
    province("TP. Hồ Chí Minh", &["Bình Dương", "Bà Rịa - Vũng Tàu"]),
    province("Đồng Nai", &["Bình Phước"]),
    province("Tây Ninh", &["Long An"]),
    province("Cần Thơ", &["Sóc Trăng", "Hậu Giang"]),
    province("Vĩnh Long", &["Bến Tre", "Trà Vinh"]),
    province("Đồng Tháp", &["Tiền Giang"]),
    province("Cà Mau", &["Bạc Liêu"]),
    province("An Giang", &["Kiên Giang"]),
    province("Hà Nội", &[]),
    province("Huế", &[]),
    province("Lai Châu", &[]),
    province("Điện Biên", &[]),
    province("Sơn La", &[]),
    province("Lạng Sơn", &[]),
    province("Cao Bằng", &[]),
    province("Quảng Ninh", &[]),
    province("Thanh Hóa", &[]),
    province("Nghệ An", &[]),
    province("Hà Tĩnh", &[]),
];

/// Other spellings. `Hồ Chí Minh` alone is a person.
const SPELLINGS: [(&str, &str); 19] = [
    ("Bắc Cạn", "Bắc Kạn"),
    ("Đắc Lắc", "Đắk Lắk"),
    ("Đăk Lăk", "Đắk Lắk"),
    ("Dak Lak", "Đắk Lắk"),
    ("Đắc Nông", "Đắk Nông"),
    ("Đăk Nông", "Đắk Nông"),
    ("Kontum", "Kon Tum"),
    ("Hoà Bình", "Hòa Bình"),
    ("Thanh Hoá", "Thanh Hóa"),
    ("Khánh Hoà", "Khánh Hòa"),
    ("TP.HCM", "TP. Hồ Chí Minh"),
    ("TPHCM", "TP. Hồ Chí Minh"),
    ("TP Hồ Chí Minh", "TP. Hồ Chí Minh"),
    ("thành phố Hồ Chí Minh", "TP. Hồ Chí Minh"),
    ("Thành phố Hồ Chí Minh", "TP. Hồ Chí Minh"),
    ("Thừa Thiên Huế", "Huế"),
    ("Thừa Thiên - Huế", "Huế"),
    ("Bà Rịa – Vũng Tàu", "Bà Rịa - Vũng Tàu"),
    ("Vũng Tàu", "Bà Rịa - Vũng Tàu"),
];

/// Names that hold the name of a province and are none.
const NO_PROVINCES: [&str; 3] = ["Thái Bình Dương", "Đồng Tháp Mười", "Hà Nam Ninh"];

/// A province named in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Its name in the usual spelling.
    pub name: &'static str,
    /// The one of today's 34 provinces that it is or belongs to.
    pub today: &'static str,
    /// Bytes of the text.
    pub span: Span,
}

impl Mention {
    /// Is it a province that is no more?
    #[must_use]
    pub fn is_former(&self) -> bool {
        self.name != self.today
    }
}

/// A name in the usual spelling, and today's province that it belongs to.
type Name = (&'static str, &'static str);

/// What one pattern of the finder stands for: name and today's province; `None` for no province.
type Meaning = Option<Name>;

/// Finds names where words begin.
struct Finder {
    /// All spellings; searched from a given byte only.
    names: AhoCorasick,
    /// What each spelling stands for.
    meanings: Vec<Meaning>,
    /// The bytes with which names begin.
    first_bytes: [bool; 256],
}

/// Finds all names, as written and in capitals, and what each stands for.
static FINDER: LazyLock<Option<Finder>> = LazyLock::new(|| {
    let mut patterns: Vec<(String, Meaning)> = NO_PROVINCES.iter().map(|name| ((*name).to_owned(), None)).collect();
    for province in &PROVINCES {
        for name in std::iter::once(&province.name).chain(province.merged) {
            let spellings = SPELLINGS
                .iter()
                .filter(|(_, usual)| usual == name)
                .map(|(spelling, _)| *spelling);
            for spelling in spellings.chain([*name]) {
                patterns.push((spelling.to_owned(), Some((name, province.name))));
                patterns.push((spelling.to_uppercase(), Some((name, province.name))));
            }
        }
    }
    let (names, meanings): (Vec<String>, Vec<Meaning>) = patterns.into_iter().unzip();
    let finder = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .kind(Some(AhoCorasickKind::DFA))
        .start_kind(StartKind::Anchored)
        .build(&names)
        .ok()?;
    let mut first_bytes = [false; 256];
    for name in names.iter().filter_map(|name| name.as_bytes().first()) {
        first_bytes[usize::from(*name)] = true;
    }
    Some(Finder {
        names: finder,
        meanings,
        first_bytes,
    })
});

/// The provinces named in `text` (NFC), in order.
///
/// Names are told by their capitals: `hòa bình` is peace, `Hòa Bình` a province.
///
/// ```
/// use vankien::document::place;
/// let names: Vec<_> = place::mentions("tỉnh Sóc Trăng và thành phố Cần Thơ").iter().map(|m| (m.name, m.today)).collect();
/// assert_eq!(names, [("Sóc Trăng", "Cần Thơ"), ("Cần Thơ", "Cần Thơ")]);
/// ```
#[must_use]
pub fn mentions(text: &str) -> Vec<Mention> {
    let Some(finder) = FINDER.as_ref() else {
        return Vec::new();
    };
    let bytes = text.as_bytes();
    let is_letter = |char: Option<char>| char.is_some_and(char::is_alphabetic);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(skipped) = bytes[at..]
        .iter()
        .position(|&byte| finder.first_bytes[usize::from(byte)])
    {
        let start = at + skipped;
        at = start + 1;
        if start > 0 && ends_letter(bytes, start) {
            continue;
        }
        let input = Input::new(text).range(start..).anchored(Anchored::Yes);
        let Some(name) = finder.names.find(input) else { continue };
        at = name.end();
        let whole = !is_letter(text[name.end()..].chars().next());
        if let Some((name, today)) = finder.meanings[name.pattern().as_usize()].filter(|_| whole) {
            found.push(Mention {
                name,
                today,
                span: Span::new(start, at),
            });
        }
    }
    found
}

/// Ends a letter before byte `at` (which is not 0)? Of the chars of three bytes those that UTF-8 begins with E2 are
/// punctuation, such as quotation marks and dashes, and of those of two bytes the ones with C2.
fn ends_letter(bytes: &[u8], at: usize) -> bool {
    match bytes[at - 1] {
        ascii @ ..0x80 => ascii.is_ascii_alphabetic(),
        _ => {
            let three = at >= 3 && bytes[at - 3] == 0xe2;
            let two = at >= 2 && bytes[at - 2] == 0xc2;
            !three && !two
        }
    }
}

/// The provinces named in `text`, which may have lost its marks, in order: each word of a name must begin
/// with a capital.
pub(super) fn mentions_without_marks(text: &str) -> Vec<Mention> {
    static FOLDED: LazyLock<Option<(AhoCorasick, Vec<Name>)>> = LazyLock::new(|| {
        let names: Vec<Name> = all_names().collect();
        let finder = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(names.iter().map(|(name, _)| fold(name)))
            .ok()?;
        Some((finder, names))
    });
    let Some((finder, names)) = FOLDED.as_ref() else {
        return Vec::new();
    };
    let folded = Folded::of(text);
    let is_letter = |char: Option<char>| char.is_some_and(char::is_alphanumeric);
    let found = finder.find_iter(folded.text()).filter_map(|found| {
        let span = folded.original_span(Span::new(found.start(), found.end()));
        let (name, today) = names[found.pattern().as_usize()];
        let whole = !is_letter(text[..span.start].chars().next_back()) && !is_letter(text[span.end..].chars().next());
        let capitals = span
            .slice(text)
            .split([' ', '-'])
            .all(|word| word.chars().next().is_none_or(|c| !c.is_lowercase()));
        (whole && capitals).then_some(Mention { name, today, span })
    });
    found.collect()
}

/// Today's provinces that `text` names, also by the name of a former one, each once, in order.
///
/// ```
/// use vankien::document::place;
/// assert_eq!(place::provinces_named("tỉnh Hậu Giang, thành phố Cần Thơ, Hà Nội"), ["Cần Thơ", "Hà Nội"]);
/// ```
#[must_use]
pub fn provinces_named(text: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for mention in mentions(text) {
        if !names.iter().any(|name| name == mention.today) {
            names.push(mention.today.to_owned());
        }
    }
    names
}

/// Was today's province `name` made of several?
pub(super) fn is_merged(name: &str) -> bool {
    PROVINCES
        .iter()
        .any(|province| province.name == name && !province.merged.is_empty())
}

/// All names, of today and before, in the usual spelling.
pub(super) fn all_names() -> impl Iterator<Item = (&'static str, &'static str)> {
    PROVINCES.iter().flat_map(|province| {
        std::iter::once(&province.name)
            .chain(province.merged)
            .map(move |name| (*name, province.name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_34_of_63() {
        assert_eq!(PROVINCES.len(), 34);
        assert_eq!(
            PROVINCES
                .iter()
                .map(|province| 1 + province.merged.len())
                .sum::<usize>(),
            63
        );
    }

    #[test]
    fn names_are_told_from_other_words() {
        let rows: [(&str, &[&str]); 8] = [
            ("âm mưu diễn biến hòa bình", &[]),
            ("tỉnh Hoà Bình", &["Phú Thọ"]),
            ("tư tưởng Hồ Chí Minh", &[]),
            ("Thành phố Hồ Chí Minh", &["TP. Hồ Chí Minh"]),
            ("THÀNH PHỐ CẦN THƠ", &["Cần Thơ"]),
            ("khu vực châu Á - Thái Bình Dương", &[]),
            ("Thừa Thiên Huế", &["Huế"]),
            ("tỉnh Bà Rịa - Vũng Tàu", &["TP. Hồ Chí Minh"]),
        ];
        for (text, names) in rows {
            assert_eq!(provinces_named(text), names, "{text}");
        }
    }
}
