//! Rich Text Format.
//!
//! [`tokens`] cuts the file into braces, control words and bytes. [`reader`] goes through them once with a stack of
//! groups ([`groups`]) and adds what is printed to a [`story`]: the body, a note, a text box. The tables before the text
//! are in [`fonts`], [`styles`] and [`lists`].
//!
//! Pictures, objects, headers, comments, deleted and hidden text and the instructions of fields are passed over as they
//! come; nothing of them is stored. A table of contents is passed over too: its lines repeat the headings. A file that
//! is cut off gives what it holds, as it does in Word.
//!
//! Source: Rich Text Format Specification, version 1.9.1 (Microsoft, 2008).
//!
//! The reader is our own: `rtf-parser-tt` 0.6, the fullest crate for RTF, has no labels of lists, tables of lists,
//! deleted text, capitals, outline levels, nested tables or page breaks, and holds all tokens of a file at once.

mod fonts;
mod groups;
mod lists;
mod notes;
mod reader;
mod story;
mod styles;
mod tokens;

use crate::corpus::flow::Flow;
use reader::Reader;
use tokens::Tokens;

/// Reads an RTF file.
pub(super) fn read(bytes: &[u8]) -> Flow {
    let mut reader = Reader::default();
    for token in Tokens::of(bytes) {
        reader.token(token);
    }
    reader.finish()
}

#[cfg(test)]
mod tests;
