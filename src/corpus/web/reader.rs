//! Goes through the document of a page and collects what is printed.
//!
//! An element of the block kind begins a paragraph. So does `<br>` in most documents of portals, where it stands between
//! paragraphs as often as inside one: the line after it goes on only if it begins with a small letter and the line before
//! is no end of a sentence (`nhiệm kỳ<br>2025 - 2030` are two lines, `của Ban<br>chấp hành` is one).
//!
//! Source: HTML Living Standard, 15.3 "Non-replaced elements"; CSS 2.1, 16.6.1 (how blanks collapse).

use std::collections::HashMap;

use super::article::{Article, is_block};
use super::dom::{Dom, Element, NodeId, ROOT, Step, Walk};
use super::labels::{OpenList, has_own_label, is_label_of_word, place_of_word, printed};
use super::notes::{LinkedNotes, NoteRole};
use super::style::{Sheet, Style};
use super::tables::{OpenTable, TableKind};
use crate::corpus::flow::{Block, Flow, Note, ParagraphBuilder, RunFace};
use crate::text::ListPlace;

/// The most letters of a heading; longer ones are text in the style of one.
const MAX_HEADING_BYTES: usize = 400;

/// The steps of a walk within which the text after the end of a line is looked for.
const MAX_STEPS_AHEAD: usize = 24;

/// The most bytes of the text that is looked at after the end of a line or the beginning of an item.
const BYTES_AHEAD: usize = 24;

/// The longest number that calls a note, in digits.
const MAX_CALL_DIGITS: usize = 3;

/// Units whose raised number is no mark of a note.
const UNITS: [&str; 8] = ["m", "km", "hm", "dam", "dm", "cm", "mm", "co"];

/// A page, and what is known about it.
#[derive(Debug)]
pub(super) struct Page<'d> {
    /// Its tree.
    pub(super) dom: &'d Dom,
    /// Its styles.
    pub(super) sheet: &'d Sheet,
    /// The document in it.
    pub(super) article: &'d Article,
    /// Its notes.
    pub(super) notes: &'d LinkedNotes,
    /// The kinds of its tables.
    pub(super) tables: &'d HashMap<NodeId, TableKind>,
}

/// The surroundings of a place in the page.
#[derive(Clone, Copy, Debug, Default)]
struct Around {
    style: Style,
    /// The level of the heading around.
    level: Option<u8>,
}

/// A paragraph that is being read.
#[derive(Debug, Default)]
struct OpenParagraph {
    builder: ParagraphBuilder,
    /// The surroundings of its first letter.
    around: Around,
    /// True if anything but blanks was added.
    has_text: bool,
    /// True if a blank is due before the next letter.
    blank: bool,
    /// Its last letters.
    last: String,
    /// Its label, and the place in a list.
    label: String,
    list: Option<ListPlace>,
}

/// Reads the document of a page.
#[derive(Debug)]
struct Reader<'p, 'd> {
    page: &'p Page<'d>,
    /// True if the only `h1` of the page is its title, so that it has no level.
    has_title: bool,
    blocks: Vec<Block>,
    open: OpenParagraph,
    /// The surroundings of the place that is being read, the innermost last.
    around: Vec<Around>,
    tables: Vec<OpenTable>,
    lists: Vec<OpenList>,
    /// The number of lists so far.
    list_count: u32,
    /// The cells so far that only keep columns apart.
    empty_cells: usize,
    /// The mark at the beginning of the note that is being read.
    mark: Option<&'p str>,
    /// The element that is being read.
    root: NodeId,
}

/// Reads the document of a page.
pub(super) fn read(page: &Page<'_>) -> Flow {
    let titles = (0..page.dom.len()).filter(|&id| page.dom.name(id) == "h1" && !page.article.leaves_out(id));
    let has_title = titles.count() == 1;
    let notes = page.notes.notes.iter().map(|note| Note {
        number: note.mark.parse().unwrap_or(0),
        mark: note.mark.clone(),
        blocks: Reader::of(page, note.body, has_title).with_mark(&note.mark).read(),
    });
    Flow {
        notes: notes.collect(),
        blocks: Reader::of(page, ROOT, has_title).read(),
    }
}

