//! The first pass of a build: reads new and changed files into the spool, on several threads.
//!
//! Clean files are parsed at once. A damaged file is stored as plain text for now; the model to read it with depends
//! on all the clean files ([`super::second_pass`]).

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use super::old_index::OldIndex;
use super::report::{BuildReport, BuildStep, Progress};
use super::round::{Round, Waiting};
use super::workers;
use crate::citation::Observed;
use crate::corpus::{self, Entry, ErrorKind, Loaded, MAX_FILE_TIME, Ocr, SourceFile};
use crate::guarded::guarded;
use crate::index::folder::Numbered;
use crate::index::folder_index::FolderIndex;
use crate::index::manifest::{Clean, IndexedFile, UnreadFile};
use crate::index::ocr_results::OcrResults;
use crate::index::pack::{self, Location, PackWriter, Packed};
use crate::index::{Error, IdKind};
use crate::reading::Reading;
use crate::record::{ParseFn, Parsed, bare, needs_model};

/// Version of this program.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A document of the new index while it is built.
pub(super) struct Pending {
    /// Its file; location and number of passages are set when it is written.
    pub(super) file: IndexedFile,
    /// The current place of its parsed form.
    pub(super) source: Source,
    /// True if the old index has a document of this id, perhaps of another file.
    pub(super) was_indexed: bool,
    /// True if the old index has it under another id, or shows another path.
    pub(super) renamed: bool,
}

/// The place of the parsed form of a document while the index is built.
pub(super) enum Source {
    /// In the spool, parsed.
    Parsed(Spooled),
    /// In the spool, damaged and not parsed yet: only its text.
    Unparsed(Location),
    /// In the packs of the old index.
    Old {
        /// Its id there.
        id: String,
    },
}

/// The places of a parsed document in the spool.
pub(super) struct Spooled {
    /// That of its parsed form.
    parsed: Location,
    /// That of what a resolver takes from it.
    observed: Location,
}

/// A parsed document on its way into the spool.
pub(super) struct PackedDocument {
    /// Its parsed form.
    parsed: Packed,
    /// The part of it that a resolver takes.
    observed: Packed,
}

impl PackedDocument {
    /// Packs a parsed document for the file `spool`.
    pub(super) fn of(parsed: &Parsed, spool: &Path) -> Result<Self, Error> {
        let observed = Observed::of(&parsed.document, &parsed.citations);
        Ok(Self {
            parsed: Packed::plain(parsed, spool)?,
            observed: Packed::plain(&observed, spool)?,
        })
    }

    /// Appends the document to the spool.
    pub(super) fn push(&self, spool: &mut PackWriter) -> Result<Spooled, Error> {
        Ok(Spooled {
            parsed: spool.push(&self.parsed)?,
            observed: spool.push(&self.observed)?,
        })
    }
}

impl Pending {
    /// Returns true if only the text of the document is known so far.
    pub(super) const fn is_unparsed(&self) -> bool {
        matches!(self.source, Source::Unparsed(_))
    }

    /// Returns the bytes of the parsed form of the document, which may be compressed.
    pub(super) const fn bytes(&self) -> u64 {
        match &self.source {
            Source::Parsed(Spooled { parsed: location, .. }) | Source::Unparsed(location) => location.len,
            Source::Old { .. } => self.file.parsed.len,
        }
    }
}

/// The places of documents while the index is built.
#[derive(Clone, Copy)]
pub(super) struct Places<'p> {
    /// The spool.
    pub(super) spool: &'p Path,
    /// The old index, unless no document is taken from it any more.
    pub(super) old: Option<&'p FolderIndex>,
}

