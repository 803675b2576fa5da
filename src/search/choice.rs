//! What people choose by name: values of filters and facets, with what is allowed told where there is no such thing.

use crate::document::{Place, SectionKind};
use crate::index::{Error, Facet, Index};
use crate::query::Filters;
use crate::reading::Quality;
use crate::text::Named;

/// Why a choice cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Unusable {
    /// There is no such facet.
    #[error("there is no facet '{name}'; there are {}", allowed.join(", "))]
    Facet {
        /// What was asked for.
        name: String,
        /// What there is.
        allowed: Vec<&'static str>,
    },
    /// No passage can ever have this value.
    #[error("there is no {facet} '{value}'; there are {}", allowed.join(", "))]
    Value {
        /// The facet.
        facet: Facet,
        /// What was asked for.
        value: String,
        /// What there is.
        allowed: Vec<&'static str>,
    },
    /// A document that is not there or not the only one, or an index that cannot be read.
    #[error(transparent)]
    Index(#[from] Error),
}

impl Unusable {
    /// What to do about it, for people.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Index(error) => error.hint(),
            Self::Facet { .. } | Self::Value { .. } => None,
        }
    }
}

/// The filters that `chosen` values make.
///
/// # Errors
/// [`Unusable`].
pub fn filters_of<'v>(index: &Index, chosen: impl IntoIterator<Item = (Facet, &'v str)>) -> Result<Filters, Unusable> {
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

/// The facets with these names; empty ones are left out.
///
/// # Errors
/// [`Unusable::Facet`].
pub fn facets_named<'n>(names: impl IntoIterator<Item = &'n str>) -> Result<Vec<Facet>, Unusable> {
    let names = names.into_iter().map(str::trim).filter(|name| !name.is_empty());
    let facets = names.map(|name| {
        Facet::from_name(name).ok_or_else(|| Unusable::Facet {
            name: name.to_owned(),
            allowed: Facet::ALL.map(Facet::name).to_vec(),
        })
    });
    facets.collect()
}

/// The values that a part of a filter can have; `None` where the corpus decides.
#[must_use]
pub fn values_allowed(facet: Facet) -> Option<Vec<&'static str>> {
    match facet {
        Facet::Place => Some(names::<Place>()),
        Facet::Quality => Some(names::<Quality>()),
        Facet::Section => Some(names::<SectionKind>()),
        _ => None,
    }
}

/// Returns the names of all values of an enumeration.
fn names<N: Named>() -> Vec<&'static str> {
    N::ALL.iter().map(|value| value.name()).collect()
}

/// Refuses a value that no passage can ever have.
fn check(facet: Facet, value: &str) -> Result<(), Unusable> {
    let Some(allowed) = values_allowed(facet) else {
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
        Some(part) => Err(Unusable::Value {
            facet,
            value: part.to_owned(),
            allowed,
        }),
    }
}
