//! Files to an index, and an index brought up to date with its files.
//!
//! Two passes, because what a citation means may depend on any document of the corpus. The first reads and
//! parses the files that are new or changed, on all cores, into a spool on the disk. The second
//! compares all citations with all documents, one document in memory at a time, and hands the engine the
//! passages of those that are new, changed, or cite something that now means something else.

use std::fs;
use std::num::NonZero;
use std::path::{Path, PathBuf};

use tantivy::directory::error::LockError;
use tantivy::directory::{Directory, DirectoryLock, Lock, MmapDirectory};
use tantivy::{IndexWriter, Term};

use super::error::Error;
use super::lesson::{self, SecondPass};
use super::manifest::{Header, IndexedFile, Manifest};
use super::pack::{self, PackWriter};
use super::passage::for_each_document;
use super::schema::Fields;
use super::take_up::{Parser, Source, Taken, parse, read_entry, take_up};
use super::{Index, analyzer, guard};
use crate::citation::Resolver;
use crate::corpus::{self, Corpus, Entry};
use crate::record::{CitedAt, Parsed};

/// Locked by whoever writes the index.
const LOCK_FILE: &str = "writer.lock";
/// Parsed documents between the two passes.
const SPOOL_FILE: &str = "spool";
/// Memory that the engine fills before it writes a segment, for each of its threads. Chosen so that indexing
/// stays far below 1 GB on any machine ([`MAX_THREADS`]).
const SEGMENT_BYTES: usize = 80_000_000;
/// More threads than this gain little and cost memory.
const MAX_THREADS: usize = 4;
/// Up to this many bytes of text one thread of the engine is enough: one thread writes one segment, and one
/// segment is what is fastest to open and to search.
const SMALL_CORPUS_BYTES: u64 = 16_000_000;
/// Up to this many passages all segments are merged to one after an update: well under a second, and each update
/// adds a segment. A new index has few; larger ones are left to the engine's own rule.
const SMALL_INDEX_PASSAGES: u64 = 20_000;

/// How to build.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Parse and index all files anew, also over an index of another format or a damaged one.
    pub rebuild: bool,
    /// Threads that parse and index; all cores, up to four, where not given.
    pub threads: Option<NonZero<usize>>,
}

/// Is told how far a build is; `()` does not care.
pub trait Progress {
    /// `done` of `total` documents have passed `step`.
    fn advance(&mut self, step: Step, done: usize, total: usize);
}

impl Progress for () {
    fn advance(&mut self, _: Step, _: usize, _: usize) {}
}

/// A step of a build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Files are read; clean ones are parsed.
    Parse,
    /// Clean documents teach how to read damaged ones.
    Learn,
    /// Damaged documents are read and parsed.
    Repair,
    /// Citations are compared with the corpus, passages go to the engine.
    Index,
    /// What was written becomes the index.
    Commit,
}

/// What a build did.
#[derive(Debug, Default)]
pub struct Report {
    /// Documents that were not in the index.
    pub added: usize,
    /// Documents whose file was changed.
    pub changed: usize,
    /// Documents whose file is no longer among those asked for.
    pub removed: usize,
    /// Documents left as they were, citations resolved anew counted here too.
    pub unchanged: usize,
    /// Documents in the index now.
    pub documents: usize,
    /// Passages in the index now.
    pub passages: usize,
    /// Bytes of the files that were read.
    pub bytes: u64,
    /// Documents from whose clean text it was learnt how to read damaged ones, if that was done: where it was
    /// done before and the clean text has hardly changed since, what was learnt then still serves.
    pub learnt_from: Option<usize>,
    /// Damaged documents that were read: new ones, and after learning all of them.
    pub repaired: usize,
    /// Files that could not be taken up; one that was in the index stays there as it was.
    pub failed: Vec<corpus::Error>,
}

/// Builds the index in `dir` from the files of `corpus`, or brings it up to date with them.
///
/// Killed at any moment it leaves the index as it was or as it shall be. What cannot be read is told in the
/// [`Report`]; `corpus.errors` are the caller's to tell.
///
/// # Errors
/// [`Error::Busy`] where another process writes it; [`Error::Format`] and [`Error::Damaged`] where there is an
/// index that cannot be brought up to date (not with [`Options::rebuild`]); [`Error::Io`], [`Error::Engine`].
pub fn build(dir: &Path, corpus: &Corpus, options: &Options, progress: &mut dyn Progress) -> Result<Report, Error> {
    build_with(dir, corpus, options, progress, &parse)
}

