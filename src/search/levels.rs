//! Counts of matching passages by the agreement of their marks, in one pass over the matches.

use serde::{Deserialize, Serialize};
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::query::{EnableScoring, Query as EngineQuery, Scorer, Weight};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use super::agreement::Agreement;
use crate::index::{Error, Index};

/// Numbers of matching passages by the agreement of their marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct MatchCounts {
    /// The marks agree as printed, or the query has none.
    pub exact: usize,
    /// The repaired reading of a scan agrees.
    pub read: usize,
    /// The source lost its marks.
    pub lost: usize,
    /// The marks contradict each other.
    pub folded: usize,
}

impl MatchCounts {
    /// Returns the number of all matching passages.
    #[must_use]
    pub const fn total(self) -> usize {
        self.exact + self.read + self.lost + self.folded
    }

    /// Returns the number of passages at `level`.
    #[must_use]
    pub const fn at(self, level: Agreement) -> usize {
        match level {
            Agreement::Exact => self.exact,
            Agreement::Read => self.read,
            Agreement::Lost => self.lost,
            Agreement::Folded => self.folded,
        }
    }

    /// Adds `passages` at `level`.
    fn add(&mut self, level: Agreement, passages: usize) {
        let count = match level {
            Agreement::Exact => &mut self.exact,
            Agreement::Read => &mut self.read,
            Agreement::Lost => &mut self.lost,
            Agreement::Folded => &mut self.folded,
        };
        *count += passages;
    }
}

/// Queries for levels of agreement, best level first.
pub(super) type LevelQueries = Vec<(Agreement, Box<dyn EngineQuery>)>;

/// Counts the passages that `query` matches by level. Each of `agreeing` matches the passages of its level and of better
/// ones, best level first; a passage that none of them matches is [`Agreement::Folded`].
///
/// # Errors
/// [`Error::Damaged`], [`Error::Engine`].
pub(super) fn count(
    index: &Index,
    query: &dyn EngineQuery,
    agreeing: &[(Agreement, Box<dyn EngineQuery>)],
) -> Result<MatchCounts, Error> {
    let searcher = index.searcher();
    index.guard(|| {
        let scoring = EnableScoring::disabled_from_searcher(searcher);
        let weights: tantivy::Result<Vec<_>> = agreeing
            .iter()
            .map(|(level, query)| Ok((*level, query.weight(scoring)?)))
            .collect();
        searcher.search(query, &LevelCounter { weights: weights? })
    })
}

/// Counts matches by level.
struct LevelCounter {
    /// The levels with their queries, best first.
    weights: Vec<(Agreement, Box<dyn Weight>)>,
}

impl Collector for LevelCounter {
    type Fruit = MatchCounts;
    type Child = SegmentLevelCounter;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<SegmentLevelCounter> {
        let scorers: tantivy::Result<Vec<_>> = self
            .weights
            .iter()
            .map(|(level, weight)| Ok((*level, weight.scorer(segment, 1.0)?)))
            .collect();
        Ok(SegmentLevelCounter {
            scorers: scorers?,
            counts: MatchCounts::default(),
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<MatchCounts>) -> tantivy::Result<MatchCounts> {
        let mut counts = MatchCounts::default();
        for segment in segments {
            for &level in Agreement::ALL {
                counts.add(level, segment.at(level));
            }
        }
        Ok(counts)
    }
}

/// The collector of one segment.
struct SegmentLevelCounter {
    scorers: Vec<(Agreement, Box<dyn Scorer>)>,
    counts: MatchCounts,
}

impl SegmentCollector for SegmentLevelCounter {
    type Fruit = MatchCounts;

    fn collect(&mut self, passage: DocId, _: Score) {
        // Matches come in order, so the scorers only move forward.
        let agrees = |scorer: &mut Box<dyn Scorer>| {
            if scorer.doc() < passage {
                scorer.seek(passage);
            }
            scorer.doc() == passage
        };
        let level = self
            .scorers
            .iter_mut()
            .find_map(|(level, scorer)| agrees(scorer).then_some(*level));
        self.counts.add(level.unwrap_or(Agreement::Folded), 1);
    }

    fn harvest(self) -> MatchCounts {
        self.counts
    }
}
