//! The writing of symbols: separators, letters and their order, as the rules ask.
//!
//! The reader of symbols accepts what people write: `57/NQ-TW`, `30/2020/ND-CP`. A proof compares what is printed
//! with the canonical writing. Blanks, any dash, `TƯ` and `T.Ư` for `TW`, and capitals in headings are usual and
//! right.
//!
//! Sources: Hướng dẫn 36-HD/VPTW of 2018 and 05-HD/VPTW of 2026 (Party), Nghị định 30/2020/NĐ-CP, Điều 8 and Phụ lục
//! III (state). Before the rules of 1997 (31-QĐ/TW) symbols were written in several ways, `22/NQ-TW` among them.

use std::sync::LazyLock;

use regex::Regex;

use super::draft::{Cited, Draft, symbol_of};
use super::record::{Expected, Finding, FindingKind, Witness};
use crate::citation::Citation;
use crate::document::PartialDate;
use crate::symbol::{Symbol, TYPE_WORDS};
use crate::text::{Span, fold};

/// First year whose symbols are held against the rules.
const FIRST_YEAR: u16 = 1998;

/// Codes of the organs of the Central Committee, without `TW`: what differs from one of them in one letter is
/// misspelled.
const ORGANS: &[&str] = &[
    "BTC", "BTG", "BTGDV", "BDV", "BNC", "BKT", "BCSCL", "BCĐ", "BĐN", "UBKT", "VP", "QU", "ĐUQS", "MT", "HĐLL",
];

/// A symbol that is not written as the rules ask.
pub(super) struct Misspelled {
    /// Its bytes.
    pub(super) span: Span,
    /// Its right writing.
    pub(super) right: String,
    /// True if a type word is right before it, so that it cites a document by itself.
    pub(super) is_cited: bool,
}

/// Returns the finding that the symbol of `cited` is not written as the rules ask; `known` is the date that another
/// account gives of it.
pub(super) fn check(draft: &Draft<'_>, cited: &Cited<'_>, known: Option<PartialDate>) -> Option<Finding> {
    let citation = cited.citation;
    let symbol = symbol_of(citation)?;
    let year = citation.date.or(known).map(PartialDate::year).or(symbol.year);
    let span = Span::new(citation.start, citation.span.end);
    if year.is_some_and(|year| year < FIRST_YEAR) || !draft.is_typed_at(span) {
        return None;
    }
    let right = right_writing(span.slice(draft.text()), &symbol, citation)?;
    Some(finding(
        draft,
        &Misspelled {
            span,
            right,
            is_cited: true,
        },
    ))
}

/// Returns the finding that `misspelled` is not written as the rules ask.
pub(super) fn finding(draft: &Draft<'_>, misspelled: &Misspelled) -> Finding {
    let expected = vec![Expected {
        value: misspelled.right.clone(),
        source: Witness::Rules,
        basis: None,
        document: None,
        line: None,
    }];
    let printed: Vec<&str> = misspelled.span.slice(draft.text()).split_whitespace().collect();
    let message = format!("The symbol {} is written {}.", printed.join(" "), misspelled.right);
    draft.finding(FindingKind::Malformed, misspelled.span, expected, message)
}

/// Returns the right writing of `printed`, which was read as `symbol`; `None` if it is right.
fn right_writing(printed: &str, symbol: &Symbol, citation: &Citation) -> Option<String> {
    let read = Symbol::scan(printed)?;
    let printed = comparable(printed);
    // "19" of "19, 27, 28-NQ/TW" has no letters, and 131/CP of the first years was printed with either separator.
    let is_old = symbol.kind.is_empty() && symbol.year.is_none();
    if citation.number.is_none() || is_old || !printed.contains(char::is_alphabetic) {
        return None;
    }
    if let Some(right) = known_organ(symbol) {
        return Some(right);
    }
    if !read.known {
        return reordered(&printed).filter(|_| is_party(&symbol.kind));
    }
    let canonical = symbol.to_string();
    (!is_written(&printed, symbol)).then_some(canonical)
}

