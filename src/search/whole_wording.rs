//! Passages that contain a wording whole: all of its words, one after the other, as the folded words of a search, each
//! through any of the readings that the wording and the passage have for it.
//!
//! The answer is exact: no candidate is dropped, however many passages have the wording. Nothing is asked for words of
//! which some two neighbors follow each other nowhere.

use super::ask::{Key, TermField};
use super::located::{KnownPassages, LocatedPassage};
use super::scope::PassageScope;
use crate::index::{ALTERNATIVE, Cell, Error, Index, LOST, REPAIRED, for_each_shingle};

/// The passages with a wording.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct WholeMatches {
    /// Those whose marks do not contradict those of the wording, in no useful order.
    pub(crate) agreeing: Vec<LocatedPassage>,
    /// Those that have the words with other marks.
    pub(crate) contradicting: Vec<LocatedPassage>,
}

/// Returns all passages in `scope` that have all of `words`, one after the other; none for no words.
///
/// # Errors
/// [`Error::Damaged`], [`Error::Engine`].
pub(crate) fn passages_with_all(scope: &PassageScope<'_>, words: &[Cell]) -> Result<WholeMatches, Error> {
    let index = scope.index;
    if !has_all_pairs(index, words)? {
        return Ok(WholeMatches::default());
    }
    let all = scope.passages.with_all(&terms_of(words, folded_terms))?;
    // Marks can only contradict where some were given.
    let is_marked = |cell: &Cell| cell.forms.iter().any(|form| form.exact != form.folded);
    if all.is_empty() || !words.iter().any(is_marked) {
        return Ok(WholeMatches {
            agreeing: all,
            contradicting: Vec::new(),
        });
    }
    let agreeing = scope.passages.with_all(&terms_of(words, agreeing_terms))?;
    let mut known = KnownPassages::default();
    for passage in &agreeing {
        known.add(passage);
    }
    Ok(WholeMatches {
        agreeing,
        contradicting: all.into_iter().filter(|passage| !known.holds(passage)).collect(),
    })
}

