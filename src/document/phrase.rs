//! Fixed phrases of the outline, found in titles even where a scan misread some of their letters.
//!
//! Titles are compared in folded words. In misread text a phrase of several syllables is still certain when some
//! of them are wrong: `"Bai hgc kinh nghié¢m"` is `bài học kinh nghiệm`. In clean text every letter must be
//! right: there `CỘNG SẢN` is not `công văn`. This is the only place that says how much misreading is accepted.

use crate::text::fold;

/// The folded words of a text: the pieces between blanks and slashes, without signs.
#[derive(Debug, Default)]
pub(crate) struct FoldedWords {
    /// The words, each followed by a blank.
    folded: String,
    /// The offset in `folded` where each word ends.
    ends: Vec<usize>,
    /// For each word, true if a comma, a semicolon or a colon follows it.
    stops: Vec<bool>,
    /// True if letters of the text may be wrong.
    misread: bool,
}

impl FoldedWords {
    /// Folds `text` and cuts it into words; signs inside a word (`"THU'C"`) are dropped. `misread`: a scan may
    /// have got letters of it wrong ([`Reading::is_misread`](crate::reading::Reading::is_misread)).
    pub(crate) fn of(text: &str, misread: bool) -> Self {
        let mut words = Self {
            misread,
            ..Self::default()
        };
        for piece in text.split(|c: char| c.is_whitespace() || c == '/') {
            let start = words.folded.len();
            words.folded.extend(fold(piece).chars().filter(|c| c.is_alphanumeric()));
            let stop = piece.ends_with([',', ';', ':']);
            if words.folded.len() == start {
                if let Some(last) = words.stops.last_mut() {
                    *last |= stop;
                }
                continue;
            }
            words.ends.push(words.folded.len());
            words.stops.push(stop);
            words.folded.push(' ');
        }
        words
    }

    /// Returns true if letters of the text may be wrong.
    pub(crate) fn is_misread(&self) -> bool {
        self.misread
    }

    /// Returns the number of words.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Returns the words from word `index` on, each followed by a blank.
    fn folded_from(&self, index: usize) -> &str {
        let start = match index.checked_sub(1) {
            None => 0,
            Some(before) => self.ends.get(before).map_or(self.folded.len(), |end| end + 1),
        };
        self.folded.get(start..).unwrap_or("")
    }

    /// Returns word `index`, or `""`.
    pub(crate) fn get(&self, index: usize) -> &str {
        let Some(&end) = self.ends.get(index) else { return "" };
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before] + 1);
        &self.folded[start..end]
    }

    /// Returns true if a comma, semicolon or colon follows word `index`.
    pub(crate) fn stops_after(&self, index: usize) -> bool {
        self.stops.get(index).copied().unwrap_or(false)
    }

    /// Returns true if `phrase` (folded, one blank between syllables) begins at word `at`.
    ///
    /// In misread text n/2 letters, rounded up, of a phrase of n syllables may be wrong in all, at most two of
    /// them in one syllable and one in a syllable of three letters; a phrase of one syllable must be right.
    pub(crate) fn has_at(&self, at: usize, phrase: &str) -> bool {
        if !self.misread {
            return self
                .folded_from(at)
                .strip_prefix(phrase)
                .is_some_and(|rest| rest.starts_with(' '));
        }
        let syllables = 1 + phrase.bytes().filter(|&byte| byte == b' ').count();
        let mut budget = if syllables == 1 { 0 } else { syllables.div_ceil(2) };
        for (offset, syllable) in phrase.split(' ').enumerate() {
            match self.mistakes(at + offset, syllable) {
                Some(cost) if cost <= budget => budget -= cost,
                _ => return false,
            }
        }
        true
    }

    /// Returns true if word `at` is the syllable `syllable`, in misread text with as many letters wrong as its
    /// length allows.
    pub(crate) fn near(&self, at: usize, syllable: &str) -> bool {
        self.mistakes(at, syllable).is_some()
    }

    /// Returns true if these words are `phrase`, in misread text with at most `max_wrong` letters wrong in each
    /// syllable.
    pub(crate) fn resembles(&self, phrase: &str, max_wrong: usize) -> bool {
        let syllables = phrase.split(' ');
        syllables
            .enumerate()
            .all(|(at, syllable)| self.mistakes(at, syllable).is_some_and(|wrong| wrong <= max_wrong))
    }

    /// Returns true if these words are `phrase` and no more.
    pub(crate) fn is(&self, phrase: &str) -> bool {
        self.len() == 1 + phrase.matches(' ').count() && self.has_at(0, phrase)
    }

    /// Returns true if `phrase` begins at any word.
    pub(crate) fn has(&self, phrase: &str) -> bool {
        (0..self.len()).any(|at| self.has_at(at, phrase))
    }

    /// Returns the number of wrong letters in word `at` read as `syllable`, or `None` if it is another syllable.
    fn mistakes(&self, at: usize, syllable: &str) -> Option<usize> {
        let word = self.get(at);
        if self.misread {
            mistakes(word, syllable)
        } else {
            (word == syllable).then_some(0)
        }
    }
}

