//! The phrases of a corpus: what people write again and again, found by its beginning with or without marks.

use std::collections::{HashMap, HashSet};

use crate::index::{Error, Index};
use crate::reading::Quality;
use crate::record::Parsed;
use crate::text::{TokenKind, Tokens, fold};

/// Syllables of the shortest phrase: more than a word.
const SHORTEST: usize = 2;

/// Syllables of the longest phrase: "nâng cao năng lực lãnh đạo, sức chiến đấu" has nine, and fits a line of
/// suggestions.
const LONGEST: usize = 9;

/// Syllables of the longest run that is counted: one more, to see how the longest phrases go on.
const COUNTED: usize = LONGEST + 1;

/// Bytes of text that are counted. Of a larger corpus every second, third ... document is: phrases worth suggesting
/// stand in all of them, and counting stays at a second or two and below 100 MB of memory.
const COUNTED_BYTES: u64 = 8_000_000;

/// A phrase is written at least so often.
const LEAST_COUNT: u32 = 2;

/// Phrases that are kept, the most frequent ones.
const MOST_PHRASES: usize = 100_000;

/// A phrase that goes on the same way more often than this is a fragment of the longer one: by "hội đồng nhân" people
/// mean "hội đồng nhân dân". Chosen by reading what is suggested on the seeds, as is [`TAIL_SHARE`].
const FRAGMENT_SHARE: f64 = 0.7;

/// The same of what stands before it: "thành phố cần thơ" is also typed where mostly "đảng bộ" stands before it, but
/// "bộ thành phố" is not.
const TAIL_SHARE: f64 = 0.9;

/// Syllables at which no phrase begins or ends: they tie it to what stands before or behind.
const TIES: [&str; 43] = [
    "bằng", "bị", "các", "cho", "còn", "có", "của", "cùng", "cũng", "do", "được", "đã", "đang", "đến", "để", "gồm",
    "hay", "hoặc", "khi", "là", "luôn", "mà", "một", "nên", "nhằm", "như", "những", "này", "ở", "phải", "rất", "sẽ",
    "tại", "theo", "thì", "trong", "trên", "từ", "vào", "và", "về", "việc", "với",
];

/// What may stand between two syllables of a phrase beside blanks, and how it is written in a suggestion.
const JOINTS: [(&str, &str); 4] = [("", ""), (",", ","), ("-", " -"), ("\u{2013}", " -")];

/// The number of a syllable, 0 for a break between runs.
type Number = u16;

/// The numbers of the syllables of a phrase, 0 behind its end.
type Key = [Number; COUNTED];

/// One phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    /// Its syllables without marks: what is typed.
    folded: String,
    /// With its marks, in small letters.
    pub(super) text: String,
    /// How often it is written in what was counted.
    pub(super) count: u32,
}

/// The phrases of a corpus, sorted by their folded forms.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    sorted: Vec<Phrase>,
}

impl Phrases {
    /// The phrases that begin with `typed`, the most frequent first; those whose marks contradict marks that were
    /// typed are left out.
    pub(super) fn beginning(&self, typed: &str, limit: usize) -> Vec<&Phrase> {
        let exact = normalized(typed);
        let folded = fold(&exact);
        if folded.trim().is_empty() {
            return Vec::new();
        }
        let first = self
            .sorted
            .partition_point(|phrase| phrase.folded.as_str() < folded.as_str());
        let found = self.sorted[first..]
            .iter()
            .take_while(|phrase| phrase.folded.starts_with(&folded));
        let mut found: Vec<&Phrase> = found.filter(|phrase| agrees(&phrase.text, &exact)).collect();
        found.sort_by(|one, other| other.count.cmp(&one.count).then_with(|| one.text.cmp(&other.text)));
        found.truncate(limit);
        found
    }
}

/// What was typed as phrases are kept: syllables in small letters with one blank between, and a blank at the end
/// where one was typed.
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

/// Does `text` have the marks of `typed`, wherever that has any? A syllable typed without asks for none.
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
pub(super) struct Counter {
    numbers: HashMap<String, Number>,
    /// By number, from 1.
    syllables: Vec<Syllable>,
    /// All that was read, a break behind each run of syllables that nothing parts.
    runs: Vec<Number>,
    /// How often each of [`JOINTS`] stands between two syllables.
    joints: HashMap<(Number, Number), [u32; JOINTS.len()]>,
}

/// A syllable.
struct Syllable {
    text: String,
    /// May no phrase begin or end with it?
    is_tie: bool,
}

impl Counter {
    /// Counts those of a document.
    pub(super) fn take(&mut self, parsed: &Parsed) {
        if parsed.document.metadata.quality != Quality::Clean {
            return;
        }
        for record in parsed.passage_records() {
            self.text(&record.text);
        }
    }

