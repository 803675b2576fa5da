//! The printed content of a file that marks its paragraphs, in the order of reading: paragraphs, tables and notes.
//!
//! A reader per format makes a [`Flow`]; `letters.rs` converts what no font's name tells to be from before Unicode, and
//! `written.rs` makes one text of it, and the structure of that text.

mod letters;
mod written;

use crate::text::{LegacyFont, ListPlace, SourceLetters};
pub(in crate::corpus) use letters::convert_letters;
pub(in crate::corpus) use written::write;

/// All that a file prints.
#[derive(Debug, Default)]
pub(in crate::corpus) struct Flow {
    /// Paragraphs and tables, in order.
    pub(in crate::corpus) blocks: Vec<Block>,
    /// The notes, in the order of the places that call them.
    pub(in crate::corpus) notes: Vec<Note>,
}

/// A paragraph or a table.
#[derive(Debug)]
pub(in crate::corpus) enum Block {
    /// A paragraph.
    Paragraph(Paragraph),
    /// A table.
    Table(Table),
}

/// A table; one that lies in a cell of another is among the blocks of that cell.
#[derive(Debug, Default)]
pub(in crate::corpus) struct Table {
    /// Its rows, each with its cells; a cell is blocks.
    pub(in crate::corpus) rows: Vec<Vec<Vec<Block>>>,
}

/// A footnote or endnote.
#[derive(Debug, Default)]
pub(in crate::corpus) struct Note {
    /// Its number on paper.
    pub(in crate::corpus) number: usize,
    /// Its mark as printed, without brackets: `1`, `iv`, `*`.
    pub(in crate::corpus) mark: String,
    /// Its paragraphs, without the mark.
    pub(in crate::corpus) blocks: Vec<Block>,
}

/// A paragraph as it is printed.
#[derive(Debug, Default)]
pub(in crate::corpus) struct Paragraph {
    /// Its text without its label. `\n` ends a line inside the paragraph, `\t` is a tab.
    pub(in crate::corpus) text: String,
    /// Its label, if the format counts it: `II.`, `a)`, `-`; empty for none.
    pub(in crate::corpus) label: String,
    /// The list that counts the label.
    pub(in crate::corpus) list: Option<ListPlace>,
    /// Its level in the outline, from 1, if its style makes it a heading.
    pub(in crate::corpus) level: Option<u8>,
    /// True if all its letters are bold.
    pub(in crate::corpus) bold: bool,
    /// True if it is centered.
    pub(in crate::corpus) centered: bool,
    /// The notes that it calls, in order: the offset in `text`, and the index in [`Flow::notes`].
    pub(in crate::corpus) calls: Vec<(usize, usize)>,
    /// Offsets in `text` at which a page begins, sorted.
    pub(in crate::corpus) page_starts: Vec<usize>,
    /// The letters of the file where the text is converted from them.
    pub(in crate::corpus) letters: SourceLetters,
}

impl Paragraph {
    /// Removes the first `bytes` bytes of the text; what lies behind them moves along.
    pub(in crate::corpus) fn cut_beginning(&mut self, bytes: usize) {
        self.text.drain(..bytes);
        self.letters.cut_beginning(bytes);
        for (at, _) in &mut self.calls {
            *at = at.saturating_sub(bytes);
        }
        for at in &mut self.page_starts {
            *at = at.saturating_sub(bytes);
        }
    }
}

#[cfg(test)]
impl Paragraph {
    /// Returns a paragraph of this text.
    fn of(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            ..Self::default()
        }
    }
}

/// The type in which a run of text is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::corpus) struct RunFace {
    /// True if it is bold.
    pub(in crate::corpus) bold: bool,
    /// True if it is printed in capitals, whatever its letters are.
    pub(in crate::corpus) capitals: bool,
    /// The font, if it draws an encoding from before Unicode.
    pub(in crate::corpus) font: Option<LegacyFont>,
}

/// Collects the runs of a paragraph.
///
/// Runs may end anywhere, also between two chars that make one letter in VNI: the runs of one face are joined before
/// they are converted.
#[derive(Debug, Default)]
pub(in crate::corpus) struct ParagraphBuilder {
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
    pub(in crate::corpus) fn push(&mut self, text: &str, face: RunFace) {
        if face != self.face {
            self.flush();
            self.face = face;
        }
        self.pending.push_str(text);
    }

    /// Adds the place that calls the note with this index in [`Flow::notes`].
    pub(in crate::corpus) fn push_call(&mut self, note: usize) {
        self.flush();
        self.paragraph.calls.push((self.paragraph.text.len(), note));
    }

    /// Begins a page.
    pub(in crate::corpus) fn begin_page(&mut self) {
        self.flush();
        self.paragraph.page_starts.push(self.paragraph.text.len());
    }

    /// Returns true if nothing was added.
    pub(in crate::corpus) fn is_empty(&self) -> bool {
        self.pending.is_empty() && self.paragraph.text.is_empty() && self.paragraph.calls.is_empty()
    }

    /// Returns the paragraph; its label, list, level and `centered` are the caller's to set.
    pub(in crate::corpus) fn finish(mut self) -> Paragraph {
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
        let decoded = self.face.font.map(|font| font.decode(&run));
        let printed = decoded.as_ref().unwrap_or(&run);
        if printed.contains(char::is_alphanumeric) {
            self.has_bold |= self.face.bold;
            self.has_plain |= !self.face.bold;
        }
        let start = self.paragraph.text.len();
        if self.face.capitals {
            self.paragraph.text.push_str(&printed.to_uppercase());
        } else {
            self.paragraph.text.push_str(printed);
        }
        // A document of today may have an old font's name and Unicode in it.
        if let Some(font) = self.face.font
            && printed.to_lowercase() != run.to_lowercase()
        {
            let Paragraph { text, letters, .. } = &mut self.paragraph;
            letters.push(start, &text[start..], font.encoding, &run);
        }
    }
}
