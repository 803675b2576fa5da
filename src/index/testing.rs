//! Small indexes for tests. Each paragraph of a sample is a passage; nothing is parsed.

use std::cell::Cell;
use std::path::PathBuf;

use super::build::{BuildOptions, BuildReport, build_with};
use super::{Error, Index};
use crate::corpus::Corpus;
use crate::document::{Document, Metadata, Passage, Place};
use crate::reading::{Quality, Reading, Repair};
use crate::record::Parsed;
use crate::text::Span;

thread_local! {
    /// True if the updates of this thread leave the segments of the engine as they are.
    static KEEPS_SEGMENTS: Cell<bool> = const { Cell::new(false) };
}

/// Returns true if the updates of this thread leave the segments as they are, with what is deleted in them.
pub(super) fn keeps_segments() -> bool {
    KEEPS_SEGMENTS.get()
}

/// Runs `work`, whose updates leave the segments as they are, as those of large indexes do.
pub(crate) fn keeping_segments<T>(work: impl FnOnce() -> T) -> T {
    KEEPS_SEGMENTS.set(true);
    let done = work();
    KEEPS_SEGMENTS.set(false);
    done
}

/// A document of a test: an id, and paragraphs with blank lines between them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sample {
    /// Id and file stem.
    pub(crate) id: String,
    /// Text.
    pub(crate) text: String,
    /// Quality of the text.
    pub(crate) quality: Quality,
    /// Province.
    pub(crate) province: Option<String>,
    /// Damaged words, each as in the source and with its readings, best first.
    pub(crate) repairs: Vec<(String, Vec<String>)>,
    /// Footnote marks, each as a word with its mark, and the mark.
    pub(crate) marks: Vec<(String, String)>,
}

impl Sample {
    /// Returns a clean sample.
    pub(crate) fn new(id: &str, text: &str) -> Self {
        Self {
            id: id.to_owned(),
            text: text.to_owned(),
            ..Self::default()
        }
    }

    /// Sets the quality.
    pub(crate) fn quality(mut self, quality: Quality) -> Self {
        self.quality = quality;
        self
    }

    /// Adds a damaged word.
    pub(crate) fn repair(mut self, word: &str, readings: &[&str]) -> Self {
        let readings = readings.iter().map(|&reading| reading.to_owned()).collect();
        self.repairs.push((word.to_owned(), readings));
        self
    }

    /// Adds a footnote mark at the end of a word.
    pub(crate) fn mark(mut self, word: &str, mark: &str) -> Self {
        self.marks.push((word.to_owned(), mark.to_owned()));
        self
    }
}

/// A folder with files and their index, removed when it is dropped.
pub(crate) struct TestFolder {
    folder: tempfile::TempDir,
}

impl TestFolder {
    /// Creates an empty folder.
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// Returns the folder of the index.
    pub(crate) fn dir(&self) -> PathBuf {
        self.folder.path().join("index")
    }

    /// Returns the folder of the files.
    pub(crate) fn files(&self) -> PathBuf {
        self.folder.path().join("files")
    }

    /// Writes the files of `samples`, removes all others, and brings the index up to date.
    pub(crate) fn build(&self, samples: &[Sample]) -> Result<BuildReport, Error> {
        self.build_with(samples, &BuildOptions::default())
    }

    /// Writes and builds like [`Self::build`], with options.
    pub(crate) fn build_with(&self, samples: &[Sample], options: &BuildOptions) -> Result<BuildReport, Error> {
        let files = self.files();
        std::fs::create_dir_all(&files).unwrap();
        for file in std::fs::read_dir(&files).unwrap() {
            let path = file.unwrap().path();
            let stem = path.file_stem().unwrap().to_str().unwrap();
            if !samples.iter().any(|sample| sample.id == stem) {
                std::fs::remove_file(path).unwrap();
            }
        }
        for sample in samples {
            let path = files.join(format!("{}.txt", sample.id));
            if std::fs::read_to_string(&path).ok().as_ref() != Some(&sample.text) {
                std::fs::write(path, &sample.text).unwrap();
            }
        }
        let parser = |bare: Parsed, _: Reading| {
            let sample = samples.iter().find(|sample| sample.id == bare.document.id).unwrap();
            parsed(sample, bare.document.text)
        };
        build_with(&self.dir(), Corpus::scan(&[files]), options, &mut (), &parser)
    }

    /// Opens the index.
    pub(crate) fn open(&self) -> Index {
        Index::open(&self.dir()).unwrap()
    }
}

/// Builds an index of samples.
pub(crate) fn index_of(samples: &[Sample]) -> (TestFolder, Index) {
    let folder = TestFolder::new();
    folder.build(samples).unwrap();
    let index = folder.open();
    (folder, index)
}

/// Returns the document of a sample, with its paragraphs as passages.
fn parsed(sample: &Sample, text: String) -> Parsed {
    let mut passages = Vec::new();
    let mut at = 0;
    for paragraph in text.split_inclusive("\n\n") {
        let span = Span::new(at, at + paragraph.len());
        at = span.end;
        let inside = |word: &str| paragraph.match_indices(word).map(|(at, _)| at).collect::<Vec<_>>();
        let mut marks: Vec<Span> = Vec::new();
        for (word, mark) in &sample.marks {
            let ends = inside(word).into_iter().map(|at| span.start + at + word.len());
            marks.extend(ends.map(|end| Span::new(end - mark.len(), end)));
        }
        marks.sort();
        passages.push(Passage {
            address: (text[..span.start].matches('\n').count() + 1).to_string(),
            place: Place::Body,
            fragments: vec![span],
            section: None,
            page: 1,
            footnote: None,
            marks,
        });
    }
    let mut repairs: Vec<Repair> = Vec::new();
    for (word, readings) in &sample.repairs {
        repairs.extend(text.match_indices(word.as_str()).map(|(at, _)| Repair {
            span: Span::new(at, at + word.len()),
            text: readings[0].clone(),
            alternatives: readings[1..].to_vec(),
            confidence: 0.9,
        }));
    }
    repairs.sort_by_key(|repair| repair.span.start);
    let document = Document {
        id: sample.id.clone(),
        path: format!("{}.txt", sample.id),
        metadata: Metadata {
            quality: sample.quality,
            province: sample.province.clone(),
            ..Metadata::default()
        },
        text,
        pages: Vec::new(),
        sections: Vec::new(),
        passages,
        footnotes: Vec::new(),
        furniture: Vec::new(),
        parts: Vec::new(),
    };
    Parsed {
        document,
        reading: Reading {
            repairs,
            ..Reading::default()
        },
        ..Parsed::default()
    }
}
