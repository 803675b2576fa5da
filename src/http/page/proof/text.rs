//! The text of a draft with its citations as links to what was found about them.

use maud::{Markup, html};

use super::numbered::Numbered;
use crate::http::page::shell::untrusted::Untrusted;
use crate::render::language::Strings;
use crate::text::Span;

/// Size in bytes above which only the lines of a draft with a citation are shown.
const MAX_WHOLE_BYTES: usize = 250_000;

/// A stretch of the draft that a finding or a citation is about.
struct Mark {
    span: Span,
    /// The number of the finding; `None` for a citation without any.
    number: Option<usize>,
    /// True if it is what is wrong, false if it is the citation around that.
    is_wrong: bool,
}

/// Returns the stretches of a proof, sorted by their beginning.
fn marks(numbered: &Numbered<'_>) -> Vec<Mark> {
    let span = |[start, end]: [usize; 2]| Span::new(start, end);
    let mut marks = Vec::new();
    for (number, line) in &numbered.cited {
        marks.push(Mark {
            span: span(line.span),
            number: Some(*number),
            is_wrong: false,
        });
        marks.extend(line.findings.iter().map(|finding| Mark {
            span: span(finding.span),
            number: Some(*number),
            is_wrong: true,
        }));
    }
    marks.extend(numbered.fine.iter().map(|line| Mark {
        span: span(line.span),
        number: None,
        is_wrong: false,
    }));
    marks.extend(numbered.notes.iter().map(|(number, finding)| Mark {
        span: span(finding.span),
        number: Some(*number),
        is_wrong: true,
    }));
    marks.sort_by_key(|mark| (mark.span.start, mark.span.end));
    marks
}

/// A piece of a line: its bytes, the mark that counts there, and whether it is what is wrong.
struct Piece {
    span: Span,
    /// `None` outside of every mark, `Some(None)` in a citation without a finding.
    mark: Option<Option<usize>>,
    is_wrong: bool,
}

/// Renders a draft, a paragraph for each line.
pub(super) fn lit(strings: &Strings, text: &str, numbered: &Numbered<'_>) -> Markup {
    let marks = marks(numbered);
    let is_whole = text.len() <= MAX_WHOLE_BYTES;
    // The place of a finding is its first piece: a citation may go on in the next line.
    let mut placed = vec![false; numbered.cited.len() + numbered.notes.len() + 1];
    let mut lines: Vec<Markup> = Vec::new();
    let mut is_cut = false;
    let mut from = 0;
    let mut start = 0;
    for line in text.split_inclusive(['\n', '\u{c}']) {
        let span = Span::new(start, start + line.trim_end().len());
        start += line.len();
        while marks.get(from).is_some_and(|mark| mark.span.end <= span.start) {
            from += 1;
        }
        let here: Vec<&Mark> = marks[from.min(marks.len())..]
            .iter()
            .take_while(|mark| mark.span.start < span.end)
            .filter(|mark| mark.span.end > span.start)
            .collect();
        if line.trim().is_empty() {
            continue;
        }
        if here.is_empty() && !is_whole {
            is_cut = true;
            continue;
        }
        if is_cut {
            lines.push(html! { p.hint { "⋯" } });
            is_cut = false;
        }
        let pieces = pieces(text, span, &here);
        lines.push(html! { p.words { (rendered(strings, text, &pieces, &mut placed)) } });
    }
    html! { @for line in &lines { (line) } }
}

/// Cuts the line at `span` at the ends of its marks.
fn pieces(text: &str, span: Span, marks: &[&Mark]) -> Vec<Piece> {
    let mut cuts: Vec<usize> = marks
        .iter()
        .flat_map(|mark| [mark.span.start, mark.span.end])
        .chain([span.start, span.end])
        .filter(|&at| at >= span.start && at <= span.end && text.is_char_boundary(at))
        .collect();
    cuts.sort_unstable();
    cuts.dedup();
    let pieces = cuts.windows(2).map(|ends| {
        let at = Span::new(ends[0], ends[1]);
        let here = || marks.iter().filter(|mark| mark.span.overlaps(at));
        // What is wrong counts first, then a citation with findings.
        let mark = here()
            .find(|mark| mark.is_wrong)
            .or_else(|| here().find(|mark| mark.number.is_some()))
            .or_else(|| here().next());
        Piece {
            span: at,
            mark: mark.map(|mark| mark.number),
            is_wrong: mark.is_some_and(|mark| mark.is_wrong),
        }
    });
    pieces.collect()
}

/// Renders the pieces of a line; those of one finding that follow one another are one link.
fn rendered(strings: &Strings, text: &str, pieces: &[Piece], placed: &mut [bool]) -> Markup {
    let words = |piece: &Piece| html! { (Untrusted(piece.span.slice(text))) };
    html! {
        @for run in pieces.chunk_by(|one, next| one.mark == next.mark) {
            @let shown = html! {
                @for piece in run { @if piece.is_wrong { mark { (words(piece)) } } @else { (words(piece)) } }
            };
            @match run.first().and_then(|piece| piece.mark) {
                None => (shown),
                Some(None) => span.cited title=(strings.verdict_agrees) { (shown) },
                Some(Some(number)) => {
                    @let is_first = !std::mem::replace(&mut placed[number], true);
                    a.cited.wrong href={ "#f" (number) } id=[is_first.then(|| format!("t{number}"))] {
                        (shown) sup { (number) }
                    }
                }
            }
        }
    }
}
