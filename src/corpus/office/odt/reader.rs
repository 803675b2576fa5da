//! Goes through the text of a document and collects what is printed.
//!
//! Source: ODF 1.2 part 1, chapters 5 (paragraphs, lists), 6 (text in paragraphs), 7 (fields), 8 (indexes), 9 (tables),
//! 10 (frames).

use std::io::Read;

use super::lists::Lists;
use super::styles::{LetterStyle, Styles};
use crate::corpus::error::ErrorKind;
use crate::corpus::flow::{Block, Flow, Note, ParagraphBuilder, RunFace, Table};
use crate::corpus::office::xml::{Tag, Xml, XmlEvent};
use crate::text::ListPlace;

/// The most blanks of one `text:s`. The longest row of dots or blanks on a page has some hundred.
const MAX_BLANKS: usize = 1_000;

/// The most empty cells that one element stands for. Spreadsheets pasted into a text repeat 16,384 of them.
const MAX_REPEATED_CELLS: usize = 64;

/// Elements that are not printed, or only repeat what is printed elsewhere.
const LEFT_OUT: [&str; 18] = [
    "tracked-changes",
    "table-of-content",
    "illustration-index",
    "table-index",
    "object-index",
    "annotation",
    "annotation-end",
    "forms",
    "variable-decls",
    "sequence-decls",
    "user-field-decls",
    "dde-connection-decls",
    "alphabetical-index-auto-mark-file",
    "script",
    "ruby-text",
    "number",
    "image",
    "object",
];

/// Elements of a frame or drawing whose text is printed.
const DRAWINGS: [&str; 13] = [
    "frame",
    "text-box",
    "g",
    "custom-shape",
    "rect",
    "line",
    "polyline",
    "polygon",
    "regular-polygon",
    "path",
    "circle",
    "ellipse",
    "connector",
];

/// The list that surrounds a place.
#[derive(Clone, Debug)]
struct OpenList {
    /// Its index among the lists that count for themselves.
    list: usize,
    /// The name of its style.
    style: String,
    /// The depth of its items, from 0.
    depth: usize,
    /// True until the first paragraph of the current item, which has the label.
    is_new_item: bool,
    /// The number that the item states.
    start: Option<u32>,
}

/// A paragraph that is being read.
#[derive(Debug, Default)]
struct OpenParagraph {
    builder: ParagraphBuilder,
    /// True if the last char was a blank, or none was.
    is_after_blank: bool,
    /// True if the paragraph is not printed.
    is_hidden: bool,
    /// The text boxes in it.
    boxes: Vec<Block>,
}

/// Reads the text of a document.
#[derive(Debug)]
pub(super) struct Reader {
    styles: Styles,
    lists: Lists,
    /// The index of the list that headings are counted in.
    headings: usize,
    flow: Flow,
    /// Numbers of footnotes and endnotes so far.
    note_counts: [usize; 2],
    /// True if a page begins with the next paragraph.
    page_pending: bool,
    /// True once a paragraph was read.
    has_text: bool,
}

impl Reader {
    /// Creates a reader of the text whose `styles.xml` had `styles`.
    pub(super) fn of(styles: Styles) -> Self {
        let mut lists = Lists::default();
        let headings = lists.begin("", None, None, false);
        Self {
            styles,
            lists,
            headings,
            flow: Flow::default(),
            note_counts: [0, 0],
            page_pending: false,
            has_text: false,
        }
    }

    /// Returns what the document prints.
    pub(super) fn finish(self) -> Flow {
        self.flow
    }

    /// Reads `content.xml`.
    ///
    /// # Errors
    /// Those of [`Xml::next`].
    pub(super) fn document<R: Read>(&mut self, xml: &mut Xml<R>) -> Result<(), ErrorKind> {
        while let Some(event) = xml.next()? {
            let XmlEvent::Open(_) = event else { continue };
            while let Some(event) = xml.next()? {
                let XmlEvent::Open(tag) = event else { continue };
                if tag.name() == "body" {
                    let mut blocks = Vec::new();
                    self.blocks(xml, &mut blocks, &mut None)?;
                    self.flow.blocks = blocks;
                } else {
                    let name = tag.name().to_owned();
                    self.styles.section(&name, xml)?;
                }
            }
        }
        Ok(())
    }

