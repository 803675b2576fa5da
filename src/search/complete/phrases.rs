//! The phrases of a corpus: runs of syllables that it repeats, found by their beginning with or without marks.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use crate::index::{Error, Index};
use crate::reading::Quality;
use crate::record::Parsed;
use crate::text::{TokenKind, Tokens, fold};

/// Syllables of the shortest phrase: more than one, which is at most a word.
const MIN_SYLLABLES: usize = 2;

/// Syllables of the longest phrase: "nâng cao năng lực lãnh đạo, sức chiến đấu" has nine, and fits in a line of
/// suggestions.
const MAX_SYLLABLES: usize = 9;

/// Syllables of the longest run that is counted: one more than a phrase has, to see how the longest phrases continue.
const MAX_COUNTED: usize = MAX_SYLLABLES + 1;

/// Bytes of text that are counted. Of a larger corpus every second, third ... document is counted: phrases worth
/// suggesting occur in all of them, and counting takes a second or two and less than 100 MB of memory.
const COUNTED_BYTES: u64 = 8_000_000;

/// Occurrences of the rarest phrase.
const MIN_COUNT: u32 = 2;

/// Maximum number of phrases; the most frequent ones are kept.
const MAX_PHRASES: usize = 100_000;

/// A phrase that continues the same way in a larger share of its occurrences is a fragment of the longer phrase: by
/// "hội đồng nhân" people mean "hội đồng nhân dân". Chosen by reading the suggestions for the seeds, as is
/// [`TAIL_SHARE`].
const FRAGMENT_SHARE: f64 = 0.7;

/// The same share for one syllable before the phrase. It is larger: "thành phố cần thơ" is worth suggesting although
/// mostly "đảng bộ" comes before it, but "bộ thành phố" is not.
const TAIL_SHARE: f64 = 0.9;

/// Syllables at which no phrase begins or ends: they tie it to the words before or after.
const TIES: [&str; 43] = [
    "bằng", "bị", "các", "cho", "còn", "có", "của", "cùng", "cũng", "do", "được", "đã", "đang", "đến", "để", "gồm",
    "hay", "hoặc", "khi", "là", "luôn", "mà", "một", "nên", "nhằm", "như", "những", "này", "ở", "phải", "rất", "sẽ",
    "tại", "theo", "thì", "trong", "trên", "từ", "vào", "và", "về", "việc", "với",
];

/// The punctuation that may be between two syllables of a phrase, beside blanks, and its form in a suggestion.
const JOINTS: [(&str, &str); 4] = [("", ""), (",", ","), ("-", " -"), ("\u{2013}", " -")];

/// The number of a syllable; 0 for a break between runs.
type Number = u16;

/// The numbers of the syllables of a phrase, then zeros.
type PhraseKey = [Number; MAX_COUNTED];

/// A phrase that the corpus repeats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CorpusPhrase {
    /// Its syllables without marks, as it is looked up.
    folded: String,
    /// With its marks, in lower case.
    pub(super) text: String,
    /// Number of occurrences in the text that was counted.
    pub(super) count: u32,
}

/// Phrases with one beginning that are looked through; of more, such as those of one letter, the most frequent are looked
/// for among all phrases.
const MAX_SORTED: usize = 256;

/// The phrases of a corpus.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    /// All phrases, sorted by their folded forms.
    sorted: Vec<CorpusPhrase>,
    /// Their places in `sorted`, the most frequent first, equally frequent ones by text.
    by_count: Vec<u32>,
}

impl Phrases {
    /// Sorts `phrases`.
    fn of(mut phrases: Vec<CorpusPhrase>) -> Self {
        phrases.sort_unstable_by(|one, other| one.folded.cmp(&other.folded).then_with(|| one.text.cmp(&other.text)));
        let mut by_count: Vec<u32> = (0..).take(phrases.len()).collect();
        by_count.sort_unstable_by(|&one, &other| likelier(&phrases[one as usize], &phrases[other as usize]));
        Self {
            sorted: phrases,
            by_count,
        }
    }

