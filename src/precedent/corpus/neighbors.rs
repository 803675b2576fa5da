//! The neighbors of each passage of a corpus: the earlier passages that have most of its rarer shingles and so may
//! share wording with it.
//!
//! The work for one passage is bounded, so that for all it grows with their number: its rarest shingles are looked up
//! first, and of each the earliest passages, until [`MAX_LOOKED_AT`] were looked at. In a corpus of a thousand copies
//! each copy meets the earliest ones.

use crate::index::Shingle;

/// Maximum number of passages that are looked at for one passage, each counted once per shingle.
const MAX_LOOKED_AT: usize = 16_000;
/// Maximum number of neighbors of a passage: those that share most.
const MAX_NEIGHBORS: usize = 64;
/// Maximum number of neighbors from one document. A passage put into another document shares set phrases with many
/// passages of the document that it comes from.
const MAX_OF_DOCUMENT: usize = 8;
/// Minimum sum of a neighbor: that of one shingle that one passage in 64 has, or of two that one in 16 has each. At 120
/// a tenth of the plantings with 15 % misread letters was lost.
const MIN_SUM: f32 = 32.0;

/// The shingles of the passages of a corpus, by shingle and by passage.
#[derive(Debug, Default)]
pub(super) struct Neighbors {
    /// Different shingles, sorted.
    shingles: Vec<Shingle>,
    /// For each shingle the index in `passages` of its first passage; one more entry for the end.
    starts: Vec<u32>,
    /// The passages of each shingle, sorted.
    passages: Vec<u32>,
    /// For each passage the index in `of_passage` of its first shingle; one more entry for the end.
    passage_starts: Vec<u32>,
    /// The shingles of each passage as indices, the rarest first.
    of_passage: Vec<u32>,
}

/// The sums of one thread. One is reused for many passages.
#[derive(Debug)]
pub(super) struct NeighborSums {
    /// For each passage its sum, 0 between two uses.
    sums: Vec<f32>,
    /// The passages whose sums are above 0.
    touched: Vec<u32>,
}

impl Neighbors {
    /// Prepares the neighbors of passages with these shingles.
    pub(super) fn of(shingles_of: &[Vec<Shingle>]) -> Self {
        let mut entries: Vec<u64> = Vec::with_capacity(shingles_of.iter().map(Vec::len).sum());
        for (passage, shingles) in shingles_of.iter().enumerate() {
            entries.extend(
                shingles
                    .iter()
                    .map(|&shingle| u64::from(shingle) << 32 | passage as u64),
            );
        }
        // Shingle and passage are one number, so that a plain sort brings the passages of a shingle together.
        entries.sort_unstable();
        entries.dedup();
        let mut neighbors = Self::default();
        let mut counts = vec![0_u32; shingles_of.len() + 1];
        for entry in &entries {
            let (shingle, passage) = ((entry >> 32) as Shingle, *entry as u32);
            if neighbors.shingles.last() != Some(&shingle) {
                neighbors.shingles.push(shingle);
                neighbors.starts.push(neighbors.passages.len() as u32);
            }
            neighbors.passages.push(passage);
            counts[passage as usize + 1] += 1;
        }
        neighbors.starts.push(neighbors.passages.len() as u32);
        // Sums of the counts are where the shingles of each passage begin: a counting sort turns the order by shingle
        // into one by passage.
        for passage in 1..counts.len() {
            counts[passage] += counts[passage - 1];
        }
        let mut of_passage = vec![0; entries.len()];
        neighbors.passage_starts = counts.clone();
        for shingle in 0..neighbors.shingles.len() {
            for &passage in neighbors.passages_of(shingle) {
                let at = &mut counts[passage as usize];
                of_passage[*at as usize] = shingle as u32;
                *at += 1;
            }
        }
        for passage in 0..shingles_of.len() {
            of_passage[neighbors.range_of(passage)].sort_by_key(|&shingle| neighbors.count(shingle as usize));
        }
        neighbors.of_passage = of_passage;
        neighbors
    }

    /// Returns the number of passages with this shingle.
    pub(super) fn passages_with(&self, shingle: Shingle) -> usize {
        self.shingles.binary_search(&shingle).map_or(0, |at| self.count(at))
    }

    /// Returns sums for these passages, all 0.
    pub(super) fn sums(&self) -> NeighborSums {
        NeighborSums {
            sums: vec![0.0; self.passage_starts.len() - 1],
            touched: Vec::new(),
        }
    }

