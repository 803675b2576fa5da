//! Messages of JSON-RPC 2.0: requests that are answered, notifications that are not, and errors.
//!
//! Source: the JSON-RPC 2.0 specification, sections 4 and 5; the Model Context Protocol, which allows no id that is null and
//! no parameters by position.

use serde_json::{Map, Value, json};

use crate::http::Problem;

/// A line is no JSON.
pub(super) const PARSE_ERROR: i32 = -32700;
/// A message is no request.
pub(super) const INVALID_REQUEST: i32 = -32600;
/// There is no such method.
pub(super) const METHOD_NOT_FOUND: i32 = -32601;
/// The parameters of a method are not as it takes them.
pub(super) const INVALID_PARAMS: i32 = -32602;
/// The server failed.
const INTERNAL_ERROR: i32 = -32603;
/// There is no such resource; a code of the Model Context Protocol.
pub(super) const RESOURCE_NOT_FOUND: i32 = -32002;

/// A message that was received.
#[derive(Debug)]
pub(super) enum Message {
    /// It is answered.
    Request {
        /// The id that its answer carries.
        id: Value,
        /// The name of the method.
        method: String,
        /// The parameters of the method.
        params: MethodParams,
    },
    /// It is not answered: a notification, or the answer to a request that nobody here made.
    Unanswered,
    /// It is none; the answer says so.
    Invalid {
        /// The id that it carries; null if it has none that can be told.
        id: Value,
        /// The reason.
        error: RpcError,
    },
}

impl Message {
    /// Reads a message.
    pub(super) fn read(message: Value) -> Self {
        let invalid = |id: Value, code, detail: &str| Self::Invalid {
            id,
            error: RpcError::new(code, detail),
        };
        let Value::Object(mut fields) = message else {
            return invalid(Value::Null, INVALID_REQUEST, "a message is a JSON object");
        };
        let id = fields.remove("id");
        let known_id = id.clone().filter(is_id).unwrap_or_default();
        if fields.get("jsonrpc").and_then(Value::as_str) != Some("2.0") {
            return invalid(
                known_id,
                INVALID_REQUEST,
                "a message has the field 'jsonrpc' with the value \"2.0\"",
            );
        }
        let method = match fields.remove("method") {
            Some(Value::String(method)) => method,
            None if fields.contains_key("result") || fields.contains_key("error") => return Self::Unanswered,
            _ => return invalid(known_id, INVALID_REQUEST, "a request has the field 'method', a string"),
        };
        let Some(id) = id else {
            return Self::Unanswered;
        };
        if !is_id(&id) {
            return invalid(Value::Null, INVALID_REQUEST, "an id is a string or a whole number");
        }
        match fields.remove("params") {
            None => Self::Request {
                id,
                method,
                params: MethodParams::new(),
            },
            Some(Value::Object(params)) => Self::Request { id, method, params },
            Some(_) => invalid(id, INVALID_PARAMS, "'params' is a JSON object"),
        }
    }
}

/// The parameters of a method.
pub(super) type MethodParams = Map<String, Value>;

/// Returns the text in this parameter; `None` if it is not given.
///
/// # Errors
/// It is no text.
pub(super) fn text_of<'p>(params: &'p MethodParams, name: &str) -> Result<Option<&'p str>, RpcError> {
    match params.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(RpcError::new(INVALID_PARAMS, format!("'{name}' takes a string"))),
    }
}

/// Returns the text in this parameter.
///
/// # Errors
/// It is missing, or no text.
pub(super) fn required_text_of<'p>(params: &'p MethodParams, name: &str) -> Result<&'p str, RpcError> {
    text_of(params, name)?.ok_or_else(|| RpcError::new(INVALID_PARAMS, format!("'{name}' is missing")))
}

/// Returns true if a request may have this id.
fn is_id(id: &Value) -> bool {
    id.is_string() || id.is_i64() || id.is_u64()
}

/// Returns the answer to the request with this id.
pub(super) fn response(id: Value, result: Value) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "result": result })
}

/// An error of the protocol.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct RpcError {
    code: i32,
    message: String,
    data: Option<Value>,
}

impl RpcError {
    /// Returns an error with this code; `message` describes it for people.
    pub(super) fn new(code: i32, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            data: None,
        }
    }

    /// Sets further facts for programs.
    #[must_use]
    pub(super) fn with(mut self, data: Value) -> Self {
        self.data = Some(data);
        self
    }

    /// Returns it as the answer to the request with this id.
    pub(super) fn response(self, id: Value) -> Value {
        let mut error = json!({ "code": self.code, "message": self.message });
        if let Some(data) = self.data {
            error["data"] = data;
        }
        json!({ "jsonrpc": "2.0", "id": id, "error": error })
    }
}

/// The reason why a resource or a list cannot be given.
impl From<Problem> for RpcError {
    fn from(problem: Problem) -> Self {
        let code = match problem.status().as_u16() {
            404 => RESOURCE_NOT_FOUND,
            500.. => INTERNAL_ERROR,
            _ => INVALID_PARAMS,
        };
        Self::new(code, problem.detail()).with(json!({ "code": problem.code().name(), "allowed": problem.allowed() }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The code of the error that a message gets, and the id of that answer.
    fn refused(message: Value) -> Option<(i32, Value)> {
        match Message::read(message) {
            Message::Invalid { id, error } => Some((error.code, id)),
            Message::Request { .. } | Message::Unanswered => None,
        }
    }

    #[test]
    fn what_is_no_request_is_refused_with_the_id_that_it_has() {
        for (message, code, id) in [
            (json!(1), INVALID_REQUEST, Value::Null),
            (json!({ "id": 7 }), INVALID_REQUEST, json!(7)),
            (
                json!({ "jsonrpc": "1.0", "id": "a", "method": "ping" }),
                INVALID_REQUEST,
                json!("a"),
            ),
            (
                json!({ "jsonrpc": "2.0", "id": 1, "method": 2 }),
                INVALID_REQUEST,
                json!(1),
            ),
            (
                json!({ "jsonrpc": "2.0", "id": null, "method": "ping" }),
                INVALID_REQUEST,
                Value::Null,
            ),
            (
                json!({ "jsonrpc": "2.0", "id": [], "method": "ping" }),
                INVALID_REQUEST,
                Value::Null,
            ),
            (
                json!({ "jsonrpc": "2.0", "id": 1.5, "method": "ping" }),
                INVALID_REQUEST,
                Value::Null,
            ),
            (
                json!({ "jsonrpc": "2.0", "id": 1, "method": "ping", "params": [1] }),
                INVALID_PARAMS,
                json!(1),
            ),
        ] {
            assert_eq!(refused(message.clone()), Some((code, id)), "{message}");
        }
    }

    #[test]
    fn notifications_and_answers_are_not_answered() {
        for message in [
            json!({ "jsonrpc": "2.0", "method": "notifications/cancelled", "params": { "requestId": 1 } }),
            json!({ "jsonrpc": "2.0", "method": "no/such" }),
            json!({ "jsonrpc": "2.0", "id": 1, "result": {} }),
            json!({ "jsonrpc": "2.0", "id": 1, "error": { "code": 1, "message": "" } }),
        ] {
            assert!(
                matches!(Message::read(message.clone()), Message::Unanswered),
                "{message}"
            );
        }
    }
}
