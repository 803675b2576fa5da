//! Typed values of filters: what each stands for among the values that the passages have.
//!
//! A value is taken by its name or by its label, in any case and with or without marks (`han-che`, `Hạn chế`); a document
//! by a beginning of its id; a symbol in any usual writing; a province by any of its names (`TP.HCM`); an issuer by its
//! name or, where no issuer is called so, by words that its name has in this order. A list with commas stands for its
//! parts, unless the whole is a value.

use std::collections::BTreeSet;

use super::ask::{Key, TermField};
use super::closed_values::usual_value;
use super::opened::engine_of;
use crate::index::{Error, Index};
use crate::record::Facet;
use crate::symbol::canonical_symbol;
use crate::text::{fold, syllables};

/// A typed value, and the terms of the values that it stands for and that some passage has.
pub(super) struct TypedValue {
    /// The value as typed, or one part of a list.
    pub(super) typed: String,
    /// The terms; empty if no passage has such a value.
    pub(super) terms: Vec<Key>,
}

/// Returns the values that `typed` lists, at least one.
pub(super) fn typed_values(index: &Index, facet: Facet, typed: &str) -> Result<Vec<TypedValue>, Error> {
    let value = |typed: &str| {
        Ok::<_, Error>(TypedValue {
            typed: typed.to_owned(),
            terms: terms_of(index, facet, typed)?,
        })
    };
    let whole = value(typed)?;
    let mut parts = typed
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .peekable();
    if !whole.terms.is_empty() || !typed.contains(',') || parts.peek().is_none() || usual_value(facet, typed).is_some()
    {
        return Ok(vec![whole]);
    }
    parts.map(value).collect()
}

/// Returns the terms of the values that `typed` stands for and that some passage has.
fn terms_of(index: &Index, facet: Facet, typed: &str) -> Result<Vec<Key>, Error> {
    let folded = fold(typed.trim());
    let values = match facet {
        Facet::Document => documents(index, &folded)?,
        Facet::Issuer => issuers(index, &folded)?,
        Facet::Term => vec![without_blanks(&folded)],
        Facet::Kind => vec![folded.replace('-', " "), folded],
        Facet::Cites => vec![folded],
        Facet::Province => [
            Some(nested(&folded)),
            usual_value(facet, typed).map(|usual| fold(&usual)),
        ]
        .into_iter()
        .flatten()
        .collect(),
        Facet::Section | Facet::Place | Facet::Quality | Facet::Relation | Facet::CitedKind => {
            usual_value(facet, typed).into_iter().collect()
        }
    };
    let mut terms: Vec<Key> = values
        .into_iter()
        .map(|value| Key::new(TermField::Facet(facet), value))
        .collect();
    terms.dedup();
    retain_present(index, &mut terms)?;
    // `57/NQ-TW` is no value of the facet, but the same symbol as `57-NQ/TW`, which is.
    if terms.is_empty()
        && facet == Facet::Cites
        && let Some(canonical) = canonical_symbol(typed)
    {
        terms.push(Key::new(TermField::Symbol, canonical));
        retain_present(index, &mut terms)?;
    }
    Ok(terms)
}

/// Retains the terms that some passage has.
fn retain_present(index: &Index, terms: &mut Vec<Key>) -> Result<(), Error> {
    let mut frequencies = engine_of(index).frequencies(terms)?.into_iter();
    terms.retain(|_| frequencies.next().is_some_and(|passages| passages > 0));
    Ok(())
}

/// Returns the folded id of the document `folded`, or else the ids that begin with it.
fn documents(index: &Index, folded: &str) -> Result<Vec<String>, Error> {
    let mut ids: Vec<String> = index.documents()?.map(|document| fold(&document.document)).collect();
    ids.retain(|id| !folded.is_empty() && id.starts_with(folded));
    Ok(if ids.iter().any(|id| id == folded) {
        vec![folded.to_owned()]
    } else {
        ids
    })
}

/// Returns the folded name of the issuer `folded`, or else the names that have its words in this order.
fn issuers(index: &Index, folded: &str) -> Result<Vec<String>, Error> {
    let names: BTreeSet<String> = engine_of(index)
        .values(Facet::Issuer)?
        .iter()
        .map(|name| fold(name))
        .collect();
    if names.contains(folded) {
        return Ok(vec![folded.to_owned()]);
    }
    let asked = syllables(folded);
    let has_words = |name: &String| {
        let mut words = syllables(name).into_iter();
        !asked.is_empty() && asked.iter().all(|word| words.any(|other| other == *word))
    };
    Ok(names.into_iter().filter(has_words).collect())
}

/// Returns `2020 – 2025` as `2020-2025`.
pub(super) fn without_blanks(text: &str) -> String {
    text.chars()
        .filter(|char| !char.is_whitespace())
        .map(|char| {
            if matches!(char, '\u{2010}'..='\u{2015}') {
                '-'
            } else {
                char
            }
        })
        .collect()
}

/// Returns a nested value without blanks around its slashes.
fn nested(text: &str) -> String {
    let parts: Vec<&str> = text.split('/').map(str::trim).collect();
    parts.join("/")
}
