//! Text from before Unicode that no font tells: its encoding shows in the text itself.
//!
//! People paste old text into new documents (`®¶ng ñy x·`, `Ñaûng uûy xaõ`), and old files hold its bytes, or VIQR.
//! Each line is converted by each table, and the syllables that come out are counted: nearly all words of the right
//! encoding are syllables, a third at most of a wrong one. A document may mix encodings line by line; what its lines
//! say together decides those that say little on their own.
//!
//! A line without letters beyond ASCII that are foreign to Vietnamese, and without a circumflex after a vowel, is never
//! looked at: Unicode costs one pass over its bytes.

use super::Encoding;
use super::code_page::is_only_unicode;
use super::viqr::{self, SyllableCost, ViqrKind, may_be_viqr};

/// A line converted to Unicode.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConvertedLine {
    /// The encoding of its letters.
    pub encoding: Encoding,
    /// Its text in Unicode, with the blanks of ASCII where the line has them.
    pub text: String,
}

/// The encodings that a line is tried in. The first wins where two say the same.
const CANDIDATES: [Encoding; 5] = [
    Encoding::Tcvn3,
    Encoding::Vni,
    Encoding::Viscii,
    Encoding::Cp1258,
    Encoding::Viqr,
];

/// The fewest different words that must become syllables by an encoding before a document or a line of Unicode is said
/// to be in it.
const MIN_WORDS: usize = 3;

/// The fewest such words of a line whose document says nothing: clean documents have lines of foreign names.
const MIN_WORDS_OF_LINE: usize = 4;

/// The share of the words that an encoding changes which must be syllables then. The right encoding has .97, where the
/// soft hyphens of TCVN3 were lost .9; a wrong one at most .32.
const MIN_SHARE: f32 = 0.75;

/// The same share for a line of a document that is in this encoding: names and abbreviations are no syllables.
const MIN_SHARE_IN_DOCUMENT: f32 = 0.4;

/// The share of all words, ASCII among them, that must be syllables in the lines of an encoding: French and Portuguese
/// have .3.
const MIN_SHARE_OF_ALL: f32 = 0.6;

/// Returns true if `text` may have a line from before Unicode. Costs one pass over its bytes.
///
/// ```
/// use vankien::text::may_be_legacy;
/// assert!(may_be_legacy("®¶ng ñy x·") && may_be_legacy("DDa?ng bo^."));
/// assert!(!may_be_legacy("Đảng ủy xã và Chi bộ ấp 5"));
/// ```
#[must_use]
pub fn may_be_legacy(text: &str) -> bool {
    has_foreign_letter(text) || may_be_viqr(text)
}

/// Converts those of `lines` that are from before Unicode; `None` for the others.
///
/// The chars of a line stand for the bytes of its encoding, as Latin-1 or windows-1252 has them. `lines` are the lines
/// or paragraphs of one document.
///
/// ```
/// use vankien::text::{Encoding, converted_lines};
/// let known = ["đảng", "ủy", "xã", "tỉnh", "bộ"];
/// let cost = |word: &str| known.contains(&word).then_some(1.0);
/// let lines = converted_lines(&["Số 5", "®¶ng ñy x·, ®¶ng bé tØnh"], &cost);
/// let line = lines[1].as_ref().unwrap();
/// assert_eq!((line.encoding, line.text.as_str()), (Encoding::Tcvn3, "đảng ủy xã, đảng bộ tỉnh"));
/// assert_eq!(lines[0], None);
/// ```
#[must_use]
pub fn converted_lines(lines: &[&str], cost: SyllableCost<'_>) -> Vec<Option<ConvertedLine>> {
    if !lines.iter().any(|line| may_be_legacy(line)) {
        return vec![None; lines.len()];
    }
    let tallies: Vec<Option<LineTally>> = lines
        .iter()
        .map(|line| may_be_legacy(line).then(|| LineTally::of(line, cost)))
        .collect();
    let document = DocumentTally::of(tallies.iter().flatten());
    let convert = |(line, tally): (&&str, Option<LineTally>)| {
        let tally = tally.or_else(|| document.is_told().then(|| LineTally::of(line, cost)))?;
        let encoding = document.encoding_of(&tally)?;
        let text = encoding.decode(line, cost);
        (text != **line).then_some(ConvertedLine { encoding, text })
    };
    lines.iter().zip(tallies).map(convert).collect()
}

