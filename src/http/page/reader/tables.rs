//! Tables of a document: rows that follow one another as a table with cells.
//!
//! Word, Excel, web pages and Markdown tell where a row has its cells; in plain text, rules (`| 2 | Kết nạp | 24 |`) and
//! wide blanks do. A row whose cells nobody can tell stays a passage as it is printed. Each row has the id of its passage.

use maud::{Markup, html};

use super::view::PassageView;
use super::words::Words;
use crate::document::FurnitureKind;
use crate::http::page::parts::anchor;
use crate::record::Parsed;
use crate::render::language::fill;
use crate::text::{RowPlace, Span};

/// Blanks that keep two columns of plain text apart, as where rows are recognized.
const MIN_COLUMN_BLANKS: usize = 3;

/// The fewest rows and columns of a table of plain text: a single line with a rule in it is a line.
const MIN_PLAIN: usize = 2;

/// The first cell of a row of heads: the number of the row.
const NUMBER_HEADS: [&str; 4] = ["tt", "stt", "số tt", "số thứ tự"];

/// A table, so far as rows belong to one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TableOf {
    /// The table with this number in the file.
    File(usize),
    /// Rows of plain text with so many columns.
    Plain(usize),
}

/// A row of a table.
#[derive(Debug)]
struct Row {
    /// The index of its passage.
    passage: usize,
    /// Its table.
    of: TableOf,
    /// The lines of each cell, as bytes of the source; an empty cell has none.
    cells: Vec<Vec<Span>>,
    /// True if all of it is bold.
    bold: bool,
    /// True if its cells are unknown: it is one cell, as it is printed.
    is_whole: bool,
}

impl Row {
    /// Returns a row whose cells are unknown.
    fn whole(parsed: &Parsed, passage: usize) -> Self {
        let fragments = parsed
            .document
            .passages
            .get(passage)
            .map(|passage| passage.fragments.clone());
        Self {
            passage,
            of: TableOf::Plain(1),
            cells: vec![fragments.unwrap_or_default()],
            bold: false,
            is_whole: true,
        }
    }
}

