//! An open index: one state of it, which later builds do not change.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::SystemTime;

use serde::de::DeserializeOwned;
use tantivy::{ReloadPolicy, Searcher, SegmentReader};

use super::catalog::Catalog;
use super::column_values::ColumnValues;
use super::engine_folder::EngineFolder;
use super::error::{Error, guard};
use super::fields::passage_terms::{ALTERNATIVE, LOST, REPAIRED};
use super::fields::{Fields, analyzer, dictionary};
use super::folder::{self, Numbered, Stamp};
use super::frequencies::Frequencies;
use super::ids;
use super::kept::Kept;
use super::manifest::{Header, IndexedFile, Manifest, Seal, State};
use super::pack::{self, Location};
use super::stored_roots;
use crate::citation::Observed;
use crate::reading::Model;
use crate::record::{CitedAt, DocumentRecord, Parsed};
use crate::register::Register;
use crate::stop;

/// The engine's files of an index that is [held](FolderIndex::hold) are read into memory if they have at most this many bytes
/// together; larger ones are mapped. Reading as many takes a tenth of a second.
const MAX_BYTES_IN_MEMORY: u64 = 128_000_000;

/// Attempts to open an index while a writer is replacing its files.
const MAX_OPEN_ATTEMPTS: usize = 10;

/// An index as it was when it was opened; later commits do not change it. Clones share all data.
#[derive(Clone)]
pub(crate) struct FolderIndex {
    opened: Arc<Opened>,
}

/// The data that all clones of an index share.
struct Opened {
    /// The folder of the index.
    dir: PathBuf,
    /// Stamp of the files that a commit replaces, taken just before they were read.
    stamp: Stamp,
    /// The engine's index.
    engine: tantivy::Index,
    /// The engine's files.
    files: EngineFolder,
    /// The engine's view of this state.
    searcher: Searcher,
    /// The fields of the engine's index.
    fields: Fields,
    /// The payload of the commit of this state.
    seal: Seal,
    /// Opened at the first use.
    catalog: OnceLock<Catalog>,
    /// Read at the first use.
    manifest: OnceLock<Manifest>,
    /// Joined at the first use.
    model: OnceLock<Model>,
    /// Read at the first use.
    register: OnceLock<Arc<Register>>,
    /// The open packs by their generations; unset unless [`FolderIndex::hold`] opened them.
    packs: OnceLock<HashMap<u64, File>>,
    /// The values of the columns that were asked for, by the names of the columns.
    columns: Mutex<HashMap<&'static str, Arc<ColumnValues>>>,
    /// The signs of origin that some exact word has. Read at the first use.
    signs: OnceLock<Vec<char>>,
    /// Values that the modules above derive from the whole index.
    kept: Kept,
    /// The numbers of passages that were looked up.
    frequencies: Frequencies,
}

impl std::fmt::Debug for FolderIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index")
            .field("dir", &self.opened.dir)
            .field("generation", &self.opened.seal.generation)
            .finish_non_exhaustive()
    }
}

impl FolderIndex {
    /// Opens the index in `dir`.
    ///
    /// # Errors
    /// [`Error::Missing`], [`Error::Format`], [`Error::Damaged`], [`Error::Io`].
    pub(crate) fn open(dir: &Path) -> Result<Self, Error> {
        Self::open_while_written(dir, 0)
    }

    /// Opens the index in `dir` to answer from it for long: later builds may remove any of its files. What happens to
    /// the files of a small index (up to [`MAX_BYTES_IN_MEMORY`]) does not matter any more. The others must not become
    /// shorter where they are ([`Self::check_in_place`]).
    ///
    /// # Errors
    /// Those of [`Self::open`] and [`Self::model`], also if a later build has already removed a file.
    pub(crate) fn hold(dir: &Path) -> Result<Self, Error> {
        let index = Self::open_while_written(dir, MAX_BYTES_IN_MEMORY)?;
        index.pin()?;
        Ok(index)
    }

    /// Opens the index in `dir`, perhaps in several attempts.
    fn open_while_written(dir: &Path, max_in_memory: u64) -> Result<Self, Error> {
        let mut last = Self::open_once(dir, max_in_memory);
        for _ in 1..MAX_OPEN_ATTEMPTS {
            // A writer may have removed the files that the header named when it was read.
            match last {
                Err(Error::Damaged { .. } | Error::Engine { .. }) if folder::is_being_written(dir) => {
                    std::thread::sleep(std::time::Duration::from_millis(20));
                    last = Self::open_once(dir, max_in_memory);
                }
                _ => break,
            }
        }
        last
    }

