//! Notes with plain marks between the paragraphs of a file that lost its page breaks.
//!
//! A converter to Markdown, or a copy from a page of the web, puts the notes of a page where the page ended. Only
//! the paragraph with the mark is the note. It begins with a bare number, as no item of a list does, or a sentence
//! goes on after it; and a good call of that number is in the text since the notes before.

use super::call::Grade;
use super::extent::end_of_paragraph;
use super::form::{Key, MarkForm};
use super::found::{FoundNote, PrintedMarks, text_rows};
use super::pool::CallPool;
use crate::document::layout::{RowRole, Sheet, SheetRow};

/// Finds the notes among the rows that are not taken.
pub(super) fn find<'t>(sheet: &Sheet<'t>, text: &PrintedMarks<'t>, taken: &[bool]) -> Vec<FoundNote<'t>> {
    let pool = CallPool::of(&text.calls);
    let mut found: Vec<FoundNote<'t>> = Vec::new();
    // The bytes after the last note and after its call, and its number.
    let (mut after_note, mut after_call, mut last) = (0, 0, 0);
    for &opening in &text.openings {
        let Key::Number(number) = opening.key else { continue };
        let due = opening.form == MarkForm::Star || number == 1 || number == last + 1;
        if taken[opening.row] || opening.proves_itself() || opening.lone || !opening.apart || !due {
            continue;
        }
        // Numbers that run on have calls in their order; those that begin again have them after the notes before.
        let from = if number == last + 1 { after_call } else { after_note };
        // A page that is known calls its own notes.
        let from = from.max(
            sheet
                .page_starts
                .get(sheet.rows[opening.row].page)
                .copied()
                .unwrap_or(0),
        );
        let call = pool.call_of(&opening, from, opening.mark.start);
        let Some(call) = call.filter(|call| call.grade >= Grade::Good) else {
            continue;
        };
        let end = end_of_paragraph(sheet, opening.row);
        let bare = opening.form == MarkForm::Number && !opening.pointed && call.form == MarkForm::Number;
        if !bare && !is_broken_by(sheet, opening.row, end) {
            continue;
        }
        found.push(FoundNote {
            opening,
            call: Some(*call),
            rows: text_rows(sheet, taken, opening.row, end),
        });
        (after_note, after_call) = (opening.mark.end, call.call.mark.end);
        if opening.form != MarkForm::Star {
            last = number;
        }
    }
    found
}

/// Returns true if the rows from `first` up to `end` are in the middle of a sentence: a full line above them does not
/// end it, and a word below them goes on.
fn is_broken_by(sheet: &Sheet<'_>, first: usize, end: usize) -> bool {
    let is_full = |above: &SheetRow| !above.ended && !above.capitals && above.chars * 10 >= sheet.width * 7;
    let above = first.checked_sub(1).and_then(|above| sheet.rows.get(above));
    let below = sheet
        .rows
        .get(end)
        .filter(|below| below.role == RowRole::Text && below.lower);
    // "a) Hồ sơ" begins an item.
    let is_word = |below: &SheetRow| {
        below
            .body
            .slice(sheet.text)
            .chars()
            .nth(1)
            .is_some_and(char::is_alphabetic)
    };
    above.is_some_and(|above| above.role == RowRole::Text && is_full(above)) && below.is_some_and(is_word)
}
