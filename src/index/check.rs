//! Checks that an index is complete and agrees with its files.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use tantivy::Term;
use tantivy::collector::Count;
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;

use super::error::{Error, guard};
use super::folder::Numbered;
use super::folder_index::FolderIndex;
use super::manifest::{Header, IndexedFile, Manifest, UnreadFile};
use super::pack;
use crate::citation::Observed;
use crate::corpus::{Entry, Scan};
use crate::record::CitedAt;

/// The findings of a check.
#[derive(Debug, Default)]
pub struct Check {
    /// Documents that the manifest lists.
    pub documents: usize,
    /// Passages in the index.
    pub passages: u64,
    /// Defects of the index itself; empty if it is complete.
    pub defects: Vec<Defect>,
    /// Differences between the index and its files; empty if it is up to date.
    pub stale: Vec<Stale>,
}

/// A defect of an index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Defect {
    /// A file is not as it was written.
    Damaged {
        /// The file.
        file: PathBuf,
    },
    /// The engine has other passages of a document than the manifest lists.
    Passages {
        /// Id of the document; `None` for all documents together.
        document: Option<String>,
        /// Number of passages in the manifest.
        listed: u64,
        /// Number of passages in the engine's index.
        found: u64,
    },
    /// An engine elsewhere has another number of passages, documents or citations than its state lists.
    Count {
        /// The engine's index.
        index: String,
        /// The number that the state lists.
        listed: u64,
        /// The number that searches see.
        found: u64,
    },
    /// An engine elsewhere refused a document.
    Refused {
        /// Id of the document.
        document: String,
        /// The reason that the engine gave.
        reason: String,
    },
}

/// A difference between the index and the files of its roots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stale {
    /// Its bytes changed.
    Changed(PathBuf),
    /// It does not exist any more, or cannot be read.
    Missing(PathBuf),
    /// It is new in a root.
    New(PathBuf),
    /// A root is missing, empty or unreadable: what is wrong with it, and the number of its documents.
    Absent(PathBuf, String),
}

impl std::fmt::Display for Defect {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Damaged { file } => write!(f, "'{}' is not as it was written", file.display()),
            Self::Passages {
                document,
                listed,
                found,
            } => {
                let document = document.as_deref().unwrap_or("all documents");
                write!(f, "{document}: {found} passages where {listed} are listed")
            }
            Self::Count { index, listed, found } => write!(f, "'{index}' has {found} where {listed} are listed"),
            Self::Refused { document, reason } => write!(f, "the engine refused '{document}': {reason}"),
        }
    }
}

impl std::fmt::Display for Stale {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Changed(path) => write!(f, "'{}' changed since it was indexed", path.display()),
            Self::Missing(path) => write!(f, "'{}' is gone since it was indexed", path.display()),
            Self::New(path) => write!(f, "'{}' is not indexed yet", path.display()),
            Self::Absent(path, message) => write!(f, "'{}' {message}", path.display()),
        }
    }
}

/// Reads all of the index in `dir` and compares it with its checksums, its manifest and its files.
///
/// # Errors
/// Those of [`FolderIndex::open`]. Damage is a finding, not an error, unless the header is damaged and nothing can be
/// checked.
pub fn check(dir: &Path) -> Result<Check, Error> {
    let header = Header::read(dir)?;
    let folder = dir.join(&header.segments);
    let index = match FolderIndex::open(dir) {
        Ok(index) => index,
        // Too damaged to open: the one finding there can be.
        Err(Error::Damaged { file, .. }) => {
            return Ok(Check {
                defects: vec![Defect::Damaged { file }],
                ..Check::default()
            });
        }
        Err(error) => return Err(error),
    };
    let mut check = Check {
        passages: index.passages_count(),
        ..Check::default()
    };
    let meta = guard(&folder, || index.engine_index().load_metas())?;
    let mut files: Vec<PathBuf> = meta.list_segment_files().into_iter().collect();
    files.sort();
    // A segment may have no deleted passages, and has nothing that is not finished. If it had deleted ones, its number
    // of passages is another now, and the index could not be opened.
    let is_optional = |file: &Path| file.extension().is_some_and(|kind| kind == "del" || kind == "temp");
    let is_absent = |file: &Path| is_optional(file) && !folder.join(file).exists();
    for file in files.iter().filter(|file| !is_absent(file)) {
        if !guard(&folder, || Ok(index.engine_folder().is_whole(file)?))? {
            check.defects.push(Defect::Damaged {
                file: folder.join(file),
            });
        }
    }
    match index.manifest() {
        Ok(manifest) => check_files(&index, manifest, &mut check)?,
        Err(Error::Damaged { file, .. }) => check.defects.push(Defect::Damaged { file }),
        Err(error) => return Err(error),
    }
    Ok(check)
}

/// Compares the index with what the manifest lists, and the manifest with the files.
fn check_files(index: &FolderIndex, manifest: &Manifest, check: &mut Check) -> Result<(), Error> {
    check.documents = manifest.files.len();
    let listed: u64 = manifest.files.iter().map(|file| file.passages as u64).sum();
    if listed != check.passages {
        check.defects.push(Defect::Passages {
            document: None,
            listed,
            found: check.passages,
        });
    }
    if let Some(learnt) = &manifest.learnt {
        damage(learnt.verify(index.dir()), check)?;
    }
    for file in &manifest.files {
        damage(index.parsed(file), check)?;
        let path = Numbered::Parsed.path(index.dir(), file.cites.pack);
        damage(pack::read::<Vec<CitedAt>>(&path, &file.cites), check)?;
        let path = Numbered::Parsed.path(index.dir(), file.observed.pack);
        damage(pack::read::<Observed>(&path, &file.observed), check)?;
        check_passages(index, file, check);
    }
    check.stale = stale(index.dir(), manifest);
    Ok(())
}

