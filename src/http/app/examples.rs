//! An example of each question that the first page offers, taken from the documents themselves: the document that most of
//! them cite, a sentence that several have, a heading to search for.
//!
//! Finding them takes some seconds on a large corpus, so a background thread does ([`super::derived`]). They are looked
//! for in a sample of the documents.

use std::collections::{BTreeMap, BTreeSet};

use crate::concordance::CitedTable;
use crate::document::Place;
use crate::index::{Error, Index};
use crate::precedent::{self, Distinctiveness, PrecedentOptions, Question};
use crate::query::{self, Filters};
use crate::reading::Quality;
use crate::record::{Parsed, PassageRecord};
use crate::search::{self, Options};
use crate::text::syllables;

/// The most documents that sentences and headings are taken from.
const MAX_DOCUMENTS: usize = 12;

/// The most sentences of one document that are compared with the corpus.
const MAX_SENTENCES: usize = 10;

/// The fewest and the most syllables of a sentence: enough to be somebody's own, few enough to be read in passing.
const SENTENCE_SYLLABLES: std::ops::RangeInclusive<usize> = 14..=36;

/// The least share of a sentence that another document must have.
const MIN_SHARE: f64 = 0.8;

/// The most precedents of a sentence that are counted by document.
const MAX_PRECEDENTS: usize = 50;

/// The fewest and the most syllables of a heading to search for.
const HEADING_SYLLABLES: std::ops::RangeInclusive<usize> = 3..=6;

/// The most headings whose passages are counted.
const MAX_HEADINGS: usize = 8;

/// An example of each question; `None` where the corpus has none.
#[derive(Debug, Default)]
pub(crate) struct Examples {
    /// The document that most documents cite.
    pub(crate) cited: Option<CitedExample>,
    /// A sentence that several documents have.
    pub(crate) wording: Option<WordingExample>,
    /// A heading that many passages have the words of.
    pub(crate) phrase: Option<PhraseExample>,
}

/// A cited document.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct CitedExample {
    /// Symbol or name that it is looked up by.
    pub(crate) cited: String,
    /// Number of citations.
    pub(crate) count: usize,
    /// Number of documents with one.
    pub(crate) documents: usize,
}

/// A sentence.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct WordingExample {
    /// The sentence.
    pub(crate) text: String,
    /// Number of documents that have it, in the same or nearly the same words.
    pub(crate) documents: usize,
}

/// A phrase.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct PhraseExample {
    /// The phrase.
    pub(crate) text: String,
    /// Number of passages with it.
    pub(crate) count: usize,
}

impl Examples {
    /// Finds the examples of `index`.
    ///
    /// # Errors
    /// Those of reading the index.
    pub(super) fn of(index: &Index) -> Result<Self, Error> {
        let sample = sample(index)?;
        Ok(Self {
            cited: cited(index)?,
            wording: wording(index, &sample)?,
            phrase: phrase(index, &sample)?,
        })
    }
}

/// Returns the document that most documents cite. Of several, one with a symbol is looked up most surely.
fn cited(index: &Index) -> Result<Option<CitedExample>, Error> {
    let table = CitedTable::of(index, &Filters::default())?;
    let cited = table.rows.iter().map(|row| &row.summary);
    let most = cited.max_by_key(|cited| (cited.documents.len(), cited.symbol.is_some(), cited.count));
    Ok(most.map(|most| CitedExample {
        cited: most.cited.clone(),
        count: most.count,
        documents: most.documents.len(),
    }))
}

/// Reads some documents from all over the corpus, those that no machine misread first.
fn sample(index: &Index) -> Result<Vec<Parsed>, Error> {
    let (mut good, scans): (Vec<_>, Vec<_>) = index
        .documents()?
        .partition(|document| document.quality == Quality::Clean);
    let step = good.len().div_ceil(MAX_DOCUMENTS).max(1);
    good = good.into_iter().step_by(step).collect();
    let documents = good.into_iter().chain(scans).take(MAX_DOCUMENTS);
    documents.map(|document| index.document(&document.document)).collect()
}

