//! What somebody may mean: while it is typed ([`Suggester`]), and where nothing cites it ([`nearest_symbols`]).

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::phrases::{Counter, Phrases, stride};
use crate::index::symbols::{canonical_symbol, kind_name};
use crate::index::{Error, Facet, Index};
use crate::record::CitationRecord;
use crate::text::{fold, syllables};

/// Completes what is typed, from what the corpus says. It is built once for each state of an index, and answers in
/// well under a millisecond.
#[derive(Debug, Default)]
pub struct Suggester {
    phrases: Phrases,
    symbols: Vec<KnownSymbol>,
    documents: Vec<KnownDocument>,
}

/// A symbol that is cited.
#[derive(Debug)]
struct KnownSymbol {
    /// What it may be typed as, letters and digits alone: `21nqtw`, `nghiquyet21nqtw`, `nq21`.
    typed: Vec<String>,
    suggestion: SuggestedSymbol,
}

/// A document of the corpus.
#[derive(Debug)]
struct KnownDocument {
    /// Title, province and id, without marks.
    folded: String,
    suggestion: SuggestedDocument,
}

/// What may be meant; each list is sorted, likeliest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Suggestions {
    /// Phrases of the corpus, with their marks.
    pub phrases: Vec<SuggestedPhrase>,
    /// Symbols that are cited.
    pub symbols: Vec<SuggestedSymbol>,
    /// Documents of the corpus.
    pub documents: Vec<SuggestedDocument>,
}

/// A phrase of the corpus.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct SuggestedPhrase {
    /// With its marks, in small letters.
    pub text: String,
    /// How often it is written; of a large corpus, in a sample.
    pub count: u32,
}

/// A symbol that is cited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct SuggestedSymbol {
    /// Canonical symbol.
    pub symbol: String,
    /// What it is about, as most citations give it.
    pub subject: Option<String>,
    /// How often it is cited.
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
    /// Reads what `index` may suggest.
    ///
    /// # Errors
    /// Those of reading the index.
    pub fn of(index: &Index) -> Result<Self, Error> {
        let stride = stride(index)?;
        let mut counter = Counter::default();
        let mut cited: BTreeMap<String, Sayings> = BTreeMap::new();
        for (number, parsed) in index.parsed_documents()?.enumerate() {
            let parsed = parsed?;
            if number % stride == 0 {
                counter.take(&parsed);
            }
            for record in parsed.citation_records() {
                if let Some(symbol) = record.symbol.clone() {
                    cited.entry(symbol).or_default().take(&record);
                }
            }
        }
        let mut symbols: Vec<KnownSymbol> = cited.into_iter().map(KnownSymbol::of).collect();
        symbols.sort_by_key(|known| std::cmp::Reverse(known.suggestion.count));
        let documents = index.documents()?.map(|record| KnownDocument {
            folded: fold(&format!(
                "{} {} {}",
                record.title.as_deref().unwrap_or_default(),
                record.province.as_deref().unwrap_or_default(),
                record.document
            )),
            suggestion: SuggestedDocument {
                document: record.document.clone(),
                title: record.title.clone(),
                province: record.province.clone(),
            },
        });
        Ok(Self {
            phrases: counter.finish(),
            symbols,
            documents: documents.collect(),
        })
    }

    /// At most `limit` of each that `typed` may be the beginning of; of documents those whose titles have all that
    /// was typed.
    #[must_use]
    pub fn suggest(&self, typed: &str, limit: usize) -> Suggestions {
        let phrases = self.phrases.beginning(typed, limit).into_iter();
        let key = bare(typed);
        let syllables = syllables(typed);
        if key.is_empty() {
            return Suggestions::default();
        }
        let begins = |known: &&KnownSymbol| known.typed.iter().any(|typed| typed.starts_with(&key));
        let has_all = |known: &&KnownDocument| syllables.iter().all(|syllable| known.folded.contains(syllable));
        let symbols = self.symbols.iter().filter(begins).take(limit);
        let documents = self.documents.iter().filter(has_all).take(limit);
        Suggestions {
            phrases: phrases
                .map(|phrase| SuggestedPhrase {
                    text: phrase.text.clone(),
                    count: phrase.count,
                })
                .collect(),
            symbols: symbols.map(|known| known.suggestion.clone()).collect(),
            documents: documents.map(|known| known.suggestion.clone()).collect(),
        }
    }
}

/// What citations say of one symbol.
#[derive(Default)]
struct Sayings {
    count: u32,
    kinds: BTreeSet<&'static str>,
    subjects: BTreeMap<String, u32>,
}

impl Sayings {
    fn take(&mut self, record: &CitationRecord) {
        self.count += 1;
        self.kinds.insert(kind_name(record.kind));
        if let Some(subject) = &record.subject {
            *self.subjects.entry(subject.clone()).or_default() += 1;
        }
    }
}

