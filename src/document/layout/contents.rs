//! Contents pages (mục lục): lines that name a title and its page.
//!
//! Leaders make such a line, `I. KẾT QUẢ ............ 2`, where several follow one another with rising numbers;
//! under the heading `MỤC LỤC` a tab or blank before the number is enough, and so is a Markdown link to a title.
//! Dots to be filled in (`Số: ......./QĐ-UBND`, `Họ và tên: ..........`) end with no number of a page.

use super::row::{RowRole, SheetRow};

/// Points that lead from a title to its page.
const MIN_LEADER_POINTS: usize = 4;
/// Digits of the longest page number.
const MAX_DIGITS: usize = 3;
/// Letters of the shortest title.
const MIN_TITLE_LETTERS: usize = 2;
/// Lines of the longest title of which only the last has a number; also the head of the column of numbers.
const MAX_TITLE_ROWS: usize = 4;

/// The way in which a line of a contents page leads to the page number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LeaderStyle {
    /// With points: `I. KẾT QUẢ ........ 2`
    Leader,
    /// With a blank or a tab: `I. KẾT QUẢ 2`
    Blank,
    /// As a Markdown link: `[I. KẾT QUẢ](#ket-qua)`
    Link,
}

/// A line of a contents page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct ContentsLine {
    /// The way in which it leads to its number.
    style: LeaderStyle,
    /// Its page number; `None` for a link, or where only points remain of it.
    number: Option<usize>,
    /// True if a colon comes before the points, as in a form to be filled in.
    colon: bool,
}

/// Sets the role of the lines of contents pages in `rows`.
pub(super) fn mark_contents(text: &str, rows: &mut [SheetRow]) {
    let mut at = 0;
    while at < rows.len() {
        let last = last_row(text, rows, at);
        for row in rows[at..last.unwrap_or(at)].iter_mut() {
            if row.role == RowRole::Text {
                row.role = RowRole::Contents;
            }
        }
        at = last.unwrap_or(at + 1);
    }
}

/// Returns the end of the rows of the contents page that begins at row `first`, if one does.
fn last_row(text: &str, rows: &[SheetRow], first: usize) -> Option<usize> {
    let body = rows[first].body.slice(text);
    let headed = is_contents_heading(body);
    let mut style = None;
    let (mut count, mut number, mut end) = (0, 0, first + 1);
    if !headed {
        let entry = entry_of(body).filter(|entry| fits_alone(*entry))?;
        (style, count, number) = (Some(entry.style), 1, entry.number.unwrap_or(0));
    }
    for (at, row) in rows.iter().enumerate().skip(first + 1) {
        if at >= end + MAX_TITLE_ROWS {
            break;
        }
        let Some(entry) = entry_of(row.body.slice(text)) else {
            continue;
        };
        // One contents page leads to all its numbers in one way.
        let fits = (headed || fits_alone(entry))
            && style.is_none_or(|style| style == entry.style)
            && entry.number.is_none_or(|next| next >= number);
        if fits {
            style = Some(entry.style);
            (count, number, end) = (count + 1, entry.number.unwrap_or(number), at + 1);
        }
    }
    let least = match (style?, headed) {
        (LeaderStyle::Leader, true) => 1,
        (LeaderStyle::Leader, false) | (LeaderStyle::Link, true) => 2,
        (LeaderStyle::Blank, _) | (LeaderStyle::Link, false) => 3,
    };
    (count >= least).then_some(end)
}

/// Returns true if `entry` needs no heading before it.
fn fits_alone(entry: ContentsLine) -> bool {
    match entry.style {
        LeaderStyle::Leader => entry.number.is_some() && !entry.colon,
        LeaderStyle::Link => true,
        LeaderStyle::Blank => false,
    }
}

/// Returns true if `body` heads a contents page: `MỤC LỤC`, `## Mục lục`.
fn is_contents_heading(body: &str) -> bool {
    /// Bytes of the longest line that is read: the heading with spaced letters and Markdown.
    const MAX_BYTES: usize = 48;
    if body.len() > MAX_BYTES {
        return false;
    }
    let letters = body.chars().filter(|c| c.is_alphabetic());
    let plain = body
        .chars()
        .all(|c| c.is_alphabetic() || matches!(c, ' ' | '#' | '*' | '_' | ':' | '|'));
    plain && letters.flat_map(char::to_lowercase).eq("mụclục".chars())
}

