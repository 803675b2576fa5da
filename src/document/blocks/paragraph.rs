//! Rows to paragraphs: where a paragraph begins, and which rows continue it.
//!
//! Hardly anything marks a paragraph in these files: as a rule there is no indentation, and often either no blank
//! line or one after every line. What remains is the work of the typesetter: a line that had room for the next word and
//! did not take it ends a paragraph, and so does a full stop before a capital when there was room. A labeled
//! line begins one. That leaves one case open: a full labeled line without a full stop, before a capital
//! (`2. Lãnh đạo thực hiện nhiệm vụ chính trị, …, đơn vị`), may be a title or the first line of a paragraph.
//! [`super::heading`] decides it by the other items of its numbering, and [`join_continuations`] then joins
//! what belongs together.

use super::block::{Block, BlockKind};
use super::counted::read_counted;
use super::label::{Label, LabelClass};
use super::numbering::{DueNumbers, LabeledLine};
use super::part;
use crate::document::layout::{OpenEnd, Sheet, count_chars, open_end, starts_lower, starts_with_date};
use crate::reading::Reading;
use crate::text::{Form, Span, StructureLine};

/// Chars of the longest label that stands on a line of its own: `PHẦN THỨ NHẤT`.
const MAX_LONE_LABEL_CHARS: usize = 20;
/// Chars at the beginning of a line in which a label that is a word is read, with what follows it.
const MAX_LABEL_CHARS: usize = 120;
/// Chars of the longest word for which room is measured; longer ones are rules or addresses.
const MAX_WORD_CHARS: usize = 40;

/// Chars from which the only row of a block is running text rather than a title.
const MIN_PROSE_CHARS: usize = 60;

/// The relation of a row to the paragraph of the row before it.
enum Continuation {
    /// Both belong to one paragraph.
    Joined,
    /// The row begins a new one.
    Apart,
    /// The row before is a full labeled line without a full stop, and this one begins with a capital:
    /// the other items of the numbering decide.
    Undecided,
}

impl Continuation {
    /// Returns the decision for rows that belong together if `joined`.
    fn decided(joined: bool) -> Self {
        if joined { Self::Joined } else { Self::Apart }
    }
}

/// Groups rows into paragraphs, row by row.
pub(super) struct ParagraphBuilder<'a> {
    sheet: &'a Sheet<'a>,
    reading: &'a Reading,
    /// The numbers that labels may have next.
    due: DueNumbers,
    /// The blocks so far; rows are added to the last.
    blocks: Vec<Block>,
}

impl<'a> ParagraphBuilder<'a> {
    /// Starts without any block.
    pub(super) fn new(sheet: &'a Sheet<'a>, reading: &'a Reading) -> Self {
        Self {
            sheet,
            reading,
            due: DueNumbers::default(),
            blocks: Vec::new(),
        }
    }

    /// Returns the blocks in order.
    pub(super) fn finish(self) -> Vec<Block> {
        self.blocks
    }

    /// Adds the rows of the header: a block for each group without a blank line between.
    pub(super) fn push_header(&mut self, rows: &[usize]) {
        for &index in rows {
            let row = &self.sheet.rows[index];
            let grouped = row.gap == 0
                && self
                    .blocks
                    .last()
                    .is_some_and(|block| block.rows.last() == Some(&(index - 1)));
            match self.blocks.last_mut() {
                Some(block) if grouped => {
                    block.rows.push(index);
                    block.end = row.span.end;
                }
                _ => {
                    self.begin(index, None);
                    if let Some(block) = self.blocks.last_mut() {
                        block.kind = BlockKind::Header;
                    }
                }
            }
        }
    }

    /// Begins a block with row `index`.
    fn begin(&mut self, index: usize, label: Option<Label>) {
        let span = self.sheet.rows[index].span;
        self.blocks.push(Block {
            rows: vec![index],
            start: span.start,
            end: span.end,
            kind: BlockKind::Text,
            label,
            may_continue: false,
        });
    }

    /// Begins a row of a table with row `index`.
    pub(super) fn begin_table_row(&mut self, index: usize) {
        self.begin(index, None);
        if let Some(block) = self.blocks.last_mut() {
            block.kind = BlockKind::Table;
        }
    }

    /// Adds row `index` to the last block.
    pub(super) fn extend(&mut self, index: usize) {
        if let Some(block) = self.blocks.last_mut() {
            block.rows.push(index);
            block.end = self.sheet.rows[index].span.end;
        }
    }

