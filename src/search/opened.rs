//! The engine of an open index.

use super::embedded::Embedded;
use super::engine::Engine;
use super::remote::Remote;
use crate::index::{Index, OpenedIndex};

/// Returns the engine that has the passages of `index`.
pub(crate) fn engine_of<'i>(index: &'i Index) -> Box<dyn Engine<'i> + 'i> {
    match index.opened() {
        OpenedIndex::Folder(folder) => Box::new(Embedded::of(folder)),
        OpenedIndex::Engine(remote) => Box::new(Remote::of(index, remote)),
    }
}
