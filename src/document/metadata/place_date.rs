//! The line of place and date in a letterhead or above a signature: `Cần Thơ, ngày 25 tháng 7 năm 2025`.

use super::cells::HeaderCell;
use super::numerals;
use super::province;
use crate::document::PartialDate;
use crate::document::phrase::FoldedWords;

/// Words of the longest name of a place: `thành phố Hồ Chí Minh`.
const MAX_PLACE_WORDS: usize = 6;
/// Words in which a date is written at most, from `ngày` on: `ngày hai mươi mốt tháng mười hai năm hai nghìn không trăm
/// hai mươi mốt`.
const MAX_DATE_WORDS: usize = 20;

/// A place and a date found in a cell.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct PlaceAndDate {
    /// The name before the date.
    pub(super) place: Option<String>,
    /// The date, as far as it is filled in.
    pub(super) date: Option<PartialDate>,
    /// The first word of the place, or of the date.
    pub(super) from: usize,
    /// The word after the date.
    pub(super) to: usize,
}

/// Finds place and date in `cell`; the last date of several.
pub(super) fn place_and_date(cell: &HeaderCell) -> Option<PlaceAndDate> {
    let (day_at, to, date) = date_in(cell)?;
    let from = place_start(cell, day_at);
    let place = place_of(cell, from, day_at);
    Some(PlaceAndDate {
        from: if place.is_some() { from } else { day_at },
        place,
        date,
        to,
    })
}

/// Returns the date that the sentence `text` names last, as `ngày … tháng … năm …` or `ngày 12/9/2021`.
pub(super) fn last_date(text: &str) -> Option<PartialDate> {
    let at = text.rfind("ngày ")?;
    let words: Vec<&str> = text[at..].split_whitespace().take(MAX_DATE_WORDS).collect();
    in_digits(words.get(1)?).or_else(|| {
        let find = |word: &str| words.iter().position(|piece| *piece == word);
        let (month_at, year_at) = (find("tháng")?, find("năm")?);
        let number = |at: usize| bare(words.get(at)?).parse::<u16>().ok();
        calendar_date(number(year_at + 1)?, number(month_at + 1), number(1))
    })
}

/// Returns the word `ngày` of the date in `cell`, the word after the date, and the date as far as it is filled in.
fn date_in(cell: &HeaderCell) -> Option<(usize, usize, Option<PartialDate>)> {
    in_words(cell).or_else(|| {
        // "ngày 12/9/2021"; "Yên Phú, 12/9/2021" may lack the word.
        (0..cell.len()).rev().find_map(|at| {
            let date = in_digits(cell.word(at))?;
            let named = at > 0 && cell.words.get(at - 1) == "ngay";
            let first = if named { at - 1 } else { at };
            let placed = at > 0 && cell.word(at - 1).ends_with(',');
            (named || placed).then_some((first, at + 1, Some(date)))
        })
    })
}

/// Returns the date of `ngày … tháng … năm …` in `cell`; parts that are not filled in are left out.
fn in_words(cell: &HeaderCell) -> Option<(usize, usize, Option<PartialDate>)> {
    let words = &cell.words;
    // The last of each counts, and words as printed go before misread ones: "Nghệ" is near "ngày", "Thanh"
    // near "tháng".
    let find = |to: usize, word: &str| {
        let exact = (0..to).rfind(|&at| words.get(at) == word);
        exact.or_else(|| (0..to).rfind(|&at| words.near(at, word)))
    };
    // "năm mươi" is a number, "năm 2021" is a year; a year that is left blank counts if there is no other.
    let years = std::iter::successors(find(words.len(), "nam"), |&at| find(at, "nam"));
    let years: Vec<usize> = years.take(MAX_DATE_WORDS).collect();
    let dated = years.iter().find(|&&at| numerals::year(cell, at + 1).is_some());
    let &year_at = dated.or_else(|| years.iter().find(|&&at| is_blank_year(cell, at)))?;
    let month_at = find(year_at, "thang")?;
    let day_at = find(month_at, "ngay")?;
    if year_at - day_at > MAX_DATE_WORDS {
        return None;
    }
    let (year, len) = numerals::year(cell, year_at + 1).map_or((None, 0), |(year, len)| (Some(year), len));
    let month = numerals::number(cell, month_at + 1, year_at);
    let day = numerals::number(cell, day_at + 1, month_at);
    let date = year.and_then(|year| calendar_date(year, month, day));
    Some((day_at, year_at + 1 + len, date))
}

/// Returns true if the year after word `at` is left blank: `năm …`, `năm 20…`, or the end of the cell.
fn is_blank_year(cell: &HeaderCell, at: usize) -> bool {
    at + 1 >= cell.len() || cell.words.get(at + 1).len() <= 3 && cell.words.get(at + 1).starts_with("20")
}

/// Returns the date with the parts that a calendar has: a day or month that none has was misread, and the rest is
/// still right.
fn calendar_date(year: u16, month: Option<u16>, day: Option<u16>) -> Option<PartialDate> {
    let small = |value: Option<u16>| value.and_then(|value| u8::try_from(value).ok());
    let (month, day) = (small(month), small(day));
    PartialDate::new(year, month, day)
        .or_else(|| PartialDate::new(year, month, None))
        .or_else(|| PartialDate::new(year, None, None))
}

/// Returns `piece` without the signs around it.
fn bare(piece: &str) -> &str {
    piece.trim_matches(|c: char| !c.is_alphanumeric())
}

