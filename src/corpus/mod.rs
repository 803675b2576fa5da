//! The files that an index is built from: found in folders, read once each, and given an id.
//!
//! A corpus is all that one index is built from. It has [`Roots`], the files and folders that it was asked for. A
//! [`Scan`] lists their files without reading them, members of ZIP archives among them, and [`Entry::read`] reads one.
//! A file that cannot be read gives an [`Error`] that names the file, the place and the remedy; the other files go on.
//!
//! A file is plain text, a file of a word processor, a web page, hOCR or ALTO (the output of an OCR, with places), an
//! image or a PDF; its first bytes say which. Tesseract reads images, poppler and tesseract read PDFs, both as child
//! processes; the folder `office` reads `.docx`, `.doc`, `.rtf` and `.odt`, the folder `web` pages. The result is one
//! text in each case. Pages also give a [`Facsimile`]: the place of each word of that text on paper, and the confidence
//! of the OCR in it. A word processor gives a [`Structure`](crate::text::Structure): what it says itself about
//! paragraphs, headings, notes and tables.
//!
//! The id of a document is the stem of its file (`seeds/001_a1c1383653321638.txt` is `001_a1c1383653321638`). Where two
//! files share a stem, the path decides (`can-tho/001` and `soc-trang/001`).
//!
//! Later, an [`Original`] is the same file again, if it still has the bytes that were indexed; [`draw_page`] makes a
//! picture of a page of it, which the places of its words fit.
//!
//! A new input format begins in `format.rs`, which recognizes it, and gets a reader beside `hocr.rs` and `alto.rs`,
//! which `file.rs` calls; `kinds.rs` has the extensions that a folder contributes.

mod alto;
mod archive;
mod content;
mod error;
mod external;
mod facsimile;
mod file;
mod flow;
mod format;
mod hocr;
mod ids;
mod image;
mod kinds;
mod markup;
mod ocr;
mod office;
mod original;
mod page_image;
mod pdf;
mod plain;
mod process_group;
mod roots;
mod scan;
mod scratch;
mod web;

pub use content::{Content, Origin};
pub use error::{Error, ErrorKind};
pub use facsimile::{Facsimile, LineBox, PlacedWord};
pub use file::{Entry, Loaded, MAX_BYTES, MAX_FOREIGN_BYTES, MAX_OFFICE_BYTES, SourceFile, read_bytes};
pub use format::Format;
pub use kinds::kind_of;
pub use ocr::{MAX_FILE_TIME, MAX_PIXELS, Ocr, OcrPages, UnreadPages};
pub use original::{Original, OriginalError, VerifiedFiles};
pub use page_image::{WantedPage, draw_page, has_page_images};
pub use pdf::{PAGE_PIXELS, PAGES_VERSION};
pub use roots::{AbsentRoot, Root, Roots, absolute, relocate};
pub use scan::{Corpus, Scan, probe};
