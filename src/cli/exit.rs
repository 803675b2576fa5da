//! Exit codes, all in one place: those of grep and ripgrep.

use std::process::ExitCode;

/// The outcome of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Something was found, or the work is done: 0.
    Done,
    /// The command searched and found nothing: 1.
    NothingFound,
    /// Something failed, even in part: 2.
    Failed,
}

impl Exit {
    /// Returns [`Exit::Done`] if anything was found, else [`Exit::NothingFound`].
    #[must_use]
    pub const fn found(any: bool) -> Self {
        if any { Self::Done } else { Self::NothingFound }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Done => Self::from(0),
            Exit::NothingFound => Self::from(1),
            Exit::Failed => Self::from(2),
        }
    }
}
