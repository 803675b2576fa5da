//! Paragraphs: their level, their label, and where they end.

use std::io::Read;

use super::drafts::Draft;
use super::fonts::Typeface;
use super::numbering::Label;
use super::properties::{ParagraphFormat, ParagraphProperties, read_paragraph_format};
use super::story::{Place, Story};
use super::styles::Style;
use crate::corpus::error::ErrorKind;
use crate::corpus::flow::{Block, Paragraph};
use crate::corpus::office::xml::Xml;

/// The outline level of body text, from 0 (17.3.1.20).
const BODY_TEXT: u8 = 9;

impl Story<'_> {
    /// Reads an element `p`.
    pub(super) fn paragraph<R: Read>(&mut self, xml: &mut Xml<R>, out: &mut Vec<Block>) -> Result<(), ErrorKind> {
        self.begin_section(out);
        let mut draft = self.carried.take().unwrap_or_default();
        draft.properties = ParagraphProperties::default();
        self.content(xml, &mut Place::Runs(&mut draft))?;
        if draft.properties.mark.is_deleted && draft.properties.section.is_none() {
            self.carried = Some(draft);
            return Ok(());
        }
        self.end_paragraph(draft, out)
    }

    /// Ends the paragraph whose end was deleted, as nothing follows that could continue it.
    pub(super) fn flush_carried(&mut self, out: &mut Vec<Block>) -> Result<(), ErrorKind> {
        match self.carried.take() {
            Some(draft) => self.end_paragraph(draft, out),
            None => Ok(()),
        }
    }

    /// Reads an element `pPr`, with which a paragraph begins.
    pub(super) fn begin_paragraph<R: Read>(&mut self, xml: &mut Xml<R>, draft: &mut Draft) -> Result<(), ErrorKind> {
        draft.properties = read_paragraph_format(xml, &self.parts.theme)?;
        let format = self.format(&draft.properties);
        if level(&format).is_some() {
            self.end_contents();
        }
        if format.begins_page == Some(true) && !self.pages.is_fresh && self.pages.begin() {
            draft.builder.begin_page();
        }
        Ok(())
    }

    /// Returns the format of a paragraph, with that of its styles.
    fn format(&self, properties: &ParagraphProperties) -> ParagraphFormat {
        let styles = &self.parts.styles;
        let style = styles.of_paragraph(properties.style.as_deref());
        properties.format.clone().over(&styles.paragraph_format(style))
    }

    /// Ends a paragraph and adds it to `out` if anything of it is printed.
    fn end_paragraph(&mut self, draft: Draft, out: &mut Vec<Block>) -> Result<(), ErrorKind> {
        let Draft {
            builder,
            properties,
            boxes,
        } = draft;
        let style = self.parts.styles.of_paragraph(properties.style.as_deref());
        let format = self.format(&properties);
        let mut paragraph = builder.finish();
        if style.is_some_and(|style| style.is_contents) {
            paragraph.text.clear();
            paragraph.calls.clear();
            paragraph.page_starts.fill(0);
        }
        let is_blank = paragraph.text.trim().is_empty() && paragraph.calls.is_empty();
        let is_hidden = is_blank && properties.mark.format.hidden == Some(true);
        if !is_hidden
            && !self.is_silent()
            && let Some(label) = self.label(&properties, &format, style)
        {
            let text = self.label_text(&label, &properties, style);
            if is_blank && self.table_depth > 0 && !label.is_bullet {
                // The first column of many tables holds nothing but automatic numbers.
                paragraph.text.insert_str(0, &text);
            } else {
                paragraph.label = text;
                paragraph.list = Some(label.place);
            }
        }
        paragraph.level = level(&format);
        paragraph.centered = format.centered == Some(true);
        self.push(paragraph, out)?;
        out.extend(boxes);
        if let Some(section) = properties.section {
            self.end_section(&section, out);
        }
        Ok(())
    }

    /// Adds a paragraph to `out` if it is printed or begins a page.
    fn push(&mut self, paragraph: Paragraph, out: &mut Vec<Block>) -> Result<(), ErrorKind> {
        let is_blank = paragraph.text.trim().is_empty() && paragraph.calls.is_empty();
        if is_blank && paragraph.page_starts.is_empty() {
            return Ok(());
        }
        self.count_paragraph()?;
        out.push(Block::Paragraph(paragraph));
        Ok(())
    }

    /// Counts a paragraph in its list and returns its label.
    fn label(
        &mut self,
        properties: &ParagraphProperties,
        format: &ParagraphFormat,
        style: Option<&Style>,
    ) -> Option<Label> {
        let parts = self.parts;
        let list = format.list.filter(|&list| list != 0)?;
        let of_style = || parts.numbering.depth_of_style(list, style?, &parts.styles);
        let depth = if properties.format.list.is_some() {
            properties.format.depth.or(format.depth)
        } else {
            properties.format.depth.or_else(of_style).or(format.depth)
        };
        parts
            .numbering
            .count(list, depth.unwrap_or(0), &parts.styles, &mut self.counters)
    }

    /// Returns the text of a label as its font draws it.
    fn label_text(&self, label: &Label, properties: &ParagraphProperties, style: Option<&Style>) -> String {
        if label.is_bullet {
            return label.text.clone();
        }
        let styles = &self.parts.styles;
        let character = properties.mark.style.as_deref().and_then(|id| styles.named(id));
        let format = styles.run_format(label.run.over(properties.mark.format), character, style);
        let text = match format.typeface() {
            Typeface::Legacy(font) => font.decode(&label.text),
            Typeface::Unicode | Typeface::Signs(_) => label.text.clone(),
        };
        if format.capitals == Some(true) {
            text.to_uppercase()
        } else {
            text
        }
    }
}

/// Returns the outline level of a paragraph, from 1, if it is a heading.
fn level(format: &ParagraphFormat) -> Option<u8> {
    format.outline.filter(|&level| level < BODY_TEXT).map(|level| level + 1)
}
