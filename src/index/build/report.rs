//! The options of a build, its progress and its outcome.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::path::PathBuf;

use crate::corpus::{self, AbsentRoot, Root};

/// Options of a build.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BuildOptions {
    /// True to parse and index all files anew, even if the index is damaged or has another format.
    pub rebuild: bool,
    /// True to give up roots that are missing, empty or unreadable, with all their documents.
    pub force: bool,
    /// The path to index if none is named and the index has no root yet.
    pub first_root: Option<PathBuf>,
    /// Threads that parse and index. Defaults to one per core, up to four.
    pub threads: Option<NonZero<usize>>,
}

/// Receives the progress of a build. `()` ignores it.
pub trait Progress {
    /// Called when `done` of `total` documents have passed `step`.
    fn advance(&mut self, step: BuildStep, done: usize, total: usize);
}

impl Progress for () {
    fn advance(&mut self, _: BuildStep, _: usize, _: usize) {}
}

/// A step of a build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BuildStep {
    /// Files are read; clean ones are parsed.
    Parse,
    /// Counts for reading damaged documents are learnt from clean ones.
    Learn,
    /// Damaged documents are read and parsed.
    Repair,
    /// Citations are resolved against the corpus, and passages are handed to the engine.
    Index,
    /// The new state is committed.
    Commit,
}

/// The outcome of a build.
#[derive(Debug, Default)]
pub struct BuildReport {
    /// Documents that were not in the index.
    pub added: usize,
    /// Documents whose file changed.
    pub changed: usize,
    /// Documents whose file is no longer in the corpus.
    pub removed: usize,
    /// Documents whose file did not change, including those whose citations were resolved to something else.
    pub unchanged: usize,
    /// Documents now in the index.
    pub documents: usize,
    /// Passages now in the index.
    pub passages: usize,
    /// Bytes of the files that were read.
    pub bytes: u64,
    /// Number of clean documents that counts were learnt from; `None` if the stored counts were still valid, or
    /// nothing is damaged.
    pub learnt_from: Option<usize>,
    /// Damaged documents that were read: the new ones, or all of them if counts were learnt.
    pub repaired: usize,
    /// Files that could not be read, and files and folders that could not be listed. If such a file was in the index,
    /// its document stays there as it was.
    pub failed: Vec<corpus::Error>,
    /// Roots that are missing, empty or unreadable; their documents stay.
    pub absent: Vec<AbsentRoot>,
    /// The number of files that folders hold and nothing reads, by kind: the extension in lower case.
    pub passed_over: BTreeMap<String, usize>,
    /// The roots of the index.
    pub roots: Vec<IndexedRoot>,
    /// The paths that were removed and stay out until they are named themselves.
    pub excluded: Vec<PathBuf>,
}

/// A root of an index.
#[derive(Debug)]
pub struct IndexedRoot {
    /// The root.
    pub root: Root,
    /// The number of its documents.
    pub documents: usize,
}
