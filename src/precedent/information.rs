//! How much it tells that a word is the same in two texts: its surprise, in bits.
//!
//! Behind `năng`, the word `lực` tells hardly anything; a word that seldom follows the one before it tells much. So
//! set phrases of the genre, whose words call one another, weigh little, whatever their length, and the counts come
//! from the corpus itself.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::Hash;

use super::vocabulary::{LEAST_BITS, Vocabulary, WordId};
use crate::index::{Error, Index};

/// Where words are counted.
pub(super) trait Counts {
    /// Number of all words.
    fn words(&self) -> u64;
    /// Number of passages with this folded word.
    fn word(&self, id: WordId, folded: &str) -> Result<u64, Error>;
    /// Number of passages in which the second word stands behind the first; any number is the same word.
    fn pair(&self, vocabulary: &Vocabulary, first: WordId, second: WordId) -> Result<u64, Error>;
}

/// Bits that a word tells at most: where a rare term stands, more of its kind are likely. Of 360 plantings in 7 MB of
/// law texts 323 are found at a score that leaves 2 % false matches without this bound, 332 at 8 or 10.
const MOST_TOLD: f32 = 8.0;
/// How often a word must have been seen until what follows it is trusted as much as its share of all words.
const TRUST: f32 = 8.0;

/// The bits of each of `words`.
pub(super) fn bits(words: &[WordId], vocabulary: &Vocabulary, counts: &dyn Counts) -> Result<Vec<f32>, Error> {
    let mut bits = Vec::with_capacity(words.len());
    let mut last: Option<(WordId, f32)> = None;
    for &word in words {
        let seen = counts.word(word, vocabulary.word(word))? as f32;
        let share = (-vocabulary.rarity(word)).exp2();
        let bit = match last {
            Some((before, times)) if times > 0.0 && seen > 0.0 => {
                let together = counts.pair(vocabulary, before, word)? as f32;
                let trust = times / (times + TRUST);
                -(trust * (together / times).min(1.0) + (1.0 - trust) * share).log2()
            }
            _ => vocabulary.rarity(word),
        };
        bits.push(bit.clamp(LEAST_BITS, MOST_TOLD));
        last = Some((word, seen));
    }
    Ok(bits)
}

/// The counts of an index, for one [`Vocabulary`]; each is looked up once.
pub(super) struct IndexCounts<'i> {
    index: &'i Index,
    words: u64,
    known: RefCell<HashMap<WordId, u64>>,
    known_pairs: RefCell<HashMap<(WordId, WordId), u64>>,
}

impl<'i> IndexCounts<'i> {
    /// The counts of `index`.
    pub(super) fn of(index: &'i Index) -> Result<Self, Error> {
        Ok(Self {
            index,
            words: index.words_count()?,
            known: RefCell::default(),
            known_pairs: RefCell::default(),
        })
    }
}

impl Counts for IndexCounts<'_> {
    fn words(&self) -> u64 {
        self.words
    }

    fn word(&self, id: WordId, folded: &str) -> Result<u64, Error> {
        once(&self.known, id, || self.index.passages_with_word(folded))
    }

    fn pair(&self, vocabulary: &Vocabulary, first: WordId, second: WordId) -> Result<u64, Error> {
        once(&self.known_pairs, (first, second), || {
            let shingle = crate::index::shingle(vocabulary.word(first), vocabulary.word(second));
            self.index.passages_with_shingle(shingle)
        })
    }
}

/// What is `known` of `key`, or else is looked up.
fn once<K: Copy + Eq + Hash>(
    known: &RefCell<HashMap<K, u64>>,
    key: K,
    look_up: impl FnOnce() -> Result<u64, Error>,
) -> Result<u64, Error> {
    if let Some(&count) = known.borrow().get(&key) {
        return Ok(count);
    }
    let count = look_up()?;
    known.borrow_mut().insert(key, count);
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `lực` stands behind each `năng`; `rừng` stands nowhere else.
    struct Counted;

    impl Counts for Counted {
        fn words(&self) -> u64 {
            1 << 20
        }

        fn word(&self, _: WordId, folded: &str) -> Result<u64, Error> {
            Ok(if folded == "rung" { 1 } else { 1000 })
        }

        fn pair(&self, vocabulary: &Vocabulary, first: WordId, second: WordId) -> Result<u64, Error> {
            let set = (vocabulary.word(first), vocabulary.word(second)) == ("nang", "luc");
            Ok(if set { 1000 } else { 0 })
        }
    }

    #[test]
    fn a_word_that_the_one_before_it_calls_tells_little() {
        let mut vocabulary = Vocabulary::default();
        let words = ["nang", "luc", "nang", "rung"].map(|word| vocabulary.folded(word));
        vocabulary
            .weigh(Counted.words(), |id, word| Counted.word(id, word))
            .unwrap();
        let bits = bits(&words, &vocabulary, &Counted).unwrap();
        assert_eq!(bits[1], LEAST_BITS);
        assert!(bits[0] > 5.0 && bits[3] == MOST_TOLD, "{bits:?}");
    }
}
