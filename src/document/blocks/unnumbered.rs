//! Headings without a label: `KẾT LUẬN`, `Nguyên nhân khách quan`, `Nơi nhận:`, `## Phạm vi`, `**Nhiệm vụ trọng tâm**`.
//!
//! In plain text only the words and the capitals of a line tell a heading; in Markdown its signs and bold type do.

use super::block::{Block, BlockKind};
use super::heading::{MAX_TITLE_CHARS, is_shaped_like_title};
use super::signature::signs;
use crate::document::layout::{Sheet, ends_sentence};
use crate::document::phrase::FoldedWords;
use crate::document::sections::kind::kind_in;
use crate::reading::Reading;

/// Chars of the longest unnumbered heading in small letters.
const MAX_UNNUMBERED_CHARS: usize = 80;
/// Words of the longest unnumbered heading.
const MAX_UNNUMBERED_WORDS: usize = 16;
/// Chars of the longest heading that Markdown sets off.
const MAX_MARKED_CHARS: usize = 160;

/// Phrases that open an unnumbered heading in small letters, folded.
const UNNUMBERED_PHRASES: [&str; 13] = [
    "nguyen nhan",
    "bai hoc kinh nghiem",
    "uu diem",
    "han che",
    "ton tai han che",
    "ket qua dat duoc",
    "nhung ket qua dat duoc",
    "ket luan",
    "noi nhan",
    "mo dau",
    "dat van de",
    "muc tieu",
    "chi tieu",
];
/// Lines that Markdown sets in bold type or as headings and that head no section, folded: the words that enact a
/// decision, addressees, and the lines of letterheads.
const NO_HEADINGS: [&str; 15] = [
    "quyet dinh",
    "quyet nghi",
    "nghi quyet",
    "nghi dinh",
    "kinh gui",
    "can cu",
    "xet",
    "theo de nghi",
    "dang cong san viet nam",
    "cong hoa xa hoi chu nghia viet nam",
    "doc lap",
    "so",
    "dieu",
    "chuong",
    "muc",
];

/// Marks the headings without a label.
pub(super) fn mark_unnumbered(sheet: &Sheet<'_>, reading: &Reading, blocks: &mut [Block]) {
    for index in 0..blocks.len() {
        let block = &blocks[index];
        let short = block.kind == BlockKind::Text && block.label.is_none() && block.rows.len() <= 3;
        if short && heads(sheet, reading, block, blocks.get(index + 1)) {
            blocks[index].kind = BlockKind::Heading;
        }
    }
}

/// Returns true if the unlabeled `block` is a heading. `next`: the block after it.
fn heads(sheet: &Sheet<'_>, reading: &Reading, block: &Block, next: Option<&Block>) -> bool {
    let first = &sheet.rows[block.rows[0]];
    let longest = if first.capitals {
        MAX_TITLE_CHARS
    } else {
        MAX_UNNUMBERED_CHARS
    };
    let chars = block.chars(sheet);
    let marked = block.face(sheet).is_marked() && chars <= MAX_MARKED_CHARS;
    if first.lower || chars > longest && !marked || !is_shaped_like_title(sheet, block, None) {
        return false;
    }
    let title = block.title(sheet, reading);
    let words = FoldedWords::of(&title, block.is_misread(reading));
    words.len() <= MAX_UNNUMBERED_WORDS && is_unnumbered_heading(&words, first.capitals)
        || marked && is_set_off(sheet, block, next, &words)
}

/// Returns true if Markdown sets the block off as a heading, alone between blank lines.
fn is_set_off(sheet: &Sheet<'_>, block: &Block, below: Option<&Block>, words: &FoldedWords) -> bool {
    let body = sheet.body(block.rows[0]);
    if body.starts_with('#') {
        return words.len() > 0 && !signs(body);
    }
    let next = sheet.rows.get(block.last_row() + 1);
    let alone = sheet.rows[block.rows[0]].gap > 0 && next.is_none_or(|next| next.gap > 0);
    // "**QUYẾT ĐỊNH:**" and "**Lưu ý:**" open what follows; a title names it.
    let opens = ends_sentence(sheet.body(block.last_row()).trim_end_matches(['*', ' ']));
    let no_heading = NO_HEADINGS.iter().any(|phrase| words.has_at(0, phrase));
    // Who signs is bold, too: the office, and below it the name, below which nothing is.
    let heads_text = below.is_some_and(|below| below.label.is_some() || !below.face(sheet).is_marked());
    let quoted = body.trim_start_matches('*').starts_with(['“', '"', '(']);
    alone && heads_text && words.len() > 0 && !opens && !no_heading && !quoted && !signs(body) && !body.contains('|')
}

/// Returns true if a line of these words is a heading without a label: it names a section kind, and it is
/// set in capitals or opens with one of the usual phrases.
pub(super) fn is_unnumbered_heading(words: &FoldedWords, capitals: bool) -> bool {
    let usual = UNNUMBERED_PHRASES.iter().any(|phrase| words.has_at(0, phrase));
    (usual || capitals) && kind_in(words).is_some()
}
