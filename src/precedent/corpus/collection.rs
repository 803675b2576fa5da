//! All passages of an index as wordings, the earliest document first, ready to be compared with one another.

use std::collections::HashMap;

use super::super::information::{self, WordCounts};
use super::super::vocabulary::{Vocabulary, WordId};
use super::super::wording::Wording;
use super::neighbors::Neighbors;
use super::set_phrases::{self, BREAK, FoundPhrase, PhraseLine};
use crate::index::{Error, Index, Shingle, StoredPassage, Tokenized, for_each_shingle};
use crate::query::{Diagnostic, Filters};
use crate::record::DocumentRecord;
use crate::search::scope::PassageScope;

/// The passages of an index that are compared, in order of their documents' dates (those without one last), then of
/// the documents' ids, then of their place in the document.
pub(super) struct Collection {
    /// The documents, in that order.
    pub(super) documents: Vec<DocumentRecord>,
    /// For each passage the index of its document.
    pub(super) document_of: Vec<u32>,
    /// For each passage its id.
    pub(super) ids: Vec<String>,
    /// For each passage its words.
    pub(super) wordings: Vec<Wording>,
    /// The words.
    pub(super) vocabulary: Vocabulary,
    /// For each passage the bits of its words ([`information`]).
    pub(super) bits: Vec<Vec<f32>>,
    /// The passages that may share wording with each passage.
    pub(super) neighbors: Neighbors,
    /// Number of words in the index.
    words: u64,
    /// For each folded word the number of passages with it.
    passages_with: Vec<u32>,
}

/// A passage on its way into a collection.
struct CollectedPassage {
    document: u32,
    order: usize,
    id: String,
    wording: Wording,
    shingles: Vec<Shingle>,
}

impl Collection {
    /// Collects the passages of `index` that pass `filters`.
    pub(super) fn of(index: &Index, filters: &Filters, diagnostics: &mut Vec<Diagnostic>) -> Result<Self, Error> {
        let mut documents: Vec<DocumentRecord> = index.documents()?.cloned().collect();
        documents.sort_by(|one, other| age_key(one).cmp(&age_key(other)));
        let number_of: HashMap<String, u32> = (0..)
            .zip(&documents)
            .map(|(number, record)| (record.document.clone(), number))
            .collect();
        let mut vocabulary = Vocabulary::default();
        let mut passages: Vec<CollectedPassage> = Vec::new();
        PassageScope::of(index, filters, None, &[], diagnostics)?.for_each(|stored| {
            if let Some(&document) = number_of.get(&stored.record.document) {
                passages.push(CollectedPassage::of(stored, document, &mut vocabulary));
            }
            Ok(())
        })?;
        // The engine gives passages in no order.
        passages.sort_by_key(|passage| (passage.document, passage.order));
        let shingles: Vec<Vec<Shingle>> = passages
            .iter_mut()
            .map(|passage| std::mem::take(&mut passage.shingles))
            .collect();
        let mut collection = Self {
            documents,
            document_of: passages.iter().map(|passage| passage.document).collect(),
            neighbors: Neighbors::of(&shingles),
            words: index.words_count()?,
            passages_with: passages_with(&passages),
            vocabulary,
            bits: Vec::with_capacity(passages.len()),
            ids: Vec::with_capacity(passages.len()),
            wordings: Vec::with_capacity(passages.len()),
        };
        for passage in passages {
            collection.ids.push(passage.id);
            collection.wordings.push(passage.wording);
        }
        // The collection counts the words itself, so the vocabulary is taken out while it asks.
        let mut vocabulary = std::mem::take(&mut collection.vocabulary);
        vocabulary.weigh(collection.words, |id, word| collection.word(id, word))?;
        for wording in &collection.wordings {
            let bits = information::bits(&wording.words, &vocabulary, &collection)?;
            collection.bits.push(bits);
        }
        collection.vocabulary = vocabulary;
        Ok(collection)
    }

    /// Finds the set phrases of the collection.
    pub(super) fn set_phrases(&self) -> Vec<FoundPhrase> {
        let words: Vec<Vec<u32>> = self
            .wordings
            .iter()
            .map(|wording| {
                let or_break = |&word: &WordId| if self.vocabulary.is_number(word) { BREAK } else { word };
                wording.words.iter().map(or_break).collect()
            })
            .collect();
        let lines: Vec<PhraseLine<'_>> = words
            .iter()
            .zip(&self.document_of)
            .map(|(words, &document)| PhraseLine { document, words })
            .collect();
        set_phrases::set_phrases(&lines, self.documents.len())
    }
}

impl CollectedPassage {
    /// Reads a stored passage; its words join the `vocabulary`.
    fn of(stored: StoredPassage, document: u32, vocabulary: &mut Vocabulary) -> Self {
        let words = Tokenized::of(&stored.record.text, &stored.annotations);
        let mut shingles = Vec::with_capacity(words.cells.len());
        for pair in words.cells.windows(2) {
            for_each_shingle(&pair[0], &pair[1], |shingle| shingles.push(shingle));
        }
        Self {
            document,
            order: stored.order,
            wording: Wording::of(&words.cells, vocabulary),
            id: stored.record.passage,
            shingles,
        }
    }
}

/// Returns a key that sorts documents by age: those with a date first, the oldest first. An unknown day is the last of
/// its month, an unknown month the last of its year.
pub(in crate::precedent) fn age_key(record: &DocumentRecord) -> (bool, String, &str) {
    let date = record.date.as_deref().unwrap_or_default();
    let part = |at: std::ops::Range<usize>| date.get(at).unwrap_or("99");
    let day = format!("{}-{}-{}", date.get(..4).unwrap_or("9999"), part(5..7), part(8..10));
    (record.date.is_none(), day, &record.document)
}

/// Counts for each folded word the passages with it.
fn passages_with(passages: &[CollectedPassage]) -> Vec<u32> {
    let mut counts: Vec<u32> = Vec::new();
    let mut words: Vec<WordId> = Vec::new();
    for passage in passages {
        words.clear();
        words.extend(passage.wording.all());
        words.sort_unstable();
        words.dedup();
        for &word in &words {
            let at = word as usize;
            if counts.len() <= at {
                counts.resize(at + 1, 0);
            }
            counts[at] += 1;
        }
    }
    counts
}

impl WordCounts for Collection {
    fn words(&self) -> u64 {
        self.words
    }

    fn word(&self, id: WordId, _: &str) -> Result<u64, Error> {
        Ok(self.passages_with.get(id as usize).copied().unwrap_or(0).into())
    }

    fn pair(&self, vocabulary: &Vocabulary, first: WordId, second: WordId) -> Result<u64, Error> {
        let shingle = crate::index::shingle(vocabulary.word(first), vocabulary.word(second));
        Ok(self.neighbors.passages_with(shingle) as u64)
    }
}
