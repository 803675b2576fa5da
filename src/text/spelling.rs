//! One spelling for syllables that people write in several ways: hòa and hoà, kỹ and kĩ, việt and the slip vịêt.

use super::fold::{letter, with_tone};

/// Brings both forms of a word to the one spelling; see [`Tokens::exact`](super::Tokens::exact).
///
/// `exact` is the word in lower case and NFC, `folded` the word without marks. Costs a look at a few bytes for most
/// words.
#[inline]
pub(super) fn unify_spelling(exact: &mut String, folded: &mut String) {
    let bytes = folded.as_bytes();
    let len = bytes.len();
    if len < 2 {
        return;
    }
    let (onset, tail) = (&bytes[..len - 2], [bytes[len - 2], bytes[len - 1]]);
    if exact.len() > len && bytes.windows(2).any(|pair| pair.iter().all(|&byte| is_vowel(byte))) {
        tone_on_its_vowel(exact, folded);
    }
    match tail {
        // Elsewhere i and y are different words: vi and vy, tai and tay.
        [b'h' | b'k' | b'l' | b'm' | b's' | b't', b'i'] if onset.is_empty() => i_to_y(exact, folded),
        [b'u', b'i'] if onset == b"q" => i_to_y(exact, folded),
        _ => {}
    }
}

/// Places the tone mark of `syllable` (lower case, NFC) where laws and the Party's rules have it: hòa for hoà, ủy for
/// uỷ.
pub(crate) fn place_tone(syllable: &mut String) {
    let mut chars = syllable.chars();
    if let (Some(last), Some(first)) = (chars.next_back().and_then(letter), chars.next_back().and_then(letter))
        && has_two_placements(chars.as_str().as_bytes(), [first.folded, last.folded])
    {
        tone_on_first_vowel(syllable);
    }
}

/// Returns true if people write the tone mark of a syllable on either of its last two letters, `vowels`, given without
/// marks, after `onset`.
///
/// Only open syllables are written in two ways: hoà and hòa, but always hoàn. After q the u is not a vowel: quý. One
/// document may use both placements. Source: 1989/QĐ-BGDĐT of 25/5/2018, Điều 8.
#[inline]
fn has_two_placements(onset: &[u8], vowels: [u8; 2]) -> bool {
    match vowels {
        [b'o', b'a' | b'e'] => true,
        [b'u', b'y'] => onset != b"q",
        _ => false,
    }
}

/// Moves the tone mark of the last vowel to the vowel before it, if that one has none.
fn tone_on_first_vowel(exact: &mut String) {
    if exact.is_ascii() {
        return;
    }
    let mut chars = exact.chars();
    let (Some(last), Some(first)) = (chars.next_back().and_then(letter), chars.next_back().and_then(letter)) else {
        return;
    };
    if last.tone == '\0' || first.tone != '\0' || last.toneless as u32 != u32::from(last.folded) {
        return;
    }
    let keep = chars.as_str().len();
    exact.truncate(keep);
    exact.push(with_tone(first.toneless, last.tone));
    exact.push(last.toneless);
}

/// The consonants that end a syllable, without marks.
const ENDINGS: [&[u8]; 9] = [b"", b"c", b"ch", b"m", b"n", b"ng", b"nh", b"p", b"t"];

/// The most letters of a syllable: `nghiêng`.
const MAX_LETTERS: usize = 7;

