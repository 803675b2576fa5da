//! Notes of damaged pages, where the marks are misread or lost.
//!
//! A scan misreads the raised number: `"Tinh®"` calls `"¥ Sau đây …"`, both for 3. What is certain is that
//! notes are numbered consecutively, that they are at the end of the page that calls them, and that they are
//! called in their order. So each page is tried with every row at which its notes may begin, and its marks are
//! aligned with the numbers that are due. The page has notes if some trial fits as a whole.
//!
//! - [`page`] tries and weighs the ways to read one page;
//! - [`opening`] reads the mark before the body of a note, [`number`] repairs its number;
//! - [`mark`] lists what may be a mark in running text, [`align`] picks the marks that call the notes.

mod align;
mod mark;
mod number;
mod opening;
mod page;

use align::{EXACT_SCORE, SIGN_SCORE};
use mark::candidates;
use number::PrintedNumber;
use opening::{has_point, opening_of};
use page::{best_trial, try_split};

use super::note::Note;
use crate::document::layout::Sheet;
use crate::stop::checkpoint;

/// Finds the notes of the pages for which `damaged` returns true, given their index.
pub(super) fn find_notes(sheet: &Sheet<'_>, damaged: impl Fn(usize) -> bool) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut first = 0;
    while first < sheet.rows.len() {
        checkpoint();
        let page = sheet.rows[first].page;
        let count = sheet.rows[first..].iter().take_while(|row| row.page == page).count();
        let rows: Vec<usize> = (first..first + count)
            .filter(|&row| damaged(page) && !sheet.rows[row].role.is_page_furniture())
            .collect();
        notes.extend(notes_of_page(sheet, &rows, &notes));
        first += count;
    }
    let last = sheet.rows.last();
    if notes.is_empty() && last.is_some_and(|last| damaged(last.page)) {
        notes = endnotes(sheet);
    }
    notes
}

/// Returns the notes of the page of `rows`, which come after the notes `before`: numbered on, or from 1
/// again.
///
/// Word processors can number the notes of each page from 1. That is accepted where the calls prove it: all
/// of them exact, or, on a page that cannot continue the numbers, none of them lost.
fn notes_of_page(sheet: &Sheet<'_>, rows: &[usize], before: &[Note]) -> Vec<Note> {
    let due = before.last().map_or(1, |note| note.number + 1);
    let pointed = before.iter().rev().find_map(|note| has_point(sheet, note.mark));
    let mut best = best_trial(sheet, rows, due, before.is_empty(), pointed);
    if due > 1 {
        let min_score = if best.is_some() { EXACT_SCORE } else { SIGN_SCORE };
        let again = best_trial(sheet, rows, 1, false, pointed).filter(|trial| {
            let numbered = trial
                .notes
                .first()
                .is_some_and(|note| has_point(sheet, note.mark).is_some());
            numbered && trial.worst_call >= min_score
        });
        best = again.or(best);
    }
    best.map_or_else(Vec::new, |trial| trial.notes)
}

/// Returns the notes that are together at the end of the document, from the last `1` that opens one. They are
/// accepted if each is called by its exact number.
fn endnotes(sheet: &Sheet<'_>) -> Vec<Note> {
    let rows: Vec<usize> = sheet.text_rows().collect();
    let last_first = (1..rows.len()).rev().find(|&at| {
        let row = &sheet.rows[rows[at]];
        (row.gap > 0 || row.ruled)
            && opening_of(sheet, rows[at]).is_some_and(|opening| opening.number == PrintedNumber::Digits(1))
    });
    let Some(split) = last_first else { return Vec::new() };
    let found = candidates(sheet, &rows[..split]);
    let trial = try_split(sheet, rows.split_at(split), &found, 1, 0);
    if trial.worst_call >= EXACT_SCORE {
        trial.notes
    } else {
        Vec::new()
    }
}