impl<'p, 'd> Reader<'p, 'd> {
    /// Creates a reader of an element of `page`.
    fn of(page: &'p Page<'d>, root: NodeId, has_title: bool) -> Self {
        Self {
            page,
            has_title,
            blocks: Vec::new(),
            open: OpenParagraph::default(),
            around: vec![Around::default()],
            tables: Vec::new(),
            lists: Vec::new(),
            list_count: 0,
            empty_cells: 0,
            mark: None,
            root,
        }
    }

    /// Lets the reader leave out the mark at the beginning of a note.
    fn with_mark(mut self, mark: &'p str) -> Self {
        self.mark = Some(mark);
        self
    }

    /// Reads the element.
    fn read(mut self) -> Vec<Block> {
        let dom = self.page.dom;
        let mut walk = dom.walk(self.root);
        while let Some(step) = walk.next() {
            match step {
                Step::Open(id) => {
                    if let Some(text) = dom.text(id) {
                        self.text(text);
                    } else if let Some(element) = dom.element(id) {
                        let reads = self.reads(id);
                        if !reads || !self.begin(id, element, &walk) {
                            walk.skip_element();
                        }
                    } else if id != ROOT {
                        walk.skip_element();
                    }
                }
                Step::Close(id) => {
                    if let Some(element) = dom.element(id).filter(|_| self.reads(id)) {
                        self.end(element);
                    }
                }
            }
        }
        self.end_paragraph();
        self.blocks
    }

    /// Returns true if an element is part of what is being read.
    fn reads(&self, id: NodeId) -> bool {
        let is_note = self.page.notes.role(id) == Some(NoteRole::Body) && id != self.root;
        !is_note && !self.page.article.leaves_out(id)
    }

    /// Returns what is around the place that is being read.
    fn here(&self) -> Around {
        self.around.last().copied().unwrap_or_default()
    }

    /// Begins an element; returns false if nothing in it is text.
    fn begin(&mut self, id: NodeId, element: &Element, walk: &Walk<'_>) -> bool {
        let name = element.name();
        if is_block(name) {
            self.end_paragraph();
        }
        let style = self.page.sheet.of(element);
        let around = self.here();
        self.around.push(Around {
            style: style.over(around.style),
            level: self.level(name, id).or(around.level),
        });
        match self.page.notes.role(id) {
            Some(NoteRole::Call(note)) => {
                self.call(note);
                return false;
            }
            Some(NoteRole::Mark) => return false,
            Some(NoteRole::Body) | None => {}
        }
        if let Some(place) = place_of_word(element) {
            self.open.list = Some(place);
        }
        match name {
            "br" => self.line_end(walk),
            "table" => {
                let kind = self.page.tables.get(&id).copied().unwrap_or(TableKind::Layout);
                self.tables.push(OpenTable::new(kind));
            }
            "tr" => {
                if let Some(table) = self.table() {
                    table.begin_row();
                }
            }
            "td" | "th" => {
                let around = std::mem::take(&mut self.blocks);
                let mut empty_cells = self.empty_cells;
                let dom = self.page.dom;
                match self.table() {
                    Some(table) => table.begin_cell(dom, id, around, &mut empty_cells),
                    None => self.blocks = around,
                }
                self.empty_cells = empty_cells;
            }
            "ul" | "ol" | "menu" | "dir" => {
                self.lists
                    .push(OpenList::begin(element, self.list_count, self.lists.len()));
                self.list_count = self.list_count.saturating_add(1);
            }
            "li" => self.item(id, element),
            _ if is_label_of_word(element) => {
                self.open.label = printed(&self.page.dom.text_in(id, MAX_HEADING_BYTES));
                return false;
            }
            _ => {}
        }
        true
    }

