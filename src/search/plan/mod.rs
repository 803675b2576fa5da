//! The plan: a query to the question which passages match, and to what ranks them.
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
//! [`parts`] has what a plan consists of. Marks and pairs only add to a score, so they are gains and not parts of the
//! question. [`agreeing`] has the questions that count hits by the agreement of their marks, [`symbol`] those of symbols.

mod agreeing;
mod parts;
mod symbol;

use std::collections::HashSet;

use super::agreement::{Agreement, signed_terms};
use super::ask::{Ask, Gain, Key, PartMarks, Place, PlacedWords, PlanMarks, TermField, WordMarks};
use super::engine::Engine;
use super::opened::engine_of;
use super::{Adjacency, Marks, Options};
use crate::index::{Error, Index};
use crate::query::{Diagnostic, Node, Oddity, Phrase, PhraseWord, Word};
use parts::Part;

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

/// The parts of a query.
pub(super) struct Plan {
    /// The parts, of which `required` must match.
    wanted: Vec<Part>,
    /// Questions that must not match.
    unwanted: Vec<Ask>,
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
            engine: engine_of(index),
            options,
            diagnostics,
        };
        planner.all(nodes)
    }

    /// Returns the plan that finds nothing.
    pub(super) fn nothing() -> Self {
        Self {
            wanted: vec![Part::plain(Ask::Nothing)],
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

    /// Returns what must match; the scores lack [`Self::gains`] and, where all parts are required, the
    /// [marks](Self::marks).
    pub(super) fn must(&self) -> Vec<Ask> {
        // A question needs something that must match; without words every passage does.
        if self.wanted.is_empty() {
            vec![Ask::unscored(Ask::Everything)]
        } else if self.requires_all() {
            self.wanted.iter().map(|part| part.base.clone()).collect()
        } else {
            vec![Ask::AtLeast {
                parts: self.wanted.iter().map(Part::ask).collect(),
                required: self.required,
            }]
        }
    }

    /// Returns what must not match.
    pub(super) fn must_not(&self) -> Vec<Ask> {
        self.unwanted.clone()
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
            PartMarks::Unasked if !all => PartMarks::Levels {
                levels: vec![(Agreement::Exact, part.base.clone())],
                exact: 0.0,
            },
            marks => marks.clone(),
        });
        PlanMarks {
            parts: parts.collect(),
            required: (!all).then_some(self.required),
        }
    }

    /// Returns the question with all that a passage gains, for a plan inside another one.
    fn ask(self) -> Ask {
        let mut gains = self.pairs.clone();
        gains.extend(self.scored_apart().iter().flat_map(Part::all_gains));
        let base = Ask::All {
            must: self.must(),
            must_not: self.must_not(),
        };
        parts::gaining(base, gains)
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

/// Turns nodes of a query into questions.
struct Planner<'p> {
    index: &'p Index,
    engine: Box<dyn Engine<'p> + 'p>,
    options: &'p Options,
    diagnostics: &'p mut Vec<Diagnostic>,
}

