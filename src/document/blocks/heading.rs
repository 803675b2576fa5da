//! Headings among the blocks: which labeled paragraphs are titles, and which lines are titles without a
//! label.
//!
//! Nothing in the text sets `1. Công tác tư tưởng` (a title) apart from `1. Công tác tư tưởng được Đảng ủy
//! quan tâm.` (a paragraph) but its shape. Where the shape leaves it open, the other items of the same
//! numbering decide: a numbering has titles throughout or paragraphs throughout.

use super::block::{Block, BlockKind};
use super::label::LabelClass;
use crate::document::layout::{Sheet, ends_sentence};
use crate::document::phrase::FoldedWords;
use crate::document::sections::kind::kind_in;
use crate::reading::Reading;

/// Chars of the longest title; the longest met in party reports has some 200.
const MAX_TITLE_CHARS: usize = 260;
/// Chars of the longest unnumbered heading in small letters.
const MAX_UNNUMBERED_CHARS: usize = 80;
/// Words of the longest unnumbered heading.
const MAX_UNNUMBERED_WORDS: usize = 16;
/// Letters from which a part has a title on the line of its label; fewer are left of a stain.
const MIN_TITLE_LETTERS: usize = 3;

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

/// Joins the label of a part or appendix with the title on the lines below it: `PHẦN I` + `KẾT QUẢ …`.
pub(super) fn join_part_titles(sheet: &Sheet<'_>, reading: &Reading, blocks: &mut Vec<Block>) {
    let mut index = 0;
    while index < blocks.len() {
        let alone = matches!(blocks[index].class(), Some(LabelClass::Part | LabelClass::Appendix))
            && blocks[index]
                .title(sheet, reading)
                .chars()
                .filter(|c| c.is_alphabetic())
                .count()
                < MIN_TITLE_LETTERS;
        if let Some(title) = blocks.get(index + 1).filter(|_| alone) {
            let fits = title.label.is_none()
                && title.chars(sheet) <= MAX_TITLE_CHARS
                && (sheet.rows[title.rows[0]].capitals || !sheet.rows[title.last_row()].ended);
            if fits {
                let title = blocks.remove(index + 1);
                let block = &mut blocks[index];
                block.rows.extend(title.rows);
                block.end = title.end;
            }
        }
        index += 1;
    }
}

/// Returns true if `block` is shaped like a title: short, without a full stop.
fn is_shaped_like_title(sheet: &Sheet<'_>, block: &Block) -> bool {
    let last = sheet.body(block.last_row());
    let bare = last.trim_end_matches(['*', ' ']);
    let stopped = ends_sentence(bare) && !bare.ends_with(':');
    block.chars(sheet) <= MAX_TITLE_CHARS && !stopped
}

/// Marks the headings among the labeled blocks, numbering by numbering.
pub(super) fn mark_numbered(sheet: &Sheet<'_>, blocks: &mut [Block]) {
    for numbering in numberings(blocks) {
        // An undecided item (a full line before a capital) has no vote of its own.
        let votes: Vec<(bool, bool)> = numbering
            .iter()
            .map(|&index| (blocks[index].may_continue, is_shaped_like_title(sheet, &blocks[index])))
            .collect();
        let titles = votes.iter().filter(|(undecided, title)| !undecided && *title).count();
        let paragraphs = votes.iter().filter(|(undecided, title)| !undecided && !title).count();
        for (&index, (undecided, title)) in numbering.iter().zip(votes) {
            let short = blocks[index].rows.len() <= 2;
            // A short item without a full stop is a title even where most of its siblings are paragraphs.
            let is_title = if undecided {
                titles >= paragraphs
            } else {
                title && (titles >= paragraphs || short)
            };
            if is_title {
                blocks[index].kind = BlockKind::Heading;
            }
        }
    }
    for block in blocks {
        if matches!(block.class(), Some(LabelClass::Part | LabelClass::Appendix)) {
            block.kind = BlockKind::Heading;
        }
    }
}

/// Groups the blocks with a label from part to star by the numbering they belong to; a numbering ends where
/// an outer label comes or where it begins again at 1.
fn numberings(blocks: &[Block]) -> Vec<Vec<usize>> {
    let mut done: Vec<Vec<usize>> = Vec::new();
    let mut running: Vec<(LabelClass, Vec<usize>)> = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        let Some(label) = &block.label else { continue };
        if label.class > LabelClass::Star {
            continue;
        }
        while let Some((_, members)) = running.pop_if(|(class, _)| *class > label.class) {
            done.push(members);
        }
        match running.last_mut() {
            Some((class, members)) if *class == label.class && (label.number != 1 || members.is_empty()) => {
                members.push(index)
            }
            Some((class, members)) if *class == label.class => done.push(std::mem::replace(members, vec![index])),
            _ => running.push((label.class, vec![index])),
        }
    }
    done.extend(running.into_iter().map(|(_, members)| members));
    done
}

/// Marks the headings without a label: `Nguyên nhân khách quan`, `KẾT LUẬN`, `Nơi nhận:`.
pub(super) fn mark_unnumbered(sheet: &Sheet<'_>, reading: &Reading, blocks: &mut [Block]) {
    for block in blocks {
        if block.kind != BlockKind::Text || block.label.is_some() || block.rows.len() > 3 {
            continue;
        }
        let first = &sheet.rows[block.rows[0]];
        let longest = if first.capitals {
            MAX_TITLE_CHARS
        } else {
            MAX_UNNUMBERED_CHARS
        };
        if first.lower || block.chars(sheet) > longest || !is_shaped_like_title(sheet, block) {
            continue;
        }
        let title = block.title(sheet, reading);
        let words = FoldedWords::of(&title, block.is_misread(reading));
        if words.len() <= MAX_UNNUMBERED_WORDS && is_unnumbered_heading(&words, first.capitals) {
            block.kind = BlockKind::Heading;
        }
    }
}

/// Returns true if a line of these words is a heading without a label: it names a section kind, and it is
/// set in capitals or opens with one of the usual phrases.
pub(super) fn is_unnumbered_heading(words: &FoldedWords, capitals: bool) -> bool {
    let usual = UNNUMBERED_PHRASES.iter().any(|phrase| words.has_at(0, phrase));
    (usual || capitals) && kind_in(words).is_some()
}
