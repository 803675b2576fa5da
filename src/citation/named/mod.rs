//! Documents cited by name: "Nghị quyết Trung ương 4 khóa XII", "Điều lệ Đảng", "Luật Đất đai".
//!
//! A name is stable: one document has one name, however it is written. A phrase that fits any document of a kind
//! ("nghị quyết của Đảng", "quy chế làm việc" in small letters) is no citation.
//!
//! A new document that is cited by name gets a function in one of the files and an arm in [`named_at`], or in
//! [`unnumbered_at`] if no number ever follows its first words.

mod congress;
mod law;
mod law_names;
mod party;
mod plenum;

use super::mention::DocumentMention;
use super::tokens::PassageWords;
use crate::symbol::{Kind, TypeWord};
use congress::{congress_at, political_report_at};
use law::{constitution_at, law_named_at, regulation_at, strategy_at};
use party::{charter_at, charter_rules_at, forbidden_things_at, platform_at};
use plenum::plenum_at;

/// Returns the mentions by name that begin with the type word `type_word` at word `at`, which ends before word `rest`;
/// empty if there is none.
pub(super) fn named_at(words: &PassageWords<'_>, at: usize, type_word: &TypeWord, rest: usize) -> Vec<DocumentMention> {
    let one = |mention: Option<DocumentMention>| mention.into_iter().collect();
    match type_word.syllables {
        ["nghi", "quyet"] | ["ket", "luan"] => resolutions_at(words, at, rest, type_word.kind),
        ["quy", "dinh"] => one(forbidden_things_at(words, at, rest).or_else(|| charter_rules_at(words, at, rest))),
        ["dieu", "le"] => one(charter_at(words, at, rest)),
        ["hien", "phap"] => one(constitution_at(words, at, rest)),
        ["luat"] | ["bo", "luat"] | ["phap", "lenh"] => one(law_named_at(words, at, type_word, rest)),
        ["quy", "che"] => one(regulation_at(words, at, rest)),
        ["chien", "luoc"] => one(strategy_at(words, at, rest)),
        ["bao", "cao"] => political_report_at(words, at, rest),
        _ => Vec::new(),
    }
}

/// Returns the resolutions, or conclusions, of plenums and congresses that begin at word `at`; the type word ends before
/// word `rest`.
fn resolutions_at(words: &PassageWords<'_>, at: usize, rest: usize, kind: Kind) -> Vec<DocumentMention> {
    if kind != Kind::NghiQuyet {
        return plenum_at(words, at, "Kết luận", kind, rest);
    }
    let plenum = plenum_at(words, at, "Nghị quyết", kind, rest);
    if plenum.is_empty() && rest > at {
        return congress_at(words, at, rest, "Nghị quyết", kind);
    }
    plenum
}

/// Returns the mentions by name that begin at word `at` with words that no number follows; empty if there is none.
pub(super) fn unnumbered_at(words: &PassageWords<'_>, at: usize) -> Vec<DocumentMention> {
    match words.folded(at) {
        "van" => match words.phrase(at, &["van", "kien"]) {
            Some(rest) => congress_at(words, at, rest, "Văn kiện", Kind::Other),
            None => Vec::new(),
        },
        // "NQ TW 4 khóa XII", "NQ Đại hội XIV của Đảng", "NQTW4 khóa XII".
        "nq" if words.word(at) == "NQ" => resolutions_at(words, at, at + 1, Kind::NghiQuyet),
        glued if glued.starts_with("nqt") && words.word(at).starts_with("NQT") => {
            resolutions_at(words, at, at, Kind::NghiQuyet)
        }
        _ => platform_at(words, at).into_iter().collect(),
    }
}
