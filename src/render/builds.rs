//! The wire form of what `vankien index` and `vankien remove` did.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Serialize;

use crate::corpus;
use crate::index::{BuildReport, IndexedRoot, PartlyRead, PublishReport, RemoveReport};

/// The outcome of bringing an index up to date.
#[derive(Debug, Serialize)]
pub struct IndexLine {
    /// The folder of the index.
    index: String,
    /// Documents that were not in the index.
    added: usize,
    /// Documents whose file changed.
    changed: usize,
    /// Documents whose file is gone.
    removed: usize,
    /// Documents whose file did not change, or could not be looked at.
    unchanged: usize,
    /// Documents now in the index.
    documents: usize,
    /// Passages now in the index.
    passages: usize,
    /// Bytes of the files that were read.
    bytes: u64,
    /// Time taken, in milliseconds.
    elapsed_ms: u64,
    /// The roots of the index.
    roots: Vec<RootLine>,
    /// The paths that were removed and stay out until they are named.
    excluded: Vec<String>,
    /// The kinds of files in folders that nothing reads, the most frequent first.
    passed_over: Vec<PassedOver>,
    /// The files that could not be read.
    failed: Vec<FailedLine>,
    /// The files in the index of which pages are unread although they need an OCR.
    partly_read: Vec<PartlyReadLine>,
    /// The engine that the index was put into; absent without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    engine: Option<EngineLine>,
}

/// The outcome of putting an index into an engine.
#[derive(Debug, Serialize)]
pub struct EngineLine {
    /// True if it was built anew there.
    rebuilt: bool,
    /// Documents that were put there for the first time.
    added: usize,
    /// Documents that were replaced.
    changed: usize,
    /// Documents that were removed.
    removed: usize,
    /// Documents that were there already.
    unchanged: usize,
    /// Documents now there.
    documents: u64,
    /// Passages now there.
    passages: u64,
    /// Citations now there.
    citations: u64,
    /// Bytes that were sent.
    sent_bytes: u64,
    /// The documents that the engine refused, by id, each with the reason.
    failed: BTreeMap<String, String>,
}

impl From<&PublishReport> for EngineLine {
    fn from(report: &PublishReport) -> Self {
        Self {
            rebuilt: report.rebuilt,
            added: report.added,
            changed: report.changed,
            removed: report.removed,
            unchanged: report.unchanged,
            documents: report.documents,
            passages: report.passages,
            citations: report.citations,
            sent_bytes: report.sent_bytes,
            failed: report.failed.clone(),
        }
    }
}

/// A file of which pages are unread.
#[derive(Debug, Serialize)]
pub struct PartlyReadLine {
    /// Its path.
    path: String,
    /// All its pages.
    pages: usize,
    /// The unread ones.
    unread_pages: usize,
    /// The reason.
    error: String,
    /// The remedy.
    hint: String,
}

/// A root of an index.
#[derive(Debug, Serialize)]
pub struct RootLine {
    /// Its path as it was first given.
    path: String,
    /// Its absolute path.
    absolute: String,
    /// True for a folder, false for a file.
    folder: bool,
    /// The number of its documents.
    documents: usize,
}

/// The number of files of a kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct PassedOver {
    /// The extension in lower case, or `no extension`.
    pub kind: String,
    /// The number of files.
    pub files: usize,
}

/// A file or folder that could not be read.
#[derive(Debug, Serialize)]
pub struct FailedLine {
    /// Its path.
    path: String,
    /// The error.
    error: String,
    /// The remedy; null if nothing helps.
    hint: Option<String>,
}

/// The outcome of taking documents out of an index.
#[derive(Debug, Serialize)]
pub struct RemoveLine {
    /// The folder of the index.
    index: String,
    /// The ids of the removed documents, sorted.
    removed: Vec<String>,
    /// Documents now in the index.
    documents: usize,
    /// Passages now in the index.
    passages: usize,
    /// The roots of the index.
    roots: Vec<RootLine>,
    /// The paths that were removed and stay out until they are named.
    excluded: Vec<String>,
    /// The names that were not understood.
    failed: Vec<FailedLine>,
    /// The engine that the index was put into; absent without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    engine: Option<EngineLine>,
}

impl IndexLine {
    /// Returns the wire form of `report` on the index in `folder`, and of that on the `engine` that it was put into.
    #[must_use]
    pub fn of(folder: &str, report: &BuildReport, engine: Option<&PublishReport>, elapsed: Duration) -> Self {
        let absent = report.absent.iter().map(|absent| FailedLine {
            path: absent.root.given.display().to_string(),
            error: absent.to_string(),
            hint: absent.hint(),
        });
        Self {
            index: folder.to_owned(),
            added: report.added,
            changed: report.changed,
            removed: report.removed,
            unchanged: report.unchanged,
            documents: report.documents,
            passages: report.passages,
            bytes: report.bytes,
            elapsed_ms: u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX),
            roots: RootLine::all(&report.roots),
            excluded: report.excluded.iter().map(|path| path.display().to_string()).collect(),
            passed_over: PassedOver::all(&report.passed_over),
            failed: absent.chain(report.failed.iter().map(FailedLine::of)).collect(),
            partly_read: report.partly_read.iter().map(PartlyReadLine::of).collect(),
            engine: engine.map(EngineLine::from),
        }
    }
}

impl PartlyReadLine {
    /// Returns the wire form of `file`.
    fn of(file: &PartlyRead) -> Self {
        Self {
            path: file.path.display().to_string(),
            pages: file.pages,
            unread_pages: file.unread.count(),
            error: file.to_string(),
            hint: file.hint(),
        }
    }
}

impl RootLine {
    /// Returns the wire form of `roots`.
    fn all(roots: &[IndexedRoot]) -> Vec<Self> {
        let lines = roots.iter().map(|indexed| Self {
            path: indexed.root.given.display().to_string(),
            absolute: indexed.root.absolute.display().to_string(),
            folder: indexed.root.folder,
            documents: indexed.documents,
        });
        lines.collect()
    }
}

impl PassedOver {
    /// Returns the counts of `kinds`, the most frequent kind first.
    #[must_use]
    pub fn all(kinds: &BTreeMap<String, usize>) -> Vec<Self> {
        let mut all: Vec<Self> = kinds
            .iter()
            .map(|(kind, &files)| Self {
                kind: kind.clone(),
                files,
            })
            .collect();
        all.sort_by(|one, other| other.files.cmp(&one.files).then_with(|| one.kind.cmp(&other.kind)));
        all
    }
}

impl FailedLine {
    /// Returns the wire form of `error`.
    fn of(error: &corpus::Error) -> Self {
        Self {
            path: error.path.display().to_string(),
            error: error.kind.to_string(),
            hint: error.kind.hint().map(str::to_owned),
        }
    }
}

impl RemoveLine {
    /// Returns the wire form of `report` on the index in `folder`, and of that on the `engine` that it was put into.
    #[must_use]
    pub fn of(folder: &str, report: &RemoveReport, engine: Option<&PublishReport>) -> Self {
        let failed = report.unknown.iter().map(|(name, error)| FailedLine {
            path: name.clone(),
            error: error.to_string(),
            hint: error.hint().map(std::borrow::Cow::into_owned),
        });
        Self {
            index: folder.to_owned(),
            removed: report.removed.clone(),
            documents: report.index.documents,
            passages: report.index.passages,
            roots: RootLine::all(&report.index.roots),
            excluded: report
                .index
                .excluded
                .iter()
                .map(|path| path.display().to_string())
                .collect(),
            failed: failed.collect(),
            engine: engine.map(EngineLine::from),
        }
    }
}
