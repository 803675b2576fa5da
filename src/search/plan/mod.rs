//! The plan: a query to the engine's query for what must match, and to what ranks the matches.
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
//! [`parts`] has what a plan consists of. Marks and pairs only add to a score, so they are no clauses of the engine's
//! query: [`super::walk`](mod@super::walk) asks for them at the passages that match, and [`super::gaining`] inside other
//! queries. [`agreeing`] has the queries that count hits by the agreement of their marks, [`symbol`] those of symbols, and
//! [`gate`] keeps phrases from reading positions in vain.

mod agreeing;
mod gate;
pub(super) mod parts;
mod symbol;

use std::collections::HashSet;
use std::sync::Arc;

use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, PhraseQuery, Query as EngineQuery,
    TermQuery, TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use super::agreement::{Agreement, signed_terms};
use super::all_words::AllWords;
use super::at_least::AtLeast;
use super::forward_only::ForwardOnly;
use super::gaining::query_of;
use super::placed::{Place, PlacedWords};
use super::terms::terms_beginning_with;
use super::{Adjacency, Marks, Options};
use crate::index::{Error, Index};
use crate::query::{Diagnostic, Node, Oddity, Phrase, PhraseWord, Word};
use gate::gated;
use parts::{Base, Gain, Part, PartMarks, WordMarks};

/// The most that BM25 gives a word, in units of its inverse document frequency: k1 + 1, and the engine's k1 is 1.2.
const BM25_BOUND: f32 = 2.2;

/// A step of agreement, in units of the inverse document frequency of the word: as much as BM25 may give it.
const STEP: f32 = BM25_BOUND;

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
pub(super) type Clause = (Occur, Box<dyn EngineQuery>);