/// Reads `body`, a trimmed line, as a line of a contents page.
fn entry_of(body: &str) -> Option<ContentsLine> {
    // Most lines end with a letter or a single stop.
    match body.as_bytes() {
        [.., before, b'.'] if !matches!(before, b'.' | b' ' | 0x80..) => return None,
        [.., last] if last.is_ascii_alphabetic() || matches!(last, b',' | b';' | b':') => return None,
        _ => {}
    }
    let body = body.trim_matches([' ', '\t', '|', '*', '_']);
    if body.ends_with(')') {
        let link = body.contains("](#") && body.contains('[');
        return link.then_some(ContentsLine {
            style: LeaderStyle::Link,
            number: None,
            colon: false,
        });
    }
    let digits = body.bytes().rev().take_while(u8::is_ascii_digit).count();
    let (before, number) = body.split_at(body.len() - digits);
    let number = number.parse().ok().filter(|_| digits <= MAX_DIGITS);
    if digits > 0 && number.is_none() {
        return None;
    }
    let is_leader = |c: char| matches!(c, '.' | '…' | '·' | '_' | ' ' | '\t' | '|');
    let title = before.trim_end_matches(is_leader);
    let leader = &before[title.len()..];
    let points = leader.chars().map(|c| match c {
        '…' => 3,
        '.' | '·' | '_' => 1,
        _ => 0,
    });
    let points: usize = points.sum();
    let style = match points {
        MIN_LEADER_POINTS.. => LeaderStyle::Leader,
        0 if number.is_some() && !leader.is_empty() => LeaderStyle::Blank,
        _ => return None,
    };
    let mut letters = title.chars().filter(|c| c.is_alphabetic());
    letters.nth(MIN_TITLE_LETTERS - 1)?;
    Some(ContentsLine {
        style,
        number,
        colon: title.ends_with(':'),
    })
}

#[cfg(test)]
mod tests {
    use crate::document::layout::{RowRole, Sheet};

    /// Returns the lines of `text` that are no lines of a contents page.
    fn kept(text: &str) -> Vec<&str> {
        let sheet = Sheet::of(text);
        let rows = (0..sheet.rows.len()).filter(|&row| sheet.rows[row].role != RowRole::Contents);
        rows.map(|row| sheet.body(row)).collect()
    }

    #[test]
    fn contents_pages_end_where_the_text_begins() {
        let body = "I. ƯU ĐIỂM\nChi bộ có 24 đảng viên, kết nạp mới 12\nđồng chí.\n";
        for contents in [
            "MỤC LỤC\nI. ƯU ĐIỂM ............ 2\nII. HẠN CHẾ .......... 5\n",
            "**Mục lục**\n\nI. Ưu điểm…………2\n\nII. Hạn chế, khuyết điểm và những việc\ncần làm tiếp……………5\n",
            "I. ƯU ĐIỂM . . . . . . . 2\nII. HẠN CHẾ . . . . . . 5\n",
            "# MỤC LỤC\nTrang\nI. ƯU ĐIỂM\t2\n1. Về tư tưởng\t2\nII. HẠN CHẾ\t15\n",
            "M Ụ C  L Ụ C\nI. Ưu điểm 2\n1. Về tư tưởng 2\nII. Hạn chế 15\n",
            "| MỤC LỤC | |\n| I. ƯU ĐIỂM ........ | 2 |\n| II. HẠN CHẾ ....... | 5 |\n",
            "## Mục lục\n- [I. Ưu điểm](#i-uu-diem)\n- [II. Hạn chế](#ii-han-che)\n",
        ] {
            let text = format!("BÁO CÁO\n{contents}{body}");
            assert_eq!(kept(&text)[1..], kept(body), "{contents}");
        }
    }

    #[test]
    fn dots_to_be_filled_in_are_no_contents() {
        for text in [
            "Số: ......./QĐ-UBND\nngày ..... tháng ..... năm 2025\n",
            "Họ và tên: ..............\nNgày sinh: ..............\nQuê quán: ………………\n",
            "Tổng số đảng viên: ........... 24\nTrong đó nữ: ............ 30\n",
            "Kết nạp đảng viên ........ 12\nTiếp tục thực hiện Nghị quyết.\n",
            "Về mục lục hồ sơ 12\nVề hồ sơ 13\nVề phiếu 14\n",
        ] {
            assert_eq!(kept(text).len(), text.lines().count(), "{text}");
        }
    }
}
