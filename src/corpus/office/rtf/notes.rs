//! The numbers and marks of the notes of an RTF file.
//!
//! Source: RTF 1.9.1, "Document Formatting Properties" (`\ftnstart`, `\aftnnrlc`), "Section Formatting Properties"
//! (`\sftnrestart`) and "Footnotes".

use crate::corpus::flow::{Block, Note};
use crate::corpus::office::numbers::NumberFormat;

/// Ways of writing the number of a note: the end of `\ftnn`, `\aftnn` and, for a section, `\sftnn` and `\saftnn`.
const NOTE_FORMATS: [(&str, NumberFormat); 6] = [
    ("ar", NumberFormat::Decimal),
    ("alc", NumberFormat::LowerLetter),
    ("auc", NumberFormat::UpperLetter),
    ("rlc", NumberFormat::LowerRoman),
    ("ruc", NumberFormat::UpperRoman),
    ("chi", NumberFormat::Chicago),
];

/// The numbering of notes of a kind.
#[derive(Debug)]
struct NoteCount {
    format: NumberFormat,
    start: u32,
    /// The number of the next note.
    next: u32,
    /// True if sections count from the start.
    restarts: bool,
}

impl Default for NoteCount {
    fn default() -> Self {
        Self {
            format: NumberFormat::Decimal,
            start: 1,
            next: 1,
            restarts: false,
        }
    }
}

/// The counts of footnotes and endnotes.
#[derive(Debug, Default)]
pub(super) struct NoteCounts([NoteCount; 2]);

impl NoteCounts {
    /// Reads a control word that says how notes are numbered; returns false for others.
    pub(super) fn read(&mut self, word: &str, value: i32) -> bool {
        let word = word.strip_prefix('s').unwrap_or(word);
        let [footnotes, endnotes] = &mut self.0;
        let (count, word) = match (word.strip_prefix("ftn"), word.strip_prefix("aftn")) {
            (Some(rest), _) => (footnotes, rest),
            (_, Some(rest)) => (endnotes, rest),
            _ => return false,
        };
        match word {
            "start" => {
                count.start = u32::try_from(value).unwrap_or(1);
                count.next = count.start;
            }
            "restart" => count.restarts = true,
            "rstcont" => count.restarts = false,
            _ => {
                let format = word.strip_prefix('n').unwrap_or("");
                let Some((_, format)) = NOTE_FORMATS.iter().find(|(known, _)| *known == format) else {
                    return false;
                };
                count.format = *format;
            }
        }
        true
    }

    /// Begins a section, where some documents count from the start.
    pub(super) fn begin_section(&mut self) {
        for count in self.0.iter_mut().filter(|count| count.restarts) {
            count.next = count.start;
        }
    }

    /// Returns the note that holds `blocks`, with the next number unless it has a mark of its own.
    pub(super) fn note(&mut self, is_endnote: bool, mark: Option<String>, blocks: Vec<Block>) -> Note {
        if let Some(mark) = mark {
            return Note {
                number: mark.parse().unwrap_or(0),
                blocks: without_mark(blocks, &mark),
                mark,
            };
        }
        let [footnotes, endnotes] = &mut self.0;
        let count = if is_endnote { endnotes } else { footnotes };
        let number = count.next;
        count.next = number.saturating_add(1);
        Note {
            number: number as usize,
            mark: count.format.write(number),
            blocks: without_mark(blocks, ""),
        }
    }
}

/// Returns the blocks of a note without the mark that was typed before its text and the blanks there.
fn without_mark(mut blocks: Vec<Block>, mark: &str) -> Vec<Block> {
    if let Some(Block::Paragraph(first)) = blocks.first_mut()
        && first.calls.is_empty()
        && first.page_starts.is_empty()
        && let Some(rest) = first.text.trim_start().strip_prefix(mark)
    {
        first.cut_beginning(first.text.len() - rest.trim_start().len());
    }
    blocks
}
