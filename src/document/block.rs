//! Rows to blocks: paragraphs, list items, headings, rows of tables, the header of the document.
//!
//! Nothing marks a paragraph in these files: no indentation, often no blank line, or one after every
//! line. What is left is what a typesetter leaves: a line that had room for the next word and did not
//! take it ends a paragraph, and so does a full stop before a capital when there was room. A labelled
//! line begins one. Where that leaves it open whether a full labelled line without a full stop is a
//! title (`2. Lãnh đạo thực hiện nhiệm vụ chính trị, …, đơn vị`) its neighbours of the same numbering
//! decide: a numbering has titles throughout or paragraphs throughout.

use super::heading;
use super::keyword::Words;
use super::label::{self, Class, Label, Numbering};
use super::layout::{Role, Sheet, count_chars, ends_sentence, starts_lower};
use crate::reading::Reading;
use crate::text::{Form, Span};

/// A run of rows that belong together.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// Indices of its rows in [`Sheet::rows`], in order, never empty.
    pub(super) rows: Vec<usize>,
    /// Byte where it begins: that of its first row, or inside it behind a run-in heading.
    pub(super) start: usize,
    /// Byte behind its last.
    pub(super) end: usize,
    /// What it is.
    pub(super) kind: BlockKind,
    /// Its label.
    pub(super) label: Option<Label>,
    /// Ends at a full line without a full stop before a capital: the next block may belong to it.
    open: bool,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BlockKind {
    /// A paragraph or an item of a list.
    Text,
    /// A heading.
    Heading,
    /// Letterhead, title, motto, signature.
    Header,
}

impl Block {
    /// The pieces of `sheet` that it holds: one span for rows that follow one another on one page.
    pub(super) fn fragments(&self, sheet: &Sheet<'_>) -> Vec<Span> {
        let mut fragments: Vec<Span> = Vec::new();
        let mut before: Option<usize> = None;
        for &index in &self.rows {
            let row = &sheet.rows[index];
            let piece = Span::new(row.span.start.max(self.start), row.span.end.min(self.end));
            let follows = before.is_some_and(|before| before + 1 == index && sheet.rows[before].page == row.page);
            match fragments.last_mut() {
                Some(last) if follows => *last = last.cover(piece),
                _ => fragments.push(piece),
            }
            before = Some(index);
        }
        fragments
    }

    /// Its reading without its label.
    pub(super) fn title(&self, sheet: &Sheet<'_>, reading: &Reading) -> String {
        let without: Vec<Span> = self.label.iter().map(|label| label.span).collect();
        let view = reading.view(sheet.text, &self.fragments(sheet), &without, Form::Match);
        clean_title(view.text())
    }

    /// Chars of all its rows.
    fn chars(&self, sheet: &Sheet<'_>) -> usize {
        self.rows.iter().map(|&row| sheet.rows[row].chars).sum()
    }

    /// The class of its label.
    pub(super) fn class(&self) -> Option<Class> {
        self.label.as_ref().map(|label| label.class)
    }
}

/// Drops markdown, a colon at the end and signs that are left of a rule.
fn clean_title(title: &str) -> String {
    let edge = |c: char| c.is_whitespace() || matches!(c, '*' | ':' | '_' | '|' | ']' | '[');
    heading::without_strays(title.replace("**", "").trim_matches(edge))
}

/// Longest title in chars; the longest met in party reports has some 200.
const MAX_TITLE_CHARS: usize = 260;
/// Longest unnumbered heading in small letters, in chars.
const MAX_ALONE_CHARS: usize = 80;
/// Longest run-in heading (`* Nguyên nhân khách quan: …`), in chars.
const MAX_RUN_IN_CHARS: usize = 70;

/// Builds the blocks of the rows `flow` (indices in `sheet.rows` of body text, in order).
pub(super) struct Builder<'a> {
    sheet: &'a Sheet<'a>,
    reading: &'a Reading,
    numbering: Numbering,
    blocks: Vec<Block>,
}

