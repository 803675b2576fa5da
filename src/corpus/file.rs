//! One file of the corpus: its entry in the list, its bytes, and its text.

use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use super::archive::{Archive, Member};
use super::content::{Content, Origin};
use super::error::{Error, ErrorKind};
use super::facsimile::{Facsimile, JoinedPages, RawPage, join_pages};
use super::format::{FileReader, Format, SNIFFED_BYTES};
use super::ocr::{FilePages, MAX_PIXELS, Ocr};
use super::scratch::ScratchFile;
use super::{alto, hocr, ocr, office, pdf, plain, web};
use crate::text::SourceLetters;
use crate::text::Structure;

/// The most bytes that a text, hOCR or ALTO file may have. The longest congress report seen has less than 1 MB; the
/// bound limits the memory of indexing whatever a folder contains.
pub const MAX_BYTES: u64 = 64_000_000;

/// The most bytes that a file of a word processor may have, most of them pictures. It is held in memory, and what it
/// unpacks to is bounded on its own.
pub const MAX_OFFICE_BYTES: u64 = 100_000_000;

/// The most bytes that an image or a PDF may have; none of them is held in memory. A page scanned in color has about 1
/// MB.
pub const MAX_FOREIGN_BYTES: u64 = 1_000_000_000;

/// A file of the corpus that has been found but not read yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The id of the document.
    pub id: String,
    /// The path of the file as people see it.
    pub path: PathBuf,
    /// Its location: the absolute path at which it is read. That of a member of an archive is the path of the archive
    /// and that of the member in it.
    pub location: PathBuf,
    /// The archive that it is a member of, and the member.
    pub(super) member: Option<(PathBuf, Member)>,
    /// The size in bytes, when it was listed, of the file or of the archive around it.
    pub size: u64,
    /// The modification time of the same, in nanoseconds since 1970.
    pub modified_ns: u128,
    /// False if the file was not seen but may still be there; an index keeps its document of it.
    pub listed: bool,
}

/// A file whose bytes have been read but not yet turned into text, which may take an OCR.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The entry of the file, with the size and time at which it was read.
    pub entry: Entry,
    /// BLAKE3 digest of its bytes, in hexadecimal.
    pub digest: String,
    reader: FileReader,
    /// Its bytes; empty for a format that external programs read.
    bytes: Vec<u8>,
}

/// A file that has been read.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceFile {
    /// The entry of the file, with the size and time at which it was read.
    pub entry: Entry,
    /// Its content.
    pub content: Content,
    /// BLAKE3 digest of its bytes, in hexadecimal.
    pub digest: String,
}

impl Entry {
    /// Returns the path as text for people.
    #[must_use]
    pub fn display_path(&self) -> String {
        self.path.to_string_lossy().into_owned()
    }

    /// Reads the whole file: [`Self::load`], then [`Loaded::read`] without a bound.
    ///
    /// # Errors
    /// Those of the two, and [`ErrorKind::Excessive`] if it has a page that is not read.
    pub fn read(&self) -> Result<SourceFile, Error> {
        let source = self.load()?.read(&Ocr::ALL)?;
        match source.content.unread.count() {
            0 => Ok(source),
            pages => Err(self.error(ErrorKind::Excessive(format!(
                "{pages} pages of more than {} million pixels",
                MAX_PIXELS / 1_000_000
            )))),
        }
    }

    /// Reads the bytes of the file once, for its digest and format.
    ///
    /// # Errors
    /// [`ErrorKind::Missing`], [`ErrorKind::Unreadable`], [`ErrorKind::TooLarge`], [`ErrorKind::Changed`].
    pub fn load(&self) -> Result<Loaded, Error> {
        // Someone may be writing the file; the second attempt usually finds it complete.
        let read = self
            .load_once()
            .and_then(|read| read.map_or_else(|| self.load_once(), |file| Ok(Some(file))));
        match read {
            Ok(Some(file)) => Ok(file),
            Ok(None) => Err(self.error(ErrorKind::Changed)),
            Err(kind) => Err(self.error(kind)),
        }
    }

    /// An error about this file.
    fn error(&self, kind: ErrorKind) -> Error {
        Error {
            path: self.path.clone(),
            kind,
        }
    }

    /// Returns the path of the file on the disk: of the archive if this is a member of one.
    fn on_disk(&self) -> &Path {
        self.member.as_ref().map_or(&self.location, |(archive, _)| archive)
    }

    /// Loads the file once; `None` if it changed while it was being read.
    fn load_once(&self) -> Result<Option<Loaded>, ErrorKind> {
        let file = File::open(self.on_disk()).map_err(io_kind)?;
        let before = file.metadata().map_err(ErrorKind::Unreadable)?;
        let stream = match &self.member {
            None => Stream::read(&file, &self.location, before.len())?,
            Some((_, member)) => {
                let mut archive = Archive::open(&file)?;
                let mut member = archive.member(member)?;
                let size = member.size();
                Stream::read(&mut member, &self.location, size)?
            }
        };
        let after = file.metadata().map_err(ErrorKind::Unreadable)?;
        let at_rest = after.len() == before.len()
            && modified_ns(&after) == modified_ns(&before)
            && (self.member.is_some() || stream.size == after.len());
        Ok(at_rest.then(|| Loaded {
            entry: Self {
                size: after.len(),
                modified_ns: modified_ns(&after),
                ..self.clone()
            },
            digest: stream.digest,
            reader: stream.reader,
            bytes: stream.bytes,
        }))
    }

