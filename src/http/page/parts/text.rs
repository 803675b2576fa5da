//! Text of documents on a page: hits in `mark` elements, and unsure words with a sign, since color alone would be
//! invisible to some readers.

use maud::{Markup, html};

use crate::http::page::shell::untrusted::Untrusted;
use crate::record::Unsure;
use crate::render::language::{Strings, fill};
use crate::search::Snippet;
use crate::text::{Span, clean};

/// Renders a snippet, its hits in `mark` elements. Unsure words get their sign if `tell_unsure` is true.
pub(crate) fn snippet(strings: &Strings, snippet: &Snippet, tell_unsure: bool) -> Markup {
    html! {
        @if snippet.cut_before { "… " }
        @for piece in &snippet.pieces {
            @let shown = html! {
                @if piece.unsure && tell_unsure { (unsure(strings, &piece.text, &[])) } @else { (Untrusted(&piece.text)) }
            };
            @if piece.hit { mark { (shown) } } @else { (shown) }
        }
        @if snippet.cut_after { " …" }
    }
}

/// Renders an unsure word, with a sign after it and the alternative readings in its title.
pub(crate) fn unsure(strings: &Strings, word: &str, alternatives: &[String]) -> Markup {
    let title = if alternatives.is_empty() {
        strings.unsure.to_owned()
    } else {
        fill(strings.may_be, &[&clean(&alternatives.join(", "))])
    };
    html! {
        span.unsure title=(title) { (Untrusted(word)) span aria-label={ "(" (strings.unsure) ")" } role="img" { "⁇" } }
    }
}

/// The words to mark in a text, as byte ranges of it, each list sorted.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Highlights<'t> {
    /// Words whose reading is unsure.
    pub(crate) unsure: &'t [Unsure],
    /// Hits of the query.
    pub(crate) hits: &'t [Span],
}

/// Renders the part `span` of a text with its highlights.
pub(crate) fn highlighted(strings: &Strings, text: &str, span: Span, highlights: Highlights<'_>) -> Markup {
    let mut pieces: Vec<(Span, Option<&Unsure>)> = Vec::new();
    let mut at = span.start;
    for word in highlights.unsure {
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
                    @let shown = unsure(strings, at.slice(text), &word.alternatives);
                    @if highlights.hits.iter().any(|hit| hit.overlaps(at)) { mark { (shown) } } @else { (shown) }
                },
                None => (marked(text, at, highlights.hits)),
            }
        }
    }
}

/// Renders the part `span` of a text, with hits in `mark` elements.
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
            @if is_hit { mark { (Untrusted(piece)) } } @else { (Untrusted(piece)) }
        }
    }
}

/// Returns a text with a capital letter at its beginning.
pub(crate) fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    first.chain(chars).collect()
}

/// Returns the first whole words of a text, at most `chars` chars, and an ellipsis if words are left.
pub(crate) fn cut(text: &str, chars: usize) -> String {
    match text.char_indices().nth(chars) {
        None => text.to_owned(),
        Some((end, _)) => {
            let whole = text[..end].rsplit_once(' ').map_or(&text[..end], |(whole, _)| whole);
            format!("{}…", whole.trim_end())
        }
    }
}
#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::language::Lang;

    #[test]
    fn an_unsure_word_has_a_sign_and_its_alternatives() {
        let strings = Lang::Vi.strings();
        let doubted = Unsure {
            text: "đốt".to_owned(),
            at: [6, 13],
            span: [0, 3],
            alternatives: vec!["đợt".to_owned(), "đột".to_owned()],
        };
        let text = "triển đốt sinh hoạt";
        let at = text.find("đốt").map_or([0, 0], |start| [start, start + "đốt".len()]);
        let unsure = [Unsure { at, ..doubted }];
        let highlights = Highlights {
            unsure: &unsure,
            hits: &[],
        };
        let shown = highlighted(strings, text, Span::new(0, text.len()), highlights);
        let shown = shown.into_string();
        assert!(
            shown.starts_with("triển <span class=\"unsure\" title=\"có thể là: đợt, đột\">đốt"),
            "{shown}"
        );
        assert!(shown.ends_with("</span> sinh hoạt"), "{shown}");
        assert!(shown.contains("⁇"), "{shown}");
    }

    #[test]
    fn hits_are_marked_inside_and_around_unsure_words() {
        let strings = Lang::Vi.strings();
        let text = "chi bộ và đảng bộ";
        let at = |word: &str| text.find(word).map_or([0, 0], |start| [start, start + word.len()]);
        let unsure = [Unsure {
            text: "đảng".to_owned(),
            at: at("đảng"),
            span: [0, 0],
            alternatives: Vec::new(),
        }];
        let hits = [at("bộ"), at("đảng")].map(|[start, end]| Span::new(start, end));
        let shown = highlighted(
            strings,
            text,
            Span::new(4, text.len()),
            Highlights {
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

    #[test]
    fn a_cut_is_between_words_and_visible() {
        assert_eq!(cut("đảng bộ cơ sở", 9), "đảng bộ…");
        assert_eq!(cut("đảng bộ", 9), "đảng bộ");
        assert_eq!(cut("đảngbộcơsở", 4), "đảng…");
    }
}
