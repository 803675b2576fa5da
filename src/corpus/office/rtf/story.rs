//! A story of an RTF file, the text of the body, of a note or of a text box: its paragraphs and tables.
//!
//! Source: RTF 1.9.1, "Table Definitions". A row is paragraphs with `\intbl`; `\cell` ends a cell and `\row` the row.
//! Rows in cells have `\nestcell` and `\nestrow`, and `\itap` tells how deep each paragraph lies.

use unicode_normalization::UnicodeNormalization;

use crate::corpus::flow::{Block, Paragraph, ParagraphBuilder, RunFace, Table};
use crate::text::ListPlace;

/// The deepest nesting of tables. Deeper ones are read as if they lay there.
const MAX_TABLES: usize = 20;

/// A cell as its row defines it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct CellShape {
    /// True if it is merged with the cell before it (`\clmrg`).
    pub(super) joins_left: bool,
}

/// Properties that a paragraph has at its end.
#[derive(Debug, Default)]
pub(super) struct ParagraphEnd {
    /// True if it is centered.
    pub(super) centered: bool,
    /// Its level in the outline.
    pub(super) level: Option<u8>,
    /// Its label as counted, and its place in a list.
    pub(super) counted: Option<(ListPlace, String)>,
    /// True if a page begins before it.
    pub(super) begins_page: bool,
}

/// A table that is not complete.
#[derive(Debug, Default)]
struct OpenTable {
    table: Table,
    /// The cells of the current row.
    cells: Vec<Vec<Block>>,
    /// The blocks of the current cell.
    blocks: Vec<Block>,
}

/// A story that is being read.
#[derive(Debug, Default)]
pub(super) struct Story {
    blocks: Vec<Block>,
    /// The tables around the current place, outermost first.
    tables: Vec<OpenTable>,
    paragraph: ParagraphBuilder,
    /// Text that is not yet in `paragraph`: the runs of one face.
    run: String,
    face: RunFace,
    /// True if `run` is raised.
    raised: bool,
    /// The label of the paragraph as Word wrote it.
    pub(super) label: String,
    /// The text boxes of the paragraph.
    boxes: Vec<Block>,
    /// True if a page begins with the next text.
    pub(super) page_pending: bool,
}

impl Story {
    /// Adds text.
    pub(super) fn push(&mut self, text: &str, face: RunFace, raised: bool) {
        if std::mem::take(&mut self.page_pending) {
            self.begin_page();
        }
        if (face, raised) != (self.face, self.raised) {
            self.flush();
            (self.face, self.raised) = (face, raised);
        }
        self.run.push_str(text);
    }

    /// Adds the pending text to the paragraph, composed: windows-1258 writes tones as marks after the letter.
    fn flush(&mut self) {
        let run = std::mem::take(&mut self.run);
        if run.contains(|char| matches!(char, '\u{300}'..='\u{36f}')) {
            self.paragraph.push(&run.nfc().collect::<String>(), self.face);
        } else if !run.is_empty() {
            self.paragraph.push(&run, self.face);
        }
    }

    /// Takes raised text that was added last: it is the mark of the note that follows.
    pub(super) fn take_raised(&mut self) -> Option<String> {
        let mark = self.run.trim();
        if !self.raised || mark.is_empty() {
            return None;
        }
        let mark = mark.to_owned();
        self.run.clear();
        Some(mark)
    }

    /// Adds the place that calls a note.
    pub(super) fn push_call(&mut self, note: usize) {
        self.flush();
        self.paragraph.push_call(note);
    }

    /// Begins a page.
    pub(super) fn begin_page(&mut self) {
        self.flush();
        self.paragraph.begin_page();
    }

    /// Adds the blocks of a text box, which follow the current paragraph.
    pub(super) fn push_box(&mut self, blocks: Vec<Block>) {
        self.boxes.extend(blocks);
    }

    /// Returns true if the current paragraph has nothing.
    pub(super) fn is_at_start(&self) -> bool {
        self.run.is_empty() && self.paragraph.is_empty() && self.label.is_empty()
    }

    /// Ends the current paragraph, which lies in `depth` tables.
    pub(super) fn end_paragraph(&mut self, end: ParagraphEnd, depth: usize) {
        self.flush();
        let mut paragraph = std::mem::take(&mut self.paragraph).finish();
        let label = std::mem::take(&mut self.label);
        (self.face, self.raised) = (RunFace::default(), false);
        paragraph.label = label.trim().to_owned();
        if let Some((place, label)) = end.counted {
            paragraph.list = Some(place);
            if paragraph.label.is_empty() {
                label.trim().clone_into(&mut paragraph.label);
            }
        }
        paragraph.centered = end.centered;
        paragraph.level = end.level;
        if end.begins_page {
            paragraph.page_starts.insert(0, 0);
        }
        self.go_to(depth);
        let boxes = std::mem::take(&mut self.boxes);
        let target = self.target();
        if keeps(&paragraph) {
            target.push(Block::Paragraph(paragraph));
        }
        target.extend(boxes);
    }

    /// Ends a cell at `depth`, from 1.
    pub(super) fn end_cell(&mut self, depth: usize) {
        self.go_to(depth.max(1));
        if let Some(open) = self.tables.last_mut() {
            open.cells.push(std::mem::take(&mut open.blocks));
        }
    }

    /// Ends a row at `depth`, from 1. `shapes`: its cells as the row defines them.
    pub(super) fn end_row(&mut self, depth: usize, shapes: &[CellShape]) {
        self.go_to(depth.max(1));
        if let Some(open) = self.tables.last_mut() {
            open.end_row(shapes);
        }
    }

    /// Opens or closes tables so that the current place lies in `depth` of them.
    fn go_to(&mut self, depth: usize) {
        let depth = depth.min(MAX_TABLES);
        while self.tables.len() > depth {
            let Some(mut open) = self.tables.pop() else { break };
            open.end_row(&[]);
            if !open.table.rows.is_empty() {
                self.target().push(Block::Table(open.table));
            }
        }
        self.tables.resize_with(depth, OpenTable::default);
    }

    /// Returns the blocks that the next one is added to.
    fn target(&mut self) -> &mut Vec<Block> {
        match self.tables.last_mut() {
            Some(open) => &mut open.blocks,
            None => &mut self.blocks,
        }
    }

    /// Returns the blocks of the story.
    pub(super) fn finish(mut self) -> Vec<Block> {
        self.go_to(0);
        self.blocks
    }
}

impl OpenTable {
    /// Ends the current row.
    fn end_row(&mut self, shapes: &[CellShape]) {
        let blocks = std::mem::take(&mut self.blocks);
        if !blocks.is_empty() {
            self.cells.push(blocks);
        }
        let cells = std::mem::take(&mut self.cells);
        let mut row: Vec<Vec<Block>> = Vec::with_capacity(cells.len());
        for (index, cell) in cells.into_iter().enumerate() {
            let joins_left = shapes.get(index).is_some_and(|shape| shape.joins_left);
            match row.last_mut() {
                Some(last) if joins_left => last.extend(cell),
                _ => row.push(cell),
            }
        }
        if !row.is_empty() {
            self.table.rows.push(row);
        }
    }
}

/// Returns true if the paragraph has anything that is printed, or the beginning of a page.
fn keeps(paragraph: &Paragraph) -> bool {
    !paragraph.text.trim().is_empty() || !paragraph.calls.is_empty() || !paragraph.page_starts.is_empty()
}
