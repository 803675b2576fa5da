//! The first pass of a build: files that are new or changed are read and parsed, on all cores, into a spool.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

use super::build::{Progress, Report, Step};
use super::error::Error;
use super::manifest::{IndexedFile, Location};
use super::pack::PackWriter;
use crate::citation;
use crate::corpus::{self, Content, Entry};
use crate::document;
use crate::reading::Reading;
use crate::record::Parsed;

/// Makes a document of what a file says.
pub(super) type Parser<'p> = dyn Fn(&Entry, Content) -> Parsed + Sync + 'p;

/// Gives the file of the old index that has the id of an entry.
pub(super) type Known<'o, 'f> = dyn Fn(&Entry) -> Option<&'o IndexedFile> + Sync + 'f;

/// A document of the index to be.
pub(super) struct Taken {
    /// All but where its parsed form will lie and how many passages it has.
    pub(super) file: IndexedFile,
    /// Where its parsed form lies now.
    pub(super) source: Source,
}

/// Where the parsed form of a document lies while the index is built.
pub(super) enum Source {
    /// In the spool, newly parsed; was there a document of this id before?
    Spool(Location, bool),
    /// In the packs of the old index.
    Old,
}

/// Reads and parses what is new or changed; returns all documents of the index to be, sorted by id.
pub(super) fn take_up<'o>(
    entries: &[Entry],
    (known, read): (&Known<'o, '_>, &(dyn Fn(&Entry) -> Read + Sync)),
    threads: usize,
    spool: &mut PackWriter,
    report: &mut Report,
    progress: &mut dyn Progress,
) -> Result<Vec<Taken>, Error> {
    let next = AtomicUsize::new(0);
    let (sender, receiver) = mpsc::sync_channel(2 * threads);
    std::thread::scope(|scope| {
        for _ in 0..threads.min(entries.len()) {
            let (sender, next) = (sender.clone(), &next);
            scope.spawn(move || {
                while let Some(entry) = entries.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if sender.send((entry, read(entry))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        // Moved in here: where this side gives up, the readers must find nobody to send to.
        let receiver = receiver;
        let mut taken: BTreeMap<&str, Taken> = BTreeMap::new();
        for (done, (entry, read)) in receiver.iter().enumerate() {
            let old = known(entry);
            let document = match read {
                Read::Known(file) => Some(Taken {
                    file: *file,
                    source: Source::Old,
                }),
                Read::Parsed(parsed, file) => {
                    report.bytes += file.size;
                    *(if old.is_some() {
                        &mut report.changed
                    } else {
                        &mut report.added
                    }) += 1;
                    let source = Source::Spool(spool.push(&parsed)?, old.is_some());
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
            progress.advance(Step::Parse, done + 1, entries.len());
        }
        report.failed.sort_by(|one, other| one.path.cmp(&other.path));
        Ok(taken.into_values().collect())
    })
}

/// What reading a file gave.
pub(super) enum Read {
    /// It is the one that is in the index, perhaps with another time of change.
    Known(Box<IndexedFile>),
    /// A new or changed file.
    Parsed(Box<Parsed>, Box<IndexedFile>),
    /// It could not be read.
    Failed(corpus::Error),
}

/// Loads the file of `entry` unless size and time say that it is the `known` one; reads and parses it unless
/// its digest says so.
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
    let parsed = parse(entry, source.content);
    let file = IndexedFile {
        record: parsed.document_record(),
        path: entry.path.clone(),
        size: source.entry.size,
        modified_ns: source.entry.modified_ns,
        digest: source.digest,
        passages: parsed.document.passages.len(),
        parsed: Location {
            pack: 0,
            start: 0,
            len: 0,
            digest: [0; 32],
        },
    };
    Read::Parsed(Box::new(parsed), Box::new(file))
}

/// What a file says to its document, reading and citations.
pub(super) fn parse(entry: &Entry, content: Content) -> Parsed {
    let Content {
        format,
        text,
        facsimile,
    } = content;
    let mut reading = Reading::of(&text);
    reading.doubt(&text, facsimile.confidences());
    let document = document::parse(&entry.id, &entry.display_path(), text, &reading);
    let citations = citation::find(&document, &reading);
    Parsed {
        document,
        reading,
        citations,
        format,
        facsimile,
    }
}
