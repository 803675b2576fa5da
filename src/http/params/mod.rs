//! Parameters of URLs and fields of JSON bodies, read by one table: what is not in it is told, with what is.

mod schema;
pub(crate) mod window;

use std::borrow::Cow;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

use super::problem::{Code, Problem};
use crate::index::{Facet, Index};
use crate::query::Filters;
use crate::search::{self, Unusable};

/// A parameter of a request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parameter {
    /// As it is written.
    pub(crate) name: &'static str,
    /// What it means, for the documentation.
    pub(crate) about: &'static str,
    /// What it can be.
    pub(crate) takes: Takes,
}

/// What a parameter can be.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Takes {
    /// Any text, such as this.
    Text(&'static str),
    /// A number from `least` to `most`.
    Number { least: usize, most: usize, default: usize },
    /// A number from 0 to 1.
    Share,
    /// One of these; the first where it is not given.
    OneOf(&'static [&'static str]),
    /// Names of facets, parted by commas; in a body also a list.
    Facets,
    /// A value of this facet; may be given several times, in a body as a list.
    Filter(Facet),
}

const fn filter(facet: Facet, about: &'static str) -> Parameter {
    Parameter {
        name: facet.name(),
        about,
        takes: Takes::Filter(facet),
    }
}

/// The filters: values of one are OR-ed, different ones AND-ed.
pub(crate) const FILTERS: [Parameter; 8] = [
    filter(
        Facet::Document,
        "Only in this document: its id, or an unambiguous beginning of it.",
    ),
    filter(Facet::Kind, "Only in documents of this type (`báo cáo`, `kế hoạch`)."),
    filter(
        Facet::Province,
        "Only of this province, of today or before the merger of 2025.",
    ),
    filter(Facet::Term, "Only about this term of office (`2020-2025`)."),
    filter(
        Facet::Section,
        "Only in sections of this kind (`han-che`, `ket-qua/nguyen-nhan`).",
    ),
    filter(Facet::Place, "Only there."),
    filter(Facet::Cites, "Only passages that cite this document (`21-NQ/TW`)."),
    filter(Facet::Quality, "Only in documents of this quality."),
];

/// The facets to count.
pub(crate) const FACETS: Parameter = Parameter {
    name: "facets",
    about: "Count these facets too, parted by commas.",
    takes: Takes::Facets,
};

