//! The index that a build brings up to date.

use std::path::Path;

use crate::index::error::Error;
use crate::index::manifest::{Header, Manifest};
use crate::index::snapshot::Index;

/// The index that a build starts from.
pub(super) struct OldIndex {
    /// The index.
    pub(super) index: Index,
    /// Its header.
    pub(super) header: Header,
    /// Its manifest; if another version wrote it, no file in it counts as unchanged.
    pub(super) manifest: Manifest,
}

impl OldIndex {
    /// Opens the index in `dir`; `None` if there is none.
    pub(super) fn open(dir: &Path) -> Result<Option<Self>, Error> {
        let index = match Index::open_once(dir) {
            Ok(index) => index,
            Err(Error::Missing { .. }) => return Ok(None),
            Err(error) => return Err(error),
        };
        let mut manifest = index.manifest()?.clone();
        if manifest.vankien != env!("CARGO_PKG_VERSION") {
            // Another version may parse otherwise: no file may look unchanged.
            for file in &mut manifest.files {
                file.digest.clear();
                file.size = u64::MAX;
            }
        }
        let header = Header::read(dir)?;
        Ok(Some(Self {
            index,
            header,
            manifest,
        }))
    }
}
