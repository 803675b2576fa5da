//! What damaged documents are read with: the shipped model, joined with what the clean documents of the corpus teach.
//!
//! The first pass of a build parses what is clean and leaves what is damaged unread ([`super::take_up`]). Then it is
//! known which text there is to learn from. A corpus without a damaged document learns nothing, and pays nothing.
//!
//! What was learnt is kept in the index (`learnt-N`, named by the manifest), with the list of documents it was
//! learnt from. As long as their text has changed by little ([`MOST_DRIFT_PERCENT`]) a new damaged document is read
//! with what is kept, and those read before stay as they are. Beyond that, or when the program ships another model,
//! it is learnt anew and every damaged document is read anew. So the same files give the same index when it is built
//! at one go, and nearly the same (see there) when they came one by one.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::build::{Progress, Report, Step};
use super::error::Error;
use super::manifest::{IndexedFile, Location};
use super::pack::{self, PackWriter};
use super::take_up::{Parser, Source, Taken, on_all_cores};
use crate::reading::{Learner, Learnt, Model, Reader};
use crate::record::Parsed;

/// At most so many bytes of clean text are learnt from: more adds little to the counts of three words, and this
/// much is heard in about a second and in less than 100 MB of memory.
const MOST_BYTES: usize = 8_000_000;

/// How many of 100 words learnt from may have come or gone since, before it is learnt anew.
///
/// A tenth of the clean seeds left out changes 13 of 9,832 words read in the scan 002, one in 750; leaving all of
/// them out changes 127.
const MOST_DRIFT_PERCENT: u64 = 10;

/// What the damaged documents of an index were read with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Lesson {
    /// The shipped model that it was joined with ([`Model::shipped_name`]).
    shipped: String,
    /// What it was learnt from.
    syllabus: Syllabus,
    /// Where it is kept: generation and place of the `learnt-N` file.
    pub(super) kept: Location,
}

impl Lesson {
    /// Does it serve where the program ships `shipped` and there is `syllabus` to learn from?
    fn serves(&self, shipped: &str, syllabus: &Syllabus) -> bool {
        self.shipped == shipped && !self.syllabus.drifted(syllabus)
    }

    /// What was learnt, as the index in `dir` has kept it.
    ///
    /// # Errors
    /// [`Error::Damaged`], [`Error::Io`].
    pub(super) fn recall(&self, dir: &Path) -> Result<Learnt, Error> {
        let path = path(dir, self.kept.pack);
        let bytes = pack::read_bytes(&path, &self.kept)?;
        postcard::from_bytes(&bytes).map_err(|cause| Error::Damaged {
            file: path,
            cause: Some(cause.into()),
        })
    }
}

/// Which clean text there is to learn from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Syllabus {
    /// Digest of each file and its number of clean words, sorted.
    texts: Vec<(String, u64)>,
}

impl Syllabus {
    /// The files of an index to learn from: in the order of their digests, which says nothing of their names and
    /// stays when others come, until there are [`MOST_BYTES`] of clean text.
    fn of<'f>(files: impl Iterator<Item = &'f IndexedFile>) -> Self {
        let mut clean: Vec<&IndexedFile> = files.filter(|file| file.clean.words > 0).collect();
        clean.sort_by_key(|file| &file.digest);
        let mut bytes = 0;
        let within = clean.into_iter().take_while(|file| {
            let room = bytes < MOST_BYTES as u64;
            bytes += file.clean.bytes;
            room
        });
        Self {
            texts: within.map(|file| (file.digest.clone(), file.clean.words)).collect(),
        }
    }

    /// Has so much changed from this to `now` that it should be learnt anew?
    fn drifted(&self, now: &Self) -> bool {
        let words = |texts: &[(String, u64)], others: &[(String, u64)]| -> u64 {
            let gone = texts.iter().filter(|text| others.binary_search(text).is_err());
            gone.map(|(_, words)| words).sum()
        };
        let learnt: u64 = self.texts.iter().map(|(_, words)| words).sum();
        let changed = words(&self.texts, &now.texts) + words(&now.texts, &self.texts);
        changed * 100 > learnt * MOST_DRIFT_PERCENT
    }
}

