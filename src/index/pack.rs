//! Packs: parsed documents and what they cite on the disk, one file per generation.
//!
//! A pack holds [`Parsed`](crate::record::Parsed) documents, each followed by the
//! [places](crate::record::CitedAt) where it cites something, in postcard form, each compressed on its own, and one after
//! the other. The manifest has the [`Location`] of each. A pack is written once and never changed. When less than half of
//! the bytes of all packs are needed, the next build copies those to a new pack.
//!
//! The text of a document is in the engine's index too, passage by passage. So a document is compressed with the texts of
//! its passages as a dictionary ([`Packed::compressed_with`]), so that little but its structure takes bytes of its own.
//!
//! The digest of a value is that of its bytes in the pack, so that nothing is decompressed that is not as it was written;
//! what was decompressed is compared with a checksum of zstd, since a dictionary may be damaged.

use std::cell::RefCell;
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
    /// Number of bytes of the postcard form; if it is [`Self::len`], that is what the pack has, not compressed.
    size: u64,
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
            size: 0,
            digest: [0; 32],
        }
    }
}

/// Level of zstd. Without a dictionary it leaves 36 % of parsed documents, level 3 leaves 33 %, LZ4 51 %.
const LEVEL: i32 = 1;

/// A value is stored uncompressed if it could be compressed, with its dictionary, to less than its size divided by this. So
/// whoever reads it never reserves more memory than this many times the bytes that are there.
const MAX_RATIO: u64 = 256;

/// A value in the form in which a pack has it.
pub(super) struct Packed {
    bytes: Vec<u8>,
    /// Number of bytes of the postcard form.
    size: u64,
    /// BLAKE3 digest of the bytes.
    digest: [u8; 32],
}

impl Packed {
    /// Returns the compressed form of a value, for the pack `path`.
    pub(super) fn compressed<T: Serialize>(value: &T, path: &Path) -> Result<Self, Error> {
        Self::compressed_with(&[], value, path)
    }

    /// Returns the compressed form of a value, for the pack `path`. Whoever reads it has the `dictionary` too, in which
    /// stands much of the value.
    pub(super) fn compressed_with<T: Serialize>(dictionary: &[u8], value: &T, path: &Path) -> Result<Self, Error> {
        let plain = postcard_form(value, path)?;
        let size = plain.len() as u64;
        let compress = || -> std::io::Result<Vec<u8>> {
            let mut compressor = zstd::bulk::Compressor::with_dictionary(LEVEL, dictionary)?;
            compressor.include_checksum(true)?;
            compressor.compress(&plain)
        };
        let compressed = compress().map_err(Error::io("write", path))?;
        let is_worth = compressed.len() < plain.len() && size <= max_size(&compressed, dictionary);
        Ok(Self::of(if is_worth { compressed } else { plain }, size))
    }

    /// Returns the form of a value that is read again soon, so that compressing it would take longer than it saves.
    pub(super) fn plain<T: Serialize>(value: &T, path: &Path) -> Result<Self, Error> {
        let plain = postcard_form(value, path)?;
        let size = plain.len() as u64;
        Ok(Self::of(plain, size))
    }

    /// Returns the value, which was compressed with `dictionary` for the pack `path`.
    ///
    /// # Errors
    /// [`Error::Damaged`] if it was compressed with another dictionary, or is no value of this type.
    pub(super) fn value<T: DeserializeOwned>(&self, dictionary: &[u8], path: &Path) -> Result<T, Error> {
        let damaged = |cause| Error::Damaged {
            file: path.to_path_buf(),
            cause,
        };
        let decompressed;
        let plain = if self.size == self.bytes.len() as u64 {
            &self.bytes
        } else if self.size <= max_size(&self.bytes, dictionary) {
            decompressed =
                decompress(&self.bytes, dictionary, self.size as usize).map_err(|cause| damaged(Some(cause.into())))?;
            if decompressed.len() as u64 != self.size {
                return Err(damaged(None));
            }
            &decompressed
        } else {
            return Err(damaged(None));
        };
        postcard::from_bytes(plain).map_err(|cause| damaged(Some(cause.into())))
    }

    /// Returns a value with these bytes in a pack.
    fn of(bytes: Vec<u8>, size: u64) -> Self {
        let digest = *blake3::hash(&bytes).as_bytes();
        Self { bytes, size, digest }
    }
}

thread_local! {
    /// The decompressor of values without a dictionary: making one takes longer than decompressing the citations of a
    /// document (a quarter of the time of a page that reads those of 1,000 documents).
    static DECOMPRESSOR: RefCell<Option<zstd::bulk::Decompressor<'static>>> = const { RefCell::new(None) };
}

/// Returns the bytes, at most `size`, that were compressed with `dictionary`.
fn decompress(bytes: &[u8], dictionary: &[u8], size: usize) -> std::io::Result<Vec<u8>> {
    if !dictionary.is_empty() {
        return zstd::bulk::Decompressor::with_dictionary(dictionary)?.decompress(bytes, size);
    }
    DECOMPRESSOR.with_borrow_mut(|kept| {
        let decompressor = match kept {
            Some(decompressor) => decompressor,
            None => kept.insert(zstd::bulk::Decompressor::new()?),
        };
        decompressor.decompress(bytes, size)
    })
}

