//! Goes through the tokens of an RTF file and collects what is printed.

use super::fonts::Fonts;
use super::groups::{Destination, Group};
use super::lists::Lists;
use super::notes::NoteCounts;
use super::story::{CellShape, ParagraphEnd, Story};
use super::styles::{Styles, heading_level};
use super::tokens::Token;
use crate::corpus::flow::{Flow, Note, RunFace};
use crate::corpus::office::symbols::BULLET;
use crate::text::ListPlace;

/// The deepest nesting of groups. Word needs about 20, more for nested tables; what lies deeper is passed over.
const MAX_GROUPS: usize = 1_000;

/// The bytes of the instruction of a field that are looked at.
const MAX_INSTRUCTION_BYTES: usize = 100;

/// The most cells of a row; Word has 63.
const MAX_CELLS: usize = 10_000;

/// Control words that stand for text.
const TEXTS: [(&str, &str); 14] = [
    ("tab", "\t"),
    ("line", "\n"),
    ("emdash", "—"),
    ("endash", "–"),
    ("emspace", " "),
    ("enspace", " "),
    ("qmspace", " "),
    ("bullet", "•"),
    ("lquote", "‘"),
    ("rquote", "’"),
    ("ldblquote", "“"),
    ("rdblquote", "”"),
    ("column", "\n"),
    ("softline", " "),
];

/// The kind of a story.
#[derive(Debug)]
enum StoryKind {
    /// A note: its index, whether it is an endnote, and its mark if that is not counted.
    Note(usize, bool, Option<String>),
    /// A text box.
    TextBox,
}

/// A story, and the number of groups around what it holds.
#[derive(Debug)]
struct OpenStory {
    kind: StoryKind,
    story: Story,
    groups: usize,
}

/// Reads an RTF file token by token.
#[derive(Debug, Default)]
pub(super) struct Reader {
    /// The groups around the current one, outermost first.
    outer: Vec<Group>,
    /// The current group.
    group: Group,
    /// Number of open groups beyond [`MAX_GROUPS`].
    too_deep: usize,
    /// True at the beginning of a group, where its destination stands.
    is_at_start: bool,
    /// True after `\*`: a destination that is not known is passed over.
    is_optional: bool,
    fonts: Fonts,
    styles: Styles,
    lists: Lists,
    /// The body.
    body: Story,
    /// The notes and text boxes around the current place, outermost first.
    stories: Vec<OpenStory>,
    notes: Vec<Note>,
    /// The counts of footnotes and endnotes.
    counts: NoteCounts,
    /// True after a counted mark (`\chftn`), which a note follows.
    has_counted_mark: bool,
    /// Bytes of text in one font, which are decoded together: a char may be two of them.
    bytes: Vec<u8>,
    /// Number of chars to pass over, after `\u`.
    fallback_left: u32,
    /// The first half of a char beyond U+FFFF.
    surrogate: Option<u16>,
    /// The instruction of the field that was last begun.
    instruction: String,
    /// The cells of the current row.
    cells: Vec<CellShape>,
    cell: CellShape,
}

impl Reader {
    /// Reads a token.
    pub(super) fn token(&mut self, token: Token<'_>) {
        match token {
            Token::Open => self.open(),
            Token::Close => self.close(),
            _ if self.too_deep > 0 || self.group.destination == Destination::Nothing => {}
            Token::Text(mut bytes) => {
                self.is_at_start = false;
                let passed = bytes.len().min(self.fallback_left as usize);
                self.fallback_left -= passed as u32;
                bytes = bytes.get(passed..).unwrap_or(&[]);
                self.bytes.extend_from_slice(bytes);
            }
            Token::Hex(byte) => {
                self.is_at_start = false;
                if self.fallback_left > 0 {
                    self.fallback_left -= 1;
                } else {
                    self.bytes.push(byte);
                }
            }
            Token::Symbol(symbol) => self.symbol(symbol),
            Token::Word(word, number) => {
                self.fallback_left = 0;
                self.decode();
                let is_optional = std::mem::take(&mut self.is_optional);
                if std::mem::take(&mut self.is_at_start) {
                    let destination = Destination::named(word);
                    if let Some(destination) = destination {
                        self.begin(destination);
                    } else if is_optional {
                        self.group.destination = Destination::Nothing;
                    }
                }
                self.word(word, number);
            }
        }
    }

    /// Begins a group.
    fn open(&mut self) {
        self.decode();
        self.fallback_left = 0;
        if self.outer.len() >= MAX_GROUPS {
            self.too_deep += 1;
            return;
        }
        self.outer.push(self.group);
        self.is_at_start = true;
        self.is_optional = false;
    }

    /// Ends a group, and the story that it holds.
    fn close(&mut self) {
        self.decode();
        self.fallback_left = 0;
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        while self.stories.last().is_some_and(|open| open.groups >= self.outer.len()) {
            self.end_story();
        }
        if let Some(group) = self.outer.pop() {
            self.group = group;
        }
        self.is_at_start = false;
    }

