//! A query to the engine's query, and how hits are ranked.
//!
//! Every word is looked for in its folded form, so that a query finds the same passages with marks and without
//! (but for [`Marks::Exact`]). The score of a passage is the sum over the words asked for of
//!
//! - BM25 of the folded word;
//! - for a word typed with marks, the agreement of the marks: [`STEP`] times the most that BM25 can give the
//!   word, three times over where the source has it so, less where the repaired reading has it so or the source
//!   lost its marks there, still less for another reading, nothing where the source says otherwise. As one
//!   step outweighs any BM25 of the same word, agreement beats contradiction however short or long
//!   the passages are;
//!
//! and over neighbouring words of the query, of BM25 of the pair as a phrase, [`PAIR`] times over: most words
//! are two or three syllables, and a bare syllable is ambiguous.

use std::collections::HashSet;

use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, EmptyQuery, Occur, PhraseQuery,
    Query as EngineQuery, TermQuery, TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use super::steady::Steady;
use super::{Adjacency, Marks, Options};
use crate::index::symbols::{kind_term, letters_term};
use crate::index::{ALTERNATIVE, Error, Index, LOST, REPAIRED};
use crate::query::{AskedSymbol, Node, Phrase, Query, Word};
use crate::text::Diagnostic;

/// A step of agreement, in units of the inverse document frequency of the word. BM25 with k1 = 1.2 gives a word
/// at most (1.2 + 1) times that.
const STEP: f32 = 2.2;

/// Weight of a pair of neighbours. On the judged queries of `tests/it/relevance.tsv` recall@10 and MRR are 0.899 and
/// 0.881 without pairs, 0.915 and 0.912 at 1, 0.922 and 0.919 at 2, 0.930 and 0.939 at 3 and 4, hardly more at 6.
const PAIR: f32 = 3.0;

/// Weight of a symbol that is cited: it is what was asked for, whatever stands around it.
const CITED: f32 = 3.0;

/// The most words that a prefix stands for; the commonest of Vietnamese has some 60 folded syllables.
const MAX_EXPANSIONS: usize = 1_000;

/// One clause of the engine's query.
type Clause = (Occur, Box<dyn EngineQuery>);

/// What to ask the engine.
pub(super) struct Plan {
    /// What must match; one each for the parts of the query.
    wanted: Vec<Box<dyn EngineQuery>>,
    /// What must not match.
    unwanted: Vec<Box<dyn EngineQuery>>,
    /// What adds to the score.
    bonus: Vec<Box<dyn EngineQuery>>,
    /// How many of `wanted` must match.
    least: usize,
}

impl Clone for Plan {
    fn clone(&self) -> Self {
        let copy = |queries: &[Box<dyn EngineQuery>]| queries.iter().map(|query| query.box_clone()).collect();
        Self {
            wanted: copy(&self.wanted),
            unwanted: copy(&self.unwanted),
            bonus: copy(&self.bonus),
            least: self.least,
        }
    }
}

impl Plan {
    /// The plan for `query`.
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

    /// The plan that finds nothing.
    pub(super) fn nothing() -> Self {
        Self {
            wanted: vec![Box::new(EmptyQuery)],
            unwanted: Vec::new(),
            bonus: Vec::new(),
            least: 1,
        }
    }

    /// The engine's query.
    pub(super) fn query(&self) -> Box<dyn EngineQuery> {
        let mut clauses: Vec<Clause> = Vec::new();
        let all = self.least >= self.wanted.len();
        if self.wanted.is_empty() {
            clauses.push((Occur::Must, Box::new(ConstScoreQuery::new(Box::new(AllQuery), 0.0))));
        } else if all {
            clauses.extend(self.wanted.iter().map(|query| (Occur::Must, query.box_clone())));
        } else {
            let wanted = self.wanted.iter().map(|query| query.box_clone()).collect();
            let some = BooleanQuery::union_with_minimum_required_clauses(wanted, self.least);
            clauses.push((Occur::Must, Box::new(some)));
        }
        clauses.extend(self.unwanted.iter().map(|query| (Occur::MustNot, query.box_clone())));
        clauses.extend(self.bonus.iter().map(|query| (Occur::Should, query.box_clone())));
        Box::new(BooleanQuery::new(clauses))
    }

    /// The number of parts, where fewer than all can be asked for.
    pub(super) fn relaxable(&self) -> Option<usize> {
        (self.wanted.len() > 1).then_some(self.wanted.len())
    }

    /// The same with `least` of the parts.
    pub(super) fn with_least(&self, least: usize) -> Self {
        Self { least, ..self.clone() }
    }
}

