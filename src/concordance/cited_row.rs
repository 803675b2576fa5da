//! The rows of the table of cited documents, counted from citations.
//!
//! A [`RowCounter`] is given the citations of one document, one after the other, and keeps what the row tells of them:
//! the texts of a corpus have many times as much to say.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::counted::{Counted, key_of};
use crate::document::{Place, SectionKind};
use crate::record::CitationRecord;
use crate::symbol::Kind;
use crate::text::syllables;

/// A cited document and a summary of its citations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = Cited)]
pub struct CitedDocument {
    /// Symbol or name that it is looked up by.
    pub cited: String,
    /// Canonical symbol, if it is cited by one.
    pub symbol: Option<String>,
    /// Name, if it is cited without a symbol.
    pub name: Option<String>,
    /// Kind that most citations give.
    pub kind: Kind,
    /// Number of citations.
    pub count: usize,
    /// Number of citations in notes.
    pub in_footnotes: usize,
    /// Ids of the citing documents, in order, each once.
    pub documents: Vec<String>,
    /// Terms of office of the sections that cite it, in order, each once.
    pub terms: Vec<String>,
    /// Kinds of the sections that cite it, most citations first.
    pub sections: Vec<SectionKind>,
    /// Dates given for it, most frequent first.
    pub dates: Vec<String>,
    /// Issuers given for it, most frequent first.
    pub issuers: Vec<String>,
    /// Subjects given for it, most frequent first.
    pub subjects: Vec<String>,
}

/// A row of the table of cited documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CitedRow {
    /// The cited document.
    pub summary: CitedDocument,
    /// Number of citations in each of its `documents`.
    pub counts: Vec<usize>,
    /// The documents that the citations mean, as far as they tell those of one symbol apart, with the number of them.
    pub identities: Vec<(String, usize)>,
}

/// Returns the key of a wording, the same for wordings that differ only in case, marks or punctuation.
pub(super) fn wording_key(wording: &str) -> String {
    syllables(wording).join(" ")
}

/// Returns the row for the document that all of `records` cite.
pub(super) fn row_of(records: &[&CitationRecord]) -> CitedRow {
    let mut counter = RowCounter::default();
    records.iter().for_each(|record| counter.add(&Counted::from(*record)));
    counter.finish(records.first().map_or("", |record| key_of(record)))
}

/// Counts the citations of one document, in document order.
#[derive(Debug, Default)]
pub(super) struct RowCounter {
    symbol: Option<String>,
    name: Option<String>,
    kinds: BTreeMap<Kind, usize>,
    sections: BTreeMap<SectionKind, usize>,
    count: usize,
    in_footnotes: usize,
    documents: ValueCounts,
    terms: ValueCounts,
    dates: ValueCounts,
    identities: ValueCounts,
    issuers: WordingCounts,
    subjects: WordingCounts,
}

impl RowCounter {
    /// Adds a citation.
    pub(super) fn add(&mut self, citation: &Counted<'_>) {
        self.count += 1;
        self.in_footnotes += usize::from(citation.place == Place::Footnote);
        let first = |told: &mut Option<String>, given: Option<&str>| {
            if told.is_none() {
                *told = given.map(str::to_owned);
            }
        };
        first(&mut self.symbol, citation.symbol);
        first(&mut self.name, citation.name);
        *self.kinds.entry(citation.kind).or_default() += 1;
        if let Some(section) = citation.section_kind {
            *self.sections.entry(section).or_default() += 1;
        }
        self.documents.add(citation.document);
        citation.term.iter().for_each(|term| self.terms.add(term));
        citation.date.iter().for_each(|date| self.dates.add(date));
        let identity = citation.identity.iter();
        identity.for_each(|identity| self.identities.add(identity));
        citation.issuer.iter().for_each(|issuer| self.issuers.add(issuer));
        citation.subject.iter().for_each(|subject| self.subjects.add(subject));
    }

