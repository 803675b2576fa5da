//! Builds the model file from parallel and plain text, for the program `vankien-train`.
//!
//! Reading a document needs nothing of this. Only counts go into the file, no text. The same input gives the same
//! bytes: all tables are sorted, so no order of a hash map reaches them.

mod clean_token;
mod confusions;
mod hold_out;
mod inventory;
mod kneser_ney;
mod measure;
mod parallel;
mod sureness;

use std::collections::BTreeMap;

use super::channel::ChannelName;
use super::lexicon::Lexicon;
use super::tables::{OrderRows, Tables, quantize};
use super::token::cut;
use crate::text::Span;

use clean_token::{CleanToken, indices};
pub use hold_out::HeldOut;
pub use kneser_ney::Pruning;
pub use measure::{Judged, Score, judged};
pub use parallel::{ParallelLine, TokenPair};

/// The texts that a model is built from.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// Parallel text, as pairs of tokens.
    pub pairs: Vec<TokenPair>,
    /// Clean texts, with lines joined or not.
    pub texts: Vec<String>,
    /// Syllables of Vietnamese, one each.
    pub syllables: Vec<String>,
}

impl Sources {
    /// Counts the sources and returns the bytes of the model file.
    #[must_use]
    pub fn build(&self, pruning: &Pruning) -> Vec<u8> {
        let mut seen: [BTreeMap<(String, String), u32>; ChannelName::ALL.len()] = Default::default();
        for pair in &self.pairs {
            if let Some((name, printed, read)) = pair.words() {
                *seen[name as usize].entry((printed, read)).or_default() += 1;
            }
        }
        let sentences = self.sentences();
        let lexicon = Lexicon::of(inventory::rows(&sentences, &self.syllables));
        let indices: Vec<Vec<u16>> = sentences.iter().map(|sentence| indices(sentence, &lexicon)).collect();
        let ngrams = kneser_ney::learn(&indices, lexicon.len(), pruning);
        let tables = Tables {
            channels: seen.iter().map(|seen| confusions::learn(seen, &lexicon)).collect(),
            wrong: sureness::wrong(&self.pairs, &lexicon),
            words: lexicon.rows().to_vec(),
            ..ngram_tables(&ngrams)
        };
        tables.to_bytes()
    }

    /// The sentences of the plain texts.
    fn sentences(&self) -> Vec<Vec<CleanToken>> {
        let mut sentences: Vec<Vec<CleanToken>> = Vec::new();
        for text in &self.texts {
            for piece in cut(text, Span::new(0, text.len())) {
                let token = CleanToken::of(text, piece);
                match sentences.last_mut() {
                    Some(sentence) if !piece.opens => sentence.push(token),
                    _ => sentences.push(vec![token]),
                }
            }
        }
        sentences
    }
}

/// Arranges the n-grams in the layout of the file.
fn ngram_tables(ngrams: &kneser_ney::Pruned) -> Tables {
    let quantized = |costs: &[f32]| costs.iter().map(|&cost| quantize(cost)).collect();
    Tables {
        word_costs: quantized(&ngrams.word_costs),
        word_backoffs: quantized(&ngrams.word_backoffs),
        orders: ngrams
            .orders
            .iter()
            .map(|order| OrderRows {
                children: order.children.clone(),
                words: order.words.clone(),
                costs: quantized(&order.costs),
                backoffs: quantized(&order.backoffs),
            })
            .collect(),
        ..Tables::default()
    }
}
