//! The properties of sections and settings that number notes and begin pages.
//!
//! Sources: ECMA-376 part 1, 17.6 (sections; 17.6.22 on how a section begins), 17.11 (notes; 17.11.17 to 17.11.21 on
//! their numbers), 17.15 (settings).

use std::io::Read;

use super::numerals::numerals;
use crate::corpus::error::ErrorKind;
use crate::corpus::office::numbers::NumberFormat;
use crate::corpus::office::xml::{Xml, XmlEvent};

/// The element `sectPr`.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Section {
    /// True if it begins on the page on which the section before it ends.
    pub(super) is_continuous: bool,
    /// The numbers of its footnotes.
    pub(super) footnotes: NoteNumbers,
    /// The numbers of its endnotes.
    pub(super) endnotes: NoteNumbers,
}

/// The element `settings`, as far as it numbers notes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Settings {
    /// The numbers of footnotes.
    pub(super) footnotes: NoteNumbers,
    /// The numbers of endnotes.
    pub(super) endnotes: NoteNumbers,
}

/// The numbers of notes; what is `None` is left to the settings of the document.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct NoteNumbers {
    /// The numerals.
    pub(super) numerals: Option<NumberFormat>,
    /// The first number.
    pub(super) start: Option<i64>,
    /// The place where numbers begin again.
    pub(super) restart: Option<Restart>,
}

/// The place where the numbers of notes begin again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Restart {
    /// Nowhere.
    Never,
    /// In each section.
    Section,
    /// On each page.
    Page,
}

impl NoteNumbers {
    /// Returns these numbers, completed by `base`.
    pub(super) fn over(self, base: Self) -> Self {
        Self {
            numerals: self.numerals.or(base.numerals),
            start: self.start.or(base.start),
            restart: self.restart.or(base.restart),
        }
    }
}

/// Reads an element `sectPr`.
///
/// # Errors
/// Those of [`Xml::next`].
pub(super) fn read_section<R: Read>(xml: &mut Xml<R>) -> Result<Section, ErrorKind> {
    let mut section = Section::default();
    while let Some(event) = xml.next()? {
        let XmlEvent::Open(tag) = event else { continue };
        match tag.name() {
            "footnotePr" => section.footnotes = read_numbers(xml)?,
            "endnotePr" => section.endnotes = read_numbers(xml)?,
            "type" => {
                section.is_continuous = tag.attribute("val").is_some_and(|value| value == "continuous");
                xml.skip()?;
            }
            _ => xml.skip()?,
        }
    }
    Ok(section)
}

impl Settings {
    /// Reads the part of settings.
    ///
    /// # Errors
    /// Those of [`Xml::next`].
    pub(super) fn read<R: Read>(xml: &mut Xml<R>) -> Result<Self, ErrorKind> {
        let mut settings = Self::default();
        settings.read_into(xml)?;
        Ok(settings)
    }

    /// Reads what is in an element.
    fn read_into<R: Read>(&mut self, xml: &mut Xml<R>) -> Result<(), ErrorKind> {
        while let Some(event) = xml.next()? {
            let XmlEvent::Open(tag) = event else { continue };
            match tag.name() {
                "settings" => self.read_into(xml)?,
                "footnotePr" => self.footnotes = read_numbers(xml)?,
                "endnotePr" => self.endnotes = read_numbers(xml)?,
                _ => xml.skip()?,
            }
        }
        Ok(())
    }
}

/// Reads an element `footnotePr` or `endnotePr`.
fn read_numbers<R: Read>(xml: &mut Xml<R>) -> Result<NoteNumbers, ErrorKind> {
    let mut numbers = NoteNumbers::default();
    while let Some(event) = xml.next()? {
        let XmlEvent::Open(tag) = event else { continue };
        match tag.name() {
            "numFmt" => numbers.numerals = tag.attribute("val").map(|name| numerals(&name)),
            "numStart" => numbers.start = tag.number("val"),
            "numRestart" => {
                numbers.restart = tag.attribute("val").map(|value| match &*value {
                    "eachSect" => Restart::Section,
                    "eachPage" => Restart::Page,
                    _ => Restart::Never,
                });
            }
            _ => {}
        }
        xml.skip()?;
    }
    Ok(numbers)
}