/// Reads `12/9/2021`, `12-9-2021`, `12.9.2021`; a blank day or month (`/9/2021`, `…/9/2021`) is left out.
fn in_digits(piece: &str) -> Option<PartialDate> {
    let piece = piece.trim_end_matches(|c: char| !c.is_ascii_digit());
    let mut parts = piece.rsplit(['/', '-', '.']);
    let year = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let mut part = || {
        parts.next().map(|part| {
            part.trim_start_matches(|c: char| !c.is_ascii_digit())
                .parse::<u16>()
                .ok()
        })
    };
    let month = part()?;
    let day = part()?;
    calendar_date(year, month, day)
}

/// Returns the first word of the name before word `day_at`.
fn place_start(cell: &HeaderCell, day_at: usize) -> usize {
    let mut from = day_at;
    while from > 0 && day_at - from < MAX_PLACE_WORDS && !(from < day_at && cell.is_apart(from)) {
        let word = cell.word(from - 1);
        let named = word.chars().next().is_some_and(char::is_uppercase) && !word.contains('/');
        // The end of the left column may come before the name: "TỈNH Đồng Tháp", but "TP. Hồ Chí Minh".
        let capitals = |word: &str| word.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
        let column = from < day_at && !capitals(cell.word(from)) && capitals(word) && !is_town(word);
        let stopped = from < day_at && word.ends_with([',', '.', ':', ';']) && !is_town(word);
        if !named || column || stopped {
            break;
        }
        from -= 1;
    }
    // "thành phố Hồ Chí Minh, ngày …"
    if from >= 2 && cell.words.get(from - 2) == "thanh" && cell.words.get(from - 1) == "pho" && from < day_at {
        from -= 2;
    }
    from
}

/// Returns true if `word` is short for a kind of town: `TP.`, `TX.`, `TT.`
fn is_town(word: &str) -> bool {
    matches!(bare(word).to_lowercase().as_str(), "tp" | "tx" | "tt" | "q" | "h" | "p")
}

/// Returns the name in the words from `from` to `to`.
fn place_of(cell: &HeaderCell, from: usize, to: usize) -> Option<String> {
    let pieces: Vec<&str> = (from..to).map(|at| cell.word(at)).collect();
    let misread = cell.words.is_misread();
    // A scan runs the left column into the name: the name of a province is recognized by its letters.
    let starts = if misread { pieces.len() } else { pieces.len().min(1) };
    let known = (0..starts).find_map(|from| nearest_province(&pieces[from..].join(" "), misread));
    let name = pieces.join(" ");
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
    use crate::document::layout::Sheet;
    use crate::reading::Reading;

    /// Returns place and date of `line`.
    fn found(line: &str) -> (Option<String>, Option<String>) {
        let sheet = Sheet::of(line);
        let cells = HeaderCell::of_row(&sheet, &Reading::unrepaired(line), 0);
        let found = cells.iter().find_map(place_and_date);
        found.map_or((None, None), |found| {
            (found.place, found.date.map(|date| date.to_string()))
        })
    }

    #[test]
    fn place_and_date_lines() {
        let rows = [
            ("Cần Thơ, ngày 25 tháng 7 năm 2025", Some("Cần Thơ"), Some("2025-07-25")),
            (
                "Thanh Hóa, ngày 5 tháng 9 năm 2025",
                Some("Thanh Hóa"),
                Some("2025-09-05"),
            ),
            ("Đồng Tháp, ngày   tháng 6 năm 2025", Some("Đồng Tháp"), Some("2025-06")),
            ("Bình Tân, ngày … tháng … năm 2019", Some("Bình Tân"), Some("2019")),
            ("Bình Tân, ngày .... tháng .... năm 20...", Some("Bình Tân"), None),
            (
                "TP. Hồ Chí Minh, ngày 05/6/2020",
                Some("TP. Hồ Chí Minh"),
                Some("2020-06-05"),
            ),
            ("Yên Phú, ngày 5-6-1999", Some("Yên Phú"), Some("1999-06-05")),
            ("Yên Phú, ngày 12.9.2021", Some("Yên Phú"), Some("2021-09-12")),
            ("Yên Phú, ngày /9/2021", Some("Yên Phú"), Some("2021-09")),
            ("Yên Phú, 12/9/2021", Some("Yên Phú"), Some("2021-09-12")),
            (
                "Hà Nội, ngày mười hai tháng chín năm một nghìn chín trăm chín mươi",
                Some("Hà Nội"),
                Some("1990-09-12"),
            ),
            (
                "Hà Nội, ngày hai mươi mốt tháng tư năm hai nghìn không trăm lẻ năm",
                Some("Hà Nội"),
                Some("2005-04-21"),
            ),
            (
                "Số 5-BC/ĐU      Tam Bình, ngày 2 tháng 3 năm 2020",
                Some("Tam Bình"),
                Some("2020-03-02"),
            ),
            (
                "ĐẢNG ỦY XÃ AN LẠC Sơn Mỹ, ngày 2 tháng 3 năm 2020",
                Some("Sơn Mỹ"),
                Some("2020-03-02"),
            ),
            ("trong năm 2021", None, None),
            ("kể từ 12/9/2021", None, None),
        ];
        for (line, place, date) in rows {
            let (found, day) = found(line);
            assert_eq!((found.as_deref(), day.as_deref()), (place, date), "{line}");
        }
    }

    #[test]
    fn the_last_date_of_a_sentence() {
        let rows = [
            (
                "(Kèm theo Quyết định số 5-QĐ/TU ngày 12/9/2021 của Tỉnh ủy)",
                Some("2021-09-12"),
            ),
            (
                "(Kèm theo Quyết định số 5-QĐ/TU, ngày 2 tháng 9 năm 2021 của Tỉnh ủy)",
                Some("2021-09-02"),
            ),
            ("(Kèm theo Quyết định số 5-QĐ/TU của Tỉnh ủy)", None),
        ];
        for (text, date) in rows {
            assert_eq!(last_date(text).map(|date| date.to_string()).as_deref(), date, "{text}");
        }
    }
}
