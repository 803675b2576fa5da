//! Text of documents and of people on a page: escaped, without what changes the direction of text, and with what is
//! unsure marked by more than a colour.

use maud::{Markup, Render, html};

use super::words::{Words, fill};
use crate::record::Unsure;
use crate::render::terminal::clean;
use crate::search::Snippet;
use crate::text::Span;

/// Text that nobody vouches for: a document's, or what was typed.
///
/// Written without control and direction characters, which could make a page show something else than it holds.
pub(super) struct Foreign<'t>(pub(super) &'t str);

impl Render for Foreign<'_> {
    fn render_to(&self, buffer: &mut String) {
        clean(self.0).as_ref().render_to(buffer);
    }
}

/// A snippet: what matched in `mark` elements.
pub(super) fn snippet(words: &Words, snippet: &Snippet, tell_unsure: bool) -> Markup {
    html! {
        @if snippet.cut_before { "… " }
        @for piece in &snippet.pieces {
            @let shown = html! {
                @if piece.unsure && tell_unsure { (unsure(words, &piece.text, &[])) } @else { (Foreign(&piece.text)) }
            };
            @if piece.hit { mark { (shown) } } @else { (shown) }
        }
        @if snippet.cut_behind { " …" }
    }
}

/// A word that may well say something else: with a sign behind it, and what it may be in its title.
pub(super) fn unsure(words: &Words, word: &str, alternatives: &[String]) -> Markup {
    let title = if alternatives.is_empty() {
        words.unsure.to_owned()
    } else {
        fill(words.may_be, &[&clean(&alternatives.join(", "))])
    };
    html! {
        span.unsure title=(title) { (Foreign(word)) span aria-label={ "(" (words.unsure) ")" } role="img" { "⁇" } }
    }
}

/// The part `span` of a text, with those of the `unsure` words in it marked; they are sorted, `at` bytes of the text.
pub(super) fn reading(words: &Words, text: &str, span: Span, unsure_words: &[Unsure]) -> Markup {
    let mut pieces: Vec<(&str, Option<&Unsure>)> = Vec::new();
    let mut at = span.start;
    for word in unsure_words {
        let [start, end] = word.at;
        if start >= at
            && end <= span.end
            && let (Some(before), Some(shown)) = (text.get(at..start), text.get(start..end))
        {
            pieces.extend([(before, None), (shown, Some(word))]);
            at = end;
        }
    }
    pieces.push((text.get(at..span.end).unwrap_or(""), None));
    html! {
        @for (piece, doubted) in pieces {
            @match doubted {
                Some(word) => (unsure(words, piece, &word.alternatives)),
                None => (Foreign(piece)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::page::words::Lang;

    #[test]
    fn foreign_text_can_neither_be_markup_nor_turn_the_direction() {
        let shown = html! { p title=(Foreign("\"><x")) { (Foreign("<script>\u{202e}alert(1)</script>\u{7}")) } };
        assert_eq!(
            shown.into_string(),
            "<p title=\"&quot;&gt;&lt;x\">&lt;script&gt;alert(1)&lt;/script&gt;</p>"
        );
    }

    #[test]
    fn an_unsure_word_is_marked_by_a_sign_and_says_what_it_may_be() {
        let words = Lang::Vi.words();
        let doubted = Unsure {
            text: "đốt".to_owned(),
            at: [6, 13],
            span: [0, 3],
            alternatives: vec!["đợt".to_owned(), "đột".to_owned()],
        };
        let text = "triển đốt sinh hoạt";
        let at = text.find("đốt").map_or([0, 0], |start| [start, start + "đốt".len()]);
        let shown = reading(words, text, Span::new(0, text.len()), &[Unsure { at, ..doubted }]);
        let shown = shown.into_string();
        assert!(
            shown.starts_with("triển <span class=\"unsure\" title=\"có thể là: đợt, đột\">đốt"),
            "{shown}"
        );
        assert!(shown.ends_with("</span> sinh hoạt"), "{shown}");
        assert!(shown.contains("⁇"), "{shown}");
    }
}
