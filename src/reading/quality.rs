//! Measures from a text itself how well each of its stretches preserves what was printed.
//!
//! In clean Vietnamese some 22 letters in 100 occur in no other language (đ, ơ, ạ, ấ, ...). A scan read without
//! Vietnamese has none of them, nor has text typed without marks. Lines are classified by that. Runs of lines without
//! such letters are examined further: they are Vietnamese if most of their words are syllables once folded, and misread
//! if é, ¢ and digits occur among the letters. An English paragraph, a list of names or a table of numbers is neither;
//! it counts as clean and stays as it is.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::letters::{carries_mark, is_vietnamese_only};
use super::model::Model;
use super::repair::Repair;
use super::token::{TextPiece, TextPieceKind, cut};
use super::torn::{self, LineLetters};
use crate::stop::checkpoint;
use crate::text::{Span, fold, named};

named! {
    /// The quality of a text: clean, or damaged in one of two ways.
    #[derive(
        Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema,
    )]
    #[serde(rename_all = "lowercase")]
    pub enum Quality {
        /// Marks as printed.
        #[default]
        Clean = "clean",
        /// Typed without marks.
        Unmarked = "unmarked",
        /// Misread letters.
        Ocr = "ocr",
    }
}

impl Quality {
    /// Returns the words that people use for it: `bản quét`.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Clean => "văn bản rõ",
            Self::Unmarked => "gõ không dấu",
            Self::Ocr => "bản quét",
        }
    }
}

/// A line is clean if at least one letter in this many carries a mark.
const CLEAN_ONE_IN: u32 = 20;

/// The fewest letters of a run of lines that can be called damaged in a text that also has clean lines: a clean heading
/// of this length may lack marks.
const MIN_LETTERS: u32 = 60;

/// Text is misread if it has more than this many signs of misreading in 1000 letters. Scans have 40 to 60, unmarked
/// text has none except typing errors.
const OCR_SIGNS_PER_1000: u32 = 6;

/// The share of words that must be Vietnamese syllables once folded. Scans have 0.8 and more, unmarked text 0.95,
/// English and French 0.3.
const OCR_SYLLABLES: f32 = 0.5;
/// The same share for text without a sign of misreading.
const UNMARKED_SYLLABLES: f32 = 0.75;

/// The fewest words of a paragraph that is judged on its own, inside a damaged run.
const MIN_JUDGED_WORDS: usize = 8;
/// Such a paragraph is in another language if it has a lower share of syllables.
const FOREIGN_SYLLABLES: f32 = 0.4;

/// The share of the words of clean documents that contain a letter only Vietnamese has. It was counted in laws and
/// party statutes, with names and abbreviations among the words.
const MARKED_WORDS: f32 = 0.62;

/// A stretch of whole lines of one quality.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stretch {
    /// Its bytes; stretches follow one another and cover the text.
    pub span: Span,
    /// The quality of all its lines.
    pub quality: Quality,
    /// Number of letters.
    pub letters: u32,
    /// Number of words.
    pub words: u32,
    /// Number of words with a letter that only Vietnamese has.
    pub marked: u32,
}

impl Stretch {
    /// Returns true if some of what was printed is lost.
    #[must_use]
    pub fn is_damaged(&self) -> bool {
        self.quality != Quality::Clean
    }

    /// Returns true if its letters may be wrong. Torn words make a stretch damaged too, but its letters are as printed,
    /// marks included: no scan has so many of them that is misread.
    pub(super) fn is_misread(&self) -> bool {
        self.quality == Quality::Ocr && self.marked * CLEAN_ONE_IN < self.letters
    }

    /// Appends the stretch or line that follows.
    fn join(&mut self, other: &Self) {
        self.span = self.span.cover(other.span);
        self.letters += other.letters;
        self.words += other.words;
        self.marked += other.marked;
    }
}

/// Returns the share of the expected marks that syllables carry, 0 to 1, given the number of words and of those with
/// marks.
pub(crate) fn marks_share(words: u32, marked: u32) -> f32 {
    if words == 0 {
        return 1.0;
    }
    (marked as f32 / (words as f32 * MARKED_WORDS)).min(1.0)
}