    /// Reads the paragraphs, lists and tables of an element.
    fn blocks<R: Read>(
        &mut self,
        xml: &mut Xml<R>,
        blocks: &mut Vec<Block>,
        list: &mut Option<OpenList>,
    ) -> Result<(), ErrorKind> {
        while let Some(event) = xml.next()? {
            let XmlEvent::Open(tag) = event else { continue };
            match tag.name() {
                "p" | "h" => self.paragraph(&Heading::of(&tag), xml, blocks, list)?,
                "list" => {
                    let inner = self.begin_list(&tag, list.as_ref());
                    self.list(xml, blocks, inner)?;
                    if let Some(list) = list {
                        // What follows a list in an item belongs to the item, which has its label or needs none.
                        list.is_new_item = false;
                    }
                }
                "table" => self.table(xml, blocks)?,
                "soft-page-break" => {
                    self.page_pending = self.has_text;
                    xml.skip()?;
                }
                // The name of a drawing, and what it shows.
                "title" | "desc" => xml.skip()?,
                "section" if is_hidden_section(&tag) => xml.skip()?,
                name if LEFT_OUT.contains(&name) => xml.skip()?,
                _ => self.blocks(xml, blocks, list)?,
            }
        }
        Ok(())
    }

    /// Begins the list of `tag`, which is in an item of the list `around`.
    fn begin_list(&mut self, tag: &Tag<'_>, around: Option<&OpenList>) -> OpenList {
        let named = tag.attribute("style-name");
        let style = named
            .map(Into::into)
            .or_else(|| around.map(|around| around.style.clone()));
        let style: String = style.unwrap_or_default();
        let depth = around.map_or(0, |around| around.depth + 1);
        let list = match around {
            // An inner list is a level of the outer one.
            Some(around) => around.list,
            None => {
                let goes_on = tag
                    .attribute("continue-numbering")
                    .is_some_and(|goes_on| goes_on == "true");
                let (id, continued) = (tag.attribute("id"), tag.attribute("continue-list"));
                self.lists.begin(&style, id.as_deref(), continued.as_deref(), goes_on)
            }
        };
        OpenList {
            list,
            style,
            depth,
            is_new_item: false,
            start: None,
        }
    }

    /// Reads the items of a list.
    fn list<R: Read>(&mut self, xml: &mut Xml<R>, blocks: &mut Vec<Block>, list: OpenList) -> Result<(), ErrorKind> {
        let mut list = Some(list);
        while let Some(event) = xml.next()? {
            let XmlEvent::Open(tag) = event else { continue };
            match tag.name() {
                kind @ ("list-item" | "list-header") => {
                    if let Some(list) = &mut list {
                        list.is_new_item = kind == "list-item";
                        list.start = tag.number("start-value");
                    }
                    self.blocks(xml, blocks, &mut list)?;
                }
                _ => xml.skip()?,
            }
        }
        Ok(())
    }

    /// Reads a paragraph or heading.
    fn paragraph<R: Read>(
        &mut self,
        heading: &Heading,
        xml: &mut Xml<R>,
        blocks: &mut Vec<Block>,
        list: &mut Option<OpenList>,
    ) -> Result<(), ErrorKind> {
        let style = self.styles.paragraph(&heading.style);
        let mut open = OpenParagraph {
            is_after_blank: true,
            ..OpenParagraph::default()
        };
        let breaks = self.has_text && style.breaks_before == Some(true);
        if std::mem::take(&mut self.page_pending) || breaks {
            open.builder.begin_page();
        }
        self.has_text = true;
        self.inline(xml, &mut open, style.letters)?;
        if style.breaks_after == Some(true) {
            self.page_pending = true;
        }
        let is_empty = open.builder.is_empty();
        let mut paragraph = open.builder.finish();
        paragraph.centered = style.centered == Some(true);
        paragraph.level = heading.level;
        match list {
            Some(list) => {
                let place = ListPlace {
                    list: u32::try_from(list.list).unwrap_or(0),
                    depth: u8::try_from(list.depth).unwrap_or(u8::MAX),
                };
                let own = style.list_style.as_deref().unwrap_or("");
                let name = if list.style.is_empty() { own } else { &list.style };
                let numbering = self.styles.list(name);
                if std::mem::take(&mut list.is_new_item)
                    && let (Some(numbering), Some(counts)) = (numbering, self.lists.counts(list.list))
                {
                    paragraph.label = numbering.count(counts, list.depth, list.start.take());
                    paragraph.list = Some(place);
                }
            }
            None if heading.level.is_some() && !heading.is_unnumbered && style.list_style.is_none() && !is_empty => {
                if let (Some(level), Some(counts)) = (heading.level, self.lists.counts(self.headings)) {
                    if heading.restarts
                        && let Some(count) = counts.get_mut(usize::from(level) - 1)
                    {
                        *count = None;
                    }
                    paragraph.label = self.styles.outline.count(counts, usize::from(level) - 1, heading.start);
                    paragraph.list = (!paragraph.label.is_empty()).then_some(ListPlace {
                        list: u32::try_from(self.headings).unwrap_or(0),
                        depth: level - 1,
                    });
                }
            }
            None => {}
        }
        if !open.is_hidden {
            blocks.push(Block::Paragraph(paragraph));
        }
        blocks.append(&mut open.boxes);
        Ok(())
    }

