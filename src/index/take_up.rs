//! The first pass of a build: files that are new or changed are read, on all cores, into a spool.
//!
//! What is clean is parsed at once. What is damaged stays bare for now, a text without a structure: with what it
//! shall be read is known when all files are there ([`super::lesson`]).

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

use super::build::{Progress, Report, Step};
use super::error::Error;
use super::manifest::{Clean, IndexedFile, Location};
use super::pack::{self, PackWriter};
use crate::citation;
use crate::corpus::{self, Content, Entry};
use crate::document::{self, Document};
use crate::reading::{Model, Reading};
use crate::record::Parsed;

/// Makes a document of a bare one (id, path and what the file says) and the reading of its text.
pub(super) type Parser<'p> = dyn Fn(Parsed, Reading) -> Parsed + Sync + 'p;

/// Gives the file of the old index that has the id of an entry.
pub(super) type Known<'o, 'f> = dyn Fn(&Entry) -> Option<&'o IndexedFile> + Sync + 'f;

/// A document of the index to be.
pub(super) struct Taken {
    /// All but where its parsed form will lie and how many passages it has.
    pub(super) file: IndexedFile,
    /// Where its parsed form lies now.
    pub(super) source: Source,
}

impl Taken {
    /// Has it only its text so far?
    pub(super) fn is_unread(&self) -> bool {
        matches!(self.source, Source::Unread(..))
    }

    /// Is there a document of this id in the old index?
    pub(super) fn was_known(&self) -> bool {
        !matches!(self.source, Source::Spool(_, false) | Source::Unread(_, false))
    }

    /// The file and the place in it where it lies while the index in `dir` is built.
    pub(super) fn place<'t>(&'t self, dir: &Path, spool: &Path) -> (PathBuf, &'t Location) {
        match &self.source {
            Source::Spool(location, _) | Source::Unread(location, _) => (spool.to_path_buf(), location),
            Source::Old => (pack::path(dir, self.file.parsed.pack), &self.file.parsed),
        }
    }
}

/// Where the parsed form of a document lies while the index is built.
pub(super) enum Source {
    /// In the spool, newly parsed; was there a document of this id before?
    Spool(Location, bool),
    /// In the spool, bare: it is damaged; was there a document of this id before?
    Unread(Location, bool),
    /// In the packs of the old index.
    Old,
}

/// Reads what is new or changed, and parses it where it is clean; returns all documents of the index to be,
/// sorted by id.
pub(super) fn take_up<'o>(
    entries: &[Entry],
    (known, read): (&Known<'o, '_>, &(dyn Fn(&Entry) -> Read + Sync)),
    threads: usize,
    spool: &mut PackWriter,
    report: &mut Report,
    progress: &mut dyn Progress,
) -> Result<Vec<Taken>, Error> {
    let mut taken: BTreeMap<&str, Taken> = BTreeMap::new();
    let mut done = 0;
    on_all_cores(entries, threads, read, |index, read| {
        let entry = &entries[index];
        let old = known(entry);
        let document = match read {
            Read::Known(file) => Some(Taken {
                file: *file,
                source: Source::Old,
            }),
            Read::New(parsed, file) => {
                report.bytes += file.size;
                *(if old.is_some() {
                    &mut report.changed
                } else {
                    &mut report.added
                }) += 1;
                let location = spool.push(&parsed)?;
                let source = if file.damaged {
                    Source::Unread(location, old.is_some())
                } else {
                    Source::Spool(location, old.is_some())
                };
                Some(Taken { file: *file, source })
            }
            Read::Failed(error) => {
                report.failed.push(error);
                old.cloned().map(|file| Taken {
                    file,
                    source: Source::Old,
                })
            }
        };
        if let Some(document) = document {
            taken.insert(&entry.id, document);
        }
        done += 1;
        progress.advance(Step::Parse, done, entries.len());
        Ok(())
    })?;
    report.failed.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(taken.into_values().collect())
}