/// `query` restricted to what `restriction` matches; the score is that of `query`.
pub(super) fn boxed_and(query: Box<dyn EngineQuery>, restriction: Vec<Clause>) -> BooleanQuery {
    let mut clauses = vec![(Occur::Must, query)];
    clauses.extend(restriction);
    BooleanQuery::new(clauses)
}

/// Turns nodes into the engine's queries.
struct Planner<'p> {
    index: &'p Index,
    options: &'p Options,
    diagnostics: &'p mut Vec<Diagnostic>,
}

impl Planner<'_> {
    /// Nodes that must all match.
    fn all(&mut self, nodes: &[Node]) -> Result<Plan, Error> {
        let (mut wanted, mut unwanted) = (Vec::new(), Vec::new());
        let mut seen = HashSet::new();
        for node in nodes {
            match node {
                Node::Not(inner) => unwanted.push(Box::new(Steady(self.node(inner)?)) as Box<dyn EngineQuery>),
                Node::Word(word) if !seen.insert(&word.exact) => {}
                node => wanted.push(self.node(node)?),
            }
        }
        let least = wanted.len();
        Ok(Plan {
            wanted,
            unwanted,
            bonus: self.pairs(nodes),
            least,
        })
    }

    /// One node.
    fn node(&mut self, node: &Node) -> Result<Box<dyn EngineQuery>, Error> {
        Ok(match node {
            Node::Word(word) => self.word(word)?,
            Node::Phrase(phrase) => self.phrase(phrase)?,
            Node::Prefix(word) => self.prefix(word)?,
            Node::Symbol(symbol) => self.symbol(symbol)?,
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

    /// Pairs of neighbours, as phrases of the folded words.
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

    /// A word: found in its folded form, scored by agreement too.
    fn word(&self, word: &Word) -> Result<Box<dyn EngineQuery>, Error> {
        let fields = self.index.fields();
        let folded = Term::from_field_text(fields.folded, &word.folded);
        let frequency = self.idf(&folded)?;
        let base = Box::new(TermQuery::new(folded, IndexRecordOption::WithFreqs));
        if !word.is_marked() || self.options.marks == Marks::Any {
            return Ok(base);
        }
        let exact = |sign: Option<char>, text: &str| -> Box<dyn EngineQuery> {
            let text = sign.into_iter().chain(text.chars()).collect::<String>();
            let term = Term::from_field_text(fields.exact, &text);
            Box::new(TermQuery::new(term, IndexRecordOption::Basic))
        };
        if self.options.marks == Marks::Exact {
            let agreeing = Box::new(ConstScoreQuery::new(exact(None, &word.exact), 0.0));
            return Ok(Box::new(BooleanQuery::new(vec![
                (Occur::Must, base),
                (Occur::Must, agreeing),
            ])));
        }
        let step = STEP * frequency;
        let levels: Vec<Box<dyn EngineQuery>> = vec![
            Box::new(ConstScoreQuery::new(exact(None, &word.exact), 3.0 * step)),
            Box::new(ConstScoreQuery::new(exact(Some(REPAIRED), &word.exact), 2.0 * step)),
            Box::new(ConstScoreQuery::new(exact(Some(LOST), &word.folded), 2.0 * step)),
            Box::new(ConstScoreQuery::new(exact(Some(ALTERNATIVE), &word.exact), step)),
        ];
        Ok(Box::new(BooleanQuery::new(vec![
            (Occur::Must, base),
            (Occur::Should, Box::new(DisjunctionMaxQuery::new(levels))),
        ])))
    }

    /// A phrase: found by its folded words, scored by agreement of the whole too.
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
            let agreeing = Box::new(ConstScoreQuery::new(exact, 0.0));
            return Ok(Box::new(BooleanQuery::new(vec![
                (Occur::Must, base),
                (Occur::Must, agreeing),
            ])));
        }
        // The words one by one tell what the source lost or contradicts; the phrase itself, what it prints.
        let mut clauses: Vec<Clause> = vec![(Occur::Must, base)];
        let mut step = 0.0;
        for word in phrase.words.iter().filter(|word| word.is_marked()) {
            step += STEP * self.idf(&Term::from_field_text(fields.folded, &word.folded))?;
            clauses.push((Occur::Should, self.word(word)?));
        }
        clauses.push((Occur::Should, Box::new(ConstScoreQuery::new(exact, step))));
        Ok(Box::new(BooleanQuery::new(clauses)))
    }

    /// All words that begin so.
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
        let agreeing = Box::new(ConstScoreQuery::new(exact, STEP));
        Ok(Box::new(BooleanQuery::new(vec![
            (Occur::Must, base),
            (occur, agreeing),
        ])))
    }

    /// The terms of `field` that begin with `prefix`.
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
            let message = format!("more than {MAX_EXPANSIONS} words begin so; not all are looked for");
            self.diagnostics.push(Diagnostic::at(word.span, message));
        }
        // The set compares whole terms, type byte and all; those of a text field are made from text.
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

    /// A symbol: cited, or standing in the text as it was typed.
    fn symbol(&self, symbol: &AskedSymbol) -> Result<Box<dyn EngineQuery>, Error> {
        let fields = self.index.fields();
        let mut sides: Vec<Box<dyn EngineQuery>> = Vec::new();
        let mut cited = |term: &str| {
            let term = Term::from_field_text(fields.symbol, term);
            let query = Box::new(TermQuery::new(term, IndexRecordOption::Basic));
            sides.push(Box::new(BoostQuery::new(query, CITED)));
        };
        if let Some(canonical) = &symbol.canonical {
            cited(canonical);
            for text in writings(canonical) {
                let term = Term::from_field_text(fields.folded, &text);
                sides.push(Box::new(TermQuery::new(term, IndexRecordOption::Basic)));
            }
            return Ok(Box::new(BooleanQuery::union(sides)));
        }
        match &symbol.letters {
            Some(letters) => cited(&letters_term(letters, &symbol.number)),
            None => symbol
                .kinds
                .iter()
                .for_each(|&kind| cited(&kind_term(kind, &symbol.number))),
        }
        if let Some(letters) = &symbol.letters {
            // `nq 21` is also `Nghị quyết số 21` without letters; the letters of several kinds tell none.
            if let [kind] = symbol.kinds[..] {
                let _ = letters;
                let term = Term::from_field_text(fields.symbol, &kind_term(kind, &symbol.number));
                let query = Box::new(TermQuery::new(term, IndexRecordOption::Basic));
                sides.push(Box::new(BoostQuery::new(query, CITED)));
            }
        }
        sides.push(match symbol.words.as_slice() {
            [word] => Box::new(TermQuery::new(
                Term::from_field_text(fields.folded, &word.folded),
                IndexRecordOption::WithFreqs,
            )),
            words => {
                let terms = words
                    .iter()
                    .map(|word| Term::from_field_text(fields.folded, &word.folded));
                Box::new(PhraseQuery::new(terms.collect()))
            }
        });
        Ok(Box::new(BooleanQuery::union(sides)))
    }

    /// Inverse document frequency of a term, as BM25 has it.
    fn idf(&self, term: &Term) -> Result<f32, Error> {
        let searcher = self.index.searcher();
        let frequency = self.index.guard(|| searcher.doc_freq(term))? as f32;
        let documents = searcher.num_docs() as f32;
        Ok((1.0 + ((documents - frequency).max(0.0) + 0.5) / (frequency + 0.5)).ln())
    }
}

