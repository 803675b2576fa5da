//! Document symbols as terms: what is cited, found by symbol, by kind and number, or by letters and number.
//!
//! A citation of `Nghị quyết số 21-NQ/TW` gives the terms `21-nq-tw`, `nghi-quyet:21` and `nq:21`: whoever asks
//! for `21-NQ/TW`, `nghị quyết 21` or `nq 21` finds it without a word of it standing in the text.

use crate::citation::{Citation, CitationKind};
use crate::text::{TokenKind, Tokens};

/// Letters of symbols and the kinds that they stand for. Sources: Quy định 66-QĐ/TW of 2017 and Hướng dẫn
/// 36-HD/VPTW of 2018 (`QĐ` is both quyết định and quy định, `QĐi` quy định alone), Nghị định 30/2020/NĐ-CP,
/// Phụ lục III; `CT` for chương trình is seen in provincial papers.
const CODES: [(&str, &[CitationKind]); 13] = [
    ("nq", &[CitationKind::NghiQuyet]),
    ("kl", &[CitationKind::KetLuan]),
    ("qd", &[CitationKind::QuyDinh, CitationKind::QuyetDinh]),
    ("qdi", &[CitationKind::QuyDinh]),
    ("qyd", &[CitationKind::QuyDinh]),
    ("ct", &[CitationKind::ChiThi, CitationKind::ChuongTrinh]),
    ("hd", &[CitationKind::HuongDan]),
    ("tb", &[CitationKind::ThongBao]),
    ("ctr", &[CitationKind::ChuongTrinh]),
    ("kh", &[CitationKind::KeHoach]),
    ("nd", &[CitationKind::NghiDinh]),
    ("tt", &[CitationKind::ThongTu]),
    ("l", &[CitationKind::Luat]),
];

/// The kinds that the folded letters `code` stand for; empty for letters that are none of a kind.
#[must_use]
pub fn kind_codes(code: &str) -> &'static [CitationKind] {
    CODES
        .iter()
        .find(|(known, _)| *known == code)
        .map_or(&[], |(_, kinds)| kinds)
}

/// The form in which symbols are compared: folded, groups joined by `-`, the number without leading zeros, so
/// that `57-NQ/TW` and `57/NQ-TW` are one, and `05-CT/TW` and `5-CT/TW`.
///
/// `None` where `text` does not begin with a number or is nothing but one.
///
/// ```
/// use vankien::index::symbols::canonical_symbol;
/// assert_eq!(canonical_symbol("05–CT/TW").as_deref(), Some("5-ct-tw"));
/// assert_eq!(canonical_symbol("30 / 2020 / NĐ-CP").as_deref(), Some("30-2020-nd-cp"));
/// assert_eq!(canonical_symbol("Điều lệ Đảng"), None);
/// ```
#[must_use]
pub fn canonical_symbol(text: &str) -> Option<String> {
    let mut canonical = String::with_capacity(text.len());
    let mut tokens = Tokens::new(text);
    let mut letters = false;
    while let Some(token) = tokens.advance() {
        match token.kind {
            TokenKind::Symbol | TokenKind::Date => continue,
            TokenKind::Word if canonical.is_empty() => return None,
            TokenKind::Word => letters = true,
            TokenKind::Number => {}
        }
        if canonical.is_empty() {
            canonical.push_str(trim_zeros(tokens.folded()));
        } else {
            canonical.push('-');
            canonical.push_str(tokens.folded());
        }
    }
    letters.then_some(canonical)
}

/// A number without leading zeros; `0` for nothing but zeros.
pub(crate) fn trim_zeros(number: &str) -> &str {
    let trimmed = number.trim_start_matches('0');
    if trimmed.is_empty() { "0" } else { trimmed }
}

/// The stable name of a kind: `nghi-quyet`.
#[must_use]
pub const fn kind_name(kind: CitationKind) -> &'static str {
    match kind {
        CitationKind::NghiQuyet => "nghi-quyet",
        CitationKind::KetLuan => "ket-luan",
        CitationKind::QuyDinh => "quy-dinh",
        CitationKind::QuyetDinh => "quyet-dinh",
        CitationKind::ChiThi => "chi-thi",
        CitationKind::HuongDan => "huong-dan",
        CitationKind::ThongBao => "thong-bao",
        CitationKind::ChuongTrinh => "chuong-trinh",
        CitationKind::KeHoach => "ke-hoach",
        CitationKind::Luat => "luat",
        CitationKind::NghiDinh => "nghi-dinh",
        CitationKind::ThongTu => "thong-tu",
        CitationKind::DieuLe => "dieu-le",
        CitationKind::Other => "other",
    }
}

/// The term of a kind and a number (without leading zeros).
pub(crate) fn kind_term(kind: CitationKind, number: &str) -> String {
    format!("{}:{number}", kind_name(kind))
}

/// The term of the letters of a symbol and its number (without leading zeros).
pub(crate) fn letters_term(letters: &str, number: &str) -> String {
    format!("{letters}:{number}")
}

/// The terms that a citation is found by; none for one by name.
pub(super) fn terms(citation: &Citation) -> Vec<String> {
    let canonical = citation.symbol.as_deref().and_then(canonical_symbol);
    let number = match (&canonical, &citation.number) {
        (Some(canonical), _) => canonical.split('-').next().unwrap_or("").to_owned(),
        (None, Some(number)) => trim_zeros(number).to_owned(),
        (None, None) => return Vec::new(),
    };
    let mut terms = vec![kind_term(citation.kind, &number)];
    if let Some(canonical) = canonical {
        let letters = canonical.split('-').find(|group| !kind_codes(group).is_empty());
        terms.extend(letters.map(|letters| letters_term(letters, &number)));
        terms.push(canonical);
    }
    terms
}
