//! The way from a file's text and its reading to a [`Document`], step by step.
//!
//! ```text
//! text -> rows, pages -> notes -> blocks -> passages, sections -> notes attached -> furniture
//!                              -> metadata
//! ```

use super::furniture::furniture_of;
use super::layout::Sheet;
use super::passages::{PassageBuilder, number_passages, sort_passages};
use super::sections::outline::Outline;
use super::sections::term::terms_in;
use super::{Document, Page, Section};
use super::{blocks, metadata, notes};
use crate::reading::Reading;
use crate::text::Span;

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
    let sheet = Sheet::of(&text);
    // Notes go first: what remains after them is running text without breaks.
    let found_notes = notes::find_notes(&sheet);
    let flow = notes::rows_of_text(&sheet, &found_notes);
    let header_rows = blocks::header_rows(&sheet, reading, &flow);
    let mut metadata = metadata::read(&sheet, reading, &flow[..header_rows], flow.get(header_rows).copied());
    let blocks = blocks::build(&sheet, reading, &flow, header_rows, metadata.kind.as_deref());
    // The kind and the title decide which term a section has that names none.
    let report = metadata.kind.as_deref().is_none_or(|kind| kind.starts_with("báo cáo"));
    let misread = reading.is_misread(Span::new(0, text.len()));
    let terms = metadata
        .title
        .as_deref()
        .map(|title| terms_in(title, misread))
        .unwrap_or_default();
    let outline = Outline::new(&sheet, reading, &terms, report);
    let mut builder = PassageBuilder::new(&sheet, outline);
    builder.push_blocks(&blocks);
    let (mut passages, mut sections) = builder.finish(text.len());
    metadata.terms = terms_of(terms, &sections);
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
        pages,
        sections,
        passages,
        footnotes,
        furniture,
        text,
    }
}

/// Returns the terms that the title and the outermost sections are about, from the earliest on.
fn terms_of(mut terms: Vec<String>, sections: &[Section]) -> Vec<String> {
    let outermost = sections.iter().filter(|section| section.level() == 1);
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
