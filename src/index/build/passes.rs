//! The three passes of a build, one after the other.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::first_pass::{FilesRead, FirstPass, Pending};
use super::old_index::OldIndex;
use super::report::{BuildOptions, BuildReport, IndexedRoot, PartlyRead, Progress};
use super::round::{Round, Waiting};
use super::second_pass::SecondPass;
use super::write::Writing;
use crate::corpus::{Corpus, Roots};
use crate::index::error::Error;
use crate::index::folder::{self, WriterLock};
use crate::index::manifest::{IndexedFile, Manifest};
use crate::index::pack::PackWriter;
use crate::record::ParseFn;

/// More threads than this gain little and cost memory.
const MAX_THREADS: usize = 4;

/// Creates the folder `dir` if there is none, and takes the lock of its writer.
pub(super) fn lock(dir: &Path) -> Result<WriterLock, Error> {
    fs::create_dir_all(dir).map_err(Error::io("write", dir))?;
    folder::lock(dir)
}

/// Opens the index in `dir`; `None` if there is none. For a rebuild, an index that cannot be opened is none.
pub(super) fn open_old(dir: &Path, options: &BuildOptions) -> Result<Option<OldIndex>, Error> {
    match OldIndex::open(dir) {
        Err(error) if !options.rebuild => Err(error),
        opened => Ok(opened.ok().flatten()),
    }
}

/// The outcome of a round.
pub(super) struct RoundOutcome {
    /// The files that were read, and the counts of them that were written.
    pub(super) report: BuildReport,
    /// The files that wait for an OCR.
    pub(super) waiting: Waiting,
    /// The locations of the files that could not be read.
    pub(super) failed: HashSet<PathBuf>,
    /// True if the index has the new state; false if there is none yet and nothing to put into it.
    pub(super) committed: bool,
    /// The time that it took to write what was read.
    pub(super) commit_time: Duration,
}

/// Makes the index in `dir` hold the files of `corpus` whose turn it is in `round`, what it had of those that wait, and
/// no others. `old` is the index that is there.
pub(super) fn build_round(
    dir: &Path,
    corpus: &Corpus,
    old: Option<OldIndex>,
    options: &BuildOptions,
    round: &Round,
    progress: &mut dyn Progress,
    parse: &ParseFn<'_>,
) -> Result<RoundOutcome, Error> {
    let threads = options.threads.map_or_else(cores, NonZero::get).clamp(1, MAX_THREADS);
    let mut report = BuildReport::default();
    let _spool = Spool { dir };
    let mut spool = PackWriter::create(folder::spool_path(dir), 0)?;
    let first = FirstPass {
        dir,
        old: old.as_ref(),
        rebuild: options.rebuild,
        round,
        parse,
        threads,
        spool: &mut spool,
        report: &mut report,
        progress,
    };
    let FilesRead {
        mut documents,
        mut unread,
        waiting,
    } = first.run(&corpus.entries)?;
    let started = Instant::now();
    let failed = unread.iter().map(|file| file.location.clone()).collect();
    let committed = !documents.is_empty() || waiting.is_empty() || old.is_some();
    report.removed = removed(&documents, old.as_ref().map(|old| &old.manifest));
    let roots = roots_of(corpus.roots.clone(), &documents, &waiting);
    unread.retain(|file| roots.owner(&file.location).is_some());
    // A rebuild took everything that it keeps of the old index in the first pass.
    let old = old.filter(|_| !options.rebuild);
    let stored = old.as_ref().and_then(|old| old.manifest.learnt.clone());
    let second = SecondPass {
        dir,
        old: old.as_ref().map(|old| &old.index),
        spool: &mut spool,
        parse,
        threads,
        report: &mut report,
        progress,
    };
    let training = second.run(&mut documents, stored)?;
    report.partly_read = documents
        .iter()
        .filter_map(|document| PartlyRead::of(&document.file))
        .collect();
    report.roots = indexed_roots(&roots, &documents);
    report.excluded = roots.excluded().map(Path::to_path_buf).collect();
    let spool = spool.finish_spool()?;
    let writing = Writing {
        dir,
        own_register: options.register.clone().unwrap_or_default(),
        old,
        spool: &spool,
        passed_over: corpus.passed_over.clone(),
        roots,
        unread,
        threads,
        progress,
    };
    if committed {
        writing.run(documents, training, &mut report)?;
    }
    Ok(RoundOutcome {
        report,
        waiting,
        failed,
        committed,
        commit_time: started.elapsed(),
    })
}

/// The spool of a build, which nobody reads after it, whether it failed or not.
struct Spool<'d> {
    /// The folder of the index.
    dir: &'d Path,
}

impl Drop for Spool<'_> {
    fn drop(&mut self) {
        folder::remove_unfinished(self.dir);
    }
}

/// Returns the number of documents of `old` whose files are not among `documents`.
fn removed(documents: &[Pending], old: Option<&Manifest>) -> usize {
    let present: HashSet<&Path> = documents
        .iter()
        .map(|document| document.file.location.as_path())
        .collect();
    let files = old.into_iter().flat_map(|old| &old.files);
    files
        .filter(|file: &&IndexedFile| !present.contains(file.location.as_path()))
        .count()
}

/// Returns the roots to remember: a file that was named, gives no document and does not wait is none.
fn roots_of(mut roots: Roots, documents: &[Pending], waiting: &Waiting) -> Roots {
    let counts = count_by_root(&roots, documents);
    roots.retain(|root| {
        let absolute = &root.absolute;
        let waits = || waiting.keys().any(|location| location.starts_with(absolute));
        root.folder || counts.contains_key(absolute) || waits()
    });
    roots
}

/// Counts the documents of each root, by the absolute path of the root; roots without any are left out.
fn count_by_root(roots: &Roots, documents: &[Pending]) -> HashMap<PathBuf, usize> {
    let mut counts = HashMap::new();
    for root in documents
        .iter()
        .filter_map(|document| roots.owner(&document.file.location))
    {
        *counts.entry(root.absolute.clone()).or_default() += 1;
    }
    counts
}

/// Returns the roots with the numbers of their documents.
fn indexed_roots(roots: &Roots, documents: &[Pending]) -> Vec<IndexedRoot> {
    let counts = count_by_root(roots, documents);
    let roots = roots.iter().map(|root| IndexedRoot {
        root: root.clone(),
        documents: counts.get(&root.absolute).copied().unwrap_or(0),
    });
    roots.collect()
}

/// Returns the number of cores of the machine.
fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, NonZero::get)
}
