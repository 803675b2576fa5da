//! Reads PDFs: each page by its own text if that can be trusted, by tesseract otherwise.
//!
//! Most PDFs of party offices are scans. A scan may have no text at all, only the few words of a digital signature, or
//! the output of an OCR without Vietnamese ("Pang bd" for "Đảng bộ"). The text of a PDF that a word processor wrote
//! with a font older than Unicode is meaningless. So the text of a page is used only if it reads as clean text and is
//! more than a few words on top of an image. Any other page is drawn as an image and read by tesseract.

use std::ffi::OsStr;
use std::num::NonZero;
use std::panic::resume_unwind;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::error::ErrorKind;
use super::facsimile::{RawPage, RawWord, join_pages};
use super::markup::{Element, Markup, MarkupEvent};
use super::{external, ocr};
use crate::reading::{Quality, Reading};
use crate::text::Span;

/// The program of poppler that writes the text of a PDF with places.
const PDFTOTEXT: &str = "pdftotext";
/// The program of poppler that lists the images of a PDF.
const PDFIMAGES: &str = "pdfimages";
/// The program of poppler that draws the pages of a PDF as images.
const PDFTOPPM: &str = "pdftoppm";

/// Pixels of the longer side of a drawn page: A4 at 300 pixels to the inch, as tesseract recommends. The bound is in
/// pixels because a PDF may have paper of any size.
pub const PAGE_PIXELS: u32 = 3508;

/// Version of how the words that tesseract found become a text. It is raised when the same words give another text;
/// results that are stored are then made again.
pub const PAGES_VERSION: u32 = 1;

/// The fewest words of its own text that a scanned page may have for them to count; a stamp or a signature has about
/// 30.
const MIN_SCAN_WORDS: usize = 50;

/// The share of a page that its images cover if the page is a scan. A scan cut at its margins covers two thirds, a
/// photograph in a report a third.
const SCAN_SHARE: f32 = 0.5;

/// Points in an inch (ISO 32000-1, 8.3.2.3).
const POINTS: f32 = 72.0;

/// The trust that the text of a page in a PDF deserves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trust {
    /// It is the printed text.
    Whole,
    /// It is complete but damaged: the reading of tesseract is better.
    Damaged,
    /// It is not the text of the page.
    None,
}

/// A page with the text that the PDF has for it.
struct Printed {
    /// The page and its words.
    page: RawPage,
    /// Its area in square inches.
    area: f32,
}

/// Reads the pages of a PDF.
///
/// # Errors
/// [`ErrorKind::NoProgram`], [`ErrorKind::NoLanguage`], [`ErrorKind::Encrypted`], [`ErrorKind::NoPages`],
/// [`ErrorKind::Refused`] if the file is not a PDF.
pub(super) fn read(path: &Path) -> Result<Vec<RawPage>, ErrorKind> {
    let printed = printed_pages(path)?;
    if printed.is_empty() {
        return Err(ErrorKind::NoPages);
    }
    let images = image_areas(path, printed.len())?;
    let doubtful: Vec<(usize, Trust)> = printed
        .iter()
        .zip(images)
        .map(|(printed, image)| trust(&printed.page, image >= SCAN_SHARE * printed.area))
        .enumerate()
        .filter(|(_, trust)| *trust != Trust::Whole)
        .collect();
    let mut pages: Vec<RawPage> = printed.into_iter().map(|printed| printed.page).collect();
    for ((index, trust), read) in doubtful.iter().zip(read_drawn(path, &doubtful)) {
        match read {
            Ok(page) => pages[*index] = page,
            Err(ErrorKind::NoProgram(_) | ErrorKind::NoLanguage(_)) if *trust == Trust::Damaged => {}
            Err(error) => return Err(error),
        }
    }
    Ok(pages)
}

/// Judges the text of `page`; `scanned` is true if the page is an image.
fn trust(page: &RawPage, scanned: bool) -> Trust {
    let words = page.words().count();
    if words == 0 || scanned && words < MIN_SCAN_WORDS {
        return Trust::None;
    }
    let (text, _) = join_pages(std::slice::from_ref(page));
    match Reading::of(&text).quality(Span::new(0, text.len())) {
        Quality::Clean => Trust::Whole,
        Quality::Unmarked | Quality::Ocr => Trust::Damaged,
    }
}

