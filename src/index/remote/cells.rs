//! The words of a passage as text for the engine: a cell for each position, and in it the terms at that position.
//!
//! `cấp Uy` with the repaired reading `cấp ủy` becomes `cấp uy|=ủy`. So a passage has one cut into words for both
//! engines, and positions are the same in both.
//!
//! No term has a bar or a blank in it, because no word has. What had one could not be told from two terms, so a
//! [`GAP`] takes its place ([`may_be_term`]); so it does for a term that is too long for Lucene, which would refuse the
//! whole passage, and for the empty one that a mark without a letter folds to. Nobody can ask for any of these, and the
//! length of the passage stays that of the embedded index.

use super::mapping::{MAX_CELL_CHARS, MAX_TERM_CHARS};
use crate::index::fields::analyzer::TermList;

/// Ends a term in a cell.
const BAR: char = '|';

/// Stands for a term that the engine cannot have, and is the cell of a position without a term.
pub(crate) const GAP: &str = "\u{2}";

/// The cells of a passage without words. Without any term it would not count among the passages in the statistics of
/// words, as it does in the embedded index.
pub(crate) const NO_WORDS: &str = "\u{1}";

/// Returns the cells of `terms`, with a blank between them; empty if there are no terms.
pub(super) fn cells(terms: &TermList) -> String {
    let mut cells = String::new();
    // The position of the cell that is being written, and its chars so far.
    let mut open: Option<(usize, usize)> = None;
    for (position, term) in terms.terms() {
        let term = if may_be_term(term) { term } else { GAP };
        let chars = term.chars().count();
        let joined = match open {
            Some((at, written)) if at == position => Some(written + 1 + chars),
            _ => None,
        };
        match joined {
            Some(joined) if joined > MAX_CELL_CHARS => continue,
            Some(_) => cells.push(BAR),
            None => {
                let next = open.map_or(0, |(at, _)| at + 1);
                for _ in next..position {
                    begin(&mut cells);
                    cells.push_str(GAP);
                }
                begin(&mut cells);
            }
        }
        cells.push_str(term);
        open = Some((position, joined.unwrap_or(chars)));
    }
    cells
}

/// Begins a cell.
fn begin(cells: &mut String) {
    if !cells.is_empty() {
        cells.push(' ');
    }
}

/// Returns true if the engine can have a term.
fn may_be_term(term: &str) -> bool {
    let splits = |sign: char| sign == BAR || sign.is_whitespace() || is_java_blank(sign);
    (1..=MAX_TERM_CHARS).contains(&term.chars().count()) && !term.contains(splits)
}

/// Returns true for the separators at which Java cuts, and Rust sees no white space.
fn is_java_blank(sign: char) -> bool {
    matches!(sign, '\u{1c}'..='\u{1f}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::index::fields::passage_terms::PassageTerms;
    use crate::index::{Annotations, Damaged};
    use crate::text::Span;

    /// Splits cells as the engine does.
    fn split(cells: &str) -> Vec<(usize, String)> {
        let cells = cells.split_whitespace().enumerate();
        cells
            .flat_map(|(position, cell)| cell.split(BAR).map(move |term| (position, term.to_owned())))
            .collect()
    }

    /// The terms of a list, with a gap for each empty one.
    fn listed(terms: &TermList) -> Vec<(usize, String)> {
        let term = |term: &str| if term.is_empty() { GAP } else { term }.to_owned();
        terms
            .terms()
            .map(|(position, listed)| (position, term(listed)))
            .collect()
    }

    proptest! {
        /// The cells of any text have the terms of the embedded index at the same positions, all of them.
        #[test]
        fn cells_have_all_terms_at_their_positions(
            words in prop::collection::vec("[aăđb]{1,3}|21-NQ/TW|8/9/2016|[|=~?,;]{1,2}|\\PC{1,3}", 0..12),
            readings in prop::collection::vec("[aảb]{1,2}( [abđ]{1,2}){0,2}|3-QĐ/TU|\\PC{1,4}", 0..4),
            (lossy, misread) in any::<(bool, bool)>(),
        ) {
            let text = words.join(" ");
            let mut annotations = Annotations { lossy, misread, ..Annotations::default() };
            if let (Some(first), false) = (words.first(), readings.is_empty()) {
                annotations.damaged.push(Damaged {
                    span: Span::new(0, first.len()),
                    readings,
                    unsure: Vec::new(),
                });
            }
            let terms = PassageTerms::of(&text, &annotations);
            for list in [&terms.folded, &terms.exact] {
                prop_assert_eq!(split(&cells(list)), listed(list), "{:?}", text);
            }
        }

        #[test]
        fn gaps_and_long_terms_keep_the_positions_of_the_others(
            steps in prop::collection::vec((0..4_usize, "[a-z]{1,3}"), 0..8),
        ) {
            let mut list = TermList::default();
            let mut position = 0;
            let mut expected = Vec::new();
            for (step, word) in &steps {
                position += step;
                list.push(position, None, word);
                list.push(position, None, &"x".repeat(MAX_TERM_CHARS + 1));
                list.push(position, None, "a|b");
                list.push(position, None, "a b");
                expected.push((position, word.clone()));
            }
            let mut terms = split(&cells(&list));
            terms.retain(|(_, term)| term != GAP);
            prop_assert_eq!(terms, expected);
        }
    }

    #[test]
    fn a_cell_has_no_more_than_the_tokenizer_takes() {
        let mut list = TermList::default();
        for letter in 'a'..='f' {
            list.push(0, None, &letter.to_string().repeat(MAX_TERM_CHARS));
        }
        list.push(1, None, "sau");
        let cells = cells(&list);
        let lengths: Vec<usize> = cells.split(' ').map(str::len).collect();
        assert_eq!(lengths, [3 * MAX_TERM_CHARS + 2, 3]);
    }
}
