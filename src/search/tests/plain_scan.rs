//! The engine against a plain scan of the text: on random small corpora both must find and count the same.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;
use crate::index::testing::{Sample, TestFolder, index_of, keeping_segments};
use crate::query::parse;
use crate::reading::Quality;

/// Syllables that differ in marks, in tone placement, or not at all once folded. The last one is misread in scans.
const SYLLABLES: [&str; 11] = [
    "đảng", "dang", "đáng", "bộ", "bo", "hoà", "hòa", "ủy", "Thành", "phố", "pang",
];

/// The readings of "pang" where it is misread or typed without marks, best first.
const READINGS: [&str; 2] = ["đảng", "đáng"];

/// Qualities of documents.
const QUALITIES: [Quality; 3] = [Quality::Clean, Quality::Unmarked, Quality::Ocr];

/// A part of a question, with the way to find it without the engine.
#[derive(Clone, Debug)]
enum QueryPart {
    Word(usize),
    Phrase(Vec<usize>, u32),
    Prefix(usize),
    Not(Box<QueryPart>),
    Either(Vec<Vec<QueryPart>>),
}

/// A search without the engine: the marks that count, and the worst level that matches.
#[derive(Clone, Copy, Debug)]
struct Scan {
    asks_marks: bool,
    worst: Agreement,
    worst_excluded: Agreement,
}

impl QueryPart {
    /// Returns the part as it is typed.
    fn typed(&self) -> String {
        match self {
            Self::Word(word) => SYLLABLES[*word].to_owned(),
            Self::Phrase(words, slop) => {
                let words: Vec<&str> = words.iter().map(|&word| SYLLABLES[word]).collect();
                format!("\"{}\"~{slop}", words.join(" "))
            }
            Self::Prefix(word) => format!("{}*", prefix(*word)),
            Self::Not(inner) => format!("-{}", inner.typed()),
            Self::Either(sides) => {
                let sides: Vec<String> = sides.iter().map(|side| typed(side)).collect();
                format!("({})", sides.join(" OR "))
            }
        }
    }

    /// Returns true if any of its words is typed with marks.
    fn is_marked(&self) -> bool {
        match self {
            Self::Word(word) => is_marked(SYLLABLES[*word]),
            Self::Phrase(words, _) => words.iter().any(|&word| is_marked(SYLLABLES[word])),
            Self::Prefix(word) => is_marked(&prefix(*word)),
            Self::Not(inner) => inner.is_marked(),
            Self::Either(sides) => sides.iter().flatten().any(Self::is_marked),
        }
    }

    /// Returns the agreement of a passage of these `words`; `None` if it does not match.
    fn level(&self, words: &[Vec<ScanForm>], scan: Scan) -> Option<Agreement> {
        match self {
            Self::Word(word) => {
                let levels = words
                    .iter()
                    .filter_map(|there| word_level(there, SYLLABLES[*word], scan));
                levels.min()
            }
            Self::Phrase(phrase, slop) => {
                let mut choices: Vec<(i64, i64, Agreement)> = vec![(i64::MAX, i64::MIN, Agreement::Exact)];
                for (place, &word) in (0..).zip(phrase) {
                    let found: Vec<(i64, Agreement)> = (0..)
                        .zip(words)
                        .filter_map(|(at, there)| Some((at - place, word_level(there, SYLLABLES[word], scan)?)))
                        .collect();
                    choices = choices
                        .iter()
                        .flat_map(|&(least, greatest, worst)| {
                            let found = found.iter();
                            found.map(move |&(at, level)| (least.min(at), greatest.max(at), worst.max(level)))
                        })
                        .filter(|(least, greatest, _)| greatest - least <= i64::from(*slop))
                        .collect();
                }
                choices.into_iter().map(|(.., level)| level).min()
            }
            Self::Prefix(word) => {
                let prefix = prefix(*word);
                let scan = Scan {
                    asks_marks: is_marked(&prefix),
                    ..scan
                };
                let levels = words.iter().filter_map(|there| prefix_level(there, &prefix, scan));
                levels.min()
            }
            Self::Not(inner) => {
                let scan = Scan {
                    worst: scan.worst_excluded,
                    ..scan
                };
                inner.level(words, scan).is_none().then_some(Agreement::Exact)
            }
            Self::Either(sides) => {
                let levels = sides.iter().filter_map(|side| level_of_all(side, words, scan));
                levels.min()
            }
        }
    }
}

