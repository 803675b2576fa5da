//! Typed values of filters: what each stands for among the values that the passages have.
//!
//! A value is taken by its name or by its label, in any case and with or without marks (`han-che`, `Hạn chế`); a document
//! by a beginning of its id; a symbol in any usual writing; a province by any of its names (`TP.HCM`); an issuer by its
//! name or, where no issuer is called so, by words that its name has in this order. A list with commas stands for its
//! parts, unless the whole is a value.

use std::collections::BTreeSet;

use tantivy::Term;

use crate::citation::Relation;
use crate::document::{Place, SectionKind, province};
use crate::index::{Error, Index};
use crate::reading::Quality;
use crate::record::Facet;
use crate::symbol::{Kind, canonical_symbol};
use crate::text::{Named, fold, syllables};

/// A typed value, and the terms of the values that it stands for and that some passage has.
pub(super) struct TypedValue {
    /// The value as typed, or one part of a list.
    pub(super) typed: String,
    /// The terms; empty if no passage has such a value.
    pub(super) terms: Vec<Term>,
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

/// Returns the usual form of a value of a closed list: its name, for provinces the spelling that records have; `None` if
/// the list has no such value, and for facets whose values the corpus decides.
pub(crate) fn usual_value(facet: Facet, typed: &str) -> Option<String> {
    let part = |part: &str| {
        if facet == Facet::Province {
            return province::usual_name(part);
        }
        let asked = syllables(part).join("-");
        let closed = closed_values(facet)?;
        let is_asked = |&(name, label): &(&str, &str)| asked == name || asked == syllables(label).join("-");
        closed.into_iter().find(is_asked).map(|(name, _)| name)
    };
    if !facet.is_nested() {
        return part(typed).map(str::to_owned);
    }
    let parts: Option<Vec<&str>> = typed.split('/').map(part).collect();
    parts.map(|parts| parts.join("/"))
}

/// Returns the names and labels of the values of a facet, or of the parts of nested ones, if they are a closed list.
pub(super) fn closed_values(facet: Facet) -> Option<Vec<(&'static str, &'static str)>> {
    match facet {
        Facet::Place => Some(labeled(Place::label)),
        Facet::Quality => Some(labeled(Quality::label)),
        Facet::Relation => Some(labeled(Relation::label)),
        Facet::Section => Some(labeled(SectionKind::label)),
        Facet::CitedKind => Some(labeled(Kind::label)),
        Facet::Document | Facet::Kind | Facet::Issuer | Facet::Province | Facet::Term | Facet::Cites => None,
    }
}

/// Returns the names of all values of an enumeration, with their labels.
fn labeled<N: Named>(label: fn(N) -> &'static str) -> Vec<(&'static str, &'static str)> {
    N::ALL.iter().map(|&value| (value.name(), label(value))).collect()
}

/// Returns the terms of the values that `typed` stands for and that some passage has.
fn terms_of(index: &Index, facet: Facet, typed: &str) -> Result<Vec<Term>, Error> {
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
    let field = index.fields().facet(facet);
    let mut terms: Vec<Term> = values.iter().map(|value| Term::from_field_text(field, value)).collect();
    terms.dedup();
    retain_present(index, &mut terms)?;
    // `57/NQ-TW` is no value of the facet, but the same symbol as `57-NQ/TW`, which is.
    if terms.is_empty()
        && facet == Facet::Cites
        && let Some(canonical) = canonical_symbol(typed)
    {
        terms.push(Term::from_field_text(index.fields().symbol, &canonical));
        retain_present(index, &mut terms)?;
    }
    Ok(terms)
}

/// Retains the terms that some passage has.
fn retain_present(index: &Index, terms: &mut Vec<Term>) -> Result<(), Error> {
    let mut present = Vec::with_capacity(terms.len());
    for term in terms.drain(..) {
        if index.guard(|| index.searcher().doc_freq(&term))? > 0 {
            present.push(term);
        }
    }
    *terms = present;
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
    let names: BTreeSet<String> = values(index, Facet::Issuer)?.iter().map(|name| fold(name)).collect();
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

/// Returns all values of a facet that some passage has, sorted.
pub(super) fn values(index: &Index, facet: Facet) -> Result<BTreeSet<String>, Error> {
    let mut values = BTreeSet::new();
    for segment in index.searcher().segment_readers() {
        index.guard(|| {
            if let Some(column) = segment.fast_fields().str(facet.name())? {
                let mut stream = column.dictionary().stream()?;
                while let Some((value, _)) = stream.next() {
                    values.insert(String::from_utf8_lossy(value).into_owned());
                }
            }
            Ok(())
        })?;
    }
    Ok(values)
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