/// The file of what a generation learnt.
pub(super) fn path(dir: &Path, generation: u64) -> PathBuf {
    dir.join(format!("learnt-{generation}"))
}

/// What the damaged documents of the index to be were read with.
pub(super) enum Outcome {
    /// There is none.
    NoneDamaged,
    /// What the index has kept.
    Kept(Lesson),
    /// What was learnt now, and is yet to be written.
    New(Lesson, Learnt),
}

impl Outcome {
    /// The lesson for the manifest of a generation; one that is new is written.
    pub(super) fn write(self, dir: &Path, generation: u64) -> Result<Option<Lesson>, Error> {
        match self {
            Self::NoneDamaged => Ok(None),
            Self::Kept(lesson) => Ok(Some(lesson)),
            Self::New(lesson, learnt) => {
                let path = path(dir, generation);
                let bytes = postcard::to_allocvec(&learnt)
                    .map_err(|cause| Error::io("write", &path)(std::io::Error::other(cause)))?;
                let mut file = PackWriter::create(path, generation)?;
                let kept = file.push_bytes(&bytes)?;
                file.finish()?;
                Ok(Some(Lesson { kept, ..lesson }))
            }
        }
    }
}

/// The second pass of a build: the damaged documents are read.
pub(super) struct SecondPass<'r> {
    /// The folder of the index.
    pub(super) dir: &'r Path,
    /// Where new documents lie, and are laid.
    pub(super) spool: &'r mut PackWriter,
    /// Makes a document of a text and its reading.
    pub(super) parse: &'r Parser<'r>,
    /// Threads that read.
    pub(super) threads: usize,
    /// Is told how far it is.
    pub(super) progress: &'r mut dyn Progress,
}

