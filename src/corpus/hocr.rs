//! Reads hOCR: `ocr_page`, paragraphs, lines and `ocrx_word` with `bbox` and `x_wconf`; `ocrx_cinfo` with `x_bboxes`, the
//! places of the chars of a word, for what is raised.
//!
//! Source: hOCR 1.2 (Breuel, Baierer): sections 4 and 5 for the classes, 6 for the properties.
//! Tesseract adds `x_size`, the height of a line from the lowest to the highest letter, and gives `baseline` from the
//! lower left corner of the line.

use std::ops::Range;

use super::error::ErrorKind;
use super::facsimile::{RawPage, RawWord};
use super::markup::{Element, Markup, MarkupEvent};

/// The role of an element, by the first of its classes that has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ElementRole {
    Page,
    Paragraph,
    Line,
    Word,
    Char,
    /// An element that is not needed.
    Other,
}

/// The roles of the classes. Tesseract gives a line of a title or a caption a class of its own.
const ROLES: [(&str, ElementRole); 10] = [
    ("ocr_page", ElementRole::Page),
    ("ocr_carea", ElementRole::Paragraph),
    ("ocr_par", ElementRole::Paragraph),
    ("ocr_line", ElementRole::Line),
    ("ocrx_line", ElementRole::Line),
    ("ocr_header", ElementRole::Line),
    ("ocr_caption", ElementRole::Line),
    ("ocr_textfloat", ElementRole::Line),
    ("ocrx_word", ElementRole::Word),
    ("ocrx_cinfo", ElementRole::Char),
];

/// An open element with its role; place and confidence are its own or those of the element around it.
#[derive(Clone, Copy)]
struct OpenElement {
    role: ElementRole,
    bbox: [u32; 4],
    confidence: Option<f32>,
    baseline: Option<Baseline>,
}

/// The baseline of a line: where the letters stand.
#[derive(Clone, Copy)]
struct Baseline {
    /// Its slope, downwards.
    slope: f32,
    /// Left edge of the line, and the pixels from the top of the page to the baseline there.
    origin: [f32; 2],
    /// Pixels from the lowest to the highest letter.
    size: f32,
}

/// The least height above the baseline at which a letter is raised, and the greatest height of its own, both as shares of
/// [`Baseline::size`]. Raised numbers of word processors stand at 0.24 to 0.3 and are 0.45 high; a letter without descender
/// stands at 0, and a small one is 0.6 high.
const RAISED: [f32; 2] = [0.2, 0.62];

impl Baseline {
    /// Returns true if what fills `bbox` is small and stands above the line.
    fn is_below(&self, bbox: [u32; 4]) -> bool {
        let [left, top, right, bottom] = bbox.map(|edge| edge as f32);
        let here = self.origin[1] + self.slope * (f32::midpoint(left, right) - self.origin[0]);
        here - bottom > RAISED[0] * self.size && bottom - top < RAISED[1] * self.size
    }
}

/// Reads the pages of an hOCR file.
///
/// # Errors
/// [`ErrorKind::Markup`].
pub(super) fn read(text: &str) -> Result<Vec<RawPage>, ErrorKind> {
    let mut markup = Markup::of(text);
    let mut pages: Vec<RawPage> = Vec::new();
    let mut open: Vec<OpenElement> = Vec::new();
    let mut word = String::new();
    // The bytes of the chars of the word that are raised, one range for each.
    let mut raised: Vec<Range<usize>> = Vec::new();
    while let Some(step) = markup.next()? {
        let inside = |role| open.iter().any(|around| around.role == role);
        match step {
            MarkupEvent::Open(element) => {
                let begun = begin(&element, open.last());
                match begun.role {
                    ElementRole::Page => pages.push(RawPage {
                        size: [begun.bbox[2], begun.bbox[3]],
                        ..RawPage::default()
                    }),
                    ElementRole::Paragraph => page_of(&mut pages).begin_paragraph(),
                    ElementRole::Line => page_of(&mut pages).begin_line(),
                    ElementRole::Word => {
                        word.clear();
                        raised.clear();
                    }
                    ElementRole::Char | ElementRole::Other => {}
                }
                open.push(begun);
            }
            // Blanks between the elements of chars are no part of the word.
            MarkupEvent::Text(text) if inside(ElementRole::Word) && text.trim().is_empty() => {}
            MarkupEvent::Text(text) if inside(ElementRole::Word) => {
                let start = word.len();
                word.push_str(&text);
                let char = open.last().filter(|around| around.role == ElementRole::Char);
                if char.is_some_and(|char| char.baseline.is_some_and(|baseline| baseline.is_below(char.bbox))) {
                    raised.push(start..word.len());
                }
            }
            // Programs that do not mark words write the text of a line directly into it.
            MarkupEvent::Text(text) if inside(ElementRole::Line) => {
                if let Some(around) = open.last() {
                    page_of(&mut pages).push(&raw_word(&text, around));
                }
            }
            MarkupEvent::Text(_) => {}
            MarkupEvent::Close => {
                if let Some(ended) = open.pop().filter(|ended| ended.role == ElementRole::Word) {
                    page_of(&mut pages).push(&RawWord {
                        raised: raised_mark(&word, &raised),
                        ..raw_word(&word, &ended)
                    });
                }
            }
        }
    }
    Ok(pages)
}

