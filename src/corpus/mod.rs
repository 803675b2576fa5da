//! Walks files and folders, reads and decodes each file once, gives it an identity.
//!
//! A corpus is all that one index is built from. [`Corpus::scan`] lists the files without reading them;
//! [`Entry::read`] reads one, whole, as UTF-8. What cannot be read is an [`Error`] that names the file,
//! the place and the remedy; the others go on.
//!
//! A document's id is its file's stem (`seeds/001_a1c1383653321638.txt` is `001_a1c1383653321638`); where
//! two files share a stem, the path decides (`can-tho/001` and `soc-trang/001`).

mod decode;
mod error;
mod scan;

pub use decode::{Entry, MAX_BYTES, SourceFile};
pub use error::{Error, ErrorKind};
pub use scan::Corpus;
