//! Passages that share wording with a given one: those with most of its rarer shingles.
//!
//! These are only candidates; [`crate::precedent`] aligns and judges them. The rarest shingles are looked up first, and
//! only as many as [`MAX_POSTINGS`] allows: a shingle that occurs everywhere says nothing, and costs most.

use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, SegmentReader, Term};

use super::scope::{KnownPassages, LocatedPassage, PassageScope, located};
use crate::index::{Error, Index, Shingle};

/// Entries of posting lists that one search may read, which takes about 10 ms.
const MAX_POSTINGS: u64 = 2_000_000;

/// The passages that share most shingles with a wording.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SharingPassages {
    /// The passages, those that share most first.
    pub(crate) passages: Vec<LocatedPassage>,
    /// True if further passages share some shingle.
    pub(crate) cut: bool,
}

/// Returns the passages in `scope`, but for those `known`, with most of `shingles`, most first, at most `limit`. The
/// rarer a shingle is, the more it counts.
///
/// # Errors
/// [`Error::Damaged`], [`Error::Engine`].
pub(crate) fn passages_sharing(
    scope: &PassageScope<'_>,
    shingles: &[Shingle],
    limit: usize,
    known: &KnownPassages,
) -> Result<SharingPassages, Error> {
    let index = scope.index;
    let terms = rarest(index, shingles)?;
    let mut found: Vec<(f32, DocAddress)> = Vec::new();
    // The lowest sum that can still be among the best; sums of 0 share nothing.
    let mut least = 0.0;
    let mut cut = false;
    for (ordinal, segment) in scope.segments() {
        let sums = index.guard(|| sums(index, segment, &terms))?;
        for (passage, sum) in (0..).zip(sums) {
            let address = DocAddress::new(ordinal, passage);
            if sum <= 0.0 || cut && sum <= least || !scope.has(ordinal, segment, passage) || known.has(address) {
                continue;
            }
            found.push((sum, address));
            // Most passages share some shingle, so the weakest are dropped before there are many.
            if found.len() >= 4 * limit {
                cut = true;
                least = keep_greatest(&mut found, limit).unwrap_or(least);
            }
        }
        cut |= found.len() > limit;
        least = keep_greatest(&mut found, limit).unwrap_or(least);
    }
    found.sort_by(|one, other| other.0.total_cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
    let addresses: Vec<DocAddress> = found.into_iter().map(|(_, address)| address).collect();
    Ok(SharingPassages {
        passages: located(index, &addresses)?,
        cut,
    })
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
    Ok(affordable
        .map(|(count, shingle)| {
            // Squared: one pair of words that hardly anyone uses says more than several that many use.
            let rarity = (1.0 + passages / count as f32).log2();
            (index.fields().shingle_term(shingle), rarity * rarity)
        })
        .collect())
}

/// Returns the sum of the weights of `terms` in each passage of a segment.
fn sums(index: &Index, segment: &SegmentReader, terms: &[(Term, f32)]) -> tantivy::Result<Vec<f32>> {
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
    Ok(sums)
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
