//! The folder of the engine's files: the engine reads and writes through it, so that every byte that it takes for an
//! answer was compared with a checksum.
//!
//! - A file is written with a checksum for each block ([`super::block_sums`]). A block is compared when the engine
//!   first asks for a byte of it, so a command on a large index reads and compares only what its answer needs, and a
//!   damaged block is an error in whatever needs it.
//! - Files are mapped into memory, or read into memory whole if all of them are small enough for the caller. A file
//!   that is mapped must not become shorter: the system ends a program that reads what is gone (SIGBUS), and only
//!   unsafe code could prevent that. [`EngineFolder::check_in_place`] notices it before the next answer.
//! - Lists that the engine replaces (`meta.json`, `.managed.json`) get the permissions that the umask leaves, as all
//!   other files of an index; the engine's own folder lets nobody but their owner read them.
//! - A lock that the system refuses is an error of the system, and no sign that another process holds it.
//! - The first error of writing is remembered, because of some the engine reports no more than a text.

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::SystemTime;

use tantivy::HasLen;
use tantivy::directory::error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, Directory, DirectoryLock, FileHandle, Lock, MmapDirectory, OwnedBytes, TerminatingWrite,
    WatchCallback, WatchHandle, WritePtr,
};

use super::block_sums::{BlockSums, DamagedFile, Summing};
use super::error::Error;
use super::folder;

/// The extension of a list while it is written.
const UNFINISHED: &str = "new";

/// The folder of the engine's files. Clones share all data.
#[derive(Clone)]
pub(super) struct EngineFolder {
    shared: Arc<Shared>,
}

/// The data that all clones share.
struct Shared {
    path: PathBuf,
    /// Maps the files.
    mapping: MmapDirectory,
    /// True if files are read into memory whole.
    in_memory: bool,
    /// The files that are open.
    open: Mutex<HashMap<PathBuf, Weak<CheckedFile>>>,
    /// True if nothing more is written. Held while a list is replaced.
    closed: Mutex<bool>,
    /// The first error of writing.
    failure: Mutex<Option<(PathBuf, io::Error)>>,
}

impl std::fmt::Debug for EngineFolder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("EngineFolder").field(&self.shared.path).finish()
    }
}

/// Returns the error that the file `path` is not as it was written.
fn damaged(path: &Path) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, DamagedFile(path.to_path_buf()))
}

impl EngineFolder {
    /// Opens the folder `path`. Its files are read into memory if they have at most `max_in_memory` bytes together.
    pub(super) fn open(path: &Path, max_in_memory: u64) -> Result<Self, OpenDirectoryError> {
        Ok(Self {
            shared: Arc::new(Shared {
                path: path.to_path_buf(),
                mapping: MmapDirectory::open(path)?,
                in_memory: folder::size_of(path) <= max_in_memory,
                open: Mutex::default(),
                closed: Mutex::default(),
                failure: Mutex::default(),
            }),
        })
    }

    /// Returns its path.
    pub(super) fn path(&self) -> &Path {
        &self.shared.path
    }

    /// Returns true if its files are read into memory, false if they are mapped.
    pub(super) fn is_in_memory(&self) -> bool {
        self.shared.in_memory
    }

    /// Returns true if all files that are open are as they were when they were opened; false if one was written to.
    ///
    /// # Errors
    /// [`Error::Damaged`] if one is shorter than it was. It must not be read any more.
    pub(super) fn check_in_place(&self) -> Result<bool, Error> {
        let open = self.shared.open.lock().unwrap_or_else(PoisonError::into_inner);
        let mut is_same = true;
        for file in open.values().filter_map(Weak::upgrade) {
            if let Some(mapped) = &file.mapped {
                let now = mapped.file.metadata().map_err(Error::io("read", &file.path))?;
                if now.len() < mapped.size {
                    return Err(Error::damaged(&file.path));
                }
                is_same &= (now.len(), now.modified().ok()) == (mapped.size, mapped.modified);
            }
        }
        Ok(is_same)
    }

