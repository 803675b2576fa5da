//! File formats, recognized by the first bytes of a file.

use serde::{Deserialize, Serialize};

use super::markup;
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
    }
}

/// The first bytes of formats that external programs read. Sources: the specifications of the formats.
const MAGIC: [(&[u8], Format); 6] = [
    (b"%PDF-", Format::Pdf),
    (b"\x89PNG\r\n\x1a\n", Format::Image),
    (b"\xff\xd8\xff", Format::Image),
    (b"II*\0", Format::Image),
    (b"MM\0*", Format::Image),
    (b"II+\0", Format::Image), // TIFF of more than 4 GB
];

/// Words by which an hOCR file identifies itself in its first bytes (hOCR 1.2, sections 2 and 8).
const HOCR_SIGNS: [&[u8]; 3] = [b"ocr_page", b"ocr-system", b"ocr-capabilities"];

impl Format {
    /// Returns true if external programs read files of this format, so that they are never held in memory here.
    pub(super) const fn is_foreign(self) -> bool {
        matches!(self, Self::Image | Self::Pdf)
    }

    /// Returns the format of a file that begins with `first`, which is its first [`SNIFFED_BYTES`] or all of it.
    /// Whatever is not recognized is text.
    pub(super) fn of(first: &[u8]) -> Self {
        if let Some((_, format)) = MAGIC.iter().find(|(magic, _)| first.starts_with(magic)) {
            return *format;
        }
        let head = &first[..first.len().min(SNIFFED_BYTES)];
        match markup::root(&String::from_utf8_lossy(head)).as_deref() {
            Some("alto") => Self::Alto,
            Some(_) if HOCR_SIGNS.iter().any(|sign| memchr::memmem::find(head, sign).is_some()) => Self::Hocr,
            _ => Self::Text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_recognized_by_their_bytes() {
        let rows: [(&[u8], Format); 9] = [
            (b"%PDF-1.7\n", Format::Pdf),
            (b"\xff\xd8\xff\xe0", Format::Image),
            (b"MM\0*\0\0", Format::Image),
            (
                b"\xef\xbb\xbf<?xml version='1.0'?>\n<alto xmlns='x'><Page/>",
                Format::Alto,
            ),
            (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a:alto><a:Page/>", Format::Alto),
            (b"<!DOCTYPE html>\n<html><body><div class='ocr_page'>", Format::Hocr),
            (b"<html><head><meta name='ocr-system' content='x'>", Format::Hocr),
            (b"<html><body>alto</body></html>", Format::Text),
            ("a < b, ocr_page".as_bytes(), Format::Text),
        ];
        for (bytes, format) in rows {
            assert_eq!(Format::of(bytes), format, "{}", String::from_utf8_lossy(bytes));
        }
    }
}
