//! Automatic lists: their definitions, their counters, and the labels that Word prints.
//!
//! Paragraphs name a *list* (`num`), which points to a *definition* (`abstractNum`) of nine levels. All lists of one
//! definition count together; a list that overrides a start begins again where it is first used. Sources: ECMA-376
//! part 1, 17.9 (numbering), 17.18.59 (ways of writing numbers).

use std::collections::{HashMap, HashSet};
use std::io::Read;

use super::fonts::ThemeFonts;
use super::numerals::numerals;
use super::properties::{RunFormat, read_run_format, switches_on};
use super::styles::{Style, Styles};
use crate::corpus::error::ErrorKind;
use crate::corpus::office::numbers::NumberFormat;
use crate::corpus::office::xml::{Xml, XmlEvent};
use crate::text::ListPlace;

/// The levels of a definition (17.9.6).
const LEVELS: usize = 9;

/// The most definitions, and the most lists, that are read. Files that were pasted together for years have some
/// thousands.
const MAX_LISTS: usize = 50_000;

/// The most definitions that refer to each other in a row.
const MAX_LINKS: usize = 5;

/// The most bytes of the text of a label.
const MAX_LABEL_BYTES: usize = 200;

/// The numbering part.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    definitions: Vec<Definition>,
    /// The place of each definition in `definitions`, by its id.
    by_id: HashMap<i64, usize>,
    lists: HashMap<i64, List>,
}

/// An element `abstractNum`.
#[derive(Debug, Default)]
struct Definition {
    levels: Vec<Option<Level>>,
    /// The id of the list style that holds the levels in its place.
    held_by: Option<String>,
}

/// An element `num`.
#[derive(Debug, Default)]
struct List {
    /// The id of its definition.
    definition: i64,
    /// Its changes: the depth, the start, the level.
    overrides: Vec<(usize, Option<u32>, Option<Level>)>,
}

/// An element `lvl`.
#[derive(Clone, Debug)]
struct Level {
    start: u32,
    format: NumberFormat,
    is_bullet: bool,
    text: String,
    /// The level, from 1, after which it begins again; 0 for never, `None` for each higher one.
    restart: Option<usize>,
    /// True if all numbers of the label are printed as decimals.
    is_legal: bool,
    /// The id of the paragraph style that has this level.
    style: Option<String>,
    /// The format of the label.
    run: RunFormat,
}

/// A label.
#[derive(Debug)]
pub(super) struct Label {
    /// Its text.
    pub(super) text: String,
    /// The list that counts it.
    pub(super) place: ListPlace,
    /// The format of its letters.
    pub(super) run: RunFormat,
    /// True if it is a sign that counts nothing.
    pub(super) is_bullet: bool,
}

/// The counters of a document.
#[derive(Debug, Default)]
pub(super) struct Counters {
    /// The last number of each level of a definition.
    numbers: HashMap<usize, [Option<u32>; LEVELS]>,
    /// The lists that were used.
    used: HashSet<i64>,
    /// For each definition, the number of the run of items that is being counted.
    runs: HashMap<usize, u32>,
    /// Number of runs so far.
    run_count: u32,
}

impl Default for Level {
    fn default() -> Self {
        Self {
            start: 0,
            format: NumberFormat::Decimal,
            is_bullet: false,
            text: String::new(),
            restart: None,
            is_legal: false,
            style: None,
            run: RunFormat::default(),
        }
    }
}

impl Numbering {
    /// Reads the numbering part.
    ///
    /// # Errors
    /// Those of [`Xml::next`].
    pub(super) fn read<R: Read>(xml: &mut Xml<R>, theme: &ThemeFonts) -> Result<Self, ErrorKind> {
        let mut numbering = Self::default();
        numbering.read_into(xml, theme)?;
        Ok(numbering)
    }

    /// Reads what is in an element.
    fn read_into<R: Read>(&mut self, xml: &mut Xml<R>, theme: &ThemeFonts) -> Result<(), ErrorKind> {
        while let Some(event) = xml.next()? {
            let XmlEvent::Open(tag) = event else { continue };
            match tag.name() {
                "numbering" => self.read_into(xml, theme)?,
                "abstractNum" if self.definitions.len() < MAX_LISTS => {
                    let id = tag.number("abstractNumId").unwrap_or(-1);
                    let definition = Definition::read(xml, theme)?;
                    self.by_id.insert(id, self.definitions.len());
                    self.definitions.push(definition);
                }
                "num" if self.lists.len() < MAX_LISTS => {
                    let id = tag.number("numId").unwrap_or(-1);
                    let list = List::read(xml, theme)?;
                    self.lists.insert(id, list);
                }
                _ => xml.skip()?,
            }
        }
        Ok(())
    }

