//! Whole matches: passages that contain all of a question's words, one after the other, or all of a part of it: a
//! sentence, or most of the words of a short text.
//!
//! They are looked up, not compared, so every one is found and counted, however many there are. Only those that are
//! shown are read and aligned.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use super::align::Aligner;
use super::comparison::{AlignedPassage, ComparedQuestion, Comparer, ReadPassage};
use super::judge::Threshold;
use super::question::Question;
use super::stretch::AlignedStretch;
use super::vocabulary::WordId;
use super::wording::Wording;
use crate::index::Error;
use crate::search::consecutive::{RunFinder, WordPlaces};
use crate::search::located::{KnownPassages, LocatedPassage};
use crate::search::scope::PassageScope;
use crate::search::whole_wording::{WholeMatches, passages_with_all};
use crate::stop::checkpoint;

/// Minimum number of words of a part of a text that is looked up for itself. Eight words in a row are shared by more
/// than chance; shorter sentences are forms of address, labels and set phrases.
const MIN_PART: usize = 8;

/// Maximum number of parts that are looked up for one question: the longest ones.
const MAX_PARTS: usize = 200;

/// Maximum number of words of a short text. Most of its words in a row are a match too, of which it has one more than a
/// fifth of its words ([`most_words`]).
const MAX_SHORT: usize = 40;

/// Number of places in a passage among which that with the best agreement of marks is shown.
const MAX_PLACES: usize = 16;

/// A passage with a part of a question.
pub(super) struct PartMatch {
    pub(super) located: LocatedPassage,
    /// Number of words of the longest part that it has.
    pub(super) words: usize,
}

/// Returns the number of words that are most of a text of `words` words: four fifths. Whoever asks for a phrase wants
/// every place that has most of it, whatever its score.
pub(super) fn most_words(words: usize) -> usize {
    (words * 4).div_ceil(5)
}

/// Returns all passages in `scope` that contain all of `question`; they join the `known` ones.
pub(super) fn whole_matches(
    question: &Question,
    scope: &PassageScope<'_>,
    known: &mut KnownPassages,
) -> Result<WholeMatches, Error> {
    let matches = passages_with_all(scope, &question.words.cells)?;
    for located in matches.agreeing.iter().chain(&matches.contradicting) {
        known.add(located);
    }
    Ok(matches)
}

/// Returns all passages in `scope`, but for those `known`, that contain all of a part of `question`, whatever its marks,
/// and whether some parts were left out. They join the `known` ones.
pub(super) fn part_matches(
    question: &Question,
    scope: &PassageScope<'_>,
    known: &mut KnownPassages,
) -> Result<(Vec<PartMatch>, bool), Error> {
    let mut parts = parts(question);
    let cut = parts.len() > MAX_PARTS;
    // The longest first, so that a passage is counted with the longest that it has.
    parts.sort_by_key(|part| std::cmp::Reverse(part.len()));
    parts.truncate(MAX_PARTS);
    let mut found = Vec::new();
    for part in parts {
        let words = part.len();
        let matches = passages_with_all(scope, &question.words.cells[part])?;
        for located in matches.agreeing.into_iter().chain(matches.contradicting) {
            if known.add(&located) {
                found.push(PartMatch { located, words });
            }
        }
    }
    Ok((found, cut))
}

/// Returns the parts of `question` that are looked up for themselves, as ranges of its words.
fn parts(question: &Question) -> Vec<Range<usize>> {
    let len = question.syllables();
    let most = most_words(len);
    let runs = if len <= MAX_SHORT { 0..len + 1 - most } else { 0..0 };
    let mut parts: Vec<Range<usize>> = runs.map(|first| first..first + most).collect();
    parts.extend(question.sentences());
    parts.retain(|part| (MIN_PART..len).contains(&part.len()));
    parts
}