/// Returns true if `printed`, in [comparable] form, is a right writing of `symbol`.
fn is_written(printed: &str, symbol: &Symbol) -> bool {
    let canonical = comparable(&symbol.to_string());
    let mut accepted = vec![canonical.clone()];
    // A resolution of the Government is 19-2017/NQ-CP on paper, and joint circulars have either separator.
    if symbol.year.is_some() && symbol.kind == "NQ" {
        accepted.push(canonical.replacen('/', "-", 1));
    }
    let is_joint = symbol.kind.ends_with("LT");
    let flat = |writing: &str| writing.replace('/', "-");
    // TƯ is printed for TU ("13-NQ/TƯ của Tỉnh ủy").
    let local = printed.replace("TW", "TU");
    accepted.iter().any(|writing| {
        let same = |printed: &str| printed == writing || is_joint && flat(printed) == flat(writing);
        // A blank may stand for a separator: "221 CT/TW".
        ["-", "/", ""]
            .iter()
            .any(|separator| same(&printed.replace(' ', separator)) || same(&local.replace(' ', separator)))
    })
}

/// Returns true for the letters of the committees that all write `NN-XX/YY`.
fn is_party(letters: &str) -> bool {
    matches!(letters, "TW" | "TU")
}

/// Returns `symbol` with the letters of the organ that its body misspells in one letter, or with two exchanged; `None`
/// if the body is known.
fn known_organ(symbol: &Symbol) -> Option<String> {
    if ["TƯW", "TUW", "TWW", "WT", "TWƯ"].contains(&symbol.body.as_str()) {
        return Some(
            Symbol {
                body: "TW".to_owned(),
                ..symbol.clone()
            }
            .to_string(),
        );
    }
    let organ = symbol.body.strip_suffix("TW")?;
    let is_known = |text: &str| Symbol::scan(text).is_some_and(|found| found.known);
    if organ.chars().count() < 3 || is_known(&format!("1-HD/{}", symbol.body)) {
        return None;
    }
    let meant = ORGANS.iter().find(|known| is_slip(organ, known))?;
    Some(
        Symbol {
            body: format!("{meant}TW"),
            ..symbol.clone()
        }
        .to_string(),
    )
}

/// Returns true if `printed` is `meant` with one letter wrong, missing or too many, or with two neighbors exchanged.
fn is_slip(printed: &str, meant: &str) -> bool {
    let (one, two): (Vec<char>, Vec<char>) = (printed.chars().collect(), meant.chars().collect());
    let start = one.iter().zip(&two).take_while(|(one, two)| one == two).count();
    let (one, two) = (&one[start..], &two[start..]);
    match (one, two) {
        ([_, one @ ..], [_, two @ ..]) if one == two => true,
        ([_, one @ ..], two) if one == two => true,
        (one, [_, two @ ..]) if one == two => true,
        ([a, b, one @ ..], [c, d, two @ ..]) => (a, b) == (d, c) && one == two,
        _ => false,
    }
}

/// Returns the form in which writings are compared: capitals, one hyphen, one slash, one `Đ`, `TW` for Trung ương, and
/// blanks only between letters and digits.
fn comparable(writing: &str) -> String {
    let mut form = String::with_capacity(writing.len());
    for char in writing.trim().chars() {
        let sign = match char {
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ff0d}' | '\u{ad}' => '-',
            '\u{2044}' | '\u{2215}' | '\u{29f8}' | '\u{ff0f}' => '/',
            '\u{d0}' | '\u{f0}' | '\u{189}' => 'Đ',
            _ if char.is_whitespace() => ' ',
            _ => char,
        };
        let after_sign = form.ends_with(['-', '/', ' ']);
        match sign {
            ' ' if after_sign => {}
            '-' | '/' if form.ends_with(' ') => {
                form.pop();
                form.push(sign);
            }
            _ => form.extend(sign.to_uppercase()),
        }
    }
    form.replace("T.Ư", "TW").replace("T.W", "TW").replace("TƯ", "TW")
}

