//! Automatic lists and the labels that Word prints for them.
//!
//! A paragraph names the use of a list (LFO, [MS-DOC] 2.9.131), and that names the list (LSTF, 2.9.147), whose levels
//! (LVL, 2.9.150) say how a number is written and what stands around it. All uses of a list count together; a use may
//! set where a level begins, and then counts from there.

use std::collections::{HashMap, HashSet};

use super::bytes::{slice, u8_at, u16_at, u32_at};
use super::fib::Fib;
use crate::corpus::office::numbers::NumberFormat;
use crate::text::ListPlace;

/// Levels of a list.
const LEVELS: usize = 9;

/// Bytes of the fixed parts of a list, a level, a use, and a level that a use changes.
const LIST_BYTES: usize = 28;
const LEVEL_BYTES: usize = 28;
const USE_BYTES: usize = 16;
const CHANGE_BYTES: usize = 8;

/// The most chars of the text of a label; Word writes at most 31 ([MS-DOC] 2.9.150).
const MAX_LABEL_CHARS: usize = 64;

/// The numbers of uses that a paragraph may name; greater ones say that it left its list ([MS-DOC] 2.6.2
/// `sprmPIlfo`).
const MAX_USE: u16 = 0x07fe;

/// The code of a bullet ([MS-OSHARED] 2.2.1.3 `MSONFC`).
const BULLET: u8 = 23;

/// Flags of a level.
const IS_LEGAL: u8 = 1 << 2;
const HAS_RESTART_LIMIT: u8 = 1 << 3;

/// Flags of a level that a use changes.
const CHANGES_START: u32 = 1 << 4;
const CHANGES_LEVEL: u32 = 1 << 5;

/// The lists of a file and their uses.
#[derive(Debug, Default)]
pub(super) struct Lists<'d> {
    lists: Vec<List<'d>>,
    /// For each id of a list its index in `lists`.
    indices: HashMap<u32, usize>,
    uses: Vec<Use<'d>>,
}

/// A list.
#[derive(Clone, Debug)]
struct List<'d> {
    levels: Vec<Level<'d>>,
    /// The style of each level.
    styles: Vec<u16>,
}

/// A level of a list.
#[derive(Clone, Copy, Debug)]
struct Level<'d> {
    start: u32,
    format: NumberFormat,
    is_bullet: bool,
    /// True if the numbers of the levels above are decimal in its label.
    is_legal: bool,
    /// The level is counted from its start again after a level before this one.
    restart_limit: usize,
    /// Its text in UTF-16; a number below [`LEVELS`] stands for the number of that level.
    text: &'d [u8],
    /// The properties of the chars of its label.
    characters: &'d [u8],
}

/// A use of a list.
#[derive(Clone, Debug)]
struct Use<'d> {
    /// The id of the list.
    list: u32,
    changes: Vec<Change<'d>>,
}

/// A level that a use changes.
#[derive(Clone, Copy, Debug)]
struct Change<'d> {
    level: usize,
    start: Option<u32>,
    definition: Option<Level<'d>>,
}

/// The label of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Label<'d> {
    pub(super) text: String,
    pub(super) place: ListPlace,
    /// The properties of its chars.
    pub(super) characters: &'d [u8],
}

/// The numbers that lists have reached in a text.
#[derive(Debug, Default)]
pub(super) struct Counters {
    /// For each list, the number of each level; `None` before the first.
    numbers: HashMap<usize, [Option<u32>; LEVELS]>,
    /// The uses that were met.
    met: HashSet<u16>,
}

impl<'d> Lists<'d> {
    /// Reads the lists. What is damaged is left out.
    pub(super) fn read(fib: &Fib, table: &'d [u8]) -> Self {
        let mut lists = Self::default();
        lists.read_lists(fib.places.lists.of(table), fib.places.lists.after(table));
        lists.read_uses(fib.places.list_uses.from(table));
        lists
    }

