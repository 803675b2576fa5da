//! The folder of an index: every name in it, its lock, and how its files reach the disk.
//!
//! | name | content |
//! |---|---|
//! | `index.json` | format of the index and name of the folder of the engine's files ([`super::manifest`]) |
//! | `segments-N` | folder of the engine's files |
//! | `manifest-N` | files that the index was built from ([`super::catalog`]) |
//! | `roots-N` | files and folders that the index was asked for ([`super::stored_roots`]) |
//! | `parsed-N` | parsed documents, what each cites and what it tells of the cited ([`super::pack`]) |
//! | `ocr` | folder of the results of OCR, by the digests of the files ([`super::ocr_results`], [`super::ocr_pages`]) |
//! | `learnt-N` | counts learnt from clean documents, to read damaged ones with ([`super::learnt_model`]) |
//! | `writer.lock` | locked by the process that writes the index |
//! | `spool` | parsed documents between the passes of a build |
//!
//! `N` is the generation that wrote the file. No two builds write a file of the same name.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::error::Error;

/// States the format of the index and names the folder of the engine's files.
const HEADER_FILE: &str = "index.json";
/// The header while it is written, before it is renamed to [`HEADER_FILE`].
const NEW_HEADER_FILE: &str = "index.json.new";
/// Locked by the process that writes the index.
const LOCK_FILE: &str = "writer.lock";
/// Parsed documents between the passes of a build.
const SPOOL_FILE: &str = "spool";
/// The results of OCR.
const OCR_FOLDER: &str = "ocr";
/// The engine's own list of its files, in the folder of the engine's files.
const ENGINE_LIST_FILE: &str = "meta.json";

/// Returns the path of the header of the index in `dir`.
pub(super) fn header_path(dir: &Path) -> PathBuf {
    dir.join(HEADER_FILE)
}

/// Returns the path of the spool of a build of the index in `dir`.
pub(super) fn spool_path(dir: &Path) -> PathBuf {
    dir.join(SPOOL_FILE)
}

/// Returns the path of the folder of the results of OCR of the index in `dir`.
pub(super) fn ocr_path(dir: &Path) -> PathBuf {
    dir.join(OCR_FOLDER)
}

/// Returns the path of the engine's own list of its files.
pub(super) fn engine_list_path(segments: &Path) -> PathBuf {
    segments.join(ENGINE_LIST_FILE)
}

/// A kind of file or folder whose name ends with a generation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Numbered {
    /// The list of the files of a state.
    Manifest,
    /// The roots of a state.
    Roots,
    /// Parsed documents and what they cite.
    Parsed,
    /// Counts learnt from clean documents.
    Learnt,
    /// The folder of the engine's files.
    Segments,
}

impl Numbered {
    /// All kinds.
    const ALL: [Self; 5] = [Self::Manifest, Self::Roots, Self::Parsed, Self::Learnt, Self::Segments];

    /// Returns the part of the name before the `-`.
    const fn prefix(self) -> &'static str {
        match self {
            Self::Manifest => "manifest",
            Self::Roots => "roots",
            Self::Parsed => "parsed",
            Self::Learnt => "learnt",
            Self::Segments => "segments",
        }
    }

    /// Returns the name of the file or folder that `generation` writes: `parsed-3`.
    pub(super) fn name(self, generation: u64) -> String {
        format!("{}-{generation}", self.prefix())
    }

    /// Returns the path of the file or folder that `generation` writes.
    pub(super) fn path(self, dir: &Path, generation: u64) -> PathBuf {
        dir.join(self.name(generation))
    }
}

/// A numbered file or folder that exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NumberedFile {
    /// Its path.
    pub(super) path: PathBuf,
    /// Its kind.
    pub(super) kind: Numbered,
    /// The generation that wrote it.
    pub(super) generation: u64,
}

/// Returns the numbered files and folders of the index in `dir`, in no order; empty if the folder cannot be read.
pub(super) fn numbered_files(dir: &Path) -> impl Iterator<Item = NumberedFile> {
    let files = fs::read_dir(dir).into_iter().flatten().flatten();
    files.filter_map(|file| {
        let name = file.file_name();
        let (prefix, generation) = name.to_str()?.split_once('-')?;
        let kind = Numbered::ALL.into_iter().find(|kind| kind.prefix() == prefix)?;
        Some(NumberedFile {
            path: file.path(),
            kind,
            generation: generation.parse().ok()?,
        })
    })
}

/// Removes the files that the build of `generation` wrote: no state needs them. A file that cannot be removed now is
/// left to the next build.
pub(super) fn remove_generation(dir: &Path, generation: u64) {
    remove_numbered(dir, |_, found| found == generation);
}

/// Removes the spool and a header that was not finished.
pub(super) fn remove_unfinished(dir: &Path) {
    for path in [spool_path(dir), dir.join(NEW_HEADER_FILE)] {
        fs::remove_file(path).ok();
    }
}

