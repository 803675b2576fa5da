//! Help where a search finds nothing, or no passage with all of its strings.

use maud::{Markup, html};

use crate::http::page::shell::frame::Frame;
use crate::http::page::shell::labels::{self, Documents};
use crate::http::page::shell::language::fill;
use crate::http::page::shell::query_string::SearchUrl;
use crate::search::{Help, Marks};
use crate::text::clean;

/// Renders `help` with a search that found nothing, or not all of its strings.
pub(super) fn shown(
    frame: &Frame,
    url: &SearchUrl,
    documents: &Documents<'_>,
    help: &[Help],
    is_nothing: bool,
) -> Markup {
    let strings = frame.strings();
    html! {
        @if is_nothing { p { (strings.nothing_for) } }
        @if is_nothing || !help.is_empty() {
            h3 { (strings.would_help) }
            ul.help {
                @for one in help { (entry(frame, url, documents, one)) }
                @if is_nothing { li { (strings.help_shorter) } }
            }
        }
    }
}

/// Renders one piece of help, as a link to the changed search where there is one.
fn entry(frame: &Frame, url: &SearchUrl, documents: &Documents<'_>, help: &Help) -> Markup {
    let strings = frame.strings();
    html! {
        @match help {
            Help::IgnoreMarks { total } => {
                li { a href=(url.with_marks(Marks::Any).href(frame)) { (fill(strings.help_marks, &[total])) } }
            },
            Help::Unquote { typed, total } => {
                li { a href=(url.with_query(typed).href(frame)) { (fill(strings.help_quotes, &[total])) } }
            },
            Help::DropFilter { facet, value, total } => {
                @let label = labels::value_name(strings, *facet, value, documents);
                li { a href=(url.without_filter(*facet, value).href(frame)) { (fill(strings.help_drop, &[&clean(&label), total])) } }
            },
            Help::NearSymbols(symbols) => {
                @for symbol in symbols {
                    li { a href=(url.with_query(symbol).href(frame)) { (fill(strings.help_near, &[&clean(symbol)])) } }
                }
            },
            Help::UnknownWords(unknown) => {
                li { (fill(strings.help_words, &[&clean(&unknown.join(", "))])) }
            },
        }
    }
}
