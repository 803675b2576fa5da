//! Beginnings of notes and calls on clean pages, and the notes that were found.

use super::call::PrintedCall;
use super::opening::Opening;
use crate::document::layout::{RowRole, Sheet};

/// A note that was found: its beginning, what calls it, and its rows.
#[derive(Clone, Debug)]
pub(super) struct FoundNote<'t> {
    /// Its beginning.
    pub(super) opening: Opening<'t>,
    /// The mark that calls it; `None` where the notes before and after it prove it.
    pub(super) call: Option<PrintedCall<'t>>,
    /// Its rows, from its beginning on; rows that are no text are left out.
    pub(super) rows: Vec<usize>,
}

/// The possible notes and calls on the clean pages of a document.
pub(super) struct PrintedMarks<'t> {
    /// The beginnings of notes, in order.
    pub(super) openings: Vec<Opening<'t>>,
    /// The calls, in order.
    pub(super) calls: Vec<PrintedCall<'t>>,
}

/// Returns row `first`, which holds the mark of a note, and the rows of text after it up to `end` that are not
/// taken.
pub(super) fn text_rows(sheet: &Sheet<'_>, taken: &[bool], first: usize, end: usize) -> Vec<usize> {
    (first..end)
        .filter(|&row| row == first || sheet.rows[row].role == RowRole::Text && !taken[row])
        .collect()
}
