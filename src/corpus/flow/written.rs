//! A flow as one text, and the structure of that text.
//!
//! A paragraph is a line, and so is a row of a table whose cells hold one paragraph each (`TT | Nội dung | Thời hạn`). A
//! row with more in a cell is a line for each paragraph, cell by cell: so are letterheads and signatures, which offices
//! set in tables. A table of one column is no table but a frame. The notes follow the text, each with its mark in
//! brackets, and the same mark stands where the text calls it.

use std::ops::Range;

use super::{Block, Flow, Note, Paragraph, Table};
use crate::text::{RowPlace, SourceLetters, Span, Structure, StructureLine, StructureNote};

/// The sign between the cells of a row.
const CELL_RULE: &str = " | ";

/// A flow as one text.
#[derive(Debug, Default)]
pub(in crate::corpus) struct Written {
    /// The text.
    pub(in crate::corpus) text: String,
    /// The structure that the format gives it.
    pub(in crate::corpus) structure: Structure,
    /// The letters of the file where the text is converted from them.
    pub(in crate::corpus) letters: SourceLetters,
}

/// Writes `flow` as one text.
pub(in crate::corpus) fn write(flow: &Flow) -> Written {
    let mut writer = Writer {
        notes: &flow.notes,
        calls: vec![None; flow.notes.len()],
        written: Written::default(),
        tables: 0,
    };
    writer.blocks(&flow.blocks, None);
    for index in 0..flow.notes.len() {
        writer.note(index);
    }
    writer.finish()
}

/// A cell of a table: its row, and the number of its column.
type CellPlace = (RowPlace, usize);

/// Writes blocks one after another.
struct Writer<'f> {
    notes: &'f [Note],
    /// For each note, the mark that calls it.
    calls: Vec<Option<Span>>,
    written: Written,
    /// Number of tables so far.
    tables: usize,
}

