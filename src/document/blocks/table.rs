//! Tables of appendices: rows, and cells where the layout keeps columns apart.
//!
//! A table becomes passages of place [`Place::Table`](crate::document::Place::Table). Where consecutive lines
//! are cut into the same number of columns, by `|` or by wide blanks, each column is read down as one cell.
//! Elsewhere each stretch without a blank line is one passage, and so is a single line with columns.

use crate::document::layout::Sheet;
use crate::text::Span;

/// Number of blanks in a row that keep two columns apart.
const MIN_COLUMN_BLANKS: usize = 3;
/// Changes of the number of columns from a line to the next that a table with its head may have.
const MAX_HEAD_CHANGES: usize = 2;

/// Returns true if row `index` heads a table or shows its columns: `STT …`, `|`.
pub(crate) fn opens(sheet: &Sheet<'_>, index: usize) -> bool {
    let body = sheet.body(index);
    let first = body.split([' ', '\t', '|']).next().unwrap_or("");
    matches!(first, "STT" | "TT" | "Stt" | "stt") || body.contains('|')
}

/// Cuts rows that follow one another into cells: the fragments of each, in order of their first byte.
///
/// In a scan the rules of a table are seen in some lines and lost in others, so that neighboring lines have
/// different columns. Such rows are one cell: a piece cut from them at a rule would be half a sentence.
pub(crate) fn cells(sheet: &Sheet<'_>, rows: &[usize]) -> Vec<Vec<Span>> {
    if is_ragged(sheet, rows) {
        return vec![sheet.spans_of(rows)];
    }
    let mut cells: Vec<Vec<Span>> = Vec::new();
    let mut at = 0;
    while at < rows.len() {
        let columns = columns_of(sheet, rows[at]);
        let alike = rows[at..]
            .iter()
            .take_while(|&&row| columns_of(sheet, row).len() == columns.len())
            .count();
        if columns.len() < 2 {
            cells.push(sheet.spans_of(&rows[at..at + alike]));
        } else {
            let mut by_column: Vec<Vec<Span>> = vec![Vec::new(); columns.len()];
            for &row in &rows[at..at + alike] {
                for (column, piece) in columns_of(sheet, row).into_iter().enumerate() {
                    by_column[column].push(piece);
                }
            }
            cells.extend(by_column);
        }
        at += alike;
    }
    cells
}

/// Returns true if the number of columns changes from line to line in a third of the rows, and more often
/// than the head of a table makes it.
fn is_ragged(sheet: &Sheet<'_>, rows: &[usize]) -> bool {
    let counts: Vec<usize> = rows.iter().map(|&row| columns_of(sheet, row).len()).collect();
    let changes = counts.windows(2).filter(|pair| pair[0] != pair[1]).count();
    changes > MAX_HEAD_CHANGES && changes * 3 > rows.len()
}

/// Cuts row `index` at its columns. The pieces together are the whole row; each but the last ends with the
/// sign or the blanks that keep it from the next.
fn columns_of(sheet: &Sheet<'_>, index: usize) -> Vec<Span> {
    let row = &sheet.rows[index];
    let bytes = sheet.body(index).as_bytes();
    let mut pieces = Vec::new();
    let (mut start, mut at) = (row.span.start, 0);
    let mut written = false;
    while at < bytes.len() {
        let blanks = bytes[at..]
            .iter()
            .take_while(|byte| matches!(byte, b' ' | b'\t'))
            .count();
        let cut = if bytes[at] == b'|' {
            1
        } else if blanks >= MIN_COLUMN_BLANKS || bytes[at..at + blanks].contains(&b'\t') {
            blanks
        } else {
            0
        };
        // A cut counts only between two columns with text: the rule at the edge of "| STT | Nhóm |" and a
        // second sign in a row enclose no column.
        if cut > 0 && written && at + cut < bytes.len() {
            let end = row.body.start + at + cut;
            pieces.push(Span::new(start, end));
            (start, written) = (end, false);
        } else if cut == 0 && blanks == 0 {
            written = true;
        }
        at += cut.max(blanks).max(1);
    }
    pieces.push(Span::new(start, row.span.end));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_whose_rules_were_lost_here_and_there_stay_whole() {
        let text = "100% dang vién dang ky 1am theo | 1oy 950 (8 chie co s6'| Gan\ntu tudng, dao duc Ho a4z\nN C A z, |dang va dang vién xay | dat\n2 | Chi Minh va xay dung\nthue hién cac nghi quyét\n";
        let sheet = Sheet::of(text);
        assert_eq!(cells(&sheet, &[0, 1, 2, 3, 4]), [[Span::new(0, text.len())]]);
    }

    #[test]
    fn columns_are_read_down_where_lines_agree() {
        let text = "STT | Nhóm chỉ tiêu | Kết quả\nMô hình học Bác gắn với | Được tuyên dương, lan\nnhiệm vụ chính trị | tỏa sâu rộng\n";
        let sheet = Sheet::of(text);
        let cells = cells(&sheet, &[0, 1, 2]);
        let view = |cell: &[Span]| {
            cell.iter()
                .map(|span| span.slice(text).trim_matches([' ', '|', '\n']))
                .collect::<Vec<_>>()
                .join(" ")
        };
        let shown: Vec<String> = cells.iter().map(|cell| view(cell)).collect();
        assert_eq!(
            shown,
            [
                "STT",
                "Nhóm chỉ tiêu",
                "Kết quả",
                "Mô hình học Bác gắn với nhiệm vụ chính trị",
                "Được tuyên dương, lan tỏa sâu rộng"
            ]
        );
    }
}
