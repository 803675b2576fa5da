//! One file to its text.

use std::fs::{self, File, Metadata};
use std::io::{self, Read, Seek};
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use super::error::{Error, ErrorKind};
use super::facsimile::{Facsimile, join_pages};
use super::format::{Format, SNIFFED_BYTES};
use super::{alto, hocr, ocr, pdf};

/// The most bytes one document may have that is text, hOCR or ALTO. The longest congress report seen has under
/// 1 MB; the bound keeps the memory of indexing known whatever lies in a folder.
pub const MAX_BYTES: u64 = 64_000_000;

/// The most bytes an image or a PDF may have; none is held in memory. A page scanned in colour has some 1 MB.
pub const MAX_FOREIGN_BYTES: u64 = 1_000_000_000;

/// What other formats begin with. Sources: the formats' own specifications.
const MAGIC: [(&[u8], &str); 5] = [
    (b"PK\x03\x04", "a ZIP archive (a .docx, .xlsx or .odt is one)"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"{\\rtf", "RTF"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x7fELF", "a program"),
];

/// A file of the corpus that was found but not read yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The document's id.
    pub id: String,
    /// The file.
    pub path: PathBuf,
    /// Its size in bytes when it was found.
    pub size: u64,
    /// Its time of change when it was found, in nanoseconds since 1970.
    pub modified_ns: u128,
}

/// A file whose bytes are known, and not yet what they say: that may take an OCR.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// Where it came from; size and time are those of the read.
    pub entry: Entry,
    /// BLAKE3 digest of its bytes, in hexadecimal.
    pub digest: String,
    format: Format,
    /// Its bytes, where it is not read by other programs.
    bytes: Vec<u8>,
}

/// What a file says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Content {
    /// What it was read from.
    pub format: Format,
    /// Its text: of plain text byte for byte. Of pages a line for each line on paper, words parted by one blank,
    /// a blank line between paragraphs, a form feed between pages. Lines and spans address this text.
    pub text: String,
    /// Where its words stand on paper; empty for plain text.
    pub facsimile: Facsimile,
}

/// A file that was read whole.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceFile {
    /// Where it came from; size and time are those of the read.
    pub entry: Entry,
    /// What it says.
    pub content: Content,
    /// BLAKE3 digest of its bytes, in hexadecimal.
    pub digest: String,
}

impl Entry {
    /// The path as people write it.
    #[must_use]
    pub fn display_path(&self) -> String {
        self.path.to_string_lossy().into_owned()
    }

    /// Reads the file: [`Self::load`] and [`Loaded::read`].
    ///
    /// # Errors
    /// Those of the two.
    pub fn read(&self) -> Result<SourceFile, Error> {
        self.load()?.read()
    }

    /// Reads the file's bytes once, for its digest and format.
    ///
    /// # Errors
    /// [`ErrorKind::Missing`], [`ErrorKind::Unreadable`], [`ErrorKind::TooLarge`], [`ErrorKind::Changed`].
    pub fn load(&self) -> Result<Loaded, Error> {
        // A file may be written while we read it; a second try usually finds it at rest.
        let read = self
            .load_once()
            .and_then(|read| read.map_or_else(|| self.load_once(), |file| Ok(Some(file))));
        match read {
            Ok(Some(file)) => Ok(file),
            Ok(None) => Err(self.error(ErrorKind::Changed)),
            Err(kind) => Err(self.error(kind)),
        }
    }

    fn error(&self, kind: ErrorKind) -> Error {
        Error {
            path: self.path.clone(),
            kind,
        }
    }

    /// Loads once; `None` when the file changed meanwhile.
    fn load_once(&self) -> Result<Option<Loaded>, ErrorKind> {
        let mut file = File::open(&self.path).map_err(io_kind)?;
        let before = file.metadata().map_err(ErrorKind::Unreadable)?;
        let mut first = Vec::with_capacity(SNIFFED_BYTES);
        file.by_ref()
            .take(SNIFFED_BYTES as u64)
            .read_to_end(&mut first)
            .map_err(ErrorKind::Unreadable)?;
        file.rewind().map_err(ErrorKind::Unreadable)?;
        let format = Format::of(&first);
        let most = if format.is_foreign() {
            MAX_FOREIGN_BYTES
        } else {
            MAX_BYTES
        };
        if before.len() > most {
            return Err(ErrorKind::TooLarge(before.len(), most));
        }
        // One byte more than allowed tells a file that has grown beyond the bound.
        let mut whole = file.by_ref().take(most + 1);
        let mut hasher = blake3::Hasher::new();
        let mut bytes = Vec::new();
        if format.is_foreign() {
            hasher.update_reader(&mut whole).map_err(ErrorKind::Unreadable)?;
        } else {
            bytes.reserve(before.len() as usize);
            whole.read_to_end(&mut bytes).map_err(ErrorKind::Unreadable)?;
            hasher.update(&bytes);
        }
        let size = hasher.count();
        if size > most {
            return Err(ErrorKind::TooLarge(size, most));
        }
        let after = file.metadata().map_err(ErrorKind::Unreadable)?;
        let at_rest = after.len() == size && modified_ns(&after) == modified_ns(&before);
        Ok(at_rest.then(|| Loaded {
            entry: Self {
                size,
                modified_ns: modified_ns(&after),
                ..self.clone()
            },
            digest: hasher.finalize().to_hex().to_string(),
            format,
            bytes,
        }))
    }
}

