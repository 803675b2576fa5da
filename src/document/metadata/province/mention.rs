//! Names of provinces found in a text.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, Anchored, Input, MatchKind, StartKind};

use super::table::{NO_PROVINCES, ProvinceName, SPELLINGS, all_names};
use crate::text::{Folded, Span, fold};

/// A province named in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProvinceMention {
    /// Its name in the usual spelling.
    pub name: &'static str,
    /// The one of today's 34 provinces that it is or belongs to.
    pub today: &'static str,
    /// Its bytes in the text.
    pub span: Span,
}

impl ProvinceMention {
    /// Returns true if the province was merged into another one.
    #[must_use]
    pub fn is_former(&self) -> bool {
        self.name != self.today
    }
}

/// An automaton that finds names at the beginnings of words.
struct NameFinder {
    /// All spellings, as written and in capitals; searched from a given byte only.
    spellings: AhoCorasick,
    /// The name that each spelling stands for; `None` for a name that is no province.
    names: Vec<Option<ProvinceName>>,
    /// The bytes with which spellings begin.
    begins: [bool; 256],
    /// For each of them the bytes that come second.
    second_bytes: [SecondBytes; 256],
}

/// The bytes that come second after one byte: a bit for each.
#[derive(Clone, Copy, Default)]
struct SecondBytes([u64; 4]);

impl SecondBytes {
    /// Adds `byte`.
    fn add(&mut self, byte: u8) {
        self.0[usize::from(byte >> 6)] |= 1 << (byte & 63);
    }

    /// Returns true if `byte` is among them.
    fn has(self, byte: u8) -> bool {
        self.0[usize::from(byte >> 6)] & 1 << (byte & 63) != 0
    }
}

/// Finds all names with their marks, as written and in capitals.
static FINDER: LazyLock<Option<NameFinder>> = LazyLock::new(|| {
    let mut patterns: Vec<(String, Option<ProvinceName>)> =
        NO_PROVINCES.iter().map(|name| ((*name).to_owned(), None)).collect();
    for province in all_names() {
        let spellings = SPELLINGS
            .iter()
            .filter(|(_, usual)| *usual == province.name)
            .map(|(spelling, _)| *spelling);
        for spelling in spellings.chain([province.name]) {
            patterns.push((spelling.to_owned(), Some(province)));
            patterns.push((spelling.to_uppercase(), Some(province)));
        }
    }
    let (patterns, names): (Vec<String>, Vec<Option<ProvinceName>>) = patterns.into_iter().unzip();
    let spellings = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .kind(Some(AhoCorasickKind::DFA))
        .start_kind(StartKind::Anchored)
        .build(&patterns)
        .ok()?;
    let mut begins = [false; 256];
    let mut second_bytes = [SecondBytes::default(); 256];
    for pattern in &patterns {
        if let [first, second, ..] = pattern.as_bytes() {
            begins[usize::from(*first)] = true;
            second_bytes[usize::from(*first)].add(*second);
        }
    }
    Some(NameFinder {
        spellings,
        names,
        begins,
        second_bytes,
    })
});

/// Returns the provinces named in `text` (NFC), in order.
///
/// Names are told by their capitals: `hòa bình` is peace, `Hòa Bình` a province.
///
/// ```
/// use vankien::document::province;
/// let found = province::mentions("tỉnh Sóc Trăng và thành phố Cần Thơ");
/// let names: Vec<_> = found.iter().map(|mention| (mention.name, mention.today)).collect();
/// assert_eq!(names, [("Sóc Trăng", "Cần Thơ"), ("Cần Thơ", "Cần Thơ")]);
/// ```
#[must_use]
pub fn mentions(text: &str) -> Vec<ProvinceMention> {
    let Some(finder) = FINDER.as_ref() else {
        return Vec::new();
    };
    let bytes = text.as_bytes();
    let is_letter = |char: Option<char>| char.is_some_and(char::is_alphabetic);
    let mut found = Vec::new();
    let mut at = 0;
    // Few bytes begin a name, and fewer begin a word: the automaton is asked only there.
    while let Some(skipped) = bytes[at..].iter().position(|&byte| finder.begins[usize::from(byte)]) {
        let start = at + skipped;
        at = start + 1;
        let second = bytes.get(at).copied().unwrap_or(0);
        if !finder.second_bytes[usize::from(bytes[start])].has(second) {
            continue;
        }
        if start > 0 && ends_letter(bytes, start) {
            continue;
        }
        let input = Input::new(text).range(start..).anchored(Anchored::Yes);
        let Some(hit) = finder.spellings.find(input) else {
            continue;
        };
        at = hit.end();
        // "Huếch" is not "Huế".
        let whole = !is_letter(text[hit.end()..].chars().next());
        if let Some(ProvinceName { name, today }) = finder.names[hit.pattern().as_usize()].filter(|_| whole) {
            found.push(ProvinceMention {
                name,
                today,
                span: Span::new(start, at),
            });
        }
    }
    found
}

/// Returns true if a letter ends before byte `at`, which is not 0.
///
/// Of the chars of three bytes, those that UTF-8 begins with E2 are punctuation, such as quotation marks and
/// dashes; of those of two bytes, the ones that it begins with C2.
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

/// Returns the provinces named in `text`, which may have lost its marks, in order: each word of a name must
/// begin with a capital.
pub(crate) fn mentions_without_marks(text: &str) -> Vec<ProvinceMention> {
    static FOLDED: LazyLock<Option<(AhoCorasick, Vec<ProvinceName>)>> = LazyLock::new(|| {
        let names: Vec<ProvinceName> = all_names().collect();
        let finder = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(names.iter().map(|province| fold(province.name)))
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
        let ProvinceName { name, today } = names[found.pattern().as_usize()];
        let whole = !is_letter(text[..span.start].chars().next_back()) && !is_letter(text[span.end..].chars().next());
        let capitals = span
            .slice(text)
            .split([' ', '-'])
            .all(|word| word.chars().next().is_none_or(|c| !c.is_lowercase()));
        (whole && capitals).then_some(ProvinceMention { name, today, span })
    });
    found.collect()
}

/// Returns today's provinces that `text` names, also by the name of a former one, each once, in order.
///
/// ```
/// use vankien::document::province;
/// assert_eq!(province::provinces_named("tỉnh Hậu Giang, thành phố Cần Thơ, Hà Nội"), ["Cần Thơ", "Hà Nội"]);
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

#[cfg(test)]
mod tests {
    use super::*;

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
