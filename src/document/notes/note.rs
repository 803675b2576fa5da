//! A note as it was found, before passages exist.

use super::mark::MarkCandidate;
use crate::text::Span;

/// A note as it was found, before passages exist.
#[derive(Clone, Debug)]
pub(crate) struct Note {
    /// Its number.
    pub(super) number: usize,
    /// The mark before its body.
    pub(super) mark: Span,
    /// Rows of each of its paragraphs.
    pub(super) paragraphs: Vec<Vec<usize>>,
    /// The mark in running text that calls it.
    pub(super) call: Option<MarkCandidate>,
}
