//! Counts which plantings were found, and what was found that shares no wording.

use std::collections::HashMap;
use std::fmt;

use vankien::index::Index;
use vankien::text::Span;

use super::ask::{Match, Piece};
use super::planting::{Kind, Planting};
use super::truth::{RUN, Truth, share_wording};

/// Number of missed plantings, and of false answers, that a report shows.
const SHOWN: usize = 8;

/// A corpus with plantings.
pub(super) struct Planted {
    pub(super) index: Index,
    pub(super) plantings: Vec<Planting>,
    /// The true wording of each document, by its id.
    pub(super) truths: HashMap<String, Truth>,
}

/// The parts of a passage that scoring needs.
struct Passage {
    document: String,
    spans: Vec<Span>,
    truth: Truth,
}

impl Planted {
    /// Returns the passages by their ids.
    fn passages(&self) -> HashMap<String, Passage> {
        let documents = self.index.parsed_documents().unwrap();
        let records = documents.flat_map(|parsed| parsed.unwrap().passage_records().collect::<Vec<_>>());
        records
            .map(|record| {
                let spans: Vec<Span> = record.spans.iter().map(|&[start, end]| Span::new(start, end)).collect();
                let truth = self.truths[&record.document].part(&spans);
                let document = record.document;
                (record.passage, Passage { document, spans, truth })
            })
            .collect()
    }
}

/// The number of plantings of a kind that were found.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) kind: &'static Kind,
    pub(super) planted: usize,
    /// By asking with the planted text.
    pub(super) asked: usize,
    /// Among the pairs of the whole corpus.
    pub(super) paired: usize,
}

impl Row {
    /// Returns the shares of the plantings found: asked, paired.
    pub(super) fn recalls(&self) -> [f64; 2] {
        [self.asked, self.paired].map(|found| found as f64 / self.planted as f64)
    }
}

/// Answers, and those among them that share no wording with what they answer.
#[derive(Debug, Default)]
pub(super) struct Answers {
    pub(super) all: usize,
    pub(super) wrong: usize,
}

impl Answers {
    fn count(&mut self, right: bool) {
        self.all += 1;
        self.wrong += usize::from(!right);
    }

    /// Returns the share of wrong answers.
    pub(super) fn wrong_share(&self) -> f64 {
        self.wrong as f64 / self.all.max(1) as f64
    }
}

/// The score of the answers about a planted corpus.
#[derive(Debug, Default)]
pub(super) struct Score {
    /// A row per kind, in the order of planting.
    pub(super) rows: Vec<Row>,
    /// Matches of all plantings that were asked for.
    pub(super) asked: Answers,
    /// Pairs of the whole corpus.
    pub(super) pairs: Answers,
    /// The plantings that were not found both ways.
    missed: Vec<String>,
    /// The false answers.
    wrong: Vec<String>,
}

impl Score {
    /// Scores the answers of `ask` to each planting, and the `pairs` of the corpus.
    pub(super) fn of(planted: &Planted, ask: impl Fn(&Planting) -> Vec<Match>, pairs: &[[String; 2]]) -> Self {
        let mut score = Self::default();
        let passages = planted.passages();
        for planting in &planted.plantings {
            let asked = score.asked_for(planted, &passages, planting, &ask(planting));
            let paired = pairs
                .iter()
                .any(|pair| joins(planting, pair.each_ref().map(|id| &passages[id])));
            if !asked || !paired {
                score.missed.push(missed(planting, asked, paired));
            }
            let row = score.row(planting.kind);
            row.planted += 1;
            row.asked += usize::from(asked);
            row.paired += usize::from(paired);
        }
        for pair in pairs {
            let [one, other] = pair.each_ref().map(|id| &passages[id]);
            let right = planted.plantings.iter().any(|planting| joins(planting, [one, other]))
                || share_wording(&one.truth.syllables(), &other.truth.syllables());
            if !right {
                score.wrong.push(format!("false pair: {pair:?}"));
            }
            score.pairs.count(right);
        }
        score
    }

