//! Pictures of pages: a page of a PDF as poppler draws it, an image file as it is.
//!
//! A picture is a PNG in the pixels of the page ([`Facsimile`](super::Facsimile)), so the boxes of words fit it; drawn
//! with a smaller width, they fit it after division by the same factor. The output of another OCR (hOCR, ALTO) names the
//! image that it was made from, but the index does not hold that file, so its pages have no picture.
//!
//! The directions that a camera writes into a photograph (EXIF) are ignored, as tesseract ignores them: the places of
//! words are in the pixels as they are stored.
//!
//! Source of the layout of a TIFF: TIFF 6.0 (Adobe, 1992), section 2; `BigTIFF` (libtiff, 2007).

use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::Path;
use std::time::Duration;

use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};

use super::error::ErrorKind;
use super::format::Format;
use super::original::Original;
use super::pdf::{PAGE_PIXELS, draw_in_color};
use crate::guarded::guarded;

/// The most pixels of an image file that is shown. A page of A3 scanned at 600 pixels to the inch has 70 million.
const MAX_IMAGE_PIXELS: u64 = 100_000_000;

/// The most bytes of memory that decoding an image may take: [`MAX_IMAGE_PIXELS`] of four bytes, and as much again to
/// work with.
const MAX_IMAGE_MEMORY: u64 = 800_000_000;

/// The most pages of a TIFF that are looked for.
const MAX_TIFF_PAGES: usize = 100_000;

/// Returns true if pages of files of this format have pictures.
#[must_use]
pub const fn has_page_images(format: Format) -> bool {
    matches!(format, Format::Pdf | Format::Image)
}

/// A page to draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct WantedPage {
    /// Its number, from 1. The document has the page.
    pub number: usize,
    /// Its size, as [`Facsimile::pages`](super::Facsimile::pages) states it.
    pub size: [u32; 2],
    /// The greatest width of the picture in pixels; a wider one is scaled down.
    pub max_width: u32,
}

/// Draws a page of a PDF or an image file as a PNG. A program that takes longer than `max_time` is stopped.
///
/// # Errors
/// [`ErrorKind::NoProgram`], [`ErrorKind::Refused`], [`ErrorKind::Damaged`], [`ErrorKind::Excessive`],
/// [`ErrorKind::Unreadable`]; [`ErrorKind::NoPages`] if files of this format have no pictures of pages;
/// [`ErrorKind::Changed`] if the file has changed since it was opened.
pub fn draw_page(
    original: &Original,
    format: Format,
    page: WantedPage,
    max_time: Duration,
) -> Result<Vec<u8>, ErrorKind> {
    let drawn = match format {
        Format::Pdf => draw_pdf(original.path(), page, max_time)?,
        Format::Image => show_image(original, page)?,
        _ => return Err(ErrorKind::NoPages),
    };
    if original.is_in_place() {
        Ok(drawn)
    } else {
        Err(ErrorKind::Changed)
    }
}

/// Draws a page of the PDF `path`.
fn draw_pdf(path: &Path, page: WantedPage, max_time: Duration) -> Result<Vec<u8>, ErrorKind> {
    // The longer side is what is asked for: a page may have any size and any shape.
    let width = u64::from(page.size[0].max(1));
    let scaled = u64::from(PAGE_PIXELS) * width.min(page.max_width.into()) / width;
    let pixels = u32::try_from(scaled.max(1)).unwrap_or(PAGE_PIXELS);
    // Poppler's own PNG takes three times as long, and three times the bytes where the page has no color.
    let drawn = draw_in_color(path, page.number, pixels, max_time)?;
    to_png(Cursor::new(drawn), u32::MAX).map_err(|error| unreadable(&error))
}

