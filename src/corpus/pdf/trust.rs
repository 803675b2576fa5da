//! The trust that the text of a page deserves: a scan may have no text, a stamp, or the output of a poor OCR.

use super::super::facsimile::{RawPage, join_pages};
use crate::reading::{Quality, Reading};
use crate::text::Span;

/// The fewest words of its own text that a scanned page may have for them to count; a stamp or a signature has about
/// 30.
const MIN_SCAN_WORDS: usize = 50;

/// The share of a page that its images cover if the page is a scan. A scan cut at its margins covers two thirds, a
/// photograph in a report a third.
const SCAN_SHARE: f32 = 0.5;

/// The trust that the text of a page in a PDF deserves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trust {
    /// It is the printed text.
    Whole,
    /// It is complete but damaged: the reading of tesseract is better.
    Damaged,
    /// It is not the text of the page.
    None,
}

impl Trust {
    /// Judges the text of `page`, of which images cover the share `covered`.
    pub(super) fn of(page: &RawPage, covered: f32) -> Self {
        let words = page.words().count();
        let is_scan = covered >= SCAN_SHARE;
        if words == 0 || is_scan && words < MIN_SCAN_WORDS {
            return Self::None;
        }
        let (text, ..) = join_pages(std::slice::from_ref(page));
        match Reading::of(&text).quality(Span::new(0, text.len())) {
            Quality::Clean => Self::Whole,
            Quality::Unmarked | Quality::Ocr => Self::Damaged,
        }
    }
}

/// Reads the output of [`images`](super::poppler::images), a table with columns in fixed order: the area of the images
/// on each of `count` pages, in square inches.
pub(super) fn image_areas(table: &str, count: usize) -> Vec<f32> {
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

#[cfg(test)]
mod tests {
    use super::super::super::facsimile::RawWord;
    use super::*;

    /// A page with this text.
    fn page(text: &str) -> RawPage {
        let mut page = RawPage::default();
        for line in text.lines() {
            page.begin_line();
            page.push(&RawWord {
                text: line.to_owned(),
                ..RawWord::default()
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
            (clean.to_owned(), 0.0, Trust::Whole),
            (clean.repeat(4), 0.98, Trust::Whole),
            (clean.to_owned(), 0.98, Trust::None),
            (clean.to_owned(), 0.3, Trust::Whole),
            (signature.to_owned(), 0.98, Trust::None),
            (misread.repeat(4), 0.98, Trust::Damaged),
            (misread.repeat(4), 0.0, Trust::Damaged),
            (String::new(), 0.0, Trust::None),
        ];
        for (text, covered, trusted) in rows {
            assert_eq!(Trust::of(&page(&text), covered), trusted, "{text}, images: {covered}");
        }
    }

    #[test]
    fn images_have_their_size_on_paper() {
        let table = "page num type width height color comp bpc enc interp object ID x-ppi y-ppi size ratio\n\
                     ---------------------------------------------------------------------------------\n\
                     1 0 image 2480 3508 gray 1 8 jpeg no 1 0 300 300 851K 10%\n\
                     3 1 image 100 100 rgb 3 8 image no 11 0 0 50 574K 2.3%\n";
        let areas = image_areas(table, 2);
        assert!((areas[0] - 8.27 * 11.69).abs() < 0.1, "{areas:?}");
        assert_eq!(areas[1], 0.0);
    }
}
