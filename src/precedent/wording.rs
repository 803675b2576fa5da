//! A passage or a question as the numbers of its words, ready to be compared.

use super::vocabulary::{UNKNOWN, Vocabulary, WordId};
use crate::index::{Cell, FormOrigin};

/// Words in order, at damaged positions with all their readings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Wording {
    /// The likeliest word of each position, folded.
    pub(super) words: Vec<WordId>,
    /// The same word with its marks; [`UNKNOWN`] if the source lost them.
    pub(super) marked: Vec<WordId>,
    /// The further readings of all positions.
    others: Vec<WordReading>,
    /// For each position the index in `others` of its first further reading; one more entry for the end.
    starts: Vec<u32>,
}

/// A reading of a word: folded, and with its marks.
pub(super) type WordReading = (WordId, WordId);

impl Wording {
    /// The wording of `cells`, whose words join the `vocabulary`.
    pub(super) fn of(cells: &[Cell], vocabulary: &mut Vocabulary) -> Self {
        let mut wording = Self::default();
        for cell in cells {
            // The repaired reading is the likeliest, but what the source says may be right all the same.
            let best = cell
                .forms
                .iter()
                .position(|form| form.origin.is_best_reading())
                .unwrap_or(0);
            let mut readings: Vec<WordReading> = Vec::with_capacity(cell.forms.len());
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
            // No cell is without a form; if one were, its position must not be lost.
            let (folded, marked) = readings.next().unwrap_or_else(|| (vocabulary.folded(""), UNKNOWN));
            wording.words.push(folded);
            wording.marked.push(marked);
            wording.starts.push(wording.others.len() as u32);
            wording.others.extend(readings);
        }
        wording.starts.push(wording.others.len() as u32);
        wording
    }

    /// Returns the number of words.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// Returns the readings of position `at`, the likeliest first.
    pub(super) fn readings(&self, at: usize) -> impl Iterator<Item = WordReading> + Clone {
        let others = self.further_readings(at).iter().copied();
        std::iter::once((self.words[at], self.marked[at])).chain(others)
    }

    /// Returns the readings of position `at` but for the likeliest.
    pub(super) fn further_readings(&self, at: usize) -> &[WordReading] {
        // Few passages are damaged at all.
        if self.others.is_empty() {
            return &[];
        }
        &self.others[self.starts[at] as usize..self.starts[at + 1] as usize]
    }

    /// Calls `take` with each folded reading of each position, position by position.
    #[inline]
    pub(super) fn for_each_folded(&self, mut take: impl FnMut(usize, WordId)) {
        for (at, &word) in self.words.iter().enumerate() {
            take(at, word);
            for &(word, _) in self.further_readings(at) {
                take(at, word);
            }
        }
    }

    /// Returns the words of all readings, folded.
    pub(super) fn all(&self) -> impl Iterator<Item = WordId> {
        self.words
            .iter()
            .copied()
            .chain(self.others.iter().map(|other| other.0))
    }
}

/// The positions of each word of a wording. One is reused for many wordings.
#[derive(Debug)]
pub(super) struct WordPositions {
    /// For each word its last entry.
    last: Vec<u32>,
    entries: Vec<PositionEntry>,
}

/// A position of a word.
#[derive(Clone, Copy, Debug)]
struct PositionEntry {
    word: WordId,
    position: u32,
    /// The entry before it with the same word.
    before: u32,
}

/// The index that stands for no entry.
const NONE: u32 = u32::MAX;

impl WordPositions {
    /// The positions of an empty wording, for words of this vocabulary.
    pub(super) fn new(vocabulary: &Vocabulary) -> Self {
        Self {
            last: vec![NONE; vocabulary.len()],
            entries: Vec::new(),
        }
    }

    /// Replaces the positions by those of another wording.
    pub(super) fn replace(&mut self, wording: &Wording) {
        for entry in self.entries.drain(..) {
            self.last[entry.word as usize] = NONE;
        }
        for at in 0..wording.len() {
            for (word, _) in wording.readings(at) {
                // Two readings of a position may be one folded word with different marks.
                if self.of(word).next() != Some(at) {
                    let number = self.entries.len() as u32;
                    let before = std::mem::replace(&mut self.last[word as usize], number);
                    let position = at as u32;
                    self.entries.push(PositionEntry { word, position, before });
                }
            }
        }
    }

    /// Returns the positions with `word` among their readings, the last first.
    #[inline]
    pub(super) fn of(&self, word: WordId) -> impl Iterator<Item = usize> {
        let entry = |number: u32| self.entries.get(number as usize);
        std::iter::successors(entry(self.last[word as usize]), move |last| entry(last.before))
            .map(|entry| entry.position as usize)
    }
}

/// A wording prepared to be compared with others: with the bits of its words ([`super::information`]) and their
/// positions.
#[derive(Clone, Copy, Debug)]
pub(super) struct PreparedWording<'w> {
    pub(super) wording: &'w Wording,
    pub(super) bits: &'w [f32],
    pub(super) positions: &'w WordPositions,
}
