//! Citations of a corpus to the documents they mean.

use super::Citation;
use crate::document::Document;

/// What a corpus tells about the documents it cites and holds.
///
/// First every document is [observed](Self::observe), then every document's citations are
/// [resolved](Self::resolve). It keeps identities, not citations: its size grows with the number of
/// distinct documents cited.
#[derive(Debug, Default)]
pub struct Resolver {}

impl Resolver {
    /// Takes up what `document` is and what its `citations` say of the documents they cite.
    pub fn observe(&mut self, _document: &Document, _citations: &[Citation]) {}

    /// Sets status, candidates and target of the `citations` of `document`.
    pub fn resolve(&self, _document: &Document, _citations: &mut [Citation]) {}
}
