//! The roots of a corpus: the files and folders that it was asked for, and the paths that were taken out of it again.
//!
//! The *location* of a file is its absolute path. Each file belongs to one root, the longest that contains it; so a
//! file that is named is a root of its own, and so is a folder inside another root. A path that was removed is excluded
//! from the root around it until it is named itself.
//!
//! Roots are remembered as they were given as well, for the paths that people see. A root inside another one takes its
//! shown path from that one, so that naming `docs/plan.txt` does not change how the file is shown that `docs` contains.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::error::ErrorKind;

/// A file or folder that a corpus was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Root {
    /// Its path as it was first given; the shown paths of its files begin with it.
    pub given: PathBuf,
    /// Its absolute path. Links in it keep their names, so that a link may be given another target.
    pub absolute: PathBuf,
    /// True for a folder, which contributes all its files; false for a file.
    pub folder: bool,
}

impl Root {
    /// Returns the path to show for the file at `location`, which is inside this root.
    #[must_use]
    pub fn shown(&self, location: &Path) -> PathBuf {
        match location.strip_prefix(&self.absolute) {
            Ok(inside) if inside.as_os_str().is_empty() => self.given.clone(),
            Ok(inside) => self.given.join(inside),
            Err(_) => location.to_path_buf(),
        }
    }

    /// Returns true if this root is `location` or is inside it.
    fn is_within(&self, location: &Path) -> bool {
        self.absolute.starts_with(location)
    }
}

/// A root that is missing, empty or unreadable. What is known of it is kept; its text says so, without the path.
#[derive(Debug)]
pub struct AbsentRoot {
    /// The root.
    pub root: Root,
    /// The reason.
    pub kind: ErrorKind,
    /// The number of its files that are known and kept.
    pub kept: usize,
}

impl AbsentRoot {
    /// Returns advice for the user.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        let given = self.root.given.display();
        if self.kept == 0 {
            return self.kind.hint().map(str::to_owned);
        }
        Some(format!(
            "bring it back, or take it out of the index: `vankien remove '{given}'` \
             (all that is gone: `vankien index --force`)"
        ))
    }
}

impl std::fmt::Display for AbsentRoot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.kind)?;
        match self.kept {
            0 => Ok(()),
            1 => write!(f, "; the document that was indexed from it stays"),
            kept => write!(f, "; the {kept} documents that were indexed from it stay"),
        }
    }
}

/// The roots of a corpus and the paths excluded from them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roots {
    /// The roots, sorted by absolute path; no two have the same.
    roots: Vec<Root>,
    /// The locations of files and folders that were removed. Each is inside a root.
    excluded: BTreeSet<PathBuf>,
}

impl Roots {
    /// Returns the roots, sorted by absolute path.
    pub fn iter(&self) -> impl Iterator<Item = &Root> {
        self.roots.iter()
    }

