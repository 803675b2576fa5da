//! The styles of a page, as far as they tell what is printed: bold, centered, hidden, capitals, fonts from before
//! Unicode.
//!
//! Word and CKEditor write styles into the elements, Google Docs into classes of the page's own style sheet
//! (`.c3{font-weight:700}`). Of a style sheet the rules for one element, class or id are read. Rules that depend on the
//! elements around, on the screen or on the mouse belong to the layout of a site and are not.
//!
//! Sources: CSS 2.1, 4.1 (syntax), 6.4 (cascade); CSS Syntax 3, 5.4; the properties of Word begin with `mso-`.

use std::collections::HashMap;

use super::dom::Element;
use crate::text::LegacyFont;

/// The least weight of a font that is bold, of 100 to 900.
const BOLD_WEIGHT: u32 = 600;

/// The most rules of a page that are read. Sites bring some thousand, documents some ten.
const MAX_RULES: usize = 20_000;

/// The most classes of an element that are looked up.
const MAX_CLASSES: usize = 16;

/// The style of an element; `None` for properties that are not stated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    /// True if its letters are bold.
    pub(super) bold: Option<bool>,
    /// True if its lines are centered.
    pub(super) centered: Option<bool>,
    /// True if it is not printed.
    pub(super) hidden: Option<bool>,
    /// True if its letters are printed as capitals.
    pub(super) capitals: Option<bool>,
    /// True if its line ends and blanks are printed as they are.
    pub(super) preformatted: Option<bool>,
    /// True if its list items have no labels.
    pub(super) unlabeled: Option<bool>,
    /// True if it is raised.
    pub(super) raised: Option<bool>,
    /// The encoding from before Unicode that its font draws.
    pub(super) font: Option<Option<LegacyFont>>,
}

/// The style sheet of a page.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// The styles by selector: `p`, `.c1`, `p.c1`, `#x`, in small letters.
    rules: HashMap<String, Style>,
}

impl Style {
    /// Returns the style whose properties are those of `self`, and where it states none, of `under`.
    pub(super) fn over(self, under: Self) -> Self {
        Self {
            bold: self.bold.or(under.bold),
            centered: self.centered.or(under.centered),
            hidden: self.hidden.or(under.hidden),
            capitals: self.capitals.or(under.capitals),
            preformatted: self.preformatted.or(under.preformatted),
            unlabeled: self.unlabeled.or(under.unlabeled),
            raised: self.raised.or(under.raised),
            font: self.font.or(under.font),
        }
    }

    /// Reads declarations: `text-align:center; font-family:".VnTime"`.
    pub(super) fn parse(declarations: &str) -> Self {
        let mut style = Self::default();
        for (name, value) in split_declarations(declarations) {
            style.declare(&name, value);
        }
        style
    }

    /// Adds a declaration.
    fn declare(&mut self, name: &str, value: &str) {
        let value = value.split('!').next().unwrap_or("").trim();
        let word = value.to_ascii_lowercase();
        match name {
            "font-weight" => {
                let is_bold = match word.parse::<u32>() {
                    Ok(weight) => weight >= BOLD_WEIGHT,
                    Err(_) => word.starts_with("bold"),
                };
                self.bold = (word != "inherit").then_some(is_bold);
            }
            "text-align" => self.centered = (word != "inherit").then_some(word.contains("center")),
            "display" => self.hidden = Some(word == "none"),
            "visibility" if word == "hidden" => self.hidden = Some(true),
            "mso-hide" if word == "all" => self.hidden = Some(true),
            "text-transform" => self.capitals = Some(word == "uppercase"),
            "font-variant" if word.contains("small-caps") => self.capitals = Some(true),
            "white-space" => self.preformatted = Some(word.starts_with("pre") && word != "pre-line"),
            "list-style" | "list-style-type" if word.split_whitespace().any(|word| word == "none") => {
                self.unlabeled = Some(true);
            }
            "vertical-align" => self.raised = Some(word == "super"),
            "font-family" => self.font = Some(font(value)),
            // The family ends the shorthand: `italic bold 12pt/30pt Georgia, serif`.
            "font" if word.split_whitespace().any(|word| word == "bold") => self.bold = Some(true),
            _ => {}
        }
    }
}

/// Returns the font from before Unicode that a list of families names.
pub(super) fn font(families: &str) -> Option<LegacyFont> {
    LegacyFont::named(families.split(',').next().unwrap_or(""))
}

/// Returns the value of a declaration among `declarations`.
pub(super) fn declared<'s>(declarations: &'s str, name: &str) -> Option<&'s str> {
    let mut found = split_declarations(declarations).filter(|(known, _)| known == name);
    found.next().map(|(_, value)| value)
}

/// Splits declarations into names in small letters and values.
fn split_declarations(declarations: &str) -> impl Iterator<Item = (String, &str)> {
    declarations.split(';').filter_map(|declaration| {
        let (name, value) = declaration.split_once(':')?;
        Some((name.trim().to_ascii_lowercase(), value.trim()))
    })
}

impl Sheet {
    /// Adds the rules of a `<style>` element.
    pub(super) fn add(&mut self, css: &str) {
        let css = without_comments(css);
        let mut rest = css.as_str();
        while let Some(open) = rest.find('{')
            && self.rules.len() < MAX_RULES
        {
            let (selectors, block) = rest.split_at(open);
            // A rule without a block (`@import "x";`) may stand before the selectors.
            let selectors = selectors.rsplit(';').next().unwrap_or("").trim();
            let end = block_end(block);
            let declarations = block.get(1..end).unwrap_or("");
            if !selectors.starts_with('@') {
                self.add_rule(selectors, declarations);
            }
            rest = block.get(end + 1..).unwrap_or("");
        }
    }