    /// Returns the phrases that begin with `typed`, most frequent first. Phrases whose marks contradict the marks that
    /// were typed are left out.
    pub(super) fn beginning(&self, typed: &str, limit: usize) -> Vec<&CorpusPhrase> {
        let exact = normalized(typed);
        let folded = fold(&exact);
        if folded.trim().is_empty() {
            return Vec::new();
        }
        let first = self
            .sorted
            .partition_point(|phrase| phrase.folded.as_str() < folded.as_str());
        let begins = |phrase: &CorpusPhrase| phrase.folded.starts_with(&folded);
        let beginning = first..first + self.sorted[first..].partition_point(begins);
        let is_meant = |phrase: &&CorpusPhrase| agrees(&phrase.text, &exact);
        if beginning.len() > MAX_SORTED {
            let places = self.by_count.iter().map(|&place| place as usize);
            let found = places
                .filter(|place| beginning.contains(place))
                .map(|place| &self.sorted[place]);
            return found.filter(is_meant).take(limit).collect();
        }
        let mut found: Vec<&CorpusPhrase> = self.sorted[beginning].iter().filter(is_meant).collect();
        found.sort_by(|one, other| likelier(one, other));
        found.truncate(limit);
        found
    }
}

/// Compares two phrases, the more frequent one first, equally frequent ones by text.
fn likelier(one: &CorpusPhrase, other: &CorpusPhrase) -> Ordering {
    other.count.cmp(&one.count).then_with(|| one.text.cmp(&other.text))
}

/// Returns `typed` in the form of the phrases: syllables in lower case with one blank between, and a blank at the end
/// if one was typed.
fn normalized(typed: &str) -> String {
    let mut tokens = Tokens::new(typed);
    let mut normalized = String::with_capacity(typed.len());
    while let Some(token) = tokens.advance() {
        if matches!(token.kind, TokenKind::Word | TokenKind::Number) {
            if !normalized.is_empty() {
                normalized.push(' ');
            }
            normalized.push_str(tokens.exact());
        }
    }
    if typed.ends_with(char::is_whitespace) && !normalized.is_empty() {
        normalized.push(' ');
    }
    normalized
}

/// Returns true if `text` has the marks of `typed`. A syllable typed without marks agrees with any.
fn agrees(text: &str, typed: &str) -> bool {
    let (text, typed) = (normalized(text), typed.split(' ').collect::<Vec<_>>());
    let mut pairs = text.split(' ').zip(&typed).enumerate();
    pairs.all(|(at, (syllable, asked))| {
        let unmarked = fold(asked) == **asked;
        unmarked || syllable == *asked || (at + 1 == typed.len() && syllable.starts_with(asked))
    })
}

/// Counts the phrases of a corpus.
#[derive(Default)]
pub(super) struct PhraseCounter {
    numbers: HashMap<String, Number>,
    /// By number, from 1.
    syllables: Vec<CountedSyllable>,
    /// All syllables in order, with a break after each run that no other punctuation interrupts.
    runs: Vec<Number>,
    /// Number of occurrences of each of [`JOINTS`] between two syllables.
    joints: HashMap<(Number, Number), [u32; JOINTS.len()]>,
}

/// A syllable of the corpus.
struct CountedSyllable {
    text: String,
    /// True if no phrase begins or ends with it; see [`TIES`].
    is_tie: bool,
}

impl PhraseCounter {
    /// Adds the text of a document. Damaged text is skipped: its misreadings are nothing to suggest.
    pub(super) fn add(&mut self, parsed: &Parsed) {
        if parsed.document.metadata.quality != Quality::Clean {
            return;
        }
        for record in parsed.passage_records() {
            self.add_text(&record.text);
        }
    }

    /// Adds the runs of a text.
    fn add_text(&mut self, text: &str) {
        let mut last = 0;
        let mut end = 0;
        let mut tokens = Tokens::new(text);
        while let Some(token) = tokens.advance() {
            let gap = text.get(end..token.span.start).unwrap_or(".").trim();
            let joint = JOINTS.iter().position(|(written, _)| *written == gap);
            end = token.span.end;
            let number = match token.kind {
                TokenKind::Word => self.number(tokens.exact()),
                _ => 0,
            };
            match joint {
                Some(joint) if last != 0 && number != 0 => {
                    self.joints.entry((last, number)).or_default()[joint] += 1;
                }
                _ => self.runs.push(0),
            }
            self.runs.push(number);
            last = number;
        }
        self.runs.push(0);
    }

