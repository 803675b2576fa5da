//! The OpenAPI description of a parameter: schema, example, and its form in a URL or a body; and what the schemas of answers
//! have in common.

use serde_json::{Value, json};
use utoipa::openapi::path::{Parameter as Documented, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, Schema, SchemaType, Type};
use utoipa::openapi::{RefOr, Required};

use super::{Parameter, Takes};
use crate::record::{DateEnd, Facet, FilterName};
use crate::search;

impl Parameter {
    /// Returns the schema of its values.
    fn schema(&self) -> Schema {
        let of = |kind: Type| ObjectBuilder::new().schema_type(SchemaType::Type(kind));
        match self.takes {
            Takes::Text(_) => of(Type::String).into(),
            Takes::Number { min, max, default } => of(Type::Integer)
                .minimum(Some(min as f64))
                .maximum(Some(max as f64))
                .default(Some(default.into()))
                .into(),
            Takes::Bound { max } => of(Type::Integer).minimum(Some(0.0)).maximum(Some(max as f64)).into(),
            Takes::Share => of(Type::Number).minimum(Some(0.0)).maximum(Some(1.0)).into(),
            Takes::OneOf(names) => {
                let names = names();
                let default = names.first().map(|first| (*first).into());
                of(Type::String).enum_values(Some(names)).default(default).into()
            }
            Takes::AnyOf(names) => {
                let names = of(Type::String).enum_values(Some(names()));
                ArrayBuilder::new().items(names).into()
            }
            Takes::Facets => {
                let names = of(Type::String).enum_values(Some(Facet::ALL.iter().map(|facet| facet.name())));
                ArrayBuilder::new().items(names).into()
            }
            Takes::Filter(FilterName::Date(_)) => of(Type::String).into(),
            Takes::Filter(FilterName::Facet(facet)) => {
                // A nested value may also be a path of allowed parts (`ket-qua/nguyen-nhan`), which an enumeration
                // cannot express.
                let allowed = search::allowed_values(facet).filter(|_| !facet.is_nested());
                ArrayBuilder::new().items(of(Type::String).enum_values(allowed)).into()
            }
        }
    }

    /// Returns an example value; `None` for text that depends on the index, such as a cursor.
    fn example(&self) -> Option<Value> {
        match self.takes {
            Takes::Text("") => None,
            Takes::Text(example) => Some(example.into()),
            Takes::Number { default, .. } => Some(default.into()),
            Takes::Bound { .. } => Some(10.into()),
            Takes::Share => Some(0.5.into()),
            Takes::OneOf(names) => names().first().map(|first| (*first).into()),
            Takes::AnyOf(names) => names().first().map(|first| json!([first])),
            Takes::Facets => Some(json!(["province", "term"])),
            Takes::Filter(FilterName::Date(end)) => Some(match end {
                DateEnd::From => "2025".into(),
                DateEnd::To => "31/12/2025".into(),
            }),
            Takes::Filter(FilterName::Facet(facet)) => {
                let example = match facet {
                    Facet::Document => "001",
                    Facet::Kind => "báo cáo",
                    Facet::Issuer => "Đảng ủy",
                    Facet::Province => "Cần Thơ",
                    Facet::Term => "2020-2025",
                    Facet::Section => "ket-qua",
                    Facet::Place => "footnote",
                    Facet::Cites => "21-NQ/TW",
                    Facet::Relation => "thuc-hien",
                    Facet::CitedKind => "nghi-quyet",
                    Facet::Quality => "clean",
                };
                Some(json!([example]))
            }
        }
    }

    /// Describes it as a parameter of a URL.
    pub(crate) fn documented(&self, required: bool) -> Documented {
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

    /// Describes it as a field of a body. Its default is told in words: generators of types take a field with a default
    /// for one that must be sent.
    pub(crate) fn field(&self) -> Schema {
        let mut schema = self.schema();
        match &mut schema {
            Schema::Object(object) => {
                let default = object.default.take().map(|default| match default {
                    Value::String(default) => default,
                    default => default.to_string(),
                });
                let default = default.map_or_else(String::new, |default| format!(" `{default}` without it."));
                object.description = Some(format!("{}{default}", self.about));
            }
            Schema::Array(array) => array.description = Some(self.about.to_owned()),
            _ => {}
        }
        schema
    }
}

/// Marks all fields of an answer as required: the service writes null rather than leave a field out.
pub(crate) fn require_all(schema: &mut Value) {
    if let Some(properties) = schema["properties"].as_object() {
        let names: Vec<String> = properties.keys().cloned().collect();
        schema["required"] = json!(names);
    }
    let parts = schema.get_mut("allOf").and_then(Value::as_array_mut);
    parts.into_iter().flatten().for_each(require_all);
}