impl Loaded {
    /// Reads what the bytes say.
    ///
    /// # Errors
    /// Each [`ErrorKind`] but those of walking and of [`Entry::load`].
    pub fn read(self) -> Result<SourceFile, Error> {
        let Self {
            entry,
            digest,
            format,
            bytes,
        } = self;
        match content(&entry, format, bytes) {
            Ok(content) => Ok(SourceFile { entry, content, digest }),
            Err(kind) => Err(entry.error(kind)),
        }
    }
}

/// What the file of `entry` says, which has this format and, where it is not foreign, these bytes.
fn content(entry: &Entry, format: Format, bytes: Vec<u8>) -> Result<Content, ErrorKind> {
    let pages = match format {
        Format::Text => {
            return Ok(Content {
                format,
                text: decode(bytes)?,
                facsimile: Facsimile::default(),
            });
        }
        Format::Hocr => hocr::read(&decode(bytes)?)?,
        Format::Alto => alto::read(&decode(bytes)?)?,
        Format::Image | Format::Pdf => {
            // Whole, so that no program takes it for an option.
            let path = fs::canonicalize(&entry.path).map_err(io_kind)?;
            let pages = match format {
                Format::Pdf => pdf::read(&path)?,
                _ => ocr::read_file(&path)?,
            };
            let after = fs::metadata(&path).map_err(io_kind)?;
            if (after.len(), modified_ns(&after)) != (entry.size, entry.modified_ns) {
                return Err(ErrorKind::Changed);
            }
            pages
        }
    };
    let (text, facsimile) = join_pages(&pages);
    if facsimile.words.is_empty() {
        return Err(ErrorKind::NoWords);
    }
    Ok(Content {
        format,
        text,
        facsimile,
    })
}

/// Time of change in nanoseconds since 1970; 0 where the system knows none.
pub(super) fn modified_ns(metadata: &Metadata) -> u128 {
    let since = metadata
        .modified()
        .unwrap_or(SystemTime::UNIX_EPOCH)
        .duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_nanos())
}

/// Tells a missing file from one that cannot be read.
pub(super) fn io_kind(cause: io::Error) -> ErrorKind {
    match cause.kind() {
        io::ErrorKind::NotFound => ErrorKind::Missing,
        _ => ErrorKind::Unreadable(cause),
    }
}

/// The text of `bytes`, or why they are none.
fn decode(bytes: Vec<u8>) -> Result<String, ErrorKind> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(ErrorKind::Utf16);
    }
    if let Some((_, format)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(ErrorKind::Binary(format));
    }
    // UTF-16 without a mark: every other byte of its Latin letters is 0. No text has many of them.
    let sample = &bytes[..bytes.len().min(4096)];
    let zeros = memchr::memchr_iter(0, sample).count();
    if zeros > 0 && zeros * 10 >= sample.len() {
        return Err(ErrorKind::Binary("binary data (or UTF-16 without a byte order mark)"));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        ErrorKind::NotUtf8 {
            offset,
            line: memchr::memchr_iter(b'\n', &bytes[..offset]).count() + 1,
            byte: bytes[offset],
        }
    })?;
    if text.trim_start_matches('\u{feff}').trim().is_empty() {
        return Err(ErrorKind::Empty);
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_no_text_say_what_they_are() {
        let rows: [(&[u8], &str); 7] = [
            (b"", "is empty"),
            (b"\xef\xbb\xbf \n", "is empty"),
            (
                b"PK\x03\x04",
                "is no text but a ZIP archive (a .docx, .xlsx or .odt is one)",
            ),
            (b"\xff\xfeN\0g\0", "is UTF-16, not UTF-8"),
            (
                b"N\0g\0h\0",
                "is no text but binary data (or UTF-16 without a byte order mark)",
            ),
            (b"dong 1\nhai \xff ba", "is not UTF-8: byte 0xFF at offset 11, line 2"),
            (b"C\xe9ng h\xdfa", "is not UTF-8: byte 0xE9 at offset 1, line 1"),
        ];
        for (bytes, message) in rows {
            let error = decode(bytes.to_vec()).unwrap_err();
            assert_eq!(error.to_string(), message);
        }
    }

    #[test]
    fn a_byte_order_mark_and_crlf_stay_in_the_text() {
        assert_eq!(decode(b"\xef\xbb\xbfA\r\n".to_vec()).unwrap(), "\u{feff}A\r\n");
    }
}
