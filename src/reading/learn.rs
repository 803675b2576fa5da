//! Learns from the clean documents of a corpus: its names and terms, and which words follow each other.
//!
//! A corpus of one province has `Đồng Tháp` and `Hội đồng nhân dân Tỉnh` far more often than the laws in which the
//! shipped n-grams were counted. Its counts are combined with the shipped probabilities as with a prior (`MacKay` and
//! Peto 1995): a few occurrences change little, many decide.
//!
//! A [`Learner`] is given the texts one by one. The result ([`Learnt`]) is plain data that can be stored, and a model
//! is joined with it by [`Model::joined`](super::Model::joined).

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use serde::{Deserialize, Serialize};

use super::lexicon::{BOUNDARY, CLASSES, Lexicon, NUMBER, SYMBOL, UNKNOWN};
use super::tables::WordRow;
use super::token::{Case, TextPieceKind, clean_form, cut};
use crate::text::{Span, fold};

/// The fewest occurrences in the corpus of a word that is added to the lexicon.
const MIN_OCCURRENCES: u32 = 2;

/// The fewest letters of an added word: shorter ones are mostly misprints, and misprints attract noise.
const MIN_LETTERS: usize = 3;

/// Weight of the prior, in occurrences: after one word, and after two.
///
/// Tuned on scans, with a corpus of one clean document, either of the same body or of another. With less than half of
/// these weights a corpus of one short document does harm.
const PRIOR: [f32; 2] = [200.0, 25.0];

/// Collects the words of clean texts.
///
/// It takes four bytes for each word, and holds each different word once.
#[derive(Debug)]
pub struct Learner {
    /// Bytes of clean text that it will still accept.
    bytes_left: usize,
    /// All words in order, with a [`BOUNDARY`] before each sentence: a number below that of [`CLASSES`] is a class, the
    /// others count on into [`Self::forms`].
    sequence: Vec<u32>,
    /// The different words, as the lexicon spells them.
    forms: Vec<String>,
    /// The number of each word.
    numbers: HashMap<String, u32>,
}

impl Learner {
    /// Creates a learner that accepts at most `bytes` bytes of clean text, in whole lines, and ignores the rest.
    #[must_use]
    pub fn with_limit(bytes: usize) -> Self {
        Self {
            bytes_left: bytes,
            sequence: Vec::new(),
            forms: Vec::new(),
            numbers: HashMap::new(),
        }
    }

    /// Adds the bytes `stretch` of `text`, which are clean.
    pub(super) fn add_stretch(&mut self, text: &str, stretch: Span) {
        let stretch = beginning(text, stretch, self.bytes_left);
        self.bytes_left = if stretch.is_empty() {
            0
        } else {
            self.bytes_left - stretch.len()
        };
        for piece in cut(text, stretch) {
            if piece.opens {
                self.sequence.push(u32::from(BOUNDARY));
            }
            let number = match piece.kind {
                TextPieceKind::Number => u32::from(NUMBER),
                TextPieceKind::Symbol => u32::from(SYMBOL),
                TextPieceKind::Word => self.number(clean_form(piece.span.slice(text))),
            };
            self.sequence.push(number);
        }
    }

    /// Returns the number of a word; a new word gets the next one.
    fn number(&mut self, form: String) -> u32 {
        if let Some(&number) = self.numbers.get(&form) {
            return number;
        }
        let number = (CLASSES.len() + self.forms.len()) as u32;
        self.forms.push(form.clone());
        self.numbers.insert(form, number);
        number
    }

