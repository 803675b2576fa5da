//! File formats, recognized by the first bytes of a file.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::markup;
use super::web::sniff;
use crate::text::named;

/// The number of bytes that are examined. An hOCR file may begin with style sheets.
pub(super) const SNIFFED_BYTES: usize = 16_384;

named! {
    /// The format that a document was read from.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
    #[serde(rename_all = "lowercase")]
    pub enum Format {
        /// Plain text.
        #[default]
        Text = "text",
        /// hOCR: the output of an OCR as HTML.
        Hocr = "hocr",
        /// ALTO: the output of an OCR as XML, versions 1 to 4.
        Alto = "alto",
        /// A PNG, JPEG or TIFF image.
        Image = "image",
        /// A PDF.
        Pdf = "pdf",
        /// Plain text with the signs of Markdown.
        Markdown = "markdown",
        /// A document of Word since 2007.
        Docx = "docx",
        /// A document of Word before 2007.
        Doc = "doc",
        /// Rich Text Format.
        Rtf = "rtf",
        /// A text of `OpenDocument`.
        Odt = "odt",
        /// A web page.
        Html = "html",
        /// A workbook of Excel since 2007.
        Xlsx = "xlsx",
        /// A workbook of Excel before 2007.
        Xls = "xls",
    }
}

/// The reader of a file, which its first bytes tell. Some readers read several formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileReader {
    /// Plain text and Markdown.
    Text,
    /// [`super::hocr`].
    Hocr,
    /// [`super::alto`].
    Alto,
    /// Tesseract.
    Image,
    /// Poppler.
    Pdf,
    /// [`super::office`]: ZIP archives, compound files and RTF.
    Office,
    /// [`super::web`].
    Web,
}

/// The first bytes of files that are no text. Sources: the specifications of the formats.
const MAGIC: [(&[u8], FileReader); 9] = [
    (b"%PDF-", FileReader::Pdf),
    (b"\x89PNG\r\n\x1a\n", FileReader::Image),
    (b"\xff\xd8\xff", FileReader::Image),
    (b"II*\0", FileReader::Image),
    (b"MM\0*", FileReader::Image),
    (b"II+\0", FileReader::Image), // TIFF of more than 4 GB
    (b"PK\x03\x04", FileReader::Office),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileReader::Office),
    (b"{\\rtf", FileReader::Office),
];

/// Words by which an hOCR file identifies itself in its first bytes (hOCR 1.2, sections 2 and 8).
const HOCR_SIGNS: [&[u8]; 3] = [b"ocr_page", b"ocr-system", b"ocr-capabilities"];

/// Extensions of web pages. Files of these names are pages even if they begin with text.
pub(super) const PAGE_EXTENSIONS: [&str; 5] = ["html", "htm", "xhtml", "mht", "mhtml"];

/// Extensions of Markdown, which its bytes do not tell.
const MARKDOWN_EXTENSIONS: [&str; 2] = ["md", "markdown"];

impl Format {
    /// Returns the format of the text in the file `path`: its extension tells Markdown.
    pub(super) fn of_text(path: &Path) -> Self {
        if has_extension(path, &MARKDOWN_EXTENSIONS) {
            Self::Markdown
        } else {
            Self::Text
        }
    }
}

/// Returns true if the name of a file ends in one of `extensions`.
pub(super) fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| extensions.iter().any(|known| known.eq_ignore_ascii_case(extension)))
}

impl FileReader {
    /// Returns true if external programs read the file, so that it is never held in memory here.
    pub(super) const fn is_foreign(self) -> bool {
        matches!(self, Self::Image | Self::Pdf)
    }

    /// Returns the reader of the file `path` that begins with `first`, which is its first [`SNIFFED_BYTES`] or all of
    /// it. Whatever is not recognized is text.
    pub(super) fn of(first: &[u8], path: &Path) -> Self {
        if let Some((_, reader)) = MAGIC.iter().find(|(magic, _)| first.starts_with(magic)) {
            return *reader;
        }
        let head = &first[..first.len().min(SNIFFED_BYTES)];
        // Most files are plain text; their head is not decoded.
        if !has_extension(path, &PAGE_EXTENSIONS) && !markup::begins_with_tag(head) && !sniff::is_archive(head) {
            return Self::Text;
        }
        match markup::root(&String::from_utf8_lossy(head)).as_deref() {
            Some("alto") => Self::Alto,
            Some(_) if HOCR_SIGNS.iter().any(|sign| memchr::memmem::find(head, sign).is_some()) => Self::Hocr,
            _ if has_extension(path, &PAGE_EXTENSIONS) || sniff::is_page(head) => Self::Web,
            _ => Self::Text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_recognized_by_their_bytes() {
        let rows: [(&[u8], FileReader); 12] = [
            (b"%PDF-1.7\n", FileReader::Pdf),
            (b"PK\x03\x04\x14\0", FileReader::Office),
            (b"{\\rtf1\\ansi", FileReader::Office),
            (b"\xff\xd8\xff\xe0", FileReader::Image),
            (b"MM\0*\0\0", FileReader::Image),
            (
                b"\xef\xbb\xbf<?xml version='1.0'?>\n<alto xmlns='x'><Page/>",
                FileReader::Alto,
            ),
            (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a:alto><a:Page/>", FileReader::Alto),
            (b"<!DOCTYPE html>\n<html><body><div class='ocr_page'>", FileReader::Hocr),
            (b"<html><head><meta name='ocr-system' content='x'>", FileReader::Hocr),
            (b"<html><body>alto</body></html>", FileReader::Web),
            (b"<div>alto</div>", FileReader::Text),
            ("a < b, ocr_page".as_bytes(), FileReader::Text),
        ];
        for (bytes, reader) in rows {
            let told = FileReader::of(bytes, Path::new("a.txt"));
            assert_eq!(told, reader, "{}", String::from_utf8_lossy(bytes));
        }
        assert_eq!(FileReader::of(b"Ch\xf6", Path::new("a.HTM")), FileReader::Web);
    }
}
