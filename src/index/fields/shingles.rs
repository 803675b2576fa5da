//! Shingles: pairs of neighboring words as numbers. Passages that share wording share shingles.
//!
//! A shingle is a pair of folded words. Longer runs would rarely survive in a misread copy: if one char in ten is
//! wrong, half of the pairs remain, but only a quarter of the runs of four. All numbers count as the same word, because
//! whoever repeats a sentence puts figures of their own into it.
//!
//! If words have several readings, every word of a place is paired with every word of the next. So a shingle of two words
//! that are no numbers is in a passage as often as the words follow each other in the field of folded words, and a phrase
//! that leads through any readings has its shingles (hashes that collide aside).

use tantivy::Term;
use tantivy::schema::Field;

use super::tokenized::Cell;

/// A pair of neighboring words: 32 bits of an FNV-1a hash, so that the engine's dictionary stays small. Among a million
/// different pairs one in 4,000 shares its number with another. The passages that are found are aligned anyway.
pub(crate) type Shingle = u32;

/// The word that replaces every number.
const NUMBER: &str = "#";

/// Calls `take` with each shingle of a passage cut into cells, in order and with repetitions.
pub(super) fn for_each_in_cells(cells: &[Cell], mut take: impl FnMut(Shingle)) {
    let pairs = cells.windows(2);
    pairs.for_each(|pair| for_each_shingle(&pair[0], &pair[1], &mut take));
}

/// Pairs each word of a text that has one reading with the word before it, as [`for_each_in_cells`] does.
#[derive(Default)]
pub(super) struct Pairs {
    /// Hash of the last word.
    last: Option<u64>,
}

impl Pairs {
    /// Returns the shingle of the last word and the folded word after it; `None` for the first word.
    pub(super) fn next(&mut self, folded: &str) -> Option<Shingle> {
        let word = word(folded);
        let last = self.last.replace(hash(BASIS, word));
        last.map(|last| joined(last, word))
    }
}

/// Calls `take` once with each shingle of two neighboring cells.
pub(crate) fn for_each_shingle(one: &Cell, other: &Cell, mut take: impl FnMut(Shingle)) {
    let mut seen: Vec<Shingle> = Vec::with_capacity(one.forms.len() * other.forms.len());
    for first in &one.forms {
        for second in &other.forms {
            let shingle = shingle(&first.folded, &second.folded);
            if !seen.contains(&shingle) {
                seen.push(shingle);
                take(shingle);
            }
        }
    }
}

/// Number of ASCII chars of the term of a shingle, each with 7 of its bits.
pub(super) const TERM_CHARS: usize = 5;

/// Appends the term of a shingle to a list of them.
pub(super) fn push_term(list: &mut String, shingle: Shingle) {
    list.extend(term_chars(shingle));
}

/// Returns the shingles of a list of their terms ([`push_term`]), in order.
pub(in crate::index) fn listed(list: &str) -> impl Iterator<Item = Shingle> {
    let terms = list.as_bytes().chunks_exact(TERM_CHARS);
    terms.map(|term| term.iter().fold(0, |bits, byte| bits << 7 | Shingle::from(*byte)))
}

/// Returns the term of a shingle in `field`, that of the shingles.
pub(super) fn term(field: Field, shingle: Shingle) -> Term {
    Term::from_field_text(field, &String::from_iter(term_chars(shingle)))
}

/// Returns the chars of the term of a shingle, its highest bits first.
fn term_chars(shingle: Shingle) -> [char; TERM_CHARS] {
    std::array::from_fn(|at| {
        let bits = shingle >> (7 * (TERM_CHARS - 1 - at));
        char::from((bits & 0x7f) as u8)
    })
}

/// Returns the shingle of two folded words.
pub(crate) fn shingle(first: &str, second: &str) -> Shingle {
    joined(hash(BASIS, word(first)), word(second))
}

/// Returns the word itself, or [`NUMBER`] for a number.
fn word(folded: &str) -> &str {
    let number = folded.starts_with(|char: char| char.is_ascii_digit());
    if number { NUMBER } else { folded }
}

/// Start of FNV-1a with 64 bits.
const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
/// Multiplier of FNV-1a with 64 bits.
const PRIME: u64 = 0x0100_0000_01b3;

/// Continues the FNV-1a hash `state` with `word`.
fn hash(state: u64, word: &str) -> u64 {
    word.bytes()
        .fold(state, |state, byte| (state ^ u64::from(byte)).wrapping_mul(PRIME))
}

/// Returns the shingle of a hashed word and the word after it.
fn joined(first: u64, second: &str) -> Shingle {
    let both = hash(hash(first, " "), second);
    (both ^ (both >> 32)) as Shingle
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::super::annotations::Annotations;
    use super::super::tokenized::Tokenized;
    use super::*;
    use crate::index::Damaged;
    use crate::text::Span;

    /// Returns the shingles of a text.
    fn shingles(text: &str, annotations: &Annotations) -> Vec<Shingle> {
        let mut shingles = Vec::new();
        for_each_in_cells(&Tokenized::of(text, annotations).cells, |shingle| {
            shingles.push(shingle)
        });
        shingles
    }

    fn plain(text: &str) -> Vec<Shingle> {
        shingles(text, &Annotations::default())
    }

    #[test]
    fn marks_case_figures_and_punctuation_make_no_difference() {
        let shingle = plain("Kết nạp 12 đảng viên");
        assert_eq!(shingle.len(), 4);
        assert_eq!(shingle, plain("ket nap, 1.406 Dang vien"));
        assert_ne!(shingle, plain("kết nạp 12 đoàn viên"));
    }

    #[test]
    fn a_damaged_word_has_the_shingles_of_each_of_its_readings() {
        let text = "cua Pang ta";
        let annotations = Annotations {
            damaged: vec![Damaged {
                span: Span::new(4, 8),
                readings: vec!["Đảng".into(), "đáng".into(), "sáng".into()],
                unsure: Vec::new(),
            }],
            ..Annotations::default()
        };
        let shingles = shingles(text, &annotations);
        for read in ["của Đảng ta", "cua pang ta", "cua sang ta"] {
            assert!(plain(read).iter().all(|shingle| shingles.contains(shingle)), "{read}");
        }
    }

    #[test]
    fn every_shingle_has_a_term_of_its_own() {
        let field = Field::from_field_id(0);
        let bits = (0..32).map(|bit| 1 << bit).chain([0, Shingle::MAX]);
        let terms: HashSet<Term> = bits.map(|shingle| term(field, shingle)).collect();
        assert_eq!(terms.len(), 34);
        let mut list = String::new();
        (0..32).for_each(|bit| push_term(&mut list, 1 << bit));
        assert!(listed(&list).eq((0..32).map(|bit| 1 << bit)));
        assert!(
            terms
                .iter()
                .all(|term| term.serialized_value_bytes().len() == TERM_CHARS)
        );
    }
}
