//! The second pass of a build: reads the damaged documents, once all the clean ones are known.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use super::first_pass::{PackedDocument, Pending, Places, Source};
use super::report::{BuildReport, BuildStep, Progress};
use super::workers;
use crate::index::Error;
use crate::index::folder_index::FolderIndex;
use crate::index::learnt_model::{LearntModel, TrainingText, TrainingTexts};
use crate::index::manifest::IndexedFile;
use crate::index::pack::PackWriter;
use crate::reading::{Learner, Learnt, Model, Reader};
use crate::record::ParseFn;
use crate::text::Span;

/// The largest amount of clean text to learn from. More adds little to the counts of three words, and counting this
/// much takes about a second and less than 100 MB of memory.
const MAX_TRAINING_BYTES: usize = 8_000_000;

/// The counts that the damaged documents of the new index were read with, joined with the shipped model.
pub(super) enum Training {
    /// Nothing: no document is damaged.
    NotNeeded,
    /// The counts that the old index stores.
    Stored(LearntModel),
    /// Counts learnt in this build and not written yet.
    New(LearntModel, Learnt),
}

impl Training {
    /// Returns the entry for the manifest of `generation`; new counts are written first.
    pub(super) fn write(self, dir: &Path, generation: u64) -> Result<Option<LearntModel>, Error> {
        match self {
            Self::NotNeeded => Ok(None),
            Self::Stored(model) => Ok(Some(model)),
            Self::New(model, learnt) => model.write(&learnt, dir, generation).map(Some),
        }
    }
}

/// The second pass.
pub(super) struct SecondPass<'p> {
    /// The folder of the index.
    pub(super) dir: &'p Path,
    /// The old index, unless all is read anew.
    pub(super) old: Option<&'p FolderIndex>,
    /// Holds the new documents, and receives them once they are parsed.
    pub(super) spool: &'p mut PackWriter,
    /// Parses a document with the reading of its text.
    pub(super) parse: &'p ParseFn<'p>,
    /// Threads that read.
    pub(super) threads: usize,
    /// Counts what was read.
    pub(super) report: &'p mut BuildReport,
    /// Receives the progress.
    pub(super) progress: &'p mut dyn Progress,
}

