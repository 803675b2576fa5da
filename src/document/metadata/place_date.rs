//! The line of place and date in a letterhead: `Cần Thơ, ngày 25 tháng 7 năm 2025`.

use super::province;
use crate::document::PartialDate;
use crate::document::phrase::FoldedWords;

/// Reads place and date of `Cần Thơ, ngày 25 tháng 7 năm 2025`; parts that are not filled in are left out.
/// `None` if the line does not have the words `ngày`, `tháng`, `năm` and a year. `misread`: letters of the line may be
/// wrong.
pub(super) fn place_and_date(line: &str, misread: bool) -> Option<(Option<String>, Option<PartialDate>)> {
    let pieces: Vec<&str> = line
        .split_whitespace()
        .filter(|piece| piece.contains(char::is_alphanumeric))
        .collect();
    // Words and pieces must match one to one; a slash would make two words of a symbol on the same line.
    let words = FoldedWords::of(&line.replace('/', ""), misread);
    if words.len() != pieces.len() {
        return None;
    }
    // The last of each counts, and words as printed go before misread ones: "Nghệ" is near "ngày", "Thanh"
    // near "tháng".
    let find = |to: usize, word: &str| {
        let exact = (0..to).rfind(|&at| words.get(at) == word);
        exact.or_else(|| (0..to).rfind(|&at| words.near(at, word)))
    };
    let year_at = find(words.len(), "nam")?;
    let month_at = find(year_at, "thang")?;
    let day_at = find(month_at, "ngay")?;
    let number = |from: usize, to: usize| (from + 1..to).find_map(|at| words.get(at).parse::<u16>().ok());
    let year = number(year_at, words.len())?;
    let small = |value: Option<u16>| value.and_then(|value| u8::try_from(value).ok());
    let month = small(number(month_at, year_at));
    let day = small(number(day_at, month_at));
    // A day or month that no calendar has was misread; the rest is still right.
    let date = PartialDate::new(year, month, day)
        .or_else(|| PartialDate::new(year, month, None))
        .or_else(|| PartialDate::new(year, None, None));
    Some((place_before(&pieces[..day_at], misread), date))
}

/// Returns the name at the end of `pieces`, the words before the date.
fn place_before(pieces: &[&str], misread: bool) -> Option<String> {
    let is_name = |piece: &&&str| piece.chars().next().is_some_and(char::is_uppercase) && !piece.contains('/');
    let name = &pieces[pieces.len() - pieces.iter().rev().take_while(is_name).count()..];
    // The end of the left column may come before the name ("TỈNH Đồng Tháp"): the name of a province is
    // recognized by its letters.
    let known = (0..name.len()).find_map(|from| nearest_province(&name[from..].join(" "), misread));
    let name = name.join(" ");
    let name = name.trim_matches(|c: char| !c.is_alphanumeric());
    (!name.is_empty()).then(|| known.unwrap_or(name).to_owned())
}

/// Returns the province whose name a misread `name` has, if exactly one has it with at most two wrong letters
/// in each syllable.
fn nearest_province(name: &str, misread: bool) -> Option<&'static str> {
    let words = FoldedWords::of(name, misread);
    let mut fits = province::all_names().filter(|province| {
        let folded = crate::text::fold(province.name);
        words.len() == folded.split(' ').count() && words.resembles(&folded, 2)
    });
    let found = fits.next()?.name;
    fits.next().is_none().then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn place_and_date_lines() {
        let rows = [
            ("Cần Thơ, ngày 25 tháng 7 năm 2025", Some("Cần Thơ"), Some("2025-07-25")),
            (
                "Nghệ An, ngày 05 tháng 10 năm 2025",
                Some("Nghệ An"),
                Some("2025-10-05"),
            ),
            (
                "Thanh Hóa, ngày 5 tháng 9 năm 2025",
                Some("Thanh Hóa"),
                Some("2025-09-05"),
            ),
            ("Đồng Tháp, ngày   tháng 6 năm 2025", Some("Đồng Tháp"), Some("2025-06")),
            (
                "AN DAN TINH Pong Théap, ngdy  thang 6 nam 2025",
                Some("Đồng Tháp"),
                Some("2025-06"),
            ),
            (
                "S6 - BC/BU Can Tho, ngay 25 thang 7 nam 2025",
                Some("Cần Thơ"),
                Some("2025-07-25"),
            ),
        ];
        for (line, place, date) in rows {
            let (found, day) = place_and_date(line, true).unwrap();
            assert_eq!(
                (found.as_deref(), day.map(|day| day.to_string()).as_deref()),
                (place, date),
                "{line}"
            );
        }
    }
}
