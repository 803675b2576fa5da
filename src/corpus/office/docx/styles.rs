//! The styles of a document: what a style says about paragraphs and letters, with all that it is based on.
//!
//! Sources: ECMA-376 part 1, 17.7 (styles; 17.7.3 on properties that switch), 17.3.1 (paragraphs), 17.3.2 (runs).

use std::collections::HashMap;
use std::io::Read;

use super::fonts::ThemeFonts;
use super::properties::{ParagraphFormat, RunFormat, read_paragraph_format, read_run_format};
use crate::corpus::error::ErrorKind;
use crate::corpus::office::xml::{Xml, XmlEvent};

/// The most styles that are read; Word itself offers some 400.
const MAX_STYLES: usize = 20_000;

/// The longest chain of styles each based on the next. Word allows 11.
const MAX_CHAIN: usize = 50;

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    /// The style of paragraphs that name none.
    default: Option<usize>,
    styles: Vec<Style>,
    /// The place of each style in `styles`, by its id.
    by_id: HashMap<String, usize>,
    /// The letters of what no style says anything about.
    pub(super) base: RunFormat,
    /// The paragraphs of what no style says anything about.
    base_paragraph: ParagraphFormat,
}

/// A style; its formats include those of the styles that it is based on.
#[derive(Clone, Debug, Default)]
pub(super) struct Style {
    /// The style that it is based on, and that one's, outermost last; the first is its own id.
    pub(super) chain: Vec<String>,
    /// The format of its paragraphs.
    pub(super) paragraph: ParagraphFormat,
    /// The format of its letters.
    pub(super) run: RunFormat,
    /// True if its paragraphs are the lines of a table of contents.
    pub(super) is_contents: bool,
}

/// A style as the file has it.
#[derive(Debug, Default)]
struct Written {
    id: String,
    name: String,
    based_on: Option<String>,
    is_default: bool,
    is_paragraph: bool,
    paragraph: ParagraphFormat,
    run: RunFormat,
}

impl Styles {
    /// Reads the part of styles.
    ///
    /// # Errors
    /// Those of [`Xml::next`].
    pub(super) fn read<R: Read>(xml: &mut Xml<R>, theme: &ThemeFonts) -> Result<Self, ErrorKind> {
        let mut styles = Self::default();
        let mut written = Vec::new();
        styles.read_into(xml, theme, &mut written)?;
        styles.resolve(&written);
        Ok(styles)
    }

    /// Returns the style of a paragraph that names `id`, or none.
    pub(super) fn of_paragraph(&self, id: Option<&str>) -> Option<&Style> {
        let named = id.and_then(|id| self.by_id.get(id)).copied();
        self.styles.get(named.or(self.default)?)
    }

    /// Returns the style `id`, as the letters of a run name it.
    pub(super) fn named(&self, id: &str) -> Option<&Style> {
        self.styles.get(*self.by_id.get(id)?)
    }

    /// Returns the format of the paragraphs of `style`, with the defaults of the document.
    pub(super) fn paragraph_format(&self, style: Option<&Style>) -> ParagraphFormat {
        style.map_or_else(
            || self.base_paragraph.clone(),
            |style| style.paragraph.clone().over(&self.base_paragraph),
        )
    }

    /// Returns how a run looks whose own format is `direct`, in the character style `character`, in a paragraph of
    /// `paragraph`.
    ///
    /// A property that is on in both styles is off: bold in a bold heading stands out by being plain (17.7.3).
    pub(super) fn run_format(
        &self,
        direct: RunFormat,
        character: Option<&Style>,
        paragraph: Option<&Style>,
    ) -> RunFormat {
        let character = character.map_or_else(RunFormat::default, |style| style.run);
        let paragraph = paragraph.map_or_else(RunFormat::default, |style| style.run);
        let switched = |base: Option<bool>, outer: Option<bool>, inner: Option<bool>| {
            base == Some(true) || (outer == Some(true)) != (inner == Some(true))
        };
        let [fallback_ascii, fallback_other] = character.over(paragraph).over(self.base).fonts;
        RunFormat {
            bold: direct
                .bold
                .or(Some(switched(self.base.bold, paragraph.bold, character.bold))),
            capitals: direct.capitals.or(Some(switched(
                self.base.capitals,
                paragraph.capitals,
                character.capitals,
            ))),
            hidden: direct
                .hidden
                .or(Some(switched(self.base.hidden, paragraph.hidden, character.hidden))),
            fonts: [direct.fonts[0].or(fallback_ascii), direct.fonts[1].or(fallback_other)],
        }
    }

