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
        tone_on_its_vowel(exact);
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

/// Moves the tone mark of a syllable with several vowels to the vowel where the rules have it.
///
/// That is the last vowel with a mark of its own (việt, người, thuốc), else the vowel before a final consonant (hoàn),
/// else the middle one of three (khoái), else the first (hòa, mía). The `u` of `qu` and the `i` of `gi` before a vowel
/// are no vowels (quý, già). Anything that is no syllable with one tone mark stays as it is.
///
/// Source: 1989/QĐ-BGDĐT of 25/5/2018, Điều 8, and the placement of hòa as in laws ([`place_tone`]).
fn tone_on_its_vowel(exact: &mut String) {
    let mut letters = [None; MAX_LETTERS];
    let mut len = 0;
    for char in exact.chars() {
        let (Some(place), Some(letter)) = (letters.get_mut(len), letter(char)) else {
            return;
        };
        *place = Some(letter);
        len += 1;
    }
    let letters = &letters[..len];
    let folded = |at: usize| letters.get(at).copied().flatten().map_or(0, |letter| letter.folded);
    let tones = || letters.iter().flatten().filter(|letter| letter.tone != '\0');
    let (Some(tone), 1) = (tones().next().map(|letter| letter.tone), tones().count()) else {
        return;
    };
    let Some(first) = (0..len).find(|&at| is_vowel(folded(at))) else {
        return;
    };
    let glide = match first.checked_sub(1).map(folded) {
        Some(b'q') if folded(first) == b'u' => true,
        Some(b'g') if first == 1 && folded(first) == b'i' => true,
        _ => false,
    };
    let first = first + usize::from(glide && is_vowel(folded(first + 1)));
    let end = (first..len).find(|&at| !is_vowel(folded(at))).unwrap_or(len);
    let ending: Vec<u8> = (end..len).map(folded).collect();
    if !ENDINGS.contains(&ending.as_slice()) {
        return;
    }
    let has_own_mark =
        |at: &usize| letters[*at].is_some_and(|letter| letter.toneless as u32 != u32::from(letter.folded));
    let place = match ((first..end).rev().find(has_own_mark), end - first) {
        (Some(marked), _) => marked,
        (None, 2) if !ending.is_empty() => first + 1,
        (None, 3) => first + 1,
        _ => first,
    };
    if letters[place].is_none_or(|letter| letter.tone != '\0') {
        return;
    }
    exact.clear();
    for (at, letter) in letters.iter().flatten().enumerate() {
        exact.push(match at == place {
            true => with_tone(letter.toneless, tone),
            false => letter.toneless,
        });
    }
}

/// Returns true if a folded letter is a vowel.
const fn is_vowel(folded: u8) -> bool {
    matches!(folded, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
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
            let mut folded = super::super::fold(given);
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
