//! The three passes of a build, one after the other.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::num::NonZero;
use std::path::{Path, PathBuf};

use tantivy::directory::DirectoryLock;

use super::first_pass::{FirstPass, Pending};
use super::old_index::OldIndex;
use super::report::{BuildOptions, BuildReport, IndexedRoot, Progress};
use super::second_pass::SecondPass;
use super::write::Writing;
use crate::corpus::{Corpus, Roots};
use crate::index::error::Error;
use crate::index::folder;
use crate::index::manifest::{IndexedFile, Manifest};
use crate::index::pack::PackWriter;
use crate::record::ParseFn;

/// More threads than this gain little and cost memory.
const MAX_THREADS: usize = 4;

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

/// Creates the folder `dir` if there is none, and takes the lock of its writer.
pub(super) fn lock(dir: &Path) -> Result<DirectoryLock, Error> {
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

/// Makes the index in `dir` hold the files of `corpus` and no others. The caller holds the lock of the writer, and
/// `old` is the index that is there.
pub(super) fn build_from(
    dir: &Path,
    corpus: Corpus,
    old: Option<OldIndex>,
    options: &BuildOptions,
    progress: &mut dyn Progress,
    parse: &ParseFn<'_>,
) -> Result<BuildReport, Error> {
    let threads = options.threads.map_or_else(cores, NonZero::get).clamp(1, MAX_THREADS);
    let mut report = BuildReport::default();
    let mut spool = PackWriter::create(folder::spool_path(dir), 0)?;
    let first = FirstPass {
        dir,
        old: old.as_ref().map(|old| &old.manifest),
        rebuild: options.rebuild,
        parse,
        threads,
        spool: &mut spool,
        report: &mut report,
        progress,
    };
    let (mut documents, mut unread) = first.run(&corpus.entries)?;
    report.removed = removed(&documents, old.as_ref().map(|old| &old.manifest));
    let roots = roots_of(corpus.roots, &documents);
    unread.retain(|file| roots.owner(&file.location).is_some());
    // A rebuild took everything that it keeps of the old index in the first pass.
    let old = old.filter(|_| !options.rebuild);
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
    report.roots = indexed_roots(&roots, &documents);
    report.excluded = roots.excluded().map(Path::to_path_buf).collect();
    report.failed.extend(corpus.errors);
    report.failed.sort_by(|one, other| one.path.cmp(&other.path));
    report.absent = corpus.absent;
    report.passed_over = corpus.passed_over;
    let spool = spool.finish_spool()?;
    let writing = Writing {
        dir,
        old,
        spool: &spool,
        roots,
        unread,
        threads,
        progress,
    };
    let written = writing.run(documents, training, &mut report);
    // Nobody reads the spool after this, whether the build failed or not.
    fs::remove_file(&spool).ok();
    written.map(|()| report)
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

/// Returns the roots to remember: a file that was named and gives no document is none.
fn roots_of(mut roots: Roots, documents: &[Pending]) -> Roots {
    let counts = count_by_root(&roots, documents);
    roots.retain(|root| root.folder || counts.contains_key(&root.absolute));
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
