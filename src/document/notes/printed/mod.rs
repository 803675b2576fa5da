//! Notes of clean pages, where the marks are as printed: exact, and proven by the marks that call them.
//!
//! A numbered list, a bullet or a row of a table begins as a note does. So nothing is a note without an equal mark
//! in the text before it, and the weaker the form of the mark, the more is asked for:
//!
//! - [`explicit`]: no list begins with `[1]`, `¹` or `[^1]`; one equal mark proves each such note, wherever it is;
//! - [`zone`]: `1 Theo …`, `1. Theo …`, `(1) Theo …` and `* Theo …` also begin items. They are notes where
//!   they end a page or the document, run on number by number, and are called in their order;
//! - [`inline`]: in a file that lost its page breaks they are between two paragraphs, or in the middle of a sentence.
//!
//! [`form`] reads a mark, [`opening`] the beginning of a note, [`call`] finds and grades the marks in the text,
//! [`pool`] looks them up, [`found`] holds the marks and notes that were found, and [`extent`] decides where the body of a note ends.

mod call;
mod explicit;
mod extent;
mod form;
mod found;
mod inline;
mod opening;
mod pool;
mod zone;

#[cfg(test)]
mod tests;

use call::PrintedCall;
use form::MarkForm;
use found::{FoundNote, PrintedMarks};
use opening::{Opening, lone_at, opening_at};

use super::note::Note;
use crate::document::layout::{RowRole, Sheet};
use crate::stop::checkpoint;

/// Finds the notes of the rows for which `clean` returns true, given the index of their page.
pub(super) fn find_notes(sheet: &Sheet<'_>, clean: impl Fn(usize) -> bool) -> Vec<Note> {
    let Some(text) = read_rows(sheet, &clean) else {
        return Vec::new();
    };
    let mut taken = vec![false; sheet.rows.len()];
    let mut found = explicit::find(sheet, &text);
    take(&mut taken, &found);
    let zones = zone::find(sheet, &text, &mut taken);
    found.extend(zones);
    let inline = inline::find(sheet, &text, &taken);
    take(&mut taken, &inline);
    found.extend(inline);
    found.sort_by_key(|found| found.opening.row);
    extent::join_over_pages(sheet, &mut found, &taken);
    let mut names = 0;
    found
        .into_iter()
        .map(|found| {
            let number = found.opening.number().unwrap_or_else(|| {
                names += 1;
                names
            });
            note_of(sheet, found, number)
        })
        .collect()
}

/// Marks the rows of `found` as taken.
fn take(taken: &mut [bool], found: &[FoundNote<'_>]) {
    for &row in found.iter().flat_map(|found| &found.rows) {
        taken[row] = true;
    }
}

/// Reads the beginnings of notes and the calls on clean pages; `None` where nothing can be a note.
fn read_rows<'t>(sheet: &Sheet<'t>, clean: &impl Fn(usize) -> bool) -> Option<PrintedMarks<'t>> {
    let rows = || sheet.text_rows().filter(|&row| clean(sheet.rows[row].page));
    let openings: Vec<Opening<'_>> = (0..sheet.rows.len())
        .filter(|&row| clean(sheet.rows[row].page))
        .filter_map(|row| match sheet.rows[row].role {
            RowRole::Text => opening_at(sheet, row).or_else(|| lone_at(sheet, row)),
            // Inside a page a number alone is no page number.
            RowRole::PageNumber => lone_at(sheet, row),
            _ => None,
        })
        .collect();
    if openings.is_empty() {
        return None;
    }
    let mut calls: Vec<PrintedCall<'_>> = Vec::new();
    for row in rows() {
        checkpoint();
        call::find_in_row(sheet, row, &mut calls);
    }
    // The mark before the body of a note calls nothing.
    calls.retain(|call| {
        let at = openings.partition_point(|opening| opening.row < call.row);
        let own = openings.get(at).filter(|opening| opening.row == call.row);
        own.is_none_or(|opening| !opening.mark.overlaps(call.call.mark))
    });
    let definitions = openings.iter().any(|opening| opening.form == MarkForm::Reference);
    (definitions || !calls.is_empty()).then_some(PrintedMarks { openings, calls })
}

/// Makes a note of `found`.
fn note_of(sheet: &Sheet<'_>, found: FoundNote<'_>, number: usize) -> Note {
    let mut note = Note {
        number,
        mark: found.opening.mark,
        paragraphs: Vec::new(),
        call: found.call.map(|call| call.call),
    };
    for row in found.rows {
        note.push_row(sheet, row);
    }
    note
}
