//! The head of the stream `WordDocument`: the version of Word and the places of all the rest ([MS-DOC] 2.5; for Word 6
//! and 95 the offsets of the "Word 6.0 binary file format").

use super::bytes::{slice, u16_at, u32_at};

/// The generation of the format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    /// Word 6 and 95: everything in one stream, letters of one byte.
    Word6,
    /// Word 97 to 2003.
    Word97,
}

/// A reason not to read a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It opens with a password only.
    Encrypted,
    /// It is of Word 2 or older.
    TooOld,
    /// Its head is damaged.
    Damaged,
}

/// A part of the table stream.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    start: u32,
    length: u32,
}

/// The numbers of chars of the texts of a file, in the order in which they follow each other.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Lengths {
    /// The main text.
    pub(super) main: u32,
    /// The footnotes.
    pub(super) footnotes: u32,
    /// Headers and footers, and in Word 6 macros.
    pub(super) headers: u32,
    /// The comments.
    pub(super) comments: u32,
    /// The endnotes.
    pub(super) endnotes: u32,
    /// The text boxes.
    pub(super) boxes: u32,
}

/// The parts that are read. A part that the version does not have is empty.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Places {
    pub(super) styles: Place,
    pub(super) footnote_calls: Place,
    pub(super) footnote_texts: Place,
    pub(super) sections: Place,
    pub(super) character_pages: Place,
    pub(super) paragraph_pages: Place,
    pub(super) fonts: Place,
    pub(super) settings: Place,
    pub(super) pieces: Place,
    pub(super) shapes: Place,
    pub(super) endnote_calls: Place,
    pub(super) endnote_texts: Place,
    pub(super) drawings: Place,
    pub(super) boxes: Place,
    pub(super) lists: Place,
    pub(super) list_uses: Place,
}

/// The head of a file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fib {
    pub(super) version: Version,
    /// The name of the stream that holds the parts.
    pub(super) table_stream: &'static str,
    /// The bytes of the text if no piece table says where it is.
    pub(super) text_start: u32,
    pub(super) lengths: Lengths,
    pub(super) places: Places,
}

/// The first two bytes of Word 6, 95 and 97 to 2003; Word 2 has 0xA5DB.
const WORD_6_SIGN: u16 = 0xa5dc;
const WORD_97_SIGN: u16 = 0xa5ec;

/// The least version number of Word 97 ([MS-DOC] 2.5.1 `nFib`); those of Word 6 and 95 are 101 to 105.
const MIN_WORD_97: u16 = 106;
const MIN_WORD_6: u16 = 100;

/// Flags at offset 10 ([MS-DOC] 2.5.2 `FibBase`).
const FLAGS_AT: usize = 10;
const IS_ENCRYPTED: u16 = 1 << 8;
const USES_TABLE_1: u16 = 1 << 9;

/// Offset in the head of the offset of the text.
const TEXT_START_AT: usize = 24;

/// The beginning of the parts of Word 97 if the two arrays before them have the lengths that every version gives them.
const PARTS_97_AT: usize = 154;

impl Place {
    /// Reads a place from the head.
    fn read(head: &[u8], at: usize) -> Self {
        Self {
            start: u32_at(head, at).unwrap_or(0),
            length: u32_at(head, at + 4).unwrap_or(0),
        }
    }

    /// Returns the bytes of the part; none if it lies outside `table`.
    pub(super) fn of(self, table: &[u8]) -> &[u8] {
        slice(table, self.start as usize, self.length as usize).unwrap_or(&[])
    }

    /// Returns the bytes after the part.
    pub(super) fn after(self, table: &[u8]) -> &[u8] {
        let end = (self.start as usize).saturating_add(self.length as usize);
        table.get(end..).unwrap_or(&[])
    }

    /// Returns the bytes from the beginning of the part to the end of the table.
    pub(super) fn from(self, table: &[u8]) -> &[u8] {
        table.get(self.start as usize..).unwrap_or(&[])
    }

    /// Returns true if the file does not have the part.
    pub(super) const fn is_empty(self) -> bool {
        self.length == 0
    }
}

