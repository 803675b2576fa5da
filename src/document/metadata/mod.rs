//! Facts about a document as a whole, read from its letterhead, its title and its first words.
//!
//! A letterhead has two columns, which a text file runs together:
//!
//! ```text
//! ĐẢNG BỘ THÀNH PHỐ CẦN THƠ        ĐẢNG CỘNG SẢN VIỆT NAM
//! ĐẢNG ỦY CÁC CƠ QUAN ĐẢNG
//!               *
//! Số   - BC/ĐU                     Cần Thơ, ngày 25 tháng 7 năm 2025
//! ```
//!
//! - [`title`] finds the type line (`BÁO CÁO`) and reads kind and title;
//! - [`letterhead`] reads issuer and superior above it, [`own_symbol`] the symbol, [`place_date`] the line of
//!   place and date;
//! - [`opening`] finds the issuer in the first sentence where there is no letterhead;
//! - [`province`] decides which province the document is of.
//!
//! Sources: the parts and their places are those of 66-QĐ/TW of 2017, Article 15, and 399-QĐ/TW of 2026.
//! Reports for a congress often come without a letterhead; then the issuer is the party body that the
//! first sentence is about. A field is left empty if the text does not say it plainly.

mod header_line;
mod letterhead;
mod opening;
mod own_symbol;
mod place_date;
pub mod province;
mod sentence_case;
mod title;

use header_line::HeaderLine;

use super::Metadata;
use super::layout::Sheet;
use super::sections::term::terms_in;
use crate::reading::Reading;
use crate::text::Span;

/// Reads the metadata from the rows `header` and from the text after them, which begins with the row `body`.
pub(super) fn read(sheet: &Sheet<'_>, reading: &Reading, header: &[usize], body: Option<usize>) -> Metadata {
    let lines: Vec<HeaderLine> = header
        .iter()
        .map(|&row| HeaderLine::read(sheet, reading, row))
        .collect();
    let whole = Span::new(0, sheet.text.len());
    let mut metadata = Metadata {
        quality: reading.quality(whole),
        language_marks: f64::from(reading.language_marks(whole)),
        ..Metadata::default()
    };
    // The type line divides the header: letterhead above, subject below.
    let title_at = title::type_line(&lines);
    title::read_title(sheet, &lines, title_at, &mut metadata);
    letterhead::read_letterhead(&lines[..title_at.unwrap_or(0)], &mut metadata);
    let misread = reading.is_misread(whole);
    metadata.terms = metadata
        .title
        .as_deref()
        .map(|title| terms_in(title, misread))
        .unwrap_or_default();
    metadata.draft = lines.iter().any(|line| title::is_draft(&line.words));
    let opening = body
        .map(|row| opening::opening_of(sheet, reading, row))
        .unwrap_or_default();
    let misread = body.is_some_and(|row| reading.is_misread(sheet.rows[row].body));
    opening::read_opening(&opening, misread, &mut metadata);
    province::read_provinces(sheet, reading, &lines, &mut metadata);
    metadata
}

/// Reads the metadata of an attached document from its rows `header`. Province and quality are those of the document
/// that it is attached to, and stay empty.
pub(super) fn read_attached(sheet: &Sheet<'_>, reading: &Reading, header: &[usize]) -> Metadata {
    let lines: Vec<HeaderLine> = header
        .iter()
        .map(|&row| HeaderLine::read(sheet, reading, row))
        .collect();
    let mut metadata = Metadata::default();
    let title_at = title::type_line(&lines);
    title::read_title(sheet, &lines, title_at, &mut metadata);
    letterhead::read_letterhead(&lines[..title_at.unwrap_or(0)], &mut metadata);
    let misread = lines.iter().any(|line| line.words.is_misread());
    metadata.terms = metadata
        .title
        .as_deref()
        .map(|title| terms_in(title, misread))
        .unwrap_or_default();
    metadata
}
