//! Findings of a check of the index as JSON.

use serde::Serialize;

use crate::index::Check;

/// A problem that a check of the index found.
#[derive(Debug, Serialize)]
pub struct FindingLine {
    /// `damaged` (inside the index) or `stale` (an indexed file that changed or is gone).
    pub finding: &'static str,
    /// A message that says what is wrong with which file or document.
    pub message: String,
}

impl FindingLine {
    /// Returns the wire form of everything that `check` found, damage first.
    #[must_use]
    pub fn all(check: &Check) -> Vec<Self> {
        let damaged = check.defects.iter().map(|defect| Self {
            finding: "damaged",
            message: defect.to_string(),
        });
        let stale = check.stale.iter().map(|stale| Self {
            finding: "stale",
            message: stale.to_string(),
        });
        damaged.chain(stale).collect()
    }
}
