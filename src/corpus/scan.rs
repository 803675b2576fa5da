//! Lists the files of a corpus and gives each an id.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::error::{Error, ErrorKind};
use super::file::{Entry, io_kind, modified_ns};
use super::format::{FileReader, SNIFFED_BYTES};

/// Extensions of the files that a folder contributes. A file that is given by its own path may have any extension.
const EXTENSIONS: [&str; 8] = ["txt", "text", "pdf", "png", "jpg", "jpeg", "tif", "tiff"];

/// Extensions of files that a folder contributes only if they are hOCR or ALTO, which most of them are not.
const MARKUP_EXTENSIONS: [&str; 5] = ["hocr", "xml", "html", "htm", "xhtml"];

/// The files that one index is built from.
#[derive(Debug, Default)]
pub struct Corpus {
    /// The files, sorted by path; their ids are distinct.
    pub entries: Vec<Entry>,
    /// The files and folders that could not be listed.
    pub errors: Vec<Error>,
}

impl Corpus {
    /// Lists the files that `paths` name: the files themselves, and those in folders, at any depth.
    ///
    /// A folder contributes the files that are not hidden and are texts, PDFs or images by their extension, or hOCR or
    /// ALTO by their extension and first bytes. Links are followed; a file that is reached twice counts once.
    #[must_use]
    pub fn scan(paths: &[PathBuf]) -> Self {
        let mut corpus = Self::default();
        let mut found: Vec<(PathBuf, u64, u128)> = Vec::new();
        for path in paths {
            match fs::metadata(path) {
                Ok(metadata) if metadata.is_dir() => corpus.walk(path, &mut found),
                Ok(metadata) if metadata.is_file() => {
                    found.push((path.clone(), metadata.len(), modified_ns(&metadata)))
                }
                Ok(_) => corpus.fail(path, ErrorKind::Special),
                Err(cause) => corpus.fail(path, io_kind(cause)),
            }
        }
        // Sorted, so that the same files give the same index whatever order the system lists them in.
        found.sort();
        // Links and overlapping arguments reach a file by several paths; the first one in order counts.
        let mut seen = HashSet::new();
        found.retain(|(path, ..)| seen.insert(fs::canonicalize(path).unwrap_or_else(|_| path.clone())));
        let files: Vec<&Path> = found.iter().map(|(path, ..)| path.as_path()).collect();
        let ids = ids(&files);
        corpus.entries = ids
            .into_iter()
            .zip(&found)
            .map(|(id, (path, size, modified_ns))| Entry {
                id,
                path: path.clone(),
                size: *size,
                modified_ns: *modified_ns,
            })
            .collect();
        corpus
    }

    /// Records an error about `path`.
    fn fail(&mut self, path: &Path, kind: ErrorKind) {
        self.errors.push(Error {
            path: path.to_path_buf(),
            kind,
        });
    }

    /// Adds the files below the folder `root` that belong to the corpus to `found`: path, size and modification time.
    fn walk(&mut self, root: &Path, found: &mut Vec<(PathBuf, u64, u128)>) {
        let hidden = |name: &std::ffi::OsStr| name.as_encoded_bytes().starts_with(b".");
        let walk = WalkDir::new(root).follow_links(true).into_iter();
        for entry in walk.filter_entry(|entry| entry.depth() == 0 || !hidden(entry.file_name())) {
            match entry {
                Ok(entry) if entry.file_type().is_file() && is_document(entry.path()) => match entry.metadata() {
                    Ok(metadata) => found.push((entry.into_path(), metadata.len(), modified_ns(&metadata))),
                    Err(error) => self.fail_walk(root, error),
                },
                Ok(_) => {}
                Err(error) => self.fail_walk(root, error),
            }
        }
    }

    /// Records an error of walking through `root`.
    fn fail_walk(&mut self, root: &Path, error: walkdir::Error) {
        let path = error.path().unwrap_or(root).to_path_buf();
        let kind = if error.loop_ancestor().is_some() {
            ErrorKind::Loop
        } else {
            error.into_io_error().map_or(ErrorKind::Special, io_kind)
        };
        self.fail(&path, kind);
    }
}

/// Returns true if a file found in a folder belongs to the corpus.
fn is_document(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    let ends_in = |known: &[&str]| {
        extension.is_some_and(|extension| known.iter().any(|known| known.eq_ignore_ascii_case(extension)))
    };
    ends_in(&EXTENSIONS) || ends_in(&MARKUP_EXTENSIONS) && is_ocr_output(path)
}

