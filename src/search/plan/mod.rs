//! The plan: a query to the engine's query, which also decides how hits are ranked.
//!
//! Every word is searched for in its folded form, so that a query finds the same passages with marks and without
//! (except with [`Marks::Exact`]). The score of a passage is the sum over the words of the query of
//!
//! - BM25 of the folded word;
//! - for a word whose marks count, their agreement, in steps of [`STEP`] times the inverse document frequency: three
//!   steps if the source has the word with these marks, two if the repaired reading has it so or the source lost its
//!   marks there, one for another reading, none if the source says otherwise. As one step outweighs any BM25 of the same
//!   word, agreement beats contradiction however short or long the passages are;
//!
//! and, over pairs of neighboring words of the query, of BM25 of the pair as a phrase, times [`PAIR`]: most Vietnamese
//! words are two or three syllables, and a syllable alone is ambiguous. A symbol and a phrase with slop score the same
//! wherever they match: how often a corpus cites anything at all, or how far words are apart, says nothing about a hit.
//!
//! [`agreeing`] has the queries that count hits by the agreement of their marks, and [`symbol`] those of symbols.

mod agreeing;
mod symbol;

use std::collections::HashSet;

use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, EmptyQuery, Occur, PhraseQuery,
    Query as EngineQuery, TermQuery, TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use super::agreement::{Agreement, LEVELS, signed_terms};
use super::forward_only::ForwardOnly;
use super::levels::LevelQueries;
use super::placed::{Place, PlacedWords};
use super::terms::terms_beginning_with;
use super::{Adjacency, Marks, Options};
use crate::index::{Error, Index};
use crate::query::{Diagnostic, Node, Oddity, Phrase, PhraseWord, Word};

/// A step of agreement, in units of the inverse document frequency of the word. BM25 with k1 = 1.2 gives a word at most
/// (1.2 + 1) times that.
const STEP: f32 = 2.2;

/// Weight of a pair of neighbors. On the first 33 judged queries of `tests/it/relevance.tsv`, as they were graded then,
/// recall@10 and MRR were 0.899 and 0.881 without pairs, 0.915 and 0.912 at 1, 0.922 and 0.919 at 2, 0.930 and 0.939 at
/// 3 and 4, hardly more at 6. On all 179 they are 0.758 and 0.900 without, 0.770 and 0.928 at 3.
const PAIR: f32 = 3.0;

/// Score of another form of a word, such as its abbreviation, in units of the inverse document frequency of the word:
/// less than BM25 gives the word itself, once in a passage ten times as long as the average.
const ALSO: f32 = 0.2;

/// The most words that a prefix stands for; the most common prefix of Vietnamese begins about 60 folded syllables.
const MAX_EXPANSIONS: usize = 1_000;

/// One clause of the engine's query.
type Clause = (Occur, Box<dyn EngineQuery>);

/// The parts of a query as the engine's queries.
pub(super) struct Plan {
    /// One for each part of the query, of which `required` must match.
    wanted: Vec<Wanted>,
    /// Queries that must not match.
    unwanted: Vec<Box<dyn EngineQuery>>,
    /// Queries that only add to the score.
    bonus: Vec<Box<dyn EngineQuery>>,
    /// Number of `wanted` that must match.
    required: usize,
}

/// A part of a query as the engine's queries.
struct Wanted {
    /// Matches the passages that have the part, and scores them.
    query: Box<dyn EngineQuery>,
    /// For each level but the worst, matches the passages in which the marks agree at least so well; empty if the part
    /// asks for no marks.
    agreeing: LevelQueries,
}