    /// Adds row `index` to the last block or begins a new one with it.
    pub(super) fn push_row(&mut self, index: usize) {
        if let Some(line) = self.sheet.given(index) {
            return self.push_given(index, line);
        }
        let last = self.blocks.last().filter(|block| block.kind == BlockKind::Text);
        let Some(before) = last.and_then(|block| block.rows.last().copied()) else {
            let label = self.label(index);
            return self.begin(index, label);
        };
        if self.may_be_labeled(before, index)
            && let Some(label) = self.label(index)
        {
            return self.begin(index, Some(label));
        }
        match self.continuation(before, index) {
            Continuation::Apart => self.begin(index, None),
            Continuation::Undecided => {
                if let Some(block) = self.blocks.last_mut() {
                    block.may_continue = true;
                }
                self.begin(index, None);
            }
            Continuation::Joined => self.extend(index),
        }
    }

    /// Adds row `index`, of which the format of the file says `line`.
    fn push_given(&mut self, index: usize, line: &StructureLine) {
        let last = self.blocks.last().filter(|block| block.kind == BlockKind::Text);
        let follows = last.is_some_and(|block| block.last_row() + 1 == index);
        if follows && line.continues {
            return self.extend(index);
        }
        match self.label(index) {
            None if follows && self.continues_title(index, line) => self.extend(index),
            label => self.begin(index, label),
        }
    }

    /// Returns true if the centered row `index` goes on with the title of the row before: offices end the lines of a
    /// title with the paragraph.
    fn continues_title(&self, index: usize, line: &StructureLine) -> bool {
        let (a, b) = (&self.sheet.rows[index - 1], &self.sheet.rows[index]);
        let alike = self
            .sheet
            .given(index - 1)
            .is_some_and(|above| above.centered && above.bold == line.bold && above.level == line.level);
        let goes_on = a.capitals && b.capitals || b.lower && !a.capitals && line.bold;
        // A semicolon ends no title: "CHIA, TÁCH; SÁP NHẬP;" + "HỢP NHẤT".
        let open = !a.ended || a.capitals && self.sheet.body(index - 1).ends_with(';');
        alike && line.centered && b.gap == 0 && goes_on && open
    }

    /// Reads the label at the beginning of row `index`.
    fn label(&mut self, index: usize) -> Option<Label> {
        let row = &self.sheet.rows[index];
        let body = self.sheet.body(index);
        // The words of a part's label are read in the repaired reading: "Phan thir nhat" is "Phần thứ nhất".
        // A repair costs time, so that only lines with the right first letters get there.
        if part::opens_with_part_word(body, || self.reading.is_misread(row.body)) {
            // A line may be a whole paragraph: its label is in its first words.
            let head = body
                .char_indices()
                .nth(MAX_LABEL_CHARS)
                .map_or(body.len(), |(end, _)| end);
            let span = Span::new(row.body.start, row.body.start + head);
            let view = self.reading.view(self.sheet.text, &[span], &[], Form::Match);
            let label = part::read(&body[..head], view.text(), row.capitals, self.reading.is_misread(span))
                .filter(|label| label.class != LabelClass::Article || self.due.is_due_article(label.number));
            if let Some(label) = label {
                self.due.note(label.class, label.number);
                return Some(label.at(row.body.start));
            }
        }
        // What the format counts is a label, whatever number could come next.
        if let Some(span) = self.sheet.given(index).and_then(|line| line.label) {
            let label = read_counted(span.slice(self.sheet.text));
            self.due.note(label.class, label.number);
            return Some(label.at(span.start));
        }
        let below = self
            .sheet
            .rows
            .get(index + 1)
            .map_or("", |_| self.sheet.body(index + 1));
        self.due.read(&LabeledLine {
            body,
            start: row.body.start,
            capitals: row.capitals,
            misread: may_be_number(body) && self.reading.is_misread(row.body),
            below,
        })
    }

