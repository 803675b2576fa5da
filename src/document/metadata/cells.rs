//! The cells of a header: its rows cut at the columns and line breaks of tables, without Markdown and HTML.
//!
//! A cell holds words in their repaired reading. Wide blanks, rules (`____`) and the seam of two bold runs do not cut a
//! cell, because a blank number is as wide as a column (`Số:        /BC-UBND`): the word after one is only marked.

use unicode_normalization::UnicodeNormalization;

use crate::document::layout::Sheet;
use crate::document::phrase::FoldedWords;
use crate::document::strays::without_strays;
use crate::reading::Reading;
use crate::text::{Form, Span};

/// Blanks in a row that may keep two columns apart.
const MIN_COLUMN_BLANKS: usize = 3;
/// Single letters in a row that are a word printed with blanks between its letters.
const MIN_SPACED_LETTERS: usize = 4;
/// Tags that end a line or a cell, without their brackets.
const BREAKS: [&str; 9] = ["br", "/td", "/th", "/tr", "/p", "/div", "/h1", "/h2", "/h3"];

/// A piece of a cell between two blanks.
#[derive(Clone, Debug)]
pub(super) struct CellPiece {
    /// Its letters, digits and signs.
    pub(super) text: String,
    /// True if a wide blank, a rule or the seam of two bold runs comes before it.
    pub(super) apart: bool,
}

/// A line of a cell of the header, or a whole row where there is no table.
#[derive(Debug)]
pub(super) struct HeaderCell {
    /// Its row in the sheet, the first of several.
    pub(super) row: usize,
    /// The last of its rows.
    pub(super) last_row: usize,
    /// Its pieces in order, with those that are signs alone (`-`).
    pub(super) pieces: Vec<CellPiece>,
    /// For each folded word, the index of its piece.
    places: Vec<usize>,
    /// Its words, folded: one for each piece that holds a letter or a digit.
    pub(super) words: FoldedWords,
    /// True if the format or Markdown marks it as a heading or sets all of it in bold.
    pub(super) emphasized: bool,
    /// True if it is one of several cells of its row.
    pub(super) in_table: bool,
}

impl HeaderCell {
    /// Cuts row `row` of the sheet into cells; none for a row without a letter or digit.
    pub(super) fn of_row(sheet: &Sheet<'_>, reading: &Reading, row: usize) -> Vec<Self> {
        let body = sheet.rows[row].body;
        let misread = reading.is_misread(body);
        let given = sheet.given(row);
        let chunks = match given {
            Some(line) if line.cells.len() > 1 => line.cells.clone(),
            Some(_) => vec![body],
            None => chunks_of(sheet.text, body, misread),
        };
        let in_table = chunks.len() > 1 || given.is_some_and(|line| line.row.is_some());
        chunks
            .into_iter()
            .filter_map(|chunk| Self::of_chunk(sheet, reading, row, chunk, misread, in_table))
            .collect()
    }

    /// Reads the cell at `chunk`.
    fn of_chunk(
        sheet: &Sheet<'_>,
        reading: &Reading,
        row: usize,
        chunk: Span,
        misread: bool,
        in_table: bool,
    ) -> Option<Self> {
        let source = chunk.slice(sheet.text).trim();
        let given = sheet.given(row).is_some_and(|line| line.bold || line.level.is_some());
        let emphasized = given
            || source.starts_with('#')
            || source.starts_with("**") && source.ends_with("**")
            || source.starts_with("<b") && source.ends_with('>');
        let mut pieces: Vec<CellPiece> = Vec::new();
        let mut follows_spaced = false;
        for column in columns_of(sheet.text, chunk) {
            // Between two words whose letters are set apart (`B Á O   C Á O`) a wide blank is a blank.
            let spaced = has_spaced_letters(column.slice(sheet.text));
            let goes_on = std::mem::replace(&mut follows_spaced, spaced) && spaced;
            let view = reading.view(sheet.text, &[column], &[], Form::Match);
            let plain = without_strays(&without_markup(view.text()));
            let mut apart = !pieces.is_empty() && !goes_on;
            for text in plain.split_whitespace() {
                if is_rule(text) {
                    apart = true;
                    continue;
                }
                pieces.push(CellPiece {
                    text: text.to_owned(),
                    apart,
                });
                apart = false;
            }
        }
        join_spaced_letters(&mut pieces);
        Self::of_pieces(row, pieces, misread, emphasized, in_table)
    }

