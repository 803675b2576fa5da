//! Parameters as the OpenAPI document describes them.

use serde_json::{Value, json};
use utoipa::openapi::path::{Parameter as Documented, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, Schema, SchemaType, Type};
use utoipa::openapi::{RefOr, Required};

use super::{Parameter, Takes};
use crate::index::Facet;
use crate::search;

impl Parameter {
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
                let allowed = search::values_allowed(facet).filter(|_| !facet.is_nested());
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

    /// It as a field of a body.
    pub(crate) fn field(&self) -> Schema {
        let mut schema = self.schema();
        match &mut schema {
            Schema::Object(object) => object.description = Some(self.about.to_owned()),
            Schema::Array(array) => array.description = Some(self.about.to_owned()),
            _ => {}
        }
        schema
    }
}
