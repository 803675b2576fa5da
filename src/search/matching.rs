//! The matches in a passage and the agreement of their marks: the engine's answer, explained word by word.

use serde::{Deserialize, Serialize};

use super::Marks;
use super::plan::written_forms;
use crate::index::{Cell, Compound, FormOrigin, StoredPassage, Tokenized};
use crate::query::{AskedSymbol, Node, Phrase, Query, Word};
use crate::symbol::{Kind, canonical_symbol, kind_letters, symbol_number};
use crate::text::named;

named! {
    /// The agreement of the marks of the query with those of a passage.
    #[derive(
        Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema,
    )]
    #[serde(rename_all = "lowercase")]
    pub enum Agreement {
        /// They agree as printed in the source, or the query has none.
        #[default]
        Exact = "exact",
        /// The source lost its marks; a reading of it agrees, or none is known.
        Lost = "lost",
        /// They contradict each other: only the words without marks agree.
        Folded = "folded",
    }
}

/// The matches in a passage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct PassageMatches {
    /// The words of the passage.
    pub(super) words: Tokenized,
    /// For each cell, the number of the part of the query that matched it, from 1; 0 for none.
    pub(super) hits: Vec<usize>,
    /// The worst of the agreements of the parts that matched, each taken where it agrees best.
    pub(super) agreement: Agreement,
}

/// Finds the parts of a query in passages.
pub(super) struct Matcher<'q> {
    parts: Vec<&'q Node>,
    marks: Marks,
}

impl<'q> Matcher<'q> {
    /// Returns a matcher for the words, prefixes, phrases and symbols that `query` asks for.
    pub(super) fn of(query: &'q Query, marks: Marks) -> Self {
        let mut parts = Vec::new();
        query.for_each_wanted(|node| {
            if matches!(
                node,
                Node::Word(_) | Node::Prefix(_) | Node::Phrase(_) | Node::Symbol(_)
            ) {
                parts.push(node);
            }
        });
        Self { parts, marks }
    }

    /// Returns the matches in `stored`.
    pub(super) fn find(&self, stored: &StoredPassage) -> PassageMatches {
        let words = Tokenized::of(&stored.record.text, &stored.annotations);
        let mut hits = vec![0; words.cells.len()];
        let mut agreement = Agreement::Exact;
        for (number, part) in self.parts.iter().enumerate() {
            let mut finder = PartFinder {
                words: &words,
                hits: &mut hits,
                number: number + 1,
                exact_only: self.marks == Marks::Exact,
                best: None,
            };
            match part {
                Node::Word(word) => finder.word(word),
                Node::Prefix(word) => finder.prefix(word),
                Node::Phrase(phrase) => finder.phrase(phrase),
                Node::Symbol(symbol) => finder.symbol(symbol),
                Node::Not(_) | Node::All(_) | Node::Any(_) => {}
            }
            if let Some(best) = finder.best {
                agreement = agreement.max(best);
            }
        }
        PassageMatches { words, hits, agreement }
    }
}

/// Finds one part of a query in one passage.
struct PartFinder<'f> {
    words: &'f Tokenized,
    hits: &'f mut [usize],
    number: usize,
    exact_only: bool,
    /// The best agreement so far; `None` while nothing is found.
    best: Option<Agreement>,
}

