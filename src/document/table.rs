//! Tables of appendices: rows, and cells where the layout keeps columns apart.
//!
//! A table becomes passages of place [`Place::Table`](super::Place::Table). Where some lines on end are
//! cut into the same number of columns, by `|` or by wide blanks, each column is read down by itself;
//! elsewhere each stretch without a blank line is one passage, and a line with columns stands for itself.

use super::layout::Sheet;
use crate::text::Span;

/// Blanks in a row that keep two columns apart.
const WIDE: usize = 3;

/// Does row `index` head a table or show its columns: `STT …`, `|`?
pub(super) fn opens(sheet: &Sheet<'_>, index: usize) -> bool {
    let body = sheet.body(index);
    let first = body.split([' ', '\t', '|']).next().unwrap_or("");
    matches!(first, "STT" | "TT" | "Stt" | "stt") || body.contains('|')
}

/// Cuts rows that follow one another into cells: the fragments of each, in order of their first byte.
///
/// In a scan the rules of a table are seen in some lines and lost in others, so that neighbouring lines have
/// other columns. Such rows are one cell: what is cut from them at a rule is half a sentence.
pub(super) fn cells(sheet: &Sheet<'_>, rows: &[usize]) -> Vec<Vec<Span>> {
    if is_ragged(sheet, rows) {
        return vec![joined(sheet, rows)];
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
            cells.push(joined(sheet, &rows[at..at + alike]));
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

/// Changes of the number of columns from a line to the next that a table with its head may have.
const HEAD_CHANGES: usize = 2;

/// Does the number of columns change from line to line, more than a head makes it, in a third of the rows?
fn is_ragged(sheet: &Sheet<'_>, rows: &[usize]) -> bool {
    let counts: Vec<usize> = rows.iter().map(|&row| columns_of(sheet, row).len()).collect();
    let changes = counts.windows(2).filter(|pair| pair[0] != pair[1]).count();
    changes > HEAD_CHANGES && changes * 3 > rows.len()
}

/// The rows as spans, joined where they follow one another.
fn joined(sheet: &Sheet<'_>, rows: &[usize]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for (at, &row) in rows.iter().enumerate() {
        let span = sheet.rows[row].span;
        match spans.last_mut() {
            Some(last) if rows[at - 1] + 1 == row => *last = last.cover(span),
            _ => spans.push(span),
        }
    }
    spans
}

/// The pieces of row `index`, which together are the whole of it; each but the last ends with the sign
/// or the blanks that keep it from the next.
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
        } else if blanks >= WIDE || bytes[at..at + blanks].contains(&b'\t') {
            blanks
        } else {
            0
        };
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