    /// Returns true if there is no root.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.roots.is_empty()
    }

    /// Returns the locations of the files and folders that were removed, sorted.
    pub fn excluded(&self) -> impl Iterator<Item = &Path> {
        self.excluded.iter().map(PathBuf::as_path)
    }

    /// Adds the existing file or folder `path` as a root, unless it is one under this or another path. Returns its
    /// location. A removed path that is named so is no longer excluded; what was removed inside it stays out.
    pub fn name(&mut self, path: &Path, folder: bool) -> PathBuf {
        let absolute = absolute(path);
        self.excluded.remove(&absolute);
        if self.is_root(&absolute) {
            return absolute;
        }
        // `docs` and a link to `docs` are one root. Of files there may be thousands; two names of one file give one
        // document in any case.
        if folder && let Ok(real) = fs::canonicalize(&absolute) {
            let is_same = |root: &&Root| root.folder && fs::canonicalize(&root.absolute).is_ok_and(|path| path == real);
            if let Some(root) = self.roots.iter().find(is_same) {
                return root.absolute.clone();
            }
        }
        let given = self
            .owner(&absolute)
            .map_or_else(|| tidy(path), |around| around.shown(&absolute));
        let at = self.roots.partition_point(|root| root.absolute < absolute);
        let root = Root {
            given,
            absolute: absolute.clone(),
            folder,
        };
        self.roots.insert(at, root);
        absolute
    }

    /// Ends the exclusion of `location`; returns true if it was excluded itself, not merely inside an excluded folder.
    pub fn readmit(&mut self, location: &Path) -> bool {
        self.excluded.remove(location)
    }

    /// Takes the file or folder at `location` out: roots inside it are forgotten, and it is excluded from the root
    /// around it. Returns true if this changed anything.
    pub fn take_out(&mut self, location: &Path) -> bool {
        let before = self.roots.len();
        self.roots.retain(|root| !root.is_within(location));
        let forgotten = self.roots.len() < before;
        let is_inside = self.owner(location).is_some();
        let excluded = is_inside && !self.is_excluded(location);
        if excluded {
            self.excluded.insert(location.to_path_buf());
        }
        self.forget_orphans();
        forgotten || excluded
    }

    /// Forgets removed paths that no root contains any more: they would exclude nothing.
    fn forget_orphans(&mut self) {
        let kept = std::mem::take(&mut self.excluded).into_iter();
        self.excluded = kept.filter(|path| self.owner(path).is_some()).collect();
    }

    /// Keeps only the roots for which `keep` returns true.
    pub fn retain(&mut self, keep: impl FnMut(&Root) -> bool) {
        self.roots.retain(keep);
        self.forget_orphans();
    }

    /// Returns the root that the file at `location` belongs to: the longest one around it.
    #[must_use]
    pub fn owner(&self, location: &Path) -> Option<&Root> {
        self.around(location).next()
    }

    /// Returns the roots that are at `location` or contain it, the longest first.
    pub fn around(&self, location: &Path) -> impl Iterator<Item = &Root> {
        location.ancestors().filter_map(|path| self.at(path))
    }

    /// Returns true if `location` is a root.
    #[must_use]
    pub fn is_root(&self, location: &Path) -> bool {
        self.at(location).is_some()
    }

    /// Returns the root at `location`.
    fn at(&self, location: &Path) -> Option<&Root> {
        let found = self
            .roots
            .binary_search_by(|root| root.absolute.as_path().cmp(location));
        found.ok().map(|index| &self.roots[index])
    }

    /// Returns true if the file at `location` was removed. A root inside a removed folder was named later, so its files
    /// are not.
    #[must_use]
    pub fn is_excluded(&self, location: &Path) -> bool {
        let owner = self
            .owner(location)
            .map_or(0, |root| root.absolute.components().count());
        let mut around = location.ancestors();
        around.any(|path| path.components().count() > owner && self.excluded.contains(path))
    }

    /// Gives the root `from`, and everything that is inside it, the absolute path `to`.
    pub fn relocate(&mut self, from: &Path, to: &Path) {
        for root in &mut self.roots {
            relocate(&mut root.absolute, from, to);
        }
        self.roots.sort_by(|one, other| one.absolute.cmp(&other.absolute));
        self.roots.dedup_by(|one, other| one.absolute == other.absolute);
        let excluded = std::mem::take(&mut self.excluded).into_iter();
        self.excluded = excluded
            .map(|mut path| {
                relocate(&mut path, from, to);
                path
            })
            .collect();
    }
}

/// Replaces the beginning `from` of `path` by `to`, if it begins so.
pub fn relocate(path: &mut PathBuf, from: &Path, to: &Path) {
    if let Ok(inside) = path.strip_prefix(from) {
        *path = to.components().chain(inside.components()).collect();
    }
}