/// Returns a page of an image file as a PNG.
fn show_image(original: &Original, page: WantedPage) -> Result<Vec<u8>, ErrorKind> {
    let shown = guarded(|| {
        let reader = PageReader::of(original, page.number).map_err(|error| unreadable(&error.into()))?;
        let png = to_png(BufReader::with_capacity(1 << 16, reader), page.max_width);
        png.map_err(|error| unreadable(&error))
    });
    // The decoders are written with care, and read what strangers send.
    shown.unwrap_or_else(|_| Err(ErrorKind::Damaged("it cannot be decoded".to_owned())))
}

/// Decodes an image and encodes it as a PNG, at most `width` pixels wide.
fn to_png(reader: impl io::BufRead + Seek, width: u32) -> Result<Vec<u8>, ImageError> {
    let mut reader = ImageReader::new(reader).with_guessed_format()?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_IMAGE_MEMORY);
    reader.limits(limits);
    let decoder = reader.into_decoder()?;
    let (wide, high) = decoder.dimensions();
    if u64::from(wide) * u64::from(high) > MAX_IMAGE_PIXELS {
        let kind = image::error::LimitErrorKind::DimensionError;
        return Err(ImageError::Limits(image::error::LimitError::from_kind(kind)));
    }
    let mut image = with_8_bits(DynamicImage::from_decoder(decoder)?);
    if width < wide {
        let scaled = u64::from(high) * u64::from(width) / u64::from(wide.max(1));
        image = image.thumbnail_exact(width, u32::try_from(scaled).unwrap_or(1).max(1));
    }
    let mut png = Cursor::new(Vec::new());
    image.write_to(&mut png, ImageFormat::Png)?;
    Ok(png.into_inner())
}

/// Returns the image with at most 8 bits a color, since more are of no use on a screen, and in gray if it has no color.
fn with_8_bits(image: DynamicImage) -> DynamicImage {
    let color = image.color();
    match (color.has_color(), color.has_alpha()) {
        (false, false) => image.into_luma8().into(),
        (false, true) => image.into_luma_alpha8().into(),
        (true, false) => {
            let image = image.into_rgb8();
            let is_gray = image
                .pixels()
                .all(|pixel| pixel.0.iter().all(|shade| *shade == pixel.0[0]));
            if is_gray {
                DynamicImage::from(image).into_luma8().into()
            } else {
                image.into()
            }
        }
        (true, true) => image.into_rgba8().into(),
    }
}

/// Returns the reason of an error of a decoder.
fn unreadable(error: &ImageError) -> ErrorKind {
    match error {
        ImageError::Limits(_) => {
            ErrorKind::Excessive(format!("more than {} million pixels", MAX_IMAGE_PIXELS / 1_000_000))
        }
        error => ErrorKind::Damaged(format!("it cannot be decoded: {error}")),
    }
}

/// The bytes of an image file. Those of a TIFF have the wanted page as their first: decoders read no other.
struct PageReader<'o> {
    original: &'o Original,
    at: u64,
    /// The offset of the first page as it is to be read, and its place in the file; none if the file is no TIFF.
    first_page: Option<(u64, Vec<u8>)>,
}

impl<'o> PageReader<'o> {
    /// Returns a reader of page `number` (from 1).
    fn of(original: &'o Original, number: usize) -> io::Result<Self> {
        let first_page = match TiffPages::of(original)? {
            Some(tiff) => Some((tiff.form.first_at, tiff.form.offset_bytes(tiff.offset(number)?))),
            None if number == 1 => None,
            None => return Err(no_such_page()),
        };
        Ok(Self {
            original,
            at: 0,
            first_page,
        })
    }
}

impl Read for PageReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.original.read_at(self.at, buffer)?;
        if let Some((start, bytes)) = &self.first_page {
            for (at, byte) in (*start..).zip(bytes) {
                let place = at.checked_sub(self.at).and_then(|place| usize::try_from(place).ok());
                if let Some(place) = place.and_then(|place| buffer.get_mut(..read)?.get_mut(place)) {
                    *place = *byte;
                }
            }
        }
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for PageReader<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let target = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.original.size().checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = target.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.at)
    }
}

