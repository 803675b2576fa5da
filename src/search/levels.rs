//! Counts of matching passages by the agreement of their marks.

use std::ops::AddAssign;

use serde::{Deserialize, Serialize};

use super::agreement::Agreement;

/// Numbers of matching passages by the agreement of their marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct MatchCounts {
    /// The marks agree as printed, or the query has none.
    pub exact: usize,
    /// The repaired reading of a scan agrees.
    pub read: usize,
    /// The source lost its marks.
    pub lost: usize,
    /// The marks contradict each other.
    pub folded: usize,
}

impl MatchCounts {
    /// Returns the number of all matching passages.
    #[must_use]
    pub const fn total(self) -> usize {
        self.exact + self.read + self.lost + self.folded
    }

    /// Returns the number of passages at `level`.
    #[must_use]
    pub const fn at(self, level: Agreement) -> usize {
        match level {
            Agreement::Exact => self.exact,
            Agreement::Read => self.read,
            Agreement::Lost => self.lost,
            Agreement::Folded => self.folded,
        }
    }

    /// Adds `passages` at `level`.
    pub(super) fn add(&mut self, level: Agreement, passages: usize) {
        let count = match level {
            Agreement::Exact => &mut self.exact,
            Agreement::Read => &mut self.read,
            Agreement::Lost => &mut self.lost,
            Agreement::Folded => &mut self.folded,
        };
        *count += passages;
    }
}

impl AddAssign for MatchCounts {
    fn add_assign(&mut self, other: Self) {
        self.exact += other.exact;
        self.read += other.read;
        self.lost += other.lost;
        self.folded += other.folded;
    }
}
