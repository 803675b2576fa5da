//! Help where a search finds nothing, or no passage with all of its words.

use maud::{Markup, html};

use super::asked::Asked;
use super::facets;
use super::link::Frame;
use super::search::Documents;
use super::words::fill;
use crate::search::{Help, Marks};
use crate::text::clean;

/// Renders `help` with a search that found nothing, or not all of its words.
pub(super) fn shown(
    frame: &Frame,
    asked: &Asked,
    documents: &Documents<'_>,
    help: &[Help],
    is_nothing: bool,
) -> Markup {
    let words = frame.words();
    html! {
        @if is_nothing { p { (words.nothing_for) } }
        @if is_nothing || !help.is_empty() {
            h3 { (words.would_help) }
            ul.help {
                @for one in help { (entry(frame, asked, documents, one)) }
                @if is_nothing { li { (words.help_shorter) } }
            }
        }
    }
}

/// Renders one piece of help, as a link to the changed search where there is one.
fn entry(frame: &Frame, asked: &Asked, documents: &Documents<'_>, help: &Help) -> Markup {
    let words = frame.words();
    html! {
        @match help {
            Help::IgnoreMarks { total } => {
                li { a href=(asked.with_marks(Marks::Any).address(frame)) { (fill(words.help_marks, &[total])) } }
            },
            Help::Unquote { typed, total } => {
                li { a href=(asked.typed(typed).address(frame)) { (fill(words.help_quotes, &[total])) } }
            },
            Help::DropFilter { facet, value, total } => {
                @let label = facets::label(words, *facet, value, documents);
                li { a href=(asked.without(*facet, value).address(frame)) { (fill(words.help_drop, &[&clean(&label), total])) } }
            },
            Help::NearSymbols(symbols) => {
                @for symbol in symbols {
                    li { a href=(asked.typed(symbol).address(frame)) { (fill(words.help_near, &[&clean(symbol)])) } }
                }
            },
            Help::UnknownWords(unknown) => {
                li { (fill(words.help_words, &[&clean(&unknown.join(", "))])) }
            },
        }
    }
}
