//! Made corpora: party and state documents of any amount, with the term statistics of real ones.
//!
//! The wording is drawn from the n-grams that the program ships for the reading of scans. They were counted in laws,
//! decrees and statutes (official documents, outside copyright; `src/bin/vankien-train.rs` names the files), and are
//! counts only: nothing longer than four words is taken from a text. What the n-grams lack is added here:
//!
//! - rare pairs: now and then a word comes without regard to those before it ([`STRAY`]), or is any syllable ([`RARE`]).
//!   100 MB of general text have some 2.3 million different pairs of neighboring words, 100 MB of these have 1.9 million;
//! - names and foreign words, as rare as the rank of each tells ([`words`]);
//! - numbers, dates, and citations of acts, some of which are cited everywhere and most hardly ever ([`acts`]);
//! - the form of documents: letterhead, title, outline, recipients ([`document`]);
//! - wording that documents share, with small changes ([`SHARED`]).
//!
//! A document depends on the seed and on its number alone, so the first files of a large corpus are a small one.

mod acts;
mod document;
pub(crate) mod random;
mod words;

use std::path::Path;
use std::{fs, io};

use vankien::reading::{Drawn, Model, Sampler};

use acts::Act;
use random::Random;

/// Probability that a word comes without regard to those before it.
const STRAY: f64 = 0.2;

/// Probability that a word is any syllable, frequent in laws or not: the subjects that laws have nothing of.
const RARE: f64 = 0.06;

/// Probability that a paragraph is one of the [shared](SHARED_WORDINGS) ones.
const SHARED: f64 = 0.06;

/// Number of paragraphs that documents share.
const SHARED_WORDINGS: usize = 4000;

/// Probability that a word of a shared paragraph is another one.
const CHANGED: f64 = 0.04;

/// Probability that a paragraph begins with a citation.
const CITING: f64 = 0.12;

/// Files in one folder.
const FILES_IN_FOLDER: u64 = 200;

/// Makes documents.
#[derive(Debug)]
pub(crate) struct Generator {
    sampler: Sampler<'static>,
    seed: u64,
    shared: Vec<String>,
}

/// Files and bytes that were written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Written {
    /// Number of files.
    pub(crate) files: u64,
    /// Their bytes.
    pub(crate) bytes: u64,
}

impl Generator {
    /// Creates a generator; the same seed gives the same documents.
    pub(crate) fn of(seed: u64) -> Self {
        let mut generator = Self {
            sampler: Sampler::of(Model::shipped()),
            seed,
            shared: Vec::new(),
        };
        let mut random = Random::of(seed, u64::MAX);
        let mut shared = Vec::with_capacity(SHARED_WORDINGS);
        for _ in 0..SHARED_WORDINGS {
            shared.push(generator.drawn_paragraph(&mut random));
        }
        generator.shared = shared;
        generator
    }

    /// Writes documents into folders of `dir` until they have `bytes` bytes.
    ///
    /// # Errors
    /// Those of writing files.
    pub(crate) fn write(&mut self, dir: &Path, bytes: u64) -> io::Result<Written> {
        let mut written = Written::default();
        while written.bytes < bytes {
            let folder = dir.join(format!("{:03}", written.files / FILES_IN_FOLDER));
            fs::create_dir_all(&folder)?;
            let text = self.document(written.files);
            fs::write(folder.join(format!("d{:06}.txt", written.files)), &text)?;
            written.files += 1;
            written.bytes += text.len() as u64;
        }
        Ok(written)
    }

    /// Returns the document with this number.
    pub(crate) fn document(&mut self, number: u64) -> String {
        let mut random = Random::of(self.seed, number);
        self.sampler.forget();
        document::document(self, &mut random)
    }

    /// Returns a paragraph, without the line break at its end.
    fn paragraph(&mut self, random: &mut Random) -> String {
        if random.chance(SHARED) {
            return self.shared_paragraph(random);
        }
        if random.chance(CITING) {
            let citation = Act::any(random).full();
            let opening = random.one_of(&["Thực hiện", "Căn cứ", "Quán triệt", "Triển khai", "Theo"]);
            return format!("{opening} {citation}, {}", lowered(&self.drawn_paragraph(random)));
        }
        self.drawn_paragraph(random)
    }

    /// Returns a paragraph that other documents have too, with some words changed.
    fn shared_paragraph(&mut self, random: &mut Random) -> String {
        let number = random.rank(self.shared.len());
        let mut changed = String::new();
        for word in self.shared[number].split(' ') {
            if !changed.is_empty() {
                changed.push(' ');
            }
            match self.sampler.draw(random.uniform()) {
                Drawn::Word { form, .. } if random.chance(CHANGED) => changed.push_str(form),
                _ => changed.push_str(word),
            }
        }
        changed
    }

    /// Draws a paragraph of some sentences.
    fn drawn_paragraph(&mut self, random: &mut Random) -> String {
        // From 40 to 1,400 bytes, most of them some 400: paragraphs of reports have 30 to 150 words.
        let least = 40 + (random.uniform() * random.uniform() * 1400.0) as usize;
        let mut paragraph = String::with_capacity(least + 200);
        while paragraph.len() < least {
            if !paragraph.is_empty() {
                paragraph.push(' ');
            }
            self.push_sentence(random, &mut paragraph);
        }
        paragraph
    }

    /// Appends a sentence, which begins with a capital and ends with a full stop.
    fn push_sentence(&mut self, random: &mut Random, text: &mut String) {
        /// The longest sentence in words; most end before.
        const MAX_WORDS: usize = 60;
        let begin = text.len();
        let mut last = String::new();
        let mut words = 0;
        while words < MAX_WORDS {
            if random.chance(STRAY) {
                self.sampler.forget();
            }
            let word = match self.sampler.draw(random.uniform()) {
                Drawn::Word { .. } if random.chance(RARE) => words::rare(random),
                // The sentences of the n-grams are those of lists and articles, often a number and nothing else.
                Drawn::SentenceEnd if words < 6 => continue,
                Drawn::SentenceEnd => break,
                Drawn::Number if words == 0 => continue,
                Drawn::Number => words::number(random),
                Drawn::Symbol if last == "ngày" => words::date(random),
                Drawn::Symbol if last == "số" => Act::any(random).symbol,
                Drawn::Symbol => Act::any(random).full(),
                Drawn::Unknown => words::unknown(random),
                Drawn::Word { form, is_acronym, .. } if is_acronym => form.to_uppercase(),
                Drawn::Word { form, capital, .. } if random.chance(f64::from(capital) / 255.0) => capitalized(form),
                Drawn::Word { form, .. } => form.to_owned(),
            };
            if words > 0 {
                // Clauses have about ten words.
                text.push_str(if random.chance(0.07) { ", " } else { " " });
            }
            text.push_str(&word);
            last = word;
            words += 1;
        }
        let sentence = capitalized(&text[begin..]);
        text.truncate(begin);
        text.push_str(&sentence);
        text.push('.');
    }
}

/// Returns `text` with a capital first letter.
fn capitalized(text: &str) -> String {
    with_first(text, |first| first.to_uppercase().collect())
}

/// Returns `text` with a small first letter.
fn lowered(text: &str) -> String {
    with_first(text, |first| first.to_lowercase().collect())
}

/// Returns `text` with `change` made to its first letter.
fn with_first(text: &str, change: impl FnOnce(char) -> String) -> String {
    let mut chars = text.chars();
    chars.next().map(change).unwrap_or_default() + chars.as_str()
}
