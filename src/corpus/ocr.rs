//! Reads pages with tesseract and its Vietnamese model, within bounds.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Seek};
use std::num::NonZero;
use std::panic::resume_unwind;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::error::ErrorKind;
use super::facsimile::RawPage;
use super::{external, hocr, image};
use crate::guarded::guarded;

/// The name of the program.
const TESSERACT: &str = "tesseract";

/// The name of its model. This one reads 99.1 % of the words of a Vietnamese page as printed, the English one 8.8 %.
const LANGUAGE: &str = "vie";

/// The most pixels that a page of an image may have. Tesseract takes up to 4 bytes of memory for each, and a program
/// runs on each core; an A3 page at 600 pixels to the inch has 70 million.
pub const MAX_PIXELS: u64 = 100_000_000;

/// The longest time that the pages of one file are read in a run; a page that has begun is read to its end. Two cores
/// read some 1,200 ordinary pages in it, and other files are not kept waiting by pages made to take long.
pub const MAX_FILE_TIME: Duration = Duration::from_secs(3600);

/// The longest time that one page may take. Tesseract needs some seconds for a page, a minute for one of
/// [`MAX_PIXELS`], and the busiest machine ten times as long.
const MAX_PAGE_TIME: Duration = Duration::from_secs(600);

/// The bounds of an OCR in one file, and the place of its results.
#[derive(Clone, Copy)]
pub struct Ocr<'o> {
    /// The most pages of a file that it reads, the first ones; `None` for all.
    pub max_pages: Option<NonZero<usize>>,
    /// The time after which it begins no further page of a file, but at least one.
    pub max_time: Duration,
    /// The pages of the file that it need not read again.
    pub stored: &'o dyn OcrPages,
}

/// The output of tesseract for single pages of one file, so that no page is read twice. `()` stores nothing.
pub trait OcrPages: Sync {
    /// Returns the hOCR of page `number`, from 1, if it is stored.
    fn find(&self, number: usize) -> Option<String>;
    /// Stores the hOCR of page `number`, from 1. What cannot be stored is read again another time.
    fn store(&self, number: usize, hocr: &str);
}

impl OcrPages for () {
    fn find(&self, _: usize) -> Option<String> {
        None
    }

    fn store(&self, _: usize, _: &str) {}
}

/// The pages of a file that need an OCR and that none has read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnreadPages {
    /// Pages beyond the bound ([`Ocr::max_pages`]).
    pub beyond: usize,
    /// Pages within the bound for which there was no time ([`Ocr::max_time`]).
    pub late: usize,
    /// Pages with more than [`MAX_PIXELS`].
    pub too_large: usize,
    /// Pages that an OCR has read.
    pub read: usize,
    /// All pages of the file.
    pub of: usize,
}

impl UnreadPages {
    /// Returns the number of unread pages.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.beyond + self.late + self.too_large
    }

    /// Returns the bound on pages that an OCR had if there are pages beyond it.
    #[must_use]
    pub const fn bound(&self) -> usize {
        self.read + self.late
    }

    /// Returns true if an OCR with the bound `max_pages` reads more of the file.
    #[must_use]
    pub fn is_read_further(&self, max_pages: Option<NonZero<usize>>) -> bool {
        self.late > 0 || self.beyond > 0 && max_pages.is_none_or(|max| max.get() > self.bound())
    }
}

/// The pages of a file, some of which may be unread.
#[derive(Debug, Default)]
pub(super) struct FilePages {
    /// All pages; an unread one has a size and perhaps the words that the file has for it.
    pub(super) pages: Vec<RawPage>,
    /// The unread ones.
    pub(super) unread: UnreadPages,
}

