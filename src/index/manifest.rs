//! The files that define a state of an index: its header, the seal of a commit and the manifest.
//!
//! - The [`Header`], `index.json`, states the format and names the folder of the engine's files. It is read before
//!   anything else, and replaced in one step when an index is built anew.
//! - The [`Seal`] travels in the engine's own commit. It names the generation and the digest of the manifest.
//! - The [`Manifest`], `manifest-N`, lists the files that the index was built from, each with the location of its
//!   parsed form. It names the file of the roots that they were found in ([`super::stored_roots`]).
//!
//! So a single step, the engine's commit, turns an old index into a new one. Until then every file of the old state
//! exists and is untouched, and nothing names the files of the new state.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::error::Error;
use super::fields::FORMAT;
use super::folder::{self, Numbered};
use super::learnt_model::LearntModel;
use super::pack::Location;
use super::stored_roots;
use crate::corpus::{Entry, Roots, UnreadPages, relocate};
use crate::reading::Reading;
use crate::record::{DocumentRecord, Parsed};
#[cfg(doc)]
use crate::register;

/// The content of `index.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Header {
    /// Format of the index ([`FORMAT`]).
    pub(super) format: u32,
    /// Version of the program that built the index.
    pub(super) vankien: String,
    /// Name of the folder of the engine's files.
    pub(super) segments: String,
    /// BLAKE3 digest of the fields above, in hexadecimal.
    digest: String,
}

impl Header {
    /// Returns the header of an index of this format, built by this program, with the engine's files in `segments`.
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

    /// Returns the digest of the other fields.
    fn computed_digest(&self) -> String {
        let text = format!("{}\n{}\n{}", self.format, self.vankien, self.segments);
        blake3::hash(text.as_bytes()).to_hex().to_string()
    }

    /// Reads the header of the index in `dir`.
    ///
    /// # Errors
    /// [`Error::Missing`], [`Error::Damaged`], [`Error::Format`], [`Error::Io`].
    pub(super) fn read(dir: &Path) -> Result<Self, Error> {
        let path = folder::header_path(dir);
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
        // The format decides how to read the rest; every format has these two fields.
        #[derive(Deserialize)]
        struct AnyHeader {
            format: u32,
            vankien: String,
        }
        let damaged = |cause: serde_json::Error| Error::Damaged {
            file: path.clone(),
            cause: Some(cause.into()),
        };
        let any: AnyHeader = serde_json::from_slice(&bytes).map_err(damaged)?;
        if any.format != FORMAT {
            return Err(Error::Format {
                dir: dir.to_path_buf(),
                found: any.format,
                written_by: any.vankien,
            });
        }
        let header: Self = serde_json::from_slice(&bytes).map_err(damaged)?;
        // Only a plain name is accepted, no path: builds remove folders, and only ones inside the index folder.
        let plain = header.segments.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if plain && !header.segments.is_empty() && header.digest == header.computed_digest() {
            Ok(header)
        } else {
            Err(Error::damaged(&path))
        }
    }

    /// Replaces the header of the index in `dir` in one step.
    pub(super) fn write(&self, dir: &Path) -> Result<(), Error> {
        let bytes =
            serde_json::to_vec(self).map_err(|cause| Error::io("write", &folder::header_path(dir))(cause.into()))?;
        folder::replace_header(dir, &bytes)
    }
}

/// The payload of the engine's commit, which ties the other files of a state to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Seal {
    /// Counts the commits of an index folder, from 1.
    pub(super) generation: u64,
    /// BLAKE3 digest of the manifest file, in hexadecimal.
    pub(super) manifest: String,
    /// Number of passages in the engine's index.
    pub(super) passages: u64,
}

/// The name of a state of an index. Two indexes with the same name have the same content, in any folder and at any
/// time.
///
/// It is the beginning of the digest of the manifest, which lists the digests of all other content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct State(u64);

impl State {
    /// Returns the name of the state with this seal.
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

/// The files that an index was built from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the program that wrote this state.
    pub vankien: String,
    /// Counts the commits of an index folder, from 1.
    pub generation: u64,
    /// The files, sorted by document id.
    pub files: Vec<IndexedFile>,
    /// The files that could not be read, sorted by location.
    pub unread: Vec<UnreadFile>,
    /// The files of kinds that nothing reads, by kind, in the folders that were looked at when this state was written.
    pub passed_over: BTreeMap<String, usize>,
    /// The roots that the files belong to.
    #[serde(skip)]
    pub roots: Roots,
    /// The office's own table of documents; empty if it has none.
    #[serde(skip)]
    pub register: String,
    /// Digest of the register that the citations were resolved with ([`register::digest`]).
    pub(super) register_digest: String,
    /// BLAKE3 digest of the file of the roots, in hexadecimal.
    pub(super) roots_digest: String,
    /// Counts that damaged documents were read with; `None` if no document is damaged.
    pub(super) learnt: Option<LearntModel>,
}