/// Removes the numbered files and folders for which `is_dead` returns true.
pub(super) fn remove_numbered(dir: &Path, is_dead: impl Fn(Numbered, u64) -> bool) {
    for NumberedFile { path, kind, generation } in numbered_files(dir) {
        if is_dead(kind, generation) {
            if path.is_dir() {
                fs::remove_dir_all(&path).ok();
            } else {
                fs::remove_file(&path).ok();
            }
        }
    }
}

/// Removes every folder of engine files but `segments`, and the numbered files for which `is_needed` returns false.
/// A file that cannot be removed now is left to the next build.
pub(super) fn clean_up(dir: &Path, segments: &str, is_needed: impl Fn(Numbered, u64) -> bool) {
    for NumberedFile { path, kind, generation } in numbered_files(dir) {
        if path.is_dir() {
            if kind == Numbered::Segments && !path.ends_with(segments) {
                fs::remove_dir_all(&path).ok();
            }
        } else if path.is_file() && !is_needed(kind, generation) {
            fs::remove_file(&path).ok();
        }
    }
}

/// The lock of the writer of an index. The system frees it when this is dropped, and when the process ends.
#[derive(Debug)]
pub(super) struct WriterLock {
    /// The locked file.
    _file: File,
}

/// Takes the lock of the writer of the index in `dir`.
///
/// # Errors
/// [`Error::Busy`] if another process or thread holds it, [`Error::Io`].
pub(super) fn lock(dir: &Path) -> Result<WriterLock, Error> {
    let path = dir.join(LOCK_FILE);
    match try_lock(&path).map_err(Error::io("lock", &path))? {
        Some(file) => Ok(WriterLock { _file: file }),
        None => Err(Error::Busy { dir: dir.to_path_buf() }),
    }
}

/// Creates and locks the file `path`; returns `None` if another process or thread holds its lock. Some file systems,
/// as those of a network, refuse all locks; that is an error.
pub(super) fn try_lock(path: &Path) -> io::Result<Option<File>> {
    let file = open_lock(path)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(cause)) => Err(cause),
    }
}

/// Opens the file of a lock for writing, since some systems lock no other.
pub(super) fn open_lock(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create(true).truncate(false).open(path)
}

/// Returns true if another process or thread is writing the index in `dir`.
pub(super) fn is_being_written(dir: &Path) -> bool {
    // Opened for reading, since whoever searches may not be allowed to write.
    let file = File::open(dir.join(LOCK_FILE));
    file.is_ok_and(|file| matches!(file.try_lock(), Err(TryLockError::WouldBlock)))
}

/// Time and size of the files that change with a commit: whoever replaces one of them leaves another stamp.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    /// The folder of the engine's files.
    pub(super) folder: PathBuf,
    /// Time of change and size of `index.json`; `None` if it does not exist.
    pub(super) header: Option<(SystemTime, u64)>,
    /// Time of change and size of the engine's own list of its files.
    pub(super) segments: Option<(SystemTime, u64)>,
}

impl Stamp {
    /// Returns the stamp of the index in `dir`, whose engine's files are in `folder`.
    pub(super) fn of(dir: &Path, folder: &Path) -> Self {
        let time_and_size = |path: PathBuf| {
            let found = fs::metadata(path).ok()?;
            Some((found.modified().ok()?, found.len()))
        };
        Self {
            folder: folder.to_path_buf(),
            header: time_and_size(header_path(dir)),
            segments: time_and_size(engine_list_path(folder)),
        }
    }
}

/// Bytes of the files of a folder; 0 if it cannot be read (opening it reports why).
pub(super) fn size_of(folder: &Path) -> u64 {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    files
        .filter_map(|file| file.metadata().ok())
        .map(|file| file.len())
        .sum()
}

/// Replaces the header of the index in `dir` in one step.
pub(super) fn replace_header(dir: &Path, bytes: &[u8]) -> Result<(), Error> {
    let (new, path) = (dir.join(NEW_HEADER_FILE), header_path(dir));
    write_synced(&new, bytes)?;
    fs::rename(&new, &path).map_err(Error::io("write", &path))?;
    sync_folder(dir)
}

/// Writes a file and waits until it is on the disk.
pub(super) fn write_synced(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let write = || -> std::io::Result<()> {
        let mut file = File::create(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    };
    write().map_err(Error::io("write", path))
}

/// Waits until the names in a folder are on the disk. Systems that cannot open a folder need no such call.
pub(super) fn sync_folder(dir: &Path) -> Result<(), Error> {
    match File::open(dir) {
        Ok(folder) if cfg!(unix) => folder.sync_all().map_err(Error::io("write", dir)),
        _ => Ok(()),
    }
}
