//! What the clean documents of a corpus teach: their names and terms, and what stands behind what.
//!
//! A corpus of one province says `Đồng Tháp` and `Hội đồng nhân dân Tỉnh` far more often than the laws that
//! the shipped n-grams were counted in. Its counts are joined with the shipped probabilities as with a
//! prior (`MacKay` and Peto 1995): few counts move little, many decide.

use std::collections::{BTreeMap, HashMap};

use super::quality;
use super::tables::{WordRow, quantize};
use super::token::{Case, Sort, clean_form, cut};
use super::words::{BOUNDARY, NUMBER, SYMBOL, UNKNOWN, Words};
use crate::text::fold;

/// How often a word unknown to the inventory must stand in the corpus to be added.
const LEAST_OCCURRENCES: u32 = 2;

/// Least letters of an added word: shorter ones are mostly misprints, and misprints attract noise.
const LEAST_LETTERS: usize = 3;

/// Weight of what is known beforehand, in occurrences: behind one word, and behind two.
///
/// Set on scans with one clean document of another body or of the same as the corpus: less than half of
/// this makes a corpus of one short document do harm.
const PRIOR: [f32; 2] = [200.0, 25.0];

/// Counts of one corpus.
#[derive(Debug, Default)]
pub(crate) struct Learnt {
    /// Occurrences of each word.
    single: HashMap<u16, f32>,
    /// Occurrences of two words, keyed by both, with those of the first as a context under [`ANY`].
    double: HashMap<(u16, u16), f32>,
    /// The same for three.
    triple: HashMap<(u16, u16, u16), f32>,
    total: f32,
}

/// Stands for any continuation in the keys of contexts.
const ANY: u16 = u16::MAX;

impl Learnt {
    /// Counts the clean stretches of `texts` and adds their words to `words`.
    pub(crate) fn of<'t>(texts: impl IntoIterator<Item = &'t str>, words: &mut Words) -> Self {
        let sentences: Vec<Vec<Shown>> = texts.into_iter().flat_map(clean_sentences).collect();
        add_words(&sentences, words);
        let mut learnt = Self::default();
        for sentence in &sentences {
            learnt.count(sentence, words);
        }
        learnt
    }

    /// Counts one sentence.
    fn count(&mut self, sentence: &[Shown], words: &Words) {
        let (mut before, mut last) = (BOUNDARY, BOUNDARY);
        let indices = sentence.iter().map(|shown| match shown {
            Shown::Class(class) => *class,
            Shown::Word(form) => words.find(form).unwrap_or(UNKNOWN),
        });
        for word in indices.chain([BOUNDARY]) {
            *self.single.entry(word).or_default() += 1.0;
            self.total += 1.0;
            for next in [word, ANY] {
                *self.double.entry((last, next)).or_default() += 1.0;
                *self.triple.entry((before, last, next)).or_default() += 1.0;
            }
            (before, last) = (last, word);
        }
    }

    /// Cost of `word` alone, from its counts here and the shipped cost.
    pub(crate) fn alone(&self, word: u16, shipped: f32) -> f32 {
        let count = self.single.get(&word).copied().unwrap_or(0.0);
        let prior = self.total.max(1.0);
        -((count + prior * (-shipped).exp()) / (self.total + prior)).ln()
    }

    /// Cost of `word` behind `before` and `last`, from its counts here and the shipped cost.
    pub(crate) fn join(&self, shipped: f32, before: u16, last: u16, word: u16) -> f32 {
        let Some(context) = self.double.get(&(last, ANY)) else {
            return shipped;
        };
        let mut likely = (-shipped).exp();
        let seen = self.double.get(&(last, word)).copied().unwrap_or(0.0);
        likely = (seen + PRIOR[0] * likely) / (context + PRIOR[0]);
        if let Some(context) = self.triple.get(&(before, last, ANY)) {
            let seen = self.triple.get(&(before, last, word)).copied().unwrap_or(0.0);
            likely = (seen + PRIOR[1] * likely) / (context + PRIOR[1]);
        }
        -likely.ln()
    }
}

/// A word of clean text.
#[derive(Debug)]
enum Shown {
    /// A number, symbol or what else is no word.
    Class(u16),
    /// A word in the inventory's form.
    Word(String),
}

/// The sentences of the clean stretches of `text`.
fn clean_sentences(text: &str) -> Vec<Vec<Shown>> {
    let mut sentences: Vec<Vec<Shown>> = Vec::new();
    for stretch in quality::clean_stretches(text) {
        for piece in cut(text, stretch) {
            let shown = match piece.sort {
                Sort::Number => Shown::Class(NUMBER),
                Sort::Symbol => Shown::Class(SYMBOL),
                Sort::Word => Shown::Word(clean_form(piece.span.slice(text))),
            };
            match sentences.last_mut() {
                Some(sentence) if !piece.opens => sentence.push(shown),
                _ => sentences.push(vec![shown]),
            }
        }
    }
    sentences
}

/// Adds the words that stand in the sentences often enough and are spelt with letters alone.
fn add_words(sentences: &[Vec<Shown>], words: &mut Words) {
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for shown in sentences.iter().flatten() {
        if let Shown::Word(form) = shown
            && words.find(form).is_none()
        {
            *counts.entry(form).or_default() += 1;
        }
    }
    let new: Vec<String> = counts
        .into_iter()
        .filter(|&(form, count)| {
            count >= LEAST_OCCURRENCES
                && form.chars().count() >= LEAST_LETTERS
                && super::letters::printed_codes(form).is_some()
        })
        .map(|(form, _)| form.to_owned())
        .collect();
    for form in new {
        let acronym = Case::of(&form) == Case::Upper || fold(&form).chars().all(|c| !"aeiouy".contains(c));
        words.push(WordRow {
            form,
            unseen: quantize(0.0),
            capital: 128,
            acronym,
        });
    }
}