impl<'a> Builder<'a> {
    /// Starts with nothing.
    pub(super) fn new(sheet: &'a Sheet<'a>, reading: &'a Reading) -> Self {
        Self {
            sheet,
            reading,
            numbering: Numbering::default(),
            blocks: Vec::new(),
        }
    }

    /// Cuts the rows `flow` into blocks and tells headings from text. `header_rows`: so many of the
    /// first are the header of the document.
    pub(super) fn build(mut self, flow: &[usize], header_rows: usize) -> Vec<Block> {
        let (header, body) = flow.split_at(header_rows.min(flow.len()));
        self.push_header(header);
        for &row in body {
            self.push_row(row);
        }
        self.join_part_titles();
        self.tell_titles();
        self.split_run_ins();
        self.find_unnumbered();
        self.blocks
    }

    /// The rows of the header, in groups without a blank line between.
    fn push_header(&mut self, rows: &[usize]) {
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
            open: false,
        });
    }

    /// Adds row `index` to the last block or begins a new one with it.
    fn push_row(&mut self, index: usize) {
        let last = self.blocks.last().filter(|block| block.kind == BlockKind::Text);
        let Some(before) = last.and_then(|block| block.rows.last().copied()) else {
            let label = self.label(index);
            return self.begin(index, label);
        };
        if self.may_begin(before, index)
            && let Some(label) = self.label(index)
        {
            return self.begin(index, Some(label));
        }
        match self.join(before, index) {
            Join::No => self.begin(index, None),
            Join::Open => {
                if let Some(block) = self.blocks.last_mut() {
                    block.open = true;
                }
                self.begin(index, None);
            }
            Join::Yes => {
                if let Some(block) = self.blocks.last_mut() {
                    block.rows.push(index);
                    block.end = self.sheet.rows[index].span.end;
                }
            }
        }
    }

    /// The label at the beginning of row `index`.
    fn label(&mut self, index: usize) -> Option<Label> {
        let row = &self.sheet.rows[index];
        let body = self.sheet.body(index);
        let capitals = row.capitals;
        if row.chars < 120 && opens_with_part_letters(body) {
            let view = self.reading.view(self.sheet.text, &[row.body], &[], Form::Match);
            if let Some((class, number, text)) = label::part(view.text(), capitals) {
                self.numbering.note(class, number);
                let span = Span::new(row.body.start, row.body.start + label_len(body, &text));
                return Some(Label {
                    class,
                    number,
                    text,
                    span,
                });
            }
        }
        self.numbering.read(body, row.body.start, capitals)
    }

    /// May a label begin at row `index`, after row `before`? Not in the middle of a sentence.
    fn may_begin(&self, before: usize, index: usize) -> bool {
        let (a, b) = (&self.sheet.rows[before], &self.sheet.rows[index]);
        let body = self.sheet.body(index);
        let first = body.as_bytes()[0];
        if first == b'-' && starts_lower(body.trim_start_matches(['-', ' '])) && !self.sheet.rows[before].ended {
            return false;
        }
        let spaced = b.gap > usize::from(a.double) || b.page != a.page || before + 1 != index;
        let after_title = self.blocks.last().is_some_and(|block| {
            block.rows.len() <= 3
                && matches!(
                    block.class(),
                    Some(Class::Part | Class::Appendix | Class::Roman | Class::Letter | Class::Arabic(_))
                )
        });
        let after_capitals = a.capitals && opens_with_part_letters(body);
        spaced || after_title || after_capitals || a.ended || self.room(before, index) * 8 >= self.sheet.width
    }

    /// Chars that were left on row `before` when the first word of row `index` is set behind it.
    fn room(&self, before: usize, index: usize) -> usize {
        let row = &self.sheet.rows[before];
        // Capitals are a quarter wider than small letters.
        let chars = if row.capitals { row.chars * 5 / 4 } else { row.chars };
        let word = self
            .sheet
            .body(index)
            .split(' ')
            .next()
            .map_or(0, |word| count_chars(word).min(40));
        self.sheet.width.saturating_sub(chars + 1 + word)
    }

    /// Does row `index` go on with the paragraph that row `before` belongs to?
    fn join(&self, before: usize, index: usize) -> Join {
        let (a, b) = (&self.sheet.rows[before], &self.sheet.rows[index]);
        let (a_text, b_text) = (self.sheet.body(before), self.sheet.body(index));
        let (a_capitals, b_capitals) = (a.capitals, b.capitals);
        let broken = a.page != b.page || before + 1 != index;
        let spaced = b.gap > usize::from(a.double || b.double);
        let goes_on = b.lower && !a_capitals;
        let ended = a.ended;
        let room = self.room(before, index);
        let width = self.sheet.width;
        let block = self.blocks.last();
        let labelled = block.is_some_and(|block| {
            matches!(block.class(), Some(Class::Arabic(_) | Class::Star | Class::Roman)) && block.rows.len() <= 2
        });
        if a_capitals && b_capitals && !spaced && !broken {
            return Join::Yes;
        }
        if a_capitals != b_capitals && !goes_on && b.chars > 3 && a.chars > 3 && a_text.len() > 8 {
            return Join::No;
        }
        if goes_on && !ended {
            return if !spaced || broken || room * 3 < width {
                Join::Yes
            } else {
                Join::No
            };
        }
        if broken || spaced {
            let number = b_text.as_bytes()[0].is_ascii_digit() && room * 8 < width;
            let mid_sentence = broken && !labelled && room * 8 < width && b.gap <= 1;
            return if !ended && (number || mid_sentence) {
                Join::Yes
            } else {
                Join::No
            };
        }
        if goes_on {
            return Join::Yes;
        }
        let enough = if ended { width / 12 } else { width / 8 };
        match room >= enough {
            true => Join::No,
            false if labelled && !ended => Join::Open,
            false => Join::Yes,
        }
    }

    /// Joins a part's label with the title lines below it.
    fn join_part_titles(&mut self) {
        let mut index = 0;
        while index < self.blocks.len() {
            let alone = matches!(self.blocks[index].class(), Some(Class::Part | Class::Appendix))
                && self.blocks[index]
                    .title(self.sheet, self.reading)
                    .chars()
                    .filter(|c| c.is_alphabetic())
                    .count()
                    < 3;
            if let Some(title) = self.blocks.get(index + 1).filter(|_| alone) {
                let last = title.rows[title.rows.len() - 1];
                let fits = title.label.is_none()
                    && title.chars(self.sheet) <= MAX_TITLE_CHARS
                    && (self.sheet.rows[title.rows[0]].capitals || !self.sheet.rows[last].ended);
                if fits {
                    let title = self.blocks.remove(index + 1);
                    let block = &mut self.blocks[index];
                    block.rows.extend(title.rows);
                    block.end = title.end;
                }
            }
            index += 1;
        }
    }

    /// Is `block` shaped like a title: short, without a full stop?
    fn shaped_like_title(&self, block: &Block) -> bool {
        let last = self.sheet.body(block.rows[block.rows.len() - 1]);
        let bare = last.trim_end_matches(['*', ' ']);
        let stopped = ends_sentence(bare) && !bare.ends_with(':');
        block.chars(self.sheet) <= MAX_TITLE_CHARS && !stopped
    }

    /// Tells titles from numbered paragraphs, numbering by numbering.
    fn tell_titles(&mut self) {
        for numbering in self.numberings() {
            let votes: Vec<(bool, bool)> = numbering
                .iter()
                .map(|&index| (self.blocks[index].open, self.shaped_like_title(&self.blocks[index])))
                .collect();
            let titles = votes.iter().filter(|(open, title)| !open && *title).count();
            let paragraphs = votes.iter().filter(|(open, title)| !open && !title).count();
            for (&index, (open, title)) in numbering.iter().zip(votes) {
                let short = self.blocks[index].rows.len() <= 2;
                let is_title = if open {
                    titles >= paragraphs
                } else {
                    title && (titles >= paragraphs || short)
                };
                if is_title {
                    self.blocks[index].kind = BlockKind::Heading;
                }
            }
        }
        for block in &mut self.blocks {
            if matches!(block.class(), Some(Class::Part | Class::Appendix)) {
                block.kind = BlockKind::Heading;
            }
        }
        self.close_open();
    }

    /// The blocks with a Roman, Arabic or starred label, grouped by the numbering they belong to.
    fn numberings(&self) -> Vec<Vec<usize>> {
        let mut done: Vec<Vec<usize>> = Vec::new();
        let mut running: Vec<(Class, Vec<usize>)> = Vec::new();
        for (index, block) in self.blocks.iter().enumerate() {
            let Some(label) = &block.label else { continue };
            if label.class > Class::Star {
                continue;
            }
            while let Some((_, members)) = running.pop_if(|(class, _)| *class > label.class) {
                done.push(members);
            }
            match running.last_mut() {
                Some((class, members)) if *class == label.class && (label.number != 1 || members.is_empty()) => {
                    members.push(index)
                }
                Some((class, members)) if *class == label.class => done.push(std::mem::replace(members, vec![index])),
                _ => running.push((label.class, vec![index])),
            }
        }
        done.extend(running.into_iter().map(|(_, members)| members));
        done
    }

    /// Joins the blocks that turned out to be no titles with what they go on with.
    fn close_open(&mut self) {
        let mut closed: Vec<Block> = Vec::with_capacity(self.blocks.len());
        let sheet = self.sheet;
        let short_title = |block: &Block| block.rows.len() <= 2 && !sheet.rows[block.rows[block.rows.len() - 1]].ended;
        for block in self.blocks.drain(..) {
            match closed.last_mut() {
                Some(last) if last.open && last.kind == BlockKind::Text && block.label.is_none() => {
                    last.rows.extend(block.rows);
                    last.end = block.end;
                    last.open = block.open;
                }
                // A title that was full with its first line and goes on with a name.
                Some(last) if last.open && block.label.is_none() && short_title(&block) => {
                    last.rows.extend(block.rows);
                    last.end = block.end;
                    last.open = false;
                }
                _ => closed.push(block),
            }
        }
        self.blocks = closed;
    }

    /// Splits `* Nguyên nhân khách quan: Đảng ủy …` into a heading and the text behind it.
    fn split_run_ins(&mut self) {
        let mut split: Vec<Block> = Vec::with_capacity(self.blocks.len());
        for mut block in std::mem::take(&mut self.blocks) {
            let Some(at) = self.run_in_end(&block) else {
                split.push(block);
                continue;
            };
            let first = block.rows[0];
            split.push(Block {
                rows: vec![first],
                start: block.start,
                end: at,
                kind: BlockKind::Heading,
                label: block.label.take(),
                open: false,
            });
            block.start = at;
            block.kind = if heading_is_recipients(&split, self.sheet, self.reading) {
                BlockKind::Header
            } else {
                BlockKind::Text
            };
            split.push(block);
        }
        self.blocks = split;
    }

    /// Byte behind the colon of a run-in heading of `block`, if it has one.
    fn run_in_end(&self, block: &Block) -> Option<usize> {
        if block.kind != BlockKind::Text {
            return None;
        }
        let row = &self.sheet.rows[block.rows[0]];
        let from = block.label.as_ref().map_or(row.body.start, |label| label.span.end);
        let text = Span::new(from, row.body.end).slice(self.sheet.text);
        let colon = memchr::memchr(b':', &text.as_bytes()[..text.len().min(4 * MAX_RUN_IN_CHARS)])?;
        let title = Span::new(from, from + colon);
        let rest = text[colon + 1..].trim_start_matches([' ', '*']);
        if rest.is_empty() || title.slice(self.sheet.text).chars().count() > MAX_RUN_IN_CHARS {
            return None;
        }
        let view = self.reading.view(self.sheet.text, &[title], &[], Form::Match);
        let words = Words::of(view.text());
        let recipients = block.label.is_none() && words.len() == 2 && words.has_at(0, "noi nhan");
        let labelled = matches!(block.class(), Some(Class::Star | Class::Arabic(_)));
        let named = labelled && words.len() <= 8 && heading::stands_alone(&words, false).is_some();
        let end = row.body.end - rest.len();
        (recipients || named).then_some(end)
    }

    /// Finds headings without a number: `Nguyên nhân khách quan`, `KẾT LUẬN`, `Nơi nhận:`.
    fn find_unnumbered(&mut self) {
        for index in 0..self.blocks.len() {
            let block = &self.blocks[index];
            if block.kind != BlockKind::Text || block.label.is_some() || block.rows.len() > 3 {
                continue;
            }
            let first = &self.sheet.rows[block.rows[0]];
            let capitals = first.capitals;
            let chars = block.chars(self.sheet);
            if first.lower
                || chars > if capitals { MAX_TITLE_CHARS } else { MAX_ALONE_CHARS }
                || !self.shaped_like_title(block)
            {
                continue;
            }
            let title = block.title(self.sheet, self.reading);
            let words = Words::of(&title);
            if words.len() <= 16 && heading::stands_alone(&words, capitals).is_some() {
                self.blocks[index].kind = BlockKind::Heading;
                self.numbering.restart();
            }
        }
    }
}

