//! Pairs of stretches to families: wording that went from text to text.
//!
//! A family is of stretches, not of passages: a passage may have one sentence from here and the next from there.
//! Stretches of one passage that lie over one another by half of the longer are one, so that a sentence that many have
//! does not join the paragraphs around it; whatever pairs join is one family.

/// A stretch of words of a passage: indices, half-open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Extent {
    /// Index of the passage.
    pub(super) passage: u32,
    /// Its first word.
    pub(super) first: u32,
    /// Behind its last word.
    pub(super) end: u32,
}

impl Extent {
    /// One of this passage that covers no word yet.
    pub(super) const fn empty(passage: u32) -> Self {
        Self {
            passage,
            first: u32::MAX,
            end: 0,
        }
    }

    /// Covers this word too.
    pub(super) fn cover(&mut self, word: usize) {
        self.first = self.first.min(word as u32);
        self.end = self.end.max(word as u32 + 1);
    }

    /// Number of words.
    pub(super) const fn len(self) -> u32 {
        self.end - self.first
    }

    /// Do both lie over one another by at least half of the longer?
    fn is_one_with(self, other: Self) -> bool {
        let shared = self.end.min(other.end).saturating_sub(self.first.max(other.first));
        self.passage == other.passage && 2 * shared >= self.len().max(other.len())
    }
}

/// The families that pairs of stretches join, each sorted by passage and place; the families in order of their first
/// stretches.
pub(super) fn families(pairs: &[(Extent, Extent)]) -> Vec<Vec<Extent>> {
    let mut ends: Vec<Extent> = pairs.iter().flat_map(|&(one, other)| [one, other]).collect();
    ends.sort_unstable();
    ends.dedup();
    let (merged, node_of) = merge(&ends);
    let node = |extent: &Extent| node_of[ends.binary_search(extent).unwrap_or(0)];
    let mut sets = Sets::new(merged.len());
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

/// Joins sorted extents that are one; and for each the index of what it became part of.
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

/// Disjoint sets.
struct Sets {
    parents: Vec<usize>,
}

impl Sets {
    /// So many sets of one.
    fn new(count: usize) -> Self {
        Self {
            parents: (0..count).collect(),
        }
    }

    /// The one that stands for the set of `node`.
    fn root(&mut self, mut node: usize) -> usize {
        while self.parents[node] != node {
            self.parents[node] = self.parents[self.parents[node]];
            node = self.parents[node];
        }
        node
    }

    /// Makes two sets one.
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
