//! A table: rows under named columns, fitted to the width of a terminal or written as CSV or TSV.
//!
//! [`table_file`](super::table_file) writes it as a file of any format.

use std::borrow::Cow;
use std::io::{self, Write};

use super::language::dates::date_text;
use super::language::labels::column_title;
use super::separated;
use super::terminal::listing::block;
use super::terminal::{Palette, Screen, TextStyle, truncate, width};
use crate::text::clean;

/// The kind of the cells of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellKind {
    /// Text, aligned to the left on a terminal.
    Text,
    /// Numbers, aligned to the right on a terminal; a workbook calculates with them.
    Number,
    /// ISO dates, with blanks between several; a terminal shows them as offices write them, and a workbook sorts and
    /// filters whole ones as dates.
    Date,
    /// Ids of documents or of something in one, which a terminal shows short.
    Id,
}

/// A column of a [`Table`].
#[derive(Clone, Debug)]
pub struct Column {
    /// The name: the header in CSV and TSV; a terminal shows it in the language of its reader, in capitals.
    pub name: Cow<'static, str>,
    /// The kind of its cells.
    pub kind: CellKind,
    /// The style of its cells; `None` for plain.
    pub style: Option<TextStyle>,
    /// True if its cells may be cut on a narrow terminal.
    pub elastic: bool,
    /// True if a terminal narrower than [`WIDE`] leaves the column out.
    pub detail: bool,
    /// True if only files have the column, and terminals never.
    pub file_only: bool,
}

impl Column {
    /// Returns a column of text that is never cut.
    #[must_use]
    pub fn text(name: impl Into<Cow<'static, str>>) -> Self {
        Self {
            name: name.into(),
            kind: CellKind::Text,
            style: None,
            elastic: false,
            detail: false,
            file_only: false,
        }
    }

    /// Returns a column of numbers.
    #[must_use]
    pub fn number(name: impl Into<Cow<'static, str>>) -> Self {
        Self {
            kind: CellKind::Number,
            ..Self::text(name)
        }
    }

    /// Returns a column of ISO dates, perhaps partial.
    #[must_use]
    pub fn date(name: impl Into<Cow<'static, str>>) -> Self {
        Self {
            kind: CellKind::Date,
            ..Self::text(name)
        }
    }

    /// Returns a column of ids of documents or of something in one.
    #[must_use]
    pub fn id(name: impl Into<Cow<'static, str>>) -> Self {
        Self {
            kind: CellKind::Id,
            style: Some(TextStyle::Address),
            ..Self::text(name)
        }
    }

    /// Returns the column with its cells in `style`.
    #[must_use]
    pub fn style(mut self, style: TextStyle) -> Self {
        self.style = Some(style);
        self
    }

    /// Returns the column, left out on narrow terminals.
    #[must_use]
    pub fn detail(mut self) -> Self {
        self.detail = true;
        self
    }

    /// Returns the column, left out on terminals.
    #[must_use]
    pub fn file_only(mut self) -> Self {
        self.file_only = true;
        self
    }

    /// Returns the column, cut on narrow terminals.
    #[must_use]
    pub fn elastic(mut self) -> Self {
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
    links: Vec<Links>,
}

/// The addresses that the cells of one column lead to.
#[derive(Clone, Debug)]
struct Links {
    /// 0-based position of the column.
    column: usize,
    /// The URL of each row; `None` where a cell leads nowhere.
    urls: Vec<Option<String>>,
}

/// The number of blanks between two columns of a terminal table.
const GAP: usize = 2;
/// The width in columns from which a terminal shows every column of a table, details too.
const WIDE: usize = 160;
/// The width in columns below which no elastic column is cut.
const MIN_ELASTIC: usize = 20;

impl Table {
    /// Returns the table with a row for each record; each column comes with the function that makes its cell.
    #[must_use]
    pub fn of<R>(records: &[R], columns: Vec<(Column, CellOf<R>)>) -> Self {
        let row = |record| columns.iter().map(|(_, cell)| cell(record)).collect();
        Self {
            rows: records.iter().map(row).collect(),
            columns: columns.into_iter().map(|(column, _)| column).collect(),
            links: Vec::new(),
        }
    }

