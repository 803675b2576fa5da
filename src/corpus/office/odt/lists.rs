//! The labels of headings and list items, counted.
//!
//! A level says how its number is written, what stands before and after it, and how many levels above it are shown. A
//! list counts for itself unless it says that it goes on with another.
//!
//! Source: ODF 1.2 part 1, 5.3 (`text:list`), 16.31 to 16.36 (levels), 19.880 (`text:continue-list`).

use std::collections::HashMap;

use crate::corpus::office::numbers::NumberFormat;
use crate::corpus::office::symbols;
use crate::corpus::office::xml::Tag;

/// Number of levels of a list style.
pub(super) const LEVELS: usize = 10;

/// The most lists that count for themselves; further ones count with the last.
const MAX_LISTS: usize = 1_000_000;

/// A level of a list style.
#[derive(Clone, Debug, Default)]
pub(super) struct ListLevel {
    /// The sign before its items; `None` if they have numbers.
    bullet: Option<String>,
    format: NumberFormat,
    prefix: String,
    suffix: String,
    /// The label as a whole, with `%1%` for the number of the first level. It replaces prefix and suffix.
    pattern: Option<String>,
    /// Number of levels that are shown, this one being the last.
    shown: usize,
    start: u32,
}

/// A list style, or the numbering of headings: its levels.
#[derive(Clone, Debug, Default)]
pub(super) struct ListStyle {
    levels: Vec<Option<ListLevel>>,
}

/// The numbers of the last items of a list at each level.
pub(super) type Counts = [Option<u32>; LEVELS];

/// The lists of a file.
#[derive(Debug, Default)]
pub(super) struct Lists {
    counts: Vec<Counts>,
    /// The index of each list with an id.
    ids: HashMap<String, usize>,
    /// The index of the last list of each style.
    styles: HashMap<String, usize>,
}

impl ListLevel {
    /// Reads the element of a level, without what lies in it.
    pub(super) fn of(tag: &Tag<'_>) -> Self {
        let text = |name| tag.attribute(name).unwrap_or_default().into_owned();
        let has_sync = tag.attribute("num-letter-sync").is_some_and(|sync| sync == "true");
        let format = match text("num-format").as_str() {
            "1" => NumberFormat::Decimal,
            "I" => NumberFormat::UpperRoman,
            "i" => NumberFormat::LowerRoman,
            "A" if has_sync => NumberFormat::UpperLetter,
            "a" if has_sync => NumberFormat::LowerLetter,
            "A" => NumberFormat::UpperLetterCount,
            "a" => NumberFormat::LowerLetterCount,
            "01, 02, 03, ..." => NumberFormat::PaddedDecimal,
            "" => NumberFormat::Hidden,
            _ => NumberFormat::Decimal,
        };
        Self {
            bullet: match tag.name() {
                "list-level-style-bullet" => Some(text("bullet-char")),
                "list-level-style-image" => Some(String::new()),
                _ => None,
            },
            format,
            prefix: text("num-prefix"),
            suffix: text("num-suffix"),
            pattern: tag.attribute("num-list-format").map(Into::into),
            shown: tag.number("display-levels").unwrap_or(1),
            start: tag.number("start-value").unwrap_or(1),
        }
    }
}

impl ListStyle {
    /// Sets the level with this number, from 1. `font` is the font of its sign.
    pub(super) fn set(&mut self, number: usize, mut level: ListLevel, font: Option<String>) {
        if !(1..=LEVELS).contains(&number) {
            return;
        }
        if let Some(bullet) = &mut level.bullet {
            *bullet = bullet.chars().map(|char| printed(char, font.as_deref())).collect();
        }
        self.levels.resize(LEVELS, None);
        if let Some(place) = self.levels.get_mut(number - 1) {
            *place = Some(level);
        }
    }

    /// Counts an item at `depth`, from 0, in `counts`; `start` is its number if it states one. Returns its label.
    pub(super) fn count(&self, counts: &mut Counts, depth: usize, start: Option<u32>) -> String {
        let depth = depth.min(LEVELS - 1);
        let level = self.level(depth);
        let first = level.map_or(1, |level| level.start);
        let next = start.unwrap_or_else(|| counts[depth].map_or(first, |count| count.saturating_add(1)));
        counts[depth] = Some(next);
        for deeper in counts.iter_mut().skip(depth + 1) {
            *deeper = None;
        }
        let Some(level) = level else {
            return String::new();
        };
        if let Some(bullet) = &level.bullet {
            return bullet.clone();
        }
        if level.format == NumberFormat::Hidden && level.pattern.is_none() {
            return format!("{}{}", level.prefix, level.suffix);
        }
        let written = |depth: usize| match self.level(depth) {
            Some(level) if level.bullet.is_none() => level.format.write(counts[depth].unwrap_or(level.start)),
            _ => String::new(),
        };
        if let Some(pattern) = &level.pattern {
            return (0..LEVELS).fold(pattern.clone(), |label, depth| {
                let place = format!("%{}%", depth + 1);
                if label.contains(&place) {
                    label.replace(&place, &written(depth))
                } else {
                    label
                }
            });
        }
        let from = (depth + 1).saturating_sub(level.shown.max(1));
        let numbers: Vec<String> = (from..=depth)
            .map(written)
            .filter(|number| !number.is_empty())
            .collect();
        format!("{}{}{}", level.prefix, numbers.join("."), level.suffix)
    }

    /// Returns the level at `depth`, from 0.
    fn level(&self, depth: usize) -> Option<&ListLevel> {
        self.levels.get(depth)?.as_ref()
    }
}

impl Lists {
    /// Begins a list and returns its index. `style` is its style; `id` is its own, and `continued` that of the list that
    /// it goes on with. It goes on with the last of its style if `goes_on`.
    pub(super) fn begin(&mut self, style: &str, id: Option<&str>, continued: Option<&str>, goes_on: bool) -> usize {
        let by_id = continued.and_then(|id| self.ids.get(id));
        let by_style = || self.styles.get(style).filter(|_| goes_on);
        let index = by_id.or_else(by_style).copied().unwrap_or_else(|| {
            if self.counts.len() < MAX_LISTS {
                self.counts.push(Counts::default());
            }
            self.counts.len() - 1
        });
        if let Some(id) = id {
            self.ids.insert(id.to_owned(), index);
        }
        self.styles.insert(style.to_owned(), index);
        index
    }

    /// Returns the counts of the list with this index.
    pub(super) fn counts(&mut self, index: usize) -> Option<&mut Counts> {
        self.counts.get_mut(index)
    }
}

/// Returns what a sign is printed as in the font `font`.
fn printed(char: char, font: Option<&str>) -> char {
    match u16::try_from(u32::from(char)) {
        Ok(code) if symbols::is_private(code) || !matches!(char, '\u{e000}'..='\u{f8ff}') => {
            symbols::letter(font.unwrap_or(""), code)
        }
        // OpenSymbol has its bullets there.
        Ok(_) => '•',
        Err(_) => char,
    }
}
