//! Lists the files of a corpus: walks its roots, and decides which files that were not seen are gone.
//!
//! A file is gone only if its root was looked at, is there, and is not empty: a share that is not mounted is an empty
//! folder, and the documents of one must not be lost for that. Files that may still be there are entries like the
//! others, but not [listed](Entry::listed); the index keeps its documents of them.

use std::cell::Cell;
use std::collections::{BTreeMap, HashMap};
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::archive::{self, Archive, Member};
use super::error::{Error, ErrorKind};
use super::file::{Entry, io_kind, modified_ns};
use super::ids::ids;
use super::kinds::{Contributes, contributes, is_hidden, is_ocr_output, is_page, kind_of};
use super::roots::{AbsentRoot, Root, Roots, absolute};

/// The files that one index is built from.
#[derive(Debug, Default)]
pub struct Corpus {
    /// The roots that the files belong to.
    pub roots: Roots,
    /// The files, sorted by location; their ids are distinct.
    pub entries: Vec<Entry>,
    /// The files and folders that could not be listed.
    pub errors: Vec<Error>,
    /// The roots that are missing, empty or unreadable.
    pub absent: Vec<AbsentRoot>,
    /// The number of files that folders hold and nothing reads, by kind: the extension in lower case.
    pub passed_over: BTreeMap<String, usize>,
}

/// A scan of roots.
#[derive(Debug, Default)]
pub struct Scan<'s> {
    /// The roots.
    pub roots: Roots,
    /// The locations to look at: roots there and inside are. `None`: all roots.
    pub looked_at: Option<&'s [PathBuf]>,
    /// The locations of the files that the index holds.
    pub known: &'s [&'s Path],
    /// A folder that is no part of the corpus wherever it is: that of the index.
    pub skip: Option<&'s Path>,
    /// True to give up roots that are missing, empty or unreadable, and all their files.
    pub force: bool,
}

impl Corpus {
    /// Lists the files that `paths` name: the files themselves, and those in folders, at any depth.
    ///
    /// A folder contributes the files that are not hidden and whose extension is that of a text, a word processor, a
    /// PDF or an image, and hOCR or ALTO by their extension and first bytes; and the same of the members of its ZIP
    /// archives. Links are followed; a file that is reached twice counts once.
    #[must_use]
    pub fn scan(paths: &[PathBuf]) -> Self {
        let mut scan = Scan {
            force: true,
            ..Scan::default()
        };
        let mut errors = Vec::new();
        for path in paths {
            match fs::metadata(path) {
                Ok(metadata) if metadata.is_dir() || metadata.is_file() => {
                    scan.roots.name(path, metadata.is_dir());
                }
                Ok(_) => errors.push(Error::new(path, ErrorKind::Special)),
                Err(cause) => errors.push(Error::new(path, io_kind(cause))),
            }
        }
        let mut corpus = scan.run();
        corpus.errors.append(&mut errors);
        corpus
    }
}

/// A file that was found, or that is known and not gone.
struct Found {
    location: PathBuf,
    /// The archive that it is a member of, and the member.
    member: Option<(PathBuf, Member)>,
    /// The size and modification time of the file, or of the archive; `None` if it was not seen.
    listed: Option<(u64, u128)>,
}

/// The files that a scan has found so far.
#[derive(Default)]
struct Findings {
    files: Vec<Found>,
    errors: Vec<Error>,
    /// The locations that the errors are about: what is known at or below them is not gone.
    failed: Vec<PathBuf>,
    passed_over: BTreeMap<String, usize>,
}

