//! The calls of OpenSearch that write.
//!
//! Each says whether it may be made twice ([`Effect`]). A change of a document that depends on what it was is
//! conditional ([`Condition`]), and one that is put with a version gives way to a later one.

use serde::Deserialize;
use serde_json::{Value, json};
use ureq::http::Method;

use super::client::{Call, Client, Effect, Told};
use super::reads::{Shards, Version};
use crate::index::error::Error;
use crate::text::percent_encoded;

/// The condition under which a document is put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Condition {
    /// There is none of its id yet.
    New,
    /// Its last change is still this one.
    Unchanged(Version),
}

/// The answer to an item of a bulk.
#[derive(Debug, Deserialize)]
pub(super) struct BulkItem {
    /// The HTTP status of the item alone.
    pub(super) status: u16,
    #[serde(default)]
    error: Option<Value>,
}

impl BulkItem {
    /// Returns the reason for which the engine refused the item.
    pub(super) fn reason(self) -> String {
        self.error.map(Told::of_part).unwrap_or_default().reason()
    }
}

impl Client {
    /// Creates an engine's index; does nothing if there is one of this name.
    ///
    /// # Errors
    /// Those of every call.
    pub(super) fn create_index(&self, index: &str, body: &Value) -> Result<(), Error> {
        let (path, body) = (format!("/{index}"), body.to_string());
        let call = Call::new(Method::PUT, &path, Effect::Repeatable).json(body.as_bytes());
        let answer = self.answer(call.accepting(&[400]))?;
        if answer.status == 400 && answer.error_kind().as_deref() != Some("resource_already_exists_exception") {
            return Err(self.refused(&answer).into());
        }
        Ok(())
    }

    /// Deletes an engine's index, also one that is gone already.
    ///
    /// # Errors
    /// Those of every call.
    pub(super) fn delete_index(&self, index: &str) -> Result<(), Error> {
        let path = format!("/{index}");
        self.answer(Call::new(Method::DELETE, &path, Effect::Repeatable).accepting(&[404]))
            .map(drop)
    }

    /// Sets the number of replicas of engine's indexes.
    ///
    /// # Errors
    /// Those of every call.
    pub(super) fn set_replicas(&self, indexes: &[String], replicas: u32) -> Result<(), Error> {
        let path = format!("/{}/_settings", indexes.join(","));
        let body = json!({ "index": { "number_of_replicas": replicas } }).to_string();
        self.answer(Call::new(Method::PUT, &path, Effect::Repeatable).json(body.as_bytes()))
            .map(drop)
    }

    /// Removes and adds aliases, each an engine's index and its alias, in one step.
    ///
    /// # Errors
    /// Those of every call.
    pub(super) fn move_aliases(&self, remove: &[(String, String)], add: &[(String, String)]) -> Result<(), Error> {
        let action =
            |verb: &str, (index, alias): &(String, String)| json!({ verb: { "index": index, "alias": alias } });
        let removed = remove.iter().map(|pair| action("remove", pair));
        let added = add.iter().map(|pair| action("add", pair));
        let body = json!({ "actions": removed.chain(added).collect::<Vec<Value>>() }).to_string();
        self.answer(Call::new(Method::POST, "/_aliases", Effect::Once).json(body.as_bytes()))
            .map(drop)
    }

    /// Lets searches see what was written to engine's indexes.
    ///
    /// # Errors
    /// Those of every call, and of shards that are missing.
    pub(super) fn refresh(&self, indexes: &[String]) -> Result<(), Error> {
        #[derive(Deserialize)]
        struct Refreshed {
            #[serde(rename = "_shards")]
            shards: Shards,
        }
        let path = format!("/{}/_refresh", indexes.join(","));
        let refreshed: Refreshed = self.ask(Call::new(Method::POST, &path, Effect::Repeatable).long())?;
        self.expect_whole(&refreshed.shards)
    }

    /// Puts a document under a condition; returns its version, or `None` if the condition does not hold.
    ///
    /// # Errors
    /// Those of every call. After [`RemoteError::Unavailable`](super::RemoteError::Unavailable) it may be there or not.
    pub(super) fn put_document(
        &self,
        index: &str,
        id: &str,
        body: &Value,
        condition: Condition,
    ) -> Result<Option<Version>, Error> {
        let condition = match condition {
            Condition::New => "op_type=create".to_owned(),
            Condition::Unchanged(Version { seq_no, primary_term }) => {
                format!("if_seq_no={seq_no}&if_primary_term={primary_term}")
            }
        };
        let path = format!("/{index}/_doc/{}?{condition}", percent_encoded(id, b""));
        let body = body.to_string();
        let call = Call::new(Method::PUT, &path, Effect::Once).json(body.as_bytes());
        let answer = self.answer(call.accepting(&[409]))?;
        match answer.status {
            409 => Ok(None),
            _ => self.read(&answer).map(Some),
        }
    }

    /// Deletes a document, also one that is gone already.
    ///
    /// # Errors
    /// Those of every call.
    pub(super) fn delete_document(&self, index: &str, id: &str) -> Result<(), Error> {
        let path = format!("/{index}/_doc/{}", percent_encoded(id, b""));
        let call = Call::new(Method::DELETE, &path, Effect::Repeatable);
        self.answer(call.accepting(&[404])).map(drop)
    }

    /// Sends items of a bulk; returns the answer to each of the `expected`, in order. An item that is put twice with
    /// the same version is refused the second time, which tells that it is there.
    ///
    /// # Errors
    /// Those of every call.
    pub(super) fn bulk(&self, lines: &[u8], expected: usize) -> Result<Vec<BulkItem>, Error> {
        #[derive(Deserialize)]
        struct Answers {
            items: Vec<Value>,
        }
        let path = "/_bulk";
        let answers: Answers = self.ask(Call::new(Method::POST, path, Effect::Repeatable).lines(lines))?;
        self.expect_as_many(path, expected, answers.items.len())?;
        let item = |answer: Value| -> Result<BulkItem, Error> {
            let Value::Object(answer) = answer else {
                return Err(self.odd(path, "an item is no object"));
            };
            // `{"index": {…}}` or `{"delete": {…}}`.
            let inner = answer.into_iter().next().map(|(_, inner)| inner).unwrap_or_default();
            serde_json::from_value(inner).map_err(|cause| self.odd(path, &cause.to_string()))
        };
        answers.items.into_iter().map(item).collect()
    }

    /// Deletes the documents of an engine's index that searches see and that match `query`, but not those that were put
    /// anew since.
    ///
    /// # Errors
    /// Those of every call, and of shards that are missing.
    pub(super) fn delete_by_query(&self, index: &str, query: &Value) -> Result<(), Error> {
        #[derive(Deserialize)]
        struct Deleted {
            #[serde(default)]
            failures: Vec<Value>,
            #[serde(default)]
            timed_out: bool,
        }
        let path = format!("/{index}/_delete_by_query?conflicts=proceed");
        let body = json!({ "query": query }).to_string();
        let call = Call::new(Method::POST, &path, Effect::Repeatable).json(body.as_bytes());
        let deleted: Deleted = self.ask(call.long())?;
        match deleted.failures.into_iter().next() {
            Some(failure) => {
                let reason = failure.get("cause").or_else(|| failure.get("reason")).cloned();
                let reason = reason.map(Told::of_part).unwrap_or_default().reason();
                Err(self.unavailable(format!("it did not delete all that it was to delete ({reason})")))
            }
            None if deleted.timed_out => Err(self.unavailable("it gave up deleting".to_owned())),
            None => Ok(()),
        }
    }
}
