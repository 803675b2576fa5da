//! The tables of a page: which of them are tables, and the cells of those.
//!
//! Sites before style sheets, and letters of today, lay out whole pages by tables: a table around other tables or around
//! the larger part of a long text is none. A letterhead is a table of two cells, each of several lines.
//!
//! Source: HTML Living Standard, 4.9.12 "Processing model" (cells that span rows and columns).

use std::collections::HashMap;

use super::article::{Article, is_block};
use super::dom::{Dom, NodeId, ROOT, Step};
use crate::corpus::flow::{Block, Table};

/// The share of the letters of a table, in percent, that tables inside it have if it is layout.
const NESTED_PART: usize = 30;

/// The share of the letters of a table, in percent, that one cell has if it is the column of a site.
const COLUMN_PART: usize = 80;

/// The fewest letters, and blocks, of the column of a site.
const MIN_COLUMN_LETTERS: usize = 1_500;
const MIN_COLUMN_BLOCKS: usize = 8;

/// The fewest rows of a table that nothing but its shape tells.
const MIN_GRID_ROWS: usize = 3;

/// The most tables around a table; what is deeper is layout.
const MAX_NESTED_TABLES: usize = 16;

/// The most columns that one cell spans. Excel writes up to 16,384.
const MAX_COLUMN_SPAN: usize = 64;

/// The most rows that one cell spans (HTML: 65,534).
const MAX_ROW_SPAN: usize = 10_000;

/// The most cells of a page that hold nothing and only keep the columns apart.
const MAX_EMPTY_CELLS: usize = 2_000_000;

/// The purpose of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TableKind {
    /// Its cells are parts of the page like other blocks.
    Layout,
    /// A table of a few cells with several lines each: a letterhead, a signature.
    Frame,
    /// A table of rows and columns.
    Grid,
}

/// The counts of a table.
#[derive(Debug, Default)]
struct Shape {
    rows: usize,
    /// The number of rows with more than one cell that holds something.
    full_rows: usize,
    /// The number of cells of the current row that hold something.
    full_cells: usize,
    /// The most cells of a row that hold something.
    columns: usize,
    letters: usize,
    /// The letters in tables inside it.
    nested: usize,
    /// The letters and blocks of the current cell, and those of the longest.
    cell: (usize, usize),
    longest: (usize, usize),
    /// True if the page says that it is a table: lines between cells, cells of heads.
    is_marked: bool,
    is_layout: bool,
}

/// Returns the kind of each table of a page.
pub(super) fn kinds(dom: &Dom, article: &Article) -> HashMap<NodeId, TableKind> {
    let mut kinds = HashMap::new();
    let mut open: Vec<Shape> = Vec::new();
    let mut walk = dom.walk(ROOT);
    while let Some(step) = walk.next() {
        match step {
            Step::Open(id) if article.leaves_out(id) => walk.skip_element(),
            Step::Open(id) => {
                if let Some(text) = dom.text(id) {
                    if let Some(table) = open.last_mut() {
                        table.cell.0 += text.chars().filter(|char| char.is_alphanumeric()).count();
                    }
                } else if dom.name(id) == "table" {
                    open.push(begin(dom, id));
                } else if let Some(table) = open.last_mut() {
                    table.enter(dom.name(id));
                }
            }
            Step::Close(id) if article.leaves_out(id) => {}
            Step::Close(id) if dom.name(id) == "table" => {
                if let Some(table) = open.pop() {
                    let kind = if open.len() >= MAX_NESTED_TABLES {
                        TableKind::Layout
                    } else {
                        table.kind()
                    };
                    kinds.insert(id, kind);
                    if let Some(around) = open.last_mut() {
                        around.nested += table.letters;
                        around.cell.0 += table.letters;
                        around.cell.1 += table.rows;
                    }
                }
            }
            Step::Close(id) => {
                if let Some(table) = open.last_mut() {
                    table.leave(dom.name(id));
                }
            }
        }
    }
    kinds
}

/// Returns what the tag of a table says.
fn begin(dom: &Dom, id: NodeId) -> Shape {
    let mut shape = Shape::default();
    if let Some(element) = dom.element(id) {
        let border = element.attribute("border").unwrap_or("0").trim();
        shape.is_marked = border != "0" && border != "none";
        shape.is_layout = matches!(element.attribute("role"), Some("presentation" | "none"));
    }
    shape
}

