//! Decides which files an index is to hold: what it has, with what is added and without what is removed or gone.
//!
//! Nothing leaves an index because it was not named. A root that is missing, empty or unreadable keeps its documents
//! ([`crate::corpus::Scan`]).

use std::path::{Path, PathBuf};

use super::old_index::OldIndex;
use super::passes::{lock, open_old};
use super::report::{BuildOptions, BuildReport, Progress};
use super::rounds::build_from;
use crate::corpus::{self, Corpus, Roots, Scan, absolute, probe};
use crate::index::error::{Error, IdKind};
use crate::index::manifest::Header;
use crate::index::stored_roots::{self, StoredRoots};
use crate::record::parse;

/// Adds the files and folders `paths` to the index in `dir` and brings it up to date with them; without paths, with all
/// its roots. An index that does not exist is created.
///
/// A rebuild reads all roots anew, with `paths` added. If the process is killed at any point, the index is either
/// unchanged or updated, though perhaps without files that take an OCR. What cannot be read is listed in the [`BuildReport`]; if that is all of `paths`, no
/// index is created.
///
/// # Errors
/// [`Error::Busy`] if another process writes the index; [`Error::Format`] and [`Error::Damaged`] if there is an index
/// that cannot be brought up to date (not with [`BuildOptions::rebuild`]); [`Error::Io`], [`Error::Engine`].
pub fn update(
    dir: &Path,
    paths: &[PathBuf],
    options: &BuildOptions,
    progress: &mut dyn Progress,
) -> Result<BuildReport, Error> {
    if matches!(Header::read(dir), Err(Error::Missing { .. })) {
        let paths = if paths.is_empty() {
            options.first_root.as_slice()
        } else {
            paths
        };
        let failed: Vec<corpus::Error> = paths.iter().filter_map(|path| probe(path, dir).err()).collect();
        if failed.len() == paths.len() {
            return Ok(BuildReport {
                failed,
                ..BuildReport::default()
            });
        }
    }
    let _lock = lock(dir)?;
    let old = open_old(dir, options)?;
    let stored = match &old {
        None if options.rebuild => stored_roots::newest(dir),
        _ => StoredRoots::default(),
    };
    let (mut roots, register) = old.as_ref().map_or((stored.roots, stored.register), |old| {
        (old.manifest.roots.clone(), old.manifest.register.clone())
    });
    let options = &BuildOptions {
        register: Some(options.register.clone().unwrap_or(register)),
        ..options.clone()
    };
    let paths = if paths.is_empty() && roots.is_empty() {
        options.first_root.as_slice()
    } else {
        paths
    };
    let (named, failed) = name_all(&mut roots, paths, dir);
    let looked_at = (!paths.is_empty() && !options.rebuild).then_some(named.as_slice());
    let mut corpus = scan(dir, roots, looked_at, old.as_ref(), options);
    corpus.errors.extend(failed);
    build_from(dir, corpus, old, options, progress, &parse)
}

/// The outcome of removing documents from an index.
#[derive(Debug, Default)]
pub struct RemoveReport {
    /// The ids of the removed documents, sorted.
    pub removed: Vec<String>,
    /// The names that are neither a document nor a path that the index was asked for, and those that are ambiguous.
    pub unknown: Vec<(String, Error)>,
    /// True if anything is excluded now, or no root any more, that was not before.
    pub changed: bool,
    /// The index afterwards.
    pub index: BuildReport,
}

