//! A note as it was found, before passages exist, and the place that calls it.

use crate::document::layout::Sheet;
use crate::text::Span;

/// A note as it was found, before passages exist.
#[derive(Clone, Debug)]
pub(crate) struct Note {
    /// Its number.
    pub(super) number: usize,
    /// The mark before its body.
    pub(super) mark: Span,
    /// Rows of each of its paragraphs.
    pub(super) paragraphs: Vec<Vec<usize>>,
    /// The place in running text that calls it.
    pub(super) call: Option<Call>,
}

impl Note {
    /// Adds row `index`: to the last paragraph, or as a new one after a full stop and a blank line.
    pub(super) fn push_row(&mut self, sheet: &Sheet<'_>, index: usize) {
        let row = &sheet.rows[index];
        let before = self.paragraphs.last().and_then(|rows| rows.last()).copied();
        let new_paragraph = before.is_some_and(|before| sheet.rows[before].ended && row.gap > usize::from(row.double));
        match self.paragraphs.last_mut() {
            Some(paragraph) if !new_paragraph => paragraph.push(index),
            _ => self.paragraphs.push(vec![index]),
        }
    }
}

/// A place in running text that calls a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Call {
    /// The word, the mark and the punctuation after it.
    pub(super) word: Span,
    /// The mark; empty where a scan lost it.
    pub(super) mark: Span,
}

impl Call {
    /// Returns the call with the mark `mark` in the row with the bytes `row`: its word is the blank-separated
    /// one that holds the mark or ends before it, cut at the ends of the row.
    pub(super) fn at(text: &str, row: Span, mark: Span) -> Self {
        let left = Span::new(row.start, mark.start).slice(text);
        // A sign apart from any word belongs to the word before it; digits apart are a number of their own.
        let own = mark.slice(text).starts_with(|c: char| c.is_ascii_digit());
        let trimmed = if own { left } else { left.trim_end() };
        let start = trimmed
            .rfind(char::is_whitespace)
            .map_or(0, |at| at + trimmed[at..].chars().next().map_or(1, char::len_utf8));
        let right = Span::new(mark.end, row.end).slice(text);
        let end = right.find(char::is_whitespace).unwrap_or(right.len());
        Self {
            word: Span::new(row.start + start, mark.end + end),
            mark,
        }
    }
}

/// Returns the digit that a raised char of Unicode stands for.
pub(super) fn raised_digit(char: char) -> Option<usize> {
    Some(match char {
        '⁰' => 0,
        '¹' => 1,
        '²' => 2,
        '³' => 3,
        '⁴'..='⁹' => char as usize - '⁰' as usize,
        _ => return None,
    })
}

/// Returns true for a letter, or a mark on one in decomposed text (combining marks of U+0300 to U+036F).
pub(super) fn is_letter(char: char) -> bool {
    char.is_alphabetic() || matches!(char, '\u{300}'..='\u{36f}')
}
