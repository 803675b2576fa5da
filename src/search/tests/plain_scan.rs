//! The engine against a plain scan of the text: on random small corpora both must find and count the same.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;
use crate::index::testing::{Sample, index_of};
use crate::query::parse;

/// Syllables that differ in marks, in tone placement, or not at all once folded.
const SYLLABLES: [&str; 10] = ["đảng", "dang", "đáng", "bộ", "bo", "hoà", "hòa", "ủy", "Thành", "phố"];

/// A part of a question, with the way to find it without the engine.
#[derive(Clone, Debug)]
enum QueryPart {
    Word(usize),
    Phrase(Vec<usize>),
    Prefix(usize),
    Not(Box<QueryPart>),
    Either(Vec<Vec<QueryPart>>),
}

impl QueryPart {
    /// Returns the part as it is typed.
    fn typed(&self) -> String {
        match self {
            Self::Word(word) => SYLLABLES[*word].to_owned(),
            Self::Phrase(words) => {
                let words: Vec<&str> = words.iter().map(|&word| SYLLABLES[word]).collect();
                format!("\"{}\"", words.join(" "))
            }
            Self::Prefix(word) => format!("{}*", SYLLABLES[*word].chars().take(2).collect::<String>()),
            Self::Not(inner) => format!("-{}", inner.typed()),
            Self::Either(sides) => {
                let sides: Vec<String> = sides.iter().map(|side| typed(side)).collect();
                format!("({})", sides.join(" OR "))
            }
        }
    }

    /// Returns true if a passage of these `words` matches.
    fn matches(&self, words: &[String], marks: Marks) -> bool {
        match self {
            Self::Word(word) => words.iter().any(|there| same(there, SYLLABLES[*word], marks)),
            Self::Phrase(phrase) => {
                // One word with marks asks for all of them.
                let marked = phrase.iter().any(|&word| is_marked(SYLLABLES[word]));
                let equal = |there: &String, word: usize| match marks {
                    Marks::Exact if marked => exact(there) == exact(SYLLABLES[word]),
                    _ => fold(there) == fold(SYLLABLES[word]),
                };
                words
                    .windows(phrase.len())
                    .any(|window| window.iter().zip(phrase).all(|(there, &word)| equal(there, word)))
            }
            Self::Prefix(word) => {
                let prefix: String = SYLLABLES[*word].chars().take(2).collect();
                let begins = |there: &String| match marks {
                    Marks::Exact if is_marked(&prefix) => exact(there).starts_with(&exact(&prefix)),
                    _ => fold(there).starts_with(&fold(&prefix)),
                };
                words.iter().any(begins)
            }
            Self::Not(inner) => !inner.matches(words, marks),
            Self::Either(sides) => sides
                .iter()
                .any(|side| side.iter().all(|part| part.matches(words, marks))),
        }
    }
}

fn typed(parts: &[QueryPart]) -> String {
    let parts: Vec<String> = parts.iter().map(QueryPart::typed).collect();
    parts.join(" ")
}

fn fold(text: &str) -> String {
    crate::text::fold(text)
}

/// Lower case, one placement of the tone mark.
fn exact(text: &str) -> String {
    text.to_lowercase().replace("hoà", "hòa")
}

fn is_marked(text: &str) -> bool {
    exact(text) != fold(text)
}

fn same(there: &str, word: &str, marks: Marks) -> bool {
    match marks {
        Marks::Exact if is_marked(word) => exact(there) == exact(word),
        _ => fold(there) == fold(word),
    }
}

fn leaf() -> impl Strategy<Value = QueryPart> {
    let word = 0..SYLLABLES.len();
    prop_oneof![
        3 => word.clone().prop_map(QueryPart::Word),
        2 => prop::collection::vec(word.clone(), 2..4).prop_map(QueryPart::Phrase),
        1 => word.prop_map(QueryPart::Prefix),
    ]
}

fn part() -> impl Strategy<Value = QueryPart> {
    prop_oneof![
        4 => leaf(),
        1 => leaf().prop_map(|inner| QueryPart::Not(Box::new(inner))),
        1 => prop::collection::vec(prop::collection::vec(leaf(), 1..3), 2..4).prop_map(QueryPart::Either),
    ]
}

/// Documents of paragraphs of syllables, and their provinces.
type Corpus = Vec<(Vec<Vec<usize>>, Option<usize>)>;

fn corpus() -> impl Strategy<Value = Corpus> {
    let paragraph = prop::collection::vec(0..SYLLABLES.len(), 1..7);
    let document = (prop::collection::vec(paragraph, 1..5), prop::option::of(0..2_usize));
    prop::collection::vec(document, 1..5)
}

/// Provinces of the documents.
const PROVINCES: [&str; 2] = ["Cần Thơ", "Đồng Tháp"];

/// A search with filters: parts of the query, documents and provinces to restrict to, and the meaning of marks.
type RandomSearch = (Vec<QueryPart>, BTreeSet<usize>, BTreeSet<usize>, Marks);

