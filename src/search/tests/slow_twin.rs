//! A slow twin of the search: the same questions as clauses of the engine alone.
//!
//! Here everything that adds to a score is an optional clause, each phrase reads all positions, each count is a search of
//! its own, and hits are compared by the text of their ids. On random corpora both must give the same hits, scores, counts
//! and facets.

use std::collections::{BTreeMap, HashSet};

use tantivy::collector::{Count, DocSetCollector, TopDocs};
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, EmptyQuery, Occur, PhraseQuery,
    Query as EngineQuery, TermQuery, TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, Term};

use super::super::agreement::{LEVELS, signed_terms, terms_at};
use super::super::embedded::compile::query_of;
use super::super::embedded::forward_only::ForwardOnly;
use super::super::embedded::placed::{PlacedTerms, TermsAtPlace};
use super::super::embedded::terms::terms_beginning_with;
use super::super::filter::Restriction;
use super::super::plan::wanted_of;
use super::*;
use crate::index::{ALTERNATIVE, FolderIndex, LOST, REPAIRED};
use crate::query::{Node, Phrase, PhraseWord, Word};

/// The weights of the plan of the search, written anew, so that a change there is seen here.
const STEP: f32 = 2.2;
const PAIR: f32 = 3.0;

/// All signs, whichever the index has.
const SIGNS: [char; 3] = [REPAIRED, LOST, ALTERNATIVE];

type Boxed = Box<dyn EngineQuery>;
type Clauses = Vec<(Occur, Boxed)>;

/// The answer of the twin, with all hits.
pub(super) struct TwinAnswer {
    /// Scores by the ids of the passages.
    pub(super) scores: BTreeMap<String, f32>,
    pub(super) matches: MatchCounts,
    /// For each facet the counts by value.
    pub(super) facets: Vec<BTreeMap<String, u64>>,
    pub(super) relaxed: bool,
}

/// Asks the twin.
pub(super) fn ask(index: &Index, query: &Query, filters: &Filters, marks: Marks, facets: &[Facet]) -> TwinAnswer {
    let filters = query.filters.clone().and(filters);
    let restriction = Restriction::of(index, &filters, &mut Vec::new()).unwrap();
    let index = index.in_folder().unwrap();
    let twin = Twin { index, marks };
    let nodes = match &query.root {
        Node::All(nodes) => nodes.clone(),
        node => vec![node.clone()],
    };
    let wanted: Vec<&Node> = wanted_of(&nodes).collect();
    let restricted = |query: Boxed, without| -> Boxed {
        let passing = constant(query_of(index.fields(), &restriction.passages(without)), 0.0);
        Box::new(BooleanQuery::intersection(vec![query, passing]))
    };
    let count = |query: Boxed| index.searcher().search(&restricted(query, None), &Count).unwrap();
    let mut required = wanted.len();
    let mut relaxed = false;
    if wanted.len() > 1 && count(twin.all(&nodes, required)) == 0 {
        let most = (1..required).rev().find(|&parts| count(twin.all(&nodes, parts)) > 0);
        if let Some(most) = most {
            required = (most * 3).div_ceil(4);
            relaxed = true;
        }
    }
    let whole = restricted(twin.all(&nodes, required), None);
    let top = TopDocs::with_limit(10_000).order_by_score();
    let scored = index.searcher().search(&whole, &top).unwrap();
    let id = |address: DocAddress| index.stored(address).unwrap().record.passage;
    let mut matches = MatchCounts::default();
    let levels: Vec<(Agreement, HashSet<DocAddress>)> = LEVELS
        .iter()
        .map(|&level| {
            let agreeing = twin.agreeing(&nodes, required, level);
            (
                level,
                index
                    .searcher()
                    .search(&restricted(agreeing, None), &DocSetCollector)
                    .unwrap(),
            )
        })
        .collect();
    for (_, address) in &scored {
        let level = levels.iter().find(|(_, found)| found.contains(address));
        matches.add(level.map_or(Agreement::Folded, |(level, _)| *level), 1);
    }
    let facets = facets.iter().map(|&facet| {
        let query = restricted(twin.all(&nodes, required), Some(facet));
        let mut counts = BTreeMap::new();
        for address in index.searcher().search(&query, &DocSetCollector).unwrap() {
            let segment = index.searcher().segment_reader(address.segment_ord);
            let Some(column) = segment.fast_fields().str(facet.name()).unwrap() else {
                continue;
            };
            for ordinal in column.term_ords(address.doc_id) {
                let mut value = String::new();
                column.ord_to_str(ordinal, &mut value).unwrap();
                *counts.entry(value).or_default() += 1;
            }
        }
        counts
    });
    TwinAnswer {
        facets: facets.collect(),
        scores: scored
            .into_iter()
            .map(|(score, address)| (id(address), score))
            .collect(),
        matches,
        relaxed,
    }
}

