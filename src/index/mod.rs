//! The built index: its only reader and its only writer.
//!
//! An index is a folder. `index.json` says what it is; `segments-N` holds the engine's files, one index
//! document per passage; `parsed-N` holds the parsed documents whole, for viewing, and what each cites; `learnt-N` what clean documents
//! taught about reading damaged ones; `manifest-N` lists the files it was built from. One step of the engine turns
//! an old index into a new one, so a process that is killed at any moment leaves the one or the other
//! ([`manifest`]).
//!
//! ```no_run
//! use vankien::corpus::Corpus;
//! use vankien::index::{self, Index};
//! let corpus = Corpus::scan(&["seeds".into()]);
//! index::build("index".as_ref(), &corpus, &index::Options::default(), &mut ())?;
//! let index = Index::open("index".as_ref())?;
//! let parsed = index.document("001")?; // any unambiguous beginning of an id
//! assert!(parsed.document.id.starts_with("001"));
//! # Ok::<(), index::Error>(())
//! ```
//!
//! Tantivy's types stay in here and in [`crate::search`].

mod analyzer;
mod build;
#[cfg(test)]
mod build_tests;
mod check;
mod error;
mod facet;
mod forms;
mod lesson;
mod manifest;
mod pack;
mod passage;
mod schema;
mod shingles;
mod stop;
pub mod symbols;
mod take_up;
#[cfg(test)]
pub(crate) mod testing;
mod words;

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::SystemTime;

use tantivy::collector::TopDocs;
use tantivy::directory::MmapDirectory;
use tantivy::query::TermQuery;
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{DocAddress, ReloadPolicy, Searcher, TantivyDocument, Term};

pub(crate) use analyzer::{ALTERNATIVE, LOST, REPAIRED};
pub use build::{Options, Progress, Report, Step, build};
pub use check::{Check, Problem, Stale, check};
pub use error::{Cause, Error};
pub use facet::Facet;
pub use forms::{Damaged, Forms};
pub use manifest::{Clean, FORMAT, IndexedFile, Manifest, State};
pub use passage::StoredPassage;
pub(crate) use schema::Fields;
pub(crate) use shingles::{Shingle, between, shingle};
pub use stop::Stop;
pub use take_up::{read_draft, read_text};
pub(crate) use words::{By, Cell, Compound, Laid, Words};

use crate::reading::Model;
use crate::record::{CitedAt, DocumentRecord, Parsed};
use manifest::{Header, Location, Seal, Stamp};

/// Up to this size an index is compared with its checksums whenever it is opened: some milliseconds. A larger
/// one is compared by [`check()`] alone.
const CHECKED_BYTES: u64 = 8_000_000;

/// How often opening is tried while a writer is replacing what is being opened.
const OPEN_TRIES: usize = 10;

/// An index as it was at one moment; later commits do not change it. A copy of it is another view of the same.
#[derive(Clone)]
pub struct Index {
    opened: Arc<Opened>,
    stop: Stop,
}

/// What was opened.
struct Opened {
    dir: PathBuf,
    /// The files that tell of a commit, as they were just before.
    stamp: Stamp,
    segments: tantivy::Index,
    searcher: Searcher,
    fields: Fields,
    seal: Seal,
    manifest: OnceLock<Manifest>,
    model: OnceLock<Model>,
    /// The packs by their generations, where they are held open.
    packs: OnceLock<HashMap<u64, File>>,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index")
            .field("dir", &self.opened.dir)
            .field("generation", &self.opened.seal.generation)
            .finish_non_exhaustive()
    }
}

impl Index {
    /// Opens the index in `dir`.
    ///
    /// # Errors
    /// [`Error::Missing`], [`Error::Format`], [`Error::Damaged`], [`Error::Io`].
    pub fn open(dir: &Path) -> Result<Self, Error> {
        let mut last = Self::open_once(dir);
        for _ in 1..OPEN_TRIES {
            // A writer may have removed what the header named when we read it; look again.
            match last {
                Err(Error::Damaged { .. } | Error::Engine { .. }) if writer_is_busy(dir) => {
                    std::thread::sleep(std::time::Duration::from_millis(20));
                    last = Self::open_once(dir);
                }
                _ => break,
            }
        }
        last
    }

