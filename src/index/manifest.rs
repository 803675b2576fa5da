//! The files that define a state of an index: its header, the seal of a commit and the manifest.
//!
//! - The [`Header`], `index.json`, states the format and names the folder of the engine's files. It is read before
//!   anything else, and replaced in one step when an index is built anew.
//! - The [`Seal`] travels in the engine's own commit. It names the generation and the list of the manifest, with its
//!   digest.
//! - The [`Manifest`], `manifest-N`, lists the files that the index was built from, each with the location of its
//!   parsed form. It names the file of the roots that they were found in ([`super::stored_roots`]). [`super::catalog`]
//!   writes and reads it.
//!
//! So a single step, the engine's commit, turns an old index into a new one. Until then every file of the old state
//! exists and is untouched, and nothing names the files of the new state.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::error::Error;
use super::fields::FORMAT;
use super::folder;
use super::learnt_model::LearntModel;
use super::pack::Location;
use crate::corpus::{Entry, Roots, UnreadPages};
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
    /// Location of the list in the manifest, whose digest is that of all that the index has.
    pub(super) list: Location,
    /// Number of passages in the engine's index.
    pub(super) passages: u64,
}

/// The name of a state of an index. Two indexes with the same name have the same content, in any folder and at any
/// time.
///
/// It is the beginning of the digest of the list of the manifest, which has the digests of all other content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct State(u64);

impl State {
    /// Returns the name of the state with this seal.
    pub(super) fn of(seal: &Seal) -> Self {
        let beginning = seal.list.digest.first_chunk().copied().unwrap_or_default();
        Self(u64::from_be_bytes(beginning))
    }
}

impl State {
    /// Returns the state with this name, as it is displayed; `None` if it is none.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        u64::from_str_radix(name, 16).ok().map(Self)
    }
}

impl std::fmt::Display for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// The files that an index was built from.
#[derive(Clone, Debug, Default, PartialEq)]
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
    pub roots: Roots,
    /// The office's own table of documents; empty if it has none.
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
    /// True if it is read with a model: some of its text is damaged, or an OCR read it.
    pub damaged: bool,
    /// Its pages that no OCR has read although they need one.
    pub unread: UnreadPages,
    /// Location of its parsed form.
    pub(super) parsed: Location,
    /// Location of the places where it cites something. They are stored apart so that reading them does not take
    /// reading whole documents.
    pub(super) cites: Location,
    /// Location of what a resolver takes from it ([`crate::citation::Observed`]), so that an update need not read the
    /// documents for it.
    pub(super) observed: Location,
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

    /// Sets the `record` of the document and the number of its `passages`; its parsed form is not written yet.
    pub(super) fn describe(&mut self, record: DocumentRecord, passages: usize) {
        self.record = record;
        self.passages = passages;
        self.parsed = Location::nowhere();
        self.cites = Location::nowhere();
        self.observed = Location::nowhere();
    }

    /// Returns the file as one of which the packs have nothing, for an index that has none.
    pub(super) fn unpacked(&self) -> Self {
        let mut file = self.clone();
        file.parsed = Location::nowhere();
        file.cites = Location::nowhere();
        file.observed = Location::nowhere();
        file
    }

    /// Returns the locations of all that the packs have of the document.
    pub(super) const fn packed(&self) -> [&Location; 3] {
        [&self.parsed, &self.cites, &self.observed]
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
    /// before Unicode: a font that draws capitals, or a letter that the conversion missed, would teach misspellings. What
    /// an OCR read would teach its own errors.
    pub(super) fn of(parsed: &Parsed, reading: &Reading) -> Self {
        if !parsed.letters.is_empty() || parsed.facsimile.confidences().next().is_some() {
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
    /// Returns the file of the document with this id.
    #[must_use]
    pub fn file(&self, id: &str) -> Option<&IndexedFile> {
        let found = self
            .files
            .binary_search_by(|file| file.record.document.as_str().cmp(id));
        found.ok().map(|index| &self.files[index])
    }
}
