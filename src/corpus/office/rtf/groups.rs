//! The groups of an RTF file: what a group holds, and the formatting that ends with it.
//!
//! Source: RTF 1.9.1, "RTF Syntax" (destinations) and the index of control words.

use super::lists::ListTable;

/// The content of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Destination {
    /// Text that is printed.
    Text,
    /// Nothing that is printed.
    Nothing,
    /// Nothing but what groups in it hold: a drawing with its text box.
    Frame,
    /// The font table.
    Fonts,
    /// The style sheet.
    Styles,
    /// A table of lists.
    Lists(ListTable),
    /// The text of a label in a table of lists.
    LevelText(ListTable),
    /// The label of a paragraph.
    Label,
    /// The action of a field.
    Instruction,
    /// A note.
    Note,
    /// A text box.
    TextBox,
}

/// Control words that begin a group of another kind than the one around it.
const DESTINATIONS: [(&str, Destination); 70] = {
    use Destination::{Fonts, Frame, Instruction, Label, LevelText, Lists, Note, Nothing, Styles, Text, TextBox};
    [
        ("fonttbl", Fonts),
        ("stylesheet", Styles),
        ("listtable", Lists(ListTable::Lists)),
        ("listoverridetable", Lists(ListTable::Overrides)),
        ("leveltext", LevelText(ListTable::Lists)),
        ("levelnumbers", Nothing),
        ("listname", Nothing),
        ("colortbl", Nothing),
        ("info", Nothing),
        ("header", Nothing),
        ("headerl", Nothing),
        ("headerr", Nothing),
        ("headerf", Nothing),
        ("footer", Nothing),
        ("footerl", Nothing),
        ("footerr", Nothing),
        ("footerf", Nothing),
        ("ftnsep", Nothing),
        ("ftnsepc", Nothing),
        ("ftncn", Nothing),
        ("aftnsep", Nothing),
        ("aftnsepc", Nothing),
        ("aftncn", Nothing),
        ("footnote", Note),
        ("listtext", Label),
        ("pntext", Label),
        ("pn", Nothing),
        ("pnseclvl", Nothing),
        ("field", Frame),
        ("fldinst", Instruction),
        ("fldrslt", Text),
        ("annotation", Nothing),
        ("atnid", Nothing),
        ("atnauthor", Nothing),
        ("atntime", Nothing),
        ("atndate", Nothing),
        ("atnicn", Nothing),
        ("atnref", Nothing),
        ("atnparent", Nothing),
        ("atrfstart", Nothing),
        ("atrfend", Nothing),
        ("pict", Nothing),
        ("shppict", Nothing),
        ("nonshppict", Nothing),
        ("object", Frame),
        ("objdata", Nothing),
        ("objclass", Nothing),
        ("objname", Nothing),
        ("result", Text),
        ("shp", Frame),
        ("shpgrp", Frame),
        ("shpinst", Frame),
        ("shptxt", TextBox),
        ("shprslt", Nothing),
        ("sp", Nothing),
        ("do", Frame),
        ("dptxbx", Frame),
        ("dptxbxtext", TextBox),
        ("upr", Frame),
        ("ud", Text),
        ("nesttableprops", Text),
        ("nonesttables", Nothing),
        ("xe", Nothing),
        ("tc", Nothing),
        ("tcn", Nothing),
        ("txe", Nothing),
        ("rxe", Nothing),
        ("bkmkstart", Nothing),
        ("bkmkend", Nothing),
        ("mmath", Nothing),
    ]
};

/// The formatting of characters.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct CharFormat {
    /// The number of the font; `None` for the font of the document.
    pub(super) font: Option<i32>,
    /// True if it is bold.
    pub(super) bold: bool,
    /// True if it is printed in capitals.
    pub(super) capitals: bool,
    /// True if it is not printed.
    pub(super) hidden: bool,
    /// True if it was deleted while changes were recorded.
    pub(super) deleted: bool,
    /// True if it is raised.
    pub(super) raised: bool,
}

/// The formatting of paragraphs.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ParagraphFormat {
    /// The number of its style.
    pub(super) style: i32,
    /// Its outline level, from 0, if it states one itself.
    pub(super) outline: Option<i32>,
    /// True if it is centered.
    pub(super) centered: bool,
    /// True if it is in a table.
    pub(super) in_table: bool,
    /// The number of tables that it lies in, if it states that.
    pub(super) tables: i32,
    /// The number of its list (`\ls`); 0 for none.
    pub(super) list: i32,
    /// Its depth in the list.
    pub(super) depth: i32,
    /// True if a page begins before it.
    pub(super) begins_page: bool,
}

/// The state from a place in a group to its end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Group {
    /// The content of the group.
    pub(super) destination: Destination,
    /// Number of chars that stand after each `\u` for programs without Unicode.
    pub(super) fallback_chars: u32,
    /// The formatting of characters.
    pub(super) chars: CharFormat,
    /// The formatting of paragraphs.
    pub(super) paragraph: ParagraphFormat,
}

impl Default for Group {
    fn default() -> Self {
        Self {
            destination: Destination::Text,
            fallback_chars: 1,
            chars: CharFormat::default(),
            paragraph: ParagraphFormat::default(),
        }
    }
}

impl Destination {
    /// Returns what a group holds that has this control word; `None` if the word begins no destination.
    pub(super) fn named(word: &str) -> Option<Self> {
        let found = DESTINATIONS.iter().find(|(known, _)| *known == word);
        found.map(|(_, destination)| *destination)
    }
}

impl ParagraphFormat {
    /// Returns the number of tables that the paragraph lies in.
    pub(super) fn depth_in_tables(&self) -> usize {
        let stated = usize::try_from(self.tables).unwrap_or(0);
        stated.max(usize::from(self.in_table))
    }
}

impl CharFormat {
    /// Reads a control word that formats characters; returns false for others.
    pub(super) fn read(&mut self, word: &str, number: Option<i32>) -> bool {
        let on = number != Some(0);
        match word {
            "plain" => *self = Self::default(),
            "f" => self.font = number,
            "b" => self.bold = on,
            "caps" | "scaps" => self.capitals = on,
            "v" => self.hidden = on,
            "deleted" => self.deleted = on,
            "super" | "up" => self.raised = on,
            "nosupersub" | "sub" | "dn" => self.raised = false,
            _ => return false,
        }
        true
    }

    /// Returns true if text of this format is printed.
    pub(super) const fn is_printed(&self) -> bool {
        !self.hidden && !self.deleted
    }
}

impl ParagraphFormat {
    /// Reads a control word that formats paragraphs; returns false for others.
    pub(super) fn read(&mut self, word: &str, number: Option<i32>) -> bool {
        let value = number.unwrap_or(0);
        let on = number != Some(0);
        match word {
            "pard" => *self = Self::default(),
            "s" => self.style = value,
            "outlinelevel" => self.outline = Some(value),
            "qc" => self.centered = true,
            "ql" | "qr" | "qj" | "qd" => self.centered = false,
            "intbl" => self.in_table = true,
            "itap" => self.tables = value,
            "ls" => self.list = value,
            "ilvl" => self.depth = value,
            "pagebb" => self.begins_page = on,
            _ => return false,
        }
        true
    }
}
