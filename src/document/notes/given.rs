//! The notes that the format of a file marks.

use super::note::{Call, Note};
use crate::document::layout::Sheet;
use crate::text::{Span, StructureNote};

/// Returns the notes that the format of the file marks, in the order of their bodies.
pub(super) fn notes(sheet: &Sheet<'_>) -> Vec<Note> {
    let notes = &sheet.structure().notes;
    notes.iter().filter_map(|note| note_of(sheet, note)).collect()
}

/// Returns the note that `given` describes; `None` if no row holds it.
fn note_of(sheet: &Sheet<'_>, given: &StructureNote) -> Option<Note> {
    let lines = sheet.structure().lines.get(given.lines.clone())?;
    let (first, last) = (lines.first()?, lines.last()?);
    let from = sheet.rows.partition_point(|row| row.body.start < first.span.start);
    let to = sheet.rows.partition_point(|row| row.body.start < last.span.end);
    let mut paragraphs: Vec<Vec<usize>> = Vec::new();
    for row in from..to {
        let continues = sheet.given(row).is_some_and(|line| line.continues);
        match paragraphs.last_mut() {
            Some(paragraph) if continues => paragraph.push(row),
            _ => paragraphs.push(vec![row]),
        }
    }
    (!paragraphs.is_empty()).then(|| Note {
        number: given.number,
        mark: given.mark,
        paragraphs,
        call: given.call.map(|mark| call_at(sheet.text, mark)),
    })
}

/// Returns the call with the mark `mark`. The mark is no part of the word before it, as a typed one may be.
fn call_at(text: &str, mark: Span) -> Call {
    let before = Span::new(0, mark.start).slice(text);
    let line = before.rfind('\n').map_or(0, |end| end + 1);
    // Another mark may stand between the word and this one.
    let mut left = before[line..].trim_end();
    while let Some(open) = left.rfind('[').filter(|_| left.ends_with(']')) {
        left = left[..open].trim_end();
    }
    let start = left
        .char_indices()
        .rfind(|(_, char)| char.is_whitespace())
        .map_or(0, |(at, char)| at + char.len_utf8());
    Call {
        word: Span::new(line + start, line + left.len()),
        mark,
    }
}
