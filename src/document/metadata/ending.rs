//! The end of a document: who signs, who receives it, and place and date where the letterhead has none, as in old
//! documents and in reports to a congress.

use super::cells::HeaderCell;
use super::place_date::place_and_date;
use crate::document::Metadata;
use crate::document::blocks::signs;
use crate::document::layout::{RowRole, Sheet};
use crate::reading::Reading;

/// Rows at the end in which signature, recipients, place and date stand.
const MAX_ROWS: usize = 60;
/// Chars of the longest line of place and date.
const MAX_DATE_CHARS: usize = 120;
/// Other words that end a document: a signature whose point is lost, and recipients.
const ENDS: [&str; 3] = ["TM ", "Nơi nhận", "NƠI NHẬN"];

/// Labels of the first section or article.
const OUTLINES: [&str; 8] = [
    "I.",
    "I-",
    "I/",
    "I - ",
    "Điều 1.",
    "Chương I",
    "CHƯƠNG I",
    "Phần thứ nhất",
];

/// Returns row `row` without the signs of Markdown before it.
fn bare<'t>(sheet: &Sheet<'t>, row: usize) -> &'t str {
    sheet.body(row).trim_start_matches(['*', '_', '|', '#', ' ', '>'])
}

/// Returns true if the last rows hold a signature or a list of recipients.
pub(super) fn is_signed(sheet: &Sheet<'_>) -> bool {
    let first = sheet.rows.len().saturating_sub(MAX_ROWS);
    (first..sheet.rows.len()).any(|row| {
        let bare = bare(sheet, row);
        signs(bare) || ENDS.iter().any(|end| bare.starts_with(end)) || bare.contains("Nơi nhận:")
    })
}

/// Returns true if one of the first rows begins a section with a Roman number or an article.
pub(super) fn is_outlined(sheet: &Sheet<'_>) -> bool {
    (0..sheet.rows.len().min(MAX_ROWS)).any(|row| OUTLINES.iter().any(|label| bare(sheet, row).starts_with(label)))
}

/// Reads place and date from the last line of the document that holds nothing else.
pub(super) fn read_place_and_date(sheet: &Sheet<'_>, reading: &Reading, metadata: &mut Metadata) {
    let first = sheet.rows.len().saturating_sub(MAX_ROWS);
    for row in (first..sheet.rows.len()).rev() {
        let candidate = &sheet.rows[row];
        let dated = candidate.role == RowRole::Text
            && candidate.chars <= MAX_DATE_CHARS
            && (sheet.body(row).contains("ngày") || sheet.body(row).contains("Ngày"));
        // Misread lines are too often near a date.
        if !dated || reading.is_misread(candidate.body) {
            continue;
        }
        let found = HeaderCell::of_row(sheet, reading, row).into_iter().find_map(|cell| {
            let found = place_and_date(&cell)?;
            let whole =
                (found.from == 0 || cell.is_apart(found.from)) && (found.to == cell.len() || cell.is_apart(found.to));
            (whole && found.place.is_some() && found.date.is_some()).then_some(found)
        });
        if let Some(found) = found {
            metadata.date = found.date;
            metadata.place = metadata.place.take().or(found.place);
            return;
        }
    }
}