impl Fib {
    /// Reads the head of the stream `WordDocument`.
    pub(super) fn read(stream: &[u8]) -> Result<Self, Refusal> {
        let sign = u16_at(stream, 0).ok_or(Refusal::Damaged)?;
        let number = u16_at(stream, 2).ok_or(Refusal::Damaged)?;
        let flags = u16_at(stream, FLAGS_AT).ok_or(Refusal::Damaged)?;
        let version = match (sign, number) {
            (WORD_97_SIGN | WORD_6_SIGN, MIN_WORD_97..) => Version::Word97,
            (WORD_97_SIGN | WORD_6_SIGN, MIN_WORD_6..) => Version::Word6,
            (0xa500..=0xa5ff, _) => return Err(Refusal::TooOld),
            _ => return Err(Refusal::Damaged),
        };
        if flags & IS_ENCRYPTED != 0 {
            return Err(Refusal::Encrypted);
        }
        let (table_stream, lengths, places) = match version {
            Version::Word6 => ("WordDocument", lengths_6(stream), places_6(stream)),
            Version::Word97 if flags & USES_TABLE_1 != 0 => ("1Table", lengths_97(stream), places_97(stream)),
            Version::Word97 => ("0Table", lengths_97(stream), places_97(stream)),
        };
        Ok(Self {
            version,
            table_stream,
            text_start: u32_at(stream, TEXT_START_AT).ok_or(Refusal::Damaged)?,
            lengths,
            places,
        })
    }
}

/// Reads the numbers of chars of Word 97 ([MS-DOC] 2.5.4 `FibRgLw97`).
fn lengths_97(head: &[u8]) -> Lengths {
    let length = |at| u32_at(head, at).unwrap_or(0);
    Lengths {
        main: length(76),
        footnotes: length(80),
        headers: length(84),
        comments: length(92),
        endnotes: length(96),
        boxes: length(100),
    }
}

/// Reads the numbers of chars of Word 6 and 95.
fn lengths_6(head: &[u8]) -> Lengths {
    let length = |at| u32_at(head, at).unwrap_or(0);
    Lengths {
        main: length(52),
        footnotes: length(56),
        headers: length(60).saturating_add(length(64)),
        comments: length(68),
        endnotes: length(72),
        boxes: length(76),
    }
}

/// Reads the places of Word 97 by their index ([MS-DOC] 2.5.6 `FibRgFcLcb97`).
fn places_97(head: &[u8]) -> Places {
    let place = |index: usize| Place::read(head, PARTS_97_AT + 8 * index);
    Places {
        styles: place(1),
        footnote_calls: place(2),
        footnote_texts: place(3),
        sections: place(6),
        character_pages: place(12),
        paragraph_pages: place(13),
        fonts: place(15),
        settings: place(31),
        pieces: place(33),
        shapes: place(40),
        endnote_calls: place(46),
        endnote_texts: place(47),
        drawings: place(50),
        boxes: place(56),
        lists: place(73),
        list_uses: place(74),
    }
}

/// Reads the places of Word 6 and 95 by their offset.
fn places_6(head: &[u8]) -> Places {
    let place = |at| Place::read(head, at);
    Places {
        styles: place(96),
        footnote_calls: place(104),
        footnote_texts: place(112),
        sections: place(136),
        character_pages: place(184),
        paragraph_pages: place(192),
        fonts: place(208),
        settings: place(336),
        pieces: place(352),
        endnote_calls: place(466),
        endnote_texts: place(474),
        ..Places::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns a head of 900 bytes with these 16-bit numbers at these offsets.
    fn head(numbers: &[(usize, u16)]) -> Vec<u8> {
        let mut bytes = vec![0; 900];
        for &(at, number) in numbers {
            bytes[at..at + 2].copy_from_slice(&number.to_le_bytes());
        }
        bytes
    }

    #[test]
    fn versions_are_recognized_by_sign_and_number() {
        let word_97 = Fib::read(&head(&[(0, 0xa5ec), (2, 193), (10, 0x200), (76, 12)])).unwrap();
        assert_eq!((word_97.version, word_97.table_stream), (Version::Word97, "1Table"));
        assert_eq!(word_97.lengths.main, 12);
        let word_95 = Fib::read(&head(&[(0, 0xa5dc), (2, 104), (52, 7)])).unwrap();
        assert_eq!((word_95.version, word_95.lengths.main), (Version::Word6, 7));
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        let refusal = |numbers: &[(usize, u16)]| Fib::read(&head(numbers)).unwrap_err();
        assert_eq!(refusal(&[(0, 0xa5ec), (2, 193), (10, 0x100)]), Refusal::Encrypted);
        assert_eq!(refusal(&[(0, 0xa5db), (2, 45)]), Refusal::TooOld);
        assert_eq!(refusal(&[(0, 0x4b50)]), Refusal::Damaged);
        assert_eq!(Fib::read(&[0xec]).unwrap_err(), Refusal::Damaged);
    }
}