impl Plan {
    /// Returns the plan for nodes that must all match.
    pub(super) fn of(
        index: &Index,
        nodes: &[Node],
        options: &Options,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<Self, Error> {
        let mut planner = Planner {
            index,
            options,
            diagnostics,
        };
        planner.all(nodes)
    }

    /// Returns the plan that finds nothing.
    pub(super) fn nothing() -> Self {
        let nothing = Wanted {
            query: Box::new(EmptyQuery),
            agreeing: Vec::new(),
        };
        Self {
            wanted: vec![nothing],
            unwanted: Vec::new(),
            bonus: Vec::new(),
            required: 1,
        }
    }

    /// Returns the engine's query.
    pub(super) fn query(&self) -> Box<dyn EngineQuery> {
        let mut clauses: Vec<Clause> = Vec::new();
        let wanted: Vec<_> = self.wanted.iter().map(|part| part.query.box_clone()).collect();
        // A query needs something that must match; without words every passage does.
        if wanted.is_empty() {
            clauses.push((Occur::Must, Box::new(ConstScoreQuery::new(Box::new(AllQuery), 0.0))));
        } else if self.required >= wanted.len() {
            clauses.extend(wanted.into_iter().map(|query| (Occur::Must, query)));
        } else {
            let some = BooleanQuery::union_with_minimum_required_clauses(wanted, self.required);
            clauses.push((Occur::Must, Box::new(some)));
        }
        clauses.extend(self.unwanted.iter().map(|query| (Occur::MustNot, query.box_clone())));
        clauses.extend(self.bonus.iter().map(|query| (Occur::Should, query.box_clone())));
        Box::new(BooleanQuery::new(clauses))
    }

    /// Returns, for each level of agreement but the worst, best first, a query that matches those of the passages of
    /// [`Self::query`] in which the marks of as many parts as are required agree at least so well.
    pub(super) fn agreeing(&self) -> LevelQueries {
        if self.wanted.iter().all(|part| part.agreeing.is_empty()) {
            return vec![(Agreement::Exact, Box::new(AllQuery))];
        }
        let all = self.required >= self.wanted.len();
        let at = |level: Agreement| -> Box<dyn EngineQuery> {
            let mut parts: Vec<Box<dyn EngineQuery>> = Vec::new();
            for part in &self.wanted {
                match part.agreeing.iter().find(|(at, _)| *at == level) {
                    Some((_, query)) => parts.push(query.box_clone()),
                    // It matches wherever all parts do.
                    None if all => {}
                    None => parts.push(part.query.box_clone()),
                }
            }
            match all {
                true => Box::new(BooleanQuery::intersection(parts)),
                false => Box::new(BooleanQuery::union_with_minimum_required_clauses(parts, self.required)),
            }
        };
        LEVELS.iter().map(|&level| (level, at(level))).collect()
    }

    /// Returns the number of parts if there are several, so that fewer can be required.
    pub(super) fn relaxable(&self) -> Option<usize> {
        (self.wanted.len() > 1).then_some(self.wanted.len())
    }

    /// Requires `parts` of the parts of the query from now on.
    pub(super) fn require(&mut self, parts: usize) {
        self.required = parts;
    }

    /// Returns the number of parts that must match.
    pub(super) fn required(&self) -> usize {
        self.required
    }
}

/// Returns the nodes that must all match; a word that is repeated counts once.
pub(super) fn wanted_of(nodes: &[Node]) -> impl Iterator<Item = &Node> {
    let mut seen = HashSet::new();
    nodes.iter().filter(move |node| match node {
        Node::Not(_) => false,
        node => node.as_word().is_none_or(|word| seen.insert(&word.exact)),
    })
}

/// Turns nodes of a query into the engine's queries.
struct Planner<'p> {
    index: &'p Index,
    options: &'p Options,
    diagnostics: &'p mut Vec<Diagnostic>,
}

