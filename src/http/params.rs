//! Parameters of URLs and fields of JSON bodies, read by one table: what is not in it is told, with what is.

use std::borrow::Cow;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::{Value, json};
use utoipa::openapi::path::{Parameter as Documented, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, Schema, SchemaType, Type};
use utoipa::openapi::{RefOr, Required};

use super::code::Code;
use super::problem::Problem;
use crate::index::{Facet, Index, State};
use crate::query::Filters;
use crate::search::{self, InvalidValue};
use crate::text::Named;

/// A parameter of a request.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parameter {
    /// As it is written.
    pub(super) name: &'static str,
    /// What it means, for the documentation.
    pub(super) about: &'static str,
    /// What it can be.
    pub(super) takes: Takes,
}

/// What a parameter can be.
#[derive(Clone, Copy, Debug)]
pub(super) enum Takes {
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
pub(super) const FILTERS: [Parameter; 8] = [
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
pub(super) const FACETS: Parameter = Parameter {
    name: "facets",
    about: "Count these facets too, parted by commas.",
    takes: Takes::Facets,
};

/// Most items of one answer.
pub(super) const MOST_ITEMS: usize = 100;

/// Most items that `offset` leaves out; `cursor` goes beyond.
pub(super) const MOST_OFFSET: usize = 10_000;

/// The window of a list.
pub(super) const WINDOW: [Parameter; 3] = [
    Parameter {
        name: "limit",
        about: "How many.",
        takes: Takes::Number {
            least: 0,
            most: MOST_ITEMS,
            default: 10,
        },
    },
    Parameter {
        name: "offset",
        about: "How many to leave out before them.",
        takes: Takes::Number {
            least: 0,
            most: MOST_OFFSET,
            default: 0,
        },
    },
    Parameter {
        name: "cursor",
        about: "Where to go on: the `next` of the answer before, to the same question. It holds for one state of the index.",
        takes: Takes::Text(""),
    },
];

/// What was given with a request, checked against its table.
#[derive(Clone, Debug)]
pub(super) struct Given {
    pairs: Vec<(&'static Parameter, String)>,
}

impl Given {
    /// Reads the query string of a URL.
    pub(super) fn of_query(query: Option<&str>, known: &[&'static [Parameter]]) -> Result<Self, Problem> {
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
    pub(super) fn of_json(body: &[u8], known: &[&'static [Parameter]]) -> Result<Self, Problem> {
        let Fields(fields) = serde_json::from_slice(body)
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
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.pairs
            .iter()
            .find(|(parameter, _)| parameter.name == name)
            .map(|(_, value)| value.as_str())
    }

    /// The text given for `name`, without which there is no question.
    pub(super) fn required(&self, name: &'static str) -> Result<&str, Problem> {
        self.text(name)
            .ok_or_else(|| Problem::new(Code::MissingParameter, format!("'{name}' is missing")).about(name))
    }

    /// The number given for `name`.
    pub(super) fn number(&self, name: &str) -> Option<usize> {
        self.text(name)?.parse().ok()
    }

    /// The share given for `name`.
    pub(super) fn share(&self, name: &str) -> Option<f64> {
        self.text(name)?.parse().ok()
    }

    /// Which of the `named` things is asked for; the default where none is.
    pub(super) fn one_of<T: Copy + Default>(&self, name: &str, named: &[(&str, T)]) -> T {
        let asked = self.text(name);
        let found = named.iter().find(|(name, _)| Some(*name) == asked);
        found.map_or_else(T::default, |(_, value)| *value)
    }

    /// Returns the value named for `name`; the default if none is given.
    pub(super) fn value_of<T: Named + Default>(&self, name: &str) -> T {
        self.text(name).and_then(T::from_name).unwrap_or_default()
    }

    /// The facets asked for.
    pub(super) fn facets(&self) -> Result<Vec<Facet>, Problem> {
        let names = self.values(FACETS.name).flat_map(|names| names.split(','));
        Ok(search::facets_named(names)?)
    }

    /// The filters asked for.
    pub(super) fn filters(&self, index: &Index) -> Result<Filters, Problem> {
        let chosen = self
            .pairs
            .iter()
            .filter_map(|(parameter, value)| match parameter.takes {
                Takes::Filter(facet) => Some((facet, value.as_str())),
                _ => None,
            });
        Ok(search::filters_of(index, chosen)?)
    }

    /// The window asked for, of the answer that `index` gives.
    pub(super) fn window(&self, index: &Index) -> Result<Window, Problem> {
        let limit = self.number("limit").unwrap_or(Window::DEFAULT_LIMIT);
        let question = self.digest();
        let offset = match (self.text("cursor"), self.number("offset")) {
            (None, offset) => offset.unwrap_or(0),
            (Some(_), Some(_)) => {
                let detail = "'cursor' and 'offset' both say where to go on; give one of them";
                return Err(Problem::new(Code::RepeatedParameter, detail).about("cursor"));
            }
            (Some(cursor), None) => Cursor::read(cursor, index.state(), question)?,
        };
        Ok(Window {
            limit,
            offset,
            state: index.state(),
            question,
        })
    }

    /// A digest of the question without its window.
    fn digest(&self) -> u32 {
        let mut hasher = blake3::Hasher::new();
        let window = |name: &str| WINDOW.iter().any(|parameter| parameter.name == name);
        for (parameter, value) in self.pairs.iter().filter(|(parameter, _)| !window(parameter.name)) {
            hasher.update(parameter.name.as_bytes()).update(b"\0");
            hasher.update(value.as_bytes()).update(b"\0");
        }
        let [a, b, c, d, ..] = *hasher.finalize().as_bytes();
        u32::from_le_bytes([a, b, c, d])
    }
}

/// The fields of a JSON object in order, repeated ones too: which of two counts is not for us to guess.
struct Fields(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;
        impl<'de> Visitor<'de> for Collect {
            type Value = Fields;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Fields, M::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(Collect)
    }
}

/// What a list shows of all its items.
#[derive(Clone, Copy, Debug)]
pub(super) struct Window {
    /// Most items.
    pub(super) limit: usize,
    /// Items left out before them.
    pub(super) offset: usize,
    state: State,
    question: u32,
}

impl Window {
    const DEFAULT_LIMIT: usize = 10;

    /// What it shows of a whole list.
    pub(super) fn of<'l, T>(&self, list: &'l [T]) -> &'l [T] {
        let first = self.offset.min(list.len());
        &list[first..first.saturating_add(self.limit).min(list.len())]
    }

    /// The cursor behind it, where any of `total` items are left.
    pub(super) fn next(&self, total: usize) -> Option<String> {
        let offset = self.offset.saturating_add(self.limit);
        let cursor = Cursor {
            state: self.state.to_string(),
            offset,
            question: self.question,
        };
        (self.limit > 0 && offset < total).then(|| cursor.written())
    }
}

/// A place in the list of all answers to one question, in one state of the index.
#[derive(Debug)]
struct Cursor {
    state: String,
    offset: usize,
    question: u32,
}

impl Cursor {
    fn written(&self) -> String {
        format!("{}-{:x}-{:08x}", self.state, self.offset, self.question)
    }

    /// The offset that `written` stands for.
    fn read(written: &str, state: State, question: u32) -> Result<usize, Problem> {
        let Some(cursor) = Self::parsed(written) else {
            let detail = "'cursor' is not the 'next' of an answer";
            return Err(Problem::new(Code::InvalidCursor, detail).about("cursor"));
        };
        if cursor.question != question {
            let detail = "'cursor' belongs to another question; ask it again as it was, or without the cursor";
            return Err(Problem::new(Code::InvalidCursor, detail).about("cursor"));
        }
        if cursor.state != state.to_string() {
            let detail = "the index has changed since 'cursor' was given; begin again without it";
            return Err(Problem::new(Code::StaleCursor, detail).about("cursor"));
        }
        Ok(cursor.offset)
    }

    fn parsed(written: &str) -> Option<Self> {
        let mut parts = written.split('-');
        let cursor = Self {
            state: parts.next()?.to_owned(),
            offset: usize::from_str_radix(parts.next()?, 16).ok()?,
            question: u32::from_str_radix(parts.next()?, 16).ok()?,
        };
        parts.next().is_none().then_some(cursor)
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

    /// Its schema.
    fn schema(&self) -> Schema {
        let of = |kind: Type| ObjectBuilder::new().schema_type(SchemaType::Type(kind));
        match self.takes {
            Takes::Text(_) => of(Type::String).into(),
            Takes::Number { least, most, default } => of(Type::Integer)
                .minimum(Some(least as f64))
                .maximum(Some(most as f64))
                .default(Some(default.into()))
                .into(),
            Takes::Share => of(Type::Number).minimum(Some(0.0)).maximum(Some(1.0)).into(),
            Takes::OneOf(allowed) => of(Type::String)
                .enum_values(Some(allowed.iter().copied()))
                .default(allowed.first().map(|first| (*first).into()))
                .into(),
            Takes::Facets => {
                let names = of(Type::String).enum_values(Some(Facet::ALL.map(Facet::name)));
                ArrayBuilder::new().items(names).into()
            }
            Takes::Filter(facet) => {
                // A nested value may also be a path of what is allowed, which an enumeration cannot say.
                let allowed = search::allowed_values(facet).filter(|_| !facet.is_nested());
                ArrayBuilder::new().items(of(Type::String).enum_values(allowed)).into()
            }
        }
    }

    /// What it may be, where that can be said without knowing the index.
    fn example(&self) -> Option<Value> {
        match self.takes {
            Takes::Text("") => None,
            Takes::Text(example) => Some(example.into()),
            Takes::Number { default, .. } => Some(default.into()),
            Takes::Share => Some(0.5.into()),
            Takes::OneOf(allowed) => allowed.first().map(|first| (*first).into()),
            Takes::Facets => Some(json!(["province", "term"])),
            Takes::Filter(facet) => {
                let example = match facet {
                    Facet::Document => "001",
                    Facet::Kind => "báo cáo",
                    Facet::Province => "Cần Thơ",
                    Facet::Term => "2020-2025",
                    Facet::Section => "ket-qua",
                    Facet::Place => "footnote",
                    Facet::Cites => "21-NQ/TW",
                    Facet::Quality => "clean",
                };
                Some(json!([example]))
            }
        }
    }

    /// It as a parameter of URLs.
    pub(super) fn documented(&self, required: bool) -> Documented {
        ParameterBuilder::new()
            .name(self.name)
            .parameter_in(ParameterIn::Query)
            .required(if required { Required::True } else { Required::False })
            .description(Some(self.about))
            .explode(matches!(self.takes, Takes::Facets).then_some(false))
            .example(self.example())
            .schema(Some(RefOr::T(self.schema())))
            .build()
    }

    /// It as a field of a body.
    pub(super) fn field(&self) -> Schema {
        let mut schema = self.schema();
        match &mut schema {
            Schema::Object(object) => object.description = Some(self.about.to_owned()),
            Schema::Array(array) => array.description = Some(self.about.to_owned()),
            _ => {}
        }
        schema
    }
}

/// A choice that the library refused.
impl From<InvalidValue> for Problem {
    fn from(invalid: InvalidValue) -> Self {
        let detail = invalid.to_string();
        match invalid {
            InvalidValue::Facet { allowed, .. } => Self::new(Code::UnknownFacet, detail)
                .about(FACETS.name)
                .allowing(allowed),
            InvalidValue::Value { facet, allowed, .. } => Self::new(Code::InvalidValue, detail)
                .about(facet.name())
                .allowing(allowed),
            InvalidValue::Index(error) => error.into(),
        }
    }
}