/// Returns the current page; words before the first page get a page of their own.
fn page_of(pages: &mut Vec<RawPage>) -> &mut RawPage {
    if pages.is_empty() {
        pages.push(RawPage::default());
    }
    let last = pages.len() - 1;
    &mut pages[last]
}

/// Reads the role of `element` and the properties in its `title`: `bbox 472 293 538 334; x_wconf 96`.
fn begin(element: &Element<'_>, around: Option<&OpenElement>) -> OpenElement {
    let classes = element.attribute("class").unwrap_or_default();
    let role = ROLES
        .iter()
        .find(|(class, _)| classes.split_whitespace().any(|given| given == *class));
    let mut begun = OpenElement {
        role: role.map_or(ElementRole::Other, |(_, role)| *role),
        bbox: around.map_or([0; 4], |around| around.bbox),
        confidence: around.and_then(|around| around.confidence),
        baseline: around.and_then(|around| around.baseline),
    };
    let (mut baseline, mut size) = (None, None);
    let title = element.attribute("title").unwrap_or_default();
    for property in title.split(';') {
        let mut values = property.split_whitespace();
        let name = values.next();
        let numbers: Vec<f32> = values.map_while(|value| value.parse().ok()).collect();
        match (name, &numbers[..]) {
            (Some("baseline"), &[slope, offset]) => baseline = Some([slope, offset]),
            (Some("x_size"), &[pixels]) => size = Some(pixels),
            (Some("bbox" | "x_bboxes"), &[left, top, right, bottom]) => {
                begun.bbox = [left, top, right, bottom].map(|edge| edge as u32)
            }
            (Some("x_wconf"), &[percent, ..]) => begun.confidence = Some((percent / 100.0).clamp(0.0, 1.0)),
            _ => {}
        }
    }
    if let (Some([slope, offset]), Some(size)) = (baseline, size) {
        let [left, _, _, bottom] = begun.bbox.map(|edge| edge as f32);
        let origin = [left, bottom + offset];
        begun.baseline = Some(Baseline { slope, origin, size });
    }
    begun
}

/// Returns the raised mark of a note in `word`, as [`RawWord::raised`] has it: the first run of chars of which each is
/// raised, none is a letter or a separator of a symbol, and not all are quotes, which are printed as high as a mark.
fn raised_mark(word: &str, raised: &[Range<usize>]) -> Option<[usize; 2]> {
    let is_mark =
        |char: char| !char.is_alphabetic() && !matches!(char, '-' | '–' | '/' | '.' | ',' | ';' | ':' | '(' | ')');
    let is_quote = |char: char| matches!(char, '"' | '“' | '”' | '\'' | '‘' | '’');
    let marks: Vec<&Range<usize>> = raised
        .iter()
        .filter(|range| {
            word.get((*range).clone())
                .is_some_and(|chars| chars.chars().all(is_mark))
        })
        .collect();
    let runs = marks.chunk_by(|one, other| one.end == other.start);
    let mut runs = runs.map(|run| run[0].start..run[run.len() - 1].end);
    let run = runs.find(|run| !word[run.clone()].chars().all(is_quote))?;
    Some([word.len() - run.start, word.len() - run.end])
}

