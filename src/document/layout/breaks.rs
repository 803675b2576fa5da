//! The lines that break pages where no form feed does: page numbers, and heads that print the number of their
//! page.
//!
//! A number between blank lines that is near the number of its page is enough. A number without blank lines
//! must run on through the pages, with the text of a page between: so do neither the numbers of a list nor the
//! first column of a table, whose rows are short.

use std::collections::HashMap;

use super::page_number::{PrintedPage, read_page_number};
use super::row::{RowRole, SheetRow};
use super::running::{RunningLine, is_label};

/// Number of blank lines that end a page in a scan.
pub(super) const PAGE_GAP: usize = 3;
/// Bytes of text that a page has at least, where only its number tells that it is one: some 12 lines.
const MIN_PAGE_BYTES: usize = 900;
/// Bytes of text within which a number and the next one are two rows of a table.
const MAX_CELL_BYTES: usize = 300;
/// Page numbers without blank lines that prove each other; lines that say that they are one need two.
const MIN_RUN: usize = 3;
/// Chars of the shortest head without a number; a shorter line may be a cell of a table.
const MIN_HEAD_CHARS: usize = 15;
/// Chars of the longest head that prints a page number.
const MAX_HEAD_CHARS: usize = 160;

/// A line that belongs to the edge of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PageLine {
    /// Its role.
    pub(super) role: RowRole,
    /// True if it is printed below the text of its page, so that the next one begins after it.
    pub(super) at_foot: bool,
}

/// The lines of a text that may break pages.
pub(super) struct PageLines {
    /// True if the file has form feeds.
    has_feeds: bool,
    /// The numbers, in order of their rows.
    numbers: Vec<NumberedLine>,
    /// The rows of heads that print a running number, sorted.
    heads: Vec<usize>,
}

/// A line that may be a page number, and its part in a run of them.
struct NumberedLine {
    /// Its index in the rows.
    row: usize,
    /// The number that it prints.
    printed: PrintedPage,
    /// Numbers in the run through it.
    run: usize,
    /// True if the number before or after it is only a few words away.
    dense: bool,
}

/// Collects the lines of `text` that may break pages.
pub(super) fn page_lines(text: &str, rows: &[SheetRow], has_feeds: bool) -> PageLines {
    let is_open = |row: &SheetRow| row.role == RowRole::Text;
    let numbers = rows
        .iter()
        .enumerate()
        .filter(|(_, row)| is_open(row))
        .filter_map(|(index, row)| {
            let printed = read_page_number(row.body.slice(text))?;
            Some(NumberedLine {
                row: index,
                printed,
                run: 1,
                dense: false,
            })
        });
    let mut numbers: Vec<NumberedLine> = numbers.collect();
    join_runs(rows, &mut numbers);
    let heads = if has_feeds {
        Vec::new()
    } else {
        running_heads(text, rows)
    };
    PageLines {
        has_feeds,
        numbers,
        heads,
    }
}

/// Finds for each number the run that it belongs to.
fn join_runs(rows: &[SheetRow], numbers: &mut [NumberedLine]) {
    let start = |at: &NumberedLine| rows[at.row].span.start;
    // From the last to the first: the nearest place where the next number stands.
    let mut nearest: HashMap<usize, usize> = HashMap::new();
    let mut next: Vec<Option<usize>> = vec![None; numbers.len()];
    for at in (0..numbers.len()).rev() {
        let number = numbers[at].printed.number;
        if let Some(&after) = nearest.get(&(number + 1)) {
            let bytes = start(&numbers[after]) - start(&numbers[at]);
            if bytes >= MIN_PAGE_BYTES {
                next[at] = Some(after);
                numbers[at].run = numbers[after].run + 1;
            } else if bytes <= MAX_CELL_BYTES {
                numbers[at].dense = true;
                numbers[after].dense = true;
            }
        }
        nearest.insert(number, at);
    }
    // All members of a run know its length.
    for at in 0..numbers.len() {
        if let Some(after) = next[at] {
            numbers[after].run = numbers[after].run.max(numbers[at].run);
        }
    }
}

/// Finds the rows that repeat one wording with a number that runs on: `3 | Báo cáo chính trị`.
fn running_heads(text: &str, rows: &[SheetRow]) -> Vec<usize> {
    let mut groups: HashMap<String, Vec<(usize, Vec<usize>)>> = HashMap::new();
    for (index, row) in rows.iter().enumerate() {
        let body = row.body.slice(text);
        if row.chars > MAX_HEAD_CHARS || row.role != RowRole::Text || !sets_number_apart(body) || is_label(body) {
            continue;
        }
        if let Some(line) = RunningLine::of(body) {
            groups.entry(line.key).or_default().push((index, line.numbers));
        }
    }
    let mut heads: Vec<usize> = Vec::new();
    for group in groups.values().filter(|group| group.len() >= 2) {
        let spaced = group
            .windows(2)
            .all(|pair| rows[pair[1].0].span.start - rows[pair[0].0].span.start >= MIN_PAGE_BYTES);
        let slots = 0..group[0].1.len();
        let runs_on = |slot: usize| group.windows(2).all(|pair| pair[1].1[slot] == pair[0].1[slot] + 1);
        let stays = |slot: usize| group.iter().all(|(_, numbers)| numbers[slot] == group[0].1[slot]);
        let running = slots.clone().filter(|&slot| runs_on(slot)).count();
        if spaced && running == 1 && slots.clone().all(|slot| runs_on(slot) || stays(slot)) {
            heads.extend(group.iter().map(|(index, _)| *index));
        }
    }
    heads.extend(repeated_heads(text, rows));
    heads.sort_unstable();
    heads.dedup();
    heads
}

