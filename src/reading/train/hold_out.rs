//! Parallel text that is held out of the training of a model, to measure the model with.

use std::collections::HashSet;

use super::measure::letter_runs;
use super::{Score, Sources};
use crate::reading::{Model, Reading};
use crate::text::fold;

/// The number of syllables in a row that identify the same wording.
const SHARED_SYLLABLES: usize = 6;

/// A paragraph repeats held-out text if it shares at least this share of its stretches with it: laws repeat set phrases
/// of each other, but not every third line.
const SAME_TEXT: f32 = 0.3;

/// Lines as printed and as a scan read them.
#[derive(Clone, Debug, Default)]
pub struct HeldOut {
    /// As printed, one line each.
    pub printed: Vec<String>,
    /// As read, one line each.
    pub read: Vec<String>,
}

impl HeldOut {
    /// Drops from `sources` the paragraphs that repeat this text, and returns their number.
    pub fn drop_from(&self, sources: &mut Sources) -> usize {
        let own = syllables(&self.printed.join(" "));
        let known: HashSet<&[String]> = own.windows(SHARED_SYLLABLES).collect();
        let mut dropped = 0;
        for text in &mut sources.texts {
            let kept: Vec<&str> = text.lines().filter(|line| !repeats(line, &known)).collect();
            dropped += text.lines().count() - kept.len();
            *text = kept.join("\n");
        }
        dropped
    }

    /// Measures how well `model` reads this text.
    #[must_use]
    pub fn score(&self, model: &Model) -> Score {
        let source = self.read.join("\n");
        let reading = Reading::with(model, &source);
        let lines: Vec<(usize, &str)> = (1..).zip(self.printed.iter().map(String::as_str)).collect();
        Score::of(&source, &reading, &lines)
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
