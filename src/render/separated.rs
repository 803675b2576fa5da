//! CSV and TSV: the one place that writes cells, for every export.
//!
//! Most tables are opened in a spreadsheet, which takes a cell that begins with `=`, `+`, `-` or `@` for a formula and
//! runs it; the text comes from documents and names of files, which strangers write. So such a cell gets an apostrophe
//! in front, as OWASP advises ("CSV injection"), always: a table that is safe in one program and not in another is not.

use std::borrow::Cow;
use std::io::{self, Write};

use crate::text::clean;

/// The byte order mark, by which spreadsheets recognize UTF-8 in a file of separated values.
pub(super) const BOM: &str = "\u{feff}";

/// Signs with which a cell is a formula for a spreadsheet; a tab and a carriage return lead to one.
const FORMULA_SIGNS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Writes rows as CSV (`separator` is a comma) or TSV (a tab). Cells are [`safe`], and quoted where needed (RFC 4180).
///
/// # Errors
/// Those of `out`.
pub(super) fn write<'c, R: IntoIterator<Item = &'c str>>(
    out: &mut dyn Write,
    separator: u8,
    rows: impl IntoIterator<Item = R>,
) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new().delimiter(separator).from_writer(out);
    for row in rows {
        for cell in row {
            writer.write_field(safe(cell).as_bytes()).map_err(io::Error::from)?;
        }
        writer.write_record(None::<&[u8]>).map_err(io::Error::from)?;
    }
    writer.flush()
}

/// Returns a cell without control characters, with an apostrophe in front of what a spreadsheet would run.
fn safe(cell: &str) -> Cow<'_, str> {
    let cleaned = clean(cell);
    if cell.starts_with(FORMULA_SIGNS) || cleaned.starts_with(FORMULA_SIGNS) {
        return Cow::Owned(format!("'{cleaned}"));
    }
    cleaned
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_none_has_control_characters() {
        for (cell, written) in [
            ("=1+1", "'=1+1"),
            ("+84", "'+84"),
            ("- Công tác", "'- Công tác"),
            ("-1", "'-1"),
            ("@a", "'@a"),
            ("\t=1", "' =1"),
            ("\r=1", "' =1"),
            ("\u{1b}=1", "'=1"),
            ("a\u{1b}[31mb", "a[31mb"),
            ("21-NQ/TW", "21-NQ/TW"),
            ("'=1", "'=1"),
            ("", ""),
        ] {
            assert_eq!(safe(cell), written, "{cell:?}");
        }
    }

    #[test]
    fn rows_are_quoted_and_ended() {
        let mut out = Vec::new();
        write(&mut out, b'\t', [["a", "b c"], ["=1", "x\"y"], ["", ""]]).unwrap();
        assert_eq!(out, b"a\tb c\n'=1\t\"x\"\"y\"\n\t\n");
    }
}
