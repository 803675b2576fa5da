//! The edges of pages: page numbers and running heads at the top and the foot, where the pages are known.
//!
//! A page is peeled from outside: its outermost line is a page number, or a head that other pages have too, or
//! text; then the next line is tried. Numbers that run on from page to page prove each other. A head is told
//! from a sentence that happens to begin or end several pages by the sentences around it: without a head they
//! read on, without a line of text they break.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;

use super::page_number::{PrintedPage, read_page_number};
use super::row::{RowRole, SheetRow};
use super::running::{RunningLine, is_address, is_item, is_label, is_motto, is_stamp, is_stamp_detail};
use super::shape::open_end;

/// Lines before and after a head between which a sentence may go on.
const MAX_EDGE_ROWS: usize = 5;
/// Lines of heads and feet that are found together with their page numbers.
const MAX_ROUNDS: usize = 10;
/// Pages over which two page numbers prove each other, because one page between may have none.
const MAX_PAGES_APART: usize = 2;
/// Pages that a line must be on before its repetition alone makes it a head.
const MIN_HEAD_PAGES: usize = 3;
/// Chars of the longest line that is a head by its repetition alone.
const MAX_HEAD_CHARS: usize = 150;
/// Lines of the longest head that two pages prove.
const MAX_HEAD_LINES: usize = 3;
/// Rows of the first page in which another title shows that the first line is a head.
const MAX_TITLE_ROWS: usize = 12;

/// The edge of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Edge {
    /// Above the text.
    Top,
    /// Below the text.
    Foot,
}

/// The outermost line of text at an edge of a page.
#[derive(Clone, Copy, Debug)]
struct EdgeRow {
    /// Index of its page.
    page: usize,
    /// The edge at which it is.
    edge: Edge,
    /// Its index in the rows.
    row: usize,
}

/// Lines at one edge that are alike but for their numbers, with these, in order of their pages.
type Group = Vec<(EdgeRow, Vec<usize>)>;

/// Sets the role of page numbers and running heads at the edges of the pages of `rows`.
pub(super) fn mark_edges(text: &str, rows: &mut [SheetRow]) {
    let mut pages: Vec<Range<usize>> = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        match pages.last_mut() {
            Some(last) if rows[last.start].page == row.page => last.end = index + 1,
            _ => pages.push(index..index + 1),
        }
    }
    for _ in 0..MAX_ROUNDS {
        let outermost = outermost(rows, &pages);
        // Numbers go first: a sentence reads on across them.
        let numbers = page_numbers(text, rows, &outermost);
        let (found, role) = if numbers.is_empty() {
            (head_rows(text, rows, &outermost), RowRole::RunningHead)
        } else {
            (numbers, RowRole::PageNumber)
        };
        if found.is_empty() {
            return;
        }
        for row in found {
            rows[row].role = role;
        }
    }
}

/// Returns the outermost lines of text of `pages`, the upper before the lower; one line is both on a page that
/// has no other.
fn outermost(rows: &[SheetRow], pages: &[Range<usize>]) -> Vec<EdgeRow> {
    let is_text = |&row: &usize| rows[row].role == RowRole::Text;
    let of_page = |range: &Range<usize>| {
        let page = rows[range.start].page;
        let top = range.clone().find(is_text);
        let foot = range.clone().rfind(is_text);
        let at = move |edge| move |row| EdgeRow { page, edge, row };
        [top.map(at(Edge::Top)), foot.map(at(Edge::Foot))]
    };
    pages.iter().flat_map(of_page).flatten().collect()
}

