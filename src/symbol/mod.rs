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
mod misread;
mod scan;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

pub use canonical::canonical_symbol;
pub(crate) use canonical::{kind_letters, symbol_number, trim_zeros};
pub(crate) use kind::document_types;
pub use kind::{Citing, Kind, TYPE_WORDS, TypeWord};

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
            ("57-NQ/T.Ư", "57-NQ/TW"),
            ("57-NQ/T.W", "57-NQ/TW"),
            ("57-NQTW", "57-NQ/TW"),
            ("749/QĐTTg", "749/QĐ-TTg"),
            ("57-NQ TW", "57-NQ/TW"),
            ("30/2020 NĐ-CP", "30/2020/NĐ-CP"),
            ("30/2020/NĐCP", "30/2020/NĐ-CP"),
            ("31/2024/QH 15", "31/2024/QH15"),
            ("31/2024/QH-15", "31/2024/QH15"),
            ("23-HD/BTC TW", "23-HD/BTCTW"),
            ("26/2020/TT-BGD&ĐT", "26/2020/TT-BGD&ĐT"),
            ("12/2011/TT-BNN&PTNT", "12/2011/TT-BNN&PTNT"),
            ("18/2015/TTLT-BTC - BNV", "18/2015/TTLT-BTC-BNV"),
            ("18/2015/TTLT/BTC- BNV", "18/2015/TTLT-BTC-BNV"),
            ("18/2015/TTLT BTC-BNV", "18/2015/TTLT-BTC-BNV"),
            ("69-NQ\u{2215}TW", "69-NQ/TW"),
            ("1057-/CV/TU", "1057-CV/TU"),
            ("710/CP-CN", "710/CP-CN"),
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
            "5-TTCP",
            "3-NQ và",
            "5/2020 QĐ của",
            "12-HD/A.B",
        ] {
            assert!(text.parse::<Symbol>().is_err(), "{text}");
            assert!(!Symbol::scan(text).is_some_and(|found| found.known), "{text}");
        }
    }

    #[test]
    fn a_body_of_no_list_keeps_its_letters() {
        let letters = |text: &str| Symbol::scan(text).map(|found| (found.symbol.to_string(), found.known));
        let read = |text: &str| Some((text.to_owned(), false));
        assert_eq!(letters("483/HD-DHVN"), read("483/HD-ĐHVN"));
        assert_eq!(letters("483/QĐ-DHVN"), read("483/QĐ-DHVN"));
        assert_eq!(letters("4236/SXD-QLN&CS"), read("4236/SXD-QLN&CS"));
        assert_eq!(letters("21/2014/BGD&ĐT"), read("21/2014/BGD&ĐT"));
        assert_eq!(letters("02/KH/CCB-VSP"), read("02-KH/CCB-VSP"));
        // Resolutions may be counted so.
        assert_eq!(letters("16 NQ TW"), read("16-NQ/TW"));
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
            ("57-NQ/T.Ư. Đảng", "57-NQ/T.Ư"),
            ("57-NQ/TW&59-NQ/TW", "57-NQ/TW"),
            ("06-HD/BTCTW - BTGTW của", "06-HD/BTCTW"),
            ("89-SL ngày", "89-SL"),
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
