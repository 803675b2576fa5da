//! The document's own number, as far as it is filled in: `-BC/ĐU`, `01-KH/TU`, `88/KH-UBND`, `125/SGDĐT-VP`.
//!
//! [`crate::symbol`] reads symbols that are cited, whole ones. A letterhead also has blank numbers, and letters of
//! offices that no list holds, so this file reads the shape, and lets [`Symbol`] repair the letters of a scan.

use super::cells::HeaderCell;
use crate::symbol::Symbol;

/// Digits of the longest number.
const MAX_DIGITS: usize = 5;
/// Chars of the longest group of letters (`BCĐTKNQ18`, `HĐPHPBGDPL`).
const MAX_GROUP_CHARS: usize = 20;
/// Words in which a number is printed at most: `Số : 12 - BC / TU`, `Số ..... /BC-UBND`.
const MAX_WORDS: usize = 8;

/// A number found in a cell.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct OwnNumber {
    /// As printed, without blanks: `-BC/ĐU`.
    pub(super) text: String,
    /// Its first word, that of `Số`.
    pub(super) from: usize,
    /// The word after it.
    pub(super) to: usize,
}

/// Returns the number in the words of `cell` from `from` on.
///
/// In clean text it follows `Số`, or begins a column. In misread text `Số` may be lost.
pub(super) fn number_in(cell: &HeaderCell, from: usize) -> Option<OwnNumber> {
    let misread = cell.words.is_misread();
    (from..cell.len()).find_map(|at| {
        let begins = at == from || cell.is_apart(at);
        let text = cell.text(at, at + MAX_WORDS);
        let head = head_len(&text, begins);
        if head.is_none() && !begins && !misread {
            return None;
        }
        let starts = match head {
            Some(head) => vec![head],
            // A scan makes "S6" of "Số": the number begins at a digit or a dash inside the words.
            None if misread => text
                .char_indices()
                .filter(|&(start, c)| may_begin(&text, start, c))
                .map(|(start, _)| start)
                .collect(),
            None => vec![0],
        };
        let (number, end) = starts.into_iter().find_map(|start| {
            let (number, len) = read(text.get(start..)?, head.is_some(), misread)?;
            Some((number, start + len))
        })?;
        let words = text
            .get(..end)?
            .split_whitespace()
            .filter(|piece| piece.contains(char::is_alphanumeric))
            .count();
        Some(OwnNumber {
            text: number,
            from: at,
            to: (at + words.max(1)).min(cell.len()),
        })
    })
}

/// Types that stand before the number of an act of the National Assembly: `Luật số: 51/2010/QH12`.
const NUMBERED_ACTS: [&str; 6] = ["Luật ", "LUẬT ", "Bộ luật ", "Nghị quyết ", "Pháp lệnh ", "Lệnh "];

/// Returns the length of the words before a number: `Số`, `Số:`, `Luật số:`. `begins`: nothing stands before them.
///
/// `số 21-NQ/TW` in small letters is another document's, and so is `SỐ` inside a line in capitals.
fn head_len(text: &str, begins: bool) -> Option<usize> {
    let act = NUMBERED_ACTS
        .iter()
        .find_map(|act| text.strip_prefix(act))
        .filter(|_| begins);
    let rest = if let Some(rest) = act {
        // Without a colon it is a citation, but for laws: "Nghị quyết số 57-NQ/TW".
        let rest = rest.strip_prefix("số").or_else(|| rest.strip_prefix("SỐ"))?;
        let law = text.starts_with("Luật ") || text.starts_with("LUẬT ");
        (law || rest.starts_with(':')).then_some(rest)?
    } else {
        text.strip_prefix("Số")
            .or_else(|| text.strip_prefix("SỐ").filter(|_| begins))?
    };
    // "Sốp Cộp" is a place.
    (!rest.starts_with(char::is_alphabetic)).then(|| text.len() - rest.len())
}

/// Returns true if a number may begin at byte `start` of `text`, which is `char`: at a dash or at the first digit of
/// a word.
fn may_begin(text: &str, start: usize, char: char) -> bool {
    let before = text.get(..start).and_then(|before| before.chars().next_back());
    let inside = before.is_some_and(char::is_alphanumeric);
    matches!(char, '-' | '–') && !before.is_some_and(|c| c.is_ascii_digit()) || char.is_ascii_digit() && !inside
}

