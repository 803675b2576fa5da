//! The printed content of a file of a word processor, in the order of reading: paragraphs, tables and notes.

use crate::text::{Encoding, LegacyFont, ListPlace};

/// All that a file prints.
#[derive(Debug, Default)]
pub(super) struct Flow {
    /// Paragraphs and tables, in order.
    pub(super) blocks: Vec<Block>,
    /// The notes, in the order of the places that call them.
    pub(super) notes: Vec<Note>,
}

/// A paragraph or a table.
#[derive(Debug)]
pub(super) enum Block {
    /// A paragraph.
    Paragraph(Paragraph),
    /// A table.
    Table(Table),
}

/// A table; one that lies in a cell of another is among the blocks of that cell.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// Its rows, each with its cells; a cell is blocks.
    pub(super) rows: Vec<Vec<Vec<Block>>>,
}

/// A footnote or endnote.
#[derive(Debug, Default)]
pub(super) struct Note {
    /// Its number on paper.
    pub(super) number: usize,
    /// Its mark as printed, without brackets: `1`, `iv`, `*`.
    pub(super) mark: String,
    /// Its paragraphs, without the mark.
    pub(super) blocks: Vec<Block>,
}

/// A paragraph as it is printed.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    /// Its text without its label. `\n` ends a line inside the paragraph, `\t` is a tab.
    pub(super) text: String,
    /// Its label, if the format counts it: `II.`, `a)`, `-`; empty for none.
    pub(super) label: String,
    /// The list that counts the label.
    pub(super) list: Option<ListPlace>,
    /// Its level in the outline, from 1, if its style makes it a heading.
    pub(super) level: Option<u8>,
    /// True if all its letters are bold.
    pub(super) bold: bool,
    /// True if it is centered.
    pub(super) centered: bool,
    /// The notes that it calls, in order: the offset in `text`, and the index in [`Flow::notes`].
    pub(super) calls: Vec<(usize, usize)>,
    /// Offsets in `text` at which a page begins, sorted.
    pub(super) page_starts: Vec<usize>,
    /// The encoding from before Unicode that its text was converted from.
    pub(super) converted: Option<Encoding>,
}

/// The type in which a run of text is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct RunFace {
    /// True if it is bold.
    pub(super) bold: bool,
    /// True if it is printed in capitals, whatever its letters are.
    pub(super) capitals: bool,
    /// The font, if it draws an encoding from before Unicode.
    pub(super) font: Option<LegacyFont>,
}

/// Collects the runs of a paragraph.
///
/// Runs may end anywhere, also between two chars that make one letter in VNI: the runs of one face are joined before
/// they are converted.
#[derive(Debug, Default)]
pub(super) struct ParagraphBuilder {
    paragraph: Paragraph,
    /// The runs of one face that are not converted yet.
    pending: String,
    /// Their face.
    face: RunFace,
    /// True if a letter or digit is bold.
    has_bold: bool,
    /// True if a letter or digit is not.
    has_plain: bool,
}

impl ParagraphBuilder {
    /// Adds a run.
    pub(super) fn push(&mut self, text: &str, face: RunFace) {
        if face != self.face {
            self.flush();
            self.face = face;
        }
        self.pending.push_str(text);
    }

    /// Adds the place that calls the note with this index in [`Flow::notes`].
    pub(super) fn push_call(&mut self, note: usize) {
        self.flush();
        self.paragraph.calls.push((self.paragraph.text.len(), note));
    }

    /// Begins a page.
    pub(super) fn begin_page(&mut self) {
        self.flush();
        self.paragraph.page_starts.push(self.paragraph.text.len());
    }

    /// Returns true if nothing was added.
    pub(super) fn is_empty(&self) -> bool {
        self.pending.is_empty() && self.paragraph.text.is_empty() && self.paragraph.calls.is_empty()
    }

    /// Returns the paragraph; its label, list, level and `centered` are the caller's to set.
    pub(super) fn finish(mut self) -> Paragraph {
        self.flush();
        self.paragraph.bold = self.has_bold && !self.has_plain;
        self.paragraph
    }

    /// Converts the pending runs.
    fn flush(&mut self) {
        let run = std::mem::take(&mut self.pending);
        if run.is_empty() {
            return;
        }
        let run = match self.face.font {
            Some(font) => {
                let decoded = font.decode(&run);
                // A document of today may have an old font's name and Unicode in it.
                if decoded != run && decoded.to_lowercase() != run.to_lowercase() {
                    self.paragraph.converted = Some(font.encoding);
                }
                decoded
            }
            None => run,
        };
        if run.contains(char::is_alphanumeric) {
            self.has_bold |= self.face.bold;
            self.has_plain |= !self.face.bold;
        }
        if self.face.capitals {
            self.paragraph.text.push_str(&run.to_uppercase());
        } else {
            self.paragraph.text.push_str(&run);
        }
    }
}
