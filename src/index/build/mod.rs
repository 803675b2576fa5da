//! Builds an index from files, or brings it up to date with them.
//!
//! [`mod@update`] decides which files an index is to hold; [`rounds`] decides when each is read, so that none waits for
//! the OCR of others; [`passes`] builds the index from those whose turn it is.
//!
//! [`leftovers`] removes the files of a build that failed or was killed.
//!
//! A round has three passes, because how a damaged text reads may depend on any clean one, and what a citation means on
//! any document of the corpus:
//! 1. [`first_pass`] reads the files that are new or changed into a spool on the disk, and parses the clean ones.
//! 2. [`second_pass`] reads and parses the damaged ones.
//! 3. [`write`](mod@write) resolves all citations against all documents, a few documents in memory at a time, and adds
//!    the passages of those that are new, changed, or whose citations resolve to something else now ([`new_passages`]).

mod first_pass;
mod leftovers;
mod new_passages;
mod old_index;
mod passes;
mod report;
mod round;
mod rounds;
mod second_pass;
#[cfg(test)]
mod tests;
mod update;
mod workers;
mod write;

pub use report::{BuildOptions, BuildReport, BuildStep, IndexedRoot, PartlyRead, Progress};
#[cfg(test)]
pub(super) use rounds::build_with;
pub use update::{RemoveReport, remove, update};
