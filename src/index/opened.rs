//! An open index: one state of it, wherever it is.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use super::error::{Error, IdKind};
use super::fields::{Shingle, StoredPassage};
use super::folder_index::FolderIndex;
use super::ids;
use super::manifest::{IndexedFile, Manifest, State};
use super::remote::{EngineAccess, RemoteIndex};
use crate::citation::Observed;
use crate::reading::Model;
use crate::record::{CitedAt, DocumentHead, DocumentRecord, Parsed};
use crate::register::Register;

/// The place of an index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IndexPlace {
    /// A folder.
    Folder(PathBuf),
    /// An engine that is asked over the network.
    Engine(EngineAccess),
}

impl From<PathBuf> for IndexPlace {
    fn from(dir: PathBuf) -> Self {
        Self::Folder(dir)
    }
}

impl std::fmt::Display for IndexPlace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Folder(dir) => dir.display().fmt(f),
            Self::Engine(access) => access.url.fmt(f),
        }
    }
}

/// An index as it was when it was opened; later commits do not change it. Clones share all data.
///
/// An index in an engine is read from there as it is asked, so a change that falls between two questions is seen by the
/// second one; [`Self::is_current`] tells.
#[derive(Clone, Debug)]
pub struct Index(OpenedIndex);

/// An open index in its place.
#[derive(Clone, Debug)]
pub(crate) enum OpenedIndex {
    /// In a folder.
    Folder(FolderIndex),
    /// In an engine.
    Engine(RemoteIndex),
}

/// Calls the method of whichever index is open.
macro_rules! either {
    ($self:ident, $index:ident => $call:expr) => {
        match &$self.0 {
            OpenedIndex::Folder($index) => $call,
            OpenedIndex::Engine($index) => $call,
        }
    };
}

impl Index {
    /// Opens the index in the folder `dir`.
    ///
    /// # Errors
    /// [`Error::Missing`], [`Error::Format`], [`Error::Damaged`], [`Error::Io`].
    pub fn open(dir: &Path) -> Result<Self, Error> {
        FolderIndex::open(dir).map(OpenedIndex::Folder).map(Self)
    }

    /// Opens the index at `place`.
    ///
    /// # Errors
    /// Those of [`Self::open`]; [`Error::Remote`] for an engine.
    pub fn open_at(place: &IndexPlace) -> Result<Self, Error> {
        match place {
            IndexPlace::Folder(dir) => Self::open(dir),
            IndexPlace::Engine(access) => RemoteIndex::open(access).map(OpenedIndex::Engine).map(Self),
        }
    }

    /// Opens the index in the folder `dir` to answer from it for long: later builds may remove any of its files. What
    /// happens to the files of a small index (up to 128 MB) does not matter any more. The others must not become shorter
    /// where they are ([`Self::check_in_place`]).
    ///
    /// # Errors
    /// Those of [`Self::open`] and [`Self::model`], also if a later build has already removed a file.
    pub fn hold(dir: &Path) -> Result<Self, Error> {
        FolderIndex::hold(dir).map(OpenedIndex::Folder).map(Self)
    }

    /// Opens the index at `place` to answer from it for long: as [`Self::hold`] a folder.
    ///
    /// # Errors
    /// Those of [`Self::hold`] and [`Self::open_at`].
    pub fn hold_at(place: &IndexPlace) -> Result<Self, Error> {
        match place {
            IndexPlace::Folder(dir) => Self::hold(dir),
            IndexPlace::Engine(_) => Self::open_at(place),
        }
    }

    /// Returns the index as it is in its place.
    pub(crate) const fn opened(&self) -> &OpenedIndex {
        &self.0
    }

    /// Returns the index in a folder; `None` if it is in an engine.
    pub(crate) const fn in_folder(&self) -> Option<&FolderIndex> {
        match &self.0 {
            OpenedIndex::Folder(index) => Some(index),
            OpenedIndex::Engine(_) => None,
        }
    }