impl Shape {
    /// Enters an element of the table.
    fn enter(&mut self, name: &str) {
        match name {
            "tr" => {
                self.rows += 1;
                self.full_cells = 0;
            }
            "td" => self.cell = (0, 0),
            "th" => {
                self.cell = (0, 0);
                self.is_marked = true;
            }
            name => self.cell.1 += usize::from(is_block(name)),
        }
    }

    /// Leaves an element of the table.
    fn leave(&mut self, name: &str) {
        match name {
            "td" | "th" => {
                self.letters += self.cell.0;
                self.full_cells += usize::from(self.cell.0 > 0);
                self.longest = self.longest.max(self.cell);
                self.cell = (0, 0);
            }
            "tr" => {
                self.full_rows += usize::from(self.full_cells > 1);
                self.columns = self.columns.max(self.full_cells);
            }
            _ => {}
        }
    }

    /// Returns the kind of the table.
    fn kind(&self) -> TableKind {
        let (letters, blocks) = self.longest;
        let is_column =
            letters >= MIN_COLUMN_LETTERS && blocks >= MIN_COLUMN_BLOCKS && letters * 100 >= self.letters * COLUMN_PART;
        if self.is_layout || self.columns < 2 || is_column || self.nested * 100 > self.letters * NESTED_PART {
            TableKind::Layout
        } else if self.is_marked || self.full_rows >= MIN_GRID_ROWS {
            TableKind::Grid
        } else {
            TableKind::Frame
        }
    }
}

/// A table that is being read.
#[derive(Debug)]
pub(super) struct OpenTable {
    /// Its kind.
    pub(super) kind: TableKind,
    rows: Vec<Vec<Vec<Block>>>,
    /// For each column, the number of rows below that a cell of it reaches into.
    reach: Vec<usize>,
    /// The blocks around the cell that is being read, and the columns and rows that it spans.
    around: Option<(Vec<Block>, usize, usize)>,
}

impl OpenTable {
    /// Begins a table.
    pub(super) const fn new(kind: TableKind) -> Self {
        Self {
            kind,
            rows: Vec::new(),
            reach: Vec::new(),
            around: None,
        }
    }

    /// Begins a row.
    pub(super) fn begin_row(&mut self) {
        self.rows.push(Vec::new());
    }

    /// Begins a cell; `around` are the blocks around it. `empty_cells` counts those of the page.
    pub(super) fn begin_cell(&mut self, dom: &Dom, id: NodeId, around: Vec<Block>, empty_cells: &mut usize) {
        let span = |name, most: usize| -> usize {
            let stated = dom
                .element(id)
                .and_then(|cell| cell.attribute(name)?.trim().parse().ok());
            stated.unwrap_or(1).clamp(1, most)
        };
        if self.rows.is_empty() {
            self.begin_row();
        }
        self.fill(empty_cells);
        self.around = Some((around, span("colspan", MAX_COLUMN_SPAN), span("rowspan", MAX_ROW_SPAN)));
    }

    /// Adds empty cells where cells of the rows above reach into the row.
    fn fill(&mut self, empty_cells: &mut usize) {
        let Some(row) = self.rows.last_mut() else { return };
        while let Some(reach) = self.reach.get_mut(row.len())
            && *reach > 0
            && *empty_cells < MAX_EMPTY_CELLS
        {
            *reach -= 1;
            *empty_cells += 1;
            row.push(Vec::new());
        }
    }

    /// Ends the cell whose blocks are `cell`; returns the blocks around it.
    pub(super) fn end_cell(&mut self, cell: Vec<Block>, empty_cells: &mut usize) -> Vec<Block> {
        let (around, columns, rows) = self.around.take().unwrap_or_default();
        let Some(row) = self.rows.last_mut() else {
            return around;
        };
        let mut cell = Some(cell);
        for _ in 0..columns.max(1) {
            if cell.is_none() {
                if *empty_cells >= MAX_EMPTY_CELLS {
                    break;
                }
                *empty_cells += 1;
            }
            let column = row.len();
            row.push(cell.take().unwrap_or_default());
            if rows > 1 {
                self.reach.resize(self.reach.len().max(column + 1), 0);
                if let Some(reach) = self.reach.get_mut(column) {
                    *reach = rows - 1;
                }
            }
        }
        around
    }

    /// Ends a row: the cells above that reach below it are a row shorter.
    pub(super) fn end_row(&mut self, empty_cells: &mut usize) {
        self.fill(empty_cells);
    }

    /// Returns the table.
    pub(super) fn finish(self) -> Table {
        Table { rows: self.rows }
    }
}