    /// Returns true if a label may begin at row `index`, after row `before`: it cannot in the middle of a
    /// sentence.
    fn may_be_labeled(&self, before: usize, index: usize) -> bool {
        let (a, b) = (&self.sheet.rows[before], &self.sheet.rows[index]);
        let body = self.sheet.body(index);
        // A hyphen before a small letter is a dash inside the sentence: "kinh tế" + "- xã hội của tỉnh".
        let first = body.as_bytes()[0];
        if first == b'-' && starts_lower(body.trim_start_matches(['-', ' '])) && !a.ended {
            return false;
        }
        // "…tại khoản" + "2, Điều 6 của Quy chế này"; but "…chuyển đổi số" + "2. Xây dựng Đảng" are two.
        let point = body
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .starts_with(['.', ')']);
        if b.digit && !point && !a.ended && open_end(self.sheet.body(before)) == Some(OpenEnd::Number) {
            return false;
        }
        let spaced = b.gap > usize::from(a.double) || b.page != a.page || before + 1 != index;
        // "1." follows the title "I- KẾT QUẢ" directly, although a title has no full stop.
        let after_title = self.blocks.last().is_some_and(|block| {
            block.rows.len() <= 3
                && matches!(
                    block.class(),
                    Some(class) if class.is_outer() || matches!(class, LabelClass::Arabic(_))
                )
        });
        let after_capitals = a.capitals && part::opens_with_part_word(body, || self.reading.is_misread(b.body));
        b.indented
            || spaced
            || after_title
            || after_capitals
            || self.is_lone_label(index)
            || self.opens_numbered(index)
            || a.ended
            || self.room(before, index) * 8 >= self.sheet.width
    }

    /// Returns true if row `index` of clean text opens with a number, a point and a capital, as no line inside a
    /// sentence does: `8. Yêu cầu về giảng viên`.
    fn opens_numbered(&self, index: usize) -> bool {
        let row = &self.sheet.rows[index];
        let after = self.sheet.body(index).trim_start_matches(|c: char| c.is_ascii_digit());
        let title = after.strip_prefix(". ").map(str::trim_start);
        row.digit
            && title.is_some_and(|title| title.starts_with(char::is_uppercase))
            && !self.reading.is_misread(row.body)
    }

    /// Returns true if row `index` is short and opens like the label of a chapter, and a title in capitals is below it.
    fn is_lone_label(&self, index: usize) -> bool {
        let row = &self.sheet.rows[index];
        row.chars <= MAX_LONE_LABEL_CHARS
            && part::opens_with_part_word(self.sheet.body(index), || self.reading.is_misread(row.body))
            && self.sheet.rows.get(index + 1).is_some_and(|below| below.capitals)
    }

    /// Returns the chars that would be left on row `before` with the first word of row `index` set after it.
    fn room(&self, before: usize, index: usize) -> usize {
        let row = &self.sheet.rows[before];
        // Capitals are a quarter wider than small letters.
        let chars = if row.capitals { row.chars * 5 / 4 } else { row.chars };
        let word = self
            .sheet
            .body(index)
            .split(' ')
            .next()
            .map_or(0, |word| count_chars(word).min(MAX_WORD_CHARS));
        self.sheet.width.saturating_sub(chars + 1 + word)
    }

    /// Returns true if row `before` cannot end a sentence before row `index`, whatever room it left: "…Chỉ thị số
    /// 45-" + "CT/TW", "…sự lãnh đạo của" + "Đảng". `apart`: a blank line is between, and no page ends there.
    fn is_open(&self, before: usize, index: usize, apart: bool) -> bool {
        let (a, b) = (&self.sheet.rows[before], &self.sheet.rows[index]);
        let (above, below) = (self.sheet.body(before), self.sheet.body(index));
        // A title in capitals is continued by capitals, and by a number: "GIAI ĐOẠN 2020 -" + "2025".
        if a.capitals && !(b.capitals || b.digit) || b.capitals && !a.capitals && b.chars > 3 {
            return false;
        }
        match open_end(above) {
            Some(OpenEnd::Word | OpenEnd::Sign) => true,
            Some(OpenEnd::Number) => b.digit || b.lower,
            // A comma ends a salutation, too: "Thưa toàn thể Đại hội," + "Thay mặt …".
            Some(OpenEnd::Comma) => b.lower || b.digit && !apart,
            None => !apart && (starts_with_date(below) && below.contains(' ') || closes_bracket(above, below)),
        }
    }

    /// Returns true if a page ends between the rows `before` and `index`.
    fn turns_page(&self, before: usize, index: usize) -> bool {
        let mut between = self.sheet.rows[before + 1..index].iter();
        self.sheet.rows[before].page != self.sheet.rows[index].page || between.any(|row| row.role.is_page_furniture())
    }

