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

use std::collections::BTreeMap;

use super::letters::canonical;
use super::lexicon::Lexicon;
use super::tables::{OrderRows, Tables, WordRow, quantize};
use super::token::{TextPiece, TextPieceKind, clean_form, cut};
use crate::text::Span;

use clean_token::{CleanToken, indices};
pub use hold_out::HeldOut;
pub use kneser_ney::Pruning;
pub use measure::{Judged, Score, judged};

/// A token as printed, and as a scan read it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TokenPair {
    /// As printed, with its punctuation.
    pub printed: String,
    /// As read.
    pub read: String,
}

impl TokenPair {
    /// Reads the pairs of one line of parallel text: a line number, then tab-separated fields `printed⇢read`.
    ///
    /// Only fields with one token on either side count; the others (lost, split and merged tokens) are 1 in 1000.
    pub fn of_line(line: &str) -> impl Iterator<Item = Self> + '_ {
        line.trim_end_matches(['\r', '\n'])
            .split('\t')
            .skip(1)
            .filter_map(|field| {
                let (printed, read) = field.split_once('⇢')?;
                let single = |side: &str| !side.is_empty() && !side.contains(' ');
                (single(printed) && single(read)).then(|| Self {
                    printed: printed.to_owned(),
                    read: read.to_owned(),
                })
            })
    }

    /// Returns both sides of one line of parallel text, as printed and as read, with tokens joined by blanks.
    #[must_use]
    pub fn sides_of_line(line: &str) -> [String; 2] {
        let fields = line.trim_end_matches(['\r', '\n']).split('\t').skip(1);
        let sides: Vec<(&str, &str)> = fields.filter_map(|field| field.split_once('⇢')).collect();
        [
            sides.iter().map(|side| side.0).collect::<Vec<_>>().join(" "),
            sides
                .iter()
                .map(|side| side.1)
                .filter(|read| !read.is_empty())
                .collect::<Vec<_>>()
                .join(" "),
        ]
    }

    /// Returns the word and the token without punctuation, if each is one piece: `("đảng", "pang")`.
    fn words(&self) -> Option<(String, String)> {
        let printed = one_piece(&self.printed).filter(|piece| piece.kind == TextPieceKind::Word)?;
        let read = one_piece(&self.read)?;
        let token = read.span.slice(&self.read).chars().map(canonical).collect();
        Some((clean_form(printed.span.slice(&self.printed)), token))
    }
}

/// Returns the piece that `token` consists of, if there is exactly one.
fn one_piece(token: &str) -> Option<TextPiece> {
    match cut(token, Span::new(0, token.len()))[..] {
        [piece] => Some(piece),
        _ => None,
    }
}

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
        let mut seen: BTreeMap<(String, String), u32> = BTreeMap::new();
        for pair in &self.pairs {
            if let Some(words) = pair.words() {
                *seen.entry(words).or_default() += 1;
            }
        }
        let sentences = self.sentences();
        let rows = inventory::rows(&sentences, &self.syllables, &seen);
        let lexicon = Lexicon::of(rows.clone());
        let confusions = confusions::learn(&seen, &lexicon);
        let indices: Vec<Vec<u16>> = sentences.iter().map(|sentence| indices(sentence, &lexicon)).collect();
        let ngrams = kneser_ney::learn(&indices, lexicon.len(), pruning);
        tables(rows, confusions, &ngrams).to_bytes()
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

/// Arranges all parts in the layout of the file.
fn tables(words: Vec<WordRow>, confusions: confusions::Confusions, ngrams: &kneser_ney::Pruned) -> Tables {
    let quantized = |costs: &[f32]| costs.iter().map(|&cost| quantize(cost)).collect();
    Tables {
        alphabet: confusions.alphabet,
        words,
        units: confusions.units,
        seen: confusions.seen,
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
    }
}
