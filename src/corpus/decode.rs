//! One file to its text.

use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use super::error::{Error, ErrorKind};

/// The most bytes one document may have. The longest congress report seen has under 1 MB; the bound keeps
/// the memory of indexing known whatever lies in a folder.
pub const MAX_BYTES: u64 = 64_000_000;

/// What other formats begin with. Sources: the formats' own specifications.
const MAGIC: [(&[u8], &str); 8] = [
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive (a .docx, .xlsx or .odt is one)"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
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

/// A file that was read whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Where it came from; size and time are those of the read.
    pub entry: Entry,
    /// Its text, byte for byte.
    pub text: String,
    /// BLAKE3 digest of its bytes, in hexadecimal.
    pub digest: String,
}

impl Entry {
    /// The path as people write it.
    #[must_use]
    pub fn display_path(&self) -> String {
        self.path.to_string_lossy().into_owned()
    }

    /// Reads the file.
    ///
    /// # Errors
    /// Each [`ErrorKind`] but those of walking: missing, unreadable, empty, too large, changed while being
    /// read, binary, UTF-16, not UTF-8.
    pub fn read(&self) -> Result<SourceFile, Error> {
        // A file may be written while we read it; a second try usually finds it at rest.
        let read = self
            .read_once()
            .and_then(|read| read.map_or_else(|| self.read_once(), |file| Ok(Some(file))));
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

    /// Reads once; `None` when the file changed meanwhile.
    fn read_once(&self) -> Result<Option<SourceFile>, ErrorKind> {
        let mut file = File::open(&self.path).map_err(io_kind)?;
        let before = file.metadata().map_err(ErrorKind::Unreadable)?;
        if before.len() > MAX_BYTES {
            return Err(ErrorKind::TooLarge(before.len()));
        }
        let mut bytes = Vec::with_capacity(before.len() as usize);
        // One byte more than allowed tells a file that has grown beyond the bound.
        file.by_ref()
            .take(MAX_BYTES + 1)
            .read_to_end(&mut bytes)
            .map_err(ErrorKind::Unreadable)?;
        if bytes.len() as u64 > MAX_BYTES {
            return Err(ErrorKind::TooLarge(bytes.len() as u64));
        }
        let after = file.metadata().map_err(ErrorKind::Unreadable)?;
        let at_rest = after.len() == bytes.len() as u64 && modified_ns(&after) == modified_ns(&before);
        if !at_rest {
            return Ok(None);
        }
        let digest = blake3::hash(&bytes).to_hex().to_string();
        let text = decode(bytes)?;
        let entry = Self {
            size: text.len() as u64,
            modified_ns: modified_ns(&after),
            ..self.clone()
        };
        Ok(Some(SourceFile { entry, text, digest }))
    }
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
            (b"%PDF-1.7\n", "is no text but a PDF"),
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