    /// Decides whether row `index` continues the paragraph of row `before`.
    fn continuation(&self, before: usize, index: usize) -> Continuation {
        let (a, b) = (&self.sheet.rows[before], &self.sheet.rows[index]);
        let a_text = self.sheet.body(before);
        // Notes, a page number or a page break may lie between two rows of one paragraph.
        let broken = a.page != b.page || before + 1 != index;
        let spaced = b.gap > usize::from(a.double || b.double);
        let goes_on = b.lower && !a.capitals;
        let room = self.room(before, index);
        let width = self.sheet.width;
        let full = room * 8 < width;
        let block = self.blocks.last();
        let labeled = block.is_some_and(|block| {
            matches!(
                block.class(),
                Some(LabelClass::Arabic(_) | LabelClass::Star | LabelClass::Roman)
            ) && block.rows.len() <= 2
        });
        // A title in capitals runs over several lines, whatever room they leave.
        if a.capitals && b.capitals && (!spaced && !broken || full && self.turns_page(before, index)) {
            return Continuation::Joined;
        }
        // Capitals end where small letters begin: "KẾT LUẬN" + "Đảng bộ …". A row of a few letters is no
        // proof, because a scan may have lost the rest.
        if a.capitals != b.capitals && !goes_on && b.chars > 3 && a.chars > 3 && a_text.len() > 8 {
            return Continuation::Apart;
        }
        // A small letter continues a sentence without a full stop: "…các cơ quan, đơn vị trong" +
        // "thực hiện nhiệm vụ". Only a blank line after a line that is not two thirds full keeps them apart, if the
        // line can end.
        let flows = goes_on && !a.ended;
        if flows && (!spaced || broken || room * 3 < width) {
            return Continuation::Joined;
        }
        if !a.ended && self.is_open(before, index, spaced && !broken) {
            return Continuation::Joined;
        }
        if flows || b.indented && !goes_on {
            return Continuation::Apart;
        }
        // Across a gap or a page break a capital or digit continues a sentence only after a full line:
        // "…ngày" + "25/10/2018" is one, a title before its text is not.
        if broken || spaced {
            // A long line, or a short one after a full one, is no title: "…của Ban Chấp hành" + "Đảng bộ xã".
            let above = block.and_then(|block| block.rows.iter().rev().nth(1));
            let prose =
                a.chars >= MIN_PROSE_CHARS || above.is_some_and(|&row| self.sheet.rows[row].chars * 4 >= width * 3);
            // Wide blanks keep columns apart: signatures side by side are no sentence.
            let prose = prose && !a_text.contains("   ");
            let mid_sentence =
                broken && !labeled && b.gap <= 1 && (full || prose && !a.capitals && self.turns_page(before, index));
            return Continuation::decided(!a.ended && (b.digit && full || mid_sentence));
        }
        // A small letter after a stop: the stop belonged to an abbreviation or to a list in one paragraph.
        if goes_on {
            return Continuation::Joined;
        }
        // A capital on the next line begins a paragraph if the line before had room for its first word;
        // after a full stop less room is enough.
        let enough = if a.ended { width / 12 } else { width / 8 };
        match room >= enough {
            true => Continuation::Apart,
            false if labeled && !a.ended => Continuation::Undecided,
            false => Continuation::Joined,
        }
    }
}

/// Returns true if `above` opens a bracket or quotation that `below` closes.
fn closes_bracket(above: &str, below: &str) -> bool {
    [('(', ')'), ('“', '”'), ('«', '»')].iter().any(|&(open, close)| {
        let opened = above.rfind(open).is_some_and(|at| !above[at..].contains(close));
        opened && below.find(close).is_some_and(|at| !below[..at].contains(open))
    })
}

/// Returns true if `body` may begin with a number, or with Markdown before one: only then misreading counts.
fn may_be_number(body: &str) -> bool {
    body.starts_with(|c: char| {
        c.is_ascii_digit() || matches!(c, '|' | '!' | 'l' | 'I' | 'V' | 'X' | '#' | '*' | '>' | '_')
    })
}

/// Joins each undecided block with the next one, where the block turned out to be no title; a title is
/// joined with a short rest of it.
pub(super) fn join_continuations(sheet: &Sheet<'_>, blocks: Vec<Block>) -> Vec<Block> {
    let mut joined: Vec<Block> = Vec::with_capacity(blocks.len());
    let is_rest = |block: &Block| block.kind == BlockKind::Text && block.label.is_none();
    let short_title = |block: &Block| block.rows.len() <= 2 && !sheet.rows[block.last_row()].ended;
    for block in blocks {
        match joined.last_mut() {
            Some(last) if last.may_continue && last.kind == BlockKind::Text && is_rest(&block) => {
                last.rows.extend(block.rows);
                last.end = block.end;
                last.may_continue = block.may_continue;
            }
            // The first line of the title was full and the second begins with a name.
            Some(last) if last.may_continue && is_rest(&block) && short_title(&block) => {
                last.rows.extend(block.rows);
                last.end = block.end;
                last.may_continue = false;
            }
            _ => joined.push(block),
        }
    }
    joined
}
