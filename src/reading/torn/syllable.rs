//! The syllables that the spelling of Vietnamese allows, whether or not the lexicon has them.
//!
//! The lexicon was counted in laws. It lacks rare syllables and many names (`Quách`, `Lắk`), and it has a few misprints
//! that are none. So the letters of a torn word are checked by the rules of spelling: `ngh` + `iêng` is a syllable,
//! `b` + `ng` is none, and `mat` without a tone is none either, because an ending in c, ch, p or t takes sắc or nặng.
//!
//! Source: the onsets and rimes of the syllabus of Tiếng Việt 1 (32/2018/TT-BGDĐT), and the final k of place names in
//! the Central Highlands.

use crate::text::fold::letter;

/// The most letters of a syllable: `nghiêng`.
pub(super) const MAX_LETTERS: usize = 7;

/// The onsets.
const ONSETS: [&str; 27] = [
    "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph", "qu", "r",
    "s", "t", "th", "tr", "v", "x",
];

/// The onsets that are written before e, ê, i and y only.
const BEFORE_FRONT: [&str; 3] = ["gh", "k", "ngh"];
/// The onsets that are written before the other vowels only. An i after g belongs to `gì`, `gìn`.
const BEFORE_BACK: [&str; 2] = ["c", "ng"];

/// The vowels of rimes without their tone, each with the endings that it takes; `_` is none.
const RIMES: [(&str, &str); 28] = [
    ("a", "_ c ch i k m n ng nh o p t u y"),
    ("ă", "c k m n ng p t"),
    ("â", "c k m n ng p t u y"),
    ("e", "_ c k m n ng o p t"),
    ("ê", "_ ch k m n ng nh p t u"),
    ("i", "_ a c ch k m n nh p t u"),
    ("iê", "c m n ng p t u"),
    ("o", "_ c i k m n ng p t"),
    ("oa", "_ c ch i m n ng nh o p t y"),
    ("oă", "c m n ng t"),
    ("oe", "_ n o t"),
    ("oo", "c ng"),
    ("ô", "_ c i k m n ng p t"),
    ("ơ", "_ i m n p t"),
    ("u", "_ a c i k m n ng p t"),
    ("uâ", "n ng t y"),
    ("uê", "_ ch nh"),
    ("uô", "c i m n ng t"),
    ("uơ", "_ t"),
    ("uy", "_ a ch n nh p t u"),
    ("uyê", "n t"),
    ("ư", "_ a c i k m n ng t u"),
    ("ươ", "c i m n ng p t u"),
    ("y", "_ ch n nh p t"),
    ("yê", "m n ng t u"),
    // Loans and names: loong coong, Gia Rai's `ay`, bôông.
    ("ôô", "ng"),
    ("uă", "n ng t"),
    ("ue", "_"),
];

/// The most letters of a shard that may be the rest of a word; longer ones that are no syllables are foreign words.
const MAX_STRAY: usize = 4;

/// The words of one letter that documents have: `ở`, `ý kiến`, `y tế`, `ô nhiễm`, `ổ dịch`, `ủ bệnh`, `ỷ lại`, `à`,
/// `ạ`, `ơ`, `ư`, `ừ`.
const ONE_LETTER_WORDS: [char; 12] = ['ở', 'ý', 'y', 'ô', 'ổ', 'ủ', 'ỷ', 'à', 'ạ', 'ơ', 'ư', 'ừ'];

/// The tones that an ending in c, ch, k, p or t takes: sắc and nặng.
const STOPPED_TONES: [char; 2] = ['\u{301}', '\u{323}'];

/// Returns true if `form` (lower case, NFC) is spelled as a syllable.
pub(crate) fn is_syllable(form: &str) -> bool {
    let mut toneless = String::with_capacity(form.len());
    let mut tone = '\0';
    for (count, char) in form.chars().enumerate() {
        let Some(letter) = letter(char).filter(|_| count < MAX_LETTERS) else {
            return false;
        };
        if letter.tone != '\0' && std::mem::replace(&mut tone, letter.tone) != '\0' {
            return false; // two tones
        }
        toneless.push(letter.toneless);
    }
    let splits = toneless.char_indices().map(|(at, _)| at).take(4);
    splits.into_iter().any(|at| {
        let (onset, rime) = toneless.split_at(at);
        (onset.is_empty() || ONSETS.contains(&onset) && fits(onset, rime)) && is_rime(rime, tone)
    })
}

/// The letters of what may be the beginning of a syllable: consonants, vowels, consonants.
///
/// It tells cheaply how many shards can be one word; [`is_syllable`] decides whether they are.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Outline {
    onset: usize,
    vowels: usize,
    coda: usize,
    tones: usize,
}

impl Outline {
    /// Adds the letters of `form` (lower case, NFC); returns false if no syllable begins so.
    pub(super) fn push(&mut self, form: &str) -> bool {
        form.chars().all(|char| {
            let Some(letter) = letter(char) else {
                return false;
            };
            self.tones += usize::from(letter.tone != '\0');
            match letter.folded {
                b'a' | b'e' | b'i' | b'o' | b'u' | b'y' => self.vowels += 1,
                _ if self.vowels == 0 => self.onset += 1,
                _ => self.coda += 1,
            }
            let back = self.coda > 0 && matches!(letter.folded, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
            // `ngh`, the vowels of `khuỷu` and `quyệu`, `ch`.
            self.onset <= 3 && self.vowels <= 4 && self.coda <= 2 && self.tones <= 1 && !back
        })
    }
}

/// Returns true if a shard is no word, given its form in the lexicon: a consonant, a vowel that is none alone, `ng`,
/// `ngh`. Abbreviations are no words either.
pub(super) fn is_stray(form: &str) -> bool {
    let mut chars = form.chars();
    match (chars.next(), chars.next()) {
        (Some(one), None) => !ONE_LETTER_WORDS.contains(&one),
        _ => form.chars().count() <= MAX_STRAY && !is_syllable(form),
    }
}

/// Returns true if the spelling allows `onset` before `rime`.
fn fits(onset: &str, rime: &str) -> bool {
    let front = rime.starts_with(['e', 'ê', 'i', 'y']);
    match onset {
        _ if BEFORE_FRONT.contains(&onset) => front,
        _ if BEFORE_BACK.contains(&onset) => !front,
        "g" => !front || matches!(rime, "i" | "in" | "iêt"),
        _ => true,
    }
}

/// Returns true if `rime` is one that takes `tone`.
fn is_rime(rime: &str, tone: char) -> bool {
    let stopped = rime.ends_with(['c', 'k', 'p', 't']) || rime.ends_with("ch");
    (!stopped || STOPPED_TONES.contains(&tone))
        && RIMES.iter().any(|(vowels, endings)| {
            rime.strip_prefix(vowels).is_some_and(|ending| {
                let ending = if ending.is_empty() { "_" } else { ending };
                endings.split(' ').any(|other| other == ending)
            })
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_told_from_fragments() {
        let syllables = "đảng bộ được thường nghiêng quyết khuỷu gì giếng giữ ở ý quách lắk khuya uống yêu chuyện loong \
                         ủy uỷ ngoẳn quốc mười xoè thuở huơ khuây gìn";
        for form in syllables.split_whitespace() {
            assert!(is_syllable(form), "{form}");
        }
        let fragments = "b ng ngh mat cep ệc trịv vàb kả cẻ ngiêm nhữ, 12 chuynt aở quyểnn bàá đđ thựcn";
        for form in fragments.split(' ') {
            assert!(!is_syllable(form), "{form}");
        }
        assert!(!is_syllable(""));
    }
}