/// A word with the place and confidence of `around`.
fn raw_word(text: &str, around: &OpenElement) -> RawWord {
    RawWord {
        text: text.to_owned(),
        bbox: around.bbox,
        confidence: around.confidence,
        letters: None,
        raised: None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::corpus::alto;
    use crate::corpus::facsimile::{JoinedPages, join_pages};
    use crate::text::Span;

    #[test]
    fn words_lines_and_pages_are_read_also_from_loose_html() {
        let text = "<html><head><meta name='ocr-system' content='x'><body>
            <div class='ocr_page' title='image \"a.png\"; bbox 0 0 800 600'>
            <p class=ocr_par><span class='ocr_line' title='bbox 10 20 90 40'>
            <span class='ocrx_word' title='bbox 10 20 40 40; x_wconf 96'><strong>Quy&#7871;t</strong></span>
            <span class='ocrx_word' title='bbox 50 20 90 40; x_wconf 41'>21-Q&ETH;</span></span>
            <span class='ocr_textfloat'><span class='ocrx_word' title='bbox 1.5 2 3 4'>QĐÐ/ĐÐU</span></span>
            <p class='ocr_par'><span class='ocr_line' title='bbox 5 6 7 8'>dòng  không từ</span>
            </div><div class='ocr_page' title='bbox 0 0 10 10'></div></body></html>";
        let pages = read(text).unwrap();
        let JoinedPages {
            text: set, facsimile, ..
        } = join_pages(&pages);
        assert_eq!(set, "Quyết 21-QÐ\nQĐ/ĐU\n\ndòng không từ\n\u{c}");
        assert_eq!(facsimile.pages, [[800, 600], [10, 10]]);
        let places: Vec<([u32; 4], Option<f32>)> = facsimile
            .words
            .iter()
            .map(|word| (word.bbox, word.confidence))
            .collect();
        assert_eq!(places[0], ([10, 20, 40, 40], Some(0.96)));
        assert_eq!(places[1], ([50, 20, 90, 40], Some(0.41)));
        assert_eq!(places[2], ([1, 2, 3, 4], None));
        assert_eq!(places[3], ([5, 6, 7, 8], None));
    }

    /// Parts of markup, well-formed and not.
    const PIECES: [&str; 24] = [
        "<html>",
        "<div class='ocr_page' title='bbox 0 0 9 9'>",
        "<p class=ocr_par title=\"bbox -1 1e30 NaN x; x_wconf -5\">",
        "<span class='ocr_line ocrx_word' title='bbox 1 2'>",
        "<span class='ocrx_word' title='x_wconf 1e9;bbox 99999999999 2 3 4'>",
        "</span>",
        "</div>",
        "</p>",
        "<br>",
        "<br/>",
        "<alto>",
        "<MeasurementUnit>mm10</MeasurementUnit>",
        "<Page WIDTH='-1' HEIGHT='1e39'>",
        "<TextLine>",
        "<String CONTENT='Đảng\u{c} bộ' HPOS='-7' WIDTH='1e20' WC='7'/>",
        "<HYP/>",
        "<String SUBS_CONTENT='' SUBS_TYPE='HypPart1'>",
        "&ETH;&#0;&#x110000;&bad;&",
        "<![CDATA[ x ]]>",
        "<!DOCTYPE html>",
        "<?xml version='1.0' encoding='UTF-16'?>",
        "\u{feff}",
        " Đảng bộ ",
        "<",
    ];

    proptest! {
        #[test]
        fn any_markup_is_read_or_refused(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..40)) {
            let text = pieces.concat();
            for pages in [read(&text), alto::read(&text)].into_iter().flatten() {
                let JoinedPages { text: set, facsimile, .. } = join_pages(&pages);
                let mut at = 0;
                for word in &facsimile.words {
                    prop_assert!(at <= word.span.start && !word.span.slice(&set).is_empty());
                    prop_assert!(!word.span.slice(&set).contains(char::is_whitespace));
                    prop_assert!(word.confidence.is_none_or(|confidence| (0.0..=1.0).contains(&confidence)));
                    at = word.span.end;
                }
                prop_assert!(facsimile.boxes(&set, &[Span::new(0, set.len())]).len() <= facsimile.words.len());
            }
        }

        #[test]
        fn any_string_is_read_or_refused(text in "(?s)<.{0,80}") {
            let _ = (read(&text), alto::read(&text));
        }
    }
}
