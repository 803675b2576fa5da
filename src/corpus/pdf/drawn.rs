//! Pages drawn as images and read by tesseract.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::super::error::ErrorKind;
use super::super::facsimile::RawPage;
use super::super::ocr;
use super::{PAGE_PIXELS, poppler};

/// Draws the `pages` of the PDF at `path` (from 0) and reads them with tesseract on all cores; the results are in the
/// same order.
pub(super) fn read(path: &Path, pages: &[usize]) -> Vec<Result<RawPage, ErrorKind>> {
    let next = AtomicUsize::new(0);
    let workers = thread::available_parallelism().map_or(1, NonZero::get).min(pages.len());
    let mut read: Vec<(usize, Result<RawPage, ErrorKind>)> = thread::scope(|scope| {
        let workers: Vec<_> = (0..workers)
            .map(|_| {
                scope.spawn(|| {
                    let mut read = Vec::new();
                    while let Some(page) = pages.get(next.fetch_add(1, Ordering::Relaxed)) {
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
    let image = poppler::draw(path, number, PAGE_PIXELS)?;
    let pages = ocr::read_image(&image)?;
    Ok(pages.into_iter().next().unwrap_or_default())
}