fn random_search() -> impl Strategy<Value = RandomSearch> {
    let marks = prop_oneof![Just(Marks::Prefer), Just(Marks::Any), Just(Marks::Exact)];
    (
        prop::collection::vec(part(), 1..4),
        prop::collection::btree_set(0..4_usize, 0..3),
        prop::collection::btree_set(0..2_usize, 0..2),
        marks,
    )
}

/// All passages of a corpus: document, its province, words.
fn passages(corpus: &Corpus) -> Vec<(String, Option<&'static str>, Vec<String>)> {
    let mut passages = Vec::new();
    for (number, (paragraphs, province)) in corpus.iter().enumerate() {
        for paragraph in paragraphs {
            let words = paragraph.iter().map(|&word| SYLLABLES[word].to_owned()).collect();
            passages.push((
                format!("d{number}"),
                province.map(|province| PROVINCES[province]),
                words,
            ));
        }
    }
    passages
}

/// Counts of documents and provinces among `passages`.
fn plain_counts<'p>(
    passages: impl Iterator<Item = &'p (String, Option<&'static str>, Vec<String>)> + Clone,
) -> [BTreeMap<String, u64>; 2] {
    let mut counts = [BTreeMap::new(), BTreeMap::new()];
    for (document, province, _) in passages {
        *counts[0].entry(document.clone()).or_default() += 1;
        if let Some(province) = province {
            *counts[1].entry((*province).to_owned()).or_default() += 1;
        }
    }
    counts
}

/// Asks the engine and the scan the same; panics if their answers differ.
fn compare(index: &Index, corpus: &Corpus, (parts, documents, provinces, marks): &RandomSearch) {
    let mut text = typed(parts);
    let mut filters = Filters::default();
    for document in documents {
        text += &format!(" document:d{document}");
    }
    for &province in provinces {
        filters.add(Facet::Province, fold(PROVINCES[province]));
    }
    let options = Options {
        marks: *marks,
        limit: 1_000,
        facets: vec![Facet::Document, Facet::Province],
        ..Options::default()
    };
    let (query, diagnostics) = parse(&text);
    assert!(diagnostics.is_empty(), "{text}: {diagnostics:?}");
    let results = search(index, &query, &filters, &options).unwrap();
    if results.relaxed {
        return;
    }
    let all = passages(corpus);
    let worded: Vec<_> = all
        .iter()
        .filter(|(_, _, words)| parts.iter().all(|part| part.matches(words, *marks)))
        .collect();
    let in_documents = |passage: &&&(String, Option<&'static str>, Vec<String>)| {
        documents.is_empty() || documents.iter().any(|number| passage.0 == format!("d{number}"))
    };
    let in_provinces = |passage: &&&(String, Option<&'static str>, Vec<String>)| {
        provinces.is_empty() || provinces.iter().any(|&province| passage.1 == Some(PROVINCES[province]))
    };
    let mut expected: Vec<String> = worded
        .iter()
        .filter(|passage| in_documents(passage) && in_provinces(passage))
        .map(|(document, _, words)| format!("{document} {}", words.join(" ")))
        .collect();
    let mut found: Vec<String> = results
        .hits
        .iter()
        .map(|hit| format!("{} {}", hit.stored.record.document, hit.stored.record.text))
        .collect();
    expected.sort();
    found.sort();
    assert_eq!(found, expected, "{text} {marks:?}");
    assert_eq!(results.total, expected.len());
    // A facet does not restrict itself.
    let [by_document, _] = plain_counts(worded.iter().filter(|passage| in_provinces(passage)).copied());
    let [_, by_province] = plain_counts(worded.iter().filter(|passage| in_documents(passage)).copied());
    for (facet, expected) in results.facets.iter().zip([by_document, by_province]) {
        let counted: BTreeMap<String, u64> = facet.values.iter().map(|v| (v.value.clone(), v.count)).collect();
        assert_eq!(counted, expected, "{text} {marks:?} {}", facet.facet);
    }
    // What is highlighted is what was asked for.
    for hit in &results.hits {
        let shown: String = hit.snippet.pieces.iter().map(|piece| piece.text.as_str()).collect();
        assert_eq!(shown, hit.stored.record.text);
        assert!(
            *marks != Marks::Exact || hit.agreement == Agreement::Exact,
            "{text}: {shown}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn the_engine_finds_and_counts_what_a_scan_does(corpus in corpus(), searches in prop::collection::vec(random_search(), 40)) {
        let samples: Vec<Sample> = corpus
            .iter()
            .enumerate()
            .map(|(number, (paragraphs, province))| {
                let paragraphs: Vec<String> = paragraphs
                    .iter()
                    .map(|words| words.iter().map(|&word| SYLLABLES[word]).collect::<Vec<_>>().join(" "))
                    .collect();
                Sample {
                    province: province.map(|province| PROVINCES[province].to_owned()),
                    ..Sample::new(&format!("d{number}"), &paragraphs.join("\n\n"))
                }
            })
            .collect();
        let (_folder, index) = index_of(&samples);
        for search in &searches {
            compare(&index, &corpus, search);
        }
    }
}
