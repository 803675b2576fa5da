//! The table of fonts ([MS-DOC] 2.9.286 `SttbfFfn`, 2.9.72 `FFN`) and the symbols of fonts that hold no letters.

use super::bytes::{slice, u8_at, u16_at, utf16_at};
use super::fib::Version;
use super::pieces::narrow_char;
use crate::text::LegacyFont;

/// The most fonts that are read; files of many authors have some hundred.
const MAX_FONTS: usize = 4_096;

/// Offset of the name of a font in its entry.
const NAME_AT_97: usize = 40;
const NAME_AT_6: usize = 6;

/// A font.
#[derive(Clone, Debug, Default)]
pub(super) struct Font {
    pub(super) name: String,
    /// The encoding from before Unicode that it draws.
    pub(super) legacy: Option<LegacyFont>,
}

/// Reads the table of fonts.
pub(super) fn read(table: &[u8], version: Version) -> Vec<Font> {
    let mut at = match version {
        Version::Word97 => 4,
        Version::Word6 => 2,
    };
    let mut fonts = Vec::new();
    while fonts.len() < MAX_FONTS {
        let Some(entry) = u8_at(table, at).and_then(|length| slice(table, at + 1, usize::from(length))) else {
            break;
        };
        at += 1 + entry.len();
        let name = match version {
            Version::Word97 => wide_name(entry),
            Version::Word6 => narrow_name(entry),
        };
        let name = name.unwrap_or_default();
        let legacy = LegacyFont::named(&name);
        fonts.push(Font { name, legacy });
    }
    fonts
}

/// Returns the name in an entry without its first byte, up to its zero.
fn wide_name(entry: &[u8]) -> Option<String> {
    let name = entry.get(NAME_AT_97 - 1..)?;
    let length = (0..name.len() / 2)
        .take_while(|&index| u16_at(name, index * 2) != Some(0))
        .count();
    utf16_at(name, 0, length)
}

/// Returns the name in an entry of Word 6 without its first byte.
fn narrow_name(entry: &[u8]) -> Option<String> {
    let name = entry.get(NAME_AT_6 - 1..)?;
    Some(
        name.iter()
            .take_while(|&&byte| byte != 0)
            .map(|&byte| narrow_char(byte))
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_fonts_of_both_versions() {
        let mut table = vec![1, 0, 0, 0, 39 + 8];
        table.extend([0; 39]);
        table.extend(
            ['V', 'n', 'T', '\0']
                .iter()
                .flat_map(|&char| (char as u16).to_le_bytes()),
        );
        let names = |fonts: Vec<Font>| fonts.into_iter().map(|font| font.name).collect::<Vec<_>>();
        assert_eq!(names(read(&table, Version::Word97)), ["VnT"]);
        assert_eq!(names(read(b"\x0c\0\x09\0\0\0\0\0VnT\0", Version::Word6)), ["VnT"]);
        assert!(read(&[9, 0, 0, 0, 200, 1], Version::Word97).is_empty());
    }
}
