//! URL and JSON parameters, checked against one table per route; an unknown name is reported with the known ones.
//!
//! The same tables describe the parameters in the OpenAPI document (`schema`), so the two cannot disagree.

mod schema;
pub(crate) mod window;

pub(crate) use schema::require_all;

use std::borrow::Cow;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

use super::problem::{Code, Problem};
use crate::index::Index;
use crate::precedent::PrecedentOrder;
use crate::query::Filters;
use crate::record::{DateEnd, Facet, FilterName};
use crate::search::{self, DEFAULT_FACET_LIMIT, InvalidValue, Marks, Sort};
use crate::text::Named;

/// A declared parameter: a parameter of a URL, or a field of a JSON body.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parameter {
    /// Its name.
    pub(crate) name: &'static str,
    /// Its meaning, for the documentation.
    pub(crate) about: &'static str,
    /// The values that it accepts.
    pub(crate) takes: Takes,
}

/// The values that a parameter accepts.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Takes {
    /// Any text; holds an example, or `""` for none.
    Text(&'static str),
    /// A number from `min` to `max`.
    Number { min: usize, max: usize, default: usize },
    /// A number from 0 to `max`; without it, there is no bound.
    Bound { max: usize },
    /// A number from 0 to 1.
    Share,
    /// One of the names that this function returns, the default first; declared by [`one_of`].
    OneOf(fn() -> Vec<&'static str>),
    /// Names that this function returns; may be given several times.
    AnyOf(fn() -> Vec<&'static str>),
    /// Names of facets, separated by commas; in a body also a list.
    Facets,
    /// A value of this filter. One of a facet may be given several times, in a body as a list.
    Filter(FilterName),
}

impl Takes {
    /// Returns true if several values may be given.
    const fn is_list(self) -> bool {
        matches!(self, Self::Filter(FilterName::Facet(_)) | Self::Facets | Self::AnyOf(_))
    }
}

/// Accepts the names of an enumeration.
pub(crate) const fn one_of<T: Named + Default>() -> Takes {
    Takes::OneOf(names::<T>)
}

/// Returns the names of an enumeration, the default first.
fn names<T: Named + Default>() -> Vec<&'static str> {
    let default = T::default();
    let others = T::ALL.iter().copied().filter(|value| *value != default);
    std::iter::once(default).chain(others).map(T::name).collect()
}

/// Declares a filter, with the help text of the library.
const fn filter(filter: FilterName) -> Parameter {
    Parameter {
        name: filter.name(),
        about: filter.help(),
        takes: Takes::Filter(filter),
    }
}

/// Declares the filter by a facet.
const fn facet(facet: Facet) -> Parameter {
    filter(FilterName::Facet(facet))
}

/// The filters. Values of one filter are combined with OR, different filters with AND.
pub(crate) const FILTERS: [Parameter; 13] = [
    filter(FilterName::Date(DateEnd::From)),
    filter(FilterName::Date(DateEnd::To)),
    facet(Facet::Document),
    facet(Facet::Kind),
    facet(Facet::Issuer),
    facet(Facet::Province),
    facet(Facet::Term),
    facet(Facet::Section),
    facet(Facet::Place),
    facet(Facet::Cites),
    facet(Facet::Relation),
    facet(Facet::CitedKind),
    facet(Facet::Quality),
];

/// The meaning of marks in a query.
pub(crate) const MARKS: Parameter = Parameter {
    name: "marks",
    about: Marks::HELP,
    takes: one_of::<Marks>(),
};

/// The order of hits.
pub(crate) const SORT: Parameter = Parameter {
    name: "sort",
    about: Sort::HELP,
    takes: one_of::<Sort>(),
};

/// The order of precedents.
pub(crate) const PRECEDENT_SORT: Parameter = Parameter {
    name: "sort",
    about: PrecedentOrder::HELP,
    takes: one_of::<PrecedentOrder>(),
};

/// The score below which near matches are left out.
pub(crate) const LEAST_SCORE: Parameter = Parameter {
    name: "min_score",
    about: "Minimum score of near matches; what contains the whole text or a whole part of it is found anyway.",
    takes: Takes::Share,
};

/// The parameter that names the facets to count.
pub(crate) const FACETS: Parameter = Parameter {
    name: "facets",
    about: "Also count these facets, separated by commas.",
    takes: Takes::Facets,
};

/// The parameter for the number of values of each facet.
pub(crate) const FACET_LIMIT: Parameter = Parameter {
    name: "facet_limit",
    about: "Maximum number of values of each facet; 0 for all. `facets_left` tells how many more there are.",
    takes: Takes::Number {
        min: 0,
        max: 10_000,
        default: DEFAULT_FACET_LIMIT,
    },
};

/// Declares the parameter for the order of a list.
pub(crate) const fn sort<T: Named + Default>(about: &'static str) -> Parameter {
    Parameter {
        name: "sort",
        about,
        takes: one_of::<T>(),
    }
}

/// The parameters of a request, checked against the table of its route.
#[derive(Clone, Debug)]
pub(crate) struct Params {
    /// In the order of the request; a filter may occur several times.
    pairs: Vec<(&'static Parameter, String)>,
}

impl Params {
    /// Reads the query string of a URL.
    ///
    /// # Errors
    /// The query is not UTF-8; a parameter is unknown or repeated; a value is not accepted.
    pub(crate) fn of_query(query: Option<&str>, known: &[&'static [Parameter]]) -> Result<Self, Problem> {
        let query = query.unwrap_or_default();
        // The parser decodes invalid UTF-8 to U+FFFD, so its presence is an error, unless the query contains it itself.
        let damage = char::REPLACEMENT_CHARACTER;
        let is_intended = query.contains(damage) || query.to_ascii_uppercase().contains("%EF%BF%BD");
        let pairs = form_urlencoded::parse(query.as_bytes()).map(|(name, value)| (name, value.into_owned()));
        if !is_intended
            && pairs
                .clone()
                .any(|(name, value)| name.contains(damage) || value.contains(damage))
        {
            let detail = "the query of the URL is not percent-encoded UTF-8";
            return Err(Problem::new(Code::InvalidQuery, detail));
        }
        Self::checked(pairs, known)
    }

    /// Reads the fields of a JSON object.
    ///
    /// # Errors
    /// The body is not a JSON object; a field is unknown or repeated, or has the wrong type; a value is not accepted.
    pub(crate) fn of_json(body: &[u8], known: &[&'static [Parameter]]) -> Result<Self, Problem> {
        let fields = serde_json::from_slice(body)
            .map_err(|error| Problem::new(Code::InvalidJson, format!("the body is not a JSON object: {error}")))?;
        Self::of_fields(fields, known)
    }

    /// Reads the fields of a JSON object that was parsed.
    ///
    /// # Errors
    /// A field is unknown or repeated, or has the wrong type; a value is not accepted.
    pub(crate) fn of_fields(JsonFields(fields): JsonFields, known: &[&'static [Parameter]]) -> Result<Self, Problem> {
        let mut pairs = Vec::new();
        for (name, value) in fields {
            // An unknown field is reported below, with the known ones; until then it counts as text.
            let takes = known.iter().copied().flatten().find(|parameter| parameter.name == name);
            let takes = takes.map_or(Takes::Text(""), |parameter| parameter.takes);
            let values = match value {
                Value::Array(values) if takes.is_list() => values,
                Value::Null => Vec::new(),
                value => vec![value],
            };
            let is_number = matches!(takes, Takes::Number { .. } | Takes::Bound { .. } | Takes::Share);
            for value in values {
                let value = match value {
                    Value::String(text) if !is_number => text,
                    Value::Number(number) if is_number => number.to_string(),
                    _ => {
                        let wanted = if is_number { "a number" } else { "text" };
                        let detail = format!("'{name}' takes {wanted}");
                        return Err(Problem::new(Code::InvalidValue, detail).about(&name));
                    }
                };
                pairs.push((Cow::Owned(name.clone()), value));
            }
        }
        Self::checked(pairs.into_iter(), known)
    }

    /// Checks each pair against the table.
    fn checked<'n>(
        pairs: impl Iterator<Item = (Cow<'n, str>, String)>,
        known: &[&'static [Parameter]],
    ) -> Result<Self, Problem> {
        let mut checked: Vec<(&'static Parameter, String)> = Vec::new();
        for (name, value) in pairs {
            let parameter = known.iter().copied().flatten().find(|parameter| parameter.name == name);
            let Some(parameter) = parameter else {
                let names = known.iter().copied().flatten().map(|parameter| parameter.name);
                let detail = format!("there is no parameter '{name}'");
                return Err(Problem::new(Code::UnknownParameter, detail)
                    .about(&name)
                    .allowing(names));
            };
            let is_repeated = checked.iter().any(|(before, _)| before.name == parameter.name);
            if is_repeated && !parameter.takes.is_list() {
                let detail = format!("'{name}' is given more than once");
                return Err(Problem::new(Code::RepeatedParameter, detail).about(&name));
            }
            parameter.check(&value)?;
            checked.push((parameter, value));
        }
        Ok(Self { pairs: checked })
    }

    /// Returns these parameters, but those of `fields` in place of ones with the same name.
    pub(crate) fn overridden_by(mut self, fields: Self) -> Self {
        let is_kept = |name: &str| fields.pairs.iter().all(|(field, _)| field.name != name);
        self.pairs.retain(|(parameter, _)| is_kept(parameter.name));
        self.pairs.extend(fields.pairs);
        self
    }

    /// Returns all values of `name`.
    pub(crate) fn values<'p>(&'p self, name: &'p str) -> impl Iterator<Item = &'p str> {
        let named = self.pairs.iter().filter(move |(parameter, _)| parameter.name == name);
        named.map(|(_, value)| value.as_str())
    }

    /// Returns the value of `name`; the first of a parameter that may be repeated.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.pairs
            .iter()
            .find(|(parameter, _)| parameter.name == name)
            .map(|(_, value)| value.as_str())
    }

    /// Returns the value of `name`.
    ///
    /// # Errors
    /// `missing-parameter`.
    pub(crate) fn required(&self, name: &'static str) -> Result<&str, Problem> {
        self.text(name)
            .ok_or_else(|| Problem::new(Code::MissingParameter, format!("'{name}' is missing")).about(name))
    }

    /// Returns the number in `name`.
    pub(crate) fn number(&self, name: &str) -> Option<usize> {
        self.text(name)?.parse().ok()
    }

    /// Returns the number from 0 to 1 in `name`.
    pub(crate) fn share(&self, name: &str) -> Option<f64> {
        self.text(name)?.parse().ok()
    }

    /// Returns the value with the name in `name`; the default if it is not given.
    pub(crate) fn value_of<T: Named + Default>(&self, name: &str) -> T {
        self.text(name).and_then(T::from_name).unwrap_or_default()
    }

    /// Returns the facets to count.
    ///
    /// # Errors
    /// `unknown-facet`.
    pub(crate) fn facets(&self) -> Result<Vec<Facet>, Problem> {
        let names = self.values(FACETS.name).flat_map(|names| names.split(','));
        Ok(search::facets_named(names)?)
    }

    /// Returns the maximum number of values of each facet, `usize::MAX` for all.
    pub(crate) fn facet_limit(&self) -> usize {
        search::limit_or_all(self.number(FACET_LIMIT.name).unwrap_or(DEFAULT_FACET_LIMIT))
    }

    /// Returns the filters with their values, as they were given.
    pub(crate) fn chosen_filters(&self) -> impl Iterator<Item = (FilterName, &str)> {
        self.pairs
            .iter()
            .filter_map(|(parameter, value)| match parameter.takes {
                Takes::Filter(filter) => Some((filter, value.as_str())),
                _ => None,
            })
    }

    /// Returns the filters.
    ///
    /// # Errors
    /// A value that no passage can have; an unknown or ambiguous document.
    pub(crate) fn filters(&self, index: &Index) -> Result<Filters, Problem> {
        Ok(search::filters_of(index, self.chosen_filters())?)
    }
}

/// The fields of a JSON object in order. Repeated ones are kept, so that they are refused rather than dropped.
pub(crate) struct JsonFields(Vec<(String, Value)>);

impl JsonFields {
    /// Returns these fields.
    pub(crate) fn of(fields: impl IntoIterator<Item = (String, Value)>) -> Self {
        Self(fields.into_iter().collect())
    }
}

impl<'de> Deserialize<'de> for JsonFields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;
        impl<'de> Visitor<'de> for Collect {
            type Value = JsonFields;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<JsonFields, M::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(JsonFields(fields))
            }
        }
        deserializer.deserialize_map(Collect)
    }
}

impl Parameter {
    /// Checks a value. Those of filters and facets are left to the library.
    fn check(&self, value: &str) -> Result<(), Problem> {
        let refused = |allowed: String| {
            let detail = format!("'{}' cannot be '{value}'; it must be {allowed}", self.name);
            let problem = Problem::new(Code::InvalidValue, detail);
            Err(problem.about(self.name).refusing(value))
        };
        match self.takes {
            Takes::Text(_) | Takes::Facets | Takes::Filter(_) => Ok(()),
            Takes::Number { min, max, .. } => match value.parse::<usize>() {
                Ok(number) if (min..=max).contains(&number) => Ok(()),
                _ => refused(format!("a number from {min} to {max}")),
            },
            Takes::Bound { max } => match value.parse::<usize>() {
                Ok(number) if number <= max => Ok(()),
                _ => refused(format!("a number from 0 to {max}")),
            },
            Takes::Share => match value.parse::<f64>() {
                Ok(share) if (0.0..=1.0).contains(&share) => Ok(()),
                _ => refused("a number from 0 to 1".to_owned()),
            },
            Takes::OneOf(names) | Takes::AnyOf(names) => {
                let allowed = names();
                if allowed.contains(&value) {
                    return Ok(());
                }
                refused(format!("one of {}", allowed.join(", "))).map_err(|problem| problem.allowing(allowed))
            }
        }
    }
}

/// A filter value or a facet that the library refused.
impl From<InvalidValue> for Problem {
    fn from(invalid: InvalidValue) -> Self {
        let detail = invalid.to_string();
        match invalid {
            InvalidValue::Facet { allowed, .. } => Self::new(Code::UnknownFacet, detail)
                .about(FACETS.name)
                .allowing(allowed),
            InvalidValue::Value(unknown) => {
                let known = if unknown.allowed.is_empty() {
                    unknown.near
                } else {
                    unknown.allowed
                };
                Self::new(Code::InvalidValue, detail)
                    .about(unknown.filter.name())
                    .refusing(unknown.value)
                    .allowing(known)
            }
            InvalidValue::Date { end, value } => {
                Self::new(Code::InvalidValue, detail).about(end.name()).refusing(value)
            }
            InvalidValue::EmptyRange { from, .. } => Self::new(Code::InvalidValue, detail)
                .about(DateEnd::From.name())
                .refusing(from.to_string()),
            InvalidValue::Index(error) => error.into(),
        }
    }
}
