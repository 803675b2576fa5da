//! The words of the wordings that are compared, as numbers: equal words have equal numbers, and which other words
//! a scan or a typing error may have made of one is looked up once.

use std::collections::HashMap;

/// Number of a folded word, or of a word with its marks.
pub(super) type WordId = u32;

/// The marks are unknown: the source lost them.
pub(super) const UNKNOWN: WordId = WordId::MAX;

/// What is known of a folded word.
#[derive(Clone, Debug)]
struct Word {
    folded: Box<str>,
    /// A bit for each letter or digit that occurs in it.
    letters: u32,
    /// Minus the binary logarithm of its share of all words.
    rarity: f32,
    sort: Sort,
}

/// What sort of word a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// It begins with a digit.
    Number,
    /// It stands in so many passages that it is a word of its own, and no misreading of another.
    Known,
    /// It may be any other, misread.
    Rare,
}

/// Folded words and words with their marks, each numbered from 0.
#[derive(Clone, Debug, Default)]
pub(super) struct Vocabulary {
    folded: HashMap<Box<str>, WordId>,
    exact: HashMap<Box<str>, WordId>,
    exact_words: Vec<Box<str>>,
    words: Vec<Word>,
    /// How many of `words` have got their rarity.
    weighed: usize,
}

impl Vocabulary {
    /// The number of a folded word.
    pub(super) fn folded(&mut self, word: &str) -> WordId {
        if let Some(&id) = self.folded.get(word) {
            return id;
        }
        let id = self.words.len() as WordId;
        self.folded.insert(word.into(), id);
        self.words.push(Word {
            folded: word.into(),
            letters: word.bytes().fold(0, |letters, byte| letters | 1 << (byte & 31)),
            sort: if word.starts_with(|char: char| char.is_ascii_digit()) {
                Sort::Number
            } else {
                Sort::Rare
            },
            rarity: 0.0,
        });
        id
    }

    /// The number of a word with its marks.
    pub(super) fn exact(&mut self, word: &str) -> WordId {
        if let Some(&id) = self.exact.get(word) {
            return id;
        }
        let id = self.exact_words.len() as WordId;
        self.exact.insert(word.into(), id);
        self.exact_words.push(word.into());
        id
    }

    /// Number of folded words.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// Does the word with this number carry marks?
    pub(super) fn is_marked(&self, exact: WordId) -> bool {
        self.with_marks(exact).is_some_and(|word| !word.is_ascii())
    }

    /// The word with its marks that has this number; `None` where the marks are [`UNKNOWN`].
    pub(super) fn with_marks(&self, id: WordId) -> Option<&str> {
        self.exact_words.get(id as usize).map(AsRef::as_ref)
    }

    /// The folded word with this number.
    pub(super) fn word(&self, id: WordId) -> &str {
        &self.words[id as usize].folded
    }

    /// Does it begin with a digit?
    pub(super) fn is_number(&self, id: WordId) -> bool {
        self.sort(id) == Sort::Number
    }

    /// Bits of surprise to meet it, see [`Self::weigh`].
    pub(super) fn rarity(&self, id: WordId) -> f32 {
        self.words[id as usize].rarity
    }

    /// What sort of word it is.
    pub(super) fn sort(&self, id: WordId) -> Sort {
        self.words[id as usize].sort
    }

    /// Asks for each word that has come since the last time in how many passages it stands, among so many `words` in
    /// all.
    pub(super) fn weigh<E>(
        &mut self,
        words: u64,
        mut passages: impl FnMut(WordId, &str) -> Result<u64, E>,
    ) -> Result<(), E> {
        for (id, word) in self.words.iter_mut().enumerate().skip(self.weighed) {
            let count = passages(id as WordId, &word.folded)?;
            word.rarity = rarity(count, words);
            if word.sort == Sort::Rare && count >= KNOWN {
                word.sort = Sort::Known;
            }
        }
        self.weighed = self.words.len();
        Ok(())
    }
}