    /// Returns the pages that external programs read in the file; [`ErrorKind::NeedsOcr`] if that takes an OCR and
    /// `ocr` is none.
    fn read_pages(&self, reader: FileReader, ocr: Option<&Ocr<'_>>) -> Result<(Format, FilePages), ErrorKind> {
        // The full path, so that no program takes a name such as `-l.pdf` for an option.
        let on_disk = fs::canonicalize(self.on_disk()).map_err(io_kind)?;
        let read = |path: &Path| match reader {
            FileReader::Pdf => pdf::read(path, ocr).map(|pages| (Format::Pdf, pages)),
            _ => {
                let pages = ocr::read_file(path, ocr.ok_or(ErrorKind::NeedsOcr)?);
                pages.map(|pages| (Format::Image, pages))
            }
        };
        let pages = match &self.member {
            None => read(&on_disk)?,
            Some((_, member)) => {
                let file = File::open(&on_disk).map_err(io_kind)?;
                let mut archive = Archive::open(&file)?;
                let unpacked = ScratchFile::of(&mut archive.member(member)?).map_err(unpacking_error)?;
                read(unpacked.path())?
            }
        };
        let after = fs::metadata(&on_disk).map_err(io_kind)?;
        if (after.len(), modified_ns(&after)) != (self.size, self.modified_ns) {
            return Err(ErrorKind::Changed);
        }
        Ok(pages)
    }
}

/// The bytes of a file or of a member of an archive, read from beginning to end.
struct Stream {
    /// The number of bytes.
    size: u64,
    /// BLAKE3 digest of the bytes, in hexadecimal.
    digest: String,
    /// The reader that they ask for.
    reader: FileReader,
    /// The bytes; empty if external programs read them.
    bytes: Vec<u8>,
}

impl Stream {
    /// Reads `stream`, the file `path`, of which `size` bytes are expected.
    fn read(mut stream: impl Read, path: &Path, size: u64) -> Result<Self, ErrorKind> {
        let mut bytes = Vec::with_capacity(SNIFFED_BYTES);
        let mut first = stream.by_ref().take(SNIFFED_BYTES as u64);
        first.read_to_end(&mut bytes).map_err(unpacking_error)?;
        let reader = FileReader::of(&bytes, path);
        let max_bytes = match reader {
            FileReader::Office => MAX_OFFICE_BYTES,
            reader if reader.is_foreign() => MAX_FOREIGN_BYTES,
            _ => MAX_BYTES,
        };
        if size > max_bytes {
            return Err(ErrorKind::TooLarge(size, max_bytes));
        }
        let mut hasher = blake3::Hasher::new();
        // One byte more than allowed reveals a file that has grown beyond the bound since its size was taken.
        let mut rest = stream.take((max_bytes + 1).saturating_sub(bytes.len() as u64));
        if reader.is_foreign() {
            hasher.update(&bytes);
            hasher.update_reader(&mut rest).map_err(unpacking_error)?;
            bytes = Vec::new();
        } else {
            bytes.reserve((size as usize).saturating_sub(bytes.len()));
            rest.read_to_end(&mut bytes).map_err(unpacking_error)?;
            hasher.update(&bytes);
        }
        let size = hasher.count();
        if size > max_bytes {
            return Err(ErrorKind::TooLarge(size, max_bytes));
        }
        Ok(Self {
            size,
            digest: hasher.finalize().to_hex().to_string(),
            reader,
            bytes,
        })
    }
}

/// Returns the reason of an error of a stream: bytes that cannot be unpacked are damaged, others cannot be read.
pub(super) fn unpacking_error(error: io::Error) -> ErrorKind {
    match error.kind() {
        io::ErrorKind::InvalidData
        | io::ErrorKind::InvalidInput
        | io::ErrorKind::UnexpectedEof
        | io::ErrorKind::Other => ErrorKind::Damaged(format!("it cannot be unpacked: {error}")),
        _ => ErrorKind::Unreadable(error),
    }
}

impl Loaded {
    /// Returns true if external programs read the file, which may take an OCR.
    #[must_use]
    pub const fn may_take_ocr(&self) -> bool {
        self.reader.is_foreign()
    }

    /// Returns the file with the `content` that was made of the same bytes before.
    #[must_use]
    pub fn with_content(self, content: Content) -> SourceFile {
        SourceFile {
            entry: self.entry,
            content,
            digest: self.digest,
        }
    }

