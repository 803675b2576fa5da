//! Symbols (số, ký hiệu) and the kinds of documents (thể loại): reading, writing, comparing.
//!
//! A symbol is a number, a kind code and an issuer code. Party papers are numbered `21-NQ/TW`, state papers
//! `30/2020/NĐ-CP`, laws `202/2025/QH15`. People and machines write them with other dashes and blanks, in lower case,
//! with the separators exchanged (`57/NQ-TW`), and a scan misreads their letters (`144-QB/TW`). [`Symbol`] reads all of
//! these and writes one form. It compares the letters with closed lists of kinds and bodies. It keeps the digits as
//! printed, zeros included: nothing shows whether a misread digit was another one.
//!
//! [`TYPE_WORDS`] is the table of kinds with their words and letters; [`canonical_symbol`] gives the form in which
//! symbols are compared across documents.
//!
//! Sources: Quy định 66-QĐ/TW of 2017 and Hướng dẫn 36-HD/VPTW of 2018 (party papers), Nghị định
//! 30/2020/NĐ-CP with its Phụ lục III (state papers).

mod canonical;
mod codes;
mod kind;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

pub use canonical::canonical_symbol;
pub(crate) use canonical::{kind_letters, symbol_number, trim_zeros};
pub(crate) use kind::document_types;
pub use kind::{Citing, Kind, TYPE_WORDS, TypeWord};

use codes::{Convention, body_code, kind_code, kind_code_as_read};

/// The symbol of one document, in canonical letters.
///
/// Different writings of one symbol read to equal values, except that the zeros of the number are part of the value:
/// `05-CT/TW` and `5-CT/TW` are compared by their [`canonical_symbol`].
///
/// ```
/// use vankien::symbol::Symbol;
/// let symbol: Symbol = "12-NQ/TW".parse().unwrap();
/// for same in ["12 - NQ / TW", "12–NQ/TW", "12-nq/tw", "12/NQ-TW", "12-NQ/TƯ"] {
///     assert_eq!(same.parse(), Ok(symbol.clone()));
/// }
/// let canonical = |text: &str| text.parse::<Symbol>().unwrap().to_string();
/// assert_eq!(canonical("144-QB/TW"), "144-QĐ/TW");
/// assert_eq!(canonical("30-QDB/PU"), "30-QĐ/ĐU");
/// assert_eq!(canonical("43/2010/N\u{d0}-CP"), "43/2010/NĐ-CP");
/// assert_eq!(canonical("1013/QĐ-UBND"), "1013/QĐ-UBND");
/// assert_eq!(canonical("01-KL/TW"), "01-KL/TW");
/// assert!("15/06".parse::<Symbol>().is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Symbol {
    /// The number as printed: 1 to 5 digits, with its zeros.
    pub number: String,
    /// Year of a normative state paper (`30/2020/NĐ-CP`).
    pub year: Option<u16>,
    /// Kind code (`NQ`); empty if the symbol has none (`202/2025/QH15`).
    pub kind: String,
    /// Issuer code (`TW`, `BTCTW-BTGTW`, `QH15`).
    pub body: String,
    /// The separators that it is written with.
    pub style: Style,
}

/// The separators that a symbol is written with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Style {
    /// `21-NQ/TW`
    Party,
    /// `71/NQ-CP`, `30/2020/NĐ-CP`
    State,
}

/// A symbol found at the beginning of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScannedSymbol {
    /// The symbol.
    pub symbol: Symbol,
    /// Its length in bytes of the text.
    pub len: usize,
    /// True if all its letters are in the closed lists. Otherwise it only has the shape of a symbol, as form codes
    /// have (`02/BCĐBHĐND-MT`), and the words before it must decide.
    pub known: bool,
}

/// Error of reading a text that is no symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a document symbol")]
pub struct NotASymbol;

