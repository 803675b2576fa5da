//! A text cut into rows, one per line that is not blank.

use super::shape::{count_chars, ends_sentence, is_capitals, starts_lower};
use crate::stop::checkpoint;
use crate::text::Span;

/// One line that is not blank, or the part of it before or after a form feed.
#[derive(Clone, Debug)]
pub(crate) struct SheetRow {
    /// All its bytes, with the line end.
    pub(crate) span: Span,
    /// Its bytes without the blanks around them; never empty.
    pub(crate) body: Span,
    /// Number of blank lines before it.
    pub(crate) gap: usize,
    /// Number of form feeds between the previous row and this one; with more than one, the pages between
    /// are blank.
    pub(super) feeds: usize,
    /// True if it begins with exactly one blank.
    pub(super) lead: bool,
    /// Number of blanks before its body.
    pub(super) indent: usize,
    /// True if it is the first line of a paragraph, as its indentation shows.
    pub(crate) indented: bool,
    /// True if a line of blanks as wide as the ruler above notes comes before it.
    pub(crate) ruled: bool,
    /// Number of chars of its body.
    pub(crate) chars: usize,
    /// Index of its page.
    pub(crate) page: usize,
    /// True if the text around it is set with an empty line after every line.
    pub(crate) double: bool,
    /// True if it is set in [capitals](is_capitals).
    pub(crate) capitals: bool,
    /// True if it [begins with a small letter](starts_lower).
    pub(crate) lower: bool,
    /// True if it begins with a digit.
    pub(crate) digit: bool,
    /// True if it [ends as a sentence does](ends_sentence).
    pub(crate) ended: bool,
    /// Its role, as far as the shape of the line shows it.
    pub(crate) role: RowRole,
    /// Index of its line in what the format of the file says about the text; `None` in plain text.
    pub(super) line: Option<u32>,
}

/// The role of a row, judged by its shape alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RowRole {
    /// Text of the document.
    Text,
    /// A printed page number.
    PageNumber,
    /// A line that pages repeat at their top or foot, or a stamp printed there.
    RunningHead,
    /// A line of a contents page.
    Contents,
    /// A rule of hyphens, underscores or asterisks.
    Ruler,
    /// A line without any letter or digit.
    Noise,
}

impl RowRole {
    /// Returns true if the row is printed around the text of a page, not in it.
    pub(crate) fn is_page_furniture(self) -> bool {
        matches!(self, Self::PageNumber | Self::RunningHead | Self::Contents)
    }
}

/// Bytes that a line of blanks must exceed to count as the ruler above notes: word processors draw that
/// ruler some 5 cm long, which becomes 16 blanks and more.
const BLANK_RULER_BYTES: usize = 8;

/// Cuts `text` into rows at line ends and form feeds.
///
/// `page`, `double` and the role of page numbers are filled in later, because they depend on other rows.
pub(super) fn rows_of(text: &str) -> Vec<SheetRow> {
    let mut rows = Vec::with_capacity(text.len() / 64);
    let bytes = text.as_bytes();
    let (mut at, mut gap) = (0, 0);
    let (mut feeds, mut ruled) = (0, false);
    while at < bytes.len() {
        checkpoint();
        // A form feed cuts a row as a line end does: "…nhiệm vụ\x0cthực hiện…" lies on two pages.
        let stop = memchr::memchr2(b'\n', b'\x0c', &bytes[at..]).map_or(bytes.len(), |i| at + i + 1);
        let span = Span::new(at, stop);
        let ends_line = bytes[stop - 1] == b'\n';
        let whole = span.slice(text);
        let content = whole.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        if content.is_empty() {
            // Blanks before a form feed are no blank line. Long ones are a ruler in either case.
            gap += usize::from(ends_line);
            ruled |= whole.len() > BLANK_RULER_BYTES;
        } else {
            let lead = content.as_ptr() as usize - whole.as_ptr() as usize;
            rows.push(SheetRow {
                span,
                body: Span::new(at + lead, at + lead + content.len()),
                gap,
                feeds,
                lead: lead == 1 && whole.starts_with(' '),
                indent: count_chars(&whole[..lead]),
                indented: false,
                ruled,
                chars: count_chars(content),
                page: 0,
                double: false,
                capitals: is_capitals(content),
                lower: starts_lower(content),
                digit: content.as_bytes()[0].is_ascii_digit(),
                ended: ends_sentence(content),
                role: role_of(content),
                line: None,
            });
            (gap, feeds, ruled) = (0, 0, false);
        }
        feeds += usize::from(bytes[stop - 1] == b'\x0c');
        at = stop;
    }
    rows
}

/// Returns the role of a row with the trimmed text `body`, which is not empty.
fn role_of(body: &str) -> RowRole {
    // Most rows begin with an ASCII letter or digit: these need no further look.
    let first = body.as_bytes()[0];
    if first.is_ascii_alphanumeric() {
        return RowRole::Text;
    }
    let is_rule = |c: char| matches!(c, '-' | '_' | '*' | '=' | '~' | '–' | '—' | '.' | ' ');
    // "|---|:--:|" under the head of a Markdown table, "+----+----+" around the rows of one in a grid.
    let is_table_rule = |c: char| is_rule(c) || matches!(c, '|' | ':' | '+');
    if body.chars().all(is_rule) || body.contains("--") && body.chars().all(is_table_rule) {
        return RowRole::Ruler;
    }
    if body.chars().any(char::is_alphanumeric) {
        RowRole::Text
    } else {
        RowRole::Noise
    }
}
