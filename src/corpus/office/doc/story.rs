//! A text of the file – the main text, a note, a text box – as paragraphs and tables.
//!
//! The text is a sequence of chars in which a paragraph mark ends a paragraph, a cell mark a cell or a row, and some
//! other chars stand for things ([MS-DOC] 2.4.1, 2.4.3). Tables are paragraphs that say how deep they lie.

use std::collections::HashMap;
use std::ops::Range;

use super::boxes::TextBox;
use super::fields::Instructions;
use super::formats::{CharacterFormat, ParagraphFormat};
use super::lists::Counters;
use super::notes::Call;
use super::pieces::Unit;
use super::word::{Run, Word};
use crate::corpus::error::ErrorKind;
use crate::corpus::flow::{Block, Paragraph, ParagraphBuilder, RunFace, Table};
use crate::corpus::office::symbols;
use crate::text::Encoding;

/// The most paragraphs and cells that are read. A congress report has some thousand.
const MAX_BLOCKS: usize = 500_000;

/// Chars that stand for something ([MS-DOC] 2.4.1 and 2.9.39).
const CELL_END: u16 = 0x07;
const LINE_END: u16 = 0x0b;
const PAGE_OR_SECTION_END: u16 = 0x0c;
const PARAGRAPH_END: u16 = 0x0d;
const COLUMN_END: u16 = 0x0e;
const TAB: u16 = 0x09;
const NON_BREAKING_HYPHEN: u16 = 0x1e;
const OPTIONAL_HYPHEN: u16 = 0x1f;
const FIRST_PRINTED: u16 = 0x20;

/// Reads the texts of a file one after another.
#[derive(Debug)]
pub(super) struct StoryReader<'w, 'd> {
    word: &'w Word<'d>,
    /// The notes that the main text calls, by position.
    calls: HashMap<u32, usize>,
    /// The text boxes that are still to be read, the last first.
    boxes: Vec<TextBox>,
    /// The paragraphs and cells so far.
    blocks: usize,
    /// The notes that were called so far: the index of the call, and the mark if it was typed.
    pub(super) called: Vec<(usize, String)>,
    /// The numbers of the lists in the main text, in notes, and in text boxes.
    counters: [Counters; 3],
}

/// The kind of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StoryKind {
    Main,
    Note,
    Box,
}

/// A text that is being read.
#[derive(Debug)]
struct Story {
    kind: StoryKind,
    instructions: Instructions,
    /// The finished blocks outside tables.
    blocks: Vec<Block>,
    /// The tables that are open, each in a cell of the one before.
    tables: Vec<OpenTable>,
    paragraph: ParagraphBuilder,
    run: Run,
    /// The first half of a letter beyond U+FFFF.
    high_half: Option<u16>,
    /// The blocks of text boxes that are anchored to the paragraph.
    boxes: Vec<Block>,
}

/// A table whose end was not met yet.
#[derive(Debug, Default)]
struct OpenTable {
    rows: Vec<Vec<Vec<Block>>>,
    cells: Vec<Vec<Block>>,
    cell: Vec<Block>,
}

impl<'w, 'd> StoryReader<'w, 'd> {
    /// Returns a reader of the texts of `word`.
    pub(super) fn new(word: &'w Word<'d>, calls: &[Call], mut boxes: Vec<TextBox>) -> Self {
        boxes.reverse();
        Self {
            word,
            calls: calls
                .iter()
                .enumerate()
                .map(|(index, call)| (call.position, index))
                .collect(),
            boxes,
            blocks: 0,
            called: Vec::new(),
            counters: Default::default(),
        }
    }

    /// Reads the text at `positions`.
    ///
    /// # Errors
    /// [`ErrorKind::Excessive`].
    pub(super) fn read(&mut self, positions: Range<u32>, kind: StoryKind) -> Result<Vec<Block>, ErrorKind> {
        let word = self.word;
        let mut story = Story {
            kind,
            instructions: Instructions::find(word.pieces.units(positions.clone())),
            blocks: Vec::new(),
            tables: Vec::new(),
            paragraph: ParagraphBuilder::default(),
            run: Run::default(),
            high_half: None,
            boxes: Vec::new(),
        };
        let mut start = positions.start;
        let mut last = None;
        for unit in word.pieces.units(positions.clone()) {
            last = Some(unit);
            if self.ends_paragraph(unit) {
                self.paragraph(&mut story, start..unit.position, unit)?;
                start = unit.position.saturating_add(1);
            }
        }
        // The last paragraph of a damaged text may have no end.
        if let Some(unit) = last.filter(|unit| unit.position >= start) {
            self.paragraph(&mut story, start..positions.end, unit)?;
        }
        if kind == StoryKind::Main {
            self.boxes_until(&mut story, u32::MAX)?;
            story.close_tables(0);
            let boxes = std::mem::take(&mut story.boxes);
            story.blocks.extend(boxes);
        }
        // A deleted paragraph mark may be the last.
        if !story.paragraph.is_empty() {
            let paragraph = std::mem::take(&mut story.paragraph).finish();
            story.add(Block::Paragraph(paragraph));
        }
        story.close_tables(0);
        Ok(story.blocks)
    }

