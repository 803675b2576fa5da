//! The page to read a document: the outline beside the text, page numbers, footnotes both where they are called and at
//! the end of their page, citations as links, the hits of the search marked, and for scans the source text on demand.

pub(super) mod passages;
mod window;

use maud::{Markup, html};

use crate::corpus::{Original, has_page_images};
use crate::document::{Place, Section};
use crate::http::page::parts::about::{draft, metadata};
use crate::http::page::parts::links::{AT, file_address, original_address};
use crate::http::page::parts::{cite_as, pages};
use crate::http::page::shell::frame::{self, Frame};
use crate::http::page::shell::query_string::{BACK, SearchUrl};
use crate::http::page::shell::untrusted::Untrusted;
use crate::http::page::shell::{self, hidden_language};
use crate::http::problem::Problem;
use crate::index::Index;
use crate::query;
use crate::record::{Parsed, converted_from, document_name};
use crate::render::language::{Strings, fill};
use crate::search::Matches;
use crate::text::clean;
use passages::{PassageView, section_anchor};
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
    let name = document_name(&record);
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
        div.reader {
            (outline(frame, &parsed, &window))
            article.document aria-labelledby="title" data-name=(cite_as::document(strings, &record)) {
                header {
                    h1 #title lang="vi" { (Untrusted(name)) }
                    (draft(strings, &record))
                    @if parsed.is_reread() { p.label { (strings.scanned) } }
                    @if let Some(encoding) = converted_from(&record) { p.label { (fill(strings.converted, &[&encoding])) } }
                    (original(frame, index, &parsed)?)
                    details.about { summary { (strings.metadata) } (metadata(strings, &record)) }
                    (find_form(frame, &record.document))
                    @if let Some([number, count]) = window.number() { p.label data-windows=(AT) { (fill(strings.part_of_long, &[&number, &count])) } }
                    (pages(frame, before.as_deref(), after.as_deref()))
                }
                (body(frame, &parsed, &view, &window))
                (pages(frame, before.as_deref(), after.as_deref()))
            }
        }
    };
    Ok(shell::page(frame, name, &content))
}

/// Renders the links to the file of the document and to the pictures of its pages; nothing if the service gives out no
/// files.
fn original(frame: &Frame, index: &Index, parsed: &Parsed) -> Result<Markup, Problem> {
    let strings = frame.strings();
    let id = &parsed.document.id;
    let is_there = Original::is_there(&index.file(id)?.location);
    Ok(html! {
        @if frame.files && is_there {
            p.file {
                @if has_page_images(parsed.format) && !parsed.facsimile.pages.is_empty() {
                    a href=(original_address(frame, id, 1, None)) { (strings.see_original) } " · "
                }
                a href=(file_address(frame, id)) { (strings.download) }
            }
        } @else if frame.files {
            p.label { (strings.file_gone) }
        }
    })
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

/// Renders the bar that stays visible: the link back to the search, and the matches in the document. The link is built
/// from the parsed search, so it cannot lead to another site.
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
                @if !came_from.is_empty() {
                    a.back href=(came_from.href(frame)) {
                        "← " (strings.back) @if !came_from.query.is_empty() { ": " (Untrusted(&came_from.query)) }
                    }
                }
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

/// Renders the sections as a tree of links.
fn outline(frame: &Frame, parsed: &Parsed, window: &ReaderWindow<'_>) -> Markup {
    let strings = frame.strings();
    html! {
        nav.outline aria-label=(strings.outline) {
            details.beside {
                summary { (strings.outline) }
                ol {
                    @for index in window.outline() {
                        @let section = &parsed.document.sections[index];
                        li class={ "depth-" (section.level().clamp(1, 5)) } {
                            a href=(window.link(frame, window.first_passage(index), &section_anchor(section))) lang="vi" {
                                (heading(strings, section))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Renders label and title of a section.
fn heading(strings: &Strings, section: &Section) -> Markup {
    let whole = format!("{} {}", section.label, section.title);
    html! {
        @if whole.trim().is_empty() { (strings.introduction) } @else { (Untrusted(whole.trim())) }
    }
}

/// An element of a part, in reading order.
enum PartItem {
    /// The start of a page, with its number.
    Page(usize),
    /// A passage, by its index.
    Passage(usize),
    /// Lines that belong together: a letterhead, or the closing block of a document.
    Block(Vec<usize>),
    /// Passages of footnotes, one after another.
    Notes(Vec<usize>),
}

/// Consecutive passages of one section, without those of its subsections.
struct Part {
    section: Option<usize>,
    items: Vec<PartItem>,
}

/// Returns the passages of a window as parts, in reading order.
fn parts(parsed: &Parsed, window: &ReaderWindow<'_>) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut page = 0;
    for index in window.passages() {
        let passage = &parsed.document.passages[index];
        let is_note = passage.footnote.is_some();
        // A footnote is printed below whatever text ends the page, so it never starts a part.
        if parts
            .last()
            .is_none_or(|part| !is_note && part.section != passage.section)
        {
            parts.push(Part {
                section: passage.section,
                items: Vec::new(),
            });
        }
        let Some(part) = parts.last_mut() else { continue };
        if passage.page > page {
            page = passage.page;
            part.items.push(PartItem::Page(page));
        }
        let is_line = passage.place == Place::Header;
        match part.items.last_mut() {
            Some(PartItem::Notes(notes)) if is_note => notes.push(index),
            Some(PartItem::Block(lines)) if is_line => lines.push(index),
            _ if is_note => part.items.push(PartItem::Notes(vec![index])),
            _ if is_line => part.items.push(PartItem::Block(vec![index])),
            _ => part.items.push(PartItem::Passage(index)),
        }
    }
    parts
}

/// Renders the text of the document.
fn body(frame: &Frame, parsed: &Parsed, view: &PassageView<'_>, window: &ReaderWindow<'_>) -> Markup {
    let strings = frame.strings();
    let has_picture = |page: &usize| {
        let is_page = (1..=parsed.facsimile.pages.len()).contains(page);
        frame.files && has_page_images(parsed.format) && is_page
    };
    html! {
        @for part in parts(parsed, window) {
            @let section = part.section.and_then(|section| parsed.document.sections.get(section));
            section {
                @if let Some(section) = section.filter(|section| section.heading.is_none()) {
                    span #(section_anchor(section)) {}
                }
                @for item in &part.items {
                    @match item {
                        PartItem::Page(number) => p.page #{ "page-" (number) } {
                            span { (fill(strings.page, &[number])) }
                            @if has_picture(number) {
                                " " a href=(original_address(frame, &parsed.document.id, *number, None)) {
                                    (fill(strings.see_page, &[number]))
                                }
                            }
                        },
                        PartItem::Passage(index) => (view.passage(*index)),
                        PartItem::Block(lines) => (view.block(lines)),
                        PartItem::Notes(notes) => (view.notes(notes)),
                    }
                }
            }
        }
    }
}
