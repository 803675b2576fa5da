//! Text of documents and of people on a page: escaped, without what changes the direction of text, and with what is
//! unsure marked by more than a colour.

use maud::{Markup, Render, html};

use super::words::{Words, fill};
use crate::record::Unsure;
use crate::search::Snippet;
use crate::text::{Span, clean};

/// Text that nobody vouches for: a document's, or what was typed.
///
/// Written without control and direction characters, which could make a page show something else than it holds.
pub(super) struct Foreign<'t>(pub(super) &'t str);

impl Render for Foreign<'_> {
    fn render_to(&self, buffer: &mut String) {
        clean(self.0).as_ref().render_to(buffer);
    }
}

/// The same of several lines, which stay lines.
pub(super) fn lines(text: &str) -> String {
    let lines: Vec<_> = text.lines().map(clean).collect();
    lines.join("\n")
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
        @if snippet.cut_after { " …" }
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

/// What is told of the words of a text, in bytes of it, each list sorted.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Told<'t> {
    /// Words that may well say something else.
    pub(super) unsure: &'t [Unsure],
    /// What was looked for.
    pub(super) hits: &'t [Span],
}

/// The part `span` of a text, with what is told of its words.
pub(super) fn reading(words: &Words, text: &str, span: Span, told: Told<'_>) -> Markup {
    let mut pieces: Vec<(Span, Option<&Unsure>)> = Vec::new();
    let mut at = span.start;
    for word in told.unsure {
        let [start, end] = word.at;
        if start >= at && end <= span.end && text.get(start..end).is_some() {
            pieces.extend([(Span::new(at, start), None), (Span::new(start, end), Some(word))]);
            at = end;
        }
    }
    pieces.push((Span::new(at, span.end), None));
    html! {
        @for (at, doubted) in pieces {
            @match doubted {
                Some(word) => {
                    @let shown = unsure(words, at.slice(text), &word.alternatives);
                    @if told.hits.iter().any(|hit| hit.overlaps(at)) { mark { (shown) } } @else { (shown) }
                },
                None => (marked(text, at, told.hits)),
            }
        }
    }
}

/// The part `span` of a text, with what was looked for in `mark` elements.
fn marked(text: &str, span: Span, hits: &[Span]) -> Markup {
    let mut pieces: Vec<(&str, bool)> = Vec::new();
    let mut at = span.start;
    let cut = |start: usize, end: usize| text.get(start..end).unwrap_or("");
    for hit in hits {
        let (start, end) = (hit.start.max(at), hit.end.min(span.end));
        if start < end {
            pieces.extend([(cut(at, start), false), (cut(start, end), true)]);
            at = end;
        }
    }
    pieces.push((cut(at, span.end), false));
    html! {
        @for (piece, is_hit) in pieces {
            @if is_hit { mark { (Foreign(piece)) } } @else { (Foreign(piece)) }
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
        let unsure = [Unsure { at, ..doubted }];
        let told = Told {
            unsure: &unsure,
            hits: &[],
        };
        let shown = reading(words, text, Span::new(0, text.len()), told);
        let shown = shown.into_string();
        assert!(
            shown.starts_with("triển <span class=\"unsure\" title=\"có thể là: đợt, đột\">đốt"),
            "{shown}"
        );
        assert!(shown.ends_with("</span> sinh hoạt"), "{shown}");
        assert!(shown.contains("⁇"), "{shown}");
    }

    #[test]
    fn what_was_looked_for_is_marked_inside_and_around_unsure_words() {
        let words = Lang::Vi.words();
        let text = "chi bộ và đảng bộ";
        let at = |word: &str| text.find(word).map_or([0, 0], |start| [start, start + word.len()]);
        let unsure = [Unsure {
            text: "đảng".to_owned(),
            at: at("đảng"),
            span: [0, 0],
            alternatives: Vec::new(),
        }];
        let hits = [at("bộ"), at("đảng")].map(|[start, end]| Span::new(start, end));
        let shown = reading(
            words,
            text,
            Span::new(4, text.len()),
            Told {
                unsure: &unsure,
                hits: &hits,
            },
        );
        let shown = shown.into_string();
        assert!(
            shown.starts_with("<mark>bộ</mark> và <mark><span class=\"unsure\""),
            "{shown}"
        );
        assert!(shown.ends_with("</span></mark> bộ"), "{shown}");
    }
}
