//! The file of the roots of a state, `roots-N`: what the index was asked for, what was removed from it again, and the
//! office's own table of documents.
//!
//! It is JSON with a version of its own, so that a rebuild finds the roots although the rest of the index is damaged or
//! has another format. It also states the folder that the index was in: roots beside an index that moved together with
//! them, as when a whole project is moved or copied, are looked for at their new place.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::error::Error;
use super::folder::{self, Numbered};
use crate::corpus::{Roots, absolute};
use crate::register::Register;

/// Version of the file. It stays when [`super::FORMAT`] rises.
const VERSION: u32 = 1;

/// The content of the file.
#[derive(Deserialize, Serialize)]
struct File {
    /// [`VERSION`].
    version: u32,
    /// The absolute path of the folder around the index folder.
    beside: PathBuf,
    /// The office's own table of documents ([`crate::register`]); empty if it has none.
    #[serde(default)]
    register: String,
    /// The roots.
    #[serde(flatten)]
    roots: Roots,
}

/// Roots as they were read.
#[derive(Default)]
pub(super) struct StoredRoots {
    /// The office's own table of documents.
    pub(super) register: String,
    /// The roots, at the places that they have now.
    pub(super) roots: Roots,
    /// The roots that moved with the index: the absolute path of each when it was stored, and the one it has now.
    pub(super) moves: Vec<(PathBuf, PathBuf)>,
}

/// Writes the roots and the office's own `register` of `generation`, waits until they are on the disk, and returns the digest of the file.
pub(super) fn write(roots: &Roots, register: &str, dir: &Path, generation: u64) -> Result<String, Error> {
    let path = Numbered::Roots.path(dir, generation);
    let file = File {
        version: VERSION,
        beside: beside(dir),
        register: register.to_owned(),
        roots: roots.clone(),
    };
    let bytes = serde_json::to_vec(&file).map_err(|cause| Error::io("write", &path)(cause.into()))?;
    folder::write_synced(&path, &bytes)?;
    Ok(blake3::hash(&bytes).to_hex().to_string())
}

/// Reads the roots of `generation`, whose file has this digest.
///
/// # Errors
/// [`Error::Damaged`], [`Error::Io`].
pub(super) fn read(dir: &Path, generation: u64, digest: &str) -> Result<StoredRoots, Error> {
    let path = Numbered::Roots.path(dir, generation);
    let bytes = fs::read(&path).map_err(|cause| match cause.kind() {
        std::io::ErrorKind::NotFound => Error::damaged(&path),
        _ => Error::io("read", &path)(cause),
    })?;
    if blake3::hash(&bytes).to_hex().as_str() != digest {
        return Err(Error::damaged(&path));
    }
    decode(&bytes, dir).ok_or_else(|| Error::damaged(&path))
}

/// Reads the newest roots in the folder of an index that cannot be opened; none if there are none.
pub(super) fn newest(dir: &Path) -> StoredRoots {
    let files = folder::numbered_files(dir).filter(|file| file.kind == Numbered::Roots);
    let mut files: Vec<_> = files.collect();
    files.sort_by_key(|file| std::cmp::Reverse(file.generation));
    let mut stored = files.iter().filter_map(|file| decode(&fs::read(&file.path).ok()?, dir));
    stored.next().unwrap_or_default()
}

/// Reads the content of the file and follows the roots that moved with the index to `dir`.
fn decode(bytes: &[u8], dir: &Path) -> Option<StoredRoots> {
    let file: File = serde_json::from_slice(bytes).ok()?;
    if file.version != VERSION {
        return None;
    }
    let mut roots = file.roots;
    let now = beside(dir);
    let mut moves = Vec::new();
    if file.beside != now {
        for root in roots.iter() {
            if let Ok(inside) = root.absolute.strip_prefix(&file.beside) {
                let moved: PathBuf = now.components().chain(inside.components()).collect();
                if moved.exists() {
                    moves.push((root.absolute.clone(), moved));
                }
            }
        }
    }
    for (from, to) in &moves {
        roots.relocate(from, to);
    }
    Some(StoredRoots {
        register: file.register,
        roots,
        moves,
    })
}

/// Returns the register with the office's own table of documents, which the index in `dir` has stored.
///
/// # Errors
/// [`Error::Register`].
pub(super) fn register_of(dir: &Path, own: &str) -> Result<Arc<Register>, Error> {
    if own.is_empty() {
        return Ok(Register::shipped());
    }
    let register = Register::with_rows(own).map_err(|cause| Error::Register {
        dir: dir.to_path_buf(),
        cause,
    })?;
    Ok(Arc::new(register))
}

/// Returns the absolute path of the folder around the index folder `dir`.
fn beside(dir: &Path) -> PathBuf {
    let dir = absolute(dir);
    dir.parent().map_or_else(|| dir.clone(), Path::to_path_buf)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The absolute paths of roots.
    fn places(roots: &Roots) -> Vec<PathBuf> {
        roots.iter().map(|root| root.absolute.clone()).collect()
    }

    #[test]
    fn roots_move_with_an_index_that_moves_and_others_stay() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for name in ["old/index", "old/seeds", "old/left", "elsewhere"] {
            fs::create_dir_all(at(name)).unwrap();
        }
        let mut roots = Roots::default();
        for name in ["old/seeds", "old/left", "elsewhere"] {
            roots.name(&at(name), true);
        }
        let digest = write(&roots, "key\n1-NQ/TU\n", &at("old/index"), 3).unwrap();
        let same = read(&at("old/index"), 3, &digest).unwrap();
        assert_eq!((same.roots, same.moves), (roots, Vec::new()));
        assert_eq!(same.register, "key\n1-NQ/TU\n");
        fs::create_dir(at("new")).unwrap();
        fs::rename(at("old/index"), at("new/index")).unwrap();
        fs::rename(at("old/seeds"), at("new/seeds")).unwrap();
        let moved = read(&at("new/index"), 3, &digest).unwrap();
        assert_eq!(moved.moves, [(at("old/seeds"), at("new/seeds"))]);
        assert_eq!(places(&moved.roots), [at("elsewhere"), at("new/seeds"), at("old/left")]);
        assert_eq!(places(&newest(&at("new/index")).roots), places(&moved.roots));
    }

    #[test]
    fn a_damaged_file_is_noticed_and_an_older_one_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let mut roots = Roots::default();
        roots.name(folder.path(), true);
        write(&roots, "", folder.path(), 1).unwrap();
        let digest = write(&Roots::default(), "", folder.path(), 2).unwrap();
        fs::write(Numbered::Roots.path(folder.path(), 2), b"{").unwrap();
        assert!(matches!(read(folder.path(), 2, &digest), Err(Error::Damaged { .. })));
        assert!(matches!(read(folder.path(), 3, &digest), Err(Error::Damaged { .. })));
        assert_eq!(newest(folder.path()).roots, roots);
    }
}