/// The counts of the words of a line in one encoding.
#[derive(Clone, Debug, Default)]
struct Tally {
    /// Number of words that the encoding changes.
    changed: usize,
    /// Number of those that are syllables then.
    syllables: usize,
    /// Number of those that are syllables as they are.
    before: usize,
    /// Number of words that it leaves as they are, all ASCII.
    plain: usize,
    /// Number of those that are syllables.
    plain_syllables: usize,
    /// Up to [`MIN_WORDS_OF_LINE`] different ones of the syllables.
    different: Vec<String>,
}

impl Tally {
    /// Counts a word: `before` tells if it is a syllable as it is, `after` is the syllable that it becomes.
    fn push(&mut self, before: bool, after: Option<String>) {
        self.changed += 1;
        self.before += usize::from(before);
        if let Some(syllable) = after {
            self.syllables += 1;
            self.keep(&syllable);
        }
    }

    /// Counts a word of ASCII that stays.
    fn push_plain(&mut self, is_syllable: bool) {
        self.plain += 1;
        self.plain_syllables += usize::from(is_syllable);
    }

    /// Remembers a syllable if few are.
    fn keep(&mut self, syllable: &str) {
        if self.different.len() < MIN_WORDS_OF_LINE && !self.different.iter().any(|known| known == syllable) {
            self.different.push(syllable.to_owned());
        }
    }

    /// Adds the counts of another line.
    fn add(&mut self, other: &Self) {
        self.changed += other.changed;
        self.syllables += other.syllables;
        self.before += other.before;
        self.plain += other.plain;
        self.plain_syllables += other.plain_syllables;
        other.different.iter().for_each(|syllable| self.keep(syllable));
    }

    /// Returns true if at least this share of the changed words are syllables, and more than were before.
    fn holds(&self, share: f32) -> bool {
        self.syllables as f32 >= share * self.changed as f32 && self.syllables > self.before
    }

    /// Returns true if enough of all words are syllables.
    fn holds_in_all(&self) -> bool {
        let all = self.changed + self.plain;
        (self.syllables + self.plain_syllables) as f32 >= MIN_SHARE_OF_ALL * all as f32
    }
}

/// The counts of a line in all encodings.
#[derive(Clone, Debug, Default)]
struct LineTally {
    /// In each of [`CANDIDATES`].
    tallies: [Tally; CANDIDATES.len()],
    /// Number of words with letters that only Unicode has.
    unicode: usize,
}

impl LineTally {
    /// Counts the words of `line`.
    fn of(line: &str, cost: SyllableCost<'_>) -> Self {
        let mut tally = Self::default();
        for word in line.split(ends_word) {
            if word.chars().any(is_only_unicode) {
                tally.unicode += 1;
            } else if word.is_ascii() {
                tally.push_ascii(word, cost);
            } else if word.contains(|char: char| char.is_ascii_alphabetic()) {
                tally.push_marked(word, cost);
            }
        }
        if may_be_viqr(line) || line.is_ascii() {
            tally.push_viqr(line, cost);
        }
        tally
    }

    /// Counts a word of ASCII letters.
    fn push_ascii(&mut self, word: &str, cost: SyllableCost<'_>) {
        if word.len() > 1 {
            let is_syllable = syllable(word, cost).is_some();
            // The letters of VIQR end at its signs, so that its words are others.
            let [code_pages @ .., _] = &mut self.tallies;
            code_pages.iter_mut().for_each(|tally| tally.push_plain(is_syllable));
        }
    }

    /// Counts a word with letters beyond ASCII.
    fn push_marked(&mut self, word: &str, cost: SyllableCost<'_>) {
        let before = syllable(word, cost).is_some();
        for (tally, encoding) in self.tallies.iter_mut().zip(CANDIDATES) {
            if let Some(page) = encoding.code_page() {
                let decoded = page.decode(word);
                if decoded != word {
                    tally.push(before, syllable(&decoded, cost));
                }
            }
        }
    }

    /// Counts the words of `line` as VIQR.
    fn push_viqr(&mut self, line: &str, cost: SyllableCost<'_>) {
        let [.., tally] = &mut self.tallies;
        for piece in viqr::pieces(line, cost) {
            // A letter alone is a formula or a table of letters: `e^`.
            if piece.text.chars().nth(1).is_none() {
                continue;
            }
            let found = syllable(&piece.text, cost);
            match piece.kind {
                ViqrKind::Marked => tally.push(false, found),
                ViqrKind::Plain => tally.push_plain(found.is_some()),
                ViqrKind::Between => {}
            }
        }
    }

