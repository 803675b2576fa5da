//! Text boxes: their texts, and the places of the main text that they are anchored to.
//!
//! The array of texts ([MS-DOC] 2.8.32 `PlcftxbxTxt`) names the shape of each; the array of anchors (2.8.37 `PlcfSpa`)
//! names the shape at each place. A shape in a group is anchored as the group, which the drawings tell ([MS-ODRAW]
//! 2.2.16 `OfficeArtSpgrContainer`).

use std::collections::HashMap;
use std::ops::Range;

use super::bytes::{Plc, slice, u8_at, u16_at, u32_at};
use super::fib::Fib;

/// Bytes of an anchor and of the data of a text.
const ANCHOR_BYTES: usize = 26;
const TEXT_BYTES: usize = 22;

/// Kinds of records of drawings.
const DRAWING: u16 = 0xf002;
const GROUP: u16 = 0xf003;
const SHAPE: u16 = 0xf004;
const SHAPE_NUMBER: u16 = 0xf00a;

/// Bytes of the head of a record.
const HEAD_BYTES: usize = 8;

/// The deepest group in a group that is read.
const MAX_DEPTH: usize = 16;

/// A text box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TextBox {
    /// The position in the main text that it is anchored to; [`u32::MAX`] if none is known.
    pub(super) anchor: u32,
    /// The positions of its text.
    pub(super) text: Range<u32>,
}

/// Reads the text boxes, in the order of their anchors.
pub(super) fn read(fib: &Fib, table: &[u8]) -> Vec<TextBox> {
    let (places, lengths) = (&fib.places, &fib.lengths);
    let start = [lengths.footnotes, lengths.headers, lengths.comments, lengths.endnotes]
        .into_iter()
        .fold(lengths.main, u32::saturating_add);
    let end = start.saturating_add(lengths.boxes);
    let anchors = Plc::new(places.shapes.of(table), ANCHOR_BYTES);
    let anchors: HashMap<u32, u32> = (0..anchors.len())
        .filter_map(|index| Some((u32_at(anchors.data(index)?, 0)?, anchors.position(index)?)))
        .collect();
    let groups = groups(places.drawings.of(table));
    let texts = Plc::new(places.boxes.of(table), TEXT_BYTES);
    let mut boxes = Vec::new();
    let mut end_before = start;
    for index in 0..texts.len() {
        let text = |index| Some(start.saturating_add(texts.position(index)?).min(end));
        let (Some(data), Some(from), Some(to)) = (texts.data(index), text(index), text(index + 1)) else {
            break;
        };
        // Texts that overlap would be read again and again.
        let from = from.max(end_before);
        end_before = to.max(from);
        let (is_unused, shape) = (u16_at(data, 8) != Some(0), u32_at(data, 14).unwrap_or(0));
        if is_unused || from == end_before {
            continue;
        }
        let anchor = anchors.get(&shape).or_else(|| anchors.get(groups.get(&shape)?));
        boxes.push(TextBox {
            anchor: anchor.copied().unwrap_or(u32::MAX),
            text: from..end_before,
        });
    }
    boxes.sort_by_key(|found| found.anchor);
    boxes
}

/// Returns for each shape in a group the shape that is the outermost group.
fn groups(drawings: &[u8]) -> HashMap<u32, u32> {
    let mut groups = HashMap::new();
    // The first record is common to all drawings; a byte stands before each drawing.
    let mut rest = record(drawings).map_or(&[][..], |(_, _, rest)| rest);
    while let Some((DRAWING, drawing, after)) = rest.get(1..).and_then(record) {
        collect(drawing, 0, None, &mut groups);
        rest = after;
    }
    groups
}

/// Collects the shapes of the groups among `records`, which lie in `group`.
fn collect(records: &[u8], depth: usize, group: Option<u32>, groups: &mut HashMap<u32, u32>) {
    let mut rest = records;
    while let Some((kind, content, after)) = record(rest) {
        rest = after;
        match kind {
            GROUP if depth < MAX_DEPTH => {
                // The first shape of a group is the group itself. All shapes of a drawing lie in one group more.
                let own = record(content).and_then(|(_, shape, _)| shape_number(shape));
                let outer = group.or_else(|| own.filter(|_| depth > 0));
                collect(content, depth + 1, outer, groups);
            }
            SHAPE => {
                if let (Some(group), Some(shape)) = (group, shape_number(content)) {
                    groups.insert(shape, group);
                }
            }
            _ => {}
        }
    }
}

/// Returns the number of a shape, given the records in it.
fn shape_number(mut records: &[u8]) -> Option<u32> {
    loop {
        let (kind, content, after) = record(records)?;
        if kind == SHAPE_NUMBER {
            return u32_at(content, 0);
        }
        records = after;
    }
}

/// Returns the kind and content of the first record, and what follows it.
fn record(bytes: &[u8]) -> Option<(u16, &[u8], &[u8])> {
    u8_at(bytes, 0)?;
    let (kind, length) = (u16_at(bytes, 2)?, u32_at(bytes, 4)? as usize);
    let content = slice(bytes, HEAD_BYTES, length)?;
    Some((kind, content, bytes.get(HEAD_BYTES + length..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns a record.
    fn made(kind: u16, content: &[u8]) -> Vec<u8> {
        let mut bytes = vec![0, 0];
        bytes.extend(kind.to_le_bytes());
        bytes.extend((content.len() as u32).to_le_bytes());
        bytes.extend(content);
        bytes
    }

    /// Returns a shape with this number.
    fn shape(number: u32) -> Vec<u8> {
        made(SHAPE, &made(SHAPE_NUMBER, &number.to_le_bytes()))
    }

    #[test]
    fn shapes_belong_to_their_outermost_group() {
        let inner = made(GROUP, &[shape(20), shape(21)].concat());
        let group = made(GROUP, &[shape(10), shape(11), inner].concat());
        let all = made(GROUP, &[shape(1), shape(2), group].concat());
        let drawings = [made(0xf000, &[]), vec![0], made(DRAWING, &all)].concat();
        let groups = groups(&drawings);
        let of = |shape| groups.get(&shape).copied();
        assert_eq!([2, 11, 21].map(of), [None, Some(10), Some(10)]);
    }

    #[test]
    fn groups_in_groups_without_end_are_left() {
        let deep = (0..10_000).fold(shape(1), |inner, _| made(GROUP, &inner));
        assert!(groups(&[made(0xf000, &[]), vec![0], made(DRAWING, &deep)].concat()).len() <= 1);
    }
}
