//! The properties of characters and paragraphs that matter here, and the places where a file keeps them: pages of 512
//! bytes, each with the properties of some stretches of the stream ([MS-DOC] 2.9.33 `ChpxFkp`, 2.9.174 `PapxFkp`).

use std::ops::Range;

use super::bytes::{Plc, slice, u8_at, u16_at, u32_at};
use super::fib::Version;
use super::sprms::{self, Property};

/// Bytes of a page.
const PAGE_BYTES: usize = 512;

/// The bits of an entry that are the number of a page.
const PAGE_NUMBER: u32 = 0x003f_ffff;

/// Values of toggles: as in the style, and the opposite ([MS-DOC] 2.9.327 `ToggleOperand`).
const AS_IN_STYLE: u8 = 0x80;
const NOT_AS_IN_STYLE: u8 = 0x81;

/// The alignment "centered".
const CENTER: u8 = 1;

/// The outline level of body text, counted from 0.
const BODY_LEVEL: u8 = 9;

/// The deepest table that is read as a table of its own; Word nests no deeper in practice.
const MAX_DEPTH: u32 = 32;

/// The font and look of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct CharacterFormat {
    pub(super) bold: bool,
    pub(super) capitals: bool,
    pub(super) small_capitals: bool,
    pub(super) hidden: bool,
    pub(super) deleted: bool,
    /// True if its chars are signs for something else, such as a footnote or a symbol.
    pub(super) special: bool,
    /// The font of its ASCII letters.
    pub(super) font: Option<u16>,
    /// The font of its other letters.
    pub(super) other_font: Option<u16>,
    /// The font and the code of the symbol that stands for its char.
    pub(super) symbol: Option<(u16, u16)>,
    /// Its character style.
    pub(super) style: Option<u16>,
}

impl CharacterFormat {
    /// Applies a property; toggles refer to `style`, the format without direct properties.
    pub(super) fn apply(&mut self, property: &Property<'_>, style: &Self) {
        let toggled = |of_style: bool| match property.byte() {
            AS_IN_STYLE => of_style,
            NOT_AS_IN_STYLE => !of_style,
            value => value != 0,
        };
        match property.code {
            sprms::BOLD => self.bold = toggled(style.bold),
            sprms::CAPITALS => self.capitals = toggled(style.capitals),
            sprms::SMALL_CAPITALS => self.small_capitals = toggled(style.small_capitals),
            sprms::HIDDEN => self.hidden = toggled(style.hidden),
            sprms::DELETED => self.deleted = property.byte() != 0,
            sprms::SPECIAL => self.special = property.byte() != 0,
            sprms::FONT => self.font = Some(property.short()),
            sprms::OTHER_FONT => self.other_font = Some(property.short()),
            sprms::CHARACTER_STYLE => self.style = Some(property.short()),
            sprms::PLAIN => {
                *self = Self {
                    special: self.special,
                    deleted: self.deleted,
                    symbol: self.symbol,
                    ..*style
                };
            }
            sprms::SYMBOL => {
                self.symbol = u16_at(property.operand, 2).map(|code| (property.short(), code));
                self.special = true;
            }
            sprms::SYMBOL_6 => {
                self.symbol = u8_at(property.operand, 2).map(|code| (property.short(), u16::from(code)));
                self.special = true;
            }
            _ => {}
        }
    }

    /// Returns this format of a paragraph with a character style over it. A toggle that both have set is off.
    pub(super) const fn with_style(self, style: &Self) -> Self {
        Self {
            bold: self.bold != style.bold,
            capitals: self.capitals != style.capitals,
            small_capitals: self.small_capitals != style.small_capitals,
            hidden: self.hidden != style.hidden,
            font: match style.font {
                Some(font) => Some(font),
                None => self.font,
            },
            other_font: match style.other_font {
                Some(font) => Some(font),
                None => self.other_font,
            },
            ..self
        }
    }

    /// Returns true if the run is not printed.
    pub(super) const fn is_out(&self) -> bool {
        self.hidden || self.deleted
    }
}

/// The properties of a paragraph.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct ParagraphFormat {
    /// The index of its style.
    pub(super) style: u16,
    /// The number of the use of a list that counts it; 0 for none.
    pub(super) list: u16,
    /// Its level in that list, from 0.
    pub(super) list_level: Option<u8>,
    /// Its level in the outline, from 1.
    pub(super) level: Option<u8>,
    pub(super) centered: bool,
    pub(super) page_break_before: bool,
    /// True if it is in a table.
    pub(super) in_table: bool,
    /// True if it ends a row.
    pub(super) row_end: bool,
    /// The number of tables that it is in, if the file says so.
    pub(super) depth: u32,
    /// True if it ends a cell of a table in a cell.
    pub(super) inner_cell_end: bool,
    /// True if it ends a row of a table in a cell.
    pub(super) inner_row_end: bool,
}

impl ParagraphFormat {
    /// Applies a property.
    pub(super) fn apply(&mut self, property: &Property<'_>) {
        let is_set = property.byte() != 0;
        match property.code {
            sprms::STYLE => self.style = property.short(),
            sprms::ALIGNMENT | sprms::ALIGNMENT_97 => self.centered = property.byte() == CENTER,
            sprms::PAGE_BREAK_BEFORE => self.page_break_before = is_set,
            sprms::LIST_LEVEL => self.list_level = Some(property.byte()),
            sprms::LIST => self.list = property.short(),
            sprms::IN_TABLE => self.in_table = is_set,
            sprms::ROW_END => self.row_end = is_set,
            sprms::TABLE_DEPTH => self.depth = property.long().min(MAX_DEPTH),
            sprms::TABLE_DEPTH_CHANGE => {
                let depth = self.depth.saturating_add_signed(property.long().cast_signed());
                self.depth = depth.min(MAX_DEPTH);
            }
            sprms::INNER_CELL_END => self.inner_cell_end = is_set,
            sprms::INNER_ROW_END => self.inner_row_end = is_set,
            sprms::OUTLINE_LEVEL => self.level = outline_level(property.byte()),
            _ => {}
        }
    }

