//! The closed lists of kind codes and bodies, and what a scan makes of their letters.
//!
//! A code is compared in capitals, with `Đ` apart from `D`. Codes as printed come first, so that the `B`
//! of `BC` and `BTV` stays one; only a group that is no code is read again with the letters that an OCR
//! without Vietnamese confuses (`QB`, `QDB`, `QD`, `QP` for `QĐ`; `PU`, `DU`, `BU` for `ĐU`).

use std::sync::LazyLock;

use super::kind::TYPE_WORDS;
use crate::text::fold;

/// To which side a body belongs: it decides between `57-NQ/TW` and `71/NQ-CP`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// Numbers its papers as the Party does.
    Party,
    /// Numbers its papers as the state does.
    State,
    /// Seen in both ways, so that the separators stay as printed.
    Either,
}

/// Bodies that are written out as they stand. Sources: those of [`super::kind`]; counted in public documents of
/// 2004-2025.
const BODIES: &[(&str, Side)] = &[
    ("TW", Side::Party),
    ("TU", Side::Party),
    ("HU", Side::Party),
    ("QU", Side::Party),
    ("ThU", Side::Party),
    ("ĐU", Side::Party),
    ("ĐUK", Side::Party),
    ("CB", Side::Party),
    ("QUTW", Side::Party),
    ("ĐUQSTW", Side::Party),
    ("ĐUCA", Side::Party),
    ("BCSĐ", Side::Party),
    ("BCSĐCP", Side::Party),
    ("ĐĐ", Side::Party),
    ("TWĐTN", Side::Party),
    ("HVCTQG", Side::Either),
    ("MTTW", Side::Either),
    ("MTTQ", Side::Either),
    ("ĐCT", Side::Either),
    ("ĐCTUBTWMTTQVN", Side::Either),
    ("MTTQVN", Side::Either),
    ("UBMTTQVN", Side::Either),
    ("TLĐ", Side::Either),
    ("LĐLĐ", Side::Either),
    ("ĐTN", Side::Either),
    ("CP", Side::State),
    ("TTg", Side::State),
    ("CTN", Side::Either),
    ("UBND", Side::State),
    ("HĐND", Side::State),
    ("TTHĐND", Side::State),
    ("VPCP", Side::State),
    ("VPQH", Side::State),
    ("VPCTN", Side::State),
    ("HĐBT", Side::State),
    ("HĐBCQG", Side::State),
    ("UB", Side::State),
    ("UBDT", Side::State),
    ("TTCP", Side::State),
    ("KTNN", Side::State),
    ("NHNN", Side::State),
    ("TANDTC", Side::State),
    ("VKSNDTC", Side::State),
    ("HĐTP", Side::State),
    ("BCA", Side::State),
    ("BCT", Side::State),
    ("BCN", Side::State),
    ("BGDĐT", Side::State),
    ("BGD&ĐT", Side::State),
    ("BGTVT", Side::State),
    ("BKH", Side::State),
    ("BKHĐT", Side::State),
    ("BKHCN", Side::State),
    ("BLĐTBXH", Side::State),
    ("BNG", Side::State),
    ("BNN", Side::State),
    ("BNNPTNT", Side::State),
    ("BNNMT", Side::State),
    ("BNV", Side::State),
    ("BQP", Side::State),
    ("BTC", Side::Either),
    ("BTNMT", Side::State),
    ("BTP", Side::State),
    ("BTTTT", Side::State),
    ("BVHTTDL", Side::State),
    ("BXD", Side::State),
    ("BYT", Side::State),
    ("BDTTG", Side::State),
    ("SNV", Side::State),
    ("STC", Side::State),
    ("STP", Side::State),
    ("SGDĐT", Side::State),
    ("SYT", Side::State),
    ("SXD", Side::State),
    ("SCT", Side::State),
];

/// Organs whose code takes that of the committee they serve behind it: `BTCTW`, `VPTU`, `UBKTĐU`.
const ORGANS: &[&str] = &[
    "BTC", "BTG", "BTGDV", "BDV", "BNC", "BKT", "BKTTW", "BCSCL", "BCĐ", "BTV", "BCH", "BĐN", "UBKT", "VP", "TTCT",
    "TCT", "HĐLL",
];

/// Committees whose code stands behind that of an organ.
const COMMITTEES: &[&str] = &["TW", "TU", "ĐU", "ĐUK", "HU", "QU", "ThU"];

