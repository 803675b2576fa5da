//! The end of a note: which rows belong to it.
//!
//! On a printed page the last note ends with the page. A file without page breaks goes on with its text, so that
//! only the paragraph with the mark is certain. Notes at the end of the document have several paragraphs, and may
//! run over pages.

use super::form::MarkForm;
use super::found::FoundNote;
use crate::document::layout::{RowRole, Sheet};

/// Rows after the last note of a file without page breaks that may all belong to it.
const MAX_LAST_ROWS: usize = 40;
/// Notes from which a run that crosses a page is one of endnotes.
const MIN_ENDNOTES: usize = 3;
/// Blanks from which a paragraph of Markdown is indented.
const INDENT: usize = 2;

/// A run of notes with no text between them.
#[derive(Clone, Copy)]
pub(super) struct Run {
    /// True if the document has no other.
    pub(super) alone: bool,
    /// The first row of the next run, or the number of rows.
    pub(super) next: usize,
}

/// Gives the notes of `run` their rows.
pub(super) fn fill_run(sheet: &Sheet<'_>, notes: &mut [FoundNote<'_>], run: Run) {
    let endnotes = run.alone || notes.len() >= MIN_ENDNOTES;
    for at in 0..notes.len() {
        let row = notes[at].opening.row;
        let page_end = end_of_page(sheet, row);
        let end = match notes.get(at + 1).map(|next| next.opening.row) {
            _ if matches!(notes[at].opening.form, MarkForm::Reference | MarkForm::Caret) => {
                end_of_definition(sheet, row)
            }
            Some(next) if endnotes || next <= page_end => next,
            Some(_) => page_end,
            None => {
                let crosses = notes
                    .first()
                    .is_some_and(|first| end_of_page(sheet, first.opening.row) < page_end);
                end_of_last(sheet, row, page_end, run, crosses)
            }
        };
        let next = notes.get(at + 1).map_or(run.next, |next| next.opening.row);
        notes[at].rows = (row..end.min(next))
            .filter(|&at| at == row || sheet.rows[at].role == RowRole::Text)
            .collect();
    }
}

/// Returns the row after the last note of `run`, which begins at `row` on the page that ends before `page_end`.
fn end_of_last(sheet: &Sheet<'_>, row: usize, page_end: usize, run: Run, crosses: bool) -> usize {
    let paged = sheet.page_starts.len() > 1;
    if paged && !crosses {
        return (row + 1..page_end)
            .find(|&row| is_structure(sheet, row))
            .unwrap_or(page_end);
    }
    let end = run.next;
    let goes_on = (row + 1..end).any(|row| is_structure(sheet, row));
    // Notes over several pages are endnotes, and those of a single run may be.
    let long = !crosses && end - row > MAX_LAST_ROWS;
    if goes_on || long || !(crosses || run.alone) {
        end_of_paragraph(sheet, row)
    } else {
        end
    }
}

/// Returns the row after the page of `row`.
pub(super) fn end_of_page(sheet: &Sheet<'_>, row: usize) -> usize {
    let page = sheet.rows[row].page;
    sheet.rows.partition_point(|row| row.page <= page)
}

/// Returns the row after the paragraph that begins at `row`.
pub(super) fn end_of_paragraph(sheet: &Sheet<'_>, row: usize) -> usize {
    let end = end_of_page(sheet, row);
    (row + 1..end)
        .find(|&at| {
            let (above, below) = (&sheet.rows[at - 1], &sheet.rows[at]);
            let spaced = below.gap > usize::from(below.double);
            // A line that ends its sentence with room left ends the paragraph.
            let short = above.ended && above.chars * 10 < sheet.width * 8;
            let ruled = below.role != RowRole::Text || below.ruled;
            ruled || spaced || (short && !below.lower)
        })
        .unwrap_or(end)
}

/// Returns the row after the definition of Markdown that begins at `row`: its paragraph and the indented ones after
/// it.
fn end_of_definition(sheet: &Sheet<'_>, row: usize) -> usize {
    let mut end = end_of_paragraph(sheet, row);
    while let Some(next) = sheet.rows.get(end) {
        let indent = next.body.start - next.span.start;
        if next.role != RowRole::Text || indent < INDENT {
            break;
        }
        end = end_of_paragraph(sheet, end);
    }
    end
}

