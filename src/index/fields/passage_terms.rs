//! The terms of the words of a passage: the forms of a word (exact, folded, repaired) share one position.
//!
//! In a damaged place the word of the source, the repaired one and other likely ones get the same position, so that a
//! phrase is found through any of them. `"cấp Uy"` with the repaired reading `"cấp ủy"` gives `cap` and `uy` in the
//! field of folded words, and in the field of exact words
//!
//! | position | term | origin |
//! |---|---|---|
//! | 0 | `cấp` | the source |
//! | 1 | `uy` | the source |
//! | 1 | `=ủy` | the repaired reading of a misread text |
//! | 1 | `?ùy` | another reading that is nearly as likely |
//!
//! In a text that lost its marks, `Dang` also gives `~dang`: any marks may have been there. Where it was typed without
//! them, a reading only adds marks, and gives `~đảng` instead of `=đảng`. No word begins with one of these signs. So a
//! search for `đường` with and without them distinguishes agreement (as printed, as repaired, lost) from contradiction.
//!
//! The [shingles] of a passage are those of its folded words: a shingle of two words that are no numbers is in a passage as
//! often as the two words follow each other in the field of folded words.

use super::analyzer::TermList;
use super::annotations::Annotations;
use super::shingles::{self, Shingle};
use super::tokenized::{Compound, FormOrigin, Tokenized};
use crate::text::{TokenKind, Tokens};

/// Prefix of an exact term that comes from the repaired reading.
pub(crate) const REPAIRED: char = '=';
/// Prefix of an exact term that comes from another reading.
pub(crate) const ALTERNATIVE: char = '?';
/// Prefix of a term in the field of exact words of a source that lost the marks of the word: the folded word, or the
/// word with the marks that a reading adds.
pub(crate) const LOST: char = '~';

/// The terms of the words of a passage, as texts for the tokenizers of their fields.
pub(in crate::index) struct PassageTerms {
    /// Words without marks, for the tokenizer [`super::analyzer::TERMS`].
    pub(in crate::index) folded: TermList,
    /// Words with their marks, at the same positions, for the same tokenizer.
    pub(in crate::index) exact: TermList,
    /// Shingles, for the tokenizer [`super::analyzer::SHINGLES`].
    pub(in crate::index) shingles: String,
}

impl PassageTerms {
    /// Cuts the `text` of a passage with these `annotations`.
    pub(in crate::index) fn of(text: &str, annotations: &Annotations) -> Self {
        let mut terms = Self {
            folded: TermList::with_capacity(text.len()),
            exact: TermList::with_capacity(text.len() + text.len() / 8),
            shingles: String::with_capacity(text.len() + text.len() / 4),
        };
        if annotations.damaged.is_empty() && annotations.marks.is_empty() {
            terms.add_plain(text, annotations.lossy);
        } else {
            terms.add_cells(&Tokenized::of(text, annotations));
        }
        terms
    }

    /// Adds the terms of a text without damaged stretches and marks of notes; `lossy` is that of its annotations.
    fn add_plain(&mut self, text: &str, lossy: bool) {
        let mut tokens = Tokens::new(text);
        let mut pairs = shingles::Pairs::default();
        while let Some(token) = tokens.advance() {
            let position = token.position as usize;
            let (exact, folded) = (tokens.exact(), tokens.folded());
            self.folded.push(position, None, folded);
            self.exact.push(position, None, exact);
            if lossy && token.kind == TokenKind::Word && exact == folded {
                self.exact.push(position, Some(LOST), folded);
            }
            if matches!(token.kind, TokenKind::Word | TokenKind::Number)
                && let Some(shingle) = pairs.next(folded)
            {
                shingles::push_term(&mut self.shingles, shingle);
            }
        }
    }

