//! How well each stretch of a text kept what was printed, from the text itself.
//!
//! Clean Vietnamese has some 22 letters in 100 that no other language writes (đ, ơ, ạ, ấ, ...); a scan read
//! without Vietnamese has none, nor has text typed without marks. Lines are classed by that, and the
//! runs of lines without such letters are looked at more closely: they are Vietnamese if most of their words
//! are syllables without marks, and misread if é, ¢ and digits stand among the letters. An English paragraph,
//! a list of names, a table of numbers is neither and counts as clean: nobody touches it.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::Quality;
use super::letters::{carries_mark, is_vietnamese_only};
use super::token::{PieceKind, TextPiece, cut};
use crate::text::Span;
use crate::text::fold::fold;

/// A line with at least one such letter in so many is clean.
const CLEAN_ONE_IN: u32 = 20;

/// Letters of a run of lines below which it is too short to say that it is damaged where clean lines
/// stand in the same text: a clean heading of this length may lack marks.
const MIN_LETTERS: u32 = 60;

/// Signs of misreading in 1000 letters from which text is misread; scans have 40 to 60, unmarked text
/// none but for typing errors.
const OCR_SIGNS_PER_1000: u32 = 6;

/// Share of words that must be Vietnamese syllables once folded. Scans have 0.8 and more, unmarked text
/// 0.95, English and French 0.3.
const OCR_SYLLABLES: f32 = 0.5;
/// The same for text without a sign of misreading.
const UNMARKED_SYLLABLES: f32 = 0.75;

/// Words from which a paragraph is judged for itself, inside a damaged run.
const MIN_JUDGED_WORDS: usize = 8;
/// Share of syllables below which such a paragraph is in another language.
const FOREIGN_SYLLABLES: f32 = 0.4;

/// Share of the words of clean documents that hold a letter only Vietnamese has: counted in laws and
/// party statutes, with names and abbreviations among the words.
const MARKED_WORDS: f32 = 0.62;

/// A stretch of whole lines of one quality.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stretch {
    /// Its bytes; stretches follow each other and cover the text.
    pub span: Span,
    /// How well it kept what was printed.
    pub quality: Quality,
    /// Number of letters.
    pub letters: u32,
    /// Number of words.
    pub words: u32,
    /// Number of words with a letter that only Vietnamese has.
    pub marked: u32,
}

impl Stretch {
    /// Has it lost anything of what was printed?
    #[must_use]
    pub fn is_damaged(&self) -> bool {
        self.quality != Quality::Clean
    }

    /// Takes up the counts of a stretch or line behind it.
    fn join(&mut self, other: &Self) {
        self.span = self.span.cover(other.span);
        self.letters += other.letters;
        self.words += other.words;
        self.marked += other.marked;
    }
}

/// Share of syllables that carry the marks they should, 0 to 1, of words and marked words.
pub(crate) fn marks_share(words: u32, marked: u32) -> f32 {
    if words == 0 {
        return 1.0;
    }
    (marked as f32 / (words as f32 * MARKED_WORDS)).min(1.0)
}

/// The counts of one line.
struct LineCounts {
    stretch: Stretch,
    /// Letters with a mark that no scan without Vietnamese shows.
    printed_marks: u32,
    /// Signs of misreading.
    signs: u32,
}

/// The stretches of `text`, in order, covering it.
///
/// `is_syllable` says of a folded form whether the language has such a syllable; it is called only where text without
/// marks is found.
pub(crate) fn measure(text: &str, is_syllable: impl Fn(&str) -> bool) -> Vec<Stretch> {
    let lines = lines(text);
    let is_clean =
        |line: &LineCounts| line.printed_marks * CLEAN_ONE_IN >= line.stretch.letters && line.printed_marks > 0;
    let some_clean = lines.iter().any(is_clean);
    let mut stretches: Vec<Stretch> = Vec::new();
    for run in lines.chunk_by(|a, b| is_clean(a) == is_clean(b)) {
        let letters: u32 = run.iter().map(|line| line.stretch.letters).sum();
        let long_enough = letters >= MIN_LETTERS || !some_clean && letters > 0;
        if is_clean(&run[0]) || !long_enough {
            run.iter().for_each(|line| add(&mut stretches, line.stretch));
        } else {
            judge(text, run, &is_syllable, &mut stretches);
        }
    }
    stretches
}

/// The clean stretches of `text`, without a look at any model: whatever has marks.
pub(crate) fn clean_stretches(text: &str) -> Vec<Span> {
    let mut stretches: Vec<Stretch> = Vec::new();
    for line in lines(text) {
        let quality = if line.printed_marks * CLEAN_ONE_IN >= line.stretch.letters {
            Quality::Clean
        } else {
            Quality::Ocr
        };
        add(
            &mut stretches,
            Stretch {
                quality,
                ..line.stretch
            },
        );
    }
    stretches
        .iter()
        .filter(|stretch| stretch.quality == Quality::Clean)
        .map(|stretch| stretch.span)
        .collect()
}

/// Appends a stretch, joined with the last if that has the same quality.
fn add(stretches: &mut Vec<Stretch>, next: Stretch) {
    match stretches.last_mut() {
        Some(last) if last.quality == next.quality => last.join(&next),
        _ => stretches.push(next),
    }
}