/// Returns a sentence of the sample that another document has too: one that tells texts apart if there is any, and no set
/// phrase.
fn wording(index: &Index, sample: &[Parsed]) -> Result<Option<WordingExample>, Error> {
    let options = PrecedentOptions {
        limit: MAX_PRECEDENTS,
        ..PrecedentOptions::default()
    };
    let mut ordinary = None;
    for parsed in sample {
        for text in sentences(parsed).take(MAX_SENTENCES) {
            let question = Question::text(index, &text)?;
            let found = precedent::precedents(index, &question, &Filters::default(), &options)?.matches;
            let close = found.iter().filter(|found| found.share() >= MIN_SHARE);
            let same = close.filter(|found| found.distinctiveness != Distinctiveness::SetPhrase);
            let is_telling = same
                .clone()
                .all(|found| found.distinctiveness == Distinctiveness::Telling);
            let documents: BTreeSet<&str> = same.map(|found| found.stored.record.document.as_str()).collect();
            if documents.len() > 1 {
                let documents = documents.len();
                let example = WordingExample { text, documents };
                if is_telling {
                    return Ok(Some(example));
                }
                ordinary = ordinary.or(Some(example));
            }
        }
    }
    Ok(ordinary)
}

/// Returns sentences of the body of a document, without those that a machine is unsure of, from all over it.
fn sentences(parsed: &Parsed) -> impl Iterator<Item = String> {
    let is_sure = |record: &PassageRecord| record.place == Place::Body && record.unsure.is_empty();
    let sentences: Vec<String> = parsed
        .passage_records()
        .filter(is_sure)
        .filter_map(|record| {
            let text = record.repaired.as_deref().unwrap_or(&record.text);
            let sentence = text.split_inclusive(". ").next()?.trim();
            // "Thứ tư, phát huy …" is one of a list.
            let is_fit = SENTENCE_SYLLABLES.contains(&syllables(sentence).len())
                && sentence.starts_with(char::is_uppercase)
                && !sentence.starts_with("Thứ ")
                && sentence.ends_with('.');
            is_fit.then(|| sentence.to_owned())
        })
        .collect();
    let step = sentences.len().div_ceil(MAX_SENTENCES).max(1);
    sentences.into_iter().step_by(step)
}

/// Returns the heading of the sample whose words most passages have, one that several documents have if there is any.
fn phrase(index: &Index, sample: &[Parsed]) -> Result<Option<PhraseExample>, Error> {
    // The wording of each heading, and the documents that have it.
    let mut headings: BTreeMap<Vec<String>, (String, BTreeSet<usize>)> = BTreeMap::new();
    for (document, parsed) in sample.iter().enumerate() {
        for section in parsed.section_records() {
            let words = syllables(&section.title);
            let is_plain = section.title.chars().all(|char| char.is_alphabetic() || char == ' ');
            if is_plain && HEADING_SYLLABLES.contains(&words.len()) {
                let title = section.title.to_lowercase();
                let (_, documents) = headings.entry(words).or_insert_with(|| (title, BTreeSet::new()));
                documents.insert(document);
            }
        }
    }
    let mut headings: Vec<(String, BTreeSet<usize>)> = headings.into_values().collect();
    headings.sort_by_key(|(_, documents)| std::cmp::Reverse(documents.len()));
    let mut best: Option<PhraseExample> = None;
    for (text, _) in headings.into_iter().take(MAX_HEADINGS) {
        let (query, _) = query::parse(&format!("\"{text}\""));
        let count = search::search(index, &query, &Filters::default(), &Options::counting(Vec::new()))?.strict_total();
        if count > best.as_ref().map_or(0, |best| best.count) {
            best = Some(PhraseExample { text, count });
        }
    }
    Ok(best)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::testing::index_of;

    #[test]
    fn an_empty_corpus_has_no_examples() {
        let (_folder, index) = index_of(&[]);
        let examples = Examples::of(&index).unwrap();
        assert!(examples.cited.is_none() && examples.wording.is_none() && examples.phrase.is_none());
    }
}
