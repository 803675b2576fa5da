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
    /// What else places may say.
    others: Vec<Reading>,
    /// For each place, where in `others` its part begins; one more at the end.
    starts: Vec<u32>,
    /// For each place a bit for each word that it may say, folded; several words share a bit.
    signatures: Vec<u64>,
}

/// A word that a place may say: folded, and with its marks.
pub(super) type Reading = (WordId, WordId);

impl Wording {
    /// The wording of `cells`, whose words become known to `vocabulary`.
    pub(super) fn of(cells: &[Cell], vocabulary: &mut Vocabulary) -> Self {
        let mut wording = Self::default();
        for cell in cells {
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
            wording.starts.push(wording.others.len() as u32);
            wording.others.extend(readings);
            let others = &wording.others[wording.starts[wording.starts.len() - 1] as usize..];
            let signature = others
                .iter()
                .fold(bit(folded), |signature, other| signature | bit(other.0));
            wording.signatures.push(signature);
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

    /// May place `at` say a word that place `its` of the other may say? Sometimes true where it may not.
    #[inline]
    pub(super) fn may_agree(&self, at: usize, other: &Self, its: usize) -> bool {
        self.signatures[at] & other.signatures[its] != 0
    }

    /// All words that any place may say, folded.
    pub(super) fn all(&self) -> impl Iterator<Item = WordId> {
        self.words
            .iter()
            .copied()
            .chain(self.others.iter().map(|other| other.0))
    }
}

/// The bit of a word in a signature.
const fn bit(word: WordId) -> u64 {
    1 << (word.wrapping_mul(0x9e37_79b1) >> 26)
}