    /// Opens the index in `dir`, in one attempt. The engine's files are read into memory if they have at most
    /// `max_in_memory` bytes.
    pub(super) fn open_once(dir: &Path, max_in_memory: u64) -> Result<Self, Error> {
        let header = Header::read(dir)?;
        let folder = dir.join(&header.segments);
        let stamp = Stamp::of(dir, &folder);
        let (files, engine) = guard(&folder, || {
            let files = EngineFolder::open(&folder, max_in_memory)?;
            let engine = tantivy::Index::open(files.clone())?;
            analyzer::register(engine.tokenizers());
            Ok((files, engine))
        })?;
        Self::of(dir, stamp, files, engine)
    }

    /// Returns the state that is committed now in the engine's index.
    fn of(dir: &Path, stamp: Stamp, files: EngineFolder, engine: tantivy::Index) -> Result<Self, Error> {
        let folder = &stamp.folder;
        let (schema, fields) = Fields::schema();
        if engine.schema() != schema {
            return Err(Error::damaged(folder));
        }
        // The engine reads payload and segments separately, and a commit may fall between the two: the seal belongs
        // to the segments only if it is the same before and after they are opened.
        let mut payload = guard(folder, || engine.load_metas())?.payload;
        let searcher = loop {
            let searcher = guard(folder, || {
                let reader = engine.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
                Ok(tantivy::IndexReader::searcher(&reader))
            })?;
            let now = guard(folder, || engine.load_metas())?.payload;
            if now == payload {
                break searcher;
            }
            payload = now;
        };
        // The engine's own list has no checksum: of what it tells, nothing but the seal and these numbers matters.
        let seal: Option<Seal> = payload.and_then(|payload| serde_json::from_str(&payload).ok());
        let seal = seal.filter(|seal| seal.passages == searcher.num_docs());
        let seal = seal.ok_or_else(|| Error::damaged(&folder::engine_list_path(folder)))?;
        let opened = Opened {
            dir: dir.to_path_buf(),
            stamp,
            engine,
            files,
            searcher,
            fields,
            seal,
            catalog: OnceLock::new(),
            manifest: OnceLock::new(),
            register: OnceLock::new(),
            model: OnceLock::new(),
            packs: OnceLock::new(),
            columns: Mutex::default(),
            signs: OnceLock::new(),
            kept: Kept::default(),
            frequencies: Frequencies::default(),
        };
        Ok(Self {
            opened: Arc::new(opened),
        })
    }

    /// Returns true if the files of the index were neither replaced nor written to since it was opened. It is cheap
    /// (some look-ups in the file system) and may return false although the [state](Self::state) is the same.
    ///
    /// # Errors
    /// [`Error::Missing`] if the folder no longer holds an index.
    pub(crate) fn is_current(&self) -> Result<bool, Error> {
        let now = Stamp::of(&self.opened.dir, &self.opened.stamp.folder);
        if now.header.is_none() {
            return Err(Error::Missing {
                dir: self.opened.dir.clone(),
            });
        }
        Ok(now == self.opened.stamp && matches!(self.opened.files.check_in_place(), Ok(true)))
    }

    /// Returns true if the engine's files were read into memory, so that nothing that happens to them matters.
    #[must_use]
    pub(crate) fn is_in_memory(&self) -> bool {
        self.opened.files.is_in_memory()
    }

    /// Fails if a file of the engine became shorter where it is. The index must not be read any more: the system would
    /// end the program.
    ///
    /// # Errors
    /// [`Error::Damaged`].
    pub(crate) fn check_in_place(&self) -> Result<(), Error> {
        self.opened.files.check_in_place().map(drop)
    }

    /// Returns the size of the engine's files in bytes.
    #[must_use]
    pub(crate) fn size_bytes(&self) -> u64 {
        folder::size_of(&self.opened.stamp.folder)
    }

    /// Returns the time of the commit; `None` if the system does not know it.
    #[must_use]
    pub(crate) fn committed(&self) -> Option<SystemTime> {
        self.opened.stamp.segments.map(|(modified, _)| modified)
    }

    /// Returns the folder of the index.
    #[must_use]
    pub(crate) fn dir(&self) -> &Path {
        &self.opened.dir
    }

    /// Returns the name of the state, which is unique over all folders.
    #[must_use]
    pub(crate) fn state(&self) -> State {
        State::of(&self.opened.seal)
    }

    /// Returns the number of the commit in this folder. In a new folder it starts at 1 again; to tell whether two
    /// answers come from the same state compare [`Self::state`].
    #[must_use]
    pub(crate) fn generation(&self) -> u64 {
        self.opened.seal.generation
    }

