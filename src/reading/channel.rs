//! The channel: how a scan misreads printed letters, as costs of reading one or two letters as 0 to 3 chars.
//!
//! The costs are learnt from parallel text (`là` read `1a`, `Đ` read `P` or `B`, `ượ` read `ug`). A confusion that was
//! never seen has a fixed cost by likeness. All costs are negative natural logarithms (nats), so they add up along a
//! word.

use super::letters::{END, PRINTED_COUNT, canonical, folded_letter};
use super::tables::{ChannelTables, NO_LETTER, dequantize};
use super::token::Case;
use crate::text::fold;

/// The longest token, in chars, that is read anew; the longest syllable, `nghiêng`, has seven letters.
pub(crate) const MAX_CHARS: usize = 16;

/// The most chars that a unit may be read as.
pub(crate) const MAX_READ: usize = 3;

/// Cost of a likely confusion that the parallel text never showed: look-alikes and lost marks.
const LOOK_ALIKE: f32 = 4.5;
/// Cost of any other confusion of one letter with one char.
const UNLIKE: f32 = 9.5;
/// Cost of a letter that left no trace.
const LOST: f32 = 8.5;
/// Cost of a char that comes from no letter.
const ADDED: f32 = 5.0;

/// Chars that look alike, one class a line.
const LOOK_ALIKES: [&str; 8] = ["1il|!jt", "0oq", "5s$", "6b", "4a", "ce¢€", "g9", "uw"];

/// The sorts of tokens that have confusions of their own: capitals are misread otherwise than small letters, and an OCR
/// that knows Vietnamese errs in marks where another one loses all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ChannelName {
    /// Small letters, perhaps after a capital, read without Vietnamese.
    Small,
    /// Capitals, read without Vietnamese.
    Capitals,
    /// Small letters, read with Vietnamese.
    MarkedSmall,
    /// Capitals, read with Vietnamese.
    MarkedCapitals,
}

impl ChannelName {
    /// All of them, in the order of the model file.
    pub(crate) const ALL: [Self; 4] = [Self::Small, Self::Capitals, Self::MarkedSmall, Self::MarkedCapitals];

    /// Returns the sort of a token in this case; `marked` if it was read with Vietnamese.
    pub(crate) fn of(case: Case, marked: bool) -> Self {
        match (case, marked) {
            (Case::Upper, false) => Self::Capitals,
            (Case::Lower | Case::Title, false) => Self::Small,
            (Case::Upper, true) => Self::MarkedCapitals,
            (Case::Lower | Case::Title, true) => Self::MarkedSmall,
        }
    }
}

/// The learnt costs of one sort of tokens.
#[derive(Debug)]
pub(crate) struct Channel {
    /// Canonical chars with their codes, sorted.
    alphabet: Vec<(char, u8)>,
    /// The chunks of chars that units are read as, sorted, each with the end of its entries; see [`chunk_key`].
    chunks: Vec<(u32, u32)>,
    /// Unit and cost, in the order of `chunks`. A unit below [`PRINTED_COUNT`] is a letter; the others count on into
    /// `pairs`.
    entries: Vec<(u16, f32)>,
    /// The units of two letters.
    pairs: Vec<[u8; 2]>,
    /// Cost of reading each letter as each char if nothing was learnt about the two.
    unlearnt: Vec<f32>,
}

/// Packs the chars of a chunk into one number.
fn chunk_key(read: &[u8]) -> u32 {
    read.iter()
        .fold(read.len() as u32, |key, &code| key << 8 | u32::from(code))
}

