//! Terms of office (nhiệm kỳ) that a title names: `nhiệm kỳ 2020 - 2025`.

use crate::document::phrase::FoldedWords;

/// Years that the longest term lasts.
const MAX_TERM_YEARS: u16 = 6;
/// Bytes before the years in which the word `nhiệm kỳ` is looked for.
const BYTES_BEFORE: usize = 24;

/// Returns the first term of office that `text` names: `2020-2025`. `misread`: letters of it may be wrong.
pub(super) fn term_of(text: &str, misread: bool) -> Option<String> {
    terms_in(text, misread).into_iter().next()
}

/// Returns all terms of office that `text` names, in order, each once. `misread`: letters of it may be wrong.
pub(crate) fn terms_in(text: &str, misread: bool) -> Vec<String> {
    let mut terms: Vec<String> = Vec::new();
    let bytes = text.as_bytes();
    for at in memchr::memmem::find_iter(bytes, b"20") {
        let Some((first, last)) = years_at(bytes, at) else {
            continue;
        };
        if at > 0 && bytes[at - 1].is_ascii_digit() || last <= first || last - first > MAX_TERM_YEARS {
            continue;
        }
        let mut from = at.saturating_sub(BYTES_BEFORE);
        while !text.is_char_boundary(from) {
            from += 1;
        }
        // "giai đoạn 2021 - 2025" is a plan, no term: the word decides. A second term may do without it:
        // "nhiệm kỳ 2025 - 2030 và 2030 - 2035".
        let before = FoldedWords::of(&text[from..at], misread);
        let named = before.len() >= 2 && before.has_at(before.len() - 2, "nhiem ky")
            || terms.len() == 1 && before.len() >= 1 && before.get(before.len() - 1) == "va";
        let term = format!("{first}-{last}");
        if named && !terms.contains(&term) {
            terms.push(term);
        }
    }
    terms
}

/// Reads two years with one dash between them at byte `at`: `2020 - 2025`.
fn years_at(bytes: &[u8], at: usize) -> Option<(u16, u16)> {
    let year = |at: usize| -> Option<u16> {
        let digits = bytes.get(at..at + 4)?;
        std::str::from_utf8(digits)
            .ok()?
            .parse()
            .ok()
            .filter(|year| (1990..2100).contains(year))
    };
    let first = year(at)?;
    let mut next = at + 4;
    let mut dashes = 0;
    loop {
        match bytes.get(next..)? {
            [b' ' | b'\n' | b'\r', ..] => next += 1,
            [b'-', ..] => (next, dashes) = (next + 1, dashes + 1),
            // An en or em dash in UTF-8.
            [0xe2, 0x80, 0x93 | 0x94, ..] => (next, dashes) = (next + 3, dashes + 1),
            _ => break,
        }
    }
    if dashes != 1 {
        return None;
    }
    let last = year(next)?;
    (!bytes.get(next + 4).is_some_and(u8::is_ascii_digit)).then_some((first, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_need_their_word() {
        let rows: [(&str, &[&str]); 4] = [
            (
                "nhiệm kỳ 2020 - 2025 và mục tiêu nhiệm kỳ 2025 - 2030",
                &["2020-2025", "2025-2030"],
            ),
            ("nhiem ky 2025-2030", &["2025-2030"]),
            ("giai đoạn 2021 - 2025", &[]),
            ("nhiệm kỳ 2025 - 2030 và 2030 - 2035", &["2025-2030", "2030-2035"]),
        ];
        for (text, terms) in rows {
            assert_eq!(terms_in(text, false), terms, "{text}");
        }
    }
}
