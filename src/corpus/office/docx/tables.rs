//! Tables: rows and cells.
//!
//! A cell that spans columns is followed by an empty cell for each further column, and a cell that continues the one
//! above is empty, so that cells of a column stand under each other. Source: ECMA-376 part 1, 17.4.

use std::io::Read;

use super::drafts::{CellDraft, MAX_COLUMNS, RowDraft};
use super::properties::switches_on;
use super::story::{Place, Story};
use crate::corpus::error::ErrorKind;
use crate::corpus::flow::{Block, Table};
use crate::corpus::office::xml::{Xml, XmlEvent};

/// The deepest nesting of tables; the text of deeper ones stands in the cell around them.
const MAX_NESTED: usize = 20;

/// The most cells of a document.
const MAX_CELLS: usize = 1_000_000;

impl Story<'_> {
    /// Reads an element `tbl`.
    pub(super) fn table<R: Read>(&mut self, xml: &mut Xml<R>, out: &mut Vec<Block>) -> Result<(), ErrorKind> {
        self.flush_carried(out)?;
        if self.table_depth == MAX_NESTED {
            return self.content(xml, &mut Place::Blocks(out));
        }
        self.table_depth += 1;
        let mut table = Table::default();
        self.content(xml, &mut Place::Rows(&mut table))?;
        self.table_depth -= 1;
        if !table.rows.is_empty() {
            out.push(Block::Table(table));
        }
        Ok(())
    }

    /// Reads an element `tr`.
    pub(super) fn row<R: Read>(&mut self, xml: &mut Xml<R>, table: &mut Table) -> Result<(), ErrorKind> {
        let mut row = RowDraft::default();
        let outer = self.pages.begin_row();
        self.content(xml, &mut Place::Cells(&mut row))?;
        self.pages.end_row(outer);
        if !row.is_gone {
            table.rows.push(row.cells);
        }
        Ok(())
    }

    /// Reads an element `trPr`.
    pub(super) fn row_properties<R: Read>(&mut self, xml: &mut Xml<R>, row: &mut RowDraft) -> Result<(), ErrorKind> {
        while let Some(event) = xml.next()? {
            let XmlEvent::Open(tag) = event else { continue };
            match tag.name() {
                "del" => row.is_gone = true,
                "hidden" => row.is_gone |= switches_on(&tag),
                "gridBefore" => {
                    let empty = tag.number("val").unwrap_or(0).min(MAX_COLUMNS);
                    self.push_cells(row, Vec::new(), empty)?;
                }
                _ => {}
            }
            xml.skip()?;
        }
        Ok(())
    }

    /// Reads an element `tc`.
    pub(super) fn cell<R: Read>(&mut self, xml: &mut Xml<R>, row: &mut RowDraft) -> Result<(), ErrorKind> {
        let mut cell = CellDraft {
            blocks: Vec::new(),
            span: 1,
            is_gone: false,
        };
        self.pages.begin_cell();
        self.content(xml, &mut Place::Cell(&mut cell))?;
        self.flush_carried(&mut cell.blocks)?;
        if cell.is_gone {
            cell.blocks.clear();
        }
        self.push_cells(row, cell.blocks, cell.span)
    }

    /// Adds a cell of `columns` columns to a row.
    fn push_cells(&mut self, row: &mut RowDraft, blocks: Vec<Block>, columns: usize) -> Result<(), ErrorKind> {
        if columns == 0 {
            return Ok(());
        }
        self.cells += columns;
        if self.cells > MAX_CELLS {
            return Err(ErrorKind::Excessive(format!("tables of more than {MAX_CELLS} cells")));
        }
        row.cells.push(blocks);
        row.cells.extend((1..columns).map(|_| Vec::new()));
        Ok(())
    }
}