    /// Ends an element.
    fn end(&mut self, element: &Element) {
        let name = element.name();
        if is_block(name) {
            self.end_paragraph();
        }
        match name {
            "table" => {
                if let Some(table) = self.tables.pop().filter(|table| table.kind != TableKind::Layout) {
                    self.blocks.push(Block::Table(table.finish()));
                }
            }
            "tr" => {
                let mut empty_cells = self.empty_cells;
                if let Some(table) = self.table() {
                    table.end_row(&mut empty_cells);
                }
                self.empty_cells = empty_cells;
            }
            "td" | "th" => {
                let cell = std::mem::take(&mut self.blocks);
                let mut empty_cells = self.empty_cells;
                self.blocks = match self.table() {
                    Some(table) => table.end_cell(cell, &mut empty_cells),
                    None => cell,
                };
                self.empty_cells = empty_cells;
            }
            "ul" | "ol" | "menu" | "dir" => {
                self.lists.pop();
            }
            _ => {}
        }
        if self.around.len() > 1 {
            self.around.pop();
        }
    }

    /// Returns the innermost table, if it is not layout.
    fn table(&mut self) -> Option<&mut OpenTable> {
        self.tables.last_mut().filter(|table| table.kind != TableKind::Layout)
    }

    /// Returns the level of a heading.
    fn level(&self, name: &str, id: NodeId) -> Option<u8> {
        let level = match name.as_bytes() {
            [b'h', digit @ b'1'..=b'6'] => digit - b'0',
            _ => return None,
        };
        let is_title = level == 1 && self.has_title;
        let is_long = self.page.dom.text_in(id, MAX_HEADING_BYTES).len() >= MAX_HEADING_BYTES;
        (!is_title && !is_long).then_some(level)
    }

    /// Begins the item `element` of a list.
    fn item(&mut self, id: NodeId, element: &Element) {
        let unlabeled = self.here().style.unlabeled == Some(true);
        let Some((label, place)) = self.lists.last_mut().map(|list| list.item(element)) else {
            return;
        };
        // Word prints its own.
        let of_word = place_of_word(element).is_some();
        if !unlabeled && !of_word && !has_own_label(&self.page.dom.text_in(id, BYTES_AHEAD)) {
            self.open.label = label;
            self.open.list = Some(place);
        }
    }

    /// Adds text.
    fn text(&mut self, text: &str) {
        let around = self.here();
        if around.style.raised == Some(true) && self.raised(text) {
            return;
        }
        if around.style.preformatted == Some(true) {
            self.preformatted(text);
            return;
        }
        self.words(text);
    }

    /// Adds text whose blanks are one blank each.
    fn words(&mut self, text: &str) {
        for piece in text.split_inclusive(char::is_whitespace) {
            let word = piece.trim_end();
            self.push(word);
            self.open.blank |= word.len() < piece.len();
        }
    }

    /// Adds text whose blanks and line ends are printed.
    fn preformatted(&mut self, text: &str) {
        let mut rest = text;
        while let Some(end) = rest.find('\n') {
            let (line, after) = rest.split_at(end);
            self.push_line(line);
            rest = after.get(1..).unwrap_or("");
            let ahead: String = rest.chars().take(BYTES_AHEAD).collect();
            let is_blank = ahead.trim_start_matches([' ', '\t', '\r', '\u{a0}']).starts_with('\n');
            if is_blank || !self.goes_on(&ahead) {
                self.end_paragraph();
            } else {
                self.open.blank = true;
            }
        }
        self.push_line(rest);
    }

    /// Adds a line with its blanks.
    fn push_line(&mut self, line: &str) {
        if self.open.has_text {
            self.push(line.trim_end_matches(['\r']));
        } else {
            self.push(line.trim());
        }
    }

    /// Adds a raised number as a mark that calls a note; returns false if `text` is none.
    fn raised(&mut self, text: &str) -> bool {
        let number = text.trim();
        let is_number =
            !number.is_empty() && number.len() <= MAX_CALL_DIGITS && number.bytes().all(|byte| byte.is_ascii_digit());
        let word = self
            .open
            .last
            .rsplit(|char: char| !char.is_alphanumeric())
            .next()
            .unwrap_or("");
        let is_unit = UNITS.iter().any(|unit| unit.eq_ignore_ascii_case(word));
        let is_power = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number || self.open.blank || self.open.last.is_empty() || is_unit || is_power && word.len() <= 2 {
            return false;
        }
        self.push(&format!("[{number}]"));
        true
    }

