//! A passage or a given text as the numbers of its words, ready to be compared.

use super::vocabulary::{UNKNOWN, Vocabulary, WordId};
use crate::index::{Cell, FormOrigin};

/// Words in order; in damaged places with everything that they may say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Wording {
    /// The likeliest word of each place, folded.
    pub(super) words: Vec<WordId>,
    /// The same with its marks; [`UNKNOWN`] where the source lost them.
    pub(super) marked: Vec<WordId>,
    /// What else places may say.
    others: Vec<Reading>,
    /// For each place, where in `others` its part begins; one more at the end.
    starts: Vec<u32>,
}

/// A word that a place may say: folded, and with its marks.
pub(super) type Reading = (WordId, WordId);

impl Wording {
    /// The wording of `cells`, whose words become known to `vocabulary`.
    pub(super) fn of(cells: &[Cell], vocabulary: &mut Vocabulary) -> Self {
        let mut wording = Self::default();
        for cell in cells {
            let best = cell
                .forms
                .iter()
                .position(|form| form.origin == FormOrigin::Repaired)
                .unwrap_or(0);
            let mut readings: Vec<Reading> = Vec::with_capacity(cell.forms.len());
            let in_order = cell.forms.iter().skip(best).chain(cell.forms.iter().take(best));
            for form in in_order {
                let lost = form.origin == FormOrigin::Lost || form.origin == FormOrigin::Source && best > 0;
                let marked = if lost { UNKNOWN } else { vocabulary.exact(&form.exact) };
                let reading = (vocabulary.folded(&form.folded), marked);
                if !readings.contains(&reading) {
                    readings.push(reading);
                }
            }
            let mut readings = readings.into_iter();
            // No cell is without a form; if one were, its place must still be one.
            let (folded, marked) = readings.next().unwrap_or_else(|| (vocabulary.folded(""), UNKNOWN));
            wording.words.push(folded);
            wording.marked.push(marked);
            wording.starts.push(wording.others.len() as u32);
            wording.others.extend(readings);
        }
        wording.starts.push(wording.others.len() as u32);
        wording
    }

    /// Number of words.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// What place `at` may say, the likeliest first.
    pub(super) fn readings(&self, at: usize) -> impl Iterator<Item = Reading> + Clone {
        let others = &self.others[self.starts[at] as usize..self.starts[at + 1] as usize];
        std::iter::once((self.words[at], self.marked[at])).chain(others.iter().copied())
    }

    /// All words that any place may say, folded.
    pub(super) fn all(&self) -> impl Iterator<Item = WordId> {
        self.words
            .iter()
            .copied()
            .chain(self.others.iter().map(|other| other.0))
    }
}

/// Where the words of one wording stand. One is made for many wordings in turn.
#[derive(Debug)]
pub(super) struct Places {
    /// For each word its last entry.
    last: Vec<u32>,
    entries: Vec<Entry>,
}

/// A word that a place may say.
#[derive(Clone, Copy, Debug)]
struct Entry {
    word: WordId,
    place: u32,
    /// The entry before it with the same word.
    before: u32,
}

/// Before the first entry.
const NONE: u32 = u32::MAX;

impl Places {
    /// Those of nothing, for words of this vocabulary.
    pub(super) fn new(vocabulary: &Vocabulary) -> Self {
        Self {
            last: vec![NONE; vocabulary.len()],
            entries: Vec::new(),
        }
    }

    /// Takes up another wording.
    pub(super) fn take(&mut self, wording: &Wording) {
        for entry in self.entries.drain(..) {
            self.last[entry.word as usize] = NONE;
        }
        for at in 0..wording.len() {
            for (word, _) in wording.readings(at) {
                if self.of(word).next() != Some(at) {
                    let number = self.entries.len() as u32;
                    let before = std::mem::replace(&mut self.last[word as usize], number);
                    let place = at as u32;
                    self.entries.push(Entry { word, place, before });
                }
            }
        }
    }

    /// The places that may say `word`, the last first.
    pub(super) fn of(&self, word: WordId) -> impl Iterator<Item = usize> {
        let entry = |number: u32| self.entries.get(number as usize);
        std::iter::successors(entry(self.last[word as usize]), move |last| entry(last.before))
            .map(|entry| entry.place as usize)
    }
}

/// What others are compared with: a wording, what its words tell ([`super::information`]), and where they stand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sought<'w> {
    pub(super) wording: &'w Wording,
    pub(super) bits: &'w [f32],
    pub(super) places: &'w Places,
}
