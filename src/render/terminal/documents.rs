//! Documents and their parts as terminal text: the name and address of each as staff cite them, the tree of sections,
//! passages and notes in full, lines of the file.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::{Screen, StyledReading, TextStyle, TextVersion, wrap};
use crate::document::Place;
use crate::record::{
    DocumentRecord, FootnoteRecord, Parsed, PartRecord, PassageRecord, SectionRecord, converted_from, document_name,
};
use crate::text::{Lines, clean};

/// Returns the address of a place as staff cite it: `II. KẾT QUẢ › 1. Về kinh tế, trang 12, chú thích 3`.
///
/// `section_path` holds the labels and titles of the sections, outermost first. `footnote` is the id of the note that
/// the place is in (`001^3`).
#[must_use]
pub fn address(section_path: &[String], page: usize, footnote: Option<&str>) -> String {
    let mut address = section_path.join(" › ");
    if !address.is_empty() {
        address.push_str(", ");
    }
    // Writing to a string cannot fail.
    let _ = write!(address, "trang {page}");
    if let Some((_, number)) = footnote.and_then(|id| id.rsplit_once('^')) {
        let _ = write!(address, ", chú thích {number}");
    }
    address
}

/// Returns the address of a passage as staff cite it: `II. KẾT QUẢ, trang 12`.
#[must_use]
pub fn passage_address(record: &PassageRecord) -> String {
    let address = address(&record.section_path, record.page, None);
    match record.place {
        Place::Footnote => format!("{address}, chú thích"),
        _ => address,
    }
}

/// Returns the line that introduces a document: its id, its name, its issuer, province and date if known, and the
/// encoding that it was converted from.
#[must_use]
pub fn heading_line(screen: Screen, document: &DocumentRecord) -> String {
    let mut about: Vec<String> = Vec::new();
    about.extend(document.issuer.clone());
    about.extend(document.province.clone());
    about.extend(document.date.clone());
    about.extend(converted_from(document).map(|encoding| format!("chuyển mã từ {encoding}")));
    let name = screen.palette.paint(TextStyle::Title, clean(document_name(document)));
    let id = screen.palette.paint(TextStyle::Address, clean(&document.document));
    let about = about.join(" · ");
    format!("{id}  {name}  {}", screen.palette.paint(TextStyle::Dim, clean(&about)))
}

/// Writes the tree of sections of one document: title, kind and term of office, printed page and first line of each.
///
/// # Errors
/// Those of `out`.
pub fn outline(
    out: &mut dyn Write,
    screen: Screen,
    document: &DocumentRecord,
    sections: &[SectionRecord],
) -> io::Result<()> {
    writeln!(out, "{}", heading_line(screen, document))?;
    let mut parts = document.parts.iter().peekable();
    for section in sections {
        // The title of an attached document stands before its sections.
        while let Some(part) = parts.next_if(|part| Some(part.part) <= section.part) {
            part_line(out, screen, part)?;
        }
        let indent = "  ".repeat(section.level);
        let title = match (section.label.as_str(), section.title.as_str()) {
            // The text before the first heading is a section without label and title.
            ("", "") => "(mở đầu)".to_owned(),
            (label, title) => format!("{label} {title}").trim().to_owned(),
        };
        let about = match &section.term {
            Some(term) => format!("{} {term}", section.kind.name()),
            None => section.kind.name().to_owned(),
        };
        let place = format!("tr. {}  :{}", section.page, section.lines[0]);
        let style = (section.level == 1).then_some(TextStyle::Title);
        let pieces = [
            (title.as_str(), style),
            ("  ", None),
            (about.as_str(), Some(TextStyle::Dim)),
        ];
        // The place ends the first line, so the title is wrapped to leave room for it.
        let columns = screen.columns.saturating_sub(indent.len() + place.len() + 2).max(20);
        for (index, line) in wrap(&pieces, columns, screen.palette).iter().enumerate() {
            if index == 0 {
                let place = screen.palette.paint(TextStyle::Address, &place);
                writeln!(out, "{indent}{line}  {place}")?;
            } else {
                writeln!(out, "{indent}  {line}")?;
            }
        }
    }
    parts.try_for_each(|part| part_line(out, screen, part))
}

