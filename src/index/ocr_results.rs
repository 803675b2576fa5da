//! The results of OCR, stored by the content of the files that were read: `ocr/DIGEST` in the index folder.
//!
//! Reading a scan takes seconds a page; everything else in an index is made again in no time. So what an OCR read is
//! stored as soon as it is read, and is used again whenever a file of the same bytes appears: renamed, moved, brought
//! back, in another archive, after a build that was killed, and by a rebuild. A file of which pages are still unread has
//! no result; its pages are stored one by one ([`super::ocr_pages`]). The result has a version of its own, so that it
//! outlives formats of the index. It stays until the folder is deleted; a page takes about 10 kB.
//!
//! A result depends on the versions of tesseract, its model and poppler too. They are no part of the key: as with a
//! file that did not change, a newer tesseract is no reason to read everything again. Whoever wants that deletes `ocr`
//! and rebuilds the index.
//!
//! A file in the folder begins with [`MAGIC`], then come the BLAKE3 digest of the rest (32 bytes) and a [`StoredPages`]
//! in postcard form. What is damaged or of another version is ignored, and replaced when the pages were read again.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use serde::{Deserialize, Serialize};

use super::folder;
use super::ocr_pages::StoredOcrPages;
use crate::corpus::{Content, Facsimile, Format, Origin, PAGE_PIXELS, PAGES_VERSION, PlacedWord};
use crate::text::{Encoding, Named, SourceLetters, Span, Structure};

/// The first bytes of a stored result, with the version of [`StoredPages`].
const MAGIC: &[u8] = b"vankien ocr 3\n";

/// The extension of a result while it is written.
const UNFINISHED: &str = "new";

/// The extension of the pages of a file without a result.
const PAGES: &str = "pages";

/// The stored results of OCR of an index.
pub(super) struct OcrResults {
    /// Their folder.
    dir: PathBuf,
    /// Counts the results written by this process, so that two of the same bytes do not share a file.
    written: AtomicU64,
}

/// Pages that an OCR read. It has no types of the rest of the program, so that it stays as it is when they change.
#[derive(Debug, Deserialize, PartialEq, Serialize)]
struct StoredPages {
    /// [`PAGES_VERSION`].
    pages_version: u32,
    /// [`PAGE_PIXELS`], which the places on pages of PDFs refer to.
    page_pixels: u32,
    /// Name of the [`Format`] of the file.
    format: String,
    /// The text.
    text: String,
    /// Width and height of each page.
    sizes: Vec<[u32; 2]>,
    /// The words.
    words: Vec<StoredWord>,
    /// The pieces of the text that are converted: other pages of a PDF may be in letters from before Unicode.
    converted: Vec<StoredPiece>,
    /// First byte and number of bytes of each raised piece of the text.
    raised: Vec<[u64; 2]>,
}

/// A converted piece of the text of [`StoredPages`].
#[derive(Debug, Deserialize, PartialEq, Serialize)]
struct StoredPiece {
    /// Its first byte in the text.
    start: u64,
    /// Its number of bytes.
    len: u64,
    /// Name of the [`Encoding`] of its letters.
    encoding: String,
    /// Its letters in the file.
    letters: String,
}

/// A word of [`StoredPages`].
#[derive(Debug, Deserialize, PartialEq, Serialize)]
struct StoredWord {
    /// Its first byte in the text.
    start: u64,
    /// Its number of bytes.
    len: u64,
    /// Its page, from 1.
    page: u64,
    /// Left, upper, right and lower edge.
    bbox: [u32; 4],
    /// Confidence of the OCR, 0 to 1.
    confidence: Option<f32>,
}

impl OcrResults {
    /// Returns the results in the index folder `dir`, whose lock is held.
    pub(super) fn of(dir: &Path) -> Self {
        let dir = folder::ocr_path(dir);
        // A process that was killed may have left a part of one.
        for file in fs::read_dir(&dir).into_iter().flatten().flatten() {
            if file.path().extension().is_some_and(|extension| extension == UNFINISHED) {
                fs::remove_file(file.path()).ok();
            }
        }
        Self {
            dir,
            written: AtomicU64::new(0),
        }
    }