/// Builds with another parser than that of this program.
pub(super) fn build_with(
    dir: &Path,
    corpus: &Corpus,
    options: &Options,
    progress: &mut dyn Progress,
    parse: &Parser<'_>,
) -> Result<Report, Error> {
    fs::create_dir_all(dir).map_err(Error::io("write", dir))?;
    let _lock = lock(dir)?;
    let old = if options.rebuild { None } else { open_old(dir)? };
    let threads = options.threads.map_or_else(cores, NonZero::get).clamp(1, MAX_THREADS);
    let mut report = Report::default();
    let mut spool = PackWriter::create(dir.join(SPOOL_FILE), 0)?;
    let known = |entry: &Entry| old.as_ref().and_then(|old| old.manifest.file(&entry.id));
    let read = |entry: &Entry| read_entry(entry, known(entry), parse);
    let mut taken = take_up(
        &corpus.entries,
        (&known, &read),
        threads,
        &mut spool,
        &mut report,
        progress,
    )?;
    if let Some(old) = &old {
        keep_unlisted(&mut taken, &corpus.errors, &old.manifest);
    }
    let kept = old.as_ref().and_then(|old| old.manifest.lesson.clone());
    let second = SecondPass {
        dir,
        spool: &mut spool,
        parse,
        threads,
        progress,
    };
    let lesson = second.read(&mut taken, kept, &mut report)?;
    let spool = spool.finish_spool()?;
    let done = Build {
        dir,
        spool,
        threads,
        progress,
    }
    .run(old, (taken, lesson), &mut report);
    // Whatever became of the build, the spool is of no use to anyone.
    fs::remove_file(dir.join(SPOOL_FILE)).ok();
    done.map(|()| report)
}

/// Keeps the documents of `old` whose files lie where the system refused to list: not seen is not vanished.
fn keep_unlisted(taken: &mut Vec<Taken>, errors: &[corpus::Error], old: &Manifest) {
    let refused = |file: &&IndexedFile| {
        errors
            .iter()
            .any(|error| matches!(error.kind, corpus::ErrorKind::Unreadable(_)) && file.path.starts_with(&error.path))
    };
    for file in old.files.iter().filter(refused) {
        if taken
            .iter()
            .all(|document| document.file.record.document != file.record.document)
        {
            taken.push(Taken {
                file: file.clone(),
                source: Source::Old,
            });
        }
    }
    taken.sort_by(|one, other| one.file.record.document.cmp(&other.file.record.document));
}
/// The index that a build starts from.
struct Old {
    index: Index,
    header: Header,
    manifest: Manifest,
}