/// Was the last block of `blocks` the heading of the recipients?
fn heading_is_recipients(blocks: &[Block], sheet: &Sheet<'_>, reading: &Reading) -> bool {
    blocks
        .last()
        .is_some_and(|block| block.label.is_none() && Words::of(&block.title(sheet, reading)).has_at(0, "noi nhan"))
}

/// May the line open with `PHẦN`, `CHƯƠNG` or `PHỤ LỤC`? A look at two letters, before any folding.
fn opens_with_part_letters(body: &str) -> bool {
    let letters = body.trim_start_matches(|c: char| !c.is_alphabetic()).as_bytes();
    matches!(letters, [b'P' | b'C' | b'p', b'H' | b'h', ..])
}

/// Length in bytes of the label in `body`: up to the end of its last word, with the colon behind it.
fn label_len(body: &str, label: &str) -> usize {
    let mut words = label.split_whitespace().count();
    let mut end = 0;
    let mut rest = body;
    while words > 0 && !rest.is_empty() {
        let word_start = rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len());
        let word_end = rest[word_start..]
            .find(char::is_whitespace)
            .map_or(rest.len(), |at| word_start + at);
        words -= usize::from(rest[word_start..word_end].contains(char::is_alphanumeric));
        end += word_end;
        rest = &rest[word_end..];
    }
    end + (rest.len() - rest.trim_start_matches([' ', ':', '.', '-', '–']).len())
}

