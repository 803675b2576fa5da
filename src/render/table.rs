//! A table: rows under named columns, fitted to the width of a terminal or written as CSV or TSV.

use std::io::{self, Write};

use super::separated;
use super::terminal::{Palette, TextStyle, truncate, width};
use crate::text::clean;

/// The alignment of a column in a terminal table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// For text.
    Left,
    /// For numbers.
    Right,
}

/// A column of a [`Table`].
#[derive(Clone, Debug)]
pub struct Column {
    /// The name: the header in CSV and TSV and, in capitals, on a terminal.
    pub name: &'static str,
    /// The alignment.
    pub align: Align,
    /// The style of its cells; `None` for plain.
    pub style: Option<TextStyle>,
    /// True if its cells may be cut on a narrow terminal.
    pub elastic: bool,
    /// True if a terminal narrower than [`WIDE`] leaves the column out.
    pub detail: bool,
}

impl Column {
    /// Returns a column of text that is never cut.
    #[must_use]
    pub const fn text(name: &'static str) -> Self {
        Self {
            name,
            align: Align::Left,
            style: None,
            elastic: false,
            detail: false,
        }
    }

    /// Returns a column of numbers.
    #[must_use]
    pub const fn number(name: &'static str) -> Self {
        Self {
            align: Align::Right,
            ..Self::text(name)
        }
    }

    /// Returns the column with its cells in `style`.
    #[must_use]
    pub const fn style(mut self, style: TextStyle) -> Self {
        self.style = Some(style);
        self
    }

    /// Returns the column, left out on narrow terminals.
    #[must_use]
    pub const fn detail(mut self) -> Self {
        self.detail = true;
        self
    }

    /// Returns the column, cut on narrow terminals.
    #[must_use]
    pub const fn elastic(mut self) -> Self {
        self.elastic = true;
        self
    }
}

/// A function that makes the cell of a record in one column.
pub type CellOf<R> = fn(&R) -> String;

/// Rows under named columns.
#[derive(Clone, Debug)]
pub struct Table {
    columns: Vec<Column>,
    rows: Vec<Vec<String>>,
}

/// The number of blanks between two columns of a terminal table.
const GAP: usize = 2;
/// The width in columns from which a terminal shows every column of a table, details too.
const WIDE: usize = 160;
/// The width in columns below which no elastic column is cut.
const MIN_ELASTIC: usize = 12;

impl Table {
    /// Returns the table with a row for each record; each column comes with the function that makes its cell.
    #[must_use]
    pub fn of<R>(records: &[R], columns: Vec<(Column, CellOf<R>)>) -> Self {
        let row = |record| columns.iter().map(|(_, cell)| cell(record)).collect();
        Self {
            rows: records.iter().map(row).collect(),
            columns: columns.into_iter().map(|(column, _)| column).collect(),
        }
    }

