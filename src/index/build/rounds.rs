//! The rounds of a build: the files that need no OCR are committed first, so that searches find them and nothing is lost
//! if the OCR is killed.
//!
//! The first round reads and commits every file that takes no OCR, or whose OCR result is stored. The others wait; what
//! the index had of them stays. If any wait, further rounds read them, and commit from time to time. A round is an
//! update of the index that the one before left, so that the result is that of a build in one go.

use std::path::Path;

use super::leftovers::remove_leftovers;
use super::old_index::OldIndex;
use super::passes::build_round;
#[cfg(test)]
use super::passes::{lock, open_old};
use super::report::{BuildOptions, BuildReport, Progress};
use super::round::Round;
use crate::corpus::Corpus;
use crate::index::error::Error;
use crate::record::ParseFn;

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
    remove_leftovers(dir, old.as_ref());
    let mut report = BuildReport::default();
    let mut options = options.clone();
    let mut round = Round::first(options.ocr_pages);
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
        round.advance(outcome.waiting, outcome.failed, outcome.commit_time);
    }
    report.failed.extend(corpus.errors);
    report.failed.sort_by(|one, other| one.path.cmp(&other.path));
    report.partly_read.sort_by(|one, other| one.path.cmp(&other.path));
    report.absent = corpus.absent;
    report.passed_over = corpus.passed_over;
    Ok(report)
}

/// Makes the index in `dir` hold the files of `corpus` and no others, parsed by `parse`.
#[cfg(test)]
pub(in crate::index) fn build_with(
    dir: &Path,
    corpus: Corpus,
    options: &BuildOptions,
    progress: &mut dyn Progress,
    parse: &ParseFn<'_>,
) -> Result<BuildReport, Error> {
    let _lock = lock(dir)?;
    let old = open_old(dir, options)?;
    build_from(dir, corpus, old, options, progress, parse)
}