impl Symbol {
    /// Reads the symbol at the beginning of `text`; returns `None` if there is none.
    ///
    /// Each separator may have blanks around it, any dash counts as a hyphen, and letters misread by an OCR are
    /// corrected. Anything may follow, also a letter (`21-NQ/TWngày`) or the digit of a footnote mark (`21-NQ/TW6`).
    ///
    /// ```
    /// use vankien::symbol::Symbol;
    /// let found = Symbol::scan("06-HD/BTCTW - BTGTW của").unwrap();
    /// assert_eq!((found.symbol.to_string().as_str(), found.len), ("06-HD/BTCTW", 11));
    /// assert_eq!(Symbol::scan("71/73 đảng bộ"), None);
    /// ```
    #[must_use]
    pub fn scan(text: &str) -> Option<ScannedSymbol> {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        if !(1..=5).contains(&digits) {
            return None;
        }
        let number = &text[..digits];
        let mut scanner = Scanner { text, at: digits };
        let first = scanner.joint();
        if let Some((year, joint)) = first.and_then(|_| scanner.year()) {
            return groups(scanner, number, Some(year), Some(joint));
        }
        groups(scanner, number, None, first)
    }

    /// Corrects the misread letters of the symbol at the beginning of `text`, and leaves its digits and separators.
    ///
    /// Returns the corrected symbol and the number of bytes of `text` that it replaces; `None` if there is no symbol,
    /// nothing to correct, or separators that the corrected symbol would have to change.
    ///
    /// ```
    /// use vankien::symbol::Symbol;
    /// assert_eq!(Symbol::corrected("30-QDB/PU,"), Some(("30-QĐ/ĐU".to_owned(), 9)));
    /// assert_eq!(Symbol::corrected("30-QĐ/ĐU"), None);
    /// ```
    #[must_use]
    pub fn corrected(text: &str) -> Option<(String, usize)> {
        let found = Self::scan(text)?;
        let source = &text[..found.len];
        let canonical = found.symbol.to_string();
        let separators = |text: &str| text.chars().filter(|c| !c.is_alphanumeric()).collect::<Vec<_>>();
        let same_shape = separators(source) == separators(&canonical);
        (same_shape && canonical != source).then_some((canonical, found.len))
    }

    /// Returns its letters, kind and body, without the number: `NQ/TW`, `NQ-CP`, `QH15`.
    #[must_use]
    pub fn letters(&self) -> String {
        match (self.kind.as_str(), self.style) {
            ("", _) => self.body.clone(),
            (kind, Style::Party) => format!("{kind}/{}", self.body),
            (kind, Style::State) => format!("{kind}-{}", self.body),
        }
    }
}

impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { number, year, .. } = self;
        let letters = self.letters();
        match (year, self.style) {
            (Some(year), _) => write!(f, "{number}/{year}/{letters}"),
            (None, Style::Party) if !self.kind.is_empty() => write!(f, "{number}-{letters}"),
            (None, _) => write!(f, "{number}/{letters}"),
        }
    }
}

impl FromStr for Symbol {
    type Err = NotASymbol;

    /// Reads a text that is one symbol of known letters, apart from blanks around it.
    ///
    /// # Errors
    /// [`NotASymbol`] if it is anything else.
    fn from_str(text: &str) -> Result<Self, NotASymbol> {
        let text = text.trim();
        Self::scan(text)
            .filter(|found| found.known && found.len == text.len())
            .map(|found| found.symbol)
            .ok_or(NotASymbol)
    }
}

/// A separator of a symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Joint {
    /// Hyphen or dash.
    Hyphen,
    /// Slash, or a sign that an OCR reads for one.
    Slash,
}

/// A position in a text from which a symbol is read.
#[derive(Clone, Copy)]
struct Scanner<'t> {
    /// The whole text.
    text: &'t str,
    /// Offset in bytes.
    at: usize,
}

impl<'t> Scanner<'t> {
    /// Returns the text from here on.
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// Skips at most two blanks; more separate the columns of a table.
    fn blanks(&mut self) {
        let blank = |c: char| c.is_whitespace();
        let len = self
            .rest()
            .chars()
            .take(2)
            .take_while(|&c| blank(c))
            .map(char::len_utf8)
            .sum::<usize>();
        self.at += len;
    }

