//! Filter values and facets by name; an unknown one is an error that lists the valid ones.

use std::borrow::Cow;

use crate::citation::Relation;
use crate::document::{Place, SectionKind};
use crate::index::{Error, Index};
use crate::query::Filters;
use crate::reading::Quality;
use crate::record::Facet;
use crate::text::Named;

/// A filter value or facet that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum InvalidValue {
    /// A name that is no facet.
    #[error("there is no facet '{name}'; there are {}", allowed.join(", "))]
    Facet {
        /// The name.
        name: String,
        /// All names of facets.
        allowed: Vec<&'static str>,
    },
    /// A value that no passage can ever have.
    #[error("there is no {facet} '{value}'; there are {}", allowed.join(", "))]
    Value {
        /// The facet.
        facet: Facet,
        /// The part of the value that is invalid.
        value: String,
        /// All valid parts.
        allowed: Vec<&'static str>,
    },
    /// A document that does not exist or is ambiguous, or an index that cannot be read.
    #[error(transparent)]
    Index(#[from] Error),
}

impl InvalidValue {
    /// Returns advice on what to do about it.
    #[must_use]
    pub fn hint(&self) -> Option<Cow<'static, str>> {
        match self {
            Self::Index(error) => error.hint(),
            Self::Facet { .. } | Self::Value { .. } => None,
        }
    }
}

/// Returns the filters for these values. The id of a document may be cut short where that is unambiguous.
///
/// # Errors
/// [`InvalidValue`].
pub fn filters_of<'v>(
    index: &Index,
    chosen: impl IntoIterator<Item = (Facet, &'v str)>,
) -> Result<Filters, InvalidValue> {
    let mut filters = Filters::default();
    for (facet, value) in chosen {
        check(facet, value)?;
        match facet {
            Facet::Document => filters.add(facet, index.resolve_id(value)?),
            _ => filters.add(facet, value),
        }
    }
    Ok(filters)
}

/// Returns the facets with these names; skips blank names.
///
/// # Errors
/// [`InvalidValue::Facet`].
pub fn facets_named<'n>(names: impl IntoIterator<Item = &'n str>) -> Result<Vec<Facet>, InvalidValue> {
    let names = names.into_iter().map(str::trim).filter(|name| !name.is_empty());
    let facets = names.map(|name| {
        Facet::from_name(name).ok_or_else(|| InvalidValue::Facet {
            name: name.to_owned(),
            allowed: Facet::ALL.iter().map(|facet| facet.name()).collect(),
        })
    });
    facets.collect()
}

/// Returns the values that a filter by `facet` may have, or each part of them if they nest; `None` if the corpus
/// decides.
#[must_use]
pub fn allowed_values(facet: Facet) -> Option<Vec<&'static str>> {
    match facet {
        Facet::Place => Some(names::<Place>()),
        Facet::Quality => Some(names::<Quality>()),
        Facet::Relation => Some(names::<Relation>()),
        Facet::Section => Some(names::<SectionKind>()),
        _ => None,
    }
}

/// Returns the names of all values of an enumeration.
fn names<N: Named>() -> Vec<&'static str> {
    N::ALL.iter().map(|value| value.name()).collect()
}

/// Checks that some passage could have this value.
fn check(facet: Facet, value: &str) -> Result<(), InvalidValue> {
    let Some(allowed) = allowed_values(facet) else {
        return Ok(());
    };
    let parts: Vec<&str> = if facet.is_nested() {
        value.split('/').collect()
    } else {
        vec![value]
    };
    let unknown = parts
        .into_iter()
        .find(|part| !allowed.iter().any(|known| known.eq_ignore_ascii_case(part)));
    match unknown {
        None => Ok(()),
        Some(part) => Err(InvalidValue::Value {
            facet,
            value: part.to_owned(),
            allowed,
        }),
    }
}
