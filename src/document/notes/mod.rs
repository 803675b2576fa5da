//! Notes at the foot of pages and at the end, and the marks that call them.
//!
//! On paper a note is set in smaller type under a rule, and a raised number calls it: `"Đảng6,"` calls
//! `"6. Nhiều văn kiện lớn …"`. A text file keeps neither the rule nor the raising, so a note begins as an item of
//! a list does. Two readers find the notes, page by page after the quality of its letters:
//!
//! - [`printed`] reads clean pages. Marks are as printed there: nothing is a note without an equal mark that calls
//!   it.
//! - [`scan`] reads pages with misread letters, where most marks are misread as well (`"Tinh®"` calls
//!   `"¥ Sau đây …"`), and those that an OCR of Vietnamese read, which misreads raised numbers too but tells their
//!   places. It weighs what is left of a page as a whole.
//!
//! A Word file marks its notes itself; [`given`] takes them from there.
//!
//! [`mod@attach`] makes passages of the notes and ties each to the passage that calls it.

mod attach;
mod given;
mod note;
mod printed;
mod scan;

pub(crate) use attach::attach;

use note::Note;

use crate::document::layout::Sheet;
use crate::reading::Reading;
use crate::text::Span;

/// Finds the notes of all pages, in the order of their first rows. Those that the format of the file marks are all
/// that it has.
pub(crate) fn find_notes(sheet: &Sheet<'_>, reading: &Reading) -> Vec<Note> {
    if !sheet.structure().notes.is_empty() {
        return given::notes(sheet);
    }
    let damaged = damaged_pages(sheet, reading);
    let is_damaged = |page: usize| damaged.get(page).copied().unwrap_or(false);
    let mut notes = printed::find_notes(sheet, |page| !is_damaged(page));
    if damaged.contains(&true) {
        notes.extend(scan::find_notes(sheet, is_damaged));
        notes.sort_by_key(|note| note.mark.start);
    }
    notes
}

/// Returns for each page whether its marks are: its letters are misread, or an OCR saw marks that it may have misread.
fn damaged_pages(sheet: &Sheet<'_>, reading: &Reading) -> Vec<bool> {
    let ends = sheet.page_starts.iter().skip(1).copied().chain([sheet.text.len()]);
    sheet
        .page_starts
        .iter()
        .zip(ends)
        .map(|(&start, end)| {
            let raised = &sheet.structure().raised;
            let next = raised.partition_point(|mark| mark.start < start);
            raised.get(next).is_some_and(|mark| mark.start < end) || reading.is_misread(Span::new(start, end))
        })
        .collect()
}

/// Returns the marks that call the notes, sorted.
pub(crate) fn calls(notes: &[Note]) -> Vec<Span> {
    let marks = notes.iter().filter_map(|note| note.call.as_ref()).map(|call| call.mark);
    let mut marks: Vec<Span> = marks.filter(|mark| !mark.is_empty()).collect();
    marks.sort_unstable();
    marks
}

/// Returns the rows of running text: all but furniture and notes.
pub(crate) fn rows_of_text(sheet: &Sheet<'_>, notes: &[Note]) -> Vec<usize> {
    let mut in_notes: Vec<usize> = notes
        .iter()
        .flat_map(|note| note.paragraphs.iter().flatten())
        .copied()
        .collect();
    in_notes.sort_unstable();
    sheet
        .text_rows()
        .filter(|row| in_notes.binary_search(row).is_err())
        .collect()
}
