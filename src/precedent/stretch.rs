//! A stretch of wording that two texts share, as steps over the indices of their words: the result of an alignment
//! ([`super::align`]), which is then judged ([`super::judge`]) and shown ([`super::pieces`]).

/// Maximum number of stretches between two wordings.
pub(super) const MAX_STRETCHES: usize = 6;

/// Bits that a word in the place of another costs: one word in ten of a copy may be another.
pub(super) const CHANGED: f32 = 3.0;

/// Relation of two words that were aligned with each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PairKind {
    /// The same word.
    Same,
    /// The same word, misread or mistyped on one side.
    Misread,
    /// Another word, or the same letters with other marks.
    Changed,
}

/// A step of an alignment. Numbers are indices of words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum AlignmentStep {
    /// A word of the first side, a word of the second, their relation, and the bits that they add to the sum.
    Pair(usize, usize, PairKind, f32),
    /// A word of the first side that the second lacks.
    Dropped(usize),
    /// A word of the second side that the first lacks.
    Inserted(usize),
}

/// A stretch that two wordings share. It begins and ends with a pair.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct AlignedStretch {
    /// In order on both sides.
    pub(super) steps: Vec<AlignmentStep>,
    /// Sum of its steps: how much likelier it is that one side was copied from the other than that they agree by
    /// chance.
    pub(super) bits: f32,
}

impl AlignedStretch {
    /// Returns the words that are paired, as indices in the first side and in the second.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        self.steps.iter().filter_map(|step| match *step {
            AlignmentStep::Pair(i, j, ..) => Some((i, j)),
            AlignmentStep::Dropped(_) | AlignmentStep::Inserted(_) => None,
        })
    }

    /// Returns the number of pairs of the same word.
    pub(super) fn same(&self) -> usize {
        let is_same =
            |step: &&AlignmentStep| matches!(step, AlignmentStep::Pair(_, _, PairKind::Same | PairKind::Misread, _));
        self.steps.iter().filter(is_same).count()
    }
}