/// Finds the rows of one wording, a page apart, that interrupt sentences.
fn repeated_heads(text: &str, rows: &[SheetRow]) -> Vec<usize> {
    // They are compared as printed: most rows stand once, and to fold each would take time.
    let wording = |index: usize| rows[index].body.slice(text);
    let is_short = |row: &SheetRow| (MIN_HEAD_CHARS..=MAX_HEAD_CHARS).contains(&row.chars);
    let opens = |row: &SheetRow| is_short(row) && row.role == RowRole::Text && !row.lower && !row.ended;
    let cutting = (0..rows.len()).filter(|&index| opens(&rows[index]) && in_sentence(rows, index));
    let mut groups: HashMap<&str, Vec<usize>> = HashMap::new();
    for index in cutting {
        groups.entry(wording(index)).or_default().push(index);
    }
    groups.retain(|wording, group| group.len() >= 2 && RunningLine::of(wording).is_some());
    if groups.is_empty() {
        return Vec::new();
    }
    // Some pages end with a sentence: the line is a head there, too.
    let mut all: HashMap<&str, Vec<usize>> = HashMap::new();
    for index in (0..rows.len()).filter(|&index| opens(&rows[index]) && groups.contains_key(wording(index))) {
        all.entry(wording(index)).or_default().push(index);
    }
    let start = |index: usize| rows[index].span.start;
    let heads = all.into_iter().filter(|(wording, group)| {
        let spaced = group
            .windows(2)
            .all(|pair| start(pair[1]) - start(pair[0]) >= MIN_PAGE_BYTES);
        let cutting = groups.get(wording).map_or(0, Vec::len);
        spaced && group.len() >= MIN_RUN && cutting * 3 >= group.len()
    });
    heads.flat_map(|(_, group)| group).collect()
}

/// Returns true if `body` begins or ends with a number that a sign or wide blanks keep apart from its words, or
/// counts it among others: `3 | Báo cáo`, `Báo cáo    Trang 3`, `https://xa.gov.vn 3/7`.
fn sets_number_apart(body: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit();
    if !body.starts_with(is_digit) && !body.ends_with(is_digit) {
        return false;
    }
    let head = body.trim_start_matches(is_digit);
    let tail = body.trim_end_matches(is_digit);
    let apart = |rest: &str| rest.starts_with('|') || rest.starts_with('\t') || rest.starts_with("   ");
    let after = head.trim_start_matches(' ').starts_with('|') || apart(head);
    let before = tail.trim_end_matches(' ').ends_with('|') || tail.ends_with('\t') || tail.ends_with("   ");
    let counted = tail.ends_with('/') && tail.trim_end_matches('/').ends_with(is_digit);
    let last_word = tail.trim_end().rsplit(' ').next().unwrap_or("");
    let worded = matches!(last_word, "Trang" | "trang" | "TRANG" | "Page" | "page");
    (head.len() < body.len() && after) || (tail.len() < body.len() && (before || counted || worded))
}

impl PageLines {
    /// Returns the page line at row `index`, which was met on the 0-based `page` after `rows_on_page` rows.
    pub(super) fn at(&self, rows: &[SheetRow], index: usize, page: usize, rows_on_page: usize) -> Option<PageLine> {
        if self.heads.binary_search(&index).is_ok() {
            // A foot cuts the sentence of its page as a head does: the next row is on the next page in either case.
            return Some(PageLine {
                role: RowRole::RunningHead,
                at_foot: false,
            });
        }
        let found = self.numbers.binary_search_by_key(&index, |at| at.row).ok()?;
        let found = &self.numbers[found];
        let row = &rows[index];
        let number = found.printed.number;
        let next = rows.get(index + 1);
        let before = row.feeds > 0 || index == 0 || row.gap >= 1;
        let after = next.is_none_or(|next| next.feeds > 0 || next.lead || next.gap >= 1);
        let far = row.gap >= PAGE_GAP || row.feeds > 0;
        // The number need not be exact: breaks before this page may have been missed, and the count may begin
        // after a cover.
        let near = number.abs_diff(page + 1) <= 2 + page / 8;
        // With form feeds the edges of pages are known, and only a number far from the text is at a lost one.
        let isolated = before && after && (far || near && !self.has_feeds) && !found.dense;
        let proven = !self.has_feeds
            && (found.run >= MIN_RUN
                || found.printed.sure && (found.run > 1 || near)
                || near && !found.dense && in_sentence(rows, index) && rows_on_page > 0);
        if !(isolated || proven) {
            return None;
        }
        let fed = next.is_some_and(|next| next.feeds > 0 || next.lead);
        Some(PageLine {
            role: RowRole::PageNumber,
            at_foot: number == page + 1 && fed,
        })
    }
}

/// Returns true if row `index` interrupts a sentence: the row before has no end, and a small letter comes after.
fn in_sentence(rows: &[SheetRow], index: usize) -> bool {
    let before = index.checked_sub(1).and_then(|before| rows.get(before));
    let after = rows.get(index + 1);
    before.is_some_and(|row| !row.ended && !row.capitals) && after.is_some_and(|row| row.lower)
}
