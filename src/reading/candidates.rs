//! Candidates of a damaged token: the words of the lexicon that it may stand for, with their costs.
//!
//! The lexicon is a trie. The search walks it letter by letter with one row of costs per letter (the least cost of
//! reading the letters so far as each prefix of the token) and leaves a branch once nothing in it can come near the
//! best word found. `"1a"` gives là, lạ, la, lá, ...

use super::channel::{Channel, CostRow, Lattice, MAX_CHARS};
use super::letters::{END, canonical, printed_codes};
use super::lexicon::Lexicon;
use super::tables::{SeenRow, dequantize};

/// The most candidates of one token.
pub(crate) const MAX_CANDIDATES: usize = 20;

/// The most nats by which a candidate may cost more than the best one, word frequency included.
const REACH: f32 = 8.5;

/// Share of a word's own cost that counts when candidates are compared before their neighbors are known (0.6 of the
/// weight of the language model in the experiments with which the method was developed).
const FREQUENCY_WEIGHT: f32 = 0.55;

/// Cost of taking chars at the start of a token for the number of a footnote; none of them is a letter.
const LEAD: f32 = 5.5;

/// The first walk is limited to words within this many nats of the least possible cost.
const FIRST_REACH: f32 = 10.0;

/// A word that a token may stand for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Candidate {
    /// Index in the lexicon.
    pub(crate) word: u16,
    /// Number of chars at the start of the token that are not part of the word, such as the number of a footnote.
    pub(crate) lead: u8,
    /// Number of such chars at its end, such as a misread footnote mark.
    pub(crate) tail: u8,
    /// Cost of reading the word as the token, in nats.
    pub(crate) cost: f32,
}

/// A node of the trie; its children follow one another in the list of nodes.
#[derive(Clone, Copy, Debug)]
struct TrieNode {
    /// The letter that leads to it.
    letter: u8,
    /// The word that ends here, or [`NO_WORD`].
    word: u16,
    /// The unit of the letter before and this one, or [`NO_PAIR`].
    pair: u16,
    /// Index of the first child.
    children: u32,
    /// Number of children.
    count: u16,
    /// Least cost of the words at and below it, apart from their letters, in nats.
    least: f32,
}

/// The value of [`TrieNode::word`] in a node where no word ends.
const NO_WORD: u16 = u16::MAX;
/// The value of [`TrieNode::pair`] in a node whose letter forms no unit with the letter before it.
const NO_PAIR: u16 = u16::MAX;

/// The lexicon as a trie over printed letters.
#[derive(Clone, Debug)]
pub(crate) struct Trie {
    nodes: Vec<TrieNode>,
    /// Number of letters of the longest word.
    depth: usize,
    /// Cost of each word for being read in a way that the parallel text did not show, added to that of its letters.
    unseen: Vec<f32>,
    /// Cost of each word for its own frequency, weighted.
    own: Vec<f32>,
}

impl Trie {
    /// Builds the trie of all words that consist of printed letters; `unseen` has the quantized cost of each word of the
    /// model file for being read in a way that the parallel text did not show.
    pub(crate) fn of(lexicon: &Lexicon, channel: &Channel, unseen: &[u8], own_cost: impl Fn(u16) -> f32) -> Self {
        let own: Vec<f32> = (0..lexicon.len())
            .map(|word| FREQUENCY_WEIGHT * own_cost(word as u16))
            .collect();
        let mut spelt: Vec<(Vec<u8>, u16)> = lexicon
            .rows()
            .iter()
            .enumerate()
            .filter_map(|(index, row)| Some((printed_codes(&row.form)?, index as u16)))
            .collect();
        spelt.sort();
        let mut trie = Self {
            nodes: vec![TrieNode {
                letter: END,
                word: NO_WORD,
                pair: NO_PAIR,
                children: 0,
                count: 0,
                least: f32::INFINITY,
            }],
            depth: spelt.iter().map(|(letters, _)| letters.len()).max().unwrap_or(0),
            unseen: (0..lexicon.len())
                .map(|word| unseen.get(word).map_or(0.0, |&cost| dequantize(cost)))
                .collect(),
            own,
        };
        trie.grow(0, &spelt, 0, channel);
        trie
    }

