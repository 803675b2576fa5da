//! Removes what builds left that failed or were killed, so that a full disk does not stay full.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::old_index::OldIndex;
use crate::index::error::Error;
use crate::index::folder::{self, Numbered};
use crate::index::manifest::Header;

/// Removes what earlier builds left in the folder `dir`, which has the index `old`. The caller holds the lock of the
/// writer. A file that cannot be removed now is left to the next build.
pub(super) fn remove_leftovers(dir: &Path, old: Option<&OldIndex>) {
    folder::remove_unfinished(dir);
    match old {
        Some(old) => {
            let segments = |generation| Numbered::Segments.name(generation) == old.header.segments;
            folder::remove_numbered(dir, |kind, generation| match kind {
                Numbered::Segments => !segments(generation),
                _ => generation > old.manifest.generation,
            });
            remove_unlisted(old.index.engine_index(), &dir.join(&old.header.segments));
        }
        // Nothing was committed. The roots help a build that begins anew.
        None if matches!(Header::read(dir), Err(Error::Missing { .. })) => {
            folder::remove_numbered(dir, |kind, _| kind != Numbered::Roots);
        }
        // A state that cannot be read may need any of them.
        None => {}
    }
}

/// Removes the files of the engine that its list does not have. Nobody may be replacing the list.
pub(super) fn remove_unlisted(engine: &tantivy::Index, segments: &Path) {
    let Ok(meta) = engine.load_metas() else { return };
    let listed: HashSet<PathBuf> = meta.list_segment_files();
    for file in fs::read_dir(segments).into_iter().flatten().flatten() {
        let name = PathBuf::from(file.file_name());
        let is_segment = name.to_str().is_some_and(|name| !name.starts_with('.'))
            && file.path() != folder::engine_list_path(segments);
        if is_segment && !listed.contains(&name) {
            fs::remove_file(file.path()).ok();
        }
    }
}
