//! Indentation, where the text keeps it: the first line of each paragraph in the text of a PDF made with its
//! layout.

use super::row::{RowRole, SheetRow};

/// Blanks by which a first line is indented at least; fewer come from uneven type.
const MIN_INDENT: usize = 3;
/// Blanks by which a first line is indented at most; more of them center a title or make a column.
const MAX_INDENT: usize = 16;
/// Chars of a line that is long enough to show the margin.
const MIN_CHARS: usize = 40;
/// Lines in the middle of sentences that must show that only first lines are indented.
const MIN_LINES: usize = 8;

/// Marks the rows that are first lines, if the file indents those and no others.
///
/// Lines that go on with a small letter in the middle of a sentence prove it: they begin at the margin.
pub(super) fn mark_indents(rows: &mut [SheetRow]) {
    if !rows.iter().any(|row| row.indent >= MIN_INDENT) {
        return;
    }
    let mut indented = vec![false; rows.len()];
    let (mut first, mut firsts) = (0, 0usize);
    let (mut at_margin, mut off_margin) = (0usize, 0usize);
    while first < rows.len() {
        let page = rows[first].page;
        let count = rows[first..].iter().take_while(|row| row.page == page).count();
        let end = first + count;
        let is_long = |row: &&SheetRow| row.chars >= MIN_CHARS && row.role == RowRole::Text;
        let margin = rows[first..end].iter().filter(is_long).map(|row| row.indent).min();
        for index in first..end {
            let row = &rows[index];
            let Some(margin) = margin.filter(|_| row.role == RowRole::Text) else {
                continue;
            };
            let depth = row.indent.saturating_sub(margin);
            indented[index] = (MIN_INDENT..=MAX_INDENT).contains(&depth);
            firsts += usize::from(indented[index]);
            if index > 0 && row.lower && !rows[index - 1].ended && rows[index - 1].chars >= MIN_CHARS {
                at_margin += usize::from(depth < MIN_INDENT);
                off_margin += usize::from(depth >= MIN_INDENT);
            }
        }
        first = end;
    }
    if at_margin >= MIN_LINES && off_margin * 10 <= at_margin && firsts * 20 >= rows.len() {
        for (row, indented) in rows.iter_mut().zip(indented) {
            row.indented = indented;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::document::layout::Sheet;

    #[test]
    fn first_lines_are_known_where_sentences_go_on_at_the_margin() {
        let paragraph =
            "      Đảng bộ lãnh đạo phát triển kinh tế, chăm lo\nđời sống Nhân dân, giữ vững quốc phòng, an ninh;\n";
        let sheet = Sheet::of(&paragraph.repeat(10)).rows;
        assert!(sheet.iter().enumerate().all(|(at, row)| row.indented == (at % 2 == 0)));
        let hanging = paragraph.replace("      Đ", "Đ").replace("\nđ", "\n      đ").repeat(10);
        assert!(Sheet::of(&hanging).rows.iter().all(|row| !row.indented));
        let flat = paragraph.trim_start().repeat(10);
        assert!(Sheet::of(&flat).rows.iter().all(|row| !row.indented));
    }
}
