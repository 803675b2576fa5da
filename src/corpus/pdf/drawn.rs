//! Pages drawn as images and read by tesseract.

use std::collections::BTreeMap;
use std::path::Path;

use super::super::error::ErrorKind;
use super::super::facsimile::RawPage;
use super::super::ocr::{self, Ocr};
use super::poppler::{self, PAGE_PIXELS};
use super::printed::PrintedPage;

/// The hOCR of a page without a word.
const BLANK: &str = "<div class='ocr_page'></div>";

/// Draws the pages of the PDF at `path` that have these `numbers` (from 1, in order) and reads them with tesseract,
/// as far as the bound of `ocr` allows.
pub(super) fn read(
    path: &Path,
    printed: &[PrintedPage],
    numbers: &[usize],
    ocr: &Ocr<'_>,
) -> BTreeMap<usize, Result<RawPage, ErrorKind>> {
    ocr.read(numbers, &|number| {
        let image = poppler::draw(path, number, PAGE_PIXELS)?;
        if is_blank(&image) {
            return Ok(BLANK.to_owned());
        }
        let resolution = printed.get(number - 1).map_or(0, |page| page.resolution(PAGE_PIXELS));
        ocr::read_image(&image, resolution)
    })
}

/// Returns true if all pixels of `image`, which is a Portable Gray Map, are white. Tesseract takes as long for such a
/// page as it takes to start.
fn is_blank(image: &[u8]) -> bool {
    // After the letters P5: width, height and the number that means white, then one whitespace and the pixels.
    let mut fields = 0;
    let mut before = b'5';
    let header = image.iter().position(|&byte| {
        fields += usize::from(byte.is_ascii_whitespace() && !before.is_ascii_whitespace());
        before = byte;
        fields == 4
    });
    let pixels = header.and_then(|end| image.get(end + 1..)).unwrap_or_default();
    image.starts_with(b"P5") && !pixels.is_empty() && pixels.iter().all(|&pixel| pixel == u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_without_a_dark_pixel_is_blank() {
        let rows: [(&[u8], bool); 6] = [
            (b"P5\n2 3\n255\n\xff\xff\xff\xff\xff\xff", true),
            (b"P5\n2 3\n255\n\xff\xff\xff\xff\xfe\xff", false),
            (b"P5\n2 3\n255\n \xff", false),
            (b"P5\n2 3\n255\n", false),
            (b"P4\n2 3\n255\n\xff\xff", false),
            (b"", false),
        ];
        for (image, blank) in rows {
            assert_eq!(is_blank(image), blank, "{image:?}");
        }
    }
}
