//! The layout of a printed page: its paragraphs and lines in reading order.
//!
//! Poppler's blocks and lines follow the blanks of a page: it parts the label of an item from its text, mixes the cells
//! of a table line by line, and joins signatures side by side. So the words are laid out anew:
//!
//! 1. [`ruled`] takes the words of tables whose cells rules enclose;
//! 2. [`rows`] groups the others into rows, words side by side;
//! 3. [`columns`] finds columns that blanks keep apart, and decides whether they are read column by column or row by row;
//! 4. [`paragraphs`] finds where paragraphs begin.
//!
//! A row of a table becomes one line, with the signs between its cells that Markdown has: `| TT | Nội dung |`.

mod columns;
mod paragraphs;
mod rows;
mod ruled;

use std::collections::HashMap;

use super::super::facsimile::{RawPage, RawWord};
use super::poppler::PAGE_PIXELS;
use super::printed::PrintedPage;
use super::rules::Rules;
use columns::{Part, is_label, parts_of};
use paragraphs::{Margins, beginnings};
use rows::{Row, Word, rows_of};
use ruled::{RuledTable, take_tables};

/// The sign before, between and after the cells of a row.
const CELL_RULE: &str = "|";
/// The factor by which a word of three letters and more is higher than wide if it is turned.
const TURNED: f32 = 1.5;
/// The least blank that keeps two lines side by side apart, as a factor of their height.
const MIN_APART: f32 = 3.0;
/// Rows with wide blanks from which a page may have a table.
const MIN_BLANK_ROWS: usize = 2;

/// Returns true if words of `page` are set side by side as those of a table are: only then its rules matter.
pub(super) fn may_have_table(page: &PrintedPage) -> bool {
    let rows = rows_of(upright_words(page).0);
    rows.iter()
        .filter(|row| row.segments().len() > 1)
        .take(MIN_BLANK_ROWS)
        .count()
        >= MIN_BLANK_ROWS
}

/// Returns the paragraphs and lines of `pages`, with places in pixels of the drawn page: its longer side has
/// [`PAGE_PIXELS`]. `rules` are those of the pages that may have a table, as each was drawn in several ways.
pub(super) fn lay_out(pages: &[PrintedPage], rules: &HashMap<usize, Vec<Rules>>) -> Vec<RawPage> {
    let split: Vec<SplitPage<'_>> = pages
        .iter()
        .enumerate()
        .map(|(index, page)| SplitPage::of(page, rules.get(&index).map_or(&[], Vec::as_slice)))
        .collect();
    // Pages of one paper have the same margins, those of annexes on broad paper others.
    let is_broad = |page: &PrintedPage| page.size[0] > page.size[1];
    let usual = |broad: bool| {
        let alike = split.iter().filter(|split| is_broad(split.page) == broad);
        Margins::usual(
            &alike
                .map(|split| (Margins::of(&split.rows), split.rows.len()))
                .collect::<Vec<_>>(),
        )
    };
    let (narrow, broad) = (usual(false), usual(true));
    split
        .into_iter()
        .map(|split| {
            let usual = if is_broad(split.page) { broad } else { narrow };
            split.lay_out(usual)
        })
        .collect()
}

/// A page cut into its tables, its rows and its turned lines.
struct SplitPage<'p> {
    /// The page.
    page: &'p PrintedPage,
    /// Its tables with rules, from top to bottom.
    tables: Vec<RuledTable<'p>>,
    /// The rows outside them, from top to bottom.
    rows: Vec<Row<'p>>,
    /// The lines that are turned.
    turned: Vec<Vec<Word<'p>>>,
}

impl<'p> SplitPage<'p> {
    /// Cuts `page` by the rules of the first of `drawings` that shows a table.
    fn of(page: &'p PrintedPage, drawings: &[Rules]) -> Self {
        let (mut words, turned) = upright_words(page);
        let mut tables = take_tables(&mut words, drawings);
        tables.sort_by(|one, other| one.top.total_cmp(&other.top).then(one.left.total_cmp(&other.left)));
        Self {
            page,
            tables,
            rows: rows_of(words),
            turned,
        }
    }

    /// Returns its paragraphs and lines; `usual` are the margins of its document.
    fn lay_out(self, usual: Option<Margins>) -> RawPage {
        let mut writer = Writer::of(self.page);
        let margins = Margins::of_page(&self.rows, usual);
        let mut rows = self.rows.into_iter().peekable();
        for table in &self.tables {
            let mut above = Vec::new();
            while let Some(row) = rows.next_if(|row| row.middle() < table.top) {
                above.push(row);
            }
            writer.parts(above, margins);
            writer.ruled(table);
        }
        writer.parts(rows.collect(), margins);
        for line in self.turned {
            writer.raw.begin_paragraph();
            writer.line(&line);
        }
        writer.raw
    }
}

/// Returns the words of `page`, and apart from them its turned lines.
fn upright_words(page: &PrintedPage) -> (Vec<Word<'_>>, Vec<Vec<Word<'_>>>) {
    let (mut upright, mut turned) = (Vec::new(), Vec::new());
    for (block, printed) in page.blocks.iter().enumerate() {
        for line in &printed.lines {
            let words = line.words.iter().map(|printed| Word { printed, block });
            if line.words.iter().any(|word| is_turned(word.edges, &word.text)) {
                turned.push(words.collect());
            } else {
                upright.extend(words);
            }
        }
    }
    (upright, turned)
}