impl PassageView<'_> {
    /// Renders passages that are rows of tables, one after another.
    pub(super) fn table(&self, passages: &[usize]) -> Markup {
        let mut groups: Vec<(Option<TableOf>, Vec<Row>)> = Vec::new();
        for &passage in passages {
            let row = row_of(self.parsed, passage);
            let of = row.as_ref().map(|row| row.of);
            let row = row.unwrap_or_else(|| Row::whole(self.parsed, passage));
            match groups.last_mut() {
                // In a table of plain text, a row whose cells nobody can tell is one cell.
                Some((last, group)) if *last == of || of.is_none() && last.is_some() => group.push(row),
                _ => groups.push((of, vec![row])),
            }
        }
        html! {
            @for (of, group) in groups {
                @let cut = group.iter().filter(|row| !row.is_whole).count();
                @let is_table = match of {
                    Some(TableOf::File(_)) => true,
                    Some(TableOf::Plain(_)) => cut >= MIN_PLAIN,
                    None => false,
                };
                @if is_table { (self.grid(&group)) }
                @else { @for row in &group { (self.passage(row.passage)) } }
            }
        }
    }

    /// Renders a table.
    fn grid(&self, rows: &[Row]) -> Markup {
        let columns = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let has_head = rows.len() > 1 && is_head(self.parsed, rows);
        let numeric: Vec<bool> = (0..columns)
            .map(|column| self.is_numeric(&rows[usize::from(has_head)..], column))
            .collect();
        let (head, body) = rows.split_at(usize::from(has_head));
        let name = rows.first().and_then(|row| self.record(row.passage));
        let name = name.map(|first| fill(self.frame.strings().table_on_page, &[&first.page]));
        html! {
            @for row in rows { (self.notes_in_place(row.passage)) }
            // A wide table scrolls by itself, also with the keyboard.
            div.grid tabindex="0" role="group" aria-label=[name] {
                table {
                    @if !head.is_empty() { thead { @for row in head { (self.row(row, columns, &numeric, true)) } } }
                    tbody { @for row in body { (self.row(row, columns, &numeric, false)) } }
                }
            }
        }
    }

    /// Renders a row.
    fn row(&self, row: &Row, columns: usize, numeric: &[bool], is_head: bool) -> Markup {
        let Some(record) = self.record(row.passage) else {
            return html! {};
        };
        let words = Words::of(self, row.passage, record);
        let filled = row.cells.iter().filter(|cell| !cell.is_empty()).count();
        // A row of one cell alone is a title of the rows below it.
        let spans_all = filled == 1 && row.cells.first().is_some_and(|cell| !cell.is_empty()) && columns > 1;
        let number = |column: usize| numeric[column].then_some("number");
        let content = |column: usize| {
            html! {
                @if column == 0 { (self.tools(&[record])) }
                @for (position, line) in row.cells.get(column).into_iter().flatten().enumerate() {
                    @if position > 0 { br; }
                    (words.part(words.text.view_span(*line)))
                }
            }
        };
        html! {
            tr.passage.table #(anchor(&record.passage)) lang="vi" data-at=(self.citation(row.passage, record)) {
                @if is_head {
                    @for column in 0..columns { th scope="col" class=[number(column)] { (content(column)) } }
                } @else if row.is_whole {
                    td.printed colspan=(columns) { (self.tools(&[record])) (words.all()) }
                } @else if spans_all {
                    td.group colspan=(columns) { (content(0)) }
                } @else {
                    @for column in 0..columns { td class=[number(column)] { (content(column)) } }
                }
            }
        }
    }

    /// Returns true if all cells of a column are numbers, or empty.
    fn is_numeric(&self, rows: &[Row], column: usize) -> bool {
        let rows = rows.iter().filter(|row| !row.is_whole);
        let cells = rows.filter_map(|row| row.cells.get(column));
        let cells = cells.flatten().map(|line| line.slice(&self.parsed.document.text));
        let mut numbers = 0;
        for cell in cells {
            if !is_number(cell) {
                return false;
            }
            numbers += 1;
        }
        // The numbers of the rows themselves are labels.
        numbers > 0 && column > 0
    }
}

/// Returns the cells of a passage that sets blocks side by side, as a letterhead does, or a signature beside the list of
/// recipients; `None` for other passages.
pub(super) fn side_by_side(parsed: &Parsed, index: usize) -> Option<Vec<Vec<Span>>> {
    let cells = row_of(parsed, index)?.cells;
    let cells: Vec<Vec<Span>> = cells.into_iter().filter(|cell| !cell.is_empty()).collect();
    (cells.len() > 1).then_some(cells)
}

/// Returns a passage of a table as a row; `None` if its cells are unknown.
fn row_of(parsed: &Parsed, index: usize) -> Option<Row> {
    let passage = parsed.document.passages.get(index)?;
    if parsed.structure.is_empty() {
        let cells = plain_cells(&parsed.document.text, &passage.fragments)?;
        return Some(Row {
            passage: index,
            of: TableOf::Plain(cells.len()),
            cells,
            bold: false,
            is_whole: false,
        });
    }
    let (extent, lines) = (passage.extent(), &parsed.structure.lines);
    let first = lines.partition_point(|line| line.span.start < extent.start);
    let lines: Vec<_> = lines[first..]
        .iter()
        .take_while(|line| line.span.end <= extent.end)
        .collect();
    let RowPlace { table, .. } = lines.first()?.row?;
    let mut cells: Vec<Vec<Span>> = Vec::new();
    let mut put = |column: usize, span: Span| {
        if cells.len() <= column {
            cells.resize_with(column + 1, Vec::new);
        }
        cells[column].extend(Some(span).filter(|span| !span.is_empty()));
    };
    match lines.as_slice() {
        [only] => only
            .cells
            .iter()
            .enumerate()
            .for_each(|(column, cell)| put(column, *cell)),
        // Each line is in one cell, also that of a table in the cell.
        several => several.iter().for_each(|line| put(line.column, line.span)),
    }
    Some(Row {
        passage: index,
        of: TableOf::File(table),
        cells,
        bold: lines.iter().all(|line| line.bold),
        is_whole: false,
    })
}

