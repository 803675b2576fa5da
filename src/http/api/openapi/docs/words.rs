//! Schemas in words: "text", "number from 0 to 100", "list of `PassageRecord`".

use maud::{Markup, html};
use serde_json::Value;

/// The most values of an enumeration that are listed in a table.
const MAX_VALUES: usize = 12;

/// The schemas of the document, and the page that shows them.
pub(super) struct Schemas<'d> {
    /// The schemas by name.
    pub(super) all: &'d Value,
    /// Path of the page of the records from the page that links to it; empty on that page itself.
    pub(super) page: &'static str,
}

/// A field of an object: its name, its schema, and whether it must be there.
pub(super) type Field<'d> = (&'d str, &'d Value, bool);

impl<'d> Schemas<'d> {
    /// Returns the records of answers: objects and choices between them, without those that only bodies have.
    pub(super) fn records(&self) -> impl Iterator<Item = (&'d str, &'d Value)> {
        entries(self.all).filter(|(name, schema)| !is_enumeration(schema) && !name.ends_with("Body"))
    }

    /// Returns the schema to which `schema` refers, or itself.
    pub(super) fn of(&self, schema: &'d Value) -> &'d Value {
        name_of(schema).map_or(schema, |name| &self.all[name])
    }

    /// Returns the records all of whose fields an object has, and its own fields.
    pub(super) fn fields(&self, schema: &'d Value) -> (Vec<&'d str>, Vec<Field<'d>>) {
        let parts = schema["allOf"].as_array().into_iter().flatten();
        let parts: Vec<&Value> = parts.chain([schema]).collect();
        let shared = parts.iter().filter_map(|part| name_of(part)).collect();
        let own = parts.iter().flat_map(|part| {
            let required = part["required"].as_array();
            let is_required = move |name: &str| required.is_some_and(|names| names.iter().any(|known| known == name));
            entries(&part["properties"]).map(move |(name, field)| (name, field, is_required(name)))
        });
        (shared, own.collect())
    }

    /// Renders a link to the record that `schema` refers to; nothing for any other schema.
    pub(super) fn link(&self, schema: &Value) -> Markup {
        html! { @if let Some(name) = name_of(schema) { (self.link_to(name)) } }
    }

    /// Renders a link to the record of this name.
    pub(super) fn link_to(&self, name: &str) -> Markup {
        // Fields of a body are told with its operation.
        html! {
            @if name.ends_with("Body") { (name) } @else { a href={ (self.page) "#record-" (name) } { (name) } }
        }
    }

    /// Says in words what values a schema has.
    pub(super) fn words(&self, schema: &Value) -> Markup {
        if let Some(name) = name_of(schema) {
            let named = &self.all[name];
            return if is_enumeration(named) {
                self.words(named)
            } else {
                self.link_to(name)
            };
        }
        let choices = schema["oneOf"].as_array().or(schema["anyOf"].as_array());
        if let Some(choices) = choices {
            return html! {
                @for (at, choice) in choices.iter().filter(|choice| choice["type"] != "null").enumerate() {
                    @if at > 0 { " or " } (self.words(choice))
                }
                @if choices.iter().any(|choice| choice["type"] == "null") { " or null" }
            };
        }
        if let Some(values) = schema["enum"].as_array() {
            return enumeration(values);
        }
        let kind = &schema["type"];
        let kinds: Vec<&str> = kind.as_array().map_or_else(
            || kind.as_str().into_iter().collect(),
            |kinds| kinds.iter().filter_map(Value::as_str).collect(),
        );
        html! {
            @for (at, kind) in kinds.iter().filter(|kind| **kind != "null").enumerate() {
                @if at > 0 { " or " }
                @match *kind {
                    "string" => "text",
                    "boolean" => "true or false",
                    "integer" | "number" => { "number" (bounds(schema)) },
                    "array" => { "list of " (self.words(&schema["items"])) },
                    "object" => { @if schema["additionalProperties"].is_object() { (self.words(&schema["additionalProperties"])) " by name" } @else { "object" } },
                    kind => (kind),
                }
            }
            @if kinds.contains(&"null") { " or null" }
        }
    }
}

/// Lists values; of many, the first.
fn enumeration(values: &[Value]) -> Markup {
    html! {
        @for (at, value) in values.iter().take(MAX_VALUES).enumerate() {
            @if at > 0 { ", " } code { (text(value)) }
        }
        @if values.len() > MAX_VALUES { " and " (values.len() - MAX_VALUES) " more" }
    }
}

/// Says which numbers are possible.
fn bounds(schema: &Value) -> String {
    match (schema["minimum"].as_f64(), schema["maximum"].as_f64()) {
        (Some(min), Some(max)) => format!(" from {min} to {max}"),
        _ => String::new(),
    }
}

/// Returns true if a schema lists texts.
fn is_enumeration(schema: &Value) -> bool {
    schema["enum"].is_array()
        || schema["oneOf"]
            .as_array()
            .is_some_and(|choices| choices.iter().all(|choice| choice["enum"].is_array()))
}

/// Returns the name of the schema to which `schema` refers.
fn name_of(schema: &Value) -> Option<&str> {
    schema["$ref"].as_str().and_then(|path| path.rsplit('/').next())
}

/// Renders a line of text in which code is between backticks.
pub(super) fn inline(written: &str) -> Markup {
    // The documentation of fields links to the code with brackets around the backticks.
    let written = written.replace("[`", "`").replace("`]", "`");
    html! {
        @for (at, part) in written.split('`').enumerate() {
            @if at % 2 == 1 { code { (part) } } @else { (part) }
        }
    }
}

/// Returns the fields of an object; none for any other value.
pub(super) fn entries(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let object = value.as_object().into_iter().flatten();
    object.map(|(name, value)| (name.as_str(), value))
}

/// Returns a string; empty for any other value.
pub(super) fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
