//! Encodings of Vietnamese from before Unicode, as the fonts of documents show them.
//!
//! A document set in `.VnTime` or `VNI-Times` holds the letters of another code page: `®¶ng ñy` is drawn as `Đảng ủy`.
//! The name of the font tells which one. `code_page.rs` has a table for each encoding and converts by it.

mod code_page;
mod source_letters;

use serde::{Deserialize, Serialize};

use super::named;
use code_page::{CodePage, TCVN3, VNI};
pub use source_letters::SourceLetters;

named! {
    /// The encoding of the text of a file.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
    #[serde(rename_all = "kebab-case")]
    pub enum Encoding {
        /// UTF-8.
        #[serde(rename = "utf-8")]
        Utf8 = "utf-8",
        /// TCVN 5712, the code page of ABC fonts.
        Tcvn3 = "tcvn3",
        /// VNI for Windows.
        Vni = "vni",
    }
}

impl Encoding {
    /// Returns the table of its letters; `None` for Unicode.
    const fn code_page(self) -> Option<&'static CodePage> {
        match self {
            Self::Utf8 => None,
            Self::Tcvn3 => Some(&TCVN3),
            Self::Vni => Some(&VNI),
        }
    }
}

/// The beginnings of the names of fonts that draw an encoding, in small letters: the ABC fonts (`.VnTime`, `.VnArialH`)
/// and those of VNI (`VNI-Times`, `VNI-Helve-Condense`).
const FONT_FAMILIES: [(&str, Encoding); 3] = [
    (".vn", Encoding::Tcvn3),
    ("vni-", Encoding::Vni),
    ("vni ", Encoding::Vni),
];

/// The styles that may follow the name of a font, in small letters: `.VnTimeH,Bold`.
const FONT_STYLES: [&str; 5] = ["bold", "italic", "oblique", "regular", "normal"];

/// A font that draws the letters of an encoding from before Unicode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LegacyFont {
    /// The encoding of its letters.
    pub encoding: Encoding,
    /// True if it draws small letters as capitals, as `.VnTimeH` does.
    pub capitals: bool,
}

impl LegacyFont {
    /// Returns the encoding that a font of this name draws; `None` for a font of Unicode.
    ///
    /// The name may stand in quotes, and after the tag of a subset (`ABCDEF+.VnTime`).
    ///
    /// ```
    /// use vankien::text::{Encoding, LegacyFont};
    /// let font = LegacyFont::named(".VnTimeH").unwrap();
    /// assert_eq!((font.encoding, font.capitals), (Encoding::Tcvn3, true));
    /// assert_eq!(font.decode("®¶ng ñy"), "ĐẢNG ỦY");
    /// assert_eq!(LegacyFont::named("Times New Roman"), None);
    /// ```
    #[must_use]
    pub fn named(font: &str) -> Option<Self> {
        let font = font.trim_matches(|char: char| char.is_whitespace() || matches!(char, '"' | '\''));
        let name = match font.split_once('+') {
            Some((tag, name)) if tag.len() == 6 && tag.bytes().all(|byte| byte.is_ascii_uppercase()) => name,
            _ => font,
        };
        let name = name.to_ascii_lowercase();
        let &(_, encoding) = FONT_FAMILIES.iter().find(|(family, _)| name.starts_with(family))?;
        let capitals = encoding == Encoding::Tcvn3 && without_styles(&name).ends_with('h');
        Some(Self { encoding, capitals })
    }

    /// Returns what the font draws for `text`, whose chars stand for the bytes of the encoding (Latin-1 or
    /// windows-1252).
    ///
    /// Letters of Unicode that no code page has stay as they are. So do the words around them that could be of either
    /// kind: people paste text of Unicode into a paragraph that is set in an old font.
    ///
    /// ```
    /// use vankien::text::LegacyFont;
    /// let font = LegacyFont::named("VNI-Times").unwrap();
    /// assert_eq!(font.decode("Ñaûng uûy xaõ"), "Đảng ủy xã");
    /// ```
    #[must_use]
    pub fn decode(self, text: &str) -> String {
        let Some(page) = self.encoding.code_page() else {
            return text.to_owned();
        };
        let decoded = page.decode(text);
        if self.capitals { decoded.to_uppercase() } else { decoded }
    }
}

/// Returns the name of a font without the styles at its end.
fn without_styles(name: &str) -> &str {
    let mut rest = name;
    loop {
        let trimmed = rest.trim_end_matches([',', '-', ' ']);
        match FONT_STYLES.iter().find_map(|style| trimmed.strip_suffix(style)) {
            Some(shorter) => rest = shorter,
            None => return trimmed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_font_tells_its_encoding() {
        let rows = [
            (".VnTime", Some((Encoding::Tcvn3, false))),
            (".VnTimeH", Some((Encoding::Tcvn3, true))),
            (".VNTIMEH", Some((Encoding::Tcvn3, true))),
            (" \".VnArial NarrowH\" ", Some((Encoding::Tcvn3, true))),
            ("ABCDEF+.VnTimeH,BoldItalic", Some((Encoding::Tcvn3, true))),
            (".VnTime-Bold", Some((Encoding::Tcvn3, false))),
            (".VnShelley Allegro", Some((Encoding::Tcvn3, false))),
            ("VNI-Times", Some((Encoding::Vni, false))),
            ("VNI-Swiss-Condense", Some((Encoding::Vni, false))),
            ("VNI-Souvenir-Th", Some((Encoding::Vni, false))),
            ("vni-helve", Some((Encoding::Vni, false))),
            ("Times New Roman", None),
            ("UVN Bach Tuyet", None),
            ("Vni", None),
            ("VnExpress", None),
            ("", None),
        ];
        for (name, expected) in rows {
            let font = LegacyFont::named(name);
            assert_eq!(font.map(|font| (font.encoding, font.capitals)), expected, "{name}");
        }
    }

    #[test]
    fn a_font_of_capitals_draws_capitals() {
        let font = LegacyFont::named(".VnTimeH").unwrap();
        assert_eq!(font.decode("®¶ng bé tØnh, Sè 05-NQ/TU"), "ĐẢNG BỘ TỈNH, SỐ 05-NQ/TU");
        assert_eq!(font.decode("§¶NG ñy TØNH"), "ĐẢNG ỦY TỈNH");
        assert_eq!(font.decode("Đảng bộ"), "ĐẢNG BỘ");
    }
}