    /// Adds a rule for its simple selectors.
    fn add_rule(&mut self, selectors: &str, declarations: &str) {
        let style = Style::parse(declarations);
        if style == Style::default() {
            return;
        }
        for selector in selectors.split(',') {
            let selector = selector.trim().to_ascii_lowercase();
            let is_simple = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'#' | b'-' | b'_');
            if !selector.is_empty() && selector.bytes().all(is_simple) {
                let known = self.rules.entry(selector).or_default();
                *known = style.over(*known);
            }
        }
    }

    /// Returns the style of an element: of its `style`, its id, its classes, its name and its older attributes.
    pub(super) fn of(&self, element: &Element) -> Style {
        let inline = element.attribute("style").map(Style::parse).unwrap_or_default();
        let mut style = inline;
        if !self.rules.is_empty() {
            let mut add = |selector: &str| {
                if let Some(rule) = self.rules.get(selector) {
                    style = style.over(*rule);
                }
            };
            if let Some(id) = element.attribute("id") {
                add(&format!("#{}", id.to_ascii_lowercase()));
            }
            let classes = element.attribute("class").unwrap_or("").to_ascii_lowercase();
            for class in classes.split_whitespace().take(MAX_CLASSES) {
                add(&format!("{}.{class}", element.name()));
                add(&format!(".{class}"));
            }
            add(element.name());
        }
        style.over(of_attributes(element)).over(of_name(element.name()))
    }
}

/// Returns the style that the attributes of HTML 3.2 give an element.
fn of_attributes(element: &Element) -> Style {
    let align = element.attribute("align").filter(|_| element.name() != "table");
    Style {
        centered: align.map(|align| align.eq_ignore_ascii_case("center")),
        hidden: element.attribute("hidden").map(|_| true),
        font: element.attribute("face").map(font),
        ..Style::default()
    }
}

/// Returns the style that the name of an element gives it (HTML Living Standard, 15.3 "Non-replaced elements").
fn of_name(name: &str) -> Style {
    let mut style = Style::default();
    match name {
        "b" | "strong" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => style.bold = Some(true),
        "th" => (style.bold, style.centered) = (Some(true), Some(true)),
        "center" | "caption" => style.centered = Some(true),
        // The cells of a centered element are not.
        "table" => style.centered = Some(false),
        "pre" | "listing" | "xmp" | "plaintext" => style.preformatted = Some(true),
        "sup" => style.raised = Some(true),
        _ => {}
    }
    style
}

/// Returns the place of the `}` that ends the block at the beginning of `block`, or the last byte.
fn block_end(block: &str) -> usize {
    let mut depth = 0usize;
    for (at, byte) in block.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at;
                }
            }
            _ => {}
        }
    }
    block.len()
}

/// Returns `css` without comments, and without the marks of an HTML comment around it.
fn without_comments(css: &str) -> String {
    let mut kept = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        kept.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    kept.push_str(rest);
    kept.replace("<!--", "").replace("-->", "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::web::dom::{Dom, ROOT, Step};
    use crate::text::Encoding;

    /// The style of the last element of `text` under the style sheet `css`.
    fn style(css: &str, text: &str) -> Style {
        let mut sheet = Sheet::default();
        sheet.add(css);
        let dom = Dom::parse(text).unwrap();
        let opened = dom.walk(ROOT).filter_map(|step| match step {
            Step::Open(id) => dom.element(id),
            Step::Close(_) => None,
        });
        sheet.of(opened.last().unwrap())
    }

    #[test]
    fn classes_of_the_page_are_looked_up() {
        let css = "<!-- /* Fonts */ @font-face {font-family:\"VNI-Times\"} @media print { .a { display:none } }\n\
                   p.A, .b {font-weight:700;text-align:center} td p {font-weight:bold} .x:hover{display:none} -->";
        assert_eq!(style(css, "<p class='a'>").bold, Some(true));
        assert_eq!(style(css, "<span class='z b'>").centered, Some(true));
        assert_eq!(style(css, "<div class='a x'>"), Style::default());
        assert_eq!(
            style(css, "<p class='a' style='FONT-WEIGHT: normal'>").bold,
            Some(false)
        );
    }

    #[test]
    fn fonts_from_before_unicode_are_told() {
        let encoding = |text| style("", text).font.flatten().map(|font| font.encoding);
        assert_eq!(encoding("<font face='VNI-Times, Arial'>"), Some(Encoding::Vni));
        assert_eq!(
            encoding("<span style='font-family:\".VnTimeH\",serif'>"),
            Some(Encoding::Tcvn3)
        );
        assert_eq!(style("", "<font face=Arial>").font, Some(None));
        assert_eq!(style("", "<font size=2>").font, None);
    }

    #[test]
    fn what_is_hidden_or_centered() {
        assert_eq!(style("", "<span style='display:none!important'>").hidden, Some(true));
        assert_eq!(style("", "<span style='mso-hide:all'>").hidden, Some(true));
        assert_eq!(style("", "<p align=CENTER>").centered, Some(true));
        assert_eq!(style("", "<table align=center>").centered, Some(false));
        assert_eq!(
            declared("margin:0; mso-list:l0 level2 lfo1", "mso-list"),
            Some("l0 level2 lfo1")
        );
    }
}
