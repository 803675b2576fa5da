//! The one layout of every answer that shows passages: a head line for each document, and under it a block for each
//! passage, with its short id, its section, page and note, and its text, wrapped by words.
//!
//! Ids are short ([`Index::short_id`]) and can be typed back. The head line fits the width of the screen; where links are
//! wanted, it leads to the file (OSC 8, the escape sequence for hyperlinks of terminals).

use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::Path;

use super::{Screen, StyledReading, TextStyle, truncate, width, wrap};
use crate::index::Index;
use crate::reading::Quality;
use crate::record::{DocumentRecord, converted_from, document_name};
use crate::render::file_url::file_url;
use crate::render::language::dates::date_text;
use crate::render::language::fill;
use crate::text::clean;

/// The fewest columns that a title gets, however much is told beside it.
const MIN_TITLE_COLUMNS: usize = 20;

/// The share of the width of a screen, one in this many columns, that the sections of a passage may take.
pub(super) const SECTION_SHARE: usize = 3;

/// The number of levels of the section path that are shown, from the innermost.
const SHOWN_LEVELS: usize = 2;

/// The place of a passage in its document.
#[derive(Clone, Copy, Debug)]
pub struct Place<'p> {
    /// Id of the passage.
    pub id: &'p str,
    /// Labels and titles of the sections around it, outermost first.
    pub section_path: &'p [String],
    /// Page, from 1.
    pub page: usize,
    /// The note that it is in.
    pub note: Note<'p>,
}

/// The note that a passage is in.
#[derive(Clone, Copy, Debug)]
pub enum Note<'p> {
    /// It is in none.
    None,
    /// It is in some note.
    Some,
    /// It is in the note with this id: `001^12`.
    Id(&'p str),
}

/// A list of passages, under the head lines of their documents.
pub struct Listing<'a> {
    /// The place that it is written to.
    pub out: &'a mut dyn Write,
    /// The screen that it is laid out for.
    pub screen: Screen,
    index: &'a Index,
    /// Id of the document whose head line was written last.
    current: Option<String>,
    /// Quality of its text, which its head line tells.
    quality: Option<Quality>,
    /// True if a text with an unsure word was written.
    unsure: bool,
}

impl<'a> Listing<'a> {
    /// Returns an empty list.
    pub fn new(out: &'a mut dyn Write, screen: Screen, index: &'a Index) -> Self {
        Self {
            out,
            screen,
            index,
            current: None,
            quality: None,
            unsure: false,
        }
    }

    /// Writes the head line of a document, unless it is the one that was named last. A blank line separates documents.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn document(&mut self, id: &str) -> io::Result<()> {
        if self.current.as_deref() == Some(id) {
            return Ok(());
        }
        if self.current.is_some() {
            writeln!(self.out)?;
        }
        self.current = Some(id.to_owned());
        self.quality = self.index.file(id).ok().map(|file| file.record.quality);
        head_line(self.out, self.screen, self.index, id)
    }

    /// Forgets the document that was named last, so that the next passage gets its head line again.
    pub fn restart(&mut self) {
        self.current = None;
    }

    /// Writes a passage: its place, then `text`.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn passage(&mut self, place: Place<'_>, text: &[(&str, Option<TextStyle>)]) -> io::Result<()> {
        let id = self.index.short_id(place.id);
        let address = place.address(self.screen);
        let mut pieces = vec![(&*id, Some(TextStyle::Address)), ("  ", None)];
        pieces.push((address.as_str(), Some(TextStyle::Dim)));
        if !text.is_empty() {
            pieces.push(("  ", None));
        }
        pieces.extend(text);
        block(self.out, self.screen, ["  ", "    "], &pieces)
    }

    /// Returns an id as it is shown, which can be typed back.
    pub(super) fn short_id(&self, id: &str) -> String {
        self.index.short_id(id).into_owned()
    }

    /// Returns true if the head line over the next passage tells that its document was typed without marks.
    pub(super) fn tells_unmarked(&self) -> bool {
        self.quality == Some(Quality::Unmarked)
    }

    /// Notes that `reading` is on the screen, for the [legend](Self::legend).
    pub fn shows(&mut self, reading: &StyledReading<'_>) {
        self.unsure |= reading.has_unsure();
    }

    /// Writes the sign of unsure words, if a text had any.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn legend(&mut self) -> io::Result<()> {
        if !self.unsure {
            return Ok(());
        }
        let legend = unsure_legend(self.screen);
        block(self.out, self.screen, ["", "  "], &[(legend, Some(TextStyle::Dim))])
    }
}

/// Returns the sign of unsure words.
pub(super) const fn unsure_legend(screen: Screen) -> &'static str {
    let strings = screen.strings();
    if screen.palette.is_colored() {
        strings.unsure_underlined
    } else {
        strings.unsure_plain
    }
}

impl Place<'_> {
    /// Returns the last levels of the section path, the page and the note: `1. Ưu điểm › a) Về tổ chức, tr. 12`.
    fn address(self, screen: Screen) -> String {
        let strings = screen.strings();
        let mut address = sections(self.section_path, screen.columns / SECTION_SHARE);
        if !address.is_empty() {
            address.push_str(", ");
        }
        address.push_str(&fill(strings.page_short, &[&self.page]));
        // Writing to a string cannot fail.
        let _ = match self.note {
            Note::None => Ok(()),
            Note::Some => write!(address, ", {}", strings.note_place),
            Note::Id(id) => {
                let number = id.rsplit_once('^').map_or(id, |(_, number)| number);
                write!(address, ", {}", fill(strings.note, &[&number]))
            }
        };
        address
    }
}