/// Returns the rows among the `outermost` that are page numbers.
fn page_numbers(text: &str, rows: &[SheetRow], outermost: &[EdgeRow]) -> Vec<usize> {
    let printed = outermost.iter().filter_map(|&at| {
        let printed = read_page_number(rows[at.row].body.slice(text))?;
        Some((at, printed))
    });
    let printed: Vec<_> = printed.collect();
    // A number and its page differ by the same on all pages of a part: by 1, or more after a cover.
    let mut by_difference: HashMap<isize, Vec<usize>> = HashMap::new();
    let difference = |page: usize, number: usize| number as isize - page as isize;
    for (at, printed) in &printed {
        by_difference
            .entry(difference(at.page, printed.number))
            .or_default()
            .push(at.page);
    }
    let runs_on = |at: &EdgeRow, number: usize| {
        let pages = by_difference.get(&difference(at.page, number));
        pages.is_some_and(|pages| {
            let first = pages.partition_point(|&page| page + MAX_PAGES_APART < at.page);
            let near = pages[first..]
                .iter()
                .take_while(|&&page| page <= at.page + MAX_PAGES_APART);
            near.into_iter().any(|&page| page != at.page)
        })
    };
    let any_run = printed.iter().any(|(at, printed)| runs_on(at, printed.number));
    let is_number = |(at, printed): &(EdgeRow, PrintedPage)| {
        let row = &rows[at.row];
        let next = rows.get(at.row + 1);
        let isolated = (row.gap > 0 || row.feeds > 0) && next.is_none_or(|next| next.gap > 0 || next.feeds > 0);
        let off = printed.number.abs_diff(at.page + 1);
        let alone = match at.edge {
            // A scan misreads numbers, so that their place must be enough.
            Edge::Top if row.feeds > 0 && isolated => true,
            _ if printed.sure || isolated => off <= 2 + at.page / 8,
            _ => off <= 1 && !any_run,
        };
        runs_on(at, printed.number) || alone
    };
    printed
        .iter()
        .filter(|found| is_number(found))
        .map(|(at, _)| at.row)
        .collect()
}

/// Returns the rows among the `outermost` that are stamps or cut a sentence, or else those that are one running head or
/// foot.
fn head_rows(text: &str, rows: &[SheetRow], outermost: &[EdgeRow]) -> Vec<usize> {
    let is_stamped = |at: &&EdgeRow| {
        let body = rows[at.row].body.slice(text);
        // The line outside it was found to be a stamp the round before.
        let outside = match at.edge {
            Edge::Top => at.row.checked_sub(1),
            Edge::Foot => Some(at.row + 1),
        };
        let outside = outside.and_then(|row| rows.get(row));
        let goes_on = match outside.map(|row| row.role) {
            Some(RowRole::RunningHead) => is_stamp_detail(body),
            // The number of the page may be apart: "https://xa.gov.vn/bai-viet", "2/7".
            Some(RowRole::PageNumber) => is_address(body),
            _ => false,
        };
        is_stamp(body) || goes_on
    };
    let stamps: Vec<usize> = outermost.iter().filter(is_stamped).map(|at| at.row).collect();
    if !stamps.is_empty() {
        return stamps;
    }
    let mut groups: HashMap<(Edge, String), Group> = HashMap::new();
    for &at in outermost {
        let body = rows[at.row].body.slice(text);
        // The end of a sentence may be one small word on several pages; an address is none.
        let plain = |body: &str| !body.contains(|c: char| c.is_ascii_digit() || matches!(c, '.' | ':' | '/'));
        if rows[at.row].lower && plain(body.trim_end_matches('.')) {
            continue;
        }
        if let Some(line) = RunningLine::of(body) {
            groups.entry((at.edge, line.key)).or_default().push((at, line.numbers));
        }
    }
    // One head at a time: next to it a line of text breaks a sentence as a head does. Of two heads that break
    // as many sentences the shorter one is found first.
    let heads = groups.values().filter_map(|group| {
        let gain = gain_of_head(text, rows, group)?;
        Some((
            gain,
            Reverse(rows[group[0].0.row].chars),
            Reverse(group[0].0.row),
            group,
        ))
    });
    let best = heads.max_by_key(|&(gain, chars, row, _)| (gain, chars, row));
    best.map_or_else(Vec::new, |(.., group)| {
        let first = group[0].0;
        let title = first.edge == Edge::Top && is_title(text, rows, first.row);
        group.iter().skip(usize::from(title)).map(|(at, _)| at.row).collect()
    })
}

/// Returns by how much the sentences around the lines of `group`, alike but for their numbers, read better
/// without them; `None` where they are text.
fn gain_of_head(text: &str, rows: &[SheetRow], group: &Group) -> Option<isize> {
    let (first, last) = (group.first()?.0, group.last()?.0);
    let body = rows[first.row].body.slice(text);
    // Odd and even pages may have different heads.
    let most = group.len() * 2 > last.page - first.page;
    if group.len() < 2 || !most || is_motto(body) || open_end(body).is_some() {
        return None;
    }
    let mut counts_pages = false;
    for slot in 0..group[0].1.len() {
        let value = |numbers: &[usize]| numbers.get(slot).copied().unwrap_or(0);
        let start = value(&group[0].1);
        let same = group.iter().all(|(_, numbers)| value(numbers) == start);
        let running = group
            .iter()
            .all(|(at, numbers)| value(numbers).checked_sub(start) == Some(at.page - first.page));
        if !(same || running) {
            return None;
        }
        counts_pages |= running && !same;
    }
    // "Phụ lục 1", "Phụ lục 2": the annexes have a page each. "1. Nội dung" begins a page by chance.
    if counts_pages && is_label(body) || !counts_pages && is_item(body) {
        return None;
    }
    let gain: isize = group.iter().map(|(at, _)| head_gain(rows, at.row)).sum();
    let many = group.len() >= MIN_HEAD_PAGES;
    let short = rows[first.row].chars <= MAX_HEAD_CHARS && !body.ends_with(['.', ';']);
    let least = match (counts_pages, many) {
        (true, _) => 0,
        (false, true) if short => 0,
        (false, true) => 1,
        // Two lines may be alike by chance; twice in a sentence, or twice after a stamp, they are not.
        (false, false) if interrupts_all(text, rows, group) || follow_stamps(text, rows, group) => {
            return Some(gain.max(1));
        }
        (false, false) => return None,
    };
    (gain >= least).then_some(gain)
}

