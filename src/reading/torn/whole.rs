//! Finds the words that shards belong to: the cheapest way to join neighbors, by the n-gram model.
//!
//! `c ả n ước` may be cả nước or cản ước; the words before and after decide. The search is a beam over the places
//! between shards: a state holds the last words, and it goes on by one word of one to seven shards.

use super::shards::{Gap, Shard};
use super::syllable::{MAX_LETTERS, Outline, is_syllable};
use crate::reading::lexicon::{NUMBER, SYMBOL, UNKNOWN};
use crate::reading::model::{History, Model};
use crate::text::place_tone;

/// The most shards that are searched at once; a longer sentence is searched in parts.
const MAX_PART: usize = 400;

/// Number of states that go on from each place.
const BEAM_WIDTH: usize = 8;

/// Cost of a syllable that the lexicon lacks, beyond that of any unknown word, in nats. The rarest words of the lexicon
/// cost 11.4 alone, any unknown word 5.4.
const RARE: f32 = 8.0;
/// Cost of a word that is no syllable: a foreign word, an abbreviation.
const FOREIGN: f32 = 10.0;
/// Cost of a capital that may be a Roman number: `lần thứ I`, but `Đ Ạ I H Ộ I`.
const ROMAN: f32 = 6.0;
/// Cost of a shard that is no word at all.
const STRAY: f32 = 20.0;

/// A word of a text: some shards that follow one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Whole {
    /// Index of its first shard.
    pub(super) first: usize,
    /// Number of its shards.
    pub(super) count: usize,
    /// True if the lexicon has it.
    pub(super) known: bool,
}

impl Whole {
    /// Returns true if both words have a shard in common.
    pub(super) const fn overlaps(&self, other: &Self) -> bool {
        self.first < other.first + other.count && other.first < self.first + self.count
    }
}

/// A step of the search: the next word.
#[derive(Clone, Copy)]
struct Step {
    word: u16,
    /// Cost beyond that of `word`.
    cost: f32,
}

/// A state of the beam.
#[derive(Clone, Copy)]
struct State {
    history: History,
    cost: f32,
    /// Index of the state before it, among those of the place where its last word begins.
    from: u16,
    /// Number of shards of its last word.
    count: u8,
    /// True if the lexicon has its last word.
    known: bool,
}