    /// Returns the passages before `passage` and of other documents that share most with it, most first. `document_of`
    /// holds the document of each passage.
    pub(super) fn before(&self, passage: usize, document_of: &[u32], sums: &mut NeighborSums) -> Vec<u32> {
        let all = document_of.len() as f32;
        // The passages of a document come one after the other.
        let document = document_of[passage];
        let own = document_of[..passage].partition_point(|&other| other < document);
        let mut left = MAX_LOOKED_AT;
        for &shingle in &self.of_passage[self.range_of(passage)] {
            if left == 0 {
                break;
            }
            let with = self.passages_of(shingle as usize);
            let rarity = (1.0 + all / with.len() as f32).log2();
            let weight = rarity * rarity;
            let looked_at = &with[..with.len().min(left)];
            left -= looked_at.partition_point(|&other| (other as usize) < passage);
            for &other in looked_at.iter().take_while(|&&other| (other as usize) < own) {
                let sum = &mut sums.sums[other as usize];
                if *sum == 0.0 {
                    sums.touched.push(other);
                }
                *sum += weight;
            }
        }
        Self::greatest(document_of, sums)
    }

    /// Returns the passages with the greatest sums, greatest first, and sets all sums to 0.
    fn greatest(document_of: &[u32], sums: &mut NeighborSums) -> Vec<u32> {
        let mut found: Vec<(f32, u32)> = Vec::new();
        for passage in sums.touched.drain(..) {
            let sum = std::mem::take(&mut sums.sums[passage as usize]);
            if sum >= MIN_SUM {
                found.push((sum, passage));
            }
        }
        let first = |one: &(f32, u32), other: &(f32, u32)| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1));
        // Only few of one document are kept, so more must be sorted than are wanted in the end.
        let most = MAX_NEIGHBORS * MAX_OF_DOCUMENT;
        if found.len() > most {
            found.select_nth_unstable_by(most, first);
            found.truncate(most);
        }
        found.sort_unstable_by(first);
        let mut kept: Vec<u32> = Vec::with_capacity(MAX_NEIGHBORS);
        for (_, passage) in found {
            let document = document_of[passage as usize];
            let of_document = kept.iter().filter(|&&other| document_of[other as usize] == document);
            if of_document.count() < MAX_OF_DOCUMENT {
                kept.push(passage);
                if kept.len() == MAX_NEIGHBORS {
                    break;
                }
            }
        }
        kept
    }

    /// Returns the passages of the shingle with this index.
    fn passages_of(&self, shingle: usize) -> &[u32] {
        &self.passages[self.starts[shingle] as usize..self.starts[shingle + 1] as usize]
    }

    /// Returns the number of passages of the shingle with this index.
    fn count(&self, shingle: usize) -> usize {
        (self.starts[shingle + 1] - self.starts[shingle]) as usize
    }

    /// Returns the range of `of_passage` that holds the shingles of a passage.
    fn range_of(&self, passage: usize) -> std::ops::Range<usize> {
        self.passage_starts[passage] as usize..self.passage_starts[passage + 1] as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The shingles of 64 passages: one that all share, one of their own each, and those in `shared`.
    fn passages(shared: &[(usize, &[Shingle])]) -> Vec<Vec<Shingle>> {
        let mut passages: Vec<Vec<Shingle>> = (0..64).map(|passage| vec![1, 1000 + passage]).collect();
        for (passage, shingles) in shared {
            passages[*passage].extend_from_slice(shingles);
        }
        passages
    }

    #[test]
    fn neighbors_are_earlier_passages_of_other_documents_that_share_what_is_rare() {
        let neighbors = Neighbors::of(&passages(&[(3, &[7, 8]), (9, &[7]), (20, &[7, 8]), (40, &[7, 8])]));
        // Two passages to a document, so that 20 and 21 are of one.
        let document_of: Vec<u32> = (0..64).map(|passage| passage / 2).collect();
        let mut sums = neighbors.sums();
        assert_eq!(neighbors.before(40, &document_of, &mut sums), [3, 20]);
        assert_eq!(neighbors.before(20, &document_of, &mut sums), [3]);
        assert!(neighbors.before(3, &document_of, &mut sums).is_empty());
        assert_eq!(neighbors.passages_with(7), 4);
        assert_eq!(neighbors.passages_with(2), 0);
    }

    #[test]
    fn one_document_does_not_take_all_places() {
        let wording: Vec<Shingle> = (7..20).collect();
        let shared: Vec<(usize, &[Shingle])> = (0..20).chain([63]).map(|passage| (passage, &wording[..])).collect();
        let neighbors = Neighbors::of(&passages(&shared));
        let document_of: Vec<u32> = (0..64).map(|passage| u32::from(passage >= 20)).collect();
        let found = neighbors.before(63, &document_of, &mut neighbors.sums());
        assert_eq!(found.len(), MAX_OF_DOCUMENT);
    }
}
