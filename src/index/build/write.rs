//! The third pass of a build: resolves citations, hands passages to the engine and commits the new state.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use tantivy::{IndexSettings, IndexWriter, Term};

use super::first_pass::{Pending, Source};
use super::leftovers::remove_unlisted;
use super::old_index::OldIndex;
use super::report::{BuildReport, BuildStep, Progress};
use super::second_pass::Training;
use crate::citation::Resolver;
use crate::corpus::Roots;
use crate::index::engine_folder::EngineFolder;
use crate::index::error::{Error, guard};
use crate::index::fields::{Fields, analyzer, for_each_document};
use crate::index::folder::{self, Numbered};
use crate::index::manifest::{Header, IndexedFile, Manifest, Seal, UnreadFile};
use crate::index::pack::{self, PackWriter};
use crate::index::stored_roots;
use crate::record::{CitedAt, Parsed};
use crate::register;

/// Memory that each thread of the engine fills before it writes a segment. Chosen so that indexing stays far below
/// 1 GB on any machine ([`super::passes`]).
const SEGMENT_BYTES: usize = 80_000_000;
/// Up to this many bytes of new text the engine gets one thread: one thread writes one segment, and one segment is the
/// fastest to open and to search.
const MAX_ONE_THREAD_BYTES: u64 = 16_000_000;
/// Up to this many passages an update merges all segments to one. Each update adds a segment, and merging so many
/// passages takes well under a second. A new index has few segments; larger ones are left to the engine's own rule.
const MAX_MERGED_PASSAGES: u64 = 20_000;

/// The third pass.
pub(super) struct Writing<'w> {
    /// The folder of the index.
    pub(super) dir: &'w Path,
    /// The index that is there now, if any.
    pub(super) old: Option<OldIndex>,
    /// Holds the new documents.
    pub(super) spool: &'w Path,
    /// The files of kinds that nothing reads, by kind, in the folders that were looked at.
    pub(super) passed_over: BTreeMap<String, usize>,
    /// The roots of the new index.
    pub(super) roots: Roots,
    /// The office's own table of documents.
    pub(super) own_register: String,
    /// The files that could not be read.
    pub(super) unread: Vec<UnreadFile>,
    /// Threads of the engine, unless there is little to write.
    pub(super) threads: usize,
    /// Receives the progress.
    pub(super) progress: &'w mut dyn Progress,
}

