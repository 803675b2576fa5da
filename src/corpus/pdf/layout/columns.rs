//! Columns that blanks keep apart: a letterhead, signatures, two columns of text, a table without rules.
//!
//! A blank strip that goes down through several rows keeps two columns apart. What the columns are decides the order of
//! reading: text, letterheads and signatures are read column by column, a table row by row, and a list with its labels
//! apart is one column after all.

use super::rows::{Row, Word};

/// The least width of a strip between two columns, as a share of the height of its rows.
const MIN_STRIP: f32 = 0.6;
/// Rows that may follow one another with words on one side alone: a list of recipients beside a seal.
const MAX_ONE_SIDED: usize = 60;
/// The greatest blank between two rows of the same columns, as a factor of their height.
const MAX_ROW_GAP: f32 = 2.5;
/// The factor by which the distance of a row with words on one side alone may exceed that of the rows above.
const MAX_PITCH: f32 = 1.6;
/// The share of the height of a row by which it may leave its column.
const MAX_OUTSIDE: f32 = 1.0;
/// The distance between the middles of a row and of the page, as a share of the height of the row, up to which the row
/// is centered on the page.
const MAX_OFF_CENTER: f32 = 0.6;
/// Rows from which two columns of text are told from cells.
const MIN_TEXT_ROWS: usize = 4;
/// Chars of a usual line of the narrowest column of text.
const MIN_TEXT_CHARS: usize = 18;
/// Chars of the longest label of a list: `III.`, `1.2.3.`, `(12)`.
const MAX_LABEL_CHARS: usize = 7;
/// Rows with a word in each of three columns from which they are a table.
const MIN_TABLE_ROWS: usize = 2;
/// The fewest cells of rows whose columns do not stand below each other.
const MIN_LOOSE_CELLS: usize = 3;

/// Rows of a page that follow one another, with one order of reading.
#[derive(Debug)]
pub(super) enum Part<'p> {
    /// Running lines.
    Lines(Vec<Row<'p>>),
    /// Columns of text, each read from top to bottom before the next one.
    Columns(Vec<Vec<Row<'p>>>),
    /// The two columns of a letterhead or of signatures, read in the same order.
    Official(Vec<Vec<Row<'p>>>),
    /// Rows of a table, each with the rows of its cells, column by column.
    Table(Vec<Vec<Vec<Row<'p>>>>),
}

/// A blank strip between two columns.
#[derive(Clone, Copy, Debug)]
struct Strip {
    left: f32,
    right: f32,
}

/// Cuts `rows` into parts; `middle` is the middle of the text of the page.
pub(super) fn parts_of(rows: Vec<Row<'_>>, middle: f32) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut lines: Vec<Row<'_>> = Vec::new();
    let mut at = 0;
    while let Some(row) = rows.get(at) {
        let (end, strips) = stretch(&rows, at, middle);
        let part = rows.get(at..end).and_then(|stretch| part_of(stretch, &strips));
        match part.map(|part| (part, end)).or_else(|| loose_table(&rows, at)) {
            Some((part, end)) => {
                push_lines(&mut parts, &mut lines);
                parts.push(part);
                at = end;
            }
            None => {
                // Rows that are no columns together are none one by one either.
                lines.extend(
                    rows.get(at..end.max(at + 1))
                        .unwrap_or(std::slice::from_ref(row))
                        .iter()
                        .cloned(),
                );
                at = end.max(at + 1);
            }
        }
    }
    push_lines(&mut parts, &mut lines);
    parts
}

/// Returns the table of the rows from `at` on that wide blanks cut into the same number of cells, wherever these stand,
/// and the end of these rows; `None` where they are no table.
fn loose_table<'p>(rows: &[Row<'p>], at: usize) -> Option<(Part<'p>, usize)> {
    let cells = |row: &Row<'_>| row.segments().len();
    let count = cells(rows.get(at)?);
    let alike = || rows.iter().skip(at).take_while(|row| cells(row) == count);
    if count < MIN_LOOSE_CELLS || alike().count() < MIN_TABLE_ROWS {
        return None;
    }
    let mut table = Vec::new();
    for row in alike() {
        let cells = row.segments().into_iter().map(|cell| vec![row.with(cell.to_vec())]);
        table.push(cells.collect());
    }
    let end = at + table.len();
    Some((Part::Table(table), end))
}

/// Moves `lines` into a part of their own.
fn push_lines<'p>(parts: &mut Vec<Part<'p>>, lines: &mut Vec<Row<'p>>) {
    if !lines.is_empty() {
        parts.push(Part::Lines(std::mem::take(lines)));
    }
}

