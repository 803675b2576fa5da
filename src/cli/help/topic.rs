//! A topic of the guide as terminal text: paragraphs wrapped to the screen, tables as lists, commands as they are typed.

use std::io::{self, Write};

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use crate::guide::{Topic, parser};
use crate::render::terminal::{Screen, TextStyle, wrap};

/// The widest line of prose, in columns.
const MAX_COLUMNS: usize = 100;

/// Columns by which a list is indented for each level, and a block of code.
const INDENT: usize = 2;

/// Writes a topic for this screen.
///
/// # Errors
/// Those of `out`.
pub(crate) fn write(out: &mut dyn Write, screen: Screen, topic: &Topic) -> io::Result<()> {
    let mut page = Page {
        out,
        screen,
        pieces: Vec::new(),
        style: None,
        lists: Vec::new(),
        mark: None,
        cells: Vec::new(),
        code: None,
        is_first: true,
        is_tight: false,
    };
    parser(topic.text).try_for_each(|event| page.event(event))
}

/// The text of a link to a topic, after its words.
fn way(target: &str) -> Option<String> {
    match target.strip_suffix(".md") {
        Some(topic) => Some(format!(" (vankien help {topic})")),
        None if target.starts_with("http") => Some(format!(" ({target})")),
        None => None,
    }
}

/// A topic on its way to the screen.
struct Page<'o> {
    out: &'o mut dyn Write,
    screen: Screen,
    /// The pieces of the paragraph, the cell or the heading that is being read.
    pieces: Vec<(String, Option<TextStyle>)>,
    /// The style of what is read now.
    style: Option<TextStyle>,
    /// The numbers of the next items of the lists around; `None` for lists without numbers.
    lists: Vec<Option<u64>>,
    /// The mark of the item that begins.
    mark: Option<String>,
    /// The cells of the row that is being read.
    cells: Vec<Vec<(String, Option<TextStyle>)>>,
    /// The block of code that is being read.
    code: Option<String>,
    /// True until something was written.
    is_first: bool,
    /// True between blocks that no blank line parts.
    is_tight: bool,
}