    /// Returns the cell of these pieces, `None` if they hold no letter or digit.
    fn of_pieces(row: usize, pieces: Vec<CellPiece>, misread: bool, emphasized: bool, in_table: bool) -> Option<Self> {
        let places: Vec<usize> = (0..pieces.len())
            .filter(|&at| pieces[at].text.contains(char::is_alphanumeric))
            .collect();
        if places.is_empty() {
            return None;
        }
        // A slash would make two words of a symbol: words and pieces must match one to one.
        let joined: Vec<String> = places.iter().map(|&at| pieces[at].text.replace('/', "")).collect();
        let words = FoldedWords::of(&joined.join(" "), misread);
        (words.len() == places.len()).then_some(Self {
            row,
            last_row: row,
            pieces,
            places,
            words,
            emphasized,
            in_table,
        })
    }

    /// Returns this cell with the next one, if that goes on where a number or a date is left blank: `Số:` +
    /// `/HD-ĐHVN`, `Hà Nội, ngày` + `tháng` + `năm 2025`.
    ///
    /// `follows`: it is on the next line. Pages of the web may then break a line after its first word: `ỦY` + `BAN NHÂN
    /// DÂN`, `Thái` + `Nguyên, ngày 29 tháng 3 năm 2018`.
    fn joined(&self, next: &Self, follows: bool) -> Option<Self> {
        let (last, first) = (self.words.get(self.len().checked_sub(1)?), next.words.get(0));
        let begins = next.pieces.first()?.text.chars().next()?;
        let number = last == "so" && self.len() <= 2 && (matches!(begins, '/' | '-' | '–') || begins.is_ascii_digit());
        let date = (last == "ngay" && first == "thang") || (last == "thang" && first == "nam");
        let word = self.word(0);
        let capitals = |text: &str| text.chars().count() > 1 && !text.contains(char::is_lowercase);
        let broken = follows
            && self.len() == 1
            && !self.words.is_misread()
            && word.chars().all(char::is_alphabetic)
            && (capitals(word) && capitals(next.word(0)) || begins.is_uppercase() && next.words.has("ngay"));
        if !(number || date || broken) {
            return None;
        }
        let pieces = self.pieces.iter().chain(&next.pieces).cloned().collect();
        let joined = Self::of_pieces(self.row, pieces, self.words.is_misread(), false, self.in_table)?;
        Some(Self {
            last_row: next.last_row,
            ..joined
        })
    }

    /// Returns the number of its words.
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// Returns word `at` as printed, or `""`.
    pub(super) fn word(&self, at: usize) -> &str {
        self.places.get(at).map_or("", |&piece| &self.pieces[piece].text)
    }

    /// Returns true if something keeps word `at` apart from the word before it.
    pub(super) fn is_apart(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.places.get(before));
        let (Some(&before), Some(&piece)) = (before, self.places.get(at)) else {
            return true;
        };
        self.pieces[before + 1..=piece].iter().any(|piece| piece.apart)
    }

    /// Returns the words from `from` to `to` as printed, with the signs between and after them.
    pub(super) fn text(&self, from: usize, to: usize) -> String {
        let Some(&first) = self.places.get(from) else {
            return String::new();
        };
        // The signs before the first word belong to it: "-BC/TU" is one piece, "- BC/TU" are two.
        let first = if from == 0 { 0 } else { first };
        let last = self.places.get(to).copied().unwrap_or(self.pieces.len());
        let pieces: Vec<&str> = self
            .pieces
            .get(first..last)
            .unwrap_or(&[])
            .iter()
            .map(|piece| piece.text.as_str())
            .collect();
        pieces.join(" ")
    }
}