    /// Returns true if the file `name` exists and all its blocks have their checksums. All of it is read again.
    ///
    /// # Errors
    /// Those of the engine.
    pub(super) fn is_whole(&self, name: &Path) -> Result<bool, OpenReadError> {
        match self.checked(name) {
            Ok(file) => Ok((0..file.sums.blocks()).all(|block| file.compare(block))),
            Err(OpenReadError::FileDoesNotExist(_)) => Ok(false),
            Err(OpenReadError::IoError { io_error, .. }) if io_error.kind() == ErrorKind::InvalidData => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Lets the engine write nothing more here, also on the threads that it may still have. Returns when the list that
    /// is being replaced is in place: it is the last one.
    pub(super) fn close(&self) {
        *self.shared.closed.lock().unwrap_or_else(PoisonError::into_inner) = true;
    }

    /// Returns the first error of writing, once.
    pub(super) fn take_failure(&self) -> Option<Error> {
        let mut failure = self.shared.failure.lock().unwrap_or_else(PoisonError::into_inner);
        failure.take().map(|(path, cause)| Error::io("write", &path)(cause))
    }

    /// Returns the path of the file `name`.
    fn path_of(&self, name: &Path) -> PathBuf {
        self.shared.path.join(name)
    }

    /// Opens the file `name`, or returns it if it is open.
    fn checked(&self, name: &Path) -> Result<Arc<CheckedFile>, OpenReadError> {
        let mut open = self.shared.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(file) = open.get(name).and_then(Weak::upgrade) {
            return Ok(file);
        }
        let file = Arc::new(self.open_file(name)?);
        open.retain(|_, file| file.strong_count() > 0);
        open.insert(name.to_path_buf(), Arc::downgrade(&file));
        Ok(file)
    }

    /// Opens the file `name`.
    fn open_file(&self, name: &Path) -> Result<CheckedFile, OpenReadError> {
        let path = self.path_of(name);
        let failed = |cause: io::Error| match cause.kind() {
            ErrorKind::NotFound => OpenReadError::FileDoesNotExist(name.to_path_buf()),
            _ => OpenReadError::wrap_io_error(cause, name.to_path_buf()),
        };
        let (bytes, mapped) = if self.shared.in_memory {
            (OwnedBytes::new(fs::read(&path).map_err(failed)?), None)
        } else {
            // The size is taken before the file is mapped: if it becomes shorter in between, the trailer is missing.
            let mapped = Mapped::of(&path).map_err(failed)?;
            let handle = self.shared.mapping.get_file_handle(name)?;
            let bytes = handle.read_bytes(0..handle.len()).map_err(failed)?;
            (bytes, Some(mapped))
        };
        let sums = BlockSums::read(&bytes).ok_or_else(|| failed(damaged(&path)))?;
        let compared = (0..sums.blocks()).map(|_| AtomicBool::new(false)).collect();
        Ok(CheckedFile {
            path,
            bytes,
            sums,
            compared,
            mapped,
        })
    }

    /// Remembers an error of writing the file `path`, and returns it.
    fn note(&self, path: &Path, error: io::Error) -> io::Error {
        let mut failure = self.shared.failure.lock().unwrap_or_else(PoisonError::into_inner);
        failure.get_or_insert_with(|| (path.to_path_buf(), same(&error)));
        error
    }
}

/// Returns an error that says the same.
fn same(error: &io::Error) -> io::Error {
    match error.raw_os_error() {
        Some(code) => io::Error::from_raw_os_error(code),
        None => io::Error::new(error.kind(), error.to_string()),
    }
}

/// The size and time of a mapped file when it was opened.
#[derive(Debug)]
struct Mapped {
    file: File,
    size: u64,
    modified: Option<SystemTime>,
}

impl Mapped {
    /// Returns those of the file `path`.
    fn of(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let found = file.metadata()?;
        Ok(Self {
            size: found.len(),
            modified: found.modified().ok(),
            file,
        })
    }
}

/// A file of which every block is compared with its checksum before the engine gets a byte of it.
struct CheckedFile {
    path: PathBuf,
    /// The whole file, with its trailer.
    bytes: OwnedBytes,
    sums: BlockSums,
    /// True for the blocks that had their checksums.
    compared: Vec<AtomicBool>,
    /// `None` if the file was read into memory.
    mapped: Option<Mapped>,
}

impl std::fmt::Debug for CheckedFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("CheckedFile").field(&self.path).finish()
    }
}

