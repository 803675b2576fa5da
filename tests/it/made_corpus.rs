//! The corpora that `benches/peers` makes: documents that are read as real ones, with words as frequent as in real ones.

use std::collections::{HashMap, HashSet};
use std::fs;

use vankien::index::{BuildOptions, Index, update};
use vankien::reading::Quality;
use vankien::text::syllables;

#[path = "../../benches/peers/src/generator/mod.rs"]
mod generator;

use generator::Generator;

#[test]
fn a_document_depends_on_the_seed_and_its_number() {
    let mut one = Generator::of(1);
    let third = one.document(3);
    assert_eq!(Generator::of(1).document(3), third);
    one.document(0);
    assert_eq!(one.document(3), third);
    assert_ne!(one.document(4), third);
    assert_ne!(Generator::of(2).document(3), third);
}

#[test]
fn documents_are_read_as_those_of_a_party_committee() {
    let folder = tempfile::tempdir().unwrap();
    let (files, dir) = (folder.path().join("files"), folder.path().join("index"));
    let written = Generator::of(1).write(&files, 300_000).unwrap();
    update(&dir, &[files], &BuildOptions::default(), &mut ()).unwrap();
    let index = Index::open(&dir).unwrap();
    assert_eq!(index.documents().unwrap().count() as u64, written.files);
    for record in index.documents().unwrap() {
        assert_eq!(record.quality, Quality::Clean, "{}", record.document);
        let facts = [
            &record.kind,
            &record.issuer,
            &record.province,
            &record.date,
            &record.own_symbol,
        ];
        assert!(
            facts.iter().all(|fact| fact.is_some()),
            "{}: {facts:?}",
            record.document
        );
    }
    let (mut passages, mut citing) = (0, 0);
    for parsed in index.parsed_documents().unwrap() {
        for passage in parsed.unwrap().passage_records() {
            passages += 1;
            citing += usize::from(!passage.citations.is_empty());
        }
    }
    // Text of 500 bytes for each, headings included; a tenth cites something.
    assert!(written.bytes / passages < 900, "{passages}");
    assert!(citing * 20 > passages as usize, "{citing} of {passages}");
}

/// The share of the paragraphs that have a word, for the words that most of them have, and the number of different pairs
/// of neighboring words.
fn statistics(text: &str) -> (Vec<f64>, usize) {
    let mut counts: HashMap<String, usize> = HashMap::new();
    let mut pairs = HashSet::new();
    let mut paragraphs = 0;
    for paragraph in text.split("\n\n") {
        let words = syllables(paragraph);
        pairs.extend(words.windows(2).map(<[String]>::to_vec));
        let different: HashSet<String> = words.into_iter().collect();
        paragraphs += usize::from(!different.is_empty());
        for word in different {
            *counts.entry(word).or_default() += 1;
        }
    }
    let mut shares: Vec<f64> = counts
        .into_values()
        .map(|count| count as f64 / f64::from(paragraphs as u32))
        .collect();
    shares.sort_by(|one, other| other.total_cmp(one));
    (shares, pairs.len())
}

#[test]
fn words_are_as_frequent_as_in_a_plan_of_a_province() {
    let real = fs::read_to_string("seeds/004_dd2783c7784f4f98.txt").unwrap();
    let mut generator = Generator::of(1);
    let made: String = (0..20).map(|number| generator.document(number)).collect();
    let ((real, _), (made, pairs)) = (statistics(&real), statistics(&made));
    for rank in [1, 3, 10, 30, 100] {
        let ratio = made[rank - 1] / real[rank - 1];
        assert!(
            (0.5..2.0).contains(&ratio),
            "rank {rank}: {} and {}",
            made[rank - 1],
            real[rank - 1]
        );
    }
    // The long tail of pairs, for which laws alone are too narrow.
    assert!(pairs > 50_000, "{pairs}");
}
