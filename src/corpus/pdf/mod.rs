//! Reads PDFs: each page by its own text if that can be trusted, by tesseract otherwise.
//!
//! Most PDFs of party offices are scans. A scan may have no text at all, only the few words of a digital signature, or
//! the output of an OCR without Vietnamese ("Pang bd" for "Đảng bộ"). So the text of a page is used only if it reads as
//! clean text and is more than a few words on top of an image. Any other page is drawn as an image and read by
//! tesseract.
//!
//! ```text
//! file ─ poppler ─▶ printed: pages of words ─ marks, words, fonts ─▶ whole words in Unicode
//!                                                                          │
//!      the page ◀─ drawn: tesseract ◀─┬─ trust ◀─ layout: lines ◀──────────┘
//!      the page ◀─────────────────────┘             rules: tables
//! ```

mod drawn;
mod fonts;
mod layout;
mod marks;
mod poppler;
mod printed;
mod rules;
mod trust;
mod words;

use std::path::Path;

use super::error::ErrorKind;
use super::facsimile::RawPage;
use super::ocr::{FilePages, Ocr};
use crate::reading::syllable_cost;
pub use poppler::PAGE_PIXELS;
pub(super) use poppler::draw_in_color;
use printed::PrintedPage;
use trust::Trust;

/// Version of how the words of pages become a text, and of which pages an OCR reads. It is raised when the same file
/// gives another text; results that are stored are then made again.
pub const PAGES_VERSION: u32 = 3;

/// Reads the pages of a PDF.
///
/// # Errors
/// [`ErrorKind::NeedsOcr`] if that takes an OCR and `ocr` is none, [`ErrorKind::NoProgram`], [`ErrorKind::NoLanguage`],
/// [`ErrorKind::Encrypted`], [`ErrorKind::NoPages`], [`ErrorKind::Refused`] if the file is not a PDF.
pub(super) fn read(path: &Path, ocr: Option<&Ocr<'_>>) -> Result<FilePages, ErrorKind> {
    let mut printed = printed::read(&poppler::words(path)?)?;
    if printed.is_empty() {
        return Err(ErrorKind::NoPages);
    }
    // A raised mark touches its word: it goes before all that joins words.
    marks::bracket(&mut printed);
    printed.iter_mut().for_each(words::glue_touching);
    fonts::convert(path, &mut printed, &syllable_cost);
    printed
        .iter_mut()
        .for_each(|page| words::glue_syllables(page, &syllable_cost));
    let images = trust::image_areas(&poppler::images(path)?, printed.len());
    let mut pages = lay_out(path, &printed);
    let trusted = pages.iter().zip(&printed).zip(images);
    let (doubtful, trusts): (Vec<usize>, Vec<Trust>) = (1..)
        .zip(trusted.map(|((page, printed), image)| Trust::of(page, image / printed.area())))
        .filter(|(_, trust)| *trust != Trust::Whole)
        .unzip();
    if doubtful.is_empty() {
        return Ok(FilePages {
            pages,
            ..FilePages::default()
        });
    }
    let ocr = ocr.ok_or(ErrorKind::NeedsOcr)?;
    let mut read = drawn::read(path, &printed, &doubtful, ocr);
    let unread = ocr.unread(doubtful.len(), read.len(), 0, pages.len());
    for (number, trust) in doubtful.iter().zip(trusts) {
        match read.remove(number) {
            Some(Ok(page)) => pages[number - 1] = page,
            Some(Err(ErrorKind::NoProgram(_) | ErrorKind::NoLanguage(_))) if trust == Trust::Damaged => {}
            Some(Err(error)) => return Err(error),
            // A page beyond the bound keeps what the PDF has for it.
            None => {}
        }
    }
    Ok(FilePages { unread, pages })
}

/// Returns the paragraphs and lines of the pages of the PDF at `path`.
fn lay_out(path: &Path, printed: &[PrintedPage]) -> Vec<RawPage> {
    let pages = printed.iter().enumerate();
    let tables: Vec<(usize, f32)> = pages
        .filter(|(_, page)| layout::may_have_table(page))
        .map(|(index, page)| (index, page.size[0].max(page.size[1])))
        .collect();
    layout::lay_out(printed, &rules::read(path, &tables))
}
