//! Text of documents and of people on a page: escaped, without what changes the direction of text, and with what is
//! unsure marked by more than a colour.

use maud::{Markup, html};

use crate::http::page::shell::language::{Strings, fill};
use crate::http::page::shell::untrusted::Untrusted;
use crate::record::Unsure;
use crate::search::Snippet;
use crate::text::{Span, clean};

/// A snippet: what matched in `mark` elements.
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

/// A word that may well say something else: with a sign behind it, and what it may be in its title.
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

/// What is told of the words of a text, in bytes of it, each list sorted.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Highlights<'t> {
    /// Strings that may well say something else.
    pub(crate) unsure: &'t [Unsure],
    /// What was looked for.
    pub(crate) hits: &'t [Span],
}

/// The part `span` of a text, with what is told of its words.
pub(crate) fn reading(strings: &Strings, text: &str, span: Span, told: Highlights<'_>) -> Markup {
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
                    @let shown = unsure(strings, at.slice(text), &word.alternatives);
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
            @if is_hit { mark { (Untrusted(piece)) } } @else { (Untrusted(piece)) }
        }
    }
}

/// The first whole words of a text, with an ellipsis where there are more.
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
    use crate::http::page::shell::language::Lang;

    #[test]
    fn an_unsure_word_is_marked_by_a_sign_and_says_what_it_may_be() {
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
        let told = Highlights {
            unsure: &unsure,
            hits: &[],
        };
        let shown = reading(strings, text, Span::new(0, text.len()), told);
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
        let shown = reading(
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
    fn a_cut_falls_between_words_and_shows() {
        assert_eq!(cut("đảng bộ cơ sở", 9), "đảng bộ…");
        assert_eq!(cut("đảng bộ", 9), "đảng bộ");
        assert_eq!(cut("đảngbộcơsở", 4), "đảng…");
    }
}
