//! Document symbols as terms: what is cited, found by symbol, by kind and number, or by letters and number.
//!
//! A citation of `Nghị quyết số 21-NQ/TW` gives the terms `21-nq-tw`, `nghi-quyet:21` and `nq:21`: whoever asks
//! for `21-NQ/TW`, `nghị quyết 21` or `nq 21` finds it without a word of it standing in the text.

use crate::citation::Citation;
use crate::symbol::{Kind, canonical_symbol, trim_zeros};

/// The term of a kind and a number (without leading zeros).
pub(crate) fn kind_term(kind: Kind, number: &str) -> String {
    format!("{}:{number}", kind.name())
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
        let letters = canonical.split('-').find(|group| !Kind::of_letters(group).is_empty());
        terms.extend(letters.map(|letters| letters_term(letters, &number)));
        terms.push(canonical);
    }
    terms
}
