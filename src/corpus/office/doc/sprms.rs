//! Lists of properties: codes with operands ([MS-DOC] 2.2.5 `Sprm`, 2.6.1 and 2.6.2 for their codes).
//!
//! Word 6 has codes of one byte and a fixed table of the sizes of their operands ("Word 6.0 binary file format",
//! section "sprm definitions"). They are given as the codes of Word 97 that mean the same.

use super::bytes::{slice, u8_at, u16_at, u32_at};
use super::fib::Version;
use super::pieces::PieceProperties;

/// Properties of paragraphs.
pub(super) const STYLE: u16 = 0x4600;
pub(super) const ALIGNMENT: u16 = 0x2461;
pub(super) const ALIGNMENT_97: u16 = 0x2403;
pub(super) const PAGE_BREAK_BEFORE: u16 = 0x2407;
pub(super) const LIST_LEVEL: u16 = 0x260a;
pub(super) const LIST: u16 = 0x460b;
pub(super) const IN_TABLE: u16 = 0x2416;
pub(super) const ROW_END: u16 = 0x2417;
pub(super) const OUTLINE_LEVEL: u16 = 0x2640;
pub(super) const TABLE_DEPTH: u16 = 0x6649;
pub(super) const TABLE_DEPTH_CHANGE: u16 = 0x664a;
pub(super) const INNER_CELL_END: u16 = 0x244b;
pub(super) const INNER_ROW_END: u16 = 0x244c;
pub(super) const ELSEWHERE: u16 = 0x6646;
pub(super) const ELSEWHERE_97: u16 = 0x6645;

/// Properties of characters.
pub(super) const DELETED: u16 = 0x0800;
pub(super) const SYMBOL: u16 = 0x6a09;
pub(super) const HIDDEN_IN_FIELD: u16 = 0x0802;
pub(super) const SPECIAL: u16 = 0x0855;
pub(super) const BOLD: u16 = 0x0835;
pub(super) const SMALL_CAPITALS: u16 = 0x083a;
pub(super) const CAPITALS: u16 = 0x083b;
pub(super) const HIDDEN: u16 = 0x083c;
pub(super) const CHARACTER_STYLE: u16 = 0x4a30;
pub(super) const PLAIN: u16 = 0x2a33;
pub(super) const FONT: u16 = 0x4a4f;
pub(super) const OTHER_FONT: u16 = 0x4a51;
/// The symbol of Word 6, whose operand begins with its length.
pub(super) const SYMBOL_6: u16 = 0xca09;

/// The kind of break before a section.
pub(super) const SECTION_BREAK: u16 = 0x3009;

/// Two properties of Word 97 whose operands have a size of their own kind.
const TABLE_DEFINITIONS: [u16; 2] = [0xd608, 0xd606];
const TAB_CHANGE: u16 = 0xc615;

/// The size of an operand in Word 6.
#[derive(Clone, Copy)]
enum Size {
    /// This number of bytes.
    Bytes(u8),
    /// A byte that says how many follow, and this number more.
    Counted(u8),
    /// 16 bits that say one more than the number of bytes that follow.
    LongCounted,
}

use Size::{Bytes, Counted, LongCounted};

