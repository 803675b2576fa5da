//! The files whose turn it is in a round of a build ([`super::rounds`]).

use std::collections::{HashMap, HashSet};
use std::num::NonZero;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::corpus::Entry;

/// The least time that a round reads files with an OCR before it commits them.
const MIN_OCR_TIME: Duration = Duration::from_secs(60);

/// The time that a round reads files, as a multiple of that of a commit: committing costs all files of the index at
/// least a look.
const OCR_TIMES_COMMIT: u32 = 20;

/// The files that wait for an OCR, by location; true for those that are new to the index.
pub(super) type Waiting = HashMap<PathBuf, bool>;

/// The files whose turn it is in a round.
#[derive(Default)]
pub(super) struct Round {
    /// The most pages of a file that an OCR reads; `None` for all.
    pub(super) max_ocr_pages: Option<NonZero<usize>>,
    /// The files that the round before left for an OCR.
    waiting: Waiting,
    /// The number of files that the first round left.
    waited: usize,
    /// The locations of files that could not be read in an earlier round, and are not tried again.
    failed: HashSet<PathBuf>,
    /// The time when the last OCR of the round begins; `None` in the first round.
    until: Option<Instant>,
}

impl Round {
    /// Returns true if this is the first round, without an OCR.
    pub(super) const fn is_first(&self) -> bool {
        self.until.is_none()
    }

    /// Returns true if the file of `entry` waits for an OCR and is new to the index, false if it waits and is not;
    /// `None` if it does not wait.
    pub(super) fn is_new(&self, entry: &Entry) -> Option<bool> {
        self.waiting.get(&entry.location).copied()
    }

    /// Returns true if an earlier round could not read the file of `entry`.
    pub(super) fn has_failed(&self, entry: &Entry) -> bool {
        self.failed.contains(&entry.location)
    }

    /// Returns true if another OCR may begin.
    pub(super) fn has_time(&self) -> bool {
        self.until.is_some_and(|until| Instant::now() < until)
    }

    /// Returns how many of the files that take an OCR were read in all rounds, and their number, when this round has
    /// looked at `seen` of them and left `waiting`; `None` in the first round.
    pub(super) fn progress(&self, seen: usize, waiting: usize) -> Option<(usize, usize)> {
        let before = self.waited.saturating_sub(self.waiting.len());
        (!self.is_first()).then(|| (before + seen.saturating_sub(waiting), self.waited))
    }

    /// Returns the first round, which has no OCR; later ones read up to `max_ocr_pages` of a file.
    pub(super) fn first(max_ocr_pages: Option<NonZero<usize>>) -> Self {
        Self {
            max_ocr_pages,
            ..Self::default()
        }
    }

    /// Makes this the next round. The last one left the files `waiting`, could not read those in `failed`, and took
    /// `commit_time` to write the others.
    pub(super) fn advance(&mut self, waiting: Waiting, failed: HashSet<PathBuf>, commit_time: Duration) {
        if self.is_first() {
            self.waited = waiting.len();
        }
        self.waiting = waiting;
        self.failed = failed;
        let time = MIN_OCR_TIME.max(commit_time.saturating_mul(OCR_TIMES_COMMIT));
        self.until = Some(Instant::now() + time);
    }
}
