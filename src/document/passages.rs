//! Blocks to passages, each with its place, its section and its address.

use super::blocks::{Block, BlockKind, LabelClass, holds_signature, is_signature, table};
use super::layout::{Sheet, is_capitals};
use super::sections::Section;
use super::sections::outline::{HeadingLayout, Outline};
use super::{Footnote, Metadata, Passage, Place};
use crate::stop::checkpoint;
use crate::text::{Lines, Span};

/// Rows of the longest letterhead before the label of an appendix on the same page.
const MAX_LETTERHEAD_ROWS: usize = 8;

/// Chars from which a block after the recipients is running text: the longest item of a list of recipients has
/// fewer.
const MIN_PARAGRAPH_CHARS: usize = 200;

/// Makes passages and sections from blocks.
pub(super) struct PassageBuilder<'a> {
    sheet: &'a Sheet<'a>,
    /// The sections so far.
    outline: Outline<'a>,
    /// The passages so far, in the order of their blocks.
    passages: Vec<Passage>,
}

impl<'a> PassageBuilder<'a> {
    /// Starts without passages; `outline` is empty.
    pub(super) fn new(sheet: &'a Sheet<'a>, outline: Outline<'a>) -> Self {
        Self {
            sheet,
            outline,
            passages: Vec::new(),
        }
    }

    /// Makes passages of all blocks of a document with the facts `facts`, the main one or an attached one, and opens
    /// its sections.
    pub(super) fn push_document(&mut self, facts: &Metadata, blocks: &[Block]) {
        let layout = HeadingLayout::of(self.sheet, blocks);
        self.outline.begin_document(facts.kind.as_deref(), &facts.terms, layout);
        let mut in_table = false;
        // True after a signature: the office and the name of who signs follow it.
        let mut signed = false;
        let mut next = 0;
        while let Some(block) = blocks.get(next) {
            checkpoint();
            let at = next;
            next += 1;
            let in_recipients = self.outline.in_recipients();
            // Inside a table or a list of recipients "1." is a cell or an item; the labels that only sections have
            // end both.
            let heads = block.kind == BlockKind::Heading;
            let appendix = block.class() == Some(LabelClass::Appendix);
            let outer = block.class().is_some_and(LabelClass::is_outer) && !in_table;
            // Who signs is set in bold type, too; "Nơi nhận:" may stand below it.
            let in_signature = signed && block.class().is_none() && block.face(self.sheet).is_marked();
            if heads && (appendix || outer || !(in_table || in_recipients || in_signature)) {
                (in_table, signed) = (false, false);
                self.outline.push_heading(block, self.passages.len());
                self.push(block, Place::Heading, block.fragments(self.sheet));
                continue;
            }
            in_table |= self.outline.in_appendix() && table::opens(self.sheet, block.rows[0]);
            if (in_recipients || signed) && self.is_paragraph(block) {
                signed = false;
                if in_recipients {
                    self.outline.close_all();
                }
            }
            let is_row = block.kind == BlockKind::Table;
            signed |= is_signature(block, self.sheet) || is_row && holds_signature(self.sheet, &block.rows);
            if block.kind == BlockKind::Header
                || signed
                || self.outline.in_recipients()
                || self.is_letterhead(blocks, at)
            {
                self.push(block, Place::Header, block.fragments(self.sheet));
            } else if is_row {
                self.introduce(block);
                self.push(block, Place::Table, block.fragments(self.sheet));
            } else if in_table {
                next = self.push_table(blocks, at);
            } else {
                self.introduce(block);
                self.push(block, Place::Body, block.fragments(self.sheet));
            }
        }
    }

    /// Opens the introduction with `block`, if it is the first text of the document.
    fn introduce(&mut self, block: &Block) {
        if self.outline.current().is_none() && self.outline.is_empty() {
            let page = self.sheet.rows[block.rows[0]].page + 1;
            self.outline.introduce(block.start, page);
        }
    }

    /// Returns true if `block` is a paragraph of running text, which no list of recipients and no signature holds.
    fn is_paragraph(&self, block: &Block) -> bool {
        let rows = &block.rows;
        let chars: usize = rows.iter().map(|&row| self.sheet.rows[row].chars).sum();
        let ended = rows.last().is_some_and(|&row| self.sheet.rows[row].ended);
        block.kind == BlockKind::Text
            && block.class() != Some(LabelClass::Bullet)
            && chars >= MIN_PARAGRAPH_CHARS
            && ended
    }

