//! Turns passages into index documents, each with its stored form.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use tantivy::TantivyDocument;

use super::annotations::Annotations;
use super::passage_terms::PassageTerms;
use super::schema::Fields;
use super::{name_terms, symbol_terms};
use crate::citation::Citation;
use crate::document::PartialDate;
use crate::record::{DocumentRecord, Facet, Parsed, PassageRecord};

/// The stored form of a passage. It is complete, so that a hit needs no second look-up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredPassage {
    /// The record.
    pub record: PassageRecord,
    /// Annotations of its text.
    pub annotations: Annotations,
    /// Index of the passage in its document.
    pub order: usize,
}

impl StoredPassage {
    /// Returns the passages of `parsed`, in order.
    pub fn all_of(parsed: &Parsed) -> impl Iterator<Item = Self> {
        parsed.passage_records().enumerate().map(|(order, record)| {
            let annotations = Annotations::of(parsed, &parsed.document.passages[order], &record.text);
            Self {
                record,
                annotations,
                order,
            }
        })
    }
}

/// Returns the texts of all passages of a document, in order, as the dictionary with which the document is compressed.
pub(in crate::index) fn dictionary<'p>(passages: impl IntoIterator<Item = &'p StoredPassage>) -> Vec<u8> {
    let texts = passages.into_iter().map(|passage| passage.record.text.as_bytes());
    texts.flatten().copied().collect()
}

/// Returns the index document of each of `passages`, all those of `parsed` in order.
pub(in crate::index) fn index_documents<'p>(
    parsed: &Parsed,
    passages: &'p [StoredPassage],
    fields: &'p Fields,
) -> impl Iterator<Item = TantivyDocument> + use<'p> {
    let document = parsed.document_record();
    let terms = CitedTerms::all_of(parsed);
    let passages = passages.iter();
    passages.map(move |stored| index_document(&document, stored, &terms[stored.order], fields))
}

/// The terms of what a passage cites, each once.
#[derive(Clone, Default)]
pub(in crate::index) struct CitedTerms {
    /// Those of the symbols.
    pub(in crate::index) symbols: Vec<String>,
    /// Those of the citations.
    pub(in crate::index) related: Vec<String>,
}

impl CitedTerms {
    /// Returns those of each passage of `parsed`, in order.
    pub(in crate::index) fn all_of(parsed: &Parsed) -> Vec<Self> {
        let mut all = vec![Self::default(); parsed.document.passages.len()];
        for citation in &parsed.citations {
            if let Some(terms) = all.get_mut(citation.passage) {
                terms.add(citation);
            }
        }
        for terms in &mut all {
            for list in [&mut terms.symbols, &mut terms.related] {
                let mut known: HashSet<String> = HashSet::new();
                list.retain(|term| known.insert(term.clone()));
            }
        }
        all
    }

    /// Returns those of a citation alone.
    pub(in crate::index) fn of(citation: &Citation) -> Self {
        let mut terms = Self::default();
        terms.add(citation);
        terms
    }

    /// Adds those of a citation.
    fn add(&mut self, citation: &Citation) {
        self.symbols.extend(symbol_terms::terms(citation));
        self.related.extend(symbol_terms::citation_terms(citation));
    }
}

/// Returns the index document of a passage of `document`; `cited` are the terms of what it cites.
fn index_document(
    document: &DocumentRecord,
    stored: &StoredPassage,
    cited: &CitedTerms,
    fields: &Fields,
) -> TantivyDocument {
    let record = &stored.record;
    let annotations = &stored.annotations;
    let terms = PassageTerms::of(&record.text, annotations);
    let words = terms.folded.as_str().len() + terms.exact.as_str().len() + terms.shingles.len();
    let mut entry = TantivyDocument::with_capacity(words + record.text.len() + 1000);
    entry.add_text(fields.folded, terms.folded.as_str());
    entry.add_text(fields.exact, terms.exact.as_str());
    entry.add_text(fields.shingle, &terms.shingles);
    for (field, terms) in [(fields.symbol, &cited.symbols), (fields.related, &cited.related)] {
        for term in terms {
            entry.add_text(field, term);
        }
    }
    for term in name_terms::terms(record.repaired.as_deref().unwrap_or(&record.text)) {
        entry.add_text(fields.named, term);
    }
    entry.add_text(fields.owner, &record.document);
    entry.add_text(fields.passage, &record.passage);
    entry.add_u64(fields.order, stored.order as u64);
    if let Some(date) = &document.date {
        entry.add_text(fields.date, date);
        if let Ok(date) = date.parse::<PartialDate>() {
            let days = [date.first_day(), date.last_day()];
            for (field, day) in fields.days.into_iter().zip(days) {
                entry.add_u64(field, day.number());
            }
        }
    }
    for &facet in Facet::ALL {
        for value in facet.values(document, record) {
            entry.add_text(fields.facet(facet), value);
        }
    }
    // Plain data always has a postcard form. An empty one would be read back as damaged, not as another passage.
    let bytes = postcard::to_allocvec(stored).unwrap_or_default();
    entry.add_bytes(fields.stored, &bytes);
    entry
}