    /// Returns the number of a syllable. Returns that of a break once all numbers are used, which takes more syllables
    /// than Vietnamese and the names in it have.
    fn number(&mut self, syllable: &str) -> Number {
        if let Some(&number) = self.numbers.get(syllable) {
            return number;
        }
        let Ok(number) = Number::try_from(self.syllables.len() + 1) else {
            return 0;
        };
        self.syllables.push(CountedSyllable {
            text: syllable.to_owned(),
            is_tie: TIES.contains(&syllable),
        });
        self.numbers.insert(syllable.to_owned(), number);
        number
    }

    /// Returns the phrases worth suggesting.
    pub(super) fn finish(self) -> Phrases {
        let counts = self.counts();
        let fragments = self.fragments(&counts);
        let is_whole = |key: &PhraseKey| length(key) <= MAX_SYLLABLES && !self.is_tied(key) && !fragments.contains(key);
        let mut kept: Vec<(PhraseKey, u32)> = counts.iter().map(|(key, count)| (*key, *count)).collect();
        kept.retain(|(key, _)| is_whole(key));
        kept.sort_unstable_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
        kept.truncate(MAX_PHRASES);
        Phrases::of(kept.iter().map(|(key, count)| self.phrase(key, *count)).collect())
    }

    /// Returns the syllable with this number; `None` for a break.
    fn syllable(&self, number: Number) -> Option<&CountedSyllable> {
        self.syllables.get(usize::from(number).checked_sub(1)?)
    }

    /// Returns true if the phrase begins or ends with a syllable that ties it to another word.
    fn is_tied(&self, key: &PhraseKey) -> bool {
        let ends = [key[0], key[length(key) - 1]];
        ends.iter()
            .any(|&number| self.syllable(number).is_none_or(|syllable| syllable.is_tie))
    }

    /// Returns the phrase of `key` as text.
    fn phrase(&self, key: &PhraseKey, count: u32) -> CorpusPhrase {
        let mut text = String::new();
        let mut last = 0;
        for (&number, syllable) in key.iter().map_while(|number| Some(number).zip(self.syllable(*number))) {
            if !text.is_empty() {
                text.push_str(self.joint(last, number));
                text.push(' ');
            }
            text.push_str(&syllable.text);
            last = number;
        }
        CorpusPhrase {
            folded: fold(&normalized(&text)),
            text,
            count,
        }
    }

    /// Returns the punctuation that is most often between two syllables, beside a blank.
    fn joint(&self, one: Number, other: Number) -> &'static str {
        let counts = self.joints.get(&(one, other)).copied().unwrap_or_default();
        let most = counts.iter().zip(JOINTS).rev().max_by_key(|(count, _)| **count);
        most.map_or("", |(_, (_, joint))| joint)
    }

    /// Returns the phrases that mostly continue the same way on one side, so that the longer phrase is meant; see
    /// [`FRAGMENT_SHARE`].
    fn fragments(&self, counts: &HashMap<PhraseKey, u32>) -> HashSet<PhraseKey> {
        let mut fragments = HashSet::new();
        // A longer phrase that is tied itself makes no fragment: "đảng bộ" is whole, though "của" often follows it.
        for (key, count) in counts.iter().filter(|(key, _)| !self.is_tied(key)) {
            let syllables = &key[..length(key)];
            let parts = [
                (&syllables[..syllables.len() - 1], FRAGMENT_SHARE),
                (&syllables[1..], TAIL_SHARE),
            ];
            for (part, most) in parts {
                let part = key_of(part);
                let share = counts.get(&part).map(|&whole| f64::from(*count) / f64::from(whole));
                if share.is_some_and(|share| share > most) {
                    fragments.insert(part);
                }
            }
        }
        fragments
    }

    /// Returns the number of occurrences of each run of syllables that occurs often enough. A run is counted only if
    /// both of its parts that are one syllable shorter were kept, so that memory holds repeated runs and little else.
    fn counts(&self) -> HashMap<PhraseKey, u32> {
        let mut all = HashMap::new();
        let mut shorter: HashMap<PhraseKey, u32> = HashMap::new();
        for length in MIN_SYLLABLES..=MAX_COUNTED {
            let mut counts: HashMap<PhraseKey, u32> = HashMap::new();
            for run in self.runs.split(|&number| number == 0) {
                for window in run.windows(length) {
                    let parts = [&window[..length - 1], &window[1..]];
                    if length == MIN_SYLLABLES || parts.iter().all(|part| shorter.contains_key(&key_of(part))) {
                        *counts.entry(key_of(window)).or_default() += 1;
                    }
                }
            }
            counts.retain(|_, count| *count >= MIN_COUNT);
            all.extend(std::mem::replace(&mut shorter, counts));
        }
        all.extend(shorter);
        all
    }
}