    /// Returns the place in [`CANDIDATES`] of that encoding, of those that are possible, which makes most syllables.
    fn best(&self, is_possible: impl Fn(&usize) -> bool) -> Option<usize> {
        let gain = |place: &usize| {
            let tally = self.tallies.get(*place)?;
            Some(tally.syllables as isize - tally.before as isize)
        };
        // Of equal ones `max_by_key` gives the last.
        (0..CANDIDATES.len()).rev().filter(is_possible).max_by_key(gain)
    }
}

/// The encodings of a document.
#[derive(Clone, Debug, Default)]
struct DocumentTally {
    /// For each of [`CANDIDATES`], the counts of the lines that it suits best.
    lines: [LineTally; CANDIDATES.len()],
}

impl DocumentTally {
    /// Adds up the counts of lines.
    fn of<'t>(tallies: impl Iterator<Item = &'t LineTally>) -> Self {
        let mut document = Self::default();
        for tally in tallies {
            let Some(best) = tally.best(|_| true) else { continue };
            if let (Some(sum), Some(counts)) = (document.lines.get_mut(best), tally.tallies.get(best)) {
                if let Some(sum) = sum.tallies.get_mut(best) {
                    sum.add(counts);
                }
                sum.unicode += tally.unicode;
            }
        }
        document
    }

    /// Returns true if the document has lines in the encoding at `place` of [`CANDIDATES`].
    fn has(&self, place: usize) -> bool {
        let Some(line) = self.lines.get(place) else {
            return false;
        };
        line.tallies
            .get(place)
            .is_some_and(|tally| tally.different.len() >= MIN_WORDS && tally.holds(MIN_SHARE) && tally.holds_in_all())
    }

    /// Returns true if the document has lines in any encoding from before Unicode.
    fn is_told(&self) -> bool {
        (0..CANDIDATES.len()).any(|place| self.has(place))
    }

    /// Returns the encoding of a line; `None` for Unicode.
    fn encoding_of(&self, line: &LineTally) -> Option<Encoding> {
        let is_possible = |&place: &usize| {
            line.tallies.get(place).is_some_and(|tally| {
                let is_told = tally.different.len() >= MIN_WORDS_OF_LINE
                    && tally.holds(MIN_SHARE)
                    && tally.holds_in_all()
                    && tally.syllables > line.unicode;
                let is_documents =
                    || self.has(place) && tally.holds(MIN_SHARE_IN_DOCUMENT) && tally.syllables >= line.unicode;
                is_told || is_documents()
            })
        };
        let place = line.best(is_possible)?;
        CANDIDATES.get(place).copied()
    }
}

/// Returns true if `char` ends a word. The control characters of VISCII are letters.
fn ends_word(char: char) -> bool {
    char.is_ascii_whitespace() || char.is_ascii() && !char.is_ascii_alphabetic() && !char.is_ascii_control()
}

/// Returns the syllable that `word` is, without the punctuation around it.
fn syllable(word: &str, cost: SyllableCost<'_>) -> Option<String> {
    let bare = word.trim_matches(|char: char| !char.is_alphabetic()).to_lowercase();
    cost(&bare).is_some().then_some(bare)
}

/// Returns true if a letter of ASCII stands next to a char of Latin-1 that Vietnamese does not have.
fn has_foreign_letter(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr2_iter(0xc2, 0xc3, bytes).any(|at| {
        let is_foreign = match (bytes.get(at), bytes.get(at + 1)) {
            (Some(0xc2), Some(&second)) => second >= 0xa1,
            (_, Some(&second)) => FOREIGN_LETTERS.contains(&second),
            _ => false,
        };
        let is_letter = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphabetic() || *byte >= 0xc2);
        is_foreign && (is_letter(at.checked_sub(1).and_then(|at| bytes.get(at))) || is_letter(bytes.get(at + 2)))
    })
}

