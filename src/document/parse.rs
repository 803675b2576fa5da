//! The way from a file's text and its reading to a [`Document`], step by step.
//!
//! ```text
//! text -> rows, pages -> notes -> attached documents -> metadata -> blocks -> passages, sections
//!      -> notes attached -> furniture
//! ```

use super::blocks::HeaderCandidates;
use super::furniture::furniture_of;
use super::layout::Sheet;
use super::metadata::HeaderCells;
use super::passages::{PassageBuilder, number_passages, sort_passages};
use super::sections::outline::Outline;
use super::{Document, Metadata, Page, Part, Section};
use super::{blocks, metadata, notes, parts};
use crate::reading::Reading;
use crate::stop::checkpoint;
use crate::text::{Span, Structure};

/// Parses `text`, the whole of a file named `path`, into the document `id`.
///
/// It never fails: whatever the text is, every byte of it goes into a passage or a piece of furniture.
///
/// ```
/// use vankien::document::{self, SectionKind};
/// use vankien::reading::Reading;
/// let text = "BÁO CÁO\nkết quả nhiệm kỳ 2020 - 2025\n\nI- ƯU ĐIỂM\n\n1. Công tác tư tưởng\n\nĐảng ủy đã lãnh đạo.\n";
/// let document = document::parse("a", "a.txt", text.to_owned(), &Reading::of(text));
/// assert_eq!(document.sections[1].title, "Công tác tư tưởng");
/// assert_eq!(document.sections[1].kind, SectionKind::UuDiem);
/// ```
#[must_use]
pub fn parse(id: &str, path: &str, text: String, reading: &Reading) -> Document {
    parse_structured(id, path, text, &Structure::default(), reading)
}

/// Parses `text` as [`parse`] does, given what the format of its file says about it.
///
/// All that `structure` says is taken from it: notes, labels, levels of headings, tables and pages. The rest is
/// recognized as in plain text.
#[must_use]
pub fn parse_structured(id: &str, path: &str, text: String, structure: &Structure, reading: &Reading) -> Document {
    let sheet = Sheet::structured(&text, structure);
    // Notes go first: what remains after them is running text without breaks.
    let found_notes = notes::find_notes(&sheet, reading);
    let flow = notes::rows_of_text(&sheet, &found_notes);
    let starts = parts::starts(&sheet, reading, &flow);
    let ends = starts[1..].iter().copied().chain([flow.len()]);
    let mut builder = PassageBuilder::new(&sheet, Outline::new(&sheet, reading, notes::calls(&found_notes)));
    let mut metadata = Metadata::default();
    let mut parts: Vec<Part> = Vec::new();
    for (&start, end) in starts.iter().zip(ends) {
        checkpoint();
        let rows = &flow[start..end];
        let candidates = HeaderCandidates::of(&sheet, reading, rows);
        let first = &rows[..candidates.rows];
        let cells = HeaderCells::of(&sheet, reading, first);
        let mut header = cells.header();
        let header_rows = candidates.header_rows(&sheet, rows, header.title_rows(&sheet, first));
        let (head, body) = rows.split_at(header_rows.min(rows.len()));
        header.keep_rows(head);
        let facts = if start == 0 {
            metadata::read(&sheet, reading, &header, body.first().copied())
        } else {
            header.read_attached(&sheet)
        };
        let blocks = blocks::build(&sheet, reading, rows, header_rows, facts.kind.as_deref());
        builder.push_document(&facts, &blocks);
        if start == 0 {
            metadata = facts;
        } else if let Some(&first) = rows.first() {
            parts.push(part_of(&sheet, first, facts));
        }
    }
    end_parts(&mut parts, text.len());
    let (mut passages, mut sections) = builder.finish(text.len());
    metadata.terms = terms_of(std::mem::take(&mut metadata.terms), &sections, &parts);
    let mut footnotes = notes::attach(&sheet, found_notes, &mut passages);
    // The notes came last but are printed between the passages: only now can all be sorted and numbered.
    sort_passages(&mut passages, &mut sections, &mut footnotes);
    let furniture = furniture_of(&sheet, &passages);
    number_passages(&text, &mut passages);
    let pages = pages_of(&sheet, reading);
    Document {
        id: id.to_owned(),
        path: path.to_owned(),
        metadata,
        parts,
        pages,
        sections,
        passages,
        footnotes,
        furniture,
        text,
    }
}

/// Returns the attached document with the facts `facts`, which begins at row `first`; its span ends there as well.
fn part_of(sheet: &Sheet<'_>, first: usize, facts: Metadata) -> Part {
    let row = &sheet.rows[first];
    Part {
        title: facts.title.or_else(|| Some(sheet.body(first).to_owned())),
        kind: facts.kind,
        number: facts.number,
        issuer: facts.issuer,
        date: facts.date,
        span: Span::new(row.span.start, row.span.start),
        page: row.page + 1,
    }
}

/// Ends each part where the next one begins, the last at byte `end`.
fn end_parts(parts: &mut [Part], end: usize) {
    let mut next = end;
    for part in parts.iter_mut().rev() {
        part.span.end = next;
        next = part.span.start;
    }
}

/// Returns the terms that the title (`terms`) and the outermost sections of the main document are about, from the
/// earliest on.
fn terms_of(mut terms: Vec<String>, sections: &[Section], parts: &[Part]) -> Vec<String> {
    let end = parts.first().map_or(usize::MAX, |part| part.span.start);
    let outermost = sections
        .iter()
        .filter(|section| section.level() == 1 && section.span.start < end);
    terms.extend(outermost.filter_map(|section| section.term.clone()));
    terms.sort_unstable();
    terms.dedup();
    terms
}

/// Returns the pages, which follow one another without a gap.
fn pages_of(sheet: &Sheet<'_>, reading: &Reading) -> Vec<Page> {
    let ends = sheet.page_starts[1..].iter().copied().chain([sheet.text.len()]);
    sheet
        .page_starts
        .iter()
        .zip(ends)
        .enumerate()
        .map(|(index, (&start, end))| Page {
            number: index + 1,
            span: Span::new(start, end),
            quality: reading.quality(Span::new(start, end)),
        })
        .collect()
}
