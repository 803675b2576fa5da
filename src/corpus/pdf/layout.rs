//! The layout of a printed page: its paragraphs and lines in reading order.

use super::super::facsimile::{RawPage, RawWord};
use super::PAGE_PIXELS;
use super::printed::PrintedPage;

/// Returns the paragraphs and lines of `page`, with places in pixels of the drawn page: its longer side has
/// [`PAGE_PIXELS`].
pub(super) fn lay_out(page: &PrintedPage) -> RawPage {
    let [width, height] = page.size;
    let scale = PAGE_PIXELS as f32 / width.max(height);
    let mut raw = RawPage {
        size: page.size.map(|side| (side * scale).round() as u32),
        ..RawPage::default()
    };
    for block in &page.blocks {
        raw.begin_paragraph();
        for line in &block.lines {
            raw.begin_line();
            for word in &line.words {
                raw.push(&RawWord {
                    text: word.text.clone(),
                    bbox: word.edges.map(|edge| (edge * scale) as u32),
                    confidence: None,
                    letters: word.letters.clone(),
                });
            }
        }
    }
    raw
}

#[cfg(test)]
mod tests {
    use super::super::printed::{PrintedBlock, PrintedLine, PrintedWord};
    use super::*;

    #[test]
    fn places_are_pixels_of_the_drawn_page() {
        let word = PrintedWord {
            text: "R&D".to_owned(),
            edges: [0.0, 84.2, 210.5, 421.0],
            letters: None,
        };
        let line = PrintedLine { words: vec![word] };
        let page = lay_out(&PrintedPage {
            size: [421.0, 842.0],
            blocks: vec![PrintedBlock {
                flow: 0,
                lines: vec![line],
            }],
        });
        assert_eq!(page.size, [1754, PAGE_PIXELS]);
        let word = page.words().next().unwrap();
        assert_eq!((word.text.as_str(), word.bbox), ("R&D", [0, 350, 877, 1754]));
    }
}
