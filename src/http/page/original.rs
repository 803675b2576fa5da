//! The page that shows a page of the original: its picture with the words of a passage or a search lit, and beside it
//! the text that was read from it. It needs no script.
//!
//! The boxes lie over the picture as an SVG in the pixels of the page, which scales with it.

use maud::{Markup, html};

use super::parts::cite_as;
use super::parts::links::{PASSAGE, file_address, original_address, picture_address};
use super::reader::passages::PassageView;
use super::reader::{came_from, matches_of};
use super::shell;
use super::shell::frame::{self, Frame};
use super::shell::query_string::BACK;
use super::shell::untrusted::Untrusted;
use crate::corpus::{LineBox, Original, has_page_images};
use crate::http::problem::{Code, Problem};
use crate::index::Index;
use crate::record::document_name;
use crate::render::language::fill;

/// The width of the picture in pixels: sharp on most screens, and a page of text has 0.3 MB.
const WIDTH: u32 = 1400;

/// The room around the box of a line of a passage, in thousandths of the width of the page.
const ROOM: u32 = 4;

/// Renders the page of the original with the number `typed` of the document with the id `id`, or the only one whose id
/// begins with it.
///
/// # Errors
/// `no-files`, `no-page-image`, `unknown-page`, `file-gone`; those of [`Index::document`] and of searching in it.
pub(super) fn page(index: &Index, frame: &Frame, id: &str, typed: &str) -> Result<Markup, Problem> {
    let parsed = index.document(id)?;
    if !frame.files {
        return Err(Problem::new(Code::NoFiles, "this service gives out no files"));
    }
    if !has_page_images(parsed.format) {
        let detail = "this document has no pictures of its pages";
        return Err(Problem::new(Code::NoPageImage, detail));
    }
    let sizes = &parsed.facsimile.pages;
    let number = typed.parse().ok().filter(|&number: &usize| number > 0);
    let size = number.and_then(|number| sizes.get(number - 1));
    let Some((number, &[wide, high])) = number.zip(size) else {
        let detail = format!("the document has no page '{typed}'");
        return Err(Problem::new(Code::UnknownPage, detail).refusing(typed));
    };
    if !Original::is_there(&index.file(id)?.location) {
        let detail = "the file of the document is gone since it was indexed";
        return Err(Problem::new(Code::FileGone, detail));
    }
    let record = parsed.document_record();
    let (name, strings) = (document_name(&record), frame.strings());
    let came_from = came_from(frame);
    let matches = matches_of(index, &came_from, &record.document)?;
    let view = PassageView::of(frame, &parsed, &matches, 0..parsed.document.passages.len());
    let on_page = view.on_page(number);
    let wanted = frame.value(PASSAGE);
    let is_wanted = |passage: usize| !wanted.is_empty() && view.address(passage) == wanted;
    let lit = on_page.iter().filter(|&&passage| is_wanted(passage));
    let lit: Vec<LineBox> = lit.flat_map(|&passage| view.boxes(passage)).collect();
    let hits: Vec<LineBox> = on_page.iter().flat_map(|&passage| view.hit_boxes(passage)).collect();
    let on_this = |boxes: &[LineBox]| -> Vec<[u32; 4]> {
        let boxes = boxes.iter().filter(|line| line.page == number);
        boxes.map(|line| line.bbox).collect()
    };
    let (lit, hits) = (on_this(&lit), on_this(&hits));
    // A passage may go on there.
    let passage = Some(wanted).filter(|wanted| !wanted.is_empty());
    let beside = |other: Option<usize>| {
        let other = other.filter(|&other| (1..=sizes.len()).contains(&other))?;
        Some(original_address(frame, &record.document, other, passage))
    };
    let (before, after) = (beside(number.checked_sub(1)), beside(number.checked_add(1)));
    let title = fill(strings.original_page, &[&number, &sizes.len()]);
    let content = html! {
        div.bar {
            a.back href=(back_to_document(frame, &record.document, number)) { "← " (strings.to_document) }
            a href=(file_address(frame, &record.document)) { (strings.download) }
        }
        h1 lang="vi" { (Untrusted(name)) }
        p { (title) }
        @if sizes.len() > 1 {
            nav.paging aria-label=(strings.original_pages) {
                @if let Some(before) = before { a rel="prev" href=(before) { "← " (strings.earlier) } }
                @if let Some(after) = after { a rel="next" href=(after) { (strings.later) " →" } }
            }
        }
        div.facing {
            figure.scan {
                a href=(picture_address(frame, &record.document, number, None)) title=(strings.full_size) {
                    img src=(picture_address(frame, &record.document, number, Some(WIDTH))) width=(wide) height=(high)
                        alt=(fill(strings.picture, &[&number])) loading="lazy" decoding="async";
                    (overlay([wide, high], &lit, &hits))
                }
            }
            article.document aria-label=(strings.text_of_page) data-name=(cite_as::document(strings, &record)) {
                @if on_page.is_empty() { p.label { (strings.no_text) } }
                @for &passage in &on_page {
                    @if is_wanted(passage) { div.lit { (view.passage_or_note(passage)) } }
                    @else { (view.passage_or_note(passage)) }
                }
            }
        }
    };
    Ok(shell::page(frame, &format!("{title} · {name}"), &content))
}

/// Returns the URL of the page of the document, at this page of it.
fn back_to_document(frame: &Frame, id: &str, number: usize) -> String {
    let back = frame.value(BACK);
    let parameters: &[(&str, &str)] = if back.is_empty() { &[] } else { &[(BACK, back)] };
    format!("{}#page-{number}", frame.url(&frame::document(id), parameters))
}

/// Renders the boxes of passages and hits over a page of this size.
fn overlay([wide, high]: [u32; 2], lit: &[[u32; 4]], hits: &[[u32; 4]]) -> Markup {
    let room = wide.saturating_mul(ROOM) / 1000;
    html! {
        @if wide > 0 && high > 0 {
            svg viewBox={ "0 0 " (wide) " " (high) } preserveAspectRatio="none" aria-hidden="true" {
                // Links to a passage lead to its first line in the picture.
                @if !lit.is_empty() { g #lit { @for bbox in lit { (rectangle("lit", *bbox, room)) } } }
                @for bbox in hits { (rectangle("hit", *bbox, 0)) }
            }
        }
    }
}

/// Renders a box, with `room` around it.
fn rectangle(class: &str, [left, top, right, bottom]: [u32; 4], room: u32) -> Markup {
    let (x, y) = (left.saturating_sub(room), top.saturating_sub(room));
    let (width, height) = (
        right.saturating_add(room).saturating_sub(x),
        bottom.saturating_add(room).saturating_sub(y),
    );
    html! { rect.(class) x=(x) y=(y) width=(width) height=(height) {} }
}
