//! Completion of what is being typed: phrases, cited symbols and documents of the corpus.

mod phrases;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use unicode_segmentation::UnicodeSegmentation;

use crate::index::{Error, Index};
use crate::record::{CitationRecord, CitedAt};
use crate::register::{Register, RegisteredDocument, latest_first};
use crate::text::{fold, syllables};
use phrases::{PhraseCounter, Phrases, stride};

/// Completes what is being typed with phrases, symbols and documents of the corpus. It is built once for each state of
/// an index, and answers in well under a millisecond.
#[derive(Debug, Default)]
pub struct Suggester {
    phrases: Phrases,
    symbols: Vec<KnownSymbol>,
    /// Documents of the register whose symbols the corpus does not cite, the latest first.
    registered: Vec<KnownSymbol>,
    documents: Vec<KnownDocument>,
}

/// A cited symbol and the ways to type it.
#[derive(Debug)]
struct KnownSymbol {
    /// The ways to type it, letters and digits alone: `21nqtw`, `nghiquyet21nqtw`, `nq21`; a name in one way.
    keys: Vec<String>,
    suggestion: SuggestedSymbol,
}

/// A document of the corpus and the syllables to find it by.
#[derive(Debug)]
struct KnownDocument {
    /// The syllables of its title and provinces, without marks.
    syllables: Vec<String>,
    suggestion: SuggestedDocument,
}

/// Suggested completions; each list is sorted, likeliest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Suggestions {
    /// Phrases of the corpus, with their marks.
    pub phrases: Vec<SuggestedPhrase>,
    /// Cited symbols, and names of documents that are cited without one; if none fits, symbols of the register.
    pub symbols: Vec<SuggestedSymbol>,
    /// Documents of the corpus.
    pub documents: Vec<SuggestedDocument>,
}

/// A phrase of the corpus.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct SuggestedPhrase {
    /// With its marks, in lower case.
    pub text: String,
    /// Number of occurrences; for a large corpus, in a sample of it.
    pub count: u32,
}

/// A cited symbol, or one of the register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct SuggestedSymbol {
    /// Canonical symbol, or the name of a document that is cited without one; either can be looked up.
    pub symbol: String,
    /// ISO date of the document that most citations mean, if the register is certain of it.
    pub date: Option<String>,
    /// Subject: that of the register, or else as most citations give it.
    pub subject: Option<String>,
    /// Number of citations; 0 for a document that only the register has.
    pub count: u32,
}

/// A document of the corpus.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct SuggestedDocument {
    /// Id.
    pub document: String,
    /// Type and subject.
    pub title: Option<String>,
    /// One of today's provinces.
    pub province: Option<String>,
}

impl Suggester {
    /// Reads the phrases, symbols and documents of `index`.
    ///
    /// # Errors
    /// Those of reading the index.
    pub fn of(index: &Index) -> Result<Self, Error> {
        let stride = stride(index)?;
        let mut counter = PhraseCounter::default();
        let mut cited: BTreeMap<String, CitationCounts> = BTreeMap::new();
        // Citations are read of all documents, phrases of a large corpus in a sample; see `stride`.
        for record in index.documents()?.step_by(stride) {
            counter.add(&index.document(&record.document)?);
        }
        index.for_each_cited(
            |_| true,
            |_, places| {
                for CitedAt { citation, .. } in places {
                    if let Some(cited_as) = citation.symbol.as_ref().or(citation.name.as_ref()) {
                        cited.entry(cited_as.clone()).or_default().add(&citation);
                    }
                }
                Ok(())
            },
        )?;
        let register = index.register()?;
        let registered = not_cited(&register, &cited);
        let mut symbols: Vec<KnownSymbol> = cited
            .into_iter()
            .map(|cited| KnownSymbol::of(cited, &register))
            .collect();
        symbols.sort_by_key(|known| std::cmp::Reverse(known.suggestion.count));
        let documents = index.documents()?.map(|record| KnownDocument {
            syllables: [&record.title, &record.province]
                .into_iter()
                .flatten()
                .chain(&record.former_provinces)
                .flat_map(|text| syllables(text))
                .collect(),
            suggestion: SuggestedDocument {
                document: record.document.clone(),
                title: record.title.clone(),
                province: record.province.clone(),
            },
        });
        Ok(Self {
            phrases: counter.finish(),
            symbols,
            registered,
            documents: documents.collect(),
        })
    }

    /// Returns at most `limit` phrases, symbols and documents each. Phrases and symbols begin with `typed`; documents
    /// have all its syllables in their title and provinces, or an id that begins with it. If no phrase begins with
    /// `typed`, its last words are completed; if the corpus cites no symbol that does, those of the register are given.
    #[must_use]
    pub fn suggest(&self, typed: &str, limit: usize) -> Suggestions {
        let syllables = syllables(typed);
        let Some((last, whole)) = syllables.split_last() else {
            return Suggestions::default();
        };
        let id = typed.trim();
        let matches = |known: &&KnownDocument| {
            let has = |wanted: &dyn Fn(&str) -> bool| known.syllables.iter().any(|syllable| wanted(syllable));
            // The last syllable is still being typed, so its beginning is enough.
            let in_title = has(&|syllable| syllable.starts_with(last.as_str()))
                && whole.iter().all(|wanted| has(&|syllable| syllable == wanted));
            in_title || known.suggestion.document.starts_with(id)
        };
        Suggestions {
            phrases: self.phrases(typed, limit),
            symbols: self.symbols(typed, limit),
            documents: self
                .documents
                .iter()
                .filter(matches)
                .take(limit)
                .map(|known| known.suggestion.clone())
                .collect(),
        }
    }

