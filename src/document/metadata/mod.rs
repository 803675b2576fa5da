//! Facts about a document as a whole, read from its letterhead, its title and its first words.
//!
//! A letterhead has two columns, which a text file runs together in any way:
//!
//! ```text
//! ĐẢNG BỘ THÀNH PHỐ CẦN THƠ        ĐẢNG CỘNG SẢN VIỆT NAM
//! ĐẢNG ỦY CÁC CƠ QUAN ĐẢNG
//!               *
//! Số   - BC/ĐU                     Cần Thơ, ngày 25 tháng 7 năm 2025
//! ```
//!
//! - [`cells`] cuts the rows of the header into cells, [`segments`] cuts and classifies these;
//! - [`letterhead`] reads issuer, superior, number, place and date from the classified segments, with [`bodies`] and
//!   [`body_words`] for the names, [`number`] for the symbol, [`place_date`] and [`numerals`] for the date;
//! - [`genre`] reads the type in a line, [`title`] kind and title;
//! - [`opening`] finds the issuer in the first sentence where there is no letterhead, [`ending`] the date at the end;
//! - [`own_province`] decides which province the document is of; [`province`] knows their names.
//!
//! Sources: the parts and their places are those of 66-QĐ/TW of 2017, Article 15, 399-QĐ/TW of 2026, and of Nghị định
//! 30/2020/NĐ-CP, Phụ lục I. Reports for a congress often come without a letterhead; then the issuer is the party body
//! that the first sentence is about. A field is left empty if the text does not say it plainly.

mod bodies;
pub(crate) mod body_words;
mod cells;
mod ending;
mod genre;
mod letterhead;
#[cfg(test)]
mod letterhead_corpus;
mod number;
mod numerals;
mod opening;
mod own_province;
mod place_date;
pub mod province;
mod segments;
pub(crate) mod sentence_case;
mod title;

use cells::{HeaderCell, cells_of};
use segments::{Class, Segment, segments_of};

use super::Metadata;
use super::layout::Sheet;
use super::sections::term::terms_in;
use crate::reading::Reading;
use crate::text::Span;

/// Rows at the beginning of a page of the web in which the letterhead of a document that it republishes is looked for.
const MAX_REPUBLISHED_ROWS: usize = 48;

/// The first rows of a document, cut into cells.
pub(super) struct HeaderCells(Vec<HeaderCell>);

impl HeaderCells {
    /// Cuts the rows `rows` into cells.
    pub(super) fn of(sheet: &Sheet<'_>, reading: &Reading, rows: &[usize]) -> Self {
        Self(cells_of(sheet, reading, rows))
    }

    /// Classifies them.
    pub(super) fn header(&self) -> Header<'_> {
        Header {
            segments: segments_of(&self.0),
        }
    }
}

/// The first rows of a document, cut and classified: its letterhead and title, and what may be its text.
pub(super) struct Header<'c> {
    segments: Vec<Segment<'c>>,
}

impl Header<'_> {
    /// Returns how many of `rows`, those of the header, are letterhead and title; 0 if there is neither.
    pub(super) fn title_rows(&self, sheet: &Sheet<'_>, rows: &[usize]) -> usize {
        let type_at = letterhead::type_line(sheet, &self.segments);
        let Some(last) = title::last_row(sheet, &self.segments, type_at) else {
            return 0;
        };
        rows.iter().take_while(|&&row| row <= last).count()
    }

    /// Drops what is not in `rows`.
    pub(super) fn keep_rows(&mut self, rows: &[usize]) {
        let last = rows.last();
        self.segments
            .retain(|segment| last.is_some_and(|&last| segment.cell.row <= last));
    }

    /// Reads the metadata of an attached document. Province and quality are those of the document that it is attached
    /// to, and stay empty.
    pub(super) fn read_attached(&self, sheet: &Sheet<'_>) -> Metadata {
        let misread = self.segments.iter().any(|segment| segment.cell.words.is_misread());
        let segments = &self.segments;
        let mut metadata = Metadata::default();
        let type_at = letterhead::type_line(sheet, segments);
        letterhead::read_letterhead(segments, type_at, &mut metadata);
        title::read_title(sheet, segments, type_at, &mut metadata);
        letterhead::read_attachment(segments, &mut metadata);
        metadata.draft = segments.iter().any(|segment| segment.class == Class::Draft);
        metadata.terms = metadata
            .title
            .as_deref()
            .map(|title| terms_in(title, misread))
            .unwrap_or_default();
        metadata
    }
}

/// Reads the metadata from the header and from the text after it, which begins with the row `body`.
pub(super) fn read(sheet: &Sheet<'_>, reading: &Reading, header: &Header<'_>, body: Option<usize>) -> Metadata {
    let mut metadata = header.read_attached(sheet);
    if metadata.kind.is_none() && metadata.number.is_none() && metadata.issuer.is_none() {
        metadata = read_republished(sheet, reading).unwrap_or(metadata);
    }
    let whole = Span::new(0, sheet.text.len());
    metadata.quality = reading.quality(whole);
    metadata.language_marks = f64::from(reading.language_marks(whole));
    let opening = body
        .map(|row| opening::opening_of(sheet, reading, row))
        .unwrap_or_default();
    let misread = body.is_some_and(|row| reading.is_misread(sheet.rows[row].body));
    opening::read_opening(&opening, misread, &mut metadata);
    if metadata.date.is_none() && (metadata.kind.is_some() || metadata.issuer.is_some()) {
        ending::read_place_and_date(sheet, reading, &mut metadata);
    }
    own_province::read_provinces(sheet, reading, &opening, &mut metadata);
    metadata
}

/// Reads the letterhead of a document that a page of the web republishes after words of its own; `None` without one
/// that gives type, number and date.
fn read_republished(sheet: &Sheet<'_>, reading: &Reading) -> Option<Metadata> {
    let rows: Vec<usize> = sheet.text_rows().take(MAX_REPUBLISHED_ROWS).collect();
    // Few lines are set in capitals, so that most pages are passed over at once.
    let titled = rows.iter().position(|&row| {
        let body = sheet.body(row);
        sheet.rows[row].capitals && (body.contains("CỘNG SẢN VIỆT NAM") || body.contains("XÃ HỘI CHỦ NGHĨA"))
    })?;
    // The names of the bodies may come first.
    let above = rows[..titled]
        .iter()
        .rev()
        .take_while(|&&row| !sheet.rows[row].ended && sheet.rows[row].capitals)
        .count();
    let rows = rows.get(titled - above..)?;
    let cells = HeaderCells::of(sheet, reading, rows);
    let mut header = cells.header();
    header.keep_rows(rows.get(..header.title_rows(sheet, rows))?);
    let metadata = header.read_attached(sheet);
    let whole = metadata
        .number
        .as_deref()
        .is_some_and(|number| !number.starts_with(['-', '/']));
    (whole && metadata.kind.is_some() && metadata.date.is_some()).then_some(metadata)
}
