//! Excel workbooks: a table as one sheet, with numbers and dates as such, a header that stays in sight, a filter on each
//! column, and links.
//!
//! Cells are strings by type, so none is run as a formula and none needs the apostrophe of [`separated`](super::separated).
//! Cells and rows that Excel has no room for are left out and counted ([`Shortened`]). Source of the limits: "Excel
//! specifications and limits" of Microsoft (rows, columns, characters in a cell, hyperlinks in a worksheet); the length
//! of a URL is that of the crate `rust_xlsxwriter`.

use std::borrow::Cow;
use std::io::{self, Write};

use rust_xlsxwriter::{ColNum, ExcelDateTime, Format, RowNum, Url, Workbook, Worksheet, XlsxError};

use super::table::{CellKind, Table};
use super::terminal::width;
use crate::document::PartialDate;
use crate::text::clean;

/// Maximum number of rows of a sheet, the header included.
const MAX_ROWS: usize = 1_048_576;
/// Maximum number of columns of a sheet.
const MAX_COLUMNS: usize = 16_384;
/// Maximum length of a cell, in UTF-16 units.
const MAX_CELL_UNITS: usize = 32_767;
/// Maximum number of links of a sheet.
const MAX_LINKS: usize = 65_530;
/// Maximum length of a link, in UTF-16 units.
const MAX_LINK_UNITS: usize = 2_080;
/// The mark at the end of a cell that was cut.
const CUT_MARK: char = '…';

/// Least and greatest width of a column, in characters: titles are readable, whole passages do not fill the screen.
const WIDTHS: [usize; 2] = [8, 60];
/// Characters of a column's width that the button of its filter takes.
const FILTER_BUTTON: usize = 3;
/// The first rows, from which the widths are taken: reading all cells of a large table again would cost more than it
/// tells.
const MEASURED_ROWS: usize = 1_000;

/// The format of dates, as Vietnamese offices write them.
const DATE_FORMAT: &str = "dd/mm/yyyy";

/// The parts of a table that Excel has no room for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shortened {
    /// Number of rows that were left out.
    pub rows: usize,
    /// Number of columns that were left out.
    pub columns: usize,
    /// Number of cells that were cut.
    pub cells: usize,
    /// Number of cells that are no links although there is an address.
    pub links: usize,
}

impl Shortened {
    /// Returns a line for each limit that was met.
    #[must_use]
    pub fn messages(&self) -> Vec<String> {
        let limits = [
            (self.rows, "rows left out", "a sheet has at most 1,048,576"),
            (self.columns, "columns left out", "a sheet has at most 16,384"),
            (self.cells, "cells cut", "a cell has at most 32,767 characters"),
            (
                self.links,
                "links left out",
                "a sheet has at most 65,530, of 2,080 characters each",
            ),
        ];
        let met = limits.iter().filter(|(count, ..)| *count > 0);
        met.map(|(count, what, limit)| format!("{count} {what}: in Excel {limit}; CSV has no such limit"))
            .collect()
    }
}

/// Writes `table` as a workbook, and returns what Excel has no room for.
///
/// # Errors
/// Those of `out`.
pub(super) fn write(out: &mut dyn Write, table: &Table) -> io::Result<Shortened> {
    let mut workbook = Workbook::new();
    let mut sheet = Sheet::new(workbook.add_worksheet());
    sheet.write(table).map_err(io::Error::other)?;
    let shortened = sheet.shortened;
    out.write_all(&workbook.save_to_buffer().map_err(io::Error::other)?)?;
    Ok(shortened)
}

/// A sheet that is being written.
struct Sheet<'w> {
    worksheet: &'w mut Worksheet,
    /// The format of the header line.
    bold: Format,
    /// The format of dates.
    date: Format,
    /// Number of links written.
    links: usize,
    shortened: Shortened,
}

impl<'w> Sheet<'w> {
    /// Returns an empty sheet.
    fn new(worksheet: &'w mut Worksheet) -> Self {
        Self {
            worksheet,
            bold: Format::new().set_bold(),
            date: Format::new().set_num_format(DATE_FORMAT),
            links: 0,
            shortened: Shortened::default(),
        }
    }