impl KnownSymbol {
    fn of((symbol, said): (String, Sayings)) -> Self {
        let whole = bare(&symbol);
        let digits = whole.find(|char: char| !char.is_ascii_digit()).unwrap_or(whole.len());
        let letters: Vec<&str> = symbol.split(|char: char| !char.is_alphabetic()).collect();
        let letters = letters.into_iter().find(|letters| !letters.is_empty()).map(bare);
        let mut typed: Vec<String> = said.kinds.iter().map(|kind| format!("{}{whole}", bare(kind))).collect();
        typed.extend(letters.map(|letters| format!("{letters}{}", &whole[..digits])));
        typed.push(whole);
        let subject = said.subjects.into_iter().max_by_key(|(_, count)| *count);
        Self {
            typed,
            suggestion: SuggestedSymbol {
                symbol,
                subject: subject.map(|(subject, _)| subject),
                count: said.count,
            },
        }
    }
}

/// The letters and digits of a text, without marks and case.
fn bare(text: &str) -> String {
    fold(text).chars().filter(|char| char.is_alphanumeric()).collect()
}

/// The symbols that are cited and look most like `symbol`, nearest first, at most `limit`.
///
/// Near is: the same number and another kind or issuer; one digit or letter typed wrong, left out or added;
/// two of them swapped. Empty where nothing is near, or `symbol` is no symbol.
///
/// # Errors
/// [`Error::Damaged`], [`Error::Engine`].
pub fn nearest_symbols(index: &Index, symbol: &str, limit: usize) -> Result<Vec<String>, Error> {
    let Some(asked) = canonical_symbol(symbol) else {
        return Ok(Vec::new());
    };
    let mut near: Vec<(usize, String)> = Vec::new();
    for cited in values(index, Facet::Cites)? {
        if let Some(distance) = canonical_symbol(&cited).and_then(|cited| distance(&asked, &cited)) {
            near.push((distance, cited));
        }
    }
    near.sort();
    near.truncate(limit);
    Ok(near.into_iter().map(|(_, cited)| cited).collect())
}

/// All values of a facet, sorted.
fn values(index: &Index, facet: Facet) -> Result<BTreeSet<String>, Error> {
    let mut values = BTreeSet::new();
    for segment in index.searcher().segment_readers() {
        index.guard(|| {
            if let Some(column) = segment.fast_fields().str(facet.name())? {
                let mut stream = column.dictionary().stream()?;
                while let Some((value, _)) = stream.next() {
                    values.insert(String::from_utf8_lossy(value).into_owned());
                }
            }
            Ok(())
        })?;
    }
    Ok(values)
}

/// How far two canonical symbols are apart; `None` for too far.
fn distance(asked: &str, cited: &str) -> Option<usize> {
    let edits = edits(asked, cited);
    if edits <= 2 {
        return Some(edits);
    }
    let number = |symbol: &str| symbol.split('-').next().map(str::to_owned);
    (number(asked) == number(cited)).then_some(3)
}

/// Chars to change, leave out, add or swap with the next to make one text of the other.
fn edits(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (row, &a) in one.iter().enumerate() {
        let mut current = vec![row + 1];
        for (column, &b) in other.iter().enumerate() {
            let mut cost = (last[column] + usize::from(a != b))
                .min(last[column + 1] + 1)
                .min(current[column] + 1);
            if row > 0 && column > 0 && a == other[column - 1] && b == one[row - 1] {
                cost = cost.min(before_last[column - 1] + 1);
            }
            current.push(cost);
        }
        before_last = std::mem::replace(&mut last, current);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::testing::{Sample, index_of};

    #[test]
    fn phrases_and_documents_are_suggested() {
        let (_corner, index) = index_of(&[
            Sample::new("a", "Đảng bộ tỉnh.\n\nĐảng bộ tỉnh"),
            Sample::new("bo", "khác"),
        ]);
        let suggester = Suggester::of(&index).unwrap();
        let found = suggester.suggest("dang b", 3);
        assert_eq!(found.phrases[0].text, "đảng bộ tỉnh");
        assert_eq!(found.phrases[0].count, 2);
        assert_eq!(suggester.suggest("bo", 3).documents[0].document, "bo");
        assert_eq!(suggester.suggest(" -", 3), Suggestions::default());
    }

    #[test]
    fn a_symbol_is_known_by_every_beginning() {
        let mut said = Sayings::default();
        said.kinds.insert("nghi-quyet");
        let known = KnownSymbol::of(("21-NQ/TW".to_owned(), said));
        for typed in ["21", "21 nq", "21-NQ/T", "nq 21", "nghị quyết 21", "nghi quyet 21-nq"] {
            assert!(known.typed.iter().any(|form| form.starts_with(&bare(typed))), "{typed}");
        }
        assert!(!known.typed.iter().any(|form| form.starts_with(&bare("nq 2-1x"))));
    }

    #[test]
    fn a_slip_is_near_and_another_number_is_not() {
        for (asked, cited, near) in [
            ("21-nq-tw", "12-nq-tw", Some(1)),
            ("21-nq-tw", "21-kl-tw", Some(2)),
            ("144-qd-tw", "144-qd-ubnd", Some(3)),
            ("21-nq-tw", "1034-qd-ubnd", None),
        ] {
            assert_eq!(distance(asked, cited), near, "{asked} {cited}");
        }
    }
}