/// Returns the worst level of parts that must all match.
fn level_of_all(parts: &[QueryPart], words: &[Vec<ScanForm>], scan: Scan) -> Option<Agreement> {
    let levels: Option<Vec<_>> = parts.iter().map(|part| part.level(words, scan)).collect();
    levels.map(|levels| levels.into_iter().max().unwrap_or_default())
}

/// A form of a word of a passage: what it says, and the level at which it agrees with the same and with other marks.
#[derive(Clone, Debug)]
struct ScanForm {
    text: &'static str,
    same: Agreement,
    other: Agreement,
}

/// Returns the forms of a word in a document of this quality.
fn forms(word: &'static str, quality: Quality) -> Vec<ScanForm> {
    let form = |text, same, other| ScanForm { text, same, other };
    let source = form(word, Agreement::Exact, Agreement::Folded);
    match quality {
        Quality::Clean => vec![source],
        _ if word == "pang" => {
            let best = if quality == Quality::Ocr {
                Agreement::Read
            } else {
                Agreement::Lost
            };
            vec![
                source,
                form(READINGS[0], best, Agreement::Folded),
                form(READINGS[1], Agreement::Lost, Agreement::Folded),
            ]
        }
        _ if !exact(word).is_ascii() => vec![source],
        _ => vec![form(word, Agreement::Exact, Agreement::Lost)],
    }
}

/// Returns the level of a word of a passage; `None` if it is another word, or agrees worse than `scan` takes.
fn word_level(there: &[ScanForm], word: &str, scan: Scan) -> Option<Agreement> {
    best_level(
        there,
        scan,
        |text| fold(text) == fold(word),
        |text| exact(text) == exact(word),
    )
}

/// Returns the level of a word of a passage that begins with `prefix`.
fn prefix_level(there: &[ScanForm], prefix: &str, scan: Scan) -> Option<Agreement> {
    let folded = |text: &str| fold(text).starts_with(&fold(prefix));
    best_level(there, scan, folded, |text| exact(text).starts_with(&exact(prefix)))
}

fn best_level(
    there: &[ScanForm],
    scan: Scan,
    letters: impl Fn(&str) -> bool,
    marks: impl Fn(&str) -> bool,
) -> Option<Agreement> {
    let levels = there.iter().filter(|form| letters(form.text)).map(|form| {
        if !scan.asks_marks {
            Agreement::Exact
        } else if marks(form.text) {
            form.same
        } else {
            form.other
        }
    });
    levels.min().filter(|level| *level <= scan.worst)
}

fn typed(parts: &[QueryPart]) -> String {
    let parts: Vec<String> = parts.iter().map(QueryPart::typed).collect();
    parts.join(" ")
}

/// The first two letters of a syllable.
fn prefix(word: usize) -> String {
    SYLLABLES[word].chars().take(2).collect()
}

fn fold(text: &str) -> String {
    crate::text::fold(text)
}

/// Lower case, one placement of the tone mark.
fn exact(text: &str) -> String {
    text.to_lowercase().replace("hoà", "hòa")
}

fn is_marked(text: &str) -> bool {
    exact(text) != fold(text) && fold(text).contains(['a', 'e', 'i', 'o', 'u', 'y'])
}

