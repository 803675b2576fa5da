//! The layout of a text: its rows, its pages and its line spacing, found without reading its words.
//!
//! A [`Sheet`] holds all rows of a file. A [`SheetRow`] is one line that holds something; blank lines are
//! counted as the gap before the next row. [`row`] cuts the rows, [`shape`] describes a single line
//! (capitals, end of a sentence), [`contents`] finds contents pages, and [`pages`] finds page breaks, printed
//! page numbers ([`page_number`]) and running heads ([`running`]). Where the format of the file says all that itself, [`given`] takes it from there. This file adds
//! two things that only many rows together show: the width of the type area, and the line spacing, because
//! some files have an empty line after every printed one.
//!
//! Headings, notes and paragraphs are found by the modules that read these rows.

mod breaks;
mod contents;
mod edges;
mod given;
mod indent;
mod page_number;
#[cfg(test)]
mod page_tests;
mod pages;
mod row;
mod running;
mod shape;

use contents::mark_contents;
use indent::mark_indents;
use pages::find_pages;
use row::rows_of;

pub(crate) use row::{RowRole, SheetRow};
pub(crate) use shape::{OpenEnd, count_chars, ends_sentence, is_capitals, open_end, starts_lower, starts_with_date};

use crate::text::{Span, Structure, StructureLine};

/// Number of rows over which the line spacing is decided.
const SPACING_ROWS: usize = 48;

/// The structure of plain text.
static NO_STRUCTURE: Structure = Structure {
    raised: Vec::new(),
    lines: Vec::new(),
    notes: Vec::new(),
    page_starts: Vec::new(),
};

/// All rows of a text and the pages they are on.
#[derive(Debug)]
pub(crate) struct Sheet<'t> {
    /// The whole text of the file.
    pub(crate) text: &'t str,
    /// The rows in order.
    pub(crate) rows: Vec<SheetRow>,
    /// Offset of the first byte of each page; the first is 0.
    pub(crate) page_starts: Vec<usize>,
    /// Usual number of chars of a full line of running text.
    pub(crate) width: usize,
    /// The structure that the format of the file gives the text; empty for plain text.
    structure: &'t Structure,
}

impl<'t> Sheet<'t> {
    /// Cuts `text` into rows and pages as `structure` says; an empty one says nothing.
    pub(crate) fn structured(text: &'t str, structure: &'t Structure) -> Self {
        if structure.is_empty() {
            return Self {
                structure,
                ..Self::of(text)
            };
        }
        let mut rows = rows_of(text);
        let width = usual_width(&rows);
        mark_contents(text, &mut rows);
        let page_starts = given::lay_out(text, structure, &mut rows);
        Self {
            text,
            rows,
            page_starts,
            width,
            structure,
        }
    }

    /// Cuts `text` into rows and pages.
    pub(crate) fn of(text: &'t str) -> Self {
        let mut rows = rows_of(text);
        let width = usual_width(&rows);
        // The line spacing comes before the pages: where every line is followed by an empty one, a gap
        // says nothing about a page break.
        mark_double_spacing(&mut rows);
        // Numbers in a contents page count no pages.
        mark_contents(text, &mut rows);
        let page_starts = find_pages(text, &mut rows);
        mark_indents(&mut rows);
        Self {
            text,
            rows,
            page_starts,
            width,
            structure: &NO_STRUCTURE,
        }
    }

    /// Returns what the format of the file says about the text; empty for plain text.
    pub(crate) fn structure(&self) -> &Structure {
        self.structure
    }

    /// Returns what the format of the file says about row `index`; `None` in plain text.
    pub(crate) fn given(&self, index: usize) -> Option<&StructureLine> {
        self.structure.lines.get(self.rows.get(index)?.line? as usize)
    }

    /// Returns the index of the page that holds byte `at`.
    pub(crate) fn page_at(&self, at: usize) -> usize {
        self.page_starts.partition_point(|&start| start <= at).saturating_sub(1)
    }

    /// Returns the trimmed text of row `index`.
    pub(crate) fn body(&self, index: usize) -> &'t str {
        self.rows[index].body.slice(self.text)
    }

    /// Returns the indices of the rows that hold text.
    pub(crate) fn text_rows(&self) -> impl Iterator<Item = usize> {
        let rows = self.rows.iter().enumerate();
        rows.filter(|(_, row)| row.role == RowRole::Text)
            .map(|(index, _)| index)
    }

    /// Returns the bytes of the rows `rows`: one span for rows that follow one another, in the order given.
    pub(crate) fn spans_of(&self, rows: &[usize]) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::new();
        for (at, &index) in rows.iter().enumerate() {
            let span = self.rows[index].span;
            match spans.last_mut() {
                Some(last) if rows[at - 1] + 1 == index => *last = last.cover(span),
                _ => spans.push(span),
            }
        }
        spans
    }
}

/// Returns the number of chars that three quarters of the longer rows do not exceed.
fn usual_width(rows: &[SheetRow]) -> usize {
    /// Chars from which a row is long enough to be running text.
    const LONG: usize = 40;
    let mut lengths: Vec<usize> = rows
        .iter()
        .map(|row| row.chars)
        .filter(|&chars| chars >= LONG)
        .collect();
    if lengths.is_empty() {
        return LONG;
    }
    let at = lengths.len() * 3 / 4;
    *lengths.select_nth_unstable(at).1
}

/// Marks the rows that are set with an empty line after every printed one, stretch by stretch.
///
/// In such a stretch sentences continue after one blank line, and as a rule not on the very next line.
fn mark_double_spacing(rows: &mut [SheetRow]) {
    let mut double = Vec::with_capacity(rows.len() / SPACING_ROWS + 1);
    for first in (0..rows.len()).step_by(SPACING_ROWS) {
        let last = (first + SPACING_ROWS).min(rows.len());
        let (mut tight, mut spaced, mut gaps) = (0usize, 0usize, 0usize);
        for index in first.max(1)..last {
            let gap = rows[index].gap;
            gaps += usize::from(gap == 1);
            // Only rows in the middle of a sentence prove anything: "…triển khai đúng" + "nguyên tắc, …".
            // A blank line between two paragraphs is usual in any text.
            if rows[index].lower && !rows[index - 1].ended {
                tight += usize::from(gap == 0);
                spaced += usize::from(gap == 1);
            }
        }
        double.push(spaced >= 3 && spaced > tight && spaced * 4 > gaps);
    }
    for (index, row) in rows.iter_mut().enumerate() {
        row.double = double[index / SPACING_ROWS];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn double_spaced_text_is_known_by_its_sentences() {
        let wrapped =
            "Công tác kiểm tra, giám sát được triển khai đúng\n\nnguyên tắc, quy trình, bảo đảm các\n\n".repeat(4);
        assert!(Sheet::of(&wrapped).rows.iter().all(|row| row.double));
        let paragraphs = "Công tác kiểm tra.\n\nĐảng ủy luôn quan tâm.\n\n".repeat(4);
        assert!(Sheet::of(&paragraphs).rows.iter().all(|row| !row.double));
    }
}
