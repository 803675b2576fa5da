//! Puts and deletes that are sent many at a time.
//!
//! Each belongs to a document. What the engine is too busy for is sent again, alone and later; what it refuses makes
//! its document fail, and the others go on. Every item has a version, the number of the change: if a later one is there
//! already (status 409), it is done.

use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::json;

use super::client::Client;
use super::error::RemoteError;
use super::passage_source::Source;
use crate::index::error::Error;

/// Items for the engine that are not sent yet.
pub(super) struct Bulk<'c> {
    client: &'c Client,
    /// Items are sent when they have so many bytes together.
    max_bytes: usize,
    /// The number of the change.
    version: u64,
    lines: Vec<u8>,
    items: Vec<Item>,
    /// The documents of which the engine refused an item, each with its first reason.
    pub(super) failed: BTreeMap<String, String>,
    /// Bytes that were sent.
    pub(super) sent_bytes: u64,
}

/// An item that is not sent yet.
struct Item {
    /// The document that it belongs to.
    owner: String,
    /// Its lines.
    lines: Range<usize>,
}

impl<'c> Bulk<'c> {
    /// Prepares items of the change `version`.
    pub(super) const fn new(client: &'c Client, max_bytes: usize, version: u64) -> Self {
        Self {
            client,
            max_bytes,
            version,
            lines: Vec::new(),
            items: Vec::new(),
            failed: BTreeMap::new(),
            sent_bytes: 0,
        }
    }

    /// Puts something of the document `owner` into an engine's index; with `is_routed`, into the shard of the document.
    ///
    /// # Errors
    /// Those of [`Self::flush`].
    pub(super) fn put(&mut self, index: &str, owner: &str, source: &Source, is_routed: bool) -> Result<(), Error> {
        let mut action = json!({
            "_index": index,
            "_id": source.id,
            "version": self.version,
            "version_type": "external",
        });
        if is_routed {
            action["routing"] = json!(owner);
        }
        let lines = format!("{}\n{}\n", json!({ "index": action }), source.fields);
        self.add(owner, lines.as_bytes())
    }

    /// Deletes the document `owner` itself from an engine's index.
    ///
    /// # Errors
    /// Those of [`Self::flush`].
    pub(super) fn delete(&mut self, index: &str, owner: &str) -> Result<(), Error> {
        let action = json!({
            "_index": index,
            "_id": owner,
            "version": self.version,
            // One of this change may have been put before it failed.
            "version_type": "external_gte",
        });
        self.add(owner, format!("{}\n", json!({ "delete": action })).as_bytes())
    }

    /// Adds an item, after sending those before it if they would be too many together.
    fn add(&mut self, owner: &str, lines: &[u8]) -> Result<(), Error> {
        if !self.items.is_empty() && self.lines.len() + lines.len() > self.max_bytes {
            self.flush()?;
        }
        let start = self.lines.len();
        self.lines.extend_from_slice(lines);
        self.items.push(Item {
            owner: owner.to_owned(),
            lines: start..self.lines.len(),
        });
        Ok(())
    }

    /// Sends all items and waits until the engine has them.
    ///
    /// # Errors
    /// Those of every call; [`RemoteError::Unavailable`] if it is too busy for some item every time.
    pub(super) fn flush(&mut self) -> Result<(), Error> {
        let mut items = std::mem::take(&mut self.items);
        let lines = std::mem::take(&mut self.lines);
        let mut tried = 0;
        while !items.is_empty() {
            tried += 1;
            let sent: Vec<u8> = items
                .iter()
                .flat_map(|item| &lines[item.lines.clone()])
                .copied()
                .collect();
            self.sent_bytes += sent.len() as u64;
            let answers = match self.client.bulk(&sent, items.len()) {
                // A single item that is larger than the engine takes.
                Err(Error::Remote(RemoteError::Refused {
                    status: 413, reason, ..
                })) if items.len() == 1 => {
                    self.fail(&items[0].owner, reason);
                    break;
                }
                answers => answers?,
            };
            let mut busy = Vec::new();
            for (item, answer) in items.into_iter().zip(answers) {
                match answer.status {
                    200..300 | 404 | 409 => {}
                    429 | 503 => busy.push(item),
                    _ => self.fail(&item.owner, answer.reason()),
                }
            }
            items = busy;
            if !items.is_empty() {
                if tried >= self.client.limits().tries {
                    let reason = format!("it has no time for {} items of a bulk", items.len());
                    return Err(self.client.unavailable(reason));
                }
                self.client.pause(tried);
            }
        }
        // The room stays for the next items.
        self.lines = lines;
        self.lines.clear();
        Ok(())
    }

    /// Notes that a document failed.
    pub(super) fn fail(&mut self, owner: &str, reason: String) {
        self.failed.entry(owner.to_owned()).or_insert(reason);
    }
}
