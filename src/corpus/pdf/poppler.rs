//! The programs of poppler, which read and draw PDFs, and what they answer. Poppler 0.60 to 25 answers alike.

use std::ffi::OsStr;
use std::ops::RangeInclusive;
use std::path::Path;
use std::time::Duration;

use super::super::error::ErrorKind;
use super::super::external;

/// Pixels of the longer side of a drawn page: A4 at 300 pixels to the inch, as tesseract recommends. The bound is in
/// pixels because a PDF may have paper of any size.
pub const PAGE_PIXELS: u32 = 3508;

/// The program that writes the text of a PDF with places.
const PDFTOTEXT: &str = "pdftotext";
/// The program that lists the images of a PDF.
const PDFIMAGES: &str = "pdfimages";
/// The program that draws the pages of a PDF as images.
const PDFTOPPM: &str = "pdftoppm";

/// The program that lists the fonts of a PDF.
const PDFFONTS: &str = "pdffonts";
/// The program that writes the text of a PDF with its fonts.
const PDFTOHTML: &str = "pdftohtml";

/// The messages of [`PDFTOTEXT`] about files that have no text to read.
const COMPLAINTS: [(&str, ErrorKind); 2] = [
    ("Incorrect password", ErrorKind::Encrypted),
    ("Wrong page range given", ErrorKind::NoPages),
];

/// Returns the words of all pages of the PDF at `path`, with their places in points, as XML.
///
/// # Errors
/// [`ErrorKind::NoProgram`], [`ErrorKind::Encrypted`], [`ErrorKind::NoPages`], [`ErrorKind::Refused`] if the file is
/// not a PDF.
pub(super) fn words(path: &Path) -> Result<String, ErrorKind> {
    let done = external::run(
        PDFTOTEXT,
        &arguments(&["-bbox-layout", "-enc", "UTF-8"], path, &["-"]),
        &[],
    )?;
    if !done.status.success() {
        for (complaint, kind) in COMPLAINTS {
            if done.stderr.contains(complaint) {
                return Err(kind);
            }
        }
    }
    Ok(String::from_utf8_lossy(&done.success(PDFTOTEXT)?).into_owned())
}

/// Returns the table of the images of the PDF at `path`.
///
/// # Errors
/// [`ErrorKind::NoProgram`], [`ErrorKind::Refused`].
pub(super) fn images(path: &Path) -> Result<String, ErrorKind> {
    let listed = external::run(PDFIMAGES, &arguments(&["-list"], path, &[]), &[])?.success(PDFIMAGES)?;
    Ok(String::from_utf8_lossy(&listed).into_owned())
}

/// Returns the table of the fonts of the PDF at `path`; each line begins with the name of one.
///
/// # Errors
/// [`ErrorKind::NoProgram`], [`ErrorKind::Refused`].
pub(super) fn fonts(path: &Path) -> Result<String, ErrorKind> {
    let listed = external::run(PDFFONTS, &arguments(&[], path, &[]), &[])?.success(PDFFONTS)?;
    Ok(String::from_utf8_lossy(&listed).into_owned())
}

/// Returns the runs of text in one font on each page of the PDF at `path`, with their places in pixels, as XML.
///
/// # Errors
/// [`ErrorKind::NoProgram`], [`ErrorKind::Refused`].
pub(super) fn runs(path: &Path) -> Result<String, ErrorKind> {
    let flags = ["-xml", "-i", "-stdout", "-nodrm", "-enc", "UTF-8"];
    let listed = external::run(PDFTOHTML, &arguments(&flags, path, &[]), &[])?.success(PDFTOHTML)?;
    Ok(String::from_utf8_lossy(&listed).into_owned())
}

/// Draws page `number` (from 1) as a Portable Gray Map whose longer side has `pixels`.
///
/// # Errors
/// [`ErrorKind::NoProgram`], [`ErrorKind::Refused`].
pub(super) fn draw(path: &Path, number: usize, pixels: u32) -> Result<Vec<u8>, ErrorKind> {
    let (number, pixels) = (number.to_string(), pixels.to_string());
    let flags = [
        "-gray",
        "-singlefile",
        "-scale-to",
        &pixels,
        "-f",
        &number,
        "-l",
        &number,
    ];
    external::run(PDFTOPPM, &arguments(&flags, path, &[]), &[])?.success(PDFTOPPM)
}

/// Draws the pages `numbers` (from 1) in gray without soft edges, the longer side of each with `pixels`: images in the
/// format PGM, one after another.
///
/// # Errors
/// [`ErrorKind::NoProgram`], [`ErrorKind::Refused`].
pub(super) fn draw_small(path: &Path, numbers: RangeInclusive<usize>, pixels: u32) -> Result<Vec<u8>, ErrorKind> {
    let [first, last] = [numbers.start(), numbers.end()].map(ToString::to_string);
    let pixels = pixels.to_string();
    let flags = [
        "-gray",
        "-aa",
        "no",
        "-aaVector",
        "no",
        "-scale-to",
        &pixels,
        "-f",
        &first,
        "-l",
        &last,
    ];
    external::run(PDFTOPPM, &arguments(&flags, path, &[]), &[])?.success(PDFTOPPM)
}

/// Draws page `number` (from 1) as a PPM in color whose longer side has `pixels`. A run longer than `max_time` is
/// stopped.
///
/// # Errors
/// [`ErrorKind::NoProgram`], [`ErrorKind::Refused`].
pub(in crate::corpus) fn draw_in_color(
    path: &Path,
    number: usize,
    pixels: u32,
    max_time: Duration,
) -> Result<Vec<u8>, ErrorKind> {
    let (number, pixels) = (number.to_string(), pixels.to_string());
    let flags = ["-singlefile", "-scale-to", &pixels, "-f", &number, "-l", &number];
    external::run_within(PDFTOPPM, &arguments(&flags, path, &[]), &[], max_time)?.success(PDFTOPPM)
}

/// Returns the arguments of a program: `flags`, the file, and what follows it.
fn arguments<'a>(flags: &[&'a str], path: &'a Path, after: &[&'a str]) -> Vec<&'a OsStr> {
    let text = |arguments: &[&'a str]| {
        arguments
            .iter()
            .map(|&argument| OsStr::new(argument))
            .collect::<Vec<_>>()
    };
    [text(flags), vec![path.as_os_str()], text(after)].concat()
}
