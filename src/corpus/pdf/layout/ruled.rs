//! Tables with rules: the cells that the rules enclose, and the words in them.

use super::super::rules::{Rule, Rules};
use super::rows::{Row, Word, rows_of};

/// The distance in points up to which two rules meet or are one.
const SLACK: f32 = 3.0;
/// The most cells of a table, with those that are joined.
const MAX_CELLS: usize = 20_000;
/// The share of the edge of a cell that a rule covers if it closes the cell.
const MIN_COVERED: f32 = 0.6;
/// The share of words that may lie across a rule: more of them and the rules are those of a drawing.
const MAX_CUT: f32 = 0.05;

/// A table with rules.
#[derive(Debug)]
pub(super) struct RuledTable<'p> {
    /// Its upper edge.
    pub(super) top: f32,
    /// Its left edge.
    pub(super) left: f32,
    /// Its rows that hold words, each with the rows of words of its cells; a cell that a wider or higher one takes is
    /// empty.
    pub(super) rows: Vec<Vec<Vec<Row<'p>>>>,
}

/// Takes the words of tables out of `words`, by the first of `drawings` that shows a table.
pub(super) fn take_tables<'p>(words: &mut Vec<Word<'p>>, drawings: &[Rules]) -> Vec<RuledTable<'p>> {
    for rules in drawings {
        let rules = Rules {
            vertical: rules.vertical.clone(),
            horizontal: rules
                .horizontal
                .iter()
                .filter(|rule| !is_ink_of_a_word(rule, words))
                .copied()
                .collect(),
        };
        let tables: Vec<RuledTable<'p>> = grids_of(&rules)
            .into_iter()
            .filter_map(|grid| grid.take_words(words))
            .collect();
        if !tables.is_empty() {
            return tables;
        }
    }
    Vec::new()
}