/// Cuts the rows `rows` of the sheet into cells.
pub(super) fn cells_of(sheet: &Sheet<'_>, reading: &Reading, rows: &[usize]) -> Vec<HeaderCell> {
    let mut cells: Vec<HeaderCell> = Vec::new();
    let mut last_row = None;
    for cell in rows.iter().flat_map(|&row| HeaderCell::of_row(sheet, reading, row)) {
        let row = cell.row;
        let follows = last_row.is_some_and(|last| last + 1 == row) && sheet.rows[row].gap == 0 && !cell.in_table;
        last_row = Some(row);
        match cells.last().and_then(|last| last.joined(&cell, follows)) {
            Some(joined) => {
                cells.pop();
                cells.push(joined);
            }
            None => cells.push(cell),
        }
    }
    cells
}

/// Cuts `body` at the rules of a Markdown table and at the tags that end lines and cells.
fn chunks_of(text: &str, body: Span, misread: bool) -> Vec<Span> {
    let source = body.slice(text);
    // A scan makes single `|` of strokes and stains; a row of a table begins with one.
    let table = source.starts_with('|') || !misread && source.contains(" | ");
    let mut chunks = Vec::new();
    let mut start = 0;
    for (at, char) in source.char_indices() {
        if at < start {
            continue;
        }
        let len = match char {
            '|' if table && !source[..at].ends_with('\\') => 1,
            '<' => break_len(&source[at..]),
            _ => 0,
        };
        if len > 0 {
            chunks.push(Span::new(body.start + start, body.start + at));
            start = at + len;
        }
    }
    chunks.push(Span::new(body.start + start, body.end));
    chunks.retain(|chunk| chunk.slice(text).contains(char::is_alphanumeric));
    chunks
}

/// Returns the length of the tag that begins `source` if it ends a line or a cell, else 0.
fn break_len(source: &str) -> usize {
    let Some(end) = source.find('>') else { return 0 };
    let name = source[1..end].trim_end_matches('/').trim().to_ascii_lowercase();
    if BREAKS.contains(&name.as_str()) { end + 1 } else { 0 }
}

/// Cuts `chunk` at wide blanks.
fn columns_of(text: &str, chunk: Span) -> Vec<Span> {
    let bytes = chunk.slice(text).as_bytes();
    let mut columns = Vec::new();
    let (mut start, mut at) = (0, 0);
    while at < bytes.len() {
        let blanks = bytes[at..]
            .iter()
            .take_while(|byte| matches!(byte, b' ' | b'\t'))
            .count();
        if blanks >= MIN_COLUMN_BLANKS || bytes[at..at + blanks].contains(&b'\t') {
            columns.push(Span::new(chunk.start + start, chunk.start + at));
            start = at + blanks;
        }
        at += blanks.max(1);
    }
    columns.push(Span::new(chunk.start + start, chunk.end));
    columns
}

/// Returns `text` without Markdown and tags; a rule of underscores stays as one piece.
fn without_markup(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.trim_start_matches(['#', '>', ' ']);
    while let Some(char) = rest.chars().next() {
        let next = &rest[char.len_utf8()..];
        rest = next;
        match char {
            '\\' if next.starts_with(|c: char| c.is_ascii_punctuation()) => {}
            // The seam of two bold runs, "**CHÍNH PHỦ** **Số: 28**", keeps two lines apart.
            '*' if next.starts_with("* **") => {
                plain.push_str(" ___ ");
                rest = &next[4..];
            }
            '*' => {
                let alone = !next.starts_with(|c: char| c == '*' || c.is_alphanumeric())
                    && (plain.is_empty() || plain.ends_with(' '));
                plain.push_str(if alone { " ___ " } else { "" });
            }
            '_' if next.starts_with(['_', '\\']) || plain.ends_with('_') => plain.push('_'),
            '_' => {}
            '<' => match next
                .find('>')
                .filter(|&end| end < 120 && next.starts_with(is_tag_start))
            {
                Some(end) => {
                    plain.push(' ');
                    rest = &next[end + 1..];
                }
                None => plain.push('<'),
            },
            '&' if next.starts_with("nbsp;") => {
                plain.push(' ');
                rest = &next[5..];
            }
            _ => plain.push(char),
        }
    }
    plain
}