/// Plans questions as clauses of the engine.
struct Twin<'t> {
    index: &'t FolderIndex,
    marks: Marks,
}

impl Twin<'_> {
    /// Plans nodes of which `required` must match.
    fn all(&self, nodes: &[Node], required: usize) -> Boxed {
        let wanted: Vec<Boxed> = wanted_of(nodes).map(|node| self.node(node)).collect();
        let mut clauses = self.unwanted(nodes);
        if wanted.is_empty() {
            clauses.push((Occur::Must, constant(Box::new(AllQuery), 0.0)));
        } else if required >= wanted.len() {
            clauses.extend(wanted.into_iter().map(|query| (Occur::Must, query)));
        } else {
            let some = BooleanQuery::union_with_minimum_required_clauses(wanted, required);
            clauses.push((Occur::Must, Box::new(some)));
        }
        clauses.extend(self.pairs(nodes).into_iter().map(|pair| (Occur::Should, pair)));
        Box::new(BooleanQuery::new(clauses))
    }

    /// Plans the passages in which the marks of as many nodes as are required agree at `level` or better.
    fn agreeing(&self, nodes: &[Node], required: usize, level: Agreement) -> Boxed {
        let wanted: Vec<Boxed> = wanted_of(nodes).map(|node| self.node_at(node, level)).collect();
        let mut clauses = self.unwanted(nodes);
        if wanted.is_empty() {
            clauses.push((Occur::Must, Box::new(AllQuery)));
        } else {
            let some = BooleanQuery::union_with_minimum_required_clauses(wanted, required);
            clauses.push((Occur::Must, Box::new(some)));
        }
        Box::new(BooleanQuery::new(clauses))
    }

    fn unwanted(&self, nodes: &[Node]) -> Clauses {
        let unwanted = nodes.iter().filter_map(|node| match node {
            Node::Not(inner) => Some(self.node_at(inner, self.marks.worst_excluded())),
            _ => None,
        });
        unwanted
            .map(|query| (Occur::MustNot, Box::new(ForwardOnly(query)) as Boxed))
            .collect()
    }

    fn node(&self, node: &Node) -> Boxed {
        match node {
            Node::Word(word) => self.word(word),
            Node::Phrase(phrase) => self.phrase(phrase),
            Node::Prefix(word) => self.prefix(word),
            Node::Not(_) => self.all(std::slice::from_ref(node), 0),
            Node::All(nodes) => self.all(nodes, usize::MAX),
            Node::Any(nodes) => Box::new(BooleanQuery::union(nodes.iter().map(|node| self.node(node)).collect())),
            Node::Symbol(_) | Node::Also { .. } => Box::new(EmptyQuery),
        }
    }

    fn node_at(&self, node: &Node, level: Agreement) -> Boxed {
        if !node.asks_marks() || level == Agreement::Folded {
            return self.node(node);
        }
        match node {
            Node::Word(word) => one_of(self.exact_terms(word, level)),
            Node::Phrase(phrase) => self.phrase_at(phrase, level),
            Node::Prefix(word) => one_of(self.beginning_at(word, level)),
            Node::All(nodes) => self.agreeing(nodes, wanted_of(nodes).count(), level),
            Node::Any(nodes) => Box::new(BooleanQuery::union(
                nodes.iter().map(|node| self.node_at(node, level)).collect(),
            )),
            Node::Not(_) | Node::Symbol(_) | Node::Also { .. } => self.node(node),
        }
    }

    fn pairs(&self, nodes: &[Node]) -> Vec<Boxed> {
        let mut seen = HashSet::new();
        let pairs = nodes.windows(2).filter_map(|pair| {
            let (one, two) = (pair[0].as_word()?, pair[1].as_word()?);
            (one.folded != two.folded).then_some((one.folded.clone(), two.folded.clone()))
        });
        let pairs = pairs.filter(|pair| seen.insert(pair.clone()));
        let phrase = |(one, two): (String, String)| {
            let phrase = PhraseQuery::new(vec![self.folded(&one), self.folded(&two)]);
            Box::new(BoostQuery::new(Box::new(phrase), PAIR)) as Boxed
        };
        pairs.map(phrase).collect()
    }

    fn word(&self, word: &Word) -> Boxed {
        let folded = self.folded(&word.folded);
        let base: Boxed = Box::new(TermQuery::new(folded.clone(), IndexRecordOption::WithFreqs));
        if !word.asks_marks || self.marks == Marks::Any {
            return base;
        }
        let step = STEP * self.idf(&folded);
        let levels = signed_terms(word, &SIGNS).map(|(_, steps, term)| constant(has(self.exact(&term)), steps * step));
        let marks: Boxed = Box::new(DisjunctionMaxQuery::new(levels.collect()));
        let agreeing = || self.node_at(&Node::Word(word.clone()), Agreement::WORST_EXACT);
        self.under_marks(vec![(Occur::Must, base), (Occur::Should, marks)], agreeing)
    }

    fn phrase(&self, phrase: &Phrase) -> Boxed {
        if let [only] = phrase.words.as_slice() {
            return if only.is_prefix {
                self.prefix(&only.word)
            } else {
                self.word(&only.word)
            };
        }
        let base = self.folded_phrase(phrase);
        if !phrase.asks_marks() || self.marks == Marks::Any {
            return base;
        }
        let mut clauses: Clauses = vec![(Occur::Must, base)];
        let mut step = 0.0;
        for PhraseWord { word, .. } in phrase
            .words
            .iter()
            .filter(|word| word.word.asks_marks && !word.is_prefix)
        {
            step += STEP * self.idf(&self.folded(&word.folded));
            clauses.push((Occur::Should, self.word(word)));
        }
        clauses.push((Occur::Should, constant(self.phrase_at(phrase, Agreement::Exact), step)));
        self.under_marks(clauses, || self.phrase_at(phrase, Agreement::WORST_EXACT))
    }

    fn folded_phrase(&self, phrase: &Phrase) -> Boxed {
        if phrase.slop == 0 && phrase.words.iter().all(|word| !word.is_prefix) {
            let terms = phrase.words.iter();
            let terms = terms.map(|word| (word.place as usize, self.folded(&word.word.folded)));
            return Box::new(PhraseQuery::new_with_offset(terms.collect()));
        }
        let mut score = 0.0;
        let mut places = Vec::new();
        for PhraseWord { word, place, is_prefix } in &phrase.words {
            let terms = if *is_prefix {
                self.beginning(self.index.fields().folded, &word.folded)
            } else {
                score += self.idf(&self.folded(&word.folded));
                vec![self.folded(&word.folded)]
            };
            places.push(TermsAtPlace { place: *place, terms });
        }
        constant(
            Box::new(PlacedTerms {
                places,
                slop: phrase.slop,
            }),
            score,
        )
    }

    fn phrase_at(&self, phrase: &Phrase, level: Agreement) -> Boxed {
        let places = phrase
            .words
            .iter()
            .map(|PhraseWord { word, place, is_prefix }| TermsAtPlace {
                place: *place,
                terms: match is_prefix {
                    false => self.exact_terms(word, level),
                    true => self.beginning_at(word, level),
                },
            });
        Box::new(PlacedTerms {
            places: places.collect(),
            slop: phrase.slop,
        })
    }

    fn prefix(&self, word: &Word) -> Boxed {
        let base = constant(one_of(self.beginning(self.index.fields().folded, &word.folded)), 1.0);
        if !word.asks_marks || self.marks == Marks::Any {
            return base;
        }
        let printed = constant(one_of(self.beginning(self.index.fields().exact, &word.exact)), STEP);
        let agreeing = || one_of(self.beginning_at(word, Agreement::WORST_EXACT));
        self.under_marks(vec![(Occur::Must, base), (Occur::Should, printed)], agreeing)
    }

    fn under_marks(&self, mut clauses: Clauses, agreeing: impl FnOnce() -> Boxed) -> Boxed {
        if self.marks == Marks::Exact {
            clauses.push((Occur::Must, constant(agreeing(), 0.0)));
        }
        Box::new(BooleanQuery::new(clauses))
    }

    fn exact_terms(&self, word: &Word, level: Agreement) -> Vec<Term> {
        terms_at(word, level, &SIGNS)
            .iter()
            .map(|term| self.exact(term))
            .collect()
    }

    fn beginning(&self, field: Field, beginning: &str) -> Vec<Term> {
        let (terms, _) = terms_beginning_with(self.index, field, beginning, 1_000).unwrap();
        terms
            .into_iter()
            .map(|term| Term::from_field_text(field, &term))
            .collect()
    }

    fn beginning_at(&self, word: &Word, level: Agreement) -> Vec<Term> {
        let beginnings = terms_at(word, level, &SIGNS);
        let terms = beginnings
            .iter()
            .flat_map(|beginning| self.beginning(self.index.fields().exact, beginning));
        terms.collect()
    }

    fn folded(&self, word: &str) -> Term {
        Term::from_field_text(self.index.fields().folded, word)
    }

    fn exact(&self, term: &str) -> Term {
        Term::from_field_text(self.index.fields().exact, term)
    }

    fn idf(&self, term: &Term) -> f32 {
        let searcher = self.index.searcher();
        let (frequency, all) = (searcher.doc_freq(term).unwrap() as f32, searcher.num_docs() as f32);
        (1.0 + ((all - frequency).max(0.0) + 0.5) / (frequency + 0.5)).ln()
    }
}

fn constant(query: Boxed, score: f32) -> Boxed {
    Box::new(ConstScoreQuery::new(query, score))
}

fn has(term: Term) -> Boxed {
    Box::new(TermQuery::new(term, IndexRecordOption::Basic))
}

fn one_of(terms: Vec<Term>) -> Boxed {
    Box::new(TermSetQuery::new(terms))
}
