//! Documents and their parts as terminal text: lists of documents, the tree of sections, passages and notes in full,
//! lines of the file.

use std::io::{self, Write};

use super::listing::{Listing, block, head_line};
use super::{Screen, StyledReading, TextStyle, TextVersion, width, wrap};
use crate::index::Index;
use crate::record::{DocumentRecord, FootnoteRecord, Parsed, PartRecord, PassageRecord, SectionRecord};
use crate::render::language::fill;
use crate::render::language::labels::symbol_text;
use crate::text::{Lines, clean};

/// Writes a list of documents: the head line of each, and under it its type, symbol, term of office, length and file.
///
/// # Errors
/// Those of `out`.
pub fn list(out: &mut dyn Write, screen: Screen, index: &Index, documents: &[DocumentRecord]) -> io::Result<()> {
    let strings = screen.strings();
    for document in documents {
        head_line(out, screen, index, &document.document)?;
        let terms = document.terms.join(", ");
        let about = [
            document.kind.clone(),
            document
                .number
                .as_ref()
                .map(|number| fill(strings.symbol_of, &[&symbol_text(number)])),
            (!terms.is_empty()).then(|| fill(strings.term_of, &[&terms])),
            document.draft.then(|| strings.draft.to_lowercase()),
            Some(fill(strings.pages_of, &[&document.pages])),
            Some(document.path.clone()),
        ];
        let about: Vec<String> = about.into_iter().flatten().collect();
        let about = about.join(" · ");
        block(out, screen, ["     ", "     "], &[(&about, Some(TextStyle::Dim))])?;
    }
    Ok(())
}

/// Writes the tree of sections of one document: title, kind and term of office, page and id of each.
///
/// # Errors
/// Those of `out`.
pub fn outline(
    out: &mut dyn Write,
    screen: Screen,
    index: &Index,
    document: &DocumentRecord,
    sections: &[SectionRecord],
) -> io::Result<()> {
    head_line(out, screen, index, &document.document)?;
    let strings = screen.strings();
    let mut parts = document.parts.iter().peekable();
    for section in sections {
        // The title of an attached document stands before its sections.
        while let Some(part) = parts.next_if(|part| Some(part.part) <= section.part) {
            part_line(out, screen, part)?;
        }
        let indent = "  ".repeat(section.level);
        let title = match (section.label.as_str(), section.title.as_str()) {
            // The text before the first heading is a section without label and title.
            ("", "") => strings.introduction_word.to_owned(),
            (label, title) => format!("{label} {title}").trim().to_owned(),
        };
        let about = match &section.term {
            Some(term) => format!("{} {term}", section.kind.label()),
            None => section.kind.label().to_owned(),
        };
        let id = format!("{}§{}", index.short_id(&section.document), section.address);
        let place = format!("{}  {id}", fill(strings.page_short, &[&section.page]));
        let style = (section.level == 1).then_some(TextStyle::Title);
        let pieces = [
            (title.as_str(), style),
            ("  ", None),
            (about.as_str(), Some(TextStyle::Dim)),
        ];
        titled(out, screen, [&indent, &format!("{indent}  ")], &pieces, &place)?;
    }
    parts.try_for_each(|part| part_line(out, screen, part))
}

/// Writes the title of an attached document, with its page and first line.
fn part_line(out: &mut dyn Write, screen: Screen, part: &PartRecord) -> io::Result<()> {
    let title = clean(part.title.as_deref().unwrap_or("")).into_owned();
    let place = fill(screen.strings().page_short, &[&part.page]);
    titled(
        out,
        screen,
        ["+ ", "  "],
        &[(title.as_str(), Some(TextStyle::Title))],
        &place,
    )
}

/// Writes a title and, at the end of its first line, its place; on a narrow screen the place has a line of its own.
fn titled(
    out: &mut dyn Write,
    screen: Screen,
    indents: [&str; 2],
    title: &[(&str, Option<TextStyle>)],
    place: &str,
) -> io::Result<()> {
    /// Fewer columns of a title are hard to read.
    const MIN_TITLE_COLUMNS: usize = 20;
    let indented = width(indents[1]);
    let beside = screen.columns.saturating_sub(indented + width(place) + 2);
    let columns = if beside < MIN_TITLE_COLUMNS {
        screen.columns.saturating_sub(indented)
    } else {
        beside
    };
    let painted = screen.palette.paint(TextStyle::Address, place);
    for (index, line) in wrap(title, columns, screen.palette).iter().enumerate() {
        let indent = indents[usize::from(index > 0)];
        if index == 0 && columns == beside {
            writeln!(out, "{indent}{line}  {painted}")?;
        } else {
            writeln!(out, "{indent}{line}")?;
        }
    }
    if columns == beside {
        return Ok(());
    }
    writeln!(out, "{}{painted}", indents[1])
}

