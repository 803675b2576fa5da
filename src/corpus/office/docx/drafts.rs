//! Paragraphs, rows and cells while they are read.

use std::io::Read;

use super::properties::ParagraphProperties;
use crate::corpus::error::ErrorKind;
use crate::corpus::flow::{Block, ParagraphBuilder};
use crate::corpus::office::xml::{Xml, XmlEvent};

/// The most columns of a table, those of Word.
pub(super) const MAX_COLUMNS: usize = 63;

/// A paragraph that is being read.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// Its text.
    pub(super) builder: ParagraphBuilder,
    /// Its properties.
    pub(super) properties: ParagraphProperties,
    /// The text boxes that are anchored in it.
    pub(super) boxes: Vec<Block>,
}

/// A row that is being read.
#[derive(Debug, Default)]
pub(super) struct RowDraft {
    /// Its cells.
    pub(super) cells: Vec<Vec<Block>>,
    /// True if it was deleted or is hidden.
    pub(super) is_gone: bool,
}

/// A cell that is being read.
#[derive(Debug)]
pub(super) struct CellDraft {
    /// Its paragraphs and tables.
    pub(super) blocks: Vec<Block>,
    /// Number of columns that it spans.
    pub(super) span: usize,
    /// True if it continues another cell, or was deleted.
    pub(super) is_gone: bool,
}

impl CellDraft {
    /// Reads an element `tcPr`.
    pub(super) fn read_properties<R: Read>(&mut self, xml: &mut Xml<R>) -> Result<(), ErrorKind> {
        while let Some(event) = xml.next()? {
            let XmlEvent::Open(tag) = event else { continue };
            match tag.name() {
                "gridSpan" => self.span = tag.number("val").unwrap_or(1).clamp(1, MAX_COLUMNS),
                "vMerge" | "hMerge" => {
                    self.is_gone |= tag.attribute("val").is_none_or(|value| value == "continue");
                }
                "cellDel" => self.is_gone = true,
                _ => {}
            }
            xml.skip()?;
        }
        Ok(())
    }
}