    /// Returns the manifest, which is read at the first call.
    ///
    /// # Errors
    /// [`Error::Damaged`], [`Error::Io`].
    pub(crate) fn manifest(&self) -> Result<&Manifest, Error> {
        if let Some(manifest) = self.opened.manifest.get() {
            return Ok(manifest);
        }
        let manifest = self.catalog()?.whole()?;
        Ok(self.opened.manifest.get_or_init(|| manifest))
    }

    /// Returns the file of the manifest, which is opened at the first call.
    ///
    /// # Errors
    /// [`Error::Damaged`], [`Error::Io`].
    pub(super) fn catalog(&self) -> Result<&Catalog, Error> {
        if let Some(catalog) = self.opened.catalog.get() {
            return Ok(catalog);
        }
        let catalog = Catalog::open(&self.opened.dir, &self.opened.seal)?;
        Ok(self.opened.catalog.get_or_init(|| catalog))
    }

    /// Opens all files that may be read later, so that the index answers as before even if later builds remove them.
    fn pin(&self) -> Result<(), Error> {
        let locations = self.manifest()?.files.iter().flat_map(IndexedFile::packed);
        let mut packs = HashMap::new();
        for location in locations {
            if let Entry::Vacant(vacant) = packs.entry(location.pack) {
                vacant.insert(pack::open(&Numbered::Parsed.path(&self.opened.dir, location.pack))?);
            }
        }
        self.opened.packs.set(packs).ok();
        self.model().map(drop)
    }

    /// Returns the model to read damaged text with: the one that the damaged documents of this index were read with, or
    /// the shipped one if there are none. It is joined at the first call.
    ///
    /// # Errors
    /// Those of [`Self::manifest`].
    pub(crate) fn model(&self) -> Result<&Model, Error> {
        if let Some(model) = self.opened.model.get() {
            return Ok(model);
        }
        let learnt = self.catalog()?.list.learnt.as_ref();
        let learnt = learnt.map(|learnt| learnt.read(&self.opened.dir)).transpose()?;
        let model = || Model::shipped_with(learnt.as_ref());
        Ok(self.opened.model.get_or_init(model))
    }

    /// Returns the register that citations are resolved with: the shipped one, with the office's own documents.
    ///
    /// # Errors
    /// Those of [`Self::manifest`], and [`Error::Register`].
    pub(crate) fn register(&self) -> Result<Arc<Register>, Error> {
        if let Some(register) = self.opened.register.get() {
            return Ok(Arc::clone(register));
        }
        let register = stored_roots::register_of(&self.opened.dir, &self.catalog()?.stored.register)?;
        Ok(Arc::clone(self.opened.register.get_or_init(|| register)))
    }

    /// Returns the file of the document whose id is `id`, or of the only one whose id begins with `id`.
    ///
    /// # Errors
    /// [`Error::Unknown`], [`Error::Ambiguous`], and those of [`Self::manifest`].
    pub(crate) fn file(&self, id: &str) -> Result<&IndexedFile, Error> {
        ids::file_of(self.catalog()?, id)
    }

    /// Returns the record of the document with exactly this id; `None` if the index has no such document.
    ///
    /// # Errors
    /// Those of [`Self::manifest`].
    pub(crate) fn record(&self, id: &str) -> Result<Option<&DocumentRecord>, Error> {
        Ok(self.catalog()?.file(id)?.map(|file| &file.record))
    }

    /// Reads the document with this id (see [`Self::file`]), with its reading and citations.
    ///
    /// # Errors
    /// Those of [`Self::file`]; [`Error::Damaged`] if its parsed form is damaged.
    pub(crate) fn document(&self, id: &str) -> Result<Parsed, Error> {
        self.parsed(self.file(id)?)
    }

    /// Reads the places where the document with this id (see [`Self::file`]) cites something, in order.
    ///
    /// # Errors
    /// Those of [`Self::document`].
    pub(crate) fn cited_places(&self, id: &str) -> Result<Vec<CitedAt>, Error> {
        self.cited_places_of(self.file(id)?)
    }

    /// Reads the places where the document of a file of the index cites something, in order.
    pub(super) fn cited_places_of(&self, file: &IndexedFile) -> Result<Vec<CitedAt>, Error> {
        self.read_packed(&file.cites, &[])
    }

    /// Reads what a resolver of citations takes from a file of the index.
    pub(super) fn observed(&self, file: &IndexedFile) -> Result<Observed, Error> {
        self.read_packed(&file.observed, &[])
    }

    /// Reads the parsed form of a file of the index.
    pub(super) fn parsed(&self, file: &IndexedFile) -> Result<Parsed, Error> {
        let dictionary = dictionary(&self.passages_of(&file.record.document)?);
        self.read_packed(&file.parsed, &dictionary)
    }

