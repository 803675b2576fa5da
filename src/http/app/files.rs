//! The data that the service keeps for the files of documents: digests that were verified, and pictures of pages.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use axum::body::Bytes;

use crate::corpus::{Error as CorpusError, ErrorKind, Original, VerifiedFiles, WantedPage, draw_page};
use crate::http::problem::{Code, Problem};
use crate::index::IndexedFile;

/// The most bytes of pictures that are kept. The picture of a page of text has 0.3 MB, that of a scan in color 10 MB.
const MAX_KEPT_BYTES: usize = 64_000_000;

/// The most pictures that are kept.
const MAX_KEPT: usize = 512;

/// The files of documents, as the service knows them.
#[derive(Debug, Default)]
pub(crate) struct Files {
    verified: VerifiedFiles,
    pictures: Mutex<Pictures>,
}

/// The pictures that were drawn last.
#[derive(Debug, Default)]
struct Pictures {
    /// The pictures by digest of their file and page, each with the time of its last use.
    kept: HashMap<(String, WantedPage), (Bytes, u64)>,
    /// Bytes of all pictures.
    bytes: usize,
    /// Counts the uses.
    uses: u64,
}

impl Files {
    /// Opens the file of a document.
    ///
    /// # Errors
    /// `file-gone`, `file-changed`; `internal` if it cannot be read.
    pub(crate) fn open(&self, file: &IndexedFile) -> Result<Original, Problem> {
        Ok(Original::open(&file.location, &file.digest, &self.verified)?)
    }

    /// Returns the picture of a page of the open file `original` as a PNG. Drawing it takes at most `max_time`.
    ///
    /// # Errors
    /// `page-not-drawn`; `file-changed`; `internal` if a program is missing.
    pub(crate) fn picture(
        &self,
        file: &IndexedFile,
        original: &Original,
        page: WantedPage,
        max_time: Duration,
    ) -> Result<Bytes, Problem> {
        let key = (file.digest.clone(), page);
        if let Some(picture) = self.pictures().find(&key) {
            return Ok(picture);
        }
        let drawn = draw_page(original, file.record.format, page, max_time);
        let picture = Bytes::from(drawn.map_err(|kind| not_drawn(file, kind))?);
        self.pictures().keep(key, picture.clone());
        Ok(picture)
    }

    /// Returns the pictures.
    fn pictures(&self) -> std::sync::MutexGuard<'_, Pictures> {
        self.pictures.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Pictures {
    /// Returns a picture that is kept.
    fn find(&mut self, key: &(String, WantedPage)) -> Option<Bytes> {
        self.uses += 1;
        let (picture, used) = self.kept.get_mut(key)?;
        *used = self.uses;
        Some(picture.clone())
    }

    /// Keeps a picture, and drops those that were not used for the longest time.
    fn keep(&mut self, key: (String, WantedPage), picture: Bytes) {
        self.uses += 1;
        self.bytes += picture.len();
        if let Some((before, _)) = self.kept.insert(key, (picture, self.uses)) {
            self.bytes -= before.len();
        }
        while self.bytes > MAX_KEPT_BYTES || self.kept.len() > MAX_KEPT {
            let oldest = self.kept.iter().min_by_key(|(_, (_, used))| *used);
            let Some(oldest) = oldest.map(|(key, _)| key.clone()) else {
                return;
            };
            if let Some((dropped, _)) = self.kept.remove(&oldest) {
                self.bytes -= dropped.len();
            }
        }
    }
}

/// Returns the problem of a page that cannot be drawn. The reason goes to the log.
fn not_drawn(file: &IndexedFile, kind: ErrorKind) -> Problem {
    let problem = match kind {
        ErrorKind::Changed => Problem::new(Code::FileChanged, "the file of the document is being written"),
        ErrorKind::NoProgram(_) | ErrorKind::Unreadable(_) => Problem::internal(),
        ErrorKind::Excessive(_) => Problem::new(Code::PageNotDrawn, "the page has too many pixels to be shown"),
        _ => Problem::new(Code::PageNotDrawn, "the page cannot be drawn; its file may be damaged"),
    };
    let error = CorpusError::new(&file.location, kind);
    tracing::warn!(error = &error as &dyn std::error::Error, "cannot draw a page");
    problem
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The key of a page.
    fn key(number: usize) -> (String, WantedPage) {
        let page = WantedPage {
            number,
            size: [1, 1],
            max_width: 1,
        };
        ("digest".to_owned(), page)
    }

    #[test]
    fn the_pictures_that_are_kept_are_bounded_and_the_last_used() {
        let mut pictures = Pictures::default();
        let third = Bytes::from(vec![0; MAX_KEPT_BYTES / 3]);
        for number in [1, 2, 3] {
            pictures.keep(key(number), third.clone());
        }
        assert!(pictures.find(&key(1)).is_some());
        pictures.keep(key(4), third.clone());
        let kept = |pictures: &mut Pictures| [1, 2, 3, 4].map(|number| pictures.find(&key(number)).is_some());
        assert_eq!(kept(&mut pictures), [true, false, true, true]);
        assert_eq!(pictures.bytes, 3 * third.len());
        // The same again, and one that is larger than all may be together.
        pictures.keep(key(4), third.clone());
        assert_eq!(pictures.bytes, 3 * third.len());
        pictures.keep(key(5), Bytes::from(vec![0; MAX_KEPT_BYTES + 1]));
        assert_eq!((pictures.bytes, pictures.kept.len()), (0, 0));
        for number in 0..=MAX_KEPT {
            pictures.keep(key(number), Bytes::from_static(b"x"));
        }
        assert_eq!((pictures.bytes, pictures.kept.len()), (MAX_KEPT, MAX_KEPT));
    }
}
