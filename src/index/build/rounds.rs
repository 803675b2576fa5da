//! The rounds of a build: the files that need no OCR are committed first, so that searches find them and nothing is lost
//! if the OCR is killed.
//!
//! The first round reads and commits every file that takes no OCR, or whose OCR result is stored. The others wait; what
//! the index had of them stays. If any wait, further rounds read them, and commit from time to time. A round is an
//! update of the index that the one before left, so that the result is that of a build in one go.

use std::collections::{HashMap, HashSet};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::old_index::OldIndex;
use super::passes::{RoundOutcome, build_round};
use super::report::{BuildOptions, BuildReport, Progress};
use crate::corpus::{Corpus, Entry};
use crate::index::error::Error;
use crate::record::ParseFn;

/// The least time that a round reads files with an OCR before it commits them.
const MIN_OCR_TIME: Duration = Duration::from_secs(60);

/// How much longer than a commit takes, a round reads files: committing costs all files of the index at least a look.
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

    /// Makes this the next round, after one that ended with `outcome`.
    fn advance(&mut self, outcome: RoundOutcome) {
        if self.is_first() {
            self.waited = outcome.waiting.len();
        }
        self.waiting = outcome.waiting;
        self.failed = outcome.failed;
        let time = MIN_OCR_TIME.max(outcome.commit_time.saturating_mul(OCR_TIMES_COMMIT));
        self.until = Some(Instant::now() + time);
    }
}

/// Makes the index in `dir` hold the files of `corpus` and no others. The caller holds the lock of the writer, and
/// `old` is the index that is there.
pub(super) fn build_from(
    dir: &Path,
    corpus: Corpus,
    mut old: Option<OldIndex>,
    options: &BuildOptions,
    progress: &mut dyn Progress,
    parse: &ParseFn<'_>,
) -> Result<BuildReport, Error> {
    let mut report = BuildReport::default();
    let mut options = options.clone();
    let mut round = Round {
        max_ocr_pages: options.ocr_pages,
        ..Round::default()
    };
    loop {
        let mut outcome = build_round(dir, &corpus, old.take(), &options, &round, progress, parse)?;
        report.add(std::mem::take(&mut outcome.report));
        if outcome.waiting.is_empty() {
            break;
        }
        if outcome.committed {
            options.rebuild = false;
            old = OldIndex::open(dir)?;
        }
        round.advance(outcome);
    }
    report.failed.extend(corpus.errors);
    report.failed.sort_by(|one, other| one.path.cmp(&other.path));
    report.partly_read.sort_by(|one, other| one.path.cmp(&other.path));
    report.absent = corpus.absent;
    report.passed_over = corpus.passed_over;
    Ok(report)
}
