//! The words of the wordings that are compared, as numbers: equal words have equal numbers. Also the likeness of two
//! words: whether a scan or a typing error may have made one of the other.

use std::collections::HashMap;

/// Number of a folded word, or of a word with its marks.
pub(super) type WordId = u32;

/// The number of a word whose marks are unknown: the source lost them.
pub(super) const UNKNOWN: WordId = WordId::MAX;

/// A folded word.
#[derive(Clone, Debug)]
struct VocabularyWord {
    folded: Box<str>,
    /// A bit for each letter or digit that occurs in it.
    letters: u32,
    /// Number of passages with it.
    passages: u64,
    /// Minus the binary logarithm of its share of all words.
    rarity: f32,
}

/// The class of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WordClass {
    /// It begins with a digit.
    Number,
    /// Enough passages ([`KNOWN`]) have it to make it a word of its own, not a misreading of another.
    Known,
    /// It may be any other word, misread.
    Rare,
}

impl WordClass {
    /// All classes, in the order of their numbers.
    pub(super) const ALL: [Self; 3] = [Self::Number, Self::Known, Self::Rare];
}

/// Folded words and words with their marks, each numbered from 0.
#[derive(Clone, Debug, Default)]
pub(super) struct Vocabulary {
    /// The numbers of folded words.
    folded: HashMap<Box<str>, WordId>,
    /// The numbers of words with their marks.
    exact: HashMap<Box<str>, WordId>,
    /// The words with their marks, by number.
    exact_words: Vec<Box<str>>,
    /// For each of them whether it has marks.
    is_marked: Vec<bool>,
    /// The folded words, by number.
    words: Vec<VocabularyWord>,
    /// Their classes.
    classes: Vec<WordClass>,
    /// Number of `words`, from the first on, whose rarity is known.
    weighed: usize,
}

impl Vocabulary {
    /// Returns the number of a folded word; a new one is added.
    pub(super) fn folded(&mut self, word: &str) -> WordId {
        if let Some(&id) = self.folded.get(word) {
            return id;
        }
        let id = self.words.len() as WordId;
        self.folded.insert(word.into(), id);
        self.words.push(VocabularyWord {
            folded: word.into(),
            letters: word.bytes().fold(0, |letters, byte| letters | 1 << (byte & 31)),
            passages: 0,
            rarity: 0.0,
        });
        let is_number = word.starts_with(|char: char| char.is_ascii_digit());
        self.classes
            .push(if is_number { WordClass::Number } else { WordClass::Rare });
        id
    }

    /// Returns the number of a word with its marks; a new one is added.
    pub(super) fn exact(&mut self, word: &str) -> WordId {
        if let Some(&id) = self.exact.get(word) {
            return id;
        }
        let id = self.exact_words.len() as WordId;
        self.exact.insert(word.into(), id);
        self.exact_words.push(word.into());
        self.is_marked.push(!word.is_ascii());
        id
    }

    /// Returns the number of folded words.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// Returns true if the word with this number has marks; false if they are [`UNKNOWN`].
    pub(super) fn is_marked(&self, exact: WordId) -> bool {
        self.is_marked.get(exact as usize).is_some_and(|&is_marked| is_marked)
    }

    /// Returns the word with its marks that has this number; `None` if the marks are [`UNKNOWN`].
    pub(super) fn with_marks(&self, id: WordId) -> Option<&str> {
        self.exact_words.get(id as usize).map(AsRef::as_ref)
    }

    /// Returns the folded word with this number.
    pub(super) fn word(&self, id: WordId) -> &str {
        &self.words[id as usize].folded
    }

    /// Returns true if the folded word with this number begins with a digit.
    pub(super) fn is_number(&self, id: WordId) -> bool {
        self.class(id) == WordClass::Number
    }

    /// Returns the bits of surprise to meet a word, wherever it is; see [`Self::weigh`].
    pub(super) fn rarity(&self, id: WordId) -> f32 {
        self.words[id as usize].rarity
    }

    /// Returns the number of passages with a word; see [`Self::weigh`].
    pub(super) fn passages(&self, id: WordId) -> u64 {
        self.words[id as usize].passages
    }

    /// Returns the class of a word; see [`Self::weigh`].
    pub(super) fn class(&self, id: WordId) -> WordClass {
        self.classes[id as usize]
    }

    /// Returns the words that are not weighed yet.
    pub(super) fn unweighed(&self) -> impl Iterator<Item = &str> {
        self.words[self.weighed..].iter().map(|word| &*word.folded)
    }

    /// Sets count, rarity and class of the words added since the last call. `passages` returns the number of passages with a
    /// word; `words` is the number of all words of the corpus.
    pub(super) fn weigh<E>(
        &mut self,
        words: u64,
        mut passages: impl FnMut(WordId, &str) -> Result<u64, E>,
    ) -> Result<(), E> {
        let added = self.words.iter_mut().zip(&mut self.classes).enumerate();
        for (id, (word, class)) in added.skip(self.weighed) {
            let count = passages(id as WordId, &word.folded)?;
            (word.passages, word.rarity) = (count, rarity(count, words));
            if *class == WordClass::Rare && count >= KNOWN {
                *class = WordClass::Known;
            }
        }
        self.weighed = self.words.len();
        Ok(())
    }
}

/// Maximum bits of a word: one that is seen once among a million words may be a misprint.
pub(super) const MAX_BITS: f32 = 20.0;
/// Minimum bits of a word: it might have been another.
pub(super) const MIN_BITS: f32 = 0.5;

/// Returns minus the binary logarithm of the share of `count` in all words. A word of one passage may be a slip that
/// occurs nowhere else: it is as rare as words get, in a small corpus too.
fn rarity(count: u64, words: u64) -> f32 {
    if count <= 1 {
        return MAX_BITS;
    }
    ((words as f32 + 1.0) / (count as f32 + 0.5))
        .log2()
        .clamp(MIN_BITS, MAX_BITS)
}

