//! The rows of tables in clean text: Markdown tables, grids, and columns kept apart by wide blanks.
//!
//! A row of a table stays together, because its cells explain each other: `| 2 | Kết nạp đảng viên | 24 | 31 |`.
//! It is neither heading nor item of a list, whatever its first cell is. A rule of Markdown (`|---|---|`) or of a
//! grid (`+-----+-----+`) is a [`Ruler`](RowRole::Ruler). In a grid all lines between two rules are one row.
//!
//! If the format of the file marks tables, their rows are taken from it.
//!
//! In scans, rules and blanks are no proof; the tables of their appendices are read by [`super::table`].

use std::ops::Range;

use super::signature::signs;
use crate::document::layout::{RowRole, Sheet};
use crate::reading::Reading;

/// Blanks in a row that keep two columns apart.
const MIN_COLUMN_BLANKS: usize = 3;
/// Lines with columns that wide blanks keep apart, from which they are a table.
const MIN_WIDE_ROWS: usize = 3;
/// Columns of a line that is a row of a table rather than a letterhead, a signature or a justified line.
const MIN_WIDE_COLUMNS: usize = 3;
/// Lines without columns in a row of a table: a cell that runs over lines while the others are empty.
const MAX_CELL_ROWS: usize = 3;
/// Lines of the longest row of a Markdown table in whose cells lines end.
const MAX_BROKEN_ROWS: usize = 12;

/// The part of a line in a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TableLine {
    /// It is in no table.
    Outside,
    /// It begins a row.
    First,
    /// It continues a row.
    Next,
}

/// The fewest columns of a table without pipes at its edges: two titles side by side are a letterhead.
const MIN_OPEN_COLUMNS: usize = 3;
/// The fewest rows of such a table.
const MIN_OPEN_ROWS: usize = 2;

/// Returns the part of each row of `flow`, indices in `sheet.rows` in order, in a table.
pub(super) fn table_lines(sheet: &Sheet<'_>, reading: &Reading, flow: &[usize]) -> Vec<TableLine> {
    let mut lines = vec![TableLine::Outside; flow.len()];
    if !sheet.structure().is_empty() {
        mark_given(sheet, flow, &mut lines);
        return lines;
    }
    let mut at = 0;
    while at < flow.len() {
        let end = if sheet.body(flow[at]).starts_with('|') {
            mark_pipes(sheet, reading, flow, at, &mut lines)
        } else if columns_by_pipes(sheet, flow[at]) >= MIN_OPEN_COLUMNS {
            mark_open(sheet, reading, flow, at, &mut lines)
        } else {
            mark_wide(sheet, flow, at, &mut lines)
        };
        at = end.max(at + 1);
    }
    lines
}

/// Returns true if a row of a table holds the list of recipients or a signature, which are set side by side.
pub(crate) fn holds_signature(sheet: &Sheet<'_>, rows: &[usize]) -> bool {
    let opens = |cell: &str| {
        let cell = cell.trim_start_matches(['*', '_', ' ']);
        cell.starts_with("Nơi nhận") || signs(cell)
    };
    rows.iter().any(|&row| sheet.body(row).split('|').any(opens))
}

/// Marks the rows of the tables that the format of the file marks.
fn mark_given(sheet: &Sheet<'_>, flow: &[usize], lines: &mut [TableLine]) {
    let mut before = None;
    for (line, &index) in lines.iter_mut().zip(flow) {
        let row = sheet.given(index).and_then(|line| line.row);
        if row.is_some() {
            *line = if row == before {
                TableLine::Next
            } else {
                TableLine::First
            };
        }
        before = row;
    }
}

/// Marks the row of a Markdown table that begins at `flow[at]`; returns the end of its lines, or `at` where
/// none does.
fn mark_pipes(sheet: &Sheet<'_>, reading: &Reading, flow: &[usize], at: usize, lines: &mut [TableLine]) -> usize {
    let first = flow[at];
    let body = sheet.body(first);
    let count = body.bytes().filter(|&byte| byte == b'|').count();
    if count < 2 || reading.is_misread(sheet.rows[first].body) {
        return at;
    }
    let follows = |next: usize| flow[next] == flow[next - 1] + 1 && sheet.rows[flow[next]].gap == 0;
    let in_grid = first > 0 && sheet.rows[first - 1].role == RowRole::Ruler && sheet.body(first - 1).starts_with('+');
    let mut end = at + 1;
    if in_grid {
        while end < flow.len() && follows(end) && sheet.body(flow[end]).starts_with('|') {
            end += 1;
        }
    } else if !body.ends_with('|') {
        // A line may end in a cell: the row goes on up to the line that closes it.
        let broken = (at + 1..flow.len().min(at + MAX_BROKEN_ROWS))
            .take_while(|&next| follows(next) && !sheet.body(flow[next]).starts_with('|'))
            .find(|&next| sheet.body(flow[next]).ends_with('|'));
        end = broken.map_or(end, |last| last + 1);
    }
    mark(lines, at..end);
    end
}