    /// Reads a value from the packs.
    fn read_packed<T: DeserializeOwned>(&self, location: &Location, dictionary: &[u8]) -> Result<T, Error> {
        stop::checkpoint();
        let path = Numbered::Parsed.path(&self.opened.dir, location.pack);
        let packed = match self.opened.packs.get().and_then(|packs| packs.get(&location.pack)) {
            Some(pack) => pack::read_packed_from(pack, &path, location),
            None => pack::read_packed(&path, location),
        };
        packed?.value(dictionary, &path)
    }

    /// Returns the values that are kept with this state.
    pub(super) fn kept(&self) -> &Kept {
        &self.opened.kept
    }

    /// Returns the engine's index.
    pub(super) fn engine_index(&self) -> &tantivy::Index {
        &self.opened.engine
    }

    /// Returns the folder of the engine's files.
    pub(super) fn engine_folder(&self) -> &EngineFolder {
        &self.opened.files
    }

    /// Returns the values of the text column with this name, which are read at the first call.
    ///
    /// # Errors
    /// [`Error::Damaged`], [`Error::Engine`].
    pub(crate) fn column_values(&self, column: &'static str) -> Result<Arc<ColumnValues>, Error> {
        // Whatever panicked while it held the lock left the table whole: entries are only added.
        let kept = || self.opened.columns.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(values) = kept().get(column) {
            return Ok(Arc::clone(values));
        }
        let values = Arc::new(self.guard(|| ColumnValues::of(self.searcher().segment_readers(), column))?);
        Ok(Arc::clone(kept().entry(column).or_insert(values)))
    }

    /// Returns the signs of origin ([`REPAIRED`], [`LOST`], [`ALTERNATIVE`]) that some exact word has: none if every
    /// document is clean. They are looked for at the first call.
    ///
    /// # Errors
    /// [`Error::Damaged`], [`Error::Engine`].
    pub(crate) fn signs(&self) -> Result<&[char], Error> {
        if let Some(signs) = self.opened.signs.get() {
            return Ok(signs);
        }
        let mut signs = Vec::new();
        for sign in [REPAIRED, LOST, ALTERNATIVE] {
            let begins = sign.to_string();
            let has = |segment: &SegmentReader| -> tantivy::Result<bool> {
                let words = segment.inverted_index(self.fields().exact)?;
                let mut from = words.terms().range().ge(&begins).into_stream()?;
                Ok(from.advance() && from.key().starts_with(begins.as_bytes()))
            };
            let found = self.guard(|| {
                let mut segments = self.searcher().segment_readers().iter();
                segments.try_fold(false, |found, segment| Ok(found || has(segment)?))
            })?;
            signs.extend(found.then_some(sign));
        }
        Ok(self.opened.signs.get_or_init(|| signs))
    }

    /// Returns the engine's view of the index.
    pub(crate) fn searcher(&self) -> &Searcher {
        &self.opened.searcher
    }

    /// Returns the numbers of passages that were looked up.
    pub(super) fn frequencies(&self) -> &Frequencies {
        &self.opened.frequencies
    }

    /// Returns the fields of the engine's index.
    pub(crate) fn fields(&self) -> &Fields {
        &self.opened.fields
    }

    /// Runs a step of the engine, unless the work should end ([`stop::checkpoint`]); see [`guard`].
    pub(crate) fn guard<T>(&self, step: impl FnOnce() -> tantivy::Result<T>) -> Result<T, Error> {
        stop::checkpoint();
        guard(&self.opened.stamp.folder, step)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use crate::index::testing::{Sample, index_of};
    use crate::query::{Filters, parse};
    use crate::search::{Options, search};
    use crate::stop::{Stop, Stopped};

    #[test]
    fn work_on_an_index_ends_when_it_is_cancelled_or_late() {
        let (_folder, index) = index_of(&[Sample::new("a", "tinh gọn bộ máy")]);
        let (query, _) = parse("bộ máy");
        let ask = || search(&index, &query, &Filters::default(), &Options::default());
        let stop = Stop::default();
        assert_eq!(stop.scope(ask).unwrap().unwrap().total(), 1);
        let cancelled = || {
            stop.cancel();
            index.document("a").is_ok()
        };
        assert_eq!(stop.scope(cancelled), Err(Stopped::Cancelled));
        let late = Stop::at(Instant::now());
        assert_eq!(late.scope(|| ask().is_ok()), Err(Stopped::Late));
        assert_eq!(ask().unwrap().total(), 1);
    }
}