    /// Returns the table of these columns and rows; each row has a cell for each column.
    #[must_use]
    pub fn new(columns: Vec<Column>, rows: Vec<Vec<String>>) -> Self {
        Self {
            columns,
            rows,
            links: Vec::new(),
        }
    }

    /// Returns the table with links from the column `name` to a URL for each row. Only a workbook shows them.
    #[must_use]
    pub fn linked(mut self, name: &str, urls: Vec<Option<String>>) -> Self {
        if let Some(column) = self.columns.iter().position(|column| column.name == name) {
            self.links.push(Links { column, urls });
        }
        self
    }

    /// Returns the table with its dates as offices write them (`28/02/2025`). With `typed`, whole ones stay ISO: a workbook
    /// makes dates of them and shows these so.
    #[must_use]
    pub fn with_office_dates(mut self, typed: bool) -> Self {
        for row in &mut self.rows {
            let dates = self
                .columns
                .iter()
                .zip(row)
                .filter(|(column, _)| column.kind == CellKind::Date);
            for (_, cell) in dates {
                let is_whole = cell.len() == "2025-02-28".len();
                if !(typed && is_whole) {
                    *cell = cell.split(' ').map(date_text).collect::<Vec<_>>().join(" ");
                }
            }
        }
        self
    }

    /// Returns the number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Returns true if it has no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Returns the columns.
    pub(super) fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// Returns the rows, each with a cell for each column.
    pub(super) fn rows(&self) -> &[Vec<String>] {
        &self.rows
    }

    /// Returns the URL that a cell leads to.
    pub(super) fn link(&self, row: usize, column: usize) -> Option<&str> {
        let links = self.links.iter().find(|links| links.column == column)?;
        links.urls.get(row)?.as_deref()
    }

