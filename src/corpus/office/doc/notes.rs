//! Footnotes and endnotes: the places that call them, their texts and their numbers ([MS-DOC] 2.8.14 `PlcffndRef`, 2.8.15
//! `PlcffndTxt`, 2.8.12 and 2.8.13 for endnotes, 2.7.2 `DopBase`, 2.7.4 `Dop97`).

use std::ops::Range;

use super::bytes::{Plc, u16_at};
use super::fib::{Fib, Version};
use super::lists::number_format;
use crate::corpus::office::numbers::NumberFormat;

/// Notes that begin again with every section.
const EACH_SECTION: u16 = 1;

/// Offsets in the settings of the numbering of notes: the start and restart of footnotes, those of endnotes, the formats of
/// both in Word 6 and 95, and in Word 97.
const FOOTNOTES_AT: usize = 2;
const ENDNOTES_AT: usize = 52;
const FORMATS_6_AT: usize = 54;
const FOOTNOTE_FORMAT_AT: usize = 492;
const ENDNOTE_FORMAT_AT: usize = 494;

/// The kind of a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoteKind {
    Footnote,
    Endnote,
}

/// A place that calls a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Call {
    /// Its position in the main text.
    pub(super) position: u32,
    /// The positions of the text of the note.
    pub(super) text: Range<u32>,
    pub(super) kind: NoteKind,
    /// True if Word counts the note; else its mark was typed.
    pub(super) is_counted: bool,
}

/// The numbers that notes have reached. Only notes that are printed are counted.
#[derive(Debug)]
pub(super) struct Numbers<'d> {
    footnotes: Numbering,
    endnotes: Numbering,
    sections: Plc<'d>,
}

/// The numbering of the notes of a kind.
#[derive(Clone, Copy, Debug)]
struct Numbering {
    start: u32,
    next: u32,
    /// True if each section begins with the first number.
    by_section: bool,
    /// The section of the note before.
    section: Option<usize>,
    format: NumberFormat,
}

/// Reads the calls of all notes, in the order of their places.
pub(super) fn read(fib: &Fib, table: &[u8]) -> Vec<Call> {
    let (places, lengths) = (&fib.places, &fib.lengths);
    let footnotes_start = lengths.main;
    let endnotes_start = [lengths.footnotes, lengths.headers, lengths.comments]
        .into_iter()
        .fold(lengths.main, u32::saturating_add);
    let mut found = calls(
        NoteKind::Footnote,
        Plc::new(places.footnote_calls.of(table), 2),
        Plc::new(places.footnote_texts.of(table), 0),
        footnotes_start..footnotes_start.saturating_add(lengths.footnotes),
    );
    found.extend(calls(
        NoteKind::Endnote,
        Plc::new(places.endnote_calls.of(table), 2),
        Plc::new(places.endnote_texts.of(table), 0),
        endnotes_start..endnotes_start.saturating_add(lengths.endnotes),
    ));
    found.sort_by_key(|call| call.position);
    found.dedup_by_key(|call| call.position);
    found
}

/// Reads the calls of the notes of a kind. `story`: the positions of the texts of all of them.
fn calls(kind: NoteKind, calls: Plc<'_>, texts: Plc<'_>, story: Range<u32>) -> Vec<Call> {
    let mut found: Vec<Call> = Vec::new();
    let mut end_before = story.start;
    for index in 0..calls.len() {
        let text = |index| Some(story.start.saturating_add(texts.position(index)?).min(story.end));
        let (Some(position), Some(data), Some(start), Some(end)) =
            (calls.position(index), calls.data(index), text(index), text(index + 1))
        else {
            break;
        };
        // Texts that overlap would be read again and again.
        let start = start.max(end_before);
        end_before = end.max(start);
        found.push(Call {
            position,
            text: start..end_before,
            kind,
            is_counted: u16_at(data, 0) != Some(0),
        });
    }
    found
}

impl<'d> Numbers<'d> {
    /// Reads how notes are numbered.
    pub(super) fn read(fib: &Fib, table: &'d [u8]) -> Self {
        let settings = fib.places.settings.of(table);
        let formats_6 = u16_at(settings, FORMATS_6_AT).unwrap_or(0);
        let (footnote_format, endnote_format) = match fib.version {
            Version::Word97 => (
                u16_at(settings, FOOTNOTE_FORMAT_AT),
                u16_at(settings, ENDNOTE_FORMAT_AT),
            ),
            Version::Word6 => (Some(formats_6 >> 2 & 0xf), Some(formats_6 >> 6 & 0xf)),
        };
        Self {
            footnotes: Numbering::new(u16_at(settings, FOOTNOTES_AT), footnote_format),
            endnotes: Numbering::new(u16_at(settings, ENDNOTES_AT), endnote_format),
            sections: Plc::new(fib.places.sections.of(table), 12),
        }
    }

    /// Returns the number and the mark of the next note that is counted.
    pub(super) fn next(&mut self, call: &Call) -> (u32, String) {
        let section = self.sections.find(call.position);
        match call.kind {
            NoteKind::Footnote => self.footnotes.next(section),
            NoteKind::Endnote => self.endnotes.next(section),
        }
    }
}

impl Numbering {
    /// Returns the numbering that a restart rule (2 bits) with a start (14 bits) and the code of a format say.
    fn new(rule: Option<u16>, format: Option<u16>) -> Self {
        let rule = rule.unwrap_or(0);
        let format = format.and_then(|code| u8::try_from(code).ok());
        let start = u32::from(rule >> 2).max(1);
        Self {
            start,
            next: start,
            by_section: rule & 3 == EACH_SECTION,
            section: None,
            format: format.map_or(NumberFormat::Decimal, number_format),
        }
    }

    /// Returns the next number and its mark.
    fn next(&mut self, section: Option<usize>) -> (u32, String) {
        if self.by_section && section != self.section {
            self.next = self.start;
        }
        self.section = section;
        let number = self.next;
        self.next = number.saturating_add(1);
        (number, self.format.write(number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the bytes of an array of positions and 16-bit data.
    fn array(positions: &[u32], data: &[u16]) -> Vec<u8> {
        let positions = positions.iter().flat_map(|position| position.to_le_bytes());
        positions
            .chain(data.iter().flat_map(|data| data.to_le_bytes()))
            .collect()
    }

    #[test]
    fn calls_have_the_texts_of_their_notes() {
        let (places, texts) = (array(&[4, 9, 20, 99], &[1, 0, 2]), array(&[0, 5, 8, 6, 13], &[]));
        let found = calls(NoteKind::Footnote, Plc::new(&places, 2), Plc::new(&texts, 0), 100..120);
        let found: Vec<(u32, bool, Range<u32>)> = found
            .into_iter()
            .map(|call| (call.position, call.is_counted, call.text))
            .collect();
        assert_eq!(found, [(4, true, 100..105), (9, false, 105..108), (20, true, 108..108)]);
    }

    #[test]
    fn numbers_begin_where_the_settings_say() {
        let mut plain = Numbering::new(Some(3 << 2), Some(2));
        assert_eq!([plain.next(None).1, plain.next(Some(1)).1], ["iii", "iv"]);
        let mut by_section = Numbering::new(Some(1 << 2 | EACH_SECTION), None);
        assert_eq!(
            [Some(0), Some(0), Some(1)].map(|section| by_section.next(section).0),
            [1, 2, 1]
        );
    }
}