/// The parts of a query.
pub(super) struct Plan {
    /// The parts, of which `required` must match.
    wanted: Vec<Part>,
    /// Queries that must not match.
    unwanted: Vec<Box<dyn EngineQuery>>,
    /// The gains of words that are neighbors in the query and in the text.
    pairs: Vec<Gain>,
    /// Number of `wanted` that must match.
    required: usize,
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
        Self {
            wanted: vec![Part::plain(Base::Query(Box::new(EmptyQuery)))],
            unwanted: Vec::new(),
            pairs: Vec::new(),
            required: 1,
        }
    }

    /// Returns true if every part must match.
    fn requires_all(&self) -> bool {
        self.required >= self.wanted.len()
    }

    /// Returns the parts whose gains are asked apart from the query: parts that need not match score theirs in queries of
    /// their own.
    fn scored_apart(&self) -> &[Part] {
        if self.requires_all() { &self.wanted } else { &[] }
    }

    /// Returns the clauses that decide which passages match; their scores lack [`Self::gains`] and, where all parts are
    /// required, the [marks](Self::marks).
    pub(super) fn clauses(&self) -> Vec<Clause> {
        let mut clauses: Vec<Clause> = Vec::new();
        // A query needs something that must match; without words every passage does.
        if self.wanted.is_empty() {
            clauses.push((Occur::Must, Box::new(ConstScoreQuery::new(Box::new(AllQuery), 0.0))));
        } else if self.requires_all() {
            let words = self.wanted.iter().filter_map(|part| match &part.base {
                Base::Word(word) => Some(word.clone()),
                Base::Query(_) => None,
            });
            let words: Vec<Term> = words.collect();
            // One word is no intersection, and the engine walks it best.
            let together = words.len() > 1;
            let alone = self
                .wanted
                .iter()
                .filter(|part| !together || matches!(part.base, Base::Query(_)));
            clauses.extend(alone.map(|part| (Occur::Must, part.base.query())));
            if together {
                clauses.push((Occur::Must, Box::new(AllWords { words })));
            }
        } else {
            let some = AtLeast {
                parts: self.wanted.iter().map(|part| Arc::from(query_of(part))).collect(),
                required: self.required,
            };
            clauses.push((Occur::Must, Box::new(some)));
        }
        clauses.extend(self.unwanted.iter().map(|query| (Occur::MustNot, query.box_clone())));
        clauses
    }

    /// Returns what a passage that matches may gain, beside its marks.
    pub(super) fn gains(&self) -> Vec<Gain> {
        let of_parts = self.scored_apart().iter().flat_map(|part| part.gains.iter().cloned());
        of_parts.chain(self.pairs.iter().cloned()).collect()
    }

    /// Returns how the marks of a passage that matches are judged.
    pub(super) fn marks(&self) -> PlanMarks {
        if self.wanted.iter().all(|part| matches!(part.marks, PartMarks::Unasked)) {
            return PlanMarks::default();
        }
        let all = self.requires_all();
        let parts = self.wanted.iter().map(|part| match &part.marks {
            // Where it need not match it agrees only where it does.
            PartMarks::Unasked if !all => PartMarks::Queries {
                levels: vec![(Agreement::Exact, Arc::from(part.base.query()))],
                exact: 0.0,
            },
            marks => marks.clone(),
        });
        PlanMarks {
            parts: parts.collect(),
            required: (!all).then_some(self.required),
        }
    }

    /// Returns the engine's query with all that a passage gains, for a plan inside another one.
    fn query(self) -> Box<dyn EngineQuery> {
        let mut gains = self.pairs.clone();
        gains.extend(self.scored_apart().iter().flat_map(Part::all_gains));
        let part = Part {
            base: Base::Query(joined(self.clauses())),
            marks: PartMarks::Unasked,
            gains,
        };
        query_of(&part)
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

/// The parts whose marks are judged in a passage.
#[derive(Default)]
pub(super) struct PlanMarks {
    /// Those of each part; empty if none asks for marks.
    pub(super) parts: Vec<PartMarks>,
    /// Number of parts that must agree, if not all of them, for a passage to agree at a level; the marks of such parts
    /// are in the scores of the query already.
    pub(super) required: Option<usize>,
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
            wanted.push(self.part(node)?);
        }
        let required = wanted.len();
        Ok(Plan {
            wanted,
            unwanted,
            pairs: self.pairs(nodes)?,
            required,
        })
    }

    /// Plans one node.
    fn part(&mut self, node: &Node) -> Result<Part, Error> {
        Ok(match node {
            Node::Word(word) => self.word(word)?,
            Node::Phrase(phrase) => self.phrase(phrase)?,
            Node::Prefix(word) => self.prefix(word)?,
            node => Part {
                base: Base::Query(self.nested(node)?),
                marks: self.marks_by_queries(node, 0.0)?,
                gains: Vec::new(),
            },
        })
    }

    /// Plans one node as a query that scores all by itself.
    fn node(&mut self, node: &Node) -> Result<Box<dyn EngineQuery>, Error> {
        match node {
            Node::Word(_) | Node::Phrase(_) | Node::Prefix(_) => Ok(query_of(&self.part(node)?)),
            node => self.nested(node),
        }
    }

    /// Plans a node that is neither a word nor words at given places, as a query that scores all by itself.
    fn nested(&mut self, node: &Node) -> Result<Box<dyn EngineQuery>, Error> {
        Ok(match node {
            Node::Word(_) | Node::Phrase(_) | Node::Prefix(_) => self.node(node)?,
            Node::Symbol(symbol) => self.symbol(symbol)?,
            Node::Also { typed, forms } => self.also(typed, forms)?,
            Node::Not(inner) => excluded(self.unwanted(inner)?),
            Node::All(nodes) => self.all(nodes)?.query(),
            Node::Any(nodes) => {
                let sides: Result<Vec<_>, Error> = nodes.iter().map(|side| self.node(side)).collect();
                any_of(sides?)
            }
        })
    }

    /// Plans a node that is excluded.
    fn unwanted(&mut self, node: &Node) -> Result<Box<dyn EngineQuery>, Error> {
        self.node_at(node, self.options.marks.worst_excluded())
    }

    /// Plans the pairs of neighboring words by their folded forms; each pair once.
    fn pairs(&self, nodes: &[Node]) -> Result<Vec<Gain>, Error> {
        let mut pairs = Vec::new();
        if self.options.adjacency == Adjacency::Ignored {
            return Ok(pairs);
        }
        let mut seen = HashSet::new();
        for pair in nodes.windows(2) {
            let (Some(one), Some(two)) = (pair[0].as_word(), pair[1].as_word()) else {
                continue;
            };
            if one.folded == two.folded || !seen.insert((&one.folded, &two.folded)) {
                continue;
            }
            let words = [self.folded_term(one), self.folded_term(two)];
            let bound = PAIR * BM25_BOUND * (self.idf(&words[0])? + self.idf(&words[1])?);
            pairs.push(match gate::shingle_of_pair(one, two) {
                Some(shingle) => Gain::Pair {
                    shingle: self.index.fields().shingle_term(shingle),
                    words,
                    boost: PAIR,
                    bound,
                },
                None => {
                    let phrase = gated(
                        self.index,
                        &[(0, &one.folded), (1, &two.folded)],
                        PhraseQuery::new(words.into()),
                    );
                    Gain::Query {
                        query: Arc::new(BoostQuery::new(phrase, PAIR)),
                        bound,
                    }
                }
            });
        }
        Ok(pairs)
    }

    /// Plans a word: found in its folded form, and scored by the agreement of its marks too.
    fn word(&self, word: &Word) -> Result<Part, Error> {
        let folded = self.folded_term(word);
        if !word.asks_marks {
            return Ok(Part::plain(Base::Word(folded)));
        }
        let step = self.step() * self.idf(&folded)?;
        let exact = self.index.fields().exact;
        // A passage may have the word several times; the best agreement counts, and only once.
        let terms = signed_terms(word, self.index.signs()?);
        let terms = terms.map(|(level, steps, term)| (level, steps * step, Term::from_field_text(exact, &term)));
        Ok(Part {
            base: self.under_marks(Base::Word(folded), |planner| {
                planner.word_at(word, Agreement::WORST_EXACT)
            })?,
            marks: PartMarks::Word(WordMarks { terms: terms.collect() }),
            gains: Vec::new(),
        })
    }

    /// Plans a phrase: found by its folded words, and scored by the agreement of the whole too.
    fn phrase(&mut self, phrase: &Phrase) -> Result<Part, Error> {
        if let [only] = phrase.words.as_slice() {
            return if only.is_prefix {
                self.prefix(&only.word)
            } else {
                self.word(&only.word)
            };
        }
        let base = Base::Query(self.folded_phrase(phrase)?);
        if !phrase.asks_marks() {
            return Ok(Part::plain(base));
        }
        // The words one by one score what the source lost or contradicts; the whole phrase scores what it prints.
        let mut step = 0.0;
        let mut gains = Vec::new();
        let asking = |word: &&PhraseWord| word.word.asks_marks && !word.is_prefix;
        let scored = phrase.words.iter().filter(|_| self.options.marks != Marks::Any);
        for PhraseWord { word, .. } in scored.filter(asking) {
            let idf = self.idf(&self.folded_term(word))?;
            step += self.step() * idf;
            let word = self.word(word)?;
            let marks = match &word.marks {
                PartMarks::Word(marks) => marks.bound(),
                PartMarks::Unasked | PartMarks::Queries { .. } => 0.0,
            };
            gains.push(Gain::Query {
                query: Arc::from(query_of(&word)),
                bound: BM25_BOUND * idf + marks,
            });
        }
        Ok(Part {
            base: self.under_marks(base, |planner| planner.phrase_at(phrase, Agreement::WORST_EXACT))?,
            marks: self.marks_of_phrase(phrase, step)?,
            gains,
        })
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
            let terms = phrase.words.iter();
            let terms = terms.map(|word| (word.place as usize, self.folded_term(&word.word)));
            let words: Vec<(u32, &str)> = phrase
                .words
                .iter()
                .map(|word| (word.place, word.word.folded.as_str()))
                .collect();
            return Ok(gated(self.index, &words, PhraseQuery::new_with_offset(terms.collect())));
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
    fn prefix(&mut self, word: &Word) -> Result<Part, Error> {
        let folded = self.index.fields().folded;
        let expanded = one_of(self.expanded(folded, &word.folded, word)?);
        let base = Base::Query(Box::new(ConstScoreQuery::new(expanded, 1.0)));
        if !word.asks_marks {
            return Ok(Part::plain(base));
        }
        Ok(Part {
            base: self.under_marks(base, |planner| planner.prefix_at(word, Agreement::WORST_EXACT))?,
            marks: self.marks_by_queries(&Node::Prefix(word.clone()), self.step())?,
            gains: Vec::new(),
        })
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
        Ok(any_of(sides))
    }

    /// Returns a step of agreement in units of the inverse document frequency: none if marks are ignored, though they are
    /// judged all the same.
    fn step(&self) -> f32 {
        match self.options.marks {
            Marks::Any => 0.0,
            Marks::Prefer | Marks::Exact => STEP,
        }
    }

    /// Restricts a scored query to the passages of `agreeing` if marks must be exact.
    fn under_marks<'s>(
        &'s self,
        scored: Base,
        agreeing: impl FnOnce(&'s Self) -> Result<Box<dyn EngineQuery>, Error>,
    ) -> Result<Base, Error> {
        if self.options.marks != Marks::Exact {
            return Ok(scored);
        }
        let agreeing: Box<dyn EngineQuery> = Box::new(ConstScoreQuery::new(agreeing(self)?, 0.0));
        let both = BooleanQuery::intersection(vec![scored.query(), agreeing]);
        Ok(Base::Query(Box::new(both)))
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
    any_of(sides.collect())
}

/// Returns the query for all passages that `query` does not match.
fn excluded(query: Box<dyn EngineQuery>) -> Box<dyn EngineQuery> {
    let clauses: Vec<Clause> = vec![
        (Occur::Must, Box::new(AllQuery)),
        (Occur::MustNot, Box::new(ForwardOnly(query))),
    ];
    Box::new(BooleanQuery::new(clauses))
}

/// Joins clauses to a query. A clause of its own, that must match, stays as it is: the engine walks some queries faster
/// alone than inside another one.
pub(super) fn joined(mut clauses: Vec<Clause>) -> Box<dyn EngineQuery> {
    match clauses.pop() {
        Some((Occur::Must, only)) if clauses.is_empty() => only,
        last => {
            clauses.extend(last);
            Box::new(BooleanQuery::new(clauses))
        }
    }
}

/// Returns the query for the passages that any of `sides` matches, scored by the sum of those that do.
fn any_of(mut sides: Vec<Box<dyn EngineQuery>>) -> Box<dyn EngineQuery> {
    if sides.len() == 1 {
        return sides.remove(0);
    }
    // The engine's own union scores whole windows of passages, also those that the rest of a query never asks about.
    Box::new(AtLeast {
        parts: sides.into_iter().map(Arc::from).collect(),
        required: 1,
    })
}
