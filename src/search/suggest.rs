//! What somebody may mean: while it is typed ([`Suggester`]), and where nothing cites it ([`nearest_symbols`]).

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use unicode_segmentation::UnicodeSegmentation;

use super::phrases::{Counter, Phrases, stride};
use crate::index::symbols::{canonical_symbol, kind_name};
use crate::index::{Error, Facet, Index};
use crate::record::{CitationRecord, CitedAt};
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
    /// What it may be typed as, letters and digits alone: `21nqtw`, `nghiquyet21nqtw`, `nq21`; a name as it is.
    typed: Vec<String>,
    suggestion: SuggestedSymbol,
}

/// A document of the corpus.
#[derive(Debug)]
struct KnownDocument {
    /// Syllables of its title and provinces, without marks.
    syllables: Vec<String>,
    suggestion: SuggestedDocument,
}

/// What may be meant; each list is sorted, likeliest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Suggestions {
    /// Phrases of the corpus, with their marks.
    pub phrases: Vec<SuggestedPhrase>,
    /// Symbols that are cited, and names of what is cited without one.
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
    /// Canonical symbol, or the name of what is cited without one: both are looked up alike.
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
        for (number, record) in index.documents()?.enumerate() {
            if number % stride == 0 {
                counter.take(&index.document(&record.document)?);
            }
            for CitedAt { citation, .. } in index.cited_places(&record.document)? {
                if let Some(cited_as) = citation.symbol.as_ref().or(citation.name.as_ref()) {
                    cited.entry(cited_as.clone()).or_default().take(&citation);
                }
            }
        }
        let mut symbols: Vec<KnownSymbol> = cited.into_iter().map(KnownSymbol::of).collect();
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
            documents: documents.collect(),
        })
    }

    /// At most `limit` of each that `typed` may be the beginning of; of documents those whose titles and provinces have
    /// all that was typed. Where no phrase begins so, the last words that were typed are completed.
    #[must_use]
    pub fn suggest(&self, typed: &str, limit: usize) -> Suggestions {
        let syllables = syllables(typed);
        let Some((last, whole)) = syllables.split_last() else {
            return Suggestions::default();
        };
        let key = symbol_key(typed);
        let begins = |known: &&KnownSymbol| known.typed.iter().any(|typed| typed.starts_with(&key));
        let id = typed.trim();
        let has_all = |known: &&KnownDocument| {
            let has = |wanted: &dyn Fn(&str) -> bool| known.syllables.iter().any(|syllable| wanted(syllable));
            let in_title = has(&|syllable| syllable.starts_with(last.as_str()))
                && whole.iter().all(|wanted| has(&|syllable| syllable == wanted));
            in_title || known.suggestion.document.starts_with(id)
        };
        Suggestions {
            phrases: self.phrases(typed, limit),
            symbols: self
                .symbols
                .iter()
                .filter(|_| !key.is_empty())
                .filter(begins)
                .take(limit)
                .map(|known| known.suggestion.clone())
                .collect(),
            documents: self
                .documents
                .iter()
                .filter(has_all)
                .take(limit)
                .map(|known| known.suggestion.clone())
                .collect(),
        }
    }

    /// The phrases that complete `typed`, or as many of its last words as begin any.
    fn phrases(&self, typed: &str, limit: usize) -> Vec<SuggestedPhrase> {
        let words: Vec<usize> = typed
            .split_word_bound_indices()
            .filter(|(_, word)| word.chars().any(char::is_alphanumeric))
            .map(|(start, _)| start)
            .collect();
        // A last word alone is the beginning of anything.
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

/// What a symbol or name is looked for by: the letters and digits of what was typed, without "số" before the number.
fn symbol_key(typed: &str) -> String {
    let words = typed.split_whitespace().enumerate();
    let kept = words
        .map(|(at, word)| (at, bare(word)))
        .filter(|(at, word)| *at == 0 || word != "so");
    kept.map(|(_, word)| word).collect()
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
        let whole = symbol_key(&symbol);
        let digits = whole.find(|char: char| !char.is_ascii_digit()).unwrap_or(whole.len());
        let letters: Vec<&str> = symbol.split(|char: char| !char.is_alphabetic()).collect();
        let letters = letters.into_iter().find(|letters| !letters.is_empty()).map(bare);
        let mut typed = Vec::new();
        // Only a symbol begins with its number, and only it has a kind that is typed before it.
        if digits > 0 {
            typed.extend(said.kinds.iter().map(|kind| format!("{}{whole}", bare(kind))));
            typed.extend(letters.map(|letters| format!("{letters}{}", &whole[..digits])));
        }
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
        // The last words are completed where all of them begin nothing; a last word alone is not.
        assert_eq!(suggester.suggest("vì Dang bo t", 3).phrases[0].text, "vì đảng bộ tỉnh");
        assert_eq!(suggester.suggest("vì dang", 3).phrases, []);
    }

    #[test]
    fn of_an_id_only_its_beginning_is_meant() {
        let (_corner, index) = index_of(&[Sample::new("a-3216", "Đảng bộ")]);
        let suggester = Suggester::of(&index).unwrap();
        assert_eq!(suggester.suggest("21", 3).documents, []);
        assert_eq!(suggester.suggest("a-3", 3).documents.len(), 1);
    }

    #[test]
    fn a_symbol_is_known_by_every_beginning() {
        let mut said = Sayings::default();
        said.kinds.insert("nghi-quyet");
        let known = KnownSymbol::of(("21-NQ/TW".to_owned(), said));
        let begins = |typed: &str| {
            let key = symbol_key(typed);
            known.typed.iter().any(|form| form.starts_with(&key))
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