/// The ranges of codes of Word 6 with the size of their operands. A code that is missing cannot be skipped.
const SIZES_6: [(u8, u8, Size); 84] = [
    (0, 0, Bytes(0)),
    (2, 2, Bytes(2)),
    (3, 3, Counted(0)),
    (4, 11, Bytes(1)),
    (12, 12, Counted(0)),
    (13, 14, Bytes(1)),
    (15, 15, Counted(0)),
    (16, 19, Bytes(2)),
    (20, 20, Bytes(4)),
    (21, 22, Bytes(2)),
    (23, 23, Counted(0)),
    (24, 25, Bytes(1)),
    (26, 28, Bytes(2)),
    (29, 29, Bytes(1)),
    (30, 36, Bytes(2)),
    (37, 37, Bytes(1)),
    (38, 43, Bytes(2)),
    (44, 44, Bytes(1)),
    (45, 49, Bytes(2)),
    (50, 51, Bytes(1)),
    (52, 52, Bytes(0)),
    (65, 67, Bytes(1)),
    (68, 68, Counted(0)),
    (69, 69, Bytes(2)),
    (70, 70, Bytes(4)),
    (71, 71, Bytes(1)),
    (72, 72, Bytes(2)),
    (73, 73, Bytes(3)),
    (74, 74, Counted(0)),
    (75, 75, Bytes(1)),
    (80, 80, Bytes(2)),
    (81, 82, Counted(0)),
    (83, 83, Bytes(0)),
    (85, 92, Bytes(1)),
    (93, 93, Bytes(2)),
    (94, 94, Bytes(1)),
    (95, 95, Bytes(3)),
    (96, 97, Bytes(2)),
    (98, 98, Bytes(1)),
    (99, 99, Bytes(2)),
    (100, 100, Bytes(1)),
    (101, 101, Bytes(2)),
    (102, 102, Bytes(1)),
    (103, 103, Counted(0)),
    (104, 104, Bytes(1)),
    (105, 106, Counted(0)),
    (107, 107, Bytes(2)),
    (108, 108, Counted(0)),
    (109, 110, Bytes(2)),
    (117, 119, Bytes(1)),
    (120, 120, Counted(12)),
    (121, 124, Bytes(2)),
    (131, 132, Bytes(1)),
    (133, 133, Counted(0)),
    (136, 137, Bytes(3)),
    (138, 139, Bytes(1)),
    (140, 141, Bytes(2)),
    (142, 142, Bytes(1)),
    (143, 143, Bytes(1)),
    (144, 145, Bytes(2)),
    (146, 147, Bytes(1)),
    (148, 149, Bytes(2)),
    (150, 153, Bytes(1)),
    (154, 157, Bytes(2)),
    (158, 159, Bytes(1)),
    (160, 161, Bytes(2)),
    (162, 162, Bytes(1)),
    (163, 163, Bytes(0)),
    (164, 171, Bytes(2)),
    (182, 184, Bytes(2)),
    (185, 186, Bytes(1)),
    (187, 187, Bytes(12)),
    (188, 188, LongCounted),
    (189, 189, Bytes(2)),
    (190, 190, LongCounted),
    (191, 191, Counted(1)),
    (192, 192, Bytes(4)),
    (193, 193, Bytes(5)),
    (194, 194, Bytes(4)),
    (195, 195, Bytes(2)),
    (196, 196, Bytes(4)),
    (197, 198, Bytes(2)),
    (199, 199, Bytes(5)),
    (200, 200, Bytes(4)),
];

/// The codes of Word 6 that matter here, with those of Word 97. Pieces of Word 97 use the same short codes ([MS-DOC]
/// 2.9.215 `Prm0`).
const CODES_6: [(u8, u16); 17] = [
    (2, STYLE),
    (5, ALIGNMENT_97),
    (9, PAGE_BREAK_BEFORE),
    (24, IN_TABLE),
    (25, ROW_END),
    (65, DELETED),
    (67, HIDDEN_IN_FIELD),
    (74, SYMBOL_6),
    (80, CHARACTER_STYLE),
    (83, PLAIN),
    (85, BOLD),
    (90, SMALL_CAPITALS),
    (91, CAPITALS),
    (92, HIDDEN),
    (93, FONT),
    (117, SPECIAL),
    (142, SECTION_BREAK),
];

/// A property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Property<'d> {
    /// Its code in Word 97.
    pub(super) code: u16,
    /// Its operand, without the bytes that say its size.
    pub(super) operand: &'d [u8],
}

impl Property<'_> {
    /// Returns the operand as a byte; 0 if it is missing.
    pub(super) fn byte(&self) -> u8 {
        u8_at(self.operand, 0).unwrap_or(0)
    }

    /// Returns the operand as a number of 16 bits; 0 if it is missing.
    pub(super) fn short(&self) -> u16 {
        u16_at(self.operand, 0).unwrap_or(0)
    }

    /// Returns the operand as a number of 32 bits; 0 if it is missing.
    pub(super) fn long(&self) -> u32 {
        u32_at(self.operand, 0).unwrap_or(0)
    }
}

