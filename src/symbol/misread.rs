//! Symbols that a scan misread beyond its ordinary confusions, beside the words that name the kind of the document.
//!
//! "Quyết định số 24-0b/TU": the type word says which letters may follow the number, and the letters of issuers are a
//! closed list, so that the nearest of each is what was printed, if it is near enough and no other is as near. Digits are
//! never changed; but a letter among digits stands for the digit that it looks like, since no letter is printed there.

use super::codes::{self, Convention};
use super::kind::{TYPE_WORDS, TypeWord};
use super::{Style, Symbol};
use crate::text::fold;

/// Cost of a letter that was read as one that looks like it.
const ALIKE: f32 = 0.3;
/// Cost of a letter that was read as any other.
const UNLIKE: f32 = 1.0;
/// Cost of a letter that was lost, or of one that was added.
const GAP: f32 = 0.7;

/// The most that the letters of a kind may cost: the type word has said already which they are.
const MAX_KIND: f32 = 1.0;
/// The most that the letters of an issuer may cost, for each of its letters, and in all.
const MAX_BODY: [f32; 2] = [0.36, 1.0];
/// The least by which another issuer must be farther away.
const MARGIN: f32 = 0.3;

/// Letters of codes, and what scans have for them. Counted on drawn pages (`benches/scans`) read by tesseract with
/// English and with Vietnamese.
const LOOK_ALIKES: [(char, &str); 13] = [
    ('Đ', "DBPO089"),
    ('Q', "O0GC9"),
    ('D', "0OB"),
    ('L', "I1"),
    ('C', "GE(£"),
    ('B', "86£"),
    ('G', "6§C"),
    ('T', "I17"),
    ('U', "V"),
    ('N', "M"),
    ('H', "M"),
    ('P', "F"),
    ('K', "X"),
];

impl Symbol {
    /// Reads the symbol at the beginning of `text` that a scan misread, after the words `before` (folded, joined by
    /// blanks), which must end with a type word.
    ///
    /// Returns the symbol as it was printed and the number of bytes of `text` that it replaces; `None` if the text has no
    /// such symbol, or one that is read without this help.
    ///
    /// ```
    /// use vankien::symbol::Symbol;
    /// let read = |before, text| Symbol::misread_after(before, text).map(|(symbol, _)| symbol);
    /// assert_eq!(read("theo quyet dinh so", "24-0b/TU").as_deref(), Some("24-QĐ/TU"));
    /// assert_eq!(read("chi thi so", "1ó8-CT/TW").as_deref(), Some("168-CT/TW"));
    /// assert_eq!(read("nghi quyet so", "261/NG-CP,").as_deref(), Some("261/NQ-CP"));
    /// assert_eq!(read("theo", "24-0b/TU"), None);
    /// ```
    #[must_use]
    pub fn misread_after(before: &str, text: &str) -> Option<(String, usize)> {
        let word = type_word_at_end(before)?;
        let token = &text[..text.find(char::is_whitespace).unwrap_or(text.len())];
        if Self::scan(token).is_some_and(|found| found.known) {
            return None;
        }
        let parts = Parts::of(token)?;
        let kind = word
            .codes
            .iter()
            .map(|code| (cost(&codes::capitals(code), &codes::capitals(parts.kind)), *code))
            .min_by(|one, other| one.0.total_cmp(&other.0))
            .filter(|&(cost, _)| cost <= MAX_KIND)?
            .1;
        let (body, convention) = nearest_body(parts.body)?;
        let style = match (parts.year, convention) {
            (Some(_), _) | (None, Convention::State) => Style::State,
            (None, Convention::Party) => Style::Party,
            (None, Convention::Either) if parts.slash_first => Style::State,
            (None, Convention::Either) => Style::Party,
        };
        let symbol = Self {
            number: parts.number,
            year: parts.year,
            kind: kind.to_owned(),
            body,
            style,
        };
        Some((symbol.to_string(), parts.len))
    }
}