    /// Writes the table for a terminal that is `columns` wide; cells are cleaned of control characters.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write_terminal(&self, out: &mut dyn Write, columns: usize, palette: Palette) -> io::Result<()> {
        if columns < WIDE && self.columns.iter().any(|column| column.detail) {
            return self.without_details().write_terminal(out, columns, palette);
        }
        let header: Vec<String> = self.columns.iter().map(|column| column.name.to_uppercase()).collect();
        let widths = self.widths(&header, columns);
        self.write_row(out, &header, &widths, palette, true)?;
        for row in &self.rows {
            self.write_row(out, row, &widths, palette, false)?;
        }
        Ok(())
    }

    /// Returns the table without the columns that are details.
    fn without_details(&self) -> Self {
        let kept = |row: &Vec<String>| {
            let cells = self.columns.iter().zip(row).filter(|(column, _)| !column.detail);
            cells.map(|(_, cell)| cell.clone()).collect()
        };
        Self {
            columns: self.columns.iter().filter(|column| !column.detail).cloned().collect(),
            rows: self.rows.iter().map(kept).collect(),
        }
    }

    /// Writes the table as CSV (`separator` is a comma) or TSV (a tab), with a header line, in cells that are safe in a
    /// spreadsheet ([`separated`]).
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write_separated(&self, out: &mut dyn Write, separator: u8) -> io::Result<()> {
        let header: Vec<&str> = self.columns.iter().map(|column| column.name).collect();
        let rows = self.rows.iter().map(|row| row.iter().map(String::as_str).collect());
        separated::write(out, separator, std::iter::once(header).chain(rows))
    }

    /// Returns the width of each column: that of its longest cell, or less for an elastic column of a table that is
    /// wider than `columns`.
    fn widths(&self, header: &[String], columns: usize) -> Vec<usize> {
        let longest = |index: usize| {
            self.rows
                .iter()
                .map(|row| width(&clean(&row[index])))
                .max()
                .unwrap_or(0)
        };
        let mut widths: Vec<usize> = header
            .iter()
            .enumerate()
            .map(|(i, name)| longest(i).max(width(name)))
            .collect();
        let total: usize = widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1);
        // The widest elastic column gives way first, a column at a time, so that narrow ones stay readable.
        let mut excess = total.saturating_sub(columns);
        while excess > 0 {
            let elastic = (0..widths.len()).filter(|&i| self.columns[i].elastic && widths[i] > MIN_ELASTIC);
            let Some(widest) = elastic.max_by_key(|&i| widths[i]) else {
                break;
            };
            widths[widest] -= 1;
            excess -= 1;
        }
        widths
    }

    /// Writes a row, each cell padded to the width of its column; `header` styles it as the header line.
    fn write_row(
        &self,
        out: &mut dyn Write,
        row: &[String],
        widths: &[usize],
        palette: Palette,
        header: bool,
    ) -> io::Result<()> {
        let mut line = String::new();
        for (index, (column, cell)) in self.columns.iter().zip(row).enumerate() {
            let text = clean(cell);
            let text = if column.elastic {
                truncate(&text, widths[index])
            } else {
                text
            };
            let blanks = " ".repeat(widths[index].saturating_sub(width(&text)));
            let last = index + 1 == self.columns.len();
            let style = if header { Some(TextStyle::Dim) } else { column.style };
            // Blanks are counted before painting: escape codes take no columns.
            let painted = style.map_or_else(|| text.to_string(), |style| palette.paint(style, &text));
            match column.align {
                Align::Left if last => line.push_str(&painted),
                Align::Left => line.push_str(&(painted + &blanks)),
                Align::Right => line.push_str(&(blanks + &painted)),
            }
            if !last {
                line.push_str(&" ".repeat(GAP));
            }
        }
        writeln!(out, "{}", line.trim_end())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Table {
        let records = [
            ("21-NQ/TW", 7, "về tăng cường xây dựng tổ chức cơ sở đảng"),
            ("144-QĐ/TW", 12, "a \"b\", c"),
        ];
        Table::of(
            &records,
            vec![
                (Column::text("symbol"), |(symbol, ..)| (*symbol).to_owned()),
                (Column::number("count"), |(_, count, _)| count.to_string()),
                (Column::text("title").elastic(), |(.., title)| (*title).to_owned()),
            ],
        )
    }

    #[test]
    fn a_terminal_table_fits_its_terminal() {
        let mut out = Vec::new();
        sample().write_terminal(&mut out, 40, Palette::new(false)).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(
            text,
            "SYMBOL     COUNT  TITLE\n21-NQ/TW       7  về tăng cường xây dựn…\n144-QĐ/TW     12  a \"b\", c\n"
        );
    }

    #[test]
    fn details_are_left_out_of_narrow_terminals_only() {
        let table = Table::of(
            &[()],
            vec![
                (Column::text("a"), |()| "one".to_owned()),
                (Column::text("b").detail(), |()| "two".to_owned()),
            ],
        );
        let written = |columns| {
            let mut out = Vec::new();
            table.write_terminal(&mut out, columns, Palette::new(false)).unwrap();
            String::from_utf8(out).unwrap()
        };
        assert_eq!(written(80), "A\none\n");
        assert_eq!(written(WIDE), "A    B\none  two\n");
    }

    #[test]
    fn separated_values_are_quoted() {
        let mut out = Vec::new();
        sample().write_separated(&mut out, b',').unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.ends_with("144-QĐ/TW,12,\"a \"\"b\"\", c\"\n"), "{text}");
    }
}