/// The counts of one line.
struct LineCounts {
    stretch: Stretch,
    /// Number of letters with a mark that no scan without Vietnamese has.
    printed_marks: u32,
    /// Number of signs of misreading.
    signs: u32,
    /// Number of letters that stand alone.
    lone: u32,
    /// True if its words are split at their marks.
    torn: bool,
}

impl LineCounts {
    /// Returns its letters as far as they tell torn words.
    fn letters(&self) -> LineLetters {
        LineLetters {
            span: self.stretch.span,
            lone: self.lone,
            marked: self.printed_marks > 0,
        }
    }

    /// Returns true if enough of its letters carry marks. Such a line may be torn.
    fn is_marked(&self) -> bool {
        self.printed_marks * CLEAN_ONE_IN >= self.stretch.letters && self.printed_marks > 0
    }
}

/// The quality of a text, and what the words are that only need joining.
#[derive(Debug, Default)]
pub(super) struct Measured {
    /// The stretches, in order, covering the text.
    pub(super) stretches: Vec<Stretch>,
    /// The damaged stretches whose letters may be wrong, which those of torn words are not.
    pub(super) lossy: Vec<Stretch>,
    /// The torn words read whole.
    pub(super) whole: Vec<Repair>,
}

/// Measures `text`. `model` is called only where text without marks or torn words are found.
pub(super) fn measure<'m>(text: &str, model: impl Fn() -> &'m Model) -> Measured {
    let mut lines = lines(text);
    let whole = find_torn(text, &mut lines, &model);
    let some_clean = lines.iter().any(LineCounts::is_marked);
    let is_syllable = |folded: &str| model().is_syllable(folded);
    let mut measured = Measured {
        whole,
        ..Measured::default()
    };
    for run in lines.chunk_by(|a, b| (a.torn, a.is_marked()) == (b.torn, b.is_marked())) {
        let letters: u32 = run.iter().map(|line| line.stretch.letters).sum();
        let long_enough = letters >= MIN_LETTERS || !some_clean && letters > 0;
        if run[0].torn {
            let torn = |line: &LineCounts| Stretch {
                quality: Quality::Ocr,
                ..line.stretch
            };
            run.iter().for_each(|line| add(&mut measured.stretches, torn(line)));
        } else if run[0].is_marked() || !long_enough {
            run.iter().for_each(|line| add(&mut measured.stretches, line.stretch));
        } else {
            let mut judged = Vec::new();
            judge(text, run, &is_syllable, &mut judged);
            judged.iter().for_each(|&stretch| add(&mut measured.stretches, stretch));
            measured.lossy.extend(judged.into_iter().filter(Stretch::is_damaged));
        }
    }
    measured
}

/// Marks the torn lines and returns the repairs of their words.
fn find_torn<'m>(text: &str, lines: &mut [LineCounts], model: impl Fn() -> &'m Model) -> Vec<Repair> {
    if !lines.iter().any(|line| line.letters().may_be_torn()) {
        return Vec::new();
    }
    let letters: Vec<LineLetters> = lines.iter().map(LineCounts::letters).collect();
    let found = torn::find(text, &letters, model);
    for index in found.lines {
        lines[index].torn = true;
    }
    found.repairs
}

