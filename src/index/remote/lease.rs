//! The lease of an index: one process writes it at a time, and every change of it has a number.
//!
//! `NAME-writer` has one document, which names the writer and until when it has the index. Whoever comes meanwhile
//! fails; whoever comes later takes it over, because a writer that was killed cannot give it back. The number grows
//! with each lease, and everything that is written has it as its version. So a writer that was thought dead and wakes
//! up again overwrites nothing of the next one, and what a killed one left is told from what is whole.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::client::Client;
use super::error::RemoteError;
use super::mapping;
use super::names::writer_index;
use super::reads::Version;
use super::writes::Condition;
use crate::index::error::Error;

/// The id of the one document.
const WRITER_ID: &str = "writer";

/// The lease as the engine has it.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Record {
    /// The name of the writer.
    writer: String,
    /// The end of the lease in milliseconds since 1970.
    until_ms: u64,
    /// The number of the change.
    change: u64,
    /// True if the writer ended all that it began.
    done: bool,
}

/// The lease of this process.
pub(super) struct Lease<'c> {
    client: &'c Client,
    record: Record,
    version: Version,
    /// Its length.
    time: Duration,
    renewed: Instant,
    /// True if the writer before left something half done.
    pub(super) after_unfinished: bool,
}

impl<'c> Lease<'c> {
    /// Takes the lease for `time`, which [`Self::keep`] prolongs.
    ///
    /// # Errors
    /// [`RemoteError::Busy`] if another process has it, and those of every call.
    pub(super) fn take(client: &'c Client, time: Duration) -> Result<Self, Error> {
        let index = writer_index(client.address().name());
        let old = client.document(&index, WRITER_ID)?;
        let (old, condition) = match old {
            Some(got) => {
                let version = got.version();
                let old: Record = serde_json::from_value(got.source).map_err(|cause| {
                    client.error(|url| RemoteError::Damaged {
                        url,
                        name: index.clone(),
                        what: "the lease".to_owned(),
                        cause: Some(cause.into()),
                    })
                })?;
                (Some(old), Condition::Unchanged(version))
            }
            None => {
                client.create_index(&index, &mapping::writer_body())?;
                (None, Condition::New)
            }
        };
        if let Some(old) = old.as_ref().filter(|old| old.until_ms > now_ms()) {
            return Err(busy(client, &old.writer));
        }
        let record = Record {
            writer: format!(
                "vankien {} {:016x}",
                env!("CARGO_PKG_VERSION"),
                RandomState::new().build_hasher().finish()
            ),
            until_ms: end_of(time),
            change: old.as_ref().map_or(0, |old| old.change) + 1,
            done: false,
        };
        let renewed = Instant::now();
        let version = client.put_document(&index, WRITER_ID, &json!(record), condition)?;
        let version = version.ok_or_else(|| busy(client, "another process"))?;
        Ok(Self {
            client,
            record,
            version,
            time,
            renewed,
            after_unfinished: old.is_some_and(|old| !old.done),
        })
    }

    /// Returns the number of the change.
    pub(super) const fn change(&self) -> u64 {
        self.record.change
    }

    /// Raises the number of the change above `change`, the number of one that was made although no lease tells of it.
    ///
    /// # Errors
    /// Those of [`Self::renew`].
    pub(super) fn raise_above(&mut self, change: u64) -> Result<(), Error> {
        if change < self.record.change {
            return Ok(());
        }
        self.record.change = change + 1;
        self.renew()
    }

    /// Prolongs the lease if a third of it has passed.
    ///
    /// # Errors
    /// Those of [`Self::renew`].
    pub(super) fn keep(&mut self) -> Result<(), Error> {
        if self.renewed.elapsed() * 3 < self.time {
            return Ok(());
        }
        self.renew()
    }

    /// Prolongs the lease.
    ///
    /// # Errors
    /// [`RemoteError::Busy`] if another process took it over, and those of every call.
    pub(super) fn renew(&mut self) -> Result<(), Error> {
        self.record.until_ms = end_of(self.time);
        self.renewed = Instant::now();
        self.put()
    }

    /// Gives the lease back; `done` if nothing is left half done.
    ///
    /// # Errors
    /// Those of [`Self::renew`].
    pub(super) fn release(mut self, done: bool) -> Result<(), Error> {
        self.record.until_ms = 0;
        self.record.done = done;
        self.put()
    }

    /// Writes the lease, unless another process has it now.
    fn put(&mut self) -> Result<(), Error> {
        let client = self.client;
        let index = writer_index(client.address().name());
        client.insist(|| {
            let condition = Condition::Unchanged(self.version);
            if let Some(version) = client.put_document(&index, WRITER_ID, &json!(self.record), condition)? {
                self.version = version;
                return Ok(());
            }
            // It is still ours if only the answer to an earlier try was lost.
            let got = client.document(&index, WRITER_ID)?;
            let stored = got.and_then(|got| Some((got.version(), serde_json::from_value::<Record>(got.source).ok()?)));
            match stored {
                Some((version, record)) if record.writer == self.record.writer => {
                    self.version = version;
                    Err(client.unavailable("the lease changed meanwhile".to_owned()))
                }
                Some((_, record)) => Err(busy(client, &record.writer)),
                None => Err(busy(client, "another process")),
            }
        })
    }
}

/// Makes the error of an index that `writer` has.
fn busy(client: &Client, writer: &str) -> Error {
    client.error(|url| RemoteError::Busy {
        url,
        name: client.address().name().to_owned(),
        writer: writer.to_owned(),
    })
}

/// Returns the time in milliseconds since 1970.
fn now_ms() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_millis() as u64)
}

/// Returns the end of a lease that begins now.
fn end_of(time: Duration) -> u64 {
    now_ms() + time.as_millis() as u64
}
