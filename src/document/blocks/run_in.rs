//! Run-in headings: a heading and the beginning of its text on one line.
//!
//! `* Nguyên nhân khách quan: Đảng ủy …` becomes the heading `* Nguyên nhân khách quan:` and a paragraph, and in a law
//! or a regulation `Điều 5. Đảng viên có quyền …` becomes the heading `Điều 5.`.

use super::block::{Block, BlockKind};
use super::label::LabelClass;
use super::unnumbered::is_unnumbered_heading;
use crate::document::layout::Sheet;
use crate::document::phrase::FoldedWords;
use crate::reading::Reading;
use crate::text::{Form, Span};

/// Chars of the longest run-in heading.
const MAX_RUN_IN_CHARS: usize = 70;
/// Words of the longest run-in heading.
const MAX_RUN_IN_WORDS: usize = 8;

/// Splits each block that has a run-in heading into the heading and the text after it. `articles`: each article is a
/// section, also one without a title.
pub(super) fn split_run_ins(sheet: &Sheet<'_>, reading: &Reading, blocks: Vec<Block>, articles: bool) -> Vec<Block> {
    let mut split: Vec<Block> = Vec::with_capacity(blocks.len());
    for mut block in blocks {
        let untitled = articles && block.kind == BlockKind::Text && block.class() == Some(LabelClass::Article);
        let label_end = block.label.as_ref().map(|label| label.span.end).filter(|_| untitled);
        let Some(at) = label_end.or_else(|| run_in_end(sheet, reading, &block)) else {
            split.push(block);
            continue;
        };
        let heading = Block {
            rows: vec![block.rows[0]],
            start: block.start,
            end: at,
            kind: BlockKind::Heading,
            label: block.label.take(),
            may_continue: false,
        };
        block.start = at;
        // "Nơi nhận: Ban Bí thư …": the text after it is the list of recipients.
        block.kind = if heads_recipients(&heading, sheet, reading) {
            BlockKind::Header
        } else {
            BlockKind::Text
        };
        split.push(heading);
        split.push(block);
    }
    split
}

/// Returns the byte where the text after the run-in heading of `block` begins, if it has such a heading.
fn run_in_end(sheet: &Sheet<'_>, reading: &Reading, block: &Block) -> Option<usize> {
    if block.kind != BlockKind::Text {
        return None;
    }
    let row = &sheet.rows[block.rows[0]];
    let from = block.label.as_ref().map_or(row.body.start, |label| label.span.end);
    let text = Span::new(from, row.body.end).slice(sheet.text);
    let colon = memchr::memchr(b':', &text.as_bytes()[..text.len().min(4 * MAX_RUN_IN_CHARS)])?;
    let title = Span::new(from, from + colon);
    let rest = text[colon + 1..].trim_start_matches([' ', '*']);
    if rest.is_empty() || title.slice(sheet.text).chars().count() > MAX_RUN_IN_CHARS {
        return None;
    }
    let view = reading.view(sheet.text, &[title], &[], Form::Match);
    let words = FoldedWords::of(view.text(), reading.is_misread(title));
    let recipients = block.label.is_none() && words.len() == 2 && words.has_at(0, "noi nhan");
    let labeled = matches!(block.class(), Some(LabelClass::Star | LabelClass::Arabic(_)));
    let named = labeled && words.len() <= MAX_RUN_IN_WORDS && is_unnumbered_heading(&words, false);
    let end = row.body.end - rest.len();
    (recipients || named).then_some(end)
}

/// Returns true if `heading` heads the list of recipients.
fn heads_recipients(heading: &Block, sheet: &Sheet<'_>, reading: &Reading) -> bool {
    heading.label.is_none()
        && FoldedWords::of(&heading.title(sheet, reading), heading.is_misread(reading)).has_at(0, "noi nhan")
}
