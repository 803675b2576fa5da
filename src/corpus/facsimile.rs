//! The paper of a text: the place of each word on its page, and the confidence of the OCR in it.

use serde::{Deserialize, Serialize};

use crate::text::{Encoding, SourceLetters, Span};

/// The pages that a text was read from, and the place of its words on them; empty for plain text.
///
/// Places are in pixels from the upper left corner of the page. For an image they are its own pixels; for the output of
/// another OCR, those of the image that it read; for a page of a PDF, those of the page drawn so that its longer side
/// has [`PAGE_PIXELS`](super::PAGE_PIXELS).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Facsimile {
    /// Width and height of each page, in order.
    pub pages: Vec<[u32; 2]>,
    /// The words of the text, in order.
    pub words: Vec<PlacedWord>,
}

/// A word on its page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlacedWord {
    /// Its bytes in the text, with adjacent punctuation.
    pub span: Span,
    /// Its page, from 1.
    pub page: usize,
    /// Left, upper, right and lower edge, in pixels of the page.
    pub bbox: [u32; 4],
    /// Confidence of the OCR, 0 to 1; `None` if it reports none, and for text that no OCR has read.
    pub confidence: Option<f32>,
}

/// The place of one line of text on paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct LineBox {
    /// Its page, from 1.
    pub page: usize,
    /// Left, upper, right and lower edge, in pixels of the page.
    pub bbox: [u32; 4],
    /// Width and height of the page in the same pixels.
    pub page_size: [u32; 2],
}

impl Facsimile {
    /// Returns the words that share a byte with `span`.
    #[must_use]
    pub fn within(&self, span: Span) -> &[PlacedWord] {
        let first = self.words.partition_point(|word| word.span.end <= span.start);
        let last = self.words.partition_point(|word| word.span.start < span.end);
        self.words.get(first..last).unwrap_or(&[])
    }

    /// Returns the words for which the OCR reports a confidence, with that confidence; in order.
    pub fn confidences(&self) -> impl Iterator<Item = (Span, f32)> {
        self.words.iter().filter_map(|word| Some((word.span, word.confidence?)))
    }

    /// Returns one box for each line of `spans` of `text`, the text of this facsimile. Lines without words have no box.
    #[must_use]
    pub fn boxes(&self, text: &str, spans: &[Span]) -> Vec<LineBox> {
        let mut boxes: Vec<LineBox> = Vec::new();
        let mut before: Option<&PlacedWord> = None;
        for word in spans.iter().flat_map(|&span| self.within(span)) {
            let same_line = before.is_some_and(|before| {
                before.page == word.page && !Span::new(before.span.end, word.span.start).slice(text).contains('\n')
            });
            match boxes.last_mut() {
                Some(line) if same_line => line.bbox = cover(line.bbox, word.bbox),
                _ => boxes.push(LineBox {
                    page: word.page,
                    bbox: word.bbox,
                    page_size: self.pages.get(word.page - 1).copied().unwrap_or_default(),
                }),
            }
            before = Some(word);
        }
        boxes
    }

    /// Returns the mean confidence of the words in `spans`, 0 to 1, or `None` if no word has one.
    #[must_use]
    pub fn confidence(&self, spans: &[Span]) -> Option<f32> {
        let words = spans.iter().flat_map(|&span| self.within(span));
        let (count, sum) = words
            .filter_map(|word| word.confidence)
            .fold((0_u32, 0.0), |(count, sum), confidence| {
                (count + 1, sum + f64::from(confidence))
            });
        (count > 0).then(|| (sum / f64::from(count)) as f32)
    }
}

/// Returns the smallest box that covers both.
fn cover(one: [u32; 4], other: [u32; 4]) -> [u32; 4] {
    [
        one[0].min(other[0]),
        one[1].min(other[1]),
        one[2].max(other[2]),
        one[3].max(other[3]),
    ]
}

/// A page as read from a file, before its words have a place in a text.
#[derive(Debug, Default)]
pub(super) struct RawPage {
    /// Width and height in pixels; zeros if the file does not say.
    pub(super) size: [u32; 2],
    /// Paragraphs in reading order, each a list of lines of words.
    pub(super) paragraphs: Vec<Vec<Vec<RawWord>>>,
}

/// A word as read from a file.
#[derive(Clone, Debug, Default)]
pub(super) struct RawWord {
    /// Its chars.
    pub(super) text: String,
    /// Left, upper, right and lower edge in pixels.
    pub(super) bbox: [u32; 4],
    /// Confidence of the OCR, 0 to 1.
    pub(super) confidence: Option<f32>,
    /// Its letters in the file, and their encoding, if `text` is converted from them.
    pub(super) letters: Option<(Encoding, String)>,
    /// A part of `text` that is small and above the line: bytes from its end, the first and the last.
    pub(super) raised: Option<[usize; 2]>,
}

impl RawPage {
    /// Starts a paragraph, unless the last one is still empty.
    pub(super) fn begin_paragraph(&mut self) {
        if self.paragraphs.last().is_none_or(|paragraph| !paragraph.is_empty()) {
            self.paragraphs.push(Vec::new());
        }
    }