    /// Returns true if a paragraph ends with the char.
    fn ends_paragraph(&self, unit: Unit) -> bool {
        match unit.code {
            PARAGRAPH_END | CELL_END => true,
            PAGE_OR_SECTION_END => self.word.ends_section(unit.position),
            _ => false,
        }
    }

    /// Reads the paragraph at `positions`, which `mark` ends.
    fn paragraph(&mut self, story: &mut Story, positions: Range<u32>, mark: Unit) -> Result<(), ErrorKind> {
        self.blocks += 1;
        if self.blocks > MAX_BLOCKS {
            return Err(ErrorKind::Excessive(format!(
                "more than {MAX_BLOCKS} paragraphs and cells"
            )));
        }
        let word = self.word;
        let format = word.paragraph(mark);
        let is_row_end = format.row_end || format.inner_row_end;
        story.close_tables(format.table_depth() as usize);
        if format.page_break_before && story.paragraph.is_empty() && story.kind == StoryKind::Main {
            story.paragraph.begin_page();
        }
        story.run = Run::default();
        for unit in word.pieces.units(positions.clone()) {
            self.char(story, unit, &format)?;
        }
        self.boxes_until(story, mark.position)?;
        story.run = word.run(std::mem::take(&mut story.run), mark, format.style);
        let is_joined = mark.code == PARAGRAPH_END && story.run.format.is_out() && !format.inner_cell_end;
        if is_joined && !is_row_end {
            // Without its mark the paragraph goes on with the next one.
            return Ok(());
        }
        let mut paragraph = std::mem::take(&mut story.paragraph).finish();
        // Word counts no paragraph that holds nothing but the end of a section.
        let is_section_end = mark.code == PAGE_OR_SECTION_END && is_blank(&paragraph);
        if !is_row_end && !is_section_end {
            self.label(story, &mut paragraph, &format);
        }
        story.open_tables(format.table_depth() as usize);
        if !is_row_end && !is_blank(&paragraph) {
            story.add(Block::Paragraph(paragraph));
        }
        let boxes = std::mem::take(&mut story.boxes);
        boxes.into_iter().for_each(|block| story.add(block));
        if let Some(table) = story.tables.last_mut() {
            if is_row_end {
                table.end_row();
            } else if mark.code == CELL_END || format.inner_cell_end {
                table.end_cell();
            }
        }
        if mark.code == PAGE_OR_SECTION_END && word.begins_page(mark.position.saturating_add(1)) {
            story.paragraph.begin_page();
        }
        Ok(())
    }

    /// Gives a paragraph its label, level and alignment.
    fn label(&mut self, story: &Story, paragraph: &mut Paragraph, format: &ParagraphFormat) {
        paragraph.level = format.level;
        paragraph.centered = format.centered;
        let counters = match story.kind {
            StoryKind::Main => &mut self.counters[0],
            StoryKind::Note => &mut self.counters[1],
            StoryKind::Box => &mut self.counters[2],
        };
        let lists = &self.word.lists;
        let Some(label) = lists.label(counters, format.list, format.list_level, format.style) else {
            return;
        };
        let of_label = self.word.label_format(&label, story.run.format);
        let face = self.word.face(&of_label);
        let mut builder = ParagraphBuilder::default();
        for char in label.text.chars() {
            let char = self.printed(char, &of_label, face);
            builder.push(char.encode_utf8(&mut [0; 4]), face);
        }
        paragraph.label = builder.finish().text;
        paragraph.list = Some(label.place);
    }

