//! The files of a folder or an archive that belong to a corpus, told by their names.

use std::ffi::OsStr;
use std::io::Read;
use std::path::Path;

use super::format::{FileReader, PAGE_EXTENSIONS, SNIFFED_BYTES, has_extension};
use super::web::sniff;

/// Extensions of the files that a folder contributes. A file that is given by its own path may have any extension.
const EXTENSIONS: [&str; 18] = [
    "txt", "text", "md", "markdown", "docx", "docm", "doc", "rtf", "odt", "xlsx", "xlsm", "xls", "pdf", "png", "jpg",
    "jpeg", "tif", "tiff",
];

/// Extensions of files that a folder contributes only if they are hOCR or ALTO, which most of them are not.
const OCR_EXTENSIONS: [&str; 2] = ["hocr", "xml"];

/// The kind of a file without an extension.
pub(super) const NO_EXTENSION: &str = "no extension";

/// Returns true if a file or folder of this name is hidden. `~$plan.docx` is the mark of Word that `plan.docx` is open.
pub(super) fn is_hidden(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    name.starts_with(b".") || name.starts_with(b"~$")
}

/// Returns the kind of a file as people name it: its extension in lower case.
#[must_use]
pub fn kind_of(path: &Path) -> String {
    let extension = path
        .extension()
        .map(|extension| extension.to_string_lossy().to_lowercase());
    extension
        .filter(|kind| !kind.is_empty())
        .unwrap_or_else(|| NO_EXTENSION.to_owned())
}

/// The condition under which a file of a folder or an archive belongs to the corpus.
pub(super) enum Contributes {
    /// Its extension says so.
    Always,
    /// If it is hOCR or ALTO by its first bytes.
    AsOcrOutput,
    /// If it is that, or a web page that is a document by its text.
    AsPage,
    /// Nothing reads files of its kind.
    Never,
}

/// Returns whether a file of this name, found in a folder or an archive, belongs to the corpus.
pub(super) fn contributes(path: &Path) -> Contributes {
    if has_extension(path, &EXTENSIONS) {
        Contributes::Always
    } else if has_extension(path, &OCR_EXTENSIONS) {
        Contributes::AsOcrOutput
    } else if has_extension(path, &PAGE_EXTENSIONS) {
        Contributes::AsPage
    } else {
        Contributes::Never
    }
}

/// Returns true if `file`, whose name is that of `path`, is hOCR or ALTO, or cannot be read: reading it later reports the
/// reason.
pub(super) fn is_ocr_output(path: &Path, mut file: impl Read) -> bool {
    let mut first = Vec::new();
    let read = file.by_ref().take(SNIFFED_BYTES as u64).read_to_end(&mut first);
    read.is_err() || is_by_first_bytes(path, &first)
}

/// Returns true if `file` is hOCR or ALTO, a web page that is a document, or cannot be read.
pub(super) fn is_page(path: &Path, mut file: impl Read) -> bool {
    let mut bytes = Vec::new();
    let read = file.by_ref().take(sniff::COUNTED_BYTES as u64).read_to_end(&mut bytes);
    let first = bytes.get(..bytes.len().min(SNIFFED_BYTES)).unwrap_or(&bytes);
    read.is_err() || is_by_first_bytes(path, first) || sniff::holds_document(&bytes)
}

/// Returns true if the first bytes of a file are hOCR or ALTO.
fn is_by_first_bytes(path: &Path, first: &[u8]) -> bool {
    matches!(FileReader::of(first, path), FileReader::Hocr | FileReader::Alto)
}