impl Planner<'_> {
    /// Plans nodes that must all match.
    fn all(&mut self, nodes: &[Node]) -> Result<Plan, Error> {
        let mut unwanted = Vec::new();
        for node in nodes {
            if let Node::Not(inner) = node {
                unwanted.push(Box::new(ForwardOnly(self.unwanted(inner)?)) as Box<dyn EngineQuery>);
            }
        }
        let mut wanted = Vec::new();
        for node in wanted_of(nodes) {
            wanted.push(Wanted {
                query: self.node(node)?,
                agreeing: self.agreeing(node)?,
            });
        }
        let required = wanted.len();
        Ok(Plan {
            wanted,
            unwanted,
            bonus: self.pairs(nodes),
            required,
        })
    }

    /// Plans one node.
    fn node(&mut self, node: &Node) -> Result<Box<dyn EngineQuery>, Error> {
        Ok(match node {
            Node::Word(word) => self.word(word)?,
            Node::Phrase(phrase) => self.phrase(phrase)?,
            Node::Prefix(word) => self.prefix(word)?,
            Node::Symbol(symbol) => self.symbol(symbol)?,
            Node::Also { typed, forms } => self.also(typed, forms)?,
            Node::Not(inner) => excluded(self.unwanted(inner)?),
            Node::All(nodes) => self.all(nodes)?.query(),
            Node::Any(nodes) => {
                let sides: Result<Vec<_>, Error> = nodes.iter().map(|side| self.node(side)).collect();
                Box::new(BooleanQuery::union(sides?))
            }
        })
    }

    /// Plans a node that is excluded.
    fn unwanted(&mut self, node: &Node) -> Result<Box<dyn EngineQuery>, Error> {
        self.node_at(node, self.options.marks.worst_excluded())
    }

    /// Plans the pairs of neighboring words, as phrases of their folded forms; each pair once.
    fn pairs(&self, nodes: &[Node]) -> Vec<Box<dyn EngineQuery>> {
        if self.options.adjacency == Adjacency::Ignored {
            return Vec::new();
        }
        let mut seen = HashSet::new();
        let pairs = nodes.windows(2).filter_map(|pair| {
            let (one, two) = (pair[0].as_word()?, pair[1].as_word()?);
            (one.folded != two.folded).then_some((&one.folded, &two.folded))
        });
        pairs
            .filter(|pair| seen.insert(*pair))
            .map(|(one, two)| {
                let field = self.index.fields().folded;
                let phrase = PhraseQuery::new(vec![
                    Term::from_field_text(field, one),
                    Term::from_field_text(field, two),
                ]);
                Box::new(BoostQuery::new(Box::new(phrase), PAIR)) as Box<dyn EngineQuery>
            })
            .collect()
    }

    /// Plans a word: found in its folded form, and scored by the agreement of its marks too.
    fn word(&self, word: &Word) -> Result<Box<dyn EngineQuery>, Error> {
        let fields = self.index.fields();
        let folded = Term::from_field_text(fields.folded, &word.folded);
        let base = Box::new(TermQuery::new(folded.clone(), IndexRecordOption::WithFreqs));
        if !word.asks_marks || self.options.marks == Marks::Any {
            return Ok(base);
        }
        let step = STEP * self.idf(&folded)?;
        // A passage may have the word several times; the best agreement counts, and only once.
        let levels = signed_terms(word).map(|(_, steps, term)| -> Box<dyn EngineQuery> {
            let query = TermQuery::new(Term::from_field_text(fields.exact, &term), IndexRecordOption::Basic);
            Box::new(ConstScoreQuery::new(Box::new(query), steps * step))
        });
        let levels = levels.collect();
        let scored = joined(base, Occur::Should, Box::new(DisjunctionMaxQuery::new(levels)));
        self.under_marks(scored, |planner| Ok(planner.word_at(word, Agreement::WORST_EXACT)))
    }

    /// Plans a phrase: found by its folded words, and scored by the agreement of the whole too.
    fn phrase(&mut self, phrase: &Phrase) -> Result<Box<dyn EngineQuery>, Error> {
        if let [only] = phrase.words.as_slice() {
            return if only.is_prefix {
                self.prefix(&only.word)
            } else {
                self.word(&only.word)
            };
        }
        let base = self.folded_phrase(phrase)?;
        if !phrase.asks_marks() || self.options.marks == Marks::Any {
            return Ok(base);
        }
        let exact = self.phrase_at(phrase, Agreement::Exact)?;
        // The words one by one score what the source lost or contradicts; the whole phrase scores what it prints.
        let mut clauses: Vec<Clause> = vec![(Occur::Must, base)];
        let mut step = 0.0;
        let asking = |word: &&PhraseWord| word.word.asks_marks && !word.is_prefix;
        for PhraseWord { word, .. } in phrase.words.iter().filter(asking) {
            step += STEP * self.idf(&self.folded_term(word))?;
            clauses.push((Occur::Should, self.word(word)?));
        }
        clauses.push((Occur::Should, Box::new(ConstScoreQuery::new(exact, step))));
        let scored = Box::new(BooleanQuery::new(clauses));
        self.under_marks(scored, |planner| planner.phrase_at(phrase, Agreement::WORST_EXACT))
    }

    /// Plans the folded words of a phrase.
    fn folded_phrase(&mut self, phrase: &Phrase) -> Result<Box<dyn EngineQuery>, Error> {
        if let [
            PhraseWord {
                word, is_prefix: false, ..
            },
        ] = phrase.words.as_slice()
        {
            return Ok(Box::new(TermQuery::new(
                self.folded_term(word),
                IndexRecordOption::WithFreqs,
            )));
        }
        let plain = phrase.slop == 0 && phrase.words.iter().all(|word| !word.is_prefix);
        if plain {
            let terms = phrase
                .words
                .iter()
                .map(|word| (word.place as usize, self.folded_term(&word.word)))
                .collect();
            return Ok(Box::new(PhraseQuery::new_with_offset(terms)));
        }
        let field = self.index.fields().folded;
        let mut score = 0.0;
        let mut places = Vec::with_capacity(phrase.words.len());
        for PhraseWord { word, place, is_prefix } in &phrase.words {
            let terms = if *is_prefix {
                self.expanded(field, &word.folded, word)?
            } else {
                score += self.idf(&self.folded_term(word))?;
                vec![self.folded_term(word)]
            };
            places.push(Place { place: *place, terms });
        }
        let slop = phrase.slop;
        Ok(Box::new(ConstScoreQuery::new(
            Box::new(PlacedWords { places, slop }),
            score,
        )))
    }

    /// Plans a prefix: every word with this beginning.
    fn prefix(&mut self, word: &Word) -> Result<Box<dyn EngineQuery>, Error> {
        let fields = self.index.fields();
        let (folded, exact) = (fields.folded, fields.exact);
        let base = Box::new(ConstScoreQuery::new(
            one_of(self.expanded(folded, &word.folded, word)?),
            1.0,
        ));
        if !word.asks_marks || self.options.marks == Marks::Any {
            return Ok(base);
        }
        let printed = ConstScoreQuery::new(one_of(self.expanded(exact, &word.exact, word)?), STEP);
        let scored = joined(base, Occur::Should, Box::new(printed));
        self.under_marks(scored, |planner| planner.prefix_at(word, Agreement::WORST_EXACT))
    }

    /// Plans a node that other forms stand for too.
    fn also(&mut self, typed: &Node, forms: &[Phrase]) -> Result<Box<dyn EngineQuery>, Error> {
        let mut score = ALSO;
        if let Some(word) = typed.as_word() {
            score *= self.idf(&self.folded_term(word))?;
        }
        let mut sides = vec![self.node(typed)?];
        for form in forms {
            let other = self.folded_phrase(form)?;
            sides.push(Box::new(ConstScoreQuery::new(other, score)));
        }
        Ok(Box::new(BooleanQuery::union(sides)))
    }

    /// Restricts a scored query to the passages of `agreeing` if marks must be exact.
    fn under_marks<'s>(
        &'s self,
        scored: Box<dyn EngineQuery>,
        agreeing: impl FnOnce(&'s Self) -> Result<Box<dyn EngineQuery>, Error>,
    ) -> Result<Box<dyn EngineQuery>, Error> {
        if self.options.marks != Marks::Exact {
            return Ok(scored);
        }
        let agreeing = ConstScoreQuery::new(agreeing(self)?, 0.0);
        Ok(joined(scored, Occur::Must, Box::new(agreeing)))
    }

    /// Returns any term of `field` that begins with `prefix`, which `word` has; at most [`MAX_EXPANSIONS`] of them.
    fn expanded(&mut self, field: Field, prefix: &str, word: &Word) -> Result<Vec<Term>, Error> {
        let (terms, cut) = self.beginning_with(field, prefix)?;
        if cut {
            let max = MAX_EXPANSIONS;
            self.diagnostics
                .push(Diagnostic::at(word.span, Oddity::TooManyExpansions { max }));
        }
        Ok(terms)
    }

    /// Returns the terms of `field` that begin with `prefix`, at most [`MAX_EXPANSIONS`] of them, and true if there are
    /// more.
    fn beginning_with(&self, field: Field, prefix: &str) -> Result<(Vec<Term>, bool), Error> {
        let (terms, cut) = terms_beginning_with(self.index, field, prefix, MAX_EXPANSIONS)?;
        let terms = terms.into_iter().map(|term| Term::from_field_text(field, &term));
        Ok((terms.collect(), cut))
    }

    /// Returns the term of the folded form of `word`.
    fn folded_term(&self, word: &Word) -> Term {
        Term::from_field_text(self.index.fields().folded, &word.folded)
    }

    /// Returns the inverse document frequency of a term, as BM25 computes it.
    fn idf(&self, term: &Term) -> Result<f32, Error> {
        let searcher = self.index.searcher();
        let frequency = self.index.guard(|| searcher.doc_freq(term))? as f32;
        let documents = searcher.num_docs() as f32;
        Ok((1.0 + ((documents - frequency).max(0.0) + 0.5) / (frequency + 0.5)).ln())
    }
}

