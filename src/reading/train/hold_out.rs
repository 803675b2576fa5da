//! Parallel text that is held out of the training of a model, to measure the model with.

use std::collections::HashSet;

use super::measure::letter_runs;
use super::{Judged, ParallelLine, Score, Sources, judged};
use crate::reading::{Model, Reader, Reading};
use crate::text::{Span, fold};

/// The number of syllables in a row that identify the same wording.
const SHARED_SYLLABLES: usize = 6;

/// A paragraph repeats held-out text if it shares at least this share of its stretches with it: laws repeat set phrases
/// of each other, but not every third line.
const SAME_TEXT: f32 = 0.3;

/// Lines of parallel text that an OCR read.
#[derive(Clone, Debug, Default)]
pub struct HeldOut {
    /// The lines, as they follow each other.
    pub lines: Vec<ParallelLine>,
    /// True if the OCR knows Vietnamese.
    pub marked: bool,
}

impl HeldOut {
    /// Drops from `sources` the paragraphs that repeat this text, and returns their number.
    pub fn drop_from(&self, sources: &mut Sources) -> usize {
        let printed: Vec<&str> = self.lines.iter().map(|line| line.printed.as_str()).collect();
        let own = syllables(&printed.join(" "));
        let known: HashSet<&[String]> = own.windows(SHARED_SYLLABLES).collect();
        let mut dropped = 0;
        for text in &mut sources.texts {
            let kept: Vec<&str> = text.lines().filter(|line| !repeats(line, &known)).collect();
            dropped += text.lines().count() - kept.len();
            *text = kept.join("\n");
        }
        dropped
    }

    /// Returns the text as read, and its reading with `model`.
    fn read(&self, model: &Model) -> (String, Reading) {
        let mut source = String::new();
        let mut confidences: Vec<(Span, f32)> = Vec::new();
        for line in &self.lines {
            let start = source.len();
            let placed = line.confidences.iter();
            confidences.extend(
                placed.map(|&(span, confidence)| (Span::new(start + span.start, start + span.end), confidence)),
            );
            source.push_str(&line.read);
            source.push('\n');
        }
        let mut reader = Reader::new(model);
        let reading = if self.marked {
            reader.read_recognized(&source, &confidences)
        } else {
            reader.read(&source)
        };
        (source, reading)
    }

    /// Measures how well `model` reads this text.
    #[must_use]
    pub fn score(&self, model: &Model) -> Score {
        let (source, reading) = self.read(model);
        Score::of(&source, &reading, &self.printed())
    }

    /// Measures the text as it was read, without a reading.
    #[must_use]
    pub fn plain_score(&self, model: &Model) -> Score {
        Score::of(&self.read(model).0, &Reading::default(), &self.printed())
    }

    /// Judges each syllable that `model` reads anew or calls unsure.
    #[must_use]
    pub fn judged(&self, model: &Model) -> Vec<Judged> {
        let (source, reading) = self.read(model);
        judged(&source, &reading, &self.printed())
    }

    /// Returns the numbers of the lines, from 1, and what is printed on them.
    fn printed(&self) -> Vec<(usize, &str)> {
        (1..).zip(self.lines.iter().map(|line| line.printed.as_str())).collect()
    }
}

/// Returns true if `line` repeats enough of the stretches `known` to be the same text.
fn repeats(line: &str, known: &HashSet<&[String]>) -> bool {
    let own = syllables(line);
    let windows = own.windows(SHARED_SYLLABLES);
    let shared = windows.clone().filter(|window| known.contains(window)).count();
    shared > 0 && shared as f32 >= SAME_TEXT * windows.len() as f32
}

/// Returns the syllables of a text, folded.
fn syllables(text: &str) -> Vec<String> {
    letter_runs(text).map(|(_, run)| fold(run)).collect()
}
