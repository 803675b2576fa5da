//! One conversation with a client: which version of the protocol it speaks, and the answer to each of its messages.

use std::io;

use serde_json::{Value, json};
use tokio::runtime::{Builder, Runtime};

use super::instructions::INSTRUCTIONS;
use super::message::{
    INVALID_PARAMS, INVALID_REQUEST, METHOD_NOT_FOUND, Message, MethodParams, PARSE_ERROR, RpcError, required_text_of,
    response, text_of,
};
use super::{resources, tools};
use crate::http::{App, Derived, Problem};
use crate::index::Index;

/// A version of the protocol.
#[derive(Clone, Copy, Debug)]
struct Version {
    /// The day that it is named by.
    name: &'static str,
    /// True if a line may hold several messages, as a list.
    has_batches: bool,
}

/// The versions that are spoken, the newest first.
const VERSIONS: [Version; 3] = [
    Version {
        name: "2025-06-18",
        has_batches: false,
    },
    Version {
        name: "2025-03-26",
        has_batches: true,
    },
    Version {
        name: "2024-11-05",
        has_batches: true,
    },
];

/// The most messages of a batch: it is answered with one line, which is made whole before it is sent.
const MAX_BATCH: usize = 50;

/// A conversation with one client.
pub(super) struct Session<'a> {
    app: &'a App,
    /// Waits for the answers of `app`.
    runtime: Runtime,
    /// The version that was agreed on; the newest before that.
    version: Version,
}

impl<'a> Session<'a> {
    /// Begins a conversation.
    ///
    /// # Errors
    /// The system gives no timer.
    pub(super) fn new(app: &'a App) -> io::Result<Self> {
        Ok(Self {
            app,
            runtime: Builder::new_current_thread().enable_time().build()?,
            version: VERSIONS[0],
        })
    }

    /// Returns the answer to a line; `None` if it has none.
    pub(super) fn answer(&mut self, line: &[u8]) -> Option<Value> {
        match serde_json::from_slice(line) {
            Ok(Value::Array(batch)) => self.answer_batch(batch),
            Ok(message) => self.answer_one(message),
            Err(error) => {
                Some(RpcError::new(PARSE_ERROR, format!("the line is not JSON: {error}")).response(Value::Null))
            }
        }
    }

    /// Returns the answers to the messages of a batch; `None` if none of them has one.
    fn answer_batch(&mut self, batch: Vec<Value>) -> Option<Value> {
        let refused = |detail: String| Some(RpcError::new(INVALID_REQUEST, detail).response(Value::Null));
        if !self.version.has_batches {
            let version = self.version.name;
            return refused(format!(
                "version {version} of the protocol has no batches; send a message a line"
            ));
        }
        if batch.is_empty() || batch.len() > MAX_BATCH {
            return refused(format!("a batch has 1 to {MAX_BATCH} messages"));
        }
        let answers: Vec<Value> = batch
            .into_iter()
            .filter_map(|message| self.answer_one(message))
            .collect();
        (!answers.is_empty()).then_some(Value::Array(answers))
    }

    /// Returns the answer to one message; `None` if it has none.
    fn answer_one(&mut self, message: Value) -> Option<Value> {
        match Message::read(message) {
            Message::Request { id, method, params } => Some(match self.call(&method, &params) {
                Ok(result) => response(id, result),
                Err(error) => error.response(id),
            }),
            Message::Unanswered => None,
            Message::Invalid { id, error } => Some(error.response(id)),
        }
    }

    /// Returns the result of a method.
    fn call(&mut self, method: &str, params: &MethodParams) -> Result<Value, RpcError> {
        match method {
            "initialize" => self.initialize(params),
            "ping" => Ok(json!({})),
            "tools/list" => whole_list(params, "tools", tools::list()),
            "tools/call" => {
                let call = tools::Call::read(params)?;
                Ok(tools::result(
                    self.ask(move |index, derived| call.answer(index, derived)),
                ))
            }
            "resources/list" => {
                let cursor = text_of(params, "cursor")?.map(str::to_owned);
                Ok(self.ask(move |index, _| resources::list(index, cursor))?)
            }
            "resources/templates/list" => whole_list(params, "resourceTemplates", resources::templates()),
            "resources/read" => {
                let uri = required_text_of(params, "uri")?;
                let address = resources::Address::parse(uri)?;
                Ok(self.ask(move |index, _| address.read(index))?)
            }
            _ => Err(RpcError::new(
                METHOD_NOT_FOUND,
                format!("there is no method '{method}'"),
            )),
        }
    }

    /// Agrees on a version: that of the client if it is spoken here, else the newest, with which the client may not agree.
    fn initialize(&mut self, params: &MethodParams) -> Result<Value, RpcError> {
        let asked = required_text_of(params, "protocolVersion")?;
        let known = VERSIONS.into_iter().find(|version| version.name == asked);
        self.version = known.unwrap_or(VERSIONS[0]);
        Ok(json!({
            "protocolVersion": self.version.name,
            "capabilities": { "tools": {}, "resources": {} },
            "serverInfo": {
                "name": env!("CARGO_PKG_NAME"),
                "title": "vankien: Vietnamese party documents",
                "version": env!("CARGO_PKG_VERSION"),
            },
            "instructions": INSTRUCTIONS,
        }))
    }

    /// Runs `work` with the newest state of the index, and waits for it.
    fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Index, &Derived) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        self.runtime.block_on(self.app.ask_with_derived(work))
    }
}

/// Returns the answer with a list that is given whole, so that no cursor is valid.
fn whole_list(params: &MethodParams, name: &str, list: Value) -> Result<Value, RpcError> {
    match text_of(params, "cursor")? {
        None => Ok(json!({ name: list })),
        Some(_) => Err(RpcError::new(
            INVALID_PARAMS,
            "'cursor' is not the 'nextCursor' of an answer: the list has one page",
        )),
    }
}