/// Returns the longest type word with letters of its own that `before` ends with, with or without "số" after it.
fn type_word_at_end(before: &str) -> Option<&'static TypeWord> {
    let words: Vec<&str> = before.split(' ').collect();
    let words = match words.split_last() {
        Some((&("so" | "sb" | "s6"), rest)) => rest,
        _ => &words[..],
    };
    let ends = TYPE_WORDS
        .iter()
        .filter(|word| !word.codes.is_empty() && words.ends_with(word.syllables));
    ends.max_by_key(|word| word.syllables.len())
}

/// The parts of a symbol as read.
struct Parts<'t> {
    number: String,
    year: Option<u16>,
    kind: &'t str,
    body: &'t str,
    /// True if a slash is between number and letters.
    slash_first: bool,
    /// Bytes of the whole.
    len: usize,
}

impl<'t> Parts<'t> {
    /// Divides a token at its separators: number, perhaps a year, letters of the kind, letters of the issuer.
    fn of(token: &'t str) -> Option<Self> {
        let (number, slash_first, mut rest) = number_at(token)?;
        let mut year = None;
        if let Some((digits, _, after)) = number_at(rest).filter(|(digits, ..)| digits.len() == 4) {
            year = digits.parse().ok().filter(|year| (1900..2200).contains(year));
            if year.is_some() {
                rest = after;
            }
        }
        let (kind, after) = rest.split_once(is_separator)?;
        let body = after.trim_start_matches(is_separator);
        let end = body
            .find(|char: char| !char.is_alphanumeric() && !"§£(".contains(char))
            .unwrap_or(body.len());
        let body = body[..end].trim_end_matches('(');
        let is_short = |part: &str, most: usize| (1..=most).contains(&part.chars().count());
        (is_short(kind, 6) && is_short(body, 10)).then(|| Self {
            number,
            year,
            kind,
            body,
            slash_first,
            len: body.as_ptr() as usize - token.as_ptr() as usize + body.len(),
        })
    }
}

/// Returns true for the signs that scans have for the separators of a symbol.
fn is_separator(char: char) -> bool {
    matches!(
        char,
        '-' | '\u{2010}'..='\u{2015}' | '/' | '|' | '\\' | '\u{2044}' | '~' | '_' | ',' | '.'
    )
}

/// Returns the number at the beginning of `text`, true if a slash follows it, and what is after the separator.
fn number_at(text: &str) -> Option<(String, bool, &str)> {
    let digits: String = text.chars().map_while(digit_of).collect();
    let bytes: usize = text.chars().take(digits.len()).map(char::len_utf8).sum();
    let has_digit = text[..bytes].contains(|char: char| char.is_ascii_digit());
    let after = text[bytes..].trim_start_matches(is_separator);
    let separators = &text[bytes..text.len() - after.len()];
    let count = separators.chars().count();
    let certain = (1..=5).contains(&digits.len()) && (has_digit || digits == "6") && (1..=3).contains(&count);
    certain.then(|| (digits, separators.contains(['/', '|', '\\', '\u{2044}']), after))
}

/// Returns the digit that was printed where a scan has `char` among digits.
fn digit_of(char: char) -> Option<char> {
    match char {
        '0'..='9' => Some(char),
        'ó' | 'Ó' => Some('6'),
        'o' | 'O' => Some('0'),
        'l' | 'I' => Some('1'),
        _ => None,
    }
}

/// Returns the issuer whose letters are nearest to `read`, if no other is nearly as near.
fn nearest_body(read: &str) -> Option<(String, Convention)> {
    let read = codes::capitals(read);
    let mut near: Vec<(f32, String, Convention)> = codes::bodies()
        .map(|(code, convention)| (cost(&codes::capitals(&code), &read), code, convention))
        .collect();
    near.sort_by(|one, other| one.0.total_cmp(&other.0));
    let (best, next) = (near.first()?, near.get(1)?);
    let letters = best.1.chars().count() as f32;
    let is_near = best.0 <= MAX_BODY[1].min(MAX_BODY[0] * letters) && next.0 - best.0 >= MARGIN;
    is_near.then(|| (best.1.clone(), best.2))
}

