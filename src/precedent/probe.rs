//! Which of many candidates are worth an alignment: those that have most of a wording on one diagonal.
//!
//! Words taken over stand in the same order, so pairs of neighbouring words that both sides have lie on few
//! diagonals of the table of their places; what two texts on one subject have in common lies all over it. This costs
//! about a hundredth of an alignment.

use super::vocabulary::{Vocabulary, WordId};
use super::wording::Wording;

/// Diagonals that count as one: a clause put in moves what is behind it by up to 20 words.
const BAND: usize = 16;
/// The end of a chain of places.
const NONE: u32 = u32::MAX;

/// Where the words of one wording stand.
#[derive(Debug)]
pub(super) struct Probe {
    /// For each word its last place.
    last: Vec<u32>,
    /// For each place the one before it with the same word.
    before: Vec<u32>,
    /// Bits by band.
    bands: Vec<f32>,
}

impl Probe {
    /// One for words of this vocabulary.
    pub(super) fn new(vocabulary: &Vocabulary) -> Self {
        Self {
            last: vec![NONE; vocabulary.len()],
            before: Vec::new(),
            bands: Vec::new(),
        }
    }

    /// For each of `others` the most bits of `one` (whose words have these `bits`) that it has on two neighbouring
    /// bands.
    pub(super) fn promises<'w>(
        &mut self,
        one: &Wording,
        bits: &[f32],
        others: impl Iterator<Item = &'w Wording>,
    ) -> Vec<f32> {
        self.before.clear();
        for (place, &word) in (0..).zip(&one.words) {
            self.before
                .push(std::mem::replace(&mut self.last[word as usize], place));
        }
        let promises = others
            .map(|other| self.promise(&one.words, bits, &other.words))
            .collect();
        for &word in &one.words {
            self.last[word as usize] = NONE;
        }
        promises
    }

    /// See [`Self::promises`].
    fn promise(&mut self, one: &[WordId], bits: &[f32], other: &[WordId]) -> f32 {
        self.bands.clear();
        self.bands.resize((one.len() + other.len()) / BAND + 2, 0.0);
        for (j, pair) in (1..).zip(other.windows(2)) {
            let mut place = self.last[pair[1] as usize];
            while place != NONE {
                let i = place as usize;
                if i > 0 && one[i - 1] == pair[0] {
                    self.bands[(i + other.len() - j) / BAND] += bits[i];
                }
                place = self.before[i];
            }
        }
        self.bands
            .windows(2)
            .map(|bands| bands[0] + bands[1])
            .fold(0.0, f32::max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{Forms, Words};

    #[test]
    fn the_same_words_promise_more_in_the_same_order() {
        let mut vocabulary = Vocabulary::default();
        let mut wording = |text: &str| Wording::of(&Words::of(text, &Forms::default()).cells, &mut vocabulary);
        let one = wording("phát huy tinh thần chủ động sáng tạo của các cấp ủy");
        let others = [
            wording("cần phát huy tinh thần rất chủ động sáng tạo của mọi cấp ủy"),
            wording("các cấp ủy của sáng tạo chủ động tinh thần phát huy"),
            wording("không có gì chung"),
        ];
        let promises = Probe::new(&vocabulary).promises(&one, &[1.0; 12], others.iter());
        assert_eq!(promises, [8.0, 6.0, 0.0]);
    }
}
