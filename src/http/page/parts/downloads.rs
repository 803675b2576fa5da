//! Tables of pages to save: links to them, and the form in which pages give tables to people.

use maud::{Markup, html};

use crate::http::page::shell::frame::Frame;
use crate::render::language::Lang;
use crate::render::table::{Column, Table};
use crate::render::table_file::TableFormat;

/// The table of a page, to save as a file of this name.
pub(crate) struct NamedTable {
    /// The table, with dates as ISO.
    pub(crate) table: Table,
    /// The name of the file without its ending.
    pub(crate) name: String,
}

impl NamedTable {
    /// Returns the table as it goes into a file of this format. Dates are as the language writes them: an office would
    /// not know `2025-02-28`.
    pub(crate) fn written(self, lang: Lang, format: TableFormat) -> Table {
        let is_typed = matches!(format, TableFormat::Xlsx);
        match lang {
            Lang::Vi => self.table.with_office_dates(is_typed),
            Lang::En => self.table,
        }
    }
}

/// A function that makes the cell of a row in one column, from what the page knows.
pub(crate) type CellWith<'c, R> = Box<dyn Fn(&R) -> String + 'c>;

/// Returns the table of these rows; each column comes with the function that makes its cell.
pub(crate) fn table_of<R>(rows: &[R], columns: Vec<(Column, CellWith<'_, R>)>) -> Table {
    let row = |row: &R| columns.iter().map(|(_, cell)| cell(row)).collect();
    let cells: Vec<Vec<String>> = rows.iter().map(row).collect();
    Table::new(columns.into_iter().map(|(column, _)| column).collect(), cells)
}

/// Renders the links to what this page shows, as files for spreadsheets.
pub(crate) fn downloads(frame: &Frame) -> Markup {
    let strings = frame.strings();
    let parameters: Vec<(String, String)> = frame
        .parameters
        .iter()
        .filter(|(name, value)| name != "offset" && !value.is_empty())
        .cloned()
        .collect();
    let file = |ending: &str| frame.url(&format!("{}.{ending}", frame.path), &parameters);
    html! {
        span.downloads {
            (strings.save_table) " "
            a href=(file("xlsx")) download { "Excel" } " · " a href=(file("csv")) download { "CSV" }
        }
    }
}
