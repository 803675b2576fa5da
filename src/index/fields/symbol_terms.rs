//! The terms by which a citation is found: its symbol, its kind and number, its letters and number.
//!
//! A citation of `Nghị quyết số 21-NQ/TW` gives the terms `21-nq-tw`, `nghi-quyet:21` and `nq:21`. So the queries
//! `21-NQ/TW`, `nghị quyết 21` and `nq 21` find it even if the text has none of their words.

use crate::citation::{Citation, Relation};
use crate::symbol::{Kind, canonical_symbol, kind_letters, symbol_number, trim_zeros};
use crate::text::fold;

/// Returns the term of a kind and a number (without leading zeros).
pub(crate) fn kind_term(kind: Kind, number: &str) -> String {
    format!("{}:{number}", kind.name())
}

/// Returns the term of the letters of a symbol and its number (without leading zeros).
pub(crate) fn letters_term(letters: &str, number: &str) -> String {
    format!("{letters}:{number}")
}

/// Returns the term of a relation to a cited document, which is given as a value of the facet of cited documents or in
/// canonical form.
pub(crate) fn relation_term(relation: Relation, cited: &str) -> String {
    format!("{}:{}", relation.name(), fold(cited))
}

/// Returns the terms by which `citation` is found together with its relation; none if it has none.
pub(super) fn relation_terms(citation: &Citation) -> Vec<String> {
    let Some(relation) = citation.relation else {
        return Vec::new();
    };
    let keys = [citation.counted_as(), citation.key()];
    let canonical = canonical_symbol(citation.counted_as());
    let cited = keys
        .into_iter()
        .chain(canonical.as_deref())
        .filter(|cited| !cited.is_empty());
    cited.map(|cited| relation_term(relation, cited)).collect()
}

/// Returns the terms by which `citation` is found; none if it is cited by name, and that name has no symbol.
pub(super) fn terms(citation: &Citation) -> Vec<String> {
    let canonical = canonical_symbol(citation.counted_as());
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
