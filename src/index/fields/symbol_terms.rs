//! The terms by which a citation is found: its symbol, its kind and number, its letters and number.
//!
//! A citation of `Nghị quyết số 21-NQ/TW` gives the terms `21-nq-tw`, `nghi-quyet:21` and `nq:21`. So the queries
//! `21-NQ/TW`, `nghị quyết 21` and `nq 21` find it even if the text has none of their words.

use crate::citation::Citation;
use crate::symbol::{Kind, canonical_symbol, kind_letters, symbol_number, trim_zeros};

/// Returns the term of a kind and a number (without leading zeros).
pub(crate) fn kind_term(kind: Kind, number: &str) -> String {
    format!("{}:{number}", kind.name())
}

/// Returns the term of the letters of a symbol and its number (without leading zeros).
pub(crate) fn letters_term(letters: &str, number: &str) -> String {
    format!("{letters}:{number}")
}

/// Returns the terms by which `citation` is found; none if it is cited by name.
pub(super) fn terms(citation: &Citation) -> Vec<String> {
    let canonical = citation.symbol.as_deref().and_then(canonical_symbol);
    let number = match (&canonical, &citation.number) {
        (Some(canonical), _) => symbol_number(canonical).to_owned(),
        (None, Some(number)) => trim_zeros(number).to_owned(),
        (None, None) => return Vec::new(),
    };
    let mut terms = vec![kind_term(citation.kind, &number)];
    if let Some(canonical) = canonical {
        terms.extend(kind_letters(&canonical).map(|letters| letters_term(letters, &number)));
        terms.push(canonical);
    }
    terms
}
