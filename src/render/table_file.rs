//! Tables as files: CSV, TSV and Excel workbooks.

use std::io::{self, Write};

use super::separated;
use super::table::Table;
use super::workbook;

pub use super::workbook::Shortened;

/// The form of a table in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableFormat {
    /// Comma-separated values with a header line, with or without a byte order mark.
    Csv {
        /// True if a byte order mark comes first, by which spreadsheets recognize UTF-8.
        bom: bool,
    },
    /// Tab-separated values with a header line.
    Tsv {
        /// True if a byte order mark comes first.
        bom: bool,
    },
    /// An Excel workbook with one sheet.
    Xlsx,
}

/// Writes a table as a file of this format, and returns what the format has no room for.
///
/// # Errors
/// Those of `out`.
pub fn write(out: &mut dyn Write, table: &Table, format: TableFormat) -> io::Result<Shortened> {
    let (separator, bom) = match format {
        TableFormat::Csv { bom } => (b',', bom),
        TableFormat::Tsv { bom } => (b'\t', bom),
        TableFormat::Xlsx => return workbook::write(out, table),
    };
    if bom {
        out.write_all(separated::BOM.as_bytes())?;
    }
    table.write_separated(out, separator)?;
    Ok(Shortened::default())
}
