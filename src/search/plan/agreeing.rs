//! The queries that match where marks agree: one for each node and level, without scores.

use tantivy::Term;
use tantivy::query::{BooleanQuery, Query as EngineQuery, TermQuery};
use tantivy::schema::IndexRecordOption;

use super::{Planner, excluded, one_of};
use crate::index::Error;
use crate::query::{Node, Phrase, PhraseWord, Word};
use crate::search::agreement::{Agreement, LEVELS, terms_at};
use crate::search::levels::LevelQueries;
use crate::search::placed::{Place, PlacedWords};

impl Planner<'_> {
    /// Returns, for each level but the worst, the query for the passages in which the marks of `node` agree at least so
    /// well; nothing if it asks for none.
    pub(super) fn agreeing(&mut self, node: &Node) -> Result<LevelQueries, Error> {
        if !node.asks_marks() {
            return Ok(Vec::new());
        }
        let levels = LEVELS.iter().map(|&level| Ok((level, self.node_at(node, level)?)));
        levels.collect()
    }

    /// Returns the query for the passages in which the marks of `node` agree at `level` or better.
    pub(super) fn node_at(&mut self, node: &Node, level: Agreement) -> Result<Box<dyn EngineQuery>, Error> {
        if !node.asks_marks() || level == Agreement::Folded {
            return self.node(node);
        }
        Ok(match node {
            Node::Word(word) => self.word_at(word, level),
            Node::Phrase(phrase) => self.phrase_at(phrase, level)?,
            Node::Prefix(word) => self.prefix_at(word, level)?,
            Node::Symbol(_) => self.node(node)?,
            Node::Also { typed, forms } => {
                let mut sides = vec![self.node_at(typed, level)?];
                for form in forms {
                    sides.push(self.phrase_at(form, level)?);
                }
                Box::new(BooleanQuery::union(sides))
            }
            // Words that are excluded have no level; their node excludes the same passages at all of them.
            Node::Not(inner) => excluded(self.unwanted(inner)?),
            Node::All(nodes) => {
                let all: Result<Vec<_>, Error> = nodes.iter().map(|node| self.node_at(node, level)).collect();
                Box::new(BooleanQuery::intersection(all?))
            }
            Node::Any(nodes) => {
                let sides: Result<Vec<_>, Error> = nodes.iter().map(|side| self.node_at(side, level)).collect();
                Box::new(BooleanQuery::union(sides?))
            }
        })
    }

    /// Returns the query for a word at `level` or better.
    pub(super) fn word_at(&self, word: &Word, level: Agreement) -> Box<dyn EngineQuery> {
        if word.asks_marks {
            one_of(self.exact_terms(word, level))
        } else {
            Box::new(TermQuery::new(self.folded_term(word), IndexRecordOption::Basic))
        }
    }

    /// Returns the query for a phrase at `level` or better.
    pub(super) fn phrase_at(&self, phrase: &Phrase, level: Agreement) -> Result<Box<dyn EngineQuery>, Error> {
        let mut places = Vec::with_capacity(phrase.words.len());
        for PhraseWord { word, place, is_prefix } in &phrase.words {
            let terms = match (phrase.asks_marks(), is_prefix) {
                (false, false) => vec![self.folded_term(word)],
                (false, true) => self.beginning_with(self.index.fields().folded, &word.folded)?.0,
                (true, false) => self.exact_terms(word, level),
                (true, true) => self.exact_beginning_with(word, level)?,
            };
            places.push(Place { place: *place, terms });
        }
        let slop = phrase.slop;
        Ok(Box::new(PlacedWords { places, slop }))
    }

    /// Returns the query for a prefix at `level` or better.
    pub(super) fn prefix_at(&self, word: &Word, level: Agreement) -> Result<Box<dyn EngineQuery>, Error> {
        Ok(one_of(self.exact_beginning_with(word, level)?))
    }

    /// Returns the terms of the field of exact words that agree with `word` at `level` or better.
    fn exact_terms(&self, word: &Word, level: Agreement) -> Vec<Term> {
        let field = self.index.fields().exact;
        let terms = terms_at(word, level).into_iter();
        terms.map(|term| Term::from_field_text(field, &term)).collect()
    }

    /// Returns the terms of the field of exact words that begin like one that agrees with `word` at `level` or better.
    fn exact_beginning_with(&self, word: &Word, level: Agreement) -> Result<Vec<Term>, Error> {
        let field = self.index.fields().exact;
        let mut terms = Vec::new();
        for beginning in terms_at(word, level) {
            terms.extend(self.beginning_with(field, &beginning)?.0);
        }
        Ok(terms)
    }
}
