//! The styles of a text: what they say of letters, paragraphs and lists.
//!
//! A style states some properties and takes the others from its parent, at last from the default style of its family.
//!
//! Source: ODF 1.2 part 1, 16.2 (`style:style`), 16.27 to 16.29 (properties), 16.30 (`text:list-style`), 16.34
//! (`text:outline-style`).

use std::collections::HashMap;
use std::io::Read;

use super::lists::{ListLevel, ListStyle};
use crate::corpus::error::ErrorKind;
use crate::corpus::office::xml::{Tag, Xml, XmlEvent};
use crate::text::LegacyFont;

/// The most styles that are asked for a property, each being the parent of the one before.
const MAX_ANCESTORS: usize = 30;

/// The least weight of a font that is bold, of 100 to 900.
const BOLD_WEIGHT: u32 = 600;

/// Properties of letters; `None` for those that are not stated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct LetterStyle {
    /// True if they are bold.
    pub(super) bold: Option<bool>,
    /// True if they are printed in capitals.
    pub(super) capitals: Option<bool>,
    /// True if they are not printed.
    pub(super) hidden: Option<bool>,
    /// The encoding from before Unicode that their font draws.
    pub(super) font: Option<Option<LegacyFont>>,
}

/// Properties of a paragraph; `None` for those that are not stated.
#[derive(Clone, Debug, Default)]
pub(super) struct ParagraphStyle {
    /// Properties of its letters.
    pub(super) letters: LetterStyle,
    /// True if it is centered.
    pub(super) centered: Option<bool>,
    /// True if a page begins before it.
    pub(super) breaks_before: Option<bool>,
    /// True if a page begins after it.
    pub(super) breaks_after: Option<bool>,
    /// The name of its list style; empty for none.
    pub(super) list_style: Option<String>,
}

/// A style as it is stated.
#[derive(Clone, Debug, Default)]
struct Style {
    parent: Option<String>,
    stated: ParagraphStyle,
}

/// The styles of a file.
#[derive(Debug, Default)]
pub(super) struct Styles {
    /// The styles of paragraphs and of text by name.
    paragraphs: HashMap<String, Style>,
    texts: HashMap<String, Style>,
    /// The properties of paragraphs for which no style states others.
    default: ParagraphStyle,
    /// The fonts by the names that styles use.
    fonts: HashMap<String, Option<LegacyFont>>,
    /// The list styles by name.
    lists: HashMap<String, ListStyle>,
    /// The numbering of headings.
    pub(super) outline: ListStyle,
}

impl LetterStyle {
    /// Returns what is said of letters that have this style in text of the style `around`.
    pub(super) fn within(self, around: Self) -> Self {
        Self {
            bold: self.bold.or(around.bold),
            capitals: self.capitals.or(around.capitals),
            hidden: self.hidden.or(around.hidden),
            font: self.font.or(around.font),
        }
    }
}

impl ParagraphStyle {
    /// Returns what is said of a paragraph of this style, where `parent` is its parent.
    fn within(self, parent: &Self) -> Self {
        Self {
            letters: self.letters.within(parent.letters),
            centered: self.centered.or(parent.centered),
            breaks_before: self.breaks_before.or(parent.breaks_before),
            breaks_after: self.breaks_after.or(parent.breaks_after),
            list_style: self.list_style.or_else(|| parent.list_style.clone()),
        }
    }
}

impl Styles {
    /// Returns what the style of paragraphs with this name says.
    pub(super) fn paragraph(&self, name: &str) -> ParagraphStyle {
        resolved(&self.paragraphs, name).within(&self.default)
    }

    /// Returns what the style of text with this name says.
    pub(super) fn text(&self, name: &str) -> LetterStyle {
        resolved(&self.texts, name).letters
    }

    /// Returns the list style with this name.
    pub(super) fn list(&self, name: &str) -> Option<&ListStyle> {
        self.lists.get(name)
    }

