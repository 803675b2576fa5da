//! The text of a document, element by element.
//!
//! Elements that only group others (`ins`, `sdt`, `smartTag`, `hyperlink`, alternatives) may stand around paragraphs,
//! rows, cells and runs alike, so one function reads the content of every element, and a [`Place`] says what is wanted
//! there. What it does not know is skipped, and deleted text with it. Source: ECMA-376 part 1, 17.2, 17.5, 17.13; part
//! 3, 7 (alternatives).

use std::io::Read;

use super::calls::{Call, Calls};
use super::drafts::{CellDraft, Draft, RowDraft};
use super::numbering::Counters;
use super::parts::Parts;
use super::sections::{Section, read_section};
use crate::corpus::error::ErrorKind;
use crate::corpus::flow::{Block, Paragraph, Table};
use crate::corpus::office::xml::{Xml, XmlEvent};

/// The most bytes of text. The longest congress report seen has less than 1 MB.
const MAX_TEXT_BYTES: usize = 32_000_000;

/// The most paragraphs.
const MAX_PARAGRAPHS: usize = 300_000;

/// The most pages that are counted.
const MAX_PAGES: usize = 100_000;

/// The most fields that lie in each other.
const MAX_FIELDS: usize = 1_000;

/// The most bytes of the code of a field that are looked at: its name comes first.
const MAX_CODE_BYTES: usize = 40;

/// The reader of the texts of a document.
#[derive(Debug)]
pub(super) struct Story<'d> {
    pub(super) parts: &'d Parts,
    pub(super) counters: Counters,
    pub(super) calls: Calls,
    pub(super) pages: Pages,
    /// The fields that are open, outermost first.
    fields: Vec<Field>,
    /// Number of open fields of which nothing is printed now.
    silent_fields: usize,
    /// Number of other open elements of which nothing is printed.
    silent_elements: usize,
    /// A paragraph whose end was deleted, so that the next one continues it.
    pub(super) carried: Option<Draft>,
    /// Number of open tables.
    pub(super) table_depth: usize,
    /// Number of cells so far.
    pub(super) cells: usize,
    /// Number of paragraphs so far.
    paragraphs: usize,
    /// Bytes of text so far.
    text_bytes: usize,
    /// The blank paragraph that begins the page of the current section, by its place among the blocks.
    section_start: Option<usize>,
    /// True if a section ended and nothing has come since.
    section_ended: bool,
}

/// A field that begins, separates its code from its result, and ends with a char each (17.16.18).
#[derive(Debug)]
struct Field {
    /// The beginning of its code.
    code: String,
    /// True if it is a table of contents.
    is_contents: bool,
    /// True if nothing is printed of what is being read of it.
    is_silent: bool,
}

/// The beginnings of pages.
#[derive(Debug)]
pub(super) struct Pages {
    /// Number of pages that ended.
    pub(super) ended: usize,
    /// True if nothing has been printed on the page.
    pub(super) is_fresh: bool,
    /// True if Word found a new page where one had begun already.
    is_confirmed: bool,
    /// In a row of a table, the pages that begin in this cell and in the row: the cells of a row break side by side.
    row: Option<(usize, usize)>,
    /// Number of open texts that lie on no page of their own: text boxes and notes.
    pub(super) asides: usize,
}

