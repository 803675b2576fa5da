//! Fields: the instructions of a field are not printed, its result is ([MS-DOC] 2.8.25 `PlcFld`).

use std::ops::Range;

use super::pieces::Unit;

/// The chars that begin a field, end its instructions, and end the field.
const BEGIN: u16 = 0x13;
const SEPARATOR: u16 = 0x14;
const END: u16 = 0x15;

/// The positions of a text that are instructions of fields.
#[derive(Debug, Default)]
pub(super) struct Instructions {
    /// Ranges that do not overlap, in order.
    ranges: Vec<Range<u32>>,
    /// The first range that may hold a position to come.
    next: usize,
}

impl Instructions {
    /// Finds the instructions in a text. A field that does not end has none: its text would be lost.
    pub(super) fn find(units: impl Iterator<Item = Unit>) -> Self {
        let mut open: Vec<(u32, Option<u32>)> = Vec::new();
        let mut found: Vec<Range<u32>> = Vec::new();
        for unit in units {
            match unit.code {
                BEGIN => open.push((unit.position, None)),
                SEPARATOR => {
                    if let Some((_, separator)) = open.last_mut() {
                        separator.get_or_insert(unit.position);
                    }
                }
                END => {
                    if let Some((begin, separator)) = open.pop() {
                        found.push(begin..separator.unwrap_or(unit.position));
                    }
                }
                _ => {}
            }
        }
        found.sort_by_key(|range| range.start);
        let mut ranges: Vec<Range<u32>> = Vec::new();
        for range in found {
            match ranges.last_mut() {
                Some(last) if range.start < last.end => last.end = last.end.max(range.end),
                _ => ranges.push(range),
            }
        }
        Self { ranges, next: 0 }
    }

    /// Returns true if the char at `position` belongs to an instruction. Positions must be asked in order.
    pub(super) fn hold(&mut self, position: u32) -> bool {
        while self.ranges.get(self.next).is_some_and(|range| range.end <= position) {
            self.next += 1;
        }
        self.ranges
            .get(self.next)
            .is_some_and(|range| range.contains(&position))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the chars of `text` that are no instructions.
    fn printed(text: &str) -> String {
        let units = text.encode_utf16().enumerate().map(|(position, code)| Unit {
            position: position as u32,
            offset: 0,
            piece: 0,
            code,
        });
        let mut instructions = Instructions::find(units);
        let printed = text.char_indices().filter(|(at, _)| !instructions.hold(*at as u32));
        printed
            .map(|(_, char)| char)
            .filter(|char| !char.is_control())
            .collect()
    }

    #[test]
    fn results_are_printed_and_instructions_are_not() {
        assert_eq!(printed("a\u{13}PAGE\u{14}7\u{15}b\u{13}XE\u{15}c"), "a7bc");
        assert_eq!(
            printed("\u{13}IF \u{13}X\u{14}no\u{15} a\u{14}b\u{13}Y\u{14}c\u{15}\u{15}d"),
            "bcd"
        );
        assert_eq!(printed("a\u{13}b\u{14}c \u{15}\u{15} d"), "ac  d");
        assert_eq!(printed("a\u{13}b"), "ab");
    }
}
