//! The plan: a query to the engine's query, which also decides how hits are ranked.
//!
//! Every word is searched for in its folded form, so that a query finds the same passages with marks and without
//! (except with [`Marks::Exact`]). The score of a passage is the sum over the words of the query of
//!
//! - BM25 of the folded word;
//! - for a word typed with marks, the agreement of the marks, in steps of [`STEP`] times the inverse document
//!   frequency: three steps if the source has the word with these marks, two if the repaired reading has it so or the
//!   source lost its marks there, one for another reading, none if the source says otherwise. As one step outweighs any
//!   BM25 of the same word, agreement beats contradiction however short or long the passages are;
//!
//! and, over pairs of neighboring words of the query, of BM25 of the pair as a phrase, times [`PAIR`]: most Vietnamese
//! words are two or three syllables, and a syllable alone is ambiguous.

use std::collections::HashSet;

use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, EmptyQuery, Occur, PhraseQuery,
    Query as EngineQuery, TermQuery, TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use super::forward_only::ForwardOnly;
use super::{Adjacency, Marks, Options};
use crate::index::{ALTERNATIVE, Error, Index, LOST, REPAIRED, kind_term, letters_term};
use crate::query::{AskedSymbol, Diagnostic, Node, Oddity, Phrase, Query, Word};

/// A step of agreement, in units of the inverse document frequency of the word. BM25 with k1 = 1.2 gives a word at most
/// (1.2 + 1) times that.
const STEP: f32 = 2.2;

/// Weight of a pair of neighbors. On the judged queries of `tests/it/relevance.tsv` recall@10 and MRR are 0.899 and
/// 0.881 without pairs, 0.915 and 0.912 at 1, 0.922 and 0.919 at 2, 0.930 and 0.939 at 3 and 4, hardly more at 6.
const PAIR: f32 = 3.0;

/// Weight of a cited symbol: it is what was asked for, whatever words are around it.
const CITED: f32 = 3.0;

/// The most words that a prefix stands for; the most common prefix of Vietnamese begins about 60 folded syllables.
const MAX_EXPANSIONS: usize = 1_000;

/// One clause of the engine's query.
type Clause = (Occur, Box<dyn EngineQuery>);

/// The parts of a query as the engine's queries.
pub(super) struct Plan {
    /// Queries of which `required` must match; one for each part of the query.
    wanted: Vec<Box<dyn EngineQuery>>,
    /// Queries that must not match.
    unwanted: Vec<Box<dyn EngineQuery>>,
    /// Queries that only add to the score.
    bonus: Vec<Box<dyn EngineQuery>>,
    /// Number of `wanted` that must match.
    required: usize,
}

impl Plan {
    /// Returns the plan for `query`.
    pub(super) fn of(
        index: &Index,
        query: &Query,
        options: &Options,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<Self, Error> {
        let mut planner = Planner {
            index,
            options,
            diagnostics,
        };
        let nodes = match &query.root {
            Node::All(nodes) => nodes.as_slice(),
            node => std::slice::from_ref(node),
        };
        planner.all(nodes)
    }

    /// Returns the plan that finds nothing.
    pub(super) fn nothing() -> Self {
        Self {
            wanted: vec![Box::new(EmptyQuery)],
            unwanted: Vec::new(),
            bonus: Vec::new(),
            required: 1,
        }
    }

    /// Returns the engine's query.
    pub(super) fn query(&self) -> Box<dyn EngineQuery> {
        let mut clauses: Vec<Clause> = Vec::new();
        let all = self.required >= self.wanted.len();
        // A query needs something that must match; without words every passage does.
        if self.wanted.is_empty() {
            clauses.push((Occur::Must, Box::new(ConstScoreQuery::new(Box::new(AllQuery), 0.0))));
        } else if all {
            clauses.extend(self.wanted.iter().map(|query| (Occur::Must, query.box_clone())));
        } else {
            let wanted = self.wanted.iter().map(|query| query.box_clone()).collect();
            let some = BooleanQuery::union_with_minimum_required_clauses(wanted, self.required);
            clauses.push((Occur::Must, Box::new(some)));
        }
        clauses.extend(self.unwanted.iter().map(|query| (Occur::MustNot, query.box_clone())));
        clauses.extend(self.bonus.iter().map(|query| (Occur::Should, query.box_clone())));
        Box::new(BooleanQuery::new(clauses))
    }

    /// Returns the number of parts if there are several, so that fewer can be required.
    pub(super) fn relaxable(&self) -> Option<usize> {
        (self.wanted.len() > 1).then_some(self.wanted.len())
    }

    /// Requires `parts` of the parts of the query from now on.
    pub(super) fn require(&mut self, parts: usize) {
        self.required = parts;
    }
}

/// Turns nodes of a query into the engine's queries.
struct Planner<'p> {
    index: &'p Index,
    options: &'p Options,
    diagnostics: &'p mut Vec<Diagnostic>,
}

