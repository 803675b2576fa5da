//! The words that a query looks for in a text: a hit is explained without the forms of all others.

use super::written_forms::written_forms;
use crate::query::{Node, Phrase, Word};

/// The folded words of a query, those of its symbols and of excluded parts included.
#[derive(Debug, Default)]
pub(super) struct AskedWords {
    words: Vec<String>,
    /// Beginnings of words.
    prefixes: Vec<String>,
}

impl AskedWords {
    /// Returns the words of `nodes`.
    pub(super) fn of(nodes: &[Node]) -> Self {
        let mut asked = Self::default();
        nodes.iter().for_each(|node| asked.add(node));
        asked
    }

    /// Returns the words, without the beginnings.
    pub(super) fn whole(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(String::as_str)
    }

    /// Returns true if the query looks for the word with the form `folded`.
    pub(super) fn has(&self, folded: &str) -> bool {
        // They are few: comparing with each costs less than a hash.
        self.words.iter().any(|word| word == folded) || self.prefixes.iter().any(|prefix| folded.starts_with(prefix))
    }

    fn add(&mut self, node: &Node) {
        match node {
            Node::Word(word) => self.add_word(word),
            Node::Prefix(prefix) => self.prefixes.push(prefix.folded.clone()),
            Node::Phrase(phrase) => self.add_phrase(phrase),
            Node::Symbol(symbol) => {
                symbol.words.iter().for_each(|word| self.add_word(word));
                self.words
                    .extend(symbol.canonical.iter().flat_map(|asked| written_forms(asked)));
            }
            Node::Also { typed, forms } => {
                self.add(typed);
                forms.iter().for_each(|form| self.add_phrase(form));
            }
            Node::Not(inner) => self.add(inner),
            Node::All(nodes) | Node::Any(nodes) => nodes.iter().for_each(|node| self.add(node)),
        }
    }

    fn add_phrase(&mut self, phrase: &Phrase) {
        for word in &phrase.words {
            if word.is_prefix {
                self.prefixes.push(word.word.folded.clone());
            } else {
                self.add_word(&word.word);
            }
        }
    }

    fn add_word(&mut self, word: &Word) {
        if !self.words.contains(&word.folded) {
            self.words.push(word.folded.clone());
        }
    }
}
