//! Workbooks of Excel: `.xlsx` and `.xls`.
//!
//! `calamine` reads the cells. It unpacks whatever it is given, so what a workbook unpacks to is measured before
//! (`measure` here, `bounds.rs`), and what it panics at is a damaged file. A sheet becomes its name, if it has one, and its
//! rows (`layout.rs`), with each value as Excel shows it (`value.rs`). Hidden sheets are left out.
//!
//! Sources: ECMA-376 part 1, 18 (SpreadsheetML); [MS-XLS].

mod bounds;
mod layout;
mod value;

use std::io::Cursor;

use calamine::{Data, Reader as _, Sheet, SheetType, SheetVisible, Style, Xls, XlsError, Xlsx, XlsxError};
use calamine::{FontWeight, HorizontalAlignment};

use super::package::Package;
use crate::corpus::error::ErrorKind;
use crate::corpus::flow::{Block, Flow, Paragraph, ParagraphBuilder, RunFace};
use crate::guarded::guarded;
use crate::text::LegacyFont;
use layout::Cell;

/// The most cells that hold something. A register of ten thousand documents has a hundred thousand.
const MAX_CELLS: usize = 1_000_000;

/// The most bytes of the text of all cells. One string may stand in any number of cells.
const MAX_TEXT_BYTES: usize = 64_000_000;

/// Returns true if an archive is a workbook.
pub(super) fn is_workbook(package: &Package<'_>) -> bool {
    package.has("xl/workbook.xml")
}

/// Reads a workbook of Excel since 2007, the archive `bytes`.
///
/// # Errors
/// [`ErrorKind::Encrypted`], [`ErrorKind::Damaged`], [`ErrorKind::Excessive`].
pub(super) fn read_xlsx(package: &mut Package<'_>, bytes: &[u8]) -> Result<Flow, ErrorKind> {
    package.measure()?;
    read_guarded(|| {
        let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(xlsx_error)?;
        let mut book = Book::default();
        for name in visible(workbook.sheets_metadata()) {
            let mut reader = match workbook.worksheet_cells_reader(&name) {
                Ok(reader) => reader,
                // A sheet that is missing from the archive, or a chart.
                Err(XlsxError::WorksheetNotFound(_) | XlsxError::NotAWorksheet(_)) => continue,
                Err(error) => return Err(xlsx_error(error)),
            };
            let mut cells = Vec::new();
            while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(xlsx_error)? {
                let (row, column) = cell.get_position();
                let style = reader.styles().get(style);
                let data: Data = cell.get_value().clone().into();
                cells.extend(book.cell(row, column, &data, style)?);
            }
            book.add(&name, cells);
        }
        Ok(book.flow)
    })
}

/// Reads a workbook of Excel before 2007, the compound file `bytes`; `None` if it is none.
///
/// # Errors
/// [`ErrorKind::Encrypted`], [`ErrorKind::Damaged`], [`ErrorKind::Excessive`].
pub(super) fn read_xls(bytes: &[u8]) -> Result<Option<Flow>, ErrorKind> {
    if !bounds::check(bytes)? {
        return Ok(None);
    }
    let flow = read_guarded(|| {
        let mut workbook = Xls::new(Cursor::new(bytes)).map_err(xls_error)?;
        let mut book = Book::default();
        for name in visible(workbook.sheets_metadata()) {
            let range = workbook.worksheet_range(&name).map_err(xls_error)?;
            let (first_row, first_column) = range.start().unwrap_or_default();
            let mut cells = Vec::new();
            for (row, column, data) in range.used_cells() {
                let place = |index: usize| u32::try_from(index).unwrap_or(u32::MAX);
                let row = first_row.saturating_add(place(row));
                let column = first_column.saturating_add(place(column));
                cells.extend(book.cell(row, column, data, None)?);
            }
            book.add(&name, cells);
        }
        Ok(book.flow)
    })?;
    Ok(Some(flow))
}

/// Calls the reader of another crate; if it panics, the file is damaged.
fn read_guarded(read: impl FnOnce() -> Result<Flow, ErrorKind>) -> Result<Flow, ErrorKind> {
    guarded(read).map_err(|_| ErrorKind::Damaged("its sheets cannot be read".to_owned()))?
}