/// The pages of a TIFF: a chain of directories, each with the offset of the next.
struct TiffPages<'o> {
    original: &'o Original,
    form: TiffForm,
}

/// The form of the numbers of a TIFF.
#[derive(Clone, Copy)]
struct TiffForm {
    is_little_endian: bool,
    /// The offset of the offset of the first page.
    first_at: u64,
    /// Bytes of an offset.
    offset_len: usize,
    /// Bytes of the number of entries of a directory.
    count_len: usize,
    /// Bytes of an entry.
    entry_len: u64,
}

impl TiffForm {
    /// Returns the number in these bytes.
    fn number(self, bytes: &[u8]) -> u64 {
        let shifted = |number: u64, byte: &u8| number << 8 | u64::from(*byte);
        if self.is_little_endian {
            bytes.iter().rev().fold(0, shifted)
        } else {
            bytes.iter().fold(0, shifted)
        }
    }

    /// Returns an offset as the file has it.
    fn offset_bytes(self, offset: u64) -> Vec<u8> {
        let mut bytes: Vec<u8> = offset.to_le_bytes().into_iter().take(self.offset_len).collect();
        if !self.is_little_endian {
            bytes.reverse();
        }
        bytes
    }
}

impl<'o> TiffPages<'o> {
    /// Returns the pages of a file; `None` if it is no TIFF.
    fn of(original: &'o Original) -> io::Result<Option<Self>> {
        let mut first = [0; 4];
        let read = original.read_at(0, &mut first)?;
        let classic = |is_little_endian| TiffForm {
            is_little_endian,
            first_at: 4,
            offset_len: 4,
            count_len: 2,
            entry_len: 12,
        };
        let big = |is_little_endian| TiffForm {
            is_little_endian,
            first_at: 8,
            offset_len: 8,
            count_len: 8,
            entry_len: 20,
        };
        let form = match first.get(..read) {
            Some(b"II*\0") => classic(true),
            Some(b"MM\0*") => classic(false),
            Some(b"II+\0") => big(true),
            Some(b"MM\0+") => big(false),
            _ => return Ok(None),
        };
        Ok(Some(Self { original, form }))
    }

    /// Returns the offset of the directory of page `number` (from 1).
    fn offset(&self, number: usize) -> io::Result<u64> {
        let mut offset = self.number_at(self.form.first_at, self.form.offset_len)?;
        // A chain that leads back to itself ends with the number.
        for _ in 1..number.min(MAX_TIFF_PAGES) {
            if offset == 0 {
                return Err(no_such_page());
            }
            let count = self.number_at(offset, self.form.count_len)?;
            let next = count
                .checked_mul(self.form.entry_len)
                .and_then(|len| len.checked_add(self.form.count_len as u64)?.checked_add(offset));
            offset = self.number_at(next.ok_or_else(no_such_page)?, self.form.offset_len)?;
        }
        if offset == 0 { Err(no_such_page()) } else { Ok(offset) }
    }

    /// Reads a number of `len` bytes (at most 8) at an offset of the file.
    fn number_at(&self, at: u64, len: usize) -> io::Result<u64> {
        let mut bytes = [0; 8];
        let wanted = bytes.get_mut(..len).unwrap_or_default();
        if self.original.read_at(at, wanted)? < len {
            return Err(no_such_page());
        }
        Ok(self.form.number(wanted))
    }
}

