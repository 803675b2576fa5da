//! The index: built from documents, stored in a folder, and read by everything above.
//!
//! An index is a folder ([`folder`] lists its files). It holds the engine's index, in which each passage is a document;
//! the parsed documents whole; and the list of the files that it was built from. A single commit of the engine turns an
//! old state into a new one, so a process that is killed at any point leaves one or the other ([`manifest`]).
//!
//! - [`update`] adds files and folders to an index and brings it up to date with them, [`remove`] takes documents out
//!   of it; [`check()`] compares it with its files.
//! - [`Index`] is an open index, in a folder or in an engine elsewhere ([`remote`]); it answers from the state that it
//!   opened.
//! - [`fields`] defines what the engine indexes of a passage, and how its text becomes terms.
//!
//! ```no_run
//! use vankien::index::{self, BuildOptions, Index};
//! index::update("index".as_ref(), &["seeds".into()], &BuildOptions::default(), &mut ())?;
//! let index = Index::open("index".as_ref())?;
//! let parsed = index.document("001")?; // any unambiguous beginning of an id
//! assert!(parsed.document.id.starts_with("001"));
//! # Ok::<(), index::Error>(())
//! ```
//!
//! Tantivy's types stay inside this module and [`crate::search`].

mod block_sums;
mod build;
mod catalog;
mod check;
mod column_values;
mod engine_folder;
mod error;
mod fields;
mod folder;
mod folder_index;
mod frequencies;
mod ids;
mod kept;
mod learnt_model;
mod manifest;
mod ocr_pages;
mod ocr_results;
mod opened;
mod pack;
mod passages;
mod remote;
mod stored_roots;
#[cfg(test)]
pub(crate) mod testing;

pub use build::{
    BuildOptions, BuildReport, BuildStep, IndexedRoot, PartlyRead, Progress, RemoveReport, remove, update,
};
pub use check::{Check, Defect, Stale, check};
pub(crate) use column_values::ColumnValues;
pub use error::{Cause, Error, IdKind};
pub(crate) use fields::name_terms::beginning as name_beginning;
pub(crate) use fields::passage_terms::{ALTERNATIVE, LOST, REPAIRED};
pub(crate) use fields::symbol_terms::{citation_term, kind_term, letters_term};
pub use fields::{Annotations, Damaged, FORMAT, StoredPassage};
pub(crate) use fields::{
    BestReading, Cell, Compound, DATE_FIELD, Fields, FormOrigin, ORDER_FIELD, Shingle, Tokenized, WordForm,
    for_each_shingle, shingle,
};
pub(crate) use folder_index::FolderIndex;
pub use manifest::{Clean, IndexedFile, Manifest, State, UnreadFile};
pub(crate) use opened::OpenedIndex;
pub use opened::{Index, IndexPlace};
pub(crate) use remote::{ASKED_ANALYZER, HOLE, Part, RemoteFound, RemoteHit, RemoteIndex, filter_field, shingle_word};
pub use remote::{
    EngineAccess, EngineAddress, PublishOptions, PublishProgress, PublishReport, RemoteError, check_engine, publish,
};
