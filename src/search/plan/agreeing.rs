//! The questions that match where marks agree: one for each node and level, without scores.

use super::{Planner, excluded};
use crate::index::Error;
use crate::query::{Node, Phrase, PhraseWord, Word};
use crate::search::agreement::{Agreement, LEVELS, terms_at};
use crate::search::ask::{Ask, Key, PartMarks, Place, PlacedWords, TermField};

impl Planner<'_> {
    /// Returns how the marks of `node` are judged, by a question for each level but the worst; `exact` is the score of the
    /// best one.
    pub(super) fn marks_by_queries(&mut self, node: &Node, exact: f32) -> Result<PartMarks, Error> {
        if !node.asks_marks() {
            return Ok(PartMarks::Unasked);
        }
        let levels = LEVELS.iter().map(|&level| Ok((level, self.node_at(node, level)?)));
        let levels: Result<_, Error> = levels.collect();
        Ok(PartMarks::Levels { levels: levels?, exact })
    }

    /// Returns how the marks of a phrase are judged; `exact` is the score of the best level.
    pub(super) fn marks_of_phrase(&self, phrase: &Phrase, exact: f32) -> Result<PartMarks, Error> {
        if !phrase.asks_marks() {
            return Ok(PartMarks::Unasked);
        }
        let mut levels = Vec::new();
        let mut last = None;
        for level in LEVELS {
            let words = self.placed_at(phrase, level)?;
            // Positions are dear to read: a level at which no further term agrees finds nothing further.
            if last.as_ref() != Some(&words) {
                levels.push((level, Ask::Placed(words.clone())));
                last = Some(words);
            }
        }
        Ok(PartMarks::Levels { levels, exact })
    }

    /// Returns the question for the passages in which the marks of `node` agree at `level` or better.
    pub(super) fn node_at(&mut self, node: &Node, level: Agreement) -> Result<Ask, Error> {
        if !node.asks_marks() || level == Agreement::Folded {
            return self.node(node);
        }
        Ok(match node {
            Node::Word(word) => self.word_at(word, level)?,
            Node::Phrase(phrase) => self.phrase_at(phrase, level)?,
            Node::Prefix(word) => self.prefix_at(word, level)?,
            Node::Symbol(_) => self.node(node)?,
            Node::Also { typed, forms } => {
                let mut sides = vec![self.node_at(typed, level)?];
                for form in forms {
                    sides.push(self.phrase_at(form, level)?);
                }
                Ask::any_of(sides)
            }
            // Words that are excluded have no level; their node excludes the same passages at all of them.
            Node::Not(inner) => excluded(self.unwanted(inner)?),
            Node::All(nodes) => {
                let all: Result<Vec<_>, Error> = nodes.iter().map(|node| self.node_at(node, level)).collect();
                Ask::All {
                    must: all?,
                    must_not: Vec::new(),
                }
            }
            Node::Any(nodes) => {
                let sides: Result<Vec<_>, Error> = nodes.iter().map(|side| self.node_at(side, level)).collect();
                Ask::any_of(sides?)
            }
        })
    }

    /// Returns the question for a word at `level` or better.
    pub(super) fn word_at(&self, word: &Word, level: Agreement) -> Result<Ask, Error> {
        Ok(if word.asks_marks {
            Ask::OneOf(self.exact_terms(word, level)?)
        } else {
            Ask::OneOf(vec![Key::folded(&word.folded)])
        })
    }

    /// Returns the question for a phrase at `level` or better.
    pub(super) fn phrase_at(&self, phrase: &Phrase, level: Agreement) -> Result<Ask, Error> {
        Ok(Ask::Placed(self.placed_at(phrase, level)?))
    }

    /// Returns the words of a phrase at `level` or better.
    fn placed_at(&self, phrase: &Phrase, level: Agreement) -> Result<PlacedWords, Error> {
        let mut places = Vec::with_capacity(phrase.words.len());
        for PhraseWord { word, place, is_prefix } in &phrase.words {
            let terms = match (phrase.asks_marks(), is_prefix) {
                (false, false) => vec![Key::folded(&word.folded)],
                (false, true) => self.beginning_with(TermField::Folded, &word.folded)?.0,
                (true, false) => self.exact_terms(word, level)?,
                (true, true) => self.exact_beginning_with(word, level)?,
            };
            places.push(Place { place: *place, terms });
        }
        let slop = phrase.slop;
        Ok(PlacedWords { places, slop })
    }

    /// Returns the question for a prefix at `level` or better.
    pub(super) fn prefix_at(&self, word: &Word, level: Agreement) -> Result<Ask, Error> {
        Ok(Ask::OneOf(self.exact_beginning_with(word, level)?))
    }

    /// Returns the terms of the field of exact words that agree with `word` at `level` or better.
    fn exact_terms(&self, word: &Word, level: Agreement) -> Result<Vec<Key>, Error> {
        let terms = terms_at(word, level, self.index.signs()?).into_iter();
        Ok(terms.map(|term| Key::new(TermField::Exact, term)).collect())
    }

    /// Returns the terms of the field of exact words that begin like one that agrees with `word` at `level` or better.
    fn exact_beginning_with(&self, word: &Word, level: Agreement) -> Result<Vec<Key>, Error> {
        let mut terms = Vec::new();
        for beginning in terms_at(word, level, self.index.signs()?) {
            terms.extend(self.beginning_with(TermField::Exact, &beginning)?.0);
        }
        Ok(terms)
    }
}
