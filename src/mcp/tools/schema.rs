//! JSON Schemas of answers, from the types that are serialized.

use serde_json::{Map, Value, json};
use utoipa::ToSchema;
use utoipa::openapi::{RefOr, schema::Schema};

use crate::http::params::require_all;

/// The place of named schemas in an OpenAPI document, where the types put them.
const COMPONENTS: &str = "#/components/schemas/";

/// The place of named schemas in a schema that stands alone.
const DEFINITIONS: &str = "#/$defs/";

/// Returns the schema of `T`, which is serialized with all of its fields, with the schemas that it refers to inside.
pub(super) fn schema_of<T: ToSchema>() -> Value {
    let mut named: Vec<(String, RefOr<Schema>)> = Vec::new();
    T::schemas(&mut named);
    let definitions: Map<String, Value> = named
        .into_iter()
        .map(|(name, schema)| (name, complete(&schema)))
        .collect();
    let mut schema = complete(&T::schema());
    if !definitions.is_empty() {
        schema["$defs"] = Value::Object(definitions);
    }
    schema
}

/// Returns a schema as JSON, with all of its fields required.
fn complete(schema: &RefOr<Schema>) -> Value {
    // Plain data always serializes. If it did not, the schema would be empty and fail every test.
    let mut schema = serde_json::to_value(schema).unwrap_or_else(|_| json!({}));
    require_all(&mut schema);
    refer_inside(&mut schema);
    schema
}

/// Makes every reference in a schema one to its own definitions.
fn refer_inside(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            if let Some(Value::String(reference)) = fields.get_mut("$ref")
                && let Some(name) = reference.strip_prefix(COMPONENTS)
            {
                *reference = format!("{DEFINITIONS}{name}");
            }
            fields.values_mut().for_each(refer_inside);
        }
        Value::Array(items) => items.iter_mut().for_each(refer_inside),
        _ => {}
    }
}