impl SecondPass<'_> {
    /// Reads those of `taken` that are unread, and all damaged ones where what `kept` holds no longer fits.
    pub(super) fn read(
        mut self,
        taken: &mut [Taken],
        kept: Option<Lesson>,
        report: &mut Report,
    ) -> Result<Outcome, Error> {
        if taken.iter().all(|document| !document.file.damaged) {
            return Ok(Outcome::NoneDamaged);
        }
        self.spool.flush()?;
        let (shipped, syllabus) = (
            Model::shipped_name(),
            Syllabus::of(taken.iter().map(|taken| &taken.file)),
        );
        let kept = kept.filter(|kept| kept.serves(&shipped, &syllabus));
        let (learnt, outcome) = match kept {
            Some(lesson) if taken.iter().all(|document| !document.is_unread()) => return Ok(Outcome::Kept(lesson)),
            Some(lesson) => (lesson.recall(self.dir)?, Outcome::Kept(lesson)),
            None => {
                let learnt = self.learn(taken, &syllabus)?;
                report.learnt_from = Some(syllabus.texts.len());
                let lesson = Lesson {
                    shipped,
                    syllabus,
                    kept: Location::nowhere(),
                };
                (learnt.clone(), Outcome::New(lesson, learnt))
            }
        };
        let anew = matches!(outcome, Outcome::New(..));
        let mut damaged: Vec<&mut Taken> = taken
            .iter_mut()
            .filter(|document| document.is_unread() || anew && document.file.damaged)
            .collect();
        report.repaired = damaged.len();
        self.read_all(&mut damaged, &Model::shipped().joined(&learnt))?;
        Ok(outcome)
    }

    /// Learns from the documents of `taken` that stand in `syllabus`, in its order.
    fn learn(&mut self, taken: &[Taken], syllabus: &Syllabus) -> Result<Learnt, Error> {
        let by_digest: HashMap<&str, &Taken> = taken
            .iter()
            .map(|document| (document.file.digest.as_str(), document))
            .collect();
        let mut learner = Learner::with_limit(MOST_BYTES);
        let total = syllabus.texts.len();
        for (done, (digest, _)) in syllabus.texts.iter().enumerate() {
            if let Some(document) = by_digest.get(digest.as_str()) {
                let (path, location) = document.place(self.dir, self.spool.path());
                learner.add(&pack::read::<Parsed>(&path, location)?.document.text);
            }
            self.progress.advance(Step::Learn, done + 1, total);
        }
        Ok(Model::shipped().learn_from(learner))
    }

    /// Reads `damaged` with `model`, on all cores.
    fn read_all(self, damaged: &mut [&mut Taken], model: &Model) -> Result<(), Error> {
        let Self {
            dir,
            spool,
            parse,
            threads,
            progress,
        } = self;
        let places: Vec<(PathBuf, Location)> = damaged
            .iter()
            .map(|document| document.place(dir, spool.path()))
            .map(|(path, location)| (path, location.clone()))
            .collect();
        // Each thread takes a reader and gives it back: what it remembers makes the next document faster.
        let readers: Mutex<Vec<Reader<'_>>> = Mutex::new(Vec::new());
        let idle = || readers.lock().unwrap_or_else(PoisonError::into_inner);
        let read = |(path, location): &(PathBuf, Location)| {
            let bare: Parsed = pack::read(path, location)?;
            let mut reader = idle().pop().unwrap_or_else(|| Reader::new(model));
            let reading = reader.read(&bare.document.text);
            idle().push(reader);
            Ok(parse(bare, reading))
        };
        let mut done = 0;
        on_all_cores(&places, threads, &read, |index, parsed: Result<Parsed, Error>| {
            let parsed = parsed?;
            let document = &mut *damaged[index];
            document.file.describe(&parsed);
            document.source = Source::Spool(spool.push(&parsed)?, document.was_known());
            done += 1;
            progress.advance(Step::Repair, done, places.len());
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Clean;

    /// The record of a document that has nothing but its place in an index.
    fn bare_record() -> crate::record::DocumentRecord {
        Parsed::default().document_record()
    }

    fn syllabus(texts: &[(&str, u64)]) -> Syllabus {
        let texts = texts.iter().map(|&(digest, words)| (digest.to_owned(), words));
        Syllabus { texts: texts.collect() }
    }

    #[test]
    fn a_lesson_serves_until_a_tenth_has_come_or_gone() {
        let lesson = Lesson {
            shipped: "one".to_owned(),
            syllabus: syllabus(&[("a", 900), ("c", 100)]),
            kept: Location::nowhere(),
        };
        let rows: [(&[(&str, u64)], bool); 7] = [
            (&[("a", 900), ("c", 100)], true),
            (&[("a", 900)], true),
            (&[("a", 900), ("b", 100), ("c", 100)], true),
            (&[("a", 900), ("b", 101), ("c", 100)], false),
            (&[("a", 900), ("d", 1)], false),
            (&[("a", 900), ("b", 50), ("c", 100), ("d", 51)], false),
            (&[], false),
        ];
        for (now, serves) in rows {
            assert_eq!(lesson.serves("one", &syllabus(now)), serves, "{now:?}");
            assert!(!lesson.serves("another model", &syllabus(now)));
        }
    }

    #[test]
    fn nothing_learnt_serves_until_there_is_something_to_learn() {
        let lesson = Lesson {
            shipped: "one".to_owned(),
            syllabus: syllabus(&[]),
            kept: Location::nowhere(),
        };
        assert!(lesson.serves("one", &syllabus(&[])));
        assert!(!lesson.serves("one", &syllabus(&[("a", 1)])));
    }

    #[test]
    fn what_is_learnt_from_is_bounded_and_chosen_by_content() {
        let file = |digest: &str, bytes: u64| IndexedFile {
            record: bare_record(),
            path: PathBuf::new(),
            size: bytes,
            modified_ns: 0,
            digest: digest.to_owned(),
            passages: 1,
            clean: Clean {
                bytes,
                words: bytes / 6,
            },
            damaged: false,
            parsed: Location::nowhere(),
            cites: Location::nowhere(),
        };
        let most = MOST_BYTES as u64;
        let files = [
            file("d", most),
            file("c", 0),
            file("b", most / 2),
            file("a", most / 2 - 1),
        ];
        let digests = |files: &[IndexedFile]| -> Vec<String> {
            let chosen = Syllabus::of(files.iter()).texts;
            chosen.into_iter().map(|(digest, _)| digest).collect()
        };
        assert_eq!(digests(&files), ["a", "b", "d"], "the last one fills it up");
        assert_eq!(digests(&files[1..]), ["a", "b"], "the others stay when one goes");
    }
}
