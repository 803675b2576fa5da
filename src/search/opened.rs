//! The engine of an open index.

use super::embedded::Embedded;
use super::engine::Engine;
use crate::index::Index;

/// Returns the engine that has the passages of `index`.
pub(crate) fn engine_of<'i>(index: &'i Index) -> Box<dyn Engine<'i> + 'i> {
    Box::new(Embedded::of(index))
}
