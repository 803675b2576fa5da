//! The matches that are shown: what was meant, not every word that could be.
//!
//! This is the one rule for snippets, the reader, find-in-document and the terminal. For each part of a query
//!
//! 1. matches whose marks agree are shown; contradicting ones only where none agrees in the passage;
//! 2. of the matches of a word, those beside a match of its neighbor in the query are shown; others only where it is
//!    beside none. So `chuyển đổi số` shows "chuyển đổi số" and "đổi số", but not the "số" of "Quyết định số 5".

use std::collections::HashSet;

use super::agreement::Agreement;

/// A match of a part of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    /// The cells that it covers.
    pub(super) cells: Vec<usize>,
    /// The number of the part, from 1; words that are neighbors in the query have consecutive numbers.
    pub(super) part: usize,
    /// The agreement of its marks.
    pub(super) level: Agreement,
}

/// Returns, for each of `cells` cells, the number of the part that it is shown as a match of; 0 for none.
pub(super) fn mark(mut spots: Vec<Spot>, cells: usize) -> Vec<usize> {
    let agreeing: HashSet<usize> = spots
        .iter()
        .filter(|spot| spot.level <= Agreement::WORST_AGREEING)
        .map(|spot| spot.part)
        .collect();
    spots.retain(|spot| spot.level <= Agreement::WORST_AGREEING || !agreeing.contains(&spot.part));
    // Ends and beginnings of matches, to look for the neighbors of one.
    let ends: HashSet<(usize, usize)> = spots
        .iter()
        .filter_map(|spot| Some((spot.part, spot.cells.last()? + 1)))
        .collect();
    let beginnings: HashSet<(usize, usize)> = spots
        .iter()
        .filter_map(|spot| Some((spot.part, *spot.cells.first()?)))
        .collect();
    let is_beside = |spot: &Spot| {
        let (Some(&first), Some(&last)) = (spot.cells.first(), spot.cells.last()) else {
            return false;
        };
        ends.contains(&(spot.part - 1, first)) || beginnings.contains(&(spot.part + 1, last + 1))
    };
    let beside: Vec<bool> = spots.iter().map(is_beside).collect();
    let with_neighbor: HashSet<usize> = spots
        .iter()
        .zip(&beside)
        .filter(|(_, beside)| **beside)
        .map(|(spot, _)| spot.part)
        .collect();
    let mut hits = vec![0; cells];
    for (spot, beside) in spots.iter().zip(beside) {
        if beside || !with_neighbor.contains(&spot.part) {
            for &cell in &spot.cells {
                if let Some(hit) = hits.get_mut(cell) {
                    *hit = spot.part;
                }
            }
        }
    }
    hits
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the hits of spots given as part, cell and level.
    fn hits(spots: &[(usize, usize, Agreement)], cells: usize) -> Vec<usize> {
        let spots = spots.iter().map(|&(part, cell, level)| Spot {
            cells: vec![cell],
            part,
            level,
        });
        mark(spots.collect(), cells)
    }

    #[test]
    fn contradicting_marks_are_shown_only_where_none_agree() {
        use Agreement::{Exact, Folded, Lost, Read};
        assert_eq!(
            hits(&[(2, 0, Exact), (2, 1, Folded), (2, 2, Read), (2, 3, Lost)], 4),
            [2, 0, 2, 2]
        );
        assert_eq!(hits(&[(2, 0, Folded), (2, 1, Folded)], 2), [2, 2]);
    }

    #[test]
    fn a_word_beside_its_neighbor_hides_the_same_word_elsewhere() {
        use Agreement::Exact;
        let spots = [
            (2, 0, Exact),
            (3, 1, Exact),
            (4, 2, Exact),
            (3, 4, Exact),
            (4, 6, Exact),
        ];
        assert_eq!(hits(&spots, 7), [2, 3, 4, 0, 0, 0, 0]);
        // Neither is beside the other anywhere.
        assert_eq!(
            hits(&[(2, 0, Exact), (3, 2, Exact), (3, 5, Exact)], 6),
            [2, 0, 3, 0, 0, 3]
        );
    }
}