    /// Returns the content of the file with this digest, if an OCR read it.
    pub(super) fn find(&self, digest: &str) -> Option<Content> {
        let bytes = fs::read(self.dir.join(digest)).ok()?;
        let (stored, rest) = bytes.strip_prefix(MAGIC)?.split_at_checked(blake3::OUT_LEN)?;
        if blake3::hash(rest).as_bytes() != stored {
            return None;
        }
        let pages: StoredPages = postcard::from_bytes(rest).ok()?;
        if (pages.pages_version, pages.page_pixels) != (PAGES_VERSION, PAGE_PIXELS) {
            return None;
        }
        pages.into_content()
    }

    /// Returns the pages that an OCR has read of the file with this digest, of which others are unread.
    pub(super) fn pages(&self, digest: &str) -> StoredOcrPages {
        StoredOcrPages::read(self.dir.join(format!("{digest}.{PAGES}")))
    }

    /// Stores the content of the file with this digest if an OCR read it, all of it. What cannot be stored is read again
    /// another time.
    pub(super) fn store(&self, digest: &str, content: &Content) {
        let is_read = matches!(content.format, Format::Image | Format::Pdf)
            && content.origin == Origin::Ocr
            && content.unread.count() == 0;
        if !is_read || fs::create_dir_all(&self.dir).is_err() {
            return;
        }
        let Ok(pages) = postcard::to_allocvec(&StoredPages::of(content)) else {
            return;
        };
        let bytes = [MAGIC, blake3::hash(&pages).as_bytes(), &pages].concat();
        let number = self.written.fetch_add(1, Ordering::Relaxed);
        let unfinished = self.dir.join(format!("{digest}-{number}.{UNFINISHED}"));
        if folder::write_synced(&unfinished, &bytes).is_err() || fs::rename(&unfinished, self.dir.join(digest)).is_err()
        {
            fs::remove_file(&unfinished).ok();
        } else {
            self.pages(digest).remove();
        }
    }
}

impl StoredPages {
    /// Returns the stored form of `content`.
    fn of(content: &Content) -> Self {
        let words = content.facsimile.words.iter().map(|word| StoredWord {
            start: word.span.start as u64,
            len: word.span.len() as u64,
            page: word.page as u64,
            bbox: word.bbox,
            confidence: word.confidence,
        });
        let pieces = content.letters.pieces_in(Span::new(0, content.text.len()));
        let converted = pieces.map(|(span, encoding, letters)| StoredPiece {
            start: span.start as u64,
            len: span.len() as u64,
            encoding: encoding.name().to_owned(),
            letters: letters.to_owned(),
        });
        let raised = content.structure.raised.iter();
        Self {
            pages_version: PAGES_VERSION,
            page_pixels: PAGE_PIXELS,
            format: content.format.name().to_owned(),
            text: content.text.clone(),
            sizes: content.facsimile.pages.clone(),
            words: words.collect(),
            converted: converted.collect(),
            raised: raised.map(|span| [span.start as u64, span.len() as u64]).collect(),
        }
    }