/// Judges a run of lines without marks, then each of its paragraphs.
fn judge(text: &str, run: &[LineCounts], is_syllable: &impl Fn(&str) -> bool, stretches: &mut Vec<Stretch>) {
    let counts = run.iter().fold(SyllableCounts::default(), |sum, line| {
        sum.with(SyllableCounts::of(text, line.stretch.span, is_syllable))
    });
    let quality = quality_of(run, counts);
    for paragraph in run.chunk_by(|_, next| next.stretch.words > 0) {
        let span = paragraph
            .iter()
            .map(|line| line.stretch.span)
            .reduce(Span::cover)
            .unwrap_or_default();
        let here = SyllableCounts::of(text, span, is_syllable);
        let foreign = here.words >= MIN_JUDGED_WORDS && here.share() < FOREIGN_SYLLABLES;
        let quality = if foreign { Quality::Clean } else { quality };
        paragraph.iter().for_each(|line| {
            add(
                stretches,
                Stretch {
                    quality,
                    ..line.stretch
                },
            )
        });
    }
}

/// The quality of a run of lines without marks.
fn quality_of(run: &[LineCounts], syllables: SyllableCounts) -> Quality {
    let letters: u32 = run.iter().map(|line| line.stretch.letters).sum();
    let signs: u32 = run.iter().map(|line| line.signs).sum();
    let misread = signs * 1000 > OCR_SIGNS_PER_1000 * letters;
    // A short text without a sign may still be misread: `Pang` is no syllable.
    let short_misread = letters < 200 && syllables.share() < 1.0;
    match syllables.share() {
        share if share >= OCR_SYLLABLES && (misread || short_misread && share < UNMARKED_SYLLABLES) => Quality::Ocr,
        share if share >= UNMARKED_SYLLABLES && short_misread => Quality::Ocr,
        share if share >= UNMARKED_SYLLABLES => Quality::Unmarked,
        _ => Quality::Clean,
    }
}

/// How many words of a text there are, and how many are syllables once folded.
#[derive(Clone, Copy, Debug, Default)]
struct SyllableCounts {
    words: usize,
    known: usize,
}

impl SyllableCounts {
    /// Counts the words of `span` that are spelt with letters.
    fn of(text: &str, span: Span, is_syllable: &impl Fn(&str) -> bool) -> Self {
        let is_spelt = |piece: &&TextPiece| {
            piece.kind == PieceKind::Word && piece.span.slice(text).chars().all(char::is_alphabetic)
        };
        cut(text, span)
            .iter()
            .filter(is_spelt)
            .fold(Self::default(), |sum, piece| {
                let known = is_syllable(&fold(piece.span.slice(text)));
                sum.with(Self {
                    words: 1,
                    known: usize::from(known),
                })
            })
    }

    /// Both counts together.
    fn with(self, other: Self) -> Self {
        Self {
            words: self.words + other.words,
            known: self.known + other.known,
        }
    }

    /// The share of syllables; 0 where there is no word.
    fn share(self) -> f32 {
        if self.words == 0 {
            0.0
        } else {
            self.known as f32 / self.words as f32
        }
    }
}

/// Counts the lines of `text`; a form feed ends a line too.
fn lines(text: &str) -> Vec<LineCounts> {
    let mut at = 0;
    text.split_inclusive(['\n', '\u{c}'])
        .map(|line| {
            let span = Span::new(at, at + line.len());
            at = span.end;
            count(line, span)
        })
        .collect()
}

/// Counts one line.
fn count(line: &str, span: Span) -> LineCounts {
    let mut stretch = Stretch {
        span,
        quality: Quality::Clean,
        letters: 0,
        words: 0,
        marked: 0,
    };
    let (mut printed_marks, mut signs) = (0, 0);
    let traits = &*TRAITS;
    let mut before = 0;
    let mut in_marked_word = false;
    for char in line.chars() {
        let now = traits.get(char as usize).copied().unwrap_or_else(|| traits_of(char));
        let begins = now & LETTER != 0 && before & (LETTER | COMBINING) == 0;
        in_marked_word &= !begins;
        stretch.words += u32::from(begins);
        stretch.letters += u32::from(now & LETTER != 0);
        printed_marks += u32::from(now & MARK != 0);
        stretch.marked += u32::from(now & VIETNAMESE != 0 && !in_marked_word);
        in_marked_word |= now & VIETNAMESE != 0;
        let letter_and_digit = before & DIGIT != 0 && now & LOWER != 0 || now & DIGIT != 0 && before & LOWER != 0;
        signs += u32::from(now & SIGN != 0 || letter_and_digit);
        before = now;
    }
    LineCounts {
        stretch,
        printed_marks,
        signs,
    }
}

/// What a line is counted by, one bit each.
const LETTER: u8 = 1;
const LOWER: u8 = 1 << 1;
const DIGIT: u8 = 1 << 2;
/// One of the marks that decomposed Vietnamese is written with.
const COMBINING: u8 = 1 << 3;
/// [`is_vietnamese_only`].
const VIETNAMESE: u8 = 1 << 4;
/// [`carries_mark`].
const MARK: u8 = 1 << 5;
/// A char that a scan without Vietnamese has for others, and Vietnamese text rarely.
const SIGN: u8 = 1 << 6;

/// The bits of the chars up to the end of the Latin letters (U+1EFF): the data of all scripts takes many times
/// longer to ask, and all of every clean document passes here.
static TRAITS: LazyLock<Vec<u8>> = LazyLock::new(|| ('\0'..='\u{1eff}').map(traits_of).collect());

/// The bits of a char.
fn traits_of(char: char) -> u8 {
    let bits = [
        (char.is_alphabetic(), LETTER),
        (char.is_lowercase(), LOWER),
        (char.is_ascii_digit(), DIGIT),
        (('\u{300}'..='\u{323}').contains(&char), COMBINING),
        (is_vietnamese_only(char), VIETNAMESE),
        (carries_mark(char), MARK),
        (matches!(char, 'é' | '¢' | '€' | '§'), SIGN),
    ];
    bits.into_iter().filter(|(holds, _)| *holds).map(|(_, bit)| bit).sum()
}
