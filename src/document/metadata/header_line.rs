//! A line of the header in its repaired reading.

use crate::document::layout::Sheet;
use crate::document::phrase::FoldedWords;
use crate::document::strays::without_strays;
use crate::reading::Reading;
use crate::text::Form;

/// A line of the header in its repaired reading.
pub(super) struct HeaderLine {
    /// Its row in the sheet.
    pub(super) row: usize,
    /// Its reading.
    pub(super) text: String,
    /// The words of its reading.
    pub(super) words: FoldedWords,
}

impl HeaderLine {
    /// Reads row `row` of the sheet, without Markdown and stray apostrophes.
    pub(super) fn read(sheet: &Sheet<'_>, reading: &Reading, row: usize) -> Self {
        let view = reading.view(sheet.text, &[sheet.rows[row].body], &[], Form::Match);
        let text = without_strays(&view.text().replace("**", ""));
        Self {
            row,
            words: FoldedWords::of(&text, reading.is_misread(sheet.rows[row].body)),
            text,
        }
    }
}
