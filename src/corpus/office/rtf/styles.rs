//! The paragraph styles of an RTF file: they tell which paragraphs are headings.
//!
//! Source: RTF 1.9.1, "Style Sheet" (`\s`, `\sbasedon`, `\outlinelevel`).

use std::collections::HashMap;

/// The most styles that are asked for the level of one, each being based on the next.
const MAX_ANCESTORS: usize = 20;

/// The deepest level of the outline.
const MAX_LEVEL: i32 = 9;

/// The name of the styles of headings, before their level.
const HEADING: &str = "heading ";

/// A style.
#[derive(Clone, Debug, Default)]
struct Style {
    name: String,
    /// The outline level that it states, from 0; 9 is body text.
    outline: Option<i32>,
    /// The number of the style that it is based on.
    based_on: Option<i32>,
}

/// The paragraph styles.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<i32, Style>,
    /// The number of the style that is being declared, 0 if it states none, and what is known of it.
    declared: (i32, Style),
}

impl Styles {
    /// Reads a control word of a style.
    pub(super) fn word(&mut self, word: &str, number: Option<i32>) {
        match word {
            "s" => self.declared.0 = number.unwrap_or(0),
            "outlinelevel" => self.declared.1.outline = number,
            "sbasedon" => self.declared.1.based_on = number,
            _ => {}
        }
    }

    /// Reads a piece of the name of a style; `;` ends the style.
    pub(super) fn text(&mut self, text: &str) {
        let end = text.find(';');
        self.declared
            .1
            .name
            .push_str(text.get(..end.unwrap_or(text.len())).unwrap_or(""));
        if end.is_some() {
            let (number, style) = std::mem::take(&mut self.declared);
            self.styles.insert(number, style);
        }
    }

    /// Returns the level, from 1, of the headings with the style of this number.
    pub(super) fn level(&self, number: i32) -> Option<u8> {
        let mut style = self.styles.get(&number)?;
        for _ in 0..MAX_ANCESTORS {
            if let Some(outline) = style.outline {
                return heading_level(outline);
            }
            let name = style.name.trim().to_ascii_lowercase();
            if let Some(level) = name.strip_prefix(HEADING).and_then(|level| level.parse::<i32>().ok()) {
                return heading_level(level - 1);
            }
            style = self.styles.get(&style.based_on?)?;
        }
        None
    }
}

/// Returns the level of a heading, from 1, for an outline level from 0; `None` for body text.
pub(super) fn heading_level(outline: i32) -> Option<u8> {
    let level = (0..MAX_LEVEL).contains(&outline).then_some(outline + 1)?;
    u8::try_from(level).ok()
}