/// Returns the number of letters by which `word` differs from `syllable`, or `None` if it is another syllable.
fn mistakes(word: &str, syllable: &str) -> Option<usize> {
    if word == syllable {
        return Some(0);
    }
    let allowed = match syllable.len() {
        0..=2 => return (word.len() == syllable.len() && shares_letter(word, syllable)).then_some(1),
        3 => 1,
        _ => 2,
    };
    // A letter that only one of the two has costs an edit. This rejects most words without computing a
    // distance.
    let (one, other) = (letters_of(word), letters_of(syllable));
    if word.len().abs_diff(syllable.len()) > allowed
        || (one & !other).count_ones().max((other & !one).count_ones()) as usize > allowed
    {
        return None;
    }
    let distance = edit_distance(word.as_bytes(), syllable.as_bytes())?;
    (distance <= allowed).then_some(distance)
}

/// Returns the set of letters of a folded word, a bit for each (two may share one).
fn letters_of(word: &str) -> u32 {
    word.bytes().fold(0, |set, byte| set | 1 << (byte & 31))
}

/// Returns true if two words of the same length have the same letter at some position.
fn shares_letter(one: &str, other: &str) -> bool {
    one.bytes().zip(other.bytes()).any(|(a, b)| a == b)
}

/// Returns the Levenshtein distance of two words of at most 12 bytes (no syllable has more than 7 letters),
/// or `None` if a word is longer or their lengths differ by more than 2.
fn edit_distance(one: &[u8], other: &[u8]) -> Option<usize> {
    const MAX_LEN: usize = 12;
    if one.is_empty() || one.len() > MAX_LEN || other.len() > MAX_LEN || one.len().abs_diff(other.len()) > 2 {
        return None;
    }
    let mut row: [usize; MAX_LEN + 1] = std::array::from_fn(|i| i);
    for (i, a) in one.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let cost = (diagonal + usize::from(a != b)).min(row[j] + 1).min(row[j + 1] + 1);
            diagonal = row[j + 1];
            row[j + 1] = cost;
        }
    }
    Some(row[other.len()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misread_phrases_are_found_and_others_are_not() {
        let rows = [
            ("Bai hgc kinh nghié¢m", "bai hoc kinh nghiem", true),
            ("KET QUA THU'C HIEN", "ket qua thuc hien", true),
            ("Nguyén nhén chu quan:", "nguyen nhan chu quan", true),
            ("Nhi€ém vu trong tam", "nhiem vu", true),
            ("Hạn chế, khuyết điểm", "han che", true),
            ("Công tác dân vận", "cong tac can bo", false),
            ("Hội nghị", "han che", false),
            ("Phần lớn đảng viên", "phan", true),
            ("Phán đấu", "phan dau", true),
            ("Pham vi", "phan", false),
        ];
        for (text, phrase, found) in rows {
            assert_eq!(FoldedWords::of(text, true).has_at(0, phrase), found, "{text}");
        }
    }

    #[test]
    fn in_clean_text_every_letter_counts() {
        let rows = [
            ("CỘNG SẢN VIỆT NAM", "cong van", false),
            ("CÔNG VĂN", "cong van", true),
            ("Bai hgc kinh nghiệm", "bai hoc kinh nghiem", false),
            ("Bài học kinh nghiệm", "bai hoc kinh nghiem", true),
        ];
        for (text, phrase, found) in rows {
            assert_eq!(FoldedWords::of(text, false).has_at(0, phrase), found, "{text}");
        }
    }
}