    /// Reads a char of a paragraph of this format.
    fn char(&mut self, story: &mut Story, unit: Unit, format: &ParagraphFormat) -> Result<(), ErrorKind> {
        let word = self.word;
        story.run = word.run(std::mem::take(&mut story.run), unit, format.style);
        let run = story.run.format;
        self.boxes_until(story, unit.position)?;
        if run.is_out() || story.instructions.hold(unit.position) {
            return Ok(());
        }
        let face = word.face(&run);
        let char = self.letter(story, unit, &run, face);
        let call = self.calls.get(&unit.position).filter(|_| story.kind == StoryKind::Main);
        if let Some(&call) = call {
            story.paragraph.push_call(self.called.len());
            let typed = char.filter(|char| !char.is_control()).map(String::from);
            self.called.push((call, typed.unwrap_or_default()));
        } else if unit.code == PAGE_OR_SECTION_END {
            if !story.paragraph.is_empty() {
                story.paragraph.push("\n", face);
            }
            if story.kind == StoryKind::Main {
                story.paragraph.begin_page();
            }
        } else if let Some(char) = char {
            // The mark of a note and the blank after it are not its text.
            let is_first = story.kind == StoryKind::Note && story.blocks.is_empty() && story.paragraph.is_empty();
            if !(is_first && char.is_whitespace()) {
                story.paragraph.push(char.encode_utf8(&mut [0; 4]), face);
            }
        }
        Ok(())
    }

    /// Returns the letter that a char prints; `None` for a char that prints nothing.
    fn letter(&self, story: &mut Story, unit: Unit, run: &CharacterFormat, face: RunFace) -> Option<char> {
        if let (true, Some((font, code))) = (run.special, run.symbol) {
            return Some(symbols::letter(self.word.font_named(font), code));
        }
        let high_half = story.high_half.take();
        match unit.code {
            TAB => Some('\t'),
            LINE_END | COLUMN_END => Some('\n'),
            NON_BREAKING_HYPHEN => Some('-'),
            // The code of this hyphen is that of `ư` in TCVN3, so LibreOffice takes one for the other.
            OPTIONAL_HYPHEN if face.font.is_some_and(|font| font.encoding == Encoding::Tcvn3) => Some('\u{ad}'),
            0..FIRST_PRINTED => None,
            0xd800..=0xdbff => {
                story.high_half = Some(unit.code);
                None
            }
            0xdc00..=0xdfff => {
                let halves = [high_half?, unit.code];
                char::decode_utf16(halves).next()?.ok()
            }
            code => char::from_u32(u32::from(code)).map(|char| self.printed(char, run, face)),
        }
    }

    /// Returns what a font prints for `char`, if it is a font of symbols.
    fn printed(&self, char: char, run: &CharacterFormat, face: RunFace) -> char {
        match u16::try_from(u32::from(char)) {
            Ok(code) if symbols::is_private(code) && face.font.is_none() => {
                symbols::letter(self.word.font_name(run), code)
            }
            // Word stores letters of fonts that claim to be symbols so.
            Ok(code) if symbols::is_private(code) => char::from(code.to_le_bytes()[0]),
            _ => char,
        }
    }

    /// Reads the text boxes that are anchored at or before `position`.
    fn boxes_until(&mut self, story: &mut Story, position: u32) -> Result<(), ErrorKind> {
        if story.kind != StoryKind::Main {
            return Ok(());
        }
        while let Some(found) = self.boxes.pop_if(|found| found.anchor <= position) {
            story.boxes.extend(self.read(found.text, StoryKind::Box)?);
        }
        Ok(())
    }
}

impl Story {
    /// Adds a block to the innermost open cell, or outside tables.
    fn add(&mut self, block: Block) {
        match self.tables.last_mut() {
            Some(table) => table.cell.push(block),
            None => self.blocks.push(block),
        }
    }

    /// Opens tables until `depth` are open.
    fn open_tables(&mut self, depth: usize) {
        while self.tables.len() < depth {
            self.tables.push(OpenTable::default());
        }
    }

    /// Closes tables until `depth` are open.
    fn close_tables(&mut self, depth: usize) {
        while self.tables.len() > depth {
            let Some(mut table) = self.tables.pop() else {
                return;
            };
            if !table.cell.is_empty() {
                table.end_cell();
            }
            if !table.cells.is_empty() {
                table.end_row();
            }
            self.add(Block::Table(Table { rows: table.rows }));
        }
    }
}

impl OpenTable {
    /// Ends a cell.
    fn end_cell(&mut self) {
        self.cells.push(std::mem::take(&mut self.cell));
    }

    /// Ends a row. What stands after its last cell belongs to that.
    fn end_row(&mut self) {
        let rest = std::mem::take(&mut self.cell);
        match self.cells.last_mut() {
            Some(cell) => cell.extend(rest),
            None if rest.is_empty() => {}
            None => self.cells.push(rest),
        }
        if !self.cells.is_empty() {
            self.rows.push(std::mem::take(&mut self.cells));
        }
    }
}

/// Returns true if nothing of the paragraph is printed and no page begins in it.
fn is_blank(paragraph: &Paragraph) -> bool {
    let has_words = !paragraph.text.trim().is_empty() || !paragraph.label.is_empty();
    !has_words && paragraph.calls.is_empty() && paragraph.page_starts.is_empty()
}
