//! The pages of a file that an OCR has read so far: `ocr/DIGEST.pages` in the index folder.
//!
//! A page is stored as soon as it is read, so that a build that is killed goes on where it was, and a build with a
//! higher bound on the pages of a file reads the rest alone. The result of the whole file takes its place
//! ([`super::ocr_results`]).
//!
//! The file begins with [`MAGIC`] and the pixels of drawn pages. Then come the pages, in the order in which they were
//! read: number and number of bytes (each 8 bytes, the lowest first), BLAKE3 digest of the rest (32 bytes), hOCR. What
//! follows a page that is torn is lost, and read again.

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use crate::corpus::{OcrPages, PAGE_PIXELS};

/// The first bytes of the file.
const MAGIC: &[u8] = b"vankien ocr pages 2\n";

/// Bytes before the hOCR of a page.
const HEAD_BYTES: usize = 16 + blake3::OUT_LEN;

/// The stored pages of a file.
pub(super) struct StoredOcrPages {
    /// The file that they are stored in.
    path: PathBuf,
    /// The pages that were read before, by their numbers.
    found: HashMap<usize, String>,
    /// The file that new ones are added to, once there is one.
    added: Mutex<Option<File>>,
}

impl StoredOcrPages {
    /// Reads the pages that are stored at `path`.
    pub(super) fn read(path: PathBuf) -> Self {
        let bytes = fs::read(&path).unwrap_or_default();
        Self {
            path,
            found: pages_of(&bytes).0,
            added: Mutex::new(None),
        }
    }

    /// Removes the file: the result of the whole file is stored.
    pub(super) fn remove(self) {
        fs::remove_file(&self.path).ok();
    }

    /// Opens the file to add pages; what is torn is cut off.
    fn open(&self) -> std::io::Result<File> {
        if let Some(folder) = self.path.parent() {
            fs::create_dir_all(folder)?;
        }
        let whole = pages_of(&fs::read(&self.path).unwrap_or_default()).1;
        let mut file = OpenOptions::new().append(true).create(true).open(&self.path)?;
        file.set_len(whole as u64)?;
        if whole == 0 {
            file.write_all(&beginning())?;
        }
        Ok(file)
    }
}

impl OcrPages for StoredOcrPages {
    fn find(&self, number: usize) -> Option<String> {
        self.found.get(&number).cloned()
    }

    fn store(&self, number: usize, hocr: &str) {
        let mut page = Vec::with_capacity(HEAD_BYTES + hocr.len());
        page.extend((number as u64).to_le_bytes());
        page.extend((hocr.len() as u64).to_le_bytes());
        page.extend(blake3::hash(hocr.as_bytes()).as_bytes());
        page.extend(hocr.as_bytes());
        let mut added = self.added.lock().unwrap_or_else(PoisonError::into_inner);
        if added.is_none() {
            *added = self.open().ok();
        }
        // A page that was written in part ends the file: no other may follow.
        if added.as_mut().is_some_and(|file| file.write_all(&page).is_err()) {
            *added = None;
        }
    }
}

/// Returns the first bytes of a file of this program.
fn beginning() -> Vec<u8> {
    [MAGIC, &PAGE_PIXELS.to_le_bytes()].concat()
}

/// Returns the pages in the bytes of a file, and the number of bytes up to the end of the last one that is whole; 0 if
/// the file is none of this program.
fn pages_of(bytes: &[u8]) -> (HashMap<usize, String>, usize) {
    let mut pages = HashMap::new();
    let Some(mut rest) = bytes.strip_prefix(&beginning()[..]) else {
        return (pages, 0);
    };
    while let Some((number, hocr, after)) = first_page(rest) {
        pages.insert(number, hocr);
        rest = after;
    }
    (pages, bytes.len() - rest.len())
}

/// Returns number and hOCR of the page at the beginning of `bytes`, and what follows it.
fn first_page(bytes: &[u8]) -> Option<(usize, String, &[u8])> {
    let (number, rest) = bytes.split_first_chunk()?;
    let (length, rest) = rest.split_first_chunk()?;
    let (digest, rest) = rest.split_at_checked(blake3::OUT_LEN)?;
    let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
    let (hocr, after) = rest.split_at_checked(length)?;
    if blake3::hash(hocr).as_bytes() != digest {
        return None;
    }
    let number = usize::try_from(u64::from_le_bytes(*number)).ok()?;
    Some((number, String::from_utf8(hocr.to_vec()).ok()?, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_found_again_by_another_process() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ocr/d.pages");
        let read = || StoredOcrPages::read(path.clone());
        let first = read();
        assert_eq!(first.find(1), None);
        first.store(3, "Đảng");
        first.store(1, "");
        let second = read();
        assert_eq!(
            (second.find(3).as_deref(), second.find(1).as_deref()),
            (Some("Đảng"), Some(""))
        );
        second.store(2, "bộ");
        assert_eq!(read().find(2).as_deref(), Some("bộ"));
        read().remove();
        assert!(!path.exists());
    }

    #[test]
    fn after_a_torn_page_others_are_stored() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("d.pages");
        let read = || StoredOcrPages::read(path.clone());
        read().store(1, "one");
        let one = fs::read(&path).unwrap();
        read().store(2, "two");
        let both = fs::read(&path).unwrap();
        for end in 0..both.len() {
            fs::write(&path, &both[..end]).unwrap();
            let expected = if end < one.len() { None } else { Some("one") };
            assert_eq!(read().find(1).as_deref(), expected, "{end} bytes");
            read().store(3, "three");
            assert_eq!(read().find(1).as_deref(), expected, "{end} bytes");
            assert_eq!(read().find(3).as_deref(), Some("three"), "{end} bytes");
        }
    }
}