    /// Starts a line of the last paragraph.
    pub(super) fn begin_line(&mut self) {
        if self.paragraphs.is_empty() {
            self.begin_paragraph();
        }
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.push(Vec::new());
        }
    }

    /// Adds a word to the last line. A word that contains blanks is added as several words at one place.
    ///
    /// Tesseract's Vietnamese model knows Đ by two code points and often writes both ("QĐÐ" for QĐ), in every output
    /// format. No word has two of them in a row, so one is dropped.
    pub(super) fn push(&mut self, word: &RawWord) {
        if self.paragraphs.last().is_none_or(Vec::is_empty) {
            self.begin_line();
        }
        let line = self.paragraphs.last_mut().and_then(|paragraph| paragraph.last_mut());
        if let Some(line) = line {
            line.extend(word.text.split_whitespace().map(|text| RawWord {
                // Of a word with blanks it is not known which part was raised.
                raised: word.raised.filter(|_| text.len() == word.text.len()),
                text: text.replace("ĐÐ", "Đ").replace("ÐĐ", "Đ"),
                ..word.clone()
            }));
        }
    }

    /// Returns its words, in order.
    pub(super) fn words(&self) -> impl Iterator<Item = &RawWord> {
        self.paragraphs.iter().flatten().flatten()
    }
}

/// The text of pages, and what is known about it.
#[derive(Debug, Default)]
pub(super) struct JoinedPages {
    /// The text.
    pub(super) text: String,
    /// The place of each word.
    pub(super) facsimile: Facsimile,
    /// The letters in the file of words that are converted.
    pub(super) letters: SourceLetters,
    /// The raised letters ([`Structure::raised`](crate::text::Structure::raised)).
    pub(super) raised: Vec<Span>,
}

/// Joins `pages` into one text; records the place of each word, and its letters in the file where it is converted.
///
/// Words are separated by one blank. Each line on paper is a line of text, an empty line separates paragraphs, and a
/// form feed separates pages.
pub(super) fn join_pages(pages: &[RawPage]) -> JoinedPages {
    let JoinedPages {
        mut text,
        mut facsimile,
        mut letters,
        mut raised,
    } = JoinedPages::default();
    for (index, page) in pages.iter().enumerate() {
        if index > 0 {
            text.push('\u{c}');
        }
        // A file that gives no size, or too small a one, still gets a page that holds all its words.
        let mut size = page.size;
        let mut first = true;
        for paragraph in &page.paragraphs {
            // Paragraphs without words (pictures, rules) leave no empty line.
            let lines = paragraph.iter().filter(|line| !line.is_empty());
            for (number, line) in lines.enumerate() {
                if number == 0 && !first {
                    text.push('\n');
                }
                first = false;
                for (at, word) in line.iter().enumerate() {
                    if at > 0 {
                        text.push(' ');
                    }
                    let start = text.len();
                    text.push_str(&word.text);
                    if let Some((encoding, written)) = &word.letters {
                        letters.push(start, &word.text, *encoding, written);
                    }
                    if let Some([first, last]) = word.raised {
                        raised.push(Span::new(text.len() - first, text.len() - last));
                    }
                    size = [size[0].max(word.bbox[2]), size[1].max(word.bbox[3])];
                    facsimile.words.push(PlacedWord {
                        span: Span::new(start, text.len()),
                        page: index + 1,
                        bbox: word.bbox,
                        confidence: word.confidence,
                    });
                }
                text.push('\n');
            }
        }
        facsimile.pages.push(size);
    }
    JoinedPages {
        text,
        facsimile,
        letters,
        raised,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw_word(text: &str, left: u32, confidence: f32) -> RawWord {
        RawWord {
            text: text.to_owned(),
            bbox: [left, 10, left + 8, 20],
            confidence: Some(confidence),
            letters: None,
            raised: None,
        }
    }

    #[test]
    fn lines_paragraphs_and_pages_are_kept_and_words_are_found_again() {
        let mut one = RawPage::default();
        one.push(&raw_word("Đảng", 0, 1.0));
        one.push(&raw_word("bộ  thành", 10, 0.5));
        one.begin_line();
        one.push(&raw_word("phố", 0, 0.9));
        one.begin_paragraph();
        one.begin_line();
        one.begin_line();
        one.push(&raw_word("2025", 0, 0.8));
        let mut two = RawPage::default();
        two.push(&raw_word("Kết", 5, 0.7));
        let JoinedPages { text, facsimile, .. } = join_pages(&[one, RawPage::default(), two]);
        assert_eq!(text, "Đảng bộ thành\nphố\n\n2025\n\u{c}\u{c}Kết\n");
        let words: Vec<&str> = facsimile.words.iter().map(|word| word.span.slice(&text)).collect();
        assert_eq!(words, ["Đảng", "bộ", "thành", "phố", "2025", "Kết"]);
        assert_eq!(facsimile.pages, [[18, 20], [0, 0], [13, 20]]);
        let boxes = facsimile.boxes(&text, &[Span::new(0, text.len())]);
        let shape: Vec<(usize, [u32; 4])> = boxes.iter().map(|line| (line.page, line.bbox)).collect();
        assert_eq!(
            shape,
            [
                (1, [0, 10, 18, 20]),
                (1, [0, 10, 8, 20]),
                (1, [0, 10, 8, 20]),
                (3, [5, 10, 13, 20])
            ]
        );
        assert_eq!(facsimile.confidence(&[facsimile.words[5].span]), Some(0.7));
        assert_eq!(facsimile.confidence(&[]), None);
    }
}
