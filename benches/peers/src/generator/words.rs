//! Words that no list has: names, foreign words, numbers, dates.

use unicode_normalization::UnicodeNormalization;

use super::capitalized;
use super::random::Random;

/// Beginnings of syllables of Vietnamese.
const ONSETS: [&str; 24] = [
    "b", "c", "ch", "d", "đ", "g", "gi", "h", "kh", "l", "m", "n", "ng", "nh", "ph", "qu", "r", "s", "t", "th", "tr",
    "v", "x", "",
];

/// Ends of such syllables, `_` after the vowel that takes the tone.
const RHYMES: [&str; 48] = [
    "a_", "a_i", "a_m", "a_n", "a_ng", "a_nh", "a_o", "a_u", "ă_m", "ă_n", "ă_ng", "â_m", "â_n", "â_u", "e_", "e_m",
    "e_n", "e_o", "ê_", "ê_n", "ê_nh", "i_n", "i_nh", "iê_m", "iê_n", "iê_u", "o_i", "o_n", "o_ng", "oa_n", "ô_",
    "ô_i", "ô_n", "ô_ng", "ơ_", "ơ_i", "ơ_n", "u_", "u_n", "u_ng", "uô_n", "uô_ng", "ư_", "ư_ng", "ươ_i", "ươ_n",
    "ươ_ng", "uyê_n",
];

/// The tones, as marks that follow a vowel.
const TONES: [&str; 6] = ["", "\u{300}", "\u{301}", "\u{303}", "\u{309}", "\u{323}"];

/// Syllables of foreign names, in any order.
const FOREIGN: [&str; 28] = [
    "al", "ba", "cor", "da", "el", "fi", "gra", "hel", "in", "jo", "ka", "li", "mar", "ne", "or", "pe", "ro", "sa",
    "ti", "um", "ver", "wa", "xen", "yo", "zi", "ton", "stra", "net",
];

/// Number of foreign words; a long tail of words that few documents have.
const FOREIGN_WORDS: usize = 400_000;

/// A word that the model lacks: a syllable of a name, or a foreign word.
pub(super) fn unknown(random: &mut Random) -> String {
    if random.chance(0.7) {
        return capitalized(&rare(random));
    }
    let mut number = random.rank(FOREIGN_WORDS);
    let mut word = FOREIGN[number % FOREIGN.len()].to_owned();
    while number >= FOREIGN.len() {
        number /= FOREIGN.len();
        word.push_str(FOREIGN[number % FOREIGN.len()]);
    }
    capitalized(&word)
}

/// One of some 7,000 syllables, as many as Vietnamese has; laws have less than half of those.
pub(super) fn rare(random: &mut Random) -> String {
    /// The ranks are spread over the syllables by a number that has no divisor in common with theirs.
    const SPREAD: usize = 3001;
    let number = ONSETS.len() * RHYMES.len() * TONES.len();
    let rank = random.rank(number) * SPREAD % number;
    let (onset, rest) = (ONSETS[rank % ONSETS.len()], rank / ONSETS.len());
    let (rhyme, tone) = (RHYMES[rest % RHYMES.len()], TONES[rest / RHYMES.len()]);
    format!("{onset}{}", rhyme.replace('_', tone)).nfc().collect()
}

/// A number, share or year.
pub(super) fn number(random: &mut Random) -> String {
    match random.below(10) {
        0 => format!("{},{}%", random.below(100), random.below(10)),
        1 => format!("{}.{:03}", 1 + random.rank(900), random.below(1000)),
        2 => year(random).to_string(),
        _ => (1 + random.rank(400)).to_string(),
    }
}

/// A date in figures.
pub(super) fn date(random: &mut Random) -> String {
    format!("{}/{}/{}", 1 + random.below(28), 1 + random.below(12), year(random))
}

/// A year, the later the more likely.
pub(super) fn year(random: &mut Random) -> usize {
    2025 - random.rank(30)
}
