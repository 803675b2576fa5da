//! Documents cited by name: "Nghị quyết Trung ương 4 khóa XII", "Điều lệ Đảng", "Luật Đất đai".
//!
//! A name is stable: one document has one name, however it is written. A phrase that fits any document of a kind
//! ("nghị quyết của Đảng", "quy chế làm việc" in small letters) is no citation.
//!
//! A new document that is cited by name gets a function in `party` or `law` and an arm in [`named_at`].

mod law;
mod law_names;
mod party;

use super::mention::DocumentMention;
use super::tokens::PassageWords;
use crate::symbol::{Kind, TypeWord};
use law::{constitution_at, law_named_at, regulation_at, strategy_at};
use party::{charter_at, congress_at, forbidden_things_at, plenum_at};

pub(super) use party::platform_at;

/// Returns the mentions by name that begin with the type word `type_word` at word `at`, which ends before word `rest`;
/// empty if there is none.
pub(super) fn named_at(words: &PassageWords<'_>, at: usize, type_word: &TypeWord, rest: usize) -> Vec<DocumentMention> {
    let one = |mention: Option<DocumentMention>| mention.into_iter().collect();
    match type_word.syllables {
        ["nghi", "quyet"] | ["ket", "luan"] => {
            let plenum = plenum_at(words, at, type_word, rest);
            if plenum.is_empty() && type_word.kind == Kind::NghiQuyet {
                return one(congress_at(words, at, rest));
            }
            plenum
        }
        ["quy", "dinh"] => one(forbidden_things_at(words, at, rest)),
        ["dieu", "le"] => one(charter_at(words, at, rest)),
        ["hien", "phap"] => one(constitution_at(words, at, rest)),
        ["luat"] | ["bo", "luat"] => one(law_named_at(words, at, type_word, rest)),
        ["quy", "che"] => one(regulation_at(words, at, rest)),
        ["chien", "luoc"] => one(strategy_at(words, at, rest)),
        _ => Vec::new(),
    }
}
