//! The matches in a passage and the agreement of their marks: the engine's answer, explained word by word.
//!
//! [`Matcher::find`] evaluates the query over the words of a stored passage. It finds every match of every part, then
//! [`marking`](super::marking) chooses those that are shown.

use std::collections::HashMap;

use super::Marks;
use super::agreement::{Agreement, level_in_phrase, level_of, level_of_prefix};
use super::asked_words::AskedWords;
use super::close::for_each_close;
use super::marking::{Spot, mark};
use super::plan::wanted_of;
use super::written_forms::written_forms;
use crate::index::{Compound, StoredPassage, Tokenized};
use crate::query::{AskedSymbol, Node, Phrase, Word};
use crate::symbol::{Kind, canonical_symbol, kind_letters, symbol_number};

/// The matches in a passage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct PassageMatches {
    /// The words of the passage.
    pub(super) words: Tokenized,
    /// For each cell, the number of the part of the query that it is shown as a match of, from 1; 0 for none.
    pub(super) hits: Vec<usize>,
    /// The worst of the agreements of the parts that had to match, each taken where it agrees best.
    pub(super) agreement: Agreement,
}

/// Finds the parts of a query in passages.
pub(super) struct Matcher<'q> {
    nodes: &'q [Node],
    /// The words of the parts.
    asked: AskedWords,
    /// Number of parts that must match.
    required: usize,
    marks: Marks,
}

impl<'q> Matcher<'q> {
    /// Returns a matcher for `nodes`, of which `required` must match.
    pub(super) fn of(nodes: &'q [Node], required: usize, marks: Marks) -> Self {
        Self {
            nodes,
            asked: AskedWords::of(nodes),
            required,
            marks,
        }
    }

    /// Returns the matches in `stored`.
    pub(super) fn find(&self, stored: &StoredPassage) -> PassageMatches {
        // The reading of a damaged passage is shown with all of its words.
        let all = !stored.annotations.damaged.is_empty();
        let words = Tokenized::of_asked(&stored.record.text, &stored.annotations, |folded| {
            all || self.asked.has(folded)
        });
        self.find_among(words, stored)
    }

    /// Returns the matches among the `words` of `stored`.
    fn find_among(&self, words: Tokenized, stored: &StoredPassage) -> PassageMatches {
        let parts_wanted = wanted_of(self.nodes).count();
        let mut finder = Finder {
            words: &words,
            cited: &stored.record.citations,
            all_match: self.required >= parts_wanted,
            worst: self.marks.worst_found(),
            marks: self.marks,
            spots: Vec::new(),
            part: 0,
        };
        let mut levels: Vec<Agreement> = Vec::new();
        let mut parts: HashMap<&str, usize> = HashMap::new();
        for node in wanted_of(self.nodes) {
            levels.extend(finder.next(node));
            parts.extend(node.as_word().map(|word| (word.exact.as_str(), finder.part)));
        }
        // A word that is repeated has several neighbors.
        let part_of = |node: &Node| parts.get(node.as_word()?.exact.as_str()).copied();
        let pairs = self.nodes.windows(2);
        let neighbors: Vec<(usize, usize)> = pairs
            .filter_map(|pair| Some((part_of(&pair[0])?, part_of(&pair[1])?)))
            .collect();
        // Parts beyond those that had to match may agree as badly as they like.
        levels.sort_unstable();
        let agreement = self
            .required
            .checked_sub(1)
            .and_then(|last| levels.get(last).or(levels.last()));
        let agreement = agreement.copied().unwrap_or_default();
        let hits = mark(finder.spots, &neighbors, words.cells.len());
        PassageMatches { words, hits, agreement }
    }
}

/// Finds nodes of a query in one passage.
struct Finder<'f> {
    words: &'f Tokenized,
    /// The symbols and names of the documents that the passage cites.
    cited: &'f [String],
    /// True if the engine found what is being looked for in the passage: every part must match, and this is no side of
    /// an `OR`.
    all_match: bool,
    /// The worst level that counts.
    worst: Agreement,
    marks: Marks,
    /// The matches found so far.
    spots: Vec<Spot>,
    /// Number of the part that is being looked for.
    part: usize,
}

