//! Text of documents and of people on a page: escaped, without what changes the direction of text.

use maud::Render;

use crate::text::clean;

/// Text that nobody vouches for: a document's, or what was typed.
///
/// Written without control and direction characters, which could make a page show something else than it holds.
pub(crate) struct Foreign<'t>(pub(crate) &'t str);

impl Render for Foreign<'_> {
    fn render_to(&self, buffer: &mut String) {
        clean(self.0).as_ref().render_to(buffer);
    }
}

/// The same of several lines, which stay lines.
pub(crate) fn lines(text: &str) -> String {
    let lines: Vec<_> = text.lines().map(clean).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use maud::html;

    use super::*;

    #[test]
    fn foreign_text_can_neither_be_markup_nor_turn_the_direction() {
        let shown = html! { p title=(Foreign("\"><x")) { (Foreign("<script>\u{202e}alert(1)</script>\u{7}")) } };
        assert_eq!(
            shown.into_string(),
            "<p title=\"&quot;&gt;&lt;x\">&lt;script&gt;alert(1)&lt;/script&gt;</p>"
        );
    }
}