    /// Adds the terms of a passage that was cut into cells.
    fn add_cells(&mut self, tokenized: &Tokenized) {
        let mut compounds: Vec<&Compound> = tokenized.compounds.iter().collect();
        compounds.sort_by_key(|whole| whole.first);
        let mut compounds = compounds.into_iter().peekable();
        let (mut folded, mut exact): (Vec<Term<'_>>, Vec<Term<'_>>) = (Vec::new(), Vec::new());
        for (position, cell) in tokenized.cells.iter().enumerate() {
            while let Some(whole) = compounds.next_if(|whole| whole.first <= position) {
                folded.push((None, &whole.folded));
                exact.push((exact_sign(whole.origin, &whole.exact, &whole.folded), &whole.exact));
            }
            for form in &cell.forms {
                folded.push((None, &form.folded));
                exact.push((exact_sign(form.origin, &form.exact, &form.folded), &form.exact));
                if form.origin == FormOrigin::Lost {
                    exact.push((Some(LOST), &form.folded));
                }
            }
            for (list, terms) in [(&mut self.folded, &mut folded), (&mut self.exact, &mut exact)] {
                // At one position each term stands once.
                terms.sort_unstable();
                terms.dedup();
                terms.drain(..).for_each(|(sign, word)| list.push(position, sign, word));
            }
        }
        let add = |shingle: Shingle| shingles::push_term(&mut self.shingles, shingle);
        shingles::for_each_in_cells(&tokenized.cells, add);
    }
}

/// A term: its sign, and the word after it.
type Term<'t> = (Option<char>, &'t str);

/// Returns the sign of a form in the field of exact words.
fn exact_sign(origin: FormOrigin, exact: &str, folded: &str) -> Option<char> {
    match origin {
        FormOrigin::Source | FormOrigin::Lost => None,
        FormOrigin::Repaired => Some(REPAIRED),
        // Without marks it would look as if any marks might have been there.
        FormOrigin::Restored if exact != folded => Some(LOST),
        FormOrigin::Restored | FormOrigin::Alternative => Some(ALTERNATIVE),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::super::analyzer::{SHINGLES, TERMS, split};
    use super::*;
    use crate::index::Damaged;
    use crate::text::Span;

    /// Returns a text of `words`, each with the readings that it has if it is damaged, and whether a mark of a note ends it.
    fn annotated(words: &[(String, Vec<String>, bool)]) -> (String, Annotations) {
        let mut text = String::new();
        let mut annotations = Annotations::default();
        for (word, readings, marked) in words {
            if !text.is_empty() {
                text.push(' ');
            }
            let start = text.len();
            text.push_str(word);
            if *marked {
                text.push('7');
                annotations.marks.push(Span::new(text.len() - 1, text.len()));
            }
            if !readings.is_empty() {
                annotations.damaged.push(Damaged {
                    span: Span::new(start, text.len()),
                    readings: readings.clone(),
                    unsure: Vec::new(),
                });
            }
        }
        (text, annotations)
    }

    proptest! {
        /// The shingle of two words is in a passage as often as the words follow each other in the folded field.
        #[test]
        fn shingles_count_the_places_of_two_words(
            words in prop::collection::vec(
                (
                    "[aăb]{1,2}|[ab] [đd]|12|7a|21-NQ/TW|8/9/2016|,",
                    prop::collection::vec("[aảb]{1,2}( [abđ]{1,2}){0,2}|9|3-QĐ/TU|[.]", 0..4),
                    prop::bool::weighted(0.2),
                ),
                0..9,
            ),
            (lossy, misread) in any::<(bool, bool)>(),
        ) {
            let (text, annotations) = annotated(&words);
            let terms = PassageTerms::of(&text, &Annotations { lossy, misread, ..annotations });
            let mut frequencies: HashMap<String, usize> = HashMap::new();
            for (_, shingle) in split(SHINGLES, &terms.shingles) {
                *frequencies.entry(shingle).or_default() += 1;
            }
            let folded = split(TERMS, terms.folded.as_str());
            let mut places: HashMap<(&str, &str), usize> = HashMap::new();
            let is_word = |term: &str| term.chars().all(char::is_alphabetic);
            for (at, first) in folded.iter().filter(|(_, term)| is_word(term)) {
                for (_, second) in folded.iter().filter(|(next, term)| *next == at + 1 && is_word(term)) {
                    *places.entry((first, second)).or_default() += 1;
                }
            }
            for ((first, second), count) in places {
                let mut shingle = String::new();
                shingles::push_term(&mut shingle, shingles::shingle(first, second));
                prop_assert_eq!(frequencies.remove(&shingle), Some(count), "{} {}", first, second);
            }
            // What is left has numbers in it.
            let has_number = folded.iter().any(|(_, term)| term.starts_with(|char: char| char.is_ascii_digit()));
            prop_assert!(frequencies.is_empty() || has_number, "{:?}", frequencies);
        }
    }
}
