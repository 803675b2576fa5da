//! Reads ALTO: `Page`, `TextBlock`, `TextLine`, `String` with its place and confidence.
//!
//! Source: ALTO of the Library of Congress, versions 2 to 4: `MeasurementUnit`, `HPOS` `VPOS` `WIDTH` `HEIGHT`,
//! `CONTENT`, `WC`, `SUBS_CONTENT`, `HYP`.

use super::error::ErrorKind;
use super::facsimile::{RawPage, RawWord};
use super::markup::{Element, Markup, MarkupEvent};

/// Units of places other than pixels, as a fraction of an inch. They are converted to pixels at [`RESOLUTION`].
const UNITS: [(&str, f32); 2] = [("mm10", 1.0 / 254.0), ("inch1200", 1.0 / 1200.0)];

/// Pixels in an inch of the image that a file in other units is assumed to describe: the resolution at which party
/// offices scan.
const RESOLUTION: f32 = 300.0;

/// Reads the pages of an ALTO file.
///
/// # Errors
/// [`ErrorKind::Markup`].
pub(super) fn read(text: &str) -> Result<Vec<RawPage>, ErrorKind> {
    let mut markup = Markup::of(text);
    let mut pages: Vec<RawPage> = Vec::new();
    let mut scale = 1.0;
    let mut in_unit = false;
    // True if the first part of a word that a line end divides carries the whole word.
    let mut joined = false;
    while let Some(step) = markup.next()? {
        let element = match step {
            MarkupEvent::Open(element) => element,
            MarkupEvent::Text(unit) => {
                if let Some((_, inch)) = UNITS.iter().find(|(name, _)| in_unit && unit.trim() == *name) {
                    scale = inch * RESOLUTION;
                }
                continue;
            }
            MarkupEvent::Close => {
                in_unit = false;
                continue;
            }
        };
        in_unit = element.name() == "MeasurementUnit";
        if element.name() == "Page" {
            let side = |name| (element.number(name).unwrap_or(0.0) * scale) as u32;
            pages.push(RawPage {
                size: [side("WIDTH"), side("HEIGHT")],
                ..RawPage::default()
            });
        }
        let Some(page) = pages.last_mut() else { continue };
        match element.name() {
            "TextBlock" => page.begin_paragraph(),
            "TextLine" => page.begin_line(),
            "String" => {
                joined = element.attribute("SUBS_CONTENT").is_some();
                if let Some(word) = string(&element, scale) {
                    page.push(&word);
                }
            }
            "HYP" if !joined => hyphenate(page, &element),
            _ => {}
        }
    }
    Ok(pages)
}

/// Reads a `String`. The whole of a word that a line end divides is at the place of its first part.
fn string(element: &Element<'_>, scale: f32) -> Option<RawWord> {
    let whole = element.attribute("SUBS_CONTENT");
    if whole.is_some() && element.attribute("SUBS_TYPE").as_deref() == Some("HypPart2") {
        return None;
    }
    let at = |name| element.number(name).unwrap_or(0.0).max(0.0) * scale;
    let (left, top) = (at("HPOS"), at("VPOS"));
    let edges = [left, top, left + at("WIDTH"), top + at("HEIGHT")];
    Some(RawWord {
        text: whole.or_else(|| element.attribute("CONTENT"))?,
        bbox: edges.map(|edge| edge as u32),
        confidence: element.number("WC").map(|confidence| confidence.clamp(0.0, 1.0)),
        letters: None,
        raised: None,
    })
}

/// Appends the hyphen at the end of a line to the word before it.
fn hyphenate(page: &mut RawPage, hyphen: &Element<'_>) {
    let line = page.paragraphs.last_mut().and_then(|paragraph| paragraph.last_mut());
    if let Some(word) = line.and_then(|line| line.last_mut()) {
        word.text
            .push_str(hyphen.attribute("CONTENT").as_deref().unwrap_or("-"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::facsimile::{JoinedPages, join_pages};

    /// One page in `unit` with two words and a divided one.
    fn page(unit: &str) -> String {
        format!(
            "<?xml version='1.0'?><alto xmlns='http://www.loc.gov/standards/alto/ns-v3#'>
            <Description><MeasurementUnit>{unit}</MeasurementUnit></Description>
            <Layout><Page WIDTH='2540' HEIGHT='1200'><PrintSpace><ComposedBlock>
            <TextBlock><TextLine><String CONTENT='Nghị' HPOS='254' VPOS='10' WIDTH='254' HEIGHT='20' WC='0.5'/><SP/>
            <String CONTENT='quyết' HPOS='600' VPOS='10' WIDTH='100' HEIGHT='20'/></TextLine></TextBlock>
            <TextBlock><TextLine><String CONTENT='Thường' SUBS_TYPE='HypPart1' SUBS_CONTENT='Thườngvụ'/><HYP CONTENT='-'/></TextLine>
            <TextLine><String CONTENT='vụ' SUBS_TYPE='HypPart2' SUBS_CONTENT='Thườngvụ'/><String CONTENT='21-QĐÐ/'/><HYP CONTENT='-'/>
            </TextLine></TextBlock></ComposedBlock></PrintSpace></Page></Layout></alto>"
        )
    }

    #[test]
    fn words_have_their_place_in_pixels_whatever_the_unit() {
        for (unit, size, bbox) in [
            ("pixel", [2540, 1200], [254, 10, 508, 30]),
            ("mm10", [3000, 1417], [300, 11, 600, 35]),
            ("inch1200", [635, 300], [63, 2, 127, 7]),
        ] {
            let JoinedPages { text, facsimile, .. } = join_pages(&read(&page(unit)).unwrap());
            assert_eq!(text, "Nghị quyết\n\nThườngvụ\n21-QĐ/-\n");
            assert_eq!((facsimile.pages[0], facsimile.words[0].bbox), (size, bbox), "{unit}");
            assert_eq!(facsimile.words[0].confidence, Some(0.5));
            assert_eq!(facsimile.words[1].confidence, None);
        }
    }
}
