//! Encodings of Vietnamese from before Unicode, told by the fonts of documents or by the text itself.
//!
//! A document set in `.VnTime` or `VNI-Times` holds the letters of another code page: `®¶ng ñy` is drawn as `Đảng ủy`.
//! The name of the font tells which one ([`LegacyFont`]), or the syllables that come out ([`converted_lines`]).
//! `code_page.rs` converts by the tables of `tables.rs`, `viqr.rs` reads Vietnamese in ASCII, and `capitals.rs` finds
//! the capitals that TCVN3 lacks.

mod capitals;
mod code_page;
mod legacy_text;
mod source_letters;
mod tables;
mod viqr;

use serde::{Deserialize, Serialize};

use super::named;
use code_page::CodePage;
pub use legacy_text::{ConvertedLine, converted_lines, may_be_legacy};
pub use source_letters::SourceLetters;
pub(crate) use source_letters::most_frequent;
use tables::{CP1258, TCVN3, VISCII, VNI};
pub use viqr::SyllableCost;

named! {
    /// The encoding of the text of a file.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
    #[serde(rename_all = "kebab-case")]
    pub enum Encoding {
        /// UTF-8.
        #[serde(rename = "utf-8")]
        Utf8 = "utf-8",
        /// UTF-16 of either byte order.
        #[serde(rename = "utf-16")]
        Utf16 = "utf-16",
        /// TCVN 5712, the code page of ABC fonts.
        Tcvn3 = "tcvn3",
        /// VNI for Windows.
        Vni = "vni",
        /// VISCII.
        Viscii = "viscii",
        /// The code page windows-1258.
        Cp1258 = "cp1258",
        /// Vietnamese in ASCII.
        Viqr = "viqr",
    }
}

impl Encoding {
    /// Returns the table of its letters; `None` for Unicode and for VIQR.
    const fn code_page(self) -> Option<&'static CodePage> {
        match self {
            Self::Utf8 | Self::Utf16 | Self::Viqr => None,
            Self::Tcvn3 => Some(&TCVN3),
            Self::Vni => Some(&VNI),
            Self::Viscii => Some(&VISCII),
            Self::Cp1258 => Some(&CP1258),
        }
    }

    /// Converts `text`, whose chars stand for the bytes of the encoding (Latin-1 or windows-1252); returns text of
    /// Unicode as it is.
    #[must_use]
    pub fn decode(self, text: &str, cost: SyllableCost<'_>) -> String {
        match (self, self.code_page()) {
            (Self::Viqr, _) => viqr::decode(text, cost),
            (Self::Tcvn3, Some(page)) => capitals::restore(&page.decode(text)),
            (_, Some(page)) => page.decode(text),
            (_, None) => text.to_owned(),
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
        let decoded = self.encoding.decode(text, &|_| None);
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