impl Writing<'_> {
    /// Turns `documents`, sorted by id, into the index.
    pub(super) fn run(
        mut self,
        documents: Vec<Pending>,
        training: Training,
        report: &mut BuildReport,
    ) -> Result<(), Error> {
        let removed = self.removed(&documents);
        report.documents = documents.len();
        report.unchanged = documents.len() - report.added - report.changed;
        report.passages = documents.iter().map(|document| document.file.passages).sum();
        if removed.is_empty() && self.is_up_to_date(&documents, &training) {
            return Ok(());
        }
        let generation = self.next_generation();
        let written = self.write(generation, &removed, documents, training);
        report.untidy = written?;
        self.progress.advance(BuildStep::Commit, 1, 1);
        Ok(())
    }

    /// Writes the new state, that of `generation`, from which the documents `removed` are gone. Returns an error of
    /// tidying up when it is committed.
    fn write(
        &mut self,
        generation: u64,
        removed: &[String],
        documents: Vec<Pending>,
        training: Training,
    ) -> Result<Option<Error>, Error> {
        let engine = match self.engine(generation) {
            Ok(engine) => engine,
            Err(error) => {
                folder::remove_generation(self.dir, generation);
                return Err(error);
            }
        };
        let (writer, manifest) = match self.commit_documents(&engine, generation, removed, documents, training) {
            Ok(committed) => committed,
            Err(error) => {
                engine.folder.close();
                let error = engine.folder.take_failure().unwrap_or(error);
                let is_committed = self.old.is_some() && engine.has_state_of(generation)?;
                if is_committed {
                    return Ok(Some(error));
                }
                folder::remove_generation(self.dir, generation);
                engine.remove_unlisted();
                return Err(error);
            }
        };
        let untidy = self.settle(writer, &engine).err();
        // The header names the folder of the engine's files, so it changes only when that folder is new.
        if self.old.as_ref().is_none_or(|old| old.header != engine.header)
            && let Err(error) = engine.header.write(self.dir)
        {
            folder::remove_generation(self.dir, generation);
            return Err(error);
        }
        self.clean_up(&engine.header, &manifest);
        Ok(untidy.map(|error| {
            engine.remove_unlisted();
            engine.folder.take_failure().unwrap_or(error)
        }))
    }

    /// Writes the documents and commits them as the new state; returns the writer and the manifest.
    fn commit_documents(
        &mut self,
        engine: &Engine,
        generation: u64,
        removed: &[String],
        documents: Vec<Pending>,
        training: Training,
    ) -> Result<(IndexWriter, Manifest), Error> {
        let mut writer = self.writer(engine, &documents)?;
        let (_, fields) = Fields::schema();
        for id in removed {
            writer.delete_term(Term::from_field_text(fields.owner, id));
        }
        let output = Output {
            dir: self.dir,
            compact: self.is_mostly_dead(&documents),
            pack: PackWriter::create(Numbered::Parsed.path(self.dir, generation), generation)?,
            writer: &mut writer,
            fields: &fields,
        };
        let manifest = Manifest {
            vankien: env!("CARGO_PKG_VERSION").to_owned(),
            generation,
            files: self.write_documents(documents, output)?,
            unread: std::mem::take(&mut self.unread),
            passed_over: std::mem::take(&mut self.passed_over),
            register_digest: register::digest(&self.own_register),
            roots_digest: stored_roots::write(&self.roots, &self.own_register, self.dir, generation)?,
            register: std::mem::take(&mut self.own_register),
            roots: std::mem::take(&mut self.roots),
            learnt: training.write(self.dir, generation)?,
        };
        self.progress.advance(BuildStep::Commit, 0, 1);
        self.commit(engine, &mut writer, &manifest)?;
        Ok((writer, manifest))
    }

    /// Returns the ids of the old index that no document among `documents` has.
    fn removed(&self, documents: &[Pending]) -> Vec<String> {
        let old = self.old.iter().flat_map(|old| &old.manifest.files);
        old.map(|file| &file.record.document)
            .filter(|id| {
                documents
                    .binary_search_by(|document| document.file.record.document.cmp(id))
                    .is_err()
            })
            .cloned()
            .collect()
    }

    /// Returns true if the old index lists exactly `documents`, with the same roots and register, and nothing was
    /// learnt: there is nothing to write.
    fn is_up_to_date(&self, documents: &[Pending], training: &Training) -> bool {
        let Some(old) = &self.old else { return false };
        !matches!(training, Training::New(..))
            && (&old.manifest.roots, &old.manifest.unread) == (&self.roots, &self.unread)
            && old.manifest.register_digest == register::digest(&self.own_register)
            && old.manifest.files.len() == documents.len()
            && old
                .manifest
                .files
                .iter()
                .zip(documents)
                .all(|(old, new)| *old == new.file)
    }

    /// Returns a generation that no file in the folder has.
    fn next_generation(&self) -> u64 {
        let generations = folder::numbered_files(self.dir).map(|file| file.generation);
        let old = self.old.as_ref().map(|old| old.manifest.generation);
        generations.chain(old).max().unwrap_or(0) + 1
    }

    /// Returns the engine to write to.
    fn engine(&self, generation: u64) -> Result<Engine, Error> {
        if let Some(old) = &self.old {
            return Ok(Engine {
                index: old.index.engine_index().clone(),
                folder: old.index.engine_folder().clone(),
                header: old.header.clone(),
            });
        }
        let header = Header::new(Numbered::Segments.name(generation));
        let path = self.dir.join(&header.segments);
        fs::create_dir_all(&path).map_err(Error::io("write", &path))?;
        let created = guard(&path, || {
            let (schema, _) = Fields::schema();
            let folder = EngineFolder::open(&path, 0)?;
            let created = tantivy::Index::create(folder.clone(), schema, IndexSettings::default());
            if let Ok(index) = &created {
                analyzer::register(index.tokenizers());
            }
            Ok((folder, created))
        });
        let (folder, created) = created?;
        match created {
            Ok(index) => Ok(Engine { index, folder, header }),
            Err(error) => Err(folder.take_failure().unwrap_or_else(|| Error::engine(&path)(error))),
        }
    }

    /// Returns the engine's writer, with as many threads as the new ones among `documents` are worth.
    fn writer(&self, engine: &Engine, documents: &[Pending]) -> Result<IndexWriter, Error> {
        let new = documents
            .iter()
            .filter(|document| matches!(document.source, Source::Parsed(_)));
        let bytes: u64 = new.map(|document| document.file.size).sum();
        let threads = if bytes <= MAX_ONE_THREAD_BYTES { 1 } else { self.threads };
        guard(engine.folder.path(), || {
            let writer: IndexWriter = engine.index.writer_with_num_threads(threads, threads * SEGMENT_BYTES)?;
            // A writer that was killed may have left files. The engine would choose their names again, and it
            // refuses to overwrite a file.
            writer.garbage_collect_files().wait()?;
            Ok(writer)
        })
    }

    /// Returns true if less than half of the bytes of the packs are still needed.
    fn is_mostly_dead(&self, documents: &[Pending]) -> bool {
        let Some(old) = &self.old else { return false };
        let mut packs: Vec<u64> = old.manifest.files.iter().map(|file| file.parsed.pack).collect();
        packs.sort_unstable();
        packs.dedup();
        let stored: u64 = packs
            .iter()
            .filter_map(|&pack| fs::metadata(Numbered::Parsed.path(self.dir, pack)).ok())
            .map(|pack| pack.len())
            .sum();
        let needed: u64 = documents
            .iter()
            .filter(|document| matches!(document.source, Source::Old))
            .map(|document| document.file.parsed.len + document.file.cites.len)
            .sum();
        stored > 2 * needed
    }

    /// Resolves the citations of all `documents` and writes the documents that are new, or that now cite something
    /// else; returns the files of the new manifest.
    ///
    /// Each document is read twice, so that one at a time is in memory: what a citation means is known when all
    /// documents were observed.
    fn write_documents(&mut self, documents: Vec<Pending>, mut output: Output<'_>) -> Result<Vec<IndexedFile>, Error> {
        let mut resolver = Resolver::new(stored_roots::register_of(self.dir, &self.own_register)?);
        for document in &documents {
            let parsed = self.read(document)?;
            resolver.observe(&parsed.document, &parsed.citations);
        }
        let total = documents.len();
        let mut files = Vec::with_capacity(total);
        for (done, document) in documents.into_iter().enumerate() {
            let mut parsed = self.read(&document)?;
            let before = parsed.citations.clone();
            resolver.resolve(&parsed.document, &mut parsed.citations);
            let is_kept = matches!(document.source, Source::Old) && !document.renamed;
            let unchanged = is_kept && before == parsed.citations;
            files.push(if unchanged {
                output.keep(document.file)?
            } else {
                output.write(document, &parsed)?
            });
            self.progress.advance(BuildStep::Index, done + 1, total);
        }
        output.pack.finish()?;
        Ok(files)
    }

    /// Reads a document from where it is now.
    fn read(&self, document: &Pending) -> Result<Parsed, Error> {
        document.place(self.dir, self.spool).read()
    }

    /// Turns the old state into the new one, in one step.
    fn commit(&self, engine: &Engine, writer: &mut IndexWriter, manifest: &Manifest) -> Result<(), Error> {
        // The manifest is on the disk before the engine's commit names it.
        let seal = manifest.write(self.dir)?;
        let path = Numbered::Manifest.path(self.dir, manifest.generation);
        let payload = serde_json::to_string(&seal).map_err(|cause| Error::io("write", &path)(cause.into()))?;
        guard(engine.folder.path(), || {
            let mut prepared = writer.prepare_commit()?;
            prepared.set_payload(&payload);
            prepared.commit()
        })?;
        Ok(())
    }

    /// Merges the segments of a small index after an update, and waits until the engine has nothing left to do.
    fn settle(&self, mut writer: IndexWriter, engine: &Engine) -> Result<(), Error> {
        let updated = self.old.is_some();
        #[cfg(test)]
        let updated = updated && !crate::index::testing::keeps_segments();
        guard(engine.folder.path(), || {
            let metas = engine.index.searchable_segment_metas()?;
            let passages: u64 = metas.iter().map(|meta| u64::from(meta.num_docs())).sum();
            let has_deletes = metas.iter().any(|meta| meta.has_deletes());
            if updated && (metas.len() > 1 || has_deletes) && passages > 0 && passages <= MAX_MERGED_PASSAGES {
                let ids: Vec<_> = metas.iter().map(|meta| meta.id()).collect();
                writer.merge(&ids).wait()?;
            }
            writer.garbage_collect_files().wait()?;
            writer.wait_merging_threads()
        })
    }

    /// Removes the files that neither this state needs nor the one before, which a reader may still have open.
    fn clean_up(&self, header: &Header, manifest: &Manifest) {
        let previous = self.old.as_ref().map(|old| &old.manifest);
        let states = || [Some(manifest), previous].into_iter().flatten();
        folder::clean_up(self.dir, &header.segments, |kind, generation| match kind {
            Numbered::Manifest | Numbered::Roots => states().any(|state| state.generation == generation),
            Numbered::Parsed => states().any(|state| state.files.iter().any(|file| file.parsed.pack == generation)),
            Numbered::Learnt => {
                states().any(|state| state.learnt.iter().any(|learnt| learnt.location.pack == generation))
            }
            Numbered::Segments => false,
        });
    }
}