impl Page<'_> {
    /// Takes the next event of the parser.
    fn event(&mut self, event: Event<'_>) -> io::Result<()> {
        match event {
            Event::Text(text) => match &mut self.code {
                Some(code) => code.push_str(&text),
                None => self.pieces.push((text.into_string(), self.style)),
            },
            Event::Code(text) => self.pieces.push((text.into_string(), Some(TextStyle::Address))),
            Event::Html(text) | Event::InlineHtml(text) => self.pieces.push((text.into_string(), self.style)),
            Event::SoftBreak | Event::HardBreak => self.pieces.push((" ".to_owned(), None)),
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => return self.end(tag),
            _ => {}
        }
        Ok(())
    }

    /// Opens what a tag opens.
    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { .. } => self.style = Some(TextStyle::Title),
            Tag::Strong | Tag::Emphasis => self.style = Some(TextStyle::Title),
            Tag::List(first) => self.lists.push(first),
            Tag::Item => {
                let mark = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}.", *number - 1)
                    }
                    _ => "-".to_owned(),
                };
                self.mark = Some(mark);
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => self.code = Some(String::new()),
            Tag::Link { dest_url, .. } => {
                self.pieces.extend(way(&dest_url).map(|way| (format!("\0{way}"), None)));
            }
            _ => {}
        }
    }

    /// Closes what a tag closes, and writes it if it is a block.
    fn end(&mut self, tag: TagEnd) -> io::Result<()> {
        match tag {
            TagEnd::Heading(_) => {
                self.style = None;
                self.block()
            }
            TagEnd::Strong | TagEnd::Emphasis => {
                self.style = None;
                Ok(())
            }
            TagEnd::Link => {
                // Its way was put before its words.
                let at = self.pieces.iter().rposition(|(text, _)| text.starts_with('\0'));
                if let Some(at) = at {
                    let (way, style) = self.pieces.remove(at);
                    self.pieces.push((way.trim_start_matches('\0').to_owned(), style));
                }
                Ok(())
            }
            TagEnd::Paragraph => self.block(),
            TagEnd::Item => {
                self.block()?;
                self.is_tight = true;
                Ok(())
            }
            TagEnd::List(_) => {
                self.lists.pop();
                self.is_tight = !self.lists.is_empty();
                Ok(())
            }
            TagEnd::CodeBlock => {
                let code = self.code.take().unwrap_or_default();
                self.part()?;
                let indent = " ".repeat(INDENT * (self.lists.len() + 1));
                code.lines().try_for_each(|line| writeln!(self.out, "{indent}{line}"))
            }
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.pieces);
                self.cells.push(cell);
                Ok(())
            }
            TagEnd::TableHead | TagEnd::TableRow => self.row(tag == TagEnd::TableHead),
            TagEnd::Table => {
                self.is_tight = false;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Writes a row of a table: its first cell, and the others below it.
    fn row(&mut self, is_head: bool) -> io::Result<()> {
        let cells = std::mem::take(&mut self.cells);
        if is_head {
            // The heads say what the parts of a row are, once.
            let heads: Vec<String> = cells
                .iter()
                .map(|cell| cell.iter().map(|(text, _)| text.as_str()).collect::<String>())
                .filter(|head| !head.is_empty())
                .collect();
            self.pieces = vec![(heads.join(" · "), Some(TextStyle::Dim))];
            self.block()?;
            self.is_tight = true;
            return Ok(());
        }
        for (position, cell) in cells.into_iter().enumerate() {
            if cell.is_empty() {
                continue;
            }
            self.pieces = cell;
            self.lines(if position == 0 { 0 } else { INDENT * 2 }, "")?;
        }
        Ok(())
    }

    /// Begins a block: with a blank line, unless it belongs to what is before it.
    fn part(&mut self) -> io::Result<()> {
        if !self.is_first && !self.is_tight {
            writeln!(self.out)?;
        }
        self.is_first = false;
        self.is_tight = false;
        Ok(())
    }

    /// Writes the pieces as a block, wrapped, with the mark of the item that it begins.
    fn block(&mut self) -> io::Result<()> {
        if self.pieces.is_empty() {
            return Ok(());
        }
        self.part()?;
        let mark = self.mark.take();
        let depth = INDENT * self.lists.len();
        match mark {
            Some(mark) => self.lines(depth.saturating_sub(INDENT), &format!("{mark} ")),
            None => self.lines(depth, ""),
        }
    }

    /// Writes the pieces wrapped, indented by `indent` columns, after this mark.
    fn lines(&mut self, indent: usize, mark: &str) -> io::Result<()> {
        let pieces = std::mem::take(&mut self.pieces);
        let pieces: Vec<(&str, Option<TextStyle>)> =
            pieces.iter().map(|(text, style)| (text.as_str(), *style)).collect();
        let columns = self.screen.columns.min(MAX_COLUMNS);
        let hanging = indent + mark.chars().count();
        let lines = wrap(&pieces, columns.saturating_sub(hanging).max(1), self.screen.palette);
        for (position, line) in lines.iter().enumerate() {
            let before = if position == 0 { mark } else { "" };
            writeln!(
                self.out,
                "{}{before}{line}",
                " ".repeat(if position == 0 { indent } else { hanging })
            )?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::language::Lang;
    use crate::render::terminal::Palette;

    #[test]
    fn markdown_becomes_text_for_a_screen() {
        let topic = Topic {
            name: "a",
            lang: Lang::En,
            pair: "",
            title_vi: "",
            title_en: "",
            text: "# Title\n\nSee [the\nrecords][records], `-n 0`.\n\n- one item that is long enough\n- two\n\n\
                   1. first\n\n```console\n$ vankien  search\n```\n\n| written | means |\n|---|---|\n| `a` | b |\n\n\
                   [records]: records.md\n",
        };
        let screen = Screen {
            columns: 24,
            palette: Palette::new(false),
            links: false,
            lang: Lang::En,
        };
        let mut out = Vec::new();
        write(&mut out, screen, &topic).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "Title\n\nSee the records (vankien\nhelp records), -n 0.\n\n- one item that is long\n  enough\n- two\n\n\
             1. first\n\n  $ vankien  search\n\nwritten · means\na\n    b\n"
        );
    }
}