    /// Reads a part that holds styles only.
    ///
    /// # Errors
    /// Those of [`Xml::next`].
    pub(super) fn read<R: Read>(&mut self, xml: &mut Xml<R>) -> Result<(), ErrorKind> {
        while let Some(event) = xml.next()? {
            if let XmlEvent::Open(_) = event {
                while let Some(event) = xml.next()? {
                    if let XmlEvent::Open(tag) = event {
                        let name = tag.name().to_owned();
                        self.section(&name, xml)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Reads an element that holds styles, or skips another.
    ///
    /// # Errors
    /// Those of [`Xml::next`].
    pub(super) fn section<R: Read>(&mut self, name: &str, xml: &mut Xml<R>) -> Result<(), ErrorKind> {
        if !matches!(name, "font-face-decls" | "styles" | "automatic-styles") {
            return xml.skip();
        }
        while let Some(event) = xml.next()? {
            let XmlEvent::Open(tag) = event else { continue };
            match tag.name() {
                "font-face" => {
                    let family = tag.attribute("font-family");
                    if let Some(name) = tag.attribute("name") {
                        let drawn = LegacyFont::named(family.as_deref().unwrap_or(&name));
                        self.fonts.insert(name.into_owned(), drawn);
                    }
                    xml.skip()?;
                }
                kind @ ("style" | "default-style") => {
                    let is_default = kind == "default-style";
                    let family = tag.attribute("family").unwrap_or_default().into_owned();
                    let name = tag.attribute("name").unwrap_or_default().into_owned();
                    let mut style = Style {
                        parent: tag.attribute("parent-style-name").map(Into::into),
                        stated: ParagraphStyle {
                            list_style: tag.attribute("list-style-name").map(Into::into),
                            ..ParagraphStyle::default()
                        },
                    };
                    // A paragraph with a page style of its own begins a page.
                    if tag.attribute("master-page-name").is_some_and(|name| !name.is_empty()) {
                        style.stated.breaks_before = Some(true);
                    }
                    while let Some(event) = xml.next()? {
                        if let XmlEvent::Open(tag) = event {
                            self.property(&tag, &mut style.stated);
                            xml.skip()?;
                        }
                    }
                    match (family.as_str(), is_default) {
                        ("paragraph", true) => self.default = style.stated,
                        ("paragraph", false) => {
                            self.paragraphs.insert(name, style);
                        }
                        ("text", false) => {
                            self.texts.insert(name, style);
                        }
                        _ => {}
                    }
                }
                "list-style" => {
                    let name = tag.attribute("name").unwrap_or_default().into_owned();
                    let style = list_style(xml)?;
                    self.lists.insert(name, style);
                }
                "outline-style" => self.outline = list_style(xml)?,
                _ => xml.skip()?,
            }
        }
        Ok(())
    }

    /// Reads the element of a style that states properties.
    fn property(&self, tag: &Tag<'_>, style: &mut ParagraphStyle) {
        let breaks = |name| tag.attribute(name).map(|value| value == "page");
        match tag.name() {
            "text-properties" => {
                let weight = tag.attribute("font-weight");
                let is_bold =
                    |weight: &str| weight == "bold" || weight.parse().is_ok_and(|weight: u32| weight >= BOLD_WEIGHT);
                let variant = tag.attribute("font-variant").map(|variant| variant == "small-caps");
                let transform = tag
                    .attribute("text-transform")
                    .map(|transform| transform == "uppercase");
                let named = tag.attribute("font-name");
                let known = named.and_then(|name| {
                    self.fonts
                        .get(&*name)
                        .copied()
                        .or_else(|| Some(LegacyFont::named(&name)))
                });
                style.letters = LetterStyle {
                    bold: weight.map(|weight| is_bold(&weight)),
                    capitals: transform.or(variant),
                    hidden: tag.attribute("display").map(|display| display == "none"),
                    font: known.or_else(|| tag.attribute("font-family").map(|family| LegacyFont::named(&family))),
                };
            }
            "paragraph-properties" => {
                style.centered = tag.attribute("text-align").map(|align| align == "center");
                style.breaks_before = breaks("break-before").or(style.breaks_before);
                style.breaks_after = breaks("break-after");
            }
            _ => {}
        }
    }
}

/// Returns what the style `name` among `styles` says, with what it takes from its parents.
fn resolved(styles: &HashMap<String, Style>, name: &str) -> ParagraphStyle {
    let mut said = ParagraphStyle::default();
    let mut next = Some(name);
    for _ in 0..MAX_ANCESTORS {
        let Some(style) = next.and_then(|name| styles.get(name)) else {
            break;
        };
        said = said.within(&style.stated);
        next = style.parent.as_deref();
    }
    said
}

/// Reads the levels of a list style or of the numbering of headings.
fn list_style<R: Read>(xml: &mut Xml<R>) -> Result<ListStyle, ErrorKind> {
    let mut style = ListStyle::default();
    while let Some(event) = xml.next()? {
        let XmlEvent::Open(tag) = event else { continue };
        let level = tag.number::<usize>("level").unwrap_or(0);
        let read = ListLevel::of(&tag);
        let mut font = None;
        while let Some(event) = xml.next()? {
            if let XmlEvent::Open(tag) = event {
                if tag.name() == "text-properties" {
                    font = tag
                        .attribute("font-name")
                        .or_else(|| tag.attribute("font-family"))
                        .map(Into::into);
                }
                xml.skip()?;
            }
        }
        style.set(level, read, font);
    }
    Ok(style)
}
