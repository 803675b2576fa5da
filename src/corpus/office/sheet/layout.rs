//! The rows of a sheet as paragraphs and tables.
//!
//! Above a table stand its title and often a letterhead, in cells that span columns; below it notes and signatures. A row
//! with one cell is a paragraph there, and a row between the rows of a table is one of them. Columns without any cell are
//! left out, as are rows.

use std::collections::BTreeSet;

use crate::corpus::flow::{Block, Paragraph, Table};

/// The fewest cells of a row that is of a table, not of a letterhead.
const MIN_TABLE_CELLS: usize = 3;

/// The most bytes of a cell of several lines that is written as one line, so that its row stays one.
const MAX_JOINED_BYTES: usize = 400;

/// Names that Excel and its kin give to sheets, in small letters, without the number.
const USUAL_NAMES: [&str; 6] = ["sheet", "trang tính", "trang_tính", "trangtính", "bảng", "table"];

/// A cell that shows something.
#[derive(Debug)]
pub(super) struct Cell {
    pub(super) row: u32,
    pub(super) column: u32,
    /// Its lines.
    pub(super) paragraphs: Vec<Paragraph>,
}

/// Returns the lines of the text of a cell.
pub(super) fn lines(text: &str) -> impl Iterator<Item = String> {
    let joins = text.len() <= MAX_JOINED_BYTES;
    let mut lines: Vec<String> = text.lines().map(|line| line.trim().to_owned()).collect();
    lines.retain(|line| !line.is_empty());
    if joins {
        lines = vec![lines.join(" ")];
    }
    lines.into_iter()
}

/// Returns true if a sheet has the name that it had when it was made.
pub(super) fn is_usual_name(name: &str) -> bool {
    let name = name.trim().to_lowercase();
    let without_number = name.trim_end_matches(|char: char| char.is_ascii_digit() || char == ' ');
    without_number.is_empty() || USUAL_NAMES.contains(&without_number)
}

/// Returns the paragraphs and tables that the cells of a sheet are.
pub(super) fn blocks(mut cells: Vec<Cell>) -> Vec<Block> {
    cells.sort_by_key(|cell| (cell.row, cell.column));
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for cell in cells {
        match rows.last_mut() {
            Some(row) if row.last().is_some_and(|last| last.row == cell.row) => row.push(cell),
            _ => rows.push(vec![cell]),
        }
    }
    let is_of_table = |row: &Vec<Cell>| row.len() >= MIN_TABLE_CELLS;
    let first = rows.iter().position(is_of_table).unwrap_or(rows.len());
    let last = rows.iter().rposition(is_of_table).unwrap_or(0);
    let mut blocks = Vec::new();
    let mut table: Vec<Vec<Cell>> = Vec::new();
    for (index, row) in rows.into_iter().enumerate() {
        let is_inside = (first..=last).contains(&index);
        // The letterhead ends where the table begins.
        if index == first || index == last + 1 || !is_inside && row.len() == 1 {
            blocks.extend(finish(std::mem::take(&mut table)));
        }
        if is_inside || row.len() > 1 {
            table.push(row);
        } else {
            let paragraphs = row.into_iter().flat_map(|cell| cell.paragraphs);
            blocks.extend(paragraphs.map(Block::Paragraph));
        }
    }
    blocks.extend(finish(table));
    blocks
}

/// Returns rows as a table; `None` if there are none.
fn finish(rows: Vec<Vec<Cell>>) -> Option<Block> {
    if rows.is_empty() {
        return None;
    }
    let used: BTreeSet<u32> = rows.iter().flatten().map(|cell| cell.column).collect();
    let columns: Vec<u32> = used.into_iter().collect();
    let rows = rows.into_iter().map(|row| {
        let mut cells: Vec<Vec<Block>> = Vec::with_capacity(row.len());
        for cell in row {
            let place = columns.partition_point(|&column| column < cell.column);
            while cells.len() < place {
                cells.push(Vec::new());
            }
            cells.push(cell.paragraphs.into_iter().map(Block::Paragraph).collect());
        }
        cells
    });
    Some(Block::Table(Table { rows: rows.collect() }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::flow::{Flow, write};

    /// A cell of one line.
    fn cell(row: u32, column: u32, text: &str) -> Cell {
        Cell {
            row,
            column,
            paragraphs: vec![Paragraph {
                text: text.to_owned(),
                ..Paragraph::default()
            }],
        }
    }

    #[test]
    fn a_letterhead_a_title_a_table_and_a_signature() {
        let cells = vec![
            cell(0, 0, "ĐẢNG ỦY XÃ A"),
            cell(0, 6, "ĐẢNG CỘNG SẢN VIỆT NAM"),
            cell(2, 0, "BIỂU TỔNG HỢP"),
            cell(4, 0, "TT"),
            cell(4, 2, "Chi bộ"),
            cell(4, 9, "Số đảng viên"),
            cell(5, 2, "I. Các ấp"),
            cell(6, 0, "1"),
            cell(6, 2, "Ấp 5"),
            cell(6, 9, "30"),
            cell(8, 9, "T/M ĐẢNG ỦY"),
        ];
        let written = write(&Flow {
            blocks: blocks(cells),
            notes: Vec::new(),
        });
        assert_eq!(
            written.text,
            "ĐẢNG ỦY XÃ A | ĐẢNG CỘNG SẢN VIỆT NAM\nBIỂU TỔNG HỢP\nTT | Chi bộ | Số đảng viên\n | I. Các ấp\n1 | Ấp 5 | \
             30\nT/M ĐẢNG ỦY\n"
        );
        let tables: Vec<Option<usize>> = written
            .structure
            .lines
            .iter()
            .map(|line| line.row.map(|row| row.table))
            .collect();
        assert_eq!(tables, [Some(0), None, Some(1), Some(1), Some(1), None]);
    }

    #[test]
    fn names_of_new_sheets_say_nothing() {
        for name in ["Sheet1", "Trang tính2", "3", " "] {
            assert!(is_usual_name(name), "{name}");
        }
        for name in ["Quý I", "Biểu 2", "Sheet kèm NQ"] {
            assert!(!is_usual_name(name), "{name}");
        }
    }

    #[test]
    fn lines_of_a_cell() {
        assert_eq!(lines("a\r\n\n b ").collect::<Vec<_>>(), ["a b"]);
        let long = format!("{}\nb", "a".repeat(500));
        assert_eq!(lines(&long).count(), 2);
    }
}
