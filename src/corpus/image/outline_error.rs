//! The reason why the outline of an image could not be read.

use std::io;

use super::super::error::ErrorKind;

/// The reason why the outline of an image could not be read.
#[derive(Debug)]
pub(super) enum OutlineError {
    /// The file ends before the image does: what is missing.
    Cut(String),
    /// The file is no image of this format: what is wrong with it.
    Invalid(String),
    /// The system refuses to read the file.
    Io(io::Error),
}

impl From<OutlineError> for ErrorKind {
    fn from(error: OutlineError) -> Self {
        match error {
            OutlineError::Cut(missing) => Self::Damaged(format!("it is cut off, {missing}")),
            OutlineError::Invalid(message) => Self::Damaged(message),
            OutlineError::Io(cause) => Self::Unreadable(cause),
        }
    }
}