impl PartFinder<'_> {
    /// Records a match of the cells `first..end` with this agreement.
    fn hit(&mut self, first: usize, end: usize, agreement: Agreement) {
        if self.exact_only && agreement != Agreement::Exact {
            return;
        }
        for hit in self.hits.get_mut(first..end).into_iter().flatten() {
            *hit = self.number;
        }
        self.best = Some(self.best.map_or(agreement, |best| best.min(agreement)));
    }

    /// Finds a word, or a symbol or date typed as one word.
    fn word(&mut self, word: &Word) {
        for (at, cell) in self.words.cells.iter().enumerate() {
            if let Some(agreement) = agreement(cell, word) {
                self.hit(at, at + 1, agreement);
            }
        }
        for Compound { first, end, .. } in self.words.compounds.iter().filter(|whole| whole.folded == word.folded) {
            self.hit(*first, *end, Agreement::Exact);
        }
    }

    /// Finds every word with this beginning.
    fn prefix(&mut self, word: &Word) {
        for (at, cell) in self.words.cells.iter().enumerate() {
            if let Some(form) = cell.forms.iter().find(|form| form.folded.starts_with(&word.folded)) {
                let agreement = match form.exact.starts_with(&word.exact) {
                    true => Agreement::Exact,
                    false if !word.is_marked() => Agreement::Exact,
                    false => Agreement::Folded,
                };
                self.hit(at, at + 1, agreement);
            }
        }
    }

    /// Finds consecutive words; if there are none and the phrase allows moves, words close together.
    fn phrase(&mut self, phrase: &Phrase) {
        let len = phrase.words.len();
        for first in 0..self.words.cells.len().saturating_sub(len - 1) {
            let cells = &self.words.cells[first..first + len];
            let levels = cells
                .iter()
                .zip(&phrase.words)
                .map(|(cell, word)| agreement(cell, word));
            if let Some(worst) = levels.collect::<Option<Vec<_>>>() {
                self.hit(first, first + len, worst.into_iter().max().unwrap_or_default());
            }
        }
        if phrase.slop > 0 && self.best.is_none() {
            self.loose_phrase(phrase);
        }
    }

    /// Finds a phrase with gaps: its words in each window of its length and the moves allowed, if all of them are in
    /// the window.
    fn loose_phrase(&mut self, phrase: &Phrase) {
        let len = phrase.words.len() + phrase.slop as usize;
        for first in 0..self.words.cells.len() {
            let end = (first + len).min(self.words.cells.len());
            let window = &self.words.cells[first..end];
            let places = phrase.words.iter().map(|word| {
                window
                    .iter()
                    .enumerate()
                    .find_map(|(at, cell)| agreement(cell, word).map(|level| (at, level)))
            });
            if let Some(places) = places.collect::<Option<Vec<_>>>() {
                let worst = places.iter().map(|(_, level)| *level).max().unwrap_or_default();
                for (at, _) in places {
                    self.hit(first + at, first + at + 1, worst);
                }
            }
        }
    }

    /// Finds a symbol in three ways, the next only if the one before found nothing.
    fn symbol(&mut self, symbol: &AskedSymbol) {
        // First the tokens that are symbols, in whatever form they are written.
        for Compound { first, end, folded } in &self.words.compounds {
            let Some(canonical) = canonical_symbol(folded) else {
                continue;
            };
            let same = match &symbol.canonical {
                Some(asked) => *asked == canonical,
                None => short_matches(symbol, &canonical),
            };
            if same {
                self.hit(*first, *end, Agreement::Exact);
            }
        }
        // Then single words in one of the forms that the engine was asked for.
        if let (None, Some(asked)) = (self.best, &symbol.canonical) {
            let written_forms = written_forms(asked);
            let cells = self.words.cells.iter().enumerate();
            for (at, _) in cells.filter(|(_, cell)| cell.forms.iter().any(|form| written_forms.contains(&form.folded)))
            {
                self.hit(at, at + 1, Agreement::Exact);
            }
        }
        // Last the words as typed (`nghị quyết 21`), with any marks: a symbol is asked for, not its spelling.
        if self.best.is_none() {
            let unmarked = symbol.words.iter().map(|word| Word {
                exact: word.folded.clone(),
                ..word.clone()
            });
            self.phrase(&Phrase {
                span: symbol.span,
                words: unmarked.collect(),
                slop: 0,
            });
        }
    }
}

/// Returns true if `canonical` is a symbol of the kind and number asked for.
fn short_matches(symbol: &AskedSymbol, canonical: &str) -> bool {
    if symbol_number(canonical) != symbol.number {
        return false;
    }
    let Some(letters) = kind_letters(canonical) else {
        return false;
    };
    match &symbol.letters {
        Some(asked) => asked == letters,
        None => Kind::of_letters(letters).iter().any(|kind| symbol.kinds.contains(kind)),
    }
}

/// Returns the agreement of the marks of `word` with those of a cell; `None` if not even the folded forms agree.
fn agreement(cell: &Cell, word: &Word) -> Option<Agreement> {
    let forms = cell.forms.iter().filter(|form| form.folded == word.folded);
    let levels = forms.map(|form| match form.origin {
        _ if !word.is_marked() => Agreement::Exact,
        FormOrigin::Source | FormOrigin::Lost if form.exact == word.exact => Agreement::Exact,
        FormOrigin::Lost => Agreement::Lost,
        FormOrigin::Repaired | FormOrigin::Alternative if form.exact == word.exact => Agreement::Lost,
        FormOrigin::Source | FormOrigin::Repaired | FormOrigin::Alternative => Agreement::Folded,
    });
    levels.min()
}