/// Aligns passages that contain all of a question, or a part of it, with the question.
pub(super) fn align_whole(
    comparer: &mut Comparer<'_>,
    question: &Question,
    located: &[&LocatedPassage],
) -> Result<Vec<AlignedPassage>, Error> {
    let (asked, passages) = comparer.prepare(question, located.iter().copied())?;
    let mut aligner = comparer.aligner();
    let mut whole = WholeFinder::of(&asked.wording, 0..asked.wording.len());
    let mut parts: Vec<WholeFinder> = parts(question)
        .into_iter()
        .map(|part| WholeFinder::of(&asked.wording, part))
        .collect();
    let mut aligned = Vec::with_capacity(passages.len());
    for passage in passages {
        let stretches = match whole.stretch(&mut aligner, &asked, &passage) {
            Some(stretch) => vec![stretch],
            None => parts_of(&mut aligner, &asked, &mut parts, &passage),
        };
        aligned.push(comparer.aligned(&asked, passage, stretches)?);
    }
    Ok(aligned)
}

/// Returns the stretches that the question shares with a passage that has one or more of its parts: those of an
/// alignment, or if they hold fewer words, the parts alone.
fn parts_of(
    aligner: &mut Aligner<'_>,
    asked: &ComparedQuestion,
    parts: &mut [WholeFinder],
    passage: &ReadPassage,
) -> Vec<AlignedStretch> {
    let mut alone: Vec<AlignedStretch> = Vec::new();
    let mut taken: HashSet<usize> = HashSet::new();
    let mut least = f32::INFINITY;
    for part in parts {
        let Some(stretch) = part.stretch(aligner, asked, passage) else {
            continue;
        };
        // Parts overlap, and two sentences may be the same: a word of either side belongs to one stretch.
        let sides = |(i, j): (usize, usize)| [2 * i, 2 * j + 1];
        if stretch.pairs().flat_map(sides).all(|side| !taken.contains(&side)) {
            taken.extend(stretch.pairs().flat_map(sides));
            least = least.min(stretch.bits);
            alone.push(stretch);
        }
    }
    // Words that are expected after one another carry few bits, and the part is a match all the same.
    let threshold = Threshold::of_score(0.0).or_whole(least.max(0.0));
    let stretches = aligner.stretches(asked.prepared(), &passage.wording, threshold);
    let pairs = |stretches: &[AlignedStretch]| stretches.iter().map(AlignedStretch::same).sum::<usize>();
    if pairs(&stretches) >= pairs(&alone) {
        stretches
    } else {
        alone
    }
}

/// Finds where a passage has a part of a question whole.
struct WholeFinder {
    /// The part, as a range of words of the question.
    part: Range<usize>,
    /// The places of each word in the part.
    places: BTreeMap<WordId, WordPlaces>,
    finder: RunFinder,
}

impl WholeFinder {
    /// A finder of the words `part` of `wording`.
    fn of(wording: &Wording, part: Range<usize>) -> Self {
        let mut places: BTreeMap<WordId, WordPlaces> = BTreeMap::new();
        for (at, word) in part.clone().enumerate() {
            for (folded, _) in wording.readings(word) {
                places
                    .entry(folded)
                    .or_insert_with(|| WordPlaces::none(part.len()))
                    .add(at);
            }
        }
        Self {
            finder: RunFinder::new(part.len()),
            places,
            part,
        }
    }

    /// Returns the stretch of the part and `passage` where their marks agree best; `None` if the passage lacks it.
    fn stretch(
        &mut self,
        aligner: &mut Aligner<'_>,
        asked: &ComparedQuestion,
        passage: &ReadPassage,
    ) -> Option<AlignedStretch> {
        checkpoint();
        self.finder.restart();
        let mut best: Option<(usize, AlignedStretch)> = None;
        let mut places = 0;
        for at in 0..passage.wording.len() {
            let readings = passage.wording.readings(at);
            let known = readings.filter_map(|(folded, _)| self.places.get(&folded));
            if !self.finder.step(at as u32, known) {
                continue;
            }
            let stretch = aligner.diagonal(
                asked.prepared(),
                &passage.wording,
                self.part.clone(),
                at + 1 - self.part.len(),
            );
            let same = stretch.same();
            if best.as_ref().is_none_or(|(most, _)| same > *most) {
                best = Some((same, stretch));
            }
            places += 1;
            if same == self.part.len() || places == MAX_PLACES {
                break;
            }
        }
        best.map(|(_, stretch)| stretch)
    }
}
