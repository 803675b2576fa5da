//! The style sheet ([MS-DOC] 2.9.271 `STSH`, 2.9.260 `STD`): the formats of paragraphs and characters by style.

use super::bytes::{slice, u8_at, u16_at};
use super::fib::Version;
use super::formats::{CharacterFormat, ParagraphFormat};
use super::sprms::properties;

/// The most styles that one may be based on; Word allows 11.
const MAX_BASES: usize = 16;

/// The index of a style that stands for none.
const NO_STYLE: u16 = 0x0fff;

/// Kinds of styles.
const PARAGRAPH_KIND: u16 = 1;
const CHARACTER_KIND: u16 = 2;

/// The built-in styles "heading 1" to "heading 9", whose level in the outline needs no property.
const HEADINGS: std::ops::RangeInclusive<u16> = 1..=9;

/// A style with all that it inherits.
#[derive(Clone, Debug, Default)]
pub(super) struct Style {
    pub(super) paragraph: ParagraphFormat,
    pub(super) character: CharacterFormat,
}

/// The style sheet.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: Vec<Style>,
    /// The font of text whose styles name none.
    pub(super) default_font: u16,
}

/// A style as it is stored.
#[derive(Clone, Copy, Default)]
struct Stored<'d> {
    built_in: u16,
    kind: u16,
    base: Option<usize>,
    paragraph: &'d [u8],
    character: &'d [u8],
}

impl Styles {
    /// Reads the style sheet. What is damaged is left out.
    pub(super) fn read(sheet: &[u8], version: Version) -> Self {
        let head_bytes = usize::from(u16_at(sheet, 0).unwrap_or(0));
        let count = usize::from(u16_at(sheet, 2).unwrap_or(0));
        let base_bytes = usize::from(u16_at(sheet, 4).unwrap_or(0));
        let default_font = u16_at(sheet, 14).filter(|_| head_bytes >= 14).unwrap_or(0);
        let mut stored = Vec::new();
        let mut at = 2 + head_bytes;
        while stored.len() < count {
            let Some(length) = u16_at(sheet, at).map(usize::from) else {
                break;
            };
            let style = slice(sheet, at + 2, length).unwrap_or(&[]);
            stored.push(Stored::read(style, base_bytes, version).unwrap_or_default());
            // Styles begin at even offsets.
            at += 2 + length + length % 2;
        }
        let styles = (0..stored.len())
            .map(|index| resolve(&stored, index, version))
            .collect();
        Self { styles, default_font }
    }

    /// Returns the style with this index.
    pub(super) fn at(&self, index: u16) -> Option<&Style> {
        self.styles.get(usize::from(index))
    }
}

impl<'d> Stored<'d> {
    /// Reads a style, whose fixed part has `base_bytes`.
    fn read(style: &'d [u8], base_bytes: usize, version: Version) -> Option<Self> {
        let (kind, base) = (u16_at(style, 2)? & 0xf, u16_at(style, 2)? >> 4);
        let mut stored = Self {
            built_in: u16_at(style, 0)? & 0xfff,
            kind,
            base: (base != NO_STYLE).then_some(usize::from(base)),
            ..Self::default()
        };
        // The name with its length before it and a zero after it.
        let mut at = base_bytes
            + match version {
                Version::Word6 => usize::from(u8_at(style, base_bytes)?) + 2,
                Version::Word97 => 2 * usize::from(u16_at(style, base_bytes)?) + 4,
            };
        let mut lists = std::iter::from_fn(|| {
            at += at % 2;
            let list = slice(style, at + 2, usize::from(u16_at(style, at)?))?;
            at += 2 + list.len();
            Some(list)
        });
        match kind {
            PARAGRAPH_KIND => {
                // The index of the style itself stands before its properties.
                stored.paragraph = lists.next().and_then(|list| list.get(2..)).unwrap_or(&[]);
                stored.character = lists.next().unwrap_or(&[]);
            }
            CHARACTER_KIND => stored.character = lists.next().unwrap_or(&[]),
            _ => {}
        }
        Some(stored)
    }
}

/// Returns the style at `index` with all that it inherits.
fn resolve(stored: &[Stored<'_>], index: usize, version: Version) -> Style {
    let mut chain = Vec::new();
    let mut next = Some(index);
    while let Some((index, style)) = next.and_then(|index| Some((index, stored.get(index)?))) {
        if chain.len() == MAX_BASES || chain.contains(&index) {
            break;
        }
        chain.push(index);
        next = style.base;
    }
    let mut style = Style::default();
    for stored in chain.iter().rev().filter_map(|&index| stored.get(index)) {
        if stored.kind == PARAGRAPH_KIND && HEADINGS.contains(&stored.built_in) {
            style.paragraph.level = u8::try_from(stored.built_in).ok();
        }
        for property in properties(version, stored.paragraph) {
            style.paragraph.apply(&property);
        }
        let base = style.character;
        for property in properties(version, stored.character) {
            style.character.apply(&property, &base);
        }
    }
    style
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns a stored style: its built-in number, kind, base and lists of properties.
    fn style(built_in: u16, kind: u16, base: u16, lists: &[&[u8]]) -> Vec<u8> {
        let mut bytes = Vec::new();
        for number in [built_in, kind | base << 4, 0, 0, 0, 1, u16::from(b'x'), 0] {
            bytes.extend(number.to_le_bytes());
        }
        for list in lists {
            bytes.extend((list.len() as u16).to_le_bytes());
            bytes.extend(*list);
            bytes.resize(bytes.len().next_multiple_of(2), 0);
        }
        bytes
    }

    /// Returns a sheet of these styles.
    fn sheet(styles: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = Vec::new();
        for number in [18, styles.len() as u16, 10, 0, 0, 0, 0, 3, 3, 3] {
            bytes.extend(number.to_le_bytes());
        }
        for style in styles {
            bytes.extend((style.len() as u16).to_le_bytes());
            bytes.extend(style);
        }
        bytes
    }

    #[test]
    fn styles_inherit_levels_lists_and_looks() {
        let styles = Styles::read(
            &sheet(&[
                style(0, 1, 0xfff, &[&[0, 0], &[]]),
                style(1, 1, 0, &[&[1, 0, 0x0b, 0x46, 4, 0], &[0x35, 0x08, 1]]),
                style(0xffe, 1, 1, &[&[2, 0, 0x61, 0x24, 1], &[0x4f, 0x4a, 7, 0]]),
            ]),
            Version::Word97,
        );
        let child = styles.at(2).unwrap();
        assert_eq!(
            (child.paragraph.level, child.paragraph.list, child.paragraph.centered),
            (Some(1), 4, true)
        );
        assert_eq!((child.character.bold, child.character.font), (true, Some(7)));
        assert_eq!(styles.default_font, 3);
        assert!(styles.at(3).is_none());
    }

    #[test]
    fn styles_based_on_each_other_end() {
        let styles = Styles::read(
            &sheet(&[style(1, 1, 1, &[&[0, 0]]), style(2, 1, 0, &[&[0, 0]])]),
            Version::Word97,
        );
        assert_eq!(styles.at(0).unwrap().paragraph.level, Some(1));
    }
}