/// Returns the number of columns of a row whose cells stand between pipes with blanks around them.
fn columns_by_pipes(sheet: &Sheet<'_>, index: usize) -> usize {
    sheet.body(index).matches(" | ").count() + 1
}

/// Marks the rows of the table without pipes at its edges (`TT | Nội dung | Thời hạn`) that begins at `flow[at]`, each
/// of a line; returns the end of its lines, or `at` where none does.
fn mark_open(sheet: &Sheet<'_>, reading: &Reading, flow: &[usize], at: usize, lines: &mut [TableLine]) -> usize {
    let columns = columns_by_pipes(sheet, flow[at]);
    let is_row = |next: usize| {
        flow[next] == flow[next - 1] + 1
            && sheet.rows[flow[next]].gap == 0
            && columns_by_pipes(sheet, flow[next]) == columns
    };
    let mut end = at + 1;
    while end < flow.len() && is_row(end) {
        end += 1;
    }
    if end - at < MIN_OPEN_ROWS || reading.is_misread(sheet.rows[flow[at]].body) {
        return at;
    }
    for row in at..end {
        mark(lines, row..row + 1);
    }
    end
}

/// Marks the rows of the table with wide blanks that begins at `flow[at]`; returns the end of its lines, or `at`
/// where none does.
fn mark_wide(sheet: &Sheet<'_>, flow: &[usize], at: usize, lines: &mut [TableLine]) -> usize {
    if columns(sheet.body(flow[at])) < MIN_WIDE_COLUMNS {
        return at;
    }
    let page = sheet.rows[flow[at]].page;
    let (mut end, mut wide) = (at + 1, 1);
    for (next, &index) in flow.iter().enumerate().skip(at + 1) {
        let row = &sheet.rows[index];
        if next >= end + MAX_CELL_ROWS || row.page != page {
            break;
        }
        let count = columns(sheet.body(index));
        wide += usize::from(count >= MIN_WIDE_COLUMNS);
        if count > 1 {
            end = next + 1;
        } else if row.chars * 3 > sheet.width * 2 {
            // A line of running text ends the table.
            break;
        }
    }
    if wide < MIN_WIDE_ROWS {
        return at;
    }
    // A row begins with a number in its first column, or else after a blank line.
    let numbered = (at..end).filter(|&at| is_numbered(sheet.body(flow[at]))).count() >= 2;
    let mut first = at;
    for (next, &index) in flow.iter().enumerate().take(end).skip(at + 1) {
        let begins = if numbered {
            is_numbered(sheet.body(index))
        } else {
            sheet.rows[index].gap > 0 || columns(sheet.body(index)) >= MIN_WIDE_COLUMNS
        };
        if begins {
            mark(lines, first..next);
            first = next;
        }
    }
    mark(lines, first..end);
    end
}

/// Marks the lines `range` as one row.
fn mark(lines: &mut [TableLine], range: Range<usize>) {
    for (place, line) in lines[range].iter_mut().enumerate() {
        *line = if place == 0 { TableLine::First } else { TableLine::Next };
    }
}

/// Returns the number of columns that wide blanks or tabs make of `body`, a trimmed line.
fn columns(body: &str) -> usize {
    // Lines of running text have neither.
    let bytes = body.as_bytes();
    if memchr::memmem::find(bytes, b"   ").is_none() && memchr::memchr(b'\t', bytes).is_none() {
        return 1;
    }
    let (mut columns, mut blanks) = (1, 0);
    for byte in body.bytes() {
        match byte {
            b' ' => blanks += 1,
            b'\t' => blanks += MIN_COLUMN_BLANKS,
            _ => {
                columns += usize::from(blanks >= MIN_COLUMN_BLANKS);
                blanks = 0;
            }
        }
    }
    columns
}

/// Returns true if the first column of `body` is a number: `2     Kết nạp đảng viên`.
fn is_numbered(body: &str) -> bool {
    let first = body.split("   ").next().unwrap_or("").split('\t').next().unwrap_or("");
    let number = first.trim_end_matches(['.', ')']);
    !number.is_empty() && number.len() <= 3 && number.bytes().all(|byte| byte.is_ascii_digit())
}
