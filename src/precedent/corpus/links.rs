//! Links between passages: each passage of a collection aligned with its neighbors, on several threads.

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::super::align::Aligner;
use super::super::judge::{Threshold, judge};
use super::super::prefilter::{MIN_PROMISE, Prefilter};
use super::super::stretch::AlignedStretch;
use super::super::wording::{PreparedWording, WordPositions};
use super::collection::Collection;
use super::family::Extent;

/// Number of passages that a thread takes at once.
const BATCH: usize = 64;
/// Number of neighbors in a row that share nothing, after which no further one is aligned: those promise less still.
const MAX_FAILURES: usize = 20;
/// Words that two passages must share, and a stretch must have to be of a family: fewer are a term, a name or a title,
/// however rare.
const MIN_MATCHED: usize = 10;
/// Words outside a set phrase that make shared wording more than the phrase.
const MIN_OWN: usize = 6;

/// Two passages that share wording, by their indices in the collection.
pub(super) struct Link {
    /// The earlier passage.
    pub(super) one: u32,
    /// The later passage.
    pub(super) other: u32,
    /// 0 to 1.
    pub(super) score: f32,
    /// Number of words that are the same.
    pub(super) matched: usize,
    /// Its stretches that belong to families: the words in the later passage and in the earlier one.
    pub(super) extents: Vec<(Extent, Extent)>,
}

/// Finds all links that have at least `min_score`, on this number of `threads`. Sorted by the later and then by the
/// earlier passage.
pub(super) fn links(collection: &Collection, min_score: f32, threads: usize) -> Vec<Link> {
    let set_phrases = places_of_set_phrases(collection);
    let next = AtomicUsize::new(0);
    let work = || -> Vec<Link> {
        let mut linker = Linker {
            collection,
            set_phrases: &set_phrases,
            aligner: Aligner::new(&collection.vocabulary),
            prefilter: Prefilter::default(),
            positions: WordPositions::new(&collection.vocabulary),
            min_score,
            threshold: Threshold::of_score(min_score),
        };
        let mut sums = collection.neighbors.sums();
        let mut links = Vec::new();
        // Passages differ much in the number of their neighbors, so threads take small batches instead of equal shares.
        loop {
            let first = next.fetch_add(BATCH, Ordering::Relaxed);
            if first >= collection.wordings.len() {
                return links;
            }
            for passage in first..(first + BATCH).min(collection.wordings.len()) {
                let before = collection.neighbors.before(passage, &collection.document_of, &mut sums);
                linker.link(passage, &before, &mut links);
            }
        }
    };
    let mut links: Vec<Link> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..threads.max(1)).map(|_| scope.spawn(work)).collect();
        let done = threads.into_iter().map(|thread| match thread.join() {
            Ok(links) => links,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        done.collect::<Vec<_>>()
    })
    .into_iter()
    .flatten()
    .collect();
    // Batches end in any order; the result must not depend on it.
    links.sort_by_key(|link| (link.other, link.one));
    links
}

/// Returns for each passage its set phrases, as ranges of words.
fn places_of_set_phrases(collection: &Collection) -> Vec<Vec<Range<usize>>> {
    let mut of_passage = vec![Vec::new(); collection.wordings.len()];
    for phrase in collection.set_phrases() {
        for place in &phrase.places {
            let first = place.at as usize;
            of_passage[place.line as usize].push(first..first + phrase.words.len());
        }
    }
    of_passage
}

/// Aligns passages with their neighbors.
struct Linker<'c> {
    collection: &'c Collection,
    /// For each passage its set phrases, as ranges of words.
    set_phrases: &'c [Vec<Range<usize>>],
    aligner: Aligner<'c>,
    prefilter: Prefilter,
    positions: WordPositions,
    min_score: f32,
    threshold: Threshold,
}

impl Linker<'_> {
    /// Appends the links of `passage` with those of the passages `before` it that share wording.
    fn link(&mut self, passage: usize, before: &[u32], links: &mut Vec<Link>) {
        let wording_of = |passage: u32| &self.collection.wordings[passage as usize];
        self.positions.replace(wording_of(passage as u32));
        let prepared = PreparedWording {
            wording: wording_of(passage as u32),
            bits: &self.collection.bits[passage],
            positions: &self.positions,
        };
        let promise = |other: &u32| (*other, self.prefilter.promise(prepared, wording_of(*other)));
        let promises = before.iter().map(promise);
        let mut promising: Vec<(u32, f32)> = promises.filter(|(_, bits)| *bits >= MIN_PROMISE).collect();
        promising.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        let mut failures = 0;
        for (other, _) in promising {
            if failures == MAX_FAILURES {
                break;
            }
            let found = self.compare(passage, other);
            failures = if found.is_some() { 0 } else { failures + 1 };
            links.extend(found);
        }
    }

    /// Returns the link of `passage` with an earlier one if they share wording.
    fn compare(&mut self, passage: usize, other: u32) -> Option<Link> {
        let bits = &self.collection.bits[passage];
        let prepared = PreparedWording {
            wording: &self.collection.wordings[passage],
            bits,
            positions: &self.positions,
        };
        let other_wording = &self.collection.wordings[other as usize];
        let stretches = self.aligner.stretches(prepared, other_wording, self.threshold);
        let judgement = judge(&stretches, bits, &self.collection.bits[other as usize]);
        let own: Vec<usize> = stretches
            .iter()
            .map(|stretch| self.own_words(passage, stretch))
            .collect();
        let shares = judgement.matched >= MIN_MATCHED && own.iter().sum::<usize>() >= MIN_OWN;
        // A family is of wording, so a stretch of a term or a set phrase does not join one, though it counts in the
        // score.
        let of_family = stretches.iter().zip(own);
        let of_family = of_family.filter(|(stretch, own)| stretch.pairs().count() >= MIN_MATCHED && *own >= MIN_OWN);
        (judgement.score >= self.min_score && shares).then(|| Link {
            one: other,
            other: passage as u32,
            score: judgement.score,
            matched: judgement.matched,
            extents: of_family
                .map(|(stretch, _)| extents(stretch, passage as u32, other))
                .collect(),
        })
    }

    /// Returns the number of words of a stretch beyond its longest set phrase: a phrase alone belongs to nobody, but
    /// several in a row are somebody's own wording.
    fn own_words(&self, passage: usize, stretch: &AlignedStretch) -> usize {
        let words: Vec<usize> = stretch.pairs().map(|(i, _)| i).collect();
        let within = |phrase: &Range<usize>| {
            let from = words.partition_point(|&at| at < phrase.start);
            words.partition_point(|&at| at < phrase.end) - from
        };
        words.len() - self.set_phrases[passage].iter().map(within).max().unwrap_or(0)
    }
}

/// Returns the words that a stretch covers in passage `one` and in passage `other`.
fn extents(stretch: &AlignedStretch, one: u32, other: u32) -> (Extent, Extent) {
    let mut ends = (Extent::empty(one), Extent::empty(other));
    for (i, j) in stretch.pairs() {
        ends.0.cover(i);
        ends.1.cover(j);
    }
    ends
}
