//! Encodings of Vietnamese from before Unicode, as the fonts of documents show them.
//!
//! A document set in `.VnTime` or `VNI-Times` holds the letters of another code page: `®¶ng ñy` is drawn as `Đảng ủy`.

use serde::{Deserialize, Serialize};

use super::named;

named! {
    /// The encoding of the text of a file.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
    #[serde(rename_all = "kebab-case")]
    pub enum Encoding {
        /// UTF-8.
        Utf8 = "utf-8",
        /// TCVN 5712, the code page of ABC fonts.
        Tcvn3 = "tcvn3",
        /// VNI for Windows.
        Vni = "vni",
    }
}

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
    #[must_use]
    pub fn named(font: &str) -> Option<Self> {
        let _ = font;
        None
    }

    /// Returns what the font draws for `text`, whose chars stand for the bytes of the encoding (Latin-1 or
    /// windows-1252).
    #[must_use]
    pub fn decode(self, text: &str) -> String {
        text.to_owned()
    }
}
