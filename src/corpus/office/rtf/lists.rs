//! The lists of an RTF file, and the labels that they count.
//!
//! Word writes the label of each item before its text (`\listtext`). Where a program left that out, the label is counted
//! from the tables of lists: a list has nine levels, each with a start, a way of writing its number, and a text with
//! places for the numbers of this level and of those above it.
//!
//! Source: RTF 1.9.1, "List Tables" (`\listtable`, `\listoverridetable`) and "Paragraph Formatting" (`\ls`, `\ilvl`).

use std::collections::HashMap;

use crate::corpus::office::numbers::NumberFormat;
use crate::corpus::office::symbols::BULLET;

/// Number of levels of a list.
const LEVELS: usize = 9;

/// The number format of a level without a number but with a sign (`\levelnfc23`).
const BULLET_FORMAT: i32 = 23;

/// Ways of writing a number (`\levelnfc`). All others are decimal.
const FORMATS: [(i32, NumberFormat); 6] = [
    (1, NumberFormat::UpperRoman),
    (2, NumberFormat::LowerRoman),
    (3, NumberFormat::UpperLetter),
    (4, NumberFormat::LowerLetter),
    (22, NumberFormat::PaddedDecimal),
    (255, NumberFormat::Hidden),
];

/// A level of a list.
#[derive(Clone, Debug)]
struct Level {
    format: i32,
    start: u32,
    /// The text of its label; U+0000 to U+0008 stand for the numbers of the levels.
    text: String,
    /// True if it goes on counting after an item of a level above it.
    goes_on: bool,
    /// True if the numbers of all levels are decimal in its label.
    is_legal: bool,
}

impl Default for Level {
    fn default() -> Self {
        Self {
            format: 0,
            start: 1,
            text: String::new(),
            goes_on: false,
            is_legal: false,
        }
    }
}

/// A list.
#[derive(Debug, Default)]
struct List {
    id: i32,
    levels: Vec<Level>,
    /// For each level, the number of its last item.
    counts: [Option<u32>; LEVELS],
}

/// A use of a list that may count otherwise.
#[derive(Debug, Default)]
struct Override {
    list_id: i32,
    /// Its changes to each level that it lists: the start, and the level as a whole.
    changes: Vec<(Option<u32>, Option<Level>)>,
    /// True once an item of it was counted.
    is_used: bool,
}

/// The table in which a level is declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ListTable {
    /// That of the lists.
    Lists,
    /// That of their uses.
    Overrides,
}

/// The lists of a file.
#[derive(Debug, Default)]
pub(super) struct Lists {
    lists: Vec<List>,
    overrides: Vec<Override>,
    /// The index in `overrides` for each number of `\ls`, once the tables are read.
    numbers: HashMap<i32, usize>,
    /// The index in `lists` for each `\listid`.
    ids: HashMap<i32, usize>,
}

impl Lists {
    /// Reads a control word of one of the tables.
    pub(super) fn word(&mut self, table: ListTable, word: &str, number: Option<i32>) {
        let value = number.unwrap_or(0);
        match (table, word) {
            (ListTable::Lists, "list") => self.lists.push(List::default()),
            (ListTable::Lists, "listid") => {
                if let Some(list) = self.lists.last_mut() {
                    list.id = value;
                    self.ids.insert(value, self.lists.len() - 1);
                }
            }
            (ListTable::Lists, "listlevel") => {
                if let Some(list) = self.lists.last_mut().filter(|list| list.levels.len() < LEVELS) {
                    list.levels.push(Level::default());
                }
            }
            (ListTable::Overrides, "listoverride") => self.overrides.push(Override::default()),
            (ListTable::Overrides, _) if self.overrides.is_empty() => {}
            (ListTable::Overrides, "ls") => {
                self.numbers.insert(value, self.overrides.len() - 1);
            }
            (ListTable::Overrides, "listid") => {
                if let Some(last) = self.overrides.last_mut() {
                    last.list_id = value;
                }
            }
            (ListTable::Overrides, "lfolevel") => {
                if let Some(last) = self.overrides.last_mut().filter(|last| last.changes.len() < LEVELS) {
                    last.changes.push((None, None));
                }
            }
            (ListTable::Overrides, "listlevel") => {
                if let Some((_, level)) = self.change() {
                    *level = Some(Level::default());
                }
            }
            (ListTable::Overrides, "levelstartat") if self.level(table).is_none() => {
                if let Some((start, _)) = self.change() {
                    *start = u32::try_from(value).ok();
                }
            }
            _ => {
                if let Some(level) = self.level(table) {
                    match word {
                        "levelnfc" | "levelnfcn" => level.format = value,
                        "levelstartat" => level.start = u32::try_from(value).unwrap_or(0),
                        "levelnorestart" => level.goes_on = number != Some(0),
                        "levellegal" => level.is_legal = number != Some(0),
                        _ => {}
                    }
                }
            }
        }
    }

