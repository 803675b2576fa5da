//! Shingles: pairs of neighboring words as numbers. Passages that share wording share shingles.
//!
//! A shingle is a pair of folded words. Longer runs would rarely survive in a misread copy: if one char in ten is
//! wrong, half of the pairs remain, but only a quarter of the runs of four. All numbers count as the same word, because
//! whoever repeats a sentence puts figures of their own into it.
//!
//! If words have several readings, the likeliest word of each place is paired with every word of the other place, and
//! the word of the source with the word of the source.

use super::tokenized::Cell;
use crate::text::{TokenKind, Tokens};

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

/// Calls `take` with each shingle of a text without damaged stretches and marks of notes, as [`for_each_in_cells`] does
/// with its cells.
pub(super) fn for_each_in_text(text: &str, mut take: impl FnMut(Shingle)) {
    let mut tokens = Tokens::new(text);
    let mut last = None;
    while let Some(token) = tokens.advance() {
        let word = match token.kind {
            TokenKind::Symbol | TokenKind::Date => continue,
            TokenKind::Number => NUMBER,
            TokenKind::Word => tokens.folded(),
        };
        if let Some(last) = last {
            take(joined(last, word));
        }
        last = Some(hash(BASIS, word));
    }
}

/// Calls `take` once with each shingle of two neighboring cells.
pub(crate) fn for_each_shingle(one: &Cell, other: &Cell, mut take: impl FnMut(Shingle)) {
    let best = |cell: &Cell| {
        cell.forms
            .iter()
            .position(|form| form.origin.is_best_reading())
            .unwrap_or(0)
    };
    let (best_one, best_other) = (best(one), best(other));
    let mut seen: Vec<Shingle> = Vec::with_capacity(one.forms.len() + other.forms.len());
    for (i, first) in one.forms.iter().enumerate() {
        for (j, second) in other.forms.iter().enumerate() {
            let both_source = i == 0 && j == 0;
            if i == best_one || j == best_other || both_source {
                let shingle = shingle(&first.folded, &second.folded);
                if !seen.contains(&shingle) {
                    seen.push(shingle);
                    take(shingle);
                }
            }
        }
    }
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
        let mut shingles = Vec::new();
        for_each_in_text(text, |shingle| shingles.push(shingle));
        shingles
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
    fn the_fast_path_for_plain_passages_gives_the_same_shingles() {
        let text = "Nghị quyết số 21-NQ/TW ngày 16/6/2022, đạt 98,5% KẾ HOẠCH";
        let tokenized = Tokenized::of(text, &Annotations::default());
        let mut long = Vec::new();
        tokenized
            .cells
            .windows(2)
            .for_each(|pair| for_each_shingle(&pair[0], &pair[1], |shingle| long.push(shingle)));
        assert_eq!(plain(text), long);
    }
}
