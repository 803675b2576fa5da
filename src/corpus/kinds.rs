//! The files of a folder or an archive that belong to a corpus, told by their names.

use std::ffi::OsStr;
use std::io::Read;
use std::path::Path;

use super::format::{FileReader, SNIFFED_BYTES};

/// Extensions of the files that a folder contributes. A file that is given by its own path may have any extension.
const EXTENSIONS: [&str; 15] = [
    "txt", "text", "md", "markdown", "docx", "docm", "doc", "rtf", "odt", "pdf", "png", "jpg", "jpeg", "tif", "tiff",
];

/// Extensions of files that a folder contributes only if they are hOCR or ALTO, which most of them are not.
const MARKUP_EXTENSIONS: [&str; 5] = ["hocr", "xml", "html", "htm", "xhtml"];

/// The kind of a file without an extension.
pub(super) const NO_EXTENSION: &str = "no extension";

/// Returns true if a file or folder of this name is hidden. `~$plan.docx` is the mark of Word that `plan.docx` is open.
pub(super) fn is_hidden(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    name.starts_with(b".") || name.starts_with(b"~$")
}

/// Returns the kind of a file that nothing reads: its extension in lower case.
pub(super) fn kind_of(path: &Path) -> String {
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
    /// Nothing reads files of its kind.
    Never,
}

/// Returns whether a file of this name, found in a folder or an archive, belongs to the corpus.
pub(super) fn contributes(path: &Path) -> Contributes {
    let extension = path.extension().and_then(|extension| extension.to_str());
    let ends_in = |known: &[&str]| {
        extension.is_some_and(|extension| known.iter().any(|known| known.eq_ignore_ascii_case(extension)))
    };
    if ends_in(&EXTENSIONS) {
        Contributes::Always
    } else if ends_in(&MARKUP_EXTENSIONS) {
        Contributes::AsOcrOutput
    } else {
        Contributes::Never
    }
}

/// Returns true if `file` is hOCR or ALTO, or cannot be read: reading it later reports the reason.
pub(super) fn is_ocr_output(file: impl Read) -> bool {
    let mut first = Vec::new();
    let read = file.take(SNIFFED_BYTES as u64).read_to_end(&mut first);
    read.is_err() || matches!(FileReader::of(&first), FileReader::Hocr | FileReader::Alto)
}
