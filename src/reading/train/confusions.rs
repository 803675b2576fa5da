//! Learns how a scan reads letters, from pairs of a printed word and the token read for it.
//!
//! Each word is aligned with its token by the cheapest division into units (one or two printed letters, read as 0 to 3
//! chars). The units are counted, and the counts give new costs. This is repeated: five rounds of hard expectation
//! maximization.

use std::collections::BTreeMap;

use crate::reading::channel::MAX_READ;
use crate::reading::letters::{END, folded_letter, printed_codes};
use crate::reading::lexicon::Lexicon;
use crate::reading::tables::{ChannelTables, NO_LETTER, SeenRow, UnitRow, quantize};
use crate::text::fold;

/// Rounds of alignment; the fifth changes no unit that is kept.
const ROUNDS: usize = 5;
/// Discount of each count, because a unit seen once is weak evidence.
const DISCOUNT: f32 = 0.5;
/// The smallest count of a unit that is kept: of one letter, and of two.
const MIN_COUNTS: [f32; 2] = [2.0, 3.0];
/// Share of the readings of a word that its letters' costs call likely but that were not seen.
const NEW_BY_LETTERS: f32 = 0.2;

/// Weight of that estimate: documents scanned by others differ more from the training text than held-out pages of the
/// same make do. On held-out sources 0.5 to 0.7 give similar results, better than 1.
const UNSEEN_WEIGHT: f32 = 0.6;

/// The most chars of the alphabet: codes are bytes, and 0 is any other char.
const MAX_ALPHABET: usize = 200;

/// One or two printed letters, and the chars read for them.
type Unit = ([u8; 2], [u8; MAX_READ]);

/// A word and the token read for it, in codes, with the count of the pair.
struct Sample {
    printed: Vec<u8>,
    read: Vec<u8>,
    count: f32,
}

/// Learns the confusions of the pairs `seen`: word and token, with counts.
pub(super) fn learn(seen: &BTreeMap<(String, String), u32>, lexicon: &Lexicon) -> ChannelTables {
    let alphabet = alphabet(seen);
    let samples = samples(seen, &alphabet);
    let occurrences = occurrences(&samples);
    let mut costs: BTreeMap<Unit, f32> = BTreeMap::new();
    let mut counts: BTreeMap<Unit, f32> = BTreeMap::new();
    // In the first round nothing is learnt yet, and alignments go by likeness of letters.
    for round in 0..ROUNDS {
        counts.clear();
        for sample in &samples {
            align(sample, |unit| cost_of(unit, &costs, round == 0, &alphabet), &mut counts);
        }
        costs = counts
            .iter()
            .filter(|(unit, count)| **count >= MIN_COUNTS[usize::from(unit.0[1] != NO_LETTER)])
            .map(|(unit, count)| (*unit, -((count - DISCOUNT) / occurrences[&unit.0]).ln()))
            .collect();
    }
    let mut units: Vec<UnitRow> = costs
        .iter()
        .map(|(&([first, second], read), &cost)| UnitRow {
            read,
            first,
            second,
            cost: quantize(cost),
        })
        .collect();
    units.sort_unstable();
    ChannelTables {
        seen: seen_rows(seen, lexicon),
        unseen: unseen_costs(seen, lexicon),
        alphabet,
        units,
    }
}

/// Returns the chars of the tokens, most frequent first.
fn alphabet(seen: &BTreeMap<(String, String), u32>) -> Vec<char> {
    let mut counts: BTreeMap<char, u32> = BTreeMap::new();
    for ((_, token), count) in seen {
        for char in token.chars() {
            *counts.entry(char).or_default() += count;
        }
    }
    let mut chars: Vec<(char, u32)> = counts.into_iter().filter(|&(_, count)| count > 1).collect();
    chars.sort_by_key(|&(char, count)| (std::cmp::Reverse(count), char));
    chars.truncate(MAX_ALPHABET);
    chars.into_iter().map(|(char, _)| char).collect()
}

/// Converts the pairs to codes.
fn samples(seen: &BTreeMap<(String, String), u32>, alphabet: &[char]) -> Vec<Sample> {
    let code = |char: char| {
        alphabet
            .iter()
            .position(|&known| known == char)
            .map_or(0, |at| at as u8 + 1)
    };
    seen.iter()
        .filter_map(|((word, token), &count)| {
            let mut printed = printed_codes(word)?;
            printed.push(END);
            let read: Vec<u8> = token.chars().map(code).collect();
            // A token whose length differs so much is a misalignment of the parallel text.
            let near = read.len() <= 2 * printed.len() + 1 && !read.contains(&0);
            near.then_some(Sample {
                printed,
                read,
                count: count as f32,
            })
        })
        .collect()
}

/// Counts how often each letter and each two letters in a row are printed.
fn occurrences(samples: &[Sample]) -> BTreeMap<[u8; 2], f32> {
    let mut counts: BTreeMap<[u8; 2], f32> = BTreeMap::new();
    for sample in samples {
        for &letter in &sample.printed {
            *counts.entry([letter, NO_LETTER]).or_default() += sample.count;
        }
        for pair in sample.printed.windows(2) {
            *counts.entry([pair[0], pair[1]]).or_default() += sample.count;
        }
    }
    counts
}