/// Takes documents out of the index in `dir`, and excludes their files until they are named again. A name is the path
/// of a file or folder, which is taken out with all that is inside, or the id of a document or an unambiguous beginning
/// of one.
///
/// # Errors
/// [`Error::Missing`] if there is no index, and those of [`update`]. A name that is unknown or ambiguous is listed in
/// the report.
pub fn remove(
    dir: &Path,
    names: &[String],
    options: &BuildOptions,
    progress: &mut dyn Progress,
) -> Result<RemoveReport, Error> {
    Header::read(dir)?;
    let _lock = lock(dir)?;
    let Some(old) = OldIndex::open(dir)? else {
        return Err(Error::Missing { dir: dir.to_path_buf() });
    };
    let mut report = RemoveReport::default();
    let mut roots = old.manifest.roots.clone();
    let options = &BuildOptions {
        register: Some(old.manifest.register.clone()),
        ..options.clone()
    };
    for name in names {
        match location_of(name, &old) {
            Ok(location) => report.changed |= roots.take_out(&location),
            Err(error) => report.unknown.push((name.clone(), error)),
        }
    }
    let corpus = scan(dir, roots, Some(&[]), Some(&old), options);
    let kept: std::collections::HashSet<&Path> = corpus.entries.iter().map(|entry| entry.location.as_path()).collect();
    let files = old.manifest.files.iter();
    report.removed = files
        .filter(|file| !kept.contains(file.location.as_path()))
        .map(|file| file.record.document.clone())
        .collect();
    report.index = build_from(dir, corpus, Some(old), options, progress, &parse)?;
    Ok(report)
}

/// Scans `roots`, knowing what the `old` index has.
fn scan(
    dir: &Path,
    roots: Roots,
    looked_at: Option<&[PathBuf]>,
    old: Option<&OldIndex>,
    options: &BuildOptions,
) -> Corpus {
    let files = old.into_iter().flat_map(|old| &old.manifest.files);
    let known: Vec<&Path> = files.map(|file| file.location.as_path()).collect();
    Scan {
        roots,
        looked_at,
        known: &known,
        skip: Some(dir),
        force: options.force,
    }
    .run()
}

/// Makes roots of all `paths` that can be, but for the index folder `dir`. Returns the locations of those that the index
/// is to look at, and the errors of the others.
fn name_all(roots: &mut Roots, paths: &[PathBuf], dir: &Path) -> (Vec<PathBuf>, Vec<corpus::Error>) {
    let mut named = Vec::new();
    let mut failed = Vec::new();
    for path in paths {
        let location = absolute(path);
        let is_in_file = || location.ancestors().skip(1).any(Path::is_file);
        match probe(path, dir) {
            Ok(folder) => named.push(roots.name(path, folder)),
            // What is wrong with a root the scan says, with what is kept of it.
            Err(_) if roots.is_root(&location) => named.push(location),
            // A file inside an archive cannot be looked at alone.
            Err(_) if is_in_file() && roots.readmit(&location) => {
                named.extend(roots.owner(&location).map(|root| root.absolute.clone()));
            }
            Err(error) => failed.push(error),
        }
    }
    (named, failed)
}

/// Returns the location of the file or folder that `name` means, which the index has or would look at.
fn location_of(name: &str, old: &OldIndex) -> Result<PathBuf, Error> {
    let manifest = &old.manifest;
    let location = absolute(Path::new(name));
    let has = |location: &Path| manifest.files.iter().any(|file| file.location.starts_with(location));
    let is_inside = manifest.roots.around(&location).next().is_some();
    if has(&location) || manifest.roots.iter().any(|root| root.absolute.starts_with(&location)) {
        return Ok(location);
    }
    let shown = manifest.files.iter().find(|file| file.path == Path::new(name));
    if let Some(file) = shown {
        return Ok(file.location.clone());
    }
    match old.index.file(name).map(|file| file.record.document.as_str()) {
        Ok(id) => {
            let file = manifest.file(id).map(|file| file.location.clone());
            file.ok_or_else(|| unknown(name))
        }
        // A file that cannot be read is in no index, but can be excluded; so can what was excluded already.
        Err(Error::Unknown { .. }) if is_inside && (location.exists() || manifest.roots.is_excluded(&location)) => {
            Ok(location)
        }
        Err(error) => Err(error),
    }
}

/// Returns the error that nothing is called `name`.
fn unknown(name: &str) -> Error {
    Error::Unknown {
        kind: IdKind::Document,
        id: name.to_owned(),
    }
}
