//! The codes of kinds and issuers in symbols, as printed and as a scan misreads them.
//!
//! Codes are compared in capitals, with `Đ` apart from `D`. A group of letters is first compared with the codes as
//! printed, so that the `B` of `BC` and `BTV` stays a `B`. Only a group that is no code is compared again with the
//! letters that an OCR without Vietnamese confuses (`QB`, `QDB`, `QD`, `QP` for `QĐ`; `PU`, `DU`, `BU` for `ĐU`).

use std::sync::LazyLock;

use super::kind::TYPE_WORDS;
use crate::text::fold;

/// The convention by which a body numbers its papers: it decides between `57-NQ/TW` and `71/NQ-CP`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Convention {
    /// The Party's: `57-NQ/TW`.
    Party,
    /// The state's: `71/NQ-CP`.
    State,
    /// Seen both ways, so the separators stay as printed.
    Either,
}

/// Codes of bodies that are not put together from parts. Sources: those of [`super::kind`]; counted in public documents
/// of 2004-2025.
const BODIES: &[(&str, Convention)] = &[
    ("TW", Convention::Party),
    ("TU", Convention::Party),
    ("HU", Convention::Party),
    ("QU", Convention::Party),
    ("ThU", Convention::Party),
    ("ĐU", Convention::Party),
    ("ĐUK", Convention::Party),
    ("CB", Convention::Party),
    ("QUTW", Convention::Party),
    ("ĐUQSTW", Convention::Party),
    ("ĐUCA", Convention::Party),
    ("BCSĐ", Convention::Party),
    ("BCSĐCP", Convention::Party),
    ("ĐĐ", Convention::Party),
    ("TWĐTN", Convention::Party),
    ("HVCTQG", Convention::Either),
    ("MTTW", Convention::Either),
    ("MTTQ", Convention::Either),
    ("ĐCT", Convention::Either),
    ("ĐCTUBTWMTTQVN", Convention::Either),
    ("MTTQVN", Convention::Either),
    ("UBMTTQVN", Convention::Either),
    ("TLĐ", Convention::Either),
    ("LĐLĐ", Convention::Either),
    ("ĐTN", Convention::Either),
    ("CP", Convention::State),
    ("TTg", Convention::State),
    ("CTN", Convention::Either),
    ("UBND", Convention::State),
    ("HĐND", Convention::State),
    ("TTHĐND", Convention::State),
    ("VPCP", Convention::State),
    ("VPQH", Convention::State),
    ("VPCTN", Convention::State),
    ("HĐBT", Convention::State),
    ("HĐBCQG", Convention::State),
    ("UB", Convention::State),
    ("UBDT", Convention::State),
    ("TTCP", Convention::State),
    ("KTNN", Convention::State),
    ("NHNN", Convention::State),
    ("TANDTC", Convention::State),
    ("VKSNDTC", Convention::State),
    ("HĐTP", Convention::State),
    ("BCA", Convention::State),
    ("BCT", Convention::State),
    ("BCN", Convention::State),
    ("BGDĐT", Convention::State),
    ("BGD&ĐT", Convention::State),
    ("BGTVT", Convention::State),
    ("BKH", Convention::State),
    ("BKHĐT", Convention::State),
    ("BKHCN", Convention::State),
    ("BLĐTBXH", Convention::State),
    ("BNG", Convention::State),
    ("BNN", Convention::State),
    ("BNNPTNT", Convention::State),
    ("BNNMT", Convention::State),
    ("BNV", Convention::State),
    ("BQP", Convention::State),
    ("BTC", Convention::Either),
    ("BTNMT", Convention::State),
    ("BTP", Convention::State),
    ("BTTTT", Convention::State),
    ("BVHTTDL", Convention::State),
    ("BXD", Convention::State),
    ("BYT", Convention::State),
    ("BDTTG", Convention::State),
    ("SNV", Convention::State),
    ("STC", Convention::State),
    ("STP", Convention::State),
    ("SGDĐT", Convention::State),
    ("SYT", Convention::State),
    ("SXD", Convention::State),
    ("SCT", Convention::State),
];

/// Codes of organs, to which the code of the committee that they serve is appended: `BTCTW`, `VPTU`, `UBKTĐU`.
const ORGANS: &[&str] = &[
    "BTC", "BTG", "BTGDV", "BDV", "BNC", "BKT", "BKTTW", "BCSCL", "BCĐ", "BTV", "BCH", "BĐN", "UBKT", "VP", "TTCT",
    "TCT", "HĐLL",
];

/// Codes of committees, which are appended to those of [`ORGANS`].
const COMMITTEES: &[&str] = &["TW", "TU", "ĐU", "ĐUK", "HU", "QU", "ThU"];