fn leaf() -> impl Strategy<Value = QueryPart> {
    let word = 0..SYLLABLES.len();
    prop_oneof![
        3 => word.clone().prop_map(QueryPart::Word),
        3 => (prop::collection::vec(word.clone(), 2..4), 0..4_u32)
            .prop_map(|(words, slop)| QueryPart::Phrase(words, slop)),
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

/// Documents.
type Corpus = Vec<CorpusDocument>;

/// Paragraphs of syllables, the province and the quality of a document.
type CorpusDocument = (Vec<Vec<usize>>, Option<usize>, usize);

fn corpus() -> impl Strategy<Value = Corpus> {
    let paragraph = prop::collection::vec(0..SYLLABLES.len(), 1..7);
    let document = (
        prop::collection::vec(paragraph, 1..5),
        prop::option::of(0..2_usize),
        0..QUALITIES.len(),
    );
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

/// A passage of a corpus: its document, the province of it, and its words.
type ScanPassage = (String, Option<&'static str>, Vec<Vec<ScanForm>>);

/// Returns all passages of a corpus.
fn passages(corpus: &Corpus) -> Vec<ScanPassage> {
    let mut passages = Vec::new();
    for (number, (paragraphs, province, quality)) in corpus.iter().enumerate() {
        for paragraph in paragraphs {
            let words = paragraph
                .iter()
                .map(|&word| forms(SYLLABLES[word], QUALITIES[*quality]));
            passages.push((
                format!("d{number}"),
                province.map(|province| PROVINCES[province]),
                words.collect(),
            ));
        }
    }
    passages
}

/// Counts of documents and provinces among `passages`.
fn plain_counts<'p>(passages: impl Iterator<Item = &'p ScanPassage> + Clone) -> [BTreeMap<String, u64>; 2] {
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
    let scan = Scan {
        asks_marks: parts.iter().any(QueryPart::is_marked),
        worst: match marks {
            Marks::Exact => Agreement::WORST_EXACT,
            _ => Agreement::Folded,
        },
        worst_excluded: match marks {
            Marks::Any => Agreement::Folded,
            Marks::Prefer => Agreement::Lost,
            Marks::Exact => Agreement::Read,
        },
    };
    let all = passages(corpus);
    let levels = all.iter().map(|(_, _, words)| level_of_all(parts, words, scan));
    let levels: Vec<Option<Agreement>> = levels.collect();
    let worded: Vec<_> = all
        .iter()
        .zip(&levels)
        .filter(|(_, level)| level.is_some())
        .map(|(passage, _)| passage)
        .collect();
    let in_documents = |passage: &&&ScanPassage| {
        documents.is_empty() || documents.iter().any(|number| passage.0 == format!("d{number}"))
    };
    let in_provinces = |passage: &&&ScanPassage| {
        provinces.is_empty() || provinces.iter().any(|&province| passage.1 == Some(PROVINCES[province]))
    };
    let mut expected: Vec<String> = Vec::new();
    let mut counts = [0; 4];
    for (passage, level) in all.iter().zip(&levels) {
        let Some(level) = level.filter(|_| in_documents(&&passage) && in_provinces(&&passage)) else {
            continue;
        };
        let words: Vec<&str> = passage.2.iter().map(|forms| forms[0].text).collect();
        expected.push(format!("{} {} {level:?}", passage.0, words.join(" ")));
        counts[level as usize] += 1;
    }
    let mut found: Vec<String> = results
        .hits
        .iter()
        .map(|hit| {
            let record = &hit.stored.record;
            format!("{} {} {:?}", record.document, record.text, hit.agreement)
        })
        .collect();
    expected.sort();
    found.sort();
    assert_eq!(found, expected, "{text} {marks:?}");
    let MatchCounts {
        exact,
        read,
        lost,
        folded,
    } = results.matches;
    assert_eq!([exact, read, lost, folded], counts, "{text} {marks:?}");
    // A facet does not restrict itself.
    let [by_document, _] = plain_counts(worded.iter().filter(|passage| in_provinces(passage)).copied());
    let [_, by_province] = plain_counts(worded.iter().filter(|passage| in_documents(passage)).copied());
    for (facet, expected) in results.facets.iter().zip([by_document, by_province]) {
        let counted: BTreeMap<String, u64> = facet.values.iter().map(|v| (v.value.clone(), v.count)).collect();
        assert_eq!(counted, expected, "{text} {marks:?} {}", facet.facet);
    }
    for hit in &results.hits {
        let shown: String = hit.snippet.pieces.iter().map(|piece| piece.text.as_str()).collect();
        assert_eq!(shown, hit.stored.record.text);
    }
}

/// Returns the documents of a corpus.
fn samples(corpus: &Corpus) -> Vec<Sample> {
    let sample = |(number, (paragraphs, province, quality)): (usize, &CorpusDocument)| {
        let paragraphs: Vec<String> = paragraphs
            .iter()
            .map(|words| words.iter().map(|&word| SYLLABLES[word]).collect::<Vec<_>>().join(" "))
            .collect();
        Sample {
            province: province.map(|province| PROVINCES[province].to_owned()),
            quality: QUALITIES[*quality],
            repairs: match QUALITIES[*quality] {
                Quality::Clean => Vec::new(),
                _ => vec![("pang".to_owned(), READINGS.map(str::to_owned).into())],
            },
            ..Sample::new(&format!("d{number}"), &paragraphs.join("\n\n"))
        }
    };
    corpus.iter().enumerate().map(sample).collect()
}

/// Asks the search and its slow twin the same; panics if their answers differ.
fn compare_with_twin(
    index: &Index,
    (parts, documents, provinces, marks): &RandomSearch,
    sort: Sort,
    window: (usize, usize),
) {
    let text = typed(parts);
    let mut filters = Filters::default();
    documents
        .iter()
        .for_each(|document| filters.add(Facet::Document, format!("d{document}")));
    provinces
        .iter()
        .for_each(|&province| filters.add(Facet::Province, fold(PROVINCES[province])));
    let (query, _) = parse(&text);
    let options = Options {
        marks: *marks,
        limit: usize::MAX,
        facets: vec![Facet::Document, Facet::Province, Facet::Quality],
        facet_limit: usize::MAX,
        ..Options::default()
    };
    let results = search(index, &query, &filters, &options).unwrap();
    let twin = slow_twin::ask(index, &query, &filters, *marks, &options.facets);
    let asked = format!("{text} {marks:?} {filters:?}");
    assert_eq!(results.relaxed, twin.relaxed, "{asked}");
    assert_eq!(results.matches, twin.matches, "{asked}");
    for (counted, expected) in results.facets.iter().zip(&twin.facets) {
        let counted: BTreeMap<String, u64> = counted.values.iter().map(|v| (v.value.clone(), v.count)).collect();
        assert_eq!(counted, *expected, "{asked}");
    }
    assert_eq!(results.hits.len(), twin.scores.len(), "{asked}");
    for hit in &results.hits {
        let expected = twin.scores[&hit.stored.record.passage];
        let close = (hit.score - expected).abs() <= 1e-6 * expected.abs().max(1.0);
        assert!(
            close,
            "{asked}: {} scores {}, not {expected}",
            hit.stored.record.passage, hit.score
        );
    }
    let place = |hit: &Hit| (hit.stored.record.document.clone(), hit.stored.order);
    let in_order =
        |one: &Hit, other: &Hit| one.score > other.score || one.score == other.score && place(one) < place(other);
    assert!(results.hits.is_sorted_by(in_order), "{asked}");
    // A window of the order is the same as that part of the whole.
    let sorted = search(
        index,
        &query,
        &filters,
        &Options {
            sort,
            ..options.clone()
        },
    )
    .unwrap();
    if sort == Sort::Document {
        assert!(sorted.hits.is_sorted_by_key(place), "{asked}");
    }
    let (offset, limit) = window;
    let windowed = search(
        index,
        &query,
        &filters,
        &Options {
            sort,
            offset,
            limit,
            ..options
        },
    )
    .unwrap();
    let ids = |hits: &[Hit]| {
        hits.iter()
            .map(|hit| hit.stored.record.passage.clone())
            .collect::<Vec<_>>()
    };
    let expected: Vec<String> = ids(&sorted.hits).into_iter().skip(offset).take(limit).collect();
    assert_eq!(ids(&windowed.hits), expected, "{asked} {sort:?} {window:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn the_search_and_its_slow_twin_give_the_same_answers(
        corpora in prop::collection::vec(corpus(), 1..4),
        searches in prop::collection::vec((random_search(), 0..Sort::ALL.len(), (0..4_usize, 0..4_usize)), 40),
    ) {
        // Each build after the first one changes and removes documents and adds a segment.
        let folder = TestFolder::new();
        keeping_segments(|| corpora.iter().for_each(|corpus| drop(folder.build(&samples(corpus)).unwrap())));
        let index = folder.open();
        for (search, sort, window) in &searches {
            compare_with_twin(&index, search, Sort::ALL[*sort], *window);
        }
    }

    #[test]
    fn the_engine_finds_and_counts_what_a_scan_does(corpus in corpus(), searches in prop::collection::vec(random_search(), 40)) {
        let (_folder, index) = index_of(&samples(&corpus));
        for search in &searches {
            compare(&index, &corpus, search);
        }
    }
}