    /// Writes header, rows, widths and filter.
    fn write(&mut self, table: &Table) -> Result<(), XlsxError> {
        let columns = table.columns().len().min(MAX_COLUMNS);
        let rows = table.rows().len().min(MAX_ROWS - 1);
        self.shortened.columns = table.columns().len() - columns;
        self.shortened.rows = table.rows().len() - rows;
        for (index, column) in table.columns().iter().take(columns).enumerate() {
            let at = column_number(index);
            let name = self.fitted(&column.name).into_owned();
            self.worksheet.write_string_with_format(0, at, name, &self.bold)?;
            let cells = table.rows().iter().take(MEASURED_ROWS).map(|row| width(&row[index]));
            let widest = cells.max().unwrap_or(0).max(width(&column.name) + FILTER_BUTTON);
            let chars = u16::try_from(widest.clamp(WIDTHS[0], WIDTHS[1])).unwrap_or(u16::MAX);
            self.worksheet.set_column_width(at, f64::from(chars))?;
            for (row, cells) in table.rows().iter().take(rows).enumerate() {
                self.cell(
                    row_number(row + 1),
                    at,
                    column.kind,
                    &cells[index],
                    table.link(row, index),
                )?;
            }
        }
        self.worksheet.set_freeze_panes(1, 0)?;
        if columns > 0 {
            self.worksheet
                .autofilter(0, 0, row_number(rows), column_number(columns - 1))?;
        }
        Ok(())
    }

    /// Writes one cell; an empty one is left out.
    fn cell(
        &mut self,
        row: RowNum,
        column: ColNum,
        kind: CellKind,
        cell: &str,
        link: Option<&str>,
    ) -> Result<(), XlsxError> {
        if cell.is_empty() {
            return Ok(());
        }
        if let Some((number, digits)) = number(cell).filter(|_| kind == CellKind::Number) {
            if digits == 0 {
                self.worksheet.write_number(row, column, number)?;
            } else {
                let format = Format::new().set_num_format(format!("0.{}", "0".repeat(digits)));
                self.worksheet.write_number_with_format(row, column, number, &format)?;
            }
            return Ok(());
        }
        if let Some(date) = day(cell).filter(|_| kind == CellKind::Date) {
            self.worksheet
                .write_datetime_with_format(row, column, date, &self.date)?;
            return Ok(());
        }
        let text = self.fitted(cell).into_owned();
        match link.and_then(|link| self.link(link)) {
            Some(link) => self.worksheet.write_url(row, column, link.set_text(text))?,
            None => self.worksheet.write_string(row, column, text)?,
        };
        Ok(())
    }

    /// Returns a cell without control characters, cut to the length that Excel has room for.
    fn fitted<'c>(&mut self, cell: &'c str) -> Cow<'c, str> {
        let text = clean(cell);
        // A character has no more UTF-16 units than bytes.
        if text.len() <= MAX_CELL_UNITS || text.encode_utf16().count() <= MAX_CELL_UNITS {
            return text;
        }
        self.shortened.cells += 1;
        let mut units = CUT_MARK.len_utf16();
        let kept = text.chars().take_while(|char| {
            units += char.len_utf16();
            units <= MAX_CELL_UNITS
        });
        Cow::Owned(kept.chain([CUT_MARK]).collect())
    }

    /// Returns a link to `url`; `None` if Excel has no room for it.
    fn link(&mut self, url: &str) -> Option<Url> {
        if self.links >= MAX_LINKS || url.encode_utf16().count() > MAX_LINK_UNITS {
            self.shortened.links += 1;
            return None;
        }
        self.links += 1;
        // The crate drops `file:///` and writes the rest as the path: one more slash keeps that absolute.
        Some(Url::new(match url.strip_prefix("file:///") {
            Some(path) if !cfg!(windows) => format!("file:////{path}"),
            _ => url.to_owned(),
        }))
    }
}

/// Returns the number that a cell holds, and the number of its digits after the point.
fn number(cell: &str) -> Option<(f64, usize)> {
    let number: f64 = cell.parse().ok().filter(|number: &f64| number.is_finite())?;
    let digits = cell.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    Some((number, digits))
}

/// Returns the day that an ISO date names; `None` for a partial one, and for one before Excel's first day in 1900.
fn day(cell: &str) -> Option<ExcelDateTime> {
    let date: PartialDate = cell.parse().ok()?;
    ExcelDateTime::from_ymd(date.year(), date.month()?, date.day()?).ok()
}

/// Returns a row's number as Excel counts; the caller keeps to [`MAX_ROWS`].
fn row_number(row: usize) -> RowNum {
    RowNum::try_from(row).unwrap_or(RowNum::MAX)
}

