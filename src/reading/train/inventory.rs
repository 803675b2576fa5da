//! Chooses the words of the lexicon: syllables, abbreviations, Roman numerals and some foreign words.

use std::collections::{BTreeMap, BTreeSet};

use super::clean_token::CleanToken;
use crate::reading::letters::{folded_letter, printed_code, printed_codes};
use crate::reading::lexicon::CLASSES;
use crate::reading::tables::WordRow;
use crate::reading::token::{Case, clean_form};

/// The fewest occurrences in plain text of a word that has the shape of a syllable but is not listed.
const MIN_SYLLABLE_COUNT: u32 = 2;
/// The fewest occurrences of an abbreviation or a foreign word.
const MIN_OTHER_COUNT: u32 = 5;
/// The fewest letters of a foreign word: shorter ones attract noise.
const MIN_FOREIGN_LETTERS: usize = 5;
/// The smallest share of capitals among the occurrences of an abbreviation.
const ACRONYM_CAPITALS: f32 = 0.8;

/// The number of occurrences of a form, by the way it is written.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    all: u32,
    upper: u32,
    /// Neither in capitals nor at the start of a sentence.
    inside: u32,
    /// Of those, the ones with a capital.
    inside_title: u32,
}

/// Returns the rows of the lexicon: the classes, then all words by their form.
pub(super) fn rows(sentences: &[Vec<CleanToken>], syllables: &[String]) -> Vec<WordRow> {
    let counts = counts(sentences);
    let listed: BTreeSet<String> = syllables.iter().map(|syllable| clean_form(syllable)).collect();
    let shapes = Shapes::of(&listed);
    let mut forms: BTreeMap<String, bool> = listed.iter().map(|form| (form.clone(), false)).collect();
    for (form, count) in &counts {
        let letters = form.chars().count();
        if forms.contains_key(form) || printed_codes(form).is_none() {
            continue;
        }
        // An abbreviation (`HĐND`) is nearly always in capitals; a word in a heading is so only now and then.
        let acronym = (2..=6).contains(&letters)
            && count.all >= MIN_OTHER_COUNT
            && count.upper as f32 >= ACRONYM_CAPITALS * count.all as f32;
        let syllable = count.all >= MIN_SYLLABLE_COUNT && shapes.fit(form);
        let foreign = letters >= MIN_FOREIGN_LETTERS && count.all >= MIN_OTHER_COUNT;
        if acronym || syllable || foreign {
            forms.insert(form.clone(), acronym && !syllable);
        }
    }
    for numeral in (2..=40).map(roman) {
        forms.entry(numeral).or_insert(true);
    }
    let classes = CLASSES.iter().map(|&class| (class.to_owned(), false));
    classes
        .chain(forms.into_iter().filter(|(form, _)| printed_codes(form).is_some()))
        .map(|(form, acronym)| WordRow {
            capital: counts.get(&form).map_or(128, |count| {
                ((count.inside_title as f32 + 0.5) / (count.inside as f32 + 2.0) * 255.0) as u8
            }),
            acronym,
            form,
        })
        .collect()
}

/// Counts the words of the sentences.
fn counts(sentences: &[Vec<CleanToken>]) -> BTreeMap<String, Count> {
    let mut counts: BTreeMap<String, Count> = BTreeMap::new();
    for sentence in sentences {
        for (at, token) in sentence.iter().enumerate() {
            let CleanToken::Word(form, case) = token else { continue };
            let count = counts.entry(form.clone()).or_default();
            count.all += 1;
            if *case == Case::Upper {
                count.upper += 1;
            } else if at > 0 {
                count.inside += 1;
                count.inside_title += u32::from(*case == Case::Title);
            }
        }
    }
    counts
}

/// The onsets and rimes of the listed syllables: other words that combine them may be syllables too.
struct Shapes {
    onsets: BTreeSet<String>,
    rimes: BTreeSet<String>,
}

impl Shapes {
    /// Splits the listed syllables.
    fn of(listed: &BTreeSet<String>) -> Self {
        let (onsets, rimes) = listed.iter().map(|form| split(form)).unzip();
        Self { onsets, rimes }
    }

    /// Returns true if `form` combines a listed onset with a listed rime and has a mark.
    fn fit(&self, form: &str) -> bool {
        let (onset, rime) = split(form);
        !form.is_ascii() && self.onsets.contains(&onset) && self.rimes.contains(&rime)
    }
}

/// Splits a syllable before its first vowel.
fn split(form: &str) -> (String, String) {
    let is_vowel = |char: char| printed_code(char).is_some_and(|code| "aeiouy".contains(folded_letter(code)));
    let at = form.find(is_vowel).unwrap_or(form.len());
    (form[..at].to_owned(), form[at..].to_owned())
}

/// Writes a number from 1 to 49 in small Roman numerals.
fn roman(number: usize) -> String {
    const TENS: [&str; 5] = ["", "x", "xx", "xxx", "xl"];
    const ONES: [&str; 10] = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    format!("{}{}", TENS[number / 10 % 5], ONES[number % 10])
}