/// Opens the index in `dir`; `None` where there is none.
fn open_old(dir: &Path) -> Result<Option<Old>, Error> {
    match Index::open_once(dir) {
        Ok(index) => {
            let mut manifest = index.manifest()?.clone();
            if manifest.vankien != env!("CARGO_PKG_VERSION") {
                // Another version may parse otherwise: no file counts as known.
                for file in &mut manifest.files {
                    file.digest.clear();
                    file.size = u64::MAX;
                }
            }
            let header = Header::read(dir)?;
            Ok(Some(Old {
                index,
                header,
                manifest,
            }))
        }
        Err(Error::Missing { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Takes the lock of whoever writes the index in `dir`; the system frees it when the process ends.
pub(super) fn lock(dir: &Path) -> Result<DirectoryLock, Error> {
    let directory = MmapDirectory::open(dir).map_err(|cause| Error::Io {
        action: "write",
        path: dir.to_path_buf(),
        cause: std::io::Error::other(cause),
    })?;
    let lock = Lock {
        filepath: PathBuf::from(LOCK_FILE),
        is_blocking: false,
    };
    directory.acquire_lock(&lock).map_err(|error| match error {
        LockError::LockBusy => Error::Busy { dir: dir.to_path_buf() },
        LockError::IoError(cause) => Error::Io {
            action: "write",
            path: dir.join(LOCK_FILE),
            cause: std::io::Error::other(cause),
        },
    })
}

/// Cores of the machine.
fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, NonZero::get)
}

/// The second pass.
struct Build<'b> {
    dir: &'b Path,
    spool: PathBuf,
    threads: usize,
    progress: &'b mut dyn Progress,
}

impl Build<'_> {
    /// Turns `taken` into the index; `old` is what is there now.
    fn run(
        mut self,
        old: Option<Old>,
        (taken, lesson): (Vec<Taken>, lesson::Outcome),
        report: &mut Report,
    ) -> Result<(), Error> {
        let removed: Vec<String> = old
            .iter()
            .flat_map(|old| &old.manifest.files)
            .map(|file| file.record.document.clone())
            .filter(|id| taken.binary_search_by(|t| t.file.record.document.cmp(id)).is_err())
            .collect();
        report.removed = removed.len();
        report.documents = taken.len();
        report.unchanged = taken.len() - report.added - report.changed;
        report.passages = taken.iter().map(|taken| taken.file.passages).sum();
        if let Some(old) = &old
            && removed.is_empty()
            && !matches!(lesson, lesson::Outcome::New(..))
            && old.manifest.files.len() == taken.len()
            && old
                .manifest
                .files
                .iter()
                .zip(&taken)
                .all(|(old, taken)| *old == taken.file)
        {
            return Ok(());
        }
        let generation = self.next_generation(old.as_ref());
        let bytes: u64 = taken
            .iter()
            .filter(|taken| matches!(taken.source, Source::Spool(..)))
            .map(|taken| taken.file.size)
            .sum();
        let (segments, header) = self.segments(old.as_ref(), generation)?;
        let threads = if bytes <= SMALL_CORPUS_BYTES { 1 } else { self.threads };
        let (_, fields) = Fields::schema();
        let mut writer: IndexWriter = guard(self.dir, || {
            segments.writer_with_num_threads(threads, threads * SEGMENT_BYTES)
        })?;
        // A writer that was killed may have left files that the engine would now write again under the same
        // names, which it refuses to do.
        guard(self.dir, || writer.garbage_collect_files().wait())?;
        for id in &removed {
            writer.delete_term(Term::from_field_text(fields.owner, id));
        }
        let compact = old
            .as_ref()
            .is_some_and(|old| self.is_mostly_dead(&old.manifest, &taken));
        let manifest = Manifest {
            vankien: env!("CARGO_PKG_VERSION").to_owned(),
            generation,
            files: self.index(taken, generation, compact, &mut writer, &fields)?,
            lesson: lesson.write(self.dir, generation)?,
        };
        self.progress.advance(Step::Commit, 0, 1);
        self.commit(&mut writer, &manifest)?;
        self.settle(writer, &segments, old.is_some())?;
        let new_folder = old.as_ref().is_none_or(|old| old.header != header);
        if new_folder {
            header.write(self.dir)?;
        }
        self.clean(&header, &manifest, old.as_ref());
        self.progress.advance(Step::Commit, 1, 1);
        Ok(())
    }

    /// A number that no file in the folder bears.
    fn next_generation(&self, old: Option<&Old>) -> u64 {
        let numbered = files_of(self.dir).map(|(_, _, number)| number).max().unwrap_or(0);
        numbered.max(old.map_or(0, |old| old.manifest.generation)) + 1
    }

    /// The engine's index to write to, and the header that names it.
    fn segments(&self, old: Option<&Old>, generation: u64) -> Result<(tantivy::Index, Header), Error> {
        if let Some(old) = old {
            return Ok((old.index.opened.segments.clone(), old.header.clone()));
        }
        let header = Header::new(format!("segments-{generation}"));
        let folder = self.dir.join(&header.segments);
        fs::create_dir_all(&folder).map_err(Error::io("write", &folder))?;
        let segments = guard(self.dir, || {
            let (schema, _) = Fields::schema();
            let segments = tantivy::Index::builder().schema(schema).create_in_dir(&folder)?;
            analyzer::register(segments.tokenizers());
            Ok(segments)
        })?;
        Ok((segments, header))
    }

    /// Do the packs hold more dead bytes than living ones?
    fn is_mostly_dead(&self, old: &Manifest, taken: &[Taken]) -> bool {
        let mut packs: Vec<u64> = old.files.iter().map(|file| file.parsed.pack).collect();
        packs.sort_unstable();
        packs.dedup();
        let held: u64 = packs
            .iter()
            .filter_map(|&pack| fs::metadata(pack::path(self.dir, pack)).ok())
            .map(|pack| pack.len())
            .sum();
        let living: u64 = taken
            .iter()
            .filter(|taken| matches!(taken.source, Source::Old))
            .map(|taken| taken.file.parsed.len + taken.file.cites.len)
            .sum();
        held > 2 * living
    }

    /// Resolves the citations of all documents and hands the engine the passages of those that are new or
    /// cite something else than before; returns the files of the new manifest.
    fn index(
        &mut self,
        taken: Vec<Taken>,
        generation: u64,
        compact: bool,
        writer: &mut IndexWriter,
        fields: &Fields,
    ) -> Result<Vec<IndexedFile>, Error> {
        let mut resolver = Resolver::default();
        for document in &taken {
            let (path, location) = document.place(self.dir, &self.spool);
            let parsed: Parsed = pack::read(&path, location)?;
            resolver.observe(&parsed.document, &parsed.citations);
        }
        let total = taken.len();
        let mut pack = PackWriter::create(pack::path(self.dir, generation), generation)?;
        let mut files = Vec::with_capacity(total);
        for (done, document) in taken.into_iter().enumerate() {
            let (path, location) = document.place(self.dir, &self.spool);
            let mut parsed: Parsed = pack::read(&path, location)?;
            let before = parsed.citations.clone();
            resolver.resolve(&parsed.document, &mut parsed.citations);
            let was_known = document.was_known();
            let mut file = document.file;
            let stays = matches!(document.source, Source::Old) && before == parsed.citations;
            if stays && compact {
                for location in [&mut file.parsed, &mut file.cites] {
                    let path = pack::path(self.dir, location.pack);
                    *location = pack.push_bytes(&pack::read_bytes(&path, location)?)?;
                }
            } else if !stays {
                if was_known {
                    writer.delete_term(Term::from_field_text(fields.owner, &file.record.document));
                }
                file.parsed = pack.push(&parsed)?;
                file.cites = pack.push(&parsed.cited_places().collect::<Vec<CitedAt>>())?;
                let add = |entry| guard(self.dir, || writer.add_document(entry)).map(drop);
                file.passages = for_each_document(&parsed, fields, add)?;
            }
            files.push(file);
            self.progress.advance(Step::Index, done + 1, total);
        }
        pack.finish()?;
        Ok(files)
    }

    /// The one step that turns the old index into the new one.
    fn commit(&self, writer: &mut IndexWriter, manifest: &Manifest) -> Result<(), Error> {
        let seal = manifest.write(self.dir)?;
        let path = Manifest::path(self.dir, manifest.generation);
        let payload = serde_json::to_string(&seal).map_err(|cause| Error::io("write", &path)(cause.into()))?;
        guard(self.dir, || {
            let mut prepared = writer.prepare_commit()?;
            prepared.set_payload(&payload);
            prepared.commit()
        })?;
        Ok(())
    }

    /// Merges the segments of a small index that was `updated` to one, and waits for the engine to come to rest.
    fn settle(&self, mut writer: IndexWriter, segments: &tantivy::Index, updated: bool) -> Result<(), Error> {
        guard(self.dir, || {
            let metas = segments.searchable_segment_metas()?;
            let passages: u64 = metas.iter().map(|meta| u64::from(meta.num_docs())).sum();
            let holes = metas.iter().any(|meta| meta.has_deletes());
            if updated && (metas.len() > 1 || holes) && passages > 0 && passages <= SMALL_INDEX_PASSAGES {
                let ids: Vec<_> = metas.iter().map(|meta| meta.id()).collect();
                writer.merge(&ids).wait()?;
            }
            writer.garbage_collect_files().wait()?;
            writer.wait_merging_threads()
        })
    }

    /// Removes what no state of the index needs: neither this one, nor the one before, which a reader may
    /// still have open. What cannot be removed now will be another time.
    fn clean(&self, header: &Header, manifest: &Manifest, old: Option<&Old>) {
        let previous = old.map(|old| &old.manifest);
        let states = || [Some(manifest), previous].into_iter().flatten();
        let kept = |kind: Kind, number: u64| match kind {
            Kind::Manifest => states().any(|manifest| manifest.generation == number),
            Kind::Parsed => states().any(|manifest| manifest.files.iter().any(|file| file.parsed.pack == number)),
            Kind::Learnt => states().any(|manifest| manifest.lesson.iter().any(|lesson| lesson.kept.pack == number)),
            Kind::Segments => false,
        };
        for (path, kind, number) in files_of(self.dir) {
            if path.is_dir() && kind == Kind::Segments && !path.ends_with(&header.segments) {
                fs::remove_dir_all(&path).ok();
            } else if path.is_file() && !kept(kind, number) {
                fs::remove_file(&path).ok();
            }
        }
    }
}

/// What a numbered file or folder of an index folder is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Lists the files of a state.
    Manifest,
    /// Parsed documents.
    Parsed,
    /// What clean documents taught.
    Learnt,
    /// The folder of the engine's files.
    Segments,
}

/// The numbered files and folders of an index folder (`parsed-3`, `manifest-3`, `segments-1`).
pub(super) fn files_of(dir: &Path) -> impl Iterator<Item = (PathBuf, Kind, u64)> {
    let files = fs::read_dir(dir).into_iter().flatten().flatten();
    files.filter_map(|file| {
        let name = file.file_name();
        let (kind, number) = name.to_str()?.split_once('-')?;
        let kind = match kind {
            "manifest" => Kind::Manifest,
            "parsed" => Kind::Parsed,
            "learnt" => Kind::Learnt,
            "segments" => Kind::Segments,
            _ => return None,
        };
        Some((file.path(), kind, number.parse().ok()?))
    })
}