impl Scan<'_> {
    /// Runs the scan.
    #[must_use]
    pub fn run(mut self) -> Corpus {
        let mut found = Findings::default();
        let mut absent: Vec<AbsentRoot> = Vec::new();
        for root in self.roots.iter().filter(|root| self.looks_at(root)) {
            if let Err(kind) = self.look(root, &mut found) {
                absent.push(AbsentRoot {
                    root: root.clone(),
                    kind,
                    kept: 0,
                });
            }
        }
        // A named file that is missing from a folder that is there is gone like any other of its files.
        let is_there = |root: &Root| {
            root.folder && self.looks_at(root) && !absent.iter().any(|absent| absent.root.absolute == root.absolute)
        };
        let vanished: Vec<PathBuf> = absent
            .iter()
            .filter(|absent| matches!(absent.kind, ErrorKind::Missing) && !absent.root.folder)
            .filter(|absent| self.roots.around(&absent.root.absolute).skip(1).any(is_there))
            .map(|absent| absent.root.absolute.clone())
            .collect();
        let given_up = |root: &Root| {
            vanished.contains(&root.absolute)
                || self.force && absent.iter().any(|absent| absent.root.absolute == root.absolute)
        };
        let gone: Vec<PathBuf> = self
            .roots
            .iter()
            .filter(|root| given_up(root))
            .map(|root| root.absolute.clone())
            .collect();
        let kept = self.kept(&gone, &mut absent, &found);
        found.files.extend(kept);
        absent.retain(|absent| !gone.contains(&absent.root.absolute));
        self.roots.retain(|root| !gone.contains(&root.absolute));
        Corpus {
            entries: self.entries(found.files),
            errors: found.errors,
            absent,
            passed_over: found.passed_over,
            roots: self.roots,
        }
    }

    /// Returns true if the scan looks at `root`.
    fn looks_at(&self, root: &Root) -> bool {
        self.looked_at
            .is_none_or(|paths| paths.iter().any(|path| root.absolute.starts_with(path)))
    }

    /// Returns the known files that were not found but are not gone, and counts them for the `absent` roots. `gone` are
    /// the roots that are given up.
    fn kept(&self, gone: &[PathBuf], absent: &mut [AbsentRoot], found: &Findings) -> Vec<Found> {
        let listed: HashMap<&Path, &Found> = found.files.iter().map(|file| (file.location.as_path(), file)).collect();
        let mut kept = Vec::new();
        for &known in self.known.iter().filter(|known| !listed.contains_key(**known)) {
            let Some(owner) = self.roots.owner(known) else {
                continue;
            };
            if gone.contains(&owner.absolute) || self.roots.is_excluded(known) {
                continue;
            }
            let mut absent = absent.iter_mut();
            let absent = absent.find(|absent| absent.root.absolute == owner.absolute);
            let unseen = absent.is_some()
                || !self.looks_at(owner)
                || found.failed.iter().any(|failed| known.starts_with(failed));
            if let Some(absent) = absent {
                absent.kept += 1;
            }
            if unseen {
                kept.push(Found {
                    location: known.to_path_buf(),
                    member: None,
                    listed: None,
                });
            }
        }
        kept
    }

    /// Makes entries of `files`. Links and overlapping roots may reach one file by several paths: that in the longest
    /// root counts, and of several in it the first.
    fn entries(&self, files: Vec<Found>) -> Vec<Entry> {
        let depth = |file: &Found| {
            self.roots
                .owner(&file.location)
                .map_or(0, |root| root.absolute.components().count())
        };
        let mut ranked: Vec<(usize, Found)> = files.into_iter().map(|file| (depth(&file), file)).collect();
        ranked.sort_by(|(one_depth, one), (other_depth, other)| {
            (other_depth, &one.location).cmp(&(one_depth, &other.location))
        });
        let mut seen = std::collections::HashSet::new();
        let mut files: Vec<Found> = ranked.into_iter().map(|(_, file)| file).collect();
        files.retain(|file| seen.insert(real(&file.location)));
        files.sort_by(|one, other| one.location.cmp(&other.location));
        let locations: Vec<&Path> = files.iter().map(|file| file.location.as_path()).collect();
        let ids = ids(&locations);
        let entries = ids.into_iter().zip(&files).map(|(id, file)| {
            let (size, modified_ns) = file.listed.unwrap_or_default();
            Entry {
                id,
                path: self.shown(&file.location),
                location: file.location.clone(),
                member: file.member.clone(),
                size,
                modified_ns,
                listed: file.listed.is_some(),
            }
        });
        entries.collect()
    }

    /// Returns the path to show for `location`.
    fn shown(&self, location: &Path) -> PathBuf {
        let owner = self.roots.owner(location);
        owner.map_or_else(|| location.to_path_buf(), |root| root.shown(location))
    }

    /// Adds the files of `root` to `found`.
    ///
    /// # Errors
    /// [`ErrorKind::Missing`], [`ErrorKind::Unreadable`], [`ErrorKind::EmptyFolder`], [`ErrorKind::Special`]: nothing
    /// can be said about its files.
    fn look(&self, root: &Root, found: &mut Findings) -> Result<(), ErrorKind> {
        let metadata = fs::metadata(&root.absolute).map_err(io_kind)?;
        if metadata.is_dir() {
            return self.walk(root, found);
        }
        if !metadata.is_file() {
            return Err(ErrorKind::Special);
        }
        // A damaged "plan.docx" is a document that cannot be read, no archive.
        let named_document =
            matches!(contributes(&root.absolute), Contributes::Always) && !archive::has_extension(&root.absolute);
        if !named_document
            && archive::begins_like_one(&root.absolute)
            && self
                .open_archive(root, &root.absolute, &metadata, found)
                .unwrap_or_else(|kind| {
                    found.fail(root, &root.absolute, kind);
                    true
                })
        {
            return Ok(());
        }
        found.files.push(Found::file(&root.absolute, &metadata));
        Ok(())
    }

    /// Adds the members of the archive `path`, which is inside `root`, to `found`. Returns false if it is a document
    /// itself.
    fn open_archive(
        &self,
        root: &Root,
        path: &Path,
        metadata: &Metadata,
        found: &mut Findings,
    ) -> Result<bool, ErrorKind> {
        let file = fs::File::open(path).map_err(io_kind)?;
        let mut archive = Archive::open(&file)?;
        if archive.is_office() {
            return Ok(false);
        }
        for member in archive.members()? {
            let location = path.join(&member.path);
            if self.roots.is_excluded(&location) {
                continue;
            }
            let reads = match contributes(&member.path) {
                Contributes::Always => Ok(true),
                Contributes::Never => Ok(false),
                Contributes::AsOcrOutput => archive.member(&member).map(|file| is_ocr_output(&member.path, file)),
                Contributes::AsPage => archive.member(&member).map(|file| is_page(&member.path, file)),
            };
            match reads {
                Ok(true) => found.files.push(Found {
                    location,
                    member: Some((path.to_path_buf(), member)),
                    listed: Some((metadata.len(), modified_ns(metadata))),
                }),
                Ok(false) => found.pass_over(&member.path),
                Err(kind) => found.fail(root, &location, kind),
            }
        }
        Ok(true)
    }

    /// Adds the files of the folder `root` to `found`.
    fn walk(&self, root: &Root, found: &mut Findings) -> Result<(), ErrorKind> {
        // Listing the folder itself fails here, once, and not as an error of the walk.
        fs::read_dir(&root.absolute).map_err(io_kind)?;
        let is_empty = Cell::new(true);
        let enters = |entry: &DirEntry| {
            if entry.depth() == 0 {
                return true;
            }
            if is_hidden(entry.file_name()) || self.skip.is_some_and(|skip| is_same_folder(entry, skip)) {
                return false;
            }
            // Other roots are looked at on their own; what was removed is here all the same.
            let is_apart = self.roots.is_root(entry.path()) || self.roots.is_excluded(entry.path());
            if is_apart {
                is_empty.set(false);
            }
            !is_apart
        };
        let walk = WalkDir::new(&root.absolute).follow_links(true).into_iter();
        for entry in walk.filter_entry(enters) {
            match entry {
                Ok(entry) if entry.file_type().is_file() => {
                    is_empty.set(false);
                    if let Err(kind) = self.take_file(root, &entry, found) {
                        found.fail(root, entry.path(), kind);
                    }
                }
                Ok(entry) if !entry.file_type().is_dir() => is_empty.set(false),
                Ok(_) => {}
                Err(error) => {
                    is_empty.set(false);
                    let path = error.path().unwrap_or(&root.absolute).to_path_buf();
                    found.fail(root, &path, walk_error(error));
                }
            }
        }
        if is_empty.get() {
            return Err(ErrorKind::EmptyFolder);
        }
        Ok(())
    }

    /// Adds a file of the folder `root` to the files that were found, or counts it as passed over.
    fn take_file(&self, root: &Root, entry: &DirEntry, found: &mut Findings) -> Result<(), ErrorKind> {
        let path = entry.path();
        let is_archive = archive::has_extension(path);
        let reads = is_archive
            || match contributes(path) {
                Contributes::Always => true,
                Contributes::Never => false,
                // A file that cannot be read is taken: reading it later reports the reason.
                Contributes::AsOcrOutput => fs::File::open(path).map_or(true, |file| is_ocr_output(path, file)),
                Contributes::AsPage => fs::File::open(path).map_or(true, |file| is_page(path, file)),
            };
        if !reads {
            found.pass_over(path);
            return Ok(());
        }
        // Records and manifests are text, and so is a path in them.
        if path.to_str().is_none() {
            return Err(ErrorKind::Name);
        }
        let metadata = entry.metadata().map_err(walk_error)?;
        if is_archive && self.open_archive(root, path, &metadata, found)? {
            return Ok(());
        }
        found.files.push(Found::file(path, &metadata));
        Ok(())
    }
}