/// How a whole symbol (groups joined by `-`) may stand in a text as one folded token: the joints of party and
/// of state papers, with and without a zero before a number of one digit.
pub(super) fn writings(canonical: &str) -> Vec<String> {
    let groups: Vec<&str> = canonical.split('-').collect();
    let (Some((number, rest)), Some(letters)) = (
        groups.split_first(),
        groups
            .iter()
            .position(|group| !group.bytes().all(|b| b.is_ascii_digit())),
    ) else {
        return Vec::new();
    };
    let padded = (number.len() == 1).then(|| format!("0{number}"));
    let numbers: Vec<&str> = std::iter::once(*number).chain(padded.as_deref()).collect();
    let years = rest[..letters.saturating_sub(1).min(rest.len())].join("/");
    let rest = &rest[letters.saturating_sub(1).min(rest.len())..];
    let mut writings = Vec::new();
    for number in numbers {
        if !years.is_empty() {
            writings.push(format!("{number}/{years}/{}", rest.join("-")));
            continue;
        }
        if let [kind, body @ ..] = rest {
            let body = body.join("-");
            for (first, second) in [("-", "/"), ("/", "-"), ("/", "/"), ("-", "-")] {
                let second = if body.is_empty() { "" } else { second };
                writings.push(format!("{number}{first}{kind}{second}{body}"));
            }
        }
    }
    writings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_symbol_is_found_however_it_is_joined() {
        assert!(writings("21-nq-tw").contains(&"21-nq/tw".to_owned()));
        assert!(writings("57-nq-tw").contains(&"57/nq-tw".to_owned()));
        assert!(writings("5-ct-tw").contains(&"05-ct/tw".to_owned()));
        assert_eq!(writings("30-2020-nd-cp"), ["30/2020/nd-cp"]);
        assert_eq!(writings("43-2019-qh14"), ["43/2019/qh14"]);
    }
}