    /// Makes `destination` the one of the current group.
    fn begin(&mut self, destination: Destination) {
        let around = self.group.destination;
        self.group.destination = match (destination, around) {
            (Destination::LevelText(_), Destination::Lists(table)) => Destination::LevelText(table),
            (Destination::Note | Destination::TextBox, _) if !self.group.chars.is_printed() => Destination::Nothing,
            (Destination::Text, _)
                if self.instruction.trim_start().starts_with("TOC") && around == Destination::Frame =>
            {
                Destination::Nothing
            }
            _ => destination,
        };
        match self.group.destination {
            Destination::Note => {
                let is_counted = std::mem::take(&mut self.has_counted_mark);
                let raised = self.story().take_raised();
                let mark = raised.filter(|_| !is_counted);
                let index = self.notes.len();
                self.notes.push(Note::default());
                self.story().push_call(index);
                self.begin_story(StoryKind::Note(index, false, mark));
            }
            Destination::TextBox => self.begin_story(StoryKind::TextBox),
            Destination::Frame => self.instruction.clear(),
            _ => {}
        }
    }

    /// Begins a story in the current group.
    fn begin_story(&mut self, kind: StoryKind) {
        self.group.paragraph = Default::default();
        self.group.chars = Default::default();
        self.stories.push(OpenStory {
            kind,
            story: Story::default(),
            groups: self.outer.len(),
        });
    }

    /// Ends the innermost story.
    fn end_story(&mut self) {
        if !self.story().is_at_start() {
            self.end_paragraph(0);
        }
        let Some(open) = self.stories.pop() else {
            return;
        };
        let blocks = open.story.finish();
        match open.kind {
            StoryKind::TextBox => self.story().push_box(blocks),
            StoryKind::Note(index, is_endnote, mark) => {
                let note = self.counts.note(is_endnote, mark, blocks);
                if let Some(place) = self.notes.get_mut(index) {
                    *place = note;
                }
            }
        }
    }

    /// Returns the current story.
    fn story(&mut self) -> &mut Story {
        match self.stories.last_mut() {
            Some(open) => &mut open.story,
            None => &mut self.body,
        }
    }

    /// Reads a control symbol.
    fn symbol(&mut self, symbol: u8) {
        if symbol == b'*' {
            self.is_optional = true;
            return;
        }
        self.is_at_start = false;
        if self.fallback_left > 0 {
            self.fallback_left -= 1;
            return;
        }
        match symbol {
            b'~' => self.print(" "),
            b'_' => self.print("-"),
            b'\r' | b'\n' => self.word("par", None),
            b'{' | b'}' | b'\\' => self.bytes.push(symbol),
            _ => {}
        }
    }

    /// Decodes the pending bytes.
    fn decode(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        let text = self.fonts.decode(self.font(), &bytes);
        self.put(&text);
    }

    /// Returns the number of the current font.
    fn font(&self) -> i32 {
        self.group.chars.font.unwrap_or(self.fonts.default)
    }

    /// Adds text after the pending bytes.
    fn print(&mut self, text: &str) {
        self.decode();
        self.put(text);
    }

    /// Adds text to what the group holds.
    fn put(&mut self, text: &str) {
        match self.group.destination {
            Destination::Text | Destination::Note | Destination::TextBox => {
                let chars = self.group.chars;
                if chars.is_printed() {
                    let face = RunFace {
                        bold: chars.bold,
                        capitals: chars.capitals,
                        font: self.fonts.legacy(self.font()),
                    };
                    self.story().push(text, face, chars.raised);
                }
            }
            Destination::Label => {
                let font = self.fonts.legacy(self.font());
                let label = font.map_or_else(|| text.to_owned(), |font| font.decode(text));
                self.story().label.push_str(&label);
            }
            Destination::Fonts => self.fonts.text(text),
            Destination::Styles => self.styles.text(text),
            Destination::LevelText(table) => self.lists.text(table, text),
            Destination::Instruction if self.instruction.len() < MAX_INSTRUCTION_BYTES => {
                self.instruction.extend(text.chars().take(MAX_INSTRUCTION_BYTES));
            }
            _ => {}
        }
    }

    /// Adds the char of a `\u`.
    fn unicode(&mut self, number: i32) {
        self.fallback_left = self.group.fallback_chars;
        // Numbers above 32767 are written as negative ones, and chars beyond U+FFFF as two.
        let unit = number as u16;
        let first = self.surrogate.take();
        let char = match (first, unit) {
            (Some(first), 0xdc00..=0xdfff) => {
                let pair = char::decode_utf16([first, unit]).next();
                pair.and_then(Result::ok)
            }
            (_, 0xd800..=0xdbff) => {
                self.surrogate = Some(unit);
                return;
            }
            (_, 0xf020..=0xf0ff) if self.fonts.is_symbolic(self.font()) => {
                Some(self.fonts.sign(self.font(), unit as u8))
            }
            (_, 0xf020..=0xf0ff) => Some(BULLET),
            _ if number > i32::from(u16::MAX) => u32::try_from(number).ok().and_then(char::from_u32),
            _ => char::from_u32(u32::from(unit)),
        };
        if let Some(char) = char {
            self.put(char.encode_utf8(&mut [0; 4]));
        }
    }

