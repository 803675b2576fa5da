//! Documents cited by name: "Nghị quyết Trung ương 4 khóa XII", "Điều lệ Đảng", "Luật Đất đai".
//!
//! A name is stable: however it is written, one document has one name. What any document of its sort may
//! be called ("nghị quyết của Đảng", "quy chế làm việc" in small letters) is no citation.

mod law;
mod law_names;
mod party;

use super::mention::Mention;
use super::tokens::Words;
use crate::symbol::{Kind, TypeWord};
use law::{constitution_at, law_named_at, regulation_at, strategy_at};
use party::{charter_at, congress_at, forbidden_things_at, plenum_at};

pub(super) use party::platform_at;

/// The citations by name that begin with the type word at word `at`, which ends before word `behind`;
/// empty where there is none.
pub(super) fn named_at(words: &Words<'_>, at: usize, row: &TypeWord, behind: usize) -> Vec<Mention> {
    let one = |mention: Option<Mention>| mention.into_iter().collect();
    match row.syllables {
        ["nghi", "quyet"] | ["ket", "luan"] => {
            let plenum = plenum_at(words, at, row, behind);
            if plenum.is_empty() && row.kind == Kind::NghiQuyet {
                return one(congress_at(words, at, behind));
            }
            plenum
        }
        ["quy", "dinh"] => one(forbidden_things_at(words, at, behind)),
        ["dieu", "le"] => one(charter_at(words, at, behind)),
        ["hien", "phap"] => one(constitution_at(words, at, behind)),
        ["luat"] => one(law_named_at(words, at, behind, false)),
        ["bo", "luat"] => one(law_named_at(words, at, behind, true)),
        ["quy", "che"] => one(regulation_at(words, at, behind)),
        ["chien", "luoc"] => one(strategy_at(words, at, behind)),
        _ => Vec::new(),
    }
}
