//! The third pass of a build: resolves citations, hands passages to the engine and commits the new state.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use tantivy::{IndexSettings, IndexWriter, TantivyDocument, Term};

use super::first_pass::{Pending, Places, Source};
use super::leftovers::remove_unlisted;
use super::new_passages::NewPassages;
use super::old_index::OldIndex;
use super::report::{BuildReport, BuildStep, Progress};
use super::second_pass::Training;
use super::workers;
use crate::citation::{Observed, Resolver};
use crate::corpus::Roots;
use crate::index::catalog;
use crate::index::engine_folder::EngineFolder;
use crate::index::error::{Error, guard};
use crate::index::fields::{Fields, StoredPassage, analyzer, dictionary, index_documents};
use crate::index::folder::{self, Numbered};
use crate::index::manifest::{Header, IndexedFile, Manifest, Seal, UnreadFile};
use crate::index::pack::{self, Location, PackWriter, Packed};
use crate::index::stored_roots;
use crate::record::CitedAt;
use crate::register;

/// Bytes of the parsed forms of documents that may wait to be written, after the threads have prepared them.
const MAX_PREPARED_BYTES: u64 = 4_000_000;
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
        let (mut writer, passages) = Self::writer(engine, self.old.is_some())?;
        let (_, fields) = Fields::schema();
        for id in removed {
            writer.delete_term(Term::from_field_text(fields.owner, id));
        }
        let mut output = Output {
            pack: PackWriter::create(Numbered::Parsed.path(self.dir, generation), generation)?,
            passages,
            folder: engine.folder.path(),
            writer: &writer,
            fields: &fields,
        };
        let files = self.write_documents(documents, &mut output)?;
        output.finish()?;
        let manifest = Manifest {
            vankien: env!("CARGO_PKG_VERSION").to_owned(),
            generation,
            files,
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

    /// Returns the engine's writer, and the passages that a new index or an update adds with it.
    fn writer(engine: &Engine, is_update: bool) -> Result<(IndexWriter, NewPassages), Error> {
        guard(engine.folder.path(), || {
            let (writer, passages) = NewPassages::begin(&engine.index, is_update)?;
            // A writer that was killed may have left files. The engine would choose their names again, and it
            // refuses to overwrite a file.
            writer.garbage_collect_files().wait()?;
            Ok((writer, passages))
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
            .filter(|document| matches!(document.source, Source::Old { .. }))
            .flat_map(|document| document.file.packed())
            .map(|location| location.len)
            .sum();
        stored > 2 * needed
    }

    /// Resolves the citations of all `documents` and writes the documents that are new, or that now cite something
    /// else; returns the files of the new manifest.
    ///
    /// The meaning of a citation is known when all documents were observed. Then each is read and made ready on several
    /// threads, and written on this one.
    fn write_documents(&mut self, documents: Vec<Pending>, output: &mut Output<'_>) -> Result<Vec<IndexedFile>, Error> {
        let mut resolver = Resolver::new(stored_roots::register_of(self.dir, &self.own_register)?);
        let places = Places {
            spool: self.spool,
            old: self.old.as_ref().map(|old| &old.index),
        };
        for document in &documents {
            resolver.add(places.observed(document)?);
        }
        let preparing = Preparing {
            dir: self.dir,
            places,
            pack: output.pack.path().to_path_buf(),
            resolver,
            fields: output.fields,
            compact: self.is_mostly_dead(&documents),
        };
        let total = documents.len();
        let mut files = Vec::with_capacity(total);
        let room = (&Pending::bytes as &(dyn Fn(&Pending) -> u64 + Sync), MAX_PREPARED_BYTES);
        let prepare = |document: &Pending| preparing.prepare(document);
        workers::for_each_in_order(&documents, self.threads, room, &prepare, |index, prepared| {
            files.push(output.write(&documents[index], prepared?)?);
            self.progress.advance(BuildStep::Index, index + 1, total);
            Ok(())
        })?;
        Ok(files)
    }

    /// Turns the old state into the new one, in one step.
    fn commit(&self, engine: &Engine, writer: &mut IndexWriter, manifest: &Manifest) -> Result<(), Error> {
        // The manifest is on the disk before the engine's commit names it.
        let seal = catalog::write(manifest, self.dir)?;
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

/// A document as it is written.
enum Prepared {
    /// The packs of the old index still have it.
    Kept,
    /// It has not changed, and goes to the new pack so that the old ones can be removed.
    Moved([Packed; 3]),
    /// It takes the place of the old one of its id.
    New([Packed; 3], Vec<TantivyDocument>),
}

/// Makes documents ready to be written.
struct Preparing<'p> {
    /// The folder of the index.
    dir: &'p Path,
    /// The places of the documents.
    places: Places<'p>,
    /// The path of the new pack.
    pack: PathBuf,
    /// Knows the documents that are cited.
    resolver: Resolver,
    /// The fields of the index.
    fields: &'p Fields,
    /// True to copy unchanged documents to the new pack.
    compact: bool,
}

impl Preparing<'_> {
    /// Reads a document from where it is now, and makes it ready to be written.
    fn prepare(&self, document: &Pending) -> Result<Prepared, Error> {
        let mut parsed = self.places.read(document)?;
        let is_kept = matches!(document.source, Source::Old { .. }) && !document.renamed;
        let before = is_kept.then(|| parsed.citations.clone());
        self.resolver.resolve(&parsed.document, &mut parsed.citations);
        if before.is_some_and(|before| before == parsed.citations) {
            return if self.compact {
                let [parsed, cites, observed] = document.file.packed();
                let copy =
                    |location: &Location| pack::read_packed(&Numbered::Parsed.path(self.dir, location.pack), location);
                Ok(Prepared::Moved([copy(parsed)?, copy(cites)?, copy(observed)?]))
            } else {
                Ok(Prepared::Kept)
            };
        }
        let observed = Observed::of(&parsed.document, &parsed.citations);
        let passages: Vec<StoredPassage> = StoredPassage::all_of(&parsed).collect();
        let packed = [
            Packed::compressed_with(&dictionary(&passages), &parsed, &self.pack)?,
            Packed::compressed(&parsed.cited_places().collect::<Vec<CitedAt>>(), &self.pack)?,
            Packed::compressed(&observed, &self.pack)?,
        ];
        Ok(Prepared::New(
            packed,
            index_documents(&parsed, &passages, self.fields).collect(),
        ))
    }
}

/// The destination of the documents of the new state.
struct Output<'o> {
    /// The pack of this generation.
    pack: PackWriter,
    /// The passages of the new documents.
    passages: NewPassages,
    /// The folder of the engine's files.
    folder: &'o Path,
    /// The engine's writer.
    writer: &'o IndexWriter,
    /// The fields of the index.
    fields: &'o Fields,
}

impl Output<'_> {
    /// Writes a document; returns its file in the new manifest.
    fn write(&mut self, document: &Pending, prepared: Prepared) -> Result<IndexedFile, Error> {
        let mut file = document.file.clone();
        let packed = match prepared {
            Prepared::Kept => return Ok(file),
            Prepared::Moved(packed) => packed,
            Prepared::New(packed, entries) => {
                if document.was_indexed {
                    let owner = Term::from_field_text(self.fields.owner, &file.record.document);
                    self.writer.delete_term(owner);
                }
                file.passages = entries.len();
                guard(self.folder, || {
                    entries
                        .into_iter()
                        .try_for_each(|entry| self.passages.add(self.writer, entry))
                })?;
                packed
            }
        };
        let [parsed, cites, observed] = &packed;
        file.parsed = self.pack.push(parsed)?;
        file.cites = self.pack.push(cites)?;
        file.observed = self.pack.push(observed)?;
        Ok(file)
    }

    /// Ends the pack and the passages.
    fn finish(self) -> Result<(), Error> {
        self.pack.finish()?;
        guard(self.folder, || self.passages.join(self.writer))
    }
}
