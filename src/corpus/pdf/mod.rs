//! Reads PDFs: each page by its own text if that can be trusted, by tesseract otherwise.
//!
//! Most PDFs of party offices are scans. A scan may have no text at all, only the few words of a digital signature, or
//! the output of an OCR without Vietnamese ("Pang bd" for "Đảng bộ"). So the text of a page is used only if it reads as
//! clean text and is more than a few words on top of an image. Any other page is drawn as an image and read by
//! tesseract.
//!
//! ```text
//! file ─ poppler ─▶ printed: pages of words ─ layout ─▶ paragraphs and lines ─ trust ─▶ the page
//!                                                                               └─▶ drawn: tesseract ─▶ the page
//! ```

mod drawn;
mod layout;
mod poppler;
mod printed;
mod trust;

use std::path::Path;

use super::error::ErrorKind;
use super::facsimile::RawPage;
use trust::Trust;

/// Pixels of the longer side of a drawn page: A4 at 300 pixels to the inch, as tesseract recommends. The bound is in
/// pixels because a PDF may have paper of any size.
pub const PAGE_PIXELS: u32 = 3508;

/// Version of how the words that tesseract found become a text. It is raised when the same words give another text;
/// results that are stored are then made again.
pub const PAGES_VERSION: u32 = 1;

/// Reads the pages of a PDF.
///
/// # Errors
/// [`ErrorKind::NoProgram`], [`ErrorKind::NoLanguage`], [`ErrorKind::Encrypted`], [`ErrorKind::NoPages`],
/// [`ErrorKind::Refused`] if the file is not a PDF.
pub(super) fn read(path: &Path) -> Result<Vec<RawPage>, ErrorKind> {
    let printed = printed::read(&poppler::words(path)?)?;
    if printed.is_empty() {
        return Err(ErrorKind::NoPages);
    }
    let images = trust::image_areas(&poppler::images(path)?, printed.len());
    let mut pages: Vec<RawPage> = printed.iter().map(layout::lay_out).collect();
    let trusted = pages.iter().zip(&printed).zip(images);
    let (doubtful, trusts): (Vec<usize>, Vec<Trust>) = trusted
        .map(|((page, printed), image)| Trust::of(page, image / printed.area()))
        .enumerate()
        .filter(|(_, trust)| *trust != Trust::Whole)
        .unzip();
    for ((index, trust), read) in doubtful.iter().zip(trusts).zip(drawn::read(path, &doubtful)) {
        match read {
            Ok(page) => pages[*index] = page,
            Err(ErrorKind::NoProgram(_) | ErrorKind::NoLanguage(_)) if trust == Trust::Damaged => {}
            Err(error) => return Err(error),
        }
    }
    Ok(pages)
}