impl SecondPass<'_> {
    /// Reads the documents that are not parsed yet; if the `stored` counts are no longer valid, learns new ones and
    /// reads all the damaged documents again.
    pub(super) fn run(mut self, documents: &mut [Pending], stored: Option<LearntModel>) -> Result<Training, Error> {
        if documents.iter().all(|document| !document.file.damaged) {
            return Ok(Training::NotNeeded);
        }
        self.spool.flush()?;
        let shipped = Model::shipped_name();
        let texts = training_texts(documents.iter().map(|document| &document.file));
        let stored = stored.filter(|stored| stored.is_valid_for(&shipped, &texts));
        let (learnt, training) = match stored {
            // The usual update: no damaged file is new, so the model need not even be read.
            Some(stored) if documents.iter().all(|document| !document.is_unparsed()) => {
                return Ok(Training::Stored(stored));
            }
            Some(stored) => (stored.read(self.dir)?, Training::Stored(stored)),
            None => {
                let learnt = self.learn(documents, &texts)?;
                self.report.learnt_from = Some(texts.texts.len());
                let model = LearntModel::unwritten(shipped, texts);
                (learnt.clone(), Training::New(model, learnt))
            }
        };
        // Documents read with other counts would differ from those of an index built in one go.
        let all = matches!(training, Training::New(..));
        let mut damaged: Vec<&mut Pending> = documents
            .iter_mut()
            .filter(|document| document.is_unparsed() || all && document.file.damaged)
            .collect();
        self.report.repaired = damaged.len();
        self.read_all(&mut damaged, &Model::shipped().joined(&learnt))?;
        Ok(training)
    }

    /// Learns from the documents whose texts are in `texts`, in the order of `texts`.
    fn learn(&mut self, documents: &[Pending], texts: &TrainingTexts) -> Result<Learnt, Error> {
        let by_digest: HashMap<&str, &Pending> = documents
            .iter()
            .map(|document| (document.file.digest.as_str(), document))
            .collect();
        let mut learner = Learner::with_limit(MAX_TRAINING_BYTES);
        let places = Places {
            spool: self.spool.path(),
            old: self.old,
        };
        let total = texts.texts.len();
        for (done, text) in texts.texts.iter().enumerate() {
            if let Some(document) = by_digest.get(text.digest.as_str()) {
                learner.add(&places.read(document)?.document.text);
            }
            self.progress.advance(BuildStep::Learn, done + 1, total);
        }
        Ok(Model::shipped().learn_from(learner))
    }

    /// Reads `damaged` with `model`, on several threads.
    fn read_all(self, damaged: &mut [&mut Pending], model: &Model) -> Result<(), Error> {
        let Self {
            old,
            spool,
            parse,
            threads,
            progress,
            ..
        } = self;
        // Each thread borrows a reader and returns it: what a reader remembers makes the next document faster.
        let readers: Mutex<Vec<Reader<'_>>> = Mutex::new(Vec::new());
        let idle = || readers.lock().unwrap_or_else(PoisonError::into_inner);
        let spool_path = spool.path().to_path_buf();
        let places = Places {
            spool: &spool_path,
            old,
        };
        let read = |document: &&mut Pending| {
            let bare = places.read(document)?;
            let mut reader = idle().pop().unwrap_or_else(|| Reader::new(model));
            let words: Vec<(Span, f32)> = bare.facsimile.confidences().collect();
            let reading = reader.read_recognized(&bare.document.text, &words);
            idle().push(reader);
            let parsed = parse(bare, reading);
            let described = (parsed.document_record(), parsed.document.passages.len());
            Ok((PackedDocument::of(&parsed, &spool_path)?, described))
        };
        let total = damaged.len();
        let mut done = 0;
        let mut spooled = Vec::with_capacity(total);
        workers::for_each(damaged, threads, &read, |index, parsed: Result<_, Error>| {
            let (parsed, described) = parsed?;
            spooled.push((index, parsed.push(spool)?, described));
            done += 1;
            progress.advance(BuildStep::Repair, done, total);
            Ok(())
        })?;
        for (index, parsed, (record, passages)) in spooled {
            damaged[index].file.describe(record, passages);
            damaged[index].source = Source::Parsed(parsed);
        }
        Ok(())
    }
}

/// Returns the texts to learn from, up to [`MAX_TRAINING_BYTES`] of clean text. They are chosen in the order of their
/// digests: it does not depend on names, and stays the same when other files come.
fn training_texts<'f>(files: impl Iterator<Item = &'f IndexedFile>) -> TrainingTexts {
    let mut clean: Vec<&IndexedFile> = files.filter(|file| file.clean.words > 0).collect();
    clean.sort_by_key(|file| &file.digest);
    let mut bytes = 0;
    let within = clean.into_iter().take_while(|file| {
        let room = bytes < MAX_TRAINING_BYTES as u64;
        bytes += file.clean.bytes;
        room
    });
    let texts = within.map(|file| TrainingText {
        digest: file.digest.clone(),
        words: file.clean.words,
    });
    TrainingTexts { texts: texts.collect() }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::corpus::UnreadPages;
    use crate::index::Clean;
    use crate::index::pack::Location;
    use crate::record::Parsed;

    #[test]
    fn training_texts_are_bounded_and_chosen_by_content() {
        let file = |digest: &str, bytes: u64| IndexedFile {
            record: Parsed::default().document_record(),
            path: PathBuf::new(),
            location: PathBuf::new(),
            parsed_by: String::new(),
            size: bytes,
            modified_ns: 0,
            digest: digest.to_owned(),
            passages: 1,
            clean: Clean {
                bytes,
                words: bytes / 6,
            },
            damaged: false,
            unread: UnreadPages::default(),
            parsed: Location::nowhere(),
            cites: Location::nowhere(),
            observed: Location::nowhere(),
        };
        let most = MAX_TRAINING_BYTES as u64;
        let files = [
            file("d", most),
            file("c", 0),
            file("b", most / 2),
            file("a", most / 2 - 1),
        ];
        let digests = |files: &[IndexedFile]| -> Vec<String> {
            let chosen = training_texts(files.iter()).texts;
            chosen.into_iter().map(|text| text.digest).collect()
        };
        assert_eq!(digests(&files), ["a", "b", "d"], "the last one fills it up");
        assert_eq!(digests(&files[1..]), ["a", "b"], "the others stay when one goes");
    }
}