impl Ocr<'_> {
    /// An OCR that reads all pages and stores none.
    pub const ALL: Ocr<'static> = Ocr {
        max_pages: None,
        max_time: Duration::MAX,
        stored: &(),
    };

    /// Reads the pages of a file that have these `numbers` (from 1, in order), up to the bound, with `read`, which
    /// returns hOCR; on all cores. Pages that are beyond the bounds are left out of the result.
    pub(super) fn read(
        &self,
        numbers: &[usize],
        read: &(dyn Fn(usize) -> Result<String, ErrorKind> + Sync),
    ) -> BTreeMap<usize, Result<RawPage, ErrorKind>> {
        let numbers = &numbers[..self.within(numbers.len())];
        let read_or_find = |number: usize| {
            let hocr = match self.stored.find(number) {
                Some(hocr) => hocr,
                None => {
                    let hocr = read(number).map_err(|kind| kind.on_page(number))?;
                    self.stored.store(number, &hocr);
                    hocr
                }
            };
            Ok(hocr::read(&hocr)?.into_iter().next().unwrap_or_default())
        };
        let next = AtomicUsize::new(0);
        let started = Instant::now();
        let work = || {
            let mut done = Vec::new();
            while let Some(&number) = numbers.get(next.fetch_add(1, Ordering::Relaxed)) {
                done.push((number, read_or_find(number)));
                if started.elapsed() >= self.max_time {
                    break;
                }
            }
            done
        };
        let workers = thread::available_parallelism()
            .map_or(1, NonZero::get)
            .min(numbers.len());
        thread::scope(|scope| {
            let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
            let done =
                |worker: thread::ScopedJoinHandle<'_, _>| worker.join().unwrap_or_else(|panic| resume_unwind(panic));
            workers.into_iter().flat_map(done).collect()
        })
    }

    /// Returns how many of `count` pages are within the bound.
    fn within(&self, count: usize) -> usize {
        self.max_pages.map_or(count, |max| count.min(max.get()))
    }

    /// Returns the unread pages of a file of `of` pages, of which `count` need an OCR, `read` were read and `too_large`
    /// have too many pixels.
    pub(super) fn unread(&self, count: usize, read: usize, too_large: usize, of: usize) -> UnreadPages {
        let within = self.within(count);
        UnreadPages {
            beyond: count - within,
            late: within.saturating_sub(read),
            too_large,
            read,
            of,
        }
    }
}

/// Reads the pages of an image file.
///
/// # Errors
/// [`ErrorKind::NoProgram`], [`ErrorKind::NoLanguage`], [`ErrorKind::Damaged`] if the file is cut off,
/// [`ErrorKind::TooManyPixels`], [`ErrorKind::Refused`] if it is no image.
pub(super) fn read_file(path: &Path, ocr: &Ocr<'_>) -> Result<FilePages, ErrorKind> {
    let sizes = image::page_sizes(File::open(path).map_err(ErrorKind::Unreadable)?)?;
    let is_small = |size: &[u32; 2]| u64::from(size[0]) * u64::from(size[1]) <= MAX_PIXELS;
    let small = sizes.iter().enumerate().filter(|(_, size)| is_small(size));
    let numbers: Vec<usize> = small.map(|(index, _)| index + 1).collect();
    if numbers.is_empty() {
        let size = sizes.first().copied().unwrap_or_default();
        return Err(ErrorKind::TooManyPixels(size, MAX_PIXELS));
    }
    // Tesseract counts pages from 0. It knows pages only where it is given a TIFF.
    let read_page = |number: usize| {
        let page = format!("tessedit_page_number={}", number - 1);
        let flags = ["-c", &page];
        if sizes.len() > 1 {
            return read(path.as_os_str(), &[], &flags);
        }
        let file = File::open(path).map_err(ErrorKind::Unreadable)?;
        read(path.as_os_str(), &[], light_flags(BufReader::new(file)))
    };
    let mut read = ocr.read(&numbers, &read_page);
    let unread = ocr.unread(numbers.len(), read.len(), sizes.len() - numbers.len(), sizes.len());
    let page = |(index, &size): (usize, &[u32; 2])| match read.remove(&(index + 1)) {
        Some(page) => page,
        None => Ok(RawPage {
            size,
            ..RawPage::default()
        }),
    };
    Ok(FilePages {
        pages: sizes.iter().enumerate().map(page).collect::<Result<_, _>>()?,
        unread,
    })
}

/// Reads an image of one page in memory, which has `resolution` pixels to the inch; returns hOCR.
///
/// # Errors
/// [`ErrorKind::NoProgram`], [`ErrorKind::NoLanguage`], [`ErrorKind::Refused`].
pub(super) fn read_image(image: &[u8], resolution: u32) -> Result<String, ErrorKind> {
    let resolution = resolution.to_string();
    let flags = [&["--dpi", &resolution], light_flags(Cursor::new(image))].concat();
    read("stdin".as_ref(), image, &flags)
}

/// Returns the flags by which tesseract finds letters in the light of an image.
///
/// By default it has one threshold of black and white for the whole page, and loses what lies in a shadow. The threshold
/// of Sauvola and Pietikäinen (2000) goes with the light, but takes the grain of the paper for letters where the ink is
/// faint. Of six photographs whose dark parts were lost (0.47 to 0.70 of their syllables read) it reads 0.95 to 0.997; of
/// 14 faint pages of a typewriter, evenly lit, 0.83 where the default reads 0.91.
fn light_flags(image: impl BufRead + Seek) -> &'static [&'static str] {
    // The decoders are written with care, and read what strangers send.
    let uneven = guarded(|| image::is_uneven(image)).unwrap_or(false);
    if uneven { &["-c", "thresholding_method=2"] } else { &[] }
}

