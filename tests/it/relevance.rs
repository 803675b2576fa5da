//! Judged queries over the seeds: does what a clerk looks for come first?
//!
//! `relevance.tsv` has queries as clerks type them, with and without marks, and the passages of the five seeds
//! that answer them: document and a line of the passage. Scored by recall among the first ten (of the relevant
//! passages, or of ten where there are more) and by the reciprocal rank of the first relevant one.

use vankien::index::Index;
use vankien::query::{Filters, parse};
use vankien::search::{Adjacency, Options, search};

use super::program::Folder;

/// A query and what answers it: beginnings of document ids, and lines.
struct Judged {
    query: String,
    relevant: Vec<(String, usize)>,
}

fn judged() -> Vec<Judged> {
    let rows = include_str!("relevance.tsv").lines().skip(1);
    rows.map(|row| {
        let (query, relevant) = row.split_once('\t').unwrap();
        let relevant = relevant.split(' ').map(|address| {
            let (document, line) = address.split_once(':').unwrap();
            (document.to_owned(), line.parse().unwrap())
        });
        Judged {
            query: query.to_owned(),
            relevant: relevant.collect(),
        }
    })
    .collect()
}

/// Recall among the first ten and reciprocal rank of a query.
fn score(index: &Index, judged: &Judged, adjacency: Adjacency) -> (f64, f64) {
    let (query, _) = parse(&judged.query);
    let options = Options {
        adjacency,
        ..Options::default()
    };
    let results = search(index, &query, &Filters::default(), &options).unwrap();
    let relevant: Vec<bool> = results
        .hits
        .iter()
        .map(|hit| {
            let record = &hit.stored.record;
            let here = |(document, line): &&(String, usize)| {
                record.document.starts_with(document.as_str()) && (record.lines[0]..=record.lines[1]).contains(line)
            };
            judged.relevant.iter().any(|address| here(&address))
        })
        .collect();
    let found = relevant.iter().filter(|&&relevant| relevant).count();
    let wanted = judged.relevant.len().min(10);
    let first = relevant.iter().position(|&relevant| relevant);
    (
        found.min(wanted) as f64 / wanted as f64,
        first.map_or(0.0, |rank| 1.0 / (rank + 1) as f64),
    )
}

#[test]
fn what_is_looked_for_comes_first_and_neighbours_help() {
    let folder = Folder::with_seeds();
    folder.run(&["index", "-q"]).expect(0);
    let index = Index::open(&folder.path("index")).unwrap();
    let judged = judged();
    assert!(judged.len() >= 25);
    let mut totals = [(0.0, 0.0); 2];
    let mut report = String::new();
    for row in &judged {
        let scores = [Adjacency::Counts, Adjacency::Ignored].map(|adjacency| score(&index, row, adjacency));
        for (total, (recall, rank)) in totals.iter_mut().zip(scores) {
            total.0 += recall / judged.len() as f64;
            total.1 += rank / judged.len() as f64;
        }
        let [(recall, rank), (bare_recall, bare_rank)] = scores;
        report += &format!(
            "{recall:.2} {rank:.2} | {bare_recall:.2} {bare_rank:.2} | {}\n",
            row.query
        );
    }
    let [(recall, rank), (bare_recall, bare_rank)] = totals;
    report += &format!("recall@10 {recall:.3} MRR {rank:.3} | without neighbours {bare_recall:.3} {bare_rank:.3}\n");
    std::fs::write(std::env::temp_dir().join("vankien-relevance.txt"), &report).ok();
    assert!(recall >= 0.80 && rank >= 0.80, "\n{report}");
    assert!(
        recall >= bare_recall && rank > bare_rank,
        "neighbours should help\n{report}"
    );
}
