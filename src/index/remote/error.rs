//! Errors of an index that OpenSearch holds.
//!
//! Those of one call are told apart by what helps: to wait, to give another key, to name another index, or to look at
//! the engine. Each names the address that was asked, which never has a key in it.

use crate::index::fields::FORMAT;

/// An error of a library below.
type Cause = Box<dyn std::error::Error + Send + Sync>;

/// The reason why an index in OpenSearch could not be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum RemoteError {
    /// The address of the engine, its key or its certificates cannot be used.
    #[error("'{url}' is no address of an index in OpenSearch: {reason}")]
    Address {
        /// The address as it was given.
        url: String,
        /// The reason, in a few words.
        reason: String,
    },
    /// The engine cannot be reached, is overloaded, took too long, or lacks some shards. A later try may succeed.
    #[error("OpenSearch at '{url}' is not available: {reason}")]
    Unavailable {
        /// The address of the engine.
        url: String,
        /// The reason, in a few words.
        reason: String,
        /// The error of the connection; `None` if the engine said so itself.
        #[source]
        cause: Option<Cause>,
    },
    /// The certificate of the engine is not one that the authorities named for it vouch for.
    #[error("the certificate of OpenSearch at '{url}' is not trusted: {reason}")]
    Untrusted {
        /// The address of the engine.
        url: String,
        /// The reason that the check of the certificate gave.
        reason: String,
    },
    /// The engine does not accept the key, or the key may not do this.
    #[error("OpenSearch at '{url}' does not let this key {call} (status {status})")]
    Unauthorized {
        /// The address of the engine.
        url: String,
        /// The method and path that were refused.
        call: String,
        /// The HTTP status, 401 or 403.
        status: u16,
    },
    /// The engine has no index of this name.
    #[error("there is no index '{name}' in OpenSearch at '{url}'")]
    Missing {
        /// The address of the engine.
        url: String,
        /// The name of the index.
        name: String,
    },
    /// The index was written by another version of the program.
    #[error(
        "the index '{name}' in OpenSearch at '{url}' has format {found} (vankien {written_by}); this program reads \
         format {FORMAT}"
    )]
    Format {
        /// The address of the engine.
        url: String,
        /// The name of the index.
        name: String,
        /// The format of that index.
        found: u32,
        /// The version of the program that wrote it.
        written_by: String,
    },
    /// The engine understood a call and refused it.
    #[error("OpenSearch at '{url}' refused {call} (status {status}): {reason}")]
    Refused {
        /// The address of the engine.
        url: String,
        /// The method and path.
        call: String,
        /// The HTTP status.
        status: u16,
        /// The reason that the engine gave.
        reason: String,
    },
    /// The address answers, but not as OpenSearch does.
    #[error("what answers at '{url}' is not OpenSearch 3 or later: {reason}")]
    NotOpenSearch {
        /// The address.
        url: String,
        /// The difference.
        reason: String,
    },
    /// An answer has more bytes than are read.
    #[error("OpenSearch at '{url}' answered {call} with more than {max_bytes} bytes")]
    TooLarge {
        /// The address of the engine.
        url: String,
        /// The method and path.
        call: String,
        /// The most bytes that are read.
        max_bytes: u64,
    },
    /// Another process is writing the index.
    #[error("the index '{name}' in OpenSearch at '{url}' is busy: {writer} is writing it")]
    Busy {
        /// The address of the engine.
        url: String,
        /// The name of the index.
        name: String,
        /// The name of the other writer.
        writer: String,
    },
    /// Something in the index is not as it was written.
    #[error("{what} of the index '{name}' in OpenSearch at '{url}' is damaged")]
    Damaged {
        /// The address of the engine.
        url: String,
        /// The name of the index.
        name: String,
        /// The thing that is damaged: `passage '001:12'`.
        what: String,
        /// The error that showed the damage; `None` if a count did.
        #[source]
        cause: Option<Cause>,
    },
}

impl RemoteError {
    /// Returns advice for people on what to do about the error.
    #[must_use]
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::Address { .. } => "give an address such as `https://search.example.vn:9200/vankien`",
            Self::Unavailable { .. } => "check the address and that the cluster is up and green, then try again",
            Self::Untrusted { .. } => "name the certificates of its authority with `--engine-ca FILE`",
            Self::Unauthorized { .. } => "give another key with `--engine-key-file FILE`, or give this one the right",
            Self::Missing { .. } => "check the name of the index, or build it: `vankien index --engine URL PATH`",
            Self::Format { .. } | Self::Damaged { .. } => "build it anew: `vankien index --engine URL --rebuild`",
            Self::Refused { .. } => "look at the log of the engine for the reason",
            Self::NotOpenSearch { .. } => "check the address: nothing but OpenSearch 3 or later can hold the index",
            Self::TooLarge { .. } => "ask for less at a time",
            Self::Busy { .. } => "wait until it is done; a writer that was killed is forgotten after a minute",
        }
    }

    /// Returns true if the same call may succeed a little later.
    #[must_use]
    pub const fn is_unavailable(&self) -> bool {
        matches!(self, Self::Unavailable { .. })
    }
}
