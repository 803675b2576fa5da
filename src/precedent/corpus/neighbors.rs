//! Which passages of a corpus may share wording: for each those with most of its rarer shingles, among the ones before
//! it.
//!
//! The work for one passage is bounded, so that for all it grows with their number: its rarest shingles are looked up
//! first, of each the passages that come first, until [`MOST_LOOKED_AT`] were. In a corpus of a thousand copies each
//! copy meets the earliest ones.

use crate::index::Shingle;

/// Entries of shingles that are looked at for one passage.
const MOST_LOOKED_AT: usize = 16_000;
/// Passages to align one passage with: those that share most.
const MOST_NEIGHBORS: usize = 64;
/// Neighbours of one document. A passage that was put between others shares set phrases with many of the document it
/// comes from.
const MOST_OF_DOCUMENT: usize = 8;
/// Least sum of a pair: one shingle that stands in one passage of 64, or two of which each stands in one of 16. At 120 a
/// tenth of the plantings with 15 % misread letters was lost.
const LEAST_SUM: f32 = 32.0;

/// The shingles of the passages of a corpus, both ways.
#[derive(Debug, Default)]
pub(super) struct Neighbors {
    /// Different shingles, sorted.
    shingles: Vec<Shingle>,
    /// For each of them, where in `passages` its passages begin; one more at the end.
    starts: Vec<u32>,
    /// Passages, sorted within a shingle.
    passages: Vec<u32>,
    /// For each passage, where in `of_passage` its shingles begin; one more at the end.
    passage_starts: Vec<u32>,
    /// Indices of shingles, the rarest first within a passage.
    of_passage: Vec<u32>,
}

/// Sums that one thread makes.
#[derive(Debug)]
pub(super) struct Tally {
    sums: Vec<f32>,
    touched: Vec<u32>,
}

impl Neighbors {
    /// The neighbours of passages whose shingles are these.
    pub(super) fn of(shingles_of: &[Vec<Shingle>]) -> Self {
        let mut entries: Vec<u64> = Vec::with_capacity(shingles_of.iter().map(Vec::len).sum());
        for (passage, shingles) in shingles_of.iter().enumerate() {
            entries.extend(
                shingles
                    .iter()
                    .map(|&shingle| u64::from(shingle) << 32 | passage as u64),
            );
        }
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

    /// Number of passages with this shingle.
    pub(super) fn passages_with(&self, shingle: Shingle) -> usize {
        self.shingles.binary_search(&shingle).map_or(0, |at| self.count(at))
    }

    /// A tally for these passages.
    pub(super) fn tally(&self) -> Tally {
        Tally {
            sums: vec![0.0; self.passage_starts.len() - 1],
            touched: Vec::new(),
        }
    }

    /// The passages before `passage`, of other documents (`document_of` each passage), that share most with it, most
    /// first.
    pub(super) fn before(&self, passage: usize, document_of: &[u32], tally: &mut Tally) -> Vec<u32> {
        let all = document_of.len() as f32;
        let mut left = MOST_LOOKED_AT;
        for &shingle in &self.of_passage[self.range_of(passage)] {
            let with = self.passages_of(shingle as usize);
            let rarity = (1.0 + all / with.len() as f32).log2();
            for &other in with.iter().take(left).take_while(|&&other| (other as usize) < passage) {
                left -= 1;
                if document_of[other as usize] != document_of[passage] {
                    let sum = &mut tally.sums[other as usize];
                    if *sum == 0.0 {
                        tally.touched.push(other);
                    }
                    *sum += rarity * rarity;
                }
            }
        }
        self.greatest(document_of, tally)
    }

    /// Empties the tally; the passages with the greatest sums, greatest first.
    fn greatest(&self, document_of: &[u32], tally: &mut Tally) -> Vec<u32> {
        let mut found: Vec<(f32, u32)> = Vec::new();
        for passage in tally.touched.drain(..) {
            let sum = std::mem::take(&mut tally.sums[passage as usize]);
            if sum >= LEAST_SUM {
                found.push((sum, passage));
            }
        }
        let first = |one: &(f32, u32), other: &(f32, u32)| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1));
        // Of one document only few are kept, so more must be in order than are wanted in the end.
        let most = MOST_NEIGHBORS * MOST_OF_DOCUMENT;
        if found.len() > most {
            found.select_nth_unstable_by(most, first);
            found.truncate(most);
        }
        found.sort_unstable_by(first);
        let mut kept: Vec<u32> = Vec::with_capacity(MOST_NEIGHBORS);
        for (_, passage) in found {
            let document = document_of[passage as usize];
            let of_document = kept.iter().filter(|&&other| document_of[other as usize] == document);
            if of_document.count() < MOST_OF_DOCUMENT {
                kept.push(passage);
                if kept.len() == MOST_NEIGHBORS {
                    break;
                }
            }
        }
        kept
    }

    fn passages_of(&self, shingle: usize) -> &[u32] {
        &self.passages[self.starts[shingle] as usize..self.starts[shingle + 1] as usize]
    }

    fn count(&self, shingle: usize) -> usize {
        (self.starts[shingle + 1] - self.starts[shingle]) as usize
    }

    fn range_of(&self, passage: usize) -> std::ops::Range<usize> {
        self.passage_starts[passage] as usize..self.passage_starts[passage + 1] as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Passages of one shingle that 64 share, of some of their own, and of those told.
    fn passages(shared: &[(usize, &[Shingle])]) -> Vec<Vec<Shingle>> {
        let mut passages: Vec<Vec<Shingle>> = (0..64).map(|passage| vec![1, 1000 + passage]).collect();
        for (passage, shingles) in shared {
            passages[*passage].extend_from_slice(shingles);
        }
        passages
    }

    #[test]
    fn neighbours_are_earlier_passages_of_other_documents_that_share_what_is_rare() {
        let neighbors = Neighbors::of(&passages(&[(3, &[7, 8]), (9, &[7]), (20, &[7, 8]), (40, &[7, 8])]));
        // Two passages to a document, so that 20 and 21 are of one.
        let document_of: Vec<u32> = (0..64).map(|passage| passage / 2).collect();
        let mut tally = neighbors.tally();
        assert_eq!(neighbors.before(40, &document_of, &mut tally), [3, 20]);
        assert_eq!(neighbors.before(20, &document_of, &mut tally), [3]);
        assert!(neighbors.before(3, &document_of, &mut tally).is_empty());
        assert_eq!(neighbors.passages_with(7), 4);
        assert_eq!(neighbors.passages_with(2), 0);
    }

    #[test]
    fn one_document_does_not_take_all_places() {
        let wording: Vec<Shingle> = (7..20).collect();
        let shared: Vec<(usize, &[Shingle])> = (0..20).chain([63]).map(|passage| (passage, &wording[..])).collect();
        let neighbors = Neighbors::of(&passages(&shared));
        let document_of: Vec<u32> = (0..64).map(|passage| u32::from(passage >= 20)).collect();
        let found = neighbors.before(63, &document_of, &mut neighbors.tally());
        assert_eq!(found.len(), MOST_OF_DOCUMENT);
    }
}