    /// Returns true if the index was not changed since it was opened. It is cheap: some look-ups in the file system, which
    /// may tell of a change although the [state](Self::state) is the same; an engine is asked once a second at most.
    ///
    /// # Errors
    /// [`Error::Missing`] if the folder no longer holds an index; [`Error::Remote`].
    pub fn is_current(&self) -> Result<bool, Error> {
        either!(self, index => index.is_current())
    }

    /// Returns true if the engine's files were read into memory, so that nothing that happens to them matters; false for
    /// an engine elsewhere.
    #[must_use]
    pub fn is_in_memory(&self) -> bool {
        self.in_folder().is_some_and(FolderIndex::is_in_memory)
    }

    /// Fails if a file of the engine became shorter where it is. The index must not be read any more: the system would
    /// end the program.
    ///
    /// # Errors
    /// [`Error::Damaged`].
    pub fn check_in_place(&self) -> Result<(), Error> {
        self.in_folder().map_or(Ok(()), FolderIndex::check_in_place)
    }

    /// Returns the size of the engine's files in bytes; for an index elsewhere that of the folder that it was made from.
    #[must_use]
    pub fn size_bytes(&self) -> u64 {
        either!(self, index => index.size_bytes())
    }

    /// Returns the time of the commit; `None` if the system does not know it.
    #[must_use]
    pub fn committed(&self) -> Option<SystemTime> {
        either!(self, index => index.committed())
    }

    /// Returns the name of the state, which is unique over all folders.
    #[must_use]
    pub fn state(&self) -> State {
        either!(self, index => index.state())
    }

    /// Returns the number of the commit in the folder of the index. In a new folder it starts at 1 again; to tell whether
    /// two answers come from the same state compare [`Self::state`].
    #[must_use]
    pub fn generation(&self) -> u64 {
        either!(self, index => index.generation())
    }

    /// Returns the manifest, which is read at the first call.
    ///
    /// # Errors
    /// [`Error::Damaged`], [`Error::Io`], [`Error::Remote`].
    pub fn manifest(&self) -> Result<&Manifest, Error> {
        either!(self, index => index.manifest())
    }

    /// Returns the model to read damaged text with: the one that the damaged documents of this index were read with, or
    /// the shipped one if there are none. It is joined at the first call.
    ///
    /// # Errors
    /// Those of [`Self::manifest`].
    pub fn model(&self) -> Result<&Model, Error> {
        either!(self, index => index.model())
    }

    /// Returns the register that citations are resolved with: the shipped one, with the office's own documents.
    ///
    /// # Errors
    /// Those of [`Self::manifest`], and [`Error::Register`].
    pub fn register(&self) -> Result<Arc<Register>, Error> {
        either!(self, index => index.register())
    }

    /// Returns the records of all documents, sorted by id.
    ///
    /// # Errors
    /// Those of [`Self::manifest`].
    pub fn documents(&self) -> Result<impl Iterator<Item = &DocumentRecord>, Error> {
        Ok(self.manifest()?.files.iter().map(|file| &file.record))
    }

    /// Returns the record of the document with exactly this id; `None` if the index has no such document.
    ///
    /// # Errors
    /// Those of [`Self::manifest`].
    pub fn record(&self, id: &str) -> Result<Option<&DocumentRecord>, Error> {
        match &self.0 {
            OpenedIndex::Folder(index) => index.record(id),
            OpenedIndex::Engine(index) => Ok(index.manifest()?.file(id).map(|file| &file.record)),
        }
    }

    /// Returns the heads of the documents with exactly these ids, in this order; an empty one for a document that the
    /// index does not have.
    ///
    /// # Errors
    /// Those of [`Self::manifest`].
    pub fn heads(&self, ids: &[&str]) -> Result<Vec<DocumentHead>, Error> {
        match &self.0 {
            OpenedIndex::Folder(_) => ids.iter().map(|id| self.head(id)).collect(),
            OpenedIndex::Engine(index) => index.heads(ids),
        }
    }

