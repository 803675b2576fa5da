//! The first pass of a build: reads new and changed files into the spool, on several threads.
//!
//! Clean files are parsed at once. A damaged file is stored as plain text for now; the model to read it with depends
//! on all the clean files ([`super::second_pass`]).

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::report::{BuildReport, BuildStep, Progress};
use super::workers;
use crate::corpus::{self, Entry};
use crate::index::Error;
use crate::index::folder::Numbered;
use crate::index::manifest::{Clean, IndexedFile, Manifest};
use crate::index::pack::{Location, PackWriter};
use crate::reading::Reading;
use crate::record::{ParseFn, Parsed, bare};

/// A document of the new index while it is built.
pub(super) struct Pending {
    /// Its file; location and number of passages are set when it is written.
    pub(super) file: IndexedFile,
    /// The current place of its parsed form.
    pub(super) source: Source,
    /// True if the old index has a document of this id.
    pub(super) was_indexed: bool,
}

/// The place of the parsed form of a document while the index is built.
pub(super) enum Source {
    /// In the spool, parsed.
    Parsed(Location),
    /// In the spool, damaged and not parsed yet: only its text.
    Unparsed(Location),
    /// In the packs of the old index.
    Old,
}

impl Pending {
    /// Returns a document that stays as the old index has it.
    pub(super) const fn unchanged(file: IndexedFile) -> Self {
        Self {
            file,
            source: Source::Old,
            was_indexed: true,
        }
    }

    /// Returns true if only the text of the document is known so far.
    pub(super) const fn is_unparsed(&self) -> bool {
        matches!(self.source, Source::Unparsed(_))
    }

    /// Returns the file that holds the document while the index in `dir` is built, and the place in it.
    pub(super) fn place<'p>(&'p self, dir: &Path, spool: &Path) -> (PathBuf, &'p Location) {
        match &self.source {
            Source::Parsed(location) | Source::Unparsed(location) => (spool.to_path_buf(), location),
            Source::Old => {
                let location = &self.file.parsed;
                (Numbered::Parsed.path(dir, location.pack), location)
            }
        }
    }
}

/// The first pass.
pub(super) struct FirstPass<'p> {
    /// The manifest of the old index, if there is one.
    pub(super) old: Option<&'p Manifest>,
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

impl FirstPass<'_> {
    /// Reads the files of `entries` that are new or changed; returns all documents of the new index, sorted by id.
    pub(super) fn run(self, entries: &[Entry]) -> Result<Vec<Pending>, Error> {
        let Self {
            old,
            parse,
            threads,
            spool,
            report,
            progress,
        } = self;
        let indexed = |entry: &Entry| old.and_then(|old| old.file(&entry.id));
        let read = |entry: &Entry| read_entry(entry, indexed(entry), parse);
        let mut documents: BTreeMap<&str, Pending> = BTreeMap::new();
        let mut done = 0;
        workers::for_each(entries, threads, &read, |index, read| {
            let entry = &entries[index];
            let old = indexed(entry);
            let document = match read {
                FileRead::Unchanged(file) => Some(Pending::unchanged(*file)),
                FileRead::New(parsed, file) => {
                    report.bytes += file.size;
                    *(if old.is_some() {
                        &mut report.changed
                    } else {
                        &mut report.added
                    }) += 1;
                    let location = spool.push(&parsed)?;
                    Some(Pending {
                        source: if file.damaged {
                            Source::Unparsed(location)
                        } else {
                            Source::Parsed(location)
                        },
                        file: *file,
                        was_indexed: old.is_some(),
                    })
                }
                // A file that cannot be read today may be readable tomorrow: its document stays.
                FileRead::Failed(error) => {
                    report.failed.push(error);
                    old.cloned().map(Pending::unchanged)
                }
            };
            if let Some(document) = document {
                documents.insert(&entry.id, document);
            }
            done += 1;
            progress.advance(BuildStep::Parse, done, entries.len());
            Ok(())
        })?;
        report.failed.sort_by(|one, other| one.path.cmp(&other.path));
        Ok(documents.into_values().collect())
    }
}

/// The result of reading a file.
enum FileRead {
    /// The index has it already, perhaps with another time of change.
    Unchanged(Box<IndexedFile>),
    /// A new or changed file; not parsed if it is damaged.
    New(Box<Parsed>, Box<IndexedFile>),
    /// It could not be read.
    Failed(corpus::Error),
}

/// Reads the file of `entry`, and parses it if it is clean. `indexed` is the file of the same id in the old index:
/// equal size and time, or an equal digest, show that the file did not change.
fn read_entry(entry: &Entry, indexed: Option<&IndexedFile>, parse: &ParseFn<'_>) -> FileRead {
    // The same id at another path is another file, whatever its size and time.
    let indexed = indexed.filter(|indexed| indexed.path == entry.path);
    if let Some(indexed) = indexed
        && (indexed.size, indexed.modified_ns) == (entry.size, entry.modified_ns)
    {
        return FileRead::Unchanged(Box::new(indexed.clone()));
    }
    let loaded = match entry.load() {
        Ok(loaded) => loaded,
        Err(error) => return FileRead::Failed(error),
    };
    // A file that was copied or touched has another time and the same bytes; it need not be parsed again.
    if let Some(indexed) = indexed.filter(|indexed| indexed.digest == loaded.digest) {
        return FileRead::Unchanged(Box::new(IndexedFile {
            size: loaded.entry.size,
            modified_ns: loaded.entry.modified_ns,
            ..indexed.clone()
        }));
    }
    let source = match loaded.read() {
        Ok(source) => source,
        Err(error) => return FileRead::Failed(error),
    };
    let bare = bare(entry, source.content);
    let reading = Reading::unrepaired(&bare.document.text);
    let clean = Clean::of(&reading);
    let damaged = reading.is_damaged();
    let parsed = if damaged { bare } else { parse(bare, reading) };
    let file = IndexedFile {
        record: parsed.document_record(),
        path: entry.path.clone(),
        size: source.entry.size,
        modified_ns: source.entry.modified_ns,
        digest: source.digest,
        passages: parsed.document.passages.len(),
        clean,
        damaged,
        parsed: Location::nowhere(),
        cites: Location::nowhere(),
    };
    FileRead::New(Box::new(parsed), Box::new(file))
}