    fn open_once(dir: &Path) -> Result<Self, Error> {
        let header = Header::read(dir)?;
        let folder = dir.join(&header.segments);
        let stamp = Stamp::of(dir, &folder);
        guard(dir, || {
            let directory = MmapDirectory::open(&folder).map_err(tantivy::TantivyError::from)?;
            let segments = tantivy::Index::open(directory)?;
            analyzer::register(segments.tokenizers());
            Ok(segments)
        })
        .and_then(|segments| Self::of(dir, (&folder, stamp), segments))
    }

    /// The state of the engine's index that is committed now.
    fn of(dir: &Path, (folder, stamp): (&Path, Stamp), segments: tantivy::Index) -> Result<Self, Error> {
        let (schema, fields) = Fields::schema();
        if segments.schema() != schema {
            return Err(Error::damaged(folder));
        }
        if size_of(folder) <= CHECKED_BYTES
            && let Some(file) = guard(dir, || segments.validate_checksum())?.into_iter().min()
        {
            return Err(Error::damaged(&folder.join(file)));
        }
        // The seal must be that of the segments: a commit may fall between the two reads.
        let mut payload = guard(dir, || segments.load_metas())?.payload;
        let searcher = loop {
            let searcher = guard(dir, || {
                let reader = segments
                    .reader_builder()
                    .reload_policy(ReloadPolicy::Manual)
                    .try_into()?;
                Ok(tantivy::IndexReader::searcher(&reader))
            })?;
            let now = guard(dir, || segments.load_metas())?.payload;
            if now == payload {
                break searcher;
            }
            payload = now;
        };
        let seal = payload.and_then(|payload| serde_json::from_str(&payload).ok());
        let opened = Opened {
            dir: dir.to_path_buf(),
            stamp,
            segments,
            searcher,
            fields,
            seal: seal.ok_or_else(|| Error::damaged(&folder.join("meta.json")))?,
            manifest: OnceLock::new(),
            model: OnceLock::new(),
            packs: OnceLock::new(),
        };
        Ok(Self {
            opened: Arc::new(opened),
            stop: Stop::default(),
        })
    }

    /// The same index, whose work ends with [`Error::Stopped`] once `stop` says so.
    #[must_use]
    pub fn with_stop(&self, stop: Stop) -> Self {
        Self {
            opened: Arc::clone(&self.opened),
            stop,
        }
    }

    /// Is it still what lies in the folder? Two looks at the file system, so that it can be asked often; an index
    /// for which it says no may turn out to be of the same [state](Self::state).
    ///
    /// # Errors
    /// [`Error::Missing`] where the folder holds no index any more.
    pub fn is_current(&self) -> Result<bool, Error> {
        let now = Stamp::of(&self.opened.dir, &self.opened.stamp.folder);
        if now.header.is_none() {
            return Err(Error::Missing {
                dir: self.opened.dir.clone(),
            });
        }
        Ok(now == self.opened.stamp)
    }

    /// Bytes that the engine's files take up on the disk.
    #[must_use]
    pub fn size_bytes(&self) -> u64 {
        size_of(&self.opened.stamp.folder)
    }

    /// When the state was committed, as far as the system tells.
    #[must_use]
    pub fn committed(&self) -> Option<SystemTime> {
        self.opened.stamp.segments.map(|(modified, _)| modified)
    }

