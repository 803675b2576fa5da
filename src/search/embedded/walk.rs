//! One pass over the passages that match: their number by the agreement of their marks, the values of facets, and the
//! best of them.
//!
//! Every match is seen once, as the counts must be exact. What only adds to its score is asked where it can still make
//! the match one of the best: each gain has an upper bound, and the best hits so far set a threshold.

use std::cmp::Reverse;

use tantivy::query::{EnableScoring, Weight};
use tantivy::{DocId, Score, SegmentReader, TERMINATED};

use super::best::{Best, KeyColumns};
use super::compile::{gain_of, marks_of, query_of};
use super::gained::{GainWeight, MarksWeight, SegmentGain, SegmentLevels};
use super::tally::{SegmentTally, Tally};
use crate::index::{Error, FolderIndex};
use crate::record::Facet;
use crate::search::agreement::Agreement;
use crate::search::ask::{Ask, Asked, Found};
use crate::search::levels::MatchCounts;
use crate::stop;

/// Matches between two looks at the [limit](stop) of the work, and the number of passages whose facets are counted at
/// once.
const BLOCK: usize = 1024;

/// Share by which a score may be greater than the sum of its parts in another order.
const ROUNDING: f32 = 1e-5;

/// Walks over the passages that match.
pub(super) fn walk(index: &FolderIndex, asked: &Asked<'_>) -> Result<Found, Error> {
    let searcher = index.searcher();
    let mut tallies = Vec::with_capacity(asked.facets.len());
    for &facet in asked.facets {
        tallies.push(Tally::of(index, facet)?);
    }
    let query = query_of(index.fields(), asked.ask);
    let mut best = Best::of(index, asked.options)?;
    let scored = best.needs_scores();
    let mut matches = MatchCounts::default();
    index.guard(|| {
        let scoring = match scored {
            true => EnableScoring::enabled_from_searcher(searcher),
            false => EnableScoring::disabled_from_searcher(searcher),
        };
        let weight = query.weight(scoring)?;
        let weights = Weights::of(index, asked, scored, scoring)?;
        for (ordinal, segment) in (0..).zip(searcher.segment_readers()) {
            let mut visit = Visit::of(&weights, ordinal, segment, &mut best, asked.facets)?;
            let alive = segment.alive_bitset();
            let is_alive = |passage: DocId| alive.is_none_or(|alive| alive.is_alive(passage));
            if scored {
                weight.for_each(segment, &mut |passage, score| {
                    if is_alive(passage) {
                        visit.take(passage, score);
                    }
                })?;
            } else {
                weight.for_each_no_score(segment, &mut |passages| {
                    if alive.is_none() && visit.only_counts() {
                        visit.count(passages);
                    } else {
                        let alive = passages.iter().filter(|&&passage| is_alive(passage));
                        alive.for_each(|&passage| visit.take(passage, 0.0));
                    }
                })?;
            }
            let (counts, counted) = visit.end();
            matches += counts;
            for (tally, counted) in tallies.iter_mut().zip(counted) {
                tally.add(ordinal, counted);
            }
        }
        Ok(())
    })?;
    let mut hits = Vec::new();
    for (score, address) in best.window() {
        hits.push((score, index.stored(address)?));
    }
    let limit = asked.options.facet_limit;
    Ok(Found {
        matches,
        facets: tallies.iter().map(|tally| tally.counts(limit)).collect(),
        hits,
    })
}

/// Returns true if any passage matches `ask`.
pub(super) fn matches_any(index: &FolderIndex, ask: &Ask) -> Result<bool, Error> {
    let searcher = index.searcher();
    let query = query_of(index.fields(), ask);
    index.guard(|| {
        let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
        for segment in searcher.segment_readers() {
            if has_match(&*weight, segment)? {
                return Ok(true);
            }
        }
        Ok(false)
    })
}

/// Returns true if any passage of a segment matches.
fn has_match(weight: &dyn Weight, segment: &SegmentReader) -> tantivy::Result<bool> {
    let mut scorer = weight.scorer(segment, 1.0)?;
    let mut passage = scorer.doc();
    while passage != TERMINATED {
        stop::checkpoint();
        if segment.alive_bitset().is_none_or(|alive| alive.is_alive(passage)) {
            return Ok(true);
        }
        passage = scorer.advance();
    }
    Ok(false)
}

/// The weights of marks and gains in an index.
struct Weights {
    marks: Vec<MarksWeight>,
    /// Number of parts whose marks must agree, if not all of them.
    required: Option<usize>,
    /// The gains, those first that may add most.
    gains: Vec<GainWeight>,
}

impl Weights {
    /// Returns the weights of what is asked; without the gains unless hits are `scored`.
    fn of(index: &FolderIndex, asked: &Asked<'_>, scored: bool, scoring: EnableScoring<'_>) -> tantivy::Result<Self> {
        let unscored = match scoring {
            EnableScoring::Enabled { searcher, .. } => EnableScoring::disabled_from_searcher(searcher),
            disabled => disabled,
        };
        let marks: tantivy::Result<Vec<_>> = asked
            .marks
            .parts
            .iter()
            .map(|marks| MarksWeight::of(&marks_of(index.fields(), marks), unscored))
            .collect();
        let gains = asked.gains.iter().filter(|_| scored);
        let gains: tantivy::Result<Vec<_>> = gains
            .map(|gain| GainWeight::of(&gain_of(index.fields(), gain), scoring))
            .collect();
        let (marks, mut gains) = (marks?, gains?);
        gains.sort_by(|one, other| other.bound().total_cmp(&one.bound()));
        Ok(Self {
            marks,
            required: asked.marks.required,
            gains,
        })
    }
}