/// Do two rows belong to one paragraph?
enum Join {
    Yes,
    No,
    /// The first is a full labelled line without a full stop, the second begins with a capital.
    Open,
}

/// How many of the first rows of `flow` are the header: letterhead, title, motto.
///
/// It ends before the first paragraph that ends as a sentence does, and before the first numbered
/// title. A text without one of them in its first rows has no header.
pub(super) fn header_rows(sheet: &Sheet<'_>, reading: &Reading, flow: &[usize]) -> usize {
    /// Rows that a letterhead, a title and a motto may take.
    const MAX_ROWS: usize = 48;
    /// Chars of a paragraph; a line of a letterhead may end with a stop, too.
    const PARAGRAPH_CHARS: usize = 100;
    let mut builder = Builder::new(sheet, reading);
    for &row in flow.iter().take(MAX_ROWS) {
        builder.push_row(row);
    }
    let mut rows = 0;
    for block in &builder.blocks {
        let last = block.rows[block.rows.len() - 1];
        let paragraph = block.chars(sheet) >= PARAGRAPH_CHARS && sheet.rows[last].ended;
        let full = rows > 0 && block.chars(sheet) >= 4 * sheet.width;
        let titled = matches!(
            block.class(),
            Some(Class::Part | Class::Roman | Class::Letter | Class::Arabic(_))
        );
        if paragraph || full || titled {
            return rows;
        }
        rows += block.rows.len();
    }
    if flow.len() <= MAX_ROWS {
        flow.len().min(rows)
    } else {
        0
    }
}

/// The rows of `sheet` that hold text.
pub(super) fn text_rows(sheet: &Sheet<'_>) -> impl Iterator<Item = usize> {
    sheet
        .rows
        .iter()
        .enumerate()
        .filter(|(_, row)| row.role == Role::Text)
        .map(|(index, _)| index)
}
