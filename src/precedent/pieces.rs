//! The pieces of both texts of an alignment: words that are the same, changed, inserted or left out.

use serde::Serialize;

use super::stretch::{AlignedStretch, AlignmentStep, PairKind};
use crate::index::{BestReading, Cell};
use crate::record::PassageRecord;
use crate::text::{Form, Mapped, Span};

/// Relation of a piece of one text to the other text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum PieceKind {
    /// Both texts have it; marks that a text lost and letters that a scan misread make no difference.
    Same,
    /// The other text has other words in its place.
    Changed,
    /// The passage found has it, the given text lacks it.
    Inserted,
    /// The given text has it, the passage found lacks it.
    Dropped,
}

/// A piece of an aligned text, of whole words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = PrecedentPiece)]
pub struct AlignedPiece {
    /// Its words in the source.
    pub text: String,
    /// Its repaired reading, where the source is damaged.
    pub repaired: Option<String>,
    /// Its relation to the other text.
    pub kind: PieceKind,
    /// Number of its stretch, from 1, the best first; a stretch has the same number on both sides.
    pub stretch: usize,
    /// Its bytes in the text of its side (`text` of the passage, or the given text, lines joined), `[start, end)`.
    pub at: [usize; 2],
    /// Its bytes in the file, or in the given text, line by line, `[start, end)`, without the blanks at the ends of
    /// lines.
    pub spans: Vec<[usize; 2]>,
    /// Its bytes in the repaired reading of its side; `None` if nothing of the side is damaged, or the piece is no part
    /// of that reading.
    #[serde(skip)]
    pub in_reading: Option<[usize; 2]>,
}

/// A side of an alignment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AlignmentSide {
    /// The given text, the first side.
    Source,
    /// The passage found, the second side.
    Found,
}

/// The map from the bytes of a text whose lines are joined back to those of its source.
#[derive(Clone, Debug)]
pub(super) struct SourceMap {
    view: Mapped,
    /// The lines of the source without the blanks at their ends. Sorted, disjoint.
    lines: Vec<Span>,
}

impl SourceMap {
    /// The map of the `view` that joins the lines of `fragments` of `source`.
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

    /// The map of the text of a passage; `source` is the text of its document.
    pub(super) fn of_passage(source: &str, record: &PassageRecord) -> Self {
        let fragments: Vec<Span> = record.spans.iter().map(|span| Span::new(span[0], span[1])).collect();
        let view = Mapped::join(source, &fragments, Form::Source);
        Self::new(source, fragments, view)
    }

    /// Returns the bytes of the source that bytes of the text stand for, line by line.
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
pub(super) struct AlignedText<'t> {
    /// Its text, lines joined.
    pub(super) text: &'t str,
    /// Its words.
    pub(super) cells: &'t [Cell],
    /// Its reading; `None` where nothing is damaged.
    pub(super) laid: Option<&'t BestReading>,
    /// The map back to its source.
    pub(super) source_map: &'t SourceMap,
}

/// Returns the pieces of one side, in the order of its text; no two overlap.
pub(super) fn pieces(stretches: &[AlignedStretch], side: AlignmentSide, text: &AlignedText<'_>) -> Vec<AlignedPiece> {
    let mut runs: Vec<WordRun> = Vec::new();
    for (number, stretch) in (1..).zip(stretches) {
        for (at, kind) in stretch.steps.iter().filter_map(|step| of_side(step, side)) {
            runs.push(WordRun {
                first: at,
                last: at,
                span: text.cells[at].span,
                kind,
                stretch: number,
            });
        }
    }
    runs.sort_by_key(|run| (run.first, run.stretch));
    // A word left out of one stretch may be paired in another: the pair says more.
    runs.dedup_by(|next, last| {
        let twice = next.first == last.first;
        if twice && matches!(last.kind, PieceKind::Inserted | PieceKind::Dropped) {
            std::mem::swap(next, last);
        }
        twice
    });
    let mut joined: Vec<WordRun> = Vec::new();
    for run in runs {
        match joined.last_mut() {
            Some(last) if last.goes_on_with(&run) => last.join(&run),
            _ => joined.push(run),
        }
    }
    joined.iter().map(|run| run.piece(text)).collect()
}

/// Returns the word of `side` in a step and its relation to the other side; `None` if the step has no word there.
fn of_side(step: &AlignmentStep, side: AlignmentSide) -> Option<(usize, PieceKind)> {
    let kind = |kind: PairKind| match kind {
        PairKind::Same | PairKind::Misread => PieceKind::Same,
        PairKind::Changed => PieceKind::Changed,
    };
    match (*step, side) {
        (AlignmentStep::Pair(i, _, of_pair, _), AlignmentSide::Source) => Some((i, kind(of_pair))),
        (AlignmentStep::Pair(_, j, of_pair, _), AlignmentSide::Found) => Some((j, kind(of_pair))),
        (AlignmentStep::Dropped(i), AlignmentSide::Source) => Some((i, PieceKind::Dropped)),
        (AlignmentStep::Inserted(j), AlignmentSide::Found) => Some((j, PieceKind::Inserted)),
        _ => None,
    }
}

/// Neighboring words of one kind and one stretch.
struct WordRun {
    /// Indices of its first and last word.
    first: usize,
    last: usize,
    span: Span,
    kind: PieceKind,
    stretch: usize,
}

impl WordRun {
    /// Returns true if `next` belongs to this run. Words that share bytes (a damaged word read as several) are never
    /// parted.
    fn goes_on_with(&self, next: &Self) -> bool {
        let goes_on = next.first == self.last + 1 && (next.kind, next.stretch) == (self.kind, self.stretch);
        goes_on || next.span.start < self.span.end
    }

    /// Appends `next`.
    fn join(&mut self, next: &Self) {
        if self.kind != next.kind {
            self.kind = PieceKind::Changed;
        }
        self.last = next.last;
        self.span = self.span.cover(next.span);
    }

    /// Returns the piece of `text` that the run is.
    fn piece(&self, text: &AlignedText<'_>) -> AlignedPiece {
        AlignedPiece {
            text: self.span.slice(text.text).to_owned(),
            repaired: self.repaired(text),
            kind: self.kind,
            stretch: self.stretch,
            at: [self.span.start, self.span.end],
            spans: text.source_map.spans(self.span),
            in_reading: self.in_reading(text).map(|span| [span.start, span.end]),
        }
    }

    /// Returns the place of its words in the repaired reading of the text.
    fn in_reading(&self, text: &AlignedText<'_>) -> Option<Span> {
        reading_span(&text.cells[self.first..=self.last], text.laid?)
    }

    /// Returns the repaired reading of its words if one of them is damaged.
    fn repaired(&self, text: &AlignedText<'_>) -> Option<String> {
        let cells = &text.cells[self.first..=self.last];
        cells.iter().find(|cell| cell.damaged.is_some())?;
        repaired_words(cells, text.laid?)
    }
}

/// Returns the words of `cells` in the repaired reading `laid`; `None` for no words.
pub(super) fn repaired_words(cells: &[Cell], laid: &BestReading) -> Option<String> {
    reading_span(cells, laid).map(|span| span.slice(&laid.text).to_owned())
}

/// Returns the place of the words of `cells` in the repaired reading `laid`; `None` for no words.
fn reading_span(cells: &[Cell], laid: &BestReading) -> Option<Span> {
    let forms = cells.iter().flat_map(|cell| laid.forms(cell));
    forms.map(|(_, span)| span).reduce(Span::cover)
}