impl Finder<'_> {
    /// Records a match of the cells `first..end`.
    fn hit(&mut self, first: usize, end: usize, level: Agreement) {
        if level <= self.worst {
            self.spots.push(Spot {
                cells: (first..end).collect(),
                part: self.part,
                level,
            });
        }
    }

    /// Finds a node; returns the level at which it agrees, or `None` if the passage does not have it.
    fn node(&mut self, node: &Node) -> Option<Agreement> {
        let from = self.spots.len();
        match node {
            Node::Word(word) => self.word(word),
            Node::Prefix(word) => self.prefix(word),
            Node::Phrase(phrase) => self.phrase(phrase),
            Node::Symbol(symbol) => self.symbol(symbol),
            Node::Also { typed, forms } => {
                let typed = self.node(typed);
                let others = forms.iter().filter_map(|form| self.node_of_phrase(form));
                return others.chain(typed).min();
            }
            Node::Not(inner) => {
                let outside = (self.worst, self.all_match);
                (self.worst, self.all_match) = (self.marks.worst_excluded(), false);
                let found = self.node(inner);
                (self.worst, self.all_match) = outside;
                self.spots.truncate(from);
                return found.is_none().then_some(Agreement::Exact);
            }
            Node::All(nodes) => {
                let levels: Vec<_> = nodes.iter().map(|node| self.next(node)).collect();
                let levels: Option<Vec<_>> = levels.into_iter().collect();
                if levels.is_none() {
                    self.spots.truncate(from);
                }
                return levels.map(|levels| levels.into_iter().max().unwrap_or_default());
            }
            Node::Any(sides) => {
                let outside = std::mem::replace(&mut self.all_match, false);
                let levels: Vec<_> = sides.iter().map(|side| self.next(side)).collect();
                self.all_match = outside;
                return levels.into_iter().flatten().min();
            }
        }
        self.spots[from..].iter().map(|spot| spot.level).min()
    }

    /// Finds a node as a part of its own.
    fn next(&mut self, node: &Node) -> Option<Agreement> {
        self.part += 1;
        self.node(node)
    }

    /// Finds a phrase that stands for a node.
    fn node_of_phrase(&mut self, phrase: &Phrase) -> Option<Agreement> {
        let from = self.spots.len();
        self.phrase(phrase);
        self.spots[from..].iter().map(|spot| spot.level).min()
    }

    /// Finds a word, or a date.
    fn word(&mut self, word: &Word) {
        for (at, cell) in self.words.cells.iter().enumerate() {
            if let Some(level) = level_of(cell, word) {
                self.hit(at, at + 1, level);
            }
        }
        for Compound { first, end, .. } in self.words.compounds.iter().filter(|whole| whole.folded == word.folded) {
            self.hit(*first, *end, Agreement::Exact);
        }
    }

    /// Finds every word with this beginning.
    fn prefix(&mut self, prefix: &Word) {
        for (at, cell) in self.words.cells.iter().enumerate() {
            if let Some(level) = level_of_prefix(cell, prefix) {
                self.hit(at, at + 1, level);
            }
        }
    }

    /// Finds words at given places.
    fn phrase(&mut self, phrase: &Phrase) {
        // The cells of each word with their levels.
        let found: Vec<Vec<(u32, Agreement)>> = phrase
            .words
            .iter()
            .map(|word| {
                let cells = self.words.cells.iter().zip(0..);
                let cells = cells.filter_map(|(cell, at)| Some((at, level_in_phrase(cell, word)?)));
                let dates = self
                    .words
                    .compounds
                    .iter()
                    .filter(|whole| whole.folded == word.word.folded);
                let mut found: Vec<_> = cells
                    .chain(dates.map(|whole| (whole.first as u32, Agreement::Exact)))
                    .collect();
                found.sort_unstable();
                found
            })
            .collect();
        let last = phrase.words.iter().map(|word| word.place).max().unwrap_or(0);
        for &level in Agreement::ALL {
            let agreeing = |word: &[(u32, Agreement)]| -> Vec<u32> {
                let agreeing = word.iter().filter(|(_, at)| *at <= level);
                agreeing.map(|(cell, _)| *cell).collect()
            };
            let cells: Vec<Vec<u32>> = found.iter().map(|word| agreeing(word)).collect();
            let shifted = cells.iter().zip(&phrase.words);
            let lists: Vec<Vec<u32>> = shifted
                .map(|(cells, word)| cells.iter().map(|cell| cell + last - word.place).collect())
                .collect();
            for_each_close(&lists, phrase.slop, |chosen| {
                let cells = cells.iter().zip(chosen).map(|(cells, &at)| cells[at] as usize);
                if level <= self.worst {
                    self.spots.push(Spot {
                        cells: cells.collect(),
                        part: self.part,
                        level,
                    });
                }
                true
            });
        }
    }

    /// Finds a symbol in three ways, the next only if the one before found nothing.
    fn symbol(&mut self, symbol: &AskedSymbol) {
        let from = self.spots.len();
        // First the tokens that are symbols, in whatever form they are written.
        for Compound { first, end, folded, .. } in &self.words.compounds {
            let same = symbol.typed.as_ref() == Some(folded)
                || canonical_symbol(folded).is_some_and(|canonical| is_asked(symbol, &canonical));
            if same {
                self.hit(*first, *end, Agreement::Exact);
            }
        }
        // Then single words in one of the forms that the engine was asked for.
        if let (true, Some(asked)) = (self.spots.len() == from, &symbol.canonical) {
            let written_forms = written_forms(asked);
            let cells = self.words.cells.iter().enumerate();
            for (at, _) in cells.filter(|(_, cell)| cell.forms.iter().any(|form| written_forms.contains(&form.folded)))
            {
                self.hit(at, at + 1, Agreement::Exact);
            }
        }
        // Last the words as typed (`nghị quyết 21`), with any marks: a symbol is asked for, not its spelling. The engine
        // does not look for those of a whole symbol, so they are only shown where it is cited.
        let is_cited = |cited: &String| canonical_symbol(cited).is_some_and(|canonical| is_asked(symbol, &canonical));
        let is_found = self.all_match || self.cited.iter().any(is_cited);
        if self.spots.len() == from && (is_found || symbol.canonical.is_none()) {
            let unmarked = symbol.words.iter().map(|word| Word {
                asks_marks: false,
                ..word.clone()
            });
            self.phrase(&Phrase::consecutive(symbol.span, unmarked));
        }
        // A citation is found also where the text has none of these words, as for an item of a list without letters.
        if self.spots.len() == from && is_found {
            self.hit(0, 0, Agreement::Exact);
        }
    }
}

