//! Lines to rows and pages: what can be told of a text without reading its words.
//!
//! A [`Row`] is one line that holds something; blank lines are kept as the gap before it. From the rows
//! come the line spacing (a text may have an empty line after every printed one), the width of the
//! type area in chars, and the page breaks, which files keep in four ways:
//!
//! - a form feed;
//! - one leading blank on a line, where a form feed was replaced: `" thực hiện nhiệm vụ chính trị"`
//!   after a page that ends with `"các cơ quan, đơn vị trong"`;
//! - a printed page number alone between blank lines;
//! - a run of three or more blank lines, in scans.
//!
//! Headings, notes and paragraphs are the business of the modules that read these rows.

use crate::text::Span;

/// One line that is not blank, or the part of it before or behind a form feed.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// All its bytes with the line end.
    pub(super) span: Span,
    /// Its bytes without the blanks around; never empty.
    pub(super) body: Span,
    /// Blank lines before it.
    pub(super) gap: usize,
    /// Form feeds between the row before and this one: with more than one, pages between are blank.
    feeds: usize,
    /// Does it begin with exactly one blank?
    lead: bool,
    /// Does a line of blanks only, as wide as a note ruler, stand before it?
    pub(super) ruled: bool,
    /// Chars of its body.
    pub(super) chars: usize,
    /// Index of its page.
    pub(super) page: usize,
    /// Is the text around it set with an empty line after every line?
    pub(super) double: bool,
    /// Is it set in [capitals](is_capitals)?
    pub(super) capitals: bool,
    /// Does it [begin with a small letter](starts_lower)?
    pub(super) lower: bool,
    /// Does it [end as a sentence does](ends_sentence)?
    pub(super) ended: bool,
    /// What it is, as far as its shape alone tells.
    pub(super) role: Role,
}

/// What a row is by its shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Text of the document.
    Text,
    /// A printed page number.
    PageNumber,
    /// A rule of hyphens, underscores or asterisks.
    Ruler,
    /// Not one letter or digit.
    Noise,
}

/// Least length in chars of a line of blanks that stands for the ruler above notes: word processors
/// draw it some 5 cm long, which becomes 16 blanks and more.
const BLANK_RULER_CHARS: usize = 8;
/// Blank lines that end a page in a scan.
const PAGE_GAP: usize = 3;
/// A page that was broken by a gap or a leading blank alone has at least so many rows.
const LEAST_PAGE_ROWS: usize = 6;
/// Rows over which line spacing is decided.
const STRETCH_ROWS: usize = 48;

/// All rows of a text and the pages they stand on.
#[derive(Debug)]
pub(super) struct Sheet<'t> {
    /// The whole text of the file.
    pub(super) text: &'t str,
    /// In order.
    pub(super) rows: Vec<Row>,
    /// Offset of the first byte of each page; the first is 0.
    pub(super) page_starts: Vec<usize>,
    /// Usual number of chars of a full line of running text.
    pub(super) width: usize,
}

impl<'t> Sheet<'t> {
    /// Cuts `text` into rows and pages.
    pub(super) fn of(text: &'t str) -> Self {
        let mut sheet = Self {
            text,
            rows: rows_of(text),
            page_starts: vec![0],
            width: 0,
        };
        sheet.width = sheet.usual_width();
        sheet.find_spacing();
        sheet.find_pages();
        sheet
    }