    /// Reads what is in the root element, or in an element of alternatives in it.
    fn read_into<R: Read>(
        &mut self,
        xml: &mut Xml<R>,
        theme: &ThemeFonts,
        written: &mut Vec<Written>,
    ) -> Result<(), ErrorKind> {
        while let Some(event) = xml.next()? {
            let XmlEvent::Open(tag) = event else { continue };
            match tag.name() {
                "styles" | "docDefaults" | "rPrDefault" | "pPrDefault" => self.read_into(xml, theme, written)?,
                "rPr" => self.base = read_run_format(xml, theme)?.format,
                "pPr" => self.base_paragraph = read_paragraph_format(xml, theme)?.format,
                "style" if written.len() < MAX_STYLES => {
                    let is_on = |name| {
                        tag.attribute(name)
                            .is_some_and(|value| super::properties::is_on(&value))
                    };
                    let mut style = Written {
                        id: tag.attribute("styleId").unwrap_or_default().into_owned(),
                        is_default: is_on("default"),
                        is_paragraph: tag.attribute("type").is_none_or(|kind| kind == "paragraph"),
                        ..Written::default()
                    };
                    style.read(xml, theme)?;
                    written.push(style);
                }
                _ => xml.skip()?,
            }
        }
        Ok(())
    }

    /// Gives each style what the styles say that it is based on.
    fn resolve(&mut self, written: &[Written]) {
        for (index, style) in written.iter().enumerate() {
            if style.is_default && style.is_paragraph {
                self.default.get_or_insert(index);
            }
            self.by_id.entry(style.id.clone()).or_insert(index);
        }
        let resolved = written.iter().map(|style| {
            let mut result = Style {
                chain: vec![style.id.clone()],
                paragraph: style.paragraph.clone(),
                run: style.run,
                is_contents: is_contents(&style.name),
            };
            let mut level = heading_level(&style.name);
            let mut next = style.based_on.as_ref();
            while let Some(based) = next.and_then(|id| self.by_id.get(id)).and_then(|&at| written.get(at)) {
                // Styles may be based on each other in a circle.
                if result.chain.len() == MAX_CHAIN || result.chain.contains(&based.id) {
                    break;
                }
                result.chain.push(based.id.clone());
                // The outline level of a heading style holds unless the style, not its base, says another.
                if result.paragraph.outline.is_none() {
                    result.paragraph.outline = level.take();
                }
                level = level.or_else(|| heading_level(&based.name));
                result.paragraph = result.paragraph.over(&based.paragraph);
                result.run = result.run.over(based.run);
                next = based.based_on.as_ref();
            }
            result.paragraph.outline = result.paragraph.outline.or(level);
            result
        });
        self.styles = resolved.collect();
    }
}

impl Written {
    /// Reads the element of a style.
    fn read<R: Read>(&mut self, xml: &mut Xml<R>, theme: &ThemeFonts) -> Result<(), ErrorKind> {
        while let Some(event) = xml.next()? {
            let XmlEvent::Open(tag) = event else { continue };
            match tag.name() {
                "name" => self.name = tag.attribute("val").unwrap_or_default().to_lowercase(),
                "basedOn" => self.based_on = tag.attribute("val").map(std::borrow::Cow::into_owned),
                "pPr" => {
                    self.paragraph = read_paragraph_format(xml, theme)?.format;
                    continue;
                }
                "rPr" => {
                    self.run = read_run_format(xml, theme)?.format;
                    continue;
                }
                _ => {}
            }
            xml.skip()?;
        }
        Ok(())
    }
}

/// Returns the outline level, from 0, of the built-in heading style with this name in lower case.
fn heading_level(name: &str) -> Option<u8> {
    let level: u8 = name.strip_prefix("heading ")?.trim().parse().ok()?;
    (1..=9).contains(&level).then(|| level - 1)
}

/// Returns true if `name`, in lower case, is one of the built-in styles for the lines of a table of contents.
fn is_contents(name: &str) -> bool {
    let number = name
        .strip_prefix("toc ")
        .and_then(|number| number.trim().parse::<u8>().ok());
    number.is_some_and(|number| (1..=9).contains(&number)) || name == "table of figures"
}