    /// Returns the list with this id, and the place of its definition, with links to list styles followed.
    fn list(&self, id: i64, styles: &Styles) -> Option<(&List, usize)> {
        let list = self.lists.get(&id)?;
        let mut at = *self.by_id.get(&list.definition)?;
        for _ in 0..MAX_LINKS {
            let Some(style) = &self.definitions.get(at)?.held_by else {
                break;
            };
            let held = styles.named(style).and_then(|style| style.paragraph.list);
            let next = held.and_then(|id| self.lists.get(&id));
            match next.and_then(|list| self.by_id.get(&list.definition)) {
                Some(&next) => at = next,
                None => break,
            }
        }
        Some((list, at))
    }

    /// Returns the depth at which the level of a paragraph style lies in the list `id`: styles name only the list, and
    /// its levels name the styles.
    pub(super) fn depth_of_style(&self, id: i64, style: &Style, styles: &Styles) -> Option<u8> {
        let (_, at) = self.list(id, styles)?;
        let levels = &self.definitions.get(at)?.levels;
        let depth = style.chain.iter().find_map(|name| {
            let has = |level: &Option<Level>| level.as_ref().is_some_and(|level| level.style.as_ref() == Some(name));
            levels.iter().position(has)
        });
        depth.and_then(|depth| u8::try_from(depth).ok())
    }

    /// Counts an item of the list `id` at `depth` and returns its label; `None` if there is no such list or level.
    pub(super) fn count(&self, id: i64, depth: u8, styles: &Styles, counters: &mut Counters) -> Option<Label> {
        let (list, at) = self.list(id, styles)?;
        let definition = self.definitions.get(at)?;
        let level_at = |depth: usize| {
            let changed = list
                .overrides
                .iter()
                .find(|(of, _, level)| *of == depth && level.is_some());
            changed
                .and_then(|(_, _, level)| level.as_ref())
                .or_else(|| definition.levels.get(depth)?.as_ref())
        };
        let start_at = |depth: usize| {
            let start = list
                .overrides
                .iter()
                .find_map(|(of, start, _)| start.filter(|_| *of == depth));
            start.or_else(|| level_at(depth).map(|level| level.start)).unwrap_or(1)
        };
        let own = usize::from(depth);
        let level = level_at(own)?;
        let numbers = counters.numbers.entry(at).or_default();
        let mut is_new = !counters.runs.contains_key(&at);
        if counters.used.insert(id) {
            for (depth, _, _) in list.overrides.iter().filter(|(_, start, _)| start.is_some()) {
                for number in numbers.iter_mut().skip(*depth) {
                    is_new |= number.take().is_some();
                }
            }
        }
        if is_new {
            counters.runs.insert(at, counters.run_count);
            counters.run_count += 1;
        }
        // A level that was passed over counts as begun: `1.1` without a `1` before it is followed by `2`.
        for (depth, number) in numbers.iter_mut().enumerate().take(own) {
            number.get_or_insert_with(|| start_at(depth));
        }
        if let Some(number) = numbers.get_mut(own) {
            *number = Some(number.map_or_else(|| start_at(own), |number| number.saturating_add(1)));
        }
        for (deeper, number) in numbers.iter_mut().enumerate().skip(own + 1) {
            let begins_again = level_at(deeper)
                .and_then(|level| level.restart)
                .is_none_or(|after| own < after);
            if begins_again {
                *number = None;
            }
        }
        let numbers = *numbers;
        let format_at = |depth: usize| match level_at(depth) {
            Some(of) if level.is_legal && of.format != NumberFormat::Hidden => Some(NumberFormat::Decimal),
            Some(of) => Some(of.format),
            None => None,
        };
        let text = if level.is_bullet {
            bullet(&level.text)
        } else {
            written(&level.text, |depth| {
                let number = numbers.get(depth).copied().flatten()?;
                Some(format_at(depth)?.write(number))
            })
        };
        Some(Label {
            text,
            place: ListPlace {
                list: counters.runs.get(&at).copied().unwrap_or(0),
                depth,
            },
            run: level.run,
            is_bullet: level.is_bullet,
        })
    }
}