/// The element whose content is read, and where it goes.
pub(super) enum Place<'p> {
    /// Paragraphs and tables.
    Blocks(&'p mut Vec<Block>),
    /// A cell.
    Cell(&'p mut CellDraft),
    /// A table.
    Rows(&'p mut Table),
    /// A row.
    Cells(&'p mut RowDraft),
    /// A paragraph.
    Runs(&'p mut Draft),
    /// A formula in a paragraph.
    Formula(&'p mut Draft),
    /// A drawing: the text boxes in it.
    Boxes(&'p mut Vec<Block>),
}

impl<'p> Place<'p> {
    /// Returns the blocks, if paragraphs are wanted.
    fn blocks(&mut self) -> Option<&mut Vec<Block>> {
        match self {
            Self::Blocks(blocks) => Some(blocks),
            Self::Cell(cell) => Some(&mut cell.blocks),
            _ => None,
        }
    }
}

impl<'d> Story<'d> {
    /// Creates a reader with these parts.
    pub(super) fn of(parts: &'d Parts) -> Self {
        Self {
            parts,
            counters: Counters::default(),
            calls: Calls::default(),
            pages: Pages {
                ended: 0,
                is_fresh: true,
                is_confirmed: false,
                row: None,
                asides: 0,
            },
            fields: Vec::new(),
            silent_fields: 0,
            silent_elements: 0,
            carried: None,
            table_depth: 0,
            cells: 0,
            paragraphs: 0,
            text_bytes: 0,
            section_start: None,
            section_ended: false,
        }
    }

    /// Reads the main part.
    ///
    /// # Errors
    /// Those of [`Xml::next`], and [`ErrorKind::Excessive`].
    pub(super) fn document<R: Read>(&mut self, xml: &mut Xml<R>) -> Result<Vec<Block>, ErrorKind> {
        let mut blocks = Vec::new();
        self.container(xml, &mut blocks)?;
        self.end_section(&Section::default(), &mut blocks);
        Ok(blocks)
    }

    /// Returns the notes that were called, numbered.
    pub(super) fn take_notes(&mut self) -> Vec<Call> {
        std::mem::take(&mut self.calls).into_calls()
    }

    /// Prepares to read the bodies of notes.
    pub(super) fn begin_notes(&mut self) {
        self.fields.clear();
        self.silent_fields = 0;
        self.pages.asides += 1;
    }

    /// Reads an element of paragraphs: the text of the document, a text box, a note.
    pub(super) fn container<R: Read>(&mut self, xml: &mut Xml<R>, out: &mut Vec<Block>) -> Result<(), ErrorKind> {
        self.content(xml, &mut Place::Blocks(out))?;
        self.flush_carried(out)
    }

    /// Reads the text of a text box, whose fields are its own.
    fn text_box<R: Read>(&mut self, xml: &mut Xml<R>, out: &mut Vec<Block>) -> Result<(), ErrorKind> {
        let fields = std::mem::take(&mut self.fields);
        let silent = std::mem::take(&mut self.silent_fields);
        self.pages.asides += 1;
        self.container(xml, out)?;
        self.pages.asides -= 1;
        (self.fields, self.silent_fields) = (fields, silent);
        Ok(())
    }

    /// Reads the content of an element into `place`.
    pub(super) fn content<R: Read>(&mut self, xml: &mut Xml<R>, place: &mut Place<'_>) -> Result<(), ErrorKind> {
        let mut has_chosen = false;
        while let Some(event) = xml.next()? {
            let XmlEvent::Open(tag) = event else { continue };
            match tag.name() {
                "ins" | "moveTo" | "smartTag" | "customXml" | "hyperlink" | "dir" | "bdo" | "ruby" | "rubyBase"
                | "AlternateContent" => self.content(xml, place)?,
                "Choice" | "Fallback" if !has_chosen => {
                    has_chosen = true;
                    self.content(xml, place)?;
                }
                "sdt" => self.control(xml, place)?,
                "fldSimple" => {
                    let is_contents = tag.attribute("instr").is_some_and(|code| is_contents(&code));
                    self.silent_elements += usize::from(is_contents);
                    self.content(xml, place)?;
                    self.silent_elements -= usize::from(is_contents);
                }
                "p" => match place.blocks() {
                    Some(out) => self.paragraph(xml, out)?,
                    None => xml.skip()?,
                },
                "tbl" => match place.blocks() {
                    Some(out) => {
                        self.begin_section(out);
                        self.table(xml, out)?;
                    }
                    None => xml.skip()?,
                },
                name => {
                    let element = Element::of(name);
                    self.element(xml, element, place)?;
                }
            }
        }
        Ok(())
    }

    /// Reads an element that belongs to one kind of place.
    fn element<R: Read>(&mut self, xml: &mut Xml<R>, element: Element, place: &mut Place<'_>) -> Result<(), ErrorKind> {
        match (&mut *place, element) {
            (Place::Rows(table), Element::Row) => self.row(xml, table),
            (Place::Cells(row), Element::Cell) => self.cell(xml, row),
            (Place::Cells(row), Element::RowProperties) => self.row_properties(xml, row),
            (Place::Cell(cell), Element::CellProperties) => cell.read_properties(xml),
            (Place::Runs(draft), Element::Run) => self.run(xml, draft),
            (Place::Formula(draft), Element::Run) => self.run(xml, draft),
            (Place::Runs(draft), Element::Properties) => self.begin_paragraph(xml, draft),
            (Place::Runs(draft), Element::Formula) => self.content(xml, &mut Place::Formula(draft)),
            (Place::Blocks(out), Element::Section) => {
                let section = read_section(xml)?;
                self.end_section(&section, out);
                Ok(())
            }
            // The tables that are nested too deeply are read for their paragraphs.
            (Place::Blocks(_), Element::Row | Element::Cell | Element::Root) => self.content(xml, place),
            (Place::Boxes(out), Element::Box) => self.text_box(xml, out),
            (Place::Boxes(_), Element::Deleted | Element::Section) => xml.skip(),
            (Place::Boxes(_), _) => self.content(xml, place),
            (Place::Formula(_), Element::Other | Element::Formula) => self.content(xml, place),
            _ => xml.skip(),
        }
    }

    /// Reads an element `sdt`: a control around content; a table of contents is one.
    fn control<R: Read>(&mut self, xml: &mut Xml<R>, place: &mut Place<'_>) -> Result<(), ErrorKind> {
        let mut is_contents = false;
        while let Some(event) = xml.next()? {
            let XmlEvent::Open(tag) = event else { continue };
            match tag.name() {
                "sdtPr" => is_contents = is_contents_control(xml)?,
                "sdtContent" => {
                    self.silent_elements += usize::from(is_contents);
                    self.content(xml, place)?;
                    self.silent_elements -= usize::from(is_contents);
                }
                _ => xml.skip()?,
            }
        }
        Ok(())
    }

    /// Returns true if nothing is printed of what is being read.
    pub(super) const fn is_silent(&self) -> bool {
        self.silent_elements > 0 || self.silent_fields > 0
    }

    /// Reads the char of a field: `begin`, `separate` or `end`.
    pub(super) fn field_char(&mut self, kind: &str) {
        match kind {
            "begin" if self.fields.len() < MAX_FIELDS => {
                self.fields.push(Field {
                    code: String::new(),
                    is_contents: false,
                    is_silent: true,
                });
                self.silent_fields += 1;
            }
            "separate" => {
                if let Some(field) = self.fields.last_mut() {
                    field.is_contents = is_contents(&field.code);
                    if field.is_silent && !field.is_contents {
                        field.is_silent = false;
                        self.silent_fields -= 1;
                    }
                }
            }
            "end" => {
                let silent = self.fields.pop().is_some_and(|field| field.is_silent);
                self.silent_fields -= usize::from(silent);
            }
            _ => {}
        }
    }

    /// Adds to the code of the innermost field.
    pub(super) fn field_code(&mut self, code: &str) {
        if let Some(field) = self.fields.last_mut()
            && field.code.len() < MAX_CODE_BYTES
        {
            field.code.extend(code.chars().take(MAX_CODE_BYTES));
        }
    }

    /// Ends all fields if a table of contents is among them: a heading is in none, so the end of the field is missing.
    pub(super) fn end_contents(&mut self) {
        if self.fields.iter().any(|field| field.is_contents) {
            self.fields.clear();
            self.silent_fields = 0;
        }
    }

    /// Counts bytes of text.
    ///
    /// # Errors
    /// [`ErrorKind::Excessive`] if there are too many.
    pub(super) fn count_text(&mut self, bytes: usize) -> Result<(), ErrorKind> {
        self.text_bytes += bytes;
        if self.text_bytes > MAX_TEXT_BYTES {
            return Err(ErrorKind::Excessive(format!(
                "more than {} MB of text",
                MAX_TEXT_BYTES / 1_000_000
            )));
        }
        Ok(())
    }

    /// Counts a paragraph.
    ///
    /// # Errors
    /// [`ErrorKind::Excessive`] if there are too many.
    pub(super) fn count_paragraph(&mut self) -> Result<(), ErrorKind> {
        self.paragraphs += 1;
        if self.paragraphs > MAX_PARAGRAPHS {
            return Err(ErrorKind::Excessive(format!("more than {MAX_PARAGRAPHS} paragraphs")));
        }
        Ok(())
    }

    /// Begins a page if a section ended before. How a section begins is only known at its end, so a blank paragraph
    /// holds the place.
    pub(super) fn begin_section(&mut self, out: &mut Vec<Block>) {
        if !std::mem::take(&mut self.section_ended) || self.pages.is_fresh || self.pages.asides > 0 {
            return;
        }
        if self.pages.begin() {
            self.section_start = Some(out.len());
            out.push(Block::Paragraph(Paragraph {
                page_starts: vec![0],
                ..Paragraph::default()
            }));
        }
    }

    /// Ends a section: its notes get their numbers, and it is known whether it began a page.
    pub(super) fn end_section(&mut self, section: &Section, out: &mut [Block]) {
        if let Some(at) = self.section_start.take()
            && section.is_continuous
            && !self.pages.is_confirmed
            && let Some(Block::Paragraph(start)) = out.get_mut(at)
        {
            start.page_starts.clear();
        }
        let settings = &self.parts.settings;
        self.calls.end_section(section, [settings.footnotes, settings.endnotes]);
        self.section_ended = true;
    }
}

impl Pages {
    /// Begins a page; returns false if there are too many to count.
    pub(super) fn begin(&mut self) -> bool {
        if self.ended == MAX_PAGES || self.asides > 0 {
            return false;
        }
        self.ended += 1;
        self.is_fresh = true;
        self.is_confirmed = false;
        true
    }

    /// Returns true if a page begins where Word found one when it last laid out the file.
    pub(super) fn begin_rendered(&mut self) -> bool {
        if self.asides > 0 {
            return false;
        }
        if let Some((in_cell, in_row)) = &mut self.row {
            *in_cell += 1;
            if in_cell <= in_row {
                return false;
            }
            *in_row = *in_cell;
        }
        if self.is_fresh {
            self.is_confirmed = true;
            return false;
        }
        self.begin()
    }

    /// Begins a row of a table; returns the state of the row around it.
    pub(super) const fn begin_row(&mut self) -> Option<(usize, usize)> {
        self.row.replace((0, 0))
    }

    /// Ends a row.
    pub(super) const fn end_row(&mut self, outer: Option<(usize, usize)>) {
        self.row = outer;
    }

    /// Begins a cell.
    pub(super) const fn begin_cell(&mut self) {
        if let Some((in_cell, _)) = &mut self.row {
            *in_cell = 0;
        }
    }
}

/// The elements that belong to one kind of place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Element {
    /// `document` and `body`.
    Root,
    /// `tr`.
    Row,
    /// `trPr`.
    RowProperties,
    /// `tc`.
    Cell,
    /// `tcPr`.
    CellProperties,
    /// `r`.
    Run,
    /// `pPr`.
    Properties,
    /// `oMath` and `oMathPara`.
    Formula,
    /// `sectPr`.
    Section,
    /// `txbxContent`.
    Box,
    /// `del` and `moveFrom`.
    Deleted,
    /// Properties of something else.
    OtherProperties,
    /// Anything else.
    Other,
}

impl Element {
    /// Returns the element with this name.
    fn of(name: &str) -> Self {
        match name {
            "document" | "body" => Self::Root,
            "tr" => Self::Row,
            "trPr" => Self::RowProperties,
            "tc" => Self::Cell,
            "tcPr" => Self::CellProperties,
            "r" => Self::Run,
            "pPr" => Self::Properties,
            "oMath" | "oMathPara" => Self::Formula,
            "sectPr" => Self::Section,
            "txbxContent" => Self::Box,
            "del" | "moveFrom" => Self::Deleted,
            name if name.ends_with("Pr") => Self::OtherProperties,
            _ => Self::Other,
        }
    }
}

/// Returns true if the code of a field is that of a table of contents.
fn is_contents(code: &str) -> bool {
    let name = code.split_whitespace().next().unwrap_or_default();
    name.eq_ignore_ascii_case("TOC")
}

/// Reads an element `sdtPr`; returns true if the control is a table of contents from Word's gallery.
fn is_contents_control<R: Read>(xml: &mut Xml<R>) -> Result<bool, ErrorKind> {
    let mut found = false;
    while let Some(event) = xml.next()? {
        let XmlEvent::Open(tag) = event else { continue };
        match tag.name() {
            "docPartObj" => found |= is_contents_control(xml)?,
            "docPartGallery" => {
                found |= tag.attribute("val").is_some_and(|value| value == "Table of Contents");
                xml.skip()?;
            }
            _ => xml.skip()?,
        }
    }
    Ok(found)
}
