//! Consecutive words: whether the words of a wording follow one another in a passage, through any of the readings that
//! both sides have at a position.
//!
//! The algorithm is Shift-And (Baeza-Yates and Gonnet 1992): a bit for each beginning of the wording says whether the
//! passage has it up to the current position. One step costs a bit operation for each 64 words of the wording, so the
//! time is linear in the passage, whatever repeats in it.

/// The places that a word has in a wording, a bit each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WordPlaces(Vec<u64>);

impl WordPlaces {
    /// No place in a wording of `len` words.
    pub(crate) fn none(len: usize) -> Self {
        Self(vec![0; len.div_ceil(64)])
    }

    /// Adds the place `at`, counted from 0.
    pub(crate) fn add(&mut self, at: usize) {
        self.0[at / 64] |= 1 << (at % 64);
    }
}

/// Finds where all words of a wording follow one another. One is reused for many passages.
#[derive(Debug)]
pub(crate) struct RunFinder {
    /// Number of words of the wording.
    len: usize,
    /// For each place of the wording whether its words up to there end at the last position.
    open: Vec<u64>,
    /// The places that the words at the current position have.
    here: Vec<u64>,
    /// The last position.
    last: Option<u32>,
}

impl RunFinder {
    /// A finder for a wording of `len` words; 0 words are found nowhere.
    pub(crate) fn new(len: usize) -> Self {
        let blocks = len.div_ceil(64);
        Self {
            len,
            open: vec![0; blocks],
            here: vec![0; blocks],
            last: None,
        }
    }

    /// Begins with a new passage.
    pub(crate) fn restart(&mut self) {
        self.last = None;
    }

    /// Goes on to `position`, which lies after the last one; `words` are the places of each word there. Returns true if
    /// the last word of the whole wording is there.
    pub(crate) fn step<'w>(&mut self, position: u32, words: impl Iterator<Item = &'w WordPlaces>) -> bool {
        if self.last.is_none_or(|last| last + 1 != position) {
            self.open.fill(0);
        }
        self.last = Some(position);
        self.here.fill(0);
        for places in words {
            for (here, place) in self.here.iter_mut().zip(&places.0) {
                *here |= place;
            }
        }
        let mut carry = 1;
        for (open, here) in self.open.iter_mut().zip(&self.here) {
            let next = *open >> 63;
            *open = (*open << 1 | carry) & here;
            carry = next;
        }
        let Some(end) = self.len.checked_sub(1) else {
            return false;
        };
        self.open[end / 64] >> (end % 64) & 1 == 1
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Returns the positions at which the whole wording ends. A text is given as the words at each position.
    fn ends(wording: &[u8], text: &[Vec<u8>]) -> Vec<usize> {
        let mut finder = RunFinder::new(wording.len());
        let places = |word: u8| {
            let mut places = WordPlaces::none(wording.len());
            for (at, _) in wording.iter().enumerate().filter(|(_, its)| **its == word) {
                places.add(at);
            }
            places
        };
        let all: Vec<WordPlaces> = (0..4).map(places).collect();
        let step = |(at, words): (usize, &Vec<u8>)| {
            finder
                .step(at as u32, words.iter().map(|&word| &all[word as usize]))
                .then_some(at)
        };
        text.iter().enumerate().filter_map(step).collect()
    }

    proptest! {
        #[test]
        fn the_ends_are_those_of_a_plain_scan(
            wording in prop::collection::vec(0..2_u8, 1..140),
            mut text in prop::collection::vec(prop::collection::vec(0..4_u8, 0..3), 0..60),
            copied in 0..2_usize,
        ) {
            for _ in 0..copied {
                text.extend(wording.iter().map(|&word| vec![3, word]));
            }
            let plain: Vec<usize> = (0..text.len())
                .filter(|&end| {
                    let start = (end + 1).checked_sub(wording.len());
                    start.is_some_and(|start| wording.iter().zip(&text[start..]).all(|(word, here)| here.contains(word)))
                })
                .collect();
            prop_assert_eq!(ends(&wording, &text), plain);
        }
    }

    #[test]
    fn a_gap_ends_a_run_and_a_new_passage_begins_anew() {
        let mut places = [WordPlaces::none(2), WordPlaces::none(2)];
        places[0].add(0);
        places[1].add(1);
        let mut finder = RunFinder::new(2);
        assert!(!finder.step(0, [&places[0]].into_iter()));
        assert!(!finder.step(2, [&places[1]].into_iter()));
        assert!(!finder.step(3, [&places[0]].into_iter()));
        assert!(finder.step(4, [&places[1]].into_iter()));
        assert!(!finder.step(5, [&places[0]].into_iter()));
        finder.restart();
        assert!(!finder.step(6, [&places[1]].into_iter()), "another passage");
    }
}
