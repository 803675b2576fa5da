//! The options of a build, its progress and its outcome.

use std::collections::BTreeMap;
use std::fmt;
use std::num::NonZero;
use std::path::PathBuf;

use crate::corpus::{self, AbsentRoot, MAX_FILE_TIME, MAX_PIXELS, Root, UnreadPages};
use crate::index::error::Error;
use crate::index::manifest::IndexedFile;

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
    /// The office's own table of documents ([`crate::register::Register::with_rows`]), empty for none; `None` keeps the
    /// one that the index has.
    pub register: Option<String>,
    /// The most pages of a file that an OCR reads, the first ones that need it; `None` for all.
    pub ocr_pages: Option<NonZero<usize>>,
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
    /// Files are read that take an OCR.
    Ocr,
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
    /// Files in the index of which pages are unread, sorted by path.
    pub partly_read: Vec<PartlyRead>,
    /// Roots that are missing, empty or unreadable; their documents stay.
    pub absent: Vec<AbsentRoot>,
    /// The number of files that folders hold and nothing reads, by kind: the extension in lower case.
    pub passed_over: BTreeMap<String, usize>,
    /// The roots of the index.
    pub roots: Vec<IndexedRoot>,
    /// The paths that were removed and stay out until they are named themselves.
    pub excluded: Vec<PathBuf>,
    /// The error of tidying up after the commit. The index has the new state, and perhaps more files than it needs.
    pub untidy: Option<Error>,
}

impl BuildReport {
    /// Adds the report of a later round, which saw the index that the rounds before left.
    pub(super) fn add(&mut self, later: Self) {
        self.added += later.added;
        self.changed += later.changed;
        self.removed += later.removed;
        self.documents = later.documents;
        self.unchanged = later.documents.saturating_sub(self.added + self.changed);
        self.passages = later.passages;
        self.bytes += later.bytes;
        // Whoever learns anew reads all damaged documents again.
        self.repaired = later.repaired + if later.learnt_from.is_some() { 0 } else { self.repaired };
        self.learnt_from = later.learnt_from.or(self.learnt_from);
        self.failed.extend(later.failed);
        self.partly_read = later.partly_read;
        self.roots = later.roots;
        self.excluded = later.excluded;
        self.untidy = later.untidy;
    }
}

/// A file of which pages are unread although they need an OCR.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartlyRead {
    /// The file.
    pub path: PathBuf,
    /// All its pages.
    pub pages: usize,
    /// The unread ones.
    pub unread: UnreadPages,
}

impl PartlyRead {
    /// Returns the unread pages of `file`; `None` if there are none.
    pub(super) fn of(file: &IndexedFile) -> Option<Self> {
        (file.unread.count() > 0).then(|| Self {
            path: file.path.clone(),
            pages: file.unread.of,
            unread: file.unread,
        })
    }

    /// Returns advice for the user.
    #[must_use]
    pub fn hint(&self) -> String {
        if self.unread.beyond > 0 {
            let all = self.unread.bound() + self.unread.beyond;
            format!("read the rest: `vankien index --ocr-pages {all}`, or 0 for all pages of every file")
        } else if self.unread.late > 0 {
            "read on: `vankien index`; what was read is stored".to_owned()
        } else {
            "scan these pages at 300 pixels to the inch, or make them smaller in an image editor".to_owned()
        }
    }
}

impl fmt::Display for PartlyRead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unread = self.unread;
        let reasons = [
            (
                unread.beyond,
                format!("OCR is limited to {} pages of a file", unread.bound()),
            ),
            (
                unread.late,
                format!(
                    "OCR is limited to {} minutes of a file in one run",
                    MAX_FILE_TIME.as_secs() / 60
                ),
            ),
            (
                unread.too_large,
                format!(
                    "{} with more than {} million pixels",
                    unread.too_large,
                    MAX_PIXELS / 1_000_000
                ),
            ),
        ];
        let reasons = reasons.into_iter().filter(|(pages, _)| *pages > 0);
        let reasons: Vec<String> = reasons.map(|(_, reason)| reason).collect();
        let count = unread.count();
        write!(
            f,
            "{count} of {} pages were not read: {}",
            self.pages,
            reasons.join(", and ")
        )
    }
}

/// A root of an index.
#[derive(Debug)]
pub struct IndexedRoot {
    /// The root.
    pub root: Root,
    /// The number of its documents.
    pub documents: usize,
}