/// Returns the innermost of `path` in at most `columns`, with the level around it where there is room for both.
fn sections(path: &[String], columns: usize) -> String {
    const BETWEEN: &str = " › ";
    /// Fewer columns of a level tell too little.
    const MIN_LEVEL: usize = 12;
    let mut shown = String::new();
    for level in path.iter().rev().take(SHOWN_LEVELS) {
        if shown.is_empty() {
            shown = truncate(level, columns).into_owned();
            continue;
        }
        let room = columns.saturating_sub(width(&shown) + width(BETWEEN));
        if room < MIN_LEVEL.min(width(level)) {
            break;
        }
        shown = format!("{}{BETWEEN}{shown}", truncate(level, room));
    }
    shown
}

/// Writes the line that introduces a document: its short id and its name, then whether it is a scan, typed without marks or
/// converted, its province, date and issuer, as far as they fit.
///
/// # Errors
/// Those of `out`.
pub fn head_line(out: &mut dyn Write, screen: Screen, index: &Index, id: &str) -> io::Result<()> {
    let short = index.short_id(id);
    let palette = screen.palette;
    let Ok(file) = index.file(id) else {
        return writeln!(out, "{}", palette.paint(TextStyle::Address, clean(&short)));
    };
    let name = clean(document_name(&file.record)).into_owned();
    let columns = screen.columns.saturating_sub(width(&short) + 2);
    let about = about(screen, &file.record, columns.saturating_sub(width(&name)));
    let about = truncate(&about, columns.saturating_sub(MIN_TITLE_COLUMNS.min(width(&name)) + 2));
    let beside = if about.is_empty() { 0 } else { width(&about) + 2 };
    let room = columns.saturating_sub(beside);
    let title = palette.paint(TextStyle::Title, truncate(&name, room));
    let line = format!("{}  {title}", palette.paint(TextStyle::Address, clean(&short)));
    let line = if screen.links {
        linked(&file.location, &line)
    } else {
        line
    };
    if about.is_empty() {
        return writeln!(out, "{line}");
    }
    writeln!(out, "{line}  {}", palette.paint(TextStyle::Dim, about))
}

/// Returns what else tells a document from others of its name. Its issuer is left out where it would take more than the
/// `room` left beside the whole name.
fn about(screen: Screen, document: &DocumentRecord, room: usize) -> String {
    let strings = screen.strings();
    let known = [
        match document.quality {
            Quality::Clean => None,
            Quality::Unmarked => Some(strings.quality_unmarked.to_owned()),
            Quality::Ocr => Some(strings.scan_short.to_owned()),
        },
        document.province.clone(),
        document.date.as_deref().map(date_text),
        converted_from(document).map(|encoding| fill(strings.converted_place, &[&encoding])),
    ];
    let known: Vec<String> = known.into_iter().flatten().collect();
    let known = clean(&known.join(" · ")).into_owned();
    let Some(issuer) = &document.issuer else {
        return known;
    };
    let whole = if known.is_empty() {
        clean(issuer).into_owned()
    } else {
        format!("{known} · {}", clean(issuer))
    };
    if width(&whole) + 2 <= room { whole } else { known }
}

/// Returns painted text as a link to a file. The URL is percent-encoded, so that nothing in it can end the sequence.
fn linked(path: &Path, text: &str) -> String {
    format!("\u{1b}]8;;{}\u{1b}\\{text}\u{1b}]8;;\u{1b}\\", file_url(path))
}

/// Writes pieces of text as a block: its first line after the first of `indents`, the others after the second.
///
/// # Errors
/// Those of `out`.
pub(crate) fn block(
    out: &mut dyn Write,
    screen: Screen,
    indents: [&str; 2],
    pieces: &[(&str, Option<TextStyle>)],
) -> io::Result<()> {
    let indented = indents.iter().map(|indent| width(indent)).max().unwrap_or(0);
    let lines = wrap(pieces, screen.columns.saturating_sub(indented), screen.palette);
    for (index, line) in lines.iter().enumerate() {
        writeln!(out, "{}{line}", indents[usize::from(index > 0)])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_sections_are_shown() {
        let path = [
            "PHẦN I".to_owned(),
            "2. Hạn chế".to_owned(),
            "b) Về tổ chức bộ máy".to_owned(),
        ];
        assert_eq!(sections(&path, 60), "2. Hạn chế › b) Về tổ chức bộ máy");
        assert_eq!(sections(&path, 35), "2. Hạn chế › b) Về tổ chức bộ máy");
        assert_eq!(sections(&path, 24), "b) Về tổ chức bộ máy");
        assert_eq!(sections(&path, 12), "b) Về tổ…");
        assert_eq!(sections(&[], 12), "");
    }

    #[test]
    fn a_link_holds_no_byte_of_the_path_that_a_terminal_obeys() {
        let path = Path::new("/a b/Đ\u{1b}\\.txt");
        assert_eq!(
            linked(path, "x"),
            "\u{1b}]8;;file:///a%20b/%C4%90%1B%5C.txt\u{1b}\\x\u{1b}]8;;\u{1b}\\"
        );
    }
}