    /// Reads what is in a paragraph, in the style `letters`.
    fn inline<R: Read>(
        &mut self,
        xml: &mut Xml<R>,
        open: &mut OpenParagraph,
        letters: LetterStyle,
    ) -> Result<(), ErrorKind> {
        while let Some(event) = xml.next()? {
            let tag = match event {
                XmlEvent::Open(tag) => tag,
                XmlEvent::Text(text) => {
                    open.push_text(&text, letters);
                    continue;
                }
            };
            match tag.name() {
                "span" => {
                    let style = self.styles.text(&tag.attribute("style-name").unwrap_or_default());
                    self.inline(xml, open, style.within(letters))?;
                }
                "s" => {
                    let blanks = tag.number::<usize>("c").unwrap_or(1).min(MAX_BLANKS);
                    open.push(&" ".repeat(blanks), letters);
                    xml.skip()?;
                }
                "tab" => {
                    open.push("\t", letters);
                    xml.skip()?;
                }
                "line-break" => {
                    open.push("\n", letters);
                    open.is_after_blank = true;
                    xml.skip()?;
                }
                "soft-page-break" => {
                    open.builder.begin_page();
                    xml.skip()?;
                }
                "note" if letters.hidden == Some(true) => xml.skip()?,
                "note" => {
                    let is_endnote = tag.attribute("note-class").is_some_and(|class| class == "endnote");
                    let index = self.note(is_endnote, xml)?;
                    open.builder.push_call(index);
                    open.is_after_blank = false;
                }
                kind @ ("hidden-text" | "hidden-paragraph") => {
                    let is_hidden = tag.attribute("is-hidden").is_none_or(|hidden| hidden == "true");
                    open.is_hidden |= is_hidden && kind == "hidden-paragraph";
                    if is_hidden {
                        xml.skip()?;
                    } else {
                        self.inline(xml, open, letters)?;
                    }
                }
                name if DRAWINGS.contains(&name) => self.blocks(xml, &mut open.boxes, &mut None)?,
                name if LEFT_OUT.contains(&name) => xml.skip()?,
                _ => self.inline(xml, open, letters)?,
            }
        }
        Ok(())
    }

    /// Reads a note and returns its index.
    fn note<R: Read>(&mut self, is_endnote: bool, xml: &mut Xml<R>) -> Result<usize, ErrorKind> {
        let index = self.flow.notes.len();
        self.flow.notes.push(Note::default());
        let mut note = Note::default();
        let mut is_counted = true;
        let page_pending = std::mem::take(&mut self.page_pending);
        while let Some(event) = xml.next()? {
            let XmlEvent::Open(tag) = event else { continue };
            match tag.name() {
                "note-citation" => {
                    is_counted = tag.attribute("label").is_none();
                    note.mark = xml.text()?.trim().to_owned();
                }
                "note-body" => self.blocks(xml, &mut note.blocks, &mut None)?,
                _ => xml.skip()?,
            }
        }
        self.page_pending = page_pending;
        let count = &mut self.note_counts[usize::from(is_endnote)];
        *count += usize::from(is_counted);
        note.number = note.mark.parse().unwrap_or(if is_counted { *count } else { 0 });
        if note.mark.is_empty() {
            note.mark = count.to_string();
        }
        if let Some(place) = self.flow.notes.get_mut(index) {
            *place = note;
        }
        Ok(index)
    }

    /// Reads a table.
    fn table<R: Read>(&mut self, xml: &mut Xml<R>, blocks: &mut Vec<Block>) -> Result<(), ErrorKind> {
        let mut table = Table::default();
        self.rows(xml, &mut table)?;
        blocks.push(Block::Table(table));
        Ok(())
    }