/// Runs tesseract on `from`, which is a file or `stdin`, with these `flags`; returns hOCR.
fn read(from: &OsStr, input: &[u8], flags: &[&str]) -> Result<String, ErrorKind> {
    let mut args = vec![from, "stdout".as_ref(), "-l".as_ref(), LANGUAGE.as_ref()];
    args.extend(flags.iter().map(|&flag| OsStr::new(flag)));
    // The places of chars tell what is raised.
    args.extend(["-c", "hocr_char_boxes=1", "hocr"].map(OsStr::new));
    let done = external::run_within(TESSERACT, &args, input, MAX_PAGE_TIME)?;
    if !done.status.success() && !knows_language()? {
        return Err(ErrorKind::NoLanguage(LANGUAGE));
    }
    let refused = done.refused(TESSERACT);
    let hocr = String::from_utf8_lossy(&done.success(TESSERACT)?).into_owned();
    // A page that it cannot decode it leaves out, and says that all is well.
    if hocr::read(&hocr)?.is_empty() {
        return Err(refused);
    }
    Ok(hocr)
}

/// Returns true if tesseract has the model; asked only after it has failed.
fn knows_language() -> Result<bool, ErrorKind> {
    let done = external::run(TESSERACT, &["--list-langs".as_ref()], &[])?;
    Ok(String::from_utf8_lossy(&done.stdout)
        .lines()
        .any(|line| line.trim() == LANGUAGE))
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    /// Pages that were stored, by their numbers.
    #[derive(Default)]
    struct Stored(Mutex<BTreeMap<usize, String>>);

    impl OcrPages for Stored {
        fn find(&self, number: usize) -> Option<String> {
            self.0.lock().unwrap().get(&number).cloned()
        }

        fn store(&self, number: usize, hocr: &str) {
            self.0.lock().unwrap().insert(number, hocr.to_owned());
        }
    }

    #[test]
    fn the_first_pages_are_read_and_the_rest_later() {
        let stored = Stored::default();
        let read = Mutex::new(Vec::new());
        let hocr = |number: usize| {
            read.lock().unwrap().push(number);
            if number == 7 {
                return Err(ErrorKind::Refused {
                    program: "tesseract",
                    message: "no".to_owned(),
                });
            }
            Ok(format!(
                "<p class='ocr_page'><span class='ocrx_word'>{number}</span></p>"
            ))
        };
        for (max, pages, newly, beyond) in [
            (2, "3 5", vec![3, 5], 1),
            (2, "3 5", vec![], 1),
            (0, "3 5 !7", vec![7], 0),
        ] {
            let ocr = Ocr {
                max_pages: NonZero::new(max),
                max_time: Duration::MAX,
                stored: &stored,
            };
            let text = ocr.read(&[3, 5, 7], &hocr).into_values().map(|page| match page {
                Ok(page) => page.words().map(|word| word.text.clone()).collect::<String>(),
                Err(error) => {
                    assert_eq!(error.to_string(), "cannot be read; tesseract says: page 7: no");
                    "!7".to_owned()
                }
            });
            assert_eq!(text.collect::<Vec<_>>().join(" "), pages);
            let mut new = std::mem::take(&mut *read.lock().unwrap());
            new.sort_unstable();
            assert_eq!(new, newly);
            assert_eq!(ocr.unread(3, 3 - beyond, 0, 8).beyond, beyond);
        }
    }

    #[test]
    fn without_time_the_pages_are_read_in_several_runs() {
        let stored = Stored::default();
        let hocr = |_| Ok("<p class='ocr_page'><span class='ocrx_word'>a</span></p>".to_owned());
        let ocr = Ocr {
            max_pages: None,
            max_time: Duration::ZERO,
            stored: &stored,
        };
        let numbers: Vec<usize> = (1..=300).collect();
        let read = ocr.read(&numbers, &hocr).len();
        let unread = ocr.unread(numbers.len(), read, 0, 300);
        assert!((1..300).contains(&read), "{read}");
        assert_eq!(
            (unread.late, unread.beyond, unread.count()),
            (300 - read, 0, 300 - read)
        );
        assert!(unread.is_read_further(NonZero::new(1)));
    }

    #[test]
    fn a_file_is_read_further_only_with_a_higher_bound() {
        let unread = |beyond| UnreadPages {
            beyond,
            late: 0,
            too_large: 4,
            read: 10,
            of: 20,
        };
        let further = |beyond, max| unread(beyond).is_read_further(NonZero::new(max));
        assert!(further(1, 11) && further(1, 0));
        assert!(!further(1, 10) && !further(1, 9) && !further(0, 0));
    }
}
