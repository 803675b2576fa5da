//! Passages that have at least so many of several queries.
//!
//! A passage without any of the rarest queries cannot have as many as are required, so only the passages of those are
//! looked at: of `n` queries of which `r` are required, the `n - r + 1` with the fewest passages lead, and the others are
//! asked about what they find.

use std::sync::Arc;

use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight, intersect_scorers};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, Term};

use crate::stop;

/// A query that matches the passages with at least `required` of `parts`, and scores them by the sum of those.
#[derive(Clone, Debug)]
pub(super) struct AtLeast {
    pub(super) parts: Vec<Arc<dyn Query>>,
    pub(super) required: usize,
}

impl Query for AtLeast {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let parts: tantivy::Result<_> = self.parts.iter().map(|part| part.weight(scoring)).collect();
        Ok(Box::new(AtLeastWeight {
            parts: parts?,
            required: self.required,
        }))
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        self.parts.iter().for_each(|part| part.query_terms(visitor));
    }
}

/// The weight of [`AtLeast`].
struct AtLeastWeight {
    parts: Vec<Box<dyn Weight>>,
    required: usize,
}

impl Weight for AtLeastWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut parts = Vec::with_capacity(self.parts.len());
        for part in &self.parts {
            let scorer = part.scorer(segment, boost)?;
            if scorer.doc() != TERMINATED {
                parts.push(scorer);
            }
        }
        if parts.len() < self.required || parts.is_empty() {
            return Ok(Box::new(EmptyScorer));
        }
        if parts.len() == self.required {
            return Ok(intersect_scorers(parts, segment.max_doc()));
        }
        parts.sort_by_key(|part| part.cost());
        let leading = parts.len() - self.required.max(1) + 1;
        let mut scorer = AtLeastScorer {
            parts,
            leading,
            required: self.required,
            passage: 0,
        };
        scorer.find_from(0);
        Ok(Box::new(scorer))
    }

    fn explain(&self, segment: &SegmentReader, passage: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(segment, 1.0)?;
        let found = scorer.doc() <= passage && scorer.seek(passage) == passage;
        Ok(Explanation::new("at least so many", f32::from(u8::from(found))))
    }
}

/// The scorer of [`AtLeast`].
struct AtLeastScorer {
    /// Those with the fewest passages first.
    parts: Vec<Box<dyn Scorer>>,
    /// Number of the parts of which every match has one.
    leading: usize,
    required: usize,
    /// The current match.
    passage: DocId,
}

impl AtLeastScorer {
    /// Moves to the first match from `target` on.
    fn find_from(&mut self, mut target: DocId) -> DocId {
        loop {
            stop::checkpoint();
            let (leading, others) = self.parts.split_at_mut(self.leading);
            let passage = leading.iter_mut().map(|part| at_or_after(part, target)).min();
            self.passage = passage.unwrap_or(TERMINATED);
            if self.passage == TERMINATED {
                return TERMINATED;
            }
            let mut found = leading.iter().filter(|part| part.doc() == self.passage).count();
            let mut left = others.len();
            for part in others {
                // Even if all that are left had it there would be too few.
                if found + left < self.required {
                    break;
                }
                found += usize::from(at_or_after(part, self.passage) == self.passage);
                left -= 1;
            }
            if found >= self.required {
                return self.passage;
            }
            target = self.passage + 1;
        }
    }
}

/// Moves `part` to its first passage from `target` on, unless it is beyond it already.
fn at_or_after(part: &mut Box<dyn Scorer>, target: DocId) -> DocId {
    if part.doc() < target {
        part.seek(target);
    }
    part.doc()
}

impl DocSet for AtLeastScorer {
    fn advance(&mut self) -> DocId {
        if self.passage == TERMINATED {
            return TERMINATED;
        }
        self.find_from(self.passage + 1)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.passage < target {
            if target >= TERMINATED {
                self.passage = TERMINATED;
            } else {
                self.find_from(target);
            }
        }
        self.passage
    }

    fn doc(&self) -> DocId {
        self.passage
    }

    fn size_hint(&self) -> u32 {
        let leading = &self.parts[..self.leading];
        leading.iter().map(|part| part.size_hint()).fold(0, u32::saturating_add)
    }

    fn cost(&self) -> u64 {
        self.parts[..self.leading].iter().map(|part| part.cost()).sum()
    }
}

impl Scorer for AtLeastScorer {
    fn score(&mut self) -> Score {
        // A part that was not asked, as the passage had enough already, is asked now.
        let passage = self.passage;
        let scores = self.parts.iter_mut().map(|part| {
            if at_or_after(part, passage) == passage {
                part.score()
            } else {
                0.0
            }
        });
        scores.sum()
    }
}