/// Codes of bodies that append the number of their term: `QH15`, `UBTVQH15`, `ĐĐQH15`.
const ASSEMBLIES: &[(&str, Convention)] = &[
    ("QH", Convention::State),
    ("UBTVQH", Convention::State),
    ("ĐĐQH", Convention::Party),
    ("ĐUQH", Convention::Party),
    ("BCTĐBQH", Convention::State),
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

/// Returns the body that `group` begins with: its canonical code, its convention, and its length in bytes.
///
/// The digits of a footnote mark or a word in small letters may follow without a gap (`TW6`, `TWngày`).
pub(super) fn body_code(group: &str) -> Option<(String, Convention, usize)> {
    if let Some((code, convention)) = whole_body(group) {
        return Some((code, convention, group.len()));
    }
    let letters = group.find(|c: char| c.is_ascii_digit()).unwrap_or(group.len());
    let upper = group.find(char::is_lowercase).unwrap_or(group.len());
    [letters, upper]
        .into_iter()
        .filter(|&len| len > 0 && len < group.len())
        .find_map(|len| whole_body(&group[..len]).map(|(code, convention)| (code, convention, len)))
        // Digits after `QH` are its term, never a footnote mark.
        .filter(|(code, ..)| !code.ends_with(|c: char| c.is_ascii_digit()))
}

/// Returns true if `group` is a code of a body as printed, in upper or lower case.
pub(super) fn is_body(group: &str) -> bool {
    exact_body(group, &capitals(group)).is_some()
}

/// Returns kind and body, with its convention, of a group that is both: `NQTW`, `QĐTTg`.
///
/// Only the commonest bodies are written so, and only letters as printed are read: `TTCP` is the body of an inspectorate.
pub(super) fn kind_and_body_in(group: &str) -> Option<(&'static str, String, Convention)> {
    const BODIES: &[&str] = &["TW", "TU", "ĐU", "HU", "CP", "TTG", "UB", "UBND", "HĐND"];
    let letters = capitals(group);
    let ends = BODIES.iter().any(|body| letters.ends_with(body));
    if !ends || is_body(group) {
        return None;
    }
    BODIES.iter().find_map(|body| {
        let kind = letters.strip_suffix(body).filter(|kind| kind.len() > 1)?;
        let kind = kind_code_as_read(kind)?;
        let body = if group.ends_with(['Ư', 'ư']) { "TƯ" } else { body };
        let (body, convention) = exact_body(body, &capitals(body))?;
        Some((kind, body, convention))
    })
}

/// Returns the code of the organ `body` of the committee `group`: `BTCTW` of `BTC` and `TW`.
pub(super) fn organ_of(body: &str, group: &str) -> Option<String> {
    let committee = COMMITTEES.iter().find(|committee| **committee == group)?;
    ORGANS.contains(&body).then(|| format!("{body}{committee}"))
}

/// Returns true if `group` is the code of an assembly without the number of its term.
pub(super) fn is_assembly(group: &str) -> bool {
    ASSEMBLIES.iter().any(|(name, _)| *name == group)
}

/// Returns the code of a body of no list, as printed, in letters that are compared.
///
/// `plain` is true if no other letter of the symbol shows that `Đ` and `D` are told apart. Then `D` is `Đ` in the
/// parts of names in which it can be no other letter: a scan reads `DHQG` for `ĐHQG`.
pub(super) fn unlisted_body(group: &str, plain: bool) -> String {
    /// Parts of names of bodies as read, and as printed: trường đại học, giáo dục và đào tạo, lao động, hội đồng.
    const PARTS: &[(&str, &str)] = &[
        ("DH", "ĐH"),
        ("GDDT", "GDĐT"),
        ("GD&DT", "GD&ĐT"),
        ("LDTB", "LĐTB"),
        ("LDLD", "LĐLĐ"),
        ("HDQT", "HĐQT"),
        ("HDTV", "HĐTV"),
    ];
    if !plain || group.contains('Đ') {
        return group.to_owned();
    }
    let part = PARTS.iter().find_map(|(read, printed)| {
        let rest = group.strip_prefix(read)?;
        Some(format!("{printed}{rest}"))
    });
    part.unwrap_or_else(|| group.to_owned())
}

/// Returns true if a symbol may have this body and no kind: `131/CP`, `202/2025/QH15`.
pub(super) fn needs_no_kind(body: &str) -> bool {
    matches!(body, "CP" | "TTg" | "HĐBT") || ASSEMBLIES.iter().any(|(name, _)| body.starts_with(name))
}

/// Returns the body that `group` is as a whole, with its convention.
fn whole_body(group: &str) -> Option<(String, Convention)> {
    let marked = group;
    let group = capitals(group);
    if group.is_empty() {
        return None;
    }
    // From the most to the least certain: a code as printed before a misread one.
    exact_body(marked, &group)
        .or_else(|| listed(|code| code.len() <= group.len() + 1 && misread_as(code, &group)))
        .or_else(|| organ(&group, misread_as))
}

/// Returns the body that `group` is as printed, with its convention; `capitals` are its [`capitals`].
fn exact_body(group: &str, capitals: &str) -> Option<(String, Convention)> {
    // With its marks, TƯ is Trung ương (TW); without them, TU is Tỉnh ủy.
    if capitals == "TU" && group.contains(['Ư', 'ư']) {
        return Some(("TW".to_owned(), Convention::Party));
    }
    let same = |code: &str| code == capitals;
    listed(same)
        .or_else(|| assembly(capitals))
        .or_else(|| organ(capitals, |code, group| code == group))
        .or_else(|| {
            // `BNN&PTNT`: the ampersand of a name stays in its code.
            let (_, convention) = listed(|code| capitals.contains('&') && code == capitals.replace('&', ""))?;
            Some((capitals.to_owned(), convention))
        })
}

/// Returns the codes of all bodies that are listed or put together from parts, with their conventions.
pub(super) fn bodies() -> impl Iterator<Item = (String, Convention)> {
    let listed = BODIES.iter().map(|&(code, convention)| (code.to_owned(), convention));
    let of_committees = ORGANS.iter().flat_map(|organ| {
        let joined = COMMITTEES.iter().map(move |committee| format!("{organ}{committee}"));
        joined.map(|code| (code, Convention::Party))
    });
    listed.chain(of_committees)
}

/// Returns the first of [`BODIES`] whose capitals are the `same`, with its convention.
fn listed(same: impl Fn(&str) -> bool) -> Option<(String, Convention)> {
    let mut bodies = BODIES.iter().filter(|(code, _)| same(&capitals(code)));
    bodies
        .next()
        .map(|(code, convention)| ((*code).to_owned(), *convention))
}

/// Returns the assembly with its term that `group` is: `QH15`.
///
/// An OCR that expects letters reads `QHIS`, or reads one stroke twice (`QHI15`).
fn assembly(group: &str) -> Option<(String, Convention)> {
    for (name, convention) in ASSEMBLIES {
        for (at, _) in group.char_indices().skip(1) {
            let (head, tail) = group.split_at(at);
            if tail.len() <= 4 && (head == *name || misread_as(name, head)) {
                let mut digits: Vec<char> = tail.chars().map(digit_of).collect::<Option<_>>()?;
                // No assembly has had a hundred terms, so a third digit is a stroke read twice.
                if digits.len() > 2 {
                    digits.dedup();
                }
                let term: String = digits.into_iter().collect();
                return (term.len() <= 2).then(|| (format!("{name}{term}"), *convention));
            }
        }
    }
    None
}

/// Returns the digit that an OCR may have read as this capital.
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

/// Returns the organ that `group` is, with the committee that it serves, or a steering committee with its task
/// (`BCĐTKNQ18`); `same` compares a code with a part of the group.
fn organ(group: &str, same: impl Fn(&str, &str) -> bool) -> Option<(String, Convention)> {
    for organ in ORGANS {
        if same(organ, group) {
            return Some(((*organ).to_owned(), Convention::Either));
        }
    }
    for committee in COMMITTEES {
        let name = capitals(committee);
        for (at, _) in group.char_indices().skip(1) {
            let (head, tail) = group.split_at(at);
            if same(&name, tail)
                && let Some(organ) = ORGANS.iter().find(|organ| same(organ, head))
            {
                return Some((format!("{organ}{committee}"), Convention::Party));
            }
        }
    }
    let task = group
        .strip_prefix("BCĐ")
        .filter(|task| task.len() >= 2 && task.is_ascii())?;
    Some((format!("BCĐ{task}"), Convention::Either))
}

/// Returns `group` in capitals without marks; `Đ` and the letters that look like it become `Đ`.
pub(super) fn capitals(group: &str) -> String {
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

/// Returns what an OCR without Vietnamese reads for a letter of a code, longest first.
///
/// The digits `0` and `1` can only stand for letters here, since a group begins with a letter.
fn misreadings(letter: char) -> &'static [&'static str] {
    match letter {
        'Đ' => &["DB", "BD", "DP", "D", "B", "P"],
        'Q' => &["O", "0"],
        'L' => &["I", "1"],
        'W' => &["VV"],
        _ => &[],
    }
}

/// Returns true if an OCR may have read `code` as `read`; both are in capitals.
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
