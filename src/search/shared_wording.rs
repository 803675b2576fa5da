//! Passages that share wording with a given one: those with most of its rarer shingles.
//!
//! These are only candidates; [`crate::precedent`] aligns and judges them. The rarest shingles are looked up first, and
//! only as many as [`MAX_POSTINGS`] allows: a shingle that occurs everywhere says nothing, and costs most.

use tantivy::query::Query as EngineQuery;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocId, DocSet, SegmentReader, TERMINATED, Term};

use super::filter::Restriction;
use crate::index::{Error, Index, Shingle, StoredPassage};
use crate::query::{Diagnostic, Filters};
use crate::record::Facet;

/// Entries of posting lists that one search may read, which takes about 10 ms.
const MAX_POSTINGS: u64 = 2_000_000;

/// The passages that may be found.
#[derive(Debug)]
pub(crate) struct Scope<'s> {
    /// Filters that a passage must pass.
    pub(crate) filters: &'s Filters,
    /// A facet whose values asked for in `filters` are ignored, because it is being counted.
    pub(crate) but: Option<Facet>,
    /// Ids of documents whose passages are left out.
    pub(crate) without: &'s [String],
    /// Maximum number of passages.
    pub(crate) limit: usize,
}

/// Returns the passages in `scope` with most of `shingles`, most first. The rarer a shingle is, the more it counts.
///
/// # Errors
/// [`Error::Damaged`], [`Error::Engine`].
pub(crate) fn passages_sharing(
    index: &Index,
    shingles: &[Shingle],
    scope: &Scope<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Vec<StoredPassage>, Error> {
    let restriction = Restriction::of(index, scope.filters, diagnostics)?;
    let restricted = (!restriction.is_empty(scope.but)).then(|| restriction.passages(scope.but));
    let terms = rarest(index, shingles)?;
    let searcher = index.searcher();
    let mut found: Vec<(f32, DocAddress)> = Vec::new();
    // The lowest sum that can still be among the best; sums of 0 share nothing.
    let mut least = 0.0;
    for (ordinal, segment) in (0..).zip(searcher.segment_readers()) {
        let sums = index.guard(|| sums(index, segment, &terms, scope.without))?;
        let allowed = restricted
            .as_ref()
            .map(|query| index.guard(|| allowed(index, segment, query)));
        let allowed = allowed.transpose()?;
        let passes = |passage: DocId| {
            let allowed = allowed.as_ref().is_none_or(|allowed| allowed[passage as usize]);
            allowed && is_alive(segment, passage)
        };
        for (passage, sum) in (0..).zip(sums) {
            if sum > least && passes(passage) {
                found.push((sum, DocAddress::new(ordinal, passage)));
                // Most passages share some shingle, so the weakest are dropped before there are many.
                if found.len() >= 4 * scope.limit {
                    least = keep_greatest(&mut found, scope.limit).unwrap_or(least);
                }
            }
        }
        least = keep_greatest(&mut found, scope.limit).unwrap_or(least);
    }
    found.sort_by(|one, other| other.0.total_cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
    found.into_iter().map(|(_, address)| index.stored(address)).collect()
}

/// Calls `take` with each passage that passes `filters`, in no order.
///
/// # Errors
/// [`Error::Damaged`], [`Error::Engine`], and those of `take`.
pub(crate) fn for_each_passing(
    index: &Index,
    filters: &Filters,
    diagnostics: &mut Vec<Diagnostic>,
    mut take: impl FnMut(StoredPassage) -> Result<(), Error>,
) -> Result<(), Error> {
    let restriction = Restriction::of(index, filters, diagnostics)?;
    let query = restriction.passages(None);
    for (ordinal, segment) in (0..).zip(index.searcher().segment_readers()) {
        let allowed = index.guard(|| allowed(index, segment, &query))?;
        for passage in (0..segment.max_doc()).filter(|&passage| allowed[passage as usize] && is_alive(segment, passage))
        {
            take(index.stored(DocAddress::new(ordinal, passage))?)?;
        }
    }
    Ok(())
}

/// Returns true if the passage is still part of the index.
fn is_alive(segment: &SegmentReader, passage: DocId) -> bool {
    segment.alive_bitset().is_none_or(|alive| alive.is_alive(passage))
}

/// Returns the terms of the rarest of `shingles`, each with its weight in the sum of a passage.
fn rarest(index: &Index, shingles: &[Shingle]) -> Result<Vec<(Term, f32)>, Error> {
    let mut shingles = shingles.to_vec();
    shingles.sort_unstable();
    shingles.dedup();
    let passages = index.passages_count() as f32;
    let mut known = Vec::with_capacity(shingles.len());
    for shingle in shingles {
        let count = index.passages_with_shingle(shingle)?;
        if count > 0 {
            known.push((count, shingle));
        }
    }
    known.sort_unstable();
    let mut read = 0;
    let affordable = known.into_iter().take_while(|(count, _)| {
        read += count;
        read <= MAX_POSTINGS || read == *count
    });
    let field = index.fields().shingle;
    Ok(affordable
        .map(|(count, shingle)| {
            // Squared: one pair of words that hardly anyone uses says more than several that many use.
            let rarity = (1.0 + passages / count as f32).log2();
            (Term::from_field_u64(field, shingle.into()), rarity * rarity)
        })
        .collect())
}

/// Returns the sum of the weights of `terms` in each passage of a segment; 0 in the documents `without`.
fn sums(
    index: &Index,
    segment: &SegmentReader,
    terms: &[(Term, f32)],
    without: &[String],
) -> tantivy::Result<Vec<f32>> {
    let mut sums = vec![0.0; segment.max_doc() as usize];
    let postings_of = segment.inverted_index(index.fields().shingle)?;
    for (term, weight) in terms {
        let Some(mut postings) = postings_of.read_block_postings(term, IndexRecordOption::Basic)? else {
            continue;
        };
        while !postings.docs().is_empty() {
            for &passage in postings.docs() {
                sums[passage as usize] += weight;
            }
            postings.advance();
        }
    }
    // The posting list of a document holds all of its passages, so none has to be asked which document it is of.
    let owners = segment.inverted_index(index.fields().owner)?;
    for document in without {
        let term = Term::from_field_text(index.fields().owner, document);
        if let Some(mut postings) = owners.read_postings(&term, IndexRecordOption::Basic)? {
            while postings.doc() != TERMINATED {
                sums[postings.doc() as usize] = 0.0;
                postings.advance();
            }
        }
    }
    Ok(sums)
}

/// Returns for each passage of a segment whether `query` matches it.
fn allowed(index: &Index, segment: &SegmentReader, query: &dyn EngineQuery) -> tantivy::Result<Vec<bool>> {
    let scoring = tantivy::query::EnableScoring::disabled_from_searcher(index.searcher());
    let mut allowed = vec![false; segment.max_doc() as usize];
    query.weight(scoring)?.for_each_no_score(segment, &mut |passages| {
        for &passage in passages {
            allowed[passage as usize] = true;
        }
    })?;
    Ok(allowed)
}

/// Keeps the `limit` greatest of `found`, of equal ones the first; returns the least of those kept if any were dropped.
fn keep_greatest(found: &mut Vec<(f32, DocAddress)>, limit: usize) -> Option<f32> {
    if found.len() <= limit || limit == 0 {
        found.truncate(limit);
        return None;
    }
    let (_, last, _) = found.select_nth_unstable_by(limit - 1, |one, other| {
        other.0.total_cmp(&one.0).then_with(|| one.1.cmp(&other.1))
    });
    let least = last.0;
    found.truncate(limit);
    Some(least)
}