/// Returns the names of the sheets that Excel shows.
fn visible(sheets: &[Sheet]) -> Vec<String> {
    let shown = sheets
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible);
    shown.map(|sheet| sheet.name.clone()).collect()
}

/// Returns the error of a file for one of its reader.
fn xlsx_error(error: XlsxError) -> ErrorKind {
    match error {
        XlsxError::Password => ErrorKind::Encrypted,
        error => ErrorKind::Damaged(format!("its sheets cannot be read: {error}")),
    }
}

/// Returns the error of a file for one of its reader.
fn xls_error(error: XlsError) -> ErrorKind {
    match error {
        XlsError::Password => ErrorKind::Encrypted,
        error => ErrorKind::Damaged(format!("its sheets cannot be read: {error}")),
    }
}

/// A workbook that is being read.
#[derive(Debug, Default)]
struct Book {
    flow: Flow,
    /// The numbers of cells and of their bytes so far.
    cells: usize,
    bytes: usize,
}

impl Book {
    /// Reads a cell; `None` if it shows nothing.
    fn cell(&mut self, row: u32, column: u32, data: &Data, style: Option<&Style>) -> Result<Option<Cell>, ErrorKind> {
        let format = style.and_then(|style| style.number_format.as_ref());
        let shown = value::shown(data, format.map(|format| format.format_code.as_str()));
        if shown.trim().is_empty() {
            return Ok(None);
        }
        self.cells += 1;
        self.bytes += shown.len();
        if self.cells > MAX_CELLS {
            return Err(ErrorKind::Excessive(format!("more than {MAX_CELLS} cells")));
        }
        if self.bytes > MAX_TEXT_BYTES {
            return Err(ErrorKind::Excessive(format!(
                "more than {} MB of text",
                MAX_TEXT_BYTES / 1_000_000
            )));
        }
        let paragraphs = layout::lines(&shown).map(|line| paragraph(&line, style)).collect();
        Ok(Some(Cell {
            row,
            column,
            paragraphs,
        }))
    }

    /// Adds a sheet.
    fn add(&mut self, name: &str, cells: Vec<Cell>) {
        let blocks = layout::blocks(cells);
        if blocks.is_empty() {
            return;
        }
        if !layout::is_usual_name(name) {
            self.flow.blocks.push(Block::Paragraph(Paragraph {
                text: name.trim().to_owned(),
                bold: true,
                ..Paragraph::default()
            }));
        }
        self.flow.blocks.extend(blocks);
    }
}

