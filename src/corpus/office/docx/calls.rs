//! The places that call footnotes and endnotes, and the numbers of the notes.
//!
//! The ids of notes are no numbers: notes are numbered in the order of the places that call them. Source: ECMA-376
//! part 1, 17.11.

use super::sections::{NoteNumbers, Restart, Section};
use crate::corpus::error::ErrorKind;
use crate::corpus::flow::Note;
use crate::corpus::office::numbers::NumberFormat;

/// The most notes of a document. Theses have some hundreds.
const MAX_NOTES: usize = 50_000;

/// The most bytes of a mark of an author's own.
const MAX_MARK_BYTES: usize = 20;

/// Footnotes or endnotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum NoteKind {
    /// At the foot of the page.
    Footnote,
    /// At the end of the section or the document.
    Endnote,
}

/// A place that calls a note, and the note.
#[derive(Debug)]
pub(super) struct Call {
    /// The kind of the note.
    pub(super) kind: NoteKind,
    /// The id of the note.
    pub(super) id: i64,
    /// True if the author wrote the mark.
    pub(super) has_own_mark: bool,
    /// The page of the place.
    page: usize,
    /// The note.
    pub(super) note: Note,
}

/// The notes that were called so far.
#[derive(Debug, Default)]
pub(super) struct Calls {
    calls: Vec<Call>,
    /// Number of calls that have their number.
    numbered: usize,
    /// The next number of footnotes and of endnotes, and the page of the last one.
    next: [(Option<u32>, usize); 2],
}

impl NoteKind {
    /// Both.
    pub(super) const ALL: [Self; 2] = [Self::Footnote, Self::Endnote];

    /// Returns the type of the part that holds the bodies.
    pub(super) const fn part(self) -> &'static str {
        match self {
            Self::Footnote => "footnotes",
            Self::Endnote => "endnotes",
        }
    }

    /// Returns the place in pairs.
    const fn index(self) -> usize {
        match self {
            Self::Footnote => 0,
            Self::Endnote => 1,
        }
    }
}

impl Call {
    /// Returns the note.
    pub(super) fn into_note(self) -> Note {
        self.note
    }
}

impl Calls {
    /// Adds a call and returns its index.
    ///
    /// # Errors
    /// [`ErrorKind::Excessive`] for too many.
    pub(super) fn add(&mut self, kind: NoteKind, id: i64, has_own_mark: bool, page: usize) -> Result<usize, ErrorKind> {
        if self.calls.len() == MAX_NOTES {
            return Err(ErrorKind::Excessive(format!("more than {MAX_NOTES} notes")));
        }
        self.calls.push(Call {
            kind,
            id,
            has_own_mark,
            page,
            note: Note::default(),
        });
        Ok(self.calls.len() - 1)
    }

    /// Adds letters to the author's own mark of the call with this index.
    pub(super) fn push_mark(&mut self, index: usize, text: &str) {
        if let Some(call) = self.calls.get_mut(index)
            && call.note.mark.len() + text.len() <= MAX_MARK_BYTES
        {
            call.note.mark.push_str(text.trim());
        }
    }

    /// Numbers the calls of the section that ends. Without pages, notes that begin again on each page go on.
    pub(super) fn end_section(&mut self, section: &Section, defaults: [NoteNumbers; 2]) {
        let numbers = [section.footnotes.over(defaults[0]), section.endnotes.over(defaults[1])];
        let mut is_first = [true; 2];
        for call in self
            .calls
            .iter_mut()
            .skip(self.numbered)
            .filter(|call| !call.has_own_mark)
        {
            let index = call.kind.index();
            let NoteNumbers {
                numerals,
                start,
                restart,
            } = numbers[index];
            let (next, page) = &mut self.next[index];
            let begins_again = match restart {
                Some(Restart::Section) => is_first[index],
                Some(Restart::Page) => call.page != *page,
                Some(Restart::Never) | None => false,
            };
            let first = start.and_then(|start| u32::try_from(start).ok()).unwrap_or(1);
            let number = next.filter(|_| !begins_again).unwrap_or(first);
            *next = Some(number.saturating_add(1));
            *page = call.page;
            is_first[index] = false;
            let usual = [NumberFormat::Decimal, NumberFormat::LowerRoman][index];
            call.note.number = number as usize;
            call.note.mark = numerals.unwrap_or(usual).write(number);
        }
        self.numbered = self.calls.len();
    }

    /// Returns the calls.
    pub(super) fn into_calls(self) -> Vec<Call> {
        self.calls
    }
}