/// Does `work` for each item on so many threads, and gives what comes of it to `take` on this one, with the index of
/// the item and in no order; ends when `take` fails.
pub(super) fn on_all_cores<I: Sync, W: Send>(
    items: &[I],
    threads: usize,
    work: &(dyn Fn(&I) -> W + Sync),
    mut take: impl FnMut(usize, W) -> Result<(), Error>,
) -> Result<(), Error> {
    let next = AtomicUsize::new(0);
    let (sender, receiver) = mpsc::sync_channel(2 * threads);
    std::thread::scope(|scope| {
        for _ in 0..threads.min(items.len()) {
            let (sender, next) = (sender.clone(), &next);
            scope.spawn(move || {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(index) else { break };
                    if sender.send((index, work(item))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        // Moved in here: where this side gives up, the workers must find nobody to send to.
        let receiver = receiver;
        receiver.iter().try_for_each(|(index, done)| take(index, done))
    })
}

/// What reading a file gave.
pub(super) enum Read {
    /// It is the one that is in the index, perhaps with another time of change.
    Known(Box<IndexedFile>),
    /// A new or changed file; bare if it is damaged.
    New(Box<Parsed>, Box<IndexedFile>),
    /// It could not be read.
    Failed(corpus::Error),
}

/// Loads the file of `entry` unless size and time say that it is the `known` one; reads and parses it unless
/// its digest says so or it is damaged.
pub(super) fn read_entry(entry: &Entry, known: Option<&IndexedFile>, parse: &Parser<'_>) -> Read {
    let known = known.filter(|known| known.path == entry.path);
    if let Some(known) = known
        && (known.size, known.modified_ns) == (entry.size, entry.modified_ns)
    {
        return Read::Known(Box::new(known.clone()));
    }
    let loaded = match entry.load() {
        Ok(loaded) => loaded,
        Err(error) => return Read::Failed(error),
    };
    if let Some(known) = known.filter(|known| known.digest == loaded.digest) {
        return Read::Known(Box::new(IndexedFile {
            size: loaded.entry.size,
            modified_ns: loaded.entry.modified_ns,
            ..known.clone()
        }));
    }
    let source = match loaded.read() {
        Ok(source) => source,
        Err(error) => return Read::Failed(error),
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
    Read::New(Box::new(parsed), Box::new(file))
}

/// Reads and parses a file that no index takes up, such as a draft; where it is damaged it is read with `model`.
///
/// # Errors
/// Those of [`Entry::read`].
pub fn read_draft(entry: &Entry, model: &Model) -> Result<Parsed, corpus::Error> {
    let bare = bare(entry, entry.read()?.content);
    let mut reading = Reading::unrepaired(&bare.document.text);
    if reading.is_damaged() {
        reading = Reading::with(model, &bare.document.text);
    }
    Ok(parse(bare, reading))
}

/// Parses a text that somebody pasted; where it is damaged it is read as the damaged documents of `index` are.
///
/// # Errors
/// Those of [`Index::model`](super::Index::model).
pub fn read_text(index: &super::Index, text: String) -> Result<Parsed, Error> {
    let mut reading = Reading::unrepaired(&text);
    if reading.is_damaged() {
        reading = Reading::with(index.model()?, &text);
    }
    let document = Document {
        text,
        ..Document::default()
    };
    let bare = Parsed {
        document,
        ..Parsed::default()
    };
    Ok(parse(bare, reading))
}

/// The document of a file that nobody has looked at.
fn bare(entry: &Entry, content: Content) -> Parsed {
    let Content {
        format,
        text,
        facsimile,
    } = content;
    Parsed {
        document: Document {
            id: entry.id.clone(),
            path: entry.display_path(),
            text,
            ..Document::default()
        },
        reading: Reading::default(),
        citations: Vec::new(),
        format,
        facsimile,
    }
}

/// A bare document and the reading of its text to the whole, with what it cites.
pub(super) fn parse(bare: Parsed, mut reading: Reading) -> Parsed {
    let Document { id, path, text, .. } = bare.document;
    reading.doubt(&text, bare.facsimile.confidences());
    let document = document::parse(&id, &path, text, &reading);
    let citations = citation::find(&document, &reading);
    Parsed {
        document,
        reading,
        citations,
        format: bare.format,
        facsimile: bare.facsimile,
    }
}