/// Reads a number at the beginning of `text`, and returns it with its length in bytes.
///
/// `named`: `Số` stands before it. `misread`: letters of it may be wrong.
fn read(text: &str, named: bool, misread: bool) -> Option<(String, usize)> {
    // What stands for a number that is to be filled in: dots, underscores, blanks.
    let filler = |c: char| matches!(c, '.' | '…' | '_' | ':') || c.is_whitespace();
    let bare = text.trim_start_matches(filler);
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    if digits > MAX_DIGITS {
        return None;
    }
    let (number, mut rest) = bare.split_at(digits);
    let mut symbol = number.to_owned();
    // "12a/BC-UBND": a number between two others.
    if let Some(suffix) = rest.chars().next().filter(|c| digits > 0 && c.is_lowercase()) {
        symbol.push(suffix);
        rest = &rest[suffix.len_utf8()..];
    }
    let (mut letters, mut groups) = (0, 0);
    let mut end = text.len() - rest.len();
    loop {
        let after = rest.trim_start_matches(filler);
        let blanks = rest.len() - after.len();
        let separator = after.chars().next().filter(|c| matches!(c, '-' | '–' | '—' | '/'));
        let group_text = match separator {
            Some(sign) => after[sign.len_utf8()..].trim_start(),
            // "221 CT/TW": only the first group may lack its separator.
            None if groups == 0 && digits > 0 && blanks == 1 && named => after,
            None => break,
        };
        let len = group_text
            .find(|c: char| !(c.is_alphanumeric() || c == '&'))
            .unwrap_or(group_text.len());
        let group = &group_text[..len];
        let chars = group.chars().count();
        let is_year = groups == 0 && len == 4 && group.bytes().all(|byte| byte.is_ascii_digit());
        // Codes have capitals (`CTr`, `TTg`), names have one: "Số 12-BC/TU - Sơn La".
        let capitals = group.chars().filter(|c| c.is_uppercase()).count();
        let is_code = group.chars().next().is_some_and(char::is_uppercase)
            && chars <= MAX_GROUP_CHARS
            && (capitals > 1 || chars == 1 && (groups > 0 || group == "L"));
        if !(is_year || is_code) {
            break;
        }
        symbol.push_str(match separator {
            Some('/') => "/",
            Some(_) => "-",
            None => " ",
        });
        symbol.push_str(group);
        letters += usize::from(is_code);
        groups += 1;
        rest = &group_text[len..];
        end = text.len() - rest.len();
    }
    let joined = symbol.contains(['-', '/']);
    // Without "Số", the letters must be known ones: "A-B" in the name of a body is no number.
    let scanned = if digits == 0 {
        Symbol::scan(&format!("1{symbol}"))
    } else {
        Symbol::scan(&symbol)
    };
    let known = scanned.filter(|found| found.known);
    if letters == 0 || !joined || (misread || !named) && known.is_none() {
        return None;
    }
    let number = match known.filter(|_| misread) {
        Some(found) => {
            let canonical = found.symbol.to_string();
            let filled_in = usize::from(digits == 0);
            canonical.get(filled_in..).unwrap_or("").to_owned()
        }
        None => symbol,
    };
    Some((number, end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::layout::Sheet;
    use crate::reading::Reading;

    #[test]
    fn numbers_are_read_as_far_as_they_are_filled_in() {
        for (line, number) in [
            ("Số 01-KH/TU", Some("01-KH/TU")),
            ("Số: 88/KH-UBND", Some("88/KH-UBND")),
            ("Số:88/KH-UBND", Some("88/KH-UBND")),
            ("Số : 88 / KH - UBND", Some("88/KH-UBND")),
            ("Số: 45/2019/NĐ-CP", Some("45/2019/NĐ-CP")),
            ("Số: 125/SGDĐT-VP", Some("125/SGDĐT-VP")),
            ("Số: 150/QĐ-UBND-TL", Some("150/QĐ-UBND-TL")),
            ("Số: 18/2015/TTLT-BTC-BNV", Some("18/2015/TTLT-BTC-BNV")),
            ("Luật số: 51/2010/QH12", Some("51/2010/QH12")),
            ("Nghị quyết số: 70/2018/QH14", Some("70/2018/QH14")),
            ("Nghị quyết số 57-NQ/TW", None),
            ("Số 221 CT/TW", Some("221 CT/TW")),
            ("Số: 131/CP", Some("131/CP")),
            ("Số:        /BC-UBND", Some("/BC-UBND")),
            ("Số: /QĐ-UBND", Some("/QĐ-UBND")),
            ("Số ....-BC/TU", Some("-BC/TU")),
            ("Số       - BC/ĐU", Some("-BC/ĐU")),
            ("Số: ……/2021/QĐ-UBND", Some("/2021/QĐ-UBND")),
            ("123-BC/TU", Some("123-BC/TU")),
            ("số 21-NQ/TW của Bộ Chính trị", None),
            ("THỰC HIỆN NGHỊ QUYẾT SỐ 21-NQ/TW", None),
            ("Số 12 đường Trần Phú", None),
            ("ngày 22/12/2024", None),
            ("SỞ VĂN HÓA - THÔNG TIN", None),
        ] {
            let sheet = Sheet::of(line);
            let cells = HeaderCell::of_row(&sheet, &Reading::unrepaired(line), 0);
            let found = cells.iter().find_map(|cell| number_in(cell, 0));
            assert_eq!(found.map(|found| found.text).as_deref(), number, "{line}");
        }
    }
}