    /// Skips a separator with the blanks around it; does not move if there is none.
    fn joint(&mut self) -> Option<Joint> {
        let mut ahead = *self;
        ahead.blanks();
        let joint = match ahead.rest().chars().next()? {
            '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ad}' => Joint::Hyphen,
            '/' | '|' | '\\' | '\u{2044}' => Joint::Slash,
            _ => return None,
        };
        ahead.at += ahead.rest().chars().next().map_or(0, char::len_utf8);
        ahead.blanks();
        *self = ahead;
        Some(joint)
    }

    /// Skips a year with the separator after it; does not move if there is none.
    fn year(&mut self) -> Option<(u16, Joint)> {
        let digits = self.rest().bytes().take_while(u8::is_ascii_digit).count();
        let year = self.rest().get(..digits).filter(|_| digits == 4)?.parse().ok()?;
        let mut ahead = Self {
            at: self.at + 4,
            ..*self
        };
        let joint = ahead.joint().filter(|_| (1900..2200).contains(&year))?;
        *self = ahead;
        Some((year, joint))
    }

    /// Skips a run of letters and digits that begins with a letter, and returns it; empty if there is none.
    fn group(&mut self) -> &'t str {
        let rest = self.rest();
        if !rest.starts_with(char::is_alphabetic) {
            return "";
        }
        let len = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        self.at += len;
        &rest[..len]
    }
}

/// Reads the letters after number and year: `NQ/TW`, `NĐ-CP`, `QH15`.
///
/// `joint` is the separator before the letters, if there is one.
fn groups(mut scanner: Scanner<'_>, number: &str, year: Option<u16>, joint: Option<Joint>) -> Option<ScannedSymbol> {
    if joint.is_none() {
        // `92CT/TW`, `221 CT/TW`: without a separator, both codes must be there in capitals.
        scanner.blanks();
    }
    let start = scanner;
    let first = scanner.group();
    if first.is_empty() {
        return None;
    }
    if let Some(found) = kind_and_body(start, first, number, year, joint) {
        return Some(found);
    }
    let joint = joint?;
    // `202/2025/QH15`, `131/CP`: no kind, only the body. `1070/TCT` has the shape of one, that of an official letter.
    let (mut body, len, known) = match body_code(first).filter(|(body, ..)| codes::needs_no_kind(body)) {
        Some((body, _, len)) => (body, len, true),
        None if joint == Joint::Slash && is_unit(first) => (first.to_owned(), first.len(), false),
        None => return None,
    };
    let mut end = Scanner {
        at: start.at + len,
        ..start
    };
    further_bodies(&mut end, &mut body, Style::State);
    Some(ScannedSymbol {
        symbol: Symbol {
            number: number.to_owned(),
            year,
            kind: String::new(),
            body,
            style: Style::State,
        },
        len: end.at,
        known,
    })
}

/// Reads `first`, the group of letters at `start`, as a kind code and the next group as a body.
fn kind_and_body(
    start: Scanner<'_>,
    first: &str,
    number: &str,
    year: Option<u16>,
    joint: Option<Joint>,
) -> Option<ScannedSymbol> {
    let mut scanner = Scanner {
        at: start.at + first.len(),
        ..start
    };
    let second_joint = scanner.joint();
    let group_start = scanner.at;
    let second = if second_joint.is_some() { scanner.group() } else { "" };
    if second.is_empty() {
        return None;
    }
    let kind = kind_code_as_read(first).or_else(|| kind_code(first));
    let known_body = body_code(second);
    let capitals = |group: &str| group.chars().count() >= 2 && !group.chars().any(char::is_lowercase);
    // Letters of no list are taken as they stand if they have the shape of a code; `known` then says so.
    let (body, convention, body_len) = match &known_body {
        Some((body, convention, len)) => (body.clone(), *convention, *len),
        None if capitals(second) => (second.to_owned(), Convention::Either, second.len()),
        None => return None,
    };
    let kind_known = kind.is_some();
    let kind = match kind {
        Some(kind) => kind.to_owned(),
        None if capitals(first) && joint.is_some() => first.to_owned(),
        None => return None,
    };
    let known = kind_known && known_body.is_some();
    // Without a separator after the number only listed codes in capitals make a symbol: `221 CT/TW`.
    if joint.is_none() && !(known && capitals(first)) {
        return None;
    }
    let mut end = Scanner {
        at: group_start + body_len,
        ..start
    };
    let mut body = body;
    let style = style_of(convention, year, joint, second_joint);
    further_bodies(&mut end, &mut body, style);
    Some(ScannedSymbol {
        symbol: Symbol {
            number: number.to_owned(),
            year,
            kind,
            body,
            style,
        },
        len: end.at,
        known,
    })
}

