//! An open Word file: its streams, and the formats of its chars and paragraphs.

use super::bytes::{Plc, slice, u16_at, u32_at};
use super::fib::{Fib, Version};
use super::fonts::{self, Font};
use super::formats::{CharacterFormat, PageKind, Pages, ParagraphFormat, Stretch};
use super::lists::{Label, Lists};
use super::pieces::{PieceProperties, Pieces, Unit};
use super::sprms::{self, properties, single};
use super::styles::Styles;
use crate::corpus::flow::RunFace;
use crate::text::LegacyFont;

/// Bytes of the data of a section, and the place of its properties in them.
const SECTION_BYTES: usize = 12;
const SECTION_PROPERTIES_AT: usize = 2;

/// The break of a section that begins on the page of the one before.
const CONTINUOUS: u8 = 0;

/// A Word file whose streams are read.
#[derive(Debug)]
pub(super) struct Word<'d> {
    version: Version,
    stream: &'d [u8],
    /// The stream `Data`, to which long lists of properties are moved.
    data: &'d [u8],
    pub(super) pieces: Pieces<'d>,
    characters: Pages<'d>,
    paragraphs: Pages<'d>,
    styles: Styles,
    fonts: Vec<Font>,
    pub(super) lists: Lists<'d>,
    sections: Plc<'d>,
}

/// The format of a run, with the offsets for which it holds.
#[derive(Clone, Debug, Default)]
pub(super) struct Run {
    pub(super) format: CharacterFormat,
    offsets: std::ops::Range<u32>,
    piece: usize,
}

impl<'d> Word<'d> {
    /// Reads the tables of a file; `None` if its text cannot be found.
    pub(super) fn read(fib: &Fib, stream: &'d [u8], table: &'d [u8], data: &'d [u8]) -> Option<Self> {
        let (version, places) = (fib.version, &fib.places);
        let pages = |entries, kind| Pages::new(stream, entries, version, kind);
        Some(Self {
            version,
            stream,
            data,
            pieces: Pieces::read(fib, stream, table)?,
            characters: pages(places.character_pages.of(table), PageKind::Characters),
            paragraphs: pages(places.paragraph_pages.of(table), PageKind::Paragraphs),
            styles: Styles::read(places.styles.of(table), version),
            fonts: fonts::read(places.fonts.of(table), version),
            lists: Lists::read(fib, table),
            sections: Plc::new(places.sections.of(table), SECTION_BYTES),
        })
    }

    /// Returns the format of the paragraph that ends with `mark`.
    pub(super) fn paragraph(&self, mark: Unit) -> ParagraphFormat {
        let Stretch { list, .. } = self.paragraphs.at(mark.offset).unwrap_or_default();
        let style = u16_at(list, 0).unwrap_or(0);
        let mut format = self.styles.at(style).map(|style| style.paragraph).unwrap_or_default();
        format.style = style;
        for property in properties(self.version, list.get(2..).unwrap_or(&[])) {
            if matches!(property.code, sprms::ELSEWHERE | sprms::ELSEWHERE_97) {
                for property in properties(self.version, self.elsewhere(property.long())) {
                    format.apply(&property);
                }
            }
            format.apply(&property);
        }
        match self.pieces.properties(mark.piece) {
            Some(PieceProperties::List(list)) => {
                properties(self.version, list).for_each(|property| format.apply(&property));
            }
            Some(one) => {
                single(&one).inspect(|property| format.apply(property));
            }
            None => {}
        }
        format
    }

    /// Returns the properties that are kept at an offset in the stream `Data`.
    fn elsewhere(&self, at: u32) -> &'d [u8] {
        let length = u16_at(self.data, at as usize).map_or(0, usize::from);
        slice(self.data, (at as usize).saturating_add(2), length).unwrap_or(&[])
    }

    /// Returns the run that `unit` is in. `run` is that of the char before; `style` is the style of the paragraph.
    pub(super) fn run(&self, run: Run, unit: Unit, style: u16) -> Run {
        if run.piece == unit.piece && run.offsets.contains(&unit.offset) {
            return run;
        }
        let stretch = self.characters.at(unit.offset).unwrap_or_default();
        let of_paragraph = self.styles.at(style).map(|style| style.character).unwrap_or_default();
        let mut format = self.with_properties(of_paragraph, stretch.list);
        match self.pieces.properties(unit.piece) {
            Some(PieceProperties::List(list)) => format = self.with_properties(format, list),
            Some(one) => {
                let style = format;
                single(&one).inspect(|property| format.apply(property, &style));
            }
            None => {}
        }
        Run {
            format,
            offsets: stretch.offsets,
            piece: unit.piece,
        }
    }

    /// Returns the format `base` with a list of properties over it.
    fn with_properties(&self, base: CharacterFormat, list: &[u8]) -> CharacterFormat {
        let mut style = base;
        let named = properties(self.version, list).find(|property| property.code == sprms::CHARACTER_STYLE);
        if let Some(named) = named.and_then(|property| self.styles.at(property.short())) {
            style = style.with_style(&named.character);
        }
        let mut format = style;
        properties(self.version, list).for_each(|property| format.apply(&property, &style));
        format
    }

    /// Returns how a run of this format is set.
    pub(super) fn face(&self, format: &CharacterFormat) -> RunFace {
        RunFace {
            bold: format.bold,
            capitals: format.capitals || format.small_capitals,
            font: self.legacy_font(format),
        }
    }

    /// Returns the font of a run if it draws an encoding from before Unicode.
    fn legacy_font(&self, format: &CharacterFormat) -> Option<LegacyFont> {
        let ascii = format.font.unwrap_or(self.styles.default_font);
        let legacy = |font: u16| self.fonts.get(usize::from(font))?.legacy;
        legacy(ascii).or_else(|| legacy(format.other_font?))
    }

    /// Returns the name of the font of a run.
    pub(super) fn font_name(&self, format: &CharacterFormat) -> &str {
        let font = format.font.unwrap_or(self.styles.default_font);
        self.font_named(font)
    }

    /// Returns the name of a font.
    pub(super) fn font_named(&self, font: u16) -> &str {
        self.fonts.get(usize::from(font)).map_or("", |font| font.name.as_str())
    }

    /// Returns the format of a label before a paragraph whose mark has the format `mark`.
    pub(super) fn label_format(&self, label: &Label<'_>, mark: CharacterFormat) -> CharacterFormat {
        self.with_properties(mark, label.characters)
    }

    /// Returns true if a section ends with the char at `position`.
    pub(super) fn ends_section(&self, position: u32) -> bool {
        let after = position.saturating_add(1);
        let next = self.sections.find(after);
        next.is_some_and(|index| self.sections.position(index) == Some(after))
            || self.sections.position(self.sections.len()) == Some(after)
    }

    /// Returns true if the section that holds `position` begins a page.
    pub(super) fn begins_page(&self, position: u32) -> bool {
        let begins = || {
            let section = self.sections.data(self.sections.find(position)?)?;
            let at = u32_at(section, SECTION_PROPERTIES_AT)? as usize;
            let list = slice(self.stream, at.checked_add(2)?, usize::from(u16_at(self.stream, at)?))?;
            let kind = properties(self.version, list).find(|property| property.code == sprms::SECTION_BREAK)?;
            Some(kind.byte() != CONTINUOUS)
        };
        begins().unwrap_or(true)
    }
}