/// The engine that a build writes to.
struct Engine {
    /// The engine's index.
    index: tantivy::Index,
    /// The folder of its files.
    folder: EngineFolder,
    /// The header that names the folder.
    header: Header,
}

impl Engine {
    /// Removes the files that the engine wrote in vain. Threads that still merge must not list them any more.
    fn remove_unlisted(&self) {
        self.folder.close();
        remove_unlisted(&self.index, self.folder.path());
    }

    /// Returns true if the state of `generation` is committed. The engine may fail after it has replaced its list.
    fn has_state_of(&self, generation: u64) -> Result<bool, Error> {
        let payload = guard(self.folder.path(), || self.index.load_metas())?.payload;
        let seal: Option<Seal> = payload.and_then(|payload| serde_json::from_str(&payload).ok());
        Ok(seal.is_some_and(|seal| seal.generation == generation))
    }
}

/// The destination of the documents of the new state.
struct Output<'o> {
    /// The folder of the index.
    dir: &'o Path,
    /// True to copy unchanged documents to the new pack, so that the old packs can be removed.
    compact: bool,
    /// The pack of this generation.
    pack: PackWriter,
    /// The engine's writer.
    writer: &'o mut IndexWriter,
    /// The fields of the index.
    fields: &'o Fields,
}

impl Output<'_> {
    /// Keeps an unchanged document.
    fn keep(&mut self, mut file: IndexedFile) -> Result<IndexedFile, Error> {
        if self.compact {
            for location in [&mut file.parsed, &mut file.cites] {
                let path = Numbered::Parsed.path(self.dir, location.pack);
                *location = self.pack.push_bytes(&pack::read_bytes(&path, location)?)?;
            }
        }
        Ok(file)
    }

    /// Writes a document whose parsed form is `parsed`, in place of the old one of its id.
    fn write(&mut self, document: Pending, parsed: &Parsed) -> Result<IndexedFile, Error> {
        let mut file = document.file;
        if document.was_indexed {
            self.writer
                .delete_term(Term::from_field_text(self.fields.owner, &file.record.document));
        }
        file.parsed = self.pack.push(parsed)?;
        file.cites = self.pack.push(&parsed.cited_places().collect::<Vec<CitedAt>>())?;
        let add = |entry| guard(self.dir, || self.writer.add_document(entry)).map(drop);
        file.passages = for_each_document(parsed, self.fields, add)?;
        Ok(file)
    }
}