impl Found {
    /// Returns the file at `location`, as its `metadata` are.
    fn file(location: &Path, metadata: &Metadata) -> Self {
        Self {
            location: location.to_path_buf(),
            member: None,
            listed: Some((metadata.len(), modified_ns(metadata))),
        }
    }
}

impl Findings {
    /// Counts a file that nothing reads.
    fn pass_over(&mut self, path: &Path) {
        *self.passed_over.entry(kind_of(path)).or_default() += 1;
    }

    /// Records an error about `location`, which is inside `root`.
    fn fail(&mut self, root: &Root, location: &Path, kind: ErrorKind) {
        self.errors.push(Error::new(&root.shown(location), kind));
        self.failed.push(location.to_path_buf());
    }
}

/// Returns the path of `location` with all links resolved, as far as it exists.
fn real(location: &Path) -> PathBuf {
    let mut around = location.ancestors();
    let resolved = around.find_map(|path| {
        let inside = location.strip_prefix(path).ok()?;
        let real = fs::canonicalize(path).ok()?;
        Some(real.components().chain(inside.components()).collect())
    });
    resolved.unwrap_or_else(|| location.to_path_buf())
}

/// Returns true if `path` is a folder that may become a root, and false if it is such a file. The folder `skip` counts
/// as nothing.
///
/// # Errors
/// It is missing, empty, unreadable or special, or its path is not UTF-8.
pub fn probe(path: &Path, skip: &Path) -> Result<bool, Error> {
    let fail = |kind| Err(Error::new(path, kind));
    let metadata = match fs::metadata(path) {
        Ok(_) if absolute(path).to_str().is_none() => return fail(ErrorKind::Name),
        Ok(metadata) => metadata,
        Err(cause) => return fail(io_kind(cause)),
    };
    if !metadata.is_dir() {
        return if metadata.is_file() {
            Ok(false)
        } else {
            fail(ErrorKind::Special)
        };
    }
    if let Err(cause) = fs::read_dir(path) {
        return fail(io_kind(cause));
    }
    let enters = |entry: &DirEntry| entry.depth() == 0 || !is_hidden(entry.file_name()) && !is_same_folder(entry, skip);
    let mut walk = WalkDir::new(path).follow_links(true).into_iter().filter_entry(enters);
    if walk.any(|entry| entry.map_or(true, |entry| !entry.file_type().is_dir())) {
        Ok(true)
    } else {
        fail(ErrorKind::EmptyFolder)
    }
}

