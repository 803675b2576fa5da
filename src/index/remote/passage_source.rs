//! The fields of a passage and of a citation as JSON for the engine; [`super::mapping`] tells what each is there to.
//!
//! They are those of the embedded index, from the same cut into words and the same terms. The id is that of the
//! passage, or of the document with the number of the citation; both are routed by their document, so that a shard has
//! documents whole.

use serde_json::{Map, Value, json};

use super::cells::{NO_WORDS, cells};
use super::mapping::filter_field;
use super::records;
use crate::citation::Citation;
use crate::document::PartialDate;
use crate::index::fields::analyzer::value_terms;
use crate::index::fields::passage_terms::PassageTerms;
use crate::index::fields::shingles;
use crate::index::fields::{CitedTerms, StoredPassage, name_terms};
use crate::record::{CitedAt, DocumentRecord, Facet, Parsed};
use crate::text::syllables;

/// Something for the engine: its id, and its fields.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Source {
    /// The id.
    pub(super) id: String,
    /// The fields.
    pub(super) fields: Value,
}

/// A document of which the passages and citations are made for the engine.
pub(super) struct Sources<'p> {
    parsed: &'p Parsed,
    /// The passages, in order.
    passages: &'p [StoredPassage],
    record: DocumentRecord,
    /// The terms of what each passage cites.
    cited: Vec<CitedTerms>,
    /// The number of the change that writes them.
    generation: u64,
}

impl<'p> Sources<'p> {
    /// Prepares those of `parsed`, which has these `passages`, for a change with this number.
    pub(super) fn new(parsed: &'p Parsed, passages: &'p [StoredPassage], generation: u64) -> Self {
        Self {
            parsed,
            passages,
            record: parsed.document_record(),
            cited: CitedTerms::all_of(parsed),
            generation,
        }
    }

    /// Returns the passages, in order.
    ///
    /// # Errors
    /// None for plain data.
    pub(super) fn passages(&self) -> impl Iterator<Item = Result<Source, postcard::Error>> {
        self.passages.iter().map(|stored| {
            let mut fields = self.shared(stored);
            let record = &stored.record;
            let terms = PassageTerms::of(&record.text, &stored.annotations);
            let folded = cells(&terms.folded);
            let mut add = |name: &str, value: Value| {
                fields.insert(name.to_owned(), value);
            };
            add(
                "folded",
                if folded.is_empty() {
                    json!(NO_WORDS)
                } else {
                    json!(folded)
                },
            );
            add("exact", json!(cells(&terms.exact)));
            add("shingle", json!(shingle_words(&terms.shingles)));
            let named = name_terms::terms(record.repaired.as_deref().unwrap_or(&record.text));
            if !named.is_empty() {
                add("named", json!(named));
            }
            add("record", json!(records::encode(stored)?));
            Ok(Source {
                id: record.passage.clone(),
                fields: Value::Object(fields),
            })
        })
    }

    /// Returns the citations, in order. A document that speaks of itself ("Nghị quyết này") cites nothing.
    ///
    /// # Errors
    /// None for plain data.
    pub(super) fn citations(&self) -> impl Iterator<Item = Result<Source, postcard::Error>> {
        let places = self.parsed.citations.iter().zip(self.parsed.cited_places()).enumerate();
        places
            .filter(|(_, (citation, _))| !citation.is_own_document())
            .filter_map(|(number, (citation, at))| {
                let stored = self.passages.get(at.order)?;
                Some(self.citation(number, citation, &at, stored))
            })
    }

    /// Returns the citation with this number; it is in the passage `stored`.
    fn citation(
        &self,
        number: usize,
        citation: &Citation,
        at: &CitedAt,
        stored: &StoredPassage,
    ) -> Result<Source, postcard::Error> {
        let record = &at.citation;
        let own = CitedTerms::of(citation);
        let mut fields = self.shared(stored);
        let mut add = |name: &str, value: Value| {
            fields.insert(name.to_owned(), value);
        };
        add("number", json!(number));
        add("key", json!(record.counted_as().unwrap_or(&record.raw)));
        add("own_kind", json!(record.kind.name()));
        add("own_symbol", json!(own.symbols));
        add("own_related", json!(own.related));
        if let Some(identity) = &record.identity {
            add("identity", json!(identity));
        }
        if let Some(relation) = record.relation {
            add("own_relation", json!(relation.name()));
        }
        if let Some(name) = &record.name {
            add("own_name", json!(syllables(name).join(" ")));
        }
        add("record", json!(records::encode(at)?));
        Ok(Source {
            id: format!("{}#{number}", record.document),
            fields: Value::Object(fields),
        })
    }

    /// Returns the fields that a passage and its citations have.
    fn shared(&self, stored: &StoredPassage) -> Map<String, Value> {
        let mut fields = Map::new();
        let mut add = |name: &str, value: Value| {
            fields.insert(name.to_owned(), value);
        };
        let record = &stored.record;
        add("owner", json!(record.document));
        add("passage", json!(record.passage));
        add("order", json!(stored.order));
        add("generation", json!(self.generation));
        if let Some(date) = &self.record.date {
            add("date", json!(date));
            if let Ok(date) = date.parse::<PartialDate>() {
                add("first_day", json!(date.first_day().number()));
                add("last_day", json!(date.last_day().number()));
            }
        }
        if let Some(cited) = self.cited.get(stored.order) {
            for (name, terms) in [("symbol", &cited.symbols), ("related", &cited.related)] {
                if !terms.is_empty() {
                    add(name, json!(terms));
                }
            }
        }
        for &facet in Facet::ALL {
            let values = facet.values(&self.record, record);
            if values.is_empty() {
                continue;
            }
            let mut terms: Vec<String> = Vec::new();
            for term in values.iter().flat_map(|value| value_terms(value, facet.is_nested())) {
                if !terms.contains(&term) {
                    terms.push(term);
                }
            }
            add(&filter_field(facet), json!(terms));
            add(facet.name(), json!(values));
        }
        fields
    }
}

/// Returns a shingle as a word: eight hexadecimal digits.
pub(crate) fn shingle_word(shingle: shingles::Shingle) -> String {
    format!("{shingle:08x}")
}

/// Returns the words of a list of shingles, each once, with a blank between them.
fn shingle_words(list: &str) -> String {
    let mut sorted: Vec<shingles::Shingle> = shingles::listed(list).collect();
    sorted.sort_unstable();
    sorted.dedup();
    let words: Vec<String> = sorted.into_iter().map(shingle_word).collect();
    words.join(" ")
}
