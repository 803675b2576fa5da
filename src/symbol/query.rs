//! What people type when they mean a symbol: `nq 21`, `nghị quyết 21`, `21 nq/tw`, `57–NQ/TW`.

use super::codes::{body_code, code_of_words, kind_code_as_read, words_of_code};
use super::{Scanned, Symbol};
use crate::text::fold;

/// A symbol as far as somebody typed it: a number and what of its letters is given.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SymbolQuery {
    /// The number as typed.
    pub number: String,
    /// The year, of a normative state paper.
    pub year: Option<u16>,
    /// Canonical kind code; `None` where any will do.
    pub kind: Option<String>,
    /// Canonical issuer code; `None` where any will do.
    pub body: Option<String>,
}

impl SymbolQuery {
    /// Does `symbol` agree with all that was typed? Zeros before the number do not count, and of two kinds
    /// with the same words (`QĐ` and `QĐi`) either will do.
    #[must_use]
    pub fn matches(&self, symbol: &Symbol) -> bool {
        let bare = |number: &str| number.trim_start_matches('0').to_owned();
        let same_words = |code: &str| words_of_code(code).any(|words| words_of_code(&symbol.kind).any(|w| w == words));
        bare(&self.number) == bare(&symbol.number)
            && self
                .year
                .is_none_or(|year| symbol.year.is_none_or(|other| other == year))
            && self
                .kind
                .as_deref()
                .is_none_or(|kind| kind == symbol.kind || same_words(kind))
            && self.body.as_deref().is_none_or(|body| body == symbol.body)
    }
}

impl From<Symbol> for SymbolQuery {
    fn from(symbol: Symbol) -> Self {
        Self {
            number: symbol.number,
            year: symbol.year,
            kind: (!symbol.kind.is_empty()).then_some(symbol.kind),
            body: Some(symbol.body),
        }
    }
}

impl Symbol {
    /// Reads what somebody typed as a symbol or a part of one; `None` for anything that holds another word.
    ///
    /// There must be one number, and with it a kind (its code or its words, with or without marks) or an
    /// issuer code, in any order; `số` is passed over.
    ///
    /// ```
    /// use vankien::symbol::Symbol;
    /// let resolution: Symbol = "21-NQ/TW".parse().unwrap();
    /// for typed in ["21-NQ/TW", "nq 21", "nghị quyết 21", "nghi quyet so 21", "21 nq/tw", "nq21", "21–NQ/TW"] {
    ///     assert!(Symbol::parse_query(typed).unwrap().matches(&resolution), "{typed}");
    /// }
    /// assert!(!Symbol::parse_query("kl 21").unwrap().matches(&resolution));
    /// assert_eq!(Symbol::parse_query("nghị quyết 21 tổ chức"), None);
    /// assert_eq!(Symbol::parse_query("2020-2025"), None);
    /// ```
    #[must_use]
    pub fn parse_query(text: &str) -> Option<SymbolQuery> {
        let text = text.trim();
        if text.len() > 80 {
            return None; // longer than any kind in words with any symbol
        }
        if let Some(Scanned {
            symbol,
            len,
            known: true,
        }) = Symbol::scan(text)
            && len == text.len()
        {
            return Some(symbol.into());
        }
        let mut query = SymbolQuery {
            number: String::new(),
            year: None,
            kind: None,
            body: None,
        };
        let mut words: Vec<String> = Vec::new();
        for piece in pieces(text) {
            if let Some(Scanned {
                symbol,
                len,
                known: true,
            }) = Symbol::scan(piece)
                && len == piece.len()
                && query.number.is_empty()
            {
                query = SymbolQuery {
                    kind: (!symbol.kind.is_empty()).then_some(symbol.kind).or(query.kind),
                    number: symbol.number,
                    year: symbol.year,
                    body: Some(symbol.body),
                };
                continue;
            }
            for part in parts(piece) {
                query.take(part, &mut words)?;
            }
        }
        if !words.is_empty() {
            query.kind = Some(code_of_words(&words.join(" "))?.to_owned()).or(query.kind);
        }
        let given = !query.number.is_empty() && (query.kind.is_some() || query.body.is_some());
        given.then_some(query)
    }
}

