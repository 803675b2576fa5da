//! Families of stretches: wording that went from text to text, joined from pairs.
//!
//! A family consists of stretches, not of passages: a passage may have one sentence from here and the next from there.
//! Two stretches of one passage are one if they overlap by at least half of the longer, so that a sentence that many
//! texts have does not join the paragraphs around it. All stretches that pairs connect are one family.

/// A range of words of a passage, as indices, half-open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Extent {
    /// Index of the passage.
    pub(super) passage: u32,
    /// Its first word.
    pub(super) first: u32,
    /// The index after its last word.
    pub(super) end: u32,
}

impl Extent {
    /// The extent of this passage that covers no word yet.
    pub(super) const fn empty(passage: u32) -> Self {
        Self {
            passage,
            first: u32::MAX,
            end: 0,
        }
    }

    /// Extends it to this word.
    pub(super) fn cover(&mut self, word: usize) {
        self.first = self.first.min(word as u32);
        self.end = self.end.max(word as u32 + 1);
    }

    /// Returns the number of words; it must cover one.
    pub(super) const fn len(self) -> u32 {
        self.end - self.first
    }

    /// Returns true if both overlap by at least half of the longer.
    fn is_one_with(self, other: Self) -> bool {
        let shared = self.end.min(other.end).saturating_sub(self.first.max(other.first));
        self.passage == other.passage && 2 * shared >= self.len().max(other.len())
    }
}

/// Returns the families that pairs of stretches join, each sorted by passage and place, in order of their first
/// stretches.
pub(super) fn families(pairs: &[(Extent, Extent)]) -> Vec<Vec<Extent>> {
    let mut ends: Vec<Extent> = pairs.iter().flat_map(|&(one, other)| [one, other]).collect();
    ends.sort_unstable();
    ends.dedup();
    let (merged, node_of) = merge(&ends);
    let node = |extent: &Extent| node_of[ends.binary_search(extent).unwrap_or(0)];
    let mut sets = DisjointSets::new(merged.len());
    for (one, other) in pairs {
        sets.join(node(one), node(other));
    }
    let mut families: Vec<Vec<Extent>> = Vec::new();
    let mut place: std::collections::HashMap<usize, usize> = std::collections::HashMap::new();
    for (node, &extent) in merged.iter().enumerate() {
        let family = *place.entry(sets.root(node)).or_insert_with(|| {
            families.push(Vec::new());
            families.len() - 1
        });
        families[family].push(extent);
    }
    families
}

/// Merges sorted extents that are one. Also returns for each extent the index of the merged one that it is part of.
fn merge(extents: &[Extent]) -> (Vec<Extent>, Vec<usize>) {
    let mut merged: Vec<Extent> = Vec::new();
    let mut node_of = Vec::with_capacity(extents.len());
    let mut first_of_passage = 0;
    for &extent in extents {
        if merged.last().is_none_or(|last| last.passage != extent.passage) {
            first_of_passage = merged.len();
        }
        let one = merged[first_of_passage..]
            .iter()
            .rposition(|other| other.is_one_with(extent));
        let node = one.map_or(merged.len(), |at| first_of_passage + at);
        match merged.get_mut(node) {
            Some(known) => known.end = known.end.max(extent.end),
            None => merged.push(extent),
        }
        node_of.push(node);
    }
    (merged, node_of)
}

/// Disjoint sets (union-find).
struct DisjointSets {
    /// For each node another of its set, or itself at the root.
    parents: Vec<usize>,
}

impl DisjointSets {
    /// `count` sets of one node each.
    fn new(count: usize) -> Self {
        Self {
            parents: (0..count).collect(),
        }
    }

    /// Returns the node that represents the set of `node`.
    fn root(&mut self, mut node: usize) -> usize {
        while self.parents[node] != node {
            self.parents[node] = self.parents[self.parents[node]];
            node = self.parents[node];
        }
        node
    }

    /// Unites the sets of two nodes.
    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.parents[one.max(other)] = one.min(other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extent(passage: u32, first: u32, end: u32) -> Extent {
        Extent { passage, first, end }
    }

    #[test]
    fn wording_that_goes_on_is_one_family_and_each_sentence_its_own() {
        let pairs = [
            (extent(0, 0, 20), extent(1, 5, 25)),
            (extent(1, 7, 26), extent(2, 0, 19)),
            (extent(1, 30, 50), extent(3, 0, 20)),
            // A clause inside a stretch that another text has too.
            (extent(0, 0, 6), extent(4, 0, 6)),
        ];
        let families = families(&pairs);
        assert_eq!(
            families,
            [
                vec![extent(0, 0, 6), extent(4, 0, 6)],
                vec![extent(0, 0, 20), extent(1, 5, 26), extent(2, 0, 19)],
                vec![extent(1, 30, 50), extent(3, 0, 20)],
            ]
        );
    }
}