/// Returns the largest size of a value with this compressed form.
const fn max_size(compressed: &[u8], dictionary: &[u8]) -> u64 {
    (compressed.len() as u64 + dictionary.len() as u64).saturating_mul(MAX_RATIO)
}

/// Returns the postcard form of a value, for the pack `path`.
fn postcard_form<T: Serialize>(value: &T, path: &Path) -> Result<Vec<u8>, Error> {
    postcard::to_allocvec(value).map_err(|cause| Error::io("write", path)(std::io::Error::other(cause)))
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
    pub(super) fn push(&mut self, value: &Packed) -> Result<Location, Error> {
        self.file
            .write_all(&value.bytes)
            .map_err(Error::io("write", &self.path))?;
        let start = self.len;
        let len = value.bytes.len() as u64;
        self.len += len;
        Ok(Location {
            pack: self.generation,
            start,
            len,
            size: value.size,
            digest: value.digest,
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
    read_packed(path, location)?.value(&[], path)
}

/// Reads the value at `location` of the open file `pack`; `path` is only named in errors.
///
/// # Errors
/// Those of [`read`].
pub(super) fn read_from<T: DeserializeOwned>(pack: &File, path: &Path, location: &Location) -> Result<T, Error> {
    read_packed_from(pack, path, location)?.value(&[], path)
}

/// Reads the value at `location` as the pack has it, and compares it with its digest.
pub(super) fn read_packed(path: &Path, location: &Location) -> Result<Packed, Error> {
    read_packed_from(&open(path)?, path, location)
}

/// Reads the value at `location` as the open file has it, and compares it with its digest.
pub(super) fn read_packed_from(pack: &File, path: &Path, location: &Location) -> Result<Packed, Error> {
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
    let packed = Packed::of(read().map_err(|cause| unreadable(cause, path))?, location.size);
    if packed.digest == location.digest {
        Ok(packed)
    } else {
        Err(Error::damaged(path))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Writes a pack with these values; returns it with their locations.
    fn pack(values: &[Packed]) -> (tempfile::TempDir, PathBuf, Vec<Location>) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("parsed-1");
        let mut writer = PackWriter::create(path.clone(), 1).unwrap();
        let locations = values.iter().map(|value| writer.push(value).unwrap()).collect();
        writer.finish().unwrap();
        (folder, path, locations)
    }

    proptest! {
        #[test]
        fn values_come_back_and_every_change_is_noticed(
            texts in prop::collection::vec("(ngh[ịi] quy[ếe]t |\\PC){0,60}", 1..4),
            at in any::<prop::sample::Index>(),
            bits in 1..=255_u8,
        ) {
            let path = Path::new("");
            let packed: Vec<Packed> = texts
                .iter()
                .flat_map(|text| [Packed::compressed(text, path), Packed::plain(text, path)])
                .map(Result::unwrap)
                .collect();
            let (_folder, path, locations) = pack(&packed);
            let mut bytes = std::fs::read(&path).unwrap();
            let at = at.index(bytes.len());
            bytes[at] ^= bits;
            let changed = path.with_extension("changed");
            std::fs::write(&changed, bytes).unwrap();
            for (number, location) in locations.iter().enumerate() {
                prop_assert_eq!(&read::<String>(&path, location).unwrap(), &texts[number / 2]);
                let is_changed = (location.start..location.start + location.len).contains(&(at as u64));
                prop_assert_eq!(read::<String>(&changed, location).is_err(), is_changed);
            }
        }
    }

    #[test]
    fn a_value_is_read_with_its_dictionary_and_no_other() {
        let path = Path::new("");
        let text: String = (0..500)
            .map(|number| format!("Điều {number}. Nghị quyết {}\n", number * 7919 % 1000))
            .collect();
        let packed = Packed::compressed_with(text.as_bytes(), &(7_u8, &text), path).unwrap();
        assert!(packed.bytes.len() < 100, "{}", packed.bytes.len());
        assert_eq!(
            packed.value::<(u8, String)>(text.as_bytes(), path).unwrap(),
            (7, text.clone())
        );
        let other = text.replace('7', "8");
        for dictionary in [&other, "", &text[..text.len() - 2]] {
            let read = packed.value::<(u8, String)>(dictionary.as_bytes(), path);
            assert!(matches!(read, Err(Error::Damaged { .. })), "{}", dictionary.len());
        }
    }

    #[test]
    fn no_size_that_is_told_reserves_more_than_the_bytes_allow() {
        let text = "0".repeat(1_000_000);
        let packed = Packed::compressed(&text, Path::new("")).unwrap();
        let (_folder, path, locations) = pack(&[packed]);
        assert_eq!(
            locations[0].len, locations[0].size,
            "it could be compressed to nearly nothing"
        );
        let packed = Packed::compressed(&"nghị quyết ".repeat(20), Path::new("")).unwrap();
        assert!(packed.bytes.len() < 50, "{}", packed.bytes.len());
        let (_folder, path_of_short, of_short) = pack(&[packed]);
        for (path, location) in [(path, &locations[0]), (path_of_short, &of_short[0])] {
            for size in [0, 1, location.size - 1, location.size + 1, u64::MAX] {
                let wrong = Location {
                    size,
                    ..location.clone()
                };
                assert!(
                    matches!(read::<String>(&path, &wrong), Err(Error::Damaged { .. })),
                    "{size}"
                );
            }
            read::<String>(&path, location).unwrap();
        }
    }
}