/// Returns the absolute path of `path` without `.` and, if the folders before them exist, without `..`; a slash at its
/// end is dropped. Links keep their names.
#[must_use]
pub fn absolute(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let mut parts = PathBuf::new();
    for part in absolute.components() {
        match part {
            Component::CurDir => {}
            // The folder above is that of the target of a link, as for the system.
            Component::ParentDir => {
                parts = fs::canonicalize(&parts).unwrap_or(parts);
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts
}

/// Returns `path` as it is shown: without a slash at its end and a `./` at its beginning.
fn tidy(path: &Path) -> PathBuf {
    let tidy: PathBuf = path.components().collect();
    match tidy.strip_prefix(".") {
        Ok(inside) if !inside.as_os_str().is_empty() => inside.to_path_buf(),
        _ => tidy,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Roots at these absolute paths, as given.
    fn roots(paths: &[&str]) -> Roots {
        let mut roots = Roots::default();
        for path in paths {
            roots.name(Path::new(path), !path.ends_with(".txt"));
        }
        roots
    }

    #[test]
    fn the_longest_root_owns_a_file_whatever_came_first() {
        for paths in [["/d", "/d/sub", "/d/a.txt"], ["/d/a.txt", "/d/sub", "/d"]] {
            let roots = roots(&paths);
            let owner = |path: &str| {
                roots
                    .owner(Path::new(path))
                    .map(|root| root.absolute.to_str().unwrap().to_owned())
            };
            assert_eq!(owner("/d/x.txt").as_deref(), Some("/d"));
            assert_eq!(owner("/d/sub/x.txt").as_deref(), Some("/d/sub"));
            assert_eq!(owner("/d/a.txt").as_deref(), Some("/d/a.txt"));
            assert_eq!(owner("/d2/x.txt"), None);
            assert_eq!(owner("/dd"), None);
        }
    }

    #[test]
    fn one_folder_is_one_root_in_every_spelling() {
        let folder = tempfile::tempdir().unwrap();
        let docs = folder.path().join("docs");
        fs::create_dir(&docs).unwrap();
        let mut roots = Roots::default();
        let first = roots.name(&docs, true);
        for spelling in ["docs/", "./docs", "docs/../docs", "docs/."] {
            assert_eq!(roots.name(&folder.path().join(spelling), true), first, "{spelling}");
        }
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(&docs, folder.path().join("link")).unwrap();
            assert_eq!(roots.name(&folder.path().join("link"), true), first);
        }
        assert_eq!(roots.iter().count(), 1);
    }

    #[test]
    fn a_root_inside_another_is_shown_as_a_part_of_it() {
        let mut roots = roots(&["/srv/docs"]);
        roots.roots[0].given = "docs".into();
        roots.name(Path::new("/srv/docs/sub"), true);
        let owner = roots.owner(Path::new("/srv/docs/sub/a.txt")).unwrap();
        assert_eq!(
            owner.shown(Path::new("/srv/docs/sub/a.txt")),
            Path::new("docs/sub/a.txt")
        );
        assert_eq!(tidy(Path::new("./seeds/")), Path::new("seeds"));
        assert_eq!(tidy(Path::new(".")), Path::new("."));
    }

    #[test]
    fn what_is_removed_stays_out_until_it_is_named_itself() {
        let mut all = roots(&["/d"]);
        assert!(all.take_out(Path::new("/d/a.txt")));
        assert!(!all.take_out(Path::new("/d/a.txt")), "it is out already");
        assert!(all.take_out(Path::new("/d/sub")));
        let excluded = |roots: &Roots, path: &str| roots.is_excluded(Path::new(path));
        assert!(excluded(&all, "/d/a.txt") && excluded(&all, "/d/sub/b.txt") && !excluded(&all, "/d/c.txt"));
        all.name(Path::new("/d"), true);
        assert!(excluded(&all, "/d/a.txt"), "the folder around it was named");
        all.name(Path::new("/d/sub/b.txt"), false);
        assert!(!excluded(&all, "/d/sub/b.txt") && excluded(&all, "/d/sub/c.txt"));
        all.name(Path::new("/d/a.txt"), false);
        assert!(!excluded(&all, "/d/a.txt"));
        // Taking the folder out forgets every root in it, and with them what was excluded.
        assert!(all.take_out(Path::new("/d")));
        assert_eq!(all, Roots::default());
        assert!(!all.take_out(Path::new("/d")));
    }

    #[test]
    fn a_moved_root_takes_what_is_inside_with_it() {
        let mut all = roots(&["/old/docs", "/old/docs/sub", "/old/other"]);
        all.take_out(Path::new("/old/docs/a.txt"));
        all.relocate(Path::new("/old/docs"), Path::new("/new/docs"));
        let absolute: Vec<&str> = all.iter().map(|root| root.absolute.to_str().unwrap()).collect();
        assert_eq!(absolute, ["/new/docs", "/new/docs/sub", "/old/other"]);
        assert!(all.is_excluded(Path::new("/new/docs/a.txt")));
    }
}
