//! Abbreviations that a text defines: "Ủy ban nhân dân (viết tắt là UBND)", "công tác dân vận (CTDV)".
//!
//! The letters in brackets must be the initials of the words right before the bracket. After "viết tắt là" the name may
//! have words that the letters leave out, as "Mặt trận Tổ quốc Việt Nam (viết tắt là MTTQ)".

use super::NameForm;
use crate::text::{Span, TokenKind, Tokens, fold};

/// An abbreviation that a text defines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// The name in full.
    pub name: NameForm,
    /// The short form.
    pub short: NameForm,
}

/// The words before a short form that say that it is one, folded.
const INTRODUCTIONS: [&str; 6] = [
    "sau day viet tat la",
    "sau day goi tat la",
    "duoi day viet tat la",
    "viet tat la",
    "goi tat la",
    "viet tat",
];

/// Numbers of letters of a short form: fewer mean too much, more are words in capitals.
const LETTERS: std::ops::RangeInclusive<usize> = 3..=12;

/// The most words of a name that an introduced short form leaves out.
const MAX_LEFT_OUT: usize = 3;

/// The most bytes in brackets that are looked at.
const MAX_BRACKET: usize = 60;

/// The most bytes before a bracket that are looked at; twelve long syllables have fewer.
const MAX_NAME: usize = 160;

/// Returns the abbreviations that `text` defines, in order.
#[must_use]
pub fn definitions(text: &str) -> Vec<Definition> {
    let mut found = Vec::new();
    for open in memchr::memchr_iter(b'(', text.as_bytes()) {
        let inner = &text[open + 1..];
        let Some(len) = memchr::memchr(b')', &inner.as_bytes()[..inner.len().min(MAX_BRACKET)]) else {
            continue;
        };
        let (short, introduced) = without_introduction(inner[..len].trim());
        let letters = letters_of(short);
        if !LETTERS.contains(&letters.len()) {
            continue;
        }
        let left_out = if introduced { MAX_LEFT_OUT } else { 0 };
        if let Some(name) = name_before(&text[..open], &letters, left_out) {
            found.push(Definition {
                name: NameForm::new(name),
                short: NameForm::new(short),
            });
        }
    }
    found
}

/// Returns the text without the words that introduce a short form, and true if it has some.
fn without_introduction(inner: &str) -> (&str, bool) {
    let Some(last) = inner
        .rsplit(char::is_whitespace)
        .next()
        .filter(|last| last.len() < inner.len())
    else {
        return (inner, false);
    };
    let before = fold(&inner[..inner.len() - last.len()]);
    let before = before.trim().trim_end_matches(':').trim_end();
    let introduced = INTRODUCTIONS.contains(&before);
    (if introduced { last } else { inner }, introduced)
}

/// Returns the folded letters of a short form: capitals, perhaps joined by hyphens, `&` or points. Nothing if it is
/// anything else.
fn letters_of(short: &str) -> Vec<char> {
    let short = short.trim_matches(['"', '“', '”']);
    let fits = |char: char| char.is_uppercase() || matches!(char, '-' | '–' | '&' | '.');
    if !short.chars().all(fits) || !short.starts_with(char::is_uppercase) {
        return Vec::new();
    }
    let letters: String = short.chars().filter(|char| char.is_alphabetic()).collect();
    fold(&letters).chars().collect()
}

/// Returns the shortest run of words at the end of `before` of which `letters` are the initials, but for at most
/// `left_out` of them.
fn name_before<'t>(before: &'t str, letters: &[char], left_out: usize) -> Option<&'t str> {
    let trimmed = before.trim_end();
    let from = trimmed.len().saturating_sub(MAX_NAME);
    let from = (from..=trimmed.len()).find(|&at| trimmed.is_char_boundary(at))?;
    let near = &trimmed[from..];
    // A name goes over commas and hyphens, but not over the end of a clause.
    let clause = near
        .rfind(['.', ';', ':', '(', ')', '"', '“', '”'])
        .map_or(0, |at| at + near[at..].chars().next().map_or(0, char::len_utf8));
    let near = &near[clause..];
    let mut words: Vec<(Span, char)> = Vec::new();
    let mut tokens = Tokens::new(near);
    while let Some(token) = tokens.advance() {
        match (token.kind, tokens.folded().chars().next()) {
            (TokenKind::Word, Some(initial)) => words.push((token.span, initial)),
            // Nothing before a number belongs to the name.
            _ => words.clear(),
        }
    }
    let last = words.last()?.0;
    // The name ends right before the bracket.
    if !near[last.end..].trim().is_empty() {
        return None;
    }
    let shortest = letters.len();
    (shortest..=shortest + left_out).find_map(|len| {
        let run = words.get(words.len().checked_sub(len)?..)?;
        let initials: Vec<char> = run.iter().map(|(_, initial)| *initial).collect();
        (initials.first() == letters.first() && is_subsequence(letters, &initials))
            .then(|| &near[run[0].0.start..last.end])
    })
}

/// Returns true if `letters` occur in `initials` in this order.
fn is_subsequence(letters: &[char], initials: &[char]) -> bool {
    let mut rest = initials.iter();
    letters.iter().all(|letter| rest.any(|initial| initial == letter))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Returns the definitions of a text as short forms and names.
    fn defined(text: &str) -> Vec<(String, String)> {
        let definitions = definitions(text).into_iter();
        definitions
            .map(|definition| (definition.short.written, definition.name.written))
            .collect()
    }

    #[test]
    fn letters_are_the_initials_of_the_words_before_them() {
        for (text, short, name) in [
            ("Đảng ủy Ủy ban nhân dân (UBND) tỉnh", "UBND", "Ủy ban nhân dân"),
            ("về công tác dân vận (viết tắt là CTDV)", "CTDV", "công tác dân vận"),
            (
                "Mặt trận Tổ quốc Việt Nam (sau đây viết tắt là MTTQ)",
                "MTTQ",
                "Mặt trận Tổ quốc Việt Nam",
            ),
            ("phát triển kinh tế - xã hội (KT-XH)", "KT-XH", "kinh tế - xã hội"),
            ("bảo đảm an ninh, trật tự (ANTT)", "ANTT", "an ninh, trật tự"),
            (
                "dự án hạ tầng số dùng chung (gọi tắt là: HTSDC)",
                "HTSDC",
                "hạ tầng số dùng chung",
            ),
        ] {
            assert_eq!(defined(text), [(short.to_owned(), name.to_owned())], "{text}");
        }
    }

    #[test]
    fn other_brackets_define_nothing() {
        for text in [
            "Ủy ban nhân dân (HĐND) tỉnh",
            "công tác dân vận (CT)",
            "Nghị quyết Đại hội (viết tắt là Nghị quyết)",
            "công tác dân vận. (CTDV)",
            "năm 2020 ban nhân dân (UBND)",
            "công tác dân vận (ctdv)",
            "(UBND)",
            "Ủy ban nhân dân (UBND",
            "Tổ quốc Việt Nam (TQ)",
        ] {
            assert!(defined(text).is_empty(), "{text}: {:?}", defined(text));
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "(ủy |ban |\\(|\\)|UBND|viết tắt là |[.;,]|1){0,20}|\\PC{0,80}") {
            for definition in definitions(&text) {
                prop_assert!(!definition.name.folded.is_empty() && !definition.short.folded.is_empty());
            }
        }
    }
}