/// Returns the separators of a symbol of a body that numbers in this way, with the separators as printed.
fn style_of(convention: Convention, year: Option<u16>, joint: Option<Joint>, second_joint: Option<Joint>) -> Style {
    match (convention, joint, second_joint) {
        // People exchange the separators (`57/NQ-TW`), so a body that numbers in one way only overrules them.
        (Convention::Party, ..) if year.is_none() => Style::Party,
        (Convention::State, ..) => Style::State,
        // Only normative papers of the state carry a year.
        _ if year.is_some() => Style::State,
        (_, Some(Joint::Slash), Some(Joint::Hyphen)) => Style::State,
        _ => Style::Party,
    }
}

/// Appends to `body` the further issuers of a joint paper, and moves `end` after them: `TTLT-BTC-BNV`,
/// `HD/BTCTW-BTGTW`. In the style of the state the unit that drafted the paper may be the last: `656/TTg-KSTT`,
/// `KH-CAT-PC06`. A blank ends the symbol.
fn further_bodies(end: &mut Scanner<'_>, body: &mut String, style: Style) {
    // At most five issuers in all.
    for _ in 0..4 {
        let mut ahead = *end;
        let mut chars = ahead.rest().chars();
        if !matches!(chars.next(), Some('-' | '/')) {
            return;
        }
        ahead.at += 1;
        let group = ahead.group();
        let (code, len) = match body_code(group) {
            Some((code, _, len)) => (code, len),
            None if style == Style::State && is_unit(group) => (group.to_owned(), group.len()),
            None => return,
        };
        if group.chars().next().is_some_and(char::is_lowercase) {
            return;
        }
        body.push('-');
        body.push_str(&code);
        ahead.at = ahead.at - group.len() + len;
        *end = ahead;
    }
}

