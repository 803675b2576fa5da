//! The fonts of runs, as far as they change what the letters say: fonts of encodings from before Unicode, and fonts of
//! signs.
//!
//! Sources: ECMA-376 part 1, 17.3.2.26 (`rFonts`) and 20.1.4 (themes).

use std::io::Read;

use crate::corpus::error::ErrorKind;
use crate::corpus::office::xml::{Tag, Xml, XmlEvent};
use crate::text::LegacyFont;

/// A font.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Typeface {
    /// A font that draws what Unicode says.
    Unicode,
    /// A font of an encoding from before Unicode.
    Legacy(LegacyFont),
    /// A font of signs, by its name.
    Signs(&'static str),
}

/// Fonts of signs whose signs are known by their codes.
const SIGNS: [&str; 2] = ["Symbol", "Wingdings"];

/// The fonts that a theme names: for headings and for text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ThemeFonts {
    /// The font of headings.
    major: Option<Typeface>,
    /// The font of text.
    minor: Option<Typeface>,
}

impl Typeface {
    /// Returns the font with this name.
    pub(super) fn named(name: &str) -> Self {
        if let Some(font) = LegacyFont::named(name) {
            return Self::Legacy(font);
        }
        let signs = SIGNS.into_iter().find(|known| known.eq_ignore_ascii_case(name));
        signs.map_or(Self::Unicode, Self::Signs)
    }
}

impl ThemeFonts {
    /// Reads the part of the theme.
    ///
    /// # Errors
    /// Those of [`Xml::next`].
    pub(super) fn read<R: Read>(xml: &mut Xml<R>) -> Result<Self, ErrorKind> {
        let mut fonts = Self::default();
        fonts.read_into(xml, None)?;
        Ok(fonts)
    }

    /// Returns the fonts that the tag `rFonts` gives: of ASCII, and of the other Latin letters.
    pub(super) fn of_run(&self, tag: &Tag<'_>) -> [Option<Typeface>; 2] {
        let font = |theme: &str, name: &str| {
            let themed = tag.attribute(theme).and_then(|theme| match &*theme {
                theme if theme.starts_with("major") => self.major,
                _ => self.minor,
            });
            themed.or_else(|| tag.attribute(name).map(|name| Typeface::named(&name)))
        };
        [font("asciiTheme", "ascii"), font("hAnsiTheme", "hAnsi")]
    }

    /// Reads what is in an element; `major` says whether it is about headings, once that is known.
    fn read_into<R: Read>(&mut self, xml: &mut Xml<R>, major: Option<bool>) -> Result<(), ErrorKind> {
        while let Some(event) = xml.next()? {
            let XmlEvent::Open(tag) = event else { continue };
            match (tag.name(), major) {
                ("theme" | "themeElements" | "fontScheme", _) => self.read_into(xml, None)?,
                ("majorFont", _) => self.read_into(xml, Some(true))?,
                ("minorFont", _) => self.read_into(xml, Some(false))?,
                ("latin", Some(is_major)) => {
                    let font = tag.attribute("typeface").filter(|name| !name.is_empty());
                    let font = font.map(|name| Typeface::named(&name));
                    *(if is_major { &mut self.major } else { &mut self.minor }) = font;
                    xml.skip()?;
                }
                _ => xml.skip()?,
            }
        }
        Ok(())
    }
}