impl Channel {
    /// Unpacks the channel of a model file.
    pub(crate) fn of(tables: &ChannelTables) -> Self {
        let mut pairs: Vec<[u8; 2]> = tables
            .units
            .iter()
            .filter(|unit| unit.second != NO_LETTER)
            .map(|unit| [unit.first, unit.second])
            .collect();
        pairs.sort_unstable();
        pairs.dedup();
        let mut rows: Vec<(u32, u16, f32)> = Vec::with_capacity(tables.units.len());
        for unit in &tables.units {
            let len = unit.read.iter().take_while(|&&code| code != 0).count();
            let number = match pairs.binary_search(&[unit.first, unit.second]) {
                Ok(pair) => (PRINTED_COUNT + pair) as u16,
                Err(_) => u16::from(unit.first),
            };
            rows.push((chunk_key(&unit.read[..len]), number, dequantize(unit.cost)));
        }
        // Sorted by chunk, so that the units that may be read as one chunk are one slice of `entries`.
        rows.sort_by_key(|&(key, number, _)| (key, number));
        let mut chunks: Vec<(u32, u32)> = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            match chunks.last_mut() {
                Some(last) if last.0 == row.0 => last.1 = at as u32 + 1,
                _ => chunks.push((row.0, at as u32 + 1)),
            }
        }
        let mut alphabet: Vec<(char, u8)> = tables
            .alphabet
            .iter()
            .zip(1..=u8::MAX)
            .map(|(&char, code)| (char, code))
            .collect();
        alphabet.sort_unstable();
        Self {
            unlearnt: unlearnt(&tables.alphabet),
            alphabet,
            chunks,
            entries: rows.iter().map(|&(_, number, cost)| (number, cost)).collect(),
            pairs,
        }
    }

    /// Returns the codes of a canonical token; 0 for chars that the parallel text lacks.
    pub(crate) fn encode(&self, token: &str) -> Vec<u8> {
        token
            .chars()
            .map(|char| {
                let char = canonical(char);
                self.alphabet
                    .binary_search_by_key(&char, |&(known, _)| known)
                    .map_or(0, |at| self.alphabet[at].1)
            })
            .collect()
    }

    /// Returns the number of a two-letter unit, if any reading of it was learnt.
    pub(crate) fn pair(&self, first: u8, second: u8) -> Option<u16> {
        self.pairs.binary_search(&[first, second]).ok().map(|at| at as u16)
    }

    /// Fills `lattice` with the costs of all ways to read letters as parts of `read`, which has at most [`MAX_CHARS`]
    /// codes.
    pub(crate) fn fill(&self, read: &[u8], lattice: &mut Lattice) {
        lattice.reset(read.len(), self.pairs.len());
        let width = read.len() + 1;
        for (letter, row) in lattice.one.chunks_exact_mut(width * (MAX_READ + 1)).enumerate() {
            for (at, cell) in row.chunks_exact_mut(MAX_READ + 1).enumerate() {
                cell[0] = LOST;
                if let Some(&code) = read.get(at) {
                    cell[1] = self.unlearnt[letter * 256 + code as usize];
                }
            }
            if letter == usize::from(END) {
                row[read.len() * (MAX_READ + 1)] = 0.0;
            }
        }
        for at in 0..=read.len() {
            for len in 0..=MAX_READ.min(read.len() - at) {
                for &(unit, cost) in self.chunk(&read[at..at + len]) {
                    lattice.put(unit, at, len, cost);
                }
            }
        }
        lattice.look_ahead();
    }

    /// The units that may be read as `read`, with their costs.
    fn chunk(&self, read: &[u8]) -> &[(u16, f32)] {
        let Ok(at) = self.chunks.binary_search_by_key(&chunk_key(read), |&(key, _)| key) else {
            return &[];
        };
        let start = if at == 0 { 0 } else { self.chunks[at - 1].1 };
        &self.entries[start as usize..self.chunks[at].1 as usize]
    }
}

/// Costs of confusions that were not learnt, by letter and char code.
fn unlearnt(alphabet: &[char]) -> Vec<f32> {
    let mut costs = vec![UNLIKE; PRINTED_COUNT * 256];
    for letter in 0..END {
        let printed = folded_letter(letter);
        for (&char, code) in alphabet.iter().zip(1..=u8::MAX) {
            let folded = fold(char.encode_utf8(&mut [0; 4])).chars().next().unwrap_or('\0');
            let alike = folded == printed
                || LOOK_ALIKES
                    .iter()
                    .any(|class| class.contains(folded) && class.contains(printed));
            if alike {
                costs[usize::from(letter) * 256 + usize::from(code)] = LOOK_ALIKE;
            }
        }
    }
    costs
}