    /// Reads the lists, whose levels follow all of them.
    fn read_lists(&mut self, heads: &'d [u8], mut levels: &'d [u8]) -> Option<()> {
        for index in 0..usize::from(u16_at(heads, 0)?) {
            let head = slice(heads, 2 + index * LIST_BYTES, LIST_BYTES)?;
            let is_simple = u8_at(head, 26)? & 1 != 0;
            let mut list = List {
                levels: Vec::new(),
                styles: (0..LEVELS).filter_map(|level| u16_at(head, 8 + 2 * level)).collect(),
            };
            for _ in 0..if is_simple { 1 } else { LEVELS } {
                let (level, rest) = Level::read(levels)?;
                list.levels.push(level);
                levels = rest;
            }
            self.indices.insert(u32_at(head, 0)?, self.lists.len());
            self.lists.push(list);
        }
        Some(())
    }

    /// Reads the uses ([MS-DOC] 2.9.182 `PlfLfo`): all heads, then the changes of each.
    fn read_uses(&mut self, table: &'d [u8]) -> Option<()> {
        let count = (u32_at(table, 0)? as usize).min(usize::from(MAX_USE));
        for index in 0..count {
            let head = slice(table, 4 + index * USE_BYTES, USE_BYTES)?;
            self.uses.push(Use {
                list: u32_at(head, 0)?,
                changes: Vec::new(),
            });
        }
        let mut changes = table.get(4 + count * USE_BYTES..)?;
        for index in 0..count {
            let number = u8_at(table, 4 + index * USE_BYTES + 12)?;
            // A position that means nothing.
            changes = changes.get(4..)?;
            for _ in 0..number {
                let flags = u32_at(changes, 4)?;
                let mut change = Change {
                    level: (flags & 0xf) as usize,
                    start: (flags & CHANGES_START != 0).then_some(u32_at(changes, 0)?),
                    definition: None,
                };
                changes = changes.get(CHANGE_BYTES..)?;
                if flags & CHANGES_LEVEL != 0 {
                    let (level, rest) = Level::read(changes)?;
                    change.definition = Some(level);
                    change.start = change.start.map(|_| level.start);
                    changes = rest;
                }
                self.uses.get_mut(index)?.changes.push(change);
            }
        }
        Some(())
    }

    /// Returns the label of the next paragraph of a use of a list. `level`: its level, if the paragraph or its style says
    /// so; else the level that belongs to its style.
    pub(super) fn label(
        &self,
        counters: &mut Counters,
        number: u16,
        level: Option<u8>,
        style: u16,
    ) -> Option<Label<'d>> {
        if number == 0 || number > MAX_USE {
            return None;
        }
        let used = self.uses.get(usize::from(number) - 1)?;
        let index = *self.indices.get(&used.list)?;
        let list = self.lists.get(index)?;
        let of_style = || list.styles.iter().position(|&of_level| of_level == style && style != 0);
        let depth = level.map(usize::from).or_else(of_style).unwrap_or(0).min(LEVELS - 1);
        let numbers = counters.numbers.entry(index).or_default();
        if counters.met.insert(number) {
            for change in used.changes.iter().filter(|change| change.start.is_some()) {
                if let Some(number) = numbers.get_mut(change.level) {
                    *number = None;
                }
            }
        }
        // A level that was passed over counts as begun: `IV.1.1.` without an `IV.1.` before it is followed by `IV.2.`.
        for (higher, number) in numbers.iter_mut().enumerate().take(depth) {
            let start = used.level(list, higher).map(|(_, start)| start);
            *number = number.or(start);
        }
        let (definition, start) = used.level(list, depth)?;
        let reached = numbers.get_mut(depth)?;
        *reached = Some(reached.map_or(start, |number| number.saturating_add(1)));
        for (deeper, number) in numbers.iter_mut().enumerate().skip(depth + 1) {
            if used
                .level(list, deeper)
                .is_some_and(|(level, _)| depth < level.restart_limit.min(deeper))
            {
                *number = None;
            }
        }
        Some(Label {
            text: used.write(list, definition, numbers),
            place: ListPlace {
                list: u32::try_from(index).ok()?,
                depth: u8::try_from(depth).ok()?,
            },
            characters: definition.characters,
        })
    }
}