    /// Adds the words of `spelt`, which share their first `depth` letters, below `node`.
    fn grow(&mut self, node: usize, spelt: &[(Vec<u8>, u16)], depth: usize, channel: &Channel) {
        let mut rest = spelt;
        if let Some(((letters, word), others)) = rest.split_first()
            && letters.len() == depth
        {
            self.nodes[node].word = *word;
            self.nodes[node].least = self.own[*word as usize] + self.unseen[*word as usize];
            rest = others;
        }
        // All children are added before any grandchild, so that they follow one another.
        let groups: Vec<&[(Vec<u8>, u16)]> = rest
            .chunk_by(|a, b| a.0.get(depth) == b.0.get(depth))
            .filter(|group| group[0].0.len() > depth)
            .collect();
        let first = self.nodes.len();
        self.nodes[node].children = first as u32;
        self.nodes[node].count = groups.len() as u16;
        for group in &groups {
            let letter = group[0].0[depth];
            let pair = if depth == 0 {
                None
            } else {
                channel.pair(group[0].0[depth - 1], letter)
            };
            self.nodes.push(TrieNode {
                letter,
                word: NO_WORD,
                pair: pair.unwrap_or(NO_PAIR),
                children: 0,
                count: 0,
                least: f32::INFINITY,
            });
        }
        for (child, group) in (first..).zip(groups) {
            self.grow(child, group, depth + 1, channel);
            let least = self.nodes[child].least;
            self.nodes[node].least = self.nodes[node].least.min(least);
        }
    }

    /// The cost of a word apart from its letters.
    fn prior(&self, word: u16) -> f32 {
        self.unseen[word as usize] + self.own[word as usize]
    }

    /// The children of a node.
    fn children(&self, node: &TrieNode) -> &[TrieNode] {
        let start = node.children as usize;
        self.nodes.get(start..start + usize::from(node.count)).unwrap_or(&[])
    }
}

/// Buffers of a search, kept so that the next search needs no allocation.
#[derive(Debug, Default)]
pub(crate) struct Workspace {
    lattice: Lattice,
    rows: Vec<CostRow>,
    found: Vec<(u16, f32)>,
    nearest: Vec<f32>,
}

/// The parts of a model that the search reads.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CandidateSearch<'m> {
    /// The learnt confusions.
    pub(crate) channel: &'m Channel,
    /// The lexicon.
    pub(crate) trie: &'m Trie,
    /// Whole tokens that the parallel text has for whole words, sorted.
    pub(crate) seen: &'m [SeenRow],
}

