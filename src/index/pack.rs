//! Parsed documents on the disk, and what they cite: one pack of them per generation.
//!
//! A pack is the postcard forms of [`Parsed`](crate::record::Parsed) documents, each with the
//! [places](crate::record::CitedAt) where it cites something, one behind the other; the manifest says where each lies
//! and what its digest is. A pack is written once and never changed; when most of what the packs hold
//! is dead, the next build writes all that lives anew.

use std::fs::File;
use std::io::{BufWriter, ErrorKind, Write};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::error::Error;
use super::manifest::Location;

/// The file of the pack that a generation wrote.
pub(super) fn path(dir: &Path, generation: u64) -> PathBuf {
    dir.join(format!("parsed-{generation}"))
}

/// Writes a pack from its beginning to its end.
pub(super) struct PackWriter {
    path: PathBuf,
    generation: u64,
    file: BufWriter<File>,
    len: u64,
}

impl PackWriter {
    /// Begins the file `path`, which is that of no index yet.
    pub(super) fn create(path: PathBuf, generation: u64) -> Result<Self, Error> {
        let file = File::create(&path).map_err(Error::io("write", &path))?;
        Ok(Self {
            path,
            generation,
            file: BufWriter::with_capacity(1 << 16, file),
            len: 0,
        })
    }

    /// Appends a value and returns where it lies.
    pub(super) fn push<T: Serialize>(&mut self, value: &T) -> Result<Location, Error> {
        let bytes = postcard::to_allocvec(value)
            .map_err(|cause| Error::io("write", &self.path)(std::io::Error::other(cause)))?;
        self.push_bytes(&bytes)
    }

    /// Appends the bytes of a value as another pack has them.
    pub(super) fn push_bytes(&mut self, bytes: &[u8]) -> Result<Location, Error> {
        self.file.write_all(bytes).map_err(Error::io("write", &self.path))?;
        let start = self.len;
        self.len += bytes.len() as u64;
        Ok(Location {
            pack: self.generation,
            start,
            len: bytes.len() as u64,
            digest: *blake3::hash(bytes).as_bytes(),
        })
    }

    /// The file.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Lets readers of the file see what was pushed so far.
    pub(super) fn flush(&mut self) -> Result<(), Error> {
        self.file.flush().map_err(Error::io("write", &self.path))
    }

    /// Ends the pack; it is on the disk afterwards.
    pub(super) fn finish(self) -> Result<(), Error> {
        let path = self.path;
        let file = self
            .file
            .into_inner()
            .map_err(|error| Error::io("write", &path)(error.into_error()))?;
        file.sync_all().map_err(Error::io("write", &path))
    }

    /// Ends a file that nothing will name after this run: it need not reach the disk.
    pub(super) fn finish_spool(mut self) -> Result<PathBuf, Error> {
        self.flush()?;
        Ok(self.path)
    }
}

/// Opens a pack, which then can be read as long as it is held, also when it is removed.
///
/// # Errors
/// Those of [`read`].
pub(super) fn open(path: &Path) -> Result<File, Error> {
    File::open(path).map_err(|cause| unreadable(cause, path))
}

/// A pack that is not there or too short is damaged.
fn unreadable(cause: std::io::Error, path: &Path) -> Error {
    match cause.kind() {
        ErrorKind::NotFound | ErrorKind::UnexpectedEof => Error::Damaged {
            file: path.to_path_buf(),
            cause: Some(cause.into()),
        },
        _ => Error::io("read", path)(cause),
    }
}

/// Reads the value at `location` of the pack `path`.
///
/// # Errors
/// [`Error::Damaged`] where the bytes are not those that were written, [`Error::Io`].
pub(super) fn read<T: DeserializeOwned>(path: &Path, location: &Location) -> Result<T, Error> {
    unpacked(&read_bytes(path, location)?, path)
}

/// Reads the value at `location` of a pack that is open, whatever became of its `path`.
///
/// # Errors
/// Those of [`read`].
pub(super) fn read_from<T: DeserializeOwned>(pack: &File, path: &Path, location: &Location) -> Result<T, Error> {
    unpacked(&bytes_of(pack, path, location)?, path)
}

fn unpacked<T: DeserializeOwned>(bytes: &[u8], path: &Path) -> Result<T, Error> {
    postcard::from_bytes(bytes).map_err(|cause| Error::Damaged {
        file: path.to_path_buf(),
        cause: Some(cause.into()),
    })
}

/// Reads the bytes of the value at `location`, checked against their digest.
pub(super) fn read_bytes(path: &Path, location: &Location) -> Result<Vec<u8>, Error> {
    bytes_of(&open(path)?, path, location)
}

/// The same of a pack that is open.
fn bytes_of(pack: &File, path: &Path, location: &Location) -> Result<Vec<u8>, Error> {
    let read = || -> std::io::Result<Vec<u8>> {
        let held = pack.metadata()?.len();
        if location.start.checked_add(location.len).is_none_or(|end| end > held) {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        let mut bytes = vec![0; location.len as usize];
        // Many may read one open file at once.
        pack.read_exact_at(&mut bytes, location.start)?;
        Ok(bytes)
    };
    let bytes = read().map_err(|cause| unreadable(cause, path))?;
    if blake3::hash(&bytes).as_bytes() == &location.digest {
        Ok(bytes)
    } else {
        Err(Error::damaged(path))
    }
}
