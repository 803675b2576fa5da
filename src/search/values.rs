//! Filters and facets by name, as flags and URLs give them: what can find nothing is an error that says what there is.

use std::borrow::Cow;

use super::closed_values::{closed_values, usual_value};
use super::unknown_values::unknown_value;
use super::value_terms::typed_values;
use crate::document::{NotADate, PartialDate};
use crate::index::{Error, Index};
use crate::query::{FilterName, Filters, UnknownValue};
use crate::record::{DateEnd, Facet};
use crate::text::Named as _;

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
    #[error("{0}")]
    Value(UnknownValue),
    /// A date that cannot be read.
    #[error("'{value}' cannot be the date after `{end}`: it is {NotADate}", end = end.name())]
    Date {
        /// The end of the range that it was given for.
        end: DateEnd,
        /// The value.
        value: String,
    },
    /// A range of dates without a day.
    #[error("no day is from {from} on and up to {to}")]
    EmptyRange {
        /// Its first date.
        from: PartialDate,
        /// Its last date.
        to: PartialDate,
    },
    /// A document that is ambiguous, or an index that cannot be read.
    #[error(transparent)]
    Index(#[from] Error),
}

impl InvalidValue {
    /// Returns advice on what to do about it.
    #[must_use]
    pub fn hint(&self) -> Option<Cow<'static, str>> {
        match self {
            Self::Index(error) => error.hint(),
            Self::Value(unknown) if unknown.filter == FilterName::Facet(Facet::Document) => {
                Some("list what there is: `vankien documents`".into())
            }
            Self::Value(unknown) if unknown.near.is_empty() && unknown.allowed.is_empty() => {
                Some(format!("list what there is: `vankien facets {}`", unknown.filter).into())
            }
            Self::EmptyRange { .. } => Some("give the earlier date first: `--from 2024 --to 2025`".into()),
            Self::Facet { .. } | Self::Value(_) | Self::Date { .. } => None,
        }
    }
}

/// Returns the filters for these values. The id of a document may be cut short where that is unambiguous.
///
/// # Errors
/// [`InvalidValue`].
pub fn filters_of<'v>(
    index: &Index,
    chosen: impl IntoIterator<Item = (FilterName, &'v str)>,
) -> Result<Filters, InvalidValue> {
    let mut filters = Filters::default();
    for (filter, value) in chosen {
        match filter {
            FilterName::Facet(facet) => add_values(index, facet, value, &mut filters)?,
            FilterName::Date(end) => match PartialDate::typed(value) {
                Ok(date) => filters.add_date(end, date),
                Err(NotADate) => {
                    let value = value.to_owned();
                    return Err(InvalidValue::Date { end, value });
                }
            },
        }
    }
    match filters.empty_range() {
        Some((from, to)) => Err(InvalidValue::EmptyRange { from, to }),
        None => Ok(filters),
    }
}

/// Asks for the values of `facet` that `typed` lists.
fn add_values(index: &Index, facet: Facet, typed: &str, filters: &mut Filters) -> Result<(), InvalidValue> {
    for value in typed_values(index, facet, typed)? {
        let typed = value.typed.as_str();
        if value.terms.is_empty() {
            let unknown = unknown_value(index, facet, typed)?;
            if !unknown.is_possible {
                return Err(InvalidValue::Value(unknown));
            }
        }
        match facet {
            // Of several documents whose ids begin so, none was meant.
            Facet::Document => match index.resolve_id(typed) {
                Err(Error::Unknown { .. }) => filters.add(facet, typed),
                found => filters.add(facet, found?),
            },
            _ => filters.add(facet, usual_value(facet, typed).unwrap_or_else(|| typed.to_owned())),
        }
    }
    Ok(())
}

/// Returns the ids of the documents that these values name, each once, in their order.
///
/// # Errors
/// [`InvalidValue`].
pub fn documents_named<'v>(
    index: &Index,
    named: impl IntoIterator<Item = &'v str>,
) -> Result<Vec<String>, InvalidValue> {
    let chosen = named
        .into_iter()
        .map(|value| (FilterName::Facet(Facet::Document), value));
    let filters = filters_of(index, chosen)?;
    let mut ids: Vec<String> = Vec::new();
    for id in filters.required().flat_map(|(_, ids)| ids) {
        if !ids.contains(id) {
            ids.push(id.clone());
        }
    }
    Ok(ids)
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
    let closed = closed_values(facet)?;
    Some(closed.into_iter().map(|(name, _)| name).collect())
}
