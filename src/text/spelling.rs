//! One spelling for syllables that people write in two ways: hòa and hoà, kỹ and kĩ.

use super::fold::{letter, with_tone};

/// Brings both forms of a word to the one spelling; see [`Tokens::exact`](super::Tokens::exact).
///
/// `exact` is the word in lower case and NFC, `folded` the word without marks. Costs a look at the last two bytes for
/// most words.
#[inline]
pub(super) fn unify_spelling(exact: &mut String, folded: &mut String) {
    let bytes = folded.as_bytes();
    let len = bytes.len();
    if len < 2 {
        return;
    }
    let (onset, tail) = (&bytes[..len - 2], [bytes[len - 2], bytes[len - 1]]);
    match tail {
        _ if has_two_placements(onset, tail) => tone_on_first_vowel(exact),
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
