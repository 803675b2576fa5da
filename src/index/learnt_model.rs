//! Counts learnt from the clean documents of a corpus, to read its damaged ones with, as the index stores them.
//!
//! A build reads damaged documents with the shipped model joined with these counts ([`mod@super::build`]). A corpus
//! without a damaged document stores none, and pays nothing.
//!
//! The counts are in a file of their own (`learnt-N`); the manifest names it, with the texts that they come from. As
//! long as those texts have changed little ([`MAX_DRIFT_PERCENT`]), a new damaged document is read with the stored
//! counts, and those read before stay as they are. Beyond that, or when the program ships another model, the counts
//! are learnt anew and every damaged document is read anew. So the same files give the same index when it is built
//! in one go, and nearly the same (figures at [`MAX_DRIFT_PERCENT`]) when they came one by one.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::error::Error;
use super::folder::Numbered;
use super::pack::{self, Location, PackWriter, Packed};
use crate::reading::Learnt;

/// The share of training words, in percent, that may come or go before the counts are learnt anew.
///
/// A tenth of the clean seeds left out changes 13 of 9,832 words read in the scan 002, one in 750; leaving all of
/// them out changes 127.
const MAX_DRIFT_PERCENT: u64 = 10;

/// Counts learnt from the corpus: where they are stored, and what they come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct LearntModel {
    /// The shipped model that the counts are joined with ([`crate::reading::Model::shipped_name`]).
    shipped: String,
    /// The texts that the counts come from.
    texts: TrainingTexts,
    /// Generation and place of the `learnt-N` file.
    pub(super) location: Location,
}

impl LearntModel {
    /// Counts from `texts` for the model `shipped`; not written yet.
    pub(super) const fn unwritten(shipped: String, texts: TrainingTexts) -> Self {
        Self {
            shipped,
            texts,
            location: Location::nowhere(),
        }
    }

    /// Returns true if the counts are still valid for the model `shipped` and the clean `texts` of today.
    pub(super) fn is_valid_for(&self, shipped: &str, texts: &TrainingTexts) -> bool {
        self.shipped == shipped && !self.texts.drifted(texts)
    }

    /// Writes `learnt` as the file of `generation`; returns this entry with its location.
    pub(super) fn write(self, learnt: &Learnt, dir: &Path, generation: u64) -> Result<Self, Error> {
        let path = Numbered::Learnt.path(dir, generation);
        let packed = Packed::compressed(learnt, &path)?;
        let mut file = PackWriter::create(path, generation)?;
        let location = file.push(&packed)?;
        file.finish()?;
        Ok(Self { location, ..self })
    }

    /// Reads the counts from the index in `dir`.
    ///
    /// # Errors
    /// [`Error::Damaged`], [`Error::Io`].
    pub(super) fn read(&self, dir: &Path) -> Result<Learnt, Error> {
        pack::read(&Numbered::Learnt.path(dir, self.location.pack), &self.location)
    }

    /// Compares the file with its digest.
    ///
    /// # Errors
    /// Those of [`Self::read`].
    pub(super) fn verify(&self, dir: &Path) -> Result<(), Error> {
        pack::read_packed(&Numbered::Learnt.path(dir, self.location.pack), &self.location).map(drop)
    }
}

/// The clean texts that counts are learnt from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct TrainingTexts {
    /// Sorted by digest.
    pub(super) texts: Vec<TrainingText>,
}

/// A clean text to learn from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct TrainingText {
    /// BLAKE3 digest of its file, in hexadecimal.
    pub(super) digest: String,
    /// Number of its clean words.
    pub(super) words: u64,
}

impl TrainingTexts {
    /// Returns true if more than [`MAX_DRIFT_PERCENT`] of the words came or went from these texts to `now`.
    fn drifted(&self, now: &Self) -> bool {
        let words = |texts: &[TrainingText], others: &[TrainingText]| -> u64 {
            let gone = texts.iter().filter(|text| others.binary_search(text).is_err());
            gone.map(|text| text.words).sum()
        };
        let learnt: u64 = self.texts.iter().map(|text| text.words).sum();
        let changed = words(&self.texts, &now.texts) + words(&now.texts, &self.texts);
        changed * 100 > learnt * MAX_DRIFT_PERCENT
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn training_texts(texts: &[(&str, u64)]) -> TrainingTexts {
        let texts = texts.iter().map(|&(digest, words)| TrainingText {
            digest: digest.to_owned(),
            words,
        });
        TrainingTexts { texts: texts.collect() }
    }

    #[test]
    fn a_learnt_model_is_valid_until_a_tenth_has_come_or_gone() {
        let learnt = LearntModel::unwritten("one".to_owned(), training_texts(&[("a", 900), ("c", 100)]));
        let rows: [(&[(&str, u64)], bool); 7] = [
            (&[("a", 900), ("c", 100)], true),
            (&[("a", 900)], true),
            (&[("a", 900), ("b", 100), ("c", 100)], true),
            (&[("a", 900), ("b", 101), ("c", 100)], false),
            (&[("a", 900), ("d", 1)], false),
            (&[("a", 900), ("b", 50), ("c", 100), ("d", 51)], false),
            (&[], false),
        ];
        for (now, valid) in rows {
            assert_eq!(learnt.is_valid_for("one", &training_texts(now)), valid, "{now:?}");
            assert!(!learnt.is_valid_for("another model", &training_texts(now)));
        }
    }

    #[test]
    fn nothing_learnt_is_valid_until_there_is_something_to_learn() {
        let learnt = LearntModel::unwritten("one".to_owned(), training_texts(&[]));
        assert!(learnt.is_valid_for("one", &training_texts(&[])));
        assert!(!learnt.is_valid_for("one", &training_texts(&[("a", 1)])));
    }
}
