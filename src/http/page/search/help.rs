//! Help on the search page, shown if nothing matches, or no passage has all of the words.

use maud::{Markup, html};

use crate::http::page::shell::documents::Documents;
use crate::http::page::shell::frame::Frame;
use crate::http::page::shell::labels::filter_value_name;
use crate::http::page::shell::query_string::SearchUrl;
use crate::render::language::fill;
use crate::search::{Help, Marks};
use crate::text::clean;

/// Renders `help`. `is_nothing` is true if the search found nothing, false if it found passages with some of the words.
pub(super) fn list(
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

/// Renders one piece of help: a link to the changed search, or the words that no passage has.
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
            Help::DropFilter { filter, value, total } => {
                @let label = filter_value_name(strings, *filter, value, documents);
                li { a href=(url.without_filter(*filter, value).href(frame)) { (fill(strings.help_drop, &[&clean(&label), total])) } }
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