/// Returns true if a word with these edges is printed from top to bottom.
fn is_turned([left, top, right, bottom]: [f32; 4], text: &str) -> bool {
    bottom - top > TURNED * (right - left) && text.chars().filter(|char| char.is_alphanumeric()).count() >= 3
}

/// Writes paragraphs and lines of words into a page.
struct Writer {
    /// Pixels to a point.
    scale: f32,
    /// The page.
    raw: RawPage,
}

impl Writer {
    /// Starts with an empty page of the size of `page`.
    fn of(page: &PrintedPage) -> Self {
        let [width, height] = page.size;
        let scale = PAGE_PIXELS as f32 / width.max(height);
        Self {
            scale,
            raw: RawPage {
                size: page.size.map(|side| (side * scale).round() as u32),
                ..RawPage::default()
            },
        }
    }

    /// Writes `rows`, which no table interrupts; `margins` are those of the page.
    fn parts(&mut self, rows: Vec<Row<'_>>, margins: Margins) {
        for part in parts_of(rows, margins.middle()) {
            match part {
                Part::Lines(rows) => self.lines(&rows, margins),
                Part::Columns(columns) => {
                    for column in columns {
                        let own = Margins::of(&column);
                        self.lines(&column, own);
                    }
                }
                Part::Official(columns) => columns.iter().for_each(|column| self.official(column)),
                Part::Table(rows) => {
                    self.raw.begin_paragraph();
                    rows.iter().for_each(|row| self.table_row(row));
                }
            }
        }
    }

    /// Writes a column of a letterhead or of signatures: its lines are short, so only space parts them.
    fn official(&mut self, column: &[Row<'_>]) {
        let mut above: Option<f32> = None;
        for row in column {
            if above.is_none_or(|above| row.top - above > row.height()) {
                self.raw.begin_paragraph();
            }
            self.line(&row.words);
            above = Some(row.bottom);
        }
    }

    /// Writes running lines. A row that is two lines side by side is written as two.
    fn lines(&mut self, rows: &[Row<'_>], margins: Margins) {
        let begins = beginnings(rows, margins);
        let mut apart = true;
        for (row, begins) in rows.iter().zip(begins) {
            let pieces = pieces_of(row);
            for piece in &pieces {
                if begins || apart || pieces.len() > 1 {
                    self.raw.begin_paragraph();
                }
                self.line(piece);
            }
            apart = pieces.len() > 1;
        }
    }

    /// Writes a table with rules.
    fn ruled(&mut self, table: &RuledTable<'_>) {
        self.raw.begin_paragraph();
        table.rows.iter().for_each(|row| self.table_row(row));
    }

    /// Writes a row of a table, each cell with its rows of words; empty cells at its end are not written.
    fn table_row(&mut self, cells: &[Vec<Row<'_>>]) {
        let Some(last) = cells.iter().rposition(|cell| !cell.is_empty()) else {
            return;
        };
        self.raw.begin_line();
        let mut place = cells.iter().flatten().flat_map(|row| &row.words).next().copied();
        for cell in cells.iter().take(last + 1) {
            let words = cell.iter().flat_map(|row| &row.words).copied();
            place = cell.first().and_then(|row| row.words.first()).copied().or(place);
            self.rule(place.map_or([0.0; 4], |word| [word.left(), word.top(), word.left(), word.bottom()]));
            words.for_each(|word| {
                place = Some(word);
                self.word(word);
            });
        }
        self.rule(place.map_or([0.0; 4], |word| [word.right(), word.top(), word.right(), word.bottom()]));
    }

    /// Writes the sign of a rule at the place `edges`.
    fn rule(&mut self, edges: [f32; 4]) {
        let bbox = self.pixels(edges);
        self.raw.push(&RawWord {
            text: CELL_RULE.to_owned(),
            bbox,
            ..RawWord::default()
        });
    }

    /// Writes a line of words.
    fn line(&mut self, words: &[Word<'_>]) {
        self.raw.begin_line();
        words.iter().for_each(|&word| self.word(word));
    }

    /// Writes a word.
    fn word(&mut self, word: Word<'_>) {
        let bbox = self.pixels(word.printed.edges);
        self.raw.push(&RawWord {
            text: word.printed.text.clone(),
            bbox,
            confidence: None,
            letters: word.printed.letters.clone(),
            raised: None,
        });
    }

    /// Returns `edges` in pixels.
    fn pixels(&self, edges: [f32; 4]) -> [u32; 4] {
        edges.map(|edge| (edge * self.scale) as u32)
    }
}

/// Cuts `row` where it is several lines side by side: at a blank of several letters between two blocks of poppler, but
/// not after a label.
fn pieces_of<'r, 'p>(row: &'r Row<'p>) -> Vec<&'r [Word<'p>]> {
    let least = MIN_APART * row.height();
    let mut from = 0;
    let mut pieces = Vec::new();
    for (at, pair) in row.words.windows(2).enumerate() {
        let apart = pair[1].left() - pair[0].right() > least && pair[0].block != pair[1].block;
        let so_far = row.words.get(from..=at).unwrap_or(&[]);
        if apart && !is_label(&row.with(so_far.to_vec())) {
            pieces.push(so_far);
            from = at + 1;
        }
    }
    pieces.push(row.words.get(from..).unwrap_or(&[]));
    pieces
}

#[cfg(test)]
mod tests;
