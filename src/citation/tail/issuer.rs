//! Issuers after a citation: the name of a body.

use super::super::kinds::type_word_at;
use super::super::tokens::{PassageWords, is_blank_gap};
use crate::text::Span;

/// Maximum length of an issuer, in words: "Ban Chỉ đạo Trung ương về phát triển khoa học, công nghệ, đổi mới sáng tạo
/// và chuyển đổi số" has 20.
const MAX_ISSUER_WORDS: usize = 24;

/// Reads an issuer at word `at`: "của Bộ Chính trị, Ban Bí thư", or a body without "của". Returns its bytes and the
/// word after it.
pub(super) fn issuer_at(words: &PassageWords<'_>, at: usize) -> Option<(Span, usize)> {
    let gap = words.gap(at).trim();
    let soft = is_blank_gap(gap) || matches!(gap, "," | ")");
    if at >= words.len() || !soft {
        return None;
    }
    let of = is_of(words, at) || words.folded(at) == "do" && is_body(words, at + 1);
    let first = if of { at + 1 } else { at };
    let begins = if of {
        words.joined(first)
    } else {
        gap.is_empty() && is_body(words, at)
    };
    if !begins {
        return None;
    }
    let end = body_end(words, first);
    if end == first {
        return None;
    }
    let mut span = words.slice(first, end);
    // "(khóa XII)" belongs to the body with both its brackets.
    if span.slice(words.text()).contains('(') && words.gap(end).starts_with(')') {
        span.end += 1;
    }
    Some((span, end))
}

/// Returns true if word `at` is "của" or one of its misreadings.
pub(in crate::citation) fn is_of(words: &PassageWords<'_>, at: usize) -> bool {
    matches!(
        words.folded(at),
        "cua" | "ctia" | "cia" | "ciia" | "caa" | "cta" | "cuia" | "cuoa" | "cda" | "cla"
    ) && !matches!(words.word(at), "cứa" | "cưa" | "cửa")
}

/// Returns true if the name of a body that issues papers begins at word `at`.
fn is_body(words: &PassageWords<'_>, at: usize) -> bool {
    /// The first two syllables of the names.
    const HEADS: &[[&str; 2]] = &[
        ["bo", "chinh"],
        ["ban", "bi"],
        ["ban", "chap"],
        ["ban", "thuong"],
        ["ban", "chi"],
        ["ban", "to"],
        ["ban", "tuyen"],
        ["ban", "dan"],
        ["ban", "noi"],
        ["ban", "can"],
        ["trung", "uong"],
        ["chinh", "phu"],
        ["thu", "tuong"],
        ["quoc", "hoi"],
        ["hoi", "dong"],
        ["uy", "ban"],
        ["dang", "uy"],
        ["dang", "doan"],
        ["tinh", "uy"],
        ["thanh", "uy"],
        ["huyen", "uy"],
        ["quan", "uy"],
        ["thuong", "truc"],
        ["van", "phong"],
        ["chu", "tich"],
    ];
    // In small letters it is any body of the sort: "các ban chỉ đạo".
    if !words.is_capital(at) {
        return false;
    }
    matches!(words.folded(at), "ubnd" | "hdnd") || HEADS.iter().any(|head| words.phrase(at, head).is_some())
}

/// Returns the word after the body that begins at word `first`.
pub(in crate::citation) fn body_end(words: &PassageWords<'_>, first: usize) -> usize {
    // The name of a steering committee includes its task, up to the end of the clause.
    let task = words.phrase(first, &["ban", "chi", "dao"]).is_some();
    let mut bracket = false;
    let mut index = first;
    while index < words.len() && index - first < MAX_ISSUER_WORDS {
        if index > first {
            let gap = words.gap(index).trim();
            // "Bộ Chính trị, Ban Bí thư" and "Bộ Chính trị (khóa XII)" go on; other signs end the name.
            let term = words.says(index, "khoa") || words.says(index, "nhiem");
            match gap {
                "," if task || is_body(words, index) => {}
                "(" if term => bracket = true,
                ")" if bracket => break,
                gap if is_blank_gap(gap) || gap == "-" => {}
                _ => break,
            }
            if !task && is_stop(words, index) || task && type_word_at(words, index).is_some() {
                break;
            }
        }
        index += 1;
    }
    index
}

/// Returns true if word `at` is outside the name of the body before it.
fn is_stop(words: &PassageWords<'_>, at: usize) -> bool {
    /// Folded words in small letters that no name of a body contains.
    const STOPS: &[&str] = &[
        "ve", "v", "nham", "voi", "trong", "duoc", "den", "cho", "theo", "vao", "cung", "gop", "nhu", "nhiem", "gan",
        "thuc", "do",
    ];
    /// Pairs of such words: each alone may be part of a name.
    const PAIRS: &[[&str; 2]] = &[
        ["quy", "dinh"],
        ["thuc", "hien"],
        ["ban", "hanh"],
        ["thanh", "lap"],
        ["phe", "duyet"],
        ["huong", "dan"],
        ["tiep", "tuc"],
        ["cong", "nhan"],
        ["chi", "dinh"],
        ["dong", "thoi"],
        ["dinh", "kem"],
        ["bo", "sung"],
        ["sua", "doi"],
        ["phu", "hop"],
        ["bao", "gom"],
    ];
    // Compared exactly, also on a damaged page, because "ương Đảng" is like "hướng dẫn". Their marks tell these words
    // from syllables of names: Đà Nẵng, Sơn La, Bộ Tài chính, cơ quan.
    if matches!(
        words.word(at),
        "đã" | "là" | "tại" | "có" | "để" | "ở" | "1a" | "và," | "khi" | "mà" | "từ" | "trên"
    ) {
        return true;
    }
    // "Ban Bí thư và Bộ Chính trị" goes on; "và" before a small letter, a number or another citation ends the name.
    if words.folded(at) == "va" {
        let numbered = (2..=4).any(|ahead| words.is_number(at + ahead));
        return !words.is_capital(at + 1) || numbered || type_word_at(words, at + 1).is_some();
    }
    let lower = !words.is_capital(at);
    lower && STOPS.contains(&words.folded(at))
        || PAIRS
            .iter()
            .any(|pair| lower && words.folded(at) == pair[0] && words.folded(at + 1) == pair[1])
}