/// Returns the clean stretches of `text`: the lines with marks or without letters. This needs no list of syllables.
pub(crate) fn clean_stretches(text: &str) -> Vec<Span> {
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut lines = lines(text);
    find_torn(text, &mut lines, Model::shipped);
    for line in lines {
        let quality = if !line.torn && line.printed_marks * CLEAN_ONE_IN >= line.stretch.letters {
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

/// Appends a stretch, or joins it with the last one if both have the same quality; torn stretches and misread ones stay
/// apart.
fn add(stretches: &mut Vec<Stretch>, next: Stretch) {
    match stretches.last_mut() {
        Some(last) if last.quality == next.quality && last.is_misread() == next.is_misread() => last.join(&next),
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

/// Decides on the quality of a run of lines without marks.
fn quality_of(run: &[LineCounts], syllables: SyllableCounts) -> Quality {
    let letters: u32 = run.iter().map(|line| line.stretch.letters).sum();
    let signs: u32 = run.iter().map(|line| line.signs).sum();
    let misread = signs * 1000 > OCR_SIGNS_PER_1000 * letters;
    // A short text without any sign may still be misread: `Pang` is not a syllable.
    let short_misread = letters < 200 && syllables.share() < 1.0;
    match syllables.share() {
        share if share >= OCR_SYLLABLES && (misread || short_misread && share < UNMARKED_SYLLABLES) => Quality::Ocr,
        share if share >= UNMARKED_SYLLABLES && short_misread => Quality::Ocr,
        share if share >= UNMARKED_SYLLABLES => Quality::Unmarked,
        _ => Quality::Clean,
    }
}

/// The number of words in a text, and of those that are syllables once folded.
#[derive(Clone, Copy, Debug, Default)]
struct SyllableCounts {
    words: usize,
    known: usize,
}

impl SyllableCounts {
    /// Counts the words of `span` that consist of letters.
    fn of(text: &str, span: Span, is_syllable: &impl Fn(&str) -> bool) -> Self {
        let is_spelt = |piece: &&TextPiece| {
            piece.kind == TextPieceKind::Word && piece.span.slice(text).chars().all(char::is_alphabetic)
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

    /// Adds both counts.
    fn with(self, other: Self) -> Self {
        Self {
            words: self.words + other.words,
            known: self.known + other.known,
        }
    }

    /// Returns the share of syllables; 0 if there are no words.
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
            checkpoint();
            count(line, span)
        })
        .collect()
}

/// Counts the letters, words and marks of one line.
fn count(line: &str, span: Span) -> LineCounts {
    let mut stretch = Stretch {
        span,
        quality: Quality::Clean,
        letters: 0,
        words: 0,
        marked: 0,
    };
    let (mut printed_marks, mut signs, mut lone) = (0, 0, 0);
    let traits = &*TRAITS;
    let mut before = 0;
    let mut in_marked_word = false;
    // True after the first letter of a word, until another follows.
    let mut alone = false;
    for char in line.chars() {
        let now = traits.get(char as usize).copied().unwrap_or_else(|| traits_of(char));
        // A combining mark continues its word, so that decomposed text gives the same counts.
        let begins = now & LETTER != 0 && before & (LETTER | COMBINING) == 0;
        in_marked_word &= !begins;
        stretch.words += u32::from(begins);
        stretch.letters += u32::from(now & LETTER != 0);
        printed_marks += u32::from(now & MARK != 0);
        stretch.marked += u32::from(now & VIETNAMESE != 0 && !in_marked_word);
        in_marked_word |= now & VIETNAMESE != 0;
        lone += u32::from(alone && now & (LETTER | COMBINING) == 0);
        alone = begins || alone && now & COMBINING != 0;
        // Scans have digits inside words (`13nh`, `s6`); capitals do not count, because symbols have them (`QH15`).
        let letter_and_digit = before & DIGIT != 0 && now & LOWER != 0 || now & DIGIT != 0 && before & LOWER != 0;
        signs += u32::from(now & SIGN != 0 || letter_and_digit);
        before = now;
    }
    LineCounts {
        stretch,
        printed_marks,
        signs,
        lone: lone + u32::from(alone),
        torn: false,
    }
}

// The properties of a char that lines are counted by, one bit each.

/// A letter of any script.
const LETTER: u8 = 1;
/// A small letter of any script.
const LOWER: u8 = 1 << 1;
/// An ASCII digit.
const DIGIT: u8 = 1 << 2;
/// One of the marks that decomposed Vietnamese is written with.
const COMBINING: u8 = 1 << 3;
/// A letter of [`is_vietnamese_only`].
const VIETNAMESE: u8 = 1 << 4;
/// A letter of [`carries_mark`].
const MARK: u8 = 1 << 5;
/// A char that a scan without Vietnamese often has for a letter, and Vietnamese text rarely has.
const SIGN: u8 = 1 << 6;

/// The bits of all chars up to the end of the Latin letters (U+1EFF). Every char of every document is looked up here,
/// and the Unicode data of all scripts is many times slower.
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