    /// Returns the row; `cited` is the symbol or name that the document is looked up by.
    pub(super) fn finish(self, cited: &str) -> CitedRow {
        let (documents, counts) = self.documents.counts.into_iter().unzip();
        CitedRow {
            summary: CitedDocument {
                cited: cited.to_owned(),
                symbol: self.symbol,
                name: self.name,
                kind: most_frequent_first(self.kinds).first().copied().unwrap_or(Kind::Other),
                count: self.count,
                in_footnotes: self.in_footnotes,
                documents,
                terms: self.terms.counts.into_iter().map(|(term, _)| term).collect(),
                sections: most_frequent_first(self.sections),
                dates: most_frequent_first(self.dates.counts),
                issuers: most_frequent_first(self.issuers.values.counts),
                subjects: most_frequent_first(self.subjects.values.counts),
            },
            counts,
            identities: self.identities.counts,
        }
    }
}

/// Counts citations by the documents that they cite.
#[derive(Debug, Default)]
pub(super) struct RowCounters {
    counters: HashMap<String, RowCounter>,
}

impl RowCounters {
    /// Adds a citation; they come in document order.
    pub(super) fn add(&mut self, citation: &Counted<'_>) {
        let key = citation.key;
        if !self.counters.contains_key(key) {
            self.counters.insert(key.to_owned(), RowCounter::default());
        }
        if let Some(counter) = self.counters.get_mut(key) {
            counter.add(citation);
        }
    }

    /// Returns the rows, most often cited first, then by symbol or name.
    pub(super) fn finish(self) -> Vec<Arc<CitedRow>> {
        let rows = self
            .counters
            .into_iter()
            .map(|(key, counter)| Arc::new(counter.finish(&key)));
        let mut rows: Vec<Arc<CitedRow>> = rows.collect();
        rows.sort_by(|one, other| {
            let by_count = other.summary.count.cmp(&one.summary.count);
            by_count.then_with(|| one.summary.cited.cmp(&other.summary.cited))
        });
        rows
    }
}

/// Returns counted items, most frequent first, equally frequent ones in their order.
fn most_frequent_first<T>(counts: impl IntoIterator<Item = (T, usize)>) -> Vec<T> {
    let mut counts: Vec<(T, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| Reverse(*count));
    counts.into_iter().map(|(item, _)| item).collect()
}

/// Values with the number of times that each was added, in the order in which they came first.
#[derive(Debug, Default)]
struct ValueCounts {
    counts: Vec<(String, usize)>,
    places: HashMap<String, usize>,
}

impl ValueCounts {
    /// Adds a value.
    fn add(&mut self, value: &str) {
        let place = self.place(value).unwrap_or_else(|| self.push(value, value.to_owned()));
        self.counts[place].1 += 1;
    }

    /// Returns the place of the value with this key.
    fn place(&self, key: &str) -> Option<usize> {
        // Most values come several times in a row.
        let last = self.counts.len().checked_sub(1);
        last.filter(|&last| self.counts[last].0 == key)
            .or_else(|| self.places.get(key).copied())
    }

    /// Appends a value that has not come yet, and returns its place.
    fn push(&mut self, value: &str, key: String) -> usize {
        self.counts.push((value.to_owned(), 0));
        *self.places.entry(key).or_insert(self.counts.len() - 1)
    }
}

/// Wordings with the number of times that each was added; those that differ only in case, marks or punctuation are one,
/// which has the wording that came first.
#[derive(Debug, Default)]
struct WordingCounts {
    values: ValueCounts,
    /// The keys of wordings as written: few wordings are written again and again.
    keys: HashMap<String, String>,
}

impl WordingCounts {
    /// Adds a wording.
    fn add(&mut self, wording: &str) {
        if !self.keys.contains_key(wording) {
            self.keys.insert(wording.to_owned(), wording_key(wording));
        }
        let key = &self.keys[wording];
        let place = self.values.places.get(key).copied();
        let place = place.unwrap_or_else(|| self.values.push(wording, key.clone()));
        self.values.counts[place].1 += 1;
    }
}