/// Returns true if `canonical` is the symbol asked for, or of the kind and number asked for.
fn is_asked(symbol: &AskedSymbol, canonical: &str) -> bool {
    if let Some(asked) = &symbol.canonical {
        return asked == canonical;
    }
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

#[cfg(test)]
mod tests {
    use super::super::Options;
    use super::super::restricted::RestrictedPlan;
    use super::*;
    use crate::index::testing::{Sample, index_of};
    use crate::query::{Filters, parse};

    /// A word that the query looks for and [`AskedWords`] leaves out would not be shown.
    #[test]
    fn the_words_asked_for_show_what_all_words_show() {
        let (_folder, index) = index_of(&[
            Sample::new("a", "Nghị quyết số 21-NQ/TW ngày 16/6/2022 về tổ chức cơ sở đảng"),
            Sample::new("b", "Hội đồng nhân dân tỉnh thông qua Nghị quyết 05 về khoáng sản"),
            Sample::new("c", "HĐND tinh thong qua nghi quyet ve khoang san, 57-NQ/TW"),
        ]);
        for (text, shown) in [
            ("tổ chức", 2),
            ("khoa*", 2),
            ("\"thông qua nghị quyết\"", 8),
            ("\"thông qua ngh*\"", 6),
            ("21-NQ/TW", 3),
            ("nghị quyết 05", 3),
            ("HĐND", 5),
            ("đảng OR khoáng", 3),
            ("quyết -21-NQ/TW", 2),
        ] {
            let (query, _) = parse(text);
            let options = Options::default();
            let mut restricted =
                RestrictedPlan::of(&index, &query, &Filters::default(), &options, &mut Vec::new()).unwrap();
            let found = restricted.find(&index, &options, &[]).unwrap();
            let matcher = restricted.matcher(options.marks);
            let mut hits = 0;
            for (_, stored) in found.hits {
                let of_asked = matcher.find(&stored);
                let all = Tokenized::of(&stored.record.text, &stored.annotations);
                let of_all = matcher.find_among(all, &stored);
                assert_eq!(of_asked.hits, of_all.hits, "{text}");
                assert_eq!(of_asked.agreement, of_all.agreement, "{text}");
                hits += of_all.hits.iter().filter(|&&hit| hit > 0).count();
            }
            assert_eq!(hits, shown, "{text}");
        }
    }
}
