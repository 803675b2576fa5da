//! The state of an index in the engine: one document, which tells what the passages, documents and citations are of.
//!
//! It is written last, so it never tells of what is not there yet.

use std::collections::BTreeMap;
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::client::Client;
use super::error::RemoteError;
use super::names::{Names, Part};
use super::reads::Version;
use super::records::{self, DecodeError, unwritable};
use super::vocabulary::TermLists;
use crate::corpus::Roots;
use crate::index::error::Error;
use crate::index::fields::FORMAT;
use crate::index::folder_index::FolderIndex;
use crate::index::manifest::UnreadFile;
use crate::reading::Learnt;

/// The version of the names and fields in the engine, beside [`FORMAT`].
pub(super) const PROTOCOL: u32 = 1;

/// The id of the one document.
pub(super) const STATE_ID: &str = "state";

/// The state of an index in the engine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct RemoteState {
    /// Format of the index ([`FORMAT`]).
    pub(crate) format: u32,
    /// Version of the names and fields in the engine.
    pub(crate) protocol: u32,
    /// Version of the program that wrote it.
    pub(crate) vankien: String,
    /// The number of the change that wrote this state. It grows with every change of the index, whoever makes it.
    pub(crate) change: u64,
    /// The number of the commit of the embedded index that it was made from.
    pub(crate) generation: u64,
    /// The name of the state of that index ([`crate::index::State`]): 16 hexadecimal digits.
    pub(crate) state: String,
    /// Number of passages.
    pub(crate) passages: u64,
    /// Number of documents.
    pub(crate) documents: u64,
    /// Number of citations.
    pub(crate) citations: u64,
    /// Number of words and numbers in all passages.
    pub(crate) words: u64,
    /// The signs of origin that some exact word has.
    pub(crate) signs: Vec<char>,
    /// Time of the commit, in milliseconds since 1970; `None` if the system did not know it.
    pub(crate) committed_ms: Option<u64>,
    /// Size of the files of the embedded index, in bytes.
    pub(crate) index_bytes: u64,
    /// Counts that damaged documents were read with, in base64; `None` if no document is damaged.
    pub(crate) learnt: Option<String>,
    /// The office's own table of documents; empty if it has none.
    pub(crate) register: String,
    /// The terms, to find those that begin with something.
    pub(crate) terms: TermLists,
    /// Those of the state before, which is still read.
    pub(crate) old_terms: TermLists,
    /// The rest of the manifest.
    pub(crate) list: RemoteList,
}

/// The part of a manifest that is not about single documents.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct RemoteList {
    /// The files that could not be read, sorted by location.
    pub(crate) unread: Vec<UnreadFile>,
    /// The files of kinds that nothing reads, by kind.
    pub(crate) passed_over: BTreeMap<String, usize>,
    /// The roots that the files belong to.
    pub(crate) roots: Roots,
    /// Digest of the register that the citations were resolved with.
    pub(crate) register_digest: String,
    /// The documents that the engine refused, by id, each with the reason.
    pub(crate) failed: BTreeMap<String, String>,
}

impl RemoteState {
    /// Returns the counts that damaged documents were read with, to join with the shipped model.
    ///
    /// # Errors
    /// [`DecodeError`] if they are damaged.
    pub(crate) fn learnt(&self) -> Result<Option<Learnt>, DecodeError> {
        self.learnt.as_deref().map(records::decode_compressed).transpose()
    }

    /// Returns the state of `index`, which the change with this number writes; nothing is counted yet.
    ///
    /// # Errors
    /// Those of reading the index.
    pub(super) fn of(index: &FolderIndex, change: u64) -> Result<Self, Error> {
        let manifest = index.manifest()?;
        let learnt = manifest
            .learnt
            .as_ref()
            .map(|learnt| learnt.read(index.dir()))
            .transpose()?;
        let learnt = learnt.map(|learnt| records::encode_compressed(&learnt)).transpose();
        let committed = index.committed().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        Ok(Self {
            format: FORMAT,
            protocol: PROTOCOL,
            vankien: env!("CARGO_PKG_VERSION").to_owned(),
            change,
            generation: index.generation(),
            state: index.state().to_string(),
            passages: 0,
            documents: 0,
            citations: 0,
            words: index.words_count()?,
            signs: index.signs()?.to_vec(),
            committed_ms: committed.map(|since| since.as_millis() as u64),
            index_bytes: index.size_bytes(),
            learnt: learnt.map_err(|cause| unwritable(index, cause))?,
            register: manifest.register.clone(),
            terms: TermLists::default(),
            old_terms: TermLists::default(),
            list: RemoteList {
                unread: manifest.unread.clone(),
                passed_over: manifest.passed_over.clone(),
                roots: manifest.roots.clone(),
                register_digest: manifest.register_digest.clone(),
                failed: BTreeMap::new(),
            },
        })
    }
}

/// The state as the engine has it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct StoredState {
    /// The state; `None` if it is of another format.
    pub(super) state: Option<RemoteState>,
    /// Format of the index.
    pub(super) format: u32,
    /// Version of the program that wrote it.
    pub(super) written_by: String,
    /// The number of the change that wrote it; 0 if the format tells none.
    pub(super) change: u64,
    /// Its last change in the engine.
    pub(super) version: Version,
}

/// Reads the state of the index, and the engine's indexes that it tells of.
///
/// # Errors
/// [`RemoteError::Missing`] if there is no such index, [`RemoteError::Format`], [`RemoteError::Damaged`], and those of
/// every call.
pub(crate) fn read_state(client: &Client) -> Result<(RemoteState, Names), Error> {
    let name = || client.address().name().to_owned();
    let missing = || client.error(|url| RemoteError::Missing { url, name: name() });
    let names = Names::current(client)?.ok_or_else(missing)?;
    let stored = read_stored(client, &names)?.ok_or_else(missing)?;
    let state = stored.state.ok_or_else(|| {
        client.error(|url| RemoteError::Format {
            url,
            name: name(),
            found: stored.format,
            written_by: stored.written_by,
        })
    })?;
    Ok((state, names))
}

/// Reads the state in the engine's indexes `names`; `None` if there is none.
///
/// # Errors
/// [`RemoteError::Damaged`], and those of every call.
pub(super) fn read_stored(client: &Client, names: &Names) -> Result<Option<StoredState>, Error> {
    let Some(got) = client.document(&names.index(Part::State), STATE_ID)? else {
        return Ok(None);
    };
    let damaged = |cause: serde_json::Error| {
        client.error(|url| RemoteError::Damaged {
            url,
            name: client.address().name().to_owned(),
            what: "the state".to_owned(),
            cause: Some(cause.into()),
        })
    };
    // The format decides how to read the rest; every format has these fields.
    #[derive(Deserialize)]
    struct AnyState {
        format: u32,
        protocol: u32,
        vankien: String,
        #[serde(default)]
        change: u64,
    }
    let any: AnyState = serde_json::from_value(got.source.clone()).map_err(damaged)?;
    let is_readable = any.format == FORMAT && any.protocol == PROTOCOL;
    let read = |source: Value| serde_json::from_value::<RemoteState>(source).map_err(damaged);
    let version = got.version();
    Ok(Some(StoredState {
        state: is_readable.then(|| read(got.source)).transpose()?,
        format: any.format,
        written_by: any.vankien,
        change: any.change,
        version,
    }))
}
