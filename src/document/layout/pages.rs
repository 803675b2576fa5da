//! Page breaks.
//!
//! Files mark a page break in one of five ways:
//!
//! - a form feed;
//! - one leading blank on a line, where a form feed was replaced: `" thực hiện nhiệm vụ chính trị"`
//!   after a page that ends with `"các cơ quan, đơn vị trong"`;
//! - a printed page number alone between blank lines, or in the middle of the text where others run on from it;
//! - a running head that prints the number of its page: `3 | Báo cáo chính trị`;
//! - a run of three or more blank lines, in scans.
//!
//! If form feeds give the pages, [`super::edges`] finds the numbers and heads at their edges; elsewhere
//! [`super::breaks`] finds the lines that break pages, and the edges come after.

use super::breaks::{PAGE_GAP, page_lines};
use super::edges::mark_edges;
use super::row::{RowRole, SheetRow};

/// Rows that a page must have before a gap or a leading blank alone may end it.
const MIN_PAGE_ROWS: usize = 6;

/// Finds the page breaks, the printed page numbers and the running heads of `text`, whose rows are `rows`.
///
/// Sets the page of each row and the role of numbers and heads. Returns the offset of the first byte of each
/// page; the first is 0.
pub(super) fn find_pages(text: &str, rows: &mut [SheetRow]) -> Vec<usize> {
    let has_feeds = rows.iter().any(|row| row.feeds > 0);
    if has_feeds {
        let mut page = 0;
        for row in rows.iter_mut() {
            page += row.feeds;
            row.page = page;
        }
        mark_edges(text, rows);
    }
    let page_starts = break_pages(text, rows, has_feeds);
    if !has_feeds {
        mark_edges(text, rows);
    }
    page_starts
}

/// Breaks the pages and sets the page of each row and the role of the lines that break pages.
fn break_pages(text: &str, rows: &mut [SheetRow], has_feeds: bool) -> Vec<usize> {
    let leads = rows.iter().filter(|row| row.lead).count();
    // A leading blank stands for a lost form feed only where few rows have one; elsewhere the text is indented.
    let lost_feeds = !has_feeds && leads * 8 <= rows.len();
    let lines = page_lines(text, rows, has_feeds);
    let mut page_starts = vec![0];
    let mut page = 0;
    let mut rows_on_page = 0;
    for index in 0..rows.len() {
        let row = &rows[index];
        let line = lines.at(rows, index, page, rows_on_page);
        let settled = rows_on_page >= MIN_PAGE_ROWS;
        let gap_breaks = !has_feeds && !row.double && row.gap >= PAGE_GAP && settled;
        // In a file with form feeds a single one may still be lost: the page number is then far below the
        // last line of the page before. Where the next row has its form feed, the number belongs to this page.
        let next_fed = rows.get(index + 1).is_some_and(|next| next.feeds > 0);
        let numbered = !has_feeds || settled && row.gap >= PAGE_GAP && !next_fed;
        let on_top = line.is_some_and(|line| !line.at_foot);
        let breaks = (lost_feeds && row.lead && settled) || gap_breaks || on_top && numbered;
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
        if let Some(line) = line {
            row.role = line.role;
        }
        rows_on_page += usize::from(row.role == RowRole::Text);
    }
    page_starts
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
