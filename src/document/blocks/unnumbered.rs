//! Headings without a label: `KẾT LUẬN`, `Nguyên nhân khách quan`, `Nơi nhận:`, `## Phạm vi`, `**Nhiệm vụ trọng tâm**`.
//!
//! In plain text only the words and the capitals of a line tell a heading; in Markdown its signs and bold type do, in a
//! Word file its style and bold type.

use super::block::{Block, BlockKind};
use super::heading::{MAX_TITLE_CHARS, is_shaped_like_title};
use super::signature::signs;
use crate::document::layout::{Sheet, ends_sentence};
use crate::document::phrase::FoldedWords;
use crate::document::sections::kind::kind_in;
use crate::reading::Reading;
use crate::symbol::document_types;

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
/// Beginnings of lines that Markdown sets in bold type and that head no section, folded: addressees, legal bases, labels
/// inside quoted articles.
const NO_HEADINGS: [&str; 12] = [
    "kinh gui",
    "can cu",
    "xet",
    "theo de nghi",
    "doc lap",
    "so",
    "mau so",
    "ubnd",
    "hdnd",
    "dieu",
    "chuong",
    "muc",
];
/// Beginnings of lines in capitals that name who enacts or signs, or belong to a letterhead, folded.
const OFFICES: [&str; 19] = [
    "thu tuong",
    "chinh phu",
    "quoc hoi",
    "chu tich",
    "pho chu tich",
    "bo truong",
    "thu truong",
    "giam doc",
    "pho giam doc",
    "tong giam doc",
    "hieu truong",
    "bi thu",
    "uy ban",
    "hoi dong",
    "ban thuong vu",
    "ban chap hanh",
    "bo chinh tri",
    "dang cong san viet nam",
    "cong hoa xa hoi chu nghia viet nam",
];
/// Beginnings of lines that no heading has, whatever its style is, folded.
const MOTTOS: [&str; 1] = ["doc lap tu do"];
/// The words that enact a decision, folded: `QUYẾT NGHỊ:`.
const ENACTMENTS: [&str; 2] = ["quyet nghi", "quyet dinh"];

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

/// Returns true if Markdown sets the block off as a heading, alone between blank lines, and it names no office and no
/// type of document. `below`: the block after it.
fn is_set_off(sheet: &Sheet<'_>, block: &Block, below: Option<&Block>, words: &FoldedWords) -> bool {
    let body = sheet.body(block.rows[0]);
    let opens_with = |phrases: &[&str]| phrases.iter().any(|phrase| words.has_at(0, phrase));
    let enacts =
        ENACTMENTS.iter().any(|phrase| words.is(phrase)) || document_types().iter().any(|(phrase, _)| words.is(phrase));
    let office = sheet.rows[block.rows[0]].capitals && opens_with(&OFFICES);
    if words.len() == 0 || signs(body) || enacts || office {
        return false;
    }
    // "(Ký, ghi rõ họ tên)" and a dotted line to fill in are no titles, whatever their style is.
    let title = body.trim_start_matches(['#', '*', '_', ' ']);
    let named = title.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '“' | '"')) && !title.contains("...");
    if !named || opens_with(&MOTTOS) {
        return false;
    }
    // A line that its style or Markdown calls a heading is taken at its word.
    if block.face(sheet).level > 0 {
        return true;
    }
    let next = sheet.rows.get(block.last_row() + 1);
    let alone = sheet.rows[block.rows[0]].gap > 0 && next.is_none_or(|next| next.gap > 0);
    // "**Lưu ý:**" opens what follows; a title names it.
    let opens = ends_sentence(sheet.body(block.last_row()).trim_end_matches(['*', ' ']));
    // Who signs is bold, too: the office, and below it the name, below which nothing is.
    let heads_text = below.is_some_and(|below| below.label.is_some() || !below.face(sheet).is_marked());
    let quoted = body.trim_start_matches('*').starts_with(['“', '"', '(']);
    alone && heads_text && !opens && !opens_with(&NO_HEADINGS) && !quoted && !body.contains('|')
}

/// Returns true if a line of these words is a heading without a label: it names a section kind, and it is
/// set in capitals or opens with one of the usual phrases.
pub(super) fn is_unnumbered_heading(words: &FoldedWords, capitals: bool) -> bool {
    // "KẾT LUẬN CỦA BAN THƯỜNG VỤ" is a document, which a guide prints as an example.
    if words.has_at(0, "ket luan cua") {
        return false;
    }
    let usual = UNNUMBERED_PHRASES.iter().any(|phrase| words.has_at(0, phrase));
    (usual || capitals) && kind_in(words).is_some()
}
