//! An index in OpenSearch 3: what is written there, and the client that reads and writes it.
//!
//! The embedded index is the working copy of whoever writes; the engine holds the same passages, documents and
//! citations for everybody who asks. Nothing is parsed or resolved on the way, and the words of a passage are those of
//! the embedded index, cut once ([`cells`]).
//!
//! | engine's index | one for each | its source |
//! |---|---|---|
//! | `NAME-passages-N` | passage | [`passage_source`] |
//! | `NAME-documents-N` | document | [`document_source`] |
//! | `NAME-citations-N` | citation | [`passage_source`] |
//! | `NAME-state-N` | – | [`state`] |
//!
//! [`mod@publish`] brings the engine to the state of an embedded index, in changes that have numbers ([`lease`]) and in
//! calls of many items ([`bulk`]). [`client`] makes the calls, [`reads`] and [`writes`] say which; [`mapping`] has the
//! fields, [`records`] the stored forms.

mod address;
mod bulk;
mod cells;
mod check;
mod client;
mod document_source;
mod error;
mod lease;
mod mapping;
mod names;
mod passage_source;
mod publish;
mod reads;
mod records;
mod remote_index;
mod state;
#[cfg(test)]
mod tests;
mod vocabulary;
mod writes;

pub use address::{EngineAccess, EngineAddress};
pub use check::check_engine;
pub use error::RemoteError;
pub(crate) use mapping::{ASKED_ANALYZER, HOLE, filter_field};
pub(crate) use names::Part;
pub(crate) use passage_source::shingle_word;
pub use publish::{PublishOptions, PublishProgress, PublishReport, publish};
pub(crate) use reads::{Found as RemoteFound, FoundHit as RemoteHit};
pub(crate) use remote_index::RemoteIndex;
