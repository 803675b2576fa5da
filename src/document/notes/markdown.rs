//! Notes in Markdown, wherever they are: `^(*) tên địa phương`, `[^1]: …`, called by `^(*)` and `[^1]`.

use super::mark::{Glyph, MarkCandidate, word_around};
use super::note::Note;
use crate::document::layout::Sheet;
use crate::text::Span;

/// Bytes of the longest mark.
const MAX_MARK_BYTES: usize = 8;

/// Finds the notes and their calls, in order; the notes are numbered by their order.
pub(super) fn find_notes(sheet: &Sheet<'_>) -> Vec<Note> {
    let mut notes: Vec<Note> = Vec::new();
    for (index, row) in sheet.rows.iter().enumerate() {
        let body = sheet.body(index);
        let Some(close) = body
            .strip_prefix("^(")
            .map(|_| ')')
            .or(body.strip_prefix("[^").map(|_| ']'))
        else {
            continue;
        };
        let Some(end) = body.find(close).filter(|&end| end < MAX_MARK_BYTES) else {
            continue;
        };
        let rest = body[end + 1..].trim_start_matches([':', ' ']);
        notes.push(Note {
            // The marks may all be "*", so that only the order gives a number.
            number: notes.len() + 1,
            mark: Span::new(row.body.start, row.body.end - rest.len()),
            paragraphs: vec![vec![index]],
            call: None,
        });
    }
    if !notes.is_empty() {
        let calls = find_calls(sheet, &notes.iter().map(|note| note.mark).collect::<Vec<_>>());
        for (note, call) in notes.iter_mut().zip(calls) {
            note.call = Some(call);
        }
    }
    notes
}

/// Finds the calls (`^()`, `^(*)`, `[^1]`) outside the marks `bodies` of the notes, in order.
fn find_calls(sheet: &Sheet<'_>, bodies: &[Span]) -> Vec<MarkCandidate> {
    let mut found = Vec::new();
    for row in &sheet.rows {
        let body = row.body.slice(sheet.text);
        for at in memchr::memchr_iter(b'^', body.as_bytes()) {
            // "^(*)" begins at the caret, "[^1]" a byte before it.
            let (start, close) = match (
                body.as_bytes().get(at + 1),
                at.checked_sub(1).map(|i| body.as_bytes()[i]),
            ) {
                (Some(b'('), _) => (at, b')'),
                (_, Some(b'[')) => (at - 1, b']'),
                _ => continue,
            };
            let Some(end) = body.as_bytes()[at..]
                .iter()
                .take(MAX_MARK_BYTES)
                .position(|&byte| byte == close)
            else {
                continue;
            };
            let mark = Span::new(row.body.start + start, row.body.start + at + end + 1);
            // The mark before the body of a note calls nothing.
            if !bodies.iter().any(|body| body.overlaps(mark)) {
                found.push(MarkCandidate {
                    word: word_around(sheet.text, row.body, mark),
                    mark,
                    glyph: Glyph::Lost,
                });
            }
        }
    }
    found
}
