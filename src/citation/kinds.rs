//! Type words in a passage: "Nghị quyết", "Quy định", "Thông tư liên tịch" before a number or a name.
//!
//! The kind of a cited document follows its type word, because `QĐ` is both Quyết định and Quy định; it follows the
//! letters of the symbol where these contradict the nearest type word. The words themselves are rows of
//! [`TYPE_WORDS`]; this file only finds them.

use super::tokens::{PassageWords, is_code, is_similar};
use crate::symbol::{Citing, Kind, Style, Symbol, TYPE_WORDS, TypeWord};

/// Returns the rows of the table that begin citations.
fn citing() -> impl Iterator<Item = &'static TypeWord> {
    TYPE_WORDS.iter().filter(|row| row.citing != Citing::Never)
}

/// Returns the type word at word `index`, and the index of the word after it.
pub(super) fn type_word_at(words: &PassageWords<'_>, index: usize) -> Option<(&'static TypeWord, usize)> {
    if !may_begin(words, index) {
        return None;
    }
    citing()
        .filter(|row| row.syllables.len() > 1 || words.folded(index) == row.syllables[0])
        .find_map(|row| words.phrase(index, row.syllables).map(|end| (row, end)))
}

/// Returns true if a type word may begin at word `index`.
///
/// This is asked of every word of the corpus, so it compares nothing but whole syllables: the first, or on a
/// damaged page the second, of which one is always right.
fn may_begin(words: &PassageWords<'_>, index: usize) -> bool {
    static FIRST: SyllableSet = SyllableSet::at(0);
    static SECOND: SyllableSet = SyllableSet::at(1);
    FIRST.contains(words.folded(index)) || words.is_damaged() && SECOND.contains(words.folded(index + 1))
}

/// The syllables that type words have at one position, as a set that is built when the program is compiled.
struct SyllableSet {
    /// The [numbers](number_of) of the syllables; zero for a type word that has none.
    numbers: [u64; TYPE_WORDS.len()],
    /// For each first letter and each length in letters the last letters, a bit each. Nearly all words that are not in
    /// the set fail here and are compared with no syllable.
    last_letters: [[u32; MAX_SYLLABLE + 1]; 32],
}

/// Maximum length of a syllable, in letters: "nghiêng".
const MAX_SYLLABLE: usize = 7;

impl SyllableSet {
    /// Returns the syllables at `position` of the type words that begin citations.
    const fn at(position: usize) -> Self {
        let mut set = Self {
            numbers: [0; TYPE_WORDS.len()],
            last_letters: [[0; MAX_SYLLABLE + 1]; 32],
        };
        let mut row = 0;
        // Constant code cannot iterate, hence the counter.
        while row < TYPE_WORDS.len() {
            let TypeWord { syllables, citing, .. } = TYPE_WORDS[row];
            if position < syllables.len() && !matches!(citing, Citing::Never) {
                let syllable = syllables[position].as_bytes();
                let len = syllable.len();
                set.numbers[row] = number_of(syllable);
                set.last_letters[letter(syllable[0])][len] |= 1 << letter(syllable[len - 1]);
            }
            row += 1;
        }
        set
    }

    /// Returns true if the folded `word` is in the set.
    fn contains(&self, word: &str) -> bool {
        let word = word.as_bytes();
        let [first, ..] = word else { return false };
        let [.., last] = word else { return false };
        word.len() <= MAX_SYLLABLE
            && self.last_letters[letter(*first)][word.len()] >> letter(*last) & 1 == 1
            && self.numbers.contains(&number_of(word))
    }
}

/// Returns a number from 1 to 26 for the letters `a` to `z`, and some number below 32 for any other byte.
const fn letter(byte: u8) -> usize {
    (byte & 31) as usize
}

/// Returns a number that no other syllable has: its bytes, at most eight, as the digits of the number.
const fn number_of(syllable: &[u8]) -> u64 {
    let mut number = 0;
    let mut at = 0;
    while at < syllable.len() {
        number = number << 8 | syllable[at] as u64;
        at += 1;
    }
    number
}

/// Returns the type word that ends before word `end`, and the index of its first word.
///
/// Misread letters are accepted, since the caller has seen a number after it.
pub(super) fn type_word_before(words: &PassageWords<'_>, end: usize) -> Option<(&'static TypeWord, usize)> {
    let exact = |read: &str, syllable: &str| read == syllable;
    ends_with(words, end, exact).or_else(|| ends_with(words, end, loosely))
}

/// Returns the type word that `word`, the code of a kind before a number, stands for: nghị quyết for `NQ`.
///
/// Of several it is the one whose symbols carry that code most often, and of these the shortest.
pub(super) fn abbreviated(word: &str) -> Option<&'static TypeWord> {
    is_code(word).then_some(())?;
    citing()
        .filter(|row| row.codes.contains(&word))
        .min_by_key(|row| (row.codes.first() != Some(&word), row.syllables.len()))
}