/// Writes the label and title of a section.
///
/// # Errors
/// Those of `out`.
pub fn section_title(out: &mut dyn Write, screen: Screen, section: &SectionRecord) -> io::Result<()> {
    let title = format!("{} {}", section.label, section.title);
    let lines = wrap(
        &[(title.trim(), Some(TextStyle::Title))],
        screen.columns,
        screen.palette,
    );
    lines.iter().try_for_each(|line| writeln!(out, "{line}"))
}

/// Writes a passage in full, in this version. A damaged passage is followed by a note on which version it is.
///
/// # Errors
/// Those of `out`.
pub fn passage(list: &mut Listing<'_>, passage: &PassageRecord, version: TextVersion) -> io::Result<()> {
    let (screen, strings) = (list.screen, list.screen.strings());
    let columns = screen.columns.saturating_sub(4);
    let repaired = passage.repaired.as_deref();
    let (lines, label) = match version {
        TextVersion::Repaired => {
            let reading = StyledReading::of(&passage.text, repaired, &passage.unsure, screen.palette);
            let pieces: Vec<_> = reading.pieces().collect();
            list.shows(&reading);
            let label = reading.is_repaired().then_some(strings.corrected);
            (wrap(&pieces, columns, screen.palette), label)
        }
        TextVersion::Source => {
            let label = match (&passage.letters, repaired) {
                (Some(_), _) => Some(strings.source_letters),
                (None, Some(_)) => Some(strings.source_ocr),
                (None, None) => None,
            };
            let text = passage.letters.as_ref().unwrap_or(&passage.text);
            (wrap(&[(text, None)], columns, screen.palette), label)
        }
    };
    for line in lines {
        writeln!(list.out, "    {line}")?;
    }
    if let Some(label) = label {
        let label = format!("[{label}]");
        block(list.out, screen, ["    ", "    "], &[(&label, Some(TextStyle::Dim))])?;
    }
    Ok(())
}

/// Writes a note (chú thích) with its number, in this version.
///
/// # Errors
/// Those of `out`.
pub fn footnote(list: &mut Listing<'_>, note: &FootnoteRecord, version: TextVersion) -> io::Result<()> {
    let (screen, strings) = (list.screen, list.screen.strings());
    let number = format!("[{}] ", note.number);
    let repaired = note.repaired.as_deref();
    let reading = match version {
        TextVersion::Repaired => StyledReading::of(&note.text, repaired, &note.unsure, screen.palette),
        TextVersion::Source => {
            let mut letters = StyledReading::recognized(screen.palette);
            letters.sure(note.letters.as_ref().unwrap_or(&note.text), false);
            letters
        }
    };
    let label = match version {
        TextVersion::Repaired => reading.is_repaired().then_some(strings.corrected_short),
        TextVersion::Source => repaired.map(|_| strings.source_ocr),
    };
    let label = label.map(|label| format!("[{label}]"));
    let mut pieces = vec![(number.as_str(), Some(TextStyle::Address))];
    pieces.extend(reading.pieces());
    if let Some(label) = &label {
        pieces.extend([("  ", None), (label.as_str(), Some(TextStyle::Dim))]);
    }
    list.shows(&reading);
    block(list.out, screen, ["    ", "    "], &pieces)
}

/// Writes lines of the text of a file with their numbers: the 1-based `lines`, first and last, and `around` more before
/// and after. As in grep, `:` follows the number of a line asked for and `-` that of a line around it. Blank lines are
/// neither counted nor shown: texts with a blank line after each line would show half of what was asked for.
///
/// The lines are those of the text of the file, never of a repaired reading; the source version has them in the letters
/// of the file.
///
/// # Errors
/// Those of `out`.
pub fn lines_around(
    out: &mut dyn Write,
    screen: Screen,
    parsed: &Parsed,
    lines: [usize; 2],
    around: usize,
    version: TextVersion,
) -> io::Result<()> {
    let text = parsed.document.text.as_str();
    let index = Lines::of(text);
    let line = |number: usize| {
        let content = index.content(text, number);
        match version {
            TextVersion::Repaired => content.slice(text).to_owned(),
            TextVersion::Source => parsed.letters.slice(text, content),
        }
    };
    let filled = |number: &usize| !clean(&line(*number)).trim().is_empty();
    let mut before: Vec<usize> = (1..lines[0]).rev().filter(filled).take(around).collect();
    before.reverse();
    let asked = (lines[0].max(1)..=lines[1].min(index.count())).filter(filled);
    let after = (lines[1].saturating_add(1)..=index.count()).filter(filled).take(around);
    for number in before.into_iter().chain(asked).chain(after) {
        let mark = if (lines[0]..=lines[1]).contains(&number) {
            ':'
        } else {
            '-'
        };
        let label = format!("{number}{mark}");
        let line = line(number);
        let pieces = [
            (label.as_str(), Some(TextStyle::Count)),
            (" ", None),
            (line.trim(), None),
        ];
        let indent = " ".repeat(7usize.saturating_sub(label.len()));
        block(out, screen, [&indent, "        "], &pieces)?;
    }
    Ok(())
}