    /// Reads a control word.
    fn word(&mut self, word: &str, number: Option<i32>) {
        match (word, self.group.destination) {
            ("u", _) => self.unicode(number.unwrap_or(0)),
            ("uc", _) => self.group.fallback_chars = number.and_then(|count| u32::try_from(count).ok()).unwrap_or(1),
            (_, Destination::Fonts) => self.fonts.word(word, number),
            (_, Destination::Styles) => self.styles.word(word, number),
            (_, Destination::Lists(table)) => self.lists.word(table, word, number),
            (_, Destination::LevelText(_) | Destination::Instruction | Destination::Nothing) => {}
            _ => {
                let is_format = self.group.chars.read(word, number) || self.group.paragraph.read(word, number);
                if is_format || self.break_or_row(word) || self.document_word(word, number) {
                    return;
                }
                if let Some((_, text)) = TEXTS.iter().find(|(known, _)| *known == word) {
                    self.put(text);
                }
            }
        }
    }

    /// Reads a control word that ends something or belongs to a table; returns false for others.
    fn break_or_row(&mut self, word: &str) -> bool {
        let is_text = matches!(
            self.group.destination,
            Destination::Text | Destination::Note | Destination::TextBox
        );
        let depth = self.group.paragraph.depth_in_tables();
        match word {
            "par" | "sect" if is_text => {
                self.end_paragraph(depth);
                if word == "sect" {
                    self.story().page_pending = true;
                    self.counts.begin_section();
                }
            }
            "cell" | "nestcell" if is_text => {
                let depth = if word == "cell" { 1 } else { depth.max(2) };
                if !self.story().is_at_start() {
                    self.end_paragraph(depth);
                }
                self.story().end_cell(depth);
            }
            "row" | "nestrow" if is_text => {
                let depth = if word == "row" { 1 } else { depth.max(2) };
                if !self.story().is_at_start() {
                    self.end_paragraph(depth);
                }
                let cells = std::mem::take(&mut self.cells);
                self.story().end_row(depth, &cells);
                self.cells = cells;
            }
            "page" | "softpage" if is_text => self.story().begin_page(),
            "sbknone" | "sbkcol" => self.story().page_pending = false,
            "trowd" => {
                self.cells.clear();
                self.cell = CellShape::default();
            }
            "clmrg" => self.cell.joins_left = true,
            "cellx" => {
                let cell = std::mem::take(&mut self.cell);
                if self.cells.len() < MAX_CELLS {
                    self.cells.push(cell);
                }
            }
            _ => return false,
        }
        true
    }

    /// Reads a control word of the document or of its notes; returns false for others.
    fn document_word(&mut self, word: &str, number: Option<i32>) -> bool {
        let value = number.unwrap_or(0);
        match word {
            "ansicpg" => self.fonts.code_page = value,
            "mac" => self.fonts.code_page = 10000,
            "deff" => self.fonts.default = value,
            "chftn" if !matches!(self.stories.last(), Some(open) if matches!(open.kind, StoryKind::Note(..))) => {
                self.has_counted_mark = true;
            }
            "chftn" => {
                // In a note: its mark is counted, whatever stands before it in the text.
                if let Some(OpenStory {
                    kind: StoryKind::Note(_, _, mark),
                    story,
                    ..
                }) = self.stories.last_mut()
                    && story.is_at_start()
                {
                    *mark = None;
                }
            }
            "ftnalt" => {
                if let Some(OpenStory {
                    kind: StoryKind::Note(_, is_endnote, _),
                    ..
                }) = self.stories.last_mut()
                {
                    *is_endnote = true;
                }
            }
            _ => return self.counts.read(word, value),
        }
        true
    }

    /// Ends the current paragraph, which lies in `depth` tables.
    fn end_paragraph(&mut self, depth: usize) {
        let format = self.group.paragraph;
        let is_item = format.list > 0 && !self.story().is_at_start();
        let item_depth = u8::try_from(format.depth).ok();
        let counted = item_depth.filter(|_| is_item).and_then(|depth| {
            let (list, label) = self.lists.count(format.list, usize::from(depth))?;
            Some((ListPlace { list, depth }, label))
        });
        let level = match format.outline {
            Some(outline) => heading_level(outline),
            None => self.styles.level(format.style),
        };
        let end = ParagraphEnd {
            centered: format.centered,
            level,
            counted,
            begins_page: format.begins_page,
        };
        self.story().end_paragraph(end, depth);
    }

    /// Returns what the file prints.
    pub(super) fn finish(mut self) -> Flow {
        self.decode();
        while !self.stories.is_empty() {
            self.end_story();
        }
        if !self.body.is_at_start() {
            let depth = self.group.paragraph.depth_in_tables();
            self.end_paragraph(depth);
        }
        Flow {
            blocks: self.body.finish(),
            notes: self.notes,
        }
    }
}