impl Places<'_> {
    /// Reads a document from where it is now.
    ///
    /// # Errors
    /// Those of [`pack::read`] and of [`FolderIndex::document`].
    pub(super) fn read(&self, document: &Pending) -> Result<Parsed, Error> {
        let mut parsed: Parsed = match (&document.source, self.old) {
            (Source::Parsed(Spooled { parsed: location, .. }) | Source::Unparsed(location), _) => {
                pack::read(self.spool, location)?
            }
            (Source::Old { id }, Some(old)) => old.document(id)?,
            (Source::Old { id }, None) => return Err(unknown(id)),
        };
        // It may have another id than when it was written there, and be shown with another path.
        parsed.document.id.clone_from(&document.file.record.document);
        parsed.document.path.clone_from(&document.file.record.path);
        Ok(parsed)
    }

    /// Reads what a resolver takes from a document.
    ///
    /// # Errors
    /// Those of [`Self::read`].
    pub(super) fn observed(&self, document: &Pending) -> Result<Observed, Error> {
        match (&document.source, self.old) {
            (Source::Parsed(Spooled { observed, .. }), _) => pack::read(self.spool, observed),
            // It names the document by its id.
            (Source::Old { .. }, Some(old)) if !document.renamed => {
                let location = &document.file.observed;
                pack::read(&Numbered::Parsed.path(old.dir(), location.pack), location)
            }
            _ => {
                let parsed = self.read(document)?;
                Ok(Observed::of(&parsed.document, &parsed.citations))
            }
        }
    }
}

/// Returns the error that the old index has no document with this id.
fn unknown(id: &str) -> Error {
    Error::Unknown {
        kind: IdKind::Document,
        id: id.to_owned(),
    }
}

/// The first pass.
pub(super) struct FirstPass<'p> {
    /// The folder of the index.
    pub(super) dir: &'p Path,
    /// The old index, if there is one.
    pub(super) old: Option<&'p OldIndex>,
    /// True if every file is read anew, and nothing of the old index is left afterwards.
    pub(super) rebuild: bool,
    /// The files whose turn it is.
    pub(super) round: &'p Round,
    /// Parses a clean document.
    pub(super) parse: &'p ParseFn<'p>,
    /// Threads that read.
    pub(super) threads: usize,
    /// Receives the new documents.
    pub(super) spool: &'p mut PackWriter,
    /// Counts what was read.
    pub(super) report: &'p mut BuildReport,
    /// Receives the progress.
    pub(super) progress: &'p mut dyn Progress,
}

/// The outcome of the first pass.
pub(super) struct FilesRead {
    /// All documents of the new index, sorted by id.
    pub(super) documents: Vec<Pending>,
    /// The files that could not be read, sorted by location.
    pub(super) unread: Vec<UnreadFile>,
    /// The files that wait for an OCR.
    pub(super) waiting: Waiting,
}

