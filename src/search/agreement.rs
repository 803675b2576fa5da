//! The agreement of marks: how well the marks of a query agree with those of a passage, and the terms of the index by
//! which the engine finds each level.
//!
//! The field of exact words has the words of the source as they are, and others after a sign of their origin (see
//! [`REPAIRED`], [`LOST`], [`ALTERNATIVE`]). [`SIGNED`] says which of them agree at which level; [`level_of`] says the
//! same about the words of a stored passage. The engine counts by the first, hits are explained by the second, and a
//! test holds both together.

use serde::{Deserialize, Serialize};

use crate::index::{ALTERNATIVE, Cell, FormOrigin, LOST, REPAIRED, WordForm};
use crate::query::{PhraseWord, Word};
use crate::text::named;

named! {
    /// The agreement of the marks of the query with those of a passage, best first.
    #[derive(
        Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema,
    )]
    #[serde(rename_all = "lowercase")]
    pub enum Agreement {
        /// They agree as printed in the source, or the query has none.
        #[default]
        Exact = "exact",
        /// The source is misread there; its repaired reading agrees.
        Read = "read",
        /// The source lost its marks; a reading of it agrees, or none is known.
        Lost = "lost",
        /// They contradict each other: only the words without marks agree.
        Folded = "folded",
    }
}

impl Agreement {
    /// The worst level that `--marks exact` takes.
    pub const WORST_EXACT: Self = Self::Read;

    /// The worst level at which marks do not contradict each other.
    pub(super) const WORST_AGREEING: Self = Self::Lost;
}

/// The levels that have queries of their own, best first: every match is at least at the worst level.
pub(super) const LEVELS: [Agreement; 3] = [Agreement::Exact, Agreement::Read, Agreement::Lost];

/// A form of a word that its terms may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TermForm {
    Exact,
    Folded,
}

/// The terms of the field of exact words that agree with a word: their level, the steps of score that they are worth,
/// the sign before the word, and the form of the word after it.
const SIGNED: [(Agreement, f32, Option<char>, TermForm); 5] = [
    (Agreement::Exact, 3.0, None, TermForm::Exact),
    (Agreement::Read, 2.0, Some(REPAIRED), TermForm::Exact),
    (Agreement::Lost, 2.0, Some(LOST), TermForm::Exact),
    (Agreement::Lost, 2.0, Some(LOST), TermForm::Folded),
    (Agreement::Lost, 1.0, Some(ALTERNATIVE), TermForm::Exact),
];

/// Returns the terms of the field of exact words that agree with `word`, each with its level and the steps of score that
/// it is worth. Of those with a sign only the ones with one of `signs` are meant: an index without a damaged document has
/// none.
pub(super) fn signed_terms(word: &Word, signs: &[char]) -> impl Iterator<Item = (Agreement, f32, String)> {
    let known = SIGNED
        .iter()
        .filter(|(.., sign, _)| sign.is_none_or(|sign| signs.contains(&sign)));
    known.map(|(level, steps, sign, form)| {
        let form = match form {
            TermForm::Exact => &word.exact,
            TermForm::Folded => &word.folded,
        };
        (*level, *steps, sign.iter().copied().chain(form.chars()).collect())
    })
}

/// Returns the terms of the field of exact words that agree with `word` at `level` or better, without a sign or with one
/// of `signs`. A word whose marks do not
/// count agrees with all of its terms at every level.
pub(super) fn terms_at(word: &Word, level: Agreement, signs: &[char]) -> Vec<String> {
    let wanted = signed_terms(word, signs).filter(|(at, ..)| !word.asks_marks || *at <= level);
    let mut terms: Vec<String> = wanted.map(|(_, _, term)| term).collect();
    terms.sort();
    terms.dedup();
    terms
}

/// Returns the agreement of the marks of `word` with those of a cell; `None` if not even the folded forms agree.
pub(super) fn level_of(cell: &Cell, word: &Word) -> Option<Agreement> {
    let forms = cell.forms.iter().filter(|form| form.folded == word.folded);
    forms.map(|form| form_level(form, word, form.exact == word.exact)).min()
}

/// Returns the agreement of a word of a phrase, which may be a prefix, with a cell.
pub(super) fn level_in_phrase(cell: &Cell, word: &PhraseWord) -> Option<Agreement> {
    if word.is_prefix {
        level_of_prefix(cell, &word.word)
    } else {
        level_of(cell, &word.word)
    }
}

/// Returns the agreement of the marks of a prefix with those of a cell; `None` if no form of the cell begins so.
pub(super) fn level_of_prefix(cell: &Cell, prefix: &Word) -> Option<Agreement> {
    let forms = cell.forms.iter().filter(|form| form.folded.starts_with(&prefix.folded));
    forms
        .map(|form| form_level(form, prefix, form.exact.starts_with(&prefix.exact)))
        .min()
}

/// Returns the level of a form of the right letters, whose marks are the `same` as those of `word` or not.
fn form_level(form: &WordForm, word: &Word, same: bool) -> Agreement {
    match form.origin {
        _ if !word.asks_marks => Agreement::Exact,
        FormOrigin::Source | FormOrigin::Lost if same => Agreement::Exact,
        FormOrigin::Repaired if same => Agreement::Read,
        FormOrigin::Lost => Agreement::Lost,
        FormOrigin::Restored | FormOrigin::Alternative if same => Agreement::Lost,
        _ => Agreement::Folded,
    }
}