    /// Returns the number of tables that the paragraph is in.
    pub(super) fn table_depth(&self) -> u32 {
        self.depth.max(u32::from(self.in_table))
    }
}

/// Returns the level from 1 of an outline level from 0; `None` for body text.
pub(super) const fn outline_level(level: u8) -> Option<u8> {
    if level < BODY_LEVEL { Some(level + 1) } else { None }
}

/// The properties of a stretch of the stream.
#[derive(Clone, Debug, Default)]
pub(super) struct Stretch<'d> {
    /// The offsets of the stretch.
    pub(super) offsets: Range<u32>,
    /// Its list of properties; for paragraphs the index of the style stands before it.
    pub(super) list: &'d [u8],
}

/// The kind of the properties of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PageKind {
    Characters,
    Paragraphs,
}

/// The pages with the properties of all stretches.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pages<'d> {
    stream: &'d [u8],
    plc: Plc<'d>,
    version: Version,
    kind: PageKind,
}

impl<'d> Pages<'d> {
    /// Returns the pages of a kind that the array in `entries` lists ([MS-DOC] 2.8.5 `PlcBteChpx`).
    pub(super) fn new(stream: &'d [u8], entries: &'d [u8], version: Version, kind: PageKind) -> Self {
        let number_bytes = match version {
            Version::Word6 => 2,
            Version::Word97 => 4,
        };
        Self {
            stream,
            plc: Plc::new(entries, number_bytes),
            version,
            kind,
        }
    }

    /// Finds the stretch that holds `offset`.
    pub(super) fn at(&self, offset: u32) -> Option<Stretch<'d>> {
        let entry = self.plc.data(self.plc.find(offset)?)?;
        let number = match self.version {
            Version::Word6 => u32::from(u16_at(entry, 0)?),
            Version::Word97 => u32_at(entry, 0)? & PAGE_NUMBER,
        };
        let page = slice(self.stream, (number as usize).checked_mul(PAGE_BYTES)?, PAGE_BYTES)?;
        let count = usize::from(u8_at(page, PAGE_BYTES - 1)?);
        let entry_bytes = match (self.kind, self.version) {
            (PageKind::Characters, _) => 1,
            (PageKind::Paragraphs, Version::Word6) => 7,
            (PageKind::Paragraphs, Version::Word97) => 13,
        };
        let stretches = Plc::new(page.get(..4 + count * (4 + entry_bytes))?, entry_bytes);
        let index = stretches.find(offset)?;
        let entry = u8_at(stretches.data(index)?, 0)?;
        Some(Stretch {
            offsets: stretches.position(index)?..stretches.position(index + 1)?,
            list: self.list(page, usize::from(entry) * 2).unwrap_or(&[]),
        })
    }

    /// Returns the list of properties at `at` in a page; 0 stands for none.
    fn list(&self, page: &'d [u8], at: usize) -> Option<&'d [u8]> {
        if at == 0 {
            return None;
        }
        let size = usize::from(u8_at(page, at)?);
        match (self.kind, self.version) {
            (PageKind::Characters, _) => slice(page, at + 1, size),
            // Words, the first byte of which is the size.
            (PageKind::Paragraphs, Version::Word97) if size > 0 => slice(page, at + 1, 2 * size - 1),
            (PageKind::Paragraphs, Version::Word97) => slice(page, at + 2, 2 * usize::from(u8_at(page, at + 1)?)),
            (PageKind::Paragraphs, Version::Word6) => slice(page, at + 1, 2 * size),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn toggles_refer_to_the_style() {
        let style = CharacterFormat {
            bold: true,
            ..CharacterFormat::default()
        };
        let rows = [(0, false), (1, true), (0x80, true), (0x81, false)];
        for (value, bold) in rows {
            let mut format = style;
            let operand = [value];
            format.apply(
                &Property {
                    code: sprms::BOLD,
                    operand: &operand,
                },
                &style,
            );
            assert_eq!(format.bold, bold, "{value}");
        }
        assert!(!style.with_style(&style).bold);
    }

    #[test]
    fn a_stretch_of_a_page_is_found() {
        let mut stream = vec![0; 1024];
        for (index, boundary) in [512u32, 520, 540].into_iter().enumerate() {
            stream[512 + 4 * index..516 + 4 * index].copy_from_slice(&boundary.to_le_bytes());
        }
        stream[512 + 13] = 100;
        stream[512 + 200..512 + 204].copy_from_slice(&[3, 0x35, 0x08, 1]);
        stream[1023] = 2;
        let entries: Vec<u8> = [512u32, 540, 1]
            .iter()
            .flat_map(|number| number.to_le_bytes())
            .collect();
        let pages = Pages::new(&stream, &entries, Version::Word97, PageKind::Characters);
        assert_eq!(pages.at(514).unwrap().list, &[] as &[u8]);
        let stretch = pages.at(539).unwrap();
        assert_eq!((stretch.offsets, stretch.list), (520..540, &[0x35, 0x08, 1][..]));
        assert!(pages.at(540).is_none() && pages.at(0).is_none());
    }
}
