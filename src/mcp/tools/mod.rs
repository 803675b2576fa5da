//! The tools: questions that an assistant can ask, a file for each group.
//!
//! A question that cannot be answered, because of an unknown id or a value that is not accepted, is an answer too: it says
//! so and what to do about it, so that the assistant can ask again. Only a call of no tool is an error of the protocol.

mod citations;
mod precedents;
mod proof;
mod schema;
mod search;
mod show;
mod tool;

use serde_json::{Value, json};

use super::message::{INVALID_PARAMS, MethodParams, RpcError, required_text_of};
use crate::http::{Code, Derived, Problem};
use crate::index::Index;
use tool::{Answer, Tool};

/// All tools, in the order in which they are listed.
const TOOLS: [&Tool; 7] = [
    &search::SEARCH,
    &show::SHOW,
    &citations::CITE,
    &citations::CITES,
    &citations::LOOKUP,
    &precedents::PRECEDENTS,
    &proof::PROOF,
];

/// Returns the descriptions of all tools.
pub(super) fn list() -> Value {
    TOOLS.iter().map(|tool| tool.describe()).collect()
}

/// A call of a tool.
pub(super) struct Call {
    tool: &'static Tool,
    /// A JSON object.
    arguments: Value,
}

impl Call {
    /// Reads the parameters of a call.
    ///
    /// # Errors
    /// They name no tool, or the arguments are no object.
    pub(super) fn read(params: &MethodParams) -> Result<Self, RpcError> {
        let name = required_text_of(params, "name")?;
        let Some(tool) = TOOLS.into_iter().find(|tool| tool.name == name) else {
            let names: Vec<&str> = TOOLS.iter().map(|tool| tool.name).collect();
            let detail = format!("there is no tool '{name}'");
            return Err(RpcError::new(INVALID_PARAMS, detail).with(json!({ "allowed": names })));
        };
        let arguments = match params.get("arguments") {
            None | Some(Value::Null) => json!({}),
            Some(arguments @ Value::Object(_)) => arguments.clone(),
            Some(_) => return Err(RpcError::new(INVALID_PARAMS, "'arguments' is a JSON object")),
        };
        Ok(Self { tool, arguments })
    }

    /// Answers it.
    ///
    /// # Errors
    /// Those of the tool.
    pub(super) fn answer(self, index: &Index, derived: &Derived) -> Result<Answer, Problem> {
        self.tool.call(index, derived, self.arguments)
    }
}

/// Returns the result of a call.
pub(super) fn result(answered: Result<Answer, Problem>) -> Value {
    match answered {
        Ok(Answer { text, fields }) => json!({
            "content": [{ "type": "text", "text": text }],
            "structuredContent": fields,
            "isError": false,
        }),
        Err(problem) => json!({
            "content": [{ "type": "text", "text": refusal(&problem) }],
            "isError": true,
        }),
    }
}

/// Returns the words for a question that cannot be answered: the reason, and what to do about it.
fn refusal(problem: &Problem) -> String {
    let mut text = format!("Error {}: {}.", problem.code().name(), problem.detail());
    // Some descriptions name the values already.
    let is_told = |value: &String| problem.detail().contains(value.as_str());
    if !problem.allowed().iter().all(is_told) {
        text.push_str("\nPossible: ");
        text.push_str(&problem.allowed().join(", "));
    }
    if let Some(hint) = hint(problem.code()) {
        text.push_str("\nHint: ");
        text.push_str(hint);
    }
    text
}

/// Returns what to do about a problem of this kind.
fn hint(code: Code) -> Option<&'static str> {
    Some(match code {
        Code::UnknownDocument => {
            "ids of documents are the `document` of what `search` finds, and resources/list has all of them"
        }
        Code::UnknownSection => "`show` with the id of the document lists its sections",
        Code::UnknownPassage | Code::UnknownFootnote | Code::UnknownPage => {
            "addresses are those that `search`, `cite` and `show` print: 001:935, 001^6, 001@5"
        }
        Code::AmbiguousId => "give more of the id",
        Code::InvalidValue | Code::UnknownParameter | Code::MissingParameter | Code::RepeatedParameter => {
            "tools/list has the arguments and their values"
        }
        Code::TimeLimit => "ask for less: fewer items, a shorter text, or with a filter",
        Code::NoIndex => "whoever runs the server builds the index with `vankien index PATH`",
        Code::Internal => "the standard error of the server has the cause",
        _ => return None,
    })
}
