//! Symbols that look like one that nothing cites: slips of the keyboard, and the same number by another kind or issuer.

use std::collections::BTreeSet;

use crate::index::{Error, Index};
use crate::record::Facet;
use crate::symbol::{canonical_symbol, symbol_number};

/// Symbols that are offered in place of one that nothing cites.
const MAX_NEAR_SYMBOLS: usize = 5;

/// Distance of two symbols with the same number and another kind or issuer; farther than any slip.
const SAME_NUMBER: usize = 3;

/// Returns the cited symbols that look most like `symbol`, nearest first, at most [`MAX_NEAR_SYMBOLS`].
///
/// Near are symbols with the same number and another kind or issuer, and symbols that differ by at most two chars
/// typed wrong, left out, added, or swapped with the next. Empty if nothing is near, or if `symbol` is no symbol.
///
/// # Errors
/// [`Error::Damaged`], [`Error::Engine`].
pub fn nearest_symbols(index: &Index, symbol: &str) -> Result<Vec<String>, Error> {
    if canonical_symbol(symbol).is_none() {
        return Ok(Vec::new());
    }
    Ok(nearest_of(symbol, values(index, Facet::Cites)?))
}

/// Returns those of `symbols` that look most like `symbol`, nearest first, at most [`MAX_NEAR_SYMBOLS`], each once.
pub fn nearest_of(symbol: &str, symbols: impl IntoIterator<Item = String>) -> Vec<String> {
    let Some(asked) = canonical_symbol(symbol) else {
        return Vec::new();
    };
    let near = symbols.into_iter().filter_map(|known| {
        let distance = distance(&asked, &canonical_symbol(&known)?)?;
        Some((distance, known))
    });
    let mut near: Vec<(usize, String)> = near.collect();
    near.sort();
    near.dedup();
    near.truncate(MAX_NEAR_SYMBOLS);
    near.into_iter().map(|(_, known)| known).collect()
}

/// Returns all values of a facet, sorted.
fn values(index: &Index, facet: Facet) -> Result<BTreeSet<String>, Error> {
    let mut values = BTreeSet::new();
    for segment in index.searcher().segment_readers() {
        index.guard(|| {
            if let Some(column) = segment.fast_fields().str(facet.name())? {
                let mut stream = column.dictionary().stream()?;
                while let Some((value, _)) = stream.next() {
                    values.insert(String::from_utf8_lossy(value).into_owned());
                }
            }
            Ok(())
        })?;
    }
    Ok(values)
}

/// Returns the distance of two canonical symbols; `None` if they are not near.
fn distance(asked: &str, cited: &str) -> Option<usize> {
    let edits = edits(asked, cited);
    if edits <= 2 {
        return Some(edits);
    }
    (symbol_number(asked) == symbol_number(cited)).then_some(SAME_NUMBER)
}

/// Returns the number of chars to change, remove, add or swap with the next to turn one text into the other
/// (the optimal string alignment distance).
fn edits(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (row, &a) in one.iter().enumerate() {
        let mut current = vec![row + 1];
        for (column, &b) in other.iter().enumerate() {
            let mut cost = (last[column] + usize::from(a != b))
                .min(last[column + 1] + 1)
                .min(current[column] + 1);
            if row > 0 && column > 0 && a == other[column - 1] && b == one[row - 1] {
                cost = cost.min(before_last[column - 1] + 1);
            }
            current.push(cost);
        }
        before_last = std::mem::replace(&mut last, current);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_near_and_another_number_is_not() {
        for (asked, cited, near) in [
            ("21-nq-tw", "12-nq-tw", Some(1)),
            ("21-nq-tw", "21-kl-tw", Some(2)),
            ("144-qd-tw", "144-qd-ubnd", Some(3)),
            ("21-nq-tw", "1034-qd-ubnd", None),
        ] {
            assert_eq!(distance(asked, cited), near, "{asked} {cited}");
        }
    }
}