/// Returns true if `group` has the shape of the letters of a unit: capitals, and digits after them (`PC06`).
fn is_unit(group: &str) -> bool {
    /// Chars of the longest such letters met in state papers (`KSTTHC`).
    const MAX_CHARS: usize = 8;
    let capitals = group.chars().take_while(|char| char.is_uppercase()).count();
    let digits = group.chars().skip(capitals).take_while(char::is_ascii_digit).count();
    capitals >= 2 && digits <= 2 && (capitals + digits) == group.chars().count() && capitals + digits <= MAX_CHARS
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn symbols_read_to_their_canonical_writing() {
        let rows = [
            ("21-NQ/TW", "21-NQ/TW"),
            ("656/TTg-KSTT", "656/TTg-KSTT"),
            ("130/KH-UBND-PC06", "130/KH-UBND-PC06"),
            ("150/QĐ-UBND-TL", "150/QĐ-UBND-TL"),
            ("02-CTr/TU", "02-CTr/TU"),
            ("02-Ctr/TU", "02-CTr/TU"),
            ("03-TB/BCĐ", "03-TB/BCĐ"),
            ("09-HD/DUK", "09-HD/ĐUK"),
            ("30-QĐ/ĐU", "30-QĐ/ĐU"),
            ("19-QĐi/TU", "19-QĐi/TU"),
            ("1961-QĐNS/TW", "1961-QĐNS/TW"),
            ("55-QB/DU", "55-QĐ/ĐU"),
            ("144-QP/BU", "144-QĐ/ĐU"),
            ("57/NQ-TW", "57-NQ/TW"),
            ("57- NQ/TW", "57-NQ/TW"),
            ("221 CT/TW", "221-CT/TW"),
            ("92CT/TW", "92-CT/TW"),
            ("749/QĐ-TTg", "749/QĐ-TTg"),
            ("749/Qb-TTg", "749/QĐ-TTg"),
            ("71/NQ-CP", "71/NQ-CP"),
            ("30/2020/ND-CP", "30/2020/NĐ-CP"),
            ("202/2025/QH15", "202/2025/QH15"),
            ("76/2025/UBTVQHIS", "76/2025/UBTVQH15"),
            ("35/2023/UBTVQHI1S5", "35/2023/UBTVQH15"),
            ("1656/NQ-UBTVQHI15", "1656/NQ-UBTVQH15"),
            ("18/2015/TTLT-BTC-BNV", "18/2015/TTLT-BTC-BNV"),
            ("06-HD/BTCTW-BTGTW", "06-HD/BTCTW-BTGTW"),
            ("23-L/CTN", "23-L/CTN"),
            ("3260-KH/ĐĐQH15", "3260-KH/ĐĐQH15"),
            ("35/CV-BCĐTKNQ18", "35/CV-BCĐTKNQ18"),
            ("12-BC/BTV", "12-BC/BTV"),
            ("19/2017/NQ-CP", "19/2017/NQ-CP"),
            ("19-2017/NQ-CP", "19/2017/NQ-CP"),
            ("131/CP", "131/CP"),
        ];
        for (text, canonical) in rows {
            let symbol = text.parse::<Symbol>().unwrap_or_else(|_| panic!("{text}"));
            assert_eq!(symbol.to_string(), canonical, "{text}");
            assert_eq!(symbol.to_string().parse(), Ok(symbol), "{text}");
        }
    }

    #[test]
    fn what_looks_like_a_symbol_is_none() {
        for text in [
            "71/73",
            "15/06",
            "22/12/2024",
            "2020 - 2025",
            "8400-42",
            "1.406",
            "12",
            "TW",
            "",
            "10-15 tổ",
            "3/4 Nhân dân",
            "01/HNCT",
            "2-KNĐ",
            "7 - Văn phòng",
            "2025-2030/TW",
            "123456-NQ/TW",
            "65A-123.45",
            "12-nhân/dân",
        ] {
            assert!(text.parse::<Symbol>().is_err(), "{text}");
            assert!(!Symbol::scan(text).is_some_and(|found| found.known), "{text}");
        }
    }

    #[test]
    fn a_scan_ends_with_the_symbol() {
        let rows = [
            ("21-NQ/TW, ngày", "21-NQ/TW"),
            ("21-NQ/TW6 của", "21-NQ/TW"),
            ("21-NQ/TWngày", "21-NQ/TW"),
            ("09-QĐ/ĐU-các", "09-QĐ/ĐU"),
            ("202/2025/QH15.", "202/2025/QH15"),
            ("12 - NQ / TW và", "12 - NQ / TW"),
        ];
        for (text, symbol) in rows {
            let found = Symbol::scan(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(&text[..found.len], symbol);
        }
    }

    proptest! {
        #[test]
        fn reading_is_total_and_canonical_writing_is_stable(text in "[0-9]{1,4}[ -/–][A-ZĐa-zđ0-9 /–-]{0,16}|\\PC{0,20}") {
            if let Some(found) = Symbol::scan(&text) {
                prop_assert!(text.is_char_boundary(found.len));
                prop_assert!(text.starts_with(found.symbol.number.as_str()));
                if found.known {
                    let again = Symbol::scan(&found.symbol.to_string());
                    prop_assert_eq!(again.map(|a| a.symbol), Some(found.symbol));
                }
            }
        }
    }
}