impl HasLen for CheckedFile {
    fn len(&self) -> usize {
        self.sums.len()
    }
}

impl FileHandle for CheckedFile {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        if range.start > range.end || range.end > self.sums.len() {
            return Err(damaged(&self.path));
        }
        for block in self.sums.blocks_of(&range) {
            let is_compared = self.compared.get(block);
            if is_compared.is_some_and(|compared| !compared.load(Ordering::Relaxed)) {
                if !self.compare(block) {
                    return Err(damaged(&self.path));
                }
                if let Some(compared) = is_compared {
                    compared.store(true, Ordering::Relaxed);
                }
            }
        }
        Ok(self.bytes.slice(range))
    }
}

impl CheckedFile {
    /// Returns true if the block has its checksum.
    fn compare(&self, block: usize) -> bool {
        self.sums.is_whole(block, &self.bytes[self.sums.bytes_of(block)])
    }
}

/// Writes a file with its checksums.
struct CheckedWriter {
    folder: EngineFolder,
    path: PathBuf,
    file: File,
    summing: Summing,
}

impl Write for CheckedWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes);
        let written = written.map_err(|error| self.folder.note(&self.path, error))?;
        self.summing.add(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl TerminatingWrite for CheckedWriter {
    fn terminate_ref(&mut self, _: AntiCallToken) -> io::Result<()> {
        let trailer = std::mem::take(&mut self.summing).trailer();
        let written = self.file.write_all(&trailer).and_then(|()| self.file.sync_data());
        written.map_err(|error| self.folder.note(&self.path, error))
    }
}

impl Directory for EngineFolder {
    fn get_file_handle(&self, name: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        Ok(self.checked(name)?)
    }

    fn delete(&self, name: &Path) -> Result<(), DeleteError> {
        self.shared.mapping.delete(name)
    }

    fn exists(&self, name: &Path) -> Result<bool, OpenReadError> {
        self.shared.mapping.exists(name)
    }

    fn open_write(&self, name: &Path) -> Result<WritePtr, OpenWriteError> {
        let path = self.path_of(name);
        let file = OpenOptions::new().write(true).create_new(true).open(&path);
        let file = file.map_err(|cause| match cause.kind() {
            ErrorKind::AlreadyExists => OpenWriteError::FileAlreadyExists(name.to_path_buf()),
            _ => OpenWriteError::wrap_io_error(self.note(&path, cause), name.to_path_buf()),
        })?;
        Ok(BufWriter::new(Box::new(CheckedWriter {
            folder: self.clone(),
            path,
            file,
            summing: Summing::default(),
        })))
    }

    fn atomic_read(&self, name: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.shared.mapping.atomic_read(name)
    }

    fn atomic_write(&self, name: &Path, bytes: &[u8]) -> io::Result<()> {
        let path = self.path_of(name);
        // The engine writes its lists from several threads, but each list from one at a time.
        let mut new = path.clone().into_os_string();
        new.push(".");
        new.push(UNFINISHED);
        let new = PathBuf::from(new);
        let closed = self.shared.closed.lock().unwrap_or_else(PoisonError::into_inner);
        if *closed {
            return Err(io::Error::other("the folder is closed"));
        }
        let write = || -> io::Result<()> {
            let mut file = File::create(&new)?;
            file.write_all(bytes)?;
            file.sync_data()?;
            fs::rename(&new, &path)
        };
        write().map_err(|error| {
            fs::remove_file(&new).ok();
            self.note(&path, error)
        })
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        let path = self.path_of(&lock.filepath);
        if lock.is_blocking {
            // A reader takes this lock so that no file goes between the list and its opening. Whoever may not write in
            // the folder may do without: opening is tried again while another process writes.
            let file = folder::open_lock(&path).or_else(|_| File::open(&path));
            let held = file.ok().filter(|file| file.lock().is_ok());
            return Ok(DirectoryLock::from(Box::new(held)));
        }
        match folder::try_lock(&path) {
            Ok(Some(file)) => Ok(DirectoryLock::from(Box::new(file))),
            Ok(None) => Err(LockError::LockBusy),
            Err(cause) => Err(LockError::wrap_io_error(self.note(&path, cause))),
        }
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.shared.mapping.watch(callback)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.shared.mapping.sync_directory()
    }
}

#[cfg(test)]
mod tests {
    use tantivy::directory::TerminatingWrite as _;

    use super::*;

    /// A folder with a file of the engine of three blocks, and the path of that file.
    fn written() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let engine = EngineFolder::open(folder.path(), 0).unwrap();
        let mut file = engine.open_write(Path::new("a.idx")).unwrap();
        file.write_all(&vec![7; 150_000]).unwrap();
        file.terminate().unwrap();
        let path = folder.path().join("a.idx");
        (folder, path)
    }

    #[test]
    fn a_damaged_block_is_an_error_and_the_others_are_read() {
        let (folder, path) = written();
        let whole = fs::read(&path).unwrap();
        for max_in_memory in [0, u64::MAX] {
            let mut changed = whole.clone();
            changed[70_000] ^= 1;
            fs::write(&path, &changed).unwrap();
            let engine = EngineFolder::open(folder.path(), max_in_memory).unwrap();
            let file = engine.get_file_handle(Path::new("a.idx")).unwrap();
            assert_eq!(file.len(), 150_000);
            assert_eq!(&file.read_bytes(10..20).unwrap()[..], [7; 10]);
            assert_eq!(file.read_bytes(140_000..150_000).unwrap().len(), 10_000);
            for range in [65_530..65_540, 0..150_000, 70_001..70_002] {
                assert_eq!(file.read_bytes(range).unwrap_err().kind(), ErrorKind::InvalidData);
            }
            assert!(file.read_bytes(0..150_001).is_err());
            assert!(!engine.is_whole(Path::new("a.idx")).unwrap());
            fs::write(&path, &whole).unwrap();
            let engine = EngineFolder::open(folder.path(), max_in_memory).unwrap();
            assert!(engine.is_whole(Path::new("a.idx")).unwrap());
        }
    }

    #[test]
    fn a_file_that_was_written_to_or_cut_off_is_noticed() {
        let (folder, path) = written();
        let open = |max_in_memory| {
            let engine = EngineFolder::open(folder.path(), max_in_memory).unwrap();
            let file = engine.get_file_handle(Path::new("a.idx")).unwrap();
            (engine, file)
        };
        let (mapped, _file) = open(0);
        let (in_memory, in_memory_file) = open(u64::MAX);
        assert!(mapped.check_in_place().unwrap());
        let file = OpenOptions::new().write(true).open(&path).unwrap();
        file.set_modified(SystemTime::UNIX_EPOCH).unwrap();
        assert!(!mapped.check_in_place().unwrap());
        file.set_len(100).unwrap();
        assert!(matches!(mapped.check_in_place(), Err(Error::Damaged { file, .. }) if file == path));
        assert!(in_memory.check_in_place().unwrap());
        assert_eq!(in_memory_file.read_bytes(0..150_000).unwrap().len(), 150_000);
        fs::remove_file(&path).unwrap();
        assert!(mapped.get_file_handle(Path::new("b.idx")).is_err());
    }

    #[test]
    fn a_folder_that_is_closed_keeps_its_lists() {
        let (folder, _) = written();
        let engine = EngineFolder::open(folder.path(), 0).unwrap();
        let list = Path::new("meta.json");
        engine.atomic_write(list, b"one").unwrap();
        engine.close();
        assert!(engine.atomic_write(list, b"two").is_err());
        assert_eq!(engine.atomic_read(list).unwrap(), b"one");
    }

    #[test]
    fn the_first_error_of_writing_is_remembered_once() {
        let (folder, _) = written();
        let engine = EngineFolder::open(folder.path(), 0).unwrap();
        assert!(engine.take_failure().is_none());
        assert!(engine.open_write(Path::new("no/a.idx")).is_err());
        assert!(engine.atomic_write(Path::new("no/meta.json"), b"{}").is_err());
        let failure = engine.take_failure().unwrap().to_string();
        assert!(
            failure.starts_with("cannot write '") && failure.ends_with("no/a.idx'"),
            "{failure}"
        );
        assert!(engine.take_failure().is_none());
    }
}