/// Returns the properties of a list. What follows a damaged one is left out.
pub(super) fn properties(version: Version, list: &[u8]) -> impl Iterator<Item = Property<'_>> {
    let mut rest = list;
    std::iter::from_fn(move || {
        let (property, after) = match version {
            Version::Word97 => first_97(rest)?,
            Version::Word6 => first_6(rest)?,
        };
        rest = after;
        Some(property)
    })
}

/// Returns the property of a piece, if it has only one.
pub(super) fn single<'d>(properties: &'d PieceProperties<'_>) -> Option<Property<'d>> {
    let PieceProperties::One(short, operand) = properties else {
        return None;
    };
    let code = code_6(*short)?;
    Some(Property {
        code,
        operand: std::slice::from_ref(operand),
    })
}

/// Reads the first property of a list of Word 97; also returns the rest of the list.
fn first_97(list: &[u8]) -> Option<(Property<'_>, &[u8])> {
    let code = u16_at(list, 0)?;
    let (at, length) = match code >> 13 {
        0 | 1 => (2, 1),
        2 | 4 | 5 => (2, 2),
        3 => (2, 4),
        7 => (2, 3),
        _ if TABLE_DEFINITIONS.contains(&code) => (4, usize::from(u16_at(list, 2)?).saturating_sub(1)),
        // 255 says that the sizes of two arrays follow.
        _ if code == TAB_CHANGE && u8_at(list, 2) == Some(255) => {
            let deleted = usize::from(u8_at(list, 3)?);
            let added = usize::from(u8_at(list, 4 + 4 * deleted)?);
            (3, 2 + 4 * deleted + 3 * added)
        }
        _ => (3, usize::from(u8_at(list, 2)?)),
    };
    let operand = slice(list, at, length)?;
    Some((Property { code, operand }, list.get(at + length..)?))
}

/// Reads the first property of a list of Word 6; also returns the rest of the list.
fn first_6(list: &[u8]) -> Option<(Property<'_>, &[u8])> {
    let code = u8_at(list, 0)?;
    let size = SIZES_6.iter().find(|(first, last, _)| (*first..=*last).contains(&code));
    let (at, length) = match size.map(|(_, _, size)| size) {
        Some(Bytes(length)) => (1, usize::from(*length)),
        Some(Counted(more)) => (2, usize::from(u8_at(list, 1)?) + usize::from(*more)),
        Some(LongCounted) => (3, usize::from(u16_at(list, 1)?).saturating_sub(1)),
        None => return None,
    };
    let operand = slice(list, at, length)?;
    let property = Property {
        code: code_6(code).unwrap_or(0),
        operand,
    };
    Some((property, list.get(at + length..)?))
}

/// Returns the code of Word 97 for a code of Word 6; `None` for one that does not matter here.
fn code_6(short: u8) -> Option<u16> {
    CODES_6.iter().find(|(code, _)| *code == short).map(|&(_, code)| code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operands_of_every_size_are_read() {
        let list = [
            &[0x16, 0x24, 1][..],
            &[0x08, 0xd6, 3, 0, 7, 7],
            &[0x15, 0xc6, 255, 1, 1, 2, 3, 4, 1, 9, 9, 9],
            &[0x49, 0x66, 2, 0, 0, 0],
            &[0x15, 0xc6, 2, 0, 0],
            &[0x0b, 0x46, 5, 0],
            &[0x35, 0x08],
        ]
        .concat();
        let codes: Vec<(u16, usize)> = properties(Version::Word97, &list)
            .map(|property| (property.code, property.operand.len()))
            .collect();
        let expected = [
            (IN_TABLE, 1),
            (0xd608, 2),
            (TAB_CHANGE, 9),
            (TABLE_DEPTH, 4),
            (TAB_CHANGE, 2),
            (LIST, 2),
        ];
        assert_eq!(codes, expected);
    }

    #[test]
    fn codes_of_word_6_are_those_of_word_97() {
        let list = [85, 1, 20, 0, 0, 0, 0, 93, 4, 0, 15, 2, 0, 0, 24, 1, 255, 85, 0];
        let codes: Vec<(u16, u16)> = properties(Version::Word6, &list)
            .filter(|property| property.code != 0)
            .map(|property| (property.code, u16::from(property.byte())))
            .collect();
        assert_eq!(codes, [(BOLD, 1), (FONT, 4), (IN_TABLE, 1)]);
    }
}