/// The second bytes of the letters of U+00C0 to U+00FF that Vietnamese does not have, in UTF-8.
const FOREIGN_LETTERS: [u8; 32] = [
    0x84, 0x85, 0x86, 0x87, 0x8b, 0x8e, 0x8f, 0x90, 0x91, 0x96, 0x97, 0x98, 0x9b, 0x9c, 0x9e,
    0x9f, // ÄÅÆÇËÎÏÐÑÖ×ØÛÜÞß
    0xa4, 0xa5, 0xa6, 0xa7, 0xab, 0xae, 0xaf, 0xb0, 0xb1, 0xb6, 0xb7, 0xb8, 0xbb, 0xbc, 0xbe,
    0xbf, // äåæçëîïðñö÷øûüþÿ
];

#[cfg(test)]
mod tests {
    use super::*;

    /// The syllables that the tests know.
    const KNOWN: &str = "đảng bộ tỉnh ủy xã đã chỉ thị nghị quyết số về công tác năm cán cho các chi cơ quan \
        việt nam và của là";

    /// A cost that knows [`KNOWN`].
    fn cost(syllable: &str) -> Option<f32> {
        KNOWN.split(' ').any(|known| known == syllable).then_some(1.0)
    }

    /// Returns the encoding and the text that each of `lines` is converted to.
    fn converted(lines: &[&str]) -> Vec<Option<(Encoding, String)>> {
        let lines = converted_lines(lines, &cost).into_iter();
        lines.map(|line| line.map(|line| (line.encoding, line.text))).collect()
    }

    /// The line in this encoding.
    fn line(encoding: Encoding, text: &str) -> Option<(Encoding, String)> {
        Some((encoding, text.to_owned()))
    }

    #[test]
    fn each_line_tells_its_encoding() {
        let rows = [
            (
                Encoding::Tcvn3,
                "§¶ng bé tØnh vÒ c«ng t¸c c¸n bé",
                "Đảng bộ tỉnh về công tác cán bộ",
            ),
            (
                Encoding::Vni,
                "Ñaûng boä tænh veà coâng taùc caùn boä",
                "Đảng bộ tỉnh về công tác cán bộ",
            ),
            (
                Encoding::Viscii,
                "\u{d0}äng bµ tïnh v« công tác cán bµ",
                "Đảng bộ tỉnh về công tác cán bộ",
            ),
            (
                Encoding::Cp1258,
                "ÐaÒng bôò tiÒnh vêÌ công taìc caìn bôò",
                "Đảng bộ tỉnh về công tác cán bộ",
            ),
            (
                Encoding::Viqr,
                "DDa?ng bo^. ti?nh ve^` co^ng ta'c ca'n bo^.",
                "Đảng bộ tỉnh về công tác cán bộ",
            ),
        ];
        let lines: Vec<&str> = rows.iter().map(|row| row.1).collect();
        for ((encoding, _, text), found) in rows.iter().zip(converted(&lines)) {
            assert_eq!(found, line(*encoding, text));
        }
        for (encoding, written, text) in rows {
            assert_eq!(converted(&[written, "Số 5"])[0], line(encoding, text));
        }
    }

    #[test]
    fn a_document_tells_the_encoding_of_its_short_lines() {
        let lines = converted(&[
            "Sè 5",
            "§¶ng bé tØnh vÒ c«ng t¸c",
            "NGHÞ QUYÕT",
            "Đảng bộ xã",
            "café",
            "C¸n bé",
            "5 °C",
        ]);
        assert_eq!(lines[0], line(Encoding::Tcvn3, "Số 5"));
        assert_eq!(lines[2], line(Encoding::Tcvn3, "NGHỊ QUYẾT"));
        assert_eq!(lines[5], line(Encoding::Tcvn3, "Cán bộ"));
        assert_eq!([&lines[3], &lines[4], &lines[6]], [&None; 3]);
        assert_eq!(converted(&["Sè 5"]), [None]);
    }

    #[test]
    fn text_of_today_stays() {
        let rows = [
            "Đảng bộ tỉnh về công tác cán bộ, “năm” số 5",
            "Où est l’été à la française ? Déjà vu, naïf, Noël, coût, goût",
            "A opinião não é só da União: São João, coração, saúde, país",
            "Über die Straße: Größe, Tür, für, schön, Mädchen, Äpfel",
            "x^2 + a^(n+1), [^a-z]+, re^.*$, o+', foo(a.b), e.g. don't",
            "Vietnamese: cong tac can bo. DDD, add, o^o",
            "35 °C ± 2 §§ 5, 6 «năm» Microsoft® © 2025 · số",
            "",
        ];
        assert_eq!(converted(&rows), vec![None; rows.len()]);
    }
}