/// Returns true if row `index` belongs to the text and to no note: a heading of Markdown, a row of a table, an
/// article, a list of recipients, a line in capitals.
pub(super) fn is_structure(sheet: &Sheet<'_>, index: usize) -> bool {
    /// Chars of the shortest line of capitals that is a heading.
    const MIN_CAPITALS: usize = 8;
    let row = &sheet.rows[index];
    if row.role != RowRole::Text {
        return false;
    }
    let body = sheet.body(index);
    let fresh = row.gap > 0 || index == 0 || sheet.rows[index - 1].ended;
    let numbered = |word: &str| {
        let rest = body.trim_start_matches('*').strip_prefix(word);
        let number = rest.map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
        number.is_some_and(|after| after.len() < rest.map_or(0, str::len) && after.starts_with(['.', ':']))
    };
    body.starts_with(['#', '|'])
        || body.starts_with("Nơi nhận")
        || (fresh && (numbered("Điều ") || is_annex(body)))
        || (row.capitals && row.chars >= MIN_CAPITALS && !body.starts_with(['“', '"']))
}

/// Returns true if `body` is the label of an annex: `PHỤ LỤC`, `Phụ lục II`, `Phụ lục 1. Danh mục`. "Phụ lục số 14A
/// được bổ sung" is a sentence.
pub(super) fn is_annex(body: &str) -> bool {
    let label = body.trim_start_matches(['#', '*', ' ']);
    let Some(rest) = label.strip_prefix("Phụ lục ") else {
        return label.starts_with("PHỤ LỤC");
    };
    let number = rest.split_whitespace().next().unwrap_or("");
    let bare = number.trim_end_matches(['.', ':', '*']);
    let numbered = !bare.is_empty() && bare.chars().all(|c| c.is_ascii_digit() || matches!(c, 'I' | 'V' | 'X'));
    let title = rest[number.len()..].trim_start();
    numbered && (title.is_empty() || bare.len() < number.len() || title.starts_with(char::is_uppercase))
}

/// Adds to each note that a page end cuts its rest at the foot of the next page.
///
/// The rest is certain where a rule sets it apart from the text, or where it goes on with a small letter after a gap,
/// while the sentence above it ended or goes on after the page: nothing but the note can go on there.
pub(super) fn join_over_pages(sheet: &Sheet<'_>, found: &mut [FoundNote<'_>], taken: &[bool]) {
    for at in 0..found.len() {
        let Some(&last) = found[at].rows.last() else { continue };
        let page = sheet.rows[last].page;
        let first = last + 1;
        let ends_page = sheet.rows.get(first).is_some_and(|next| next.page == page + 1);
        if sheet.rows[last].ended || !ends_page || end_of_page(sheet, last) != first {
            continue;
        }
        let next = found.get(at + 1).map(|next| next.opening.row);
        let end = end_of_page(sheet, first);
        let foot = next.filter(|&row| row < end).unwrap_or(end);
        let ruled = |row: usize| sheet.rows[row].ruled || sheet.rows[row - 1].role == RowRole::Ruler;
        let lower = |row: usize| {
            let (above, below) = (&sheet.rows[row - 1], &sheet.rows[row]);
            let spaced = below.gap > usize::from(below.double);
            let goes_on = sheet.rows.get(end).is_some_and(|next| next.lower);
            below.lower && spaced && (above.ended || goes_on)
        };
        let numbered = foot < end;
        let start = (first + 1..foot)
            .rev()
            .find(|&row| ruled(row) || (numbered && lower(row)))
            .filter(|&row| sheet.rows[row].role == RowRole::Text);
        let Some(start) = start else { continue };
        let rest = start..foot;
        if !rest.clone().any(|row| taken[row] || is_structure(sheet, row)) {
            found[at]
                .rows
                .extend(rest.filter(|&row| sheet.rows[row].role == RowRole::Text));
        }
    }
}