    /// Returns the head of the document with exactly this id; an empty one if the index has no such document.
    ///
    /// # Errors
    /// Those of [`Self::manifest`].
    pub fn head(&self, id: &str) -> Result<DocumentHead, Error> {
        match &self.0 {
            OpenedIndex::Folder(index) => Ok(index.record(id)?.map(DocumentHead::from).unwrap_or_default()),
            OpenedIndex::Engine(index) => Ok(index.heads(&[id])?.pop().unwrap_or_default()),
        }
    }

    /// Reads the document with this id (see [`Self::resolve_id`]), with its reading and citations.
    ///
    /// # Errors
    /// Those of [`Self::resolve_id`]; [`Error::Damaged`] if its parsed form is damaged.
    pub fn document(&self, id: &str) -> Result<Parsed, Error> {
        either!(self, index => index.document(id))
    }

    /// Reads all documents in the order of their ids, one at a time.
    ///
    /// # Errors
    /// Those of [`Self::manifest`]; each item may be an error of [`Self::document`].
    pub fn parsed_documents(&self) -> Result<impl Iterator<Item = Result<Parsed, Error>>, Error> {
        let files = self.manifest()?.files.iter();
        Ok(files.map(|file| self.document(&file.record.document)))
    }

    /// Reads the places where the document with this id (see [`Self::resolve_id`]) cites something, in order.
    ///
    /// # Errors
    /// Those of [`Self::document`].
    pub fn cited_places(&self, id: &str) -> Result<Vec<CitedAt>, Error> {
        either!(self, index => index.cited_places(id))
    }

