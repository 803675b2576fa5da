//! The header of a document: the rows of its letterhead, title and motto.

use super::block::Block;
use super::label::LabelClass;
use super::paragraph::ParagraphBuilder;
use crate::document::layout::Sheet;
use crate::reading::Reading;

/// Rows that a letterhead, a title and a motto may take.
const MAX_HEADER_ROWS: usize = 48;
/// Chars from which a block that ends as a sentence does is a paragraph; a line of a letterhead may end
/// with a stop, too.
const MIN_PARAGRAPH_CHARS: usize = 100;
/// Rows that the motto below a title takes at most.
const MAX_MOTTO_ROWS: usize = 8;

/// The first rows of a text, before its first paragraph or labeled title: the header is among them.
pub(crate) struct HeaderCandidates {
    /// Number of rows.
    pub(crate) rows: usize,
    /// True if a paragraph or a labeled title follows them.
    ended: bool,
}

impl HeaderCandidates {
    /// Finds the rows of `flow` that may be the header. They end before the first paragraph, which ends as a sentence
    /// does, and before the first labeled title.
    pub(crate) fn of(sheet: &Sheet<'_>, reading: &Reading, flow: &[usize]) -> Self {
        let first = &flow[..flow.len().min(MAX_HEADER_ROWS)];
        let mut builder = ParagraphBuilder::new(sheet, reading);
        for &row in first {
            builder.push_row(row);
        }
        let mut rows = 0;
        for block in &builder.finish() {
            if is_text(sheet, block, rows) {
                return Self { rows, ended: true };
            }
            rows += block.rows.len();
        }
        Self {
            rows: rows.min(first.len()),
            ended: false,
        }
    }

    /// Returns how many of the first rows of `flow` are the header, of which `titled` are letterhead and title: these
    /// are known by their words, and below them only a motto follows.
    ///
    /// A text without any of these in its first rows has no header.
    pub(crate) fn header_rows(&self, sheet: &Sheet<'_>, flow: &[usize], titled: usize) -> usize {
        if titled > 0 {
            return titled + motto_rows(sheet, &flow[titled..], self.rows - titled);
        }
        // A short text may be all header: a cover, a letterhead alone.
        if self.ended || flow.len() <= MAX_HEADER_ROWS {
            self.rows
        } else {
            0
        }
    }
}

/// Returns true if `block`, which `rows` rows come before, is text, no part of the header.
fn is_text(sheet: &Sheet<'_>, block: &Block, rows: usize) -> bool {
    // A subject in capitals is no paragraph, however long it is.
    let capitals = sheet.rows[block.rows[0]].capitals;
    let paragraph = !capitals && block.chars(sheet) >= MIN_PARAGRAPH_CHARS && sheet.rows[block.last_row()].ended;
    // Four full lines without an end are a paragraph whose stop a scan lost, unless nothing comes before.
    let full = rows > 0 && !capitals && block.chars(sheet) >= 4 * sheet.width;
    let labeled = matches!(
        block.class(),
        Some(class) if class != LabelClass::Appendix && (class.is_outer() || matches!(class, LabelClass::Arabic(_)))
    );
    paragraph || full || labeled
}

/// Returns how many of the rows `below` a title, the first `most` of which are no paragraph, are its motto. Short lines
/// that end as sentences do are text, and so are more lines than a motto has.
fn motto_rows(sheet: &Sheet<'_>, below: &[usize], most: usize) -> usize {
    // The lines of a motto may end with semicolons.
    let stopped = |&row: &usize| sheet.rows[row].ended && !sheet.body(row).ends_with(';');
    if most > MAX_MOTTO_ROWS || below.iter().take(most).any(stopped) {
        0
    } else {
        most
    }
}