/// Returns the key of at most [`MAX_COUNTED`] syllables.
fn key_of(syllables: &[Number]) -> PhraseKey {
    let mut key = PhraseKey::default();
    key[..syllables.len()].copy_from_slice(syllables);
    key
}

/// Returns the stride at which documents of `index` are counted so that [`COUNTED_BYTES`] of text are.
///
/// # Errors
/// Those of [`Index::manifest`].
pub(super) fn stride(index: &Index) -> Result<usize, Error> {
    let bytes: u64 = index.manifest()?.files.iter().map(|file| file.size).sum();
    Ok(usize::try_from(bytes.div_ceil(COUNTED_BYTES))
        .unwrap_or(usize::MAX)
        .max(1))
}

/// Returns the number of syllables of a phrase.
fn length(key: &PhraseKey) -> usize {
    key.iter().position(|&number| number == 0).unwrap_or(MAX_COUNTED)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrases(texts: &[&str]) -> Phrases {
        let mut counter = PhraseCounter::default();
        texts.iter().for_each(|text| counter.add_text(text));
        counter.finish()
    }

    fn found(phrases: &Phrases, typed: &str) -> Vec<String> {
        phrases
            .beginning(typed, 5)
            .into_iter()
            .map(|phrase| phrase.text.clone())
            .collect()
    }

    #[test]
    fn what_is_typed_without_marks_comes_with_them() {
        let phrases = phrases(&[
            "Đảng bộ thành phố. Đảng bộ tỉnh. Đáng bổ sung!",
            "ở đảng bộ thành phố, đáng bổ sung; đảng bộ của, đảng bộ của",
        ]);
        // `đáng bổ` never stands alone, and `đảng bộ của` is tied to what follows.
        assert_eq!(
            found(&phrases, "dang bo"),
            ["đảng bộ", "đáng bổ sung", "đảng bộ thành phố"]
        );
        assert_eq!(found(&phrases, "Đảng b"), ["đảng bộ", "đảng bộ thành phố"]);
        assert_eq!(found(&phrases, "dang bo "), ["đáng bổ sung", "đảng bộ thành phố"]);
        assert_eq!(found(&phrases, "dang  bo th"), ["đảng bộ thành phố"]);
        assert_eq!(found(&phrases, "đang"), [""; 0]);
        assert_eq!(found(&phrases, ""), [""; 0]);
    }

    #[test]
    fn the_most_frequent_of_many_are_those_of_few() {
        // As many phrases of one letter as are looked for among all, and some of another.
        let phrase = |number: usize| {
            let text = format!(
                "{} đảng {number:04}",
                if number.is_multiple_of(3) { "bộ" } else { "đoàn" }
            );
            CorpusPhrase {
                folded: fold(&normalized(&text)),
                text,
                count: (number * 7919 % 1000) as u32,
            }
        };
        let phrases = Phrases::of((0..3 * MAX_SORTED).map(phrase).collect());
        for typed in ["d", "đ", "doan d", "đoàn", "b", "đoan", "doan dang 01"] {
            let exact = normalized(typed);
            let mut all: Vec<&CorpusPhrase> = phrases.sorted.iter().collect();
            all.retain(|phrase| phrase.folded.starts_with(&fold(&exact)) && agrees(&phrase.text, &exact));
            all.sort_by(|one, other| likelier(one, other));
            all.truncate(5);
            assert_eq!(phrases.beginning(typed, 5), all, "{typed}");
        }
    }

    #[test]
    fn a_phrase_goes_on_over_commas_and_dashes_and_breaks_off_nowhere() {
        let phrases = phrases(&[
            "phát triển kinh tế - xã hội, quốc phòng của hội đồng nhân dân. Kiểm tra, giám sát",
            "phát triển kinh tế - xã hội; hội đồng nhân dân. Kiểm tra, giám sát",
        ]);
        assert_eq!(found(&phrases, "phat trien"), ["phát triển kinh tế - xã hội"]);
        assert_eq!(found(&phrases, "hoi dong"), ["hội đồng nhân dân"]);
        assert_eq!(found(&phrases, "kiem tra giam"), ["kiểm tra, giám sát"]);
        assert_eq!(found(&phrases, "dong nhan"), [""; 0]);
    }
}