impl Writer<'_> {
    /// Returns what was written.
    fn finish(mut self) -> Written {
        self.written.structure.page_starts.dedup();
        self.written
    }

    /// Writes blocks; `cell` is the cell of a table that they are in.
    fn blocks(&mut self, blocks: &[Block], cell: Option<CellPlace>) {
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => self.paragraph(paragraph, cell),
                Block::Table(table) => self.table(table, cell),
            }
        }
    }

    /// Writes a table; `outer` is the cell of another table that it lies in.
    fn table(&mut self, table: &Table, outer: Option<CellPlace>) {
        let holds = |cell: &&Vec<Block>| cell.iter().any(holds_text);
        let is_frame = table.rows.iter().all(|row| row.iter().filter(holds).count() <= 1);
        let number = self.tables;
        if outer.is_none() && !is_frame {
            self.tables += 1;
        }
        for (index, row) in table.rows.iter().enumerate() {
            // The rows of a table in a cell belong to the row around it, all in that cell.
            let place = |column| {
                let row = RowPlace {
                    table: number,
                    row: index,
                };
                outer.or_else(|| (!is_frame).then_some((row, column)))
            };
            let short: Option<Vec<Option<&Paragraph>>> = row.iter().map(|cell| only_paragraph(cell)).collect();
            match short.filter(|_| !is_frame) {
                Some(cells) => self.row(&cells, place(0)),
                None => {
                    for (column, cell) in row.iter().enumerate() {
                        self.blocks(cell, place(column));
                    }
                }
            }
        }
    }

    /// Writes a row as one line. `cells`: the paragraph of each cell, `None` for an empty one. Empty cells at the end,
    /// which spanned columns leave, are not written.
    fn row(&mut self, cells: &[Option<&Paragraph>], place: Option<CellPlace>) {
        let Some(last) = cells.iter().rposition(Option::is_some) else {
            return;
        };
        let cells = &cells[..=last];
        let start = self.written.text.len();
        let mut spans = Vec::with_capacity(cells.len());
        let (mut bold, mut centered) = (true, true);
        for (index, cell) in cells.iter().enumerate() {
            if index > 0 {
                self.written.text.push_str(CELL_RULE);
            }
            let from = self.written.text.len();
            if let Some(paragraph) = cell {
                self.label(paragraph);
                self.words(paragraph, ' ');
                bold &= paragraph.bold;
                centered &= paragraph.centered;
            }
            spans.push(self.trimmed(from));
        }
        let span = self.trimmed(start);
        self.line(StructureLine {
            span,
            bold,
            centered,
            row: place.map(|(row, _)| row),
            column: place.map_or(0, |(_, column)| column),
            cells: spans,
            ..StructureLine::default()
        });
    }

    /// Writes a paragraph as a line, or as several if lines end inside it.
    fn paragraph(&mut self, paragraph: &Paragraph, cell: Option<CellPlace>) {
        self.paragraph_after("", paragraph, cell);
    }

    /// Writes a paragraph after `mark`, that of a note.
    fn paragraph_after(&mut self, mark: &str, paragraph: &Paragraph, cell: Option<CellPlace>) {
        if mark.is_empty() && !holds_words(paragraph) {
            // A blank paragraph may hold the beginning of a page.
            let at = self.written.text.len();
            let starts = paragraph.page_starts.iter().map(|_| at);
            self.written.structure.page_starts.extend(starts);
            return;
        }
        let start = self.written.text.len();
        self.written.text.push_str(mark);
        let label = self.label(paragraph);
        self.words(paragraph, '\n');
        let mut first = true;
        let mut at = start;
        // Only here, not in cells, is a line end the end of a line.
        let whole = self.written.text[start..].to_owned();
        for piece in whole.split_inclusive('\n') {
            let content = piece.trim();
            if !content.is_empty() {
                let from = at + (piece.len() - piece.trim_start().len());
                let span = Span::new(from, from + content.len());
                self.push_line(StructureLine {
                    span,
                    continues: !first,
                    level: paragraph.level.filter(|_| first),
                    label: label.filter(|_| first),
                    list: paragraph.list.filter(|_| first),
                    bold: paragraph.bold,
                    centered: paragraph.centered,
                    row: cell.map(|(row, _)| row),
                    column: cell.map_or(0, |(_, column)| column),
                    cells: if cell.is_some() { vec![span] } else { Vec::new() },
                });
                first = false;
            }
            at += piece.len();
        }
        self.written.text.push('\n');
    }

    /// Writes the label of a paragraph and a blank; returns its bytes.
    fn label(&mut self, paragraph: &Paragraph) -> Option<Span> {
        let label = paragraph.label.trim();
        if label.is_empty() {
            return None;
        }
        let start = self.written.text.len();
        self.written.text.push_str(label);
        let span = Span::new(start, self.written.text.len());
        self.written.text.push(' ');
        Some(span)
    }

    /// Returns the bytes from `start` to the end of the text, without the blanks around them.
    fn trimmed(&self, start: usize) -> Span {
        let written = &self.written.text[start..];
        let from = start + written.len() - written.trim_start().len();
        Span::new(from, from + written.trim().len())
    }

    /// Writes the words of a paragraph with the marks that call notes, and notes where pages begin. `line_end` stands
    /// for the end of a line inside the paragraph.
    fn words(&mut self, paragraph: &Paragraph, line_end: char) {
        let mut at = 0;
        let mut calls = paragraph.calls.iter().peekable();
        let mut pages = paragraph.page_starts.iter().peekable();
        loop {
            let (call, page) = (calls.peek().map(|call| call.0), pages.peek().copied().copied());
            let Some(next) = [call, page].into_iter().flatten().min() else {
                break;
            };
            self.piece(paragraph, at..next, line_end);
            at = next;
            if page == Some(next) {
                pages.next();
                self.written.structure.page_starts.push(self.written.text.len());
            } else if let Some(&(_, note)) = calls.next() {
                self.call(note);
            }
        }
        self.piece(paragraph, at..paragraph.text.len(), line_end);
    }

    /// Writes the bytes `piece` of a paragraph's text.
    fn piece(&mut self, paragraph: &Paragraph, piece: Range<usize>, line_end: char) {
        let mut at = piece.start;
        for (span, encoding, letters) in paragraph.letters.pieces_in(Span::new(piece.start, piece.end)) {
            self.copy(&paragraph.text, at..span.start, line_end);
            let start = self.written.text.len();
            self.copy(&paragraph.text, span.start..span.end, line_end);
            let written = Span::new(start, self.written.text.len());
            self.written.letters.push_piece(written, encoding, letters);
            at = span.end;
        }
        self.copy(&paragraph.text, at..piece.end, line_end);
    }

    /// Writes the bytes `piece` of `text`.
    fn copy(&mut self, text: &str, piece: Range<usize>, line_end: char) {
        let piece = text.get(piece).unwrap_or("");
        // Other control characters are nothing on paper, and a form feed would begin a page.
        let chars = piece.chars().filter_map(|char| match char {
            '\n' => Some(line_end),
            '\t' => Some(char),
            // Where a line may end is no letter; in old encodings it was one, and is converted by now.
            '\u{ad}' | '\u{200b}' | '\u{feff}' => None,
            _ => (!char.is_control()).then_some(char),
        });
        self.written.text.extend(chars);
    }

    /// Writes the mark that calls a note.
    fn call(&mut self, note: usize) {
        let Some(mark) = self.notes.get(note).map(|note| note.mark.as_str()) else {
            return;
        };
        let start = self.written.text.len();
        self.written.text.push_str(&bracketed(mark));
        self.calls[note].get_or_insert(Span::new(start, self.written.text.len()));
    }

    /// Writes the note with this index, its mark before its first paragraph.
    fn note(&mut self, index: usize) {
        let note = &self.notes[index];
        let first = self.written.structure.lines.len();
        let start = self.written.text.len();
        let mark = bracketed(&note.mark);
        let mut before = format!("{mark} ");
        for block in &note.blocks {
            match block {
                Block::Paragraph(paragraph) if before.is_empty() || holds_words(paragraph) => {
                    self.paragraph_after(&std::mem::take(&mut before), paragraph, None);
                }
                Block::Paragraph(_) => {}
                Block::Table(table) => self.table(table, None),
            }
        }
        if !before.is_empty() {
            // Nothing is left of a note whose text was deleted.
            self.written.text.truncate(start);
            self.written.structure.lines.truncate(first);
            return;
        }
        self.written.structure.notes.push(StructureNote {
            // A mark of the author's own (`*`) has no number: the place among the notes is as good as any.
            number: if note.number == 0 { index + 1 } else { note.number },
            call: self.calls[index],
            // The blank after it belongs to no word of the note.
            mark: Span::new(start, start + mark.len() + 1),
            lines: first..self.written.structure.lines.len(),
        });
    }

    /// Adds a line that is written and ends it.
    fn line(&mut self, line: StructureLine) {
        self.push_line(line);
        self.written.text.push('\n');
    }

    /// Adds a line that is written.
    fn push_line(&mut self, line: StructureLine) {
        self.written.structure.lines.push(line);
    }
}

