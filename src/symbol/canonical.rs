//! The one form in which symbols are compared, found and stored.
//!
//! A symbol is printed in many ways that mean one series and one number: `57-NQ/TW` and `57/NQ-TW`, `05-CT/TW` and
//! `5-CT/TW`. [`canonical_symbol`] maps all of them to one string; queries, the index and the reports of citations
//! compare these strings and nothing else.

use super::kind::Kind;
use crate::text::{TokenKind, Tokens};

/// Returns the canonical form of the symbol that `text` is: folded groups joined by `-`, the number without leading
/// zeros.
///
/// Returns `None` if `text` does not begin with a number or holds no letters.
///
/// ```
/// use vankien::symbol::canonical_symbol;
/// assert_eq!(canonical_symbol("05–CT/TW").as_deref(), Some("5-ct-tw"));
/// assert_eq!(canonical_symbol("30 / 2020 / NĐ-CP").as_deref(), Some("30-2020-nd-cp"));
/// assert_eq!(canonical_symbol("21-KL/TƯ").as_deref(), Some("21-kl-tw"));
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
            continue;
        }
        canonical.push('-');
        // With its mark, TƯ is Trung ương; TU is a province's committee.
        canonical.push_str(if tokens.exact() == "tư" { "tw" } else { tokens.folded() });
    }
    letters.then_some(canonical)
}

/// Returns the number of a symbol in canonical form: `5` of `5-ct-tw`.
pub(crate) fn symbol_number(canonical: &str) -> &str {
    canonical.split('-').next().unwrap_or("")
}

/// Returns the letters of the kind in a symbol in canonical form: `ct` of `5-ct-tw`; `None` if no group names a kind.
pub(crate) fn kind_letters(canonical: &str) -> Option<&str> {
    canonical.split('-').find(|group| !Kind::of_letters(group).is_empty())
}

/// Returns `number` without leading zeros; `0` if it has no other digits.
pub(crate) fn trim_zeros(number: &str) -> &str {
    let trimmed = number.trim_start_matches('0');
    if trimmed.is_empty() { "0" } else { trimmed }
}
