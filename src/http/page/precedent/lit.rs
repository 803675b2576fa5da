//! Shared wording in its sentence: what both texts have is lit, what differs is marked by more than color.

use maud::{Markup, html};

use crate::http::page::shell::untrusted::Untrusted;
use crate::precedent::{AlignedPiece, PieceKind, Precedent};
use crate::record::PassageRecord;
use crate::render::language::Strings;
use crate::text::{Span, sentence_around};

/// Longest stretch between the first and the last shared word that is shown whole, in bytes; of a longer one, the best
/// part.
const MAX_STRETCH_BYTES: usize = 2_000;

/// A text with the words that it shares with another.
pub(crate) struct Lit<'t> {
    text: &'t str,
    /// The pieces of `text`, sorted, apart.
    pieces: Vec<(Span, PieceKind)>,
    /// The first and the last byte to show.
    shown: Span,
}

impl<'t> Lit<'t> {
    /// The passage that was found.
    pub(crate) fn found(found: &'t Precedent) -> Self {
        Self::of(&found.stored.record.text, found.reading.as_deref(), &found.found)
    }

    /// The text that precedents were looked for.
    pub(crate) fn given(found: &'t Precedent, text: &'t str) -> Self {
        Self::of(text, found.given_reading.as_deref(), &found.source)
    }

    /// A text, or its repaired reading if it has one, with aligned pieces of it.
    fn of(text: &'t str, reading: Option<&'t str>, aligned: &[AlignedPiece]) -> Self {
        let shown = reading.unwrap_or(text);
        let at = |piece: &AlignedPiece| match reading {
            Some(_) => piece.in_reading,
            None => Some(piece.at),
        };
        let mut pieces: Vec<(Span, PieceKind)> = Vec::with_capacity(aligned.len());
        let mut best: Option<Span> = None;
        let mut end = 0;
        for piece in aligned {
            let Some([start, stop]) = at(piece) else { continue };
            // A damaged word may be read as several that share letters with the next one.
            if start < end || shown.get(start..stop).is_none() {
                continue;
            }
            end = stop;
            let span = Span::new(start, stop);
            if piece.stretch == 1 {
                best = Some(best.map_or(span, |best| best.cover(span)));
            }
            pieces.push((span, piece.kind));
        }
        let all = pieces.iter().map(|(span, _)| *span).reduce(Span::cover);
        let all = all.filter(|all| all.end - all.start <= MAX_STRETCH_BYTES).or(best);
        Self {
            text: shown,
            pieces,
            shown: all.map_or(Span::new(0, shown.len()), |place| sentence_around(shown, place)),
        }
    }

    /// Returns the whole text, not only the sentence.
    pub(crate) fn whole(mut self) -> Self {
        self.shown = Span::new(0, self.text.len());
        self
    }

    /// Renders the sentence around the shared words. With `differences`, the words that differ are marked.
    pub(crate) fn render(&self, differences: bool) -> Markup {
        let mut at = self.shown.start;
        let mut parts: Vec<(Span, PieceKind, bool)> = Vec::new();
        for (span, kind) in &self.pieces {
            let (start, end) = (span.start.max(at), span.end.min(self.shown.end));
            if start < end {
                parts.push((Span::new(at, start), PieceKind::Same, false));
                parts.push((Span::new(start, end), *kind, true));
                at = end;
            }
        }
        parts.push((Span::new(at, self.shown.end), PieceKind::Same, false));
        html! {
            @if self.shown.start > 0 { "… " }
            @for (span, kind, is_piece) in parts {
                @let words = Untrusted(self.text.get(span.start..span.end).unwrap_or(""));
                @match (is_piece, kind) {
                    (false, _) => (words),
                    (true, PieceKind::Same) => mark { (words) },
                    (true, _) if !differences => (words),
                    (true, PieceKind::Changed) => em.changed { (words) },
                    (true, PieceKind::Inserted) => ins { (words) },
                    (true, PieceKind::Dropped) => del { (words) },
                }
            }
            @if self.shown.end < self.text.len() { " …" }
        }
    }
}

/// Returns true if the two texts of a match differ somewhere between shared words.
pub(crate) fn differs(found: &Precedent) -> bool {
    let mut pieces = found.source.iter().chain(&found.found);
    pieces.any(|piece| piece.kind != PieceKind::Same)
}

/// Renders both texts of a match side by side, word by word, under these names.
pub(crate) fn side_by_side(names: [&Markup; 2], found: &Precedent, given: &str) -> Markup {
    html! {
        div.aligned {
            div { p.side { (names[0]) } p.words lang="vi" { (Lit::given(found, given).render(true)) } }
            div { p.side { (names[1]) } p.words lang="vi" { (Lit::found(found).render(true)) } }
        }
    }
}

/// Renders the legend: each mark explained in its own style. `only` says what only the given text and only the passage
/// found has.
pub(crate) fn legend(strings: &Strings, only: [&str; 2]) -> Markup {
    html! {
        p.hint {
            (strings.legend) ": " mark { (strings.same_words) } " · "
            em.changed { (strings.changed) } " · " ins { (only[1]) } " · " del { (only[0]) }
        }
    }
}

/// Renders the letters of the file behind a passage that is shown repaired or converted.
pub(crate) fn source(strings: &Strings, record: &PassageRecord) -> Markup {
    let letters = record
        .letters
        .as_deref()
        .or(record.repaired.is_some().then_some(&record.text));
    html! {
        @if let Some(letters) = letters {
            details.source { summary { (strings.see_source) } p lang="vi" { (Untrusted(letters)) } }
        }
    }
}