/// Returns the mark of a note in brackets.
fn bracketed(mark: &str) -> String {
    format!("[{mark}]")
}

/// Returns true if anything of the paragraph is printed.
fn holds_words(paragraph: &Paragraph) -> bool {
    !paragraph.text.trim().is_empty() || !paragraph.calls.is_empty()
}

/// Returns true if anything of the block is printed.
fn holds_text(block: &Block) -> bool {
    match block {
        // The cells of a column of numbers hold labels only.
        Block::Paragraph(paragraph) => holds_words(paragraph) || paragraph.label.contains(char::is_alphanumeric),
        Block::Table(table) => table.rows.iter().flatten().flatten().any(holds_text),
    }
}

/// Returns the paragraph of a cell that holds no more than one line: `Some(None)` for an empty cell.
fn only_paragraph(cell: &[Block]) -> Option<Option<&Paragraph>> {
    let mut printed = cell.iter().filter(|block| holds_text(block));
    match (printed.next(), printed.next()) {
        (None, _) => Some(None),
        (Some(Block::Paragraph(paragraph)), None) if !paragraph.text.trim().contains('\n') => Some(Some(paragraph)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::flow::{ParagraphBuilder, RunFace};

    /// A cell with these paragraphs.
    fn cell(texts: &[&str]) -> Vec<Block> {
        texts.iter().map(|text| Block::Paragraph(Paragraph::of(text))).collect()
    }

    /// Writes blocks and notes.
    fn written(blocks: Vec<Block>, notes: Vec<Note>) -> Written {
        write(&Flow { blocks, notes })
    }

    /// The lines of a structure, each with the number of its cells.
    fn lines(written: &Written) -> Vec<(&str, usize)> {
        let lines = written.structure.lines.iter();
        lines
            .map(|line| (line.span.slice(&written.text), line.cells.len()))
            .collect()
    }

    #[test]
    fn a_cell_that_holds_only_the_label_of_a_list_is_printed() {
        let number = Paragraph {
            label: "2.".to_owned(),
            ..Paragraph::default()
        };
        let rows = vec![
            vec![cell(&["TT"]), cell(&["Nội dung"])],
            vec![vec![Block::Paragraph(number)], cell(&["Chuẩn bị"])],
        ];
        let written = written(vec![Block::Table(Table { rows })], Vec::new());
        assert_eq!(lines(&written), [("TT | Nội dung", 2), ("2.  | Chuẩn bị", 2)]);
    }

    #[test]
    fn a_row_is_a_line_and_a_letterhead_a_line_for_each_paragraph() {
        let rows = vec![
            vec![cell(&["TỈNH ỦY A", "Số 1-BC/TU"]), cell(&["ĐẢNG CỘNG SẢN VIỆT NAM"])],
            vec![cell(&["TT"]), cell(&["Nội dung "]), cell(&[""]), cell(&[])],
            vec![cell(&[]), cell(&["  "])],
        ];
        let written = written(vec![Block::Table(Table { rows })], Vec::new());
        assert_eq!(
            lines(&written),
            [
                ("TỈNH ỦY A", 1),
                ("Số 1-BC/TU", 1),
                ("ĐẢNG CỘNG SẢN VIỆT NAM", 1),
                ("TT | Nội dung", 2),
            ]
        );
        let places: Vec<usize> = written
            .structure
            .lines
            .iter()
            .filter_map(|line| Some(line.row?.row))
            .collect();
        assert_eq!(places, [0, 0, 0, 1]);
        let columns: Vec<usize> = written.structure.lines.iter().map(|line| line.column).collect();
        assert_eq!(columns, [0, 0, 1, 0]);
        let cells: Vec<&str> = written.structure.lines[3]
            .cells
            .iter()
            .map(|cell| cell.slice(&written.text))
            .collect();
        assert_eq!(cells, ["TT", "Nội dung"]);
    }

    #[test]
    fn a_table_of_one_column_is_a_frame() {
        let rows = vec![vec![cell(&["KHUNG"])], vec![cell(&[]), cell(&["một", "hai"])]];
        let written = written(vec![Block::Table(Table { rows })], Vec::new());
        assert_eq!(written.text, "KHUNG\nmột\nhai\n");
        assert!(written.structure.lines.iter().all(|line| line.row.is_none()));
    }

    #[test]
    fn notes_follow_the_text_and_are_called_by_their_marks() {
        let mut builder = ParagraphBuilder::default();
        builder.push("Theo văn bản", RunFace::default());
        builder.push_call(0);
        builder.push(", Đảng ủy", RunFace::default());
        builder.begin_page();
        builder.push(" ban hành.", RunFace::default());
        let note = |number, texts: &[&str]| Note {
            number,
            mark: number.to_string(),
            blocks: cell(texts),
        };
        let notes = vec![note(1, &["", "Hướng dẫn.", "Quy định."]), note(2, &[" "])];
        let written = written(vec![Block::Paragraph(builder.finish())], notes);
        assert_eq!(
            written.text,
            "Theo văn bản[1], Đảng ủy ban hành.\n[1] Hướng dẫn.\nQuy định.\n"
        );
        let [note] = &written.structure.notes[..] else {
            panic!("a note without text is none")
        };
        assert_eq!(note.call.map(|call| call.slice(&written.text)), Some("[1]"));
        assert_eq!((note.lines.clone(), note.mark.slice(&written.text)), (1..3, "[1] "));
        let [page] = written.structure.page_starts[..] else {
            panic!("one page begins")
        };
        assert_eq!(&written.text[page..page + 4], " ban");
    }

    #[test]
    fn lines_inside_a_paragraph_and_control_characters() {
        let mut listed = Paragraph::of("một\u{c}\n hai\t\u{feff}ba\u{0}");
        listed.label = "a)".to_owned();
        listed.level = Some(2);
        let written = written(vec![Block::Paragraph(listed)], Vec::new());
        assert_eq!(written.text, "a) một\n hai\tba\n");
        let [first, second] = &written.structure.lines[..] else {
            panic!("two lines")
        };
        assert_eq!((first.level, second.level, second.continues), (Some(2), None, true));
        assert_eq!(first.label.map(|label| label.slice(&written.text)), Some("a)"));
    }

    #[test]
    fn runs_are_bold_together_and_printed_in_capitals() {
        let bold = RunFace {
            bold: true,
            ..RunFace::default()
        };
        let capitals = RunFace { capitals: true, ..bold };
        let mut builder = ParagraphBuilder::default();
        builder.push("Chương ", bold);
        builder.push("một", capitals);
        builder.push(" . ", RunFace::default());
        let paragraph = builder.finish();
        assert_eq!((paragraph.text.as_str(), paragraph.bold), ("Chương MỘT . ", true));
        let mut builder = ParagraphBuilder::default();
        builder.push("a", bold);
        builder.push("b", RunFace::default());
        assert!(!builder.finish().bold);
    }
}
