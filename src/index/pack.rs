//! Packs: parsed documents and what they cite on the disk, one file per generation.
//!
//! A pack holds [`Parsed`](crate::record::Parsed) documents, each followed by the
//! [places](crate::record::CitedAt) where it cites something, in postcard form and one after the other. The manifest
//! has the [`Location`] of each. A pack is written once and never changed. When less than half of the bytes of all
//! packs are needed, the next build copies those to a new pack.

use std::fs::File;
use std::io::{BufWriter, ErrorKind, Write};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::error::Error;

/// The place of a value in the packs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Location {
    /// The generation that wrote the pack.
    pub(super) pack: u64,
    /// First byte in the pack.
    pub(super) start: u64,
    /// Number of bytes.
    pub(super) len: u64,
    /// BLAKE3 digest of those bytes.
    pub(super) digest: [u8; 32],
}

impl Location {
    /// Returns the location of a value that is not written yet.
    pub(super) const fn nowhere() -> Self {
        Self {
            pack: 0,
            start: 0,
            len: 0,
            digest: [0; 32],
        }
    }
}

/// Writes a pack from beginning to end.
pub(super) struct PackWriter {
    path: PathBuf,
    generation: u64,
    file: BufWriter<File>,
    len: u64,
}

impl PackWriter {
    /// Creates the file `path`, which no index names yet.
    pub(super) fn create(path: PathBuf, generation: u64) -> Result<Self, Error> {
        let file = File::create(&path).map_err(Error::io("write", &path))?;
        Ok(Self {
            path,
            generation,
            file: BufWriter::with_capacity(1 << 16, file),
            len: 0,
        })
    }

    /// Appends a value and returns its location.
    pub(super) fn push<T: Serialize>(&mut self, value: &T) -> Result<Location, Error> {
        let bytes = postcard::to_allocvec(value)
            .map_err(|cause| Error::io("write", &self.path)(std::io::Error::other(cause)))?;
        self.push_bytes(&bytes)
    }

    /// Appends the bytes of a value, as read from another pack, and returns their location.
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

    /// Returns the path of the file.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Makes the values pushed so far visible to readers of the file.
    pub(super) fn flush(&mut self) -> Result<(), Error> {
        self.file.flush().map_err(Error::io("write", &self.path))
    }

    /// Ends the pack and waits until it is on the disk.
    pub(super) fn finish(self) -> Result<(), Error> {
        let path = self.path;
        let file = self
            .file
            .into_inner()
            .map_err(|error| Error::io("write", &path)(error.into_error()))?;
        file.sync_all().map_err(Error::io("write", &path))
    }

    /// Ends a spool and returns its path. Nothing reads it after this build, so it need not reach the disk.
    pub(super) fn finish_spool(mut self) -> Result<PathBuf, Error> {
        self.flush()?;
        Ok(self.path)
    }
}

/// Opens a pack. It can be read as long as it is open, even if its file is removed.
///
/// # Errors
/// Those of [`read`].
pub(super) fn open(path: &Path) -> Result<File, Error> {
    File::open(path).map_err(|cause| unreadable(cause, path))
}

/// Returns the error of a pack that cannot be read; one that is missing or too short is damaged.
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
/// [`Error::Damaged`] if the bytes are not as they were written, [`Error::Io`].
pub(super) fn read<T: DeserializeOwned>(path: &Path, location: &Location) -> Result<T, Error> {
    decode(&read_bytes(path, location)?, path)
}

/// Reads the value at `location` of the open file `pack`; `path` is only named in errors.
///
/// # Errors
/// Those of [`read`].
pub(super) fn read_from<T: DeserializeOwned>(pack: &File, path: &Path, location: &Location) -> Result<T, Error> {
    decode(&read_bytes_from(pack, path, location)?, path)
}

/// Decodes a value of the pack `path`.
fn decode<T: DeserializeOwned>(bytes: &[u8], path: &Path) -> Result<T, Error> {
    postcard::from_bytes(bytes).map_err(|cause| Error::Damaged {
        file: path.to_path_buf(),
        cause: Some(cause.into()),
    })
}

/// Reads the bytes of the value at `location` and compares them with their digest.
pub(super) fn read_bytes(path: &Path, location: &Location) -> Result<Vec<u8>, Error> {
    read_bytes_from(&open(path)?, path, location)
}

/// Reads the bytes of the value at `location` of an open file and compares them with their digest.
fn read_bytes_from(pack: &File, path: &Path, location: &Location) -> Result<Vec<u8>, Error> {
    let read = || -> std::io::Result<Vec<u8>> {
        // Compared before allocating: a damaged length may be huge.
        let size = pack.metadata()?.len();
        if location.start.checked_add(location.len).is_none_or(|end| end > size) {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        let mut bytes = vec![0; location.len as usize];
        // Several threads read one open file at once, so there is no seeking.
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
