//! Passages that share wording with a given one: those with most of its rarer shingles.
//!
//! These are only candidates; [`crate::precedent`] aligns and judges them. The rarest shingles are looked up first, and
//! only as many as [`MAX_POSTINGS`] allows: a shingle that occurs everywhere says nothing, and costs most.

use super::located::{KnownPassages, SharingPassages};
use super::scope::PassageScope;
use crate::index::{Error, Index, Shingle};

/// Entries of posting lists that one search may read, which takes about 10 ms.
const MAX_POSTINGS: u64 = 2_000_000;

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
    scope.passages.sharing(&rarest(scope.index, shingles)?, limit, known)
}

/// Returns the rarest of `shingles`, each with its weight in the sum of a passage.
fn rarest(index: &Index, shingles: &[Shingle]) -> Result<Vec<(Shingle, f32)>, Error> {
    let mut shingles = shingles.to_vec();
    shingles.sort_unstable();
    shingles.dedup();
    index.look_up(&[], &shingles)?;
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
            (shingle, rarity * rarity)
        })
        .collect())
}