/// A file that is in the index.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IndexedFile {
    /// The document's record.
    pub record: DocumentRecord,
    /// The path of the file as people see it.
    pub path: PathBuf,
    /// Its location: the absolute path at which it is read.
    pub location: PathBuf,
    /// Version of the program that parsed it.
    pub parsed_by: String,
    /// Its size in bytes.
    pub size: u64,
    /// Its time of change in nanoseconds since 1970.
    pub modified_ns: u128,
    /// BLAKE3 digest of its bytes, in hexadecimal.
    pub digest: String,
    /// Number of its passages; all of them are in the index.
    pub passages: usize,
    /// The amount of its text that can be learnt from.
    pub clean: Clean,
    /// True if any of its text is damaged.
    pub damaged: bool,
    /// Its pages that no OCR has read although they need one.
    pub unread: UnreadPages,
    /// Location of its parsed form.
    pub(super) parsed: Location,
    /// Location of the places where it cites something. They are stored apart so that reading them does not take
    /// reading whole documents.
    pub(super) cites: Location,
}

/// A file that could not be read, as it was then. It is no surprise until it changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnreadFile {
    /// Its location.
    pub location: PathBuf,
    /// Its size in bytes.
    pub size: u64,
    /// Its time of change in nanoseconds since 1970.
    pub modified_ns: u128,
}

impl IndexedFile {
    /// Gives the file the id and the paths of `entry`, which is the same file; returns true if the document of the
    /// index has others.
    pub(super) fn rename(&mut self, entry: &Entry) -> bool {
        let shown = entry.display_path();
        let renamed = self.record.document != entry.id || self.record.path != shown;
        self.record.document.clone_from(&entry.id);
        self.record.path = shown;
        self.path.clone_from(&entry.path);
        self.location.clone_from(&entry.location);
        renamed
    }

    /// Sets what `parsed` shows of the document; its parsed form is not written yet.
    pub(super) fn describe(&mut self, parsed: &Parsed) {
        self.record = parsed.document_record();
        self.passages = parsed.document.passages.len();
        self.parsed = Location::nowhere();
        self.cites = Location::nowhere();
    }
}

/// The amount of a text that can be learnt from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clean {
    /// Bytes of its clean stretches in Vietnamese.
    pub bytes: u64,
    /// Words in them with a letter that only Vietnamese has.
    pub words: u64,
}

impl Clean {
    /// Adds up the clean Vietnamese stretches of a reading. Stretches without a Vietnamese letter, such as tables of
    /// numbers or text in another language, do not count. Nor does a document that was converted from an encoding from
    /// before Unicode: a font that draws capitals, or a letter that the conversion missed, would teach misspellings.
    pub(super) fn of(parsed: &Parsed, reading: &Reading) -> Self {
        if !parsed.letters.is_empty() {
            return Self::default();
        }
        let vietnamese = reading.clean_stretches().filter(|stretch| stretch.marked > 0);
        vietnamese.fold(Self::default(), |sum, stretch| Self {
            bytes: sum.bytes + stretch.span.len() as u64,
            words: sum.words + u64::from(stretch.marked),
        })
    }
}

impl Manifest {
    /// Reads the manifest that `seal` names.
    ///
    /// # Errors
    /// [`Error::Damaged`] if it is missing or its digest differs, [`Error::Io`].
    pub(super) fn read(dir: &Path, seal: &Seal) -> Result<Self, Error> {
        let path = Numbered::Manifest.path(dir, seal.generation);
        let bytes = fs::read(&path).map_err(|cause| match cause.kind() {
            std::io::ErrorKind::NotFound => Error::damaged(&path),
            _ => Error::io("read", &path)(cause),
        })?;
        if blake3::hash(&bytes).to_hex().as_str() != seal.manifest {
            return Err(Error::damaged(&path));
        }
        let mut manifest: Self = postcard::from_bytes(&bytes).map_err(|cause| Error::Damaged {
            file: path,
            cause: Some(cause.into()),
        })?;
        let stored = stored_roots::read(dir, manifest.generation, &manifest.roots_digest)?;
        for (from, to) in &stored.moves {
            let locations = manifest.files.iter_mut().map(|file| &mut file.location);
            for location in locations.chain(manifest.unread.iter_mut().map(|file| &mut file.location)) {
                relocate(location, from, to);
            }
        }
        manifest.roots = stored.roots;
        manifest.register = stored.register;
        Ok(manifest)
    }

    /// Writes the manifest, waits until it is on the disk, and returns the seal that names it.
    pub(super) fn write(&self, dir: &Path) -> Result<Seal, Error> {
        let path = Numbered::Manifest.path(dir, self.generation);
        let bytes =
            postcard::to_allocvec(self).map_err(|cause| Error::io("write", &path)(std::io::Error::other(cause)))?;
        folder::write_synced(&path, &bytes)?;
        folder::sync_folder(dir)?;
        Ok(Seal {
            generation: self.generation,
            manifest: blake3::hash(&bytes).to_hex().to_string(),
            passages: self.files.iter().map(|file| file.passages as u64).sum(),
        })
    }

    /// Returns the file of the document with this id.
    #[must_use]
    pub fn file(&self, id: &str) -> Option<&IndexedFile> {
        self.position(id).map(|index| &self.files[index])
    }

    /// Returns the index in [`Self::files`] of the document with this id.
    pub(super) fn position(&self, id: &str) -> Option<usize> {
        let found = self
            .files
            .binary_search_by(|file| file.record.document.as_str().cmp(id));
        found.ok()
    }

    /// Returns the files of the documents whose ids begin with `prefix`.
    pub fn files_from(&self, prefix: &str) -> impl Iterator<Item = &IndexedFile> {
        let first = self
            .files
            .partition_point(|file| file.record.document.as_str() < prefix);
        self.files[first..]
            .iter()
            .take_while(move |file| file.record.document.starts_with(prefix))
    }
}