/// Bits that no word exceeds: what is seen once among a million words may be a misprint.
pub(super) const MOST_BITS: f32 = 20.0;
/// Bits that every word has at least: it might have been another.
pub(super) const LEAST_BITS: f32 = 0.5;

/// Minus the binary logarithm of the share that `count` is of all words. What stands in one passage may be a slip
/// that stands nowhere else: it is as rare as words get, in a small corpus too.
fn rarity(count: u64, words: u64) -> f32 {
    if count <= 1 {
        return MOST_BITS;
    }
    ((words as f32 + 1.0) / (count as f32 + 0.5))
        .log2()
        .clamp(LEAST_BITS, MOST_BITS)
}

/// Bits that a letter of a word costs which stands otherwise in the other: one in 10 letters is wrong, and
/// any of some 30 signs may stand there instead, or none.
const EDIT: f32 = 8.0;
/// Bits that it costs where an OCR often reads the one as the other.
const LOOK_ALIKE: f32 = 4.5;
/// Words that differ by more say nothing of one another.
const MOST_EDITS: u32 = 2;

/// Folded letters, each with what an English OCR makes of it in one place of 200 or more. Counted in the 1,000,000
/// tokens of simulated OCR that the shipped model was learnt from, where one letter of a token differs.
const LOOK_ALIKES: [(u8, &[u8]); 8] = [
    (b'a', b"di4e"),
    (b'c', b"e"),
    (b'd', b"pb"),
    (b'e', b"c"),
    (b'i', b"l1j"),
    (b'l', b"1i"),
    (b'o', b"d6ega0"),
    (b'u', b"itywalv"),
];

/// What stands in so many passages is a word of its own; a misreading stands in one, and in another that was copied
/// from it.
const KNOWN: u64 = 3;

/// Which words may be one another misread; remembers what it was asked last.
#[derive(Debug)]
pub(super) struct Alike {
    /// Each pair has one place, which it shares with others.
    remembered: Vec<(WordId, WordId, f32)>,
    row: Vec<f32>,
    both: String,
}

/// Pairs to remember: 400 kB, which the caches of a processor hold.
const REMEMBERED: usize = 1 << 15;

impl Default for Alike {
    fn default() -> Self {
        Self {
            remembered: vec![(UNKNOWN, UNKNOWN, 0.0); REMEMBERED],
            row: Vec::new(),
            both: String::new(),
        }
    }
}

impl Alike {
    /// Bits that speak for `one` and `other` (different words, one of them [`Sort::Rare`]) being one word of which one was misread or
    /// mistyped; below 0 where nothing does.
    ///
    /// If a word were no copy of the other it would be there by chance: the rarer it is the less likely. If it is
    /// one, each letter that differs has to be explained.
    pub(super) fn bits(&mut self, vocabulary: &Vocabulary, one: WordId, other: WordId) -> f32 {
        let (a, b) = (&vocabulary.words[one as usize], &vocabulary.words[other as usize]);
        let (longer, shorter) = (a.folded.len().max(b.folded.len()), a.folded.len().min(b.folded.len()));
        let apart = (a.letters ^ b.letters).count_ones();
        if apart > 2 * MOST_EDITS || longer - shorter > MOST_EDITS as usize {
            return f32::NEG_INFINITY;
        }
        let (first, second) = (one.min(other), one.max(other));
        let mixed = first.wrapping_mul(0x9e37_79b1) ^ second.wrapping_mul(0x85eb_ca6b);
        let place = (mixed >> 8) as usize % REMEMBERED;
        if let (known, with, bits) = self.remembered[place]
            && (known, with) == (first, second)
        {
            return bits;
        }
        let cost = edits(&mut self.row, a.folded.as_bytes(), b.folded.as_bytes());
        // A word of which half is other letters may be any.
        let bits = if cost >= EDIT * (longer as f32) / 2.0 {
            f32::NEG_INFINITY
        } else {
            // It cannot tell more than the word that it stands for.
            (a.rarity.max(b.rarity) - cost).min(a.rarity.min(b.rarity))
        };
        self.remembered[place] = (first, second, bits);
        bits
    }
}

