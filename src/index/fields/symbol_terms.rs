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

/// Returns the term of a citation by at least two of its act, the kind of the cited document, and that document, which is
/// given as a value of the facet of cited documents or in canonical form.
pub(crate) fn citation_term(relation: Option<Relation>, kind: Option<Kind>, cited: Option<&str>) -> String {
    let relation = relation.map_or("", Relation::name);
    let kind = kind.map_or("", Kind::name);
    format!("{relation}:{kind}:{}", cited.map(fold).unwrap_or_default())
}

/// Returns the terms by which `citation` is found by two or three of its properties.
pub(super) fn citation_terms(citation: &Citation) -> Vec<String> {
    let canonical = canonical_symbol(citation.counted_as());
    let mut keys: Vec<&str> = vec![citation.counted_as(), citation.key()];
    keys.extend(canonical.as_deref());
    keys.retain(|key| !key.is_empty());
    let kind = Some(citation.kind);
    let mut terms = Vec::new();
    if citation.is_own_document() {
        return terms;
    }
    for cited in keys {
        terms.push(citation_term(None, kind, Some(cited)));
        if citation.relation.is_some() {
            terms.push(citation_term(citation.relation, None, Some(cited)));
            terms.push(citation_term(citation.relation, kind, Some(cited)));
        }
    }
    if citation.relation.is_some() {
        terms.push(citation_term(citation.relation, kind, None));
    }
    terms
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