/// Moves the tone mark of a syllable with several vowels to the vowel where the rules have it. `folded` is the syllable
/// without marks.
///
/// That is the last vowel with a mark of its own (việt, người, thuốc), else the vowel before a final consonant (hoàn),
/// else the middle one of three (khoái), else the first (hòa, mía). The `u` of `qu` and the `i` of `gi` before a vowel
/// are no vowels (quý, già). Anything that is no syllable with one tone mark stays as it is.
///
/// Source: 1989/QĐ-BGDĐT of 25/5/2018, Điều 8, and the placement of hòa as in laws ([`place_tone`]).
fn tone_on_its_vowel(exact: &mut String, folded: &str) {
    let bare = folded.as_bytes();
    // The tone and its letter, and the letters with a mark of their own, a bit for each.
    let (mut toned, mut own_marks) = (None, 0_u32);
    let mut len = 0;
    for char in exact.chars() {
        let Some(letter) = letter(char).filter(|_| len < MAX_LETTERS) else {
            return;
        };
        if letter.tone != '\0' && toned.replace((len, letter.tone)).is_some() {
            return;
        }
        own_marks |= u32::from(letter.toneless as u32 != u32::from(letter.folded)) << len;
        len += 1;
    }
    let (Some((toned, tone)), true) = (toned, len == bare.len()) else {
        return;
    };
    let is_vowel_at = |at: usize| bare.get(at).is_some_and(|&byte| is_vowel(byte));
    let Some(first) = (0..len).find(|&at| is_vowel_at(at)) else {
        return;
    };
    let glide = match (first.checked_sub(1).map(|at| bare[at]), bare[first]) {
        (Some(b'q'), b'u') => true,
        (Some(b'g'), b'i') => first == 1,
        _ => false,
    };
    let first = first + usize::from(glide && is_vowel_at(first + 1));
    let end = (first..len).find(|&at| !is_vowel_at(at)).unwrap_or(len);
    if !ENDINGS.contains(&&bare[end..]) {
        return;
    }
    let has_own_mark = |at: &usize| own_marks >> at & 1 == 1;
    let place = match ((first..end).rev().find(has_own_mark), end - first) {
        (Some(marked), _) => marked,
        (None, 2) if end < len => first + 1,
        (None, 3) => first + 1,
        _ => first,
    };
    // Nearly always it is there already.
    if place == toned {
        return;
    }
    let placed = exact.chars().enumerate().map(|(at, char)| match letter(char) {
        Some(letter) if at == place => with_tone(letter.toneless, tone),
        Some(letter) => letter.toneless,
        None => char,
    });
    *exact = placed.collect();
}

/// Returns true if a folded letter is a vowel.
const fn is_vowel(folded: u8) -> bool {
    /// A bit for each vowel: its place in the alphabet.
    const VOWELS: u32 = 1 << 0 | 1 << 4 | 1 << 8 | 1 << 14 | 1 << 20 | 1 << 24;
    let place = folded.wrapping_sub(b'a');
    place < 26 && VOWELS >> place & 1 == 1
}

/// Spells a final `i` as `y` and keeps its tone.
fn i_to_y(exact: &mut String, folded: &mut String) {
    let Some(last) = exact.pop().and_then(letter) else {
        return;
    };
    exact.push(with_tone('y', last.tone));
    folded.pop();
    folded.push('y');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tone_on_another_vowel_is_the_same_tone() {
        for (given, unified) in [
            ("vịên", "viện"),
            ("vịêt", "việt"),
            ("thùê", "thuề"),
            ("ngừơi", "người"),
            ("thúôc", "thuốc"),
            ("gìa", "già"),
            ("giừơng", "giường"),
            ("qúy", "quý"),
            ("qùan", "quàn"),
            ("hòan", "hoàn"),
            ("hoàn", "hoàn"),
            ("hoà", "hòa"),
            ("khóai", "khoái"),
            ("nửa", "nửa"),
            ("hữu", "hữu"),
            ("gì", "gì"),
            ("mìa", "mìa"),
            ("miá", "mía"),
            // Neither one syllable nor Vietnamese.
            ("cafétéria", "cafétéria"),
            ("naïve", "naïve"),
            ("đakrông", "đakrông"),
        ] {
            let mut exact = given.to_owned();
            let mut folded = crate::text::fold(given);
            unify_spelling(&mut exact, &mut folded);
            assert_eq!(exact, unified, "{given}");
        }
    }

    #[test]
    fn tone_marks_have_one_place() {
        for (given, placed) in [
            ("hoà", "hòa"),
            ("uỷ", "ủy"),
            ("thuỵ", "thụy"),
            ("quý", "quý"),
            ("hoàn", "hoàn"),
        ] {
            let mut syllable = given.to_owned();
            place_tone(&mut syllable);
            assert_eq!(syllable, placed);
        }
    }
}