/// Reads the pages with the text that the PDF has for them.
fn printed_pages(path: &Path) -> Result<Vec<Printed>, ErrorKind> {
    let args = [
        "-bbox-layout".as_ref(),
        "-enc".as_ref(),
        "UTF-8".as_ref(),
        path.as_os_str(),
        "-".as_ref(),
    ];
    let done = external::run(PDFTOTEXT, &args, &[])?;
    // The messages of poppler 0.60 to 25.
    for (complaint, kind) in [
        ("Incorrect password", ErrorKind::Encrypted),
        ("Wrong page range given", ErrorKind::NoPages),
    ] {
        if !done.status.success() && done.stderr.contains(complaint) {
            return Err(kind);
        }
    }
    read_places(&String::from_utf8_lossy(&done.success(PDFTOTEXT)?))
}

/// Reads the output of `pdftotext -bbox-layout`: `page`, `block`, `line`, `word` with their edges in points.
fn read_places(text: &str) -> Result<Vec<Printed>, ErrorKind> {
    let mut markup = Markup::of(text);
    let mut pages: Vec<Printed> = Vec::new();
    let mut scale = 1.0;
    let mut word: Option<RawWord> = None;
    while let Some(step) = markup.next()? {
        match step {
            MarkupEvent::Open(element) if element.name() == "page" => {
                // At least one point, so that a page without a size divides nothing by zero.
                let side = |name| element.number(name).unwrap_or(0.0).max(1.0);
                let (width, height) = (side("width"), side("height"));
                scale = PAGE_PIXELS as f32 / width.max(height);
                pages.push(Printed {
                    page: RawPage {
                        size: [width, height].map(|side| (side * scale).round() as u32),
                        ..RawPage::default()
                    },
                    area: (width / POINTS) * (height / POINTS),
                });
            }
            MarkupEvent::Open(element) => {
                let Some(printed) = pages.last_mut() else { continue };
                match element.name() {
                    "block" => printed.page.begin_paragraph(),
                    "line" => printed.page.begin_line(),
                    "word" => word = Some(begin_word(&element, scale)),
                    _ => {}
                }
            }
            MarkupEvent::Text(letters) => {
                if let Some(word) = &mut word {
                    word.text.push_str(&letters);
                }
            }
            MarkupEvent::Close => {
                // Only words have text, so the first element to end after a word began is that word.
                if let (Some(word), Some(printed)) = (word.take(), pages.last_mut()) {
                    printed.page.push(&word);
                }
            }
        }
    }
    Ok(pages)
}

/// A word at the place of `element`, without its text.
fn begin_word(element: &Element<'_>, scale: f32) -> RawWord {
    RawWord {
        text: String::new(),
        bbox: ["xMin", "yMin", "xMax", "yMax"].map(|edge| (element.number(edge).unwrap_or(0.0) * scale) as u32),
        confidence: None,
    }
}

/// Returns the area of the images on each of `count` pages, in square inches.
fn image_areas(path: &Path, count: usize) -> Result<Vec<f32>, ErrorKind> {
    let args = ["-list".as_ref(), path.as_os_str()];
    let listed = external::run(PDFIMAGES, &args, &[])?.success(PDFIMAGES)?;
    Ok(read_areas(&String::from_utf8_lossy(&listed), count))
}

/// Reads the output of `pdfimages -list`: a table with columns in fixed order.
fn read_areas(table: &str, count: usize) -> Vec<f32> {
    let mut areas = vec![0.0; count];
    for line in table.lines() {
        // page num type width height color comp bpc enc interp object generation x-ppi y-ppi size ratio
        let columns: Vec<&str> = line.split_whitespace().collect();
        let number = |index: usize| columns.get(index).and_then(|column| column.parse::<f32>().ok());
        let side = |pixels, ppi| Some(number(pixels)? / number(ppi)?.max(1.0));
        if let (Some(page), Some(width), Some(height)) = (number(0), side(3, 12), side(4, 13))
            && let Some(area) = areas.get_mut((page as usize).wrapping_sub(1))
        {
            *area += width * height;
        }
    }
    areas
}

