//! Errors of opening, reading and writing an index.

use std::borrow::Cow;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenDirectoryError, OpenReadError, OpenWriteError};

use super::block_sums::DamagedFile;
use super::fields::FORMAT;
use super::remote::RemoteError;
use crate::guarded::guarded;
use crate::record::split_address;
use crate::register::TableError;

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
        /// `read`, `write` or `lock`.
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
    /// The index is in OpenSearch, and something there failed.
    #[error(transparent)]
    Remote(#[from] RemoteError),
    /// No record has this id.
    #[error("there is no {kind} '{id}'")]
    Unknown {
        /// The kind of record that was asked for.
        kind: IdKind,
        /// The id that was asked for.
        id: String,
    },
    /// The id may mean several records.
    #[error("'{id}' may be several {kind}s: {}", candidates.join(", "))]
    Ambiguous {
        /// The kind of record that was asked for.
        kind: IdKind,
        /// The id that was given: the beginning of those of documents, the end of the addresses of sections.
        id: String,
        /// Some of the ids, in order.
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
    /// A page: `001@5`.
    Page,
}

impl fmt::Display for IdKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Document => "document",
            Self::Section => "section",
            Self::Passage => "passage",
            Self::Footnote => "footnote",
            Self::Page => "page",
        })
    }
}

impl Error {
    /// Returns advice for people on what to do about the error.
    #[must_use]
    pub fn hint(&self) -> Option<Cow<'static, str>> {
        if let Self::Unknown {
            kind: IdKind::Section,
            id,
        } = self
        {
            let document = split_address(id).map_or(id.as_str(), |(document, ..)| document);
            return Some(Cow::Owned(format!("list what there is: `vankien outline {document}`")));
        }
        let hint = match self {
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
            Self::Io { action, cause, .. } => Some(io_hint(action, cause.kind())),
            Self::Engine { .. } => Some("build it anew: `vankien index --rebuild`"),
            Self::Remote(error) => Some(error.hint()),
            Self::Unknown { .. } => Some("list what there is: `vankien documents`"),
            Self::Ambiguous { .. } => Some("give more of the id"),
        };
        hint.map(Cow::Borrowed)
    }

    /// Makes an error of the system from its cause; `action` on `path` failed.
    pub(super) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_path_buf();
        move |cause| Self::Io { action, path, cause }
    }

    /// Makes an error from one of the engine, which works on the index in `dir`.
    pub(super) fn engine(dir: &Path) -> impl FnOnce(tantivy::TantivyError) -> Self {
        let dir = dir.to_path_buf();
        move |cause| match (io_cause(&cause), &cause) {
            (_, TantivyError::LockFailure(LockError::LockBusy, _)) => Self::Busy { dir },
            (Some((action, file, io)), _) => Self::of_engine_io(action, &dir, file, io),
            (
                None,
                TantivyError::DataCorruption(_) | TantivyError::IncompatibleIndex(_) | TantivyError::OpenReadError(_),
            ) => Self::Damaged {
                file: dir,
                cause: Some(cause.into()),
            },
            (None, _) => Self::Engine {
                dir,
                cause: cause.into(),
            },
        }
    }

    /// Makes an error from one of the system that the engine passed on; `action` on `file` of the index in `dir`
    /// failed. A file that is missing, ends too early or cannot be decoded is damage.
    fn of_engine_io(action: &'static str, dir: &Path, file: Option<&Path>, cause: &Arc<io::Error>) -> Self {
        let inner = cause.get_ref();
        if let Some(DamagedFile(file)) = inner.and_then(|inner| inner.downcast_ref()) {
            return Self::damaged(file);
        }
        let path = file.map_or_else(|| dir.to_path_buf(), |file| dir.join(file));
        match cause.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => Self::Damaged {
                file: dir.to_path_buf(),
                cause: Some(Arc::clone(cause).into()),
            },
            kind => Self::Io {
                action,
                path,
                cause: io::Error::new(kind, Arc::clone(cause)),
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

/// Returns what failed, the file and the error of the system, if that is the cause of an error of the engine.
fn io_cause(error: &TantivyError) -> Option<(&'static str, Option<&Path>, &Arc<io::Error>)> {
    match error {
        TantivyError::IoError(cause) => Some(("read or write", None, cause)),
        TantivyError::OpenReadError(OpenReadError::IoError { io_error, filepath }) => {
            Some(("read", Some(filepath), io_error))
        }
        TantivyError::OpenWriteError(OpenWriteError::IoError { io_error, filepath }) => {
            Some(("write", Some(filepath), io_error))
        }
        TantivyError::OpenDirectoryError(OpenDirectoryError::IoError {
            io_error,
            directory_path,
        }) => Some(("read", Some(directory_path), io_error)),
        TantivyError::LockFailure(LockError::IoError(cause), _) => Some(("lock", None, cause)),
        _ => None,
    }
}

/// Returns advice on an error of the system, which refused `action`.
fn io_hint(action: &str, kind: io::ErrorKind) -> &'static str {
    match kind {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            "free some space on the disk, or raise the limits of this user, then run `vankien index` again"
        }
        io::ErrorKind::PermissionDenied if action == "read" => {
            "run it as the user who wrote the index, or let this user read its folder and enter those above it (of the \
             package: `sudo adduser USER vankien`), or name another index: `--index DIR`"
        }
        io::ErrorKind::PermissionDenied => {
            "run it as the user who wrote the index, or name a folder that this user may write in: `--index DIR`"
        }
        io::ErrorKind::ReadOnlyFilesystem => "name a folder on a disk that can be written: `--index DIR`",
        _ if action == "lock" => "its file system may have no locks, as some of a network: `--index DIR` names another",
        _ => "check the disk, its mount and the permissions",
    }
}

/// Runs a step of the engine on the index in `dir`. The engine may panic on bytes that it did not write; the panic is
/// returned as [`Error::Damaged`].
pub(super) fn guard<T>(dir: &Path, step: impl FnOnce() -> tantivy::Result<T>) -> Result<T, Error> {
    match guarded(step) {
        Ok(done) => done.map_err(Error::engine(dir)),
        Err(panicked) => Err(Error::Damaged {
            file: dir.to_path_buf(),
            cause: Some(panicked.into()),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The error of the engine about this error of the system.
    fn of(kind: io::ErrorKind) -> Error {
        let io_error = Arc::new(io::Error::from(kind));
        let filepath = PathBuf::from("meta.json");
        let cause = OpenReadError::IoError { io_error, filepath };
        Error::engine(Path::new("ix"))(cause.into())
    }

    #[test]
    fn errors_of_the_system_are_no_damage() {
        let denied = of(io::ErrorKind::PermissionDenied);
        assert_eq!(denied.to_string(), "cannot read 'ix/meta.json'");
        assert!(denied.hint().unwrap().contains("let this user read"));
        let full = of(io::ErrorKind::StorageFull);
        assert!(full.hint().unwrap().contains("space"));
        for kind in [io::ErrorKind::InvalidData, io::ErrorKind::UnexpectedEof] {
            assert!(matches!(of(kind), Error::Damaged { .. }));
        }
    }

    #[test]
    fn only_a_lock_that_is_held_is_busy() {
        let failed = |lock| Error::engine(Path::new("ix"))(TantivyError::LockFailure(lock, None));
        assert!(matches!(failed(LockError::LockBusy), Error::Busy { .. }));
        let refused = failed(LockError::wrap_io_error(io::ErrorKind::PermissionDenied.into()));
        assert_eq!(refused.to_string(), "cannot lock 'ix'");
    }
}
