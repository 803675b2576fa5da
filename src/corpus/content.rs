//! The content of a file: the text that a reader made of it, and what is known about it.

use serde::{Deserialize, Serialize};

use super::facsimile::Facsimile;
use super::format::Format;
use super::ocr::UnreadPages;
use crate::text::{Encoding, SourceLetters, Structure, named};

named! {
    /// The way from a file to its text.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
    #[serde(rename_all = "lowercase")]
    pub enum Origin {
        /// The letters of the file itself.
        #[default]
        Text = "text",
        /// Letters converted from an encoding from before Unicode, or from a font of one.
        Converted = "converted",
        /// An OCR read it.
        Ocr = "ocr",
    }
}

impl Origin {
    /// Returns the origin of a text that no OCR has read, given the letters of its file.
    pub(super) const fn of_letters(letters: &SourceLetters) -> Self {
        if letters.is_empty() {
            Self::Text
        } else {
            Self::Converted
        }
    }
}

/// The content of a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Content {
    /// The format of the file.
    pub format: Format,
    /// The way to its text.
    pub origin: Origin,
    /// The encoding of its letters; `None` if the format has only Unicode.
    pub encoding: Option<Encoding>,
    /// Its text, which all lines and spans refer to. Plain text is kept byte for byte. Pages become a line for each
    /// line on paper, words separated by one blank, with an empty line between paragraphs and a form feed between
    /// pages.
    pub text: String,
    /// The structure that the format gives the text; empty for plain text and for pages.
    pub structure: Structure,
    /// The letters of the file where the text is converted from them.
    pub letters: SourceLetters,
    /// The places of its words on paper; empty for plain text.
    pub facsimile: Facsimile,
    /// The pages that no OCR has read although they need one; their text is missing or not as good.
    pub unread: UnreadPages,
}
