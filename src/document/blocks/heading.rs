//! Headings among the labeled blocks: which of them are titles.
//!
//! Nothing in the text sets `1. Công tác tư tưởng` (a title) apart from `1. Công tác tư tưởng được Đảng ủy
//! quan tâm.` (a paragraph) but its shape. Where the shape leaves it open, the other items of the same
//! numbering decide: a numbering has titles throughout or paragraphs throughout.

use super::block::{Block, BlockKind};
use super::label::LabelClass;
use crate::document::layout::{Sheet, ends_sentence};
use crate::reading::Reading;
use crate::stop::checkpoint;

/// Chars of the longest title; the longest met in party reports has some 200.
pub(super) const MAX_TITLE_CHARS: usize = 260;
/// Chars of the longest title of an article: some of Công báo run over four lines.
const MAX_ARTICLE_TITLE_CHARS: usize = 400;
/// Letters from which a part has a title on the line of its label; fewer are left of a stain.
const MIN_TITLE_LETTERS: usize = 3;

/// Types of documents whose articles are paragraphs: `Điều 1. Phê duyệt Đề án …` in a decision is no title.
const TYPES_OF_PARAGRAPH_ARTICLES: [&str; 3] = ["quyết định", "nghị quyết", "sắc lệnh"];

/// Words of articles that are sentences even without a full stop.
const ENACTING: [&str; 2] = ["Ban hành kèm theo", "này có hiệu lực"];
/// Most numberings of one class that may go on after those inside them.
const MAX_OPEN_NUMBERINGS: usize = 8;
/// Items from which a numbering without any text below them is a list.
const MIN_LIST_ITEMS: usize = 3;
/// Chars of the longest title of an article that ends with a full stop.
const MAX_STOPPED_TITLE_CHARS: usize = 120;