/// Returns true if the file is hOCR or ALTO, or cannot be read: reading it later reports the reason.
fn is_ocr_output(path: &Path) -> bool {
    let mut first = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(SNIFFED_BYTES as u64).read_to_end(&mut first));
    read.is_err() || matches!(FileReader::of(&first), FileReader::Hocr | FileReader::Alto)
}

/// Returns one id per file: its stem if no other file has it, otherwise preceded by as many folders as distinguish
/// them, and with the extension if that is the only difference.
fn ids(files: &[&Path]) -> Vec<String> {
    let name = |path: &Path, folders: usize, stem: bool| -> String {
        let last = if stem { path.file_stem() } else { path.file_name() };
        let mut parts: Vec<String> = path
            .parent()
            .into_iter()
            .flat_map(Path::components)
            .filter_map(|part| match part {
                std::path::Component::Normal(part) => Some(part.to_string_lossy().into_owned()),
                _ => None,
            })
            .collect();
        let keep = parts.len().saturating_sub(folders);
        parts.drain(..keep);
        parts.push(last.unwrap_or_default().to_string_lossy().into_owned());
        parts.join("/")
    };
    let deepest = files.iter().map(|path| path.components().count()).max().unwrap_or(0);
    let mut ids: Vec<Option<String>> = vec![None; files.len()];
    let mut taken: HashSet<String> = HashSet::new();
    for (stem, folders) in [true, false]
        .into_iter()
        .flat_map(|stem| (0..=deepest).map(move |n| (stem, n)))
    {
        let mut owners: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, path) in files.iter().enumerate().filter(|(index, _)| ids[*index].is_none()) {
            owners.entry(name(path, folders, stem)).or_default().push(index);
        }
        for (id, indices) in owners {
            // The file `page.png.txt` has the stem `page.png`, which is also the name of the file `page.png`.
            if let [index] = indices[..]
                && taken.insert(id.clone())
            {
                ids[index] = Some(id);
            }
        }
    }
    // Only paths that differ in bytes that are not UTF-8 are left: number them.
    ids.into_iter()
        .enumerate()
        .map(|(index, id)| id.unwrap_or_else(|| format!("{}#{index}", files[index].to_string_lossy())))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stem_is_the_id_and_the_path_decides_between_equal_stems() {
        let files = [
            "seeds/001_a.txt",
            "seeds/can-tho/002.txt",
            "seeds/soc-trang/002.txt",
            "seeds/003.text",
            "seeds/003.txt",
            "seeds/page.png",
            "seeds/page.png.txt",
            "seeds/page.txt",
        ];
        let paths: Vec<&Path> = files.iter().map(Path::new).collect();
        assert_eq!(
            ids(&paths),
            [
                "001_a",
                "can-tho/002",
                "soc-trang/002",
                "003.text",
                "003.txt",
                "seeds/page.png",
                "page.png",
                "page.txt"
            ]
        );
    }

    #[test]
    fn a_folder_gives_its_texts_and_a_named_file_is_always_taken() {
        let folder = tempfile::tempdir().unwrap();
        for name in [
            "b.txt",
            "a.TXT",
            "README.md",
            ".hidden.txt",
            "c.PDF",
            "page.html",
            "data.xml",
        ] {
            std::fs::write(folder.path().join(name), "x").unwrap();
        }
        std::fs::write(folder.path().join("d.xml"), "<alto>").unwrap();
        std::fs::write(folder.path().join("e.html"), "<p class='ocr_page'>").unwrap();
        let corpus = Corpus::scan(&[
            folder.path().to_path_buf(),
            folder.path().join("README.md"),
            folder.path().join("b.txt"),
        ]);
        let ids: Vec<&str> = corpus.entries.iter().map(|entry| entry.id.as_str()).collect();
        assert_eq!(ids, ["README", "a", "b", "c", "d", "e"]);
        assert!(corpus.errors.is_empty());
    }

    #[cfg(unix)]
    #[test]
    fn a_loop_of_links_and_a_missing_path_are_reported() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.txt"), "x").unwrap();
        std::os::unix::fs::symlink(folder.path(), folder.path().join("loop")).unwrap();
        let corpus = Corpus::scan(&[folder.path().to_path_buf(), folder.path().join("none")]);
        assert_eq!(corpus.entries.len(), 1);
        let messages: Vec<String> = corpus.errors.iter().map(|error| error.kind.to_string()).collect();
        assert_eq!(
            messages,
            ["is a link to a folder that contains it", "no such file or folder"]
        );
    }
}