impl<'d> Use<'d> {
    /// Returns a level and the number that it begins with.
    fn level<'l>(&'l self, list: &'l List<'d>, depth: usize) -> Option<(&'l Level<'d>, u32)> {
        // A list of one level has it at every depth.
        let level = list.levels.get(depth).or_else(|| list.levels.first())?;
        let change = self.changes.iter().find(|change| change.level == depth);
        let definition = change.and_then(|change| change.definition.as_ref()).unwrap_or(level);
        let start = change.and_then(|change| change.start).unwrap_or(definition.start);
        Some((definition, start))
    }

    /// Writes the label of a level.
    fn write(&self, list: &List<'d>, level: &Level<'d>, numbers: &[Option<u32>; LEVELS]) -> String {
        let units = (0..level.text.len() / 2).filter_map(|index| u16_at(level.text, index * 2));
        let mut text = String::new();
        for char in char::decode_utf16(units) {
            let char = char.unwrap_or('\u{fffd}');
            let depth = char as usize;
            if depth >= LEVELS || level.is_bullet {
                text.push(char);
            } else if let Some((counted, start)) = self.level(list, depth) {
                let number = numbers.get(depth).copied().flatten().unwrap_or(start);
                let is_decimal = level.is_legal && counted.format != NumberFormat::Hidden;
                let format = if is_decimal {
                    NumberFormat::Decimal
                } else {
                    counted.format
                };
                text.push_str(&format.write(number));
            }
        }
        text
    }
}

impl<'d> Level<'d> {
    /// Reads a level; also returns what follows it.
    fn read(bytes: &'d [u8]) -> Option<(Self, &'d [u8])> {
        let head = slice(bytes, 0, LEVEL_BYTES)?;
        let (kind, flags) = (u8_at(head, 4)?, u8_at(head, 5)?);
        let character_bytes = usize::from(u8_at(head, 24)?);
        let paragraph_bytes = usize::from(u8_at(head, 25)?);
        let text_at = LEVEL_BYTES + paragraph_bytes + character_bytes;
        let units = usize::from(u16_at(bytes, text_at)?);
        let text = slice(bytes, text_at + 2, 2 * units)?;
        let level = Self {
            start: u32_at(head, 0)?,
            format: number_format(kind),
            is_bullet: kind == BULLET,
            is_legal: flags & IS_LEGAL != 0,
            restart_limit: if flags & HAS_RESTART_LIMIT != 0 {
                usize::from(u8_at(head, 26)?)
            } else {
                LEVELS
            },
            text: text.get(..2 * MAX_LABEL_CHARS).unwrap_or(text),
            characters: slice(bytes, LEVEL_BYTES + paragraph_bytes, character_bytes)?,
        };
        Some((level, bytes.get(text_at + 2 + 2 * units..)?))
    }
}