/// Returns false if no passage has some two neighboring `words` one after the other: then none has all of them. Most
/// wordings end here, for the numbers of passages with a pair of words are known from look-ups before.
fn has_all_pairs(index: &Index, words: &[Cell]) -> Result<bool, Error> {
    let mut shingles = Vec::new();
    for pair in words.windows(2) {
        for_each_shingle(&pair[0], &pair[1], |shingle| shingles.push(shingle));
    }
    index.look_up(&[], &shingles)?;
    for pair in words.windows(2) {
        let mut passages = Ok(0);
        for_each_shingle(&pair[0], &pair[1], |shingle| {
            if let Ok(0) = passages {
                passages = index.passages_with_shingle(shingle);
            }
        });
        if passages? == 0 {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Returns the terms of each of `words`.
fn terms_of(words: &[Cell], terms: impl Fn(&Cell) -> Vec<Key>) -> Vec<Vec<Key>> {
    let sorted = |cell: &Cell| {
        let mut terms = terms(cell);
        terms.sort();
        terms.dedup();
        terms
    };
    words.iter().map(sorted).collect()
}

/// Returns the folded readings of a word.
fn folded_terms(cell: &Cell) -> Vec<Key> {
    cell.forms.iter().map(|form| Key::folded(&form.folded)).collect()
}

/// Returns the terms of the words that a word may stand for with its marks: the same ones, as printed or as read, none,
/// or lost ones. A word without marks agrees with any.
fn agreeing_terms(cell: &Cell) -> Vec<Key> {
    let mut terms = Vec::new();
    for form in &cell.forms {
        if form.exact == form.folded {
            terms.push(Key::folded(&form.folded));
            continue;
        }
        for word in [&form.exact, &form.folded] {
            for sign in [None, Some(REPAIRED), Some(ALTERNATIVE), Some(LOST)] {
                let text: String = sign.into_iter().chain(word.chars()).collect();
                terms.push(Key::new(TermField::Exact, text));
            }
        }
    }
    terms
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::index::testing::{Sample, index_of};
    use crate::index::{Annotations, FormOrigin, StoredPassage, Tokenized};
    use crate::query::Filters;
    use crate::reading::Quality;

    /// Returns the words of an undamaged text.
    fn cells(text: &str) -> Vec<Cell> {
        Tokenized::of(text, &Annotations::default()).cells
    }

    /// Returns all passages of an index.
    fn passages(scope: &PassageScope<'_>) -> Vec<StoredPassage> {
        let mut passages = Vec::new();
        let take = |stored| {
            passages.push(stored);
            Ok(())
        };
        scope.for_each(take).unwrap();
        passages
    }

    /// Returns true if `passage` has all of `words` (of one form each), one after the other: the definition. With
    /// `agrees` no marks may contradict.
    fn has_all(passage: &StoredPassage, words: &[Cell], agrees: bool) -> bool {
        let here = Tokenized::of(&passage.record.text, &passage.annotations).cells;
        let is_word = |word: &Cell, cell: &Cell| {
            let word = &word.forms[0];
            cell.forms.iter().any(|form| {
                let unmarked = word.exact == word.folded || form.exact == form.folded;
                form.folded == word.folded && (!agrees || unmarked || form.exact == word.exact)
            })
        };
        !words.is_empty()
            && here
                .windows(words.len())
                .any(|run| words.iter().zip(run).all(|(word, cell)| is_word(word, cell)))
    }

    /// Asserts that the passages found for `words` are those of a plain scan; returns their number.
    fn expect_scan(scope: &PassageScope<'_>, all: &[StoredPassage], words: &[Cell]) -> usize {
        let matches = passages_with_all(scope, words).unwrap();
        let found = |located: &[LocatedPassage]| -> Vec<(String, usize)> {
            let mut keys: Vec<_> = located
                .iter()
                .map(|one| (one.document.to_string(), one.order))
                .collect();
            keys.sort();
            keys
        };
        let (agreeing, contradicting) = (found(&matches.agreeing), found(&matches.contradicting));
        let mut both: Vec<_> = agreeing.iter().chain(&contradicting).cloned().collect();
        both.sort();
        let scanned = |agrees: bool| -> Vec<(String, usize)> {
            let has = all.iter().filter(|passage| has_all(passage, words, agrees));
            has.map(|passage| (passage.record.document.clone(), passage.order))
                .collect::<BTreeSet<_>>()
                .into_iter()
                .collect()
        };
        assert_eq!(both, scanned(false), "{words:?}");
        assert_eq!(agreeing, scanned(true), "{words:?}");
        both.len()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]

        /// The passages found are those that a plain scan of the words of all passages finds, over damaged words and in
        /// all orders of few words, which repeat.
        #[test]
        fn the_passages_found_are_those_of_a_plain_scan(
            texts in prop::collection::vec(
                prop::collection::vec(prop::sample::select(vec!["ba", "bà", "bá", "da", "đa", "12", "21-NQ/TW", "xq", "bq", "ba\n\nda"]), 0..24),
                1..7,
            ),
            asked in prop::collection::vec(
                prop::collection::vec(prop::sample::select(vec!["ba", "bà", "da", "đa", "12", "21-NQ/TW", "xa", "xq"]), 1..7),
                1..8,
            ),
        ) {
            let sample = |(number, words): (usize, &Vec<&str>)| {
                let sample = Sample::new(&format!("s{number}"), &format!("mở {}", words.join(" ")));
                let sample = sample.repair("xq", &["xa", "bà"]).repair("bq", &["ba da"]);
                if number % 2 == 0 { sample.quality(Quality::Ocr) } else { sample }
            };
            let samples: Vec<Sample> = texts.iter().enumerate().map(sample).collect();
            let (_folder, index) = index_of(&samples);
            let scope = PassageScope::of(&index, &Filters::default(), None, &[], &mut Vec::new()).unwrap();
            let all = passages(&scope);
            for words in asked {
                expect_scan(&scope, &all, &cells(&words.join(" ")));
            }
        }
    }

    #[test]
    fn a_wording_is_found_through_the_readings_of_both_sides() {
        let damaged = Sample::new("a", "cua Pang bo tinh")
            .quality(Quality::Ocr)
            .repair("Pang", &["Đảng", "đáng"]);
        let (_folder, index) = index_of(&[
            damaged,
            Sample::new("b", "của đảng bộ tỉnh"),
            Sample::new("c", "của đang bỏ tỉnh"),
        ]);
        let scope = PassageScope::of(&index, &Filters::default(), None, &["b".to_owned()], &mut Vec::new()).unwrap();
        let found = passages_with_all(&scope, &cells("Đảng bộ")).unwrap();
        let ids = |located: &[LocatedPassage]| -> Vec<String> {
            located.iter().map(|one| one.document.to_string()).collect()
        };
        assert_eq!(ids(&found.agreeing), ["a"]);
        assert_eq!(ids(&found.contradicting), ["c"]);
        assert_eq!(passages_with_all(&scope, &[]).unwrap(), WholeMatches::default());
        let mut either = cells("dang bo");
        either[1]
            .forms
            .push(crate::index::Cell::clone(&cells("tinh")[0]).forms[0].clone());
        assert_eq!(either[1].forms[1].origin, FormOrigin::Source);
        assert_eq!(passages_with_all(&scope, &either).unwrap().agreeing.len(), 2);
    }

    /// Short wording of the seeds: runs of 5 to 10 syllables from all over them.
    #[test]
    fn short_wording_of_the_seeds_is_found_where_a_plain_scan_finds_it() {
        let folder = tempfile::tempdir().unwrap();
        let dir = folder.path().join("index");
        crate::index::update(&dir, &["seeds".into()], &crate::index::BuildOptions::default(), &mut ()).unwrap();
        let index = Index::open(&dir).unwrap();
        let scope = PassageScope::of(&index, &Filters::default(), None, &[], &mut Vec::new()).unwrap();
        let all = passages(&scope);
        let mut most = 0;
        for (number, passage) in all.iter().enumerate().step_by(23) {
            let words = Tokenized::of(&passage.record.text, &Annotations::default()).cells;
            let len = 5 + number % 6;
            if let Some(run) = words.windows(len).nth(number % 7) {
                let found = expect_scan(&scope, &all, run);
                most = most.max(found);
            }
        }
        assert!(most > 1, "none is common");
    }
}