    /// The trimmed text of row `index`.
    pub(super) fn body(&self, index: usize) -> &'t str {
        self.rows[index].body.slice(self.text)
    }

    /// Chars that three quarters of the longer rows do not exceed.
    fn usual_width(&self) -> usize {
        const LONG: usize = 40;
        let mut lengths: Vec<usize> = self
            .rows
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

    /// Decides for each stretch whether an empty line follows every printed one: then sentences go on
    /// behind one blank line, and as a rule not on the very next line.
    fn find_spacing(&mut self) {
        let mut double = Vec::with_capacity(self.rows.len() / STRETCH_ROWS + 1);
        for first in (0..self.rows.len()).step_by(STRETCH_ROWS) {
            let last = (first + STRETCH_ROWS).min(self.rows.len());
            let (mut tight, mut spaced, mut gaps) = (0usize, 0usize, 0usize);
            for index in first.max(1)..last {
                let gap = self.rows[index].gap;
                gaps += usize::from(gap == 1);
                if self.rows[index].lower && !self.rows[index - 1].ended {
                    tight += usize::from(gap == 0);
                    spaced += usize::from(gap == 1);
                }
            }
            double.push(spaced >= 3 && spaced > tight && spaced * 4 > gaps);
        }
        for (index, row) in self.rows.iter_mut().enumerate() {
            row.double = double[index / STRETCH_ROWS];
        }
    }

    /// Finds the page breaks and the printed page numbers.
    fn find_pages(&mut self) {
        let has_feeds = self.rows.iter().any(|row| row.feeds > 0);
        let leads = self.rows.iter().filter(|row| row.lead).count();
        let lost_feeds = !has_feeds && leads * 8 <= self.rows.len();
        let mut page = 0;
        let mut rows_on_page = 0;
        for index in 0..self.rows.len() {
            let row = &self.rows[index];
            let number = self.page_number_at(index, page);
            let settled = rows_on_page >= LEAST_PAGE_ROWS;
            let gap_breaks = !has_feeds && !row.double && row.gap >= PAGE_GAP && settled;
            // Where other breaks are form feeds one may be lost all the same: the number then stands far below the text.
            let next_fed = self.rows.get(index + 1).is_some_and(|next| next.feeds > 0);
            let numbered = !has_feeds || settled && row.gap >= PAGE_GAP && !next_fed;
            let breaks = (lost_feeds && row.lead && settled) || gap_breaks || number == Some(Edge::Top) && numbered;
            let pages = match row.feeds {
                0 => usize::from(breaks && rows_on_page > 0),
                feeds => feeds,
            };
            if pages > 0 {
                self.page_starts.extend(std::iter::repeat_n(row.span.start, pages));
                page += pages;
                rows_on_page = 0;
            }
            let row = &mut self.rows[index];
            row.page = page;
            if number.is_some() {
                row.role = Role::PageNumber;
            } else {
                rows_on_page += 1;
            }
        }
    }

    /// Is row `index`, met on page `page` (0-based), a printed page number, and at which edge?
    fn page_number_at(&self, index: usize, page: usize) -> Option<Edge> {
        let row = &self.rows[index];
        if row.chars > 9 {
            return None;
        }
        let printed: usize = self
            .body(index)
            .trim_matches(|c: char| c == '-' || c == '–' || c == ' ')
            .parse()
            .ok()?;
        let next = self.rows.get(index + 1);
        let before = row.feeds > 0 || index == 0 || row.gap >= 1;
        let after = next.is_none_or(|next| next.feeds > 0 || next.lead || next.gap >= 1);
        // Pages may have been missed before this one, and numbers may begin behind a cover.
        let near = printed.abs_diff(page + 1) <= 2 + page / 8 || row.gap >= PAGE_GAP || row.feeds > 0;
        if !before || !after || !near || printed == 0 || printed > 999 {
            return None;
        }
        let at_bottom = printed == page + 1 && next.is_some_and(|next| next.feeds > 0 || next.lead);
        Some(if at_bottom { Edge::Bottom } else { Edge::Top })
    }
}

/// Where on its page a page number is printed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Edge {
    /// Above the text: since 1997 the rules on document forms put it there.
    Top,
    /// Below it.
    Bottom,
}

/// Cuts `text` into rows at line ends and form feeds.
fn rows_of(text: &str) -> Vec<Row> {
    let mut rows = Vec::with_capacity(text.len() / 64);
    let bytes = text.as_bytes();
    let (mut at, mut gap) = (0, 0);
    let (mut feeds, mut ruled) = (0, false);
    while at < bytes.len() {
        let stop = memchr::memchr2(b'\n', b'\x0c', &bytes[at..]).map_or(bytes.len(), |i| at + i + 1);
        let span = Span::new(at, stop);
        let ends_line = bytes[stop - 1] == b'\n';
        let whole = span.slice(text);
        let content = whole.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        if content.is_empty() {
            gap += usize::from(ends_line);
            ruled |= whole.len() > BLANK_RULER_CHARS;
        } else {
            let lead = content.as_ptr() as usize - whole.as_ptr() as usize;
            rows.push(Row {
                span,
                body: Span::new(at + lead, at + lead + content.len()),
                gap,
                feeds,
                lead: lead == 1 && whole.starts_with(' '),
                ruled,
                chars: count_chars(content),
                page: 0,
                double: false,
                capitals: is_capitals(content),
                lower: starts_lower(content),
                ended: ends_sentence(content),
                role: role_of(content),
            });
            (gap, feeds, ruled) = (0, 0, false);
        }
        feeds += usize::from(bytes[stop - 1] == b'\x0c');
        at = stop;
    }
    rows
}