/// The costs of all ways to read letters as parts of one token.
#[derive(Debug, Default)]
pub(crate) struct Lattice {
    /// Number of chars of the token.
    len: usize,
    /// Cost of each letter, by first char and number of chars.
    one: Vec<f32>,
    /// Index in `two` of the first reading of each pair, or [`NO_ENTRY`].
    heads: Vec<u16>,
    /// The readings of pairs, as linked lists.
    two: Vec<PairEntry>,
    /// Least cost of producing all chars from each on, by whatever letters.
    ahead: Vec<f32>,
    /// Least cost over all units, by first char and number of chars.
    least: Vec<f32>,
    /// The least that each letter adds to what the chars cost in any case, wherever it is read.
    extra: Vec<f32>,
}

/// One reading of a two-letter unit.
#[derive(Clone, Copy, Debug)]
struct PairEntry {
    pair: u16,
    at: u8,
    len: u8,
    cost: f32,
    next: u16,
}

/// The end of a list of [`PairEntry`].
const NO_ENTRY: u16 = u16::MAX;

impl Lattice {
    /// Clears the lattice for a token of `len` chars.
    fn reset(&mut self, len: usize, pairs: usize) {
        self.len = len;
        self.one.clear();
        self.one
            .resize(PRINTED_COUNT * (len + 1) * (MAX_READ + 1), f32::INFINITY);
        for entry in &self.two {
            self.heads[entry.pair as usize] = NO_ENTRY;
        }
        self.two.clear();
        self.heads.resize(pairs, NO_ENTRY);
        self.least.clear();
        self.least.resize((len + 1) * (MAX_READ + 1), f32::INFINITY);
    }

    /// Records a learnt cost.
    fn put(&mut self, unit: u16, at: usize, len: usize, cost: f32) {
        let unit = usize::from(unit);
        if unit < PRINTED_COUNT {
            let cell = (unit * (self.len + 1) + at) * (MAX_READ + 1) + len;
            self.one[cell] = self.one[cell].min(cost);
        } else if self.two.len() < usize::from(NO_ENTRY) {
            let pair = unit - PRINTED_COUNT;
            let next = std::mem::replace(&mut self.heads[pair], self.two.len() as u16);
            self.two.push(PairEntry {
                pair: pair as u16,
                at: at as u8,
                len: len as u8,
                cost,
                next,
            });
        }
        let least = &mut self.least[at * (MAX_READ + 1) + len];
        *least = least.min(cost);
    }

    /// Computes the least costs from each char on.
    fn look_ahead(&mut self) {
        self.ahead.clear();
        self.ahead.resize(self.len + 1, 0.0);
        for at in (0..self.len).rev() {
            let mut best = ADDED + self.ahead[at + 1];
            for len in 1..=MAX_READ.min(self.len - at) {
                let mut least = self.least[at * (MAX_READ + 1) + len];
                if len == 1 {
                    least = least.min(LOOK_ALIKE);
                }
                best = best.min(least + self.ahead[at + len]);
            }
            self.ahead[at] = best;
        }
        self.extra.clear();
        for cells in self.one.chunks_exact((self.len + 1) * (MAX_READ + 1)) {
            let mut least = f32::INFINITY;
            for (at, cell) in cells.chunks_exact(MAX_READ + 1).enumerate() {
                for (cost, ahead) in cell.iter().zip(&self.ahead[at..]) {
                    least = lesser(least, cost + ahead - self.ahead[at]);
                }
            }
            self.extra.push(least);
        }
    }

    /// Returns a lower bound of the cost of all readings that go on with `letter` from a row of this bound, without
    /// units of two letters.
    #[inline]
    pub(crate) fn bound_with(&self, letter: u8, bound: f32) -> f32 {
        bound + self.extra[usize::from(letter)]
    }

    /// Returns true if the pair can be read as some part of the token.
    pub(crate) fn has_pair(&self, pair: u16) -> bool {
        self.heads.get(usize::from(pair)).is_some_and(|&head| head != NO_ENTRY)
    }

