//! Page breaks and printed page numbers.
//!
//! Files mark a page break in one of four ways:
//!
//! - a form feed;
//! - one leading blank on a line, where a form feed was replaced: `" thực hiện nhiệm vụ chính trị"`
//!   after a page that ends with `"các cơ quan, đơn vị trong"`;
//! - a printed page number alone between blank lines;
//! - a run of three or more blank lines, in scans.

use super::row::{RowRole, SheetRow};

/// Number of blank lines that end a page in a scan.
const PAGE_GAP: usize = 3;
/// Rows that a page must have before a gap or a leading blank alone may end it.
const MIN_PAGE_ROWS: usize = 6;
/// Chars of the longest printed page number with its dashes: `- 123 -`.
const MAX_NUMBER_CHARS: usize = 9;
/// The greatest page number.
const MAX_PAGE_NUMBER: usize = 999;

/// The edge of a page at which its number is printed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Edge {
    /// Above the text: since 1997 the rules on document forms put it there.
    Top,
    /// Below the text.
    Bottom,
}

/// Finds the page breaks and the printed page numbers of `text`, whose rows are `rows`.
///
/// Sets the page of each row and the role of page numbers. Returns the offset of the first byte of each
/// page; the first is 0.
pub(super) fn find_pages(text: &str, rows: &mut [SheetRow]) -> Vec<usize> {
    let has_feeds = rows.iter().any(|row| row.feeds > 0);
    let leads = rows.iter().filter(|row| row.lead).count();
    // A leading blank stands for a lost form feed only where few rows have one; elsewhere the text is indented.
    let lost_feeds = !has_feeds && leads * 8 <= rows.len();
    let mut page_starts = vec![0];
    let mut page = 0;
    let mut rows_on_page = 0;
    for index in 0..rows.len() {
        let row = &rows[index];
        let number = page_number_at(text, rows, index, page);
        let settled = rows_on_page >= MIN_PAGE_ROWS;
        let gap_breaks = !has_feeds && !row.double && row.gap >= PAGE_GAP && settled;
        // In a file with form feeds a single one may still be lost: the page number is then far below the
        // last line of the page before. Where the next row has its form feed, the number belongs to this page.
        let next_fed = rows.get(index + 1).is_some_and(|next| next.feeds > 0);
        let numbered = !has_feeds || settled && row.gap >= PAGE_GAP && !next_fed;
        let breaks = (lost_feeds && row.lead && settled) || gap_breaks || number == Some(Edge::Top) && numbered;
        // Two form feeds in a row enclose a blank page, the back of a sheet.
        let pages = match row.feeds {
            0 => usize::from(breaks && rows_on_page > 0),
            feeds => feeds,
        };
        if pages > 0 {
            page_starts.extend(std::iter::repeat_n(row.span.start, pages));
            page += pages;
            rows_on_page = 0;
        }
        let row = &mut rows[index];
        row.page = page;
        if number.is_some() {
            row.role = RowRole::PageNumber;
        } else {
            rows_on_page += 1;
        }
    }
    page_starts
}

/// Returns the edge at which row `index` prints a page number, or `None` if it is no page number.
///
/// `page` is the 0-based page on which the row was met.
fn page_number_at(text: &str, rows: &[SheetRow], index: usize, page: usize) -> Option<Edge> {
    let row = &rows[index];
    if row.chars > MAX_NUMBER_CHARS {
        return None;
    }
    let printed: usize = row
        .body
        .slice(text)
        .trim_matches(|c: char| c == '-' || c == '–' || c == ' ')
        .parse()
        .ok()?;
    let next = rows.get(index + 1);
    let before = row.feeds > 0 || index == 0 || row.gap >= 1;
    let after = next.is_none_or(|next| next.feeds > 0 || next.lead || next.gap >= 1);
    // The number need not be exact: breaks before this page may have been missed, and the count may begin
    // after a cover.
    let near = printed.abs_diff(page + 1) <= 2 + page / 8 || row.gap >= PAGE_GAP || row.feeds > 0;
    if !before || !after || !near || printed == 0 || printed > MAX_PAGE_NUMBER {
        return None;
    }
    let at_bottom = printed == page + 1 && next.is_some_and(|next| next.feeds > 0 || next.lead);
    Some(if at_bottom { Edge::Bottom } else { Edge::Top })
}

#[cfg(test)]
mod tests {
    use crate::document::layout::Sheet;

    #[test]
    fn pages_break_at_each_sign_of_a_break() {
        let lines = "Đảng bộ thành phố lãnh đạo toàn diện các\n".repeat(8);
        for (between, what) in [
            ("\u{c}", "form feed"),
            ("\n2\n\n", "page number"),
            ("\n\n\n", "blank lines"),
            (" ", "leading blank"),
        ] {
            let text = format!("{lines}{between}{lines}");
            let sheet = Sheet::of(&text);
            assert_eq!(sheet.page_starts.len(), 2, "{what}");
            assert_eq!(sheet.rows.last().unwrap().page, 1, "{what}");
        }
        assert_eq!(Sheet::of(&lines).page_starts, [0]);
        // The blank back of a sheet is a page, too.
        let sheet_text = format!("{lines}\u{c}\u{c}{lines}");
        assert_eq!(Sheet::of(&sheet_text).rows.last().unwrap().page, 2);
    }
}
