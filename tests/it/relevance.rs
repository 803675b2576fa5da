//! Judged queries over the seeds: does what a clerk looks for come first?
//!
//! `relevance.tsv` has queries as clerks, researchers and journalists type them: citations, names, wording, look-ups,
//! abbreviations, dates and phrases, half of them without marks. Each has its kind and the places of the five seeds that
//! answer it, a document and a line of the passage, with a grade: 3 answers it, 2 answers a part of it, 1 touches it.
//! The passages were read and graded by one person, from candidates of several ways to search.
//!
//! Reported are recall among the first ten (of the passages of grade 2 and 3, or of ten where there are more), the
//! reciprocal rank of the first of them, and nDCG@10 (gains 2^grade - 1), beside those of plain BM25 (any word matches;
//! k1 = 1.2, b = 0.75) over the same passages in their best reading.

use std::collections::{BTreeMap, HashMap, HashSet};

use vankien::index::Index;
use vankien::query::{Filters, parse};
use vankien::search::{Adjacency, Options, search};
use vankien::text::syllables;

use super::program::Folder;

/// Hits that are looked at.
const SHOWN: usize = 10;

/// A query, and the grades of the passages that answer it.
struct Judged {
    query: String,
    kind: String,
    grades: HashMap<String, u32>,
}

/// A passage of the seeds.
struct Passage {
    document: String,
    id: String,
    lines: [usize; 2],
    words: Vec<String>,
}

/// Mean of the scores of several queries: recall among the first ten, reciprocal rank, nDCG@10.
#[derive(Clone, Copy, Default)]
struct Scores([f64; 3]);

impl Scores {
    fn of(found: &[String], judged: &Judged) -> Self {
        let grade = |id: &String| judged.grades.get(id).copied().unwrap_or(0);
        let gain = |(rank, grade): (usize, u32)| f64::from(2_u32.pow(grade) - 1) / ((rank + 2) as f64).log2();
        let relevant = judged.grades.values().filter(|&&grade| grade >= 2).count();
        let grades: Vec<u32> = found.iter().take(SHOWN).map(grade).collect();
        let hits = grades.iter().filter(|&&grade| grade >= 2).count();
        let first = grades.iter().position(|&grade| grade >= 2);
        let mut ideal: Vec<u32> = judged.grades.values().copied().collect();
        ideal.sort_unstable_by(|one, other| other.cmp(one));
        let best: f64 = ideal.into_iter().take(SHOWN).enumerate().map(gain).sum();
        Self([
            hits as f64 / relevant.clamp(1, SHOWN) as f64,
            first.map_or(0.0, |rank| 1.0 / (rank + 1) as f64),
            grades.into_iter().enumerate().map(gain).sum::<f64>() / best,
        ])
    }

    fn mean(all: &[Self]) -> Self {
        Self(std::array::from_fn(|at| {
            all.iter().map(|scores| scores.0[at]).sum::<f64>() / all.len() as f64
        }))
    }
}

impl std::fmt::Display for Scores {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [recall, rank, gain] = self.0;
        write!(f, "{recall:.3} {rank:.3} {gain:.3}")
    }
}

/// Reads the passages of the index.
fn passages(folder: &Folder) -> Vec<Passage> {
    let exported = folder.run(&["export", "passages"]).expect(0);
    let records = exported.json().into_iter();
    records
        .map(|record| {
            let text = |name: &str| record[name].as_str();
            let line = |at: usize| record["lines"][at].as_u64().unwrap() as usize;
            Passage {
                document: text("document").unwrap().to_owned(),
                id: text("passage").unwrap().to_owned(),
                lines: [line(0), line(1)],
                words: syllables(text("repaired").or(text("text")).unwrap()),
            }
        })
        .collect()
}