/// Joins each label that stands alone with the title below it: `PHẦN I` + `KẾT QUẢ …`, `2.` + `Công tác …`.
pub(super) fn join_titles(sheet: &Sheet<'_>, reading: &Reading, blocks: &mut Vec<Block>) {
    let mut joined: Vec<Block> = Vec::with_capacity(blocks.len());
    for block in blocks.drain(..) {
        checkpoint();
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
pub(super) fn is_shaped_like_title(sheet: &Sheet<'_>, block: &Block, kind: Option<&str>) -> bool {
    let last = sheet.body(block.last_row());
    let bare = last.trim_end_matches(['*', '_', ' ']);
    let stopped = ends_sentence(bare) && !bare.ends_with(':');
    // "Điều 1. Phê duyệt Đề án với các nội dung sau:" opens the text of a decision's article.
    let article = block.class() == Some(LabelClass::Article) && !articles_are_sections(kind);
    let opens_text = article && bare.ends_with(':');
    let marked = block.face(sheet).is_marked() && !bare.ends_with(';');
    let longest = if block.class() == Some(LabelClass::Article) {
        MAX_ARTICLE_TITLE_CHARS
    } else {
        MAX_TITLE_CHARS
    };
    block.chars(sheet) <= longest && (!stopped || marked) && !opens_text && !opens_list(bare)
}

/// Returns true if the line opens a list and is no title: `3. Đảng ủy đề nghị các nội dung sau:`.
fn opens_list(line: &str) -> bool {
    let opening = line.trim_end_matches([':', ' ']);
    opening.len() < line.len() && ["sau", "sau đây", "như sau"].iter().any(|end| opening.ends_with(end))
}

/// Returns true if block `index` is shaped like a title, or is an article whose title ends with a full stop: text of
/// the article follows it.
fn is_title(sheet: &Sheet<'_>, blocks: &[Block], index: usize, kind: Option<&str>) -> bool {
    let block = &blocks[index];
    let article = block.class() == Some(LabelClass::Article);
    let body = sheet.body(block.rows[0]);
    if article && ENACTING.iter().any(|words| body.contains(words)) {
        return false;
    }
    let has_text = || {
        let next = blocks.get(index + 1);
        next.is_some_and(|next| next.kind == BlockKind::Text && !next.class().is_some_and(LabelClass::is_outer))
    };
    let stopped_title = article
        && articles_are_sections(kind)
        && block.rows.len() == 1
        && block.chars(sheet) <= MAX_STOPPED_TITLE_CHARS
        && body.ends_with('.')
        && has_text();
    is_shaped_like_title(sheet, block, kind) || stopped_title
}

/// Returns true if the items of the numbering are a list: most of them have nothing below them.
fn is_bare_list(blocks: &[Block], numbering: &[usize]) -> bool {
    let arabic = matches!(
        blocks[numbering[0]].class(),
        Some(LabelClass::Arabic(_) | LabelClass::Star)
    );
    let has_nothing = |&&index: &&usize| {
        let next = blocks.get(index + 1);
        next.is_some_and(|next| next.class().is_some_and(|class| Some(class) <= blocks[index].class()))
    };
    arabic
        && numbering.len() >= MIN_LIST_ITEMS
        && numbering.iter().filter(has_nothing).count() * 3 >= numbering.len() * 2
}

/// Returns true if `block` is a title alone: no stop of any kind ends it.
fn is_bare_title(sheet: &Sheet<'_>, block: &Block) -> bool {
    let bare = sheet.body(block.last_row()).trim_end_matches(['*', '_', ' ']);
    block.rows.len() <= 2
        && !block.may_continue
        && !bare.ends_with([',', ';', '.', ':'])
        && is_shaped_like_title(sheet, block, None)
}

/// Marks the headings among the labeled blocks, numbering by numbering. `kind`: the type of the document.
pub(super) fn mark_numbered(sheet: &Sheet<'_>, blocks: &mut [Block], kind: Option<&str>) {
    let clauses = clauses_of_articles(blocks);
    for numbering in numberings(blocks) {
        // An undecided item (a full line before a capital) has no vote of its own.
        let votes: Vec<(bool, bool)> = numbering
            .iter()
            .map(|&index| (blocks[index].may_continue, is_title(sheet, blocks, index, kind)))
            .collect();
        let titles = votes.iter().filter(|(undecided, title)| !undecided && *title).count();
        let paragraphs = votes.iter().filter(|(undecided, title)| !undecided && !title).count();
        // The clauses (khoản) of an article are text even where a list follows ("2. Hồ sơ gồm:"), unless each of them
        // has a title.
        if clauses[numbering[0]] && !numbering.iter().all(|&index| is_bare_title(sheet, &blocks[index])) {
            continue;
        }
        if is_bare_list(blocks, &numbering) {
            continue;
        }
        let paragraph_articles =
            blocks[numbering[0]].class() == Some(LabelClass::Article) && !articles_are_sections(kind);
        for (&index, (undecided, title)) in numbering.iter().zip(votes) {
            let short = blocks[index].rows.len() <= 2 && !paragraph_articles;
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

/// Marks the labeled blocks that their look in the format of the file makes headings, whatever the others of their
/// numbering are: by a style, and `a) Đối với tập thể` by bold type.
///
/// The items of lists have styles of headings in some files, and clauses that are sentences have. So a stop at the end
/// outweighs a style that is not bold.
pub(super) fn mark_styled(sheet: &Sheet<'_>, blocks: &mut [Block]) {
    for block in blocks {
        let (Some(line), Some(class)) = (sheet.given(block.rows[0]), block.class()) else {
            continue;
        };
        let stopped = sheet.body(block.last_row()).ends_with(['.', ';', ',']);
        let titled = match line.level {
            Some(_) => block.chars(sheet) <= MAX_ARTICLE_TITLE_CHARS && (line.bold || !stopped),
            None => line.bold && !stopped && class == LabelClass::Bracketed && is_shaped_like_title(sheet, block, None),
        };
        let sign = matches!(class, LabelClass::Bullet | LabelClass::Plus);
        if titled && !sign && block.kind == BlockKind::Text {
            block.kind = BlockKind::Heading;
        }
    }
}

/// Returns true if the articles of a document of type `kind` are sections even where they have no title.
pub(super) fn articles_are_sections(kind: Option<&str>) -> bool {
    kind.is_none_or(|kind| !TYPES_OF_PARAGRAPH_ARTICLES.contains(&kind))
}

/// Returns true if any article has a title, or holds sections with Roman numbers: then each article is a section, also
/// in a decision.
pub(super) fn has_articles_with_sections(blocks: &[Block]) -> bool {
    let outer =
        |class: Option<LabelClass>| class.filter(|class| matches!(class, LabelClass::Article | LabelClass::Roman));
    let classes = blocks
        .iter()
        .filter_map(|block| outer(block.class()).map(|class| (class, block.kind)));
    let mut in_article = false;
    for (class, kind) in classes {
        let heading = kind == BlockKind::Heading;
        if heading && (class == LabelClass::Article || in_article) {
            return true;
        }
        in_article |= class == LabelClass::Article;
    }
    false
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
            _ if same == 0 || label.number == 1 => {
                if same >= MAX_OPEN_NUMBERINGS {
                    done.push(running.remove(first).1);
                }
                running.push((label.class, vec![index]));
            }
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
