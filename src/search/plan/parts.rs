//! The parts of a plan: what a passage must have, and what it gains beyond that.

use crate::search::agreement::Agreement;
use crate::search::ask::{Ask, Gain, PartMarks};

/// A part of a query.
pub(super) struct Part {
    /// Matches the passages that have the part, and scores them by its words alone.
    pub(super) base: Ask,
    /// The agreement of the marks there, and its score.
    pub(super) marks: PartMarks,
    /// Further gains there.
    pub(super) gains: Vec<Gain>,
}

impl Part {
    /// A part of which only the words count.
    pub(super) fn plain(base: Ask) -> Self {
        Self {
            base,
            marks: PartMarks::Unasked,
            gains: Vec::new(),
        }
    }

    /// Returns the question that matches and scores the passages that have the part.
    pub(super) fn ask(&self) -> Ask {
        gaining(self.base.clone(), self.all_gains())
    }

    /// Returns all that the part gains, its marks first.
    pub(super) fn all_gains(&self) -> Vec<Gain> {
        let marks = match &self.marks {
            PartMarks::Word(marks) if marks.bound() > 0.0 => Some(Gain::Marks(marks.clone())),
            PartMarks::Levels { levels, exact } if *exact > 0.0 => levels
                .iter()
                .find(|(level, _)| *level == Agreement::Exact)
                .map(|(_, ask)| Gain::Ask {
                    ask: Ask::Constant(Box::new(ask.clone()), *exact),
                    bound: *exact,
                }),
            PartMarks::Word(_) | PartMarks::Levels { .. } | PartMarks::Unasked => None,
        };
        marks.into_iter().chain(self.gains.iter().cloned()).collect()
    }
}

/// Returns the question for the matches of `base`, scored by it and by `gains`.
pub(super) fn gaining(base: Ask, gains: Vec<Gain>) -> Ask {
    if gains.is_empty() {
        return base;
    }
    Ask::Gaining {
        base: Box::new(base),
        gains,
    }
}