/// Finds the strings that are no symbols but mean one: `08-NQ.TW`, `NQ-TW/36`, `193/QH15/2025`.
pub(super) fn unread(draft: &Draft<'_>) -> Vec<Misspelled> {
    static SHAPE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?x)
            # letters first
            [A-ZĐ][A-Za-zĐđƯư]{1,9} [-/.–] [A-ZĐ][A-Za-zĐđƯư]{1,9} [-/.–] [0-9]{1,5}
            # a point or an underscore for a separator
            | [0-9]{1,5} (?:[/-][0-9]{4})? [._] [A-ZĐ][A-Za-zĐđƯư]{1,9} [-/._–] [A-ZĐ][A-Za-zĐđƯư]{1,9}
            | [0-9]{1,5} (?:[/-][0-9]{4})? [-/–] [A-ZĐ][A-Za-zĐđƯư]{1,9} [._] [A-ZĐ][A-Za-zĐđƯư]{1,9}
            # the year at the end
            | [0-9]{1,5} [-/–] [A-Z]{2,7}[0-9]{1,2} [-/–] [0-9]{4}",
        )
        .expect("the pattern is well formed")
    });
    if !draft.is_typed {
        return Vec::new();
    }
    let text = draft.text();
    let found = SHAPE.find_iter(text).filter_map(|found| {
        let span = Span::new(found.start(), found.end());
        // A boundary in the pattern would make the search slow: `regex` has no automaton for those of Unicode.
        let goes_on = text[span.end..].starts_with(char::is_alphanumeric);
        if goes_on || text[..span.start].ends_with(char::is_alphanumeric) {
            return None;
        }
        let right = reordered(&comparable(found.as_str()))?;
        draft.is_typed_at(span).then(|| Misspelled {
            span,
            right,
            is_cited: follows_type_word(text, span.start),
        })
    });
    found.collect()
}

/// Returns the symbol of known letters that the groups of `printed` make in the right order; `None` if they make none.
fn reordered(printed: &str) -> Option<String> {
    let groups = printed.split(['-', '/', '.', '_']).filter(|group| !group.is_empty());
    let (numbers, letters): (Vec<&str>, Vec<&str>) =
        groups.partition(|group| group.bytes().all(|byte| byte.is_ascii_digit()));
    let (number, year) = match numbers[..] {
        [number] => (number, None),
        [number, year] | [year, number] if year.len() == 4 && number.len() <= 4 => (number, Some(year)),
        _ => return None,
    };
    let head = year.map_or_else(|| number.to_owned(), |year| format!("{number}/{year}"));
    let orders: &[String] = &match letters[..] {
        [body] => vec![format!("{head}/{body}")],
        [one, two] if is_party(one) => vec![format!("{head}-{two}/{one}")],
        [one, two] => vec![format!("{head}-{one}/{two}")],
        _ => return None,
    };
    orders.iter().find_map(|order| {
        let found = Symbol::scan(order).filter(|found| found.known && found.len == order.len())?;
        Some(found.symbol.to_string())
    })
}

/// Returns true if a type word or "số" is right before byte `at` of `text`.
fn follows_type_word(text: &str, at: usize) -> bool {
    /// Chars of the longest type word with "số" after it.
    const MAX_CHARS: usize = 34;
    let start = text[..at]
        .char_indices()
        .rev()
        .take(MAX_CHARS)
        .last()
        .map_or(at, |(at, _)| at);
    let before = fold(&text[start..at]);
    let words: Vec<&str> = before
        .split([' ', '\n', '\t', '\u{a0}', ':'])
        .filter(|word| !word.is_empty())
        .collect();
    let words = words.join(" ");
    let words = words.strip_suffix("so").map_or(words.as_str(), str::trim_end);
    TYPE_WORDS.iter().any(|row| {
        let phrase = row.syllables.join(" ");
        let lettered = row.kind != crate::symbol::Kind::Other || !row.codes.is_empty();
        lettered && words.ends_with(&phrase)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_that_mean_a_symbol_are_reordered() {
        for (printed, right) in [
            ("08-NQ.TW", Some("08-NQ/TW")),
            ("NQ-TW/36", Some("36-NQ/TW")),
            ("37-TW/CT", Some("37-CT/TW")),
            ("193/QH15/2025", Some("193/2025/QH15")),
            ("150/2025-NĐ/CP", Some("150/2025/NĐ-CP")),
            ("15-ABC/XYZ", None),
            ("22.12.2024", None),
        ] {
            assert_eq!(reordered(&comparable(printed)).as_deref(), right, "{printed}");
        }
    }

    #[test]
    fn one_slip_makes_another_organ() {
        for (printed, is) in [
            ("BCT", true),
            ("BTTC", true),
            ("TC", true),
            ("BTC", false),
            ("BXYZ", false),
        ] {
            assert_eq!(is_slip(printed, "BTC"), is, "{printed}");
        }
    }
}
