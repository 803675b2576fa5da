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

/// Types of documents whose articles are paragraphs: `Điều 1. Phê duyệt Đề án …` in a decision is no title.
const TYPES_OF_PARAGRAPH_ARTICLES: [&str; 2] = ["quyết định", "nghị quyết"];

/// Joins each label that stands alone with the title below it: `PHẦN I` + `KẾT QUẢ …`, `2.` + `Công tác …`.
pub(super) fn join_titles(sheet: &Sheet<'_>, reading: &Reading, blocks: &mut Vec<Block>) {
    let mut joined: Vec<Block> = Vec::with_capacity(blocks.len());
    for block in blocks.drain(..) {
        match joined.last_mut() {
            Some(label) if takes_title(sheet, reading, label, &block) => {
                label.rows.extend(block.rows);
                label.end = block.end;
                label.may_continue = block.may_continue;
            }
            _ => joined.push(block),
        }
    }
    *blocks = joined;
}

/// Returns true if `below` is the title of the block `label`, which is a label without one.
fn takes_title(sheet: &Sheet<'_>, reading: &Reading, label: &Block, below: &Block) -> bool {
    let Some(class) = label.class() else { return false };
    if label.rows.len() > 1 || below.label.is_some() || below.kind != BlockKind::Text {
        return false;
    }
    let letters = |block: &Block| {
        block
            .title(sheet, reading)
            .chars()
            .filter(|c| c.is_alphabetic())
            .count()
    };
    match class {
        // Under a word such as "Chương I" or "Điều 5." may stand a paragraph, too.
        _ if class.is_named() || class == LabelClass::Article => {
            let title = sheet.rows[below.rows[0]].capitals || !sheet.rows[below.last_row()].ended;
            title && below.chars(sheet) <= MAX_TITLE_CHARS && letters(label) < MIN_TITLE_LETTERS
        }
        LabelClass::Letter | LabelClass::Roman | LabelClass::Arabic(_) => letters(label) == 0,
        _ => false,
    }
}

/// Returns true if `block` is shaped like a title: short, without a full stop. `kind`: the type of the document.
fn is_shaped_like_title(sheet: &Sheet<'_>, block: &Block, kind: Option<&str>) -> bool {
    let last = sheet.body(block.last_row());
    let bare = last.trim_end_matches(['*', '_', ' ']);
    let stopped = ends_sentence(bare) && !bare.ends_with(':');
    // "Điều 1. Phê duyệt Đề án với các nội dung sau:" opens the text of a decision's article.
    let article = block.class() == Some(LabelClass::Article) && !articles_are_sections(kind);
    let opens_text = article && bare.ends_with(':');
    let marked = is_marked(sheet, block) && !bare.ends_with(';');
    block.chars(sheet) <= MAX_TITLE_CHARS && (!stopped || marked) && !opens_text
}

/// Returns true if Markdown sets the whole block as a heading or in bold type.
fn is_marked(sheet: &Sheet<'_>, block: &Block) -> bool {
    let (first, last) = (sheet.body(block.rows[0]), sheet.body(block.last_row()));
    let bold = first.starts_with("**") && last.ends_with("**") && block.rows.len() <= 3;
    first.starts_with('#') && block.rows.len() == 1 || bold && !first[2..].trim_end_matches('*').contains("** ")
}

/// Marks the headings among the labeled blocks, numbering by numbering. `kind`: the type of the document.
pub(super) fn mark_numbered(sheet: &Sheet<'_>, blocks: &mut [Block], kind: Option<&str>) {
    let clauses = clauses_of_articles(blocks);
    for numbering in numberings(blocks) {
        if clauses[numbering[0]] {
            continue;
        }
        // An undecided item (a full line before a capital) has no vote of its own.
        let votes: Vec<(bool, bool)> = numbering
            .iter()
            .map(|&index| {
                (
                    blocks[index].may_continue,
                    is_shaped_like_title(sheet, &blocks[index], kind),
                )
            })
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
        let alone =
            block.class() == Some(LabelClass::Article) && articles_are_sections(kind) && block.is_label_alone(sheet);
        if block.class().is_some_and(LabelClass::is_named) || alone {
            block.kind = BlockKind::Heading;
        }
    }
}

/// Returns true if the articles of a document of type `kind` are sections even where they have no title.
pub(super) fn articles_are_sections(kind: Option<&str>) -> bool {
    kind.is_none_or(|kind| !TYPES_OF_PARAGRAPH_ARTICLES.contains(&kind))
}

/// Returns for each block whether it is a clause (khoản) of an article. Clauses are numbered like headings and end
/// like them where a list follows (`2. Hồ sơ gồm:`), but are text.
fn clauses_of_articles(blocks: &[Block]) -> Vec<bool> {
    let mut in_article = false;
    blocks
        .iter()
        .map(|block| match block.class() {
            Some(class) if class.is_outer() => {
                in_article = class == LabelClass::Article;
                false
            }
            _ => in_article,
        })
        .collect()
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
        let closed = running
            .iter()
            .position(|(class, _)| *class > label.class)
            .unwrap_or(running.len());
        done.extend(running.drain(closed..).map(|(_, members)| members));
        // A list inside a numbered section begins again at 1, and the section's own numbering goes on after it.
        let goes_on = |members: &Vec<usize>| {
            members
                .last()
                .is_some_and(|&last| blocks[last].number() + 1 == label.number)
        };
        let same = running.iter().filter(|(class, _)| *class == label.class).count();
        let first = running.len() - same;
        let resumed = running[first..].iter().rposition(|(_, members)| goes_on(members));
        match resumed {
            _ if same == 0 || label.number == 1 => running.push((label.class, vec![index])),
            resumed => {
                let at = first + resumed.unwrap_or(same - 1);
                done.extend(running.drain(at + 1..).map(|(_, members)| members));
                if let Some((_, members)) = running.last_mut() {
                    members.push(index);
                }
            }
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
        if first.lower || block.chars(sheet) > longest || !is_shaped_like_title(sheet, block, None) {
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