impl Planner<'_> {
    /// Plans nodes that must all match.
    fn all(&mut self, nodes: &[Node]) -> Result<Plan, Error> {
        let mut unwanted = Vec::new();
        for node in nodes {
            if let Node::Not(inner) = node {
                unwanted.push(self.unwanted(inner)?);
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
                base: self.nested(node)?,
                marks: self.marks_by_queries(node, 0.0)?,
                gains: Vec::new(),
            },
        })
    }

    /// Plans one node as a query that scores all by itself.
    fn node(&mut self, node: &Node) -> Result<Ask, Error> {
        match node {
            Node::Word(_) | Node::Phrase(_) | Node::Prefix(_) => Ok(self.part(node)?.ask()),
            node => self.nested(node),
        }
    }

    /// Plans a node that is neither a word nor words at given places, as a query that scores all by itself.
    fn nested(&mut self, node: &Node) -> Result<Ask, Error> {
        Ok(match node {
            Node::Word(_) | Node::Phrase(_) | Node::Prefix(_) => self.node(node)?,
            Node::Symbol(symbol) => self.symbol(symbol)?,
            Node::Also { typed, forms } => self.also(typed, forms)?,
            Node::Not(inner) => excluded(self.unwanted(inner)?),
            Node::All(nodes) => self.all(nodes)?.ask(),
            Node::Any(nodes) => {
                let sides: Result<Vec<_>, Error> = nodes.iter().map(|side| self.node(side)).collect();
                Ask::any_of(sides?)
            }
        })
    }

    /// Plans a node that is excluded.
    fn unwanted(&mut self, node: &Node) -> Result<Ask, Error> {
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
            pairs.push(Gain::Pair {
                words: [one.folded.clone(), two.folded.clone()],
                boost: PAIR,
                bound: PAIR * BM25_BOUND * (self.idf(one)? + self.idf(two)?),
            });
        }
        Ok(pairs)
    }

    /// Plans a word: found in its folded form, and scored by the agreement of its marks too.
    fn word(&self, word: &Word) -> Result<Part, Error> {
        let base = Ask::Word(word.folded.clone());
        if !word.asks_marks {
            return Ok(Part::plain(base));
        }
        let step = self.step() * self.idf(word)?;
        // A passage may have the word several times; the best agreement counts, and only once.
        let terms = signed_terms(word, self.index.signs()?);
        let terms = terms.map(|(level, steps, term)| (level, steps * step, term));
        Ok(Part {
            base: self.under_marks(base, |planner| planner.word_at(word, Agreement::WORST_EXACT))?,
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
        let base = self.folded_phrase(phrase)?;
        if !phrase.asks_marks() {
            return Ok(Part::plain(base));
        }
        // The words one by one score what the source lost or contradicts; the whole phrase scores what it prints.
        let mut step = 0.0;
        let mut gains = Vec::new();
        let asking = |word: &&PhraseWord| word.word.asks_marks && !word.is_prefix;
        let scored = phrase.words.iter().filter(|_| self.options.marks != Marks::Any);
        for PhraseWord { word, .. } in scored.filter(asking) {
            let idf = self.idf(word)?;
            step += self.step() * idf;
            let word = self.word(word)?;
            let marks = match &word.marks {
                PartMarks::Word(marks) => marks.bound(),
                PartMarks::Unasked | PartMarks::Levels { .. } => 0.0,
            };
            gains.push(Gain::Ask {
                ask: word.ask(),
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
    fn folded_phrase(&mut self, phrase: &Phrase) -> Result<Ask, Error> {
        if let [
            PhraseWord {
                word, is_prefix: false, ..
            },
        ] = phrase.words.as_slice()
        {
            return Ok(Ask::Word(word.folded.clone()));
        }
        let plain = phrase.slop == 0 && phrase.words.iter().all(|word| !word.is_prefix);
        if plain {
            let words = phrase.words.iter();
            let words = words.map(|word| (word.place, word.word.folded.clone()));
            return Ok(Ask::Phrase(words.collect()));
        }
        let mut score = 0.0;
        let mut places = Vec::with_capacity(phrase.words.len());
        for PhraseWord { word, place, is_prefix } in &phrase.words {
            let terms = if *is_prefix {
                self.expanded(word)?
            } else {
                score += self.idf(word)?;
                vec![Key::folded(&word.folded)]
            };
            places.push(Place { place: *place, terms });
        }
        let slop = phrase.slop;
        Ok(Ask::Constant(
            Box::new(Ask::Placed(PlacedWords { places, slop })),
            score,
        ))
    }

    /// Plans a prefix: every word with this beginning.
    fn prefix(&mut self, word: &Word) -> Result<Part, Error> {
        let base = Ask::Constant(Box::new(Ask::OneOf(self.expanded(word)?)), 1.0);
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
    fn also(&mut self, typed: &Node, forms: &[Phrase]) -> Result<Ask, Error> {
        let mut score = ALSO;
        if let Some(word) = typed.as_word() {
            score *= self.idf(word)?;
        }
        let mut sides = vec![self.node(typed)?];
        for form in forms {
            let other = self.folded_phrase(form)?;
            sides.push(Ask::Constant(Box::new(other), score));
        }
        Ok(Ask::any_of(sides))
    }

    /// Returns a step of agreement in units of the inverse document frequency: none if marks are ignored, though they are
    /// judged all the same.
    fn step(&self) -> f32 {
        match self.options.marks {
            Marks::Any => 0.0,
            Marks::Prefer | Marks::Exact => STEP,
        }
    }

    /// Restricts a scored question to the passages of `agreeing` if marks must be exact.
    fn under_marks<'s>(
        &'s self,
        scored: Ask,
        agreeing: impl FnOnce(&'s Self) -> Result<Ask, Error>,
    ) -> Result<Ask, Error> {
        if self.options.marks != Marks::Exact {
            return Ok(scored);
        }
        Ok(Ask::All {
            must: vec![scored, Ask::unscored(agreeing(self)?)],
            must_not: Vec::new(),
        })
    }

    /// Returns the folded words that begin like `word`, at most [`MAX_EXPANSIONS`] of them.
    fn expanded(&mut self, word: &Word) -> Result<Vec<Key>, Error> {
        let (terms, cut) = self.beginning_with(TermField::Folded, &word.folded)?;
        if cut {
            let max = MAX_EXPANSIONS;
            self.diagnostics
                .push(Diagnostic::at(word.span, Oddity::TooManyExpansions { max }));
        }
        Ok(terms)
    }

    /// Returns the terms of `field` that begin with `prefix`, at most [`MAX_EXPANSIONS`] of them, and true if there are
    /// more.
    fn beginning_with(&self, field: TermField, prefix: &str) -> Result<(Vec<Key>, bool), Error> {
        let (terms, cut) = self.engine.terms_beginning(field, prefix, MAX_EXPANSIONS)?;
        Ok((terms.into_iter().map(|term| Key::new(field, term)).collect(), cut))
    }

    /// Returns the inverse document frequency of the folded form of `word`, as BM25 computes it.
    fn idf(&self, word: &Word) -> Result<f32, Error> {
        self.idf_of(&Key::folded(&word.folded))
    }

    /// Returns the inverse document frequency of a term, as BM25 computes it.
    fn idf_of(&self, key: &Key) -> Result<f32, Error> {
        let frequencies = self.engine.frequencies(std::slice::from_ref(key))?;
        let frequency = frequencies.first().copied().unwrap_or_default() as f32;
        let passages = self.index.passages_count() as f32;
        Ok((1.0 + ((passages - frequency).max(0.0) + 0.5) / (frequency + 0.5)).ln())
    }
}

/// Returns the question for all passages that `ask` does not match.
fn excluded(ask: Ask) -> Ask {
    Ask::All {
        must: vec![Ask::Everything],
        must_not: vec![ask],
    }
}
