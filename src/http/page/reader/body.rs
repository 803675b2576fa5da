//! The text of a document: its passages by sections, with page breaks, tables and notes.

use maud::{Markup, html};

use super::outline::{part_anchor, part_name};
use super::view::{PassageView, section_anchor};
use super::window::ReaderWindow;
use crate::corpus::has_page_images;
use crate::document::Place;
use crate::http::page::parts::links::original_address;
use crate::http::page::shell::frame::Frame;
use crate::http::page::shell::untrusted::Untrusted;
use crate::record::Parsed;
use crate::render::language::fill;

/// An element of a stretch, in reading order.
enum Item {
    /// The start of a page, with its number.
    Page(usize),
    /// A passage, by its index.
    Passage(usize),
    /// Lines that belong together: a letterhead, or the closing block of a document.
    Block(Vec<usize>),
    /// Rows of tables, one after another.
    Table(Vec<usize>),
    /// Passages of footnotes, one after another.
    Notes(Vec<usize>),
}

/// Consecutive passages of one section, without those of its subsections.
struct Stretch {
    section: Option<usize>,
    /// The number of the attached document that begins here.
    begins: Option<usize>,
    items: Vec<Item>,
}

/// Returns the passages of a window as stretches, in reading order.
fn stretches(parsed: &Parsed, window: &ReaderWindow<'_>) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut page = 0;
    let mut part = None;
    for index in window.passages() {
        let passage = &parsed.document.passages[index];
        let is_note = passage.footnote.is_some();
        // A footnote is printed below whatever text ends the page, so it never starts a stretch.
        let attached = if is_note {
            part
        } else {
            parsed.document.part_at(passage.extent().start)
        };
        let begins = attached.filter(|_| attached != part);
        part = attached;
        let continues = |last: &Stretch| is_note || begins.is_none() && last.section == passage.section;
        if !stretches.last().is_some_and(continues) {
            stretches.push(Stretch {
                section: passage.section,
                begins,
                items: Vec::new(),
            });
        }
        let Some(stretch) = stretches.last_mut() else { continue };
        if passage.page > page {
            page = passage.page;
            stretch.items.push(Item::Page(page));
        }
        let is_line = passage.place == Place::Header;
        let is_row = passage.place == Place::Table;
        match stretch.items.last_mut() {
            Some(Item::Notes(notes)) if is_note => notes.push(index),
            Some(Item::Block(lines)) if is_line => lines.push(index),
            Some(Item::Table(rows)) if is_row => rows.push(index),
            _ if is_note => stretch.items.push(Item::Notes(vec![index])),
            _ if is_line => stretch.items.push(Item::Block(vec![index])),
            _ if is_row => stretch.items.push(Item::Table(vec![index])),
            _ => stretch.items.push(Item::Passage(index)),
        }
    }
    stretches
}

/// Renders the text of the document.
pub(super) fn body(frame: &Frame, parsed: &Parsed, view: &PassageView<'_>, window: &ReaderWindow<'_>) -> Markup {
    let strings = frame.strings();
    let has_picture = |page: &usize| {
        let is_page = (1..=parsed.facsimile.pages.len()).contains(page);
        frame.files && has_page_images(parsed.format) && is_page
    };
    html! {
        @for stretch in stretches(parsed, window) {
            @let section = stretch.section.and_then(|section| parsed.document.sections.get(section));
            section {
                @if let Some(part) = stretch.begins {
                    h2.part #(part_anchor(part)) {
                        span { (strings.attached) } " " span lang="vi" { (Untrusted(part_name(parsed, part))) }
                    }
                }
                @if let Some(section) = section.filter(|section| section.heading.is_none()) {
                    span #(section_anchor(section)) {}
                }
                @for item in &stretch.items {
                    @match item {
                        Item::Page(number) => p.page #{ "page-" (number) } {
                            span { (fill(strings.page, &[number])) }
                            @if has_picture(number) {
                                " " a href=(original_address(frame, &parsed.document.id, *number, None)) {
                                    (fill(strings.see_page, &[number]))
                                }
                            }
                        },
                        Item::Passage(index) => (view.passage(*index)),
                        Item::Table(rows) => (view.table(rows)),
                        Item::Block(lines) => (view.block(lines)),
                        Item::Notes(notes) => (view.notes(notes)),
                    }
                }
            }
        }
    }
}