/// Returns true if each line of `group` interrupts a sentence, alone or with the lines after it in a head, or
/// before it in a foot, that are alike in all of `group`, too.
fn interrupts_all(text: &str, rows: &[SheetRow], group: &Group) -> bool {
    let beyond = |at: &EdgeRow, lines: usize| match at.edge {
        Edge::Top => Some(at.row + lines),
        Edge::Foot => at.row.checked_sub(lines),
    };
    let line_at = |at: &EdgeRow, lines: usize| {
        let row = rows.get(beyond(at, lines)?)?;
        RunningLine::of(row.body.slice(text))
    };
    for lines in 0..MAX_HEAD_LINES {
        let interrupts = |(at, _): &(EdgeRow, Vec<usize>)| {
            let inner = beyond(at, lines).and_then(|row| neighbors(rows, row));
            let outer = neighbors(rows, at.row);
            let around = match at.edge {
                Edge::Top => outer.zip(inner).map(|((before, _), (_, after))| (before, after)),
                Edge::Foot => inner.zip(outer).map(|((before, _), (_, after))| (before, after)),
            };
            around.is_some_and(|(before, after)| !before.ended && after.lower)
        };
        if group.iter().all(interrupts) {
            return true;
        }
        let first = line_at(&group[0].0, lines + 1);
        if first.is_none() || group.iter().any(|(at, _)| line_at(at, lines + 1) != first) {
            return false;
        }
    }
    false
}

/// Returns true if each line of `group` is the next after a stamp: a browser prints the title of the page after the time.
fn follow_stamps(text: &str, rows: &[SheetRow], group: &Group) -> bool {
    group.iter().all(|(at, _)| {
        let above = at.row.checked_sub(1).and_then(|row| rows.get(row));
        at.edge == Edge::Top && above.is_some_and(|row| row.page == rows[at.row].page && is_stamp(row.body.slice(text)))
    })
}

/// Returns by how much the sentences around row `index` read better without it: negative where it is text.
fn head_gain(rows: &[SheetRow], index: usize) -> isize {
    neighbors(rows, index).map_or(0, |(before, after)| {
        let with = breaks(before, &rows[index]) + breaks(&rows[index], after);
        with - breaks(before, after)
    })
}

/// Returns the lines of text before and after row `index`.
fn neighbors(rows: &[SheetRow], index: usize) -> Option<(&SheetRow, &SheetRow)> {
    let is_text = |row: &&SheetRow| row.role == RowRole::Text;
    let before = rows[..index].iter().rev().take(MAX_EDGE_ROWS).find(is_text);
    let after = rows[index + 1..].iter().take(MAX_EDGE_ROWS).find(is_text);
    before.zip(after)
}

/// Returns 1 if a sentence breaks between the rows `above` and `below`, else 0.
fn breaks(above: &SheetRow, below: &SheetRow) -> isize {
    // A line that begins with a digit goes on as well as it begins.
    let opens = !below.lower && !below.digit;
    isize::from(if above.ended { below.lower } else { opens })
}

/// Returns true if row `index`, the first of its kind, is the title that later pages repeat as their head.
fn is_title(text: &str, rows: &[SheetRow], index: usize) -> bool {
    let row = &rows[index];
    let body = row.body.slice(text);
    if row.page > 0 {
        return (row.capitals || is_label(body)) && head_gain(rows, index) <= 0;
    }
    // On the first page the head comes before the letterhead, which is in capitals.
    let below = rows[index + 1..].iter().take(MAX_TITLE_ROWS);
    row.capitals || !below.into_iter().any(|row| row.capitals)
}
