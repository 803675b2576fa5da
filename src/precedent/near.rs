//! Near matches: passages that share much of a question's wording, changed, misread or in part.
//!
//! Passages with most of the question's rarer shingles are aligned with it, the most promising first, and judged. How
//! many are looked at is bounded, so what is found is a least number ([`NearMatches::left_out`]).

use std::rc::Rc;

use super::comparison::{AlignedPassage, ComparedQuestion, Comparer, ReadPassage};
use super::judge::Threshold;
use super::prefilter::{MIN_PROMISE, Prefilter};
use super::question::Question;
use super::whole::most_words;
use crate::index::{Error, for_each_shingle};
use crate::search::located::{KnownPassages, LocatedPassage};
use crate::search::scope::PassageScope;
use crate::search::shared_wording::passages_sharing;
use crate::stop::checkpoint;

/// Number of passages that are read for one question: those with most of its rarer shingles.
const CANDIDATES: usize = 200;

/// Number of candidates that are aligned in any case: the most promising ones. Others are aligned as long as matches
/// are found ([`LATEST`]).
const ALIGNED: usize = 64;

/// Number of candidates in a row without a new match after which no further one is aligned.
const LATEST: usize = 16;

/// The near matches of a question.
#[derive(Default)]
pub(super) struct NearMatches {
    /// The matches, in no useful order.
    pub(super) found: Vec<(LocatedPassage, AlignedPassage)>,
    /// True if any passage that is worth it was not compared.
    pub(super) left_out: bool,
    /// Number of passages that were aligned.
    pub(super) compared: usize,
}

/// Finds the passages in `scope` that share wording with `question` and have at least the score `min_score`, or most of
/// its words. The `whole` ones are left out; the `counted` ones are counted whether they are compared or not.
pub(super) fn near_matches(
    comparer: &mut Comparer<'_>,
    question: &Question,
    scope: &PassageScope<'_>,
    whole: &KnownPassages,
    counted: &KnownPassages,
    min_score: f64,
) -> Result<NearMatches, Error> {
    let mut shingles = Vec::new();
    for pair in question.words.cells.windows(2) {
        for_each_shingle(&pair[0], &pair[1], |shingle| shingles.push(shingle));
    }
    let sharing = passages_sharing(scope, &shingles, CANDIDATES, whole)?;
    if sharing.passages.is_empty() {
        return Ok(NearMatches::default());
    }
    let (asked, read) = comparer.prepare(question, sharing.passages.iter())?;
    let promising = most_promising(&asked, sharing.passages.into_iter().zip(read));
    // The weakest candidate decides whether passages with fewer shingles may be worth an alignment too.
    let mut left_out = sharing.cut && promising.len() + LATEST > CANDIDATES;
    // A phrase carries fewer bits than passages may have in common by chance, so most of it counts too.
    let all_bits: f32 = asked.bits.iter().sum();
    let most = most_words(asked.wording.len());
    let most_bits = all_bits * most as f32 / asked.wording.len().max(1) as f32;
    let threshold = Threshold::of_score(min_score as f32).or_whole(most_bits);
    let mut aligner = comparer.aligner();
    let mut found = Vec::new();
    let (mut compared, mut since_match) = (0, 0);
    for (located, passage) in promising {
        if compared >= ALIGNED && since_match >= LATEST {
            left_out = true;
            break;
        }
        compared += 1;
        since_match += 1;
        checkpoint();
        let stretches = aligner.stretches(asked.prepared(), &passage.wording, threshold);
        if stretches.is_empty() {
            continue;
        }
        let aligned = comparer.aligned(&asked, passage, stretches)?;
        if f64::from(aligned.judgement.score) >= min_score || aligned.judgement.matched >= most {
            if !counted.holds(&located) {
                since_match = 0;
            }
            found.push((located, aligned));
        }
    }
    Ok(NearMatches {
        left_out,
        found,
        compared,
    })
}

/// Returns the candidates that are worth an alignment, the most promising first.
fn most_promising(
    question: &ComparedQuestion,
    candidates: impl Iterator<Item = (LocatedPassage, Rc<ReadPassage>)>,
) -> Vec<(LocatedPassage, Rc<ReadPassage>)> {
    // A passage may hold all of a short phrase and still promise less than what is worth an alignment elsewhere.
    let min_promise = MIN_PROMISE.min(question.bits.iter().skip(1).sum::<f32>() / 2.0);
    let mut prefilter = Prefilter::default();
    let mut promising: Vec<(f32, (LocatedPassage, Rc<ReadPassage>))> = candidates
        .map(|candidate| (prefilter.promise(question.prepared(), &candidate.1.wording), candidate))
        .filter(|(promise, _)| *promise >= min_promise)
        .collect();
    promising.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    promising.into_iter().map(|(_, candidate)| candidate).collect()
}
