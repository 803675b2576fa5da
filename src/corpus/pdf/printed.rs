//! The printed pages of a PDF: its words with their places, as poppler finds them.
//!
//! `pdftotext -bbox-layout` writes pages, flows, blocks, lines and words. A flow is a column of text or a cell, a block
//! about a paragraph; a line of a table may be one line or several.

use super::super::error::ErrorKind;
use super::super::markup::{Element, Markup, MarkupEvent};
use crate::text::Encoding;

/// A page with the text that the PDF has for it.
#[derive(Debug, Default)]
pub(super) struct PrintedPage {
    /// Width and height in points, both at least 1.
    pub(super) size: [f32; 2],
    /// The blocks of its text, in the order of poppler.
    pub(super) blocks: Vec<PrintedBlock>,
}

/// A block of lines, about a paragraph.
#[derive(Debug, Default)]
pub(super) struct PrintedBlock {
    /// Its lines from top to bottom.
    pub(super) lines: Vec<PrintedLine>,
}

/// A line of words.
#[derive(Clone, Debug, Default)]
pub(super) struct PrintedLine {
    /// Its words from left to right.
    pub(super) words: Vec<PrintedWord>,
}

/// A word of a printed page.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct PrintedWord {
    /// Its chars.
    pub(super) text: String,
    /// Left, upper, right and lower edge in points. Upper and lower edge are those of the font, so the height is the
    /// size of the font times a factor of about 1.1 to 1.4 that is the same for all words in the font.
    pub(super) edges: [f32; 4],
    /// Its letters in the file, and their encoding, if `text` is converted from them.
    pub(super) letters: Option<(Encoding, String)>,
}

/// Points in an inch (ISO 32000-1, 8.3.2.3).
const POINTS: f32 = 72.0;

impl PrintedPage {
    /// Swaps its sides if that is how its words lie on it. Poppler states the size of the sheet, and the places of words
    /// on it as it is shown: turned, where the file says so (`/Rotate 90`; ISO 32000-1, 7.7.3.3).
    fn turn_as_shown(&mut self) {
        let words = self.blocks.iter().flat_map(|block| &block.lines);
        let words = words.flat_map(|line| &line.words);
        let [right, bottom] = words.fold([0.0_f32; 2], |[right, bottom], word| {
            [right.max(word.edges[2]), bottom.max(word.edges[3])]
        });
        let [width, height] = self.size;
        let fits = |width: f32, height: f32| right <= width && bottom <= height;
        if !fits(width, height) && fits(height, width) {
            self.size = [height, width];
        }
    }

    /// Returns the pixels to the inch where its longer side has `pixels`.
    pub(super) fn resolution(&self, pixels: u32) -> u32 {
        let [width, height] = self.size;
        (pixels as f32 * POINTS / width.max(height)).round() as u32
    }

    /// Returns its area in square inches.
    pub(super) fn area(&self) -> f32 {
        self.size.iter().map(|side| side / POINTS).product()
    }

    /// Returns its lines, in the order of its blocks.
    pub(super) fn lines(&self) -> impl Iterator<Item = &PrintedLine> {
        self.blocks.iter().flat_map(|block| &block.lines)
    }

    /// Returns its lines, in the order of its blocks.
    pub(super) fn lines_mut(&mut self) -> impl Iterator<Item = &mut PrintedLine> {
        self.blocks.iter_mut().flat_map(|block| &mut block.lines)
    }
}

impl PrintedWord {
    /// Adds the letters of `piece`, which belong to the same word.
    pub(super) fn push(&mut self, piece: &Self) {
        if self.letters.is_some() || piece.letters.is_some() {
            let written = |word: &Self| {
                word.letters
                    .as_ref()
                    .map_or_else(|| word.text.clone(), |(_, text)| text.clone())
            };
            let letters = written(self) + &written(piece);
            let encoding = self
                .letters
                .as_ref()
                .or(piece.letters.as_ref())
                .map(|(encoding, _)| *encoding);
            self.letters = encoding.map(|encoding| (encoding, letters));
        }
        self.text.push_str(&piece.text);
        let ([left, upper, right, lower], other) = (self.edges, piece.edges);
        self.edges = [
            left.min(other[0]),
            upper.min(other[1]),
            right.max(other[2]),
            lower.max(other[3]),
        ];
    }
}

