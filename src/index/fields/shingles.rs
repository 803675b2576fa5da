//! Neighbouring words as numbers: what passages that share wording share.
//!
//! A shingle is two folded words side by side. Two, because a copy that a scan misread keeps few longer runs whole:
//! when one char in ten is wrong, half of the pairs of neighbours are left, but a quarter of the runs of four. Every
//! number counts as the same word: who repeats a sentence puts figures of their own into it.
//!
//! Where a word has several readings, the likeliest word of one place stands beside each of the other, and
//! what the source says beside what the source says.

use super::annotations::Annotations;
use super::tokenized::{Cell, FormOrigin, Tokenized};
use crate::text::{TokenKind, Tokens};

/// Two neighbouring words: 32 bits of an FNV-1a hash, so that the engine's dictionary stays small. At a million
/// different pairs one in 4,000 shares its number with another; what is found is aligned anyway.
pub(crate) type Shingle = u32;

/// The word that stands for every number.
const NUMBER: &str = "#";

/// Calls `take` with the shingles of a text, in order; the same one may come again.
pub(super) fn for_each(text: &str, annotations: &Annotations, mut take: impl FnMut(Shingle)) {
    if !annotations.damaged.is_empty() || !annotations.marks.is_empty() {
        let tokenized = Tokenized::of(text, annotations);
        return tokenized
            .cells
            .windows(2)
            .for_each(|pair| between(&pair[0], &pair[1], &mut take));
    }
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

/// Calls `take` with the shingles between two neighbouring cells, each once.
pub(crate) fn between(one: &Cell, other: &Cell, mut take: impl FnMut(Shingle)) {
    let best = |cell: &Cell| {
        cell.forms
            .iter()
            .position(|form| form.origin == FormOrigin::Repaired)
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

/// The shingle of two folded words.
pub(crate) fn shingle(first: &str, second: &str) -> Shingle {
    joined(hash(BASIS, word(first)), word(second))
}

/// The word itself, or the one that stands for every number.
fn word(folded: &str) -> &str {
    let number = folded.starts_with(|char: char| char.is_ascii_digit());
    if number { NUMBER } else { folded }
}

/// Start of FNV-1a with 64 bits.
const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
/// Multiplier of FNV-1a with 64 bits.
const PRIME: u64 = 0x0100_0000_01b3;

/// FNV-1a of what `state` stands for and `word` behind it.
fn hash(state: u64, word: &str) -> u64 {
    word.bytes()
        .fold(state, |state, byte| (state ^ u64::from(byte)).wrapping_mul(PRIME))
}

/// The shingle of a hashed word and the one behind it.
fn joined(first: u64, second: &str) -> Shingle {
    let both = hash(hash(first, " "), second);
    (both ^ (both >> 32)) as Shingle
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Damaged;
    use crate::text::Span;

    /// The shingles of a text.
    fn shingles(text: &str, annotations: &Annotations) -> Vec<Shingle> {
        let mut shingles = Vec::new();
        for_each(text, annotations, |shingle| shingles.push(shingle));
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
    fn a_damaged_word_is_found_in_each_of_its_readings() {
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
    fn a_passage_without_readings_is_cut_the_short_way_to_the_same_shingles() {
        let text = "Nghị quyết số 21-NQ/TW ngày 16/6/2022, đạt 98,5% KẾ HOẠCH";
        let tokenized = Tokenized::of(text, &Annotations::default());
        let mut long = Vec::new();
        tokenized
            .cells
            .windows(2)
            .for_each(|pair| between(&pair[0], &pair[1], |shingle| long.push(shingle)));
        assert_eq!(plain(text), long);
    }
}