/// Reads the judged queries. A place belongs to the shortest passage that has its line: footnotes lie inside others.
fn judged(passages: &[Passage]) -> Vec<Judged> {
    let passage_at = |document: &str, line: usize| {
        let there = passages.iter().filter(|passage| {
            passage.document.starts_with(document) && (passage.lines[0]..=passage.lines[1]).contains(&line)
        });
        let shortest = there.min_by_key(|passage| passage.lines[1] - passage.lines[0]);
        shortest
            .unwrap_or_else(|| panic!("no passage at {document}:{line}"))
            .id
            .clone()
    };
    let rows = include_str!("relevance.tsv").lines().skip(1);
    rows.map(|row| {
        let mut cells = row.split('\t');
        let [query, kind, places] = std::array::from_fn(|_| cells.next().unwrap());
        let mut grades = HashMap::new();
        for place in places.split(' ') {
            let (address, grade) = place.split_once('=').unwrap();
            let (document, line) = address.split_once(':').unwrap();
            let grade: u32 = grade.parse().unwrap();
            let known = grades.entry(passage_at(document, line.parse().unwrap())).or_insert(0);
            *known = grade.max(*known);
        }
        Judged {
            query: query.to_owned(),
            kind: kind.to_owned(),
            grades,
        }
    })
    .collect()
}

/// Returns the first passages that the engine finds.
fn engine(index: &Index, typed: &str, adjacency: Adjacency) -> Vec<String> {
    let (query, _) = parse(typed);
    let options = Options {
        adjacency,
        limit: SHOWN,
        ..Options::default()
    };
    let results = search(index, &query, &Filters::default(), &options).unwrap();
    results.hits.into_iter().map(|hit| hit.stored.record.passage).collect()
}

/// Returns the first passages by plain BM25.
fn plain_bm25(passages: &[Passage], typed: &str) -> Vec<String> {
    const K1: f64 = 1.2;
    const B: f64 = 0.75;
    let average = passages.iter().map(|passage| passage.words.len()).sum::<usize>() as f64 / passages.len() as f64;
    let asked: HashSet<String> = syllables(typed).into_iter().collect();
    let mut scores = vec![0.0; passages.len()];
    for word in asked {
        let counts: Vec<usize> = passages
            .iter()
            .map(|passage| passage.words.iter().filter(|there| **there == word).count())
            .collect();
        let having = counts.iter().filter(|&&count| count > 0).count() as f64;
        let idf = (1.0 + (passages.len() as f64 - having + 0.5) / (having + 0.5)).ln();
        for ((score, count), passage) in scores.iter_mut().zip(counts).zip(passages) {
            let length = 1.0 - B + B * passage.words.len() as f64 / average;
            *score += idf * count as f64 * (K1 + 1.0) / (count as f64 + K1 * length);
        }
    }
    let mut order: Vec<usize> = (0..passages.len()).filter(|&at| scores[at] > 0.0).collect();
    order.sort_by(|&one, &other| scores[other].total_cmp(&scores[one]));
    order.iter().take(SHOWN).map(|&at| passages[at].id.clone()).collect()
}

#[test]
fn what_is_looked_for_comes_first_and_neighbors_help() {
    let folder = Folder::with_seeds();
    folder.run(&["index", "-q"]).expect(0);
    let index = Index::open(&folder.path("index")).unwrap();
    let passages = passages(&folder);
    let judged = judged(&passages);
    assert!(judged.len() >= 100);
    // The scores of the engine, without neighbors, and of plain BM25, by the kind of the query.
    let mut by_kind: BTreeMap<&str, [Vec<Scores>; 3]> = BTreeMap::new();
    let mut report = String::new();
    for row in &judged {
        let answers = [
            engine(&index, &row.query, Adjacency::Counts),
            engine(&index, &row.query, Adjacency::Ignored),
            plain_bm25(&passages, &row.query),
        ];
        let scores = answers.map(|found| Scores::of(&found, row));
        report += &format!("{} | {} | {}\n", scores[0], scores[2], row.query);
        for kind in [row.kind.as_str(), "all"] {
            for (all, scores) in by_kind.entry(kind).or_default().iter_mut().zip(scores) {
                all.push(scores);
            }
        }
    }
    report += "kind: queries | recall@10 MRR nDCG@10 | without neighbors | plain BM25\n";
    for (kind, scores) in &by_kind {
        let [engine, bare, plain] = scores.each_ref().map(|scores| Scores::mean(scores));
        report += &format!("{kind}: {} | {engine} | {bare} | {plain}\n", scores[0].len());
    }
    println!("{report}");
    let [engine, bare, plain] = by_kind["all"].each_ref().map(|scores| Scores::mean(scores).0);
    for (at, least) in [0.70, 0.85, 0.72].into_iter().enumerate() {
        assert!(engine[at] >= least, "\n{report}");
        assert!(engine[at] >= bare[at], "neighbors should help\n{report}");
    }
    assert!(engine[1] > plain[1] && engine[2] > plain[2], "\n{report}");
}
