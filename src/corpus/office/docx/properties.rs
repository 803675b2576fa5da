//! The properties of paragraphs and runs, as far as they change what is printed or what a paragraph is.
//!
//! Sources: ECMA-376 part 1, 17.3.1 (`pPr`), 17.3.2 (`rPr`), 17.9 (`numPr`), 17.13.5 (tracked changes), 17.17.4 (values
//! that are on or off).

use std::io::Read;

use super::fonts::{ThemeFonts, Typeface};
use super::sections::{Section, read_section};
use crate::corpus::error::ErrorKind;
use crate::corpus::office::xml::{Tag, Xml, XmlEvent};

/// The format of letters; what is `None` is left to styles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct RunFormat {
    /// Bold or not.
    pub(super) bold: Option<bool>,
    /// Printed in capitals or not.
    pub(super) capitals: Option<bool>,
    /// Hidden or not.
    pub(super) hidden: Option<bool>,
    /// The fonts of ASCII and of the other Latin letters.
    pub(super) fonts: [Option<Typeface>; 2],
}

/// The format of a paragraph; what is `None` is left to styles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ParagraphFormat {
    /// The id of its list; 0 for none.
    pub(super) list: Option<i64>,
    /// The depth of the item in the list, from 0.
    pub(super) depth: Option<u8>,
    /// The outline level, from 0; 9 for body text.
    pub(super) outline: Option<u8>,
    /// Centered or not.
    pub(super) centered: Option<bool>,
    /// Begins a page or not.
    pub(super) begins_page: Option<bool>,
}

/// The element `rPr`.
#[derive(Clone, Debug, Default)]
pub(super) struct RunProperties {
    /// The id of the character style.
    pub(super) style: Option<String>,
    /// The format that the run itself has.
    pub(super) format: RunFormat,
    /// True if the end of the paragraph, whose `rPr` this is, was deleted or moved away.
    pub(super) is_deleted: bool,
}

/// The element `pPr`.
#[derive(Debug, Default)]
pub(super) struct ParagraphProperties {
    /// The id of the paragraph style.
    pub(super) style: Option<String>,
    /// The format that the paragraph itself has.
    pub(super) format: ParagraphFormat,
    /// The properties of the end of the paragraph, which its label shares.
    pub(super) mark: RunProperties,
    /// The section that ends with the paragraph.
    pub(super) section: Option<Section>,
}

impl RunFormat {
    /// Returns this format, completed by `base`.
    pub(super) fn over(self, base: Self) -> Self {
        Self {
            bold: self.bold.or(base.bold),
            capitals: self.capitals.or(base.capitals),
            hidden: self.hidden.or(base.hidden),
            fonts: [self.fonts[0].or(base.fonts[0]), self.fonts[1].or(base.fonts[1])],
        }
    }

    /// Returns the font of Latin letters. The letters that encodings from before Unicode put above ASCII are of the
    /// second font.
    pub(super) fn typeface(self) -> Typeface {
        self.fonts[1].or(self.fonts[0]).unwrap_or(Typeface::Unicode)
    }
}

impl ParagraphFormat {
    /// Returns this format, completed by `base`.
    pub(super) fn over(self, base: &Self) -> Self {
        Self {
            list: self.list.or(base.list),
            depth: self.depth.or(base.depth),
            outline: self.outline.or(base.outline),
            centered: self.centered.or(base.centered),
            begins_page: self.begins_page.or(base.begins_page),
        }
    }
}

/// Returns true if the value of a property that switches something is on.
pub(super) fn is_on(value: &str) -> bool {
    !matches!(value, "0" | "false" | "off" | "none")
}

/// Returns true if the element of `tag` switches its property on; without a value it does.
pub(super) fn switches_on(tag: &Tag<'_>) -> bool {
    tag.attribute("val").is_none_or(|value| is_on(&value))
}

/// Reads an element `rPr`.
///
/// # Errors
/// Those of [`Xml::next`].
pub(super) fn read_run_format<R: Read>(xml: &mut Xml<R>, theme: &ThemeFonts) -> Result<RunProperties, ErrorKind> {
    let mut run = RunProperties::default();
    while let Some(event) = xml.next()? {
        let XmlEvent::Open(tag) = event else { continue };
        match tag.name() {
            "b" => run.format.bold = Some(switches_on(&tag)),
            "caps" => run.format.capitals = Some(switches_on(&tag)),
            "vanish" => run.format.hidden = Some(switches_on(&tag)),
            "rStyle" => run.style = tag.attribute("val").map(std::borrow::Cow::into_owned),
            "rFonts" => {
                let [ascii, other] = theme.of_run(&tag);
                run.format.fonts = [ascii.or(run.format.fonts[0]), other.or(run.format.fonts[1])];
            }
            "del" | "moveFrom" => run.is_deleted = true,
            _ => {}
        }
        xml.skip()?;
    }
    Ok(run)
}

/// Reads an element `pPr`.
///
/// # Errors
/// Those of [`Xml::next`].
pub(super) fn read_paragraph_format<R: Read>(
    xml: &mut Xml<R>,
    theme: &ThemeFonts,
) -> Result<ParagraphProperties, ErrorKind> {
    let mut paragraph = ParagraphProperties::default();
    while let Some(event) = xml.next()? {
        let XmlEvent::Open(tag) = event else { continue };
        match tag.name() {
            "pStyle" => paragraph.style = tag.attribute("val").map(std::borrow::Cow::into_owned),
            "outlineLvl" => paragraph.format.outline = tag.number("val"),
            "jc" => paragraph.format.centered = tag.attribute("val").map(|value| value == "center"),
            "pageBreakBefore" => paragraph.format.begins_page = Some(switches_on(&tag)),
            "numPr" => {
                read_list(xml, &mut paragraph.format)?;
                continue;
            }
            "rPr" => {
                paragraph.mark = read_run_format(xml, theme)?;
                continue;
            }
            "sectPr" => {
                paragraph.section = Some(read_section(xml)?);
                continue;
            }
            _ => {}
        }
        xml.skip()?;
    }
    Ok(paragraph)
}

/// Reads an element `numPr` into `format`.
fn read_list<R: Read>(xml: &mut Xml<R>, format: &mut ParagraphFormat) -> Result<(), ErrorKind> {
    while let Some(event) = xml.next()? {
        let XmlEvent::Open(tag) = event else { continue };
        match tag.name() {
            "numId" => format.list = tag.number("val"),
            "ilvl" => format.depth = tag.number("val"),
            _ => {}
        }
        xml.skip()?;
    }
    Ok(())
}