/// Bodies that number with the ordinal of a term behind them: `QH15`, `UBTVQH15`, `ĐĐQH15`.
const ASSEMBLIES: &[(&str, Side)] = &[
    ("QH", Side::State),
    ("UBTVQH", Side::State),
    ("ĐĐQH", Side::Party),
    ("ĐUQH", Side::Party),
    ("BCTĐBQH", Side::State),
];

/// Kind codes in canonical letters and in capitals, in the order of [`TYPE_WORDS`].
static KIND_CODES: LazyLock<Vec<(&'static str, String)>> = LazyLock::new(|| {
    let mut codes: Vec<(&'static str, String)> = Vec::new();
    for &code in TYPE_WORDS.iter().flat_map(|word| word.codes) {
        if codes.iter().all(|(known, _)| *known != code) {
            codes.push((code, capitals(code)));
        }
    }
    codes
});

/// Returns the kind code that `group` is, in upper or lower case.
pub(super) fn kind_code_as_read(group: &str) -> Option<&'static str> {
    let group = capitals(group);
    KIND_CODES
        .iter()
        .find(|(_, capitals)| *capitals == group)
        .map(|(code, _)| *code)
}

/// Returns the kind code that a scan may have misread as `group`.
pub(super) fn kind_code(group: &str) -> Option<&'static str> {
    let group = capitals(group);
    if group.len() < 2 {
        return None;
    }
    KIND_CODES
        .iter()
        .find(|(_, capitals)| misread_as(capitals, &group))
        .map(|(code, _)| *code)
}

/// The body that `group` begins with: its canonical code, its side, and how many bytes it takes up.
///
/// Something may be glued behind: digits of a footnote mark, or a word in small letters.
pub(super) fn body_code(group: &str) -> Option<(String, Side, usize)> {
    if let Some((code, side)) = whole_body(group) {
        return Some((code, side, group.len()));
    }
    let letters = group.find(|c: char| c.is_ascii_digit()).unwrap_or(group.len());
    let upper = group.find(char::is_lowercase).unwrap_or(group.len());
    [letters, upper]
        .into_iter()
        .filter(|&len| len > 0 && len < group.len())
        .find_map(|len| whole_body(&group[..len]).map(|(code, side)| (code, side, len)))
        // Digits behind `QH` are its term, never a footnote mark.
        .filter(|(code, ..)| !code.ends_with(|c: char| c.is_ascii_digit()))
}

/// May a symbol have this body and no kind?
pub(super) fn stands_alone(body: &str) -> bool {
    matches!(body, "CP" | "TTg" | "HĐBT") || ASSEMBLIES.iter().any(|(name, _)| body.starts_with(name))
}

/// The body that `group` is as a whole.
fn whole_body(group: &str) -> Option<(String, Side)> {
    let marked = group.contains(['Ư', 'ư']);
    let group = capitals(group);
    if group.is_empty() {
        return None;
    }
    // TƯ is Trung ương, where the marks are kept.
    if marked && group == "TU" {
        return Some(("TW".to_owned(), Side::Party));
    }
    let listed = |same: &dyn Fn(&str) -> bool| {
        let mut bodies = BODIES.iter().filter(|(code, _)| same(&capitals(code)));
        bodies.next().map(|(code, side)| ((*code).to_owned(), *side))
    };
    listed(&|code| code == group)
        .or_else(|| assembly(&group))
        .or_else(|| organ(&group, |code, group| code == group))
        .or_else(|| listed(&|code| code.len() <= group.len() + 1 && misread_as(code, &group)))
        .or_else(|| organ(&group, misread_as))
}

/// `QH15` and the like; `QHIS` is the same read by an OCR that expects letters, `QHI15` with a stroke twice.
fn assembly(group: &str) -> Option<(String, Side)> {
    for (name, side) in ASSEMBLIES {
        for (at, _) in group.char_indices().skip(1) {
            let (head, tail) = group.split_at(at);
            if tail.len() <= 4 && (head == *name || misread_as(name, head)) {
                let mut digits: Vec<char> = tail.chars().map(digit_of).collect::<Option<_>>()?;
                if digits.len() > 2 {
                    digits.dedup();
                }
                let term: String = digits.into_iter().collect();
                return (term.len() <= 2).then(|| (format!("{name}{term}"), *side));
            }
        }
    }
    None
}

/// The digit that an OCR read as this capital.
fn digit_of(char: char) -> Option<char> {
    match char {
        '0'..='9' => Some(char),
        'I' | 'L' => Some('1'),
        'S' => Some('5'),
        'O' => Some('0'),
        'Z' => Some('2'),
        _ => None,
    }
}

