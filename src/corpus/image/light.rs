//! The light on a page: a photograph has a bright side and a dark one, a scan has not.

use std::io::{BufRead, Seek};

use image::{GrayImage, ImageReader, Limits};

/// Columns and rows of the parts into which a page is divided.
const PARTS: [u32; 2] = [6, 8];

/// Of ten pixels of a part, the paper is at least as bright as the brightest but one: a part that holds text is white for
/// the most.
const PAPER_RANK: usize = 9;

/// A page is unevenly lit if the paper of its darkest parts (all but one tenth) has less than this share of the light of
/// its brightest ones.
///
/// On 70 drawn pages (`benches/scans`) photographs had 0.55 to 0.9, scans and faxes 0.9 to 1.
const LEAST_SHARE: f32 = 0.85;

/// The most bytes of memory that decoding may take.
const MAX_MEMORY: u64 = 400_000_000;

/// Returns true if an image is unevenly lit; false if it cannot be decoded here.
pub(in crate::corpus) fn is_uneven(source: impl BufRead + Seek) -> bool {
    let decoded = || {
        let mut reader = ImageReader::new(source).with_guessed_format().ok()?;
        let mut limits = Limits::default();
        limits.max_alloc = Some(MAX_MEMORY);
        reader.limits(limits);
        Some(reader.decode().ok()?.into_luma8())
    };
    decoded().is_some_and(|image| share(&image) < LEAST_SHARE)
}

/// Returns the light on the darkest parts of a page as a share of that on the brightest ones.
fn share(image: &GrayImage) -> f32 {
    let [columns, rows] = PARTS;
    let (wide, high) = (image.width() / columns, image.height() / rows);
    if wide == 0 || high == 0 {
        return 1.0;
    }
    let mut papers: Vec<u8> = Vec::new();
    for part in 0..columns * rows {
        let (left, top) = (part % columns * wide, part / columns * high);
        let mut counts = [0_usize; 256];
        for y in top..top + high {
            for x in left..left + wide {
                counts[usize::from(image.get_pixel(x, y).0[0])] += 1;
            }
        }
        papers.push(ranked(&counts, (wide * high) as usize * PAPER_RANK / 10));
    }
    papers.sort_unstable();
    let tenth = papers.len() / 10;
    f32::from(papers[tenth]) / f32::from(papers[papers.len() - 1 - tenth].max(1))
}

/// Returns the value of the pixel of this rank, from 0, in ascending order.
fn ranked(counts: &[usize; 256], rank: usize) -> u8 {
    let mut passed = 0;
    let at = counts.iter().position(|count| {
        passed += count;
        passed > rank
    });
    at.map_or(u8::MAX, |value| value as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page with lines of text, lit by `light` (0 to 1) at each height (0 to 1).
    fn page(light: impl Fn(f32) -> f32) -> GrayImage {
        GrayImage::from_fn(600, 800, |x, y| {
            let ink = if y % 20 < 6 && x % 7 < 3 { 0.1 } else { 1.0 };
            image::Luma([(255.0 * ink * light(y as f32 / 800.0)) as u8])
        })
    }

    #[test]
    fn a_shadow_is_seen_and_gray_paper_is_not() {
        assert!(share(&page(|_| 1.0)) > 0.99);
        assert!(share(&page(|_| 0.6)) > 0.99);
        assert!(share(&page(|y| 1.0 - 0.5 * y)) < 0.7);
        assert!(share(&GrayImage::new(3, 3)) > 0.99);
    }

    #[test]
    fn what_is_no_image_is_lit_evenly() {
        assert!(!is_uneven(std::io::Cursor::new(b"%PDF-1.4")));
    }
}