    /// Turns the bytes into text, where needed with an OCR.
    ///
    /// # Errors
    /// Every [`ErrorKind`] but those of [`Corpus::scan`](super::Corpus::scan) and [`Entry::load`].
    pub fn read(self, ocr: &Ocr<'_>) -> Result<SourceFile, Error> {
        self.read_with(Some(ocr))
    }

    /// Turns the bytes into text; `None` if that takes an OCR.
    ///
    /// # Errors
    /// Those of [`Self::read`].
    pub fn read_without_ocr(self) -> Result<Option<SourceFile>, Error> {
        match self.read_with(None) {
            Ok(source) => Ok(Some(source)),
            Err(error) if matches!(error.kind, ErrorKind::NeedsOcr) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Turns the bytes into text; [`ErrorKind::NeedsOcr`] if that takes an OCR and `ocr` is none.
    fn read_with(self, ocr: Option<&Ocr<'_>>) -> Result<SourceFile, Error> {
        let Self {
            entry,
            digest,
            reader,
            bytes,
        } = self;
        match content(&entry, reader, bytes, ocr) {
            Ok(content) => Ok(SourceFile { entry, content, digest }),
            Err(kind) => Err(entry.error(kind)),
        }
    }
}

/// Reads the content of the file of `entry` with `reader`, given its bytes (empty if external programs read it).
fn content(entry: &Entry, reader: FileReader, bytes: Vec<u8>, ocr: Option<&Ocr<'_>>) -> Result<Content, ErrorKind> {
    if !reader.is_foreign() {
        return content_of_bytes(&entry.path, reader, bytes);
    }
    let (format, read) = entry.read_pages(reader, ocr)?;
    Ok(Content {
        unread: read.unread,
        ..content_of_pages(format, &read.pages)?
    })
}

/// Reads the content of a file that is in memory alone, such as one that was sent. Its bytes tell the format.
///
/// # Errors
/// [`ErrorKind::NeedsOcr`] for an image or a PDF with scanned pages, which take too long for somebody who waits;
/// [`ErrorKind::TooLarge`], and those of [`Loaded::read`] for other files.
pub fn read_bytes(bytes: Vec<u8>) -> Result<Content, ErrorKind> {
    let path = Path::new("");
    let reader = FileReader::of(&bytes[..bytes.len().min(SNIFFED_BYTES)], path);
    let size = bytes.len() as u64;
    if size > MAX_BYTES {
        return Err(ErrorKind::TooLarge(size, MAX_BYTES));
    }
    if reader != FileReader::Pdf {
        return content_of_bytes(path, reader, bytes);
    }
    let on_disk = ScratchFile::of(&mut &bytes[..]).map_err(io_kind)?;
    let read = pdf::read(on_disk.path(), None)?;
    content_of_pages(Format::Pdf, &read.pages)
}

/// Reads the content of the file `path`, of which all bytes are in memory.
fn content_of_bytes(path: &Path, reader: FileReader, bytes: Vec<u8>) -> Result<Content, ErrorKind> {
    match reader {
        FileReader::Text => plain::read(Format::of_text(path), bytes),
        FileReader::Office => office::read(&bytes),
        FileReader::Web => web::read(&bytes),
        FileReader::Hocr => content_of_pages(Format::Hocr, &hocr::read(&plain::unicode(bytes)?)?),
        FileReader::Alto => content_of_pages(Format::Alto, &alto::read(&plain::unicode(bytes)?)?),
        FileReader::Image | FileReader::Pdf => Err(ErrorKind::NeedsOcr),
    }
}

/// Returns the content of a file whose pages were read.
fn content_of_pages(format: Format, pages: &[RawPage]) -> Result<Content, ErrorKind> {
    let JoinedPages {
        text,
        facsimile,
        letters,
        raised,
    } = join_pages(pages);
    if facsimile.words.is_empty() {
        return Err(ErrorKind::NoWords);
    }
    Ok(Content {
        format,
        origin: origin_of(format, &facsimile, &letters),
        encoding: letters.encoding(),
        text,
        structure: Structure {
            raised,
            ..Structure::default()
        },
        letters,
        facsimile,
        ..Content::default()
    })
}

/// Returns the origin of the text of pages: an OCR read them unless a PDF holds its letters itself. Where an OCR read
/// some of the pages and others are converted, it is the OCR, whose results are stored.
fn origin_of(format: Format, facsimile: &Facsimile, letters: &SourceLetters) -> Origin {
    let read = facsimile.words.iter().any(|word| word.confidence.is_some());
    match format {
        Format::Pdf if !read => Origin::of_letters(letters),
        _ => Origin::Ocr,
    }
}

/// Modification time in nanoseconds since 1970; 0 if the system knows none.
pub(super) fn modified_ns(metadata: &Metadata) -> u128 {
    let since = metadata
        .modified()
        .unwrap_or(SystemTime::UNIX_EPOCH)
        .duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_nanos())
}

/// Distinguishes a missing file from one that cannot be read.
pub(super) fn io_kind(cause: io::Error) -> ErrorKind {
    match cause.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => ErrorKind::Missing,
        _ => ErrorKind::Unreadable(cause),
    }
}
