//! The outline of an image file: the sizes of its pages, and whether the file is complete; and the [`light`] on a page.
//!
//! It is read before tesseract decodes the file: a PNG of 400 kB may ask for gigabytes of memory, and of a TIFF or
//! JPEG that is cut off tesseract reads what is left without a word about the rest. Only headers are read here, so
//! that no file is refused because its pixels are stored in an unusual way; pixels are the business of tesseract.

mod jpeg;
mod light;
mod outline_error;
mod png;
mod source;
mod tiff;

use std::fs::File;
use std::io;

pub(super) use self::light::is_uneven;
use self::outline_error::OutlineError;
use self::source::Source;
use super::error::ErrorKind;

/// Returns width and height of each page of an image file, in pixels; at least one page. `file` begins like a PNG, JPEG
/// or TIFF.
///
/// # Errors
/// [`ErrorKind::Damaged`] if the file is cut off or has no size, [`ErrorKind::Unreadable`].
pub(super) fn page_sizes(file: File) -> Result<Vec<[u32; 2]>, ErrorKind> {
    let length = file.metadata().map_err(ErrorKind::Unreadable)?.len();
    Ok(sizes(Source::new(file, length))?)
}

/// Reads the outline of an image.
fn sizes<R: io::Read + io::Seek>(mut source: Source<R>) -> Result<Vec<[u32; 2]>, OutlineError> {
    match source.bytes(0, "it has no header")? {
        [0x89, b'P'] => Ok(vec![png::size(&mut source)?]),
        [0xff, 0xd8] => Ok(vec![jpeg::size(&mut source)?]),
        _ => tiff::sizes(&mut source),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use proptest::prelude::*;

    use super::*;

    /// Reads the outline of an image in memory.
    pub(super) fn sizes_of(bytes: &[u8]) -> Result<Vec<[u32; 2]>, OutlineError> {
        sizes(Source::new(Cursor::new(bytes), bytes.len() as u64))
    }

    /// Asserts that every beginning of `whole` but the last `spare` bytes is told to be cut off.
    pub(super) fn assert_every_cut_is_seen(whole: &[u8], spare: usize) {
        for end in 2..whole.len() - spare {
            let read = sizes_of(&whole[..end]);
            assert!(matches!(read, Err(OutlineError::Cut(_))), "{end} bytes: {read:?}");
        }
    }

    /// Beginnings of the formats.
    const HEADS: [&[u8]; 5] = [
        b"II*\0\x08\0\0\0",
        b"MM\0*\0\0\0\x08",
        b"II+\0\x08\0\0\0\x10\0\0\0\0\0\0\0",
        b"\xff\xd8\xff",
        b"\x89PNG\r\n\x1a\n",
    ];

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(
            head in prop::sample::select(&HEADS[..]),
            rest in prop::collection::vec(any::<u8>(), 0..200),
        ) {
            let _ = sizes_of(&[head, &rest].concat());
        }
    }
}
