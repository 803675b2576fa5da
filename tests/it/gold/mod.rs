//! Parsed seeds against annotations by hand (`tests/gold/*.tsv`), sort of record by sort of record.
//!
//! Each sort gives [`Score`]s: counts of what was right out of what was asked. They are compared with
//! `tests/gold/baseline.tsv`, document by document, and losses fail the test; gains are printed, to
//! be entered there. To run one sort and see what it misses: `cargo test --test it gold -- --nocapture`.

mod citations;
mod documents;
mod footnotes;
mod sections;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use vankien::document::Document;
use vankien::reading::Reading;

/// How many of something were right.
#[derive(Clone, Debug, Default)]
pub(crate) struct Score {
    /// What was measured: `sections/recall`.
    pub(crate) what: &'static str,
    /// Short id of the document: `001`.
    pub(crate) document: String,
    /// Right ones.
    pub(crate) right: usize,
    /// All that were asked.
    pub(crate) asked: usize,
    /// One line for each that was wrong.
    pub(crate) misses: Vec<String>,
}

impl Score {
    /// A score without a count yet.
    pub(crate) fn new(what: &'static str, document: &str) -> Self {
        Self {
            what,
            document: document.to_owned(),
            ..Self::default()
        }
    }

    /// Counts one answer; `miss` tells it if it was wrong.
    pub(crate) fn count(&mut self, right: bool, miss: impl FnOnce() -> String) {
        self.asked += 1;
        self.right += usize::from(right);
        if !right {
            self.misses.push(miss());
        }
    }

    /// Share of right ones, 1 when nothing was asked.
    fn share(&self) -> f64 {
        if self.asked == 0 {
            1.0
        } else {
            self.right as f64 / self.asked as f64
        }
    }
}

/// The rows of a table of gold, each a map from the names in its first line.
pub(crate) fn table(tsv: &'static str) -> Vec<BTreeMap<&'static str, &'static str>> {
    let mut lines = tsv.lines();
    let names: Vec<&str> = lines.next().unwrap().split('\t').collect();
    lines
        .map(|line| names.iter().copied().zip(line.split('\t')).collect())
        .collect()
}

/// The seeds that are annotated, by their short id.
fn annotated() -> Vec<(String, Document)> {
    super::seeds::all()
        .into_iter()
        .map(|document| (document.id[..3].to_owned(), document))
        .filter(|(id, _)| ["001", "003"].contains(&id.as_str()))
        .collect()
}

/// Least share of right ones over all documents, by what is measured.
const THRESHOLDS: [(&str, f64); 15] = [
    ("citations/recall", 0.985),
    ("citations/precision", 0.985),
    ("citations/named recall", 0.85),
    ("citations/kind", 0.95),
    ("citations/date", 0.95),
    ("citations/place", 0.95),
    ("citations/span", 1.0),
    ("footnotes/anchor", 0.95),
    ("footnotes/body", 0.93),
    ("sections/recall", 0.95),
    ("sections/precision", 0.95),
    ("sections/title", 0.90),
    ("sections/kind", 0.92),
    ("sections/term", 0.95),
    ("documents/field", 1.0),
];

/// The scores of all sorts of records of one document.
fn scores_of(id: &str, document: &Document, reading: &Reading) -> Vec<Score> {
    let mut scores = citations::score(id, document, reading);
    scores.extend(sections::score(id, document));
    scores.extend(footnotes::score(id, document));
    scores.extend(documents::score(id, document));
    scores
}

/// What is read from the repaired text of a scan must be better for it, and nothing worse.
#[test]
fn records_gain_by_the_reading() {
    let text = include_str!("../../../seeds/003_df078dc1419f2d79.txt");
    let score = |reading: &Reading| {
        let document = vankien::document::parse("003", "003.txt", text.to_owned(), reading);
        scores_of("003", &document, reading)
    };
    let plain = score(&Reading::unrepaired(text));
    let repaired = score(&Reading::with(crate::seeds::model(), text));
    let mut gains = std::collections::BTreeSet::new();
    for (plain, repaired) in plain.iter().zip(&repaired) {
        println!(
            "{}\t{}/{}\t{}/{}",
            plain.what, plain.right, plain.asked, repaired.right, repaired.asked
        );
        assert!(repaired.share() >= plain.share(), "{}", plain.what);
        if repaired.share() > plain.share() {
            gains.extend(plain.what.split('/').next());
        }
    }
    // The notes of this scan are found by their numbers' sequence, without a word read anew.
    let sorts = ["citations", "documents", "sections"];
    assert!(gains.into_iter().eq(sorts), "these sorts should gain: {sorts:?}");
}

#[test]
fn parsed_seeds_agree_with_gold() {
    let documents = annotated();
    let mut scores: Vec<Score> = Vec::new();
    for (id, document) in &documents {
        let reading = Reading::with(crate::seeds::model(), &document.text);
        scores.extend(scores_of(id, document, &reading));
    }
    let (report, losses) = compare(&scores);
    println!("{report}");
    let mut failures = losses;
    for (what, least) in THRESHOLDS {
        let of = |count: fn(&Score) -> usize| {
            scores
                .iter()
                .filter(|score| score.what == what)
                .map(count)
                .sum::<usize>()
        };
        let (right, asked) = (of(|score| score.right), of(|score| score.asked));
        if (right as f64) < least * asked as f64 {
            failures.push(format!("{what}: {right} of {asked}, asked are {least}"));
        }
    }
    assert!(failures.is_empty(), "{report}\n{}", failures.join("\n"));
}

/// Compares with the stored scores: a report of all, and the losses.
fn compare(scores: &[Score]) -> (String, Vec<String>) {
    let stored: BTreeMap<(String, String), f64> = table(include_str!("../../gold/baseline.tsv"))
        .iter()
        .map(|row| {
            (
                (row["what"].to_owned(), row["doc"].to_owned()),
                row["share"].parse().unwrap(),
            )
        })
        .collect();
    let (mut report, mut losses) = (String::new(), Vec::new());
    for score in scores {
        let before = stored.get(&(score.what.to_owned(), score.document.clone()));
        let share = (score.share() * 1000.0).round() / 1000.0;
        let change = match before {
            Some(before) if share < *before => "LOSS",
            Some(before) if share > *before => "gain",
            Some(_) => "",
            None => "new",
        };
        let line = format!(
            "{}\t{}\t{share:.3}\t{}/{} {change}",
            score.what, score.document, score.right, score.asked
        );
        writeln!(report, "{line}").unwrap();
        for miss in &score.misses {
            writeln!(report, "    {miss}").unwrap();
        }
        if change == "LOSS" {
            losses.push(line);
        }
    }
    (report, losses)
}