/// Returns true if the horizontal `rule` is the bars of the letters of a word, such as TT, which touch the borders of a
/// narrow cell.
fn is_ink_of_a_word(rule: &Rule, words: &[Word<'_>]) -> bool {
    words.iter().any(|word| {
        let across = word.top() < rule.at && rule.at < word.bottom();
        across && word.left() - SLACK <= rule.from && rule.to <= word.right() + SLACK
    })
}

/// The cells between the rules of one table.
#[derive(Debug)]
struct Grid {
    /// The places of its vertical rules.
    columns: Vec<f32>,
    /// The places of its horizontal rules.
    rows: Vec<f32>,
    /// For each cell, row by row, the first cell that it is joined with.
    owners: Vec<usize>,
}

/// Returns the grids of rules that meet.
fn grids_of(rules: &Rules) -> Vec<Grid> {
    let count = rules.vertical.len() + rules.horizontal.len();
    let mut groups: Vec<usize> = (0..count).collect();
    for (upright, vertical) in rules.vertical.iter().enumerate() {
        for (level, horizontal) in rules.horizontal.iter().enumerate() {
            if meets(vertical, horizontal) {
                join(&mut groups, upright, rules.vertical.len() + level);
            }
        }
    }
    let mut grids = Vec::new();
    for group in 0..count {
        if root(&groups, group) != group {
            continue;
        }
        let of_group = |rules: &[Rule], first: usize| -> Vec<Rule> {
            let inside = rules.iter().enumerate();
            let inside = inside.filter(|&(index, _)| root(&groups, first + index) == group);
            inside.map(|(_, rule)| *rule).collect()
        };
        let vertical = of_group(&rules.vertical, 0);
        let horizontal = of_group(&rules.horizontal, rules.vertical.len());
        grids.extend(Grid::of(&vertical, &horizontal));
    }
    grids
}

/// Returns true if the two rules touch or cross.
fn meets(vertical: &Rule, horizontal: &Rule) -> bool {
    let within = |at: f32, rule: &Rule| at > rule.from - SLACK && at < rule.to + SLACK;
    within(vertical.at, horizontal) && within(horizontal.at, vertical)
}

/// Returns the first member of the group of `index`.
fn root(groups: &[usize], mut index: usize) -> usize {
    // Each points to itself or to one before it.
    while let Some(&parent) = groups.get(index).filter(|&&parent| parent < index) {
        index = parent;
    }
    index
}

/// Joins the groups of two members.
fn join(groups: &mut [usize], one: usize, other: usize) {
    let (one, other) = (root(groups, one), root(groups, other));
    if let Some(parent) = groups.get_mut(one.max(other)) {
        *parent = one.min(other);
    }
}

/// Returns `places` sorted, those within [`SLACK`] as one.
fn distinct(mut places: Vec<f32>) -> Vec<f32> {
    places.sort_by(f32::total_cmp);
    places.dedup_by(|next, first| *next - *first < SLACK);
    places
}

impl Grid {
    /// Makes the grid of rules that meet; `None` if they enclose fewer than two columns. The outer edges need no rules.
    fn of(vertical: &[Rule], horizontal: &[Rule]) -> Option<Self> {
        if vertical.is_empty() || horizontal.is_empty() {
            return None;
        }
        let ends = |rules: &[Rule]| -> [f32; 2] {
            [
                rules.iter().map(|rule| rule.from).fold(f32::INFINITY, f32::min),
                rules.iter().map(|rule| rule.to).fold(f32::NEG_INFINITY, f32::max),
            ]
        };
        let columns = distinct(vertical.iter().map(|rule| rule.at).chain(ends(horizontal)).collect());
        let rows = distinct(horizontal.iter().map(|rule| rule.at).chain(ends(vertical)).collect());
        let (width, height) = (columns.len().checked_sub(1)?, rows.len().checked_sub(1)?);
        if width < 2 || height < 1 || width * height > MAX_CELLS {
            return None;
        }
        let mut owners: Vec<usize> = (0..width * height).collect();
        // The rules near each inner edge, so that no cell looks at all rules.
        let near = |rules: &[Rule], places: &[f32]| -> Vec<Vec<Rule>> {
            let mut near: Vec<Vec<Rule>> = vec![Vec::new(); places.len()];
            for rule in rules {
                let at = places.partition_point(|&place| place < rule.at - SLACK);
                if let Some(near) = near.get_mut(at) {
                    near.push(*rule);
                }
            }
            near
        };
        let (upright, level) = (near(vertical, &columns), near(horizontal, &rows));
        for row in 0..height {
            for column in 0..width {
                let cell = row * width + column;
                let open = |rules: &[Vec<Rule>], at: usize, from: Option<&f32>, to: Option<&f32>| {
                    let (Some(rules), Some(&from), Some(&to)) = (rules.get(at), from, to) else {
                        return false;
                    };
                    !covers(rules, from, to)
                };
                if column + 1 < width && open(&upright, column + 1, rows.get(row), rows.get(row + 1)) {
                    join(&mut owners, cell, cell + 1);
                }
                if row + 1 < height && open(&level, row + 1, columns.get(column), columns.get(column + 1)) {
                    join(&mut owners, cell, cell + width);
                }
            }
        }
        let owners = (0..owners.len()).map(|cell| root(&owners, cell)).collect();
        Some(Self { columns, rows, owners })
    }

    /// Returns the number of columns.
    fn width(&self) -> usize {
        self.columns.len().saturating_sub(1)
    }

    /// Returns the cell that owns the place.
    fn cell_at(&self, x: f32, y: f32) -> Option<usize> {
        let column = self.columns.partition_point(|&place| place <= x).checked_sub(1)?;
        let row = self.rows.partition_point(|&place| place <= y).checked_sub(1)?;
        let inside = column < self.width();
        self.owners.get(row * self.width() + column).copied().filter(|_| inside)
    }

    /// Returns true if a rule of the grid cuts through `word`.
    fn cuts(&self, word: Word<'_>) -> bool {
        let cell = |x: f32| self.cell_at(x, word.middle());
        let quarter = (word.right() - word.left()) / 4.0;
        cell(word.left() + quarter) != cell(word.right() - quarter)
    }

    /// Takes the words in its cells out of `words`, unless it is no table: a frame, or a drawing under text.
    fn take_words<'p>(&self, words: &mut Vec<Word<'p>>) -> Option<RuledTable<'p>> {
        let place = |word: &Word<'p>| self.cell_at(f32::midpoint(word.left(), word.right()), word.middle());
        let (inside, cut) = words
            .iter()
            .filter(|word| place(word).is_some())
            .fold((0, 0), |(inside, cut), word| {
                (inside + 1, cut + usize::from(self.cuts(*word)))
            });
        if inside == 0 || cut as f32 > MAX_CUT * inside as f32 {
            return None;
        }
        let mut cells: Vec<Vec<Word<'p>>> = vec![Vec::new(); self.owners.len()];
        for word in words.iter() {
            if let Some(cell) = place(word).and_then(|cell| cells.get_mut(cell)) {
                cell.push(*word);
            }
        }
        let is_frame = cells
            .chunks(self.width().max(1))
            .all(|row| row.iter().filter(|cell| !cell.is_empty()).count() <= 1);
        if is_frame {
            return None;
        }
        words.retain(|word| place(word).is_none());
        let mut rows: Vec<Vec<Vec<Row<'p>>>> = Vec::new();
        let mut cells = cells.into_iter();
        while cells.len() > 0 {
            let row: Vec<Vec<Row<'p>>> = cells.by_ref().take(self.width().max(1)).map(rows_of).collect();
            if row.iter().any(|cell| !cell.is_empty()) {
                rows.push(row);
            }
        }
        Some(RuledTable {
            top: self.rows.first().copied()?,
            left: self.columns.first().copied()?,
            rows,
        })
    }
}

/// Returns true if `rules`, all at one place, cover most of the edge from `from` to `to`.
fn covers(rules: &[Rule], from: f32, to: f32) -> bool {
    let covered: f32 = rules
        .iter()
        .map(|rule| (rule.to.min(to) - rule.from.max(from)).max(0.0))
        .sum();
    covered >= MIN_COVERED * (to - from)
}