impl CandidateSearch<'_> {
    /// Returns the candidates of `token` (as read), best first by cost and word frequency.
    pub(crate) fn candidates(&self, token: &str, work: &mut Workspace) -> Vec<Candidate> {
        let token: String = token.chars().map(canonical).collect();
        let mut found: Vec<Candidate> = Vec::new();
        for trim in trims(&token) {
            self.words_of(trim.core, work);
            for &(word, cost) in &work.found {
                let cost = cost + trim.cost;
                match found.iter_mut().find(|other| other.word == word) {
                    Some(other) if other.cost <= cost => {}
                    Some(other) => *other = trim.candidate(word, cost),
                    None => found.push(trim.candidate(word, cost)),
                }
            }
        }
        let total = |candidate: &Candidate| candidate.cost + self.trie.own[candidate.word as usize];
        found.sort_by(|a, b| total(a).total_cmp(&total(b)).then(a.word.cmp(&b.word)));
        if let Some(best) = found.first().map(total) {
            found.retain(|candidate| total(candidate) <= best + REACH);
        }
        found.truncate(MAX_CANDIDATES);
        found
    }

    /// Finds the words near one canonical token and leaves each once, with its cost, in `work.found`.
    fn words_of(&self, token: &str, work: &mut Workspace) {
        work.found.clear();
        let read = self.channel.encode(token);
        if read.is_empty() || read.len() > MAX_CHARS {
            return;
        }
        let seen = self.seen_as(token);
        let mut best = f32::INFINITY;
        for row in seen {
            let total = self.combined(row.word, f32::INFINITY, Some(row)) + self.trie.own[row.word as usize];
            best = best.min(total);
        }
        self.channel.fill(&read, &mut work.lattice);
        work.rows.resize(self.trie.depth + 1, CostRow::default());
        work.lattice.first_row(&mut work.rows[0]);
        // A first walk with a hopeful limit is short and finds the best word. Only if words within reach of that word
        // may lie beyond the limit, a second walk looks for them.
        let hopeful = work.lattice.bound(&work.rows[0]) + self.trie.nodes[0].least + FIRST_REACH;
        let mut limit = (best + REACH).min(hopeful);
        loop {
            work.found.clear();
            work.nearest.clear();
            let mut walk = TrieWalk {
                search: self,
                lattice: &work.lattice,
                rows: &mut work.rows,
                found: &mut work.found,
                nearest: &mut work.nearest,
                limit,
            };
            walk.visit(&self.trie.nodes[0], 0);
            let needed = work
                .found
                .iter()
                .map(|&(word, cost)| cost + self.trie.prior(word))
                .fold(best, f32::min)
                + REACH;
            if needed <= limit || work.nearest.len() == MAX_CANDIDATES {
                break;
            }
            limit = needed;
        }
        for (word, cost) in work.found.iter_mut() {
            *cost = self.combined(*word, *cost, seen.iter().find(|row| row.word == *word));
        }
        for row in seen {
            if !work.found.iter().any(|&(word, _)| word == row.word) {
                work.found
                    .push((row.word, self.combined(row.word, f32::INFINITY, Some(row))));
            }
        }
    }

    /// The rows of `seen` for this token.
    fn seen_as(&self, token: &str) -> &[SeenRow] {
        let start = self.seen.partition_point(|row| row.token.as_str() < token);
        let len = self.seen[start..].partition_point(|row| row.token == token);
        &self.seen[start..start + len]
    }

    /// Combines the cost of a word by its letters with the cost by how often it was seen as this very token.
    fn combined(&self, word: u16, letters: f32, seen: Option<&SeenRow>) -> f32 {
        let letters = letters + self.trie.unseen[word as usize];
        let Some(seen) = seen else {
            return letters;
        };
        let seen = dequantize(seen.cost);
        // Adds both likelihoods, in the log domain, so that neither can rule the word out.
        let (less, more) = (letters.min(seen), letters.max(seen));
        less - (less - more).exp().ln_1p()
    }
}

/// One walk over the trie.
struct TrieWalk<'s, 'm> {
    search: &'s CandidateSearch<'m>,
    lattice: &'s Lattice,
    rows: &'s mut [CostRow],
    found: &'s mut Vec<(u16, f32)>,
    /// The least totals found, in order; at most [`MAX_CANDIDATES`].
    nearest: &'s mut Vec<f32>,
    /// Words with a higher total are ignored; it falls as better words are found.
    limit: f32,
}

