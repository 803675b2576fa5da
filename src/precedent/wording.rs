//! A passage or a given text as the numbers of its words, ready to be compared.

use super::vocabulary::{UNKNOWN, Vocabulary, WordId};
use crate::index::{By, Cell};

/// Words in order; in damaged places with everything that they may say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Wording {
    /// The likeliest word of each place, folded.
    pub(super) words: Vec<WordId>,
    /// The same with its marks; [`UNKNOWN`] where the source lost them.
    pub(super) marked: Vec<WordId>,
    /// What else a place may say; sorted by place.
    others: Vec<Other>,
}

/// Another word that a place may say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Other {
    place: u32,
    folded: WordId,
    marked: WordId,
}

/// A word that a place may say: folded, and with its marks.
pub(super) type Reading = (WordId, WordId);

impl Wording {
    /// The wording of `cells`, whose words become known to `vocabulary`.
    pub(super) fn of(cells: &[Cell], vocabulary: &mut Vocabulary) -> Self {
        let mut wording = Self::default();
        for (place, cell) in cells.iter().enumerate() {
            let best = cell.forms.iter().position(|form| form.by == By::Repaired).unwrap_or(0);
            let mut readings: Vec<Reading> = Vec::with_capacity(cell.forms.len());
            let in_order = cell.forms.iter().skip(best).chain(cell.forms.iter().take(best));
            for form in in_order {
                let lost = form.by == By::Lost || form.by == By::Source && best > 0;
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
            wording.others.extend(readings.map(|(folded, marked)| Other {
                place: place as u32,
                folded,
                marked,
            }));
        }
        wording
    }

    /// Number of words.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// What place `at` may say, the likeliest first.
    pub(super) fn readings(&self, at: usize) -> impl Iterator<Item = Reading> + Clone {
        let first = self.others.partition_point(|other| (other.place as usize) < at);
        let others = self.others[first..].iter();
        let others = others.take_while(move |other| other.place as usize == at);
        std::iter::once((self.words[at], self.marked[at])).chain(others.map(|other| (other.folded, other.marked)))
    }

    /// All words that any place may say, folded.
    pub(super) fn all(&self) -> impl Iterator<Item = WordId> {
        self.words
            .iter()
            .copied()
            .chain(self.others.iter().map(|other| other.folded))
    }

    /// Which places may say more than one word.
    pub(super) fn doubtful(&self) -> Vec<bool> {
        let mut doubtful = vec![false; self.len()];
        for other in &self.others {
            doubtful[other.place as usize] = true;
        }
        doubtful
    }
}
