//! The form of a tool: its name, its parameters, the schema of its answer, and the function that answers.

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::http::params::{JsonFields, Parameter, Params, Takes};
use crate::http::{Code, Derived, Problem};
use crate::index::Index;

/// A question that an assistant can ask.
pub(super) struct Tool {
    /// Its stable name.
    pub(super) name: &'static str,
    /// Its name for people.
    pub(super) title: &'static str,
    /// Its meaning, and when to use it.
    pub(super) about: &'static str,
    /// The tables by which its arguments are read.
    pub(super) known: &'static [&'static [Parameter]],
    /// The arguments that must be given.
    pub(super) required: &'static [&'static str],
    /// Returns the schema of its answers.
    pub(super) output: fn() -> Value,
    /// Answers with these arguments.
    pub(super) answer: fn(&Index, &Derived, &Params) -> Result<Answer, Problem>,
}

impl Tool {
    /// Returns its description for clients.
    pub(super) fn describe(&self) -> Value {
        let known = self.known.iter().copied().flatten();
        let fields: Map<String, Value> = known
            // Plain data always serializes.
            .map(|field| {
                (
                    field.name.to_owned(),
                    serde_json::to_value(field.field()).unwrap_or_default(),
                )
            })
            .collect();
        json!({
            "name": self.name,
            "title": self.title,
            "description": self.about,
            "inputSchema": {
                "type": "object",
                "properties": fields,
                "required": self.required,
                "additionalProperties": false,
            },
            "outputSchema": (self.output)(),
            "annotations": { "title": self.title, "readOnlyHint": true, "openWorldHint": false },
        })
    }

    /// Answers with these arguments, a JSON object.
    pub(super) fn call(&self, index: &Index, derived: &Derived, arguments: Value) -> Result<Answer, Problem> {
        let fields: JsonFields = serde_json::from_value(arguments).map_err(|error| {
            Problem::new(
                Code::InvalidJson,
                format!("the arguments are not a JSON object: {error}"),
            )
        })?;
        let params = Params::of_fields(fields, self.known)?;
        for name in self.required {
            params.required(name)?;
        }
        (self.answer)(index, derived, &params)
    }
}

/// The answer of a tool.
pub(crate) struct Answer {
    /// It in words, for assistants that are shown nothing else.
    pub(super) text: String,
    /// It as fields.
    pub(super) fields: Value,
}

impl Answer {
    /// Returns an answer in both forms.
    ///
    /// # Errors
    /// `internal` if it cannot be serialized.
    pub(super) fn of(text: String, fields: &impl Serialize) -> Result<Self, Problem> {
        let fields = serde_json::to_value(fields).map_err(|error| {
            tracing::error!(%error, "cannot serialize an answer");
            Problem::internal()
        })?;
        Ok(Self { text, fields })
    }
}

/// The most items of one answer: an assistant keeps all of them in mind.
const MAX_LIMIT: usize = 50;

/// The items of one answer unless another number is asked for.
const DEFAULT_LIMIT: usize = 10;

/// The most items to skip.
const MAX_OFFSET: usize = 10_000;

/// The parameters of a part of a list.
pub(super) const PART: [Parameter; 2] = [
    Parameter {
        name: "limit",
        about: "Maximum number of items.",
        takes: Takes::Number {
            min: 1,
            max: MAX_LIMIT,
            default: DEFAULT_LIMIT,
        },
    },
    Parameter {
        name: "offset",
        about: "Number of items to skip before them: the `next_offset` of the answer before.",
        takes: Takes::Number {
            min: 0,
            max: MAX_OFFSET,
            default: 0,
        },
    },
];

/// A part of a list: the items that one answer has.
#[derive(Clone, Copy, Debug)]
pub(super) struct ListPart {
    /// Maximum number of items.
    pub(super) limit: usize,
    /// Number of items before them.
    pub(super) offset: usize,
}

impl ListPart {
    /// Returns the part that is asked for.
    pub(super) fn of(params: &Params) -> Self {
        Self {
            limit: params.number("limit").unwrap_or(DEFAULT_LIMIT),
            offset: params.number("offset").unwrap_or(0),
        }
    }

    /// Returns the items of the part.
    pub(super) fn take<T>(self, list: Vec<T>) -> Vec<T> {
        list.into_iter().skip(self.offset).take(self.limit).collect()
    }

    /// Returns the number of items to skip for the next part, after `shown` items of this one; `None` if it is the last of
    /// `total`.
    pub(super) fn next(self, shown: usize, total: usize) -> Option<usize> {
        let next = self.offset + shown;
        (shown > 0 && next < total).then_some(next)
    }
}

/// Returns how an answer with `shown` of `total` items goes on, in words; nothing if it is whole.
pub(super) fn goes_on(next: Option<usize>, total: usize) -> String {
    next.map_or_else(String::new, |next| {
        format!("{total} in all; the next ones: offset {next}.\n")
    })
}