/// An organ with the committee it serves, or with the task it is for (`BCĐTKNQ18`).
fn organ(group: &str, same: impl Fn(&str, &str) -> bool) -> Option<(String, Side)> {
    for organ in ORGANS {
        if same(organ, group) {
            return Some(((*organ).to_owned(), Side::Either));
        }
    }
    for committee in COMMITTEES {
        let name = capitals(committee);
        for (at, _) in group.char_indices().skip(1) {
            let (head, tail) = group.split_at(at);
            if same(&name, tail)
                && let Some(organ) = ORGANS.iter().find(|organ| same(organ, head))
            {
                return Some((format!("{organ}{committee}"), Side::Party));
            }
        }
    }
    let task = group
        .strip_prefix("BCĐ")
        .filter(|task| task.len() >= 2 && task.is_ascii())?;
    Some((format!("BCĐ{task}"), Side::Either))
}

/// Capitals without marks, `Đ` and its look-alikes kept as `Đ`.
fn capitals(group: &str) -> String {
    let mut capitals = String::with_capacity(group.len());
    for char in group.chars() {
        match char {
            'A'..='Z' | '0'..='9' => capitals.push(char),
            'a'..='z' => capitals.push(char.to_ascii_uppercase()),
            'Đ' | 'đ' | '\u{d0}' | '\u{f0}' | '\u{189}' => capitals.push('Đ'),
            _ => capitals.push_str(&fold(char.encode_utf8(&mut [0; 4])).to_ascii_uppercase()),
        }
    }
    capitals
}

/// What an OCR without Vietnamese reads for a letter of a code, longest first. The digits `0` and `1`
/// stand only for letters here: a group begins with a letter.
fn misreadings(letter: char) -> &'static [&'static str] {
    match letter {
        'Đ' => &["DB", "BD", "DP", "D", "B", "P"],
        'Q' => &["O", "0"],
        'L' => &["I", "1"],
        'W' => &["VV"],
        _ => &[],
    }
}

/// Is `read` what an OCR may have made of `code`? Both in capitals.
fn misread_as(code: &str, read: &str) -> bool {
    let mut letters = code.chars();
    let Some(letter) = letters.next() else {
        return read.is_empty();
    };
    let rest = letters.as_str();
    read.strip_prefix(letter).is_some_and(|tail| misread_as(rest, tail))
        || misreadings(letter)
            .iter()
            .any(|misread| read.strip_prefix(misread).is_some_and(|tail| misread_as(rest, tail)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misread_letters_follow_the_lists() {
        for (read, kind) in [
            ("QB", "QĐ"),
            ("QDB", "QĐ"),
            ("QD", "QĐ"),
            ("QP", "QĐ"),
            ("Qb", "QĐ"),
            ("NB", "NĐ"),
            ("KI", "KL"),
        ] {
            assert_eq!(
                kind_code_as_read(read).or_else(|| kind_code(read)),
                Some(kind),
                "{read}"
            );
        }
        for (read, body) in [
            ("PU", "ĐU"),
            ("DU", "ĐU"),
            ("BU", "ĐU"),
            ("DPU", "ĐU"),
            ("DUK", "ĐUK"),
            ("BTV", "BTV"),
            ("BTC", "BTC"),
            ("BTCTW", "BTCTW"),
            ("VPDU", "VPĐU"),
            ("UBTVQHIS", "UBTVQH15"),
            ("TVV", "TW"),
            ("HDND", "HĐND"),
            ("BCD", "BCĐ"),
            ("XYZ", ""),
        ] {
            assert_eq!(whole_body(read).map_or(String::new(), |(code, _)| code), body, "{read}");
        }
    }

    #[test]
    fn a_b_that_is_printed_stays() {
        assert_eq!(kind_code_as_read("BC"), Some("BC"));
        assert_eq!(kind_code_as_read("BB"), Some("BB"));
        assert_eq!(whole_body("CB").unwrap().0, "CB");
    }

    #[test]
    fn organs_carry_their_committee() {
        for code in ["BTGDVTW", "UBKTTU", "VPTW", "BTCTU", "BCĐTW", "BTVTU"] {
            assert_eq!(whole_body(code).unwrap().0, code);
        }
        assert_eq!(whole_body("TƯ").unwrap().0, "TW");
        assert_eq!(whole_body("TU").unwrap().0, "TU");
    }
}
