//! The matches that are shown: what was meant, not every word that could be.
//!
//! This is the one rule for snippets, the reader, find-in-document and the terminal. For each part of a query
//!
//! 1. matches whose marks agree are shown; contradicting ones only where none agrees in the passage;
//! 2. of the matches of a word, those beside a match of its neighbor in the query are shown; others only where it is
//!    beside none. So `chuyển đổi số` shows "chuyển đổi số" and "đổi số", but not the "số" of "Quyết định số 5".

use super::agreement::Agreement;

/// A match of a part of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    /// The cells that it covers.
    pub(super) cells: Vec<usize>,
    /// The number of the part, from 1.
    pub(super) part: usize,
    /// The agreement of its marks.
    pub(super) level: Agreement,
}

/// Returns, for each of `cells` cells, the number of the part that it is shown as a match of; 0 for none. `neighbors` are
/// the pairs of parts that stand side by side in the query.
pub(super) fn mark(mut spots: Vec<Spot>, neighbors: &[(usize, usize)], cells: usize) -> Vec<usize> {
    let parts = spots.iter().map(|spot| spot.part + 1).max().unwrap_or(0);
    let mut agreeing = vec![false; parts];
    for spot in &spots {
        agreeing[spot.part] |= spot.level <= Agreement::WORST_AGREEING;
    }
    spots.retain(|spot| spot.level <= Agreement::WORST_AGREEING || !agreeing[spot.part]);
    let places = Places::of(&spots);
    let beside: Vec<bool> = spots
        .iter()
        .map(|spot| places.has_neighbor_of(spot, neighbors))
        .collect();
    let mut with_neighbor = vec![false; parts];
    for (spot, beside) in spots.iter().zip(&beside) {
        with_neighbor[spot.part] |= beside;
    }
    let mut hits = vec![0; cells];
    for (spot, beside) in spots.iter().zip(beside) {
        if beside || !with_neighbor[spot.part] {
            for &cell in &spot.cells {
                if let Some(hit) = hits.get_mut(cell) {
                    *hit = spot.part;
                }
            }
        }
    }
    hits
}

/// The places at which matches begin and end.
struct Places {
    /// The first cell of each match, and its part; sorted.
    beginnings: Vec<(usize, usize)>,
    /// The cell after each match, and its part; sorted.
    ends: Vec<(usize, usize)>,
}

impl Places {
    fn of(spots: &[Spot]) -> Self {
        let sorted = |place: fn(&Spot) -> Option<usize>| {
            let places = spots.iter().filter_map(|spot| Some((place(spot)?, spot.part)));
            let mut places: Vec<_> = places.collect();
            places.sort_unstable();
            places
        };
        Self {
            beginnings: sorted(|spot| spot.cells.first().copied()),
            ends: sorted(|spot| Some(spot.cells.last()? + 1)),
        }
    }

    /// Returns true if a match of a neighbor of the part of `spot` ends right before it, or begins right after it, as the
    /// two stand in the query.
    fn has_neighbor_of(&self, spot: &Spot, neighbors: &[(usize, usize)]) -> bool {
        let (Some(&first), Some(&last)) = (spot.cells.first(), spot.cells.last()) else {
            return false;
        };
        let stands = |places: &[(usize, usize)], place| places.binary_search(&place).is_ok();
        neighbors.iter().any(|&(before, after)| {
            (after == spot.part && stands(&self.ends, (first, before)))
                || (before == spot.part && stands(&self.beginnings, (last + 1, after)))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the hits of spots given as part, cell and level, of a query whose parts 2, 3 and 4 are neighbors.
    fn hits(spots: &[(usize, usize, Agreement)], cells: usize) -> Vec<usize> {
        let spots = spots.iter().map(|&(part, cell, level)| Spot {
            cells: vec![cell],
            part,
            level,
        });
        mark(spots.collect(), &[(2, 3), (3, 4)], cells)
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