    /// Reads the places where each of the `wanted` documents cites something, in the order of the ids of the documents, and
    /// calls `take` with them.
    ///
    /// # Errors
    /// Those of [`Self::document`], and of `take`.
    pub(crate) fn for_each_cited(
        &self,
        wanted: impl Fn(&DocumentRecord) -> bool,
        mut take: impl FnMut(&DocumentRecord, Vec<CitedAt>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let files = self.manifest()?.files.iter().filter(|file| wanted(&file.record));
        match &self.0 {
            OpenedIndex::Folder(index) => {
                for file in files {
                    take(&file.record, index.cited_places_of(file)?)?;
                }
                Ok(())
            }
            OpenedIndex::Engine(index) => index.for_each_cited(files.map(|file| &file.record), take),
        }
    }

    /// Reads what a resolver of citations takes from each document, in the order of their ids, and calls `take` with it.
    ///
    /// # Errors
    /// Those of [`Self::document`], and of `take`.
    pub(crate) fn for_each_observed(
        &self,
        mut take: impl FnMut(&DocumentRecord, Observed) -> Result<(), Error>,
    ) -> Result<(), Error> {
        match &self.0 {
            OpenedIndex::Folder(index) => {
                for file in &index.manifest()?.files {
                    take(&file.record, index.observed(file)?)?;
                }
                Ok(())
            }
            OpenedIndex::Engine(index) => index.for_each_observed(take),
        }
    }

    /// Returns the file of the document whose id is `id`, or of the only one whose id begins with `id`.
    ///
    /// # Errors
    /// Those of [`Self::resolve_id`].
    pub fn file(&self, id: &str) -> Result<&IndexedFile, Error> {
        match &self.0 {
            OpenedIndex::Folder(index) => index.file(id),
            OpenedIndex::Engine(index) => ids::file_of(index.manifest()?, id),
        }
    }

    /// Returns the id of the document whose id is `id`, or of the only one whose id begins with `id`.
    ///
    /// # Errors
    /// [`Error::Unknown`], [`Error::Ambiguous`], and those of [`Self::manifest`].
    pub fn resolve_id(&self, id: &str) -> Result<&str, Error> {
        self.file(id).map(|file| file.record.document.as_str())
    }

    /// Returns `id`, of a document or of something in one, with the id of the document cut to the shortest beginning that
    /// no other document of the index shares, of at least three chars: `001:935`, `001^12`, `001`. An id of no document of
    /// the index comes back as it is.
    #[must_use]
    pub fn short_id<'a>(&self, id: &'a str) -> Cow<'a, str> {
        let short = match &self.0 {
            OpenedIndex::Folder(index) => index.catalog().and_then(|catalog| ids::short_id(catalog, id)),
            OpenedIndex::Engine(index) => index.manifest().and_then(|manifest| ids::short_id(manifest, id)),
        };
        // The whole id is right too, and whatever is asked with it tells what is damaged.
        short.unwrap_or(Cow::Borrowed(id))
    }

    /// Reads the passage with the id `DOCUMENT:LINE`; `DOCUMENT` may be the beginning of an id.
    ///
    /// # Errors
    /// [`Error::Unknown`], and those of [`Self::resolve_id`].
    pub fn passage(&self, id: &str) -> Result<StoredPassage, Error> {
        let with_id = |id: &str| either!(self, index => index.passage_with_id(id));
        let unknown = || Error::Unknown {
            kind: IdKind::Passage,
            id: id.to_owned(),
        };
        if let Some(passage) = with_id(id)? {
            return Ok(passage);
        }
        let (document, address) = id.rsplit_once(':').ok_or_else(unknown)?;
        let whole = format!("{}:{address}", self.resolve_id(document)?);
        with_id(&whole)?.ok_or_else(unknown)
    }

    /// Returns the number of passages.
    #[must_use]
    pub fn passages_count(&self) -> u64 {
        either!(self, index => index.passages_count())
    }

    /// Returns the number of words and numbers in all passages.
    ///
    /// # Errors
    /// [`Error::Damaged`], [`Error::Engine`].
    pub(crate) fn words_count(&self) -> Result<u64, Error> {
        match &self.0 {
            OpenedIndex::Folder(index) => index.words_count(),
            OpenedIndex::Engine(index) => Ok(index.words_count()),
        }
    }

    /// Returns the number of passages with this folded word.
    ///
    /// # Errors
    /// [`Error::Damaged`], [`Error::Engine`], [`Error::Remote`].
    pub(crate) fn passages_with_word(&self, folded: &str) -> Result<u64, Error> {
        either!(self, index => index.passages_with_word(folded))
    }

    /// Returns the number of passages with this shingle.
    ///
    /// # Errors
    /// [`Error::Damaged`], [`Error::Engine`], [`Error::Remote`].
    pub(crate) fn passages_with_shingle(&self, shingle: Shingle) -> Result<u64, Error> {
        either!(self, index => index.passages_with_shingle(shingle))
    }

    /// Looks up how many passages have each of these folded words and shingles, so that asking about one costs no call of
    /// an engine.
    ///
    /// # Errors
    /// [`Error::Remote`].
    pub(crate) fn look_up(&self, words: &[&str], shingles: &[Shingle]) -> Result<(), Error> {
        match &self.0 {
            OpenedIndex::Folder(_) => Ok(()),
            OpenedIndex::Engine(index) => index.look_up(words, shingles),
        }
    }

    /// Returns the signs of origin that some exact word has: none if every document is clean.
    ///
    /// # Errors
    /// [`Error::Damaged`], [`Error::Engine`].
    pub(crate) fn signs(&self) -> Result<&[char], Error> {
        match &self.0 {
            OpenedIndex::Folder(index) => index.signs(),
            OpenedIndex::Engine(index) => Ok(index.signs()),
        }
    }

    /// Returns the value of type `T` that is kept with this state of the index, and made from the whole index at the first
    /// call. All clones share it.
    ///
    /// # Errors
    /// Those of `make`; the next call tries again.
    pub(crate) fn kept<T: Send + Sync + 'static>(
        &self,
        make: impl FnOnce(&Self) -> Result<T, Error>,
    ) -> Result<Arc<T>, Error> {
        either!(self, index => index.kept().value(|| make(self)))
    }

    /// Returns the value of type `T` that is kept with this state of the index; `None` before it is made.
    pub(crate) fn made<T: Send + Sync + 'static>(&self) -> Option<Arc<T>> {
        either!(self, index => index.kept().made())
    }
}

impl From<FolderIndex> for Index {
    fn from(index: FolderIndex) -> Self {
        Self(OpenedIndex::Folder(index))
    }
}