/// Returns the cells of a row of plain text; `None` if its lines have no rules, or different ones.
fn plain_cells(text: &str, fragments: &[Span]) -> Option<Vec<Vec<Span>>> {
    let mut rows: Vec<Vec<Span>> = Vec::new();
    if is_broken(text, fragments) {
        return Some(cells_over_lines(text, fragments));
    }
    for &fragment in fragments {
        let mut at = fragment.start;
        for line in fragment.slice(text).split_inclusive('\n') {
            let (start, end) = (at, at + line.len());
            at = end;
            if !line.trim().is_empty() {
                rows.push(columns_of(text, trimmed(text, Span::new(start, end))));
            }
        }
    }
    let columns = rows.first()?.len();
    if columns < MIN_PLAIN || rows.iter().any(|row| row.len() != columns) {
        return None;
    }
    // Only rules tell that the lines of a row have the same columns; blanks would have to stand below one another.
    let has_rules = fragments.iter().all(|fragment| fragment.slice(text).contains('|'));
    if rows.len() > 1 && !has_rules {
        return None;
    }
    let mut cells = vec![Vec::new(); columns];
    for row in rows {
        for (cell, piece) in cells.iter_mut().zip(row) {
            cell.extend(Some(piece).filter(|piece| !piece.is_empty()));
        }
    }
    Some(cells)
}

/// Returns true if a row with rules at its edges ends a line inside a cell.
fn is_broken(text: &str, fragments: &[Span]) -> bool {
    let Some((first, last)) = fragments.first().zip(fragments.last()) else {
        return false;
    };
    let line = first.slice(text).trim().lines().next().unwrap_or("").trim_end();
    line.starts_with('|') && !line.ends_with('|') && last.slice(text).trim_end().ends_with('|')
}

/// Cuts such a row at its rules alone.
fn cells_over_lines(text: &str, fragments: &[Span]) -> Vec<Vec<Span>> {
    let mut cells = vec![Vec::new()];
    for fragment in fragments {
        let mut at = fragment.start;
        for (position, piece) in fragment.slice(text).split('|').enumerate() {
            if position > 0 {
                cells.push(Vec::new());
            }
            let piece_at = trimmed(text, Span::new(at, at + piece.len()));
            at += piece.len() + 1;
            if let Some(cell) = cells.last_mut().filter(|_| !piece_at.is_empty()) {
                cell.push(piece_at);
            }
        }
    }
    // The rules at the edges enclose nothing.
    cells.pop();
    cells.drain(..1.min(cells.len()));
    cells
}

/// Cuts a line at its rules, or else at wide blanks.
fn columns_of(text: &str, line: Span) -> Vec<Span> {
    let words = line.slice(text);
    if words.contains('|') {
        // The rules at the edges enclose nothing.
        let from = line.start + usize::from(words.starts_with('|'));
        let to = line.end - usize::from(words.len() > 1 && words.ends_with('|'));
        let mut at = from;
        let inside = Span::new(from, to).slice(text);
        return inside
            .split('|')
            .map(|piece| {
                let cell = trimmed(text, Span::new(at, at + piece.len()));
                at += piece.len() + 1;
                cell
            })
            .collect();
    }
    let mut cells = Vec::new();
    let (mut start, mut blanks) = (line.start, 0);
    let mut wide = false;
    for (offset, char) in words.char_indices() {
        if char == ' ' || char == '\t' {
            blanks += 1;
            wide |= char == '\t' || blanks >= MIN_COLUMN_BLANKS;
            continue;
        }
        if wide {
            cells.push(trimmed(text, Span::new(start, line.start + offset)));
            start = line.start + offset;
        }
        (blanks, wide) = (0, false);
    }
    cells.push(Span::new(start, line.end));
    cells
}

