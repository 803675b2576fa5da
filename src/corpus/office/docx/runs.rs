//! Runs: the letters of a paragraph, and what stands among them.
//!
//! Source: ECMA-376 part 1, 17.3.3 (what a run contains), 17.16 (fields), 17.11 (marks of notes).

use std::borrow::Cow;
use std::io::Read;

use super::calls::NoteKind;
use super::drafts::Draft;
use super::fonts::Typeface;
use super::properties::{RunFormat, RunProperties, is_on, read_run_format};
use super::story::{Place, Story};
use crate::corpus::error::ErrorKind;
use crate::corpus::flow::RunFace;
use crate::corpus::office::symbols;
use crate::corpus::office::xml::{Xml, XmlEvent};

/// The hyphen that is printed at the end of a line only.
const SOFT_HYPHEN: char = '\u{ad}';

/// The look of a run.
#[derive(Clone, Copy, Debug)]
struct Look {
    face: RunFace,
    is_hidden: bool,
    /// The font of signs that its signs are of.
    signs: &'static str,
    /// The call of a note whose own mark the rest of the run is.
    marks: Option<usize>,
}

impl Story<'_> {
    /// Reads an element `r`.
    pub(super) fn run<R: Read>(&mut self, xml: &mut Xml<R>, draft: &mut Draft) -> Result<(), ErrorKind> {
        let mut look = self.look(&RunProperties::default(), draft);
        self.run_content(xml, draft, &mut look)
    }

    /// Reads what a run contains, or alternatives in it.
    fn run_content<R: Read>(&mut self, xml: &mut Xml<R>, draft: &mut Draft, look: &mut Look) -> Result<(), ErrorKind> {
        let mut has_chosen = false;
        while let Some(event) = xml.next()? {
            let XmlEvent::Open(tag) = event else { continue };
            match tag.name() {
                "t" => {
                    let keeps_blanks = tag.attribute("space").is_some_and(|space| space == "preserve");
                    let text = xml.text()?;
                    let text = if keeps_blanks {
                        text.as_str()
                    } else {
                        text.trim_matches([' ', '\n', '\r', '\t'])
                    };
                    self.print(text, draft, *look)?;
                    continue;
                }
                "rPr" => {
                    let properties = read_run_format(xml, &self.parts.theme)?;
                    *look = self.look(&properties, draft);
                    continue;
                }
                "instrText" => {
                    let code = xml.text()?;
                    self.field_code(&code);
                    continue;
                }
                "AlternateContent" => {
                    self.run_content(xml, draft, look)?;
                    continue;
                }
                "Choice" | "Fallback" if !has_chosen => {
                    has_chosen = true;
                    self.run_content(xml, draft, look)?;
                    continue;
                }
                "drawing" | "pict" if !look.is_hidden && !self.is_silent() => {
                    self.content(xml, &mut Place::Boxes(&mut draft.boxes))?;
                    continue;
                }
                "ruby" => {
                    self.content(xml, &mut Place::Runs(draft))?;
                    continue;
                }
                "tab" | "ptab" => self.print("\t", draft, *look)?,
                "cr" => self.print_line_end(draft, *look)?,
                "softHyphen" => self.print("\u{ad}", draft, *look)?,
                "noBreakHyphen" => self.print("-", draft, *look)?,
                "br" => {
                    let is_page = tag.attribute("type").is_some_and(|kind| kind == "page");
                    self.print_line_end(draft, *look)?;
                    if is_page && !look.is_hidden && self.pages.begin() {
                        draft.builder.begin_page();
                    }
                }
                "lastRenderedPageBreak" if self.pages.begin_rendered() => draft.builder.begin_page(),
                "sym" => {
                    let font = tag.attribute("font").unwrap_or_default();
                    let code = tag
                        .attribute("char")
                        .and_then(|code| u16::from_str_radix(&code, 16).ok());
                    if let Some(code) = code {
                        let sign = symbols::letter(&font, code);
                        self.print(sign.encode_utf8(&mut [0; 4]), draft, *look)?;
                    }
                }
                "fldChar" => {
                    let kind = tag.attribute("fldCharType").unwrap_or_default();
                    self.field_char(&kind);
                }
                name @ ("footnoteReference" | "endnoteReference") if !look.is_hidden && !self.is_silent() => {
                    let kind = if name == "footnoteReference" {
                        NoteKind::Footnote
                    } else {
                        NoteKind::Endnote
                    };
                    let has_own_mark = tag.attribute("customMarkFollows").is_some_and(|value| is_on(&value));
                    // Notes and text boxes call no notes.
                    if let Some(id) = tag.number("id").filter(|_| self.pages.asides == 0) {
                        let index = self.calls.add(kind, id, has_own_mark, self.pages.ended)?;
                        draft.builder.push_call(index);
                        look.marks = has_own_mark.then_some(index);
                        self.pages.is_fresh = false;
                    }
                }
                _ => {}
            }
            xml.skip()?;
        }
        Ok(())
    }

    /// Returns how a run with these properties looks.
    fn look(&self, properties: &RunProperties, draft: &Draft) -> Look {
        let styles = &self.parts.styles;
        let character = properties.style.as_deref().and_then(|id| styles.named(id));
        let paragraph = styles.of_paragraph(draft.properties.style.as_deref());
        let format: RunFormat = styles.run_format(properties.format, character, paragraph);
        let typeface = format.typeface();
        Look {
            face: RunFace {
                bold: format.bold == Some(true),
                capitals: format.capitals == Some(true),
                font: match typeface {
                    Typeface::Legacy(font) => Some(font),
                    Typeface::Unicode | Typeface::Signs(_) => None,
                },
            },
            is_hidden: format.hidden == Some(true),
            signs: match typeface {
                Typeface::Signs(name) => name,
                Typeface::Unicode | Typeface::Legacy(_) => "",
            },
            marks: None,
        }
    }

    /// Prints text, unless it is hidden.
    fn print(&mut self, text: &str, draft: &mut Draft, look: Look) -> Result<(), ErrorKind> {
        if text.is_empty() || look.is_hidden || self.is_silent() {
            return Ok(());
        }
        let text = plain(text, look);
        if let Some(call) = look.marks {
            self.calls.push_mark(call, &text);
            return Ok(());
        }
        self.count_text(text.len())?;
        if self.pages.asides == 0 && !text.trim().is_empty() {
            self.pages.is_fresh = false;
        }
        draft.builder.push(&text, look.face);
        Ok(())
    }

    /// Ends a line inside a paragraph.
    fn print_line_end(&mut self, draft: &mut Draft, look: Look) -> Result<(), ErrorKind> {
        if look.is_hidden || self.is_silent() {
            return Ok(());
        }
        self.count_text(1)?;
        draft.builder.push("\n", look.face);
        Ok(())
    }
}

/// Returns text as it is printed: line ends of the XML are blanks, hyphens that show at the end of a line only are left
/// out, and signs of a font of signs are those of Unicode.
fn plain(text: &str, look: Look) -> Cow<'_, str> {
    // In TCVN3 the code of that hyphen is ư.
    let hides_hyphen = look.face.font.is_none();
    let is_odd = |char: char| match char {
        '\n' | '\r' | '\u{f020}'..='\u{f0ff}' => true,
        SOFT_HYPHEN => hides_hyphen,
        _ => false,
    };
    if !text.contains(is_odd) {
        return Cow::Borrowed(text);
    }
    let chars = text.chars().filter(|&char| char != SOFT_HYPHEN || !hides_hyphen);
    let mapped = chars.map(|char| match char {
        '\n' | '\r' => ' ',
        '\u{f020}'..='\u{f0ff}' => {
            u16::try_from(u32::from(char)).map_or(char, |code| symbols::letter(look.signs, code))
        }
        char => char,
    });
    Cow::Owned(mapped.collect())
}