    /// Writes the first row: no letter yet, so the chars so far come from none.
    pub(crate) fn first_row(&self, row: &mut CostRow) {
        for (at, cost) in row.costs[..=self.len].iter_mut().enumerate() {
            *cost = ADDED * at as f32;
        }
        (row.first, row.end) = (0, self.len + 1);
    }

    /// Writes the row after one more letter and returns the least cost of a reading through it. Cells that cannot be
    /// part of a reading within `budget` nats are left out.
    ///
    /// `before` is the row without the letter. `pair` is the unit that the letter forms with the letter before it, and
    /// the row without both.
    pub(crate) fn next_row(
        &self,
        letter: u8,
        before: &CostRow,
        pair: Option<(u16, &CostRow)>,
        budget: f32,
        row: &mut CostRow,
    ) -> f32 {
        let width = self.len + 1;
        let first = pair.map_or(before.first, |(_, earlier)| earlier.first.min(before.first));
        let end = pair.map_or(before.end, |(_, earlier)| earlier.end.max(before.end));
        // From here on only chars that come from no letter are added.
        let reach = (end + MAX_READ).min(width);
        row.costs[first..reach].fill(f32::INFINITY);
        let base = usize::from(letter) * width * (MAX_READ + 1);
        for at in before.first..before.end {
            let cost = before.costs[at];
            let cell = &self.one[base + at * (MAX_READ + 1)..][..MAX_READ + 1];
            for (to, add) in row.costs[at..reach].iter_mut().zip(cell) {
                *to = lesser(*to, cost + add);
            }
        }
        if let Some((pair, earlier)) = pair {
            let mut entry = self.heads.get(usize::from(pair)).copied().unwrap_or(NO_ENTRY);
            while let Some(reading) = self.two.get(usize::from(entry)) {
                let (from, to) = (usize::from(reading.at), usize::from(reading.at + reading.len));
                if (earlier.first..earlier.end).contains(&from) {
                    row.costs[to] = lesser(row.costs[to], earlier.costs[from] + reading.cost);
                }
                entry = reading.next;
            }
        }
        let mut bound = f32::INFINITY;
        let mut added = f32::INFINITY;
        (row.first, row.end) = (width, 0);
        for at in first..width {
            let cost = if at < reach {
                lesser(row.costs[at], added)
            } else {
                added
            };
            row.costs[at] = cost;
            added = cost + ADDED;
            let least = cost + self.ahead[at];
            if least <= budget {
                row.first = row.first.min(at);
                row.end = at + 1;
                bound = lesser(bound, least);
            } else if at >= reach {
                break;
            }
        }
        row.end = row.end.max(row.first);
        bound
    }

    /// Returns the cost of the letters of `row` as the whole token, [`END`] included.
    pub(crate) fn end(&self, row: &CostRow) -> f32 {
        let width = self.len + 1;
        let base = usize::from(END) * width * (MAX_READ + 1);
        (row.first..row.end)
            .filter(|at| self.len - at <= MAX_READ)
            .map(|at| row.costs[at] + self.one[base + at * (MAX_READ + 1) + self.len - at])
            .fold(f32::INFINITY, f32::min)
    }

    /// Returns a lower bound of the cost of all words that go on from `row`.
    pub(crate) fn bound(&self, row: &CostRow) -> f32 {
        (row.first..row.end)
            .map(|at| row.costs[at] + self.ahead[at])
            .fold(f32::INFINITY, f32::min)
    }
}

/// The lesser of two costs. Neither is NaN, so this is faster than [`f32::min`].
#[inline]
fn lesser(a: f32, b: f32) -> f32 {
    if b < a { b } else { a }
}

/// The least cost of reading some letters as the first `n` chars of a token, by `n`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CostRow {
    costs: [f32; MAX_CHARS + 1],
    /// The cells that can be part of a useful reading are `first..end`; the others hold anything.
    first: usize,
    end: usize,
}

impl Default for CostRow {
    fn default() -> Self {
        Self {
            costs: [f32::INFINITY; MAX_CHARS + 1],
            first: 0,
            end: 0,
        }
    }
}

impl CostRow {
    /// Marks all cells as useless.
    pub(crate) fn clear(&mut self) {
        (self.first, self.end) = (0, 0);
    }
}