/// Returns a span without the blanks at its ends.
fn trimmed(text: &str, span: Span) -> Span {
    let words = span.slice(text);
    let start = span.start + (words.len() - words.trim_start().len());
    Span::new(start, start + words.trim().len())
}

/// Returns true if the first of these rows has the heads of the columns: it is bold or begins with the word for numbers of
/// rows, or a rule follows it.
fn is_head(parsed: &Parsed, rows: &[Row]) -> bool {
    let [first, second, ..] = rows else { return false };
    let text = &parsed.document.text;
    let opening = first.cells.first().and_then(|cell| cell.first());
    let opening = opening
        .map_or("", |line| line.slice(text))
        .trim_matches(['*', '.'])
        .to_lowercase();
    if NUMBER_HEADS.contains(&opening.as_str()) || first.bold && !second.bold {
        return true;
    }
    let end = |row: &Row| {
        parsed
            .document
            .passages
            .get(row.passage)
            .map(|passage| passage.extent())
    };
    let between = end(first)
        .zip(end(second))
        .map(|(first, second)| Span::new(first.end, second.start));
    let furniture = &parsed.document.furniture;
    between.is_some_and(|between| {
        let from = furniture.partition_point(|piece| piece.span.end <= between.start);
        let near = furniture[from..]
            .iter()
            .take_while(|piece| piece.span.start < between.end);
        near.into_iter().any(|piece| piece.kind == FurnitureKind::Ruler)
    })
}

/// Returns true if a cell holds a number, with its sign, unit of a hundred, or brackets.
fn is_number(cell: &str) -> bool {
    cell.contains(|char: char| char.is_ascii_digit())
        && cell
            .chars()
            .all(|char| char.is_ascii_digit() || " .,%()+-–−".contains(char))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cells of a row of plain text, the lines of each joined.
    fn cells(row: &str) -> Option<Vec<String>> {
        let cells = plain_cells(row, &[Span::new(0, row.len())])?;
        let joined = |cell: &Vec<Span>| cell.iter().map(|line| line.slice(row)).collect::<Vec<_>>().join(" ");
        Some(cells.iter().map(joined).collect())
    }

    #[test]
    fn rules_and_wide_blanks_part_the_cells_of_plain_text() {
        for (row, expected) in [
            ("| 2 | Kết nạp |  | 24 |\n", &["2", "Kết nạp", "", "24"][..]),
            ("TT | Nội dung", &["TT", "Nội dung"]),
            ("1    Kết nạp đảng viên\t24", &["1", "Kết nạp đảng viên", "24"]),
            ("| 1 | Kết  |\n|   | nạp |\n", &["1", "Kết nạp"]),
            ("| 1 | Kết\nnạp |\n", &["1", "Kết\nnạp"]),
        ] {
            assert_eq!(
                cells(row).as_deref(),
                Some(
                    expected
                        .iter()
                        .map(|cell| (*cell).to_owned())
                        .collect::<Vec<_>>()
                        .as_slice()
                ),
                "{row:?}"
            );
        }
        for row in ["một dòng chữ", "1    Kết nạp\n     đảng viên"] {
            assert_eq!(cells(row), None, "{row:?}");
        }
    }

    #[test]
    fn numbers_are_told_from_dates_and_words() {
        for cell in ["24", "1.250,5", "(12)", "95,6 %", "+3"] {
            assert!(is_number(cell), "{cell}");
        }
        for cell in ["", "Quý II/2026", "5/2026", "-", "12-NQ"] {
            assert!(!is_number(cell), "{cell}");
        }
    }
}