    /// Reads a piece of the text of a label. Its first char is the number of chars that follow, and `;` ends it.
    pub(super) fn text(&mut self, table: ListTable, text: &str) {
        if let Some(level) = self.level(table) {
            level.text.push_str(text);
        }
    }

    /// Returns the change of a level that is being declared.
    fn change(&mut self) -> Option<&mut (Option<u32>, Option<Level>)> {
        self.overrides.last_mut()?.changes.last_mut()
    }

    /// Returns the level that is being declared.
    fn level(&mut self, table: ListTable) -> Option<&mut Level> {
        match table {
            ListTable::Lists => self.lists.last_mut()?.levels.last_mut(),
            ListTable::Overrides => self.change()?.1.as_mut(),
        }
    }

    /// Counts an item of the list with this number (`\ls`) and this depth. Returns the index of the list and the label.
    pub(super) fn count(&mut self, number: i32, depth: usize) -> Option<(u32, String)> {
        let used = self.overrides.get_mut(*self.numbers.get(&number)?)?;
        let &index = self.ids.get(&used.list_id)?;
        let list = self.lists.get_mut(index)?;
        if depth >= list.levels.len() {
            return None;
        }
        if !used.is_used {
            used.is_used = true;
            for (level, (start, whole)) in used.changes.iter().enumerate() {
                if let Some(start) = start.or(whole.as_ref().map(|level| level.start)) {
                    list.counts[level] = start.checked_sub(1);
                }
            }
        }
        let levels: Vec<&Level> = list
            .levels
            .iter()
            .enumerate()
            .map(|(level, own)| {
                used.changes
                    .get(level)
                    .and_then(|(_, whole)| whole.as_ref())
                    .unwrap_or(own)
            })
            .collect();
        let this = *levels.get(depth)?;
        let next = list.counts[depth].map_or(this.start, |count| count.saturating_add(1));
        list.counts[depth] = Some(next);
        for (deeper, level) in levels.iter().enumerate().skip(depth + 1) {
            if !level.goes_on {
                list.counts[deeper] = None;
            }
        }
        let write = |level: usize| {
            let Some(of) = levels.get(level) else {
                return String::new();
            };
            let format = FORMATS.iter().find(|(known, _)| *known == of.format);
            let format = format
                .filter(|_| !this.is_legal)
                .map_or(NumberFormat::Decimal, |(_, format)| *format);
            format.write(list.counts[level].unwrap_or(of.start))
        };
        let mut label = String::new();
        for char in this.label_text().chars() {
            match u32::from(char) as usize {
                level @ 0..LEVELS if this.format != BULLET_FORMAT => label.push_str(&write(level)),
                _ if matches!(char, '\u{f000}'..='\u{f0ff}') => label.push(BULLET),
                _ if char.is_control() => {}
                _ => label.push(char),
            }
        }
        Some((u32::try_from(index).ok()?, label))
    }
}

impl Level {
    /// Returns the text of its label without its length and its end.
    fn label_text(&self) -> &str {
        let mut chars = self.text.chars();
        chars.next();
        let text = chars.as_str();
        text.strip_suffix(';').unwrap_or(text)
    }
}
