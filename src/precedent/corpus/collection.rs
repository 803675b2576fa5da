//! All passages of an index as wordings, the earliest document first: what is compared with one another.

use std::collections::HashMap;

use super::super::information::{self, Counts};
use super::super::vocabulary::{Vocabulary, WordId};
use super::super::wording::Wording;
use super::neighbors::Neighbors;
use super::set_phrases::{self, BREAK, Line};
use crate::index::{Error, Index, Shingle, StoredPassage, Tokenized, between};
use crate::query::{Diagnostic, Filters};
use crate::record::DocumentRecord;
use crate::search::shared_wording::for_each_passing;

/// The passages of an index that are compared, in order of their documents' dates (those without one last), then of
/// the documents' ids, then as they stand.
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
    /// For each passage what its words tell ([`information`]).
    pub(super) bits: Vec<Vec<f32>>,
    /// Who may share wording with whom.
    pub(super) neighbors: Neighbors,
    /// Number of words in the index.
    words: u64,
    /// For each folded word the number of passages with it.
    passages_with: Vec<u32>,
}

/// A passage on its way into a collection.
struct Taken {
    document: u32,
    order: usize,
    id: String,
    wording: Wording,
    shingles: Vec<Shingle>,
}

impl Collection {
    /// The passages of `index` that pass `filters`.
    pub(super) fn of(index: &Index, filters: &Filters, diagnostics: &mut Vec<Diagnostic>) -> Result<Self, Error> {
        let mut documents: Vec<DocumentRecord> = index.documents()?.cloned().collect();
        documents.sort_by(|one, other| by_age(one).cmp(&by_age(other)));
        let number_of: HashMap<String, u32> = (0..)
            .zip(&documents)
            .map(|(number, record)| (record.document.clone(), number))
            .collect();
        let mut vocabulary = Vocabulary::default();
        let mut taken: Vec<Taken> = Vec::new();
        for_each_passing(index, filters, diagnostics, |stored| {
            if let Some(&document) = number_of.get(&stored.record.document) {
                taken.push(Taken::of(stored, document, &mut vocabulary));
            }
            Ok(())
        })?;
        taken.sort_by_key(|taken| (taken.document, taken.order));
        let shingles: Vec<Vec<Shingle>> = taken
            .iter_mut()
            .map(|taken| std::mem::take(&mut taken.shingles))
            .collect();
        let mut collection = Self {
            documents,
            document_of: taken.iter().map(|taken| taken.document).collect(),
            neighbors: Neighbors::of(&shingles),
            words: index.words_count()?,
            passages_with: passages_with(&taken),
            vocabulary,
            bits: Vec::with_capacity(taken.len()),
            ids: Vec::with_capacity(taken.len()),
            wordings: Vec::with_capacity(taken.len()),
        };
        for taken in taken {
            collection.ids.push(taken.id);
            collection.wordings.push(taken.wording);
        }
        let mut vocabulary = std::mem::take(&mut collection.vocabulary);
        vocabulary.weigh(collection.words, |id, word| collection.word(id, word))?;
        for wording in &collection.wordings {
            collection
                .bits
                .push(information::bits(&wording.words, &vocabulary, &collection)?);
        }
        collection.vocabulary = vocabulary;
        Ok(collection)
    }

    /// The set phrases of the collection.
    pub(super) fn set_phrases(&self) -> Vec<set_phrases::SetPhrase> {
        let words: Vec<Vec<u32>> = self
            .wordings
            .iter()
            .map(|wording| {
                let or_break = |&word: &WordId| if self.vocabulary.is_number(word) { BREAK } else { word };
                wording.words.iter().map(or_break).collect()
            })
            .collect();
        let lines: Vec<Line<'_>> = words
            .iter()
            .zip(&self.document_of)
            .map(|(words, &document)| Line { document, words })
            .collect();
        set_phrases::set_phrases(&lines, self.documents.len())
    }
}

impl Taken {
    /// What is kept of a passage.
    fn of(stored: StoredPassage, document: u32, vocabulary: &mut Vocabulary) -> Self {
        let words = Tokenized::of(&stored.record.text, &stored.annotations);
        let mut shingles = Vec::with_capacity(words.cells.len());
        for pair in words.cells.windows(2) {
            between(&pair[0], &pair[1], |shingle| shingles.push(shingle));
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

/// What documents are sorted by: those with a date first, the oldest first; a day that is not known is the last of
/// its month.
pub(in crate::precedent) fn by_age(record: &DocumentRecord) -> (bool, String, &str) {
    let date = record.date.as_deref().unwrap_or_default();
    let part = |at: std::ops::Range<usize>| date.get(at).unwrap_or("99");
    let day = format!("{}-{}-{}", date.get(..4).unwrap_or("9999"), part(5..7), part(8..10));
    (record.date.is_none(), day, &record.document)
}

/// For each folded word the number of passages with it.
fn passages_with(taken: &[Taken]) -> Vec<u32> {
    let mut counts: Vec<u32> = Vec::new();
    let mut words: Vec<WordId> = Vec::new();
    for taken in taken {
        words.clear();
        words.extend(taken.wording.all());
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

impl Counts for Collection {
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
