//! The layout that the format of a file gives, in place of what lines and blanks show.
//!
//! In the text that is made of a Word file each line is a paragraph, a row of a table or a line of one of these
//! ([`Structure`]). Nothing about the end of a line is left to guess, and pages begin where the format says.

use super::SheetRow;
use crate::text::{Structure, StructureLine};

/// Gives each row its line in `structure`, the gap that the typesetter would leave before it, and its page. Returns the
/// offsets at which pages begin, the first of them 0.
pub(super) fn lay_out(text: &str, structure: &Structure, rows: &mut [SheetRow]) -> Vec<usize> {
    let page_starts = page_starts(text, structure);
    let mut lines = structure.lines.iter().enumerate().peekable();
    let mut before: Option<&StructureLine> = None;
    for row in rows {
        while lines.next_if(|(_, line)| line.span.end <= row.body.start).is_some() {}
        row.page = page_starts
            .partition_point(|&start| start <= row.body.start)
            .saturating_sub(1);
        let Some(&(index, line)) = lines.peek().filter(|(_, line)| line.span.start < row.body.end) else {
            continue;
        };
        row.line = u32::try_from(index).ok();
        row.gap = usize::from(!before.is_some_and(|before| are_set_together(before, line)));
        before = Some(line);
    }
    page_starts
}

/// Returns true if no space is between the two lines, which follow one another: lines of one paragraph, of one row of a
/// table, or of a title.
fn are_set_together(above: &StructureLine, line: &StructureLine) -> bool {
    let in_row = above.row.is_some() && above.row == line.row;
    let in_title = above.centered && line.centered && above.row.is_none() && line.row.is_none();
    line.continues || in_row || in_title && above.level == line.level
}

/// Returns where pages begin in `text`, the first at 0.
fn page_starts(text: &str, structure: &Structure) -> Vec<usize> {
    let mut starts = vec![0];
    for &start in &structure.page_starts {
        if start > starts[starts.len() - 1] && start < text.len() && text.is_char_boundary(start) {
            starts.push(start);
        }
    }
    starts
}
