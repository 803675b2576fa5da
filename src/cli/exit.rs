//! Exit codes, in one place: those of grep and ripgrep.

use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Found, or done: 0.
    Done,
    /// Searched, and nothing found: 1.
    NothingFound,
    /// Something failed, even in part: 2.
    Failed,
}

impl Exit {
    /// [`Exit::Done`] if anything was found.
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