    /// Returns the content; `None` if it is none of this program.
    fn into_content(self) -> Option<Content> {
        let span = |start: u64, len: u64| {
            let start = usize::try_from(start).ok()?;
            let end = start.checked_add(usize::try_from(len).ok()?)?;
            self.text.get(start..end)?;
            Some(Span::new(start, end))
        };
        let word = |word: &StoredWord| {
            Some(PlacedWord {
                span: span(word.start, word.len)?,
                page: usize::try_from(word.page).ok().filter(|&page| page > 0)?,
                bbox: word.bbox,
                confidence: word.confidence,
            })
        };
        let words: Option<Vec<PlacedWord>> = self.words.iter().map(word).collect();
        let mut letters = SourceLetters::default();
        for piece in &self.converted {
            let encoding = Encoding::from_name(&piece.encoding)?;
            letters.push_piece(span(piece.start, piece.len)?, encoding, &piece.letters);
        }
        let raised: Option<Vec<Span>> = self.raised.iter().map(|&[start, len]| span(start, len)).collect();
        let structure = Structure {
            raised: raised?,
            ..Structure::default()
        };
        Some(Content {
            structure,
            format: Format::from_name(&self.format)?,
            origin: Origin::Ocr,
            encoding: letters.encoding(),
            letters,
            facsimile: Facsimile {
                pages: self.sizes,
                words: words?,
            },
            text: self.text,
            ..Content::default()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{OcrPages, UnreadPages};

    /// The content of a page with two words.
    fn page() -> Content {
        let word = |start, end| PlacedWord {
            span: Span::new(start, end),
            page: 1,
            bbox: [1, 2, 3, 4],
            confidence: Some(0.5),
        };
        Content {
            format: Format::Image,
            origin: Origin::Ocr,
            text: "Đảng bộ\n".to_owned(),
            structure: Structure {
                raised: vec![Span::new(7, 8)],
                ..Structure::default()
            },
            facsimile: Facsimile {
                pages: vec![[10, 20]],
                words: vec![word(0, 7), word(8, 12)],
            },
            ..Content::default()
        }
    }

    #[test]
    fn what_an_ocr_read_is_found_again_and_nothing_else_is_stored() {
        let folder = tempfile::tempdir().unwrap();
        let results = OcrResults::of(folder.path());
        assert_eq!(results.find("d1"), None);
        results.store("d1", &page());
        assert_eq!(OcrResults::of(folder.path()).find("d1"), Some(page()));
        assert_eq!(results.find("d2"), None);
        // The pages of a file are there until its result is.
        results.pages("d3").store(1, "hOCR");
        assert!(results.pages("d3").find(1).is_some());
        results.store("d3", &page());
        assert_eq!(results.pages("d3").find(1), None);
        let own_text = Content {
            format: Format::Pdf,
            origin: Origin::Text,
            ..page()
        };
        let of_others = Content {
            format: Format::Hocr,
            ..page()
        };
        let in_part = Content {
            unread: UnreadPages {
                beyond: 1,
                late: 0,
                ..UnreadPages::default()
            },
            ..page()
        };
        for content in [own_text, of_others, in_part] {
            results.store("d2", &content);
            assert_eq!(results.find("d2"), None);
        }
    }

    #[test]
    fn the_letters_of_converted_words_are_stored() {
        let folder = tempfile::tempdir().unwrap();
        let results = OcrResults::of(folder.path());
        let mut letters = SourceLetters::default();
        letters.push(0, "Đảng bộ", Encoding::Tcvn3, "§¶ng bé");
        let content = Content {
            format: Format::Pdf,
            encoding: Some(Encoding::Tcvn3),
            letters,
            ..page()
        };
        results.store("d", &content);
        assert_eq!(results.find("d"), Some(content));
    }

    #[test]
    fn a_damaged_result_is_ignored_and_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let results = OcrResults::of(folder.path());
        results.store("d", &page());
        let path = folder::ocr_path(folder.path()).join("d");
        let whole = fs::read(&path).unwrap();
        for end in 0..whole.len() {
            fs::write(&path, &whole[..end]).unwrap();
            assert_eq!(results.find("d"), None, "{end} bytes");
        }
        for at in 0..whole.len() {
            let mut flipped = whole.clone();
            flipped[at] ^= 0x11;
            fs::write(&path, flipped).unwrap();
            assert_eq!(results.find("d"), None, "byte {at}");
        }
        results.store("d", &page());
        assert_eq!(results.find("d"), Some(page()));
    }

    #[test]
    fn what_a_killed_process_left_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        OcrResults::of(folder.path()).store("d", &page());
        let left = folder::ocr_path(folder.path()).join("d-7.new");
        fs::write(&left, "x").unwrap();
        assert!(OcrResults::of(folder.path()).find("d").is_some());
        assert!(!left.exists());
    }
}
