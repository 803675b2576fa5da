//! The index that a build brings up to date.

use std::path::Path;

use crate::index::error::Error;
use crate::index::folder_index::FolderIndex;
use crate::index::manifest::{Header, Manifest};

/// The index that a build starts from.
pub(super) struct OldIndex {
    /// The index.
    pub(super) index: FolderIndex,
    /// Its header.
    pub(super) header: Header,
    /// Its manifest.
    pub(super) manifest: Manifest,
}

impl OldIndex {
    /// Opens the index in `dir`; `None` if there is none.
    pub(super) fn open(dir: &Path) -> Result<Option<Self>, Error> {
        let index = match FolderIndex::open_once(dir, 0) {
            Ok(index) => index,
            Err(Error::Missing { .. }) => return Ok(None),
            Err(error) => return Err(error),
        };
        let manifest = index.manifest()?.clone();
        let header = Header::read(dir)?;
        Ok(Some(Self {
            index,
            header,
            manifest,
        }))
    }
}