    /// Returns true if the origin of a planting is among its matches; counts which of them are right.
    fn asked_for(
        &mut self,
        planted: &Planted,
        passages: &HashMap<String, Passage>,
        planting: &Planting,
        matches: &[Match],
    ) -> bool {
        let truth = planted.truths[&planting.host].part(&[planting.place]);
        let mut found = false;
        for one in matches {
            let is_origin = meets_origin(planting, one, &passages[&one.passage].spans);
            found |= is_origin;
            let stretch = planted.truths[&one.document].part(&spans(&one.found));
            let stretch = stretch.syllables();
            let right = is_origin || stretch.len() >= RUN && share_wording(&truth.syllables(), &stretch);
            if !right {
                let (shown, text) = (stretch.join(" "), &planting.text);
                self.wrong
                    .push(format!("false match: {} {shown:?} for {text:?}", one.passage));
            }
            self.asked.count(right);
        }
        found
    }

    fn row(&mut self, kind: &'static Kind) -> &mut Row {
        let at = self
            .rows
            .iter()
            .position(|row| row.kind == kind)
            .unwrap_or(self.rows.len());
        if at == self.rows.len() {
            self.rows.push(Row {
                kind,
                planted: 0,
                asked: 0,
                paired: 0,
            });
        }
        &mut self.rows[at]
    }
}

/// The report: a line per kind, the shares of false answers, and some of what was missed or false.
impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for row in &self.rows {
            let [asked, paired] = row.recalls();
            let (name, planted, least) = (row.kind.name, row.planted, row.kind.least);
            writeln!(
                f,
                "{name:<22} asked {asked:.3} pairs {paired:.3} of {planted} (least {least})"
            )?;
        }
        for (name, answers) in [("matches", &self.asked), ("pairs", &self.pairs)] {
            let Answers { all, wrong } = answers;
            writeln!(f, "false {name}: {:.4} ({wrong} of {all})", answers.wrong_share())?;
        }
        for note in self.missed.iter().take(SHOWN).chain(self.wrong.iter().take(SHOWN)) {
            writeln!(f, "  {note}")?;
        }
        Ok(())
    }
}

/// Describes a missed planting for the report.
fn missed(planting: &Planting, asked: bool, paired: bool) -> String {
    let Planting {
        kind, text, original, ..
    } = planting;
    let (from, to) = (&planting.document, &planting.host);
    let [at, place] = [planting.span, planting.place].map(|span| format!("{}..{}", span.start, span.end));
    let name = kind.name;
    format!("missed (asked {asked}, paired {paired}): {name}, {from} {at} {original:?} in {to} {place} {text:?}")
}

/// Returns true if a match shows where the planting was cut: its stretch is there, and the stretch covers half of what
/// was cut, or its passage (of these spans) does, or half of that passage lies there.
fn meets_origin(planting: &Planting, found: &Match, passage: &[Span]) -> bool {
    let there = |spans: &[Span]| 2 * bytes_within(spans, planting.span);
    let cut = planting.span.len();
    let found_there = there(&spans(&found.found));
    let passage_bytes: usize = passage.iter().map(|span| span.len()).sum();
    found.document == planting.document
        && found_there > 0
        && (found_there >= cut || there(passage) >= cut.min(passage_bytes))
}

/// Returns true if a pair joins the passage that holds a planting with one that it was cut from.
fn joins(planting: &Planting, [one, other]: [&Passage; 2]) -> bool {
    let at = |passage: &Passage, document: &str, span| {
        passage.document == document && bytes_within(&passage.spans, span) > 0
    };
    let between = |host: &Passage, source: &Passage| {
        at(host, &planting.host, planting.place) && at(source, &planting.document, planting.span)
    };
    between(one, other) || between(other, one)
}

/// Returns the number of bytes of `spans` that lie inside `span`.
fn bytes_within(spans: &[Span], span: Span) -> usize {
    let inside = |part: &Span| part.end.min(span.end).saturating_sub(part.start.max(span.start));
    spans.iter().map(inside).sum()
}

/// Returns the spans of pieces.
pub(super) fn spans(pieces: &[Piece]) -> Vec<Span> {
    pieces.iter().flat_map(|piece| piece.spans.iter().copied()).collect()
}