/// What was given with a request, checked against its table.
#[derive(Clone, Debug)]
pub(crate) struct Params {
    pairs: Vec<(&'static Parameter, String)>,
}

impl Params {
    /// Reads the query string of a URL.
    pub(crate) fn of_query(query: Option<&str>, known: &[&'static [Parameter]]) -> Result<Self, Problem> {
        let query = query.unwrap_or_default();
        // What is not UTF-8 is decoded to the character that stands for damage.
        let damage = char::REPLACEMENT_CHARACTER;
        let is_written = query.contains(damage) || query.to_ascii_uppercase().contains("%EF%BF%BD");
        let pairs = form_urlencoded::parse(query.as_bytes()).map(|(name, value)| (name, value.into_owned()));
        if !is_written
            && pairs
                .clone()
                .any(|(name, value)| name.contains(damage) || value.contains(damage))
        {
            let detail = "the query of the URL is not UTF-8, percent-encoded";
            return Err(Problem::new(Code::InvalidQuery, detail));
        }
        Self::of(pairs, known)
    }

    /// Reads the fields of a JSON object.
    pub(crate) fn of_json(body: &[u8], known: &[&'static [Parameter]]) -> Result<Self, Problem> {
        let JsonFields(fields) = serde_json::from_slice(body)
            .map_err(|error| Problem::new(Code::InvalidJson, format!("the body is no JSON object: {error}")))?;
        let mut pairs = Vec::new();
        for (name, value) in fields {
            let takes = known.iter().copied().flatten().find(|parameter| parameter.name == name);
            let takes = takes.map_or(Takes::Text(""), |parameter| parameter.takes);
            let values = match value {
                Value::Array(values) if matches!(takes, Takes::Filter(_) | Takes::Facets) => values,
                Value::Null => Vec::new(),
                value => vec![value],
            };
            let is_number = matches!(takes, Takes::Number { .. } | Takes::Share);
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
        Self::of(pairs.into_iter(), known)
    }

    fn of<'n>(
        pairs: impl Iterator<Item = (Cow<'n, str>, String)>,
        known: &[&'static [Parameter]],
    ) -> Result<Self, Problem> {
        let mut given: Vec<(&'static Parameter, String)> = Vec::new();
        for (name, value) in pairs {
            let parameter = known.iter().copied().flatten().find(|parameter| parameter.name == name);
            let Some(parameter) = parameter else {
                let names = known.iter().copied().flatten().map(|parameter| parameter.name);
                let detail = format!("there is no parameter '{name}'");
                return Err(Problem::new(Code::UnknownParameter, detail)
                    .about(&name)
                    .allowing(names));
            };
            let again = given.iter().any(|(before, _)| before.name == parameter.name);
            if again && !matches!(parameter.takes, Takes::Filter(_) | Takes::Facets) {
                let detail = format!("'{name}' is given more than once");
                return Err(Problem::new(Code::RepeatedParameter, detail).about(&name));
            }
            parameter.check(&value)?;
            given.push((parameter, value));
        }
        Ok(Self { pairs: given })
    }

    fn values<'g>(&'g self, name: &'g str) -> impl Iterator<Item = &'g str> {
        let named = self.pairs.iter().filter(move |(parameter, _)| parameter.name == name);
        named.map(|(_, value)| value.as_str())
    }

    /// The text given for `name`.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.pairs
            .iter()
            .find(|(parameter, _)| parameter.name == name)
            .map(|(_, value)| value.as_str())
    }

    /// The text given for `name`, without which there is no question.
    pub(crate) fn required(&self, name: &'static str) -> Result<&str, Problem> {
        self.text(name)
            .ok_or_else(|| Problem::new(Code::MissingParameter, format!("'{name}' is missing")).about(name))
    }

    /// The number given for `name`.
    pub(crate) fn number(&self, name: &str) -> Option<usize> {
        self.text(name)?.parse().ok()
    }

    /// The share given for `name`.
    pub(crate) fn share(&self, name: &str) -> Option<f64> {
        self.text(name)?.parse().ok()
    }

    /// Which of the `named` things is asked for; the default where none is.
    pub(crate) fn one_of<T: Copy + Default>(&self, name: &str, named: &[(&str, T)]) -> T {
        let asked = self.text(name);
        let found = named.iter().find(|(name, _)| Some(*name) == asked);
        found.map_or_else(T::default, |(_, value)| *value)
    }

    /// The facets asked for.
    pub(crate) fn facets(&self) -> Result<Vec<Facet>, Problem> {
        let names = self.values(FACETS.name).flat_map(|names| names.split(','));
        Ok(search::facets_named(names)?)
    }

    /// The filters asked for.
    pub(crate) fn filters(&self, index: &Index) -> Result<Filters, Problem> {
        let chosen = self
            .pairs
            .iter()
            .filter_map(|(parameter, value)| match parameter.takes {
                Takes::Filter(facet) => Some((facet, value.as_str())),
                _ => None,
            });
        Ok(search::filters_of(index, chosen)?)
    }
}

/// The fields of a JSON object in order, repeated ones too: which of two counts is not for us to guess.
struct JsonFields(Vec<(String, Value)>);

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
    /// Refuses a value that it cannot have; the library checks those of filters and facets.
    fn check(&self, value: &str) -> Result<(), Problem> {
        let refused = |allowed: String| {
            let detail = format!("'{}' cannot be '{value}'; it is {allowed}", self.name);
            Err(Problem::new(Code::InvalidValue, detail).about(self.name))
        };
        match self.takes {
            Takes::Text(_) | Takes::Facets | Takes::Filter(_) => Ok(()),
            Takes::Number { least, most, .. } => match value.parse::<usize>() {
                Ok(number) if (least..=most).contains(&number) => Ok(()),
                _ => refused(format!("a number from {least} to {most}")),
            },
            Takes::Share => match value.parse::<f64>() {
                Ok(share) if (0.0..=1.0).contains(&share) => Ok(()),
                _ => refused("a number from 0 to 1".to_owned()),
            },
            Takes::OneOf(allowed) if allowed.contains(&value) => Ok(()),
            Takes::OneOf(allowed) => {
                refused(format!("one of {}", allowed.join(", "))).map_err(|problem| problem.allowing(allowed.to_vec()))
            }
        }
    }
}

/// A choice that the library refused.
impl From<Unusable> for Problem {
    fn from(unusable: Unusable) -> Self {
        let detail = unusable.to_string();
        match unusable {
            Unusable::Facet { allowed, .. } => Self::new(Code::UnknownFacet, detail)
                .about(FACETS.name)
                .allowing(allowed),
            Unusable::Value { facet, allowed, .. } => Self::new(Code::InvalidValue, detail)
                .about(facet.name())
                .allowing(allowed),
            Unusable::Index(error) => error.into(),
        }
    }
}