impl FirstPass<'_> {
    /// Reads the files of `entries` that are new or changed and whose turn it is.
    pub(super) fn run(self, entries: &[Entry]) -> Result<FilesRead, Error> {
        let Self {
            dir,
            old,
            rebuild,
            round,
            parse,
            threads,
            spool,
            report,
            progress,
        } = self;
        let old_files = old.into_iter().flat_map(|old| &old.manifest.files);
        let by_location: HashMap<&Path, &IndexedFile> = old_files.map(|file| (file.location.as_path(), file)).collect();
        let indexed = |entry: &Entry| by_location.get(entry.location.as_path()).copied();
        let was_indexed = |entry: &Entry| !rebuild && old.is_some_and(|old| old.manifest.file(&entry.id).is_some());
        let is_new = |entry: &Entry| round.is_new(entry).unwrap_or(rebuild || indexed(entry).is_none());
        let ocr = OcrResults::of(dir);
        let spool_path = spool.path().to_path_buf();
        let reader = EntryReader {
            rebuild,
            round,
            ocr: &ocr,
            parse,
            spool: &spool_path,
        };
        // The readers are written with care, and read what strangers send.
        let read = |entry: &Entry| {
            let read = guarded(|| reader.read(entry, indexed(entry)));
            read.unwrap_or_else(|panicked| {
                let kind = ErrorKind::Damaged(format!("the program failed on it with {panicked}"));
                FileRead::Failed(Some(corpus::Error::new(&entry.path, kind)))
            })
        };
        let mut waiting = HashMap::new();
        let mut unread: Vec<UnreadFile> = Vec::new();
        let mut documents: BTreeMap<&str, Pending> = BTreeMap::new();
        let mut done = 0;
        workers::for_each(entries, threads, &read, |index, read| {
            let entry = &entries[index];
            let document = match read {
                FileRead::Kept(file) => Some(kept(*file)),
                FileRead::New(parsed, file) => {
                    report.bytes += file.size;
                    let counted = if is_new(entry) {
                        &mut report.added
                    } else {
                        &mut report.changed
                    };
                    *counted += 1;
                    let source = match parsed? {
                        SpooledForm::Unparsed(bare) => Source::Unparsed(spool.push(&bare)?),
                        SpooledForm::Parsed(parsed) => Source::Parsed(parsed.push(spool)?),
                    };
                    Some((*file, source))
                }
                // A file that cannot be read today may be readable tomorrow: its document stays.
                FileRead::Failed(error) => {
                    report.failed.extend(error);
                    unread.push(UnreadFile {
                        location: entry.location.clone(),
                        size: entry.size,
                        modified_ns: entry.modified_ns,
                    });
                    indexed(entry).cloned().map(kept)
                }
                FileRead::Waiting => {
                    waiting.insert(entry.location.clone(), is_new(entry));
                    indexed(entry).cloned().map(kept)
                }
                FileRead::Nothing => None,
            };
            if let Some((mut file, mut source)) = document {
                let renamed = file.rename(entry);
                if let (true, Source::Old { id }, Some(old)) = (rebuild, &source, old) {
                    match old.index.document(id) {
                        Ok(mut parsed) => {
                            parsed.document.id.clone_from(&entry.id);
                            let packed = PackedDocument::of(&parsed, &spool_path)?;
                            source = Source::Parsed(packed.push(spool)?);
                        }
                        // It may still be read in a later round.
                        Err(_) if waiting.contains_key(&entry.location) => return Ok(()),
                        Err(_) => {
                            report.failed.push(corpus::Error::new(&entry.path, ErrorKind::Lost));
                            return Ok(());
                        }
                    }
                }
                let pending = Pending {
                    file,
                    source,
                    was_indexed: was_indexed(entry),
                    renamed,
                };
                documents.insert(&entry.id, pending);
            }
            done += usize::from(round.is_first() || round.is_new(entry).is_some());
            match round.progress(done, waiting.len()) {
                None => progress.advance(BuildStep::Parse, done, entries.len()),
                Some((done, total)) => progress.advance(BuildStep::Ocr, done, total),
            }
            Ok(())
        })?;
        unread.sort_by(|one, other| one.location.cmp(&other.location));
        Ok(FilesRead {
            documents: documents.into_values().collect(),
            unread,
            waiting,
        })
    }
}

/// Returns a document of the old index that stays.
fn kept(file: IndexedFile) -> (IndexedFile, Source) {
    let id = file.record.document.clone();
    (file, Source::Old { id })
}

/// The result of reading a file.
enum FileRead {
    /// The document of the old index stays, perhaps with another time of change.
    Kept(Box<IndexedFile>),
    /// A new or changed file, as the spool gets it.
    New(Result<SpooledForm, Error>, Box<IndexedFile>),
    /// It could not be read; without the error if an earlier round reported it.
    Failed(Option<corpus::Error>),
    /// It takes an OCR, for which this round has no time.
    Waiting,
    /// It was not seen, and the old index does not have it.
    Nothing,
}

/// A new or changed file as the spool gets it.
enum SpooledForm {
    /// Its text; it is damaged.
    Unparsed(Packed),
    /// Parsed.
    Parsed(PackedDocument),
}

/// Reads the files of entries, and parses those that are clean.
struct EntryReader<'r> {
    /// True if every file is read anew.
    rebuild: bool,
    /// The files whose turn it is.
    round: &'r Round,
    /// The results of OCR, which are not made again.
    ocr: &'r OcrResults,
    /// Parses a clean document.
    parse: &'r ParseFn<'r>,
    /// The path of the spool.
    spool: &'r Path,
}