    /// Reads rows; a group of rows is read like the table.
    fn rows<R: Read>(&mut self, xml: &mut Xml<R>, table: &mut Table) -> Result<(), ErrorKind> {
        while let Some(event) = xml.next()? {
            let XmlEvent::Open(tag) = event else { continue };
            match tag.name() {
                "table-header-rows" | "table-rows" | "table-row-group" => self.rows(xml, table)?,
                "table-row" => {
                    let row = self.row(xml)?;
                    table.rows.push(row);
                }
                "soft-page-break" => {
                    self.page_pending = self.has_text;
                    xml.skip()?;
                }
                _ => xml.skip()?,
            }
        }
        Ok(())
    }

    /// Reads the cells of a row. A cell that another covers from the left is none, one covered from above is empty.
    fn row<R: Read>(&mut self, xml: &mut Xml<R>) -> Result<Vec<Vec<Block>>, ErrorKind> {
        let mut row: Vec<Vec<Block>> = Vec::new();
        let mut spanned = 0_usize;
        while let Some(event) = xml.next()? {
            let XmlEvent::Open(tag) = event else { continue };
            let repeated = tag.number::<usize>("number-columns-repeated").unwrap_or(1).max(1);
            match tag.name() {
                "table-cell" => {
                    spanned = tag
                        .number::<usize>("number-columns-spanned")
                        .unwrap_or(1)
                        .saturating_sub(1);
                    let mut cell = Vec::new();
                    self.blocks(xml, &mut cell, &mut None)?;
                    row.push(cell);
                    row.extend((1..repeated.min(MAX_REPEATED_CELLS)).map(|_| Vec::new()));
                }
                "covered-table-cell" => {
                    let from_left = repeated.min(spanned);
                    spanned -= from_left;
                    row.extend((from_left..repeated.min(MAX_REPEATED_CELLS)).map(|_| Vec::new()));
                    xml.skip()?;
                }
                _ => xml.skip()?,
            }
        }
        Ok(row)
    }
}

impl OpenParagraph {
    /// Adds text of the file. Blanks in a row are one, and none begins a paragraph (ODF 1.2 part 1, 6.1.2).
    fn push_text(&mut self, text: &str, letters: LetterStyle) {
        let mut collapsed = String::with_capacity(text.len());
        for char in text.chars() {
            let is_blank = matches!(char, ' ' | '\t' | '\r' | '\n');
            if !(is_blank && self.is_after_blank) {
                collapsed.push(if is_blank { ' ' } else { char });
            }
            self.is_after_blank = is_blank;
        }
        if !collapsed.is_empty() {
            let is_after_blank = self.is_after_blank;
            self.push(&collapsed, letters);
            self.is_after_blank = is_after_blank;
        }
    }

    /// Adds text as it is printed.
    fn push(&mut self, text: &str, letters: LetterStyle) {
        self.is_after_blank = false;
        if letters.hidden == Some(true) {
            return;
        }
        let face = RunFace {
            bold: letters.bold == Some(true),
            capitals: letters.capitals == Some(true),
            font: letters.font.flatten(),
        };
        self.builder.push(text, face);
    }
}

/// The tag of a paragraph.
#[derive(Debug)]
struct Heading {
    /// The name of its style.
    style: String,
    /// Its level in the outline; `None` for a paragraph.
    level: Option<u8>,
    /// True if it is a heading without a number.
    is_unnumbered: bool,
    /// True if the numbers of its level begin again.
    restarts: bool,
    /// The number that it states.
    start: Option<u32>,
}

impl Heading {
    /// Reads the tag of a paragraph or heading.
    fn of(tag: &Tag<'_>) -> Self {
        let is_true = |name| tag.attribute(name).is_some_and(|value| value == "true");
        let restarts = is_true("restart-numbering");
        Self {
            style: tag.attribute("style-name").unwrap_or_default().into_owned(),
            level: (tag.name() == "h").then(|| tag.number("outline-level").unwrap_or(1).clamp(1, 10)),
            is_unnumbered: is_true("is-list-header"),
            restarts,
            start: tag.number("start-value").filter(|_| restarts),
        }
    }
}

/// Returns true if the section of `tag` is not printed.
fn is_hidden_section(tag: &Tag<'_>) -> bool {
    let display = tag.attribute("display");
    let is_hidden = tag.attribute("is-hidden").is_some_and(|hidden| hidden == "true");
    display.is_some_and(|display| display == "none" || display == "condition" && is_hidden)
}
