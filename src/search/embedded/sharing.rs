//! The sums of the weights of shingles in the passages of the embedded engine.

use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, SegmentReader};

use super::located::located;
use super::scope::SegmentScope;
use crate::index::{Error, FolderIndex, Shingle};
use crate::search::located::{KnownPassages, PassageKey, SharingPassages};

/// Returns the passages in `scope`, but for those `known`, with the greatest sums of the weights of `shingles`, greatest
/// first, at most `limit`.
pub(super) fn passages_sharing(
    scope: &SegmentScope<'_>,
    shingles: &[(Shingle, f32)],
    limit: usize,
    known: &KnownPassages,
) -> Result<SharingPassages, Error> {
    let index = scope.index;
    let mut found: Vec<(f32, DocAddress)> = Vec::new();
    // The lowest sum that can still be among the best; sums of 0 share nothing.
    let mut least = 0.0;
    let mut cut = false;
    for (ordinal, segment) in scope.segments() {
        let sums = index.guard(|| sums(index, segment, shingles))?;
        for (passage, sum) in (0..).zip(sums) {
            let address = DocAddress::new(ordinal, passage);
            if sum <= 0.0
                || cut && sum <= least
                || !scope.has(ordinal, segment, passage)
                || known.has(&PassageKey::Address(address))
            {
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

/// Returns the sum of the weights of `shingles` in each passage of a segment.
fn sums(index: &FolderIndex, segment: &SegmentReader, shingles: &[(Shingle, f32)]) -> tantivy::Result<Vec<f32>> {
    let mut sums = vec![0.0; segment.max_doc() as usize];
    let postings_of = segment.inverted_index(index.fields().shingle)?;
    for &(shingle, weight) in shingles {
        let term = index.fields().shingle_term(shingle);
        let Some(mut postings) = postings_of.read_block_postings(&term, IndexRecordOption::Basic)? else {
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