/// Returns the way of writing numbers that a code means ([MS-OSHARED] 2.2.1.3 `MSONFC`).
pub(super) const fn number_format(code: u8) -> NumberFormat {
    match code {
        1 => NumberFormat::UpperRoman,
        2 => NumberFormat::LowerRoman,
        3 => NumberFormat::UpperLetter,
        4 => NumberFormat::LowerLetter,
        9 => NumberFormat::Chicago,
        22 => NumberFormat::PaddedDecimal,
        255 => NumberFormat::Hidden,
        _ => NumberFormat::Decimal,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the bytes of a level: start, code of the format, flags, restart limit and text.
    fn level(start: u32, code: u8, flags: u8, limit: u8, text: &str) -> Vec<u8> {
        let mut bytes = start.to_le_bytes().to_vec();
        bytes.extend([code, flags]);
        bytes.resize(26, 0);
        bytes.extend([limit, 0]);
        bytes.extend((text.len() as u16).to_le_bytes());
        bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        bytes
    }

    /// Returns lists with one list of these levels (nine, or one) and uses with these changes, each with the bytes after
    /// its head.
    fn lists(levels: Vec<Vec<u8>>, uses: &[&[Vec<u8>]]) -> Lists<'static> {
        let mut heads = 1u16.to_le_bytes().to_vec();
        heads.extend(77u32.to_le_bytes());
        heads.resize(2 + 26, 0);
        heads.extend([u8::from(levels.len() == 1), 0]);
        let mut table = (uses.len() as u32).to_le_bytes().to_vec();
        for changes in uses {
            table.extend(77u32.to_le_bytes());
            table.extend([0; 8]);
            table.extend([changes.len() as u8, 0, 0, 0]);
        }
        for changes in uses {
            table.extend([255; 4]);
            table.extend(changes.concat());
        }
        let mut lists = Lists::default();
        lists.read_lists(heads.leak(), levels.concat().leak()).unwrap();
        lists.read_uses(table.leak()).unwrap();
        lists
    }

    /// Returns the levels of a plan: `I.`, `1.`, `1.1.`, `a)`, and five of nothing.
    fn plan() -> Vec<Vec<u8>> {
        let mut levels = vec![
            level(1, 1, 0, 0, "\0."),
            level(1, 0, 0, 0, "\u{1}."),
            level(1, 0, 0, 0, "\u{1}.\u{2}."),
            level(1, 4, 0, 0, "\u{3})"),
        ];
        levels.resize(LEVELS, level(1, 255, 0, 0, ""));
        levels
    }

    /// Returns the labels of paragraphs, each with its use and level.
    fn labels(lists: &Lists<'_>, paragraphs: &[(u16, u8)]) -> Vec<String> {
        let mut counters = Counters::default();
        let label = |&(number, level): &(u16, u8)| lists.label(&mut counters, number, Some(level), 0);
        paragraphs
            .iter()
            .map(label)
            .map(|label| label.map_or_else(String::new, |label| label.text))
            .collect()
    }

    #[test]
    fn deeper_levels_begin_again_after_a_higher_one() {
        let lists = lists(plan(), &[&[]]);
        let paragraphs = [0, 1, 2, 2, 1, 2, 3, 3, 0, 1, 3].map(|level| (1, level));
        let expected = ["I.", "1.", "1.1.", "1.2.", "2.", "2.1.", "a)", "b)", "II.", "1.", "a)"];
        assert_eq!(labels(&lists, &paragraphs), expected);
    }

    #[test]
    fn a_level_that_was_passed_over_counts_as_begun() {
        let lists = lists(plan(), &[&[]]);
        assert_eq!(labels(&lists, &[(1, 0), (1, 2), (1, 1)]), ["I.", "1.1.", "2."]);
    }

    #[test]
    fn a_use_that_sets_a_start_counts_from_there() {
        let change = |start: u32| [start.to_le_bytes(), CHANGES_START.to_le_bytes()].concat();
        let lists = lists(plan(), &[&[], &[change(1)], &[change(7)]]);
        let paragraphs = [(1, 0), (1, 0), (2, 0), (2, 0), (1, 0), (3, 0), (3, 0)];
        assert_eq!(
            labels(&lists, &paragraphs),
            ["I.", "II.", "I.", "II.", "III.", "VII.", "VIII."]
        );
    }

    #[test]
    fn a_level_may_go_on_after_a_higher_one_and_print_decimal_numbers() {
        let mut levels = plan();
        levels[1] = level(1, 0, HAS_RESTART_LIMIT, 0, "\u{110}i\u{1ec1}u \u{1}");
        levels[2] = level(1, 0, IS_LEGAL, 0, "\0.\u{2}");
        // The text has six chars, more bytes.
        levels[1].splice(28..30, 6u16.to_le_bytes());
        let lists = lists(levels, &[&[]]);
        let paragraphs = [0, 1, 0, 1, 2].map(|level| (1, level));
        assert_eq!(labels(&lists, &paragraphs), ["I.", "Điều 1", "II.", "Điều 2", "2.1"]);
    }

    #[test]
    fn paragraphs_outside_lists_have_no_label() {
        let lists = lists(vec![level(1, 23, 0, 0, "-")], &[&[]]);
        assert_eq!(
            labels(&lists, &[(0, 0), (2, 0), (0xf801, 0), (1, 0), (1, 5)]),
            ["", "", "", "-", "-"]
        );
    }
}