/// Returns true if `char` may follow the bracket that opens a tag.
fn is_tag_start(char: char) -> bool {
    char == '/' || char.is_ascii_alphabetic()
}

/// Returns true if `text` is a rule between two lines of a cell: `___`, `-----`, `*`.
fn is_rule(text: &str) -> bool {
    let long = text.chars().count() >= 3;
    long && text
        .chars()
        .all(|c| matches!(c, '_' | '-' | '–' | '—' | '*' | '=' | '~'))
}

/// Returns true if `text` is capitals with blanks between them: `B Á O`.
fn has_spaced_letters(text: &str) -> bool {
    let mut words = text.split_whitespace().peekable();
    words.peek().is_some() && words.all(is_one_capital)
}

/// Returns true if `word` is one capital letter.
fn is_one_capital(word: &str) -> bool {
    let mut chars = word.nfc();
    chars.next().is_some_and(char::is_uppercase) && chars.next().is_none()
}

/// Joins letters printed with blanks between them, where the reading does not know them as words.
fn join_spaced_letters(pieces: &mut Vec<CellPiece>) {
    let run = pieces.iter().take_while(|piece| is_one_capital(&piece.text)).count();
    if run < MIN_SPACED_LETTERS {
        return;
    }
    let joined: String = pieces.drain(..run).map(|piece| piece.text).collect();
    pieces.insert(
        0,
        CellPiece {
            text: joined,
            apart: false,
        },
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the cells of the rows of `text`, `|` before a word that is apart.
    fn shown(text: &str) -> Vec<String> {
        let sheet = Sheet::of(text);
        let reading = Reading::of(text);
        let cells = sheet
            .text_rows()
            .flat_map(|row| HeaderCell::of_row(&sheet, &reading, row));
        cells
            .map(|cell| {
                let words = cell.pieces.iter().map(|piece| {
                    let sign = if piece.apart { "|" } else { "" };
                    format!("{sign}{}", piece.text)
                });
                words.collect::<Vec<_>>().join(" ")
            })
            .collect()
    }

    #[test]
    fn rows_are_cut_at_tables_and_breaks() {
        let rows: [(&str, &[&str]); 8] = [
            (
                "| **TỈNH ỦY A**<br>Số 1-BC/TU | ĐẢNG CỘNG SẢN VIỆT NAM<br/>*A, ngày 1* |\n|---|---|\n",
                &["TỈNH ỦY A", "Số 1-BC/TU", "ĐẢNG CỘNG SẢN VIỆT NAM", "A, ngày 1"],
            ),
            ("<td>SỞ Y TẾ</td><td><b>Số: 1/SYT</b></td>\n", &["SỞ Y TẾ", "Số: 1/SYT"]),
            ("SỞ Y TẾ        Số: 1\n", &["SỞ Y TẾ |Số: 1"]),
            (
                "| **CHÍNH PHỦ** \\_\\_\\_\\_ Số: 28 | B |\n",
                &["CHÍNH PHỦ |Số: 28", "B"],
            ),
            ("## **B Á O  C Á O**\n", &["BÁO CÁO"]),
            ("> TỈNH ỦY A * Số 1\n", &["TỈNH ỦY A |Số 1"]),
            ("đã \\| bộ\n", &["đã | bộ"]),
            ("\\*\n", &[]),
        ];
        for (text, cells) in rows {
            assert_eq!(shown(text), cells, "{text}");
        }
    }
}