/// The error of a page that the file does not have.
fn no_such_page() -> io::Error {
    io::Error::other("it has no such page")
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::original::VerifiedFiles;
    use super::*;

    /// The size of the picture of page `number` of an image file of these bytes, or the error.
    fn drawn(bytes: &[u8], number: usize, max_width: u32) -> Result<image::DynamicImage, ErrorKind> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("image");
        fs::write(&path, bytes).unwrap();
        let digest = blake3::hash(bytes).to_hex().to_string();
        let original = Original::open(&path, &digest, &VerifiedFiles::default()).unwrap();
        let page = WantedPage {
            number,
            size: [1, 1],
            max_width,
        };
        let png = draw_page(&original, Format::Image, page, Duration::from_secs(60))?;
        Ok(image::load_from_memory_with_format(&png, ImageFormat::Png).unwrap())
    }

    #[test]
    fn an_image_is_shown_in_its_own_pixels_or_smaller() {
        let image = DynamicImage::from(image::RgbImage::from_fn(40, 20, |x, _| {
            image::Rgb([x as u8 * 6, 0, 99])
        }));
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Tiff] {
            let mut bytes = Cursor::new(Vec::new());
            image.write_to(&mut bytes, format).unwrap();
            let bytes = bytes.into_inner();
            for (max_width, size) in [(10_000, (40, 20)), (40, (40, 20)), (10, (10, 5)), (1, (1, 1))] {
                let picture = drawn(&bytes, 1, max_width).unwrap();
                assert_eq!((picture.width(), picture.height()), size, "{format:?}");
            }
            let error = drawn(&bytes, 2, 100).unwrap_err().to_string();
            assert!(error.contains("it has no such page"), "{format:?}: {error}");
        }
        assert!(matches!(drawn(b"no image", 1, 100), Err(ErrorKind::Damaged(_))));
    }

    /// A TIFF of two gray pages of one pixel each, with these shades.
    fn tiff(is_little_endian: bool, shades: [u8; 2]) -> Vec<u8> {
        let number = |value: u32, len: usize| -> Vec<u8> {
            let mut bytes: Vec<u8> = value.to_le_bytes()[..len].to_vec();
            if !is_little_endian {
                bytes.reverse();
            }
            bytes
        };
        // ImageWidth, ImageLength, BitsPerSample, Compression, PhotometricInterpretation, StripOffsets, RowsPerStrip,
        // StripByteCounts: section 8 of TIFF 6.0.
        let directory = |shade_at: u32, next: u32| -> Vec<u8> {
            let entries = [
                (256, 1),
                (257, 1),
                (258, 8),
                (259, 1),
                (262, 1),
                (273, shade_at),
                (278, 1),
                (279, 1),
            ];
            let mut bytes = number(entries.len() as u32, 2);
            for (tag, value) in entries {
                bytes.extend([number(tag, 2), number(4, 2), number(1, 4), number(value, 4)].concat());
            }
            bytes.extend(number(next, 4));
            bytes
        };
        let len = 2 + 8 * 12 + 4;
        let mut bytes = if is_little_endian { b"II*\0" } else { b"MM\0*" }.to_vec();
        bytes.extend(number(10, 4));
        bytes.extend(shades);
        bytes.extend(directory(8, 10 + len));
        bytes.extend(directory(9, 0));
        bytes
    }

    #[test]
    fn every_page_of_a_tiff_is_shown() {
        for is_little_endian in [true, false] {
            let bytes = tiff(is_little_endian, [7, 200]);
            let shade = |number| drawn(&bytes, number, 10).map(|picture| picture.to_luma8().get_pixel(0, 0).0[0]);
            assert_eq!(shade(1).unwrap(), 7);
            assert_eq!(shade(2).unwrap(), 200);
            assert!(shade(3).is_err() && shade(usize::MAX).is_err());
        }
    }

    #[test]
    fn damaged_images_are_told_and_never_panic() {
        let whole = tiff(true, [7, 200]);
        for end in 0..whole.len() {
            let _ = drawn(&whole[..end], 2, 10);
        }
        for at in 0..whole.len() {
            for bits in [0xff, 0x01, 0x80] {
                let mut changed = whole.clone();
                changed[at] ^= bits;
                let _ = drawn(&changed, 1, 10);
                let _ = drawn(&changed, 2, 10);
            }
        }
    }
}