/// Reads the output of [`words`](super::poppler::words).
///
/// # Errors
/// [`ErrorKind::Markup`].
pub(super) fn read(text: &str) -> Result<Vec<PrintedPage>, ErrorKind> {
    let mut markup = Markup::of(text);
    let mut pages: Vec<PrintedPage> = Vec::new();
    let mut word: Option<PrintedWord> = None;
    while let Some(step) = markup.next()? {
        match step {
            MarkupEvent::Open(element) if element.name() == "page" => {
                // At least one point, so that a page without a size divides nothing by zero.
                let side = |name| element.number(name).unwrap_or(0.0).max(1.0);
                pages.push(PrintedPage {
                    size: [side("width"), side("height")],
                    blocks: Vec::new(),
                });
            }
            MarkupEvent::Open(element) => {
                let Some(page) = pages.last_mut() else { continue };
                match element.name() {
                    "block" => page.blocks.push(PrintedBlock::default()),
                    "line" => {
                        if let Some(block) = page.blocks.last_mut() {
                            block.lines.push(PrintedLine::default());
                        }
                    }
                    "word" => word = Some(begin_word(&element)),
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
                let block = pages.last_mut().and_then(|page| page.blocks.last_mut());
                let line = block.and_then(|block| block.lines.last_mut());
                if let (Some(word), Some(line)) = (word.take(), line) {
                    line.words.push(word);
                }
            }
        }
    }
    pages.iter_mut().for_each(PrintedPage::turn_as_shown);
    Ok(pages)
}

/// A word at the place of `element`, without its text.
fn begin_word(element: &Element<'_>) -> PrintedWord {
    PrintedWord {
        edges: ["xMin", "yMin", "xMax", "yMax"].map(|edge| element.number(edge).unwrap_or(0.0)),
        ..PrintedWord::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turned_page_has_the_size_that_is_shown() {
        let page = |bottom: u32| {
            let text = format!(
                "<doc><page width=\"595\" height=\"300\"><flow><block><line>
                <word xMin=\"247\" yMin=\"85\" xMax=\"261\" yMax=\"{bottom}\">KẾT</word></line></block></flow></page></doc>"
            );
            read(&text).unwrap()[0].size
        };
        assert_eq!(page(299), [595.0, 300.0]);
        assert_eq!(page(301), [300.0, 595.0]);
        assert_eq!(page(596), [595.0, 300.0], "outside of both");
    }

    #[test]
    fn blocks_lines_and_words_have_their_places_in_points() {
        let text = "<doc><page width=\"421\" height=\"842\"><flow><block><line>
            <word xMin=\"0\" yMin=\"84.2\" xMax=\"210.5\" yMax=\"421\">R&amp;D</word></line></block></flow>
            <flow><block><line><word xMin=\"1\" yMin=\"2\" xMax=\"3\" yMax=\"4\">hai</word></line></block></flow>
            </page><page/></doc>";
        let pages = read(text).unwrap();
        assert_eq!(pages[0].size, [421.0, 842.0]);
        assert_eq!(pages[1].size, [1.0, 1.0]);
        let blocks = pages[0].blocks.iter().enumerate();
        let words: Vec<(usize, &str, [f32; 4])> = blocks
            .flat_map(|(block, printed)| printed.lines.iter().map(move |line| (block, line)))
            .flat_map(|(block, line)| {
                line.words
                    .iter()
                    .map(move |word| (block, word.text.as_str(), word.edges))
            })
            .collect();
        assert_eq!(
            words,
            [(0, "R&D", [0.0, 84.2, 210.5, 421.0]), (1, "hai", [1.0, 2.0, 3.0, 4.0])]
        );
    }
}
