//! Untrusted text on a page: text of documents, and what people typed.

use maud::Render;

use crate::text::clean;

/// Untrusted text, rendered escaped and without control and direction characters, which could make a page show
/// something other than its text.
pub(crate) struct Untrusted<'t>(pub(crate) &'t str);

impl Render for Untrusted<'_> {
    fn render_to(&self, buffer: &mut String) {
        clean(self.0).as_ref().render_to(buffer);
    }
}

/// Removes the same characters from a text of several lines, but keeps the line breaks.
pub(crate) fn lines(text: &str) -> String {
    let lines: Vec<_> = text.lines().map(clean).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use maud::html;

    use super::*;

    #[test]
    fn untrusted_text_can_neither_be_markup_nor_change_the_direction() {
        let shown = html! { p title=(Untrusted("\"><x")) { (Untrusted("<script>\u{202e}alert(1)</script>\u{7}")) } };
        assert_eq!(
            shown.into_string(),
            "<p title=\"&quot;&gt;&lt;x\">&lt;script&gt;alert(1)&lt;/script&gt;</p>"
        );
    }
}
