//! Rows to blocks: paragraphs, list items, headings, rows of tables, the header of the document.
//!
//! The work goes in this order, a file for each step:
//!
//! 1. [`paragraph`] groups rows into paragraphs. A labeled row begins one: [`label`] reads signs and
//!    brackets, [`numbering`] numbers (`II-`, `2.3.`), [`counted`] those that a format counts, [`part`] the labels of parts and appendices.
//! 2. [`heading`] decides which labeled paragraphs are headings, numbering by numbering.
//! 3. [`run_in`] splits a heading from the paragraph on its line: `* Nguyên nhân khách quan: Đảng ủy …`.
//! 4. [`unnumbered`] finds the headings without a label: `KẾT LUẬN`.
//!
//! The rows of tables in clean text are found before that by [`table_rows`], and no step changes them.
//!
//! Before all that, [`header`] finds the rows of letterhead and title. Later, when passages are made of the
//! blocks, [`signature`] recognizes who signs, and [`table`] cuts the tables of an appendix into cells.

mod block;
mod counted;
mod header;
mod heading;
mod label;
mod numbering;
mod paragraph;
#[cfg(test)]
mod paragraph_tests;
mod part;
mod roman;
mod run_in;
mod signature;
pub(crate) mod table;
mod table_rows;
mod unnumbered;

pub(crate) use block::{Block, BlockKind, Face};
pub(crate) use header::HeaderCandidates;
pub(crate) use label::LabelClass;
pub(crate) use signature::{is_signature, signs};

pub(crate) use table_rows::holds_signature;

use paragraph::ParagraphBuilder;
use table_rows::{TableLine, table_lines};

use crate::document::layout::Sheet;
use crate::reading::Reading;
use crate::stop::checkpoint;

/// Cuts the rows `flow` (indices in `sheet.rows` of body text, in order) into blocks and marks the headings
/// among them. The first `header_rows` rows are the header of the document, `kind` is its type (`quyết định`).
pub(crate) fn build(
    sheet: &Sheet<'_>,
    reading: &Reading,
    flow: &[usize],
    header_rows: usize,
    kind: Option<&str>,
) -> Vec<Block> {
    let (header, body) = flow.split_at(header_rows.min(flow.len()));
    let mut builder = ParagraphBuilder::new(sheet, reading);
    builder.push_header(header);
    for (&row, line) in body.iter().zip(table_lines(sheet, reading, body)) {
        checkpoint();
        match line {
            TableLine::Outside => builder.push_row(row),
            TableLine::First => builder.begin_table_row(row),
            TableLine::Next => builder.extend(row),
        }
    }
    let mut blocks = builder.finish();
    heading::join_titles(sheet, reading, &mut blocks);
    heading::mark_numbered(sheet, &mut blocks, kind);
    heading::mark_styled(sheet, &mut blocks);
    let articles = heading::articles_are_sections(kind) || heading::has_articles_with_sections(&blocks);
    let blocks = paragraph::join_continuations(sheet, blocks);
    let mut blocks = run_in::split_run_ins(sheet, reading, blocks, articles);
    unnumbered::mark_unnumbered(sheet, reading, &mut blocks);
    blocks
}