    /// Returns the symbols that begin with `typed`: those that the corpus cites, or else those of the register.
    fn symbols(&self, typed: &str, limit: usize) -> Vec<SuggestedSymbol> {
        let key = symbol_key(typed);
        let beginning = |symbols: &[KnownSymbol]| -> Vec<SuggestedSymbol> {
            let begins = |known: &&KnownSymbol| known.keys.iter().any(|way| way.starts_with(&key));
            let found = symbols.iter().filter(begins).take(limit);
            found.map(|known| known.suggestion.clone()).collect()
        };
        if key.is_empty() {
            return Vec::new();
        }
        let cited = beginning(&self.symbols);
        // Without a digit, nearly every word that begins with the letters of a kind would be taken for a symbol.
        if cited.is_empty() && key.contains(|char: char| char.is_ascii_digit()) {
            return beginning(&self.registered);
        }
        cited
    }

    /// Returns the phrases that complete `typed`, or else as many of its last words as begin a phrase.
    fn phrases(&self, typed: &str, limit: usize) -> Vec<SuggestedPhrase> {
        let words: Vec<usize> = typed
            .split_word_bound_indices()
            .filter(|(_, word)| word.chars().any(char::is_alphanumeric))
            .map(|(start, _)| start)
            .collect();
        // The last word alone would begin too many phrases that have nothing to do with the words before it.
        let starts = (0..words.len()).filter(|&at| at == 0 || at + 1 < words.len());
        for start in starts.map(|at| words[at]) {
            let (before, last) = typed.split_at(start);
            let found = self.phrases.beginning(last, limit);
            if !found.is_empty() {
                let before = before.trim_start();
                return found
                    .into_iter()
                    .map(|phrase| SuggestedPhrase {
                        text: format!("{before}{}", phrase.text),
                        count: phrase.count,
                    })
                    .collect();
            }
        }
        Vec::new()
    }
}

/// Returns the key that a symbol or name is looked up by: the letters and digits of what was typed, without "số" before
/// the number.
fn symbol_key(typed: &str) -> String {
    let words = typed.split_whitespace().enumerate();
    let kept = words
        .map(|(at, word)| (at, letters_and_digits(word)))
        .filter(|(at, word)| *at == 0 || word != "so");
    kept.map(|(_, word)| word).collect()
}

/// The citations of one symbol, counted.
#[derive(Default)]
struct CitationCounts {
    count: u32,
    kinds: BTreeSet<&'static str>,
    subjects: BTreeMap<String, u32>,
    identities: BTreeMap<String, u32>,
}

impl CitationCounts {
    fn add(&mut self, record: &CitationRecord) {
        self.count += 1;
        self.kinds.insert(record.kind.name());
        if let Some(subject) = &record.subject {
            *self.subjects.entry(subject.clone()).or_default() += 1;
        }
        if let Some(identity) = &record.identity {
            *self.identities.entry(identity.clone()).or_default() += 1;
        }
    }
}

impl KnownSymbol {
    /// Returns the suggestion of `symbol`, with what the register has of the document that most citations mean.
    fn of((symbol, citations): (String, CitationCounts), register: &Register) -> Self {
        let meant = citations.identities.into_iter().max_by_key(|(_, count)| *count);
        let row = meant.and_then(|(identity, _)| register.identified(&identity));
        let subject = citations.subjects.into_iter().max_by_key(|(_, count)| *count);
        let registered = row.and_then(|row| row.subject.clone());
        Self {
            keys: ways_to_type(&symbol, &citations.kinds),
            suggestion: SuggestedSymbol {
                symbol,
                date: row.and_then(certain_date),
                subject: registered.or(subject.map(|(subject, _)| subject)),
                count: citations.count,
            },
        }
    }

    /// Returns the suggestion of a document of the register; `None` if it has no symbol.
    fn registered(row: &RegisteredDocument) -> Option<Self> {
        let symbol = row.symbol()?.to_owned();
        Some(Self {
            keys: ways_to_type(&symbol, &BTreeSet::from([row.kind.name()])),
            suggestion: SuggestedSymbol {
                symbol,
                date: certain_date(row),
                subject: row.subject.clone(),
                count: 0,
            },
        })
    }
}

/// Returns the ISO date of a registered document, if it is certain.
fn certain_date(row: &RegisteredDocument) -> Option<String> {
    row.date.filter(|_| row.certain).map(|date| date.to_string())
}

