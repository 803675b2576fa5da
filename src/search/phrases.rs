//! The phrases of a corpus: what people write again and again, found by its beginning with or without marks.

use std::collections::{HashMap, HashSet};

use crate::index::{Error, Index};
use crate::reading::Quality;
use crate::record::Parsed;
use crate::text::{TokenKind, Tokens, fold};

/// Syllables of a phrase: the fewest that is more than a word, and as many as fit a line of suggestions.
const LENGTHS: std::ops::RangeInclusive<usize> = 2..=5;

/// Syllables of the longest phrase.
const LONGEST: usize = *LENGTHS.end();

/// Bytes of text that are counted. Of a larger corpus every second, third ... document is: phrases worth suggesting
/// stand in all of them, and counting stays below a second and 100 MB of memory.
const COUNTED_BYTES: u64 = 8_000_000;

/// A phrase is written at least so often.
const LEAST_COUNT: u32 = 2;

/// Phrases that are kept, the most frequent ones.
const MOST_PHRASES: usize = 100_000;

/// Syllables at which no phrase begins or ends: they tie it to what stands before or behind.
const TIES: [&str; 36] = [
    "bằng", "bị", "các", "cho", "có", "của", "cũng", "do", "được", "đã", "đang", "đến", "để", "gồm", "hay", "hoặc",
    "khi", "là", "mà", "một", "nên", "nhằm", "như", "những", "này", "ở", "sẽ", "tại", "theo", "thì", "trong", "trên",
    "từ", "vào", "và", "với",
];

/// The numbers of the syllables of a phrase, 0 behind its end.
type Key = [u16; LONGEST];

/// One phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    /// Without marks: what is typed.
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
    let typed: Vec<&str> = typed.split(' ').collect();
    let mut pairs = text.split(' ').zip(&typed).enumerate();
    pairs.all(|(at, (syllable, asked))| {
        let unmarked = fold(asked) == **asked;
        unmarked || syllable == *asked || (at + 1 == typed.len() && syllable.starts_with(asked))
    })
}

/// Counts the phrases of a corpus.
#[derive(Default)]
pub(super) struct Counter {
    /// Numbers of syllables, from 1.
    numbers: HashMap<String, u16>,
    syllables: Vec<String>,
    counts: HashMap<Key, u32>,
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

    /// Counts those of a text.
    fn text(&mut self, text: &str) {
        let mut run: Vec<u16> = Vec::new();
        let mut end = 0;
        let mut tokens = Tokens::new(text);
        while let Some(token) = tokens.advance() {
            if matches!(token.kind, TokenKind::Symbol | TokenKind::Date) {
                continue;
            }
            let joined = text.get(end..token.span.start).is_some_and(|gap| gap.trim().is_empty());
            end = token.span.end;
            if !joined || token.kind == TokenKind::Number {
                self.run(&run);
                run.clear();
            }
            if token.kind == TokenKind::Word {
                run.extend(self.number(tokens.exact()));
            }
        }
        self.run(&run);
    }

    /// Counts the phrases of syllables that nothing parts.
    fn run(&mut self, run: &[u16]) {
        for length in LENGTHS {
            for window in run.windows(length) {
                let mut key = Key::default();
                key[..length].copy_from_slice(window);
                *self.counts.entry(key).or_default() += 1;
            }
        }
    }

    /// The number of a syllable; `None` once there are more than Vietnamese and the names in it have.
    fn number(&mut self, syllable: &str) -> Option<u16> {
        if let Some(&number) = self.numbers.get(syllable) {
            return Some(number);
        }
        let number = u16::try_from(self.syllables.len() + 1).ok()?;
        self.syllables.push(syllable.to_owned());
        self.numbers.insert(syllable.to_owned(), number);
        Some(number)
    }

    /// The phrases worth suggesting.
    pub(super) fn finish(mut self) -> Phrases {
        self.counts.retain(|_, count| *count >= LEAST_COUNT);
        let fragments = self.fragments();
        let ties: HashSet<u16> = TIES.iter().filter_map(|tie| self.numbers.get(*tie).copied()).collect();
        let whole = |key: &Key| {
            let length = length(key);
            !fragments.contains(key) && !ties.contains(&key[0]) && !ties.contains(&key[length - 1])
        };
        let mut kept: Vec<(Key, u32)> = self.counts.iter().map(|(key, count)| (*key, *count)).collect();
        kept.retain(|(key, _)| whole(key));
        kept.sort_unstable_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
        kept.truncate(MOST_PHRASES);
        let phrase = |(key, count): (Key, u32)| {
            let syllables: Vec<&str> = key[..length(&key)]
                .iter()
                .filter_map(|&number| self.syllables.get(usize::from(number) - 1).map(String::as_str))
                .collect();
            let text = syllables.join(" ");
            Phrase {
                folded: fold(&text),
                text,
                count,
            }
        };
        let mut sorted: Vec<Phrase> = kept.into_iter().map(phrase).collect();
        sorted.sort_unstable_by(|one, other| one.folded.cmp(&other.folded).then_with(|| one.text.cmp(&other.text)));
        Phrases { sorted }
    }

    /// Phrases that never stand without the same syllable before or behind them.
    fn fragments(&self) -> HashSet<Key> {
        let mut fragments = HashSet::new();
        for (key, count) in self.counts.iter().filter(|(key, _)| length(key) > *LENGTHS.start()) {
            let length = length(key);
            let (mut front, mut back) = (*key, Key::default());
            front[length - 1] = 0;
            back[..length - 1].copy_from_slice(&key[1..length]);
            for part in [front, back] {
                if self.counts.get(&part) == Some(count) {
                    fragments.insert(part);
                }
            }
        }
        fragments
    }
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
    key.iter().position(|&number| number == 0).unwrap_or(LONGEST)
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
}
