//! What an index was built from: its format, its files, and where the parsed form of each is kept.
//!
//! Three files name the state of an index. `index.json` says which format it has and in which folder the
//! engine's files lie; it is read before anything else, and replaced in one step when an index is built anew.
//! The engine's own commit carries a [`Seal`], which names the generation and the digest of the
//! `manifest-N` file. So one step, the engine's, turns an old index into a new one: until then every
//! file of the old state is there and untouched, and the files of the new state are named by nothing.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::error::Error;
use super::lesson::Lesson;
use crate::reading::Reading;
use crate::record::{DocumentRecord, Parsed};

/// The format of the index: raised by every change of schema, analyzer or stored form.
pub const FORMAT: u32 = 4;

/// The file that says what an index is.
const HEADER_FILE: &str = "index.json";

/// What `index.json` says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Header {
    /// See [`FORMAT`].
    pub(super) format: u32,
    /// Version of the program that built it.
    pub(super) vankien: String,
    /// Folder of the engine's files.
    pub(super) segments: String,
    /// BLAKE3 digest of the fields before, in hexadecimal.
    digest: String,
}

impl Header {
    /// The header of an index of this format, built by this program, with the engine's files in `segments`.
    pub(super) fn new(segments: String) -> Self {
        let mut header = Self {
            format: FORMAT,
            vankien: env!("CARGO_PKG_VERSION").to_owned(),
            segments,
            digest: String::new(),
        };
        header.digest = header.computed_digest();
        header
    }

    /// What [`Self::digest`] must be.
    fn computed_digest(&self) -> String {
        let text = format!("{}\n{}\n{}", self.format, self.vankien, self.segments);
        blake3::hash(text.as_bytes()).to_hex().to_string()
    }

    /// Reads the header of the index in `dir`.
    ///
    /// # Errors
    /// [`Error::Missing`], [`Error::Damaged`], [`Error::Format`], [`Error::Io`].
    pub(super) fn read(dir: &Path) -> Result<Self, Error> {
        let path = dir.join(HEADER_FILE);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(cause)
                if matches!(
                    cause.kind(),
                    std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory
                ) =>
            {
                return Err(Error::Missing { dir: dir.to_path_buf() });
            }
            Err(cause) => return Err(Error::io("read", &path)(cause)),
        };
        // Only these two fields are read before the format is known: any format has them.
        #[derive(Deserialize)]
        struct Any {
            format: u32,
            vankien: String,
        }
        let damaged = |cause: serde_json::Error| Error::Damaged {
            file: path.clone(),
            cause: Some(cause.into()),
        };
        let any: Any = serde_json::from_slice(&bytes).map_err(damaged)?;
        if any.format != FORMAT {
            return Err(Error::Format {
                dir: dir.to_path_buf(),
                found: any.format,
                written_by: any.vankien,
            });
        }
        let header: Self = serde_json::from_slice(&bytes).map_err(damaged)?;
        // A name and no path: nothing outside the folder is ever touched.
        let plain = header.segments.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if plain && !header.segments.is_empty() && header.digest == header.computed_digest() {
            Ok(header)
        } else {
            Err(Error::damaged(&path))
        }
    }

    /// Replaces the header of the index in `dir` in one step.
    pub(super) fn write(&self, dir: &Path) -> Result<(), Error> {
        let path = dir.join(HEADER_FILE);
        let bytes = serde_json::to_vec(self).map_err(|cause| Error::io("write", &path)(cause.into()))?;
        let temporary = dir.join("index.json.new");
        write_synced(&temporary, &bytes)?;
        fs::rename(&temporary, &path).map_err(Error::io("write", &path))?;
        sync_folder(dir)
    }
}

/// What the engine's commit says of the rest of the index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Seal {
    /// Counts the commits of an index folder, from 1.
    pub(super) generation: u64,
    /// BLAKE3 digest of the manifest file, in hexadecimal.
    pub(super) manifest: String,
}

/// Names a state of an index: two of the same name hold the same, in whatever folder and since whenever.
///
/// It is the beginning of the digest of the manifest, which lists the digests of all that the index holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct State(u64);

impl State {
    /// The name of the state that `seal` seals.
    pub(super) fn of(seal: &Seal) -> Self {
        let beginning = seal.manifest.get(..16).unwrap_or_default();
        Self(u64::from_str_radix(beginning, 16).unwrap_or_default())
    }
}

impl std::fmt::Display for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// What an index was built from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the program that wrote it last.
    pub vankien: String,
    /// Counts the commits of an index folder, from 1.
    pub generation: u64,
    /// One per file, sorted by document id.
    pub files: Vec<IndexedFile>,
    /// What damaged documents were read with, where there are any.
    pub(super) lesson: Option<Lesson>,
}

