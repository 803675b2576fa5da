//! Words in letters from before Unicode: told by the fonts of the PDF, otherwise by the text.
//!
//! A PDF that was printed from text in `.VnTime` holds the letters of that font (`®¶ng bé`). `pdffonts` says which fonts
//! a file has, `pdftohtml` which words are set in them. Where the names of fonts say nothing, the lines of a page do.
//! Files whose letters are all of Unicode run none of these programs.

use std::path::Path;

use super::super::markup::{Markup, MarkupEvent};
use super::poppler;
use super::printed::{PrintedLine, PrintedPage, PrintedWord};
use crate::text::{Encoding, LegacyFont, SyllableCost, converted_lines, may_be_legacy};

/// The most pairs of a word and a run on a page that are compared. A page of 5000 words has about 500 runs.
const MAX_PAIRS: usize = 50_000_000;

/// A run of text in one font, of the page that [`runs`] read it for.
#[derive(Debug)]
struct FontRun {
    /// Left, upper, right and lower edge in points.
    edges: [f32; 4],
    /// The font if it is one from before Unicode.
    font: Option<LegacyFont>,
}

/// Converts the words of `pages`, the pages of the PDF at `path`, that are in letters from before Unicode.
pub(super) fn convert(path: &Path, pages: &mut [PrintedPage], cost: SyllableCost<'_>) {
    let is_legacy = |line: &PrintedLine| line.words.iter().any(|word| may_be_legacy(&word.text));
    if !pages.iter().any(|page| page.lines().any(is_legacy)) {
        return;
    }
    // Without the programs, the text alone tells.
    if let Ok(fonts) = poppler::fonts(path)
        && fonts.lines().any(|font| LegacyFont::named(font).is_some())
        && let Ok(text) = poppler::runs(path)
    {
        let runs = runs(&text, &sizes(pages));
        for (page, runs) in pages.iter_mut().zip(runs) {
            convert_by_fonts(page, &runs, cost);
        }
    }
    convert_by_text(pages, cost);
}

/// Returns the sizes of `pages` in points.
fn sizes(pages: &[PrintedPage]) -> Vec<[f32; 2]> {
    pages.iter().map(|page| page.size).collect()
}

/// Reads the output of [`poppler::runs`]: the runs of text on pages of these sizes in points. What follows a damaged
/// place is missing.
fn runs(text: &str, sizes: &[[f32; 2]]) -> Vec<Vec<FontRun>> {
    let mut markup = Markup::of(text);
    let mut pages: Vec<Vec<FontRun>> = Vec::new();
    let mut fonts: Vec<(String, Option<LegacyFont>)> = Vec::new();
    let mut scale = [1.0; 2];
    while let Ok(Some(event)) = markup.next() {
        let MarkupEvent::Open(element) = event else { continue };
        let number = |name| element.number(name).unwrap_or(0.0);
        match element.name() {
            "page" => {
                let [width, height] = sizes.get(pages.len()).copied().unwrap_or_default();
                scale = [width / number("width").max(1.0), height / number("height").max(1.0)];
                pages.push(Vec::new());
            }
            "fontspec" => {
                let font = element
                    .attribute("family")
                    .and_then(|family| LegacyFont::named(&family));
                fonts.push((element.attribute("id").unwrap_or_default(), font));
            }
            "text" => {
                let id = element.attribute("font").unwrap_or_default();
                // Ids are given in order from 0, so that the place is the id but in damaged files.
                let place = id.parse::<usize>().ok().and_then(|place| fonts.get(place));
                let font = place.filter(|(known, _)| *known == id).and_then(|(_, font)| *font);
                let [x, y] = scale;
                let (left, upper) = (number("left") * x, number("top") * y);
                if let Some(page) = pages.last_mut() {
                    page.push(FontRun {
                        edges: [left, upper, left + number("width") * x, upper + number("height") * y],
                        font,
                    });
                }
            }
            _ => {}
        }
    }
    pages
}