/// The walk over one segment.
struct Visit<'v> {
    /// True if the hits are ordered by their scores.
    scored: bool,
    /// The marks of the parts, those first that are most likely to contradict, each with the most that those after it add
    /// to a score.
    marks: Vec<(SegmentLevels, Score)>,
    required: Option<usize>,
    /// Levels of the parts of a passage, where only some must agree.
    levels: Vec<Agreement>,
    /// The gains that the segment has, each with the most that it and those after it add.
    gains: Vec<(Score, SegmentGain)>,
    counts: MatchCounts,
    /// The matches whose facets are not counted yet.
    block: Vec<DocId>,
    tallies: Vec<SegmentTally>,
    best: &'v mut Best,
    columns: KeyColumns,
    seen: usize,
}

impl<'v> Visit<'v> {
    /// Begins with a segment.
    fn of(
        weights: &Weights,
        ordinal: u32,
        segment: &SegmentReader,
        best: &'v mut Best,
        facets: &[Facet],
    ) -> tantivy::Result<Self> {
        let marks: tantivy::Result<Vec<_>> = weights.marks.iter().map(|marks| marks.in_segment(segment)).collect();
        let mut marks = marks?;
        // From the last one on, so that the sum of the bounds is that of what comes after.
        marks.sort_by_key(|marks| Reverse(marks.best_count()));
        let mut rest = 0.0;
        let mut with_rest = Vec::with_capacity(marks.len());
        for marks in marks {
            let bound = marks.bound();
            with_rest.push((marks, rest));
            rest += bound;
        }
        with_rest.reverse();
        let mut gains = Vec::with_capacity(weights.gains.len());
        let mut bound = 0.0;
        for weight in weights.gains.iter().rev() {
            if let Some(gain) = weight.in_segment(segment)? {
                bound += weight.bound();
                gains.push((bound, gain));
            }
        }
        gains.reverse();
        let tallies: tantivy::Result<_> = facets.iter().map(|&facet| SegmentTally::of(facet, segment)).collect();
        Ok(Self {
            scored: best.needs_scores(),
            marks: with_rest,
            required: weights.required,
            levels: Vec::new(),
            gains,
            counts: MatchCounts::default(),
            block: Vec::with_capacity(BLOCK),
            tallies: tallies?,
            columns: best.columns(ordinal, segment)?,
            best,
            seen: 0,
        })
    }

    /// Returns true if nothing is asked about one match that is not asked about all.
    fn only_counts(&self) -> bool {
        self.marks.is_empty() && !self.best.takes(0.0)
    }

    /// Takes matches of which nothing but their number and their facets is asked.
    fn count(&mut self, passages: &[DocId]) {
        stop::checkpoint();
        self.counts.add(Agreement::Exact, passages.len());
        self.tallies.iter_mut().for_each(|tally| tally.count(passages));
    }

    /// Takes a match; each is later than the one before.
    fn take(&mut self, passage: DocId, score: Score) {
        self.seen += 1;
        if self.seen.is_multiple_of(BLOCK) {
            stop::checkpoint();
        }
        let (level, score) = self.agreement(passage, score);
        self.counts.add(level, 1);
        if !self.tallies.is_empty() {
            self.block.push(passage);
            if self.block.len() == BLOCK {
                self.count_block();
            }
        }
        if !self.scored {
            if self.best.takes(0.0) {
                self.best.add(0.0, passage, &self.columns);
            }
            return;
        }
        let Some(mut score) = score else { return };
        for (rest, gain) in &mut self.gains {
            if !self.best.takes((score + *rest) * (1.0 + ROUNDING)) {
                return;
            }
            score += gain.at(passage);
        }
        if self.best.takes(score) {
            self.best.add(score, passage, &self.columns);
        }
    }

    /// Returns the agreement of the marks of a match, and its `score` with what that adds; `None` if it is too low to
    /// matter whatever else is gained.
    fn agreement(&mut self, passage: DocId, mut score: Score) -> (Agreement, Option<Score>) {
        let Some(required) = self.required else {
            let gains = self.gains.first().map_or(0.0, |(bound, _)| *bound);
            let mut worst = Agreement::Exact;
            for (marks, rest) in &mut self.marks {
                let (level, of_marks) = marks.at(passage);
                worst = worst.max(level);
                score += of_marks;
                // Nothing is worse, so the other parts only matter to the score.
                let hopeless = || !self.scored || !self.best.takes((score + *rest + gains) * (1.0 + ROUNDING));
                if worst == Agreement::Folded && hopeless() {
                    return (worst, None);
                }
            }
            return (worst, Some(score));
        };
        // It agrees at the level at which as many parts agree as must.
        self.levels.clear();
        let levels = self.marks.iter_mut().map(|(marks, _)| marks.at(passage).0);
        self.levels.extend(levels);
        self.levels.sort_unstable();
        let level = required.checked_sub(1).and_then(|last| self.levels.get(last));
        (level.copied().unwrap_or(Agreement::Folded), Some(score))
    }

    /// Counts the facets of the matches that were put off.
    fn count_block(&mut self) {
        self.tallies.iter_mut().for_each(|tally| tally.count(&self.block));
        self.block.clear();
    }

    /// Ends the segment.
    fn end(mut self) -> (MatchCounts, Vec<SegmentTally>) {
        self.count_block();
        (self.counts, self.tallies)
    }
}