/// Returns a column's number as Excel counts; the caller keeps to [`MAX_COLUMNS`].
fn column_number(column: usize) -> ColNum {
    ColNum::try_from(column).unwrap_or(ColNum::MAX)
}

#[cfg(test)]
mod tests {
    use calamine::{Data, Reader, Xlsx};

    use super::*;
    use crate::render::table::Column;

    /// Returns the cells of the sheet of a workbook with this table, header first, and what was left out.
    fn read_back(table: &Table) -> (Vec<Vec<Data>>, Shortened) {
        let mut out = Vec::new();
        let shortened = write(&mut out, table).unwrap();
        let mut book: Xlsx<_> = Xlsx::new(io::Cursor::new(out)).unwrap();
        let range = book.worksheet_range_at(0).unwrap().unwrap();
        (range.rows().map(<[Data]>::to_vec).collect(), shortened)
    }

    /// Returns a table of one row with this cell in this column.
    fn one_cell(column: Column, cell: &str) -> Table {
        Table::new(vec![column], vec![vec![cell.to_owned()]])
    }

    #[test]
    fn cells_have_the_type_of_their_column() {
        let columns = vec![
            Column::text("symbol"),
            Column::number("count"),
            Column::number("score"),
            Column::date("date"),
            Column::date("month"),
        ];
        let row = ["=1+1", "12", "0.250", "2022-06-16", "2022-06"].map(str::to_owned);
        let (rows, shortened) = read_back(&Table::new(columns, vec![row.to_vec()]));
        let heads: Vec<String> = rows[0].iter().map(ToString::to_string).collect();
        assert_eq!(heads, ["symbol", "count", "score", "date", "month"]);
        assert_eq!(rows[1][0], Data::String("=1+1".to_owned()));
        assert_eq!(rows[1][1], Data::Float(12.0));
        assert_eq!(rows[1][2], Data::Float(0.25));
        assert!(matches!(rows[1][3], Data::DateTime(_)), "{:?}", rows[1][3]);
        assert_eq!(rows[1][4], Data::String("2022-06".to_owned()));
        assert_eq!(shortened, Shortened::default());
    }

    #[test]
    fn a_cell_is_cut_at_the_limit_of_excel_and_told() {
        for (text, cut) in [
            ("ă".repeat(MAX_CELL_UNITS), 0),
            ("ă".repeat(MAX_CELL_UNITS + 1), 1),
            // Two UTF-16 units each.
            ("𝄞".repeat(MAX_CELL_UNITS), 1),
        ] {
            let (rows, shortened) = read_back(&one_cell(Column::text("text"), &text));
            let Data::String(cell) = &rows[1][0] else {
                panic!("{:?}", rows[1][0]);
            };
            let units = cell.encode_utf16().count();
            assert!(units <= MAX_CELL_UNITS && units + 2 >= MAX_CELL_UNITS.min(text.encode_utf16().count()));
            assert_eq!(cell.ends_with(CUT_MARK), cut == 1);
            assert_eq!(shortened.cells, cut);
            assert_eq!(shortened.messages().len(), cut);
        }
    }

    #[test]
    fn an_absolute_path_stays_absolute_in_a_link() {
        let table = one_cell(Column::text("path"), "seeds/001.txt");
        let linked = table.linked("path", vec![Some("file:///srv/Kế%20hoạch.txt".to_owned())]);
        let mut out = Vec::new();
        write(&mut out, &linked).unwrap();
        let mut archive = zip::ZipArchive::new(io::Cursor::new(out)).unwrap();
        let links = archive.by_name("xl/worksheets/_rels/sheet1.xml.rels").unwrap();
        let links = io::read_to_string(links).unwrap();
        assert!(links.contains("Target=\"/srv/K"), "{links}");
        assert_eq!(read_back(&linked).0[1][0], Data::String("seeds/001.txt".to_owned()));
    }

    #[test]
    fn a_link_that_is_too_long_is_left_out_and_told() {
        let url = format!("https://vankien.example/{}", "a".repeat(MAX_LINK_UNITS));
        let table = one_cell(Column::text("url"), "a").linked("url", vec![Some(url)]);
        assert_eq!(read_back(&table).1.links, 1);
    }

    #[test]
    fn a_table_without_rows_has_its_header() {
        let (rows, _) = read_back(&Table::new(vec![Column::text("document")], Vec::new()));
        assert_eq!(rows, [[Data::String("document".to_owned())]]);
    }
}