/// Returns the end of the rows from `at` on that share strips, and these strips; `at` itself where no two rows do.
fn stretch(rows: &[Row<'_>], at: usize, middle: f32) -> (usize, Vec<Strip>) {
    let none = (at, Vec::new());
    let Some(first) = rows.get(at) else { return none };
    let mut strips: Vec<Strip> = first
        .segments()
        .windows(2)
        .filter_map(|pair| strip_between(pair[0], pair[1]))
        .collect();
    // After each row that has words on both sides of a strip: the end, and the strips up to there.
    let mut proven = none;
    let (mut last, mut pitch) = (at, f32::INFINITY);
    let mut sided = 1;
    for (index, row) in rows.iter().enumerate().skip(at + 1) {
        let above = &rows[index - 1];
        let gap = row.top - above.bottom;
        if strips.is_empty() || gap > MAX_ROW_GAP * row.height() || index - last > MAX_ONE_SIDED {
            break;
        }
        let left = cut_strips(&strips, row);
        if left.is_empty() {
            break;
        }
        let next_pitch = row.middle() - above.middle();
        if is_on_both_sides(&left, row) {
            sided += 1;
            proven = (index + 1, left.clone());
            last = index;
        } else if last + 1 == index && sided > 1 {
            let fits = next_pitch < pitch * MAX_PITCH
                && is_in_column(
                    rows.get(at.max(index.saturating_sub(MAX_ONE_SIDED))..index)
                        .unwrap_or(&[]),
                    &left,
                    row,
                    middle,
                );
            if fits {
                proven = (index + 1, left.clone());
                last = index;
            }
        }
        pitch = next_pitch;
        strips = left;
    }
    proven
}

/// Returns the strip between two segments.
fn strip_between(one: &[Word<'_>], other: &[Word<'_>]) -> Option<Strip> {
    Some(Strip {
        left: one.last()?.right(),
        right: other.first()?.left(),
    })
}

/// Returns what the words of `row` leave of `strips`.
fn cut_strips(strips: &[Strip], row: &Row<'_>) -> Vec<Strip> {
    let least = MIN_STRIP * row.height();
    let mut left: Vec<Strip> = Vec::new();
    // Both are sorted from left to right.
    let mut from = 0;
    for strip in strips {
        while row.words.get(from).is_some_and(|word| word.right() <= strip.left) {
            from += 1;
        }
        let mut start = strip.left;
        for word in row.words.get(from..).unwrap_or(&[]) {
            if word.left() >= strip.right {
                break;
            }
            if word.left() - start >= least {
                left.push(Strip {
                    left: start,
                    right: word.left(),
                });
            }
            start = start.max(word.right());
        }
        if strip.right - start >= least {
            left.push(Strip {
                left: start,
                right: strip.right,
            });
        }
    }
    left
}

/// Returns true if `row` has words to the left and to the right of one of `strips`.
fn is_on_both_sides(strips: &[Strip], row: &Row<'_>) -> bool {
    strips
        .iter()
        .any(|strip| row.left() < strip.left + 0.1 && row.right() > strip.right - 0.1)
}

/// Returns true if `row`, all of it on one side of each strip, goes on with its column of `above`: a title centered on
/// the page does not.
fn is_in_column(above: &[Row<'_>], strips: &[Strip], row: &Row<'_>, middle: f32) -> bool {
    let column = column_at(strips, f32::midpoint(row.left(), row.right()));
    let (mut left, mut right) = (f32::INFINITY, f32::NEG_INFINITY);
    for word in above.iter().flat_map(|row| &row.words) {
        if column_at(strips, f32::midpoint(word.left(), word.right())) == column {
            (left, right) = (left.min(word.left()), right.max(word.right()));
        }
    }
    let slack = MAX_OUTSIDE * row.height();
    let off_page = (f32::midpoint(row.left(), row.right()) - middle).abs();
    let off_column = (f32::midpoint(row.left(), row.right()) - f32::midpoint(left, right)).abs();
    let on_page = off_page < MAX_OFF_CENTER * row.height() && off_page < off_column;
    row.left() > left - slack && row.right() < right + slack && !on_page
}

/// Returns the number of the column that holds the place `x`.
fn column_at(strips: &[Strip], x: f32) -> usize {
    strips.partition_point(|strip| f32::midpoint(strip.left, strip.right) < x)
}

/// Cuts `row` at `strips`: its words in each column.
fn cells_of<'p>(row: &Row<'p>, strips: &[Strip]) -> Vec<Option<Row<'p>>> {
    let mut cells: Vec<Vec<Word<'p>>> = vec![Vec::new(); strips.len() + 1];
    for &word in &row.words {
        if let Some(cell) = cells.get_mut(column_at(strips, f32::midpoint(word.left(), word.right()))) {
            cell.push(word);
        }
    }
    cells
        .into_iter()
        .map(|words| (!words.is_empty()).then(|| row.with(words)))
        .collect()
}

