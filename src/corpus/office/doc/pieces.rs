//! The places of the chars of the text: the piece table ([MS-DOC] 2.8.35 `PlcPcd`, 2.9.38 `Clx`).
//!
//! A text that was saved fast, or that holds letters of one byte beside letters of two, lies in pieces anywhere in the
//! stream. A position (CP) counts chars through all of them; an offset (FC) is the byte of a char in the stream.

use std::ops::Range;

use super::bytes::{Plc, slice, u8_at, u16_at, u32_at};
use super::fib::{Fib, Version};

/// The most chars that are read of a file. The longest congress report seen has 400,000.
pub(super) const MAX_CHARS: u32 = 8_000_000;

/// Marks of the two kinds of entries of a `Clx`.
const PROPERTIES_ENTRY: u8 = 1;
const PIECES_ENTRY: u8 = 2;

/// The bit of an offset that says that the letters of a piece have one byte ([MS-DOC] 2.9.73 `FcCompressed`).
const IS_COMPRESSED: u32 = 1 << 30;

/// Letters 0x80 to 0x9F of windows-1252; bytes that it does not define stand for themselves, as code pages of old fonts
/// use them too.
const HIGH_1252: [char; 32] = [
    '\u{20ac}', '\u{81}', '\u{201a}', '\u{192}', '\u{201e}', '\u{2026}', '\u{2020}', '\u{2021}', '\u{2c6}', '\u{2030}',
    '\u{160}', '\u{2039}', '\u{152}', '\u{8d}', '\u{17d}', '\u{8f}', '\u{90}', '\u{2018}', '\u{2019}', '\u{201c}',
    '\u{201d}', '\u{2022}', '\u{2013}', '\u{2014}', '\u{2dc}', '\u{2122}', '\u{161}', '\u{203a}', '\u{153}', '\u{9d}',
    '\u{17e}', '\u{178}',
];

/// A char of the text, as it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    /// Its position.
    pub(super) position: u32,
    /// Its offset in the stream.
    pub(super) offset: u32,
    /// Its piece.
    pub(super) piece: usize,
    /// Its letter, or half of one beyond U+FFFF.
    pub(super) code: u16,
}

/// A stretch of the text that lies together.
#[derive(Clone, Copy, Debug)]
struct Piece {
    start: u32,
    end: u32,
    offset: u32,
    /// True if its letters have one byte.
    is_narrow: bool,
    /// Its additional properties.
    prm: u16,
}

/// The piece table.
#[derive(Debug)]
pub(super) struct Pieces<'d> {
    stream: &'d [u8],
    pieces: Vec<Piece>,
    /// Properties that pieces refer to by index.
    properties: Vec<&'d [u8]>,
}

/// Properties that a piece adds to its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PieceProperties<'d> {
    /// A list of properties.
    List(&'d [u8]),
    /// One property: its short code and its operand.
    One(u8, u8),
}

impl<'d> Pieces<'d> {
    /// Reads the piece table; `None` if it is damaged.
    pub(super) fn read(fib: &Fib, stream: &'d [u8], table: &'d [u8]) -> Option<Self> {
        let mut pieces = Self {
            stream,
            pieces: Vec::new(),
            properties: Vec::new(),
        };
        if fib.version == Version::Word6 && fib.places.pieces.is_empty() {
            let lengths = [
                fib.lengths.main,
                fib.lengths.footnotes,
                fib.lengths.headers,
                fib.lengths.comments,
                fib.lengths.endnotes,
                fib.lengths.boxes,
            ];
            pieces.pieces.push(Piece {
                start: 0,
                end: lengths.into_iter().fold(0, u32::saturating_add).saturating_add(1),
                offset: fib.text_start,
                is_narrow: true,
                prm: 0,
            });
            return Some(pieces);
        }
        let clx = fib.places.pieces.of(table);
        let mut at = 0;
        while u8_at(clx, at)? == PROPERTIES_ENTRY {
            let length = usize::from(u16_at(clx, at + 1)?);
            pieces.properties.push(slice(clx, at + 3, length)?);
            at += 3 + length;
        }
        if u8_at(clx, at)? != PIECES_ENTRY {
            return None;
        }
        let plc = Plc::new(slice(clx, at + 5, u32_at(clx, at + 1)? as usize)?, 8);
        pieces.pieces.reserve(plc.len());
        let mut end_before = 0;
        for index in 0..plc.len() {
            let (start, end) = (plc.position(index)?, plc.position(index + 1)?);
            let data = plc.data(index)?;
            if start != end_before || end < start {
                return None;
            }
            end_before = end;
            let offset = u32_at(data, 2)?;
            let is_narrow = fib.version == Version::Word6 || offset & IS_COMPRESSED != 0;
            pieces.pieces.push(Piece {
                start,
                end,
                offset: match fib.version {
                    Version::Word6 => offset,
                    Version::Word97 if is_narrow => (offset & !(3 << 30)) / 2,
                    Version::Word97 => offset & !(3 << 30),
                },
                is_narrow,
                prm: u16_at(data, 6)?,
            });
        }
        Some(pieces)
    }