    /// Makes passages of the cells of the table rows that begin with block `at`, and returns the index of the
    /// first block after them.
    fn push_table(&mut self, blocks: &[Block], at: usize) -> usize {
        let block = &blocks[at];
        let mut next = at + 1;
        let mut rows = block.rows.clone();
        while let Some(below) = blocks.get(next).filter(|below| self.is_same_table(&rows, below)) {
            rows.extend(&below.rows);
            next += 1;
        }
        let end = blocks[next - 1].end;
        for cell in table::cells(self.sheet, &rows) {
            // A run-in heading takes a part of the first row.
            let cell = cell
                .into_iter()
                .map(|piece| Span::new(piece.start.max(block.start), piece.end.min(end)));
            let cell: Vec<Span> = cell.filter(|piece| !piece.is_empty()).collect();
            if !cell.is_empty() {
                self.push(block, Place::Table, cell);
            }
        }
        next
    }

    /// Returns the passages in the order of their blocks, and the sections of a text of `len` bytes.
    pub(super) fn finish(self, len: usize) -> (Vec<Passage>, Vec<Section>) {
        (self.passages, self.outline.finish(len))
    }

    /// Returns true if the rows of `below` follow the rows `above` of a table without a blank line, on the same
    /// page.
    fn is_same_table(&self, above: &[usize], below: &Block) -> bool {
        let (last, first) = (above[above.len() - 1], below.rows[0]);
        let (a, b) = (&self.sheet.rows[last], &self.sheet.rows[first]);
        below.class() != Some(LabelClass::Appendix)
            && !matches!(below.kind, BlockKind::Header | BlockKind::Table)
            && !is_signature(below, self.sheet)
            && last + 1 == first
            && b.gap <= usize::from(a.double)
            && a.page == b.page
            && below.start == b.span.start
    }

    /// Returns true if block `at` belongs to the letterhead of an appendix that begins on its page.
    fn is_letterhead(&self, blocks: &[Block], at: usize) -> bool {
        let page = self.sheet.rows[blocks[at].rows[0]].page;
        let first_row = self.sheet.rows.partition_point(|row| row.page < page);
        let Some(appendix) = blocks[at..]
            .iter()
            .take(MAX_LETTERHEAD_ROWS)
            .find(|block| block.class() == Some(LabelClass::Appendix))
        else {
            return false;
        };
        let label_row = appendix.rows[0];
        let opens_page = self.sheet.rows[label_row].page == page && label_row - first_row <= MAX_LETTERHEAD_ROWS;
        opens_page && is_capitals(self.sheet.body(first_row))
    }

    /// Adds a passage of `block`.
    fn push(&mut self, block: &Block, place: Place, fragments: Vec<Span>) {
        self.passages.push(Passage {
            address: String::new(),
            place,
            page: self.sheet.rows[block.rows[0]].page + 1,
            fragments,
            section: self.outline.current(),
            footnote: None,
            marks: Vec::new(),
        });
    }
}

/// Puts the passages in the order of their first byte, and updates the indices that point at them.
pub(super) fn sort_passages(passages: &mut Vec<Passage>, sections: &mut [Section], footnotes: &mut [Footnote]) {
    let mut order: Vec<usize> = (0..passages.len()).collect();
    order.sort_by_key(|&index| passages[index].extent().start);
    let mut place_of = vec![0; order.len()];
    for (place, &index) in order.iter().enumerate() {
        place_of[index] = place;
    }
    let mut old: Vec<Option<Passage>> = std::mem::take(passages).into_iter().map(Some).collect();
    passages.extend(order.iter().filter_map(|&index| old[index].take()));
    for heading in sections.iter_mut().filter_map(|section| section.heading.as_mut()) {
        *heading = place_of[*heading];
    }
    for footnote in footnotes {
        footnote
            .passages
            .iter_mut()
            .for_each(|passage| *passage = place_of[*passage]);
        if let Some(anchor) = &mut footnote.anchor {
            anchor.passage = place_of[anchor.passage];
        }
    }
}

/// Gives each passage its address: its first line, and `.2`, `.3` … for further ones on that line.
pub(super) fn number_passages(text: &str, passages: &mut [Passage]) {
    let lines = Lines::of(text);
    let mut before = (0, 0);
    for passage in passages {
        checkpoint();
        let extent = passage.extent();
        let blanks = extent.slice(text).len() - extent.slice(text).trim_start().len();
        let line = lines.number_at(extent.start + blanks);
        before = if before.0 == line {
            (line, before.1 + 1)
        } else {
            (line, 1)
        };
        passage.address = if before.1 == 1 {
            line.to_string()
        } else {
            format!("{line}.{}", before.1)
        };
    }
}