    /// Returns what was learnt beyond `lexicon`. The order of the texts makes no difference.
    pub(super) fn finish(self, lexicon: &Lexicon) -> Learnt {
        let mut lexicon = lexicon.clone();
        let added = self.new_words(&lexicon);
        add_words(&added, &mut lexicon);
        let classes = (0..CLASSES.len()).map(|class| class as u16);
        let known = self.forms.iter().map(|form| lexicon.find(form).unwrap_or(UNKNOWN));
        let indices: Vec<u16> = classes.chain(known).collect();
        let mut keys = Vec::with_capacity(self.sequence.len() + 1);
        let (mut before, mut last) = (BOUNDARY, BOUNDARY);
        for &number in self.sequence.iter().chain([&u32::from(BOUNDARY)]) {
            let word = indices[number as usize];
            if word == BOUNDARY && last == BOUNDARY {
                continue; // an empty sentence
            }
            keys.push(key(&[before, last, word]));
            (before, last) = (last, word);
            if word == BOUNDARY {
                before = BOUNDARY;
            }
        }
        keys.sort_unstable();
        let triples = keys
            .chunk_by(|one, other| one == other)
            .map(|same| (same[0], same.len() as u32))
            .collect();
        Learnt { added, triples }
    }

    /// Returns the words that the lexicon lacks, that occur often enough and that consist of letters alone; sorted.
    fn new_words(&self, lexicon: &Lexicon) -> Vec<String> {
        let mut counts = vec![0_u32; CLASSES.len() + self.forms.len()];
        self.sequence.iter().for_each(|&number| counts[number as usize] += 1);
        let mut new: Vec<String> = self
            .forms
            .iter()
            .zip(&counts[CLASSES.len()..])
            .filter(|&(form, &count)| {
                count >= MIN_OCCURRENCES
                    && lexicon.find(form).is_none()
                    && form.chars().count() >= MIN_LETTERS
                    && super::letters::printed_codes(form).is_some()
            })
            .map(|(form, _)| form.clone())
            .collect();
        new.sort_unstable();
        new
    }
}

/// Returns the first lines of `stretch` that fit into `bytes_left` bytes.
fn beginning(text: &str, stretch: Span, bytes_left: usize) -> Span {
    if stretch.len() <= bytes_left {
        return stretch;
    }
    let within = stretch.slice(text).as_bytes().get(..bytes_left).unwrap_or_default();
    let lines = within.iter().rposition(|&byte| byte == b'\n').map_or(0, |end| end + 1);
    Span::new(stretch.start, stretch.start + lines)
}

/// The outcome of learning from clean texts, valid only for the model that it was learnt for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Learnt {
    /// Words that the model lacks, sorted; their indices follow those of its own words.
    added: Vec<String>,
    /// Three words in a row, as a [`key`], and their number of occurrences; sorted.
    triples: Vec<(u64, u32)>,
}

impl Learnt {
    /// Adds the new words to the lexicon of the model.
    pub(super) fn add_to(&self, lexicon: &mut Lexicon) {
        add_words(&self.added, lexicon);
    }
}

/// Adds words to a lexicon.
fn add_words(forms: &[String], lexicon: &mut Lexicon) {
    for form in forms {
        let acronym = Case::of(form) == Case::Upper || fold(form).chars().all(|c| !"aeiouy".contains(c));
        lexicon.push(WordRow {
            form: form.clone(),
            capital: 128,
            acronym,
        });
    }
}

/// Packs up to four words into one number.
fn key(words: &[u16]) -> u64 {
    words.iter().fold(0, |key, &word| key << 16 | u64::from(word))
}

/// A fast hash of a [`key`], since each word that is read takes some hundred look-ups.
#[derive(Debug, Default)]
struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.write_u64(u64::from(byte)));
    }

    fn write_u64(&mut self, key: u64) {
        // The golden ratio of 2^64: it is odd, and half of its bits are set.
        let mixed = (self.0 ^ key).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ mixed >> 32;
    }
}

/// Numbers of occurrences by [`key`].
type Occurrences = HashMap<u64, f32, BuildHasherDefault<KeyHasher>>;

