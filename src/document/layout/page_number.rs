//! A printed page number, read from a line of its own: `2`, `- 2 -`, `Trang 2/4`, `2 | Trang`, `Page 3 of 10`.

/// The greatest page number.
const MAX_PAGE_NUMBER: usize = 999;
/// Bytes of the longest line that is read as a page number: `P a g e  123  o f  456` between rules.
const MAX_NUMBER_BYTES: usize = 60;

/// The words before or after a page number, in small letters and without blanks; a longer one comes before its
/// beginning.
const PAGE_WORDS: [&str; 5] = ["trangsố", "trang", "page", "tr.", "pg."];
/// The signs and words between a page number and the number of all pages, in small letters and without blanks.
const TOTAL_WORDS: [&str; 4] = ["/", "of", "trên", "trong"];

/// A line that may be a page number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PrintedPage {
    /// The number.
    pub(super) number: usize,
    /// True if the line says that it is a page number: with a word, a total, or a dash on both sides.
    pub(super) sure: bool,
}

/// Reads `body`, a trimmed line, as a page number.
pub(super) fn read_page_number(body: &str) -> Option<PrintedPage> {
    if body.len() > MAX_NUMBER_BYTES || !body.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let is_dash = |c: char| matches!(c, '-' | '–' | '—' | '~');
    let is_edge = |c: char| is_dash(c) || matches!(c, ' ' | '|' | '*' | '_' | '[' | ']');
    let inner = body.trim_matches(is_edge);
    let dashed = body.starts_with(is_dash) && body.ends_with(is_dash);
    let compact: String = inner
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '|')
        .flat_map(char::to_lowercase)
        .collect();
    let after_word = PAGE_WORDS.iter().find_map(|word| compact.strip_prefix(word));
    let rest = after_word.unwrap_or(&compact).trim_start_matches(':');
    let (number, rest) = take_number(rest)?;
    let total = TOTAL_WORDS
        .iter()
        .find_map(|word| rest.strip_prefix(word))
        .and_then(take_number);
    let (total, rest) = total.map_or((None, rest), |(total, rest)| (Some(total), rest));
    let before_word = after_word.is_none() && PAGE_WORDS.contains(&rest);
    // "1/4" is the first of four pages, "5/3" is none; "1/1" says the same of the only page.
    if !(rest.is_empty() || before_word) || number == 0 || total.is_some_and(|total| total < number) {
        return None;
    }
    Some(PrintedPage {
        number,
        sure: after_word.is_some() || before_word || dashed,
    })
}

/// Splits `text` after the number at its beginning, if that can be one of a page.
fn take_number(text: &str) -> Option<(usize, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at(digits);
    let number = number.parse().ok().filter(|&number| number <= MAX_PAGE_NUMBER)?;
    Some((number, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_are_read_in_all_their_forms() {
        let rows = [
            ("2", Some((2, false))),
            ("12 -", Some((12, false))),
            ("- 2 -", Some((2, true))),
            ("– 2 –", Some((2, true))),
            ("-2-", Some((2, true))),
            ("Trang 2", Some((2, true))),
            ("Trang 2/4", Some((2, true))),
            ("TRANG: 2 / 4", Some((2, true))),
            ("2/4", Some((2, false))),
            ("Page 3 of 10", Some((3, true))),
            ("2 | Trang", Some((2, true))),
            ("P a g e | 2", Some((2, true))),
            ("**2**", Some((2, false))),
            ("2025", None),
            ("0", None),
            ("22/12", None),
            ("22/12/2024", None),
            ("1.", None),
            ("1.500", None),
            ("(2)", None),
            ("12%", None),
            ("2 đồng chí", None),
            ("Trang phục 2", None),
            ("Điều 2", None),
        ];
        for (body, read) in rows {
            assert_eq!(
                read_page_number(body).map(|page| (page.number, page.sure)),
                read,
                "{body}"
            );
        }
    }
}