impl SymbolQuery {
    /// Takes up one run of letters or of digits; `None` where nothing in a symbol is like it.
    fn take(&mut self, part: &str, words: &mut Vec<String>) -> Option<()> {
        let folded = fold(part);
        if part.starts_with(|c: char| c.is_ascii_digit()) {
            let year = part
                .parse()
                .ok()
                .filter(|year| part.len() == 4 && (1990..2100).contains(year));
            match year {
                _ if self.number.is_empty() && part.len() <= 5 => part.clone_into(&mut self.number),
                Some(year) if self.year.is_none() => self.year = Some(year),
                _ => return None,
            }
        } else if let Some(code) = kind_code_as_read(part).filter(|_| self.kind.is_none()) {
            self.kind = Some(code.to_owned());
        } else if let Some((code, _, len)) = body_code(part).filter(|_| self.body.is_none())
            && len == part.len()
            && !is_kind_word(&folded)
        {
            self.body = Some(code);
        } else if is_kind_word(&folded) {
            words.push(folded);
        } else if folded != "so" {
            return None;
        }
        Some(())
    }
}

/// Is it a syllable of some kind's words?
fn is_kind_word(folded: &str) -> bool {
    const SYLLABLES: &[&str] = &[
        "nghi", "quyet", "ket", "luan", "dinh", "quy", "chi", "thi", "huong", "dan", "thong", "bao", "chuong", "trinh",
        "ke", "hoach", "tu", "tri", "che", "cao", "to", "cong", "van", "de", "an", "phap", "lenh", "hanh", "dong",
        "dien",
    ];
    SYLLABLES.contains(&folded)
}

/// The stretches between blanks, with those that a separator joins kept together.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ':' | '.'))
        .filter(|piece| !piece.is_empty())
}

/// The runs of letters and of digits of one stretch; digits behind `QH` stay with it.
fn parts(piece: &str) -> impl Iterator<Item = &str> {
    piece.split(|c: char| !c.is_alphanumeric()).flat_map(|group| {
        let digits = group.find(|c: char| c.is_ascii_digit()).unwrap_or(group.len());
        let glued = digits > 0 && digits < group.len() && !group[..digits].to_ascii_uppercase().ends_with("QH");
        let letters = group.find(|c: char| !c.is_ascii_digit()).unwrap_or(group.len());
        let cut = match (glued, digits) {
            (true, _) => digits,
            (false, 0) => letters,
            _ => group.len(),
        };
        let (head, tail) = group.split_at(cut);
        [head, tail].into_iter().filter(|part| !part.is_empty())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(number: &str, year: Option<u16>, kind: Option<&str>, body: Option<&str>) -> Option<SymbolQuery> {
        Some(SymbolQuery {
            number: number.to_owned(),
            year,
            kind: kind.map(str::to_owned),
            body: body.map(str::to_owned),
        })
    }

    #[test]
    fn usual_writings_are_understood() {
        for text in [
            "nq 21",
            "nghị quyết 21",
            "nq21",
            "Nghị quyết số 21",
            "NGHI QUYET 21",
            "21 nq",
            "21-NQ",
        ] {
            assert_eq!(Symbol::parse_query(text), query("21", None, Some("NQ"), None), "{text}");
        }
        for text in [
            "21-NQ/TW",
            "21 nq/tw",
            "21–NQ/TW",
            "nq 21 tw",
            "nghị quyết 21-NQ/TW",
            "nghị quyết số 21 - nq / tw",
        ] {
            assert_eq!(
                Symbol::parse_query(text),
                query("21", None, Some("NQ"), Some("TW")),
                "{text}"
            );
        }
        let decree = query("30", Some(2020), Some("NĐ"), Some("CP"));
        assert_eq!(Symbol::parse_query("nghị định 30/2020/NĐ-CP"), decree);
        assert_eq!(
            Symbol::parse_query("202/2025/qh15"),
            query("202", Some(2025), None, Some("QH15"))
        );
    }

    #[test]
    fn prose_is_no_symbol() {
        for text in [
            "",
            "21",
            "nghị quyết",
            "tw",
            "nghị quyết đại hội 13",
            "2020-2025",
            "15/06/2024",
            "100% đảng viên",
            "nq 21 22 23",
        ] {
            assert_eq!(Symbol::parse_query(text), None, "{text}");
        }
    }
}
