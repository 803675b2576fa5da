//! A block: a run of rows that belong together.

use super::label::{Label, LabelClass};
use crate::document::layout::Sheet;
use crate::document::strays::without_strays;
use crate::reading::Reading;
use crate::text::{Form, Span};

/// A run of rows that belong together.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    /// Indices of its rows in [`Sheet::rows`], in order, never empty.
    pub(crate) rows: Vec<usize>,
    /// Byte where it begins: the start of its first row, or the byte after a run-in heading on that row.
    pub(crate) start: usize,
    /// Byte after its last.
    pub(crate) end: usize,
    /// Its kind.
    pub(crate) kind: BlockKind,
    /// Its label.
    pub(super) label: Option<Label>,
    /// True if it ends with a full line without a full stop and a capital follows, so that the next block
    /// may belong to it.
    pub(super) may_continue: bool,
}

/// The kind of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BlockKind {
    /// A paragraph or an item of a list.
    Text,
    /// A heading.
    Heading,
    /// Letterhead, title, motto, signature.
    Header,
    /// A row of a table.
    Table,
}

/// The type in which a block is set, as far as the format of the file, Markdown and capitals show it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Face {
    /// Level of its style, or number of `#` before a heading in Markdown; 0 for none.
    pub(crate) level: usize,
    /// True if all of it is bold.
    pub(crate) bold: bool,
    /// True if it is set in capitals.
    pub(crate) capitals: bool,
}

impl Face {
    /// Returns true if the format or Markdown sets it off from the text.
    pub(crate) fn is_marked(self) -> bool {
        self.level > 0 || self.bold
    }
}

/// Returns true for the chars of a label in bold type and of what joins it with a bold title: `1.** **`.
fn label_chars(char: char) -> bool {
    char.is_ascii_digit() || matches!(char, '.' | '*' | ' ' | '-' | ')' | 'I' | 'V' | 'X')
}

/// The ways to write the end of a line inside a cell of a table.
const LINE_ENDS: [&str; 5] = ["<br>", "<br/>", "<br />", "<BR>", "<BR/>"];

impl Block {
    /// Returns the bytes of `sheet` that it holds: one span for rows that follow one another on one page, cut at
    /// each `<br>`, which is a blank.
    pub(crate) fn fragments(&self, sheet: &Sheet<'_>) -> Vec<Span> {
        let mut fragments: Vec<Span> = Vec::new();
        let mut before: Option<usize> = None;
        for &index in &self.rows {
            let row = &sheet.rows[index];
            let piece = Span::new(row.span.start.max(self.start), row.span.end.min(self.end));
            let follows = before.is_some_and(|before| before + 1 == index && sheet.rows[before].page == row.page);
            match fragments.last_mut() {
                Some(last) if follows => *last = last.cover(piece),
                _ => fragments.push(piece),
            }
            before = Some(index);
        }
        let ends_lines = |span: &Span| memchr::memchr(b'<', span.slice(sheet.text).as_bytes()).is_some();
        if fragments.iter().any(ends_lines) {
            let pieces: Vec<Span> = fragments
                .iter()
                .flat_map(|&span| without_line_ends(sheet.text, span))
                .collect();
            // A block of line ends alone keeps them.
            if !pieces.is_empty() {
                return pieces;
            }
        }
        fragments
    }

    /// Returns its repaired reading without its label.
    pub(crate) fn title(&self, sheet: &Sheet<'_>, reading: &Reading) -> String {
        self.title_without(sheet, reading, &[])
    }

    /// Returns its repaired reading without its label and the marks `marks` (sorted) that call notes.
    pub(crate) fn title_without(&self, sheet: &Sheet<'_>, reading: &Reading, marks: &[Span]) -> String {
        // A label alone on its line ends with the letters of the line, not with the blanks after it.
        let trimmed = |span: Span| Span::new(span.start, span.start + span.slice(sheet.text).trim_end().len());
        let label = self.label.iter().map(|label| trimmed(label.span));
        let first = marks.partition_point(|mark| mark.start < self.start);
        let inside = marks[first..].iter().take_while(|mark| mark.start < self.end).copied();
        let without: Vec<Span> = label.chain(inside).collect();
        let view = reading.view(sheet.text, &self.fragments(sheet), &without, Form::Match);
        clean_title(view.text())
    }