    /// Writes the table for a terminal; cells are cleaned of control characters. `short` makes an id short.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write_terminal(
        &self,
        out: &mut dyn Write,
        screen: Screen,
        short: &dyn Fn(&str) -> String,
    ) -> io::Result<()> {
        let is_shown = |column: &Column| !column.file_only && (screen.columns >= WIDE || !column.detail);
        let mut shown = self.with_columns(is_shown);
        for row in &mut shown.rows {
            for (column, cell) in shown.columns.iter().zip(row) {
                let each = |change: &dyn Fn(&str) -> String| {
                    let words: Vec<String> = cell.split_whitespace().map(change).collect();
                    words.join(" ")
                };
                match column.kind {
                    CellKind::Text | CellKind::Number => {}
                    CellKind::Date => *cell = each(&date_text),
                    CellKind::Id => *cell = each(short),
                }
            }
        }
        let titles = shown
            .columns
            .iter()
            .map(|column| column_title(screen.lang, &column.name));
        let header: Vec<String> = titles.map(|title| title.to_uppercase()).collect();
        let widths = shown.widths(&header, screen.columns);
        if widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1) > screen.columns {
            return shown.write_blocks(out, screen);
        }
        shown.write_row(out, &header, &widths, screen.palette, true)?;
        for row in &shown.rows {
            shown.write_row(out, row, &widths, screen.palette, false)?;
        }
        Ok(())
    }

    /// Writes each row as a block, for a terminal that the columns do not fit beside one another: the first cell, then the
    /// others that are not empty, each with the title of its column.
    fn write_blocks(&self, out: &mut dyn Write, screen: Screen) -> io::Result<()> {
        for row in &self.rows {
            let mut pieces: Vec<(String, Option<TextStyle>)> = Vec::new();
            for (index, (column, cell)) in self.columns.iter().zip(row).enumerate() {
                if index == 0 {
                    pieces.push((cell.clone(), column.style));
                } else if !cell.is_empty() {
                    let title = column_title(screen.lang, &column.name);
                    pieces.push((format!("  {title}: "), Some(TextStyle::Dim)));
                    pieces.push((cell.clone(), column.style));
                }
            }
            let pieces: Vec<(&str, Option<TextStyle>)> =
                pieces.iter().map(|(text, style)| (text.as_str(), *style)).collect();
            block(out, screen, ["", "    "], &pieces)?;
        }
        Ok(())
    }

    /// Returns the table with the columns that `is_kept` keeps, and without links.
    fn with_columns(&self, is_kept: impl Fn(&Column) -> bool) -> Self {
        let kept = |row: &Vec<String>| {
            let cells = self.columns.iter().zip(row).filter(|(column, _)| is_kept(column));
            cells.map(|(_, cell)| cell.clone()).collect()
        };
        Self {
            columns: self.columns.iter().filter(|column| is_kept(column)).cloned().collect(),
            rows: self.rows.iter().map(kept).collect(),
            links: Vec::new(),
        }
    }

    /// Writes the table as CSV (`separator` is a comma) or TSV (a tab), with a header line, in cells that are safe in a
    /// spreadsheet ([`separated`]).
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write_separated(&self, out: &mut dyn Write, separator: u8) -> io::Result<()> {
        let header: Vec<&str> = self.columns.iter().map(|column| &*column.name).collect();
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
            match column.kind {
                CellKind::Number => line.push_str(&(blanks + &painted)),
                CellKind::Text | CellKind::Date | CellKind::Id if last => line.push_str(&painted),
                CellKind::Text | CellKind::Date | CellKind::Id => line.push_str(&(painted + &blanks)),
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
    use crate::render::language::Lang;

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

    /// Returns a plain English screen of this width.
    fn screen(columns: usize) -> Screen {
        Screen {
            columns,
            palette: Palette::new(false),
            links: false,
            lang: Lang::En,
        }
    }

    #[test]
    fn a_terminal_shows_short_ids_and_dates_as_offices_write_them() {
        let columns: Vec<(Column, CellOf<()>)> = vec![
            (Column::id("in"), |()| "001_a 002_b".to_owned()),
            (Column::date("dates"), |()| "2025-02-28 2024".to_owned()),
        ];
        let mut out = Vec::new();
        let short = |id: &str| id.split('_').next().unwrap_or("").to_owned();
        let vietnamese = Screen {
            lang: Lang::Vi,
            ..screen(80)
        };
        Table::of(&[()], columns)
            .write_terminal(&mut out, vietnamese, &short)
            .unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "TẠI      NGÀY\n001 002  28/02/2025 2024\n"
        );
    }

    #[test]
    fn a_terminal_table_fits_its_terminal() {
        let mut out = Vec::new();
        sample().write_terminal(&mut out, screen(40), &str::to_owned).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(
            text,
            "SYMBOL     COUNT  TITLE\n21-NQ/TW       7  về tăng cường xây…\n144-QĐ/TW     12  a \"b\", c\n"
        );
    }

    #[test]
    fn a_table_that_does_not_fit_is_written_row_by_row() {
        let mut out = Vec::new();
        sample().write_terminal(&mut out, screen(28), &str::to_owned).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(
            text.starts_with("21-NQ/TW  count: 7\n    title: về tăng cường xây"),
            "{text}"
        );
        assert!(text.lines().all(|line| width(line) <= 28), "{text}");
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
            table.write_terminal(&mut out, screen(columns), &str::to_owned).unwrap();
            String::from_utf8(out).unwrap()
        };
        assert_eq!(written(80), "A\none\n");
        assert_eq!(written(WIDE), "A    B\none  two\n");
    }

    #[test]
    fn a_file_has_dates_as_offices_write_them() {
        let row = ["2025-02-28", "2025-06", "2025-02-28 2024", ""]
            .map(str::to_owned)
            .to_vec();
        let columns = ["a", "b", "c", "d"].map(Column::date).to_vec();
        let table = Table::new(columns, vec![row]);
        let cells = |typed: bool| table.clone().with_office_dates(typed).rows[0].join(",");
        assert_eq!(cells(false), "28/02/2025,06/2025,28/02/2025 2024,");
        assert_eq!(cells(true), "2025-02-28,06/2025,28/02/2025 2024,");
    }

    #[test]
    fn separated_values_are_quoted() {
        let mut out = Vec::new();
        sample().write_separated(&mut out, b',').unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.ends_with("144-QĐ/TW,12,\"a \"\"b\"\", c\"\n"), "{text}");
    }
}