/// One file that is in the index.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IndexedFile {
    /// The document's record.
    pub record: DocumentRecord,
    /// The file.
    pub path: PathBuf,
    /// Its size in bytes.
    pub size: u64,
    /// Its time of change in nanoseconds since 1970.
    pub modified_ns: u128,
    /// BLAKE3 digest of its bytes, in hexadecimal.
    pub digest: String,
    /// Number of its passages, all of which are in the index.
    pub passages: usize,
    /// How much of its text others can be read with.
    pub clean: Clean,
    /// Is any of its text damaged?
    pub damaged: bool,
    /// Where its parsed form is kept.
    pub(super) parsed: Location,
    /// Where the places at which it cites something are kept, so that nobody reads whole documents for them.
    pub(super) cites: Location,
}

impl IndexedFile {
    /// Takes up what `parsed`, which lies nowhere yet, says of the document.
    pub(super) fn describe(&mut self, parsed: &Parsed) {
        self.record = parsed.document_record();
        self.passages = parsed.document.passages.len();
        self.parsed = Location::nowhere();
        self.cites = Location::nowhere();
    }
}

/// How much of a text can be learnt from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clean {
    /// Bytes of its clean stretches in Vietnamese.
    pub bytes: u64,
    /// Words in them that have a letter only Vietnamese has.
    pub words: u64,
}

impl Clean {
    /// Counts the clean stretches of a reading; those in another language, tables of numbers and such have no
    /// Vietnamese letter.
    pub(super) fn of(reading: &Reading) -> Self {
        let vietnamese = reading.clean_stretches().filter(|stretch| stretch.marked > 0);
        vietnamese.fold(Self::default(), |sum, stretch| Self {
            bytes: sum.bytes + stretch.span.len() as u64,
            words: sum.words + u64::from(stretch.marked),
        })
    }
}

/// Where something is kept in the packs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Location {
    /// Generation that wrote the pack.
    pub(super) pack: u64,
    /// First byte in the pack.
    pub(super) start: u64,
    /// Number of bytes.
    pub(super) len: u64,
    /// BLAKE3 digest of those bytes.
    pub(super) digest: [u8; 32],
}

impl Location {
    /// That of what is written nowhere yet.
    pub(super) const fn nowhere() -> Self {
        Self {
            pack: 0,
            start: 0,
            len: 0,
            digest: [0; 32],
        }
    }
}

/// The files that tell of a commit, as the file system describes them: whoever replaces one leaves another stamp.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    /// The folder of the engine's files.
    pub(super) folder: PathBuf,
    /// Time and size of `index.json`; `None` where it is not there.
    pub(super) header: Option<(SystemTime, u64)>,
    /// The same of the engine's own list of its files.
    pub(super) segments: Option<(SystemTime, u64)>,
}

impl Stamp {
    /// The stamp of the index in `dir`, whose engine's files lie in `folder`.
    pub(super) fn of(dir: &Path, folder: &Path) -> Self {
        let look = |path: PathBuf| {
            let found = fs::metadata(path).ok()?;
            Some((found.modified().ok()?, found.len()))
        };
        Self {
            folder: folder.to_path_buf(),
            header: look(dir.join(HEADER_FILE)),
            segments: look(folder.join("meta.json")),
        }
    }
}

impl Manifest {
    /// The file of the manifest of a generation.
    pub(super) fn path(dir: &Path, generation: u64) -> PathBuf {
        dir.join(format!("manifest-{generation}"))
    }

    /// Reads the manifest that `seal` names.
    ///
    /// # Errors
    /// [`Error::Damaged`] where it is not what was sealed, [`Error::Io`].
    pub(super) fn read(dir: &Path, seal: &Seal) -> Result<Self, Error> {
        let path = Self::path(dir, seal.generation);
        let bytes = fs::read(&path).map_err(|cause| match cause.kind() {
            std::io::ErrorKind::NotFound => Error::damaged(&path),
            _ => Error::io("read", &path)(cause),
        })?;
        if blake3::hash(&bytes).to_hex().as_str() != seal.manifest {
            return Err(Error::damaged(&path));
        }
        postcard::from_bytes(&bytes).map_err(|cause| Error::Damaged {
            file: path,
            cause: Some(cause.into()),
        })
    }

    /// Writes the manifest and returns the seal that names it.
    pub(super) fn write(&self, dir: &Path) -> Result<Seal, Error> {
        let path = Self::path(dir, self.generation);
        let bytes =
            postcard::to_allocvec(self).map_err(|cause| Error::io("write", &path)(std::io::Error::other(cause)))?;
        write_synced(&path, &bytes)?;
        sync_folder(dir)?;
        Ok(Seal {
            generation: self.generation,
            manifest: blake3::hash(&bytes).to_hex().to_string(),
        })
    }

    /// The file of the document with this id.
    #[must_use]
    pub fn file(&self, id: &str) -> Option<&IndexedFile> {
        let found = self
            .files
            .binary_search_by(|file| file.record.document.as_str().cmp(id));
        found.ok().map(|index| &self.files[index])
    }

    /// The files of the documents whose ids begin with `prefix`.
    pub fn files_from(&self, prefix: &str) -> impl Iterator<Item = &IndexedFile> {
        let first = self
            .files
            .partition_point(|file| file.record.document.as_str() < prefix);
        self.files[first..]
            .iter()
            .take_while(move |file| file.record.document.starts_with(prefix))
    }
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
