//! Aligned words to pieces of the two texts: what is the same, what was changed, put in, left out.

use serde::Serialize;

use super::align::{Agreement, Step, Stretch};
use crate::index::{BestReading, Cell};
use crate::record::PassageRecord;
use crate::text::{Form, Mapped, Span};

/// What became of a piece of one text in the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum PieceKind {
    /// It stands in both; marks that a text lost and letters that a scan misread make no difference.
    Same,
    /// Other words stand in its place.
    Changed,
    /// The passage found has it, the given text has not.
    Inserted,
    /// The given text has it, the passage found has not.
    Dropped,
}

/// A piece of an aligned text: whole words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = PrecedentPiece)]
pub struct Piece {
    /// The source.
    pub text: String,
    /// Its repaired reading, where the source is damaged.
    pub repaired: Option<String>,
    /// What became of it.
    pub kind: PieceKind,
    /// Number of the stretch it belongs to, from 1, the one that tells most first; the same on both sides.
    pub stretch: usize,
    /// Its bytes in the text of the side (`text` of the passage, or what was given, lines joined), `[start, end)`.
    pub at: [usize; 2],
    /// Its bytes in the file, or in what was given, line by line, `[start, end)`; without the blanks at the ends of lines.
    pub spans: Vec<[usize; 2]>,
}

/// Which side of an alignment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// The given text.
    Source,
    /// The passage found.
    Found,
}

/// Where the bytes of a text whose lines are joined come from.
#[derive(Clone, Debug)]
pub(super) struct Origin {
    view: Mapped,
    /// The lines in the source, without the blanks at their ends. Sorted, disjoint.
    lines: Vec<Span>,
}

impl Origin {
    /// The origin of the `view` that joins the lines of `fragments` of `source`.
    pub(super) fn new(source: &str, fragments: Vec<Span>, view: Mapped) -> Self {
        let mut lines = Vec::new();
        for fragment in fragments {
            let mut start = fragment.start;
            for line in fragment.slice(source).split_inclusive(['\n', '\u{c}']) {
                let bare = line.trim();
                let first = start + (line.len() - line.trim_start().len());
                if !bare.is_empty() {
                    lines.push(Span::new(first, first + bare.len()));
                }
                start += line.len();
            }
        }
        Self { view, lines }
    }

    /// The origin of the text of a passage of the document `source`.
    pub(super) fn of_passage(source: &str, record: &PassageRecord) -> Self {
        let fragments: Vec<Span> = record.spans.iter().map(|span| Span::new(span[0], span[1])).collect();
        let view = Mapped::join(source, &fragments, Form::Source);
        Self::new(source, fragments, view)
    }

    /// The bytes of the source behind bytes of the text, line by line.
    pub(super) fn spans(&self, text: Span) -> Vec<[usize; 2]> {
        let span = self.view.source_span(text);
        let parts = self
            .lines
            .iter()
            .map(|line| [span.start.max(line.start), span.end.min(line.end)]);
        parts.filter(|part| part[0] < part[1]).collect()
    }
}

/// A text whose words were aligned.
pub(super) struct Text<'t> {
    /// Its text, lines joined.
    pub(super) text: &'t str,
    /// Its words.
    pub(super) cells: &'t [Cell],
    /// Its reading; `None` where nothing is damaged.
    pub(super) laid: Option<&'t BestReading>,
    /// Where its bytes come from.
    pub(super) origin: &'t Origin,
}

/// The pieces of one side, in the order of its text; no two overlap.
pub(super) fn pieces(stretches: &[Stretch], side: Side, text: &Text<'_>) -> Vec<Piece> {
    let mut runs: Vec<Run> = Vec::new();
    for (number, stretch) in (1..).zip(stretches) {
        for (at, kind) in stretch.steps.iter().filter_map(|step| of_side(step, side)) {
            runs.push(Run {
                first: at,
                last: at,
                span: text.cells[at].span,
                kind,
                stretch: number,
            });
        }
    }
    runs.sort_by_key(|run| (run.first, run.stretch));
    // What is left out of one stretch may be part of another: the pair tells more.
    runs.dedup_by(|next, last| {
        let twice = next.first == last.first;
        if twice && matches!(last.kind, PieceKind::Inserted | PieceKind::Dropped) {
            std::mem::swap(next, last);
        }
        twice
    });
    let mut joined: Vec<Run> = Vec::new();
    for run in runs {
        match joined.last_mut() {
            Some(last) if last.takes(&run) => last.join(&run),
            _ => joined.push(run),
        }
    }
    joined.iter().map(|run| run.piece(text)).collect()
}

/// The word of `side` in a step, and what became of it.
fn of_side(step: &Step, side: Side) -> Option<(usize, PieceKind)> {
    let kind = |agreement: Agreement| match agreement {
        Agreement::Same | Agreement::Alike => PieceKind::Same,
        Agreement::Changed => PieceKind::Changed,
    };
    match (*step, side) {
        (Step::Pair(i, _, how, _), Side::Source) => Some((i, kind(how))),
        (Step::Pair(_, j, how, _), Side::Found) => Some((j, kind(how))),
        (Step::Dropped(i), Side::Source) => Some((i, PieceKind::Dropped)),
        (Step::Inserted(j), Side::Found) => Some((j, PieceKind::Inserted)),
        _ => None,
    }
}

/// Words side by side that share their fate.
struct Run {
    first: usize,
    last: usize,
    span: Span,
    kind: PieceKind,
    stretch: usize,
}

impl Run {
    /// Does `next` go on with this run? Words that share bytes (a damaged stretch read as several) are never parted.
    fn takes(&self, next: &Self) -> bool {
        let goes_on = next.first == self.last + 1 && (next.kind, next.stretch) == (self.kind, self.stretch);
        goes_on || next.span.start < self.span.end
    }

    /// Takes up `next`.
    fn join(&mut self, next: &Self) {
        if self.kind != next.kind {
            self.kind = PieceKind::Changed;
        }
        self.last = next.last;
        self.span = self.span.cover(next.span);
    }

    /// The piece.
    fn piece(&self, text: &Text<'_>) -> Piece {
        Piece {
            text: self.span.slice(text.text).to_owned(),
            repaired: self.repaired(text),
            kind: self.kind,
            stretch: self.stretch,
            at: [self.span.start, self.span.end],
            spans: text.origin.spans(self.span),
        }
    }

    /// The reading of its words, where one of them is damaged.
    fn repaired(&self, text: &Text<'_>) -> Option<String> {
        let laid = text.laid?;
        let cells = &text.cells[self.first..=self.last];
        cells.iter().find(|cell| cell.damaged.is_some())?;
        let span = cells
            .iter()
            .flat_map(|cell| laid.forms(cell))
            .map(|(_, span)| span)
            .reduce(Span::cover)?;
        Some(span.slice(&laid.text).to_owned())
    }
}
