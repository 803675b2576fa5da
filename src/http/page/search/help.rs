//! Help on the search page, shown if nothing matches, or no passage has all of the words.

use maud::{Markup, html};

use crate::http::page::parts::links::cited_address;
use crate::http::page::shell::documents::Documents;
use crate::http::page::shell::frame::Frame;
use crate::http::page::shell::labels::filter_value_name;
use crate::http::page::shell::query_string::SearchUrl;
use crate::render::language::fill;
use crate::search::{Help, Marks};
use crate::text::clean;

/// Renders the help where nothing is found: what would find something, and other ways to ask.
pub(super) fn page(frame: &Frame, url: &SearchUrl, documents: &Documents<'_>, help: &[Help]) -> Markup {
    let strings = frame.strings();
    html! {
        p { (strings.nothing_for) }
        div.ways {
            section aria-labelledby="would-help" {
                h3 #would-help { (strings.would_help) }
                ul {
                    @for one in help { (entry(frame, url, documents, one)) }
                    li { (strings.help_shorter) }
                }
            }
            section aria-labelledby="other-ways" {
                h3 #other-ways { (strings.other_ways) }
                ul {
                    @if !url.query.is_empty() {
                        li { a href=(cited_address(frame, &url.query)) { (strings.way_cited) } }
                        li { a href=(frame.url("/precedent", &[("text", &url.query)])) { (strings.way_wording) } }
                    }
                    li { a href=(frame.page_url("/documents")) { (strings.way_documents) } }
                    li { a href=(frame.page_url("/help")) { (strings.search_help) } }
                }
            }
        }
    }
}

/// Renders `help` above passages with some of the words.
pub(super) fn list(frame: &Frame, url: &SearchUrl, documents: &Documents<'_>, help: &[Help]) -> Markup {
    html! {
        h3 { (frame.strings().would_help) }
        ul.help { @for one in help { (entry(frame, url, documents, one)) } }
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
