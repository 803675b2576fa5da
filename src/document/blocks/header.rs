//! The header of a document: the rows of its letterhead, title and motto.

use super::label::LabelClass;
use super::paragraph::ParagraphBuilder;
use crate::document::layout::Sheet;
use crate::reading::Reading;

/// Rows that a letterhead, a title and a motto may take.
const MAX_HEADER_ROWS: usize = 48;
/// Chars from which a block that ends as a sentence does is a paragraph; a line of a letterhead may end
/// with a stop, too.
const MIN_PARAGRAPH_CHARS: usize = 100;

/// Returns how many of the first rows of `flow` are the header: letterhead, title, motto.
///
/// It ends before the first paragraph that ends as a sentence does, and before the first numbered title. A
/// text without one of them in its first rows has no header.
pub(crate) fn header_rows(sheet: &Sheet<'_>, reading: &Reading, flow: &[usize]) -> usize {
    let mut builder = ParagraphBuilder::new(sheet, reading);
    for &row in flow.iter().take(MAX_HEADER_ROWS) {
        builder.push_row(row);
    }
    let mut rows = 0;
    for block in &builder.finish() {
        let paragraph = block.chars(sheet) >= MIN_PARAGRAPH_CHARS && sheet.rows[block.last_row()].ended;
        // Four full lines without an end are a paragraph whose stop a scan lost, unless nothing comes before.
        let full = rows > 0 && block.chars(sheet) >= 4 * sheet.width;
        let titled = matches!(
            block.class(),
            Some(class) if class != LabelClass::Appendix && (class.is_outer() || matches!(class, LabelClass::Arabic(_)))
        );
        if paragraph || full || titled {
            return rows;
        }
        rows += block.rows.len();
    }
    // A short text may be all header: a cover, a letterhead alone.
    if flow.len() <= MAX_HEADER_ROWS {
        flow.len().min(rows)
    } else {
        0
    }
}