/// Returns true if `entry` is the folder `folder`.
fn is_same_folder(entry: &DirEntry, folder: &Path) -> bool {
    entry.file_type().is_dir()
        && folder.file_name() == Some(entry.file_name())
        && fs::canonicalize(entry.path()).ok() == fs::canonicalize(folder).ok()
}

/// Returns the reason of an error of a walk.
fn walk_error(error: walkdir::Error) -> ErrorKind {
    if error.loop_ancestor().is_some() {
        ErrorKind::Loop
    } else {
        error.into_io_error().map_or(ErrorKind::Special, io_kind)
    }
}

#[cfg(test)]
mod tests {
    use super::super::archive::tests::write_archive;
    use super::super::kinds::NO_EXTENSION;
    use super::*;

    /// A folder with these files in it.
    fn folder_with(names: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for name in names {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        folder
    }

    /// Roots at `paths` in `folder`.
    fn roots(folder: &Path, paths: &[&str]) -> Roots {
        let mut roots = Roots::default();
        for path in paths {
            let path = folder.join(path);
            roots.name(&path, path.extension().is_none());
        }
        roots
    }

    /// The ids of the entries, with a `?` after those that were not seen.
    fn ids_of(corpus: &Corpus) -> Vec<String> {
        let entries = corpus.entries.iter();
        entries
            .map(|entry| format!("{}{}", entry.id, if entry.listed { "" } else { "?" }))
            .collect()
    }

    #[test]
    fn a_folder_gives_its_documents_and_counts_the_rest_by_kind() {
        let folder = folder_with(&[
            "b.txt",
            "a.TXT",
            "README.md",
            "plan.docx",
            "~$plan.docx",
            ".hidden.txt",
            ".git/x.txt",
            "c.PDF",
            "page.html",
            "data.xml",
            "so-lieu.dwg",
            "sub/so-lieu.DWG",
            "slides.pptx",
            "Makefile",
            "index/index.json",
        ]);
        fs::write(folder.path().join("d.xml"), "<alto>").unwrap();
        fs::write(folder.path().join("e.html"), "<p class='ocr_page'>").unwrap();
        let index = folder.path().join("index");
        let corpus = Scan {
            roots: roots(folder.path(), &["", "b.txt"]),
            skip: Some(&index),
            ..Scan::default()
        }
        .run();
        assert_eq!(ids_of(&corpus), ["README", "a", "b", "c", "d", "e", "plan"]);
        let passed: Vec<(&str, usize)> = corpus
            .passed_over
            .iter()
            .map(|(kind, files)| (kind.as_str(), *files))
            .collect();
        assert_eq!(
            passed,
            [("dwg", 2), ("html", 1), (NO_EXTENSION, 1), ("pptx", 1), ("xml", 1)]
        );
        assert!(corpus.errors.is_empty() && corpus.absent.is_empty());
    }

    #[test]
    fn a_named_file_may_have_any_extension() {
        let folder = folder_with(&["plan.html", "seeds/a.txt"]);
        let corpus = Corpus::scan(&[folder.path().join("plan.html"), folder.path().join("seeds")]);
        assert_eq!(ids_of(&corpus), ["plan", "a"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_loop_of_links_and_a_missing_path_are_reported() {
        let folder = folder_with(&["a.txt"]);
        std::os::unix::fs::symlink(folder.path(), folder.path().join("loop")).unwrap();
        let corpus = Corpus::scan(&[folder.path().to_path_buf(), folder.path().join("none")]);
        assert_eq!(corpus.entries.len(), 1);
        let messages: Vec<String> = corpus.errors.iter().map(|error| error.kind.to_string()).collect();
        assert_eq!(
            messages,
            ["is a link to a folder that contains it", "no such file or folder"]
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_file_with_two_paths_is_one_document() {
        let folder = folder_with(&["one/a.txt", "two/b.txt"]);
        std::os::unix::fs::symlink(folder.path().join("one/a.txt"), folder.path().join("two/c.txt")).unwrap();
        let both = Corpus::scan(&["one", "two", "two/b.txt"].map(|name| folder.path().join(name)));
        assert_eq!(ids_of(&both), ["a", "b"]);
    }

    /// Files of one stem get the same ids in whatever order their roots came.
    #[test]
    fn ids_do_not_depend_on_the_order_of_roots() {
        let folder = folder_with(&["can-tho/001.txt", "soc-trang/001.txt", "soc-trang/002.txt"]);
        for order in [["can-tho", "soc-trang"], ["soc-trang", "can-tho"]] {
            let corpus = Corpus::scan(&order.map(|name| folder.path().join(name)));
            assert_eq!(ids_of(&corpus), ["can-tho/001", "soc-trang/001", "002"]);
        }
    }

    /// Scans `roots` with the known files at `known`, all in `folder`.
    fn scan_knowing(folder: &Path, roots: Roots, known: &[&str], looked_at: Option<&[&str]>, force: bool) -> Corpus {
        let known: Vec<PathBuf> = known.iter().map(|path| folder.join(path)).collect();
        let known: Vec<&Path> = known.iter().map(PathBuf::as_path).collect();
        let looked_at: Option<Vec<PathBuf>> =
            looked_at.map(|paths| paths.iter().map(|path| folder.join(path)).collect());
        Scan {
            roots,
            looked_at: looked_at.as_deref(),
            known: &known,
            skip: None,
            force,
        }
        .run()
    }

    #[test]
    fn a_file_is_gone_only_if_its_root_is_there_and_not_empty() {
        let folder = folder_with(&["a/1.txt"]);
        fs::create_dir_all(folder.path().join("b/sub")).unwrap();
        let known = ["a/1.txt", "a/2.txt", "b/3.txt", "b/sub/4.txt", "c/5.txt", "d/6.txt"];
        let all = || {
            let mut all = roots(folder.path(), &["a", "b", "c"]);
            // A root that cannot be listed stands for one that the system refuses to list.
            all.name(&folder.path().join("d"), true);
            all
        };
        let corpus = scan_knowing(folder.path(), all(), &known, None, false);
        assert_eq!(ids_of(&corpus), ["1", "3?", "4?", "5?", "6?"]);
        let absent: Vec<(String, usize)> = corpus
            .absent
            .iter()
            .map(|root| (root.kind.to_string(), root.kept))
            .collect();
        assert_eq!(
            absent,
            [
                ("is an empty folder".to_owned(), 2),
                ("no such file or folder".to_owned(), 1),
                ("no such file or folder".to_owned(), 1)
            ]
        );
        assert_eq!(corpus.roots.iter().count(), 4);
        // What is not looked at stays as it is.
        let corpus = scan_knowing(folder.path(), all(), &known, Some(&["a"]), false);
        assert_eq!(ids_of(&corpus), ["1", "3?", "4?", "5?", "6?"]);
        assert!(corpus.absent.is_empty());
        let corpus = scan_knowing(folder.path(), all(), &known, None, true);
        assert_eq!(ids_of(&corpus), ["1"]);
        assert_eq!(corpus.roots.iter().count(), 1, "the others are given up");
        assert!(corpus.absent.is_empty());
    }

    #[test]
    fn a_folder_is_not_empty_if_what_it_holds_is_read_elsewhere_or_removed_or_not_read() {
        for rest in ["x.txt", "y.txt", "z.dwg"] {
            let folder = folder_with(&[&format!("a/{rest}")]);
            let mut all = roots(folder.path(), &["a"]);
            if rest == "x.txt" {
                all.name(&folder.path().join("a/x.txt"), false);
            }
            all.take_out(&folder.path().join("a/y.txt"));
            let corpus = scan_knowing(folder.path(), all, &["a/1.txt"], None, false);
            assert!(!ids_of(&corpus).contains(&"1?".to_owned()), "{rest}");
            assert!(corpus.absent.is_empty(), "{rest}");
        }
    }

    #[test]
    fn a_named_file_is_gone_only_if_the_folder_around_it_is_a_root_that_is_there() {
        let folder = folder_with(&["a/1.txt", "b/1.txt"]);
        let known = ["a/2.txt", "b/2.txt"];
        let all = roots(folder.path(), &["a", "a/2.txt", "b/2.txt"]);
        let corpus = scan_knowing(folder.path(), all, &known, None, false);
        assert_eq!(ids_of(&corpus), ["1", "2?"]);
        let left: Vec<PathBuf> = corpus.roots.iter().map(|root| root.absolute.clone()).collect();
        assert_eq!(left, [folder.path().join("a"), folder.path().join("b/2.txt")]);
    }

    #[test]
    fn what_was_removed_is_neither_found_nor_kept() {
        let folder = folder_with(&["a/1.txt", "a/2.txt", "a/sub/3.txt"]);
        let mut all = roots(folder.path(), &["a"]);
        all.take_out(&folder.path().join("a/2.txt"));
        all.take_out(&folder.path().join("a/sub"));
        for looked_at in [None, Some(&[][..])] {
            let known = ["a/1.txt", "a/2.txt", "a/sub/3.txt"];
            let corpus = scan_knowing(folder.path(), all.clone(), &known, looked_at, false);
            assert_eq!(corpus.entries.len(), 1);
            assert_eq!(corpus.entries[0].id, "1");
        }
    }

    #[test]
    fn members_of_archives_are_documents_and_an_office_package_is_one() {
        let folder = folder_with(&["a.txt"]);
        let at = |name: &str| folder.path().join(name);
        write_archive(
            &at("gui-kem.zip"),
            &[
                ("Kế hoạch/a.txt", b"x"),
                ("Kế hoạch/b.docx", b"x"),
                ("c.dwg", b"x"),
                ("inner.zip", b"PK\x03\x04"),
                ("page.html", b"<html>"),
                ("page.hocr", b"<p class='ocr_page'>"),
                ("__MACOSX/a.txt", b"x"),
            ],
        );
        write_archive(
            &at("renamed.zip"),
            &[("[Content_Types].xml", b"x"), ("word/document.xml", b"x")],
        );
        fs::write(at("broken.zip"), "x").unwrap();
        let corpus = Corpus::scan(&[folder.path().to_path_buf()]);
        let shown: Vec<String> = corpus.entries.iter().map(|entry| entry.id.clone()).collect();
        let inside = format!("{}/a", folder.path().file_name().unwrap().to_str().unwrap());
        assert_eq!(shown, [inside.as_str(), "Kế hoạch/a", "b", "page", "renamed"]);
        let member = &corpus.entries[2];
        assert!(
            member.path.ends_with("gui-kem.zip/Kế hoạch/b.docx"),
            "{}",
            member.path.display()
        );
        assert_eq!(member.size, fs::metadata(at("gui-kem.zip")).unwrap().len());
        let passed: Vec<&str> = corpus.passed_over.keys().map(String::as_str).collect();
        assert_eq!(passed, ["dwg", "html", "zip"]);
        assert_eq!(corpus.errors.len(), 1);
        assert!(corpus.errors[0].to_string().contains("broken.zip: is damaged: "));
        // An archive that is named needs no extension.
        fs::copy(at("gui-kem.zip"), at("download")).unwrap();
        assert_eq!(ids_of(&Corpus::scan(&[at("download")])), ["a", "b", "page"]);
    }

    #[test]
    fn members_are_removed_and_kept_like_files() {
        let folder = tempfile::tempdir().unwrap();
        let archive = folder.path().join("docs/a.zip");
        fs::create_dir(folder.path().join("docs")).unwrap();
        write_archive(&archive, &[("1.txt", b"x"), ("sub/2.txt", b"x")]);
        let mut all = roots(folder.path(), &["docs"]);
        all.take_out(&archive.join("sub/2.txt"));
        let known = ["docs/a.zip/1.txt", "docs/a.zip/sub/2.txt", "docs/a.zip/3.txt"];
        let corpus = scan_knowing(folder.path(), all.clone(), &known, None, false);
        assert_eq!(ids_of(&corpus), ["1"], "3 is gone, 2 was removed");
        // An archive that cannot be read today may be readable tomorrow.
        fs::write(&archive, "x").unwrap();
        let corpus = scan_knowing(folder.path(), all, &known, None, false);
        assert_eq!(ids_of(&corpus), ["1?", "3?"]);
    }
}