    /// Returns the type in which it is set.
    pub(crate) fn face(&self, sheet: &Sheet<'_>) -> Face {
        if let Some(line) = sheet.given(self.rows[0]) {
            let is_bold = |&row: &usize| sheet.given(row).is_some_and(|line| line.bold);
            return Face {
                level: usize::from(line.level.unwrap_or(0)),
                bold: self.rows.iter().all(is_bold),
                capitals: sheet.rows[self.rows[0]].capitals,
            };
        }
        let (first, last) = (sheet.body(self.rows[0]), sheet.body(self.last_row()));
        let level = first.bytes().take_while(|&byte| byte == b'#').count();
        let text = first[level..].trim_start();
        let bold = text.starts_with("**") && last.ends_with("**") && {
            // "**1.** Nhiệm vụ **trọng tâm**" is bold at both ends only.
            let inner = text.trim_start_matches('*');
            self.rows.len() > 1
                || !inner
                    .trim_end_matches('*')
                    .trim_start_matches(label_chars)
                    .contains("**")
        };
        Face {
            level: if self.rows.len() == 1 { level } else { 0 },
            bold,
            capitals: sheet.rows[self.rows[0]].capitals,
        }
    }

    /// Returns true if a scan may have got letters of it wrong.
    pub(crate) fn is_misread(&self, reading: &Reading) -> bool {
        reading.is_misread(Span::new(self.start, self.end))
    }

    /// Returns the number of chars of all its rows.
    pub(super) fn chars(&self, sheet: &Sheet<'_>) -> usize {
        self.rows.iter().map(|&row| sheet.rows[row].chars).sum()
    }

    /// Returns the class of its label.
    pub(crate) fn class(&self) -> Option<LabelClass> {
        self.label.as_ref().map(|label| label.class)
    }

    /// Returns the last number of its label, 0 for a sign or for no label.
    pub(crate) fn number(&self) -> usize {
        self.label.as_ref().map_or(0, |label| label.number)
    }

    /// Returns its label as printed once repaired, empty for none.
    pub(crate) fn label_text(&self) -> &str {
        self.label.as_ref().map_or("", |label| &label.text)
    }

    /// Returns true if its label is all that it holds.
    pub(super) fn is_label_alone(&self, sheet: &Sheet<'_>) -> bool {
        let after = |label: &Label| Span::new(label.span.end, self.end.max(label.span.end)).slice(sheet.text);
        self.label
            .as_ref()
            .is_some_and(|label| !after(label).contains(char::is_alphanumeric))
    }

    /// Returns the index of its last row.
    pub(super) fn last_row(&self) -> usize {
        self.rows[self.rows.len() - 1]
    }
}

/// Cuts `span` of `text` at each `<br>`; pieces of blanks alone are left out.
fn without_line_ends(text: &str, span: Span) -> Vec<Span> {
    let mut pieces = Vec::new();
    let (mut start, mut at) = (span.start, span.start);
    let mut push = |piece: Span| {
        if !piece.slice(text).trim().is_empty() {
            pieces.push(piece);
        }
    };
    while let Some(found) = memchr::memchr(b'<', Span::new(at, span.end).slice(text).as_bytes()) {
        at += found;
        let rest = Span::new(at, span.end).slice(text);
        if let Some(end) = LINE_ENDS.iter().find(|end| rest.starts_with(**end)) {
            push(Span::new(start, at));
            at += end.len();
            start = at;
        } else {
            at += 1;
        }
    }
    push(Span::new(start, span.end));
    pieces
}

/// Drops Markdown, a colon at the end, and the signs that a scan makes of rules around a title.
fn clean_title(title: &str) -> String {
    let edge = |c: char| c.is_whitespace() || matches!(c, '*' | ':' | '_' | '|' | ']' | '[' | '#' | '>');
    without_strays(title.replace("**", "").trim_matches(edge))
}