    /// Adds letters, and the blank before them that is due.
    fn push(&mut self, mut letters: &str) {
        if letters.trim().is_empty() {
            return;
        }
        if !self.open.has_text
            && let Some(mark) = self.mark.take()
        {
            let inner = letters.trim_start_matches(['[', '(']);
            let after = inner
                .strip_prefix(mark)
                .map(|after| after.trim_start_matches([']', ')', '.']));
            letters = after
                .filter(|after| after.is_empty() || inner.len() < letters.len())
                .unwrap_or(letters);
            if letters.is_empty() {
                return;
            }
        }
        let around = self.here();
        let face = RunFace {
            bold: around.style.bold == Some(true),
            capitals: around.style.capitals == Some(true),
            font: around.style.font.flatten(),
        };
        if !self.open.has_text {
            self.open.has_text = true;
            self.open.around = around;
        } else if self.open.blank {
            self.open.builder.push(" ", face);
            self.open.last.clear();
        }
        self.open.blank = false;
        self.open.builder.push(letters, face);
        if letters.len() > BYTES_AHEAD {
            self.open.last = letters
                .chars()
                .rev()
                .take(BYTES_AHEAD)
                .collect::<Vec<_>>()
                .iter()
                .rev()
                .collect();
        } else {
            self.open.last.push_str(letters);
        }
    }

    /// Adds the mark that calls a note.
    fn call(&mut self, note: usize) {
        if !self.open.has_text {
            self.open.has_text = true;
            self.open.around = self.here();
        }
        // A mark follows its word without a blank.
        self.open.builder.push_call(note);
        self.open.last.push(']');
    }

    /// Ends a line: a paragraph, or only a line of it.
    fn line_end(&mut self, walk: &Walk<'_>) {
        let ahead = self.text_ahead(walk);
        if self.goes_on(&ahead) {
            self.open.blank = true;
        } else {
            self.end_paragraph();
        }
    }

    /// Returns true if the paragraph goes on with the line that begins with `ahead`.
    fn goes_on(&self, ahead: &str) -> bool {
        let last = self.open.last.chars().next_back();
        let ends = last.is_none_or(|last| matches!(last, '.' | ';' | ':' | '!' | '?' | '*'));
        !ends && ahead.trim_start().starts_with(char::is_lowercase) && !has_own_label(ahead)
    }

    /// Returns the beginning of the text after the step of `walk`, in the same block and before the next line end.
    fn text_ahead(&self, walk: &Walk<'_>) -> String {
        let dom = self.page.dom;
        let mut ahead = String::new();
        let mut walk = walk.clone();
        // The step that ends the `<br>` itself.
        walk.next();
        for _ in 0..MAX_STEPS_AHEAD {
            match walk.next() {
                Some(Step::Open(id)) => {
                    if let Some(text) = dom.text(id) {
                        ahead.extend(text.chars().take(BYTES_AHEAD));
                    } else if is_block(dom.name(id)) || dom.name(id) == "br" {
                        break;
                    } else if !self.reads(id) {
                        walk.skip_element();
                    }
                }
                Some(Step::Close(id)) if is_block(dom.name(id)) => break,
                Some(Step::Close(_)) => {}
                None => break,
            }
            if ahead.trim_start().len() >= BYTES_AHEAD {
                break;
            }
        }
        ahead
    }

    /// Ends a paragraph.
    fn end_paragraph(&mut self) {
        if !self.open.has_text {
            // A label waits for the first text of its item.
            self.open.blank = false;
            return;
        }
        let open = std::mem::take(&mut self.open);
        let mut paragraph = open.builder.finish();
        paragraph.centered = open.around.style.centered == Some(true);
        paragraph.level = open.around.level;
        paragraph.label = open.label;
        paragraph.list = open.list.filter(|_| !paragraph.label.is_empty());
        self.blocks.push(Block::Paragraph(paragraph));
    }
}
