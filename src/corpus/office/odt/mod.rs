//! Texts of `OpenDocument`: `.odt`, and the templates `.ott`.
//!
//! The archive has the styles and the numbering of headings in `styles.xml`, the text and more styles in `content.xml`.
//! [`styles`] reads the styles, [`lists`] counts labels, and [`reader`] goes through the text once. Nothing that the
//! format calls is computed but labels: notes carry their marks, fields the text that they show.
//!
//! Tables of contents and of figures are left out: they repeat headings and captions. So are deleted text, which lies
//! apart in `text:tracked-changes`, annotations, and what is hidden.
//!
//! Source: OASIS Open Document Format 1.2, part 1 (schema) and part 3 (packages).

mod lists;
mod reader;
mod styles;

use super::package::Package;
use super::xml::Xml;
use crate::corpus::error::ErrorKind;
use crate::corpus::flow::Flow;
use reader::Reader;
use styles::Styles;

/// The beginning of the media types of texts (ODF 1.2 part 1, appendix C).
const MEDIA_TYPE: &[u8] = b"application/vnd.oasis.opendocument.text";

/// The most bytes of `mimetype` that are looked at.
const MAX_MEDIA_TYPE_BYTES: u64 = 100;

/// The most bytes of the manifest that are looked at. It has some 100 bytes for each member.
const MAX_MANIFEST_BYTES: u64 = 4_000_000;

/// The name of the element of encrypted members in the manifest (ODF 1.2 part 3, 4.4).
const ENCRYPTION: &[u8] = b"encryption-data";

/// Returns true if the archive is a text of `OpenDocument`.
///
/// # Errors
/// Those of reading a member.
pub(super) fn is_text(package: &mut Package<'_>) -> Result<bool, ErrorKind> {
    let media_type = package.beginning("mimetype", MAX_MEDIA_TYPE_BYTES)?;
    Ok(media_type.is_some_and(|media_type| media_type.trim_ascii_start().starts_with(MEDIA_TYPE)))
}

/// Reads a text.
///
/// # Errors
/// [`ErrorKind::Encrypted`], [`ErrorKind::Damaged`] and [`ErrorKind::Excessive`].
pub(super) fn read(package: &mut Package<'_>) -> Result<Flow, ErrorKind> {
    let manifest = package.beginning("META-INF/manifest.xml", MAX_MANIFEST_BYTES)?;
    if manifest.is_some_and(|manifest| memchr::memmem::find(&manifest, ENCRYPTION).is_some()) {
        return Err(ErrorKind::Encrypted);
    }
    let mut styles = Styles::default();
    if let Some(member) = package.member("styles.xml")? {
        styles.read(&mut Xml::of("styles.xml", member))?;
    }
    let Some(member) = package.member("content.xml")? else {
        return Err(ErrorKind::Damaged("its part content.xml is missing".to_owned()));
    };
    let mut xml = Xml::of("content.xml", member);
    let mut reader = Reader::of(styles);
    reader.document(&mut xml)?;
    Ok(reader.finish())
}

#[cfg(test)]
mod tests;