/// Draws the pages of `doubtful` and reads them with tesseract on all cores; the results are in the same order.
fn read_drawn(path: &Path, doubtful: &[(usize, Trust)]) -> Vec<Result<RawPage, ErrorKind>> {
    let next = AtomicUsize::new(0);
    let workers = thread::available_parallelism()
        .map_or(1, NonZero::get)
        .min(doubtful.len());
    let mut read: Vec<(usize, Result<RawPage, ErrorKind>)> = thread::scope(|scope| {
        let workers: Vec<_> = (0..workers)
            .map(|_| {
                scope.spawn(|| {
                    let mut read = Vec::new();
                    while let Some((page, _)) = doubtful.get(next.fetch_add(1, Ordering::Relaxed)) {
                        read.push((*page, read_page(path, page + 1).map_err(|kind| kind.on_page(page + 1))));
                    }
                    read
                })
            })
            .collect();
        let read = |worker: thread::ScopedJoinHandle<'_, _>| worker.join().unwrap_or_else(|panic| resume_unwind(panic));
        workers.into_iter().flat_map(read).collect()
    });
    read.sort_by_key(|(page, _)| *page);
    read.into_iter().map(|(_, page)| page).collect()
}

/// Draws page `number` (from 1) and reads it with tesseract.
fn read_page(path: &Path, number: usize) -> Result<RawPage, ErrorKind> {
    let (number, pixels) = (number.to_string(), PAGE_PIXELS.to_string());
    let flags = [
        "-gray",
        "-png",
        "-singlefile",
        "-scale-to",
        &pixels,
        "-f",
        &number,
        "-l",
        &number,
    ];
    let mut args: Vec<&OsStr> = flags.iter().map(|&flag| flag.as_ref()).collect();
    args.push(path.as_os_str());
    let image = external::run(PDFTOPPM, &args, &[])?.success(PDFTOPPM)?;
    let pages = ocr::read_image(&image)?;
    Ok(pages.into_iter().next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page with this text.
    fn page(text: &str) -> RawPage {
        let mut page = RawPage::default();
        for line in text.lines() {
            page.begin_line();
            page.push(&RawWord {
                text: line.to_owned(),
                bbox: [0; 4],
                confidence: None,
            });
        }
        page
    }

    #[test]
    fn the_text_of_a_page_counts_where_it_is_clean_and_not_a_stamp() {
        let clean = "Đảng bộ các cơ quan Đảng thành phố đã lãnh đạo, chỉ đạo thực hiện tốt nhiệm vụ.\n";
        let misread = "Pang bd cac co quan Pang thanh phd da lanh dao, chi dao thyc hién tét nhiém vu chinh tri.\n";
        let signature = "Người ký: Văn phòng Tỉnh ủy\nNgày ký: 12.05.2025 08:30:11";
        let rows = [
            (clean.to_owned(), false, Trust::Whole),
            (clean.repeat(4), true, Trust::Whole),
            (clean.to_owned(), true, Trust::None),
            (signature.to_owned(), true, Trust::None),
            (misread.repeat(4), true, Trust::Damaged),
            (misread.repeat(4), false, Trust::Damaged),
            (String::new(), false, Trust::None),
        ];
        for (text, scanned, trusted) in rows {
            assert_eq!(trust(&page(&text), scanned), trusted, "{text}, an image: {scanned}");
        }
    }

    #[test]
    fn places_are_pixels_of_the_drawn_page() {
        let text = "<doc><page width=\"421\" height=\"842\"><flow><block><line>
            <word xMin=\"0\" yMin=\"84.2\" xMax=\"210.5\" yMax=\"421\">R&amp;D</word></line></block></flow></page></doc>";
        let printed = read_places(text).unwrap();
        assert_eq!(printed[0].page.size, [1754, PAGE_PIXELS]);
        let word = printed[0].page.words().next().unwrap();
        assert_eq!((word.text.as_str(), word.bbox), ("R&D", [0, 350, 877, 1754]));
    }

    #[test]
    fn images_have_their_size_on_paper() {
        let table = "page num type width height color comp bpc enc interp object ID x-ppi y-ppi size ratio\n\
                     ---------------------------------------------------------------------------------\n\
                     1 0 image 2480 3508 gray 1 8 jpeg no 1 0 300 300 851K 10%\n\
                     3 1 image 100 100 rgb 3 8 image no 11 0 0 50 574K 2.3%\n";
        let areas = read_areas(table, 2);
        assert!((areas[0] - 8.27 * 11.69).abs() < 0.1, "{areas:?}");
        assert_eq!(areas[1], 0.0);
    }
}
