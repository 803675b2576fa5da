//! A query with gains, as a query of the engine: for parts inside other parts.

use std::sync::Arc;

use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SeekDangerResult, SegmentReader, Term};

use super::gained::{GainQuery, GainWeight, SegmentGain};

/// A query that matches what `base` matches, and scores it by `base` and by what each passage gains.
#[derive(Clone)]
pub(super) struct Gaining {
    pub(super) base: Arc<dyn Query>,
    pub(super) gains: Vec<GainQuery>,
}

impl std::fmt::Debug for Gaining {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Gaining")
            .field("base", &self.base)
            .finish_non_exhaustive()
    }
}

impl Query for Gaining {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let base = self.base.weight(scoring)?;
        if !scoring.is_scoring_enabled() {
            return Ok(base);
        }
        let gains: tantivy::Result<_> = self.gains.iter().map(|gain| GainWeight::of(gain, scoring)).collect();
        Ok(Box::new(GainingWeight { base, gains: gains? }))
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        self.base.query_terms(visitor);
    }
}

/// The weight of [`Gaining`].
struct GainingWeight {
    base: Box<dyn Weight>,
    gains: Vec<GainWeight>,
}

impl GainingWeight {
    /// Returns the scorer over that of `base`.
    fn scorer_over(
        &self,
        base: Box<dyn Scorer>,
        segment: &SegmentReader,
        boost: Score,
    ) -> tantivy::Result<GainingScorer> {
        let mut gains = Vec::with_capacity(self.gains.len());
        for gain in &self.gains {
            gains.extend(gain.in_segment(segment)?);
        }
        Ok(GainingScorer { base, gains, boost })
    }
}

impl Weight for GainingWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let base = self.base.scorer(segment, boost)?;
        Ok(Box::new(self.scorer_over(base, segment, boost)?))
    }

    fn scorer_danger(
        &self,
        segment: &SegmentReader,
        target: DocId,
        boost: Score,
    ) -> tantivy::Result<(SeekDangerResult, Box<dyn Scorer>)> {
        let (result, base) = self.base.scorer_danger(segment, target, boost)?;
        Ok((result, Box::new(self.scorer_over(base, segment, boost)?)))
    }

    fn explain(&self, segment: &SegmentReader, passage: DocId) -> tantivy::Result<Explanation> {
        self.base.explain(segment, passage)
    }

    fn count(&self, segment: &SegmentReader) -> tantivy::Result<u32> {
        self.base.count(segment)
    }
}

/// The scorer of [`Gaining`].
struct GainingScorer {
    base: Box<dyn Scorer>,
    gains: Vec<SegmentGain>,
    /// Multiplies what is gained.
    boost: Score,
}

impl DocSet for GainingScorer {
    fn advance(&mut self) -> DocId {
        self.base.advance()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.base.seek(target)
    }

    fn seek_danger(&mut self, target: DocId) -> SeekDangerResult {
        self.base.seek_danger(target)
    }

    fn doc(&self) -> DocId {
        self.base.doc()
    }

    fn size_hint(&self) -> u32 {
        self.base.size_hint()
    }

    fn cost(&self) -> u64 {
        self.base.cost()
    }
}

impl Scorer for GainingScorer {
    fn score(&mut self) -> Score {
        let passage = self.base.doc();
        let gained: Score = self.gains.iter_mut().map(|gain| gain.at(passage)).sum();
        self.base.score() + self.boost * gained
    }
}