impl TrieWalk<'_, '_> {
    /// Visits the nodes below `node`, whose row is `rows[depth]`.
    fn visit(&mut self, node: &TrieNode, depth: usize) {
        let trie = self.search.trie;
        let bound_before = self.lattice.bound(&self.rows[depth]);
        for child in trie.children(node) {
            let (before, rest) = self.rows.split_at_mut(depth + 1);
            let budget = self.limit - child.least;
            let is_read = |node: &TrieNode| node.pair != NO_PAIR && self.lattice.has_pair(node.pair);
            let pair = is_read(child).then(|| (child.pair, &before[depth - 1]));
            let near = if pair.is_none() && self.lattice.bound_with(child.letter, bound_before) > budget {
                rest[0].clear();
                false
            } else {
                let row = &mut rest[0];
                self.lattice.next_row(child.letter, &before[depth], pair, budget, row) <= budget
            };
            // A unit of this letter and the next may be read although this letter alone may not.
            if !near && (bound_before > budget || !trie.children(child).iter().any(is_read)) {
                continue;
            }
            if near && child.word != NO_WORD {
                self.note(child.word, depth + 1);
            }
            self.visit(child, depth + 1);
        }
    }

    /// Records the word that ends at `depth` letters, if it is near enough.
    fn note(&mut self, word: u16, depth: usize) {
        let cost = self.lattice.end(&self.rows[depth]);
        let total = cost + self.search.trie.prior(word);
        if total > self.limit {
            return;
        }
        self.found.push((word, cost));
        self.limit = self.limit.min(total + REACH);
        let rank = self.nearest.partition_point(|&other| other <= total);
        self.nearest.insert(rank, total);
        if self.nearest.len() > MAX_CANDIDATES {
            self.nearest.pop();
        }
        if let Some(&last) = self.nearest.get(MAX_CANDIDATES - 1) {
            self.limit = self.limit.min(last);
        }
    }
}

/// A way to trim a token: the chars at its ends that are not part of the word.
#[derive(Clone, Copy, Debug)]
struct Trim<'t> {
    /// The remaining chars.
    core: &'t str,
    lead: u8,
    tail: u8,
    cost: f32,
}

impl Trim<'_> {
    /// Makes a candidate of a word found for the core.
    fn candidate(self, word: u16, cost: f32) -> Candidate {
        Candidate {
            word,
            lead: self.lead,
            tail: self.tail,
            cost,
        }
    }
}

/// Cost of taking one sign, quote or digit at the end of a token for a footnote mark or a speck.
///
/// A raised number is read as `%`, `®`, `*`, `?`, quotes or digits. Signs that also stand for letters (`¢`, `&`) are
/// rarely marks.
fn mark_cost(char: char) -> Option<f32> {
    match char {
        '\'' | '"' => Some(1.5),
        '%' | '®' | '™' | '©' | '°' | '*' | '>' | '<' | '?' | '#' | '+' | '=' | '~' | '|' | '\\' | '/' | '!' => {
            Some(2.5)
        }
        '0'..='9' => Some(4.5),
        '¢' | '€' | '§' | '¥' | '$' | '@' | '£' | '&' => Some(4.5),
        _ => None,
    }
}

/// Returns the ways to trim a canonical token: not at all, by one or two signs at its end, by chars at its start that
/// are no letters.
fn trims(token: &str) -> Vec<Trim<'_>> {
    let mut trims = vec![Trim {
        core: token,
        lead: 0,
        tail: 0,
        cost: 0.0,
    }];
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
    // `Tỉnh%`: a raised footnote number of one or two digits was read as one or two signs.
    let mut cost = 0.0;
    for (tail, (at, char)) in (1..=2).zip(token.char_indices().rev()) {
        let core = &token[..at];
        let Some(mark) = mark_cost(char).filter(|_| letters(core) > 0) else {
            break;
        };
        cost += mark;
        trims.push(Trim {
            core,
            lead: 0,
            tail,
            cost,
        });
    }
    // `1Nghi`: the number of a footnote runs into the first word of its note.
    let core = token.trim_start_matches(|c| mark_cost(c).is_some());
    let lead = token[..token.len() - core.len()].chars().count();
    if (1..=2).contains(&lead) && letters(core) >= 2 {
        trims.push(Trim {
            core,
            lead: lead as u8,
            tail: 0,
            cost: LEAD,
        });
    }
    trims
}
