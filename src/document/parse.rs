//! The only way in: a file's text and its reading to a [`Document`].
//!
//! ```text
//! text -> rows, pages -> notes -> blocks -> passages, sections -> anchors -> metadata
//! ```

use super::block::{self, Block, BlockKind, Builder};
use super::footnote;
use super::label::Class;
use super::layout::{Role, Sheet, is_capitals};
use super::metadata;
use super::section::{self, Outline};
use super::table;
use super::{Document, Footnote, Furniture, FurnitureKind, Page, Passage, Place, Section};
use crate::reading::Reading;
use crate::text::{Lines, Span};

/// Parses `text`, the whole of a file named `path`, into the document `id`.
///
/// It never fails; whatever the text is, its bytes are shared out among passages and furniture.
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
    let notes = footnote::find_notes(&sheet);
    let flow = footnote::rows_of_text(&sheet, &notes);
    let header_rows = block::header_rows(&sheet, reading, &flow);
    let mut metadata = metadata::read(&sheet, reading, &flow[..header_rows], flow.get(header_rows).copied());
    let blocks = Builder::new(&sheet, reading).build(&flow, header_rows);
    let report = metadata.kind.as_deref().is_none_or(|kind| kind.starts_with("báo cáo"));
    let terms = metadata
        .title
        .as_deref()
        .map(super::heading::terms_in)
        .unwrap_or_default();
    let mut parts = Parts {
        sheet: &sheet,
        outline: Outline::new(&sheet, reading, &terms, report),
        passages: Vec::new(),
    };
    parts.push_blocks(&blocks);
    let (mut passages, mut sections) = (parts.passages, parts.outline.finish(text.len()));
    metadata.terms = terms_of(terms, &sections);
    let mut footnotes = footnote::tie(&sheet, notes, &mut passages);
    sort_passages(&mut passages, &mut sections, &mut footnotes);
    let furniture = furniture_of(&sheet, &passages);
    address(&text, &mut passages);
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

/// The terms that the title and the outermost sections are about, from the earliest on.
fn terms_of(mut terms: Vec<String>, sections: &[Section]) -> Vec<String> {
    let outermost = sections.iter().filter(|section| section.level() == 1);
    terms.extend(outermost.filter_map(|section| section.term.clone()));
    terms.sort_unstable();
    terms.dedup();
    terms
}

/// Passages and sections while they are made from blocks.
struct Parts<'a> {
    sheet: &'a Sheet<'a>,
    outline: Outline<'a>,
    passages: Vec<Passage>,
}

/// Most rows of a letterhead before the label of an appendix on the same page.
const MAX_LETTERHEAD_ROWS: usize = 8;

impl Parts<'_> {
    /// Makes passages of all blocks and opens their sections.
    fn push_blocks(&mut self, blocks: &[Block]) {
        let mut in_table = false;
        let mut next = 0;
        while let Some(block) = blocks.get(next) {
            let at = next;
            next += 1;
            let heads = block.kind == BlockKind::Heading;
            let number = block.class() != Some(Class::Appendix);
            if heads && !(number && (in_table || self.outline.in_recipients())) {
                in_table = false;
                self.outline.head(block, self.passages.len());
                self.push(block, Place::Heading, block.fragments(self.sheet));
                continue;
            }
            in_table |= self.outline.in_appendix() && table::opens(self.sheet, block.rows[0]);
            if block.kind == BlockKind::Header
                || self.outline.in_recipients()
                || section::is_signature(block, self.sheet)
                || self.is_letterhead(blocks, at)
            {
                self.push(block, Place::Header, block.fragments(self.sheet));
            } else if in_table {
                let mut rows = block.rows.clone();
                while let Some(below) = blocks.get(next).filter(|below| self.is_same_table(&rows, below)) {
                    rows.extend(&below.rows);
                    next += 1;
                }
                let end = blocks[next - 1].end;
                for cell in table::cells(self.sheet, &rows) {
                    // Behind a run-in heading the first row is not the block's alone.
                    let cell = cell
                        .into_iter()
                        .map(|piece| Span::new(piece.start.max(block.start), piece.end.min(end)));
                    let cell: Vec<Span> = cell.filter(|piece| !piece.is_empty()).collect();
                    if !cell.is_empty() {
                        self.push(block, Place::Table, cell);
                    }
                }
            } else {
                if self.outline.current().is_none() {
                    let page = self.sheet.rows[block.rows[0]].page + 1;
                    self.outline.introduce(block.start, page);
                }
                self.push(block, Place::Body, block.fragments(self.sheet));
            }
        }
    }

    /// Do the rows of `below` follow the rows `above` of a table without a blank line, on the same page?
    fn is_same_table(&self, above: &[usize], below: &Block) -> bool {
        let (last, first) = (above[above.len() - 1], below.rows[0]);
        let (a, b) = (&self.sheet.rows[last], &self.sheet.rows[first]);
        below.class() != Some(Class::Appendix)
            && below.kind != BlockKind::Header
            && !section::is_signature(below, self.sheet)
            && last + 1 == first
            && b.gap <= usize::from(a.double)
            && a.page == b.page
            && below.start == b.span.start
    }

    /// Does block `at` belong to the letterhead of an appendix that begins on its page?
    fn is_letterhead(&self, blocks: &[Block], at: usize) -> bool {
        let page = self.sheet.rows[blocks[at].rows[0]].page;
        let first_row = self.sheet.rows.partition_point(|row| row.page < page);
        let Some(appendix) = blocks[at..]
            .iter()
            .take(MAX_LETTERHEAD_ROWS)
            .find(|block| block.class() == Some(Class::Appendix))
        else {
            return false;
        };
        let label_row = appendix.rows[0];
        let opens_page = self.sheet.rows[label_row].page == page && label_row - first_row <= MAX_LETTERHEAD_ROWS;
        opens_page && is_capitals(self.sheet.body(first_row))
    }

    /// Adds a passage of `block`.
    fn push(&mut self, block: &Block, place: Place, fragments: Vec<Span>) {
        self.passages.push(Passage {
            address: String::new(),
            place,
            page: self.sheet.rows[block.rows[0]].page + 1,
            fragments,
            section: self.outline.current(),
            footnote: None,
            marks: Vec::new(),
        });
    }
}

