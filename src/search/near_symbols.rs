//! Symbols that look like one that nothing cites: slips of the keyboard, and the same number by another kind or issuer.

use super::near::{MAX_SLIPS, slips};
use super::opened::engine_of;
use crate::index::{Error, Index};
use crate::record::Facet;
use crate::symbol::{canonical_symbol, symbol_number, trim_zeros};

/// Symbols that are offered in place of one that nothing cites.
const MAX_NEAR_SYMBOLS: usize = 5;

/// Distance of two symbols with the same number and another kind or issuer; farther than any slip.
const SAME_NUMBER: usize = MAX_SLIPS + 1;

/// Returns the cited symbols that look most like `symbol`, nearest first, at most [`MAX_NEAR_SYMBOLS`].
///
/// Near are symbols with the same number and another kind or issuer, and symbols that differ by at most two chars
/// typed wrong, left out, added, or swapped with the next. Near a number alone are the symbols that have it. Empty if
/// nothing is near, or if `symbol` is neither.
///
/// # Errors
/// [`Error::Damaged`], [`Error::Engine`].
pub fn nearest_symbols(index: &Index, symbol: &str) -> Result<Vec<String>, Error> {
    let number = number_alone(symbol);
    if number.is_none() && canonical_symbol(symbol).is_none() {
        return Ok(Vec::new());
    }
    let cited = engine_of(index).values(Facet::Cites)?;
    let Some(number) = number else {
        return Ok(nearest_of(symbol, cited.iter().cloned()));
    };
    let has_number = |cited: &&String| canonical_symbol(cited).is_some_and(|cited| symbol_number(&cited) == number);
    Ok(cited
        .iter()
        .filter(has_number)
        .take(MAX_NEAR_SYMBOLS)
        .cloned()
        .collect())
}

/// Returns what was typed if it is a number and nothing else, without leading zeros.
fn number_alone(typed: &str) -> Option<&str> {
    let typed = typed.trim();
    let is_number = !typed.is_empty() && typed.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| trim_zeros(typed))
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

/// Returns the distance of two canonical symbols; `None` if they are not near.
fn distance(asked: &str, cited: &str) -> Option<usize> {
    slips(asked, cited).or_else(|| (symbol_number(asked) == symbol_number(cited)).then_some(SAME_NUMBER))
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