    /// Returns the properties that a piece adds ([MS-DOC] 2.9.214 `Prm`).
    pub(super) fn properties(&self, piece: usize) -> Option<PieceProperties<'d>> {
        let prm = self.pieces.get(piece)?.prm;
        if prm & 1 != 0 {
            let list = self.properties.get(usize::from(prm >> 1))?;
            return Some(PieceProperties::List(list));
        }
        let [short, operand] = prm.to_le_bytes();
        (short != 0).then_some(PieceProperties::One(short >> 1, operand))
    }

    /// Returns the chars at `positions`, without those that lie outside the stream.
    pub(super) fn units(&self, positions: Range<u32>) -> impl Iterator<Item = Unit> + '_ {
        let first = self.pieces.partition_point(|piece| piece.end <= positions.start);
        let pieces = self.pieces.iter().enumerate().skip(first);
        let end = positions.end.min(MAX_CHARS);
        pieces
            .take_while(move |(_, piece)| piece.start < end)
            .flat_map(move |(index, piece)| {
                let from = piece.start.max(positions.start);
                (from..piece.end.min(end)).map_while(move |position| self.unit(index, piece, position))
            })
    }

    /// Returns true if the text is longer than what is read of it.
    pub(super) fn is_too_long(&self) -> bool {
        self.pieces.last().is_some_and(|piece| piece.end > MAX_CHARS)
    }

    /// Returns the char at a position of a piece.
    fn unit(&self, index: usize, piece: &Piece, position: u32) -> Option<Unit> {
        let distance = position.checked_sub(piece.start)?;
        let (offset, code) = if piece.is_narrow {
            let offset = piece.offset.checked_add(distance)?;
            (offset, wide(u8_at(self.stream, offset as usize)?))
        } else {
            let offset = piece.offset.checked_add(distance.checked_mul(2)?)?;
            (offset, u16_at(self.stream, offset as usize)?)
        };
        Some(Unit {
            position,
            offset,
            piece: index,
            code,
        })
    }
}

/// Returns the letter of a byte ([MS-DOC] 2.9.73).
fn wide(byte: u8) -> u16 {
    match byte {
        0x80..=0x9f => HIGH_1252.get(usize::from(byte - 0x80)).map_or(0, |&char| char as u16),
        _ => u16::from(byte),
    }
}

/// Returns the letter of a byte as a char.
pub(super) fn narrow_char(byte: u8) -> char {
    char::from_u32(u32::from(wide(byte))).unwrap_or('\u{fffd}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_of_one_byte_text_has_its_own_letter() {
        let letters: std::collections::HashSet<char> = (0..=255).map(narrow_char).collect();
        assert_eq!(letters.len(), 256);
        assert_eq!([0x41, 0x96, 0xae, 0x81].map(narrow_char), ['A', '–', '®', '\u{81}']);
    }

    #[test]
    fn pieces_of_one_and_two_bytes_follow_each_other() {
        let stream = b"....ab\x10\x01\x11\x01";
        let pieces = Pieces {
            stream,
            pieces: vec![
                Piece {
                    start: 0,
                    end: 2,
                    offset: 4,
                    is_narrow: true,
                    prm: 0,
                },
                Piece {
                    start: 2,
                    end: 9,
                    offset: 6,
                    is_narrow: false,
                    prm: 0,
                },
            ],
            properties: Vec::new(),
        };
        let codes = |range| pieces.units(range).map(|unit| unit.code).collect::<Vec<_>>();
        assert_eq!(codes(0..9), [0x61, 0x62, 0x110, 0x111]);
        assert_eq!(codes(1..3), [0x62, 0x110]);
        assert!(codes(9..12).is_empty());
    }
}
