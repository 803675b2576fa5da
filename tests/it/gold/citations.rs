//! Citations: found, kind, date, place, exact bytes, issuer and subject; numbered ones and those by name.
//!
//! A numbered citation is matched by the line of its number and its canonical symbol, one by name by the
//! line and the words it begins with. Rows of `certain=no` are neither asked nor wrong when found.

use std::collections::BTreeMap;

use vankien::citation::{Citation, find};
use vankien::document::Document;
use vankien::reading::Reading;
use vankien::text::{Lines, fold};

use super::{Score, table};

/// A row of the gold.
type Row = BTreeMap<&'static str, &'static str>;

/// A citation as the gold would write it.
struct Shown<'c> {
    citation: &'c Citation,
    line: String,
    raw: String,
}

impl Shown<'_> {
    /// Is it the citation of `row`?
    fn is(&self, row: &Row) -> bool {
        let key = if row["numbered"] == "yes" {
            self.citation.symbol.as_deref() == Some(row["canonical"])
        } else {
            self.citation.number.is_none()
                && (self.raw == row["raw"] || self.raw.starts_with(row["raw"]) || row["raw"].starts_with(&self.raw))
        };
        key && self.line == row["line"]
    }
}

/// Scores the citations of `document`.
pub(crate) fn score(id: &str, document: &Document, reading: &Reading) -> Vec<Score> {
    let rows: Vec<Row> = table(include_str!("../../gold/citations.tsv"))
        .into_iter()
        .filter(|row| row["doc"] == id && row["kind"] != "self")
        .collect();
    let citations = find(document, reading);
    let lines = Lines::of(&document.text);
    let shown: Vec<Shown<'_>> = citations
        .iter()
        .map(|citation| Shown {
            citation,
            line: lines.number_at(citation.start).to_string(),
            raw: citation.span.slice(&document.text).replace('\n', "\\n"),
        })
        .collect();
    let mut scores = found(id, &rows, &shown);
    scores.extend(fields(id, document, &rows, &shown));
    scores
}

/// Recall and precision, of numbered ones and those by name.
fn found(id: &str, rows: &[Row], shown: &[Shown<'_>]) -> Vec<Score> {
    let mut recall = Score::new("citations/recall", id);
    let mut named = Score::new("citations/named recall", id);
    for row in rows.iter().filter(|row| row["certain"] == "yes") {
        let score = if row["numbered"] == "yes" {
            &mut recall
        } else {
            &mut named
        };
        let fits = shown.iter().any(|shown| shown.is(row));
        score.count(fits, || {
            format!("{}: lost {} ({})", row["line"], row["raw"], row["canonical"])
        });
    }
    let mut precision = Score::new("citations/precision", id);
    let mut named_precision = Score::new("citations/named precision", id);
    for one in shown {
        let score = if one.citation.number.is_some() {
            &mut precision
        } else {
            &mut named_precision
        };
        let fits = rows.iter().any(|row| one.is(row));
        score.count(fits, || {
            format!("{}: false {} ({})", one.line, one.raw, one.citation.key())
        });
    }
    vec![recall, precision, named, named_precision]
}

/// What is said of the numbered ones that were found.
fn fields(id: &str, document: &Document, rows: &[Row], shown: &[Shown<'_>]) -> Vec<Score> {
    let mut scores = [
        "citations/kind",
        "citations/date",
        "citations/place",
        "citations/span",
        "citations/issuer",
        "citations/subject",
    ]
    .map(|what| Score::new(what, id));
    for row in rows
        .iter()
        .filter(|row| row["numbered"] == "yes" && row["certain"] == "yes")
    {
        let Some(one) = shown.iter().find(|one| one.is(row)) else {
            continue;
        };
        let citation = one.citation;
        let place = document.passages[citation.passage].place.name();
        let date = citation.date.map_or_else(String::new, |date| date.to_string());
        let kind = serde_json::to_string(&citation.kind).unwrap();
        let text = |text: &Option<String>| fold(text.as_deref().unwrap_or(""));
        let answers = [
            (kind.trim_matches('"').to_owned(), row["kind"].to_owned()),
            (date, row["date"].to_owned()),
            (place.to_owned(), row["place"].to_owned()),
            (one.raw.clone(), row["raw"].to_owned()),
            (text(&citation.issuer), fold(row["issuer"])),
            (text(&citation.subject), fold(row["subject"])),
        ];
        for (score, (answer, wanted)) in scores.iter_mut().zip(answers) {
            score.count(answer == wanted, || {
                format!("{}: {} {answer:?} for {wanted:?}", row["line"], row["canonical"])
            });
        }
    }
    scores.into()
}
