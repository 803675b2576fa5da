//! Why an index could not be opened, read or written.

use std::path::{Path, PathBuf};

use super::manifest::FORMAT;

/// Why an index could not be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no index in this folder.
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
        /// Its format.
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
    /// A file of the index is not what was written.
    #[error("'{}' is damaged", file.display())]
    Damaged {
        /// The file, or the folder where it is not known which.
        file: PathBuf,
        /// What was noticed first, where there is something to tell.
        #[source]
        cause: Option<Cause>,
    },
    /// The system refused to read or write.
    #[error("cannot {action} '{}'", path.display())]
    Io {
        /// `read`, `write`, `remove`.
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        #[source]
        cause: std::io::Error,
    },
    /// The engine failed for a reason of its own.
    #[error("the engine failed on the index in '{}'", dir.display())]
    Engine {
        /// The folder.
        dir: PathBuf,
        /// What it said.
        #[source]
        cause: Cause,
    },
    /// The work was given up ([`super::Stop`]).
    #[error("given up: {}", if *late { "it took too long" } else { "nobody waits for the answer" })]
    Stopped {
        /// Was its time over?
        late: bool,
    },
    /// No document or passage has this id.
    #[error("there is no {what} '{id}'")]
    Unknown {
        /// `document`, `section`, `passage`, `footnote`.
        what: &'static str,
        /// The id that was asked for.
        id: String,
    },
    /// Several documents have an id that begins so.
    #[error("'{prefix}' begins the ids of several documents: {}", candidates.join(", "))]
    Ambiguous {
        /// What was asked for.
        prefix: String,
        /// Some of the ids, sorted.
        candidates: Vec<String>,
    },
}

/// An error of a library beneath.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;

impl Error {
    /// What to do about it, for people.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Missing { .. } => Some("build it: `vankien index PATH`"),
            Self::Format { .. } => Some("build it anew: `vankien index --rebuild`"),
            Self::Busy { .. } => Some("wait until it is done, or name another folder with `--index DIR`"),
            Self::Damaged { .. } => {
                Some("see what is damaged: `vankien check`; build it anew: `vankien index --rebuild`")
            }
            Self::Io { .. } => Some("check the permissions and the space left on the disk"),
            Self::Engine { .. } => Some("build it anew: `vankien index --rebuild`"),
            Self::Stopped { .. } => None,
            Self::Unknown { .. } => Some("list what there is: `vankien documents`"),
            Self::Ambiguous { .. } => Some("give more of the id"),
        }
    }

    /// A failure of the system, with what was tried on which file.
    pub(super) fn io(action: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_path_buf();
        move |cause| Self::Io { action, path, cause }
    }

    /// What tantivy's error means here; `dir` is the folder of the index.
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
            tantivy::TantivyError::IoError(ref io)
                if matches!(
                    io.kind(),
                    std::io::ErrorKind::InvalidData | std::io::ErrorKind::UnexpectedEof
                ) =>
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

    /// The file is not what was written.
    pub(super) fn damaged(file: &Path) -> Self {
        Self::Damaged {
            file: file.to_path_buf(),
            cause: None,
        }
    }
}