/// Decides what `rows` with `strips` between their columns are; `None` for running lines.
fn part_of<'p>(rows: &[Row<'p>], strips: &[Strip]) -> Option<Part<'p>> {
    if strips.is_empty() {
        return None;
    }
    let cells: Vec<Vec<Option<Row<'p>>>> = rows.iter().map(|row| cells_of(row, strips)).collect();
    let columns: Vec<Vec<Row<'p>>> = (0..=strips.len())
        .map(|column| cells.iter().filter_map(|row| row.get(column)?.clone()).collect())
        .collect();
    if columns.len() == 2 && columns.first().is_some_and(|column| column.iter().all(is_label)) {
        return None;
    }
    if columns.iter().all(|column| is_text(column)) {
        return Some(Part::Columns(columns));
    }
    if columns.len() == 2 && is_official(&columns) {
        return Some(Part::Official(columns.into_iter().map(join_broken).collect()));
    }
    let full = cells.iter().filter(|row| row.iter().flatten().count() >= 3).count();
    (columns.len() > 2 && full >= MIN_TABLE_ROWS).then(|| Part::Table(table_rows(cells)))
}

/// Returns true if `row` is the label of an item: `1.`, `a)`, `-`, `III.`.
pub(super) fn is_label(row: &Row<'_>) -> bool {
    let text = row.text();
    let chars = text.chars().count();
    let closed = text.ends_with(['.', ')', ':']);
    let number = text.chars().all(|char| char.is_ascii_digit());
    let sign = !text.contains(char::is_alphanumeric);
    chars <= MAX_LABEL_CHARS && !text.contains(' ') && (closed || number || sign && chars <= 2)
}

/// Returns true if `column` is running text: most of its lines are full.
fn is_text(column: &[Row<'_>]) -> bool {
    let right = column.iter().map(Row::right).fold(f32::NEG_INFINITY, f32::max);
    let full = column
        .iter()
        .filter(|row| row.right() > right - 1.5 * row.height())
        .count();
    let chars: usize = column.iter().map(|row| row.text().chars().count()).sum();
    column.len() >= MIN_TEXT_ROWS && full * 2 > column.len() && chars >= MIN_TEXT_CHARS * column.len()
}

/// Returns true if two columns are a letterhead or signatures: lines in capitals are in both, or the right one signs
/// beside the list of recipients.
fn is_official(columns: &[Vec<Row<'_>>]) -> bool {
    let in_capitals = |column: &Vec<Row<'_>>| column.iter().any(|row| is_capitals(&row.text()));
    let recipients = columns
        .first()
        .and_then(|column| column.first())
        .is_some_and(|row| row.text().trim_start_matches(['*', ' ']).starts_with("Nơi nhận"));
    recipients || columns.iter().all(in_capitals)
}

/// Joins the lines of a narrow column that go on with a small letter: `Tân Lộc, ngày` + `tháng 3 năm 2026`.
fn join_broken(column: Vec<Row<'_>>) -> Vec<Row<'_>> {
    let mut joined: Vec<Row<'_>> = Vec::new();
    for row in column {
        let small = row
            .words
            .first()
            .is_some_and(|word| word.printed.text.starts_with(char::is_lowercase));
        match joined.last_mut() {
            Some(last) if small => {
                (last.top, last.bottom) = (row.top, row.bottom);
                last.words.extend(row.words);
            }
            _ => joined.push(row),
        }
    }
    joined
}

/// Returns true if `text` has at least three letters, all capitals.
fn is_capitals(text: &str) -> bool {
    text.chars().filter(|char| char.is_uppercase()).count() >= 3 && !text.chars().any(char::is_lowercase)
}

/// Groups `cells`, line by line, into the rows of a table.
///
/// A row begins with a number in the first column; where that has none, after a blank wider than others; where all are
/// alike, with each word in the first column.
fn table_rows(cells: Vec<Vec<Option<Row<'_>>>>) -> Vec<Vec<Vec<Row<'_>>>> {
    let first = |line: &[Option<Row<'_>>]| line.first().and_then(|cell| cell.as_ref()).map(Row::text);
    let is_number =
        |text: &str| text.len() <= 4 && text.trim_end_matches('.').bytes().all(|byte| byte.is_ascii_digit());
    let numbers = cells
        .iter()
        .filter(|line| first(line).is_some_and(|text| is_number(&text)))
        .count();
    let middles: Vec<f32> = cells
        .iter()
        .map(|line| line.iter().flatten().next().map_or(0.0, Row::middle))
        .collect();
    let pitches: Vec<f32> = middles.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let least = pitches.iter().copied().fold(f32::INFINITY, f32::min);
    let spaced = pitches.iter().any(|&pitch| pitch > 1.25 * least);
    let columns = cells.first().map_or(0, Vec::len);
    let mut rows: Vec<Vec<Vec<Row<'_>>>> = Vec::new();
    for (index, line) in cells.into_iter().enumerate() {
        let text = first(&line);
        let pitch = index.checked_sub(1).and_then(|above| pitches.get(above)).copied();
        let begins = if numbers >= 2 {
            text.is_some_and(|text| is_number(&text)) || index == 0
        } else if spaced {
            pitch.is_none_or(|pitch| pitch > 1.25 * least)
        } else {
            text.is_some()
        };
        if begins || rows.is_empty() {
            rows.push(vec![Vec::new(); columns]);
        }
        if let Some(row) = rows.last_mut() {
            for (cell, more) in row.iter_mut().zip(line) {
                cell.extend(more);
            }
        }
    }
    rows
}
