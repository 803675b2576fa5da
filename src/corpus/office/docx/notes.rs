//! The bodies of footnotes and endnotes. Source: ECMA-376 part 1, 17.11.

use std::collections::HashMap;
use std::io::Read;

use super::calls::{Call, NoteKind};
use super::story::Story;
use crate::corpus::error::ErrorKind;
use crate::corpus::flow::Block;
use crate::corpus::office::xml::{Xml, XmlEvent};

impl Story<'_> {
    /// Reads the bodies of the notes that `calls` call from their part.
    ///
    /// # Errors
    /// Those of [`Xml::next`], and [`ErrorKind::Excessive`].
    pub(super) fn note_bodies<R: Read>(
        &mut self,
        xml: &mut Xml<R>,
        kind: NoteKind,
        calls: &mut [Call],
    ) -> Result<(), ErrorKind> {
        let of_kind = calls.iter().enumerate().filter(|(_, call)| call.kind == kind);
        let by_id: HashMap<i64, usize> = of_kind.map(|(index, call)| (call.id, index)).collect();
        self.begin_notes();
        while let Some(event) = xml.next()? {
            let XmlEvent::Open(tag) = event else { continue };
            match tag.name() {
                "footnotes" | "endnotes" => self.notes_in(xml, &by_id, calls)?,
                _ => xml.skip()?,
            }
        }
        Ok(())
    }

    /// Reads the bodies of notes in the root of their part.
    fn notes_in<R: Read>(
        &mut self,
        xml: &mut Xml<R>,
        by_id: &HashMap<i64, usize>,
        calls: &mut [Call],
    ) -> Result<(), ErrorKind> {
        while let Some(event) = xml.next()? {
            let XmlEvent::Open(tag) = event else { continue };
            let index = tag.number("id").and_then(|id: i64| by_id.get(&id));
            match index.and_then(|&index| calls.get_mut(index)) {
                Some(call) => {
                    let mut blocks = Vec::new();
                    self.container(xml, &mut blocks)?;
                    trim_beginning(&mut blocks, call);
                    call.note.blocks = blocks;
                }
                None => xml.skip()?,
            }
        }
        Ok(())
    }
}

/// Removes the blanks before a body, and the mark if its author wrote it there too.
fn trim_beginning(blocks: &mut [Block], call: &Call) {
    let Some(Block::Paragraph(first)) = blocks.first_mut() else {
        return;
    };
    let mut text = first.text.trim_start();
    if call.has_own_mark {
        text = text.strip_prefix(call.note.mark.as_str()).unwrap_or(text).trim_start();
    }
    first.cut_beginning(first.text.len() - text.len());
    // Notes call no notes, and pages are counted in the text alone.
    first.calls.clear();
    first.page_starts.clear();
}