impl EntryReader<'_> {
    /// Reads the file of `entry`. `indexed` is the same file in the old index: equal size and time, or an equal digest,
    /// show that it did not change.
    fn read(&self, entry: &Entry, indexed: Option<&IndexedFile>) -> FileRead {
        if !entry.listed {
            return indexed.map_or(FileRead::Nothing, |file| FileRead::Kept(Box::new(file.clone())));
        }
        if self.round.has_failed(entry) {
            return FileRead::Failed(None);
        }
        // Another version may parse otherwise, and a higher bound lets an OCR read more.
        let unchanged = indexed.filter(|file| {
            let is_new = self.rebuild || self.round.is_new(entry).is_some() || file.parsed_by != VERSION;
            !is_new && !file.unread.is_read_further(self.round.max_ocr_pages)
        });
        if let Some(file) = unchanged
            && (file.size, file.modified_ns) == (entry.size, entry.modified_ns)
        {
            return FileRead::Kept(Box::new(file.clone()));
        }
        let loaded = match entry.load() {
            Ok(loaded) => loaded,
            Err(error) => return FileRead::Failed(Some(error)),
        };
        // A file that was copied or touched has another time and the same bytes; it need not be parsed again.
        if let Some(file) = unchanged.filter(|file| file.digest == loaded.digest) {
            return FileRead::Kept(Box::new(IndexedFile {
                size: loaded.entry.size,
                modified_ns: loaded.entry.modified_ns,
                ..file.clone()
            }));
        }
        match self.source(entry, loaded) {
            Ok(Some(source)) => self.document(entry, source),
            Ok(None) => FileRead::Waiting,
            Err(error) => FileRead::Failed(Some(error)),
        }
    }

    /// Turns a file into text; `None` if that takes an OCR, for which this round has no time.
    fn source(&self, entry: &Entry, loaded: Loaded) -> Result<Option<SourceFile>, corpus::Error> {
        if !loaded.may_take_ocr() {
            return loaded.read(&Ocr::ALL).map(Some);
        }
        if let Some(content) = self.ocr.find(&loaded.digest) {
            return Ok(Some(loaded.with_content(content)));
        }
        // A file that waited for its OCR need not be tried without.
        if self.round.is_new(entry).is_none() {
            return loaded.read_without_ocr();
        }
        if !self.round.has_time() {
            return Ok(None);
        }
        let stored = self.ocr.pages(&loaded.digest);
        let source = loaded.read(&Ocr {
            max_pages: self.round.max_ocr_pages,
            max_time: MAX_FILE_TIME,
            stored: &stored,
        })?;
        self.ocr.store(&source.digest, &source.content);
        Ok(Some(source))
    }

    /// Parses a file if it is clean.
    fn document(&self, entry: &Entry, source: SourceFile) -> FileRead {
        let unread = source.content.unread;
        let bare = bare(entry, source.content);
        let reading = Reading::unrepaired(&bare.document.text);
        let clean = Clean::of(&bare, &reading);
        let damaged = needs_model(&reading, &bare.facsimile);
        let parsed = if damaged { bare } else { (self.parse)(bare, reading) };
        let file = IndexedFile {
            record: parsed.document_record(),
            path: entry.path.clone(),
            location: entry.location.clone(),
            parsed_by: VERSION.to_owned(),
            size: source.entry.size,
            modified_ns: source.entry.modified_ns,
            digest: source.digest,
            passages: parsed.document.passages.len(),
            clean,
            damaged,
            unread,
            parsed: Location::nowhere(),
            cites: Location::nowhere(),
            observed: Location::nowhere(),
        };
        let form = if damaged {
            Packed::plain(&parsed, self.spool).map(SpooledForm::Unparsed)
        } else {
            PackedDocument::of(&parsed, self.spool).map(SpooledForm::Parsed)
        };
        FileRead::New(form, Box::new(file))
    }
}