/// Adds a damaged file to the findings, once.
fn damage<T>(read: Result<T, Error>, check: &mut Check) -> Result<(), Error> {
    match read {
        Ok(_) => {}
        Err(Error::Damaged { file, .. }) => {
            let defect = Defect::Damaged { file };
            if !check.defects.contains(&defect) {
                check.defects.push(defect);
            }
        }
        Err(error) => return Err(error),
    }
    Ok(())
}

/// Compares the number of passages of a document in the engine's index with that in the manifest.
fn check_passages(index: &FolderIndex, file: &IndexedFile, check: &mut Check) {
    let term = Term::from_field_text(index.fields().owner, &file.record.document);
    let query = TermQuery::new(term, IndexRecordOption::Basic);
    let listed = file.passages as u64;
    // If the engine cannot even count, the checksums have shown why.
    if let Ok(found) = index.guard(|| index.searcher().search(&query, &Count))
        && found as u64 != listed
    {
        check.defects.push(Defect::Passages {
            document: Some(file.record.document.clone()),
            listed,
            found: found as u64,
        });
    }
}

/// Compares the files of the roots with what was indexed, in the order of their locations, roots first.
fn stale(dir: &Path, manifest: &Manifest) -> Vec<Stale> {
    let files = manifest.files.iter();
    let known: Vec<&Path> = files.map(|file| file.location.as_path()).collect();
    let scan = Scan {
        roots: manifest.roots.clone(),
        known: &known,
        skip: Some(dir),
        ..Scan::default()
    };
    let corpus = scan.run();
    let mut stale: Vec<Stale> = corpus
        .absent
        .iter()
        .map(|absent| Stale::Absent(absent.root.given.clone(), absent.to_string()))
        .collect();
    let mut entries: HashMap<&Path, &Entry> = corpus
        .entries
        .iter()
        .map(|entry| (entry.location.as_path(), entry))
        .collect();
    let mut files: Vec<&IndexedFile> = manifest.files.iter().collect();
    files.sort_by_key(|file| &file.location);
    for file in files {
        match entries.remove(file.location.as_path()) {
            None => stale.push(Stale::Missing(file.path.clone())),
            Some(entry) if is_changed(file, entry) => stale.push(Stale::Changed(file.path.clone())),
            Some(_) => {}
        }
    }
    // A file that could not be read is no news as long as it stays as it was.
    let is_known_unread = |entry: &Entry| {
        let same = |file: &UnreadFile| {
            (&file.location, file.size, file.modified_ns) == (&entry.location, entry.size, entry.modified_ns)
        };
        manifest.unread.iter().any(same)
    };
    let new = corpus
        .entries
        .iter()
        .filter(|entry| entries.contains_key(entry.location.as_path()));
    stale.extend(
        new.filter(|entry| !is_known_unread(entry))
            .map(|entry| Stale::New(entry.path.clone())),
    );
    stale
}

/// Compares a file with what was indexed: its size and time, and its bytes if those differ.
fn is_changed(file: &IndexedFile, entry: &Entry) -> bool {
    entry.listed
        && (entry.size, entry.modified_ns) != (file.size, file.modified_ns)
        && entry.load().map_or(true, |loaded| loaded.digest != file.digest)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::index::testing::{Sample, TestFolder};
    use crate::query::{Filters, parse};
    use crate::search::{Options, search};

    /// Collects all files below `dir`.
    fn files(dir: &Path, found: &mut Vec<PathBuf>) {
        for file in fs::read_dir(dir).unwrap() {
            let path = file.unwrap().path();
            if path.is_dir() {
                files(&path, found);
            } else {
                found.push(path);
            }
        }
        found.sort();
    }

    /// Whatever happens to a file of an index, nothing panics, and the damage is noticed.
    #[test]
    fn every_torn_or_changed_file_is_noticed() {
        let folder = TestFolder::new();
        let samples = [
            Sample::new("001", "Đảng bộ thành phố\n\nnăm 2025"),
            Sample::new("002", "Chi bộ trực thuộc"),
            Sample::new("003", "Pang bd cac co quan Pang thanh phd"),
        ];
        folder.build(&samples).unwrap();
        let mut all = Vec::new();
        files(&folder.dir(), &mut all);
        let mut damaged = 0;
        for path in all.iter().filter(|path| fs::metadata(path).unwrap().len() > 0) {
            let whole = fs::read(path).unwrap();
            // The engine makes this list again when it is lost.
            let harmless = path.ends_with(".managed.json");
            let mut flipped = whole.clone();
            flipped[whole.len() / 2] ^= 0x15;
            for bytes in [&whole[..whole.len() / 2], &[], &flipped] {
                fs::write(path, bytes).unwrap();
                let noticed = check(&folder.dir()).map_or(true, |check| !check.defects.is_empty());
                assert!(noticed || harmless, "{} of {} bytes", path.display(), bytes.len());
                damaged += usize::from(noticed);
                if let Ok(index) = FolderIndex::open(&folder.dir()) {
                    let (query, _) = parse("đảng bộ 2025");
                    let _ = search(&index.clone().into(), &query, &Filters::default(), &Options::default());
                    let _ = index.document("001");
                }
            }
            fs::remove_file(path).unwrap();
            let noticed = check(&folder.dir()).map_or(true, |check| !check.defects.is_empty());
            assert!(noticed || harmless, "{} gone", path.display());
            fs::write(path, &whole).unwrap();
        }
        assert!(damaged > 20, "{damaged}");
        assert!(check(&folder.dir()).unwrap().defects.is_empty());
    }
}