/// Writes the title of an attached document, with its page and first line.
fn part_line(out: &mut dyn Write, screen: Screen, part: &PartRecord) -> io::Result<()> {
    let title = clean(part.title.as_deref().unwrap_or("")).into_owned();
    let place = format!("tr. {}  :{}", part.page, part.lines[0]);
    let columns = screen.columns.saturating_sub(place.len() + 4).max(20);
    let pieces = [(title.as_str(), Some(TextStyle::Title))];
    for (index, line) in wrap(&pieces, columns, screen.palette).iter().enumerate() {
        if index == 0 {
            writeln!(out, "+ {line}  {}", screen.palette.paint(TextStyle::Address, &place))?;
        } else {
            writeln!(out, "  {line}")?;
        }
    }
    Ok(())
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

/// Writes the id of a passage, on a line of its own.
///
/// # Errors
/// Those of `out`.
pub fn passage_id(out: &mut dyn Write, screen: Screen, passage: &PassageRecord) -> io::Result<()> {
    let id = screen.palette.paint(TextStyle::Address, clean(&passage.passage));
    writeln!(out, "{id}")
}

/// Writes the id and the address of a passage.
///
/// # Errors
/// Those of `out`.
pub fn passage_heading(out: &mut dyn Write, screen: Screen, passage: &PassageRecord) -> io::Result<()> {
    let address = address(&passage.section_path, passage.page, None);
    let id = screen.palette.paint(TextStyle::Address, clean(&passage.passage));
    writeln!(out, "{id}  {}", screen.palette.paint(TextStyle::Dim, clean(&address)))
}

/// Writes a passage in full, in this version. A damaged passage is followed by a note on which version it is.
///
/// # Errors
/// Those of `out`.
pub fn passage(out: &mut dyn Write, screen: Screen, passage: &PassageRecord, version: TextVersion) -> io::Result<()> {
    let columns = screen.columns.saturating_sub(2);
    let repaired = passage.repaired.as_deref();
    let (lines, label) = match version {
        TextVersion::Repaired => {
            let reading = StyledReading::of(&passage.text, repaired, &passage.unsure, screen.palette);
            let pieces: Vec<_> = reading.pieces().collect();
            let label = reading.label("bản đọc lại từ bản quét; --source cho nguyên văn");
            (wrap(&pieces, columns, screen.palette), label)
        }
        TextVersion::Source => {
            let label = match (&passage.letters, repaired) {
                (Some(_), _) => Some("[chữ trong tệp, trước khi chuyển mã]".to_owned()),
                (None, Some(_)) => Some("[nguyên văn của bản quét]".to_owned()),
                (None, None) => None,
            };
            let text = passage.letters.as_ref().unwrap_or(&passage.text);
            (wrap(&[(text, None)], columns, screen.palette), label)
        }
    };
    for line in lines {
        writeln!(out, "  {line}")?;
    }
    if let Some(label) = label {
        writeln!(out, "  {}", screen.palette.paint(TextStyle::Dim, label))?;
    }
    Ok(())
}

/// Writes a note (chú thích) with its number, in this version.
///
/// # Errors
/// Those of `out`.
pub fn footnote(out: &mut dyn Write, screen: Screen, note: &FootnoteRecord, version: TextVersion) -> io::Result<()> {
    let number = format!("[{}] ", note.number);
    let repaired = note.repaired.as_deref();
    let reading = (version == TextVersion::Repaired)
        .then(|| StyledReading::of(&note.text, repaired, &note.unsure, screen.palette));
    let label = match &reading {
        Some(reading) => reading.label("đọc lại"),
        None => repaired.map(|_| "[nguyên văn]".to_owned()),
    };
    let mut pieces = vec![(number.as_str(), Some(TextStyle::Address))];
    match &reading {
        Some(reading) => pieces.extend(reading.pieces()),
        None => pieces.push((note.letters.as_ref().unwrap_or(&note.text), None)),
    }
    if let Some(label) = &label {
        pieces.extend([("  ", None), (label.as_str(), Some(TextStyle::Dim))]);
    }
    for line in wrap(&pieces, screen.columns.saturating_sub(4), screen.palette) {
        writeln!(out, "    {line}")?;
    }
    Ok(())
}

/// Writes lines of `text`, the text of a file, with their numbers: the 1-based `lines`, first and last, and `around`
/// more before and after. As in grep, `:` follows the number of a line asked for and `-` that of a line around it.
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
    let first = lines[0].saturating_sub(around).max(1);
    let last = lines[1].saturating_add(around).min(index.count());
    for number in first..=last {
        let inside = (lines[0]..=lines[1]).contains(&number);
        let mark = if inside { ':' } else { '-' };
        let label = screen
            .palette
            .paint(TextStyle::Count, format_args!("{number:>6}{mark}"));
        let content = index.content(text, number);
        let line = match version {
            TextVersion::Repaired => content.slice(text).to_owned(),
            TextVersion::Source => parsed.letters.slice(text, content),
        };
        writeln!(out, "{label} {}", clean(&line).trim_end())?;
    }
    Ok(())
}