/// Returns the cost of reading the letters `printed` as `read`, both in capitals.
fn cost(printed: &str, read: &str) -> f32 {
    let read: Vec<char> = read.chars().collect();
    let mut row: Vec<f32> = (0..=read.len()).map(|at| GAP * at as f32).collect();
    for letter in printed.chars() {
        let mut corner = row[0];
        row[0] += GAP;
        for (at, &char) in read.iter().enumerate() {
            let both = corner + substitution(letter, char);
            corner = row[at + 1];
            row[at + 1] = both.min(row[at + 1] + GAP).min(row[at] + GAP);
        }
    }
    row[read.len()]
}

/// Returns the cost of reading one letter as one char.
fn substitution(letter: char, read: char) -> f32 {
    let alike = || {
        LOOK_ALIKES
            .iter()
            .any(|(known, chars)| *known == letter && chars.contains(read))
    };
    if letter == read {
        0.0
    } else if alike() || fold(letter.encode_utf8(&mut [0; 4])) == fold(read.encode_utf8(&mut [0; 4])) {
        ALIKE
    } else {
        UNLIKE
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The symbol that is read after `before`.
    fn read(before: &str, text: &str) -> Option<String> {
        Symbol::misread_after(before, text).map(|(symbol, _)| symbol)
    }

    #[test]
    fn the_type_word_decides_on_the_letters() {
        for (before, text, symbol) in [
            ("quyet dinh so", "198-9/TU", "198-QĐ/TU"),
            ("quy dinh so", "144-00/TW", "144-QĐ/TW"),
            ("quy dinh", "08-0Di/TW", "08-QĐi/TW"),
            ("huong dan so", "155-H0/BT6TW", "155-HD/BTGTW"),
            ("nghi quyet so", "2465/NQ-H0ND", "2465/NQ-HĐND"),
            ("nghi quyet so", "1884/NQ-EP", "1884/NQ-CP"),
            ("ke hoach so", "244ó/KH-UBND", "2446/KH-UBND"),
            ("huong dan so", "ó8-HD/BTGTW", "68-HD/BTGTW"),
            ("nghi dinh so", "2270,/2021/ND-CP", "2270/2021/NĐ-CP"),
            ("nghi quyet so", "21-_NQ/TW", "21-NQ/TW"),
            ("ket luan so", "62-KIL/TU", "62-KL/TU"),
        ] {
            // What the scanner reads itself needs no help.
            let alone = Symbol::scan(text)
                .filter(|found| found.known)
                .map(|found| found.symbol.to_string());
            assert_eq!(read(before, text).or(alone).as_deref(), Some(symbol), "{before} {text}");
        }
    }

    #[test]
    fn what_is_doubtful_stays() {
        for (before, text) in [
            // TW as well as TU.
            ("ket luan so", "51-KL/TII"),
            // ĐU as well as QU.
            ("bao cao so", "158-BC/0U"),
            // No type word, and one of another kind.
            ("theo so", "261/NG-CP"),
            ("ke hoach so", "261/NG-CP"),
            // A letter that looks like no digit.
            ("chi thi so", "1x8-CT/TW"),
            // A date, a share, a body that no list has.
            ("quyet dinh so", "12/05/2024"),
            ("quyet dinh", "1/3"),
            ("quyet dinh so", "57-QB/XYZQ"),
        ] {
            assert_eq!(read(before, text), None, "{before} {text}");
        }
    }

    proptest! {
        /// No text makes it fail, and what it replaces is a part of the text.
        #[test]
        fn any_text_is_survived(text in "[0-9óOlI]{0,4}[-/,~_]{0,3}[A-ZĐ0-9§(]{0,6}[-/]?[A-ZĐ0-9 é]{0,8}") {
            if let Some((symbol, len)) = Symbol::misread_after("nghi quyet so", &text) {
                prop_assert!(text.is_char_boundary(len) && len > 0);
                prop_assert!(Symbol::scan(&symbol).is_some_and(|found| found.known && found.len == symbol.len()), "{}", symbol);
            }
        }
    }
}
