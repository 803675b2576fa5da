//! Text drawn from the n-grams of a model: as much of it as a test or a measurement needs, with the term statistics of
//! real text.
//!
//! The words after a context come as often as the model expects them there. Where the model backs off, a word is drawn
//! from a shorter context, at last from no context at all: so a drawn text has the long tail of rare pairs that real
//! text has, and search engines meet lists of postings of all lengths.

use super::lexicon::{self, Lexicon};
use super::model::Model;
use super::ngrams::{MAX_ORDER, NgramContext, Ngrams};

/// One draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawn<'m> {
    /// A word.
    Word {
        /// The word in lower case.
        form: &'m str,
        /// The share of its occurrences inside sentences that begin with a capital, in 255ths.
        capital: u8,
        /// True if it is written in capitals (`hđnd`).
        is_acronym: bool,
    },
    /// A number, date, percentage or list label.
    Number,
    /// The symbol of a document.
    Symbol,
    /// A word that the model lacks, such as a name.
    Unknown,
    /// The end of a sentence.
    SentenceEnd,
}

/// Draws words from a model, each in the context of those before it.
///
/// ```
/// use vankien::reading::{Drawn, Model, Sampler};
/// let mut sampler = Sampler::of(Model::shipped());
/// // Any source of numbers will do; the same numbers give the same text.
/// let numbers = (1..200).map(|number| f64::from(number) * 0.618 % 1.0);
/// let words = numbers.filter(|number| matches!(sampler.draw(*number), Drawn::Word { .. }));
/// assert!(words.count() > 100);
/// ```
#[derive(Clone, Debug)]
pub struct Sampler<'m> {
    lexicon: &'m Lexicon,
    ngrams: &'m Ngrams,
    /// The probabilities of the words alone, added up.
    alone: Vec<f64>,
    /// The probabilities of the n-grams of each order, added up within the continuations of each context.
    orders: [Vec<f64>; MAX_ORDER - 1],
    context: NgramContext,
}

impl<'m> Sampler<'m> {
    /// Creates a sampler that stands at the start of a sentence. It draws no words that a corpus taught the model.
    #[must_use]
    pub fn of(model: &'m Model) -> Self {
        let (lexicon, ngrams) = (model.lexicon(), model.ngrams());
        let words = 0..u16::try_from(lexicon.len()).unwrap_or(u16::MAX);
        Self {
            alone: sums(words.map(|word| ngrams.alone(word))).collect(),
            orders: std::array::from_fn(|level| {
                let cost = |number| ngrams.continuation(level, number).1;
                ngrams.groups(level).flat_map(|group| sums(group.map(cost))).collect()
            }),
            lexicon,
            ngrams,
            context: NgramContext::of_word(lexicon::BOUNDARY),
        }
    }

    /// Draws the next word. `uniform` is a random number, at least 0 and less than 1.
    pub fn draw(&mut self, uniform: f64) -> Drawn<'m> {
        let word = self.word(uniform);
        self.context = self.ngrams.step(self.context, word).1;
        match word {
            lexicon::BOUNDARY => Drawn::SentenceEnd,
            lexicon::UNKNOWN => Drawn::Unknown,
            lexicon::NUMBER => Drawn::Number,
            lexicon::SYMBOL => Drawn::Symbol,
            word => {
                let row = self.lexicon.row(word);
                Drawn::Word {
                    form: &row.form,
                    capital: row.capital,
                    is_acronym: row.acronym,
                }
            }
        }
    }

    /// Forgets the words before: the next word is drawn without any context.
    pub fn forget(&mut self) {
        self.context = NgramContext::unknown();
    }

    /// Returns the word that the number `uniform` falls on: the continuations of the longest context take their
    /// probabilities, what they leave is divided among those of the next shorter one, and so on.
    ///
    /// A word that a longer context has may be drawn from a shorter one too, so frequent pairs come a little too often.
    fn word(&self, uniform: f64) -> u16 {
        let mut left = uniform;
        for level in (0..self.orders.len()).rev() {
            let group = self.ngrams.continuations(level, self.context);
            let sums = self.orders[level].get(group.clone()).unwrap_or_default();
            let taken = sums.last().copied().unwrap_or(0.0);
            if left < taken {
                let number = group.start + sums.partition_point(|&sum| sum <= left);
                return self.ngrams.continuation(level, number).0;
            }
            left = (left - taken) / (1.0 - taken).max(f64::MIN_POSITIVE);
        }
        let left = left * self.alone.last().copied().unwrap_or(0.0);
        let number = self.alone.partition_point(|&sum| sum <= left);
        u16::try_from(number).unwrap_or(lexicon::UNKNOWN)
    }
}

/// Returns the probabilities of these costs in nats, added up.
fn sums(costs: impl Iterator<Item = f32>) -> impl Iterator<Item = f64> {
    costs.scan(0.0, |sum, cost| {
        *sum += f64::from(-cost).exp();
        Some(*sum)
    })
}
