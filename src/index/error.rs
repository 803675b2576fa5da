//! Errors of opening, reading and writing an index.

use std::fmt;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use super::fields::FORMAT;
use crate::register::TableError;
use crate::stop;

/// The first format whose indexes remember what they were asked for.
const FIRST_FORMAT_WITH_ROOTS: u32 = 7;

/// The reason why an index could not be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The folder holds no index.
    #[error("there is no index in '{}'", dir.display())]
    Missing {
        /// The folder.
        dir: PathBuf,
    },
    /// The folder holds an index that another version of the program wrote.
    #[error("the index in '{}' has format {found} (vankien {written_by}); this program reads format {FORMAT}", dir.display())]
    Format {
        /// The folder.
        dir: PathBuf,
        /// The format of that index.
        found: u32,
        /// The version of the program that wrote it.
        written_by: String,
    },
    /// Another process is writing the index.
    #[error("the index in '{}' is busy: another process is writing it", dir.display())]
    Busy {
        /// The folder.
        dir: PathBuf,
    },
    /// A file of the index is not as it was written.
    #[error("'{}' is damaged", file.display())]
    Damaged {
        /// The file, or the folder if the file is not known.
        file: PathBuf,
        /// The error that showed the damage; `None` if a digest did.
        #[source]
        cause: Option<Cause>,
    },
    /// The office's own table of documents, stored with the index, cannot be read.
    #[error("the table of documents that is stored in '{}' cannot be read", dir.display())]
    Register {
        /// The folder.
        dir: PathBuf,
        /// The line that cannot be read.
        #[source]
        cause: TableError,
    },
    /// The system refused to read or write.
    #[error("cannot {action} '{}'", path.display())]
    Io {
        /// `read` or `write`.
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// The error of the system.
        #[source]
        cause: io::Error,
    },
    /// The engine failed, and not because of the system or of damaged files.
    #[error("the engine failed on the index in '{}'", dir.display())]
    Engine {
        /// The folder.
        dir: PathBuf,
        /// The error of the engine.
        #[source]
        cause: Cause,
    },
    /// No record has this id.
    #[error("there is no {kind} '{id}'")]
    Unknown {
        /// The kind of record that was asked for.
        kind: IdKind,
        /// The id that was asked for.
        id: String,
    },
    /// The ids of several documents begin with the given one.
    #[error("'{prefix}' begins the ids of several documents: {}", candidates.join(", "))]
    Ambiguous {
        /// The beginning that was given.
        prefix: String,
        /// Some of the ids, sorted.
        candidates: Vec<String>,
    },
}

/// An error of a library below.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;

/// A kind of record that has an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdKind {
    /// A document: `001`.
    Document,
    /// A section: `001§1.2`.
    Section,
    /// A passage: `001:12`.
    Passage,
    /// A note: `001^6`.
    Footnote,
}

impl fmt::Display for IdKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Document => "document",
            Self::Section => "section",
            Self::Passage => "passage",
            Self::Footnote => "footnote",
        })
    }
}

impl Error {
    /// Returns advice for people on what to do about the error.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Missing { .. } => Some("build it: `vankien index PATH`"),
            Self::Format { found, .. } if *found < FIRST_FORMAT_WITH_ROOTS => {
                Some("build it anew, with the files and folders that it is to have: `vankien index --rebuild PATH...`")
            }
            Self::Format { .. } => Some("build it anew: `vankien index --rebuild`"),
            Self::Busy { .. } => Some("wait until it is done, or name another folder with `--index DIR`"),
            Self::Damaged { .. } => {
                Some("see what is damaged: `vankien check`; build it anew: `vankien index --rebuild`")
            }
            Self::Register { .. } => Some("give the index another one: `vankien index --register FILE`"),
            Self::Io { .. } => Some("check the permissions and the space left on the disk"),
            Self::Engine { .. } => Some("build it anew: `vankien index --rebuild`"),
            Self::Unknown { .. } => Some("list what there is: `vankien documents`"),
            Self::Ambiguous { .. } => Some("give more of the id"),
        }
    }

    /// Makes an error of the system from its cause; `action` on `path` failed.
    pub(super) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_path_buf();
        move |cause| Self::Io { action, path, cause }
    }

    /// Makes an error from one of the engine, which works on the index in `dir`.
    pub(super) fn engine(dir: &Path) -> impl FnOnce(tantivy::TantivyError) -> Self {
        let dir = dir.to_path_buf();
        move |cause| match cause {
            tantivy::TantivyError::LockFailure(..) => Self::Busy { dir },
            tantivy::TantivyError::DataCorruption(_)
            | tantivy::TantivyError::IncompatibleIndex(_)
            | tantivy::TantivyError::OpenReadError(_) => Self::Damaged {
                file: dir,
                cause: Some(cause.into()),
            },
            // A file that ends too early or cannot be decoded is damage, although the engine reports it as I/O.
            tantivy::TantivyError::IoError(ref io)
                if matches!(io.kind(), io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof) =>
            {
                Self::Damaged {
                    file: dir,
                    cause: Some(cause.into()),
                }
            }
            cause => Self::Engine {
                dir,
                cause: cause.into(),
            },
        }
    }

    /// Makes the error of a file that is not as it was written.
    pub(super) fn damaged(file: &Path) -> Self {
        Self::Damaged {
            file: file.to_path_buf(),
            cause: None,
        }
    }
}

/// Runs a step of the engine on the index in `dir`. The engine may panic on bytes that it did not write; the panic is
/// returned as [`Error::Damaged`].
pub(super) fn guard<T>(dir: &Path, step: impl FnOnce() -> tantivy::Result<T>) -> Result<T, Error> {
    match catch_unwind(AssertUnwindSafe(step)) {
        Ok(done) => done.map_err(Error::engine(dir)),
        Err(caught) => {
            stop::pass_on(caught);
            Err(Error::damaged(dir))
        }
    }
}
