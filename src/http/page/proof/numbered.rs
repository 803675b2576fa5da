//! The findings of a proof with the numbers by which its text and its list lead to each other.

use crate::proof::{Finding, Proof, ProofLine};

/// The findings of a proof, numbered as the page shows them.
pub(super) struct Numbered<'p> {
    /// The citations with findings, with their numbers from 1.
    pub(super) cited: Vec<(usize, &'p ProofLine)>,
    /// The citations without.
    pub(super) fine: Vec<&'p ProofLine>,
    /// The findings in the numbers of the notes, with the numbers that follow.
    pub(super) notes: Vec<(usize, &'p Finding)>,
}

impl<'p> Numbered<'p> {
    /// Numbers the findings of `proof`.
    pub(super) fn of(proof: &'p Proof) -> Self {
        let (found, fine): (Vec<_>, Vec<_>) = proof.citations.iter().partition(|line| !line.findings.is_empty());
        let notes_from = found.len() + 1;
        Self {
            cited: (1..).zip(found).collect(),
            fine,
            notes: (notes_from..).zip(&proof.notes).collect(),
        }
    }
}