/// Returns a line of a cell of this style as a paragraph.
fn paragraph(line: &str, style: Option<&Style>) -> Paragraph {
    let font = style.and_then(|style| style.font.as_ref());
    let mut builder = ParagraphBuilder::default();
    builder.push(
        line,
        RunFace {
            bold: font.is_some_and(|font| font.weight == FontWeight::Bold),
            font: font.and_then(|font| LegacyFont::named(font.name.as_deref()?)),
            ..RunFace::default()
        },
    );
    let mut paragraph = builder.finish();
    let alignment = style.and_then(|style| style.alignment.as_ref());
    paragraph.centered = alignment.is_some_and(|alignment| {
        matches!(
            alignment.horizontal,
            HorizontalAlignment::Center | HorizontalAlignment::CenterContinuous
        )
    });
    paragraph
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::flow::write;
    use crate::corpus::office::package::tests::zipped;

    /// Returns a workbook with these sheets: name, state, rows.
    fn workbook(sheets: &[(&str, &str, &str)], strings: &str) -> Vec<u8> {
        let (mut list, mut relations, mut parts) = (String::new(), String::new(), Vec::new());
        for (index, (name, state, rows)) in sheets.iter().enumerate() {
            let id = index + 1;
            list += &format!("<sheet name='{name}' sheetId='{id}' state='{state}' r:id='rId{id}'/>");
            relations += &format!(
                "<Relationship Id='rId{id}' Target='worksheets/sheet{id}.xml' \
                 Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet'/>"
            );
            parts.push((
                format!("xl/worksheets/sheet{id}.xml"),
                format!("<worksheet xmlns='x'><sheetData>{rows}</sheetData></worksheet>"),
            ));
        }
        parts.push((
            "_rels/.rels".to_owned(),
            "<Relationships><Relationship Id='rId1' Target='xl/workbook.xml' \
             Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument'/></Relationships>"
                .to_owned(),
        ));
        parts.push((
            "xl/workbook.xml".to_owned(),
            format!("<workbook xmlns='x' xmlns:r='r'><sheets>{list}</sheets></workbook>"),
        ));
        parts.push((
            "xl/_rels/workbook.xml.rels".to_owned(),
            format!("<Relationships>{relations}</Relationships>"),
        ));
        parts.push((
            "xl/sharedStrings.xml".to_owned(),
            format!("<sst xmlns='x'>{strings}</sst>"),
        ));
        parts.push((
            "xl/styles.xml".to_owned(),
            "<styleSheet xmlns='x'><numFmts><numFmt numFmtId='170' formatCode='0.0%'/></numFmts><fonts><font/><font><b/>\
             <name val='.VnTime'/></font></fonts><cellXfs><xf numFmtId='0' fontId='0'/><xf numFmtId='14' fontId='0' \
             applyNumberFormat='1'/><xf numFmtId='170' fontId='0' applyNumberFormat='1'/><xf numFmtId='0' fontId='1' \
             applyFont='1'/></cellXfs></styleSheet>"
                .to_owned(),
        ));
        let parts: Vec<(&str, &[u8])> = parts
            .iter()
            .map(|(name, part)| (name.as_str(), part.as_bytes()))
            .collect();
        zipped(&parts)
    }

    /// The text of a workbook, or the error.
    fn text(bytes: &[u8]) -> String {
        let flow = Package::open(bytes).and_then(|mut package| read_xlsx(&mut package, bytes));
        match flow {
            Ok(flow) => write(&flow).text,
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn sheets_become_titles_and_rows() {
        let strings = "<si><t>TT</t></si><si><t>Nội dung</t></si><si><t>DANH MỤC VĂN BẢN</t></si>\
            <si><r><t xml:space='preserve'>Hướng dẫn </t></r><r><t>số 5</t></r></si><si><t>Tû lÖ ®¹t</t></si>";
        let rows = "<row r='1'><c r='A1' t='s'><v>2</v></c></row>\
            <row r='3'><c r='A3' t='s'><v>0</v></c><c r='C3' t='s'><v>1</v></c><c r='D3' t='s' s='3'><v>4</v></c></row>\
            <row r='4'><c r='A4'><v>1</v></c><c r='C4' t='s'><v>3</v></c><c r='D4' s='2'><v>0.985</v></c></row>\
            <row r='5'><c r='A5'><v>2</v></c><c r='C5' s='1'><v>45943</v></c><c r='D5' t='e'><v>#N/A</v></c></row>";
        let hidden = "<row r='1'><c r='A1'><v>7</v></c></row>";
        let book = workbook(
            &[
                ("Quý I", "visible", rows),
                ("Nháp", "hidden", hidden),
                ("Sheet3", "visible", hidden),
            ],
            strings,
        );
        assert_eq!(
            text(&book),
            "Quý I\nDANH MỤC VĂN BẢN\nTT | Nội dung | Tỷ lệ đạt\n1 | Hướng dẫn số 5 | 98,5%\n2 | 13/10/2025\n7\n"
        );
    }

    #[test]
    fn cells_far_apart_take_no_memory_and_one_string_in_many_cells_is_too_much() {
        let far = "<row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c r='XFD1048576'><v>2</v></c></row>";
        assert_eq!(text(&workbook(&[("Sheet1", "visible", far)], "")), "1\n2\n");
        let long = format!("<si><t>{}</t></si>", "a".repeat(100_000));
        let cells = "<c t='s'><v>0</v></c>".repeat(1_000);
        let book = workbook(&[("Sheet1", "visible", &format!("<row>{cells}</row>"))], &long);
        assert!(text(&book).contains("more than 64 MB of text"));
    }

    #[test]
    fn what_is_no_workbook_is_damaged() {
        let broken = zipped(&[("xl/workbook.xml", b"<workbook><sheets>")]);
        assert!(text(&broken).starts_with("is damaged: "), "{}", text(&broken));
    }
}