/// Puts the passages in the order of their first byte, and the indices that point at them.
fn sort_passages(passages: &mut Vec<Passage>, sections: &mut [Section], footnotes: &mut [Footnote]) {
    let mut order: Vec<usize> = (0..passages.len()).collect();
    order.sort_by_key(|&index| passages[index].extent().start);
    let mut place_of = vec![0; order.len()];
    for (place, &index) in order.iter().enumerate() {
        place_of[index] = place;
    }
    let mut old: Vec<Option<Passage>> = std::mem::take(passages).into_iter().map(Some).collect();
    passages.extend(order.iter().filter_map(|&index| old[index].take()));
    for heading in sections.iter_mut().filter_map(|section| section.heading.as_mut()) {
        *heading = place_of[*heading];
    }
    for footnote in footnotes {
        footnote
            .passages
            .iter_mut()
            .for_each(|passage| *passage = place_of[*passage]);
        if let Some(anchor) = &mut footnote.anchor {
            anchor.passage = place_of[anchor.passage];
        }
    }
}

/// The furniture: rows that are no text, and all bytes that lie in no passage and no such row.
fn furniture_of(sheet: &Sheet<'_>, passages: &[Passage]) -> Vec<Furniture> {
    let mut taken: Vec<Span> = passages
        .iter()
        .flat_map(|passage| &passage.fragments)
        .copied()
        .collect();
    taken.sort_unstable();
    let named = sheet.rows.iter().filter_map(|row| {
        let kind = match row.role {
            Role::Text => return None,
            Role::PageNumber => FurnitureKind::PageNumber,
            Role::Ruler => FurnitureKind::Ruler,
            Role::Noise => FurnitureKind::Noise,
        };
        Some(Furniture { kind, span: row.span })
    });
    let mut furniture: Vec<Furniture> = named.filter(|piece| !is_taken(&taken, piece.span)).collect();
    taken.extend(furniture.iter().map(|piece| piece.span));
    taken.sort_unstable();
    let mut at = 0;
    for span in taken.into_iter().chain([Span::new(sheet.text.len(), sheet.text.len())]) {
        if span.start > at {
            furniture.push(Furniture {
                kind: FurnitureKind::Blank,
                span: Span::new(at, span.start),
            });
        }
        at = at.max(span.end);
    }
    furniture.sort_by_key(|piece| piece.span.start);
    furniture
}

/// Does `span` overlap one of the sorted, disjoint spans `taken`?
fn is_taken(taken: &[Span], span: Span) -> bool {
    let next = taken.partition_point(|other| other.end <= span.start);
    taken.get(next).is_some_and(|other| other.overlaps(span))
}

/// Gives each passage its address: its first line, and `.2`, `.3` … for further ones on that line.
fn address(text: &str, passages: &mut [Passage]) {
    let lines = Lines::of(text);
    let mut before = (0, 0);
    for passage in passages {
        let extent = passage.extent();
        let blanks = extent.slice(text).len() - extent.slice(text).trim_start().len();
        let line = lines.number_at(extent.start + blanks);
        before = if before.0 == line {
            (line, before.1 + 1)
        } else {
            (line, 1)
        };
        passage.address = if before.1 == 1 {
            line.to_string()
        } else {
            format!("{line}.{}", before.1)
        };
    }
}

/// The pages, which follow one another without a gap.
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