    /// Takes up the runs of a text.
    fn text(&mut self, text: &str) {
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

    /// The number of a syllable; that of a break once there are more than Vietnamese and the names in it have.
    fn number(&mut self, syllable: &str) -> Number {
        if let Some(&number) = self.numbers.get(syllable) {
            return number;
        }
        let Ok(number) = Number::try_from(self.syllables.len() + 1) else {
            return 0;
        };
        self.syllables.push(Syllable {
            text: syllable.to_owned(),
            is_tie: TIES.contains(&syllable),
        });
        self.numbers.insert(syllable.to_owned(), number);
        number
    }

    /// The phrases worth suggesting.
    pub(super) fn finish(self) -> Phrases {
        let counts = self.counts();
        let fragments = self.fragments(&counts);
        let is_whole = |key: &Key| length(key) <= LONGEST && !self.is_tied(key) && !fragments.contains(key);
        let mut kept: Vec<(Key, u32)> = counts.iter().map(|(key, count)| (*key, *count)).collect();
        kept.retain(|(key, _)| is_whole(key));
        kept.sort_unstable_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
        kept.truncate(MOST_PHRASES);
        let mut sorted: Vec<Phrase> = kept.iter().map(|(key, count)| self.phrase(key, *count)).collect();
        sorted.sort_unstable_by(|one, other| one.folded.cmp(&other.folded).then_with(|| one.text.cmp(&other.text)));
        Phrases { sorted }
    }

    fn syllable(&self, number: Number) -> Option<&Syllable> {
        self.syllables.get(usize::from(number).checked_sub(1)?)
    }

    /// Does the phrase begin or end with a syllable that ties it to another?
    fn is_tied(&self, key: &Key) -> bool {
        let ends = [key[0], key[length(key) - 1]];
        ends.iter()
            .any(|&number| self.syllable(number).is_none_or(|syllable| syllable.is_tie))
    }

    fn phrase(&self, key: &Key, count: u32) -> Phrase {
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
        Phrase {
            folded: fold(&normalized(&text)),
            text,
            count,
        }
    }

    /// What mostly stands between two syllables, beside a blank.
    fn joint(&self, one: Number, other: Number) -> &'static str {
        let counts = self.joints.get(&(one, other)).copied().unwrap_or_default();
        let most = counts.iter().zip(JOINTS).rev().max_by_key(|(count, _)| **count);
        most.map_or("", |(_, (_, joint))| joint)
    }

    /// Phrases that stand mostly before or behind one syllable, so that the longer one is meant; see
    /// [`FRAGMENT_SHARE`].
    fn fragments(&self, counts: &HashMap<Key, u32>) -> HashSet<Key> {
        let mut fragments = HashSet::new();
        // What the longer phrase is tied to tells nothing: after "đảng bộ của" comes anything.
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

    /// How often each run of syllables is written that is written often enough. A run is counted only where both its
    /// parts that are one shorter are kept, so that memory holds what repeats and little else.
    fn counts(&self) -> HashMap<Key, u32> {
        let mut all = HashMap::new();
        let mut shorter: HashMap<Key, u32> = HashMap::new();
        for length in SHORTEST..=COUNTED {
            let mut counts: HashMap<Key, u32> = HashMap::new();
            for run in self.runs.split(|&number| number == 0) {
                for window in run.windows(length) {
                    let parts = [&window[..length - 1], &window[1..]];
                    if length == SHORTEST || parts.iter().all(|part| shorter.contains_key(&key_of(part))) {
                        *counts.entry(key_of(window)).or_default() += 1;
                    }
                }
            }
            counts.retain(|_, count| *count >= LEAST_COUNT);
            all.extend(std::mem::replace(&mut shorter, counts));
        }
        all.extend(shorter);
        all
    }
}

/// The key of at most [`COUNTED`] syllables.
fn key_of(syllables: &[Number]) -> Key {
    let mut key = Key::default();
    key[..syllables.len()].copy_from_slice(syllables);
    key
}

/// Every how many documents of `index` one is counted, so that [`COUNTED_BYTES`] are.
///
/// # Errors
/// Those of [`Index::manifest`].
pub(super) fn stride(index: &Index) -> Result<usize, Error> {
    let bytes: u64 = index.manifest()?.files.iter().map(|file| file.size).sum();
    Ok(usize::try_from(bytes.div_ceil(COUNTED_BYTES))
        .unwrap_or(usize::MAX)
        .max(1))
}

/// Number of syllables of a phrase.
fn length(key: &Key) -> usize {
    key.iter().position(|&number| number == 0).unwrap_or(COUNTED)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrases(texts: &[&str]) -> Phrases {
        let mut counter = Counter::default();
        texts.iter().for_each(|text| counter.text(text));
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