/// Returns the words of `shards`, in order; they cover all of them.
pub(super) fn words(model: &Model, shards: &[Shard<'_>], joins: &[bool]) -> Vec<Whole> {
    let mut words = Vec::with_capacity(shards.len());
    let mut start = 0;
    while start < shards.len() {
        let end = part_end(shards, joins, start);
        search(model, &shards[start..end], &joins[start..end], start, &mut words);
        start = end;
    }
    words
}

/// Returns the end of the part that begins at `start`: where a sentence ends, or after [`MAX_PART`] shards.
fn part_end(shards: &[Shard<'_>], joins: &[bool], start: usize) -> usize {
    let last = shards.len().min(start + MAX_PART);
    let stop = (start..last).find(|&at| shards[at].gap == Gap::Stop);
    match stop {
        Some(at) => at + 1,
        None if last == shards.len() => last,
        None => (start + 1..last).rev().find(|&end| !joins[end - 1]).unwrap_or(last),
    }
}

/// Searches one part and appends its words; `first` is the index of its first shard.
fn search(model: &Model, shards: &[Shard<'_>], joins: &[bool], first: usize, words: &mut Vec<Whole>) {
    let mut columns: Vec<Vec<State>> = vec![Vec::new(); shards.len() + 1];
    columns[0].push(State {
        history: History::start(),
        cost: 0.0,
        from: 0,
        count: 0,
        known: false,
    });
    for at in 0..shards.len() {
        let column = prune(std::mem::take(&mut columns[at]));
        let longest = longest(&shards[at..], &joins[at..]);
        for count in 1..=longest {
            let Some(step) = step_over(model, &shards[at..at + count]) else {
                continue;
            };
            for (from, state) in column.iter().enumerate() {
                let (cost, history) = model.step(state.history, step.word);
                columns[at + count].push(State {
                    history,
                    cost: state.cost + cost + step.cost,
                    from: from as u16,
                    count: count as u8,
                    known: step.word != UNKNOWN,
                });
            }
        }
        columns[at] = column;
    }
    // One shard alone is always a step, so that every place has a state.
    let end = shards.len();
    let mut state = columns[end].iter().min_by(|a, b| a.cost.total_cmp(&b.cost)).copied();
    let mut at = end;
    let start = words.len();
    while let Some(State { from, count, known, .. }) = state.filter(|state| state.count > 0) {
        at -= usize::from(count);
        words.push(Whole {
            first: first + at,
            count: usize::from(count),
            known,
        });
        state = columns[at].get(usize::from(from)).copied();
    }
    words[start..].reverse();
}

/// Returns the most of the first `shards` that can be one word, judged by their letters alone; at least one.
fn longest(shards: &[Shard<'_>], joins: &[bool]) -> usize {
    let mut outline = Outline::default();
    let mut letters = 0;
    let fits = |shard: &&Shard<'_>| {
        letters += shard.letters;
        let abbreviates = shard.in_symbol || shard.text.chars().all(char::is_uppercase);
        shard.spelt && letters <= MAX_LETTERS && (abbreviates || outline.push(shard.form()))
    };
    let fitting = shards.iter().take(MAX_LETTERS).take_while(fits).count();
    let joined = joins.iter().take_while(|joins| **joins).count();
    fitting.min(joined + 1).clamp(1, shards.len().max(1))
}

/// The cheapest states, with different histories, cheapest first.
fn prune(mut states: Vec<State>) -> Vec<State> {
    states.sort_by(|a, b| a.cost.total_cmp(&b.cost));
    let mut kept: Vec<State> = Vec::with_capacity(BEAM_WIDTH);
    for state in states {
        if kept.len() == BEAM_WIDTH {
            break;
        }
        if !kept.iter().any(|other| other.history == state.history) {
            kept.push(state);
        }
    }
    kept
}

/// The step over `shards` as one word; `None` if together they are none.
fn step_over(model: &Model, shards: &[Shard<'_>]) -> Option<Step> {
    if let [shard] = shards {
        return Some(alone(model, shard));
    }
    let whole: String = shards.iter().map(|shard| &*shard.text).collect();
    let capitals = whole.chars().all(char::is_uppercase);
    // `30-Q Đ/TW`: the letters of a symbol are no syllable.
    let at_marks = shards
        .windows(2)
        .all(|pair| pair[0].ends_marked() || pair[1].begins_marked());
    if capitals && at_marks && shards.iter().any(|shard| shard.in_symbol) {
        return Some(Step {
            word: SYMBOL,
            cost: 0.0,
        });
    }
    if !capitals && !whole.chars().skip(1).all(char::is_lowercase) {
        return None;
    }
    let mut form: String = shards.iter().map(|shard| shard.form()).collect();
    place_tone(&mut form);
    let known = model.lexicon().find(&form);
    if let Some(word) = known.filter(|&word| capitals && model.lexicon().row(word).acronym) {
        return Some(Step { word, cost: 0.0 });
    }
    is_syllable(&form).then_some(match known {
        Some(word) => Step { word, cost: 0.0 },
        None => Step {
            word: UNKNOWN,
            cost: RARE,
        },
    })
}

/// The step over one shard.
fn alone(model: &Model, shard: &Shard<'_>) -> Step {
    let unknown = |cost| Step { word: UNKNOWN, cost };
    if !shard.spelt {
        let digits = shard.text.bytes().all(|byte| byte.is_ascii_digit());
        return Step {
            word: if digits { NUMBER } else { SYMBOL },
            cost: 0.0,
        };
    }
    if matches!(&*shard.text, "I" | "V" | "X") {
        return Step {
            word: NUMBER,
            cost: ROMAN,
        };
    }
    if shard.is_stray() {
        return unknown(STRAY);
    }
    match model.lexicon().find(shard.form()) {
        Some(word) => Step { word, cost: 0.0 },
        None if is_syllable(shard.form()) => unknown(RARE),
        None => unknown(FOREIGN),
    }
}
