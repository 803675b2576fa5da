//! Builds an index from files, or brings it up to date with them.
//!
//! A build has three passes, because how a damaged text reads may depend on any clean one, and what a citation means on
//! any document of the corpus:
//! 1. [`first_pass`] reads the files that are new or changed into a spool on the disk, and parses the clean ones.
//! 2. [`second_pass`] reads and parses the damaged ones.
//! 3. [`write`](mod@write) resolves all citations against all documents, one document in memory at a time, and hands
//!    the engine the passages of the documents that are new, changed, or whose citations resolve to something else now.

mod first_pass;
mod old_index;
mod report;
mod second_pass;
#[cfg(test)]
mod tests;
mod workers;
mod write;

use std::fs;
use std::num::NonZero;
use std::path::Path;

pub use report::{BuildOptions, BuildReport, BuildStep, Progress};

use super::error::Error;
use super::folder;
use super::manifest::{IndexedFile, Manifest};
use super::pack::PackWriter;
use crate::corpus::{self, Corpus};
use crate::record::{ParseFn, parse};
use first_pass::{FirstPass, Pending};
use old_index::OldIndex;
use second_pass::SecondPass;
use write::Writing;

/// More threads than this gain little and cost memory.
const MAX_THREADS: usize = 4;

/// Builds the index in `dir` from the files of `corpus`, or brings it up to date with them.
///
/// If the process is killed at any point, the index is either unchanged or fully updated. Files that cannot be read
/// are listed in the [`BuildReport`]; `corpus.errors` are the caller's to report.
///
/// # Errors
/// [`Error::Busy`] if another process writes the index; [`Error::Format`] and [`Error::Damaged`] if there is an index
/// that cannot be brought up to date (not with [`BuildOptions::rebuild`]); [`Error::Io`], [`Error::Engine`].
pub fn build(
    dir: &Path,
    corpus: &Corpus,
    options: &BuildOptions,
    progress: &mut dyn Progress,
) -> Result<BuildReport, Error> {
    build_with(dir, corpus, options, progress, &parse)
}

/// Builds with another parser than that of this program.
pub(super) fn build_with(
    dir: &Path,
    corpus: &Corpus,
    options: &BuildOptions,
    progress: &mut dyn Progress,
    parse: &ParseFn<'_>,
) -> Result<BuildReport, Error> {
    fs::create_dir_all(dir).map_err(Error::io("write", dir))?;
    let _lock = folder::lock(dir)?;
    let old = if options.rebuild { None } else { OldIndex::open(dir)? };
    let threads = options.threads.map_or_else(cores, NonZero::get).clamp(1, MAX_THREADS);
    let mut report = BuildReport::default();
    let mut spool = PackWriter::create(folder::spool_path(dir), 0)?;
    let first = FirstPass {
        old: old.as_ref().map(|old| &old.manifest),
        parse,
        threads,
        spool: &mut spool,
        report: &mut report,
        progress,
    };
    let mut documents = first.run(&corpus.entries)?;
    if let Some(old) = &old {
        keep_unlisted(&mut documents, &corpus.errors, &old.manifest);
    }
    let stored = old.as_ref().and_then(|old| old.manifest.learnt.clone());
    let second = SecondPass {
        dir,
        spool: &mut spool,
        parse,
        threads,
        report: &mut report,
        progress,
    };
    let training = second.run(&mut documents, stored)?;
    let spool = spool.finish_spool()?;
    let writing = Writing {
        dir,
        old,
        spool: &spool,
        threads,
        progress,
    };
    let written = writing.run(documents, training, &mut report);
    // Nobody reads the spool after this, whether the build failed or not.
    fs::remove_file(&spool).ok();
    written.map(|()| report)
}

/// Keeps the documents of `old` below a folder that the system refused to list: a file that was not seen may exist.
fn keep_unlisted(documents: &mut Vec<Pending>, errors: &[corpus::Error], old: &Manifest) {
    let refused = |file: &&IndexedFile| {
        errors
            .iter()
            .any(|error| matches!(error.kind, corpus::ErrorKind::Unreadable(_)) && file.path.starts_with(&error.path))
    };
    for file in old.files.iter().filter(refused) {
        if documents
            .iter()
            .all(|document| document.file.record.document != file.record.document)
        {
            documents.push(Pending::unchanged(file.clone()));
        }
    }
    documents.sort_by(|one, other| one.file.record.document.cmp(&other.file.record.document));
}

/// Returns the number of cores of the machine.
fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, NonZero::get)
}