    /// The folder.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.opened.dir
    }

    /// Which state it is, of this folder or any other.
    #[must_use]
    pub fn state(&self) -> State {
        State::of(&self.opened.seal)
    }

    /// Counts the commits of the folder. A folder that was built anew counts from 1 again: whether two answers are
    /// of the same index says [`Self::state`].
    #[must_use]
    pub fn generation(&self) -> u64 {
        self.opened.seal.generation
    }

    /// What the index was built from; read at the first call.
    ///
    /// # Errors
    /// [`Error::Damaged`], [`Error::Io`].
    pub fn manifest(&self) -> Result<&Manifest, Error> {
        if let Some(manifest) = self.opened.manifest.get() {
            return Ok(manifest);
        }
        let manifest = Manifest::read(&self.opened.dir, &self.opened.seal)?;
        Ok(self.opened.manifest.get_or_init(|| manifest))
    }

    /// Takes hold of all that may be read of it later, so that it answers as before whatever a later build removes.
    ///
    /// # Errors
    /// Those of [`Self::model`], also where a later build has removed something already.
    pub fn hold(&self) -> Result<(), Error> {
        let locations = self
            .manifest()?
            .files
            .iter()
            .flat_map(|file| [&file.parsed, &file.cites]);
        let mut packs = HashMap::new();
        for location in locations {
            if let Entry::Vacant(vacant) = packs.entry(location.pack) {
                vacant.insert(pack::open(&pack::path(&self.opened.dir, location.pack))?);
            }
        }
        self.opened.packs.set(packs).ok();
        self.model().map(drop)
    }

    /// What damaged text is read with: the model that the damaged documents of this index were read with, or the
    /// shipped one where there are none; joined at the first call.
    ///
    /// # Errors
    /// Those of [`Self::manifest`].
    pub fn model(&self) -> Result<&Model, Error> {
        if let Some(model) = self.opened.model.get() {
            return Ok(model);
        }
        let lesson = self.manifest()?.lesson.as_ref();
        let learnt = lesson.map(|lesson| lesson.recall(&self.opened.dir)).transpose()?;
        let model = || match &learnt {
            Some(learnt) => Model::shipped().joined(learnt),
            None => Model::shipped().clone(),
        };
        Ok(self.opened.model.get_or_init(model))
    }

    /// The records of all documents, sorted by id.
    ///
    /// # Errors
    /// Those of [`Self::manifest`].
    pub fn documents(&self) -> Result<impl Iterator<Item = &DocumentRecord>, Error> {
        Ok(self.manifest()?.files.iter().map(|file| &file.record))
    }

    /// The id of the one document whose id is `id` or begins so.
    ///
    /// # Errors
    /// [`Error::Unknown`], [`Error::Ambiguous`], and those of [`Self::manifest`].
    pub fn resolve_id(&self, id: &str) -> Result<&str, Error> {
        self.file(id).map(|file| file.record.document.as_str())
    }

    /// The file of the one document whose id is `id` or begins so.
    fn file(&self, id: &str) -> Result<&IndexedFile, Error> {
        let manifest = self.manifest()?;
        if let Some(file) = manifest.file(id) {
            return Ok(file);
        }
        let unknown = || Error::Unknown {
            what: "document",
            id: id.to_owned(),
        };
        if id.is_empty() {
            return Err(unknown());
        }
        let mut candidates = manifest.files_from(id);
        let first = candidates.next().ok_or_else(unknown)?;
        let Some(second) = candidates.next() else {
            return Ok(first);
        };
        let candidates = [first, second].into_iter().chain(candidates.take(3));
        Err(Error::Ambiguous {
            prefix: id.to_owned(),
            candidates: candidates.map(|file| file.record.document.clone()).collect(),
        })
    }

    /// The document whose id is `id` or begins so, with its reading and citations.
    ///
    /// # Errors
    /// Those of [`Self::resolve_id`]; [`Error::Damaged`] where its parsed form is.
    pub fn document(&self, id: &str) -> Result<Parsed, Error> {
        self.parsed(self.file(id)?)
    }

    /// Every document in order of the ids, read one at a time.
    ///
    /// # Errors
    /// Those of [`Self::manifest`]; each item may be [`Error::Damaged`].
    pub fn parsed_documents(&self) -> Result<impl Iterator<Item = Result<Parsed, Error>>, Error> {
        Ok(self.manifest()?.files.iter().map(|file| self.parsed(file)))
    }

    /// Every place where the document whose id is `id` or begins so cites something, in order.
    ///
    /// # Errors
    /// Those of [`Self::document`].
    pub fn cited_places(&self, id: &str) -> Result<Vec<CitedAt>, Error> {
        self.unpacked(&self.file(id)?.cites)
    }

    fn parsed(&self, file: &IndexedFile) -> Result<Parsed, Error> {
        self.unpacked(&file.parsed)
    }

    /// What is kept at a place in the packs.
    fn unpacked<T: serde::de::DeserializeOwned>(&self, location: &Location) -> Result<T, Error> {
        self.stop.check()?;
        let path = pack::path(&self.opened.dir, location.pack);
        match self.opened.packs.get().and_then(|packs| packs.get(&location.pack)) {
            Some(pack) => pack::read_from(pack, &path, location),
            None => pack::read(&path, location),
        }
    }

    /// The passage `DOCUMENT:LINE`; the document's id may be cut short.
    ///
    /// # Errors
    /// [`Error::Unknown`], and those of [`Self::resolve_id`].
    pub fn passage(&self, id: &str) -> Result<StoredPassage, Error> {
        let unknown = || Error::Unknown {
            what: "passage",
            id: id.to_owned(),
        };
        if let Some(passage) = self.passage_of(id)? {
            return Ok(passage);
        }
        let (document, address) = id.rsplit_once(':').ok_or_else(unknown)?;
        let whole = format!("{}:{address}", self.resolve_id(document)?);
        self.passage_of(&whole)?.ok_or_else(unknown)
    }

    /// The passage with this whole id.
    fn passage_of(&self, id: &str) -> Result<Option<StoredPassage>, Error> {
        let term = Term::from_field_text(self.opened.fields.passage, id);
        let query = TermQuery::new(term, IndexRecordOption::Basic);
        let found = self.guard(|| {
            self.opened
                .searcher
                .search(&query, &TopDocs::with_limit(1).order_by_score())
        })?;
        found.first().map(|&(_, address)| self.stored(address)).transpose()
    }

    /// Number of passages.
    #[must_use]
    pub fn passages_count(&self) -> u64 {
        self.opened.searcher.num_docs()
    }

    /// Number of words and numbers in all passages.
    ///
    /// # Errors
    /// [`Error::Damaged`], [`Error::Engine`].
    pub(crate) fn words_count(&self) -> Result<u64, Error> {
        self.guard(|| {
            let segments = self.opened.searcher.segment_readers().iter();
            let counts =
                segments.map(|segment| Ok(segment.inverted_index(self.opened.fields.folded)?.total_num_tokens()));
            counts.sum()
        })
    }

    /// Number of passages with this folded word.
    ///
    /// # Errors
    /// [`Error::Damaged`], [`Error::Engine`].
    pub(crate) fn passages_with_word(&self, folded: &str) -> Result<u64, Error> {
        self.guard(|| {
            self.opened
                .searcher
                .doc_freq(&Term::from_field_text(self.opened.fields.folded, folded))
        })
    }

    /// Number of passages with this shingle.
    ///
    /// # Errors
    /// [`Error::Damaged`], [`Error::Engine`].
    pub(crate) fn passages_with_shingle(&self, shingle: Shingle) -> Result<u64, Error> {
        self.guard(|| {
            self.opened
                .searcher
                .doc_freq(&Term::from_field_u64(self.opened.fields.shingle, shingle.into()))
        })
    }

    /// What is stored of the passage at `address`.
    pub(crate) fn stored(&self, address: DocAddress) -> Result<StoredPassage, Error> {
        let entry = self.guard(|| self.opened.searcher.doc::<TantivyDocument>(address))?;
        let bytes = entry
            .get_first(self.opened.fields.stored)
            .and_then(|value| value.as_bytes());
        postcard::from_bytes(bytes.unwrap_or_default()).map_err(|cause| Error::Damaged {
            file: self.opened.dir.clone(),
            cause: Some(cause.into()),
        })
    }

    /// The engine's view of the index.
    pub(crate) fn searcher(&self) -> &Searcher {
        &self.opened.searcher
    }

    /// The fields of the index.
    pub(crate) fn fields(&self) -> &Fields {
        &self.opened.fields
    }

    /// Runs a step of the engine, unless it is time to stop; see [`guard`].
    pub(crate) fn guard<T>(&self, step: impl FnOnce() -> tantivy::Result<T>) -> Result<T, Error> {
        self.stop.check()?;
        guard(&self.opened.dir, step)
    }
}

/// Runs a step of the engine on the index in `dir`. The engine may panic on bytes that are not what it
/// wrote; that is an error like others here.
fn guard<T>(dir: &Path, step: impl FnOnce() -> tantivy::Result<T>) -> Result<T, Error> {
    match catch_unwind(AssertUnwindSafe(step)) {
        Ok(done) => done.map_err(Error::engine(dir)),
        Err(_) => Err(Error::damaged(dir)),
    }
}

/// Bytes of the files of a folder; 0 where it cannot be read (opening it will say why).
fn size_of(folder: &Path) -> u64 {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    files
        .filter_map(|file| file.metadata().ok())
        .map(|file| file.len())
        .sum()
}

/// Is another process or thread writing the index in `dir`?
fn writer_is_busy(dir: &Path) -> bool {
    matches!(build::lock(dir), Err(Error::Busy { .. }))
}
