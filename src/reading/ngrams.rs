//! The n-gram model of syllables: the cost of a word after the words before it, in packed sorted arrays.
//!
//! The n-grams form a trie: a bigram is a word and one of its continuations, a trigram is a bigram and one of its
//! continuations, and so on. A context is an entry of that trie, so a look-up is a binary search among the
//! continuations of one entry; `"hội đồng"` → `"nhân"` is found among some forty 16-bit numbers. Probabilities are
//! modified Kneser-Ney (Chen and Goodman 1999) with back-off weights, pruned by the trainer.

use std::ops::Range;

use super::tables::{OrderRows, Tables, dequantize};

/// The index that stands for "no entry".
const NONE: u32 = u32::MAX;

/// The highest order: n-grams of four words.
pub(crate) const MAX_ORDER: usize = 4;

/// The n-grams of one order.
#[derive(Debug, Default)]
struct NgramOrder {
    /// Index in `words` of the first continuation of each entry of the order below; then the number of words.
    starts: Vec<u32>,
    /// The last word of each n-gram.
    words: Vec<u16>,
    /// Cost of that word after the others, as a byte of [`dequantize`].
    costs: Vec<u8>,
    /// Cost of backing off from each entry, as such a byte; empty for the highest order.
    backoffs: Vec<u8>,
}

impl NgramOrder {
    /// Unpacks one order: numbers of continuations become offsets.
    fn of(rows: &OrderRows) -> Self {
        let mut starts = Vec::with_capacity(rows.children.len() + 1);
        let mut at = 0_u32;
        starts.push(0);
        for &count in &rows.children {
            at += u32::from(count);
            starts.push(at.min(rows.words.len() as u32));
        }
        Self {
            starts,
            words: rows.words.clone(),
            costs: rows.costs.clone(),
            backoffs: rows.backoffs.clone(),
        }
    }

    /// Returns the entries that continue the entry `parent` of the order below; none if the model lacks that one.
    #[inline]
    fn continuations(&self, parent: u32) -> Range<usize> {
        let parent = parent as usize;
        match (self.starts.get(parent), self.starts.get(parent + 1)) {
            (Some(&start), Some(&end)) => start as usize..end as usize,
            _ => 0..0,
        }
    }

    /// Finds the entry of `word` after the entry `parent` of the order below.
    #[inline]
    fn find(&self, parent: u32, word: u16) -> u32 {
        let continuations = self.continuations(parent);
        let start = continuations.start as u32;
        let words = self.words.get(continuations).unwrap_or_default();
        words.binary_search(&word).map_or(NONE, |at| start + at as u32)
    }
}

/// The last words, as entries of the trie: those of one word, two words and three.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct NgramContext {
    /// `entries[k]` is the entry of the last `k + 1` words, or [`NONE`] if the model has none.
    entries: [u32; MAX_ORDER - 1],
}

impl NgramContext {
    /// The context of `word` alone, as at the start of a sentence.
    pub(crate) const fn of_word(word: u16) -> Self {
        Self {
            entries: [word as u32, NONE, NONE],
        }
    }

    /// The context of words that are not known.
    pub(super) const fn unknown() -> Self {
        Self {
            entries: [NONE; MAX_ORDER - 1],
        }
    }

    /// Returns the last word.
    pub(crate) const fn last(self) -> u16 {
        self.entries[0] as u16
    }
}

/// The n-gram model.
#[derive(Debug, Default)]
pub(crate) struct Ngrams {
    /// Cost of each word alone.
    word_costs: Vec<f32>,
    /// Cost of backing off from each word.
    word_backoffs: Vec<f32>,
    /// Bigrams, trigrams, four-grams.
    orders: [NgramOrder; MAX_ORDER - 1],
    /// The cost in nats of each byte.
    nats: Vec<f32>,
}

impl Ngrams {
    /// Unpacks the n-grams of a model file.
    pub(crate) fn of(tables: &Tables) -> Self {
        let unpack = |bytes: &[u8]| bytes.iter().map(|&byte| dequantize(byte)).collect();
        let mut orders: [NgramOrder; MAX_ORDER - 1] = Default::default();
        for (order, rows) in orders.iter_mut().zip(&tables.orders) {
            *order = NgramOrder::of(rows);
        }
        Self {
            word_costs: unpack(&tables.word_costs),
            word_backoffs: unpack(&tables.word_backoffs),
            orders,
            nats: (0..=u8::MAX).map(dequantize).collect(),
        }
    }

    /// Returns the cost of `word` regardless of the words before it; words that the model lacks cost as much as the
    /// rarest.
    pub(crate) fn alone(&self, word: u16) -> f32 {
        self.word_costs.get(word as usize).copied().unwrap_or(UNKNOWN_WORD)
    }

    /// Returns the n-grams that continue the last `level + 1` words of `context`, as numbers for [`Self::continuation`].
    pub(super) fn continuations(&self, level: usize, context: NgramContext) -> Range<usize> {
        self.orders[level].continuations(context.entries[level])
    }

    /// Returns all n-grams of `level + 2` words, in groups of those that continue the same words, as such numbers.
    pub(super) fn groups(&self, level: usize) -> impl Iterator<Item = Range<usize>> {
        let starts = self.orders[level].starts.windows(2);
        starts.map(|pair| pair[0] as usize..pair[1] as usize)
    }

    /// Returns the last word of the n-gram `number` of `level + 2` words, and the cost of that word after the others.
    pub(super) fn continuation(&self, level: usize, number: usize) -> (u16, f32) {
        let order = &self.orders[level];
        (order.words[number], self.nats[order.costs[number] as usize])
    }

    /// Returns the cost of `word` after `context`, and the context that includes it.
    #[inline]
    pub(crate) fn step(&self, context: NgramContext, word: u16) -> (f32, NgramContext) {
        let mut next = NgramContext::of_word(word);
        let mut cost = self.alone(word);
        let mut backoff = self
            .word_backoffs
            .get(context.entries[0] as usize)
            .copied()
            .unwrap_or(0.0);
        for (level, order) in self.orders.iter().enumerate() {
            let parent = context.entries[level];
            if parent == NONE {
                break;
            }
            // The longest known n-gram gives the cost; each longer context that lacks the word adds its back-off.
            if level > 0 {
                backoff = self.orders[level - 1]
                    .backoffs
                    .get(parent as usize)
                    .map_or(0.0, |&byte| self.nats[byte as usize]);
            }
            let entry = order.find(parent, word);
            if entry == NONE {
                cost += backoff;
                continue;
            }
            cost = self.nats[order.costs[entry as usize] as usize];
            if level + 1 < next.entries.len() {
                next.entries[level + 1] = entry;
            }
        }
        (cost, next)
    }
}

/// Cost of a word that the shipped model lacks because it comes from the user's own documents.
const UNKNOWN_WORD: f32 = 14.0;