/// The counts of [`Learnt`], ready for look-ups.
#[derive(Debug, Default)]
pub(super) struct CorpusCounts {
    /// Occurrences of each word.
    single: Occurrences,
    /// Occurrences of each two words in a row.
    double: Occurrences,
    /// Occurrences of each three words in a row.
    triple: Occurrences,
    /// Occurrences of one word, and of two in a row, with any word after them.
    context: [Occurrences; 2],
    total: f32,
}

impl CorpusCounts {
    /// Sums up what was learnt.
    pub(super) fn of(learnt: &Learnt) -> Self {
        let mut counts = Self::default();
        counts.triple.reserve(learnt.triples.len());
        for &(triple, occurrences) in &learnt.triples {
            let occurrences = occurrences as f32;
            let (double, single) = (triple & 0xffff_ffff, triple & 0xffff);
            *counts.triple.entry(triple).or_default() += occurrences;
            *counts.double.entry(double).or_default() += occurrences;
            *counts.single.entry(single).or_default() += occurrences;
            *counts.context[0].entry(double >> 16).or_default() += occurrences;
            *counts.context[1].entry(triple >> 16).or_default() += occurrences;
            counts.total += occurrences;
        }
        counts
    }

    /// Returns the cost of `word` alone, from its count here and its shipped cost.
    pub(super) fn alone(&self, word: u16, shipped: f32) -> f32 {
        let count = self.single.get(&key(&[word])).copied().unwrap_or(0.0);
        let prior = self.total.max(1.0);
        -((count + prior * (-shipped).exp()) / (self.total + prior)).ln()
    }

    /// Returns the cost of `word` after `before` and `last`, from the counts here and the shipped cost.
    #[inline]
    pub(super) fn join(&self, shipped: f32, before: u16, last: u16, word: u16) -> f32 {
        let Some(context) = self.context[0].get(&key(&[last])) else {
            return shipped;
        };
        let mut likely = (-shipped).exp();
        let seen = self.double.get(&key(&[last, word])).copied().unwrap_or(0.0);
        likely = (seen + PRIOR[0] * likely) / (context + PRIOR[0]);
        if let Some(context) = self.context[1].get(&key(&[before, last])) {
            let seen = self.triple.get(&key(&[before, last, word])).copied().unwrap_or(0.0);
            likely = (seen + PRIOR[1] * likely) / (context + PRIOR[1]);
        }
        -likely.ln()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Model;
    use super::*;

    /// Returns what one learner makes of `texts`.
    fn learnt(texts: &[&str], most_bytes: usize) -> Learnt {
        let mut learner = Learner::with_limit(most_bytes);
        texts.iter().for_each(|text| learner.add(text));
        Model::shipped().learn_from(learner)
    }

    #[test]
    fn only_so_many_bytes_are_heard() {
        let (first, second) = ("Đảng bộ xã\n", "chi bộ ấp Hữu\n");
        let both = format!("{first}{second}");
        for most in [first.len(), both.len() - 1] {
            assert_eq!(learnt(&[&both], most), learnt(&[first], usize::MAX));
            assert_eq!(learnt(&[first, second], most), learnt(&[first], usize::MAX));
        }
        assert_eq!(learnt(&[&both], 3), Learnt::default());
    }

    #[test]
    fn words_that_stand_once_are_not_added() {
        assert!(learnt(&["Đảng bộ xã Xyvoong"], usize::MAX).added.is_empty());
        let twice = "Đảng bộ xã Xyvoong, chi bộ Xyvoong";
        assert_eq!(learnt(&[twice], usize::MAX).added, ["xyvoong"]);
    }

    proptest! {
        #[test]
        fn the_order_of_texts_makes_no_difference(
            texts in proptest::collection::vec("([a-z]{1,3}|Đảng|bộ|số|12|[.,;\n]){0,9}( xã Xyvoong)?", 0..5),
        ) {
            let forth: Vec<&str> = texts.iter().map(String::as_str).collect();
            let back: Vec<&str> = forth.iter().rev().copied().collect();
            prop_assert_eq!(learnt(&forth, usize::MAX), learnt(&back, usize::MAX));
        }
    }
}