/// Returns the documents of the register with symbols that are not `cited`, the latest first.
fn not_cited(register: &Register, cited: &BTreeMap<String, CitationCounts>) -> Vec<KnownSymbol> {
    let mut rows: Vec<&RegisteredDocument> = register.rows().iter().collect();
    rows.retain(|row| !cited.contains_key(&row.key));
    latest_first(&mut rows);
    rows.into_iter().filter_map(KnownSymbol::registered).collect()
}

/// Returns every way to type a symbol, or the name of a document without one, of these kinds.
fn ways_to_type(symbol: &str, kinds: &BTreeSet<&'static str>) -> Vec<String> {
    let whole = symbol_key(symbol);
    let digits = whole.find(|char: char| !char.is_ascii_digit()).unwrap_or(whole.len());
    let letters: Vec<&str> = symbol.split(|char: char| !char.is_alphabetic()).collect();
    let letters = letters
        .into_iter()
        .find(|letters| !letters.is_empty())
        .map(letters_and_digits);
    let mut keys = Vec::new();
    // A name has no number to begin with, and nobody types a kind before it.
    if digits > 0 {
        keys.extend(kinds.iter().map(|kind| format!("{}{whole}", letters_and_digits(kind))));
        keys.extend(letters.map(|letters| format!("{letters}{}", &whole[..digits])));
    }
    keys.push(whole);
    keys
}

/// Returns the letters and digits of a text, without marks and case.
fn letters_and_digits(text: &str) -> String {
    fold(text).chars().filter(|char| char.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::testing::{Sample, index_of};

    #[test]
    fn phrases_and_documents_are_suggested() {
        let (_folder, index) = index_of(&[
            Sample::new("a", "Đảng bộ tỉnh.\n\nĐảng bộ tỉnh"),
            Sample::new("bo", "khác"),
        ]);
        let suggester = Suggester::of(&index).unwrap();
        let found = suggester.suggest("dang b", 3);
        assert_eq!(found.phrases[0].text, "đảng bộ tỉnh");
        assert_eq!(found.phrases[0].count, 2);
        assert_eq!(suggester.suggest("bo", 3).documents[0].document, "bo");
        assert_eq!(suggester.suggest(" -", 3), Suggestions::default());
        // The last words are completed where all of them begin nothing; a last word alone is not.
        assert_eq!(suggester.suggest("vì Dang bo t", 3).phrases[0].text, "vì đảng bộ tỉnh");
        assert_eq!(suggester.suggest("vì dang", 3).phrases, []);
    }

    #[test]
    fn of_an_id_only_its_beginning_is_meant() {
        let (_folder, index) = index_of(&[Sample::new("a-3216", "Đảng bộ")]);
        let suggester = Suggester::of(&index).unwrap();
        assert_eq!(suggester.suggest("21", 3).documents, []);
        assert_eq!(suggester.suggest("a-3", 3).documents.len(), 1);
    }

    #[test]
    fn a_cited_symbol_has_the_facts_of_the_document_that_most_citations_mean() {
        let mut citations = CitationCounts::default();
        citations.subjects.insert("về dân số".to_owned(), 3);
        citations.identities.insert("21-NQ/TW ngày 2022-06-16".to_owned(), 2);
        citations.identities.insert("21-NQ/TW ngày 2017-10-25".to_owned(), 1);
        let known = KnownSymbol::of(("21-NQ/TW".to_owned(), citations), &Register::shipped());
        assert_eq!(known.suggestion.date.as_deref(), Some("2022-06-16"));
        let subject = known.suggestion.subject.as_deref();
        assert!(subject.is_some_and(|subject| subject.contains("tổ chức cơ sở đảng")));
    }

    #[test]
    fn symbols_of_the_register_are_suggested_where_nothing_cited_fits() {
        let (_folder, index) = index_of(&[Sample::new("a", "Đảng bộ tỉnh")]);
        let mut suggester = Suggester::of(&index).unwrap();
        let found = suggester.suggest("80-nq", 5).symbols;
        assert_eq!((found[0].symbol.as_str(), found[0].count), ("80-NQ/TW", 0));
        assert_eq!(suggester.suggest("quyết định", 5).symbols, [], "words are no symbol");
        let cited = KnownSymbol::of(("80-NQ/TU".to_owned(), CitationCounts::default()), &Register::default());
        suggester.symbols.push(cited);
        let found = suggester.suggest("80-nq", 5).symbols;
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].symbol, "80-NQ/TU");
    }

    #[test]
    fn a_symbol_is_known_by_every_beginning() {
        let mut citations = CitationCounts::default();
        citations.kinds.insert("nghi-quyet");
        let known = KnownSymbol::of(("21-NQ/TW".to_owned(), citations), &Register::default());
        let begins = |typed: &str| {
            let key = symbol_key(typed);
            known.keys.iter().any(|way| way.starts_with(&key))
        };
        for typed in [
            "21",
            "21 nq",
            "21-NQ/T",
            "nq 21",
            "nghị quyết 21",
            "nghi quyet so 21-nq",
            "nghị quyết số",
        ] {
            assert!(begins(typed), "{typed}");
        }
        assert!(!begins("nq 2-1x"));
    }
}