/// Converts the words of `page` that are set in fonts from before Unicode.
fn convert_by_fonts(page: &mut PrintedPage, runs: &[FontRun], cost: SyllableCost<'_>) {
    let words: usize = page.lines().map(|line| line.words.len()).sum();
    if runs.iter().all(|run| run.font.is_none()) || words.saturating_mul(runs.len()) > MAX_PAIRS {
        return;
    }
    for line in page.lines_mut() {
        let mut rest = line.words.as_mut_slice();
        // Words in one font are converted together: those around a word tell if it is in capitals.
        while let Some(first) = rest.first() {
            let font = font_of(first, runs);
            let same = rest
                .iter()
                .take_while(|word| font_of(word, runs) == font)
                .count()
                .max(1);
            let (words, after) = rest.split_at_mut(same);
            if let Some(font) = font {
                let joined = joined(words);
                assign(words, font.encoding, &font.decode(&joined), font.capitals, cost);
            }
            rest = after;
        }
    }
}

/// Returns the font from before Unicode that `word` is set in: that of the run around its middle.
fn font_of(word: &PrintedWord, runs: &[FontRun]) -> Option<LegacyFont> {
    let middle = |edges: [f32; 4]| [f32::midpoint(edges[0], edges[2]), f32::midpoint(edges[1], edges[3])];
    let [x, y] = middle(word.edges);
    let is_around = |run: &&FontRun| {
        let [left, upper, right, lower] = run.edges;
        left <= x && x <= right && upper <= y && y <= lower
    };
    let distance = |run: &FontRun| (middle(run.edges)[1] - y).abs();
    let around = runs.iter().filter(is_around);
    around
        .min_by(|one, other| distance(one).total_cmp(&distance(other)))?
        .font
}

/// Converts the lines of `pages` that show by themselves that they are from before Unicode.
fn convert_by_text(pages: &mut [PrintedPage], cost: SyllableCost<'_>) {
    let lines = || pages.iter().flat_map(PrintedPage::lines);
    let is_open = |line: &PrintedLine| line.words.iter().all(|word| word.letters.is_none());
    let texts: Vec<String> = lines()
        .map(|line| {
            if is_open(line) {
                joined(&line.words)
            } else {
                String::new()
            }
        })
        .collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let converted = converted_lines(&texts, cost);
    for (line, converted) in pages.iter_mut().flat_map(PrintedPage::lines_mut).zip(converted) {
        if let Some(converted) = converted {
            assign(&mut line.words, converted.encoding, &converted.text, false, cost);
        }
    }
}

/// Returns the words with blanks between them.
fn joined(words: &[PrintedWord]) -> String {
    let words: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    words.join(" ")
}

/// Makes the words of `converted` the text of `words`, whose letters are in `encoding`; in `capitals` if true.
fn assign(words: &mut [PrintedWord], encoding: Encoding, converted: &str, capitals: bool, cost: SyllableCost<'_>) {
    let texts: Vec<&str> = converted.split(' ').collect();
    if texts.len() != words.len() {
        return;
    }
    for (word, text) in words.iter_mut().zip(texts) {
        let mut text = text.to_owned();
        if encoding == Encoding::Tcvn3
            && let Some(restored) = without_hyphens(&word.text, cost)
        {
            text = if capitals { restored.to_uppercase() } else { restored };
        }
        if text != word.text {
            let letters = std::mem::replace(&mut word.text, text);
            word.letters = Some((encoding, letters));
        }
    }
}