impl Definition {
    /// Reads an element `abstractNum`.
    fn read<R: Read>(xml: &mut Xml<R>, theme: &ThemeFonts) -> Result<Self, ErrorKind> {
        let mut definition = Self::default();
        while let Some(event) = xml.next()? {
            let XmlEvent::Open(tag) = event else { continue };
            match tag.name() {
                "lvl" => {
                    let depth: usize = tag.number("ilvl").unwrap_or(LEVELS);
                    let mut level = Level::default();
                    level.read(xml, theme)?;
                    if depth < LEVELS {
                        if definition.levels.len() <= depth {
                            definition.levels.resize(depth + 1, None);
                        }
                        if let Some(place) = definition.levels.get_mut(depth) {
                            *place = Some(level);
                        }
                    }
                }
                "numStyleLink" => {
                    definition.held_by = tag.attribute("val").map(std::borrow::Cow::into_owned);
                    xml.skip()?;
                }
                _ => xml.skip()?,
            }
        }
        Ok(definition)
    }
}

impl List {
    /// Reads an element `num`.
    fn read<R: Read>(xml: &mut Xml<R>, theme: &ThemeFonts) -> Result<Self, ErrorKind> {
        let mut list = Self {
            definition: -1,
            ..Self::default()
        };
        while let Some(event) = xml.next()? {
            let XmlEvent::Open(tag) = event else { continue };
            match tag.name() {
                "abstractNumId" => {
                    list.definition = tag.number("val").unwrap_or(-1);
                    xml.skip()?;
                }
                "lvlOverride" => {
                    let depth: usize = tag.number("ilvl").unwrap_or(LEVELS);
                    let (start, level) = read_override(xml, theme)?;
                    if depth < LEVELS && list.overrides.len() < LEVELS {
                        list.overrides.push((depth, start, level));
                    }
                }
                _ => xml.skip()?,
            }
        }
        Ok(list)
    }
}

/// Reads an element `lvlOverride`: the start and the level that it sets.
fn read_override<R: Read>(xml: &mut Xml<R>, theme: &ThemeFonts) -> Result<(Option<u32>, Option<Level>), ErrorKind> {
    let (mut start, mut level) = (None, None);
    while let Some(event) = xml.next()? {
        let XmlEvent::Open(tag) = event else { continue };
        match tag.name() {
            "startOverride" => {
                start = tag.number("val");
                xml.skip()?;
            }
            "lvl" => {
                let mut read = Level::default();
                read.read(xml, theme)?;
                level = Some(read);
            }
            _ => xml.skip()?,
        }
    }
    Ok((start, level))
}

impl Level {
    /// Reads what is in an element `lvl`, or in alternatives in it; the last one is what older programs read as well.
    fn read<R: Read>(&mut self, xml: &mut Xml<R>, theme: &ThemeFonts) -> Result<(), ErrorKind> {
        while let Some(event) = xml.next()? {
            let XmlEvent::Open(tag) = event else { continue };
            match tag.name() {
                "AlternateContent" | "Choice" | "Fallback" => {
                    self.read(xml, theme)?;
                    continue;
                }
                "rPr" => {
                    self.run = read_run_format(xml, theme)?.format;
                    continue;
                }
                "start" => self.start = tag.number("val").unwrap_or(0),
                "numFmt" => {
                    let name = tag.attribute("val").unwrap_or_default();
                    self.is_bullet = name == "bullet";
                    self.format = numerals(&name);
                }
                "lvlText" => {
                    let text = tag.attribute("val").unwrap_or_default();
                    self.text = text
                        .char_indices()
                        .take_while(|(at, _)| *at < MAX_LABEL_BYTES)
                        .map(|(_, char)| char)
                        .collect();
                }
                "lvlRestart" => self.restart = tag.number("val"),
                "isLgl" => self.is_legal = switches_on(&tag),
                "pStyle" => self.style = tag.attribute("val").map(std::borrow::Cow::into_owned),
                _ => {}
            }
            xml.skip()?;
        }
        Ok(())
    }
}

/// Returns the text of a label, `%1` to `%9` replaced by numbers.
fn written(text: &str, number: impl Fn(usize) -> Option<String>) -> String {
    let mut label = String::new();
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        let digit = if char == '%' {
            chars.peek().and_then(|next| next.to_digit(10))
        } else {
            None
        };
        match digit {
            Some(digit @ 1..) => {
                chars.next();
                label.push_str(&number(digit as usize - 1).unwrap_or_default());
            }
            _ => label.push(char),
        }
    }
    label
}

/// Returns the sign of a bullet: a sign of a font of signs is a dash here, as the dash is what offices mean by it.
fn bullet(text: &str) -> String {
    let sign = |char: char| match char {
        '\u{f02b}' => '+',
        '\u{e000}'..='\u{f8ff}' => '-',
        char => char,
    };
    text.chars().map(sign).collect()
}
