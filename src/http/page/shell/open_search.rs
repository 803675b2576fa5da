//! The description of the search for browsers, which can then search from their address bar (OpenSearch 1.1).

use maud::{PreEscaped, html};

use super::asset::ICON;
use super::frame::Frame;

/// The path of the description.
pub(crate) const PATH: &str = "/opensearch.xml";

/// The media type of the description.
pub(crate) const MEDIA_TYPE: &str = "application/opensearchdescription+xml";

/// Returns the description for a service that is asked at `origin` (`https://vankien.example.vn`). The addresses in it are
/// whole, because a browser keeps it apart from its page.
pub(crate) fn description(frame: &Frame, origin: &str) -> String {
    let strings = frame.strings();
    let whole = |path: &str| format!("{origin}{path}");
    // The braces stay as they are: a browser puts the words in their place.
    let search = frame.url::<&str, &str>("/", &[]);
    let mark = if search.contains('?') { '&' } else { '?' };
    let template = format!("{}{mark}q={{searchTerms}}", whole(&search));
    let icon = whole(&format!("{}/assets/{}", frame.base, ICON.name));
    let description = html! {
        (PreEscaped(r#"<?xml version="1.0" encoding="UTF-8"?>"#)) "\n"
        OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/" {
            ShortName { "vankien" }
            Description { (strings.about) }
            Language { (frame.lang.code()) }
            InputEncoding { "UTF-8" }
            Image type=(ICON.media_type) { (icon) }
            Url type="text/html" method="get" template=(template) {}
        }
    };
    description.into_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_description_has_whole_addresses_in_the_language_of_the_page() {
        let xml = description(&Frame::new("/vankien", PATH, "lang=en"), "https://example.vn");
        for part in [
            "template=\"https://example.vn/vankien?lang=en&amp;q={searchTerms}\"",
            "<Image type=\"image/svg+xml\">https://example.vn/vankien/assets/icon.",
            "<Language>en</Language>",
        ] {
            assert!(xml.contains(part), "`{part}` is missing in {xml}");
        }
        let xml = description(&Frame::new("", PATH, ""), "http://localhost:7700");
        assert!(
            xml.contains("template=\"http://localhost:7700/?q={searchTerms}\""),
            "{xml}"
        );
    }
}