/// Returns the kind of a document with this symbol, cited after `type_word` at word `first`.
///
/// It is that of the type word, unless the kind code of the symbol contradicts it: then that of another type word in
/// front, joined by a comma or "và" ("các nghị quyết, chỉ thị số 18-NQ/TW"), or else that of the code. Also returns true
/// if a type word tells the kind.
pub(super) fn kind_of(
    words: &PassageWords<'_>,
    type_word: &'static TypeWord,
    first: usize,
    symbol: &Symbol,
) -> (Kind, bool) {
    if allows(type_word, symbol) {
        return (type_word.kind, true);
    }
    let mut end = first;
    while let Some((row, start)) = coordinated_before(words, end) {
        if allows(row, symbol) {
            return (row.kind, true);
        }
        end = start;
    }
    (Kind::of_code(&symbol.kind), false)
}

/// Returns true if documents that `type_word` names may carry this symbol.
fn allows(type_word: &TypeWord, symbol: &Symbol) -> bool {
    let code = symbol.kind.as_str();
    let same_kind = |row: &&TypeWord| row.kind == type_word.kind && row.kind != Kind::Other;
    // An official letter of the state carries no kind code: the CT of `577/CT-THNVDT` is a tax office (cục thuế).
    let letter = type_word.codes.contains(&"CV") && symbol.style == Style::State;
    code.is_empty()
        || letter
        || type_word.codes.contains(&code)
        || TYPE_WORDS.iter().filter(same_kind).any(|row| row.codes.contains(&code))
        // Papers of rare kinds and letters of no list: nothing contradicts the type word.
        || Kind::of_code(code) == Kind::Other && !type_word.codes.is_empty()
}

/// Returns the type word before word `end` that a comma or "và" joins to what begins there, and its first word.
fn coordinated_before(words: &PassageWords<'_>, end: usize) -> Option<(&'static TypeWord, usize)> {
    if words.gap(end).trim() == "," {
        return type_word_before(words, end);
    }
    let and = end.checked_sub(1)?;
    (words.folded(and) == "va" && words.joined(end) && words.joined(and))
        .then(|| type_word_before(words, and))
        .flatten()
}

/// Returns true if `read` may be a misreading of `syllable`, also if it lost one of only three letters ("Thông bố").
fn loosely(read: &str, syllable: &str) -> bool {
    let shortened = || syllable.len() == 3 && read.len() == 2 && read.as_bytes().first() == syllable.as_bytes().first();
    is_similar(read, syllable) || shortened() && read.bytes().all(|byte| syllable.as_bytes().contains(&byte))
}

/// Returns the first row whose syllables are, by `same`, the words before word `end`, and the index of its first word.
fn ends_with(words: &PassageWords<'_>, end: usize, same: fn(&str, &str) -> bool) -> Option<(&'static TypeWord, usize)> {
    citing().find_map(|row| {
        let start = end.checked_sub(row.syllables.len())?;
        let mut syllables = row.syllables.iter().enumerate();
        let fits = syllables.all(|(offset, syllable)| {
            same(words.folded(start + offset), syllable) && (offset == 0 || words.joined(start + offset))
        });
        // Too many words differ in one letter from rare type words and from those of one syllable: these must be exact.
        let common = row.syllables.len() > 1 && row.kind != Kind::Other;
        let certain = common
            || row
                .syllables
                .iter()
                .enumerate()
                .all(|(offset, s)| words.folded(start + offset) == *s);
        (fits && certain).then_some((row, start))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn type_words_are_found_from_both_sides() {
        let rows = [
            ("theo Quyết định", Kind::QuyetDinh, true),
            ("theo Quy định", Kind::QuyDinh, true),
            ("Chương trình hành động", Kind::ChuongTrinh, true),
            ("thuc hién Nghl quyét", Kind::NghiQuyet, true),
            ("theo huéng din", Kind::HuongDan, true),
            ("Két ludn", Kind::KetLuan, true),
            ("Thông bố", Kind::ThongBao, true),
            ("pháp luật", Kind::Luat, true),
            ("Đảng bộ", Kind::Other, false),
        ];
        for (text, kind, found) in rows {
            let words = PassageWords::new(text, false);
            let row = type_word_before(&words, words.len());
            assert_eq!(row.is_some(), found, "{text}");
            assert!(row.is_none_or(|(row, _)| row.kind == kind), "{text}");
        }
    }

    #[test]
    fn every_type_word_passes_the_first_look() {
        for row in citing() {
            let text = row.syllables.join(" ");
            let words = PassageWords::new(&text, false);
            assert_eq!(
                type_word_at(&words, 0).map(|(found, _)| found.written),
                Some(row.written)
            );
            let damaged = format!("x {}", row.syllables[1..].join(" "));
            assert!(
                row.syllables.len() < 2 || may_begin(&PassageWords::new(&damaged, true), 0),
                "{text}"
            );
        }
    }
}
