//! The Markdown of the guide: its parser, its headings and their anchors.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// Returns the events of a text. Tables are the one extension that the guide uses.
pub(crate) fn parser(text: &str) -> Parser<'_> {
    Parser::new_ext(text, Options::ENABLE_TABLES)
}

/// Returns the first paragraph of a text, without its markup.
pub(crate) fn first_paragraph(text: &str) -> String {
    let mut words = String::new();
    let mut is_inside = false;
    for event in parser(text) {
        match event {
            Event::Start(Tag::Paragraph) => is_inside = true,
            Event::End(TagEnd::Paragraph) => break,
            Event::Text(text) | Event::Code(text) if is_inside => words.push_str(&text),
            Event::SoftBreak if is_inside => words.push(' '),
            _ => {}
        }
    }
    words
}

/// Returns the headings of the second level with their anchors, in order.
pub(crate) fn headings(text: &str) -> Vec<(String, String)> {
    let mut headings = Vec::new();
    let mut open: Option<String> = None;
    for event in parser(text) {
        match event {
            Event::Start(Tag::Heading {
                level: HeadingLevel::H2,
                ..
            }) => open = Some(String::new()),
            Event::End(TagEnd::Heading(HeadingLevel::H2)) => {
                headings.extend(open.take().map(|title| (slug(&title), title)));
            }
            Event::Text(text) | Event::Code(text) => {
                if let Some(title) = &mut open {
                    title.push_str(&text);
                }
            }
            _ => {}
        }
    }
    headings
}

/// Returns the anchor of a heading as GitHub makes it: small letters and digits, hyphens for blanks.
pub(crate) fn slug(title: &str) -> String {
    let kept = title.chars().filter_map(|char| match char {
        ' ' | '-' => Some('-'),
        char if char.is_alphanumeric() => Some(char),
        _ => None,
    });
    kept.collect::<String>().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_paragraph_says_what_a_topic_is_about() {
        assert_eq!(
            first_paragraph("# Tra cứu\n\nTìm `từ`\nnào **đó**.\n\nKhác.\n"),
            "Tìm từ nào đó."
        );
    }

    #[test]
    fn headings_have_anchors() {
        let text = "# Tra cứu\n\n## Cụm từ, và `*`\n\n### Nhỏ\n\n## AND, OR\n";
        assert_eq!(
            headings(text),
            [
                ("cụm-từ-và-".to_owned(), "Cụm từ, và *".to_owned()),
                ("and-or".to_owned(), "AND, OR".to_owned())
            ]
        );
    }
}
