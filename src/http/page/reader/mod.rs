//! The pages of one document: its text, what it cites and what cites it, each a tab below one [`head`](mod@head).
//!
//! The page of the text has the outline beside it, page numbers, footnotes both where they are called and at the end of
//! their page, citations as links, tables, the hits of the search marked, and for scans the source text on demand.

mod body;
pub(super) mod cited_by;
pub(super) mod cites;
pub(super) mod head;
mod notes;
mod outline;
mod passages;
mod places;
mod tables;
mod tools;
pub(super) mod view;
mod window;
mod words;

use maud::{Markup, html};

use crate::http::page::parts::about::metadata;
use crate::http::page::parts::links::AT;
use crate::http::page::parts::{cite_as, pages};
use crate::http::page::shell::frame::{self, Frame};
use crate::http::page::shell::query_string::{BACK, SearchUrl};
use crate::http::page::shell::untrusted::Untrusted;
use crate::http::page::shell::{self, hidden_language};
use crate::http::problem::Problem;
use crate::index::Index;
use crate::query;
use crate::record::{DocumentRecord, document_name};
use crate::render::language::fill;
use crate::search::Matches;
use crate::text::clean;
use head::{Tab, head, way_back};
use outline::{outline, part_anchor};
use view::PassageView;
use window::ReaderWindow;

/// The parameter that holds the text to find in the document.
const FIND: &str = "find";

/// Renders the page of the document with the id `id`, or the only one whose id begins with it.
///
/// # Errors
/// Those of [`Index::document`] and of searching in it.
pub(super) fn page(index: &Index, frame: &Frame, id: &str) -> Result<Markup, Problem> {
    let parsed = index.document(id)?;
    let record = parsed.document_record();
    let strings = frame.strings();
    let came_from = came_from(frame);
    // What the bar shows, and what is marked in the text: a search in the document takes the place of the earlier one.
    let (wanted, marks) = match frame.value(FIND) {
        "" => (came_from.clone(), came_from.clone()),
        find => (came_from.with_query(find), came_from.with_query(&as_phrase(find))),
    };
    let matches = matches_of(index, &marks, &record.document)?;
    let window = ReaderWindow::of(frame, &parsed);
    let view = PassageView::of(frame, &parsed, &matches, window.passages());
    let [before, after] = window.beside(frame);
    let content = html! {
        (bar(frame, &came_from, &wanted, &matches, &window))
        (head(frame, index, &parsed, &record, Tab::Text)?)
        div.reader {
            div.side {
                (find_form(frame, &record.document))
                (outline(frame, &parsed, &window))
            }
            article.document aria-labelledby="title" data-name=(cite_as::document(strings, &record)) {
                (attached(frame, &record, &window))
                @if let Some([number, count]) = window.number() {
                    p.label data-windows=(AT) { (fill(strings.part_of_long, &[&number, &count])) }
                }
                (pages(frame, before.as_deref(), after.as_deref()))
                (body::body(frame, &parsed, &view, &window))
                (pages(frame, before.as_deref(), after.as_deref()))
                details.about { summary { (strings.metadata) } (metadata(strings, &record)) }
            }
        }
    };
    Ok(shell::described_page(
        frame,
        document_name(&record),
        &head::description(strings, &record),
        &content,
    ))
}

/// Renders the documents that are attached to this one; nothing if there are none.
fn attached(frame: &Frame, record: &DocumentRecord, window: &ReaderWindow<'_>) -> Markup {
    let strings = frame.strings();
    html! {
        @if !record.parts.is_empty() {
            div.attached {
                p { (strings.attached) }
                ul {
                    @for part in &record.parts {
                        @let named = [&part.title, &part.kind, &part.number].into_iter().flatten().next();
                        li {
                            a href=(window.link_at(frame, &part_anchor(part.part))) lang="vi" {
                                (Untrusted(named.map_or("…", String::as_str)))
                            }
                            " " span.hint { "(" (fill(strings.page, &[&part.page])) ")" }
                        }
                    }
                }
            }
        }
    }
}

/// Turns a text to find in an open document into a phrase, because readers expect the words side by side, as in a
/// browser's own search. A text with query syntax stays as it is.
fn as_phrase(typed: &str) -> String {
    if typed.contains(['"', '(', '*', ':']) {
        typed.to_owned()
    } else {
        format!("\"{typed}\"")
    }
}

/// Returns the search from which the reader came.
pub(super) fn came_from(frame: &Frame) -> SearchUrl {
    let parameters: Vec<_> = form_urlencoded::parse(frame.value(BACK).as_bytes()).collect();
    SearchUrl::from_parameters(parameters.iter().map(|(name, value)| (name.as_ref(), value.as_ref())))
}

/// Returns the matches of `search` in the document with this id; none without a query.
///
/// # Errors
/// Those of searching in it.
pub(super) fn matches_of(index: &Index, search: &SearchUrl, document: &str) -> Result<Matches, Problem> {
    if search.query.is_empty() {
        return Ok(Matches::default());
    }
    let (query, _) = query::parse(&search.query);
    Ok(Matches::of(index, &query, search.marks, document)?)
}

/// Renders the bar that stays visible: the link back to the search, and the matches in the document.
fn bar(
    frame: &Frame,
    came_from: &SearchUrl,
    wanted: &SearchUrl,
    matches: &Matches,
    window: &ReaderWindow<'_>,
) -> Markup {
    let strings = frame.strings();
    html! {
        @if !came_from.is_empty() || !wanted.query.is_empty() {
            div.bar {
                (way_back(frame, came_from))
                @if !wanted.query.is_empty() {
                    span.found role="status" data-before=(strings.match_before) data-after=(strings.match_after) {
                        (fill(strings.found_here, &[&matches.count(), &clean(&wanted.query)]))
                        @if let Some(first) = matches.first() {
                            span.first { " · " a href=(window.link_to(frame, first)) { (strings.first_found) } }
                        }
                    }
                    @let [before, after] = window.matches_beside(frame, matches);
                    @if let Some(before) = before { " " a rel="prev" href=(before) { "← " (strings.match_before) } }
                    @if let Some(after) = after { " " a rel="next" href=(after) { (strings.match_after) " →" } }
                }
            }
        }
    }
}

/// Renders the box for a search in this document. The script marks the matches in the text; without it, the search page
/// lists them.
fn find_form(frame: &Frame, id: &str) -> Markup {
    let strings = frame.strings();
    html! {
        form.search role="search" method="get" action=(frame.page_url("/")) data-find=(frame.page_url(&frame::document(id))) {
            label for="q" { (strings.find_in) }
            div.box {
                input #q type="search" name="q" value=(Untrusted(frame.value(FIND))) autocomplete="off" maxlength="2000"
                    data-suggest="phrases" required;
                button type="submit" { (strings.go) }
            }
            input type="hidden" name="document" value=(Untrusted(id));
            (hidden_language(frame))
        }
    }
}
