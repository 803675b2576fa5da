//! Walks files and folders, reads and decodes each file once, gives it an identity.
//!
//! A corpus is all that one index is built from. [`Corpus::scan`] lists the files without reading them;
//! [`Entry::read`] reads one, whole. What cannot be read is an [`Error`] that names the file, the place and the
//! remedy; the others go on.
//!
//! A file is plain text in UTF-8, hOCR or ALTO (what an OCR found, with places), an image or a PDF, told by its
//! bytes. Images are read by tesseract, PDFs by poppler and tesseract, as child processes. Whatever it was, what
//! comes out is one text; of pages also a [`Facsimile`]: where each word of that text stands, and how sure
//! the OCR was of it.
//!
//! A document's id is its file's stem (`seeds/001_a1c1383653321638.txt` is `001_a1c1383653321638`); where
//! two files share a stem, the path decides (`can-tho/001` and `soc-trang/001`).

mod alto;
mod error;
mod external;
mod facsimile;
mod file;
mod format;
mod hocr;
mod markup;
mod ocr;
mod pdf;
mod scan;

pub use error::{Error, ErrorKind};
pub use facsimile::{Facsimile, LineBox, PlacedWord};
pub use file::{Content, Entry, Loaded, MAX_BYTES, MAX_FOREIGN_BYTES, SourceFile};
pub use format::Format;
pub use pdf::PAGE_PIXELS;
pub use scan::Corpus;