/// Number of chars, counted as bytes that begin one.
pub(super) fn count_chars(text: &str) -> usize {
    text.bytes().filter(|&byte| (byte as i8) >= -0x40).count()
}

/// What the shape of a row alone tells.
fn role_of(body: &str) -> Role {
    let first = body.as_bytes()[0];
    if first.is_ascii_alphanumeric() {
        return Role::Text;
    }
    let is_rule = |c: char| matches!(c, '-' | '_' | '*' | '=' | '~' | '–' | '—' | '.' | ' ');
    if body.chars().all(is_rule) {
        return Role::Ruler;
    }
    if body.chars().any(char::is_alphanumeric) {
        Role::Text
    } else {
        Role::Noise
    }
}

/// Is the first letter of `body` a small one? Quotation marks and brackets before it do not count;
/// a digit or another sign before it gives `false`.
pub(super) fn starts_lower(body: &str) -> bool {
    let opening = |c: char| matches!(c, '“' | '"' | '‘' | '\'' | '(' | '«' | '*');
    body.chars().find(|&c| !opening(c)).is_some_and(char::is_lowercase)
}

/// Does `body` end as a sentence or an item of a list does: with `.`, `:`, `;`, `!`, `?` or `…`, before
/// closing quotes and brackets and before a raised number (`"mới.8"`)?
pub(super) fn ends_sentence(body: &str) -> bool {
    let closing = |c: char| matches!(c, '”' | '"' | '’' | '\'' | ')' | '»' | '*' | ']' | ' ');
    let is_stop = |c: char| matches!(c, '.' | ':' | ';' | '!' | '?' | '…');
    let tail = body.trim_end_matches(closing);
    let bare = tail.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '®' | '™' | '©' | '°'));
    tail.ends_with(is_stop) || bare.ends_with(is_stop)
}

/// Are the letters of `body` capitals, at least three of them? One small letter in eight is let pass,
/// for scans.
pub(super) fn is_capitals(body: &str) -> bool {
    let (mut upper, mut lower) = (0usize, 0usize);
    for char in body.chars() {
        if char.is_lowercase() {
            lower += 1;
            // A line of running text is told after its first words.
            if lower > 8 && lower > upper {
                return false;
            }
        } else if char.is_uppercase() {
            upper += 1;
        }
    }
    upper >= 3 && lower * 8 <= upper
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn double_spaced_text_is_known_by_its_sentences() {
        let wrapped =
            "Công tác kiểm tra, giám sát được triển khai đúng\n\nnguyên tắc, quy trình, bảo đảm các\n\n".repeat(4);
        assert!(Sheet::of(&wrapped).rows.iter().all(|row| row.double));
        let paragraphs = "Công tác kiểm tra.\n\nĐảng ủy luôn quan tâm.\n\n".repeat(4);
        assert!(Sheet::of(&paragraphs).rows.iter().all(|row| !row.double));
    }

    #[test]
    fn ends_and_beginnings() {
        for (body, ends) in [
            ("giai đoạn mới.8", true),
            ("nêu gương”.", true),
            ("2025 - 2030", false),
            ("sau:", true),
            ("trong", false),
        ] {
            assert_eq!(ends_sentence(body), ends, "{body}");
        }
        assert!(starts_lower("“tự diễn biến”") && !starts_lower("Đảng") && !starts_lower("2025"));
        assert!(is_capitals("KẾT QUẢ ĐẠT ĐƯỢC") && !is_capitals("Kết quả") && is_capitals("PANG BO CO SO'"));
    }
}
