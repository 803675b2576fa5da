//! The structure of a text, as the format of its file states it.
//!
//! Plain text says nothing: its paragraphs, headings and notes have to be recognized. A Word file marks them itself, and
//! what it marks is not guessed again.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::Span;

/// The structure of a text, as the format of its file states it; empty for plain text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Structure {
    /// The lines of the text that hold something, in order: one for each paragraph or row of a table, and more where a
    /// line ends inside a paragraph.
    pub lines: Vec<StructureLine>,
    /// The notes, in the order of their bodies in the text.
    pub notes: Vec<StructureNote>,
    /// Offsets at which a page begins, sorted, without the first page. Pages may begin inside a line.
    pub page_starts: Vec<usize>,
    /// Small letters above the line, sorted: an OCR sees the numbers of notes so, also where it misreads them.
    pub raised: Vec<Span>,
}

/// A line of the text of a [`Structure`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StructureLine {
    /// Its bytes, without blanks around them and without the line end; never empty.
    pub span: Span,
    /// True if it continues the paragraph of the line before.
    pub continues: bool,
    /// Its level in the outline, from 1, if its style makes it a heading.
    pub level: Option<u8>,
    /// The label at its beginning, if the format counts it: `II.`, `a)`, `-`. A blank follows it in the text.
    pub label: Option<Span>,
    /// The list that counts the label.
    pub list: Option<ListPlace>,
    /// True if all of it is bold.
    pub bold: bool,
    /// True if it is centered.
    pub centered: bool,
    /// Its row, if it is in a table.
    pub row: Option<RowPlace>,
    /// The number of the column of its first cell, from 0; 0 outside tables.
    pub column: usize,
    /// The cells of that row which are in this line, in order, without blanks around them; an empty cell is an empty
    /// span. A row is several lines if a cell of it holds several paragraphs; each of these lines is of one cell.
    pub cells: Vec<Span>,
}

/// A place in the automatic lists of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListPlace {
    /// The number of the list in the file; items of one list are counted together.
    pub list: u32,
    /// The depth of the item, from 0.
    pub depth: u8,
}

/// A row of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RowPlace {
    /// The number of the table in the file, from 0.
    pub table: usize,
    /// The number of the row in the table, from 0.
    pub row: usize,
}

/// A note that the format marks as one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StructureNote {
    /// Its number on paper.
    pub number: usize,
    /// The mark that calls it in the text, with its brackets; `None` if nothing calls it.
    pub call: Option<Span>,
    /// The mark before its body, with its brackets and the blank after it.
    pub mark: Span,
    /// The indices of its lines in [`Structure::lines`].
    pub lines: Range<usize>,
}

impl Structure {
    /// Returns the raised letters that begin at byte `at`.
    #[must_use]
    pub fn raised_at(&self, at: usize) -> Option<Span> {
        let found = self.raised.binary_search_by_key(&at, |raised| raised.start);
        found.ok().map(|index| self.raised[index])
    }

    /// Returns true if the format says nothing about the lines of the text.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }
}