/// Bits that a blank costs which was lost between two words, or came into one.
const BLANK: f32 = 5.0;
/// Bits that two words tell at most which were run together.
const MOST_JOINED: f32 = 12.0;
/// A word of fewer letters is hardly two that were run together.
const LEAST_JOINED: usize = 4;

impl Alike {
    /// May `word` be two that were run together? Such words are rare.
    pub(super) fn may_be_joined(vocabulary: &Vocabulary, word: WordId) -> bool {
        let word = &vocabulary.words[word as usize];
        word.sort == Sort::Rare && word.folded.len() >= LEAST_JOINED
    }

    /// Bits that speak for `joined` being the words `first` and `second` run together, misread or not; `None` where
    /// nothing does.
    pub(super) fn joined(
        &mut self,
        vocabulary: &Vocabulary,
        joined: WordId,
        (first, second): (WordId, WordId),
    ) -> Option<f32> {
        let [whole, first, second] = [joined, first, second].map(|word| &vocabulary.words[word as usize]);
        let apart = (whole.letters ^ (first.letters | second.letters)).count_ones();
        let len = first.folded.len() + second.folded.len();
        if apart > 2 * MOST_EDITS || whole.folded.len().abs_diff(len) > MOST_EDITS as usize {
            return None;
        }
        self.both.clear();
        self.both.push_str(&first.folded);
        self.both.push_str(&second.folded);
        let cost = edits(&mut self.row, whole.folded.as_bytes(), self.both.as_bytes()) + BLANK;
        let bits = (whole.rarity - cost).min(MOST_JOINED);
        (bits > 0.0).then_some(bits)
    }
}

/// Least cost of making one word of the other, letter by letter.
fn edits(row: &mut Vec<f32>, one: &[u8], other: &[u8]) -> f32 {
    row.clear();
    row.extend((0..=other.len()).map(|at| at as f32 * EDIT));
    for (i, &a) in one.iter().enumerate() {
        let mut corner = row[0];
        row[0] = (i + 1) as f32 * EDIT;
        for (j, &b) in other.iter().enumerate() {
            let replaced = corner + replace(a, b);
            corner = row[j + 1];
            row[j + 1] = replaced.min(row[j] + EDIT).min(corner + EDIT);
        }
    }
    row[other.len()]
}

/// Cost of one letter standing for another.
fn replace(a: u8, b: u8) -> f32 {
    if a == b {
        return 0.0;
    }
    let looks = |a: u8, b: u8| {
        LOOK_ALIKES
            .iter()
            .any(|(letter, read)| *letter == a && read.contains(&b))
    };
    if looks(a, b) || looks(b, a) { LOOK_ALIKE } else { EDIT }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bits for two words, of which the first stands in 2,000 passages and the second in as many as told.
    fn bits(one: &str, other: &str, passages: u64) -> f32 {
        let mut vocabulary = Vocabulary::default();
        let (one, other) = (vocabulary.folded(one), vocabulary.folded(other));
        vocabulary
            .weigh(1 << 20, |id, _| Ok::<u64, ()>(if id == one { 2_000 } else { passages }))
            .unwrap();
        Alike::default().bits(&vocabulary, one, other)
    }

    #[test]
    fn a_rare_word_near_a_common_one_is_that_word_misread() {
        assert!(bits("lanh", "lqnh", 1) > 5.0);
        assert!(bits("nghiem", "nghxm", 1) > 1.0);
        assert!(bits("loi", "16i", 1) > 5.0, "an OCR reads ố as 6");
    }

    #[test]
    fn two_words_that_both_are_common_are_two_words() {
        assert!(bits("ban", "can", 2_000) < 2.0);
        assert!(bits("dang", "lao", 2_000) < 0.0);
    }
}