/// Returns the learnt cost of a unit, or one by likeness: in the first round, and for units that were not learnt.
fn cost_of(unit: Unit, learnt: &BTreeMap<Unit, f32>, first_round: bool, alphabet: &[char]) -> f32 {
    if let Some(&cost) = learnt.get(&unit) {
        return cost;
    }
    let ([first, second], read) = unit;
    let len = read.iter().take_while(|&&code| code != 0).count();
    let guess = match (second == NO_LETTER, len) {
        (true, 0) if first == END => 0.1,
        (true, 0) => 4.5,
        (true, 1) if is_alike(first, read[0], alphabet) => 0.3,
        (true, 1) => 3.0,
        (true, 2) => 4.5,
        (true, _) => 7.0,
        (false, 0) => 9.0,
        (false, _) => 6.0,
    };
    if first_round { guess } else { guess + 5.0 }
}

/// Returns true if the char folds to the base of the letter.
fn is_alike(letter: u8, read: u8, alphabet: &[char]) -> bool {
    let Some(char) = usize::from(read).checked_sub(1).and_then(|at| alphabet.get(at)) else {
        return false;
    };
    fold(char.encode_utf8(&mut [0; 4])).starts_with(folded_letter(letter))
}

/// Counts the units of the cheapest alignment of one sample.
fn align(sample: &Sample, cost: impl Fn(Unit) -> f32, counts: &mut BTreeMap<Unit, f32>) {
    let (rows, columns) = (sample.printed.len() + 1, sample.read.len() + 1);
    // Each cell has the cheapest way to read the first letters as the first chars, and the step that led to it.
    let mut best = vec![(f32::INFINITY, None::<(usize, usize, Unit)>); rows * columns];
    best[0].0 = 0.0;
    for row in 0..rows {
        for column in 0..columns {
            let so_far = best[row * columns + column].0;
            if so_far == f32::INFINITY {
                continue;
            }
            for letters in 1..=2.min(rows - 1 - row) {
                for chars in 0..=MAX_READ.min(columns - 1 - column) {
                    let unit = unit(
                        &sample.printed[row..row + letters],
                        &sample.read[column..column + chars],
                    );
                    let total = so_far + cost(unit);
                    let cell = &mut best[(row + letters) * columns + column + chars];
                    if total < cell.0 {
                        *cell = (total, Some((row, column, unit)));
                    }
                }
            }
        }
    }
    let mut at = (rows - 1, columns - 1);
    while let Some((row, column, unit)) = best[at.0 * columns + at.1].1 {
        *counts.entry(unit).or_default() += sample.count;
        at = (row, column);
    }
}

/// Makes a unit of one or two letters and up to three chars.
fn unit(printed: &[u8], read: &[u8]) -> Unit {
    let mut unit = ([printed[0], NO_LETTER], [0; MAX_READ]);
    if let Some(&second) = printed.get(1) {
        unit.0[1] = second;
    }
    unit.1[..read.len()].copy_from_slice(read);
    unit
}

/// Returns, for each word of the lexicon, the quantized cost of reading it as a token that was not seen for it.
///
/// By Good and Turing, the share of a word's readings that are new equals that of its readings seen once. The letters'
/// own costs give about [`NEW_BY_LETTERS`] of their likelihood to such readings.
fn unseen_costs(pairs: &BTreeMap<(String, String), u32>, lexicon: &Lexicon) -> Vec<u8> {
    let mut counts: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    for ((word, _), &count) in pairs {
        let (all, once) = counts.entry(word).or_default();
        *all += count;
        *once += u32::from(count == 1);
    }
    let cost = |(all, once): (u32, u32)| {
        let new = (once as f32 + 1.0) / (all as f32 + 2.0);
        -(new / NEW_BY_LETTERS).min(1.0).ln() * UNSEEN_WEIGHT
    };
    let rows = lexicon.rows().iter();
    rows.map(|row| quantize(counts.get(row.form.as_str()).map_or(0.0, |&count| cost(count))))
        .collect()
}

/// Returns the whole tokens that were read more than once for the same word, sorted.
fn seen_rows(seen: &BTreeMap<(String, String), u32>, lexicon: &Lexicon) -> Vec<SeenRow> {
    let mut printed: BTreeMap<&str, u32> = BTreeMap::new();
    for ((word, _), count) in seen {
        *printed.entry(word).or_default() += count;
    }
    let mut rows: Vec<SeenRow> = seen
        .iter()
        .filter(|&(_, &count)| count > 1)
        .filter_map(|((word, token), &count)| {
            let index = lexicon.find(word)?;
            let likely = (count as f32 - DISCOUNT) / printed.get(word.as_str()).copied().unwrap_or(count) as f32;
            (token.len() <= usize::from(u8::MAX)).then(|| SeenRow {
                token: token.clone(),
                word: index,
                cost: quantize(-likely.ln()),
            })
        })
        .collect();
    rows.sort_unstable();
    rows
}