/// The most terms that are walked side by side; the passages of more are gathered first.
const MAX_SIDES: usize = 16;

/// Returns the query for the passages that have one of `terms`.
fn one_of(terms: Vec<Term>) -> Box<dyn EngineQuery> {
    if terms.len() > MAX_SIDES {
        return Box::new(TermSetQuery::new(terms));
    }
    let sides = terms
        .into_iter()
        .map(|term| -> Box<dyn EngineQuery> { Box::new(TermQuery::new(term, IndexRecordOption::Basic)) });
    Box::new(BooleanQuery::union(sides.collect()))
}

/// Returns the query for all passages that `query` does not match.
fn excluded(query: Box<dyn EngineQuery>) -> Box<dyn EngineQuery> {
    let clauses: Vec<Clause> = vec![
        (Occur::Must, Box::new(AllQuery)),
        (Occur::MustNot, Box::new(ForwardOnly(query))),
    ];
    Box::new(BooleanQuery::new(clauses))
}

/// Joins a query that must match with one that must match too, or only adds to the score.
fn joined(base: Box<dyn EngineQuery>, occur: Occur, other: Box<dyn EngineQuery>) -> Box<dyn EngineQuery> {
    Box::new(BooleanQuery::new(vec![(Occur::Must, base), (occur, other)]))
}