/// Converts `word` from TCVN3 where hyphens stand for its ư: the code page of fonts in PDFs (WinAnsi, ISO 32000-1, D.2)
/// has a hyphen at the byte of the soft hyphen, so poppler writes `th-îng`. `None` if no syllable comes out.
fn without_hyphens(word: &str, cost: SyllableCost<'_>) -> Option<String> {
    let mut restored = String::with_capacity(word.len());
    let mut is_restored = false;
    for part in word.split_inclusive(|char: char| char.is_ascii_punctuation() && char != '-') {
        let decode = |text: &str| Encoding::Tcvn3.decode(text, cost);
        let whole = part.contains('-').then(|| decode(&part.replace('-', "\u{ad}")));
        let is_syllable = |text: &String| {
            let letters = text.trim_matches(|char: char| !char.is_alphabetic());
            // Not `ư` alone, which a dash between words would be.
            letters.chars().nth(1).is_some() && cost(&letters.to_lowercase()).is_some()
        };
        let whole = whole.filter(is_syllable);
        is_restored |= whole.is_some();
        restored.push_str(&whole.unwrap_or_else(|| decode(part)));
    }
    is_restored.then_some(restored)
}

#[cfg(test)]
mod tests {
    use super::super::printed::PrintedBlock;
    use super::*;

    /// The syllables that the tests know.
    fn cost(word: &str) -> Option<f32> {
        let known = "đảng ủy xã thượng ương trung ưu trưởng phó bộ tỉnh quyết ư";
        known.split(' ').any(|known| known == word).then_some(1.0)
    }

    /// A page with one line; each word is ten points wide.
    fn page(words: &str) -> PrintedPage {
        let word = |(at, text): (usize, &str)| PrintedWord {
            text: text.to_owned(),
            edges: [at as f32 * 15.0, 100.0, at as f32 * 15.0 + 10.0, 110.0],
            letters: None,
        };
        let words = words.split(' ').enumerate().map(word).collect();
        PrintedPage {
            size: [600.0, 800.0],
            blocks: vec![PrintedBlock {
                lines: vec![PrintedLine { words }],
            }],
        }
    }

    /// The words of the page.
    fn text(page: &PrintedPage) -> String {
        page.lines().map(|line| joined(&line.words)).collect()
    }

    #[test]
    fn the_fonts_of_runs_tell_the_letters() {
        let xml = "<pdf2xml><page height=\"1600\" width=\"1200\"><fontspec id=\"0\" family=\"Times\"/>\
            <fontspec id=\"1\" family=\"ABCDEF+.VnTimeH\"/>\
            <text top=\"200\" left=\"0\" width=\"55\" height=\"20\" font=\"0\">§¶ng <b>x·</b></text>\
            <text top=\"200\" left=\"60\" width=\"200\" height=\"20\" font=\"1\">®¶ng</text></page></pdf2xml>";
        let mut page = page("§¶ng x· ®¶ng ñy th-îng xa");
        let runs = runs(xml, &sizes(std::slice::from_ref(&page)));
        convert_by_fonts(&mut page, &runs[0], &cost);
        assert_eq!(text(&page), "§¶ng x· ĐẢNG ỦY THƯỢNG XA");
        let words = &page.blocks[0].lines[0].words;
        assert_eq!(words[0].letters, None);
        assert_eq!(words[4].letters, Some((Encoding::Tcvn3, "th-îng".to_owned())));
    }

    #[test]
    fn lines_tell_their_letters_where_no_font_does() {
        let mut pages = [page("§¶ng bé tØnh, ®¶ng ñy x·"), page("Đảng bộ tỉnh")];
        convert_by_text(&mut pages, &cost);
        assert_eq!(text(&pages[0]), "Đảng bộ tỉnh, đảng ủy xã");
        assert_eq!(text(&pages[1]), "Đảng bộ tỉnh");
    }

    #[test]
    fn a_hyphen_is_a_letter_where_a_syllable_comes_out() {
        let rows = [
            ("th-îng", Some("thượng")),
            ("-¬ng,", Some("ương,")),
            ("tr-ëng/phã", Some("trưởng/phó")),
            ("27-KH/§U", None),
            ("2025-2030", None),
            ("-", None),
            ("x·-", None),
        ];
        for (word, expected) in rows {
            assert_eq!(without_hyphens(word, &cost).as_deref(), expected, "{word}");
        }
    }
}