impl Planner<'_> {
    /// Plans nodes that must all match. A word that is repeated counts once.
    fn all(&mut self, nodes: &[Node]) -> Result<Plan, Error> {
        let (mut wanted, mut unwanted) = (Vec::new(), Vec::new());
        let mut seen = HashSet::new();
        for node in nodes {
            match node {
                Node::Not(inner) => unwanted.push(Box::new(ForwardOnly(self.node(inner)?)) as Box<dyn EngineQuery>),
                Node::Word(word) if !seen.insert(&word.exact) => {}
                node => wanted.push(self.node(node)?),
            }
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
            Node::Symbol(symbol) => self.symbol(symbol),
            Node::Not(inner) => {
                let clauses: Vec<Clause> = vec![(Occur::Must, Box::new(AllQuery)), (Occur::MustNot, self.node(inner)?)];
                Box::new(BooleanQuery::new(clauses))
            }
            Node::All(nodes) => self.all(nodes)?.query(),
            Node::Any(nodes) => {
                let sides: Result<Vec<_>, Error> = nodes.iter().map(|side| self.node(side)).collect();
                Box::new(BooleanQuery::union(sides?))
            }
        })
    }

    /// Plans the pairs of neighboring words, as phrases of their folded forms; each pair once.
    fn pairs(&self, nodes: &[Node]) -> Vec<Box<dyn EngineQuery>> {
        if self.options.adjacency == Adjacency::Ignored {
            return Vec::new();
        }
        let mut seen = HashSet::new();
        let pairs = nodes.windows(2).filter_map(|pair| match pair {
            [Node::Word(one), Node::Word(two)] if one.folded != two.folded => Some((&one.folded, &two.folded)),
            _ => None,
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
        if !word.is_marked() || self.options.marks == Marks::Any {
            return Ok(base);
        }
        // The field of exact forms also has forms that the source does not print, each after a sign of its origin.
        let exact = |sign: Option<char>, text: &str| -> Box<dyn EngineQuery> {
            let text = sign.into_iter().chain(text.chars()).collect::<String>();
            let term = Term::from_field_text(fields.exact, &text);
            Box::new(TermQuery::new(term, IndexRecordOption::Basic))
        };
        if self.options.marks == Marks::Exact {
            let agreeing = ConstScoreQuery::new(exact(None, &word.exact), 0.0);
            return Ok(joined(base, Occur::Must, Box::new(agreeing)));
        }
        let step = STEP * self.idf(&folded)?;
        // A passage may have the word several times; the best agreement counts, and only once.
        let levels: Vec<Box<dyn EngineQuery>> = vec![
            Box::new(ConstScoreQuery::new(exact(None, &word.exact), 3.0 * step)),
            Box::new(ConstScoreQuery::new(exact(Some(REPAIRED), &word.exact), 2.0 * step)),
            Box::new(ConstScoreQuery::new(exact(Some(LOST), &word.folded), 2.0 * step)),
            Box::new(ConstScoreQuery::new(exact(Some(ALTERNATIVE), &word.exact), step)),
        ];
        Ok(joined(base, Occur::Should, Box::new(DisjunctionMaxQuery::new(levels))))
    }

    /// Plans a phrase: found by its folded words, and scored by the agreement of the whole too.
    fn phrase(&self, phrase: &Phrase) -> Result<Box<dyn EngineQuery>, Error> {
        if let [word] = phrase.words.as_slice() {
            return self.word(word);
        }
        let fields = self.index.fields();
        let query = |field: Field, form: fn(&Word) -> &str| -> Box<dyn EngineQuery> {
            let terms = phrase
                .words
                .iter()
                .enumerate()
                .map(|(at, word)| (at, Term::from_field_text(field, form(word))))
                .collect();
            Box::new(PhraseQuery::new_with_offset_and_slop(terms, phrase.slop))
        };
        let base = query(fields.folded, |word| &word.folded);
        if !phrase.is_marked() || self.options.marks == Marks::Any {
            return Ok(base);
        }
        let exact = query(fields.exact, |word| &word.exact);
        if self.options.marks == Marks::Exact {
            return Ok(joined(base, Occur::Must, Box::new(ConstScoreQuery::new(exact, 0.0))));
        }
        // The words one by one score what the source lost or contradicts; the whole phrase scores what it prints.
        let mut clauses: Vec<Clause> = vec![(Occur::Must, base)];
        let mut step = 0.0;
        for word in phrase.words.iter().filter(|word| word.is_marked()) {
            step += STEP * self.idf(&Term::from_field_text(fields.folded, &word.folded))?;
            clauses.push((Occur::Should, self.word(word)?));
        }
        clauses.push((Occur::Should, Box::new(ConstScoreQuery::new(exact, step))));
        Ok(Box::new(BooleanQuery::new(clauses)))
    }

    /// Plans a prefix: every word with this beginning.
    fn prefix(&mut self, word: &Word) -> Result<Box<dyn EngineQuery>, Error> {
        let fields = self.index.fields();
        let base = self.expanded(fields.folded, &word.folded, word)?;
        if !word.is_marked() || self.options.marks == Marks::Any {
            return Ok(base);
        }
        let exact = self.expanded(fields.exact, &word.exact, word)?;
        let occur = match self.options.marks {
            Marks::Exact => Occur::Must,
            _ => Occur::Should,
        };
        Ok(joined(base, occur, Box::new(ConstScoreQuery::new(exact, STEP))))
    }

    /// Plans any term of `field` that begins with `prefix`, which `word` has; at most [`MAX_EXPANSIONS`] of them.
    fn expanded(&mut self, field: Field, prefix: &str, word: &Word) -> Result<Box<dyn EngineQuery>, Error> {
        let mut terms = HashSet::new();
        let mut cut = false;
        for segment in self.index.searcher().segment_readers() {
            self.index.guard(|| {
                let inverted = segment.inverted_index(field)?;
                let mut range = inverted.terms().range().ge(prefix.as_bytes()).into_stream()?;
                while let Some((term, _)) = range.next() {
                    if !term.starts_with(prefix.as_bytes()) {
                        break;
                    }
                    if terms.len() == MAX_EXPANSIONS {
                        cut = true;
                        break;
                    }
                    terms.insert(Term::from_field_bytes(field, term));
                }
                Ok(())
            })?;
        }
        if cut {
            let max = MAX_EXPANSIONS;
            self.diagnostics
                .push(Diagnostic::at(word.span, Oddity::TooManyExpansions { max }));
        }
        // The set compares terms with their type byte, so they are made anew from their text.
        let terms = terms.into_iter().filter_map(|term| {
            let text = term
                .value()
                .as_str()
                .map(str::to_owned)
                .or_else(|| String::from_utf8(term.serialized_value_bytes().to_vec()).ok())?;
            Some(Term::from_field_text(field, &text))
        });
        Ok(Box::new(TermSetQuery::new(terms)))
    }

    /// Plans a symbol: cited, or in the text as it was typed.
    fn symbol(&self, symbol: &AskedSymbol) -> Box<dyn EngineQuery> {
        let fields = self.index.fields();
        let number = &symbol.number;
        let cited = |term: &str| -> Box<dyn EngineQuery> {
            let term = Term::from_field_text(fields.symbol, term);
            let query = Box::new(TermQuery::new(term, IndexRecordOption::Basic));
            Box::new(BoostQuery::new(query, CITED))
        };
        let folded = |text: &str| Term::from_field_text(fields.folded, text);
        let mut sides: Vec<Box<dyn EngineQuery>> = Vec::new();
        if let Some(canonical) = &symbol.canonical {
            sides.push(cited(canonical));
            for text in written_forms(canonical) {
                sides.push(Box::new(TermQuery::new(folded(&text), IndexRecordOption::Basic)));
            }
            return Box::new(BooleanQuery::union(sides));
        }
        match &symbol.letters {
            Some(letters) => {
                sides.push(cited(&letters_term(letters, number)));
                // `nq 21` also means a citation of "Nghị quyết số 21", without letters. Letters of several kinds, such
                // as `qd`, do not say which of them is meant.
                if let [kind] = symbol.kinds[..] {
                    sides.push(cited(&kind_term(kind, number)));
                }
            }
            None => sides.extend(symbol.kinds.iter().map(|&kind| cited(&kind_term(kind, number)))),
        }
        sides.push(match symbol.words.as_slice() {
            [word] => Box::new(TermQuery::new(folded(&word.folded), IndexRecordOption::WithFreqs)),
            words => Box::new(PhraseQuery::new(
                words.iter().map(|word| folded(&word.folded)).collect(),
            )),
        });
        Box::new(BooleanQuery::union(sides))
    }

    /// Returns the inverse document frequency of a term, as BM25 computes it.
    fn idf(&self, term: &Term) -> Result<f32, Error> {
        let searcher = self.index.searcher();
        let frequency = self.index.guard(|| searcher.doc_freq(term))? as f32;
        let documents = searcher.num_docs() as f32;
        Ok((1.0 + ((documents - frequency).max(0.0) + 0.5) / (frequency + 0.5)).ln())
    }
}

/// Joins a query that must match with one that must match too, or only adds to the score.
fn joined(base: Box<dyn EngineQuery>, occur: Occur, other: Box<dyn EngineQuery>) -> Box<dyn EngineQuery> {
    Box::new(BooleanQuery::new(vec![(Occur::Must, base), (occur, other)]))
}

/// Returns the forms that a whole canonical symbol (`21-nq-tw`) may have in a text as one folded token: with the
/// separators of party and of state documents, and with or without a zero before a number of one digit.
pub(super) fn written_forms(canonical: &str) -> Vec<String> {
    let groups: Vec<&str> = canonical.split('-').collect();
    let (Some((number, rest)), Some(letters)) = (
        groups.split_first(),
        groups
            .iter()
            .position(|group| !group.bytes().all(|b| b.is_ascii_digit())),
    ) else {
        return Vec::new();
    };
    // `05-CT/TW` is the usual way to write number 5.
    let padded = (number.len() == 1).then(|| format!("0{number}"));
    let numbers: Vec<&str> = std::iter::once(*number).chain(padded.as_deref()).collect();
    let years = rest[..letters.saturating_sub(1).min(rest.len())].join("/");
    let rest = &rest[letters.saturating_sub(1).min(rest.len())..];
    let mut written_forms = Vec::new();
    for number in numbers {
        // A year after the number is that of a state document: `30/2020/nd-cp`, `43/2019/qh14`.
        if !years.is_empty() {
            written_forms.push(format!("{number}/{years}/{}", rest.join("-")));
            continue;
        }
        // Party documents separate kind and issuer in every way: `21-nq/tw`, `57/nq-tw`.
        if let [kind, body @ ..] = rest {
            let body = body.join("-");
            for (first, second) in [("-", "/"), ("/", "-"), ("/", "/"), ("-", "-")] {
                let second = if body.is_empty() { "" } else { second };
                written_forms.push(format!("{number}{first}{kind}{second}{body}"));
            }
        }
    }
    written_forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_symbol_is_found_however_it_is_joined() {
        assert!(written_forms("21-nq-tw").contains(&"21-nq/tw".to_owned()));
        assert!(written_forms("57-nq-tw").contains(&"57/nq-tw".to_owned()));
        assert!(written_forms("5-ct-tw").contains(&"05-ct/tw".to_owned()));
        assert_eq!(written_forms("30-2020-nd-cp"), ["30/2020/nd-cp"]);
        assert_eq!(written_forms("43-2019-qh14"), ["43/2019/qh14"]);
    }
}