/// Bits that a letter costs that differs between two words: one in 10 letters is wrong, and any of some 30 characters
/// may be there instead, or none.
const EDIT: f32 = 8.0;
/// Bits that it costs if an OCR often reads one of the two letters as the other.
const LOOK_ALIKE: f32 = 4.5;
/// Maximum number of letters in which two words may differ and still be one, misread.
const MAX_EDITS: u32 = 2;

/// Folded letters, each with the characters that an English OCR reads instead in one of 200 cases or more. Counted in
/// the 1,000,000 tokens of simulated OCR that the shipped model was trained on, where one letter of a token differs.
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

/// Minimum number of passages of a word of its own: a misreading is in one passage, and in another that was copied from
/// it.
const KNOWN: u64 = 3;

/// Finds words that may be one another misread, and caches the latest results.
#[derive(Debug)]
pub(super) struct Likeness {
    /// Each pair of words has one slot, which it shares with others.
    cache: Vec<(WordId, WordId, f32)>,
    /// Scratch space of [`edits`].
    row: Vec<f32>,
    /// Scratch space for two words run together.
    both: String,
}

/// Slots of the cache: 400 kB, which fit in the caches of a processor.
const SLOTS: usize = 1 << 15;

impl Default for Likeness {
    fn default() -> Self {
        Self {
            cache: vec![(UNKNOWN, UNKNOWN, 0.0); SLOTS],
            row: Vec::new(),
            both: String::new(),
        }
    }
}

impl Likeness {
    /// Returns the bits of evidence that `one` and `other` (different words, one of them [`WordClass::Rare`]) are one
    /// word, misread or mistyped on one side; below 0 if nothing speaks for it.
    ///
    /// If neither word were a copy of the other, they would meet by chance, which is the less likely the rarer they
    /// are. If one is a copy, each letter that differs has to be explained.
    pub(super) fn bits(&mut self, vocabulary: &Vocabulary, one: WordId, other: WordId) -> f32 {
        let (a, b) = (&vocabulary.words[one as usize], &vocabulary.words[other as usize]);
        let (longer, shorter) = (a.folded.len().max(b.folded.len()), a.folded.len().min(b.folded.len()));
        let apart = (a.letters ^ b.letters).count_ones();
        if apart > 2 * MAX_EDITS || longer - shorter > MAX_EDITS as usize {
            return f32::NEG_INFINITY;
        }
        // Comparing letter by letter is slow, and the same pairs come again and again.
        let (first, second) = (one.min(other), one.max(other));
        let mixed = first.wrapping_mul(0x9e37_79b1) ^ second.wrapping_mul(0x85eb_ca6b);
        let slot = (mixed >> 8) as usize % SLOTS;
        if let (cached, with, bits) = self.cache[slot]
            && (cached, with) == (first, second)
        {
            return bits;
        }
        let cost = edits(&mut self.row, a.folded.as_bytes(), b.folded.as_bytes());
        // A word half of whose letters differ may be any word.
        let bits = if cost >= EDIT * (longer as f32) / 2.0 {
            f32::NEG_INFINITY
        } else {
            // It cannot carry more bits than the word that it stands for.
            (a.rarity.max(b.rarity) - cost).min(a.rarity.min(b.rarity))
        };
        self.cache[slot] = (first, second, bits);
        bits
    }
}

/// Bits that a blank costs that was lost between two words, or came into one.
const BLANK: f32 = 5.0;
/// Maximum bits of two words run together.
const MAX_JOINED_BITS: f32 = 12.0;
/// Minimum number of letters of two words run together.
const MIN_JOINED_LETTERS: usize = 4;

impl Likeness {
    /// Returns true if `word` may be two words run together: such words are rare.
    pub(super) fn may_be_joined(vocabulary: &Vocabulary, word: WordId) -> bool {
        vocabulary.class(word) == WordClass::Rare && vocabulary.word(word).len() >= MIN_JOINED_LETTERS
    }

    /// Returns the bits of evidence that `joined` is the two words `parts` run together, misread or not; `None` if
    /// nothing speaks for it.
    pub(super) fn joined(&mut self, vocabulary: &Vocabulary, joined: WordId, parts: [WordId; 2]) -> Option<f32> {
        let [whole, first, second] = [joined, parts[0], parts[1]].map(|word| &vocabulary.words[word as usize]);
        let apart = (whole.letters ^ (first.letters | second.letters)).count_ones();
        let len = first.folded.len() + second.folded.len();
        if apart > 2 * MAX_EDITS || whole.folded.len().abs_diff(len) > MAX_EDITS as usize {
            return None;
        }
        self.both.clear();
        self.both.push_str(&first.folded);
        self.both.push_str(&second.folded);
        let cost = edits(&mut self.row, whole.folded.as_bytes(), self.both.as_bytes()) + BLANK;
        let bits = (whole.rarity - cost).min(MAX_JOINED_BITS);
        (bits > 0.0).then_some(bits)
    }
}

/// Returns the least cost of turning one word into the other, letter by letter. `row` is scratch space.
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

/// Returns the cost of one letter in the place of another.
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

    /// Bits of two words, the first of which is in 2,000 passages and the second in `passages`.
    fn bits(one: &str, other: &str, passages: u64) -> f32 {
        let mut vocabulary = Vocabulary::default();
        let (one, other) = (vocabulary.folded(one), vocabulary.folded(other));
        vocabulary
            .weigh(1 << 20, |id, _| Ok::<u64, ()>(if id == one { 2_000 } else { passages }))
            .unwrap();
        Likeness::default().bits(&vocabulary, one, other)
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
